/* store_starve.c: the store when memory or the disk runs out: a status, and a sound file
 * after. */
#include "check.h"
#include "unit/store_fixture.h"

#include <signal.h>
#include <sqlite3.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <unistd.h>

/* Adds a report to a new file and commits it; the first outcome that is not OK. */
static enum sentosa_outcome add_one(const char *path, struct sentosa_error *error)
{
    struct told told;
    struct sentosa_store *store;
    told_init(&told);
    enum sentosa_outcome outcome = sentosa_store_open(path, SENTOSA_STORE_WRITE, &store,
                                                      error);
    if (outcome)
        return outcome;
    outcome = sentosa_store_add_result(store, &told.result, NULL, error);
    if (!outcome)
        outcome = sentosa_store_commit(store, error);
    sentosa_store_close(store);
    return outcome;
}

/* SQLite itself refuses to go past its limit: every allocation is the last one for some
 * limit. */
TEST(a_store_without_memory_fails_with_a_status)
{
    struct sentosa_error error;
    size_t failed = 0;
    sqlite3_int64 before = sqlite3_hard_heap_limit64(-1);
    for (sqlite3_int64 limit = 4096; limit < 2000000; limit += limit / 8) {
        error.message[0] = '\0';
        sqlite3_hard_heap_limit64(limit);
        enum sentosa_outcome outcome = add_one(":memory:", &error);
        if (!outcome)
            break;
        failed++;
        CHECK_INT(outcome, SENTOSA_NO_MEMORY);
        CHECK(error.message[0] != '\0');
    }
    sqlite3_hard_heap_limit64(before > 0 ? before : 0);
    CHECK(failed > 5);
    CHECK_INT(add_one(":memory:", &error), SENTOSA_OK);
}

TEST(a_full_disk_is_a_status_and_leaves_whole_reports)
{
    char path[64] = "/tmp/sentosa-full-XXXXXX";
    struct sentosa_error error = {""};
    struct rlimit was, small;
    int fd = mkstemp(path);
    if (!CHECK(fd >= 0) || !CHECK_INT(getrlimit(RLIMIT_FSIZE, &was), 0))
        return;
    close(fd);
    CHECK_INT(add_one(path, &error), SENTOSA_OK);
    struct told other;
    struct sentosa_store *store;
    told_init(&other);
    static char body[1 << 20];
    memset(body, 'x', sizeof body - 1);
    other.report.digest = "d000000000000009";
    other.report.body = body;
    CHECK_INT(sentosa_store_open(path, SENTOSA_STORE_WRITE, &store, &error), SENTOSA_OK);
    void (*handler)(int) = signal(SIGXFSZ, SIG_IGN);
    small = was;
    small.rlim_cur = 600000;
    CHECK_INT(setrlimit(RLIMIT_FSIZE, &small), 0);
    enum sentosa_outcome outcome = sentosa_store_add_result(store, &other.result, NULL,
                                                            &error);
    if (!outcome)
        outcome = sentosa_store_commit(store, &error);
    setrlimit(RLIMIT_FSIZE, &was);
    signal(SIGXFSZ, handler);
    CHECK_INT(outcome, SENTOSA_IO);
    sentosa_store_close(store);
    size_t count = 0, later;
    if (CHECK(!sentosa_store_open(path, SENTOSA_STORE_READ, &store, &error)))
        CHECK(!sentosa_store_reports(store, NULL, &count, &later, &error));
    CHECK_INT(count, 1);
    sentosa_store_close(store);
    remove(path);
}
