/* conllu.h: CoNLL-U (https://universaldependencies.org/format.html) into a document's
 * arrays. */
#ifndef SOURCE_CONLLU_H
#define SOURCE_CONLLU_H

#include "doc/doc.h"

#include <stddef.h>

enum conllu_column { CONLLU_ID, CONLLU_FORM, CONLLU_LEMMA, CONLLU_UPOS, CONLLU_XPOS,
                     CONLLU_FEATS, CONLLU_HEAD, CONLLU_DEPREL, CONLLU_DEPS, CONLLU_MISC,
                     CONLLU_COLUMNS };

enum conllu_kind {
    CONLLU_WORD,
    CONLLU_RANGE,
    CONLLU_EMPTY_NODE,
    CONLLU_COMMENT,
    CONLLU_BLANK
};

/* One line; cells are spans of the input's bytes. A comment's or a blank line's cells are
 * empty. */
struct conllu_line {
    enum conllu_kind kind;
    uint32_t number;   /* from 1 */
    struct span all;   /* without the line break */
    struct span cells[CONLLU_COLUMNS];
    uint32_t id, id_end; /* of words and ranges */
};

struct conllu_reader {
    const char *bytes;
    uint32_t len, at, number;
};

void conllu_begin(struct conllu_reader *reader, const char *bytes, uint32_t len);

/* The next line: OK, or FAIL_DATA with "line N: ..." in fail. *more is false at the
 * end. */
enum outcome conllu_next(struct conllu_reader *reader, struct conllu_line *line,
                         bool *more, struct fail *fail);

/* Whether text looks like CoNLL-U: the first line that is no comment starts with 1 and
 * has ten columns. */
bool conllu_looks_like(const char *bytes, uint32_t len);

/* Fills text, body, sentences, tokens (and names from MISC "NER=B-..") of a fresh
 * document; sets has_tokens, and has_trees when every word has a head and a tag. The text
 * is built from forms and SpaceAfter; sentences are set apart by a line break. FAIL_DATA,
 * FAIL_LIMIT, FAIL_MEMORY. */
enum outcome conllu_read(const char *bytes, size_t len, struct doc *doc,
                         struct fail *fail);

#endif
