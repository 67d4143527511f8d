/* kernel.c: u8 x s8 products, portable and AVX2. */
#include "net/kernel.h"

#include <stddef.h>
#include <string.h>

void net_product_plain(const struct net_product *p)
{
    memset(p->out, 0, sizeof *p->out * p->count * p->outputs);
    for (uint32_t t = 0; t < p->count; t++) {
        const uint8_t *in = p->in + (size_t)t * 4 * p->quads;
        int32_t *out = p->out + (size_t)t * p->outputs;
        for (uint32_t q = 0; q < p->quads; q++, in += 4) {
            const int8_t *w = p->weights + (size_t)q * p->outputs * 4;
            if (!(in[0] | in[1] | in[2] | in[3]))
                continue;
            for (uint32_t j = 0; j < p->outputs; j++)
                out[j] += in[0] * w[4 * j] + in[1] * w[4 * j + 1] + in[2] * w[4 * j + 2] +
                          in[3] * w[4 * j + 3];
        }
    }
}

#if defined(__x86_64__)
#include <immintrin.h>

#define ROWS 4

struct tile {
    const uint8_t *in[ROWS];
    int32_t *out[ROWS];
};

__attribute__((target("avx2"))) static inline __m256i dot(__m256i sum, const uint8_t *in,
                                                          __m256i weights)
{
    int32_t four;
    memcpy(&four, in, sizeof four);
    __m256i pairs = _mm256_maddubs_epi16(_mm256_set1_epi32(four), weights);
    return _mm256_add_epi32(sum, _mm256_madd_epi16(pairs, _mm256_set1_epi16(1)));
}

__attribute__((target("avx2"))) static void tile16(const struct net_product *p,
                                                   const struct tile *tile,
                                                   uint32_t column)
{
    __m256i a[ROWS], b[ROWS];
    for (int r = 0; r < ROWS; r++)
        a[r] = b[r] = _mm256_setzero_si256();
    const int8_t *w = p->weights + (size_t)column * 4;
    for (uint32_t q = 0; q < p->quads; q++, w += (size_t)p->outputs * 4) {
        __m256i w0 = _mm256_loadu_si256((const __m256i *)(const void *)w);
        __m256i w1 = _mm256_loadu_si256((const __m256i *)(const void *)(w + 32));
#pragma GCC unroll 4
        for (int r = 0; r < ROWS; r++) {
            a[r] = dot(a[r], tile->in[r] + 4 * (size_t)q, w0);
            b[r] = dot(b[r], tile->in[r] + 4 * (size_t)q, w1);
        }
    }
    for (int r = 0; r < ROWS; r++) {
        _mm256_storeu_si256((__m256i *)(void *)(tile->out[r] + column), a[r]);
        _mm256_storeu_si256((__m256i *)(void *)(tile->out[r] + column + 8), b[r]);
    }
}

__attribute__((target("avx2"))) static void tile8(const struct net_product *p,
                                                  const struct tile *tile,
                                                  uint32_t column)
{
    __m256i a[ROWS];
    for (int r = 0; r < ROWS; r++)
        a[r] = _mm256_setzero_si256();
    const int8_t *w = p->weights + (size_t)column * 4;
    for (uint32_t q = 0; q < p->quads; q++, w += (size_t)p->outputs * 4) {
        __m256i w0 = _mm256_loadu_si256((const __m256i *)(const void *)w);
#pragma GCC unroll 4
        for (int r = 0; r < ROWS; r++)
            a[r] = dot(a[r], tile->in[r] + 4 * (size_t)q, w0);
    }
    for (int r = 0; r < ROWS; r++)
        _mm256_storeu_si256((__m256i *)(void *)(tile->out[r] + column), a[r]);
}

__attribute__((target("avx2"))) void net_product_avx2(const struct net_product *p)
{
    for (uint32_t t = 0; t < p->count; t += ROWS) {
        struct tile tile;
        for (uint32_t r = 0; r < ROWS; r++) {
            uint32_t at = t + r < p->count ? t + r : p->count - 1;
            tile.in[r] = p->in + (size_t)at * 4 * p->quads;
            tile.out[r] = p->out + (size_t)at * p->outputs;
        }
        uint32_t column = 0;
        for (; column + 16 <= p->outputs; column += 16)
            tile16(p, &tile, column);
        if (column < p->outputs)
            tile8(p, &tile, column);
    }
}
#endif

net_kernel *net_kernel_choose(void)
{
#if defined(__x86_64__)
    if (__builtin_cpu_supports("avx2"))
        return net_product_avx2;
#endif
    return net_product_plain;
}

const char *net_kernel_name(void)
{
#if defined(__x86_64__)
    if (net_kernel_choose() == net_product_avx2)
        return "avx2";
#endif
    return "plain";
}
