/* time_report.c: what frames the times of a report: the day in its dateline, and whether
 * its numeric dates write the day or the month first. */
#include "stage/time.h"

#include "base/utf8.h"

#include <ctype.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define MAX_WORDS 16u /* of a dateline */
#define LATE_DAYS 3   /* a dateline may be that far ahead of the publication, by zones */

/* ---- day or month first ---- */

struct votes {
    int day_first, month_first;
};

static bool is_month(const struct time_lexicon *lexicon, const struct token *token)
{
    return time_word_is(lexicon, token->norm, CLASS_month) && token->upos != UPOS_VERB &&
           token->upos != UPOS_AUX;
}

static int small_number(const char *text)
{
    size_t digits = strspn(text, "0123456789");
    return digits >= 1 && digits <= 2 ? atoi(text) : 0;
}

/* "25/3/2013" can only be read with the day first; so can what equals the report's day
 * one way only. */
static void vote_by_shape(const struct doc *doc, const char *norm, struct votes *votes)
{
    int first, second, year, used = 0;
    char sign;
    if (!isdigit((unsigned char)norm[0]) ||
        sscanf(norm, "%2d%c%2d%*c%4d%n", &first, &sign, &second, &year, &used) != 4 ||
        norm[used] || !strchr("/.-", sign) || first < 1 || second < 1)
        return;
    year += year < 100 ? 2000 : 0;
    day by_day = day_from((struct civil){year, second, first});
    day by_month = day_from((struct civil){year, first, second});
    day now = doc->report.day;
    if (by_day == by_month)
        return;
    bool is_day = by_month == DAY_NONE || (now != DAY_NONE && by_day == now);
    bool is_month = by_day == DAY_NONE || (now != DAY_NONE && by_month == now);
    votes->day_first += is_day && !is_month;
    votes->month_first += is_month && !is_day;
}

/* "12 March" or "March 12" beside it; each counts for little. */
static void vote_by_style(const struct time_lexicon *lexicon, const struct doc *doc,
                          uint32_t at, struct votes *style)
{
    const struct token *tokens = doc->tokens.items;
    int before = at ? small_number(tokens[at - 1].norm) : 0;
    int after = at + 1 < doc->tokens.count ? small_number(tokens[at + 1].norm) : 0;
    if ((!before && !after) || !is_month(lexicon, &tokens[at]))
        return;
    style->day_first += before && !after;
    style->month_first += after && !before;
}

/* The habit of the country whose domain the report stands under. */
static const char *order_of_host(const struct time_lexicon *lexicon, const char *url)
{
    const char *host = url ? strstr(url, "://") : NULL;
    if (!host)
        return NULL;
    host += 3;
    size_t len = strcspn(host, "/:?#"), dot = len;
    while (dot > 0 && host[dot - 1] != '.')
        dot--;
    char domain[12] = ".";
    if (dot == 0 || len - dot + 2 > sizeof domain)
        return NULL;
    for (size_t i = dot; i < len; i++)
        domain[1 + i - dot] = (char)tolower((unsigned char)host[i]);
    return time_word_value(lexicon, domain, CLASS_order);
}

void time_read_order(struct time_state *state)
{
    const struct doc *doc = state->doc;
    struct votes shape = {0}, style = {0};
    for (uint32_t i = 0; i < doc->tokens.count; i++) {
        vote_by_shape(doc, doc->tokens.items[i].norm, &shape);
        vote_by_style(state->lexicon, doc, i, &style);
    }
    const char *habit = order_of_host(state->lexicon, doc->report.url);
    int lead = shape.day_first - shape.month_first;
    if (lead == 0)
        lead = text_is(habit, "day") ? 1 : text_is(habit, "month") ? -1 : 0;
    if (lead == 0)
        lead = style.day_first - style.month_first;
    state->is_day_first = lead > 0;
    state->is_month_first = lead < 0;
}

/* ---- the dateline's day ---- */

struct line_word {
    char text[24]; /* folded, without the full stop of an abbreviation */
    struct span span;
};

static uint32_t split_words(const struct doc *doc, struct span line,
                            struct line_word *words)
{
    uint32_t count = 0;
    for (uint32_t at = line.start; at < line.end && count < MAX_WORDS;) {
        uint32_t end = at;
        while (end < line.end && (isalnum((unsigned char)doc->text[end]) ||
                                  (unsigned char)doc->text[end] >= 0x80))
            end++;
        if (end == at) {
            at++;
            continue;
        }
        struct line_word *word = &words[count++];
        word->span = (struct span){at, end};
        utf8_fold(doc->text + at, end - at, word->text, sizeof word->text);
        at = end;
    }
    return count;
}

/* The day of a month in the year that brings it nearest to the report. */
static day nearest(day report, int month, int of_month)
{
    int year = day_civil(report).year;
    for (int i = 1; i >= -1; i--) {
        day d = day_from((struct civil){year + i, month, of_month});
        if (d != DAY_NONE && d <= report + LATE_DAYS)
            return d;
    }
    return DAY_NONE;
}

/* Fills when and the words' span; false when the line holds no month and day. */
static bool read_line(const struct time_state *state, struct span line, struct when *when,
                      struct span *span)
{
    struct line_word words[MAX_WORDS];
    uint32_t count = split_words(state->doc, line, words);
    for (uint32_t i = 0; i < count; i++) {
        const char *value = time_word_value(state->lexicon, words[i].text, CLASS_month);
        int after = i + 1 < count ? small_number(words[i + 1].text) : 0;
        int before = i ? small_number(words[i - 1].text) : 0;
        if (!value || (!after && !before))
            continue;
        uint32_t first = after ? i : i - 1, last = after ? i + 1 : i;
        int month = atoi(value), year = 0;
        if (last + 1 < count && strlen(words[last + 1].text) == 4 &&
            strspn(words[last + 1].text, "0123456789") == 4)
            year = atoi(words[++last].text);
        *span = (struct span){words[first].span.start, words[last].span.end};
        int of_month = after ? after : before;
        if (year == 0 && state->report == DAY_NONE)
            snprintf(when->value, sizeof when->value, "XXXX-%02d-%02d", month, of_month);
        else
            when_day(when, year ? day_from((struct civil){year, month, of_month})
                                : nearest(state->report, month, of_month));
        return true;
    }
    return false;
}

bool time_put_dateline(const struct time_state *state, struct doc *doc, struct span line,
                       uint32_t token)
{
    struct when when = {.start = DAY_NONE, .end = DAY_NONE};
    struct span span;
    if (!read_line(state, line, &when, &span) || !when.value[0])
        return true;
    struct time_ref *ref = array_push(&doc->arena, &doc->times);
    if (!ref)
        return false;
    *ref = (struct time_ref){.first = token,
                             .end = token,
                             .span = span,
                             .type = TIME_DATE,
                             .start = when.start,
                             .end_day = when.end,
                             .granularity = when.granularity};
    ref->value = arena_copy(&doc->arena, when.value, strlen(when.value));
    return ref->value != NULL;
}
