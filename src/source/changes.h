/* changes.h: what a version of a report says that another did not. */
#ifndef SOURCE_CHANGES_H
#define SOURCE_CHANGES_H

#include "base/arena.h"
#include "base/fail.h"

/* A paragraph: changed, added (before is NULL) or cut (after is NULL). */
struct change {
    const char *before, *after; /* in the arena, on one line */
    const char *numbers;        /* "14 -> 17, +3": of a changed one; NULL: none changed */
};

struct changes {
    ARRAY(struct change) list; /* in the order of the newer text, what was cut behind */
};

/* Paragraphs are what blank lines part. One that only moved is no change. Of each text
 * the first 500 paragraphs are compared. */
enum outcome changes_find(const char *before, const char *after, struct arena *arena,
                          struct changes *changes, struct fail *fail);

#endif
