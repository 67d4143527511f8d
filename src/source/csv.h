/* csv.h: CSV (RFC 4180) and its kin with tabs or semicolons: a heading line, then a
 * report a record, in a column called text, body, content or the like. */
#ifndef SOURCE_CSV_H
#define SOURCE_CSV_H

#include "base/buffer.h"
#include "source/raw.h"
#include "source/stream.h"

/* Whether the first line is a heading that names a column of text. */
bool csv_looks_like(const char *bytes, size_t len);

struct csv {
    struct stream *stream;
    struct buffer record;   /* the record being read */
    uint8_t columns[64];    /* enum csv_column of each */
    uint32_t column_count;
    char sign;              /* between cells; 0 before the heading was read */
};

/* The next record into raw (its bytes are not decoded), *line the number of its first
 * line. *is_end at the end. FAIL_DATA, FAIL_LIMIT: the next call goes on behind it. */
enum outcome csv_next(struct csv *csv, struct raw *raw, uint64_t *line, bool *is_end,
                      struct fail *fail);

#endif
