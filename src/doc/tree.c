/* tree.c: walking the trees of a document downwards. */
#include "doc/tree.h"

#define MAX_CLIMB 64

bool tree_build(struct doc *doc, struct tree *tree)
{
    uint32_t count = doc->tokens.count;
    tree->doc = doc;
    tree->first = arena_take(&doc->arena, count, sizeof *tree->first);
    tree->next = arena_take(&doc->arena, count, sizeof *tree->next);
    if (!tree->first || !tree->next)
        return false;
    for (uint32_t i = 0; i < count; i++)
        tree->first[i] = tree->next[i] = NONE;
    for (uint32_t i = count; i-- > 0;) {
        uint32_t head = doc->tokens.items[i].head;
        if (head == i || head >= count)
            continue;
        tree->next[i] = tree->first[head];
        tree->first[head] = i;
    }
    return true;
}

uint32_t tree_child(const struct tree *tree, uint32_t token, enum deprel deprel)
{
    return tree_child_of(tree, token, deprel, deprel);
}

uint32_t tree_child_of(const struct tree *tree, uint32_t token, enum deprel a,
                       enum deprel b)
{
    for (uint32_t c = tree->first[token]; c != NONE; c = tree->next[c]) {
        uint8_t deprel = tree->doc->tokens.items[c].deprel;
        if (deprel == a || deprel == b)
            return c;
    }
    return NONE;
}

bool tree_below(const struct doc *doc, uint32_t token, uint32_t top)
{
    for (int i = 0; i < MAX_CLIMB; i++) {
        if (token == top)
            return true;
        uint32_t head = doc->tokens.items[token].head;
        if (head == token || head >= doc->tokens.count)
            return false;
        token = head;
    }
    return false;
}

const char *token_lemma(const struct doc *doc, uint32_t token)
{
    const struct token *t = &doc->tokens.items[token];
    return t->lemma ? t->lemma : t->norm ? t->norm : "";
}

void tree_extent(const struct tree *tree, uint32_t top, uint32_t *first, uint32_t *end)
{
    *first = top;
    *end = top + 1;
    for (uint32_t at = top; at-- > 0 && tree_below(tree->doc, at, top);)
        *first = at;
    for (uint32_t at = top + 1;
         at < tree->doc->tokens.count && tree_below(tree->doc, at, top); at++)
        *end = at + 1;
}
