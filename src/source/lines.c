/* lines.c: lines to paragraphs. */
#include "source/lines.h"

#include "base/utf8.h"

#include <string.h>

#define WIDEST_WRAP 120 /* bytes: no one wraps by hand wider than this */
#define NARROWEST_WRAP 40

struct line {
    struct span span; /* without blanks at the ends; empty for a blank line */
    bool is_indented;
};

struct lines {
    ARRAY(struct line) list;
    uint32_t widest;
    uint32_t pairs,
        going_on; /* lines right above each other; those where a sentence goes on */
};

static size_t blank_len(const char *text, uint32_t at, uint32_t end)
{
    uint32_t code;
    size_t len = utf8_next(text + at, end - at, &code);
    return len && (utf8_is_space(code) || code < ' ') ? len : 0;
}

static struct span trim(const char *text, struct span span)
{
    size_t len;
    while (span.start < span.end && (len = blank_len(text, span.start, span.end)) != 0)
        span.start += (uint32_t)len;
    while (span.end > span.start) {
        uint32_t at = span.end - 1;
        while (at > span.start && ((unsigned char)text[at] & 0xC0) == 0x80)
            at--;
        if (blank_len(text, at, span.end) != span.end - at)
            break;
        span.end = at;
    }
    return span;
}

static bool ends_sentence(const char *text, struct span span)
{
    uint32_t at = span.end;
    while (at > span.start) {
        unsigned char byte = (unsigned char)text[at - 1];
        if (byte != '"' && byte != '\'' && byte != ')' && byte < 0x80)
            break;
        at--;
        /* curly closing quotes: E2 80 99, E2 80 9D */
    }
    return at > span.start && strchr(".?!:", text[at - 1]) != NULL;
}

static bool starts_small(const char *text, struct span span)
{
    return span.start < span.end && text[span.start] >= 'a' && text[span.start] <= 'z';
}

static bool is_item(const char *text, struct span span)
{
    bool is_bullet = span_len(span) > 2 && strchr("-*+", text[span.start]) != NULL &&
                     text[span.start + 1] == ' ';
    return is_bullet ||
           (span_len(span) > 3 && memcmp(text + span.start, "\xE2\x80\xA2", 3) == 0);
}

static enum outcome read_lines(const char *text, struct span span, struct arena *arena,
                               struct lines *lines, struct fail *fail)
{
    for (uint32_t at = span.start; at < span.end;) {
        uint32_t end = at;
        while (end < span.end && text[end] != '\n' && text[end] != '\r' &&
               text[end] != '\f')
            end++;
        struct line *line = array_push(arena, &lines->list);
        if (!line)
            return fail_memory(fail);
        line->span = trim(text, (struct span){at, end});
        line->is_indented = line->span.start > at + 1 || (end > at && text[at] == '\t');
        if (span_len(line->span) > lines->widest)
            lines->widest = span_len(line->span);
        uint32_t count = lines->list.count;
        if (count > 1 && span_len(line->span) && span_len(line[-1].span)) {
            lines->pairs++;
            lines->going_on += starts_small(text, line->span) &&
                               !ends_sentence(text, line[-1].span);
        }
        at = end + 1;
        if (end + 1 < span.end && text[end] == '\r' && text[end + 1] == '\n')
            at++;
    }
    return OK;
}

static uint32_t first_word_len(const char *text, struct span span)
{
    uint32_t at = span.start;
    while (at < span.end && text[at] != ' ')
        at++;
    return at - span.start;
}

/* Whether `next`, right below `line`, goes on with its paragraph. */
static bool goes_on(const char *text, const struct lines *lines, const struct line *line,
                    const struct line *next)
{
    bool is_wrapped = lines->widest <= WIDEST_WRAP && lines->widest >= NARROWEST_WRAP &&
                      lines->going_on * 8 >= lines->pairs && lines->going_on;
    if (is_item(text, next->span) || (next->is_indented && !line->is_indented))
        return false;
    if (!is_wrapped)
        return starts_small(text, next->span) && !ends_sentence(text, line->span) &&
               span_len(line->span) >= NARROWEST_WRAP;
    if (starts_small(text, next->span) && !ends_sentence(text, line->span))
        return true;
    uint32_t need = span_len(line->span) + 1 + first_word_len(text, next->span);
    return need * 10 > lines->widest * 8;
}

enum outcome lines_split(const char *text, struct span span, struct arena *arena,
                         struct blocks *blocks, struct fail *fail)
{
    struct lines lines = {0};
    enum outcome outcome = read_lines(text, span, arena, &lines, fail);
    const struct line *before = NULL;
    for (uint32_t i = 0; i < lines.list.count && !outcome; i++) {
        const struct line *line = &lines.list.items[i];
        bool is_blank = span_len(line->span) == 0;
        if (!is_blank && before && goes_on(text, &lines, before, line)) {
            struct block *last = &blocks->list.items[blocks->list.count - 1];
            last->span.end = line->span.end;
            last->lines++;
        } else if (!is_blank) {
            struct block *block = array_push(arena, &blocks->list);
            if (!block)
                return fail_memory(fail);
            *block = (struct block){line->span, 1};
        }
        before = is_blank ? NULL : line;
    }
    return outcome;
}
