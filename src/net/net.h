/* net.h: the English engine: words in; tags, lemma scripts, names and a tree out.
 *
 * The weights are read where they lie (net/form.h): opening checks bounds and parses
 * nothing. A net is read-only and may be shared by threads. Sums are integers; what
 * follows a sum is one f32 product and one f32 sum a value, rounded as IEEE 754 says: the
 * same answers by every kernel. */
#ifndef NET_NET_H
#define NET_NET_H

#include "base/fail.h"
#include "doc/grammar.h"
#include "net/feature.h"
#include "net/form.h"
#include "net/kernel.h"
#include "net/lemma.h"
#include "net/tree.h"

#include <stddef.h>

/* Longer sentences are read in stretches of this many words. */
#define NET_WINDOW 384u

#define NET_NAME_KINDS 6u

struct net {
    const struct net_header *header;
    const unsigned char *bytes;
    struct net_words vectors, known;
    uint32_t width, layers, hidden, names, moves, labels;
    uint8_t relations[NET_LABEL_MAX]; /* enum deprel of each label */
    const struct net_kernels *kernels;
};

struct net_word {
    const char *norm; /* folded */
    const char *form; /* as written */
    size_t norm_len, form_len;
};

struct net_answer {
    uint32_t head; /* in the sentence; its length for the root */
    uint16_t tag, script;
    uint8_t relation; /* enum deprel */
    uint8_t name;     /* 0, or 1 + 4 * kind + (0 begin, 1 inside, 2 last, 3 only) */
};

/* Sets up net over bytes, which stay the caller's and must outlive it; they must lie on a
 * multiple of 4. FAIL_DATA when they are not weights of this version or do not hold what
 * they claim. */
enum outcome net_open(const void *bytes, size_t len, struct net *net, struct fail *fail);

/* Bytes of scratch that net_read needs for sentences of up to count words (count <=
 * NET_WINDOW). */
size_t net_scratch_len(const struct net *net, uint32_t count);

/* Reads one sentence of 1..NET_WINDOW words; scratch lies on a multiple of 8. */
void net_read(const struct net *net, const struct net_word *words, uint32_t count,
              void *scratch, struct net_answer *answers);

uint8_t net_tag_upos(const struct net *net, uint32_t tag);
struct feats net_tag_feats(const struct net *net, uint32_t tag);
const struct net_script *net_script_at(const struct net *net, uint32_t script);

#endif
