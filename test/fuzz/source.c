/* source.c: any bytes as text, as a page, as a JSON line or as CoNLL-U, then cleaned,
 * split into sentences and tokens. What must hold besides not crashing: ranges, sentences
 * and tokens stand in order, inside the text and inside each other. The first byte
 * chooses the kind. */
#include "source/raw.h"
#include "stage/stages.h"

#include "base/utf8.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

int LLVMFuzzerInitialize(int *argc, char ***argv);
int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t len);

static struct pack *pack;

int LLVMFuzzerInitialize(int *argc, char ***argv)
{
    (void)argc;
    (void)argv;
    struct fail fail = {""};
    const char *path = getenv("SENTOSA_PACK");
    if (pack_open(path ? path : "build/sentosa.pack", &pack, &fail)) {
        fprintf(stderr, "%s\n", fail.message);
        exit(1);
    }
    return 0;
}

static void must(bool holds, const char *what)
{
    if (holds)
        return;
    fprintf(stderr, "%s\n", what);
    abort();
}

static void check_spans(const struct doc *doc)
{
    uint32_t at = 0;
    must(utf8_bad(doc->text, doc->len) == doc->len, "the text is not UTF-8");
    for (uint32_t i = 0; i < doc->ranges.count; i++) {
        struct span span = doc->ranges.items[i].span;
        must(span.start >= at && span.start < span.end && span.end <= doc->len,
             "a range is out of place");
        at = span.end;
    }
    at = 0;
    for (uint32_t i = 0; i < doc->sentences.count; i++) {
        const struct sentence *sentence = &doc->sentences.items[i];
        must(sentence->span.start >= at && sentence->span.end <= doc->len &&
                 sentence->first < sentence->end && sentence->end <= doc->tokens.count,
             "a sentence is out of place");
        if (!doc->has_tokens)
            must(span_holds(doc->ranges.items[sentence->range].span, sentence->span),
                 "a sentence is not in its range");
        for (uint32_t t = sentence->first; t < sentence->end; t++) {
            struct span span = doc->tokens.items[t].span;
            must(span_holds(sentence->span, span) &&
                     (doc->has_tokens || span.start >= at) && span.start <= span.end,
                 "a token is out of place");
            at = doc->has_tokens ? span.start : span.end;
        }
        at = doc->has_tokens ? 0 : sentence->span.end;
    }
}

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t len)
{
    static const enum format formats[] = {FORMAT_TEXT, FORMAT_HTML, FORMAT_JSONL,
                                          FORMAT_CONLLU};
    if (len == 0)
        return 0;
    enum format format = formats[bytes[0] & 3];
    struct raw raw = {.name = "input", .format = format};
    struct fail fail = {""};
    struct doc doc;
    arena_init(&raw.arena, (size_t)64 << 20);
    doc_init(&doc);
    raw.bytes = arena_copy(&raw.arena, (const char *)bytes + 1, len - 1);
    raw.len = len - 1;
    bool is_read = raw.bytes != NULL;
    if (is_read && format == FORMAT_JSONL)
        is_read = jsonl_read(raw.bytes, raw.len, &raw, &fail) == OK;
    if (is_read && raw_fill(pack, &raw, &doc, &fail) == OK &&
        clean_run(pack, &doc, &fail) == OK && segment_run(pack, &doc, &fail) == OK &&
        token_run(pack, &doc, &fail) == OK)
        check_spans(&doc);
    doc_free(&doc);
    arena_free(&raw.arena);
    return 0;
}
