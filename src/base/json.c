/* json.c: writing JSON. Input is UTF-8; a byte that is not is written as U+FFFD. */
#include "base/json.h"

#include <math.h>
#include <stdio.h>
#include <string.h>

void json_start(struct json *json, struct buffer *out)
{
    *json = (struct json){.out = out};
}

static void before_value(struct json *json)
{
    if (json->after_key) {
        json->after_key = false;
        return;
    }
    uint64_t bit = (uint64_t)1 << json->depth;
    if (json->filled & bit)
        buffer_add(json->out, ",", 1);
    json->filled |= bit;
}

static void open_level(struct json *json, const char *bracket)
{
    before_value(json);
    buffer_add(json->out, bracket, 1);
    json->depth = (json->depth + 1) & 63;
    json->filled &= ~((uint64_t)1 << json->depth);
}

static void close_level(struct json *json, const char *bracket)
{
    json->depth = (json->depth - 1) & 63;
    buffer_add(json->out, bracket, 1);
}

void json_object_start(struct json *json)
{
    open_level(json, "{");
}

void json_object_end(struct json *json)
{
    close_level(json, "}");
}

void json_array_start(struct json *json)
{
    open_level(json, "[");
}

void json_array_end(struct json *json)
{
    close_level(json, "]");
}

/* Length of the well-formed UTF-8 sequence at `at`, or 0. */
static size_t sequence_len(const unsigned char *at, size_t left)
{
    size_t len = at[0] < 0x80   ? 1
                 : at[0] < 0xC2 ? 0
                 : at[0] < 0xE0 ? 2
                 : at[0] < 0xF0 ? 3
                 : at[0] < 0xF5 ? 4
                                : 0;
    if (len == 0 || len > left)
        return 0;
    for (size_t i = 1; i < len; i++)
        if ((at[i] & 0xC0) != 0x80)
            return 0;
    if ((at[0] == 0xE0 && at[1] < 0xA0) || (at[0] == 0xED && at[1] > 0x9F) ||
        (at[0] == 0xF0 && at[1] < 0x90) || (at[0] == 0xF4 && at[1] > 0x8F))
        return 0;
    return len;
}

static void add_escaped(struct buffer *out, unsigned char byte)
{
    switch (byte) {
    case '"': buffer_text(out, "\\\""); break;
    case '\\': buffer_text(out, "\\\\"); break;
    case '\n': buffer_text(out, "\\n"); break;
    case '\r': buffer_text(out, "\\r"); break;
    case '\t': buffer_text(out, "\\t"); break;
    default: buffer_print(out, "\\u%04x", byte);
    }
}

static void write_string(struct buffer *out, const char *bytes, size_t len)
{
    buffer_add(out, "\"", 1);
    size_t plain = 0;
    for (size_t i = 0; i < len;) {
        unsigned char byte = (unsigned char)bytes[i];
        size_t step = sequence_len((const unsigned char *)bytes + i, len - i);
        if (step && byte >= 0x20 && byte != '"' && byte != '\\' && byte != 0x7F) {
            i += step;
            continue;
        }
        buffer_add(out, bytes + plain, i - plain);
        if (step)
            add_escaped(out, byte);
        else
            buffer_text(out, "\xEF\xBF\xBD");
        plain = ++i;
    }
    buffer_add(out, bytes + plain, len - plain);
    buffer_add(out, "\"", 1);
}

void json_key(struct json *json, const char *key)
{
    before_value(json);
    write_string(json->out, key, strlen(key));
    buffer_add(json->out, ":", 1);
    json->after_key = true;
}

void json_text(struct json *json, const char *text)
{
    if (!text) {
        json_nothing(json);
        return;
    }
    json_bytes(json, text, strlen(text));
}

void json_bytes(struct json *json, const char *bytes, size_t len)
{
    before_value(json);
    write_string(json->out, bytes, len);
}

void json_whole(struct json *json, int64_t number)
{
    before_value(json);
    buffer_print(json->out, "%lld", (long long)number);
}

void json_number(struct json *json, double number, int decimals)
{
    if (!isfinite(number)) {
        json_nothing(json);
        return;
    }
    char text[64];
    snprintf(text, sizeof text, "%.*f", decimals, number);
    if (strchr(text, '.')) {
        size_t len = strlen(text);
        while (text[len - 1] == '0')
            text[--len] = '\0';
        if (text[len - 1] == '.')
            text[len - 1] = '\0';
    }
    before_value(json);
    buffer_text(json->out, text);
}

void json_bool(struct json *json, bool value)
{
    before_value(json);
    buffer_text(json->out, value ? "true" : "false");
}

void json_nothing(struct json *json)
{
    before_value(json);
    buffer_text(json->out, "null");
}

void json_key_text(struct json *json, const char *key, const char *text)
{
    json_key(json, key);
    json_text(json, text);
}
