/* who_check.c: whether the actor tables hold together. */
#include "data/who_check.h"

#include "base/span.h"

#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

struct check {
    const struct who *who;
    who_complaint *complain;
    void *context;
    long count;
};

static void say(struct check *check, const struct table *table, uint32_t row,
                const char *form, ...) __attribute__((format(printf, 4, 5)));

static void say(struct check *check, const struct table *table, uint32_t row,
                const char *form, ...)
{
    char message[512];
    int len = snprintf(message, sizeof message, "%s:%u: ", table_file(table, row),
                       table_line(table, row));
    va_list args;
    va_start(args, form);
    if (len > 0 && (size_t)len < sizeof message)
        vsnprintf(message + len, sizeof message - (size_t)len, form, args);
    va_end(args);
    check->count++;
    check->complain(check->context, message);
}

/* ---- dates ---- */

static void check_dates(struct check *check, const struct table *table, uint32_t row)
{
    const char *from = who_cell(table, row, "from"), *to = who_cell(table, row, "to");
    day from_first, from_last, to_first, to_last;
    bool has_from = day_read(from, &from_first, &from_last);
    bool has_to = day_read(to, &to_first, &to_last);
    if (*from && !has_from)
        say(check, table, row, "from %s is no date", from);
    if (*to && !has_to)
        say(check, table, row, "to %s is no date", to);
    if (has_from && has_to && to_last < from_first)
        say(check, table, row, "ends (%s) before it begins (%s)", to, from);
}

/* ---- codes ---- */

static bool is_organisation_code(const struct who *who, const char *code)
{
    uint32_t column = table_column(who->organisations, "code");
    for (uint32_t row = 0; row < table_rows(who->organisations); row++)
        if (strcmp(table_cell(who->organisations, row, column), code) == 0)
            return true;
    return false;
}

static bool is_state_code(const struct who *who, const char *code)
{
    return table_row(who->states, code) != NONE;
}

static void check_sectors(struct check *check, const struct table *table, uint32_t row)
{
    const struct table *sectors = pack_table(check->who->pack, "sectors");
    const char *cell = who_cell(table, row, "sectors");
    struct span value;
    for (const char *at = cell; sectors && cell_next(&at, &value, cell);) {
        char sector[16];
        snprintf(sector, sizeof sector, "%.*s", (int)span_len(value), cell + value.start);
        if (table_row(sectors, sector) == NONE)
            say(check, table, row, "sector %s is not in sectors.tsv", sector);
    }
}

static void check_country(struct check *check, const struct table *table, uint32_t row)
{
    const struct who *who = check->who;
    const char *country = who_cell(table, row, "country");
    bool is_known = !*country || is_state_code(who, country) ||
                    (table == who->roles && is_organisation_code(who, country));
    if (!is_known)
        say(check, table, row, "country %s is in no table", country);
}

static bool has_role(const struct table *roles, const char *role)
{
    uint32_t column = table_column(roles, "role");
    for (uint32_t row = 0; row < table_rows(roles); row++)
        if (strcmp(table_cell(roles, row, column), role) == 0)
            return true;
    return false;
}

static void check_office(struct check *check, uint32_t row)
{
    const struct who *who = check->who;
    const char *person = who_cell(who->offices, row, "person");
    const char *role = who_cell(who->offices, row, "role");
    const char *of = who_cell(who->offices, row, "of");
    if (table_row(who->persons, person) == NONE)
        say(check, who->offices, row, "%s is not in persons.tsv", person);
    if (!has_role(who->roles, role))
        say(check, who->offices, row, "role %s is not in roles.tsv", role);
    if (!is_state_code(who, of) && !is_organisation_code(who, of))
        say(check, who->offices, row, "code %s is in no table", of);
}

/* ---- order ---- */

static int compare_rows(const struct table *table, uint32_t a, uint32_t b)
{
    for (uint32_t column = 0; column < table_columns(table); column++) {
        const char *x = table_cell(table, a, column), *y = table_cell(table, b, column);
        int order = strcmp(*x ? x : "-", *y ? y : "-");
        if (order)
            return order;
    }
    return 0;
}

static void check_order(struct check *check, const struct table *table)
{
    for (uint32_t row = 1; row < table_rows(table); row++) {
        int order = compare_rows(table, row - 1, row);
        if (order == 0)
            say(check, table, row, "stands twice");
        else if (order > 0)
            say(check, table, row, "out of order after line %u",
                table_line(table, row - 1));
    }
}

/* ---- terms ---- */

/* A term for sure: from the last day on which it can have begun to the first on which it
 * can have ended. */
struct term {
    const char *of, *role;
    day first, last;
    uint32_t row;
};

static int by_office(const void *a, const void *b)
{
    const struct term *x = a, *y = b;
    int order = strcmp(x->of, y->of);
    if (!order)
        order = strcmp(x->role, y->role);
    if (!order)
        order = (x->first > y->first) - (x->first < y->first);
    return order ? order : (x->row > y->row) - (x->row < y->row);
}

static uint32_t gather_terms(const struct who *who, struct term *terms)
{
    uint32_t count = 0;
    for (uint32_t row = 0; row < table_rows(who->offices); row++) {
        const char *role = who_cell(who->offices, row, "role");
        day first = INT32_MIN, last = INT32_MAX, unused;
        if (!who_word(who, role, "sole_office", NULL))
            continue;
        day_read(who_cell(who->offices, row, "from"), &unused, &first);
        day_read(who_cell(who->offices, row, "to"), &last, &unused);
        terms[count++] = (struct term){who_cell(who->offices, row, "of"), role, first,
                                       last, row};
    }
    return count;
}

/* Terms are sorted by office and beginning: each is held against the one before that
 * lasts longest. */
static void check_terms(struct check *check, const struct term *terms, uint32_t count)
{
    const struct table *offices = check->who->offices;
    const struct term *before = NULL;
    for (uint32_t i = 0; i < count; i++) {
        const struct term *term = &terms[i];
        if (before &&
            (strcmp(before->of, term->of) != 0 || strcmp(before->role, term->role) != 0))
            before = NULL;
        day end = before && before->last < term->last ? before->last : term->last;
        if (before && (int64_t)end - term->first > 0)
            say(check, offices, term->row, "%s of %s from %s on, held by %s (line %u)",
                term->role, term->of, who_cell(offices, term->row, "from"),
                who_cell(offices, before->row, "person"),
                table_line(offices, before->row));
        if (!before || term->last > before->last)
            before = term;
    }
}

long who_check(const struct who *who, who_complaint *complain, void *context)
{
    struct check check = {.who = who, .complain = complain, .context = context};
    const struct table *tables[] = {who->states,        who->persons, who->offices,
                                    who->organisations, who->agents,  who->roles};
    struct term *terms = calloc(table_rows(who->offices) + 1u, sizeof *terms);
    if (!terms)
        return -1;
    for (size_t i = 0; i < sizeof tables / sizeof *tables; i++) {
        check_order(&check, tables[i]);
        for (uint32_t row = 0; row < table_rows(tables[i]); row++) {
            check_dates(&check, tables[i], row);
            check_sectors(&check, tables[i], row);
            check_country(&check, tables[i], row);
        }
    }
    for (uint32_t row = 0; row < table_rows(who->offices); row++)
        check_office(&check, row);
    uint32_t count = gather_terms(who, terms);
    qsort(terms, count, sizeof *terms, by_office);
    check_terms(&check, terms, count);
    free(terms);
    return check.count;
}
