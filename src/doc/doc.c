/* doc.c: the document's small questions. */
#include "doc/doc.h"

#include <string.h>

/* Room for the arrays of the longest report; a hostile one stops here with
 * FAIL_MEMORY. */
#define ARENA_LIMIT ((size_t)2 << 30)

void doc_init(struct doc *doc)
{
    *doc = (struct doc){.report.day = DAY_NONE,
                        .report.earliest = DAY_NONE,
                        .report.latest = DAY_NONE,
                        .text = ""};
    arena_init(&doc->arena, ARENA_LIMIT);
}

void doc_rewind(struct doc *doc)
{
    doc->times.count = doc->places.count = doc->demonyms.count = 0;
    doc->actors.count = 0;
    doc->mention_actors.count = doc->mentions.count = doc->arguments.count = 0;
    doc->voices.count = doc->clauses.count = doc->parties.count = 0;
    doc->tellings.count = doc->words.count = doc->events.count = 0;
    doc->positions.count = doc->relations.count = 0;
}

void doc_free(struct doc *doc)
{
    arena_free(&doc->arena);
    doc_init(doc);
}

enum part doc_part(const struct doc *doc, struct span span)
{
    return span_len(doc->title) && span_holds(doc->title, span) ? PART_TITLE : PART_BODY;
}

struct span doc_printed_span(const struct doc *doc, struct span span)
{
    uint32_t base = doc_part(doc, span) == PART_TITLE ? doc->title.start
                                                      : doc->body.start;
    return (struct span){span.start - base, span.end - base};
}

struct span doc_token_span(const struct doc *doc, uint32_t first, uint32_t end)
{
    if (first >= end || end > doc->tokens.count)
        return (struct span){0, 0};
    return (struct span){doc->tokens.items[first].span.start,
                         doc->tokens.items[end - 1].span.end};
}

uint32_t doc_sentence_of(const struct doc *doc, uint32_t token)
{
    uint32_t low = 0, high = doc->sentences.count;
    while (low < high) {
        uint32_t middle = low + (high - low) / 2;
        if (doc->sentences.items[middle].end <= token)
            low = middle + 1;
        else
            high = middle;
    }
    return low < doc->sentences.count ? low : NONE;
}

const char *doc_words(struct doc *doc, struct span span)
{
    return arena_copy(&doc->arena, doc->text + span.start, span_len(span));
}

static const char *const status_names[] = {
    [STATUS_CANCELLED] = "cancelled",     [STATUS_NEGATED] = "negated",
    [STATUS_CONDITIONAL] = "conditional", [STATUS_POSSIBLE] = "possible",
    [STATUS_DEMANDED] = "demanded",       [STATUS_SCHEDULED] = "scheduled",
    [STATUS_INTENDED] = "intended",       [STATUS_EXPECTED] = "expected",
    [STATUS_ACTUAL] = "actual",
};

const char *status_name(enum status status)
{
    return status_names[status];
}

enum status status_read(const char *name)
{
    for (int i = STATUS_CANCELLED; i <= STATUS_ACTUAL; i++)
        if (strcmp(status_names[i], name) == 0)
            return (enum status)i;
    return STATUS_NONE;
}

const char *completion_name(enum completion completion)
{
    static const char *const names[] = {NULL, "attempted", "failed"};
    return names[completion];
}

const char *granularity_name(enum granularity granularity)
{
    static const char *const names[] = {NULL,    "minute", "hour", "day",    "week",
                                        "month", "season", "year", "decade", "century"};
    return names[granularity];
}

const char *stance_name(enum stance stance)
{
    static const char *const names[] = {"wants", "offers", "refuses", "promises",
                                        "opposes"};
    return names[stance];
}

char clause_pos(const struct clause *clause)
{
    return clause->kind == CLAUSE_VERB ? 'v' : clause->kind == CLAUSE_NOUN ? 'n' : 'a';
}
