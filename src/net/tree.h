/* tree.h: arc-hybrid transitions (Kuhlmann, Gómez-Rodríguez and Satta 2011) and what the
 * network sees of a state. Shared by trainer and engine. Every sequence of legal
 * transitions ends in one tree with one root; the root token stands virtually behind the
 * last word. */
#ifndef NET_TREE_H
#define NET_TREE_H

#include <stdbool.h>
#include <stdint.h>

#define NET_POSITIONS 8u /* words of a state that are seen */
#define NET_LABEL_MAX 64u

/* Rows that are added to a state beside its words. */
#define NET_ROW_MISSING 0u /* one for each position */
#define NET_ROW_ROOT NET_POSITIONS
#define NET_ROW_LABELS (NET_POSITIONS + 1u) /* 4 slots of NET_LABEL_MAX */
#define NET_ROW_GAPS (NET_ROW_LABELS + 4u * NET_LABEL_MAX) /* 2 slots of 8 */
#define NET_ROW_ARITY (NET_ROW_GAPS + 16u)                 /* 4 slots of 4 */
#define NET_ROWS (NET_ROW_ARITY + 16u)
#define NET_SEEN_MAX (NET_POSITIONS + 10u)

enum net_move { MOVE_SHIFT, MOVE_LEFT, MOVE_RIGHT };

/* A word of the tree being built. */
struct net_node {
    uint32_t head;          /* NONE while it has none */
    uint32_t left, right;   /* outermost children, or NONE */
    uint8_t label;          /* model's number, 0 while it has no head */
    uint8_t left_count, right_count;
    bool is_stacked;
};

struct net_tree {
    struct net_node *nodes; /* count, the caller's */
    uint32_t *stack;        /* count, the caller's */
    uint32_t count, depth, next;
};

/* Words and rows of a state. */
struct net_seen {
    uint32_t words[NET_POSITIONS]; /* or NONE */
    uint32_t rows[NET_SEEN_MAX];
    uint32_t row_count;
};

void net_tree_begin(struct net_tree *tree);
bool net_tree_is_done(const struct net_tree *tree);
bool net_tree_allows(const struct net_tree *tree, enum net_move move);
void net_tree_see(const struct net_tree *tree, struct net_seen *seen);
void net_tree_do(struct net_tree *tree, enum net_move move, uint8_t label);

#endif
