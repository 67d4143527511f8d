/* expect.h: one `>` line of a text case: reading it, and holding it against what was
 * read. */
#ifndef CASES_EXPECT_H
#define CASES_EXPECT_H

#include "sentosa.h"

#include <stdbool.h>
#include <stdio.h>

enum expect_kind {
    EXPECT_EVENT,
    EXPECT_NO_EVENT, /* > none */
    EXPECT_ONLY,     /* > only: no event beside those expected */
    EXPECT_POSITION, /* > position wants KEN -> SOM */
    EXPECT_RELATION  /* > relation war ERI,ETH */
};

/* Every string points into the case's line, which expect_read cuts up; NULL is not
 * checked. */
struct expect {
    int line;
    enum expect_kind kind;
    bool is_refused; /* > not ...: nothing read may fit */
    char *type, *mode, *status, *actors, *recipients, *date, *place, *voices, *completion,
        *context;
    bool is_historical;
    int64_t dead, injured; /* -1 not checked */
};

/* Reads what stands after the `>`. False, with the reason printed, when it is not of the
 * form. */
bool expect_read(struct expect *expect, char *text, const char *file, int line);

bool expect_event(const struct expect *expect, const struct sentosa_event *event);
bool expect_position(const struct expect *expect,
                     const struct sentosa_position *position);
bool expect_relation(const struct expect *expect,
                     const struct sentosa_relation *relation);

/* Prints what was read in the form of a `>` line. */
void event_print(FILE *out, const struct sentosa_event *event);
void position_print(FILE *out, const struct sentosa_position *position);
void relation_print(FILE *out, const struct sentosa_relation *relation);

#endif
