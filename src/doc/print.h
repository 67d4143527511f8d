/* print.h: one readable dump of every array: the debugger, the tutorial and the test
 * format. */
#ifndef DOC_PRINT_H
#define DOC_PRINT_H

#include "base/buffer.h"
#include "doc/doc.h"

/* Prints what the stage of that name fills, as text or (as_json) as JSON lines; false
 * when no stage has that name. */
bool print_stage(const struct doc *doc, const char *stage, bool as_json,
                 struct buffer *out);

/* The document's tokens as CoNLL-U, names in MISC. */
void print_conllu(const struct doc *doc, struct buffer *out);

/* For each clause the event it gave, or why it gave none. */
void print_why(const struct doc *doc, struct buffer *out);

#endif
