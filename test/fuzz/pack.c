/* pack.c: damaged packs. The input is a list of patches (two bytes where, one byte what)
 * to a small sound pack made of test/fuzz/tables, and perhaps a cut; the reader must
 * refuse it or read it to the end. */
#include "data/pack.h"
#include "base/file.h"

#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

int LLVMFuzzerInitialize(int *argc, char ***argv);
int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t len);

static char sound_path[] = "/tmp/sentosa-fuzz-XXXXXX",
            damaged_path[sizeof sound_path + 2];
static char *sound;
static size_t sound_len;

static void clean_up(void)
{
    unlink(sound_path);
    unlink(damaged_path);
}

int LLVMFuzzerInitialize(int *argc, char ***argv)
{
    (void)argc;
    (void)argv;
    struct fail fail = {""};
    int file = mkstemp(sound_path);
    snprintf(damaged_path, sizeof damaged_path, "%s.d", sound_path);
    if (file < 0 || close(file) ||
        pack_build("test/fuzz/tables", NULL, sound_path, &fail) ||
        file_read(sound_path, 1 << 20, &sound, &sound_len, &fail)) {
        fprintf(stderr, "%s: %s\n", sound_path, fail.message);
        exit(1);
    }
    atexit(clean_up);
    return 0;
}

static size_t read_tables(const struct pack *pack)
{
    size_t sum = 0;
    for (uint32_t t = 0; t < pack_table_count(pack); t++) {
        const struct table *table = pack_table_at(pack, t);
        uint32_t rows[4];
        sum += strlen(table_name(table)) + table_column(table, "name");
        for (uint32_t row = 0; row < table_rows(table) && row < 64; row++) {
            sum += strlen(table_file(table, row)) + table_line(table, row);
            for (uint32_t column = 0; column < 8; column++) {
                sum += strlen(table_cell(table, row, column));
            }
            sum += table_find(table, table_cell(table, row, 0), rows, 4);
        }
    }
    return sum;
}

static size_t read_phrases(const struct pack *pack)
{
    static const char *const words[] = {"south", "sudan", "", "-", "prime", "minister"};
    size_t sum = 0;
    for (uint32_t at = 0; at < 6; at++) {
        struct phrase_hit hits[4];
        uint32_t count = pack_phrases(pack, words + at, 6 - at, hits, 4);
        for (uint32_t h = 0; h < count && h < 4; h++) {
            for (uint32_t e = 0; e < hits[h].count && e < 64; e++) {
                sum += strlen(pack_phrase_entry(pack, hits[h].first + e).written);
            }
        }
    }
    return sum;
}

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t len)
{
    char *copy = malloc(sound_len);
    struct pack *pack = NULL;
    if (!copy) {
        return 0;
    }
    memcpy(copy, sound, sound_len);
    size_t kept = sound_len;
    for (; len >= 3; bytes += 3, len -= 3) {
        size_t at = (size_t)(bytes[0] << 8 | bytes[1]);
        copy[at % sound_len] = (char)bytes[2];
    }
    if (len == 2) {
        kept = (size_t)(bytes[0] << 8 | bytes[1]) % (sound_len + 1);
    }
    FILE *file = fopen(damaged_path, "wb");
    if (file && fwrite(copy, 1, kept, file) == kept && fclose(file) == 0 &&
        pack_open(damaged_path, &pack, NULL) == OK) {
        if (read_tables(pack) + read_phrases(pack) + strlen(pack_hash(pack)) ==
            SIZE_MAX) {
            abort(); /* cannot be: keeps the sums from being left out */
        }
    }
    pack_close(pack);
    free(copy);
    return 0;
}
