/* parse_mend.c: mends the trees that the engine made where words know better. */
#include "stage/parse_mend.h"

#include "stage/parse_mend_work.h"

#include <string.h>

#define MAX_DEPTH 1024

static void unlink_child(struct mending *m, uint32_t token)
{
    uint32_t *at = &m->tree.first[mended(m, token)->head];
    while (*at != NONE && *at != token)
        at = &m->tree.next[*at];
    if (*at == token)
        *at = m->tree.next[token];
}

/* Whether `token` may lie below `top`: a climb that finds no end counts as yes. */
static bool may_be_below(const struct mending *m, uint32_t token, uint32_t top)
{
    for (int i = 0; i < MAX_DEPTH; i++) {
        if (token == top)
            return true;
        if (mended_is_root(m, token))
            return false;
        token = mended(m, token)->head;
    }
    return true;
}

void mend_hang(struct mending *m, uint32_t token, uint32_t head, enum deprel deprel)
{
    if (may_be_below(m, head, token))
        return;
    if (!mended_is_root(m, token))
        unlink_child(m, token);
    uint32_t *at = &m->tree.first[head];
    while (*at != NONE && *at < token)
        at = &m->tree.next[*at];
    m->tree.next[token] = *at;
    *at = token;
    mended(m, token)->head = head;
    mended(m, token)->deprel = (uint8_t)deprel;
}

void mend_raise(struct mending *m, uint32_t token)
{
    uint32_t head = mended(m, token)->head;
    bool was_root = mended_is_root(m, head);
    uint32_t above = mended(m, head)->head;
    uint8_t relation = mended(m, head)->deprel;
    unlink_child(m, token);
    mended(m, token)->head = token;
    mended(m, token)->deprel = DEP_ROOT;
    if (!was_root)
        mend_hang(m, token, above, relation);
}

static char pos_of(const struct token *t)
{
    return t->upos == UPOS_VERB ? 'v' : t->upos == UPOS_ADJ ? 'a' : 'n';
}

/* The lemma, with its particle: "rule_out". */
static const char *whole_lemma(const struct mending *m, uint32_t word, char joined[64])
{
    const char *lemma = token_lemma(m->doc, word);
    uint32_t particle = tree_child(&m->tree, word, DEP_COMPOUND_PRT);
    if (particle == NONE || strlen(lemma) + strlen(mended(m, particle)->norm) + 2 >= 64)
        return lemma;
    char *end = stpcpy(joined, lemma);
    *end++ = '_';
    stpcpy(end, mended(m, particle)->norm);
    return joined;
}

uint32_t mend_governs(const struct mending *m, uint32_t word, const char *complement)
{
    char joined[64];
    return lexicon_embedding(&m->lexicon, whole_lemma(m, word, joined),
                             pos_of(mended(m, word)), complement);
}

const char *mend_control(const struct mending *m, uint32_t row)
{
    return table_cell(m->lexicon.embeddings, row, m->lexicon.embedding_control);
}

bool mended_is_infinitive(const struct mending *m, uint32_t token)
{
    uint32_t mark = tree_child(&m->tree, token, DEP_MARK);
    return mark != NONE && mended(m, mark)->upos == UPOS_PART;
}

static bool is_event_noun(const struct mending *m, uint32_t token)
{
    return mended(m, token)->upos == UPOS_NOUN &&
           lexicon_is_predicate(&m->lexicon, token_lemma(m->doc, token), 'n');
}

/* ---- clauses ---- */

/* Whether an infinitive that stands after `noun` is what the verb above asks of it:
 * "urged Iran to halt", "called on Iran to halt". */
static bool is_asked_of(const struct mending *m, uint32_t noun, uint32_t verb)
{
    const struct token *n = mended(m, noun);
    uint32_t row = mend_governs(m, verb, "xcomp");
    if (row == NONE || mend_governs(m, noun, "xcomp") != NONE)
        return false;
    const char *control = mend_control(m, row);
    if (n->deprel == DEP_OBJ || n->deprel == DEP_IOBJ)
        return strcmp(control, "obj") == 0 || mend_governs(m, verb, "obj+xcomp") != NONE;
    uint32_t mark = n->deprel == DEP_OBL ? tree_child(&m->tree, noun, DEP_CASE) : NONE;
    return mark != NONE && strcmp(control, mended(m, mark)->norm) == 0;
}

/* "rejected an offer to talk", "denied claims that he lied": the noun asks for it, the
 * verb does not. */
static void mend_content(struct mending *m, uint32_t token)
{
    uint32_t verb = mended(m, token)->head;
    uint8_t deprel = mended(m, token)->deprel;
    bool is_open = deprel != DEP_CCOMP && mended_is_infinitive(m, token);
    if ((deprel != DEP_XCOMP && deprel != DEP_ADVCL && deprel != DEP_CCOMP) ||
        mended(m, verb)->upos != UPOS_VERB || verb > token ||
        (!is_open && deprel != DEP_CCOMP))
        return;
    const char *complement = is_open ? "xcomp" : "ccomp";
    uint32_t object = tree_child(&m->tree, verb, DEP_OBJ);
    uint32_t mark = tree_child(&m->tree, token, DEP_MARK);
    if (mark == NONE || (deprel == DEP_ADVCL && object + 1 != mark))
        return;
    uint32_t row = mend_governs(m, verb, complement);
    /* "repeated its demand that they go": with such an object no verb has a clause too */
    bool is_taken = is_open &&
                    (mend_governs(m, verb, "obj+xcomp") != NONE ||
                     (row != NONE && strcmp(mend_control(m, row), "subj") != 0));
    if (object != NONE && object < token && !is_taken &&
        mended(m, object)->upos == UPOS_NOUN &&
        mend_governs(m, object, complement) != NONE)
        mend_hang(m, token, object, DEP_ACL);
}

/* A verb is what a verb governs or an adverbial clause; a noun's clause may belong to the
 * verb above. */
static void mend_clause(struct mending *m, uint32_t token)
{
    uint32_t head = mended(m, token)->head;
    const struct token *h = mended(m, head);
    const char *content;
    uint32_t that = tree_child(&m->tree, token, DEP_MARK);
    if (mended(m, token)->deprel == DEP_ADVCL && h->upos == UPOS_ADJ && that != NONE &&
        lexicon_word(&m->lexicon, mended(m, that)->norm, "clause mark", &content) &&
        strcmp(content, "content") == 0 && mend_governs(m, head, "ccomp") != NONE)
        mended(m, token)->deprel = DEP_CCOMP; /* "fearful that they attack" */
    bool is_open = mended_is_infinitive(m, token);
    if (mended(m, token)->deprel == DEP_ADVCL && is_open && h->feats.passive &&
        head < token &&
        strcmp(mend_control(m, mend_governs(m, head, "xcomp")), "obj") == 0)
        mended(m, token)->deprel = DEP_XCOMP; /* "was asked by Peru to leave" */
    if (mended(m, token)->upos != UPOS_VERB || mended(m, token)->deprel != DEP_ACL)
        return;
    if (h->upos == UPOS_VERB && head < token) {
        bool is_content = is_open && mend_governs(m, head, "xcomp") != NONE;
        mend_hang(m, token, head, is_content ? DEP_XCOMP : DEP_ADVCL);
        return;
    }
    uint32_t verb = h->head;
    if (!mended_is_nominal(h) || mended_is_root(m, head) ||
        mended(m, verb)->upos != UPOS_VERB || verb > head || head > token)
        return;
    if (is_open && is_asked_of(m, head, verb))
        mend_hang(m, token, verb, DEP_XCOMP);
    uint32_t mark = tree_child(&m->tree, token, DEP_MARK);
    if (is_open || mark == NONE || h->deprel != DEP_OBJ)
        return;
    const char *word = mended(m, mark)->norm;
    if (mend_governs(m, verb, word) != NONE && mend_governs(m, head, word) == NONE)
        mend_hang(m, token, verb, DEP_ADVCL);
}

/* "is due to sentence a man", "was due for talks", read as the cause of the sentence:
 * after a copula "due" is what somebody is. */
static void mend_due_noun(struct mending *m, uint32_t token)
{
    uint32_t noun = mended(m, token)->head, next;
    uint32_t to = tree_child(&m->tree, token, DEP_FIXED);
    if (mended(m, token)->deprel != DEP_CASE || mended(m, token)->upos != UPOS_ADJ ||
        token == 0 || mended(m, token - 1)->deprel != DEP_COP ||
        mended(m, token - 1)->head != noun || mended(m, noun)->upos != UPOS_NOUN ||
        noun < token + 2)
        return;
    bool is_act = to != NONE && to + 1 == noun &&
                  tree_child(&m->tree, noun, DEP_OBJ) != NONE && mend_make_verb(m, noun);
    if (!is_act && (to != NONE || mended(m, token + 1)->deprel != DEP_CASE))
        return;
    if (is_act) {
        mended(m, noun)->feats.verb_form = FORM_INF;
        mended(m, noun)->feats.tense = TENSE_NONE;
        mended(m, to)->upos = UPOS_PART;
        mend_hang(m, to, noun, DEP_MARK);
    }
    mend_raise(m, token);
    for (uint32_t k = m->tree.first[noun]; k != NONE && k < token; k = next) {
        next = m->tree.next[k];
        mend_hang(m, k, token, (enum deprel)mended(m, k)->deprel);
    }
    mend_hang(m, noun, token, is_act ? DEP_XCOMP : DEP_OBL);
}

/* "was due to attack", read as "due to an attack": the adjective rules the verb. */
static void mend_due(struct mending *m, uint32_t token)
{
    uint32_t verb = mended(m, token)->head;
    uint32_t to = tree_child(&m->tree, token, DEP_FIXED);
    if (to == NONE && token + 1 < m->doc->tokens.count &&
        mended(m, token + 1)->upos == UPOS_PART && mended(m, token + 1)->head == verb)
        to = token + 1;
    uint8_t deprel = mended(m, token)->deprel;
    bool is_due = (deprel == DEP_MARK || deprel == DEP_CASE) &&
                  mended(m, token)->upos == UPOS_ADJ && to != NONE &&
                  mended(m, verb)->upos == UPOS_VERB && to < verb &&
                  mended(m, verb)->feats.verb_form == FORM_INF;
    if (!is_due || mended_is_root(m, token))
        return;
    mend_raise(m, token);
    for (uint32_t k = m->tree.first[verb], next; k != NONE && k < token; k = next) {
        next = m->tree.next[k];
        mend_hang(m, k, token, mended(m, k)->deprel);
    }
    mend_hang(m, to, verb, DEP_MARK);
    mend_hang(m, verb, token, DEP_XCOMP);
}

/* "Fighting between them went on": what rules nouns and no object is a noun. */
static void mend_verbal_noun(struct mending *m, uint32_t token)
{
    struct token *t = mended(m, token);
    uint32_t next = token + 1;
    bool is_bare = t->upos == UPOS_NOUN && t->deprel == DEP_OBJ &&
                   m->tree.first[token] == NONE && t->feats.number == NUMBER_SING &&
                   is_event_noun(m, token) && next < m->doc->tokens.count;
    if (is_bare && mended(m, next)->upos == UPOS_PROPN &&
        mended(m, next)->head == t->head &&
        tree_child(&m->tree, next, DEP_CASE) == NONE &&
        mend_governs(m, t->head, "xcomp") != NONE) /* "admitted bombing Chad" */
        mend_hang(m, next, token, DEP_OBJ);
    bool is_argument = t->deprel == DEP_CSUBJ || t->deprel == DEP_CCOMP ||
                       t->deprel == DEP_CSUBJ_PASS || t->deprel == DEP_NSUBJ;
    bool is_noun = mended_is_gerund(t) && is_argument &&
                   lexicon_is_predicate(&m->lexicon, t->norm, 'n') &&
                   tree_child_of(&m->tree, token, DEP_NMOD, DEP_OBL) != NONE &&
                   tree_child_of(&m->tree, token, DEP_OBJ, DEP_NSUBJ) == NONE &&
                   tree_child_of(&m->tree, token, DEP_MARK, DEP_AUX) == NONE;
    bool is_ended = mended_is_gerund(t) && t->deprel == DEP_XCOMP && /* "end fighting" */
                    mend_governs(m, t->head, "obj") != NONE &&
                    lexicon_is_predicate(&m->lexicon, t->norm, 'n') &&
                    tree_child_of(&m->tree, token, DEP_OBJ, DEP_MARK) == NONE;
    if (!is_noun && !is_ended)
        return;
    for (uint32_t k = m->tree.first[token]; k != NONE; k = m->tree.next[k])
        if (mended(m, k)->deprel == DEP_OBL)
            mended(m, k)->deprel = DEP_NMOD;
    t->upos = UPOS_NOUN;
    t->lemma = t->norm;
    t->deprel = t->deprel == DEP_CCOMP || is_ended ? DEP_OBJ
                : t->deprel == DEP_CSUBJ_PASS      ? DEP_NSUBJ_PASS
                                                   : DEP_NSUBJ;
}

/* "The fear that they attacked": no relative clause, for nothing is missing in it. */
static void mend_that_clause(struct mending *m, uint32_t token)
{
    uint8_t deprel = mended(m, token)->deprel;
    uint32_t above = mended(m, token)->head;
    bool is_wrong = deprel == DEP_ACL && mended(m, above)->deprel == DEP_OBL &&
                    mend_governs(m, above, "ccomp") ==
                        NONE; /* "wrote in a letter that" */
    if (deprel != DEP_ACL_RELCL && !is_wrong)
        return;
    uint32_t that = NONE, subject = NONE, object = NONE;
    for (uint32_t k = m->tree.first[token]; k != NONE; k = m->tree.next[k]) {
        const struct token *t = mended(m, k);
        const char *value;
        if (lexicon_word(&m->lexicon, t->norm, "clause mark", &value) &&
            strcmp(value, "content") == 0) {
            that = that == NONE ? k : that;
            continue;
        }
        if (t->deprel == DEP_NSUBJ || t->deprel == DEP_NSUBJ_PASS)
            subject = k;
        if (t->deprel == DEP_OBJ || t->deprel == DEP_CCOMP || t->deprel == DEP_XCOMP)
            object = k;
    }
    bool is_mark = that != NONE && mended(m, that)->deprel == DEP_MARK;
    bool is_gap = that == NONE || subject == NONE ||
                  (object == NONE && mended(m, that)->deprel == DEP_OBJ);
    if (is_gap && !is_mark)
        return;
    uint32_t noun = mended(m, token)->head;
    if (that && mended(m, that - 1)->upos == UPOS_NOUN) /* "on condition that" */
        noun = that - 1;
    uint32_t verb = mended(m, noun)->head;
    bool is_said = mend_governs(m, noun, "ccomp") == NONE && verb < noun &&
                   mended(m, verb)->upos == UPOS_VERB &&
                   tree_child(&m->tree, verb, DEP_CCOMP) == NONE &&
                   mend_governs(m, verb, "ccomp") != NONE;
    if (mend_governs(m, noun, "ccomp") == NONE && !is_said)
        return;
    if (is_said) /* "wrote in a letter that" */
        mend_hang(m, token, verb, DEP_CCOMP);
    else
        mend_hang(m, token, noun, DEP_ACL);
    mended(m, that)->deprel = DEP_MARK;
    mended(m, that)->upos = UPOS_SCONJ;
    mended(m, that)->feats.pron_type = PRON_NONE;
}

/* ---- phrases ---- */

static bool is_in_name(const struct mending *m, uint32_t a, uint32_t b)
{
    uint32_t low = 0, high = m->doc->names.count;
    while (low < high) {
        uint32_t mid = (low + high) / 2;
        if (m->doc->names.items[mid].end <= a)
            low = mid + 1;
        else
            high = mid;
    }
    return low < m->doc->names.count && m->doc->names.items[low].first <= a &&
           b < m->doc->names.items[low].end;
}

/* "by Ethiopia on Somalia", "weapons by Russia": names rule no phrase, and the doer hangs
 * on the passive. */
static void mend_phrase(struct mending *m, uint32_t token)
{
    uint8_t deprel = mended(m, token)->deprel;
    if (deprel != DEP_NMOD && deprel != DEP_OBL && deprel != DEP_OBL_AGENT)
        return;
    uint32_t mark = tree_child(&m->tree, token, DEP_CASE);
    if (mark == NONE || mark > token)
        return;
    const char *word = mended(m, mark)->norm;
    for (int i = 0; i < MAX_CLIMB; i++) {
        uint32_t head = mended(m, token)->head, above = mended(m, head)->head;
        if (head == token || above == head || head > mark)
            return;
        const struct token *h = mended(m, head);
        bool is_name = h->upos == UPOS_PROPN && !is_in_name(m, head, token) &&
                       lexicon_word(&m->lexicon, word, "free mark", NULL);
        bool is_doer = h->upos == UPOS_NOUN && mended(m, above)->feats.passive &&
                       lexicon_word(&m->lexicon, word, "agent mark", NULL) &&
                       !is_event_noun(m, head);
        bool is_clause = mended(m, above)->upos == UPOS_VERB;
        if ((!is_name && !(is_doer && is_clause)) || above > mark)
            return;
        mend_hang(m, token, above, is_clause ? DEP_OBL : DEP_NMOD);
    }
}

/* "The war ceased with a truce signed on Monday, by both", with "by both" hung on the
 * ceasing: an active verb has no doer beside its subject, a participle has one. */
static void mend_doer(struct mending *m, uint32_t token)
{
    uint32_t verb = mended(m, token)->head;
    uint8_t deprel = mended(m, token)->deprel;
    uint32_t mark = tree_child(&m->tree, token, DEP_CASE);
    bool is_phrase = deprel == DEP_OBL || deprel == DEP_OBL_AGENT || deprel == DEP_NMOD;
    if (!is_phrase || verb > token || mark == NONE ||
        mended(m, verb)->upos != UPOS_VERB || mended(m, verb)->feats.passive ||
        tree_child(&m->tree, verb, DEP_NSUBJ) == NONE ||
        tree_child(&m->tree, token, DEP_NUMMOD) != NONE ||
        !lexicon_word(&m->lexicon, mended(m, mark)->norm, "agent mark", NULL))
        return;
    for (uint32_t t = mark; t-- > verb + 1;) {
        const struct token *p = mended(m, t);
        if (p->deprel == DEP_ACL && p->upos == UPOS_VERB && p->feats.passive &&
            tree_child(&m->tree, t, DEP_OBL_AGENT) == NONE) {
            mend_hang(m, token, t, DEP_OBL_AGENT);
            return;
        }
        bool is_doer = mended(m, token)->upos == UPOS_PROPN ||
                       mended(m, token)->feats.number == NUMBER_PLUR;
        if (is_doer && p->head == verb && is_event_noun(m, t)) {
            mend_hang(m, token, t, DEP_NMOD); /* "died in an attack by rebels" */
            return;
        }
    }
    mended(m, token)->deprel = DEP_OBL; /* "spoke by phone" */
}

/* "Fears grow of an attack", "a decision was made to attack": what the subject asks for
 * and the verb does not. */
static void mend_parted(struct mending *m, uint32_t token)
{
    uint32_t verb = mended(m, token)->head;
    uint8_t deprel = mended(m, token)->deprel;
    bool is_phrase = deprel == DEP_OBL && is_event_noun(m, token);
    bool is_clause = deprel == DEP_CCOMP || deprel == DEP_XCOMP || deprel == DEP_ADVCL;
    uint32_t mark = tree_child(&m->tree, token, is_phrase ? DEP_CASE : DEP_MARK);
    uint32_t subject = tree_child_of(&m->tree, verb, DEP_NSUBJ, DEP_NSUBJ_PASS);
    if ((!is_phrase && !is_clause) || mark == NONE || mark < verb || subject == NONE ||
        subject > verb || mended(m, verb)->upos != UPOS_VERB ||
        mended(m, subject)->upos != UPOS_NOUN ||
        tree_child(&m->tree, verb, DEP_OBJ) != NONE)
        return;
    const char *value = "", *word = mended(m, mark)->norm;
    lexicon_word(&m->lexicon, word, "clause mark", &value);
    if (is_clause && mended_is_infinitive(m, token))
        word = "xcomp";
    else if (is_clause && strcmp(value, "content") == 0)
        word = "ccomp";
    bool is_light = mended(m, subject)->deprel == DEP_NSUBJ_PASS &&
                    lexicon_is_light(&m->lexicon, token_lemma(m->doc, verb), &value);
    if (mend_governs(m, subject, word) != NONE &&
        (is_light || mend_governs(m, verb, word) == NONE))
        mend_hang(m, token, subject, is_phrase ? DEP_NMOD : DEP_ACL);
}

/* "withdraw troops from Chad", "the extradition of a man by Chad": a phrase that the
 * frame of the act looks for is no part of what the act is about. */
static void mend_party(struct mending *m, uint32_t token)
{
    uint32_t mark = tree_child(&m->tree, token, DEP_CASE);
    uint32_t noun = mended(m, token)->head, act = mended(m, noun)->head;
    if (mended(m, token)->deprel != DEP_NMOD || mark == NONE || mark > token ||
        noun > mark || act > noun || mended(m, noun)->upos != UPOS_NOUN ||
        is_event_noun(m, noun))
        return;
    bool is_verb = mended(m, act)->upos == UPOS_VERB &&
                   mended(m, noun)->deprel == DEP_OBJ;
    uint32_t before = tree_child(&m->tree, noun, DEP_CASE);
    bool is_noun = is_event_noun(m, act) && mended(m, noun)->deprel == DEP_NMOD &&
                   before != NONE &&
                   lexicon_word(&m->lexicon, mended(m, before)->norm, "owner mark", NULL);
    const char *word = mended(m, mark)->norm;
    char joined[64];
    if ((is_verb || is_noun) && mend_governs(m, noun, word) == NONE &&
        !lexicon_word(&m->lexicon, word, "owner mark", NULL) &&
        lexicon_takes(&m->lexicon, whole_lemma(m, act, joined), is_verb ? 'v' : 'n',
                      word))
        mend_hang(m, token, act, is_verb ? DEP_OBL : DEP_NMOD);
}

/* "blamed the attack on Chad": who did what the verb is about stands in a phrase of the
 * verb; "suspected Chad of the attack": a name rules no phrase. */
static void mend_control_phrase(struct mending *m, uint32_t token)
{
    uint32_t mark = tree_child(&m->tree, token, DEP_CASE);
    uint32_t noun = mended(m, token)->head, act = mended(m, noun)->head;
    if (mended(m, token)->deprel != DEP_NMOD || mark == NONE || mark > token ||
        noun > mark || act >= noun)
        return;
    const char *word = mended(m, mark)->norm;
    bool is_verb = mended(m, act)->upos == UPOS_VERB;
    bool is_object = is_verb && mended(m, noun)->deprel == DEP_OBJ;
    uint32_t before = tree_child(&m->tree, noun, DEP_CASE);
    const char *complement = is_object        ? "obj"
                             : before != NONE ? mended(m, before)->norm
                                              : "";
    uint32_t row = *complement ? mend_governs(m, act, complement) : NONE;
    bool is_doer = row != NONE && is_event_noun(m, noun) &&
                   strcmp(mend_control(m, row), word) == 0;
    bool is_named = is_object && mended(m, noun)->upos == UPOS_PROPN &&
                    is_event_noun(m, token) && mend_governs(m, act, word) != NONE;
    if (is_doer || is_named)
        mend_hang(m, token, act, is_verb ? DEP_OBL : DEP_NMOD);
}

/* The event noun inside a noun that asks for one: "reports of an attack"; NONE. */
static uint32_t content_noun(const struct mending *m, uint32_t noun)
{
    for (uint32_t k = mended(m, noun)->upos == UPOS_NOUN ? m->tree.first[noun] : NONE;
         k != NONE; k = m->tree.next[k]) {
        uint32_t mark = tree_child(&m->tree, k, DEP_CASE);
        if (mended(m, k)->deprel == DEP_NMOD && k > noun && mark != NONE &&
            is_event_noun(m, k) && mend_governs(m, noun, mended(m, mark)->norm) != NONE)
            return k;
    }
    return NONE;
}

/* Whether no more than a day or an adverb stands between: "renewed talks on Monday on a
 * truce". */
static bool follows_soon(const struct mending *m, uint32_t noun, uint32_t mark)
{
    if (mark <= noun || mark - noun > 3)
        return false;
    for (uint32_t t = noun + 1; t < mark; t++)
        if (mended(m, t)->upos == UPOS_VERB || mended(m, t)->upos == UPOS_PUNCT ||
            is_event_noun(m, t))
            return false;
    return true;
}

/* "condemned an attack on Peru by Chile", "an attack by troops on a town": what follows
 * an event noun is its own. */
static void mend_noun_phrase(struct mending *m, uint32_t token)
{
    uint32_t mark = tree_child(&m->tree, token, DEP_CASE);
    uint32_t head = mended(m, token)->head, above = mended(m, head)->head;
    if (mark == NONE || mark > token || head == token || head > mark)
        return;
    const char *word = mended(m, mark)->norm;
    bool is_doer = lexicon_word(&m->lexicon, word, "agent mark", NULL);
    uint32_t object = tree_child(&m->tree, head, DEP_OBJ);
    bool is_phrase = mended(m, token)->deprel == DEP_OBL ||
                     mended(m, token)->deprel == DEP_OBL_AGENT;
    bool is_active = tree_child(&m->tree, head, DEP_AUX_PASS) == NONE &&
                     tree_child(&m->tree, head, DEP_NSUBJ) != NONE;
    if (is_phrase && mended(m, head)->upos == UPOS_VERB && is_doer && is_active &&
        object != NONE && object < mark &&
        (is_event_noun(m, object) ||
         lexicon_embeds(&m->lexicon, token_lemma(m->doc, object), 'n'))) {
        mend_hang(m, token, object, DEP_NMOD);
        return;
    }
    bool is_next = object != NONE && is_phrase && follows_soon(m, object, mark);
    if (is_next && mended(m, head)->upos == UPOS_VERB &&
        mend_governs(m, object, word) != NONE && mend_governs(m, head, word) == NONE) {
        mend_hang(m, token, object, DEP_NMOD); /* "mentioned the ban on arms" */
        return;
    }
    uint32_t content = content_noun(m, head);
    if (mended(m, token)->deprel == DEP_NMOD && content != NONE && content < mark &&
        (is_doer || lexicon_word(&m->lexicon, word, "goal mark", NULL))) {
        mend_hang(m, token, content, DEP_NMOD); /* "reports of an attack by Peru" */
        return;
    }
    if (mended(m, token)->deprel != DEP_NMOD || mended(m, head)->upos != UPOS_NOUN ||
        mended(m, head)->deprel != DEP_NMOD || !is_event_noun(m, above))
        return;
    uint32_t before = tree_child(&m->tree, head, DEP_CASE);
    bool is_after_doer = before != NONE &&
                         lexicon_word(&m->lexicon, mended(m, before)->norm, "agent mark",
                                      NULL);
    if (is_after_doer && !is_event_noun(m, head) &&
        lexicon_word(&m->lexicon, word, "goal mark", NULL))
        mend_hang(m, token, above, DEP_NMOD);
}

static bool is_particle_verb(const struct mending *m, uint32_t verb, uint32_t particle)
{
    char joined[64];
    const char *lemma = token_lemma(m->doc, verb), *word = mended(m, particle)->norm;
    if (strlen(lemma) + strlen(word) + 2 > sizeof joined)
        return false;
    char *end = stpcpy(joined, lemma);
    *end++ = '_';
    stpcpy(end, word);
    return lexicon_is_predicate(&m->lexicon, joined, 'v') ||
           lexicon_embeds(&m->lexicon, joined, 'v');
}

/* "committed to \"complete\" disarmament", with "to" hung on the adjective: a preposition
 * before a noun's modifier is the noun's, and no object has one. */
static void mend_modifier(struct mending *m, uint32_t token)
{
    uint32_t modifier = mended(m, token)->head;
    uint32_t noun = mended(m, modifier)->head;
    uint8_t deprel = mended(m, token)->deprel;
    bool is_preposition = mended(m, token)->upos == UPOS_ADP ||
                          mended(m, token)->upos == UPOS_PART;
    if (!is_preposition || token > modifier || modifier > noun ||
        (deprel != DEP_CASE && deprel != DEP_MARK) ||
        mended(m, modifier)->deprel != DEP_AMOD || mended(m, noun)->upos != UPOS_NOUN)
        return;
    mend_hang(m, token, noun, DEP_CASE);
    mended(m, token)->upos = UPOS_ADP;
    if (mended(m, noun)->deprel == DEP_OBJ)
        mend_hang(m, noun, mended(m, noun)->head, DEP_OBL);
}

/* The noun that "Iran-backed" before it tells more of: the last of the words that follow
 * without a break; NONE. */
static uint32_t noun_after(const struct mending *m, uint32_t participle)
{
    struct sentence sentence =
        m->doc->sentences.items[doc_sentence_of(m->doc, participle)];
    uint32_t noun = NONE;
    for (uint32_t i = participle + 1; i < sentence.end && i < participle + MAX_CLIMB;
         i++) {
        const struct token *t = mended(m, i);
        if (t->upos == UPOS_NOUN || t->upos == UPOS_PROPN)
            noun = i;
        else if (t->upos != UPOS_ADJ)
            break;
        if (noun == i && t->head < participle)
            break;
    }
    return noun;
}

/* Hangs what hung on one word on another, but for the words between both. */
static void mend_children(struct mending *m, uint32_t from, uint32_t to, uint32_t before)
{
    uint32_t next;
    for (uint32_t child = m->tree.first[from]; child != NONE; child = next) {
        next = m->tree.next[child];
        if (child < before || child > to)
            mend_hang(m, child, to, (enum deprel)mended(m, child)->deprel);
    }
}

/* "attacked by Iran-backed rebels", "that Iran-backed rebels had left", with Iran as who
 * acts or "backed" as the verb: a participle joined to a name is what the noun after it
 * is called by. */
static void mend_joined_participle(struct mending *m, uint32_t token)
{
    uint32_t name = token - 1, participle = token + 1;
    bool is_joined = token > 0 && participle < m->doc->tokens.count &&
                     strcmp(mended(m, token)->norm, "-") == 0 &&
                     !mended(m, name)->space_after && !mended(m, token)->space_after &&
                     mended(m, name)->upos == UPOS_PROPN &&
                     mended(m, participle)->upos == UPOS_VERB &&
                     mended(m, participle)->feats.verb_form != FORM_INF;
    uint32_t noun = is_joined ? noun_after(m, participle) : NONE;
    if (noun == NONE || mended(m, name)->head == noun)
        return;
    const struct token *held = mended(m, name);
    if (mended(m, participle)->deprel == DEP_AMOD && held->head != participle &&
        !mended_is_root(m, name) && held->head != noun) {
        enum deprel role = (enum deprel)held->deprel;
        mend_hang(m, noun, held->head, role);
        mend_children(m, name, noun, name);
        mend_hang(m, participle, noun, DEP_AMOD);
        mend_hang(m, name, participle, DEP_OBL_UNMARKED);
        return;
    }
    uint32_t above = mended(m, noun)->head;
    if (held->head != participle || held->deprel != DEP_NSUBJ ||
        mended(m, noun)->deprel != DEP_NSUBJ || above == noun ||
        mended(m, above)->head != participle)
        return;
    mend_raise(m, above);
    mend_children(m, participle, above, name);
    mend_hang(m, participle, noun, DEP_AMOD);
    mend_hang(m, name, participle, DEP_OBL_UNMARKED);
}

/* "ruled out sending troops", with "out" as the mark of the gerund; "handed over 700
 * prisoners", with "over" as more than. */
static void mend_gerund_particle(struct mending *m, uint32_t token)
{
    if (mended(m, token)->deprel == DEP_ADVMOD && token &&
        mended(m, mended(m, token)->head)->upos == UPOS_NUM &&
        mended(m, token - 1)->upos == UPOS_VERB && is_particle_verb(m, token - 1, token))
        mend_hang(m, token, token - 1, DEP_COMPOUND_PRT);
    uint32_t gerund = mended(m, token)->head;
    uint32_t verb = mended(m, gerund)->head;
    uint8_t deprel = mended(m, token)->deprel;
    if ((deprel != DEP_MARK && deprel != DEP_CASE) || verb + 1 != token ||
        gerund < token || mended(m, verb)->upos != UPOS_VERB ||
        !mended_is_gerund(mended(m, gerund)) || !is_particle_verb(m, verb, token))
        return;
    mend_hang(m, token, verb, DEP_COMPOUND_PRT);
    mend_hang(m, gerund, verb, DEP_XCOMP);
}

/* "pulled out of Angola": the first of two prepositions is the verb's particle; "handed
 * over the weapons": so is one before what would be the object. */
static void mend_particle(struct mending *m, uint32_t token)
{
    uint32_t head = mended(m, token)->head;
    uint32_t verb = mended(m, head)->head;
    bool is_after_verb = mended(m, token)->deprel == DEP_CASE && verb + 1 == token &&
                         mended(m, verb)->upos == UPOS_VERB && token < head;
    if (!is_after_verb || !is_particle_verb(m, verb, token))
        return;
    bool is_first = mended(m, token + 1)->deprel == DEP_CASE &&
                    mended(m, token + 1)->head == head;
    bool is_sure = lexicon_word(&m->lexicon, mended(m, token)->norm, "particle", NULL) &&
                   mended(m, head)->deprel == DEP_OBL &&
                   tree_child(&m->tree, verb, DEP_OBJ) == NONE;
    if (!is_first && !is_sure)
        return;
    mend_hang(m, token, verb, DEP_COMPOUND_PRT);
    if (!is_first)
        mend_hang(m, head, verb, DEP_OBJ);
}

enum outcome parse_mend(const struct pack *pack, struct doc *doc, struct fail *fail)
{
    struct mending m = {.doc = doc};
    lemmas_open(&m.lemmas, pack);
    m.lexicon = m.lemmas.lexicon;
    if (!tree_build(doc, &m.tree))
        return fail_memory(fail);
    for (uint32_t t = 0; t < doc->tokens.count && !m.failed; t++) {
        mend_word(&m, t);
        mend_joined_participle(&m, t);
        mend_modifier(&m, t);
        mend_particle(&m, t);
        mend_gerund_particle(&m, t);
        mend_phrase(&m, t);
        mend_doer(&m, t);
        mend_parted(&m, t);
        mend_party(&m, t);
        mend_noun_phrase(&m, t);
        mend_control_phrase(&m, t);
        mend_due_noun(&m, t);
        mend_due(&m, t);
        mend_verbal_noun(&m, t);
        mend_clause(&m, t);
        mend_content(&m, t);
        mend_that_clause(&m, t);
        mend_role(&m, t);
        mend_verb(&m, t);
    }
    return m.failed ? fail_memory(fail) : OK;
}
