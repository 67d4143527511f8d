/* source.c: how fast sources are read, on one thread: bytes unpacked a second without
 * looking into them, and reports a second up to their clean text.
 * usage: build/bench-source PACK FILE...   (archives, pages, folders) */
#define _POSIX_C_SOURCE 200809L
#include "source/raw.h"
#include "stage/stages.h"

#include <stdio.h>
#include <time.h>

static double now(void)
{
    struct timespec at;
    clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &at);
    return (double)at.tv_sec + (double)at.tv_nsec * 1e-9;
}

struct tally {
    size_t reports, bytes, failed, text;
    double seconds;
};

static bool read_all(char **paths, int count, const struct pack *pack,
                     struct tally *tally)
{
    struct reader *reader;
    struct fail fail = {""};
    double start = now();
    *tally = (struct tally){0};
    if (reader_open((const char *const *)paths, (size_t)count, 0, &reader, &fail))
        return false;
    for (;;) {
        struct raw *raw;
        enum outcome outcome = reader_next(reader, &raw, &fail);
        tally->failed += outcome != OK;
        if (!outcome && !raw)
            break;
        if (!raw)
            continue;
        tally->reports++;
        tally->bytes += raw->len;
        if (pack) {
            struct doc doc;
            doc_init(&doc);
            if (raw_fill(pack, raw, &doc, &fail) || clean_run(pack, &doc, &fail))
                tally->failed++;
            tally->text += doc.len;
            doc_free(&doc);
        }
        raw_free(raw);
    }
    reader_close(reader);
    tally->seconds = now() - start;
    return true;
}

int main(int count, char **args)
{
    struct pack *pack;
    struct fail fail = {""};
    struct tally tally;
    if (count < 3 || pack_open(args[1], &pack, &fail)) {
        fprintf(stderr, "usage: bench-source PACK FILE...\n%s\n", fail.message);
        return 2;
    }
    if (!read_all(args + 2, count - 2, NULL, &tally))
        return 1;
    printf("read   %8zu reports, %zu failed, %7.1f MB, %7.1f MB/s\n", tally.reports,
           tally.failed, (double)tally.bytes / 1e6,
           (double)tally.bytes / 1e6 / tally.seconds);
    if (!read_all(args + 2, count - 2, pack, &tally))
        return 1;
    printf("clean  %8zu reports, %zu failed, %7.1f MB, %7.1f reports/s\n", tally.reports,
           tally.failed, (double)tally.text / 1e6, (double)tally.reports / tally.seconds);
    pack_close(pack);
    return 0;
}
