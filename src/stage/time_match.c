/* time_match.c: laying patterns over units. */
#include "stage/time.h"

/* Tries a pattern may cost at one place: bounds the work, far above what real text
 * needs. */
#define MAX_STEPS 400u

struct matcher {
    const struct unit *units;
    uint32_t count, last_end; /* of units; the match may end there or before */
    const struct time_pattern *pattern;
    struct find *best, *now;
    uint32_t steps;
};

static void keep_best(struct matcher *m, uint32_t end)
{
    if (m->best->end >= end && m->best->action != ACT_COUNT)
        return;
    *m->best = *m->now;
    m->best->end = end;
    m->best->action = m->pattern->action;
}

/* NOLINTNEXTLINE(misc-no-recursion): TIME_MAX_ELEMENTS deep at most. */
static void match_from(struct matcher *m, uint8_t element_at, uint32_t at)
{
    if (m->steps++ > MAX_STEPS)
        return;
    if (element_at == m->pattern->count) {
        if (at > m->now->first && at <= m->last_end)
            keep_best(m, at);
        return;
    }
    const struct element *element = &m->pattern->elements[element_at];
    if (element->is_before || element->is_after) {
        uint32_t beside = element->is_after ? at : at - 1; /* past the end at the start */
        if (beside < m->count && ((m->units[beside].words & element->words) ||
                                  (m->units[beside].classes & element->classes)))
            match_from(m, element_at + 1, at);
        return;
    }
    uint64_t words = m->now->words;
    uint8_t slot_count = m->now->slot_count;
    if (at < m->count && (m->units[at].words & element->words)) {
        m->now->words |= m->units[at].words & element->words;
        match_from(m, element_at + 1, at + 1);
        m->now->words = words;
    }
    if (at < m->count && (m->units[at].classes & element->classes))
        for (uint8_t i = 0; i < m->units[at].reading_count; i++) {
            const struct reading *reading = &m->units[at].readings[i];
            if (!(element->classes >> reading->class & 1))
                continue;
            m->now->slots[m->now->slot_count] = *reading;
            m->now->is_second[m->now->slot_count++] = element->is_second;
            match_from(m, element_at + 1, at + reading->len);
            m->now->words = words;
            m->now->slot_count = slot_count;
        }
    if (element->is_optional)
        match_from(m, element_at + 1, at);
}

static void add_set(struct pattern_set *to, const struct pattern_set *from)
{
    for (uint32_t i = 0; i < TIME_PATTERN_WORDS; i++)
        to->bits[i] |= from->bits[i];
}

void time_look_ahead(struct unit *units, uint32_t count)
{
    for (uint32_t i = 0; i < count; i++) {
        units[i].ahead_classes = units[i].ahead_words = 0;
        for (uint32_t k = i; k < count && k < i + TIME_MAX_ELEMENTS + 4; k++) {
            units[i].ahead_classes |= units[k].classes;
            units[i].ahead_words |= units[k].words;
        }
    }
}

/* Whether all that a pattern needs stands within its reach. */
static bool is_in_reach(const struct time_pattern *pattern, const struct unit *unit)
{
    for (uint8_t i = 0; i < pattern->count; i++) {
        const struct element *element = &pattern->elements[i];
        if (!element->is_optional && !element->is_before && !element->is_after &&
            !(element->classes & unit->ahead_classes) &&
            !(element->words & unit->ahead_words))
            return false;
    }
    return true;
}

/* The patterns of the level that the unit can start; false for none. */
static bool find_patterns(const struct time_lexicon *lexicon, const struct unit *unit,
                          uint8_t level, struct pattern_set *set)
{
    uint64_t any = 0;
    *set = (struct pattern_set){{0}};
    for (uint64_t bits = unit->classes; bits;)
        add_set(set, &lexicon->by_class[take_bit(&bits)]);
    for (uint64_t bits = unit->words; bits;)
        add_set(set, &lexicon->by_word[take_bit(&bits)]);
    for (uint32_t i = 0; i < TIME_PATTERN_WORDS; i++)
        any |= set->bits[i] &= lexicon->by_level[level].bits[i];
    return any != 0;
}

bool time_match(const struct time_reader *r, uint32_t at, uint32_t last_end,
                uint8_t level, struct find *find)
{
    const struct time_lexicon *lexicon = r->lexicon;
    const struct unit *units = r->units;
    struct pattern_set set;
    if (!find_patterns(lexicon, &units[at], level, &set))
        return false;
    struct find now = {.first = at};
    *find = (struct find){.first = at, .end = at, .action = ACT_COUNT};
    for (uint32_t i = 0; i < TIME_PATTERN_WORDS; i++)
        while (set.bits[i]) {
            const struct time_pattern *pattern =
                &lexicon->patterns[i * 64 + take_bit(&set.bits[i])];
            if (!is_in_reach(pattern, &units[at]))
                continue;
            struct matcher m = {units, r->unit_count, last_end, pattern, find, &now, 0};
            match_from(&m, 0, at);
        }
    return find->action != ACT_COUNT;
}

const struct reading *find_slot(const struct find *find, enum time_class class,
                                bool of_second)
{
    for (uint8_t i = 0; i < find->slot_count; i++)
        if (find->slots[i].class == class && find->is_second[i] == of_second)
            return &find->slots[i];
    return NULL;
}

bool find_has_word(const struct time_lexicon *lexicon, const struct find *find,
                   const char *word)
{
    for (uint32_t i = 0; i < lexicon->word_count; i++)
        if (strcmp(lexicon->words[i], word) == 0)
            return find->words >> i & 1;
    return false;
}

enum time_class find_class(const struct find *find)
{
    switch (find->action) {
    case ACT_eve:
    case ACT_duration: return CLASS_dur;
    case ACT_clock:
    case ACT_oclock:
    case ACT_past_hour:
    case ACT_zulu: return CLASS_clock;
    case ACT_set:
    case ACT_rate:
    case ACT_span:
    case ACT_ref:
    case ACT_part:
    case ACT_recent:
    case ACT_shift_span:
    case ACT_clock_date:
    case ACT_month_range:
    case ACT_day_range:
    case ACT_year_range: return CLASS_COUNT;
    default: return CLASS_date;
    }
}

int find_number(const struct find *find, enum time_class class, bool second)
{
    const struct reading *reading = find_slot(find, class, second);
    return reading ? (int)reading->amount : -1;
}

const char *find_value(const struct find *find, enum time_class class)
{
    const struct reading *reading = find_slot(find, class, false);
    return reading ? reading->value : NULL;
}

const char *find_unit(const struct find *find)
{
    const char *unit = find_value(find, CLASS_unit);
    return unit ? unit : find_value(find, CLASS_units);
}

const char *find_edge(const struct find *find)
{
    const char *edge = find_value(find, CLASS_edge);
    return edge ? edge : find_value(find, CLASS_edgeof);
}
