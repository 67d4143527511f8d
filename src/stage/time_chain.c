/* time_chain.c: times that lean on the one told before: "the next day". */
#include "stage/time.h"

#include <stdio.h>
#include <string.h>

#define MONTH_DAYS 31
#define YEAR_DAYS 366

void time_chain_next(const struct time_state *state, const struct find *find, int by,
                     struct when *when)
{
    const char *unit = find_unit(find), *season = find_value(find, CLASS_season);
    day base = state->point_start;
    if (find_has_word(state->lexicon, find, "day"))
        unit = "D";
    if (!text_is(unit, "D") || base == DAY_NONE)
        base = state->anchor_start != DAY_NONE ? state->anchor_start : base;
    if (base == DAY_NONE && find_slot(find, CLASS_back, false))
        base = state->report; /* "the previous month", where none was told */
    if (base == DAY_NONE)
        return;
    struct civil civil = day_civil(base);
    if (season) {
        int year = civil.year;
        while (by > 0 && calendar_season(year, season).first <= base)
            year++;
        while (by < 0 && calendar_season(year, season).last >= base)
            year--;
        when_season(when, year, season);
        return;
    }
    civil.day = 1;
    if (text_is(unit, "M") || text_is(unit, "Y") || text_is(unit, "Q"))
        base = day_from(civil);
    when_unit(when, time_add(base, by, unit), unit);
}

/* "that night", "the next morning": unknown where no day was told. */
static void resolve_chain_part(const struct time_state *state, const struct find *find,
                               int by, struct when *when)
{
    when->type = TIME_CLOCK;
    if (state->point_start != DAY_NONE)
        time_part_of_day(state, state->point_start + by, find_value(find, CLASS_part),
                         when);
}

/* "the following Monday", "the previous Friday" */
static void resolve_chain_weekday(const struct time_state *state, const struct find *find,
                                  struct when *when)
{
    day from = state->point_start;
    if (from == DAY_NONE)
        return;
    int ahead = find_number(find, CLASS_weekday, false) - day_weekday(from);
    bool is_on = find_slot(find, CLASS_on, false) != NULL;
    when_day(when, is_on ? from + (ahead + 6) % 7 + 1 : from - (6 - ahead) % 7 - 1);
}

/* "the previous July", "the following March" */
static void resolve_chain_month(const struct time_state *state, const struct find *find,
                                struct when *when)
{
    bool is_exact = state->anchor_start != DAY_NONE &&
                    state->anchor_end - state->anchor_start <= 31;
    day from = is_exact || state->report == DAY_NONE ? state->anchor_start
                                                     : state->report;
    if (from == DAY_NONE)
        return;
    struct civil civil = day_civil(from);
    int month = find_number(find, CLASS_month, false), year = civil.year;
    if (find_slot(find, CLASS_on, false))
        year += month <= civil.month;
    else
        year -= month >= civil.month;
    when_month(when, year, month);
}

/* "the day before", "the night after", "the year before last" */
static void resolve_beside(const struct time_state *state, const struct find *find,
                           struct when *when)
{
    const char *part = find_value(find, CLASS_part);
    int by = find_has_word(state->lexicon, find, "before") ? -1 : 1;
    if (find_has_word(state->lexicon, find, "last")) {
        if (time_base(state) != DAY_NONE)
            when_unit(when, time_add(time_base(state), -2, find_unit(find)),
                      find_unit(find));
    } else if (part) {
        resolve_chain_part(state, find, by, when);
    } else {
        time_chain_next(state, find, by, when);
    }
}

static void resolve_chain(const struct time_state *state, const struct find *find,
                          struct when *when)
{
    const char *unit = find_unit(find);
    day base = text_is(unit, "D") ? state->point_start : state->anchor_start;
    if (text_is(unit, "H") || text_is(unit, "m") || text_is(unit, "S") ||
        text_is(unit, "SE") || text_is(unit, "TE")) {
        when->is_dropped = true;
        return;
    }
    when_unit(when, base, unit);
}

/* "said earlier in the day" is not told of a day to come. */
static bool agrees(const struct time_state *state, enum view view, day d)
{
    bool is_past = view == VIEW_PAST || view == VIEW_PERFECT;
    return state->report == DAY_NONE || state->is_narrative ||
           !(is_past ? d > state->report : view == VIEW_FUTURE && d < state->report);
}

/* "later in the month": the rest of it after the time before. */
static void resolve_chain_in(const struct time_state *state, const struct find *find,
                             enum view view, struct when *when)
{
    const char *unit = find_unit(find), *way = find_value(find, CLASS_laterin);
    const char *edge = find_edge(find);
    day base = text_is(unit, "D") && state->point_start != DAY_NONE ? state->point_start
                                                                    : state->anchor_start;
    if (base == DAY_NONE || (way && !agrees(state, view, base)))
        base = state->report;
    when_unit(when, base, unit);
    if (edge)
        when_narrow(when, edge);
    if (!way || when->start == DAY_NONE || when->granularity <= GRAIN_DAY)
        return;
    day from = state->anchor_start != DAY_NONE ? state->anchor_start : base;
    day to = state->anchor_end != DAY_NONE ? state->anchor_end : from;
    if (way[0] == '>' && to >= when->start && to < when->end)
        when->start = to;
    else if (way[0] == '<' && from > when->start && from <= when->end)
        when->end = from;
}

/* "the end of his first term": whose, and so which days, the words do not say. */
static void resolve_own_unit(const struct find *find, struct when *when)
{
    when->mod = find_edge(find);
}

/* "at that time": the time told before, else some time past. */
static void resolve_chain_time(const struct time_state *state, struct when *when)
{
    day len = state->anchor_end - state->anchor_start;
    if (state->anchor_start == DAY_NONE || len > YEAR_DAYS)
        snprintf(when->value, sizeof when->value, "PAST_REF");
    else
        when_unit(when, state->anchor_start,
                  len == 0                ? "D"
                  : len < MONTH_DAYS - 21 ? "W"
                  : len <= MONTH_DAYS     ? "M"
                                          : "Y");
}

/* "for the year", "in the quarter": the one told last, else the report's; a quarter is
 * told of when it is over. */
static void resolve_in_unit(const struct time_state *state, const struct find *find,
                            enum view view, struct when *when)
{
    const char *unit = find_unit(find);
    bool is_told = state->anchor_start != DAY_NONE;
    day base = is_told ? state->anchor_start : state->report;
    if (base == DAY_NONE)
        return;
    if (!is_told && text_is(unit, "Q") && view != VIEW_FUTURE)
        base = time_add(base, -1, unit);
    when_unit(when, base, unit);
}

/* 1 forward, -1 back, by the words. */
static int step_of(const struct find *find)
{
    if (find_slot(find, CLASS_on, false))
        return 1;
    return find_slot(find, CLASS_back, false) ? -1
                                              : find_number(find, CLASS_shift, false);
}

bool time_resolve_chain(const struct time_state *state, const struct find *find,
                        enum view view, struct when *when)
{
    switch (find->action) {
    case ACT_chain: resolve_chain(state, find, when); return true;
    case ACT_chain_part: resolve_chain_part(state, find, 0, when); return true;
    case ACT_chain_next_part:
        resolve_chain_part(state, find, step_of(find), when);
        return true;
    case ACT_chain_next: time_chain_next(state, find, step_of(find), when); return true;
    case ACT_chain_weekday: resolve_chain_weekday(state, find, when); return true;
    case ACT_chain_month: resolve_chain_month(state, find, when); return true;
    case ACT_chain_in: resolve_chain_in(state, find, view, when); return true;
    case ACT_own_unit: resolve_own_unit(find, when); return true;
    case ACT_chain_time: resolve_chain_time(state, when); return true;
    case ACT_in_unit: resolve_in_unit(state, find, view, when); return true;
    case ACT_beside: resolve_beside(state, find, when); return true;
    default: return false;
    }
}
