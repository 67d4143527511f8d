/* kernel.h: the arithmetic of the network, in the form that suits the machine.
 *
 * Every set of kernels gives the same answers, bit by bit: sums are of integers that
 * cannot overflow, and what follows a sum is one f32 product and one f32 sum a value,
 * each rounded as IEEE 754 says. "Settling" a value rounds it to the nearest even integer
 * and cuts it to 0..127. */
#ifndef NET_KERNEL_H
#define NET_KERNEL_H

#include <stdbool.h>
#include <stdint.h>

/* out[t][j] = sum over i of in[t][i] * weights[j / 16][i / 4][j % 16][i % 4]. Inputs are
 * 0..127, so that pairs of products fit 16 bits. */
struct net_product {
    const uint8_t *in;              /* count x 4 * quads */
    const int8_t *weights;          /* outputs / 16 x quads x 16 x 4 */
    int32_t *out;                   /* count x outputs */
    uint32_t count, quads, outputs; /* outputs: a multiple of 16 */
};

/* What turns a row of sums into values: sum * scales[i] + bias[i]. */
struct net_scaling {
    const float *scales, *bias; /* count each */
    uint32_t count;             /* but for `best`, a multiple of 8 */
};

struct net_kernels {
    const char *name; /* "plain", "avx2", "vnni" */
    void (*product)(const struct net_product *product);
    /* out[i]: the settled sum of the rows' items, times row_scale, and the scaled sum. */
    void (*enter)(const int32_t *sums, const struct net_scaling *scaling,
                  const int8_t *const rows[], uint32_t row_count, float row_scale,
                  uint8_t *out);
    /* x[i]: settled x[i] * carry + the scaled sum where that is positive. */
    void (*absorb)(const int32_t *sums, const struct net_scaling *scaling, float carry,
                   uint8_t *x);
    /* out[i]: the settled scaled sum of parts[0..part_count)[i]. */
    void (*gather)(const int32_t *const parts[], uint32_t part_count,
                   const struct net_scaling *scaling, uint8_t *out);
    /* The first of the largest scaled sums (count > 0), and its value. */
    uint32_t (*best)(const int32_t *sums, const struct net_scaling *scaling, float *most);
};

extern const struct net_kernels net_kernels_plain;
#if defined(__x86_64__)
extern const struct net_kernels net_kernels_avx2; /* where the processor has AVX2 */
/* Where it has AVX-512 F, BW, VL and VNNI. */
extern const struct net_kernels net_kernels_vnni;
#endif

/* Whether this machine runs these kernels. */
bool net_kernels_run(const struct net_kernels *kernels);

/* The fastest that this machine runs. */
const struct net_kernels *net_kernels_choose(void);

#endif
