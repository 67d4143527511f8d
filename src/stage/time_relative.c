/* time_relative.c: times that are counted from the report's day. */
#include "stage/time.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define FAR_SEASON 100 /* days */
#define QUARTER_DAYS 89
#define DAY_MINUTES (24 * 60)
#define MAX_HOURS 1000

/* "three hours later", where a clock time was told */
static bool resolve_hours(const struct time_state *state, const struct find *find,
                          struct when *when)
{
    const char *unit = find_unit(find), *dir = find_value(find, CLASS_dir);
    double amount = find_amount(find);
    bool is_clock = text_is(unit, "H") || text_is(unit, "m");
    if (!is_clock || !dir || dir[1] || amount <= 0 || state->point_minutes < 0 ||
        amount > MAX_HOURS)
        return false;
    double step = amount * (unit[0] == 'H' ? 60 : 1);
    int minutes = state->point_minutes + (int)(dir[0] == '<' ? -step : step);
    int days = (minutes + MAX_HOURS * DAY_MINUTES) / DAY_MINUTES - MAX_HOURS;
    if (state->point_start != DAY_NONE)
        when->start = state->point_start + days;
    time_clock(state, when, minutes - days * DAY_MINUTES, NULL);
    when->mod = find_value(find, CLASS_approx);
    return true;
}

/* "the year-earlier quarter": a year before the quarter that was told, else before the
 * last. */
static bool resolve_same_quarter(const struct time_state *state, const struct find *find,
                                 struct when *when)
{
    if (!find_has_word(state->lexicon, find, "quarter") ||
        !text_is(find_unit(find), "Y") || state->report == DAY_NONE)
        return false;
    day len = state->anchor_start == DAY_NONE ? 0
                                              : state->anchor_end - state->anchor_start;
    bool is_told = len >= QUARTER_DAYS && len < QUARTER_DAYS + 3;
    day base = is_told ? state->anchor_start : time_add(state->report, -1, "Q");
    when_unit(when, time_add(base, -1, "Y"), "Q");
    return true;
}

static void resolve_offset(const struct time_state *state, const struct find *find,
                           struct when *when)
{
    double amount = find_amount(find);
    const char *unit = find_unit(find), *dir = find_value(find, CLASS_dir);
    if (resolve_same_quarter(state, find, when) || resolve_hours(state, find, when))
        return;
    if (!dir || text_is(unit, "TE") || text_is(unit, "SE")) {
        when->is_dropped = true;
        return;
    }
    if (amount > 0 && find_slot(find, CLASS_num, false) &&
        find_has_word(state->lexicon, find, "half"))
        amount += 0.5;
    bool is_back = dir[0] == '<', from_now = dir[1] != '\0';
    when->mod = find_has_word(state->lexicon, find, "odd")
                    ? "APPROX"
                    : find_value(find, CLASS_approx);
    if (amount < 0) {
        snprintf(when->value, sizeof when->value, is_back ? "PAST_REF" : "FUTURE_REF");
        return;
    }
    day base = from_now ? time_base(state) : state->point_start;
    if (from_now && state->report != DAY_NONE)
        base = state->report;
    if (!from_now && base == DAY_NONE)
        base = state->anchor_start;
    if (base == DAY_NONE && is_back)
        base = state->report;
    if (amount != floor(amount) && text_is(unit, "Y")) {
        amount *= 12;
        unit = "M";
    }
    day d = time_add(base, is_back ? -amount : amount, unit);
    if (text_is(unit, "DE") || text_is(unit, "CE"))
        unit = "Y";
    if (d != DAY_NONE)
        when_unit(when, d, unit);
}

/* "this time last year", "this time tomorrow": the day itself. */
static void resolve_shift_same(const struct time_state *state, const struct find *find,
                               struct when *when)
{
    const struct reading *shift = find_slot(find, CLASS_shift, false);
    const char *deixis = find_value(find, CLASS_deixis);
    if (state->report == DAY_NONE)
        return;
    const char *same = find_slot(find, CLASS_same, false) ? find_unit(find) : NULL;
    if (same) { /* "the same month last year", of that told before */
        const struct reading *unit = find_slot(find, CLASS_unit, true);
        day base = state->anchor_start != DAY_NONE ? state->anchor_start : state->report;
        int year = find_number(find, CLASS_year, false);
        struct civil civil = day_civil(base);
        if (year > 0)
            base = day_from((struct civil){year, civil.month, 1});
        else
            base = time_add(base, shift->amount, unit->value);
        when_unit(when, base, same);
        return;
    }
    when_day(when, shift ? time_add(state->report, shift->amount, find_unit(find))
                         : state->report + atoi(deixis));
}

/* "five years ago Wednesday", "a year ago today", "two years ago this month" */
static void resolve_offset_day(const struct time_state *state, const struct find *find,
                               struct when *when)
{
    const char *dir = find_value(find, CLASS_dir),
               *deixis = find_value(find, CLASS_deixis);
    const struct reading *unit = find_slot(find, CLASS_unit, true);
    int weekday = find_number(find, CLASS_weekday, false);
    const struct reading *weekdays = find_slot(find, CLASS_weekdays, false);
    day d = state->report;
    when->is_dropped = !dir || dir[1] == '\0';
    if (when->is_dropped || d == DAY_NONE)
        return;
    if (weekdays) { /* "two Sundays ago" */
        day back = (day_weekday(d) - (day)weekdays->amount + 6) % 7 + 1;
        when_day(when, d - back - 7 * ((day)find_amount(find) - 1));
        return;
    }
    if (weekday >= 0)
        d += (weekday - day_weekday(d) + 10) % 7 - 3; /* the nearest */
    else if (deixis)
        d += atoi(deixis);
    d = time_add(d, dir[0] == '<' ? -find_amount(find) : find_amount(find),
                 find_unit(find));
    when_unit(when, d, unit ? unit->value : "D");
    when->mod = find_value(find, CLASS_approx);
}

void time_shift(const struct time_state *state, const struct find *find,
                struct when *when)
{
    const char *unit = find_unit(find), *edge = find_edge(find);
    int by = find_number(find, CLASS_shift, false);
    day base = state->report;
    if (state->is_narrative && state->anchor_start != DAY_NONE && by != 0)
        base = state->anchor_start;
    if (base == DAY_NONE)
        return;
    struct civil civil = day_civil(base);
    civil.day = 1; /* so that a month's steps never skip a short month */
    if (text_is(unit, "M") || text_is(unit, "Q") || text_is(unit, "Y") ||
        text_is(unit, "DE") || text_is(unit, "CE"))
        base = day_from(civil);
    when_unit(when, time_add(base, by, unit), unit);
    if (edge)
        when_narrow(when, edge);
    const char *way = find_value(find, CLASS_laterin);
    if (!way || by != 0 || state->report < when->start || state->report > when->end)
        return;
    if (way[0] == '>') /* "later this month", "earlier this month" */
        when->start = state->report;
    else
        when->end = state->report;
}

/* "the past two weeks", "the next month": a stretch that ends or begins with the
 * report. */
static void resolve_shift_span(const struct time_state *state, const struct find *find,
                               struct when *when)
{
    int by = find_number(find, CLASS_shift, false);
    const char *unit = find_unit(find);
    double amount = find_amount(find);
    bool is_one = !find_slot(find, CLASS_num, false) &&
                  find_slot(find, CLASS_unit, false);
    bool is_dated = by == 0 || text_is(unit, "Q") || text_is(unit, "WE") ||
                    strchr(find_value(find, CLASS_shift), 'd'); /* "the latest week" */
    if (is_one && (text_is(unit, "D") || is_dated || (state->is_narrative && by > 0))) {
        if (is_dated)
            time_shift(state, find, when);
        else
            time_chain_next(state, find, by, when);
        return;
    }
    if (by > 0 && amount < 0 && !find_slot(find, CLASS_vague, false)) {
        snprintf(when->value, sizeof when->value, "FUTURE_REF"); /* "the coming weeks" */
        return;
    }
    when_length(when, amount, unit, find_value(find, CLASS_approx));
    if (state->report == DAY_NONE || when->is_dropped || amount < 0 ||
        state->is_narrative)
        return;
    when->granularity = GRAIN_DAY;
    when->start = by < 0 ? time_add(state->report, -amount, unit) : state->report;
    when->end = by < 0 ? state->report : time_add(state->report, amount, unit);
}

static void resolve_shift_date(const struct time_state *state, const struct find *find,
                               enum view view, struct when *when)
{
    int by = find_number(find, CLASS_shift, false);
    int weekday = find_number(find, CLASS_weekday, false);
    int month = find_number(find, CLASS_month, false);
    const char *season = find_value(find, CLASS_season);
    day base = time_base(state);
    if (find_slot(find, CLASS_holiday, false)) {
        time_holiday(state, find, by < 0 ? VIEW_PAST : by > 0 ? VIEW_FUTURE : view, when);
        return;
    }
    if (base == DAY_NONE)
        return;
    struct civil civil = day_civil(base);
    if (weekday >= 0) {
        day monday = base - day_weekday(base), d = monday + weekday;
        if (by < 0 && d >= base)
            d -= 7;
        if (by > 0 && d <= base)
            d += 7;
        else if (by > 0 && d - base < 2)
            d += 7;
        when_day(when, d);
    } else if (month > 0) {
        int year = civil.year;
        if (by < 0 && month >= civil.month)
            year--;
        if (by > 0 && month <= civil.month)
            year++;
        when_month(when, year, month);
    } else if (season) {
        int year = civil.year;
        if (by < 0 && calendar_season(year, season).last >= base)
            year--;
        if (by > 0 && calendar_season(year, season).first <= base)
            year++;
        /* "this winter" in March is the one that began last year */
        if (by == 0 && calendar_season(year, season).first - base > FAR_SEASON &&
            base - calendar_season(year - 1, season).last < FAR_SEASON)
            year--;
        when_season(when, year, season);
    }
}

static void resolve_shift_part(const struct time_state *state, const struct find *find,
                               struct when *when)
{
    day base = time_base(state);
    const char *edge = find_edge(find);
    if (base == DAY_NONE)
        return;
    time_part_of_day(state, base + find_number(find, CLASS_shift, false),
                     find_value(find, CLASS_part), when);
    if (edge)
        when->mod = edge;
}

static void resolve_edge_unit(const struct time_state *state, const struct find *find,
                              const char *edge, struct when *when)
{
    day base = time_base(state);
    const char *unit = find_unit(find);
    if (base == DAY_NONE)
        return;
    when_unit(when, base, unit);
    if (edge && !when->is_dropped)
        when_narrow(when, edge);
}

static void resolve_deixis(const struct time_state *state, const struct find *find,
                           struct when *when)
{
    const char *value = find_value(find, CLASS_deixis),
               *part = find_value(find, CLASS_part);
    char own[8];
    if (state->report == DAY_NONE)
        return;
    when_day(when, state->report + atoi(value));
    snprintf(own, sizeof own, "%.2s", value[0] == '0' ? value + 1 : "");
    if (!part && own[0])
        part = own;
    if (part)
        when_part(when, part);
    if (strchr(value, '<'))
        when->start--;
}

/* "now", "recently"; without a word of its own: "at the moment" */
static void resolve_ref(const struct time_state *state, const struct find *find,
                        struct when *when)
{
    const char *ref = find_value(find, CLASS_ref);
    snprintf(when->value, sizeof when->value, "%s", ref ? ref : "PRESENT_REF");
    if (text_is(when->value, "PRESENT_REF"))
        when->start = when->end = state->report;
}

/* "in recent weeks", "the days ahead" */
static void resolve_recent(const struct time_state *state, const struct find *find,
                           struct when *when)
{
    bool is_ahead = find_number(find, CLASS_shift, false) > 0 ||
                    find_has_word(state->lexicon, find, "ahead");
    snprintf(when->value, sizeof when->value, is_ahead ? "FUTURE_REF" : "PAST_REF");
}

bool time_resolve_relative(const struct time_state *state, const struct find *find,
                           enum view view, struct when *when)
{
    switch (find->action) {
    case ACT_offset: resolve_offset(state, find, when); return true;
    case ACT_offset_day: resolve_offset_day(state, find, when); return true;
    case ACT_shift: time_shift(state, find, when); return true;
    case ACT_shift_span: resolve_shift_span(state, find, when); return true;
    case ACT_shift_date: resolve_shift_date(state, find, view, when); return true;
    case ACT_shift_same: resolve_shift_same(state, find, when); return true;
    case ACT_shift_part: resolve_shift_part(state, find, when); return true;
    case ACT_edge_unit:
        resolve_edge_unit(state, find, find_edge(find), when);
        return true;
    case ACT_year_end: resolve_edge_unit(state, find, "END", when); return true;
    case ACT_deixis: resolve_deixis(state, find, when); return true;
    case ACT_recent: resolve_recent(state, find, when); return true;
    case ACT_ref: resolve_ref(state, find, when); return true;
    default: return false;
    }
}
