/* kernel_avx2.c: the arithmetic in AVX2. */
#include "net/kernel_avx2.h"

#if defined(__x86_64__)
#include <immintrin.h>

#include <stddef.h>
#include <string.h>

#define AVX2 __attribute__((target("avx2")))
#define INLINE_AVX2 __attribute__((target("avx2"), always_inline)) static inline

/* ---- product: tiles of up to four rows and sixteen outputs, held in registers ---- */

INLINE_AVX2 __m256i load(const void *from)
{
    return _mm256_loadu_si256((const __m256i *)from);
}

INLINE_AVX2 void store(int32_t *to, __m256i sums)
{
    _mm256_storeu_si256((__m256i *)(void *)to, sums);
}

INLINE_AVX2 __m256i four_of(const uint8_t *in)
{
    int32_t four;
    memcpy(&four, in, sizeof four);
    return _mm256_set1_epi32(four);
}

INLINE_AVX2 __m256i dot(__m256i sum, __m256i four, __m256i weights)
{
    __m256i pairs = _mm256_maddubs_epi16(four, weights);
    return _mm256_add_epi32(sum, _mm256_madd_epi16(pairs, _mm256_set1_epi16(1)));
}

INLINE_AVX2 void tile4(const struct net_product *p, uint32_t row, uint32_t column)
{
    const size_t stride = 4 * (size_t)p->quads, n = p->outputs;
    const uint8_t *in = p->in + row * stride;
    const int8_t *w = p->weights + (size_t)column * stride;
    __m256i a0 = _mm256_setzero_si256(), a1 = a0, a2 = a0, a3 = a0;
    __m256i b0 = a0, b1 = a0, b2 = a0, b3 = a0;
    for (uint32_t q = 0; q < p->quads; q++, w += 64, in += 4) {
        const __m256i w0 = load(w), w1 = load(w + 32);
        __m256i x = four_of(in);
        a0 = dot(a0, x, w0);
        b0 = dot(b0, x, w1);
        x = four_of(in + stride);
        a1 = dot(a1, x, w0);
        b1 = dot(b1, x, w1);
        x = four_of(in + 2 * stride);
        a2 = dot(a2, x, w0);
        b2 = dot(b2, x, w1);
        x = four_of(in + 3 * stride);
        a3 = dot(a3, x, w0);
        b3 = dot(b3, x, w1);
    }
    int32_t *out = p->out + row * n + column;
    store(out, a0);
    store(out + 8, b0);
    store(out + n, a1);
    store(out + n + 8, b1);
    store(out + 2 * n, a2);
    store(out + 2 * n + 8, b2);
    store(out + 3 * n, a3);
    store(out + 3 * n + 8, b3);
}

INLINE_AVX2 void tile1(const struct net_product *p, uint32_t row, uint32_t column)
{
    const size_t stride = 4 * (size_t)p->quads;
    const uint8_t *in = p->in + row * stride;
    const int8_t *w = p->weights + (size_t)column * stride;
    __m256i a = _mm256_setzero_si256(), b = a;
    for (uint32_t q = 0; q < p->quads; q++, w += 64, in += 4) {
        const __m256i x = four_of(in);
        a = dot(a, x, load(w));
        b = dot(b, x, load(w + 32));
    }
    int32_t *out = p->out + (size_t)row * p->outputs + column;
    store(out, a);
    store(out + 8, b);
}

AVX2 static void product_avx2(const struct net_product *p)
{
    for (uint32_t column = 0; column < p->outputs; column += 16) {
        uint32_t row = 0;
        for (; row + 4 <= p->count; row += 4)
            tile4(p, row, column);
        for (; row < p->count; row++)
            tile1(p, row, column);
    }
}

/* ---- what follows a sum ---- */

INLINE_AVX2 __m256 scaled(__m256i sums, const struct net_scaling *scaling, uint32_t i)
{
    __m256 value = _mm256_mul_ps(_mm256_cvtepi32_ps(sums),
                                 _mm256_loadu_ps(scaling->scales + i));
    return _mm256_add_ps(value, _mm256_loadu_ps(scaling->bias + i));
}

/* Eight values, settled, as bytes. The order of the operands makes no number 0. */
INLINE_AVX2 void settle(__m256 value, uint8_t *out)
{
    value = _mm256_max_ps(value, _mm256_setzero_ps());
    value = _mm256_min_ps(value, _mm256_set1_ps(127.0f));
    __m256i whole = _mm256_cvtps_epi32(value);
    __m128i shorts = _mm_packs_epi32(_mm256_castsi256_si128(whole),
                                     _mm256_extracti128_si256(whole, 1));
    _mm_storel_epi64((__m128i *)(void *)out, _mm_packus_epi16(shorts, shorts));
}

AVX2 void net_enter_avx2(const int32_t *sums, const struct net_scaling *scaling,
                         const int8_t *const rows[], uint32_t row_count, float row_scale,
                         uint8_t *out)
{
    for (uint32_t i = 0; i < scaling->count; i += 8) {
        __m256i sum = _mm256_setzero_si256();
        for (uint32_t r = 0; r < row_count; r++)
            sum = _mm256_add_epi32(
                sum, _mm256_cvtepi8_epi32(
                         _mm_loadl_epi64((const __m128i *)(const void *)(rows[r] + i))));
        __m256 value = _mm256_mul_ps(_mm256_cvtepi32_ps(sum), _mm256_set1_ps(row_scale));
        settle(_mm256_add_ps(value, scaled(load(sums + i), scaling, i)), out + i);
    }
}

AVX2 void net_absorb_avx2(const int32_t *sums, const struct net_scaling *scaling,
                          float carry, uint8_t *x)
{
    for (uint32_t i = 0; i < scaling->count; i += 8) {
        __m256 value = _mm256_max_ps(scaled(load(sums + i), scaling, i),
                                     _mm256_setzero_ps());
        __m128i bytes = _mm_loadl_epi64((const __m128i *)(const void *)(x + i));
        __m256 kept = _mm256_mul_ps(_mm256_cvtepi32_ps(_mm256_cvtepu8_epi32(bytes)),
                                    _mm256_set1_ps(carry));
        settle(_mm256_add_ps(kept, value), x + i);
    }
}

AVX2 void net_gather_avx2(const int32_t *const parts[], uint32_t part_count,
                          const struct net_scaling *scaling, uint8_t *out)
{
    for (uint32_t i = 0; i < scaling->count; i += 32) {
        __m256i sum[4];
        for (int k = 0; k < 4; k++)
            sum[k] = _mm256_setzero_si256();
        for (uint32_t p = 0; p < part_count; p++)
#pragma GCC unroll 4
            for (int k = 0; k < 4; k++)
                sum[k] = _mm256_add_epi32(sum[k], load(parts[p] + i + 8 * k));
        for (int k = 0; k < 4; k++)
            settle(scaled(sum[k], scaling, i + 8u * (uint32_t)k), out + i + 8 * k);
    }
}

AVX2 uint32_t net_best_avx2(const int32_t *sums, const struct net_scaling *scaling,
                            float *most)
{
    float values[8];
    int32_t places[8];
    uint32_t i = 8, best = 0;
    if (scaling->count < 16)
        return net_kernels_plain.best(sums, scaling, most);
    __m256 top = scaled(load(sums), scaling, 0);
    __m256i at = _mm256_setr_epi32(0, 1, 2, 3, 4, 5, 6, 7), where = at;
    for (; i + 8 <= scaling->count; i += 8) {
        at = _mm256_add_epi32(at, _mm256_set1_epi32(8));
        __m256 value = scaled(load(sums + i), scaling, i);
        __m256 higher = _mm256_cmp_ps(value, top, _CMP_GT_OQ);
        top = _mm256_blendv_ps(top, value, higher);
        where = _mm256_blendv_epi8(where, at, _mm256_castps_si256(higher));
    }
    _mm256_storeu_ps(values, top);
    _mm256_storeu_si256((__m256i *)(void *)places, where);
    for (uint32_t k = 1; k < 8; k++)
        if (values[k] > values[best] ||
            (values[k] == values[best] && places[k] < places[best]))
            best = k;
    *most = values[best];
    best = (uint32_t)places[best];
    for (; i < scaling->count; i++) {
        float value = (float)sums[i] * scaling->scales[i];
        value += scaling->bias[i];
        if (value > *most) {
            *most = value;
            best = i;
        }
    }
    return best;
}

const struct net_kernels net_kernels_avx2 = {"avx2",          product_avx2,
                                             net_enter_avx2,  net_absorb_avx2,
                                             net_gather_avx2, net_best_avx2};
#endif
