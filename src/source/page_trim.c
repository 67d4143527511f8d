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
#define PIECE_MIN 8   /* bytes of text that are worth a piece */
#define STEP "linkto" /* before the last step but one of a link's address */
#define STEP_LONGEST 16
#define SET_NAME "_" /* the one attribute that stands for all of an element's */
#define FIRST_CODE 0xF0000u
#define MOST_PIECES 65000u /* the plane's last two code points are no characters */

/* ---- names ---- */

enum kind {
    NESTS,
    FLAT,    /* never nests: void elements, and those whose end tag may be left out */
    UNREAD,  /* says nothing of the text inside: the tag is left out, and so is its end */
    SKIPPED, /* holds no text of an article: left out with all inside */
    SCRIPT,
    PRE,    /* blanks count */
    LINK,   /* read where it gives the page's own address */
    ANCHOR, /* left out: the texts inside know that they stand in one */
    SPAN,   /* left out, with its end, where nothing is read of it */
    ABBR,
    READ,      /* an attribute that is read of every element */
    READ_LINK, /* of <link>; of <a> to see whose page it leads to */
    READ_ABBR  /* of <abbr> */
};

struct name_kind {
    char name[NAME_CAP];
    enum kind kind;
};

/* By their first letters. */
static const struct name_kind tags[] = {
    {"a", ANCHOR},       {"abbr", ABBR},        {"area", FLAT},
    {"audio", SKIPPED},  {"b", UNREAD},         {"base", UNREAD},
    {"big", UNREAD},     {"body", FLAT},        {"br", FLAT},
    {"button", SKIPPED}, {"canvas", SKIPPED},   {"col", UNREAD},
    {"colgroup", FLAT},  {"dd", FLAT},          {"dt", FLAT},
    {"em", UNREAD},      {"embed", UNREAD},     {"font", UNREAD},
    {"head", FLAT},      {"hr", FLAT},          {"html", FLAT},
    {"i", UNREAD},       {"iframe", SKIPPED},   {"img", UNREAD},
    {"input", UNREAD},   {"li", FLAT},          {"link", LINK},
    {"math", SKIPPED},   {"meta", FLAT},        {"nav", SKIPPED},
    {"nobr", UNREAD},    {"noscript", SKIPPED}, {"object", SKIPPED},
    {"option", FLAT},    {"p", FLAT},           {"param", UNREAD},
    {"picture", UNREAD}, {"pre", PRE},          {"script", SCRIPT},
    {"select", SKIPPED}, {"small", UNREAD},     {"source", UNREAD},
    {"span", SPAN},      {"strike", UNREAD},    {"strong", UNREAD},
    {"style", SKIPPED},  {"svg", SKIPPED},      {"tbody", FLAT},
    {"td", FLAT},        {"template", SKIPPED}, {"textarea", FLAT},
    {"tfoot", FLAT},     {"th", FLAT},          {"thead", FLAT},
    {"title", FLAT},     {"tr", FLAT},          {"track", UNREAD},
    {"tt", UNREAD},      {"u", UNREAD},         {"video", SKIPPED},
    {"wbr", UNREAD}};
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
    uint64_t spans;       /* a bit for each open one, the innermost lowest: it is kept */
    struct page_set link; /* of the open <a> */
    bool in_link, in_pre, has_failed;
};

static void keep(struct trim *trim, size_t from, size_t to)
{
    memcpy(trim->out + trim->used, trim->html + from, to - from);
    trim->used += to - from;
}

static void keep_words(struct trim *trim, const char *words)
{
    size_t len = strlen(words);
    memcpy(trim->out + trim->used, words, len);
    trim->used += len;
}

/* Writes the code point for a piece. */
static bool put_piece(struct trim *trim, const struct page_piece *what)
{
    uint32_t number = trim->trimmed->pieces.count;
    struct page_piece *piece = number < MOST_PIECES
                                   ? array_push(trim->arena, &trim->trimmed->pieces)
                                   : NULL;
    trim->has_failed = trim->has_failed || (!piece && number < MOST_PIECES);
    if (!piece)
        return false;
    *piece = *what;
    trim->used += utf8_put(trim->out + trim->used, FIRST_CODE + number);
    return true;
}

/* A copy behind the pieces. */
static const char *keep_copy(struct trim *trim, size_t from, size_t to)
{
    char *copy = trim->kept + trim->kept_len;
    memcpy(copy, trim->html + from, to - from);
    copy[to - from] = '\0';
    trim->kept_len += to - from + 1;
    return copy;
}

static void keep_script(struct trim *trim, size_t from, size_t to)
{
    const struct page_piece piece = {.text = keep_copy(trim, from, to)};
    put_piece(trim, &piece);
}

/* Bytes of the planes that the pieces stand in: no page means them. */
static bool is_private(const char *at)
{
    unsigned char first = (unsigned char)*at, second = (unsigned char)at[1];
    return (first == 0xF3 && second >= 0xB0) || first == 0xF4;
}

static bool is_blank(char c)
{
    return c == ' ' || c == '\n' || c == '\t' || c == '\r';
}

/* Text as the parser has to see it, each run of blanks as one. */
static void keep_raw(struct trim *trim, size_t from, size_t to)
{
    bool has_blank = trim->used && trim->out[trim->used - 1] == ' ';
    for (size_t at = from; at < to; at++) {
        char c = trim->html[at];
        if (trim->in_pre || !is_blank(c))
            trim->out[trim->used++] = is_private(trim->html + at) ? '?' : c;
        else if (!has_blank)
            trim->out[trim->used++] = ' ';
        has_blank = is_blank(c);
    }
}

/* Text that goes by the parser: begins and ends with no blank, holds no entity. */
static void keep_piece(struct trim *trim, size_t from, size_t to)
{
    struct page_piece piece = {.text = trim->kept + trim->kept_len,
                               .set = trim->in_link ? trim->link : (struct page_set){0},
                               .kind = trim->in_link ? PIECE_LINK : PIECE_TEXT};
    size_t start = trim->kept_len;
    for (size_t at = from; at < to; at++) {
        bool was_blank = at > from && is_blank(trim->html[at - 1]);
        char c = is_blank(trim->html[at]) ? ' ' : trim->html[at];
        if (c != ' ' || !was_blank)
            trim->kept[trim->kept_len++] = c;
    }
    trim->kept[trim->kept_len++] = '\0';
    if (!put_piece(trim, &piece))
        trim->kept_len = start;
}

/* Entities are the parser's: what stands in a link is put between two pieces. */
static void keep_link_raw(struct trim *trim, size_t from, size_t to)
{
    const struct page_piece open = {.set = trim->link, .kind = PIECE_OPEN},
                            close = {.kind = PIECE_CLOSE};
    bool is_open = put_piece(trim, &open);
    keep_raw(trim, from, to);
    if (is_open)
        put_piece(trim, &close);
}

static void keep_text(struct trim *trim, size_t from, size_t to)
{
    size_t start = from, end = to;
    while (start < end && is_blank(trim->html[start]))
        start++;
    while (end > start && is_blank(trim->html[end - 1]))
        end--;
    bool is_short = end - start < PIECE_MIN && !trim->in_link;
    bool is_raw = trim->in_pre || is_short ||
                  memchr(trim->html + start, '&', end - start);
    if (start == end || (is_raw && !trim->in_link)) {
        keep_raw(trim, from, to);
        return;
    }
    keep_raw(trim, from, start);
    if (is_raw)
        keep_link_raw(trim, start, end);
    else
        keep_piece(trim, start, end);
    keep_raw(trim, end, to);
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

/* A value with entities is the parser's. */
static void keep_value(struct trim *trim, const char *name, size_t from, size_t to)
{
    char quote = memchr(trim->html + from, '"', to - from) ? '\'' : '"';
    keep_words(trim, " ");
    keep_words(trim, name);
    keep_words(trim, "=");
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
           (attribute->kind == READ ||
            (attribute->kind == READ_LINK && (tag == LINK || tag == ANCHOR)) ||
            (attribute->kind == READ_ABBR && tag == ABBR));
}

struct found {
    struct page_attribute items[MOST_ATTRIBUTES];
    uint32_t count;
    bool has_href, has_name, has_raw;
};

/* ".../author/jane-roe" gives "linktoauthor", a name of the table text/classes; NULL when
 * nothing stands there. */
static const char *keep_step(struct trim *trim, size_t from, size_t to)
{
    char *out = trim->kept + trim->kept_len;
    to -= to > from && trim->html[to - 1] == '/';
    size_t last = to;
    while (last > from && trim->html[last - 1] != '/')
        last--;
    size_t step = last > from ? last - 1 : from;
    while (step > from && trim->html[step - 1] != '/')
        step--;
    size_t len = last > from ? last - 1 - step : 0;
    if (len == 0 || len > STEP_LONGEST)
        return NULL;
    memcpy(out, STEP, sizeof STEP - 1);
    memcpy(out + sizeof STEP - 1, trim->html + step, len);
    out[sizeof STEP - 1 + len] = '\0';
    trim->kept_len += sizeof STEP + len;
    return out;
}

/* The attributes that are read, of the tag whose name ends at `from`; of the address of
 * <a> one step alone. */
static void read_attributes(struct trim *trim, size_t from, size_t end, enum kind kind,
                            struct found *found)
{
    const char *html = trim->html;
    char name[NAME_CAP];
    size_t value, value_end;
    found->count = 0;
    found->has_href = found->has_name = found->has_raw = false;
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
            found->count == MOST_ATTRIBUTES)
            continue;
        bool is_address = kind == ANCHOR && known->kind == READ_LINK;
        found->has_href = found->has_href || is_address;
        found->has_name = found->has_name || strcmp(known->name, "name") == 0;
        const char *text = "";
        if (kind != ANCHOR && memchr(html + value, '&', value_end - value)) {
            keep_value(trim, known->name, value, value_end);
            found->has_raw = true;
            continue;
        }
        if (is_address)
            text = keep_step(trim, value, value_end);
        else if (value)
            text = keep_copy(trim, value, value_end);
        if (!text)
            continue;
        found->items[found->count++] = (struct page_attribute){
            is_address ? "rel" : known->name, text};
    }
}

static struct page_set set_of(struct trim *trim, const struct found *found)
{
    struct page_set set = {0};
    if (found->count == 0)
        return set;
    struct page_attribute *items = arena_take(trim->arena, found->count, sizeof *items);
    trim->has_failed = trim->has_failed || !items;
    if (!items)
        return set;
    memcpy(items, found->items, found->count * sizeof *items);
    return (struct page_set){items, found->count};
}

/* The tag with those attributes alone that are read; whether there are any. */
static bool keep_tag(struct trim *trim, size_t at, size_t end, size_t name_end,
                     enum kind kind)
{
    struct found found;
    keep(trim, at, name_end - at < 40 ? name_end : at + 40);
    read_attributes(trim, name_end, end, kind, &found);
    const struct page_piece piece = {.set = set_of(trim, &found), .kind = PIECE_SET};
    if (piece.set.count) {
        keep_words(trim, " " SET_NAME "=");
        if (!put_piece(trim, &piece))
            trim->used -= 3;
    }
    trim->out[trim->used++] = '>';
    return found.count || found.has_raw;
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
    bool is_kept = keep_tag(trim, at, end, name_end, SPAN);
    if (!is_kept)
        trim->used = used;
    trim->spans = trim->spans << 1 | is_kept;
}

/* Each text inside becomes a link of its own. <a name="top"> alone is none. */
static void take_anchor(struct trim *trim, size_t at, size_t end, size_t name_end)
{
    struct found found;
    trim->in_link = false;
    if (trim->html[at + 1] == '/')
        return;
    read_attributes(trim, name_end, end, ANCHOR, &found);
    trim->in_link = found.has_href || !found.has_name;
    trim->link = set_of(trim, &found);
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
        keep_script(trim, end, close);
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
    if (kind == ANCHOR) {
        take_anchor(trim, at, end, name_at + len);
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
    /* the shortest texts and tags become three times as long at most */
    trim.out = len < SIZE_MAX / 4 ? malloc((len + 64) * 3) : NULL;
    trim.kept = arena_take(arena, len + 1, 1);
    trimmed->html = trim.out;
    if (!trim.out || !trim.kept)
        return false;
    take_all(&trim);
    trimmed->len = trim.used;
    return !trim.has_failed;
}

void page_trim_free(struct page_trimmed *trimmed)
{
    free(trimmed->html);
    trimmed->html = NULL;
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

bool page_trim_set(const struct page_trimmed *trimmed, const char *name,
                   const char *value, struct page_set *set)
{
    size_t step;
    if (strcmp(name, SET_NAME) != 0)
        return false;
    const struct page_piece *piece = is_private(value) ? piece_at(trimmed, value, &step)
                                                       : NULL;
    *set = piece && piece->kind == PIECE_SET ? piece->set : (struct page_set){0};
    return true;
}

/* How long the text at `at` is up to the next piece of a link. */
static size_t plain_len(const struct page_trimmed *trimmed, const char *at, size_t *need)
{
    size_t len = 0, step;
    *need = 0;
    for (; at[len]; len += step) {
        const struct page_piece *piece = is_private(at + len)
                                             ? piece_at(trimmed, at + len, &step)
                                             : NULL;
        step = piece ? step : 1;
        if (piece && (piece->kind == PIECE_LINK || piece->kind == PIECE_OPEN))
            break;
        *need += piece && piece->kind == PIECE_TEXT ? strlen(piece->text) : !piece;
    }
    return len;
}

/* The text of len bytes with its pieces put in their places, `need` bytes together. Each
 * stands once, whatever the page forges. */
static const char *join(struct page_trimmed *trimmed, struct arena *arena,
                        const char *text, size_t len, size_t need)
{
    char *out = NULL;
    size_t used = 0, step;
    for (size_t at = 0; at < len; at += step) {
        struct page_piece *piece = is_private(text + at)
                                       ? piece_at(trimmed, text + at, &step)
                                       : NULL;
        step = piece ? step : 1;
        bool is_text = piece && piece->kind == PIECE_TEXT && !piece->is_used;
        if (is_text && step == len) {
            piece->is_used = true;
            return piece->text;
        }
        if (!out && !(out = arena_take(arena, need + 1, 1)))
            return NULL;
        if (!piece)
            out[used++] = text[at];
        if (!is_text)
            continue;
        size_t piece_len = strlen(piece->text);
        memcpy(out + used, piece->text, piece_len);
        used += piece_len;
        piece->is_used = true;
    }
    return out ? out : "";
}

bool page_trim_next(struct page_trimmed *trimmed, struct arena *arena, const char **text,
                    struct page_run *run)
{
    size_t step = 0, need;
    *run = (struct page_run){0};
    struct page_piece *piece = is_private(*text) ? piece_at(trimmed, *text, &step) : NULL;
    bool is_link = piece && (piece->kind == PIECE_LINK || piece->kind == PIECE_OPEN);
    if (is_link) {
        run->is_link = true;
        run->set = piece->set;
        *text += step;
    }
    if (is_link && piece->kind == PIECE_LINK) {
        run->text = piece->is_used ? "" : piece->text;
        piece->is_used = true;
        return true;
    }
    size_t len = plain_len(trimmed, *text, &need);
    if (is_link) { /* up to the piece that closes it */
        for (size_t at = 0; at < len; at += step) {
            const struct page_piece *other = is_private(*text + at)
                                                 ? piece_at(trimmed, *text + at, &step)
                                                 : NULL;
            step = other ? step : 1;
            if (other && other->kind == PIECE_CLOSE)
                len = at;
        }
    }
    run->text = join(trimmed, arena, *text, len, need);
    *text += len;
    return run->text != NULL;
}
