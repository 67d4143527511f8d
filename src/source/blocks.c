/* blocks.c: nodes to blocks of text. */
#include "source/blocks.h"

#include "base/utf8.h"
#include "doc/doc.h"

#include <string.h>

#define PROSE_MIN 40 /* bytes of a block that may be prose */
#define SHORT_LINE 80
#define AFTER_DAY 60 /* bytes of a text that is no day's own line behind it */
#define STOP_MIN 60  /* bytes of a line that ends in a stop and is a paragraph */

static const char *const block_tags[] = {
    "p",       "div",        "section", "article", "main",     "body",       "html",
    "h1",      "h2",         "h3",      "h4",      "h5",       "h6",         "li",
    "ul",      "ol",         "dl",      "dt",      "dd",       "blockquote", "pre",
    "figure",  "figcaption", "table",   "tr",      "td",       "th",         "header",
    "footer",  "nav",        "aside",   "form",    "fieldset", "address",    "details",
    "summary", "center",     "hr",      "caption", "hgroup",   NULL};
static const char *const out_tags[] = {"nav",         "aside",
                                       "button",      "script",
                                       "noscript",    "head",
                                       "label",       "audio",
                                       "video",       "menu",
                                       "dialog",      "textarea",
                                       "input",       "amp-ad",
                                       "amp-sidebar", "amp-user-notification",
                                       "amp-embed",   "amp-social-share",
                                       NULL};
/* An element of a page's own making is a block where none of these is around it. */
static const char *const line_tags[] = {"p",  "h1", "h2", "h3", "h4", "h5", "h6",
                                        "li", "td", "th", "dd", "dt", "a",  NULL};
static const char *const frame_tags[] = {"html", "body", "main", NULL};

bool is_tag(const struct page_node *node, const char *const *tags)
{
    for (; node->tag && *tags; tags++)
        if (node->tag[0] == (*tags)[0] && strcmp(node->tag, *tags) == 0)
            return true;
    return false;
}

int heading_level(const struct page_node *node)
{
    bool is_heading = node->tag && node->tag[0] == 'h' && node->tag[1] >= '1' &&
                      node->tag[1] <= '6' && node->tag[2] == '\0';
    return is_heading ? node->tag[1] - '0' : 0;
}

static bool is_hidden(const struct page_node *node)
{
    const char *style = page_attribute(node, "style");
    const char *aria = page_attribute(node, "aria-hidden");
    return page_attribute(node, "hidden") || (aria && strcmp(aria, "true") == 0) ||
           (style && (strstr(style, "display:none") || strstr(style, "display: none")));
}

/* Few tags make up a page: what was found out of them is kept. */
#define KNOWN_TAGS 64

enum tag_fact { IS_BLOCK = 1, IS_OUT = 2, IS_FRAME = 4, IS_LINK = 8 };

struct known {
    struct {
        const char *tag; /* by its address */
        uint8_t facts;   /* enum tag_fact */
    } tags[KNOWN_TAGS];
};

static uint8_t tag_facts(struct known *known, const struct page_node *node)
{
    static const char *const links[] = {"a", NULL};
    if (!node->tag)
        return 0;
    uint32_t slot = (uint32_t)((uintptr_t)node->tag >> 2) % KNOWN_TAGS;
    if (known->tags[slot].tag != node->tag) {
        known->tags[slot].tag = node->tag;
        known->tags[slot].facts = (uint8_t)((is_tag(node, block_tags) ? IS_BLOCK : 0) |
                                            (is_tag(node, out_tags) ? IS_OUT : 0) |
                                            (is_tag(node, frame_tags) ? IS_FRAME : 0) |
                                            (is_tag(node, links) ? IS_LINK : 0));
    }
    return known->tags[slot].facts;
}

static enum hint hint_here(struct hint_words *words, struct known *known,
                           const struct page_node *node)
{
    enum hint hint = HINT_NONE;
    if (node->attribute_count == 0 || (tag_facts(known, node) & IS_FRAME))
        return HINT_NONE;
    if (is_hidden(node))
        return HINT_BAD;
    for (uint32_t i = 0; i < node->attribute_count; i++)
        hint = hint_first(hint, hint_of(words, &node->attributes[i]));
    return hint;
}

static void read_facts(struct hint_words *words, struct page_blocks *blocks)
{
    struct known known = {0};
    for (uint32_t i = 0; i < blocks->page->nodes.count; i++) {
        const struct page_node *node = &blocks->page->nodes.items[i];
        const struct page_fact *up = i ? &blocks->facts[node->parent] : NULL;
        struct page_fact *fact = &blocks->facts[i];
        uint8_t facts = tag_facts(&known, node);
        bool is_own = node->tag && strchr(node->tag, '-') &&
                      !is_tag(&blocks->page->nodes.items[node->parent], line_tags);
        fact->block = up && !(facts & IS_BLOCK) && !is_own ? up->block : i;
        fact->in_link = (up && up->in_link) || (facts & IS_LINK);
        fact->is_out = (up && up->is_out) || (facts & IS_OUT);
        fact->hint = (uint8_t)hint_here(words, &known, node);
    }
}

/* Adds a node's text to the open block, blanks collapsed. */
static void add_text(struct page_blocks *blocks, struct page_block *block,
                     const char *text, bool is_link)
{
    for (size_t at = 0, left = strlen(text); left;) {
        uint32_t code = (unsigned char)text[at];
        if (code > ' ' && code < 0x7F) {
            blocks->text[blocks->text_len++] = text[at++];
            block->links += is_link;
            left--;
            continue;
        }
        size_t step = utf8_next(text + at, left, &code);
        if (!step) {
            at++;
            left--;
            continue;
        }
        bool is_blank = utf8_is_space(code) || code < ' ';
        if (!is_blank) {
            memcpy(blocks->text + blocks->text_len, text + at, step);
            blocks->text_len += (uint32_t)step;
            block->links += is_link ? (uint32_t)step : 0;
        } else if (blocks->text_len > block->start &&
                   blocks->text[blocks->text_len - 1] != ' ') {
            blocks->text[blocks->text_len++] = ' ';
            block->links += is_link;
        }
        at += step;
        left -= step;
    }
}

static double prose_of(const char *text, const struct page_block *block)
{
    bool has_sign = memchr(text, ',', block->len) || memchr(text, '.', block->len);
    if (block->len < PROSE_MIN || block->links * 2 > block->len || !has_sign)
        return 0;
    return block->len - block->links;
}

static void close_block(struct page_blocks *blocks)
{
    struct page_block *block = &blocks->list.items[blocks->list.count - 1];
    while (blocks->text_len > block->start && blocks->text[blocks->text_len - 1] == ' ')
        blocks->text_len--;
    block->len = blocks->text_len - block->start;
    block->links = block->links < block->len ? block->links : block->len;
    if (block->len == 0) {
        blocks->list.count--;
        return;
    }
    blocks->text[blocks->text_len++] = '\0';
    block->prose = prose_of(blocks->text + block->start, block);
}

static bool is_break(const struct page_node *node)
{
    return node->tag && strcmp(node->tag, "br") == 0;
}

/* Words that stand in different elements of a line stay apart. */
static bool is_blank(const char *text)
{
    return text[strspn(text, " \t\r\n")] == '\0';
}

static bool in_pre(const struct page_blocks *blocks, uint32_t node)
{
    const char *tag = blocks->page->nodes.items[blocks->facts[node].block].tag;
    return tag && strcmp(tag, "pre") == 0;
}

/* An empty line inside <pre> parts paragraphs; returns where the next one begins. */
static const char *part_end(const char *text)
{
    const char *at = text;
    for (; (at = strchr(at, '\n')); at++)
        if (at[1 + strspn(at + 1, " \t\r")] == '\n')
            return at + 1;
    return NULL;
}

struct gathering {
    struct page_blocks *blocks;
    struct arena *arena;
    uint32_t open, breaks;
    bool has_day; /* the open block holds the day alone */
};

static void shut(struct gathering *g)
{
    if (g->open != NONE)
        close_block(g->blocks);
    g->open = NONE;
}

/* One <br> parts what is no running text: a sentence that ended, or a short line (title,
 * byline, day in old layouts), before a line that begins anew. */
static bool parts_lines(const struct page_blocks *blocks, const char *next)
{
    const struct page_block *block = &blocks->list.items[blocks->list.count - 1];
    uint32_t end = blocks->text_len, code = 0;
    next += strspn(next, " \t\r\n");
    while (end > block->start && blocks->text[end - 1] == ' ')
        end--;
    uint32_t len = end - block->start;
    bool has_stop = len && strchr(".?!:\"", blocks->text[end - 1]);
    utf8_next(next, strlen(next), &code);
    bool is_new = code >= 0x80 ? utf8_is_upper(code) || !utf8_is_letter(code)
                               : !(code >= 'a' && code <= 'z');
    return is_new && (has_stop ? len >= STOP_MIN : len > 0 && len <= SHORT_LINE);
}

/* Inside an element that the page calls the day, and that is no block. */
static bool is_day(const struct page_blocks *blocks, uint32_t at)
{
    uint32_t up = blocks->page->nodes.items[at].parent;
    return blocks->facts[up].block != up && blocks->facts[up].hint == HINT_DATE;
}

static bool take_text(struct gathering *g, uint32_t at, const char *text)
{
    struct page_blocks *blocks = g->blocks;
    bool is_behind_day = g->open != NONE && g->has_day && !is_day(blocks, at);
    if (is_behind_day && strlen(text) > AFTER_DAY)
        shut(g);
    if (g->open != NONE && g->breaks && !is_blank(text) && parts_lines(blocks, text))
        shut(g);
    if (g->open == NONE) {
        if (is_blank(text))
            return true;
        g->open = blocks->facts[at].block;
        struct page_block *block = array_push(g->arena, &blocks->list);
        if (!block)
            return false;
        *block = (struct page_block){
            .node = g->open, .first = at, .start = blocks->text_len};
        g->has_day = is_day(blocks, at);
    } else if (g->breaks) {
        add_text(blocks, &blocks->list.items[blocks->list.count - 1], " ", false);
    }
    add_text(blocks, &blocks->list.items[blocks->list.count - 1], text,
             blocks->facts[at].in_link);
    if (!is_blank(text))
        g->breaks = 0;
    g->has_day = g->has_day && is_day(blocks, at);
    return true;
}

/* The text of one <pre>: cut in place at its empty lines. */
static bool take_pre(struct gathering *g, uint32_t at)
{
    const char *text = g->blocks->page->nodes.items[at].text;
    for (const char *end; (end = part_end(text)); text = end) {
        char *part = arena_copy(g->arena, text, (size_t)(end - text));
        if (!part || !take_text(g, at, part))
            return false;
        shut(g);
    }
    return take_text(g, at, text);
}

static bool gather(struct gathering *g)
{
    struct page_blocks *blocks = g->blocks;
    const struct page_node *nodes = blocks->page->nodes.items;
    for (uint32_t i = 0; i < blocks->page->nodes.count; i++) {
        const struct page_fact *fact = &blocks->facts[i];
        g->breaks += is_break(&nodes[i]);
        if (g->open != NONE &&
            (fact->block == i || fact->block != g->open || g->breaks > 1))
            shut(g);
        if (!nodes[i].text || fact->is_out)
            continue;
        if (!(in_pre(blocks, i) ? take_pre(g, i) : take_text(g, i, nodes[i].text)))
            return false;
    }
    shut(g);
    return true;
}

enum outcome blocks_read(const struct table *classes, const struct page *page,
                         struct arena *arena, struct page_blocks *blocks,
                         struct fail *fail)
{
    size_t need = 1;
    *blocks = (struct page_blocks){.page = page};
    blocks->facts = arena_take(arena, page->nodes.count, sizeof *blocks->facts);
    for (uint32_t i = 0; i < page->nodes.count; i++)
        need += page->nodes.items[i].text ? strlen(page->nodes.items[i].text) + 2 : 2;
    blocks->text = need < DOC_MAX_LEN * (size_t)4 ? arena_take(arena, need, 1) : NULL;
    struct gathering gathering = {.blocks = blocks, .arena = arena, .open = NONE};
    struct hint_words *words = hint_words_open(classes, arena);
    if (!blocks->facts || !blocks->text || !words)
        return fail_memory(fail);
    read_facts(words, blocks);
    return gather(&gathering) ? OK : fail_memory(fail);
}

void blocks_weigh(struct page_blocks *blocks)
{
    const struct page_node *nodes = blocks->page->nodes.items;
    for (uint32_t i = 0; i < blocks->page->nodes.count; i++) {
        blocks->facts[i].prose = 0;
        blocks->facts[i].len = blocks->facts[i].links = 0;
    }
    for (uint32_t i = 0; i < blocks->list.count; i++) {
        const struct page_block *block = &blocks->list.items[i];
        struct page_fact *fact = &blocks->facts[block->node];
        if (!blocks->facts[block->first].is_out)
            fact->prose += block->prose;
        fact->len += block->len;
        fact->links += block->links;
    }
    for (uint32_t i = blocks->page->nodes.count; i-- > 1;) {
        struct page_fact *up = &blocks->facts[nodes[i].parent];
        up->prose += blocks->facts[i].prose;
        up->len += blocks->facts[i].len;
        up->links += blocks->facts[i].links;
    }
}
