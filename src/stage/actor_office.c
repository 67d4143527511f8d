/* actor_office.c: who held an office on the report's day, who was elected to it, who
 * held it before and after. */
#include "stage/actor_work.h"

#include <string.h>

static uint32_t holder_of(struct work *work, const char *role, const char *of)
{
    for (uint32_t i = 0; i < work->holders.count; i++) {
        const struct holder *known = &work->holders.items[i];
        if (strcmp(known->role, role) == 0 && strcmp(known->of, of) == 0)
            return known->person;
    }
    struct holder holder = {role, of, who_holder(&work->who, role, of, work->on)};
    struct holder *slot = array_push(&work->doc->arena, &work->holders);
    if (slot)
        *slot = holder;
    return holder.person;
}

/* The person who held the office that day: "the Kenyan president". */
uint32_t office_holder(struct work *work, uint32_t role, const struct giver *giver)
{
    const struct who *who = &work->who;
    const char *id = who_cell(who->roles, role, "role");
    /* The leader of a party, of a militia or of a part of the state is not the
     * state's. */
    if (!giver->code || giver->is_part || (*giver->sectors && !giver->is_international))
        return NONE;
    uint32_t person = holder_of(work, id, giver->code);
    const char *stands_for = NULL;
    if (person == NONE && who_word(who, id, "held_as", &stands_for)) {
        struct span value;
        for (const char *at = stands_for;
             person == NONE && cell_next(&at, &value, stands_for);) {
            char *other = arena_copy(&work->doc->arena, stands_for + value.start,
                                     span_len(value));
            person = other ? holder_of(work, other, giver->code) : NONE;
        }
    }
    return person;
}

/* "the president-elect": who takes the office next. */
uint32_t elected_holder(struct work *work, uint32_t role, const struct giver *giver)
{
    static const char ending[] = "-elect";
    const char *id = who_cell(work->who.roles, role, "role");
    size_t len = strlen(id), cut = sizeof ending - 1;
    if (!giver->code || len <= cut || strcmp(id + len - cut, ending) != 0)
        return NONE;
    const char *base = arena_copy(&work->doc->arena, id, len - cut);
    return base ? who_next(&work->who, base, giver->code, work->on) : NONE;
}

/* The person that the noun's possessor or its "of" names; NONE. */
static uint32_t owner_of(const struct work *work, struct chunk chunk, uint32_t *first)
{
    const struct doc *doc = work->doc;
    struct sentence sentence = doc->sentences.items[doc_sentence_of(doc, chunk.head)];
    for (uint32_t i = chunk.first; i < sentence.end && i < chunk.head + 8; i++) {
        const struct token *token = &doc->tokens.items[i];
        bool is_owner = token->head == chunk.head &&
                        (token->deprel == DEP_NMOD_POSS ||
                         (token->deprel == DEP_NMOD &&
                          who_word(&work->who, case_of(doc, i), "partitive", NULL)));
        if (!is_owner || work->found[i].count != 1)
            continue;
        *first = work->found[i].first;
        return work->facts.items[work->found[i].actors[0]].person;
    }
    return NONE;
}

bool resolve_relative_office(struct work *work, struct chunk chunk, struct found *found)
{
    const struct token *token = &work->doc->tokens.items[chunk.head];
    const char *which = NULL;
    uint32_t first = chunk.first;
    if (!who_word(&work->who, token->lemma ? token->lemma : token->norm,
                  "neighbour_in_office", &which))
        return false;
    uint32_t owner = owner_of(work, chunk, &first);
    uint32_t person = owner == NONE ? NONE
                                    : who_neighbour(&work->who, owner, work->on,
                                                    strcmp(which, "before") == 0);
    if (person == NONE || !add_party(found, book_person(work, person)))
        return false;
    found->first = first < chunk.first ? first : chunk.first;
    found->end = chunk.end;
    found->kind = MENTION_NOMINAL;
    found->rule = "office";
    return true;
}

bool resolve_members(struct work *work, uint32_t head, struct found *found)
{
    const char *ids = NULL;
    if (!is_capitalised(work->doc, head) ||
        !who_word(&work->who, work->doc->tokens.items[head].norm, "members", &ids))
        return false;
    const struct table *states = work->who.states;
    uint32_t column = table_column(states, "id");
    for (uint32_t row = 0; row < table_rows(states); row++)
        if (cell_has(ids, table_cell(states, row, column)))
            add_party(found, book_state(work, row));
    struct chunk chunk = chunk_of(work->doc, head);
    found->first = chunk.first;
    found->end = chunk.end;
    found->kind = MENTION_NAME;
    found->rule = "members";
    return found->count > 0;
}
