/* calendar.c: `sentosa calendar`: what is scheduled, expected or intended, seen from a
 * day. */
#include "cli/query.h"

#include <string.h>

static const char usage[] = "usage: sentosa calendar --db FILE [--as-of DAY] [OPTION]...";

/* What is overdue longer than that happened unseen or never will. */
#define OVERDUE_DAYS 90

struct calendar {
    const char *now; /* NULL: no report carries a date */
    char oldest[16]; /* what ended before is left out */
    bool has_undated, has_overdue;
    struct table *table; /* NULL: JSON */
    size_t shown, undated, old;
};

static bool is_overdue(const struct calendar *calendar, const struct sentosa_item *item)
{
    const char *last = item->last ? item->last : item->first;
    return calendar->now && last && strcmp(last, calendar->now) < 0;
}

static bool is_old(const struct calendar *calendar, const struct sentosa_item *item)
{
    const char *last = item->last ? item->last : item->first;
    return strcmp(last, calendar->oldest) < 0;
}

static bool add_row(struct calendar *calendar, const struct sentosa_item *item,
                    bool is_late)
{
    struct text id = {.len = 0}, when = {.len = 0}, status = {.len = 0},
                type = {.len = 0}, who = {.len = 0}, words = {.len = 0};
    const struct sentosa_event *event = item->event;
    text_add(&id, event->id);
    id.bytes[10] = '\0';
    text_when(&when, item);
    text_add(&status, event->status);
    text_add(&status, is_late ? ", overdue" : "");
    text_type(&type, item);
    text_who(&who, item);
    text_words(&words, item);
    const struct table_cell cells[] = {
        {id.bytes, TONE_FAINT},
        {when.bytes, TONE_PLAIN},
        {status.bytes, is_late ? TONE_BAD : status_tone(event->status)},
        {type.bytes, TONE_BOLD},
        {who.bytes, TONE_PLAIN},
        {event->place ? event->place->name : NULL, TONE_PLAIN},
        {words.bytes, TONE_PLAIN}};
    return table_add(calendar->table, cells);
}

static bool print_json(const struct sentosa_item *item, bool is_late)
{
    return print_line(line_with(sentosa_item_json(item),
                                is_late ? "\"overdue\":true" : "\"overdue\":false"));
}

static bool visit(void *context, const struct sentosa_item *item)
{
    struct calendar *calendar = context;
    bool is_late = is_overdue(calendar, item);
    if (!item->first && !calendar->has_undated) {
        calendar->undated++;
        return true;
    }
    if (is_late && (!calendar->has_overdue || is_old(calendar, item))) {
        calendar->old++;
        return true;
    }
    calendar->shown++;
    return calendar->table ? add_row(calendar, item, is_late) : print_json(item, is_late);
}

/* The day taken as today: given, or that of the newest report, which is then named. */
static int find_now(struct ask *ask, char latest[16], const char **now)
{
    struct sentosa_error error;
    size_t count, later;
    *now = ask->query.as_of;
    if (!*now) {
        if (sentosa_store_latest(ask->store, latest, &error))
            return ask_fail(&error);
        *now = *latest ? latest : NULL;
        if (*now)
            fprintf(stderr,
                    "sentosa: as of %s, the day of the newest report (--as-of DAY sets"
                    " another)\n",
                    *now);
        else
            fprintf(stderr,
                    "sentosa: no report carries a date: say --as-of DAY to see what is"
                    " overdue\n");
        return EXIT_OK;
    }
    if (sentosa_store_reports(ask->store, *now, &count, &later, &error))
        return ask_fail(&error);
    if (later)
        fprintf(stderr, "sentosa: %zu of %zu reports, published after %s, left out\n",
                later, count, *now);
    return EXIT_OK;
}

static void tell_left_out(size_t count, const char *what, const char *how)
{
    if (count)
        fprintf(stderr, "sentosa: %zu event%s %s left out%s\n", count,
                count == 1 ? "" : "s", what, how);
}

static int list(struct ask *ask, struct calendar *calendar)
{
    static const struct table_column columns[] = {
        {"ID", false, false},   {"DATE", false, false}, {"STATUS", false, false},
        {"TYPE", false, false}, {"WHO", false, false},  {"WHERE", false, false},
        {"WORDS", false, true}};
    if (calendar->now)
        day_before(calendar->now, OVERDUE_DAYS, calendar->oldest);
    if (!ask->as_json && !(calendar->table = table_new(columns, 7)))
        return EXIT_STORE;
    int code = ask_each(ask, visit, calendar);
    if (code == EXIT_OK && calendar->table && calendar->shown)
        table_print(calendar->table, stdout, ask->width, ask->has_colour);
    table_free(calendar->table);
    tell_left_out(calendar->undated, "to come without a date", " (--undated lists them)");
    tell_left_out(calendar->old, "overdue", "");
    return code == EXIT_OK && !calendar->shown ? EXIT_NOTHING : code;
}

int calendar_command(int count, char **args)
{
    struct calendar calendar = {0};
    bool no_overdue = false;
    const struct option own[] = {{"--undated", 0, NULL, &calendar.has_undated,
                                  "list what has no date too, at the end"},
                                 {"--no-overdue", 0, NULL, &no_overdue,
                                  "leave out what should have happened by now"},
                                 {0}};
    struct ask ask = {.usage = usage,
                      .takes = ASKS_DATES | ASKS_ACTOR | ASKS_TYPE | ASKS_STATUS |
                               ASKS_CONFIDENCE,
                      .own = own};
    char latest[16];
    int code = ask_begin(&ask, count, args);
    if (!ask.store)
        return code;
    ask.query.kinds = SENTOSA_EVENTS;
    ask.query.no_history = true;
    if (!ask.query.statuses)
        ask.query.statuses = "scheduled|expected|intended";
    calendar.has_overdue = !no_overdue;
    code = find_now(&ask, latest, &calendar.now);
    if (code == EXIT_OK)
        code = list(&ask, &calendar);
    return ask_end(&ask, code);
}
