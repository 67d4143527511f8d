/* blocks.h: a page's text in blocks: what stands between the edges of its block elements
 * and empty lines. */
#ifndef SOURCE_BLOCKS_H
#define SOURCE_BLOCKS_H

#include "base/arena.h"
#include "source/hint.h"
#include "source/page.h"

/* What is known of one node. */
struct page_fact {
    uint32_t block; /* the block element that it lies in, or is */
    uint8_t hint;   /* enum hint, of the node itself */
    bool is_out;    /* it or an element around it is no text of the article */
    bool in_link;
    double prose; /* of all blocks inside */
    uint32_t len, links; /* bytes of text inside, and inside links */
};

struct page_block {
    uint32_t node;              /* the block element */
    uint32_t first;             /* its first text node: ascending over the blocks */
    uint32_t start, len, links; /* in the text; bytes inside links */
    /* bytes outside links where it reads like prose, else 0 */
    double prose;
};

struct page_blocks {
    const struct page *page;
    struct page_fact *facts; /* [page->nodes.count] */
    ARRAY(struct page_block) list;
    char *text; /* blanks collapsed; a NUL behind each block */
    uint32_t text_len;
};

/* Reads the facts but prose, and the blocks. NULL members without memory: FAIL_MEMORY. */
enum outcome blocks_read(const struct table *classes, const struct page *page,
                         struct arena *arena, struct page_blocks *blocks,
                         struct fail *fail);

/* Adds up the prose of every element, what is out left out. */
void blocks_weigh(struct page_blocks *blocks);

/* Whether a node is an element of one of the tags, a list that ends with NULL. */
bool is_tag(const struct page_node *node, const char *const *tags);

/* "h1" to "h6": 1 to 6; else 0. */
int heading_level(const struct page_node *node);

#endif
