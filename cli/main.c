/* main.c: the program: finds the command and hands over. */
#include "cli/cli.h"

#include <stdio.h>
#include <string.h>

static const struct {
    const char *name;
    command *run;
    const char *help;
} commands[] = {
    {"read", read_command, "read reports and print what they say"},
    {"explain", explain_command,
     "show what each stage made, or why a sentence gave its events"},
    {"text", text_command, "print the clean reports"},
    {"parse", parse_command, "print tokens, tags and trees as CoNLL-U"},
    {"resolve", resolve_command, "say who a phrase means on a day"},
    {"timeline", timeline_command, "all events of a situation in order of time"},
    {"calendar", calendar_command, "what is still to come"},
    {"positions", positions_command,
     "who wants, offers, refuses, promises, opposes what"},
    {"relations", relations_command, "lasting ties between parties"},
    {"actors", actors_command, "the parties of a situation"},
    {"between", between_command, "all that passed between two parties"},
    {"show", show_command, "one event with its words"},
    {"changes", changes_command, "what newer versions of reports say that older did not"},
    {"export", export_command, "events as CSV, TSV or JSON lines"},
    {"check", check_command, "run the examples of the lexicon"},
    {"doctor", doctor_command, "whether all is there, and what it is made of"},
    {"import-dictionary", import_dictionary_command,
     "turn dictionaries of CAMEO coders into tables for --lexicon"},
    {"eval", eval_command, "how well it reads, held against gold"},
};
#define COMMAND_COUNT (sizeof commands / sizeof *commands)

static int print_help(FILE *to)
{
    fprintf(to, "usage: sentosa COMMAND [OPTION]... [ARGUMENT]...\n");
    for (size_t i = 0; i < COMMAND_COUNT; i++)
        fprintf(to, "  %-10s %s\n", commands[i].name, commands[i].help);
    fprintf(to, "`sentosa COMMAND --help` says more.\n");
    return to == stdout ? EXIT_OK : EXIT_USAGE;
}

static int print_version(bool as_json)
{
    struct sentosa *engine = engine_open((struct engine_tables){0});
    if (!engine)
        return EXIT_STORE;
    struct sentosa_about about;
    sentosa_about(engine, &about);
    if (as_json)
        printf("{\"program\":\"%s\",\"pack\":\"%s\",\"lexicon\":\"%s\","
               "\"weights\":\"%s\",\"schema\":%d}\n",
               about.version, about.pack_hash, about.lexicon_hash, about.weights_hash,
               about.schema);
    else
        printf("sentosa %s (pack %s, schema %d)\n", about.version, about.pack_hash,
               about.schema);
    sentosa_close(engine);
    return EXIT_OK;
}

int main(int count, char **args)
{
    if (count < 2)
        return print_help(stderr);
    if (strcmp(args[1], "--help") == 0 || strcmp(args[1], "help") == 0)
        return print_help(stdout);
    if (strcmp(args[1], "--version") == 0)
        return print_version(count > 2 && strcmp(args[2], "--json") == 0);
    for (size_t i = 0; i < COMMAND_COUNT; i++)
        if (strcmp(commands[i].name, args[1]) == 0)
            return commands[i].run(count - 1, args + 1);
    fprintf(stderr, "sentosa: there is no command %s\n", args[1]);
    return print_help(stderr);
}
