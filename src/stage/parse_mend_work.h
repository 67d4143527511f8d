/* parse_mend_work.h: what the files that mend trees share: parse_mend.c mends phrases and
 * what a head governs, parse_mend_word.c what a word is, parse_mend_role.c
 * the relation of an argument, parse_mend_verb.c subjects, objects, lists. */
#ifndef STAGE_PARSE_MEND_WORK_H
#define STAGE_PARSE_MEND_WORK_H

#include "data/lexicon.h"
#include "doc/doc.h"
#include "doc/tree.h"
#include "stage/parse_lemma.h"

#define MAX_CLIMB 8
#define NEAR 40 /* tokens */

struct mending {
    struct lemmas lemmas;
    struct lexicon lexicon;
    struct doc *doc;
    struct tree tree;
    bool failed; /* for want of memory */
};

static inline struct token *mended(const struct mending *m, uint32_t token)
{
    return &m->doc->tokens.items[token];
}

static inline bool mended_is_root(const struct mending *m, uint32_t token)
{
    return mended(m, token)->head == token;
}

static inline bool mended_is_nominal(const struct token *t)
{
    return t->upos == UPOS_NOUN || t->upos == UPOS_PROPN || t->upos == UPOS_PRON;
}

static inline bool mended_is_gerund(const struct token *t)
{
    return t->upos == UPOS_VERB && t->feats.verb_form != FORM_FIN &&
           t->feats.verb_form != FORM_INF && t->feats.tense != TENSE_PAST;
}

static inline bool mended_has_subject(const struct mending *m, uint32_t token)
{
    return tree_child_of(&m->tree, token, DEP_NSUBJ, DEP_NSUBJ_PASS) != NONE;
}

/* Hangs a token on another; refuses to make a circle. */
void mend_hang(struct mending *m, uint32_t token, uint32_t head, enum deprel deprel);

/* Puts a token where its head stands; the head is still to be hung. */
void mend_raise(struct mending *m, uint32_t token);

/* The row that tells what the word does to such a complement; NONE. With its particle:
 * "ruled out sending". */
uint32_t mend_governs(const struct mending *m, uint32_t word, const char *complement);

/* Who acts in the complement, by such a row. */
const char *mend_control(const struct mending *m, uint32_t row);

bool mended_is_infinitive(const struct mending *m, uint32_t token);

/* Makes a word a verb in the past where the lexicon knows it as one; false when not. */
bool mend_make_verb(struct mending *m, uint32_t token);

/* Whether the word ends as such a form of a verb does: "gerund", "past", "present". */
bool mend_has_ending(const struct mending *m, uint32_t token, const char *kind);

/* Mends the part of speech, voice and tense of a word. */
void mend_word(struct mending *m, uint32_t token);

/* Mends the relation of an argument to its head. */
void mend_role(struct mending *m, uint32_t token);

/* Mends what a verb is in its sentence: its subject and object; and lists. */
void mend_verb(struct mending *m, uint32_t token);

#endif
