/* kernel_avx2.h: the AVX2 kernels that those of AVX-512 share. */
#ifndef NET_KERNEL_AVX2_H
#define NET_KERNEL_AVX2_H

#include "net/kernel.h"

#if defined(__x86_64__)
void net_enter_avx2(const int32_t *sums, const struct net_scaling *scaling,
                    const int8_t *const rows[], uint32_t row_count, float row_scale,
                    uint8_t *out);
void net_absorb_avx2(const int32_t *sums, const struct net_scaling *scaling, float carry,
                     uint8_t *x);
void net_gather_avx2(const int32_t *const parts[], uint32_t part_count,
                     const struct net_scaling *scaling, uint8_t *out);
uint32_t net_best_avx2(const int32_t *sums, const struct net_scaling *scaling,
                       float *most);
#endif

#endif
