/* sql.c: SQLite's statements, rows and errors as the store uses them. */
#include "store/store.h"

#include "base/utf8.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define VALUES_MAX 4096

/* ---- errors ---- */

enum sentosa_outcome store_no_memory(struct sentosa_error *error)
{
    if (error)
        snprintf(error->message, sizeof error->message, "no memory left");
    return SENTOSA_NO_MEMORY;
}

static enum sentosa_outcome say(struct sentosa_store *store, enum sentosa_outcome outcome,
                                const char *cause, struct sentosa_error *error)
{
    if (error)
        snprintf(error->message, sizeof error->message, "%s: %s", store->path, cause);
    return outcome;
}

enum sentosa_outcome store_fail(struct sentosa_store *store, int rc,
                                struct sentosa_error *error)
{
    char cause[400];
    const char *detail = store->db ? sqlite3_errmsg(store->db) : sqlite3_errstr(rc);
    switch (rc & 0xFF) {
    case SQLITE_NOMEM: return store_no_memory(error);
    case SQLITE_NOTADB:
        return say(store, SENTOSA_DATA, "not a situation: this is no SQLite database",
                   error);
    case SQLITE_CORRUPT:
    case SQLITE_FORMAT:
    case SQLITE_ERROR:
    case SQLITE_CONSTRAINT:
    case SQLITE_MISMATCH:
        snprintf(cause, sizeof cause,
                 "the situation is damaged (%s); read its reports anew", detail);
        return say(store, SENTOSA_DATA, cause, error);
    case SQLITE_BUSY:
    case SQLITE_LOCKED:
        return say(store, SENTOSA_IO, "another program is writing to it", error);
    case SQLITE_READONLY:
    case SQLITE_PERM: return say(store, SENTOSA_IO, "cannot be written", error);
    case SQLITE_CANTOPEN: return say(store, SENTOSA_IO, "cannot be opened", error);
    case SQLITE_FULL:
        return say(store, SENTOSA_IO, "no space is left on the disk", error);
    case SQLITE_TOOBIG: return say(store, SENTOSA_LIMIT, "a value is too large", error);
    default:
        snprintf(cause, sizeof cause, "%s", detail);
        return say(store, SENTOSA_IO, cause, error);
    }
}

enum sentosa_outcome store_run(struct sentosa_store *store, const char *sql,
                               struct sentosa_error *error)
{
    int rc = sqlite3_exec(store->db, sql, NULL, NULL, NULL);
    return rc == SQLITE_OK ? SENTOSA_OK : store_fail(store, rc, error);
}

/* ---- statements ---- */

static const char *const table_names[TABLE_COUNT] = {
    "report", "event", "position", "relation", "party", "telling", "voice"};

static const char *const statement_texts[STATEMENT_COUNT] = {
    [STATEMENT_FIND_REPORT] = "SELECT number, coder IS ?2 AND pack IS ?3 FROM report"
                              " WHERE digest = ?1",
    [STATEMENT_KEEP_SKETCH] = "INSERT OR REPLACE INTO sketch"
                              " SELECT number, ?2, ?3 FROM report WHERE digest = ?1",
    [STATEMENT_SKETCHES] =
        "SELECT digest, first, day, bytes FROM"
        " (SELECT * FROM sketch ORDER BY report DESC LIMIT ?1) AS newest"
        " JOIN report ON report.number = newest.report ORDER BY newest.report",
    [STATEMENT_KEEP_MARK] =
        "INSERT OR REPLACE INTO meta VALUES ('reached ' || ?1 || ' ' || ?2, ?3)",
    [STATEMENT_MARKS] = "SELECT substr(key, length(?1) + 10), value FROM meta"
                        " WHERE substr(key, 1, length(?1) + 9) = 'reached ' || ?1 || ' '",
    [STATEMENT_CHANGES] =
        "SELECT old.digest, old.title, old.published,"
        " new.digest, new.title, new.published, old.body, new.body"
        " FROM report AS new JOIN sketch AS own ON own.report = new.number"
        " JOIN sketch AS kin ON kin.first = own.first AND kin.report < own.report"
        " JOIN report AS old ON old.number = kin.report"
        " WHERE new.digest = ?1 ORDER BY kin.report DESC LIMIT 1",
    [STATEMENT_VERSIONS] =
        "SELECT report.digest FROM sketch AS own"
        " JOIN report ON report.number = own.report WHERE EXISTS (SELECT 1"
        " FROM sketch AS kin WHERE kin.first = own.first AND kin.report < own.report)"
        " ORDER BY own.report",
    [STATEMENT_KEEP_ACTOR] =
        "INSERT INTO actor VALUES (NULL, ?1, ?2, ?3, ?4)"
        " ON CONFLICT (id) DO UPDATE SET name = excluded.name,"
        " code = coalesce(excluded.code, code),"
        " wikidata = coalesce(excluded.wikidata, wikidata)"
        " WHERE name IS NOT excluded.name OR code IS NOT excluded.code"
        " OR wikidata IS NOT excluded.wikidata",
    [STATEMENT_FIND_ACTOR] = "SELECT number FROM actor WHERE id = ?1",
    [STATEMENT_DELETE_REPORT] = "DELETE FROM report WHERE number = ?1",
    [STATEMENT_NEW_STORY] =
        "INSERT INTO story VALUES (NULL, ?1, ?2, ?3, substr(?4, 1, 10), ?5)",
    [STATEMENT_NARROW_STORY] =
        "UPDATE story SET start = coalesce(max(start, ?2), start, ?2),"
        " \"end\" = coalesce(min(\"end\", ?3), \"end\", ?3),"
        " told = coalesce(max(told, substr(?4, 1, 10)), told,"
        " substr(?4, 1, 10)) WHERE number = ?1",
    [STATEMENT_JOIN_STORY] = "UPDATE event SET story = ?2 WHERE number = ?1",
    [STATEMENT_CLOSE_STORY] = "DELETE FROM story WHERE number NOT IN"
                              " (SELECT story FROM event WHERE story IS NOT NULL)",
    /* Stories whose days may touch; where a side has none, those told in the same
     * week. */
    [STATEMENT_STORIES] =
        "SELECT number FROM story WHERE type = ?1"
        " AND start BETWEEN date(?2, '-31 days') AND ?3 AND \"end\" >= ?2"
        " AND fits(parties, ?4)"
        " UNION SELECT number FROM story WHERE type = ?1"
        " AND told BETWEEN date(substr(?5, 1, 10), '-7 days')"
        " AND date(substr(?5, 1, 10), '+7 days')"
        " AND (?2 IS NULL OR start IS NULL) AND fits(parties, ?4)"
        " ORDER BY number DESC LIMIT 16",
    [STATEMENT_MEMBERS] =
        "SELECT number FROM event WHERE story = ?1 ORDER BY number DESC LIMIT 4",
    [STATEMENT_GET_REPORT] = "SELECT * FROM report WHERE number = ?1",
    [STATEMENT_GET_OUTLINE] = "SELECT digest, published FROM report WHERE number = ?1",
    [STATEMENT_GET_EVENT] = "SELECT * FROM event WHERE number = ?1",
    [STATEMENT_GET_POSITION] = "SELECT * FROM position WHERE number = ?1",
    [STATEMENT_GET_RELATION] = "SELECT * FROM relation WHERE number = ?1",
    [STATEMENT_GET_PARTIES] =
        "SELECT party.side, actor.id, actor.wikidata, party.name,"
        " party.code, sectors, role, code_from, words_part, words_from,"
        " words_to, words_text FROM party"
        " LEFT JOIN actor ON actor.number = party.actor"
        " WHERE event = ?1 OR position = ?2 OR relation = ?3"
        " ORDER BY party.number",
    [STATEMENT_GET_TELLINGS] =
        "SELECT number, status, span_part, span_from, span_to, span_text,"
        " anchor_from, anchor_to FROM telling WHERE event = ?1"
        " ORDER BY number",
    [STATEMENT_GET_VOICES] =
        "SELECT actor.id, voice.name, voice.code, verb, quoted, words_part,"
        " words_from, words_to, words_text FROM voice"
        " LEFT JOIN actor ON actor.number = voice.actor"
        " WHERE event = ?1 OR telling = ?2 OR position = ?3"
        " OR relation = ?4 ORDER BY voice.number",
    [STATEMENT_GET_STORY] = "SELECT count(DISTINCT report) FROM event WHERE story = ?1",
    [STATEMENT_GET_NAMES] = "SELECT words_text, count(*) FROM party WHERE actor = ?1"
                            " AND words_text IS NOT NULL GROUP BY words_text"
                            " ORDER BY count(*) DESC, words_text LIMIT 8",
    [STATEMENT_LATEST] = "SELECT max(day) FROM report",
    [STATEMENT_COUNT_REPORTS] = "SELECT count(*), coalesce(sum(day > ?1), 0) FROM report",
};

/* "INSERT INTO event VALUES (NULL, ?, ?, ...)": as many as the table has columns. */
static int prepare_insert(struct sentosa_store *store, enum store_table table,
                          sqlite3_stmt **statement)
{
    char sql[512];
    snprintf(sql, sizeof sql, "SELECT * FROM %s", table_names[table]);
    int rc = sqlite3_prepare_v2(store->db, sql, -1, statement, NULL);
    if (rc != SQLITE_OK)
        return rc;
    int count = sqlite3_column_count(*statement);
    sqlite3_finalize(*statement);
    int len = snprintf(sql, sizeof sql, "INSERT INTO %s VALUES (NULL",
                       table_names[table]);
    for (int i = 1; i < count && len + 3 < (int)sizeof sql; i++)
        len += snprintf(sql + len, sizeof sql - (size_t)len, ",?");
    snprintf(sql + len, sizeof sql - (size_t)len, ")");
    return sqlite3_prepare_v3(store->db, sql, -1, SQLITE_PREPARE_PERSISTENT, statement,
                              NULL);
}

sqlite3_stmt *store_statement(struct sentosa_store *store, enum store_statement which,
                              int *rc)
{
    sqlite3_stmt **kept = &store->statements[which];
    *rc = SQLITE_OK;
    if (*kept) {
        sqlite3_reset(*kept);
        sqlite3_clear_bindings(*kept);
        return *kept;
    }
    *rc = statement_texts[which]
              ? sqlite3_prepare_v3(store->db, statement_texts[which], -1,
                                   SQLITE_PREPARE_PERSISTENT, kept, NULL)
              : prepare_insert(store, (enum store_table)(which - STATEMENT_INSERT), kept);
    return *kept;
}

/* ---- functions in SQL ---- */

static void fold_argument(sqlite3_value *value, char out[1024])
{
    const char *text = (const char *)sqlite3_value_text(value);
    utf8_fold(text ? text : "", (size_t)sqlite3_value_bytes(value), out, 1024);
}

static void same_text(sqlite3_context *context, int count, sqlite3_value **values)
{
    char a[1024], b[1024];
    (void)count;
    if (sqlite3_value_type(values[0]) == SQLITE_NULL ||
        sqlite3_value_type(values[1]) == SQLITE_NULL) {
        sqlite3_result_int(context, 0);
        return;
    }
    fold_argument(values[0], a);
    fold_argument(values[1], b);
    sqlite3_result_int(context, strcmp(a, b) == 0);
}

static void within_name(sqlite3_context *context, int count, sqlite3_value **values)
{
    char name[1024], words[1024];
    (void)count;
    fold_argument(values[0], name);
    fold_argument(values[1], words);
    size_t len = strlen(words);
    bool is_within = false;
    for (const char *at = name; len && !is_within && (at = strstr(at, words)); at++)
        is_within = (at == name || at[-1] == ' ') && (at[len] == ' ' || at[len] == '\0');
    sqlite3_result_int(context, is_within);
}

/* Is `value` of `len` bytes among the "|"-separated values of the list, in any case of
 * letters? */
static bool list_holds(const char *list, const char *value, size_t len)
{
    while (*list) {
        size_t here = strcspn(list, "|");
        if (here == len && sqlite3_strnicmp(list, value, (int)len) == 0)
            return true;
        list += here;
        list += *list == '|';
    }
    return false;
}

/* Number of values in a "|"-separated list. */
static size_t list_len(const char *list)
{
    size_t count = *list != '\0';
    for (; *list; list++)
        count += *list == '|';
    return count;
}

static void fits(sqlite3_context *context, int count, sqlite3_value **values)
{
    const char *few = (const char *)sqlite3_value_text(values[0]);
    const char *many = (const char *)sqlite3_value_text(values[1]);
    (void)count;
    bool all_there = few && many && *few && *many;
    if (all_there && list_len(few) > list_len(many)) {
        const char *other = few;
        few = many;
        many = other;
    }
    while (all_there && *few) {
        size_t len = strcspn(few, "|");
        all_there = list_holds(many, few, len);
        few += len;
        few += *few == '|';
    }
    sqlite3_result_int(context, all_there);
}

static void listed(sqlite3_context *context, int count, sqlite3_value **values)
{
    const char *list = (const char *)sqlite3_value_text(values[0]);
    const char *type = (const char *)sqlite3_value_text(values[1]);
    const char *mode = (const char *)sqlite3_value_text(values[2]);
    (void)count;
    bool is_listed = list && type && list_holds(list, type, strlen(type));
    while (list && type && mode && *mode && !is_listed) {
        size_t len = strcspn(mode, "|");
        char both[256];
        int made = snprintf(both, sizeof both, "%s/%.*s", type, (int)len, mode);
        is_listed = made > 0 && (size_t)made < sizeof both &&
                    list_holds(list, both, (size_t)made);
        mode += len;
        mode += *mode == '|';
    }
    sqlite3_result_int(context, is_listed);
}

int store_define_functions(sqlite3 *db)
{
    static const struct {
        const char *name;
        int arguments;
        void (*run)(sqlite3_context *, int, sqlite3_value **);
    } functions[] = {{"same", 2, same_text},
                     {"within", 2, within_name},
                     {"fits", 2, fits},
                     {"listed", 3, listed}};
    int flags = SQLITE_UTF8 | SQLITE_DETERMINISTIC | SQLITE_INNOCUOUS, rc = SQLITE_OK;
    for (size_t i = 0; i < sizeof functions / sizeof *functions && rc == SQLITE_OK; i++)
        rc = sqlite3_create_function(db, functions[i].name, functions[i].arguments, flags,
                                     NULL, functions[i].run, NULL, NULL);
    return rc;
}

/* ---- writing rows ---- */

struct row row_into(struct sentosa_store *store, enum store_table table)
{
    return row_for(store, (enum store_statement)(STATEMENT_INSERT + (int)table));
}

struct row row_for(struct sentosa_store *store, enum store_statement which)
{
    struct row row = {.store = store};
    row.statement = store_statement(store, which, &row.rc);
    return row;
}

void row_text(struct row *row, const char *text)
{
    if (row->rc == SQLITE_OK)
        row->rc = sqlite3_bind_text(row->statement, ++row->at, text, -1, SQLITE_STATIC);
}

void row_bytes(struct row *row, const void *bytes, size_t len)
{
    if (row->rc == SQLITE_OK)
        row->rc = sqlite3_bind_blob64(row->statement, ++row->at, bytes, len,
                                      SQLITE_STATIC);
}

void row_integer(struct row *row, int64_t number)
{
    if (row->rc == SQLITE_OK)
        row->rc = sqlite3_bind_int64(row->statement, ++row->at, number);
}

void row_known(struct row *row, int64_t number)
{
    if (number > 0)
        row_integer(row, number);
    else
        row_text(row, NULL);
}

void row_real(struct row *row, double number)
{
    if (row->rc == SQLITE_OK)
        row->rc = sqlite3_bind_double(row->statement, ++row->at, number);
}

void row_list(struct row *row, const char *const *values, size_t count)
{
    char joined[VALUES_MAX];
    size_t len = 0;
    for (size_t i = 0; i < count; i++) {
        size_t value_len = strlen(values[i]);
        if (len + value_len + 2 > sizeof joined)
            break;
        if (len)
            joined[len++] = '|';
        memcpy(joined + len, values[i], value_len);
        len += value_len;
    }
    if (row->rc == SQLITE_OK)
        row->rc = sqlite3_bind_text(row->statement, ++row->at, joined, (int)len,
                                    SQLITE_TRANSIENT);
}

void row_evidence(struct row *row, const struct sentosa_evidence *words)
{
    row_text(row, words->part);
    if (words->part && words->text) {
        row_integer(row, words->span.start);
        row_integer(row, words->span.end);
    } else {
        row_text(row, NULL);
        row_text(row, NULL);
    }
    row_text(row, words->text);
}

int row_step(struct row *row)
{
    if (row->rc == SQLITE_OK)
        row->rc = sqlite3_step(row->statement);
    else
        return row->rc;
    int rc = row->rc;
    if (rc == SQLITE_ROW || rc == SQLITE_DONE)
        row->rc = SQLITE_OK;
    return rc;
}

enum sentosa_outcome row_keep(struct row *row, int64_t *number,
                              struct sentosa_error *error)
{
    int rc = row_step(row);
    enum sentosa_outcome outcome = rc == SQLITE_DONE || rc == SQLITE_ROW
                                       ? SENTOSA_OK
                                       : store_fail(row->store, rc, error);
    if (!outcome && number)
        *number = sqlite3_last_insert_rowid(row->store->db);
    if (row->statement) {
        sqlite3_reset(row->statement);
        sqlite3_clear_bindings(row->statement);
    }
    return outcome;
}

/* ---- reading rows ---- */

static const char *copied(struct columns *c, const char *text, size_t len)
{
    const char *copy = arena_copy(c->arena, text, len);
    c->failed = c->failed || !copy;
    return copy;
}

const char *column_text(struct columns *c)
{
    int at = c->at++;
    const char *text = (const char *)sqlite3_column_text(c->statement, at);
    return text ? copied(c, text, strlen(text)) : NULL;
}

int64_t column_integer(struct columns *c)
{
    return sqlite3_column_int64(c->statement, c->at++);
}

int64_t column_known(struct columns *c, int64_t unknown)
{
    int at = c->at++;
    return sqlite3_column_type(c->statement, at) == SQLITE_NULL
               ? unknown
               : sqlite3_column_int64(c->statement, at);
}

double column_real(struct columns *c)
{
    return sqlite3_column_double(c->statement, c->at++);
}

const char *const *column_list(struct columns *c, size_t *count)
{
    const char *text = (const char *)sqlite3_column_text(c->statement, c->at++);
    *count = 0;
    if (!text || !*text)
        return NULL;
    size_t room = 1;
    for (const char *at = text; *at; at++)
        room += *at == '|';
    const char **values = arena_take(c->arena, room, sizeof *values);
    c->failed = c->failed || !values;
    while (values && *count < room) {
        size_t len = strcspn(text, "|");
        values[(*count)++] = copied(c, text, len);
        text += len;
        text += *text == '|';
    }
    return values;
}

struct sentosa_evidence column_evidence(struct columns *c)
{
    struct sentosa_evidence words = {0};
    words.part = column_text(c);
    words.span.start = (uint32_t)column_integer(c);
    words.span.end = (uint32_t)column_integer(c);
    words.text = column_text(c);
    return words;
}
