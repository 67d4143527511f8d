/* page_trim.h: a page before the parser library sees it. What makes that slow or deep
 * (scripts, drawings, nesting, huge tags) is taken out; long texts and values go by it:
 * one code point of the planes for private use stands for each. */
#ifndef SOURCE_PAGE_TRIM_H
#define SOURCE_PAGE_TRIM_H

#include "base/arena.h"

#include <stdbool.h>

struct page_piece {
    const char *text; /* NUL-terminated */
    bool is_used;     /* a text stands in one place only */
};

struct page_trimmed {
    const char *html;
    size_t len;
    ARRAY(struct page_piece) pieces;
};

/* html must be valid UTF-8. False without memory. */
bool page_trim(const char *html, size_t len, struct arena *arena,
               struct page_trimmed *trimmed);

/* The value that the parser gave, or the piece that it stands for. */
const char *page_trim_value(const struct page_trimmed *trimmed, const char *value);

/* The text of a node, its pieces put in their places; NULL without memory. */
const char *page_trim_text(struct page_trimmed *trimmed, struct arena *arena,
                           const char *text);

#endif
