/* explain.c: `sentosa explain`: what a stage made of a report; why a sentence gave its
 * events. */
#include "cli/each.h"

#include <stdio.h>
#include <string.h>
#include <sys/stat.h>

static const char usage[] =
    "usage: sentosa explain [--upto STAGE] [--json] [--date DAY] FILE | \"A sentence.\"";

struct explaining {
    const char *upto;
    bool as_json;
};

static void print_explanation(const struct sentosa *engine, const struct sentosa_doc *doc,
                              void *context)
{
    const struct explaining *e = context;
    char *text = e->upto ? sentosa_explain(engine, doc, e->upto, e->as_json)
                         : sentosa_why(engine, doc);
    if (text)
        fputs(text, stdout);
    sentosa_free(text);
}

int explain_command(int count, char **args)
{
    const char *date = NULL;
    struct engine_tables tables = {0};
    struct explaining e = {0};
    const struct option options[] = {
        {"--upto", 0, &e.upto, NULL, "print what this stage made (clean ... window)"},
        {"--date", 0, &date, NULL, "day of publication, such as 2024-03-02"},
        {"--json", 0, NULL, &e.as_json, "JSON lines where the stage has them"},
        ENGINE_OPTIONS(tables),
        {0}};
    int left = options_read(count, args, options, usage);
    if (left < 0)
        return left == -2 ? EXIT_OK : EXIT_USAGE;
    if (left != 1) {
        fprintf(stderr, "%s\n", usage);
        return EXIT_USAGE;
    }
    struct sentosa *engine = engine_open(tables);
    if (!engine)
        return EXIT_STORE;
    struct stat info;
    const struct sentosa_options reading = {.date = date, .upto = e.upto};
    bool is_file = strcmp(args[0], "-") == 0 || stat(args[0], &info) == 0;
    int code = is_file ? each_report(engine, args[0], &reading, print_explanation, &e)
                       : each_words(engine, args[0], &reading, print_explanation, &e);
    sentosa_close(engine);
    return code;
}
