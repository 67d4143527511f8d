/* event_absorb.c: events that are part of another told in the same sentence, by
 * absorbed.tsv: the topic of a protest, the move before an attack. */
#include "stage/event.h"

#include <string.h>

#define REACH 24 /* events to either side */

static bool is_kind(const struct event *event, const char *kind)
{
    return strcmp(event->type, kind) == 0 || strcmp(event->rule, kind) == 0;
}

static bool share_code(const struct doc *doc, const struct event *a,
                       const struct event *b, bool on_actors)
{
    uint32_t first = on_actors ? a->actors : a->recipients;
    uint32_t count = on_actors ? a->actor_count : a->recipient_count;
    uint32_t other = on_actors ? b->actors : b->recipients;
    uint32_t other_count = on_actors ? b->actor_count : b->recipient_count;
    for (uint32_t i = first; i < first + count; i++)
        for (uint32_t k = other; k < other + other_count; k++) {
            const struct party *x = &doc->parties.items[i], *y = &doc->parties.items[k];
            bool is_same = x->actor != NONE && x->actor == y->actor;
            if (is_same || (x->code && y->code && strcmp(x->code, y->code) == 0))
                return true;
        }
    return false;
}

/* "in an air strike": a noun that tells of nobody who did it. */
static bool is_nobodys_noun(const struct doc *doc, const struct event *event)
{
    for (uint32_t i = event->actors; i < event->actors + event->actor_count; i++)
        if (doc->parties.items[i].actor != NONE) /* not merely implied */
            return false;
    return doc->clauses.items[event->clause].kind == CLAUSE_NOUN;
}

/* "rejected a demand", "turned down an offer": what is answered is told by the answer. */
static bool is_answered(const struct doc *doc, const struct event *event,
                        const struct event *by)
{
    const struct clause *clause = &doc->clauses.items[event->clause];
    return clause->kind == CLAUSE_NOUN && clause->parent == by->clause &&
           clause->embedding == EMBED_COMPLEMENT;
}

/* Why the event is part of the other; NULL when it is not. */
static const char *reason_for(const struct eventing *e, const struct event *event,
                              const struct event *by)
{
    const struct table *table = e->lexicon.absorbed;
    for (uint32_t row = 0; row < table_rows(table); row++) {
        const char *tie = table_cell(table, row, 2);
        bool is_tied = strcmp(tie, "object") == 0
                           ? is_answered(e->doc, event, by)
                           : share_code(e->doc, event, by, strcmp(tie, "actor") == 0);
        bool is_open = strcmp(tie, "victim") != 0 || is_nobodys_noun(e->doc, event);
        if (is_tied && is_open && is_kind(event, table_cell(table, row, 0)) &&
            is_kind(by, table_cell(table, row, 1)))
            return table_cell(table, row, 3);
    }
    return NULL;
}

static const char *absorbed_by_any(const struct eventing *e, uint32_t at)
{
    const struct event *events = e->doc->events.items;
    uint32_t end = at + REACH < e->doc->events.count ? at + REACH : e->doc->events.count;
    const char *reason = NULL;
    for (uint32_t k = at > REACH ? at - REACH : 0; k < end && !reason; k++)
        if (k != at && events[k].span.start == events[at].span.start &&
            events[k].status == STATUS_ACTUAL)
            reason = reason_for(e, &events[at], &events[k]);
    return reason;
}

bool absorb_events(const struct eventing *e)
{
    struct doc *doc = e->doc;
    const char **reasons = arena_take(&doc->arena, doc->events.count, sizeof *reasons);
    uint32_t kept = 0;
    if (!reasons)
        return false;
    for (uint32_t i = 0; i < doc->events.count; i++)
        reasons[i] = absorbed_by_any(e, i);
    for (uint32_t i = 0; i < doc->events.count; i++) {
        if (reasons[i])
            doc->clauses.items[doc->events.items[i].clause].no_event = reasons[i];
        else
            doc->events.items[kept++] = doc->events.items[i];
    }
    doc->events.count = kept;
    return true;
}
