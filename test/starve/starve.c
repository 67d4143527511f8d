/* starve.c: fails each allocation once: reading a report must then end with SENTOSA_NO_MEMORY, crash
 * nowhere and give back all it took. usage: starve FILE
 *
 * Linked with --wrap=malloc and its kin, so that the calls of our own objects come here. */
#include "sentosa.h"

#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define MAX_REPORT 65536
#define MAX_ROUNDS 20000

void *__real_malloc(size_t len);
void *__real_calloc(size_t count, size_t len);
void *__real_realloc(void *at, size_t len);
void __real_free(void *at);
void *__wrap_malloc(size_t len);
void *__wrap_calloc(size_t count, size_t len);
void *__wrap_realloc(void *at, size_t len);
void __wrap_free(void *at);

static struct {
    long asked, live;
    long failing;  /* number of the allocation that fails; 0 for none */
    bool and_after; /* so do all that follow */
} memory;

static bool is_granted(void)
{
    memory.asked++;
    bool fails = memory.failing && (memory.asked == memory.failing ||
                                    (memory.and_after && memory.asked > memory.failing));
    return !fails;
}

static void *count_live(void *at)
{
    memory.live += at != NULL;
    return at;
}

void *__wrap_malloc(size_t len)
{
    return is_granted() ? count_live(__real_malloc(len)) : NULL;
}

void *__wrap_calloc(size_t count, size_t len)
{
    return is_granted() ? count_live(__real_calloc(count, len)) : NULL;
}

void *__wrap_realloc(void *at, size_t len)
{
    if (!is_granted()) {
        return NULL;
    }
    void *moved = __real_realloc(at, len);
    memory.live += moved && !at;
    return moved;
}

void __wrap_free(void *at)
{
    memory.live -= at != NULL;
    __real_free(at);
}

/* Everything that the library does with one report. */
static enum sentosa_outcome read_report(const char *text, size_t len)
{
    struct sentosa *engine = NULL;
    struct sentosa_doc *doc = NULL;
    struct sentosa_error error = {""};
    struct sentosa_input input = {.text = text, .len = len, .date = "2024-03-12"};
    enum sentosa_outcome outcome = sentosa_open(NULL, &engine, &error);
    if (!outcome) {
        outcome = sentosa_doc_new(&input, &doc, &error);
    }
    if (!outcome) {
        outcome = sentosa_doc_read(engine, doc, NULL, &error);
    }
    for (size_t i = 0; !outcome && i < sentosa_event_count(doc); i++) {
        char *line = sentosa_event_json(engine, doc, i);
        outcome = line ? SENTOSA_OK : SENTOSA_NO_MEMORY;
        sentosa_free(line);
    }
    char *why = outcome ? NULL : sentosa_why(engine, doc);
    if (!outcome && !why) {
        outcome = SENTOSA_NO_MEMORY;
    }
    sentosa_free(why);
    sentosa_doc_free(doc);
    sentosa_close(engine);
    return outcome;
}

/* True when every allocation was failed once and each round ended well. */
static bool starve(const char *text, size_t len, bool and_after)
{
    int faults = 0;
    long round = 1;
    for (; round < MAX_ROUNDS && faults < 10; round++) {
        memory.asked = memory.live = 0;
        memory.failing = round;
        memory.and_after = and_after;
        enum sentosa_outcome outcome = read_report(text, len);
        bool was_starved = memory.asked >= round;
        if (memory.live != 0) {
            printf("allocation %ld failed: %ld are not given back\n", round, memory.live);
            faults++;
        }
        if (!was_starved) {
            break;
        }
        if (outcome != SENTOSA_NO_MEMORY) {
            printf("allocation %ld failed: the outcome is %d, not out of memory\n", round,
                   (int)outcome);
            faults++;
        }
    }
    printf("each of %ld allocations was failed%s\n", round - 1,
           and_after ? ", and all after it" : "");
    return faults == 0 && round < MAX_ROUNDS;
}

int main(int argc, char **argv)
{
    static char text[MAX_REPORT];
    FILE *file = argc == 2 ? fopen(argv[1], "rb") : NULL;
    if (!file) {
        fprintf(stderr, "usage: starve FILE\n");
        return 2;
    }
    size_t len = fread(text, 1, sizeof text, file);
    fclose(file);
    if (read_report(text, len)) {
        puts("the report is not read even with all the memory there is");
        puts("starve: 0 passed, 1 failed");
        return 1;
    }
    int passed = starve(text, len, false) + starve(text, len, true);
    printf("starve: %d passed, %d failed\n", passed, 2 - passed);
    return passed == 2 ? 0 : 1;
}
