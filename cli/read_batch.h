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
    struct sentosa_twin twin;
    void *sketch; /* to be kept with it, malloc'd; NULL: none */
    size_t sketch_len;
    char first[17]; /* digest of the report that it goes back to */
    bool is_enough; /* it is not read beyond its clean text */
    bool is_kept;   /* the store has it already */
};

struct batch {
    const struct sentosa *engine;
    struct sentosa_source *source;
    const char *date;
    unsigned threads;
    /* Looks at a clean report, in the order of the input, before it is read on; false
     * ends all. NULL: no report is read beyond its clean text. */
    bool (*choose)(void *context, struct reading *reading);
    void *context;
    struct reading *readings; /* [capacity] */
    size_t count, capacity;
    bool is_last; /* the source has nothing more */
};

/* The value of -j, a whole number from 1 to 64 (NULL: as it was); false after saying what
 * is wrong. */
bool read_jobs(const char *text, unsigned *threads);

/* Room for some reports a thread; false without memory. */
bool batch_start(struct batch *batch);
void batch_free(struct batch *batch);

/* Reads the next reports, as many as there is room for; what the batch before held is
 * freed. False when choose ended it. */
bool batch_next(struct batch *batch);

#endif
