/* time_when.c: days and TIMEX3 values of each granularity. */
#include "stage/time.h"

#include <math.h>
#include <stdio.h>
#include <string.h>

/* ---- writing dates of each granularity ---- */

void when_days(struct when *when, enum granularity grain, day start, day end)
{
    when->granularity = grain;
    when->start = start;
    when->end = end;
    when->is_date = start != DAY_NONE;
}

void when_day(struct when *when, day d)
{
    if (d == DAY_NONE)
        return;
    when_days(when, GRAIN_DAY, d, d);
    day_write(d, when->value);
}

void when_month(struct when *when, int year, int month)
{
    struct span_days days = calendar_month(year, month);
    when_days(when, GRAIN_MONTH, days.first, days.last);
    snprintf(when->value, sizeof when->value, "%04d-%02d", year, month);
}

void when_year(struct when *when, int year)
{
    when_days(when, GRAIN_YEAR, day_from((struct civil){year, 1, 1}),
              day_from((struct civil){year, 12, 31}));
    snprintf(when->value, sizeof when->value, "%04d", year);
}

void when_week(struct when *when, day d)
{
    int year, week;
    if (d == DAY_NONE)
        return;
    day monday = d - day_weekday(d);
    calendar_week(d, &year, &week);
    when_days(when, GRAIN_WEEK, monday, monday + 6);
    snprintf(when->value, sizeof when->value, "%04d-W%02d", year, week);
}

void when_season(struct when *when, int year, const char *season)
{
    struct span_days days = calendar_season(year, season);
    when_days(when, GRAIN_SEASON, days.first, days.last);
    snprintf(when->value, sizeof when->value, "%04d-%s", year, season);
}

void when_years(struct when *when, int first, int last, enum granularity grain,
                int digits)
{
    char year[16];
    when_days(when, grain, day_from((struct civil){first, 1, 1}),
              day_from((struct civil){last, 12, 31}));
    snprintf(year, sizeof year, "%04d", first);
    snprintf(when->value, sizeof when->value, "%.*s", digits, year);
}

void when_part(struct when *when, const char *part)
{
    size_t len = strlen(when->value);
    when->type = TIME_CLOCK;
    when->granularity = GRAIN_HOUR;
    if (text_is(part, "DA"))
        part = "MO";
    if (part[0] == 'T') {
        snprintf(when->clock, sizeof when->clock, "%s", part + 1);
        when->granularity = GRAIN_MINUTE;
        part++;
    }
    if (len + 8 < sizeof when->value)
        snprintf(when->value + len, sizeof when->value - len, "T%s", part);
}

/* ---- the unit that holds a day, and its neighbours ---- */

day time_add(day from, double count, const char *unit)
{
    if (from == DAY_NONE || fabs(count) > 4000)
        return DAY_NONE;
    double days = text_is(unit, "D")                          ? 1
                  : text_is(unit, "W") || text_is(unit, "WE") ? 7
                  : text_is(unit, "F")                        ? 14
                                                              : 0;
    if (days > 0)
        return from + (day)lround(count * days);
    double months = text_is(unit, "M")    ? 1
                    : text_is(unit, "Q")  ? 3
                    : text_is(unit, "Y")  ? 12
                    : text_is(unit, "DE") ? 120
                    : text_is(unit, "CE") ? 1200
                                          : 0;
    if (months <= 0)
        return text_is(unit, "H") ? from + (day)(count / 24) : from;
    struct civil civil = day_civil(from);
    int at = civil.year * 12 + civil.month - 1 + (int)lround(count * months);
    if (at < 0 || at / 12 > 9999)
        return DAY_NONE;
    civil.year = at / 12;
    civil.month = at % 12 + 1;
    if (civil.day > month_len(civil.year, civil.month))
        civil.day = month_len(civil.year, civil.month);
    return day_from(civil);
}

/* The day, week, month ... in which d lies. */
void when_unit(struct when *when, day d, const char *unit)
{
    if (d == DAY_NONE)
        return;
    struct civil civil = day_civil(d);
    if (text_is(unit, "D") || text_is(unit, "H") || text_is(unit, "m") ||
        text_is(unit, "S")) {
        when_day(when, d);
    } else if (text_is(unit, "W") || text_is(unit, "F")) {
        when_week(when, d);
    } else if (text_is(unit, "WE")) {
        when_week(when, d);
        when->start += 5;
        snprintf(when->value + 8, sizeof when->value - 8, "-WE");
    } else if (text_is(unit, "M")) {
        when_month(when, civil.year, civil.month);
    } else if (text_is(unit, "Q")) {
        int quarter = (civil.month - 1) / 3;
        when_month(when, civil.year, quarter * 3 + 1);
        when->end = calendar_month(civil.year, quarter * 3 + 3).last;
        snprintf(when->value, sizeof when->value, "%04d-Q%d", civil.year, quarter + 1);
    } else if (text_is(unit, "DE")) {
        when_years(when, civil.year / 10 * 10, civil.year / 10 * 10 + 9, GRAIN_DECADE, 3);
    } else if (text_is(unit, "CE")) {
        when_years(when, civil.year / 100 * 100, civil.year / 100 * 100 + 99,
                   GRAIN_CENTURY, 2);
    } else if (text_is(unit, "Y")) {
        when_year(when, civil.year);
    } else {
        when->is_dropped = true;
    }
}

/* First, middle or last third of what when spans. */
void when_narrow(struct when *when, const char *edge)
{
    when->mod = edge;
    if (when->start == DAY_NONE || when->end == DAY_NONE ||
        when->granularity <= GRAIN_DAY)
        return;
    day third = (when->end - when->start + 1) / 3;
    if (text_is(edge, "START"))
        when->end = when->start + (third ? third - 1 : 0);
    else if (text_is(edge, "END"))
        when->start = when->end - (third ? third - 1 : 0);
    else if (text_is(edge, "MID")) {
        when->start += third;
        when->end -= third;
    }
}
