/* coref_rank.c: how likely an entry of the scene is what a pronoun means: the sum of the
 * weights of antecedents.tsv for what is true of the two (a log-linear ranker). */
#include "stage/coref_work.h"

#ifdef COREF_TRACE
#include <stdio.h>
#endif
#include <stdlib.h>
#include <string.h>

#define MAX_CLIMB 12
#define MAX_NAMED 5

/* In the order of enum trait. */
static const char *const trait_names[TRAIT_COUNT] = {
    [TRAIT_SENTENCE_0] = "same sentence",
    [TRAIT_SENTENCE_1] = "sentence before",
    [TRAIT_SENTENCE_2] = "two sentences before",
    [TRAIT_SENTENCE_3] = "three sentences before",
    [TRAIT_NEAREST] = "nearest",
    [TRAIT_SECOND] = "second nearest",
    [TRAIT_SUBJECT] = "subject",
    [TRAIT_OBJECT] = "object",
    [TRAIT_OBLIQUE] = "oblique",
    [TRAIT_OWNER] = "owner",
    [TRAIT_MODIFIER] = "modifier",
    [TRAIT_ROOT] = "root",
    [TRAIT_MAIN_CLAUSE] = "in the main clause",
    [TRAIT_SAME_ROLE] = "same role",
    [TRAIT_BOTH_SUBJECTS] = "both subjects",
    [TRAIT_SUBJECT_ABOVE] = "subject of a clause above",
    [TRAIT_SAYER] = "subject of the verb of saying above",
    [TRAIT_OWN_SUBJECT] = "owner and subject of its clause",
    [TRAIT_PRONOUN] = "itself a pronoun",
    [TRAIT_NAMED] = "times named",
    [TRAIT_MOST_NAMED] = "named most",
    [TRAIT_NO_PARTY] = "no party",
    [TRAIT_OWNING_NO_PARTY] = "owner and no party",
    [TRAIT_STATE] = "state",
    [TRAIT_ORGANISATION] = "organisation",
    [TRAIT_GROUP] = "group",
    [TRAIT_GENERIC] = "known by a noun alone",
    [TRAIT_NO_GENDER] = "gender not known",
    [TRAIT_ONE_OF_MANY] = "one for many",
    [TRAIT_JOINED] = "joined",
    [TRAIT_QUOTED_APART] = "one in quotes",
    [TRAIT_NOBODY] = "nobody",
};

void rank_open(struct coref *coref, const struct pack *pack)
{
    static const char *const columns[] = {"person", "thing", "several"};
    const struct table *table = pack_table(pack, "antecedents");
    for (unsigned t = 0; t < TRAIT_COUNT; t++) {
        uint32_t row = table ? table_row(table, trait_names[t]) : NONE;
        for (unsigned k = 0; k < 3; k++)
            coref->weights[t][k] = (int)strtol(who_cell(table, row, columns[k]), NULL,
                                               10);
    }
}

/* "A said it would": the subject of the verb of saying above the pronoun's clause. */
static uint32_t sayer_of(const struct coref *coref, uint32_t pronoun)
{
    const struct doc *doc = coref->doc;
    uint32_t verb = governor_of(doc, pronoun), above = token_at(doc, verb)->head;
    const char *lemma = token_at(doc, above)->lemma;
    if (!is_subject(role_of(doc, pronoun)) || token_at(doc, verb)->deprel != DEP_CCOMP ||
        !lemma || !who_word(&coref->who, lemma, "verb_of_saying", NULL))
        return NONE;
    return subject_of(doc, above);
}

/* "A left before he": whether the word is the subject of a clause that holds the
 * pronoun's. */
static bool is_subject_above(const struct doc *doc, uint32_t token, uint32_t pronoun)
{
    if (!is_subject(role_of(doc, token)))
        return false;
    uint32_t governor = governor_of(doc, token), at = governor_of(doc, pronoun);
    for (int climb = 0; climb < MAX_CLIMB && token_at(doc, at)->head != at; climb++) {
        at = token_at(doc, at)->head;
        if (at == governor)
            return true;
    }
    return false;
}

struct asked rank_ask(const struct coref *coref, uint32_t pronoun, enum want want)
{
    const struct doc *doc = coref->doc;
    struct asked asked = {.pronoun = pronoun,
                          .want = want,
                          .role = role_of(doc, pronoun),
                          .doer = doer_of(doc, pronoun),
                          .sayer = sayer_of(coref, pronoun)};
    uint32_t most = 0;
    asked.most_named = NONE;
    for (uint32_t i = 0; i < coref->actor_room && i < MAX_RANKED; i++) {
        uint32_t named = coref->times_named[i];
        if (named >= most)
            asked.most_named = named > most ? i : NONE;
        most = named > most ? named : most;
    }
    return asked;
}

/* The kind of pronoun, which is the column of the table. */
static unsigned kind_of(enum want want)
{
    return want == WANT_THING ? 1 : want == WANT_MANY ? 2 : 0;
}

int rank_nobody(const struct coref *coref, const struct asked *asked)
{
    return coref->weights[TRAIT_NOBODY][kind_of(asked->want)];
}

static enum trait role_trait(enum deprel deprel)
{
    switch (deprel) {
    case DEP_NSUBJ:
    case DEP_NSUBJ_PASS:
    case DEP_NSUBJ_OUTER: return TRAIT_SUBJECT;
    case DEP_OBJ:
    case DEP_IOBJ: return TRAIT_OBJECT;
    case DEP_OBL:
    case DEP_OBL_AGENT:
    case DEP_NMOD: return TRAIT_OBLIQUE;
    case DEP_NMOD_POSS: return TRAIT_OWNER;
    case DEP_COMPOUND:
    case DEP_AMOD:
    case DEP_NMOD_DESC: return TRAIT_MODIFIER;
    case DEP_ROOT:
    case DEP_PARATAXIS:
    case DEP_VOCATIVE: return TRAIT_ROOT;
    default: return TRAIT_COUNT;
    }
}

static void read_place(const struct coref *coref, const struct entry *entry,
                       const struct asked *asked, int traits[TRAIT_COUNT])
{
    const struct doc *doc = coref->doc;
    uint32_t distance = coref->sentence - entry->sentence;
    enum deprel role = role_of(doc, entry->token);
    enum trait trait = role_trait(role);
    traits[TRAIT_SENTENCE_0 + (distance < 3 ? distance : 3)] = 1;
    traits[TRAIT_NEAREST] = asked->looked == 0;
    traits[TRAIT_SECOND] = asked->looked == 1;
    if (trait != TRAIT_COUNT)
        traits[trait] = 1;
    uint32_t governor = governor_of(doc, entry->token);
    traits[TRAIT_MAIN_CLAUSE] = token_at(doc, governor)->head == governor;
    traits[TRAIT_SAME_ROLE] = role == asked->role;
    traits[TRAIT_BOTH_SUBJECTS] = is_subject(role) && is_subject(asked->role);
    traits[TRAIT_SUBJECT_ABOVE] = distance == 0 &&
                                  is_subject_above(doc, entry->token, asked->pronoun);
    traits[TRAIT_SAYER] = entry->token == asked->sayer;
    traits[TRAIT_OWN_SUBJECT] = asked->role == DEP_NMOD_POSS &&
                                entry->token == asked->doer;
    traits[TRAIT_QUOTED_APART] = (coref->quote_of[entry->token] == NONE) !=
                                 (coref->quote_of[asked->pronoun] == NONE);
}

static void read_party(const struct coref *coref, const struct entry *entry,
                       const struct asked *asked, int traits[TRAIT_COUNT])
{
    traits[TRAIT_PRONOUN] = entry->is_pronoun;
    traits[TRAIT_JOINED] = entry->is_joined;
    if (!entry->set.count) {
        traits[TRAIT_NO_PARTY] = 1;
        traits[TRAIT_OWNING_NO_PARTY] = asked->role == DEP_NMOD_POSS;
        return;
    }
    uint32_t first = entry->set.actors[0];
    const struct actor *actor = &coref->doc->actors.items[first];
    bool is_one = entry->set.count == 1;
    if (is_one && first < coref->actor_room) {
        uint32_t named = coref->times_named[first];
        traits[TRAIT_NAMED] = (int)(named > MAX_NAMED ? MAX_NAMED : named);
        traits[TRAIT_MOST_NAMED] = first == asked->most_named;
    }
    traits[TRAIT_STATE] = actor->kind == ACTOR_STATE;
    traits[TRAIT_ORGANISATION] = actor->kind == ACTOR_ORGANISATION;
    traits[TRAIT_GROUP] = actor->kind == ACTOR_GROUP;
    traits[TRAIT_GENERIC] = is_one && actor->is_generic;
    traits[TRAIT_NO_GENDER] = actor->kind == ACTOR_PERSON && !actor->gender;
    traits[TRAIT_ONE_OF_MANY] = is_one && entry->number != NUMBER_PLUR;
}

#ifdef COREF_TRACE
/* For whoever fits the weights (train/antecedents.py): pronoun and entry by their first
 * bytes, the pronoun's column, the traits and the entry's actors. */
static void trace(const struct coref *coref, const struct entry *entry,
                  const struct asked *asked, const int traits[TRAIT_COUNT])
{
    const struct doc *doc = coref->doc;
    fprintf(stderr, "trace\t%u\t%u\t%u\t", token_at(doc, asked->pronoun)->span.start,
            token_at(doc, entry->token)->span.start, kind_of(asked->want));
    for (unsigned t = 0; t < TRAIT_COUNT; t++)
        fprintf(stderr, "%d ", traits[t]);
    fputs("\t", stderr);
    for (uint32_t i = 0; i < entry->set.count; i++)
        fprintf(stderr, "%s ", actor_of(coref, entry->set.actors[i])->id);
    fputs("\n", stderr);
}
#endif

int rank_points(const struct coref *coref, const struct entry *entry,
                const struct asked *asked)
{
    int traits[TRAIT_COUNT] = {0}, points = 0;
    read_place(coref, entry, asked, traits);
    read_party(coref, entry, asked, traits);
#ifdef COREF_TRACE
    trace(coref, entry, asked, traits);
#endif
    for (unsigned t = 0; t < TRAIT_COUNT; t++)
        points += traits[t] * coref->weights[t][kind_of(asked->want)];
    return points;
}
