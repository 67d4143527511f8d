/* when.h: the day a report was published, from metadata (ISO 8601, RFC 5322) or a line of
 * text. */
#ifndef SOURCE_WHEN_H
#define SOURCE_WHEN_H

#include "base/date.h"
#include "data/pack.h"
#include "source/words.h"

struct when {
    day day;         /* DAY_NONE without a year */
    int month, mday; /* 0 when there is none */
    char iso[40];    /* "2018-06-11" or "2018-06-11T09:00:00+08:00", "" without a year */
};

/* Metadata: ISO 8601 with or without time and zone, "20180611", "2018/06/11", RFC 5322,
 * "June 11, 2018 9:00 am". calendar is the table "text/calendar"; it may be NULL. */
bool when_read(const struct table *calendar, const char *text, size_t len,
               struct when *when);

/* A date that begins at words[at]: "june 11 2018", "11 june", "2018-06-11", a month needs
 * its day. Returns how many words it takes, 0 when there is none. */
uint32_t when_words(const struct table *calendar, const struct line_words *words,
                    uint32_t at, struct when *when);

/* The clock time and offset from words[at] on, near behind a day with its year: "09:00:00
 * +0800", "9:00 am gmt": put behind the day in when->iso. */
void when_clock(const struct table *calendar, const struct line_words *words, uint32_t at,
                struct when *when);

/* Which of "06/04/2019" is the day. */
enum day_order { ORDER_UNKNOWN, ORDER_DAY, ORDER_MONTH };

/* A day that begins text and is written so that only the order tells it. */
bool when_ordered(const char *text, enum day_order order, struct when *when);

/* The same by the weekday before it: "mon, 10/08/2018". */
bool when_by_weekday(const struct table *calendar, const struct line_words *words,
                     uint32_t at, struct when *when);

/* Whether it says how long since: "3 hours ago". */
bool when_is_ago(const struct table *calendar, const char *word);

/* Whether a word is a clock time ("9:30", "0930", "9am"), a weekday, a zone or what
 * stands between. */
bool when_is_filler(const struct table *calendar, const char *word);

/* The day in the path of an address: ".../2018/06/11/...", ".../2018-06-11-...". */
day when_in_url(const char *url);

#endif
