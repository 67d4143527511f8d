/* oracle.c: training of transitions: states visited by the model's own choices, each with
 * the moves that lose nothing more. */
#include "train/oracle.h"

#include "base/span.h"
#include "train/gemm.h"
#include "train/model.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

/* Children of `word` that stand in the buffer. */
static uint32_t ahead_children(const struct net_tree *tree, const uint32_t *heads,
                               uint32_t word)
{
    uint32_t found = 0;
    for (uint32_t i = tree->next; i < tree->count; i++)
        found += heads[i] == word;
    return found;
}

uint32_t oracle_cost(const struct net_tree *tree, const uint32_t *heads,
                     enum net_move move)
{
    uint32_t next = tree->next;
    if (move == MOVE_SHIFT) {
        uint32_t cost = 0;
        for (uint32_t d = 0; d < tree->depth; d++) {
            cost += heads[tree->stack[d]] == next;
            cost += d + 1 < tree->depth && heads[next] == tree->stack[d];
        }
        return cost;
    }
    uint32_t top = tree->stack[tree->depth - 1];
    uint32_t below = tree->depth > 1 ? tree->stack[tree->depth - 2] : NONE;
    uint32_t cost = ahead_children(tree, heads, top);
    if (move == MOVE_LEFT)
        return cost + (heads[top] == below || heads[top] > next);
    return cost + (heads[top] >= next);
}

static void score_state(const struct worker *w, const struct state_record *state,
                        float *hidden, float *moves)
{
    const struct shape *s = &w->model->shape;
    uint32_t h = s->hidden;
    memcpy(hidden, model_used(w->model, B_STATE_BIAS), h * sizeof *hidden);
    for (uint32_t p = 0; p < NET_POSITIONS; p++) {
        if (state->seen.words[p] == NONE)
            continue;
        const float *part =
            w->state +
            ((size_t)(state->first + state->seen.words[p]) * NET_POSITIONS + p) * h;
        for (uint32_t i = 0; i < h; i++)
            hidden[i] += part[i];
    }
    const float *rows = model_used(w->model, B_ROWS);
    for (uint32_t r = 0; r < state->seen.row_count; r++) {
        const float *row = rows + (size_t)state->seen.rows[r] * h;
        for (uint32_t i = 0; i < h; i++)
            hidden[i] += row[i];
    }
    for (uint32_t i = 0; i < h; i++) {
        float x = hidden[i] > 0 ? hidden[i] : 0;
        if (w->model->quantised) {
            x = rintf(x / w->model->hidden_step);
            x = (x > 127.0f ? 127.0f : x) * w->model->hidden_step;
        }
        hidden[i] = x;
    }
    const float *out = model_used(w->model, B_MOVE);
    memcpy(moves, model_used(w->model, B_MOVE_BIAS), s->moves * sizeof *moves);
    for (uint32_t i = 0; i < h; i++) {
        if (hidden[i] == 0)
            continue;
        const float *column = out + (size_t)i * s->moves;
        for (uint32_t j = 0; j < s->moves; j++)
            moves[j] += hidden[i] * column[j];
    }
}

/* Scores are laid out: shift, then lefts, then rights, by label. */
static enum net_move move_of(uint32_t number, uint32_t moves, uint8_t *label)
{
    uint32_t labels = (moves - 1) / 2;
    if (number == 0)
        return MOVE_SHIFT;
    *label = (uint8_t)(1 + (number - 1) % labels);
    return number <= labels ? MOVE_LEFT : MOVE_RIGHT;
}

static uint32_t best_move(const struct net_tree *tree, const float *scores,
                          uint32_t moves, const bool *good)
{
    uint32_t best = NONE;
    for (uint32_t i = 0; i < moves; i++) {
        uint8_t label;
        if (good ? !good[i] : !net_tree_allows(tree, move_of(i, moves, &label)))
            continue;
        if (best == NONE || scores[i] > scores[best])
            best = i;
    }
    return best;
}

/* Marks the moves that cost least, each with the gold label. */
static void find_good(const struct net_tree *tree, const struct worker *w,
                      const uint32_t *heads, const uint8_t *gold_labels, bool *good)
{
    uint32_t moves = w->model->shape.moves, labels = (moves - 1) / 2, costs[3],
             least = NONE;
    for (int m = 0; m < 3; m++) {
        costs[m] = net_tree_allows(tree, (enum net_move)m)
                       ? oracle_cost(tree, heads, (enum net_move)m)
                       : NONE;
        least = costs[m] < least ? costs[m] : least;
    }
    memset(good, 0, moves);
    good[0] = costs[0] == least;
    if (tree->depth == 0)
        return;
    uint8_t label = gold_labels[tree->stack[tree->depth - 1]];
    for (uint32_t m = 1; m < 3; m++)
        for (uint32_t l = 1; l <= labels && costs[m] == least && costs[m] != NONE; l++)
            good[(m - 1) * labels + l] = label == 0 || l == label;
}

static double moves_loss(const struct net_tree *tree, const float *scores,
                         const bool *good, uint32_t moves, float *grads)
{
    float most = -1e30f, all = 0, right = 0;
    uint8_t label;
    for (uint32_t i = 0; i < moves; i++)
        if (net_tree_allows(tree, move_of(i, moves, &label)) && scores[i] > most)
            most = scores[i];
    for (uint32_t i = 0; i < moves; i++) {
        bool allowed = net_tree_allows(tree, move_of(i, moves, &label));
        grads[i] = allowed ? expf(scores[i] - most) : 0;
        all += grads[i];
        right += good[i] ? grads[i] : 0;
    }
    right += 1e-12f;
    for (uint32_t i = 0; i < moves; i++)
        grads[i] = grads[i] / all - (good[i] ? grads[i] / right : 0);
    return -log((double)right / (double)all);
}

void worker_moves(struct worker *w, uint32_t first, uint32_t end)
{
    const struct shape *s = &w->model->shape;
    uint32_t count = end - first;
    struct net_tree tree = {calloc(count, sizeof(struct net_node)),
                            calloc(count, sizeof(uint32_t)), count, 0, 0};
    uint32_t *heads = calloc(count, sizeof *heads);
    uint8_t *labels = calloc(count, 1);
    bool *good = calloc(s->moves, sizeof *good);
    for (uint32_t i = 0; i < count && heads && labels; i++) {
        heads[i] = w->words[first + i]->head;
        labels[i] = w->words[first + i]->label;
    }
    if (!tree.nodes || !tree.stack || !heads || !labels || !good)
        goto out;
    net_tree_begin(&tree);
    while (!net_tree_is_done(&tree) && w->state_count < w->state_room) {
        size_t at = w->state_count++;
        struct state_record *state = &w->states[at];
        float *scores = w->moves + at * s->moves, *hidden = w->hidden + at * s->hidden;
        state->first = first;
        net_tree_see(&tree, &state->seen);
        score_state(w, state, hidden, scores);
        find_good(&tree, w, heads, labels, good);
        w->losses.move += moves_loss(&tree, scores, good, s->moves,
                                     w->dmoves + at * s->moves);
        w->losses.moves++;
        bool own = worker_random(w) < w->explore;
        uint32_t chosen = best_move(&tree, scores, s->moves, own ? NULL : good);
        if (chosen == NONE)
            chosen = best_move(&tree, scores, s->moves, NULL);
        uint8_t label = 0;
        enum net_move move = move_of(chosen, s->moves, &label);
        net_tree_do(&tree, move, label);
    }
out:
    free(tree.nodes);
    free(tree.stack);
    free(heads);
    free(labels);
    free(good);
}

void worker_moves_back(struct worker *w)
{
    const struct model *m = w->model;
    const struct shape *s = &m->shape;
    uint32_t h = s->hidden, o = s->moves, n = w->state_count;
    memset(w->dhidden, 0, (size_t)n * h * sizeof(float));
    gemm_add(&(struct gemm){h, o, n, w->hidden, 1, h, w->dmoves, o, 1,
                            w->grads + m->parts[B_MOVE].at, o});
    gemm_add(&(struct gemm){n, h, o, w->dmoves, o, 1, model_used(m, B_MOVE), 1, o,
                            w->dhidden, h});
    float *out_bias = w->grads + m->parts[B_MOVE_BIAS].at;
    float *bias = w->grads + m->parts[B_STATE_BIAS].at;
    float *rows = w->grads + m->parts[B_ROWS].at;
    for (uint32_t i = 0; i < n; i++) {
        const struct state_record *state = &w->states[i];
        float *dh = w->dhidden + (size_t)i * h;
        for (uint32_t j = 0; j < o; j++)
            out_bias[j] += w->dmoves[(size_t)i * o + j];
        for (uint32_t j = 0; j < h; j++) {
            dh[j] = w->hidden[(size_t)i * h + j] > 0 ? dh[j] : 0;
            bias[j] += dh[j];
        }
        for (uint32_t r = 0; r < state->seen.row_count; r++)
            for (uint32_t j = 0; j < h; j++)
                rows[(size_t)state->seen.rows[r] * h + j] += dh[j];
        for (uint32_t p = 0; p < NET_POSITIONS; p++) {
            if (state->seen.words[p] == NONE)
                continue;
            float *d =
                w->dstate +
                ((size_t)(state->first + state->seen.words[p]) * NET_POSITIONS + p) * h;
            for (uint32_t j = 0; j < h; j++)
                d[j] += dh[j];
        }
    }
}

void worker_parse(struct worker *w, uint32_t first, uint32_t end, uint32_t *heads,
                  uint8_t *labels)
{
    const struct shape *s = &w->model->shape;
    uint32_t count = end - first;
    struct net_tree tree = {calloc(count, sizeof(struct net_node)),
                            calloc(count, sizeof(uint32_t)), count, 0, 0};
    net_tree_begin(&tree);
    while (!net_tree_is_done(&tree)) {
        struct state_record *state = &w->states[0];
        state->first = first;
        net_tree_see(&tree, &state->seen);
        score_state(w, state, w->hidden, w->moves);
        spread_note(&w->spreads[s->layers + 1], w->hidden, s->hidden);
        uint8_t label = 0;
        enum net_move move = move_of(best_move(&tree, w->moves, s->moves, NULL), s->moves,
                                     &label);
        net_tree_do(&tree, move, label);
    }
    for (uint32_t i = 0; i < count; i++) {
        heads[i] = tree.nodes[i].head == NONE ? count : tree.nodes[i].head;
        labels[i] = tree.nodes[i].label;
    }
    free(tree.nodes);
    free(tree.stack);
}
