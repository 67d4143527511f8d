/* text.c: `sentosa text`: the clean reports of files of any kind. */
#include "cli/cli.h"
#include "cli/read_batch.h"

#include "sentosa_source.h"

#include <stdio.h>
#include <string.h>
#include <unistd.h>

static const char usage[] =
    "usage: sentosa text [--format json|plain] [--date DAY] [-j N] [FILE|FOLDER|-]...";

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

static int print_all(struct batch *batch, bool as_json)
{
    int code = EXIT_OK;
    bool goes_on = batch_start(batch);
    while (goes_on && !batch->is_last) {
        batch_next(batch);
        for (size_t i = 0; i < batch->count; i++) {
            const struct reading *reading = &batch->readings[i];
            if (reading->outcome) {
                fprintf(stderr, "sentosa: %s\n", reading->error.message);
                code = EXIT_REPORTS;
            } else if (as_json) {
                print_json(reading->doc);
            } else {
                print_plain(reading->doc);
            }
            goes_on = goes_on && reading->outcome != SENTOSA_NO_MEMORY;
        }
        goes_on = goes_on && !ferror(stdout);
    }
    batch_free(batch);
    return !goes_on || fflush(stdout) != 0 ? EXIT_STORE : code;
}

int text_command(int count, char **args)
{
    const char *format = NULL, *threads = NULL;
    struct batch batch = {.threads = 1};
    struct engine_tables tables = {0};
    const struct option options[] = {
        {"--format", 0, &format, NULL, "json (the default in a pipe) or plain"},
        {"--date", 0, &batch.date, NULL,
         "day of reports that carry none, such as 2024-03-02"},
        {"--jobs", 'j', &threads, NULL, "threads; the output is the same for any number"},
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
    if (!read_jobs(threads, &batch.threads))
        return EXIT_USAGE;
    struct sentosa *engine = engine_open(tables);
    batch.engine = engine;
    if (!engine)
        return EXIT_STORE;
    int code = EXIT_STORE;
    if (sentosa_source_open(left ? (const char *const *)args : input,
                            left ? (size_t)left : 1, 0, &batch.source, &error))
        fprintf(stderr, "sentosa: %s\n", error.message);
    else
        code = print_all(&batch, as_json);
    sentosa_source_close(batch.source);
    sentosa_close(engine);
    return code;
}
