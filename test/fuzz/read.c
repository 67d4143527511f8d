/* read.c: any bytes through the whole pipeline, with and without a date, and out again as
 * JSON. What must hold besides not crashing: every span lies in its part and quotes its
 * words exactly. */
#include "sentosa.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

int LLVMFuzzerInitialize(int *argc, char ***argv);
int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t len);

static struct sentosa *engine;
static size_t stages;

int LLVMFuzzerInitialize(int *argc, char ***argv)
{
    (void)argc;
    (void)argv;
    struct sentosa_error error = {""};
    if (sentosa_open(NULL, &engine, &error)) {
        fprintf(stderr, "%s\n", error.message);
        exit(1);
    }
    while (sentosa_stage_name(stages)) {
        stages++;
    }
    return 0;
}

static void must_quote(const struct sentosa_report *report,
                       struct sentosa_evidence evidence)
{
    if (!evidence.text) {
        return;
    }
    const char *part = strcmp(evidence.part, "title") == 0 ? report->title : report->body;
    uint32_t start = evidence.span.start, end = evidence.span.end;
    if (!part || start > end || end > strlen(part) ||
        strlen(evidence.text) != end - start ||
        memcmp(part + start, evidence.text, end - start) != 0) {
        fprintf(stderr, "%s %u-%u is not \"%s\"\n", evidence.part, start, end,
                evidence.text);
        abort();
    }
}

static void check_events(struct sentosa_doc *doc)
{
    const struct sentosa_report *report = sentosa_doc_report(doc);
    for (size_t i = 0; i < sentosa_event_count(doc); i++) {
        const struct sentosa_event *event = sentosa_event(doc, i);
        must_quote(report, event->sentence);
        for (size_t p = 0; p < event->actor_count; p++) {
            must_quote(report, event->actors[p].words);
        }
        for (size_t p = 0; p < event->recipient_count; p++) {
            must_quote(report, event->recipients[p].words);
        }
        for (size_t t = 0; t < event->telling_count; t++) {
            must_quote(report, event->tellings[t].sentence);
        }
        sentosa_free(sentosa_event_json(engine, doc, i));
    }
    for (size_t i = 0; i < sentosa_position_count(doc); i++) {
        must_quote(report, sentosa_position(doc, i)->sentence);
        sentosa_free(sentosa_position_json(doc, i));
    }
    for (size_t i = 0; i < sentosa_relation_count(doc); i++) {
        must_quote(report, sentosa_relation(doc, i)->sentence);
        sentosa_free(sentosa_relation_json(doc, i));
    }
}

static size_t bytes_sum(const uint8_t *bytes, size_t len)
{
    size_t sum = 0;
    for (size_t i = 0; i < len; i++)
        sum += bytes[i];
    return sum;
}

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t len)
{
    struct sentosa_doc *doc = NULL;
    struct sentosa_input input = {.text = (const char *)bytes, .len = len};
    struct sentosa_options options = {.date = len % 2 ? "2024-03-12" : NULL};
    if (sentosa_doc_new(&input, &doc, NULL) == SENTOSA_OK &&
        sentosa_doc_read(engine, doc, &options, NULL) == SENTOSA_OK) {
        check_events(doc);
        sentosa_free(sentosa_why(engine, doc));
        /* one stage an input: printing all of them costs more than reading it */
        size_t stage = len < 512 ? (len + bytes_sum(bytes, len)) % stages : stages;
        if (stage < stages)
            sentosa_free(
                sentosa_explain(engine, doc, sentosa_stage_name(stage), len % 2));
    }
    sentosa_doc_free(doc);
    return 0;
}
