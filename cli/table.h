/* table.h: rows and columns on a terminal, fitted to its width; text made safe to
 * show. */
#ifndef CLI_TABLE_H
#define CLI_TABLE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdio.h>

/* How a cell is tinted; without colour all look the same. */
enum tone { TONE_PLAIN, TONE_FAINT, TONE_BOLD, TONE_GOOD, TONE_OPEN, TONE_BAD };

struct table_column {
    const char *heading;
    bool is_number; /* set to the right */
    bool is_prose;  /* may run over several lines; the others are cut with "…" */
};

#define TABLE_MAX_COLUMNS 12

struct table_cell {
    const char *text; /* UTF-8; NULL is empty; copied */
    enum tone tone;
};

struct table;

/* The columns must outlive the table. NULL without memory. */
struct table *table_new(const struct table_column *columns, size_t count);
void table_free(struct table *table);

/* cells: one for each column. false without memory. */
bool table_add(struct table *table, const struct table_cell *cells);

size_t table_count(const struct table *table);

/* Headings, then the rows. width 0: as wide as the text (for pipes). false when out of
 * memory; whether the writing worked is for ferror to say. */
bool table_print(const struct table *table, FILE *out, size_t width, bool has_colour);

/* Columns of the terminal behind the stream (COLUMNS wins); 0 when it is none. */
size_t terminal_width(FILE *stream);

/* True on a terminal that is not dumb, unless NO_COLOR is set to something. */
bool terminal_has_colour(FILE *stream);

/* Cells a text takes on a terminal; what print_safe would replace counts as replaced. */
size_t text_width(const char *text, size_t len);

/* Bytes of the next line of prose in `room` cells: it ends at a space where one is
 * near enough. At least one letter of a text that is not empty. */
size_t prose_line(const char *text, size_t len, size_t room);

/* Writes len bytes so that they cannot steer the terminal: controls become spaces,
 * bytes that are not UTF-8 become U+FFFD. */
void print_safe(FILE *out, const char *text, size_t len);

/* Escape sequences of a tone; "" without colour. */
const char *tone_start(enum tone tone, bool has_colour);
const char *tone_end(enum tone tone, bool has_colour);

/* The tone that a status is shown in ("actual", "scheduled" ...). */
enum tone status_tone(const char *status);

#endif
