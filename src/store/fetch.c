/* fetch.c: from rows back to the public structs. The order of the columns is that of
 * schema.sql. */
#include "store/store.h"

#include <string.h>

struct fetching {
    struct sentosa_store *store;
    struct arena *arena;
    struct sentosa_error *error;
};

/* Which rows of party and voice: one is a row's number, the others are 0. */
struct owner {
    int64_t event, telling, position, relation;
};

static enum sentosa_outcome fail(struct fetching *f, int rc)
{
    return store_fail(f->store, rc, f->error);
}

/* Steps to the one row asked for. */
static enum sentosa_outcome one_row(struct fetching *f, enum store_statement which,
                                    int64_t number, struct columns *c)
{
    struct row row = row_for(f->store, which);
    row_integer(&row, number);
    int rc = row_step(&row);
    *c = (struct columns){.statement = row.statement, .arena = f->arena};
    if (rc == SQLITE_ROW)
        return SENTOSA_OK;
    return fail(f, rc == SQLITE_DONE ? SQLITE_CORRUPT : rc);
}

static enum sentosa_outcome finish(struct fetching *f, struct columns *c)
{
    sqlite3_reset(c->statement);
    return c->failed ? store_no_memory(f->error) : SENTOSA_OK;
}

/* ---- parties, voices ---- */

struct sided_party {
    const char *side;
    struct sentosa_party party;
};

struct sided_parties {
    ARRAY(struct sided_party) all;
};

static void read_party(struct columns *c, struct sided_party *to)
{
    to->side = column_text(c);
    to->party.id = column_text(c);
    to->party.wikidata = column_text(c);
    to->party.name = column_text(c);
    to->party.code = column_text(c);
    to->party.sectors = column_list(c, &to->party.sector_count);
    to->party.role = column_text(c);
    to->party.code_from = column_text(c);
    to->party.words = column_evidence(c);
}

static enum sentosa_outcome get_parties(struct fetching *f, struct owner owner,
                                        struct sided_parties *parties)
{
    struct row row = row_for(f->store, STATEMENT_GET_PARTIES);
    row_known(&row, owner.event);
    row_known(&row, owner.position);
    row_known(&row, owner.relation);
    struct columns c = {.statement = row.statement, .arena = f->arena};
    int rc;
    while ((rc = row_step(&row)) == SQLITE_ROW) {
        struct sided_party *to = array_push(f->arena, &parties->all);
        if (!to)
            return store_no_memory(f->error);
        c.at = 0;
        read_party(&c, to);
    }
    return rc == SQLITE_DONE ? finish(f, &c) : fail(f, rc);
}

/* The parties of one side as an array of their own. */
static struct sentosa_party *of_side(struct fetching *f,
                                     const struct sided_parties *parties,
                                     const char *side, size_t *count)
{
    struct sentosa_party *to = arena_take(f->arena, parties->all.count, sizeof *to);
    *count = 0;
    for (uint32_t i = 0; to && i < parties->all.count; i++)
        if (parties->all.items[i].side && strcmp(parties->all.items[i].side, side) == 0)
            to[(*count)++] = parties->all.items[i].party;
    return to;
}

static enum sentosa_outcome get_voices(struct fetching *f, struct owner owner,
                                       const struct sentosa_voice **voices, size_t *count)
{
    ARRAY(struct sentosa_voice) all = {0};
    struct row row = row_for(f->store, STATEMENT_GET_VOICES);
    row_known(&row, owner.event);
    row_known(&row, owner.telling);
    row_known(&row, owner.position);
    row_known(&row, owner.relation);
    struct columns c = {.statement = row.statement, .arena = f->arena};
    int rc;
    while ((rc = row_step(&row)) == SQLITE_ROW) {
        struct sentosa_voice *to = array_push(f->arena, &all);
        if (!to)
            return store_no_memory(f->error);
        c.at = 0;
        to->id = column_text(&c);
        to->name = column_text(&c);
        to->code = column_text(&c);
        to->verb = column_text(&c);
        to->is_quoted = column_integer(&c);
        to->words = column_evidence(&c);
    }
    *voices = all.items;
    *count = all.count;
    return rc == SQLITE_DONE ? finish(f, &c) : fail(f, rc);
}

/* ---- tellings ---- */

struct numbered_telling {
    int64_t number;
    struct sentosa_telling telling;
};

static enum sentosa_outcome get_tellings(struct fetching *f, int64_t event,
                                         struct sentosa_event *to)
{
    ARRAY(struct numbered_telling) all = {0};
    struct row row = row_for(f->store, STATEMENT_GET_TELLINGS);
    row_integer(&row, event);
    struct columns c = {.statement = row.statement, .arena = f->arena};
    int rc;
    while ((rc = row_step(&row)) == SQLITE_ROW) {
        struct numbered_telling *one = array_push(f->arena, &all);
        if (!one)
            return store_no_memory(f->error);
        c.at = 0;
        one->number = column_integer(&c);
        one->telling.status = column_text(&c);
        one->telling.sentence = column_evidence(&c);
        one->telling.anchor.start = (uint32_t)column_integer(&c);
        one->telling.anchor.end = (uint32_t)column_integer(&c);
    }
    if (rc != SQLITE_DONE)
        return fail(f, rc);
    enum sentosa_outcome outcome = finish(f, &c);
    struct sentosa_telling *tellings = arena_take(f->arena, all.count, sizeof *tellings);
    if (!tellings)
        return store_no_memory(f->error);
    for (uint32_t i = 0; i < all.count && !outcome; i++) {
        tellings[i] = all.items[i].telling;
        outcome = get_voices(f, (struct owner){.telling = all.items[i].number},
                             &tellings[i].voices, &tellings[i].voice_count);
    }
    to->tellings = tellings;
    to->telling_count = all.count;
    return outcome;
}

/* ---- dates, places ---- */

static const struct sentosa_date *read_date(struct columns *c)
{
    bool has_date = column_integer(c);
    struct sentosa_date *date = arena_take(c->arena, 1, sizeof *date);
    struct sentosa_date read = {0};
    read.start = column_text(c);
    read.end = column_text(c);
    read.time = column_text(c);
    read.granularity = column_text(c);
    read.words = column_evidence(c);
    if (date)
        *date = read;
    else
        c->failed = true;
    return has_date ? date : NULL;
}

static const struct sentosa_place *read_place(struct columns *c)
{
    bool has_place = column_integer(c);
    struct sentosa_place *place = arena_take(c->arena, 1, sizeof *place);
    struct sentosa_place read = {0};
    read.name = column_text(c);
    read.country = column_text(c);
    read.path = column_list(c, &read.path_count);
    read.lat = column_real(c);
    read.lon = column_real(c);
    read.geonames = column_text(c);
    read.precision = column_text(c);
    read.words = column_evidence(c);
    if (place)
        *place = read;
    else
        c->failed = true;
    return has_place ? place : NULL;
}

/* ---- the items ---- */

enum sentosa_outcome fetch_report(struct sentosa_store *store, struct arena *arena,
                                  int64_t number, struct sentosa_item *item,
                                  struct sentosa_error *error)
{
    struct fetching f = {store, arena, error};
    struct columns c;
    struct sentosa_report *report = arena_take(arena, 1, sizeof *report);
    if (!report)
        return store_no_memory(error);
    enum sentosa_outcome outcome = one_row(&f, STATEMENT_GET_REPORT, number, &c);
    if (outcome)
        return outcome;
    c.at = 1;
    report->digest = column_text(&c);
    report->id = column_text(&c);
    report->title = column_text(&c);
    report->source = column_text(&c);
    report->published = column_text(&c);
    c.at++; /* its day */
    report->url = column_text(&c);
    report->language = column_text(&c);
    report->body = column_text(&c);
    report->has_unknown_date = column_integer(&c);
    report->earliest = column_text(&c);
    report->latest = column_text(&c);
    report->earliest_why = column_text(&c);
    report->latest_why = column_text(&c);
    report->is_coded = true;
    item->coder = column_text(&c);
    item->pack = column_text(&c);
    item->report = report;
    return finish(&f, &c);
}

static void read_event(struct columns *c, struct sentosa_event *event)
{
    event->id = column_text(c);
    event->type = column_text(c);
    event->modes = column_list(c, &event->mode_count);
    event->contexts = column_list(c, &event->context_count);
    event->cameo = column_text(c);
    event->quad = column_text(c);
    event->score = column_real(c);
    event->status = column_text(c);
    event->completion = column_text(c);
    event->is_historical = column_integer(c);
    event->rule = column_text(c);
    event->confidence = column_real(c);
    event->about = column_text(c);
    event->content = column_text(c);
    event->dead = column_known(c, -1);
    event->injured = column_known(c, -1);
    event->crowd = column_known(c, -1);
    event->weapons = column_list(c, &event->weapon_count);
    event->date = read_date(c);
    event->place = read_place(c);
    event->sentence = column_evidence(c);
    event->anchor.start = (uint32_t)column_integer(c);
    event->anchor.end = (uint32_t)column_integer(c);
}

static enum sentosa_outcome story_size(struct fetching *f, struct sentosa_item *item)
{
    struct columns c;
    item->story_reports = 1;
    if (item->story == 0)
        return SENTOSA_OK;
    enum sentosa_outcome outcome = one_row(f, STATEMENT_GET_STORY, item->story, &c);
    if (outcome)
        return outcome;
    item->story_reports = (size_t)column_integer(&c);
    return finish(f, &c);
}

/* The event's own row and its parties; *report gets its report's row. */
static enum sentosa_outcome get_event(struct fetching *f, int64_t number,
                                      struct sentosa_item *item, int64_t *report)
{
    struct columns c;
    struct sided_parties parties = {0};
    struct sentosa_event *event = arena_take(f->arena, 1, sizeof *event);
    if (!event)
        return store_no_memory(f->error);
    enum sentosa_outcome outcome = one_row(f, STATEMENT_GET_EVENT, number, &c);
    if (outcome)
        return outcome;
    c.at = 1;
    *report = column_integer(&c);
    item->story = column_known(&c, 0);
    read_event(&c, event);
    outcome = finish(f, &c);
    if (!outcome)
        outcome = get_parties(f, (struct owner){.event = number}, &parties);
    if (outcome)
        return outcome;
    event->actors = of_side(f, &parties, "actor", &event->actor_count);
    event->recipients = of_side(f, &parties, "recipient", &event->recipient_count);
    item->event = event;
    return event->actors && event->recipients ? SENTOSA_OK : store_no_memory(f->error);
}

enum sentosa_outcome fetch_event(struct sentosa_store *store, struct arena *arena,
                                 int64_t number, struct sentosa_item *item,
                                 struct sentosa_error *error)
{
    struct fetching f = {store, arena, error};
    int64_t report = 0;
    enum sentosa_outcome outcome = get_event(&f, number, item, &report);
    if (outcome)
        return outcome;
    struct sentosa_event *event = (struct sentosa_event *)item->event;
    outcome = get_voices(&f, (struct owner){.event = number}, &event->voices,
                         &event->voice_count);
    if (!outcome)
        outcome = get_tellings(&f, number, event);
    if (!outcome)
        outcome = story_size(&f, item);
    return outcome ? outcome : fetch_report(store, arena, report, item, error);
}

enum sentosa_outcome fetch_outline(struct sentosa_store *store, struct arena *arena,
                                   int64_t number, struct sentosa_item *item,
                                   struct sentosa_error *error)
{
    struct fetching f = {store, arena, error};
    struct columns c;
    int64_t number_of_report = 0;
    struct sentosa_report *report = arena_take(arena, 1, sizeof *report);
    if (!report)
        return store_no_memory(error);
    enum sentosa_outcome outcome = get_event(&f, number, item, &number_of_report);
    if (!outcome)
        outcome = one_row(&f, STATEMENT_GET_OUTLINE, number_of_report, &c);
    if (outcome)
        return outcome;
    report->digest = column_text(&c);
    report->published = column_text(&c);
    item->report = report;
    return finish(&f, &c);
}

enum sentosa_outcome fetch_position(struct sentosa_store *store, struct arena *arena,
                                    int64_t number, struct sentosa_item *item,
                                    struct sentosa_error *error)
{
    struct fetching f = {store, arena, error};
    struct columns c;
    struct sided_parties parties = {0};
    struct sentosa_position *position = arena_take(arena, 1, sizeof *position);
    if (!position)
        return store_no_memory(error);
    enum sentosa_outcome outcome = one_row(&f, STATEMENT_GET_POSITION, number, &c);
    if (outcome)
        return outcome;
    c.at = 1;
    int64_t report = column_integer(&c);
    position->stance = column_text(&c);
    position->issue = column_text(&c);
    position->content = column_text(&c);
    position->status = column_text(&c);
    position->deadline = read_date(&c);
    position->sentence = column_evidence(&c);
    outcome = finish(&f, &c);
    struct owner owner = {.position = number};
    if (!outcome)
        outcome = get_parties(&f, owner, &parties);
    if (!outcome)
        outcome = get_voices(&f, owner, &position->voices, &position->voice_count);
    if (outcome)
        return outcome;
    size_t holders, others;
    position->holder = of_side(&f, &parties, "holder", &holders);
    position->towards = of_side(&f, &parties, "towards", &others);
    if (!position->holder || !position->towards)
        return store_no_memory(error);
    if (holders == 0)
        return fail(&f, SQLITE_CORRUPT);
    position->towards = others ? position->towards : NULL;
    item->position = position;
    return fetch_report(store, arena, report, item, error);
}

enum sentosa_outcome fetch_relation(struct sentosa_store *store, struct arena *arena,
                                    int64_t number, struct sentosa_item *item,
                                    struct sentosa_error *error)
{
    struct fetching f = {store, arena, error};
    struct columns c;
    struct sided_parties parties = {0};
    struct sentosa_relation *relation = arena_take(arena, 1, sizeof *relation);
    if (!relation)
        return store_no_memory(error);
    enum sentosa_outcome outcome = one_row(&f, STATEMENT_GET_RELATION, number, &c);
    if (outcome)
        return outcome;
    c.at = 1;
    int64_t report = column_integer(&c);
    relation->kind = column_text(&c);
    relation->from = column_text(&c);
    relation->to = column_text(&c);
    relation->content = column_text(&c);
    relation->sentence = column_evidence(&c);
    outcome = finish(&f, &c);
    struct owner owner = {.relation = number};
    if (!outcome)
        outcome = get_parties(&f, owner, &parties);
    if (!outcome)
        outcome = get_voices(&f, owner, &relation->voices, &relation->voice_count);
    if (outcome)
        return outcome;
    relation->parties = of_side(&f, &parties, "party", &relation->party_count);
    if (!relation->parties)
        return store_no_memory(error);
    item->relation = relation;
    return fetch_report(store, arena, report, item, error);
}
