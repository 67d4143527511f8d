/* sentosa.c: the public functions of sentosa.h. */
#include "sentosa.h"

#include "base/utf8.h"
#include "doc/print.h"
#include "engine/handle.h"
#include "engine/order.h"

#include <assert.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#ifndef SENTOSA_DATADIR
#define SENTOSA_DATADIR "/usr/local/share/sentosa"
#endif

enum sentosa_outcome outcome_public(enum outcome outcome)
{
    static const enum sentosa_outcome outcomes[] = {[OK] = SENTOSA_OK,
                                                    [FAIL_MEMORY] = SENTOSA_NO_MEMORY,
                                                    [FAIL_IO] = SENTOSA_IO,
                                                    [FAIL_DATA] = SENTOSA_DATA,
                                                    [FAIL_LIMIT] = SENTOSA_LIMIT,
                                                    [FAIL_USE] = SENTOSA_USE};
    return outcomes[outcome];
}

static enum sentosa_outcome tell(enum outcome outcome, const struct fail *fail,
                                 struct sentosa_error *error)
{
    if (outcome && error)
        snprintf(error->message, sizeof error->message, "%s", fail->message);
    return outcome_public(outcome);
}

/* Where the pack is when nobody says: the environment, the program's folder, the
 * installed one. */
static const char *find_pack(char path[4096])
{
    const char *named = getenv("SENTOSA_PACK");
    if (named && *named)
        return named;
    ssize_t len = readlink("/proc/self/exe", path, 4096 - sizeof "/sentosa.pack");
    if (len > 0) {
        path[len] = '\0';
        char *slash = strrchr(path, '/');
        memcpy(slash ? slash : path, "/sentosa.pack", sizeof "/sentosa.pack");
        if (access(path, R_OK) == 0)
            return path;
    }
    return SENTOSA_DATADIR "/sentosa.pack";
}

enum sentosa_outcome sentosa_open(const char *path, struct sentosa **engine,
                                  struct sentosa_error *error)
{
    struct fail fail = {{0}};
    char found[4096];
    *engine = calloc(1, sizeof **engine);
    if (!*engine)
        return tell(fail_memory(&fail), &fail, error);
    const char *pack = path ? path : find_pack(found);
    snprintf((*engine)->path, sizeof(*engine)->path, "%s", pack);
    enum outcome outcome = pack_open(pack, &(*engine)->pack, &fail);
    if (outcome) {
        free(*engine);
        *engine = NULL;
    }
    return tell(outcome, &fail, error);
}

enum sentosa_outcome sentosa_open_with(const char *path, const char *lexicon,
                                       struct sentosa **engine,
                                       struct sentosa_error *error)
{
    enum sentosa_outcome opened = sentosa_open(path, engine, error);
    if (opened || !lexicon)
        return opened;
    assert(*engine);
    struct fail fail = {{0}};
    struct pack *over;
    enum outcome outcome = pack_overlay((*engine)->pack, lexicon, &over, &fail);
    if (!outcome) {
        pack_close((*engine)->pack);
        (*engine)->pack = over;
    } else {
        sentosa_close(*engine);
        *engine = NULL;
    }
    return tell(outcome, &fail, error);
}

void sentosa_close(struct sentosa *engine)
{
    if (!engine)
        return;
    pack_close(engine->pack);
    free(engine);
}

const char *sentosa_pack_hash(const struct sentosa *engine)
{
    return pack_hash(engine->pack);
}

static const char *copy(struct doc *doc, const char *text, bool *failed)
{
    const char *made = text ? arena_copy(&doc->arena, text, strlen(text)) : NULL;
    *failed = *failed || (text && !made);
    return made;
}

/* One buffer: the title given beside the text, a newline, the body. */
static enum outcome fill_text(struct doc *doc, const struct sentosa_input *input,
                              struct fail *fail)
{
    size_t title_len = input->title ? strlen(input->title) : 0;
    if (input->len > DOC_MAX_LEN || title_len > DOC_MAX_LEN - input->len)
        return fail_with(fail, FAIL_LIMIT, "the report is larger than %u bytes",
                         DOC_MAX_LEN);
    size_t bad = utf8_bad(input->text, input->len);
    if (bad < input->len)
        return fail_with(fail, FAIL_DATA, "byte %zu of the text is not UTF-8", bad);
    /* Printed evidence is NUL-terminated: a NUL inside would cut it short. */
    const char *nul = input->len ? memchr(input->text, '\0', input->len) : NULL;
    if (nul)
        return fail_with(fail, FAIL_DATA, "byte %zu of the text is NUL",
                         (size_t)(nul - input->text));
    if (title_len && utf8_bad(input->title, title_len) < title_len)
        return fail_with(fail, FAIL_DATA, "the title is not UTF-8");
    size_t base = title_len ? title_len + 1 : 0;
    char *text = arena_take(&doc->arena, base + input->len + 1, 1);
    if (!text)
        return fail_memory(fail);
    if (title_len) {
        memcpy(text, input->title, title_len);
        text[title_len] = '\n';
    }
    if (input->len)
        memcpy(text + base, input->text, input->len);
    doc->text = text;
    doc->len = (uint32_t)(base + input->len);
    doc->title = (struct span){0, (uint32_t)title_len};
    doc->body = (struct span){(uint32_t)base, doc->len};
    return OK;
}

enum sentosa_outcome sentosa_doc_new(const struct sentosa_input *input,
                                     struct sentosa_doc **out,
                                     struct sentosa_error *error)
{
    struct fail fail = {{0}};
    struct sentosa_doc *handle = calloc(1, sizeof *handle);
    *out = NULL;
    if (!handle)
        return tell(fail_memory(&fail), &fail, error);
    struct doc *doc = &handle->doc;
    doc_init(doc);
    enum outcome outcome = fill_text(doc, input, &fail);
    bool failed = false;
    doc->report.id = copy(doc, input->id, &failed);
    doc->report.title = copy(doc, input->title && *input->title ? input->title : NULL,
                             &failed);
    doc->report.published = copy(doc, input->date, &failed);
    doc->report.url = copy(doc, input->url, &failed);
    doc->report.source = copy(doc, input->source, &failed);
    if (!outcome && failed)
        outcome = fail_memory(&fail);
    if (outcome)
        sentosa_doc_free(handle);
    else
        *out = handle;
    return tell(outcome, &fail, error);
}

void sentosa_doc_free(struct sentosa_doc *doc)
{
    if (!doc)
        return;
    doc_free(&doc->doc);
    free(doc);
}

static enum outcome last_stage(const struct sentosa_options *options, size_t *last,
                               struct fail *fail)
{
    *last = SIZE_MAX - 1;
    if (!options || !options->upto)
        return OK;
    *last = order_find(options->upto);
    if (*last == SIZE_MAX)
        return fail_with(fail, FAIL_USE, "there is no stage \"%s\"", options->upto);
    return OK;
}

/* The day the caller gives to a report that has none of its own: clean_run decides. */
static enum outcome set_default_date(struct doc *doc, const char *date, struct fail *fail)
{
    day first, last;
    if (!date)
        return OK;
    if (!day_read(date, &first, &last) || first != last)
        return fail_with(fail, FAIL_USE, "\"%s\" is not a day such as 2024-03-02", date);
    doc->report.default_date = arena_copy(&doc->arena, date, strlen(date));
    return doc->report.default_date ? OK : fail_memory(fail);
}

enum sentosa_outcome sentosa_doc_read(const struct sentosa *engine,
                                      struct sentosa_doc *doc,
                                      const struct sentosa_options *options,
                                      struct sentosa_error *error)
{
    struct fail fail = {{0}};
    size_t last;
    enum outcome outcome = last_stage(options, &last, &fail);
    bool is_read = doc->next_stage > last ||
                   (doc->next_stage && !order_name(doc->next_stage));
    if (!outcome && is_read)
        return SENTOSA_OK;
    if (!outcome && doc->next_stage == 0)
        outcome = set_default_date(&doc->doc, options ? options->date : NULL, &fail);
    if (!outcome) {
        if (options && options->parses_anew)
            doc->doc.has_trees = false;
        doc->doc.reads_all = options && options->reads_all;
        outcome = order_run(engine->pack, &doc->doc, &doc->next_stage, last, &fail);
    }
    if (!outcome)
        outcome = present_doc(doc, &fail);
    return tell(outcome, &fail, error);
}

const struct sentosa_report *sentosa_doc_report(const struct sentosa_doc *doc)
{
    return &doc->report;
}

size_t sentosa_event_count(const struct sentosa_doc *doc)
{
    return doc->event_count;
}

const struct sentosa_event *sentosa_event(const struct sentosa_doc *doc, size_t at)
{
    return at < doc->event_count ? &doc->events[at] : NULL;
}

size_t sentosa_position_count(const struct sentosa_doc *doc)
{
    return doc->position_count;
}

const struct sentosa_position *sentosa_position(const struct sentosa_doc *doc, size_t at)
{
    return at < doc->position_count ? &doc->positions[at] : NULL;
}

size_t sentosa_relation_count(const struct sentosa_doc *doc)
{
    return doc->relation_count;
}

const struct sentosa_relation *sentosa_relation(const struct sentosa_doc *doc, size_t at)
{
    return at < doc->relation_count ? &doc->relations[at] : NULL;
}

void sentosa_free(char *text)
{
    free(text);
}

const char *sentosa_stage_name(size_t at)
{
    return order_name(at);
}

static char *give(struct buffer *buffer)
{
    if (buffer->failed) {
        buffer_free(buffer);
        return NULL;
    }
    buffer_add(buffer, "", 0);
    return buffer->bytes;
}

char *sentosa_explain(const struct sentosa *engine, const struct sentosa_doc *doc,
                      const char *stage, bool as_json)
{
    (void)engine;
    struct buffer out = {0};
    if (!print_stage(&doc->doc, stage, as_json, &out)) {
        buffer_free(&out);
        return NULL;
    }
    return give(&out);
}

char *sentosa_why(const struct sentosa *engine, const struct sentosa_doc *doc)
{
    (void)engine;
    struct buffer out = {0};
    print_why(&doc->doc, &out);
    return give(&out);
}
