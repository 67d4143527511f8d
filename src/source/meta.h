/* meta.h: what a page says of itself: JSON-LD, Open Graph, meta tags, microdata, <time>,
 * and in words beside its heading. */
#ifndef SOURCE_META_H
#define SOURCE_META_H

#include "source/article.h"
#include "source/marks.h"

enum meta_field {
    META_TITLE,
    META_PUBLISHED,
    META_UPDATED,
    META_AUTHOR,
    META_SITE,
    META_URL,
    META_LANGUAGE,
    META_SECTION,
    META_FIELDS
};

#define META_AUTHORS 12

struct meta {
    const char *address; /* of the page, from its caller; or NULL */
    enum day_order order; /* of days in numbers on this page */
    const char *values[META_FIELDS]; /* NULL where the page says nothing */
    uint32_t trust[META_FIELDS];     /* 0 is believed first */
    const char *body;                /* the article's text as JSON-LD has it, or NULL */
    /* author fields as they stand, before one is chosen */
    const char *authors[META_AUTHORS];
    uint32_t author_trust[META_AUTHORS], author_count;
};

/* What the page says in its metadata (all but the address is filled), by the table
 * text/metadata of the pack. Strings live in the arena. */
enum outcome meta_read(const struct pack *pack, const struct mark_words *marks,
                       const struct page *page, struct arena *arena, struct meta *meta,
                       struct fail *fail);

/* What it says beside its heading, and the choice of authors: "Jane Roe|John Doe". */
enum outcome meta_settle(const struct mark_words *marks, const struct page *page,
                         const struct article *article, struct arena *arena,
                         struct meta *meta, struct fail *fail);

#endif
