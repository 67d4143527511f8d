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

#if defined(__x86_64__)
/* The largest inputs and weights, where 16 bits would overflow if they could. */
TEST(every_kernel_gives_the_same_sums)
{
    enum { COUNT = 7, QUADS = 24, OUTPUTS = 24 };
    static uint8_t in[COUNT * QUADS * 4];
    static int8_t weights[QUADS * OUTPUTS * 4];
    static int32_t plain[COUNT * OUTPUTS], fast[COUNT * OUTPUTS];
    if (!__builtin_cpu_supports("avx2")) {
        check_skip("no AVX2 here");
        return;
    }
    uint32_t random = 5;
    for (int round = 0; round < 3; round++) {
        for (size_t i = 0; i < sizeof in; i++)
            in[i] = round == 2 ? 127 : (uint8_t)(next_random(&random) % 128);
        for (size_t i = 0; i < sizeof weights; i++)
            weights[i] = (int8_t)(round == 2 ? -127
                                             : (int)(next_random(&random) % 255) - 127);
        struct net_product p = {in, weights, plain, COUNT, QUADS, OUTPUTS};
        net_product_plain(&p);
        p.out = fast;
        net_product_avx2(&p);
        CHECK(memcmp(plain, fast, sizeof plain) == 0);
    }
}
#endif

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
