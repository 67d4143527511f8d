/* time_dates.c: dates by the calendar, and the year or week of those told without one. */
#include "stage/time.h"

#include <stdio.h>
#include <string.h>

/* News gives the year with a date further back than this; a nearer one ahead is then
 * meant. */
#define FAR_BACK 280
#define NEAR_AHEAD 75
#define FAR_AHEAD 150 /* days to a quarter, and since one, that settle which is meant */
#define JUST_OVER 100
#define JUST_BACK 15

static bool is_behind(enum view view)
{
    return view == VIEW_PAST || view == VIEW_PERFECT;
}

/* ---- which year, which week ---- */

day time_base(const struct time_state *state)
{
    return state->is_narrative ? state->anchor_start : state->report;
}

/* Of the same date in three years, the one the text means. firsts[i] may be DAY_NONE. */
static int choose(const struct time_state *state, enum view view,
                  const struct span_days days[3])
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
    bool is_this_year = day_civil(days[past].first).year == day_civil(now).year;
    if (is_behind(view))
        return !is_this_year && back > FAR_BACK && on < NEAR_AHEAD ? ahead : past;
    if (state->is_agenda)
        return back < JUST_BACK ? past : ahead;
    if (view == VIEW_FUTURE)
        return ahead;
    return back <= on || back < 120 ? past : ahead;
}

/* The year of a date told without one: 0 when nothing tells it. */
static int year_for(const struct time_state *state, enum view view, int month,
                    int of_month)
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
    day base = time_base(state);
    if (state->week != DAY_NONE)
        return state->week - day_weekday(state->week) + weekday;
    if (base == DAY_NONE)
        return DAY_NONE;
    int on = (weekday - day_weekday(base) + 7) % 7;
    if (state->is_narrative || view == VIEW_FUTURE || view == VIEW_PRESENT)
        return base + on;
    return on ? base + on - 7 : base;
}

/* The year in "July last year", "the spring of this year"; the year told; -1. */
static int told_year(const struct time_state *state, const struct find *find)
{
    const struct reading *shift = find_slot(find, CLASS_shift, false);
    day base = time_base(state);
    if (shift && base != DAY_NONE)
        return day_civil(base).year + (int)shift->amount;
    return find_number(find, CLASS_year, false);
}

static void resolve_date(const struct time_state *state, const struct find *find,
                         enum view view, struct when *when)
{
    int month = find_number(find, CLASS_month, false);
    int of_month = find_number(find, CLASS_dom, false);
    int year = told_year(state, find);
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
        when_day(when, day_from((struct civil){year, month, of_month}));
    else
        when_month(when, year, month);
}

static void resolve_month_range(const struct time_state *state, const struct find *find,
                                enum view view, struct when *when)
{
    int first = find_number(find, CLASS_month, false),
        last = find_number(find, CLASS_month, true);
    int year = find_number(find, CLASS_year, false);
    if (year < 0)
        year = year_for(state, view, last, 0);
    if (year == 0)
        return;
    int from = first > last ? year - 1 : year;
    when_days(when, GRAIN_MONTH, calendar_month(from, first).first,
              calendar_month(year, last).last);
    snprintf(when->value, sizeof when->value, "%04d-%02d", from, first);
    snprintf(when->other, sizeof when->other, "%04d-%02d", year, last);
}

static void resolve_day_range(const struct time_state *state, const struct find *find,
                              enum view view, struct when *when)
{
    int month = find_number(find, CLASS_month, false);
    int first = find_number(find, CLASS_dom, false),
        last = find_number(find, CLASS_dom, true);
    int year = find_number(find, CLASS_year, false);
    if (year < 0)
        year = year_for(state, view, month, first);
    day start = day_from((struct civil){year, month, first});
    day end = day_from((struct civil){year, month, last});
    if (year == 0 || start == DAY_NONE || end < start) {
        when->is_dropped = year != 0;
        return;
    }
    when_days(when, GRAIN_DAY, start, end);
    day_write(start, when->value);
    if (find_slot(find, CLASS_part, false)) /* "the night of May 3-4" */
        when_part(when, find_value(find, CLASS_part));
    else
        day_write(end, when->other);
}

/* "the first Monday of April", "the last Friday of the month" */
static void resolve_weekday_nth(const struct time_state *state, const struct find *find,
                                enum view view, struct when *when)
{
    int nth = find_number(find, CLASS_ord, false),
        month = find_number(find, CLASS_month, false), year = told_year(state, find);
    day base = state->anchor_start != DAY_NONE ? state->anchor_start : state->report;
    if (nth < 0)
        nth = -1; /* "last", "final" */
    if (month < 0 && base != DAY_NONE) {
        month = day_civil(base).month;
        year = day_civil(base).year;
    }
    if (month > 0 && year < 0)
        year = year_for(state, view, month, 0);
    if (nth > 5 || month < 0 || year <= 0) {
        when->is_dropped = nth > 5;
        return;
    }
    day d = calendar_nth_weekday(year, month, nth,
                                 find_number(find, CLASS_weekday, false));
    if (day_civil(d).month == month)
        when_day(when, d);
}

static void resolve_year_range(const struct find *find, struct when *when)
{
    int first = find_number(find, CLASS_year, false),
        last = find_number(find, CLASS_yy, false);
    if (last < 100)
        last += first / 100 * 100;
    if (last <= first || last > 2199 || last - first > 400) {
        when->is_dropped = true;
        return;
    }
    when_days(when, GRAIN_YEAR, day_from((struct civil){first, 1, 1}),
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
    when_season(when, year, season);
}

void time_holiday(const struct time_state *state, const struct find *find, enum view view,
                  struct when *when)
{
    const char *rule = find_value(find, CLASS_holiday);
    int year = find_number(find, CLASS_year, false);
    day base = time_base(state);
    if (year < 0 && state->next_year)
        year = state->next_year;
    if (year < 0 && base == DAY_NONE)
        return;
    int of_month = find_number(find, CLASS_dom, false);
    char dated[16];
    if (of_month > 0) { /* "the 10th of Muharram" */
        snprintf(dated, sizeof dated, "%.8s-%d", rule, of_month % 100);
        rule = dated;
    }
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
    when_day(when, days[0].first);
    if (days[0].last != days[0].first) {
        when_month(when, day_civil(days[0].first).year, day_civil(days[0].first).month);
        when->start = days[0].first;
        when->end = days[0].last;
    }
}

static void resolve_century(const struct find *find, struct when *when)
{
    int century = find_number(find, CLASS_ord, false);
    const char *era = find_value(find, CLASS_era), *edge = find_edge(find);
    if (century < 1 || century > 22) {
        when->is_dropped = true;
        return;
    }
    if (text_is(era, "BC")) {
        snprintf(when->value, sizeof when->value, "BC%02d", century - 1);
        return;
    }
    when_years(when, (century - 1) * 100, century * 100 - 1, GRAIN_CENTURY, 2);
    if (edge)
        when_narrow(when, edge);
}

/* "the turn of the 20th century" is the year 1900; without a number the nearest. */
static void resolve_turn(const struct time_state *state, const struct find *find,
                         struct when *when)
{
    int century = find_number(find, CLASS_ord, false);
    day base = time_base(state);
    if (century > 0 && century < 23)
        when_year(when, (century - 1) * 100);
    else if (base != DAY_NONE)
        when_year(when, (day_civil(base).year + 50) / 100 * 100);
    when->mod = "APPROX";
}

static void resolve_decade(const struct find *find, struct when *when)
{
    int year = find_number(find, CLASS_decade, false);
    const char *edge = find_edge(find);
    if (year % 100 == 0 && year < 1900)
        when_years(when, year, year + 99, GRAIN_CENTURY, 2);
    else
        when_years(when, year, year + 9, GRAIN_DECADE, 3);
    if (edge)
        when_narrow(when, edge);
}

static void resolve_era(const struct find *find, struct when *when)
{
    const struct reading *number = find_slot(find, CLASS_num, false);
    if (!number)
        number = find_slot(find, CLASS_year, false);
    int year = number ? (int)number->amount : 0;
    if (text_is(find_value(find, CLASS_era), "BC"))
        snprintf(when->value, sizeof when->value, "BC%04d", year);
    else
        when_year(when, year);
    int last = find_number(find, CLASS_num, true);
    if (last >= 0)
        snprintf(when->other, sizeof when->other,
                 text_is(find_value(find, CLASS_era), "BC") ? "BC%04d" : "%04d", last);
}

/* The year of the months from `month` on, `len` of them; -1 when nothing tells it. */
static int counted_year(const struct time_state *state, const struct find *find,
                        enum view view, int month, int len)
{
    day base = time_base(state);
    if (base == DAY_NONE)
        return -1;
    int year = day_civil(base).year;
    if (find_slot(find, CLASS_shift, false))
        return year + find_number(find, CLASS_shift, false);
    if (state->is_narrative)
        return year;
    struct span_days days[3];
    for (int i = 0; i < 3; i++)
        days[i] = (struct span_days){calendar_month(year - 1 + i, month).first,
                                     calendar_month(year - 1 + i, month + len - 1).last};
    int chosen = choose(state, view, days);
    /* what "will be reported for the fourth quarter" is the one just over */
    bool is_far = chosen > 0 && days[chosen].first - base > FAR_AHEAD &&
                  base - days[chosen - 1].last < JUST_OVER;
    return chosen < 0 ? year : year - 1 + chosen - is_far;
}

/* Parts of a year that are counted: quarters (of: 4) and halves (2). */
static void resolve_counted(const struct time_state *state, const struct find *find,
                            enum view view, int of, struct when *when)
{
    int nth = find_number(find, CLASS_ord, false),
        year = find_number(find, CLASS_year, false);
    if (nth < 0)
        nth = find_slot(find, CLASS_quarter, false)
                  ? find_number(find, CLASS_quarter, false)
                  : of;
    if (nth < 1 || nth > of) {
        when->is_dropped = true;
        return;
    }
    int len = 12 / of, month = (nth - 1) * len + 1;
    if (year < 0)
        year = counted_year(state, find, view, month, len);
    if (year < 0)
        return;
    when_days(when, GRAIN_SEASON, calendar_month(year, month).first,
              calendar_month(year, month + len - 1).last);
    snprintf(when->value, sizeof when->value, "%04d-%c%d", year, of == 4 ? 'Q' : 'H',
             nth);
}

/* A fiscal year is named after the year it ends in; "fiscal" alone is no time. */
static void resolve_fiscal(const struct time_state *state, const struct find *find,
                           struct when *when)
{
    int year = find_number(find, CLASS_year, false);
    const struct reading *fiscal = find_slot(find, CLASS_fiscal, false);
    const struct reading *shift = find_slot(find, CLASS_shift, false);
    int short_year = find_number(find, CLASS_yy, false);
    if (year > 0 && short_year >= 0) /* "the financial year 2017-18" */
        year = year / 100 * 100 + short_year;
    bool is_whole = fiscal && fiscal->len > 1;
    if (year < 0 && short_year >= 0)
        year = short_year + (short_year > 50 ? 1900 : 2000);
    if (year < 0 && is_whole && state->report != DAY_NONE)
        year = day_civil(state->report).year + (shift ? (int)shift->amount : 0);
    if (year > 0)
        snprintf(when->value, sizeof when->value, "FY%04d", year);
    else
        when->is_dropped = true;
}

static void resolve_weekend(const struct time_state *state, enum view view,
                            struct when *when)
{
    day base = time_base(state);
    if (base == DAY_NONE)
        return;
    day saturday = base - day_weekday(base) + 5;
    bool is_ahead = view == VIEW_FUTURE || view == VIEW_PRESENT || state->is_narrative;
    when_unit(when, is_ahead || saturday <= base ? saturday : saturday - 7, "WE");
}

/* "on the 14th": of the month told last, else of the report's or the one beside it. */
static void resolve_day_of_month(const struct time_state *state, const struct find *find,
                                 enum view view, struct when *when)
{
    int of_month = find_number(find, CLASS_dom, false);
    bool is_told = state->anchor_start != DAY_NONE;
    day base = is_told ? state->anchor_start : state->report;
    if (base == DAY_NONE) {
        when->is_dropped = true;
        return;
    }
    struct civil civil = day_civil(base);
    civil.day = 1;
    struct span_days days[3];
    for (int i = 0; i < 3; i++) {
        struct civil month = day_civil(time_add(day_from(civil), i - 1, "M"));
        month.day = of_month;
        days[i].first = days[i].last = day_from(month);
    }
    int chosen = is_told ? 1
                         : choose(state, view == VIEW_PRESENT ? VIEW_FUTURE : view, days);
    when->is_dropped = chosen < 0 || days[chosen].first == DAY_NONE;
    if (!when->is_dropped)
        when_day(when, days[chosen].first);
}

/* "3/4/2013": the third of April or the fourth of March, as the rest of the text has it;
 * where nothing tells, both are left open. */
static void resolve_numeric(const struct time_state *state, const struct find *find,
                            struct when *when)
{
    int first = (int)find->slots[0].amount, second = (int)find->slots[1].amount;
    int year = (int)find->slots[2].amount;
    if (year < 100)
        year += year > 50 ? 1900 : 2000;
    day by_day = day_from((struct civil){year, second, first});
    day by_month = day_from((struct civil){year, first, second});
    bool is_either = by_day != DAY_NONE && by_month != DAY_NONE && by_day != by_month;
    when->is_dropped = find->slot_count != 3 || year < 1000 || year > 2199 ||
                       (by_day == DAY_NONE && by_month == DAY_NONE);
    if (when->is_dropped)
        return;
    if (is_either && !state->is_day_first && !state->is_month_first) {
        when_year(when, year);
        when->start = by_day < by_month ? by_day : by_month;
        when->end = by_day < by_month ? by_month : by_day;
        return;
    }
    bool is_by_day = by_month == DAY_NONE || (is_either && state->is_day_first);
    when_day(when, is_by_day ? by_day : by_month);
}

static void resolve_weekday(const struct time_state *state, const struct find *find,
                            enum view view, struct when *when)
{
    int weekday = find_number(find, CLASS_weekday, false);
    day base = time_base(state);
    if (find->action == ACT_weekday || find->action == ACT_weekday_part)
        when_day(when, weekday_for(state, view, weekday));
    else if (base != DAY_NONE)
        when_day(when, base - day_weekday(base) + weekday +
                           (find->action == ACT_weekday_next ? 7 : -7));
    if (find->action == ACT_weekday_part && when->start != DAY_NONE)
        when_part(when, find_value(find, CLASS_part));
}

/* "the Cold War", "the end of the Cold War" */
static void resolve_period(const struct find *find, struct when *when)
{
    const char *epoch = find_value(find, CLASS_epoch), *edge = find_edge(find);
    const char *rule = epoch ? epoch : find_value(find, CLASS_period);
    struct span_days first = {DAY_NONE, DAY_NONE}, last = first;
    char from[16];
    when->is_happening = !epoch;
    const char *to = strchr(rule, '/');
    snprintf(from, sizeof from, "%.*s", (int)strcspn(rule, "/"), rule);
    if (!to || !day_read(from, &first.first, &first.last) ||
        !day_read(to + 1, &last.first, &last.last))
        return;
    if (text_is(edge, "START") || text_is(edge, "END")) {
        bool is_start = edge[0] == 'S';
        if (epoch)
            when_year(when, day_civil(is_start ? first.first : last.last).year);
        else
            when_day(when, is_start ? first.first : last.last);
        when->is_date = false;
        return;
    }
    when_days(when, GRAIN_YEAR, first.first, last.last);
    when->is_date = false;
    when->mod = edge;
    snprintf(when->value, sizeof when->value, "%s", rule);
}

/* Dates by the calendar: what the words name outright. */
bool time_resolve_calendar(const struct time_state *state, const struct find *find,
                           enum view view, struct when *when)
{
    int year = find_number(find, CLASS_year, false);
    switch (find->action) {
    case ACT_date: resolve_date(state, find, view, when); return true;
    case ACT_date_that: {
        struct time_state of_anchor = *state;
        if (state->anchor_start != DAY_NONE)
            of_anchor.next_year = day_civil(state->anchor_start).year;
        resolve_date(&of_anchor, find, view, when);
        return true;
    }
    case ACT_weekday_nth: resolve_weekday_nth(state, find, view, when); return true;
    case ACT_month_range: resolve_month_range(state, find, view, when); return true;
    case ACT_day_range: resolve_day_range(state, find, view, when); return true;
    case ACT_year: when_year(when, year); return true;
    case ACT_iso:
        when_day(when, day_from((struct civil){year, find_number(find, CLASS_num, false),
                                               find_number(find, CLASS_num, true)}));
        when->is_dropped = when->start == DAY_NONE;
        return true;
    case ACT_year_range: resolve_year_range(find, when); return true;
    case ACT_decade:
    case ACT_edge_decade: resolve_decade(find, when); return true;
    case ACT_century: resolve_century(find, when); return true;
    case ACT_turn: resolve_turn(state, find, when); return true;
    case ACT_season:
        resolve_season(state, find_value(find, CLASS_season), told_year(state, find),
                       view, when);
        if (find_edge(find))
            when_narrow(when, find_edge(find));
        return true;
    case ACT_quarter: resolve_counted(state, find, view, 4, when); return true;
    case ACT_half: resolve_counted(state, find, view, 2, when); return true;
    case ACT_fiscal: resolve_fiscal(state, find, when); return true;
    case ACT_weekday:
    case ACT_weekday_next:
    case ACT_weekday_last:
    case ACT_weekday_part: resolve_weekday(state, find, view, when); return true;
    case ACT_weekend: resolve_weekend(state, view, when); return true;
    case ACT_day_of_month: resolve_day_of_month(state, find, view, when); return true;
    case ACT_numeric: resolve_numeric(state, find, when); return true;
    case ACT_era:
    case ACT_era_range: resolve_era(find, when); return true;
    case ACT_holiday: time_holiday(state, find, view, when); return true;
    case ACT_period:
    case ACT_edge_period: resolve_period(find, when); return true;
    default: return false;
    }
}
