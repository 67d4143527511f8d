/* tree.c: arc-hybrid transitions. */
#include "net/tree.h"

#include "base/span.h"

void net_tree_begin(struct net_tree *tree)
{
    for (uint32_t i = 0; i < tree->count; i++)
        tree->nodes[i] = (struct net_node){.head = NONE, .left = NONE, .right = NONE};
    tree->depth = tree->next = 0;
}

bool net_tree_is_done(const struct net_tree *tree)
{
    return tree->next == tree->count && tree->depth <= 1;
}

bool net_tree_allows(const struct net_tree *tree, enum net_move move)
{
    switch (move) {
    case MOVE_SHIFT: return tree->next < tree->count;
    case MOVE_LEFT: return tree->next < tree->count && tree->depth >= 1;
    case MOVE_RIGHT: return tree->depth >= 2;
    }
    return false;
}

static uint32_t stacked(const struct net_tree *tree, uint32_t below)
{
    return tree->depth > below ? tree->stack[tree->depth - 1 - below] : NONE;
}

static uint32_t gap(uint32_t low, uint32_t high)
{
    if (low == NONE || high == NONE)
        return 0;
    uint32_t words = high - low;
    return words <= 4 ? words : words <= 7 ? 5 : words <= 15 ? 6 : 7;
}

void net_tree_see(const struct net_tree *tree, struct net_seen *seen)
{
    uint32_t s0 = stacked(tree, 0), s1 = stacked(tree, 1), s2 = stacked(tree, 2);
    uint32_t b0 = tree->next < tree->count ? tree->next : NONE;
    const struct net_node none = {.left = NONE, .right = NONE};
    const struct net_node *top = s0 != NONE ? &tree->nodes[s0] : &none;
    const struct net_node *second = s1 != NONE ? &tree->nodes[s1] : &none;
    const struct net_node *ahead = b0 != NONE ? &tree->nodes[b0] : &none;
    const uint32_t words[NET_POSITIONS] = {
        s0, s1, s2, b0, top->left, top->right, second->right, ahead->left};
    uint32_t rows = 0;
    for (uint32_t p = 0; p < NET_POSITIONS; p++) {
        seen->words[p] = words[p];
        if (words[p] == NONE)
            seen->rows[rows++] = p == 3 ? NET_ROW_ROOT : NET_ROW_MISSING + p;
    }
    for (uint32_t slot = 0; slot < 4; slot++) {
        uint32_t child = words[4 + slot];
        if (child != NONE)
            seen->rows[rows++] = NET_ROW_LABELS + slot * NET_LABEL_MAX +
                                 tree->nodes[child].label;
    }
    seen->rows[rows++] = NET_ROW_GAPS + gap(s0, tree->next);
    seen->rows[rows++] = NET_ROW_GAPS + 8 + gap(s1, s0);
    const uint8_t arity[4] = {ahead->left_count, top->left_count, top->right_count,
                              second->right_count};
    for (uint32_t slot = 0; slot < 4; slot++)
        seen->rows[rows++] = NET_ROW_ARITY + 4 * slot +
                             (arity[slot] < 3 ? arity[slot] : 3u);
    seen->row_count = rows;
}

static void attach(struct net_tree *tree, uint32_t child, uint32_t head, uint8_t label)
{
    struct net_node *above = &tree->nodes[head];
    tree->nodes[child].head = head;
    tree->nodes[child].label = label;
    tree->nodes[child].is_stacked = false;
    if (child < head) {
        if (above->left == NONE || child < above->left)
            above->left = child;
        above->left_count += above->left_count < 255;
    } else {
        if (above->right == NONE || child > above->right)
            above->right = child;
        above->right_count += above->right_count < 255;
    }
}

void net_tree_do(struct net_tree *tree, enum net_move move, uint8_t label)
{
    if (move == MOVE_SHIFT) {
        tree->nodes[tree->next].is_stacked = true;
        tree->stack[tree->depth++] = tree->next++;
        return;
    }
    uint32_t child = tree->stack[--tree->depth];
    attach(tree, child, move == MOVE_LEFT ? tree->next : tree->stack[tree->depth - 1],
           label);
}
