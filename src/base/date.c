/* date.c: days of the proleptic Gregorian calendar. */
#include "base/date.h"

#include <stdio.h>
#include <string.h>

static bool is_leap(int year)
{
    return (year % 4 == 0 && year % 100 != 0) || year % 400 == 0;
}

int month_len(int year, int month)
{
    static const int lens[] = {31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};
    if (month < 1 || month > 12)
        return 0;
    return month == 2 && is_leap(year) ? 29 : lens[month - 1];
}

/* Counts from 1 March 0000, so that the leap day ends a year. */
day day_from(struct civil civil)
{
    if (civil.year < 0 || civil.year > 9999 || civil.day < 1 ||
        civil.day > month_len(civil.year, civil.month))
        return DAY_NONE;
    int year = civil.month > 2 ? civil.year : civil.year - 1;
    int era = (year >= 0 ? year : year - 399) / 400;
    int of_era = year - era * 400;
    int month = (civil.month + 9) % 12;
    int of_year = (153 * month + 2) / 5 + civil.day - 1;
    int of_cycle = of_era * 365 + of_era / 4 - of_era / 100 + of_year;
    return era * 146097 + of_cycle - 719468;
}

struct civil day_civil(day d)
{
    int z = d + 719468;
    int era = (z >= 0 ? z : z - 146096) / 146097;
    int of_cycle = z - era * 146097;
    int of_era = (of_cycle - of_cycle / 1460 + of_cycle / 36524 - of_cycle / 146096) /
                 365;
    int of_year = of_cycle - (365 * of_era + of_era / 4 - of_era / 100);
    int month = (5 * of_year + 2) / 153;
    struct civil civil = {.day = of_year - (153 * month + 2) / 5 + 1,
                          .month = month < 10 ? month + 3 : month - 9};
    civil.year = of_era + era * 400 + (civil.month <= 2);
    return civil;
}

int day_weekday(day d)
{
    int weekday = (d + 3) % 7;
    return weekday < 0 ? weekday + 7 : weekday;
}

static bool read_digits(const char **at, int count, int *value)
{
    *value = 0;
    for (int i = 0; i < count; i++) {
        if ((*at)[i] < '0' || (*at)[i] > '9')
            return false;
        *value = *value * 10 + ((*at)[i] - '0');
    }
    *at += count;
    return true;
}

bool day_read(const char *text, day *first, day *last)
{
    struct civil from = {.month = 1, .day = 1};
    struct civil to = {.month = 12, .day = 31};
    if (!text || !read_digits(&text, 4, &from.year))
        return false;
    to.year = from.year;
    if (*text == '-') {
        text++;
        if (!read_digits(&text, 2, &from.month))
            return false;
        to.month = from.month;
        to.day = month_len(to.year, to.month);
        if (*text == '-') {
            text++;
            if (!read_digits(&text, 2, &from.day))
                return false;
            to.day = from.day;
        }
    }
    *first = day_from(from);
    *last = day_from(to);
    return *text == '\0' && *first != DAY_NONE && *last != DAY_NONE;
}

char *day_write(day d, char text[16])
{
    text[0] = '\0';
    if (d != DAY_NONE) {
        struct civil civil = day_civil(d);
        snprintf(text, 16, "%04d-%02d-%02d", civil.year % 10000, civil.month % 100,
                 civil.day % 100);
    }
    return text;
}
