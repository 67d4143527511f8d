/* plain.h: the clean report as text. */
#ifndef SOURCE_PLAIN_H
#define SOURCE_PLAIN_H

#include "base/buffer.h"
#include "doc/doc.h"

/* Paragraphs with their datelines, hard-wrapped lines joined, a blank line between them;
 * a document made of CoNLL-U as it is. */
void plain_text(const struct doc *doc, struct buffer *out);

#endif
