/* stance.c: positions (what a party wants, offers, refuses, promises, opposes) by the
 * lines of stances.tsv, and lasting relations between parties by the lines of
 * relations.tsv. */
#include "data/lexicon.h"
#include "doc/doc.h"
#include "doc/tree.h"
#include "stage/stages.h"

#include <string.h>

#define MAX_MEMBERS 8

struct stancing {
    struct lexicon lexicon;
    struct doc *doc;
    struct tree tree;
};

struct members {
    uint32_t actors[MAX_MEMBERS], mentions[MAX_MEMBERS];
    uint32_t count;
};

static const char *cell(const struct table *table, uint32_t row, const char *column)
{
    return table_cell(table, row, table_column(table, column));
}

static const struct argument *argument_at(const struct stancing *s,
                                          const struct clause *clause, uint32_t i)
{
    return &s->doc->arguments.items[clause->arguments + i];
}

static char pos_of(const struct clause *clause)
{
    return clause->kind == CLAUSE_VERB ? 'v' : clause->kind == CLAUSE_NOUN ? 'n' : 'a';
}

static void add_mention(const struct stancing *s, uint32_t mention,
                        struct members *members)
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

static void add_slot(const struct stancing *s, const struct clause *clause,
                     enum slot slot, struct members *members)
{
    for (uint32_t i = 0; i < clause->argument_count; i++)
        if (argument_at(s, clause, i)->slot == slot)
            add_mention(s, argument_at(s, clause, i)->mention, members);
}

static struct party party_of(const struct stancing *s, const struct members *members,
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

/* ---- positions ---- */

static bool stance_read(const char *name, enum stance *stance)
{
    for (int i = STANCE_WANTS; i <= STANCE_OPPOSES; i++)
        if (strcmp(stance_name((enum stance)i), name) == 0) {
            *stance = (enum stance)i;
            return true;
        }
    return false;
}

/* The argument that holds what is wanted: a complement, else the slot that the line
 * names. */
static const struct argument *content_of(const struct stancing *s,
                                         const struct clause *clause,
                                         const char *complement)
{
    for (uint32_t i = 0; i < clause->argument_count; i++) {
        const struct argument *a = argument_at(s, clause, i);
        bool is_clause = a->slot == SLOT_COMPLEMENT && a->clause != NONE &&
                         s->doc->clauses.items[a->clause].kind != CLAUSE_NOUN &&
                         cell_has(complement, "comp");
        bool is_object = a->slot == SLOT_OBJECT && cell_has(complement, "obj") &&
                         a->mention == NONE;
        bool is_phrase = a->slot == SLOT_PREPOSITION &&
                         cell_has(complement, a->preposition) && a->mention == NONE;
        if (is_clause || is_object || is_phrase)
            return a;
    }
    return NULL;
}

/* A clause that the line's marker joins without being an argument: "committed to
 * disarming". */
static uint32_t content_clause(const struct stancing *s, uint32_t number,
                               const char *complement)
{
    for (uint32_t i = 0; i < s->doc->clauses.count; i++) {
        const struct clause *c = &s->doc->clauses.items[i];
        if (c->parent == number && c->embedding == EMBED_COMPLEMENT && c->complement &&
            cell_has(complement, c->complement))
            return c->head;
    }
    return NONE;
}

static struct span subtree(const struct stancing *s, uint32_t head)
{
    uint32_t first, end;
    tree_extent(&s->tree, head, &first, &end);
    while (end > first + 1 && s->doc->tokens.items[end - 1].upos == UPOS_PUNCT)
        end--;
    return doc_token_span(s->doc, first, end);
}

static uint32_t clause_at(const struct stancing *s, uint32_t head)
{
    for (uint32_t i = 0; i < s->doc->clauses.count; i++)
        if (s->doc->clauses.items[i].head == head)
            return i;
    return NONE;
}

/* The thing that the content is about: its object, else its predicate. */
static const char *issue_of(const struct stancing *s, uint32_t head)
{
    uint32_t object = tree_child(&s->tree, head, DEP_OBJ);
    return token_lemma(s->doc, object == NONE ? head : object);
}

/* A party beside the holder: whom it is asked of, else who acts in the content. */
static void find_towards(const struct stancing *s, const struct clause *clause,
                         uint32_t content, struct members *towards)
{
    static const enum slot slots[] = {SLOT_INDIRECT, SLOT_OBJECT, SLOT_PREPOSITION};
    for (size_t i = 0; i < sizeof slots / sizeof *slots && towards->count < 2; i++)
        add_slot(s, clause, slots[i], towards);
    uint32_t inner = clause_at(s, content);
    for (size_t i = 0; inner != NONE && i < 4 && towards->count < 2; i++)
        add_slot(s, &s->doc->clauses.items[inner],
                 (const enum slot[]){SLOT_SUBJECT, SLOT_INDIRECT, SLOT_OBJECT,
                                     SLOT_PREPOSITION}[i],
                 towards);
}

/* A limit set in the content or beside the stance. */
static uint32_t deadline_of(const struct stancing *s, const struct clause *clause,
                            struct span content)
{
    for (uint32_t i = 0; i < s->doc->times.count; i++) {
        const struct time_ref *t = &s->doc->times.items[i];
        bool is_here = span_holds(content, t->span) ||
                       (span_holds(clause->span, t->span) && t->is_deadline);
        if (is_here && (t->is_deadline || t->end_day > s->doc->report.day) &&
            t->end_day != DAY_NONE)
            return i;
    }
    return NONE;
}

static bool add_position(const struct stancing *s, uint32_t number, uint32_t row)
{
    const struct clause *clause = &s->doc->clauses.items[number];
    const char *complement = cell(s->lexicon.stances, row, "complement");
    const struct argument *argument = content_of(s, clause, complement);
    uint32_t content = argument ? argument->head : content_clause(s, number, complement);
    enum stance stance;
    struct members holders = {.count = 0};
    add_slot(s, clause, SLOT_SUBJECT, &holders);
    if (clause->kind == CLAUSE_NOUN && holders.count == 0)
        add_slot(s, clause, SLOT_POSSESSOR, &holders);
    if (content == NONE || holders.count == 0 ||
        !stance_read(cell(s->lexicon.stances, row, "stance"), &stance))
        return true;
    if (clause->status == STATUS_NEGATED && stance != STANCE_REFUSES &&
        stance != STANCE_OPPOSES)
        stance = STANCE_REFUSES;
    for (uint32_t h = 0; h < holders.count; h++) {
        struct members all = {
            .count = 1, .actors = {holders.actors[h]}, .mentions = {holders.mentions[h]}};
        find_towards(s, clause, content, &all);
        struct position *position = array_push(&s->doc->arena, &s->doc->positions);
        if (!position)
            return false;
        *position = (struct position){.holder = party_of(s, &all, 0),
                                      .towards = {.actor = NONE, .mention = NONE},
                                      .stance = stance,
                                      .issue = issue_of(s, content),
                                      .content = subtree(s, content),
                                      .status = clause->status,
                                      .voices = clause->voices,
                                      .voice_count = clause->voice_count,
                                      .span = clause->span};
        if (all.count > 1)
            position->towards = party_of(s, &all, 1);
        position->deadline = deadline_of(s, clause, position->content);
    }
    return true;
}

/* ---- relations ---- */

static bool has_modifier(const struct stancing *s, uint32_t head, const char *modifiers)
{
    if (!*modifiers)
        return true;
    for (uint32_t k = s->tree.first[head]; k != NONE; k = s->tree.next[k]) {
        uint8_t deprel = s->doc->tokens.items[k].deprel;
        if ((deprel == DEP_AMOD || deprel == DEP_COMPOUND) &&
            cell_has(modifiers, token_lemma(s->doc, k)))
            return true;
    }
    return false;
}

static bool relates(const struct stancing *s, const struct argument *a)
{
    return a->slot != SLOT_PREPOSITION ||
           lexicon_word(&s->lexicon, a->preposition, "relation mark", NULL);
}

static void add_related(const struct stancing *s, const struct clause *clause,
                        struct members *members)
{
    for (uint32_t i = 0; i < clause->argument_count; i++)
        if (argument_at(s, clause, i)->slot != SLOT_COMPLEMENT &&
            relates(s, argument_at(s, clause, i)))
            add_mention(s, argument_at(s, clause, i)->mention, members);
}

/* Two names of one state make no tie. */
static uint32_t distinct_codes(const struct stancing *s, const struct members *members)
{
    uint32_t count = 0;
    for (uint32_t i = 0; i < members->count; i++) {
        const char *code = s->doc->actors.items[members->actors[i]].code;
        bool is_new = true;
        for (uint32_t k = 0; k < i && code; k++) {
            const char *other = s->doc->actors.items[members->actors[k]].code;
            is_new = is_new && !(other && strcmp(code, other) == 0);
        }
        count += is_new;
    }
    return count;
}

static bool add_relation(const struct stancing *s, const struct clause *clause,
                         uint32_t row)
{
    struct members members = {.count = 0};
    add_related(s, clause, &members);
    const struct clause *above = clause->parent == NONE
                                     ? NULL
                                     : &s->doc->clauses.items[clause->parent];
    bool is_part = above && clause->embedding == EMBED_COMPLEMENT;
    if (is_part)
        add_related(s, above, &members);
    if (distinct_codes(s, &members) <
        (strcmp(cell(s->lexicon.relations, row, "parties"), "one") == 0 ? 1 : 2))
        return true;
    bool is_negated = clause->status == STATUS_NEGATED ||
                      (is_part && above->status == STATUS_NEGATED);
    enum status status = is_part && above->status < clause->status ? above->status
                                                                   : clause->status;
    const char *kind = cell(s->lexicon.relations, row, is_negated ? "denied" : "kind");
    if (!*kind || (!is_negated && status != STATUS_ACTUAL))
        return true;
    struct relation *relation = array_push(&s->doc->arena, &s->doc->relations);
    if (!relation)
        return false;
    uint32_t time = clause->time != NONE ? clause->time : is_part ? above->time : NONE;
    *relation = (struct relation){.parties = s->doc->parties.count,
                                  .kind = kind,
                                  .from = DAY_NONE,
                                  .to = DAY_NONE,
                                  .content = subtree(s, clause->head),
                                  .voices = clause->voices,
                                  .voice_count = clause->voice_count,
                                  .span = clause->span};
    if (time != NONE) {
        const struct time_ref *t = &s->doc->times.items[time];
        relation->from = t->start;
        relation->to = t->is_start ? DAY_NONE : t->end_day;
    }
    for (uint32_t i = 0; i < members.count; i++) {
        struct party *party = array_push(&s->doc->arena, &s->doc->parties);
        if (!party)
            return false;
        *party = party_of(s, &members, i);
        relation->party_count++;
    }
    return true;
}

/* ---- the stage ---- */

static bool read_clause(const struct stancing *s, uint32_t number)
{
    const struct clause *clause = &s->doc->clauses.items[number];
    uint32_t rows[16];
    uint32_t count = table_find(s->lexicon.stances, clause->lemma, rows, 16);
    for (uint32_t i = 0; i < count && i < 16; i++)
        if (cell(s->lexicon.stances, rows[i], "pos")[0] == pos_of(clause)) {
            if (!add_position(s, number, rows[i]))
                return false;
            break;
        }
    count = table_find(s->lexicon.relations, clause->lemma, rows, 16);
    for (uint32_t i = 0; i < count && i < 16; i++)
        if (cell(s->lexicon.relations, rows[i], "pos")[0] == pos_of(clause) &&
            has_modifier(s, clause->head,
                         cell(s->lexicon.relations, rows[i], "modifiers")))
            return add_relation(s, clause, rows[i]);
    return true;
}

enum outcome stance_run(const struct pack *pack, struct doc *doc, struct fail *fail)
{
    struct stancing s = {.doc = doc};
    lexicon_open(&s.lexicon, pack);
    if (!tree_build(doc, &s.tree))
        return fail_memory(fail);
    for (uint32_t i = 0; i < doc->clauses.count; i++)
        if (!read_clause(&s, i))
            return fail_memory(fail);
    return OK;
}
