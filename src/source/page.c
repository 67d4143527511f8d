/* page.c: gumbo, fenced in. Its tree is built in an arena, never freed by its own
 * recursive way; what makes it slow or deep (nesting, huge tags, scripts) is taken out of
 * the text before. */
#define _POSIX_C_SOURCE 200809L
#include "source/page.h"

#include <gumbo.h>
#include <setjmp.h>
#include <string.h>
#include <strings.h>

#define DEEPEST 300
#define LONGEST_VALUE ((size_t)16 << 10)
#define MOST_ATTRIBUTES 40

/* ---- making the text harmless ---- */

static char lower(char c)
{
    return c >= 'A' && c <= 'Z' ? (char)(c + 32) : c;
}

static bool is_name(const char *at, size_t left, const char *name)
{
    size_t len;
    if (!left || lower(*at) != *name || left < (len = strlen(name)) ||
        strncasecmp(at, name, len) != 0)
        return false;
    return left == len || strchr(" \t\r\n\f/>=", at[len]) != NULL;
}

static bool is_one_of(const char *at, size_t left, const char *const *names)
{
    char first = left ? lower(*at) : '\0';
    for (; *names; names++)
        if (**names == first && is_name(at, left, *names))
            return true;
    return false;
}

/* Elements that hold no text of an article, whatever the page. */
static const char *const skipped[] = {
    "style",  "svg",    "template", "iframe",   "object", "math",  "canvas",
    "select", "button", "nav",      "noscript", "audio",  "video", NULL};
/* Tags that say nothing of the text inside them: left out, and so are their ends. */
static const char *const unread[] = {
    "b",      "i",    "em",     "strong", "font",    "u",   "small", "big",
    "tt",     "img",  "source", "input",  "picture", "wbr", "param", "embed",
    "strike", "nobr", "track",  "col",    "base",    NULL};
/* Never nest: void elements, and those whose end tag may be left out. */
static const char *const flat[] = {
    "area",     "br",   "hr",   "link", "meta",  "p",        "li",     "dt",
    "dd",       "tr",   "td",   "th",   "thead", "tbody",    "tfoot",  "option",
    "colgroup", "html", "head", "body", "title", "textarea", "script", NULL};

/* What is read of elements; of links and abbreviations a little more. */
static const char *const read_attributes[] = {"class",       "id",
                                              "itemprop",    "role",
                                              "name",        "rel",
                                              "content",     "property",
                                              "datetime",    "type",
                                              "hidden",      "aria-hidden",
                                              "style",       "data-component",
                                              "data-testid", "data-gu-name",
                                              "lang",        "http-equiv",
                                              NULL};
static const char *const link_attributes[] = {"href", NULL};
static const char *const abbr_attributes[] = {"title", NULL};

/* Just after the `>` of the tag at `at`, quotes respected; len when it never ends. */
static size_t tag_end(const char *html, size_t at, size_t len)
{
    char quote = 0;
    for (at++; at < len; at++) {
        char c = html[at];
        if (quote) {
            const char *end = memchr(html + at, quote, len - at);
            if (!end)
                return len;
            at = (size_t)(end - html);
            quote = 0;
        } else if ((c == '"' || c == '\'') && html[at - 1] == '=') {
            quote = c; /* a quote opens a value only after `=` */
        } else if (c == '>') {
            return at + 1;
        }
    }
    return len;
}

static size_t find_close(const char *html, size_t at, size_t len, const char *name)
{
    size_t name_len = strlen(name);
    for (const char *next; at < len && (next = memchr(html + at, '<', len - at)); at++) {
        at = (size_t)(next - html);
        if (at + name_len + 2 <= len && html[at + 1] == '/' &&
            is_name(html + at + 2, len - at - 2, name))
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

struct trim {
    const char *html;
    size_t len, at;
    char *out;
    size_t used;
    uint32_t depth, dropped;
    uint32_t unclosed; /* a bit for each of skipped[]: no end tag is left for it */
    bool in_pre;       /* blanks count */
};

static void keep(struct trim *trim, size_t from, size_t to)
{
    memcpy(trim->out + trim->used, trim->html + from, to - from);
    trim->used += to - from;
}

/* A whole element that is left out; false when the tag at trim->at begins none. */
static bool skip_element(struct trim *trim, size_t end)
{
    const char *name = trim->html + trim->at + 1;
    size_t left = trim->len - trim->at - 1;
    bool is_empty = end >= 2 && trim->html[end - 2] == '/';
    for (uint32_t i = 0; skipped[i]; i++) {
        if (!is_name(name, left, skipped[i]))
            continue;
        bool has_close = !is_empty && !(trim->unclosed >> i & 1);
        size_t close = has_close ? find_close(trim->html, end, trim->len, skipped[i])
                                 : trim->len;
        if (has_close && close == trim->len)
            trim->unclosed |= 1u << i;
        trim->at = close < trim->len ? tag_end(trim->html, close, trim->len) : end;
        return true;
    }
    if (!is_name(name, left, "script"))
        return false;
    size_t close = find_close(trim->html, end, trim->len, "script");
    size_t after = close < trim->len ? tag_end(trim->html, close, trim->len) : trim->len;
    size_t tag_len = end - trim->at < 2048 ? end - trim->at : 2048;
    if (close < trim->len && holds(trim->html + trim->at, tag_len, "ld+json"))
        keep(trim, trim->at, after);
    trim->at = after;
    return true;
}

/* One attribute that begins at html[at]; its end. */
static size_t attribute_end(const char *html, size_t at, size_t end)
{
    while (at < end && !strchr(" \t\r\n\f/>=", html[at]))
        at++;
    size_t value = at + strspn(html + at, " \t\r\n\f");
    if (value >= end || html[value] != '=')
        return at;
    value += 1 + strspn(html + value + 1, " \t\r\n\f");
    if (value >= end)
        return end;
    if (html[value] == '"' || html[value] == '\'') {
        const char *close = memchr(html + value + 1, html[value], end - value - 1);
        return close ? (size_t)(close + 1 - html) : end;
    }
    while (value < end && !strchr(" \t\r\n\f>", html[value]))
        value++;
    return value;
}

/* The tag with those attributes alone that are read. */
static void keep_tag(struct trim *trim, size_t at, size_t end)
{
    const char *html = trim->html;
    size_t name = at + 1;
    const char *const *more = is_name(html + name, end - name, "link")   ? link_attributes
                              : is_name(html + name, end - name, "abbr") ? abbr_attributes
                                                                         : NULL;
    uint32_t kept = 0;
    size_t from = name;
    while (from < end && !strchr(" \t\r\n\f/>", html[from]) && from - name < 40)
        from++;
    keep(trim, at, from);
    while (from < end) {
        size_t start = from + strspn(html + from, " \t\r\n\f/");
        if (start >= end || html[start] == '>')
            break;
        from = attribute_end(html, start, end);
        if (from == start)
            from++;
        bool is_read = is_one_of(html + start, end - start, read_attributes) ||
                       (more && is_one_of(html + start, end - start, more));
        if (!is_read || from - start > LONGEST_VALUE || kept == MOST_ATTRIBUTES)
            continue;
        trim->out[trim->used++] = ' ';
        keep(trim, start, from < end ? from : end);
        kept++;
    }
    trim->out[trim->used++] = '>';
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

static void take_tag(struct trim *trim)
{
    size_t at = trim->at, end = tag_end(trim->html, at, trim->len);
    bool is_close = trim->html[at + 1] == '/';
    const char *name = trim->html + at + 1 + is_close;
    size_t left = trim->len - (size_t)(name - trim->html);
    if (!is_close && skip_element(trim, end))
        return;
    trim->at = end;
    if (is_one_of(name, left, unread))
        return;
    if (!is_one_of(name, left, flat) && is_too_deep(trim, is_close))
        return;
    if (is_name(name, left, "pre"))
        trim->in_pre = !is_close;
    if (is_close && end - at < 40)
        keep(trim, at, end);
    else
        keep_tag(trim, at, end);
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

/* Text, each run of blanks as one. */
static void keep_text(struct trim *trim, size_t from, size_t to)
{
    if (trim->in_pre) {
        keep(trim, from, to);
        return;
    }
    for (size_t at = from; at < to; at++) {
        char c = trim->html[at];
        bool is_blank = c == ' ' || c == '\n' || c == '\t' || c == '\r';
        if (!is_blank)
            trim->out[trim->used++] = c;
        else if (!trim->used || trim->out[trim->used - 1] != ' ')
            trim->out[trim->used++] = ' ';
    }
}

static void trim_page(struct trim *trim)
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

/* ---- the library ---- */

struct fence {
    struct arena *arena;
    jmp_buf full;
};

/* gumbo does not look whether it got memory. */
static void *fenced_take(void *data, size_t size)
{
    struct fence *fence = data;
    void *at = arena_take(fence->arena, size ? size : 1, 1);
    if (!at)
        longjmp(fence->full, 1);
    return at;
}

static void fenced_free(void *data, void *at)
{
    (void)data;
    (void)at;
}

static const char *tag_name(const GumboElement *element, struct arena *arena)
{
    if (element->tag != GUMBO_TAG_UNKNOWN)
        return gumbo_normalized_tagname(element->tag);
    GumboStringPiece piece = element->original_tag;
    gumbo_tag_from_original_text(&piece);
    size_t len = piece.length < 40 ? piece.length : 40;
    char *name = arena_copy(arena, piece.data ? piece.data : "", piece.data ? len : 0);
    for (char *at = name; at && *at; at++)
        if (*at >= 'A' && *at <= 'Z')
            *at = (char)(*at + 32);
    return name;
}

static struct page_node *add_node(struct page *page, struct arena *arena, uint32_t parent)
{
    struct page_node *node = array_push(arena, &page->nodes);
    if (node) {
        node->parent = page->nodes.count == 1 ? 0 : parent;
        node->end = page->nodes.count;
    }
    return node;
}

static bool add_element(struct page *page, struct arena *arena, uint32_t parent,
                        const GumboElement *element)
{
    struct page_node *node = add_node(page, arena, parent);
    uint32_t count = element->attributes.length;
    struct page_attribute *attributes = node
                                            ? arena_take(arena, count, sizeof *attributes)
                                            : NULL;
    if (!attributes)
        return false;
    for (uint32_t i = 0; i < count; i++) {
        const GumboAttribute *attribute = element->attributes.data[i];
        attributes[i] = (struct page_attribute){attribute->name, attribute->value};
    }
    node->tag = tag_name(element, arena);
    node->attributes = attributes;
    node->attribute_count = count;
    return node->tag != NULL;
}

struct frame {
    const GumboElement *element;
    uint32_t node, child;
};

struct frames {
    ARRAY(struct frame) list;
};

static bool push_frame(struct frames *frames, struct arena *arena,
                       const GumboElement *element, uint32_t node)
{
    struct frame *frame = array_push(arena, &frames->list);
    if (frame)
        *frame = (struct frame){element, node, 0};
    return frame != NULL;
}

static enum outcome flatten(const GumboNode *root, struct arena *arena, struct page *page,
                            struct fail *fail)
{
    struct frames frames = {0};
    bool is_sound = add_element(page, arena, 0, &root->v.element) &&
                    push_frame(&frames, arena, &root->v.element, 0);
    while (is_sound && frames.list.count) {
        struct frame *frame = &frames.list.items[frames.list.count - 1];
        if (frame->child == frame->element->children.length) {
            page->nodes.items[frame->node].end = page->nodes.count;
            frames.list.count--;
            continue;
        }
        const GumboNode *child = frame->element->children.data[frame->child++];
        uint32_t parent = frame->node, number = page->nodes.count;
        if (child->type == GUMBO_NODE_ELEMENT || child->type == GUMBO_NODE_TEMPLATE) {
            is_sound = add_element(page, arena, parent, &child->v.element) &&
                       push_frame(&frames, arena, &child->v.element, number);
        } else if (child->type != GUMBO_NODE_COMMENT &&
                   child->type != GUMBO_NODE_DOCUMENT) {
            struct page_node *node = add_node(page, arena, parent);
            is_sound = node != NULL;
            if (node)
                node->text = child->v.text.text;
        }
    }
    return is_sound ? OK : fail_memory(fail);
}

enum outcome page_parse(const char *html, size_t len, struct arena *arena,
                        struct page *page, struct fail *fail)
{
    *page = (struct page){0};
    struct trim trim = {.html = html, .len = len, .out = arena_take(arena, len + 1, 2)};
    struct fence fence = {.arena = arena};
    if (!trim.out)
        return fail_memory(fail);
    trim_page(&trim);
    GumboOptions options = kGumboDefaultOptions;
    options.allocator = fenced_take;
    options.deallocator = fenced_free;
    options.userdata = &fence;
    options.max_errors = 0;
    if (setjmp(fence.full))
        return fail_with(fail, FAIL_LIMIT, "the page is too tangled to be read");
    const GumboOutput *output = gumbo_parse_with_options(&options, trim.out, trim.used);
    return flatten(output->root, arena, page, fail);
}

const char *page_attribute(const struct page_node *node, const char *name)
{
    for (uint32_t i = 0; i < node->attribute_count; i++)
        if (node->attributes[i].name[0] == name[0] &&
            strcmp(node->attributes[i].name, name) == 0)
            return node->attributes[i].value;
    return NULL;
}

bool page_charset(const char *html, size_t len, char name[40])
{
    size_t look = len < 4096 ? len : 4096, used = 0;
    for (size_t at = 0; at + 8 < look; at++) {
        if (strncasecmp(html + at, "charset=", 8) != 0)
            continue;
        at += 8;
        while (at < look && (html[at] == '"' || html[at] == '\'' || html[at] == ' '))
            at++;
        while (at < look && used < 39 && html[at] > ' ' && !strchr("\"'/>;", html[at]))
            name[used++] = html[at++];
        break;
    }
    name[used] = '\0';
    return used > 0;
}
