/* hash.h: a 64-bit hash of bytes, the same on every machine. */
#ifndef BASE_HASH_H
#define BASE_HASH_H

#include <stddef.h>
#include <stdint.h>

/* Two FNV-1a sums over the same bytes from different starts, mixed at the end, so that
 * short inputs differ in every bit. Add pieces in order; a zero byte is put between
 * pieces. */
struct hash {
    uint64_t first, second;
};

void hash_start(struct hash *hash);
void hash_add(struct hash *hash, const char *bytes, size_t len);
void hash_text(struct hash *hash, const char *text); /* NULL counts as "" */
uint64_t hash_end(const struct hash *hash);

/* 16 hex digits and NUL. */
void hash_write(const struct hash *hash, char digits[17]);

#endif
