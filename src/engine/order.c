/* order.c: the one place that knows which stage follows which. */
#include "engine/order.h"

#include <stdint.h>
#include <string.h>

static const struct {
    const char *name;
    stage *run;
} stages[] = {
    {"clean", clean_run},   {"segment", segment_run}, {"token", token_run},
    {"parse", parse_run},   {"time", time_run},       {"actor", actor_run},
    {"place", place_run},   {"coref", coref_run},     {"clause", clause_run},
    {"status", status_run}, {"voice", voice_run},     {"event", event_run},
    {"merge", merge_run},   {"stance", stance_run},   {"window", window_run},
};
#define STAGE_COUNT (sizeof stages / sizeof *stages)

const char *order_name(size_t at)
{
    return at < STAGE_COUNT ? stages[at].name : NULL;
}

size_t order_find(const char *name)
{
    for (size_t i = 0; i < STAGE_COUNT; i++)
        if (strcmp(stages[i].name, name) == 0)
            return i;
    return SIZE_MAX;
}

/* A report that names no day, but whose own facts leave a window on both sides, is read
 * again with it: what is "on Tuesday" or "this year" on all its days is then known. */
static bool is_read_again(struct doc *doc)
{
    struct report *report = &doc->report;
    if (report->is_framed || report->day != DAY_NONE || report->earliest == DAY_NONE ||
        report->latest == DAY_NONE)
        return false;
    report->is_framed = true;
    if (report->earliest == report->latest)
        report->day = report->earliest;
    doc_rewind(doc);
    return true;
}

enum outcome order_run(const struct pack *pack, struct doc *doc, size_t *next,
                       size_t last, struct fail *fail)
{
    while (*next < STAGE_COUNT && *next <= last) {
        enum outcome outcome = stages[(*next)++].run(pack, doc, fail);
        if (outcome)
            return outcome;
        bool is_foreign = doc->report.language && strcmp(doc->report.language, "en") != 0;
        if (is_foreign && !doc->reads_all)
            *next = STAGE_COUNT;
        else if (*next == STAGE_COUNT && is_read_again(doc))
            *next = order_find("time");
    }
    return OK;
}
