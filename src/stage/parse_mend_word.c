/* parse_mend_word.c: mends what a word is: part of speech, voice, tense. */
#include "stage/parse_mend_work.h"

#include <string.h>

static bool is_in_headline(const struct mending *m, uint32_t token)
{
    uint32_t sentence = doc_sentence_of(m->doc, token);
    return m->doc->sentences.items[sentence].is_headline;
}

bool mend_make_verb(struct mending *m, uint32_t token)
{
    struct token *t = mended(m, token);
    char scratch[64];
    const char *lemma = lemma_mend(&m->lemmas, UPOS_VERB, t->norm, t->norm, scratch);
    if (!lexicon_is_predicate(&m->lexicon, lemma, 'v') &&
        !lexicon_embeds(&m->lexicon, lemma, 'v'))
        return false;
    t->lemma = arena_copy(&m->doc->arena, lemma, strlen(lemma));
    m->failed = t->lemma == NULL;
    t->upos = UPOS_VERB;
    t->feats.verb_form = FORM_FIN;
    t->feats.tense = TENSE_PAST;
    return true;
}

bool mend_has_ending(const struct mending *m, uint32_t token, const char *kind)
{
    const char *norm = mended(m, token)->norm, *value;
    size_t len = strlen(norm);
    for (size_t letters = 1; letters <= 3 && letters + 1 < len; letters++)
        if (lexicon_word(&m->lexicon, norm + len - letters, "verb ending", &value) &&
            strcmp(value, kind) == 0)
            return true;
    return false;
}

/* "Peru's general confessed", with the general as an adjective: what has an owner and is
 * a subject or an object is a noun. */
static void mend_owned(struct mending *m, uint32_t token)
{
    struct token *t = mended(m, token);
    bool is_argument = t->deprel == DEP_NSUBJ || t->deprel == DEP_OBJ ||
                       t->deprel == DEP_NSUBJ_PASS;
    if (t->upos == UPOS_ADJ && is_argument && t->feats.degree != DEGREE_SUP &&
        tree_child_of(&m->tree, token, DEP_NMOD_POSS, DEP_DET) != NONE)
        t->upos = UPOS_NOUN;
}

/* "Peru has armed Chile", "asked to free two men", with an adjective: that has no object,
 * and no "have" before it. */
static void mend_adjective(struct mending *m, uint32_t token)
{
    const struct token *t = mended(m, token);
    uint32_t aux = tree_child(&m->tree, token, DEP_AUX);
    bool is_have = aux != NONE &&
                   lexicon_word(&m->lexicon, token_lemma(m->doc, aux), "perfect", NULL);
    bool is_open = mended_is_infinitive(m, token);
    bool is_lone = mended_is_root(m, token) && aux == NONE && !is_in_headline(m, token) &&
                   mend_has_ending(m, token, "past") && mended_has_subject(m, token);
    bool has_object = tree_child(&m->tree, token, DEP_OBJ) != NONE &&
                      (aux != NONE || is_open || mended_has_subject(m, token));
    if (t->upos != UPOS_ADJ || tree_child(&m->tree, token, DEP_COP) != NONE ||
        (!has_object && !is_have && !is_lone) || !mend_make_verb(m, token))
        return;
    if ((aux != NONE && !is_have) || is_open)
        mended(m, token)->feats.verb_form = FORM_INF;
}

/* "Peru claims that", "accuses Peru of planning to": what has a subject and no copula, or
 * a mark of clauses before its -ing, is no noun but the verb that the lexicon knows. */
static void mend_noun(struct mending *m, uint32_t token)
{
    struct token *t = mended(m, token);
    if (t->upos != UPOS_NOUN)
        return;
    bool is_gerund = mend_has_ending(m, token, "gerund") &&
                     (t->deprel == DEP_XCOMP || t->deprel == DEP_ADVCL) &&
                     tree_child_of(&m->tree, token, DEP_MARK, DEP_OBL) != NONE;
    uint32_t subject = tree_child(&m->tree, token, DEP_NSUBJ);
    bool is_finite = mend_has_ending(m, token, "present") && subject != NONE &&
                     subject < token && tree_child(&m->tree, token, DEP_COP) == NONE &&
                     tree_child(&m->tree, token, DEP_DET) == NONE;
    if ((!is_gerund && !is_finite) || !mend_make_verb(m, token))
        return;
    t->feats.verb_form = is_gerund ? FORM_GER : FORM_FIN;
    t->feats.tense = TENSE_PRES;
    for (uint32_t k = m->tree.first[token]; k != NONE && is_gerund; k = m->tree.next[k])
        if (mended(m, k)->deprel == DEP_ACL)
            mended(m, k)->deprel = DEP_XCOMP;
}

/* "Troops fired on a village", read as a headline's passive: in a text a passive has its
 * auxiliary. */
static void mend_passive(struct mending *m, uint32_t token)
{
    uint32_t subject = tree_child(&m->tree, token, DEP_NSUBJ_PASS);
    uint8_t deprel = mended(m, token)->deprel;
    bool is_told = mended_is_root(m, token) || deprel == DEP_CCOMP ||
                   (deprel == DEP_ADVCL && tree_child(&m->tree, token, DEP_MARK) != NONE);
    if (mended(m, token)->upos != UPOS_VERB || subject == NONE || subject > token ||
        !is_told || tree_child_of(&m->tree, token, DEP_AUX_PASS, DEP_AUX) != NONE ||
        tree_child(&m->tree, token, DEP_OBL_AGENT) != NONE || is_in_headline(m, token))
        return;
    mended(m, subject)->deprel = DEP_NSUBJ;
    mended(m, token)->feats.passive = 0;
    mended(m, token)->feats.verb_form = FORM_FIN;
    mended(m, token)->feats.tense = TENSE_PAST;
}

/* "Guards beat two men": forms that are of the present and the past tell the past, but in
 * headlines. */
static void mend_tense(struct mending *m, uint32_t token)
{
    struct token *t = mended(m, token);
    if (t->upos == UPOS_VERB && t->feats.verb_form == FORM_FIN &&
        t->feats.tense == TENSE_PRES && mended_has_subject(m, token) &&
        lexicon_word(&m->lexicon, t->norm, "past form", NULL) &&
        tree_child(&m->tree, token, DEP_AUX) == NONE && !is_in_headline(m, token))
        t->feats.tense = TENSE_PAST;
}

/* "The chance that they attack", with "that" as when they do: it opens the clause. */
static void mend_mark(struct mending *m, uint32_t token)
{
    struct token *t = mended(m, token);
    const char *value;
    uint8_t above = mended(m, t->head)->deprel;
    uint32_t subject = tree_child(&m->tree, t->head, DEP_NSUBJ);
    if (t->upos == UPOS_PRON && t->deprel == DEP_OBL_UNMARKED && subject != NONE &&
        subject > token && tree_child(&m->tree, t->head, DEP_OBJ) != NONE)
        t->upos = UPOS_SCONJ; /* "the pledge that they leave Peru": nothing is missing */
    if (t->upos == UPOS_SCONJ && t->deprel != DEP_MARK && t->deprel != DEP_FIXED &&
        t->head > token && (above == DEP_ACL || above == DEP_CCOMP) &&
        lexicon_word(&m->lexicon, t->norm, "clause mark", &value) &&
        strcmp(value, "content") == 0)
        t->deprel = DEP_MARK;
}

/* "Rather than attack Peru", with a noun: before a name or an article it is the verb,
 * and the contrast is its own. */
static void mend_contrast(struct mending *m, uint32_t token)
{
    const char *value = "";
    uint32_t act = token + 2;
    lexicon_word(&m->lexicon, mended(m, token)->norm, "clause mark", &value);
    uint8_t deprel = mended(m, token)->deprel;
    if ((deprel != DEP_CC && deprel != DEP_MARK) || strcmp(value, "negation") != 0 ||
        tree_child(&m->tree, token, DEP_FIXED) != token + 1 ||
        act + 1 >= m->doc->tokens.count || mended(m, act)->upos != UPOS_NOUN)
        return;
    uint32_t object = tree_child(&m->tree, act, DEP_OBJ), head = mended(m, act)->head;
    bool is_modifier = mended(m, act)->deprel == DEP_COMPOUND && head == act + 1 &&
                       mended(m, head)->upos == UPOS_PROPN && !mended_is_root(m, head);
    if ((object == NONE && !is_modifier) || !mend_make_verb(m, act))
        return;
    mended(m, act)->feats.verb_form = FORM_INF;
    mended(m, act)->feats.tense = TENSE_NONE;
    if (is_modifier) {
        mend_hang(m, act, mended(m, head)->head, (enum deprel)mended(m, head)->deprel);
        mend_hang(m, head, act, DEP_OBJ);
    }
    mend_hang(m, token, act, DEP_CC);
}

/* "sent 40 marines", with a name: names have a capital. */
static void mend_small_name(struct mending *m, uint32_t token)
{
    struct token *t = mended(m, token);
    const char *text = m->doc->text + t->span.start;
    if (t->upos == UPOS_PROPN && t->feats.number == NUMBER_PLUR && *text >= 'a' &&
        *text <= 'z')
        t->upos = UPOS_NOUN;
}

void mend_word(struct mending *m, uint32_t token)
{
    mend_contrast(m, token);
    mend_mark(m, token);
    mend_small_name(m, token);
    mend_owned(m, token);
    mend_noun(m, token);
    mend_adjective(m, token);
    mend_passive(m, token);
    mend_tense(m, token);
}
