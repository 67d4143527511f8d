/* store.c: keeping reports: the same once, all or nothing, the same bytes out as in. */
#include "check.h"
#include "unit/store_fixture.h"

#include <sqlite3.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

TEST(a_kept_event_prints_as_it_was_read)
{
    struct told told;
    told_init(&told);
    struct sentosa_store *store = store_with(&(struct told *){&told}, 1);
    struct sentosa_query query = {.kinds = SENTOSA_EVENTS};
    struct sentosa_export how = {.format = SENTOSA_JSONL};
    struct sentosa_cursor *cursor;
    const struct sentosa_item *item;
    if (!store || !CHECK(!sentosa_store_ask(store, &query, &cursor, NULL)))
        return;
    if (CHECK(!sentosa_cursor_next(cursor, &item, NULL))) {
        char *kept = sentosa_export_event(&how, item);
        char *read = sentosa_event_line(&told.report, &told.event, SENTOSA_VERSION,
                                        told.result.pack);
        CHECK_TEXT(kept, read);
        CHECK(strstr(kept,
                     "\"coder\":\"" SENTOSA_VERSION "\",\"pack\":\"feedfacefeedface\"}"));
        sentosa_free(kept);
        sentosa_free(read);
    }
    sentosa_cursor_free(cursor);
    sentosa_store_close(store);
}

TEST(kept_positions_and_relations_print_as_they_were_read)
{
    struct told told;
    told_init(&told);
    struct sentosa_store *store = store_with(&(struct told *){&told}, 1);
    struct sentosa_query query = {.kinds = SENTOSA_POSITIONS | SENTOSA_RELATIONS,
                                  .order = SENTOSA_BY_REPORT};
    struct sentosa_cursor *cursor;
    const struct sentosa_item *item;
    if (!store || !CHECK(!sentosa_store_ask(store, &query, &cursor, NULL)))
        return;
    char *read[2] = {sentosa_position_line(&told.report, &told.position),
                     sentosa_relation_line(&told.report, &told.relation)};
    for (int i = 0; i < 2; i++) {
        if (!CHECK(!sentosa_cursor_next(cursor, &item, NULL)))
            break;
        char *kept = sentosa_item_json(item);
        CHECK_TEXT(kept, read[i]);
        sentosa_free(kept);
    }
    sentosa_free(read[0]);
    sentosa_free(read[1]);
    sentosa_cursor_free(cursor);
    sentosa_store_close(store);
}

TEST(the_same_report_twice_adds_nothing)
{
    struct told told;
    told_init(&told);
    struct sentosa_store *store = store_with(&(struct told *){&told}, 1);
    struct sentosa_query query = {.kinds = SENTOSA_EVENTS | SENTOSA_POSITIONS |
                                           SENTOSA_RELATIONS,
                                  .is_told_apart = true};
    enum sentosa_stored stored;
    CHECK_INT(sentosa_store_add_result(store, &told.result, &stored, NULL), SENTOSA_OK);
    CHECK_INT(stored, SENTOSA_KNOWN);
    CHECK_INT(count_found(store, &query), 3);
    sentosa_store_close(store);
}

TEST(a_report_with_other_text_is_another_report)
{
    struct told told, other;
    told_init(&told);
    told_init(&other);
    other.report.digest = "d000000000000002";
    struct sentosa_store *store = store_with((struct told *[]){&told, &other}, 2);
    struct sentosa_query query = {.kinds = SENTOSA_EVENTS, .is_told_apart = true};
    size_t count, later;
    CHECK_INT(count_found(store, &query), 2);
    CHECK_INT(sentosa_store_reports(store, "2024-05-12", &count, &later, NULL),
              SENTOSA_OK);
    CHECK_INT(count, 2);
    CHECK_INT(later, 2);
    sentosa_store_close(store);
}

TEST(another_pack_replaces_what_the_old_one_found)
{
    struct told told;
    told_init(&told);
    struct sentosa_store *store = store_with(&(struct told *){&told}, 1);
    struct sentosa_query query = {.kinds = SENTOSA_EVENTS, .is_told_apart = true};
    enum sentosa_stored stored;
    told.result.pack = "0123456789abcdef";
    told.result.event_count = 0;
    CHECK_INT(sentosa_store_add_result(store, &told.result, &stored, NULL), SENTOSA_OK);
    CHECK_INT(stored, SENTOSA_RECODED);
    CHECK_INT(count_found(store, &query), 0);
    sentosa_store_close(store);
}

TEST(a_report_that_cannot_be_kept_leaves_nothing)
{
    struct told told, broken;
    told_init(&told);
    told_init(&broken);
    struct sentosa_store *store = store_with(&(struct told *){&told}, 1);
    broken.report.digest = "d000000000000003";
    broken.relation.kind = NULL; /* the last that is written */
    struct sentosa_error error = {""};
    struct sentosa_query query = {.kinds = SENTOSA_EVENTS | SENTOSA_POSITIONS,
                                  .is_told_apart = true};
    size_t count, later;
    CHECK(sentosa_store_add_result(store, &broken.result, NULL, &error) != SENTOSA_OK);
    CHECK(error.message[0] != '\0');
    CHECK_INT(sentosa_store_commit(store, &error), SENTOSA_OK);
    CHECK_INT(count_found(store, &query), 2);
    CHECK_INT(sentosa_store_reports(store, NULL, &count, &later, NULL), SENTOSA_OK);
    CHECK_INT(count, 1);
    sentosa_store_close(store);
}

/* ---- files ---- */

static const char *scratch(char path[64])
{
    strcpy(path, "/tmp/sentosa-store-XXXXXX");
    int fd = mkstemp(path);
    if (fd >= 0)
        close(fd);
    return path;
}

static void write_file(const char *path, const char *bytes, size_t len)
{
    FILE *file = fopen(path, "wb");
    if (!CHECK(file != NULL))
        return;
    fwrite(bytes, 1, len, file);
    fclose(file);
}

TEST(what_was_not_committed_is_gone_after_a_crash)
{
    char path[64];
    struct told told;
    struct sentosa_store *store;
    size_t count = 9, later;
    told_init(&told);
    if (!CHECK(!sentosa_store_open(scratch(path), SENTOSA_STORE_WRITE, &store, NULL)))
        return;
    CHECK_INT(sentosa_store_add_result(store, &told.result, NULL, NULL), SENTOSA_OK);
    sentosa_store_close(store);
    CHECK_INT(sentosa_store_open(path, SENTOSA_STORE_READ, &store, NULL), SENTOSA_OK);
    CHECK_INT(sentosa_store_reports(store, NULL, &count, &later, NULL), SENTOSA_OK);
    CHECK_INT(count, 0);
    sentosa_store_close(store);
    remove(path);
}

TEST(a_file_that_is_no_database_is_refused_with_a_reason)
{
    char path[64];
    struct sentosa_store *store;
    struct sentosa_error error = {""};
    static const char text[] =
        "These are words, and no database, though they go on for a while.";
    write_file(scratch(path), text, sizeof text);
    CHECK_INT(sentosa_store_open(path, SENTOSA_STORE_WRITE, &store, &error),
              SENTOSA_DATA);
    CHECK(store == NULL);
    CHECK(strstr(error.message, "no SQLite database") != NULL);
    remove(path);
}

TEST(a_database_of_another_program_is_refused_and_left_alone)
{
    char path[64];
    sqlite3 *db;
    struct sentosa_store *store;
    struct sentosa_error error = {""};
    CHECK_INT(sqlite3_open(scratch(path), &db), SQLITE_OK);
    sqlite3_exec(db, "CREATE TABLE recipes (name)", NULL, NULL, NULL);
    sqlite3_close(db);
    CHECK_INT(sentosa_store_open(path, SENTOSA_STORE_WRITE, &store, &error),
              SENTOSA_DATA);
    CHECK(strstr(error.message, "another program's") != NULL);
    remove(path);
}

TEST(tables_of_another_version_are_named_with_what_to_do)
{
    char path[64];
    sqlite3 *db;
    struct sentosa_store *store;
    struct sentosa_error error = {""};
    CHECK_INT(sentosa_store_open(scratch(path), SENTOSA_STORE_WRITE, &store, &error),
              SENTOSA_OK);
    sentosa_store_close(store);
    sqlite3_open(path, &db);
    sqlite3_exec(db, "PRAGMA user_version = 99", NULL, NULL, NULL);
    sqlite3_close(db);
    CHECK_INT(sentosa_store_open(path, SENTOSA_STORE_READ, &store, &error), SENTOSA_DATA);
    CHECK(strstr(error.message, "version 99") != NULL);
    CHECK(strstr(error.message, "newer sentosa") != NULL);
    remove(path);
}

TEST(a_missing_file_is_not_made_by_asking)
{
    char path[64];
    struct sentosa_store *store;
    struct sentosa_error error = {""};
    remove(scratch(path));
    CHECK_INT(sentosa_store_open(path, SENTOSA_STORE_READ, &store, &error), SENTOSA_IO);
    CHECK(strstr(error.message, "no such file") != NULL);
    CHECK(access(path, F_OK) != 0);
}

/* Every damage is either noticed or harmless: no crash, no endless loop. */
TEST(a_damaged_file_fails_with_a_status)
{
    char path[64], bytes[16384];
    struct told told;
    struct sentosa_store *store;
    told_init(&told);
    if (!CHECK(!sentosa_store_open(scratch(path), SENTOSA_STORE_WRITE, &store, NULL)))
        return;
    CHECK_INT(sentosa_store_add_result(store, &told.result, NULL, NULL), SENTOSA_OK);
    CHECK_INT(sentosa_store_commit(store, NULL), SENTOSA_OK);
    sentosa_store_close(store);
    FILE *file = fopen(path, "r+b");
    if (!CHECK(file != NULL))
        return;
    fseek(file, 4096, SEEK_SET);
    memset(bytes, 0xA5, sizeof bytes);
    fwrite(bytes, 1, sizeof bytes, file);
    fclose(file);
    struct sentosa_error error = {""};
    enum sentosa_outcome outcome = sentosa_store_open(path, SENTOSA_STORE_READ, &store,
                                                      &error);
    struct sentosa_query query = {.kinds = SENTOSA_EVENTS};
    struct sentosa_cursor *cursor = NULL;
    const struct sentosa_item *item;
    if (!outcome)
        outcome = sentosa_store_ask(store, &query, &cursor, &error);
    if (!outcome)
        outcome = sentosa_cursor_next(cursor, &item, &error);
    CHECK_INT(outcome, SENTOSA_DATA);
    CHECK(strstr(error.message, "damaged") != NULL);
    sentosa_cursor_free(cursor);
    sentosa_store_close(store);
    remove(path);
}
