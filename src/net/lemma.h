/* lemma.h: scripts that make a lemma from a word. Shared by trainer and engine. */
#ifndef NET_LEMMA_H
#define NET_LEMMA_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#define NET_SCRIPT_ADD 14

/* Takes `strip` bytes from the end of the folded word (or of the word as written) and
 * adds `add`. 16 bytes, as in the weights. */
struct net_script {
    uint8_t as_written;
    uint8_t strip;
    char add[NET_SCRIPT_ADD]; /* NUL-terminated */
};

/* The script from a word to its lemma; false when there is none. */
bool net_script_make(const char *norm, const char *form, const char *lemma,
                     struct net_script *script);

/* Writes the lemma, NUL-terminated; returns its length. A script that does not fit the
 * word leaves it as it is. `form` and `norm` are NUL-terminated. */
size_t net_script_apply(const struct net_script *script, const char *norm,
                        const char *form, char *lemma, size_t cap);

#endif
