/* resume.c: marks of places in files. */
#define _POSIX_C_SOURCE 200809L
#include "source/resume.h"

#include "base/hash.h"

#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#define HEAD_LEN 4096

/* The hash of a regular file's first bytes, none behind `at` if that is not 0; its
 * length. */
static bool read_head(const char *path, uint64_t at, char digits[17], uint64_t *len)
{
    char head[HEAD_LEN];
    struct stat info;
    int fd = open(path, O_RDONLY | O_CLOEXEC | O_NOCTTY | O_NONBLOCK);
    if (fd < 0)
        return false;
    bool is_file = fstat(fd, &info) == 0 && S_ISREG(info.st_mode);
    ssize_t got = is_file ? read(fd, head, at && at < HEAD_LEN ? (size_t)at : HEAD_LEN)
                          : -1;
    close(fd);
    if (got < 0)
        return false;
    struct hash hash;
    hash_start(&hash);
    hash_add(&hash, head, (size_t)got);
    hash_write(&hash, digits);
    *len = (uint64_t)info.st_size;
    return true;
}

bool resume_mark(const char *path, struct resume_point point, char mark[RESUME_MARK_CAP])
{
    char digits[17];
    uint64_t len;
    if (!read_head(path, point.at, digits, &len))
        return false;
    snprintf(mark, RESUME_MARK_CAP, "%llu+%llu %s", (unsigned long long)point.at,
             (unsigned long long)point.skip, digits);
    return true;
}

enum outcome resume_add(struct resume *resume, const char *path, const char *mark,
                        struct fail *fail)
{
    if (strlen(mark) >= RESUME_MARK_CAP)
        return OK;
    if (resume->count == resume->capacity) {
        size_t more = resume->capacity ? resume->capacity * 2 : 16;
        struct resume_place *places = more < SIZE_MAX / sizeof *places
                                          ? realloc(resume->places, more * sizeof *places)
                                          : NULL;
        if (!places)
            return fail_memory(fail);
        resume->places = places;
        resume->capacity = more;
    }
    struct resume_place *place = &resume->places[resume->count];
    place->path = strdup(path);
    if (!place->path)
        return fail_memory(fail);
    strcpy(place->mark, mark);
    resume->count++;
    resume->is_sorted = false;
    return OK;
}

static int by_path(const void *a, const void *b)
{
    const struct resume_place *one = a, *two = b;
    return strcmp(one->path, two->path);
}

static const struct resume_place *find_place(struct resume *resume, const char *path)
{
    if (resume->count == 0)
        return NULL;
    if (!resume->is_sorted)
        qsort(resume->places, resume->count, sizeof *resume->places, by_path);
    resume->is_sorted = true;
    const struct resume_place key = {.path = (char *)(uintptr_t)path};
    return bsearch(&key, resume->places, resume->count, sizeof key, by_path);
}

struct resume_point resume_from(struct resume *resume, const char *path)
{
    char now[17], *end;
    uint64_t len;
    const struct resume_place *place = find_place(resume, path);
    struct resume_point point = {0};
    if (!place)
        return point;
    point.at = strtoull(place->mark, &end, 10);
    if (*end == '+')
        point.skip = strtoull(end + 1, &end, 10);
    bool is_same = *end == ' ' && read_head(path, point.at, now, &len) &&
                   strcmp(end + 1, now) == 0 && point.at < len;
    return is_same ? point : (struct resume_point){0};
}

void resume_free(struct resume *resume)
{
    for (size_t i = 0; i < resume->count; i++)
        free(resume->places[i].path);
    free(resume->places);
}
