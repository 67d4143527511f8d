/* doctor.c: `sentosa doctor`: whether the program finds what it needs, and what it is
 * made of. */
#include "cli/cli.h"

#include "sentosa_store.h"

#include <stdio.h>

static const char usage[] = "usage: sentosa doctor [--pack FILE]";

/* One sentence through all stages: the shortest proof that the parts fit. */
static size_t count_events(const struct sentosa *engine, struct sentosa_error *error)
{
    static const char text[] = "Kenya accused Somalia of shelling the town on Monday.";
    const struct sentosa_input input = {
        .text = text, .len = sizeof text - 1, .date = "2024-03-02"};
    struct sentosa_doc *doc = NULL;
    size_t count = 0;
    if (!sentosa_doc_new(&input, &doc, error) &&
        !sentosa_doc_read(engine, doc, NULL, error))
        count = sentosa_event_count(doc);
    sentosa_doc_free(doc);
    return count;
}

static void print_about(const struct sentosa *engine)
{
    struct sentosa_about about;
    sentosa_about(engine, &about);
    printf("program   sentosa %s, schema %d\n", about.version, about.schema);
    printf("pack      %s, %.1f MiB, %s\n", about.pack, (double)about.pack_len / (1 << 20),
           about.pack_hash);
    printf("lexicon   %s\n", about.lexicon_hash);
    if (about.weights_len)
        printf("weights   %.1f MiB, %s\n", (double)about.weights_len / (1 << 20),
               about.weights_hash);
    else
        printf("weights   none: only CoNLL-U with trees can be read\n");
    printf("kernel    %s\n", about.kernel);
    printf("store     SQLite %s\n", sentosa_store_library());
    struct sentosa_credit credit;
    for (size_t i = 0; sentosa_credit(engine, i, &credit); i++)
        printf("%s%s (%s): %s, %s\n", i ? "          " : "credits   ", credit.work,
               credit.licence, credit.used_for, credit.address);
}

int doctor_command(int count, char **args)
{
    struct engine_tables tables = {0};
    const struct option options[] = {ENGINE_OPTIONS(tables), {0}};
    int left = options_read(count, args, options, usage);
    if (left < 0)
        return left == -2 ? EXIT_OK : EXIT_USAGE;
    struct sentosa *engine = engine_open(tables);
    if (!engine)
        return EXIT_STORE;
    print_about(engine);
    struct sentosa_error error = {""};
    size_t events = count_events(engine, &error);
    if (events == 0)
        fprintf(stderr, "sentosa: a plain sentence gave no event%s%s\n",
                *error.message ? ": " : "", error.message);
    sentosa_close(engine);
    return events ? EXIT_OK : EXIT_NOTHING;
}
