/* lines.h: the paragraphs of plain text: blank lines, one paragraph a line, or
 * hard-wrapped lines. */
#ifndef SOURCE_LINES_H
#define SOURCE_LINES_H

#include "doc/doc.h"

struct block {
    struct span span; /* no blanks at either end */
    uint32_t lines;
};

struct blocks {
    ARRAY(struct block) list;
};

/* Splits text[span]. Lines are joined into one paragraph only where the text shows that
 * it was wrapped: sentences that go on over line ends. */
enum outcome lines_split(const char *text, struct span span, struct arena *arena,
                         struct blocks *blocks, struct fail *fail);

#endif
