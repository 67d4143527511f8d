/* charset.c: charsets. The C library's iconv knows the rarer ones, and uchardet tells
 * which of them bytes are that nothing declares. */
#include "source/charset.h"

#include "base/utf8.h"

#include <errno.h>
#include <iconv.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <uchardet/uchardet.h>

#define REPLACEMENT "\xEF\xBF\xBD"

/* Code points of the bytes 0x80-0x9F in windows-1252; 0 where it has none. */
static const uint16_t western[32] = {
    0x20AC, 0,      0x201A, 0x0192, 0x201E, 0x2026, 0x2020, 0x2021,
    0x02C6, 0x2030, 0x0160, 0x2039, 0x0152, 0,      0x017D, 0,
    0,      0x2018, 0x2019, 0x201C, 0x201D, 0x2022, 0x2013, 0x2014,
    0x02DC, 0x2122, 0x0161, 0x203A, 0x0153, 0,      0x017E, 0x0178};

bool charset_is_binary(const char *bytes, size_t len)
{
    size_t controls = 0, look = len < 8192 ? len : 8192;
    if (memchr(bytes, 0, len))
        return true;
    for (size_t i = 0; i < look; i++) {
        unsigned char byte = (unsigned char)bytes[i];
        if (byte < ' ')
            controls += byte != '\n' && byte != '\r' && byte != '\t' && byte != '\f' &&
                        byte != 0x1B;
    }
    return controls * 20 > look;
}

#define WIDE_LEAST 16 /* bytes */

char charset_wide(const char *bytes, size_t len)
{
    size_t look = len < 4096 ? len / 2 * 2 : 4096, zeros[2] = {0};
    for (size_t i = 0; i < look; i++)
        zeros[i % 2] += bytes[i] == 0;
    bool is_much = look >= WIDE_LEAST && (zeros[0] + zeros[1]) * 10 >= look / 2 * 7;
    return !is_much ? 0 : zeros[0] == 0 ? 'l' : zeros[1] == 0 ? 'b' : 0;
}

/* A surrogate without its partner, and NUL, become U+FFFD. */
static enum outcome decode_utf16(const unsigned char *bytes, size_t len, bool is_big,
                                 struct arena *arena, struct decoded *decoded,
                                 struct fail *fail)
{
    char *out = arena_take(arena, len / 2 + 1, 3);
    size_t used = 0;
    if (!out)
        return fail_memory(fail);
    for (size_t at = 0; at + 1 < len; at += 2) {
        uint32_t code = (uint32_t)(is_big ? bytes[at] << 8 | bytes[at + 1]
                                          : bytes[at + 1] << 8 | bytes[at]);
        if (code >= 0xD800 && code < 0xDC00 && at + 3 < len) {
            uint32_t low = (uint32_t)(is_big ? bytes[at + 2] << 8 | bytes[at + 3]
                                             : bytes[at + 3] << 8 | bytes[at + 2]);
            if (low >= 0xDC00 && low < 0xE000) {
                code = 0x10000 + ((code - 0xD800) << 10) + (low - 0xDC00);
                at += 2;
            }
        }
        if (code == 0 || (code >= 0xD800 && code < 0xE000))
            code = 0xFFFD;
        used += utf8_put(out + used, code);
    }
    out[used] = '\0';
    *decoded = (struct decoded){out, used};
    return OK;
}

/* How many multi-byte sequences are whole, and how many bytes are not part of one. */
static void count_utf8(const char *bytes, size_t len, size_t *whole, size_t *bad)
{
    *whole = *bad = 0;
    for (size_t at = 0; at < len;) {
        size_t step = utf8_next(bytes + at, len - at, NULL);
        *whole += step > 1;
        *bad += step == 0;
        at += step ? step : 1;
    }
}

static enum outcome repair_utf8(const char *bytes, size_t len, size_t bad,
                                struct arena *arena, struct decoded *decoded,
                                struct fail *fail)
{
    char *out = bad > SIZE_MAX / 4 - len ? NULL : arena_take(arena, len + bad * 2 + 1, 1);
    size_t used = 0;
    if (!out)
        return fail_memory(fail);
    for (size_t at = 0; at < len;) {
        size_t step = utf8_next(bytes + at, len - at, NULL);
        memcpy(out + used, step ? bytes + at : REPLACEMENT, step ? step : 3);
        used += step ? step : 3;
        at += step ? step : 1;
    }
    out[used] = '\0';
    *decoded = (struct decoded){out, used};
    return OK;
}

#define SNIFFED ((size_t)64 << 10) /* bytes that are looked at */
#define SNIFF_SHARE 32             /* one byte in so many is not ASCII: no English */
#define SNIFF_LEAST 16             /* and so many of them */
#define SNIFF_ROOM ((size_t)1 << 20)

/* Copies the name of the charset that bytes look like to name, "" for none. Few bytes
 * that are not ASCII are an English text's quotes and dashes, and say little. */
static void sniff(const char *bytes, size_t len, char name[40])
{
    size_t high = 0, look = len < SNIFFED ? len : SNIFFED;
    for (size_t i = 0; i < look; i++)
        high += (unsigned char)bytes[i] >= 0x80;
    *name = '\0';
    /* It is C++ and cannot say that memory ran out: there must be some. */
    bool is_told = high >= SNIFF_LEAST && high * SNIFF_SHARE >= look;
    void *room = is_told ? malloc(SNIFF_ROOM) : NULL;
    free(room);
    uchardet_t detector = room ? uchardet_new() : NULL;
    if (!detector)
        return;
    uchardet_handle_data(detector, bytes, look);
    uchardet_data_end(detector);
    const char *found = uchardet_get_charset(detector);
    /* the sets of Windows hold those of ISO and are what is meant */
    static const char *const wider[][2] = {{"ISO-8859-1", "windows-1252"},
                                           {"ISO-8859-9", "windows-1254"},
                                           {"ISO-8859-7", "windows-1253"},
                                           {"ISO-8859-15", "windows-1252"}};
    for (size_t i = 0; i < sizeof wider / sizeof *wider; i++)
        if (strcmp(found, wider[i][0]) == 0)
            found = wider[i][1];
    if (strlen(found) < 40)
        strcpy(name, found);
    uchardet_delete(detector);
}

/* Windows-1252 has no byte 81, 8D, 8F, 90, 9D, and a text in it is mostly ASCII. */
static bool is_western(const char *bytes, size_t len)
{
    size_t high = 0;
    for (size_t i = 0; i < len; i++) {
        unsigned char byte = (unsigned char)bytes[i];
        if (byte >= 0x80 && byte < 0xA0 && western[byte - 0x80] == 0)
            return false;
        high += byte >= 0x80;
    }
    return high * 10 < len * 3;
}

static enum outcome decode_western(const char *bytes, size_t len, struct arena *arena,
                                   struct decoded *decoded, struct fail *fail)
{
    char *out = arena_take(arena, len + 1, 3);
    size_t used = 0;
    if (!out)
        return fail_memory(fail);
    for (size_t i = 0; i < len; i++) {
        unsigned char byte = (unsigned char)bytes[i];
        used += utf8_put(out + used,
                         byte >= 0x80 && byte < 0xA0 ? western[byte - 0x80] : byte);
    }
    out[used] = '\0';
    *decoded = (struct decoded){out, used};
    return OK;
}

/* Leaves decoded->text NULL when the library does not know the charset or the bytes are
 * not in it. */
static enum outcome decode_declared(const char *bytes, size_t len, const char *declared,
                                    struct arena *arena, struct decoded *decoded,
                                    struct fail *fail)
{
    iconv_t state = iconv_open("UTF-8", declared);
    if (state == (iconv_t)-1)
        return OK;
    char *out = arena_take(arena, len + 1, 4), *to = out,
         *from = (char *)(uintptr_t)bytes;
    size_t left = len, room = len * 4;
    size_t bad = 0;
    while (out && left) {
        if (iconv(state, &from, &left, &to, &room) != (size_t)-1 || errno == EINVAL)
            break;
        if (errno != EILSEQ || room < 3 || ++bad * 100 > len)
            break;
        memcpy(to, REPLACEMENT, 3);
        to += 3;
        room -= 3;
        from++;
        left--;
    }
    iconv_close(state);
    if (!out)
        return fail_memory(fail);
    *to = '\0';
    size_t made = (size_t)(to - out);
    /* the library takes UTF-8 that is beyond Unicode for good */
    if (bad * 100 <= len && !memchr(out, 0, made) && utf8_bad(out, made) == made)
        *decoded = (struct decoded){out, made};
    return OK;
}

enum outcome charset_decode(const char *bytes, size_t len, const char *declared,
                            struct arena *arena, struct decoded *decoded,
                            struct fail *fail)
{
    const unsigned char *at = (const unsigned char *)bytes;
    *decoded = (struct decoded){0};
    if (len >= 2 &&
        ((at[0] == 0xFF && at[1] == 0xFE) || (at[0] == 0xFE && at[1] == 0xFF)))
        return decode_utf16(at + 2, len - 2, at[0] == 0xFE, arena, decoded, fail);
    char wide = charset_wide(bytes, len);
    if (wide)
        return decode_utf16(at, len, wide == 'b', arena, decoded, fail);
    if (len >= 3 && memcmp(bytes, "\xEF\xBB\xBF", 3) == 0) {
        bytes += 3;
        len -= 3;
    }
    if (charset_is_binary(bytes, len))
        return fail_with(fail, FAIL_DATA, "binary data, not text");
    size_t whole, bad;
    if (utf8_bad(bytes, len) == len) {
        *decoded = (struct decoded){bytes, len};
        return OK;
    }
    if (declared) {
        enum outcome outcome = decode_declared(bytes, len, declared, arena, decoded,
                                               fail);
        if (outcome || decoded->text)
            return outcome;
    }
    count_utf8(bytes, len, &whole, &bad);
    if (whole >= bad && bad * 50 <= len)
        return repair_utf8(bytes, len, bad, arena, decoded, fail);
    char name[40];
    sniff(bytes, len, name);
    if (*name) {
        enum outcome outcome = decode_declared(bytes, len, name, arena, decoded, fail);
        if (outcome || decoded->text)
            return outcome;
    }
    if (is_western(bytes, len))
        return decode_western(bytes, len, arena, decoded, fail);
    return fail_with(fail, FAIL_DATA, "neither UTF-8 nor windows-1252 text (byte %zu)",
                     utf8_bad(bytes, len));
}

/* ---- text that was decoded wrongly before it came to us ---- */

/* The windows-1252 byte of a code point; -1 when it has none. */
static int western_byte(uint32_t code)
{
    if (code >= 0xA0 && code <= 0xFF)
        return (int)code;
    for (int i = 0; i < 32; i++)
        if (western[i] == code)
            return 0x80 + i;
    return code >= 0x80 && code < 0xA0 ? (int)code : -1;
}

/* The character that a run of wrongly decoded ones at `at` stands for: its bytes go to
 * out, and the run's length is returned; 0 when it is none. */
static size_t mend_one(const char *at, size_t left, char out[4], size_t *out_len)
{
    size_t used = 0;
    for (*out_len = 0; *out_len < 4 && used < left;) {
        uint32_t code;
        size_t step = utf8_next(at + used, left - used, &code);
        int byte = step > 1 ? western_byte(code) : -1;
        if (byte < 0)
            return 0;
        out[(*out_len)++] = (char)byte;
        used += step;
        if (*out_len > 1 && utf8_next(out, *out_len, NULL) == *out_len)
            return used;
    }
    return 0;
}

#define MENDED_MIN 2

enum outcome charset_mend(struct decoded *decoded, struct arena *arena, struct fail *fail)
{
    char one[4];
    size_t mended = 0, len = 0, used = 0;
    for (size_t at = 0; at < decoded->len;) {
        size_t ascii = utf8_ascii(decoded->text + at, decoded->len - at);
        if (ascii) {
            at += ascii;
            continue;
        }
        size_t run = mend_one(decoded->text + at, decoded->len - at, one, &len);
        if (!run)
            return OK;
        mended++;
        at += run;
    }
    if (mended < MENDED_MIN)
        return OK;
    char *out = arena_take(arena, decoded->len + 1, 1);
    if (!out)
        return fail_memory(fail);
    for (size_t at = 0; at < decoded->len;) {
        size_t run = (unsigned char)decoded->text[at] < 0x80
                         ? 0
                         : mend_one(decoded->text + at, decoded->len - at, one, &len);
        memcpy(out + used, run ? one : decoded->text + at, run ? len : 1);
        used += run ? len : 1;
        at += run ? run : 1;
    }
    *decoded = (struct decoded){out, used};
    return OK;
}
