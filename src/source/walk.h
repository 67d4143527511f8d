/* walk.h: paths and folders to the files in them, in a fixed order. */
#ifndef SOURCE_WALK_H
#define SOURCE_WALK_H

#include "base/fail.h"

#include <stdbool.h>
#include <stddef.h>

/* Names still to visit, the next one last. */
struct walk {
    char **names;
    bool *is_inside; /* found in a folder, not named by the caller */
    size_t count, capacity;
};

enum outcome walk_open(struct walk *walk, const char *const *paths, size_t count,
                       struct fail *fail);
void walk_close(struct walk *walk);

/* The next file: *path is malloc'd and the caller's, NULL at the end. Folders are opened
 * on the way: their names sorted by bytes, hidden ones and links to folders left out.
 * FAIL_IO names a folder that cannot be read; going on is possible. */
enum outcome walk_next(struct walk *walk, char **path, struct fail *fail);

#endif
