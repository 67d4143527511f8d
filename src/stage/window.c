/* window.c: the window stage: between which days a report that names no day of
 * publication can have been published. What it tells as over lies before; what it tells
 * as coming was still to come; who is named by an office held it. A year is never
 * guessed: a side that nothing bounds stays open. */
#include "stage/stages.h"

#include "data/who.h"

#include <stdio.h>
#include <string.h>

#define MAX_ROWS 16u
#define TITLE_WORDS 3u /* before a name and within it */
#define LONGEST 16u    /* words of a name with its titles */

struct finder {
    struct doc *doc;
    struct who who;
    bool *is_dated; /* [sentences] a day or year is told in it */
    bool failed;    /* out of memory */
};

static void not_before(struct finder *f, day d, const char *why)
{
    struct report *report = &f->doc->report;
    f->failed = f->failed || !why;
    if (report->earliest != DAY_NONE && report->earliest >= d)
        return;
    report->earliest = d;
    report->earliest_why = why;
}

static void not_after(struct finder *f, day d, const char *why)
{
    struct report *report = &f->doc->report;
    f->failed = f->failed || !why;
    if (report->latest != DAY_NONE && report->latest <= d)
        return;
    report->latest = d;
    report->latest_why = why;
}

/* ---- what happened, what is to come ---- */

static const char *told(struct finder *f, const struct time_ref *t, const char *how)
{
    return arena_print(&f->doc->arena, "\"%.*s\" %s", (int)span_len(t->span),
                       f->doc->text + t->span.start, how);
}

static void bound_by_clause(struct finder *f, const struct clause *clause)
{
    const struct doc *doc = f->doc;
    if (clause->time == NONE)
        return;
    const struct time_ref *t = &doc->times.items[clause->time];
    bool is_over = (clause->status == STATUS_ACTUAL ||
                    clause->status == STATUS_NEGATED) &&
                   (clause->is_past || clause->is_perfect) && !clause->modal;
    bool is_ahead = clause->status == STATUS_SCHEDULED ||
                    clause->status == STATUS_EXPECTED ||
                    clause->status == STATUS_INTENDED;
    bool is_said_then = clause->parent != NONE &&
                        doc->clauses.items[clause->parent].time != NONE;
    if (is_over && t->start != DAY_NONE && !t->is_deadline)
        not_before(f, t->start, told(f, t, "is told as past"));
    else if (is_ahead && !clause->is_past && !is_said_then && t->end_day != DAY_NONE)
        not_after(f, t->end_day, told(f, t, "is told as coming"));
}

/* ---- who holds an office ---- */

/* The first and last day of all terms of a person in a role; false when there is none. */
static bool find_terms(const struct finder *f, const char *person, const char *role,
                       day *from, day *to)
{
    uint32_t rows[MAX_ROWS], found = 0;
    uint32_t count = f->who.offices ? table_find(f->who.offices, person, rows, MAX_ROWS)
                                    : 0;
    *from = *to = DAY_NONE;
    for (uint32_t i = 0; i < count && i < MAX_ROWS; i++) {
        day start = DAY_NONE, end = DAY_NONE, other;
        if (strcmp(who_cell(f->who.offices, rows[i], "role"), role) != 0)
            continue;
        if (!day_read(who_cell(f->who.offices, rows[i], "from"), &start, &other))
            start = DAY_NONE;
        if (!day_read(who_cell(f->who.offices, rows[i], "to"), &other, &end))
            end = DAY_NONE;
        bool is_first = found++ == 0;
        *from = is_first                                 ? start
                : *from == DAY_NONE || start == DAY_NONE ? DAY_NONE
                : start < *from                          ? start
                                                         : *from;
        *to = is_first                             ? end
              : *to == DAY_NONE || end == DAY_NONE ? DAY_NONE
              : end > *to                          ? end
                                                   : *to;
    }
    return found > 0;
}

static void bound_by_terms(struct finder *f, const char *person, const char *role,
                           struct span words)
{
    day from, to;
    char text[16];
    const char *format = "\"%.*s\": in office %s %s";
    if (!find_terms(f, person, role, &from, &to))
        return;
    if (from != DAY_NONE)
        not_before(f, from,
                   arena_print(&f->doc->arena, format, (int)span_len(words),
                               f->doc->text + words.start, "from",
                               day_write(from, text)));
    if (to != DAY_NONE)
        not_after(f, to,
                  arena_print(&f->doc->arena, format, (int)span_len(words),
                              f->doc->text + words.start, "until", day_write(to, text)));
}

/* Tokens first..end-1 as one phrase; false when they are too long for a title. */
static bool join_words(const struct doc *doc, uint32_t first, uint32_t end, char *to,
                       size_t size)
{
    size_t len = 0;
    for (uint32_t i = first; i < end; i++) {
        int wrote = snprintf(to + len, size - len, "%s%s", len ? " " : "",
                             doc->tokens.items[i].norm);
        if (wrote < 0 || (size_t)wrote >= size - len)
            return false;
        len += (size_t)wrote;
    }
    return true;
}

/* The words before a name as a title of its bearer's country: "Chancellor". */
static void bound_by_title(struct finder *f, const struct actor *actor, uint32_t first,
                           uint32_t end, struct span words)
{
    char phrase[96];
    uint32_t rows[MAX_ROWS];
    if (!f->who.roles || !join_words(f->doc, first, end, phrase, sizeof phrase))
        return;
    uint32_t count = table_find(f->who.roles, phrase, rows, MAX_ROWS);
    for (uint32_t i = 0; i < count && i < MAX_ROWS; i++) {
        const char *country = who_cell(f->who.roles, rows[i], "country");
        if (!*country || (actor->code && strcmp(country, actor->code) == 0))
            bound_by_terms(f, actor->id, who_cell(f->who.roles, rows[i], "role"), words);
    }
}

/* "President Jane Roe": the title before the name or at its head. */
static void bound_by_mention(struct finder *f, const struct mention *mention)
{
    const struct doc *doc = f->doc;
    uint32_t sentence = doc_sentence_of(doc, mention->first);
    if (mention->kind != MENTION_NAME || mention->actor_count != 1 || sentence == NONE ||
        f->is_dated[sentence])
        return;
    const struct actor *actor =
        &doc->actors.items[doc->mention_actors.items[mention->actors]];
    uint32_t start = doc->sentences.items[sentence].first;
    uint32_t first = mention->first > start + TITLE_WORDS ? mention->first - TITLE_WORDS
                                                          : start;
    if (actor->kind != ACTOR_PERSON || strncmp(actor->id, "person/", 7) != 0)
        return;
    uint32_t last = mention->end < first + LONGEST ? mention->end : first + LONGEST;
    for (uint32_t i = first; i < last; i++)
        if (who_word(&f->who, doc->tokens.items[i].norm, "former", NULL))
            return;
    for (uint32_t i = first; i < last; i++)
        for (uint32_t end = i + 1; end <= mention->end && end <= i + TITLE_WORDS; end++)
            if (end >= mention->first)
                bound_by_title(f, actor, i, end, doc_token_span(doc, i, mention->end));
}

/* ---- the dateline ---- */

/* "June 11" in a dateline names the day itself where the window holds one of that
 * name. */
static void narrow_to_dateline(struct finder *f, const struct time_ref *t)
{
    struct report *report = &f->doc->report;
    int month, of_month, count = 0;
    day found = DAY_NONE;
    if (t->first != t->end || !t->value || report->earliest == DAY_NONE ||
        report->latest == DAY_NONE ||
        sscanf(t->value, "XXXX-%2d-%2d", &month, &of_month) != 2)
        return;
    int last = day_civil(report->latest).year;
    for (int year = day_civil(report->earliest).year; year <= last; year++) {
        day d = day_from((struct civil){year, month, of_month});
        if (d == DAY_NONE || d < report->earliest || d > report->latest)
            continue;
        found = d;
        count++;
    }
    if (count != 1)
        return;
    const char *why = told(f, t, "is the dateline's day, once in the days left");
    not_before(f, found, why);
    not_after(f, found, why);
}

/* ---- the stage ---- */

static bool mark_dated(struct finder *f)
{
    struct doc *doc = f->doc;
    f->is_dated = arena_take(&doc->arena, doc->sentences.count + 1u, sizeof *f->is_dated);
    for (uint32_t i = 0; f->is_dated && i < doc->times.count; i++) {
        const struct time_ref *t = &doc->times.items[i];
        uint32_t sentence = t->first < t->end ? doc_sentence_of(doc, t->first) : NONE;
        if (sentence != NONE && (t->start != DAY_NONE || t->end_day != DAY_NONE))
            f->is_dated[sentence] = true;
    }
    return f->is_dated != NULL;
}

enum outcome window_run(const struct pack *pack, struct doc *doc, struct fail *fail)
{
    struct finder f = {.doc = doc};
    struct report *report = &doc->report;
    if (report->is_framed)
        return OK; /* read again with what is known of it */
    report->earliest = report->latest = DAY_NONE;
    if (report->day != DAY_NONE)
        return OK;
    who_open(&f.who, pack);
    if (!mark_dated(&f))
        return fail_memory(fail);
    for (uint32_t i = 0; i < doc->clauses.count; i++)
        bound_by_clause(&f, &doc->clauses.items[i]);
    for (uint32_t i = 0; i < doc->mentions.count; i++)
        bound_by_mention(&f, &doc->mentions.items[i]);
    bool is_torn = report->earliest != DAY_NONE && report->latest != DAY_NONE &&
                   report->earliest > report->latest;
    if (is_torn) {
        report->earliest = report->latest = DAY_NONE;
        report->earliest_why = report->latest_why = NULL;
    }
    for (uint32_t i = 0; i < doc->times.count; i++)
        narrow_to_dateline(&f, &doc->times.items[i]);
    return f.failed ? fail_memory(fail) : OK;
}
