/* eval_match.c: holds the events that were read against those that are wanted. */
#include "cli/eval_gold.h"

#include <string.h>

static bool is_text(const json_t *value, const char *text)
{
    return json_is_string(value) && text && strcmp(json_string_value(value), text) == 0;
}

static bool holds(const json_t *list, const char *text)
{
    size_t i;
    json_t *value;
    json_array_foreach(list, i, value) if (is_text(value, text)) return true;
    return false;
}

bool want_has_type(const struct want *want, const char *type)
{
    return strcmp(want->type, type) == 0 ||
           holds(json_object_get(want->event, "alt"), type);
}

bool want_has_status(const struct want *want, const char *status)
{
    const json_t *list = json_object_get(want->event, "status");
    return json_array_size(list) == 0 || holds(list, status);
}

/* Gold that says only IGO or NGO is met by any organisation's code. */
static bool is_organisation(const struct sentosa_party *party)
{
    for (size_t i = 0; i < party->sector_count; i++)
        if (strcmp(party->sectors[i], "IGO") == 0 ||
            strcmp(party->sectors[i], "NGO") == 0)
            return true;
    return party->id && strncmp(party->id, "org/", 4) == 0;
}

static bool party_fits(const json_t *codes, const struct sentosa_party *party)
{
    if (!party->code)
        return false;
    bool any = holds(codes, "IGO") || holds(codes, "NGO");
    return holds(codes, party->code) || (any && is_organisation(party));
}

static bool asks_nothing(const json_t *codes)
{
    size_t i;
    json_t *code;
    json_array_foreach(codes, i, code) if (!is_text(code, "---")) return false;
    return true;
}

static bool some_fit(const json_t *codes, const struct sentosa_party *parties,
                     size_t count)
{
    for (size_t i = 0; i < count; i++)
        if (party_fits(codes, &parties[i]))
            return true;
    return false;
}

/* Whether a side of the event, or with both either side, meets one of the readings. */
static bool side_fits(const struct want *want, const char *side,
                      const struct sentosa_event *event, bool both)
{
    const json_t *readings = json_object_get(want->event, side);
    bool is_actor = strcmp(side, "actor") == 0;
    size_t i;
    json_t *codes;
    json_array_foreach(readings, i, codes)
    {
        if (asks_nothing(codes))
            return true;
        if ((both || is_actor) && some_fit(codes, event->actors, event->actor_count))
            return true;
        if ((both || !is_actor) &&
            some_fit(codes, event->recipients, event->recipient_count))
            return true;
    }
    return json_array_size(readings) == 0;
}

static bool is_mutual(const char *type)
{
    static const char *const types[] = {"CONSULT", "ASSAULT", "AGREE", "COOPERATE",
                                        "SUPPORT"};
    for (size_t i = 0; i < sizeof types / sizeof *types; i++)
        if (strcmp(types[i], type) == 0)
            return true;
    return false;
}

bool want_is_turned(const struct want *want, const struct given *given)
{
    return side_fits(want, "actor", given->event, true) &&
           side_fits(want, "recipient", given->event, true);
}

bool want_fits(const struct want *want, const struct given *given, enum level level)
{
    if (!want_has_type(want, given->type))
        return false;
    const struct sentosa_event *event = given->event;
    if (level == LEVEL_TYPE || (side_fits(want, "actor", event, false) &&
                                side_fits(want, "recipient", event, false)))
        return true;
    return level == LEVEL_PARTIES && is_mutual(want->type) && want_is_turned(want, given);
}

/* How well an event that fits does so: status before the type itself before parties. */
static int worth(const struct want *want, const struct given *given)
{
    return (want_has_status(want, given->event->status) ? 4 : 0) +
           (strcmp(want->type, given->type) == 0 ? 2 : 0) +
           want_fits(want, given, LEVEL_PARTIES);
}

static bool is_excused(const struct gold_report *report, const struct given *given,
                       enum level level)
{
    enum level again = level == LEVEL_DIRECTION ? level : LEVEL_PARTIES;
    for (size_t i = 0; i < report->want_count; i++) {
        const struct want *want = &report->wants[i];
        if (want_fits(want, given, want->is_required ? again : LEVEL_TYPE))
            return true;
    }
    return false;
}

void gold_match(const struct gold_report *report, enum level level,
                struct matching *matching)
{
    for (size_t i = 0; i < report->given_count; i++)
        matching->by_given[i] = NOBODY;
    for (size_t i = 0; i < report->want_count; i++) {
        const struct want *want = &report->wants[i];
        size_t best = NOBODY;
        for (size_t k = 0; want->is_required && k < report->given_count; k++) {
            const struct given *given = &report->given[k];
            if (matching->by_given[k] == NOBODY && want_fits(want, given, level) &&
                (best == NOBODY ||
                 worth(want, given) > worth(want, &report->given[best])))
                best = k;
        }
        matching->by_want[i] = best;
        if (best != NOBODY)
            matching->by_given[best] = i;
    }
    for (size_t i = 0; i < report->given_count; i++)
        matching->is_false_alarm[i] = matching->by_given[i] == NOBODY &&
                                      !is_excused(report, &report->given[i], level);
}
