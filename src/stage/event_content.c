/* event_content.c: the recipient that a clause names only inside what is said, asked or
 * refused. */
#include "stage/event.h"

#include <string.h>

#define MAX_DEPTH 3
#define MAX_PENDING 64
#define MAX_CONDITION 6 /* clauses between a threat and its condition */

struct reading {
    const struct eventing *e;
    const struct party_list *actors;
    struct party_list *list;
};

/* "its troops": what belongs to the actors is on their side. */
static bool is_own(const struct reading *r, uint32_t mention)
{
    const struct eventing *e = r->e;
    uint32_t head = e->doc->mentions.items[mention].head;
    uint32_t owner = tree_child(&e->tree, head, DEP_NMOD_POSS);
    if (owner == NONE || e->mention_of[owner] == NONE)
        return false;
    struct party_list owners = {.count = 0};
    mention_parties(e, e->mention_of[owner], &owners);
    for (uint32_t i = 0; i < owners.count; i++)
        if (!party_is_in(r->actors, owners.items[i].actor))
            return false;
    return owners.count > 0;
}

static void add_others(const struct reading *r, const struct party_list *found)
{
    for (uint32_t i = 0; i < found->count; i++)
        if (!party_is_in(r->actors, found->items[i].actor) &&
            !party_is_in(r->list, found->items[i].actor) &&
            !is_own(r, found->items[i].mention) && r->list->count < MAX_PARTIES)
            r->list->items[r->list->count++] = found->items[i];
}

/* Below a noun or a verb, but not in what is told of it besides. */
static bool is_inside(uint8_t deprel)
{
    return deprel != DEP_ACL_RELCL && deprel != DEP_ADVCL && deprel != DEP_PARATAXIS &&
           deprel != DEP_APPOS;
}

/* The place inside a treaty's name is no party. */
static bool is_name_part(const struct eventing *e, uint32_t token)
{
    const struct token *t = &e->doc->tokens.items[token];
    return t->deprel == DEP_COMPOUND && e->doc->tokens.items[t->head].upos == UPOS_PROPN;
}

/* "sent observers": nobody in particular, and what is sent. */
static bool is_sent(const struct eventing *e, uint32_t token)
{
    const struct token *t = &e->doc->tokens.items[token];
    uint32_t mention = e->mention_of[token];
    if (t->deprel != DEP_OBJ || mention == NONE ||
        !lexicon_word(&e->lexicon, token_lemma(e->doc, t->head), "sending verb", NULL))
        return false;
    uint32_t first = e->doc->mentions.items[mention].actors;
    const struct actor *actor =
        &e->doc->actors.items[e->doc->mention_actors.items[first]];
    return actor->is_generic && !actor->code;
}

/* The parties below a token that stand nearest to it. */
static void add_nearest(const struct reading *r, uint32_t top)
{
    const struct eventing *e = r->e;
    uint32_t pending[MAX_PENDING], count = 1;
    pending[0] = top;
    for (uint32_t at = 0; at < count; at++) {
        bool is_none = is_name_part(e, pending[at]) || is_sent(e, pending[at]);
        uint32_t mention = is_none ? NONE : e->mention_of[pending[at]];
        struct party_list found = {.count = 0};
        if (mention != NONE)
            mention_parties(e, mention, &found);
        add_others(r, &found);
        if (r->list->count)
            return;
        for (uint32_t k = e->tree.first[pending[at]]; k != NONE; k = e->tree.next[k])
            if (is_inside(e->doc->tokens.items[k].deprel) && count < MAX_PENDING)
                pending[count++] = k;
    }
}

/* Who acts in the content, else on whom: by its own line, else by its slots. */
static void add_sides(const struct reading *r, uint32_t number)
{
    const struct eventing *e = r->e;
    const struct lexicon *l = &e->lexicon;
    const struct clause *clause = &e->doc->clauses.items[number];
    int rank;
    uint32_t row = rule_find(e, number, &rank);
    uint32_t frame = row == NONE ? NONE
                                 : table_row(l->frames, table_cell(l->predicates, row,
                                                                   l->predicate_frame));
    static const char *const plain[] = {"subj,by,poss", "obj,iobj,of,against,with,to"};
    for (uint32_t side = 0; side < 2 && r->list->count == 0; side++) {
        struct party_list found = {.count = 0};
        frame_parties(
            e, clause,
            frame == NONE ? plain[side] : table_cell(l->frames, frame, side + 1), &found);
        add_others(r, &found);
    }
}

static void add_content(const struct reading *r, const struct argument *argument)
{
    const struct eventing *e = r->e;
    uint32_t clause = argument->clause;
    for (int depth = 0; depth < MAX_DEPTH && clause != NONE && !r->list->count; depth++) {
        const struct clause *content = &e->doc->clauses.items[clause];
        add_sides(r, clause);
        clause = NONE;
        for (uint32_t i = 0; i < content->argument_count && clause == NONE; i++) {
            const struct argument *a = &e->doc->arguments.items[content->arguments + i];
            if (a->slot == SLOT_COMPLEMENT || a->slot == SLOT_OBJECT)
                clause = a->clause;
        }
    }
    if (r->list->count == 0 && argument->head != NONE)
        add_nearest(r, argument->head);
}

/* "threatened to leave unless Chad gives in": who is to meet the condition. */
static void add_conditions(const struct reading *r, uint32_t number)
{
    const struct doc *doc = r->e->doc;
    uint32_t end = number + MAX_CONDITION < doc->clauses.count ? number + MAX_CONDITION
                                                               : doc->clauses.count;
    for (uint32_t i = number + 1; i < end && r->list->count == 0; i++) {
        const struct clause *clause = &doc->clauses.items[i];
        if (clause->sentence != doc->clauses.items[number].sentence)
            return;
        if (clause->embedding == EMBED_CONDITION && clause->parent >= number &&
            clause->parent < i && !clause->is_passive)
            add_sides(r, i);
    }
}

void condition_parties(const struct eventing *e, uint32_t number,
                       const struct party_list *actors, struct party_list *list)
{
    struct party_list found = {.count = 0};
    const struct reading reading = {e, actors, &found};
    for (uint32_t i = 0; i < list->count; i++)
        if (e->doc->actors.items[list->items[i].actor].code)
            return;
    add_conditions(&reading, number);
    if (found.count)
        *list = found;
}

void content_parties(const struct eventing *e, const struct clause *clause,
                     const char *cell, const struct party_list *actors,
                     struct party_list *list)
{
    const struct reading reading = {e, actors, list};
    for (size_t len; *cell && list->count == 0; cell += len + (cell[len] == ',')) {
        len = strcspn(cell, ",");
        for (uint32_t i = 0; i < clause->argument_count && list->count == 0; i++) {
            const struct argument *a = &e->doc->arguments.items[clause->arguments + i];
            if (argument_is_in(a, cell, len))
                add_content(&reading, a);
        }
    }
}
