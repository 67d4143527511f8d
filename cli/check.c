/* check.c: `sentosa check`: runs the examples that stand beside the lines of the
 * lexicon. */
#include "cli/cli.h"

#include <stdio.h>

static const char usage[] = "usage: sentosa check [--pack FILE] [--quiet]";

static void print_complaint(void *context, const char *message)
{
    const bool *is_quiet = context;
    if (!*is_quiet)
        puts(message);
}

int check_command(int count, char **args)
{
    struct engine_tables tables = {0};
    bool is_quiet = false;
    const struct option options[] = {
        ENGINE_OPTIONS(tables),
        {"--quiet", 'q', NULL, &is_quiet, "print the count alone"},
        {0}};
    int left = options_read(count, args, options, usage);
    if (left < 0)
        return left == -2 ? EXIT_OK : EXIT_USAGE;
    struct sentosa *engine = engine_open(tables);
    if (!engine)
        return EXIT_STORE;
    struct sentosa_check_count result = sentosa_check(engine, print_complaint, &is_quiet);
    printf("%zu examples, %zu failed\n", result.examples, result.failed);
    sentosa_close(engine);
    return result.failed ? EXIT_NOTHING : EXIT_OK;
}
