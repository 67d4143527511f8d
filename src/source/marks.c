/* marks.c: furniture, credits, bylines and lines of date. */
#include "source/marks.h"

#include "base/utf8.h"

#include <string.h>

#define AGENCY_WORDS 5
#define CREDIT_WORDS 16
#define SHORT_LINE                                                                       \
    120 /* bytes: "start" and "end" patterns mark lines no longer than this */

struct pattern {
    const char *words;
    uint32_t len;
    const char *label;
};

struct mark_words {
    const struct table *furniture, *agencies, *calendar;
    uint32_t kind, label, name;
    ARRAY(struct pattern) starts, ends, tails;
};

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

/* Nothing but an agency and the words that credit it: "All - Kyodo News+", "(c) 2021
 * AFP". */
static const char *agency_line(const struct mark_words *marks,
                               const struct line_words *words)
{
    const char *agency = NULL;
    if (words->count > CREDIT_WORDS || words->is_cut)
        return NULL;
    for (uint32_t at = 0; at < words->count;) {
        uint32_t took;
        const char *name = mark_agency_words(marks, words, at, &took);
        if (name) {
            agency = agency ? agency : name;
            at += took;
        } else if (is_number(words->words[at]) ||
                   find_row(marks, words->words[at], "filler")) {
            at++;
        } else {
            return NULL;
        }
    }
    return agency;
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

/* Only labels, days, clock times and what stands between them. */
static bool date_line(const struct mark_words *marks, const struct line_words *words,
                      struct mark_found *found)
{
    struct when *target = &found->published;
    bool has_day = false;
    if (words->count > 20 || words->is_cut)
        return false;
    for (uint32_t at = 0; at < words->count;) {
        uint32_t took;
        const char *label = date_label(marks, words, at, &took);
        struct when when;
        if (label) {
            target = strcmp(label, "updated") == 0 ? &found->updated : &found->published;
            at += took;
            continue;
        }
        took = when_words(marks->calendar, words, at, &when);
        if (took && target->month == 0)
            *target = when;
        if (!took && !when_is_filler(marks->calendar, words->words[at]))
            return false;
        has_day = has_day || took;
        at += took ? took : 1;
    }
    return has_day;
}

static bool is_capital_word(const struct line_words *words, const char *line, uint32_t at)
{
    uint32_t code;
    return utf8_next(line + words->at[at], words->len[at], &code) && utf8_is_upper(code);
}

/* Small words inside names and titles: at most three letters, or one that credits. */
static bool joins_names(const struct mark_words *marks, const char *word)
{
    return strlen(word) <= 3 || find_row(marks, word, "filler") != NULL;
}

/* "By Jane Roe and John Doe, Staff Writers", "Jane Roe, Reuters". Only words with
 * capitals and those that join them; at least two of the former. */
static bool byline(const struct mark_words *marks, const char *line,
                   const struct line_words *words, struct mark_found *found)
{
    char label[LINE_CAP];
    const char *what = words->count ? find_row(marks, words->words[0], "byline") : NULL;
    uint32_t first = what ? 1 : 0, capitals = 0, took, end = words->count;
    if (words->count > 16 || words->is_cut || words->count < first + 2)
        return false;
    if (!what &&
        (what = find_row(marks, words_join(words, 0, 2, label), "byline")) != NULL)
        first = 2;
    for (uint32_t at = first; at < words->count; at++) {
        bool is_capital = is_capital_word(words, line, at);
        if (!is_capital && !joins_names(marks, words->words[at]))
            return false;
        if (at < end && is_capital && mark_agency_words(marks, words, at, &took) &&
            at > first && at + took == words->count) {
            found->agency = mark_agency_words(marks, words, at, &took);
            end = at;
        }
        capitals += is_capital;
    }
    bool has_comma = end > first && end < words->count &&
                     memchr(",|-", line[words->at[end - 1] + words->len[end - 1]], 3) !=
                         NULL;
    if (capitals < 2 || (!what && !has_comma) || first >= words->count)
        return false;
    found->names = words->at[first];
    uint32_t last = end > first ? end - 1 : end;
    found->names_len = (size_t)words->at[last] + words->len[last] - found->names;
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

enum mark mark_line(const struct mark_words *marks, const char *line, size_t len,
                    struct mark_found *found)
{
    struct line_words words;
    char text[LINE_CAP], folded[LINE_CAP];
    *found = (struct mark_found){.published.day = DAY_NONE, .updated.day = DAY_NONE};
    if (len >= LINE_CAP - 1)
        return MARK_NONE;
    words_read(&words, line, len);
    if (words.count == 0)
        return MARK_FURNITURE;
    enum mark mark = mark_whole(marks, words_join(&words, 0, words.count, text));
    size_t folded_len = utf8_fold(line, len, folded, sizeof folded);
    if (mark == MARK_NONE)
        mark = mark_whole(marks, folded);
    if (mark != MARK_NONE)
        return mark;
    if ((found->agency = agency_line(marks, &words)) != NULL)
        return MARK_CREDIT;
    if (date_line(marks, &words, found))
        return MARK_DATE;
    if (byline(marks, line, &words, found))
        return MARK_BYLINE;
    found->published.month = found->updated.month = 0;
    found->agency = NULL;
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
        bool is_start = at == 0 || paragraph[at - 1] == ' ' || paragraph[at - 1] == '\n';
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

const char *mark_authors(const struct mark_words *marks, struct arena *arena,
                         const char *names, size_t len)
{
    struct line_words words;
    words_read(&words, names, len);
    char *out = arena_take(arena, len + words.count + 1, 1);
    size_t used = 0;
    bool is_next = false;
    for (uint32_t i = 0; out && i < words.count; i++) {
        if (find_row(marks, words.words[i], "stop"))
            break;
        size_t end = (size_t)words.at[i] + words.len[i];
        bool is_joint = find_row(marks, words.words[i], "joint") != NULL;
        if (!is_joint) {
            if (used)
                out[used++] = is_next ? '|' : ' ';
            memcpy(out + used, names + words.at[i], words.len[i]);
            used += words.len[i];
        }
        is_next = is_joint || (end < len && (names[end] == ',' || names[end] == ';'));
        if (end < len && strchr("|/", names[end]))
            break;
    }
    return used ? out : NULL;
}
