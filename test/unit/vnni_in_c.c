/* vnni_in_c.c: the product of kernel_vnni.c with its five intrinsics written out in C, so
 * that machines without AVX-512 hold its tiling too. What its one instruction does is
 * that of Intel's Intrinsics Guide, VPDPBUSD. */
#if defined(__x86_64__)
#include <immintrin.h>

#include <stdint.h>
#include <string.h>

struct lanes {
    int32_t sums[16];
};

static inline struct lanes lanes_load(const void *from)
{
    struct lanes lanes;
    memcpy(&lanes, from, sizeof lanes);
    return lanes;
}

static inline struct lanes lanes_of(int32_t value)
{
    struct lanes lanes;
    for (int i = 0; i < 16; i++)
        lanes.sums[i] = value;
    return lanes;
}

static inline struct lanes lanes_dot(struct lanes sums, struct lanes values,
                                     struct lanes weights)
{
    uint8_t value[64];
    int8_t weight[64];
    memcpy(value, &values, sizeof value);
    memcpy(weight, &weights, sizeof weight);
    for (int i = 0; i < 64; i++)
        sums.sums[i / 4] += value[i] * weight[i];
    return sums;
}

#define __m512i struct lanes
#define _mm512_setzero_si512() lanes_of(0)
#define _mm512_loadu_si512(from) lanes_load(from)
#define _mm512_set1_epi32(value) lanes_of(value)
#define _mm512_dpbusd_epi32(sums, values, weights) lanes_dot(sums, values, weights)
#define _mm512_storeu_si512(to, from) memcpy(to, &(from), 64)
#define target(set)
#define net_kernels_vnni net_kernels_vnni_in_c

#include "../../src/net/kernel_vnni.c"
#endif
