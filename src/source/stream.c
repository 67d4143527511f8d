/* stream.c: one buffer that grows to the longest line or file allowed; zlib reads plain
 * files too. */
#define _POSIX_C_SOURCE 200809L
#include "source/stream.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>
#include <zlib.h>

#define CHUNK ((size_t)64 << 10)

struct stream {
    gzFile file;
    char *path;
    char *bytes; /* bytes[start..end) are read and not given out yet */
    size_t start, end, capacity;
    uint64_t line_number;
    bool is_done;
};

enum outcome stream_open(const char *path, struct stream **out, struct fail *fail)
{
    bool is_input = strcmp(path, "-") == 0;
    *out = NULL;
    int fd = is_input ? dup(STDIN_FILENO) : open(path, O_RDONLY | O_CLOEXEC | O_NOCTTY);
    if (fd < 0)
        return fail_with(fail, FAIL_IO, "%s: %s", path, strerror(errno));
    struct stat info;
    if (fstat(fd, &info) == 0 && S_ISDIR(info.st_mode)) {
        close(fd);
        return fail_with(fail, FAIL_IO, "%s: is a folder", path);
    }
    struct stream *stream = calloc(1, sizeof *stream);
    gzFile file = stream ? gzdopen(fd, "rb") : NULL;
    if (!file) {
        close(fd);
        free(stream);
        return fail_memory(fail);
    }
    stream->file = file;
    stream->path = strdup(is_input ? "standard input" : path);
    stream->bytes = malloc(CHUNK + 1);
    stream->capacity = CHUNK;
    if (!stream->path || !stream->bytes) {
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
    gzclose(stream->file);
    free(stream->path);
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

/* Reads more behind bytes[end]; sets is_done at the file's end. */
static enum outcome fill(struct stream *stream, struct fail *fail)
{
    enum outcome outcome = make_room(stream, fail);
    if (outcome)
        return outcome;
    size_t room = stream->capacity - stream->end;
    int got = gzread(stream->file, stream->bytes + stream->end,
                     (unsigned)(room < CHUNK ? room : CHUNK));
    int code = Z_OK;
    const char *why = gzerror(stream->file, &code);
    stream->is_done = got <= 0;
    if (got > 0)
        stream->end += (size_t)got;
    if (got < 0 || code == Z_BUF_ERROR || code == Z_DATA_ERROR) {
        stream->is_done = true;
        return fail_with(fail, FAIL_IO, "%s: %s", stream->path,
                         code == Z_ERRNO       ? strerror(errno)
                         : code == Z_BUF_ERROR ? "the gzip data end too soon"
                                               : why);
    }
    return OK;
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
            return outcome
                       ? outcome
                       : fail_with(
                             fail, FAIL_LIMIT,
                             "%s:%llu: a line of %zu bytes, longer than the %zu allowed",
                             stream->path, (unsigned long long)stream->line_number, *len,
                             limit);
        }
        seen = have;
        enum outcome outcome = fill(stream, fail);
        if (outcome)
            return outcome;
    }
}

/* How large the file is on disk; 0 when that is not known or it is packed. */
static size_t size_on_disk(const struct stream *stream)
{
    struct stat info;
    bool is_known = gzdirect(stream->file) && stat(stream->path, &info) == 0 &&
                    S_ISREG(info.st_mode);
    return is_known ? (size_t)info.st_size : 0;
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
    if (!outcome && *len > limit) {
        size_t size = size_on_disk(stream);
        char about[48] = "";
        if (size)
            snprintf(about, sizeof about, "%zu bytes, ", size);
        outcome = fail_with(fail, FAIL_LIMIT,
                            "%s: %smore than the %zu one report may hold", stream->path,
                            about, limit);
    }
    stream->start = stream->end;
    return outcome;
}

uint64_t stream_line_number(const struct stream *stream)
{
    return stream->line_number;
}
