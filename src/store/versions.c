/* versions.c: what a kept report says that the first version of it did not. */
#include "store/store.h"

#include "source/changes.h"

#include <stdlib.h>
#include <string.h>

struct holder {
    struct sentosa_changes public; /* stands first: it is what is given */
    struct arena arena;
};

static enum sentosa_outcome compare(struct holder *holder, struct columns *c,
                                    struct sentosa_error *error)
{
    struct changes changes;
    struct fail fail = {""};
    struct sentosa_changes *public = &holder->public;
    public->first = column_text(c);
    public->title = column_text(c);
    public->published = column_text(c);
    const char *before = column_text(c), *after = column_text(c);
    if (c->failed || !before || !after ||
        changes_find(before, after, &holder->arena, &changes, &fail))
        return store_no_memory(error);
    struct sentosa_change *items = arena_take(&holder->arena, changes.list.count,
                                              sizeof *items);
    if (!items)
        return store_no_memory(error);
    for (uint32_t i = 0; i < changes.list.count; i++) {
        const struct change *change = &changes.list.items[i];
        items[i] = (struct sentosa_change){change->before, change->after,
                                           change->numbers};
    }
    public->changes = items;
    public->count = changes.list.count;
    return SENTOSA_OK;
}

enum sentosa_outcome sentosa_store_changes(struct sentosa_store *store,
                                           const char *digest,
                                           struct sentosa_changes **out,
                                           struct sentosa_error *error)
{
    *out = NULL;
    struct row row = row_for(store, STATEMENT_VERSIONS);
    row_text(&row, digest);
    int rc = row_step(&row);
    enum sentosa_outcome outcome = rc == SQLITE_ROW    ? SENTOSA_OK
                                   : rc == SQLITE_DONE ? SENTOSA_END
                                                       : store_fail(store, rc, error);
    struct holder *holder = outcome ? NULL : calloc(1, sizeof *holder);
    if (!outcome && !holder)
        outcome = store_no_memory(error);
    if (holder) {
        arena_init(&holder->arena, 0);
        struct columns c = {.statement = row.statement, .arena = &holder->arena};
        outcome = compare(holder, &c, error);
    }
    if (row.statement)
        sqlite3_reset(row.statement);
    if (outcome && holder)
        sentosa_changes_free(&holder->public);
    else if (holder)
        *out = &holder->public;
    return outcome;
}

void sentosa_changes_free(struct sentosa_changes *changes)
{
    struct holder *holder = (struct holder *)changes;
    if (!holder)
        return;
    arena_free(&holder->arena);
    free(holder);
}
