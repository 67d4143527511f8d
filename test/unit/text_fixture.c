/* text_fixture.c: documents for the tests of sources, sentences and tokens. */
#include "test/unit/text_fixture.h"

#include "base/buffer.h"
#include "check.h"
#include "source/raw.h"
#include "stage/stages.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

const struct pack *fixture_pack(void)
{
    static struct pack *pack;
    struct fail fail = {""};
    const char *path = getenv("SENTOSA_PACK");
    if (!pack && pack_open(path ? path : "build/sentosa.pack", &pack, &fail)) {
        fprintf(stderr, "%s\n", fail.message);
        exit(1);
    }
    return pack;
}

bool fixture_clean_titled(const char *title, const char *text, struct doc *doc)
{
    struct fail fail = {""};
    struct raw raw = {.name = "text", .bytes = text, .len = strlen(text), .title = title};
    doc_init(doc);
    return CHECK_INT(raw_fill(fixture_pack(), &raw, doc, &fail), OK) &&
           CHECK_INT(clean_run(fixture_pack(), doc, &fail), OK);
}

bool fixture_clean(const char *text, const char *day, struct doc *doc)
{
    struct fail fail = {""};
    struct raw raw = {.name = "text", .bytes = text, .len = strlen(text)};
    doc_init(doc);
    doc->report.default_date = day;
    return CHECK_INT(raw_fill(fixture_pack(), &raw, doc, &fail), OK) &&
           CHECK_INT(clean_run(fixture_pack(), doc, &fail), OK);
}

static bool split(const char *text, struct doc *doc)
{
    struct fail fail = {""};
    doc_init(doc);
    doc->text = text;
    doc->len = (uint32_t)strlen(text);
    doc->body = (struct span){0, doc->len};
    struct range *range = array_push(&doc->arena, &doc->ranges);
    *range = (struct range){doc->body, RANGE_PARAGRAPH};
    return CHECK_INT(segment_run(fixture_pack(), doc, &fail), OK) &&
           CHECK_INT(token_run(fixture_pack(), doc, &fail), OK);
}

char *fixture_sentences(const char *text)
{
    struct doc doc;
    struct buffer out = {0};
    split(text, &doc);
    for (uint32_t i = 0; i < doc.sentences.count; i++) {
        struct span span = doc.sentences.items[i].span;
        buffer_text(&out, i ? " | " : "");
        buffer_add(&out, text + span.start, span_len(span));
    }
    buffer_add(&out, "", 0);
    doc_free(&doc);
    return out.bytes;
}

char *fixture_tokens(const char *text)
{
    struct doc doc;
    struct buffer out = {0};
    split(text, &doc);
    for (uint32_t i = 0; i < doc.tokens.count; i++) {
        const struct token *token = &doc.tokens.items[i];
        buffer_text(&out, i == 0 ? "" : token->joined ? "+" : " ");
        buffer_add(&out, text + token->span.start, span_len(token->span));
    }
    buffer_add(&out, "", 0);
    doc_free(&doc);
    return out.bytes;
}
