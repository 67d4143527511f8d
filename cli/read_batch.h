/* read_batch.h: reports read by several threads, given back in the order of the input. */
#ifndef CLI_READ_BATCH_H
#define CLI_READ_BATCH_H

#include "sentosa.h"
#include "sentosa_source.h"

/* One report: either doc, or failed with the message (which names the file). */
struct reading {
    struct sentosa_raw *raw;
    struct sentosa_doc *doc;
    enum sentosa_outcome outcome;
    struct sentosa_error error;
};

struct batch {
    const struct sentosa *engine;
    struct sentosa_source *source;
    const char *date;
    unsigned threads;
    struct reading *readings; /* [capacity] */
    size_t count, capacity;
    bool is_last; /* the source has nothing more */
};

/* Room for some reports a thread; false without memory. */
bool batch_start(struct batch *batch);
void batch_free(struct batch *batch);

/* Reads the next reports, as many as there is room for; what the batch before held is
 * freed. */
void batch_next(struct batch *batch);

#endif
