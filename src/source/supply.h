/* supply.h: where a stream's bytes come from: a file, what gzip or zstd packed, a part of
 * another stream. */
#ifndef SOURCE_SUPPLY_H
#define SOURCE_SUPPLY_H

#include "base/fail.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct stream;

/* How much a file on disk held and unpacked to so far, on all levels together: what
 * unpacks to far more than it is, is refused. */
struct budget {
    uint64_t packed, unpacked;
};

struct supply {
    /* Up to room (> 0) bytes; *got 0 at the end. After a failure it goes on behind the
     * damage, or gives the end. */
    enum outcome (*read)(struct supply *supply, char *into, size_t room, size_t *got,
                         struct fail *fail);
    void (*close)(struct supply *supply);
    /* Where in the file the bytes at position `at` of the supply can be read from again;
     * NULL: at `at`. */
    uint64_t (*origin)(const struct supply *supply, uint64_t at);
};

/* "-" is standard input. Starts at byte `from`. */
enum outcome supply_file(const char *path, uint64_t from, struct budget *budget,
                         struct supply **supply, struct fail *fail);

/* These read from a stream that must outlive them; what they did not use stays in it.
 * NULL without memory. */

/* All members of a gzip file; a broken one is reported and passed over. */
struct supply *supply_gunzip(struct stream *from, struct budget *budget);
struct supply *supply_unzstd(struct stream *from, struct budget *budget);

struct supply_part {
    uint64_t len;     /* bytes in the stream, when known */
    bool has_len;
    bool is_deflated; /* raw deflate, which knows its own end; what is neither deflated
                       * nor of known length ends with a descriptor that fits it */
    bool has_crc;
    uint32_t crc; /* of what comes out */
};

struct supply *supply_part(struct stream *from, const struct supply_part *part,
                           struct budget *budget);

/* Bytes of the stream that a part of known length has not used. */
uint64_t supply_part_left(const struct supply *supply);

#endif
