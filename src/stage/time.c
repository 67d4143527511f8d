/* time.c: the time stage: finds and resolves the times of a document. */
#include "stage/time.h"

#include "stage/stages.h"

#include <ctype.h>
#include <stdio.h>
#include <string.h>

#define MAX_UNITS                                                                        \
    2048u /* of a stretch read at once; a longer sentence is read in stretches */
#define MAX_TOKENS 1024u
#define MAX_FINDS 512u /* in a stretch */
#define STALE 4u /* sentences after which "later that day" no longer leans on a date */
#define NEAR_YEARS 8
#define MAX_TERM 8u /* words of "the end of his first term in January" before the date */

struct reader {
    struct doc *doc;
    struct time_lexicon lexicon;
    struct time_state state;
    uint32_t anchor_sentence;
    struct unit *units;
    uint32_t unit_count;
    struct find *finds;
    struct when *whens;
    uint32_t *outer; /* [unit] the find that is told there, or NONE */
    uint32_t find_count;
    uint32_t sentence;
    struct arena *scratch;
};

static bool has_class(const struct unit *unit, enum time_class class)
{
    return unit->classes >> class & 1;
}

static double amount_in(const struct unit *unit, enum time_class class)
{
    for (uint8_t i = 0; i < unit->reading_count; i++)
        if (unit->readings[i].class == class)
            return unit->readings[i].amount;
    return 0;
}

/* ---- is it a time at all ---- */

/* A preposition, edge or the like stands before. */
static bool has_class_before(const struct reader *r, uint32_t at)
{
    const struct unit *before = at ? &r->units[at - 1] : NULL;
    return before && (before->upos == UPOS_ADP || has_class(before, CLASS_limit) ||
                      has_class(before, CLASS_open) || has_class(before, CLASS_dirof) ||
                      has_class(before, CLASS_between) || has_class(before, CLASS_edge));
}

/* "in", "by", "since": what stands before a date rather than before any noun. */
static bool has_limit_before(const struct reader *r, uint32_t at)
{
    return at && (has_class(&r->units[at - 1], CLASS_limit) ||
                  (has_class(&r->units[at - 1], CLASS_open) &&
                   !has_class(&r->units[at - 1], CLASS_dirof)) ||
                  has_class(&r->units[at - 1], CLASS_edge));
}

/* "2012-ton", but not "2012-13" */
static bool joins_word(const struct reader *r, uint32_t at)
{
    if (at + 2 >= r->unit_count || r->units[at + 1].text[0] != '-' ||
        has_class(&r->units[at + 2], CLASS_num))
        return false;
    const struct token *tokens = r->doc->tokens.items;
    uint32_t one = r->units[at].token, two = r->units[at + 1].token,
             three = r->units[at + 2].token;
    return (one == two || tokens[one].span.end == tokens[two].span.start) &&
           (two == three || tokens[two].span.end == tokens[three].span.start);
}

static bool is_year_context(const struct reader *r, uint32_t at)
{
    const struct unit *unit = &r->units[at];
    const struct token *token = &r->doc->tokens.items[unit->token];
    const struct unit *before = at > 0 ? &r->units[at - 1] : NULL;
    double year = amount_in(unit, CLASS_year);
    if (before && has_class(before, CLASS_numbered))
        return false;
    if (before && before->text[0] == '-' && before->token == unit->token &&
        (at < 2 || !has_class(&r->units[at - 2], CLASS_num)))
        return at >= 2 && has_class(&r->units[at - 2], CLASS_edge);
    if (joins_word(r, at))
        return false;
    if (token->deprel == DEP_NUMMOD && token->head > unit->token) {
        const struct token *head = &r->doc->tokens.items[token->head];
        if (year < 1700)
            return false;
        if (head->feats.number == NUMBER_PLUR && !(before && before->upos == UPOS_DET))
            return false;
    }
    if (before && token->head == before->token && token->head != unit->token &&
        before->upos == UPOS_NOUN && token->deprel != DEP_NMOD_UNMARKED && year < 1900)
        return false;
    if (token->deprel == DEP_OBJ || token->deprel == DEP_NSUBJ)
        return year >= 1700;
    return year >= 1500 || has_class_before(r, at);
}

static bool is_name_part(const struct reader *r, const struct find *find)
{
    const struct unit *unit = &r->units[find->first];
    const struct token *token = &r->doc->tokens.items[unit->token];
    if (unit->is_person || token->deprel == DEP_FLAT)
        return true;
    if (find->first == 0 || token->upos != UPOS_PROPN)
        return false;
    const struct unit *before = &r->units[find->first - 1];
    return before->upos == UPOS_PROPN && before->token != unit->token &&
           token->deprel != DEP_OBL_UNMARKED && token->deprel != DEP_NMOD_UNMARKED &&
           token->head == before->token;
}

/* "the Sunday Times", "Winter Games", "August Wilson": the first word of a name. */
static bool starts_name(const struct reader *r, const struct find *find)
{
    const struct unit *last = &r->units[find->end - 1];
    if (find->end >= r->unit_count || r->doc->sentences.items[r->sentence].is_headline)
        return false;
    const struct unit *next = &r->units[find->end];
    const struct token *token = &r->doc->tokens.items[last->token];
    const struct token *other = &r->doc->tokens.items[next->token];
    if (!next->is_capital || next->upos != UPOS_PROPN || !last->is_capital)
        return false;
    return (token->head == next->token && token->deprel == DEP_COMPOUND) ||
           (other->head == last->token && other->deprel == DEP_FLAT);
}

/* "$50 a month", "once a day": the words before are an amount. */
static bool is_rate(const struct reader *r, const struct find *find)
{
    if (find->first == 0)
        return false;
    const struct unit *before = &r->units[find->first - 1];
    const struct token *token = &r->doc->tokens.items[r->units[find->end - 1].token];
    bool is_amount = before->upos == UPOS_NOUN || before->upos == UPOS_NUM ||
                     before->upos == UPOS_SYM;
    return is_amount && (token->deprel == DEP_NMOD_UNMARKED ||
                         token->deprel == DEP_OBL_UNMARKED || token->deprel == DEP_NMOD);
}

/* "the 14th", but not "the 14th floor". */
static bool is_day_of_month(const struct reader *r, const struct find *find)
{
    const struct unit *unit = &r->units[find->end - 1];
    uint8_t next = find->end < r->unit_count ? r->units[find->end].upos : UPOS_NONE;
    return isdigit((unsigned char)unit->text[0]) && has_class(unit, CLASS_ord) &&
           next != UPOS_NOUN && next != UPOS_ADJ && next != UPOS_PROPN &&
           next != UPOS_NUM;
}

/* "the day before", but not "the day before the vote". */
static bool is_beside(const struct reader *r, const struct find *find)
{
    const struct unit *last = &r->units[find->end - 1];
    const struct unit *next = find->end < r->unit_count ? &r->units[find->end] : NULL;
    return last->upos == UPOS_ADV || !next || next->upos == UPOS_PUNCT ||
           find->end > find->first + 3;
}

static bool is_time(const struct reader *r, const struct find *find)
{
    uint32_t next = find->end;
    if (find->action == ACT_year && find->end == find->first + 1)
        return is_year_context(r, find->first);
    if (find->action == ACT_date && find->end == find->first + 1)
        return !is_name_part(r, find) && !starts_name(r, find);
    if (find->action == ACT_weekday)
        return !starts_name(r, find);
    if (find->action == ACT_duration && has_class(&r->units[find->first], CLASS_article))
        return !joins_word(r, find->end - 1);
    if (find->action == ACT_rate)
        return is_rate(r, find) && !joins_word(r, find->end - 1);
    if (find->action == ACT_day_of_month)
        return is_day_of_month(r, find);
    if (find->action == ACT_beside)
        return is_beside(r, find);
    if (find->action == ACT_ref)
        return next >= r->unit_count || strcmp(r->units[next].text, "of") != 0;
    if (find->action == ACT_season && !find_slot(find, CLASS_year, false)) {
        bool is_bare = find->end == find->first + 1;
        double doubt = amount_in(&r->units[find->end - 1], CLASS_ambiguous);
        if ((is_bare && doubt > 0 && !has_class_before(r, find->first)) ||
            (doubt > 1 && !has_limit_before(r, find->first)))
            return false;
        return !starts_name(r, find) &&
               (next >= r->unit_count || strcmp(r->units[next].text, "of") != 0);
    }
    if (find->action == ACT_part && r->units[find->end - 1].is_capital &&
        find->first > 0 && has_class(&r->units[find->end - 1], CLASS_ambiguous))
        return false;
    return true;
}

/* ---- finding ---- */

static void find_level_1(struct reader *r)
{
    r->find_count = 0;
    for (uint32_t at = 0; at < r->unit_count && r->find_count < MAX_FINDS;) {
        struct find *find = &r->finds[r->find_count];
        if (time_match(&r->lexicon, r->units, r->unit_count, at, 1, find) &&
            is_time(r, find)) {
            at = find->end;
            r->find_count++;
        } else {
            at++;
        }
    }
}

static void offer(struct reader *r, uint32_t number)
{
    const struct find *find = &r->finds[number];
    enum time_class class = find_class(find);
    struct unit *unit = &r->units[find->first];
    if (class == CLASS_COUNT)
        return;
    if (unit->reading_count == TIME_MAX_READINGS)
        unit->reading_count--;
    unit->readings[unit->reading_count++] = (struct reading){
        .class = (uint8_t) class,
        .len = (uint16_t)(find->end - find->first),
        .found = number,
        .value = ""};
    unit->classes |= 1ull << class;
}

/* A find of level 2 may hold finds of level 1 whole, never cut one. */
static bool cuts_none(const struct reader *r, const struct find *over)
{
    for (uint32_t i = 0; i < r->find_count; i++) {
        const struct find *find = &r->finds[i];
        bool apart = find->end <= over->first || find->first >= over->end;
        bool inside = find->first >= over->first && find->end <= over->end;
        if (!apart && !inside && !find->is_inner)
            return false;
    }
    return true;
}

static void find_level_2(struct reader *r)
{
    uint32_t level_1 = r->find_count;
    for (uint32_t i = 0; i < level_1; i++)
        offer(r, i);
    for (uint32_t at = 0; level_1 && at < r->unit_count && r->find_count < MAX_FINDS;
         at++) {
        struct find *over = &r->finds[r->find_count];
        if (!time_match(&r->lexicon, r->units, r->unit_count, at, 2, over) ||
            !cuts_none(r, over))
            continue;
        for (uint32_t i = 0; i < r->find_count; i++)
            if (r->finds[i].first >= over->first && r->finds[i].end <= over->end)
                r->finds[i].is_inner = true;
        at = over->end - 1;
        r->find_count++;
    }
}

/* ---- resolving ---- */

static uint32_t head_token(const struct reader *r, const struct find *find)
{
    uint32_t first = r->units[find->first].token, last = r->units[find->end - 1].token;
    for (uint32_t t = first; t <= last; t++) {
        uint32_t head = r->doc->tokens.items[t].head;
        if (head < first || head > last)
            return t;
    }
    return last;
}

/* "April and May 1940": the year stands with the last. */
static int year_ahead(const struct reader *r, uint32_t number)
{
    const struct find *find = &r->finds[number];
    if (number + 1 >= r->find_count || find_slot(find, CLASS_year, false))
        return 0;
    const struct find *next = &r->finds[number + 1];
    const struct reading *year = find_slot(next, CLASS_year, false);
    if (!year || next->first < find->end || next->first > find->end + 2 ||
        (next->action != ACT_date && next->action != ACT_season))
        return 0;
    for (uint32_t i = find->end; i < next->first; i++)
        if (r->units[i].text[0] != ',' && r->units[i].upos != UPOS_CCONJ &&
            !has_class(&r->units[i], CLASS_thru))
            return 0;
    return (int)year->amount;
}

/* A bare year far from the story so far ("as in 1812") does not move it. */
static bool is_aside(const struct reader *r, const struct find *find,
                     const struct when *when)
{
    if (r->state.anchor_start == DAY_NONE || find_slot(find, CLASS_month, false))
        return false;
    day step = when->start - r->state.anchor_start;
    return step > 365 * NEAR_YEARS || step < -365 * NEAR_YEARS;
}

/* In a text about another time, what leans on the report's day is no step of the
 * story. */
static bool is_of_report(const struct find *find)
{
    return find->action == ACT_deixis || find->action == ACT_shift ||
           find->action == ACT_clock || find->action == ACT_shift_part ||
           find->action == ACT_zulu || find->action == ACT_ref;
}

static void note_anchor(struct reader *r, const struct find *find,
                        const struct when *when)
{
    if (!when->is_date || when->start == DAY_NONE)
        return;
    if (r->state.is_narrative && (is_of_report(find) || is_aside(r, find, when)))
        return;
    r->state.anchor_start = when->start;
    r->state.anchor_end = when->end;
    r->anchor_sentence = r->sentence;
    if (when->start == when->end)
        r->state.point_start = when->start;
}

static bool is_dayless(const struct find *find)
{
    return !find->is_inner && (find->action == ACT_clock || find->action == ACT_oclock ||
                               find->action == ACT_zulu || find->action == ACT_part);
}

/* Whether a find tells the day that a clock time beside it leaves out. */
static bool tells_day(const struct reader *r, uint32_t number)
{
    const struct find *find = &r->finds[number];
    const struct when *when = &r->whens[number];
    return !find->is_inner && !is_dayless(find) && when->start != DAY_NONE &&
           when->start == when->end && when->type != TIME_DURATION &&
           !find_slot(find, CLASS_ref, false);
}

static uint32_t distance(const struct find *a, const struct find *b)
{
    return a->first < b->first ? b->first - a->end : a->first - b->end;
}

/* "The doors opened at 9 a.m. (0700 GMT) on Friday": the nearest day of the sentence,
 * else the one told before, is the clock's. */
static void settle_clocks(struct reader *r, day before)
{
    for (uint32_t i = 0; i < r->find_count; i++) {
        struct when *when = &r->whens[i];
        const char *hours = strchr(when->value, 'T');
        uint32_t best = NONE;
        if (!is_dayless(&r->finds[i]) || !hours)
            continue;
        for (uint32_t k = 0; k < r->find_count; k++)
            if (tells_day(r, k) &&
                (best == NONE || distance(&r->finds[k], &r->finds[i]) <
                                     distance(&r->finds[best], &r->finds[i])))
                best = k;
        day d = best == NONE ? before : r->whens[best].start;
        char text[48], iso[16];
        if (d == DAY_NONE)
            continue;
        snprintf(text, sizeof text, "%s%s", day_write(d, iso), hours);
        memcpy(when->value, text, sizeof text);
        when->start = when->end = d;
    }
}

static void resolve_all(struct reader *r)
{
    day before = r->state.point_start;
    for (uint32_t i = 0; i < r->find_count; i++) {
        const struct find *find = &r->finds[i];
        enum view view = time_view(&r->lexicon, r->doc, r->sentence, head_token(r, find));
        r->state.next_year = year_ahead(r, i);
        time_resolve(&r->state, find, r->whens, view, &r->whens[i]);
        note_anchor(r, find, &r->whens[i]);
    }
    settle_clocks(r, before);
}

/* ---- what the words before make of it ---- */

/* Value of a word of the class that ends right before units[at]; *from is its first
 * unit. */
static const char *before(const struct reader *r, uint32_t at, enum time_class class)
{
    for (uint32_t back = 1; back <= 4 && back <= at; back++) {
        const struct unit *unit = &r->units[at - back];
        if (!has_class(unit, class))
            continue;
        for (uint8_t i = 0; i < unit->reading_count; i++)
            if (unit->readings[i].class == class && unit->readings[i].len == back)
                return unit->readings[i].value;
    }
    return NULL;
}

static void limit_duration(const struct reader *r, const char *limit, const char *open,
                           enum view view, struct time_ref *ref, const struct when *when)
{
    day now = r->state.report;
    if (!when->unit || when->amount <= 0 || now == DAY_NONE || ref->start != DAY_NONE)
        return;
    if (open && strcmp(open, "for") == 0 &&
        (view == VIEW_PERFECT || view == VIEW_PRESENT)) {
        ref->start = time_add(now, -when->amount, when->unit);
        ref->end_day = now;
        ref->is_start = true;
    } else if (limit && strcmp(limit, "within") == 0) {
        ref->end_day = time_add(now, when->amount, when->unit);
        ref->is_deadline = true;
    } else if (limit && strcmp(limit, "in") == 0 && view == VIEW_FUTURE) {
        ref->start = ref->end_day = time_add(now, when->amount, when->unit);
    } else {
        return;
    }
    ref->granularity = GRAIN_DAY;
}

static void limit_date(const struct reader *r, const char *limit, const char *open,
                       struct time_ref *ref)
{
    if (limit && strcmp(limit, "by") == 0) {
        ref->is_deadline = true;
        ref->start = DAY_NONE;
    } else if (limit && strcmp(limit, "before") == 0) {
        ref->is_deadline = true;
        ref->mod = "BEFORE";
        ref->end_day = ref->start == DAY_NONE ? DAY_NONE : ref->start - 1;
        ref->start = DAY_NONE;
    } else if (open && strcmp(open, "since") == 0) {
        ref->is_start = true;
        ref->end_day = r->state.report != DAY_NONE && r->state.report >= ref->start
                           ? r->state.report
                           : DAY_NONE;
    } else if (open && strcmp(open, "after") == 0 && ref->end_day != DAY_NONE) {
        ref->is_start = true;
        ref->mod = "AFTER";
        ref->start = ref->end_day;
        ref->end_day = DAY_NONE;
    }
}

/* "the end of his first term in January 2021": the words before the date say which end of
 * it. */
static uint32_t term_start(const struct reader *r, const struct find *find,
                           const char **edge)
{
    uint32_t at = find->first;
    if (at < 4 || !before(r, at, CLASS_limit) ||
        strcmp(before(r, at, CLASS_limit), "in") != 0)
        return at;
    for (uint32_t i = at - 1; i-- > 1 && i + MAX_TERM > at;) {
        const struct unit *unit = &r->units[i];
        if (unit->upos == UPOS_VERB || unit->upos == UPOS_PUNCT ||
            !(isalnum((unsigned char)unit->text[0]) || unit->text[0] == '\''))
            break;
        if (strcmp(unit->text, "of") != 0 || !has_class(&r->units[i - 1], CLASS_edgeof))
            continue;
        *edge = before(r, i, CLASS_edgeof);
        bool has_article = i >= 2 && has_class(&r->units[i - 2], CLASS_article);
        return has_article ? i - 2 : i - 1;
    }
    return at;
}

/* ---- writing ---- */

/* "April 6-7" is told as two times, each of which lasts over both. */
static bool put_end(struct reader *r, uint32_t ref_at, const struct find *find,
                    const struct when *when)
{
    struct doc *doc = r->doc;
    uint32_t cut = find->end;
    for (uint32_t i = find->end - 1; i > find->first && cut == find->end; i--)
        if (has_class(&r->units[i], CLASS_thru) || r->units[i].upos == UPOS_CCONJ)
            cut = i;
    struct time_ref *whole = &doc->times.items[ref_at];
    if (cut == find->end || r->units[cut - 1].token == r->units[cut + 1].token) {
        whole->value = arena_print(&doc->arena, "%s/%s", when->value, when->other);
        return whole->value != NULL;
    }
    struct time_ref second = doc->times.items[ref_at];
    second.first = r->units[cut + 1].token;
    second.span = doc_token_span(doc, second.first, second.end);
    second.value = arena_copy(&doc->arena, when->other, strlen(when->other));
    second.is_deadline = second.is_start = false;
    struct time_ref *first = &doc->times.items[ref_at];
    first->end = r->units[cut - 1].token + 1;
    first->span = doc_token_span(doc, first->first, first->end);
    struct time_ref *ref = array_push(&doc->arena, &doc->times);
    if (!ref || !second.value)
        return false;
    *ref = second;
    return true;
}

static bool put(struct reader *r, const struct find *find, const struct when *when)
{
    struct doc *doc = r->doc;
    const char *edge = NULL;
    uint32_t first = when->type == TIME_DATE ? term_start(r, find, &edge) : find->first;
    struct time_ref *ref = array_push(&doc->arena, &doc->times);
    if (!ref)
        return false;
    *ref = (struct time_ref){.first = r->units[first].token,
                             .end = r->units[find->end - 1].token + 1,
                             .type = when->type,
                             .mod = edge ? edge : when->mod,
                             .start = when->start,
                             .end_day = when->end,
                             .granularity = when->granularity};
    ref->span = doc_token_span(doc, ref->first, ref->end);
    if (when->value[0] &&
        !(ref->value = arena_copy(&doc->arena, when->value, strlen(when->value))))
        return false;
    if (when->clock[0] &&
        !(ref->clock = arena_copy(&doc->arena, when->clock, strlen(when->clock))))
        return false;
    const char *limit = before(r, first, CLASS_limit),
               *open = before(r, first, CLASS_open);
    bool owns = find->end < r->unit_count && strcmp(r->units[find->end].text, "'s") == 0;
    if (when->type == TIME_DURATION)
        limit_duration(r, limit, open,
                       time_view(&r->lexicon, doc, r->sentence, head_token(r, find)), ref,
                       when);
    else if (when->type != TIME_SET && !owns)
        limit_date(r, limit, open, ref);
    return !when->other[0] || put_end(r, doc->times.count - 1, find, when);
}

static bool is_linked(const struct reader *r, const struct find *a, const struct find *b)
{
    if (b->first != a->end + 1)
        return false;
    const struct unit *between = &r->units[a->end];
    if (has_class(between, CLASS_thru))
        return true;
    return between->upos == UPOS_CCONJ && before(r, a->first, CLASS_between) != NULL;
}

/* "from Monday to Wednesday": both are told to be the whole stretch. */
static void link_range(struct time_ref *a, struct time_ref *b)
{
    day start = a->start, end = b->end_day;
    if (start == DAY_NONE || end == DAY_NONE || end < start || a->type == TIME_DURATION ||
        b->type == TIME_DURATION)
        return;
    a->end_day = end;
    b->start = start;
    b->is_deadline = false;
}

static enum outcome write_all(struct reader *r, struct fail *fail)
{
    const struct find *last = NULL;
    uint32_t last_ref = NONE;
    for (uint32_t at = 0; at < r->unit_count; at++)
        r->outer[at] = NONE;
    for (uint32_t i = 0; i < r->find_count; i++)
        if (!r->finds[i].is_inner && !r->whens[i].is_dropped)
            r->outer[r->finds[i].first] = i;
    for (uint32_t at = 0; at < r->unit_count; at++) {
        if (r->outer[at] == NONE)
            continue;
        const struct find *find = &r->finds[r->outer[at]];
        if (!put(r, find, &r->whens[r->outer[at]]))
            return fail_memory(fail);
        uint32_t ref = r->doc->times.count - 1;
        if (last && is_linked(r, last, find))
            link_range(&r->doc->times.items[last_ref], &r->doc->times.items[ref]);
        last = find;
        last_ref = ref;
    }
    return OK;
}

/* ---- the document ---- */

/* A text that tells of another time names years all along and hardly ever weekdays. */
static bool is_narrative(const struct reader *r)
{
    uint32_t years = 0, relative = 0;
    int now = r->state.report == DAY_NONE ? 0 : day_civil(r->state.report).year;
    for (uint32_t i = 0; i < r->doc->tokens.count; i++) {
        const char *norm = r->doc->tokens.items[i].norm;
        if (isdigit((unsigned char)norm[0]) && strlen(norm) == 4 &&
            strspn(norm, "0123456789") == 4) {
            int year = (norm[0] - '0') * 1000 + (norm[1] - '0') * 100 +
                       (norm[2] - '0') * 10 + norm[3] - '0';
            if (year >= 1000 && year < 2100 && (year < now - 1 || year > now + 1))
                years++;
        } else if (time_word_is(&r->lexicon, norm, CLASS_weekday) ||
                   time_word_is(&r->lexicon, norm, CLASS_deixis)) {
            relative++;
        }
    }
    return years >= 8 && years > 3 * relative;
}

static void mark_persons(struct reader *r, uint32_t *name)
{
    const struct doc *doc = r->doc;
    for (uint32_t i = 0; i < r->unit_count; i++) {
        uint32_t token = r->units[i].token;
        while (*name < doc->names.count && doc->names.items[*name].end <= token)
            (*name)++;
        if (*name < doc->names.count && doc->names.items[*name].kind == NAME_PERSON &&
            doc->names.items[*name].first <= token)
            r->units[i].is_person = true;
    }
}

static enum outcome read_stretch(struct reader *r, uint32_t first, uint32_t end,
                                 uint32_t *name, struct fail *fail)
{
    r->unit_count = time_units(&r->lexicon, r->scratch, r->doc, (struct span){first, end},
                               r->units, MAX_UNITS);
    mark_persons(r, name);
    find_level_1(r);
    if (r->find_count == 0)
        return OK;
    find_level_2(r);
    resolve_all(r);
    return write_all(r, fail);
}

/* The datelines that stand before the sentence. */
static bool put_datelines(struct reader *r, uint32_t *range)
{
    const struct sentence *s = &r->doc->sentences.items[r->sentence];
    for (; *range < r->doc->ranges.count; (*range)++) {
        const struct range *line = &r->doc->ranges.items[*range];
        if (line->span.start >= s->span.start)
            return true;
        if (line->kind == RANGE_DATELINE &&
            !time_put_dateline(&r->state, r->doc, line->span, s->first))
            return false;
    }
    return true;
}

static enum outcome read_document(struct reader *r, struct fail *fail)
{
    uint32_t name = 0, range = 0;
    r->state.is_narrative = is_narrative(r);
    time_read_order(&r->state);
    for (r->sentence = 0; r->sentence < r->doc->sentences.count; r->sentence++) {
        const struct sentence *s = &r->doc->sentences.items[r->sentence];
        if (!r->state.is_narrative && r->sentence > r->anchor_sentence + STALE)
            r->state.anchor_start = r->state.anchor_end = r->state.point_start = DAY_NONE;
        if (!put_datelines(r, &range))
            return fail_memory(fail);
        for (uint32_t at = s->first; at < s->end; at += MAX_TOKENS) {
            uint32_t end = s->end - at > MAX_TOKENS ? at + MAX_TOKENS : s->end;
            enum outcome outcome = read_stretch(r, at, end, &name, fail);
            if (outcome)
                return outcome;
        }
    }
    return OK;
}

enum outcome time_run(const struct pack *pack, struct doc *doc, struct fail *fail)
{
    struct arena scratch;
    arena_init(&scratch, 0);
    struct reader r = {.doc = doc, .scratch = &scratch};
    enum outcome outcome = time_lexicon_make(&r.lexicon, pack, &scratch, fail);
    r.units = arena_take(&scratch, MAX_UNITS, sizeof *r.units);
    r.finds = arena_take(&scratch, MAX_FINDS + 1, sizeof *r.finds);
    r.whens = arena_take(&scratch, MAX_FINDS + 1, sizeof *r.whens);
    r.outer = arena_take(&scratch, MAX_UNITS, sizeof *r.outer);
    if (!outcome && (!r.units || !r.finds || !r.whens || !r.outer))
        outcome = fail_memory(fail);
    r.state = (struct time_state){.lexicon = &r.lexicon,
                                  .doc = doc,
                                  .report = doc->report.day,
                                  .anchor_start = DAY_NONE,
                                  .anchor_end = DAY_NONE,
                                  .point_start = DAY_NONE};
    if (!outcome && r.lexicon.entry_count)
        outcome = read_document(&r, fail);
    arena_free(&scratch);
    return outcome;
}
