/* query.c: what the commands that ask a situation share: options, opening, printing
 * what is found. */
#include "cli/query.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>

#define OPTIONS_MAX 16

struct values {
    const char *db, *as_of, *from, *to, *actor, *types, *statuses, *confidence;
};

static void add_option(struct option *options, size_t *count, struct option option)
{
    if (*count + 1 < OPTIONS_MAX)
        options[(*count)++] = option;
}

static void fill_options(const struct ask *ask, struct values *values, bool *as_json,
                         struct option *options)
{
    size_t count = 0;
    memset(options, 0, OPTIONS_MAX * sizeof *options);
    add_option(options, &count,
               (struct option){"--db", 0, &values->db, NULL, "the situation's file"});
    add_option(
        options, &count,
        (struct option){"--json", 0, NULL, as_json, "JSON lines instead of a table"});
    add_option(options, &count,
               (struct option){"--as-of", 0, &values->as_of, NULL,
                               "the day taken as today; later reports are left out"});
    if (ask->takes & ASKS_DATES) {
        add_option(options, &count,
                   (struct option){"--from", 0, &values->from, NULL,
                                   "first day, month or year"});
        add_option(
            options, &count,
            (struct option){"--to", 0, &values->to, NULL, "last day, month or year"});
    }
    if (ask->takes & ASKS_ACTOR)
        add_option(options, &count,
                   (struct option){"--actor", 0, &values->actor, NULL,
                                   "code, id, name or words of a party"});
    if (ask->takes & ASKS_TYPE)
        add_option(options, &count,
                   (struct option){"--type", 0, &values->types, NULL,
                                   "types, such as CONSULT,AID or CONSULT/visit"});
    if (ask->takes & ASKS_STATUS)
        add_option(options, &count,
                   (struct option){"--status", 0, &values->statuses, NULL,
                                   "statuses, such as scheduled,expected"});
    if (ask->takes & ASKS_CONFIDENCE)
        add_option(options, &count,
                   (struct option){"--min-confidence", 0, &values->confidence, NULL,
                                   "leave out events less sure than this (0 to 1)"});
    for (const struct option *own = ask->own; own && own->name; own++)
        add_option(options, &count, *own);
}

/* ---- values ---- */

static bool all_digits(const char *text, size_t len)
{
    return strspn(text, "0123456789") >= len;
}

/* How many days a month has, of the Gregorian calendar. */
static int days_of(int year, int month)
{
    static const char days[] = {31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};
    bool is_leap = year % 4 == 0 && (year % 100 != 0 || year % 400 == 0);
    return days[month - 1] + (month == 2 && is_leap);
}

bool read_day_option(const char *name, const char *text, bool is_last, char day[16])
{
    size_t len = strlen(text);
    bool has_month = len >= 7 && text[4] == '-' && all_digits(text + 5, 2);
    bool has_day = len == 10 && has_month && text[7] == '-' && all_digits(text + 8, 2);
    bool is_date = (len == 4 || (len == 7 && has_month) || has_day) &&
                   all_digits(text, 4);
    int month = has_month ? atoi(text + 5) : 1, number = has_day ? atoi(text + 8) : 1;
    if (!is_date || month < 1 || month > 12 || number < 1 ||
        number > days_of(atoi(text), month)) {
        fprintf(stderr,
                "sentosa: %s: \"%s\" is no date such as 2018-06-12, 2018-06 or 2018\n",
                name, text);
        return false;
    }
    /* Days compare as text, so the 31st stands for the last day of any month. */
    snprintf(day, 16, "%s%s", text,
             len == 10  ? ""
             : len == 7 ? (is_last ? "-31" : "-01")
             : is_last  ? "-12-31"
                        : "-01-01");
    return true;
}

/* "a,b" becomes "a|b". */
static bool read_list(const char *name, const char *text, char *list, size_t capacity)
{
    if (strlen(text) >= capacity) {
        fprintf(stderr, "sentosa: %s is too long\n", name);
        return false;
    }
    strcpy(list, text);
    for (char *at = list; *at; at++)
        *at = *at == ',' ? '|' : *at;
    return true;
}

static bool are_statuses(const char *list)
{
    static const char known[] = "|actual|scheduled|expected|intended|demanded|possible|"
                                "conditional|negated|cancelled|";
    while (*list) {
        char wanted[32];
        size_t len = strcspn(list, "|");
        snprintf(wanted, sizeof wanted, "|%.*s|", (int)(len < 28 ? len : 28), list);
        if (len == 0 || len > 28 || !strstr(known, wanted)) {
            fprintf(
                stderr,
                "sentosa: --status: \"%.*s\" is no status; they are actual scheduled"
                " expected intended demanded possible conditional negated cancelled\n",
                (int)len, list);
            return false;
        }
        list += len;
        list += *list == '|';
    }
    return true;
}

static bool read_confidence(const char *text, double *confidence)
{
    char *end;
    *confidence = strtod(text, &end);
    if (end != text && *end == '\0' && *confidence >= 0 && *confidence <= 1)
        return true;
    fprintf(stderr, "sentosa: --min-confidence: \"%s\" is no number from 0 to 1\n", text);
    return false;
}

static bool read_values(struct ask *ask, const struct values *values)
{
    struct sentosa_query *query = &ask->query;
    char day[16];
    if (values->from && !read_day_option("--from", values->from, false, ask->from))
        return false;
    if (values->to && !read_day_option("--to", values->to, true, ask->to))
        return false;
    if (values->as_of && (strlen(values->as_of) != 10 ||
                          !read_day_option("--as-of", values->as_of, false, day))) {
        fprintf(stderr, "sentosa: --as-of needs a day such as 2018-06-12\n");
        return false;
    }
    if (values->types &&
        !read_list("--type", values->types, ask->types, sizeof ask->types))
        return false;
    if (values->statuses &&
        (!read_list("--status", values->statuses, ask->statuses, sizeof ask->statuses) ||
         !are_statuses(ask->statuses)))
        return false;
    if (values->confidence &&
        !read_confidence(values->confidence, &query->min_confidence))
        return false;
    query->from = values->from ? ask->from : NULL;
    query->to = values->to ? ask->to : NULL;
    query->as_of = values->as_of;
    query->actor = party_lookup(values->actor, values->as_of, ask->code);
    query->types = values->types ? ask->types : NULL;
    query->statuses = values->statuses ? ask->statuses : NULL;
    return true;
}

/* ---- beginning and end ---- */

int ask_begin(struct ask *ask, int count, char **args)
{
    struct values values = {0};
    struct option options[OPTIONS_MAX];
    struct sentosa_error error;
    fill_options(ask, &values, &ask->as_json, options);
    int left = options_read(count, args, options, ask->usage);
    if (left < 0)
        return left == -2 ? EXIT_OK : EXIT_USAGE;
    if (left < ask->least || left > ask->most || !values.db) {
        if (!values.db)
            fprintf(stderr, "sentosa: --db FILE says which situation\n");
        fprintf(stderr, "%s\n", ask->usage);
        return EXIT_USAGE;
    }
    ask->argument_count = left;
    ask->arguments = args;
    ask->width = terminal_width(stdout);
    ask->has_colour = terminal_has_colour(stdout);
    if (!read_values(ask, &values))
        return EXIT_USAGE;
    if (sentosa_store_open(values.db, SENTOSA_STORE_READ, &ask->store, &error))
        return ask_fail(&error);
    return EXIT_OK;
}

int ask_end(struct ask *ask, int code)
{
    sentosa_store_close(ask->store);
    ask->store = NULL;
    if (fflush(stdout) != 0 || ferror(stdout)) {
        if (errno != EPIPE)
            fprintf(stderr, "sentosa: standard output cannot be written: %s\n",
                    strerror(errno));
        return EXIT_STORE;
    }
    return code;
}

int ask_fail(const struct sentosa_error *error)
{
    fprintf(stderr, "sentosa: %s\n", error->message);
    return EXIT_STORE;
}

static int no_memory(void)
{
    fprintf(stderr, "sentosa: no memory left\n");
    return EXIT_STORE;
}

/* ---- finding ---- */

int ask_each(struct ask *ask, ask_visit *visit, void *context)
{
    struct sentosa_cursor *cursor;
    struct sentosa_error error;
    const struct sentosa_item *item;
    if (sentosa_store_ask(ask->store, &ask->query, &cursor, &error))
        return ask_fail(&error);
    size_t found = 0;
    bool has_memory = true;
    enum sentosa_outcome outcome = SENTOSA_OK;
    while (has_memory && !(outcome = sentosa_cursor_next(cursor, &item, &error))) {
        has_memory = visit(context, item);
        found++;
    }
    sentosa_cursor_free(cursor);
    if (!has_memory)
        return no_memory();
    if (outcome != SENTOSA_END)
        return ask_fail(&error);
    return found ? EXIT_OK : EXIT_NOTHING;
}

bool print_line(char *line)
{
    if (!line)
        return false;
    fputs(line, stdout);
    fputc('\n', stdout);
    sentosa_free(line);
    return true;
}

char *line_with(char *line, const char *member)
{
    size_t len = line ? strlen(line) : 0, more = strlen(member);
    char *longer = len ? realloc(line, len + more + 2) : NULL;
    if (!longer) {
        sentosa_free(line);
        return NULL;
    }
    longer[len - 1] = ',';
    memcpy(longer + len, member, more);
    memcpy(longer + len + more, "}", 2);
    return longer;
}

/* Days come from the situation's file: only what a day is made of is let through. */
static const char *quoted_day(const char *day, char quoted[16])
{
    if (!day || strlen(day) != 10 || strspn(day, "0123456789-") != 10)
        return "null";
    snprintf(quoted, 16, "\"%s\"", day);
    return quoted;
}

char *item_line(const struct sentosa_item *item)
{
    char member[128], first[16], last[16];
    const char *end = item->last && strcmp(item->last, "9999-12-31") == 0 ? NULL
                                                                          : item->last;
    snprintf(member, sizeof member, "\"item\":\"%s\",\"when\":{\"start\":%s,\"end\":%s}",
             item->event      ? "event"
             : item->position ? "position"
                              : "relation",
             quoted_day(item->first, first), quoted_day(end, last));
    return line_with(sentosa_item_json(item), member);
}

static bool print_item(void *context, const struct sentosa_item *item)
{
    const struct ask *ask = context;
    bool is_mixed = ask->query.kinds & (ask->query.kinds - 1);
    return print_line(is_mixed ? item_line(item) : sentosa_item_json(item));
}

struct filling {
    struct table *table;
    ask_row *row;
};

static bool fill_row(void *context, const struct sentosa_item *item)
{
    const struct filling *filling = context;
    return filling->row(filling->table, item);
}

int ask_print(struct ask *ask, const struct table_column *columns, size_t count,
              ask_row *row)
{
    if (ask->as_json)
        return ask_each(ask, print_item, ask);
    struct filling filling = {table_new(columns, count), row};
    if (!filling.table)
        return no_memory();
    int code = ask_each(ask, fill_row, &filling);
    if (code == EXIT_OK &&
        !table_print(filling.table, stdout, ask->width, ask->has_colour))
        code = no_memory();
    table_free(filling.table);
    return code;
}
