/* event.c: from clauses to events, by the lines of the predicates. */
#include "stage/event.h"

#include "stage/stages.h"

#include <stdlib.h>
#include <string.h>

#define REFLEXIVE "reflexive" /* the rule that resolved "himself" */

/* ---- parties ---- */

static bool write_parties(const struct eventing *e, const struct event *event,
                          const struct party_list *list, uint32_t *first, uint32_t *count)
{
    *first = e->doc->parties.count;
    for (uint32_t i = 0; i < list->count; i++) {
        struct party *party = array_push(&e->doc->arena, &e->doc->parties);
        if (!party)
            return false;
        const struct mention *mention = &e->doc->mentions.items[list->items[i].mention];
        *party = (struct party){.actor = list->items[i].actor,
                                .mention = list->items[i].mention,
                                .span = mention->span};
        party->code = country_for_party(e, party, &e->doc->clauses.items[event->clause],
                                        event->type, &party->code_from);
        (*count)++;
    }
    return true;
}

/* The first party of a side whose parties are all of one country; NULL. */
static const struct party *first_party(const struct eventing *e, uint32_t first,
                                       uint32_t count)
{
    if (count == 0)
        return NULL;
    const struct party *parties = e->doc->parties.items + first;
    for (uint32_t i = 1; i < count; i++)
        if (!parties[i].code || !parties[0].code ||
            strcmp(parties[i].code, parties[0].code) != 0)
            return NULL;
    return parties;
}

/* A party whose country nobody tells takes that which its class implies for its side. */
static void complete_side(const struct eventing *e, const struct clause *clause,
                          const struct event *event, bool is_actor)
{
    uint32_t first = is_actor ? event->actors : event->recipients;
    uint32_t count = is_actor ? event->actor_count : event->recipient_count;
    const struct party *other = is_actor
                                    ? first_party(e, event->recipients,
                                                  event->recipient_count)
                                    : first_party(e, event->actors, event->actor_count);
    struct party implied;
    for (uint32_t i = first; i < first + count; i++) {
        struct party *party = &e->doc->parties.items[i];
        if (!party->code && party->actor != NONE && !party_is_abroad(e, party->mention) &&
            e->doc->actors.items[party->actor].kind != ACTOR_ORGANISATION &&
            country_implied(e, clause, event->rule, is_actor ? "actor" : "recipient",
                            other, &implied)) {
            party->code = implied.code;
            party->code_from = implied.code_from;
        }
    }
}

static bool add_country(const struct eventing *e, struct party party, uint32_t *first,
                        uint32_t *count)
{
    struct party *added = array_push(&e->doc->arena, &e->doc->parties);
    if (!added)
        return false;
    *added = party;
    *first = e->doc->parties.count - 1;
    *count = 1;
    return true;
}

/* "rockets fell on Ashkelon": nobody's words suffer, the country of the place does. */
static bool add_aimed(const struct eventing *e, const struct clause *clause,
                      struct event *event, const char *cell)
{
    struct party party;
    if (event->recipient_count || strncmp(event->quad, "material", 8) != 0 ||
        !country_aimed_at(e, clause, cell, &party))
        return true;
    return add_country(e, party, &event->recipients, &event->recipient_count);
}

/* "The storm closed the port": what does it is said, though it is no party. */
static bool has_doer(const struct eventing *e, const struct clause *clause)
{
    for (uint32_t i = 0; clause->kind == CLAUSE_VERB && i < clause->argument_count; i++) {
        const struct argument *a = &e->doc->arguments.items[clause->arguments + i];
        if (a->slot == SLOT_SUBJECT && a->mention == NONE)
            return true;
    }
    return false;
}

/* A side that the clause leaves open, where the class implies who it is. */
static bool add_implied(const struct eventing *e, const struct clause *clause,
                        struct event *event, bool is_actor)
{
    uint32_t *first = is_actor ? &event->actors : &event->recipients;
    uint32_t *count = is_actor ? &event->actor_count : &event->recipient_count;
    const struct party *other = is_actor
                                    ? first_party(e, event->recipients,
                                                  event->recipient_count)
                                    : first_party(e, event->actors, event->actor_count);
    struct party party;
    if (is_actor && !lexicon_type_has(&e->lexicon, event->type, "crowd") &&
        has_doer(e, clause))
        return true;
    if (*count || !country_implied(e, clause, event->rule,
                                   is_actor ? "actor" : "recipient", other, &party))
        return true;
    return add_country(e, party, first, count);
}

static bool add_implied_sides(const struct eventing *e, const struct clause *clause,
                              struct event *event, bool has_stranger)
{
    complete_side(e, clause, event, false);
    complete_side(e, clause, event, true);
    if (has_stranger)
        return add_implied(e, clause, event, true);
    /* who acts may tell whom it meets */
    return add_implied(e, clause, event, false) && add_implied(e, clause, event, true) &&
           add_implied(e, clause, event, false);
}

/* "A senator's bill would ban imports from China": that the report names China alone, and
 * as the one it is done to, does not make the senator Chinese. */
static void take_back_lent(const struct eventing *e, const struct event *event)
{
    if (lexicon_type_has(&e->lexicon, event->type, "crowd")) /* crowds protest at home */
        return;
    for (uint32_t i = event->actors; i < event->actors + event->actor_count; i++) {
        struct party *party = &e->doc->parties.items[i];
        uint32_t end = event->recipients + event->recipient_count;
        for (uint32_t k = event->recipients; k < end; k++) {
            const struct party *other = &e->doc->parties.items[k];
            bool is_state = other->actor != NONE &&
                            e->doc->actors.items[other->actor].kind == ACTOR_STATE;
            bool is_lent = party->code_from == CODE_FROM_REPORT ||
                           party->code_from == CODE_FROM_VOICE;
            if (is_lent && is_state && party->code && other->code &&
                strcmp(party->code, other->code) == 0) {
                party->code = NULL;
                party->code_from = CODE_NONE;
            }
        }
    }
}

/* ---- one event ---- */

static double score_of(const struct eventing *e, const char *type, const char *modes)
{
    const struct table *table = e->lexicon.modes;
    uint32_t rows[32];
    uint32_t count = table_find(table, type, rows, 32);
    for (uint32_t i = 0; i < count && i < 32; i++)
        if (*modes && cell_has(modes, table_value(table, rows[i], "mode")))
            return atof(table_value(table, rows[i], "score"));
    return atof(
        table_value(e->lexicon.types, table_row(e->lexicon.types, type), "score"));
}

static uint32_t count_known(const struct eventing *e, uint32_t first, uint32_t count)
{
    uint32_t known = 0;
    for (uint32_t i = first; i < first + count; i++)
        known += e->doc->parties.items[i].code != NULL;
    return known;
}

/* Whether a side has parties, and the code of none of them is known. */
static bool is_dim(const struct eventing *e, const struct event *event)
{
    return (event->actor_count && !count_known(e, event->actors, event->actor_count)) ||
           (event->recipient_count &&
            !count_known(e, event->recipients, event->recipient_count));
}

/* The share of such events that were right on gold (confidence.tsv). */
static double confidence_of(const struct eventing *e, const struct event *event)
{
    const struct table *table = pack_table(e->pack, "confidence");
    uint32_t actors = count_known(e, event->actors, event->actor_count);
    uint32_t recipients = count_known(e, event->recipients, event->recipient_count);
    bool is_both = actors > 1 || (actors && recipients);
    const char *const kind[] = {
        is_both            ? "both"
        : is_dim(e, event) ? "dim"
                           : "one",
        e->doc->clauses.items[event->clause].parent == NONE ? "main" : "inner",
        event->status == STATUS_ACTUAL ? "actual" : "other"};
    for (uint32_t row = 0; row < table_rows(table); row++) {
        bool is_met = true;
        for (uint32_t i = 0; i < sizeof kind / sizeof *kind; i++) {
            const char *cell = table_cell(table, row, i);
            is_met = is_met && (!*cell || strcmp(cell, kind[i]) == 0);
        }
        if (is_met)
            return atof(table_value(table, row, "share"));
    }
    return 0;
}

/* "their troops" */
static bool is_theirs(const struct eventing *e, uint32_t mention)
{
    uint32_t owner = tree_child(&e->tree, e->doc->mentions.items[mention].head,
                                DEP_NMOD_POSS);
    return owner != NONE && e->doc->tokens.items[owner].upos == UPOS_PRON;
}

/* The same party on both sides stays where the frame put it first; so do the troops of
 * several states that act together ("both sides withdrew their troops"). */
static void remove_common(const struct eventing *e, struct party_list *from,
                          const struct party_list *other)
{
    uint32_t kept = 0;
    for (uint32_t i = 0; i < from->count; i++) {
        bool is_common = false;
        const char *code = e->doc->actors.items[from->items[i].actor].code;
        for (uint32_t k = 0; k < other->count; k++) {
            const char *its = e->doc->actors.items[other->items[k].actor].code;
            bool is_ally = other->count > 1 && code && its && strcmp(code, its) == 0 &&
                           is_theirs(e, from->items[i].mention);
            is_common = is_common || is_ally ||
                        from->items[i].actor == other->items[k].actor;
        }
        if (!is_common)
            from->items[kept++] = from->items[i];
    }
    from->count = kept;
}

static bool is_understood(const struct eventing *e, const struct clause *clause,
                          uint32_t actor)
{
    bool is_shared = false;
    for (uint32_t i = 0; i < clause->argument_count; i++) {
        const struct argument *a = &e->doc->arguments.items[clause->arguments + i];
        struct party_list list = {.count = 0};
        if (a->slot != SLOT_SUBJECT || a->mention == NONE)
            continue;
        mention_parties(e, a->mention, &list);
        if (party_is_in(&list, actor) && !a->is_shared)
            return false;
        is_shared = is_shared || party_is_in(&list, actor);
    }
    return is_shared;
}

/* "reports of a plot to kidnap him": nobody does to "him" what he is understood to do;
 * then he is who suffers. */
static void remove_understood(const struct eventing *e, const struct clause *clause,
                              struct party_list *actors,
                              const struct party_list *recipients)
{
    for (uint32_t i = 0; i < recipients->count; i++) {
        uint32_t actor = recipients->items[i].actor;
        const struct mention *m = &e->doc->mentions.items[recipients->items[i].mention];
        if (m->kind != MENTION_PRONOUN ||
            strcmp(m->rule ? m->rule : "", REFLEXIVE) == 0 ||
            !party_is_in(actors, actor) || !is_understood(e, clause, actor))
            continue;
        uint32_t kept = 0;
        for (uint32_t k = 0; k < actors->count; k++)
            if (actors->items[k].actor != actor)
                actors->items[kept++] = actors->items[k];
        actors->count = kept;
    }
}

/* Who speaks for a state does not threaten it: "he warned that the United States would
 * leave" has no recipient. */
static void remove_own_state(const struct eventing *e, struct party_list *recipients,
                             const struct party_list *actors)
{
    uint32_t kept = 0;
    for (uint32_t i = 0; i < recipients->count; i++) {
        const struct actor *r = &e->doc->actors.items[recipients->items[i].actor];
        bool is_own = false;
        for (uint32_t k = 0; k < actors->count && r->kind == ACTOR_STATE; k++) {
            const struct actor *a = &e->doc->actors.items[actors->items[k].actor];
            is_own = is_own || (a->code && r->code && strcmp(a->code, r->code) == 0 &&
                                (a->kind == ACTOR_STATE || cell_has(a->sectors, "GOV")));
        }
        if (!is_own)
            recipients->items[kept++] = recipients->items[i];
    }
    recipients->count = kept;
}

/* "Kenya condemned the kidnapping of two Kenyan nurses": a state does not condemn those
 * of its own to whom it was done. */
static void remove_own_people(const struct eventing *e, struct party_list *recipients,
                              const struct party_list *actors)
{
    uint32_t kept = 0;
    for (uint32_t i = 0; i < recipients->count; i++) {
        const struct actor *r = &e->doc->actors.items[recipients->items[i].actor];
        bool is_own = false;
        for (uint32_t k = 0; k < actors->count; k++) {
            const struct actor *a = &e->doc->actors.items[actors->items[k].actor];
            is_own = is_own || (a->code && r->code && strcmp(a->code, r->code) == 0 &&
                                (a->kind == ACTOR_STATE || cell_has(a->sectors, "GOV")));
        }
        if (!is_own || r->kind == ACTOR_STATE || !r->is_generic ||
            cell_has(r->sectors, "GOV") || cell_has(r->sectors, "LEG") ||
            cell_has(r->sectors, "OPP") || cell_has(r->sectors, "JUD"))
            recipients->items[kept++] = recipients->items[i];
    }
    recipients->count = kept;
}

static const char *refusal(const struct eventing *e, const struct clause *clause,
                           const struct event *event)
{
    if (clause->is_habitual)
        return "habitual, no single happening";
    if (event->actor_count + event->recipient_count == 0)
        return clause->is_definite ? NULL /* merge knows */ : "no party is known";
    uint32_t type = table_row(e->lexicon.types, event->type);
    bool needs = *table_value(e->lexicon.types, type, "recipient") != '\0';
    if (needs && event->recipient_count == 0 && event->actor_count < 2)
        return "this type needs a recipient";
    return discard_reason(e, clause, event);
}

/* "braved the cold to protest": a crowd that does something for it is at it. */
static bool is_under_way(const struct eventing *e, const struct clause *clause,
                         const char *type)
{
    const struct clause *above = clause->parent == NONE
                                     ? NULL
                                     : &e->doc->clauses.items[clause->parent];
    return above && clause->embedding == EMBED_PURPOSE &&
           clause->status == STATUS_INTENDED && above->status == STATUS_ACTUAL &&
           above->is_finite && (above->is_past || above->is_perfect) &&
           lexicon_type_has(&e->lexicon, type, "crowd");
}

/* Arranged with its place: a meeting foreseen somewhere. */
static enum status event_status(const struct eventing *e, const struct clause *clause,
                                uint32_t row, const char *type)
{
    if (is_under_way(e, clause, type) || rule_tells_refusal(e, row))
        return STATUS_ACTUAL;
    bool is_ahead = clause->status == STATUS_EXPECTED ||
                    clause->status == STATUS_INTENDED;
    if (is_ahead && clause->place != NONE &&
        lexicon_type_has(&e->lexicon, type, "gathering"))
        return STATUS_SCHEDULED;
    return clause->status;
}

static struct span anchor_of(const struct eventing *e, const struct clause *clause)
{
    struct span span = e->doc->tokens.items[clause->head].span;
    uint32_t particle = tree_child(&e->tree, clause->head, DEP_COMPOUND_PRT);
    if (particle == clause->head + 1)
        span = span_join(span, e->doc->tokens.items[particle].span);
    return span;
}

/* "declared the end of the war in Geneva": the place of a noun that is part of the event
 * is the event's. */
static void take_place(const struct eventing *e, struct clause *clause)
{
    for (uint32_t i = 0; i < clause->argument_count && clause->place == NONE; i++) {
        const struct argument *a = &e->doc->arguments.items[clause->arguments + i];
        if (a->slot == SLOT_OBJECT && a->clause != NONE && e->is_consumed[a->clause])
            clause->place = e->doc->clauses.items[a->clause].place;
    }
}

static bool is_in_time(const struct doc *doc, uint32_t token)
{
    for (uint32_t i = 0; i < doc->times.count; i++)
        if (doc->times.items[i].first <= token && token < doc->times.items[i].end)
            return true;
    return false;
}

/* A proper name that is no party, place or day that we know. */
static bool is_stranger(const struct eventing *e, const struct argument *a)
{
    return a->head != NONE && a->clause == NONE && a->slot != SLOT_PREPOSITION &&
           a->slot != SLOT_COMPLEMENT &&
           e->doc->tokens.items[a->head].upos == UPOS_PROPN &&
           e->mention_of[a->head] == NONE && e->place_of[a->head] == NONE &&
           !is_in_time(e->doc, a->head);
}

/* "urged the West to cut off Minsk": a name that nobody knows is still the one who is
 * urged. */
static bool names_stranger(const struct eventing *e, const struct clause *clause,
                           const char *cell)
{
    for (size_t len; *cell; cell += len + (cell[len] != '\0')) {
        len = strcspn(cell, ",+");
        for (uint32_t i = 0; i < clause->argument_count; i++) {
            const struct argument *a = &e->doc->arguments.items[clause->arguments + i];
            if (argument_is_in(a, cell, len) && is_stranger(e, a))
                return true;
        }
    }
    return false;
}

static bool build_event(const struct eventing *e, uint32_t number, uint32_t row,
                        const char *class_name)
{
    struct clause *clause = &e->doc->clauses.items[number];
    const struct lexicon *l = &e->lexicon;
    uint32_t class_row = table_row(l->classes, class_name);
    uint32_t frame = table_row(l->frames,
                               table_cell(l->predicates, row, l->predicate_frame));
    const char *type = table_value(l->classes, class_row, "type");
    struct party_list actors = {.count = 0}, recipients = {.count = 0};
    frame_parties(e, clause, table_value(l->frames, frame, "actor"), &actors);
    frame_parties(e, clause, table_value(l->frames, frame, "recipient"), &recipients);
    remove_understood(e, clause, &actors, &recipients);
    remove_common(e, &recipients, &actors);
    bool has_stranger = recipients.count == 0 &&
                        names_stranger(e, clause,
                                       table_value(l->frames, frame, "recipient"));
    if (recipients.count == 0 && !has_stranger) {
        content_parties(e, clause, table_value(l->frames, frame, "content"), &actors,
                        &recipients);
        if (lexicon_type_has(l, type, "blaming"))
            remove_own_people(e, &recipients, &actors);
        if (lexicon_type_has(l, type, "outward")) {
            remove_own_state(e, &recipients, &actors);
            condition_parties(e, number, &actors, &recipients);
            remove_own_state(e, &recipients, &actors);
        }
    }
    struct event *event = array_push(&e->doc->arena, &e->doc->events);
    if (!event)
        return false;
    uint32_t type_row = table_row(l->types, type);
    *event = (struct event){.rule = class_name,
                            .type = type,
                            .modes = table_value(l->classes, class_row, "modes"),
                            .contexts = table_value(l->classes, class_row, "contexts"),
                            .quad = table_value(l->types, type_row, "quad"),
                            .status = event_status(e, clause, row, type),
                            .completion = clause->completion,
                            .is_historical = clause->is_historical,
                            .voices = clause->voices,
                            .voice_count = clause->voice_count,
                            .time = clause->time,
                            .is_of_report_day = event_is_of_report_day(e, number),
                            .place = clause->place,
                            .span = clause->span,
                            .anchor = anchor_of(e, clause),
                            .clause = number};
    event->score = score_of(e, type, event->modes);
    if (!write_parties(e, event, &actors, &event->actors, &event->actor_count) ||
        !write_parties(e, event, &recipients, &event->recipients,
                       &event->recipient_count) ||
        !add_aimed(e, clause, event, table_value(l->frames, frame, "recipient")) ||
        !add_implied_sides(e, clause, event, has_stranger))
        return false;
    take_back_lent(e, event);
    clause->no_event = refusal(e, clause, event);
    if (clause->no_event) {
        e->doc->events.count--;
        return true;
    }
    event->contexts = event_contexts(e, clause, event->contexts);
    if (!event->contexts)
        return false;
    event->cameo = event_cameo(e, event);
    event->confidence = confidence_of(e, event);
    fields_read(e, clause, row, event);
    return true;
}

/* The event of a clause, and the second that its class tells too: whom a court sends to
 * prison is convicted and held. */
static bool build_events(const struct eventing *e, uint32_t number, uint32_t row)
{
    const struct table *classes = e->lexicon.classes;
    const char *class_name = event_class(e, &e->doc->clauses.items[number], row);
    const char *also = table_value(classes, table_row(classes, class_name), "also");
    return build_event(e, number, row, class_name) &&
           (!*also || build_event(e, number, row, also));
}

/* ---- the stage ---- */

static uint32_t width(const struct doc *doc, uint32_t mention)
{
    return span_len(doc->mentions.items[mention].span);
}

/* Which mention and which place a token stands for. */
static bool index_tokens(struct eventing *e)
{
    struct doc *doc = e->doc;
    e->mention_of = arena_take(&doc->arena, doc->tokens.count, sizeof *e->mention_of);
    e->place_of = arena_take(&doc->arena, doc->tokens.count, sizeof *e->place_of);
    if (!e->mention_of || !e->place_of)
        return false;
    for (uint32_t i = 0; i < doc->tokens.count; i++)
        e->mention_of[i] = e->place_of[i] = NONE;
    for (uint32_t i = 0; i < doc->mentions.count; i++) {
        uint32_t *mention = &e->mention_of[doc->mentions.items[i].head];
        if (doc->mentions.items[i].actor_count &&
            (*mention == NONE || width(doc, i) > width(doc, *mention)))
            *mention = i;
    }
    for (uint32_t i = 0; i < doc->places.count; i++)
        for (uint32_t t = doc->places.items[i].first; t < doc->places.items[i].end; t++)
            e->place_of[t] = i;
    return true;
}

static bool start(struct eventing *e, const struct pack *pack, struct doc *doc)
{
    *e = (struct eventing){.pack = pack, .doc = doc};
    lexicon_open(&e->lexicon, pack);
    e->countries = pack_table(pack, "countries");
    const struct table *words = e->lexicon.context_words;
    e->context_columns = (struct context_columns){
        table_column(words, "pos"), table_column(words, "near"),
        table_column(words, "unless"), table_column(words, "where"),
        table_column(words, "context")};
    e->is_consumed = arena_take(&doc->arena, doc->clauses.count, sizeof *e->is_consumed);
    e->marks_at = arena_take(&doc->arena, doc->tokens.count, sizeof *e->marks_at);
    e->marks_count = arena_take(&doc->arena, doc->tokens.count, sizeof *e->marks_count);
    if (!e->is_consumed || !e->marks_at || !e->marks_count ||
        !tree_build(doc, &e->tree) || !index_tokens(e) || !country_find_settled(e) ||
        !event_find_loose_times(e) || !event_find_context_words(e))
        return false;
    e->dateline_country = country_of_news(e);
    country_of_report(e);
    return true;
}

/* A party that names no country has the same in all its events: "militants who hold two
 * engineers in Kano" are Nigerian in their talks too. */
static bool spread_lent_codes(const struct eventing *e)
{
    struct doc *doc = e->doc;
    uint32_t *lent = arena_take(&doc->arena, doc->actors.count, sizeof *lent);
    if (!lent)
        return false;
    for (uint32_t i = 0; i < doc->actors.count; i++)
        lent[i] = NONE;
    for (uint32_t i = 0; i < doc->parties.count; i++) {
        const struct party *party = &doc->parties.items[i];
        if (party->actor != NONE && party->code_from == CODE_FROM_PLACE && party->code &&
            lent[party->actor] == NONE)
            lent[party->actor] = i;
    }
    for (uint32_t i = 0; i < doc->parties.count; i++) {
        struct party *party = &doc->parties.items[i];
        if (party->actor == NONE || party->code || lent[party->actor] == NONE)
            continue;
        party->code = doc->parties.items[lent[party->actor]].code;
        party->code_from = CODE_FROM_PLACE;
    }
    return true;
}

/* The classes of the words of each sentence that may tell an event. */
static bool read_marks(struct eventing *e, const uint32_t *rows)
{
    uint32_t last = NONE;
    for (uint32_t i = 0; i < e->doc->clauses.count; i++) {
        uint32_t sentence = e->doc->clauses.items[i].sentence;
        if (rows[i] == NONE || sentence == last)
            continue;
        if (!discard_read_marks(e, sentence))
            return false;
        last = sentence;
    }
    return true;
}

enum outcome event_run(const struct pack *pack, struct doc *doc, struct fail *fail)
{
    struct eventing e;
    if (!start(&e, pack, doc))
        return fail_memory(fail);
    uint32_t *rows = arena_take(&doc->arena, doc->clauses.count, sizeof *rows);
    if (!rows)
        return fail_memory(fail);
    for (uint32_t i = 0; i < doc->clauses.count; i++) {
        int rank;
        rows[i] = rule_find(&e, i, &rank);
        bool is_event = rows[i] != NONE && *table_cell(e.lexicon.predicates, rows[i],
                                                       e.lexicon.predicate_class);
        doc->clauses.items[i].no_event = rank < 0 ? "no rule fits"
                                                  : "this sense is no event";
        if (!is_event)
            rows[i] = NONE;
        else
            rule_consume(&e, i, rows[i]);
    }
    if (!read_marks(&e, rows))
        return fail_memory(fail);
    for (uint32_t i = 0; i < doc->clauses.count; i++) {
        if (rows[i] == NONE)
            continue;
        doc->clauses.items[i].no_event = "part of another event";
        take_place(&e, &doc->clauses.items[i]);
        if (!e.is_consumed[i] && !build_events(&e, i, rows[i]))
            return fail_memory(fail);
    }
    return spread_lent_codes(&e) && absorb_events(&e) ? OK : fail_memory(fail);
}
