/* versions.c: what a kept report says that the version before it did not. */
#include "store/store.h"

#include "base/buffer.h"
#include "base/json.h"
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
    public->older.digest = column_text(c);
    public->older.title = column_text(c);
    public->older.published = column_text(c);
    public->newer.digest = column_text(c);
    public->newer.title = column_text(c);
    public->newer.published = column_text(c);
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
        public->added += !change->before;
        public->cut += !change->after;
    }
    public->changed = changes.list.count - public->added - public->cut;
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
    struct row row = row_for(store, STATEMENT_CHANGES);
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

enum sentosa_outcome sentosa_store_versions(struct sentosa_store *store,
                                            bool (*take)(void *context,
                                                         const char *digest),
                                            void *context, struct sentosa_error *error)
{
    struct row row = row_for(store, STATEMENT_VERSIONS);
    int rc = row_step(&row);
    for (; rc == SQLITE_ROW; rc = row_step(&row))
        if (!take(context, (const char *)sqlite3_column_text(row.statement, 0)))
            break;
    if (row.statement)
        sqlite3_reset(row.statement);
    return rc == SQLITE_ROW || rc == SQLITE_DONE ? SENTOSA_OK
                                                 : store_fail(store, rc, error);
}

void sentosa_changes_free(struct sentosa_changes *changes)
{
    struct holder *holder = (struct holder *)changes;
    if (!holder)
        return;
    arena_free(&holder->arena);
    free(holder);
}

static void add_version(struct json *json, const char *key,
                        const struct sentosa_version *version)
{
    json_key(json, key);
    json_object_start(json);
    json_key_text(json, "digest", version->digest);
    json_key_text(json, "title", version->title);
    json_key_text(json, "published", version->published);
    json_object_end(json);
}

char *sentosa_changes_json(const struct sentosa_changes *changes)
{
    struct buffer out = {0};
    struct json json;
    json_start(&json, &out);
    json_object_start(&json);
    add_version(&json, "report", &changes->newer);
    add_version(&json, "version_of", &changes->older);
    json_key(&json, "changes");
    json_array_start(&json);
    for (size_t i = 0; i < changes->count; i++) {
        json_object_start(&json);
        json_key_text(&json, "before", changes->changes[i].before);
        json_key_text(&json, "after", changes->changes[i].after);
        json_key_text(&json, "numbers", changes->changes[i].numbers);
        json_object_end(&json);
    }
    json_array_end(&json);
    json_object_end(&json);
    buffer_add(&out, "", 0);
    if (out.failed)
        buffer_free(&out);
    return out.bytes;
}
