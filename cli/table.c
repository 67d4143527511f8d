/* table.c: rows and columns on a terminal, fitted to its width; text made safe to
 * show. */
#include "cli/table.h"

#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <unistd.h>
#include <utf8proc.h>

#define GAP 2
#define NARROWEST_PROSE 24

struct row {
    char *texts[TABLE_MAX_COLUMNS];
    enum tone tones[TABLE_MAX_COLUMNS];
};

struct table {
    const struct table_column *columns;
    size_t column_count;
    struct row *rows;
    size_t count, capacity;
};

/* ---- text ---- */

/* Reads one code point; *width is its cells. What may not be shown is given as U+FFFD,
 * a control as a space. Returns the bytes it took. */
static size_t next_shown(const char *text, size_t len, int32_t *code, int *width)
{
    utf8proc_int32_t read = 0;
    utf8proc_ssize_t taken = utf8proc_iterate((const utf8proc_uint8_t *)text,
                                              (utf8proc_ssize_t)len, &read);
    if (taken <= 0) {
        *code = 0xFFFD;
        *width = 1;
        return 1;
    }
    utf8proc_category_t category = utf8proc_category(read);
    bool is_control = category == UTF8PROC_CATEGORY_CC ||
                      category == UTF8PROC_CATEGORY_ZL ||
                      category == UTF8PROC_CATEGORY_ZP;
    /* Marks that turn the writing direction could make a row lie about its order. */
    bool turns = (read >= 0x202A && read <= 0x202E) || (read >= 0x2066 && read <= 0x2069);
    *code = is_control ? ' ' : turns ? 0x200B : read;
    *width = is_control ? 1 : utf8proc_charwidth(*code);
    return (size_t)taken;
}

size_t text_width(const char *text, size_t len)
{
    size_t total = 0;
    for (size_t at = 0; at < len;) {
        int32_t code;
        int width;
        at += next_shown(text + at, len - at, &code, &width);
        total += width > 0 ? (size_t)width : 0;
    }
    return total;
}

void print_safe(FILE *out, const char *text, size_t len)
{
    for (size_t at = 0; at < len;) {
        int32_t code;
        int width;
        at += next_shown(text + at, len - at, &code, &width);
        utf8proc_uint8_t bytes[4];
        utf8proc_ssize_t count = utf8proc_encode_char(code, bytes);
        fwrite(bytes, 1, (size_t)count, out);
    }
}

/* Bytes of the text that fit into `room` cells; *used is their width. */
static size_t fitting(const char *text, size_t len, size_t room, size_t *used)
{
    size_t at = 0;
    *used = 0;
    while (at < len) {
        int32_t code;
        int width;
        size_t taken = next_shown(text + at, len - at, &code, &width);
        size_t cells = width > 0 ? (size_t)width : 0;
        if (*used + cells > room)
            break;
        *used += cells;
        at += taken;
    }
    return at;
}

size_t prose_line(const char *text, size_t len, size_t room)
{
    size_t used;
    size_t fit = fitting(text, len, room, &used);
    if (fit == len)
        return fit;
    for (size_t at = fit; at > fit / 2; at--)
        if (text[at] == ' ')
            return at;
    if (fit == 0) { /* a wide letter in a column of one cell: it must move on */
        int32_t code;
        int width;
        return next_shown(text, len, &code, &width);
    }
    return fit;
}

/* ---- building ---- */

struct table *table_new(const struct table_column *columns, size_t count)
{
    struct table *table = calloc(1, sizeof *table);
    if (!table)
        return NULL;
    table->columns = columns;
    table->column_count = count < TABLE_MAX_COLUMNS ? count : TABLE_MAX_COLUMNS;
    return table;
}

void table_free(struct table *table)
{
    if (!table)
        return;
    for (size_t i = 0; i < table->count; i++)
        for (size_t c = 0; c < table->column_count; c++)
            free(table->rows[i].texts[c]);
    free(table->rows);
    free(table);
}

static bool grow(struct table *table)
{
    if (table->count < table->capacity)
        return true;
    size_t capacity = table->capacity ? table->capacity * 2 : 64;
    if (capacity > SIZE_MAX / sizeof *table->rows)
        return false;
    struct row *rows = realloc(table->rows, capacity * sizeof *rows);
    if (!rows)
        return false;
    table->rows = rows;
    table->capacity = capacity;
    return true;
}

bool table_add(struct table *table, const struct table_cell *cells)
{
    if (!grow(table))
        return false;
    struct row *row = &table->rows[table->count];
    memset(row, 0, sizeof *row);
    table->count++;
    for (size_t c = 0; c < table->column_count; c++) {
        row->tones[c] = cells[c].tone;
        row->texts[c] = strdup(cells[c].text ? cells[c].text : "");
        if (!row->texts[c])
            return false;
    }
    return true;
}

size_t table_count(const struct table *table)
{
    return table->count;
}

/* ---- fitting ---- */

/* Takes what is too much from the columns, the widest first, prose before the rest. */
static void shrink(const struct table *table, size_t *widths, size_t room)
{
    size_t total = 0;
    for (size_t c = 0; c < table->column_count; c++)
        total += widths[c] + (c ? GAP : 0);
    for (int pass = 0; pass < 2 && total > room; pass++) {
        while (total > room) {
            size_t widest = SIZE_MAX;
            for (size_t c = 0; c < table->column_count; c++) {
                bool is_prose = table->columns[c].is_prose;
                size_t least = is_prose ? NARROWEST_PROSE : 8;
                if ((pass == 0) == is_prose && widths[c] > least &&
                    (widest == SIZE_MAX || widths[c] > widths[widest]))
                    widest = c;
            }
            if (widest == SIZE_MAX)
                break;
            widths[widest]--;
            total--;
        }
    }
}

static void fit_columns(const struct table *table, size_t *widths, size_t room)
{
    for (size_t c = 0; c < table->column_count; c++) {
        const char *heading = table->columns[c].heading;
        widths[c] = text_width(heading, strlen(heading));
        for (size_t i = 0; i < table->count; i++) {
            const char *text = table->rows[i].texts[c];
            size_t width = text_width(text, strlen(text));
            if (width > widths[c])
                widths[c] = width;
        }
        /* One column's longest cell must not starve the others. */
        if (room && widths[c] > room)
            widths[c] = room;
    }
    if (room)
        shrink(table, widths, room);
}

/* ---- printing ---- */

static void pad(FILE *out, size_t count)
{
    while (count--)
        fputc(' ', out);
}

struct line {
    FILE *out;
    const size_t *widths;
    bool has_colour;
    size_t owed; /* spaces not yet written: none stay at a line's end */
};

static void put_cell(struct line *line, const struct table_column *column, size_t room,
                     const char *text, size_t len, enum tone tone)
{
    size_t width;
    size_t fit = fitting(text, len, room, &width);
    bool is_cut = fit < len;
    if (is_cut) {
        fit = fitting(text, len, room ? room - 1 : 0, &width);
        width++;
    }
    if (column->is_number)
        line->owed += room - width;
    if (width) {
        pad(line->out, line->owed);
        line->owed = 0;
        fputs(tone_start(tone, line->has_colour), line->out);
        print_safe(line->out, text, fit);
        if (is_cut)
            fputs("…", line->out);
        fputs(tone_end(tone, line->has_colour), line->out);
    }
    if (!column->is_number)
        line->owed += room - width;
}

static void print_row(const struct table *table, const struct row *row, struct line *line)
{
    size_t done[TABLE_MAX_COLUMNS] = {0};
    bool more = true;
    for (bool first = true; more; first = false) {
        more = false;
        line->owed = 0;
        for (size_t c = 0; c < table->column_count; c++) {
            const struct table_column *column = &table->columns[c];
            const char *text = row->texts[c] + done[c];
            size_t left = strlen(text);
            size_t len = left;
            if (column->is_prose)
                len = prose_line(text, left, line->widths[c]);
            else if (!first)
                len = 0;
            put_cell(line, column, line->widths[c], text, len, row->tones[c]);
            if (!column->is_prose) {
                done[c] += left;
            } else {
                done[c] += len;
                while (row->texts[c][done[c]] == ' ')
                    done[c]++;
            }
            more = more || row->texts[c][done[c]];
            line->owed += GAP;
        }
        fputc('\n', line->out);
    }
}

bool table_print(const struct table *table, FILE *out, size_t width, bool has_colour)
{
    size_t widths[TABLE_MAX_COLUMNS] = {0};
    fit_columns(table, widths, width);
    struct line line = {.out = out, .widths = widths, .has_colour = has_colour};
    for (size_t c = 0; c < table->column_count; c++) {
        const char *heading = table->columns[c].heading;
        put_cell(&line, &table->columns[c], widths[c], heading, strlen(heading),
                 TONE_BOLD);
        line.owed += GAP;
    }
    fputc('\n', out);
    for (size_t i = 0; i < table->count; i++) {
        for (size_t c = 0; c < table->column_count; c++)
            if (!table->rows[i].texts[c])
                return false;
        print_row(table, &table->rows[i], &line);
    }
    return true;
}

/* ---- the terminal ---- */

size_t terminal_width(FILE *stream)
{
    const char *columns = getenv("COLUMNS");
    if (columns) {
        unsigned long width = strtoul(columns, NULL, 10);
        if (width >= 20 && width <= 10000)
            return width;
    }
    int fd = fileno(stream);
    if (fd < 0 || !isatty(fd))
        return 0;
    struct winsize size = {0};
    if (ioctl(fd, TIOCGWINSZ, &size) == 0 && size.ws_col >= 20)
        return size.ws_col;
    return 80;
}

bool terminal_has_colour(FILE *stream)
{
    const char *none = getenv("NO_COLOR");
    const char *terminal = getenv("TERM");
    if ((none && *none) || (terminal && strcmp(terminal, "dumb") == 0))
        return false;
    int fd = fileno(stream);
    return fd >= 0 && isatty(fd);
}

const char *tone_start(enum tone tone, bool has_colour)
{
    if (!has_colour)
        return "";
    switch (tone) {
    case TONE_FAINT: return "\033[2m";
    case TONE_BOLD: return "\033[1m";
    case TONE_GOOD: return "\033[32m";
    case TONE_OPEN: return "\033[33m";
    case TONE_BAD: return "\033[31m";
    default: return "";
    }
}

const char *tone_end(enum tone tone, bool has_colour)
{
    return has_colour && tone != TONE_PLAIN ? "\033[0m" : "";
}

enum tone status_tone(const char *status)
{
    static const struct {
        const char *status;
        enum tone tone;
    } tones[] = {{"actual", TONE_PLAIN},
                 {"scheduled", TONE_GOOD},
                 {"negated", TONE_BAD},
                 {"cancelled", TONE_BAD}};
    for (size_t i = 0; status && i < sizeof tones / sizeof *tones; i++)
        if (strcmp(status, tones[i].status) == 0)
            return tones[i].tone;
    return TONE_OPEN;
}
