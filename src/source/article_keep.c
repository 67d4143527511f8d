/* article_keep.c: which blocks inside the article's element are its text. Prose is;
 * short blocks are between prose, in the elements that hold text; links alone, bylines,
 * dates and headings above nothing are not. */
#define _GNU_SOURCE /* memmem */
#include "source/article_part.h"

#include "base/utf8.h"
#include "source/author.h"

#include <stdlib.h>
#include <string.h>

#define LEAD_MIN 60  /* bytes of a paragraph between the heading and the text */
#define SHORT_MIN 25 /* bytes of a block that is no paragraph, list or table */
#define BYLINE_LONGEST 200
#define BYLINE_NEAR 8 /* blocks below the heading */
#define CAPTION_LONGEST 350
#define AGAIN_MIN 30 /* bytes of a block that is not said twice */
#define SUBTITLE_LONGEST 300
#define PULLED_LONGEST 250 /* bytes of a quotation that is set large */
#define PULLED_FROM 200000 /* bytes of a text in which its words are sought */
#define PULLED_BLOCKS 1000
#define DATE_LONGEST 90
#define CLOCK_LONGEST 24
#define CREDIT_LONGEST 60 /* bytes at a caption's end in which its credit begins */
#define FURNITURE_LONGEST 120
#define ADDRESS_LONGEST 160
#define LINKED_P 120 /* bytes of a paragraph that may be links for the most part */
#define AFTER_MOST 3 /* short blocks after the last prose */

enum verdict {
    LEAVE,
    SKIP, /* says nothing of what stands around it: captions, bylines, what is out */
    END,  /* says that what follows is no text: "Comments" */
    TEXT,
    SHORT, /* text between prose and right after it */
    LOOSE, /* text between prose */
    HEADING,
    CAPTION,
    SUBTITLE,
    BYLINE
};

static bool has_stop(const char *text, uint32_t len)
{
    while (len &&
           (strchr("\"')]*", text[len - 1]) || (unsigned char)text[len - 1] >= 0x80))
        len--;
    return len && strchr(".?!:;", text[len - 1]);
}

/* The nearest hint between the block and the root; the text's own name ends the way. */
static enum hint hint_inside(const struct finder *f, uint32_t node, uint32_t len,
                             uint32_t root)
{
    bool is_heading = heading_level(&f->blocks.page->nodes.items[node]) > 1;
    for (; node > root; node = f->blocks.page->nodes.items[node].parent) {
        const char *tag = f->blocks.page->nodes.items[node].tag;
        enum hint hint = (enum hint)f->blocks.facts[node].hint;
        if (tag && strcmp(tag, "figcaption") == 0)
            return HINT_CAPTION;
        /* a gallery whose captions are the text */
        if (hint == HINT_CAPTION && len > CAPTION_LONGEST)
            continue;
        if (tag && strcmp(tag, "address") == 0)
            return HINT_BYLINE;
        if (tag && strcmp(tag, "header") == 0 && !is_heading)
            return HINT_SUBTITLE;
        if (hint == HINT_CAPTION || hint == HINT_BYLINE || hint == HINT_SUBTITLE ||
            hint == HINT_DATE)
            return hint;
    }
    return HINT_NONE;
}

/* The list or table that the block stands in, below root; NONE. */
static uint32_t list_of(const struct finder *f, uint32_t node)
{
    static const char *const lists[] = {"ul", "ol", "dl", "table", NULL};
    for (; node > f->root; node = f->blocks.page->nodes.items[node].parent)
        if (is_tag(&f->blocks.page->nodes.items[node], lists))
            return node;
    return NONE;
}

static bool is_linked_list(const struct finder *f, uint32_t list)
{
    const struct page_fact *fact = &f->blocks.facts[list];
    return (uint64_t)fact->links * 10 > (uint64_t)fact->len * 7;
}

static enum verdict by_hint(const struct page_block *block, enum hint hint)
{
    if (hint == HINT_CAPTION)
        return CAPTION;
    if (hint == HINT_BYLINE)
        return block->len < BYLINE_LONGEST ? BYLINE : LEAVE;
    if (hint == HINT_SUBTITLE && block->len < SUBTITLE_LONGEST)
        return SUBTITLE;
    if (hint == HINT_DATE && block->len < DATE_LONGEST)
        return SKIP;
    return TEXT;
}

/* A table that lays out the page is none of the text's tables. */
static bool is_layout(const struct finder *f, uint32_t list)
{
    return f->blocks.page->nodes.items[list].tag[0] == 't' &&
           f->blocks.facts[list].prose * 2 > f->blocks.facts[f->root].prose;
}

static bool is_linked(const struct finder *f, const struct page_block *block,
                      uint32_t list)
{
    static const char *const paragraphs[] = {"p", NULL};
    const struct page_node *node = &f->blocks.page->nodes.items[block->node];
    if (list != NONE && !is_layout(f, list))
        return is_linked_list(f, list);
    if (block->links * 2 <= block->len)
        return false;
    return block->links * 10 > block->len * 9 || block->len < LINKED_P ||
           !is_tag(node, paragraphs);
}

static bool holds_text(const struct page_node *node)
{
    static const char *const tags[] = {"p",  "li",  "td",         "th",      "dt",
                                       "dd", "pre", "blockquote", "caption", NULL};
    return is_tag(node, tags);
}

/* "Boats on the river. Photo: Jane Roe": not only a caption's element holds one. */
static bool ends_in_credit(const struct finder *f, const char *text, uint32_t len)
{
    char word[16];
    if (!f->captions || len > CAPTION_LONGEST)
        return false;
    for (uint32_t at = len > CREDIT_LONGEST ? len - CREDIT_LONGEST : 0; at < len; at++) {
        bool is_start = at == 0 || strchr(" (|/", text[at - 1]);
        if (!is_start || text[at] < 'A' || text[at] > 'Z')
            continue;
        size_t word_len = strcspn(text + at, ": ");
        if (word_len >= sizeof word || text[at + word_len] != ':')
            continue;
        utf8_fold(text + at, word_len, word, sizeof word);
        if (table_row(f->captions, word) != NONE)
            return true;
    }
    return false;
}

/* "Write to jroe@example.org": the paper's own words, below the text. */
static bool has_address(const char *text, uint32_t len)
{
    const char *sign = len <= ADDRESS_LONGEST ? memchr(text, '@', len) : NULL;
    return sign && sign > text && sign[-1] > ' ' && sign + 1 < text + len &&
           memchr(sign, '.', (size_t)(text + len - sign)) && sign[1] > ' ';
}

static enum mark mark_of(const struct finder *f, const struct page_block *block)
{
    struct mark_found found;
    return block->len <= FURNITURE_LONGEST
               ? mark_line(f->marks, f->blocks.text + block->start, block->len, &found)
               : MARK_NONE;
}

/* "2:34 p.m. EST" */
static bool is_clock(const struct finder *f, const char *text, uint32_t len)
{
    struct line_words words;
    if (len > CLOCK_LONGEST || !memchr(text, ':', len))
        return false;
    words_read(&words, text, len);
    for (uint32_t i = 0; i < words.count; i++)
        if (!when_is_filler(mark_calendar(f->marks), words.words[i]))
            return false;
    return words.count > 0;
}

/* "Jane Roe, 3 Feb 2018 11:44", below the heading. */
static bool is_byline(const struct finder *f, uint32_t at)
{
    const struct page_block *block = &f->blocks.list.items[at];
    const char *text = f->blocks.text + block->start;
    uint32_t heading = f->heading == NONE ? 0 : f->heading;
    return at >= heading && at <= heading + BYLINE_NEAR && block->len < BYLINE_LONGEST &&
           strcspn(text, "0123456789") < block->len &&
           authors_alone(f->marks, text, block->len);
}

/* "3. The old mill", of a list told in sections, linked or not. */
static bool is_numbered(const char *text, uint32_t len)
{
    size_t digits = strspn(text, "0123456789");
    return digits > 0 && digits < 3 && digits + 2 < len &&
           (text[digits] == '.' || text[digits] == ')') && text[digits + 1] == ' ';
}

static bool in_figure(const struct finder *f, uint32_t node)
{
    static const char *const figures[] = {"figure", NULL};
    for (; node > f->root; node = f->blocks.page->nodes.items[node].parent)
        if (is_tag(&f->blocks.page->nodes.items[node], figures))
            return true;
    return false;
}

static enum verdict look_at(const struct finder *f, uint32_t at, uint32_t root)
{
    const struct page_block *block = &f->blocks.list.items[at];
    const struct page_node *node = &f->blocks.page->nodes.items[block->node];
    const char *text = f->blocks.text + block->start;
    if (f->blocks.facts[block->first].is_out)
        return SKIP;
    enum verdict verdict = by_hint(block, hint_inside(f, block->node, block->len, root));
    if (verdict != TEXT)
        return verdict;
    if (mark_begins(f->marks, text, block->len, "closing") ||
        mark_begins_one(f->marks, text, block->len, "closing"))
        return END;
    enum mark mark = mark_of(f, block);
    if (mark == MARK_FURNITURE || mark == MARK_REST)
        return mark == MARK_REST ? END : SKIP;
    if (mark == MARK_DATE || is_clock(f, text, block->len))
        return SKIP;
    if (is_byline(f, at))
        return BYLINE;
    if (ends_in_credit(f, text, block->len))
        return CAPTION;
    uint32_t list = list_of(f, block->node);
    if (block_level(f, block) && is_numbered(text, block->len))
        return HEADING;
    if (is_linked(f, block, list))
        return list == NONE && !block_level(f, block) ? SKIP : LEAVE;
    if (block_level(f, block))
        return at == f->heading || in_figure(f, block->node) ? SKIP : HEADING;
    if (has_address(text, block->len))
        return LOOSE;
    if (block->prose > 0)
        return TEXT;
    if (holds_text(node))
        return SHORT;
    return block->len >= SHORT_MIN || has_stop(text, block->len) ? LOOSE : LEAVE;
}

static bool in_root(const struct finder *f, const struct page_block *block)
{
    return block->first >= f->root &&
           block->first < f->blocks.page->nodes.items[f->root].end;
}

/* The first paragraphs often stand in an element of their own. */
static enum verdict look_at_lead(const struct finder *f, uint32_t at)
{
    const struct page_block *block = &f->blocks.list.items[at];
    bool is_before = f->heading != NONE && at > f->heading && block->first < f->root &&
                     block->first >= f->around;
    if (!is_before)
        return SKIP;
    enum verdict verdict = look_at(f, at, f->around);
    bool is_lead = verdict == TEXT && block->len >= LEAD_MIN &&
                   has_stop(f->blocks.text + block->start, block->len);
    return is_lead || verdict >= CAPTION ? verdict : SKIP;
}

/* ---- what hangs on the neighbours ---- */

/* Below an end that has most of the prose above it all is left. */
static void settle_ends(const struct finder *f, uint8_t *verdicts)
{
    uint32_t count = f->blocks.list.count;
    uint64_t all = 0, above = 0;
    for (uint32_t i = 0; i < count; i++)
        all += verdicts[i] == TEXT ? f->blocks.list.items[i].len : 0;
    bool is_over = false;
    for (uint32_t i = 0; i < count; i++) {
        above += verdicts[i] == TEXT ? f->blocks.list.items[i].len : 0;
        is_over = is_over || (verdicts[i] == END && above * 2 > all);
        if (is_over || verdicts[i] == END)
            verdicts[i] = SKIP;
    }
}

/* Below the last prose only a sentence, or a line of a list, is the text's end. */
static bool is_ending(const struct finder *f, uint32_t at)
{
    const struct page_block *block = &f->blocks.list.items[at];
    return has_stop(f->blocks.text + block->start, block->len) ||
           list_of(f, block->node) != NONE;
}

static void settle_shorts(const struct finder *f, uint8_t *verdicts)
{
    uint32_t count = f->blocks.list.count, first = count, last = 0, after = 0;
    uint32_t list = NONE; /* that goes on below the last prose */
    for (uint32_t i = 0; i < count; i++)
        if (verdicts[i] == TEXT) {
            first = first == count ? i : first;
            last = i;
        }
    if (first == count) { /* a page without prose: what there is */
        first = 0;
        last = count;
    }
    for (uint32_t i = 0; i < count; i++) {
        if (verdicts[i] != SHORT && verdicts[i] != LOOSE)
            continue;
        uint32_t own = list_of(f, f->blocks.list.items[i].node);
        bool goes_on = own != NONE && own == list;
        bool is_end = verdicts[i] == SHORT && (goes_on || after++ < AFTER_MOST) &&
                      is_ending(f, i);
        bool is_kept = (i > first || last == count) && (i < last || is_end);
        list = is_kept ? own : list;
        verdicts[i] = is_kept ? TEXT : LEAVE;
    }
}

/* Below prose a heading called subtitle is one of the text's own. */
static void settle_subtitles(const struct finder *f, uint8_t *verdicts,
                             struct article *article)
{
    bool is_below = false;
    for (uint32_t i = 0; i < f->blocks.list.count; i++) {
        const struct page_block *block = &f->blocks.list.items[i];
        is_below = is_below || verdicts[i] == TEXT;
        if (verdicts[i] != SUBTITLE)
            continue;
        verdicts[i] = is_below && block_level(f, block) ? HEADING : CAPTION;
        if (!is_below && !article->subtitle)
            article->subtitle = f->blocks.text + block->start;
    }
}

/* A heading is kept when text follows before anything else does. */
static void settle_headings(const struct finder *f, uint8_t *verdicts)
{
    enum verdict next = LEAVE;
    int level = 0;
    for (uint32_t i = f->blocks.list.count; i-- > 0;) {
        if (verdicts[i] == HEADING) {
            int own = block_level(f, &f->blocks.list.items[i]);
            bool is_kept = next == TEXT || (next == HEADING && own < level);
            verdicts[i] = is_kept ? HEADING : SKIP;
            if (is_kept)
                next = HEADING;
            level = own;
        } else if (verdicts[i] != SKIP && verdicts[i] != CAPTION &&
                   verdicts[i] != BYLINE) {
            next = (enum verdict)verdicts[i];
        }
    }
}

static int by_text(const void *a, const void *b)
{
    const struct article_block *one = *(const struct article_block *const *)a;
    const struct article_block *two = *(const struct article_block *const *)b;
    if (one->len != two->len)
        return one->len < two->len ? -1 : 1;
    int order = memcmp(one->text, two->text, one->len);
    return order ? order : one < two ? -1 : one > two;
}

/* Pages for more than one kind of screen say things twice: the first time counts. */
static enum outcome drop_repeated(const struct finder *f, struct article *article,
                                  struct fail *fail)
{
    uint32_t count = article->blocks.count, kept = 0;
    struct article_block *blocks = article->blocks.items;
    struct article_block **sorted = arena_take(f->arena, count, sizeof(void *));
    if (!sorted)
        return fail_memory(fail);
    for (uint32_t i = 0; i < count; i++)
        sorted[i] = &blocks[i];
    if (count)
        qsort(sorted, count, sizeof *sorted, by_text);
    struct article_block *first = count ? sorted[0] : NULL;
    for (uint32_t i = 1; i < count; i++) {
        bool is_again = sorted[i]->len >= AGAIN_MIN && sorted[i]->len == first->len &&
                        memcmp(sorted[i]->text, first->text, first->len) == 0;
        if (is_again)
            sorted[i]->len = 0;
        else
            first = sorted[i];
    }
    for (uint32_t i = 0; i < count; i++)
        if (blocks[i].len)
            blocks[kept++] = blocks[i];
    article->blocks.count = kept;
    return OK;
}

/* A quotation set large says again what a paragraph says. */
static bool is_pulled(const struct article *article, uint32_t at)
{
    const struct article_block *block = &article->blocks.items[at];
    size_t from = strncmp(block->text, "\xE2\x80\x9C", 3) == 0      ? 3
                  : block->text[0] == '"' || block->text[0] == '\'' ? 1
                                                                    : 0;
    size_t len = block->len;
    while (len > from && (strchr("\"'.,!?", block->text[len - 1]) ||
                          (unsigned char)block->text[len - 1] >= 0x80))
        len--;
    if (from == 0 || block->len > PULLED_LONGEST || len < from + AGAIN_MIN)
        return false;
    for (uint32_t i = 0; i < article->blocks.count; i++) {
        const struct article_block *other = &article->blocks.items[i];
        if (i != at && other->len > block->len &&
            memmem(other->text, other->len, block->text + from, len - from))
            return true;
    }
    return false;
}

static void drop_pulled(struct article *article)
{
    uint32_t kept = 0;
    uint64_t len = 0;
    for (uint32_t i = 0; i < article->blocks.count; i++)
        len += article->blocks.items[i].len;
    bool is_short = len <= PULLED_FROM && article->blocks.count <= PULLED_BLOCKS;
    uint8_t pulled[PULLED_BLOCKS];
    for (uint32_t i = 0; is_short && i < article->blocks.count; i++)
        pulled[i] = is_pulled(article, i);
    for (uint32_t i = 0; is_short && i < article->blocks.count; i++)
        if (!pulled[i])
            article->blocks.items[kept++] = article->blocks.items[i];
    article->blocks.count = is_short ? kept : article->blocks.count;
}

static enum outcome give(const struct finder *f, const uint8_t *verdicts,
                         struct article *article, struct fail *fail)
{
    for (uint32_t i = 0; i < f->blocks.list.count; i++) {
        const struct page_block *block = &f->blocks.list.items[i];
        if (verdicts[i] < TEXT)
            continue;
        struct article_block *out = array_push(f->arena, &article->blocks);
        if (!out)
            return fail_memory(fail);
        out->text = f->blocks.text + block->start;
        out->len = block->len;
        out->kind = verdicts[i] == CAPTION  ? RANGE_CAPTION
                    : verdicts[i] == BYLINE ? RANGE_BYLINE
                                            : RANGE_PARAGRAPH;
    }
    return OK;
}

enum outcome article_keep(struct finder *f, struct article *article, struct fail *fail)
{
    uint8_t *verdicts = arena_take(f->arena, f->blocks.list.count + 1u, 1);
    if (!verdicts)
        return fail_memory(fail);
    for (uint32_t i = 0; i < f->blocks.list.count; i++) {
        bool is_inside = in_root(f, &f->blocks.list.items[i]);
        verdicts[i] = (uint8_t)(is_inside ? look_at(f, i, f->root) : look_at_lead(f, i));
    }
    settle_ends(f, verdicts);
    settle_shorts(f, verdicts);
    settle_subtitles(f, verdicts, article);
    settle_headings(f, verdicts);
    enum outcome outcome = give(f, verdicts, article, fail);
    if (!outcome)
        outcome = drop_repeated(f, article, fail);
    if (!outcome)
        drop_pulled(article);
    return outcome;
}
