/* resolve.c: `sentosa resolve`: who a phrase means on a day. */
#include "cli/cli.h"

#include <jansson.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static const char usage[] =
    "usage: sentosa resolve [--date DAY] [PHRASE...]\n"
    "Without phrases: lines of standard input, each a phrase or a JSON object\n"
    "{\"id\",\"phrase\",\"context\",\"date\"}. Prints a JSON line for each.";

#define LINE_LIMIT ((size_t)1 << 20)

static bool answer(struct sentosa *engine, const struct sentosa_phrase *phrase)
{
    struct sentosa_error error;
    char *json = NULL;
    if (sentosa_resolve_json(engine, phrase, &json, &error)) {
        fprintf(stderr, "sentosa: %s: %s\n", phrase->id ? phrase->id : phrase->phrase,
                error.message);
        return false;
    }
    puts(json);
    sentosa_free(json);
    return true;
}

static const char *text_of(const json_t *object, const char *key)
{
    return json_string_value(json_object_get(object, key));
}

static bool answer_json(struct sentosa *engine, const char *line, const char *date,
                        size_t at)
{
    json_error_t error;
    json_t *object = json_loads(line, 0, &error);
    struct sentosa_phrase phrase = {.phrase = object ? text_of(object, "phrase") : NULL};
    bool is_done = false;
    if (!object) {
        fprintf(stderr, "sentosa: line %zu: %s\n", at, error.text);
    } else if (!phrase.phrase) {
        fprintf(stderr, "sentosa: line %zu: no \"phrase\"\n", at);
    } else {
        phrase.id = text_of(object, "id");
        phrase.context = text_of(object, "context");
        phrase.date = text_of(object, "date");
        if (!phrase.date)
            phrase.date = date;
        is_done = answer(engine, &phrase);
    }
    json_decref(object);
    return is_done;
}

static int answer_lines(struct sentosa *engine, const char *date)
{
    char *line = NULL;
    size_t room = 0, at = 0, failed = 0;
    ssize_t len;
    while ((len = getline(&line, &room, stdin)) >= 0) {
        at++;
        while (len && (line[len - 1] == '\n' || line[len - 1] == '\r'))
            line[--len] = '\0';
        if ((size_t)len > LINE_LIMIT || strlen(line) != (size_t)len) {
            fprintf(stderr, "sentosa: line %zu: too long or not text\n", at);
            failed++;
            continue;
        }
        size_t blank = strspn(line, " \t");
        if (line[blank] == '\0')
            continue;
        bool is_json = line[blank] == '{';
        struct sentosa_phrase phrase = {.phrase = line + blank, .date = date};
        failed += !(is_json ? answer_json(engine, line, date, at)
                            : answer(engine, &phrase));
    }
    free(line);
    return failed ? EXIT_REPORTS : EXIT_OK;
}

int resolve_command(int count, char **args)
{
    const char *date = NULL;
    struct engine_tables tables = {0};
    const struct option options[] = {
        {"--date", 0, &date, NULL, "the day whose offices count, such as 2018-06-11"},
        ENGINE_OPTIONS(tables),
        {0}};
    int left = options_read(count, args, options, usage);
    if (left < 0)
        return left == -2 ? EXIT_OK : EXIT_USAGE;
    struct sentosa *engine = engine_open(tables);
    if (!engine)
        return EXIT_STORE;
    int code = left ? EXIT_OK : answer_lines(engine, date);
    for (int i = 0; i < left; i++) {
        struct sentosa_phrase phrase = {.phrase = args[i], .date = date};
        if (!answer(engine, &phrase))
            code = EXIT_USAGE;
    }
    sentosa_close(engine);
    return code;
}
