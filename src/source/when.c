/* when.c: days of publication. */
#include "source/when.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define CLOCK_NEAR 4 /* words behind a day in which its time is sought */

static bool is_digit(char c)
{
    return c >= '0' && c <= '9';
}

/* Reads up to cap digits; returns how many. */
static size_t digits(const char *text, size_t cap, int *number)
{
    size_t len = 0;
    *number = 0;
    while (len < cap && is_digit(text[len]))
        *number = *number * 10 + (text[len++] - '0');
    return len;
}

static bool set_day(struct when *when, int year, int month, int mday)
{
    if (year < 1000 || year > 2200)
        return false;
    day d = day_from((struct civil){year, month, mday});
    if (d == DAY_NONE)
        return false;
    when->day = d;
    when->month = month;
    when->mday = mday;
    day_write(d, when->iso);
    return true;
}

/* "2018-06-11", "2018/06/11", "2018.06.11", "20180611"; returns the bytes read. */
static size_t read_iso_day(const char *text, struct when *when)
{
    int year, month, mday;
    if (digits(text, 4, &year) != 4)
        return 0;
    const char *at = text + 4;
    char sign = *at;
    bool has_sign = sign == '-' || sign == '/' || sign == '.';
    at += has_sign;
    size_t len = digits(at, 2, &month);
    if (len == 0 || (!has_sign && len != 2))
        return 0;
    at += len;
    if (has_sign && *at++ != sign)
        return 0;
    len = digits(at, 2, &mday);
    at += len;
    if (len == 0 || (!has_sign && len != 2) || is_digit(*at))
        return 0;
    return set_day(when, year, month, mday) ? (size_t)(at - text) : 0;
}

/* "01.04.2016", "25/12/2019", "12-25-2019", "01.04.16": with strokes only where one of
 * the first two numbers can be no month, or both are the same, or the order is known.
 * Returns the bytes read. */
static size_t read_numeric_day(const char *text, enum day_order order, struct when *when)
{
    int first, second, year;
    size_t len = digits(text, 2, &first);
    char sign = text[len];
    if (len == 0 || (sign != '.' && sign != '/' && sign != '-'))
        return 0;
    const char *at = text + len + 1;
    len = digits(at, 2, &second);
    if (len == 0 || at[len] != sign)
        return 0;
    at += len + 1;
    size_t year_len = digits(at, 5, &year);
    if (year_len == 2 && sign != '-')
        year += year < 70 ? 2000 : 1900;
    else if (year_len != 4)
        return 0;
    bool is_day_first = sign == '.' || first > 12 || first == second ||
                        (order == ORDER_DAY && second <= 12);
    if (!is_day_first && second <= 12 && order != ORDER_MONTH)
        return 0;
    bool is_set = is_day_first ? set_day(when, year, second, first)
                               : set_day(when, year, first, second);
    return is_set ? (size_t)(at - text) + year_len : 0;
}

/* "T09:00:00.000+0800", "T09:00Z": normalised behind the day in when->iso. */
static void add_clock(const char *text, struct when *when)
{
    int hour, minute, second = 0, zone_hour, zone_minute = 0;
    char zone[8] = "";
    if ((*text != 'T' && *text != ' ') || digits(text + 1, 2, &hour) != 2 ||
        text[3] != ':' || digits(text + 4, 2, &minute) != 2 || hour > 23 || minute > 59)
        return;
    const char *at = text + 6;
    if (*at == ':' && digits(at + 1, 2, &second) == 2)
        at += 3;
    if (*at == '.')
        for (at++; is_digit(*at);)
            at++;
    if (*at == ' ' && (at[1] == '+' || at[1] == '-'))
        at++;
    if (*at == 'Z')
        snprintf(zone, sizeof zone, "Z");
    else if ((*at == '+' || *at == '-') && digits(at + 1, 2, &zone_hour) == 2) {
        digits(at[3] == ':' ? at + 4 : at + 3, 2, &zone_minute);
        if (zone_hour < 15 && zone_minute < 60)
            snprintf(zone, sizeof zone, "%c%02d:%02d", *at, zone_hour, zone_minute);
    }
    if (second > 60)
        second = 0;
    snprintf(when->iso + 10, sizeof when->iso - 10, "T%02d:%02d:%02d%s", hour, minute,
             second, zone);
}

static int calendar_value(const struct table *calendar, const char *word,
                          const char *kind)
{
    uint32_t rows[4], count = calendar ? table_find(calendar, word, rows, 4) : 0;
    for (uint32_t i = 0; i < count && i < 4; i++)
        if (strcmp(table_cell(calendar, rows[i], table_column(calendar, "kind")), kind) ==
            0)
            return atoi(table_cell(calendar, rows[i], table_column(calendar, "value")));
    return -1;
}

static bool is_zone(const struct table *calendar, const char *word)
{
    uint32_t row = calendar ? table_row(calendar, word) : NONE;
    return row != NONE &&
           strcmp(table_cell(calendar, row, table_column(calendar, "kind")), "zone") == 0;
}

/* "11", "11th" */
static int month_day(const char *word)
{
    int number;
    size_t len = digits(word, 3, &number);
    const char *tail = word + len;
    bool is_ordinal = *tail == '\0' || strcmp(tail, "st") == 0 ||
                      strcmp(tail, "nd") == 0 || strcmp(tail, "rd") == 0 ||
                      strcmp(tail, "th") == 0;
    return len && len < 3 && is_ordinal && number >= 1 && number <= 31 ? number : 0;
}

static int year_of(const char *word)
{
    int number;
    return digits(word, 5, &number) == 4 && word[4] == '\0' && number > 1800 &&
                   number < 2200
               ? number
               : 0;
}

/* "21-apr-2006" */
static bool read_hyphened_day(const struct table *calendar, const char *word,
                              struct when *when)
{
    char month[24];
    int mday, year;
    size_t len = digits(word, 2, &mday);
    const char *at = word + len + 1,
               *end = len && word[len] == '-' ? strchr(at, '-') : NULL;
    if (!end || end == at || (size_t)(end - at) >= sizeof month)
        return false;
    memcpy(month, at, (size_t)(end - at));
    month[end - at] = '\0';
    year = year_of(end + 1);
    return year && set_day(when, year, calendar_value(calendar, month, "month"), mday);
}

/* The word behind words[at]: "de" and the like stand between. */
static uint32_t word_behind(const struct table *calendar, const struct line_words *words,
                            uint32_t at)
{
    bool is_between = at + 1 < words->count &&
                      calendar_value(calendar, words->words[at + 1], "between") >= 0;
    return at + 1 + is_between;
}

/* A number and the sign behind it, of three bytes; returns the bytes read. */
static size_t read_marked(const char *text, size_t cap, const char *sign, int *number)
{
    size_t len = digits(text, cap, number);
    return len && strncmp(text + len, sign, 3) == 0 ? len + 3 : 0;
}

/* Year, month and day, each with its sign behind it, as China and Japan write them. */
static bool read_marked_day(const char *text, struct when *when)
{
    int year, month, mday;
    size_t one = read_marked(text, 4, "\xE5\xB9\xB4", &year);
    size_t two = one ? read_marked(text + one, 2, "\xE6\x9C\x88", &month) : 0;
    return two && read_marked(text + one + two, 2, "\xE6\x97\xA5", &mday) &&
           set_day(when, year, month, mday);
}

uint32_t when_words(const struct table *calendar, const struct line_words *words,
                    uint32_t at, struct when *when)
{
    const char *none = "";
    const char *first = words->words[at];
    uint32_t two = word_behind(calendar, words, at),
             three = word_behind(calendar, words, two);
    const char *second = two < words->count ? words->words[two] : none;
    const char *third = three < words->count ? words->words[three] : none;
    *when = (struct when){.day = DAY_NONE};
    size_t iso_len = read_iso_day(first, when);
    if (iso_len) {
        if (first[iso_len] == 't' && strlen(first) < 40) {
            char clock[40];
            snprintf(clock, sizeof clock, "T%s", first + iso_len + 1);
            char *zulu = strchr(clock, 'z');
            if (zulu)
                *zulu = 'Z';
            add_clock(clock, when);
        }
        return 1;
    }
    if (read_numeric_day(first, ORDER_UNKNOWN, when) || read_marked_day(first, when) ||
        read_hyphened_day(calendar, first, when))
        return 1;
    int month = calendar_value(calendar, first, "month"), mday = month_day(second);
    if (month < 1) {
        mday = month_day(first);
        month = mday ? calendar_value(calendar, second, "month") : -1;
    }
    if (month < 1 || mday < 1)
        return 0;
    when->month = month;
    when->mday = mday;
    int year = year_of(third);
    if (year && !set_day(when, year, month, mday))
        return 0;
    return (year ? three : two) - at + 1;
}

bool when_by_weekday(const struct table *calendar, const struct line_words *words,
                     uint32_t at, struct when *when)
{
    int weekday = at ? calendar_value(calendar, words->words[at - 1], "weekday") : -1;
    for (int order = ORDER_DAY; weekday >= 0 && order <= ORDER_MONTH; order++)
        if (when_ordered(words->words[at], (enum day_order)order, when) &&
            day_weekday(when->day) == weekday)
            return true;
    *when = (struct when){.day = DAY_NONE};
    return false;
}

static bool is_clock(const char *word)
{
    int number;
    size_t len = digits(word, 4, &number);
    if (len == 0)
        return false;
    const char *at = word + len;
    while (*at == ':' || *at == '.' || is_digit(*at))
        at++;
    if (*at == 'h' || *at == 'z')
        at++;
    return *at == '\0' || strncmp(at, "am", 2) == 0 || strncmp(at, "pm", 2) == 0 ||
           strncmp(at, "a.m", 3) == 0 || strncmp(at, "p.m", 3) == 0 ||
           strcmp(at, "gmt") == 0;
}

bool when_ordered(const char *text, enum day_order order, struct when *when)
{
    *when = (struct when){.day = DAY_NONE};
    return order != ORDER_UNKNOWN && read_numeric_day(text, order, when) > 0;
}

bool when_is_filler(const struct table *calendar, const char *word)
{
    return is_clock(word) || calendar_value(calendar, word, "filler") >= 0 ||
           calendar_value(calendar, word, "weekday") >= 0 || is_zone(calendar, word);
}

bool when_is_ago(const struct table *calendar, const char *word)
{
    return calendar_value(calendar, word, "ago") >= 0;
}

void when_clock(const struct table *calendar, const struct line_words *words, uint32_t at,
                struct when *when)
{
    int hour = -1, minute = 0, second = 0;
    char zone[16] = "";
    uint32_t end = at + CLOCK_NEAR < words->count ? at + CLOCK_NEAR : words->count;
    if (when->day == DAY_NONE)
        return;
    for (; at < end; at++) {
        const char *word = words->words[at];
        size_t len = digits(word, 2, &hour) ? strcspn(word, ":") : 0;
        if (len && len <= 2 && word[len] == ':' &&
            digits(word + len + 1, 2, &minute) == 2)
            break;
        hour = -1;
    }
    if (hour < 0 || hour > 23 || minute > 59)
        return;
    const char *tail = strchr(words->words[at], ':') + 3;
    if (*tail == ':' && digits(tail + 1, 2, &second) == 2)
        tail += 3;
    for (uint32_t i = at; i < words->count && i <= at + 2; i++) {
        const char *word = i == at ? tail : words->words[i];
        bool is_pm = strncmp(word, "pm", 2) == 0 || strncmp(word, "p.m", 3) == 0;
        bool is_am = strncmp(word, "am", 2) == 0 || strncmp(word, "a.m", 3) == 0;
        if (is_pm && hour < 12)
            hour += 12;
        if (is_am && hour == 12)
            hour = 0;
        uint32_t row = calendar ? table_row(calendar, word) : NONE;
        int offset;
        if (row != NONE &&
            strcmp(table_cell(calendar, row, table_column(calendar, "kind")), "zone") ==
                0)
            snprintf(zone, sizeof zone, "%.6s",
                     table_cell(calendar, row, table_column(calendar, "value")));
        else if (i > at && (*word == '+' || *word == '-') &&
                 digits(word + 1, 4, &offset) == 4 && offset < 1500)
            snprintf(zone, sizeof zone, "%c%02d:%02d", *word, offset / 100 % 24,
                     offset % 100 % 60);
    }
    snprintf(when->iso + 10, sizeof when->iso - 10, "T%02d:%02d:%02d%s", hour, minute,
             second < 61 ? second : 0, zone);
}

bool when_read(const struct table *calendar, const char *text, size_t len,
               struct when *when)
{
    char copy[80];
    while (len && (unsigned char)*text <= ' ') {
        text++;
        len--;
    }
    if (len == 0)
        return false;
    len = len < sizeof copy ? len : sizeof copy - 1;
    memcpy(copy, text, len);
    copy[len] = '\0';
    *when = (struct when){.day = DAY_NONE};
    size_t read = read_iso_day(copy, when);
    if (read) {
        add_clock(copy + read, when);
        return true;
    }
    struct line_words words;
    words_read(&words, copy, len);
    for (uint32_t i = 0; i < words.count; i++) {
        uint32_t took = when_words(calendar, &words, i, when);
        if (took && when->day != DAY_NONE) {
            when_clock(calendar, &words, i + took, when);
            return true;
        }
    }
    return false;
}

day when_in_url(const char *url)
{
    struct when when;
    const char *path = url ? strstr(url, "://") : NULL;
    for (const char *at = path ? path + 3 : url; at && *at; at++) {
        bool is_start = (*at == '/' || *at == '-' || *at == '_') && is_digit(at[1]);
        if (!is_start)
            continue;
        size_t len = read_iso_day(at + 1, &when);
        bool has_sign = len && is_digit(at[4]) && (at[5] == '/' || at[5] == '-');
        if (has_sign || len == 8)
            return when.day;
    }
    return DAY_NONE;
}
