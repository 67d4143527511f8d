/* meta_part.h: what the files that read metadata share. */
#ifndef SOURCE_META_PART_H
#define SOURCE_META_PART_H

#include "source/meta.h"

struct reading {
    const struct table *table;
    const struct mark_words *marks;
    const struct page *page;
    struct arena *arena;
    struct meta *meta;
    const struct table *orders; /* which number of a day goes first, and where */
    enum day_order order;       /* on this page */
    const char *label; /* of twitter:label1 and the like, the last one seen */
    bool has_failed;
};

/* Keeps value where nothing better is known: entities undone, blanks at the ends off;
 * days must be days, addresses addresses. value may be NULL. */
void meta_offer(struct reading *r, enum meta_field field, const char *value,
                uint32_t trust);

/* One author field; several of the same trust are joined. */
void meta_offer_author(struct reading *r, const char *value, uint32_t trust);

/* JSON-LD of one script: offers what it says of the page's article. */
void meta_read_ld(struct reading *reading, const char *script);

#endif
