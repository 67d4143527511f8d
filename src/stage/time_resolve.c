/* time_resolve.c: from what a pattern read to days and a TIMEX3 value. */
#include "stage/time.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static const struct when *child_of(const struct find *find, enum time_class class,
                                   const struct when *inner)
{
    const struct reading *reading = find_slot(find, class, false);
    return reading ? &inner[reading->found] : NULL;
}

static void resolve_clock_date(const struct when *date, const struct when *clock,
                               struct when *when)
{
    *when = *clock;
    const char *hours = strchr(clock->value, 'T'), *part = strchr(date->value, 'T');
    char text[16];
    int hour = hours ? atoi(hours + 1) : 0;
    when->start = date->start;
    when->end = date->end;
    when->is_date = date->is_date;
    if (!hours || date->value[0] == '\0' || (date->type != TIME_DATE && !part))
        return;
    snprintf(text, sizeof text, "%s", hours);
    /* "10 o'clock Thursday night" */
    bool is_late = part &&
                   (text_is(part, "TAF") || text_is(part, "TEV") || text_is(part, "TNI"));
    if (is_late && hour < 12 && strlen(text) == 6) {
        snprintf(text, sizeof text, "T%02d%.3s", hour + 12, hours + 3);
        snprintf(when->clock, sizeof when->clock, "%s", text + 1);
    }
    snprintf(when->value, sizeof when->value, "%.*s%s",
             part ? (int)(part - date->value) : 20, date->value, text);
}

static void resolve_part_date(const struct when *date, const char *part,
                              struct when *when)
{
    *when = *date;
    if (!part || date->type != TIME_DATE || date->granularity != GRAIN_DAY)
        return;
    when_part(when, part);
}

static void resolve_offset_from(const struct find *find, const struct when *date,
                                const struct when *duration, struct when *when)
{
    const char *dir = find_value(find, CLASS_dirof);
    when->mod = duration->mod;
    if (duration->amount < 0 || date->start == DAY_NONE || !dir) {
        when->mod = dir && dir[0] == '<' ? "BEFORE" : "AFTER";
        snprintf(when->value, sizeof when->value, "%s", date->value);
        when->start = date->start;
        when->end = date->end;
        when->granularity = date->granularity;
        return;
    }
    day base = dir[0] == '<' ? date->start : date->end;
    /* "two weeks from Sunday" is a day */
    bool is_day = date->granularity <= GRAIN_DAY && text_is(duration->unit, "W");
    when_unit(when,
              time_add(base, dir[0] == '<' ? -duration->amount : duration->amount,
                       duration->unit),
              is_day ? "D" : duration->unit);
}

static void resolve_half_of(const struct find *find, const struct when *date,
                            struct when *when)
{
    int half = find_number(find, CLASS_halfof, false);
    *when = *date;
    if (date->start == DAY_NONE)
        return;
    day middle = date->start + (date->end - date->start) / 2;
    if (half == 1)
        when->end = middle;
    else
        when->start = middle + 1;
    if (date->granularity == GRAIN_YEAR && strlen(date->value) == 4)
        snprintf(when->value, sizeof when->value, "%.4s-H%d", date->value, half);
    else
        when->mod = half == 1 ? "START" : "END";
    when->granularity = GRAIN_SEASON;
}

static void resolve_over(const struct time_state *state, const struct find *find,
                         const struct when *inner, struct when *when)
{
    const struct when *date = child_of(find, CLASS_date, inner);
    const struct when *clock = child_of(find, CLASS_clock, inner);
    const struct when *duration = child_of(find, CLASS_dur, inner);
    const struct when *main = date ? date : clock;
    const char *way = find_value(find, CLASS_laterin), *edge = find_edge(find);
    if (!main || find->action == ACT_none) {
        when->is_dropped = true;
        return;
    }
    *when = *main;
    switch (find->action) {
    case ACT_edge:
        when_narrow(when, edge ? edge : way && way[0] == '>' ? "END" : "START");
        break;
    case ACT_clock_date:
        if (date && clock)
            resolve_clock_date(date, clock, when);
        if (find_slot(find, CLASS_approx, false))
            when->mod = find_value(find, CLASS_approx);
        break;
    case ACT_part_date:
        resolve_part_date(main, find_value(find, CLASS_part), when);
        break;
    case ACT_offset_from:
        *when = (struct when){.start = DAY_NONE, .end = DAY_NONE};
        if (duration)
            resolve_offset_from(find, main, duration, when);
        break;
    case ACT_half_of: resolve_half_of(find, main, when); break;
    case ACT_unit_of:
        if (find_has_word(state->lexicon, find, "week") && main->granularity == GRAIN_DAY)
            when_unit(when, main->start, "W");
        else if (find_has_word(state->lexicon, find, "weekend") &&
                 main->granularity == GRAIN_DAY)
            when_unit(when, main->start, "WE");
        break;
    default: when->mod = find_value(find, CLASS_approx); break;
    }
}

void time_resolve(const struct time_state *state, const struct find *find,
                  const struct when *inner, enum view view, struct when *when)
{
    *when = (struct when){.start = DAY_NONE, .end = DAY_NONE};
    if (!time_resolve_calendar(state, find, view, when) &&
        !time_resolve_relative(state, find, view, when) &&
        !time_resolve_chain(state, find, view, when) &&
        !time_resolve_length(state, find, when) && !time_resolve_clock(state, find, when))
        resolve_over(state, find, inner, when);
}
