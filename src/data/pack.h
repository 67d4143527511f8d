/* pack.h: the pack: one mapped, read-only file with all that sentosa knows.
 *
 * It holds named tables (made from the .tsv files of data/en), one index of all phrases
 * that name something, and named byte sections (the engine's weights). Opened once,
 * shared by all threads, never changed. Every string it gives is NUL-terminated and lives
 * as long as the pack. A cell that is `-` in the file is the empty string. Where a file's
 * header ends its first name in `|`, a line is a row for each of the values that `|`
 * separates in its first cell. */
#ifndef DATA_PACK_H
#define DATA_PACK_H

#include "base/arena.h"
#include "base/fail.h"
#include "base/span.h"

#include <stddef.h>

struct pack;

/* Maps the file and checks it; FAIL_IO or FAIL_DATA with the reason. *pack is NULL on
 * failure. */
enum outcome pack_open(const char *path, struct pack **pack, struct fail *fail);
void pack_close(struct pack *pack); /* NULL is fine */

/* 16 hex digits over all content. */
const char *pack_hash(const struct pack *pack);
size_t pack_len(const struct pack *pack); /* bytes */

/* ---- tables ---- */

/* Rows keep the order of their files; files of a folder follow each other by name. */
struct table;

/* "actors/states", "predicates", ...; NULL when the pack has none of that name. */
const struct table *pack_table(const struct pack *pack, const char *name);
const struct table *pack_table_at(const struct pack *pack, uint32_t number);
uint32_t pack_table_count(const struct pack *pack);

const char *table_name(const struct table *table);
uint32_t table_rows(const struct table *table);
uint32_t table_columns(const struct table *table);

/* Column number by name; NONE when there is none. Cells of an unknown row or column are
 * "". */
uint32_t table_column(const struct table *table, const char *name);
const char *table_cell(const struct table *table, uint32_t row, uint32_t column);
/* The same by the column's name. */
const char *table_value(const struct table *table, uint32_t row, const char *column);

/* As its header writes it, a final `*` kept; "" for an unknown one. */
const char *table_column_name(const struct table *table, uint32_t column);

/* Rows whose first cell is key: writes up to cap row numbers, returns how many there
 * are. */
uint32_t table_find(const struct table *table, const char *key, uint32_t *rows,
                    uint32_t cap);

/* The same by another column, one whose header ends in `+`: *rows is set to the row
 * numbers, in the order of the file; 0 for any other column. */
uint32_t table_find_by(const struct table *table, uint32_t column, const char *key,
                       const uint32_t **rows);

/* The only or first row whose first cell is key; NONE. */
uint32_t table_row(const struct table *table, const char *key);

/* Where a row was written, for messages. */
const char *table_file(const struct table *table, uint32_t row);
uint32_t table_line(const struct table *table, uint32_t row);

/* Steps through the values of a cell that `|` separates: false at the end. Start with *at
 * = cell. */
bool cell_next(const char **at, struct span *value, const char *cell);
/* Whether `word` is one of the values of a cell. */
bool cell_has(const char *cell, const char *word);

/* ---- phrases ---- */

/* Where a phrase stands. Columns whose header ends in `*` are in the index: each of their
 * values, folded (utf8_fold), hyphens read as spaces. */
struct phrase_entry {
    uint32_t table; /* number, for pack_table_at */
    uint32_t row, column;
    const char *written; /* as in the file, with its capitals */
};

struct phrase_hit {
    uint32_t tokens;       /* how many words of the input it takes */
    uint32_t first, count; /* entries: pack_phrase_entry(pack, first + i) */
};

/* All phrases that start at words[0], shortest first: writes up to cap hits and returns
 * their number. words are folded (token.norm); a word "-" inside a phrase is skipped, and
 * so is an empty one. */
uint32_t pack_phrases(const struct pack *pack, const char *const *words, uint32_t count,
                      struct phrase_hit *hits, uint32_t cap);
struct phrase_entry pack_phrase_entry(const struct pack *pack, uint32_t number);

/* ---- byte sections ---- */

/* "engine": the weights. NULL and *len 0 when absent. 64-byte aligned. */
const void *pack_bytes(const struct pack *pack, const char *name, size_t *len);

/* ---- what stages make of the tables ---- */

/* One for each thing that is the same for all documents and takes time to make. */
enum pack_made { PACK_MADE_TIMES, PACK_MADE_COUNT };

/* Makes it in the arena: a pure function of the pack. */
typedef enum outcome pack_make(const struct pack *pack, struct arena *arena,
                               const void **made, struct fail *fail);

/* What `make` makes, made by the first caller and kept until the pack is closed; any
 * thread may ask at any time. A failure is not kept: the next caller tries again. */
enum outcome pack_made(const struct pack *pack, enum pack_made kind, pack_make *make,
                       const void **made, struct fail *fail);

/* ---- laying a user's tables over ours ---- */

/* A pack in memory: the tables of `dir` (named and shaped as those of data/en; any of
 * them may be missing) before the rows of base. In tables whose first cell names one
 * thing (persons, organisations, agents, roles) a row of dir replaces those of base with
 * the same first cell; in others it is read first. Builds the phrase index anew: about a
 * second. base may be closed afterwards. FAIL_DATA names file:line and cause, or the
 * table that base has not. *out is NULL on failure. */
enum outcome pack_overlay(const struct pack *base, const char *dir, struct pack **out,
                          struct fail *fail);

/* A pack from bytes of its file, which it copies. */
enum outcome pack_open_bytes(const void *bytes, size_t len, const char *name,
                             struct pack **pack, struct fail *fail);

/* ---- building (the sentosa-pack program, `check` and tests) ---- */

/* Reads data_dir (all .tsv below it) and the weights (may be NULL) and writes the file.
 * FAIL_DATA names file:line and cause. */
enum outcome pack_build(const char *data_dir, const char *weights, const char *out,
                        struct fail *fail);

#endif
