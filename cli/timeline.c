/* timeline.c: `sentosa timeline`: all that a situation dates, in order of time. */
#include "cli/query.h"

static const char usage[] = "usage: sentosa timeline --db FILE [OPTION]...";

struct undated {
    size_t count;
};

static bool count_item(void *context, const struct sentosa_item *item)
{
    struct undated *undated = context;
    undated->count += item->event && !item->first;
    return true;
}

/* A row that is not there should at least be counted. */
static int tell_undated(struct ask *ask, int code)
{
    struct undated undated = {0};
    ask->query.is_dated = false;
    ask->query.kinds = SENTOSA_EVENTS;
    if (ask->query.from || ask->query.to)
        return code;
    if (ask_each(ask, count_item, &undated) == EXIT_STORE)
        return EXIT_STORE;
    if (undated.count)
        fprintf(stderr,
                "sentosa: %zu event%s without a date left out (--undated lists them)\n",
                undated.count, undated.count == 1 ? "" : "s");
    return code;
}

int timeline_command(int count, char **args)
{
    bool has_undated = false, has_all = false;
    const struct option own[] = {
        {"--undated", 0, NULL, &has_undated, "list what has no date too, at the end"},
        {"--every", 0, NULL, &has_all,
         "each report's telling by itself, not one line a story"},
        {0}};
    struct ask ask = {.usage = usage,
                      .takes = ASKS_DATES | ASKS_ACTOR | ASKS_TYPE | ASKS_STATUS |
                               ASKS_CONFIDENCE,
                      .own = own};
    int code = ask_begin(&ask, count, args);
    if (!ask.store)
        return code;
    ask.query.kinds = SENTOSA_EVENTS | SENTOSA_POSITIONS | SENTOSA_RELATIONS;
    ask.query.is_dated = !has_undated;
    ask.query.is_told_apart = has_all;
    code = ask_print(&ask, event_columns, 6, event_row);
    if (code != EXIT_STORE && !has_undated)
        code = tell_undated(&ask, code);
    return ask_end(&ask, code);
}
