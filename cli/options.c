/* options.c: reading the options of a command. */
#include "cli/cli.h"

#include <stdio.h>
#include <string.h>

static const struct option *find_long(const struct option *options, const char *arg,
                                      size_t len)
{
    for (; options->name; options++)
        if (strlen(options->name) == len && strncmp(options->name, arg, len) == 0)
            return options;
    return NULL;
}

static const struct option *find_letter(const struct option *options, char letter)
{
    for (; options->name; options++)
        if (options->letter == letter)
            return options;
    return NULL;
}

static int print_help(const struct option *options, const char *usage)
{
    printf("%s\n", usage);
    for (; options->name; options++) {
        char left[64];
        snprintf(left, sizeof left, "%s%c%s%s%s", options->letter ? "-" : "  ",
                 options->letter ? options->letter : ' ', options->letter ? ", " : "",
                 options->name, options->value ? " VALUE" : "");
        printf("  %-28s %s\n", left, options->help);
    }
    return -2;
}

/* Sets one option; returns how many arguments it took, 0 after saying what is wrong. */
static int take_option(int count, char **args, const struct option *options)
{
    const char *arg = args[0];
    bool is_long = arg[1] == '-';
    size_t name_len = is_long ? strcspn(arg, "=") : 2;
    const char *joined = arg[name_len] ? arg + name_len + (is_long ? 1 : 0) : NULL;
    const struct option *option = is_long ? find_long(options, arg, name_len)
                                          : find_letter(options, arg[1]);
    if (!option) {
        fprintf(stderr, "sentosa: unknown option %.*s\n", (int)name_len, arg);
        return 0;
    }
    if (option->is_set) {
        if (joined)
            fprintf(stderr, "sentosa: %s takes no value\n", option->name);
        *option->is_set = true;
        return joined ? 0 : 1;
    }
    if (!joined && count < 2) {
        fprintf(stderr, "sentosa: %s needs a value\n", option->name);
        return 0;
    }
    *option->value = joined ? joined : args[1];
    return joined ? 1 : 2;
}

int options_read(int count, char **args, const struct option *options, const char *usage)
{
    int left = 0;
    for (int i = 1; i < count;) {
        if (strcmp(args[i], "--") == 0) {
            for (i++; i < count; i++)
                args[left++] = args[i];
            break;
        }
        if (strcmp(args[i], "--help") == 0)
            return print_help(options, usage);
        if (args[i][0] != '-' || args[i][1] == '\0') {
            args[left++] = args[i++];
            continue;
        }
        int taken = take_option(count - i, args + i, options);
        if (taken == 0) {
            fprintf(stderr, "%s\n", usage);
            return -1;
        }
        i += taken;
    }
    return left;
}

struct sentosa *engine_open(struct engine_tables tables)
{
    struct sentosa *engine;
    struct sentosa_error error;
    if (sentosa_open_with(tables.pack, tables.lexicon, &engine, &error))
        fprintf(stderr, "sentosa: %s\n", error.message);
    return engine;
}
