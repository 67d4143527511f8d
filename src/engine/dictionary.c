/* dictionary.c: dictionaries of CAMEO coders as tables that can be laid over ours. */
#include "sentosa.h"

#include "base/buffer.h"
#include "base/utf8.h"
#include "data/dictionary.h"
#include "data/who.h"
#include "engine/handle.h"

#include <ctype.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define MAX_NAME 256
#define MAX_GROUPS 8

struct sentosa_dictionary {
    struct who who;
    const struct table *sectors, *groups;
    struct dictionary dictionary;
    size_t written; /* entries that the lines below came from */
    struct lines {
        const struct table *table; /* ours, whose columns they have */
        ARRAY(const char *) rows;
    } tables[6];      /* beside names */
    const char *file; /* being read */
    sentosa_complaint *complaint;
    void *context;
    size_t bad;
    bool failed;
};

enum { STATES, ORGANISATIONS, PERSONS, OFFICES, AGENTS, ROLES };

static const char *const names[] = {
    [STATES] = "actors/states",   [ORGANISATIONS] = "actors/organisations",
    [PERSONS] = "actors/persons", [OFFICES] = "actors/offices",
    [AGENTS] = "agents",          [ROLES] = "roles"};
#define TABLE_COUNT (sizeof names / sizeof *names)

struct sentosa_dictionary *sentosa_dictionary_new(const struct sentosa *engine)
{
    struct sentosa_dictionary *self = calloc(1, sizeof *self);
    if (!self)
        return NULL;
    who_open(&self->who, engine->pack);
    self->sectors = pack_table(engine->pack, "sectors");
    self->groups = pack_table(engine->pack, "cameo_actors");
    for (size_t i = 0; i < TABLE_COUNT; i++)
        self->tables[i].table = pack_table(engine->pack, names[i]);
    arena_init(&self->dictionary.arena, 0);
    return self;
}

void sentosa_dictionary_free(struct sentosa_dictionary *self)
{
    if (self)
        arena_free(&self->dictionary.arena);
    free(self);
}

/* ---- what a code says ---- */

struct meaning {
    const char *code;  /* country or organisation; "" */
    const char *first; /* main sector; "" */
    char sectors[64];  /* "GOV|MIL" */
    bool is_country;
};

static void tell(struct sentosa_dictionary *self, uint32_t line, const char *why,
                 const char *what)
{
    char message[512];
    snprintf(message, sizeof message, "%s:%u: %s%s%s", self->file, line, why,
             *what ? " " : "", what);
    self->bad++;
    self->complaint(self->context, message);
}

static void complain(void *context, uint32_t line, const char *why)
{
    tell(context, line, why, "");
}

static void add_sector(struct meaning *meaning, const char *sector)
{
    size_t len = strlen(meaning->sectors);
    if (!*sector || cell_has(meaning->sectors, sector) ||
        len + strlen(sector) + 2 > sizeof meaning->sectors)
        return;
    if (!len)
        meaning->first = sector;
    snprintf(meaning->sectors + len, sizeof meaning->sectors - len, "%s%s",
             len ? "|" : "", sector);
}

/* The sector that a group of three letters means; NULL when it is none. */
static const char *sector_of(const struct sentosa_dictionary *self, const char *group)
{
    uint32_t row = table_row(self->groups, group);
    if (row != NONE)
        return table_cell(self->groups, row, table_column(self->groups, "sector"));
    row = table_row(self->sectors, group);
    return row == NONE ? NULL : table_cell(self->sectors, row, 0);
}

/* The state of a code, older ones of CAMEO too. */
static uint32_t state_of(const struct sentosa_dictionary *self, const char *group)
{
    uint32_t state = who_state(&self->who, group);
    if (state != NONE)
        return state;
    return who_state(&self->who,
                     who_cell(self->groups, table_row(self->groups, group), "country"));
}

/* Reads "KENGOVMIL", "IGOUNO", "REB"; false when its first group is unknown. Later groups
 * that are no sectors (religions, peoples, agencies) are left out. */
static bool read_code(struct sentosa_dictionary *self, const char *text, bool is_agent,
                      struct meaning *meaning)
{
    *meaning = (struct meaning){.code = "", .first = ""};
    size_t count = strlen(text) / 3;
    for (size_t i = 0; i < count && i < MAX_GROUPS; i++) {
        char group[4] = {0};
        for (int c = 0; c < 3; c++)
            group[c] = (char)toupper((unsigned char)text[i * 3 + (size_t)c]);
        uint32_t state = i || is_agent ? NONE : state_of(self, group);
        const char *sector = sector_of(self, group);
        if (state != NONE) {
            meaning->code = who_cell(self->who.states, state, "code");
            meaning->is_country = true;
        } else if (i == 1 && strcmp(meaning->first, "IGO") == 0 && !sector) {
            meaning->code = arena_copy(&self->dictionary.arena, group, 3);
        } else if (sector) {
            add_sector(meaning, sector);
        } else if (i == 0) {
            return false;
        }
        if (!meaning->code) {
            self->failed = true;
            meaning->code = "";
        }
    }
    return true;
}

/* ---- names ---- */

static bool is_small_word(const struct who *who, const char *word, size_t len)
{
    char folded[MAX_NAME];
    utf8_fold(word, len, folded, sizeof folded);
    return who_word(who, folded, "preposition", NULL) ||
           who_word(who, folded, "conjunction", NULL) ||
           who_word(who, folded, "definite", NULL);
}

/* "BAN KI-MOON" -> "Ban Ki-Moon"; "NATO", "U.N." stay, and so does what has small
 * letters. A leading article is dropped. */
static const char *write_name(struct sentosa_dictionary *self, const char *text)
{
    size_t first_len = strcspn(text, " ");
    char folded[MAX_NAME];
    utf8_fold(text, first_len, folded, sizeof folded);
    if (text[first_len] && who_word(&self->who, folded, "definite", NULL))
        text += first_len + 1;
    char *name = arena_copy(&self->dictionary.arena, text, strlen(text));
    if (!name) {
        self->failed = true;
        return "";
    }
    bool has_small = false, has_blank = strchr(name, ' ') != NULL;
    for (char *at = name; *at; at++) {
        has_small |= islower((unsigned char)*at) != 0;
        if (*at == '|')
            *at = ' ';
    }
    if (has_small || (!has_blank && strlen(name) <= 5))
        return name;
    for (char *word = name; *word;) {
        size_t len = strcspn(word, " ");
        bool keeps = memchr(word, '.', len) != NULL;
        bool starts = word == name || !is_small_word(&self->who, word, len);
        for (size_t i = 0; i < len && !keeps; i++) {
            if (!starts)
                word[i] = (char)tolower((unsigned char)word[i]);
            starts = word[i] == '-';
        }
        word += len + strspn(word + len, " ");
    }
    return name;
}

/* The other names of an entry, joined by "|"; "" for none. */
static const char *other_names(struct sentosa_dictionary *self,
                               const struct dictionary_entry *entry)
{
    const char *joined = NULL;
    for (uint32_t i = 1; i < entry->names.count; i++) {
        const char *name = write_name(self, entry->names.items[i]);
        joined = joined ? arena_print(&self->dictionary.arena, "%s|%s", joined, name)
                        : name;
        if (!joined) {
            self->failed = true;
            return "";
        }
    }
    return joined ? joined : "";
}

/* "Ban Ki-Moon" -> "cameo/ban-ki-moon" */
static const char *id_of(struct sentosa_dictionary *self, const char *name)
{
    char folded[MAX_NAME];
    utf8_fold(name, strlen(name), folded, sizeof folded);
    for (char *at = folded; *at; at++)
        if (*at == ' ' || *at == '\'' || *at == '/')
            *at = '-';
    const char *id = arena_print(&self->dictionary.arena, "cameo/%s", folded);
    self->failed |= !id;
    return id;
}

/* ---- rows ---- */

struct cell {
    const char *column, *text; /* "" or NULL text: unknown */
};

/* Adds a row with the cells under their columns' names; a NULL column ends them. */
static void put(struct sentosa_dictionary *self, int number, const struct cell *cells)
{
    struct lines *lines = &self->tables[number];
    struct buffer buffer = {0};
    for (uint32_t i = 0; i < table_columns(lines->table); i++) {
        const char *text = NULL, *name = table_column_name(lines->table, i);
        size_t len = strcspn(name, "*+");
        for (const struct cell *cell = cells; cell->column; cell++)
            if (strlen(cell->column) == len && strncmp(cell->column, name, len) == 0)
                text = cell->text;
        buffer_print(&buffer, "%s%s", i ? "\t" : "", text && *text ? text : "-");
    }
    const char **slot = array_push(&self->dictionary.arena, &lines->rows);
    const char *row = buffer.failed || !buffer.bytes
                          ? NULL
                          : arena_copy(&self->dictionary.arena, buffer.bytes, buffer.len);
    if (slot)
        *slot = row;
    self->failed |= !slot || !row;
    buffer_free(&buffer);
}

/* A person: has had offices, or is called by a given name first. */
static bool is_person(struct sentosa_dictionary *self,
                      const struct dictionary_entry *entry)
{
    char first[MAX_NAME];
    const char *name = entry->names.items[0];
    size_t len = strcspn(name, " ");
    for (uint32_t i = 0; i < entry->codes.count; i++) {
        const struct dictionary_code *code = &entry->codes.items[i];
        if (code->from != DAY_NONE || code->to != DAY_NONE ||
            strstr(code->code, "ELI") != NULL)
            return true;
    }
    utf8_fold(name, len, first, sizeof first);
    return name[len] && table_row(self->who.given_names, first) != NONE;
}

static const char *kind_of(const char *sector)
{
    static const char *const kinds[][2] = {
        {"REB", "armed-group"}, {"UAF", "armed-group"}, {"PRM", "armed-group"},
        {"MIL", "military"},    {"COP", "police"},      {"JUD", "court"},
        {"LEG", "legislature"}, {"PTY", "party"},       {"OPP", "party"},
        {"JRN", "media"},       {"BUS", "company"},     {"MNC", "company"},
        {"IGO", "igo"},         {"GOV", "government"},  {"SPY", "government"}};
    for (size_t i = 0; i < sizeof kinds / sizeof *kinds; i++)
        if (strcmp(kinds[i][0], sector) == 0)
            return kinds[i][1];
    return "ngo";
}

static void put_agent(struct sentosa_dictionary *self,
                      const struct dictionary_entry *entry, const struct meaning *meaning)
{
    char noun[MAX_NAME];
    const char *nouns = NULL;
    for (uint32_t i = 0; i < entry->names.count; i++) {
        utf8_fold(entry->names.items[i], strlen(entry->names.items[i]), noun,
                  sizeof noun);
        nouns = arena_print(&self->dictionary.arena, "%s%s%s", nouns ? nouns : "",
                            nouns ? "|" : "", noun);
    }
    if (!nouns) {
        self->failed = true;
        return;
    }
    utf8_fold(entry->names.items[0], strlen(entry->names.items[0]), noun, sizeof noun);
    /* What we know of the noun beyond its sector stays. */
    uint32_t known = table_row(self->who.agents, noun);
    const char *kind = who_cell(self->who.agents, known, "kind");
    const char *gender = who_cell(self->who.agents, known, "gender");
    put(self, AGENTS,
        (struct cell[]){{"noun", nouns},
                        {"kind", *kind ? kind : "person"},
                        {"sectors", meaning->sectors},
                        {"gender", gender},
                        {0}});
}

static void put_state(struct sentosa_dictionary *self,
                      const struct dictionary_entry *entry, const char *code)
{
    const struct table *states = self->who.states;
    uint32_t row = who_state(&self->who, code);
    const char *first = write_name(self, entry->names.items[0]);
    const char *others = other_names(self, entry);
    put(self, STATES,
        (struct cell[]){{"code", code},
                        {"id", who_cell(states, row, "id")},
                        {"name", who_cell(states, row, "name")},
                        {"names", *others ? arena_print(&self->dictionary.arena, "%s|%s",
                                                        first, others)
                                          : first},
                        {"kind", who_cell(states, row, "kind")},
                        {"wikidata", who_cell(states, row, "wikidata")},
                        {0}});
}

static void put_organisation(struct sentosa_dictionary *self,
                             const struct dictionary_entry *entry,
                             const struct meaning *meaning)
{
    const char *name = write_name(self, entry->names.items[0]);
    put(self, ORGANISATIONS,
        (struct cell[]){{"id", id_of(self, name)},
                        {"code", meaning->code},
                        {"name", name},
                        {"names", other_names(self, entry)},
                        {"country", meaning->is_country ? meaning->code : NULL},
                        {"sectors", meaning->sectors},
                        {"kind", kind_of(meaning->first)},
                        {0}});
}

/* One term for each dated code; the last code without dates says what the person is
 * otherwise. */
static void put_person(struct sentosa_dictionary *self,
                       const struct dictionary_entry *entry)
{
    const char *name = write_name(self, entry->names.items[0]);
    const char *id = id_of(self, name);
    struct meaning whole = {.code = "", .first = ""}, meaning;
    for (uint32_t i = 0; i < entry->codes.count; i++) {
        const struct dictionary_code *code = &entry->codes.items[i];
        if (!read_code(self, code->code, false, &meaning))
            continue;
        bool is_dated = code->from != DAY_NONE || code->to != DAY_NONE;
        if (!is_dated || !*whole.code)
            whole = meaning;
        if (!is_dated || !*meaning.first)
            continue;
        char from[16], to[16], role[16];
        snprintf(role, sizeof role, "coded-%.3s", meaning.first);
        for (char *at = role; *at; at++)
            *at = (char)tolower((unsigned char)*at);
        put(self, OFFICES,
            (struct cell[]){{"person", id},
                            {"role", role},
                            {"of", meaning.code},
                            {"from", day_write(code->from, from)},
                            {"to", day_write(code->to, to)},
                            {0}});
        put(self, ROLES,
            (struct cell[]){{"role", role}, {"sectors", meaning.first}, {0}});
    }
    put(self, PERSONS,
        (struct cell[]){{"id", id},
                        {"name", name},
                        {"names", other_names(self, entry)},
                        {"country", whole.code},
                        {"sectors", whole.sectors},
                        {0}});
}

static void put_entry(struct sentosa_dictionary *self, struct dictionary_entry *entry)
{
    struct meaning meaning;
    uint32_t kept = 0;
    for (uint32_t i = 0; i < entry->codes.count; i++) {
        struct dictionary_code code = entry->codes.items[i];
        if (read_code(self, code.code, code.is_agent, &meaning))
            entry->codes.items[kept++] = code;
        else
            tell(self, code.line, "unknown code", code.code);
    }
    if (!kept && entry->names.count && !entry->codes.count)
        tell(self, entry->line, "a name without a code:", entry->names.items[0]);
    entry->codes.count = kept;
    if (!kept || !entry->names.count)
        return;
    const struct dictionary_code *code = &entry->codes.items[0];
    read_code(self, code->code, code->is_agent, &meaning);
    if (code->is_agent)
        put_agent(self, entry, &meaning);
    else if (kept == 1 && meaning.is_country && !*meaning.sectors &&
             code->from == DAY_NONE && code->to == DAY_NONE)
        put_state(self, entry, meaning.code);
    else if (is_person(self, entry))
        put_person(self, entry);
    else
        put_organisation(self, entry, &meaning);
}

size_t sentosa_dictionary_read(struct sentosa_dictionary *self, const char *name,
                               const char *bytes, size_t len,
                               sentosa_complaint *complaint, void *context)
{
    self->file = name;
    self->complaint = complaint;
    self->context = context;
    self->bad = 0;
    if (dictionary_read(&self->dictionary, bytes, len, complain, self) == SIZE_MAX)
        self->failed = true;
    for (; self->written < self->dictionary.entries.count && !self->failed;
         self->written++)
        put_entry(self, &self->dictionary.entries.items[self->written]);
    return self->failed ? SIZE_MAX : self->bad;
}

/* ---- the tables ---- */

static int by_text(const void *a, const void *b)
{
    return strcmp(*(const char *const *)a, *(const char *const *)b);
}

char *sentosa_dictionary_table(struct sentosa_dictionary *self, size_t number,
                               const char **name)
{
    *name = NULL;
    if (number >= TABLE_COUNT || self->failed)
        return NULL;
    struct lines *lines = &self->tables[number];
    struct buffer buffer = {0};
    buffer_text(&buffer, "# Imported from dictionaries of CAMEO coders, whose licence "
                         "holds.\n#: ");
    for (uint32_t i = 0; i < table_columns(lines->table); i++)
        buffer_print(&buffer, "%s%s", i ? "\t" : "", table_column_name(lines->table, i));
    buffer_text(&buffer, "\n");
    if (lines->rows.count)
        qsort(lines->rows.items, lines->rows.count, sizeof *lines->rows.items, by_text);
    for (uint32_t i = 0; i < lines->rows.count; i++)
        if (i == 0 || strcmp(lines->rows.items[i], lines->rows.items[i - 1]) != 0)
            buffer_print(&buffer, "%s\n", lines->rows.items[i]);
    if (buffer.failed) {
        buffer_free(&buffer);
        return NULL;
    }
    *name = names[number];
    return buffer.bytes;
}

size_t sentosa_dictionary_rows(const struct sentosa_dictionary *self, size_t number)
{
    return number < TABLE_COUNT ? self->tables[number].rows.count : 0;
}
