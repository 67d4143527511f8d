/* author.c: bylines, cut at commas, bars and "and". */
#include "source/author.h"

#include "base/utf8.h"

#include <string.h>

#define NAME_WORDS 6
#define NAME_MIN 3
#define NAME_CAP 120

struct names {
    const struct mark_words *marks;
    const struct line_words *words;
    const char *text, *site;
    size_t len;
    char *out;
    size_t used;
};

/* What stands between word `at` and the next ends a name. */
static bool is_cut(const struct names *n, uint32_t at)
{
    size_t from = (size_t)n->words->at[at] + n->words->len[at];
    size_t to = at + 1 < n->words->count ? n->words->at[at + 1] : n->len;
    for (size_t i = from; i < to; i++)
        if (strchr(",;|/(\n:", n->text[i]) || (unsigned char)n->text[i] >= 0x80 ||
            (n->text[i] == '-' && i > from))
            return true;
    return false;
}

static bool is_same(const char *one, size_t len, const char *two)
{
    char a[NAME_CAP], b[NAME_CAP];
    if (!two || len >= NAME_CAP - 1 || strlen(two) >= NAME_CAP - 1)
        return false;
    utf8_fold(one, len, a, sizeof a);
    utf8_fold(two, strlen(two), b, sizeof b);
    return strcmp(a, b) == 0;
}

static bool is_capital(const struct names *n, uint32_t at)
{
    uint32_t code = 0;
    utf8_next(n->text + n->words->at[at], n->words->len[at], &code);
    return utf8_is_upper(code) || code >= 0x600;
}

static bool is_name(const struct names *n, uint32_t first, uint32_t end)
{
    const char *start = n->text + n->words->at[first];
    size_t len = (size_t)n->words->at[end - 1] + n->words->len[end - 1] -
                 n->words->at[first];
    struct when when;
    if (end - first > NAME_WORDS || len < NAME_MIN || len >= NAME_CAP ||
        !is_capital(n, first) || memchr(start, '@', len))
        return false;
    for (size_t i = 0; i < len; i++)
        if (start[i] >= '0' && start[i] <= '9')
            return false;
    return !mark_agency(n->marks, start, len) && !is_same(start, len, n->site) &&
           !when_words(mark_calendar(n->marks), n->words, first, &when) &&
           !when_is_filler(mark_calendar(n->marks), n->words->words[first]);
}

/* "JANE ROE" is written as "Jane Roe". */
static void put(struct names *n, const char *name, size_t len)
{
    bool is_shouted = memchr(name, ' ', len) != NULL, is_start = true;
    for (size_t i = 0; i < len; i++)
        is_shouted = is_shouted && !(name[i] >= 'a' && name[i] <= 'z') &&
                     (unsigned char)name[i] < 0x80;
    if (n->used)
        n->out[n->used++] = '|';
    for (size_t i = 0; i < len; i++) {
        char c = name[i];
        bool is_large = c >= 'A' && c <= 'Z';
        n->out[n->used++] = (char)(is_shouted && is_large && !is_start ? c + 32 : c);
        is_start = !is_large;
    }
    n->out[n->used] = '\0';
}

static void take(struct names *n, uint32_t first, uint32_t end)
{
    if (first >= end || !is_name(n, first, end))
        return;
    const char *name = n->text + n->words->at[first];
    size_t len = (size_t)n->words->at[end - 1] + n->words->len[end - 1] -
                 n->words->at[first];
    for (size_t at = 0; at < n->used;) {
        size_t known = strcspn(n->out + at, "|");
        if (known == len && memcmp(n->out + at, name, len) == 0)
            return;
        at += known + (n->out[at + known] == '|');
    }
    put(n, name, len);
}

/* "by", "written by": how many words at the start of the line lead up to the names. */
static uint32_t label_len(const struct names *n)
{
    char two[LINE_CAP];
    if (n->words->count > 2 &&
        mark_has(n->marks, words_join(n->words, 0, 2, two), "byline"))
        return 2;
    return n->words->count > 1 && mark_has(n->marks, n->words->words[0], "byline");
}

const char *authors_read(const struct mark_words *marks, struct arena *arena,
                         const char *text, size_t len, const char *site)
{
    struct line_words words;
    words_read(&words, text, len);
    struct names n = {
        .marks = marks, .words = &words, .text = text, .site = site, .len = len};
    n.out = arena_take(arena, len + words.count + 2u, 1);
    uint32_t first = n.out ? label_len(&n) : 0, at = first;
    for (; n.out && at < words.count; at++) {
        const char *word = words.words[at];
        bool is_joint = mark_has(marks, word, "joint");
        bool is_stop = mark_has(marks, word, "stop") || strchr(word, '@') ||
                       strstr(word, "://");
        if (is_joint || is_stop) {
            /* "Jane Roe Health correspondent" */
            bool has_office = is_stop && at > first + 2;
            take(&n, first, has_office ? first + 2 : at);
            first = at + 1;
        } else if (is_cut(&n, at)) {
            take(&n, first, at + 1);
            first = at + 1;
        }
        if (is_stop)
            break;
    }
    if (n.out)
        take(&n, first, at < words.count ? at : words.count);
    return n.used ? n.out : NULL;
}
