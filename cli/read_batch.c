/* read_batch.c: reports read by several threads, given back in the order of the input. */
#include "cli/read_batch.h"

#include <pthread.h>
#include <stdatomic.h>
#include <stdio.h>
#include <stdlib.h>

#define REPORTS_A_THREAD 16

bool read_jobs(const char *text, unsigned *threads)
{
    char *end;
    unsigned long jobs = text ? strtoul(text, &end, 10) : *threads;
    bool is_good = !text || (end != text && *end == '\0' && jobs >= 1 && jobs <= 64);
    if (!is_good)
        fprintf(stderr, "sentosa: --jobs: \"%s\" is not a number from 1 to 64\n", text);
    else
        *threads = (unsigned)jobs;
    return is_good;
}

bool batch_start(struct batch *batch)
{
    batch->capacity = (size_t)batch->threads * REPORTS_A_THREAD;
    batch->readings = calloc(batch->capacity, sizeof *batch->readings);
    return batch->readings != NULL;
}

static void clear(struct batch *batch)
{
    for (size_t i = 0; i < batch->count; i++) {
        sentosa_doc_free(batch->readings[i].doc);
        sentosa_raw_free(batch->readings[i].raw);
        free(batch->readings[i].sketch);
        batch->readings[i] = (struct reading){0};
    }
    batch->count = 0;
}

void batch_free(struct batch *batch)
{
    clear(batch);
    free(batch->readings);
}

typedef void task(const struct batch *batch, struct reading *reading);

struct work {
    struct batch *batch;
    task *run;
    atomic_size_t next;
};

static void clean_one(const struct batch *batch, struct reading *reading)
{
    const struct sentosa_options options = {.date = batch->date, .upto = "clean"};
    if (!reading->outcome)
        reading->outcome = sentosa_raw_doc(batch->engine, reading->raw, &reading->doc,
                                           &reading->error);
    if (!reading->outcome)
        reading->outcome = sentosa_doc_read(batch->engine, reading->doc, &options,
                                            &reading->error);
}

static void read_one(const struct batch *batch, struct reading *reading)
{
    if (!reading->outcome && !reading->is_enough)
        reading->outcome = sentosa_doc_read(batch->engine, reading->doc, NULL,
                                            &reading->error);
}

static void *work_on(void *context)
{
    struct work *work = context;
    for (;;) {
        size_t at = atomic_fetch_add(&work->next, 1);
        if (at >= work->batch->count)
            return NULL;
        work->run(work->batch, &work->batch->readings[at]);
    }
}

static void do_side_by_side(struct batch *batch, task *run)
{
    struct work work = {.batch = batch, .run = run};
    pthread_t threads[64];
    unsigned started = 0;
    while (started + 1 < batch->threads && started < 64 && started + 1 < batch->count &&
           pthread_create(&threads[started], NULL, work_on, &work) == 0)
        started++;
    work_on(&work);
    while (started)
        pthread_join(threads[--started], NULL);
}

bool batch_next(struct batch *batch)
{
    clear(batch);
    while (batch->count < batch->capacity && !batch->is_last) {
        struct reading *reading = &batch->readings[batch->count];
        reading->outcome = sentosa_source_next(batch->source, &reading->raw,
                                               &reading->error);
        batch->is_last = reading->outcome == SENTOSA_END ||
                         reading->outcome == SENTOSA_NO_MEMORY;
        if (reading->outcome != SENTOSA_END)
            batch->count++;
        else
            reading->outcome = SENTOSA_OK;
    }
    do_side_by_side(batch, clean_one);
    if (!batch->choose)
        return true;
    for (size_t i = 0; i < batch->count; i++)
        if (!batch->readings[i].outcome &&
            !batch->choose(batch->context, &batch->readings[i]))
            return false;
    do_side_by_side(batch, read_one);
    return true;
}
