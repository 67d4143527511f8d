/* article_part.h: what the files of the article finder share. */
#ifndef SOURCE_ARTICLE_PART_H
#define SOURCE_ARTICLE_PART_H

#include "source/article.h"
#include "source/blocks.h"
#include "source/marks.h"

struct finder {
    struct page_blocks blocks;
    struct arena *arena;
    const struct mark_words *marks;
    const struct table *captions; /* words that begin a picture's credit */
    uint32_t heading; /* a block; NONE */
    bool is_titled;   /* it bears the page's title */
    uint32_t around;  /* the element around heading and text */
    uint32_t root;    /* the element that holds the text, inside or equal to around */
};

/* 1 to 6 when the block stands in such a heading, else 0. */
int block_level(const struct finder *f, const struct page_block *block);

/* Decides over the blocks of root, and what leads up to it, and gives those that are
 * kept. */
enum outcome article_keep(struct finder *f, struct article *article, struct fail *fail);

#endif
