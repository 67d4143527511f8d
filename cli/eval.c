/* eval.c: how well sentosa reads, held against gold: finds the measure and hands over. */
#include "cli/eval.h"

#include <stdio.h>
#include <string.h>

static const struct {
    const char *name;
    command *run;
    const char *help;
} measures[] = {
    {"--conllu", eval_conllu, "sentences, words, tags, lemmas, trees, names"},
    {"--gold", eval_gold, "events: type, parties, direction, status"},
    {"--timex", eval_timex, "times against TimeML: strict, relaxed, value"},
    {"--places", eval_places, "places: recognised, and within 161 km"},
    {NULL, NULL, NULL},
};

static int print_usage(FILE *to)
{
    fprintf(to, "usage: sentosa eval MEASURE [OPTION]... GOLD...\n");
    for (size_t i = 0; measures[i].name; i++)
        fprintf(to, "  %-10s %s\n", measures[i].name, measures[i].help);
    return to == stdout ? EXIT_OK : EXIT_USAGE;
}

int eval_command(int count, char **args)
{
    if (count < 2)
        return print_usage(stderr);
    if (strcmp(args[1], "--help") == 0)
        return print_usage(stdout);
    for (size_t i = 0; measures[i].name; i++)
        if (strcmp(measures[i].name, args[1]) == 0)
            return measures[i].run(count - 2, args + 2);
    fprintf(stderr, "sentosa: eval: there is no measure %s\n", args[1]);
    return print_usage(stderr);
}
