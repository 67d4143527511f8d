/* resume.h: where earlier runs stood in their files. */
#ifndef SOURCE_RESUME_H
#define SOURCE_RESUME_H

#include "base/fail.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#define RESUME_MARK_CAP 64

struct resume_place {
    char *path;
    char mark[RESUME_MARK_CAP];
};

struct resume {
    struct resume_place *places;
    size_t count, capacity;
    bool is_sorted;
};

/* Where a report stands: the byte of the file at which reading can begin, and how many
 * reports and failures come before it from there on. */
struct resume_point {
    uint64_t at, skip;
};

/* "81223+2 5f3a...": the point, and a hash of the file's first 4 KiB, of those before the
 * byte where it is not 0. False when the file cannot be read again (standard input). */
bool resume_mark(const char *path, struct resume_point point, char mark[RESUME_MARK_CAP]);

/* Of several marks for a path any may count. */
enum outcome resume_add(struct resume *resume, const char *path, const char *mark,
                        struct fail *fail);

/* The point to go on at; 0 and 0 for a path without a mark, and where the file there is
 * another one now. */
struct resume_point resume_from(struct resume *resume, const char *path);
void resume_free(struct resume *resume);

#endif
