/* clause_setting.c: gives each clause its time and its place. */
#include "stage/clause.h"

#include <string.h>

#define MAX_CLIMB 64
#define MAX_OVER 3        /* nouns from a time to the verb */
#define LOOK_BACK 300     /* clauses */
#define LONG_AGO_DAYS 300 /* as in status.c */

/* The token of first..end-1 whose head lies outside. */
static uint32_t top_of(const struct clauses *c, uint32_t first, uint32_t end)
{
    for (uint32_t i = first; i < end; i++) {
        uint32_t head = clause_token(c, i)->head;
        if (head < first || head >= end || head == i)
            return i;
    }
    return first;
}

/* The nearest clause at or above the token; NONE. */
static uint32_t clause_around(const struct clauses *c, uint32_t token)
{
    for (int i = 0; i < MAX_CLIMB; i++) {
        if (c->clause_of[token] != NONE)
            return c->clause_of[token];
        uint32_t head = clause_token(c, token)->head;
        if (head == token || head >= c->doc->tokens.count)
            return NONE;
        token = head;
    }
    return NONE;
}

/* Dates before clock times before durations; the first of equals stays. */
static int rank(const struct time_ref *t)
{
    if (t->type == TIME_SET)
        return 0;
    if (t->type == TIME_DURATION)
        return t->start != DAY_NONE || t->end_day != DAY_NONE ? 1 : 0;
    return t->start != DAY_NONE || t->end_day != DAY_NONE ? 3 : 2;
}

/* "last week ... on Monday": the day within the stretch told before. */
static bool is_within(const struct time_ref *inner, const struct time_ref *outer)
{
    return inner->start != DAY_NONE && inner->end_day != DAY_NONE &&
           outer->start != DAY_NONE && outer->end_day != DAY_NONE && !outer->is_start &&
           !inner->is_start && inner->start >= outer->start &&
           inner->end_day <= outer->end_day &&
           inner->end_day - inner->start < outer->end_day - outer->start;
}

static void set_time(struct clauses *c, uint32_t number, uint32_t time)
{
    struct clause *clause = &c->doc->clauses.items[number];
    struct time_ref *new_time = &c->doc->times.items[time];
    if (new_time->type == TIME_SET)
        clause->is_habitual = true;
    if (rank(new_time) == 0)
        return;
    if (clause->time == NONE) {
        clause->time = time;
        return;
    }
    struct time_ref *old = &c->doc->times.items[clause->time];
    bool is_finer = rank(new_time) == rank(old) && is_within(new_time, old);
    struct time_ref *better = is_finer || rank(new_time) > rank(old) ? new_time : old;
    struct time_ref *other = better == old ? new_time : old;
    if (!better->clock && other->clock)
        better->clock = other->clock;
    if (better == new_time)
        clause->time = time;
}

/* "The talks were postponed until Friday": the talks are on Friday. */
static void set_new_time(struct clauses *c, uint32_t verb, uint32_t time)
{
    for (uint32_t d = c->first_draft.items[verb]; d != NONE;
         d = c->drafts.items[d].next) {
        const struct argument *a = &c->drafts.items[d].argument;
        if (a->clause != NONE && (a->slot == SLOT_SUBJECT || a->slot == SLOT_OBJECT))
            set_time(c, a->clause, time);
    }
}

static void attach_times(struct clauses *c)
{
    for (uint32_t i = 0; i < c->doc->times.count; i++) {
        const struct time_ref *t = &c->doc->times.items[i];
        bool is_dateline = t->first == t->end;
        uint32_t clause = is_dateline ? NONE
                                      : clause_around(c, top_of(c, t->first, t->end));
        if (clause != NONE && t->is_put_off)
            set_new_time(c, clause, i);
        else if (clause != NONE)
            set_time(c, clause, i);
    }
}

/* Whether the words stand where a place stands: "in Geneva", "Geneva talks". */
static bool is_setting(const struct clauses *c, uint32_t top)
{
    uint32_t word = tree_child(&c->tree, top, DEP_CASE);
    uint8_t deprel = clause_token(c, top)->deprel;
    if (word != NONE)
        return lexicon_word(&c->lexicon, clause_token(c, word)->norm, "place mark", NULL);
    return deprel == DEP_COMPOUND || deprel == DEP_OBL_UNMARKED ||
           deprel == DEP_NMOD_UNMARKED || deprel == DEP_APPOS ||
           deprel == DEP_NMOD_POSS || deprel == DEP_CONJ;
}

static void attach_places(struct clauses *c)
{
    for (uint32_t i = 0; i < c->doc->places.count; i++) {
        const struct place_ref *p = &c->doc->places.items[i];
        uint32_t top = top_of(c, p->first, p->end);
        bool is_dateline = p->first == p->end;
        if (is_dateline || p->is_actor || !is_setting(c, top))
            continue;
        uint32_t number = clause_around(c, top);
        if (number == NONE)
            continue;
        struct clause *clause = &c->doc->clauses.items[number];
        const struct place_ref *old = clause->place == NONE
                                          ? NULL
                                          : &c->doc->places.items[clause->place];
        if (!old || (old->precision == PLACE_COUNTRY && p->precision != PLACE_COUNTRY))
            clause->place = i;
    }
}

/* "begin at nine", "hold talks on Monday": the verb's time is the noun's. */
static bool passes_setting(const struct clauses *c, const struct clause *noun,
                           const struct clause *verb)
{
    if (noun->light != NONE)
        return true;
    if (!noun->complement)
        return false;
    char pos = verb->kind == CLAUSE_VERB ? 'v' : verb->kind == CLAUSE_NOUN ? 'n' : 'a';
    uint32_t row = lexicon_embedding(&c->lexicon, verb->lemma, pos, noun->complement);
    const char *effect = table_cell(c->lexicon.embeddings, row,
                                    c->lexicon.embedding_effect);
    const char *voice = table_cell(c->lexicon.embeddings, row,
                                   c->lexicon.embedding_voice);
    return *voice == '\0' &&
           (strcmp(effect, "same") == 0 || strcmp(effect, "actual") == 0 ||
            strcmp(effect, "scheduled") == 0);
}

/* "refused to meet them last week": the refusing was last week, since what it is about
 * still lay ahead then. */
static void lend_times(struct clauses *c)
{
    day now = c->doc->report.day;
    for (uint32_t i = 0; now != DAY_NONE && i < c->doc->clauses.count; i++) {
        struct clause *clause = &c->doc->clauses.items[i];
        if (!clause->is_infinitive || clause->parent == NONE || clause->time == NONE ||
            !clause->complement || strcmp(clause->complement, "xcomp") != 0)
            continue;
        struct clause *over = &c->doc->clauses.items[clause->parent];
        const struct time_ref *t = &c->doc->times.items[clause->time];
        bool is_behind = t->type != TIME_DURATION && t->end_day != DAY_NONE &&
                         t->start != DAY_NONE && t->end_day <= now && !t->is_deadline;
        bool is_told = over->kind == CLAUSE_VERB && over->is_past && over->time == NONE;
        if (!is_behind || !is_told || clause->is_perfect)
            continue;
        over->time = clause->time;
        if (!passes_setting(c, clause, over))
            clause->time = NONE;
    }
}

/* The verb whose object the noun is, or is a part of ("rejected the invitation to
 * talks"), and the effect that it has on the object; NONE when there is no such verb. */
static uint32_t object_verb(const struct clauses *c, uint32_t noun, const char **effect)
{
    for (int i = 0; i < MAX_OVER; i++) {
        const struct clause *clause = &c->doc->clauses.items[noun];
        uint32_t over = clause->parent;
        if (over == NONE || clause->kind != CLAUSE_NOUN || over == noun)
            return NONE;
        const struct clause *verb = &c->doc->clauses.items[over];
        if (verb->kind == CLAUSE_VERB) {
            if (clause_token(c, clause->head)->deprel != DEP_OBJ)
                return NONE;
            uint32_t row = lexicon_embedding(&c->lexicon, verb->lemma, 'v', "obj");
            *effect = row == NONE ? NULL
                                  : table_cell(c->lexicon.embeddings, row,
                                               c->lexicon.embedding_effect);
            return over;
        }
        noun = over;
    }
    return NONE;
}

/* "Signed a deal on Friday", with the day hung on the deal: the signing was then, unless
 * the verb speaks of what had happened ("condemned the attack on Friday"). */
static void lend_noun_times(struct clauses *c)
{
    day now = c->doc->report.day;
    for (uint32_t i = 0; now != DAY_NONE && i < c->doc->clauses.count; i++) {
        const struct clause *noun = &c->doc->clauses.items[i];
        const char *effect = NULL;
        if (noun->kind != CLAUSE_NOUN || noun->time == NONE)
            continue;
        const struct time_ref *t = &c->doc->times.items[noun->time];
        uint32_t over = object_verb(c, i, &effect);
        bool is_day = t->start != DAY_NONE && t->start == t->end_day && !t->is_deadline &&
                      !t->is_start && t->type != TIME_DURATION && t->first > noun->head;
        bool is_of_fact = effect &&
                          (strcmp(effect, "actual") == 0 || strcmp(effect, "same") == 0 ||
                           strcmp(effect, "fact") == 0);
        if (over == NONE || !is_day || is_of_fact)
            continue;
        struct clause *verb = &c->doc->clauses.items[over];
        bool is_told = verb->is_past && verb->is_finite && t->end_day <= now;
        bool is_ahead = verb->modal && !effect && t->start >= now;
        if (verb->time == NONE && (is_told || is_ahead))
            verb->time = noun->time;
    }
}

static void inherit(struct clause *to, const struct clause *from)
{
    to->is_habitual = to->is_habitual || from->is_habitual;
    if (to->time == NONE)
        to->time = from->time;
    if (to->place == NONE)
        to->place = from->place;
}

/* "The summit is due to start at nine": from the verb to the noun that it is about, and
 * through the verb that embeds it. */
static void hand_down(struct clauses *c)
{
    for (uint32_t i = 0; i < c->doc->clauses.count; i++) {
        struct clause *clause = &c->doc->clauses.items[i];
        if (clause->parent == NONE)
            continue;
        struct clause *parent = &c->doc->clauses.items[clause->parent];
        if (clause->kind == CLAUSE_NOUN && passes_setting(c, clause, parent))
            inherit(clause, parent);
    }
    for (uint32_t i = 0; i < c->doc->clauses.count; i++) {
        struct clause *clause = &c->doc->clauses.items[i];
        for (uint32_t d = c->first_draft.items[i]; d != NONE;
             d = c->drafts.items[d].next) {
            const struct argument *a = &c->drafts.items[d].argument;
            bool is_surface = a->slot == SLOT_SUBJECT || a->slot == SLOT_OBJECT;
            if (a->clause == NONE || a->clause == i || !is_surface ||
                clause->kind == CLAUSE_NOUN)
                continue;
            struct clause *noun = &c->doc->clauses.items[a->clause];
            struct clause probe = *noun;
            probe.complement = a->slot == SLOT_SUBJECT ? "subj" : "obj";
            if (noun->kind == CLAUSE_NOUN && passes_setting(c, &probe, clause))
                inherit(noun, clause);
            /* "A bomb in Jalalabad wounded three": it did so there. */
            if (noun->kind == CLAUSE_NOUN && a->slot == SLOT_SUBJECT &&
                clause->kind == CLAUSE_VERB && clause->place == NONE &&
                !lexicon_embeds(&c->lexicon, clause->lemma, 'v'))
                clause->place = noun->place;
        }
    }
}

/* "Monday's clashes killed 14": the harm is done when its cause happens. */
static void hand_up(struct clauses *c)
{
    for (uint32_t i = 0; i < c->doc->clauses.count; i++) {
        struct clause *clause = &c->doc->clauses.items[i];
        uint32_t subject = clause_find(c, i, SLOT_SUBJECT, NULL);
        if (subject == NONE || clause->time != NONE || clause->kind != CLAUSE_VERB ||
            !lexicon_word(&c->lexicon, clause->lemma, "harm verb", NULL))
            continue;
        uint32_t cause = c->drafts.items[subject].argument.clause;
        if (cause != NONE && cause != i &&
            c->doc->clauses.items[cause].kind == CLAUSE_NOUN)
            clause->time = c->doc->clauses.items[cause].time;
    }
}

static bool is_definite(const struct clauses *c, uint32_t token)
{
    uint32_t det = tree_child(&c->tree, token, DEP_DET);
    return det != NONE && clause_token(c, det)->feats.definite;
}

static bool has_word(const struct clauses *c, uint32_t head, const char *norm)
{
    for (uint32_t k = c->tree.first[head]; k != NONE; k = c->tree.next[k])
        if (strcmp(clause_token(c, k)->norm, norm) == 0)
            return true;
    return false;
}

/* Whether an earlier noun can be the one that `later` names: it has all its names and
 * adjectives. */
static bool is_antecedent(const struct clauses *c, const struct clause *earlier,
                          const struct clause *later)
{
    if (earlier->kind != CLAUSE_NOUN || strcmp(earlier->lemma, later->lemma) != 0)
        return false;
    for (uint32_t k = c->tree.first[later->head]; k != NONE; k = c->tree.next[k]) {
        const struct token *t = clause_token(c, k);
        bool is_name = t->deprel == DEP_AMOD || t->deprel == DEP_COMPOUND;
        if (is_name && !has_word(c, earlier->head, t->norm))
            return false;
    }
    return true;
}

/* Meetings come and go under one name; what is long over is one thing. */
static bool is_long_over(const struct clauses *c, uint32_t time)
{
    const struct time_ref *t = &c->doc->times.items[time];
    return !t->is_start && t->end_day != DAY_NONE && c->doc->report.day != DAY_NONE &&
           t->end_day < c->doc->report.day - LONG_AGO_DAYS;
}

/* "The war" is the war that was dated before: the nearest noun that can be meant and has
 * a time. */
static void recall_times(struct clauses *c)
{
    for (uint32_t i = 0; i < c->doc->clauses.count; i++) {
        struct clause *clause = &c->doc->clauses.items[i];
        if (clause->kind != CLAUSE_NOUN || clause->time != NONE ||
            !is_definite(c, clause->head))
            continue;
        for (uint32_t k = i; k-- > 0 && i - k < LOOK_BACK;) {
            const struct clause *before = &c->doc->clauses.items[k];
            if (before->time == NONE || !is_long_over(c, before->time) ||
                !is_antecedent(c, before, clause))
                continue;
            clause->time = before->time;
            break;
        }
    }
}

/* Or NONE. "On Monday they met and signed", "they met on Monday and signed": a day told
 * with the first of joined verbs holds for the next, when the same one does it. */
static uint32_t shared_time(const struct clauses *c, const struct clause *clause,
                            uint32_t number)
{
    const struct token *token = clause_token(c, clause->head);
    uint32_t joined = c->clause_of[token->head];
    if (token->deprel != DEP_CONJ || joined == NONE || clause->kind != CLAUSE_VERB)
        return NONE;
    const struct clause *first = &c->doc->clauses.items[joined];
    if (first->time == NONE || first->kind != CLAUSE_VERB ||
        first->is_past != clause->is_past || first->is_perfect != clause->is_perfect ||
        !first->modal != !clause->modal)
        return NONE;
    const struct time_ref *t = &c->doc->times.items[first->time];
    uint32_t subject = clause_find(c, number, SLOT_SUBJECT, NULL);
    bool is_same = subject == NONE || c->drafts.items[subject].argument.is_shared;
    bool is_exact = t->granularity >= GRAIN_MINUTE && t->granularity <= GRAIN_DAY;
    bool is_shared = !t->is_deadline && !t->is_start && t->first != t->end &&
                     (t->end <= first->head || (is_same && is_exact));
    return is_shared ? first->time : NONE;
}

/* "In the war, they fought": what happens in an event has its time and its place. A
 * participle that goes with a verb has the verb's time. */
static void borrow_times(struct clauses *c)
{
    for (uint32_t i = 0; i < c->doc->clauses.count; i++) {
        struct clause *clause = &c->doc->clauses.items[i];
        for (uint32_t d = c->first_draft.items[i]; d != NONE;
             d = c->drafts.items[d].next) {
            const struct argument *a = &c->drafts.items[d].argument;
            if (a->slot == SLOT_PREPOSITION && a->clause != NONE && a->clause != i &&
                lexicon_word(&c->lexicon, a->preposition, "during mark", NULL))
                inherit(clause, &c->doc->clauses.items[a->clause]);
        }
    }
    for (uint32_t i = 0; i < c->doc->clauses.count; i++) {
        struct clause *clause = &c->doc->clauses.items[i];
        bool goes_along =
            clause->embedding == EMBED_ADVERBIAL ||
            (clause->embedding == EMBED_RELATIVE && clause->parent != NONE &&
             c->clause_of[clause_token(c, clause->head)->head] == clause->parent &&
             c->doc->clauses.items[clause->parent].kind == CLAUSE_VERB);
        if (clause->time == NONE && clause->parent != NONE && goes_along &&
            (!clause->is_finite || !clause->marker) && clause->kind == CLAUSE_VERB)
            clause->time = c->doc->clauses.items[clause->parent].time;
        if (clause->time == NONE)
            clause->time = shared_time(c, clause, i);
    }
}

/* "They were killed on Monday when troops shelled the base": one time for both. */
static void join_times(struct clauses *c)
{
    for (uint32_t i = 0; i < c->doc->clauses.count; i++) {
        struct clause *clause = &c->doc->clauses.items[i];
        if (clause->embedding != EMBED_TIME || clause->parent == NONE ||
            !clause->marker ||
            !lexicon_word(&c->lexicon, clause->marker, "joint mark", NULL))
            continue;
        struct clause *main = &c->doc->clauses.items[clause->parent];
        bool is_same = clause->is_past == main->is_past &&
                       clause->is_perfect == main->is_perfect;
        uint32_t time = clause->time == NONE ? main->time : clause->time;
        if (!is_same || time == NONE || c->doc->times.items[time].is_deadline)
            continue;
        clause->time = time;
        main->time = main->time == NONE ? time : main->time;
    }
}

void clause_setting(struct clauses *c)
{
    attach_times(c);
    lend_times(c);
    lend_noun_times(c);
    attach_places(c);
    hand_down(c);
    recall_times(c);
    clause_offsets(c);
    hand_up(c);
    join_times(c);
    borrow_times(c);
}
