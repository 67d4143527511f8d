/* actors.c: who a situation knows, what they were called and how often. */
#include "store/store.h"

#include "base/buffer.h"

#include <stdlib.h>

struct sentosa_actors {
    struct sentosa_store *store;
    sqlite3_stmt *statement;
    struct arena arena;
    struct sentosa_actor actor;
};

/* ?1 from, ?2 to, ?3 actor, ?4 as of. */
static const char sql[] =
    "WITH seen AS (SELECT actor, report, event, position, relation, NULL AS voice FROM "
    "party"
    " UNION ALL SELECT actor, report, NULL, NULL, NULL, number FROM voice WHERE telling "
    "IS NULL)"
    " SELECT a.number, a.id, a.name, a.code, a.wikidata, count(DISTINCT s.event) AS "
    "events,"
    " count(DISTINCT s.position) AS positions, count(DISTINCT s.relation),"
    " count(DISTINCT s.voice) AS voices, min(r.day), max(r.day),"
    " (SELECT p.sectors FROM party AS p WHERE p.actor = a.number ORDER BY p.number DESC "
    "LIMIT 1),"
    " (SELECT p.role FROM party AS p WHERE p.actor = a.number AND p.role IS NOT NULL"
    " ORDER BY p.number DESC LIMIT 1)"
    " FROM actor AS a JOIN seen AS s ON s.actor = a.number"
    " JOIN report AS r ON r.number = s.report"
    " WHERE (?1 IS NULL OR r.day >= ?1) AND (?2 IS NULL OR r.day <= ?2)"
    " AND (?3 IS NULL OR a.id = ?3 OR a.code = upper(?3) OR same(a.name, ?3)"
    " OR within(a.name, ?3) OR EXISTS (SELECT 1 FROM party AS p WHERE p.actor = a.number"
    " AND same(p.words_text, ?3)))"
    " AND (?4 IS NULL OR r.day IS NULL OR r.day <= ?4)"
    " GROUP BY a.number ORDER BY events + positions DESC, voices DESC, a.name, a.id";

enum sentosa_outcome sentosa_store_actors(struct sentosa_store *store,
                                          const struct sentosa_query *query,
                                          struct sentosa_actors **out,
                                          struct sentosa_error *error)
{
    const char *const texts[] = {query->from, query->to, query->actor, query->as_of};
    *out = NULL;
    struct sentosa_actors *actors = calloc(1, sizeof *actors);
    if (!actors)
        return store_no_memory(error);
    actors->store = store;
    arena_init(&actors->arena, 0);
    int rc = sqlite3_prepare_v2(store->db, sql, -1, &actors->statement, NULL);
    for (int i = 0; i < 4 && rc == SQLITE_OK; i++)
        rc = sqlite3_bind_text(actors->statement, i + 1, texts[i], -1, SQLITE_TRANSIENT);
    if (rc != SQLITE_OK) {
        sentosa_actors_free(actors);
        return store_fail(store, rc, error);
    }
    *out = actors;
    return SENTOSA_OK;
}

static enum sentosa_outcome take_names(struct sentosa_actors *actors, int64_t number,
                                       struct sentosa_error *error)
{
    enum { MOST = 8 };
    struct sentosa_actor *actor = &actors->actor;
    const char **names = arena_take(&actors->arena, MOST, sizeof *names);
    size_t *counts = arena_take(&actors->arena, MOST, sizeof *counts);
    if (!names || !counts)
        return store_no_memory(error);
    struct row row = row_for(actors->store, STATEMENT_GET_NAMES);
    row_integer(&row, number);
    struct columns c = {.statement = row.statement, .arena = &actors->arena};
    int rc;
    while ((rc = row_step(&row)) == SQLITE_ROW && actor->called_count < MOST) {
        c.at = 0;
        names[actor->called_count] = column_text(&c);
        counts[actor->called_count++] = (size_t)column_integer(&c);
    }
    if (rc != SQLITE_DONE && rc != SQLITE_ROW)
        return store_fail(actors->store, rc, error);
    sqlite3_reset(row.statement);
    actor->called = names;
    actor->called_counts = counts;
    return c.failed ? store_no_memory(error) : SENTOSA_OK;
}

enum sentosa_outcome sentosa_actors_next(struct sentosa_actors *actors,
                                         const struct sentosa_actor **out,
                                         struct sentosa_error *error)
{
    *out = NULL;
    arena_free(&actors->arena);
    arena_init(&actors->arena, 0);
    int rc = sqlite3_step(actors->statement);
    if (rc == SQLITE_DONE)
        return SENTOSA_END;
    if (rc != SQLITE_ROW)
        return store_fail(actors->store, rc, error);
    struct columns c = {.statement = actors->statement, .arena = &actors->arena};
    struct sentosa_actor *actor = &actors->actor;
    *actor = (struct sentosa_actor){0};
    int64_t number = column_integer(&c);
    actor->id = column_text(&c);
    actor->name = column_text(&c);
    actor->code = column_text(&c);
    actor->wikidata = column_text(&c);
    actor->events = (size_t)column_integer(&c);
    actor->positions = (size_t)column_integer(&c);
    actor->relations = (size_t)column_integer(&c);
    actor->voices = (size_t)column_integer(&c);
    actor->first = column_text(&c);
    actor->last = column_text(&c);
    actor->sectors = column_list(&c, &actor->sector_count);
    actor->role = column_text(&c);
    if (c.failed)
        return store_no_memory(error);
    enum sentosa_outcome outcome = take_names(actors, number, error);
    if (!outcome)
        *out = actor;
    return outcome;
}

void sentosa_actors_free(struct sentosa_actors *actors)
{
    if (!actors)
        return;
    sqlite3_finalize(actors->statement);
    arena_free(&actors->arena);
    free(actors);
}
