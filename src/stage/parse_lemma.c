/* parse_lemma.c: irregular forms by table, regular ones by ending where the lexicon knows
 * the lemma. */
#include "stage/parse_lemma.h"

#include <stdio.h>
#include <string.h>

#define MAX_ROWS 24

void lemmas_open(struct lemmas *lemmas, const struct pack *pack)
{
    lexicon_open(&lemmas->lexicon, pack);
    lemmas->forms = pack_table(pack, "lemmas");
    lemmas->suffixes = pack_table(pack, "suffixes");
    const struct table *grammar = lemmas->lexicon.grammar;
    uint32_t class_column = table_column(grammar, "class");
    lemmas->particle_count = 0;
    for (uint32_t i = 0; i < table_rows(grammar); i++)
        if (strcmp(table_cell(grammar, i, class_column), "particle") == 0 &&
            lemmas->particle_count < MAX_PARTICLES)
            lemmas->particles[lemmas->particle_count++] = table_cell(grammar, i, 0);
}

static const char *irregular(const struct lemmas *l, const char *upos, const char *norm)
{
    uint32_t rows[4];
    uint32_t count = table_find(l->forms, norm, rows, 4);
    for (uint32_t i = 0; i < count && i < 4; i++)
        if (strcmp(table_cell(l->forms, rows[i], 1), upos) == 0)
            return table_cell(l->forms, rows[i], 2);
    return NULL;
}

/* The verb itself, or with a particle: "wipe" of "wipe_out". */
static bool is_known(const struct lemmas *l, const char *lemma, char pos)
{
    if (lexicon_is_predicate(&l->lexicon, lemma, pos) ||
        lexicon_embeds(&l->lexicon, lemma, pos))
        return true;
    for (uint32_t i = 0; pos == 'v' && i < l->particle_count; i++) {
        char joined[96];
        snprintf(joined, sizeof joined, "%s_%s", lemma, l->particles[i]);
        if (lexicon_is_predicate(&l->lexicon, joined, pos))
            return true;
    }
    return false;
}

/* norm without `ending`, with `lemma` in its place; false when it does not end so. */
static bool apply(const char *norm, const char *ending, const char *lemma, bool halves,
                  char out[64])
{
    size_t len = strlen(norm), cut = strlen(ending);
    if (len <= cut + 1 || len >= 56 || strcmp(norm + len - cut, ending) != 0)
        return false;
    size_t stem = len - cut;
    if (halves && (stem < 3 || norm[stem - 1] != norm[stem - 2]))
        return false;
    snprintf(out, 64, "%.*s%s", (int)(stem - halves), norm, lemma);
    return true;
}

const char *lemma_mend(const struct lemmas *l, enum upos upos, const char *norm,
                       const char *guess, char scratch[64])
{
    if (upos != UPOS_VERB && upos != UPOS_NOUN)
        return guess;
    const char *name = upos_name(upos);
    char pos = upos == UPOS_VERB ? 'v' : 'n';
    const char *found = irregular(l, name, norm);
    if (found)
        return found;
    if (is_known(l, guess, pos))
        return guess;
    uint32_t rows[MAX_ROWS];
    uint32_t count = table_find(l->suffixes, name, rows, MAX_ROWS);
    for (uint32_t i = 0; i < count && i < MAX_ROWS; i++) {
        bool halves = *table_cell(l->suffixes, rows[i], 3) != '\0';
        if (apply(norm, table_cell(l->suffixes, rows[i], 1),
                  table_cell(l->suffixes, rows[i], 2), halves, scratch) &&
            is_known(l, scratch, pos))
            return scratch;
    }
    return guess;
}
