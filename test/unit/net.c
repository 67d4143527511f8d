/* net.c: the engine's kernels agree; damaged weights are refused; transitions end in a
 * tree. */
#include "check.h"

#include "base/file.h"
#include "base/span.h"
#include "net/net.h"

#include <stdlib.h>
#include <string.h>

static uint32_t next_random(uint32_t *state)
{
    *state = *state * 1664525u + 1013904223u;
    return *state >> 8;
}

enum { ROWS = 11, INPUTS = 96, OUTPUTS = 96, PARTS = 5 };

/* What the kernels are given: the extremes, where 16 bits would overflow if they could,
 * and numbers between. */
struct kernel_input {
    uint8_t in[ROWS * INPUTS];
    int8_t weights[INPUTS * OUTPUTS];
    float scales[OUTPUTS], bias[OUTPUTS];
};

struct kernel_output {
    int32_t sums[ROWS * OUTPUTS];
    uint8_t entered[OUTPUTS], absorbed[ROWS * OUTPUTS], gathered[OUTPUTS];
    uint32_t best[ROWS][OUTPUTS];
    float most[ROWS];
};

static void fill_input(struct kernel_input *input, int round)
{
    uint32_t random = 5 + (uint32_t)round;
    for (size_t i = 0; i < sizeof input->in; i++)
        input->in[i] = round == 2 ? 127 : (uint8_t)(next_random(&random) % 128);
    for (size_t i = 0; i < sizeof input->weights; i++)
        input->weights[i] =
            (int8_t)(round == 2 ? -127 : (int)(next_random(&random) % 255) - 127);
    for (size_t i = 0; i < OUTPUTS; i++) {
        input->scales[i] = (float)(next_random(&random) % 1000) * 1e-5f;
        input->bias[i] = (float)(next_random(&random) % 100) - 50.0f;
    }
}

static void run_kernels(const struct net_kernels *kernels,
                        const struct kernel_input *input, struct kernel_output *out)
{
    const struct net_product p = {input->in, input->weights, out->sums,
                                  ROWS,      INPUTS / 4,     OUTPUTS};
    const struct net_scaling scaling = {input->scales, input->bias, OUTPUTS};
    const int8_t *rows[PARTS];
    const int32_t *parts[PARTS];
    kernels->product(&p);
    for (int r = 0; r < PARTS; r++) {
        rows[r] = input->weights + r * OUTPUTS;
        parts[r] = out->sums + r * OUTPUTS;
    }
    kernels->enter(out->sums, &scaling, rows, PARTS, 0.37f, out->entered);
    kernels->gather(parts, PARTS, &scaling, out->gathered);
    for (uint32_t r = 0; r < ROWS; r++) {
        const int32_t *sums = out->sums + r * OUTPUTS;
        memcpy(out->absorbed + r * OUTPUTS, input->in + r * INPUTS, OUTPUTS);
        kernels->absorb(sums, &scaling, 0.81f, out->absorbed + r * OUTPUTS);
        for (uint32_t count = 1; count <= OUTPUTS; count++) {
            const struct net_scaling part = {input->scales, input->bias, count};
            out->best[r][count - 1] = kernels->best(sums, &part, &out->most[r]);
        }
    }
}

static void expect_same_answers(const struct net_kernels *kernels)
{
    static struct kernel_input input;
    static struct kernel_output plain, fast;
    for (int round = 0; round < 4; round++) {
        fill_input(&input, round);
        run_kernels(&net_kernels_plain, &input, &plain);
        run_kernels(kernels, &input, &fast);
        CHECK(memcmp(&plain, &fast, sizeof plain) == 0);
    }
}

#if defined(__x86_64__)
static void expect_same_where_run(const struct net_kernels *kernels, bool runs)
{
    if (runs)
        expect_same_answers(kernels);
    else
        check_skip("this machine lacks the instructions");
}

TEST(avx2_gives_the_same_answers_as_plain_c)
{
    expect_same_where_run(&net_kernels_avx2, net_kernels_run(&net_kernels_avx2));
}

TEST(avx512_gives_the_same_answers_as_plain_c)
{
    expect_same_where_run(&net_kernels_vnni, net_kernels_run(&net_kernels_vnni));
}

/* Of kernel_vnni.c too, its intrinsics written out in C (vnni_in_c.c). */
extern const struct net_kernels net_kernels_vnni_in_c;

TEST(the_tiles_of_avx512_give_the_same_answers_without_it)
{
    expect_same_where_run(&net_kernels_vnni_in_c, net_kernels_run(&net_kernels_avx2));
}
#endif

TEST(the_kernel_chosen_runs_here_and_gives_the_same_answers)
{
    CHECK(net_kernels_run(net_kernels_choose()));
    expect_same_answers(net_kernels_choose());
}

/* One product of known sums, so that all kernels are not wrong alike. */
TEST(a_product_multiplies_rows_by_columns)
{
    static int8_t weights[16 * 8];
    uint8_t in[8] = {1, 2, 3, 4, 5, 6, 7, 8};
    int32_t sums[16];
    for (uint32_t j = 0; j < 16; j++)
        for (uint32_t i = 0; i < 8; i++)
            weights[(i / 4 * 16 + j) * 4 + i % 4] = (int8_t)(j + i);
    net_kernels_choose()->product(&(struct net_product){in, weights, sums, 1, 2, 16});
    for (int j = 0; j < 16; j++)
        CHECK_INT(sums[j], 36 * j + 168);
}

static uint32_t header_layers(const unsigned char *bytes)
{
    uint32_t layers;
    memcpy(&layers, bytes + offsetof(struct net_header, layers), sizeof layers);
    return layers;
}

TEST(damaged_weights_are_refused_with_a_reason)
{
    struct mapping file;
    if (file_map("models/english.bin", &file, NULL) != OK) {
        check_skip("no weights here");
        return;
    }
    struct net net;
    CHECK_INT(net_open(file.bytes, file.len, &net, NULL), OK);
    for (size_t len = 0; len < file.len; len = len * 2 + 1) {
        struct fail fail = {{0}};
        CHECK_INT(net_open(file.bytes, len, &net, &fail), FAIL_DATA);
        CHECK(fail.message[0] != '\0');
    }
    struct net_header *header = malloc(file.len);
    if (!CHECK(header != NULL))
        return;
    size_t layers = header_layers(file.bytes);
    size_t unused = offsetof(struct net_header, dilations) + 4 * layers;
    for (size_t at = 0; at < offsetof(struct net_header, embed_scale); at += 4) {
        if (at >= unused && at < offsetof(struct net_header, vectors))
            continue;
        memcpy(header, file.bytes, file.len);
        memset((char *)header + at, 0xFF, 4);
        CHECK_INT(net_open(header, file.len, &net, NULL), FAIL_DATA);
    }
    free(header);
    file_unmap(&file);
}

TEST(any_legal_moves_end_in_one_tree_with_one_root)
{
    enum { COUNT = 12 };
    struct net_node nodes[COUNT];
    uint32_t stack[COUNT], random = 9;
    for (int round = 0; round < 200; round++) {
        struct net_tree tree = {nodes, stack, COUNT, 0, 0};
        net_tree_begin(&tree);
        for (int steps = 0; !net_tree_is_done(&tree) && steps < 4 * COUNT; steps++) {
            enum net_move move = (enum net_move)(next_random(&random) % 3);
            struct net_seen seen;
            net_tree_see(&tree, &seen);
            CHECK(seen.row_count <= NET_SEEN_MAX);
            if (net_tree_allows(&tree, move))
                net_tree_do(&tree, move, 1);
        }
        uint32_t roots = 0;
        for (uint32_t i = 0; i < COUNT; i++)
            roots += nodes[i].head == NONE;
        CHECK(!net_tree_is_done(&tree) || roots == 1);
    }
}

TEST(a_lemma_script_turns_the_word_into_its_lemma)
{
    static const char *const words[][3] = {{"running", "running", "run"},
                                           {"'s", "'s", "be"},
                                           {"kenya", "Kenya", "Kenya"},
                                           {"wolves", "wolves", "wolf"},
                                           {"i", "I", "I"}};
    for (size_t i = 0; i < sizeof words / sizeof *words; i++) {
        struct net_script script;
        char lemma[64];
        CHECK(net_script_make(words[i][0], words[i][1], words[i][2], &script));
        net_script_apply(&script, words[i][0], words[i][1], lemma, sizeof lemma);
        CHECK_TEXT(lemma, words[i][2]);
    }
}
