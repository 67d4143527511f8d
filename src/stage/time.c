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
#define SOME_FINDS 8u
#define STALE 4u /* sentences after which "later that day" no longer leans on a date */
#define NARROW_WINDOW 62 /* days; of a wider one no interval is told */
#define MAX_TERM 8u /* words of "the end of his first term in January" before the date */

/* ---- finding ---- */

/* What may stand before a part that is missing, as the year after "May 3," or the day of
 * the week before it, is no part of the words. */
static void trim(const struct time_reader *r, struct find *find)
{
    const struct unit *last = &r->units[find->end - 1], *first = &r->units[find->first];
    if (find->end > find->first + 1 &&
        (last->text[0] == ',' || strcmp(last->text, "of") == 0))
        find->end--;
    if (find->end > find->first + 1 && (first->text[0] == ',' || first->text[0] == '-'))
        find->first++;
}

/* The longest match that is meant as a time. */
static bool find_at(const struct time_reader *r, uint32_t at, struct find *find)
{
    uint32_t last_end = r->unit_count;
    while (last_end > at && time_match(r, at, last_end, 1, find)) {
        trim(r, find);
        if (time_is_rate(r, find))
            find->action = ACT_rate;
        if (time_is_meant(r, find))
            return true;
        last_end = find->end - 1;
    }
    return false;
}

static void find_level_1(struct time_reader *r)
{
    r->find_count = 0;
    for (uint32_t at = 0; at < r->unit_count && r->find_count < r->find_cap;) {
        struct find *find = &r->finds[r->find_count];
        bool is_found = find_at(r, at, find);
        at = is_found ? find->end : at + 1;
        r->find_count += is_found;
    }
}

static void offer(struct time_reader *r, uint32_t number)
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
static bool cuts_none(const struct time_reader *r, const struct find *over)
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

static void find_level_2(struct time_reader *r)
{
    uint32_t level_1 = r->find_count;
    for (uint32_t i = 0; i < level_1; i++)
        offer(r, i);
    if (level_1)
        time_look_ahead(r->units, r->unit_count);
    for (uint32_t at = 0; level_1 && at < r->unit_count && r->find_count < r->find_cap;
         at++) {
        struct find *over = &r->finds[r->find_count];
        if (!time_match(r, at, r->unit_count, 2, over) || !cuts_none(r, over))
            continue;
        if (over->action == ACT_approx &&
            !text_is(find_value(over, CLASS_approx), "APPROX"))
            continue; /* "over the weekend" is no more than a weekend */
        for (uint32_t i = 0; i < r->find_count; i++)
            if (r->finds[i].first >= over->first && r->finds[i].end <= over->end)
                r->finds[i].is_inner = true;
        at = over->end - 1;
        r->find_count++;
    }
}

/* ---- what the words before make of it ---- */

static void limit_duration(const struct time_reader *r, const char *limit,
                           const char *open, enum view view, struct time_ref *ref,
                           const struct when *when)
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
        struct when then = {.start = DAY_NONE, .end = DAY_NONE};
        when_unit(&then, time_add(now, when->amount, when->unit), when->unit);
        ref->start = then.start;
        ref->end_day = then.end;
        ref->granularity = then.granularity;
        return;
    } else {
        return;
    }
    ref->granularity = GRAIN_DAY;
}

static void limit_date(const struct time_reader *r, const char *limit, const char *open,
                       struct time_ref *ref)
{
    bool is_clock = ref->type == TIME_CLOCK; /* "after 9 p.m." is still that day */
    if (is_clock && limit && strcmp(limit, "before") == 0) {
        ref->mod = "BEFORE";
        return;
    }
    if (is_clock && open && strcmp(open, "after") == 0) {
        ref->mod = "AFTER";
        return;
    }
    if (limit && (strcmp(limit, "by") == 0 || strcmp(limit, "until") == 0)) {
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
static uint32_t term_start(const struct time_reader *r, const struct find *find,
                           const char **edge)
{
    uint32_t at = find->first;
    if (at < 4 || !time_word_before(r, at, CLASS_limit) ||
        strcmp(time_word_before(r, at, CLASS_limit), "in") != 0)
        return at;
    for (uint32_t i = at - 1; i-- > 1 && i + MAX_TERM > at;) {
        const struct unit *unit = &r->units[i];
        if (unit->upos == UPOS_VERB || unit->upos == UPOS_PUNCT ||
            !(isalnum((unsigned char)unit->text[0]) || unit->text[0] == '\''))
            break;
        if (strcmp(unit->text, "of") != 0 || !has_class(&r->units[i - 1], CLASS_edgeof))
            continue;
        *edge = time_word_before(r, i, CLASS_edgeof);
        bool has_article = i >= 2 && has_class(&r->units[i - 2], CLASS_article);
        return has_article ? i - 2 : i - 1;
    }
    return at;
}

/* ---- writing ---- */

/* "April 6-7" is told as two times, each of which lasts over both. */
static bool put_end(struct time_reader *r, uint32_t ref_at, const struct find *find,
                    const struct when *when)
{
    struct doc *doc = r->doc;
    uint32_t cut = find->end;
    for (uint32_t i = find->end - 1; i > find->first && cut == find->end; i--)
        if (has_class(&r->units[i], CLASS_thru) || r->units[i].upos == UPOS_CCONJ)
            cut = i;
    struct time_ref *whole = &doc->times.items[ref_at];
    bool is_season = find->end < r->unit_count && /* "the 2019-20 season" */
                     has_class(&r->units[find->end], CLASS_unit);
    if (is_season || cut == find->end ||
        r->units[cut - 1].token == r->units[cut + 1].token) {
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

/* "two weeks from next Tuesday": a tale of another time is marked by its days alone. */
static bool put_parts(struct time_reader *r, const struct find *find,
                      struct time_ref *ref)
{
    const struct reading *readings[2] = {find_slot(find, CLASS_dur, false),
                                         find_slot(find, CLASS_date, false)};
    if (find->action != ACT_offset_from || r->state.is_narrative || !readings[0] ||
        !readings[1])
        return true;
    struct time_part *parts = arena_take(&r->doc->arena, 2, sizeof *parts);
    for (int i = 0; parts && i < 2; i++) {
        const struct find *part = &r->finds[readings[i]->found];
        const struct when *when = &r->whens[readings[i]->found];
        parts[i].span = doc_token_span(r->doc, r->units[part->first].token,
                                       r->units[part->end - 1].token + 1);
        parts[i].type = when->type;
        parts[i].value = arena_copy(&r->doc->arena, when->value, strlen(when->value));
        if (!parts[i].value)
            return false;
    }
    ref->parts = parts;
    return parts != NULL;
}

static bool put(struct time_reader *r, const struct find *find, const struct when *when)
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
                             .granularity = when->granularity,
                             .is_happening = when->is_happening};
    ref->span = doc_token_span(doc, ref->first, ref->end);
    if (when->value[0] &&
        !(ref->value = arena_copy(&doc->arena, when->value, strlen(when->value))))
        return false;
    if (when->clock[0] &&
        !(ref->clock = arena_copy(&doc->arena, when->clock, strlen(when->clock))))
        return false;
    if (!put_parts(r, find, ref))
        return false;
    /* "after the June 20 election" */
    uint32_t lead = first && has_class(&r->units[first - 1], CLASS_article) ? first - 1
                                                                            : first;
    const char *limit = time_word_before(r, lead, CLASS_limit),
               *open = time_word_before(r, lead, CLASS_open);
    ref->is_put_off = time_is_put_off(r, find);
    bool owns = find->end < r->unit_count && strcmp(r->units[find->end].text, "'s") == 0;
    if (when->type == TIME_DURATION)
        limit_duration(r, limit, open,
                       time_view(r->lexicon, doc, r->sentence, time_head_token(r, find)),
                       ref, when);
    else if (when->type != TIME_SET && !owns && !ref->is_put_off)
        limit_date(r, limit, open, ref);
    return !when->other[0] || put_end(r, doc->times.count - 1, find, when);
}

static bool is_linked(const struct time_reader *r, const struct find *a,
                      const struct find *b)
{
    if (b->first != a->end + 1)
        return false;
    const struct unit *between = &r->units[a->end];
    if (has_class(between, CLASS_thru))
        return true;
    return between->upos == UPOS_CCONJ &&
           time_word_before(r, a->first, CLASS_between) != NULL;
}

/* "from Monday to Wednesday" told on a Tuesday: one of them lies in the next week or the
 * last. */
static bool move_week(struct time_reader *r, struct time_ref *ref, int days)
{
    char text[48], iso[16];
    if (!ref->value || strlen(ref->value) < 10)
        return true;
    ref->start += ref->start == DAY_NONE ? 0 : days;
    ref->end_day += days;
    snprintf(text, sizeof text, "%s%s", day_write(ref->end_day, iso), ref->value + 10);
    ref->value = arena_copy(&r->doc->arena, text, strlen(text));
    return ref->value != NULL;
}

/* "from Monday to Wednesday": both are told to be the whole stretch. */
static bool link_range(struct time_reader *r, struct time_ref *a, struct time_ref *b)
{
    struct time_ref *moved = NULL;
    if (a->start != DAY_NONE && b->end_day != DAY_NONE && b->end_day < a->start &&
        b->end_day + 7 >= a->start && a->granularity <= GRAIN_DAY &&
        b->granularity <= GRAIN_DAY)
        moved = a->start > r->state.report ? b : a;
    if (moved && !move_week(r, moved, moved == b ? 7 : -7))
        return false;
    day start = a->start, end = b->end_day;
    if (start == DAY_NONE || end == DAY_NONE || end < start || a->type == TIME_DURATION ||
        b->type == TIME_DURATION || b->is_put_off)
        return true;
    a->end_day = end;
    b->start = start;
    b->is_deadline = false;
    return true;
}

static enum outcome write_all(struct time_reader *r, struct fail *fail)
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
        if (last && is_linked(r, last, find) &&
            !link_range(r, &r->doc->times.items[last_ref], &r->doc->times.items[ref]))
            return fail_memory(fail);
        last = find;
        last_ref = ref;
    }
    return OK;
}

/* ---- the document ---- */

/* A text that tells of another time names years all along and hardly ever weekdays. */
static bool is_narrative(const struct time_reader *r)
{
    uint32_t years = 0, relative = 0, spoken = 0;
    int now = r->state.report == DAY_NONE ? 0 : day_civil(r->state.report).year;
    for (uint32_t i = 0; i < r->doc->tokens.count; i++) {
        const char *norm = r->doc->tokens.items[i].norm;
        if (isdigit((unsigned char)norm[0]) && strlen(norm) == 4 &&
            strspn(norm, "0123456789") == 4) {
            int year = (norm[0] - '0') * 1000 + (norm[1] - '0') * 100 +
                       (norm[2] - '0') * 10 + norm[3] - '0';
            if (year >= 1000 && year < 2100 && (year < now - 1 || year > now + 1))
                years++;
            continue;
        }
        uint32_t entry = time_lexicon_first(r->lexicon, norm, strlen(norm));
        for (; entry != NONE; entry = r->lexicon->entries[entry].next) {
            const struct word_entry *word = &r->lexicon->entries[entry];
            bool is_whole = word->word[word->first_len] == '\0';
            relative += is_whole &&
                        (word->class == CLASS_weekday || word->class == CLASS_deixis);
            spoken += is_whole && word->class == CLASS_spoken;
        }
    }
    bool is_quiet = relative + spoken == 0; /* no voice of news in it */
    return years >= (is_quiet ? 4 : 8) && years > 3 * relative + spoken / 2;
}

static void mark_persons(struct time_reader *r, uint32_t *name)
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

static enum outcome read_stretch(struct time_reader *r, uint32_t first, uint32_t end,
                                 uint32_t *name, struct fail *fail)
{
    r->unit_count = time_units(r->lexicon, r->scratch, r->doc, (struct span){first, end},
                               r->units, r->unit_cap);
    mark_persons(r, name);
    time_look_ahead(r->units, r->unit_count);
    find_level_1(r);
    if (r->find_count == 0)
        return OK;
    find_level_2(r);
    time_settle(r);
    return write_all(r, fail);
}

/* The datelines that stand before the sentence. */
static bool put_datelines(struct time_reader *r, uint32_t *range)
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

static enum outcome read_document(struct time_reader *r, struct fail *fail)
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

/* Units that a token can be split into, at most. */
static uint32_t units_of(const char *norm)
{
    uint32_t count = 2; /* "9am" */
    for (norm += strcspn(norm, "-/."); *norm && count < TIME_MAX_SPLIT;
         norm += strcspn(norm + 1, "-/.") + 1)
        count += 2;
    return count < TIME_MAX_SPLIT ? count : TIME_MAX_SPLIT;
}

/* Units of the longest sentence: most need a small part of what one may have. */
static uint32_t longest_stretch(const struct doc *doc)
{
    uint32_t longest = 1;
    for (uint32_t i = 0; i < doc->sentences.count; i++) {
        const struct sentence *s = &doc->sentences.items[i];
        uint32_t len = 0;
        for (uint32_t t = s->first; t < s->end && len < MAX_UNITS; t++)
            len += units_of(doc->tokens.items[t].norm);
        longest = len > longest ? len : longest;
    }
    return longest < MAX_UNITS ? longest : MAX_UNITS;
}

/* One reading of the document against a day. */
static enum outcome read_against(const struct pack *pack, struct doc *doc, day report,
                                 struct fail *fail)
{
    struct arena scratch;
    arena_init(&scratch, 0);
    struct time_reader r = {.doc = doc, .scratch = &scratch};
    const void *made = NULL;
    enum outcome outcome = pack_made(pack, PACK_MADE_TIMES, time_lexicon_make, &made,
                                     fail);
    r.lexicon = made;
    r.unit_cap = longest_stretch(doc);
    r.find_cap = r.unit_cap / 2 + SOME_FINDS;
    r.find_cap = r.find_cap < MAX_FINDS ? r.find_cap : MAX_FINDS;
    r.units = arena_take(&scratch, r.unit_cap, sizeof *r.units);
    r.finds = arena_take(&scratch, r.find_cap + 1, sizeof *r.finds);
    r.whens = arena_take(&scratch, r.find_cap + 1, sizeof *r.whens);
    r.outer = arena_take(&scratch, r.unit_cap, sizeof *r.outer);
    if (!outcome && (!r.units || !r.finds || !r.whens || !r.outer))
        outcome = fail_memory(fail);
    r.state = (struct time_state){.lexicon = r.lexicon,
                                  .doc = doc,
                                  .report = report,
                                  .anchor_start = DAY_NONE,
                                  .anchor_end = DAY_NONE,
                                  .point_start = DAY_NONE,
                                  .point_minutes = -1,
                                  .week = DAY_NONE};
    if (!outcome && r.lexicon->entry_count)
        outcome = read_document(&r, fail);
    arena_free(&scratch);
    return outcome;
}

/* ---- a report without a day ---- */

static bool is_same_time(const struct time_ref *a, const struct time_ref *b)
{
    return a->type == b->type && a->value && b->value && strcmp(a->value, b->value) == 0;
}

/* Read against the window's first day and its last: what comes out the same holds on all
 * its days; of the rest a short window still tells between which days it lies. */
static void join_readings(struct doc *doc, uint32_t first_count)
{
    const struct report *report = &doc->report;
    struct time_ref *first = doc->times.items, *last = first + first_count;
    uint32_t last_count = doc->times.count - first_count, kept = 0;
    for (uint32_t i = 0, k = 0; i < first_count; i++) {
        while (k < last_count && last[k].span.start < first[i].span.start)
            k++;
        bool is_both = k < last_count && last[k].span.start == first[i].span.start &&
                       last[k].span.end == first[i].span.end;
        if (!is_both)
            continue;
        struct time_ref joined = first[i];
        bool is_near = report->latest - report->earliest <= NARROW_WINDOW &&
                       joined.start != DAY_NONE && joined.end_day != DAY_NONE &&
                       last[k].end_day >= joined.start;
        if (!is_same_time(&joined, &last[k])) {
            joined.value = joined.clock = NULL;
            joined.start = is_near ? joined.start : DAY_NONE;
            joined.end_day = is_near ? last[k].end_day : DAY_NONE;
            joined.granularity = GRAIN_NONE;
        }
        first[kept++] = joined;
        k++;
    }
    doc->times.count = kept;
}

enum outcome time_run(const struct pack *pack, struct doc *doc, struct fail *fail)
{
    const struct report *report = &doc->report;
    if (!report->is_framed || report->day != DAY_NONE)
        return read_against(pack, doc, report->day, fail);
    enum outcome outcome = read_against(pack, doc, report->earliest, fail);
    uint32_t first_count = doc->times.count;
    if (!outcome)
        outcome = read_against(pack, doc, report->latest, fail);
    if (!outcome)
        join_readings(doc, first_count);
    return outcome;
}
