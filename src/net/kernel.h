/* kernel.h: the integer product behind every layer. */
#ifndef NET_KERNEL_H
#define NET_KERNEL_H

#include <stdbool.h>
#include <stdint.h>

/* out[t][j] = sum over i of in[t][i] * weights[i / 4][j][i % 4]. Inputs are 0..127, so
 * that pairs of products fit 16 bits and every kernel gives the same sums. */
struct net_product {
    const uint8_t *in;     /* count x 4 * quads */
    const int8_t *weights; /* quads x outputs x 4 */
    int32_t *out;          /* count x outputs */
    uint32_t count, quads, outputs; /* outputs: a multiple of 8 */
};

typedef void net_kernel(const struct net_product *product);

void net_product_plain(const struct net_product *product);
#if defined(__x86_64__)
void net_product_avx2(const struct net_product *product);
#endif

/* The fastest that this machine runs. */
net_kernel *net_kernel_choose(void);
const char *net_kernel_name(void); /* "avx2", "plain" */

#endif
