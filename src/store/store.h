/* store.h: what the files of the store share: the handle, its statements, rows. */
#ifndef STORE_STORE_H
#define STORE_STORE_H

#include "base/arena.h"
#include "sentosa_store.h"

#include <sqlite3.h>

/* Tables that rows go into; their columns are bound and read in the order of
 * schema.sql. */
enum store_table {
    TABLE_REPORT,
    TABLE_EVENT,
    TABLE_POSITION,
    TABLE_RELATION,
    TABLE_PARTY,
    TABLE_TELLING,
    TABLE_VOICE,
    TABLE_COUNT
};

/* Statements that are prepared once. */
enum store_statement {
    STATEMENT_INSERT, /* one for each table */
    STATEMENT_FIND_REPORT = STATEMENT_INSERT + TABLE_COUNT,
    STATEMENT_KEEP_SKETCH,
    STATEMENT_SKETCHES,
    STATEMENT_KEEP_MARK,
    STATEMENT_MARKS,
    STATEMENT_CHANGES,
    STATEMENT_VERSIONS,
    STATEMENT_KEEP_ACTOR,
    STATEMENT_FIND_ACTOR,
    STATEMENT_DELETE_REPORT,
    STATEMENT_NEW_STORY,
    STATEMENT_NARROW_STORY,
    STATEMENT_JOIN_STORY,
    STATEMENT_CLOSE_STORY,
    STATEMENT_STORIES,
    STATEMENT_MEMBERS,
    STATEMENT_GET_REPORT,
    STATEMENT_GET_OUTLINE,
    STATEMENT_GET_EVENT,
    STATEMENT_GET_POSITION,
    STATEMENT_GET_RELATION,
    STATEMENT_GET_PARTIES,
    STATEMENT_GET_TELLINGS,
    STATEMENT_GET_VOICES,
    STATEMENT_GET_STORY,
    STATEMENT_GET_NAMES,
    STATEMENT_LATEST,
    STATEMENT_COUNT_REPORTS,
    STATEMENT_COUNT
};

struct sentosa_store {
    sqlite3 *db;
    char *path;
    sqlite3_stmt *statements[STATEMENT_COUNT];
    bool in_transaction;
    unsigned uncommitted; /* reports since the last commit */
};

/* ---- sql.c ---- */

/* Says what SQLite's code means for the user; rc is not SQLITE_OK. */
enum sentosa_outcome store_fail(struct sentosa_store *store, int rc,
                                struct sentosa_error *error);
enum sentosa_outcome store_no_memory(struct sentosa_error *error);

/* Runs statements that give no rows. */
enum sentosa_outcome store_run(struct sentosa_store *store, const char *sql,
                               struct sentosa_error *error);

/* One of the kept statements, reset and without bindings; NULL with the cause in *rc. */
sqlite3_stmt *store_statement(struct sentosa_store *store, enum store_statement which,
                              int *rc);

/* Defines for SQL
 *   same(a, b)                 equal when case, accents and kinds of quotes are set aside
 *   within(name, words)        the words stand in the name as whole words
 *   fits(list, list)           all of the shorter list's values are among the longer's
 *   listed(list, type, modes)  one of the values is the type, or the type with a mode
 * Lists are joined by "|". */
int store_define_functions(sqlite3 *db);

/* Opens a transaction where none is open. */
enum sentosa_outcome store_begin(struct sentosa_store *store,
                                 struct sentosa_error *error);

/* ---- writing rows ---- */

/* A row under way: values are bound from left to right; `rc` keeps the first thing
 * that failed. */
struct row {
    struct sentosa_store *store;
    sqlite3_stmt *statement;
    int at, rc;
};

struct row row_into(struct sentosa_store *store, enum store_table table);
struct row row_for(struct sentosa_store *store, enum store_statement which);
void row_text(struct row *row, const char *text); /* NULL is NULL; the text must stay */
void row_bytes(struct row *row, const void *bytes, size_t len); /* must stay */
void row_integer(struct row *row, int64_t number);
void row_known(struct row *row, int64_t number); /* negative or zero is NULL */
void row_real(struct row *row, double number);
void row_list(struct row *row, const char *const *values, size_t count);
void row_evidence(struct row *row, const struct sentosa_evidence *words);

/* Runs it; number, when not NULL, gets the row's number. */
enum sentosa_outcome row_keep(struct row *row, int64_t *number,
                              struct sentosa_error *error);

/* SQLITE_ROW, SQLITE_DONE or what failed. */
int row_step(struct row *row);

/* ---- reading rows ---- */

/* A row's columns from left to right, copied into the arena. */
struct columns {
    sqlite3_stmt *statement;
    struct arena *arena;
    int at;
    bool failed; /* no memory */
};

const char *column_text(struct columns *c);
int64_t column_integer(struct columns *c);
int64_t column_known(struct columns *c, int64_t unknown);
double column_real(struct columns *c);
const char *const *column_list(struct columns *c, size_t *count);
struct sentosa_evidence column_evidence(struct columns *c);

/* ---- keep.c, merge.c, fetch.c ---- */

/* Writes all that a report says below its row. */
enum sentosa_outcome keep_result(struct sentosa_store *store, int64_t report,
                                 const struct sentosa_result *result,
                                 struct sentosa_error *error);

/* Gives the event of this row a story: one that is there or a new one. */
enum sentosa_outcome merge_event(struct sentosa_store *store,
                                 const struct sentosa_report *report, int64_t number,
                                 const struct sentosa_event *event,
                                 struct sentosa_error *error);

/* Deletes stories that no event belongs to. */
enum sentosa_outcome merge_close_empty(struct sentosa_store *store,
                                       struct sentosa_error *error);

/* What a row says, in the arena. story may be NULL. */
enum sentosa_outcome fetch_report(struct sentosa_store *store, struct arena *arena,
                                  int64_t number, struct sentosa_item *item,
                                  struct sentosa_error *error);
enum sentosa_outcome fetch_event(struct sentosa_store *store, struct arena *arena,
                                 int64_t number, struct sentosa_item *item,
                                 struct sentosa_error *error);
/* Only what comparing events takes: no voices, no tellings, of the report digest and
 * date. */
enum sentosa_outcome fetch_outline(struct sentosa_store *store, struct arena *arena,
                                   int64_t number, struct sentosa_item *item,
                                   struct sentosa_error *error);
enum sentosa_outcome fetch_position(struct sentosa_store *store, struct arena *arena,
                                    int64_t number, struct sentosa_item *item,
                                    struct sentosa_error *error);
enum sentosa_outcome fetch_relation(struct sentosa_store *store, struct arena *arena,
                                    int64_t number, struct sentosa_item *item,
                                    struct sentosa_error *error);

#endif
