/* eval_gold.h: what the files of `sentosa eval --gold` share.
 *
 * eval_gold.c reads the gold and keeps the figures; eval_match.c holds the events of a
 * report against those wanted; eval_fault.c says which stage a miss is due to. */
#ifndef CLI_EVAL_GOLD_H
#define CLI_EVAL_GOLD_H

#include "sentosa_store.h"

#include <jansson.h>
#include <stdbool.h>
#include <stdio.h>

#define MAX_WANTS 64
#define MAX_GIVEN 512
#define TYPE_COUNT 16
#define BIN_COUNT 10

/* What must fit for an event to count as found. */
enum level { LEVEL_TYPE, LEVEL_PARTIES, LEVEL_DIRECTION };
#define LEVEL_COUNT 3

/* An event of the gold, in the form of the coded leads: {"type","alt":[],
 * "actor":[[code]],"recipient":[[code]],"status":[],"anchor":[]}. A side fits when one of
 * its lists does; a list that is empty but for "---" asks for nothing. */
struct want {
    const json_t *event;
    const char *type;
    bool is_required; /* an optional one is no miss, and what meets it no false alarm */
};

/* An event as read, under the convention. */
struct given {
    const struct sentosa_event *event;
    const char *type;
};

struct gold_report {
    const char *id, *text;
    struct want wants[MAX_WANTS];
    size_t want_count;
    struct given given[MAX_GIVEN];
    size_t given_count;
};

#define NOBODY ((size_t)-1)

/* Which event answers which wanted one at a level; NOBODY. */
struct matching {
    size_t by_want[MAX_WANTS], by_given[MAX_GIVEN];
    bool is_false_alarm[MAX_GIVEN];
};

bool want_has_type(const struct want *want, const char *type);
bool want_has_status(const struct want *want, const char *status);
bool want_fits(const struct want *want, const struct given *given, enum level level);
/* Whether the parties are those wanted when the sides are left open. */
bool want_is_turned(const struct want *want, const struct given *given);

/* The rules of the coders' guide: each wanted event, in turn, takes the best of those
 * left; what stays over is a false alarm, unless it meets an optional event or tells a
 * required one again. */
void gold_match(const struct gold_report *report, enum level level,
                struct matching *matching);

/* The stage that a miss is due to, as far as it can be told, with the reason: "lexicon:
 * no rule fits". */
void print_fault(const struct sentosa *engine, const struct sentosa_doc *doc,
                 const struct gold_report *report, const struct want *want);

#endif
