/* sketch.c: sketches of reports, for runs to come. */
#include "store/store.h"

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
