/* cli.h: what the commands share: the table of commands, options, exit codes. */
#ifndef CLI_CLI_H
#define CLI_CLI_H

#include "sentosa.h"

#include <stdbool.h>

enum exit_code {
    EXIT_OK = 0,
    EXIT_NOTHING = 1, /* a query found nothing */
    EXIT_USAGE = 2,
    EXIT_REPORTS = 3, /* some reports failed, each named on stderr */
    EXIT_STORE = 4    /* input/output or store */
};

/* A command gets its own name as args[0] and returns the exit code. */
typedef int command(int count, char **args);

command read_command, explain_command, parse_command, text_command, resolve_command,
    timeline_command, calendar_command, positions_command, relations_command,
    actors_command, between_command, show_command, export_command, check_command,
    changes_command, eval_command, doctor_command, import_dictionary_command;

/* One option of a command. A flag has is_set, an option with a value has value. */
struct option {
    const char *name; /* "--date" */
    char letter;      /* 'j' or 0 */
    const char **value;
    bool *is_set;
    const char *help;
};

/* Reads options up to the first count-th argument and moves the rest to the front:
 * returns how many are left in args, or -1 after saying on stderr what is wrong. `--`
 * ends the options, and `--help` prints usage and the options to stdout and returns -2.
 * The table ends with a NULL name. */
int options_read(int count, char **args, const struct option *options, const char *usage);

/* What an engine is made of, as the options of a command say. */
struct engine_tables {
    const char *pack, *lexicon; /* NULL: the usual pack; no tables of the user's */
};
#define ENGINE_OPTIONS(tables)                                                           \
    {"--lexicon", 0, &(tables).lexicon, NULL, "folder of tables laid over the lexicon"}, \
    {                                                                                    \
        "--pack", 0, &(tables).pack, NULL, "the pack to use"                             \
    }

/* Opens the engine; NULL after saying why on stderr. */
struct sentosa *engine_open(struct engine_tables tables);

#endif
