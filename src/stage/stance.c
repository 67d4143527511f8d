/* stance.c: positions and relations, by the lines of stances.tsv and relations.tsv that
 * name the predicate of a clause. */
#include "stage/stance.h"

#include "stage/stages.h"

#include <string.h>

#define MAX_ROWS 16
#define POS_MODAL 'm' /* of stances.tsv: an auxiliary, not a predicate */

const struct argument *stance_argument(const struct stancing *s,
                                       const struct clause *clause, uint32_t i)
{
    return &s->doc->arguments.items[clause->arguments + i];
}

/* ---- parties ---- */

void members_add(const struct stancing *s, struct members *members, uint32_t mention)
{
    if (mention == NONE)
        return;
    const struct mention *m = &s->doc->mentions.items[mention];
    for (uint32_t i = 0; i < m->actor_count; i++) {
        uint32_t actor = s->doc->mention_actors.items[m->actors + i];
        bool is_known = false;
        for (uint32_t k = 0; k < members->count; k++)
            is_known = is_known || members->actors[k] == actor;
        if (is_known || members->count == MAX_MEMBERS)
            continue;
        members->actors[members->count] = actor;
        members->mentions[members->count++] = mention;
    }
}

void members_add_slot(const struct stancing *s, struct members *members,
                      const struct clause *clause, enum slot slot)
{
    for (uint32_t i = 0; i < clause->argument_count; i++)
        if (stance_argument(s, clause, i)->slot == slot)
            members_add(s, members, stance_argument(s, clause, i)->mention);
}

struct party members_party(const struct stancing *s, const struct members *members,
                           uint32_t i)
{
    const struct actor *actor = &s->doc->actors.items[members->actors[i]];
    bool has_code = actor->code && *actor->code;
    return (struct party){.actor = members->actors[i],
                          .mention = members->mentions[i],
                          .span = s->doc->mentions.items[members->mentions[i]].span,
                          .code = has_code ? actor->code : NULL,
                          .code_from = has_code ? CODE_FROM_ACTOR : CODE_NONE};
}

/* ---- words ---- */

struct span stance_content(const struct stancing *s, uint32_t head)
{
    uint32_t first, end;
    tree_extent(&s->tree, head, &first, &end);
    while (end > first + 1 && s->doc->tokens.items[end - 1].upos == UPOS_PUNCT)
        end--;
    const struct token *start = &s->doc->tokens.items[first];
    if (first < head && start->deprel == DEP_CASE && start->head == head)
        first++;
    return doc_token_span(s->doc, first, end);
}

/* ---- the stage ---- */

/* The first line for the word, as that part of speech, whose modifiers stand before the
 * clause's predicate; NONE. */
static uint32_t find_row(const struct stancing *s, const struct table *table,
                         const char *word, char pos, const struct clause *clause)
{
    uint32_t rows[MAX_ROWS];
    uint32_t count = table_find(table, word, rows, MAX_ROWS);
    for (uint32_t i = 0; i < count && i < MAX_ROWS; i++) {
        if (table_value(table, rows[i], "pos")[0] != pos)
            continue;
        const char *modifiers = table == s->lexicon.relations
                                    ? table_value(table, rows[i], "modifiers")
                                    : "";
        bool fits = *modifiers == '\0';
        for (uint32_t k = s->tree.first[clause->head]; k != NONE && !fits;
             k = s->tree.next[k]) {
            uint8_t deprel = s->doc->tokens.items[k].deprel;
            fits = (deprel == DEP_AMOD || deprel == DEP_COMPOUND) &&
                   cell_has(modifiers, token_lemma(s->doc, k));
        }
        if (fits)
            return rows[i];
    }
    return NONE;
}

static bool read_clause(const struct stancing *s, uint32_t number)
{
    const struct clause *clause = &s->doc->clauses.items[number];
    const struct table *stances = s->lexicon.stances;
    const struct table *relations = s->lexicon.relations;
    uint32_t row = find_row(s, stances, clause->lemma, clause_pos(clause), clause);
    if (row == NONE && clause->modal)
        row = find_row(s, stances, clause->modal, POS_MODAL, clause);
    if (row != NONE && !position_read(s, number, row))
        return false;
    row = find_row(s, relations, clause->lemma, clause_pos(clause), clause);
    return row == NONE || relation_read(s, number, row);
}

static void index_mentions(struct stancing *s)
{
    for (uint32_t i = 0; i < s->doc->mentions.count; i++) {
        const struct mention *m = &s->doc->mentions.items[i];
        uint32_t *best = &s->mention_of[m->head];
        if (m->actor_count &&
            (*best == NONE ||
             span_len(m->span) > span_len(s->doc->mentions.items[*best].span)))
            *best = i;
    }
}

static bool start(struct stancing *s, const struct pack *pack, struct doc *doc)
{
    *s = (struct stancing){.doc = doc};
    lexicon_open(&s->lexicon, pack);
    uint32_t count = doc->clauses.count;
    s->clause_of = arena_take(&doc->arena, doc->tokens.count, sizeof *s->clause_of);
    s->mention_of = arena_take(&doc->arena, doc->tokens.count, sizeof *s->mention_of);
    s->inner = arena_take(&doc->arena, count, sizeof *s->inner);
    s->next = arena_take(&doc->arena, count, sizeof *s->next);
    if (!s->clause_of || !s->mention_of || !s->inner || !s->next ||
        !tree_build(doc, &s->tree))
        return false;
    for (uint32_t i = 0; i < doc->tokens.count; i++)
        s->clause_of[i] = s->mention_of[i] = NONE;
    index_mentions(s);
    for (uint32_t i = 0; i < count; i++)
        s->inner[i] = s->next[i] = NONE;
    for (uint32_t i = count; i-- > 0;) {
        const struct clause *clause = &doc->clauses.items[i];
        s->clause_of[clause->head] = i;
        if (clause->parent == NONE || clause->embedding != EMBED_COMPLEMENT)
            continue;
        s->next[i] = s->inner[clause->parent];
        s->inner[clause->parent] = i;
    }
    return true;
}

enum outcome stance_run(const struct pack *pack, struct doc *doc, struct fail *fail)
{
    struct stancing s;
    if (!start(&s, pack, doc))
        return fail_memory(fail);
    for (uint32_t i = 0; i < doc->clauses.count; i++)
        if (!read_clause(&s, i))
            return fail_memory(fail);
    return OK;
}
