/* speed.c: how fast a report is read, as ratios to counting its words in the same run.
 * usage: bench-speed PROGRAM REPORT [SECONDS]     PROGRAM: build/sentosa, timed from
 * start to first event */
#include "engine/handle.h"

#include <fcntl.h>
#include <spawn.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

extern char **environ;

struct bench {
    struct sentosa *engine;
    char text[65536];
    size_t len, tokens;
    double seconds; /* for each measure */
};

static double now(void)
{
    struct timespec time;
    clock_gettime(CLOCK_MONOTONIC, &time);
    return (double)time.tv_sec + (double)time.tv_nsec * 1e-9;
}

static size_t count_words(const char *text)
{
    size_t words = 0;
    bool inside = false;
    for (; *text; text++) {
        bool is_blank = *text == ' ' || *text == '\n';
        words += !is_blank && !inside;
        inside = !is_blank;
    }
    return words;
}

/* Reads the report up to a stage (NULL: all); false when it cannot be read. */
static bool read_once(struct bench *bench, const char *upto)
{
    struct sentosa_doc *doc = NULL;
    struct sentosa_input input = {
        .text = bench->text, .len = bench->len, .date = "2024-03-12"};
    struct sentosa_options options = {.upto = upto};
    bool is_read = !sentosa_doc_new(&input, &doc, NULL) &&
                   !sentosa_doc_read(bench->engine, doc, &options, NULL);
    if (is_read) {
        bench->tokens = doc->doc.tokens.count;
    }
    sentosa_doc_free(doc);
    return is_read;
}

/* Seconds that one reading takes: the fastest of several rounds, so that a neighbour on
 * the machine disturbs less. */
static double time_reading(struct bench *bench, const char *upto)
{
    double best = 1e9, start = now();
    do {
        double round = now();
        int readings = 0;
        do {
            if (!read_once(bench, upto)) {
                return 0;
            }
            readings++;
        } while (now() - round < bench->seconds / 10);
        double each = (now() - round) / readings;
        best = each < best ? each : best;
    } while (now() - start < bench->seconds);
    return best;
}

static double time_counting(const struct bench *bench)
{
    double best = 1e9, start = now();
    size_t words = 0;
    do {
        double round = now();
        for (int i = 0; i < 1000; i++) {
            words += count_words(bench->text);
        }
        double each = (now() - round) / 1000;
        best = each < best ? each : best;
    } while (now() - start < bench->seconds / 2 && words > 0);
    return best;
}

/* Milliseconds from start to the first byte of output; negative when there is none. */
static double time_start(const char *program, const char *report)
{
    int ends[2];
    pid_t child;
    char byte;
    if (pipe(ends)) {
        return -1;
    }
    posix_spawn_file_actions_t actions;
    posix_spawn_file_actions_init(&actions);
    posix_spawn_file_actions_adddup2(&actions, ends[1], 1);
    posix_spawn_file_actions_addclose(&actions, ends[0]);
    posix_spawn_file_actions_addopen(&actions, 2, "/dev/null", O_WRONLY, 0);
    char *const args[] = {(char *)(uintptr_t)program, "read", "--date", "2024-03-12",
                          (char *)(uintptr_t)report,  NULL};
    double start = now(), first = -1;
    if (posix_spawn(&child, program, &actions, NULL, args, environ) == 0) {
        close(ends[1]);
        if (read(ends[0], &byte, 1) == 1) {
            first = (now() - start) * 1000;
        }
        while (read(ends[0], &byte, 1) > 0) {
        }
        waitpid(child, NULL, 0);
    } else {
        close(ends[1]);
    }
    close(ends[0]);
    posix_spawn_file_actions_destroy(&actions);
    return first;
}

static void print_row(const char *what, double seconds, size_t tokens, double counting)
{
    printf("%-28s %14.0f tokens/s %10.1f x counting\n", what, (double)tokens / seconds,
           seconds / counting);
}

static void print_stages(struct bench *bench)
{
    double counting = time_counting(bench), before = 0, whole = time_reading(bench, NULL);
    print_row("counting words", counting, bench->tokens, counting);
    for (size_t i = 0; sentosa_stage_name(i); i++) {
        double upto = time_reading(bench, sentosa_stage_name(i));
        char what[64];
        snprintf(what, sizeof what, "  stage %s", sentosa_stage_name(i));
        if (upto > before) {
            printf("%-28s %14.1f %% of the whole\n", what, 100 * (upto - before) / whole);
        }
        before = upto;
    }
    print_row("whole pipeline, one core", whole, bench->tokens, counting);
}

int main(int argc, char **argv)
{
    static struct bench bench;
    struct sentosa_error error = {""};
    FILE *file = argc > 2 ? fopen(argv[2], "rb") : NULL;
    if (!file) {
        fprintf(stderr, "usage: bench-speed PROGRAM REPORT [SECONDS]\n");
        return 2;
    }
    bench.len = fread(bench.text, 1, sizeof bench.text - 1, file);
    fclose(file);
    bench.seconds = argc > 3 ? strtod(argv[3], NULL) : 1;
    if (sentosa_open(NULL, &bench.engine, &error) || !read_once(&bench, NULL)) {
        fprintf(stderr, "bench: %s\n", error.message);
        return 4;
    }
    print_stages(&bench);
    double best = 1e9;
    for (int i = 0; i < 20; i++) {
        double ms = time_start(argv[1], argv[2]);
        if (ms < 0) {
            break;
        }
        best = ms < best ? ms : best;
    }
    if (best < 1e9) {
        printf("%-28s %14.1f ms\n", "start to first event", best);
    }
    sentosa_close(bench.engine);
    return 0;
}
