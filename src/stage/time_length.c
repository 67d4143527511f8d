/* time_length.c: how long and how often: durations and sets. */
#include "stage/time.h"

#include <stdio.h>
#include <string.h>

void when_length(struct when *when, double amount, const char *unit, const char *mod)
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
double find_amount(const struct find *find)
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

static void resolve_duration(const struct time_state *state, const struct find *find,
                             struct when *when)
{
    double amount = find_amount(find);
    if (find_has_word(state->lexicon, find, "quarter")) {
        when_length(when, 25, "Y", find_value(find, CLASS_approx));
        return;
    }
    if (amount > 0 && find_has_word(state->lexicon, find, "half"))
        amount += 0.5;
    bool is_about = find_has_word(state->lexicon, find, "odd") ||
                    find_has_word(state->lexicon, find, "so") ||
                    (amount == 1 && find_has_word(state->lexicon, find, "or"));
    when_length(when, amount, find_unit(find),
                is_about ? "APPROX" : find_value(find, CLASS_approx));
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
    if (weekday && !find_slot(find, CLASS_unit, false)) {
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
        double every = is_counted && !unit ? find_amount(find) : 1;
        if (text_is(find_value(find, CLASS_every), "2"))
            every = 2;
        when_length(when, every, find_unit(find), NULL);
        when->unit = NULL;
        if (unit && text_is(unit->value, "WE"))
            snprintf(when->value, sizeof when->value, "XXXX-WXX-WE");
    }
    when->type = TIME_SET;
}

bool time_resolve_length(const struct time_state *state, const struct find *find,
                         struct when *when)
{
    switch (find->action) {
    case ACT_duration: resolve_duration(state, find, when); return true;
    case ACT_set:
    case ACT_rate: resolve_set(find, when); return true;
    case ACT_eve: /* the day before what follows: no TIMEX3 without it */
        when_length(when, 1, "D", NULL);
        when->is_happening = true;
        return true;
    case ACT_span:
        when->type = TIME_DURATION;
        snprintf(when->value, sizeof when->value, "%s", find_value(find, CLASS_span));
        return true;
    default: return false;
    }
}
