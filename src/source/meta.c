/* meta.c: metadata of a page, in the order in which its places are trusted: JSON-LD, meta
 * tags by the table's trust, microdata, the first <time>, <title>. */
#include "source/meta.h"

#include "base/utf8.h"

#include <jansson.h>
#include <stdlib.h>
#include <string.h>

#define TRUST_JSON 0
#define TRUST_LINK 40
#define TRUST_MICRODATA 50 /* added to the table's trust */
#define TRUST_TIME 90
#define TRUST_TAG 95
#define LD_DEEPEST 6
#define LD_MOST 200 /* objects looked at */

struct reading {
    const struct table *table;
    const struct page *page;
    struct arena *arena;
    struct meta *meta;
    bool has_failed;
};

static void offer(struct reading *r, enum meta_field field, const char *value,
                  uint32_t trust)
{
    struct meta *meta = r->meta;
    if (!value)
        return;
    while ((unsigned char)*value <= ' ' && *value)
        value++;
    size_t len = strlen(value);
    while (len && (unsigned char)value[len - 1] <= ' ')
        len--;
    if (len == 0 || len > 2000 || (meta->values[field] && meta->trust[field] <= trust) ||
        utf8_bad(value, len) < len)
        return;
    meta->values[field] = arena_copy(r->arena, value, len);
    meta->trust[field] = trust;
    r->has_failed = r->has_failed || !meta->values[field];
}

static bool field_of(const char *name, enum meta_field *field)
{
    static const char *const names[META_FIELDS] = {
        "title", "published", "updated", "author", "site", "url", "language"};
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
    uint32_t trust = (uint32_t)atoi(
        table_cell(r->table, row, table_column(r->table, "trust")));
    bool is_address = strstr(value, "://") != NULL;
    if (is_address == (field == META_URL))
        offer(r, field, value, trust + more);
}

/* ---- JSON-LD ---- */

static bool is_article(const json_t *object)
{
    const json_t *type = json_object_get(object, "@type");
    const json_t *one = json_is_array(type) ? json_array_get(type, 0) : type;
    const char *name = json_string_value(one);
    return name &&
           (strstr(name, "Article") || strstr(name, "Posting") || strstr(name, "Report"));
}

/* A string, or the name of an object, or of an array's first. */
static const char *ld_name(const json_t *value)
{
    if (json_is_array(value))
        value = json_array_get(value, 0);
    if (json_is_object(value))
        value = json_object_get(value, "name");
    return json_string_value(value);
}

static void offer_authors(struct reading *r, const json_t *value)
{
    char names[600];
    size_t used = 0;
    size_t count = json_is_array(value) ? json_array_size(value) : 1;
    for (size_t i = 0; i < count && i < 12; i++) {
        const char *name = ld_name(json_is_array(value) ? json_array_get(value, i)
                                                        : value);
        size_t len = name ? strlen(name) : 0;
        if (len == 0 || used + len + 2 > sizeof names)
            continue;
        if (used)
            names[used++] = '|';
        memcpy(names + used, name, len);
        used += len;
    }
    names[used] = '\0';
    offer(r, META_AUTHOR, names, TRUST_JSON);
}

static void read_ld_article(struct reading *r, const json_t *object)
{
    static const struct {
        const char *key;
        enum meta_field field;
    } keys[] = {{"headline", META_TITLE},       {"datePublished", META_PUBLISHED},
                {"dateModified", META_UPDATED}, {"publisher", META_SITE},
                {"inLanguage", META_LANGUAGE},  {"url", META_URL}};
    for (size_t i = 0; i < sizeof keys / sizeof *keys; i++)
        offer(r, keys[i].field, ld_name(json_object_get(object, keys[i].key)),
              TRUST_JSON);
    offer_authors(r, json_object_get(object, "author"));
}

struct pending {
    const json_t *value;
    uint32_t depth;
};

/* The first article anywhere in the data. */
static void read_ld(struct reading *r, const json_t *root)
{
    struct pending stack[LD_MOST] = {{root, 0}};
    uint32_t count = 1, seen = 0;
    while (count && seen++ < LD_MOST) {
        struct pending next = stack[--count];
        if (json_is_object(next.value) && is_article(next.value)) {
            read_ld_article(r, next.value);
            return;
        }
        if (next.depth == LD_DEEPEST)
            continue;
        size_t size = json_is_array(next.value) ? json_array_size(next.value) : 0;
        for (size_t i = size; i > 0 && count < LD_MOST; i--)
            stack[count++] = (struct pending){json_array_get(next.value, i - 1),
                                              next.depth + 1};
        const char *key;
        json_t *value;
        if (json_is_object(next.value))
            json_object_foreach((json_t *)(uintptr_t)next.value, key,
                                value) if (count < LD_MOST && (json_is_object(value) ||
                                                               json_is_array(value)))
                stack[count++] = (struct pending){value, next.depth + 1};
    }
}

static void read_script(struct reading *r, uint32_t at)
{
    const struct page_node *node = &r->page->nodes.items[at];
    const char *type = page_attribute(node, "type");
    if (!type || !strstr(type, "ld+json") || node->end == at + 1 || !node[1].text)
        return;
    json_t *root = json_loads(node[1].text, 0, NULL);
    if (root)
        read_ld(r, root);
    json_decref(root);
}

/* ---- tags ---- */

static void read_microdata(struct reading *r, uint32_t at)
{
    const struct page_node *node = &r->page->nodes.items[at];
    const char *key = page_attribute(node, "itemprop");
    const char *value = page_attribute(node, "content");
    if (!value)
        value = page_attribute(node, "datetime");
    if (!value && node->end > at + 1)
        value = node[1].text;
    offer_key(r, key, value, TRUST_MICRODATA);
}

static void read_node(struct reading *r, uint32_t at)
{
    const struct page_node *node = &r->page->nodes.items[at];
    if (!node->tag)
        return;
    if (strcmp(node->tag, "meta") == 0) {
        const char *content = page_attribute(node, "content");
        offer_key(r, page_attribute(node, "property"), content, 0);
        offer_key(r, page_attribute(node, "name"), content, 0);
        offer_key(r, page_attribute(node, "http-equiv"), content, 0);
    } else if (strcmp(node->tag, "script") == 0) {
        read_script(r, at);
    } else if (strcmp(node->tag, "title") == 0 && node->end > at + 1) {
        offer(r, META_TITLE, node[1].text, TRUST_TAG);
    } else if (strcmp(node->tag, "html") == 0) {
        offer(r, META_LANGUAGE, page_attribute(node, "lang"), TRUST_LINK);
    } else if (strcmp(node->tag, "link") == 0) {
        const char *rel = page_attribute(node, "rel");
        if (rel && strcmp(rel, "canonical") == 0)
            offer(r, META_URL, page_attribute(node, "href"), 0);
    } else if (strcmp(node->tag, "time") == 0) {
        offer(r, META_PUBLISHED, page_attribute(node, "datetime"), TRUST_TIME);
    }
    if (node->attribute_count)
        read_microdata(r, at);
}

enum outcome meta_read(const struct pack *pack, const struct page *page,
                       struct arena *arena, struct meta *meta, struct fail *fail)
{
    struct reading r = {.table = pack_table(pack, "text/metadata"),
                        .page = page,
                        .arena = arena,
                        .meta = meta};
    *meta = (struct meta){0};
    for (uint32_t i = 0; i < page->nodes.count; i++)
        read_node(&r, i);
    return r.has_failed ? fail_memory(fail) : OK;
}
