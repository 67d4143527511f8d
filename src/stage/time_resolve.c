/* time_resolve.c: from what a pattern read to days and a TIMEX3 value. */
#include "stage/time.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define FAR_SEASON 100 /* days */

static void set_duration(struct when *when, double amount, const char *unit,
                         const char *mod)
{
    char number[16];
    when->type = TIME_DURATION;
    when->amount = amount;
    when->unit = unit;
    when->mod = mod;
    if (text_is(unit, "F")) {
        unit = "W";
        amount *= 2;
    }
    if (!unit || text_is(unit, "TE") || text_is(unit, "SE") || amount > 1000000) {
        when->is_dropped = true;
        return;
    }
    static const struct {
        const char *unit, *smaller;
        double count;
    } halves[] = {{"Y", "M", 12}, {"H", "m", 60}, {"DE", "Y", 10}, {"CE", "Y", 100}};
    for (size_t i = 0; amount > 0 && amount < 1 && i < sizeof halves / sizeof *halves;
         i++)
        if (text_is(unit, halves[i].unit)) {
            unit = halves[i].smaller;
            amount *= halves[i].count;
        }
    if (amount < 0)
        snprintf(number, sizeof number, "X");
    else
        snprintf(number, sizeof number, "%g", amount);
    bool is_clock = text_is(unit, "H") || text_is(unit, "m") || text_is(unit, "S");
    snprintf(when->value, sizeof when->value, "P%s%s%s", is_clock ? "T" : "", number,
             text_is(unit, "m") ? "M" : unit);
}

/* Three numbers in a row: "1 1/2". */
static bool is_mixed(const struct find *find)
{
    uint8_t first = find->slots[0].class == CLASS_num ? 0 : 1;
    return find->slot_count > first + 2 && find->slots[first].class == CLASS_num &&
           find->slots[first + 1].class == CLASS_num && !find->is_second[first + 1] &&
           find->slots[first + 2].class == CLASS_num && !find->is_second[first + 2] &&
           find->slots[first + 2].amount > 0;
}

static double mixed_amount(const struct find *find)
{
    const struct reading *first = &find->slots[find->slots[0].class != CLASS_num];
    return first[0].amount + first[1].amount / first[2].amount;
}

/* How many, by the words: 2.5, a half, a dozen; -1 when only "several". */
static double amount_of(const struct find *find)
{
    const struct reading *number = find_slot(find, CLASS_num, false);
    const struct reading *vague = find_slot(find, CLASS_vague, false);
    if (find_slot(find, CLASS_half, false))
        return 0.5;
    if (vague)
        return text_is(vague->value, "X") ? -1 : vague->amount;
    if (number && is_mixed(find)) /* "1 1/2" */
        return mixed_amount(find);
    if (number)
        return number->amount;
    return find_slot(find, CLASS_units, false) ? -1 : 1;
}

static void resolve_part(const struct time_state *state, day d, const char *part,
                         struct when *when);

static bool has_word(const struct time_state *state, const struct find *find,
                     const char *word)
{
    for (uint32_t i = 0; i < state->lexicon->word_count; i++)
        if (strcmp(state->lexicon->words[i], word) == 0)
            return find->words >> i & 1;
    return false;
}

static void resolve_duration(const struct time_state *state, const struct find *find,
                             struct when *when)
{
    double amount = amount_of(find);
    if (has_word(state, find, "quarter")) {
        set_duration(when, 25, "Y", find_value(find, CLASS_approx));
        return;
    }
    if (amount > 0 && has_word(state, find, "half"))
        amount += 0.5;
    bool is_about = has_word(state, find, "odd") || has_word(state, find, "so") ||
                    (amount == 1 && has_word(state, find, "or"));
    set_duration(when, amount, find_unit(find),
                 is_about ? "APPROX" : find_value(find, CLASS_approx));
}

static void resolve_offset(const struct time_state *state, const struct find *find,
                           struct when *when)
{
    double amount = amount_of(find);
    const char *unit = find_unit(find), *dir = find_value(find, CLASS_dir);
    if (!dir || text_is(unit, "TE") || text_is(unit, "SE")) {
        when->is_dropped = true;
        return;
    }
    if (amount > 0 && find_slot(find, CLASS_num, false) && has_word(state, find, "half"))
        amount += 0.5;
    bool is_back = dir[0] == '<', from_now = dir[1] != '\0';
    when->mod = has_word(state, find, "odd") ? "APPROX" : find_value(find, CLASS_approx);
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

/* "five years ago Wednesday", "a year ago today", "two years ago this month" */
static void resolve_offset_day(const struct time_state *state, const struct find *find,
                               struct when *when)
{
    const char *dir = find_value(find, CLASS_dir),
               *deixis = find_value(find, CLASS_deixis);
    const struct reading *unit = find_slot(find, CLASS_unit, true);
    int weekday = find_number(find, CLASS_weekday, false);
    day d = state->report;
    when->is_dropped = !dir || dir[1] == '\0';
    if (when->is_dropped || d == DAY_NONE)
        return;
    if (weekday >= 0)
        d += (weekday - day_weekday(d) + 10) % 7 - 3; /* the nearest */
    else if (deixis)
        d += atoi(deixis);
    d = time_add(d, dir[0] == '<' ? -amount_of(find) : amount_of(find), find_unit(find));
    when_unit(when, d, unit ? unit->value : "D");
    when->mod = find_value(find, CLASS_approx);
}

static void resolve_shift(const struct time_state *state, const struct find *find,
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

static void resolve_chain_next(const struct time_state *state, const struct find *find,
                               int by, struct when *when)
{
    const char *unit = find_unit(find), *season = find_value(find, CLASS_season);
    day base = state->point_start;
    if (has_word(state, find, "day"))
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
        resolve_part(state, state->point_start + by, find_value(find, CLASS_part), when);
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
    int by = has_word(state, find, "before") ? -1 : 1;
    if (has_word(state, find, "last")) {
        if (time_base(state) != DAY_NONE)
            when_unit(when, time_add(time_base(state), -2, find_unit(find)),
                      find_unit(find));
    } else if (part) {
        resolve_chain_part(state, find, by, when);
    } else {
        resolve_chain_next(state, find, by, when);
    }
}

/* "the past two weeks", "the next month": a stretch that ends or begins with the
 * report. */
static void resolve_shift_span(const struct time_state *state, const struct find *find,
                               struct when *when)
{
    int by = find_number(find, CLASS_shift, false);
    const char *unit = find_unit(find);
    double amount = amount_of(find);
    bool is_one = !find_slot(find, CLASS_num, false) &&
                  find_slot(find, CLASS_unit, false);
    bool is_dated = by == 0 || text_is(unit, "Q") ||
                    strchr(find_value(find, CLASS_shift), 'd'); /* "the latest week" */
    if (is_one && (text_is(unit, "D") || is_dated || (state->is_narrative && by > 0))) {
        if (is_dated)
            resolve_shift(state, find, when);
        else
            resolve_chain_next(state, find, by, when);
        return;
    }
    if (by > 0 && amount < 0 && !find_slot(find, CLASS_vague, false)) {
        snprintf(when->value, sizeof when->value, "FUTURE_REF"); /* "the coming weeks" */
        return;
    }
    set_duration(when, amount, unit, find_value(find, CLASS_approx));
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

static void resolve_set(const struct find *find, struct when *when)
{
    const struct reading *weekday = find_slot(find, CLASS_weekday, false);
    const struct reading *month = find_slot(find, CLASS_month, false);
    const char *part = find_value(find, CLASS_part),
               *season = find_value(find, CLASS_season);
    if (!part)
        part = find_value(find, CLASS_parts);
    if (!weekday)
        weekday = find_slot(find, CLASS_weekdays, false);
    if (weekday) {
        snprintf(when->value, sizeof when->value, "XXXX-WXX-%d%s%s",
                 (int)weekday->amount + 1, part ? "T" : "", part ? part : "");
    } else if (month) {
        snprintf(when->value, sizeof when->value, "XXXX-%02d", (int)month->amount);
    } else if (part) {
        snprintf(when->value, sizeof when->value, "T%s", part);
    } else if (season) {
        snprintf(when->value, sizeof when->value, "XXXX-%s", season);
    } else if (find_slot(find, CLASS_freq, false)) {
        snprintf(when->value, sizeof when->value, "%s", find_value(find, CLASS_freq));
    } else {
        const struct reading *unit = find_slot(find, CLASS_unit, false);
        bool is_counted = find_slot(find, CLASS_every, false) &&
                          (find_slot(find, CLASS_num, false) ||
                           find_slot(find, CLASS_vague, false));
        double every = is_counted && !unit ? amount_of(find) : 1;
        if (text_is(find_value(find, CLASS_every), "2"))
            every = 2;
        set_duration(when, every, find_unit(find), NULL);
        when->unit = NULL;
        if (unit && text_is(unit->value, "WE"))
            snprintf(when->value, sizeof when->value, "XXXX-WXX-WE");
    }
    when->type = TIME_SET;
}

/* ---- clock times ---- */

static void set_clock(const struct time_state *state, struct when *when, int minutes,
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
    set_clock(state, when, minutes, find_value(find, CLASS_zone));
}

/* "half past nine", "a quarter to nine" */
static void resolve_past_hour(const struct time_state *state, const struct find *find,
                              struct when *when)
{
    int hour = find_number(find, CLASS_num, false);
    bool is_before = has_word(state, find, "to") || has_word(state, find, "before");
    int minutes = has_word(state, find, "half") ? 30 : is_before ? -15 : 15;
    when->is_dropped = hour < 1 || hour > 12;
    if (!when->is_dropped)
        set_clock(state, when, hour * 60 + minutes, NULL);
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
    set_clock(state, when, minutes, find_value(find, CLASS_zone));
}

static void resolve_part(const struct time_state *state, day d, const char *part,
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

static void resolve_shift_part(const struct time_state *state, const struct find *find,
                               struct when *when)
{
    day base = time_base(state);
    const char *edge = find_edge(find);
    if (base == DAY_NONE)
        return;
    resolve_part(state, base + find_number(find, CLASS_shift, false),
                 find_value(find, CLASS_part), when);
    if (edge)
        when->mod = edge;
}

/* ---- level 2 ---- */

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
    if (!main) {
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
        if (has_word(state, find, "week") && main->granularity == GRAIN_DAY)
            when_unit(when, main->start, "W");
        else if (has_word(state, find, "weekend") && main->granularity == GRAIN_DAY)
            when_unit(when, main->start, "WE");
        break;
    default: when->mod = find_value(find, CLASS_approx); break;
    }
}

void time_resolve(const struct time_state *state, const struct find *find,
                  const struct when *inner, enum view view, struct when *when)
{
    *when = (struct when){.start = DAY_NONE, .end = DAY_NONE};
    if (time_resolve_calendar(state, find, view, when))
        return;
    int by = find_number(find, CLASS_shift, false);
    switch (find->action) {
    case ACT_weekday:
    case ACT_weekday_next:
    case ACT_weekday_last:
    case ACT_weekday_part: time_weekday(state, find, view, when); break;
    case ACT_shift: resolve_shift(state, find, when); break;
    case ACT_shift_span: resolve_shift_span(state, find, when); break;
    case ACT_recent:
        snprintf(when->value, sizeof when->value,
                 by > 0 || has_word(state, find, "ahead") ? "FUTURE_REF" : "PAST_REF");
        break;
    case ACT_shift_date: resolve_shift_date(state, find, view, when); break;
    case ACT_shift_part: resolve_shift_part(state, find, when); break;
    case ACT_offset: resolve_offset(state, find, when); break;
    case ACT_offset_day: resolve_offset_day(state, find, when); break;
    case ACT_deixis: resolve_deixis(state, find, when); break;
    case ACT_chain: resolve_chain(state, find, when); break;
    case ACT_chain_part: resolve_chain_part(state, find, 0, when); break;
    case ACT_chain_next_part: resolve_chain_part(state, find, 1, when); break;
    case ACT_chain_next:
        if (find_slot(find, CLASS_on, false))
            by = 1;
        else if (find_slot(find, CLASS_back, false))
            by = -1;
        resolve_chain_next(state, find, by, when);
        break;
    case ACT_chain_weekday: resolve_chain_weekday(state, find, when); break;
    case ACT_chain_month: resolve_chain_month(state, find, when); break;
    case ACT_in_unit: resolve_in_unit(state, find, view, when); break;
    case ACT_chain_in: resolve_chain_in(state, find, view, when); break;
    case ACT_edge_unit: resolve_edge_unit(state, find, find_edge(find), when); break;
    case ACT_year_end: resolve_edge_unit(state, find, "END", when); break;
    case ACT_duration: resolve_duration(state, find, when); break;
    case ACT_set:
    case ACT_rate: resolve_set(find, when); break;
    case ACT_span:
        when->type = TIME_DURATION;
        snprintf(when->value, sizeof when->value, "%s", find_value(find, CLASS_span));
        break;
    case ACT_beside: resolve_beside(state, find, when); break;
    case ACT_clock:
    case ACT_oclock: resolve_clock(state, find, when); break;
    case ACT_past_hour: resolve_past_hour(state, find, when); break;
    case ACT_zulu: resolve_zulu(state, find, when); break;
    case ACT_part:
        resolve_part(state, DAY_NONE, find_value(find, CLASS_part), when);
        break;
    case ACT_ref: {
        const char *ref = find_value(find, CLASS_ref);
        /* without a word of its own: "at the moment" */
        snprintf(when->value, sizeof when->value, "%s", ref ? ref : "PRESENT_REF");
        if (text_is(when->value, "PRESENT_REF"))
            when->start = when->end = state->report;
        break;
    }
    default: resolve_over(state, find, inner, when); break;
    }
}
