/* archive.h: ZIP and tar as streams, member by member, in the order in which they lie. */
#ifndef SOURCE_ARCHIVE_H
#define SOURCE_ARCHIVE_H

#include "source/stream.h"

#define MEMBER_NAME_CAP 1024

struct member {
    char name[MEMBER_NAME_CAP]; /* "" at the archive's end */
    struct supply_part part;
    uint64_t padding; /* bytes behind the part that belong to it */
    uint64_t at;      /* of the stream: where its header begins */
};

/* The next file in the archive; folders and links are passed over. FAIL_DATA names what
 * is broken and where; the next call goes on behind it. */
enum outcome zip_next(struct stream *stream, struct member *member, struct fail *fail);
enum outcome tar_next(struct stream *stream, struct member *member, struct fail *fail);

#endif
