/* hint.h: what the names that a page gives its elements say of them, by the table
 * text/classes. */
#ifndef SOURCE_HINT_H
#define SOURCE_HINT_H

#include "data/pack.h"
#include "source/page.h"

enum hint {
    HINT_NONE,
    HINT_BODY,     /* the article's text */
    HINT_REMARKS,  /* what readers say, what a site asks of them: never the article */
    HINT_BAD,      /* no text of the article, unless it holds much of the page's prose */
    HINT_CAPTION,
    HINT_BYLINE,
    HINT_SUBTITLE,
    HINT_DATE
};

/* The table text/classes made ready for one page, whose attributes must outlive it;
 * classes may be NULL. Lives in the arena and refers to the pack; NULL without memory. */
struct hint_words;
struct hint_words *hint_words_open(const struct table *classes, struct arena *arena);

/* Looks at class, id, itemprop, role and the like, cut into words; a hint of two words
 * goes before those of one. */
enum hint hint_of(struct hint_words *words, const struct page_attribute *attribute);

/* Of two hints the one that counts. */
enum hint hint_first(enum hint one, enum hint two);

#endif
