/* status.c: did it happen, is it planned, demanded, possible, denied?
 *
 * A clause's status is the first (see enum status) of three voices: its own grammar
 * (modals, negation, tense, time), the effect of the predicate that embeds it
 * (embeddings.tsv), and the status of that predicate itself. */
#include "data/lexicon.h"
#include "doc/tree.h"
#include "stage/stages.h"

#include <stdio.h>
#include <string.h>

#define MAX_PASSES 64
#define LONG_AGO_DAYS                                                                    \
    300 /* what ended earlier than this before the report is background */

struct reading {
    struct lexicon lexicon;
    struct doc *doc;
    struct tree tree;
};

static enum status first_of(enum status a, enum status b)
{
    if (!a || !b)
        return a ? a : b;
    return a < b ? a : b;
}

static uint32_t embedding_row(const struct reading *r, const struct clause *clause)
{
    if (clause->parent == NONE || !clause->complement)
        return NONE;
    const struct clause *parent = &r->doc->clauses.items[clause->parent];
    uint32_t row = lexicon_embedding(&r->lexicon, parent->lemma, clause_pos(parent),
                                     clause->complement);
    bool is_noun_like = strcmp(clause->complement, "ccomp") == 0 ||
                        (strcmp(clause->complement, "xcomp") == 0 &&
                         !clause->is_infinitive);
    if (row == NONE && is_noun_like) /* "ruled out that", "discounted leaving" */
        row = lexicon_embedding(&r->lexicon, parent->lemma, clause_pos(parent), "obj");
    uint32_t state = tree_child(&r->tree, parent->head, DEP_XCOMP);
    bool is_told_of = strcmp(clause->complement, "subj") == 0 ||
                      strcmp(clause->complement, "obj") == 0;
    bool happens = state != NONE && r->doc->tokens.items[state].upos == UPOS_VERB &&
                   lexicon_embedding(&r->lexicon, token_lemma(r->doc, state), 'v',
                                     "subj") != NONE;
    if (happens && strcmp(clause->complement, "subj") == 0) /* "failed to take place" */
        return lexicon_embedding(&r->lexicon, parent->lemma, clause_pos(parent), "xcomp");
    if (row != NONE || state == NONE || !is_told_of)
        return row;
    /* "war seems inevitable", "called the claim a lie" */
    bool is_noun = r->doc->tokens.items[state].upos == UPOS_NOUN;
    return lexicon_embedding(&r->lexicon, token_lemma(r->doc, state), is_noun ? 'n' : 'a',
                             "subj");
}

/* The actor that a slot of the clause names; NONE when it is none or several. */
static uint32_t actor_in(const struct reading *r, const struct clause *clause,
                         enum slot slot)
{
    for (uint32_t i = 0; i < clause->argument_count; i++) {
        const struct argument *a = &r->doc->arguments.items[clause->arguments + i];
        if (a->slot != slot || a->mention == NONE)
            continue;
        const struct mention *m = &r->doc->mentions.items[a->mention];
        return m->actor_count == 1 ? r->doc->mention_actors.items[m->actors] : NONE;
    }
    return NONE;
}

/* "He said he will sign": his own will is a plan. */
static bool is_own_plan(const struct reading *r, const struct clause *clause,
                        uint32_t row)
{
    if (row == NONE ||
        *table_cell(r->lexicon.embeddings, row, r->lexicon.embedding_voice) == '\0')
        return false;
    const struct clause *parent = &r->doc->clauses.items[clause->parent];
    uint32_t speaker = actor_in(r, parent, SLOT_SUBJECT);
    return speaker != NONE && speaker == actor_in(r, clause, SLOT_SUBJECT);
}

/* What is told in the past tense is over, whatever day the words seem to name. */
static bool is_told_as_past(const struct reading *r, const struct clause *clause)
{
    const struct clause *verb = clause;
    if (clause->kind == CLAUSE_NOUN && clause->light != NONE && clause->parent != NONE)
        verb = &r->doc->clauses.items[clause->parent];
    bool is_past = verb->is_past || verb->is_perfect;
    return is_past && verb->is_finite && !verb->modal && !verb->is_infinitive;
}

/* Whether the nearest finite clause above tells the past. */
static bool is_in_past(const struct reading *r, const struct clause *clause)
{
    for (int i = 0; i < MAX_PASSES && clause->parent != NONE; i++) {
        clause = &r->doc->clauses.items[clause->parent];
        if (clause->is_finite && clause->kind == CLAUSE_VERB)
            return is_told_as_past(r, clause);
    }
    return false;
}

/* "They fired to disperse them on Tuesday": the day is that of the firing. */
static bool is_past_purpose(const struct reading *r, const struct clause *clause)
{
    return clause->is_infinitive && clause->kind == CLAUSE_VERB &&
           embedding_row(r, clause) == NONE && is_in_past(r, clause);
}

static bool is_future(const struct reading *r, const struct clause *clause)
{
    if (clause->time == NONE || r->doc->report.day == DAY_NONE ||
        is_told_as_past(r, clause) || is_past_purpose(r, clause))
        return false;
    const struct time_ref *t = &r->doc->times.items[clause->time];
    return t->start != DAY_NONE && t->start > r->doc->report.day && !t->is_deadline;
}

static bool has_fixed_day(const struct reading *r, const struct clause *clause)
{
    if (clause->time == NONE)
        return false;
    const struct time_ref *t = &r->doc->times.items[clause->time];
    return !t->is_deadline && t->start != DAY_NONE && t->granularity >= GRAIN_MINUTE &&
           t->granularity <= GRAIN_DAY &&
           (r->doc->report.day == DAY_NONE || t->start >= r->doc->report.day);
}

/* Adverbs and adjectives beside the predicate: a status, or how far it came. */
static enum status word_status(const struct reading *r, struct clause *clause)
{
    enum status status = STATUS_NONE;
    for (uint32_t k = r->tree.first[clause->head]; k != NONE; k = r->tree.next[k]) {
        const struct token *t = &r->doc->tokens.items[k];
        const char *value;
        if (t->deprel != DEP_ADVMOD && t->deprel != DEP_AMOD)
            continue;
        if (lexicon_word(&r->lexicon, t->norm, "habit word", NULL))
            clause->is_habitual = true;
        char pair[64]; /* "no_longer" */
        snprintf(pair, sizeof pair, "%s_%s", k ? r->doc->tokens.items[k - 1].norm : "",
                 t->norm);
        if (!lexicon_word(&r->lexicon, pair, "hedge", &value) &&
            !lexicon_word(&r->lexicon, t->norm, "hedge", &value))
            continue;
        if (strcmp(value, "failed") == 0)
            clause->completion = COMPLETION_FAILED;
        else if (strcmp(value, "attempted") == 0)
            clause->completion = COMPLETION_ATTEMPTED;
        else if (status_read(value)) {
            status = first_of(status, status_read(value));
            clause->why = t->norm;
        }
    }
    return status;
}

/* "He was to have visited": it came to nothing. */
static bool was_to_be(const struct reading *r, const struct clause *clause)
{
    uint32_t be = tree_child_of(&r->tree, clause->head, DEP_COP, DEP_AUX);
    return clause->is_infinitive && clause->is_perfect && be != NONE &&
           r->doc->tokens.items[be].feats.tense == TENSE_PAST;
}

static enum status modal_status(const struct reading *r, const struct clause *clause,
                                uint32_t row)
{
    const char *value = "";
    if (!clause->modal || !lexicon_word(&r->lexicon, clause->modal, "modal", &value))
        return STATUS_NONE;
    enum status status = status_read(value);
    /* "said it would sign": the future seen from the past */
    bool is_reported = row != NONE && clause->complement && clause->is_finite;
    if (status == STATUS_CONDITIONAL && is_reported)
        status = STATUS_EXPECTED;
    if (status == STATUS_EXPECTED && is_own_plan(r, clause, row))
        status = STATUS_INTENDED;
    return status;
}

static bool has_condition(const struct reading *r, uint32_t number)
{
    uint32_t head = r->doc->clauses.items[number].head;
    for (uint32_t k = r->tree.first[head]; k != NONE; k = r->tree.next[k]) {
        const char *value;
        if (r->doc->tokens.items[k].deprel != DEP_ADVCL)
            continue;
        uint32_t mark = tree_child(&r->tree, k, DEP_MARK);
        if (mark != NONE &&
            lexicon_word(&r->lexicon, r->doc->tokens.items[mark].norm, "clause mark",
                         &value) &&
            strcmp(value, "condition") == 0)
            return true;
    }
    return false;
}

/* "Threatened to leave if attacked": the threat was made, the leaving hangs on it. */
static bool words_have_condition(const struct reading *r, uint32_t number)
{
    const struct clause *clause = &r->doc->clauses.items[number];
    const struct lexicon *l = &r->lexicon;
    if (clause->kind != CLAUSE_VERB || clause->is_negated || !is_told_as_past(r, clause))
        return false;
    uint32_t row = lexicon_embedding(l, clause->lemma, 'v', "xcomp");
    if (tree_child(&r->tree, clause->head, DEP_CCOMP) != NONE)
        row = lexicon_embedding(l, clause->lemma, 'v', "ccomp");
    return row != NONE && *table_cell(l->embeddings, row, l->embedding_voice) &&
           has_condition(r, number);
}

static bool hangs_on_condition(const struct reading *r, uint32_t number)
{
    const struct clause *clause = &r->doc->clauses.items[number];
    if (clause->embedding == EMBED_COMPLEMENT && clause->parent != NONE &&
        words_have_condition(r, clause->parent))
        return true;
    return has_condition(r, number) && !words_have_condition(r, number);
}

/* "Those who left would lose": seen from the past, the leaving lies ahead too. */
static bool is_subject_of_conditional(const struct reading *r, uint32_t noun)
{
    const struct token *t = &r->doc->tokens.items[noun];
    uint32_t aux = tree_child(&r->tree, t->head, DEP_AUX);
    const char *value = "";
    return (t->deprel == DEP_NSUBJ || t->deprel == DEP_NSUBJ_PASS) && aux != NONE &&
           lexicon_word(&r->lexicon, r->doc->tokens.items[aux].norm, "modal", &value) &&
           strcmp(value, "conditional") == 0;
}

/* "Citizens who give money to rebels": what a kind of people does. */
static bool tells_a_kind(const struct reading *r, const struct clause *clause)
{
    const struct token *verb = &r->doc->tokens.items[clause->head];
    uint32_t head = clause->head;
    if (verb->deprel == DEP_CONJ) { /* "who attack convoys and raid homes" */
        head = verb->head;
        verb = &r->doc->tokens.items[head];
    }
    uint32_t who = tree_child(&r->tree, head, DEP_NSUBJ);
    if (verb->deprel != DEP_ACL_RELCL || clause->kind != CLAUSE_VERB ||
        !clause->is_finite || clause->is_perfect ||
        (clause->is_past && !is_subject_of_conditional(r, verb->head)) ||
        clause->is_progressive || clause->is_passive || clause->modal || who == NONE ||
        r->doc->tokens.items[who].feats.pron_type != PRON_REL)
        return false;
    const struct token *noun = &r->doc->tokens.items[verb->head];
    return noun->upos == UPOS_NOUN && noun->feats.number == NUMBER_PLUR &&
           tree_child_of(&r->tree, verb->head, DEP_DET, DEP_NUMMOD) == NONE &&
           tree_child(&r->tree, verb->head, DEP_NMOD_POSS) == NONE;
}

/* "demanded a truce before letting them in" */
static bool is_price_asked(const struct reading *r, const struct clause *clause)
{
    if (clause->parent == NONE || clause->is_finite || !clause->marker ||
        !lexicon_word(&r->lexicon, clause->marker, "ahead mark", NULL))
        return false;
    const struct clause *parent = &r->doc->clauses.items[clause->parent];
    uint32_t row = lexicon_embedding(&r->lexicon, parent->lemma, clause_pos(parent),
                                     "obj");
    return status_read(table_cell(r->lexicon.embeddings, row,
                                  r->lexicon.embedding_effect)) == STATUS_DEMANDED;
}

/* "Chad attacked Niger, Peru fears": what the words beside it say of it. */
static enum status beside_status(const struct reading *r, const struct clause *clause)
{
    enum status status = STATUS_NONE;
    for (uint32_t k = r->tree.first[clause->head]; k != NONE; k = r->tree.next[k]) {
        const struct token *t = &r->doc->tokens.items[k];
        uint32_t row = t->deprel == DEP_PARATAXIS && t->upos == UPOS_VERB &&
                               tree_child_of(&r->tree, k, DEP_CCOMP, DEP_OBJ) == NONE
                           ? lexicon_embedding(&r->lexicon, token_lemma(r->doc, k), 'v',
                                               "ccomp")
                           : NONE;
        if (row != NONE &&
            *table_cell(r->lexicon.embeddings, row, r->lexicon.embedding_voice))
            status = first_of(status,
                              status_read(table_cell(r->lexicon.embeddings, row,
                                                     r->lexicon.embedding_effect)));
    }
    return status == STATUS_ACTUAL ? STATUS_NONE : status;
}

/* A status that something in the clause asks for, beside those found so far. */
static void add_status(struct clause *clause, enum status *status, enum status next,
                       const char *why)
{
    *status = first_of(*status, next);
    clause->why = why;
}

/* What "to", "without", "if", "when" before it say of the clause. */
static enum status marker_status(const struct reading *r, uint32_t number, uint32_t row)
{
    struct clause *clause = &r->doc->clauses.items[number];
    enum status status = STATUS_NONE;
    const char *value = "", *marker = clause->marker;
    bool is_gerund = clause->kind == CLAUSE_VERB && !clause->is_finite &&
                     !clause->is_infinitive && !clause->is_passive && row == NONE;
    if (is_gerund && !marker && clause->complement &&
        r->doc->tokens.items[clause->head].deprel == DEP_XCOMP)
        add_status(clause, &status, STATUS_POSSIBLE, "gerund"); /* "floated sending" */
    if (is_gerund && marker && lexicon_word(&r->lexicon, marker, "gerund mark", &value))
        add_status(clause, &status, status_read(value), marker); /* "averse to going" */
    if (is_price_asked(r, clause))
        add_status(clause, &status, STATUS_CONDITIONAL, marker);
    value = "";
    if (marker)
        lexicon_word(&r->lexicon, marker, "clause mark", &value);
    if (strcmp(value, "negation") == 0) /* "without meeting him" */
        add_status(clause, &status, STATUS_NEGATED, marker);
    bool is_condition = strcmp(value, "condition") == 0;
    if (strcmp(value, "question") == 0 ||
        (is_condition && clause->embedding == EMBED_COMPLEMENT))
        add_status(clause, &status, STATUS_POSSIBLE, marker);
    if (clause->embedding == EMBED_CONDITION ||
        (is_condition && clause->parent == NONE) || hangs_on_condition(r, number))
        add_status(clause, &status, STATUS_CONDITIONAL, "condition");
    bool is_present = clause->is_finite && !clause->is_past && !clause->is_perfect &&
                      !clause->is_progressive;
    if (is_present && marker && clause->kind == CLAUSE_VERB &&
        lexicon_word(&r->lexicon, marker, "open mark", NULL))
        add_status(clause, &status, STATUS_EXPECTED, marker);
    return status;
}

/* What the clause's own words say, whatever embeds it. */
static enum status own_status(const struct reading *r, uint32_t number, uint32_t row)
{
    struct clause *clause = &r->doc->clauses.items[number];
    enum status status = word_status(r, clause);
    enum status modal = modal_status(r, clause, row);
    if (modal)
        add_status(clause, &status, modal, clause->modal);
    if (was_to_be(r, clause))
        add_status(clause, &status, STATUS_CANCELLED, "was to have");
    if (clause->is_question)
        add_status(clause, &status, STATUS_POSSIBLE, "question");
    if (clause->is_negated)
        add_status(clause, &status, STATUS_NEGATED, "negation");
    clause->is_habitual = clause->is_habitual || tells_a_kind(r, clause);
    status = first_of(status, marker_status(r, number, row));
    status = first_of(status, beside_status(r, clause));
    if (clause->is_infinitive && clause->embedding != EMBED_COMPLEMENT &&
        clause->kind == CLAUSE_VERB) {
        bool is_purpose = clause->embedding == EMBED_PURPOSE ||
                          clause->embedding == EMBED_RELATIVE;
        add_status(clause, &status, is_purpose ? STATUS_INTENDED : STATUS_EXPECTED,
                   "infinitive");
    }
    if (is_future(r, clause))
        add_status(clause, &status,
                   has_fixed_day(r, clause) ? STATUS_SCHEDULED : STATUS_EXPECTED,
                   clause->why ? clause->why : "its day lies ahead");
    return status ? status : STATUS_ACTUAL;
}

/* An adjective beside the noun that tells its status. */
static bool has_hedge(const struct reading *r, const struct clause *clause)
{
    for (uint32_t k = r->tree.first[clause->head]; k != NONE; k = r->tree.next[k]) {
        const struct token *t = &r->doc->tokens.items[k];
        const char *value;
        if (t->deprel == DEP_AMOD &&
            lexicon_word(&r->lexicon, t->norm, "hedge", &value) && status_read(value))
            return true;
    }
    return false;
}

static bool is_definite(const struct reading *r, const struct clause *clause)
{
    uint32_t det = tree_child_of(&r->tree, clause->head, DEP_DET, DEP_NMOD_POSS);
    return det != NONE && (r->doc->tokens.items[det].deprel == DEP_NMOD_POSS ||
                           r->doc->tokens.items[det].feats.definite);
}

/* A noun takes on what its verb says of it; as a definite object it may have happened
 * before ("will discuss the attack"). */
static enum status noun_status(const struct reading *r, const struct clause *clause,
                               enum status own, enum status above)
{
    const char *value = "", *before = clause->complement ? clause->complement : "";
    bool is_subject = strcmp(before, "subj") == 0;
    if (lexicon_word(&r->lexicon, before, "clause mark", &value) &&
        strcmp(value, "negation") == 0) /* "without talks" */
        return STATUS_NEGATED;
    bool is_ahead = lexicon_word(&r->lexicon, before, "ahead mark", NULL);
    if (is_ahead && own == STATUS_ACTUAL && clause->time == NONE)
        return STATUS_EXPECTED;
    if (own == STATUS_ACTUAL && lexicon_word(&r->lexicon, before, "aim mark", NULL) &&
        strstr(lexicon_quad(&r->lexicon, clause->lemma, 'n'), "cooperation")) {
        bool is_trip = r->doc->clauses.items[clause->parent].kind == CLAUSE_VERB &&
                       lexicon_is_mutual(&r->lexicon, clause->lemma);
        /* "terms for the withdrawal"; "flew to Lima for talks" */
        return first_of(is_trip ? STATUS_EXPECTED : STATUS_POSSIBLE, above);
    }
    bool is_old = lexicon_word(&r->lexicon, before, "known mark", NULL);
    if (is_old && is_in_past(r, clause)) /* "fired to break it up after a riot" */
        return own;
    if (own != STATUS_ACTUAL && above > STATUS_NEGATED && has_hedge(r, clause))
        return own; /* "for an expected attack" */
    const char *quad = lexicon_quad(&r->lexicon, clause->lemma, clause_pos(clause));
    if (own == STATUS_ACTUAL && strstr(quad, "conflict") &&
        lexicon_word(&r->lexicon, before, "cause mark", NULL))
        return own; /* "to be charged over a riot" */
    bool is_to_come = above != STATUS_ACTUAL && strcmp(quad, "material cooperation") == 0;
    if (clause->light == NONE && !is_subject && !is_to_come && is_definite(r, clause))
        return own; /* but not "may speed up the withdrawal" */
    if (clause->light == NONE && above == STATUS_NEGATED)
        return own;
    return first_of(own, above);
}

/* A promise that was not made, a denial that was not given, a trip that is not called off
 * or not yet. */
static enum status embedded_status(enum status effect, enum status own, enum status above)
{
    if (effect == STATUS_NEGATED && above == STATUS_NEGATED)
        return STATUS_POSSIBLE;
    if (effect == STATUS_CANCELLED && above == STATUS_NEGATED)
        return own;
    if (effect == STATUS_CANCELLED && above != STATUS_ACTUAL)
        return above == STATUS_CONDITIONAL ? above : STATUS_POSSIBLE;
    return first_of(first_of(effect, own), above);
}

/* "Discussed a withdrawal": none yet; "discussed the war": there is one. */
static bool is_known_conflict(const struct reading *r, const struct clause *clause)
{
    const char *quad = lexicon_quad(&r->lexicon, clause->lemma, clause_pos(clause));
    return clause->kind == CLAUSE_NOUN && is_definite(r, clause) &&
           strstr(quad, "conflict");
}

static enum status effect_of(const struct reading *r, struct clause *clause, uint32_t row)
{
    const char *effect = table_cell(r->lexicon.embeddings, row,
                                    r->lexicon.embedding_effect);
    bool is_state = clause->kind == CLAUSE_ADJECTIVE && clause->complement &&
                    strcmp(clause->complement, "xcomp") == 0;
    if (is_state) /* "stopped short" is no stopped deed */
        return STATUS_NONE;
    if (strcmp(effect, "habit") == 0)
        clause->is_habitual = true;
    if (strcmp(effect, "topic") == 0)
        return is_known_conflict(r, clause) ? STATUS_NONE : STATUS_POSSIBLE;
    if (strcmp(effect, "doubted") == 0)
        return STATUS_POSSIBLE;
    return status_read(effect);
}

/* "a request from Peru" */
static bool has_doer_phrase(const struct reading *r, const struct clause *clause)
{
    for (uint32_t i = 0; i < clause->argument_count; i++) {
        const struct argument *a = &r->doc->arguments.items[clause->arguments + i];
        if (a->slot == SLOT_PREPOSITION && a->mention != NONE &&
            lexicon_word(&r->lexicon, a->preposition, "doer mark", NULL))
            return true;
    }
    return false;
}

/* Words that somebody said and the verb above has the effect on. */
static bool is_speech_under(const struct reading *r, const struct clause *clause,
                            enum status effect)
{
    uint32_t row = embedding_row(r, clause);
    return row != NONE && clause->kind == CLAUSE_NOUN && !clause->is_negated &&
           status_read(table_cell(r->lexicon.embeddings, row,
                                  r->lexicon.embedding_effect)) == effect &&
           lexicon_word(&r->lexicon, clause->lemma, "speech noun", NULL);
}

/* "Rejected a demand to leave": the demand was made, the leaving is refused. */
static bool is_refused_speech(const struct reading *r, const struct clause *clause)
{
    return is_speech_under(r, clause, STATUS_NEGATED);
}

/* "Will consider a request from Peru": it was made. */
static bool is_received_speech(const struct reading *r, const struct clause *clause)
{
    return is_speech_under(r, clause, STATUS_POSSIBLE) && has_doer_phrase(r, clause);
}

/* Not "denied any threat". */
static bool is_determined(const struct reading *r, const struct clause *clause)
{
    uint32_t det = tree_child(&r->tree, clause->head, DEP_DET);
    return det == NONE || r->doc->tokens.items[det].feats.pron_type == PRON_ART ||
           r->doc->tokens.items[det].feats.pron_type == PRON_DEM;
}

static enum status complement_status(const struct reading *r, struct clause *clause,
                                     uint32_t row, enum status own, enum status above)
{
    const struct lexicon *l = &r->lexicon;
    const struct clause *parent = &r->doc->clauses.items[clause->parent];
    if (row == NONE && clause->kind == CLAUSE_NOUN && !is_definite(r, clause) &&
        clause->embedding == EMBED_COMPLEMENT && clause->complement &&
        !lexicon_word(l, clause->complement, "known mark", NULL) &&
        !lexicon_word(l, clause->complement, "ahead mark", NULL))
        /* "promised food in aid", but not "called off a strike after talks" */
        row = lexicon_embedding(l, parent->lemma, clause_pos(parent), "obj");
    const char *name = table_cell(l->embeddings, row, l->embedding_effect);
    if (strcmp(name, "fact") == 0 || (strcmp(name, "doubted") == 0 && parent->is_negated))
        return own; /* "wants to try him for killing her"; "no one doubts" */
    enum status effect = effect_of(r, clause, row);
    bool is_report = row != NONE && *table_cell(l->embeddings, row, l->embedding_voice);
    const char *completion = table_cell(l->embeddings, row, l->embedding_completion);
    if (strcmp(completion, "failed") == 0)
        clause->completion = COMPLETION_FAILED;
    else if (strcmp(completion, "attempted") == 0 && !clause->completion)
        clause->completion = parent->completion == COMPLETION_FAILED
                                 ? COMPLETION_FAILED /* "an attempt to go failed" */
                                 : COMPLETION_ATTEMPTED;
    if (is_received_speech(r, clause))
        return own;
    if (is_refused_speech(r, clause) && is_determined(r, clause))
        return first_of(own, above);
    if (row != NONE && effect == STATUS_POSSIBLE &&
        strcmp(table_cell(l->embeddings, row, l->embedding_effect), "topic") == 0) {
        clause->why = parent->lemma; /* whatever becomes of the talk about it */
        return first_of(own, effect);
    }
    if (effect && effect != STATUS_ACTUAL) {
        clause->why = parent->lemma;
        return embedded_status(effect, own, above);
    }
    if (effect == STATUS_ACTUAL && clause->kind == CLAUSE_NOUN && is_report)
        return own; /* "may condemn the attack" */
    if (row == NONE && clause->is_infinitive && clause->kind == CLAUSE_VERB) {
        clause->why = "infinitive";
        return first_of(first_of(own, STATUS_INTENDED), above);
    }
    if (clause->kind == CLAUSE_NOUN && !effect && is_report && above == STATUS_NEGATED)
        return first_of(own, STATUS_POSSIBLE); /* "could not confirm the attack" */
    if (row != NONE && is_refused_speech(r, parent))
        return first_of(own, above); /* "dismissed reports of a raid" */
    if (clause->kind == CLAUSE_NOUN && !effect)
        return noun_status(r, clause, own, above);
    if (is_report && above == STATUS_NEGATED)
        return first_of(own, STATUS_POSSIBLE);
    if (row == NONE && clause->is_finite)
        return own;
    if (above != STATUS_ACTUAL && first_of(own, above) == above)
        clause->why = parent->lemma;
    if (!is_report && parent->completion && clause->complement &&
        strcmp(clause->complement, "xcomp") == 0)
        above = first_of(above, STATUS_POSSIBLE); /* "tried to force him to go" */
    return first_of(own, above);
}

/* "said he would go once they had left": the past of what was then to come. */
static bool is_shifted_back(const struct reading *r, const struct clause *clause,
                            const struct clause *parent)
{
    bool is_open = clause->marker &&
                   lexicon_word(&r->lexicon, clause->marker, "open mark", NULL);
    const char *value = "";
    if (!is_open)
        return false;
    lexicon_word(&r->lexicon, clause->marker, "open mark", &value);
    if (strcmp(value, "ahead") == 0)
        return true;
    return parent->modal && lexicon_word(&r->lexicon, parent->modal, "modal", &value) &&
           strcmp(value, "conditional") == 0;
}

static void set_status(const struct reading *r, uint32_t number)
{
    struct clause *clause = &r->doc->clauses.items[number];
    uint32_t row = embedding_row(r, clause);
    enum status own = own_status(r, number, row);
    if (clause->parent == NONE) {
        clause->status = own;
        return;
    }
    clause->is_definite = clause->kind == CLAUSE_NOUN && is_definite(r, clause);
    clause->is_granted = clause->kind == CLAUSE_NOUN && clause->light == NONE &&
                         clause->time == NONE && is_definite(r, clause);
    const struct clause *parent = &r->doc->clauses.items[clause->parent];
    enum status above = parent->status ? parent->status : STATUS_ACTUAL;
    if (is_refused_speech(r, parent))
        above = STATUS_NEGATED;
    bool follows = !clause->is_finite && clause->kind != CLAUSE_NOUN &&
                   clause->embedding >= EMBED_TIME &&
                   clause->embedding <= EMBED_ADVERBIAL;
    follows = follows || (clause->embedding == EMBED_RELATIVE && clause->marker &&
                          !clause->is_finite && clause->kind == CLAUSE_VERB);
    bool is_open_when = clause->embedding == EMBED_TIME && clause->is_finite &&
                        (!clause->is_past || is_shifted_back(r, clause, parent));
    if (clause->embedding == EMBED_COMPLEMENT)
        clause->status = complement_status(r, clause, row, own, above);
    else if (clause->kind == CLAUSE_NOUN && clause->embedding == EMBED_ADVERBIAL)
        clause->status = noun_status(r, clause, own, above);
    else if ((follows || is_open_when) && above != STATUS_NEGATED)
        clause->status = first_of(own, above);
    else
        clause->status = own;
}

/* Arranged: a plan or an expectation with its day. */
static void settle(const struct reading *r, struct clause *clause)
{
    bool is_ahead = clause->status == STATUS_EXPECTED ||
                    clause->status == STATUS_INTENDED;
    if (is_ahead && !is_past_purpose(r, clause) && has_fixed_day(r, clause)) {
        clause->status = STATUS_SCHEDULED;
        clause->why = "a day is fixed";
    }
    if (clause->time == NONE || r->doc->report.day == DAY_NONE)
        return;
    const struct time_ref *t = &r->doc->times.items[clause->time];
    is_ahead = is_ahead || clause->status == STATUS_SCHEDULED;
    if (is_ahead && t->is_start && t->start != DAY_NONE &&
        t->start < r->doc->report.day) {
        clause->time = NONE; /* "will hold the first talks since June" */
        return;
    }
    clause->is_historical = clause->status == STATUS_ACTUAL && t->end_day != DAY_NONE &&
                            t->end_day < r->doc->report.day - LONG_AGO_DAYS &&
                            !t->is_start;
}

enum outcome status_run(const struct pack *pack, struct doc *doc, struct fail *fail)
{
    struct reading r = {.doc = doc};
    lexicon_open(&r.lexicon, pack);
    if (!tree_build(doc, &r.tree))
        return fail_memory(fail);
    uint32_t left = doc->clauses.count;
    for (int pass = 0; pass < MAX_PASSES && left; pass++) {
        bool is_last = pass == MAX_PASSES - 1;
        for (uint32_t i = 0; i < doc->clauses.count; i++) {
            struct clause *clause = &doc->clauses.items[i];
            bool is_ready = clause->parent == NONE || is_last ||
                            doc->clauses.items[clause->parent].status;
            if (clause->status || !is_ready)
                continue;
            set_status(&r, i);
            left--;
        }
    }
    for (uint32_t i = 0; i < doc->clauses.count; i++)
        settle(&r, &doc->clauses.items[i]);
    return OK;
}
