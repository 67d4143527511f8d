/* date.h: days of the proleptic Gregorian calendar (ISO 8601). */
#ifndef BASE_DATE_H
#define BASE_DATE_H

#include <stdbool.h>
#include <stdint.h>

/* Days since 1970-01-01; DAY_NONE when unknown. */
typedef int32_t day;
#define DAY_NONE INT32_MIN

struct civil {
    int year, month, day; /* month 1-12, day 1-31 */
};

day day_from(struct civil civil); /* DAY_NONE for a date that does not exist */
struct civil day_civil(day d);
int day_weekday(day d); /* 0 Monday ... 6 Sunday */
int month_len(int year, int month);

/* Reads "2018", "2018-06" or "2018-06-11" to its first and last day; false otherwise. */
bool day_read(const char *text, day *first, day *last);

/* Writes "2018-06-11" (11 bytes with NUL; years 0000-9999) and returns text; "" for
 * DAY_NONE. */
char *day_write(day d, char text[16]);

#endif
