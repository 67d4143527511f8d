/* between.c: `sentosa between A B`: all that passed between two parties, and what ties
 * them. */
#include "cli/query.h"

static const char usage[] =
    "usage: sentosa between A B --db FILE [OPTION]...    A, B: a code, an id, a name";

int between_command(int count, char **args)
{
    bool has_all = false;
    char codes[2][16];
    const struct option own[] = {
        {"--every", 0, NULL, &has_all,
         "each report's telling by itself, not one line a story"},
        {0}};
    struct ask ask = {.usage = usage,
                      .takes = ASKS_DATES | ASKS_TYPE | ASKS_STATUS | ASKS_CONFIDENCE,
                      .own = own,
                      .least = 2,
                      .most = 2};
    int code = ask_begin(&ask, count, args);
    if (!ask.store)
        return code;
    ask.query.kinds = SENTOSA_EVENTS | SENTOSA_POSITIONS | SENTOSA_RELATIONS;
    ask.query.actor = party_lookup(ask.arguments[0], ask.query.as_of, codes[0]);
    ask.query.other = party_lookup(ask.arguments[1], ask.query.as_of, codes[1]);
    ask.query.is_told_apart = has_all;
    return ask_end(&ask, ask_print(&ask, event_columns, 6, event_row));
}
