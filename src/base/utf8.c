/* utf8.c: UTF-8, with utf8proc for what needs Unicode's tables. */
#include "base/utf8.h"

#include <string.h>
#include <utf8proc.h>

size_t utf8_next(const char *at, size_t left, uint32_t *code)
{
    unsigned char byte = (unsigned char)at[0];
    if (byte < 0x80) {
        if (code)
            *code = byte;
        return 1;
    }
    utf8proc_int32_t point;
    utf8proc_ssize_t len = utf8proc_iterate((const utf8proc_uint8_t *)at,
                                            left > 4 ? 4 : (long)left, &point);
    if (len <= 0)
        return 0;
    if (code)
        *code = (uint32_t)point;
    return (size_t)len;
}

size_t utf8_put(char *out, uint32_t code)
{
    if (code < 0x80) {
        out[0] = (char)code;
        return 1;
    }
    if (code < 0x800) {
        out[0] = (char)(0xC0 | code >> 6);
        out[1] = (char)(0x80 | (code & 0x3F));
        return 2;
    }
    if (code < 0x10000) {
        out[0] = (char)(0xE0 | code >> 12);
        out[1] = (char)(0x80 | (code >> 6 & 0x3F));
        out[2] = (char)(0x80 | (code & 0x3F));
        return 3;
    }
    out[0] = (char)(0xF0 | code >> 18);
    out[1] = (char)(0x80 | (code >> 12 & 0x3F));
    out[2] = (char)(0x80 | (code >> 6 & 0x3F));
    out[3] = (char)(0x80 | (code & 0x3F));
    return 4;
}

size_t utf8_ascii(const char *bytes, size_t len)
{
    size_t at = 0;
    for (uint64_t eight; len - at >= sizeof eight; at += sizeof eight) {
        memcpy(&eight, bytes + at, sizeof eight);
        if (eight & 0x8080808080808080u)
            break;
    }
    while (at < len && (unsigned char)bytes[at] < 0x80)
        at++;
    return at;
}

size_t utf8_bad(const char *bytes, size_t len)
{
    for (size_t at = 0;;) {
        at += utf8_ascii(bytes + at, len - at);
        if (at == len)
            return len;
        size_t step = utf8_next(bytes + at, len - at, NULL);
        if (step == 0)
            return at;
        at += step;
    }
}

size_t utf8_fit(const char *bytes, size_t len, size_t cap)
{
    size_t fit = len < cap ? len : cap;
    while (fit > 0 && fit < len && ((unsigned char)bytes[fit] & 0xC0) == 0x80)
        fit--;
    return fit;
}

bool utf8_is_space(uint32_t code)
{
    if (code < 0x80)
        return code == ' ' || (code >= '\t' && code <= '\r');
    return code == 0x85 || code == 0x200B || code == 0xFEFF ||
           utf8proc_category((utf8proc_int32_t)code) == UTF8PROC_CATEGORY_ZS ||
           code == 0x2028 || code == 0x2029;
}

bool utf8_is_letter(uint32_t code)
{
    if (code < 0x80)
        return (code >= 'a' && code <= 'z') || (code >= 'A' && code <= 'Z');
    utf8proc_category_t category = utf8proc_category((utf8proc_int32_t)code);
    return category >= UTF8PROC_CATEGORY_LU && category <= UTF8PROC_CATEGORY_MC;
}

bool utf8_is_upper(uint32_t code)
{
    if (code < 0x80)
        return code >= 'A' && code <= 'Z';
    return utf8proc_category((utf8proc_int32_t)code) == UTF8PROC_CATEGORY_LU;
}

bool utf8_is_digit(uint32_t code)
{
    if (code < 0x80)
        return code >= '0' && code <= '9';
    return utf8proc_category((utf8proc_int32_t)code) == UTF8PROC_CATEGORY_ND;
}

/* Punctuation that Unicode's decomposition leaves as it is; 0 when nothing replaces
 * it. */
static char plain_sign(uint32_t code)
{
    switch (code) {
    case 0x2018:
    case 0x2019:
    case 0x201B:
    case 0x02BC:
    case 0x02BB:
    case 0x00B4: return '\'';
    case 0x201C:
    case 0x201D:
    case 0x201E:
    case 0x201F:
    case 0x00AB:
    case 0x00BB: return '"';
    case 0x2010:
    case 0x2011:
    case 0x2012:
    case 0x2013:
    case 0x2014:
    case 0x2015:
    case 0x2212: return '-';
    case 0x00A0: return ' ';
    default: return 0;
    }
}

/* Letters with a stroke do not decompose. */
static const char *plain_letter(uint32_t code)
{
    switch (code) {
    case 0x0110:
    case 0x0111: return "d";
    case 0x0141:
    case 0x0142: return "l";
    case 0x00D8:
    case 0x00F8: return "o";
    case 0x00C6:
    case 0x00E6: return "ae";
    case 0x0152:
    case 0x0153: return "oe";
    case 0x0130:
    case 0x0131: return "i";
    default: return NULL;
    }
}

static size_t fold_code(uint32_t code, char out[64])
{
    char sign = plain_sign(code);
    if (sign) {
        out[0] = sign;
        return 1;
    }
    const char *letter = plain_letter(code);
    if (letter) {
        memcpy(out, letter, strlen(letter));
        return strlen(letter);
    }
    utf8proc_int32_t points[18];
    int boundary = 0;
    utf8proc_ssize_t count = utf8proc_decompose_char(
        (utf8proc_int32_t)code, points, 18,
        UTF8PROC_DECOMPOSE | UTF8PROC_COMPAT | UTF8PROC_CASEFOLD | UTF8PROC_STRIPMARK,
        &boundary);
    size_t len = 0;
    for (utf8proc_ssize_t i = 0; i < count && i < 15; i++)
        len += (size_t)utf8proc_encode_char(points[i], (utf8proc_uint8_t *)out + len);
    return len;
}

size_t utf8_fold(const char *bytes, size_t len, char *out, size_t cap)
{
    size_t wrote = 0;
    for (size_t at = 0; at < len && cap;) {
        unsigned char byte = (unsigned char)bytes[at];
        char folded[64];
        if (byte < 0x80) {
            if (wrote + 1 == cap)
                break;
            out[wrote++] = byte >= 'A' && byte <= 'Z' ? (char)(byte + 32) : (char)byte;
            at++;
            continue;
        }
        uint32_t code;
        size_t folded_len = 1, step = utf8_next(bytes + at, len - at, &code);
        folded[0] = (char)byte;
        if (step)
            folded_len = fold_code(code, folded);
        else
            step = 1;
        if (folded_len > cap - 1 - wrote)
            break;
        memcpy(out + wrote, folded, folded_len);
        wrote += folded_len;
        at += step;
    }
    if (cap)
        out[wrote] = '\0';
    return wrote;
}
