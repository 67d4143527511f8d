/* eval_timeml.h: TimeML documents: the text, and the times marked in it (TIMEX3 of
 * TimeML 1.2.1, as the TempEval tasks give them). */
#ifndef CLI_EVAL_TIMEML_H
#define CLI_EVAL_TIMEML_H

#include <stdbool.h>
#include <stddef.h>

/* A time that is marked or read: bytes start to end of the text. */
struct timex {
    size_t start, end;
    char type[16];  /* "DATE"; "" when not said */
    char value[64]; /* "2013-W10"; "" when not said */
};

struct timeml {
    char *text; /* with the tags taken out and the entities undone */
    size_t len;
    char day[16];        /* of creation; "" when not said */
    struct timex *times; /* in the order of the text */
    size_t count;
};

/* Reads one document. What is no TimeML (a tag that never ends) is read as far as it
 * goes: gold that is broken shows itself in the figures. false without memory. Free it
 * with timeml_free in either case. */
bool timeml_read(const char *xml, size_t len, struct timeml *document);
void timeml_free(struct timeml *document);

#endif
