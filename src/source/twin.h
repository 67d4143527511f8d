/* twin.h: reports that tell what another told: found as they arrive, in bounded memory.
 * An index from some of the pairs of a sketch leads to reports that share them; those
 * with the most in common are compared sketch with sketch. The oldest reports are
 * forgotten when the memory is used up. */
#ifndef SOURCE_TWIN_H
#define SOURCE_TWIN_H

#include "source/sketch.h"

enum twin_kind {
    TWIN_NONE,
    TWIN_COPY,   /* the same words but for a few: syndicated, or a page saved again */
    TWIN_UPDATE, /* a version of it: much is the same, much was added, cut or changed */
    TWIN_REWRITE /* the same content in other words */
};

struct twin {
    enum twin_kind kind;
    uint64_t first;  /* number of the earliest report that it goes back to; or its own */
    uint64_t digest; /* of the report that it was compared with */
};

struct twins;

/* memory: bytes at most; 0 for the usual 192 MiB. NULL without memory. */
struct twins *twins_open(size_t memory);
void twins_close(struct twins *twins); /* NULL is fine */

/* What the report is to those before it; remembers it. Reports are numbered by the
 * caller, ascending. day may be DAY_NONE. */
struct twin twins_meet(struct twins *twins, const struct sketch *sketch, uint64_t number,
                       uint64_t digest, day day);

/* Remembers a report whose first one is known; number as above. */
void twins_recall(struct twins *twins, const struct sketch *sketch,
                  const struct twin *twin, day day);

const char *twin_name(enum twin_kind kind); /* "copy"; "" for none */

#endif
