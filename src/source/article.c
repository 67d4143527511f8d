/* article.c: the article finder. A block counts for as much as it reads like prose. The
 * article is sought below the heading that bears the page's title: the smallest element
 * around it with a good share of the page's prose, in there what the page itself calls
 * its text, else the smallest element that holds most of the prose. Then each block
 * inside is looked at once more (article_keep.c). */
#include "source/article_part.h"

#include "base/utf8.h"

#include <string.h>

#define TEASER_MOST 0.25  /* share of the prose that one teaser holds at most */
#define GUARD 0.4         /* share of the prose above which a bad name is not believed */
#define GUARD_TITLED 0.65 /* the same below the heading that bears the title */
#define APART_MIN 120     /* bytes of prose that must be left beside readers' remarks */
#define FORM_LONGEST 400  /* bytes of a form and what stands beside it */
#define LABEL_LONGEST 40  /* bytes of a heading above other articles */
#define CARDS_MIN 3       /* teasers in one element */
#define CARDS_LOOKED_AT 400
#define CARDS_SHARE 0.45 /* of the prose around the title: more are its own text, */
#define CARD_LONGEST 320 /* bytes, but where each of them is short */
#define CARDS_APART 100  /* and so much prose stands beside them */
#define NEAR 0.35        /* share of the prose that the heading's element must hold */
#define NEAR_MIN 140     /* bytes */
#define DOMINANT 0.8     /* share of prose at which an element is descended into */
#define DOMINANT_ALONE 0.6
#define NAMED_MIN 0.5 /* share that the element called the text must hold */
#define TITLE_CAP 300
#define TITLE_MIN 6
#define GIVEN_MIN 200      /* bytes of a text in the metadata that is believed */
#define BESIDE_LONGEST 160 /* bytes of a line beside the text */
#define BELOW_MOST 14      /* lines below the heading, above it, below the text */
#define ABOVE_MOST 5
#define AFTER_MOST 4
#define TAIL_MOST 3 /* lines at the text's end */
#define TAIL_LONGEST 100
#define NAMED_MOST 12 /* and as far those are looked at that the page calls bylines */

/* ---- what is out ---- */

static bool is_inside(const struct page *page, uint32_t node, const char *const *tags)
{
    for (; node; node = page->nodes.items[node].parent)
        if (is_tag(&page->nodes.items[node], tags))
            return true;
    return false;
}

/* A page's header and footer, and those of a list of teasers. */
static bool is_edge(const struct page *page, uint32_t node)
{
    static const char *const feet[] = {"footer", NULL}, *const heads[] = {"header", NULL};
    static const char *const texts[] = {"article", "main", "blockquote", NULL};
    const struct page_node *at = &page->nodes.items[node];
    if (is_tag(at, feet))
        return !is_inside(page, node, texts + 2);
    return is_tag(at, heads) && !is_inside(page, node, texts);
}

static bool is_bad(const struct finder *f, uint32_t node, double total)
{
    const struct page_fact *fact = &f->blocks.facts[node];
    if (fact->hint == HINT_REMARKS)
        return total - fact->prose >= APART_MIN || fact->prose < APART_MIN;
    bool is_named = fact->hint == HINT_BAD || is_edge(f->blocks.page, node);
    return is_named && fact->prose <= total * GUARD;
}

static bool holds(const struct page *page, uint32_t node, uint32_t inner)
{
    return inner >= node && inner < page->nodes.items[node].end;
}

static void leave_out(struct finder *f, uint32_t node)
{
    for (uint32_t i = node; i < f->blocks.page->nodes.items[node].end; i++)
        f->blocks.facts[i].is_out = true;
}

/* A teaser of another article: an <article> or <li> that begins with a link alone and
 * goes on with something else. */
static void drop_teasers(struct finder *f)
{
    static const char *const tags[] = {"article", "li", NULL};
    const struct page *page = f->blocks.page;
    double total = f->blocks.facts[0].prose;
    for (uint32_t i = 0; i + 1 < f->blocks.list.count; i++) {
        const struct page_block *block = &f->blocks.list.items[i];
        uint32_t node = block->first;
        if (block->links * 10 < block->len * 9)
            continue;
        while (node && !is_tag(&page->nodes.items[node], tags))
            node = page->nodes.items[node].parent;
        bool is_first = node && (i == 0 || block[-1].first < node);
        bool goes_on = node && holds(page, node, block[1].first);
        bool is_small = f->blocks.facts[node].prose <= total * TEASER_MOST;
        if (!is_first || !goes_on || !is_small || f->blocks.facts[node].is_out)
            continue;
        leave_out(f, node);
    }
}

static void drop_bad(struct finder *f)
{
    const struct page_node *nodes = f->blocks.page->nodes.items;
    blocks_weigh(&f->blocks);
    double total = f->blocks.facts[0].prose;
    for (uint32_t i = 1; i < f->blocks.page->nodes.count; i++) {
        struct page_fact *fact = &f->blocks.facts[i];
        fact->is_out = fact->is_out || f->blocks.facts[nodes[i].parent].is_out ||
                       is_bad(f, i, total);
    }
    drop_teasers(f);
    blocks_weigh(&f->blocks);
}

static uint32_t common(const struct page *page, uint32_t one, uint32_t two)
{
    while (!holds(page, one, two))
        one = page->nodes.items[one].parent;
    return one;
}

/* "Reply", "Report Reply +4" */
static bool is_reply(const struct finder *f, const struct page_block *block)
{
    const char *text = f->blocks.text + block->start;
    struct line_words words;
    if (block->len > LABEL_LONGEST)
        return false;
    if (mark_is(f->marks, text, block->len, "reply"))
        return true;
    words_read(&words, text, block->len);
    bool has_reply = false;
    for (uint32_t i = 0; i < words.count; i++) {
        bool is_number = words.words[i][strspn(words.words[i], "+-0123456789")] == '\0';
        if (!is_number && !mark_has(f->marks, words.words[i], "reply"))
            return false;
        has_reply = has_reply || !is_number;
    }
    return has_reply;
}

/* What stands around two or more "Reply" and does not hold the heading is readers'. */
static void drop_replies(struct finder *f)
{
    const struct page *page = f->blocks.page;
    uint32_t around = NONE, count = 0;
    for (uint32_t i = 0; i < f->blocks.list.count; i++) {
        const struct page_block *block = &f->blocks.list.items[i];
        if (f->blocks.facts[block->first].is_out || !is_reply(f, block))
            continue;
        around = count++ ? common(page, around, block->node) : block->node;
    }
    bool has_heading = f->heading != NONE && count > 1 &&
                       holds(page, around, f->blocks.list.items[f->heading].node);
    double total = f->blocks.facts[0].prose;
    if (count < 2 || has_heading || total - f->blocks.facts[around].prose < APART_MIN)
        return;
    leave_out(f, around);
    blocks_weigh(&f->blocks);
}

/* The largest element that begins with the block and holds no heading of the article. */
static uint32_t begun_by(const struct finder *f, uint32_t at)
{
    const struct page_node *nodes = f->blocks.page->nodes.items;
    const struct page_block *block = &f->blocks.list.items[at];
    uint32_t node = block->node;
    for (uint32_t up; node && (up = nodes[node].parent); node = up) {
        bool is_first = at == 0 || block[-1].first < up;
        bool has_heading = f->heading != NONE &&
                           holds(f->blocks.page, up,
                                 f->blocks.list.items[f->heading].first);
        if (!is_first || has_heading)
            break;
    }
    return node;
}

static bool is_label(const struct finder *f, const struct page_block *block)
{
    const char *text = f->blocks.text + block->start;
    return block->len <= LABEL_LONGEST &&
           (mark_is(f->marks, text, block->len, "links") ||
            (block_level(f, block) && mark_begins(f->marks, text, block->len, "links")));
}

/* "3 Comments", "Join the discussion", below some prose. */
static bool is_remarks(const struct finder *f, uint32_t at)
{
    const struct page_block *block = &f->blocks.list.items[at];
    char label[LINE_CAP] = "";
    struct line_words words;
    double above = 0;
    if (block->len > LABEL_LONGEST)
        return false;
    words_read(&words, f->blocks.text + block->start, block->len);
    for (uint32_t i = 0; i < words.count; i++) {
        if (words.words[i][strspn(words.words[i], "0123456789")] == '\0')
            continue;
        strcat(label, *label ? " " : "");
        strcat(label, words.words[i]);
    }
    if (!mark_has(f->marks, label, "remarks"))
        return false;
    for (uint32_t i = f->heading == NONE ? 0 : f->heading; i < at; i++)
        above += f->blocks.list.items[i].prose;
    return above >= APART_MIN;
}

/* What begins with "Read next" or "Related stories" is other articles', with "Comments"
 * readers'. */
static void drop_labelled(struct finder *f)
{
    const struct page *page = f->blocks.page;
    double total = f->blocks.facts[0].prose;
    bool has_changed = false;
    for (uint32_t i = 0; i + 1 < f->blocks.list.count; i++) {
        const struct page_block *block = &f->blocks.list.items[i];
        bool has_remarks = !f->blocks.facts[block->first].is_out && is_remarks(f, i);
        if (f->blocks.facts[block->first].is_out || (!has_remarks && !is_label(f, block)))
            continue;
        uint32_t node = begun_by(f, i);
        bool goes_on = holds(page, node, block[1].first);
        double most = f->is_titled && i > f->heading ? GUARD_TITLED : GUARD;
        if (!goes_on || (!has_remarks && f->blocks.facts[node].prose > total * most))
            continue;
        leave_out(f, node);
        has_changed = true;
    }
    if (has_changed)
        blocks_weigh(&f->blocks);
}

static bool holds_heading(const struct finder *f, uint32_t node)
{
    return f->heading != NONE &&
           holds(f->blocks.page, node, f->blocks.list.items[f->heading].first);
}

/* What stands around a small form asks for something: an address, a vote. */
static void drop_forms(struct finder *f)
{
    static const char *const forms[] = {"form", NULL};
    const struct page_node *nodes = f->blocks.page->nodes.items;
    bool has_changed = false;
    for (uint32_t i = 1; i < f->blocks.page->nodes.count; i++) {
        uint32_t up = nodes[i].parent;
        if (!is_tag(&nodes[i], forms) || f->blocks.facts[i].is_out)
            continue;
        uint32_t node = f->blocks.facts[up].len <= FORM_LONGEST ? up : i;
        if (f->blocks.facts[node].len > FORM_LONGEST || holds_heading(f, node) ||
            f->blocks.facts[node].prose * 2 > f->blocks.facts[0].prose)
            continue;
        leave_out(f, node);
        has_changed = true;
    }
    if (has_changed)
        blocks_weigh(&f->blocks);
}

/* ---- the heading ---- */

/* 1 to 6 when the block stands in such a heading. */
int block_level(const struct finder *f, const struct page_block *block)
{
    uint32_t node = block->node;
    for (int up = 0; up < 3; up++) {
        int level = heading_level(&f->blocks.page->nodes.items[node]);
        if (level)
            return level;
        node = f->blocks.page->nodes.items[node].parent;
    }
    return 0;
}

/* Signs between a title and the site's name behind it; a colon stands behind the name. */
static bool is_parted(const char *rest)
{
    rest += strspn(rest, " ");
    return *rest && strchr("-|", *rest) != NULL; /* long dashes are folded to "-" */
}

struct title {
    char folded[TITLE_CAP];
    size_t len; /* 0: there is none */
};

/* A letter that is none of the title's, whatever folding does. */
static bool differs(char letter, char folded)
{
    bool is_large = letter >= 'A' && letter <= 'Z';
    bool is_letter = is_large || (letter >= 'a' && letter <= 'z');
    return is_letter && letter + (is_large ? 32 : 0) != folded;
}

/* How much a block is the title: 2 when it is that, begins it (the site's name follows)
 * or begins with it (it was cut short), 1 when it ends it (the name goes before), 0. */
static uint32_t title_strength(const char *text, uint32_t len, const struct title *title)
{
    char one[TITLE_CAP];
    const char *two = title->folded;
    size_t title_len = title->len;
    if (!title_len || len < TITLE_MIN || len >= TITLE_CAP - 1 ||
        (differs(*text, *two) && differs(text[len - 1], two[title_len - 1])))
        return 0;
    size_t text_len = utf8_fold(text, len, one, sizeof one);
    size_t less = text_len < title_len ? text_len : title_len;
    bool is_long = less * 5 >= title_len * 2;
    if (less < TITLE_MIN || less * 2 < text_len)
        return 0;
    if (memcmp(one, two, less) == 0 && (is_long || is_parted(two + less)))
        return 2;
    bool is_end = less == text_len && is_long &&
                  memcmp(one, two + title_len - less, less) == 0;
    return is_end ? 1 : 0;
}

#define RANK_TITLED 3 /* at least, of what bears the title's words */

static uint32_t heading_rank(const struct finder *f, const struct page_block *block,
                             const struct title *title)
{
    int level = block_level(f, block);
    uint32_t strength = title_strength(f->blocks.text + block->start, block->len, title);
    if (strength && (level || !block->links))
        return strength * RANK_TITLED + (level == 1 ? 2 : level ? 1 : 0);
    return level == 1 && block->len > 14 ? 2 : 0;
}

static void find_heading(struct finder *f, const char *given)
{
    uint32_t best = 0, longest = 0;
    struct title title = {.len = 0};
    if (given)
        title.len = utf8_fold(given, strlen(given), title.folded, sizeof title.folded);
    f->heading = NONE;
    f->is_titled = false;
    for (uint32_t i = 0; i < f->blocks.list.count; i++) {
        const struct page_block *block = &f->blocks.list.items[i];
        uint32_t rank = heading_rank(f, block, &title);
        bool is_longer = rank == best && rank == 2 && block->len > longest;
        if (rank > best || is_longer) {
            best = rank;
            longest = block->len;
            f->heading = i;
            f->is_titled = rank >= RANK_TITLED;
        }
    }
}

/* ---- the element that holds the article ---- */

/* Prose of an element that comes after the heading. */
static double prose_below(const struct finder *f, uint32_t node)
{
    double prose = 0;
    uint32_t i = f->heading == NONE ? 0 : f->heading + 1;
    for (; i < f->blocks.list.count; i++) {
        const struct page_block *block = &f->blocks.list.items[i];
        if (holds(f->blocks.page, node, block->first) &&
            !f->blocks.facts[block->first].is_out)
            prose += block->prose;
    }
    return prose;
}

static uint32_t near_heading(const struct finder *f)
{
    double total = prose_below(f, 0);
    double need = total * NEAR > NEAR_MIN ? total * NEAR : NEAR_MIN;
    if (f->heading == NONE || total == 0)
        return 0;
    uint32_t node = f->blocks.list.items[f->heading].node;
    while (node && prose_below(f, node) < need)
        node = f->blocks.page->nodes.items[node].parent;
    return node;
}

/* The smallest element around the heading with some prose below it; 0. */
static uint32_t close_to_heading(const struct finder *f)
{
    uint32_t node = f->heading == NONE || !f->is_titled
                        ? 0
                        : f->blocks.list.items[f->heading].node;
    while (node && prose_below(f, node) < NEAR_MIN)
        node = f->blocks.page->nodes.items[node].parent;
    return node;
}

static bool is_link(const struct page_block *block)
{
    return block->links * 10 >= block->len * 9;
}

/* The element that a link and what goes on behind it make up; 0 when other text stands
 * before them in it. */
static uint32_t card_at(const struct finder *f, uint32_t at)
{
    const struct page_block *block = &f->blocks.list.items[at];
    if (!is_link(block) || is_link(block + 1) || f->blocks.facts[block->first].is_out)
        return 0;
    uint32_t node = common(f->blocks.page, block->node, block[1].node);
    for (uint32_t i = at; i > 0 && block[-1].first >= node; i--, block--)
        if (!is_link(block - 1))
            return 0;
    return node;
}

/* Inside what the page calls its text. */
static bool is_in_body(const struct finder *f, uint32_t node)
{
    for (; node; node = f->blocks.page->nodes.items[node].parent)
        if (f->blocks.facts[node].hint == HINT_BODY)
            return true;
    return false;
}

/* Teasers: three or more side by side that each begin with a link alone and go on with
 * something else, away from the title's own text, or less than it. */
static void drop_cards(struct finder *f)
{
    uint32_t cards[CARDS_LOOKED_AT], count = 0, near = close_to_heading(f);
    uint32_t last = NONE;
    double inside = 0; /* prose of those in that element */
    const struct page *page = f->blocks.page;
    for (uint32_t i = 0; near && i + 1 < f->blocks.list.count; i++) {
        uint32_t node = card_at(f, i);
        if (node == 0)
            continue;
        if (count < CARDS_LOOKED_AT && !holds(page, node, near) && node != last)
            cards[count++] = node;
        last = node;
        inside += holds(page, near, node) ? f->blocks.facts[node].prose : 0;
    }
    bool has_changed = false;
    for (uint32_t i = 0; i < count; i++) {
        uint32_t up = page->nodes.items[cards[i]].parent, beside = 0, longest = 0;
        for (uint32_t k = 0; k < count; k++) {
            bool is_beside = page->nodes.items[cards[k]].parent == up;
            uint32_t len = f->blocks.facts[cards[k]].len;
            beside += is_beside;
            longest = is_beside && len > longest ? len : longest;
        }
        double prose = f->blocks.facts[near].prose;
        bool is_list = longest > CARD_LONGEST || prose - inside < CARDS_APART ||
                       is_in_body(f, cards[i]);
        bool is_text = holds(page, near, cards[i]) && is_list &&
                       inside > prose * CARDS_SHARE;
        if (beside < CARDS_MIN || is_text)
            continue;
        leave_out(f, cards[i]);
        has_changed = true;
    }
    if (has_changed)
        blocks_weigh(&f->blocks);
}

/* What the page calls its text: one element, or what stands around several. */
static uint32_t named_body(const struct finder *f, uint32_t around)
{
    const struct page *page = f->blocks.page;
    uint32_t best = NONE, all = NONE;
    for (uint32_t i = around + 1; i < page->nodes.items[around].end; i++) {
        const struct page_fact *fact = &f->blocks.facts[i];
        if (fact->hint != HINT_BODY || fact->is_out || fact->prose == 0)
            continue;
        all = all == NONE ? i : common(page, all, i);
        bool is_inner = best != NONE && holds(page, best, i);
        if (best == NONE || (is_inner ? fact->prose >= f->blocks.facts[best].prose * 0.85
                                      : fact->prose > f->blocks.facts[best].prose))
            best = i;
    }
    double need = f->blocks.facts[around].prose * NAMED_MIN;
    if (best != NONE && f->blocks.facts[best].prose >= need * 1.5)
        return best;
    if (all != NONE && all != around && f->blocks.facts[all].prose >= need)
        return all;
    return best != NONE && f->blocks.facts[best].prose >= need ? best : NONE;
}

/* Without a heading to begin at there is more to leave behind. */
static uint32_t descend(const struct finder *f, uint32_t at)
{
    double dominant = f->heading == NONE ? DOMINANT_ALONE : DOMINANT;
    static const char *const leaves[] = {"p", "li", "blockquote", "pre", NULL};
    const struct page_node *nodes = f->blocks.page->nodes.items;
    for (;;) {
        uint32_t heaviest = at;
        for (uint32_t child = at + 1; child < nodes[at].end; child = nodes[child].end)
            if (f->blocks.facts[child].prose > f->blocks.facts[at].prose * dominant &&
                nodes[child].tag && nodes[child].end > child + 1)
                heaviest = child;
        if (heaviest == at || is_tag(&nodes[heaviest], leaves))
            return at;
        at = heaviest;
    }
}

/* ---- what stands beside ---- */

static enum hint hint_near(const struct finder *f, uint32_t node)
{
    for (int up = 0; up < 5 && node;
         up++, node = f->blocks.page->nodes.items[node].parent)
        if (f->blocks.facts[node].hint == HINT_BYLINE ||
            f->blocks.facts[node].hint == HINT_DATE)
            return (enum hint)f->blocks.facts[node].hint;
    return HINT_NONE;
}

static uint32_t end_of(const struct finder *f, uint32_t node)
{
    return f->blocks.page->nodes.items[node].end;
}

static bool add_beside(const struct finder *f, uint32_t at, struct article *article)
{
    const struct page_block *block = &f->blocks.list.items[at];
    bool is_known = f->blocks.facts[block->first].is_out &&
                    f->blocks.facts[block->first].hint == HINT_REMARKS;
    if (block->len > BESIDE_LONGEST || at == f->heading || is_known)
        return true;
    struct article_line *line = array_push(f->arena, &article->beside);
    if (line)
        *line = (struct article_line){.text = f->blocks.text + block->start,
                                      .len = block->len,
                                      .hint = hint_near(f, block->first),
                                      .is_above = f->heading != NONE && at < f->heading,
                                      .is_below = block->first >= end_of(f, f->root)};
    return line != NULL;
}

/* The text's last lines, where they are short: "Published: 04-27-2023". */
static bool add_tail(const struct finder *f, uint32_t from, struct article *article)
{
    uint32_t end = end_of(f, f->root), at = f->blocks.list.count;
    while (at > from + 1 && f->blocks.list.items[at - 1].first >= end)
        at--;
    for (uint32_t i = 0; i < TAIL_MOST && at > from + 1; i++, at--) {
        if (f->blocks.list.items[at - 1].len > TAIL_LONGEST)
            break;
        if (!add_beside(f, at - 1, article))
            return false;
        article->beside.items[article->beside.count - 1].is_below = true;
    }
    return true;
}

/* Lines from the heading to the text's first prose, those right above the heading, those
 * right below the text. */
static enum outcome find_beside(const struct finder *f, struct article *article,
                                struct fail *fail)
{
    uint32_t heading = f->heading == NONE ? 0 : f->heading, at = heading;
    bool is_sound = true;
    for (; at < f->blocks.list.count && at < heading + BELOW_MOST; at++) {
        const struct page_block *block = &f->blocks.list.items[at];
        is_sound = is_sound && add_beside(f, at, article);
        if (block->first >= f->root && block->prose * 2 > BESIDE_LONGEST)
            break;
    }
    for (uint32_t up = 1; up <= ABOVE_MOST && up <= heading; up++)
        is_sound = is_sound && add_beside(f, heading - up, article);
    uint32_t end = end_of(f, f->root), after = 0;
    is_sound = is_sound && add_tail(f, at, article);
    for (; at < f->blocks.list.count && after < NAMED_MOST; at++) {
        uint32_t first = f->blocks.list.items[at].first;
        if (first < end)
            continue;
        if (after++ < AFTER_MOST || hint_near(f, first) == HINT_BYLINE)
            is_sound = is_sound && add_beside(f, at, article);
    }
    return is_sound ? OK : fail_memory(fail);
}

/* ---- the text that the metadata give ---- */

/* Paragraphs of plain text. */
static enum outcome take_given(const char *body, struct arena *arena,
                               struct article *article, struct fail *fail)
{
    article->blocks.count = 0;
    for (const char *at = body; *at;) {
        size_t len = strcspn(at, "\r\n");
        const char *next = at + len + strspn(at + len, "\r\n");
        while (len && (unsigned char)at[len - 1] <= ' ')
            len--;
        while (len && (unsigned char)*at <= ' ') {
            at++;
            len--;
        }
        if (len) {
            struct article_block *block = array_push(arena, &article->blocks);
            if (!block)
                return fail_memory(fail);
            *block = (struct article_block){at, (uint32_t)len, RANGE_PARAGRAPH};
        }
        at = next;
    }
    return OK;
}

static size_t found_len(const struct article *article)
{
    size_t len = 0;
    for (uint32_t i = 0; i < article->blocks.count; i++)
        if (article->blocks.items[i].kind == RANGE_PARAGRAPH)
            len += article->blocks.items[i].len;
    return len;
}

enum outcome article_find(const struct article_ask *ask, struct arena *arena,
                          struct article *article, struct fail *fail)
{
    struct finder f = {.arena = arena,
                       .marks = ask->marks,
                       .captions = pack_table(ask->pack, "text/captions")};
    *article = (struct article){0};
    enum outcome outcome = blocks_read(pack_table(ask->pack, "text/classes"), ask->page,
                                       arena, &f.blocks, fail);
    if (outcome)
        return outcome;
    find_heading(&f, ask->title);
    drop_bad(&f);
    drop_replies(&f);
    drop_labelled(&f);
    drop_forms(&f);
    drop_cards(&f);
    f.around = near_heading(&f);
    uint32_t named = named_body(&f, f.around);
    f.root = named != NONE ? named : descend(&f, f.around);
    if (f.heading != NONE)
        article->heading = f.blocks.text + f.blocks.list.items[f.heading].start;
    article->is_titled = f.is_titled;
    article->around = f.around;
    article->root = f.root;
    outcome = article_keep(&f, article, fail);
    if (!outcome)
        outcome = find_beside(&f, article, fail);
    size_t given = ask->body ? strlen(ask->body) : 0;
    if (!outcome && given > GIVEN_MIN && given > found_len(article) * 3 / 2)
        outcome = take_given(ask->body, arena, article, fail);
    return outcome;
}
