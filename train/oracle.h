/* oracle.h: the dynamic oracle of arc-hybrid (Goldberg and Nivre 2013). */
#ifndef TRAIN_ORACLE_H
#define TRAIN_ORACLE_H

#include "net/tree.h"

/* What a state showed, kept for the backward pass. */
struct state_record {
    struct net_seen seen;
    uint32_t first; /* token where its sentence starts */
};

/* Arcs of the gold tree that a move makes unreachable; heads[i] is the tree's count for a
 * root. */
uint32_t oracle_cost(const struct net_tree *tree, const uint32_t *heads,
                     enum net_move move);

#endif
