/* kernel_vnni.c: the product in AVX-512 VNNI, whose one instruction is a dot product of
 * four for each of sixteen outputs; the rest is that of AVX2. */
#include "net/kernel_avx2.h"

#if defined(__x86_64__)
#include <immintrin.h>

#include <stddef.h>
#include <string.h>

#define VNNI "avx512f,avx512bw,avx512vl,avx512vnni"
#define INLINE_VNNI __attribute__((target(VNNI), always_inline)) static inline

INLINE_VNNI int32_t four_of(const uint8_t *in)
{
    int32_t four;
    memcpy(&four, in, sizeof four);
    return four;
}

INLINE_VNNI void tile(const struct net_product *p, uint32_t row, uint32_t column,
                      const uint32_t rows)
{
    const size_t stride = 4 * (size_t)p->quads;
    const uint8_t *in = p->in + row * stride;
    const int8_t *w = p->weights + (size_t)column * stride;
    __m512i sums[8];
    for (uint32_t r = 0; r < rows; r++)
        sums[r] = _mm512_setzero_si512();
    for (uint32_t q = 0; q < p->quads; q++, w += 64, in += 4) {
        const __m512i weights = _mm512_loadu_si512(w);
#pragma GCC unroll 8
        for (uint32_t r = 0; r < rows; r++)
            sums[r] = _mm512_dpbusd_epi32(
                sums[r], _mm512_set1_epi32(four_of(in + r * stride)), weights);
    }
    for (uint32_t r = 0; r < rows; r++)
        _mm512_storeu_si512(p->out + (size_t)(row + r) * p->outputs + column, sums[r]);
}

__attribute__((target(VNNI))) static void product_vnni(const struct net_product *p)
{
    for (uint32_t column = 0; column < p->outputs; column += 16) {
        uint32_t row = 0;
        for (; row + 8 <= p->count; row += 8)
            tile(p, row, column, 8);
        for (; row + 2 <= p->count; row += 2)
            tile(p, row, column, 2);
        if (row < p->count)
            tile(p, row, column, 1);
    }
}

const struct net_kernels net_kernels_vnni = {"vnni",          product_vnni,
                                             net_enter_avx2,  net_absorb_avx2,
                                             net_gather_avx2, net_best_avx2};
#endif
