/* export_code.c: conventions of coding: the type as sentosa has it, or as PLOVER's
 * codebook would. */
#include "store/export.h"

#include <string.h>

static bool is_one_of(const char *text, const char *const *values)
{
    for (; text && *values; values++)
        if (strcmp(text, *values) == 0)
            return true;
    return false;
}

static bool has_mode(const struct sentosa_event *event, const char *mode)
{
    for (size_t i = 0; i < event->mode_count; i++)
        if (strcmp(event->modes[i], mode) == 0)
            return true;
    return false;
}

/* What an announced act of conflict threatens with. */
static const char *threatened(const struct sentosa_event *event)
{
    if (strcmp(event->type, "SANCTION") == 0)
        return has_mode(event, "expel") ? "expel" : "relations";
    if (strcmp(event->type, "COERCE") != 0)
        return "violence";
    return has_mode(event, "arrest")   ? "arrest"
           : has_mode(event, "deport") ? "expel"
                                       : "restrict";
}

static struct sentosa_coding uncoded(void)
{
    return (struct sentosa_coding){0};
}

/* PLOVER counts what happened and what was announced; of an act to come it counts the
 * promise or the threat. Types that need a recipient are not coded without one. */
struct sentosa_coding sentosa_code(const struct sentosa_event *event,
                                   enum sentosa_convention convention)
{
    static const char *const announced[] = {"scheduled", "expected", "intended", NULL};
    static const char *const promised[] = {"CONSULT", "SUPPORT", "COOPERATE", "AID",
                                           NULL};
    static const char *const threats[] = {"SANCTION", "COERCE", "MOBILIZE", "ASSAULT",
                                          NULL};
    static const char *const directed[] = {"AID", "COOPERATE", "SANCTION", NULL};
    struct sentosa_coding own = {.type = event->type,
                                 .quad = event->quad,
                                 .cameo = event->cameo,
                                 .score = event->score};
    if (convention == SENTOSA_INTERNAL)
        return own;
    if (is_one_of(event->status, announced)) {
        if (is_one_of(event->type, promised))
            return (struct sentosa_coding){"AGREE", "verbal cooperation", NULL, "", 2.5};
        if (strcmp(event->type, "RETREAT") == 0)
            return (struct sentosa_coding){"CONCEDE", "verbal cooperation", NULL, "",
                                           4.5};
        if (!is_one_of(event->type, threats))
            return own;
        const char *mode = threatened(event);
        return (struct sentosa_coding){"THREATEN", "verbal conflict", NULL, mode,
                                       strcmp(mode, "restrict") == 0 ? -3 : -3.5};
    }
    bool is_pair = strcmp(event->type, "COOPERATE") == 0 && event->actor_count > 1;
    bool lacks_party = is_one_of(event->type, directed) && !event->recipient_count &&
                       !is_pair;
    return strcmp(event->status, "actual") != 0 || lacks_party ? uncoded() : own;
}

char *sentosa_export_header(const struct sentosa_export *how)
{
    return how->format == SENTOSA_JSONL ? NULL : row_header(how);
}

char *sentosa_export_event(const struct sentosa_export *how,
                           const struct sentosa_item *item)
{
    const struct sentosa_coding coding = sentosa_code(item->event, how->convention);
    return how->format == SENTOSA_JSONL ? export_line(item, &coding, how->convention)
                                        : row_event(how, item, &coding);
}
