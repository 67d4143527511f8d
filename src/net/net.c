/* net.c: opens the weights and runs the encoder and its heads. */
#include "net/net.h"

#include "base/span.h"

#include <string.h>

/* ---- opening ---- */

static uint32_t quads_of(uint32_t inputs)
{
    return (inputs + 31) / 32 * 8;
}

static uint32_t padded(uint32_t outputs)
{
    return (outputs + 15) / 16 * 16;
}

static uint64_t weights_len(uint32_t inputs, uint32_t outputs)
{
    return (uint64_t)quads_of(inputs) * padded(outputs) * 4;
}

static bool dims_are_sane(const struct net_header *h)
{
    bool sane = h->width >= 8 && h->width <= 1024 && h->width % 32 == 0 &&
                h->layers >= 1 && h->layers <= NET_LAYERS_MAX && h->hidden >= 8 &&
                h->hidden <= 1024 && h->hidden % 32 == 0 && h->vector_width >= 1 &&
                h->vector_width <= 1024 && h->vectors <= 1u << 24 &&
                h->known <= 1u << 24 && h->tags >= 1 && h->tags <= 4096 &&
                h->scripts >= 1 && h->scripts <= 4096 &&
                h->names == 1 + 4 * NET_NAME_KINDS && h->labels >= 2 &&
                h->labels <= NET_LABEL_MAX && h->moves == 1 + 2 * (h->labels - 1);
    for (uint32_t l = 0; sane && l < h->layers; l++)
        sane = h->dilations[l] >= 1 && h->dilations[l] <= 64;
    return sane;
}

static void expected_lens(const struct net_header *h, uint64_t *lens)
{
    const uint64_t rows = (uint64_t)h->known + 1 + NET_HASHED_ROWS;
    memset(lens, 0, sizeof *lens * NET_SECTIONS);
    lens[NET_VECTOR_STARTS] = lens[NET_KNOWN_STARTS] = 65537 * 4;
    lens[NET_VECTOR_KEYS] = (uint64_t)h->vectors * 4;
    lens[NET_VECTORS] = (uint64_t)h->vectors * h->vector_width;
    lens[NET_KNOWN_KEYS] = (uint64_t)h->known * 4;
    lens[NET_EMBED] = rows * h->width;
    lens[NET_TAGS] = (uint64_t)h->tags * NET_TAG_BYTES;
    lens[NET_SCRIPTS] = (uint64_t)h->scripts * sizeof(struct net_script);
    lens[NET_LABELS] = (uint64_t)h->labels * NET_LABEL_TEXT;
    lens[NET_W_VECTOR] = weights_len(2 * h->vector_width, h->width);
    lens[NET_S_VECTOR] = 8ull * h->width;
    const uint32_t outputs[] = {h->tags, h->scripts, h->names};
    for (int i = 0; i < 3; i++) {
        lens[NET_W_TAG + i] = weights_len(h->width, outputs[i]);
        lens[NET_S_TAG + i] = 8ull * outputs[i];
    }
    lens[NET_W_STATE] = weights_len(h->width, NET_POSITIONS * h->hidden);
    lens[NET_S_STATE] = 8ull * h->hidden;
    lens[NET_W_MOVE] = weights_len(h->hidden, h->moves);
    lens[NET_S_MOVE] = 8ull * h->moves;
    lens[NET_ROWS_STATE] = 4ull * NET_ROWS * h->hidden;
    for (uint32_t l = 0; l < h->layers; l++) {
        lens[NET_CONV + 2 * l] = weights_len(3 * h->width, h->width);
        lens[NET_CONV + 2 * l + 1] = 8ull * h->width;
    }
}

static const void *at(const struct net *net, uint32_t section)
{
    return net->bytes + net->header->sections[section].at;
}

static enum outcome read_labels(struct net *net, struct fail *fail)
{
    const char *labels = at(net, NET_LABELS);
    for (uint32_t i = 1; i < net->labels; i++) {
        const char *label = labels + (size_t)i * NET_LABEL_TEXT;
        if (!memchr(label, '\0', NET_LABEL_TEXT))
            return fail_with(fail, FAIL_DATA, "weights: label %u does not end", i);
        net->relations[i] = (uint8_t)deprel_read(label);
        if (net->relations[i] == DEP_NONE)
            return fail_with(fail, FAIL_DATA, "weights: label %u is no relation", i);
    }
    const unsigned char *tags = at(net, NET_TAGS);
    for (uint32_t i = 0; i < net->header->tags; i++)
        if (tags[(size_t)i * NET_TAG_BYTES] >= UPOS_COUNT)
            return fail_with(fail, FAIL_DATA, "weights: tag %u is no part of speech", i);
    return OK;
}

enum outcome net_open(const void *bytes, size_t len, struct net *net, struct fail *fail)
{
    const struct net_header *h = bytes;
    memset(net, 0, sizeof *net);
    if (!bytes || len < sizeof *h || memcmp(h->magic, NET_MAGIC, 4) != 0)
        return fail_with(fail, FAIL_DATA,
                         "weights: these bytes are no weights of the engine");
    if (h->version != NET_VERSION)
        return fail_with(fail, FAIL_DATA, "weights: version %u, not %u", h->version,
                         NET_VERSION);
    if (!dims_are_sane(h))
        return fail_with(fail, FAIL_DATA, "weights: sizes out of range");
    uint64_t lens[NET_SECTIONS];
    expected_lens(h, lens);
    for (uint32_t i = 0; i < NET_SECTIONS; i++) {
        uint64_t start = h->sections[i].at, end = start + lens[i];
        if (lens[i] && (h->sections[i].len != lens[i] || start % 64 || end > len))
            return fail_with(fail, FAIL_DATA,
                             "weights: section %u is cut off or misplaced", i);
    }
    net->header = h;
    net->bytes = bytes;
    net->width = h->width;
    net->layers = h->layers;
    net->hidden = h->hidden;
    net->names = h->names;
    net->moves = h->moves;
    net->labels = h->labels;
    net->vectors = (struct net_words){at(net, NET_VECTOR_STARTS),
                                      at(net, NET_VECTOR_KEYS), h->vectors};
    net->known = (struct net_words){at(net, NET_KNOWN_STARTS), at(net, NET_KNOWN_KEYS),
                                    h->known};
    net->kernels = net_kernels_choose();
    return read_labels(net, fail);
}

uint8_t net_tag_upos(const struct net *net, uint32_t tag)
{
    return ((const unsigned char *)at(net, NET_TAGS))[(size_t)tag * NET_TAG_BYTES];
}

struct feats net_tag_feats(const struct net *net, uint32_t tag)
{
    const unsigned char *b = (const unsigned char *)at(net, NET_TAGS) +
                             (size_t)tag * NET_TAG_BYTES;
    return (struct feats){.number = b[1] & 3u,
                          .person = b[2] & 3u,
                          .tense = b[3] & 3u,
                          .verb_form = b[4] & 7u,
                          .mood = b[5] & 3u,
                          .passive = b[6] & 1u,
                          .gender = b[7] & 3u,
                          .pron_type = b[8] & 15u,
                          .degree = b[9] & 3u,
                          .num_type = b[10] & 7u,
                          .possessive = b[11] & 1u,
                          .negative = b[12] & 1u,
                          .definite = b[13] & 1u,
                          .reflexive = b[14] & 1u};
}

const struct net_script *net_script_at(const struct net *net, uint32_t script)
{
    return (const struct net_script *)at(net, NET_SCRIPTS) + script;
}

/* ---- scratch ---- */

struct scratch {
    uint8_t *x, *columns; /* count x width, count x 3 width (or the vectors' parts) */
    int32_t *sums;        /* count x the widest head */
    int32_t *state;       /* count x positions x hidden */
    float *names;         /* count x names */
    struct net_node *nodes;
    uint32_t *stack;
    uint8_t *back; /* count x kinds: how a name went on */
    uint8_t *hidden;
    int32_t *moves;
};

static uint32_t widest(const struct net *net)
{
    const struct net_header *h = net->header;
    uint32_t most = h->width;
    most = padded(h->tags) > most ? padded(h->tags) : most;
    most = padded(h->scripts) > most ? padded(h->scripts) : most;
    return most;
}

static uint32_t columns_len(const struct net *net)
{
    uint32_t vector = 4 * quads_of(2 * net->header->vector_width);
    return vector > 3 * net->width ? vector : 3 * net->width;
}

/* Cuts scratch into its parts; with NULL, only adds up. */
static size_t lay_out(const struct net *net, uint32_t count, unsigned char *base,
                      struct scratch *s)
{
    const size_t n = count;
    const struct {
        void **to;
        size_t len;
    } parts[] = {
        {(void **)&s->nodes, n * sizeof *s->nodes},
        {(void **)&s->sums, n * widest(net) * sizeof *s->sums},
        {(void **)&s->state, n * NET_POSITIONS * net->hidden * sizeof *s->state},
        {(void **)&s->names, n * net->names * sizeof *s->names},
        {(void **)&s->stack, n * sizeof *s->stack},
        {(void **)&s->moves, (size_t)padded(net->moves) * sizeof *s->moves},
        {(void **)&s->x, n * net->width},
        {(void **)&s->columns, n * columns_len(net)},
        {(void **)&s->back, n * (NET_NAME_KINDS + 1)},
        {(void **)&s->hidden, net->hidden},
    };
    size_t used = 0;
    for (size_t i = 0; i < sizeof parts / sizeof *parts; i++) {
        if (base)
            *parts[i].to = base + used;
        used += (parts[i].len + 63) / 64 * 64;
    }
    return used;
}

size_t net_scratch_len(const struct net *net, uint32_t count)
{
    struct scratch s;
    return lay_out(net, count, NULL, &s);
}

/* ---- encoder ---- */

static void run_product(const struct net *net, uint32_t section, uint32_t inputs,
                        uint32_t outputs, const uint8_t *in, struct net_product *p)
{
    p->in = in;
    p->weights = at(net, section);
    p->quads = quads_of(inputs);
    p->outputs = padded(outputs);
    net->kernels->product(p);
}

static struct net_scaling scaling_at(const struct net *net, uint32_t section,
                                     uint32_t count)
{
    const float *scales = at(net, section);
    return (struct net_scaling){scales, scales + count, count};
}

static void embed(const struct net *net, const struct net_word *words, uint32_t count,
                  struct scratch *s)
{
    uint32_t v = net->header->vector_width, stride = 4 * quads_of(2 * v),
             width = net->width;
    const int8_t *vectors = at(net, NET_VECTORS), *table = at(net, NET_EMBED);
    memset(s->columns, 0, (size_t)count * stride);
    for (uint32_t t = 0; t < count; t++) {
        size_t len = words[t].norm_len < NET_WORD_CAP ? words[t].norm_len : NET_WORD_CAP;
        uint32_t number = net_words_find(&net->vectors, net_hash(words[t].norm, len));
        const int8_t *vector = vectors + (number == NONE ? 0 : (size_t)number * v);
        uint8_t *in = s->columns + (size_t)t * stride;
        for (uint32_t i = 0; i < v && number != NONE; i++) {
            in[i] = vector[i] > 0 ? (uint8_t)vector[i] : 0;
            in[v + i] = vector[i] < 0 ? (uint8_t)(vector[i] == -128 ? 127 : -vector[i])
                                      : 0;
        }
    }
    struct net_product p = {.out = s->sums, .count = count};
    run_product(net, NET_W_VECTOR, 2 * v, width, s->columns, &p);
    const struct net_scaling scaling = scaling_at(net, NET_S_VECTOR, width);
    for (uint32_t t = 0; t < count; t++) {
        uint32_t numbers[PIECE_COUNT];
        const int8_t *rows[PIECE_COUNT];
        net_rows(&net->known, words[t].norm, words[t].norm_len, words[t].form,
                 words[t].form_len, numbers);
        for (int r = 0; r < PIECE_COUNT; r++)
            rows[r] = table + (size_t)numbers[r] * width;
        net->kernels->enter(s->sums + (size_t)t * p.outputs, &scaling, rows, PIECE_COUNT,
                            net->header->embed_scale, s->x + (size_t)t * width);
    }
}

static void convolve(const struct net *net, uint32_t layer, uint32_t count,
                     struct scratch *s)
{
    uint32_t width = net->width, reach = net->header->dilations[layer];
    for (uint32_t t = 0; t < count; t++) {
        uint8_t *out = s->columns + (size_t)t * 3 * width;
        const uint8_t *x = s->x + (size_t)t * width;
        if (t >= reach)
            memcpy(out, x - (size_t)reach * width, width);
        else
            memset(out, 0, width);
        memcpy(out + width, x, width);
        if (t + reach < count)
            memcpy(out + 2 * width, x + (size_t)reach * width, width);
        else
            memset(out + 2 * width, 0, width);
    }
    struct net_product p = {.out = s->sums, .count = count};
    run_product(net, NET_CONV + 2 * layer, 3 * width, width, s->columns, &p);
    const struct net_scaling scaling = scaling_at(net, NET_CONV + 2 * layer + 1, width);
    for (uint32_t t = 0; t < count; t++)
        net->kernels->absorb(s->sums + (size_t)t * width, &scaling,
                             net->header->carry[layer], s->x + (size_t)t * width);
}

/* ---- heads ---- */

static uint16_t best_of(const struct net *net, const int32_t *sums, uint32_t section,
                        uint32_t count)
{
    const struct net_scaling scaling = scaling_at(net, section, count);
    float most;
    return (uint16_t)net->kernels->best(sums, &scaling, &most);
}

static void choose_tags(const struct net *net, uint32_t count, struct scratch *s,
                        struct net_answer *answers)
{
    const struct net_header *h = net->header;
    struct net_product p = {.out = s->sums, .count = count};
    run_product(net, NET_W_TAG, net->width, h->tags, s->x, &p);
    for (uint32_t t = 0; t < count; t++)
        answers[t].tag = best_of(net, s->sums + (size_t)t * p.outputs, NET_S_TAG,
                                 h->tags);
    run_product(net, NET_W_SCRIPT, net->width, h->scripts, s->x, &p);
    for (uint32_t t = 0; t < count; t++)
        answers[t].script = best_of(net, s->sums + (size_t)t * p.outputs, NET_S_SCRIPT,
                                    h->scripts);
}

/* The best sequence in which names begin, go on and end as they must. State 0 is outside
 * of a name (after O, L or U), state 1 + k is inside one of kind k. back[t][state] is the
 * state before t. */
static void choose_names(const struct net *net, uint32_t count, struct scratch *s,
                         struct net_answer *answers)
{
    struct net_product p = {.out = s->sums, .count = count};
    const float *scales = at(net, NET_S_NAME), *bias = scales + net->names;
    run_product(net, NET_W_NAME, net->width, net->names, s->x, &p);
    float best[NET_NAME_KINDS + 1];
    for (uint32_t k = 0; k <= NET_NAME_KINDS; k++)
        best[k] = k ? -1e30f : 0;
    for (uint32_t t = 0; t < count; t++) {
        float *score = s->names + (size_t)t * net->names;
        for (uint32_t i = 0; i < net->names; i++) {
            score[i] = (float)s->sums[(size_t)t * p.outputs + i] * scales[i];
            score[i] += bias[i];
        }
        uint8_t *back = s->back + (size_t)t * (NET_NAME_KINDS + 1);
        float next[NET_NAME_KINDS + 1];
        float only = score[0];
        back[0] = 0;
        for (uint32_t k = 0; k < NET_NAME_KINDS; k++)
            only = score[4 + 4 * k] > only ? score[4 + 4 * k] : only;
        next[0] = best[0] + only;
        for (uint32_t k = 0; k < NET_NAME_KINDS; k++) {
            const float *of = score + 1 + 4 * k;
            float begin = best[0] + of[0], go_on = best[1 + k] + of[1],
                  end = best[1 + k] + of[2];
            back[1 + k] = go_on > begin ? (uint8_t)(1 + k) : 0;
            next[1 + k] = go_on > begin ? go_on : begin;
            if (end > next[0]) {
                next[0] = end;
                back[0] = (uint8_t)(1 + k);
            }
        }
        memcpy(best, next, sizeof best);
    }
    uint8_t state = 0;
    for (uint32_t t = count; t-- > 0;) {
        uint8_t before = s->back[(size_t)t * (NET_NAME_KINDS + 1) + state];
        const float *score = s->names + (size_t)t * net->names;
        uint8_t name = 0;
        for (uint8_t k = 0; k < NET_NAME_KINDS && state == 0 && before == 0; k++)
            if (score[4 + 4 * k] > score[name])
                name = (uint8_t)(4 + 4 * k);
        if (state == 0 && before)
            name = (uint8_t)(1 + 4 * (before - 1) + 2);
        else if (state)
            name = (uint8_t)(1 + 4 * (state - 1) + (before ? 1 : 0));
        answers[t].name = name;
        state = before;
    }
}

/* ---- tree ---- */

static void see_state(const struct net *net, const struct net_tree *tree,
                      struct scratch *s)
{
    struct net_seen seen;
    uint32_t h = net->hidden, count = 0;
    const int32_t *parts[NET_POSITIONS + NET_SEEN_MAX], *rows = at(net, NET_ROWS_STATE);
    net_tree_see(tree, &seen);
    for (uint32_t p = 0; p < NET_POSITIONS; p++)
        if (seen.words[p] != NONE)
            parts[count++] = s->state + ((size_t)seen.words[p] * NET_POSITIONS + p) * h;
    for (uint32_t r = 0; r < seen.row_count; r++)
        parts[count++] = rows + (size_t)seen.rows[r] * h;
    const struct net_scaling scaling = scaling_at(net, NET_S_STATE, h);
    net->kernels->gather(parts, count, &scaling, s->hidden);
    struct net_product p = {.out = s->moves, .count = 1};
    run_product(net, NET_W_MOVE, h, net->moves, s->hidden, &p);
}

static void do_best(const struct net *net, struct net_tree *tree, const struct scratch *s)
{
    const struct net_scaling all = scaling_at(net, NET_S_MOVE, net->moves);
    uint32_t labels = net->labels - 1;
    enum net_move best = MOVE_SHIFT;
    uint8_t label = 0;
    float most = 0;
    bool found = false;
    for (uint32_t m = 0; m < 3; m++) {
        if (!net_tree_allows(tree, (enum net_move)m))
            continue;
        uint32_t from = m ? 1 + (m - 1) * labels : 0;
        const struct net_scaling part = {all.scales + from, all.bias + from,
                                         m ? labels : 1};
        float score;
        uint32_t place = net->kernels->best(s->moves + from, &part, &score);
        if (!found || score > most) {
            most = score;
            best = (enum net_move)m;
            label = (uint8_t)(m ? 1 + place : 0);
        }
        found = true;
    }
    net_tree_do(tree, best, label);
}

static void build_tree(const struct net *net, uint32_t count, struct scratch *s,
                       struct net_answer *answers)
{
    struct net_product p = {.out = s->state, .count = count};
    run_product(net, NET_W_STATE, net->width, NET_POSITIONS * net->hidden, s->x, &p);
    struct net_tree tree = {s->nodes, s->stack, count, 0, 0};
    net_tree_begin(&tree);
    while (!net_tree_is_done(&tree)) {
        see_state(net, &tree, s);
        do_best(net, &tree, s);
    }
    for (uint32_t i = 0; i < count; i++) {
        bool is_root = s->nodes[i].head == NONE;
        answers[i].head = is_root ? count : s->nodes[i].head;
        answers[i].relation = is_root ? DEP_ROOT : net->relations[s->nodes[i].label];
    }
}

void net_read(const struct net *net, const struct net_word *words, uint32_t count,
              void *scratch, struct net_answer *answers)
{
    struct scratch s;
    lay_out(net, count, scratch, &s);
    embed(net, words, count, &s);
    for (uint32_t l = 0; l < net->layers; l++)
        convolve(net, l, count, &s);
    choose_tags(net, count, &s, answers);
    choose_names(net, count, &s, answers);
    build_tree(net, count, &s, answers);
}
