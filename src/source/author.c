/* author.c: bylines, cut at commas, bars and "and". */
#include "source/author.h"

#include "base/utf8.h"

#include <string.h>

#define NAME_WORDS 6
#define NAME_MIN 3
#define OFFICE_WORDS 3
#define PARTICLE 3 /* bytes of "de", "bin" inside a name */
#define NAME_CAP 120
#define LETTERS 4 /* of a firm: "AP", "XNA" */

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

/* "Admin", "News Desk", "AFP": an office, a firm or its letters. */
static bool is_nobody(const struct names *n, uint32_t first, uint32_t end)
{
    const char *word = n->text + n->words->at[first];
    size_t len = n->words->len[first], capitals = 0;
    while (capitals < len && word[capitals] >= 'A' && word[capitals] <= 'Z')
        capitals++;
    return (end - first == 1 && capitals == len && len <= LETTERS) ||
           mark_has(n->marks, n->words->words[end - 1], "nobody");
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
    return !is_nobody(n, first, end) && !mark_agency(n->marks, start, len) &&
           !is_same(start, len, n->site) &&
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
    const struct table *calendar = mark_calendar(n->marks);
    /* "Jane Roe on Mon" */
    while (end > first + 1 && (!is_capital(n, end - 1) ||
                               when_is_filler(calendar, n->words->words[end - 1])))
        end--;
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

/* "by", "written by": how many words at `at` lead up to names. */
static uint32_t label_len(const struct mark_words *marks, const struct line_words *words,
                          uint32_t at)
{
    char two[LINE_CAP];
    if (at + 2 < words->count &&
        mark_has(marks, words_join(words, at, at + 2, two), "byline"))
        return 2;
    return at + 1 < words->count && mark_has(marks, words->words[at], "byline");
}

/* How many words at `at` are a day, what stands before one, or a number. */
static uint32_t day_len(const struct mark_words *marks, const struct line_words *words,
                        uint32_t at)
{
    struct when when;
    uint32_t took = when_words(mark_calendar(marks), words, at, &when);
    char first = *words->words[at];
    if (took)
        return took;
    return (first >= '0' && first <= '9') || mark_date_label(marks, words->words[at]);
}

/* "Jane Roe, Staff Reporter" */
static bool has_office(const struct names *n)
{
    uint32_t count = n->words->count;
    if (count < 3 || count > 8 || !is_capital(n, 0) || !is_capital(n, 1) ||
        !mark_has(n->marks, n->words->words[count - 1], "office"))
        return false;
    return is_cut(n, 1) || (count > 3 && is_capital(n, 2) && is_cut(n, 2));
}

/* A zone or a sign: "10:21 EST", "@". */
static bool is_beside_day(const struct names *n, uint32_t at)
{
    const char *word = n->words->words[at];
    return strcmp(word, "@") == 0 || when_is_filler(mark_calendar(n->marks), word);
}

bool authors_labelled(const struct mark_words *marks, const char *text, size_t len)
{
    struct line_words words;
    words_read(&words, text, len);
    const struct names n = {.marks = marks, .words = &words, .text = text, .len = len};
    bool is_start = true;
    if (has_office(&n))
        return true;
    for (uint32_t at = 0; at < words.count; at++) {
        uint32_t took = is_start ? label_len(marks, &words, at) : 0;
        if (took && at + took < words.count && is_capital(&n, at + took))
            return true;
        took = day_len(marks, &words, at);
        is_start = took || is_cut(&n, at) || is_beside_day(&n, at);
        at += took ? took - 1 : 0;
    }
    return false;
}

/* Whether a word behind a name may stand there: of a day, an office, another name. */
static bool is_beside_name(const struct names *n, uint32_t at)
{
    static const char *const kinds[] = {"joint", "stop", "office", "nobody"};
    const char *word = n->words->words[at];
    bool is_known = is_capital(n, at) || (*word >= '0' && *word <= '9') ||
                    is_beside_day(n, at) || mark_date_label(n->marks, word) ||
                    when_is_ago(mark_calendar(n->marks), word);
    for (size_t i = 0; i < sizeof kinds / sizeof *kinds && !is_known; i++)
        is_known = mark_has(n->marks, word, kinds[i]);
    return is_known;
}

/* "chief political writer": the office that ends words at `at`; NONE. */
static uint32_t office_at(const struct names *n, uint32_t at)
{
    for (uint32_t i = at + 1; i < n->words->count && i <= at + OFFICE_WORDS; i++)
        if (mark_has(n->marks, n->words->words[i], "office"))
            return i;
    return NONE;
}

bool authors_alone(const struct mark_words *marks, const char *text, size_t len)
{
    struct line_words words;
    words_read(&words, text, len);
    const struct names n = {.marks = marks, .words = &words, .text = text, .len = len};
    uint32_t first = 0;
    for (uint32_t took; first < words.count; first += took) { /* a day goes before */
        took = day_len(marks, &words, first);
        if (!took && !(took = is_beside_day(&n, first)))
            break;
    }
    uint32_t end = first;
    while (end < words.count && end < first + NAME_WORDS &&
           !day_len(marks, &words, end) && (end == first || !is_cut(&n, end - 1)) &&
           (is_capital(&n, end) || (end > first && words.len[end] <= PARTICLE)) &&
           !mark_has(marks, words.words[end], "joint"))
        end++;
    if (end < first + 2 || end > first + NAME_WORDS - 2 || !is_capital(&n, end - 1) ||
        !mark_is_given(marks, words.words[first]) || !is_name(&n, first, end))
        return false;
    for (uint32_t at = end; at < words.count; at++) {
        uint32_t office = is_beside_name(&n, at) ? at : office_at(&n, at);
        if (office == NONE)
            return false;
        at = office;
    }
    return true;
}

/* A bar parts what different fields said. */
static bool has_bar(const struct names *n, uint32_t at)
{
    size_t from = (size_t)n->words->at[at] + n->words->len[at];
    size_t to = at + 1 < n->words->count ? n->words->at[at + 1] : n->len;
    return memchr(n->text + from, '|', to - from) != NULL;
}

/* Beside a name of two words one word alone is a place or a trade. */
static void drop_single(struct names *n)
{
    size_t used = 0;
    if (!n->used || !memchr(n->out, ' ', n->used))
        return;
    for (size_t at = 0; at < n->used;) {
        size_t len = strcspn(n->out + at, "|");
        bool is_kept = memchr(n->out + at, ' ', len) != NULL;
        if (is_kept && used)
            n->out[used++] = '|';
        if (is_kept)
            memmove(n->out + used, n->out + at, len);
        used += is_kept ? len : 0;
        at += len + 1;
    }
    n->out[used] = '\0';
    n->used = used;
}

/* "Jane Roe, South Asia Correspondent": what goes before an office behind a comma is of
 * it. */
static bool is_title_of(const struct names *n, uint32_t first, uint32_t at, size_t since)
{
    return n->used > since && first > 0 &&
           mark_has(n->marks, n->words->words[at], "office") && is_cut(n, first - 1);
}

static void take_all(struct names *n)
{
    const struct line_words *words = n->words;
    uint32_t first = 0;
    size_t since = 0;     /* the last bar */
    bool is_past = false; /* a stop: nothing more up to the next bar */
    for (uint32_t at = 0; at < words->count; at++) {
        const char *word = words->words[at];
        uint32_t label = at == first ? label_len(n->marks, words, at) : 0;
        uint32_t days = label || is_past ? 0 : day_len(n->marks, words, at);
        if (!days && !label && at == first)
            days = is_beside_day(n, at);
        bool is_joint = mark_has(n->marks, word, "joint");
        bool is_stop = !is_past &&
                       (mark_has(n->marks, word, "stop") ||
                        mark_has(n->marks, word, "office") ||
                        (strchr(word, '@') && word[1]) || strstr(word, "://"));
        uint32_t step = label ? label : days ? days : 1, next = at + step;
        if (!is_past && (days || is_joint || is_stop)) {
            /* "Jane Roe Health correspondent" */
            bool has_office = is_stop && at > first + 2;
            if (!is_stop || !is_title_of(n, first, at, since))
                take(n, first, has_office ? first + 2 : at);
            first = next;
        } else if (label) {
            first = next;
        } else if (!is_past && is_cut(n, at)) {
            take(n, first, next);
            first = next;
        }
        is_past = is_past || is_stop;
        if (is_past && next <= words->count && has_bar(n, next - 1)) {
            is_past = false;
            first = next;
            since = n->used;
        }
        at = next - 1;
    }
    if (!is_past)
        take(n, first, words->count);
}

const char *authors_read(const struct mark_words *marks, struct arena *arena,
                         const char *text, size_t len, const char *site)
{
    struct line_words words;
    words_read(&words, text, len);
    struct names n = {
        .marks = marks, .words = &words, .text = text, .site = site, .len = len};
    n.out = arena_take(arena, len + words.count + 2u, 1);
    if (!n.out)
        return NULL;
    take_all(&n);
    drop_single(&n);
    return n.used ? n.out : NULL;
}
