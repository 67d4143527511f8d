/* tree.h: walking the trees of a document downwards. */
#ifndef DOC_TREE_H
#define DOC_TREE_H

#include "doc/doc.h"

/* Children of a token in text order: for (c = tree.first[t]; c != NONE; c =
 * tree.next[c]). */
struct tree {
    const struct doc *doc;
    uint32_t *first, *next; /* [tokens] */
};

/* Built in the document's arena; false without memory. Linear in the tokens. */
bool tree_build(struct doc *doc, struct tree *tree);

/* First child with the relation; NONE. */
uint32_t tree_child(const struct tree *tree, uint32_t token, enum deprel deprel);

/* First child whose relation is a or b; NONE. */
uint32_t tree_child_of(const struct tree *tree, uint32_t token, enum deprel a,
                       enum deprel b);

/* Whether the token lies below `top` (or is it); climbs at most 64 heads. */
bool tree_below(const struct doc *doc, uint32_t token, uint32_t top);

/* Lemma of a token, never NULL. */
const char *token_lemma(const struct doc *doc, uint32_t token);

/* First and last+1 token of what hangs on `top`, without a gap around it. */
void tree_extent(const struct tree *tree, uint32_t top, uint32_t *first, uint32_t *end);

#endif
