/* stream.c: one buffer that grows to the longest line or file allowed. */
#define _POSIX_C_SOURCE 200809L
#include "source/stream.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define CHUNK ((size_t)64 << 10)

struct stream {
    struct supply *supply;
    char *bytes; /* bytes[start..end) are read and not given out yet */
    size_t start, end, capacity;
    uint64_t line_number, read; /* bytes taken from the supply */
    bool is_done;
    enum outcome late; /* a failure behind the bytes that are there, not told yet */
    struct fail why;
    bool was_broken;
};

enum outcome stream_open(struct supply *supply, struct stream **out, struct fail *fail)
{
    struct stream *stream = supply ? calloc(1, sizeof *stream) : NULL;
    *out = NULL;
    if (!stream) {
        if (supply)
            supply->close(supply);
        return fail_memory(fail);
    }
    stream->supply = supply;
    stream->bytes = malloc(CHUNK + 1);
    stream->capacity = CHUNK;
    if (!stream->bytes) {
        stream_close(stream);
        return fail_memory(fail);
    }
    *out = stream;
    return OK;
}

void stream_close(struct stream *stream)
{
    if (!stream)
        return;
    stream->supply->close(stream->supply);
    free(stream->bytes);
    free(stream);
}

static enum outcome make_room(struct stream *stream, struct fail *fail)
{
    if (stream->start > 0) {
        memmove(stream->bytes, stream->bytes + stream->start,
                stream->end - stream->start);
        stream->end -= stream->start;
        stream->start = 0;
    }
    if (stream->capacity - stream->end >= CHUNK / 2)
        return OK;
    char *more = realloc(stream->bytes, stream->capacity * 2 + 1);
    if (!more)
        return fail_memory(fail);
    stream->bytes = more;
    stream->capacity *= 2;
    return OK;
}

/* Reads more behind bytes[end]; sets is_done at the end. */
static enum outcome fill(struct stream *stream, struct fail *fail)
{
    enum outcome outcome = stream->late;
    stream->late = OK;
    if (outcome)
        return fail_with(fail, outcome, "%s", stream->why.message);
    outcome = make_room(stream, fail);
    if (outcome)
        return outcome;
    size_t room = stream->capacity - stream->end, got = 0;
    outcome = stream->supply->read(stream->supply, stream->bytes + stream->end,
                                   room < CHUNK ? room : CHUNK, &got, fail);
    stream->end += got;
    stream->read += got;
    stream->is_done = !outcome && got == 0;
    stream->was_broken = stream->was_broken || outcome;
    return outcome;
}

enum outcome stream_look(struct stream *stream, size_t want, const char **bytes,
                         size_t *len, struct fail *fail)
{
    enum outcome outcome = OK;
    while (!outcome && !stream->is_done && stream->end - stream->start < want)
        outcome = fill(stream, fail);
    stream->bytes[stream->end] = '\0';
    *bytes = stream->bytes + stream->start;
    *len = stream->end - stream->start;
    return outcome;
}

enum outcome stream_peek(struct stream *stream, size_t want, const char **bytes,
                         size_t *len, struct fail *fail)
{
    enum outcome outcome = stream_look(stream, want, bytes, len, &stream->why);
    if (!outcome)
        return OK;
    if (*len == 0)
        return fail_with(fail, outcome, "%s", stream->why.message);
    stream->late = outcome;
    return OK;
}

void stream_advance(struct stream *stream, size_t len)
{
    stream->start += len;
}

/* Reads on to the line's end without keeping it; returns its length. */
static enum outcome skip_line(struct stream *stream, size_t *len, struct fail *fail)
{
    enum outcome outcome = OK;
    *len = 0;
    while (!outcome) {
        size_t have = stream->end - stream->start;
        char *end = memchr(stream->bytes + stream->start, '\n', have);
        size_t took = end ? (size_t)(end - stream->bytes) - stream->start : have;
        *len += took;
        stream->start += took + (end != NULL);
        if (end || stream->is_done)
            break;
        outcome = fill(stream, fail);
    }
    return outcome;
}

enum outcome stream_line(struct stream *stream, size_t limit, const char **line,
                         size_t *len, struct fail *fail)
{
    size_t seen = 0;
    *line = NULL;
    *len = 0;
    stream->line_number++;
    for (;;) {
        size_t have = stream->end - stream->start;
        char *end = memchr(stream->bytes + stream->start + seen, '\n', have - seen);
        if (end || (stream->is_done && have)) {
            *line = stream->bytes + stream->start;
            *len = end ? (size_t)(end - *line) : have;
            stream->start += *len + (end != NULL);
            stream->bytes[(size_t)(*line - stream->bytes) + *len] = '\0';
            if (*len && (*line)[*len - 1] == '\r')
                stream->bytes[(size_t)(*line - stream->bytes) + --*len] = '\0';
            return OK;
        }
        if (stream->is_done)
            return OK;
        if (have > limit) {
            enum outcome outcome = skip_line(stream, len, fail);
            return outcome ? outcome
                           : fail_with(fail, FAIL_LIMIT,
                                       "a line of %zu bytes, longer than the %zu allowed",
                                       *len, limit);
        }
        seen = have;
        enum outcome outcome = fill(stream, fail);
        if (outcome)
            return outcome;
    }
}

enum outcome stream_rest(struct stream *stream, size_t limit, const char **bytes,
                         size_t *len, struct fail *fail)
{
    enum outcome outcome = OK;
    while (!outcome && !stream->is_done && stream->end - stream->start <= limit)
        outcome = fill(stream, fail);
    *bytes = stream->bytes + stream->start;
    *len = stream->end - stream->start;
    stream->bytes[stream->end] = '\0';
    if (!outcome && *len > limit)
        outcome = fail_with(fail, FAIL_LIMIT,
                            "more than the %zu bytes one report may hold", limit);
    stream->start = stream->end;
    return outcome;
}

enum outcome stream_skip(struct stream *stream, uint64_t len, bool *is_whole,
                         struct fail *fail)
{
    enum outcome outcome = OK;
    while (!outcome && len) {
        size_t have = stream->end - stream->start;
        size_t step = have < len ? have : (size_t)len;
        stream->start += step;
        len -= step;
        if (!len || stream->is_done)
            break;
        outcome = fill(stream, fail);
    }
    *is_whole = len == 0;
    return outcome;
}

bool stream_was_broken(struct stream *stream)
{
    bool was_broken = stream->was_broken;
    stream->was_broken = false;
    return was_broken;
}

uint64_t stream_line_number(const struct stream *stream)
{
    return stream->line_number;
}

uint64_t stream_offset(const struct stream *stream)
{
    return stream->read - (stream->end - stream->start);
}

uint64_t stream_origin(const struct stream *stream)
{
    uint64_t at = stream_offset(stream);
    return stream->supply->origin ? stream->supply->origin(stream->supply, at) : at;
}
