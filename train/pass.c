/* pass.c: the encoder and its heads, forward and backward, over sentences laid end to
 * end. */
#include "train/gemm.h"
#include "train/model.h"
#include "train/oracle.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

static float *room_for(size_t count, bool *good)
{
    float *p = calloc(count, sizeof *p);
    *good &= p != NULL;
    return p;
}

enum outcome worker_make(struct model *m, const struct vectors *vectors, uint32_t room,
                         struct worker *w, struct fail *fail)
{
    const struct shape *s = &m->shape;
    bool good = true;
    memset(w, 0, sizeof *w);
    w->model = m;
    w->vectors = vectors;
    w->room = room;
    w->grads = room_for(m->count, &good);
    w->touched = calloc(s->rows, sizeof *w->touched);
    w->is_touched = calloc(s->rows, 1);
    w->words = calloc(room, sizeof *w->words);
    w->spellings = calloc(room, 1);
    w->starts = calloc(room, sizeof *w->starts);
    w->ends = calloc(room, sizeof *w->ends);
    for (uint32_t l = 0; l <= s->layers; l++) {
        w->x[l] = room_for((size_t)room * s->width, &good);
        w->relu[l] = room_for((size_t)room * s->width, &good);
    }
    w->columns = room_for((size_t)room * 3 * s->width * s->layers, &good);
    w->dcolumns = room_for((size_t)room * 3 * s->width, &good);
    w->vector_in = room_for((size_t)room * s->vector_width, &good);
    w->dx = room_for((size_t)room * s->width, &good);
    w->tags = room_for((size_t)room * s->tags, &good);
    w->scripts = room_for((size_t)room * s->scripts, &good);
    w->names = room_for((size_t)room * s->names, &good);
    w->state = room_for((size_t)room * NET_POSITIONS * s->hidden, &good);
    w->dstate = room_for((size_t)room * NET_POSITIONS * s->hidden, &good);
    w->state_room = 2 * room;
    w->states = calloc(w->state_room, sizeof *w->states);
    w->hidden = room_for((size_t)w->state_room * s->hidden, &good);
    w->dhidden = room_for((size_t)w->state_room * s->hidden, &good);
    w->moves = room_for((size_t)w->state_room * s->moves, &good);
    w->dmoves = room_for((size_t)w->state_room * s->moves, &good);
    good &= w->touched && w->is_touched && w->words && w->spellings && w->starts &&
            w->ends && w->states;
    return good ? OK : fail_memory(fail);
}

/* Zeroes a share of the values and scales the rest; relu keeps 0 for those, so that the
 * backward pass sees the mask in the values themselves. */
static void drop(struct worker *w, float *values, size_t count, float share)
{
    if (share <= 0)
        return;
    uint32_t limit = (uint32_t)(share * 256.0f);
    float scale = 256.0f / (256.0f - (float)limit);
    for (size_t i = 0; i < count; i += 8) {
        w->random += 0x9E3779B97F4A7C15u;
        uint64_t z = w->random;
        z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9u;
        z = (z ^ (z >> 27)) * 0x94D049BB133111EBu;
        z ^= z >> 31;
        for (size_t j = 0; j < 8 && i + j < count; j++)
            values[i + j] *= ((z >> (8 * j)) & 255) < limit ? 0.0f : scale;
    }
}

/* The engine's 7 bits. */
static void round_values(float *values, size_t count, float step)
{
    float inverse = 1.0f / step;
    for (size_t i = 0; i < count; i++) {
        float q = rintf(values[i] * inverse);
        values[i] = (q > 127.0f ? 127.0f : q) * step;
    }
}

static void lay_sequences(struct worker *w, const struct sequence *sequences,
                          uint32_t count)
{
    w->tokens = 0;
    for (uint32_t s = 0; s < count; s++) {
        uint32_t start = w->tokens;
        for (uint32_t i = 0; i < sequences[s].count; i++) {
            w->words[w->tokens] = &sequences[s].words[i];
            w->spellings[w->tokens] = (uint8_t)sequences[s].spelling;
            w->starts[w->tokens] = start;
            w->ends[w->tokens] = start + sequences[s].count;
            w->tokens++;
        }
    }
}

#define UNKNOWN_SHARE 0.12f
#define NO_VECTOR_SHARE 0.04f
#define TYPO_SHARE 0.015f

/* How a token is changed, beside its spelling of capitals. */
#define IS_UNKNOWN 4u
#define IS_TYPO 8u

static void token_rows(const struct worker *w, uint32_t t, uint32_t *rows)
{
    const struct word *word = w->words[t];
    memcpy(rows, w->spellings[t] & IS_TYPO ? word->typo_rows : word->rows,
           sizeof word->rows);
    rows[PIECE_SHAPE] = word->shapes[w->spellings[t] & 3];
    if (w->spellings[t] & IS_UNKNOWN)
        rows[PIECE_FORM] = 0;
}

static void embed(struct worker *w)
{
    const struct shape *s = &w->model->shape;
    const float *table = model_used(w->model, B_EMBED);
    const float *bias = model_used(w->model, B_VECTOR_BIAS);
    uint32_t d = s->width, v = s->vector_width;
    for (uint32_t t = 0; t < w->tokens; t++) {
        if (w->dropout > 0 && worker_random(w) < UNKNOWN_SHARE)
            w->spellings[t] |= IS_UNKNOWN;
        if (w->dropout > 0 && worker_random(w) < TYPO_SHARE)
            w->spellings[t] |= IS_TYPO;
        uint32_t number = w->spellings[t] & IS_TYPO ? w->words[t]->typo_vector
                                                    : w->words[t]->vector;
        bool no_vector = number == NONE ||
                         (w->dropout > 0 && worker_random(w) < NO_VECTOR_SHARE);
        const int8_t *vector = w->vectors->items + (no_vector ? 0 : (size_t)number * v);
        for (uint32_t i = 0; i < v; i++)
            w->vector_in[(size_t)t * v + i] = no_vector ? 0.0f
                                                        : (float)vector[i] * (1 / 32.0f);
        float *x = w->x[0] + (size_t)t * d;
        memcpy(x, bias, d * sizeof *x);
        uint32_t rows[PIECE_COUNT];
        token_rows(w, t, rows);
        for (int p = 0; p < PIECE_COUNT; p++) {
            const float *row = table + (size_t)rows[p] * d;
            for (uint32_t i = 0; i < d; i++)
                x[i] += row[i];
        }
    }
    gemm_add(&(struct gemm){w->tokens, d, v, w->vector_in, v, 1,
                            model_used(w->model, B_VECTOR), d, 1, w->x[0], d});
}

/* [t-d, t, t+d], zeros outside the sentence. */
static void gather(const struct worker *w, uint32_t layer, float *columns)
{
    uint32_t width = w->model->shape.width, reach = w->model->shape.dilations[layer];
    for (uint32_t t = 0; t < w->tokens; t++) {
        float *out = columns + (size_t)t * 3 * width;
        const float *x = w->x[layer] + (size_t)t * width;
        size_t step = (size_t)reach * width;
        if (t >= w->starts[t] + reach)
            memcpy(out, x - step, width * sizeof *out);
        else
            memset(out, 0, width * sizeof *out);
        memcpy(out + width, x, width * sizeof *out);
        if (t + reach < w->ends[t])
            memcpy(out + 2 * width, x + step, width * sizeof *out);
        else
            memset(out + 2 * width, 0, width * sizeof *out);
    }
}

static void scatter(struct worker *w, uint32_t layer)
{
    uint32_t width = w->model->shape.width, reach = w->model->shape.dilations[layer];
    for (uint32_t t = 0; t < w->tokens; t++) {
        const float *in = w->dcolumns + (size_t)t * 3 * width;
        float *dx = w->dx + (size_t)t * width;
        size_t step = (size_t)reach * width;
        if (t >= w->starts[t] + reach)
            for (uint32_t i = 0; i < width; i++)
                (dx - step)[i] += in[i];
        for (uint32_t i = 0; i < width; i++)
            dx[i] += in[width + i];
        if (t + reach < w->ends[t])
            for (uint32_t i = 0; i < width; i++)
                (dx + step)[i] += in[2 * width + i];
    }
}

static void linear(const struct worker *w, int block, const float *in, float *out)
{
    const struct block_part *part = &w->model->parts[block];
    const float *bias = model_used(w->model, block + 1);
    bool is_state = block == B_STATE;
    for (uint32_t t = 0; t < w->tokens; t++)
        if (is_state)
            memset(out + (size_t)t * part->columns, 0, part->columns * sizeof *out);
        else
            memcpy(out + (size_t)t * part->columns, bias, part->columns * sizeof *out);
    gemm_add(&(struct gemm){w->tokens, part->columns, part->rows, in, part->rows, 1,
                            model_used(w->model, block), part->columns, 1, out,
                            part->columns});
}

static void rectify(float *values, size_t count)
{
    for (size_t i = 0; i < count; i++)
        values[i] = values[i] > 0 ? values[i] : 0;
}

void worker_forward(struct worker *w, const struct sequence *sequences, uint32_t count)
{
    const struct model *m = w->model;
    const struct shape *s = &m->shape;
    lay_sequences(w, sequences, count);
    size_t size = (size_t)w->tokens * s->width;
    embed(w);
    rectify(w->x[0], size);
    drop(w, w->x[0], size, w->dropout);
    memcpy(w->relu[0], w->x[0], size * sizeof(float));
    for (uint32_t l = 0; l <= s->layers; l++) {
        if (w->dropout <= 0)
            spread_note(&w->spreads[l], w->x[l], size);
        if (m->quantised)
            round_values(w->x[l], size, m->steps[l]);
        if (l == s->layers)
            break;
        float *columns = w->columns + (size_t)l * w->room * 3 * s->width;
        gather(w, l, columns);
        linear(w, B_CONV + 2 * (int)l, columns, w->relu[l + 1]);
        rectify(w->relu[l + 1], size);
        drop(w, w->relu[l + 1], size, w->dropout);
        for (size_t i = 0; i < size; i++)
            w->x[l + 1][i] = w->x[l][i] + w->relu[l + 1][i];
    }
    const float *top = w->x[s->layers];
    linear(w, B_TAG, top, w->tags);
    linear(w, B_SCRIPT, top, w->scripts);
    linear(w, B_NAME, top, w->names);
    linear(w, B_STATE, top, w->state);
}

/* Turns scores into the gradient of the cross entropy; returns the loss. */
static double softmax_back(float *scores, uint32_t count, uint32_t gold, float weight)
{
    float most = scores[0];
    for (uint32_t i = 1; i < count; i++)
        most = scores[i] > most ? scores[i] : most;
    float sum = 0;
    for (uint32_t i = 0; i < count; i++) {
        scores[i] = expf(scores[i] - most);
        sum += scores[i];
    }
    double loss = -log((double)scores[gold] / (double)sum + 1e-12);
    for (uint32_t i = 0; i < count; i++)
        scores[i] *= weight / sum;
    scores[gold] -= weight;
    return loss;
}

static double head_back(struct worker *w, int block, float *scores)
{
    uint32_t columns = w->model->parts[block].columns;
    double loss = 0;
    for (uint32_t t = 0; t < w->tokens; t++) {
        const struct word *word = w->words[t];
        uint32_t gold = block == B_TAG      ? word->tag
                        : block == B_SCRIPT ? word->script
                                            : word->name;
        float *row = scores + (size_t)t * columns;
        if (gold >= columns)
            memset(row, 0, columns * sizeof *row);
        else
            loss += softmax_back(row, columns, gold, 1.0f);
    }
    return loss;
}

/* Gradients of a linear layer: of its weights, its bias, and (dx) of what went in. */
static void linear_back(struct worker *w, int block, const float *in, const float *out,
                        float *dx)
{
    const struct block_part *part = &w->model->parts[block];
    uint32_t n = part->columns, k = part->rows;
    float *grads = w->grads + part->at, *bias = w->grads + w->model->parts[block + 1].at;
    gemm_add(&(struct gemm){k, n, w->tokens, in, 1, k, out, n, 1, grads, n});
    if (block != B_STATE)
        for (uint32_t t = 0; t < w->tokens; t++)
            for (uint32_t i = 0; i < n; i++)
                bias[i] += out[(size_t)t * n + i];
    gemm_add(&(struct gemm){w->tokens, k, n, out, n, 1, model_used(w->model, block), 1, n,
                            dx, k});
}

static void embed_back(struct worker *w)
{
    const struct shape *s = &w->model->shape;
    uint32_t d = s->width, v = s->vector_width;
    float *bias = w->grads + w->model->parts[B_VECTOR_BIAS].at;
    gemm_add(&(struct gemm){v, d, w->tokens, w->vector_in, 1, v, w->dx, d, 1,
                            w->grads + w->model->parts[B_VECTOR].at, d});
    for (uint32_t t = 0; t < w->tokens; t++) {
        const float *dx = w->dx + (size_t)t * d;
        uint32_t rows[PIECE_COUNT];
        token_rows(w, t, rows);
        for (uint32_t i = 0; i < d; i++)
            bias[i] += dx[i];
        for (int p = 0; p < PIECE_COUNT; p++) {
            if (!w->is_touched[rows[p]]) {
                w->is_touched[rows[p]] = 1;
                w->touched[w->touched_count++] = rows[p];
            }
            float *row = w->grads + (size_t)rows[p] * d;
            for (uint32_t i = 0; i < d; i++)
                row[i] += dx[i];
        }
    }
}

/* Where a unit was at rest or dropped, nothing flows; what was dropped by share p of the
 * others is scaled as they were. */
static void mask(float *dx, const float *relu, size_t count, float scale)
{
    for (size_t i = 0; i < count; i++)
        dx[i] = relu[i] > 0 ? dx[i] * scale : 0;
}

void worker_learn(struct worker *w, const struct sequence *sequences, uint32_t count)
{
    const struct shape *s = &w->model->shape;
    worker_forward(w, sequences, count);
    size_t size = (size_t)w->tokens * s->width;
    w->losses.tokens += w->tokens;
    w->losses.tag += head_back(w, B_TAG, w->tags);
    w->losses.script += head_back(w, B_SCRIPT, w->scripts);
    w->losses.name += head_back(w, B_NAME, w->names);
    memset(w->dstate, 0, (size_t)w->tokens * NET_POSITIONS * s->hidden * sizeof(float));
    w->state_count = 0;
    for (uint32_t t = 0; t < w->tokens; t = w->ends[t])
        worker_moves(w, t, w->ends[t]);
    worker_moves_back(w);
    const float *top = w->x[s->layers];
    memset(w->dx, 0, size * sizeof(float));
    linear_back(w, B_TAG, top, w->tags, w->dx);
    linear_back(w, B_SCRIPT, top, w->scripts, w->dx);
    linear_back(w, B_NAME, top, w->names, w->dx);
    linear_back(w, B_STATE, top, w->dstate, w->dx);
    uint32_t limit = (uint32_t)(w->dropout * 256.0f);
    float scale = 256.0f / (256.0f - (float)limit);
    for (uint32_t l = s->layers; l-- > 0;) {
        float *dy = w->state; /* free by now, and wider */
        memcpy(dy, w->dx, size * sizeof(float));
        mask(dy, w->relu[l + 1], size, scale);
        memset(w->dcolumns, 0, 3 * size * sizeof(float));
        linear_back(w, B_CONV + 2 * (int)l,
                    w->columns + (size_t)l * w->room * 3 * s->width, dy, w->dcolumns);
        scatter(w, l);
    }
    mask(w->dx, w->relu[0], size, scale);
    embed_back(w);
}
