/* jsonl.c: reports as JSON, one a line or many in one value, with jansson. */
#include "source/raw.h"

#include <inttypes.h>
#include <jansson.h>
#include <stdlib.h>
#include <string.h>

#define AUTHORS_MOST 16

/* NULL for a member that is absent or null; sets *outcome for what is no string. */
static const char *member(const json_t *object, const char *key, struct raw *raw,
                          size_t *len, enum outcome *outcome, struct fail *fail)
{
    const json_t *value = json_object_get(object, key);
    if (*outcome || !value || json_is_null(value))
        return NULL;
    const char *copy = NULL;
    if (json_is_integer(value) && strcmp(key, "id") == 0) {
        copy = arena_print(&raw->arena, "%" JSON_INTEGER_FORMAT,
                           json_integer_value(value));
    } else if (json_is_string(value)) {
        size_t bytes = json_string_length(value);
        copy = arena_copy(&raw->arena, json_string_value(value), bytes);
        if (len)
            *len = bytes;
    } else {
        *outcome = fail_with(fail, FAIL_DATA, "\"%s\" is not a string", key);
        return NULL;
    }
    if (!copy)
        *outcome = fail_memory(fail);
    return copy;
}

/* The first of the members that is there. */
static const char *any(const json_t *object, const char *const *keys, struct raw *raw,
                       size_t *len, enum outcome *outcome, struct fail *fail)
{
    const char *value = NULL;
    for (; *keys && !value && !*outcome; keys++)
        value = member(object, *keys, raw, len, outcome, fail);
    return value;
}

/* A string, an object with a name, or a list of those. */
static const char *read_authors(const json_t *object, struct raw *raw)
{
    const json_t *value = json_object_get(object, "authors");
    const char *names = NULL;
    if (!value)
        value = json_object_get(object, "author");
    size_t count = json_is_array(value) ? json_array_size(value) : 1;
    for (size_t i = 0; i < count && i < AUTHORS_MOST; i++) {
        const json_t *one = json_is_array(value) ? json_array_get(value, i) : value;
        const char *name = json_string_value(
            json_is_object(one) ? json_object_get(one, "name") : one);
        if (name)
            names = names ? arena_print(&raw->arena, "%s | %s", names, name)
                          : arena_copy(&raw->arena, name, strlen(name));
    }
    return names;
}

/* Ours, those of JSON Feed, and those that `sentosa text` prints. */
static const char *const dates[] = {"date", "date_published", "published", NULL};
static const char *const sources[] = {"source", "site", NULL};
static const char *const texts[] = {"text", "content_text", NULL};
static const char *const pages[] = {"html", "content_html", "summary", NULL};

static enum outcome read_object(const json_t *object, struct raw *raw, struct fail *fail)
{
    enum outcome outcome = OK;
    size_t text_len = 0, html_len = 0;
    raw->id = member(object, "id", raw, NULL, &outcome, fail);
    raw->title = member(object, "title", raw, NULL, &outcome, fail);
    raw->url = member(object, "url", raw, NULL, &outcome, fail);
    raw->date = any(object, dates, raw, NULL, &outcome, fail);
    raw->source = any(object, sources, raw, NULL, &outcome, fail);
    raw->authors = read_authors(object, raw);
    const char *text = any(object, texts, raw, &text_len, &outcome, fail);
    const char *html = text ? NULL : any(object, pages, raw, &html_len, &outcome, fail);
    if (outcome)
        return outcome;
    if (!text && !html)
        return fail_with(fail, FAIL_DATA, "neither \"text\" nor \"html\"");
    raw->is_utf8 = true;
    raw->format = text ? FORMAT_TEXT : FORMAT_HTML;
    raw->bytes = text ? text : html;
    raw->len = text ? text_len : html_len;
    size_t limit = text ? DOC_MAX_LEN : HTML_MAX_LEN;
    if (raw->len > limit)
        return fail_with(fail, FAIL_LIMIT,
                         "%zu bytes, more than the %zu one report may hold", raw->len,
                         limit);
    return OK;
}

enum outcome jsonl_read(const char *line, size_t len, struct raw *raw, struct fail *fail)
{
    json_error_t error;
    json_t *object = json_loadb(line, len, 0, &error);
    if (!object)
        return fail_with(fail, FAIL_DATA, "not JSON: %s at byte %d", error.text,
                         error.position);
    enum outcome outcome = json_is_object(object)
                               ? read_object(object, raw, fail)
                               : fail_with(fail, FAIL_DATA, "not a JSON object");
    json_decref(object);
    return outcome;
}

struct reports {
    json_t *root;
    const json_t *list;
    size_t at;
};

enum outcome reports_open(const char *bytes, size_t len, struct reports **out,
                          struct fail *fail)
{
    json_error_t error;
    struct reports *reports = calloc(1, sizeof *reports);
    *out = NULL;
    if (!reports)
        return fail_memory(fail);
    reports->root = json_loadb(bytes, len, 0, &error);
    if (!reports->root) {
        free(reports);
        return fail_with(fail, FAIL_DATA, "not JSON: %s at byte %d", error.text,
                         error.position);
    }
    const json_t *items = json_object_get(reports->root, "items");
    reports->list = json_is_array(reports->root) ? reports->root
                    : json_is_array(items)       ? items
                                                 : NULL;
    *out = reports;
    return OK;
}

enum outcome reports_next(struct reports *reports, struct raw *raw, uint64_t *number,
                          struct fail *fail)
{
    const json_t *object = reports->list ? json_array_get(reports->list, reports->at)
                           : reports->at ? NULL
                                         : reports->root;
    *number = object ? ++reports->at : 0;
    if (!object)
        return OK;
    return json_is_object(object) ? read_object(object, raw, fail)
                                  : fail_with(fail, FAIL_DATA, "not a JSON object");
}

bool reports_are_many(const struct reports *reports)
{
    return reports->list != NULL;
}

void reports_close(struct reports *reports)
{
    if (!reports)
        return;
    json_decref(reports->root);
    free(reports);
}
