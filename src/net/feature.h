/* feature.h: what the network sees of a word: rows of its tables. Shared by trainer and
 * engine, so that both see the same. */
#ifndef NET_FEATURE_H
#define NET_FEATURE_H

#include <stddef.h>
#include <stdint.h>

/* Rows of the learned table, one range after another: known forms first, then hashed
 * pieces. */
enum net_piece { PIECE_FORM, PIECE_PREFIX, PIECE_SUFFIX3, PIECE_SUFFIX2, PIECE_SHAPE,
                 PIECE_COUNT };

#define NET_PREFIX_ROWS 2048u
#define NET_SUFFIX3_ROWS 4096u
#define NET_SUFFIX2_ROWS 1024u
#define NET_SHAPE_ROWS 512u
#define NET_HASHED_ROWS                                                                  \
    (NET_PREFIX_ROWS + NET_SUFFIX3_ROWS + NET_SUFFIX2_ROWS + NET_SHAPE_ROWS)

/* Bytes of a folded word that features see. */
#define NET_WORD_CAP 64

/* A set of words as sorted 32-bit hashes with an index over their upper 16 bits:
 * starts[65537]. A word's number is its place in keys. */
struct net_words {
    const uint32_t *starts;
    const uint32_t *keys;
    uint32_t count;
};

uint32_t net_hash(const char *bytes, size_t len);

/* The word's number, or NONE. */
uint32_t net_words_find(const struct net_words *words, uint32_t hash);

/* Fills rows[PIECE_COUNT] for a word: `norm` is folded (utf8_fold), `form` as written.
 * Form row 0 is the unknown word, word n of `known` is row n + 1. */
void net_rows(const struct net_words *known, const char *norm, size_t norm_len,
              const char *form, size_t form_len, uint32_t *rows);

/* Only the row of the shape (for other spellings of capitals). */
uint32_t net_shape_row(const struct net_words *known, const char *form, size_t form_len);

#endif
