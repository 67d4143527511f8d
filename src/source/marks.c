/* marks.c: furniture, credits, bylines and lines of date. */
#include "source/marks.h"

#include "base/utf8.h"

#include <string.h>

#define AGENCY_WORDS 5
#define CREDIT_WORDS 24
#define LABEL_LONGEST 40
#define MOST_WORDS 24 /* of a byline; whole lines of the table have fewer */
#define SHORT_LINE                                                                       \
    120 /* bytes: "start" and "end" patterns mark lines no longer than this */

struct pattern {
    const char *words;
    uint32_t len;
    const char *label;
};

struct mark_words {
    const struct table *furniture, *agencies, *calendar, *given, *forenames;
    uint32_t kind, label, name;
    ARRAY(struct pattern) starts, ends, tails;
    uint32_t tail_letters; /* a bit for each letter that begins one; 0x80000000: others */
};

static uint32_t letter_bit(char c)
{
    return c >= 'a' && c <= 'z'   ? 1u << (c - 'a')
           : c >= 'A' && c <= 'Z' ? 1u << (c - 'A')
                                  : 0x80000000u;
}

static bool add_pattern(struct mark_words *marks, struct arena *arena, uint32_t row)
{
    const char *kind = table_cell(marks->furniture, row, marks->kind);
    struct pattern pattern = {.words = table_cell(marks->furniture, row, 0),
                              .label = table_cell(marks->furniture, row, marks->label)};
    pattern.len = (uint32_t)strlen(pattern.words);
    struct pattern *slot = &pattern;
    if (strcmp(kind, "start") == 0)
        slot = array_push(arena, &marks->starts);
    else if (strcmp(kind, "end") == 0)
        slot = array_push(arena, &marks->ends);
    else if (strcmp(kind, "tail") == 0)
        slot = array_push(arena, &marks->tails);
    if (strcmp(kind, "tail") == 0)
        marks->tail_letters |= letter_bit(*pattern.words);
    if (slot)
        *slot = pattern;
    return slot != NULL;
}

struct mark_words *marks_open(const struct pack *pack, struct arena *arena)
{
    struct mark_words *marks = arena_take(arena, 1, sizeof *marks);
    if (!marks)
        return NULL;
    marks->furniture = pack_table(pack, "text/furniture");
    marks->agencies = pack_table(pack, "text/agencies");
    marks->calendar = pack_table(pack, "text/calendar");
    marks->given = pack_table(pack, "given_names");
    marks->forenames = pack_table(pack, "text/forenames");
    if (marks->agencies)
        marks->name = table_column(marks->agencies, "name");
    if (!marks->furniture)
        return marks;
    marks->kind = table_column(marks->furniture, "kind");
    marks->label = table_column(marks->furniture, "label");
    for (uint32_t row = 0; row < table_rows(marks->furniture); row++)
        if (!add_pattern(marks, arena, row))
            return NULL;
    return marks;
}

const struct table *mark_calendar(const struct mark_words *marks)
{
    return marks->calendar;
}

bool mark_is_given(const struct mark_words *marks, const char *word)
{
    return (marks->given && table_row(marks->given, word) != NONE) ||
           (marks->forenames && table_row(marks->forenames, word) != NONE);
}

/* The label of the row of that kind for these words, NULL without one. */
static const char *find_row(const struct mark_words *marks, const char *words,
                            const char *kind)
{
    uint32_t rows[8];
    uint32_t count = marks->furniture ? table_find(marks->furniture, words, rows, 8) : 0;
    for (uint32_t i = 0; i < count && i < 8; i++)
        if (strcmp(table_cell(marks->furniture, rows[i], marks->kind), kind) == 0)
            return table_cell(marks->furniture, rows[i], marks->label);
    return NULL;
}

const char *mark_agency_words(const struct mark_words *marks,
                              const struct line_words *words, uint32_t at, uint32_t *took)
{
    char form[LINE_CAP];
    uint32_t most = words->count - at < AGENCY_WORDS ? words->count - at : AGENCY_WORDS;
    for (uint32_t count = most; marks->agencies && count > 0; count--) {
        uint32_t row = table_row(marks->agencies,
                                 words_join(words, at, at + count, form));
        if (row != NONE) {
            *took = count;
            return table_cell(marks->agencies, row, marks->name);
        }
    }
    *took = 0;
    return NULL;
}

const char *mark_agency(const struct mark_words *marks, const char *text, size_t len)
{
    struct line_words words;
    uint32_t took = 0;
    if (len > 80)
        return NULL;
    words_read(&words, text, len);
    const char *name = words.count ? mark_agency_words(marks, &words, 0, &took) : NULL;
    return took == words.count ? name : NULL;
}

static bool is_number(const char *word)
{
    return word[strspn(word, "0123456789-")] == '\0';
}

/* The longest label at words[at] ("last updated on"); NULL without one. */
static const char *date_label(const struct mark_words *marks,
                              const struct line_words *words, uint32_t at, uint32_t *took)
{
    char text[LINE_CAP];
    for (*took = 3; *took > 0; --*took) {
        if (at + *took > words->count)
            continue;
        const char *label = find_row(marks, words_join(words, at, at + *took, text),
                                     "date");
        if (label)
            return label;
    }
    return NULL;
}

static bool is_capital_word(const struct line_words *words, const char *line, uint32_t at)
{
    uint32_t code;
    return utf8_next(line + words->at[at], words->len[at], &code) && utf8_is_upper(code);
}

/* "... | World, Asia": a section's name behind a bar. */
static bool is_behind_bar(const struct line_words *words, const char *line, uint32_t at)
{
    const char *end = line + words->at[at];
    return is_capital_word(words, line, at) &&
           memchr(line, '|', (size_t)(end - line)) != NULL;
}

/* How many words at `at` are an agency, a day with its label, or what stands beside
 * those; 0 when the line says something else there. */
static uint32_t credit_words(const struct mark_words *marks, const char *line,
                             const struct line_words *words, uint32_t at,
                             struct mark_found *found)
{
    struct when when;
    uint32_t took;
    const char *label = date_label(marks, words, at, &took);
    if (label) {
        found->is_update = strcmp(label, "updated") == 0;
        return took;
    }
    took = when_words(marks->calendar, words, at, &when);
    if (took) {
        struct when *target = found->is_update ? &found->updated : &found->published;
        if (target->month == 0) {
            *target = when;
            when_clock(marks->calendar, words, at + took, target);
        }
        return took;
    }
    const char *agency = mark_agency_words(marks, words, at, &took);
    if (agency) {
        found->agency = found->agency ? found->agency : agency;
        return took;
    }
    const char *word = words->words[at];
    bool is_beside = is_number(word) || find_row(marks, word, "filler") ||
                     when_is_filler(marks->calendar, word) ||
                     is_behind_bar(words, line, at);
    return is_beside ? 1 : 0;
}

/* Nothing from words[at] on but agencies and days: "All - Kyodo News+", "(c) 2021 AFP",
 * "Published 11 June 2018 | Updated 12 June 2018", "KYODO NEWS - Jun 11, 2018 - 14:05 |
 * World". */
static bool credit_line(const struct mark_words *marks, const char *line,
                        const struct line_words *words, uint32_t at,
                        struct mark_found *found)
{
    if (words->count > CREDIT_WORDS || words->is_cut)
        return false;
    while (at < words->count) {
        uint32_t took = credit_words(marks, line, words, at, found);
        if (!took)
            return false;
        at += took;
    }
    return found->agency || found->published.month || found->updated.month;
}

/* Small words inside names and titles: at most three letters, or one that credits. */
static bool joins_names(const struct mark_words *marks, const char *word)
{
    return strlen(word) <= 3 || find_row(marks, word, "filler") != NULL ||
           find_row(marks, word, "stop") != NULL ||
           find_row(marks, word, "office") != NULL;
}

/* A comma, a bar or a dash stands before the word. */
static bool is_set_off(const char *line, const struct line_words *words, uint32_t at)
{
    uint32_t from = words->at[at - 1] + words->len[at - 1];
    for (uint32_t i = from; i < words->at[at]; i++)
        if (strchr(",|-", line[i]) || (unsigned char)line[i] == 0xE2)
            return true;
    return false;
}

/* Where the names that begin at words[first] end: at an agency or a day behind a sign;
 * NONE when other words than names come before. */
static uint32_t names_end(const struct mark_words *marks, const char *line,
                          const struct line_words *words, uint32_t first,
                          uint32_t *capitals)
{
    struct when when;
    uint32_t at = first, took;
    for (*capitals = 0; at < words->count; at++) {
        bool is_cut = at > first && is_set_off(line, words, at);
        if (is_cut && (mark_agency_words(marks, words, at, &took) ||
                       when_words(marks->calendar, words, at, &when)))
            return at;
        bool is_capital = is_capital_word(words, line, at);
        if (!is_capital && !joins_names(marks, words->words[at]))
            return NONE;
        *capitals += is_capital;
    }
    return at;
}

/* "By Jane Roe and John Doe, Staff Writers", "Jane Roe, Reuters", "By Jane Roe, AFP -
 * June 3, 2021": names with capitals, at least two words of them, then perhaps an agency
 * and a day. */
static bool byline(const struct mark_words *marks, const char *line,
                   const struct line_words *words, struct mark_found *found)
{
    char label[LINE_CAP];
    bool has_label = words->count && find_row(marks, words->words[0], "byline") != NULL;
    uint32_t first = has_label ? 1 : 0, capitals = 0;
    if (words->count > 24 || words->is_cut || words->count < first + 2)
        return false;
    if (!has_label && find_row(marks, words_join(words, 0, 2, label), "byline")) {
        has_label = true;
        first = 2;
    }
    if (first >= words->count)
        return false;
    uint32_t end = names_end(marks, line, words, first, &capitals);
    if (end == NONE || end == first || capitals < 2)
        return false;
    if (end < words->count ? !credit_line(marks, line, words, end, found) : !has_label)
        return false;
    found->names = words->at[first];
    found->names_len = (size_t)words->at[end - 1] + words->len[end - 1] - found->names;
    return true;
}

static enum mark mark_of_label(const char *label)
{
    return strcmp(label, "credit") == 0 ? MARK_CREDIT : MARK_FURNITURE;
}

static enum mark mark_by_pattern(const struct mark_words *marks, const char *folded,
                                 size_t len)
{
    for (uint32_t i = 0; i < marks->starts.count; i++) {
        const struct pattern *p = &marks->starts.items[i];
        if (p->words[0] == folded[0] && len >= p->len &&
            memcmp(folded, p->words, p->len) == 0)
            return mark_of_label(p->label);
    }
    for (uint32_t i = 0; i < marks->ends.count; i++) {
        const struct pattern *p = &marks->ends.items[i];
        if (len >= p->len && memcmp(folded + len - p->len, p->words, p->len) == 0)
            return mark_of_label(p->label);
    }
    return MARK_NONE;
}

static enum mark mark_whole(const struct mark_words *marks, const char *text)
{
    if (find_row(marks, text, "rest"))
        return MARK_REST;
    if (find_row(marks, text, "links"))
        return MARK_LINKS;
    return find_row(marks, text, "line") ? MARK_FURNITURE : MARK_NONE;
}

/* "[Courtesy of ...]": the whole line in square brackets. */
static bool is_bracketed(const char *line, size_t len)
{
    return len > 2 && len <= SHORT_LINE && line[0] == '[' && line[len - 1] == ']';
}

static bool has_many_words(const char *line, size_t len)
{
    uint32_t blanks = 0;
    for (size_t at = 1; at < len && blanks <= MOST_WORDS; at++)
        blanks += line[at] == ' ' && line[at - 1] != ' ';
    return blanks > MOST_WORDS;
}

enum mark mark_line(const struct mark_words *marks, const char *line, size_t len,
                    struct mark_found *found)
{
    struct line_words words;
    char text[LINE_CAP], folded[LINE_CAP];
    const struct mark_found nothing = {.published.day = DAY_NONE,
                                       .updated.day = DAY_NONE};
    *found = nothing;
    if (len >= LINE_CAP - 1 || (len > SHORT_LINE && has_many_words(line, len)))
        return MARK_NONE;
    words_read(&words, line, len);
    enum mark mark = mark_whole(marks, words_join(&words, 0, words.count, text));
    size_t folded_len = utf8_fold(line, len, folded, sizeof folded);
    if (mark == MARK_NONE)
        mark = mark_whole(marks, folded);
    if (mark != MARK_NONE || words.count == 0)
        return mark ? mark : MARK_FURNITURE;
    if (credit_line(marks, line, &words, 0, found))
        return found->published.month || found->updated.month ? MARK_DATE : MARK_CREDIT;
    *found = nothing;
    if (byline(marks, line, &words, found))
        return MARK_BYLINE;
    *found = nothing;
    if (is_bracketed(line, len))
        return MARK_CREDIT;
    return len <= SHORT_LINE ? mark_by_pattern(marks, folded, folded_len) : MARK_NONE;
}

/* Folding keeps the length of what the patterns hold, so the tail is looked for in the
 * paragraph's last bytes as they are written, ASCII letters folded. */
static bool starts_folded(const char *bytes, size_t left, const struct pattern *p)
{
    if (left < p->len)
        return false;
    for (uint32_t i = 0; i < p->len; i++) {
        char c = bytes[i];
        if ((c >= 'A' && c <= 'Z' ? c + 32 : c) != p->words[i])
            return false;
    }
    return true;
}

size_t mark_tail(const struct mark_words *marks, const char *paragraph, size_t len)
{
    size_t from = len > 400 ? len - 400 : 0;
    for (size_t at = from; at < len; at++) {
        bool is_start = (at == 0 || paragraph[at - 1] == ' ' ||
                         paragraph[at - 1] == '\n') &&
                        (letter_bit(paragraph[at]) & marks->tail_letters);
        for (uint32_t i = 0; is_start && i < marks->tails.count; i++) {
            const struct pattern *p = &marks->tails.items[i];
            /* without a bracket it is a credit only at the start of a sentence */
            bool is_sentence = at < 2 || p->words[0] == '(' || paragraph[at - 2] == '.';
            if (is_sentence && starts_folded(paragraph + at, len - at, p))
                return at;
        }
    }
    return len;
}

bool mark_has(const struct mark_words *marks, const char *words, const char *kind)
{
    return find_row(marks, words, kind) != NULL;
}

const char *mark_date_label(const struct mark_words *marks, const char *words)
{
    return find_row(marks, words, "date");
}

bool mark_is(const struct mark_words *marks, const char *text, size_t len,
             const char *kind)
{
    char joined[LINE_CAP];
    struct line_words words;
    if (len == 0 || len > LABEL_LONGEST)
        return false;
    words_read(&words, text, len);
    return words.count &&
           find_row(marks, words_join(&words, 0, words.count, joined), kind) != NULL;
}

bool mark_begins(const struct mark_words *marks, const char *text, size_t len,
                 const char *kind)
{
    char joined[LINE_CAP];
    struct line_words words;
    if (len == 0 || len > SHORT_LINE)
        return false;
    words_read(&words, text, len);
    return words.count > 2 &&
           find_row(marks, words_join(&words, 0, 2, joined), kind) != NULL;
}

bool mark_begins_one(const struct mark_words *marks, const char *text, size_t len,
                     const char *kind)
{
    struct line_words words;
    size_t look = strcspn(text, " \n");
    if (len == 0 || len > SHORT_LINE)
        return false;
    words_read(&words, text, look < len ? look : len);
    return words.count == 1 && find_row(marks, words.words[0], kind) != NULL;
}
