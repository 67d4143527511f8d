/* page_trim.h: a page before the parser library sees it. What makes that slow or deep
 * (scripts, drawings, nesting, huge tags) is taken out; long texts, links and attributes
 * go by it: one code point of the planes for private use stands for each. */
#ifndef SOURCE_PAGE_TRIM_H
#define SOURCE_PAGE_TRIM_H

#include "base/arena.h"
#include "source/page.h"

#include <stdbool.h>

struct page_set {
    const struct page_attribute *items;
    uint32_t count;
};

enum page_piece_kind {
    PIECE_TEXT,
    PIECE_LINK, /* text inside a link with those attributes */
    PIECE_OPEN, /* what follows is such a text, */
    PIECE_CLOSE, /* up to here */
    PIECE_SET   /* an element's attributes */
};

struct page_piece {
    const char *text; /* NUL-terminated; NULL where it stands for none */
    struct page_set set;
    enum page_piece_kind kind;
    bool is_used; /* a text stands in one place only */
};

struct page_trimmed {
    char *html; /* malloc'd */
    size_t len;
    ARRAY(struct page_piece) pieces;
};

/* html must be valid UTF-8. False without memory. To be freed in any case. */
bool page_trim(const char *html, size_t len, struct arena *arena,
               struct page_trimmed *trimmed);
void page_trim_free(struct page_trimmed *trimmed);

/* Whether an attribute that the parser gave stands for a set of them. */
bool page_trim_set(const struct page_trimmed *trimmed, const char *name,
                   const char *value, struct page_set *set);

/* A stretch of a node's text, all of it inside one link or outside. */
struct page_run {
    const char *text;
    bool is_link;
    struct page_set set; /* the link's attributes */
};

/* The next run of *text, the text of a node: steps past it; its pieces are put in their
 * places. False without memory. */
bool page_trim_next(struct page_trimmed *trimmed, struct arena *arena, const char **text,
                    struct page_run *run);

#endif
