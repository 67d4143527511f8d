/* query.h: what the commands that ask a situation share: options, opening, rows of a
 * table. */
#ifndef CLI_QUERY_H
#define CLI_QUERY_H

#include "cli/cli.h"
#include "cli/table.h"
#include "sentosa_store.h"

/* Which of the shared options a command takes, besides --db, --json and --as-of. */
enum {
    ASKS_DATES = 1,      /* --from, --to */
    ASKS_ACTOR = 2,      /* --actor */
    ASKS_TYPE = 4,       /* --type */
    ASKS_STATUS = 8,     /* --status */
    ASKS_CONFIDENCE = 16 /* --min-confidence */
};

/* A command's question, filled by ask_begin. */
struct ask {
    const char *usage;
    unsigned takes;
    const struct option
        *own; /* options of the command alone; ends with a NULL name; may be NULL */
    int least, most; /* arguments it takes */

    struct sentosa_query query; /* kinds, order and flags are the command's to set */
    struct sentosa_store *store;
    bool as_json;
    bool has_colour;
    size_t width;
    int argument_count;
    char **arguments;
    char from[16], to[16], types[256], statuses[256], code[16];
};

/* Reads the options and opens the situation. EXIT_OK and ask->store NULL: --help was
 * answered. Any other code: what is wrong was said on stderr. */
int ask_begin(struct ask *ask, int count, char **args);

/* Closes the situation; code is what the command came to, the result what it exits
 * with: 4 when standard output could not be written. */
int ask_end(struct ask *ask, int code);

/* Says on stderr what failed; returns EXIT_STORE. */
int ask_fail(const struct sentosa_error *error);

/* Calls each for every item that is found; it returns false to stop for lack of
 * memory. Returns the exit code: EXIT_NOTHING when there was none. */
typedef bool ask_visit(void *context, const struct sentosa_item *item);
int ask_each(struct ask *ask, ask_visit *visit, void *context);

/* The item's JSON line with what tells items of several kinds apart and orders them:
 * "item" and "when". NULL without memory. */
char *item_line(const struct sentosa_item *item);

/* A line of JSON with a member added at its end; the line is freed. NULL without
 * memory. */
char *line_with(char *line, const char *member);

/* Asks, and prints a table (or JSON): row adds an item to the table. */
typedef bool ask_row(struct table *table, const struct sentosa_item *item);
int ask_print(struct ask *ask, const struct table_column *columns, size_t count,
              ask_row *row);

/* Prints a line and frees it; false when it is NULL (no memory). */
bool print_line(char *line);

/* "2018-06-12", or "2018-06" and "2018" stretched to their first or last day. */
bool read_day_option(const char *name, const char *text, bool is_last, char day[16]);

/* What to look a party up by: the code of a state that the tables know by this name,
 * also where no report names the state itself; else the phrase. day may be NULL. */
const char *party_lookup(const char *phrase, const char *day, char code[16]);

/* The day that many days before an ISO day. */
void day_before(const char *day, int days, char before[16]);

/* ---- cells ---- */

/* A short text under construction; what does not fit is cut. */
struct text {
    char bytes[1600];
    size_t len;
};

void text_add(struct text *text, const char *piece); /* NULL adds nothing */

/* "2018-06-12 09:00+08:00", "2018-06", "1950 to 1953", "by 2021-01-31", "since 1978";
 * "" for none. */
void text_days(struct text *text, const char *start, const char *end, const char *time);
void text_when(struct text *text, const struct sentosa_item *item);

/* "USA, PRK" or "USA > PRK": codes, or names of those without. */
void text_who(struct text *text, const struct sentosa_item *item);

/* "CONSULT/visit", "wants", "no ties" */
void text_type(struct text *text, const struct sentosa_item *item);

/* "Donald Trump (USA)" */
void text_party(struct text *text, const struct sentosa_party *party);

/* "according to": "Kenya's army > a newspaper", outermost last; "" for the report
 * itself. */
void text_voices(struct text *text, const struct sentosa_voice *voices, size_t count);

/* The item's sentence, and how many other reports tell it. */
void text_words(struct text *text, const struct sentosa_item *item);

/* The row that timeline and between print: id, date, status, type, parties, words. */
extern const struct table_column event_columns[6];
bool event_row(struct table *table, const struct sentosa_item *item);

#endif
