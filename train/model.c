/* model.c: the parameters: made, rounded, moved by Adam. */
#include "train/model.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "net/tree.h"

static uint64_t mix(uint64_t *state)
{
    uint64_t z = (*state += 0x9E3779B97F4A7C15u);
    z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9u;
    z = (z ^ (z >> 27)) * 0x94D049BB133111EBu;
    return z ^ (z >> 31);
}

float worker_random(struct worker *worker)
{
    return (float)(mix(&worker->random) >> 40) / 16777216.0f;
}

float *model_used(const struct model *model, int block)
{
    return model->used + model->parts[block].at;
}

static void lay_out(struct model *m)
{
    const struct shape *s = &m->shape;
    const uint32_t sizes[B_CONV][2] = {
        [B_EMBED] = {s->rows, s->width},
        [B_VECTOR] = {s->vector_width, s->width},
        [B_VECTOR_BIAS] = {1, s->width},
        [B_TAG] = {s->width, s->tags},
        [B_TAG_BIAS] = {1, s->tags},
        [B_SCRIPT] = {s->width, s->scripts},
        [B_SCRIPT_BIAS] = {1, s->scripts},
        [B_NAME] = {s->width, s->names},
        [B_NAME_BIAS] = {1, s->names},
        [B_STATE] = {s->width, NET_POSITIONS * s->hidden},
        [B_STATE_BIAS] = {1, s->hidden},
        [B_ROWS] = {NET_ROWS, s->hidden},
        [B_MOVE] = {s->hidden, s->moves},
        [B_MOVE_BIAS] = {1, s->moves},
    };
    size_t at = 0;
    for (int b = 0; b < B_COUNT; b++) {
        uint32_t layer = b >= B_CONV ? (uint32_t)(b - B_CONV) / 2 : 0;
        bool weights = b >= B_CONV && (b - B_CONV) % 2 == 0;
        uint32_t rows = b < B_CONV ? sizes[b][0] : weights ? 3 * s->width : 1;
        uint32_t columns = b < B_CONV ? sizes[b][1] : s->width;
        if (b >= B_CONV && layer >= s->layers)
            rows = 0;
        m->parts[b] = (struct block_part){at, rows, columns};
        at += (size_t)rows * columns;
    }
    m->count = at;
}

static void fill(struct model *m, int block, float scale, uint64_t *state)
{
    float *w = m->weights + m->parts[block].at;
    size_t count = (size_t)m->parts[block].rows * m->parts[block].columns;
    for (size_t i = 0; i < count; i++)
        w[i] = scale * (2.0f * (float)(mix(state) >> 40) / 16777216.0f - 1.0f);
}

enum outcome model_make(const struct shape *shape, uint64_t seed, struct model *m,
                        struct fail *fail)
{
    memset(m, 0, sizeof *m);
    m->shape = *shape;
    lay_out(m);
    m->weights = calloc(m->count, sizeof(float));
    m->rounded = calloc(m->count, sizeof(float));
    m->used = m->weights;
    m->mean = calloc(m->count, sizeof(float));
    m->square = calloc(m->count, sizeof(float));
    m->average = calloc(m->count, sizeof(float));
    if (!m->weights || !m->rounded || !m->mean || !m->square || !m->average)
        return fail_memory(fail);
    fill(m, B_EMBED, 0.15f, &seed);
    fill(m, B_VECTOR, 0.25f, &seed);
    float in = sqrtf(3.0f / (float)shape->width);
    for (uint32_t l = 0; l < shape->layers; l++)
        fill(m, B_CONV + 2 * (int)l, 0.6f * in, &seed);
    fill(m, B_TAG, in, &seed);
    fill(m, B_SCRIPT, in, &seed);
    fill(m, B_NAME, in, &seed);
    fill(m, B_STATE, 0.4f * in, &seed);
    fill(m, B_ROWS, 0.1f, &seed);
    fill(m, B_MOVE, sqrtf(3.0f / (float)shape->hidden), &seed);
    return OK;
}

/* Columns of the state's positions share one step for each hidden unit. */
static void round_columns(const struct model *m, int block, uint32_t shared)
{
    const struct block_part *part = &m->parts[block];
    const float *w = m->weights + part->at;
    float *out = m->rounded + part->at;
    for (uint32_t c = 0; c < shared; c++) {
        float most = 1e-8f;
        for (uint32_t r = 0; r < part->rows; r++)
            for (uint32_t j = c; j < part->columns; j += shared)
                most = fmaxf(most, fabsf(w[(size_t)r * part->columns + j]));
        float step = most / 127.0f;
        for (uint32_t r = 0; r < part->rows; r++)
            for (uint32_t j = c; j < part->columns; j += shared) {
                size_t at = (size_t)r * part->columns + j;
                out[at] = rintf(w[at] / step) * step;
            }
    }
}

void model_round(struct model *m)
{
    m->used = m->quantised ? m->rounded : m->weights;
    if (!m->quantised)
        return;
    size_t dense = m->parts[B_VECTOR].at;
    memcpy(m->rounded + dense, m->weights + dense, (m->count - dense) * sizeof(float));
    const int blocks[] = {B_VECTOR, B_TAG, B_SCRIPT, B_NAME, B_MOVE};
    for (unsigned i = 0; i < sizeof blocks / sizeof *blocks; i++)
        round_columns(m, blocks[i], m->parts[blocks[i]].columns);
    round_columns(m, B_STATE, m->shape.hidden);
    for (uint32_t l = 0; l < m->shape.layers; l++)
        round_columns(m, B_CONV + 2 * (int)l, m->shape.width);
    size_t embeds = (size_t)m->shape.rows * m->shape.width;
    for (size_t i = 0; i < embeds; i++) {
        float q = rintf(m->weights[i] / m->embed_step);
        m->rounded[i] = fminf(fmaxf(q, -127.0f), 127.0f) * m->embed_step;
    }
}

struct adam {
    float rate, mean_fix, square_fix;
};

static void adam(struct model *m, size_t from, size_t count, struct worker *workers,
                 uint32_t worker_count, struct adam a)
{
    for (size_t i = from; i < from + count; i++) {
        float g = 0;
        for (uint32_t w = 0; w < worker_count; w++) {
            g += workers[w].grads[i];
            workers[w].grads[i] = 0;
        }
        m->mean[i] = 0.9f * m->mean[i] + 0.1f * g;
        m->square[i] = 0.98f * m->square[i] + 0.02f * g * g;
        m->weights[i] -= a.rate * (m->mean[i] * a.mean_fix) /
                         (sqrtf(m->square[i] * a.square_fix) + 1e-8f);
    }
}

#define AVERAGE_EACH 10u
#define AVERAGE_KEPT 0.98f

/* Young averages count from the start. */
static void note_average(struct model *m)
{
    float notes = (float)(m->step / AVERAGE_EACH);
    float kept = (notes - 1.0f) / (notes + 9.0f);
    kept = kept < AVERAGE_KEPT ? kept : AVERAGE_KEPT;
    for (size_t i = 0; i < m->count; i++)
        m->average[i] += (1.0f - kept) * (m->weights[i] - m->average[i]);
}

void model_swap(struct model *m)
{
    float *kept = m->weights;
    m->weights = m->average;
    m->average = kept;
}

void model_step(struct model *m, struct worker *workers, uint32_t count, float rate)
{
    m->step++;
    double t = (double)(m->step < 2000 ? m->step : 2000);
    struct adam a = {rate, (float)(1.0 / (1.0 - pow(0.9, t))),
                     (float)(1.0 / (1.0 - pow(0.98, t)))};
    uint32_t width = m->shape.width;
    for (uint32_t w = 0; w < count; w++)
        for (uint32_t i = 0; i < workers[w].touched_count; i++) {
            uint32_t row = workers[w].touched[i];
            bool earlier = false;
            for (uint32_t o = 0; o < w; o++)
                earlier |= workers[o].is_touched[row] == 2;
            workers[w].is_touched[row] = 2;
            if (!earlier)
                adam(m, (size_t)row * width, width, workers, count, a);
        }
    for (uint32_t w = 0; w < count; w++) {
        for (uint32_t i = 0; i < workers[w].touched_count; i++)
            workers[w].is_touched[workers[w].touched[i]] = 0;
        workers[w].touched_count = 0;
    }
    size_t dense = m->parts[B_VECTOR].at;
    adam(m, dense, m->count - dense, workers, count, a);
    if (m->step % AVERAGE_EACH == 0)
        note_average(m);
}

void spread_note(struct spread *spread, const float *values, size_t count)
{
    float most = 0, squares = 0, positive = 0;
    for (size_t i = 0; i < count; i++) {
        most = values[i] > most ? values[i] : most;
        squares += values[i] * values[i];
        positive += values[i] > 0;
    }
    spread->most = most > spread->most ? most : spread->most;
    spread->squares += squares;
    spread->count += positive;
}

/* Seven bits reach as far as eight times the root of the mean square: rarer values are
 * cut. */
static float step_of(const struct spread *spread)
{
    double reach = 8.0 * sqrt(spread->squares / (spread->count + 1.0));
    reach = spread->most < reach ? spread->most : reach;
    return (float)((reach > 0 ? reach : 1.0) / 127.0);
}

void model_quantise(struct model *m, const struct worker *worker)
{
    for (uint32_t l = 0; l <= m->shape.layers; l++)
        m->steps[l] = step_of(&worker->spreads[l]);
    m->hidden_step = step_of(&worker->spreads[m->shape.layers + 1]);
    double squares = 0;
    size_t count = (size_t)m->shape.rows * m->shape.width;
    for (size_t i = 0; i < count; i++)
        squares += (double)m->weights[i] * m->weights[i];
    m->embed_step = (float)(8.0 * sqrt(squares / (double)count) / 127.0);
    m->quantised = true;
}
