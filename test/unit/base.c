/* base.c: the ground floor: memory, days, UTF-8, JSON. */
#include "base/arena.h"
#include "base/buffer.h"
#include "base/date.h"
#include "base/file.h"
#include "base/json.h"
#include "base/utf8.h"
#include "check.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

TEST(arena_memory_is_zeroed_and_aligned)
{
    struct arena arena;
    arena_init(&arena, 0);
    for (size_t len = 1; len < 200; len += 7) {
        unsigned char *bytes = arena_take(&arena, len, 1);
        if (!bytes) {
            CHECK(bytes != NULL);
            break;
        }
        CHECK_INT((uintptr_t)bytes % _Alignof(max_align_t), 0);
        for (size_t at = 0; at < len; at++) {
            CHECK_INT(bytes[at], 0);
        }
        memset(bytes, 0xA5, len);
    }
    arena_free(&arena);
}

TEST(arena_refuses_a_product_that_overflows)
{
    struct arena arena;
    arena_init(&arena, 0);
    CHECK(arena_take(&arena, SIZE_MAX / 2, 4) == NULL);
    CHECK(arena_take(&arena, SIZE_MAX, 1) == NULL);
    CHECK(arena_take(&arena, 0, 8) != NULL);
    arena_free(&arena);
}

TEST(arena_refuses_more_than_its_limit)
{
    struct arena arena;
    arena_init(&arena, 4096);
    CHECK(arena_take(&arena, 1, 1 << 20) == NULL);
    arena_free(&arena);
}

TEST(an_array_keeps_its_items_while_it_grows)
{
    struct arena arena;
    ARRAY(uint32_t) numbers = {0};
    arena_init(&arena, 0);
    for (uint32_t n = 0; n < 10000; n++) {
        uint32_t *slot = array_push(&arena, &numbers);
        if (!slot) {
            CHECK(slot != NULL);
            break;
        }
        *slot = n;
    }
    CHECK_INT(numbers.count, 10000);
    for (uint32_t n = 0; n < numbers.count; n++) {
        CHECK_INT(numbers.items[n], n);
    }
    arena_free(&arena);
}

TEST(days_count_from_1970_and_go_back_to_the_same_date)
{
    CHECK_INT(day_from((struct civil){1970, 1, 1}), 0);
    CHECK_INT(day_from((struct civil){2000, 3, 1}), 11017);
    for (day d = -719000; d < 2900000; d += 97) { /* years 1 to 9900 */
        if (!CHECK_INT(day_from(day_civil(d)), d)) {
            return;
        }
    }
}

TEST(a_date_that_does_not_exist_is_no_day)
{
    CHECK_INT(day_from((struct civil){2023, 2, 29}), DAY_NONE);
    CHECK_INT(day_from((struct civil){2023, 13, 1}), DAY_NONE);
    CHECK_INT(day_from((struct civil){2023, 4, 31}), DAY_NONE);
    CHECK(day_from((struct civil){2024, 2, 29}) != DAY_NONE);
}

TEST(weekdays_start_on_monday)
{
    CHECK_INT(day_weekday(day_from((struct civil){2024, 1, 1})), 0);
    CHECK_INT(day_weekday(day_from((struct civil){1969, 12, 28})), 6);
}

TEST(a_partial_date_spans_its_month_or_year)
{
    day first = 0, last = 0;
    char text[16];
    CHECK(day_read("2024-02", &first, &last));
    CHECK_TEXT(day_write(first, text), "2024-02-01");
    CHECK_TEXT(day_write(last, text), "2024-02-29");
    CHECK(day_read("1953", &first, &last));
    CHECK_TEXT(day_write(last, text), "1953-12-31");
    CHECK(!day_read("2024-2-1", &first, &last));
    CHECK(!day_read("yesterday", &first, &last));
    CHECK(!day_read("2024-02-30", &first, &last));
}

TEST(text_that_is_not_utf8_is_told_by_its_first_bad_byte)
{
    CHECK_INT(utf8_bad("caf\xC3\xA9", 5), 5);
    CHECK_INT(utf8_bad("caf\xE9 au lait", 12), 3);
    CHECK_INT(utf8_bad("\xC0\xAF", 2), 0);         /* overlong */
    CHECK_INT(utf8_bad("\xED\xA0\x80", 3), 0);     /* surrogate */
    CHECK_INT(utf8_bad("\xF4\x90\x80\x80", 4), 0); /* past U+10FFFF */
    CHECK_INT(utf8_bad("ab\xE2\x82", 4), 2);       /* cut short */
}

TEST(folding_undoes_case_accents_and_curly_quotes)
{
    char out[64];
    const char *text = "Erdo\xC4\x9F"
                       "an\xE2\x80\x99s \xC3\x89lys\xC3\xA9"
                       "e";
    utf8_fold(text, strlen(text), out, sizeof out);
    CHECK_TEXT(out, "erdogan's elysee");
}

TEST(folding_never_writes_past_its_room)
{
    char out[8];
    memset(out, '#', sizeof out);
    utf8_fold("SHOUTING", 8, out, 4);
    CHECK_INT(out[4], '#');
    CHECK_INT(strlen(out), 3);
}

TEST(json_escapes_what_must_be_escaped)
{
    struct buffer out = {0};
    struct json json;
    json_start(&json, &out);
    json_object_start(&json);
    json_key_text(&json, "a\"b", "line\nbreak\\ \x01");
    json_key(&json, "list");
    json_array_start(&json);
    json_whole(&json, -3);
    json_number(&json, 2.50, 3);
    json_nothing(&json);
    json_bool(&json, true);
    json_array_end(&json);
    json_key_text(&json, "none", NULL);
    json_object_end(&json);
    CHECK_TEXT(out.bytes, "{\"a\\\"b\":\"line\\nbreak\\\\ \\u0001\","
                          "\"list\":[-3,2.5,null,true],\"none\":null}");
    buffer_free(&out);
}

TEST(a_missing_file_is_an_io_failure_that_names_the_file)
{
    struct fail fail = {""};
    char *bytes = NULL;
    size_t len = 0;
    CHECK_INT(file_read("/nonexistent/report.txt", 100, &bytes, &len, &fail), FAIL_IO);
    CHECK(strstr(fail.message, "/nonexistent/report.txt") != NULL);
    CHECK(bytes == NULL);
}

TEST(a_file_past_the_limit_is_refused)
{
    struct fail fail = {""};
    char *bytes = NULL;
    size_t len = 0;
    CHECK_INT(file_read("Makefile", 10, &bytes, &len, &fail), FAIL_LIMIT);
    free(bytes);
}

TEST(a_directory_is_no_report)
{
    struct fail fail = {""};
    char *bytes = NULL;
    size_t len = 0;
    CHECK_INT(file_read("test", 1000, &bytes, &len, &fail), FAIL_IO);
    free(bytes);
}
