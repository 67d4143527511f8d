/* file.c: reading whole files, and mapping them. */
#include "base/file.h"

#include <errno.h>
#include <fcntl.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>

enum outcome file_map(const char *path, struct mapping *mapping, struct fail *fail)
{
    *mapping = (struct mapping){0};
    int fd = open(path, O_RDONLY | O_CLOEXEC);
    if (fd < 0)
        return fail_with(fail, FAIL_IO, "%s: %s", path, strerror(errno));
    struct stat info;
    if (fstat(fd, &info) != 0 || !S_ISREG(info.st_mode) || info.st_size <= 0) {
        close(fd);
        return fail_with(fail, FAIL_IO, "%s: not a file with content", path);
    }
    void *at = mmap(NULL, (size_t)info.st_size, PROT_READ, MAP_PRIVATE, fd, 0);
    int why = errno;
    close(fd);
    if (at == MAP_FAILED)
        return fail_with(fail, FAIL_IO, "%s: %s", path, strerror(why));
    mapping->bytes = at;
    mapping->len = (size_t)info.st_size;
    return OK;
}

void file_unmap(struct mapping *mapping)
{
    if (mapping->bytes)
        munmap((void *)(uintptr_t)mapping->bytes, mapping->len);
    *mapping = (struct mapping){0};
}

static enum outcome read_all(int fd, const char *path, size_t limit, char **bytes,
                             size_t *len, struct fail *fail)
{
    size_t capacity = 64 << 10, used = 0;
    char *buffer = malloc(capacity);
    while (buffer) {
        ssize_t got = read(fd, buffer + used, capacity - used - 1);
        if (got < 0 && errno == EINTR)
            continue;
        if (got < 0) {
            enum outcome outcome = fail_with(fail, FAIL_IO, "%s: %s", path,
                                             strerror(errno));
            free(buffer);
            return outcome;
        }
        used += (size_t)got;
        if (used > limit) {
            free(buffer);
            return fail_with(fail, FAIL_LIMIT, "%s: larger than %zu bytes", path, limit);
        }
        if (got == 0) {
            buffer[used] = '\0';
            *bytes = buffer;
            *len = used;
            return OK;
        }
        if (capacity - used < 4096) {
            char *more = realloc(buffer, capacity *= 2);
            if (!more)
                free(buffer);
            buffer = more;
        }
    }
    return fail_memory(fail);
}

enum outcome file_read(const char *path, size_t limit, char **bytes, size_t *len,
                       struct fail *fail)
{
    *bytes = NULL;
    *len = 0;
    if (strcmp(path, "-") == 0)
        return read_all(STDIN_FILENO, "standard input", limit, bytes, len, fail);
    int fd = open(path, O_RDONLY | O_CLOEXEC);
    if (fd < 0)
        return fail_with(fail, FAIL_IO, "%s: %s", path, strerror(errno));
    enum outcome outcome = read_all(fd, path, limit, bytes, len, fail);
    close(fd);
    return outcome;
}
