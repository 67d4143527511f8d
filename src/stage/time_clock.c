/* time_clock.c: clock times and parts of the day. */
#include "stage/time.h"

#include <stdio.h>
#include <string.h>

void time_clock(const struct time_state *state, struct when *when, int minutes,
                const char *zone)
{
    char offset[8] = "", text[16];
    day d = when->start != DAY_NONE ? when->start : state->report;
    if (zone)
        calendar_offset(state->lexicon, zone, d, offset);
    when->type = TIME_CLOCK;
    when->granularity = GRAIN_MINUTE;
    when->start = when->end = d;
    snprintf(when->clock, sizeof when->clock, "%02d:%02d%s", minutes / 60 % 24,
             minutes % 60, offset);
    snprintf(when->value, sizeof when->value, "%sT%02d:%02d",
             d == DAY_NONE ? "XXXX-XX-XX" : day_write(d, text), minutes / 60 % 24,
             minutes % 60);
}

static void resolve_clock(const struct time_state *state, const struct find *find,
                          struct when *when)
{
    const struct reading *hm = find_slot(find, CLASS_hm, false);
    const struct reading *ampm = find_slot(find, CLASS_ampm, false);
    int hour = find_number(find, CLASS_num, false);
    int minutes = hm ? (int)hm->amount : hour * 60;
    const char *part = find_value(find, CLASS_part);
    bool is_decimal = hm && hm->value[0] == '.';
    bool is_late = !hm && part && hour > 12; /* "45 in the morning" */
    if (minutes < 0 || minutes > 24 * 60 || is_late || (ampm && minutes >= 13 * 60) ||
        (is_decimal && !ampm && !find_slot(find, CLASS_zone, false))) {
        when->is_dropped = true;
        return;
    }
    if (ampm)
        minutes = minutes % (12 * 60) + (int)ampm->amount * 60;
    else if (part && minutes < 12 * 60 &&
             (text_is(part, "AF") || text_is(part, "EV") || text_is(part, "NI")))
        minutes += 12 * 60;
    time_clock(state, when, minutes, find_value(find, CLASS_zone));
}

/* "half past nine", "a quarter to nine" */
static void resolve_past_hour(const struct time_state *state, const struct find *find,
                              struct when *when)
{
    int hour = find_number(find, CLASS_num, false);
    bool is_before = find_has_word(state->lexicon, find, "to") ||
                     find_has_word(state->lexicon, find, "before");
    int minutes = find_has_word(state->lexicon, find, "half") ? 30 : is_before ? -15 : 15;
    when->is_dropped = hour < 1 || hour > 12;
    if (!when->is_dropped)
        time_clock(state, when, hour * 60 + minutes, NULL);
}

static void resolve_zulu(const struct time_state *state, const struct find *find,
                         struct when *when)
{
    const struct reading *number = find_slot(find, CLASS_num, false);
    if (!number)
        number = find_slot(find, CLASS_year, false);
    int written = number ? (int)number->amount : -1;
    int minutes = written <= 24 ? written * 60 : written / 100 * 60 + written % 100;
    if (written < 0 || minutes > 24 * 60 || written % 100 >= 60) {
        when->is_dropped = true;
        return;
    }
    time_clock(state, when, minutes, find_value(find, CLASS_zone));
}

void time_part_of_day(const struct time_state *state, day d, const char *part,
                      struct when *when)
{
    if (d == DAY_NONE)
        d = state->is_narrative ? state->point_start : state->report;
    if (d == DAY_NONE)
        snprintf(when->value, sizeof when->value, "XXXX-XX-XX");
    else
        when_day(when, d);
    if (part)
        when_part(when, part);
}

bool find_is_any_night(const struct find *find)
{
    return find->action == ACT_part && find->end == find->first + 1 &&
           text_is(find_value(find, CLASS_part), "NI");
}

bool time_resolve_clock(const struct time_state *state, const struct find *find,
                        struct when *when)
{
    switch (find->action) {
    case ACT_clock:
    case ACT_oclock: resolve_clock(state, find, when); return true;
    case ACT_past_hour: resolve_past_hour(state, find, when); return true;
    case ACT_zulu: resolve_zulu(state, find, when); return true;
    case ACT_part:
        if (find_is_any_night(find)) {
            snprintf(when->value, sizeof when->value, "XXXX-XX-XX");
            when_part(when, "NI");
            return true;
        }
        time_part_of_day(state, DAY_NONE, find_value(find, CLASS_part), when);
        return true;
    default: return false;
    }
}
