/* meta_ld.c: JSON-LD, as pages write it: with a comma too many, raw line ends in strings,
 * inside a comment. */
#include "source/meta_part.h"

#include "base/utf8.h"

#include <jansson.h>
#include <string.h>

#define LD_LARGEST ((size_t)2 << 20)
#define LD_DEEPEST 7
#define LD_MOST 300 /* objects looked at */
#define NAMES_CAP 900
#define TRUST_ARTICLE 0
#define TRUST_WEBPAGE 30

/* A copy that a strict parser takes: control characters in strings are blanks, commas
 * before a closing bracket are gone, what stands around the data too. */
static char *tidy(struct arena *arena, const char *script, size_t *len)
{
    const char *from = strpbrk(script, "{[");
    size_t size = from ? strlen(from) : 0, used = 0;
    char *out = from && size <= LD_LARGEST ? arena_take(arena, size + 1, 1) : NULL;
    bool in_text = false;
    for (size_t i = 0; out && i < size; i++) {
        char c = from[i];
        if (in_text && c == '\\' && i + 1 < size) {
            out[used++] = c;
            c = from[++i];
        } else if (c == '"') {
            in_text = !in_text;
        } else if (!in_text && (c == '}' || c == ']')) {
            size_t back = used;
            while (back && (unsigned char)out[back - 1] <= ' ')
                back--;
            if (back && out[back - 1] == ',')
                used = back - 1;
        }
        out[used++] = (unsigned char)c < ' ' ? ' ' : c;
    }
    while (used && out[used - 1] != '}' && out[used - 1] != ']')
        used--;
    *len = used;
    return out;
}

static bool has_type(const json_t *object, const char *word)
{
    const json_t *type = json_object_get(object, "@type");
    size_t count = json_is_array(type) ? json_array_size(type) : 1;
    for (size_t i = 0; i < count; i++) {
        const char *name = json_string_value(json_is_array(type) ? json_array_get(type, i)
                                                                 : type);
        if (name && strstr(name, word))
            return true;
    }
    return false;
}

static bool is_article(const json_t *object)
{
    return has_type(object, "Article") || has_type(object, "Posting") ||
           has_type(object, "Report");
}

struct search {
    const json_t *stack[LD_MOST];
    uint8_t depths[LD_MOST];
    uint32_t count, seen;
};

static void push(struct search *search, const json_t *value, uint8_t depth)
{
    if (search->count == LD_MOST || depth > LD_DEEPEST ||
        (!json_is_object(value) && !json_is_array(value)))
        return;
    search->stack[search->count] = value;
    search->depths[search->count++] = depth;
}

/* The next object, from the front of the data; NULL at the end. */
static const json_t *next_object(struct search *search)
{
    while (search->count && search->seen++ < LD_MOST) {
        const json_t *value = search->stack[--search->count];
        uint8_t depth = search->depths[search->count];
        for (size_t i = json_is_array(value) ? json_array_size(value) : 0; i > 0; i--)
            push(search, json_array_get(value, i - 1), depth + 1);
        for (void *at = json_is_object(value)
                            ? json_object_iter((json_t *)(uintptr_t)value)
                            : NULL;
             at; at = json_object_iter_next((json_t *)(uintptr_t)value, at))
            push(search, json_object_iter_value(at), depth + 1);
        if (json_is_object(value))
            return value;
    }
    return NULL;
}

/* The object that {"@id": ...} stands for. */
static const json_t *by_id(const json_t *root, const json_t *object)
{
    const char *id = json_string_value(json_object_get(object, "@id"));
    if (!id || json_object_get(object, "name"))
        return object;
    struct search search = {.stack = {root}, .count = 1};
    for (const json_t *at; (at = next_object(&search));) {
        const char *other = json_string_value(json_object_get(at, "@id"));
        if (other && strcmp(other, id) == 0 && json_object_get(at, "name"))
            return at;
    }
    return object;
}

/* A string, the name of an object, or that of an array's first. */
static const char *name_of(const json_t *root, const json_t *value)
{
    if (json_is_array(value))
        value = json_array_get(value, 0);
    if (json_is_object(value))
        value = json_object_get(by_id(root, value), "name");
    if (json_is_array(value))
        value = json_array_get(value, 0);
    return json_string_value(value);
}

static void offer_names(struct reading *r, const json_t *root, const json_t *value)
{
    char names[NAMES_CAP] = "";
    size_t used = 0, count = json_is_array(value) ? json_array_size(value) : 1;
    for (size_t i = 0; i < count && i < 16; i++) {
        const json_t *one = json_is_array(value) ? json_array_get(value, i) : value;
        bool is_firm = json_is_object(one) && has_type(by_id(root, one), "Organization");
        const char *name = is_firm ? NULL : name_of(root, one);
        size_t len = name ? strlen(name) : 0;
        if (len == 0 || used + len + 4 > sizeof names)
            continue;
        memcpy(names + used, " | ", 3);
        used += used ? 3 : 0;
        memcpy(names + used, name, len + 1);
        used += len;
    }
    meta_offer_author(r, names, TRUST_ARTICLE);
}

static void read_article(struct reading *r, const json_t *root, const json_t *object)
{
    static const struct {
        const char *key;
        enum meta_field field;
    } keys[] = {{"headline", META_TITLE},       {"datePublished", META_PUBLISHED},
                {"dateModified", META_UPDATED}, {"publisher", META_SITE},
                {"inLanguage", META_LANGUAGE},  {"url", META_URL},
                {"mainEntityOfPage", META_URL}, {"articleSection", META_SECTION},
                {"dateCreated", META_PUBLISHED}};
    for (size_t i = 0; i < sizeof keys / sizeof *keys; i++)
        meta_offer(r, keys[i].field, name_of(root, json_object_get(object, keys[i].key)),
                   i < 8 ? TRUST_ARTICLE : TRUST_ARTICLE + 1);
    offer_names(r, root, json_object_get(object, "author"));
    const char *body = json_string_value(json_object_get(object, "articleBody"));
    if (body && !r->meta->body) {
        r->meta->body = arena_copy(r->arena, body, strlen(body));
        r->has_failed = r->has_failed || !r->meta->body;
    }
}

/* The first article anywhere in the data; a page's own day is worth less. */
static void read_root(struct reading *r, const json_t *root)
{
    struct search search = {.stack = {root}, .count = 1};
    for (const json_t *object; (object = next_object(&search));) {
        if (is_article(object)) {
            read_article(r, root, object);
            return;
        }
        if (has_type(object, "WebPage")) {
            meta_offer(r, META_PUBLISHED,
                       json_string_value(json_object_get(object, "datePublished")),
                       TRUST_WEBPAGE);
            meta_offer(r, META_UPDATED,
                       json_string_value(json_object_get(object, "dateModified")),
                       TRUST_WEBPAGE);
        }
    }
}

void meta_read_ld(struct reading *r, const char *script)
{
    size_t len = 0;
    char *data = tidy(r->arena, script, &len);
    json_t *root = data ? json_loadb(data, len, JSON_DISABLE_EOF_CHECK, NULL) : NULL;
    if (root)
        read_root(r, root);
    json_decref(root);
}
