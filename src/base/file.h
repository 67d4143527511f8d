/* file.h: reading whole files, and mapping them. */
#ifndef BASE_FILE_H
#define BASE_FILE_H

#include "base/fail.h"

#include <stddef.h>

/* A file's bytes in memory, read-only. */
struct mapping {
    const unsigned char *bytes;
    size_t len;
};

enum outcome file_map(const char *path, struct mapping *mapping, struct fail *fail);
void file_unmap(struct mapping *mapping);

/* Reads at most limit bytes; more is FAIL_LIMIT. *bytes is malloc'd, NUL-terminated, the
 * caller's. "-" is standard input. */
enum outcome file_read(const char *path, size_t limit, char **bytes, size_t *len,
                       struct fail *fail);

#endif
