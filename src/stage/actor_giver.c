/* actor_giver.c: who passes a country on to a noun: its adjective, possessor, place,
 * what it is loyal to. */
#include "stage/actor_work.h"

#include <string.h>

#define MAX_REACH                                                                        \
    40 /* tokens right of a noun in which a preposition's noun is looked for */

static const struct label *label_at(const struct work *work, uint32_t token)
{
    uint32_t label = work->label_of[token];
    return label == NONE ? NULL : &work->labels.items[label];
}

/* The label of the word before, in the same sentence; NULL. */
const struct label *label_before(const struct work *work, uint32_t token)
{
    const struct doc *doc = work->doc;
    bool is_first = doc->sentences.items[doc_sentence_of(doc, token)].first == token;
    return is_first ? NULL : label_at(work, token - 1);
}

/* A group of no one country gives its sector alone: "Islamic State militants". */
static bool is_giver(const struct actor *actor)
{
    bool is_known = strncmp(actor->id, "report/", strlen("report/")) != 0;
    return actor->code ||
           (actor->kind == ACTOR_ORGANISATION && *actor->sectors && is_known);
}

static bool gives(const struct work *work, uint32_t token)
{
    const struct found *found = &work->found[token];
    for (uint32_t i = 0; i < found->count; i++)
        if (is_giver(&work->doc->actors.items[found->actors[i]]))
            return true;
    return false;
}

/* Chechnya and Scotland carry their state's code but not its offices. */
static bool is_part(const struct work *work, const struct actor *actor)
{
    const struct who *who = &work->who;
    return actor->kind == ACTOR_STATE && actor->code &&
           strcmp(actor->id, who_cell(who->states, who_state(who, actor->code), "id")) !=
               0;
}

/* The body that rules a country gives it as the state does: "Vatican officials". */
static bool is_ruling(const struct work *work, const struct actor *actor)
{
    const struct table *table = work->who.organisations;
    return actor->kind == ACTOR_ORGANISATION && !actor->is_generic &&
           strncmp(actor->sectors, "GOV", 3) == 0 &&
           strcmp(who_cell(table, table_row(table, actor->id), "kind"), "government") ==
               0;
}

/* "Ethnic Serb leaders" are of a people, and of whichever country. */
static bool is_of_descent(const struct work *work, uint32_t first)
{
    const struct doc *doc = work->doc;
    bool is_first = doc->sentences.items[doc_sentence_of(doc, first)].first == first;
    return !is_first &&
           who_word(&work->who, doc->tokens.items[first - 1].norm, "of_descent", NULL);
}

static void take_givers(struct work *work, struct givers *givers, uint32_t token)
{
    const struct found *found = &work->found[token];
    bool is_people = found->count && is_of_descent(work, found->first);
    for (uint32_t i = 0; i < found->count; i++) {
        const struct actor *actor = &work->doc->actors.items[found->actors[i]];
        if (!is_giver(actor) || givers->count == MAX_PARTIES)
            continue;
        bool is_person = actor->kind == ACTOR_PERSON;
        bool is_state = actor->kind == ACTOR_STATE;
        givers->items[givers->count++] = (struct giver){
            .code = is_state && is_people ? NULL : actor->code,
            .sectors = is_state && is_people                ? "SOC"
                       : is_state || is_ruling(work, actor) ? ""
                                                            : actor->sectors,
            .is_international = !is_person && cell_has(actor->sectors, "IGO"),
            .is_part = is_part(work, actor),
        };
    }
    if (found->count) {
        givers->first = found->first < givers->first ? found->first : givers->first;
        givers->end = found->end > givers->end ? found->end : givers->end;
    }
}

static bool is_state_word(const struct work *work, uint32_t token)
{
    const struct label *label = label_at(work, token);
    return label && (label->kinds & WHO_COUNTRY);
}

/* One person is no title of another: "the Smith-Jones talks". */
bool is_person_word(const struct work *work, uint32_t token)
{
    const struct label *label = label_at(work, token);
    return label && (label->kinds & WHO_PERSON) && !(label->kinds & WHO_COUNTRY);
}

/* The nearest giver before the noun, and those it is joined to by "and"; a state's
 * word goes before other names. */
static bool givers_before(struct work *work, struct chunk chunk, uint32_t before,
                          enum member kind, struct givers *givers)
{
    const struct doc *doc = work->doc;
    uint32_t nearest = NONE;
    const char *scope = NULL;
    bool has_state = false;
    bool is_own = kind == MEMBER_OWN;
    for (uint32_t i = chunk.first; i < before && is_own; i++)
        has_state |= is_state_word(work, i) && gives(work, i) &&
                     member_of(doc, chunk, i) == kind;
    for (uint32_t i = before; i-- > chunk.first;) {
        if (!gives(work, i) || member_of(doc, chunk, i) != kind ||
            (has_state && !is_state_word(work, i)) ||
            (is_own && is_person_word(work, i) && is_person_word(work, chunk.head)))
            continue;
        const struct token *token = &doc->tokens.items[i];
        /* A "Tehran-backed militia" is not Iran's. */
        if (kind == MEMBER_VERBAL &&
            who_word(&work->who, doc->tokens.items[token->head].norm, "participle",
                     &scope) &&
            strcmp(scope, "other") == 0)
            continue;
        if (kind == MEMBER_POSSESSOR && nearest == NONE &&
            token->deprel != DEP_NMOD_POSS && token->deprel != DEP_CONJ)
            continue;
        if (nearest == NONE) {
            nearest = i;
        } else {
            const struct token *near = &doc->tokens.items[nearest];
            bool is_joined = (near->deprel == DEP_CONJ && near->head == i) ||
                             (token->deprel == DEP_CONJ && token->head == nearest) ||
                             (near->deprel == DEP_CONJ && token->deprel == DEP_CONJ &&
                              near->head == token->head);
            if (!is_joined)
                continue;
        }
        take_givers(work, givers, i);
        if (kind != MEMBER_POSSESSOR)
            work->found[i].is_taken = true;
    }
    for (uint32_t i = 0; i < givers->count / 2; i++) { /* in the order of the text */
        struct giver last = givers->items[givers->count - 1 - i];
        givers->items[givers->count - 1 - i] = givers->items[i];
        givers->items[i] = last;
    }
    return nearest != NONE;
}

static const char *place_country(const struct work *work, uint32_t token)
{
    const struct label *label = label_at(work, token);
    if (!label || !(label->kinds & WHO_PLACE))
        return "";
    struct phrase_entry entry = {0};
    long best = -1;
    const char *country = "";
    for (uint32_t i = 0; i < label->entry_count; i++) {
        entry = pack_phrase_entry(work->who.pack, label->entry + i);
        if (who_entry_kind(&work->who, entry) != WHO_PLACE)
            continue;
        const struct table *table = pack_table_at(work->who.pack, entry.table);
        long population = 0;
        for (const char *at = who_cell(table, entry.row, "population"); *at; at++)
            population = population * 10 + (*at >= '0' && *at <= '9' ? *at - '0' : 0);
        const char *cell = who_cell(table, entry.row, "country");
        if (population > best && *cell && !strchr(cell, '|')) {
            best = population;
            country = cell;
        }
    }
    return country;
}

/* "official at the ministry", "students at the university", but not "protesters at the
 * ministry". */
static bool speaks_for_others(const struct work *work, uint32_t head)
{
    const struct label *label = label_at(work, head);
    if (!label || !(label->kinds & (WHO_AGENT | WHO_ROLE)))
        return false;
    uint32_t row = label->kinds & WHO_AGENT ? label_row(work, label, WHO_AGENT) : NONE;
    const char *sectors = who_cell(work->who.agents, row, "sectors");
    bool works_there = who_word(&work->who, sectors, "works_at", NULL);
    return row == NONE || works_there ||
           (strcmp(who_cell(work->who.agents, row, "kind"), "person") == 0 &&
            strcmp(sectors, "CVL") != 0);
}

/* Whether what a preposition adds to the noun says to whom it belongs: "of", "in",
 * "from" after any party word, "of" and "from" after a name, "to" after "aide". */
static bool is_giving(const struct work *work, uint32_t head, const char *preposition)
{
    const struct token *token = &work->doc->tokens.items[head];
    const char *scope = NULL;
    if (who_word(&work->who, preposition, "giver_preposition", &scope) &&
        strcmp(scope, "person") == 0)
        return speaks_for_others(work, head);
    if (scope)
        return strcmp(scope, "name") == 0 || token->upos != UPOS_PROPN ||
               (label_at(work, head) &&
                (label_at(work, head)->kinds & (WHO_AGENT | WHO_ROLE)));
    return who_word(&work->who, token->lemma ? token->lemma : token->norm, "belongs_by",
                    &scope) &&
           strcmp(scope, preposition) == 0;
}

/* "in the breakaway region of Abkhazia", "from the Casamance region", "from Kenya's
 * Garissa": what names the place, or owns it. */
static bool giver_inside(struct work *work, uint32_t place, struct givers *givers)
{
    const struct doc *doc = work->doc;
    struct sentence sentence = doc->sentences.items[doc_sentence_of(doc, place)];
    uint32_t first = place > sentence.first + MAX_REACH / 4 ? place - MAX_REACH / 4
                                                            : sentence.first;
    uint32_t last = place + MAX_REACH / 4 < sentence.end ? place + MAX_REACH / 4
                                                         : sentence.end;
    const struct token *noun = &doc->tokens.items[place];
    bool is_kind = who_word(&work->who, noun->lemma ? noun->lemma : noun->norm,
                            "kind_of_place", NULL);
    for (uint32_t i = first; i < last; i++) {
        const struct token *token = &doc->tokens.items[i];
        if (token->head != place || i == place)
            continue;
        bool owns = token->deprel == DEP_NMOD_POSS;
        bool names = token->deprel == DEP_COMPOUND ||
                     (is_kind && token->deprel == DEP_NMOD);
        const char *country = names ? place_country(work, i) : "";
        if ((owns || names) && gives(work, i)) {
            take_givers(work, givers, i);
            return true;
        }
        if (*country) {
            givers->items[givers->count++] = (struct giver){.code = country,
                                                            .sectors = ""};
            return true;
        }
    }
    return false;
}

/* "rebels in eastern Congo", "president of Kenya": the first that gives a country. */
static bool givers_after(struct work *work, uint32_t head, uint32_t end,
                         struct givers *givers)
{
    const struct doc *doc = work->doc;
    struct sentence sentence = doc->sentences.items[doc_sentence_of(doc, head)];
    uint32_t last = end + MAX_REACH < sentence.end ? end + MAX_REACH : sentence.end;
    for (uint32_t i = end; i < last; i++) {
        const struct token *token = &doc->tokens.items[i];
        bool hangs_here = token->head == head &&
                          (token->deprel == DEP_NMOD || token->deprel == DEP_OBL);
        if (!hangs_here || !is_giving(work, head, case_of(doc, i)))
            continue;
        if (gives(work, i)) {
            take_givers(work, givers, i);
            /* "the presidents of A and B" */
            for (uint32_t j = i + 1; j < last; j++)
                if (doc->tokens.items[j].deprel == DEP_CONJ &&
                    doc->tokens.items[j].head == i)
                    take_givers(work, givers, j);
            return true;
        }
        const char *country = place_country(work, i);
        if (*country) {
            givers->items[givers->count++] = (struct giver){.code = country,
                                                            .sectors = ""};
            givers->end = i + 1;
            return true;
        }
        if (giver_inside(work, i, givers))
            return true;
    }
    return false;
}

/* "fighters loyal to A", "a group based in B". */
static bool givers_through(struct work *work, uint32_t head, uint32_t end,
                           struct givers *givers)
{
    const struct doc *doc = work->doc;
    struct sentence sentence = doc->sentences.items[doc_sentence_of(doc, head)];
    uint32_t last = end + MAX_REACH / 2 < sentence.end ? end + MAX_REACH / 2
                                                       : sentence.end;
    for (uint32_t i = end; i < last; i++) {
        const struct token *link = &doc->tokens.items[i];
        if (link->head != head || !who_word(&work->who, link->norm, "belonging", NULL))
            continue;
        for (uint32_t j = i + 1; j < last; j++) {
            const struct token *token = &doc->tokens.items[j];
            const char *country = "";
            if (token->head != i ||
                (token->deprel != DEP_OBL && token->deprel != DEP_NMOD))
                continue;
            if (gives(work, j))
                take_givers(work, givers, j);
            else
                country = place_country(work, j);
            if (*country)
                givers->items[givers->count++] = (struct giver){.code = country,
                                                                .sectors = ""};
            return givers->count > 0;
        }
    }
    return false;
}

/* The state's or the body's word right before the noun, when the tree hangs it
 * elsewhere: "Kenyan troops", "UN inspectors". */
static bool giver_beside(struct work *work, uint32_t before, struct givers *givers)
{
    const struct label *label = label_before(work, before);
    unsigned wanted = WHO_ADJECTIVE | WHO_STATE;
    if (!label || label->end != before)
        return false;
    if ((label->kinds & WHO_ORGANISATION) && gives(work, label->head)) {
        take_givers(work, givers, label->head);
        work->found[label->head].is_taken = true;
        return true;
    }
    if (!(label->kinds & wanted) || is_of_descent(work, label->first))
        return false;
    uint32_t row = label_row(work, label,
                             label->kinds & WHO_ADJECTIVE ? WHO_ADJECTIVE : WHO_STATE);
    givers->items[givers->count++] = (struct giver){
        .code = who_cell(work->who.states, row, "code"), .sectors = ""};
    givers->first = label->first;
    work->found[label->head].is_taken = true;
    return true;
}

/* A people has a home state, but rebels of that people may be of another. */
static bool are_peoples(const struct givers *givers)
{
    for (uint32_t i = 0; i < givers->count; i++)
        if (strncmp(givers->items[i].sectors, "SOC", 3) != 0)
            return false;
    return givers->count > 0;
}

/* "NATO-led troops in Kosovo" are NATO's, wherever they stand. */
static bool giver_leading(struct work *work, struct chunk chunk, uint32_t before,
                          struct givers *givers)
{
    const struct doc *doc = work->doc;
    for (uint32_t i = before; i-- > chunk.first;) {
        const char *scope = NULL;
        const char *verb = doc->tokens.items[doc->tokens.items[i].head].norm;
        if (!gives(work, i) || member_of(doc, chunk, i) != MEMBER_VERBAL ||
            !who_word(&work->who, verb, "participle", &scope) ||
            strcmp(scope, "first") != 0)
            continue;
        take_givers(work, givers, i);
        work->found[i].is_taken = true;
        return givers->count > 0;
    }
    return false;
}

/* "Karachi's mayor" */
static bool place_owning(struct work *work, struct chunk chunk, uint32_t before,
                         struct givers *givers)
{
    for (uint32_t i = before; i-- > chunk.first;) {
        const struct token *token = &work->doc->tokens.items[i];
        const char *country = token->head == chunk.head &&
                                      token->deprel == DEP_NMOD_POSS &&
                                      !work->found[i].count
                                  ? place_country(work, i)
                                  : "";
        if (!*country)
            continue;
        givers->items[givers->count++] = (struct giver){.code = country, .sectors = ""};
        givers->first = chunk.first;
        return true;
    }
    return false;
}

/* Givers beside the noun's own words: a possessor, a word left of it, what follows. */
static void gather_around(struct work *work, struct chunk chunk, uint32_t before,
                          struct givers *givers)
{
    if (givers_before(work, chunk, before, MEMBER_POSSESSOR, givers) ||
        place_owning(work, chunk, before, givers) ||
        giver_leading(work, chunk, before, givers))
        return;
    if (giver_beside(work, before, givers))
        return;
    for (uint32_t i = before; i-- > chunk.first;) {
        const char *country = member_of(work->doc, chunk, i) == MEMBER_OWN &&
                                      !work->found[i].count
                                  ? place_country(work, i)
                                  : "";
        if (*country) {
            givers->items[givers->count++] = (struct giver){.code = country,
                                                            .sectors = ""};
            givers->first = i;
            return;
        }
    }
    if (givers_after(work, chunk.head, chunk.end, givers) ||
        givers_through(work, chunk.head, chunk.end, givers))
        return;
    givers_before(work, chunk, before, MEMBER_VERBAL, givers);
}

void gather_givers(struct work *work, struct chunk chunk, uint32_t before,
                   struct givers *givers)
{
    *givers = (struct givers){.first = before};
    givers_before(work, chunk, before, MEMBER_OWN, givers);
    if (givers->count && !are_peoples(givers))
        return;
    struct givers own = *givers, around = {.first = before};
    gather_around(work, chunk, before, &around);
    if (own.count && (!around.count || !around.items[0].code))
        return;
    *givers = around;
    if (own.first < givers->first)
        givers->first = own.first;
}
