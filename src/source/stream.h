/* stream.h: bytes read from front to back, by lines, by the piece or whole. */
#ifndef SOURCE_STREAM_H
#define SOURCE_STREAM_H

#include "source/supply.h"

struct stream;

/* Takes the supply, also on failure; NULL is FAIL_MEMORY. Messages do not name the
 * file. */
enum outcome stream_open(struct supply *supply, struct stream **stream,
                         struct fail *fail);
void stream_close(struct stream *stream); /* NULL is fine */

/* The bytes that are there, at least `want` unless the end comes before. Valid until the
 * next call. A failure comes once; what follows it can be read on. */
enum outcome stream_look(struct stream *stream, size_t want, const char **bytes,
                         size_t *len, struct fail *fail);
/* The same, but where bytes are there before a failure it is told when they are used
 * up. */
enum outcome stream_peek(struct stream *stream, size_t want, const char **bytes,
                         size_t *len, struct fail *fail);
/* Steps over bytes that stream_look gave. */
void stream_advance(struct stream *stream, size_t len);

/* The next line without its end, NUL-terminated, valid until the next call; *line NULL
 * at the end. A line longer than limit is read past and is FAIL_LIMIT; going on is
 * possible. */
enum outcome stream_line(struct stream *stream, size_t limit, const char **line,
                         size_t *len, struct fail *fail);

/* All that is left, NUL-terminated, the stream's. More than limit is FAIL_LIMIT: nothing
 * more is read. */
enum outcome stream_rest(struct stream *stream, size_t limit, const char **bytes,
                         size_t *len, struct fail *fail);

/* Steps over len bytes; false when fewer are left. */
enum outcome stream_skip(struct stream *stream, uint64_t len, bool *is_whole,
                         struct fail *fail);

/* Whether a failure was told since the last call: what comes next may begin anywhere. */
bool stream_was_broken(struct stream *stream);

/* Number of the line that stream_line gave last, from 1. */
uint64_t stream_line_number(const struct stream *stream);

/* Bytes given out so far; and where in the file what comes next can be read again. */
uint64_t stream_offset(const struct stream *stream);
uint64_t stream_origin(const struct stream *stream);

#endif
