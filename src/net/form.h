/* form.h: the bytes of the weights: a header, then sections, each on a multiple of 64
 * bytes. All numbers little-endian. Weights of a product with k inputs and n outputs are
 * laid out as [n / 16][k / 4][16][4] int8, k rounded up to 32 and n to 16, so that what
 * sixteen outputs need lies side by side and one load feeds dot products of four. */
#ifndef NET_FORM_H
#define NET_FORM_H

#include <stdint.h>

#define NET_MAGIC "SNET"
#define NET_VERSION 2u
#define NET_LAYERS_MAX 8u
#define NET_LABEL_TEXT 24u
#define NET_TAG_BYTES 16u

enum net_section {
    NET_VECTOR_STARTS, /* u32 65537 */
    NET_VECTOR_KEYS,   /* u32 vectors */
    NET_VECTORS,       /* s8 vectors x vector_width */
    NET_KNOWN_STARTS,  /* u32 65537 */
    NET_KNOWN_KEYS,    /* u32 known */
    NET_EMBED,         /* s8 rows x width */
    /* tags x 16 bytes: upos, then the features in the order of struct feats */
    NET_TAGS,
    NET_SCRIPTS,       /* scripts x 16 bytes: struct net_script */
    NET_LABELS,        /* labels x 24 bytes: names of relations; the first is none */
    NET_W_VECTOR,      /* positive parts, then negative parts */
    NET_W_TAG, NET_W_SCRIPT, NET_W_NAME, NET_W_STATE, NET_W_MOVE,
    NET_S_VECTOR,      /* f32: scales, then biases, of each output */
    NET_S_TAG, NET_S_SCRIPT, NET_S_NAME,
    NET_S_STATE,       /* f32: scales, then biases, of each hidden unit */
    NET_S_MOVE,
    NET_ROWS_STATE,    /* s32 NET_ROWS x hidden */
    NET_CONV,          /* weights and scales of each layer by turns */
    NET_SECTIONS = NET_CONV + 2 * NET_LAYERS_MAX
};

struct net_header {
    char magic[4];
    uint32_t version;
    uint32_t width, layers, hidden, vector_width;
    uint32_t dilations[NET_LAYERS_MAX];
    uint32_t vectors, known, tags, scripts, names, labels, moves;
    float embed_scale; /* of a row's step, in steps of x0 */
    float carry[NET_LAYERS_MAX]; /* a step of x(l) in steps of x(l+1) */
    struct {
        uint32_t at, len;
    } sections[NET_SECTIONS];
};

#endif
