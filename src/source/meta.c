/* meta.c: metadata of a page, in the order in which its places are trusted: JSON-LD, meta
 * tags by the table's trust, microdata, what stands beside the heading, the first <time>,
 * <title>. */
#include "source/meta_part.h"

#include "base/utf8.h"
#include "source/author.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define TRUST_LINK 40
#define TRUST_MICRODATA 50 /* added to the table's trust */
#define TRUST_LABEL 45
#define TRUST_AUTHOR_LINK 70
#define TRUST_NEAR_TIME 75
#define TRUST_NEAR 80 /* words beside the heading; the farther, the less */
#define UNLABELLED 20 /* less trust in a line that only its element's name calls byline */
#define ALONE 30      /* and in one that holds a name beside a day */
#define DAY_NEAR 2    /* lines between a name and its day */
#define TRUST_URL 120 /* the day in the page's address */
#define TRUST_BELOW 60 /* less for lines below the text */
#define TRUST_TIME 200
#define TRUST_TAG 210
#define VALUE_MOST 2000
#define DATE_LINE 160
#define NAME_LONGEST 60
#define SITE_LONGEST 60

/* ---- values ---- */

/* The code of "&#39;" or "&quot;" and its bytes; 0 when it is none. */
static size_t entity(const char *at, uint32_t *code)
{
    static const struct {
        const char *name;
        uint32_t code;
    } names[] = {{"&amp;", '&'},      {"&quot;", '"'},     {"&apos;", '\''},
                 {"&lt;", '<'},       {"&gt;", '>'},       {"&nbsp;", ' '},
                 {"&rsquo;", 0x2019}, {"&lsquo;", 0x2018}, {"&rdquo;", 0x201D},
                 {"&ldquo;", 0x201C}, {"&ndash;", 0x2013}, {"&mdash;", 0x2014}};
    for (size_t i = 0; i < sizeof names / sizeof *names; i++)
        if (strncmp(at, names[i].name, strlen(names[i].name)) == 0) {
            *code = names[i].code;
            return strlen(names[i].name);
        }
    if (at[1] != '#')
        return 0;
    bool is_hex = at[2] == 'x' || at[2] == 'X';
    char *end;
    unsigned long value = strtoul(at + 2 + is_hex, &end, is_hex ? 16 : 10);
    bool is_good = *end == ';' && end > at + 2 + is_hex && value >= ' ' &&
                   value < 0x110000 && (value < 0xD800 || value > 0xDFFF);
    *code = (uint32_t)value;
    return is_good ? (size_t)(end + 1 - at) : 0;
}

/* A copy with entities undone (JSON-LD and content attributes are often escaped twice)
 * and blanks at both ends taken off. */
static char *copy_value(struct arena *arena, const char *value, size_t len)
{
    char *out = arena_take(arena, len + 1, 1);
    size_t used = 0;
    for (size_t at = 0; out && at < len;) {
        uint32_t code;
        size_t step = value[at] == '&' ? entity(value + at, &code) : 0;
        if (step && at + step <= len)
            used += utf8_put(out + used, code);
        else
            out[used++] = value[at];
        at += step && at + step <= len ? step : 1;
    }
    while (used && (unsigned char)out[used - 1] <= ' ')
        out[--used] = '\0';
    return out;
}

static bool is_fit(const struct reading *r, enum meta_field field, const char *value,
                   size_t len)
{
    struct when when;
    bool is_address = strncmp(value, "http://", 7) == 0 ||
                      strncmp(value, "https://", 8) == 0;
    if (len == 0 || len > VALUE_MOST || utf8_bad(value, len) < len)
        return false;
    if (field == META_PUBLISHED || field == META_UPDATED)
        return when_read(mark_calendar(r->marks), value, len, &when);
    return is_address == (field == META_URL);
}

void meta_offer(struct reading *r, enum meta_field field, const char *value,
                uint32_t trust)
{
    struct meta *meta = r->meta;
    if (!value || (meta->values[field] && meta->trust[field] <= trust))
        return;
    while ((unsigned char)*value <= ' ' && *value)
        value++;
    size_t len = strlen(value);
    struct when when;
    bool is_day = field == META_PUBLISHED || field == META_UPDATED;
    if (is_day && when_ordered(value, r->order, &when)) {
        value = when.iso;
        len = strlen(value);
    }
    if (!is_fit(r, field, value, len))
        return;
    const char *kept = copy_value(r->arena, value, len);
    r->has_failed = r->has_failed || !kept;
    if (!kept || !*kept)
        return;
    meta->values[field] = kept;
    meta->trust[field] = trust;
}

void meta_offer_author(struct reading *r, const char *value, uint32_t trust)
{
    struct meta *meta = r->meta;
    size_t len = value ? strlen(value) : 0;
    uint32_t at = 0;
    while (at < meta->author_count && meta->author_trust[at] != trust)
        at++;
    if (len == 0 || len > VALUE_MOST || utf8_bad(value, len) < len || at == META_AUTHORS)
        return;
    const char *kept = copy_value(r->arena, value, len);
    if (kept && at < meta->author_count)
        kept = arena_print(r->arena, "%s | %s", meta->authors[at], kept);
    r->has_failed = r->has_failed || !kept;
    if (!kept)
        return;
    meta->authors[at] = kept;
    meta->author_trust[at] = trust;
    meta->author_count += at == meta->author_count;
}

static bool field_of(const char *name, enum meta_field *field)
{
    static const char *const names[META_FIELDS] = {
        "title", "published", "updated", "author", "site", "url", "language", "section"};
    for (int i = 0; i < META_FIELDS; i++)
        if (strcmp(names[i], name) == 0) {
            *field = (enum meta_field)i;
            return true;
        }
    return false;
}

static void offer_key(struct reading *r, const char *key, const char *value,
                      uint32_t more)
{
    char folded[80];
    enum meta_field field;
    if (!key || !value || !r->table || strlen(key) >= sizeof folded)
        return;
    utf8_fold(key, strlen(key), folded, sizeof folded);
    uint32_t row = table_row(r->table, folded);
    if (row == NONE ||
        !field_of(table_cell(r->table, row, table_column(r->table, "field")), &field))
        return;
    uint32_t trust = more + (uint32_t)atoi(table_cell(r->table, row,
                                                      table_column(r->table, "trust")));
    if (field == META_AUTHOR && !strstr(value, "://"))
        meta_offer_author(r, value, trust);
    else if (field != META_AUTHOR)
        meta_offer(r, field, value, trust);
}

/* ---- tags ---- */

static const char *first_text(const struct page *page, uint32_t at)
{
    const struct page_node *nodes = page->nodes.items;
    for (uint32_t i = at + 1; i < nodes[at].end; i++)
        if (nodes[i].text && nodes[i].text[strspn(nodes[i].text, " \t\r\n")])
            return nodes[i].text;
    return NULL;
}

static bool is_of_author(const struct page *page, uint32_t at)
{
    for (int up = 0; up < 3 && at; up++, at = page->nodes.items[at].parent) {
        const char *key = page_attribute(&page->nodes.items[at], "itemprop");
        if (key && strcmp(key, "author") == 0)
            return true;
    }
    return false;
}

static void read_microdata(struct reading *r, uint32_t at)
{
    const struct page_node *node = &r->page->nodes.items[at];
    const char *key = page_attribute(node, "itemprop");
    if (!key)
        return;
    const char *value = page_attribute(node, "content");
    if (!value)
        value = page_attribute(node, "datetime");
    if (!value && strcmp(node->tag, "abbr") == 0)
        value = page_attribute(node, "title");
    if (!value)
        value = first_text(r->page, at);
    if (strcmp(key, "name") == 0 && is_of_author(r->page, at))
        key = "author";
    offer_key(r, key, value, TRUST_MICRODATA);
}

/* <meta name="twitter:label1" content="Written by">, then twitter:data1. */
static void read_labelled(struct reading *r, const char *name, const char *content)
{
    char folded[40];
    if (name && content && strncmp(name, "twitter:label", 13) == 0)
        r->label = content;
    if (!name || !content || !r->label || strncmp(name, "twitter:data", 12) != 0)
        return;
    utf8_fold(r->label, strlen(r->label), folded, sizeof folded);
    if (mark_has(r->marks, folded, "byline"))
        meta_offer_author(r, content, TRUST_LABEL);
    r->label = NULL;
}

static void read_meta_tag(struct reading *r, const struct page_node *node)
{
    const char *content = page_attribute(node, "content");
    const char *property = page_attribute(node, "property");
    const char *name = page_attribute(node, "name");
    offer_key(r, property, content, 0);
    if (!property || !name || strcmp(property, name) != 0)
        offer_key(r, name, content, 0);
    offer_key(r, page_attribute(node, "http-equiv"), content, 0);
    read_labelled(r, name ? name : property, content);
}

static void read_link(struct reading *r, const struct page_node *node)
{
    const char *rel = page_attribute(node, "rel");
    if (rel && strcmp(rel, "canonical") == 0)
        meta_offer(r, META_URL, page_attribute(node, "href"), 0);
}

static void read_script(struct reading *r, uint32_t at)
{
    const struct page_node *node = &r->page->nodes.items[at];
    const char *type = page_attribute(node, "type");
    if (type && strstr(type, "ld+json") && node->end > at + 1 && node[1].text)
        meta_read_ld(r, node[1].text);
}

static void read_node(struct reading *r, uint32_t at)
{
    const struct page_node *node = &r->page->nodes.items[at];
    const char *tag = node->tag;
    if (!tag)
        return;
    if (strcmp(tag, "meta") == 0)
        read_meta_tag(r, node);
    else if (strcmp(tag, "script") == 0)
        read_script(r, at);
    else if (strcmp(tag, "title") == 0 && node->end > at + 1)
        meta_offer(r, META_TITLE, node[1].text, TRUST_TAG);
    else if (strcmp(tag, "html") == 0)
        meta_offer(r, META_LANGUAGE, page_attribute(node, "lang"), TRUST_LINK);
    else if (strcmp(tag, "link") == 0)
        read_link(r, node);
    else if (strcmp(tag, "time") == 0)
        meta_offer(r, META_PUBLISHED, page_attribute(node, "datetime"), TRUST_TIME);
    if (node->attribute_count)
        read_microdata(r, at);
}

static enum day_order order_of(const struct table *orders, const char *key)
{
    char folded[16];
    if (!orders || !key || strlen(key) >= sizeof folded)
        return ORDER_UNKNOWN;
    utf8_fold(key, strlen(key), folded, sizeof folded);
    for (char *at = folded; *at; at++)
        *at = *at == '_' ? '-' : *at;
    uint32_t row = table_row(orders, folded);
    if (row == NONE && strchr(folded, '-')) {
        *strchr(folded, '-') = '\0';
        row = table_row(orders, folded);
    }
    if (row == NONE)
        return ORDER_UNKNOWN;
    const char *order = table_cell(orders, row, table_column(orders, "order"));
    return strcmp(order, "day") == 0 ? ORDER_DAY : ORDER_MONTH;
}

/* By the last part of the address's host: ".uk". */
static enum day_order order_at(const struct table *orders, const char *address)
{
    char host[200];
    const char *from = address ? strstr(address, "://") : NULL;
    size_t len = from ? strcspn(from + 3, "/:?#") : 0;
    if (len == 0 || len >= sizeof host)
        return ORDER_UNKNOWN;
    memcpy(host, from + 3, len);
    host[len] = '\0';
    return order_of(orders, strrchr(host, '.'));
}

/* The address's country goes before the language, which templates often have wrong. */
static void find_order(struct reading *r)
{
    const char *language = NULL;
    r->order = order_at(r->orders, r->meta->address);
    for (uint32_t i = 0; i < r->page->nodes.count && !r->order; i++) {
        const struct page_node *node = &r->page->nodes.items[i];
        const char *rel = page_attribute(node, "rel");
        if (rel && strcmp(rel, "canonical") == 0)
            r->order = order_at(r->orders, page_attribute(node, "href"));
        if (node->tag && strcmp(node->tag, "html") == 0)
            language = page_attribute(node, "lang");
        if (node->tag && strcmp(node->tag, "body") == 0)
            break;
    }
    if (!r->order)
        r->order = order_of(r->orders, language);
}

enum outcome meta_read(const struct pack *pack, const struct mark_words *marks,
                       const struct page *page, struct arena *arena, struct meta *meta,
                       struct fail *fail)
{
    struct reading r = {.table = pack_table(pack, "text/metadata"),
                        .marks = marks,
                        .page = page,
                        .arena = arena,
                        .meta = meta,
                        .orders = pack_table(pack, "text/dayorder")};
    *meta = (struct meta){.address = meta->address};
    find_order(&r);
    meta->order = r.order;
    for (uint32_t i = 0; i < page->nodes.count; i++)
        read_node(&r, i);
    return r.has_failed ? fail_memory(fail) : OK;
}

/* ---- beside the heading ---- */

/* Whether the words before a day say that it is of an update. */
static bool is_update(const struct mark_words *marks, const struct line_words *words,
                      uint32_t at)
{
    char text[LINE_CAP];
    for (uint32_t i = 0; i < at; i++)
        for (uint32_t len = 1; len <= 3 && i + len <= at; len++) {
            const char *label = mark_date_label(marks,
                                                words_join(words, i, i + len, text));
            if (label && strcmp(label, "updated") == 0)
                return true;
        }
    return false;
}

/* The line from word `at` on; a day that only its order or weekday told is written
 * out. */
static const char *when_line(struct reading *r, const struct article_line *line,
                             const struct line_words *words, uint32_t at,
                             const struct when *when)
{
    struct when plain;
    const char *rest = line->text + words->at[at];
    if (!when_words(mark_calendar(r->marks), words, at, &plain))
        return arena_copy(r->arena, when->iso, strlen(when->iso));
    return arena_copy(r->arena, rest, line->len - (size_t)(rest - line->text));
}

/* Whether the line names a day, or how long ago it was. */
static bool read_day_words(struct reading *r, const struct article_line *line,
                           uint32_t trust)
{
    struct line_words words;
    struct when when;
    bool has_day = false;
    if (line->len > DATE_LINE)
        return false;
    words_read(&words, line->text, line->len);
    for (uint32_t i = 0; i < words.count; i++) {
        const struct table *calendar = mark_calendar(r->marks);
        uint32_t took = when_words(calendar, &words, i, &when);
        has_day = has_day || took || (i > 1 && when_is_ago(calendar, words.words[i]));
        bool is_known = took && when.day != DAY_NONE;
        if (!took)
            took = is_known = when_by_weekday(calendar, &words, i, &when) ||
                              when_ordered(words.words[i], r->order, &when);
        if (!is_known)
            continue;
        has_day = true;
        meta_offer(r, is_update(r->marks, &words, i) ? META_UPDATED : META_PUBLISHED,
                   when_line(r, line, &words, i, &when), trust);
        i += took - 1;
    }
    return has_day;
}

struct beside {
    uint32_t trust;
    bool has_day;
};

/* A line of names, and how it is known for one. */
static void read_names(struct reading *r, const struct article *article, uint32_t at,
                       const struct beside *beside, uint32_t *names)
{
    const struct article_line *line = &article->beside.items[at];
    uint32_t trust = beside[at].trust;
    bool is_named = line->hint == HINT_BYLINE && line->len <= DATE_LINE;
    bool is_labelled = line->len <= DATE_LINE &&
                       authors_labelled(r->marks, line->text, line->len);
    bool has_day = false;
    for (uint32_t i = at > DAY_NEAR ? at - DAY_NEAR : 0; i <= at + DAY_NEAR; i++)
        has_day = has_day || (i < article->beside.count && beside[i].has_day);
    bool is_alone = !is_named && !is_labelled && !line->is_above && !line->is_below &&
                    has_day && line->len <= DATE_LINE &&
                    authors_alone(r->marks, line->text, line->len);
    if (is_named || is_labelled || is_alone) {
        uint32_t own = trust + (is_labelled ? 0 : is_named ? UNLABELLED : ALONE);
        *names = is_named && *names != NONE ? *names : own;
        meta_offer_author(r, arena_copy(r->arena, line->text, line->len), *names);
    }
    *names = line->hint == HINT_BYLINE ? *names : NONE;
}

static void read_beside(struct reading *r, const struct article *article)
{
    uint32_t names = NONE; /* trust of the line of names before: adjoining ones are one */
    struct beside *beside = arena_take(r->arena, article->beside.count, sizeof *beside);
    r->has_failed = r->has_failed || !beside;
    for (uint32_t i = 0; beside && i < article->beside.count; i++) {
        const struct article_line *line = &article->beside.items[i];
        beside[i].trust = TRUST_NEAR + i + (line->is_below ? TRUST_BELOW : 0) +
                          (line->is_above && line->hint != HINT_DATE ? 20 : 0);
        beside[i].has_day = read_day_words(r, line, beside[i].trust);
    }
    for (uint32_t i = 0; beside && i < article->beside.count; i++)
        read_names(r, article, i, beside, &names);
}

/* The day in the page's address, or in the one that it calls its own. */
static void read_address(struct reading *r)
{
    char text[16];
    day day = when_in_url(r->meta->address);
    if (day == DAY_NONE)
        day = when_in_url(r->meta->values[META_URL]);
    if (day != DAY_NONE)
        meta_offer(r, META_PUBLISHED, day_write(day, text), TRUST_URL);
}

/* <a rel="author">Jane Roe</a> above the text or in it. */
static void read_author_links(struct reading *r, const struct article *article)
{
    const struct page_node *nodes = r->page->nodes.items;
    uint32_t end = nodes[article->root].end;
    for (uint32_t i = article->around; i < end; i++) {
        const char *rel = page_attribute(&nodes[i], "rel");
        const char *name = rel && strcmp(rel, "author") == 0 ? first_text(r->page, i)
                                                             : NULL;
        if (name && strlen(name) <= NAME_LONGEST)
            meta_offer_author(r, name, TRUST_AUTHOR_LINK);
    }
}

static void read_near_time(struct reading *r, uint32_t around)
{
    const struct page_node *nodes = r->page->nodes.items;
    for (uint32_t i = around; i < nodes[around].end; i++) {
        const char *name = page_attribute(&nodes[i], "class");
        bool is_time = nodes[i].tag && strcmp(nodes[i].tag, "time") == 0;
        if (!is_time)
            continue;
        bool is_new = name && (strstr(name, "updated") || strstr(name, "modified")) &&
                      !strstr(name, "published");
        meta_offer(r, is_new ? META_UPDATED : META_PUBLISHED,
                   page_attribute(&nodes[i], "datetime"), TRUST_NEAR_TIME);
    }
}

/* The bytes of a sign that parts the names in <title>, 0 when none stands there. */
static size_t title_sign(const char *at)
{
    size_t len = *at == '|' || *at == '-'          ? 1
                 : strncmp(at, "::", 2) == 0       ? 2
                 : strncmp(at, "\xC2\xBB", 2) == 0 ? 2
                 : strncmp(at, "\xE2\x80\x93", 3) == 0 ||
                         strncmp(at, "\xE2\x80\x94", 3) == 0
                     ? 3
                     : 0;
    return len && at[len] == ' ' ? len : 0;
}

/* "Nepal signs deal | Asia | Himal Daily": the last of what stands behind the heading's
 * words in <title>. */
static void read_site(struct reading *r, const char *heading)
{
    const char *title = r->meta->values[META_TITLE], *site = NULL;
    for (uint32_t i = 0; i < r->page->nodes.count; i++) {
        const struct page_node *node = &r->page->nodes.items[i];
        if (node->tag && strcmp(node->tag, "title") == 0 && node->end > i + 1) {
            title = node[1].text;
            break;
        }
    }
    while (title && (unsigned char)*title <= ' ' && *title)
        title++;
    size_t len = title && heading ? strlen(heading) : 0;
    if (len == 0 || strncmp(title, heading, len) != 0)
        return;
    title += len + strspn(title + len, " ");
    for (const char *at = title; *at; at++) {
        size_t sign = at == title || at[-1] == ' ' ? title_sign(at) : 0;
        if (sign && strlen(at + sign) < SITE_LONGEST)
            site = at + sign;
        else if (at == title)
            return;
    }
    meta_offer(r, META_SITE, site, TRUST_TAG);
}

enum outcome meta_settle(const struct mark_words *marks, const struct page *page,
                         const struct article *article, struct arena *arena,
                         struct meta *meta, struct fail *fail)
{
    struct reading r = {
        .marks = marks, .page = page, .arena = arena, .meta = meta, .order = meta->order};
    read_site(&r, article->heading);
    read_author_links(&r, article);
    read_near_time(&r, article->around);
    read_beside(&r, article);
    read_address(&r);
    uint32_t best = NONE;
    for (uint32_t i = 0; i < meta->author_count; i++) {
        const char *names = authors_read(marks, arena, meta->authors[i],
                                         strlen(meta->authors[i]),
                                         meta->values[META_SITE]);
        if (names && meta->author_trust[i] < best) {
            best = meta->author_trust[i];
            meta->values[META_AUTHOR] = names;
        }
    }
    return r.has_failed ? fail_memory(fail) : OK;
}
