/* pack.c: the pack: built from tables, mapped, searched. */
#include "data/pack.h"
#include "check.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

/* A folder of tables and the pack made of it, gone at the end. */
struct room {
    char folder[64], file[80], path[80];
};

static bool room_make(struct room *room, const char *table)
{
    snprintf(room->folder, sizeof room->folder, "/tmp/sentosa-unit-XXXXXX");
    if (!mkdtemp(room->folder)) {
        return false;
    }
    snprintf(room->file, sizeof room->file, "%s/things.tsv", room->folder);
    snprintf(room->path, sizeof room->path, "%s/pack", room->folder);
    FILE *file = fopen(room->file, "wb");
    return file && fputs(table, file) >= 0 && fclose(file) == 0;
}

static void room_clear(const struct room *room)
{
    unlink(room->file);
    unlink(room->path);
    rmdir(room->folder);
}

static const char sound[] = "# things.tsv: for a test.\n"
                            "#: id\tname*\tnote\n"
                            "a\tSouth Sudan|Republic of South Sudan\tone|two\n"
                            "b\tSudan\t-\n"
                            "b\tC\xC3\xB4te d'Ivoire\tthree\n";

TEST(a_column_marked_with_a_plus_is_found_by_its_cells)
{
    struct room room;
    struct pack *pack = NULL;
    struct fail fail = {""};
    if (!CHECK(room_make(&room, "#: id\tkind+\tnote\tof+\n"
                                "a\tx\t-\tq\n"
                                "b\ty\t-\tp\n"
                                "c\tx\t-\tp\n")) ||
        !CHECK_INT(pack_build(room.folder, NULL, room.path, &fail), OK) ||
        !CHECK_INT(pack_open(room.path, &pack, &fail), OK)) {
        puts(fail.message);
        return;
    }
    const struct table *table = pack_table(pack, "things");
    const uint32_t *rows = NULL;
    if (CHECK_INT(table_find_by(table, table_column(table, "kind"), "x", &rows), 2)) {
        CHECK_INT(rows[0], 0);
        CHECK_INT(rows[1], 2);
    }
    if (CHECK_INT(table_find_by(table, table_column(table, "of"), "p", &rows), 2)) {
        CHECK_INT(rows[0], 1);
        CHECK_INT(rows[1], 2);
    }
    CHECK_INT(table_find_by(table, table_column(table, "of"), "r", &rows), 0);
    CHECK_INT(table_find_by(table, table_column(table, "note"), "", &rows), 0);
    CHECK_INT(table_find_by(NULL, 0, "x", &rows), 0);
    pack_close(pack);
    room_clear(&room);
}

TEST(a_first_column_marked_with_a_bar_gives_a_row_for_each_value)
{
    struct room room;
    struct pack *pack = NULL;
    struct fail fail = {""};
    if (!CHECK(room_make(&room, "#: word|\tkind\na|b\tx|y\nc\tz\na\tw\n")) ||
        !CHECK_INT(pack_build(room.folder, NULL, room.path, &fail), OK) ||
        !CHECK_INT(pack_open(room.path, &pack, &fail), OK)) {
        puts(fail.message);
        return;
    }
    const struct table *table = pack_table(pack, "things");
    uint32_t rows[4];
    CHECK_INT(table_rows(table), 4);
    CHECK_INT(table_column(table, "word"), 0);
    CHECK_TEXT(table_cell(table, table_row(table, "b"), 1), "x|y");
    CHECK_INT(table_line(table, table_row(table, "b")), 2);
    if (CHECK_INT(table_find(table, "a", rows, 4), 2))
        CHECK_TEXT(table_cell(table, rows[1], 1), "w");
    pack_close(pack);
    room_clear(&room);
}

TEST(a_table_keeps_its_rows_and_cells)
{
    struct room room;
    struct pack *pack = NULL;
    struct fail fail = {""};
    if (!CHECK(room_make(&room, sound)) ||
        !CHECK_INT(pack_build(room.folder, NULL, room.path, &fail), OK) ||
        !CHECK_INT(pack_open(room.path, &pack, &fail), OK)) {
        puts(fail.message);
        return;
    }
    const struct table *table = pack_table(pack, "things");
    CHECK_INT(table_rows(table), 3);
    CHECK_INT(table_column(table, "note"), 2);
    CHECK_INT(table_column(table, "none"), NONE);
    CHECK_TEXT(table_cell(table, 0, 0), "a");
    CHECK_TEXT(table_cell(table, 1, 2), "");
    CHECK_TEXT(table_cell(table, 99, 0), "");
    CHECK_TEXT(table_cell(table, 0, 99), "");
    CHECK_INT(table_row(table, "b"), 1);
    CHECK_INT(table_find(table, "b", NULL, 0), 2);
    CHECK_INT(table_row(table, "zz"), NONE);
    CHECK(pack_table(pack, "nothing") == NULL);
    CHECK_INT(strlen(pack_hash(pack)), 16);
    pack_close(pack);
    room_clear(&room);
}

TEST(values_of_a_cell_are_parted_by_bars)
{
    const char *at = "one|two";
    struct span value;
    CHECK(cell_next(&at, &value, at));
    CHECK(cell_has("one|two", "two"));
    CHECK(!cell_has("one|two", "tw"));
    CHECK(!cell_has("one|two", ""));
    CHECK(!cell_has("", "one"));
}

TEST(the_longest_phrase_comes_last_and_names_its_row)
{
    struct room room;
    struct pack *pack = NULL;
    struct fail fail = {""};
    const char *const words[] = {"south", "sudan", "today"};
    struct phrase_hit hits[8];
    if (!CHECK(room_make(&room, sound)) ||
        !CHECK_INT(pack_build(room.folder, NULL, room.path, &fail), OK) ||
        !CHECK_INT(pack_open(room.path, &pack, &fail), OK)) {
        puts(fail.message);
        return;
    }
    uint32_t count = pack_phrases(pack, words, 3, hits, 8);
    CHECK_INT(count, 1);
    CHECK_INT(hits[0].tokens, 2);
    CHECK_INT(pack_phrase_entry(pack, hits[0].first).row, 0);
    CHECK_TEXT(pack_phrase_entry(pack, hits[0].first).written, "South Sudan");
    CHECK_INT(pack_phrases(pack, words + 1, 2, hits, 8), 1);
    CHECK_INT(pack_phrases(pack, words + 2, 1, hits, 8), 0);
    pack_close(pack);
    room_clear(&room);
}

TEST(a_line_with_too_few_cells_is_named_by_file_and_line)
{
    struct room room;
    struct fail fail = {""};
    if (!CHECK(room_make(&room, "# t.tsv: x.\n#: id\tname*\tnote\na\tb\n"))) {
        return;
    }
    CHECK_INT(pack_build(room.folder, NULL, room.path, &fail), FAIL_DATA);
    CHECK(strstr(fail.message, "things.tsv:3") != NULL);
    room_clear(&room);
}

TEST(a_file_that_is_no_pack_is_refused)
{
    struct room room;
    struct pack *pack = NULL;
    struct fail fail = {""};
    if (!CHECK(room_make(&room, sound))) {
        return;
    }
    CHECK_INT(pack_open(room.file, &pack, &fail), FAIL_DATA);
    CHECK(pack == NULL);
    CHECK(strstr(fail.message, room.file) != NULL);
    CHECK_INT(pack_open("/nonexistent/pack", &pack, &fail), FAIL_IO);
    CHECK(pack == NULL);
    room_clear(&room);
}

TEST(the_same_tables_give_the_same_pack)
{
    struct room room;
    struct pack *one = NULL, *two = NULL;
    struct fail fail = {""};
    if (!CHECK(room_make(&room, sound)) ||
        !CHECK_INT(pack_build(room.folder, NULL, room.path, &fail), OK) ||
        !CHECK_INT(pack_open(room.path, &one, &fail), OK) ||
        !CHECK_INT(unlink(room.path), 0) ||
        !CHECK_INT(pack_build(room.folder, NULL, room.path, &fail), OK) ||
        !CHECK_INT(pack_open(room.path, &two, &fail), OK)) {
        return;
    }
    CHECK_TEXT(pack_hash(one), pack_hash(two));
    pack_close(one);
    pack_close(two);
    room_clear(&room);
}
