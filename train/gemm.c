/* gemm.c: products of f32 matrices, in tiles of 6 x 16 that stay in registers. */
#include "train/gemm.h"

#include <string.h>

#define TILE_M 6
#define TILE_N 16
#define DEPTH 256

/* Where a tile's sums are added: 16 columns of each row. */
struct place {
    float *at;
    size_t row;
};

#if defined(__x86_64__)
#include <immintrin.h>

__attribute__((target("avx2,fma"))) static void tile_avx2(const struct gemm *g, size_t m,
                                                          size_t k, const float *a,
                                                          const float *panel,
                                                          struct place to)
{
    size_t rows[TILE_M]; /* a short tile reads its last row again */
    for (size_t i = 0; i < TILE_M; i++)
        rows[i] = (i < m ? i : m - 1) * g->a_row;
    __m256 c[TILE_M][2];
    for (int i = 0; i < TILE_M; i++) {
        c[i][0] = _mm256_setzero_ps();
        c[i][1] = _mm256_setzero_ps();
    }
    const size_t col = g->a_col;
    for (size_t p = 0; p < k; p++, a += col, panel += TILE_N) {
        __m256 b0 = _mm256_loadu_ps(panel), b1 = _mm256_loadu_ps(panel + 8);
#pragma GCC unroll 6
        for (int i = 0; i < TILE_M; i++) {
            __m256 x = _mm256_broadcast_ss(a + rows[i]);
            c[i][0] = _mm256_fmadd_ps(x, b0, c[i][0]);
            c[i][1] = _mm256_fmadd_ps(x, b1, c[i][1]);
        }
    }
    for (size_t i = 0; i < m; i++) {
        float *out = to.at + i * to.row;
        _mm256_storeu_ps(out, _mm256_add_ps(_mm256_loadu_ps(out), c[i][0]));
        _mm256_storeu_ps(out + 8, _mm256_add_ps(_mm256_loadu_ps(out + 8), c[i][1]));
    }
}
#endif

static void tile_plain(const struct gemm *g, size_t m, size_t k, const float *a,
                       const float *panel, struct place to)
{
    float sums[TILE_M * TILE_N] = {0};
    for (size_t p = 0; p < k; p++)
        for (size_t i = 0; i < m; i++) {
            float x = a[i * g->a_row + p * g->a_col];
            for (size_t j = 0; j < TILE_N; j++)
                sums[i * TILE_N + j] += x * panel[p * TILE_N + j];
        }
    for (size_t i = 0; i < m; i++)
        for (size_t j = 0; j < TILE_N; j++)
            to.at[i * to.row + j] += sums[i * TILE_N + j];
}

static void pack(const struct gemm *g, size_t from, size_t k, size_t column, float *panel)
{
    size_t n = g->n - column < TILE_N ? g->n - column : TILE_N;
    for (size_t p = 0; p < k; p++) {
        const float *b = g->b + (from + p) * g->b_row + column * g->b_col;
        for (size_t j = 0; j < n; j++)
            panel[p * TILE_N + j] = b[j * g->b_col];
        for (size_t j = n; j < TILE_N; j++)
            panel[p * TILE_N + j] = 0;
    }
}

static void add_panel(const struct gemm *g, size_t from, size_t k, size_t column,
                      const float *panel)
{
#if defined(__x86_64__)
    int fast = __builtin_cpu_supports("avx2") && __builtin_cpu_supports("fma");
#endif
    size_t n = g->n - column < TILE_N ? g->n - column : TILE_N;
    for (size_t i = 0; i < g->m; i += TILE_M) {
        float part[TILE_M * TILE_N] = {0};
        float *out = g->c + i * g->c_row + column;
        struct place to = n == TILE_N ? (struct place){out, g->c_row}
                                      : (struct place){part, TILE_N};
        size_t m = g->m - i < TILE_M ? g->m - i : TILE_M;
        const float *a = g->a + i * g->a_row + from * g->a_col;
#if defined(__x86_64__)
        if (fast)
            tile_avx2(g, m, k, a, panel, to);
        else
#endif
            tile_plain(g, m, k, a, panel, to);
        for (size_t r = 0; r < m && n < TILE_N; r++)
            for (size_t j = 0; j < n; j++)
                out[r * g->c_row + j] += part[r * TILE_N + j];
    }
}

void gemm_add(const struct gemm *g)
{
    float panel[DEPTH * TILE_N];
    for (size_t from = 0; from < g->k; from += DEPTH) {
        size_t k = g->k - from < DEPTH ? g->k - from : DEPTH;
        for (size_t column = 0; column < g->n; column += TILE_N) {
            pack(g, from, k, column, panel);
            add_panel(g, from, k, column, panel);
        }
    }
}
