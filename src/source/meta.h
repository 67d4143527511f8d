/* meta.h: what a page says of itself: JSON-LD, Open Graph, meta tags, microdata,
 * <time>. */
#ifndef SOURCE_META_H
#define SOURCE_META_H

#include "data/pack.h"
#include "source/page.h"

enum meta_field {
    META_TITLE,
    META_PUBLISHED,
    META_UPDATED,
    META_AUTHOR,
    META_SITE,
    META_URL,
    META_LANGUAGE,
    META_FIELDS
};

struct meta {
    const char
        *values[META_FIELDS];    /* NULL where the page says nothing; authors with `|` */
    uint32_t trust[META_FIELDS]; /* 0 is believed first */
};

/* Reads the table text/metadata of the pack. Strings live in the arena. */
enum outcome meta_read(const struct pack *pack, const struct page *page,
                       struct arena *arena, struct meta *meta, struct fail *fail);

#endif
