/* event_day.c: events that no words date, but whose tense puts them on the report's day:
 * what news tells as new, without saying when. */
#include "stage/event.h"

#define FRAME_DAYS 7 /* a date told before that is older sets another scene */
#define FRAME_SENTENCES 3
#define LOOK_BACK 40 /* clauses */
#define MAX_CLIMB 16

/* A date, or a length of time before or after something, that no clause took: the
 * sentence says when, only not to us. */
static bool is_loose(const struct eventing *e, const struct time_ref *t)
{
    if (t->type == TIME_SET || t->first == t->end)
        return false;
    if (t->type != TIME_DURATION)
        return t->granularity != GRAIN_NONE || !t->value;
    return t->is_happening || /* "on the eve of the attack" */
           (t->end < e->doc->tokens.count &&
            lexicon_word(&e->lexicon, e->doc->tokens.items[t->end].norm, "offset mark",
                         NULL));
}

bool event_find_loose_times(struct eventing *e)
{
    struct doc *doc = e->doc;
    bool *is_taken = arena_take(&doc->arena, doc->times.count + 1u, sizeof *is_taken);
    e->has_loose_time = arena_take(&doc->arena, doc->sentences.count + 1u,
                                   sizeof *e->has_loose_time);
    if (!is_taken || !e->has_loose_time)
        return false;
    for (uint32_t i = 0; i < doc->clauses.count; i++)
        if (doc->clauses.items[i].time != NONE)
            is_taken[doc->clauses.items[i].time] = true;
    for (uint32_t i = 0; i < doc->times.count; i++) {
        const struct time_ref *t = &doc->times.items[i];
        uint32_t sentence = t->first < t->end ? doc_sentence_of(doc, t->first) : NONE;
        if (!is_taken[i] && sentence != NONE && is_loose(e, t))
            e->has_loose_time[sentence] = true;
    }
    return true;
}

/* What was told last before the clause is long past: "in 2012 ... Kenya attacked". */
static bool is_in_older_scene(const struct eventing *e, uint32_t number)
{
    const struct doc *doc = e->doc;
    uint32_t sentence = doc->clauses.items[number].sentence;
    for (uint32_t i = number; i-- > 0 && number - i < LOOK_BACK;) {
        const struct clause *before = &doc->clauses.items[i];
        if (before->sentence + FRAME_SENTENCES < sentence)
            return false;
        if (before->time == NONE || before->embedding == EMBED_RELATIVE ||
            before->embedding == EMBED_ADVERBIAL)
            continue;
        const struct time_ref *t = &doc->times.items[before->time];
        if (t->end_day != DAY_NONE && !t->is_deadline && !t->is_start)
            return t->end_day < doc->report.day - FRAME_DAYS;
    }
    return false;
}

/* Main clauses, what is joined to them, and what is said there without a day. */
static bool is_of_main_line(const struct eventing *e, const struct clause *clause)
{
    for (int i = 0; i < MAX_CLIMB && clause->parent != NONE; i++) {
        bool is_joined = clause->embedding == EMBED_CONJUNCT ||
                         clause->embedding == EMBED_PARATAXIS;
        if (!is_joined && clause->embedding != EMBED_COMPLEMENT)
            return false;
        clause = &e->doc->clauses.items[clause->parent];
        if (clause->time != NONE)
            return false;
    }
    return true;
}

bool event_is_of_report_day(const struct eventing *e, uint32_t number)
{
    const struct clause *clause = &e->doc->clauses.items[number];
    bool is_light = clause->kind == CLAUSE_NOUN && clause->light != NONE;
    bool is_told = clause->kind == CLAUSE_VERB || is_light;
    bool is_finite = is_light
                         ? e->doc->tokens.items[clause->light].feats.verb_form == FORM_FIN
                         : clause->is_finite;
    if (e->doc->report.day == DAY_NONE || clause->time != NONE || !is_told ||
        clause->status != STATUS_ACTUAL || clause->is_historical || clause->is_habitual ||
        clause->is_infinitive || clause->modal)
        return false;
    if (e->doc->sentences.items[clause->sentence].is_headline)
        return true;
    return is_finite && !e->has_loose_time[clause->sentence] &&
           !(clause->is_past && clause->is_perfect) && is_of_main_line(e, clause) &&
           !is_in_older_scene(e, number);
}
