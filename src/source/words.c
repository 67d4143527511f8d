/* words.c: words of a line. */
#include "source/words.h"

#include "base/utf8.h"

#include <string.h>

static bool is_kept(uint32_t code)
{
    return utf8_is_letter(code) || utf8_is_digit(code) || code == '+' || code == '@' ||
           code == 0xA9 || code == '$';
}

/* Takes signs off both ends of start..end. */
static void trim(const char *line, size_t *start, size_t *end)
{
    uint32_t code;
    while (*start < *end) {
        size_t len = utf8_next(line + *start, *end - *start, &code);
        if (len == 0)
            code = '?', len = 1;
        bool is_minus = code == '-' && *start + 1 < *end &&
                        utf8_is_digit((unsigned char)line[*start + 1]);
        if (is_kept(code) || is_minus)
            break;
        *start += len;
    }
    while (*end > *start) {
        size_t at = *end - 1;
        while (at > *start && ((unsigned char)line[at] & 0xC0) == 0x80)
            at--;
        if (utf8_next(line + at, *end - at, &code) != 0 && is_kept(code))
            break;
        *end = at;
    }
}

static size_t blank_at(const char *line, size_t len, size_t at)
{
    uint32_t code;
    size_t step = utf8_next(line + at, len - at, &code);
    return step && utf8_is_space(code) ? step : 0;
}

void words_read(struct line_words *words, const char *line, size_t len)
{
    size_t limit = len < LINE_CAP ? len : LINE_CAP - 1, used = 0, at = 0;
    words->count = 0;
    words->is_cut = len > limit;
    while (at < limit) {
        size_t blank = blank_at(line, limit, at);
        if (blank) {
            at += blank;
            continue;
        }
        size_t end = at;
        while (end < limit && !blank_at(line, limit, end))
            end++;
        size_t first = at, last = end;
        at = end;
        trim(line, &first, &last);
        if (first == last)
            continue;
        if (words->count == LINE_WORDS || used + 4 >= sizeof words->bytes) {
            words->is_cut = true;
            return;
        }
        size_t room = sizeof words->bytes - used;
        char *out = words->bytes + used;
        used += utf8_fold(line + first, last - first, out, room) + 1;
        words->at[words->count] = (uint16_t)first;
        words->len[words->count] = (uint16_t)(last - first);
        words->words[words->count++] = out;
    }
}

char *words_join(const struct line_words *words, uint32_t first, uint32_t end,
                 char out[LINE_CAP])
{
    size_t used = 0;
    for (uint32_t i = first; i < end && i < words->count; i++) {
        size_t len = strlen(words->words[i]);
        if (used + len + 2 > LINE_CAP) {
            used = 0;
            break;
        }
        if (used)
            out[used++] = ' ';
        memcpy(out + used, words->words[i], len);
        used += len;
    }
    out[used] = '\0';
    return out;
}
