/* resume.h: where earlier runs stood in their files. */
#ifndef SOURCE_RESUME_H
#define SOURCE_RESUME_H

#include "base/fail.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#define RESUME_MARK_CAP 48

struct resume_place {
    char *path;
    char mark[RESUME_MARK_CAP];
};

struct resume {
    struct resume_place *places;
    size_t count, capacity;
    bool is_sorted;
};

/* "81223 5f3a...": the byte, and a hash of the file's first 4 KiB before
 * it. False when the file
 * cannot be read again (standard input). */
bool resume_mark(const char *path, uint64_t at, char mark[RESUME_MARK_CAP]);

/* Of several marks for a path any may count. */
enum outcome resume_add(struct resume *resume, const char *path, const char *mark,
                        struct fail *fail);

/* The byte to go on at; 0 for a path without a mark, and where the file there is another
 * one now. */
uint64_t resume_from(struct resume *resume, const char *path);
void resume_free(struct resume *resume);

#endif
