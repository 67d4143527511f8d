/* stream.h: a file read from front to back, gzip'd or not, by lines or whole. */
#ifndef SOURCE_STREAM_H
#define SOURCE_STREAM_H

#include "base/fail.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct stream;

/* "-" is standard input. gzip is told by content. */
enum outcome stream_open(const char *path, struct stream **stream, struct fail *fail);
void stream_close(struct stream *stream); /* NULL is fine */

/* The first bytes, up to `want` or the file's end, without reading on. Valid until the
 * next call. */
enum outcome stream_look(struct stream *stream, size_t want, const char **bytes,
                         size_t *len, struct fail *fail);

/* The next line without its end, NUL-terminated, valid until the next call; *line NULL
 * at the end. A line longer than limit is read past and is FAIL_LIMIT; going on is
 * possible. */
enum outcome stream_line(struct stream *stream, size_t limit, const char **line,
                         size_t *len, struct fail *fail);

/* All that is left, NUL-terminated, the stream's. More than limit is FAIL_LIMIT: nothing
 * more is read. */
enum outcome stream_rest(struct stream *stream, size_t limit, const char **bytes,
                         size_t *len, struct fail *fail);

/* Number of the line that stream_line gave last, from 1. */
uint64_t stream_line_number(const struct stream *stream);

#endif
