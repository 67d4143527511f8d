/* article.h: the article in a page: its paragraphs, captions, bylines, in order. */
#ifndef SOURCE_ARTICLE_H
#define SOURCE_ARTICLE_H

#include "data/pack.h"
#include "doc/doc.h"
#include "source/page.h"

struct article_block {
    const char *text; /* blanks collapsed */
    uint32_t len;
    enum range_kind kind; /* paragraph, caption or byline */
};

struct article {
    ARRAY(struct article_block) blocks;
    const char *heading; /* the page's main <h1>, or NULL */
};

enum outcome article_find(const struct pack *pack, const struct page *page,
                          struct arena *arena, struct article *article,
                          struct fail *fail);

#endif
