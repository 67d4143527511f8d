/* main.c: runs the text cases (test/cases/README.md) through the public API. usage: cases
 * [-v] [-k WORDS] FILE...    -k: only the cases whose name holds WORDS; -v: print what
 * was read */
#include "expect.h"

#include <stdlib.h>
#include <string.h>

#define MAX_EXPECTS 64
#define MAX_TEXT ((size_t)1 << 20)

struct test_case {
    const char *file;
    int line;
    char *name, *date, *title, *known; /* known: why it still fails */
    char *text;
    size_t len, lines;
    struct expect expects[MAX_EXPECTS];
    size_t expect_count;
};

struct tally {
    int passed, failed, known;
};

struct run {
    struct sentosa *engine;
    struct tally tally;
    const char *wanted;
    bool is_verbose, is_broken;
    char text[MAX_TEXT];
};

/* What a `>` line is held against. */
static bool is_met(const struct expect *expect, const struct sentosa_doc *doc, bool *used)
{
    bool met = false;
    if (expect->kind == EXPECT_NO_EVENT) {
        return sentosa_event_count(doc) == 0;
    }
    if (expect->kind == EXPECT_ONLY) {
        for (size_t i = 0; i < sentosa_event_count(doc); i++) {
            if (!used[i]) {
                return false;
            }
        }
        return true;
    }
    if (expect->kind == EXPECT_POSITION) {
        for (size_t i = 0; i < sentosa_position_count(doc) && !met; i++) {
            met = expect_position(expect, sentosa_position(doc, i));
        }
    } else if (expect->kind == EXPECT_RELATION) {
        for (size_t i = 0; i < sentosa_relation_count(doc) && !met; i++) {
            met = expect_relation(expect, sentosa_relation(doc, i));
        }
    } else {
        for (size_t i = 0; i < sentosa_event_count(doc) && !met; i++) {
            met = (!used[i] || expect->is_refused) &&
                  expect_event(expect, sentosa_event(doc, i));
            used[i] = used[i] || (met && !expect->is_refused);
        }
    }
    return met != expect->is_refused;
}

static void print_given(const struct sentosa_doc *doc)
{
    puts("  given:");
    for (size_t i = 0; i < sentosa_event_count(doc); i++) {
        fputs("    ", stdout);
        event_print(stdout, sentosa_event(doc, i));
    }
    for (size_t i = 0; i < sentosa_position_count(doc); i++) {
        fputs("    ", stdout);
        position_print(stdout, sentosa_position(doc, i));
    }
    for (size_t i = 0; i < sentosa_relation_count(doc); i++) {
        fputs("    ", stdout);
        relation_print(stdout, sentosa_relation(doc, i));
    }
    if (sentosa_event_count(doc) == 0) {
        puts("    > none");
    }
}

/* True when every line is met; the lines that are not stand in unmet. */
static bool judge(const struct test_case *test, const struct sentosa_doc *doc,
                  bool *unmet)
{
    bool all = true;
    bool *used = calloc(sentosa_event_count(doc) + 1, sizeof *used);
    for (int only = 0; used && only < 2; only++) { /* `only` is held last */
        for (size_t i = 0; i < test->expect_count; i++) {
            if ((test->expects[i].kind == EXPECT_ONLY) != only) {
                continue;
            }
            unmet[i] = !is_met(&test->expects[i], doc, used);
            all = all && !unmet[i];
        }
    }
    free(used);
    return all && test->expect_count > 0;
}

static void report(const struct test_case *test, const struct sentosa_doc *doc,
                   const bool *unmet)
{
    printf("FAILED %s:%d: %s\n  %s\n", test->file, test->line, test->name, test->text);
    for (size_t i = 0; i < test->expect_count; i++) {
        if (unmet[i]) {
            printf("  not met: line %d\n", test->expects[i].line);
        }
    }
    if (doc) {
        print_given(doc);
    }
}

static void count(struct run *run, const struct test_case *test, bool passed)
{
    if (test->known && passed) {
        printf("FAILED %s:%d: %s\n  passes now: take its `!` line away\n", test->file,
               test->line, test->name);
        run->tally.failed++;
    } else if (test->known) {
        run->tally.known++;
    } else if (passed) {
        run->tally.passed++;
    } else {
        run->tally.failed++;
    }
}

static void run_case(struct run *run, const struct test_case *test)
{
    struct sentosa_error error = {""};
    struct sentosa_doc *doc = NULL;
    struct sentosa_input input = {
        .text = test->text, .len = test->len, .title = test->title, .date = test->date};
    bool unmet[MAX_EXPECTS] = {false};
    if (run->wanted && !strstr(test->name, run->wanted)) {
        return;
    }
    if (sentosa_doc_new(&input, &doc, &error) ||
        sentosa_doc_read(run->engine, doc, NULL, &error)) {
        printf("FAILED %s:%d: %s\n  not read: %s\n", test->file, test->line, test->name,
               error.message);
        run->tally.failed++;
        sentosa_doc_free(doc);
        return;
    }
    bool passed = judge(test, doc, unmet);
    if (!passed && !test->known) {
        report(test, doc, unmet);
    } else if (run->is_verbose) {
        printf("%s %s:%d: %s\n  %s\n", passed ? "passed" : "known", test->file,
               test->line, test->name, test->text);
        print_given(doc);
    }
    count(run, test, passed);
    sentosa_doc_free(doc);
}

/* Adds a line of the report; blank lines part paragraphs. */
static bool add_text(struct run *run, struct test_case *test, const char *line)
{
    size_t len = strlen(line);
    if (test->len + len + 2 > MAX_TEXT) {
        return false;
    }
    if (test->lines++) {
        run->text[test->len++] = '\n';
    }
    memcpy(run->text + test->len, line, len + 1);
    test->len += len;
    return true;
}

static void end_case(struct run *run, struct test_case *test)
{
    if (!test->name) {
        return;
    }
    while (test->len > 0 && run->text[test->len - 1] == '\n') {
        test->len--;
    }
    run->text[test->len] = '\0';
    test->text = run->text;
    if (test->expect_count == 0 || test->len == 0) {
        fprintf(stderr, "%s:%d: a case needs a text and a `>` line\n", test->file,
                test->line);
        run->is_broken = true;
        return;
    }
    run_case(run, test);
}

/* One line of a file. False when it is of no known form. */
static bool read_line(struct run *run, struct test_case *test, char *line, int number)
{
    char *rest = line[0] && line[1] == ' ' ? line + 2 : line + (line[0] != '\0');
    if (line[0] == '=') {
        end_case(run, test);
        *test = (struct test_case){.file = test->file, .line = number, .name = rest};
        run->text[0] = '\0';
        return true;
    }
    if (line[0] == '>' && test->expect_count < MAX_EXPECTS) {
        return expect_read(&test->expects[test->expect_count++], rest, test->file,
                           number);
    }
    if (line[0] == '!') {
        test->known = rest;
        return test->name != NULL;
    }
    if (test->lines == 0 && line[0] == '@') {
        test->date = strcmp(rest, "none") == 0 ? NULL : rest;
        return test->name != NULL;
    }
    if (test->lines == 0 && line[0] == '^') {
        test->title = rest;
        return test->name != NULL;
    }
    if (!test->name || test->expect_count) { /* between cases: blank lines and remarks */
        return line[0] == '\0' || line[0] == '#';
    }
    return (test->lines == 0 && line[0] == '\0') ||
           add_text(run, test, line[0] == '\\' ? line + 1 : line);
}

static char *read_file(const char *path)
{
    FILE *file = fopen(path, "rb");
    char *bytes = file ? calloc(MAX_TEXT, 1) : NULL;
    if (bytes && fread(bytes, 1, MAX_TEXT - 1, file) == MAX_TEXT - 1) {
        free(bytes);
        bytes = NULL;
    }
    if (file) {
        fclose(file);
    }
    return bytes;
}

static void run_file(struct run *run, const char *path)
{
    struct test_case test = {.file = path};
    char *bytes = read_file(path);
    if (!bytes) {
        fprintf(stderr, "%s: cannot be read, or is past 1 MiB\n", path);
        run->is_broken = true;
        return;
    }
    int number = 0;
    for (char *line = bytes, *next; line && *line; line = next) {
        char *end = strchr(line, '\n');
        next = end ? end + 1 : NULL;
        if (end) {
            *end = '\0';
        }
        if (!read_line(run, &test, line, ++number)) {
            fprintf(stderr, "%s:%d: not the form of a case (README.md)\n", path, number);
            run->is_broken = true;
        }
    }
    end_case(run, &test);
    free(bytes);
}

int main(int argc, char **argv)
{
    static struct run run;
    struct sentosa_error error = {""};
    if (sentosa_open(NULL, &run.engine, &error)) {
        fprintf(stderr, "cases: %s\n", error.message);
        return 4;
    }
    for (int i = 1; i < argc; i++) {
        if (strcmp(argv[i], "-v") == 0) {
            run.is_verbose = true;
        } else if (strcmp(argv[i], "-k") == 0 && i + 1 < argc) {
            run.wanted = argv[++i];
        } else {
            run_file(&run, argv[i]);
        }
    }
    sentosa_close(run.engine);
    if (run.tally.known) {
        printf("%d cases marked as known to fail still fail\n", run.tally.known);
    }
    printf("cases: %d passed, %d failed\n", run.tally.passed, run.tally.failed);
    return run.tally.failed || run.is_broken ? 1 : 0;
}
