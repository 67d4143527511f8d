/* stance_relation.c: lasting ties between parties, with the day from which or until which
 * they hold. */
#include "stage/stance.h"

#include <string.h>

static bool has_class(const struct stancing *s, const char *word, const char *class_name)
{
    return lexicon_word(&s->lexicon, word, class_name, NULL);
}

/* with_subject: else a subject understood from another clause is left out. */
static void add_related(const struct stancing *s, const struct clause *clause,
                        bool with_subject, struct members *members)
{
    for (uint32_t i = 0; i < clause->argument_count; i++) {
        const struct argument *a = stance_argument(s, clause, i);
        bool is_apart = a->slot == SLOT_COMPLEMENT ||
                        (a->slot == SLOT_SUBJECT && a->is_shared && !with_subject) ||
                        (a->slot == SLOT_PREPOSITION &&
                         !has_class(s, a->preposition, "relation mark"));
        if (!is_apart)
            members_add(s, members, a->mention);
    }
}

/* "a member of NATO" is one mention, of the body itself. */
static void add_whole(const struct stancing *s, const struct clause *clause,
                      struct members *members)
{
    uint32_t mention = s->mention_of[clause->head];
    if (mention == NONE)
        return;
    uint32_t actor = s->doc->mention_actors.items[s->doc->mentions.items[mention].actors];
    if (s->doc->actors.items[actor].kind == ACTOR_ORGANISATION)
        members_add(s, members, mention);
}

/* The predicate that the noun is part of: "have ties", "serve as mediator", "be at war",
 * "a treaty signed by".
 * A tie that is only the time of something ("in the war, ...") is no part of it. */
static const struct clause *whole_of(const struct stancing *s,
                                     const struct clause *clause)
{
    for (uint32_t k = s->tree.first[clause->head]; k != NONE; k = s->tree.next[k]) {
        bool is_participle = s->doc->tokens.items[k].deprel == DEP_ACL &&
                             s->clause_of[k] != NONE && clause->kind == CLAUSE_NOUN;
        if (is_participle && (has_class(s, token_lemma(s->doc, k), "tie begins") ||
                              has_class(s, token_lemma(s->doc, k), "tie ends")))
            return &s->doc->clauses.items[s->clause_of[k]];
    }
    if (clause->parent == NONE || clause->embedding != EMBED_COMPLEMENT)
        return NULL;
    const struct clause *above = &s->doc->clauses.items[clause->parent];
    bool is_setting = clause->kind == CLAUSE_NOUN && clause->complement &&
                      has_class(s, clause->complement, "setting mark");
    return is_setting ? NULL : above;
}

/* "have ties", "sign a treaty": not "broker a truce between". */
static bool ties_its_subject(const struct stancing *s, const struct clause *above)
{
    return above->kind != CLAUSE_VERB || has_class(s, above->lemma, "tie holds") ||
           has_class(s, above->lemma, "tie begins") ||
           has_class(s, above->lemma, "tie ends");
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

/* A person or an office beside its own state says nothing more. */
static void drop_doubles(const struct stancing *s, struct members *members)
{
    uint32_t kept = 0;
    for (uint32_t i = 0; i < members->count; i++) {
        const struct actor *a = &s->doc->actors.items[members->actors[i]];
        bool is_double = false;
        for (uint32_t k = 0; k < members->count && a->code && a->kind != ACTOR_STATE;
             k++) {
            const struct actor *other = &s->doc->actors.items[members->actors[k]];
            is_double = is_double || (other->kind == ACTOR_STATE && other->code &&
                                      strcmp(other->code, a->code) == 0);
        }
        if (is_double)
            continue;
        members->actors[kept] = members->actors[i];
        members->mentions[kept++] = members->mentions[i];
    }
    members->count = kept;
}

static bool has_enough(const struct stancing *s, const struct members *members,
                       const char *needs)
{
    bool has_body = false;
    for (uint32_t i = 0; i < members->count; i++) {
        const struct actor *a = &s->doc->actors.items[members->actors[i]];
        has_body = has_body || (a->kind == ACTOR_ORGANISATION && a->code && *a->code);
    }
    if (strcmp(needs, "body") == 0 && !has_body)
        return false;
    return distinct_codes(s, members) >= (strcmp(needs, "one") == 0 ? 1 : 2);
}

/* What the tie is after the act that begins or ends it: the kind, or the kind denied. */
struct turn {
    bool begins, ends;
};

static struct turn turn_of(const struct stancing *s, const struct clause *clause,
                           const struct clause *above)
{
    struct turn turn = {false, false};
    const struct clause *verb = above && clause->kind == CLAUSE_NOUN ? above : clause;
    if (verb->kind != CLAUSE_VERB)
        return turn;
    turn.begins = has_class(s, verb->lemma, "tie begins");
    turn.ends = has_class(s, verb->lemma, "tie ends");
    return turn;
}

static void set_days(const struct stancing *s, struct relation *relation, uint32_t time,
                     struct turn turn)
{
    if (time == NONE)
        return;
    const struct time_ref *t = &s->doc->times.items[time];
    relation->from = t->start;
    relation->to = t->is_start || turn.begins || turn.ends ? DAY_NONE : t->end_day;
}

bool relation_read(const struct stancing *s, uint32_t number, uint32_t row)
{
    const struct clause *clause = &s->doc->clauses.items[number];
    const struct clause *above = whole_of(s, clause);
    const struct table *relations = s->lexicon.relations;
    struct members members = {.count = 0};
    bool is_tied = !above || ties_its_subject(s, above);
    if (above && is_tied)
        add_related(s, above, true, &members);
    add_related(s, clause, is_tied, &members);
    add_whole(s, clause, &members);
    drop_doubles(s, &members);
    if (!has_enough(s, &members, table_value(relations, row, "parties")))
        return true;
    struct turn turn = turn_of(s, clause, above);
    bool is_negated = clause->status == STATUS_NEGATED ||
                      (above && above->status == STATUS_NEGATED);
    /* a tie that is broken off is off: what ends it must be true */
    bool by_verb = above && (turn.ends || above->status < clause->status);
    enum status status = by_verb ? above->status : clause->status;
    if ((is_negated && (turn.begins || turn.ends)) ||
        (!is_negated && status != STATUS_ACTUAL))
        return true;
    const char *kind = table_value(relations, row,
                                   is_negated || turn.ends ? "denied" : "kind");
    struct relation *relation = *kind ? array_push(&s->doc->arena, &s->doc->relations)
                                      : NULL;
    if (!relation)
        return *kind == '\0';
    *relation = (struct relation){.parties = s->doc->parties.count,
                                  .kind = kind,
                                  .from = DAY_NONE,
                                  .to = DAY_NONE,
                                  .content = stance_content(s, clause->head),
                                  .voices = clause->voices,
                                  .voice_count = clause->voice_count,
                                  .span = clause->span};
    set_days(s, relation,
             clause->time != NONE ? clause->time
             : above              ? above->time
                                  : NONE,
             turn);
    for (uint32_t i = 0; i < members.count; i++) {
        struct party *party = array_push(&s->doc->arena, &s->doc->parties);
        if (!party)
            return false;
        *party = members_party(s, &members, i);
        relation->party_count++;
    }
    return true;
}
