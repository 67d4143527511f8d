/* lexicon.c: the tables about words that act. A table that the pack lacks is an empty
 * one. */
#include "data/lexicon.h"

#include <string.h>

#define MAX_ROWS 64

void lexicon_open(struct lexicon *l, const struct pack *pack)
{
    *l = (struct lexicon){.pack = pack};
    l->predicates = pack_table(pack, "predicates");
    l->embeddings = pack_table(pack, "embeddings");
    l->words = pack_table(pack, "words");
    l->grammar = pack_table(pack, "grammar");
    l->classes = pack_table(pack, "classes");
    l->frames = pack_table(pack, "frames");
    l->types = pack_table(pack, "types");
    l->modes = pack_table(pack, "modes");
    l->stances = pack_table(pack, "stances");
    l->relations = pack_table(pack, "relations");
    l->implied = pack_table(pack, "implied");
    l->discards = pack_table(pack, "discards");
    l->absorbed = pack_table(pack, "absorbed");
    l->refined = pack_table(pack, "refined");
    l->context_words = pack_table(pack, "context_words");
    l->predicate_pos = table_column(l->predicates, "pos");
    l->predicate_class = table_column(l->predicates, "class");
    l->predicate_frame = table_column(l->predicates, "frame");
    l->predicate_needs = table_column(l->predicates, "needs");
    l->embedding_pos = table_column(l->embeddings, "pos");
    l->embedding_complement = table_column(l->embeddings, "complement");
    l->embedding_control = table_column(l->embeddings, "control");
    l->embedding_effect = table_column(l->embeddings, "effect");
    l->embedding_voice = table_column(l->embeddings, "voice");
    l->embedding_completion = table_column(l->embeddings, "completion");
    l->type_traits = table_column(l->types, "traits");
    l->word_class = table_column(l->grammar, "class");
    l->word_value = table_column(l->grammar, "value");
}

static bool has_pos(const struct table *table, uint32_t column, const char *lemma,
                    char pos)
{
    uint32_t rows[MAX_ROWS];
    uint32_t count = table_find(table, lemma, rows, MAX_ROWS);
    for (uint32_t i = 0; i < count && i < MAX_ROWS; i++)
        if (table_cell(table, rows[i], column)[0] == pos)
            return true;
    return false;
}

bool lexicon_is_predicate(const struct lexicon *l, const char *lemma, char pos)
{
    return has_pos(l->predicates, l->predicate_pos, lemma, pos) ||
           has_pos(l->stances, table_column(l->stances, "pos"), lemma, pos) ||
           has_pos(l->relations, table_column(l->relations, "pos"), lemma, pos);
}

const char *lexicon_event_class(const struct lexicon *l, const char *lemma, char pos)
{
    uint32_t rows[MAX_ROWS];
    uint32_t count = table_find(l->predicates, lemma, rows, MAX_ROWS);
    for (uint32_t i = 0; i < count && i < MAX_ROWS; i++) {
        const char *name = table_cell(l->predicates, rows[i], l->predicate_class);
        if (table_cell(l->predicates, rows[i], l->predicate_pos)[0] == pos && *name)
            return name;
    }
    return "";
}

const char *lexicon_quad(const struct lexicon *l, const char *lemma, char pos)
{
    const char *name = lexicon_event_class(l, lemma, pos);
    if (!*name)
        return "";
    const char *type = table_cell(l->classes, table_row(l->classes, name),
                                  table_column(l->classes, "type"));
    return table_cell(l->types, table_row(l->types, type),
                      table_column(l->types, "quad"));
}

/* Whether one of the frames of the predicate starts its column with those words. */
static bool has_frame(const struct lexicon *l, const char *lemma, char pos,
                      const char *column, const char *start)
{
    uint32_t rows[MAX_ROWS];
    uint32_t count = table_find(l->predicates, lemma, rows, MAX_ROWS);
    for (uint32_t i = 0; i < count && i < MAX_ROWS; i++) {
        uint32_t frame = table_row(
            l->frames, table_cell(l->predicates, rows[i], l->predicate_frame));
        const char *cell = table_cell(l->frames, frame, table_column(l->frames, column));
        if (table_cell(l->predicates, rows[i], l->predicate_pos)[0] == pos &&
            strncmp(cell, start, strlen(start)) == 0)
            return true;
    }
    return false;
}

bool lexicon_has_object(const struct lexicon *l, const char *lemma)
{
    return has_frame(l, lemma, 'v', "recipient", "obj");
}

bool lexicon_has_receiver(const struct lexicon *l, const char *verb)
{
    return has_frame(l, verb, 'v', "recipient", "iobj");
}

bool lexicon_is_trip(const struct lexicon *l, const char *noun)
{
    return has_frame(l, noun, 'n', "recipient", "to,in,with,obj");
}

bool lexicon_is_shared(const struct lexicon *l, const char *verb)
{
    return has_frame(l, verb, 'v', "actor", "subj+with");
}

bool lexicon_is_mutual(const struct lexicon *l, const char *noun)
{
    return has_frame(l, noun, 'n', "actor", "subj+with");
}

/* Whether the slot stands in the cell, before the object does. */
static bool stands_first(const char *cell, const char *slot)
{
    size_t len = strlen(slot);
    while (*cell) {
        size_t part = strcspn(cell, ",+");
        if (part == strlen("obj") && strncmp(cell, "obj", part) == 0)
            return false;
        if (part == len && strncmp(cell, slot, len) == 0)
            return true;
        cell += part + (cell[part] != '\0');
    }
    return false;
}

bool lexicon_takes(const struct lexicon *l, const char *lemma, char pos,
                   const char *preposition)
{
    static const char *const columns[] = {"actor", "recipient"};
    uint32_t rows[MAX_ROWS];
    uint32_t count = table_find(l->predicates, lemma, rows, MAX_ROWS);
    for (uint32_t i = 0; i < 2 * count && i < 2 * MAX_ROWS; i++) {
        uint32_t row = rows[i / 2];
        uint32_t frame = table_row(l->frames,
                                   table_cell(l->predicates, row, l->predicate_frame));
        if (table_cell(l->predicates, row, l->predicate_pos)[0] == pos && frame != NONE &&
            stands_first(table_value(l->frames, frame, columns[i % 2]), preposition))
            return true;
    }
    return false;
}

bool lexicon_embeds(const struct lexicon *l, const char *lemma, char pos)
{
    return has_pos(l->embeddings, l->embedding_pos, lemma, pos);
}

bool lexicon_type_has(const struct lexicon *l, const char *type, const char *trait)
{
    return cell_has(table_cell(l->types, table_row(l->types, type), l->type_traits),
                    trait);
}

bool lexicon_speaks(const struct lexicon *l, const char *verb)
{
    uint32_t rows[MAX_ROWS];
    uint32_t count = table_find(l->embeddings, verb, rows, MAX_ROWS);
    for (uint32_t i = 0; i < count && i < MAX_ROWS; i++)
        if (table_cell(l->embeddings, rows[i], l->embedding_pos)[0] == 'v' &&
            *table_cell(l->embeddings, rows[i], l->embedding_voice))
            return true;
    return false;
}

uint32_t lexicon_embedding(const struct lexicon *l, const char *lemma, char pos,
                           const char *complement)
{
    uint32_t rows[MAX_ROWS];
    uint32_t count = table_find(l->embeddings, lemma, rows, MAX_ROWS);
    for (uint32_t i = 0; i < count && i < MAX_ROWS; i++)
        if (table_cell(l->embeddings, rows[i], l->embedding_pos)[0] == pos &&
            cell_has(table_cell(l->embeddings, rows[i], l->embedding_complement),
                     complement))
            return rows[i];
    return NONE;
}

/* Both tables have the columns word, class, value. */
static bool find_word(const struct lexicon *l, const struct table *table,
                      const char *word, const char *class_name, const char **value)
{
    uint32_t rows[MAX_ROWS];
    uint32_t count = table_find(table, word, rows, MAX_ROWS);
    for (uint32_t i = 0; i < count && i < MAX_ROWS; i++)
        if (strcmp(table_cell(table, rows[i], l->word_class), class_name) == 0) {
            if (value)
                *value = table_cell(table, rows[i], l->word_value);
            return true;
        }
    return false;
}

bool lexicon_word(const struct lexicon *l, const char *word, const char *class_name,
                  const char **value)
{
    return find_word(l, l->grammar, word, class_name, value) ||
           find_word(l, l->words, word, class_name, value);
}

uint32_t lexicon_classes(const struct lexicon *l, const char *word, const char **classes,
                         uint32_t cap)
{
    const struct table *const tables[] = {l->grammar, l->words};
    uint32_t found = 0;
    for (size_t t = 0; t < sizeof tables / sizeof *tables; t++) {
        uint32_t rows[MAX_ROWS];
        uint32_t count = table_find(tables[t], word, rows, MAX_ROWS);
        for (uint32_t i = 0; i < count && i < MAX_ROWS && found < cap; i++)
            classes[found++] = table_cell(tables[t], rows[i], l->word_class);
    }
    return found;
}

bool lexicon_splits(const struct lexicon *l, const char *mark, bool *both)
{
    const char *value = "";
    /* a cell that holds - is empty */
    bool is_split = lexicon_word(l, strcmp(mark, "-") == 0 ? "dash" : mark, "split mark",
                                 &value);
    if (both)
        *both = strcmp(value, "both") == 0;
    return is_split;
}

bool lexicon_is_light(const struct lexicon *l, const char *verb, const char **role)
{
    return lexicon_word(l, verb, "light_verb", role);
}
