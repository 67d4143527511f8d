/* dateline.h: "SEOUL, June 3 (Agency) -" before a report's first sentence. */
#ifndef SOURCE_DATELINE_H
#define SOURCE_DATELINE_H

#include "source/marks.h"

struct dateline {
    size_t len; /* bytes of the paragraph up to its first word; 0: there is none */
    size_t place, place_len; /* the place's words; place_len 0 when it names none */
    const char *agency;      /* in the pack; NULL */
    struct when when; /* month 0 when it has no date; day DAY_NONE without a year */
};

struct dateline dateline_read(const struct pack *pack, const struct mark_words *marks,
                              const char *paragraph, size_t len);

#endif
