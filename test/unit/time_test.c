/* time_test.c: every pattern's example; the calendar; words and zones. */
#include "check.h"
#include "stage/stages.h"
#include "stage/time.h"
#include "test/unit/text_fixture.h"

#include <stdio.h>
#include <stdlib.h>

#pragma weak parse_run

static day day_of(const char *text)
{
    day first = DAY_NONE, last;
    day_read(text, &first, &last);
    return first;
}

static bool read_times(const char *text, day report, struct doc *doc)
{
    doc_init(doc);
    doc->text = text;
    doc->len = (uint32_t)strlen(text);
    doc->body = (struct span){0, doc->len};
    doc->report.day = report;
    struct range *range = array_push(&doc->arena, &doc->ranges);
    *range = (struct range){doc->body, RANGE_PARAGRAPH};
    const struct pack *pack = fixture_pack();
    return CHECK_INT(segment_run(pack, doc, NULL), OK) &&
           CHECK_INT(token_run(pack, doc, NULL), OK) &&
           (!parse_run || CHECK_INT(parse_run(pack, doc, NULL), OK)) &&
           CHECK_INT(time_run(pack, doc, NULL), OK);
}

TEST(every_time_pattern_reads_its_example)
{
    const struct table *table = pack_table(fixture_pack(), "time_patterns");
    uint32_t example = table_column(table, "example"),
             value = table_column(table, "value");
    CHECK(table_rows(table) > 100);
    for (uint32_t row = 0; row < table_rows(table); row++) {
        const char *text = table_cell(table, row, example),
                   *want = table_cell(table, row, value);
        struct doc doc;
        if (!*text)
            continue;
        if (read_times(text, day_of("2018-06-11"), &doc)) {
            const char *got = doc.times.count ? doc.times.items[doc.times.count - 1].value
                                              : "none";
            check_text(got ? got : "unresolved", want, text, "data/en/time_patterns.tsv",
                       (int)row + 8);
        }
        doc_free(&doc);
    }
}

TEST(a_relative_time_without_a_report_day_has_no_value)
{
    static const char *const texts[] = {"They met on Tuesday.", "They met last week.",
                                        "They met yesterday.", "They met two years ago.",
                                        "They met this month."};
    for (size_t i = 0; i < sizeof texts / sizeof *texts; i++) {
        struct doc doc;
        if (read_times(texts[i], DAY_NONE, &doc) && CHECK_INT(doc.times.count, 1)) {
            CHECK(doc.times.items[0].value == NULL);
            CHECK_INT(doc.times.items[0].start, DAY_NONE);
        }
        doc_free(&doc);
    }
}

TEST(a_day_and_month_without_any_year_keep_it_open)
{
    struct doc doc;
    if (read_times("They met on April 27.", DAY_NONE, &doc) &&
        CHECK_INT(doc.times.count, 1)) {
        CHECK_TEXT(doc.times.items[0].value, "XXXX-04-27");
        CHECK_INT(doc.times.items[0].start, DAY_NONE);
    }
    doc_free(&doc);
}

TEST(by_the_end_of_is_a_deadline)
{
    struct doc doc;
    if (read_times("They will leave by the end of the year.", day_of("2018-06-11"),
                   &doc) &&
        CHECK_INT(doc.times.count, 1)) {
        CHECK(doc.times.items[0].is_deadline);
        CHECK_INT(doc.times.items[0].start, DAY_NONE);
        CHECK_INT(doc.times.items[0].end_day, day_of("2018-12-31"));
    }
    doc_free(&doc);
}

TEST(since_begins_and_lasts_to_the_report)
{
    struct doc doc;
    if (read_times("They have been at war since 1979.", day_of("2018-06-11"), &doc) &&
        CHECK_INT(doc.times.count, 1)) {
        CHECK(doc.times.items[0].is_start);
        CHECK_INT(doc.times.items[0].start, day_of("1979-01-01"));
        CHECK_INT(doc.times.items[0].end_day, day_of("2018-06-11"));
    }
    doc_free(&doc);
}

TEST(words_that_are_no_times_are_left_alone)
{
    static const char *const texts[] = {
        "They may leave.",      "The troops march on.", "Resolution 1973 was adopted.",
        "The second man left.", "It cost $1999.",       "Theresa May left."};
    for (size_t i = 0; i < sizeof texts / sizeof *texts; i++) {
        struct doc doc;
        if (read_times(texts[i], day_of("2018-06-11"), &doc))
            check_integer(doc.times.count, 0, texts[i], __FILE__, __LINE__);
        doc_free(&doc);
    }
}

TEST(easter_falls_on_the_days_of_the_church)
{
    CHECK_INT(calendar_easter(2018), day_of("2018-04-01"));
    CHECK_INT(calendar_easter(2024), day_of("2024-03-31"));
    CHECK_INT(calendar_easter(1943), day_of("1943-04-25"));
}

TEST(the_islamic_month_begins_within_a_day)
{
    day ramadan = calendar_hijri(1439, 9, 1);
    CHECK(ramadan >= day_of("2018-05-15") && ramadan <= day_of("2018-05-17"));
    CHECK_INT(calendar_hijri_year(ramadan), 1439);
}

TEST(weeks_are_those_of_iso_8601)
{
    int year, week;
    calendar_week(day_of("2018-06-11"), &year, &week);
    CHECK_INT(week, 24);
    calendar_week(day_of("2021-01-01"), &year, &week);
    CHECK_INT(year, 2020);
    CHECK_INT(week, 53);
}

TEST(the_last_and_the_fourth_weekday_of_a_month_are_found)
{
    CHECK_INT(calendar_nth_weekday(2018, 11, 4, 3), day_of("2018-11-22"));
    CHECK_INT(calendar_nth_weekday(2018, 5, -1, 0), day_of("2018-05-28"));
}

TEST(a_month_added_never_skips_a_short_month)
{
    CHECK_INT(time_add(day_of("2018-01-31"), 1, "M"), day_of("2018-02-28"));
    CHECK_INT(time_add(day_of("2018-06-11"), -40, "Y"), day_of("1978-06-11"));
}
