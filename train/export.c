/* export.c: writes the weights as the engine maps them (net/form.h). */
#include "train/export.h"

#include "net/form.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

struct writer {
    unsigned char *bytes;
    size_t len, room;
    struct net_header header;
    bool failed;
};

static void *section(struct writer *w, int number, size_t len)
{
    static unsigned char nowhere[64];
    size_t at = (w->len + 63) / 64 * 64;
    if (w->failed || at + len > w->room) {
        size_t room = (at + len) * 2;
        unsigned char *bytes = realloc(w->bytes, room);
        if (!bytes) {
            w->failed = true;
            return nowhere;
        }
        memset(bytes + w->len, 0, room - w->len);
        w->bytes = bytes;
        w->room = room;
    }
    w->len = at + len;
    w->header.sections[number].at = (uint32_t)at;
    w->header.sections[number].len = (uint32_t)len;
    return w->bytes + at;
}

static void put(struct writer *w, int number, const void *from, size_t len)
{
    void *to = section(w, number, len);
    if (!w->failed)
        memcpy(to, from, len);
}

size_t product_place(uint32_t inputs, uint32_t i, uint32_t j)
{
    size_t quads = (inputs + 31) / 32 * 8;
    return ((j / 16 * quads + i / 4) * 16 + j % 16) * 4 + i % 4;
}

static void put_product(struct writer *w, const struct model *m, const struct product *p)
{
    const struct block_part *part = &m->parts[p->block];
    const float *from = m->weights + part->at,
                *bias = m->weights + m->parts[p->block + 1].at;
    uint32_t k = part->rows * (p->is_signed ? 2 : 1), n = part->columns;
    float *steps = calloc(p->shared, sizeof *steps);
    int8_t *out = section(w, p->weights, product_place(k, 0, (n + 15) / 16 * 16));
    w->failed |= !steps;
    if (w->failed) {
        free(steps);
        return;
    }
    for (uint32_t c = 0; c < p->shared; c++) {
        float most = 1e-8f;
        for (uint32_t r = 0; r < part->rows; r++)
            for (uint32_t j = c; j < n; j += p->shared)
                most = fmaxf(most, fabsf(from[(size_t)r * n + j]));
        steps[c] = most / 127.0f;
    }
    for (uint32_t i = 0; i < k; i++)
        for (uint32_t j = 0; j < n; j++) {
            uint32_t row = i % part->rows;
            float q = rintf(from[(size_t)row * n + j] / steps[j % p->shared]);
            out[product_place(k, i, j)] = (int8_t)(i >= part->rows ? -q : q);
        }
    float *scales = section(w, p->scales, 2 * sizeof(float) * p->shared);
    for (uint32_t j = 0; j < p->shared && !w->failed; j++) {
        scales[j] = steps[j] * p->unit / p->out;
        scales[p->shared + j] = bias[j] / p->out;
    }
    free(steps);
}

static void put_rows(struct writer *w, const struct model *m)
{
    uint32_t h = m->shape.hidden, n = m->parts[B_STATE].columns;
    const float *rows = m->weights + m->parts[B_ROWS].at;
    const float *state = m->weights + m->parts[B_STATE].at;
    int32_t *out = section(w, NET_ROWS_STATE, sizeof(int32_t) * NET_ROWS * h);
    for (uint32_t c = 0; c < h && !w->failed; c++) {
        float most = 1e-8f;
        for (uint32_t r = 0; r < m->shape.width; r++)
            for (uint32_t j = c; j < n; j += h)
                most = fmaxf(most, fabsf(state[(size_t)r * n + j]));
        float unit = most / 127.0f * m->steps[m->shape.layers];
        for (uint32_t r = 0; r < NET_ROWS; r++)
            out[(size_t)r * h + c] = (int32_t)rintf(rows[(size_t)r * h + c] / unit);
    }
}

static void put_tags(struct writer *w, const struct inventory *inv)
{
    unsigned char *out = section(w, NET_TAGS, (size_t)NET_TAG_BYTES * inv->tag_count);
    for (uint32_t i = 0; i < inv->tag_count && !w->failed; i++) {
        const struct feats f = inv->tags[i].feats;
        const unsigned char bytes[NET_TAG_BYTES] = {
            inv->tags[i].upos, f.number,   f.person,   f.tense,
            f.verb_form,       f.mood,     f.passive,  f.gender,
            f.pron_type,       f.degree,   f.num_type, f.possessive,
            f.negative,        f.definite, f.reflexive};
        memcpy(out + (size_t)i * NET_TAG_BYTES, bytes, sizeof bytes);
    }
    struct net_script *scripts = section(w, NET_SCRIPTS,
                                         sizeof *scripts * inv->script_count);
    for (uint32_t i = 0; i < inv->script_count && !w->failed; i++)
        scripts[i] = inv->scripts[i].script;
    put(w, NET_LABELS, inv->labels, (size_t)inv->label_count * LABEL_TEXT);
}

static void put_words(struct writer *w, const struct model *m,
                      const struct inventory *inv, const struct vectors *v)
{
    put(w, NET_VECTOR_STARTS, v->starts, 65537 * sizeof(uint32_t));
    put(w, NET_VECTOR_KEYS, v->keys, v->count * sizeof(uint32_t));
    put(w, NET_VECTORS, v->items, (size_t)v->count * v->width);
    put(w, NET_KNOWN_STARTS, inv->known_starts, 65537 * sizeof(uint32_t));
    put(w, NET_KNOWN_KEYS, inv->known_keys, inv->known.count * sizeof(uint32_t));
    size_t count = (size_t)m->shape.rows * m->shape.width;
    int8_t *embed = section(w, NET_EMBED, count);
    for (size_t i = 0; i < count && !w->failed; i++) {
        float q = rintf(m->weights[i] / m->embed_step);
        embed[i] = (int8_t)fminf(fmaxf(q, -127.0f), 127.0f);
    }
}

static void set_header(struct net_header *h, const struct model *m,
                       const struct inventory *inv, const struct vectors *v)
{
    const struct shape *s = &m->shape;
    memcpy(h->magic, NET_MAGIC, 4);
    h->version = NET_VERSION;
    h->width = s->width;
    h->layers = s->layers;
    h->hidden = s->hidden;
    h->vector_width = s->vector_width;
    h->vectors = v->count;
    h->known = inv->known.count;
    h->tags = s->tags;
    h->scripts = s->scripts;
    h->names = s->names;
    h->labels = inv->label_count;
    h->moves = s->moves;
    h->embed_scale = m->embed_step / m->steps[0];
    for (uint32_t l = 0; l < s->layers; l++) {
        h->dilations[l] = s->dilations[l];
        h->carry[l] = m->steps[l] / m->steps[l + 1];
    }
}

uint32_t products_of(const struct model *m, struct product *products)
{
    const struct shape *s = &m->shape;
    float top = m->steps[s->layers];
    const struct product fixed[] = {
        {B_VECTOR, NET_W_VECTOR, NET_S_VECTOR, 1 / 32.0f, m->steps[0], s->width, true},
        {B_TAG, NET_W_TAG, NET_S_TAG, top, 1, s->tags, false},
        {B_SCRIPT, NET_W_SCRIPT, NET_S_SCRIPT, top, 1, s->scripts, false},
        {B_NAME, NET_W_NAME, NET_S_NAME, top, 1, s->names, false},
        {B_STATE, NET_W_STATE, NET_S_STATE, top, m->hidden_step, s->hidden, false},
        {B_MOVE, NET_W_MOVE, NET_S_MOVE, m->hidden_step, 1, s->moves, false},
    };
    uint32_t count = sizeof fixed / sizeof *fixed;
    memcpy(products, fixed, sizeof fixed);
    for (int l = 0; l < (int)s->layers; l++)
        products[count++] = (struct product){
            B_CONV + 2 * l, NET_CONV + 2 * l, NET_CONV + 2 * l + 1,
            m->steps[l],    m->steps[l + 1],  s->width,
            false};
    return count;
}

enum outcome export_weights(const char *path, const struct model *m,
                            const struct inventory *inv, const struct vectors *v,
                            struct fail *fail)
{
    struct writer w = {.len = sizeof w.header};
    set_header(&w.header, m, inv, v);
    put_words(&w, m, inv, v);
    put_tags(&w, inv);
    struct product products[PRODUCTS_MAX];
    uint32_t count = products_of(m, products);
    for (uint32_t i = 0; i < count; i++)
        put_product(&w, m, &products[i]);
    put_rows(&w, m);
    if (w.failed)
        return fail_memory(fail);
    memcpy(w.bytes, &w.header, sizeof w.header);
    FILE *file = fopen(path, "wb");
    bool good = file && fwrite(w.bytes, 1, w.len, file) == w.len;
    good = file && fclose(file) == 0 && good;
    free(w.bytes);
    return good ? OK : fail_with(fail, FAIL_IO, "%s: cannot be written", path);
}
