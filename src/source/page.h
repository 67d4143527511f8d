/* page.h: an HTML page as a flat list of nodes in document order. The parser library
 * stands behind this file alone. */
#ifndef SOURCE_PAGE_H
#define SOURCE_PAGE_H

#include "base/arena.h"
#include "base/fail.h"

#include <stdbool.h>
#include <stdint.h>

struct page_attribute {
    const char *name, *value; /* name in small letters */
};

struct page_node {
    const char *tag;  /* small letters; NULL for text */
    const char *text; /* of a text node, entities undone; NULL for an element */
    uint32_t parent;  /* its own number for the root */
    uint32_t end;     /* the first node after all inside it */
    const struct page_attribute *attributes;
    uint32_t attribute_count;
};

struct page {
    ARRAY(struct page_node) nodes; /* the root first */
};

/* Parses UTF-8 HTML. Nodes and strings live in the arena, whose limit bounds the work on
 * hostile input: FAIL_LIMIT when it is reached. Scripts other than JSON-LD, styles,
 * comments and drawings are left out; elements nested deeper than 300 are taken as their
 * content. */
enum outcome page_parse(const char *html, size_t len, struct arena *arena,
                        struct page *page, struct fail *fail);

/* The value, NULL when there is none. */
const char *page_attribute(const struct page_node *node, const char *name);

/* The charset that the first 4,096 bytes declare, copied to name; false when they declare
 * none. */
bool page_charset(const char *html, size_t len, char name[40]);

#endif
