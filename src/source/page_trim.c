/* page_trim.c: one pass over a page's tags. */
#define _POSIX_C_SOURCE 200809L
#include "source/page_trim.h"

#include "base/utf8.h"

#include <stdlib.h>
#include <string.h>
#include <strings.h>

#define DEEPEST 300
#define LONGEST_VALUE ((size_t)16 << 10)
#define MOST_ATTRIBUTES 40
#define NAME_CAP 16
#define PIECE_MIN 8 /* bytes that are worth a piece */
#define FIRST_CODE 0xF0000u
#define MOST_PIECES 65000u /* the plane's last two code points are no characters */

/* ---- names ---- */

enum kind {
    NESTS,
    FLAT,    /* never nests: void elements, and those whose end tag may be left out */
    UNREAD,  /* says nothing of the text inside: the tag is left out, and so is its end */
    SKIPPED, /* holds no text of an article: left out with all inside */
    SCRIPT,
    PRE,  /* blanks count */
    LINK, /* read where it gives the page's own address */
    SPAN, /* left out, with its end, where nothing is read of it */
    ABBR,
    READ,      /* an attribute that is read of every element */
    READ_LINK, /* of <link> */
    READ_ABBR  /* of <abbr> */
};

struct name_kind {
    char name[NAME_CAP];
    enum kind kind;
};

/* By their first letters. */
static const struct name_kind tags[] = {
    {"abbr", ABBR},        {"area", FLAT},      {"audio", SKIPPED},
    {"b", UNREAD},         {"base", UNREAD},    {"big", UNREAD},
    {"body", FLAT},        {"br", FLAT},        {"button", SKIPPED},
    {"canvas", SKIPPED},   {"col", UNREAD},     {"colgroup", FLAT},
    {"dd", FLAT},          {"dt", FLAT},        {"em", UNREAD},
    {"embed", UNREAD},     {"font", UNREAD},    {"head", FLAT},
    {"hr", FLAT},          {"html", FLAT},      {"i", UNREAD},
    {"iframe", SKIPPED},   {"img", UNREAD},     {"input", UNREAD},
    {"li", FLAT},          {"link", LINK},      {"math", SKIPPED},
    {"meta", FLAT},        {"nav", SKIPPED},    {"nobr", UNREAD},
    {"noscript", SKIPPED}, {"object", SKIPPED}, {"option", FLAT},
    {"p", FLAT},           {"param", UNREAD},   {"picture", UNREAD},
    {"pre", PRE},          {"script", SCRIPT},  {"select", SKIPPED},
    {"small", UNREAD},     {"source", UNREAD},  {"span", SPAN},
    {"strike", UNREAD},    {"strong", UNREAD},  {"style", SKIPPED},
    {"svg", SKIPPED},      {"tbody", FLAT},     {"td", FLAT},
    {"template", SKIPPED}, {"textarea", FLAT},  {"tfoot", FLAT},
    {"th", FLAT},          {"thead", FLAT},     {"title", FLAT},
    {"tr", FLAT},          {"track", UNREAD},   {"tt", UNREAD},
    {"u", UNREAD},         {"video", SKIPPED},  {"wbr", UNREAD}};
static const struct name_kind attributes[] = {
    {"aria-hidden", READ},  {"class", READ},
    {"content", READ},      {"data-component", READ},
    {"data-gu-name", READ}, {"data-testid", READ},
    {"datetime", READ},     {"hidden", READ},
    {"href", READ_LINK},    {"http-equiv", READ},
    {"id", READ},           {"itemprop", READ},
    {"lang", READ},         {"name", READ},
    {"property", READ},     {"rel", READ},
    {"role", READ},         {"style", READ},
    {"title", READ_ABBR},   {"type", READ}};

#define TAGS (sizeof tags / sizeof *tags)
#define ATTRIBUTES (sizeof attributes / sizeof *attributes)

/* Where each letter begins in a list: letter x from first[x] to first[x + 1]. */
struct letters {
    const struct name_kind *list;
    uint8_t first[27];
};

static struct letters letters_of(const struct name_kind *list, size_t count)
{
    struct letters letters = {.list = list};
    size_t at = 0;
    for (int letter = 0; letter < 26; letter++) {
        letters.first[letter] = (uint8_t)at;
        while (at < count && list[at].name[0] == 'a' + letter)
            at++;
    }
    letters.first[26] = (uint8_t)count;
    return letters;
}

static bool ends_name(char c)
{
    return c == ' ' || c == '>' || c == '/' || c == '=' || c == '\n' || c == '\t' ||
           c == '\r' || c == '\f';
}

/* The name that begins at `at`, in small letters, padded with NULs; its length. */
static size_t read_name(const char *at, size_t left, char name[NAME_CAP])
{
    size_t len = 0;
    memset(name, 0, NAME_CAP);
    for (; len < left && !ends_name(at[len]); len++)
        if (len < NAME_CAP - 1)
            name[len] = (char)(at[len] >= 'A' && at[len] <= 'Z' ? at[len] + 32 : at[len]);
    return len;
}

static const struct name_kind *find_name(const struct letters *letters,
                                         const char name[NAME_CAP], size_t len)
{
    if (len >= NAME_CAP || *name < 'a' || *name > 'z')
        return NULL;
    for (uint8_t i = letters->first[*name - 'a']; i < letters->first[*name - 'a' + 1];
         i++)
        if (memcmp(letters->list[i].name, name, NAME_CAP) == 0)
            return &letters->list[i];
    return NULL;
}

/* ---- where things end ---- */

/* Just after the `>` of the tag at `at`, quotes respected; len when it never ends. */
static size_t tag_end(const char *html, size_t at, size_t len)
{
    for (at++; at < len; at++) {
        char c = html[at];
        if (c == '>')
            return at + 1;
        bool is_quote = (c == '"' || c == '\'') && html[at - 1] == '=';
        if (!is_quote) /* a quote opens a value only after `=` */
            continue;
        const char *end = memchr(html + at + 1, c, len - at - 1);
        if (!end)
            return len;
        at = (size_t)(end - html);
    }
    return len;
}

static size_t find_close(const char *html, size_t at, size_t len, const char *name)
{
    size_t name_len = strlen(name);
    for (const char *next; at < len && (next = memchr(html + at, '<', len - at)); at++) {
        at = (size_t)(next - html);
        if (at + name_len + 2 <= len && html[at + 1] == '/' &&
            strncasecmp(html + at + 2, name, name_len) == 0 &&
            (at + name_len + 2 == len || ends_name(html[at + name_len + 2])))
            return at;
    }
    return len;
}

static bool holds(const char *bytes, size_t len, const char *words)
{
    size_t words_len = strlen(words);
    for (size_t at = 0; at + words_len <= len; at++)
        if (strncasecmp(bytes + at, words, words_len) == 0)
            return true;
    return false;
}

/* ---- what is kept ---- */

struct trim {
    const char *html;
    size_t len, at;
    char *out;
    size_t used;
    char *kept; /* the pieces, a NUL behind each */
    size_t kept_len;
    struct arena *arena;
    struct page_trimmed *trimmed;
    struct letters tags, attributes;
    uint64_t unclosed; /* a bit for each of tags[]: no end tag is left for it */
    uint32_t depth, dropped;
    uint64_t spans; /* a bit for each open one, the innermost lowest: it is kept */
    bool in_pre, has_failed;
};

static void keep(struct trim *trim, size_t from, size_t to)
{
    memcpy(trim->out + trim->used, trim->html + from, to - from);
    trim->used += to - from;
}

/* Writes the code point for what was put into trim->kept from `start` on. */
static bool put_piece(struct trim *trim, size_t start)
{
    uint32_t number = trim->trimmed->pieces.count;
    struct page_piece *piece = number < MOST_PIECES
                                   ? array_push(trim->arena, &trim->trimmed->pieces)
                                   : NULL;
    trim->has_failed = trim->has_failed || (!piece && number < MOST_PIECES);
    if (!piece)
        return false;
    trim->kept[trim->kept_len++] = '\0';
    *piece = (struct page_piece){.text = trim->kept + start};
    trim->used += utf8_put(trim->out + trim->used, FIRST_CODE + number);
    return true;
}

static bool keep_piece(struct trim *trim, size_t from, size_t to)
{
    size_t start = trim->kept_len;
    memcpy(trim->kept + start, trim->html + from, to - from);
    trim->kept_len += to - from;
    if (put_piece(trim, start))
        return true;
    trim->kept_len = start;
    return false;
}

/* Bytes of the planes that the pieces stand in: no page means them. */
static bool is_private(const char *at)
{
    unsigned char first = (unsigned char)*at, second = (unsigned char)at[1];
    return (first == 0xF3 && second >= 0xB0) || first == 0xF4;
}

/* Text, each run of blanks as one. Pieces hold no entity and no blank at their ends. */
static void keep_text(struct trim *trim, size_t from, size_t to)
{
    if (trim->in_pre) {
        for (size_t at = from; at < to; at++)
            trim->out[trim->used++] = is_private(trim->html + at) ? '?' : trim->html[at];
        return;
    }
    bool is_raw = to - from < PIECE_MIN || memchr(trim->html + from, '&', to - from);
    char *to_buffer = is_raw ? trim->out : trim->kept;
    size_t used = is_raw ? trim->used : trim->kept_len, start = used;
    bool has_blank = trim->used && trim->out[trim->used - 1] == ' ';
    for (size_t at = from; at < to; at++) {
        char c = trim->html[at];
        bool is_blank = c == ' ' || c == '\n' || c == '\t' || c == '\r';
        if (is_blank && !is_raw && used == start) {
            if (!has_blank)
                trim->out[trim->used++] = ' ';
            has_blank = true;
        } else if (!is_blank) {
            to_buffer[used++] = is_raw && is_private(trim->html + at) ? '?' : c;
            has_blank = false;
        } else if (!has_blank) {
            to_buffer[used++] = ' ';
            has_blank = true;
        }
    }
    if (is_raw) {
        trim->used = used;
        return;
    }
    bool ends_blank = used > start && to_buffer[used - 1] == ' ';
    trim->kept_len = used - ends_blank;
    if (used > start && !put_piece(trim, start))
        trim->kept_len = start;
    if (ends_blank)
        trim->out[trim->used++] = ' ';
}

/* ---- tags ---- */

/* One attribute whose name ends at html[at]; where its value begins (0: it has none) and
 * ends, quotes left out; returns where the attribute ends. */
static size_t read_value(const char *html, size_t at, size_t end, size_t *from,
                         size_t *to)
{
    size_t value = at + strspn(html + at, " \t\r\n\f");
    *from = *to = 0;
    if (value >= end || html[value] != '=')
        return at;
    value += 1 + strspn(html + value + 1, " \t\r\n\f");
    if (value >= end)
        return end;
    *from = *to = value;
    if (html[value] == '"' || html[value] == '\'') {
        const char *close = memchr(html + value + 1, html[value], end - value - 1);
        *from = value + 1;
        *to = close ? (size_t)(close - html) : end;
        return close ? *to + 1 : end;
    }
    while (value < end && !strchr(" \t\r\n\f>", html[value]))
        value++;
    *to = value;
    return value;
}

/* A number in it that would stand for a piece; `&` is then no entity. */
static bool forges(const char *at)
{
    return at[1] == '#' && strtoul(at + 2 + (at[2] == 'x' || at[2] == 'X'), NULL,
                                   at[2] == 'x' || at[2] == 'X' ? 16 : 10) >= FIRST_CODE;
}

static void keep_value(struct trim *trim, size_t from, size_t to)
{
    bool has_entity = memchr(trim->html + from, '&', to - from);
    if (!has_entity && to - from >= PIECE_MIN && keep_piece(trim, from, to))
        return;
    char quote = memchr(trim->html + from, '"', to - from) ? '\'' : '"';
    trim->out[trim->used++] = quote;
    for (size_t at = from; at < to; at++) {
        char c = trim->html[at];
        bool is_bad = c == quote || is_private(trim->html + at) ||
                      (c == '&' && forges(trim->html + at));
        trim->out[trim->used++] = is_bad ? ' ' : c;
    }
    trim->out[trim->used++] = quote;
}

static bool is_read(enum kind tag, const struct name_kind *attribute)
{
    return attribute &&
           (attribute->kind == READ || (attribute->kind == READ_LINK && tag == LINK) ||
            (attribute->kind == READ_ABBR && tag == ABBR));
}

/* The tag with those attributes alone that are read; how many. */
static uint32_t keep_tag(struct trim *trim, size_t at, size_t end, size_t name_end,
                         enum kind kind)
{
    const char *html = trim->html;
    char name[NAME_CAP];
    uint32_t kept = 0;
    size_t from = name_end, value, value_end;
    keep(trim, at, from - at < 40 ? from : at + 40);
    while (from < end) {
        size_t start = from + strspn(html + from, " \t\r\n\f/");
        if (start >= end || html[start] == '>')
            break;
        size_t len = read_name(html + start, end - start, name);
        const struct name_kind *known = find_name(&trim->attributes, name, len);
        from = read_value(html, start + len, end, &value, &value_end);
        if (from == start)
            from++;
        if (!is_read(kind, known) || value_end - value > LONGEST_VALUE ||
            kept == MOST_ATTRIBUTES)
            continue;
        kept++;
        trim->out[trim->used++] = ' ';
        memcpy(trim->out + trim->used, name, len);
        trim->used += len;
        if (!value)
            continue;
        trim->out[trim->used++] = '=';
        keep_value(trim, value, value_end);
    }
    trim->out[trim->used++] = '>';
    return kept;
}

/* Most spans serve the looks alone: no token for the parser, no node. */
static void take_span(struct trim *trim, size_t at, size_t end, size_t name_end)
{
    bool is_close = trim->html[at + 1] == '/';
    size_t used = trim->used;
    if (is_close) {
        if (trim->spans & 1)
            keep(trim, at, name_end);
        if (trim->spans & 1)
            trim->out[trim->used++] = '>';
        trim->spans >>= 1;
        return;
    }
    bool is_kept = keep_tag(trim, at, end, name_end, SPAN) > 0;
    if (!is_kept)
        trim->used = used;
    trim->spans = trim->spans << 1 | is_kept;
}

static bool is_too_deep(struct trim *trim, bool is_close)
{
    if (is_close && trim->dropped) {
        trim->dropped--;
        return true;
    }
    if (!is_close && trim->depth >= DEEPEST) {
        trim->dropped++;
        return true;
    }
    if (!is_close)
        trim->depth++;
    else if (trim->depth)
        trim->depth--;
    return false;
}

/* Scripts are left out, those that hold data of the page excepted. */
static void take_script(struct trim *trim, size_t end)
{
    size_t close = find_close(trim->html, end, trim->len, "script");
    size_t tag_len = end - trim->at < 2048 ? end - trim->at : 2048;
    if (close < trim->len && close > end &&
        holds(trim->html + trim->at, tag_len, "ld+json")) {
        static const char open[] = "<script type=\"application/ld+json\">",
                          shut[] = "</script>";
        memcpy(trim->out + trim->used, open, sizeof open - 1);
        trim->used += sizeof open - 1;
        keep_piece(trim, end, close);
        memcpy(trim->out + trim->used, shut, sizeof shut - 1);
        trim->used += sizeof shut - 1;
    }
    trim->at = close < trim->len ? tag_end(trim->html, close, trim->len) : trim->len;
}

static void skip_element(struct trim *trim, const struct name_kind *tag, size_t end)
{
    uint64_t bit = (uint64_t)1 << (tag - tags);
    bool is_empty = end >= 2 && trim->html[end - 2] == '/';
    bool has_close = !is_empty && !(trim->unclosed & bit);
    size_t close = has_close ? find_close(trim->html, end, trim->len, tag->name)
                             : trim->len;
    if (has_close && close == trim->len)
        trim->unclosed |= bit;
    trim->at = close < trim->len ? tag_end(trim->html, close, trim->len) : end;
}

/* "</span><span>" without a blank: fields that the looks alone keep apart. */
static bool parts_fields(const struct trim *trim, const char name[NAME_CAP], size_t len)
{
    bool is_field = (len == 4 && memcmp(name, "span", 4) == 0) ||
                    (len == 1 && *name == 'a');
    char next[NAME_CAP];
    if (!is_field || trim->at + 2 > trim->len || trim->html[trim->at] != '<')
        return false;
    size_t next_len = read_name(trim->html + trim->at + 1, trim->len - trim->at - 1,
                                next);
    return next_len == 4 && memcmp(next, "span", 4) == 0;
}

static void take_tag(struct trim *trim)
{
    char name[NAME_CAP];
    size_t at = trim->at, end = tag_end(trim->html, at, trim->len);
    bool is_close = trim->html[at + 1] == '/';
    size_t name_at = at + 1 + is_close;
    size_t len = read_name(trim->html + name_at, end - name_at, name);
    const struct name_kind *tag = find_name(&trim->tags, name, len);
    enum kind kind = tag ? tag->kind : NESTS;
    if (!is_close && kind == SCRIPT) {
        take_script(trim, end);
        return;
    }
    if (!is_close && kind == SKIPPED) {
        skip_element(trim, tag, end);
        return;
    }
    trim->at = end;
    if (is_close && parts_fields(trim, name, len))
        trim->out[trim->used++] = ' ';
    if (kind == UNREAD)
        return;
    if (kind == SPAN) {
        take_span(trim, at, end, name_at + len);
        return;
    }
    if (kind == LINK && !holds(trim->html + at, end - at, "canonical"))
        return;
    bool is_flat = kind == FLAT || kind == LINK || kind == SCRIPT;
    if (!is_flat && is_too_deep(trim, is_close))
        return;
    if (kind == PRE)
        trim->in_pre = !is_close;
    if (is_close && end - at < 40)
        keep(trim, at, end);
    else
        keep_tag(trim, at, end, name_at + len, kind);
}

static bool opens_tag(const struct trim *trim)
{
    char next = trim->at + 1 < trim->len ? trim->html[trim->at + 1] : 0;
    return (next >= 'a' && next <= 'z') || (next >= 'A' && next <= 'Z') || next == '/';
}

static size_t comment_end(const struct trim *trim)
{
    bool is_comment = trim->at + 3 < trim->len &&
                      memcmp(trim->html + trim->at, "<!--", 4) == 0;
    const char *at = trim->html + trim->at + (is_comment ? 4 : 1);
    const char *end = trim->html + trim->len;
    for (const char *next; at < end && (next = memchr(at, '>', (size_t)(end - at)));
         at = next + 1)
        if (!is_comment || (next[-1] == '-' && next[-2] == '-'))
            return (size_t)(next + 1 - trim->html);
    return trim->len;
}

static void take_all(struct trim *trim)
{
    while (trim->at < trim->len) {
        const char *next = memchr(trim->html + trim->at, '<', trim->len - trim->at);
        size_t tag = next ? (size_t)(next - trim->html) : trim->len;
        keep_text(trim, trim->at, tag);
        trim->at = tag;
        if (tag >= trim->len)
            break;
        if (opens_tag(trim)) {
            take_tag(trim);
        } else if (tag + 1 < trim->len &&
                   (trim->html[tag + 1] == '!' || trim->html[tag + 1] == '?')) {
            trim->at = comment_end(trim);
        } else {
            keep(trim, tag, tag + 1);
            trim->at = tag + 1;
        }
    }
}

bool page_trim(const char *html, size_t len, struct arena *arena,
               struct page_trimmed *trimmed)
{
    struct trim trim = {.html = html,
                        .len = len,
                        .arena = arena,
                        .trimmed = trimmed,
                        .tags = letters_of(tags, TAGS),
                        .attributes = letters_of(attributes, ATTRIBUTES)};
    *trimmed = (struct page_trimmed){0};
    trim.out = arena_take(arena, len + 64, 2);
    trim.kept = arena_take(arena, len + 1, 1);
    if (!trim.out || !trim.kept)
        return false;
    take_all(&trim);
    trimmed->html = trim.out;
    trimmed->len = trim.used;
    return !trim.has_failed;
}

/* ---- back ---- */

/* The piece that the code point at `at` stands for; its bytes to *step. */
static struct page_piece *piece_at(const struct page_trimmed *trimmed, const char *at,
                                   size_t *step)
{
    uint32_t code;
    *step = utf8_next(at, strnlen(at, 4), &code);
    bool is_piece = *step == 4 && code >= FIRST_CODE &&
                    code - FIRST_CODE < trimmed->pieces.count;
    return is_piece ? &trimmed->pieces.items[code - FIRST_CODE] : NULL;
}

const char *page_trim_value(const struct page_trimmed *trimmed, const char *value)
{
    size_t step;
    const struct page_piece *piece = is_private(value) ? piece_at(trimmed, value, &step)
                                                       : NULL;
    return piece && value[step] == '\0' ? piece->text : value;
}

const char *page_trim_text(struct page_trimmed *trimmed, struct arena *arena,
                           const char *text)
{
    size_t len = strlen(text), need = len, step;
    for (const char *at = text; *at; at++) {
        const struct page_piece *piece = is_private(at) ? piece_at(trimmed, at, &step)
                                                        : NULL;
        if (piece && step == len && !piece->is_used) {
            trimmed->pieces.items[piece - trimmed->pieces.items].is_used = true;
            return piece->text;
        }
        need += piece && !piece->is_used ? strlen(piece->text) : 0;
    }
    if (need == len)
        return text;
    char *out = arena_take(arena, need + 1, 1);
    size_t used = 0;
    for (const char *at = text; out && *at; at += step) {
        struct page_piece *piece = is_private(at) ? piece_at(trimmed, at, &step) : NULL;
        step = piece ? step : 1;
        if (!piece) {
            out[used++] = *at;
            continue;
        }
        if (piece->is_used)
            continue;
        size_t piece_len = strlen(piece->text);
        memcpy(out + used, piece->text, piece_len);
        used += piece_len;
        piece->is_used = true;
    }
    return out;
}
