/* about.c: what this engine is made of: hashes of pack, weights and lexicon, the kernel
 * that the machine runs, and whose work it stands on. */
#include "sentosa.h"

#include "base/hash.h"
#include "engine/handle.h"
#include "net/kernel.h"

#include <stdio.h>

#define WEIGHTS "engine"
#define CREDITS "credits"

static void hash_table(struct hash *hash, const struct table *table)
{
    hash_text(hash, table_name(table));
    for (uint32_t row = 0; row < table_rows(table); row++)
        for (uint32_t column = 0; column < table_columns(table); column++)
            hash_text(hash, table_cell(table, row, column));
}

void sentosa_about(const struct sentosa *engine, struct sentosa_about *about)
{
    *about = (struct sentosa_about){.version = SENTOSA_VERSION,
                                    .schema = SENTOSA_SCHEMA,
                                    .pack = engine->path,
                                    .pack_hash = pack_hash(engine->pack),
                                    .pack_len = pack_len(engine->pack),
                                    .kernel = net_kernels_choose()->name};
    struct hash hash;
    hash_start(&hash);
    const void *weights = pack_bytes(engine->pack, WEIGHTS, &about->weights_len);
    if (weights)
        hash_add(&hash, weights, about->weights_len);
    hash_write(&hash, about->weights_hash);
    hash_start(&hash);
    for (uint32_t i = 0; i < pack_table_count(engine->pack); i++)
        hash_table(&hash, pack_table_at(engine->pack, i));
    hash_write(&hash, about->lexicon_hash);
}

bool sentosa_credit(const struct sentosa *engine, size_t at,
                    struct sentosa_credit *credit)
{
    const struct table *table = pack_table(engine->pack, CREDITS);
    if (!table || at >= table_rows(table))
        return false;
    uint32_t row = (uint32_t)at;
    credit->work = table_cell(table, row, table_column(table, "work"));
    credit->licence = table_cell(table, row, table_column(table, "licence"));
    credit->used_for = table_cell(table, row, table_column(table, "used_for"));
    credit->address = table_cell(table, row, table_column(table, "address"));
    return true;
}
