/* sketch.c: what runs to come need of this one: sketches of reports, and how far it came
 * in its files. */
#include "store/store.h"

#include <stdio.h>

enum sentosa_outcome sentosa_store_keep_sketch(struct sentosa_store *store,
                                               const struct sentosa_sketch *sketch,
                                               struct sentosa_error *error)
{
    struct row row = row_for(store, STATEMENT_KEEP_SKETCH);
    row_text(&row, sketch->digest);
    row_text(&row, sketch->first);
    row_bytes(&row, sketch->bytes, sketch->len);
    return row_keep(&row, NULL, error);
}

enum sentosa_outcome sentosa_store_sketches(struct sentosa_store *store, size_t most,
                                            bool (*take)(void *context,
                                                         const struct sentosa_sketch *),
                                            void *context, struct sentosa_error *error)
{
    struct row row = row_for(store, STATEMENT_SKETCHES);
    row_integer(&row, (int64_t)(most < INT64_MAX ? most : INT64_MAX));
    int rc = row_step(&row);
    for (bool goes_on = true; rc == SQLITE_ROW && goes_on; rc = row_step(&row)) {
        sqlite3_stmt *statement = row.statement;
        const struct sentosa_sketch sketch = {
            .digest = (const char *)sqlite3_column_text(statement, 0),
            .first = (const char *)sqlite3_column_text(statement, 1),
            .day = (const char *)sqlite3_column_text(statement, 2),
            .bytes = sqlite3_column_blob(statement, 3),
            .len = (size_t)sqlite3_column_bytes(statement, 3)};
        goes_on = take(context, &sketch);
        if (!goes_on)
            break;
    }
    if (row.statement)
        sqlite3_reset(row.statement);
    return rc == SQLITE_ROW || rc == SQLITE_DONE ? SENTOSA_OK
                                                 : store_fail(store, rc, error);
}

/* Marks hold for one pack and one version: others code what was passed over anew. */
static void write_reader(const struct sentosa *engine, char reader[120])
{
    snprintf(reader, 120, "%s %s", SENTOSA_VERSION, sentosa_pack_hash(engine));
}

enum sentosa_outcome sentosa_store_keep_mark(struct sentosa_store *store,
                                             const struct sentosa *engine,
                                             const char *path, const char *mark,
                                             struct sentosa_error *error)
{
    char reader[120];
    write_reader(engine, reader);
    enum sentosa_outcome outcome = store_begin(store, error);
    if (outcome)
        return outcome;
    struct row row = row_for(store, STATEMENT_KEEP_MARK);
    row_text(&row, reader);
    row_text(&row, path);
    row_text(&row, mark);
    return row_keep(&row, NULL, error);
}

enum sentosa_outcome sentosa_store_marks(struct sentosa_store *store,
                                         const struct sentosa *engine,
                                         bool (*take)(void *context, const char *path,
                                                      const char *mark),
                                         void *context, struct sentosa_error *error)
{
    char reader[120];
    write_reader(engine, reader);
    struct row row = row_for(store, STATEMENT_MARKS);
    row_text(&row, reader);
    int rc = row_step(&row);
    for (; rc == SQLITE_ROW; rc = row_step(&row)) {
        const char *path = (const char *)sqlite3_column_text(row.statement, 0);
        const char *mark = (const char *)sqlite3_column_text(row.statement, 1);
        if (path && mark && !take(context, path, mark))
            break;
    }
    if (row.statement)
        sqlite3_reset(row.statement);
    return rc == SQLITE_ROW || rc == SQLITE_DONE ? SENTOSA_OK
                                                 : store_fail(store, rc, error);
}
