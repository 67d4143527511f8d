/* model.h: the network's parameters, its forward and backward pass (f32), and its
 * training step.
 *
 *   x0 = relu(sum of learned rows + vector * V + b)               T x D
 *   x(l+1) = x(l) + relu([x(l) at t-d, t, t+d] * C + c)           T x D, l = 0..L-1
 *   tags, scripts, names = x(L) * W + w
 *   state: hidden = relu(sum over positions of x(L) * S + rows + s)
 *          moves = hidden * O + o */
#ifndef TRAIN_MODEL_H
#define TRAIN_MODEL_H

#include "train/corpus.h"

#define LAYERS_MAX 8

enum block {
    B_EMBED, B_VECTOR, B_VECTOR_BIAS,
    B_TAG, B_TAG_BIAS, B_SCRIPT, B_SCRIPT_BIAS, B_NAME, B_NAME_BIAS,
    B_STATE, B_STATE_BIAS, B_ROWS, B_MOVE, B_MOVE_BIAS,
    B_CONV, /* then weights and bias of each layer by turns */
    B_COUNT = B_CONV + 2 * LAYERS_MAX
};

struct shape {
    uint32_t width, layers, hidden, vector_width;
    uint32_t dilations[LAYERS_MAX];
    uint32_t rows, tags, scripts, names, moves; /* moves = 1 + 2 * (labels - 1) */
};

struct block_part {
    size_t at;            /* in the parameters */
    uint32_t rows, columns;
};

struct model {
    struct shape shape;
    struct block_part parts[B_COUNT];
    size_t count;         /* parameters */
    float *weights, *rounded;
    float *used;          /* as the pass sees them: rounded when quantising */
    float *mean, *square; /* Adam's */
    float *average;       /* of the weights over the last thousand steps or so */
    uint64_t step;
    bool quantised;
    float embed_step, hidden_step; /* value of one int8 step */
    float steps[LAYERS_MAX + 1];   /* of x0..xL */
};

/* One thread's share of a batch. */
struct sequence {
    const struct word *words;
    uint32_t count;
    enum spelling spelling;
};

struct losses {
    double tag, script, name, move;
    uint64_t tokens, moves;
};

/* How large a layer's values are, to choose the engine's steps. */
struct spread {
    double most, squares, count;
};

struct worker {
    struct model *model;
    const struct vectors *vectors;
    uint64_t random;
    float dropout;        /* 0 outside training */
    float explore;
    float *grads;         /* model->count */
    uint32_t *touched;    /* rows of the learned table with gradient */
    uint8_t *is_touched;
    uint32_t touched_count;
    struct losses losses;
    struct spread spreads[LAYERS_MAX + 2]; /* of x0..xL, hidden */
    /* workspace for up to room tokens */
    uint32_t room, tokens;
    const struct word **words;
    uint8_t *spellings;
    uint32_t *starts, *ends; /* of each token's sentence */
    float *x[LAYERS_MAX + 1], *relu[LAYERS_MAX + 1];
    float *columns, *vector_in, *dx, *dcolumns, *tags, *scripts, *names, *state, *dstate;
    uint32_t state_count, state_room;
    struct state_record *states;
    float *hidden, *dhidden, *moves, *dmoves;
};

enum outcome model_make(const struct shape *shape, uint64_t seed, struct model *model,
                        struct fail *fail);
/* Sets `used`: the weights as they are, or rounded as the engine will see them. */
void model_round(struct model *model);
/* One step of Adam over the sum of the workers' gradients, which it clears. */
void model_step(struct model *model, struct worker *workers, uint32_t count, float rate);
/* Changes the weights for their average, and back. */
void model_swap(struct model *model);
float *model_used(const struct model *model, int block);

enum outcome worker_make(struct model *model, const struct vectors *vectors,
                         uint32_t room, struct worker *worker, struct fail *fail);
void spread_note(struct spread *spread, const float *values, size_t count);
/* Chooses the steps of every layer from what the worker saw; rounding begins. */
void model_quantise(struct model *model, const struct worker *worker);
/* Forward only: fills tags, scripts, names, x, state. */
void worker_forward(struct worker *worker, const struct sequence *sequences,
                    uint32_t count);
/* Forward, losses and gradients. */
void worker_learn(struct worker *worker, const struct sequence *sequences,
                  uint32_t count);
/* The tree of tokens first..end-1 after worker_forward: heads (in the sentence, its
 * length for the root), labels. */
void worker_parse(struct worker *worker, uint32_t first, uint32_t end, uint32_t *heads,
                  uint8_t *labels);
/* Transitions of one sentence with their losses and gradients (oracle.c). */
void worker_moves(struct worker *worker, uint32_t first, uint32_t end);
void worker_moves_back(struct worker *worker);
float worker_random(struct worker *worker);

#endif
