/* pages_test.c: the article finder on pages of many layouts (test/pages): the words of
 * the body in fours against those that the page's file marks, title, day and authors
 * against its first line. SENTOSA_PAGES=all prints a line a page, SENTOSA_PAGES=NAME the
 * text that was found. */
#include "base/buffer.h"
#include "base/file.h"
#include "base/hash.h"
#include "base/utf8.h"
#include "check.h"
#include "source/page.h"
#include "source/plain.h"
#include "source/raw.h"
#include "stage/stages.h"
#include "test/unit/text_fixture.h"

#include <glob.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define FOUR 4
#define BODY_LEAST 0.97 /* mean F1 */

struct grams {
    uint64_t *items;
    size_t count;
};

static int compare(const void *a, const void *b)
{
    uint64_t one = *(const uint64_t *)a, two = *(const uint64_t *)b;
    return one < two ? -1 : one > two;
}

/* Hashes of all runs of four words; of fewer words, of all together. */
static struct grams grams_of(const char *text, size_t len)
{
    struct grams grams = {calloc(len + 1, sizeof *grams.items), 0};
    uint64_t words[FOUR] = {0};
    size_t count = 0;
    for (size_t at = 0; grams.items && at < len;) {
        uint32_t code;
        size_t start = at, step;
        while (at < len && (step = utf8_next(text + at, len - at, &code)) &&
               (utf8_is_letter(code) || utf8_is_digit(code)))
            at += step;
        if (at == start) {
            step = utf8_next(text + at, len - at, &code);
            at += step ? step : 1;
            continue;
        }
        struct hash hash;
        hash_start(&hash);
        hash_add(&hash, text + start, at - start);
        memmove(words, words + 1, sizeof words - sizeof *words);
        words[FOUR - 1] = hash_end(&hash);
        if (++count >= FOUR) {
            hash_start(&hash);
            hash_add(&hash, (const char *)words, sizeof words);
            grams.items[grams.count++] = hash_end(&hash);
        }
    }
    if (grams.items)
        qsort(grams.items, grams.count, sizeof *grams.items, compare);
    return grams;
}

static size_t shared(const struct grams *a, const struct grams *b)
{
    size_t count = 0;
    for (size_t i = 0, j = 0; i < a->count && j < b->count;) {
        if (a->items[i] == b->items[j]) {
            count++;
            i++;
            j++;
        } else if (a->items[i] < b->items[j]) {
            i++;
        } else {
            j++;
        }
    }
    return count;
}

static bool is_inline(const char *tag)
{
    static const char *const names[] = {"a", "b", "i", "em", "strong", "span", "sup"};
    tag += *tag == '/';
    size_t len = strcspn(tag, " >/");
    for (size_t i = 0; i < sizeof names / sizeof *names; i++)
        if (strlen(names[i]) == len && strncmp(tag, names[i], len) == 0)
            return true;
    return false;
}

/* The text between the marks, tags and entities undone. */
static void marked_text(const char *html, struct buffer *text)
{
    struct buffer raw = {0};
    struct arena arena;
    struct page page;
    struct fail fail = {""};
    for (const char *at = html; (at = strstr(at, "<!--["));) {
        const char *end = strstr(at, "]-->");
        at += strncmp(at, "<!--[-->", 8) == 0 ? 8 : 5;
        if (!end)
            break;
        for (; at < end; at++) {
            if (*at == '<' && !is_inline(at + 1))
                buffer_text(&raw, " ");
            if (strncmp(at, "<!--", 4) != 0)
                buffer_add(&raw, at, 1);
            else
                at = end - 1;
        }
        buffer_text(&raw, " ");
        at = end + 4;
    }
    arena_init(&arena, 0);
    if (CHECK(raw.bytes && !page_parse(raw.bytes, raw.len, &arena, &page, &fail)))
        for (uint32_t i = 0; i < page.nodes.count; i++)
            buffer_text(text, page.nodes.items[i].text);
    arena_free(&arena);
    buffer_free(&raw);
}

/* "title: Word | published: ..." in the first line; "" when the page says nothing. */
static const char *wanted(const char *html, const char *key, char value[300])
{
    size_t line = strcspn(html, "\n"), key_len = strlen(key);
    *value = '\0';
    for (const char *at = html; (at = strstr(at, key)) && at < html + line; at++) {
        if (at[key_len] != ':')
            continue;
        at += key_len + 2;
        size_t len = 0;
        while (len < 299 && strncmp(at + len, " | ", 3) != 0 &&
               strncmp(at + len, " -->", 4) != 0)
            len++;
        memcpy(value, at, len);
        value[len] = '\0';
        break;
    }
    return value;
}

struct tally {
    size_t pages, titles, dates, authors;
    size_t title_hits, date_hits, author_hits;
    double body;
};

static bool is_hit(const char *got, const char *want, size_t len)
{
    return got && strlen(got) >= len && strncmp(got, want, len) == 0;
}

static bool has_authors(const char *got, const char *want)
{
    char joined[300] = "";
    size_t used = 0;
    for (; got && *got && used < 290; got++) {
        if (*got == '|') {
            joined[used++] = ',';
            joined[used++] = ' ';
        } else {
            joined[used++] = *got;
        }
    }
    joined[used] = '\0';
    return strcmp(joined, want) == 0;
}

static void score_page(const char *path, const char *html, const struct doc *doc,
                       struct tally *tally)
{
    struct buffer want = {0}, got = {0};
    char title[300], date[300], authors[300];
    const char *show = getenv("SENTOSA_PAGES");
    marked_text(html, &want);
    plain_text(doc, &got);
    struct grams one = grams_of(want.bytes ? want.bytes : "", want.len);
    struct grams two = grams_of(got.bytes ? got.bytes : "", got.len);
    double common = (double)shared(&one, &two);
    double recall = one.count ? common / (double)one.count : 1;
    double precision = two.count ? common / (double)two.count : 0;
    double f1 = common > 0 ? 2 * recall * precision / (recall + precision) : 0;
    const struct report *report = &doc->report;
    size_t day = strlen("2021-01-01");
    wanted(html, "title", title);
    wanted(html, "published", date);
    wanted(html, "authors", authors);
    bool has_title = is_hit(report->title, title, strlen(title)) &&
                     report->title[strlen(title)] == '\0';
    bool has_date = *date ? is_hit(report->published_at, date, day)
                          : report->published == NULL;
    bool has_names = has_authors(report->authors, authors);
    tally->pages++;
    tally->body += f1;
    tally->title_hits += has_title;
    tally->date_hits += has_date;
    tally->author_hits += has_names;
    if (show)
        printf("%-28s P %.3f R %.3f F %.3f %s%s%s\n", path, precision, recall, f1,
               has_title       ? ""
               : report->title ? report->title
                               : " title?",
               has_date ? "" : " date?", has_names ? "" : " authors?");
    if (show && !has_date)
        printf("    date %s\n", report->published_at ? report->published_at : "-");
    if (show && !has_names)
        printf("    authors %s\n", report->authors ? report->authors : "-");
    if (show && strstr(path, show))
        printf("---- wanted\n%s\n---- got\n%s\n", want.bytes, got.bytes);
    free(one.items);
    free(two.items);
    buffer_free(&want);
    buffer_free(&got);
}

TEST(pages_of_many_layouts_give_their_article)
{
    glob_t files;
    struct tally tally = {0};
    if (!CHECK(glob("test/pages/*.html", 0, NULL, &files) == 0))
        return;
    for (size_t i = 0; i < files.gl_pathc; i++) {
        char *bytes;
        size_t len;
        struct fail fail = {""};
        struct doc doc;
        if (!CHECK(file_read(files.gl_pathv[i], 1 << 20, &bytes, &len, &fail) == OK))
            continue;
        struct raw raw = {
            .name = files.gl_pathv[i], .bytes = bytes, .len = len, .format = FORMAT_HTML};
        doc_init(&doc);
        bool is_read = raw_fill(fixture_pack(), &raw, &doc, &fail) == OK &&
                       clean_run(fixture_pack(), &doc, &fail) == OK;
        CHECK_TEXT(fail.message, "");
        if (is_read)
            score_page(files.gl_pathv[i] + strlen("test/pages/"), bytes, &doc, &tally);
        doc_free(&doc);
        free(bytes);
    }
    globfree(&files);
    double body = tally.body / (double)(tally.pages ? tally.pages : 1);
    if (getenv("SENTOSA_PAGES"))
        printf("%zu pages: body F1 %.4f, title %zu, date %zu, authors %zu\n", tally.pages,
               body, tally.title_hits, tally.date_hits, tally.author_hits);
    CHECK(body >= BODY_LEAST);
    CHECK(tally.title_hits >= tally.pages * 0.95);
    CHECK(tally.date_hits >= tally.pages * 0.95);
    CHECK(tally.author_hits >= tally.pages * 0.9);
}
