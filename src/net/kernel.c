/* kernel.c: the arithmetic in plain C, and the choice between kernels. */
#include "net/kernel.h"

#include <math.h>
#include <stddef.h>
#include <string.h>

static void add_dots(const uint8_t *in, const int8_t *w, int32_t *out)
{
    for (uint32_t j = 0; j < 16; j++, w += 4)
        out[j] += in[0] * w[0] + in[1] * w[1] + in[2] * w[2] + in[3] * w[3];
}

static void product_plain(const struct net_product *p)
{
    const size_t stride = 4 * (size_t)p->quads;
    memset(p->out, 0, sizeof *p->out * p->count * p->outputs);
    for (uint32_t t = 0; t < p->count; t++)
        for (uint32_t column = 0; column < p->outputs; column += 16)
            for (size_t i = 0; i < stride; i += 4)
                add_dots(p->in + t * stride + i, p->weights + column * stride + 16 * i,
                         p->out + (size_t)t * p->outputs + column);
}

static uint8_t settle(float value)
{
    return !(value > 0) ? 0 : value >= 127.0f ? 127 : (uint8_t)rintf(value);
}

static float scaled(int32_t sum, const struct net_scaling *scaling, uint32_t i)
{
    float value = (float)sum * scaling->scales[i];
    return value + scaling->bias[i];
}

static void enter_plain(const int32_t *sums, const struct net_scaling *scaling,
                        const int8_t *const rows[], uint32_t row_count, float row_scale,
                        uint8_t *out)
{
    for (uint32_t i = 0; i < scaling->count; i++) {
        int32_t sum = 0;
        for (uint32_t r = 0; r < row_count; r++)
            sum += rows[r][i];
        float value = (float)sum * row_scale;
        out[i] = settle(value + scaled(sums[i], scaling, i));
    }
}

static void absorb_plain(const int32_t *sums, const struct net_scaling *scaling,
                         float carry, uint8_t *x)
{
    for (uint32_t i = 0; i < scaling->count; i++) {
        float value = scaled(sums[i], scaling, i), kept = (float)x[i] * carry;
        x[i] = settle(kept + (value > 0 ? value : 0));
    }
}

static void gather_plain(const int32_t *const parts[], uint32_t part_count,
                         const struct net_scaling *scaling, uint8_t *out)
{
    for (uint32_t i = 0; i < scaling->count; i++) {
        uint32_t sum = 0; /* wraps in damaged weights alone */
        for (uint32_t p = 0; p < part_count; p++)
            sum += (uint32_t)parts[p][i];
        out[i] = settle(scaled((int32_t)sum, scaling, i));
    }
}

static uint32_t best_plain(const int32_t *sums, const struct net_scaling *scaling,
                           float *most)
{
    uint32_t best = 0;
    *most = scaled(sums[0], scaling, 0);
    for (uint32_t i = 1; i < scaling->count; i++) {
        float value = scaled(sums[i], scaling, i);
        if (value > *most) {
            *most = value;
            best = i;
        }
    }
    return best;
}

const struct net_kernels net_kernels_plain = {"plain",      product_plain, enter_plain,
                                              absorb_plain, gather_plain,  best_plain};

bool net_kernels_run(const struct net_kernels *kernels)
{
#if defined(__x86_64__)
    bool avx2 = __builtin_cpu_supports("avx2");
    if (kernels == &net_kernels_vnni)
        return avx2 && __builtin_cpu_supports("avx512f") &&
               __builtin_cpu_supports("avx512bw") && __builtin_cpu_supports("avx512vl") &&
               __builtin_cpu_supports("avx512vnni");
    if (kernels == &net_kernels_avx2)
        return avx2;
#endif
    return kernels == &net_kernels_plain;
}

const struct net_kernels *net_kernels_choose(void)
{
#if defined(__x86_64__)
    if (net_kernels_run(&net_kernels_vnni))
        return &net_kernels_vnni;
    if (net_kernels_run(&net_kernels_avx2))
        return &net_kernels_avx2;
#endif
    return &net_kernels_plain;
}
