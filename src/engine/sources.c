/* sources.c: the public functions of sentosa_source.h. */
#include "sentosa_source.h"

#include "base/buffer.h"
#include "base/json.h"
#include "engine/handle.h"
#include "engine/story.h"
#include "source/plain.h"
#include "source/raw.h"
#include "source/resume.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

struct sentosa_source {
    struct reader *reader;
    struct story *story;
};

struct sentosa_raw {
    struct raw *raw;
};

static enum sentosa_outcome tell(enum outcome outcome, const struct fail *fail,
                                 struct sentosa_error *error)
{
    if (outcome && error)
        snprintf(error->message, sizeof error->message, "%s", fail->message);
    return outcome_public(outcome);
}

enum sentosa_outcome sentosa_source_open(const char *const *paths, size_t count,
                                         uint64_t from, struct sentosa_source **source,
                                         struct sentosa_error *error)
{
    struct fail fail = {{0}};
    *source = calloc(1, sizeof **source);
    if (!*source)
        return tell(fail_memory(&fail), &fail, error);
    enum outcome outcome = reader_open(paths, count, from, &(*source)->reader, &fail);
    if (outcome) {
        free(*source);
        *source = NULL;
    }
    return tell(outcome, &fail, error);
}

void sentosa_source_close(struct sentosa_source *source)
{
    if (!source)
        return;
    reader_close(source->reader);
    story_close(source->story);
    free(source);
}

enum sentosa_outcome sentosa_source_next(struct sentosa_source *source,
                                         struct sentosa_raw **item,
                                         struct sentosa_error *error)
{
    struct fail fail = {{0}};
    struct raw *raw;
    *item = NULL;
    enum outcome outcome = reader_next(source->reader, &raw, &fail);
    if (outcome)
        return tell(outcome, &fail, error);
    if (!raw)
        return SENTOSA_END;
    *item = calloc(1, sizeof **item);
    if (!*item) {
        raw_free(raw);
        return tell(fail_memory(&fail), &fail, error);
    }
    (*item)->raw = raw;
    return SENTOSA_OK;
}

const char *sentosa_raw_name(const struct sentosa_raw *item)
{
    return item->raw->name;
}

uint64_t sentosa_raw_at(const struct sentosa_raw *item)
{
    return item->raw->at;
}

const char *sentosa_raw_path(const struct sentosa_raw *item)
{
    return item->raw->path;
}

bool sentosa_raw_mark(const struct sentosa_raw *item, char mark[SENTOSA_MARK_CAP])
{
    const struct resume_point point = {item->raw->at, item->raw->skip};
    return item->raw->path && resume_mark(item->raw->path, point, mark);
}

enum sentosa_outcome sentosa_source_resume(struct sentosa_source *source,
                                           const char *path, const char *mark,
                                           struct sentosa_error *error)
{
    struct fail fail = {{0}};
    return tell(reader_resume(source->reader, path, mark, &fail), &fail, error);
}

size_t sentosa_source_resumed(const struct sentosa_source *source)
{
    return reader_resumed(source->reader);
}

void sentosa_raw_free(struct sentosa_raw *item)
{
    if (!item)
        return;
    raw_free(item->raw);
    free(item);
}

enum sentosa_outcome sentosa_raw_doc(const struct sentosa *engine,
                                     const struct sentosa_raw *item,
                                     struct sentosa_doc **out,
                                     struct sentosa_error *error)
{
    struct fail fail = {{0}};
    struct sentosa_doc *handle = calloc(1, sizeof *handle);
    *out = NULL;
    if (!handle)
        return tell(fail_memory(&fail), &fail, error);
    doc_init(&handle->doc);
    enum outcome outcome = raw_fill(engine->pack, item->raw, &handle->doc, &fail);
    if (outcome)
        sentosa_doc_free(handle);
    else
        *out = handle;
    return tell(outcome, &fail, error);
}

/* ---- the same again ---- */

enum sentosa_outcome sentosa_source_meet(struct sentosa_source *source,
                                         const struct sentosa *engine,
                                         const struct sentosa_doc *doc,
                                         struct sentosa_twin *twin,
                                         struct sentosa_error *error)
{
    struct fail fail = {{0}};
    *twin = (struct sentosa_twin){0};
    if (!source->story)
        source->story = story_open();
    enum outcome outcome = source->story
                               ? story_meet(source->story, engine, doc, twin, &fail)
                               : fail_memory(&fail);
    return tell(outcome, &fail, error);
}

bool sentosa_source_sketch(const struct sentosa_source *source,
                           struct sentosa_sketch *sketch)
{
    return source->story && story_sketch(source->story, sketch);
}

enum sentosa_outcome sentosa_source_recall(struct sentosa_source *source,
                                           const struct sentosa_sketch *sketch,
                                           struct sentosa_error *error)
{
    struct fail fail = {{0}};
    if (!source->story)
        source->story = story_open();
    if (!source->story)
        return tell(fail_memory(&fail), &fail, error);
    story_recall(source->story, sketch);
    return SENTOSA_OK;
}

const char *sentosa_twin_name(enum sentosa_twin_kind kind)
{
    static const char *const names[] = {"", "same", "copy", "update", "rewrite"};
    return names[kind];
}

bool sentosa_source_told(struct sentosa_source *source, const struct sentosa_twin *twin,
                         const struct sentosa_event *event)
{
    return source->story && story_told(source->story, twin, event);
}

/* ---- the clean report ---- */

static char *give(struct buffer *out)
{
    buffer_add(out, "", 0);
    if (!out->failed && !out->bytes)
        return calloc(1, 1);
    if (out->failed)
        buffer_free(out);
    return out->bytes;
}

char *sentosa_clean_text(const struct sentosa_doc *doc)
{
    struct buffer out = {0};
    plain_text(&doc->doc, &out);
    return give(&out);
}

static void add_authors(struct json *json, const char *authors)
{
    struct span value;
    json_key(json, "authors");
    json_array_start(json);
    for (const char *at = authors; authors && cell_next(&at, &value, authors);)
        json_bytes(json, authors + value.start, span_len(value));
    json_array_end(json);
}

char *sentosa_clean_json(const struct sentosa_doc *doc)
{
    struct buffer out = {0}, text = {0};
    struct json json;
    const struct report *report = &doc->doc.report;
    plain_text(&doc->doc, &text);
    json_start(&json, &out);
    json_object_start(&json);
    json_key_text(&json, "id", report->id);
    json_key_text(&json, "url", report->url);
    json_key_text(&json, "title", report->title);
    json_key_text(&json, "subtitle", report->subtitle);
    add_authors(&json, report->authors);
    json_key_text(&json, "published", report->published_at);
    json_key_text(&json, "updated", report->updated);
    json_key_text(&json, "site", report->source);
    json_key_text(&json, "section", report->section);
    json_key_text(&json, "language", report->language);
    json_key(&json, "text");
    json_bytes(&json, text.bytes ? text.bytes : "", text.len);
    json_object_end(&json);
    out.failed = out.failed || text.failed;
    buffer_free(&text);
    return give(&out);
}
