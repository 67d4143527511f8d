/* article.c: the article finder. Text is gathered into blocks; a block counts for as much
 * as it reads like prose; the article is the deepest element that holds most of the
 * page's prose. */
#include "source/article.h"

#include "base/utf8.h"

#include <string.h>

#define DOMINANT                                                                         \
    0.7 /* share of its parent's prose at which an element is descended into */
#define ARTICLE_MIN 0.4 /* share of the page's prose that a marked article must hold */
#define PROSE_MIN 40    /* bytes of a block that may be prose */
#define CLASS_CAP 200

enum class_kind { CLASS_NONE, CLASS_BAD, CLASS_CAPTION, CLASS_BYLINE };

struct block {
    uint32_t node;              /* the block element */
    uint32_t start, len, links; /* in the finder's text; bytes inside links */
    double prose;
};

struct finder {
    const struct page *page;
    const struct table *classes;
    struct arena *arena;
    uint32_t *block_of; /* for each node: the block element it lies in */
    uint8_t *class_of;  /* enum class_kind, of the node itself */
    bool *is_out, *in_link;
    double *prose; /* of all blocks inside each node */
    ARRAY(struct block) blocks;
    char *text;
    uint32_t text_len;
};

static bool is_tag(const struct page_node *node, const char *const *names)
{
    for (; node->tag && *names; names++)
        if (strcmp(node->tag, *names) == 0)
            return true;
    return false;
}

static const char *const block_tags[] = {
    "p",       "div",        "section", "article", "main",     "body",       "html",
    "h1",      "h2",         "h3",      "h4",      "h5",       "h6",         "li",
    "ul",      "ol",         "dl",      "dt",      "dd",       "blockquote", "pre",
    "figure",  "figcaption", "table",   "tr",      "td",       "th",         "header",
    "footer",  "nav",        "aside",   "form",    "fieldset", "address",    "details",
    "summary", "center",     "hr",      NULL};
static const char *const out_tags[] = {
    "nav",   "footer", "aside", "form", "button", "script",   "noscript", "head",
    "label", "audio",  "video", "menu", "dialog", "textarea", NULL};
static const char *const frame_tags[] = {"html", "body", "main", "article", NULL};

/* The first thing that a word of an attribute says, "share-bar" and "shareBar" cut into
 * words. */
static enum class_kind class_words(const struct finder *f, const char *value)
{
    char word[32];
    size_t used = 0;
    uint32_t kind = f->classes ? table_column(f->classes, "kind") : 0;
    for (size_t at = 0; value && f->classes && at < CLASS_CAP; at++) {
        char c = value[at];
        bool is_small = c >= 'a' && c <= 'z', is_large = c >= 'A' && c <= 'Z';
        bool is_hump = is_large && used && value[at - 1] >= 'a' && value[at - 1] <= 'z';
        if ((!is_small && !is_large) || is_hump) {
            word[used] = '\0';
            uint32_t row = used ? table_row(f->classes, word) : NONE;
            const char *says = row != NONE ? table_cell(f->classes, row, kind) : "";
            if (*says)
                return *says == 'b' ? (says[1] == 'a' ? CLASS_BAD : CLASS_BYLINE)
                                    : CLASS_CAPTION;
            used = 0;
        }
        if ((is_small || is_large) && used < sizeof word - 1)
            word[used++] = (char)(is_large ? c + 32 : c);
        if (c == '\0')
            break;
    }
    return CLASS_NONE;
}

static bool is_hidden(const struct page_node *node)
{
    const char *style = page_attribute(node, "style");
    const char *aria = page_attribute(node, "aria-hidden");
    return page_attribute(node, "hidden") || (aria && strcmp(aria, "true") == 0) ||
           (style && (strstr(style, "display:none") || strstr(style, "display: none")));
}

static enum class_kind class_of_node(const struct finder *f, const struct page_node *node)
{
    static const char *const names[] = {"class",    "id",   "rel",
                                        "itemprop", "role", "data-testid"};
    if (node->attribute_count == 0 || is_tag(node, frame_tags))
        return CLASS_NONE;
    if (is_hidden(node))
        return CLASS_BAD;
    for (size_t i = 0; i < sizeof names / sizeof *names; i++) {
        enum class_kind kind = class_words(f, page_attribute(node, names[i]));
        if (kind)
            return kind;
    }
    return CLASS_NONE;
}

static bool mark_nodes(struct finder *f)
{
    uint32_t count = f->page->nodes.count;
    f->block_of = arena_take(f->arena, count, sizeof *f->block_of);
    f->class_of = arena_take(f->arena, count, 1);
    f->is_out = arena_take(f->arena, count, sizeof *f->is_out);
    f->in_link = arena_take(f->arena, count, sizeof *f->in_link);
    f->prose = arena_take(f->arena, count, sizeof *f->prose);
    if (!f->block_of || !f->class_of || !f->is_out || !f->in_link || !f->prose)
        return false;
    for (uint32_t i = 0; i < count; i++) {
        const struct page_node *node = &f->page->nodes.items[i];
        f->block_of[i] = i && !is_tag(node, block_tags) ? f->block_of[node->parent] : i;
        f->in_link[i] = (i && f->in_link[node->parent]) ||
                        (node->tag && strcmp(node->tag, "a") == 0);
        f->is_out[i] = (i && f->is_out[node->parent]) || is_tag(node, out_tags);
        f->class_of[i] = node->tag ? (uint8_t)class_of_node(f, node) : CLASS_NONE;
    }
    return true;
}

/* Adds a node's text to the open block, blanks collapsed. */
static void add_text(struct finder *f, struct block *block, const char *text,
                     bool is_link)
{
    for (size_t at = 0, left = strlen(text); left;) {
        uint32_t code;
        size_t step = utf8_next(text + at, left, &code);
        if (!step) {
            at++;
            left--;
            continue;
        }
        bool is_blank = utf8_is_space(code) || code < ' ';
        if (!is_blank) {
            memcpy(f->text + f->text_len, text + at, step);
            f->text_len += (uint32_t)step;
            block->links += is_link ? (uint32_t)step : 0;
        } else if (f->text_len > block->start && f->text[f->text_len - 1] != ' ') {
            f->text[f->text_len++] = ' ';
        }
        at += step;
        left -= step;
    }
}

static void close_block(struct finder *f)
{
    struct block *block = &f->blocks.items[f->blocks.count - 1];
    while (f->text_len > block->start && f->text[f->text_len - 1] == ' ')
        f->text_len--;
    block->len = f->text_len - block->start;
    if (block->len == 0)
        f->blocks.count--;
    else
        f->text_len++; /* a NUL between blocks */
}

static bool open_block(struct finder *f, uint32_t node)
{
    struct block *block = array_push(f->arena, &f->blocks);
    if (block)
        *block = (struct block){.node = node, .start = f->text_len};
    return block != NULL;
}

static bool is_break(const struct finder *f, uint32_t at)
{
    const struct page_node *node = &f->page->nodes.items[at];
    return node->tag && strcmp(node->tag, "br") == 0;
}

static bool gather(struct finder *f)
{
    size_t need = 1;
    uint32_t open = NONE, breaks = 0;
    const struct page_node *nodes = f->page->nodes.items;
    for (uint32_t i = 0; i < f->page->nodes.count; i++)
        need += nodes[i].text ? strlen(nodes[i].text) + 2 : 2;
    f->text = need < DOC_MAX_LEN * (size_t)4 ? arena_take(f->arena, need, 1) : NULL;
    if (!f->text)
        return false;
    for (uint32_t i = 0; i < f->page->nodes.count; i++) {
        bool is_block = f->block_of[i] == i;
        breaks = is_break(f, i) ? breaks + 1 : breaks;
        if (open != NONE && (is_block || f->block_of[i] != open || breaks > 1)) {
            close_block(f);
            open = NONE;
        }
        if (!nodes[i].text || f->is_out[i])
            continue;
        if (open == NONE) {
            open = f->block_of[i];
            if (!open_block(f, open))
                return false;
        } else if (breaks) {
            add_text(f, &f->blocks.items[f->blocks.count - 1], " ", false);
        }
        add_text(f, &f->blocks.items[f->blocks.count - 1], nodes[i].text, f->in_link[i]);
        if (nodes[i].text[strspn(nodes[i].text, " \t\r\n")])
            breaks = 0;
    }
    if (open != NONE)
        close_block(f);
    return true;
}

static double prose_of(const struct finder *f, const struct block *block)
{
    const char *text = f->text + block->start;
    uint32_t signs = 0;
    if (block->len < PROSE_MIN || block->links * 2 > block->len)
        return 0;
    for (uint32_t i = 0; i < block->len; i++)
        signs += text[i] == ',' || text[i] == '.';
    return signs ? (double)(block->len - block->links) : 0;
}

/* Prose of every element; bad ones count nothing unless they hold most of the page. */
static void weigh(struct finder *f)
{
    const struct page_node *nodes = f->page->nodes.items;
    for (uint32_t i = 0; i < f->blocks.count; i++) {
        struct block *block = &f->blocks.items[i];
        block->prose = prose_of(f, block);
        f->prose[block->node] += block->prose;
    }
    for (uint32_t i = f->page->nodes.count; i-- > 1;)
        f->prose[nodes[i].parent] += f->prose[i];
    double most = f->prose[0] * 0.5;
    for (uint32_t i = 1; i < f->page->nodes.count; i++) {
        bool is_bad = f->class_of[i] == CLASS_BAD && f->prose[i] <= most;
        f->is_out[i] = f->is_out[i] || f->is_out[nodes[i].parent] || is_bad;
    }
    memset(f->prose, 0, f->page->nodes.count * sizeof *f->prose);
    for (uint32_t i = 0; i < f->blocks.count; i++)
        if (!f->is_out[f->blocks.items[i].node])
            f->prose[f->blocks.items[i].node] += f->blocks.items[i].prose;
    for (uint32_t i = f->page->nodes.count; i-- > 1;)
        f->prose[nodes[i].parent] += f->prose[i];
}

/* The best element that the page itself marks as its article; 0 when there is none. */
static uint32_t marked_article(const struct finder *f)
{
    uint32_t best = 0;
    for (uint32_t i = 1; i < f->page->nodes.count; i++) {
        const struct page_node *node = &f->page->nodes.items[i];
        const char *property = page_attribute(node, "itemprop");
        bool is_marked = node->tag &&
                         (strcmp(node->tag, "article") == 0 ||
                          (property && strcmp(property, "articleBody") == 0));
        if (is_marked && f->prose[i] >= f->prose[0] * ARTICLE_MIN &&
            (best == 0 || f->prose[i] >= f->prose[best] * 0.9))
            best = i;
    }
    return best;
}

static uint32_t find_container(const struct finder *f)
{
    const struct page_node *nodes = f->page->nodes.items;
    uint32_t at = marked_article(f);
    for (;;) {
        uint32_t heaviest = at;
        for (uint32_t child = at + 1; child < nodes[at].end; child = nodes[child].end)
            if (f->prose[child] > f->prose[at] * DOMINANT && nodes[child].tag &&
                nodes[child].end > child + 2)
                heaviest = child;
        if (heaviest == at || strcmp(nodes[heaviest].tag, "p") == 0)
            return at;
        at = heaviest;
    }
}

static enum class_kind class_inside(const struct finder *f, uint32_t node, uint32_t root)
{
    for (; node > root; node = f->page->nodes.items[node].parent) {
        const char *tag = f->page->nodes.items[node].tag;
        if (tag && strcmp(tag, "figcaption") == 0)
            return CLASS_CAPTION;
        if (f->class_of[node] == CLASS_CAPTION || f->class_of[node] == CLASS_BYLINE)
            return (enum class_kind)f->class_of[node];
    }
    return CLASS_NONE;
}

/* Links alone, or a short scrap with links, are no text of the article. */
static bool is_kept(const struct finder *f, const struct block *block)
{
    const struct page_node *node = &f->page->nodes.items[block->node];
    if (f->is_out[block->node] || strcmp(node->tag, "h1") == 0)
        return false;
    if (block->links * 2 > block->len)
        return block->links < block->len && block->len > 120 &&
               strcmp(node->tag, "p") == 0;
    return true;
}

static enum outcome emit(const struct finder *f, uint32_t root, struct article *article,
                         struct fail *fail)
{
    uint32_t end = f->page->nodes.items[root].end;
    for (uint32_t i = 0; i < f->blocks.count; i++) {
        const struct block *block = &f->blocks.items[i];
        if (block->node < root || block->node >= end || !is_kept(f, block))
            continue;
        struct article_block *out = array_push(f->arena, &article->blocks);
        if (!out)
            return fail_memory(fail);
        enum class_kind kind = class_inside(f, block->node, root);
        bool is_short = block->len < 200;
        out->text = f->text + block->start;
        out->len = block->len;
        out->kind = kind == CLASS_CAPTION              ? RANGE_CAPTION
                    : kind == CLASS_BYLINE && is_short ? RANGE_BYLINE
                                                       : RANGE_PARAGRAPH;
    }
    return OK;
}

/* The first <h1> that is not furniture, the longest of those before the article's end. */
static void find_heading(const struct finder *f, uint32_t root, struct article *article)
{
    uint32_t longest = 0;
    for (uint32_t i = 0; i < f->blocks.count; i++) {
        const struct block *block = &f->blocks.items[i];
        const struct page_node *node = &f->page->nodes.items[block->node];
        if (block->node >= f->page->nodes.items[root].end)
            break;
        if (node->tag && strcmp(node->tag, "h1") == 0 && block->len > longest &&
            block->len > 14) {
            article->heading = f->text + block->start;
            longest = block->len;
        }
    }
}

enum outcome article_find(const struct pack *pack, const struct page *page,
                          struct arena *arena, struct article *article, struct fail *fail)
{
    struct finder f = {
        .page = page, .arena = arena, .classes = pack_table(pack, "text/classes")};
    *article = (struct article){0};
    if (!mark_nodes(&f) || !gather(&f))
        return fail_memory(fail);
    weigh(&f);
    uint32_t root = find_container(&f);
    find_heading(&f, root, article);
    return emit(&f, root, article, fail);
}
