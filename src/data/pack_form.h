/* pack_form.h: the bytes of a pack file, as its writer and its reader agree on them.
 *
 * header | section entries | sections, each 64-byte aligned. Little-endian, as on every
 * machine that sentosa runs on. A string is an offset into the section "strings", whose
 * last byte is NUL; a reader checks each offset when it uses it, so that a damaged file
 * costs nothing at opening. */
#ifndef DATA_PACK_FORM_H
#define DATA_PACK_FORM_H

#include <stdint.h>

#define PACK_MAGIC "SENTOSA\n"
#define PACK_VERSION 3u
#define PACK_ALIGN 64u
#define PACK_NAME_LEN 40u
#define PACK_MAX_SECTIONS 256u

struct pack_header {
    char magic[8];
    uint32_t version, section_count;
    uint64_t len;  /* of the file */
    uint64_t hash; /* FNV-1a 64 of all after the header */
};

struct pack_section {
    char name[PACK_NAME_LEN]; /* NUL-terminated */
    uint64_t at, len;
};

/* A table's section "t:NAME": this, then uint32_t columns[column_count] (names, a final
 * `*` or `+` kept), cells[row_count * column_count], files[row_count],
 * lines[row_count], sorted[row_count] (row numbers by first cell, then by row), and the
 * same by its own cells for each column of name `+`, in their order; then
 * slots[pack_key_slots(row_count)], an open-addressing hash table of the first cells: 0
 * free, else 1 + the position in sorted[] of the first row with that cell. */
struct pack_table_form {
    uint32_t row_count, column_count;
};

/* A power of two that leaves at least half of the slots free; 0 without rows. */
static inline uint32_t pack_key_slots(uint64_t row_count)
{
    uint32_t slots = row_count ? 2 : 0;
    while (slots && slots < row_count * 2 && slots < UINT32_C(1) << 30)
        slots *= 2;
    return slots;
}

/* Section "phrases": slots of an open-addressing hash table (capacity a power of two, at
 * most half full). A slot with text 0 is free. */
struct pack_phrase_slot {
    uint32_t text;         /* folded words, single spaces */
    uint32_t first, count; /* entries; count 0 for a mere beginning of longer phrases */
    uint32_t is_beginning; /* longer phrases start with these words */
};

/* Section "entries". */
struct pack_entry_form {
    uint32_t table, row, column, written;
};

#define PACK_MAX_PHRASE 160u /* bytes of a folded phrase with its NUL */

static inline uint64_t pack_hash_bytes(uint64_t hash, const void *bytes, uint64_t len)
{
    const unsigned char *at = bytes;
    for (uint64_t i = 0; i < len; i++)
        hash = (hash ^ at[i]) * UINT64_C(0x100000001b3);
    return hash;
}

#define PACK_HASH_START UINT64_C(0xcbf29ce484222325)

/* Where the search for a first cell begins among a table's slots. */
static inline uint32_t pack_key_slot(const char *key, uint32_t slots)
{
    uint64_t hash = PACK_HASH_START;
    for (; *key; key++)
        hash = (hash ^ (unsigned char)*key) * UINT64_C(0x100000001b3);
    return (uint32_t)(hash ^ (hash >> 32)) & (slots - 1);
}

#endif
