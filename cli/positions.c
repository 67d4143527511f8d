/* positions.c: `sentosa positions`: who wants, offers, refuses, promises, opposes
 * what, by holder. */
#include "cli/query.h"

#include <string.h>

static const char usage[] = "usage: sentosa positions --db FILE [OPTION]...";

static const struct table_column columns[] = {
    {"HOLDER", false, false},       {"TOWARDS", false, false}, {"STANCE", false, false},
    {"WHAT", false, true},          {"BY", false, false},      {"STATUS", false, false},
    {"ON WHOSE WORD", false, false}};

static bool add_row(struct table *table, const struct sentosa_item *item)
{
    const struct sentosa_position *position = item->position;
    struct text holder = {.len = 0}, towards = {.len = 0}, what = {.len = 0},
                by = {.len = 0}, voices = {.len = 0};
    text_party(&holder, position->holder);
    if (position->towards)
        text_party(&towards, position->towards);
    text_add(&what, position->content ? position->content : position->sentence.text);
    if (position->deadline)
        text_days(&by,
                  position->deadline->end ? position->deadline->end
                                          : position->deadline->start,
                  NULL, NULL);
    text_voices(&voices, position->voices, position->voice_count);
    /* "since" is how one open day is said; here it is the limit. */
    const char *limit = strncmp(by.bytes, "since ", 6) == 0 ? by.bytes + 6 : by.bytes;
    const struct table_cell cells[] = {{holder.bytes, TONE_BOLD},
                                       {towards.bytes, TONE_PLAIN},
                                       {position->stance, TONE_PLAIN},
                                       {what.bytes, TONE_PLAIN},
                                       {limit, TONE_PLAIN},
                                       {position->status, status_tone(position->status)},
                                       {voices.bytes, TONE_PLAIN}};
    return table_add(table, cells);
}

int positions_command(int count, char **args)
{
    struct ask ask = {.usage = usage,
                      .takes = ASKS_DATES | ASKS_ACTOR | ASKS_TYPE | ASKS_STATUS};
    int code = ask_begin(&ask, count, args);
    if (!ask.store)
        return code;
    ask.query.kinds = SENTOSA_POSITIONS;
    ask.query.order = SENTOSA_BY_PARTY;
    return ask_end(&ask,
                   ask_print(&ask, columns, sizeof columns / sizeof *columns, add_row));
}
