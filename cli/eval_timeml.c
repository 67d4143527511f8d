/* eval_timeml.c: a small reader of TimeML: text, TIMEX3 tags and the day of creation. No
 * other tag matters, none is nested in a TIMEX3 that counts, and entities are the five of
 * XML and those by number. */
#include "cli/eval_timeml.h"

#include <stdint.h>
#include <stdlib.h>
#include <string.h>

struct scanner {
    const char *at, *end;
    struct timeml *out;
    size_t capacity;   /* of out->times */
    struct timex open; /* the TIMEX3 that is open */
    bool is_open, is_in_text, is_in_day;
};

/* ---- characters ---- */

static size_t write_utf8(uint32_t code, char *to)
{
    if (code < 0x80) {
        to[0] = (char)code;
        return 1;
    }
    size_t len = code < 0x800 ? 2 : code < 0x10000 ? 3 : 4;
    for (size_t i = len - 1; i > 0; i--, code >>= 6)
        to[i] = (char)(0x80 | (code & 0x3F));
    to[0] = (char)((len == 2 ? 0xC0 : len == 3 ? 0xE0 : 0xF0) | code);
    return len;
}

/* "&#8217;" or "&#x2019;": the code; 0 when it is none that a text can hold. */
static uint32_t read_code(const char *name, size_t len)
{
    bool is_hex = len > 1 && (name[1] == 'x' || name[1] == 'X');
    uint32_t code = 0;
    for (size_t i = is_hex ? 2 : 1; i < len; i++) {
        int digit = name[i] >= '0' && name[i] <= '9'             ? name[i] - '0'
                    : is_hex && name[i] >= 'a' && name[i] <= 'f' ? name[i] - 'a' + 10
                    : is_hex && name[i] >= 'A' && name[i] <= 'F' ? name[i] - 'A' + 10
                                                                 : -1;
        if (digit < 0 || code > 0x10FFFF)
            return 0;
        code = code * (is_hex ? 16 : 10) + (uint32_t)digit;
    }
    bool is_surrogate = code >= 0xD800 && code < 0xE000;
    return code > 0x10FFFF || is_surrogate ? 0 : code;
}

/* The character at `at`, with its entity undone, to `to` (room for 4); moves `at` on.
 * What is written is never longer than what is read. */
static size_t read_character(const char **at, const char *end, char *to)
{
    static const struct {
        const char *name;
        char is;
    } entities[] = {
        {"lt", '<'}, {"gt", '>'}, {"amp", '&'}, {"quot", '"'}, {"apos", '\''}};
    const char *from = *at;
    const char *stop = *from == '&' ? memchr(from, ';', (size_t)(end - from)) : NULL;
    *to = *(*at)++;
    if (!stop || stop - from > 10)
        return 1;
    size_t len = (size_t)(stop - from) - 1;
    for (size_t i = 0; i < sizeof entities / sizeof *entities; i++)
        if (strlen(entities[i].name) == len &&
            memcmp(entities[i].name, from + 1, len) == 0) {
            *to = entities[i].is;
            *at = stop + 1;
            return 1;
        }
    uint32_t code = len > 1 && from[1] == '#' ? read_code(from + 1, len) : 0;
    if (code == 0)
        return 1;
    *at = stop + 1;
    return write_utf8(code, to);
}

/* ---- tags ---- */

static bool tag_is(const char *tag, size_t len, const char *name)
{
    size_t name_len = strlen(name);
    return len >= name_len && memcmp(tag, name, name_len) == 0 &&
           (len == name_len || strchr(" \t\r\n/", tag[name_len]));
}

/* The value of an attribute of the tag; "" when it has none. */
static void read_attribute(const char *tag, size_t len, const char *name, char *to,
                           size_t size)
{
    size_t name_len = strlen(name), out = 0;
    const char *end = tag + len;
    to[0] = '\0';
    for (const char *at = tag; at + name_len + 2 < end; at++) {
        bool is_it = strchr(" \t\r\n", *at) && memcmp(at + 1, name, name_len) == 0 &&
                     at[name_len + 1] == '=';
        if (!is_it)
            continue;
        char quote = at[name_len + 2];
        at += name_len + 3;
        while (at < end && *at != quote && out + 4 < size)
            out += read_character(&at, end, to + out);
        to[out] = '\0';
        return;
    }
}

static bool keep_open(struct scanner *s)
{
    struct timeml *out = s->out;
    s->is_open = false;
    s->open.end = out->len;
    if (s->open.end == s->open.start)
        return true;
    if (out->count == s->capacity) {
        size_t capacity = s->capacity ? s->capacity * 2 : 64;
        struct timex *grown = realloc(out->times, capacity * sizeof *grown);
        if (!grown)
            return false;
        out->times = grown;
        s->capacity = capacity;
    }
    out->times[out->count++] = s->open;
    return true;
}

static bool read_tag(struct scanner *s, const char *tag, size_t len)
{
    bool is_end = len && tag[0] == '/';
    if (is_end) {
        tag++;
        len--;
    }
    if (tag_is(tag, len, "TEXT")) {
        s->is_in_text = !is_end;
    } else if (tag_is(tag, len, "DCT")) {
        s->is_in_day = !is_end;
    } else if (tag_is(tag, len, "TIMEX3")) {
        if (is_end)
            return !s->is_open || keep_open(s);
        char value[64];
        read_attribute(tag, len, "value", value, sizeof value);
        if (s->is_in_day && !s->out->day[0] && strlen(value) >= 10) {
            memcpy(s->out->day, value, 10);
            s->out->day[10] = '\0';
        }
        if (!s->is_in_text || (len && tag[len - 1] == '/'))
            return true;
        s->is_open = true;
        s->open = (struct timex){.start = s->out->len};
        memcpy(s->open.value, value, sizeof value);
        read_attribute(tag, len, "type", s->open.type, sizeof s->open.type);
    }
    return true;
}

bool timeml_read(const char *xml, size_t len, struct timeml *document)
{
    struct scanner s = {.at = xml, .end = xml + len, .out = document};
    *document = (struct timeml){.text = malloc(len + 4)};
    if (!document->text)
        return false;
    while (s.at < s.end) {
        size_t left = (size_t)(s.end - s.at);
        bool is_comment = left > 4 && memcmp(s.at, "<!--", 4) == 0;
        const char *stop = *s.at == '<' && !is_comment ? memchr(s.at, '>', left) : NULL;
        if (is_comment) {
            s.at += 4;
            while (s.at < s.end && memcmp(s.at - 3, "-->", 3) != 0)
                s.at++;
        } else if (stop) {
            if (!read_tag(&s, s.at + 1, (size_t)(stop - s.at) - 1))
                return false;
            s.at = stop + 1;
        } else if (s.is_in_text) {
            document->len += read_character(&s.at, s.end, document->text + document->len);
        } else {
            s.at++;
        }
    }
    document->text[document->len] = '\0';
    return true;
}

void timeml_free(struct timeml *document)
{
    free(document->text);
    free(document->times);
}
