/* starve.c: fails each allocation once: reading a report must then end with
 * SENTOSA_NO_MEMORY, crash nowhere and give back all it took. usage: starve FILE...
 *
 * Linked with --wrap=malloc and its kin, so that the calls of our own objects come
 * here. */
#include "sentosa_source.h"

#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define MAX_ROUNDS 20000

void *__real_malloc(size_t len);
void *__real_calloc(size_t count, size_t len);
void *__real_realloc(void *at, size_t len);
void __real_free(void *at);
void *__wrap_malloc(size_t len);
void *__wrap_calloc(size_t count, size_t len);
void *__wrap_realloc(void *at, size_t len);
void __wrap_free(void *at);
char *__wrap_strdup(const char *text);

static struct {
    long asked, live;
    long failing;   /* number of the allocation that fails; 0 for none */
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

char *__wrap_strdup(const char *text)
{
    char *copy = __wrap_malloc(strlen(text) + 1);
    return copy ? strcpy(copy, text) : NULL;
}

void __wrap_free(void *at)
{
    memory.live -= at != NULL;
    __real_free(at);
}

static enum sentosa_outcome print_events(const struct sentosa *engine,
                                         const struct sentosa_doc *doc)
{
    for (size_t i = 0; i < sentosa_event_count(doc); i++) {
        char *line = sentosa_event_json(engine, doc, i);
        if (!line) {
            return SENTOSA_NO_MEMORY;
        }
        sentosa_free(line);
    }
    char *why = sentosa_why(engine, doc);
    enum sentosa_outcome outcome = why ? SENTOSA_OK : SENTOSA_NO_MEMORY;
    sentosa_free(why);
    return outcome;
}

static enum sentosa_outcome read_raw(const struct sentosa *engine,
                                     const struct sentosa_raw *raw)
{
    struct sentosa_doc *doc = NULL;
    struct sentosa_options options = {.date = "2024-03-12"};
    enum sentosa_outcome outcome = sentosa_raw_doc(engine, raw, &doc, NULL);
    if (!outcome) {
        outcome = sentosa_doc_read(engine, doc, &options, NULL);
    }
    if (!outcome) {
        outcome = print_events(engine, doc);
    }
    sentosa_doc_free(doc);
    return outcome;
}

/* Everything that the library does with the reports of one file. */
static enum sentosa_outcome read_reports(const char *path)
{
    struct sentosa *engine = NULL;
    struct sentosa_source *source = NULL;
    struct sentosa_raw *raw = NULL;
    enum sentosa_outcome outcome = sentosa_open(NULL, &engine, NULL);
    if (!outcome) {
        outcome = sentosa_source_open(&path, 1, 0, &source, NULL);
    }
    while (!outcome) {
        outcome = sentosa_source_next(source, &raw, NULL);
        if (outcome == SENTOSA_END) {
            outcome = SENTOSA_OK;
            break;
        }
        if (!outcome) {
            outcome = read_raw(engine, raw);
        }
        sentosa_raw_free(raw);
        raw = NULL;
    }
    sentosa_source_close(source);
    sentosa_close(engine);
    return outcome;
}

/* True when every allocation was failed once and each round ended well. */
static bool starve(const char *path, bool and_after)
{
    int faults = 0;
    long round = 1;
    for (; round < MAX_ROUNDS && faults < 10; round++) {
        memory.asked = memory.live = 0;
        memory.failing = round;
        memory.and_after = and_after;
        enum sentosa_outcome outcome = read_reports(path);
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
    printf("%s: each of %ld allocations was failed%s\n", path, round - 1,
           and_after ? ", and all after it" : "");
    return faults == 0 && round < MAX_ROUNDS;
}

int main(int argc, char **argv)
{
    int passed = 0, failed = 0;
    for (int i = 1; i < argc; i++) {
        memory.failing = 0;
        if (read_reports(argv[i])) {
            printf("%s is not read even with all the memory there is\n", argv[i]);
            failed++;
            continue;
        }
        for (int and_after = 0; and_after < 2; and_after++) {
            bool is_sound = starve(argv[i], and_after);
            passed += is_sound;
            failed += !is_sound;
        }
    }
    printf("starve: %d passed, %d failed\n", passed, failed);
    return failed ? 1 : 0;
}
