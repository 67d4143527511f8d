/* warc.h: WARC (ISO 28500) as a stream: the pages and texts in its records. */
#ifndef SOURCE_WARC_H
#define SOURCE_WARC_H

#include "source/raw.h"
#include "source/stream.h"

/* The next record that holds a page or plain text that was delivered (HTTP status 200):
 * its bytes, url and charset into raw, its place in the file into *at, from which a
 * reader may start again. *is_end at the end. A broken record is FAIL_DATA or FAIL_LIMIT,
 * which says where; the next call goes on behind it. */
enum outcome warc_next(struct stream *stream, struct raw *raw, uint64_t *at, bool *is_end,
                       struct fail *fail);

#endif
