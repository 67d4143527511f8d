/* reader.c: files to raw reports: one a file, one a JSON line, one a CoNLL-U document. */
#include "source/raw.h"

#include "base/buffer.h"
#include "source/charset.h"
#include "source/stream.h"
#include "source/walk.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define CONLLU_MAX_LEN                                                                   \
    ((size_t)128 << 20) /* a document's lines; its text is far shorter */

struct reader {
    struct walk walk;
    struct stream *stream; /* the file being read; NULL between files */
    char *path;
    enum format format;
    struct buffer pending; /* CoNLL-U: the lines of the document so far */
    uint64_t document;
};

enum outcome reader_open(const char *const *paths, size_t count, struct reader **out,
                         struct fail *fail)
{
    struct reader *reader = calloc(1, sizeof *reader);
    *out = NULL;
    if (!reader)
        return fail_memory(fail);
    enum outcome outcome = walk_open(&reader->walk, paths, count, fail);
    if (outcome)
        free(reader);
    else
        *out = reader;
    return outcome;
}

static void close_file(struct reader *reader)
{
    stream_close(reader->stream);
    free(reader->path);
    buffer_free(&reader->pending);
    reader->pending = (struct buffer){0};
    reader->stream = NULL;
    reader->path = NULL;
    reader->document = 0;
}

void reader_close(struct reader *reader)
{
    if (!reader)
        return;
    close_file(reader);
    walk_close(&reader->walk);
    free(reader);
}

void raw_free(struct raw *raw)
{
    if (!raw)
        return;
    arena_free(&raw->arena);
    free(raw);
}

static const char *shown_path(const struct reader *reader)
{
    return strcmp(reader->path, "-") == 0 ? "standard input" : reader->path;
}

static enum outcome open_file(struct reader *reader, struct fail *fail)
{
    enum outcome outcome = walk_next(&reader->walk, &reader->path, fail);
    if (outcome || !reader->path)
        return outcome;
    outcome = stream_open(reader->path, &reader->stream, fail);
    const char *bytes;
    size_t len;
    if (!outcome)
        outcome = stream_look(reader->stream, FORMAT_LOOK, &bytes, &len, fail);
    if (!outcome && len == 0)
        outcome = fail_with(fail, FAIL_DATA, "%s: empty", shown_path(reader));
    if (!outcome) {
        reader->format = format_of(bytes, len);
        if (reader->format == FORMAT_BINARY)
            outcome = fail_with(fail, FAIL_DATA, "%s: binary data, not text",
                                shown_path(reader));
        else if (!format_is_read(reader->format))
            outcome = fail_with(fail, FAIL_DATA, "%s: %s is not read yet",
                                shown_path(reader), format_name(reader->format));
    }
    if (outcome)
        close_file(reader);
    return outcome;
}

static struct raw *new_raw(const struct reader *reader, uint64_t number)
{
    struct raw *raw = calloc(1, sizeof *raw);
    if (!raw)
        return NULL;
    arena_init(&raw->arena, (size_t)256 << 20);
    raw->name = number ? arena_print(&raw->arena, "%s:%llu", shown_path(reader),
                                     (unsigned long long)number)
                       : arena_print(&raw->arena, "%s", shown_path(reader));
    if (!raw->name) {
        raw_free(raw);
        return NULL;
    }
    return raw;
}

static enum outcome keep_bytes(struct raw *raw, const char *bytes, size_t len,
                               enum format format, struct fail *fail)
{
    raw->bytes = arena_copy(&raw->arena, bytes, len);
    raw->len = len;
    raw->format = format;
    return raw->bytes ? OK : fail_memory(fail);
}

static bool is_blank(const char *line, size_t len)
{
    for (size_t i = 0; i < len; i++)
        if ((unsigned char)line[i] > ' ')
            return false;
    return true;
}

/* What is not UTF-8 is tried as windows-1252: archives mix them. Takes raw on failure. */
static enum outcome read_json(struct raw *raw, const char *line, size_t len,
                              struct raw **out, struct fail *fail)
{
    struct decoded decoded = {0};
    struct fail why = {{0}};
    if (!raw)
        return fail_memory(fail);
    enum outcome outcome = charset_decode(line, len, NULL, &raw->arena, &decoded, &why);
    if (!outcome)
        outcome = jsonl_read(decoded.text, decoded.len, raw, &why);
    if (outcome) {
        fail_with(fail, outcome, "%s: %s", raw->name, why.message);
        raw_free(raw);
        return outcome;
    }
    *out = raw;
    return OK;
}

static size_t limit_of(enum format format)
{
    return format == FORMAT_TEXT   ? DOC_MAX_LEN
           : format == FORMAT_HTML ? HTML_MAX_LEN
                                   : LINE_MAX_LEN;
}

/* Text, HTML or one JSON object: the whole file is one report. */
static enum outcome read_whole(struct reader *reader, struct raw **out, struct fail *fail)
{
    const char *bytes;
    size_t len;
    enum outcome outcome = stream_rest(reader->stream, limit_of(reader->format), &bytes,
                                       &len, fail);
    struct raw *raw = outcome ? NULL : new_raw(reader, 0);
    if (raw && reader->format == FORMAT_JSON) {
        outcome = read_json(raw, bytes, len, out, fail);
        close_file(reader);
        return outcome;
    }
    if (!outcome)
        outcome = raw ? keep_bytes(raw, bytes, len, reader->format, fail)
                      : fail_memory(fail);
    if (outcome)
        raw_free(raw);
    else
        *out = raw;
    close_file(reader);
    return outcome;
}

static enum outcome read_jsonl(struct reader *reader, struct raw **out, struct fail *fail)
{
    const char *line;
    size_t len;
    for (;;) {
        enum outcome outcome = stream_line(reader->stream, LINE_MAX_LEN, &line, &len,
                                           fail);
        if (outcome) {
            if (outcome != FAIL_LIMIT)
                close_file(reader);
            return outcome;
        }
        if (!line) {
            close_file(reader);
            return OK;
        }
        if (!is_blank(line, len))
            return read_json(new_raw(reader, stream_line_number(reader->stream)), line,
                             len, out, fail);
    }
}

static enum outcome give_document(struct reader *reader, struct raw **out,
                                  struct fail *fail)
{
    struct raw *raw = new_raw(reader, ++reader->document);
    if (!raw)
        return fail_memory(fail);
    enum outcome outcome = keep_bytes(raw, reader->pending.bytes, reader->pending.len,
                                      FORMAT_CONLLU, fail);
    reader->pending.len = 0;
    if (outcome)
        raw_free(raw);
    else
        *out = raw;
    return outcome;
}

/* Lines up to the next "# newdoc". */
static enum outcome read_conllu(struct reader *reader, struct raw **out,
                                struct fail *fail)
{
    const char *line;
    size_t len;
    for (;;) {
        enum outcome outcome = stream_line(reader->stream, LINE_MAX_LEN, &line, &len,
                                           fail);
        bool has_pending = reader->pending.len > 0;
        bool is_new = line && strncmp(line, "# newdoc", 8) == 0;
        if (!outcome && reader->pending.failed)
            outcome = fail_memory(fail);
        if (!outcome && reader->pending.len > CONLLU_MAX_LEN)
            outcome = fail_with(fail, FAIL_LIMIT, "%s: a document of more than %zu bytes",
                                shown_path(reader), CONLLU_MAX_LEN);
        if (!outcome && has_pending && (is_new || !line))
            outcome = give_document(reader, out, fail);
        if (outcome || !line) {
            close_file(reader);
            return outcome;
        }
        buffer_add(&reader->pending, line, len);
        buffer_add(&reader->pending, "\n", 1);
        if (*out)
            return OK;
    }
}

enum outcome reader_next(struct reader *reader, struct raw **raw, struct fail *fail)
{
    *raw = NULL;
    enum outcome outcome = OK;
    while (!outcome && !*raw) {
        if (!reader->stream) {
            outcome = open_file(reader, fail);
            if (!outcome && !reader->stream)
                return OK;
            continue;
        }
        if (reader->format == FORMAT_JSONL)
            outcome = read_jsonl(reader, raw, fail);
        else if (reader->format == FORMAT_CONLLU)
            outcome = read_conllu(reader, raw, fail);
        else
            outcome = read_whole(reader, raw, fail);
    }
    return outcome;
}
