/* parse.c: `sentosa parse`: tokens, tags, trees and names as CoNLL-U. */
#include "cli/each.h"

#include <stdio.h>

static const char usage[] = "usage: sentosa parse [--gold-tokens] [FILE|FOLDER|-]";

static void print_trees(const struct sentosa *engine, const struct sentosa_doc *doc,
                        void *context)
{
    (void)context;
    char *text = sentosa_explain(engine, doc, "parse", false);
    if (text)
        fputs(text, stdout);
    sentosa_free(text);
}

int parse_command(int count, char **args)
{
    struct engine_tables tables = {0};
    struct sentosa_options reading = {.upto = "parse", .reads_all = true};
    const struct option options[] = {
        {"--gold-tokens", 0, NULL, &reading.parses_anew,
         "CoNLL-U input: keep its sentences and tokens, read tags and trees anew"},
        ENGINE_OPTIONS(tables),
        {0}};
    int left = options_read(count, args, options, usage);
    if (left < 0)
        return left == -2 ? EXIT_OK : EXIT_USAGE;
    if (left > 1) {
        fprintf(stderr, "%s\n", usage);
        return EXIT_USAGE;
    }
    struct sentosa *engine = engine_open(tables);
    if (!engine)
        return EXIT_STORE;
    int code = each_report(engine, left ? args[0] : "-", &reading, print_trees, NULL);
    sentosa_close(engine);
    return code;
}
