/* buffer.h: a growing piece of text, for writers. */
#ifndef BASE_BUFFER_H
#define BASE_BUFFER_H

#include <stdbool.h>
#include <stddef.h>

/* Zero-initialise. Once memory ran out `failed` stays true and nothing more is added. */
struct buffer {
    char *bytes; /* NUL-terminated once something was added; NULL before */
    size_t len, capacity;
    bool failed;
};

void buffer_free(struct buffer *buffer);
void buffer_add(struct buffer *buffer, const char *bytes, size_t len);
void buffer_text(struct buffer *buffer, const char *text); /* NULL adds nothing */
void buffer_print(struct buffer *buffer, const char *format, ...)
    __attribute__((format(printf, 2, 3)));

#endif
