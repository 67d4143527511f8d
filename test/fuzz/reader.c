/* reader.c: any bytes as a file of any kind: archives, tables, feeds, and what is inside
 * them, up to the clean text. Reading must end, whatever the bytes. The first byte
 * chooses how the file begins, so that each kind is met often. */
#define _GNU_SOURCE
#include "source/raw.h"
#include "source/twin.h"
#include "stage/stages.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <unistd.h>

int LLVMFuzzerInitialize(int *argc, char ***argv);
int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t len);

static struct pack *pack;
static int file = -1;

int LLVMFuzzerInitialize(int *argc, char ***argv)
{
    (void)argc;
    (void)argv;
    struct fail fail = {""};
    const char *path = getenv("SENTOSA_PACK");
    file = memfd_create("input", 0);
    if (file < 0 || pack_open(path ? path : "build/sentosa.pack", &pack, &fail)) {
        fprintf(stderr, "%s\n", fail.message);
        exit(1);
    }
    return 0;
}

static void read_one(const struct raw *raw, struct twins *twins, uint64_t number)
{
    struct fail fail = {""};
    struct sketch sketch;
    struct doc doc;
    doc_init(&doc);
    if (raw_fill(pack, raw, &doc, &fail) == OK && clean_run(pack, &doc, &fail) == OK &&
        sketch_make(pack, &doc, &sketch, &fail) == OK && twins)
        twins_meet(twins, &sketch, number, number, doc.report.day);
    doc_free(&doc);
}

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t len)
{
    static const char *const starts[] = {"",
                                         "PK\3\4",
                                         "\x1F\x8B\x08\x00",
                                         "\x28\xB5\x2F\xFD",
                                         "WARC/1.0\r\n",
                                         "<rss><item>",
                                         "id,title,body\n",
                                         "[{\"text\":"};
    struct fail fail = {""};
    struct reader *reader;
    char path[40];
    if (len == 0 || ftruncate(file, 0) || lseek(file, 0, SEEK_SET) < 0)
        return 0;
    const char *start = starts[bytes[0] % 8];
    size_t start_len = bytes[0] % 8 == 2 ? 4 : strlen(start);
    if (write(file, start, start_len) < 0 || write(file, bytes + 1, len - 1) < 0)
        return 0;
    snprintf(path, sizeof path, "/proc/self/fd/%d", file);
    const char *paths[] = {path};
    if (reader_open(paths, 1, 0, &reader, &fail))
        return 0;
    struct twins *twins = twins_open(1 << 16);
    uint64_t given = 0;
    for (size_t count = 0;; count++) {
        struct raw *raw;
        enum outcome outcome = reader_next(reader, &raw, &fail);
        if (!outcome && !raw)
            break;
        if (count > 4 * len + 1000) {
            fprintf(stderr, "reading does not end: %s\n", fail.message);
            abort();
        }
        if (raw)
            read_one(raw, twins, ++given);
        raw_free(raw);
    }
    twins_close(twins);
    reader_close(reader);
    return 0;
}
