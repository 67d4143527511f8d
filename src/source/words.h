/* words.h: the folded words of one short line, for telling what the line is. */
#ifndef SOURCE_WORDS_H
#define SOURCE_WORDS_H

#include "data/pack.h"

#define LINE_CAP 512 /* bytes of a line that are looked at */
#define LINE_WORDS 48

struct line_words {
    char bytes[LINE_CAP + LINE_WORDS];
    const char *words[LINE_WORDS]; /* folded, signs at both ends taken off; never empty */
    uint16_t at[LINE_WORDS];       /* where each begins in the line, a byte offset */
    uint16_t len[LINE_WORDS];      /* bytes in the line, before folding */
    uint32_t count;
    bool is_cut; /* the line holds more than was looked at */
};

void words_read(struct line_words *words, const char *line, size_t len);

/* The words first..end-1 with single blanks between; "" when they do not fit. Returns
 * out. */
char *words_join(const struct line_words *words, uint32_t first, uint32_t end,
                 char out[LINE_CAP]);

#endif
