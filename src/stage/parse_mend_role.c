/* parse_mend_role.c: mends the relation of an argument where the words beside it leave
 * one choice, by the guidelines of UD for English. */
#include "stage/parse_mend_work.h"

#include <string.h>

/* "Sailors from Peru, Chile and Spain left", with Chile as a second subject: what is
 * joined to a name by a comma and has the "and" is of its list. */
static void mend_listed_subject(struct mending *m, uint32_t token)
{
    uint32_t verb = mended(m, token)->head;
    uint32_t first = tree_child(&m->tree, verb, DEP_NSUBJ);
    uint32_t comma = m->tree.first[token];
    uint32_t last = tree_child(&m->tree, token, DEP_CONJ);
    if (mended(m, token)->deprel != DEP_NSUBJ || first >= token || verb < token ||
        last == NONE || comma == NONE || comma + 1 != token || comma < first + 2 ||
        mended(m, comma)->upos != UPOS_PUNCT || mended(m, token)->upos != UPOS_PROPN ||
        tree_child(&m->tree, last, DEP_CC) == NONE)
        return;
    uint32_t name = comma - 1;
    if (mended(m, name)->upos == UPOS_PROPN && mended(m, name)->head == first &&
        mended(m, name)->deprel == DEP_NMOD)
        mend_hang(m, token, name, DEP_CONJ);
}

/* "rejected on Monday an appeal", with the appeal as a second subject: one stands before
 * the verb. */
static void mend_second_subject(struct mending *m, uint32_t token)
{
    uint32_t verb = mended(m, token)->head;
    uint32_t first = tree_child(&m->tree, verb, DEP_NSUBJ);
    if (mended(m, token)->deprel == DEP_NSUBJ && verb < token && first < verb &&
        mended(m, verb)->upos == UPOS_VERB &&
        tree_child_of(&m->tree, verb, DEP_OBJ, DEP_CCOMP) == NONE &&
        tree_child(&m->tree, token, DEP_CASE) == NONE)
        mended(m, token)->deprel = DEP_OBJ;
}

/* "Norway urged Chad not to attack", with Chad as the subject of a clause: who is before
 * an infinitive without "for" is the verb's object. */
static void mend_asked(struct mending *m, uint32_t token)
{
    uint32_t verb = mended(m, token)->head;
    uint32_t who = tree_child(&m->tree, token, DEP_NSUBJ);
    if (mended(m, token)->deprel != DEP_CCOMP || verb > token || who == NONE ||
        who < verb || mended(m, verb)->upos != UPOS_VERB ||
        !mended_is_infinitive(m, token) || tree_child(&m->tree, verb, DEP_OBJ) != NONE)
        return;
    uint32_t mark = tree_child(&m->tree, token, DEP_MARK);
    if (mark < who) /* "for Chad to leave" */
        return;
    mend_hang(m, who, verb, DEP_OBJ);
    mended(m, token)->deprel = DEP_XCOMP;
}

/* "ordered the envoy to leave", with the envoy as a receiver: nothing else is the
 * object. */
static void mend_lone_receiver(struct mending *m, uint32_t token)
{
    uint32_t verb = mended(m, token)->head;
    if (mended(m, token)->deprel == DEP_IOBJ &&
        tree_child_of(&m->tree, verb, DEP_OBJ, DEP_CCOMP) == NONE &&
        tree_child(&m->tree, verb, DEP_XCOMP) != NONE)
        mended(m, token)->deprel = DEP_OBJ;
}

/* "called a referendum": few verbs take a noun that says what their subject is. */
static void mend_predicative(struct mending *m, uint32_t token)
{
    const struct token *t = mended(m, token);
    uint32_t verb = t->head;
    if (t->deprel == DEP_XCOMP && t->upos == UPOS_NOUN && verb < token &&
        mended(m, verb)->upos == UPOS_VERB && !mended(m, verb)->feats.passive &&
        tree_child(&m->tree, verb, DEP_NSUBJ) != NONE &&
        tree_child(&m->tree, verb, DEP_OBJ) == NONE &&
        tree_child(&m->tree, token, DEP_DET) != NONE &&
        tree_child_of(&m->tree, token, DEP_CASE, DEP_COP) == NONE &&
        !lexicon_word(&m->lexicon, token_lemma(m->doc, verb), "state verb", NULL))
        mended(m, token)->deprel = DEP_OBJ;
}

/* "investigates whether they paid", with the clause as an adjunct: what asks, right after
 * a verb, is what the verb is about. */
static void mend_question(struct mending *m, uint32_t token)
{
    uint32_t verb = mended(m, token)->head;
    uint32_t mark = m->tree.first[token];
    const char *value;
    if (mended(m, token)->deprel == DEP_ADVCL && mark == verb + 1 && verb < token &&
        mended(m, verb)->upos == UPOS_VERB && mended(m, mark)->deprel == DEP_MARK &&
        lexicon_word(&m->lexicon, mended(m, mark)->norm, "clause mark", &value) &&
        (strcmp(value, "content") == 0 || strcmp(value, "question") == 0))
        mended(m, token)->deprel = DEP_CCOMP;
}

/* "holding workers, whom they accuse", with the clause on the verb: "who" is a person,
 * not what happened. */
static void mend_relative(struct mending *m, uint32_t token)
{
    uint32_t verb = mended(m, token)->head;
    uint32_t who = m->tree.first[token];
    if (who != NONE && mended(m, who)->deprel == DEP_PUNCT)
        who = m->tree.next[who];
    if (mended(m, token)->deprel != DEP_ADVCL_RELCL || verb > token || who == NONE ||
        who < verb + 2 || mended(m, who)->upos != UPOS_PRON ||
        !lexicon_word(&m->lexicon, mended(m, who)->norm, "person relative", NULL))
        return;
    uint32_t noun = who - 1;
    if (mended(m, noun)->upos == UPOS_PUNCT)
        noun--;
    if (noun > verb && mended_is_nominal(mended(m, noun)))
        mend_hang(m, token, noun, DEP_ACL_RELCL);
}

/* "forces loyal to a chief", with "to a chief" on the forces: an adjective after its noun
 * stands there for what follows it. */
static void mend_complement(struct mending *m, uint32_t token)
{
    uint32_t noun = mended(m, token)->head;
    uint32_t mark = m->tree.first[token];
    if (mended(m, token)->deprel != DEP_NMOD || noun > token || mark == NONE ||
        mended(m, mark)->deprel != DEP_CASE || mark < noun + 2)
        return;
    uint32_t adjective = mark - 1;
    if (mended(m, adjective)->upos == UPOS_ADJ && mended(m, adjective)->head == noun &&
        mended(m, adjective)->deprel == DEP_AMOD)
        mend_hang(m, token, adjective, DEP_OBL);
}

/* "The battle between Peru and Chile ended", with the two as a second subject: what has a
 * preposition is none, but the noun's before it. */
static void mend_marked_subject(struct mending *m, uint32_t token)
{
    uint32_t mark = m->tree.first[token];
    if (mended(m, token)->deprel != DEP_NSUBJ || mark == NONE || mark > token ||
        mended(m, mark)->deprel != DEP_CASE || mended(m, mark)->upos != UPOS_ADP ||
        mark == 0)
        return;
    uint32_t noun = mark - 1;
    if (mended(m, noun)->head == mended(m, token)->head &&
        mended_is_nominal(mended(m, noun)))
        mend_hang(m, token, noun, DEP_NMOD);
}

/* "cautioned Russia over the border", as a clause of Russia over a border, or "agreed
 * with the president" as one name: what has a preposition and no copula is a phrase. */
static void mend_marked_phrase(struct mending *m, uint32_t token)
{
    uint32_t verb = mended(m, token)->head;
    uint32_t part = tree_child(&m->tree, token, DEP_COMPOUND);
    uint32_t mark = tree_child(&m->tree, token, DEP_CASE);
    if (mark == NONE && part != NONE)
        mark = tree_child(&m->tree, part, DEP_CASE);
    uint32_t who = tree_child(&m->tree, token, DEP_NSUBJ);
    uint8_t deprel = mended(m, token)->deprel;
    if ((deprel != DEP_CCOMP && deprel != DEP_FLAT) || mark == NONE || mark < verb ||
        !mended_is_nominal(mended(m, token)) || mended(m, verb)->upos != UPOS_VERB ||
        tree_child_of(&m->tree, token, DEP_COP, DEP_MARK) != NONE)
        return;
    if (who != NONE && who > verb && who < mark)
        mend_hang(m, who, verb, DEP_OBJ);
    else if (who != NONE)
        return;
    mended(m, token)->deprel = DEP_OBL;
    mend_hang(m, mark, token, DEP_CASE);
}

/* "Niger's junta ordered", with Niger as the owner of the order: a verb has none, the
 * noun after the owner has. */
static void mend_owner(struct mending *m, uint32_t token)
{
    uint32_t verb = mended(m, token)->head;
    if (mended(m, token)->deprel != DEP_NMOD_POSS || mended(m, verb)->upos != UPOS_VERB ||
        verb < token || mended_is_gerund(mended(m, verb)))
        return;
    for (uint32_t t = token + 1; t < verb; t++)
        if (mended(m, t)->head == verb && mended_is_nominal(mended(m, t))) {
            mend_hang(m, token, t, DEP_NMOD_POSS);
            return;
        }
}

/* "holding hostage two men", with the men as what "hostage" does: nouns have no
 * object. */
static void mend_object_of_noun(struct mending *m, uint32_t token)
{
    uint32_t noun = mended(m, token)->head;
    uint32_t verb = mended(m, noun)->head;
    if (mended(m, token)->deprel != DEP_OBJ || mended(m, noun)->upos != UPOS_NOUN ||
        mended(m, noun)->deprel != DEP_OBJ || noun > token || verb > noun ||
        mended(m, verb)->upos != UPOS_VERB || m->tree.first[noun] != token)
        return;
    mend_hang(m, token, verb, DEP_OBJ);
    mended(m, noun)->deprel = DEP_XCOMP;
}

/* '"Chile," Peru said, "attacked Spain."', with a quotation of one name: who is quoted
 * before and after the report has a verb there. */
static void mend_split_quote(struct mending *m, uint32_t token)
{
    uint32_t report = mended(m, token)->head;
    uint32_t name = mended(m, report)->head;
    if (mended(m, token)->deprel != DEP_CCOMP || token < report || name > report ||
        mended(m, report)->deprel != DEP_PARATAXIS || !mended_is_root(m, name) ||
        !mended_is_nominal(mended(m, name)) || mended_has_subject(m, token) ||
        mended(m, token)->feats.verb_form != FORM_FIN ||
        tree_child_of(&m->tree, name, DEP_COP, DEP_CASE) != NONE ||
        tree_child(&m->tree, token, DEP_MARK) != NONE)
        return;
    mend_raise(m, report);
    mend_hang(m, name, token, DEP_NSUBJ);
}

/* "called it a triumph for Peru", with Peru as whom one calls for: what stands right
 * after the noun that says what a thing is belongs to that noun. */
static void mend_predicative_phrase(struct mending *m, uint32_t token)
{
    uint32_t verb = mended(m, token)->head;
    uint32_t mark = tree_child(&m->tree, token, DEP_CASE);
    if (mended(m, token)->deprel != DEP_OBL || mark == NONE || mark < verb + 2 ||
        mended(m, verb)->upos != UPOS_VERB || tree_child(&m->tree, verb, DEP_OBJ) == NONE)
        return;
    uint32_t noun = mark - 1;
    while (noun > verb && mended(m, noun)->upos == UPOS_PUNCT)
        noun--;
    if (mended(m, noun)->head == verb && mended(m, noun)->deprel == DEP_XCOMP &&
        mended(m, noun)->upos == UPOS_NOUN)
        mend_hang(m, token, noun, DEP_NMOD);
}

/* "agreed at the summit to strive", with the striving as what the summit is for: the verb
 * rules an infinitive, the noun does not. */
static void mend_infinitive(struct mending *m, uint32_t token)
{
    uint32_t noun = mended(m, token)->head;
    uint32_t verb = mended(m, noun)->head;
    if (mended(m, token)->deprel == DEP_ACL && mended(m, noun)->deprel == DEP_OBL &&
        verb < noun && mended(m, verb)->upos == UPOS_VERB &&
        mended_is_infinitive(m, token) && mend_governs(m, verb, "xcomp") != NONE &&
        mend_governs(m, noun, "xcomp") == NONE &&
        tree_child_of(&m->tree, verb, DEP_XCOMP, DEP_OBJ) == NONE)
        mend_hang(m, token, verb, DEP_XCOMP);
}

/* "forced out on Monday two envoys", with the envoys as joined to the verb: nothing joins
 * them, and the verb has no other object. */
static void mend_joined_object(struct mending *m, uint32_t token)
{
    uint32_t verb = mended(m, token)->head;
    if (mended(m, token)->deprel == DEP_CONJ && mended(m, token)->upos == UPOS_NOUN &&
        verb < token && mended(m, verb)->upos == UPOS_VERB &&
        !mended(m, verb)->feats.passive && !mended_is_gerund(mended(m, verb)) &&
        lexicon_is_predicate(&m->lexicon, token_lemma(m->doc, verb), 'v') &&
        tree_child_of(&m->tree, token, DEP_CC, DEP_PUNCT) == NONE &&
        tree_child_of(&m->tree, token, DEP_CASE, DEP_NSUBJ) == NONE &&
        tree_child_of(&m->tree, verb, DEP_OBJ, DEP_CCOMP) == NONE)
        mended(m, token)->deprel = DEP_OBJ;
}

/* "Rebels shelled the port, killing two, Chad said", with the killing as done by saying:
 * what stands before the report's subject belongs to what is reported. */
static void mend_reported_adjunct(struct mending *m, uint32_t token)
{
    uint32_t report = mended(m, token)->head;
    uint32_t content = tree_child(&m->tree, report, DEP_CCOMP);
    uint32_t subject = tree_child(&m->tree, report, DEP_NSUBJ);
    if (mended(m, token)->deprel == DEP_ADVCL && token < report && content < token &&
        subject != NONE && subject > token && mended(m, content)->upos == UPOS_VERB)
        mend_hang(m, token, content, DEP_ADVCL);
}

/* "used gas to disperse a crowd", with the dispersing as what "use" rules: beside an
 * object an infinitive that neither word asks for is what the act is for. */
static void mend_purpose(struct mending *m, uint32_t token)
{
    uint32_t verb = mended(m, token)->head;
    uint32_t object = tree_child(&m->tree, verb, DEP_OBJ);
    if (mended(m, token)->deprel == DEP_XCOMP && object != NONE && verb < object &&
        object < token && mended(m, object)->upos == UPOS_NOUN &&
        mended(m, token)->upos == UPOS_VERB && mended_is_infinitive(m, token) &&
        mend_governs(m, verb, "xcomp") == NONE &&
        mend_governs(m, verb, "obj+xcomp") == NONE &&
        mend_governs(m, object, "xcomp") == NONE && !mended(m, verb)->feats.passive)
        mended(m, token)->deprel = DEP_ADVCL;
}

/* "fired to disperse a crowd, killing two", with the killing as a part of the aim: behind
 * a comma it is what the act led to. */
static void mend_result(struct mending *m, uint32_t token)
{
    uint32_t aim = mended(m, token)->head, act = mended(m, aim)->head;
    uint32_t comma = m->tree.first[token];
    if (mended(m, token)->deprel == DEP_ADVCL && mended_is_gerund(mended(m, token)) &&
        comma != NONE && comma + 1 == token && mended(m, comma)->upos == UPOS_PUNCT &&
        mended(m, aim)->deprel == DEP_ADVCL && act < aim && aim < token &&
        mended(m, act)->upos == UPOS_VERB && mended_is_infinitive(m, aim))
        mend_hang(m, token, act, DEP_ADVCL);
}

/* "demands to free two men", with "to free men" as a goal: what asks for an act and for
 * no goal has an infinitive after its "to". */
static void mend_act(struct mending *m, uint32_t token)
{
    uint32_t act = token + 1, noun = mended(m, token)->head;
    uint32_t head = mended(m, noun)->head;
    if (mended(m, token)->deprel != DEP_CASE || mended(m, token)->upos != UPOS_PART ||
        noun <= act || head > token || mended(m, noun)->upos != UPOS_NOUN ||
        mended(m, act)->upos != UPOS_ADJ || mended(m, act)->head != noun ||
        mend_governs(m, head, "xcomp") == NONE || !mend_make_verb(m, act))
        return;
    mended(m, act)->feats.verb_form = FORM_INF;
    mended(m, act)->feats.tense = TENSE_NONE;
    mend_hang(m, act, head, mended(m, head)->upos == UPOS_VERB ? DEP_XCOMP : DEP_ACL);
    mend_hang(m, token, act, DEP_MARK);
    mend_hang(m, noun, act, DEP_OBJ);
}

/* "are expected to march", with a march as the goal: a small "to" of verbs stands before
 * one where the word above rules an act. */
static void mend_goal(struct mending *m, uint32_t token)
{
    uint32_t act = token + 1, head = mended(m, mended(m, token)->head)->head, next;
    if (mended(m, token)->deprel != DEP_CASE || mended(m, token)->upos != UPOS_PART ||
        mended(m, token)->head != act || mended(m, act)->deprel != DEP_OBL ||
        head > token || mended(m, act)->feats.number == NUMBER_PLUR ||
        tree_child_of(&m->tree, act, DEP_DET, DEP_AMOD) != NONE ||
        (mend_governs(m, head, "xcomp") == NONE &&
         mend_governs(m, head, "obj+xcomp") == NONE) ||
        !mend_make_verb(m, act))
        return;
    mended(m, act)->feats.verb_form = FORM_INF;
    mended(m, act)->feats.tense = TENSE_NONE;
    mended(m, act)->deprel = DEP_XCOMP;
    mended(m, token)->deprel = DEP_MARK;
    for (uint32_t k = m->tree.first[head]; k != NONE; k = next) {
        next = m->tree.next[k];
        if (k > act && mended(m, k)->deprel == DEP_OBL)
            mend_hang(m, k, act, DEP_OBL);
    }
}

/* "allowed candidate Roe to run", with the candidate as what Roe is allowed to be: a bare
 * noun before a name says who that is. */
static void mend_title(struct mending *m, uint32_t token)
{
    uint32_t name = token + 1, verb = mended(m, token)->head, next;
    if (mended(m, token)->deprel != DEP_XCOMP || mended(m, token)->upos != UPOS_NOUN ||
        verb > token || name >= m->doc->tokens.count ||
        mended(m, name)->upos != UPOS_PROPN || mended(m, name)->deprel != DEP_OBJ ||
        (mended(m, name)->head != verb && mended(m, name)->head != token) ||
        lexicon_is_predicate(&m->lexicon, token_lemma(m->doc, token), 'n') ||
        tree_child_of(&m->tree, token, DEP_CASE, DEP_MARK) != NONE)
        return;
    mend_hang(m, name, verb, DEP_OBJ);
    for (uint32_t k = m->tree.first[token]; k != NONE; k = next) {
        next = m->tree.next[k];
        bool is_act = mended(m, k)->upos == UPOS_VERB && k > name;
        mend_hang(m, k, is_act ? verb : name,
                  is_act ? DEP_XCOMP : (enum deprel)mended(m, k)->deprel);
    }
    mend_hang(m, token, name, DEP_NMOD_DESC);
}

/* "met with visiting President Roe", with the visiting as an act: after "with" such a
 * participle tells more of the name, unless the verb rules what is done. */
static void mend_visiting(struct mending *m, uint32_t token)
{
    uint32_t act = token + 1, verb = mended(m, mended(m, token)->head)->head;
    if (mended(m, token)->deprel != DEP_MARK || mended(m, token)->head != act ||
        mended(m, token)->upos != UPOS_SCONJ || !mended_is_gerund(mended(m, act)) ||
        verb >= token || mended(m, verb)->upos != UPOS_VERB ||
        mended(m, act)->deprel != DEP_ADVCL ||
        mend_governs(m, verb, mended(m, token)->norm) != NONE ||
        !lexicon_word(&m->lexicon, mended(m, token)->norm, "controller mark", NULL) ||
        !lexicon_word(&m->lexicon, mended(m, token)->norm, "relation mark", NULL))
        return;
    uint32_t name = tree_child(&m->tree, act, DEP_OBJ), next;
    if (name == NONE || mended(m, name)->upos != UPOS_PROPN ||
        tree_child(&m->tree, name, DEP_DET) != NONE)
        return;
    mend_hang(m, name, verb, DEP_OBL);
    for (uint32_t k = m->tree.first[act]; k != NONE; k = next) {
        next = m->tree.next[k];
        mend_hang(m, k, k > name ? verb : name, (enum deprel)mended(m, k)->deprel);
    }
    mended(m, token)->upos = UPOS_ADP;
    mend_hang(m, token, name, DEP_CASE);
    mend_hang(m, act, name, DEP_AMOD);
}

/* "the plea of a nurse begging for help", with the begging as what the plea does: people
 * act, happenings do not. */
static void mend_acting(struct mending *m, uint32_t token)
{
    uint32_t event = mended(m, token)->head, who = token - 1;
    if (mended(m, token)->deprel == DEP_ACL && token && event < who &&
        mended_is_gerund(mended(m, token)) && mended_is_nominal(mended(m, who)) &&
        mended(m, who)->head == event && mended(m, who)->deprel == DEP_NMOD &&
        mended(m, event)->upos == UPOS_NOUN &&
        lexicon_is_predicate(&m->lexicon, token_lemma(m->doc, event), 'n') &&
        !lexicon_is_predicate(&m->lexicon, token_lemma(m->doc, who), 'n') &&
        tree_child_of(&m->tree, token, DEP_MARK, DEP_NSUBJ) == NONE)
        mend_hang(m, token, who, DEP_ACL);
}

/* "by Malian and Chadian troops", with the Malian as one who acts: modifiers that are
 * joined have one noun, the last word. */
static void mend_joined_modifier(struct mending *m, uint32_t token)
{
    const struct token *t = mended(m, token);
    uint32_t noun = tree_child(&m->tree, token, DEP_CONJ), next;
    if (t->upos != UPOS_ADJ || noun == NONE || mended_is_root(m, token) ||
        mended(m, noun)->upos != UPOS_NOUN || t->deprel == DEP_AMOD ||
        tree_child(&m->tree, noun, DEP_DET) != NONE ||
        tree_child_of(&m->tree, noun, DEP_AMOD, DEP_COMPOUND) == NONE ||
        tree_child(&m->tree, noun, DEP_CC) != token + 1 ||
        tree_child_of(&m->tree, token, DEP_COP, DEP_DET) != NONE)
        return;
    uint32_t above = t->head;
    enum deprel role = (enum deprel)t->deprel;
    if (role != DEP_OBL_AGENT && role != DEP_OBL && role != DEP_NSUBJ &&
        role != DEP_OBJ && role != DEP_NMOD)
        return;
    mend_hang(m, noun, above, role);
    for (uint32_t k = m->tree.first[token]; k != NONE; k = next) {
        next = m->tree.next[k];
        mend_hang(m, k, noun, (enum deprel)mended(m, k)->deprel);
    }
    mend_hang(m, token, noun, DEP_AMOD);
}

/* "Claims that Chile attacked Peru were denied", with Peru as denied: behind a verb
 * without an object stands its object, and what is denied is what "that" follows. */
static void mend_told_noun(struct mending *m, uint32_t token)
{
    uint32_t verb = mended(m, token)->head, act = mended(m, verb)->head;
    uint32_t noun = mended(m, act)->head;
    uint8_t deprel = mended(m, act)->deprel;
    uint32_t mark = tree_child(&m->tree, act, DEP_MARK);
    uint32_t aux = tree_child(&m->tree, verb, DEP_AUX_PASS);
    bool is_inside = (deprel == DEP_ACL || deprel == DEP_CCOMP) && mark == noun + 1 &&
                     noun < act && act < token && mended(m, act)->upos == UPOS_VERB &&
                     !mended(m, act)->feats.passive;
    if (mended(m, token)->deprel != DEP_NSUBJ_PASS || verb < token || aux == NONE ||
        !is_inside || mended_has_subject(m, noun) ||
        tree_child(&m->tree, act, DEP_OBJ) != NONE ||
        tree_child_of(&m->tree, verb, DEP_MARK, DEP_CC) != NONE)
        return;
    for (uint32_t t = act + 1; t < aux; t++)
        if (mended(m, t)->upos == UPOS_PUNCT)
            return;
    mended(m, noun)->upos = UPOS_NOUN; /* "Claims" at the head of the sentence */
    mend_hang(m, token, act, DEP_OBJ);
    mend_hang(m, verb, noun, DEP_ADVCL);
    mend_raise(m, verb);
    mend_hang(m, noun, verb, DEP_NSUBJ_PASS);
    mended(m, act)->deprel = DEP_ACL;
}

/* "would attack Peru had Chile not left", with Peru as a second subject of the leaving:
 * turned about, a condition opens with its auxiliary. */
static void mend_turned_condition(struct mending *m, uint32_t token)
{
    uint32_t verb = mended(m, token)->head, act = mended(m, verb)->head;
    uint32_t aux = tree_child(&m->tree, verb, DEP_AUX);
    if (mended(m, token)->deprel != DEP_NSUBJ || aux == NONE || aux < token ||
        act > token || mended(m, act)->upos != UPOS_VERB ||
        tree_child(&m->tree, act, DEP_OBJ) != NONE)
        return;
    uint32_t who = m->tree.next[aux];
    if (who == NONE || mended(m, who)->deprel != DEP_NSUBJ || who > verb)
        return;
    mend_hang(m, token, act, DEP_OBJ);
    mended(m, verb)->deprel = DEP_ADVCL;
}

/* "is due to sail", with "due" as a preposition: behind a copula the adjective that rules
 * an infinitive says what its subject will do. */
static void mend_lone_due(struct mending *m, uint32_t token)
{
    uint32_t noun = mended(m, token)->head;
    if (mended(m, token)->deprel == DEP_CASE && mended(m, noun)->deprel == DEP_COP) {
        noun = mended(m, noun)->head;
        mend_hang(m, token, noun, DEP_CASE);
    }
    uint32_t cop = tree_child(&m->tree, noun, DEP_COP);
    if (mended(m, token)->deprel != DEP_CASE || mended(m, token)->upos != UPOS_ADJ ||
        cop == NONE || cop > token || mend_governs(m, token, "xcomp") == NONE)
        return;
    uint32_t act = tree_child(&m->tree, token, DEP_ADVCL);
    uint32_t to = tree_child(&m->tree, token, DEP_FIXED);
    uint32_t who = noun;
    if (act == NONE && noun > token && to + 1 == noun &&
        tree_child(&m->tree, noun, DEP_OBJ) != NONE && mend_make_verb(m, noun)) {
        who = tree_child(&m->tree, noun, DEP_NSUBJ); /* "due to sentence them" */
        act = noun;
        mended(m, act)->feats.verb_form = FORM_INF;
        mended(m, act)->feats.tense = TENSE_NONE;
    }
    if (act == NONE || act < token || who == NONE || who > cop)
        return;
    mend_raise(m, token);
    mend_hang(m, act, token, DEP_XCOMP);
    mend_hang(m, who, token, DEP_NSUBJ);
    mend_hang(m, cop, token, DEP_COP);
    if (to != NONE)
        mend_hang(m, to, act, DEP_MARK);
}

/* "ceased bombing Shan villages", "denied bombing Chad", as bombing villages: before a
 * name, an -ing after a verb that rules one has the name's phrase as its object. */
static void mend_gerund(struct mending *m, uint32_t token)
{
    uint32_t verb = token ? token - 1 : 0, head = mended(m, token)->head;
    if (mended(m, token)->deprel != DEP_COMPOUND || mended(m, token)->upos != UPOS_NOUN ||
        !mend_has_ending(m, token, "gerund") || mended(m, verb)->upos != UPOS_VERB ||
        mend_governs(m, verb, "xcomp") == NONE ||
        mended(m, token + 1)->upos != UPOS_PROPN ||
        tree_child_of(&m->tree, verb, DEP_XCOMP, DEP_CCOMP) != NONE)
        return;
    bool is_part = head > token && mended(m, head)->deprel == DEP_OBJ &&
                   mended(m, head)->head == verb && m->tree.first[head] == token;
    bool has_object = head == verb && tree_child(&m->tree, token, DEP_OBJ) != NONE;
    if ((!is_part && !has_object) || !mend_make_verb(m, token))
        return;
    mended(m, token)->feats.verb_form = FORM_GER;
    mended(m, token)->feats.tense = TENSE_PRES;
    mend_hang(m, token, verb, DEP_XCOMP);
    if (is_part)
        mend_hang(m, head, token, DEP_OBJ);
}

/* "set a deadline to Chad to leave", with the leaving as why it was set: what a noun that
 * rules an infinitive tells somebody is what that one shall do. */
static void mend_told_infinitive(struct mending *m, uint32_t token)
{
    uint32_t verb = mended(m, token)->head;
    uint32_t noun = tree_child(&m->tree, verb, DEP_OBJ);
    uint32_t who = noun == NONE ? NONE : tree_child(&m->tree, noun, DEP_NMOD);
    uint32_t to = who == NONE ? NONE : tree_child(&m->tree, who, DEP_CASE);
    if (mended(m, token)->deprel == DEP_ADVCL && verb < token && to != NONE &&
        noun < to && who < token && mended_is_infinitive(m, token) &&
        lexicon_word(&m->lexicon, mended(m, to)->norm, "goal mark", NULL) &&
        mend_governs(m, noun, "xcomp") != NONE && mend_governs(m, verb, "xcomp") == NONE)
        mend_hang(m, token, noun, DEP_ACL);
}

/* "will mediate provided that they stop", with "provided" as an act: without a subject it
 * opens a condition. */
static void mend_provided(struct mending *m, uint32_t token)
{
    const struct token *t = mended(m, token);
    uint32_t verb = t->head, clause = tree_child(&m->tree, token, DEP_CCOMP);
    uint32_t that = clause == NONE ? NONE : tree_child(&m->tree, clause, DEP_MARK);
    const char *value;
    if (t->upos != UPOS_VERB || verb > token || mended(m, verb)->upos != UPOS_VERB ||
        (t->deprel != DEP_XCOMP && t->deprel != DEP_ADVCL) || that != token + 1 ||
        mended_has_subject(m, token) ||
        !lexicon_word(&m->lexicon, t->norm, "clause mark", &value) ||
        strcmp(value, "condition") != 0)
        return;
    mend_hang(m, clause, verb, DEP_ADVCL);
    mend_hang(m, token, clause, DEP_MARK);
    mend_hang(m, that, token, DEP_FIXED);
    mended(m, token)->upos = UPOS_SCONJ;
}

void mend_role(struct mending *m, uint32_t token)
{
    mend_provided(m, token);
    mend_told_infinitive(m, token);
    mend_told_noun(m, token);
    mend_turned_condition(m, token);
    mend_lone_due(m, token);
    mend_gerund(m, token);
    mend_predicative_phrase(m, token);
    mend_infinitive(m, token);
    mend_owner(m, token);
    mend_object_of_noun(m, token);
    mend_split_quote(m, token);
    mend_marked_subject(m, token);
    mend_marked_phrase(m, token);
    mend_listed_subject(m, token);
    mend_second_subject(m, token);
    mend_asked(m, token);
    mend_lone_receiver(m, token);
    mend_predicative(m, token);
    mend_question(m, token);
    mend_relative(m, token);
    mend_complement(m, token);
    mend_joined_object(m, token);
    mend_reported_adjunct(m, token);
    mend_purpose(m, token);
    mend_result(m, token);
    mend_act(m, token);
    mend_goal(m, token);
    mend_title(m, token);
    mend_visiting(m, token);
    mend_acting(m, token);
    mend_joined_modifier(m, token);
}
