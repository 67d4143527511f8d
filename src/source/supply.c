/* supply.c: files, gzip, zstd, parts of archives. */
#define _POSIX_C_SOURCE 200809L
#include "source/supply.h"

#include "source/stream.h"

#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>
#include <zlib.h>
#include <zstd.h>

#define UNPACKED_FREE ((uint64_t)256 << 20) /* bytes that no one asks about */
#define UNPACKED_TIMES 300                  /* what gzip does to plain text is 3 to 20 */
#define WINDOW_LOG 27                       /* of zstd: 128 MiB at most */

static enum outcome spend(struct budget *budget, size_t made, struct fail *fail)
{
    budget->unpacked += made;
    if (budget->unpacked <= UNPACKED_FREE ||
        (budget->unpacked - UNPACKED_FREE) / UNPACKED_TIMES <= budget->packed)
        return OK;
    return fail_with(fail, FAIL_LIMIT, "unpacks to more than %d times its size",
                     UNPACKED_TIMES);
}

/* ---- files ---- */

struct file_supply {
    struct supply supply;
    struct budget *budget;
    int fd;
};

static enum outcome read_file(struct supply *supply, char *into, size_t room, size_t *got,
                              struct fail *fail)
{
    struct file_supply *file = (struct file_supply *)supply;
    ssize_t len;
    do
        len = read(file->fd, into, room);
    while (len < 0 && errno == EINTR);
    *got = len > 0 ? (size_t)len : 0;
    file->budget->packed += *got;
    return len < 0 ? fail_with(fail, FAIL_IO, "%s", strerror(errno)) : OK;
}

static void close_file(struct supply *supply)
{
    close(((struct file_supply *)supply)->fd);
    free(supply);
}

enum outcome supply_file(const char *path, uint64_t from, struct budget *budget,
                         struct supply **supply, struct fail *fail)
{
    struct stat info;
    bool is_input = strcmp(path, "-") == 0;
    int fd = is_input ? dup(STDIN_FILENO) : open(path, O_RDONLY | O_CLOEXEC | O_NOCTTY);
    *supply = NULL;
    if (fd < 0)
        return fail_with(fail, FAIL_IO, "%s", strerror(errno));
    if (fstat(fd, &info) == 0 && S_ISDIR(info.st_mode)) {
        close(fd);
        return fail_with(fail, FAIL_IO, "is a folder");
    }
    if (from && lseek(fd, (off_t)from, SEEK_SET) < 0) {
        close(fd);
        return fail_with(fail, FAIL_IO, "%s", strerror(errno));
    }
    struct file_supply *file = calloc(1, sizeof *file);
    if (!file) {
        close(fd);
        return fail_memory(fail);
    }
    *file = (struct file_supply){
        .supply = {.read = read_file, .close = close_file}, .budget = budget, .fd = fd};
    *supply = &file->supply;
    return OK;
}

/* ---- gzip ---- */

#define MEMBERS 512

struct member {
    uint64_t out, in; /* where it begins, unpacked and packed */
};

struct gunzip {
    struct supply supply;
    struct budget *budget;
    struct stream *from;
    z_stream z;
    uint64_t made;
    struct member members[MEMBERS]; /* the last ones, a ring */
    uint32_t member_count;
    bool is_open, is_done;
};

static void note_member(struct gunzip *gunzip)
{
    gunzip->members[gunzip->member_count++ % MEMBERS] = (struct member){
        gunzip->made, stream_offset(gunzip->from)};
}

/* Steps to the next bytes that may begin a member; false at the end. */
static enum outcome find_member(struct gunzip *gunzip, bool *found, struct fail *fail)
{
    const char *bytes;
    size_t len;
    for (*found = false;;) {
        enum outcome outcome = stream_look(gunzip->from, 4, &bytes, &len, fail);
        if (outcome || len < 4)
            return outcome;
        if (memcmp(bytes, "\x1F\x8B\x08", 3) == 0 && (bytes[3] & 0xE0) == 0) {
            *found = true;
            return OK;
        }
        const char *next = memchr(bytes + 1, 0x1F, len - 1);
        stream_advance(gunzip->from, next ? (size_t)(next - bytes) : len);
    }
}

static enum outcome open_member(struct gunzip *gunzip, struct fail *fail)
{
    bool found;
    enum outcome outcome = find_member(gunzip, &found, fail);
    if (outcome || !found) {
        gunzip->is_done = true;
        return outcome;
    }
    note_member(gunzip);
    if (inflateReset(&gunzip->z) != Z_OK)
        return fail_memory(fail);
    gunzip->is_open = true;
    return OK;
}

/* One step of inflate; *is_end at the member's end. */
static enum outcome inflate_step(struct gunzip *gunzip, char *into, size_t room,
                                 size_t *got, struct fail *fail)
{
    const char *bytes;
    size_t len;
    enum outcome outcome = stream_look(gunzip->from, 1, &bytes, &len, fail);
    if (outcome)
        return outcome;
    uint64_t at = stream_offset(gunzip->from);
    gunzip->z.next_in = (unsigned char *)(uintptr_t)bytes;
    gunzip->z.avail_in = (unsigned)(len < 1 << 30 ? len : 1 << 30);
    gunzip->z.next_out = (unsigned char *)into;
    gunzip->z.avail_out = (unsigned)(room < 1 << 30 ? room : 1 << 30);
    size_t had = gunzip->z.avail_in, free_room = gunzip->z.avail_out;
    int code = inflate(&gunzip->z, Z_NO_FLUSH);
    bool is_sound = code == Z_OK || code == Z_STREAM_END;
    /* broken data were taken for what they are not: the next member is sought in them */
    stream_advance(gunzip->from, is_sound ? had - gunzip->z.avail_in : len > 0);
    *got = free_room - gunzip->z.avail_out;
    gunzip->made += *got;
    if (code == Z_STREAM_END)
        gunzip->is_open = false;
    if (is_sound)
        return spend(gunzip->budget, *got, fail);
    gunzip->is_open = false;
    gunzip->made -= *got;
    *got = 0;
    if (code == Z_MEM_ERROR)
        return fail_memory(fail);
    if (code == Z_BUF_ERROR && len == 0)
        return fail_with(fail, FAIL_DATA, "the gzip data end too soon, at byte %llu",
                         (unsigned long long)at);
    return fail_with(fail, FAIL_DATA, "broken gzip data at byte %llu",
                     (unsigned long long)at);
}

static enum outcome read_gunzip(struct supply *supply, char *into, size_t room,
                                size_t *got, struct fail *fail)
{
    struct gunzip *gunzip = (struct gunzip *)supply;
    enum outcome outcome = OK;
    *got = 0;
    while (!outcome && *got == 0 && !gunzip->is_done)
        outcome = gunzip->is_open ? inflate_step(gunzip, into, room, got, fail)
                                  : open_member(gunzip, fail);
    if (outcome == FAIL_LIMIT || outcome == FAIL_MEMORY || outcome == FAIL_IO)
        gunzip->is_done = true;
    return outcome;
}

static void close_gunzip(struct supply *supply)
{
    inflateEnd(&((struct gunzip *)supply)->z);
    free(supply);
}

static uint64_t gunzip_origin(const struct supply *supply, uint64_t at)
{
    const struct gunzip *gunzip = (const struct gunzip *)supply;
    uint32_t count = gunzip->member_count;
    uint32_t oldest = count > MEMBERS ? count - MEMBERS : 0;
    for (uint32_t i = count; i > oldest; i--)
        if (gunzip->members[(i - 1) % MEMBERS].out <= at)
            return gunzip->members[(i - 1) % MEMBERS].in;
    return count ? gunzip->members[oldest % MEMBERS].in : 0;
}

struct supply *supply_gunzip(struct stream *from, struct budget *budget)
{
    struct gunzip *gunzip = calloc(1, sizeof *gunzip);
    if (!gunzip || inflateInit2(&gunzip->z, 15 + 16) != Z_OK) {
        free(gunzip);
        return NULL;
    }
    gunzip->supply = (struct supply){read_gunzip, close_gunzip, gunzip_origin};
    gunzip->from = from;
    gunzip->budget = budget;
    return &gunzip->supply;
}

/* ---- zstd ---- */

struct unzstd {
    struct supply supply;
    struct budget *budget;
    struct stream *from;
    ZSTD_DStream *state;
    size_t wanted; /* 0 between frames */
    bool is_done;
};

static enum outcome read_unzstd(struct supply *supply, char *into, size_t room,
                                size_t *got, struct fail *fail)
{
    struct unzstd *unzstd = (struct unzstd *)supply;
    const char *bytes;
    size_t len;
    *got = 0;
    while (*got == 0 && !unzstd->is_done) {
        enum outcome outcome = stream_look(unzstd->from, 1, &bytes, &len, fail);
        unzstd->is_done = outcome || len == 0;
        if (outcome || (len == 0 && unzstd->wanted == 0))
            return outcome;
        ZSTD_inBuffer in = {bytes, len, 0};
        ZSTD_outBuffer out = {into, room, 0};
        uint64_t at = stream_offset(unzstd->from);
        unzstd->wanted = ZSTD_decompressStream(unzstd->state, &out, &in);
        stream_advance(unzstd->from, in.pos);
        *got = out.pos;
        bool is_broken = ZSTD_isError(unzstd->wanted);
        if (is_broken || (len == 0 && *got == 0)) {
            unzstd->is_done = true;
            return fail_with(fail, FAIL_DATA, "%s at byte %llu",
                             is_broken ? "broken zstd data"
                                       : "the zstd data end too soon",
                             (unsigned long long)at);
        }
        outcome = spend(unzstd->budget, *got, fail);
        unzstd->is_done = outcome != OK;
        if (outcome)
            return outcome;
    }
    return OK;
}

static void close_unzstd(struct supply *supply)
{
    ZSTD_freeDStream(((struct unzstd *)supply)->state);
    free(supply);
}

struct supply *supply_unzstd(struct stream *from, struct budget *budget)
{
    struct unzstd *unzstd = calloc(1, sizeof *unzstd);
    ZSTD_DStream *state = unzstd ? ZSTD_createDStream() : NULL;
    if (!state) {
        free(unzstd);
        return NULL;
    }
    ZSTD_DCtx_setParameter(state, ZSTD_d_windowLogMax, WINDOW_LOG);
    *unzstd = (struct unzstd){.supply = {.read = read_unzstd, .close = close_unzstd},
                              .budget = budget,
                              .from = from,
                              .state = state};
    return &unzstd->supply;
}

/* ---- parts of archives ---- */

struct part {
    struct supply supply;
    struct budget *budget;
    struct stream *from;
    struct supply_part what;
    z_stream z;
    uint32_t crc;
    uint64_t made;
    bool is_done;
};

static enum outcome end_part(struct part *part, struct fail *fail)
{
    part->is_done = true;
    if (part->what.has_crc && part->crc != part->what.crc)
        return fail_with(fail, FAIL_DATA, "broken data: the checksum does not fit");
    return OK;
}

static enum outcome take_stored(struct part *part, char *into, size_t room, size_t *got,
                                struct fail *fail)
{
    const char *bytes;
    size_t len;
    if (part->what.len == 0)
        return end_part(part, fail);
    enum outcome outcome = stream_look(part->from, 1, &bytes, &len, fail);
    part->is_done = outcome || len == 0;
    if (part->is_done)
        return outcome ? outcome
                       : fail_with(fail, FAIL_DATA, "the archive ends too soon");
    len = len < room ? len : room;
    len = len < part->what.len ? len : (size_t)part->what.len;
    memcpy(into, bytes, len);
    stream_advance(part->from, len);
    part->what.len -= len;
    *got = len;
    return OK;
}

static uint64_t number(const char *bytes, size_t len)
{
    uint64_t value = 0;
    while (len--)
        value = value << 8 | (unsigned char)bytes[len];
    return value;
}

/* A ZIP descriptor that tells the checksum and the length of all that went before it, in
 * 4 or in 8 bytes; its own length, 0 when none stands there. */
static size_t descriptor(const struct part *part, const char *bytes, size_t len)
{
    if (len < 16 || memcmp(bytes, "PK\7\10", 4) != 0 || number(bytes + 4, 4) != part->crc)
        return 0;
    if (len >= 24 && number(bytes + 8, 8) == part->made &&
        number(bytes + 16, 8) == part->made)
        return 24;
    bool fits = number(bytes + 8, 4) == (uint32_t)part->made &&
                number(bytes + 12, 4) == (uint32_t)part->made;
    return fits ? 16 : 0;
}

/* Stored bytes whose length only the descriptor behind them tells: up to the next sign
 * that may begin one. */
static enum outcome take_described(struct part *part, char *into, size_t room,
                                   size_t *got, struct fail *fail)
{
    const char *bytes;
    size_t len;
    enum outcome outcome = stream_look(part->from, 24, &bytes, &len, fail);
    part->is_done = outcome || len == 0;
    if (part->is_done)
        return outcome ? outcome
                       : fail_with(fail, FAIL_DATA, "the archive ends too soon");
    size_t step = descriptor(part, bytes, len);
    if (step) {
        stream_advance(part->from, step);
        part->is_done = true;
        return OK;
    }
    const char *next = memchr(bytes + 1, 'P', len - 1);
    len = next ? (size_t)(next - bytes) : len;
    len = len < room ? len : room;
    memcpy(into, bytes, len);
    stream_advance(part->from, len);
    part->crc = (uint32_t)crc32(part->crc, (unsigned char *)into, (unsigned)len);
    part->made += len;
    *got = len;
    return OK;
}

static enum outcome take_deflated(struct part *part, char *into, size_t room, size_t *got,
                                  struct fail *fail)
{
    const char *bytes;
    size_t len;
    enum outcome outcome = stream_look(part->from, 1, &bytes, &len, fail);
    part->is_done = outcome != OK;
    if (outcome)
        return outcome;
    if (part->what.has_len && len > part->what.len)
        len = (size_t)part->what.len;
    part->z.next_in = (unsigned char *)(uintptr_t)bytes;
    part->z.avail_in = (unsigned)(len < 1 << 30 ? len : 1 << 30);
    part->z.next_out = (unsigned char *)into;
    part->z.avail_out = (unsigned)(room < 1 << 30 ? room : 1 << 30);
    size_t had = part->z.avail_in, free_room = part->z.avail_out;
    int code = inflate(&part->z, Z_NO_FLUSH);
    size_t used = had - part->z.avail_in;
    stream_advance(part->from, used);
    part->what.len -= part->what.has_len ? used : 0;
    *got = free_room - part->z.avail_out;
    if (code == Z_OK || code == Z_STREAM_END)
        outcome = spend(part->budget, *got, fail);
    else
        outcome = fail_with(fail, FAIL_DATA, "broken deflate data");
    part->is_done = outcome || code == Z_STREAM_END;
    return outcome;
}

static enum outcome read_part(struct supply *supply, char *into, size_t room, size_t *got,
                              struct fail *fail)
{
    struct part *part = (struct part *)supply;
    enum outcome outcome = OK;
    *got = 0;
    while (!outcome && *got == 0 && !part->is_done) {
        outcome = part->what.is_deflated ? take_deflated(part, into, room, got, fail)
                  : part->what.has_len   ? take_stored(part, into, room, got, fail)
                                         : take_described(part, into, room, got, fail);
        if (part->what.has_crc)
            part->crc = (uint32_t)crc32(part->crc, (unsigned char *)into, (unsigned)*got);
        if (!outcome && part->is_done && part->what.is_deflated)
            outcome = end_part(part, fail);
    }
    return outcome;
}

static void close_part(struct supply *supply)
{
    struct part *part = (struct part *)supply;
    if (part->what.is_deflated)
        inflateEnd(&part->z);
    free(part);
}

struct supply *supply_part(struct stream *from, const struct supply_part *what,
                           struct budget *budget)
{
    struct part *part = calloc(1, sizeof *part);
    if (!part || (what->is_deflated && inflateInit2(&part->z, -15) != Z_OK)) {
        free(part);
        return NULL;
    }
    part->supply = (struct supply){.read = read_part, .close = close_part};
    part->from = from;
    part->what = *what;
    part->budget = budget;
    return &part->supply;
}

uint64_t supply_part_left(const struct supply *supply)
{
    const struct part *part = (const struct part *)supply;
    return part->what.has_len ? part->what.len : 0;
}
