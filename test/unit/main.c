/* main.c: runs the unit tests and counts them. */
#include "check.h"

#include <inttypes.h>
#include <stdio.h>
#include <string.h>

static struct check_test *first_test;
static bool test_failed;
static const char *skip_reason;

/* Kept in order of file and name, so that a run does not depend on the order of
 * linking. */
void check_register(struct check_test *test)
{
    struct check_test **place = &first_test;
    while (*place) {
        int order = strcmp((*place)->file, test->file);
        if (order > 0 || (order == 0 && strcmp((*place)->name, test->name) > 0)) {
            break;
        }
        place = &(*place)->next;
    }
    test->next = *place;
    *place = test;
}

bool check_that(bool holds, const char *text, const char *file, int line)
{
    if (!holds) {
        test_failed = true;
        printf("%s:%d: not so: %s\n", file, line, text);
    }
    return holds;
}

bool check_integer(int64_t got, int64_t want, const char *text, const char *file,
                   int line)
{
    if (got != want) {
        test_failed = true;
        printf("%s:%d: %s is %" PRId64 ", not %" PRId64 "\n", file, line, text, got,
               want);
    }
    return got == want;
}

bool check_text(const char *got, const char *want, const char *text, const char *file,
                int line)
{
    bool same = got == want || (got && want && strcmp(got, want) == 0);
    if (!same) {
        test_failed = true;
        printf("%s:%d: %s is \"%s\", not \"%s\"\n", file, line, text,
               got ? got : "(null)", want ? want : "(null)");
    }
    return same;
}

void check_skip(const char *reason)
{
    skip_reason = reason;
}

int main(int argc, char **argv)
{
    const char *wanted = argc > 1 ? argv[1] : "";
    int passed = 0, failed = 0, skipped = 0;
    for (const struct check_test *test = first_test; test; test = test->next) {
        if (!strstr(test->name, wanted) && !strstr(test->file, wanted)) {
            continue;
        }
        test_failed = false;
        skip_reason = NULL;
        test->run();
        if (test_failed) {
            failed++;
            printf("FAILED %s: %s\n", test->file, test->name);
        } else if (skip_reason) {
            skipped++;
            printf("skipped %s: %s\n", test->name, skip_reason);
        } else {
            passed++;
        }
    }
    printf("unit: %d passed, %d failed, %d skipped\n", passed, failed, skipped);
    return failed ? 1 : 0;
}
