/* check.h: the unit tests' framework. A test is `TEST(a_sentence_that_can_be_false) { ...
 * }` in any file of test/unit; build/unit runs all of them, or those whose name holds its
 * first argument. */
#ifndef TEST_CHECK_H
#define TEST_CHECK_H

#include <stdbool.h>
#include <stdint.h>

/* A test that the program knows: every TEST links itself into the list before main
 * runs. */
struct check_test {
    const char *file, *name;
    void (*run)(void);
    struct check_test *next;
};

void check_register(struct check_test *test);

/* A failed check is printed with its place and counted; the test goes on. Each returns
 * its verdict, so that a test can stop: `if (!CHECK(pack != NULL)) return;`. */
bool check_that(bool holds, const char *text, const char *file, int line);
bool check_integer(int64_t got, int64_t want, const char *text, const char *file,
                   int line);
bool check_text(const char *got, const char *want, const char *text, const char *file,
                int line);

/* Marks the running test as skipped, with the reason. Return after it. */
void check_skip(const char *reason);

#define TEST(test_name)                                                                  \
    static void test_name(void);                                                         \
    __attribute__((constructor)) static void register_##test_name(void)                  \
    {                                                                                    \
        static struct check_test test = {__FILE__, #test_name, test_name, 0};            \
        check_register(&test);                                                           \
    }                                                                                    \
    static void test_name(void)

#define CHECK(condition) check_that((condition), #condition, __FILE__, __LINE__)
#define CHECK_INT(got, want)                                                             \
    check_integer((int64_t)(got), (int64_t)(want), #got, __FILE__, __LINE__)
#define CHECK_TEXT(got, want) check_text((got), (want), #got, __FILE__, __LINE__)

#endif
