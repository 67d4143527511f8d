/* zip.c: ZIP by its local headers (APPNOTE 6.3), so that it can come through a pipe. */
#include "source/archive.h"

#include <string.h>

#define LOCAL "PK\3\4"
#define CENTRAL "PK\1\2"
#define CENTRAL_END "PK\5\6"
#define CENTRAL_END_64 "PK\6\6"
#define DESCRIPTOR "PK\7\10"
#define SPANNED "PK00"
#define HEADER_LEN 30
#define FLAG_SECRET 1
#define FLAG_DESCRIPTOR 8
#define STORED 0
#define DEFLATED 8

static uint32_t number(const char *bytes, size_t len)
{
    uint32_t value = 0;
    while (len--)
        value = value << 8 | (unsigned char)bytes[len];
    return value;
}

static uint64_t number64(const char *bytes)
{
    return number(bytes, 4) | (uint64_t)number(bytes + 4, 4) << 32;
}

/* Sizes of more than 32 bits stand in an extra field, the unpacked one first. */
static uint64_t packed_len(const char *header, const char *extra, size_t len)
{
    uint32_t packed = number(header + 18, 4), unpacked = number(header + 22, 4);
    for (size_t at = 0; packed == UINT32_MAX && at + 4 <= len;) {
        size_t size = number(extra + at + 2, 2);
        size_t need = unpacked == UINT32_MAX ? 16 : 8;
        if (number(extra + at, 2) == 1 && size >= need && at + 4 + need <= len)
            return number64(extra + at + 4 + need - 8);
        at += 4 + size;
    }
    return packed;
}

/* To the next signature: what lies before it is broken. */
static enum outcome find_next(struct stream *stream, struct fail *fail)
{
    const char *bytes;
    size_t len;
    uint64_t from = stream_offset(stream);
    for (;;) {
        enum outcome outcome = stream_look(stream, 4, &bytes, &len, fail);
        if (outcome)
            return outcome;
        const char *next = len >= 4 ? memchr(bytes + 1, 'P', len - 1) : NULL;
        stream_advance(stream, next ? (size_t)(next - bytes) : len);
        outcome = next ? stream_look(stream, 4, &bytes, &len, fail) : OK;
        if (outcome)
            return outcome;
        if (len < 4 || memcmp(bytes, LOCAL, 4) == 0 || memcmp(bytes, CENTRAL, 4) == 0)
            return fail_with(fail, FAIL_DATA,
                             "a broken record of the archive at byte %llu",
                             (unsigned long long)from);
    }
}

/* A descriptor follows data whose length was not known: with or without its mark, with
 * sizes of 4 or of 8 bytes. What comes next tells. */
static enum outcome skip_descriptor(struct stream *stream, struct fail *fail)
{
    const char *bytes;
    size_t len;
    enum outcome outcome = stream_look(stream, 28, &bytes, &len, fail);
    size_t mark = len >= 4 && memcmp(bytes, DESCRIPTOR, 4) == 0 ? 4 : 0;
    static const size_t sizes[] = {12, 20};
    for (size_t i = 0; i < 2 && !outcome; i++) {
        size_t at = mark + sizes[i];
        if (at + 2 <= len && memcmp(bytes + at, "PK", 2) == 0) {
            stream_advance(stream, at);
            return OK;
        }
    }
    return outcome;
}

static enum outcome read_header(struct stream *stream, struct member *member,
                                struct fail *fail)
{
    const char *bytes;
    size_t len;
    uint64_t from = stream_offset(stream);
    enum outcome outcome = stream_look(stream, HEADER_LEN, &bytes, &len, fail);
    size_t name_len = len >= HEADER_LEN ? number(bytes + 26, 2) : 0;
    size_t extra_len = len >= HEADER_LEN ? number(bytes + 28, 2) : 0;
    size_t all = HEADER_LEN + name_len + extra_len;
    if (!outcome)
        outcome = stream_look(stream, all, &bytes, &len, fail);
    if (outcome)
        return outcome;
    if (len < HEADER_LEN || len < all) {
        stream_advance(stream, len);
        return fail_with(fail, FAIL_DATA, "the archive ends too soon, at byte %llu",
                         (unsigned long long)from);
    }
    uint32_t flags = number(bytes + 6, 2), method = number(bytes + 8, 2);
    size_t shown = name_len < MEMBER_NAME_CAP - 1 ? name_len : MEMBER_NAME_CAP - 1;
    memcpy(member->name, bytes + HEADER_LEN, shown);
    member->name[shown] = '\0';
    member->at = from;
    bool has_descriptor = flags & FLAG_DESCRIPTOR;
    member->part = (struct supply_part){
        .len = packed_len(bytes, bytes + HEADER_LEN + name_len, extra_len),
        .is_deflated = method == DEFLATED,
        .has_len = !has_descriptor,
        .has_crc = !has_descriptor,
        .crc = number(bytes + 14, 4)};
    stream_advance(stream, all);
    bool is_known = method == DEFLATED || method == STORED;
    if (!(flags & FLAG_SECRET) && is_known)
        return OK;
    bool is_whole;
    if (!has_descriptor)
        outcome = stream_skip(stream, member->part.len, &is_whole, fail);
    return outcome ? outcome
                   : fail_with(fail, FAIL_DATA, "%s: %s", member->name,
                               flags & FLAG_SECRET ? "encrypted"
                                                   : "packed in a way that is not read");
}

enum outcome zip_next(struct stream *stream, struct member *member, struct fail *fail)
{
    const char *bytes;
    size_t len;
    bool is_whole;
    /* of stored ones it told where they end */
    bool was_streamed = member->part.is_deflated && !member->part.has_len;
    enum outcome outcome = was_streamed ? skip_descriptor(stream, fail) : OK;
    *member = (struct member){.name = ""};
    while (!outcome) {
        outcome = stream_look(stream, 4, &bytes, &len, fail);
        if (outcome || len == 0)
            return outcome;
        if (len >= 4 && memcmp(bytes, SPANNED, 4) == 0) {
            stream_advance(stream, 4);
            continue;
        }
        bool is_end = len >= 4 && (memcmp(bytes, CENTRAL, 4) == 0 ||
                                   memcmp(bytes, CENTRAL_END, 4) == 0 ||
                                   memcmp(bytes, CENTRAL_END_64, 4) == 0);
        if (is_end)
            return OK;
        if (len < 4 || memcmp(bytes, LOCAL, 4) != 0)
            return find_next(stream, fail);
        outcome = read_header(stream, member, fail);
        size_t name_len = strlen(member->name);
        if (outcome || (name_len && member->name[name_len - 1] != '/'))
            return outcome;
        outcome = member->part.has_len
                      ? stream_skip(stream, member->part.len, &is_whole, fail)
                      : skip_descriptor(stream, fail);
    }
    return outcome;
}
