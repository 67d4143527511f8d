/* warc.c: WARC records, and the HTTP answers inside them. */
#define _GNU_SOURCE
#include "source/warc.h"

#include <stdlib.h>
#include <string.h>
#include <strings.h>
#include <zlib.h>

#define HEADER_LINE ((size_t)64 << 10)
#define HEADER_LINES 200
#define BLOCK_MAX (HTML_MAX_LEN + ((size_t)1 << 20))

struct record {
    uint64_t at, len;
    bool has_len, is_answer, is_other; /* neither an HTTP answer nor a document */
    char url[2048], type[128];         /* type: of the content */
};

/* ---- headers: "Name: value" ---- */

static const char *value_of(const char *line, const char *name)
{
    size_t len = strlen(name);
    if (strncasecmp(line, name, len) != 0 || line[len] != ':')
        return NULL;
    line += len + 1;
    return line + strspn(line, " \t");
}

static void copy_value(char *out, size_t cap, const char *value)
{
    size_t len = strlen(value);
    len = len < cap - 1 ? len : 0; /* an address that is cut is none */
    memcpy(out, value, len);
    out[len] = '\0';
}

static void take_header(struct record *record, const char *line)
{
    const char *value;
    if ((value = value_of(line, "Content-Length"))) {
        char *end;
        record->len = strtoull(value, &end, 10);
        record->has_len = end > value && *value != '-';
    } else if ((value = value_of(line, "WARC-Type"))) {
        record->is_answer = strcasecmp(value, "response") == 0;
        record->is_other = !record->is_answer && strcasecmp(value, "resource") != 0 &&
                           strcasecmp(value, "conversion") != 0;
    } else if ((value = value_of(line, "WARC-Target-URI"))) {
        size_t len = strlen(value);
        bool is_fenced = len > 1 && value[0] == '<' && value[len - 1] == '>';
        copy_value(record->url, sizeof record->url, value + is_fenced);
        if (is_fenced && *record->url)
            record->url[strlen(record->url) - 1] = '\0';
    } else if ((value = value_of(line, "Content-Type"))) {
        copy_value(record->type, sizeof record->type, value);
    }
}

static enum outcome at_byte(struct fail *fail, const char *what, uint64_t at)
{
    return fail_with(fail, FAIL_DATA, "%s at byte %llu", what, (unsigned long long)at);
}

/* Steps to the next line that begins a record. What is passed over but blank lines is
 * broken; the record itself is left for the next call. */
static enum outcome find_head(struct stream *stream, bool *is_end, struct fail *fail)
{
    const char *bytes;
    size_t len;
    uint64_t lost_at = 0;
    bool was_broken = stream_was_broken(stream);
    for (bool is_lost = false;;) {
        uint64_t at = stream_origin(stream);
        enum outcome outcome = stream_look(stream, 5, &bytes, &len, fail);
        if (outcome)
            return outcome;
        *is_end = len == 0 && (!is_lost || was_broken);
        bool is_head = len >= 5 && memcmp(bytes, "WARC/", 5) == 0;
        if (is_lost && (is_head || len == 0) && !was_broken)
            return at_byte(fail, "what is no WARC record", lost_at);
        if (is_head || *is_end)
            return OK;
        outcome = stream_line(stream, HEADER_LINE, &bytes, &len, fail);
        if (outcome && outcome != FAIL_LIMIT)
            return outcome;
        if (!is_lost && (len || outcome))
            lost_at = at;
        is_lost = is_lost || len || outcome;
    }
}

static enum outcome read_head(struct stream *stream, struct record *record, bool *is_end,
                              struct fail *fail)
{
    const char *line;
    size_t len;
    enum outcome outcome = find_head(stream, is_end, fail);
    record->at = stream_origin(stream);
    if (outcome || *is_end)
        return outcome;
    for (int count = 0; count < HEADER_LINES; count++) {
        outcome = stream_line(stream, HEADER_LINE, &line, &len, fail);
        if (outcome && outcome != FAIL_LIMIT)
            return outcome;
        if (!outcome && (!line || len == 0))
            break;
        if (!outcome)
            take_header(record, line);
    }
    if (!record->has_len)
        return at_byte(fail, "a WARC record without a length", record->at);
    return OK;
}

/* A record that is shorter than it says: the next one may begin inside what it claims. */
static enum outcome cut_short(struct stream *stream, const struct record *record,
                              const char *bytes, size_t len, struct fail *fail)
{
    const char *next = memmem(bytes, len, "\nWARC/1.", 8);
    stream_advance(stream, next ? (size_t)(next + 1 - bytes) : len);
    return at_byte(fail, "a WARC record that is cut short", record->at);
}

/* ---- the HTTP answer ---- */

struct answer {
    int status;
    bool is_chunked, is_packed;
    char type[128];
};

/* Reads the head; returns where the body begins. */
static size_t read_answer(const char *bytes, size_t len, struct answer *answer)
{
    char line[1024];
    size_t at = 0;
    for (bool is_first = true; at < len; is_first = false) {
        const char *end = memchr(bytes + at, '\n', len - at);
        size_t size = end ? (size_t)(end - bytes) - at : len - at;
        size_t shown = size && bytes[at + size - 1] == '\r' ? size - 1 : size;
        const char *value;
        shown = shown < sizeof line - 1 ? shown : sizeof line - 1;
        memcpy(line, bytes + at, shown);
        line[shown] = '\0';
        at += size + (end != NULL);
        if (shown == 0)
            break;
        if (is_first)
            answer->status = strchr(line, ' ') ? atoi(strchr(line, ' ')) : 0;
        else if ((value = value_of(line, "Content-Type")))
            copy_value(answer->type, sizeof answer->type, value);
        else if ((value = value_of(line, "Transfer-Encoding")))
            answer->is_chunked = strcasecmp(value, "chunked") == 0;
        else if ((value = value_of(line, "Content-Encoding")))
            answer->is_packed = strstr(value, "gzip") || strstr(value, "deflate");
    }
    return at;
}

/* Undoes chunks in place of a copy; bodies that are not chunked after all stay. */
static enum outcome join_chunks(struct raw *raw, struct fail *fail)
{
    const char *bytes = raw->bytes;
    size_t at = 0, used = 0, len = raw->len;
    char *out = arena_take(&raw->arena, len + 1, 1);
    if (!out)
        return fail_memory(fail);
    while (at < len) {
        char *end;
        unsigned long long size = strtoull(bytes + at, &end, 16);
        const char *line = memchr(bytes + at, '\n', len - at);
        if (end == bytes + at || !line || (size_t)(line - (bytes + at)) > 200)
            break;
        at = (size_t)(line + 1 - bytes);
        if (size == 0)
            at = len;
        size_t step = size < len - at ? (size_t)size : len - at;
        memcpy(out + used, bytes + at, step);
        used += step;
        at += step;
        at += at < len && bytes[at] == '\r';
        at += at < len && bytes[at] == '\n';
    }
    if (used) {
        raw->bytes = out;
        raw->len = used;
    }
    return OK;
}

static enum outcome unpack_body(struct raw *raw, struct fail *fail)
{
    const unsigned char *at = (const unsigned char *)raw->bytes;
    bool is_gzip = raw->len > 2 && at[0] == 0x1F && at[1] == 0x8B;
    bool is_zlib = raw->len > 2 && (at[0] & 0x0F) == 8 && (at[0] << 8 | at[1]) % 31 == 0;
    if (!is_gzip && !is_zlib)
        return OK;
    size_t cap = raw->len < HTML_MAX_LEN / 16 ? raw->len * 16 + 4096 : HTML_MAX_LEN;
    char *out = arena_take(&raw->arena, cap + 1, 1);
    z_stream z = {.next_in = (unsigned char *)(uintptr_t)raw->bytes,
                  .avail_in = (unsigned)raw->len,
                  .next_out = (unsigned char *)out,
                  .avail_out = (unsigned)cap};
    if (!out || inflateInit2(&z, 15 + 32) != Z_OK)
        return fail_memory(fail);
    int code = inflate(&z, Z_FINISH);
    size_t used = cap - z.avail_out;
    inflateEnd(&z);
    if (code != Z_STREAM_END)
        return fail_with(fail, FAIL_DATA,
                         z.avail_out ? "broken packed data in a record"
                                     : "a record unpacks to too much");
    raw->bytes = out;
    raw->len = used;
    return OK;
}

/* "text/html; charset=utf-8" */
static bool read_type(struct raw *raw, const char *type, struct fail *fail,
                      enum outcome *outcome)
{
    bool is_page = strncasecmp(type, "text/html", 9) == 0 ||
                   strncasecmp(type, "application/xhtml", 17) == 0;
    if (!is_page && strncasecmp(type, "text/plain", 10) != 0)
        return false;
    raw->format = is_page ? FORMAT_HTML : FORMAT_TEXT;
    const char *charset = strstr(type, "charset=");
    if (charset) {
        charset += 8;
        charset += *charset == '"' || *charset == '\'';
        raw->charset = arena_copy(&raw->arena, charset, strcspn(charset, "\"'; \t"));
        if (!raw->charset)
            *outcome = fail_memory(fail);
    }
    return true;
}

/* False when the record holds no page that was delivered. */
static bool take_block(struct raw *raw, const struct record *record, const char *bytes,
                       size_t len, enum outcome *outcome, struct fail *fail)
{
    struct answer answer = {.status = 200};
    size_t body = 0;
    if (record->is_answer)
        body = read_answer(bytes, len, &answer);
    if (answer.status != 200 || body >= len ||
        !read_type(raw, record->is_answer ? answer.type : record->type, fail, outcome))
        return false;
    raw->bytes = arena_copy(&raw->arena, bytes + body, len - body);
    raw->len = len - body;
    raw->url = *record->url ? arena_copy(&raw->arena, record->url, strlen(record->url))
                            : NULL;
    if (!raw->bytes || (*record->url && !raw->url))
        *outcome = fail_memory(fail);
    if (!*outcome && answer.is_chunked)
        *outcome = join_chunks(raw, fail);
    if (!*outcome && answer.is_packed)
        *outcome = unpack_body(raw, fail);
    if (!*outcome && raw->len > HTML_MAX_LEN)
        *outcome = fail_with(fail, FAIL_LIMIT,
                             "%zu bytes, more than the %zu a page may hold", raw->len,
                             HTML_MAX_LEN);
    return true;
}

enum outcome warc_next(struct stream *stream, struct raw *raw, uint64_t *at, bool *is_end,
                       struct fail *fail)
{
    for (;;) {
        struct record record = {0};
        const char *bytes;
        size_t len;
        bool is_whole;
        enum outcome outcome = read_head(stream, &record, is_end, fail);
        *at = record.at;
        if (outcome || *is_end)
            return outcome;
        if (record.is_other || record.len > BLOCK_MAX) {
            outcome = stream_skip(stream, record.len, &is_whole, fail);
            if (!outcome && !is_whole)
                outcome = at_byte(fail, "a WARC record that is cut short", record.at);
            if (!outcome && !record.is_other)
                outcome = fail_with(fail, FAIL_LIMIT,
                                    "a record of %llu bytes, more than the %zu allowed",
                                    (unsigned long long)record.len, BLOCK_MAX);
            if (outcome)
                return outcome;
            continue;
        }
        outcome = stream_look(stream, (size_t)record.len, &bytes, &len, fail);
        if (outcome)
            return outcome;
        if (len < record.len)
            return cut_short(stream, &record, bytes, len, fail);
        bool is_page = take_block(raw, &record, bytes, (size_t)record.len, &outcome,
                                  fail);
        stream_advance(stream, (size_t)record.len);
        if (is_page)
            return outcome;
    }
}
