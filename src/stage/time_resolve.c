/* time_resolve.c: from what a pattern read to days and a TIMEX3 value. */
#include "stage/time.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* News gives the year with a date further back than this; a nearer one ahead is then meant. */
#define FAR_BACK 280
#define NEAR_AHEAD 75

static bool is(const char *unit, const char *name)
{
    return unit && strcmp(unit, name) == 0;
}

static bool is_behind(enum view view)
{
    return view == VIEW_PAST || view == VIEW_PERFECT;
}

/* ---- writing dates of each granularity ---- */

static void set_days(struct when *when, enum granularity grain, day start, day end)
{
    when->granularity = grain;
    when->start = start;
    when->end = end;
    when->is_date = start != DAY_NONE;
}

static void set_day(struct when *when, day d)
{
    if (d == DAY_NONE)
        return;
    set_days(when, GRAIN_DAY, d, d);
    day_write(d, when->value);
}

static void set_month(struct when *when, int year, int month)
{
    struct span_days days = calendar_month(year, month);
    set_days(when, GRAIN_MONTH, days.first, days.last);
    snprintf(when->value, sizeof when->value, "%04d-%02d", year, month);
}

static void set_year(struct when *when, int year)
{
    set_days(when, GRAIN_YEAR, day_from((struct civil){year, 1, 1}),
             day_from((struct civil){year, 12, 31}));
    snprintf(when->value, sizeof when->value, "%04d", year);
}

static void set_week(struct when *when, day d)
{
    int year, week;
    if (d == DAY_NONE)
        return;
    day monday = d - day_weekday(d);
    calendar_week(d, &year, &week);
    set_days(when, GRAIN_WEEK, monday, monday + 6);
    snprintf(when->value, sizeof when->value, "%04d-W%02d", year, week);
}

static void set_season(struct when *when, int year, const char *season)
{
    struct span_days days = calendar_season(year, season);
    set_days(when, GRAIN_SEASON, days.first, days.last);
    snprintf(when->value, sizeof when->value, "%04d-%s", year, season);
}

static void set_years(struct when *when, int first, int last, enum granularity grain, int digits)
{
    char year[16];
    set_days(when, grain, day_from((struct civil){first, 1, 1}),
             day_from((struct civil){last, 12, 31}));
    snprintf(year, sizeof year, "%04d", first);
    snprintf(when->value, sizeof when->value, "%.*s", digits, year);
}

static void set_part(struct when *when, const char *part)
{
    size_t len = strlen(when->value);
    when->type = TIME_CLOCK;
    when->granularity = GRAIN_HOUR;
    if (is(part, "DA"))
        part = "MO";
    if (part[0] == 'T') {
        snprintf(when->clock, sizeof when->clock, "%s", part + 1);
        when->granularity = GRAIN_MINUTE;
        part++;
    }
    if (len + 8 < sizeof when->value)
        snprintf(when->value + len, sizeof when->value - len, "T%s", part);
}

/* ---- the unit that holds a day, and its neighbours ---- */

day time_add(day from, double count, const char *unit)
{
    if (from == DAY_NONE || fabs(count) > 4000)
        return DAY_NONE;
    double days = is(unit, "D") ? 1 : is(unit, "W") || is(unit, "WE") ? 7 : is(unit, "F") ? 14 : 0;
    if (days > 0)
        return from + (day)lround(count * days);
    double months = is(unit, "M")    ? 1
                    : is(unit, "Q")  ? 3
                    : is(unit, "Y")  ? 12
                    : is(unit, "DE") ? 120
                    : is(unit, "CE") ? 1200
                                     : 0;
    if (months <= 0)
        return is(unit, "H") ? from + (day)(count / 24) : from;
    struct civil civil = day_civil(from);
    int at = civil.year * 12 + civil.month - 1 + (int)lround(count * months);
    if (at < 0 || at / 12 > 9999)
        return DAY_NONE;
    civil.year = at / 12;
    civil.month = at % 12 + 1;
    if (civil.day > month_len(civil.year, civil.month))
        civil.day = month_len(civil.year, civil.month);
    return day_from(civil);
}

/* The day, week, month ... in which d lies. */
static void set_unit(struct when *when, day d, const char *unit)
{
    if (d == DAY_NONE)
        return;
    struct civil civil = day_civil(d);
    if (is(unit, "D") || is(unit, "H") || is(unit, "m") || is(unit, "S")) {
        set_day(when, d);
    } else if (is(unit, "W") || is(unit, "F")) {
        set_week(when, d);
    } else if (is(unit, "WE")) {
        set_week(when, d);
        when->start += 5;
        snprintf(when->value + 8, sizeof when->value - 8, "-WE");
    } else if (is(unit, "M")) {
        set_month(when, civil.year, civil.month);
    } else if (is(unit, "Q")) {
        int quarter = (civil.month - 1) / 3;
        set_month(when, civil.year, quarter * 3 + 1);
        when->end = calendar_month(civil.year, quarter * 3 + 3).last;
        snprintf(when->value, sizeof when->value, "%04d-Q%d", civil.year, quarter + 1);
    } else if (is(unit, "DE")) {
        set_years(when, civil.year / 10 * 10, civil.year / 10 * 10 + 9, GRAIN_DECADE, 3);
    } else if (is(unit, "CE")) {
        set_years(when, civil.year / 100 * 100, civil.year / 100 * 100 + 99, GRAIN_CENTURY, 2);
    } else if (is(unit, "Y")) {
        set_year(when, civil.year);
    } else {
        when->is_dropped = true;
    }
}

/* First, middle or last third of what when spans. */
static void narrow(struct when *when, const char *edge)
{
    when->mod = edge;
    if (when->start == DAY_NONE || when->end == DAY_NONE || when->granularity <= GRAIN_DAY)
        return;
    day third = (when->end - when->start + 1) / 3;
    if (is(edge, "START"))
        when->end = when->start + (third ? third - 1 : 0);
    else if (is(edge, "END"))
        when->start = when->end - (third ? third - 1 : 0);
    else if (is(edge, "MID")) {
        when->start += third;
        when->end -= third;
    }
}

/* ---- which year, which week ---- */

static day base_of(const struct time_state *state)
{
    return state->is_narrative || state->report == DAY_NONE ? state->anchor_start
                                                            : state->report;
}

/* Of the same date in three years, the one the text means. firsts[i] may be DAY_NONE. */
static int choose(const struct time_state *state, enum view view, const struct span_days days[3])
{
    day now = state->report;
    int past = -1, ahead = -1;
    for (int i = 0; i < 3; i++) {
        if (days[i].first == DAY_NONE)
            continue;
        if (days[i].first <= now)
            past = i;
        if (days[i].last >= now && ahead < 0)
            ahead = i;
    }
    if (past < 0 || ahead < 0)
        return past < 0 ? ahead : past;
    day back = now - days[past].last, on = days[ahead].first - now;
    if (is_behind(view))
        return back > FAR_BACK && on < NEAR_AHEAD ? ahead : past;
    if (view == VIEW_FUTURE)
        return ahead;
    return back <= on || back < 120 ? past : ahead;
}

/* The year of a date told without one: 0 when nothing tells it. */
static int year_for(const struct time_state *state, enum view view, int month, int of_month)
{
    if (state->next_year)
        return state->next_year;
    if (state->is_narrative && state->anchor_start != DAY_NONE) {
        struct civil anchor = day_civil(state->anchor_start);
        return month + 8 < anchor.month ? anchor.year + 1 : anchor.year;
    }
    if (state->report == DAY_NONE)
        return 0;
    int year = day_civil(state->report).year;
    struct span_days days[3];
    for (int i = 0; i < 3; i++) {
        struct civil civil = {year - 1 + i, month, of_month};
        days[i] = of_month ? (struct span_days){day_from(civil), day_from(civil)}
                           : calendar_month(civil.year, month);
    }
    int chosen = choose(state, view, days);
    return chosen < 0 ? 0 : year - 1 + chosen;
}

static day weekday_for(const struct time_state *state, enum view view, int weekday)
{
    day base = base_of(state);
    if (base == DAY_NONE)
        return DAY_NONE;
    int on = (weekday - day_weekday(base) + 7) % 7;
    if (state->is_narrative || view == VIEW_FUTURE || view == VIEW_PRESENT)
        return base + on;
    return on ? base + on - 7 : base;
}

/* ---- one function for each kind of reading ---- */

static int slot_number(const struct find *find, enum time_class class, bool second)
{
    const struct reading *reading = find_slot(find, class, second);
    return reading ? (int)reading->amount : -1;
}

static const char *slot_value(const struct find *find, enum time_class class)
{
    const struct reading *reading = find_slot(find, class, false);
    return reading ? reading->value : NULL;
}

static const char *slot_unit(const struct find *find)
{
    const char *unit = slot_value(find, CLASS_unit);
    return unit ? unit : slot_value(find, CLASS_units);
}

static const char *slot_edge(const struct find *find)
{
    const char *edge = slot_value(find, CLASS_edge);
    return edge ? edge : slot_value(find, CLASS_edgeof);
}

static void resolve_date(const struct time_state *state, const struct find *find, enum view view,
                         struct when *when)
{
    int month = slot_number(find, CLASS_month, false);
    int of_month = slot_number(find, CLASS_dom, false);
    int year = slot_number(find, CLASS_year, false);
    if (of_month > month_len(year > 0 ? year : 2000, month)) {
        when->is_dropped = true;
        return;
    }
    if (year < 0)
        year = year_for(state, view, month, of_month > 0 ? of_month : 0);
    if (year == 0 && of_month > 0)
        snprintf(when->value, sizeof when->value, "XXXX-%02d-%02d", month, of_month);
    else if (year == 0)
        snprintf(when->value, sizeof when->value, "XXXX-%02d", month);
    else if (of_month > 0)
        set_day(when, day_from((struct civil){year, month, of_month}));
    else
        set_month(when, year, month);
}

static void resolve_month_range(const struct time_state *state, const struct find *find,
                                enum view view, struct when *when)
{
    int first = slot_number(find, CLASS_month, false), last = slot_number(find, CLASS_month, true);
    int year = slot_number(find, CLASS_year, false);
    if (year < 0)
        year = year_for(state, view, last, 0);
    if (year == 0)
        return;
    int from = first > last ? year - 1 : year;
    set_days(when, GRAIN_MONTH, calendar_month(from, first).first,
             calendar_month(year, last).last);
    snprintf(when->value, sizeof when->value, "%04d-%02d", from, first);
    snprintf(when->other, sizeof when->other, "%04d-%02d", year, last);
}

static void resolve_day_range(const struct time_state *state, const struct find *find,
                              enum view view, struct when *when)
{
    int month = slot_number(find, CLASS_month, false);
    int first = slot_number(find, CLASS_dom, false), last = slot_number(find, CLASS_dom, true);
    int year = slot_number(find, CLASS_year, false);
    if (year < 0)
        year = year_for(state, view, month, first);
    day start = day_from((struct civil){year, month, first});
    day end = day_from((struct civil){year, month, last});
    if (year == 0 || start == DAY_NONE || end < start) {
        when->is_dropped = year != 0;
        return;
    }
    set_days(when, GRAIN_DAY, start, end);
    day_write(start, when->value);
    day_write(end, when->other);
}

static void resolve_year_range(const struct find *find, struct when *when)
{
    int first = slot_number(find, CLASS_year, false), last = slot_number(find, CLASS_dom, false);
    if (last < 100)
        last += first / 100 * 100;
    if (last <= first || last > 2199 || last - first > 400) {
        when->is_dropped = true;
        return;
    }
    set_days(when, GRAIN_YEAR, day_from((struct civil){first, 1, 1}),
             day_from((struct civil){last, 12, 31}));
    snprintf(when->value, sizeof when->value, "%04d", first);
    snprintf(when->other, sizeof when->other, "%04d", last);
}

static void resolve_season(const struct time_state *state, const char *season, int year,
                           enum view view, struct when *when)
{
    if (year <= 0 && state->next_year)
        year = state->next_year;
    if (year <= 0 && state->is_narrative && state->anchor_start != DAY_NONE)
        year = day_civil(state->anchor_start).year;
    if (year <= 0 && state->report == DAY_NONE) {
        snprintf(when->value, sizeof when->value, "XXXX-%s", season);
        return;
    }
    if (year <= 0) {
        struct span_days days[3];
        int now = day_civil(state->report).year;
        for (int i = 0; i < 3; i++)
            days[i] = calendar_season(now - 1 + i, season);
        int chosen = choose(state, view, days);
        year = now - 1 + (chosen < 0 ? 1 : chosen);
    }
    set_season(when, year, season);
}

static void resolve_holiday(const struct time_state *state, const struct find *find,
                            enum view view, struct when *when)
{
    const char *rule = slot_value(find, CLASS_holiday);
    int year = slot_number(find, CLASS_year, false);
    day base = base_of(state);
    if (year < 0 && state->next_year)
        year = state->next_year;
    if (year < 0 && base == DAY_NONE)
        return;
    struct span_days days[3];
    if (year < 0 && !state->is_narrative) {
        int now = day_civil(base).year;
        for (int i = 0; i < 3; i++)
            days[i] = calendar_holiday(rule, now - 1 + i);
        int chosen = choose(state, view, days);
        if (chosen < 0)
            return;
        days[0] = days[chosen];
    } else {
        days[0] = calendar_holiday(rule, year < 0 ? day_civil(base).year : year);
    }
    if (days[0].first == DAY_NONE)
        return;
    set_day(when, days[0].first);
    if (days[0].last != days[0].first) {
        set_month(when, day_civil(days[0].first).year, day_civil(days[0].first).month);
        when->start = days[0].first;
        when->end = days[0].last;
    }
}

static void resolve_century(const struct find *find, struct when *when)
{
    int century = slot_number(find, CLASS_ord, false);
    const char *era = slot_value(find, CLASS_era), *edge = slot_edge(find);
    if (century < 1 || century > 22) {
        when->is_dropped = true;
        return;
    }
    if (is(era, "BC")) {
        snprintf(when->value, sizeof when->value, "BC%02d", century - 1);
        return;
    }
    set_years(when, (century - 1) * 100, century * 100 - 1, GRAIN_CENTURY, 2);
    if (edge)
        narrow(when, edge);
}

static void resolve_decade(const struct find *find, struct when *when)
{
    int year = slot_number(find, CLASS_decade, false);
    const char *edge = slot_edge(find);
    if (year % 100 == 0 && year < 1900)
        set_years(when, year, year + 99, GRAIN_CENTURY, 2);
    else
        set_years(when, year, year + 9, GRAIN_DECADE, 3);
    if (edge)
        narrow(when, edge);
}

static void resolve_era(const struct find *find, struct when *when)
{
    const struct reading *number = find_slot(find, CLASS_num, false);
    if (!number)
        number = find_slot(find, CLASS_year, false);
    int year = number ? (int)number->amount : 0;
    if (is(slot_value(find, CLASS_era), "BC"))
        snprintf(when->value, sizeof when->value, "BC%04d", year);
    else
        set_year(when, year);
    int last = slot_number(find, CLASS_num, true);
    if (last >= 0)
        snprintf(when->other, sizeof when->other,
                 is(slot_value(find, CLASS_era), "BC") ? "BC%04d" : "%04d", last);
}

/* Parts of a year that are counted: quarters (of: 4) and halves (2). */
static void resolve_counted(const struct time_state *state, const struct find *find, int of,
                            struct when *when)
{
    int nth = slot_number(find, CLASS_ord, false), year = slot_number(find, CLASS_year, false);
    if (nth < 1 || nth > of) {
        when->is_dropped = true;
        return;
    }
    if (year < 0 && base_of(state) == DAY_NONE)
        return;
    if (year < 0)
        year = day_civil(base_of(state)).year;
    int len = 12 / of, month = (nth - 1) * len + 1;
    set_days(when, GRAIN_SEASON, calendar_month(year, month).first,
             calendar_month(year, month + len - 1).last);
    snprintf(when->value, sizeof when->value, "%04d-%c%d", year, of == 4 ? 'Q' : 'H', nth);
}

static void set_duration(struct when *when, double amount, const char *unit, const char *mod)
{
    char number[16];
    when->type = TIME_DURATION;
    when->amount = amount;
    when->unit = unit;
    when->mod = mod;
    if (is(unit, "F")) {
        unit = "W";
        amount *= 2;
    }
    if (!unit || is(unit, "TE") || is(unit, "SE") || amount > 1000000) {
        when->is_dropped = true;
        return;
    }
    if (amount < 0)
        snprintf(number, sizeof number, "X");
    else
        snprintf(number, sizeof number, "%g", amount);
    bool is_clock = is(unit, "H") || is(unit, "m") || is(unit, "S");
    snprintf(when->value, sizeof when->value, "P%s%s%s", is_clock ? "T" : "", number,
             is(unit, "m") ? "M" : unit);
}

/* How many, by the words: 2.5, a half, a dozen; -1 when only "several". */
static double amount_of(const struct find *find)
{
    const struct reading *number = find_slot(find, CLASS_num, false);
    const struct reading *vague = find_slot(find, CLASS_vague, false);
    if (find_slot(find, CLASS_half, false))
        return 0.5;
    if (vague)
        return is(vague->value, "X") ? -1 : vague->amount;
    if (number)
        return number->amount;
    return find_slot(find, CLASS_units, false) ? -1 : 1;
}

static bool has_word(const struct time_state *state, const struct find *find, const char *word)
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
    if (amount > 0 && find_slot(find, CLASS_num, false) && has_word(state, find, "half"))
        amount += 0.5;
    set_duration(when, amount, slot_unit(find), slot_value(find, CLASS_approx));
    if (amount >= 1000 && amount < 2200 && find_slot(find, CLASS_unit, false))
        when->is_dropped = true;
}

static void resolve_offset(const struct time_state *state, const struct find *find,
                           struct when *when)
{
    double amount = amount_of(find);
    const char *unit = slot_unit(find), *dir = slot_value(find, CLASS_dir);
    if (!dir || is(unit, "TE") || is(unit, "SE")) {
        when->is_dropped = true;
        return;
    }
    if (amount > 0 && find_slot(find, CLASS_num, false) && has_word(state, find, "half"))
        amount += 0.5;
    bool is_back = dir[0] == '<', from_now = dir[1] != '\0';
    when->mod = slot_value(find, CLASS_approx);
    if (amount < 0) {
        snprintf(when->value, sizeof when->value, is_back ? "PAST_REF" : "FUTURE_REF");
        return;
    }
    day base = from_now ? base_of(state) : state->point_start;
    if (from_now && state->report != DAY_NONE)
        base = state->report;
    if (!from_now && base == DAY_NONE)
        base = state->anchor_start;
    if (base == DAY_NONE && is_back)
        base = state->report;
    if (amount != floor(amount) && is(unit, "Y")) {
        amount *= 12;
        unit = "M";
    }
    day d = time_add(base, is_back ? -amount : amount, unit);
    if (is(unit, "DE") || is(unit, "CE"))
        unit = "Y";
    if (d != DAY_NONE)
        set_unit(when, d, unit);
}

static void resolve_shift(const struct time_state *state, const struct find *find,
                          struct when *when)
{
    const char *unit = slot_unit(find), *edge = slot_edge(find);
    int by = slot_number(find, CLASS_shift, false);
    day base = state->report;
    if (state->is_narrative && state->anchor_start != DAY_NONE && by != 0)
        base = state->anchor_start;
    if (base == DAY_NONE)
        return;
    struct civil civil = day_civil(base);
    civil.day = 1; /* so that a month's steps never skip a short month */
    if (is(unit, "M") || is(unit, "Q") || is(unit, "Y") || is(unit, "DE") || is(unit, "CE"))
        base = day_from(civil);
    set_unit(when, time_add(base, by, unit), unit);
    if (edge)
        narrow(when, edge);
    if (is(slot_value(find, CLASS_laterin), ">") && by == 0 && when->start < state->report)
        when->start = state->report;
}

static void resolve_chain_next(const struct time_state *state, const struct find *find, int by,
                               struct when *when)
{
    const char *unit = slot_unit(find), *season = slot_value(find, CLASS_season);
    day base = state->point_start;
    if (has_word(state, find, "day"))
        unit = "D";
    if (!is(unit, "D") || base == DAY_NONE)
        base = state->anchor_start != DAY_NONE ? state->anchor_start : base;
    if (base == DAY_NONE)
        return;
    struct civil civil = day_civil(base);
    if (season) {
        int year = civil.year;
        while (by > 0 && calendar_season(year, season).first <= base)
            year++;
        while (by < 0 && calendar_season(year, season).last >= base)
            year--;
        set_season(when, year, season);
        return;
    }
    civil.day = 1;
    if (is(unit, "M") || is(unit, "Y") || is(unit, "Q"))
        base = day_from(civil);
    set_unit(when, time_add(base, by, unit), unit);
}

/* "the past two weeks", "the next month": a stretch that ends or begins with the report. */
static void resolve_shift_span(const struct time_state *state, const struct find *find,
                               struct when *when)
{
    int by = slot_number(find, CLASS_shift, false);
    const char *unit = slot_unit(find);
    double amount = amount_of(find);
    bool is_one = !find_slot(find, CLASS_num, false) && find_slot(find, CLASS_unit, false);
    if (is_one && (is(unit, "D") || by == 0 || (state->is_narrative && by > 0))) {
        if (by == 0)
            resolve_shift(state, find, when);
        else
            resolve_chain_next(state, find, by, when);
        return;
    }
    set_duration(when, amount, unit, slot_value(find, CLASS_approx));
    if (state->report == DAY_NONE || when->is_dropped || amount < 0 || state->is_narrative)
        return;
    when->granularity = GRAIN_DAY;
    when->start = by < 0 ? time_add(state->report, -amount, unit) : state->report;
    when->end = by < 0 ? state->report : time_add(state->report, amount, unit);
}

static void resolve_shift_date(const struct time_state *state, const struct find *find,
                               enum view view, struct when *when)
{
    int by = slot_number(find, CLASS_shift, false);
    int weekday = slot_number(find, CLASS_weekday, false);
    int month = slot_number(find, CLASS_month, false);
    const char *season = slot_value(find, CLASS_season);
    day base = base_of(state);
    if (find_slot(find, CLASS_holiday, false)) {
        resolve_holiday(state, find, by < 0 ? VIEW_PAST : by > 0 ? VIEW_FUTURE : view, when);
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
        set_day(when, d);
    } else if (month > 0) {
        int year = civil.year;
        if (by < 0 && month >= civil.month)
            year--;
        if (by > 0 && month <= civil.month)
            year++;
        set_month(when, year, month);
    } else if (season) {
        int year = civil.year;
        if (by < 0 && calendar_season(year, season).last >= base)
            year--;
        if (by > 0 && calendar_season(year, season).first <= base)
            year++;
        set_season(when, year, season);
    }
}

static void resolve_chain(const struct time_state *state, const struct find *find,
                          struct when *when)
{
    const char *unit = slot_unit(find);
    day base = is(unit, "D") ? state->point_start : state->anchor_start;
    if (is(unit, "H") || is(unit, "m") || is(unit, "S") || is(unit, "SE") || is(unit, "TE")) {
        when->is_dropped = true;
        return;
    }
    set_unit(when, base, unit);
}

/* "later in the month": the rest of it after the time before. */
static void resolve_chain_in(const struct time_state *state, const struct find *find,
                             struct when *when)
{
    const char *unit = slot_unit(find), *way = slot_value(find, CLASS_laterin);
    const char *edge = slot_edge(find);
    day base = is(unit, "D") && state->point_start != DAY_NONE ? state->point_start
                                                               : state->anchor_start;
    if (base == DAY_NONE)
        base = state->report;
    set_unit(when, base, unit);
    if (edge)
        narrow(when, edge);
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
    day base = base_of(state);
    const char *unit = slot_unit(find);
    if (base == DAY_NONE)
        return;
    set_unit(when, base, unit);
    if (edge && !when->is_dropped)
        narrow(when, edge);
}

static void resolve_set(const struct time_state *state, const struct find *find,
                        struct when *when)
{
    const struct reading *weekday = find_slot(find, CLASS_weekday, false);
    const struct reading *month = find_slot(find, CLASS_month, false);
    const char *part = slot_value(find, CLASS_part), *season = slot_value(find, CLASS_season);
    if (!weekday)
        weekday = find_slot(find, CLASS_weekdays, false);
    if (weekday) {
        snprintf(when->value, sizeof when->value, "XXXX-WXX-%d", (int)weekday->amount + 1);
    } else if (month) {
        snprintf(when->value, sizeof when->value, "XXXX-%02d", (int)month->amount);
    } else if (part) {
        snprintf(when->value, sizeof when->value, "T%s", part);
    } else if (season) {
        snprintf(when->value, sizeof when->value, "XXXX-%s", season);
    } else if (find_slot(find, CLASS_freq, false)) {
        snprintf(when->value, sizeof when->value, "%s", slot_value(find, CLASS_freq));
    } else {
        double every = find_slot(find, CLASS_num, false) && !has_word(state, find, "times")
                           ? amount_of(find)
                           : 1;
        if (is(slot_value(find, CLASS_every), "2"))
            every = 2;
        set_duration(when, every, slot_unit(find), NULL);
        when->unit = NULL;
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
    snprintf(when->clock, sizeof when->clock, "%02d:%02d%s", minutes / 60 % 24, minutes % 60,
             offset);
    snprintf(when->value, sizeof when->value, "%sT%02d:%02d",
             d == DAY_NONE ? "XXXX-XX-XX" : day_write(d, text), minutes / 60 % 24, minutes % 60);
}

static void resolve_clock(const struct time_state *state, const struct find *find,
                          struct when *when)
{
    const struct reading *hm = find_slot(find, CLASS_hm, false);
    const struct reading *ampm = find_slot(find, CLASS_ampm, false);
    int hour = slot_number(find, CLASS_num, false);
    int minutes = hm ? (int)hm->amount : hour * 60;
    const char *part = slot_value(find, CLASS_part);
    bool is_decimal = hm && hm->value[0] == '.';
    if (minutes < 0 || minutes > 24 * 60 || (ampm && minutes >= 13 * 60) ||
        (is_decimal && !ampm && !find_slot(find, CLASS_zone, false))) {
        when->is_dropped = true;
        return;
    }
    if (ampm)
        minutes = minutes % (12 * 60) + (int)ampm->amount * 60;
    else if (part && minutes < 12 * 60 && (is(part, "AF") || is(part, "EV") || is(part, "NI")))
        minutes += 12 * 60;
    set_clock(state, when, minutes, slot_value(find, CLASS_zone));
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
    set_clock(state, when, minutes, slot_value(find, CLASS_zone));
}

static void resolve_part(const struct time_state *state, day d, const char *part,
                         struct when *when)
{
    if (d == DAY_NONE)
        d = state->is_narrative ? state->point_start : state->report;
    if (d == DAY_NONE)
        snprintf(when->value, sizeof when->value, "XXXX-XX-XX");
    else
        set_day(when, d);
    if (part)
        set_part(when, part);
}

static void resolve_deixis(const struct time_state *state, const struct find *find,
                           struct when *when)
{
    const char *value = slot_value(find, CLASS_deixis), *part = slot_value(find, CLASS_part);
    if (state->report == DAY_NONE)
        return;
    set_day(when, state->report + atoi(value));
    if (!part && strlen(value) > 2 && value[0] == '0')
        part = value + 1;
    if (part)
        set_part(when, part);
}

static void resolve_shift_part(const struct time_state *state, const struct find *find,
                               struct when *when)
{
    day base = base_of(state);
    const char *edge = slot_edge(find);
    if (base == DAY_NONE)
        return;
    resolve_part(state, base + slot_number(find, CLASS_shift, false),
                 slot_value(find, CLASS_part), when);
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

static void resolve_clock_date(const struct time_state *state, const struct when *date,
                               const struct when *clock, struct when *when)
{
    *when = *clock;
    const char *hours = strchr(clock->value, 'T');
    char text[16];
    when->start = date->start;
    when->end = date->end;
    when->is_date = date->is_date;
    (void)state;
    if (!hours || date->value[0] == '\0' || date->type != TIME_DATE)
        return;
    snprintf(text, sizeof text, "%s", hours);
    snprintf(when->value, sizeof when->value, "%.20s%s", date->value, text);
}

static void resolve_part_date(const struct when *date, const char *part, struct when *when)
{
    *when = *date;
    if (!part || date->type != TIME_DATE || date->granularity != GRAIN_DAY)
        return;
    set_part(when, part);
}

static void resolve_offset_from(const struct find *find, const struct when *date,
                                const struct when *duration, struct when *when)
{
    const char *dir = slot_value(find, CLASS_dirof);
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
    set_unit(when, time_add(base, dir[0] == '<' ? -duration->amount : duration->amount,
                            duration->unit),
             duration->unit);
}

static void resolve_half_of(const struct find *find, const struct when *date, struct when *when)
{
    int half = slot_number(find, CLASS_halfof, false);
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
    const char *way = slot_value(find, CLASS_laterin), *edge = slot_edge(find);
    if (!main) {
        when->is_dropped = true;
        return;
    }
    *when = *main;
    switch (find->action) {
    case ACT_edge:
        narrow(when, edge ? edge : way && way[0] == '>' ? "END" : "START");
        break;
    case ACT_clock_date:
        if (date && clock)
            resolve_clock_date(state, date, clock, when);
        break;
    case ACT_part_date:
        resolve_part_date(main, slot_value(find, CLASS_part), when);
        break;
    case ACT_offset_from:
        *when = (struct when){.start = DAY_NONE, .end = DAY_NONE};
        if (duration)
            resolve_offset_from(find, main, duration, when);
        break;
    case ACT_half_of:
        resolve_half_of(find, main, when);
        break;
    default:
        when->mod = slot_value(find, CLASS_approx);
        break;
    }
}

/* Dates by the calendar: what the words name outright. */
static bool resolve_calendar(const struct time_state *state, const struct find *find,
                             enum view view, struct when *when)
{
    int year = slot_number(find, CLASS_year, false);
    switch (find->action) {
    case ACT_date: resolve_date(state, find, view, when); return true;
    case ACT_date_that: {
        struct time_state of_anchor = *state;
        if (state->anchor_start != DAY_NONE)
            of_anchor.next_year = day_civil(state->anchor_start).year;
        resolve_date(&of_anchor, find, view, when);
        return true;
    }
    case ACT_month_range: resolve_month_range(state, find, view, when); return true;
    case ACT_day_range: resolve_day_range(state, find, view, when); return true;
    case ACT_year: set_year(when, year); return true;
    case ACT_iso:
        set_day(when, day_from((struct civil){year, slot_number(find, CLASS_num, false),
                                              slot_number(find, CLASS_num, true)}));
        when->is_dropped = when->start == DAY_NONE;
        return true;
    case ACT_year_range: resolve_year_range(find, when); return true;
    case ACT_decade:
    case ACT_edge_decade: resolve_decade(find, when); return true;
    case ACT_century: resolve_century(find, when); return true;
    case ACT_season:
        resolve_season(state, slot_value(find, CLASS_season), year, view, when);
        if (slot_edge(find))
            narrow(when, slot_edge(find));
        return true;
    case ACT_quarter: resolve_counted(state, find, 4, when); return true;
    case ACT_half: resolve_counted(state, find, 2, when); return true;
    case ACT_fiscal:
        if (year > 0)
            snprintf(when->value, sizeof when->value, "FY%04d", year);
        else
            when->is_dropped = true;
        return true;
    case ACT_era:
    case ACT_era_range: resolve_era(find, when); return true;
    case ACT_holiday: resolve_holiday(state, find, view, when); return true;
    case ACT_period: {
        const char *rule = slot_value(find, CLASS_period);
        struct span_days first = {DAY_NONE, DAY_NONE}, last = first;
        char from[16];
        snprintf(from, sizeof from, "%.10s", rule);
        if (strlen(rule) == 21 && day_read(from, &first.first, &first.last) &&
            day_read(rule + 11, &last.first, &last.last)) {
            set_days(when, GRAIN_YEAR, first.first, last.last);
            when->is_date = false;
            snprintf(when->value, sizeof when->value, "%s", rule);
        }
        return true;
    }
    default: return false;
    }
}

static void resolve_weekday(const struct time_state *state, const struct find *find,
                            enum view view, struct when *when)
{
    int weekday = slot_number(find, CLASS_weekday, false);
    day base = base_of(state);
    if (find->action == ACT_weekday || find->action == ACT_weekday_part)
        set_day(when, weekday_for(state, view, weekday));
    else if (base != DAY_NONE)
        set_day(when, base - day_weekday(base) + weekday +
                          (find->action == ACT_weekday_next ? 7 : -7));
    if (find->action == ACT_weekday_part && when->start != DAY_NONE)
        set_part(when, slot_value(find, CLASS_part));
}

void time_resolve(const struct time_state *state, const struct find *find,
                  const struct when *inner, enum view view, struct when *when)
{
    *when = (struct when){.start = DAY_NONE, .end = DAY_NONE};
    if (resolve_calendar(state, find, view, when))
        return;
    int by = slot_number(find, CLASS_shift, false);
    switch (find->action) {
    case ACT_weekday:
    case ACT_weekday_next:
    case ACT_weekday_last:
    case ACT_weekday_part: resolve_weekday(state, find, view, when); break;
    case ACT_shift: resolve_shift(state, find, when); break;
    case ACT_shift_span: resolve_shift_span(state, find, when); break;
    case ACT_recent: snprintf(when->value, sizeof when->value, "PAST_REF"); break;
    case ACT_shift_date: resolve_shift_date(state, find, view, when); break;
    case ACT_shift_part: resolve_shift_part(state, find, when); break;
    case ACT_offset: resolve_offset(state, find, when); break;
    case ACT_deixis: resolve_deixis(state, find, when); break;
    case ACT_chain: resolve_chain(state, find, when); break;
    case ACT_chain_part:
        resolve_part(state, state->point_start, slot_value(find, CLASS_part), when);
        break;
    case ACT_chain_next_part:
        resolve_part(state, time_add(state->point_start, 1, "D"), slot_value(find, CLASS_part),
                     when);
        break;
    case ACT_chain_next:
        if (find_slot(find, CLASS_on, false))
            by = 1;
        else if (find_slot(find, CLASS_back, false))
            by = -1;
        resolve_chain_next(state, find, by, when);
        break;
    case ACT_chain_in: resolve_chain_in(state, find, when); break;
    case ACT_edge_unit: resolve_edge_unit(state, find, slot_edge(find), when); break;
    case ACT_year_end: resolve_edge_unit(state, find, "END", when); break;
    case ACT_duration: resolve_duration(state, find, when); break;
    case ACT_set: resolve_set(state, find, when); break;
    case ACT_clock:
    case ACT_oclock: resolve_clock(state, find, when); break;
    case ACT_zulu: resolve_zulu(state, find, when); break;
    case ACT_part: resolve_part(state, DAY_NONE, slot_value(find, CLASS_part), when); break;
    case ACT_ref: {
        const char *ref = slot_value(find, CLASS_ref);
        snprintf(when->value, sizeof when->value, "%s", ref ? ref : "");
        if (is(when->value, "PRESENT_REF"))
            when->start = when->end = state->report;
        break;
    }
    default: resolve_over(state, find, inner, when); break;
    }
}
