/* explain.c: `sentosa explain`: what a stage made of a report; why a sentence gave its
 * events. */
#include "cli/cli.h"

#include <stdio.h>
#include <string.h>
#include <sys/stat.h>

static const char usage[] =
    "usage: sentosa explain [--upto STAGE] [--json] [--date DAY] FILE | \"A sentence.\"";

static int explain_doc(struct sentosa *engine, struct sentosa_doc *doc, const char *upto,
                       const char *date, bool as_json)
{
    struct sentosa_error error;
    struct sentosa_options options = {.date = date, .upto = upto};
    if (sentosa_doc_read(engine, doc, &options, &error)) {
        fprintf(stderr, "sentosa: %s\n", error.message);
        return EXIT_REPORTS;
    }
    char *text = upto ? sentosa_explain(engine, doc, upto, as_json)
                      : sentosa_why(engine, doc);
    if (text)
        fputs(text, stdout);
    sentosa_free(text);
    return EXIT_OK;
}

/* A file when there is one of that name, else the words themselves. */
static enum sentosa_outcome open_doc(const char *arg, struct sentosa_doc **doc,
                                     struct sentosa_error *error)
{
    struct stat info;
    struct sentosa_input input = {.text = arg, .len = strlen(arg)};
    if (strcmp(arg, "-") != 0 && stat(arg, &info) != 0)
        return sentosa_doc_new(&input, doc, error);
    FILE *file = strcmp(arg, "-") == 0 ? stdin : fopen(arg, "rb");
    static char bytes[1 << 20];
    input.text = bytes;
    input.len = file ? fread(bytes, 1, sizeof bytes, file) : 0;
    if (file && file != stdin)
        fclose(file);
    return sentosa_doc_new(&input, doc, error);
}

int explain_command(int count, char **args)
{
    const char *upto = NULL, *date = NULL, *pack = NULL;
    bool as_json = false;
    const struct option options[] = {
        {"--upto", 0, &upto, NULL, "print what this stage made (clean ... stance)"},
        {"--date", 0, &date, NULL, "day of publication, such as 2024-03-02"},
        {"--json", 0, NULL, &as_json, "JSON lines where the stage has them"},
        {"--pack", 0, &pack, NULL, "the pack to use"},
        {0}};
    int left = options_read(count, args, options, usage);
    if (left < 0)
        return left == -2 ? EXIT_OK : EXIT_USAGE;
    if (left != 1) {
        fprintf(stderr, "%s\n", usage);
        return EXIT_USAGE;
    }
    struct sentosa *engine = engine_open(pack);
    if (!engine)
        return EXIT_STORE;
    struct sentosa_error error;
    struct sentosa_doc *doc;
    int code = EXIT_REPORTS;
    if (open_doc(args[0], &doc, &error))
        fprintf(stderr, "sentosa: %s: %s\n", args[0], error.message);
    else
        code = explain_doc(engine, doc, upto, date, as_json);
    sentosa_doc_free(doc);
    sentosa_close(engine);
    return code;
}
