/* utf8.h: UTF-8 (RFC 3629): walking, checking, folding for comparison. */
#ifndef BASE_UTF8_H
#define BASE_UTF8_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* Decodes the code point at `at` (left > 0 bytes remain); returns its length in bytes, or
 * 0 when the bytes there are not well-formed. code may be NULL. */
size_t utf8_next(const char *at, size_t left, uint32_t *code);

/* Writes a code point (below 0x110000, no surrogate), 1 to 4 bytes without a NUL;
 * returns how many. */
size_t utf8_put(char *out, uint32_t code);

/* How many bytes at the start are ASCII. */
size_t utf8_ascii(const char *bytes, size_t len);

/* Offset of the first byte that is not part of well-formed UTF-8; len when all is. */
size_t utf8_bad(const char *bytes, size_t len);

/* The most of len bytes that is no longer than cap and cuts no character in two. */
size_t utf8_fit(const char *bytes, size_t len, size_t cap);

bool utf8_is_space(uint32_t code);
bool utf8_is_letter(uint32_t code);
bool utf8_is_upper(uint32_t code);
bool utf8_is_digit(uint32_t code);

/* Folds for comparison: lower case, accents and ligatures undone, curly quotes straight,
 * every dash "-". Writes at most cap bytes with the final NUL; returns the length
 * written. Bytes that are not UTF-8 are copied. */
size_t utf8_fold(const char *bytes, size_t len, char *out, size_t cap);

#endif
