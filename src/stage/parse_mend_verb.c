/* parse_mend_verb.c: mends what a verb is in its sentence: its root, its subject and
 * object; and what is joined in a list. */
#include "stage/parse_mend_work.h"

#include <string.h>

/* Puts `token` where its head stands, and hangs the head on it. */
static void turn_over(struct mending *m, uint32_t token, enum deprel deprel)
{
    uint32_t head = mended(m, token)->head;
    mend_raise(m, token);
    mend_hang(m, head, token, deprel);
}

static uint32_t first_of(const struct mending *m, uint32_t token)
{
    while (m->tree.first[token] != NONE && m->tree.first[token] < token)
        token = m->tree.first[token];
    return token;
}

/* "Peru suspended flights", "On Friday Peru imposed sanctions", read as "suspended
 * flights" of Peru: a participle right after a subject is a verb, and the noun its
 * object. */
static void mend_participle(struct mending *m, uint32_t token)
{
    uint32_t noun = mended(m, token)->head;
    if (mended(m, token)->deprel != DEP_AMOD || noun < token)
        return;
    uint32_t own = tree_child(&m->tree, token, DEP_NSUBJ);
    uint32_t shared = tree_child(&m->tree, noun, DEP_NSUBJ);
    bool is_shared = own == NONE && shared != NONE && shared < token &&
                     first_of(m, token) == token && mended(m, token - 1)->head == noun &&
                     shared + 1 == token && tree_child(&m->tree, noun, DEP_COP) == NONE;
    if (own > token && !is_shared)
        return;
    if (mended(m, token)->upos != UPOS_VERB && !(is_shared && mend_make_verb(m, token)))
        return;
    turn_over(m, token, DEP_OBJ);
    mended(m, token)->feats.passive = 0;
    mended(m, token)->feats.verb_form = FORM_FIN;
    for (uint32_t k = m->tree.first[noun], next; k != NONE && k < token; k = next) {
        next = m->tree.next[k];
        bool is_phrase = tree_child(&m->tree, k, DEP_CASE) != NONE;
        mend_hang(m, k, token, is_phrase ? DEP_OBL : mended(m, k)->deprel);
    }
}

static bool hangs_on(const struct mending *m, uint32_t token, uint32_t top)
{
    for (int i = 0; i < MAX_CLIMB && token != top && !mended_is_root(m, token); i++)
        token = mended(m, token)->head;
    return token == top;
}

/* Whether a sentence has a finite verb that does not hang on `token`. */
static bool has_finite_verb(const struct mending *m, uint32_t token)
{
    const struct sentence *sentence =
        &m->doc->sentences.items[doc_sentence_of(m->doc, token)];
    for (uint32_t t = sentence->first; t < sentence->end; t++)
        if (mended(m, t)->feats.verb_form == FORM_FIN && t != token &&
            !hangs_on(m, t, token))
            return true;
    return false;
}

/* The root that a noun belongs to, by the nouns between: "Doctors from two groups". */
static uint32_t noun_above(const struct mending *m, uint32_t noun)
{
    for (int i = 0; i < MAX_CLIMB && mended(m, noun)->deprel == DEP_NMOD; i++)
        noun = mended(m, noun)->head;
    return noun;
}

/* "The president and a group held talks", with the group as who held them, and the
 * president as no part: a noun behind "and" is joined to the one before. */
static void mend_second_of_pair(struct mending *m, uint32_t token)
{
    uint32_t noun = mended(m, token)->head;
    uint32_t subject = tree_child(&m->tree, token, DEP_NSUBJ);
    if (mended(m, token)->deprel == DEP_ACL && subject != NONE && noun < subject &&
        subject < token && mended_is_root(m, noun) &&
        tree_child(&m->tree, subject, DEP_CC) != NONE)
        mend_hang(m, subject, noun, DEP_CONJ);
}

/* "Troops headed for the border.", read as troops that were headed: a sentence of a text
 * has a finite verb, and the first noun is its subject. */
static void mend_root(struct mending *m, uint32_t token)
{
    uint32_t below = mended(m, token)->head, noun = noun_above(m, below);
    const struct sentence *sentence =
        &m->doc->sentences.items[doc_sentence_of(m->doc, token)];
    uint32_t by = tree_child(&m->tree, token, DEP_OBL_AGENT);
    bool is_doer = by != NONE && tree_child(&m->tree, by, DEP_NUMMOD) == NONE;
    bool is_part = mended(m, token)->deprel == DEP_AMOD && below != noun &&
                   tree_child(&m->tree, token, DEP_OBJ) != NONE;
    bool is_clause = (mended(m, token)->deprel == DEP_ACL || is_part) && noun < token &&
                     mended_is_root(m, noun) && mended_is_nominal(mended(m, noun)) &&
                     mended(m, token)->feats.tense != TENSE_PRES &&
                     !mended_is_gerund(mended(m, token)) &&
                     tree_child(&m->tree, token, DEP_MARK) == NONE && !is_doer &&
                     tree_child_of(&m->tree, noun, DEP_COP, DEP_CASE) == NONE;
    uint8_t upos = mended(m, token)->upos;
    if (!is_clause || sentence->is_headline || sentence->end - sentence->first > NEAR ||
        strcmp(mended(m, sentence->end - 1)->norm, ".") != 0 || has_finite_verb(m, token))
        return;
    if (upos != UPOS_VERB && (upos != UPOS_ADJ || !mend_make_verb(m, token)))
        return;
    if (below != noun)
        mend_hang(m, token, noun, DEP_ACL);
    turn_over(m, token, DEP_NSUBJ);
    if (is_part) /* "on Thursday cut the tax" */
        mend_hang(m, below, token, DEP_OBL);
    if (by != NONE) /* "by two thirds" */
        mended(m, by)->deprel = DEP_OBL;
    mended(m, token)->feats.passive = 0;
    mended(m, token)->feats.verb_form = FORM_FIN;
    mended(m, token)->feats.tense = TENSE_PAST;
}

/* "Chad eyed sanctions.", read as sanctions of a Chad: the parts of a compound stand side
 * by side, and a sentence of a text has a finite verb. */
static void mend_parted_compound(struct mending *m, uint32_t token)
{
    uint32_t noun = mended(m, token)->head, name = token - 1;
    if (mended(m, token)->deprel != DEP_AMOD || token == 0 || noun < token ||
        mended(m, name)->deprel != DEP_COMPOUND || mended(m, name)->head != noun ||
        mended(m, name)->upos != UPOS_PROPN || !mended_is_root(m, noun) ||
        mended(m, noun)->feats.number != NUMBER_PLUR ||
        !mend_has_ending(m, token, "past") || has_finite_verb(m, token) ||
        m->doc->sentences.items[doc_sentence_of(m->doc, token)].is_headline ||
        tree_child_of(&m->tree, noun, DEP_COP, DEP_DET) != NONE ||
        !mend_make_verb(m, token))
        return;
    mended(m, token)->feats.passive = 0;
    turn_over(m, token, DEP_OBJ);
    mend_hang(m, name, token, DEP_NSUBJ);
}

/* "Every summer, police arrest migrants.", with an arrest that migrants are: a noun has
 * no object, and a time is nobody's doing. */
static void mend_noun_with_object(struct mending *m, uint32_t token)
{
    uint32_t time = mended(m, token)->head, who = token - 1, next;
    uint32_t object = tree_child(&m->tree, token, DEP_OBJ);
    uint8_t deprel = mended(m, token)->deprel;
    bool is_beside = deprel == DEP_NSUBJ ||
                     (deprel == DEP_CONJ && tree_child(&m->tree, token, DEP_CC) == NONE);
    if (mended(m, token)->upos != UPOS_NOUN || !is_beside || time > token ||
        !mended_is_root(m, time) || mended(m, time)->upos != UPOS_NOUN ||
        object == NONE || object < token || mended(m, who)->head != token ||
        mended(m, who)->deprel != DEP_COMPOUND || has_finite_verb(m, token) ||
        tree_child(&m->tree, time, DEP_COP) != NONE || !mend_make_verb(m, token))
        return;
    mended(m, token)->feats.tense = TENSE_PRES;
    turn_over(m, token, DEP_OBL_UNMARKED);
    mend_hang(m, who, token, DEP_NSUBJ);
    for (uint32_t k = m->tree.first[token]; k != NONE && k < who; k = next) {
        next = m->tree.next[k];
        if (k > time)
            mend_hang(m, k, who, (enum deprel)mended(m, k)->deprel);
    }
}

/* "Accused spy Roe left Peru.", with "Accused" as a verb that has no subject: at the
 * start of a sentence it tells more of the noun after it. */
static void mend_opening(struct mending *m, uint32_t token)
{
    uint32_t act = tree_child(&m->tree, token, DEP_CCOMP), next;
    uint32_t noun = act == NONE ? NONE : tree_child(&m->tree, act, DEP_NSUBJ);
    if (!mended_is_root(m, token) || mended(m, token)->upos != UPOS_VERB ||
        !mend_has_ending(m, token, "past") || mended_has_subject(m, token) ||
        act < token || noun == NONE || noun > act || first_of(m, noun) != token + 1 ||
        mended(m, act)->upos != UPOS_VERB || !mended_is_nominal(mended(m, noun)) ||
        (m->tree.first[token] != NONE && m->tree.first[token] < token) ||
        mended(m, noun)->upos == UPOS_PRON ||
        tree_child_of(&m->tree, noun, DEP_DET, DEP_CASE) != NONE)
        return;
    mend_raise(m, act);
    for (uint32_t k = m->tree.first[token]; k != NONE; k = next) {
        next = m->tree.next[k];
        mend_hang(m, k, act, (enum deprel)mended(m, k)->deprel);
    }
    mend_hang(m, token, noun, DEP_AMOD);
}

/* "Men believed to be rebels entered", with "to be entered": a verb in the past has no
 * copula, the noun or adjective before it has. */
static void mend_copula(struct mending *m, uint32_t token)
{
    uint32_t cop = tree_child(&m->tree, token, DEP_COP), what = token - 1, next;
    if (mended(m, token)->deprel != DEP_XCOMP || mended(m, token)->upos != UPOS_VERB ||
        mended(m, token)->feats.tense != TENSE_PAST || cop == NONE || cop >= what ||
        !mended_is_infinitive(m, token) || mended(m, what)->head != token ||
        (mended(m, what)->upos != UPOS_ADJ && !mended_is_nominal(mended(m, what))))
        return;
    mend_hang(m, what, mended(m, token)->head, DEP_XCOMP);
    for (uint32_t k = m->tree.first[token]; k != NONE && k < what; k = next) {
        next = m->tree.next[k];
        mend_hang(m, k, what, (enum deprel)mended(m, k)->deprel);
    }
    mended(m, token)->deprel = DEP_CCOMP;
}

/* "Men believed to be rebels entered", with the entering as what they were believed to
 * do: a verb whose complement is complete rules no second clause without a subject. */
static void mend_reduced(struct mending *m, uint32_t token)
{
    uint32_t verb = mended(m, token)->head, next;
    uint32_t open = tree_child(&m->tree, verb, DEP_XCOMP);
    uint32_t who = verb - 1; /* a dateline is no subject */
    if (mended(m, token)->deprel != DEP_CCOMP || verb == 0 ||
        mended(m, who)->deprel != DEP_NSUBJ || mended(m, who)->head != verb ||
        open < verb || open > token || mended(m, token)->upos != UPOS_VERB ||
        mended(m, token)->feats.tense != TENSE_PAST || mended_has_subject(m, token) ||
        !mended_is_infinitive(m, open) || !mend_has_ending(m, verb, "past") ||
        tree_child_of(&m->tree, token, DEP_MARK, DEP_PUNCT) != NONE)
        return;
    mend_raise(m, token);
    mend_hang(m, who, token, DEP_NSUBJ);
    for (uint32_t k = m->tree.first[verb]; k != NONE; k = next) {
        next = m->tree.next[k];
        if (k > token)
            mend_hang(m, k, token, (enum deprel)mended(m, k)->deprel);
    }
    mend_hang(m, verb, who, DEP_ACL);
    mended(m, token)->feats.passive = 0;
    mended(m, token)->feats.verb_form = FORM_FIN;
    mended(m, verb)->feats.passive = 1;
    mended(m, verb)->feats.verb_form = FORM_PART;
}

/* Whether a word rules a clause of what shall be done: "demanded that", "the demand
 * that". */
static bool asks_for_act(const struct mending *m, uint32_t word)
{
    uint32_t row = mend_governs(m, word, "ccomp");
    return row != NONE &&
           strcmp(table_cell(m->lexicon.embeddings, row, m->lexicon.embedding_effect),
                  "demanded") == 0;
}

/* The noun that the parts of a compound make up. */
static uint32_t whole_of(const struct mending *m, uint32_t part)
{
    while (mended(m, part)->deprel == DEP_COMPOUND && mended(m, part)->head > part)
        part = mended(m, part)->head;
    return part;
}

/* The bare form of a verb in "that the Arab League halt aid", read as a part of the noun
 * after it or as a noun with an object; NONE. */
static uint32_t bare_act(const struct mending *m, uint32_t that)
{
    const struct sentence *s = &m->doc->sentences.items[doc_sentence_of(m->doc, that)];
    for (uint32_t t = that + 2; t < s->end && t < that + MAX_CLIMB; t++) {
        const struct token *w = mended(m, t);
        uint8_t upos = w->upos, before = mended(m, t - 1)->upos;
        if (upos == UPOS_VERB || upos == UPOS_AUX || upos == UPOS_PUNCT)
            return NONE;
        bool is_part = (w->deprel == DEP_AMOD || w->deprel == DEP_COMPOUND) &&
                       w->head > t && mended(m, w->head)->upos == UPOS_NOUN &&
                       mended(m, t - 1)->head == whole_of(m, w->head);
        bool has_object = upos == UPOS_NOUN && tree_child(&m->tree, t, DEP_OBJ) != NONE;
        if ((upos == UPOS_ADJ || upos == UPOS_NOUN) && w->feats.number != NUMBER_PLUR &&
            (before == UPOS_PROPN || has_object) && (is_part || has_object) &&
            mended_is_nominal(mended(m, t - 1)) &&
            lexicon_is_predicate(&m->lexicon, w->norm, 'v'))
            return t;
    }
    return NONE;
}

/* "demanded that the Arab League halt aid", with a halt aid: what shall be done has the
 * bare form of its verb. */
static void mend_bare_act(struct mending *m, uint32_t that)
{
    const char *value;
    uint8_t upos = mended(m, that)->upos;
    bool is_mark = upos == UPOS_SCONJ || mended(m, that)->deprel == DEP_MARK;
    if (that == 0 || !is_mark || !asks_for_act(m, that - 1) ||
        !lexicon_word(&m->lexicon, mended(m, that)->norm, "clause mark", &value) ||
        strcmp(value, "content") != 0)
        return;
    uint32_t asks = that - 1, act = bare_act(m, that), next;
    if (act == NONE)
        return;
    uint32_t noun = whole_of(m, mended(m, act)->head), who = act - 1;
    bool is_part = noun > act && mended(m, act)->deprel != DEP_NSUBJ;
    if (!mend_make_verb(m, act))
        return;
    mended(m, act)->feats.tense = TENSE_PRES;
    mend_hang(m, act, asks, mended(m, asks)->upos == UPOS_VERB ? DEP_CCOMP : DEP_ACL);
    uint32_t from = is_part ? noun : act;
    mend_hang(m, who, act, DEP_NSUBJ);
    for (uint32_t k = m->tree.first[from]; k != NONE && k < who; k = next) {
        next = m->tree.next[k];
        mend_hang(m, k, who, (enum deprel)mended(m, k)->deprel);
    }
    if (is_part)
        mend_hang(m, noun, act, DEP_OBJ);
    mend_hang(m, that, act, DEP_MARK);
}

/* "Peru has armed Iran", with an armed Iran that Peru has: states are what they are. */
static void mend_perfect(struct mending *m, uint32_t token)
{
    uint32_t name = mended(m, token)->head, have = mended(m, name)->head, next;
    if (mended(m, token)->deprel != DEP_AMOD || name <= token || have + 1 != token ||
        mended(m, name)->upos != UPOS_PROPN || mended(m, name)->deprel != DEP_OBJ ||
        !lexicon_word(&m->lexicon, token_lemma(m->doc, have), "perfect", NULL) ||
        !mend_has_ending(m, token, "past") ||
        tree_child(&m->tree, name, DEP_DET) != NONE || !mend_make_verb(m, token))
        return;
    mended(m, token)->feats.passive = 0;
    mend_raise(m, token);
    mend_raise(m, token);
    for (uint32_t k = m->tree.first[have]; k != NONE; k = next) {
        next = m->tree.next[k];
        mend_hang(m, k, token, (enum deprel)mended(m, k)->deprel);
    }
    mend_hang(m, name, token, DEP_OBJ);
    mend_hang(m, have, token, DEP_AUX);
    mended(m, have)->upos = UPOS_AUX;
}

/* "The claim that Chile attacked Peru was dismissed", with Peru as dismissed: the claim
 * has no verb else, and the attack no object. */
static void mend_outer_verb(struct mending *m, uint32_t token)
{
    uint32_t inner = mended(m, token)->head, noun = mended(m, inner)->head, next;
    uint32_t who = tree_child_of(&m->tree, token, DEP_NSUBJ, DEP_NSUBJ_PASS);
    uint8_t deprel = mended(m, token)->deprel;
    if ((deprel != DEP_ADVCL && deprel != DEP_CCOMP) || inner > token || who == NONE ||
        mended(m, inner)->upos != UPOS_VERB || mended(m, inner)->feats.passive ||
        (mended(m, inner)->deprel != DEP_ACL &&
         mended(m, inner)->deprel != DEP_ACL_RELCL) ||
        !mended_is_root(m, noun) || noun > inner || who > token ||
        !mended_is_nominal(mended(m, noun)) || first_of(m, who) != inner + 1 ||
        tree_child_of(&m->tree, inner, DEP_OBJ, DEP_XCOMP) != NONE ||
        tree_child_of(&m->tree, noun, DEP_COP, DEP_CASE) != NONE ||
        tree_child(&m->tree, token, DEP_MARK) != NONE)
        return;
    enum deprel role = (enum deprel)mended(m, who)->deprel;
    mend_hang(m, who, inner, DEP_OBJ);
    mend_raise(m, token);
    mend_raise(m, token);
    for (uint32_t k = m->tree.first[noun]; k != NONE; k = next) {
        next = m->tree.next[k];
        if (k > token)
            mend_hang(m, k, token, (enum deprel)mended(m, k)->deprel);
    }
    mend_hang(m, noun, token, role);
}

/* "told it that Chadian troops crossed", with troops of a "that": the mark has no
 * subject, the verb after the noun has. */
static void mend_subject_of_mark(struct mending *m, uint32_t token)
{
    uint32_t that = mended(m, token)->head, act = tree_child(&m->tree, token, DEP_ACL);
    if (mended(m, token)->deprel != DEP_NSUBJ || mended(m, that)->upos != UPOS_SCONJ ||
        that > token || that < 2 || act == NONE || mended(m, act)->upos != UPOS_VERB ||
        mended_is_gerund(mended(m, act)) || first_of(m, token) != that + 1)
        return;
    uint32_t told = mended(m, that - 1)->upos == UPOS_VERB ? that - 1 : that - 2;
    if (mended(m, told)->upos != UPOS_VERB || mend_governs(m, told, "ccomp") == NONE ||
        tree_child(&m->tree, told, DEP_CCOMP) != NONE)
        return;
    mend_hang(m, act, told, DEP_CCOMP);
    mend_hang(m, token, act, DEP_NSUBJ);
    mend_hang(m, that, act, DEP_MARK);
    mended(m, act)->feats.passive = 0;
    mended(m, act)->feats.verb_form = FORM_FIN;
}

/* "which includes a trader and convicted spy Roe", with a spy that is convicted by the
 * deal: verbs that are joined have one tense, and who is called a spy is named there. */
static void mend_joined_participle_name(struct mending *m, uint32_t token)
{
    uint32_t verb = mended(m, token)->head, name = tree_child(&m->tree, token, DEP_OBJ);
    uint32_t cc = tree_child(&m->tree, token, DEP_CC);
    if (mended(m, token)->deprel != DEP_CONJ || mended(m, token)->upos != UPOS_VERB ||
        mended(m, token)->feats.tense != TENSE_PAST || name == NONE || cc == NONE ||
        cc == 0 || mended(m, verb)->feats.tense != TENSE_PRES ||
        first_of(m, name) != token + 1 || mended(m, token + 1)->upos != UPOS_NOUN ||
        (mended(m, name)->upos != UPOS_PROPN &&
         tree_child(&m->tree, name, DEP_FLAT) == NONE) ||
        mended_has_subject(m, token) || !mended_is_nominal(mended(m, cc - 1)) ||
        mended_is_root(m, cc - 1))
        return;
    mend_hang(m, name, cc - 1, DEP_CONJ);
    mend_hang(m, cc, name, DEP_CC);
    mend_hang(m, token, name, DEP_AMOD);
}

/* "The ruling junta ordered", with "ruling" and the junta as two subjects: of nouns side
 * by side the first is part of the second. */
static void mend_compound(struct mending *m, uint32_t token)
{
    uint32_t next = token + 1, verb = mended(m, token)->head;
    bool is_beside =
        (mended(m, token)->deprel == DEP_NSUBJ || mend_has_ending(m, token, "gerund")) &&
        next < verb && mended(m, next)->head == verb &&
        mended(m, next)->deprel == DEP_NSUBJ && mended(m, token)->upos == UPOS_NOUN &&
        mended_is_nominal(mended(m, next)) && mended(m, next)->upos != UPOS_PRON;
    if (!is_beside)
        return;
    for (uint32_t k = m->tree.first[token], then; k != NONE; k = then) {
        then = m->tree.next[k];
        mend_hang(m, k, next, mended(m, k)->deprel);
    }
    mend_hang(m, token, next, DEP_COMPOUND);
}

/* "The man who killed the king was seen", with the king as seen too: what stands right
 * after a verb, inside another's subject, is its object. */
static void mend_object(struct mending *m, uint32_t token)
{
    uint8_t deprel = mended(m, token)->deprel;
    uint32_t verb = mended(m, token)->head;
    uint32_t before = first_of(m, token);
    if ((deprel != DEP_NSUBJ && deprel != DEP_NSUBJ_PASS) || token > verb || before == 0)
        return;
    uint32_t inner = before - 1;
    uint32_t top = mended(m, inner)->head;
    uint8_t as = mended(m, inner)->deprel;
    bool is_clause = as == DEP_ACL || as == DEP_ACL_RELCL || as == DEP_CCOMP;
    bool is_outside = mended(m, verb)->head == top || mended(m, top)->head == verb;
    bool is_active = !mended(m, inner)->feats.passive ||
                     (tree_child(&m->tree, inner, DEP_NSUBJ) != NONE &&
                      tree_child(&m->tree, inner, DEP_AUX_PASS) == NONE);
    if (mended(m, inner)->upos == UPOS_VERB && is_clause && is_outside && is_active &&
        tree_child_of(&m->tree, inner, DEP_OBJ, DEP_CCOMP) == NONE) {
        mended(m, inner)->feats.passive = 0;
        mend_hang(m, token, inner, DEP_OBJ);
    }
}

/* "Chile, Peru says, attacked Bolivia": of two subjects before a report the first is that
 * of what is reported. */
static void mend_insertion(struct mending *m, uint32_t verb)
{
    uint32_t first = tree_child(&m->tree, verb, DEP_NSUBJ);
    uint32_t second = first == NONE ? NONE : m->tree.next[first];
    while (second != NONE && mended(m, second)->deprel != DEP_NSUBJ)
        second = m->tree.next[second];
    if (mended(m, verb)->upos != UPOS_VERB || second == NONE || second > verb ||
        mend_governs(m, verb, "ccomp") == NONE)
        return;
    for (uint32_t k = m->tree.next[second]; k != NONE; k = m->tree.next[k]) {
        uint8_t deprel = mended(m, k)->deprel;
        bool is_content = deprel == DEP_CCOMP || deprel == DEP_CONJ ||
                          deprel == DEP_PARATAXIS;
        if (k < verb || !is_content || mended(m, k)->upos != UPOS_VERB ||
            mended_has_subject(m, k) || tree_child(&m->tree, k, DEP_CC) != NONE)
            continue;
        mended(m, k)->deprel = DEP_CCOMP;
        mend_hang(m, first, k, DEP_NSUBJ);
        return;
    }
}

/* "said on Monday it would go": what stands between a report and the subject of what is
 * reported is the report's. */
static void mend_between(struct mending *m, uint32_t token)
{
    uint32_t content = mended(m, token)->head;
    uint32_t verb = mended(m, content)->head;
    uint8_t deprel = mended(m, token)->deprel;
    bool is_setting = deprel == DEP_OBL || deprel == DEP_OBL_UNMARKED;
    if (!is_setting || mended(m, content)->deprel != DEP_CCOMP || verb > token ||
        mended(m, verb)->upos != UPOS_VERB || first_of(m, token) != verb + 1)
        return;
    uint32_t subject = tree_child_of(&m->tree, content, DEP_NSUBJ, DEP_NSUBJ_PASS);
    if (subject == NONE || subject < token)
        return;
    for (uint32_t t = token + 1; t < first_of(m, subject); t++)
        if (mended(m, t)->upos == UPOS_PUNCT) /* "said that, in Chile, ..." */
            return;
    mend_hang(m, token, verb, deprel);
}

/* "sent Israel weapons", read as "Israel weapons": a place before what is given gets
 * it. */
static void mend_receiver(struct mending *m, uint32_t token)
{
    uint32_t thing = mended(m, token)->head;
    uint32_t verb = mended(m, thing)->head;
    if (mended(m, token)->deprel != DEP_COMPOUND || thing < token ||
        mended(m, token)->upos != UPOS_PROPN || mended(m, thing)->deprel != DEP_OBJ ||
        m->tree.first[thing] != token || mended(m, verb)->upos != UPOS_VERB ||
        verb > token || mended(m, thing)->upos != UPOS_NOUN ||
        mended(m, thing)->feats.number != NUMBER_PLUR ||
        !lexicon_has_receiver(&m->lexicon, token_lemma(m->doc, verb)) ||
        m->doc->sentences.items[doc_sentence_of(m->doc, verb)].is_headline)
        return;
    mend_hang(m, token, verb, DEP_IOBJ);
}

/* "A, B and C" with C hung on B: all hang on the first. "A and B, C" may be two pairs. */
static void mend_long_list(struct mending *m, uint32_t token)
{
    uint32_t before = mended(m, token)->head;
    uint32_t first = mended(m, before)->head;
    if (mended(m, token)->deprel == DEP_CONJ && mended(m, before)->deprel == DEP_CONJ &&
        first < before && before < token && mended_is_nominal(mended(m, token)) &&
        mended_is_nominal(mended(m, before)) && mended_is_nominal(mended(m, first)) &&
        tree_child(&m->tree, before, DEP_CC) == NONE)
        mend_hang(m, token, first, DEP_CONJ);
}

/* "Chile attacked Peru - Spain", with Spain as another name of Peru. */
static bool mend_headline_end(struct mending *m, uint32_t token)
{
    bool both;
    uint32_t top = mended(m, token)->head;
    const struct sentence *s = &m->doc->sentences.items[doc_sentence_of(m->doc, token)];
    if (!s->is_headline || mended(m, token)->deprel != DEP_APPOS ||
        token <= s->first + 1 || token + 1 < s->end ||
        !lexicon_splits(&m->lexicon, mended(m, token - 1)->norm, &both))
        return false;
    for (int i = 0; i < MAX_CLIMB && !mended_is_root(m, top); i++)
        top = mended(m, top)->head;
    mend_hang(m, token, top, DEP_PARATAXIS);
    return true;
}

/* "President A and Chancellor B met", read as an apposition. */
static void mend_list(struct mending *m, uint32_t token)
{
    mend_long_list(m, token);
    uint8_t deprel = mended(m, token)->deprel;
    if (mend_headline_end(m, token))
        return;
    if (deprel != DEP_APPOS && deprel != DEP_LIST && deprel != DEP_FLAT)
        return;
    uint32_t at = m->tree.first[token];
    for (int i = 0; i < MAX_CLIMB && at != NONE && at < token; i++) {
        if (mended(m, at)->deprel == DEP_CC) {
            mended(m, token)->deprel = DEP_CONJ;
            mend_hang(m, at, token, DEP_CC);
            return;
        }
        at = m->tree.first[at];
    }
}

/* "Roe and her Kenyan counterpart, Doe, met": a name behind a comma explains the noun
 * before the comma, not the name that the noun is joined to. */
static void mend_apposition(struct mending *m, uint32_t token)
{
    const struct token *t = mended(m, token);
    uint32_t named = t->head, comma = tree_child(&m->tree, token, DEP_PUNCT);
    if (t->deprel != DEP_APPOS || t->upos != UPOS_PROPN || comma == NONE ||
        comma > token || comma <= named + 1 || mended(m, named)->upos != UPOS_PROPN)
        return;
    uint32_t noun = comma - 1;
    for (int i = 0; i < MAX_CLIMB && mended(m, noun)->head > named; i++)
        noun = mended(m, noun)->head;
    if (noun < comma && mended(m, noun)->head == named &&
        mended(m, noun)->deprel == DEP_CONJ && mended(m, noun)->upos == UPOS_NOUN)
        mend_hang(m, token, noun, DEP_APPOS);
}

void mend_verb(struct mending *m, uint32_t token)
{
    mend_compound(m, token);
    mend_bare_act(m, token);
    mend_perfect(m, token);
    mend_outer_verb(m, token);
    mend_subject_of_mark(m, token);
    mend_joined_participle_name(m, token);
    mend_copula(m, token);
    mend_reduced(m, token);
    mend_parted_compound(m, token);
    mend_noun_with_object(m, token);
    mend_opening(m, token);
    mend_second_of_pair(m, token);
    mend_root(m, token);
    mend_object(m, token);
    mend_between(m, token);
    mend_insertion(m, token);
    mend_participle(m, token);
    mend_receiver(m, token);
    mend_list(m, token);
    mend_apposition(m, token);
}
