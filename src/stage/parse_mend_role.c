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

void mend_role(struct mending *m, uint32_t token)
{
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
}
