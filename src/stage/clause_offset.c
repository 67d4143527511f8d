/* clause_offset.c: "two days after the attack": the day of one event, counted from
 * another's. */
#include "stage/clause.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define LOOK_BACK                                                                        \
    40 /* clauses in which an event told without its day may have been dated */
#define MAX_COUNT 400
#define STEM 4     /* letters that a noun shares with its verb */
#define MAX_OVER 4 /* clauses above */

struct offset {
    int count;      /* how many, negative for "before" */
    char unit;      /* 'D', 'W', 'M', 'Y'; 'h' for hours and less */
    uint32_t time;  /* of the duration */
    uint32_t one;   /* the clause that lies so far from ... */
    uint32_t other; /* ... this one */
};

/* "P2D", "PT3H" */
static bool read_length(const char *value, struct offset *offset)
{
    bool is_clock = value && value[0] == 'P' && value[1] == 'T';
    const char *digits = value && value[0] == 'P' ? value + 1 + is_clock : "";
    size_t len = strspn(digits, "0123456789");
    if (len == 0 || len > 3 || digits[len + 1] != '\0')
        return false;
    offset->count = is_clock ? 0 : atoi(digits);
    offset->unit = is_clock ? 'h' : digits[len];
    return offset->count <= MAX_COUNT && strchr("hDWMY", offset->unit);
}

/* The clause at the token, or above it within reach. */
static uint32_t clause_above(const struct clauses *c, uint32_t token)
{
    for (int i = 0; i < 8; i++) {
        if (c->clause_of[token] != NONE)
            return c->clause_of[token];
        uint32_t head = clause_token(c, token)->head;
        if (head == token)
            break;
        token = head;
    }
    return NONE;
}

static bool has_day(const struct clauses *c, uint32_t clause)
{
    uint32_t time = c->doc->clauses.items[clause].time;
    if (time == NONE)
        return false;
    const struct time_ref *t = &c->doc->times.items[time];
    return t->start != DAY_NONE && t->start == t->end_day && !t->is_start &&
           !t->is_deadline;
}

/* What embeds a clause: the nearest with a day, else the nearest. */
static uint32_t clause_over(const struct clauses *c, uint32_t clause)
{
    uint32_t nearest = c->doc->clauses.items[clause].parent, at = nearest;
    for (int i = 0; i < MAX_OVER && at != NONE; i++) {
        if (has_day(c, at))
            return at;
        at = c->doc->clauses.items[at].parent;
    }
    return nearest;
}

/* Finds both clauses of "D after X": X is what the marker belongs to, the other what the
 * duration hangs on, or what embeds X where it hangs on X itself. */
static bool read_offset(const struct clauses *c, uint32_t time, struct offset *offset)
{
    const struct time_ref *t = &c->doc->times.items[time];
    const char *way = "<";
    *offset = (struct offset){.time = time};
    if (t->type != TIME_DURATION || t->first == t->end ||
        t->end >= c->doc->tokens.count || !read_length(t->value, offset))
        return false;
    bool is_eve = t->is_happening; /* "the eve of the attack" */
    if (!is_eve &&
        !lexicon_word(&c->lexicon, clause_token(c, t->end)->norm, "offset mark", &way))
        return false;
    uint32_t marked = clause_token(c, t->end)->head;
    offset->other = c->clause_of[clause_kernel(c, marked)];
    uint32_t top = t->end - 1;
    while (top > t->first && clause_token(c, top)->head < top &&
           clause_token(c, top)->head >= t->first)
        top = clause_token(c, top)->head;
    uint32_t head = clause_token(c, top)->head;
    offset->one = head == top ? NONE : clause_above(c, head);
    if (offset->one == offset->other && offset->other != NONE)
        offset->one = clause_over(c, offset->other);
    if (way[0] == '<')
        offset->count = -offset->count;
    return offset->one != NONE && offset->other != NONE && offset->one != offset->other &&
           clause_token(c, t->end)->head != t->end;
}

/* "The invasion" may be that "invaded" told of: one class, and one stem. */
static bool is_same_event(const struct clauses *c, const struct clause *earlier,
                          const struct clause *later)
{
    if (strcmp(earlier->lemma, later->lemma) == 0)
        return true;
    const char *class_name = lexicon_event_class(&c->lexicon, later->lemma,
                                                 clause_pos(later));
    return *class_name && strncmp(earlier->lemma, later->lemma, STEM) == 0 &&
           strcmp(class_name, lexicon_event_class(&c->lexicon, earlier->lemma,
                                                  clause_pos(earlier))) == 0;
}

/* An event told before, with the same word and a day: "the attack". */
static uint32_t dated_before(const struct clauses *c, uint32_t clause)
{
    const struct clause *later = &c->doc->clauses.items[clause];
    if (later->kind != CLAUSE_NOUN)
        return NONE;
    for (uint32_t i = clause; i-- > 0 && clause - i < LOOK_BACK;) {
        const struct clause *earlier = &c->doc->clauses.items[i];
        if (has_day(c, i) && is_same_event(c, earlier, later))
            return i;
    }
    return NONE;
}

static day step_months(day from, int months, bool is_last)
{
    struct civil civil = day_civil(from);
    int at = civil.year * 12 + civil.month - 1 + months;
    if (at < 12 || at / 12 > 9999)
        return DAY_NONE;
    int year = at / 12, month = at % 12 + 1;
    return day_from((struct civil){year, month, is_last ? month_len(year, month) : 1});
}

/* Days and value of `count` units after a day; false outside the calendar. */
static bool count_from(struct clauses *c, day from, const struct offset *offset,
                       int count, struct time_ref *to)
{
    char value[16];
    struct civil civil;
    switch (offset->unit) {
    case 'M':
        to->start = step_months(from, count, false);
        to->end_day = step_months(from, count, true);
        to->granularity = GRAIN_MONTH;
        break;
    case 'Y':
        civil = day_civil(from);
        to->start = day_from((struct civil){civil.year + count, 1, 1});
        to->end_day = day_from((struct civil){civil.year + count, 12, 31});
        to->granularity = GRAIN_YEAR;
        break;
    case 'W':
        to->start = from + count * 7 - 3;
        to->end_day = from + count * 7 + 3;
        to->granularity = GRAIN_WEEK;
        break;
    default:
        to->start = to->end_day = from + (offset->unit == 'D' ? count : 0);
        to->granularity = GRAIN_DAY;
    }
    if (to->start == DAY_NONE || to->end_day == DAY_NONE)
        return false;
    day_write(to->granularity == GRAIN_WEEK ? from + count * 7 : to->start, value);
    size_t len = to->granularity == GRAIN_MONTH  ? 7
                 : to->granularity == GRAIN_YEAR ? 4
                                                 : strlen(value);
    to->value = arena_copy(&c->doc->arena, value, len);
    c->failed = c->failed || !to->value;
    return to->value != NULL;
}

/* The words that give the date: from the duration to the other event's. */
static void give_time(struct clauses *c, const struct offset *offset, uint32_t clause,
                      uint32_t from, int count)
{
    const struct time_ref *known = &c->doc->times.items[c->doc->clauses.items[from].time];
    const struct time_ref *duration = &c->doc->times.items[offset->time];
    struct time_ref made = {.first = duration->first, .end = duration->end + 1};
    if (!count_from(c, known->start, offset, count, &made))
        return;
    uint32_t last = c->doc->clauses.items[offset->other].head;
    made.end = last >= made.end ? last + 1 : made.end;
    made.span = doc_token_span(c->doc, made.first, made.end);
    struct time_ref *time = array_push(&c->doc->arena, &c->doc->times);
    c->failed = c->failed || !time;
    if (!time)
        return;
    *time = made;
    c->doc->clauses.items[clause].time = c->doc->times.count - 1;
}

void clause_offsets(struct clauses *c)
{
    uint32_t count = c->doc->times.count;
    for (uint32_t i = 0; i < count; i++) {
        struct offset offset;
        if (!read_offset(c, i, &offset))
            continue;
        uint32_t anchor = has_day(c, offset.other) ? offset.other
                                                   : dated_before(c, offset.other);
        const struct clause *one = &c->doc->clauses.items[offset.one];
        bool is_open = one->time == NONE || one->time == i;
        if (is_open && anchor != NONE)
            give_time(c, &offset, offset.one, anchor, offset.count);
        else if (anchor == NONE && has_day(c, offset.one))
            give_time(c, &offset, offset.other, offset.one, -offset.count);
    }
}
