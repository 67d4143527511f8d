/* store.c: a situation's file: opening and checking it, adding reports to it in
 * transactions. */
#include "store/store.h"

#include "store/schema.sql.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#define APPLICATION_ID                                                                   \
    0x53544F53 /* "STOS", in the file's header: how `file` can know it */
#define REPORTS_A_TRANSACTION 50
#define BUSY_MS 5000

static enum sentosa_outcome say(const struct sentosa_store *store,
                                struct sentosa_error *error, enum sentosa_outcome outcome,
                                const char *cause)
{
    if (error)
        snprintf(error->message, sizeof error->message, "%s: %s", store->path, cause);
    return outcome;
}

static enum sentosa_outcome pragma(struct sentosa_store *store, const char *name,
                                   int64_t *value, struct sentosa_error *error)
{
    char sql[64];
    sqlite3_stmt *statement = NULL;
    snprintf(sql, sizeof sql, "PRAGMA %s", name);
    int rc = sqlite3_prepare_v2(store->db, sql, -1, &statement, NULL);
    if (rc == SQLITE_OK)
        rc = sqlite3_step(statement);
    *value = rc == SQLITE_ROW ? sqlite3_column_int64(statement, 0) : 0;
    enum sentosa_outcome outcome = rc == SQLITE_ROW || rc == SQLITE_DONE
                                       ? SENTOSA_OK
                                       : store_fail(store, rc, error);
    sqlite3_finalize(statement);
    return outcome;
}

static enum sentosa_outcome count_tables(struct sentosa_store *store, int64_t *count,
                                         struct sentosa_error *error)
{
    sqlite3_stmt *statement = NULL;
    int rc = sqlite3_prepare_v2(store->db, "SELECT count(*) FROM sqlite_master", -1,
                                &statement, NULL);
    if (rc == SQLITE_OK)
        rc = sqlite3_step(statement);
    *count = rc == SQLITE_ROW ? sqlite3_column_int64(statement, 0) : 0;
    enum sentosa_outcome outcome = rc == SQLITE_ROW ? SENTOSA_OK
                                                    : store_fail(store, rc, error);
    sqlite3_finalize(statement);
    return outcome;
}

static enum sentosa_outcome make_tables(struct sentosa_store *store,
                                        struct sentosa_error *error)
{
    char stamp[160];
    snprintf(stamp, sizeof stamp,
             "PRAGMA application_id = %d; PRAGMA user_version = %d;"
             "INSERT INTO meta VALUES ('made by', 'sentosa " SENTOSA_VERSION "');",
             APPLICATION_ID, SENTOSA_STORE_VERSION);
    enum sentosa_outcome outcome = store_run(store, "BEGIN IMMEDIATE", error);
    if (outcome)
        return outcome;
    /* Another program may have made them while this one waited. */
    int64_t tables = 0;
    outcome = count_tables(store, &tables, error);
    if (!outcome && tables == 0) {
        outcome = store_run(store, schema_sql, error);
        if (!outcome)
            outcome = store_run(store, stamp, error);
    }
    if (!outcome)
        outcome = store_run(store, "COMMIT", error);
    if (outcome)
        sqlite3_exec(store->db, "ROLLBACK", NULL, NULL, NULL);
    return outcome;
}

static enum sentosa_outcome check_version(struct sentosa_store *store,
                                          struct sentosa_error *error)
{
    int64_t application, version;
    enum sentosa_outcome outcome = pragma(store, "application_id", &application, error);
    if (!outcome)
        outcome = pragma(store, "user_version", &version, error);
    if (outcome)
        return outcome;
    if (application != APPLICATION_ID)
        return say(store, error, SENTOSA_DATA,
                   "not a situation: this SQLite database is another program's");
    if (version == SENTOSA_STORE_VERSION)
        return SENTOSA_OK;
    char cause[240];
    snprintf(
        cause, sizeof cause,
        version > SENTOSA_STORE_VERSION
            ? "its tables have version %lld, this sentosa knows %d: use a newer sentosa"
            : "its tables have version %lld, this sentosa needs %d: read its reports anew"
              " into a new file",
        (long long)version, SENTOSA_STORE_VERSION);
    return say(store, error, SENTOSA_DATA, cause);
}

static enum sentosa_outcome check_file(struct sentosa_store *store,
                                       enum sentosa_store_mode mode,
                                       struct sentosa_error *error)
{
    int64_t tables = 0;
    enum sentosa_outcome outcome = count_tables(store, &tables, error);
    if (!outcome && tables == 0) {
        if (mode == SENTOSA_STORE_READ)
            return say(store, error, SENTOSA_DATA, "not a situation: the file is empty");
        outcome = make_tables(store, error);
    }
    return outcome ? outcome : check_version(store, error);
}

static enum sentosa_outcome open_file(struct sentosa_store *store,
                                      enum sentosa_store_mode mode,
                                      struct sentosa_error *error)
{
    struct stat status;
    bool is_memory = strcmp(store->path, ":memory:") == 0;
    bool is_there = is_memory || stat(store->path, &status) == 0;
    if (!*store->path || (!is_there && mode == SENTOSA_STORE_READ))
        return say(store, error, SENTOSA_IO, "no such file");
    if (!is_memory && is_there && !S_ISREG(status.st_mode))
        return say(store, error, SENTOSA_IO, "not a file that can keep a situation");
    /* Reading asks for writing too: after a crash the journal must be rolled back
     * first. SQLite falls back to reading where the file may not be written. */
    int flags = SQLITE_OPEN_READWRITE | SQLITE_OPEN_NOMUTEX |
                (mode == SENTOSA_STORE_WRITE ? SQLITE_OPEN_CREATE : 0);
    int rc = sqlite3_open_v2(store->path, &store->db, flags, NULL);
    if (rc != SQLITE_OK)
        return store_fail(store, rc, error);
    sqlite3_extended_result_codes(store->db, 1);
    sqlite3_busy_timeout(store->db, BUSY_MS);
    sqlite3_db_config(store->db, SQLITE_DBCONFIG_DEFENSIVE, 1, NULL);
    sqlite3_db_config(store->db, SQLITE_DBCONFIG_TRUSTED_SCHEMA, 0, NULL);
    rc = store_define_functions(store->db);
    if (rc != SQLITE_OK)
        return store_fail(store, rc, error);
    enum sentosa_outcome outcome = check_file(store, mode, error);
    if (!outcome)
        outcome = store_run(store,
                            "PRAGMA foreign_keys = ON; PRAGMA cell_size_check = ON;"
                            " PRAGMA cache_size = -16384; PRAGMA temp_store = MEMORY",
                            error);
    return outcome;
}

enum sentosa_outcome sentosa_store_open(const char *path, enum sentosa_store_mode mode,
                                        struct sentosa_store **out,
                                        struct sentosa_error *error)
{
    *out = NULL;
    struct sentosa_store *store = calloc(1, sizeof *store);
    if (!store)
        return store_no_memory(error);
    store->path = strdup(path ? path : "");
    enum sentosa_outcome outcome = store->path ? open_file(store, mode, error)
                                               : store_no_memory(error);
    if (outcome)
        sentosa_store_close(store);
    else
        *out = store;
    return outcome;
}

void sentosa_store_close(struct sentosa_store *store)
{
    if (!store)
        return;
    for (int i = 0; i < STATEMENT_COUNT; i++)
        sqlite3_finalize(store->statements[i]);
    sqlite3_close_v2(store->db); /* rolls back what is open; waits for cursors */
    free(store->path);
    free(store);
}

/* ---- adding ---- */

enum sentosa_outcome sentosa_store_commit(struct sentosa_store *store,
                                          struct sentosa_error *error)
{
    if (!store->in_transaction)
        return SENTOSA_OK;
    enum sentosa_outcome outcome = store_run(store, "COMMIT", error);
    if (outcome && sqlite3_get_autocommit(store->db) == 0)
        return outcome; /* still open: busy readers, the caller may try again */
    store->in_transaction = false;
    store->uncommitted = 0;
    return outcome;
}

/* published may carry a time; a day is its first ten characters. */
static const char *day_of(const struct sentosa_report *report, char day[11])
{
    if (report->has_unknown_date || !report->published || strlen(report->published) < 10)
        return NULL;
    memcpy(day, report->published, 10);
    day[10] = '\0';
    return day;
}

static enum sentosa_outcome keep_report(struct sentosa_store *store,
                                        const struct sentosa_result *result,
                                        int64_t *number, struct sentosa_error *error)
{
    const struct sentosa_report *report = result->report;
    char day[11];
    struct row row = row_into(store, TABLE_REPORT);
    row_text(&row, report->digest);
    row_text(&row, report->id);
    row_text(&row, report->title);
    row_text(&row, report->source);
    row_text(&row, report->published);
    row_text(&row, day_of(report, day));
    row_text(&row, report->url);
    row_text(&row, report->language);
    row_text(&row, report->body);
    row_integer(&row, report->has_unknown_date);
    row_text(&row, report->earliest);
    row_text(&row, report->latest);
    row_text(&row, report->earliest_why);
    row_text(&row, report->latest_why);
    row_text(&row, SENTOSA_VERSION);
    row_text(&row, result->pack);
    return row_keep(&row, number, error);
}

/* Looks the report up; *number is 0 when it is new. */
static enum sentosa_outcome find_report(struct sentosa_store *store,
                                        const struct sentosa_result *result,
                                        int64_t *number, bool *is_same_reading,
                                        struct sentosa_error *error)
{
    struct row row = row_for(store, STATEMENT_FIND_REPORT);
    row_text(&row, result->report->digest);
    row_text(&row, SENTOSA_VERSION);
    row_text(&row, result->pack);
    int rc = row_step(&row);
    *number = rc == SQLITE_ROW ? sqlite3_column_int64(row.statement, 0) : 0;
    *is_same_reading = rc == SQLITE_ROW && sqlite3_column_int(row.statement, 1);
    if (row.statement)
        sqlite3_reset(row.statement);
    return rc == SQLITE_ROW || rc == SQLITE_DONE ? SENTOSA_OK
                                                 : store_fail(store, rc, error);
}

enum sentosa_outcome sentosa_store_knows(struct sentosa_store *store,
                                         const struct sentosa *engine, const char *digest,
                                         bool *is_known, struct sentosa_error *error)
{
    const struct sentosa_report report = {.digest = digest};
    const struct sentosa_result result = {.report = &report,
                                          .pack = sentosa_pack_hash(engine)};
    int64_t number;
    return find_report(store, &result, &number, is_known, error);
}

static enum sentosa_outcome drop_report(struct sentosa_store *store, int64_t number,
                                        struct sentosa_error *error)
{
    struct row row = row_for(store, STATEMENT_DELETE_REPORT);
    row_integer(&row, number);
    enum sentosa_outcome outcome = row_keep(&row, NULL, error);
    return outcome ? outcome : merge_close_empty(store, error);
}

static enum sentosa_outcome add_new(struct sentosa_store *store,
                                    const struct sentosa_result *result, int64_t old,
                                    struct sentosa_error *error)
{
    int64_t number;
    enum sentosa_outcome outcome = SENTOSA_OK;
    if (old)
        outcome = drop_report(store, old, error);
    if (!outcome)
        outcome = keep_report(store, result, &number, error);
    return outcome ? outcome : keep_result(store, number, result, error);
}

enum sentosa_outcome store_begin(struct sentosa_store *store, struct sentosa_error *error)
{
    if (store->in_transaction)
        return SENTOSA_OK;
    enum sentosa_outcome outcome = store_run(store, "BEGIN IMMEDIATE", error);
    store->in_transaction = !outcome;
    return outcome;
}

enum sentosa_outcome sentosa_store_add_result(struct sentosa_store *store,
                                              const struct sentosa_result *result,
                                              enum sentosa_stored *stored,
                                              struct sentosa_error *error)
{
    enum sentosa_stored unused;
    stored = stored ? stored : &unused;
    if (!result->report || !result->report->digest || !result->report->body)
        return say(store, error, SENTOSA_USE,
                   "a report without digest or text was given");
    int64_t old = 0;
    bool is_same_reading = false;
    enum sentosa_outcome outcome = store_begin(store, error);
    if (!outcome)
        outcome = find_report(store, result, &old, &is_same_reading, error);
    if (outcome)
        return outcome;
    *stored = is_same_reading ? SENTOSA_KNOWN : old ? SENTOSA_RECODED : SENTOSA_ADDED;
    if (is_same_reading)
        return SENTOSA_OK;
    outcome = store_run(store, "SAVEPOINT one_report", error);
    if (!outcome)
        outcome = add_new(store, result, old, error);
    if (!outcome)
        outcome = store_run(store, "RELEASE one_report", error);
    if (outcome) {
        sqlite3_exec(store->db, "ROLLBACK TO one_report; RELEASE one_report", NULL, NULL,
                     NULL);
        /* A full disk or lost memory may have rolled all back already. */
        store->in_transaction = sqlite3_get_autocommit(store->db) == 0;
        return outcome;
    }
    if (++store->uncommitted >= REPORTS_A_TRANSACTION)
        return sentosa_store_commit(store, error);
    return SENTOSA_OK;
}

enum sentosa_outcome sentosa_store_add(struct sentosa_store *store,
                                       const struct sentosa *engine,
                                       const struct sentosa_doc *doc,
                                       enum sentosa_stored *stored,
                                       struct sentosa_error *error)
{
    size_t counts[3] = {sentosa_event_count(doc), sentosa_position_count(doc),
                        sentosa_relation_count(doc)};
    struct arena arena;
    arena_init(&arena, 0);
    const struct sentosa_event **events = arena_take(&arena, counts[0], sizeof *events);
    const struct sentosa_position **positions = arena_take(&arena, counts[1],
                                                           sizeof *positions);
    const struct sentosa_relation **relations = arena_take(&arena, counts[2],
                                                           sizeof *relations);
    if (!events || !positions || !relations) {
        arena_free(&arena);
        return store_no_memory(error);
    }
    for (size_t i = 0; i < counts[0]; i++)
        events[i] = sentosa_event(doc, i);
    for (size_t i = 0; i < counts[1]; i++)
        positions[i] = sentosa_position(doc, i);
    for (size_t i = 0; i < counts[2]; i++)
        relations[i] = sentosa_relation(doc, i);
    const struct sentosa_result result = {.report = sentosa_doc_report(doc),
                                          .events = events,
                                          .event_count = counts[0],
                                          .positions = positions,
                                          .position_count = counts[1],
                                          .relations = relations,
                                          .relation_count = counts[2],
                                          .pack = sentosa_pack_hash(engine)};
    enum sentosa_outcome outcome = sentosa_store_add_result(store, &result, stored,
                                                            error);
    arena_free(&arena);
    return outcome;
}

const char *sentosa_store_library(void)
{
    return sqlite3_libversion();
}
