/* query.c: from a query to SQL, and the items it finds one by one. Whatever the user
 * gives is bound as a parameter (?1 ... ?9); only constant pieces are put together. */
#include "store/store.h"

#include "base/buffer.h"

#include <stdlib.h>
#include <string.h>

struct sentosa_cursor {
    struct sentosa_store *store;
    sqlite3_stmt *statement;
    struct arena arena; /* of the item */
    struct sentosa_item item;
};

/* What differs between the kinds of items. `x` is the row asked for, `r` its report. */
struct kind {
    unsigned bit;
    const char *table, *link,
        *side; /* party.<link> = x.number; side of the leading party */
    const char *first, *last, *type, *modes, *status;
};

static const struct kind kinds[] = {
    {SENTOSA_EVENTS, "event", "event", "actor",
     "coalesce(x.start, x.\"end\", (SELECT s.start FROM story AS s WHERE s.number = "
     "x.story))",
     "coalesce(x.\"end\", x.start, (SELECT s.\"end\" FROM story AS s WHERE s.number = "
     "x.story))",
     "x.type", "x.modes", "x.status"},
    {SENTOSA_POSITIONS, "position", "position", "holder", "coalesce(x.start, x.\"end\")",
     "coalesce(x.\"end\", x.start)", "x.stance", "''", "x.status"},
    {SENTOSA_RELATIONS, "relation", "relation", "party", "coalesce(x.start, x.\"end\")",
     /* A tie that began and has no end yet lasts. */
     "coalesce(x.\"end\", iif(x.start IS NULL, NULL, '9999-12-31'))", "x.kind", "''",
     "NULL"},
};

/* The actors and codes that a party's words may mean: an id; a name, or words of a
 * person's name; words that reports used for it; a code. A state stands for all that
 * carry its code. */
static void add_wanted(struct buffer *sql, char letter, int parameter)
{
    buffer_print(sql,
                 "%c_actor (number) AS MATERIALIZED ("
                 "SELECT number FROM actor WHERE id = ?%d OR same(name, ?%d)"
                 " OR (id LIKE 'person/%%' AND within(name, ?%d))"
                 " UNION SELECT actor FROM party WHERE actor IS NOT NULL"
                 " AND same(words_text, ?%d)), ",
                 letter, parameter, parameter, parameter, parameter);
    buffer_print(sql,
                 "%c_code (code) AS MATERIALIZED (SELECT upper(?%d)"
                 " UNION SELECT code FROM actor WHERE number IN %c_actor"
                 " AND id LIKE 'state/%%' AND code IS NOT NULL)",
                 letter, parameter, letter);
}

static void add_parties(struct buffer *sql, const struct kind *kind,
                        const struct sentosa_query *query)
{
    if (query->actor && query->other)
        buffer_print(sql,
                     " AND EXISTS (SELECT 1 FROM party AS p JOIN party AS q"
                     " ON q.%s = p.%s AND q.number <> p.number WHERE p.%s = x.number"
                     " AND (p.actor IN a_actor OR p.code IN a_code)"
                     " AND (q.actor IN b_actor OR q.code IN b_code))",
                     kind->link, kind->link, kind->link);
    else if (query->actor)
        buffer_print(sql,
                     " AND EXISTS (SELECT 1 FROM party AS p WHERE p.%s = x.number"
                     " AND (p.actor IN a_actor OR p.code IN a_code))",
                     kind->link);
}

static void add_event_filters(struct buffer *sql, const struct sentosa_query *query)
{
    if (query->min_confidence > 0)
        buffer_text(sql, " AND x.confidence >= ?7");
    if (query->id)
        buffer_text(sql, " AND x.id >= ?9 AND x.id < ?9 || '~'");
    if (query->no_history)
        buffer_text(sql, " AND NOT x.historical");
    if (!query->is_told_apart && !query->id)
        buffer_text(sql,
                    " AND (x.story IS NULL OR x.number = (SELECT e.number FROM event AS e"
                    " JOIN report AS q ON q.number = e.report WHERE e.story = x.story"
                    " AND (?8 IS NULL OR q.day IS NULL OR q.day <= ?8)"
                    " ORDER BY q.day DESC, e.number DESC LIMIT 1))");
}

static void add_kind(struct buffer *sql, const struct kind *kind,
                     const struct sentosa_query *query)
{
    buffer_print(sql,
                 "SELECT %u AS kind, x.number AS number, %s AS first, %s AS last,"
                 " x.report AS report, r.day AS told, (SELECT coalesce(p.code, p.name)"
                 " FROM party AS p WHERE p.%s = x.number AND p.side = '%s'"
                 " ORDER BY p.number LIMIT 1) AS lead, %s AS type"
                 " FROM %s AS x JOIN report AS r ON r.number = x.report WHERE 1",
                 kind->bit, kind->first, kind->last, kind->link, kind->side, kind->type,
                 kind->table);
    if (query->from)
        buffer_print(sql, " AND %s >= ?1", kind->last);
    if (query->to)
        buffer_print(sql, " AND %s <= ?2", kind->first);
    if (query->is_dated)
        buffer_print(sql, " AND %s IS NOT NULL", kind->first);
    if (query->types)
        buffer_print(sql, " AND listed(?5, %s, %s)", kind->type, kind->modes);
    if (query->statuses)
        buffer_print(sql, " AND listed(?6, %s, '')", kind->status);
    if (query->as_of)
        buffer_text(sql, " AND (r.day IS NULL OR r.day <= ?8)");
    if (kind->bit == SENTOSA_EVENTS)
        add_event_filters(sql, query);
    add_parties(sql, kind, query);
}

static void build_sql(struct buffer *sql, const struct sentosa_query *query)
{
    static const char *const orders[] = {
        [SENTOSA_BY_DATE] = "first IS NULL, first, last, kind, told, number",
        [SENTOSA_BY_PARTY] =
            "lead IS NULL, lead, kind, type, first IS NULL, first, number",
        [SENTOSA_BY_REPORT] = "report, kind, number"};
    if (query->actor) {
        buffer_text(sql, "WITH ");
        add_wanted(sql, 'a', 3);
        if (query->other) {
            buffer_text(sql, ", ");
            add_wanted(sql, 'b', 4);
        }
    }
    buffer_text(sql, " SELECT kind, number, first, last FROM (");
    bool is_first = true;
    for (size_t i = 0; i < sizeof kinds / sizeof *kinds; i++) {
        if (!(query->kinds & kinds[i].bit))
            continue;
        buffer_text(sql, is_first ? "" : " UNION ALL ");
        add_kind(sql, &kinds[i], query);
        is_first = false;
    }
    buffer_print(sql, ") ORDER BY %s", orders[query->order]);
}

/* Parameters that the statement does not name are not bound. */
static int bind_text(sqlite3_stmt *statement, int at, const char *text)
{
    if (!text || at > sqlite3_bind_parameter_count(statement))
        return SQLITE_OK;
    return sqlite3_bind_text(statement, at, text, -1, SQLITE_TRANSIENT);
}

static int bind_query(sqlite3_stmt *statement, const struct sentosa_query *query)
{
    const char *const texts[] = {query->from,  query->to,    query->actor,
                                 query->other, query->types, query->statuses,
                                 NULL,         query->as_of, query->id};
    int rc = SQLITE_OK;
    for (int i = 0; i < (int)(sizeof texts / sizeof *texts) && rc == SQLITE_OK; i++)
        rc = bind_text(statement, i + 1, texts[i]);
    if (rc == SQLITE_OK && query->min_confidence > 0 &&
        sqlite3_bind_parameter_count(statement) >= 7)
        rc = sqlite3_bind_double(statement, 7, query->min_confidence);
    return rc;
}

static enum sentosa_outcome prepare(struct sentosa_store *store,
                                    const struct sentosa_query *query,
                                    sqlite3_stmt **statement, struct sentosa_error *error)
{
    struct buffer sql = {0};
    build_sql(&sql, query);
    if (sql.failed) {
        buffer_free(&sql);
        return store_no_memory(error);
    }
    int rc = sqlite3_prepare_v2(store->db, sql.bytes, -1, statement, NULL);
    buffer_free(&sql);
    if (rc == SQLITE_OK)
        rc = bind_query(*statement, query);
    return rc == SQLITE_OK ? SENTOSA_OK : store_fail(store, rc, error);
}

enum sentosa_outcome sentosa_store_ask(struct sentosa_store *store,
                                       const struct sentosa_query *query,
                                       struct sentosa_cursor **out,
                                       struct sentosa_error *error)
{
    *out = NULL;
    struct sentosa_query asked = *query;
    if (!(asked.kinds & (SENTOSA_EVENTS | SENTOSA_POSITIONS | SENTOSA_RELATIONS)))
        asked.kinds = SENTOSA_EVENTS;
    if (asked.other && !asked.actor) {
        asked.actor = asked.other;
        asked.other = NULL;
    }
    struct sentosa_cursor *cursor = calloc(1, sizeof *cursor);
    if (!cursor)
        return store_no_memory(error);
    cursor->store = store;
    arena_init(&cursor->arena, 0);
    enum sentosa_outcome outcome = prepare(store, &asked, &cursor->statement, error);
    if (outcome)
        sentosa_cursor_free(cursor);
    else
        *out = cursor;
    return outcome;
}

static enum sentosa_outcome fetch(struct sentosa_cursor *cursor,
                                  struct sentosa_error *error)
{
    struct columns c = {.statement = cursor->statement, .arena = &cursor->arena};
    struct sentosa_item *item = &cursor->item;
    *item = (struct sentosa_item){0};
    unsigned kind = (unsigned)column_integer(&c);
    int64_t number = column_integer(&c);
    item->first = column_text(&c);
    item->last = column_text(&c);
    if (c.failed)
        return store_no_memory(error);
    switch (kind) {
    case SENTOSA_EVENTS:
        return fetch_event(cursor->store, &cursor->arena, number, item, error);
    case SENTOSA_POSITIONS:
        return fetch_position(cursor->store, &cursor->arena, number, item, error);
    default: return fetch_relation(cursor->store, &cursor->arena, number, item, error);
    }
}

enum sentosa_outcome sentosa_cursor_next(struct sentosa_cursor *cursor,
                                         const struct sentosa_item **item,
                                         struct sentosa_error *error)
{
    *item = NULL;
    arena_free(&cursor->arena);
    arena_init(&cursor->arena, 0);
    int rc = sqlite3_step(cursor->statement);
    if (rc == SQLITE_DONE)
        return SENTOSA_END;
    if (rc != SQLITE_ROW)
        return store_fail(cursor->store, rc, error);
    enum sentosa_outcome outcome = fetch(cursor, error);
    if (!outcome)
        *item = &cursor->item;
    return outcome;
}

void sentosa_cursor_free(struct sentosa_cursor *cursor)
{
    if (!cursor)
        return;
    sqlite3_finalize(cursor->statement);
    arena_free(&cursor->arena);
    free(cursor);
}

/* ---- figures about the whole ---- */

enum sentosa_outcome sentosa_store_latest(struct sentosa_store *store, char day[16],
                                          struct sentosa_error *error)
{
    day[0] = '\0';
    struct row row = row_for(store, STATEMENT_LATEST);
    int rc = row_step(&row);
    if (rc != SQLITE_ROW)
        return store_fail(store, rc, error);
    const char *text = (const char *)sqlite3_column_text(row.statement, 0);
    if (text && strlen(text) < 16)
        memcpy(day, text, strlen(text) + 1);
    sqlite3_reset(row.statement);
    return SENTOSA_OK;
}

enum sentosa_outcome sentosa_store_reports(struct sentosa_store *store, const char *as_of,
                                           size_t *count, size_t *later,
                                           struct sentosa_error *error)
{
    struct row row = row_for(store, STATEMENT_COUNT_REPORTS);
    row_text(&row, as_of);
    int rc = row_step(&row);
    if (rc != SQLITE_ROW)
        return store_fail(store, rc, error);
    *count = (size_t)sqlite3_column_int64(row.statement, 0);
    *later = (size_t)sqlite3_column_int64(row.statement, 1);
    sqlite3_reset(row.statement);
    return SENTOSA_OK;
}
