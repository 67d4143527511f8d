/* pack.c: reading a pack. Every offset is checked where it is used. */
#include "data/pack.h"

#include "base/file.h"
#include "data/pack_form.h"

#include <stdatomic.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

struct keepsake {
    struct arena arena;
    const void *made;
};

struct table {
    const struct pack *pack;
    const char *name;
    uint32_t row_count, column_count;
    const uint32_t *columns, *cells, *files, *lines, *sorted, *slots;
    uint32_t slot_count;
};

struct pack {
    struct mapping file;
    void *copy; /* file.bytes, where they are no mapping; NULL */
    const struct pack_section *sections;
    uint32_t section_count;
    const char *strings;
    uint64_t strings_len;
    const struct pack_phrase_slot *slots;
    uint64_t slot_count;
    const struct pack_entry_form *entries;
    uint64_t entry_count;
    struct table *tables;
    uint32_t table_count;
    _Atomic(struct keepsake *) *kept; /* PACK_MADE_COUNT; NULL until they are made */
    char hash[17];
};

static const char *string_at(const struct pack *pack, uint32_t at)
{
    return at < pack->strings_len ? pack->strings + at : "";
}

static const void *section(const struct pack *pack, const char *name, uint64_t *len)
{
    for (uint32_t i = 0; i < pack->section_count; i++)
        if (strncmp(pack->sections[i].name, name, PACK_NAME_LEN) == 0) {
            *len = pack->sections[i].len;
            return pack->file.bytes + pack->sections[i].at;
        }
    *len = 0;
    return NULL;
}

static enum outcome check_frame(struct pack *pack, const char *path, struct fail *fail)
{
    const struct pack_header *header = (const void *)pack->file.bytes;
    if (pack->file.len < sizeof *header || memcmp(header->magic, PACK_MAGIC, 8) != 0)
        return fail_with(fail, FAIL_DATA, "%s: not a sentosa pack", path);
    if (header->version != PACK_VERSION)
        return fail_with(fail, FAIL_DATA, "%s: pack version %u, this program reads %u",
                         path, header->version, PACK_VERSION);
    if (header->len != pack->file.len)
        return fail_with(fail, FAIL_DATA, "%s: %zu bytes where its header says %llu",
                         path, pack->file.len, (unsigned long long)header->len);
    uint64_t entries_len = (uint64_t)header->section_count * sizeof *pack->sections;
    if (header->section_count > PACK_MAX_SECTIONS ||
        entries_len > pack->file.len - sizeof *header)
        return fail_with(fail, FAIL_DATA, "%s: byte 12: too many sections", path);
    pack->sections = (const void *)(pack->file.bytes + sizeof *header);
    pack->section_count = header->section_count;
    for (uint32_t i = 0; i < pack->section_count; i++) {
        const struct pack_section *s = &pack->sections[i];
        if (s->name[PACK_NAME_LEN - 1] != '\0' || s->at % PACK_ALIGN != 0 ||
            s->at > pack->file.len || s->len > pack->file.len - s->at)
            return fail_with(fail, FAIL_DATA, "%s: section %u lies outside the file",
                             path, i);
    }
    snprintf(pack->hash, sizeof pack->hash, "%016llx", (unsigned long long)header->hash);
    return OK;
}

/* Whether the rows are kept in the order of that column's cells too. */
static bool is_sorted_by(const char *column)
{
    size_t len = strlen(column);
    return len && column[len - 1] == '+';
}

static enum outcome open_table(struct pack *pack, const struct pack_section *s,
                               struct fail *fail)
{
    const struct pack_table_form *form = (const void *)(pack->file.bytes + s->at);
    uint64_t words = s->len / 4;
    if (s->len < sizeof *form)
        return fail_with(fail, FAIL_DATA, "pack: table %s is cut short", s->name + 2);
    uint64_t rows = form->row_count, columns = form->column_count, orders = 1;
    const uint32_t *at = (const uint32_t *)(const void *)(form + 1);
    if (columns == 0 || columns > 64 || 2 + columns > words)
        return fail_with(fail, FAIL_DATA, "pack: table %s is cut short", s->name + 2);
    for (uint64_t i = 0; i < columns; i++)
        orders += is_sorted_by(string_at(pack, at[i]));
    uint32_t slots = pack_key_slots(rows);
    if (2 + columns + rows * (columns + 2 + orders) + slots > words)
        return fail_with(fail, FAIL_DATA, "pack: table %s is cut short", s->name + 2);
    struct table *table = &pack->tables[pack->table_count++];
    *table = (struct table){.pack = pack,
                            .name = s->name + 2,
                            .row_count = form->row_count,
                            .column_count = form->column_count,
                            .columns = at};
    table->cells = at + columns;
    table->files = table->cells + rows * columns;
    table->lines = table->files + rows;
    table->sorted = table->lines + rows;
    table->slots = table->sorted + rows * orders;
    table->slot_count = slots;
    return OK;
}

static enum outcome open_sections(struct pack *pack, const char *path, struct fail *fail)
{
    uint64_t len;
    pack->strings = section(pack, "strings", &pack->strings_len);
    if (!pack->strings || pack->strings_len == 0 ||
        pack->strings[pack->strings_len - 1] != '\0')
        return fail_with(fail, FAIL_DATA, "%s: no strings", path);
    pack->slots = section(pack, "phrases", &len);
    pack->slot_count = len / sizeof *pack->slots;
    if (pack->slot_count & (pack->slot_count - 1))
        return fail_with(fail, FAIL_DATA, "%s: the phrase index is damaged", path);
    pack->entries = section(pack, "entries", &len);
    pack->entry_count = len / sizeof *pack->entries;
    pack->tables = calloc(pack->section_count + 1, sizeof *pack->tables);
    pack->kept = calloc(PACK_MADE_COUNT, sizeof *pack->kept);
    if (!pack->tables || !pack->kept)
        return fail_memory(fail);
    for (uint32_t i = 0; i < pack->section_count; i++) {
        const struct pack_section *s = &pack->sections[i];
        enum outcome outcome = strncmp(s->name, "t:", 2) == 0 ? open_table(pack, s, fail)
                                                              : OK;
        if (outcome)
            return outcome;
    }
    return OK;
}

/* Hands over a pack whose bytes are there, or closes it. */
static enum outcome check_pack(struct pack *pack, const char *name, enum outcome outcome,
                               struct pack **out, struct fail *fail)
{
    if (!outcome)
        outcome = check_frame(pack, name, fail);
    if (!outcome)
        outcome = open_sections(pack, name, fail);
    if (outcome)
        pack_close(pack);
    else
        *out = pack;
    return outcome;
}

enum outcome pack_open(const char *path, struct pack **out, struct fail *fail)
{
    *out = NULL;
    struct pack *pack = calloc(1, sizeof *pack);
    if (!pack)
        return fail_memory(fail);
    enum outcome outcome = file_map(path, &pack->file, fail);
    return check_pack(pack, path, outcome, out, fail);
}

enum outcome pack_open_bytes(const void *bytes, size_t len, const char *name,
                             struct pack **out, struct fail *fail)
{
    *out = NULL;
    struct pack *pack = calloc(1, sizeof *pack);
    size_t room = (len + PACK_ALIGN - 1) / PACK_ALIGN * PACK_ALIGN;
    void *copy = pack && len ? aligned_alloc(PACK_ALIGN, room) : NULL;
    if (!copy) {
        free(pack);
        return fail_memory(fail);
    }
    memcpy(copy, bytes, len);
    pack->copy = copy;
    pack->file.bytes = copy;
    pack->file.len = len;
    return check_pack(pack, name, OK, out, fail);
}

static void drop_keepsake(struct keepsake *keepsake)
{
    if (!keepsake)
        return;
    arena_free(&keepsake->arena);
    free(keepsake);
}

void pack_close(struct pack *pack)
{
    if (!pack)
        return;
    if (pack->copy)
        free(pack->copy);
    else
        file_unmap(&pack->file);
    for (size_t i = 0; pack->kept && i < PACK_MADE_COUNT; i++)
        drop_keepsake(atomic_load(&pack->kept[i]));
    free((void *)pack->kept);
    free(pack->tables);
    free(pack);
}

enum outcome pack_made(const struct pack *pack, enum pack_made kind, pack_make *make,
                       const void **made, struct fail *fail)
{
    struct keepsake *kept = atomic_load(&pack->kept[kind]);
    if (!kept) {
        struct keepsake *mine = calloc(1, sizeof *mine);
        if (!mine)
            return fail_memory(fail);
        arena_init(&mine->arena, 0);
        enum outcome outcome = make(pack, &mine->arena, &mine->made, fail);
        if (outcome) {
            drop_keepsake(mine);
            return outcome;
        }
        if (atomic_compare_exchange_strong(&pack->kept[kind], &kept, mine))
            kept = mine;
        else
            drop_keepsake(mine); /* another thread was first */
    }
    *made = kept->made;
    return OK;
}

const char *pack_hash(const struct pack *pack)
{
    return pack->hash;
}

size_t pack_len(const struct pack *pack)
{
    return pack->file.len;
}

const struct table *pack_table(const struct pack *pack, const char *name)
{
    for (uint32_t i = 0; i < pack->table_count; i++)
        if (strcmp(pack->tables[i].name, name) == 0)
            return &pack->tables[i];
    return NULL;
}

const struct table *pack_table_at(const struct pack *pack, uint32_t number)
{
    return number < pack->table_count ? &pack->tables[number] : NULL;
}

uint32_t pack_table_count(const struct pack *pack)
{
    return pack->table_count;
}

const char *table_column_name(const struct table *table, uint32_t column)
{
    return table && column < table->column_count
               ? string_at(table->pack, table->columns[column])
               : "";
}

const char *table_name(const struct table *table)
{
    return table->name;
}

uint32_t table_rows(const struct table *table)
{
    return table ? table->row_count : 0;
}

uint32_t table_columns(const struct table *table)
{
    return table ? table->column_count : 0;
}

uint32_t table_column(const struct table *table, const char *name)
{
    size_t len = strlen(name);
    for (uint32_t i = 0; table && i < table->column_count; i++) {
        const char *column = string_at(table->pack, table->columns[i]);
        if (*column == *name && strncmp(column, name, len) == 0 &&
            (column[len] == '\0' || strcmp(column + len, "*") == 0 ||
             strcmp(column + len, "+") == 0))
            return i;
    }
    return NONE;
}

const char *table_cell(const struct table *table, uint32_t row, uint32_t column)
{
    if (!table || row >= table->row_count || column >= table->column_count)
        return "";
    return string_at(table->pack,
                     table->cells[(size_t)row * table->column_count + column]);
}

const char *table_value(const struct table *table, uint32_t row, const char *column)
{
    return table_cell(table, row, table_column(table, column));
}

/* Position in `order`, rows by the column's cells, of the first row whose cell is not
 * before key. */
static uint32_t lower_bound(const struct table *table, const uint32_t *order,
                            uint32_t column, const char *key)
{
    uint32_t low = 0, high = table->row_count;
    while (low < high) {
        uint32_t middle = low + (high - low) / 2;
        if (strcmp(table_cell(table, order[middle], column), key) < 0)
            low = middle + 1;
        else
            high = middle;
    }
    return low;
}

/* How many rows from the one at `first` on have its cell. Equal cells are one string. */
static uint32_t count_equal(const struct table *table, const uint32_t *order,
                            uint32_t first, uint32_t column)
{
    uint32_t end = first + 1;
    uint32_t columns = table->column_count, rows = table->row_count;
    size_t at = (size_t)order[first] * columns + column;
    while (end < rows && order[first] < rows && order[end] < rows &&
           table->cells[(size_t)order[end] * columns + column] == table->cells[at])
        end++;
    return end - first;
}

/* Position in `sorted` of the first row whose first cell is key; NONE. */
static uint32_t first_position(const struct table *table, const char *key)
{
    uint32_t mask = table->slot_count - 1;
    uint32_t at = table->slot_count ? pack_key_slot(key, table->slot_count) : 0;
    for (uint32_t tried = 0; tried < table->slot_count; tried++, at = (at + 1) & mask) {
        uint32_t position = table->slots[at] - 1;
        if (position >= table->row_count)
            return NONE;
        if (strcmp(table_cell(table, table->sorted[position], 0), key) == 0)
            return position;
    }
    return NONE;
}

uint32_t table_find(const struct table *table, const char *key, uint32_t *rows,
                    uint32_t cap)
{
    uint32_t first = table && key ? first_position(table, key) : NONE;
    if (first == NONE)
        return 0;
    uint32_t found = count_equal(table, table->sorted, first, 0);
    for (uint32_t i = 0; i < found && i < cap; i++)
        rows[i] = table->sorted[first + i];
    return found;
}

uint32_t table_find_by(const struct table *table, uint32_t column, const char *key,
                       const uint32_t **rows)
{
    if (!table || !key || column >= table->column_count ||
        !is_sorted_by(string_at(table->pack, table->columns[column])))
        return 0;
    uint32_t number = 1;
    for (uint32_t i = 0; i < column; i++)
        number += is_sorted_by(string_at(table->pack, table->columns[i]));
    const uint32_t *order = table->sorted + (size_t)number * table->row_count;
    uint32_t first = lower_bound(table, order, column, key);
    *rows = order + first;
    bool is_found = first < table->row_count &&
                    strcmp(table_cell(table, order[first], column), key) == 0;
    return is_found ? count_equal(table, order, first, column) : 0;
}

uint32_t table_row(const struct table *table, const char *key)
{
    uint32_t first = table && key ? first_position(table, key) : NONE;
    return first == NONE ? NONE : table->sorted[first];
}

const char *table_file(const struct table *table, uint32_t row)
{
    return row < table->row_count ? string_at(table->pack, table->files[row]) : "";
}

uint32_t table_line(const struct table *table, uint32_t row)
{
    return row < table->row_count ? table->lines[row] : 0;
}

bool cell_next(const char **at, struct span *value, const char *cell)
{
    if (!*at || **at == '\0')
        return false;
    size_t len = strcspn(*at, "|");
    value->start = (uint32_t)(*at - cell);
    value->end = value->start + (uint32_t)len;
    *at += len;
    if (**at == '|')
        (*at)++;
    return true;
}

bool cell_has(const char *cell, const char *word)
{
    size_t word_len = strlen(word);
    struct span value;
    for (const char *at = cell; cell_next(&at, &value, cell);)
        if (span_len(value) == word_len &&
            memcmp(cell + value.start, word, word_len) == 0)
            return true;
    return false;
}

static const struct pack_phrase_slot *find_slot(const struct pack *pack, const char *text,
                                                uint64_t len)
{
    if (pack->slot_count == 0)
        return NULL;
    uint64_t at = pack_hash_bytes(PACK_HASH_START, text, len) & (pack->slot_count - 1);
    for (uint64_t tries = 0; tries < pack->slot_count; tries++) {
        const struct pack_phrase_slot *slot = &pack->slots[at];
        if (slot->text == 0)
            return NULL;
        if (strcmp(string_at(pack, slot->text), text) == 0)
            return slot;
        at = (at + 1) & (pack->slot_count - 1);
    }
    return NULL;
}

uint32_t pack_phrases(const struct pack *pack, const char *const *words, uint32_t count,
                      struct phrase_hit *hits, uint32_t cap)
{
    char text[PACK_MAX_PHRASE];
    size_t len = 0;
    uint32_t found = 0;
    for (uint32_t i = 0; i < count && found < cap; i++) {
        const char *word = words[i];
        if (word[0] == '\0' || strcmp(word, "-") == 0) {
            if (len == 0)
                break;
            continue;
        }
        size_t word_len = strlen(word);
        if (len + word_len + 2 > sizeof text)
            break;
        if (len)
            text[len++] = ' ';
        for (size_t c = 0; c <= word_len; c++)
            text[len + c] = word[c] == '-' && c ? ' ' : word[c];
        len += word_len;
        const struct pack_phrase_slot *slot = find_slot(pack, text, len);
        if (!slot)
            break;
        if (slot->count)
            hits[found++] = (struct phrase_hit){i + 1, slot->first, slot->count};
        if (!slot->is_beginning)
            break;
    }
    return found;
}

struct phrase_entry pack_phrase_entry(const struct pack *pack, uint32_t number)
{
    if (number >= pack->entry_count)
        return (struct phrase_entry){NONE, NONE, NONE, ""};
    const struct pack_entry_form *entry = &pack->entries[number];
    return (struct phrase_entry){entry->table, entry->row, entry->column,
                                 string_at(pack, entry->written)};
}

const void *pack_bytes(const struct pack *pack, const char *name, size_t *len)
{
    uint64_t bytes;
    const void *at = section(pack, name, &bytes);
    *len = (size_t)bytes;
    return at;
}
