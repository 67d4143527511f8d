/* feed.c: items are found by their tags and taken apart by name: feeds in the wild are
 * often no XML that a parser would take. */
#define _GNU_SOURCE
#include "source/feed.h"

#include "source/charset.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define HEAD_LEN ((size_t)16 << 10)

static bool is_name_end(char c)
{
    return c == '>' || c == '/' || (unsigned char)c <= ' ';
}

/* The next "<name" in bytes[at..len); len when there is none. CDATA is passed over. */
static size_t find_tag(const char *bytes, size_t at, size_t len, const char *name)
{
    size_t name_len = strlen(name);
    while (at < len) {
        const char *open = memchr(bytes + at, '<', len - at);
        if (!open)
            break;
        at = (size_t)(open - bytes);
        if (len - at > name_len + 1 && memcmp(bytes + at + 1, name, name_len) == 0 &&
            is_name_end(bytes[at + 1 + name_len]))
            return at;
        if (len - at > 9 && memcmp(bytes + at, "<![CDATA[", 9) == 0) {
            const char *end = memmem(bytes + at, len - at, "]]>", 3);
            at = end ? (size_t)(end - bytes) + 2 : len;
        }
        at++;
    }
    return len;
}

struct value {
    const char *bytes;
    size_t len;
    bool is_markup; /* of itself, not by its escapes: xhtml */
};

/* What stands in the first element of that name, its tag in *tag. */
static bool find_value(const char *item, size_t len, const char *name,
                       struct value *value, struct value *tag)
{
    char close[40];
    size_t at = find_tag(item, 0, len, name);
    const char *end = at < len ? memchr(item + at, '>', len - at) : NULL;
    *value = (struct value){0};
    if (!end)
        return false;
    *tag = (struct value){item + at, (size_t)(end - item) - at, false};
    snprintf(close, sizeof close, "</%s", name);
    const char *start = end + 1;
    size_t left = len - (size_t)(start - item), stop;
    if (end[-1] == '/')
        return true;
    stop = find_tag(start, 0, left, close + 1);
    *value = (struct value){start, stop, false};
    return stop < left;
}

static bool is_blank(char c)
{
    return (unsigned char)c <= ' ';
}

static struct value trimmed(struct value value)
{
    while (value.len && is_blank(*value.bytes)) {
        value.bytes++;
        value.len--;
    }
    while (value.len && is_blank(value.bytes[value.len - 1]))
        value.len--;
    return value;
}

/* One entity of XML, or a number; 0 when it is left as it is. */
static size_t put_entity(const char *at, size_t left, char *out, size_t *used)
{
    static const char *const names[] = {"&lt;<", "&gt;>", "&amp;&", "&quot;\"",
                                        "&apos;'"};
    for (size_t i = 0; i < sizeof names / sizeof *names; i++) {
        size_t len = strlen(names[i]) - 1;
        if (left >= len && memcmp(at, names[i], len) == 0) {
            out[(*used)++] = names[i][len];
            return len;
        }
    }
    return 0;
}

/* CDATA taken off, or one level of escapes undone. */
static char *plain_copy(struct arena *arena, struct value value, size_t *len)
{
    char *out = arena_take(arena, value.len + 1, 1);
    *len = 0;
    for (size_t at = 0; out && at < value.len;) {
        size_t left = value.len - at, step = 0;
        const char *here = value.bytes + at;
        if (left > 9 && memcmp(here, "<![CDATA[", 9) == 0) {
            const char *end = memmem(here, left, "]]>", 3);
            size_t size = end ? (size_t)(end - here) - 9 : left - 9;
            memcpy(out + *len, here + 9, size);
            *len += size;
            at += 9 + size + (end ? 3 : 0);
            continue;
        }
        if (*here == '&' && !value.is_markup)
            step = put_entity(here, left, out, len);
        if (!step)
            out[(*len)++] = *here;
        at += step ? step : 1;
    }
    return out;
}

static const char *text_of(struct raw *raw, const char *item, size_t len,
                           const char *const *names)
{
    for (; *names; names++) {
        struct value value, tag;
        if (!find_value(item, len, *names, &value, &tag))
            continue;
        value = trimmed(value);
        size_t size;
        const char *copy = value.len ? plain_copy(&raw->arena, value, &size) : NULL;
        if (copy && *copy)
            return copy;
    }
    return NULL;
}

/* <link>address</link> (RSS) or <link rel="alternate" href="address"/> (Atom). */
static const char *link_of(struct raw *raw, const char *item, size_t len)
{
    for (size_t at = 0; (at = find_tag(item, at, len, "link")) < len; at++) {
        const char *end = memchr(item + at, '>', len - at);
        if (!end)
            return NULL;
        size_t size = (size_t)(end - item) - at;
        const char *href = memmem(item + at, size, "href=", 5);
        const char *rel = memmem(item + at, size, "rel=", 4);
        if (href && (!rel || strncmp(rel + 5, "alternate", 9) == 0)) {
            char quote = href[5];
            const char *stop = memchr(href + 6, quote, len - (size_t)(href + 6 - item));
            struct value value = {href + 6, stop ? (size_t)(stop - href) - 6 : 0, false};
            return plain_copy(&raw->arena, value, &size);
        }
        if (href)
            continue;
        const char *const names[] = {"link", NULL};
        return text_of(raw, item + at, len - at, names);
    }
    return NULL;
}

static bool is_page(const char *text, size_t len)
{
    for (const char *at = text, *end = text + len;
         (at = memchr(at, '<', (size_t)(end - at))); at++)
        if (at + 1 < end && ((at[1] >= 'a' && at[1] <= 'z') || at[1] == '/' ||
                             (at[1] >= 'A' && at[1] <= 'Z')))
            return true;
    return false;
}

/* The fullest of the elements that may hold the text. */
static void take_text(struct raw *raw, const char *item, size_t len)
{
    static const char *const names[] = {"content:encoded", "content", "description",
                                        "summary", "body"};
    for (size_t i = 0; i < sizeof names / sizeof *names; i++) {
        struct value value, tag;
        size_t size;
        if (!find_value(item, len, names[i], &value, &tag))
            continue;
        value = trimmed(value);
        value.is_markup = tag.bytes && memmem(tag.bytes, tag.len, "xhtml", 5) != NULL;
        char *text = value.len ? plain_copy(&raw->arena, value, &size) : NULL;
        if (!text || size <= raw->len)
            continue;
        raw->bytes = text;
        raw->len = size;
    }
    raw->format = raw->bytes && is_page(raw->bytes, raw->len) ? FORMAT_HTML : FORMAT_TEXT;
}

static enum outcome take_item(const struct feed *feed, struct raw *raw, const char *item,
                              size_t len, struct fail *fail)
{
    static const char *const titles[] = {"title", "dc:title", NULL};
    static const char *const dates[] = {"pubDate", "published", "dc:date",
                                        "date",    "updated",   NULL};
    static const char *const ids[] = {"guid", "id", NULL};
    static const char *const authors[] = {"dc:creator", "name", "author", NULL};
    struct decoded decoded;
    char *copy = arena_copy(&raw->arena, item, len);
    if (!copy)
        return fail_memory(fail);
    enum outcome outcome = charset_decode(
        copy, len, *feed->charset ? feed->charset : NULL, &raw->arena, &decoded, fail);
    if (outcome)
        return outcome;
    raw->is_utf8 = true;
    raw->title = text_of(raw, decoded.text, decoded.len, titles);
    raw->date = text_of(raw, decoded.text, decoded.len, dates);
    raw->id = text_of(raw, decoded.text, decoded.len, ids);
    raw->authors = text_of(raw, decoded.text, decoded.len, authors);
    raw->url = link_of(raw, decoded.text, decoded.len);
    raw->source = *feed->site ? arena_copy(&raw->arena, feed->site, strlen(feed->site))
                              : NULL;
    take_text(raw, decoded.text, decoded.len);
    if (!raw->bytes) {
        raw->bytes = "";
        raw->len = 0;
    }
    return OK;
}

/* The feed's own title and charset, from what stands before the first item. */
static void read_head(struct feed *feed, const char *bytes, size_t len)
{
    const char *const names[] = {"title", NULL};
    const char *mark = memmem(bytes, len < 200 ? len : 200, "encoding=", 9);
    struct raw raw = {0};
    arena_init(&raw.arena, 0);
    if (mark)
        snprintf(feed->charset, sizeof feed->charset, "%.*s",
                 (int)strcspn(mark + 10, "\"'?> "), mark + 10);
    size_t item = find_tag(bytes, 0, len, "item"),
           entry = find_tag(bytes, 0, len, "entry");
    size_t head = item < entry ? item : entry;
    const char *title = text_of(&raw, bytes, head, names);
    if (title && strlen(title) < sizeof feed->site)
        strcpy(feed->site, title);
    arena_free(&raw.arena);
}

enum outcome feed_next(struct feed *feed, struct raw *raw, bool *is_end,
                       struct fail *fail)
{
    const char *bytes;
    size_t len, want = HEAD_LEN;
    *is_end = false;
    for (;;) {
        size_t had = want;
        enum outcome outcome = stream_look(feed->stream, want, &bytes, &len, fail);
        if (outcome)
            return outcome;
        if (!feed->is_begun)
            read_head(feed, bytes, len);
        feed->is_begun = true;
        size_t item = find_tag(bytes, 0, len, "item");
        size_t entry = find_tag(bytes, 0, len, "entry");
        size_t start = item < entry ? item : entry;
        const char *close = item < entry ? "/item" : "/entry";
        size_t end = find_tag(bytes, start, len, close);
        if (end < len) {
            feed->items++;
            outcome = take_item(feed, raw, bytes + start, end - start, fail);
            stream_advance(feed->stream, end + 1);
            return outcome;
        }
        *is_end = len < had;
        if (*is_end)
            return start < len
                       ? fail_with(fail, FAIL_DATA, "the feed ends inside an item")
                       : OK;
        if (start < len)
            want = (len - start) * 2 + HEAD_LEN;
        stream_advance(feed->stream, start < len ? start : len - 16);
        if (want > HTML_MAX_LEN)
            return fail_with(fail, FAIL_LIMIT,
                             "an item longer than the %zu bytes allowed", HTML_MAX_LEN);
    }
}
