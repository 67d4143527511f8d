/* fill.c: a raw report to a document: text, title, and what the source says of it. */
#include "source/raw.h"

#include "base/buffer.h"
#include "base/utf8.h"
#include "source/article.h"
#include "source/author.h"
#include "source/charset.h"
#include "source/conllu.h"
#include "source/meta.h"

#include <string.h>

#define PAGE_LIMIT ((size_t)1 << 30) /* arena of one page's tree */

static const char *copy(struct doc *doc, const char *text, bool *has_failed)
{
    const char *made = text && *text ? arena_copy(&doc->arena, text, strlen(text)) : NULL;
    *has_failed = *has_failed || (text && *text && !made);
    return made;
}

/* "jane@example.org (Jane Roe)", as RSS has it, names her. */
static const char *given_names(const struct pack *pack, const struct raw *raw,
                               struct arena *arena)
{
    const char *names = raw->authors, *open = strchr(names, '(');
    size_t len = strlen(names);
    if (open && memchr(names, '@', (size_t)(open - names))) {
        names = open + 1;
        len = strcspn(names, ")");
    }
    const struct mark_words *marks = marks_open(pack, arena);
    return marks ? authors_read(marks, arena, names, len, raw->source) : NULL;
}

static enum outcome fill_given(const struct pack *pack, const struct raw *raw,
                               struct doc *doc, struct fail *fail)
{
    bool has_failed = false;
    struct report *report = &doc->report;
    report->id = copy(doc, raw->id, &has_failed);
    report->url = copy(doc, raw->url, &has_failed);
    report->published = copy(doc, raw->date, &has_failed);
    report->source = copy(doc, raw->source, &has_failed);
    if (raw->authors)
        report->authors = given_names(pack, raw, &doc->arena);
    return has_failed ? fail_memory(fail) : OK;
}

static enum outcome too_large(size_t len, struct fail *fail)
{
    return fail_with(fail, FAIL_LIMIT, "%zu bytes, more than the %u one report may hold",
                     len, DOC_MAX_LEN);
}

/* Title, a blank line, body. */
static enum outcome set_text(struct doc *doc, const char *title, const char *body,
                             size_t len, struct fail *fail)
{
    size_t title_len = title ? strlen(title) : 0, base = title_len ? title_len + 2 : 0;
    if (len > DOC_MAX_LEN || base > DOC_MAX_LEN - len)
        return too_large(base + len, fail);
    char *text = arena_take(&doc->arena, base + len + 1, 1);
    if (!text)
        return fail_memory(fail);
    if (title_len) {
        memcpy(text, title, title_len);
        text[title_len] = text[title_len + 1] = '\n';
    }
    if (len)
        memcpy(text + base, body, len);
    doc->text = text;
    doc->len = (uint32_t)(base + len);
    doc->title = (struct span){0, (uint32_t)title_len};
    doc->body = (struct span){(uint32_t)base, doc->len};
    return OK;
}

static bool is_blank(const char *text, size_t len)
{
    uint32_t code;
    for (size_t at = 0, step; at < len; at += step) {
        step = utf8_next(text + at, len - at, &code);
        if (step == 0 || (!utf8_is_space(code) && code >= ' '))
            return false;
    }
    return true;
}

static enum outcome fill_plain(const struct raw *raw, struct doc *doc, const char *text,
                               size_t len, struct fail *fail)
{
    const char *title = raw->title && !is_blank(raw->title, strlen(raw->title))
                            ? raw->title
                            : NULL;
    if (is_blank(text, len) && !title)
        return fail_with(fail, FAIL_DATA, "no text in it");
    enum outcome outcome = set_text(doc, title, text, len, fail);
    bool has_failed = false;
    doc->report.title = copy(doc, title, &has_failed);
    return outcome ? outcome : has_failed ? fail_memory(fail) : OK;
}

/* ---- pages ---- */

/* The heading, where it bears the title's words (the title then often has the site's name
 * behind them) or the metadata have none but <title>. */
static const char *choose_title(const struct raw *raw, const struct meta *meta,
                                const struct article *article)
{
    const char *title = meta->values[META_TITLE], *heading = article->heading;
    if (raw->title && *raw->title)
        return raw->title;
    if (!title || !heading)
        return title ? title : heading;
    return article->is_titled || meta->trust[META_TITLE] > 100 ? heading : title;
}

/* The page's language is left to the text: templates are labelled wrongly too often. */
static enum outcome fill_meta(const struct meta *meta, const struct article *article,
                              struct doc *doc, struct fail *fail)
{
    bool has_failed = false;
    struct report *report = &doc->report;
    if (!report->url)
        report->url = copy(doc, meta->values[META_URL], &has_failed);
    if (!report->published)
        report->published = copy(doc, meta->values[META_PUBLISHED], &has_failed);
    if (!report->source)
        report->source = copy(doc, meta->values[META_SITE], &has_failed);
    report->updated = copy(doc, meta->values[META_UPDATED], &has_failed);
    if (!report->authors)
        report->authors = copy(doc, meta->values[META_AUTHOR], &has_failed);
    report->section = copy(doc, meta->values[META_SECTION], &has_failed);
    report->subtitle = copy(doc, article->subtitle, &has_failed);
    return has_failed ? fail_memory(fail) : OK;
}

static enum outcome set_ranges(struct doc *doc, const struct article *article,
                               struct fail *fail)
{
    uint32_t at = doc->body.start;
    struct range *range;
    if (span_len(doc->title)) {
        if (!(range = array_push(&doc->arena, &doc->ranges)))
            return fail_memory(fail);
        *range = (struct range){doc->title, RANGE_TITLE};
    }
    for (uint32_t i = 0; i < article->blocks.count; i++) {
        const struct article_block *block = &article->blocks.items[i];
        if (!(range = array_push(&doc->arena, &doc->ranges)))
            return fail_memory(fail);
        *range = (struct range){{at, at + block->len}, block->kind};
        at += block->len + 2;
    }
    return OK;
}

/* One line each, whatever the page's attribute held. */
static const char *on_one_line(struct arena *arena, const char *title)
{
    char *line = title ? arena_copy(arena, title, strlen(title)) : NULL;
    for (char *at = line; at && *at; at++)
        if ((unsigned char)*at < ' ')
            *at = ' ';
    return line;
}

static bool is_title_again(const struct article_block *block, const char *title)
{
    return title && strlen(title) == block->len &&
           memcmp(title, block->text, block->len) == 0;
}

static enum outcome fill_article(const struct raw *raw, struct doc *doc,
                                 struct arena *scratch, const struct meta *meta,
                                 struct article *article, struct fail *fail)
{
    const char *title = on_one_line(scratch, choose_title(raw, meta, article));
    struct buffer body = {0};
    uint32_t kept = 0;
    for (uint32_t i = 0; i < article->blocks.count; i++) {
        const struct article_block *block = &article->blocks.items[i];
        if (is_title_again(block, title))
            continue;
        if (kept)
            buffer_text(&body, "\n\n");
        buffer_add(&body, block->text, block->len);
        article->blocks.items[kept++] = *block;
    }
    article->blocks.count = kept;
    enum outcome outcome = body.failed ? fail_memory(fail) : OK;
    if (!outcome && kept == 0)
        outcome = fail_with(fail, FAIL_DATA, "no article found in the page");
    if (!outcome)
        outcome = set_text(doc, title, body.bytes, body.len, fail);
    buffer_free(&body);
    if (!outcome)
        outcome = fill_meta(meta, article, doc, fail);
    return outcome ? outcome : set_ranges(doc, article, fail);
}

static enum outcome fill_page(const struct pack *pack, const struct raw *raw,
                              struct doc *doc, const struct decoded *html,
                              struct fail *fail)
{
    struct arena scratch;
    struct page page;
    struct meta meta = {.address = raw->url};
    struct article article;
    arena_init(&scratch, PAGE_LIMIT);
    const struct mark_words *marks = marks_open(pack, &scratch);
    enum outcome outcome = marks
                               ? page_parse(html->text, html->len, &scratch, &page, fail)
                               : fail_memory(fail);
    if (!outcome)
        outcome = meta_read(pack, marks, &page, &scratch, &meta, fail);
    if (!outcome) {
        const struct article_ask ask = {pack, marks, &page, meta.values[META_TITLE],
                                        meta.body};
        outcome = article_find(&ask, &scratch, &article, fail);
    }
    if (!outcome)
        outcome = meta_settle(marks, &page, &article, &scratch, &meta, fail);
    if (!outcome)
        outcome = fill_article(raw, doc, &scratch, &meta, &article, fail);
    arena_free(&scratch);
    return outcome;
}

/* ---- all kinds ---- */

static enum outcome decode(const struct raw *raw, struct arena *arena,
                           struct decoded *decoded, struct fail *fail)
{
    char charset[40];
    bool is_declared = raw->format == FORMAT_HTML &&
                       page_charset(raw->bytes, raw->len, charset);
    const char *declared = raw->charset ? raw->charset : is_declared ? charset : NULL;
    *decoded = (struct decoded){raw->bytes, raw->len};
    if (raw->is_utf8)
        return OK;
    enum outcome outcome = charset_decode(raw->bytes, raw->len, declared, arena, decoded,
                                          fail);
    return outcome ? outcome : charset_mend(decoded, arena, fail);
}

enum outcome raw_fill(const struct pack *pack, const struct raw *raw, struct doc *doc,
                      struct fail *fail)
{
    struct fail why = {{0}};
    struct decoded decoded = {0};
    enum outcome outcome = fill_given(pack, raw, doc, &why);
    if (!outcome)
        outcome = decode(raw, &doc->arena, &decoded, &why);
    bool is_page = raw->format == FORMAT_HTML ||
                   (decoded.text != raw->bytes && !outcome &&
                    raw->format == FORMAT_TEXT &&
                    format_of(decoded.text, decoded.len) == FORMAT_HTML);
    if (!outcome && raw->format == FORMAT_CONLLU)
        outcome = conllu_read(decoded.text, decoded.len, doc, &why);
    else if (!outcome && is_page)
        outcome = fill_page(pack, raw, doc, &decoded, &why);
    else if (!outcome)
        outcome = fill_plain(raw, doc, decoded.text, decoded.len, &why);
    if (outcome)
        fail_with(fail, outcome, "%s: %s", raw->name, why.message);
    return outcome;
}
