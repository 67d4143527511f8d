/* import.c: weights that were written before, as the start of a new run or as a part of a
 * blend.
 *
 * The file keeps products of steps, not the steps themselves: where a unit is free, it is
 * chosen so that the weights are as large as fresh ones. */
#include "train/export.h"

#include "base/file.h"
#include "net/net.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

struct import {
    struct net net;
    struct model *model;
    float unit, hidden_unit; /* steps of x0 and of the state, or 0: free */
};

static const void *section(const struct import *from, int number)
{
    return from->net.bytes + from->net.header->sections[number].at;
}

static bool same(const struct import *from, int number, const void *bytes, size_t len)
{
    return from->net.header->sections[number].len == len &&
           memcmp(section(from, number), bytes, len) == 0;
}

/* The root of the mean square of a product's weights, times the scale of each output. */
static float spread_of(const struct import *from, int block, int weights, int scales)
{
    const struct block_part *part = &from->model->parts[block];
    uint32_t k = part->rows * (block == B_VECTOR ? 2 : 1), n = part->columns;
    const int8_t *in = section(from, weights);
    const float *scale = section(from, scales);
    double sum = 0;
    for (uint32_t i = 0; i < part->rows; i++)
        for (uint32_t j = 0; j < n; j++) {
            size_t at = product_place(k, i, j);
            sum += (double)in[at] * in[at] * scale[j] * scale[j];
        }
    return (float)sqrt(sum / ((double)part->rows * n));
}

/* One product and its bias, back in f32; see put_product of export.c. */
static void take_product(const struct import *from, const struct product *p)
{
    const struct model *m = from->model;
    const struct block_part *part = &m->parts[p->block];
    uint32_t k = part->rows * (p->is_signed ? 2 : 1), n = part->columns;
    const int8_t *in = section(from, p->weights);
    const float *scales = section(from, p->scales);
    float *out = m->weights + part->at, *bias = m->weights + m->parts[p->block + 1].at;
    for (uint32_t i = 0; i < part->rows; i++)
        for (uint32_t j = 0; j < n; j++) {
            size_t at = product_place(k, i, j);
            out[(size_t)i * n + j] = (float)in[at] * scales[j % p->shared] * p->out /
                                     p->unit;
        }
    for (uint32_t j = 0; j < p->shared; j++)
        bias[j] = scales[p->shared + j] * p->out;
}

static void take_steps(const struct import *from)
{
    struct model *m = from->model;
    const struct net_header *h = from->net.header;
    m->steps[0] = from->unit;
    if (from->unit <= 0)
        m->steps[0] = 0.14f /
                      (32.0f * spread_of(from, B_VECTOR, NET_W_VECTOR, NET_S_VECTOR));
    for (uint32_t l = 0; l < m->shape.layers; l++)
        m->steps[l + 1] = m->steps[l] / h->carry[l];
    m->embed_step = h->embed_scale * m->steps[0];
    m->hidden_step = from->hidden_unit;
    if (from->hidden_unit <= 0)
        m->hidden_step = spread_of(from, B_MOVE, NET_W_MOVE, NET_S_MOVE) / 0.15f;
    m->quantised = true;
}

static void take_rows(const struct import *from)
{
    struct model *m = from->model;
    uint32_t h = m->shape.hidden;
    const int32_t *in = section(from, NET_ROWS_STATE);
    const float *scales = section(from, NET_S_STATE);
    float *rows = m->weights + m->parts[B_ROWS].at;
    for (uint32_t c = 0; c < h; c++)
        for (uint32_t r = 0; r < NET_ROWS; r++)
            rows[(size_t)r * h + c] = (float)in[(size_t)r * h + c] * scales[c] *
                                      m->hidden_step;
    const int8_t *embed = section(from, NET_EMBED);
    size_t count = (size_t)m->shape.rows * m->shape.width;
    for (size_t i = 0; i < count; i++)
        m->weights[i] = (float)embed[i] * m->embed_step;
}

static enum outcome check(const struct import *from, const struct inventory *inv,
                          const char *path, struct fail *fail)
{
    const struct shape *s = &from->model->shape;
    const struct net_header *h = from->net.header;
    bool fits = h->width == s->width && h->layers == s->layers &&
                h->hidden == s->hidden && h->vector_width == s->vector_width &&
                h->tags == s->tags && h->scripts == s->scripts && h->moves == s->moves &&
                memcmp(h->dilations, s->dilations, s->layers * sizeof *s->dilations) ==
                    0 &&
                same(from, NET_KNOWN_KEYS, inv->known_keys,
                     inv->known.count * sizeof(uint32_t)) &&
                same(from, NET_LABELS, inv->labels, inv->label_count * LABEL_TEXT);
    return fits ? OK
                : fail_with(fail, FAIL_DATA, "%s: not of this shape and these treebanks",
                            path);
}

static enum outcome take_weights(const char *path, struct import *from,
                                 const struct inventory *inv, struct fail *fail)
{
    struct mapping file;
    enum outcome outcome = file_map(path, &file, fail);
    if (outcome)
        return outcome;
    outcome = net_open(file.bytes, file.len, &from->net, fail);
    if (!outcome)
        outcome = check(from, inv, path, fail);
    if (!outcome) {
        struct product products[PRODUCTS_MAX];
        take_steps(from);
        uint32_t count = products_of(from->model, products);
        for (uint32_t i = 0; i < count; i++)
            take_product(from, &products[i]);
        take_rows(from);
    }
    file_unmap(&file);
    return outcome;
}

enum outcome import_weights(const char *path, struct model *m,
                            const struct inventory *inv, struct fail *fail)
{
    struct import from = {.model = m};
    enum outcome outcome = take_weights(path, &from, inv, fail);
    if (outcome)
        return outcome;
    memcpy(m->average, m->weights, m->count * sizeof *m->average);
    m->step = 2000; /* the average is no young one */
    return OK;
}

enum outcome blend_weights(const char *path, float share, struct model *m,
                           const struct inventory *inv, struct fail *fail)
{
    struct model other = *m;
    other.weights = calloc(m->count, sizeof *other.weights);
    if (!other.weights)
        return fail_memory(fail);
    struct import from = {
        .model = &other, .unit = m->steps[0], .hidden_unit = m->hidden_step};
    enum outcome outcome = take_weights(path, &from, inv, fail);
    for (size_t i = 0; i < m->count && !outcome; i++)
        m->weights[i] += share * (other.weights[i] - m->weights[i]);
    memcpy(m->average, m->weights, m->count * sizeof *m->average);
    free(other.weights);
    return outcome;
}
