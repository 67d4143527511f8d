/* reader.c: files to raw reports. What is packed or holds other files is a level; the
 * level on top gives reports, or another level, until it is read. */
#include "source/raw.h"

#include "base/buffer.h"
#include "source/archive.h"
#include "source/charset.h"
#include "source/csv.h"
#include "source/feed.h"
#include "source/resume.h"
#include "source/walk.h"
#include "source/warc.h"

#include <stdlib.h>
#include <string.h>

#define LEVELS 8 /* an archive in an archive in ... */
#define CONLLU_MAX_LEN                                                                   \
    ((size_t)128 << 20) /* a document's lines; its text is far shorter */

struct level {
    struct stream *stream;
    struct supply *part; /* the stream's supply, when it is a part of an archive */
    enum format format;
    char *name;            /* shown: "export.zip!a/page.html" */
    struct buffer pending; /* CoNLL-U: the lines of the document so far */
    uint64_t count;        /* documents given */
    struct fail why;       /* what was wrong with the report, without its name */
    struct reports *reports;
    struct member member;
    struct csv csv;
    struct feed feed;
};

struct reader {
    struct walk walk;
    struct budget budget;
    uint64_t from; /* where the first file begins */
    uint64_t base; /* and the one being read */
    uint64_t skip; /* reports that are passed over still */
    /* Of the file being read: where it can be read again, and what was given since. */
    struct resume_point point;
    char *path;
    struct resume resume;
    size_t resumed;
    struct level *levels[LEVELS];
    uint32_t depth;
};

enum outcome reader_open(const char *const *paths, size_t count, uint64_t from,
                         struct reader **out, struct fail *fail)
{
    struct reader *reader = calloc(1, sizeof *reader);
    *out = NULL;
    if (!reader)
        return fail_memory(fail);
    reader->from = from;
    enum outcome outcome = walk_open(&reader->walk, paths, count, fail);
    if (outcome)
        free(reader);
    else
        *out = reader;
    return outcome;
}

enum outcome reader_resume(struct reader *reader, const char *path, const char *mark,
                           struct fail *fail)
{
    return resume_add(&reader->resume, path, mark, fail);
}

size_t reader_resumed(const struct reader *reader)
{
    return reader->resumed;
}

/* ---- levels ---- */

static struct level *top(const struct reader *reader)
{
    return reader->depth ? reader->levels[reader->depth - 1] : NULL;
}

static void free_level(struct level *level)
{
    stream_close(level->stream);
    reports_close(level->reports);
    buffer_free(&level->pending);
    buffer_free(&level->csv.record);
    free(level->name);
    free(level);
}

/* What is left of a member is passed over in its archive. */
static enum outcome end_member(struct level *level, const struct level *inside,
                               struct fail *fail)
{
    bool is_whole;
    enum outcome outcome = OK;
    uint64_t left = supply_part_left(inside->part) + level->member.padding;
    if (!level->member.part.has_len)
        outcome = stream_skip(inside->stream, UINT64_MAX, &is_whole, NULL);
    if (outcome)
        return OK; /* its broken data were reported; the archive finds its next record */
    return stream_skip(level->stream, left, &is_whole, fail);
}

static bool is_packed(enum format format)
{
    return format == FORMAT_GZIP || format == FORMAT_ZSTD;
}

/* The top level was read, or broke; so was what it was packed in. */
static void leave(struct reader *reader)
{
    do {
        struct level *level = reader->levels[--reader->depth], *below = top(reader);
        if (below && level->part)
            end_member(below, level, NULL);
        free_level(level);
    } while (reader->depth && is_packed(top(reader)->format));
}

static char *join(const char *name, const char *member)
{
    size_t len = strlen(name), more = member ? strlen(member) + 1 : 0;
    char *joined = malloc(len + more + 1);
    if (!joined)
        return NULL;
    memcpy(joined, name, len + 1);
    if (member) {
        joined[len] = '!';
        memcpy(joined + len + 1, member, more);
    }
    return joined;
}

static enum outcome say(const char *name, enum outcome outcome, const struct fail *why,
                        struct fail *fail)
{
    return fail_with(fail, outcome, "%s: %s", name, why->message);
}

/* What a new level holds. */
static enum outcome look(struct level *level, struct fail *fail)
{
    const char *bytes;
    size_t len;
    enum outcome outcome = stream_peek(level->stream, FORMAT_LOOK, &bytes, &len, fail);
    if (outcome)
        return outcome;
    if (len == 0)
        return fail_with(fail, FAIL_DATA, "empty");
    level->format = format_of(bytes, len < FORMAT_LOOK ? len : FORMAT_LOOK);
    if (level->format == FORMAT_BINARY)
        return fail_with(fail, FAIL_DATA, "binary data, not text");
    if (!format_is_read(level->format))
        return fail_with(fail, FAIL_DATA, "%s is not read", format_name(level->format));
    level->csv.stream = level->feed.stream = level->stream;
    return OK;
}

/* Puts a supply on top; takes it. Messages begin with the name. */
static enum outcome enter(struct reader *reader, struct supply *supply, const char *name,
                          const char *member, struct fail *fail)
{
    struct fail why = {""};
    struct level *level = reader->depth < LEVELS ? calloc(1, sizeof *level) : NULL;
    if (!level) {
        if (supply)
            supply->close(supply);
        return reader->depth < LEVELS
                   ? fail_memory(fail)
                   : fail_with(fail, FAIL_LIMIT, "%s: too many archives in each other",
                               name);
    }
    level->name = join(name, member);
    enum outcome outcome = stream_open(supply, &level->stream, &why);
    if (!outcome && !level->name)
        outcome = fail_memory(&why);
    if (outcome) {
        free_level(level);
        return say(name, outcome, &why, fail);
    }
    level->part = member ? supply : NULL;
    reader->levels[reader->depth++] = level;
    outcome = look(level, &why);
    if (outcome) {
        say(level->name, outcome, &why, fail);
        leave(reader);
    }
    return outcome;
}

void reader_close(struct reader *reader)
{
    if (!reader)
        return;
    while (reader->depth)
        free_level(reader->levels[--reader->depth]);
    walk_close(&reader->walk);
    resume_free(&reader->resume);
    free(reader->path);
    free(reader);
}

static const char *shown_path(const char *path)
{
    return strcmp(path, "-") == 0 ? "standard input" : path;
}

static enum outcome open_file(struct reader *reader, bool *is_end, struct fail *fail)
{
    char *path;
    struct supply *supply;
    struct fail why = {""};
    enum outcome outcome = walk_next(&reader->walk, &path, fail);
    *is_end = !outcome && !path;
    if (outcome || !path)
        return outcome;
    free(reader->path);
    reader->path = path;
    reader->budget = (struct budget){0};
    reader->point = reader->from ? (struct resume_point){.at = reader->from}
                                 : resume_from(&reader->resume, path);
    reader->base = reader->point.at;
    reader->skip = reader->point.skip;
    reader->point.skip = 0;
    reader->resumed += reader->base > reader->from || reader->skip;
    reader->from = 0;
    outcome = supply_file(path, reader->base, &reader->budget, &supply, &why);
    if (outcome)
        return say(shown_path(path), outcome, &why, fail);
    return enter(reader, supply, shown_path(path), NULL, fail);
}

/* What comes next can be read again from there. */
static void set_point(struct reader *reader, uint64_t at)
{
    if (at != reader->point.at)
        reader->point = (struct resume_point){.at = at};
}

/* ---- reports ---- */

void raw_free(struct raw *raw)
{
    if (!raw)
        return;
    arena_free(&raw->arena);
    free(raw);
}

static struct raw *new_raw(void)
{
    struct raw *raw = calloc(1, sizeof *raw);
    if (raw)
        arena_init(&raw->arena, (size_t)256 << 20);
    return raw;
}

/* "name", or "name:number" where number is not 0. */
static bool set_name(struct raw *raw, const struct level *level, uint64_t number)
{
    raw->name = number ? arena_print(&raw->arena, "%s:%llu", level->name,
                                     (unsigned long long)number)
                       : arena_copy(&raw->arena, level->name, strlen(level->name));
    return raw->name != NULL;
}

/* Gives the report, or says what was wrong with it. Takes raw. */
static enum outcome give(const struct level *level, struct raw *raw, uint64_t number,
                         enum outcome outcome, struct raw **out, struct fail *fail)
{
    if (!outcome && !set_name(raw, level, number)) {
        raw_free(raw);
        return fail_memory(fail);
    }
    if (!outcome) {
        *out = raw;
        return OK;
    }
    raw_free(raw);
    if (number)
        return fail_with(fail, outcome, "%s:%llu: %s", level->name,
                         (unsigned long long)number, level->why.message);
    return say(level->name, outcome, &level->why, fail);
}

static size_t limit_of(enum format format)
{
    return format == FORMAT_TEXT   ? DOC_MAX_LEN
           : format == FORMAT_HTML ? HTML_MAX_LEN
                                   : LINE_MAX_LEN;
}

/* Text or HTML: all of it is one report. */
static enum outcome read_whole(struct reader *reader, struct raw *raw, struct raw **out,
                               struct fail *fail)
{
    const char *bytes;
    size_t len;
    struct level *level = top(reader);
    enum outcome outcome = stream_rest(level->stream, limit_of(level->format), &bytes,
                                       &len, &level->why);
    if (!outcome) {
        raw->bytes = arena_copy(&raw->arena, bytes, len);
        raw->len = len;
        raw->format = level->format;
        outcome = raw->bytes ? OK : fail_memory(&level->why);
    }
    outcome = give(level, raw, 0, outcome, out, fail);
    leave(reader);
    return outcome;
}

/* What is not UTF-8 is tried as windows-1252: archives mix them. */
static enum outcome open_json(struct level *level, struct raw *raw, struct fail *fail)
{
    const char *bytes;
    size_t len;
    struct decoded decoded;
    enum outcome outcome = stream_rest(level->stream, LINE_MAX_LEN, &bytes, &len, fail);
    if (!outcome)
        outcome = charset_decode(bytes, len, NULL, &raw->arena, &decoded, fail);
    return outcome ? outcome
                   : reports_open(decoded.text, decoded.len, &level->reports, fail);
}

static enum outcome read_json(struct reader *reader, struct raw *raw, struct raw **out,
                              struct fail *fail)
{
    struct level *level = top(reader);
    uint64_t number = 0;
    enum outcome outcome = level->reports ? OK : open_json(level, raw, &level->why);
    bool is_open = !outcome;
    if (is_open)
        outcome = reports_next(level->reports, raw, &number, &level->why);
    if (is_open && number == 0) {
        raw_free(raw);
        leave(reader);
        return OK;
    }
    bool is_one = is_open && !reports_are_many(level->reports);
    outcome = give(level, raw, is_one ? 0 : number, outcome, out, fail);
    if (!is_open)
        leave(reader);
    return outcome;
}

static bool is_blank(const char *line, size_t len)
{
    for (size_t i = 0; i < len; i++)
        if ((unsigned char)line[i] > ' ')
            return false;
    return true;
}

static enum outcome read_jsonl(struct reader *reader, struct raw *raw, struct raw **out,
                               struct fail *fail)
{
    const char *line;
    size_t len;
    struct decoded decoded;
    struct level *level = top(reader);
    enum outcome outcome;
    do
        outcome = stream_line(level->stream, LINE_MAX_LEN, &line, &len, &level->why);
    while (!outcome && line && is_blank(line, len));
    uint64_t number = stream_line_number(level->stream);
    bool is_end = !outcome && !line;
    if (is_end || (!outcome && reader->skip)) {
        raw_free(raw);
        reader->skip -= !is_end;
        reader->point.skip += !is_end;
        if (is_end)
            leave(reader);
        return OK;
    }
    if (!outcome)
        outcome = charset_decode(line, len, NULL, &raw->arena, &decoded, &level->why);
    if (!outcome)
        outcome = jsonl_read(decoded.text, decoded.len, raw, &level->why);
    return give(level, raw, number, outcome, out, fail);
}

/* Lines up to the next "# newdoc". */
static enum outcome read_conllu(struct reader *reader, struct raw *raw, struct raw **out,
                                struct fail *fail)
{
    const char *line;
    size_t len;
    struct level *level = top(reader);
    for (;;) {
        enum outcome outcome = stream_line(level->stream, LINE_MAX_LEN, &line, &len,
                                           &level->why);
        bool has_pending = level->pending.len > 0;
        bool is_new = line && strncmp(line, "# newdoc", 8) == 0;
        if (!outcome && level->pending.failed)
            outcome = fail_memory(&level->why);
        if (!outcome && level->pending.len > CONLLU_MAX_LEN)
            outcome = fail_with(&level->why, FAIL_LIMIT,
                                "a document of more than %zu bytes", CONLLU_MAX_LEN);
        bool is_whole = !outcome && has_pending && (is_new || !line);
        if (is_whole) {
            raw->bytes = arena_copy(&raw->arena, level->pending.bytes,
                                    level->pending.len);
            raw->len = level->pending.len;
            raw->format = FORMAT_CONLLU;
            outcome = raw->bytes ? OK : fail_memory(&level->why);
            level->pending.len = 0;
        }
        if (!outcome && line) {
            buffer_add(&level->pending, line, len);
            buffer_add(&level->pending, "\n", 1);
        }
        bool is_over = outcome || !line;
        if (outcome || is_whole)
            outcome = give(level, raw, ++level->count, outcome, out, fail);
        else if (is_over)
            raw_free(raw);
        if (is_over)
            leave(reader);
        if (is_over || is_whole)
            return outcome;
    }
}

/* WARC, CSV and feeds: a report a record. */
static enum outcome read_record(struct reader *reader, struct raw *raw, struct raw **out,
                                struct fail *fail)
{
    struct level *level = top(reader);
    uint64_t number = 0;
    bool is_end = false;
    enum outcome outcome;
    if (level->format == FORMAT_WARC)
        outcome = warc_next(level->stream, raw, &number, &is_end, &level->why);
    else if (level->format == FORMAT_CSV)
        outcome = csv_next(&level->csv, raw, &number, &is_end, &level->why);
    else
        outcome = feed_next(&level->feed, raw, &is_end, &level->why);
    if (level->format == FORMAT_FEED)
        number = level->feed.items;
    if (level->format == FORMAT_WARC)
        number += reader->base;
    if (level->format == FORMAT_WARC && reader->depth <= 2 && !level->part && !is_end)
        set_point(reader, number);
    bool is_broken = outcome == FAIL_IO || outcome == FAIL_MEMORY ||
                     (outcome == FAIL_LIMIT && level->format == FORMAT_FEED);
    if (outcome && level->format == FORMAT_WARC)
        number = 0; /* its messages say where */
    if (!outcome && is_end)
        raw_free(raw);
    else
        outcome = give(level, raw, number, outcome, out, fail);
    if (is_end || is_broken)
        leave(reader);
    return outcome;
}

/* ---- what holds other files ---- */

static enum outcome unpack(struct reader *reader, struct fail *fail)
{
    struct level *level = top(reader);
    struct supply *supply = level->format == FORMAT_GZIP
                                ? supply_gunzip(level->stream, &reader->budget)
                                : supply_unzstd(level->stream, &reader->budget);
    enum outcome outcome = enter(reader, supply, level->name, NULL, fail);
    if (outcome && top(reader) == level)
        leave(reader);
    return outcome;
}

/* Names that begin with a dot, as in a folder, and what Apple's packer adds. */
static bool is_hidden(const char *name)
{
    const char *last = strrchr(name, '/');
    return (last ? last[1] : *name) == '.' || strncmp(name, "__MACOSX/", 9) == 0;
}

static enum outcome next_member(struct reader *reader, struct fail *fail)
{
    struct level *level = top(reader);
    struct fail why = {""};
    bool is_whole;
    for (;;) {
        enum outcome outcome = level->format == FORMAT_ZIP
                                   ? zip_next(level->stream, &level->member, &why)
                                   : tar_next(level->stream, &level->member, &why);
        if (outcome) {
            say(level->name, outcome, &why, fail);
            if (outcome != FAIL_DATA)
                leave(reader);
            return outcome;
        }
        const struct supply_part *part = &level->member.part;
        if (reader->depth == 1 && *level->member.name)
            set_point(reader, reader->base + level->member.at);
        if (!*level->member.name) {
            leave(reader);
            return OK;
        }
        if (!is_hidden(level->member.name) || !part->has_len)
            return enter(reader, supply_part(level->stream, part, &reader->budget),
                         level->name, level->member.name, fail);
        outcome = stream_skip(level->stream, part->len + level->member.padding, &is_whole,
                              &why);
        if (outcome)
            return say(level->name, outcome, &why, fail);
    }
}

static enum outcome step(struct reader *reader, struct raw **out, struct fail *fail)
{
    enum format format = top(reader)->format;
    if (is_packed(format))
        return unpack(reader, fail);
    if (format == FORMAT_ZIP || format == FORMAT_TAR)
        return next_member(reader, fail);
    struct raw *raw = new_raw();
    if (!raw)
        return fail_memory(fail);
    if (format == FORMAT_JSONL)
        return read_jsonl(reader, raw, out, fail);
    if (format == FORMAT_JSON)
        return read_json(reader, raw, out, fail);
    if (format == FORMAT_CONLLU)
        return read_conllu(reader, raw, out, fail);
    if (format == FORMAT_WARC || format == FORMAT_CSV || format == FORMAT_FEED)
        return read_record(reader, raw, out, fail);
    return read_whole(reader, raw, out, fail);
}

/* Where the report stands; nothing is told of one that a file begins with, or is. */
static enum outcome note_point(struct reader *reader, struct raw *raw, struct fail *fail)
{
    raw->at = reader->point.at;
    raw->skip = reader->point.skip;
    if (raw->at == 0 && raw->skip == 0)
        return OK;
    raw->path = arena_copy(&raw->arena, reader->path, strlen(reader->path));
    return raw->path ? OK : fail_memory(fail);
}

/* What is inside the file that is open; *raw NULL when nothing was given yet. */
static enum outcome next_inside(struct reader *reader, struct raw **raw,
                                struct fail *fail)
{
    enum outcome outcome = step(reader, raw, fail);
    bool is_given = outcome || *raw;
    if (is_given && reader->skip && outcome != FAIL_MEMORY) {
        reader->skip--;
        reader->point.skip++;
        raw_free(*raw);
        *raw = NULL;
        return OK;
    }
    if (*raw)
        outcome = note_point(reader, *raw, fail);
    if (outcome) {
        raw_free(*raw);
        *raw = NULL;
    }
    reader->point.skip += is_given;
    return outcome;
}

enum outcome reader_next(struct reader *reader, struct raw **raw, struct fail *fail)
{
    *raw = NULL;
    enum outcome outcome = OK;
    bool is_end = false;
    while (!outcome && !*raw && !is_end)
        outcome = reader->depth ? next_inside(reader, raw, fail)
                                : open_file(reader, &is_end, fail);
    return outcome;
}
