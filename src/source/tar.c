/* tar.c: tar (POSIX ustar and pax, long names of GNU). */
#include "source/archive.h"

#include <string.h>

#define BLOCK 512
#define LONG_NAME_LEN ((uint64_t)64 << 10)

/* Octal, or base 256 when the first bit is set. */
static uint64_t number(const char *field, size_t len)
{
    uint64_t value = 0;
    bool is_binary = (unsigned char)field[0] & 0x80;
    for (size_t i = 0; i < len; i++) {
        unsigned char c = (unsigned char)field[i];
        if (is_binary)
            value = value << 8 | (i ? c : c & 0x7F);
        else if (c >= '0' && c <= '7')
            value = value << 3 | (uint64_t)(c - '0');
        else if (c != ' ' || value)
            break;
    }
    return value;
}

static bool is_header(const char *block)
{
    uint64_t sum = 0;
    for (int i = 0; i < BLOCK; i++)
        sum += i >= 148 && i < 156 ? ' ' : (unsigned char)block[i];
    return number(block + 148, 8) == sum;
}

static bool is_empty(const char *block)
{
    for (int i = 0; i < BLOCK; i++)
        if (block[i])
            return false;
    return true;
}

static void read_name(const char *block, char name[MEMBER_NAME_CAP])
{
    size_t prefix = memcmp(block + 257, "ustar", 6) == 0 ? strnlen(block + 345, 155) : 0;
    size_t len = strnlen(block, 100), used = 0;
    if (prefix) {
        memcpy(name, block + 345, prefix);
        name[prefix] = '/';
        used = prefix + 1;
    }
    memcpy(name + used, block, len);
    name[used + len] = '\0';
}

/* "27 path=folder/name\n": the value of a key in the records of a pax header. */
static const char *pax_value(const char *records, size_t len, const char *key,
                             size_t *value_len)
{
    size_t key_len = strlen(key);
    for (size_t at = 0; at < len;) {
        size_t size = 0, start = at;
        while (at < len && records[at] >= '0' && records[at] <= '9' && size < len)
            size = size * 10 + (size_t)(records[at++] - '0');
        if (at >= len || records[at] != ' ' || size < at - start + 2 ||
            size > len - start)
            return NULL;
        at++;
        size_t left = start + size - at - 1;
        if (left > key_len && memcmp(records + at, key, key_len) == 0 &&
            records[at + key_len] == '=') {
            *value_len = left - key_len - 1;
            return records + at + key_len + 1;
        }
        at = start + size;
    }
    return NULL;
}

static void set_name(char name[MEMBER_NAME_CAP], const char *value, size_t len)
{
    len = len < MEMBER_NAME_CAP - 1 ? len : MEMBER_NAME_CAP - 1;
    memcpy(name, value, len);
    name[len] = '\0';
}

/* What the next header is told by a longer one before it. */
struct told {
    char name[MEMBER_NAME_CAP];
    bool has_len;
    uint64_t len;
};

/* A header of long names: its data are read, others' are passed over. */
static enum outcome read_told(struct stream *stream, char type, uint64_t len,
                              struct told *told, struct fail *fail)
{
    const char *bytes, *value;
    size_t have, value_len;
    bool is_whole;
    uint64_t all = (len + BLOCK - 1) / BLOCK * BLOCK;
    bool is_read = (type == 'L' || type == 'x') && len <= LONG_NAME_LEN;
    enum outcome outcome = is_read ? stream_look(stream, (size_t)all, &bytes, &have, fail)
                                   : OK;
    if (outcome)
        return outcome;
    if (is_read && have >= len && type == 'L')
        set_name(told->name, bytes, strnlen(bytes, (size_t)len));
    if (is_read && have >= len && type == 'x') {
        if ((value = pax_value(bytes, (size_t)len, "path", &value_len)))
            set_name(told->name, value, value_len);
        value = pax_value(bytes, (size_t)len, "size", &value_len);
        told->has_len = value != NULL;
        told->len = 0;
        for (size_t i = 0; value && i < value_len && i < 18; i++)
            told->len = told->len * 10 + (uint64_t)((unsigned char)value[i] - '0') % 10;
    }
    return stream_skip(stream, all, &is_whole, fail);
}

/* To the next block that is a header: what lies before it is broken. */
static enum outcome find_next(struct stream *stream, struct fail *fail)
{
    const char *bytes;
    size_t len;
    uint64_t from = stream_offset(stream);
    do {
        bool is_whole;
        enum outcome outcome = stream_skip(stream, BLOCK, &is_whole, fail);
        if (!outcome)
            outcome = stream_look(stream, BLOCK, &bytes, &len, fail);
        if (outcome)
            return outcome;
    } while (len >= BLOCK && !is_header(bytes));
    return fail_with(fail, FAIL_DATA, "a broken record of the archive at byte %llu",
                     (unsigned long long)from);
}

enum outcome tar_next(struct stream *stream, struct member *member, struct fail *fail)
{
    const char *bytes;
    size_t len;
    struct told told = {.name = ""};
    bool is_told = false; /* headers before this one belong to it */
    *member = (struct member){.name = ""};
    for (;;) {
        enum outcome outcome = stream_look(stream, BLOCK, &bytes, &len, fail);
        if (outcome || len < BLOCK)
            return outcome;
        member->at = is_told ? member->at : stream_offset(stream);
        if (is_empty(bytes)) {
            stream_advance(stream, BLOCK);
            continue;
        }
        if (!is_header(bytes))
            return find_next(stream, fail);
        char type = bytes[156];
        uint64_t size = told.has_len ? told.len : number(bytes + 124, 12);
        if (*told.name)
            memcpy(member->name, told.name, sizeof told.name);
        else
            read_name(bytes, member->name);
        stream_advance(stream, BLOCK);
        bool is_file = (type == '0' || type == '\0' || type == '7') && *member->name &&
                       member->name[strlen(member->name) - 1] != '/';
        if (is_file) {
            member->part = (struct supply_part){.len = size, .has_len = true};
            member->padding = (BLOCK - size % BLOCK) % BLOCK;
            return OK;
        }
        if (size > UINT64_MAX - BLOCK)
            return fail_with(fail, FAIL_DATA, "%s: a length that cannot be",
                             member->name);
        bool is_kept = type == 'L' || type == 'x' || type == 'K';
        outcome = read_told(stream, type, size, &told, fail);
        if (outcome)
            return outcome;
        if (!is_kept)
            told = (struct told){.name = ""};
        is_told = is_kept;
        member->name[0] = '\0';
    }
}
