/* export.c: `sentosa export`: the events of a situation as CSV, TSV or JSON lines. */
#include "cli/query.h"

#include <string.h>

static const char usage[] = "usage: sentosa export --db FILE [--format csv|tsv|jsonl] "
                            "[--convention internal|plover]"
                            " [--cameo] [OPTION]...";

struct writing {
    struct sentosa_export how;
    size_t uncoded;
    bool has_geonames; /* a place that GeoNames knows was written */
};

static bool write_event(void *context, const struct sentosa_item *item)
{
    struct writing *writing = context;
    if (!sentosa_code(item->event, writing->how.convention).type) {
        writing->uncoded++;
        return true;
    }
    const struct sentosa_place *place = item->event->place;
    writing->has_geonames |= place && place->geonames;
    return print_line(sentosa_export_event(&writing->how, item));
}

static bool read_choice(const char *option, const char *text, const char *const *choices,
                        int *choice)
{
    for (int i = 0; choices[i]; i++) {
        if (text && strcmp(text, choices[i]) != 0)
            continue;
        *choice = text ? i : *choice;
        return true;
    }
    fprintf(stderr, "sentosa: %s: \"%s\" is none of %s, %s%s%s\n", option, text,
            choices[0], choices[1], choices[2] ? ", " : "", choices[2] ? choices[2] : "");
    return false;
}

static int write_all(struct ask *ask, struct writing *writing)
{
    if (writing->how.format != SENTOSA_JSONL &&
        !print_line(sentosa_export_header(&writing->how)))
        return EXIT_STORE;
    int code = ask_each(ask, write_event, writing);
    if (writing->uncoded)
        fprintf(stderr,
                "sentosa: %zu event%s left out: PLOVER codes what happened or was"
                " announced\n",
                writing->uncoded, writing->uncoded == 1 ? "" : "s");
    /* who passes them on credits them: its licence asks for it */
    if (writing->has_geonames)
        fprintf(stderr, "sentosa: places after GeoNames (https://www.geonames.org),"
                        " CC BY 4.0\n");
    return code;
}

int export_command(int count, char **args)
{
    static const char *const formats[] = {"jsonl", "csv", "tsv", NULL};
    static const char *const conventions[] = {"internal", "plover", NULL};
    struct writing writing = {0};
    const char *format = NULL, *convention = NULL;
    int chosen_format = SENTOSA_CSV, chosen_convention = SENTOSA_INTERNAL;
    const struct option own[] = {
        {"--format", 0, &format, NULL, "csv (the default), tsv or jsonl"},
        {"--convention", 0, &convention, NULL, "internal (the default) or plover"},
        {"--cameo", 0, NULL, &writing.how.has_cameo,
         "add CAMEO codes and Goldstein values"},
        {0}};
    struct ask ask = {.usage = usage,
                      .takes = ASKS_DATES | ASKS_ACTOR | ASKS_TYPE | ASKS_STATUS |
                               ASKS_CONFIDENCE,
                      .own = own};
    int code = ask_begin(&ask, count, args);
    if (!ask.store)
        return code;
    if (ask.as_json)
        chosen_format = SENTOSA_JSONL;
    if (!read_choice("--format", format, formats, &chosen_format) ||
        !read_choice("--convention", convention, conventions, &chosen_convention))
        return ask_end(&ask, EXIT_USAGE);
    writing.how.format = (enum sentosa_format)chosen_format;
    writing.how.convention = (enum sentosa_convention)chosen_convention;
    ask.query.kinds = SENTOSA_EVENTS;
    ask.query.order = SENTOSA_BY_REPORT;
    ask.query.is_told_apart = true;
    return ask_end(&ask, write_all(&ask, &writing));
}
