/* clause_share.c: participants that a clause understands from another: conjunction,
 * relative clauses, control and raising, participles, light verbs. */
#include "stage/clause.h"

#include <stdlib.h>
#include <string.h>

#define MAX_CLIMB 64

static struct clause *get(struct clauses *c, uint32_t number)
{
    return &c->doc->clauses.items[number];
}

static bool has_surface_subject(const struct clauses *c, uint32_t number)
{
    const struct clause *clause = &c->doc->clauses.items[number];
    if (tree_child(&c->tree, clause->head, DEP_EXPL) != NONE) /* "there remains" */
        return true;
    if (!clause->is_passive)
        return clause_find(c, number, SLOT_SUBJECT, NULL) != NONE;
    return clause_find(c, number, SLOT_OBJECT, NULL) != NONE;
}

/* Where the surface subject of a clause is. */
static enum slot surface_slot(const struct clause *clause)
{
    return clause->is_passive ? SLOT_OBJECT : SLOT_SUBJECT;
}

static void copy_surface_subject(struct clauses *c, uint32_t from, uint32_t to)
{
    enum slot slot = surface_slot(get(c, from));
    if (get(c, from)->is_passive && clause_find(c, from, SLOT_INDIRECT, NULL) != NONE)
        slot = SLOT_INDIRECT;
    clause_copy(c, from, slot, to, surface_slot(get(c, to)));
}

static bool is_harm(const struct clauses *c, const struct clause *clause)
{
    return clause->kind == CLAUSE_VERB &&
           lexicon_word(&c->lexicon, clause->lemma, "harm verb", NULL);
}

/* "Two were killed and three hurt in clashes with rebels": the attack is that of both. */
static void share_attack(struct clauses *c, uint32_t number, uint32_t first)
{
    if (!is_harm(c, get(c, number)) || !is_harm(c, get(c, first)) ||
        !get(c, number)->is_passive || !get(c, first)->is_passive)
        return;
    uint32_t last = c->last_draft.items[number];
    for (uint32_t i = c->first_draft.items[number]; i != NONE;
         i = c->drafts.items[i].next) {
        struct argument a = c->drafts.items[i].argument;
        a.is_shared = true;
        bool is_late = a.slot == SLOT_PREPOSITION && a.head > get(c, number)->head;
        if (is_late && clause_find(c, first, SLOT_PREPOSITION, a.preposition) == NONE)
            clause_add(c, first, a);
        if (i == last)
            break;
    }
}

static void share_with_conjunct(struct clauses *c, uint32_t number)
{
    const struct token *t = clause_token(c, get(c, number)->head);
    if (t->deprel != DEP_CONJ || c->clause_of[t->head] == NONE ||
        get(c, number)->kind == CLAUSE_NOUN)
        return;
    if (!has_surface_subject(c, number))
        copy_surface_subject(c, c->clause_of[t->head], number);
    share_attack(c, number, c->clause_of[t->head]);
}

/* ---- relative clauses ---- */

/* The argument that a relative pronoun fills; NONE. A pronoun that the coreference stage
 * resolved to several parties is better than the one noun before it. */
static uint32_t relative_argument(const struct clauses *c, uint32_t number)
{
    for (uint32_t i = c->first_draft.items[number]; i != NONE;
         i = c->drafts.items[i].next)
        if (clause_token(c, c->drafts.items[i].argument.head)->feats.pron_type ==
            PRON_REL)
            return i;
    return NONE;
}

/* The noun that a relative clause is about; of one that hangs on a verb, the participant
 * before it. */
static uint32_t antecedent_of(struct clauses *c, const struct clause *clause)
{
    uint32_t head = clause_token(c, clause->head)->head;
    uint32_t verb = c->clause_of[head];
    if (verb == NONE || get(c, verb)->kind == CLAUSE_NOUN)
        return head;
    uint32_t nearest = head;
    for (uint32_t i = c->first_draft.items[verb]; i != NONE;
         i = c->drafts.items[i].next) {
        const struct argument *a = &c->drafts.items[i].argument;
        bool is_nearer = a->head < clause->head && (nearest == head || a->head > nearest);
        if (a->slot != SLOT_COMPLEMENT && is_nearer)
            nearest = a->head;
    }
    return nearest;
}

/* "an accord signed in May by both": the agent hangs on the noun where the tree errs. */
static void find_late_agent(struct clauses *c, uint32_t number)
{
    const struct clause *clause = get(c, number);
    if (!clause->is_passive || clause_find(c, number, SLOT_SUBJECT, NULL) != NONE)
        return;
    uint32_t noun = clause_token(c, clause->head)->head;
    for (uint32_t k = c->tree.first[noun]; k != NONE; k = c->tree.next[k]) {
        uint32_t mark = tree_child(&c->tree, k, DEP_CASE);
        if (k < clause->head || mark == NONE || c->mention_of[k] == NONE ||
            !lexicon_word(&c->lexicon, clause_token(c, mark)->norm, "agent mark", NULL))
            continue;
        clause_add(c, number,
                   (struct argument){
                       .slot = SLOT_SUBJECT, .head = k, .mention = NONE, .clause = NONE});
        return;
    }
}

static bool names_party(const struct clauses *c, uint32_t token)
{
    uint32_t mention = c->mention_of[token];
    return mention != NONE && c->doc->mentions.items[mention].actor_count > 0;
}

/* "drafted a bill to withdraw", "left for a base to surrender": what a thing is for, he
 * does who has it, as long as nothing else is done to it. */
static void share_with_use(struct clauses *c, uint32_t number, uint32_t noun)
{
    uint8_t deprel = clause_token(c, noun)->deprel;
    uint32_t verb = c->clause_of[clause_token(c, noun)->head];
    if ((deprel != DEP_OBJ && deprel != DEP_OBL) || verb == NONE || verb == number ||
        has_surface_subject(c, number) || get(c, verb)->kind != CLAUSE_VERB ||
        get(c, verb)->is_passive || tree_child(&c->tree, noun, DEP_NMOD_POSS) != NONE ||
        (deprel == DEP_OBJ &&
         !lexicon_word(&c->lexicon, get(c, verb)->lemma, "maker verb", NULL)))
        return;
    clause_copy(c, verb, SLOT_SUBJECT, number, surface_slot(get(c, number)));
}

/* The mention of a noun, or of what counts it: "dozens of workers, whom". */
static uint32_t whole_mention(const struct clauses *c, uint32_t noun)
{
    const struct token *t = clause_token(c, noun);
    bool is_counted = c->mention_of[noun] == NONE && t->deprel == DEP_NMOD &&
                      t->head < noun;
    return c->mention_of[is_counted ? t->head : noun];
}

static void share_with_relative(struct clauses *c, uint32_t number)
{
    struct clause *clause = get(c, number);
    const struct token *t = clause_token(c, clause->head);
    bool is_content = t->deprel == DEP_ACL && clause->embedding == EMBED_COMPLEMENT;
    if ((t->deprel != DEP_ACL_RELCL && t->deprel != DEP_ACL) || is_content)
        return;
    struct argument antecedent = {.slot = surface_slot(clause),
                                  .head = antecedent_of(c, clause),
                                  .mention = NONE,
                                  .clause = NONE,
                                  .is_shared = true};
    uint32_t pronoun = relative_argument(c, number);
    if (pronoun != NONE) {
        struct argument *a = &c->drafts.items[pronoun].argument;
        bool is_known = a->mention != NONE &&
                        c->doc->mentions.items[a->mention].actor_count > 0;
        a->clause = c->clause_of[t->head];
        if (is_known)
            return;
        a->head = t->head;
        a->mention = whole_mention(c, t->head);
        a->is_shared = true;
        return;
    }
    if (clause->is_infinitive && t->deprel == DEP_ACL) {
        if (!names_party(c, t->head))
            share_with_use(c, number, t->head);
        return;
    }
    if (has_surface_subject(c, number))
        antecedent.slot = SLOT_OBJECT;
    else if (t->deprel == DEP_ACL && !clause->is_passive && !names_party(c, t->head))
        share_with_use(c, number, t->head); /* "sent a letter urging them to go" */
    if (clause_find(c, number, antecedent.slot, NULL) == NONE)
        clause_add(c, number, antecedent);
    find_late_agent(c, number);
}

/* ---- control ---- */

/* The name by which embeddings.tsv calls the place of a complement in its parent. */
static const char *complement_name(const struct clauses *c, uint32_t number)
{
    const struct clause *clause = &c->doc->clauses.items[number];
    for (uint32_t i = c->first_draft.items[clause->parent]; i != NONE;
         i = c->drafts.items[i].next) {
        const struct argument *a = &c->drafts.items[i].argument;
        if (a->clause != number)
            continue;
        switch (a->slot) {
        case SLOT_OBJECT: return "obj";
        case SLOT_SUBJECT: return "subj";
        case SLOT_PREPOSITION: return a->preposition;
        case SLOT_COMPLEMENT: break;
        default: return NULL;
        }
    }
    if (clause->embedding != EMBED_COMPLEMENT)
        return NULL;
    const struct clause *parent = &c->doc->clauses.items[clause->parent];
    if (clause->marker && lexicon_embedding(&c->lexicon, parent->lemma,
                                            clause_pos(parent), clause->marker) != NONE)
        return clause->marker;
    if (clause->is_finite && !clause->is_infinitive)
        return "ccomp";
    /* "wants to go", "wants them to go" */
    bool has_object = clause_find(c, clause->parent, SLOT_OBJECT, NULL) != NONE;
    bool differs = has_object &&
                   lexicon_embedding(&c->lexicon, parent->lemma, clause_pos(parent),
                                     "obj+xcomp") != NONE;
    return differs ? "obj+xcomp" : "xcomp";
}

/* Prepositions that may hold the one who is asked: "called on Kim to stop". */
static void copy_controller_phrase(struct clauses *c, uint32_t from, uint32_t to,
                                   enum slot as)
{
    for (uint32_t i = c->first_draft.items[from]; i != NONE;
         i = c->drafts.items[i].next) {
        struct argument a = c->drafts.items[i].argument;
        if (a.slot != SLOT_PREPOSITION || a.mention == NONE ||
            !lexicon_word(&c->lexicon, a.preposition, "controller mark", NULL))
            continue;
        a.slot = as;
        a.is_shared = true;
        clause_add(c, to, a);
        return;
    }
}

static void copy_object_or_so(struct clauses *c, uint32_t from, uint32_t to, enum slot as)
{
    if (clause_find(c, from, SLOT_INDIRECT, NULL) != NONE)
        clause_copy(c, from, SLOT_INDIRECT, to, as);
    else if (clause_find(c, from, SLOT_OBJECT, NULL) != NONE)
        clause_copy(c, from, SLOT_OBJECT, to, as);
    else
        copy_controller_phrase(c, from, to, as);
}

/* The doer of a noun: its subject, possessor or the name before it. */
static void copy_doer_of_noun(struct clauses *c, uint32_t from, uint32_t to, enum slot as)
{
    static const enum slot slots[] = {SLOT_SUBJECT, SLOT_POSSESSOR, SLOT_MODIFIER};
    for (size_t i = 0; i < sizeof slots / sizeof *slots; i++)
        if (clause_find(c, from, slots[i], NULL) != NONE) {
            clause_copy(c, from, slots[i], to, as);
            return;
        }
    uint32_t by = clause_find(c, from, SLOT_PREPOSITION, "by");
    if (by != NONE) {
        struct argument a = c->drafts.items[by].argument;
        a.slot = as;
        a.is_shared = true;
        clause_add(c, to, a);
    }
}

static void share_control(struct clauses *c, uint32_t number)
{
    struct clause *clause = get(c, number);
    if (clause->parent == NONE || clause->embedding != EMBED_COMPLEMENT ||
        clause->kind == CLAUSE_NOUN || has_surface_subject(c, number))
        return;
    struct clause *parent = get(c, clause->parent);
    uint8_t deprel = clause_token(c, clause->head)->deprel;
    if (deprel == DEP_CSUBJ || deprel == DEP_CSUBJ_PASS)
        return; /* "Bombing Libya angered France": who did it is not said */
    const char *name = clause->complement;
    uint32_t row = name ? lexicon_embedding(&c->lexicon, parent->lemma,
                                            clause_pos(parent), name)
                        : NONE;
    const char *control = table_cell(c->lexicon.embeddings, row,
                                     c->lexicon.embedding_control);
    enum slot as = surface_slot(clause);
    if (parent->kind == CLAUSE_NOUN && *control == '\0' && row != NONE) {
        copy_controller_phrase(c, clause->parent, number, as); /* "a call on Kim to" */
    } else if (parent->kind == CLAUSE_NOUN) {
        copy_doer_of_noun(c, clause->parent, number, as);
        share_with_use(c, number, parent->head);
    } else if (strcmp(control, "subj") == 0) {
        clause_copy(c, clause->parent, SLOT_SUBJECT, number, as);
        if (clause_find(c, number, as, NULL) == NONE) /* "is expected to": raised */
            clause_copy(c, clause->parent, SLOT_OBJECT, number, as);
    } else {
        copy_object_or_so(c, clause->parent, number, as);
        if (clause_find(c, number, as, NULL) == NONE)
            clause_copy(c, clause->parent, SLOT_SUBJECT, number, as);
    }
}

/* "Citing rhetoric, he left"; "after meeting Kim". */
static void share_adverbial(struct clauses *c, uint32_t number)
{
    struct clause *clause = get(c, number);
    bool is_adverbial = clause->embedding >= EMBED_CONDITION &&
                        clause->embedding <= EMBED_ADVERBIAL;
    if (clause->parent == NONE || !is_adverbial || clause->kind == CLAUSE_NOUN ||
        (clause->is_finite && clause->marker) || has_surface_subject(c, number))
        return;
    if (get(c, clause->parent)->kind == CLAUSE_NOUN)
        copy_doer_of_noun(c, clause->parent, number, surface_slot(clause));
    else if (get(c, clause->parent)->is_passive && !clause->is_passive &&
             lexicon_word(&c->lexicon, clause->lemma, "harm verb", NULL))
        /* "was hit by a raid, killing ten" */
        clause_copy(c, clause->parent, SLOT_SUBJECT, number, SLOT_SUBJECT);
    else
        copy_surface_subject(c, clause->parent, number);
}

/* ---- event nouns ---- */

/* A phrase that tells who does it: "by Israel", "guarantees from Washington". */
static bool has_doer_phrase(const struct clauses *c, uint32_t number)
{
    for (uint32_t i = c->first_draft.items[number]; i != NONE;
         i = c->drafts.items[i].next) {
        const struct argument *a = &c->drafts.items[i].argument;
        if (a->slot == SLOT_PREPOSITION && a->mention != NONE &&
            lexicon_word(&c->lexicon, a->preposition, "doer mark", NULL))
            return true;
    }
    return false;
}

static bool has_own_doer(const struct clauses *c, uint32_t number)
{
    return clause_find(c, number, SLOT_SUBJECT, NULL) != NONE ||
           clause_find(c, number, SLOT_POSSESSOR, NULL) != NONE ||
           has_doer_phrase(c, number);
}

static void copy_phrases(struct clauses *c, uint32_t from, uint32_t to)
{
    uint32_t last = c->last_draft.items[from];
    for (uint32_t i = c->first_draft.items[from]; i != NONE;
         i = c->drafts.items[i].next) {
        struct argument a = c->drafts.items[i].argument;
        a.is_shared = true;
        if (a.slot == SLOT_PREPOSITION && a.head != get(c, to)->head)
            clause_add(c, to, a);
        if (i == last)
            break;
    }
}

/* "a Chadian army post": a thing whose words name a party. */
static bool is_owned(const struct clauses *c, uint32_t thing)
{
    for (uint32_t k = c->tree.first[thing]; k != NONE; k = c->tree.next[k]) {
        uint8_t deprel = clause_token(c, k)->deprel;
        bool is_owner = deprel == DEP_AMOD || deprel == DEP_COMPOUND ||
                        deprel == DEP_NMOD_POSS || deprel == DEP_NMOD;
        if (is_owner && names_party(c, k))
            return true;
    }
    return false;
}

/* "cancelled a visit to Spain": the phrases after the noun are its own, wherever the tree
 * hangs them. */
static void copy_late_phrases(struct clauses *c, uint32_t from, uint32_t to)
{
    uint32_t last = c->last_draft.items[from];
    for (uint32_t i = c->first_draft.items[from]; i != NONE;
         i = c->drafts.items[i].next) {
        struct argument a = c->drafts.items[i].argument;
        a.is_shared = true;
        if (a.slot == SLOT_PREPOSITION && a.head > get(c, to)->head &&
            (a.mention != NONE || is_owned(c, a.head)) &&
            lexicon_word(&c->lexicon, a.preposition, "free mark", NULL))
            clause_add(c, to, a);
        if (i == last)
            break;
    }
}

/* "Talks took place between them", "a strike happened": the noun is what the verb is
 * about. */
static bool is_happening(const struct clauses *c, const struct clause *verb,
                         const char *name)
{
    return strcmp(name, "subj") == 0 &&
           lexicon_embedding(&c->lexicon, verb->lemma, clause_pos(verb), "subj") != NONE;
}

static bool is_direct_noun(const struct clauses *c, const struct clause *noun)
{
    return clause_token(c, clause_shell(c, noun->head))->deprel != DEP_NMOD;
}

/* "called the summit a success": what the verb says of the noun, not the noun's own
 * deed. */
static bool has_predicative(const struct clauses *c, uint32_t verb)
{
    uint32_t i = clause_find(c, verb, SLOT_COMPLEMENT, NULL);
    return i != NONE &&
           clause_token(c, c->drafts.items[i].argument.head)->upos != UPOS_VERB;
}

/* "held talks with", "talks were held between", "suffered an attack by" */
static void share_light(struct clauses *c, uint32_t number, const char *role)
{
    struct clause *noun = get(c, number);
    noun->light = get(c, noun->parent)->head;
    enum slot as = strcmp(role, "obj") == 0 ? SLOT_OBJECT : SLOT_SUBJECT;
    if (as == SLOT_OBJECT || !has_own_doer(c, number))
        clause_copy(c, noun->parent, SLOT_SUBJECT, number, as);
    clause_copy(c, noun->parent, SLOT_INDIRECT, number, SLOT_INDIRECT);
    copy_phrases(c, noun->parent, number);
}

static uint32_t count_subjects(const struct clauses *c, uint32_t number)
{
    uint32_t count = 0;
    for (uint32_t i = c->first_draft.items[number]; i != NONE;
         i = c->drafts.items[i].next) {
        const struct argument *a = &c->drafts.items[i].argument;
        if (a->slot == SLOT_SUBJECT && a->mention != NONE)
            count += c->doc->mentions.items[a->mention].actor_count;
    }
    return count;
}

/* "a visit that will include talks with Peru": who makes the visit takes part. */
static void share_with_event(struct clauses *c, uint32_t number)
{
    const struct clause *noun = get(c, number);
    if (!lexicon_is_mutual(&c->lexicon, noun->lemma) ||
        clause_find(c, number, SLOT_PREPOSITION, "with") == NONE)
        return;
    uint32_t subject = clause_find(c, noun->parent, SLOT_SUBJECT, NULL);
    uint32_t event = subject == NONE ? NONE : c->drafts.items[subject].argument.clause;
    if (event != NONE && event != number && get(c, event)->kind == CLAUSE_NOUN)
        copy_doer_of_noun(c, event, number, SLOT_SUBJECT);
}

/* "signed it on a visit to Peru", "spoke before a trip": who does so makes the trip. */
static bool share_with_trip(struct clauses *c, uint32_t number)
{
    const struct clause *noun = get(c, number);
    const char *name = noun->complement ? noun->complement : "";
    if (!lexicon_is_trip(&c->lexicon, noun->lemma) ||
        !lexicon_word(&c->lexicon, name, "trip mark", NULL) || has_own_doer(c, number))
        return false;
    uint32_t above = noun->parent;
    for (int i = 0; i < MAX_CLIMB && above != NONE; i++) {
        if (get(c, above)->kind == CLAUSE_VERB)
            break;
        above = get(c, above)->parent;
    }
    if (above == NONE)
        return false;
    copy_surface_subject(c, above, number);
    return true;
}

/* "spoke after talks with Peru", "said talks with Peru had failed": who does what the
 * verb says is a party of what he does with somebody. */
static void share_with_occasion(struct clauses *c, uint32_t number)
{
    const struct clause *noun = get(c, number);
    const char *name = noun->complement ? noun->complement : "";
    if (strcmp(name, "obj") == 0)
        share_with_event(c, number);
    bool is_occasion = lexicon_word(&c->lexicon, name, "occasion mark", NULL);
    bool is_topic = strcmp(name, "subj") == 0;
    if (share_with_trip(c, number))
        return;
    if ((!is_occasion && !is_topic) || !lexicon_is_mutual(&c->lexicon, noun->lemma) ||
        clause_find(c, number, SLOT_PREPOSITION, "between") != NONE)
        return;
    uint32_t above = noun->parent;
    for (int i = 0; i < MAX_CLIMB && above != NONE; i++) {
        bool is_own = is_topic && above == noun->parent;
        if (get(c, above)->kind == CLAUSE_VERB && !is_own)
            break;
        if (is_own && get(c, above)->embedding != EMBED_COMPLEMENT)
            return;
        above = get(c, above)->parent;
    }
    if (above == NONE)
        return;
    bool is_met = clause_find(c, number, SLOT_PREPOSITION, "with") != NONE;
    if (is_met || (is_occasion && count_subjects(c, above) > 1))
        copy_surface_subject(c, above, number);
}

/* "blamed the attack on Chad": the phrase of what embeds the noun that names its doer. */
static bool share_with_phrase(struct clauses *c, uint32_t number, const char *preposition)
{
    uint32_t i = clause_find(c, get(c, number)->parent, SLOT_PREPOSITION, preposition);
    if (i == NONE)
        return false;
    struct argument a = c->drafts.items[i].argument;
    a.slot = SLOT_SUBJECT;
    a.is_shared = true;
    if (!has_own_doer(c, number))
        clause_add(c, number, a);
    return true;
}

/* "opened a base after the attack": what comes before or after is no object. */
static bool is_apart(const struct clauses *c, const char *mark)
{
    return lexicon_word(&c->lexicon, mark, "known mark", NULL) ||
           lexicon_word(&c->lexicon, mark, "ahead mark", NULL) ||
           lexicon_word(&c->lexicon, mark, "offset mark", NULL);
}

/* "plans an attack on": the noun's doer is understood from what embeds it. */
static void share_with_noun(struct clauses *c, uint32_t number)
{
    struct clause *noun = get(c, number);
    if (noun->kind != CLAUSE_NOUN || noun->parent == NONE ||
        noun->embedding != EMBED_COMPLEMENT || !noun->complement)
        return;
    const struct clause *verb = get(c, noun->parent);
    const char *name = noun->complement;
    if (verb->kind == CLAUSE_VERB && clause_find(c, number, SLOT_OBJECT, NULL) != NONE &&
        !has_own_doer(c, number)) { /* "after meeting Kim", tagged a noun */
        copy_surface_subject(c, noun->parent, number);
        return;
    }
    const char *role;
    bool is_verb = verb->kind == CLAUSE_VERB && is_direct_noun(c, noun);
    if (is_verb && is_happening(c, verb, name)) {
        noun->light = verb->head;
        copy_phrases(c, noun->parent, number);
        if (!has_own_doer(c, number))
            share_with_occasion(c, number);
        return;
    }
    uint32_t row = lexicon_embedding(&c->lexicon, verb->lemma, clause_pos(verb), name);
    bool is_asked = row != NONE && strcmp(name, "obj") != 0; /* "call for talks" */
    /* "imposed a ban over the arrest": the ban is what the verb is light for */
    bool is_aim = lexicon_word(&c->lexicon, name, "goal mark", NULL) &&
                  !lexicon_word(&c->lexicon, name, "topic mark", NULL);
    bool is_beside = strcmp(name, "obj") != 0 && !is_aim &&
                     clause_find(c, noun->parent, SLOT_OBJECT, NULL) != NONE;
    if (is_verb && strcmp(name, "subj") != 0 && !is_asked && !is_beside &&
        !has_predicative(c, noun->parent) && !is_apart(c, name) &&
        lexicon_is_light(&c->lexicon, verb->lemma, &role)) {
        share_light(c, number, role);
        return;
    }
    const char *control = table_cell(c->lexicon.embeddings, row,
                                     c->lexicon.embedding_control);
    const char *effect = table_cell(c->lexicon.embeddings, row,
                                    c->lexicon.embedding_effect);
    if (verb->kind == CLAUSE_NOUN && strcmp(effect, "same") == 0)
        copy_phrases(c, number, noun->parent); /* "the resumption of talks with" */
    if (*control && share_with_phrase(c, number, control))
        return;
    bool is_of_noun = row != NONE || !lexicon_is_predicate(&c->lexicon, verb->lemma, 'v');
    if (is_of_noun && is_verb && strcmp(name, "obj") == 0)
        copy_late_phrases(c, noun->parent, number);
    if (has_own_doer(c, number))
        return;
    if (row == NONE)
        share_with_occasion(c, number);
    else if (strcmp(control, "subj") == 0 && verb->kind == CLAUSE_NOUN)
        copy_doer_of_noun(c, noun->parent, number, SLOT_SUBJECT);
    else if (strcmp(control, "subj") == 0)
        clause_copy(c, noun->parent, surface_slot(verb), number, SLOT_SUBJECT);
    else if (strcmp(control, "obj") == 0)
        copy_object_or_so(c, noun->parent, number, SLOT_SUBJECT);
}

/* ---- order ---- */

struct by_depth {
    uint32_t clause, depth;
};

static int compare_depth(const void *a, const void *b)
{
    const struct by_depth *x = a, *y = b;
    if (x->depth != y->depth)
        return x->depth < y->depth ? -1 : 1;
    return (x->clause > y->clause) - (x->clause < y->clause);
}

static uint32_t depth_of(const struct clauses *c, uint32_t token)
{
    uint32_t depth = 0;
    for (; depth < MAX_CLIMB; depth++) {
        uint32_t head = clause_token(c, token)->head;
        if (head == token || head >= c->doc->tokens.count)
            break;
        token = head;
    }
    return depth;
}

/* From the top of each tree down, so that what is handed on is there. */
void clause_share(struct clauses *c)
{
    uint32_t count = c->doc->clauses.count;
    struct by_depth *order = arena_take(&c->doc->arena, count, sizeof *order);
    if (!order) {
        c->failed = true;
        return;
    }
    for (uint32_t i = 0; i < count; i++)
        order[i] = (struct by_depth){i, depth_of(c, get(c, i)->head)};
    qsort(order, count, sizeof *order, compare_depth);
    for (uint32_t i = 0; i < count && !c->failed; i++) {
        if (get(c, order[i].clause)->parent != NONE)
            get(c, order[i].clause)->complement = complement_name(c, order[i].clause);
        share_with_conjunct(c, order[i].clause);
        share_with_relative(c, order[i].clause);
        share_control(c, order[i].clause);
        share_adverbial(c, order[i].clause);
        share_with_noun(c, order[i].clause);
    }
}
