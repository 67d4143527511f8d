/* each.c: reads every report of a file and hands it to a printer. */
#include "cli/each.h"

#include "sentosa_source.h"

#include <stdio.h>
#include <string.h>

static int print_one(const struct sentosa *engine, struct sentosa_doc *doc,
                     const struct sentosa_options *options, each_print *print,
                     void *context)
{
    struct sentosa_error error;
    if (sentosa_doc_read(engine, doc, options, &error)) {
        fprintf(stderr, "sentosa: %s\n", error.message);
        return EXIT_REPORTS;
    }
    print(engine, doc, context);
    return EXIT_OK;
}

int each_words(const struct sentosa *engine, const char *words,
               const struct sentosa_options *options, each_print *print, void *context)
{
    struct sentosa_error error;
    struct sentosa_doc *doc;
    struct sentosa_input input = {.text = words, .len = strlen(words)};
    if (sentosa_doc_new(&input, &doc, &error)) {
        fprintf(stderr, "sentosa: %s\n", error.message);
        return EXIT_REPORTS;
    }
    int code = print_one(engine, doc, options, print, context);
    sentosa_doc_free(doc);
    return code;
}

int each_report(const struct sentosa *engine, const char *path,
                const struct sentosa_options *options, each_print *print, void *context)
{
    struct sentosa_source *source;
    struct sentosa_raw *raw;
    struct sentosa_error error;
    enum sentosa_outcome outcome;
    int code = EXIT_OK;
    if (sentosa_source_open(&path, 1, 0, &source, &error)) {
        fprintf(stderr, "sentosa: %s\n", error.message);
        return EXIT_STORE;
    }
    while ((outcome = sentosa_source_next(source, &raw, &error)) != SENTOSA_END) {
        struct sentosa_doc *doc = NULL;
        if (outcome || sentosa_raw_doc(engine, raw, &doc, &error)) {
            fprintf(stderr, "sentosa: %s\n", error.message);
            code = EXIT_REPORTS;
        } else if (print_one(engine, doc, options, print, context)) {
            code = EXIT_REPORTS;
        }
        sentosa_doc_free(doc);
        sentosa_raw_free(raw);
        if (outcome == SENTOSA_NO_MEMORY)
            break;
    }
    sentosa_source_close(source);
    return code;
}
