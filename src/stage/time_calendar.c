/* time_calendar.c: months, seasons, weeks, feasts and summer time. */
#include "stage/time.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* "Rajab 1439": news tells years of either calendar, and those of 1300 to 1500 are the
 * Islamic ones. */
#define HIJRI_FIRST 1300
#define HIJRI_LAST 1500

struct span_days calendar_month(int year, int month)
{
    return (struct span_days){
        day_from((struct civil){year, month, 1}),
        day_from((struct civil){year, month, month_len(year, month)})};
}

/* Meteorological seasons of the northern half, as news of the north means them; a winter
 * is named after the year it begins in. */
struct span_days calendar_season(int year, const char *season)
{
    int month = strcmp(season, "SP") == 0   ? 3
                : strcmp(season, "SU") == 0 ? 6
                : strcmp(season, "FA") == 0 ? 9
                                            : 12;
    int last = month == 12 ? 2 : month + 2;
    return (struct span_days){day_from((struct civil){year, month, 1}),
                              calendar_month(month == 12 ? year + 1 : year, last).last};
}

/* Gauss's rule as Meeus wrote it for the Gregorian calendar. */
day calendar_easter(int year)
{
    int a = year % 19, b = year / 100, c = year % 100;
    int d = b / 4, e = b % 4, f = (b + 8) / 25, g = (b - f + 1) / 3;
    int h = (19 * a + b - d - g + 15) % 30;
    int i = c / 4, k = c % 4, l = (32 + 2 * e + 2 * i - h - k) % 7;
    int m = (a + 11 * h + 22 * l) / 451, sum = h + l - 7 * m + 114;
    return day_from((struct civil){year, sum / 31, sum % 31 + 1});
}

/* Meeus's rule for the Julian calendar, 13 days behind from 1900 to 2099. */
static day orthodox_easter(int year)
{
    int a = year % 4, b = year % 7, c = year % 19;
    int d = (19 * c + 15) % 30, e = (2 * a + 4 * b - d + 34) % 7, sum = d + e + 114;
    return day_from((struct civil){year, sum / 31, sum % 31 + 1}) + 13;
}

day calendar_nth_weekday(int year, int month, int nth, int weekday)
{
    struct span_days days = calendar_month(year, month);
    if (days.first == DAY_NONE)
        return DAY_NONE;
    if (nth < 0)
        return days.last - (day_weekday(days.last) - weekday + 7) % 7;
    return days.first + (weekday - day_weekday(days.first) + 7) % 7 + 7 * (nth - 1);
}

/* The tabular calendar: 30 years of 354 or 355 days; its epoch is 16 July 622, Julian. */
day calendar_hijri(int year, int month, int of_month)
{
    int months = 29 * (month - 1) + month / 2;
    return (day)((year - 1) * 354 + (3 + 11 * year) / 30 + months + of_month - 492148 -
                 1);
}

int calendar_hijri_year(day d)
{
    int year = (int)((d + 492148) / 354.36667) + 2;
    while (year > 1 && calendar_hijri(year, 1, 1) > d)
        year--;
    return year;
}

void calendar_week(day d, int *year, int *week)
{
    day thursday = d - day_weekday(d) + 3;
    struct civil civil = day_civil(thursday);
    *year = civil.year;
    *week = (thursday - day_from((struct civil){civil.year, 1, 1})) / 7 + 1;
}

static struct span_days listed_day(const char *list, int year)
{
    struct span value;
    for (const char *at = list; cell_next(&at, &value, list);) {
        char text[16];
        if (span_len(value) != 10 || atoi(list + value.start) != year)
            continue;
        memcpy(text, list + value.start, 10);
        text[10] = '\0';
        struct span_days days;
        if (day_read(text, &days.first, &days.last))
            return days;
    }
    return (struct span_days){DAY_NONE, DAY_NONE};
}

static struct span_days islamic_days(const char *rule, int year)
{
    int month = atoi(rule);
    const char *dash = strchr(rule, '-');
    if (year > HIJRI_FIRST && year < HIJRI_LAST) {
        day first = calendar_hijri(year, month, dash ? atoi(dash + 1) : 1);
        return (struct span_days){first, dash ? first : first + 29};
    }
    int hijri = calendar_hijri_year(day_from((struct civil){year, 1, 1}));
    for (int i = 0; i < 3; i++, hijri++) {
        day first = calendar_hijri(hijri, month, dash ? atoi(dash + 1) : 1);
        if (day_civil(first).year == year)
            return (struct span_days){first, dash ? first : first + 29};
    }
    return (struct span_days){DAY_NONE, DAY_NONE};
}

struct span_days calendar_holiday(const char *rule, int year)
{
    day d = DAY_NONE;
    if (strncmp(rule, "hijri", 5) == 0)
        return islamic_days(rule + 5, year);
    if (rule[0] == '?') /* its day is another in every country */
        return (struct span_days){DAY_NONE, DAY_NONE};
    if (strlen(rule) > 12)
        return listed_day(rule, year);
    if (strlen(rule) == 10 && rule[4] == '-')
        return listed_day(rule, atoi(rule));
    if (strncmp(rule, "orthodox", 8) == 0) {
        d = orthodox_easter(year) + atoi(rule + 8);
        return (struct span_days){d, d};
    }
    if (strncmp(rule, "easter", 6) == 0) {
        d = calendar_easter(year) + atoi(rule + 6);
    } else if (rule[2] == '#') {
        const char *nth = rule + 3, *weekday = strchr(nth, '#');
        d = calendar_nth_weekday(year, atoi(rule), atoi(nth),
                                 weekday ? atoi(weekday + 1) : 0);
    } else if (rule[2] == '-') {
        d = day_from((struct civil){year, atoi(rule), atoi(rule + 3)});
    }
    return (struct span_days){d, d};
}

static bool is_summer(const struct time_lexicon *lexicon, const char *rule, day d)
{
    uint32_t row = table_row(lexicon->times, rule);
    const char *value = table_cell(lexicon->times, row,
                                   table_column(lexicon->times, "value"));
    const char *second = strchr(value, ' ');
    if (!second || d == DAY_NONE)
        return false;
    int year = day_civil(d).year;
    day from = calendar_holiday(value, year).first;
    day to = calendar_holiday(second + 1, year).first;
    return from < to ? d >= from && d < to : d >= from || d < to;
}

void calendar_offset(const struct time_lexicon *lexicon, const char *zone, day d,
                     char offset[8])
{
    int hours = atoi(zone + 1), minutes = strlen(zone) >= 6 ? atoi(zone + 4) : 0;
    offset[0] = '\0';
    if (zone[0] != '+' && zone[0] != '-')
        return;
    const char *rule = strchr(zone, ' ');
    int total = (zone[0] == '-' ? -1 : 1) * (hours * 60 + minutes);
    if (rule && is_summer(lexicon, rule + 1, d))
        total += 60;
    int size = total < 0 ? -total : total;
    snprintf(offset, 8, "%c%02d:%02d", total < 0 ? '-' : '+', size / 60 % 24, size % 60);
}
