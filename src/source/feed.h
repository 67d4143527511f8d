/* feed.h: RSS 0.9 to 2, Atom: a report an item. */
#ifndef SOURCE_FEED_H
#define SOURCE_FEED_H

#include "source/raw.h"
#include "source/stream.h"

struct feed {
    struct stream *stream;
    char charset[40]; /* of the XML declaration, or "" */
    char site[200];   /* the feed's own title, or "" */
    bool is_begun;
    uint64_t items;
};

/* The next item into raw; *is_end at the end. What is longer than a page may be is
 * FAIL_LIMIT and ends the feed. */
enum outcome feed_next(struct feed *feed, struct raw *raw, bool *is_end,
                       struct fail *fail);

#endif
