/* sentosa_store.h: keep what reports say in one SQLite file (a situation), and ask it.
 *
 *     struct sentosa_store *store;
 *     if (sentosa_store_open("talks.db", SENTOSA_STORE_WRITE, &store, &error)) ...
 *     sentosa_store_add(store, engine, doc, &stored, &error);
 *     sentosa_store_commit(store, &error);
 *
 *     struct sentosa_query query = {.kinds = SENTOSA_EVENTS, .actor = "KEN"};
 *     struct sentosa_cursor *cursor;
 *     const struct sentosa_item *item;
 *     if (!sentosa_store_ask(store, &query, &cursor, &error))
 *         while (!sentosa_cursor_next(cursor, &item, &error))
 *             puts(item->event->type);
 *     sentosa_cursor_free(cursor);
 *     sentosa_store_close(store);
 *
 * Threads: a store, with its cursors, belongs to one thread at a time. Several
 * programs may read a file while one writes it. Outcomes and messages are those of
 * sentosa.h; a file that is no situation, is damaged or has another version is
 * SENTOSA_DATA. */
#ifndef SENTOSA_STORE_H
#define SENTOSA_STORE_H

#include "sentosa.h"

#ifdef __cplusplus
extern "C" {
#endif

#define SENTOSA_STORE_VERSION 3 /* of the tables */

struct sentosa_store;

enum sentosa_store_mode {
    SENTOSA_STORE_READ, /* the file must be there */
    SENTOSA_STORE_WRITE /* made when it is not there */
};

/* path ":memory:" keeps nothing. On failure *store is NULL. */
SENTOSA_API enum sentosa_outcome sentosa_store_open(const char *path,
                                                    enum sentosa_store_mode mode,
                                                    struct sentosa_store **store,
                                                    struct sentosa_error *error);

/* What was added and not committed is lost. NULL is fine. */
/* "3.40.1": the SQLite that keeps it. */
SENTOSA_API const char *sentosa_store_library(void);
SENTOSA_API void sentosa_store_close(struct sentosa_store *store);

/* ---- adding ---- */

/* What one report says. */
struct sentosa_result {
    const struct sentosa_report *report; /* digest and body must be there */
    const struct sentosa_event *const *events;
    size_t event_count;
    const struct sentosa_position *const *positions;
    size_t position_count;
    const struct sentosa_relation *const *relations;
    size_t relation_count;
    const char *pack; /* hash of the pack that read it; may be NULL */
};

enum sentosa_stored {
    SENTOSA_ADDED,
    SENTOSA_KNOWN,  /* the same report (digest) was there: nothing is added */
    SENTOSA_RECODED /* it was there, read with another pack or version: replaced */
};

/* Adds what a document says, all of it or nothing. Every 50 reports are committed by
 * themselves; sentosa_store_commit keeps the rest. stored may be NULL. */
SENTOSA_API enum sentosa_outcome sentosa_store_add(struct sentosa_store *store,
                                                   const struct sentosa *engine,
                                                   const struct sentosa_doc *doc,
                                                   enum sentosa_stored *stored,
                                                   struct sentosa_error *error);
SENTOSA_API enum sentosa_outcome sentosa_store_add_result(
    struct sentosa_store *store, const struct sentosa_result *result,
    enum sentosa_stored *stored, struct sentosa_error *error);
/* Keeps the sketch of a report that was added; and gives those of the newest reports, at
 * most that many, oldest first. take returns false to stop. */
SENTOSA_API enum sentosa_outcome sentosa_store_keep_sketch(
    struct sentosa_store *store, const struct sentosa_sketch *sketch,
    struct sentosa_error *error);
SENTOSA_API enum sentosa_outcome sentosa_store_sketches(
    struct sentosa_store *store, size_t most,
    bool (*take)(void *context, const struct sentosa_sketch *sketch), void *context,
    struct sentosa_error *error);

/* Where reading stood (sentosa_raw_mark) when what was added last was added: kept and
 * undone with it. Marks of another pack or version are not given. take returns false to
 * stop. */
SENTOSA_API enum sentosa_outcome sentosa_store_keep_mark(struct sentosa_store *store,
                                                         const struct sentosa *engine,
                                                         const char *path,
                                                         const char *mark,
                                                         struct sentosa_error *error);
SENTOSA_API enum sentosa_outcome sentosa_store_marks(
    struct sentosa_store *store, const struct sentosa *engine,
    bool (*take)(void *context, const char *path, const char *mark), void *context,
    struct sentosa_error *error);

/* Whether the report with this digest is there, read with this engine's pack and this
 * version. */
SENTOSA_API enum sentosa_outcome sentosa_store_knows(struct sentosa_store *store,
                                                     const struct sentosa *engine,
                                                     const char *digest, bool *is_known,
                                                     struct sentosa_error *error);
SENTOSA_API enum sentosa_outcome sentosa_store_commit(struct sentosa_store *store,
                                                      struct sentosa_error *error);

/* ---- asking ---- */

/* Kinds of items; they may be or-ed. */
enum { SENTOSA_EVENTS = 1, SENTOSA_POSITIONS = 2, SENTOSA_RELATIONS = 4 };

enum sentosa_order {
    SENTOSA_BY_DATE,  /* when it happens; what has no date comes last */
    SENTOSA_BY_PARTY, /* holder (of a position), first actor, then date */
    SENTOSA_BY_REPORT /* as the reports were added and tell it */
};

/* Zero-initialised it asks for nothing but order; set kinds. NULL and 0 do not filter. */
struct sentosa_query {
    unsigned kinds;
    enum sentosa_order order;
    const char *from,
        *to; /* ISO days: items that touch from..to; what has no date is left out */
    const char *actor; /* code, id, name, or words that reports use for it */
    const char *other; /* a second party; both must take part */
    const char
        *types; /* "CONSULT|AID/military": event types with or without mode, stances,
                              kinds of relations; any letter case */
    const char *statuses;  /* "scheduled|expected" */
    double min_confidence; /* of events */
    const char *as_of;     /* ISO day: reports published later are not known yet */
    const char *id;        /* an event's id, or the start of it */
    bool is_dated;         /* only what has a date */
    bool is_told_apart; /* every report's telling; else one event a story, the newest */
    bool no_history;    /* leave out what reports tell as background */
};

/* One event, position or relation (the others are NULL), as the report told it. first
 * and last are the days it is ordered by, NULL without any. Lives until the cursor
 * moves or is freed. */
struct sentosa_item {
    const struct sentosa_report *report;
    const struct sentosa_event *event;
    const struct sentosa_position *position;
    const struct sentosa_relation *relation;
    const char *first, *last;
    const char *coder,
        *pack;            /* version and pack hash that read the report; may be NULL */
    int64_t story;        /* 0: none */
    size_t story_reports; /* how many reports tell it */
};

struct sentosa_cursor;

/* The query and its strings need not outlive the call. */
SENTOSA_API enum sentosa_outcome sentosa_store_ask(struct sentosa_store *store,
                                                   const struct sentosa_query *query,
                                                   struct sentosa_cursor **cursor,
                                                   struct sentosa_error *error);

/* SENTOSA_OK with the next item, SENTOSA_END after the last. */
SENTOSA_API enum sentosa_outcome sentosa_cursor_next(struct sentosa_cursor *cursor,
                                                     const struct sentosa_item **item,
                                                     struct sentosa_error *error);
SENTOSA_API void sentosa_cursor_free(struct sentosa_cursor *cursor); /* NULL is fine */

/* Someone the situation knows. */
struct sentosa_actor {
    const char *id, *name, *code, *role, *wikidata;
    const char *const *sectors;
    size_t sector_count;
    const char *const
        *called; /* the reports' words for it, the commonest first, at most 8 */
    const size_t *called_counts;
    size_t called_count;
    size_t events, positions, relations, voices; /* how often it takes part or speaks */
    const char *first, *last; /* days of the reports that name it; NULL unknown */
};

struct sentosa_actors;

/* The most frequent first. Of the query, from and to (days of reports), actor, as_of
 * count. */
SENTOSA_API enum sentosa_outcome sentosa_store_actors(struct sentosa_store *store,
                                                      const struct sentosa_query *query,
                                                      struct sentosa_actors **actors,
                                                      struct sentosa_error *error);
/* SENTOSA_OK with the next actor, SENTOSA_END after the last. */
SENTOSA_API enum sentosa_outcome sentosa_actors_next(struct sentosa_actors *actors,
                                                     const struct sentosa_actor **actor,
                                                     struct sentosa_error *error);
SENTOSA_API void sentosa_actors_free(struct sentosa_actors *actors); /* NULL is fine */

/* The latest day on which a report was published; day is "" when none carries a date. */
SENTOSA_API enum sentosa_outcome sentosa_store_latest(struct sentosa_store *store,
                                                      char day[16],
                                                      struct sentosa_error *error);

/* Number of reports, and of those published after as_of (0 for NULL). */
SENTOSA_API enum sentosa_outcome sentosa_store_reports(struct sentosa_store *store,
                                                       const char *as_of, size_t *count,
                                                       size_t *later,
                                                       struct sentosa_error *error);

/* What a version of a report says that the version before it did not: paragraphs changed,
 * added (before is NULL) or cut (after is NULL); of changed ones the numbers, "14 ->
 * 17". */
struct sentosa_change {
    const char *before, *after, *numbers; /* numbers NULL: none changed */
};

struct sentosa_version {
    const char *digest, *title, *published; /* title and day may be NULL */
};

struct sentosa_changes {
    struct sentosa_version older, newer; /* older: the latest that was kept before it */
    const struct sentosa_change *changes; /* in the order of the newer text */
    size_t count;
    size_t changed, added, cut; /* that many of each kind */
};

/* SENTOSA_END for a report that is nobody's version. Free with sentosa_changes_free. */
SENTOSA_API enum sentosa_outcome sentosa_store_changes(struct sentosa_store *store,
                                                       const char *digest,
                                                       struct sentosa_changes **changes,
                                                       struct sentosa_error *error);
/* The digests of all reports that are versions, in the order in which they came; take
 * returns false to stop. */
SENTOSA_API enum sentosa_outcome sentosa_store_versions(
    struct sentosa_store *store, bool (*take)(void *context, const char *digest),
    void *context, struct sentosa_error *error);
/* One line of JSON: report, version_of, changes. NULL without memory; free it with
 * sentosa_free. */
SENTOSA_API char *sentosa_changes_json(const struct sentosa_changes *changes);
SENTOSA_API void sentosa_changes_free(struct sentosa_changes *changes); /* NULL is fine */

/* ---- writing out ---- */

enum sentosa_convention {
    SENTOSA_INTERNAL, /* the type names the act, the status says whether it happened */
    SENTOSA_PLOVER    /* PLOVER's own: acts to come are agreed, conceded, threatened */
};

/* How an event is coded under a convention. */
struct sentosa_coding {
    const char *type; /* NULL: the convention does not code it (negated, possible ...) */
    const char *quad;
    const char *cameo; /* NULL where the convention changed the type */
    const char *mode;  /* "" none; NULL: the event's own modes stand */
    double score;
};
SENTOSA_API struct sentosa_coding sentosa_code(const struct sentosa_event *event,
                                               enum sentosa_convention convention);

enum sentosa_format { SENTOSA_JSONL, SENTOSA_CSV, SENTOSA_TSV };

struct sentosa_export {
    enum sentosa_format format;
    enum sentosa_convention convention;
    bool has_cameo; /* CSV, TSV: columns for CAMEO code and Goldstein value */
};

/* The line that names the columns, NULL for JSON lines or without memory; and one
 * event's line, NULL without memory. No newline. Free them with sentosa_free. Call
 * sentosa_code first: an event that the convention does not code has no line. */
SENTOSA_API char *sentosa_export_header(const struct sentosa_export *how);
SENTOSA_API char *sentosa_export_event(const struct sentosa_export *how,
                                       const struct sentosa_item *item);

/* An item, or an actor, as one line of JSON, as the codebook sets it out. Free it with
 * sentosa_free; NULL without memory. */
SENTOSA_API char *sentosa_item_json(const struct sentosa_item *item);
SENTOSA_API char *sentosa_actor_json(const struct sentosa_actor *actor);

#ifdef __cplusplus
}
#endif

#endif
