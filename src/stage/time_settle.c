/* time_settle.c: resolves what was found in a sentence, from left to right: whether it
 * lies ahead or behind, what it leans on, and the day of clock times. */
#include "stage/time.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define NEAR_YEARS 8
#define MAX_CLIMB 6 /* heads from a time to its verb */

uint32_t time_head_token(const struct time_reader *r, const struct find *find)
{
    uint32_t first = r->units[find->first].token, last = r->units[find->end - 1].token;
    for (uint32_t t = first; t <= last; t++) {
        uint32_t head = r->doc->tokens.items[t].head;
        if (head < first || head > last)
            return t;
    }
    return last;
}

const char *time_word_before(const struct time_reader *r, uint32_t at,
                             enum time_class class)
{
    for (uint32_t back = 1; back <= 4 && back <= at; back++) {
        const struct unit *unit = &r->units[at - back];
        if (!has_class(unit, class))
            continue;
        for (uint8_t i = 0; i < unit->reading_count; i++)
            if (unit->readings[i].class == class && unit->readings[i].len == back)
                return unit->readings[i].value;
    }
    return NULL;
}

/* The verb that a token hangs on, however deep; NULL. */
static const struct token *governor(const struct time_reader *r, uint32_t token)
{
    const struct token *tokens = r->doc->tokens.items;
    for (int i = 0; i < MAX_CLIMB && tokens[token].head != token; i++) {
        token = tokens[token].head;
        if (tokens[token].upos == UPOS_VERB)
            return &tokens[token];
    }
    return NULL;
}

bool time_is_put_off(const struct time_reader *r, const struct find *find)
{
    const char *limit = time_word_before(r, find->first, CLASS_limit);
    bool is_to = find->first && has_class(&r->units[find->first - 1], CLASS_thru);
    const struct token *verb = governor(r, time_head_token(r, find));
    return (is_to || (limit && strcmp(limit, "until") == 0)) && verb &&
           time_word_is(r->lexicon, verb->lemma, CLASS_defer);
}

static enum view view_of(const struct time_reader *r, const struct find *find)
{
    uint32_t token = time_head_token(r, find);
    const char *limit = time_word_before(r, find->first, CLASS_limit);
    const struct token *verb = governor(r, token);
    bool is_until = limit && strcmp(limit, "until") == 0;
    if (time_is_put_off(r, find) ||
        (is_until && verb && time_word_is(r->lexicon, verb->lemma, CLASS_prolong)))
        return VIEW_FUTURE;
    return time_view(r->lexicon, r->doc, r->sentence, token);
}

/* "April and May 1940": the year stands with the last. */
static int year_ahead(const struct time_reader *r, uint32_t number)
{
    const struct find *find = &r->finds[number];
    if (number + 1 >= r->find_count || find_slot(find, CLASS_year, false))
        return 0;
    const struct find *next = &r->finds[number + 1];
    const struct reading *year = find_slot(next, CLASS_year, false);
    if (!year || next->first < find->end || next->first > find->end + 2 ||
        (next->action != ACT_date && next->action != ACT_season))
        return 0;
    for (uint32_t i = find->end; i < next->first; i++)
        if (r->units[i].text[0] != ',' && r->units[i].upos != UPOS_CCONJ &&
            !has_class(&r->units[i], CLASS_thru))
            return 0;
    return (int)year->amount;
}

/* A bare year far from the story so far ("as in 1812") does not move it. */
static bool is_aside(const struct time_reader *r, const struct find *find,
                     const struct when *when)
{
    if (r->state.anchor_start == DAY_NONE || find_slot(find, CLASS_month, false))
        return false;
    day step = when->start - r->state.anchor_start;
    return step > 365 * NEAR_YEARS || step < -365 * NEAR_YEARS;
}

/* In a text about another time, what leans on the report's day is no step of the
 * story. */
static bool is_of_report(const struct find *find)
{
    return find->action == ACT_deixis || find->action == ACT_shift ||
           find->action == ACT_clock || find->action == ACT_shift_part ||
           find->action == ACT_zulu || find->action == ACT_ref;
}

/* "compared with a year earlier" is no step of the story. */
static bool is_comparison(const struct time_reader *r, const struct find *find)
{
    return find->action == ACT_offset && !r->state.is_narrative &&
           text_is(find_value(find, CLASS_dir), "<");
}

static void note_anchor(struct time_reader *r, const struct find *find,
                        const struct when *when)
{
    bool is_unknown = find_class(find) == CLASS_date && when->start == DAY_NONE &&
                      !when->is_dropped;
    if (is_unknown && r->state.report == DAY_NONE && !r->state.is_narrative) {
        r->state.anchor_start = r->state.anchor_end = r->state.point_start = DAY_NONE;
        return; /* what follows would lean on a date told before it */
    }
    if (!when->is_date || when->start == DAY_NONE || is_comparison(r, find))
        return;
    if (r->state.is_narrative && (is_of_report(find) || is_aside(r, find, when)))
        return;
    r->state.anchor_start = when->start;
    r->state.anchor_end = when->end;
    r->anchor_sentence = r->sentence;
    if (when->start == when->end)
        r->state.point_start = when->start;
}

static void note_clock(struct time_reader *r, const struct when *when)
{
    const char *clock = when->clock;
    if (when->type == TIME_CLOCK && strlen(clock) >= 5 && clock[2] == ':')
        r->state.point_minutes = atoi(clock) * 60 + atoi(clock + 3);
    else if (when->type == TIME_DATE || when->type == TIME_CLOCK)
        r->state.point_minutes = -1;
}

/* "takes effect on May 3": the present of what stands in a calendar. */
static bool is_agenda(const struct time_reader *r, const struct find *find)
{
    const struct token *tokens = r->doc->tokens.items;
    const struct token *time = &tokens[time_head_token(r, find)],
                       *head = &tokens[time->head];
    bool hangs = time->deprel == DEP_OBL || time->deprel == DEP_OBL_UNMARKED;
    return hangs && head->upos == UPOS_VERB && head->feats.verb_form == FORM_FIN &&
           head->feats.tense != TENSE_PAST &&
           !time_word_before(r, find->first, CLASS_open);
}

static bool is_dayless(const struct find *find)
{
    return !find->is_inner && !find_is_any_night(find) &&
           (find->action == ACT_clock || find->action == ACT_oclock ||
            find->action == ACT_zulu || find->action == ACT_part);
}

/* Whether a find tells the day that a clock time beside it leaves out. */
static bool tells_day(const struct time_reader *r, uint32_t number)
{
    const struct find *find = &r->finds[number];
    const struct when *when = &r->whens[number];
    return !find->is_inner && !is_dayless(find) && when->start != DAY_NONE &&
           when->start == when->end && when->type != TIME_DURATION &&
           !find_slot(find, CLASS_ref, false);
}

static uint32_t distance(const struct find *a, const struct find *b)
{
    return a->first < b->first ? b->first - a->end : a->first - b->end;
}

/* The day told before, but where the tense contradicts it: then the report's. */
static day agreeing(const struct time_reader *r, const struct find *find, day before)
{
    enum view view = view_of(r, find);
    day report = r->state.report;
    bool is_past = view == VIEW_PAST || view == VIEW_PERFECT;
    if (before == DAY_NONE || report == DAY_NONE || r->state.is_narrative)
        return before;
    return (is_past && before > report) || (view == VIEW_FUTURE && before < report)
               ? report
               : before;
}

/* "The doors opened at 9 a.m. (0700 GMT) on Friday": the nearest day of the sentence,
 * else the one told before, is the clock's. */
static void settle_clocks(struct time_reader *r, day before)
{
    for (uint32_t i = 0; i < r->find_count; i++) {
        struct when *when = &r->whens[i];
        const char *hours = strchr(when->value, 'T');
        uint32_t best = NONE;
        if (!is_dayless(&r->finds[i]) || !hours)
            continue;
        for (uint32_t k = 0; k < r->find_count; k++)
            if (tells_day(r, k) &&
                (best == NONE || distance(&r->finds[k], &r->finds[i]) <
                                     distance(&r->finds[best], &r->finds[i])))
                best = k;
        day d = best != NONE ? r->whens[best].start : agreeing(r, &r->finds[i], before);
        char text[48], iso[16];
        if (d == DAY_NONE)
            continue;
        snprintf(text, sizeof text, "%s%s", day_write(d, iso), hours);
        memcpy(when->value, text, sizeof text);
        when->start = when->end = d;
    }
}

/* "Last week they met twice, on Monday and on Thursday": a day of that week, where both
 * hang on one verb. */
static day week_beside(const struct time_reader *r, uint32_t number)
{
    const struct find *find = &r->finds[number];
    if (find->action != ACT_weekday)
        return DAY_NONE;
    const struct token *verb = governor(r, time_head_token(r, find));
    for (uint32_t i = 0; verb && i < number; i++) {
        const struct find *week = &r->finds[i];
        if (week->action == ACT_shift && text_is(find_unit(week), "W") &&
            governor(r, time_head_token(r, week)) == verb)
            return r->whens[i].start;
    }
    return DAY_NONE;
}

void time_settle(struct time_reader *r)
{
    day before = r->state.point_start;
    for (uint32_t i = 0; i < r->find_count; i++) {
        const struct find *find = &r->finds[i];
        enum view view = view_of(r, find);
        r->state.is_agenda = view == VIEW_PRESENT && is_agenda(r, find);
        r->state.next_year = year_ahead(r, i);
        r->state.week = week_beside(r, i);
        time_resolve(&r->state, find, r->whens, view, &r->whens[i]);
        note_anchor(r, find, &r->whens[i]);
        note_clock(r, &r->whens[i]);
    }
    settle_clocks(r, before);
}
