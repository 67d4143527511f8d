/* walk.c: a folder's names are put on a stack; nothing recurses. */
#define _POSIX_C_SOURCE 200809L
#include "source/walk.h"

#include <dirent.h>
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

/* Takes name, also on failure. */
static enum outcome push(struct walk *walk, char *name, bool is_inside, struct fail *fail)
{
    if (name && walk->count == walk->capacity) {
        size_t capacity = walk->capacity ? walk->capacity * 2 : 16;
        char **names = realloc(walk->names, capacity * sizeof *names);
        if (names)
            walk->names = names;
        bool *flags = names ? realloc(walk->is_inside, capacity * sizeof *flags) : NULL;
        if (flags) {
            walk->is_inside = flags;
            walk->capacity = capacity;
        }
    }
    if (!name || walk->count == walk->capacity) {
        free(name);
        return fail_memory(fail);
    }
    walk->is_inside[walk->count] = is_inside;
    walk->names[walk->count++] = name;
    return OK;
}

void walk_close(struct walk *walk)
{
    for (size_t i = 0; i < walk->count; i++)
        free(walk->names[i]);
    free(walk->names);
    free(walk->is_inside);
    *walk = (struct walk){0};
}

enum outcome walk_open(struct walk *walk, const char *const *paths, size_t count,
                       struct fail *fail)
{
    *walk = (struct walk){0};
    enum outcome outcome = OK;
    for (size_t i = count; i > 0 && !outcome; i--)
        outcome = push(walk, strdup(paths[i - 1]), false, fail);
    if (outcome)
        walk_close(walk);
    return outcome;
}

static int later_first(const void *a, const void *b)
{
    return strcmp(*(char *const *)b, *(char *const *)a);
}

static char *join(const char *folder, const char *name)
{
    size_t folder_len = strlen(folder), len = folder_len + strlen(name) + 2;
    char *path = malloc(len);
    bool has_slash = folder_len && folder[folder_len - 1] == '/';
    if (path)
        snprintf(path, len, "%s%s%s", folder, has_slash ? "" : "/", name);
    return path;
}

static enum outcome open_folder(struct walk *walk, const char *folder, struct fail *fail)
{
    DIR *dir = opendir(folder);
    if (!dir)
        return fail_with(fail, FAIL_IO, "%s: %s", folder, strerror(errno));
    size_t first = walk->count;
    enum outcome outcome = OK;
    for (struct dirent *entry; !outcome && (entry = readdir(dir)) != NULL;)
        if (entry->d_name[0] != '.')
            outcome = push(walk, join(folder, entry->d_name), true, fail);
    closedir(dir);
    if (walk->count > first)
        qsort(walk->names + first, walk->count - first, sizeof *walk->names, later_first);
    return outcome;
}

/* A folder, but no link to one below a folder: it may lead back up. */
static bool is_folder(const char *path, bool is_inside, bool *is_left_out)
{
    struct stat info;
    *is_left_out = false;
    if (strcmp(path, "-") == 0 || stat(path, &info) != 0 || !S_ISDIR(info.st_mode))
        return false;
    *is_left_out = is_inside && lstat(path, &info) == 0 && S_ISLNK(info.st_mode);
    return true;
}

enum outcome walk_next(struct walk *walk, char **path, struct fail *fail)
{
    *path = NULL;
    while (walk->count) {
        bool is_inside = walk->is_inside[--walk->count], is_left_out;
        char *name = walk->names[walk->count];
        if (!is_folder(name, is_inside, &is_left_out)) {
            *path = name;
            return OK;
        }
        enum outcome outcome = is_left_out ? OK : open_folder(walk, name, fail);
        free(name);
        if (outcome)
            return outcome;
    }
    return OK;
}
