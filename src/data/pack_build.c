/* pack_build.c: writing a pack from the tables that people edit and the weights. */
#include "data/pack.h"

#include "base/arena.h"
#include "base/buffer.h"
#include "base/file.h"
#include "base/utf8.h"
#include "data/pack_form.h"

#include <assert.h>
#include <dirent.h>
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#define MAX_FILE_LEN ((size_t)64 << 20)
#define MAX_COLUMNS 32u
#define MAX_TABLES 200u

/* Folders whose files are one table. */
static const char *const folder_tables[] = {"gazetteer", "places", "predicates"};

struct draft_table {
    char name[PACK_NAME_LEN];
    uint32_t column_count;
    uint32_t columns[MAX_COLUMNS];
    bool is_indexed[MAX_COLUMNS]; /* in the phrase index: name ends in `*` */
    bool is_sorted[MAX_COLUMNS];  /* rows are kept in its order: name ends in `+` */
    bool is_shared; /* in the file being read a first cell holds several: `|` */
    ARRAY(uint32_t) cells;
    ARRAY(uint32_t) files;
    ARRAY(uint32_t) lines;
};

struct build {
    struct arena arena;
    struct fail *fail;
    struct buffer strings;
    uint32_t *string_slots; /* offsets by hash; 0 free */
    uint32_t string_capacity, string_count;
    struct draft_table *tables;
    uint32_t table_count;
    ARRAY(struct pack_entry_form) entries;
    ARRAY(uint32_t) entry_texts;
    struct pack_phrase_slot *slots;
    uint32_t slot_capacity;
};

/* ---- strings ---- */

static bool grow_strings(struct build *build)
{
    uint32_t capacity = build->string_capacity ? build->string_capacity * 2 : 1u << 16;
    uint32_t *slots = calloc(capacity, sizeof *slots);
    if (!slots)
        return false;
    for (uint32_t i = 0; i < build->string_capacity; i++) {
        uint32_t at = build->string_slots[i];
        if (!at)
            continue;
        const char *text = build->strings.bytes + at;
        uint64_t slot = pack_hash_bytes(PACK_HASH_START, text, strlen(text)) &
                        (capacity - 1);
        while (slots[slot])
            slot = (slot + 1) & (capacity - 1);
        slots[slot] = at;
    }
    free(build->string_slots);
    build->string_slots = slots;
    build->string_capacity = capacity;
    return true;
}

/* Offset of the string, one for equal strings; 0 for the empty one (and without memory,
 * which build->strings.failed tells). */
static uint32_t put_string(struct build *build, const char *text, size_t len)
{
    if (len == 0)
        return 0;
    if (build->string_count * 2 >= build->string_capacity && !grow_strings(build)) {
        build->strings.failed = true;
        return 0;
    }
    uint64_t slot = pack_hash_bytes(PACK_HASH_START, text, len) &
                    (build->string_capacity - 1);
    for (; build->string_slots[slot]; slot = (slot + 1) & (build->string_capacity - 1)) {
        const char *old = build->strings.bytes + build->string_slots[slot];
        if (strncmp(old, text, len) == 0 && old[len] == '\0')
            return build->string_slots[slot];
    }
    uint32_t at = (uint32_t)build->strings.len;
    buffer_add(&build->strings, text, len);
    buffer_add(&build->strings, "", 1);
    build->string_slots[slot] = at;
    build->string_count++;
    return at;
}

/* ---- reading one table ---- */

static struct draft_table *draft_for(struct build *build, const char *name)
{
    assert(build->tables);
    for (uint32_t i = 0; i < build->table_count; i++)
        if (strcmp(build->tables[i].name, name) == 0)
            return &build->tables[i];
    if (build->table_count == MAX_TABLES)
        return NULL;
    struct draft_table *table = &build->tables[build->table_count++];
    snprintf(table->name, sizeof table->name, "%s", name);
    return table;
}

/* Whether the columns have the table's names, whatever marks they carry. */
static bool are_equal(const struct build *build, const struct draft_table *table,
                      const uint32_t *columns)
{
    for (uint32_t i = 0; i < table->column_count; i++) {
        const char *one = build->strings.bytes + table->columns[i];
        const char *two = build->strings.bytes + columns[i];
        size_t len = strcspn(one, "*+");
        if (strcspn(two, "*+") != len || strncmp(one, two, len) != 0)
            return false;
    }
    return true;
}

static enum outcome read_header(struct build *build, struct draft_table *table,
                                const char *path, unsigned line, const char *text)
{
    uint32_t count = 0;
    uint32_t columns[MAX_COLUMNS];
    bool is_indexed[MAX_COLUMNS], is_sorted[MAX_COLUMNS];
    while (*text == ' ')
        text++;
    for (;;) {
        size_t len = strcspn(text, "\t"), written = len;
        if (count == 0 && len && text[len - 1] == '|') {
            table->is_shared = true;
            len--;
        }
        if (count == MAX_COLUMNS || len == 0)
            return fail_with(build->fail, FAIL_DATA, "%s:%u: column %u has no name", path,
                             line, count + 1);
        is_indexed[count] = text[len - 1] == '*';
        is_sorted[count] = text[len - 1] == '+';
        columns[count++] = put_string(build, text, len);
        if (text[written] == '\0')
            break;
        text += written + 1;
    }
    if (table->column_count == 0) {
        table->column_count = count;
        memcpy(table->columns, columns, sizeof columns);
        memcpy(table->is_indexed, is_indexed, sizeof is_indexed);
        memcpy(table->is_sorted, is_sorted, sizeof is_sorted);
    } else if (table->column_count != count || !are_equal(build, table, columns)) {
        return fail_with(build->fail, FAIL_DATA,
                         "%s:%u: columns differ from the other files of table %s", path,
                         line, table->name);
    }
    return OK;
}

/* The row that `text` writes, its first cell cut to `first`. */
static enum outcome put_row(struct build *build, struct draft_table *table,
                            struct span first, const char *text, const char *path,
                            unsigned line)
{
    uint32_t count = 0;
    const char *at = text;
    for (;; at++) {
        size_t len = strcspn(at, "\t");
        struct span span = {(uint32_t)(at - text),
                            (uint32_t)(at - text + (ptrdiff_t)len)};
        if (count == 0)
            span = first;
        bool is_empty = span_len(span) == 1 && text[span.start] == '-';
        uint32_t *cell = array_push(&build->arena, &table->cells);
        if (!cell)
            return fail_memory(build->fail);
        *cell = put_string(build, text + span.start, is_empty ? 0 : span_len(span));
        count++;
        at += len;
        if (*at == '\0')
            break;
    }
    if (count != table->column_count)
        return fail_with(build->fail, FAIL_DATA,
                         "%s:%u: %u cells where the header names %u", path, line, count,
                         table->column_count);
    uint32_t *file = array_push(&build->arena, &table->files);
    uint32_t *number = array_push(&build->arena, &table->lines);
    if (!file || !number)
        return fail_memory(build->fail);
    *file = put_string(build, path, strlen(path));
    *number = line;
    return OK;
}

static enum outcome read_row(struct build *build, struct draft_table *table,
                             const char *path, unsigned line, const char *text)
{
    if (table->column_count == 0)
        return fail_with(build->fail, FAIL_DATA, "%s:%u: a row before the '#:' line",
                         path, line);
    struct span first = {0, (uint32_t)strcspn(text, "\t")};
    if (!table->is_shared)
        return put_row(build, table, first, text, path, line);
    enum outcome outcome = OK;
    const char *at = text;
    uint32_t end = first.end;
    while (at <= text + end && !outcome) {
        first.start = (uint32_t)(at - text);
        first.end = first.start + (uint32_t)strcspn(at, "|\t");
        outcome = put_row(build, table, first, text, path, line);
        at = text + first.end + 1;
    }
    return outcome;
}

static enum outcome read_table(struct build *build, const char *name, const char *path)
{
    struct draft_table *table = draft_for(build, name);
    if (!table)
        return fail_with(build->fail, FAIL_LIMIT, "%s: more than %u tables", path,
                         MAX_TABLES);
    char *bytes;
    size_t len;
    enum outcome outcome = file_read(path, MAX_FILE_LEN, &bytes, &len, build->fail);
    if (outcome)
        return outcome;
    unsigned line = 0;
    table->is_shared = false;
    size_t bad = utf8_bad(bytes, len);
    for (char *at = bytes; at < bytes + len && !outcome; line++) {
        char *end = memchr(at, '\n', (size_t)(bytes + len - at));
        if (!end)
            end = bytes + len;
        *end = '\0';
        if (bad < len && bytes + bad < end)
            outcome = fail_with(build->fail, FAIL_DATA, "%s:%u: not UTF-8", path,
                                line + 1);
        else if (strncmp(at, "#:", 2) == 0)
            outcome = read_header(build, table, path, line + 1, at + 2);
        else if (*at && *at != '#')
            outcome = read_row(build, table, path, line + 1, at);
        at = end + 1;
    }
    free(bytes);
    return outcome;
}

/* ---- walking the folder ---- */

static int is_listed(const struct dirent *entry)
{
    return entry->d_name[0] != '.';
}

static bool ends_in_tsv(const char *name)
{
    size_t len = strlen(name);
    return len > 4 && strcmp(name + len - 4, ".tsv") == 0;
}

static bool is_folder_table(const char *folder)
{
    for (size_t i = 0; i < sizeof folder_tables / sizeof *folder_tables; i++)
        if (strcmp(folder_tables[i], folder) == 0)
            return true;
    return false;
}

/* Reads the tables of one folder; folder is "" for the top, whose sub-folders are named
 * in subs. */
static enum outcome read_folder(struct build *build, const char *dir, const char *folder,
                                char subs[][PACK_NAME_LEN], uint32_t *sub_count)
{
    char path[4096], name[PACK_NAME_LEN];
    snprintf(path, sizeof path, "%s%s%s", dir, *folder ? "/" : "", folder);
    struct dirent **entries;
    int count = scandir(path, &entries, is_listed, alphasort);
    if (count < 0)
        return fail_with(build->fail, FAIL_IO, "%s: %s", path, strerror(errno));
    enum outcome outcome = OK;
    for (int i = 0; i < count; i++) {
        const char *entry = entries[i]->d_name;
        struct stat info;
        snprintf(path, sizeof path, "%s%s%s/%s", dir, *folder ? "/" : "", folder, entry);
        if (outcome || stat(path, &info) != 0) {
        } else if (S_ISDIR(info.st_mode) && subs && *sub_count < 64) {
            snprintf(subs[(*sub_count)++], PACK_NAME_LEN, "%s", entry);
        } else if (S_ISREG(info.st_mode) && ends_in_tsv(entry)) {
            int stem = (int)strlen(entry) - 4;
            if (is_folder_table(folder))
                snprintf(name, sizeof name, "%s", folder);
            else
                snprintf(name, sizeof name, "%s%s%.*s", folder, *folder ? "/" : "", stem,
                         entry);
            outcome = read_table(build, name, path);
        }
        free(entries[i]);
    }
    free(entries);
    return outcome;
}

/* ---- the phrase index ---- */

static struct pack_phrase_slot *slot_for(struct build *build, const char *text,
                                         size_t len)
{
    uint64_t at = pack_hash_bytes(PACK_HASH_START, text, len) &
                  (build->slot_capacity - 1);
    for (;; at = (at + 1) & (build->slot_capacity - 1)) {
        struct pack_phrase_slot *slot = &build->slots[at];
        if (slot->text == 0) {
            slot->text = put_string(build, text, len);
            return slot;
        }
        const char *old = build->strings.bytes + slot->text;
        if (strncmp(old, text, len) == 0 && old[len] == '\0')
            return slot;
    }
}

/* Folds a written phrase as running text is: hyphens are spaces, "'s" and a closing "'"
 * are words of their own. */
static size_t fold_phrase(const char *text, size_t len, char out[PACK_MAX_PHRASE])
{
    char folded[PACK_MAX_PHRASE];
    size_t folded_len = utf8_fold(text, len, folded, sizeof folded);
    size_t wrote = 0;
    for (size_t i = 0; i < folded_len && wrote + 2 < PACK_MAX_PHRASE; i++) {
        char c = folded[i] == '-' ? ' ' : folded[i];
        bool has_s = c == '\'' && folded[i + 1] == 's';
        char after = c == '\'' ? folded[i + (has_s ? 2 : 1)] : 'x';
        bool is_clitic = i > 0 && (after == ' ' || after == '\0');
        if (c == ' ' || is_clitic) {
            if (wrote && out[wrote - 1] != ' ')
                out[wrote++] = ' ';
            if (c == ' ')
                continue;
        }
        out[wrote++] = c;
    }
    while (wrote && out[wrote - 1] == ' ')
        wrote--;
    out[wrote] = '\0';
    return wrote;
}

static enum outcome collect_phrases(struct build *build, uint32_t number)
{
    struct draft_table *table = &build->tables[number];
    for (uint32_t i = 0; i < table->cells.count; i++) {
        uint32_t column = i % table->column_count;
        if (!table->is_indexed[column])
            continue;
        char *cell = arena_copy(&build->arena,
                                build->strings.bytes + table->cells.items[i],
                                strlen(build->strings.bytes + table->cells.items[i]));
        struct span value;
        for (const char *at = cell; cell && cell_next(&at, &value, cell);) {
            char text[PACK_MAX_PHRASE];
            size_t len = fold_phrase(cell + value.start, span_len(value), text);
            struct pack_entry_form *entry = array_push(&build->arena, &build->entries);
            uint32_t *entry_text = array_push(&build->arena, &build->entry_texts);
            if (!entry || !entry_text)
                return fail_memory(build->fail);
            uint32_t written = put_string(build, cell + value.start, span_len(value));
            *entry = (struct pack_entry_form){number, i / table->column_count, column,
                                              written};
            *entry_text = put_string(build, text, len);
        }
        if (!cell)
            return fail_memory(build->fail);
    }
    return OK;
}

static enum outcome index_phrases(struct build *build)
{
    for (uint32_t i = 0; i < build->table_count; i++) {
        enum outcome outcome = collect_phrases(build, i);
        if (outcome)
            return outcome;
    }
    uint64_t words = 0;
    for (uint32_t i = 0; i < build->entries.count; i++) {
        const char *text = build->strings.bytes + build->entry_texts.items[i];
        for (words++; *text; text++)
            words += *text == ' ';
    }
    for (build->slot_capacity = 16; build->slot_capacity < words * 2;)
        build->slot_capacity *= 2;
    build->slots = calloc(build->slot_capacity, sizeof *build->slots);
    if (!build->slots)
        return fail_memory(build->fail);
    /* count, then place: entries of one phrase lie side by side, in the order of the
     * tables */
    for (uint32_t i = 0; i < build->entries.count; i++) {
        char text[PACK_MAX_PHRASE];
        snprintf(text, sizeof text, "%s",
                 build->strings.bytes + build->entry_texts.items[i]);
        if (!*text)
            continue;
        slot_for(build, text, strlen(text))->count++;
        for (char *space = strrchr(text, ' '); space; space = strrchr(text, ' ')) {
            *space = '\0';
            slot_for(build, text, (size_t)(space - text))->is_beginning = 1;
        }
    }
    uint32_t next = 0;
    for (uint32_t i = 0; i < build->slot_capacity; i++) {
        build->slots[i].first = next;
        next += build->slots[i].count;
        build->slots[i].count = 0;
    }
    struct pack_entry_form *placed = arena_take(&build->arena, next, sizeof *placed);
    if (!placed)
        return fail_memory(build->fail);
    for (uint32_t i = 0; i < build->entries.count; i++) {
        const char *text = build->strings.bytes + build->entry_texts.items[i];
        if (!*text)
            continue;
        struct pack_phrase_slot *slot = slot_for(build, text, strlen(text));
        placed[slot->first + slot->count++] = build->entries.items[i];
    }
    build->entries.items = placed;
    build->entries.count = next;
    return OK;
}

/* ---- writing ---- */

struct output {
    struct buffer bytes;
    struct pack_section sections[PACK_MAX_SECTIONS];
    uint32_t count;
};

static void begin_section(struct output *out, const char *prefix, const char *name)
{
    static const char zeros[PACK_ALIGN];
    buffer_add(&out->bytes, zeros,
               (PACK_ALIGN - out->bytes.len % PACK_ALIGN) % PACK_ALIGN);
    struct pack_section *s = &out->sections[out->count++];
    snprintf(s->name, sizeof s->name, "%s%.36s", prefix, name);
    s->at = out->bytes.len;
}

static void end_section(struct output *out)
{
    struct pack_section *s = &out->sections[out->count - 1];
    s->len = out->bytes.len - s->at;
}

struct sort_row {
    const char *key;
    uint32_t row;
};

static int by_key(const void *a, const void *b)
{
    const struct sort_row *x = a, *y = b;
    int order = strcmp(x->key, y->key);
    return order ? order : (x->row > y->row) - (x->row < y->row);
}

/* Writes the slots in which first cells are looked up; rows are in the order of those. */
static bool write_slots(struct output *out, const struct sort_row *rows, uint32_t count)
{
    uint32_t slots = pack_key_slots(count);
    uint32_t *positions = calloc((size_t)slots + 1, sizeof *positions);
    if (!positions)
        return false;
    for (uint32_t i = 0; i < count; i++) {
        if (i && strcmp(rows[i].key, rows[i - 1].key) == 0)
            continue;
        uint32_t at = pack_key_slot(rows[i].key, slots);
        while (positions[at])
            at = (at + 1) & (slots - 1);
        positions[at] = i + 1;
    }
    buffer_add(&out->bytes, (const char *)positions, slots * sizeof *positions);
    free(positions);
    return true;
}

/* Sorts the rows by the column's cells. */
static void sort_rows(const struct build *build, const struct draft_table *table,
                      uint32_t column, struct sort_row *rows)
{
    for (uint32_t i = 0; i < table->files.count; i++) {
        uint32_t cell = table->cells.items[(size_t)i * table->column_count + column];
        rows[i] = (struct sort_row){build->strings.bytes + cell, i};
    }
    qsort(rows, table->files.count, sizeof *rows, by_key);
}

/* Writes the row numbers in the order of the column's cells. */
static void write_order(const struct build *build, struct output *out,
                        const struct draft_table *table, uint32_t column,
                        struct sort_row *rows)
{
    sort_rows(build, table, column, rows);
    for (uint32_t i = 0; i < table->files.count; i++)
        buffer_add(&out->bytes, (const char *)&rows[i].row, sizeof rows[i].row);
}

static enum outcome write_table(struct build *build, struct output *out,
                                const struct draft_table *table)
{
    struct pack_table_form form = {table->files.count, table->column_count};
    struct sort_row *rows = calloc((size_t)form.row_count + 1, sizeof *rows);
    if (!rows)
        return fail_memory(build->fail);
    begin_section(out, "t:", table->name);
    buffer_add(&out->bytes, (const char *)&form, sizeof form);
    buffer_add(&out->bytes, (const char *)table->columns,
               form.column_count * sizeof(uint32_t));
    buffer_add(&out->bytes, (const char *)table->cells.items,
               table->cells.count * sizeof(uint32_t));
    buffer_add(&out->bytes, (const char *)table->files.items,
               form.row_count * sizeof(uint32_t));
    buffer_add(&out->bytes, (const char *)table->lines.items,
               form.row_count * sizeof(uint32_t));
    write_order(build, out, table, 0, rows);
    for (uint32_t column = 0; column < form.column_count; column++)
        if (table->is_sorted[column])
            write_order(build, out, table, column, rows);
    sort_rows(build, table, 0, rows);
    bool wrote = write_slots(out, rows, form.row_count);
    end_section(out);
    free(rows);
    return wrote ? OK : fail_memory(build->fail);
}

static enum outcome write_file(const char *path, const struct output *out,
                               struct fail *fail)
{
    char draft[4096];
    snprintf(draft, sizeof draft, "%s.new", path);
    FILE *file = fopen(draft, "wb");
    if (!file)
        return fail_with(fail, FAIL_IO, "%s: %s", draft, strerror(errno));
    bool wrote = fwrite(out->bytes.bytes, 1, out->bytes.len, file) == out->bytes.len;
    if (fclose(file) != 0 || !wrote || rename(draft, path) != 0)
        return fail_with(fail, FAIL_IO, "%s: %s", path, strerror(errno));
    return OK;
}

/* All of the file's bytes; out.bytes is the caller's to free. */
static enum outcome compose_pack(struct build *build, const void *engine,
                                 size_t engine_len, struct output *out)
{
    size_t head = sizeof(struct pack_header) +
                  PACK_MAX_SECTIONS * sizeof(struct pack_section);
    char *zeros = calloc(1, head);
    if (!zeros)
        return fail_memory(build->fail);
    buffer_add(&out->bytes, zeros, head);
    free(zeros);
    enum outcome outcome = OK;
    for (uint32_t i = 0; i < build->table_count && !outcome; i++)
        outcome = write_table(build, out, &build->tables[i]);
    begin_section(out, "", "phrases");
    buffer_add(&out->bytes, (const char *)build->slots,
               build->slot_capacity * sizeof *build->slots);
    end_section(out);
    begin_section(out, "", "entries");
    buffer_add(&out->bytes, (const char *)build->entries.items,
               build->entries.count * sizeof *build->entries.items);
    end_section(out);
    begin_section(out, "", "strings");
    buffer_add(&out->bytes, build->strings.bytes, build->strings.len);
    end_section(out);
    if (engine) {
        begin_section(out, "", "engine");
        buffer_add(&out->bytes, engine, engine_len);
        end_section(out);
    }
    if (outcome)
        return outcome;
    if (out->bytes.failed || build->strings.failed)
        return fail_memory(build->fail);
    struct pack_header header = {
        .version = PACK_VERSION, .section_count = out->count, .len = out->bytes.len};
    memcpy(header.magic, PACK_MAGIC, sizeof header.magic);
    memcpy(out->bytes.bytes + sizeof header, out->sections,
           out->count * sizeof *out->sections);
    header.hash = pack_hash_bytes(PACK_HASH_START, out->bytes.bytes + sizeof header,
                                  out->bytes.len - sizeof header);
    memcpy(out->bytes.bytes, &header, sizeof header);
    return OK;
}

static enum outcome write_pack(struct build *build, const char *weights, const char *path)
{
    struct output out = {0};
    struct mapping engine = {0};
    enum outcome outcome = weights ? file_map(weights, &engine, build->fail) : OK;
    if (!outcome)
        outcome = compose_pack(build, weights ? engine.bytes : NULL, engine.len, &out);
    if (!outcome)
        outcome = write_file(path, &out, build->fail);
    if (weights)
        file_unmap(&engine);
    buffer_free(&out.bytes);
    return outcome;
}

/* ---- a build from begin to end ---- */

static enum outcome begin_build(struct build *build, struct fail *fail)
{
    *build = (struct build){.fail = fail};
    arena_init(&build->arena, 0);
    build->tables = calloc(MAX_TABLES, sizeof *build->tables);
    buffer_add(&build->strings, "", 1);
    return build->tables ? OK : fail_memory(fail);
}

static void end_build(struct build *build)
{
    free(build->slots);
    free(build->string_slots);
    free(build->tables);
    buffer_free(&build->strings);
    arena_free(&build->arena);
}

static enum outcome read_folders(struct build *build, const char *dir)
{
    char subs[64][PACK_NAME_LEN];
    uint32_t sub_count = 0;
    enum outcome outcome = read_folder(build, dir, "", subs, &sub_count);
    for (uint32_t i = 0; i < sub_count && !outcome; i++)
        outcome = read_folder(build, dir, subs[i], NULL, NULL);
    return outcome;
}

enum outcome pack_build(const char *data_dir, const char *weights, const char *path,
                        struct fail *fail)
{
    struct build build;
    enum outcome outcome = begin_build(&build, fail);
    if (!outcome)
        outcome = read_folders(&build, data_dir);
    if (!outcome)
        outcome = index_phrases(&build);
    if (!outcome)
        outcome = write_pack(&build, weights, path);
    end_build(&build);
    return outcome;
}

/* ---- laying tables over those of a pack ---- */

static enum outcome copy_header(struct build *build, const struct table *from)
{
    struct draft_table *table = draft_for(build, table_name(from));
    if (!table)
        return fail_with(build->fail, FAIL_LIMIT, "more than %u tables", MAX_TABLES);
    uint32_t count = table_columns(from);
    table->column_count = count < MAX_COLUMNS ? count : MAX_COLUMNS;
    for (uint32_t i = 0; i < table->column_count; i++) {
        const char *name = table_column_name(from, i);
        size_t len = strlen(name);
        table->columns[i] = put_string(build, name, len);
        table->is_indexed[i] = len && name[len - 1] == '*';
        table->is_sorted[i] = len && name[len - 1] == '+';
    }
    return OK;
}

static int by_offset(const void *a, const void *b)
{
    uint32_t one = *(const uint32_t *)a, two = *(const uint32_t *)b;
    return (one > two) - (one < two);
}

/* The rows of `from` that the user's rows (already in the draft) do not replace. */
static enum outcome copy_rows(struct build *build, const struct table *from)
{
    static const char *const named_once[] = {"actors/organisations", "actors/persons",
                                             "agents", "roles"};
    struct draft_table *table = draft_for(build, table_name(from));
    uint32_t own = table->files.count, columns = table->column_count;
    bool replaces = false;
    for (size_t i = 0; i < sizeof named_once / sizeof *named_once; i++)
        replaces |= own && strcmp(named_once[i], table->name) == 0;
    uint32_t *keys = arena_take(&build->arena, own, sizeof *keys);
    if (!keys)
        return fail_memory(build->fail);
    for (uint32_t i = 0; i < own; i++)
        keys[i] = table->cells.items[(size_t)i * columns];
    if (own)
        qsort(keys, own, sizeof *keys, by_offset);
    for (uint32_t row = 0; row < table_rows(from); row++) {
        const char *first = table_cell(from, row, 0);
        uint32_t key = put_string(build, first, strlen(first));
        if (replaces && bsearch(&key, keys, own, sizeof *keys, by_offset))
            continue;
        uint32_t *file = array_push(&build->arena, &table->files);
        uint32_t *line = array_push(&build->arena, &table->lines);
        if (!file || !line)
            return fail_memory(build->fail);
        *file = put_string(build, table_file(from, row), strlen(table_file(from, row)));
        *line = table_line(from, row);
        for (uint32_t column = 0; column < columns; column++) {
            const char *text = table_cell(from, row, column);
            uint32_t *cell = array_push(&build->arena, &table->cells);
            if (!cell)
                return fail_memory(build->fail);
            *cell = put_string(build, text, strlen(text));
        }
    }
    return OK;
}

enum outcome pack_overlay(const struct pack *base, const char *dir, struct pack **out,
                          struct fail *fail)
{
    struct build build;
    struct output output = {0};
    size_t engine_len;
    const void *engine = pack_bytes(base, "engine", &engine_len);
    uint32_t count = pack_table_count(base);
    *out = NULL;
    enum outcome outcome = begin_build(&build, fail);
    for (uint32_t i = 0; i < count && !outcome; i++)
        outcome = copy_header(&build, pack_table_at(base, i));
    if (!outcome)
        outcome = read_folders(&build, dir);
    if (!outcome && build.table_count > count)
        outcome = fail_with(fail, FAIL_DATA, "%s: the lexicon has no table \"%s\"", dir,
                            build.tables[count].name);
    for (uint32_t i = 0; i < count && !outcome; i++)
        outcome = copy_rows(&build, pack_table_at(base, i));
    if (!outcome)
        outcome = index_phrases(&build);
    if (!outcome)
        outcome = compose_pack(&build, engine, engine_len, &output);
    if (!outcome)
        outcome = pack_open_bytes(output.bytes.bytes, output.bytes.len, dir, out, fail);
    buffer_free(&output.bytes);
    end_build(&build);
    return outcome;
}
