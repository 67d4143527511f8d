/* corpus.h: treebanks as the trainer sees them: words as rows, tags, scripts, names,
 * heads. */
#ifndef TRAIN_CORPUS_H
#define TRAIN_CORPUS_H

#include "doc/doc.h"
#include "net/feature.h"
#include "net/lemma.h"
#include "net/tree.h"

#define NAME_KINDS 6u
#define NAME_LABELS (1u + 4u * NAME_KINDS) /* O, then B I L U of each kind */
#define NAME_UNKNOWN 255u
#define LABEL_TEXT 24u

/* How capitals are changed, to train for headlines. */
enum spelling { SPELL_AS_IS, SPELL_UPPER, SPELL_TITLE, SPELL_LOWER, SPELL_COUNT };

struct vectors {
    uint32_t count, width;
    int8_t *items;      /* count x width, sorted by hash */
    uint32_t *keys;     /* hashes, ascending */
    uint32_t *starts;   /* 65537 */
};

struct tag {
    uint8_t upos;
    struct feats feats;
    uint32_t count;
};

struct counted_script {
    struct net_script script;
    uint32_t count;
};

/* What is learned from the training part alone. */
struct inventory {
    struct net_words known;
    uint32_t *known_keys, *known_starts;
    struct tag tags[512];
    uint32_t tag_count;
    struct counted_script scripts[1024];
    uint32_t script_count;
    char labels[NET_LABEL_MAX][LABEL_TEXT];         /* labels[0] is none */
    uint32_t label_count;                        /* with none */
};

struct word {
    uint32_t rows[PIECE_COUNT];
    uint32_t shapes[SPELL_COUNT];
    uint32_t vector;  /* or NONE */
    uint32_t typo_rows[PIECE_COUNT]; /* the word with a blemish, its shape as written */
    uint32_t typo_vector;
    uint32_t head;    /* in the sentence; its length for the root */
    uint16_t tag;     /* UINT16_MAX when not in the inventory */
    uint16_t script;  /* the same */
    uint8_t name;     /* NAME_UNKNOWN: not annotated */
    uint8_t label;
};

struct bank {
    struct doc doc; /* gold */
    ARRAY(struct name) names;
    bool has_names;
    struct word *words; /* doc.tokens.count */
};

enum outcome vectors_read(const char *path, struct vectors *vectors, struct fail *fail);

/* Names are those of the NER= that `sentosa parse` prints, where the file has any.
 * The gold names of GUM's entities and nationalities (`states`: path of
 * data/en/actors/states.tsv, may be NULL) are set where the file has entities. */
enum outcome bank_read(const char *path, const char *states, struct bank *bank,
                       struct fail *fail);

enum outcome inventory_make(const struct bank *banks, uint32_t count,
                            struct inventory *inv, struct fail *fail);

/* Fills bank->words. */
enum outcome bank_number(struct bank *bank, const struct inventory *inv,
                         const struct vectors *vectors, struct fail *fail);

/* Sorted hashes and their index; keys are owned by the caller. */
void words_index(uint32_t *keys, uint32_t count, uint32_t *starts);

/* The token's words, NUL-terminated, at most cap - 1 bytes. */
size_t token_form(const struct doc *doc, uint32_t token, char *form, size_t cap);

/* Names of entities (entity.c). */
enum outcome entity_names(const char *bytes, uint32_t len, const char *states,
                          struct bank *bank, struct fail *fail);

#endif
