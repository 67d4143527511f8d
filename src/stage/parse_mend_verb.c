/* parse_mend_verb.c: mends what a verb is in its sentence: its root, its subject, what it
 * is joined to, what it reports. */
#include "stage/parse_mend_work.h"

#include <string.h>

/* ---- subjects ---- */

static bool is_finite(const struct mending *m, uint32_t token)
{
    const struct token *t = mended(m, token);
    if (t->upos == UPOS_VERB && t->feats.verb_form == FORM_FIN)
        return true;
    for (uint32_t k = m->tree.first[token]; k != NONE; k = m->tree.next[k]) {
        uint8_t deprel = mended(m, k)->deprel;
        bool is_aux = deprel == DEP_AUX || deprel == DEP_AUX_PASS || deprel == DEP_COP;
        if (is_aux && mended(m, k)->feats.verb_form == FORM_FIN)
            return true;
    }
    return false;
}

static bool has_subject(const struct mending *m, uint32_t token)
{
    return tree_child_of(&m->tree, token, DEP_NSUBJ, DEP_NSUBJ_PASS) != NONE;
}

/* Puts `token` where its head stands, and hangs the head on it. */
static void turn_over(struct mending *m, uint32_t token, enum deprel deprel)
{
    uint32_t head = mended(m, token)->head;
    bool was_root = mended_is_root(m, head);
    uint32_t above = mended(m, head)->head;
    uint8_t relation = mended(m, head)->deprel;
    mend_unlink(m, token);
    mended(m, token)->head = token;
    mended(m, token)->deprel = DEP_ROOT;
    if (!was_root)
        mend_hang(m, token, above, relation);
    mend_hang(m, head, token, deprel);
}

/* "Minister to resign", "The visit by the king was put off": a finite verb, or the
 * infinitive of a headline, that hangs on the first noun of the sentence rules it. */
static void mend_root(struct mending *m, uint32_t token)
{
    uint32_t noun = mended(m, token)->head;
    uint8_t deprel = mended(m, token)->deprel;
    bool is_clause = mended(m, token)->upos == UPOS_VERB && noun < token &&
                     (deprel == DEP_ACL || deprel == DEP_ADVCL) &&
                     mended_is_root(m, noun) && mended_is_nominal(mended(m, noun)) &&
                     tree_child(&m->tree, noun, DEP_COP) == NONE &&
                     tree_child(&m->tree, noun, DEP_CASE) == NONE;
    if (!is_clause)
        return;
    uint32_t sentence = doc_sentence_of(m->doc, token);
    bool is_ahead = mended_is_infinitive(m, token) &&
                    mend_governs(m, noun, "xcomp") == NONE &&
                    m->doc->sentences.items[sentence].is_headline;
    bool is_active = mended(m, token)->feats.tense == TENSE_PAST &&
                     tree_child(&m->tree, token, DEP_OBJ) != NONE &&
                     tree_child(&m->tree, token, DEP_OBL_AGENT) == NONE;
    bool is_told = (is_finite(m, token) || is_active) && deprel == DEP_ACL &&
                   tree_child(&m->tree, token, DEP_MARK) == NONE;
    uint32_t subject = tree_child_of(&m->tree, token, DEP_NSUBJ, DEP_NSUBJ_PASS);
    if ((!is_ahead && !is_told) || (subject != NONE && is_ahead))
        return;
    bool has_aux = tree_child(&m->tree, token, DEP_AUX_PASS) != NONE;
    if (is_active && !has_aux) { /* "The minister rejected on Friday a plan" */
        mended(m, token)->feats.passive = 0;
        mended(m, token)->feats.verb_form = FORM_FIN;
    }
    bool is_passive = mended(m, token)->feats.passive || has_aux;
    if (subject != NONE)
        mend_hang(m, subject, noun, DEP_APPOS);
    turn_over(m, token, is_passive ? DEP_NSUBJ_PASS : DEP_NSUBJ);
}

/* "On Friday Peru imposed sanctions", read as "imposed sanctions" of Peru: a participle
 * with a subject is a verb, and the noun its object. */
static void mend_participle(struct mending *m, uint32_t token)
{
    uint32_t noun = mended(m, token)->head;
    uint32_t subject = tree_child(&m->tree, token, DEP_NSUBJ);
    if (mended(m, token)->upos != UPOS_VERB || mended(m, token)->deprel != DEP_AMOD ||
        noun < token || subject == NONE || subject > token)
        return;
    turn_over(m, token, DEP_OBJ);
    mended(m, token)->feats.passive = 0;
    for (uint32_t k = m->tree.first[noun], next; k != NONE && k < token; k = next) {
        next = m->tree.next[k];
        bool is_phrase = tree_child(&m->tree, k, DEP_CASE) != NONE;
        mend_hang(m, k, token, is_phrase ? DEP_OBL : mended(m, k)->deprel);
    }
}

/* "after the army bombed it", read as "after the army": the noun before a verb without a
 * subject is its subject. */
static void mend_subject(struct mending *m, uint32_t token)
{
    const struct token *t = mended(m, token);
    const char *value;
    if (t->upos != UPOS_VERB || t->deprel != DEP_ADVCL || t->feats.tense != TENSE_PAST ||
        has_subject(m, token) || m->tree.first[token] < token || t->head > token)
        return;
    for (uint32_t k = m->tree.first[t->head]; k != NONE && k < token;
         k = m->tree.next[k]) {
        uint32_t mark = tree_child(&m->tree, k, DEP_CASE);
        if (mended(m, k)->deprel != DEP_OBL || mark == NONE || k + 1 != token ||
            !lexicon_word(&m->lexicon, mended(m, mark)->norm, "clause mark", &value) ||
            (strcmp(value, "time") != 0 && strcmp(value, "cause") != 0))
            continue;
        mend_hang(m, mark, token, DEP_MARK);
        mend_hang(m, k, token, DEP_NSUBJ);
        mended(m, token)->feats.passive = 0;
        return;
    }
}

/* "Syria says it is willing to leave": who is willing is somebody. */
static void mend_expletive(struct mending *m, uint32_t token)
{
    uint32_t state = mended(m, token)->head;
    if (mended(m, token)->deprel != DEP_EXPL || token > state ||
        mended(m, token)->upos != UPOS_PRON ||
        tree_child(&m->tree, state, DEP_XCOMP) == NONE)
        return;
    uint32_t row = mend_governs(m, state, "xcomp");
    if (row != NONE && strcmp(mend_control(m, row), "subj") == 0)
        mended(m, token)->deprel = DEP_NSUBJ;
}

/* "said they had fled and called for calm": the simple past goes on with the report, not
 * with what is reported. */
static void mend_report_conjunct(struct mending *m, uint32_t token)
{
    uint32_t first = mended(m, token)->head;
    const struct token *t = mended(m, token);
    bool is_told = t->deprel == DEP_CONJ && t->upos == UPOS_VERB && first < token &&
                   t->feats.verb_form == FORM_FIN && t->feats.tense == TENSE_PAST &&
                   !has_subject(m, token) && mended(m, first)->deprel == DEP_CCOMP &&
                   tree_child_of(&m->tree, token, DEP_AUX, DEP_AUX_PASS) == NONE;
    uint32_t verb = mended(m, first)->head;
    uint32_t aux = tree_child(&m->tree, first, DEP_AUX);
    if (is_told && aux != NONE && verb < first && mended(m, verb)->upos == UPOS_VERB &&
        mended(m, verb)->feats.tense == TENSE_PAST && has_subject(m, verb))
        mend_hang(m, token, verb, DEP_CONJ);
}

/* "Spain suspects Chile attacked it", read as two sentences in a row. */
static void mend_content_beside(struct mending *m, uint32_t token)
{
    uint32_t verb = mended(m, token)->head;
    bool is_beside = mended(m, token)->deprel == DEP_PARATAXIS && verb < token &&
                     mended(m, token)->upos == UPOS_VERB &&
                     mended(m, verb)->upos == UPOS_VERB && token - verb < NEAR;
    if (!is_beside || !has_subject(m, token) || mend_governs(m, verb, "ccomp") == NONE ||
        tree_child_of(&m->tree, verb, DEP_CCOMP, DEP_OBJ) != NONE)
        return;
    for (uint32_t i = verb + 1; i < token; i++)
        if (mended(m, i)->upos == UPOS_PUNCT)
            return;
    mended(m, token)->deprel = DEP_CCOMP;
}

/* The verb of the sentence in "Peru, whose envoy had left, asked ...", where the tree has
 * the relative clause for it: below it after a comma, or above it; NONE. */
static uint32_t verb_beside(const struct mending *m, uint32_t relative)
{
    uint32_t above = mended(m, relative)->head;
    uint8_t deprel = mended(m, relative)->deprel;
    if (above > relative && (deprel == DEP_CCOMP || deprel == DEP_ADVCL) &&
        mended(m, above)->upos == UPOS_VERB && !has_subject(m, above))
        return above;
    for (uint32_t k = m->tree.first[relative]; k != NONE; k = m->tree.next[k]) {
        uint8_t below = mended(m, k)->deprel;
        uint32_t comma = tree_child(&m->tree, k, DEP_PUNCT);
        if (k > relative && mended(m, k)->upos == UPOS_VERB && comma != NONE &&
            comma < k && !mended_is_gerund(mended(m, k)) && !has_subject(m, k) &&
            !mended_is_infinitive(m, k) && tree_child(&m->tree, k, DEP_MARK) == NONE &&
            (below == DEP_ADVCL || below == DEP_PARATAXIS || below == DEP_CONJ))
            return k;
    }
    return NONE;
}

void mend_whose(struct mending *m, uint32_t token)
{
    uint32_t owned = mended(m, token)->head;
    uint32_t relative = mended(m, owned)->head;
    uint8_t role = mended(m, owned)->deprel;
    if (mended(m, token)->feats.pron_type != PRON_REL ||
        mended(m, token)->deprel != DEP_NMOD_POSS || relative < owned ||
        (role != DEP_NSUBJ && role != DEP_NSUBJ_PASS))
        return;
    uint32_t noun = m->tree.first[relative];
    bool is_subject = noun != NONE && noun < token &&
                      mended_is_nominal(mended(m, noun)) &&
                      tree_child(&m->tree, noun, DEP_CASE) == NONE;
    uint32_t verb = is_subject ? verb_beside(m, relative) : NONE;
    if (verb == NONE)
        return;
    if (mended(m, verb)->head == relative)
        turn_over(m, verb, DEP_ADVCL);
    bool is_passive = tree_child(&m->tree, verb, DEP_AUX_PASS) != NONE;
    mend_hang(m, noun, verb, is_passive ? DEP_NSUBJ_PASS : DEP_NSUBJ);
    mend_hang(m, relative, noun, DEP_ACL_RELCL);
}

/* "will free two soldiers", with an adjective that has an object. */
static void mend_verbal_adjective(struct mending *m, uint32_t token)
{
    struct token *t = mended(m, token);
    if (t->upos != UPOS_ADJ || tree_child(&m->tree, token, DEP_AUX) == NONE ||
        tree_child(&m->tree, token, DEP_OBJ) == NONE ||
        tree_child(&m->tree, token, DEP_COP) != NONE)
        return;
    t->upos = UPOS_VERB;
    t->lemma = t->norm;
    t->feats.verb_form = FORM_INF;
}

/* "have met several times": how often is no object. */
static void mend_span(struct mending *m, uint32_t token)
{
    if (mended(m, token)->deprel == DEP_OBJ &&
        tree_child(&m->tree, token, DEP_NMOD) == NONE &&
        tree_child_of(&m->tree, token, DEP_NUMMOD, DEP_AMOD) != NONE &&
        lexicon_word(&m->lexicon, token_lemma(m->doc, token), "span noun", NULL))
        mended(m, token)->deprel = DEP_OBL_UNMARKED;
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

/* What no simple past goes on with: a gerund, an infinitive, a noun that a verb has. */
static bool is_unlike_past(const struct mending *m, uint32_t first)
{
    const struct token *t = mended(m, first);
    if (t->upos != UPOS_VERB)
        return t->deprel == DEP_OBJ || t->deprel == DEP_OBL || t->deprel == DEP_NMOD;
    return mended_is_gerund(t) ||
           (mended_is_infinitive(m, first) && t->feats.tense != TENSE_PAST);
}

/* "A accused B of lying and vowed to go": a finite verb is joined to a finite one. */
static void mend_conjunct(struct mending *m, uint32_t token)
{
    uint32_t first = mended(m, token)->head;
    const struct token *t = mended(m, token);
    uint32_t above = mended(m, first)->head;
    if (t->deprel == DEP_CONJ && mended_is_gerund(t) && first < token &&
        mended_is_nominal(mended(m, first)) && mended(m, first)->deprel == DEP_OBJ &&
        mended_is_gerund(mended(m, above))) { /* "killing six and wounding ten" */
        mend_hang(m, token, above, DEP_CONJ);
        return;
    }
    if (t->deprel != DEP_CONJ || t->upos != UPOS_VERB || has_subject(m, token) ||
        t->feats.tense != TENSE_PAST || first > token || !is_unlike_past(m, first) ||
        tree_child_of(&m->tree, token, DEP_AUX, DEP_AUX_PASS) != NONE)
        return;
    for (int i = 0; i < MAX_CLIMB && !mended_is_root(m, first); i++) {
        first = mended(m, first)->head;
        bool is_told = is_finite(m, first) ||
                       tree_child(&m->tree, first, DEP_NSUBJ) != NONE;
        if (first < token && mended(m, first)->upos == UPOS_VERB && is_told) {
            mend_hang(m, token, first, DEP_CONJ);
            return;
        }
    }
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

/* "President A and Chancellor B met", read as an apposition. */
static void mend_list(struct mending *m, uint32_t token)
{
    mend_long_list(m, token);
    uint8_t deprel = mended(m, token)->deprel;
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

/* ---- reports ---- */

static bool is_mark(const struct mending *m, uint32_t token)
{
    return mended(m, token)->upos == UPOS_PUNCT;
}

/* "Chile, Peru claims, attacked Bolivia": a nominal, a report between marks, and the verb
 * that the nominal waits for. */
static void mend_insertion(struct mending *m, uint32_t verb)
{
    const struct sentence *sentence =
        &m->doc->sentences.items[doc_sentence_of(m->doc, verb)];
    uint32_t row = mend_governs(m, verb, "ccomp");
    uint32_t subject = tree_child(&m->tree, verb, DEP_NSUBJ);
    if (mended(m, verb)->upos != UPOS_VERB || row == NONE || subject == NONE ||
        subject > verb || verb + 2 >= sentence->end || !is_mark(m, verb + 1) ||
        *table_cell(m->lexicon.embeddings, row, m->lexicon.embedding_voice) == '\0')
        return;
    uint32_t open = subject;
    while (open > sentence->first && !is_mark(m, open) && subject - open < NEAR)
        open--;
    uint32_t next = verb + 1, noun = open;
    while (next + 1 < sentence->end && is_mark(m, next))
        next++;
    while (noun > sentence->first && is_mark(m, noun))
        noun--;
    if (mended(m, next)->upos == UPOS_AUX)
        next = mended(m, next)->head;
    if (next <= verb || next >= sentence->end || mended(m, next)->upos != UPOS_VERB ||
        !is_mark(m, open) || open - sentence->first > NEAR ||
        mended_is_gerund(mended(m, next)) || mended_is_infinitive(m, next))
        return;
    for (uint32_t t = sentence->first; t < open; t++)
        if (mended(m, t)->upos == UPOS_VERB || mended(m, t)->upos == UPOS_AUX)
            return;
    for (int i = 0;
         i < MAX_CLIMB && !mended_is_root(m, noun) && mended(m, noun)->head < open; i++)
        noun = mended(m, noun)->head;
    uint32_t wrong = tree_child(&m->tree, next, DEP_NSUBJ);
    if (!mended_is_nominal(mended(m, noun)) || (wrong != NONE && wrong < next))
        return;
    if (mended(m, verb)->head == noun)
        turn_over(m, verb, DEP_DISLOCATED);
    mend_hang(m, next, verb, DEP_CCOMP);
    mend_hang(m, noun, next, DEP_NSUBJ);
    if (wrong != NONE && tree_child(&m->tree, next, DEP_OBJ) == NONE)
        mended(m, wrong)->deprel = DEP_OBJ;
}

/* "..., said the minister": who says it stands after the verb. "A, B said, attacked C":
 * what is said has its subject before the insertion. */
static void mend_report(struct mending *m, uint32_t verb)
{
    uint32_t content = tree_child(&m->tree, verb, DEP_CCOMP);
    uint32_t row = mend_governs(m, verb, "ccomp");
    uint32_t before = m->tree.first[verb];
    if (content == NONE && row != NONE && before != NONE && before < verb &&
        mended(m, before)->deprel == DEP_ADVCL && has_subject(m, before) &&
        is_finite(m, before) && tree_child(&m->tree, before, DEP_MARK) == NONE &&
        tree_child(&m->tree, before, DEP_ADVMOD) == NONE) {
        mended(m, before)->deprel = DEP_CCOMP; /* "A regretted it, said B" */
        content = before;
    }
    bool is_report = row != NONE &&
                     *table_cell(m->lexicon.embeddings, row, m->lexicon.embedding_voice);
    if (mended(m, verb)->upos != UPOS_VERB || content == NONE || !is_report)
        return;
    uint32_t subject = tree_child_of(&m->tree, verb, DEP_NSUBJ, DEP_NSUBJ_PASS);
    uint32_t object = tree_child_of(&m->tree, verb, DEP_OBJ, DEP_IOBJ);
    if (subject == NONE && content < verb && object != NONE && object > verb) {
        mended(m, object)->deprel = DEP_NSUBJ;
        return;
    }
    uint32_t first = m->tree.first[verb];
    bool is_apart = first != NONE && first < verb && subject != NONE && first < subject &&
                    mended_is_nominal(mended(m, first)) &&
                    (mended(m, first)->deprel == DEP_VOCATIVE ||
                     mended(m, first)->deprel == DEP_DISLOCATED);
    bool is_open = content > verb && mended(m, verb)->feats.verb_form == FORM_FIN &&
                   tree_child_of(&m->tree, content, DEP_NSUBJ, DEP_NSUBJ_PASS) == NONE &&
                   !mended_is_infinitive(m, content);
    if (is_apart && is_open)
        mend_hang(m, first, content, DEP_NSUBJ);
}

void mend_verb(struct mending *m, uint32_t token)
{
    mend_insertion(m, token);
    mend_report(m, token);
    mend_root(m, token);
    mend_participle(m, token);
    mend_subject(m, token);
    mend_expletive(m, token);
    mend_receiver(m, token);
    mend_verbal_adjective(m, token);
    mend_span(m, token);
    mend_conjunct(m, token);
    mend_content_beside(m, token);
    mend_report_conjunct(m, token);
    mend_list(m, token);
}
