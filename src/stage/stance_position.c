/* stance_position.c: what a party wants, offers, refuses, promises or opposes, of whom
 * and by when. */
#include "stage/stance.h"

#include <string.h>

#define MAX_LOOK_BACK 2000 /* bytes of text; positions come in text order */

static bool stance_read(const char *name, enum stance *stance)
{
    for (int i = STANCE_WANTS; i <= STANCE_OPPOSES; i++)
        if (strcmp(stance_name((enum stance)i), name) == 0) {
            *stance = (enum stance)i;
            return true;
        }
    return false;
}

/* The stance of who does not: false where it says nothing. */
static bool stance_deny(enum stance *stance)
{
    if (*stance == STANCE_WANTS)
        *stance = STANCE_OPPOSES;
    else if (*stance == STANCE_OFFERS || *stance == STANCE_PROMISES)
        *stance = STANCE_REFUSES;
    else
        return false;
    return true;
}

/* ---- what it is about ---- */

/* The token on which the content hangs: a complement, else the slot that the line names,
 * else a clause that the line's marker joins ("committed to disarming"); NONE. */
static uint32_t content_of(const struct stancing *s, uint32_t number,
                           const char *complement)
{
    const struct clause *clause = &s->doc->clauses.items[number];
    for (uint32_t i = 0; i < clause->argument_count; i++) {
        const struct argument *a = stance_argument(s, clause, i);
        bool is_clause = a->slot == SLOT_COMPLEMENT && a->clause != NONE &&
                         s->doc->clauses.items[a->clause].kind != CLAUSE_NOUN &&
                         cell_has(complement, "comp");
        bool is_object = a->slot == SLOT_OBJECT && cell_has(complement, "obj") &&
                         a->mention == NONE;
        bool is_phrase = a->slot == SLOT_PREPOSITION &&
                         cell_has(complement, a->preposition) && a->mention == NONE;
        if (is_clause || is_object || is_phrase)
            return a->head;
    }
    for (uint32_t i = s->inner[number]; i != NONE; i = s->next[i]) {
        const struct clause *inner = &s->doc->clauses.items[i];
        bool is_open = inner->complement && inner->kind != CLAUSE_NOUN &&
                       (strcmp(inner->complement, "xcomp") == 0 ||
                        strcmp(inner->complement, "ccomp") == 0);
        if ((is_open && cell_has(complement, "comp")) ||
            (inner->complement && cell_has(complement, inner->complement)))
            return inner->head;
    }
    return NONE;
}

/* The thing that the content is about: its object, else its predicate. */
static const char *issue_of(const struct stancing *s, uint32_t head)
{
    uint32_t object = tree_child(&s->tree, head, DEP_OBJ);
    return token_lemma(s->doc, object == NONE ? head : object);
}

/* A limit set in the content or beside the predicate. */
static uint32_t deadline_of(const struct stancing *s, const struct clause *clause,
                            struct span content)
{
    for (uint32_t i = 0; i < s->doc->times.count; i++) {
        const struct time_ref *t = &s->doc->times.items[i];
        bool is_here = span_holds(content, t->span) ||
                       (clause->time == i && t->is_deadline);
        if (is_here && t->end_day != DAY_NONE &&
            (t->is_deadline || t->end_day > s->doc->report.day))
            return i;
    }
    return NONE;
}

/* ---- towards whom ---- */

/* The state of a holder is nobody beside him. */
static bool is_own_state(const struct stancing *s, uint32_t actor, uint32_t holder)
{
    const struct actor *a = &s->doc->actors.items[actor];
    const struct actor *h = &s->doc->actors.items[holder];
    bool is_one = a->code && h->code && strcmp(a->code, h->code) == 0;
    return actor == holder ||
           (is_one && (a->kind == ACTOR_STATE || h->kind == ACTOR_STATE));
}

/* Takes the first of `from` that is not on the holder's own side. */
static bool take(const struct stancing *s, const struct members *from,
                 struct members *towards)
{
    for (uint32_t i = 0; i < from->count; i++)
        if (!is_own_state(s, from->actors[i], towards->actors[0])) {
            towards->actors[1] = from->actors[i];
            towards->mentions[1] = from->mentions[i];
            towards->count = 2;
            return true;
        }
    return false;
}

static bool take_slot(const struct stancing *s, const struct clause *clause,
                      enum slot slot, struct members *towards)
{
    struct members found = {.count = 0};
    members_add_slot(s, &found, clause, slot);
    return take(s, &found, towards);
}

/* "guarantees from Baku": whom the words of the content name after a preposition that
 * marks a giver. */
static bool take_giver(const struct stancing *s, uint32_t head, struct members *towards)
{
    uint32_t first, end;
    tree_extent(&s->tree, head, &first, &end);
    for (uint32_t t = first; t < end; t++) {
        uint32_t mark = s->mention_of[t] == NONE || t == head
                            ? NONE
                            : tree_child(&s->tree, t, DEP_CASE);
        struct members found = {.count = 0};
        if (mark != NONE && lexicon_word(&s->lexicon, s->doc->tokens.items[mark].norm,
                                         "giver mark", NULL))
            members_add(s, &found, s->mention_of[t]);
        if (take(s, &found, towards))
            return true;
    }
    return false;
}

/* A party beside the holder: whom it is asked of, else who acts in the content, else who
 * is to give it, else whom it concerns. */
static void find_towards(const struct stancing *s, const struct clause *clause,
                         uint32_t content, struct members *towards)
{
    static const enum slot beside[] = {SLOT_INDIRECT, SLOT_OBJECT, SLOT_PREPOSITION};
    if (take_giver(s, content, towards))
        return;
    for (size_t i = 0; i < sizeof beside / sizeof *beside; i++)
        if (take_slot(s, clause, beside[i], towards))
            return;
    uint32_t inner = s->clause_of[content];
    if (inner == NONE)
        return;
    const struct clause *c = &s->doc->clauses.items[inner];
    if (take_slot(s, c, SLOT_SUBJECT, towards))
        return;
    for (size_t i = 0; i < sizeof beside / sizeof *beside; i++)
        if (take_slot(s, c, beside[i], towards))
            return;
}

/* ---- one position ---- */

static bool add_position(const struct stancing *s, struct position position,
                         struct members *sides)
{
    struct position *added = array_push(&s->doc->arena, &s->doc->positions);
    if (!added)
        return false;
    *added = position;
    added->holder = members_party(s, sides, 0);
    added->towards = sides->count > 1 ? members_party(s, sides, 1)
                                      : (struct party){.actor = NONE, .mention = NONE};
    return true;
}

/* Whether a position on these words stands already: "insists that X must go". */
static bool is_told(const struct stancing *s, struct span content)
{
    for (uint32_t i = s->doc->positions.count; i-- > 0;) {
        struct span known = s->doc->positions.items[i].content;
        if (span_holds(known, content))
            return true;
        if (known.end + MAX_LOOK_BACK < content.start)
            return false;
    }
    return false;
}

/* "Sudan must withdraw, Chad's president said": who says so wants it. */
static bool read_modal(const struct stancing *s, uint32_t number, enum stance stance)
{
    const struct clause *clause = &s->doc->clauses.items[number];
    if (clause->voice_count == 0)
        return true;
    const struct voice *voice =
        &s->doc->voices.items[clause->voices + clause->voice_count - 1];
    struct members sides = {.count = 0};
    members_add(s, &sides, voice->mention);
    if (sides.count == 0)
        return true;
    sides.count = 1;
    if (!take_slot(s, clause, SLOT_SUBJECT, &sides) && clause->is_passive)
        take_slot(s, clause, SLOT_OBJECT, &sides);
    struct span content = stance_content(s, clause->head);
    if (is_told(s, content))
        return true;
    return add_position(s,
                        (struct position){.stance = stance,
                                          .issue = issue_of(s, clause->head),
                                          .content = content,
                                          .deadline = deadline_of(s, clause, content),
                                          .status = STATUS_ACTUAL,
                                          .voices = clause->voices,
                                          .voice_count = clause->voice_count,
                                          .span = clause->span},
                        &sides);
}

bool position_read(const struct stancing *s, uint32_t number, uint32_t row)
{
    const struct clause *clause = &s->doc->clauses.items[number];
    const char *complement = table_value(s->lexicon.stances, row, "complement");
    enum stance stance;
    if (!stance_read(table_value(s->lexicon.stances, row, "stance"), &stance) ||
        (clause->status == STATUS_NEGATED && !stance_deny(&stance)))
        return true;
    if (table_value(s->lexicon.stances, row, "pos")[0] == 'm')
        return read_modal(s, number, stance);
    struct members holders = {.count = 0};
    members_add_slot(s, &holders, clause, SLOT_SUBJECT);
    if (clause->kind == CLAUSE_NOUN && holders.count == 0)
        members_add_slot(s, &holders, clause, SLOT_POSSESSOR);
    uint32_t head = content_of(s, number, complement);
    for (uint32_t h = 0; head != NONE && h < holders.count; h++) {
        struct members sides = {
            .count = 1, .actors = {holders.actors[h]}, .mentions = {holders.mentions[h]}};
        find_towards(s, clause, head, &sides);
        struct span content = stance_content(s, head);
        struct position position = {.stance = stance,
                                    .issue = issue_of(s, head),
                                    .content = content,
                                    .deadline = deadline_of(s, clause, content),
                                    .status = clause->status,
                                    .voices = clause->voices,
                                    .voice_count = clause->voice_count,
                                    .span = clause->span};
        if (!add_position(s, position, &sides))
            return false;
    }
    return true;
}
