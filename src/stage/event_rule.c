/* event_rule.c: which line of the predicates fits a clause. A line's needs are conditions
 * on the fillers of slots; the line with needs worth most wins, the first of equals. */
#include "stage/event.h"

#include <string.h>

#define MAX_ROWS 96
#define OWN_SUFFIX ".own"
#define OBJECT "obj"

/* What a fulfilled need is worth: words tell senses apart better than parties do. */
#define WORTH_VALUE 5
#define WORTH_STATE 2
#define WORTH_ABSENCE 1

struct need {
    const char *slot, *value;
    size_t slot_len, value_len;
    char kind; /* '=' one of, '!' none of, ':' a state */
};

/* Reads the need at `at`; returns the rest. */
static const char *read_need(const char *at, struct need *need)
{
    size_t len = strcspn(at, " ");
    size_t name = strcspn(at, "=!:");
    need->slot = at;
    need->slot_len = name < len ? name : len;
    need->kind = name < len ? at[name] : ':';
    size_t sign = name < len ? (at[name] == '!' ? 2 : 1) : 0;
    need->value = at + need->slot_len + sign;
    need->value_len = len - need->slot_len - sign;
    at += len;
    while (*at == ' ')
        at++;
    return at;
}

/* Whether the lemma is one of "deal|%truce|charter". */
static bool is_value(const struct eventing *e, const char *lemma, const struct need *need)
{
    const char *end = need->value + need->value_len;
    for (const char *at = need->value; at < end;) {
        size_t len = strcspn(at, "| ");
        if (at + len > end)
            len = (size_t)(end - at);
        char word[64];
        if (len < sizeof word) {
            memcpy(word, at, len);
            word[len] = '\0';
            if (word[0] == '%' ? lexicon_word(&e->lexicon, lemma, word + 1, NULL)
                               : strcmp(word, lemma) == 0)
                return true;
        }
        at += len + 1;
    }
    return false;
}

static const char *filler_lemma(const struct eventing *e, const struct argument *a)
{
    if (a->clause != NONE)
        return e->doc->clauses.items[a->clause].lemma;
    const struct token *t = &e->doc->tokens.items[a->head];
    return t->upos == UPOS_PROPN ? t->norm : token_lemma(e->doc, a->head);
}

/* "damages", "arms": a plural with a sense of its own. */
static bool is_form(const struct eventing *e, const struct argument *a,
                    const struct need *need)
{
    return a->head != NONE && is_value(e, e->doc->tokens.items[a->head].norm, need);
}

/* Whether a party speaks or acts for a state or an organisation: not a mere crowd of
 * people. */
static bool is_official(const struct eventing *e, const struct actor *actor)
{
    const char *at = actor->sectors;
    struct span value;
    while (actor->is_generic && at && cell_next(&at, &value, actor->sectors)) {
        char sector[16] = "";
        if (span_len(value) < sizeof sector)
            memcpy(sector, actor->sectors + value.start, span_len(value));
        if (lexicon_word(&e->lexicon, sector, "official sector", NULL))
            return true;
    }
    return !actor->is_generic;
}

static bool is_person(const struct eventing *e, const struct actor *actor)
{
    (void)e;
    return actor->kind == ACTOR_PERSON;
}

static bool is_state(const struct eventing *e, const struct actor *actor)
{
    (void)e;
    return actor->kind == ACTOR_STATE;
}

static bool slot_is(const struct need *need, const char *name)
{
    return strlen(name) == need->slot_len &&
           strncmp(name, need->slot, need->slot_len) == 0;
}

/* Whether the argument stands in the slot, or is the one told ("warned Chad that ..."),
 * who is an object where there is no other. */
static bool fills(const struct eventing *e, const struct clause *clause,
                  const struct argument *a, const struct need *need)
{
    bool is_told = a->slot == SLOT_INDIRECT && slot_is(need, "obj");
    for (uint32_t i = 0; i < clause->argument_count && is_told; i++)
        is_told = e->doc->arguments.items[clause->arguments + i].slot != SLOT_OBJECT;
    return is_told || argument_is_in(a, need->slot, need->slot_len);
}

typedef bool party_test(const struct eventing *e, const struct actor *actor);

static bool has_party(const struct eventing *e, const struct clause *clause,
                      const struct need *need, party_test *fits)
{
    for (uint32_t i = 0; i < clause->argument_count; i++) {
        const struct argument *a = &e->doc->arguments.items[clause->arguments + i];
        uint32_t mention = fills(e, clause, a, need) ? argument_mention(e, a) : NONE;
        if (mention == NONE)
            continue;
        const struct mention *m = &e->doc->mentions.items[mention];
        for (uint32_t k = 0; k < m->actor_count; k++) {
            uint32_t actor = e->doc->mention_actors.items[m->actors + k];
            if (fits(e, &e->doc->actors.items[actor]))
                return true;
        }
    }
    return false;
}

/* Any adjective or noun before the noun, party or not. */
static bool modifier_is(const struct eventing *e, uint32_t head, const struct need *need)
{
    for (uint32_t k = e->tree.first[head]; k != NONE; k = e->tree.next[k]) {
        const struct token *t = &e->doc->tokens.items[k];
        bool is_modifier = t->deprel == DEP_AMOD || t->deprel == DEP_COMPOUND ||
                           t->deprel == DEP_ADVMOD || t->deprel == DEP_NMOD_DESC;
        if (is_modifier &&
            (is_value(e, token_lemma(e->doc, k), need) || is_value(e, t->norm, need)))
            return true;
    }
    return false;
}

/* Whether an argument stands in the slot that a need names. An infinitive or a gerund is
 * an xcomp, and a gerund also stands in the slot of its preposition: "accused of
 * torturing". */
static bool stands_in(const struct eventing *e, const struct clause *clause,
                      const struct argument *a, const struct need *need)
{
    if (a->slot != SLOT_COMPLEMENT || a->clause == NONE)
        return fills(e, clause, a, need);
    const struct clause *content = &e->doc->clauses.items[a->clause];
    bool is_open = !content->is_finite || content->is_infinitive;
    if (slot_is(need, "comp"))
        return true;
    if (slot_is(need, "xcomp"))
        return is_open;
    if (slot_is(need, "ccomp"))
        return !is_open;
    return content->marker && slot_is(need, content->marker);
}

/* The noun in a phrase of the object: "fraud" of "accused Chad of fraud", where the
 * parser hangs it on the name; NONE. */
static uint32_t object_phrase(const struct eventing *e, uint32_t object,
                              const struct need *need)
{
    for (uint32_t k = e->tree.first[object]; k != NONE; k = e->tree.next[k]) {
        uint32_t mark = tree_child(&e->tree, k, DEP_CASE);
        uint8_t deprel = e->doc->tokens.items[k].deprel;
        if ((deprel == DEP_NMOD || deprel == DEP_OBL) && mark != NONE &&
            slot_is(need, e->doc->tokens.items[mark].norm))
            return k;
    }
    return NONE;
}

/* A need inside the fillers of a slot: "obj.mod=nuclear" of "a nuclear test",
 * "on.mod=hunger", "obj.of=emergency". */
static bool filler_has(const struct eventing *e, const struct clause *clause,
                       const char *slot, size_t slot_len, const struct need *need)
{
    for (uint32_t i = 0; i < clause->argument_count; i++) {
        const struct argument *a = &e->doc->arguments.items[clause->arguments + i];
        if (a->head == NONE || !argument_is_in(a, slot, slot_len))
            continue;
        if (slot_is(need, "mod") && modifier_is(e, a->head, need))
            return true;
        uint32_t mark = tree_child(&e->tree, a->head, DEP_CASE);
        if (slot_is(need, "case") && mark != NONE &&
            is_value(e, e->doc->tokens.items[mark].norm, need))
            return true; /* "was behind the attack" */
        uint32_t noun = object_phrase(e, a->head, need);
        if (noun != NONE &&
            (need->kind == ':' || is_value(e, token_lemma(e->doc, noun), need) ||
             is_value(e, e->doc->tokens.items[noun].norm, need))) /* "Korean War" */
            return true;
    }
    return false;
}

/* "said that Chad must leave": the modal of what is said of somebody else. */
static bool has_modal(const struct eventing *e, const struct clause *clause,
                      const struct need *need)
{
    for (uint32_t i = 0; i < clause->argument_count; i++) {
        const struct argument *a = &e->doc->arguments.items[clause->arguments + i];
        const struct clause *content = a->slot == SLOT_COMPLEMENT && a->clause != NONE
                                           ? &e->doc->clauses.items[a->clause]
                                           : NULL;
        if (content && content->modal && is_value(e, content->modal, need))
            return true;
    }
    return false;
}

static int fit(const struct eventing *e, const struct clause *clause, uint32_t row);

/* "held a campaign rally": a noun in a sense that is no event makes none of its verb. */
/* NOLINTNEXTLINE(misc-no-recursion): from a verb to its noun, once. */
static bool is_vetoed_object(const struct eventing *e, const struct clause *verb,
                             const struct argument *a)
{
    if (verb->kind != CLAUSE_VERB || a->slot != SLOT_OBJECT || a->clause == NONE)
        return false;
    const struct clause *noun = &e->doc->clauses.items[a->clause];
    const struct lexicon *l = &e->lexicon;
    uint32_t rows[MAX_ROWS];
    uint32_t count = noun->kind == CLAUSE_NOUN
                         ? table_find(l->predicates, noun->lemma, rows, MAX_ROWS)
                         : 0;
    for (uint32_t i = 0; i < count && i < MAX_ROWS; i++)
        if (!*table_cell(l->predicates, rows[i], l->predicate_class) &&
            table_cell(l->predicates, rows[i], l->predicate_pos)[0] == 'n' &&
            fit(e, noun, rows[i]) >= 0)
            return true;
    return false;
}

/* A phrase that the parser may have hung on the object of a verb. */
static bool is_of_object(const struct clause *clause, const struct need *need)
{
    return clause->kind == CLAUSE_VERB && is_preposition(need->slot, need->slot_len);
}

/* "ambassador Jane Roe": a name is what its title says, too. */
static bool is_titled(const struct eventing *e, const struct argument *a,
                      const struct need *need)
{
    uint32_t title = a->head == NONE || e->doc->tokens.items[a->head].upos != UPOS_PROPN
                         ? NONE
                         : tree_child(&e->tree, a->head, DEP_NMOD_DESC);
    return title != NONE && is_value(e, token_lemma(e->doc, title), need);
}

/* NOLINTNEXTLINE(misc-no-recursion): from a verb to its noun, once. */
static bool has_value(const struct eventing *e, const struct clause *clause,
                      const struct need *need)
{
    if (slot_is(need, "comp.modal"))
        return has_modal(e, clause, need);
    size_t outer = strcspn(need->slot, ".=!:");
    if (outer < need->slot_len) {
        struct need inner = *need;
        inner.slot += outer + 1;
        inner.slot_len -= outer + 1;
        return filler_has(e, clause, need->slot, outer, &inner);
    }
    if (need->slot_len == 3 && strncmp(need->slot, "mod", 3) == 0 &&
        modifier_is(e, clause->head, need))
        return true;
    for (uint32_t i = 0; i < clause->argument_count; i++) {
        const struct argument *a = &e->doc->arguments.items[clause->arguments + i];
        if (!stands_in(e, clause, a, need) || is_vetoed_object(e, clause, a))
            continue;
        uint32_t inner = a->head == NONE ? NONE : partitive_head(e, a->head);
        if (is_value(e, filler_lemma(e, a), need) || is_form(e, a, need) ||
            is_titled(e, a, need) ||
            (inner != NONE && is_value(e, token_lemma(e->doc, inner), need)))
            return true;
    }
    return is_of_object(clause, need) &&
           filler_has(e, clause, OBJECT, strlen(OBJECT), need);
}

static bool is_filled(const struct eventing *e, const struct clause *clause,
                      const struct need *need, bool by_party)
{
    for (uint32_t i = 0; i < clause->argument_count; i++) {
        const struct argument *a = &e->doc->arguments.items[clause->arguments + i];
        if (stands_in(e, clause, a, need) &&
            (!by_party || argument_mention(e, a) != NONE))
            return true;
    }
    return !by_party && is_of_object(clause, need) &&
           filler_has(e, clause, OBJECT, strlen(OBJECT), need);
}

/* The parties of the pseudo-slots who, whom (also inside the content), either. */
static uint32_t count_in_frame(const struct eventing *e, const struct clause *clause,
                               uint32_t row, bool ask_actor, bool ask_recipient)
{
    const struct lexicon *l = &e->lexicon;
    uint32_t frame = table_row(l->frames,
                               table_cell(l->predicates, row, l->predicate_frame));
    struct party_list actors = {.count = 0}, others = {.count = 0};
    frame_parties(e, clause, table_cell(l->frames, frame, 1), &actors);
    if (ask_actor && (actors.count || !ask_recipient))
        return actors.count;
    frame_parties(e, clause, table_cell(l->frames, frame, 2), &others);
    if (others.count == 0 && !ask_actor)
        content_parties(e, clause, table_cell(l->frames, frame, 3), &actors, &others);
    return others.count;
}

static uint32_t subject_actor(const struct eventing *e, const struct clause *clause)
{
    for (uint32_t i = 0; i < clause->argument_count; i++) {
        const struct argument *a = &e->doc->arguments.items[clause->arguments + i];
        uint32_t mention = a->slot == SLOT_SUBJECT ? argument_mention(e, a) : NONE;
        if (mention != NONE)
            return e->doc->mention_actors.items[e->doc->mentions.items[mention].actors];
    }
    return NONE;
}

/* "warned that it would leave": what is said to come is the speaker's own act. */
static bool has_own_content(const struct eventing *e, const struct clause *clause)
{
    uint32_t speaker = subject_actor(e, clause);
    for (uint32_t i = 0; i < clause->argument_count && speaker != NONE; i++) {
        const struct argument *a = &e->doc->arguments.items[clause->arguments + i];
        const struct clause *content = a->slot == SLOT_COMPLEMENT && a->clause != NONE
                                           ? &e->doc->clauses.items[a->clause]
                                           : NULL;
        if (content && content->modal && !content->is_passive &&
            subject_actor(e, content) == speaker)
            return true;
    }
    return false;
}

/* "called for an end to its war": the subject is a party of what stands in the slot. */
static bool has_own_filler(const struct eventing *e, const struct clause *clause,
                           const struct need *need)
{
    uint32_t speaker = subject_actor(e, clause);
    size_t outer = need->slot_len - strlen(OWN_SUFFIX);
    for (uint32_t i = 0; i < clause->argument_count && speaker != NONE; i++) {
        const struct argument *a = &e->doc->arguments.items[clause->arguments + i];
        if (a->clause == NONE || !argument_is_in(a, need->slot, outer))
            continue;
        const struct clause *filler = &e->doc->clauses.items[a->clause];
        for (uint32_t k = 0; k < filler->argument_count; k++) {
            const struct argument *b = &e->doc->arguments.items[filler->arguments + k];
            struct party_list list = {.count = 0};
            if (argument_mention(e, b) != NONE)
                mention_parties(e, argument_mention(e, b), &list);
            if (party_is_in(&list, speaker))
                return true;
        }
    }
    return false;
}

/* Whether what is said is told as true: not "said that Chad was not behind it". */
static bool has_actual_content(const struct eventing *e, const struct clause *clause)
{
    for (uint32_t i = 0; i < clause->argument_count; i++) {
        const struct argument *a = &e->doc->arguments.items[clause->arguments + i];
        if (a->slot == SLOT_COMPLEMENT && a->clause != NONE &&
            e->doc->clauses.items[a->clause].status == STATUS_ACTUAL)
            return true;
    }
    return false;
}

/* "killed the bill": a common noun that names no party, nor counts or measures one. */
static bool has_thing(const struct eventing *e, const struct clause *clause,
                      const struct need *need)
{
    for (uint32_t i = 0; i < clause->argument_count; i++) {
        const struct argument *a = &e->doc->arguments.items[clause->arguments + i];
        if (a->head == NONE || !fills(e, clause, a, need) ||
            e->doc->tokens.items[a->head].upos != UPOS_NOUN)
            continue;
        const char *lemma = token_lemma(e->doc, a->head);
        bool is_count = lexicon_word(&e->lexicon, lemma, "partitive", NULL) ||
                        lexicon_word(&e->lexicon, lemma, "number word", NULL);
        if (!is_count && argument_mention(e, a) == NONE)
            return true;
    }
    return false;
}

static bool has_place(const struct eventing *e, const struct clause *clause,
                      const struct need *need)
{
    for (uint32_t i = 0; i < clause->argument_count; i++) {
        const struct argument *a = &e->doc->arguments.items[clause->arguments + i];
        if (a->head != NONE && e->place_of[a->head] != NONE && fills(e, clause, a, need))
            return true;
    }
    return false;
}

/* NOLINTNEXTLINE(misc-no-recursion): from a verb to its noun, once. */
static bool is_met(const struct eventing *e, const struct clause *clause, uint32_t row,
                   const struct need *need)
{
    if (need->kind == '=')
        return has_value(e, clause, need);
    if (need->kind == '!')
        return !has_value(e, clause, need);
    if (slot_is(need, "self")) /* "will not give in" */
        return clause->status == STATUS_NEGATED;
    if (slot_is(need, "comp") && strncmp(need->value, "actual", 6) == 0)
        return has_actual_content(e, clause);
    if (slot_is(need, "comp.own"))
        return has_own_content(e, clause);
    if (need->slot_len > strlen(OWN_SUFFIX) &&
        strncmp(need->slot + need->slot_len - strlen(OWN_SUFFIX), OWN_SUFFIX,
                strlen(OWN_SUFFIX)) == 0)
        return has_own_filler(e, clause, need);
    if (slot_is(need, "who"))
        return count_in_frame(e, clause, row, true, false) >=
               (strncmp(need->value, "several", 7) == 0 ? 2 : 1);
    if (slot_is(need, "whom"))
        return count_in_frame(e, clause, row, false, true) > 0;
    if (slot_is(need, "either"))
        /* "the visit" may mean one whose parties were named */
        return clause->is_definite || count_in_frame(e, clause, row, true, true) > 0;
    if (strncmp(need->value, "none", 4) == 0)
        return !is_filled(e, clause, need, false);
    if (strncmp(need->value, "official", 8) == 0)
        return has_party(e, clause, need, is_official);
    if (strncmp(need->value, "fighter", 7) == 0)
        return has_party(e, clause, need, actor_is_fighter);
    if (strncmp(need->value, "person", 6) == 0)
        return has_party(e, clause, need, is_person);
    if (strncmp(need->value, "place", 5) == 0)
        return has_place(e, clause, need);
    if (strncmp(need->value, "thing", 5) == 0)
        return has_thing(e, clause, need);
    if (strncmp(need->value, "state", 5) == 0)
        return has_party(e, clause, need, is_state);
    return is_filled(e, clause, need, strncmp(need->value, "actor", 5) == 0);
}

static int worth(const struct need *need)
{
    if (need->kind == '=')
        return WORTH_VALUE;
    return need->kind == ':' ? WORTH_STATE : WORTH_ABSENCE;
}

/* The worth of a line's needs, or -1 when one is not met. */
/* NOLINTNEXTLINE(misc-no-recursion): from a verb to its noun, once. */
static int fit(const struct eventing *e, const struct clause *clause, uint32_t row)
{
    const char *at = table_cell(e->lexicon.predicates, row, e->lexicon.predicate_needs);
    int count = 0;
    while (*at) {
        struct need need;
        at = read_need(at, &need);
        if (!is_met(e, clause, row, &need))
            return -1;
        count += worth(&need);
    }
    return count;
}

/* Of equals the class that says how wins. */
static bool has_mode(const struct eventing *e, uint32_t row)
{
    const struct lexicon *l = &e->lexicon;
    const char *class_name = table_cell(l->predicates, row, l->predicate_class);
    return *table_cell(l->classes, table_row(l->classes, class_name),
                       table_column(l->classes, "modes")) != '\0';
}

uint32_t rule_find(const struct eventing *e, uint32_t number, int *rank)
{
    const struct clause *clause = &e->doc->clauses.items[number];
    const struct lexicon *l = &e->lexicon;
    uint32_t rows[MAX_ROWS];
    uint32_t count = table_find(l->predicates, clause->lemma, rows, MAX_ROWS);
    uint32_t best = NONE;
    *rank = -1;
    for (uint32_t i = 0; i < count && i < MAX_ROWS; i++) {
        if (table_cell(l->predicates, rows[i], l->predicate_pos)[0] != clause_pos(clause))
            continue;
        int fits = fit(e, clause, rows[i]);
        bool is_veto = *table_cell(l->predicates, rows[i], l->predicate_class) == '\0';
        if (fits >= 0 && is_veto) {
            *rank = fits;
            return rows[i];
        }
        bool is_finer = best != NONE && fits == *rank && has_mode(e, rows[i]) &&
                        !has_mode(e, best);
        if (fits > *rank || is_finer) {
            *rank = fits;
            best = rows[i];
        }
    }
    return best;
}

/* "cancelled talks": the refusal and the talks that are off are two; "cut aid" is one. */
static bool leaves_its_noun(const struct eventing *e, const struct clause *clause,
                            const struct need *need, const char *noun)
{
    const struct lexicon *l = &e->lexicon;
    if (!slot_is(need, "obj") ||
        strcmp(lexicon_quad(l, noun, 'n'), "verbal cooperation") != 0)
        return false;
    uint32_t row = lexicon_embedding(l, clause->lemma, clause_pos(clause), "obj");
    enum status effect = status_read(table_cell(l->embeddings, row, l->embedding_effect));
    return effect == STATUS_CANCELLED || effect == STATUS_SCHEDULED;
}

bool rule_tells_refusal(const struct eventing *e, uint32_t row)
{
    const char *at = table_cell(e->lexicon.predicates, row, e->lexicon.predicate_needs);
    while (*at) {
        struct need need;
        at = read_need(at, &need);
        if (slot_is(&need, "self"))
            return true;
    }
    return false;
}

void rule_consume(const struct eventing *e, uint32_t number, uint32_t row)
{
    const struct clause *clause = &e->doc->clauses.items[number];
    const char *at = table_cell(e->lexicon.predicates, row, e->lexicon.predicate_needs);
    while (*at) {
        struct need need;
        at = read_need(at, &need);
        for (uint32_t i = 0; need.kind == '=' && i < clause->argument_count; i++) {
            const struct argument *a = &e->doc->arguments.items[clause->arguments + i];
            bool is_noun = a->clause != NONE && a->clause != number &&
                           e->doc->clauses.items[a->clause].kind == CLAUSE_NOUN;
            if (is_noun && a->slot != SLOT_SUBJECT &&
                argument_is_in(a, need.slot, need.slot_len) &&
                is_value(e, filler_lemma(e, a), &need) &&
                !leaves_its_noun(e, clause, &need, filler_lemma(e, a)))
                e->is_consumed[a->clause] = true;
        }
    }
}
