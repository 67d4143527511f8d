/* dateline.c: finding a dateline. Its parts are cut at commas and brackets; each must be
 * a place, an agency or a date, and something must show that it is no sentence. */
#include "source/dateline.h"

#include "base/utf8.h"

#include <string.h>

#define LONGEST 140

struct head {
    uint32_t places, agencies, dates, strangers;
    bool is_upper; /* the first place is all capitals */
    bool is_known; /* the gazetteer or the states know the first place */
};

/* Length of a dash with blanks around it, or of "--", at `at`; 0 when there is none. */
static size_t dash_len(const char *text, size_t at, size_t len)
{
    size_t from = at, dashes = 0;
    while (at < len && text[at] == ' ')
        at++;
    bool has_blank = at > from;
    size_t hyphens = 0;
    if (has_blank && at + 3 < len && memcmp(text + at, ">> ", 3) == 0)
        return at + 3 - from; /* "SANTA ROSA >> " */
    while (at < len) {
        uint32_t code;
        size_t step = utf8_next(text + at, len - at, &code);
        bool is_long = code == 0x2013 || code == 0x2014 || code == 0x2015;
        if (!step || (code != '-' && !is_long))
            break;
        hyphens += code == '-';
        dashes += is_long ? 2 : 1;
        at += step;
    }
    if (dashes == 0 || hyphens > 3 || (dashes == 1 && !has_blank))
        return 0;
    size_t end = at;
    while (at < len && (text[at] == ' ' || text[at] == '\n' || text[at] == '\r'))
        at++;
    if (dashes == 1 && at == end)
        return 0;
    return at - from;
}

static bool is_upper_words(const char *text, size_t len)
{
    size_t letters = 0;
    for (size_t at = 0; at < len;) {
        uint32_t code;
        size_t step = utf8_next(text + at, len - at, &code);
        if (!step)
            return false;
        if (utf8_is_letter(code)) {
            letters++;
            if (!utf8_is_upper(code))
                return false;
        }
        at += step;
    }
    return letters >= 2;
}

/* Up to five words, each with a capital but for short joining ones ("Rio de Janeiro"). */
static bool is_name(const char *text, const struct line_words *words)
{
    if (words->count == 0 || words->count > 5 || words->is_cut)
        return false;
    for (uint32_t i = 0; i < words->count; i++) {
        uint32_t code = 0;
        utf8_next(text + words->at[i], words->len[i], &code);
        bool is_joint = i > 0 && words->len[i] <= 3 && utf8_is_letter(code);
        if (!utf8_is_upper(code) && !is_joint)
            return false;
    }
    return true;
}

static bool is_known_place(const struct pack *pack, const struct line_words *words,
                           bool is_upper)
{
    struct phrase_hit hits[16];
    const char *clean[LINE_WORDS];
    char bytes[LINE_CAP];
    size_t used = 0;
    for (uint32_t i = 0; i < words->count; i++) {
        size_t len = strlen(words->words[i]);
        if (used + len + 1 > sizeof bytes)
            return false;
        clean[i] = memcpy(bytes + used, words->words[i], len + 1);
        used += len + 1;
    }
    uint32_t count = pack_phrases(pack, clean, words->count, hits, 16);
    for (uint32_t i = 0; i < count && i < 16; i++) {
        if (hits[i].tokens != words->count)
            continue;
        for (uint32_t e = 0; e < hits[i].count && e < 32; e++) {
            struct phrase_entry entry = pack_phrase_entry(pack, hits[i].first + e);
            const char *table = table_name(pack_table_at(pack, entry.table));
            bool is_place = strcmp(table, "places") == 0 ||
                            strcmp(table, "gazetteer") == 0 ||
                            strcmp(table, "actors/states") == 0;
            /* "UNITED NATIONS -", "VATICAN CITY -" */
            if (is_place || (is_upper && strncmp(table, "actors/", 7) == 0))
                return true;
        }
    }
    return false;
}

/* "JERUSALEM Aug. 23": takes the date off the words; false when there is none. */
static bool take_trailing_date(const struct mark_words *marks, struct line_words *words,
                               struct when *when)
{
    struct when found;
    for (uint32_t at = 1; at < words->count; at++)
        if (at + when_words(mark_calendar(marks), words, at, &found) == words->count) {
            *when = found;
            words->count = at;
            return true;
        }
    return false;
}

/* "Lebanon, Pa. (AP)": Pennsylvania, though an agency is called PA. */
static bool is_division(const struct pack *pack, const char *text, struct span part)
{
    const struct table *table = pack_table(pack, "place_abbreviations");
    char name[16];
    while (part.start < part.end && text[part.start] == ' ')
        part.start++;
    while (part.end > part.start && text[part.end - 1] == ' ')
        part.end--;
    uint32_t len = span_len(part);
    if (len < 2 || len >= sizeof name || is_upper_words(text + part.start, len))
        return false;
    utf8_fold(text + part.start, len, name, sizeof name);
    return table_row(table, name) != NONE;
}

static bool read_part(const struct pack *pack, const struct mark_words *marks,
                      const char *text, struct span part, struct dateline *line,
                      struct head *head)
{
    struct line_words words;
    struct when when;
    words_read(&words, text + part.start, part.end - part.start);
    if (words.count == 0)
        return true;
    bool is_place = head->places && is_division(pack, text, part);
    const char *agency = is_place ? NULL
                                  : mark_agency(marks, text + part.start,
                                                part.end - part.start);
    if (agency && (head->places || text[part.end] == ')' || head->agencies == 0)) {
        line->agency = line->agency ? line->agency : agency;
        head->agencies++;
        return true;
    }
    uint32_t at = 0, took = 0;
    while (at < words.count && when_is_filler(mark_calendar(marks), words.words[at]) &&
           !when_words(mark_calendar(marks), &words, at, &when))
        at++;
    if (at < words.count)
        took = when_words(mark_calendar(marks), &words, at, &when);
    if (took && at + took == words.count) {
        line->when = when;
        head->dates++;
        return true;
    }
    bool is_year = head->dates && words.count == 1 && strlen(words.words[0]) == 4 &&
                   strspn(words.words[0], "0123456789") == 4;
    if (is_year || (at == words.count && at > 0))
        return true;
    /* "(CWNews.com)": an agency that the table does not know */
    if (head->places && text[part.end] == ')' && words.count <= 5) {
        head->strangers++;
        return true;
    }
    if (take_trailing_date(marks, &words, &line->when))
        head->dates++;
    else if (head->dates)
        return false;
    if (!is_name(text + part.start, &words))
        return false;
    if (head->places++ == 0) {
        line->place = part.start + words.at[0];
        uint32_t last = words.count - 1u;
        head->is_upper = is_upper_words(
            text + line->place, (size_t)words.at[last] + words.len[last] - words.at[0]);
        head->is_known = is_known_place(pack, &words, head->is_upper);
    }
    line->place_len = part.start + words.at[words.count - 1] +
                      words.len[words.count - 1] - line->place;
    return head->places <= 4;
}

/* "June 3, 2021" is cut at its comma: the year is put back. */
static void add_year(const struct mark_words *marks, const char *text, size_t len,
                     struct dateline *line)
{
    struct line_words words;
    if (!line->when.month || line->when.day != DAY_NONE)
        return;
    words_read(&words, text, len);
    for (uint32_t i = 0; i < words.count; i++) {
        struct when when;
        if (when_words(mark_calendar(marks), &words, i, &when) && when.day != DAY_NONE)
            line->when = when;
    }
}

static bool is_cut_sign(char c)
{
    return c == ',' || c == '(' || c == ')' || c == '/' || c == ';' || c == ':' ||
           c == '|' || c == '[' || c == ']';
}

/* Whether text[0..len) is the head of a dateline. */
static bool read_head(const struct pack *pack, const struct mark_words *marks,
                      const char *text, size_t len, struct dateline *line,
                      struct head *head)
{
    uint32_t start = 0;
    *head = (struct head){0};
    *line = (struct dateline){.when.day = DAY_NONE};
    for (uint32_t at = 0; at <= len; at++) {
        if (at < len && !is_cut_sign(text[at]))
            continue;
        if (!read_part(pack, marks, text, (struct span){start, at}, line, head))
            return false;
        start = at + 1;
    }
    add_year(marks, text, len, line);
    if (head->agencies)
        return true;
    if (head->places == 0 || (head->strangers && !head->is_known && !head->is_upper))
        return false;
    return head->is_known || (head->is_upper && (head->places > 1 || head->dates));
}

static bool starts_capital(const char *text, size_t len)
{
    uint32_t code = 0;
    if (len && utf8_next(text, len, &code) &&
        (code == '"' || code == '\'' || code == 0x201C))
        return true;
    return utf8_is_upper(code) || utf8_is_digit(code);
}

/* "SEOUL, June 3 (Agency) - ": the first dash decides. */
static size_t read_to_dash(const struct pack *pack, const struct mark_words *marks,
                           const char *text, size_t len, struct dateline *line)
{
    struct head head;
    for (size_t at = 1; at < len && at < LONGEST && text[at] != '"' && text[at] != '\n';
         at++) {
        size_t dash = dash_len(text, at, len);
        if (!dash)
            continue;
        bool is_line = read_head(pack, marks, text, at, line, &head) &&
                       (line->agency ||
                        starts_capital(text + at + dash, len - at - dash));
        return is_line ? at + dash : 0;
    }
    return 0;
}

/* "LAGOS: ", "Islamabad, Nov. 16 (NNN): ", "LONDON (Reuters) ": no dash, so the head must
 * say more. */
static size_t read_to_sign(const struct pack *pack, const struct mark_words *marks,
                           const char *text, size_t len, struct dateline *line)
{
    struct head head;
    for (size_t at = 1;
         at + 2 < len && at < LONGEST && text[at] != '"' && text[at] != '\n'; at++) {
        bool is_sign = (text[at] == ':' || text[at] == ')') && text[at + 1] == ' ';
        if (!is_sign || !starts_capital(text + at + 2, len - at - 2))
            continue;
        bool is_colon = text[at] == ':';
        if (!read_head(pack, marks, text, at + 1, line, &head))
            return 0;
        if (is_colon ? head.places && (head.is_upper || head.dates) : head.agencies)
            return at + 2;
    }
    return 0;
}

struct dateline dateline_read(const struct pack *pack, const struct mark_words *marks,
                              const char *paragraph, size_t len)
{
    struct dateline line = {.when.day = DAY_NONE};
    size_t read = read_to_dash(pack, marks, paragraph, len, &line);
    if (!read)
        read = read_to_sign(pack, marks, paragraph, len, &line);
    line.len = read;
    return line;
}
