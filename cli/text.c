/* text.c: `sentosa text`: the clean reports of files of any kind. */
#include "cli/cli.h"

#include "sentosa_source.h"

#include <stdio.h>
#include <string.h>
#include <unistd.h>

static const char usage[] =
    "usage: sentosa text [--format json|plain] [--date DAY] [FILE|FOLDER|-]...";

static void print_plain(const struct sentosa_doc *doc)
{
    const struct sentosa_report *report = sentosa_doc_report(doc);
    char *text = sentosa_clean_text(doc);
    if (report->title)
        printf("%s\n", report->title);
    if (report->source || report->published)
        printf("%s%s%s\n", report->source ? report->source : "",
               report->source && report->published ? ", " : "",
               report->published ? report->published : "");
    printf("\n%s\n\n", text ? text : "");
    sentosa_free(text);
}

static void print_json(const struct sentosa_doc *doc)
{
    char *line = sentosa_clean_json(doc);
    if (line)
        puts(line);
    sentosa_free(line);
}

static bool print_item(const struct sentosa *engine, const struct sentosa_raw *raw,
                       const char *date, bool as_json)
{
    struct sentosa_error error = {""};
    struct sentosa_options options = {.date = date, .upto = "clean"};
    struct sentosa_doc *doc = NULL;
    bool is_read = !sentosa_raw_doc(engine, raw, &doc, &error) &&
                   !sentosa_doc_read(engine, doc, &options, &error);
    if (!is_read)
        fprintf(stderr, "sentosa: %s\n", error.message);
    else if (as_json)
        print_json(doc);
    else
        print_plain(doc);
    sentosa_doc_free(doc);
    return is_read;
}

static int print_all(const struct sentosa *engine, struct sentosa_source *source,
                     const char *date, bool as_json)
{
    struct sentosa_raw *raw;
    struct sentosa_error error = {""};
    enum sentosa_outcome outcome;
    int code = EXIT_OK;
    while ((outcome = sentosa_source_next(source, &raw, &error)) != SENTOSA_END) {
        if (outcome)
            fprintf(stderr, "sentosa: %s\n", error.message);
        if (outcome || !print_item(engine, raw, date, as_json))
            code = EXIT_REPORTS;
        sentosa_raw_free(raw);
        if (outcome == SENTOSA_NO_MEMORY || ferror(stdout))
            return EXIT_STORE;
    }
    return code;
}

int text_command(int count, char **args)
{
    const char *format = NULL, *date = NULL;
    struct engine_tables tables = {0};
    const struct option options[] = {
        {"--format", 0, &format, NULL, "json (the default in a pipe) or plain"},
        {"--date", 0, &date, NULL, "day of reports that carry none, such as 2024-03-02"},
        ENGINE_OPTIONS(tables),
        {0}};
    int left = options_read(count, args, options, usage);
    if (left < 0)
        return left == -2 ? EXIT_OK : EXIT_USAGE;
    bool as_json = format ? strcmp(format, "json") == 0 : !isatty(STDOUT_FILENO);
    if (format && !as_json && strcmp(format, "plain") != 0) {
        fprintf(stderr, "sentosa: there is no format \"%s\"\n%s\n", format, usage);
        return EXIT_USAGE;
    }
    static const char *const input[] = {"-"};
    struct sentosa_error error = {""};
    struct sentosa_source *source = NULL;
    struct sentosa *engine = engine_open(tables);
    if (!engine)
        return EXIT_STORE;
    int code = EXIT_STORE;
    if (sentosa_source_open(left ? (const char *const *)args : input,
                            left ? (size_t)left : 1, 0, &source, &error))
        fprintf(stderr, "sentosa: %s\n", error.message);
    else
        code = print_all(engine, source, date, as_json);
    sentosa_source_close(source);
    sentosa_close(engine);
    return code;
}
