/* keep.c: from the public structs to rows. The order of the values is that of
 * schema.sql. */
#include "store/store.h"

struct keeping {
    struct sentosa_store *store;
    const struct sentosa_report *told;
    int64_t report; /* its row */
    struct sentosa_error *error;
};

/* What a party or a voice hangs on: one is a row's number, the others are 0. */
struct owner {
    int64_t event, telling, position, relation;
};

/* The actor's row, made or brought up to date; 0 for someone without an id. */
static enum sentosa_outcome keep_actor(struct keeping *keeping, const char *id,
                                       const char *name, const char *code,
                                       const char *wikidata, int64_t *number)
{
    *number = 0;
    if (!id)
        return SENTOSA_OK;
    struct row row = row_for(keeping->store, STATEMENT_KEEP_ACTOR);
    row_text(&row, id);
    row_text(&row, name);
    row_text(&row, code);
    row_text(&row, wikidata);
    enum sentosa_outcome outcome = row_keep(&row, NULL, keeping->error);
    if (outcome)
        return outcome;
    row = row_for(keeping->store, STATEMENT_FIND_ACTOR);
    row_text(&row, id);
    int rc = row_step(&row);
    if (rc != SQLITE_ROW)
        return store_fail(keeping->store, rc, keeping->error);
    *number = sqlite3_column_int64(row.statement, 0);
    sqlite3_reset(row.statement);
    return SENTOSA_OK;
}

static enum sentosa_outcome keep_party(struct keeping *keeping, const struct owner *owner,
                                       const char *side,
                                       const struct sentosa_party *party)
{
    int64_t actor;
    /* A code taken from the dateline or the place is this event's, not the actor's. */
    bool is_own = !party->code_from || party->code_from[0] == 'a';
    enum sentosa_outcome outcome = keep_actor(keeping, party->id, party->name,
                                              is_own ? party->code : NULL,
                                              party->wikidata, &actor);
    if (outcome)
        return outcome;
    struct row row = row_into(keeping->store, TABLE_PARTY);
    row_integer(&row, keeping->report);
    row_known(&row, owner->event);
    row_known(&row, owner->position);
    row_known(&row, owner->relation);
    row_text(&row, side);
    row_known(&row, actor);
    row_text(&row, party->name);
    row_text(&row, party->code);
    row_list(&row, party->sectors, party->sector_count);
    row_text(&row, party->role);
    row_text(&row, party->code_from);
    row_evidence(&row, &party->words);
    return row_keep(&row, NULL, keeping->error);
}

static enum sentosa_outcome keep_parties(struct keeping *keeping,
                                         const struct owner *owner, const char *side,
                                         const struct sentosa_party *parties,
                                         size_t count)
{
    enum sentosa_outcome outcome = SENTOSA_OK;
    for (size_t i = 0; i < count && !outcome; i++)
        outcome = keep_party(keeping, owner, side, &parties[i]);
    return outcome;
}

static enum sentosa_outcome keep_voices(struct keeping *keeping,
                                        const struct owner *owner,
                                        const struct sentosa_voice *voices, size_t count)
{
    enum sentosa_outcome outcome = SENTOSA_OK;
    for (size_t i = 0; i < count && !outcome; i++) {
        int64_t actor;
        outcome = keep_actor(keeping, voices[i].id, voices[i].name, voices[i].code, NULL,
                             &actor);
        if (outcome)
            break;
        struct row row = row_into(keeping->store, TABLE_VOICE);
        row_integer(&row, keeping->report);
        row_known(&row, owner->event);
        row_known(&row, owner->telling);
        row_known(&row, owner->position);
        row_known(&row, owner->relation);
        row_known(&row, actor);
        row_text(&row, voices[i].name);
        row_text(&row, voices[i].code);
        row_text(&row, voices[i].verb);
        row_integer(&row, voices[i].is_quoted);
        row_evidence(&row, &voices[i].words);
        outcome = row_keep(&row, NULL, keeping->error);
    }
    return outcome;
}

static enum sentosa_outcome keep_tellings(struct keeping *keeping, int64_t event,
                                          const struct sentosa_event *told)
{
    enum sentosa_outcome outcome = SENTOSA_OK;
    for (size_t i = 0; i < told->telling_count && !outcome; i++) {
        const struct sentosa_telling *telling = &told->tellings[i];
        struct owner owner = {0};
        struct row row = row_into(keeping->store, TABLE_TELLING);
        row_integer(&row, event);
        row_text(&row, telling->status);
        row_evidence(&row, &telling->sentence);
        row_integer(&row, telling->anchor.start);
        row_integer(&row, telling->anchor.end);
        outcome = row_keep(&row, &owner.telling, keeping->error);
        if (!outcome)
            outcome = keep_voices(keeping, &owner, telling->voices, telling->voice_count);
    }
    return outcome;
}

static void bind_date(struct row *row, const struct sentosa_date *date)
{
    static const struct sentosa_date unknown;
    row_integer(row, date != NULL);
    date = date ? date : &unknown;
    row_text(row, date->start);
    row_text(row, date->end);
    row_text(row, date->time);
    row_text(row, date->granularity);
    row_evidence(row, &date->words);
}

static void bind_place(struct row *row, const struct sentosa_place *place)
{
    static const struct sentosa_place unknown;
    row_integer(row, place != NULL);
    place = place ? place : &unknown;
    row_text(row, place->name);
    row_text(row, place->country);
    row_list(row, place->path, place->path_count);
    row_real(row, place->lat);
    row_real(row, place->lon);
    row_text(row, place->geonames);
    row_text(row, place->precision);
    row_evidence(row, &place->words);
}

static void bind_count(struct row *row, int64_t count)
{
    if (count < 0)
        row_text(row, NULL);
    else
        row_integer(row, count);
}

static void bind_event(struct row *row, int64_t report, const struct sentosa_event *event)
{
    row_integer(row, report);
    row_text(row, NULL); /* the story comes later */
    row_text(row, event->id);
    row_text(row, event->type);
    row_list(row, event->modes, event->mode_count);
    row_list(row, event->contexts, event->context_count);
    row_text(row, event->cameo);
    row_text(row, event->quad);
    row_real(row, event->score);
    row_text(row, event->status);
    row_text(row, event->completion);
    row_integer(row, event->is_historical);
    row_text(row, event->rule);
    row_real(row, event->confidence);
    row_text(row, event->about);
    row_text(row, event->content);
    bind_count(row, event->dead);
    bind_count(row, event->injured);
    bind_count(row, event->crowd);
    row_list(row, event->weapons, event->weapon_count);
    bind_date(row, event->date);
    bind_place(row, event->place);
    row_evidence(row, &event->sentence);
    row_integer(row, event->anchor.start);
    row_integer(row, event->anchor.end);
}

static enum sentosa_outcome keep_event(struct keeping *keeping,
                                       const struct sentosa_event *event)
{
    struct owner owner = {0};
    struct row row = row_into(keeping->store, TABLE_EVENT);
    bind_event(&row, keeping->report, event);
    enum sentosa_outcome outcome = row_keep(&row, &owner.event, keeping->error);
    if (!outcome)
        outcome = keep_parties(keeping, &owner, "actor", event->actors,
                               event->actor_count);
    if (!outcome)
        outcome = keep_parties(keeping, &owner, "recipient", event->recipients,
                               event->recipient_count);
    if (!outcome)
        outcome = keep_voices(keeping, &owner, event->voices, event->voice_count);
    if (!outcome)
        outcome = keep_tellings(keeping, owner.event, event);
    if (!outcome)
        outcome = merge_event(keeping->store, keeping->told, owner.event, event,
                              keeping->error);
    return outcome;
}

static enum sentosa_outcome keep_position(struct keeping *keeping,
                                          const struct sentosa_position *position)
{
    struct owner owner = {0};
    struct row row = row_into(keeping->store, TABLE_POSITION);
    row_integer(&row, keeping->report);
    row_text(&row, position->stance);
    row_text(&row, position->issue);
    row_text(&row, position->content);
    row_text(&row, position->status);
    bind_date(&row, position->deadline);
    row_evidence(&row, &position->sentence);
    enum sentosa_outcome outcome = row_keep(&row, &owner.position, keeping->error);
    if (!outcome)
        outcome = keep_parties(keeping, &owner, "holder", position->holder, 1);
    if (!outcome && position->towards)
        outcome = keep_parties(keeping, &owner, "towards", position->towards, 1);
    if (!outcome)
        outcome = keep_voices(keeping, &owner, position->voices, position->voice_count);
    return outcome;
}

static enum sentosa_outcome keep_relation(struct keeping *keeping,
                                          const struct sentosa_relation *relation)
{
    struct owner owner = {0};
    struct row row = row_into(keeping->store, TABLE_RELATION);
    row_integer(&row, keeping->report);
    row_text(&row, relation->kind);
    row_text(&row, relation->from);
    row_text(&row, relation->to);
    row_text(&row, relation->content);
    row_evidence(&row, &relation->sentence);
    enum sentosa_outcome outcome = row_keep(&row, &owner.relation, keeping->error);
    if (!outcome)
        outcome = keep_parties(keeping, &owner, "party", relation->parties,
                               relation->party_count);
    if (!outcome)
        outcome = keep_voices(keeping, &owner, relation->voices, relation->voice_count);
    return outcome;
}

enum sentosa_outcome keep_result(struct sentosa_store *store, int64_t report,
                                 const struct sentosa_result *result,
                                 struct sentosa_error *error)
{
    struct keeping keeping = {store, result->report, report, error};
    enum sentosa_outcome outcome = SENTOSA_OK;
    for (size_t i = 0; i < result->event_count && !outcome; i++)
        outcome = keep_event(&keeping, result->events[i]);
    for (size_t i = 0; i < result->position_count && !outcome; i++)
        outcome = keep_position(&keeping, result->positions[i]);
    for (size_t i = 0; i < result->relation_count && !outcome; i++)
        outcome = keep_relation(&keeping, result->relations[i]);
    return outcome;
}
