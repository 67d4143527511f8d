/* page.c: gumbo, fenced in. Its tree is built in an arena, never freed by its own
 * recursive way. */
#define _POSIX_C_SOURCE 200809L
#include "source/page.h"

#include "source/page_trim.h"

#include <gumbo.h>
#include <setjmp.h>
#include <string.h>
#include <strings.h>

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

struct frame {
    const GumboElement *element;
    uint32_t node, child;
};

/* The parser's tree becoming a list. */
struct flattening {
    struct arena *arena;
    struct page *page;
    struct page_trimmed *trimmed;
    ARRAY(struct frame) frames; /* the elements that are open */
};

static struct page_node *add_node(const struct flattening *f, uint32_t parent)
{
    struct page_node *node = array_push(f->arena, &f->page->nodes);
    if (node) {
        node->parent = f->page->nodes.count == 1 ? 0 : parent;
        node->end = f->page->nodes.count;
    }
    return node;
}

/* The attributes that the parser saw, and the set that one of them stands for. */
static bool set_attributes(const struct flattening *f, const GumboElement *element,
                           struct page_node *node)
{
    uint32_t seen = element->attributes.length, count = 0;
    struct page_set set = {0};
    for (uint32_t i = 0; i < seen; i++) {
        const GumboAttribute *attribute = element->attributes.data[i];
        if (!page_trim_set(f->trimmed, attribute->name, attribute->value, &set))
            count++;
    }
    node->attributes = set.items;
    node->attribute_count = set.count;
    if (count == 0)
        return true;
    struct page_attribute *all = arena_take(f->arena, count + set.count, sizeof *all);
    if (!all)
        return false;
    count = 0;
    for (uint32_t i = 0; i < seen; i++) {
        struct page_set other;
        const GumboAttribute *attribute = element->attributes.data[i];
        if (page_trim_set(f->trimmed, attribute->name, attribute->value, &other))
            continue;
        all[count++] = (struct page_attribute){
            arena_copy(f->arena, attribute->name, strlen(attribute->name)),
            arena_copy(f->arena, attribute->value, strlen(attribute->value))};
        if (!all[count - 1].name || !all[count - 1].value)
            return false;
    }
    if (set.count)
        memcpy(all + count, set.items, set.count * sizeof *all);
    node->attributes = all;
    node->attribute_count = count + set.count;
    return true;
}

static bool open_element(struct flattening *f, uint32_t parent,
                         const GumboElement *element)
{
    uint32_t number = f->page->nodes.count;
    struct page_node *node = add_node(f, parent);
    struct frame *frame = node && set_attributes(f, element, node)
                              ? array_push(f->arena, &f->frames)
                              : NULL;
    if (!frame)
        return false;
    node->tag = tag_name(element, f->arena);
    *frame = (struct frame){element, number, 0};
    return node->tag != NULL;
}

static bool add_run(struct flattening *f, uint32_t parent, const struct page_run *run)
{
    uint32_t link = f->page->nodes.count;
    if (run->is_link) {
        struct page_node *node = add_node(f, parent);
        if (!node)
            return false;
        node->tag = "a";
        node->attributes = run->set.items;
        node->attribute_count = run->set.count;
        parent = link;
    }
    struct page_node *node = add_node(f, parent);
    if (!node)
        return false;
    node->text = run->text;
    if (run->is_link)
        f->page->nodes.items[link].end = f->page->nodes.count;
    return true;
}

static bool add_text(struct flattening *f, uint32_t parent, const char *text)
{
    while (*text) {
        struct page_run run;
        if (!page_trim_next(f->trimmed, f->arena, &text, &run) ||
            (*run.text && !add_run(f, parent, &run)))
            return false;
    }
    return true;
}

static enum outcome flatten(struct flattening *f, const GumboNode *root,
                            struct fail *fail)
{
    bool is_sound = open_element(f, 0, &root->v.element);
    while (is_sound && f->frames.count) {
        struct frame *frame = &f->frames.items[f->frames.count - 1];
        if (frame->child == frame->element->children.length) {
            f->page->nodes.items[frame->node].end = f->page->nodes.count;
            f->frames.count--;
            continue;
        }
        const GumboNode *child = frame->element->children.data[frame->child++];
        if (child->type == GUMBO_NODE_ELEMENT || child->type == GUMBO_NODE_TEMPLATE)
            is_sound = open_element(f, frame->node, &child->v.element);
        else if (child->type != GUMBO_NODE_COMMENT && child->type != GUMBO_NODE_DOCUMENT)
            is_sound = add_text(f, frame->node, child->v.text.text);
    }
    return is_sound ? OK : fail_memory(fail);
}

static enum outcome parse(struct flattening *f, struct fence *fence, struct fail *fail)
{
    GumboOptions options = kGumboDefaultOptions;
    options.allocator = fenced_take;
    options.deallocator = fenced_free;
    options.userdata = fence;
    options.max_errors = 0;
    if (setjmp(fence->full))
        return fail_with(fail, FAIL_LIMIT, "the page is too tangled to be read");
    const GumboOutput *output = gumbo_parse_with_options(&options, f->trimmed->html,
                                                         f->trimmed->len);
    return flatten(f, output->root, fail);
}

enum outcome page_parse(const char *html, size_t len, struct arena *arena,
                        struct page *page, struct fail *fail)
{
    struct page_trimmed trimmed;
    struct arena tree; /* the parser's; nothing of the page lies in it */
    struct flattening flattening = {.arena = arena, .page = page, .trimmed = &trimmed};
    struct fence fence = {.arena = &tree};
    *page = (struct page){0};
    arena_init_unset(&tree, arena->limit);
    enum outcome outcome = page_trim(html, len, arena, &trimmed)
                               ? parse(&flattening, &fence, fail)
                               : fail_memory(fail);
    page_trim_free(&trimmed);
    arena_free(&tree);
    return outcome;
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
