/* feature.c: hashes of a word's pieces. */
#include "net/feature.h"

#include "base/span.h"
#include "base/utf8.h"

#define SHAPE_CAP 16

/* FNV-1a with a final mix, so that the upper bits are as good as the lower. */
uint32_t net_hash(const char *bytes, size_t len)
{
    uint32_t hash = 2166136261u;
    for (size_t i = 0; i < len; i++)
        hash = (hash ^ (unsigned char)bytes[i]) * 16777619u;
    hash ^= hash >> 16;
    hash *= 0x7feb352du;
    hash ^= hash >> 15;
    hash *= 0x846ca68bu;
    return hash ^ (hash >> 16);
}

uint32_t net_words_find(const struct net_words *words, uint32_t hash)
{
    uint32_t low = words->starts[hash >> 16], high = words->starts[(hash >> 16) + 1];
    if (high > words->count)
        high = words->count;
    for (uint32_t at = low; at < high; at++)
        if (words->keys[at] == hash)
            return at;
    return NONE;
}

static size_t ends_at(const char *text, size_t len, unsigned letters)
{
    size_t at = 0;
    while (at < len && letters--) {
        at++;
        while (at < len && ((unsigned char)text[at] & 0xC0) == 0x80)
            at++;
    }
    return at;
}

static size_t starts_at(const char *text, size_t len, unsigned letters)
{
    size_t at = len;
    while (at > 0 && letters--) {
        at--;
        while (at > 0 && ((unsigned char)text[at] & 0xC0) == 0x80)
            at--;
    }
    return at;
}

/* "Xx" for Kenya, "XX" for UN, "d.d" for 3.5: runs are cut to two. */
uint32_t net_shape_row(const struct net_words *known, const char *form, size_t form_len)
{
    char shape[SHAPE_CAP];
    size_t count = 0;
    for (size_t at = 0; at < form_len && count < SHAPE_CAP;) {
        uint32_t code = 0xFFFD;
        size_t step = utf8_next(form + at, form_len - at, &code);
        char kind = utf8_is_upper(code)    ? 'X'
                    : utf8_is_letter(code) ? 'x'
                    : utf8_is_digit(code)  ? 'd'
                    : code < 0x80          ? (char)code
                                           : '?';
        if (count < 2 || shape[count - 1] != kind || shape[count - 2] != kind)
            shape[count++] = kind;
        at += step ? step : 1;
    }
    return known->count + 1 + NET_PREFIX_ROWS + NET_SUFFIX3_ROWS + NET_SUFFIX2_ROWS +
           net_hash(shape, count) % NET_SHAPE_ROWS;
}

void net_rows(const struct net_words *known, const char *norm, size_t norm_len,
              const char *form, size_t form_len, uint32_t *rows)
{
    if (norm_len > NET_WORD_CAP)
        norm_len = NET_WORD_CAP;
    uint32_t number = net_words_find(known, net_hash(norm, norm_len));
    rows[PIECE_FORM] = number == NONE ? 0 : number + 1;
    uint32_t base = known->count + 1;
    rows[PIECE_PREFIX] = base +
                         net_hash(norm, ends_at(norm, norm_len, 3)) % NET_PREFIX_ROWS;
    base += NET_PREFIX_ROWS;
    size_t start = starts_at(norm, norm_len, 3);
    rows[PIECE_SUFFIX3] = base +
                          net_hash(norm + start, norm_len - start) % NET_SUFFIX3_ROWS;
    base += NET_SUFFIX3_ROWS;
    start = starts_at(norm, norm_len, 2);
    rows[PIECE_SUFFIX2] = base +
                          net_hash(norm + start, norm_len - start) % NET_SUFFIX2_ROWS;
    rows[PIECE_SHAPE] = net_shape_row(known, form, form_len);
}
