/* segment.c: sentences of the report's titles, paragraphs and captions. */
#include "stage/stages.h"

#include "base/utf8.h"

#include <string.h>

/* Bytes. What an event prints holds its sentence: output stays linear in the text. */
#define SENTENCE_MAX_LEN 4096u
#define WORD_CAP 64

struct scan {
    const char *text;
    uint32_t end; /* of the range */
    const struct table *abbreviations, *starters, *sayings, *captions;
    uint32_t kind; /* column of abbreviations */
};

/* A possible end: the marks text[mark .. close), closing quotes and brackets included. */
struct stop {
    uint32_t first; /* of the sentence so far */
    uint32_t mark, close;
    uint32_t next; /* where the next word would start; scan.end when there is none */
    bool is_full;  /* a single full stop, which an abbreviation may own */
    bool is_loud;  /* ends in ? or ! */
    bool is_quoted;
};

static uint32_t code_at(const struct scan *scan, uint32_t at, uint32_t *len)
{
    uint32_t code = 0;
    size_t step = at < scan->end ? utf8_next(scan->text + at, scan->end - at, &code) : 0;
    *len = step ? (uint32_t)step : 1;
    return step ? code : 0xFFFD;
}

static bool is_blank(uint32_t code)
{
    return code < ' ' || code == 0x7F || utf8_is_space(code);
}

static uint32_t skip_blank(const struct scan *scan, uint32_t at)
{
    uint32_t len;
    while (at < scan->end && is_blank(code_at(scan, at, &len)))
        at += len;
    return at < scan->end ? at : scan->end;
}

static bool is_closer(uint32_t code)
{
    return code == '"' || code == '\'' || code == ')' || code == ']' || code == '}' ||
           code == 0x201D || code == 0x2019 || code == 0xBB;
}

static bool is_opener(uint32_t code)
{
    return code == '"' || code == '\'' || code == '(' || code == '[' || code == '{' ||
           code == 0x201C || code == 0x2018 || code == 0xAB || code == '`';
}

static bool is_mark(uint32_t code)
{
    return code == '.' || code == '?' || code == '!' || code == 0x2026;
}

/* "word.[12] Next": a note's number belongs to the sentence before it. */
static uint32_t skip_note(const struct scan *scan, uint32_t at)
{
    uint32_t end = at + 1;
    if (at >= scan->end || scan->text[at] != '[')
        return at;
    while (end < scan->end && end - at < 6 &&
           utf8_is_digit((unsigned char)scan->text[end]))
        end++;
    bool is_note = end > at + 1 && end < scan->end && scan->text[end] == ']';
    return is_note ? end + 1 : at;
}

/* Reads the run of marks and closers at stop->mark. */
static void read_stop(const struct scan *scan, struct stop *stop)
{
    uint32_t at = stop->mark, len, code = code_at(scan, at, &len), count = 0;
    while (at < scan->end && is_mark(code)) {
        stop->is_loud = code == '?' || code == '!';
        stop->is_full = code == '.' && count == 0;
        count++;
        at += len;
        code = code_at(scan, at, &len);
    }
    while (at < scan->end && is_closer(code)) {
        stop->is_quoted = stop->is_quoted || (code != ')' && code != ']' && code != '}');
        at += len;
        code = code_at(scan, at, &len);
    }
    for (uint32_t next = skip_blank(scan, at), note = skip_note(scan, next); note != next;
         next = skip_blank(scan, at), note = skip_note(scan, next))
        at = note;
    stop->close = at;
    stop->next = skip_blank(scan, at);
}

/* Folds the word that starts at `at` (after openers) into word; letters, digits and inner
 * apostrophes, hyphens. */
static void read_next_word(const struct scan *scan, uint32_t at, char word[WORD_CAP])
{
    uint32_t end = at, len;
    while (end < scan->end && end - at < WORD_CAP - 1) {
        uint32_t code = code_at(scan, end, &len);
        bool is_part = utf8_is_letter(code) || utf8_is_digit(code) || code == '\'' ||
                       code == 0x2019 || code == '-';
        if (!is_part)
            break;
        end += len;
    }
    utf8_fold(scan->text + at, end - at, word, WORD_CAP);
}

/* Where the word that ends at `end` begins. */
static uint32_t word_start(const struct scan *scan, uint32_t first, uint32_t end)
{
    uint32_t at = end;
    while (at > first && end - at < WORD_CAP - 2) {
        unsigned char byte = (unsigned char)scan->text[at - 1];
        bool is_edge = byte <= ' ' || strchr("\"([{/-", byte) != NULL;
        /* the last byte of a curly quote or a long dash: E2 80 9x */
        bool is_sign = byte >= 0x80 && at >= first + 3 &&
                       (unsigned char)scan->text[at - 3] == 0xE2 &&
                       (unsigned char)scan->text[at - 2] == 0x80;
        if (is_edge || (is_sign && byte != 0x99))
            break;
        at--;
    }
    return at;
}

static bool is_starter(const struct scan *scan, uint32_t at)
{
    char word[WORD_CAP];
    if (!scan->starters)
        return true;
    read_next_word(scan, at, word);
    if (table_row(scan->starters, word) != NONE)
        return true;
    char *clitic = strchr(word, '\''); /* "it's", "they'll" */
    if (!clitic || clitic == word)
        return false;
    *clitic = '\0';
    return table_row(scan->starters, word) != NONE;
}

/* "U.S", "a.m", "J": letters, each but the last with its stop; the last stop is the
 * mark. */
static bool is_dotted(const char *word, uint32_t len)
{
    bool wants_letter = true;
    for (uint32_t at = 0; at < len; at++) {
        bool is_letter = utf8_is_letter((unsigned char)word[at]);
        if (wants_letter ? !is_letter : word[at] != '.')
            return false;
        wants_letter = !wants_letter;
    }
    return len && !wants_letter;
}

/* Whether every letter of the sentence so far is part of an item's number: "1.", "(a).",
 * "IV." */
static bool is_item_number(const struct scan *scan, const struct stop *stop)
{
    uint32_t len = stop->mark - stop->first;
    if (len > 4 || len == 0)
        return false;
    for (uint32_t at = stop->first; at < stop->mark; at++) {
        unsigned char byte = (unsigned char)scan->text[at];
        if (!utf8_is_digit(byte) && !strchr("IVX(", byte) && !(len == 1 && byte < 0x80))
            return false;
    }
    return true;
}

static bool ends_after_kind(const struct scan *scan, const char *kind, uint32_t next,
                            uint32_t next_code)
{
    if (strcmp(kind, "title") == 0 || strcmp(kind, "join") == 0)
        return false;
    if (strcmp(kind, "number") == 0)
        return !utf8_is_digit(next_code) && next_code != '#';
    if (utf8_is_digit(next_code) && strcmp(kind, "date") == 0)
        return false;
    return is_starter(scan, next);
}

/* Kinds whose forms are ordinary words too when written small: "he sat.", "a mass." */
static bool needs_capital(const char *kind)
{
    return strcmp(kind, "title") == 0 || strcmp(kind, "date") == 0 ||
           strcmp(kind, "place") == 0 || strcmp(kind, "org") == 0;
}

/* After a single full stop: whether the word before it owns the stop alone. */
static bool ends_after_word(const struct scan *scan, const struct stop *stop,
                            uint32_t next, uint32_t next_code)
{
    char word[WORD_CAP];
    uint32_t start = word_start(scan, stop->first, stop->mark), len;
    const char *written = scan->text + start;
    uint32_t code = code_at(scan, start, &len);
    utf8_fold(written, stop->mark + 1 - start, word, sizeof word);
    uint32_t row = scan->abbreviations ? table_row(scan->abbreviations, word) : NONE;
    if (row != NONE) {
        const char *kind = table_cell(scan->abbreviations, row, scan->kind);
        if (!needs_capital(kind) || utf8_is_upper(code))
            return ends_after_kind(scan, kind, next, next_code);
    }
    if (is_dotted(written, stop->mark - start) &&
        (utf8_is_upper(code) || stop->mark - start > 1))
        return is_starter(scan, next);
    return true;
}

/* `"Stop!" the crowd shouted`: the saying verb stands within four words. */
static bool goes_on_with_saying(const struct scan *scan, uint32_t at)
{
    char word[WORD_CAP];
    for (int count = 0; scan->sayings && count < 4 && at < scan->end; count++) {
        read_next_word(scan, at, word);
        if (table_row(scan->sayings, word) != NONE)
            return true;
        uint32_t len, code = code_at(scan, at, &len);
        while (at < scan->end && !is_blank(code)) {
            if (is_mark(code) || code == ',' || code == '"')
                return false;
            at += len;
            code = code_at(scan, at, &len);
        }
        at = skip_blank(scan, at);
    }
    return false;
}

/* "said.The", where a blank was lost. */
static bool is_glued(const struct scan *scan, const struct stop *stop)
{
    if (!stop->is_full || stop->close >= scan->end || stop->mark < stop->first + 2)
        return false;
    unsigned char before = (unsigned char)scan->text[stop->mark - 1];
    unsigned char earlier = (unsigned char)scan->text[stop->mark - 2];
    unsigned char after = (unsigned char)scan->text[stop->close];
    bool is_small = before >= 'a' && before <= 'z' && earlier >= 'a' && earlier <= 'z';
    if (!is_small || after < 'A' || after > 'Z' || stop->close + 1 >= scan->end)
        return false;
    unsigned char second = (unsigned char)scan->text[stop->close + 1];
    return ((second >= 'a' && second <= 'z') || second == ' ') &&
           is_starter(scan, stop->close);
}

/* A small letter after a mark goes on with the sentence, but for names such as
 * "iPhone". */
static bool is_small_start(const struct scan *scan, uint32_t at, uint32_t code)
{
    uint32_t len;
    if (!utf8_is_letter(code) || utf8_is_upper(code))
        return false;
    code_at(scan, at, &len);
    uint32_t second = code_at(scan, at + len, &len);
    return !utf8_is_upper(second);
}

/* Careless text begins sentences small. Only a plain word's own stop, outside of
 * quotation, ends one then. */
static bool ends_before_small(const struct scan *scan, const struct stop *stop)
{
    char word[WORD_CAP];
    uint32_t start = word_start(scan, stop->first, stop->mark);
    if (stop->close != stop->mark + 1 || stop->mark - start < 2)
        return false;
    if (stop->is_loud)
        return true;
    if (!stop->is_full || memchr(scan->text + start, '.', stop->mark - start) ||
        utf8_is_upper((unsigned char)scan->text[start]))
        return false;
    utf8_fold(scan->text + start, stop->mark + 1 - start, word, sizeof word);
    return scan->abbreviations && table_row(scan->abbreviations, word) == NONE;
}

static bool is_end(const struct scan *scan, const struct stop *stop)
{
    if (stop->next >= scan->end)
        return true;
    if (stop->next == stop->close)
        return is_glued(scan, stop);
    uint32_t len, at = stop->next, code = code_at(scan, at, &len);
    while (at < scan->end && is_opener(code)) {
        at += len;
        code = code_at(scan, at, &len);
    }
    bool is_same = is_mark(code) && code == code_at(scan, stop->mark, &len);
    if (code == ',' || code == ';' || is_same) /* ". . ." */
        return false;
    if (is_small_start(scan, at, code))
        return ends_before_small(scan, stop);
    if (stop->is_loud)
        return !stop->is_quoted || !goes_on_with_saying(scan, at);
    if (!stop->is_full)
        return true;
    if (is_item_number(scan, stop))
        return false;
    bool has_closer = stop->close > stop->mark + 1;
    return has_closer || ends_after_word(scan, stop, at, code);
}

/* Where a sentence that never ends is cut: between words; a word is never cut. */
static uint32_t cut_of(const struct doc *doc, struct span span)
{
    uint32_t end = span.start + SENTENCE_MAX_LEN;
    for (uint32_t at = end; at > span.start + SENTENCE_MAX_LEN / 2; at--)
        if (is_blank((unsigned char)doc->text[at - 1]))
            return at;
    while (end < span.end && !is_blank((unsigned char)doc->text[end]))
        end++;
    return end;
}

static enum outcome push_sentence(struct doc *doc, struct span span, uint32_t range,
                                  struct fail *fail)
{
    while (span.end > span.start && is_blank((unsigned char)doc->text[span.end - 1]))
        span.end--;
    if (span.start >= span.end)
        return OK;
    struct sentence *sentence = array_push(&doc->arena, &doc->sentences);
    if (!sentence)
        return fail_memory(fail);
    sentence->span = span;
    sentence->range = range;
    sentence->is_headline = range != NONE && doc->ranges.items[range].kind == RANGE_TITLE;
    return OK;
}

static enum outcome add_sentence(struct doc *doc, struct span span, uint32_t range,
                                 struct fail *fail)
{
    while (span.end > span.start && span_len(span) > SENTENCE_MAX_LEN) {
        uint32_t cut = cut_of(doc, span);
        enum outcome outcome = push_sentence(doc, (struct span){span.start, cut}, range,
                                             fail);
        if (outcome)
            return outcome;
        span.start = cut;
        while (span.start < span.end && is_blank((unsigned char)doc->text[span.start]))
            span.start++;
    }
    return push_sentence(doc, span, range, fail);
}

/* "A ship off Oman Image: US Navy.": where the word before the colon at `at` begins when
 * it sets a credit off from its caption; `first` otherwise. */
static uint32_t credit_start(const struct scan *scan, uint32_t first, uint32_t at)
{
    char word[WORD_CAP];
    uint32_t start = word_start(scan, first, at), len;
    if (!scan->captions || start <= first || (unsigned char)scan->text[start - 1] > ' ' ||
        !utf8_is_upper(code_at(scan, start, &len)) || at + 1 >= scan->end ||
        scan->text[at + 1] != ' ' || at - start >= WORD_CAP - 2)
        return first;
    utf8_fold(scan->text + start, at - start, word, sizeof word);
    return table_row(scan->captions, word) != NONE ? start : first;
}

static enum outcome split_range(struct scan *scan, struct doc *doc, struct span span,
                                uint32_t range, struct fail *fail)
{
    scan->end = span.end;
    uint32_t first = skip_blank(scan, span.start), at = first, len;
    enum outcome outcome = OK;
    while (at < span.end && !outcome) {
        uint32_t code = code_at(scan, at, &len);
        if (!is_mark(code)) {
            uint32_t credit = code == ':' ? credit_start(scan, first, at) : first;
            if (credit > first)
                outcome = add_sentence(doc, (struct span){first, credit}, range, fail);
            first = credit;
            at += len;
            continue;
        }
        struct stop stop = {.first = first, .mark = at};
        read_stop(scan, &stop);
        at = stop.close;
        if (!is_end(scan, &stop))
            continue;
        outcome = add_sentence(doc, (struct span){first, stop.close}, range, fail);
        first = at = stop.next;
    }
    return outcome ? outcome
                   : add_sentence(doc, (struct span){first, span.end}, range, fail);
}

static bool is_read(enum range_kind kind)
{
    return kind == RANGE_TITLE || kind == RANGE_PARAGRAPH || kind == RANGE_CAPTION;
}

/* The blank or unmarked text before a range, or after the last. */
static enum outcome split_gap(struct scan *scan, struct doc *doc, uint32_t end,
                              uint32_t *reached, struct fail *fail)
{
    struct span gap = {*reached, end};
    *reached = end > *reached ? end : *reached;
    return gap.end > gap.start ? split_range(scan, doc, gap, NONE, fail) : OK;
}

/* A dateline opens the sentence that goes on in its line. */
static bool opens_next(const struct doc *doc, uint32_t range)
{
    if (doc->ranges.items[range].kind != RANGE_DATELINE || range + 1 >= doc->ranges.count)
        return false;
    uint32_t start = doc->ranges.items[range].span.end,
             end = doc->ranges.items[range + 1].span.start;
    return start <= end && !memchr(doc->text + start, '\n', end - start) &&
           doc->ranges.items[range + 1].kind == RANGE_PARAGRAPH;
}

static enum outcome split_all(struct scan *scan, struct doc *doc, struct fail *fail)
{
    uint32_t reached = 0, opened = NONE;
    enum outcome outcome = OK;
    for (uint32_t i = 0; i < doc->ranges.count && !outcome; i++) {
        struct span span = doc->ranges.items[i].span;
        if (opens_next(doc, i)) {
            opened = span.start;
            continue;
        }
        span.start = opened == NONE ? span.start : opened;
        opened = NONE;
        outcome = split_gap(scan, doc, span.start, &reached, fail);
        span.start = span.start > reached ? span.start : reached;
        if (!outcome && span.end > span.start)
            outcome = doc->ranges.items[i].kind == RANGE_TITLE
                          ? add_sentence(doc, span, i, fail)
                          : split_range(scan, doc, span, i, fail);
        reached = span.end > reached ? span.end : reached;
    }
    return outcome ? outcome : split_gap(scan, doc, doc->len, &reached, fail);
}

enum outcome segment_run(const struct pack *pack, struct doc *doc, struct fail *fail)
{
    if (doc->has_tokens)
        return OK;
    struct scan scan = {.text = doc->text,
                        .abbreviations = pack_table(pack, "text/abbreviations"),
                        .starters = pack_table(pack, "text/starters"),
                        .sayings = pack_table(pack, "text/sayings"),
                        .captions = pack_table(pack, "text/captions")};
    if (scan.abbreviations)
        scan.kind = table_column(scan.abbreviations, "kind");
    enum outcome outcome = doc->reads_all ? split_all(&scan, doc, fail) : OK;
    for (uint32_t i = 0; i < doc->ranges.count && !outcome && !doc->reads_all; i++) {
        struct range range = doc->ranges.items[i];
        if (range.kind == RANGE_TITLE)
            outcome = add_sentence(doc, range.span, i, fail);
        else if (is_read(range.kind))
            outcome = split_range(&scan, doc, range.span, i, fail);
    }
    return outcome;
}
