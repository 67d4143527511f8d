/* gemm.h: products of f32 matrices for the trainer, each operand with its own strides. */
#ifndef TRAIN_GEMM_H
#define TRAIN_GEMM_H

#include <stddef.h>

/* c[m x n] += a[m x k] * b[k x n]; a is read at a[i * a_row + j * a_col], and so on; c's
 * columns stand side by side. */
struct gemm {
    size_t m, n, k;
    const float *a;
    size_t a_row, a_col;
    const float *b;
    size_t b_row, b_col;
    float *c;
    size_t c_row;
};

void gemm_add(const struct gemm *g);

#endif
