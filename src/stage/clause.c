/* clause.c: from trees to clauses: who stands in which role to which predicate. */
#include "stage/clause.h"

#include "stage/stages.h"

#include <stdio.h>
#include <string.h>

#define MAX_JOINED 64

/* ---- predicates ---- */

/* Verbs inside names, before nouns ("divided peninsula") or used as prepositions say
 * nothing. */
static bool is_verb_predicate(const struct token *t)
{
    switch (t->deprel) {
    case DEP_AMOD:
    case DEP_CASE:
    case DEP_COMPOUND:
    case DEP_FLAT:
    case DEP_FIXED:
    case DEP_MARK:
    case DEP_CC:
    case DEP_AUX:
    case DEP_AUX_PASS:
    case DEP_COP:
    case DEP_DET:
    case DEP_GOESWITH: return false;
    default: return t->upos == UPOS_VERB;
    }
}

static bool is_inside_name(const struct clauses *c, uint32_t token)
{
    for (uint32_t i = 0; i < c->doc->names.count; i++) {
        const struct name *name = &c->doc->names.items[i];
        if (name->first <= token && token < name->end)
            return name->kind != NAME_EVENT && name->kind != NAME_NORP;
        if (name->first > token)
            break;
    }
    return false;
}

static bool is_noun_predicate(const struct clauses *c, uint32_t token, const char *lemma)
{
    const struct token *t = clause_token(c, token);
    bool has_copula = tree_child(&c->tree, token, DEP_COP) != NONE;
    if (t->deprel == DEP_COMPOUND || t->deprel == DEP_FLAT || t->deprel == DEP_FIXED)
        return false;
    if ((t->upos == UPOS_PROPN && is_inside_name(c, token)) || clause_is_result(c, token))
        return false;
    return has_copula || lexicon_is_predicate(&c->lexicon, lemma, 'n') ||
           lexicon_embeds(&c->lexicon, lemma, 'n');
}

static bool is_adjective_predicate(const struct clauses *c, uint32_t token,
                                   const char *lemma)
{
    uint8_t deprel = clause_token(c, token)->deprel;
    if (deprel == DEP_AMOD || deprel == DEP_COMPOUND)
        return false;
    return tree_child(&c->tree, token, DEP_COP) != NONE ||
           lexicon_is_predicate(&c->lexicon, lemma, 'a') ||
           lexicon_embeds(&c->lexicon, lemma, 'a');
}

/* "up" of "sent up to 600 troops" */
static bool is_of_number(const struct clauses *c, uint32_t particle)
{
    return particle + 2 < c->doc->tokens.count &&
           clause_token(c, particle + 1)->upos == UPOS_ADP &&
           clause_token(c, particle + 2)->upos == UPOS_NUM;
}

bool clause_is_result(const struct clauses *c, uint32_t noun)
{
    const struct token *t = clause_token(c, noun);
    char joined[MAX_JOINED];
    if ((t->deprel != DEP_OBJ && t->deprel != DEP_XCOMP) || t->head >= noun ||
        clause_token(c, t->head)->upos != UPOS_VERB ||
        !lexicon_word(&c->lexicon, t->norm, "result noun", NULL))
        return false;
    snprintf(joined, sizeof joined, "%s_%s", token_lemma(c->doc, t->head), t->norm);
    return lexicon_is_predicate(&c->lexicon, joined, 'v');
}

static uint32_t result_of(const struct clauses *c, uint32_t verb)
{
    for (uint32_t k = c->tree.first[verb]; k != NONE; k = c->tree.next[k])
        if (clause_is_result(c, k))
            return k;
    return NONE;
}

/* "will not give in": the adverb that may be the verb's particle stands after it. */
static uint32_t adverb_after(const struct clauses *c, uint32_t token)
{
    uint32_t child = c->tree.first[token];
    while (child != NONE &&
           (child < token || clause_token(c, child)->deprel != DEP_ADVMOD))
        child = c->tree.next[child];
    return child;
}

/* "carry" + "out" -> "carry_out" */
static const char *predicate_lemma(struct clauses *c, uint32_t token)
{
    const struct token *t = clause_token(c, token);
    const char *lemma = t->upos == UPOS_PROPN ? t->norm : token_lemma(c->doc, token);
    if (t->upos == UPOS_ADJ && lexicon_embeds(&c->lexicon, t->norm, 'a'))
        lemma = t->norm; /* "committed", not "commit" */
    uint32_t result = t->upos == UPOS_VERB ? result_of(c, token) : NONE;
    if (result != NONE) {
        const char *whole = arena_print(&c->doc->arena, "%s_%s", lemma,
                                        clause_token(c, result)->norm);
        c->failed = c->failed || !whole;
        return whole ? whole : lemma;
    }
    uint32_t particle = tree_child(&c->tree, token, DEP_COMPOUND_PRT);
    bool is_adverb = particle == NONE;
    if (is_adverb && t->upos == UPOS_VERB)
        particle = adverb_after(c, token);
    uint32_t object = tree_child(&c->tree, token, DEP_OBJ);
    if (is_adverb && object == token + 1) /* "take place" */
        particle = object;
    if (particle == NONE || is_of_number(c, particle))
        return lemma;
    const char *joined = arena_print(&c->doc->arena, "%s_%s", lemma,
                                     clause_token(c, particle)->norm);
    c->failed = c->failed || !joined;
    if (!joined || (is_adverb && !lexicon_is_predicate(&c->lexicon, joined, 'v') &&
                    !lexicon_embeds(&c->lexicon, joined, 'v')))
        return lemma;
    return joined;
}

static void add_clause(struct clauses *c, uint32_t token, enum clause_kind kind,
                       const char *lemma, uint32_t sentence)
{
    struct clause *clause = array_push(&c->doc->arena, &c->doc->clauses);
    uint32_t *first = array_push(&c->doc->arena, &c->first_draft);
    uint32_t *last = array_push(&c->doc->arena, &c->last_draft);
    if (!clause || !first || !last) {
        c->failed = true;
        return;
    }
    *first = *last = NONE;
    *clause = (struct clause){.head = token,
                              .light = NONE,
                              .kind = kind,
                              .lemma = lemma,
                              .sentence = sentence,
                              .parent = NONE,
                              .time = NONE,
                              .place = NONE};
    clause->span = c->doc->sentences.items[sentence].span;
    c->clause_of[token] = c->doc->clauses.count - 1;
}

/* "Between March and May": words of a time name no happening. */
static bool is_in_time(const struct clauses *c, uint32_t token, uint32_t *time)
{
    while (*time < c->doc->times.count && c->doc->times.items[*time].end <= token)
        (*time)++;
    if (*time < c->doc->times.count && c->doc->times.items[*time].is_happening &&
        c->doc->times.items[*time].type == TIME_DURATION)
        return false; /* "on the eve of the attack" */
    return *time < c->doc->times.count && c->doc->times.items[*time].first <= token;
}

/* "a build-up", "was fire-bombed": words that hyphens join are one predicate where the
 * lexicon knows it so; NULL. */
static const char *hyphened_lemma(struct clauses *c, uint32_t token, uint32_t first,
                                  char pos)
{
    if (token < first + 2 || strcmp(clause_token(c, token - 1)->norm, "-") != 0 ||
        clause_token(c, token - 1)->space_after ||
        clause_token(c, token - 2)->space_after)
        return NULL;
    const char *joined = arena_print(&c->doc->arena, "%s-%s",
                                     clause_token(c, token - 2)->norm,
                                     token_lemma(c->doc, token));
    c->failed = c->failed || !joined;
    return joined && lexicon_is_predicate(&c->lexicon, joined, pos) ? joined : NULL;
}

static void find_predicates(struct clauses *c)
{
    uint32_t time = 0;
    for (uint32_t s = 0; s < c->doc->sentences.count; s++) {
        const struct sentence *sentence = &c->doc->sentences.items[s];
        for (uint32_t t = sentence->first; t < sentence->end && !c->failed; t++) {
            uint8_t upos = clause_token(c, t)->upos;
            if (is_in_time(c, t, &time))
                continue;
            bool is_verb = is_verb_predicate(clause_token(c, t));
            const char *hyphened = hyphened_lemma(c, t, sentence->first,
                                                  is_verb ? 'v' : 'n');
            if (hyphened) {
                add_clause(c, t, is_verb ? CLAUSE_VERB : CLAUSE_NOUN, hyphened, s);
            } else if (is_verb) {
                add_clause(c, t, CLAUSE_VERB, predicate_lemma(c, t), s);
            } else if (upos == UPOS_NOUN || upos == UPOS_PROPN) {
                const char *lemma = predicate_lemma(c, t);
                if (is_noun_predicate(c, t, lemma))
                    add_clause(c, t, CLAUSE_NOUN, lemma, s);
            } else if (upos == UPOS_ADJ) {
                const char *lemma = predicate_lemma(c, t);
                if (is_adjective_predicate(c, t, lemma))
                    add_clause(c, t, CLAUSE_ADJECTIVE, lemma, s);
            }
        }
    }
}

/* ---- grammar of one predicate ---- */

static bool is_past_participle(const struct token *t)
{
    return t->feats.verb_form == FORM_PART && t->feats.tense == TENSE_PAST;
}

/* The auxiliaries that stand before `token`. */
static void read_auxiliaries(struct clauses *c, struct clause *clause, uint32_t token)
{
    for (uint32_t k = c->tree.first[token]; k != NONE; k = c->tree.next[k]) {
        const struct token *t = clause_token(c, k);
        const char *value;
        if (t->deprel == DEP_AUX_PASS)
            clause->is_passive = true;
        if (t->deprel != DEP_AUX && t->deprel != DEP_AUX_PASS && t->deprel != DEP_COP)
            continue;
        const char *lemma = token_lemma(c->doc, k);
        if (t->deprel == DEP_AUX && lexicon_word(&c->lexicon, lemma, "modal", &value))
            clause->modal = lemma;
        if (t->deprel == DEP_AUX && lexicon_word(&c->lexicon, lemma, "perfect", NULL))
            clause->is_perfect = is_past_participle(clause_token(c, token)) ||
                                 clause->kind != CLAUSE_VERB;
        if (t->feats.verb_form == FORM_FIN || t->feats.mood)
            clause->is_finite = true;
        if (t->feats.tense == TENSE_PAST && t->feats.verb_form == FORM_FIN)
            clause->is_past = true;
    }
}

bool clause_denies(const struct clauses *c, uint32_t noun)
{
    for (uint32_t k = c->tree.first[noun]; k != NONE; k = c->tree.next[k]) {
        const struct token *t = clause_token(c, k);
        bool is_before = t->deprel == DEP_DET || t->deprel == DEP_CC_PRECONJ ||
                         (t->deprel == DEP_ADVMOD && k < noun);
        if (is_before && lexicon_word(&c->lexicon, t->norm, "negator", NULL))
            return true;
    }
    return false;
}

static void read_negation(struct clauses *c, struct clause *clause, uint32_t token)
{
    for (uint32_t k = c->tree.first[token]; k != NONE; k = c->tree.next[k]) {
        const struct token *t = clause_token(c, k);
        bool is_adverb = t->deprel == DEP_ADVMOD || t->deprel == DEP_DET ||
                         t->deprel == DEP_CC || t->deprel == DEP_CC_PRECONJ;
        if (is_adverb && lexicon_word(&c->lexicon, t->norm, "negator", NULL))
            clause->is_negated = true;
        bool is_nominal = t->deprel == DEP_NSUBJ || t->deprel == DEP_OBJ ||
                          t->deprel == DEP_NSUBJ_PASS;
        if (!is_nominal)
            continue;
        /* "no troops arrived", "signed no deal", "neither has come" */
        bool is_none = lexicon_word(&c->lexicon, t->norm, "negator", NULL);
        clause->is_negated = clause->is_negated || is_none || clause_denies(c, k);
    }
}

/* A conjunct without auxiliaries of its own shares those of the first: "will meet and
 * sign". */
static void share_auxiliaries(struct clauses *c, struct clause *clause)
{
    const struct token *t = clause_token(c, clause->head);
    if (t->deprel != DEP_CONJ || c->clause_of[t->head] == NONE)
        return;
    const struct clause *first = &c->doc->clauses.items[c->clause_of[t->head]];
    const struct token *first_token = clause_token(c, first->head);
    /* "will meet and sign": a present by its look alone */
    bool is_bare = first_token->feats.verb_form == FORM_INF &&
                   t->feats.tense != TENSE_PAST &&
                   strcmp(t->norm, token_lemma(c->doc, clause->head)) == 0;
    bool is_same_form = is_bare || (t->feats.verb_form == first_token->feats.verb_form &&
                                    t->feats.tense == first_token->feats.tense);
    bool is_own = clause->modal ||
                  tree_child_of(&c->tree, clause->head, DEP_AUX, DEP_AUX_PASS) != NONE;
    bool has_subject = tree_child_of(&c->tree, clause->head, DEP_NSUBJ, DEP_NSUBJ_PASS) !=
                       NONE;
    if (clause->kind == CLAUSE_VERB && first->kind == CLAUSE_VERB && !is_own &&
        !has_subject && is_past_participle(t) && first->is_finite &&
        (first->is_past || first->is_perfect) && !first->is_passive) {
        clause->is_passive = false; /* "condemned it and called for calm" */
        clause->is_finite = true;
        clause->is_past = first->is_past;
        clause->is_perfect = first->is_perfect;
    }
    if (clause->kind != CLAUSE_VERB || first->kind != CLAUSE_VERB || is_own ||
        has_subject || !is_same_form)
        return;
    clause->modal = first->modal;
    clause->is_perfect = first->is_perfect;
    clause->is_infinitive = first->is_infinitive;
    clause->is_finite = first->is_finite || (clause->is_finite && !is_bare);
    clause->is_past = clause->is_past || first->is_past;
    if (is_past_participle(t))
        clause->is_passive = clause->is_passive || first->is_passive;
    uint32_t cc = tree_child(&c->tree, clause->head, DEP_CC);
    if (first->is_negated && cc != NONE &&
        lexicon_word(&c->lexicon, clause_token(c, cc)->norm, "alternative", NULL))
        clause->is_negated = true;
}

/* Of "on whether" the word that tells the kind of clause; "talked rather than fought". */
static void read_marker(const struct clauses *c, struct clause *clause)
{
    uint8_t deprel = clause_token(c, clause->head)->deprel;
    for (uint32_t k = c->tree.first[clause->head]; k != NONE; k = c->tree.next[k]) {
        const struct token *t = clause_token(c, k);
        const char *value = "";
        bool tells = lexicon_word(&c->lexicon, t->norm, "clause mark", &value);
        bool is_contrast = t->deprel == DEP_CC && strcmp(value, "negation") == 0 &&
                           (deprel == DEP_CONJ || deprel == DEP_ADVCL);
        if ((t->deprel == DEP_MARK || is_contrast) && (!clause->marker || tells))
            clause->marker = t->norm;
    }
}

/* "Spain called for talks": the tagger's participle with a subject and no auxiliary is a
 * past tense. */
static bool is_plain_past(const struct clauses *c, const struct clause *clause)
{
    const struct token *t = clause_token(c, clause->head);
    return is_past_participle(t) && t->deprel != DEP_ACL &&
           tree_child(&c->tree, clause->head, DEP_OBL_AGENT) == NONE &&
           tree_child(&c->tree, clause->head, DEP_NSUBJ) != NONE &&
           tree_child_of(&c->tree, clause->head, DEP_AUX, DEP_AUX_PASS) == NONE &&
           tree_child(&c->tree, clause->head, DEP_COP) == NONE;
}

/* "accused of blocking aid": a phrase that asks for an object which is not there. */
static bool lacks_object(const struct clauses *c, const struct clause *clause)
{
    if (!lexicon_word(&c->lexicon, clause->lemma, "object verb", NULL))
        return false;
    for (uint32_t k = c->tree.first[clause->head]; k != NONE; k = c->tree.next[k]) {
        uint32_t word = tree_child_of(&c->tree, k, DEP_CASE, DEP_MARK);
        uint32_t row = k > clause->head && word != NONE
                           ? lexicon_embedding(&c->lexicon, clause->lemma, 'v',
                                               clause_token(c, word)->norm)
                           : NONE;
        if (row != NONE &&
            strcmp(table_cell(c->lexicon.embeddings, row, c->lexicon.embedding_control),
                   "obj") == 0)
            return true;
    }
    return false;
}

/* "Rebels killed in clash": a headline tells what was done in the present tense, and what
 * was suffered in the past. */
static bool is_headline_passive(const struct clauses *c, const struct clause *clause)
{
    const struct token *t = clause_token(c, clause->head);
    uint32_t row = lexicon_embedding(&c->lexicon, clause->lemma, 'v', "xcomp");
    bool tells_another = strcmp(table_cell(c->lexicon.embeddings, row,
                                           c->lexicon.embedding_control),
                                "obj") == 0; /* "Peru urged to leave" */
    return (c->doc->sentences.items[clause->sentence].is_headline ||
            lacks_object(c, clause)) &&
           t->feats.tense == TENSE_PAST && t->deprel != DEP_CONJ &&
           tree_child(&c->tree, clause->head, DEP_NSUBJ) != NONE &&
           tree_child_of(&c->tree, clause->head, DEP_OBJ, DEP_CCOMP) == NONE &&
           tree_child(&c->tree, clause->head, DEP_AUX) == NONE &&
           (tree_child(&c->tree, clause->head, DEP_XCOMP) == NONE
                ? lexicon_has_object(&c->lexicon, clause->lemma)
                : tells_another);
}

/* "had attacked": a perfect without "been", whatever tag its participle has. */
static bool is_active(const struct clauses *c, const struct clause *clause)
{
    uint32_t aux = tree_child(&c->tree, clause->head, DEP_AUX);
    return aux != NONE &&
           tree_child_of(&c->tree, clause->head, DEP_AUX_PASS, DEP_NSUBJ_PASS) == NONE &&
           lexicon_word(&c->lexicon, token_lemma(c->doc, aux), "perfect", NULL) &&
           tree_child(&c->tree, clause->head, DEP_NSUBJ) != NONE;
}

/* "Had they come, ...": an auxiliary before its subject, in a sentence that asks
 * nothing. */
static bool is_turned_round(const struct clauses *c, const struct clause *clause,
                            const char **marker)
{
    uint32_t first = c->tree.first[clause->head];
    uint32_t subject = tree_child_of(&c->tree, clause->head, DEP_NSUBJ, DEP_NSUBJ_PASS);
    const struct sentence *sentence = &c->doc->sentences.items[clause->sentence];
    return first != NONE && subject != NONE && first < subject &&
           clause_token(c, first)->deprel == DEP_AUX &&
           (clause_token(c, clause->head)->head != clause->head ||
            first == sentence->first) &&
           lexicon_word(&c->lexicon, clause_token(c, first)->norm, "turned mark",
                        marker) &&
           strcmp(clause_token(c, sentence->end - 1)->norm, "?") != 0;
}

/* "Did they come?", but not "Why did they come?", which takes it for granted. */
static bool is_question(const struct clauses *c, const struct clause *clause)
{
    const struct sentence *sentence = &c->doc->sentences.items[clause->sentence];
    uint8_t deprel = clause_token(c, clause->head)->deprel;
    if ((deprel != DEP_ROOT && deprel != DEP_CONJ && deprel != DEP_PARATAXIS) ||
        strcmp(clause_token(c, sentence->end - 1)->norm, "?") != 0)
        return false;
    for (uint32_t t = sentence->first; t < clause->head; t++)
        if (clause_token(c, t)->feats.pron_type == PRON_INT)
            return false;
    return true;
}

/* "to attack", "to be attacked", "for Chad to have attacked" */
static bool is_infinitive(const struct clauses *c, uint32_t verb)
{
    uint32_t to = NONE;
    bool is_bare = clause_token(c, verb)->feats.verb_form == FORM_INF;
    for (uint32_t k = c->tree.first[verb]; k != NONE; k = c->tree.next[k]) {
        const struct token *t = clause_token(c, k);
        bool is_mark = t->deprel == DEP_MARK &&
                       (t->upos == UPOS_PART || t->upos == UPOS_ADP);
        if (is_mark && to == NONE)
            to = k;
        bool is_auxiliary = t->deprel == DEP_AUX || t->deprel == DEP_AUX_PASS;
        is_bare = is_bare ||
                  (to != NONE && is_auxiliary && t->feats.verb_form == FORM_INF);
    }
    return to != NONE && is_bare;
}

static void read_grammar(struct clauses *c, uint32_t number)
{
    struct clause *clause = &c->doc->clauses.items[number];
    const struct token *t = clause_token(c, clause->head);
    if (clause->kind == CLAUSE_VERB) {
        clause->is_passive = t->feats.passive ||
                             tree_child(&c->tree, clause->head, DEP_OBL_AGENT) != NONE ||
                             tree_child(&c->tree, clause->head, DEP_NSUBJ_PASS) != NONE ||
                             (t->deprel == DEP_ACL && is_past_participle(t));
        bool is_plain = is_plain_past(c, clause);
        clause->is_passive = clause->is_passive && !is_plain && !is_active(c, clause);
        if (is_headline_passive(c, clause))
            clause->is_passive = true;
        clause->is_finite = t->feats.verb_form == FORM_FIN || is_plain;
        clause->is_past = clause->is_finite && t->feats.tense == TENSE_PAST;
        clause->is_progressive = t->feats.verb_form == FORM_PART &&
                                 t->feats.tense == TENSE_PRES;
        clause->is_infinitive = is_infinitive(c, clause->head);
    }
    read_marker(c, clause);
    const char *turned;
    if (is_turned_round(c, clause, &turned))
        clause->marker = turned;
    uint32_t when = clause->marker ? NONE
                                   : tree_child(&c->tree, clause->head, DEP_ADVMOD);
    if (when != NONE && clause_token(c, when)->feats.pron_type != PRON_NONE &&
        lexicon_word(&c->lexicon, clause_token(c, when)->norm, "clause mark", NULL))
        clause->marker = clause_token(c, when)->norm;
    clause->is_question = is_question(c, clause);
    read_auxiliaries(c, clause, clause->head);
    read_negation(c, clause, clause->head);
    share_auxiliaries(c, clause);
}

/* ---- arguments ---- */

static bool is_kernel(const struct clauses *c, uint32_t token, uint32_t shell)
{
    uint32_t mark = tree_child(&c->tree, token, DEP_CASE);
    const char *also;
    if (clause_token(c, token)->deprel != DEP_NMOD || token < shell || mark == NONE ||
        c->clause_of[token] == NONE || c->clause_of[shell] != NONE ||
        !lexicon_word(&c->lexicon, token_lemma(c->doc, shell), "shell", &also))
        return false;
    const char *word = clause_token(c, mark)->norm;
    return strcmp(word, also) == 0 ||
           lexicon_word(&c->lexicon, word, "partitive mark", NULL);
}

uint32_t clause_kernel(const struct clauses *c, uint32_t token)
{
    for (uint32_t k = c->tree.first[token]; k != NONE; k = c->tree.next[k])
        if (is_kernel(c, k, token))
            return k;
    return token;
}

uint32_t clause_shell(const struct clauses *c, uint32_t token)
{
    uint32_t head = clause_token(c, token)->head;
    return head != token && head < c->doc->tokens.count && is_kernel(c, token, head)
               ? head
               : token;
}

static bool is_same_argument(const struct argument *a, const struct argument *b)
{
    return a->head == b->head && a->slot == b->slot &&
           (a->slot != SLOT_PREPOSITION || strcmp(a->preposition, b->preposition) == 0);
}

static void add_one(struct clauses *c, uint32_t clause, struct argument argument)
{
    argument.head = clause_kernel(c, argument.head);
    for (uint32_t i = c->first_draft.items[clause]; i != NONE;
         i = c->drafts.items[i].next)
        if (is_same_argument(&c->drafts.items[i].argument, &argument))
            return;
    struct argument_draft *draft = array_push(&c->doc->arena, &c->drafts);
    if (!draft) {
        c->failed = true;
        return;
    }
    if (argument.mention == NONE)
        argument.mention = c->mention_of[argument.head];
    argument.clause = c->clause_of[argument.head];
    *draft = (struct argument_draft){argument, NONE};
    uint32_t number = c->drafts.count - 1;
    if (c->last_draft.items[clause] == NONE)
        c->first_draft.items[clause] = number;
    else
        c->drafts.items[c->last_draft.items[clause]].next = number;
    c->last_draft.items[clause] = number;
}

/* Words that a headline strings together with commas stand for "A and B". */
static bool is_listed(const struct clauses *c, uint32_t token)
{
    const struct token *t = clause_token(c, token);
    if (t->deprel == DEP_CONJ)
        return true;
    uint32_t mention = c->mention_of[token];
    uint32_t sentence = doc_sentence_of(c->doc, token);
    return mention != NONE && c->doc->sentences.items[sentence].is_headline &&
           (t->deprel == DEP_APPOS || t->deprel == DEP_LIST) &&
           c->doc->mentions.items[mention].kind == MENTION_NAME;
}

/* "Syria rather than Iraq": what is named for contrast takes no part. */
static bool is_contrasted(const struct clauses *c, uint32_t conjunct)
{
    uint32_t cc = tree_child(&c->tree, conjunct, DEP_CC);
    const char *value = "";
    return cc != NONE &&
           lexicon_word(&c->lexicon, clause_token(c, cc)->norm, "clause mark", &value) &&
           strcmp(value, "negation") == 0;
}

/* The name before "..., B" in a headline: "A, B to meet"; NONE. */
static uint32_t name_before(const struct clauses *c, uint32_t token)
{
    uint32_t mention = c->mention_of[token];
    uint32_t sentence = mention == NONE ? NONE : doc_sentence_of(c->doc, token);
    if (sentence == NONE || !c->doc->sentences.items[sentence].is_headline)
        return NONE;
    uint32_t first = c->doc->mentions.items[mention].first;
    if (first < c->doc->sentences.items[sentence].first + 2 ||
        strcmp(clause_token(c, first - 1)->norm, ",") != 0)
        return NONE;
    uint32_t before = c->mention_of[first - 2];
    bool is_name = before != NONE && c->doc->mentions.items[before].kind == MENTION_NAME;
    return is_name ? first - 2 : NONE;
}

void clause_add(struct clauses *c, uint32_t clause, struct argument argument)
{
    add_one(c, clause, argument);
    uint32_t before = argument.slot == SLOT_SUBJECT ? name_before(c, argument.head)
                                                    : NONE;
    if (before != NONE) {
        struct argument listed = argument;
        listed.head = before;
        listed.mention = NONE;
        add_one(c, clause, listed);
    }
    for (uint32_t k = c->tree.first[argument.head]; k != NONE; k = c->tree.next[k]) {
        if (!is_listed(c, k) || is_contrasted(c, k) ||
            k == c->doc->clauses.items[clause].head ||
            (clause_denies(c, k) && !clause_denies(c, argument.head)))
            continue;
        struct argument conjunct = argument;
        conjunct.head = k;
        conjunct.mention = NONE;
        add_one(c, clause, conjunct);
    }
}

uint32_t clause_find(const struct clauses *c, uint32_t clause, enum slot slot,
                     const char *preposition)
{
    for (uint32_t i = c->first_draft.items[clause]; i != NONE;
         i = c->drafts.items[i].next) {
        const struct argument *a = &c->drafts.items[i].argument;
        if (a->slot == slot && (slot != SLOT_PREPOSITION || !preposition ||
                                strcmp(a->preposition, preposition) == 0))
            return i;
    }
    return NONE;
}

void clause_copy(struct clauses *c, uint32_t from, enum slot slot, uint32_t to,
                 enum slot as)
{
    uint32_t last = c->last_draft.items[from];
    for (uint32_t i = c->first_draft.items[from]; i != NONE;
         i = c->drafts.items[i].next) {
        struct argument argument = c->drafts.items[i].argument;
        if (argument.slot == slot && argument.head != c->doc->clauses.items[to].head) {
            argument.slot = as;
            argument.is_shared = true;
            add_one(c, to, argument);
        }
        if (i == last)
            break;
    }
}

/* ---- the stage ---- */

static bool start(struct clauses *c, const struct pack *pack, struct doc *doc)
{
    *c = (struct clauses){.pack = pack, .doc = doc};
    lexicon_open(&c->lexicon, pack);
    uint32_t count = doc->tokens.count;
    c->clause_of = arena_take(&doc->arena, count, sizeof *c->clause_of);
    c->mention_of = arena_take(&doc->arena, count, sizeof *c->mention_of);
    if (!c->clause_of || !c->mention_of || !tree_build(doc, &c->tree))
        return false;
    for (uint32_t i = 0; i < count; i++)
        c->clause_of[i] = c->mention_of[i] = NONE;
    for (uint32_t i = 0; i < doc->mentions.count; i++) {
        const struct mention *m = &doc->mentions.items[i];
        uint32_t *widest = &c->mention_of[m->head];
        const struct mention *old = *widest == NONE ? NULL
                                                    : &doc->mentions.items[*widest];
        bool is_better = !old || (m->actor_count && !old->actor_count) ||
                         (!m->actor_count == !old->actor_count &&
                          span_len(m->span) > span_len(old->span));
        if (is_better)
            *widest = i;
    }
    return true;
}

static void write_arguments(struct clauses *c)
{
    for (uint32_t k = 0; k < c->doc->clauses.count && !c->failed; k++) {
        struct clause *clause = &c->doc->clauses.items[k];
        clause->arguments = c->doc->arguments.count;
        for (uint32_t i = c->first_draft.items[k]; i != NONE;
             i = c->drafts.items[i].next) {
            struct argument *argument = array_push(&c->doc->arena, &c->doc->arguments);
            if (!argument) {
                c->failed = true;
                return;
            }
            *argument = c->drafts.items[i].argument;
            clause->argument_count++;
        }
    }
}

enum outcome clause_run(const struct pack *pack, struct doc *doc, struct fail *fail)
{
    struct clauses c;
    if (!start(&c, pack, doc))
        return fail_memory(fail);
    find_predicates(&c);
    for (uint32_t k = 0; k < doc->clauses.count && !c.failed; k++)
        read_grammar(&c, k);
    for (uint32_t k = 0; k < doc->clauses.count && !c.failed; k++)
        clause_parts(&c, k);
    for (uint32_t k = 0; k < doc->clauses.count && !c.failed; k++)
        clause_link(&c, k);
    if (!c.failed)
        clause_share(&c);
    if (!c.failed)
        clause_setting(&c);
    write_arguments(&c);
    return c.failed ? fail_memory(fail) : OK;
}
