/* format.h: what kind of file some bytes are the beginning of. */
#ifndef SOURCE_FORMAT_H
#define SOURCE_FORMAT_H

#include <stdbool.h>
#include <stddef.h>

enum format {
    FORMAT_TEXT,
    FORMAT_HTML,
    FORMAT_JSONL,
    FORMAT_CONLLU,
    FORMAT_JSON, /* one value over many lines, or an array */
    FORMAT_CSV,
    FORMAT_WARC,
    FORMAT_FEED, /* RSS, Atom */
    FORMAT_ZIP,
    FORMAT_TAR,
    FORMAT_GZIP,
    FORMAT_ZSTD,
    FORMAT_PDF, /* from here on: known, not read */
    FORMAT_BINARY /* none of these, and no text */
};

#define FORMAT_LOOK ((size_t)64 << 10)

/* Looks at the first len bytes (at most FORMAT_LOOK matter). */
enum format format_of(const char *bytes, size_t len);

bool format_is_read(enum format format);
const char *format_name(enum format format);

#endif
