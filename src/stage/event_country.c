/* event_country.c: the country of a party that names none: that of the place of its
 * clause, which says more than the desk that wrote it; else of the dateline; else of the
 * only country whose places its sentence or the report names; else of the body on whose
 * word it stands; else of the only country that the report names at all. */
#include "stage/event.h"

#include "base/utf8.h"

#include <stdlib.h>
#include <string.h>

#define MAX_WORDS 12
#define MAX_TEXT 200

/* A state or its capital before any town; of towns the most populous. */
static const char *country_of_hit(const struct pack *pack, struct phrase_hit hit)
{
    const char *best = NULL;
    double most = -1;
    for (uint32_t i = 0; i < hit.count; i++) {
        struct phrase_entry entry = pack_phrase_entry(pack, hit.first + i);
        const struct table *table = pack_table_at(pack, entry.table);
        if (!table)
            continue;
        if (table == pack_table(pack, "actors/states"))
            return table_cell(table, entry.row, table_column(table, "code"));
        double population = atof(table_value(table, entry.row, "population"));
        if (table == pack_table(pack, "places") && population > most &&
            *table_value(table, entry.row, "country")) {
            most = population;
            best = table_value(table, entry.row, "country");
        }
    }
    return best;
}

/* The country that all words of one part of the dateline name. */
static const char *country_of_part(const struct pack *pack, char *part)
{
    const char *words[MAX_WORDS];
    uint32_t count = 0;
    char *rest = NULL;
    for (char *word = strtok_r(part, " -", &rest); word && count < MAX_WORDS;
         word = strtok_r(NULL, " -", &rest))
        words[count++] = word;
    struct phrase_hit hits[8];
    uint32_t found = count ? pack_phrases(pack, words, count, hits, 8) : 0;
    if (found > 8)
        found = 8;
    return found && hits[found - 1].tokens == count
               ? country_of_hit(pack, hits[found - 1])
               : NULL;
}

/* "KABUL, Afghanistan": the last part that names a country wins. */
const char *country_of_dateline(const struct pack *pack, const char *dateline)
{
    char folded[MAX_TEXT];
    if (!dateline)
        return NULL;
    utf8_fold(dateline, strlen(dateline), folded, sizeof folded);
    for (;;) {
        char *comma = strrchr(folded, ',');
        char part[MAX_TEXT];
        strcpy(part, comma ? comma + 1 : folded);
        const char *country = country_of_part(pack, part);
        if (country || !comma)
            return country;
        *comma = '\0';
    }
}

static const char *country_at(const struct eventing *e, uint32_t place)
{
    const struct place_ref *p = &e->doc->places.items[place];
    return p->country && *p->country ? p->country : NULL;
}

/* ---- the only country of a stretch of text ---- */

struct only {
    const char *country;
    bool is_torn; /* there are several */
};

static void see(struct only *only, const char *country)
{
    if (!country || only->is_torn)
        return;
    if (only->country && strcmp(only->country, country) != 0)
        only->is_torn = true;
    only->country = country;
}

static void see_parties(const struct eventing *e, uint32_t mention, struct only *only)
{
    const struct mention *m = &e->doc->mentions.items[mention];
    for (uint32_t i = 0; i < m->actor_count; i++) {
        uint32_t actor = e->doc->mention_actors.items[m->actors + i];
        const char *code = e->doc->actors.items[actor].code;
        if (code && table_row(e->countries, code) != NONE)
            see(only, code);
    }
}

/* The one country of the places between two tokens, with_parties also of the parties;
 * NULL when there is none or several. */
static const char *only_country(const struct eventing *e, uint32_t first, uint32_t end,
                                bool with_parties)
{
    struct only only = {0};
    for (uint32_t i = first; i < end && !only.is_torn; i++) {
        uint32_t place = e->place_of[i];
        if (place != NONE && !e->doc->places.items[place].is_actor)
            see(&only, country_at(e, place));
        see(&only, e->settled[i]);
        if (with_parties && e->mention_of[i] != NONE)
            see_parties(e, e->mention_of[i], &only);
    }
    return only.is_torn ? NULL : only.country;
}

bool country_find_settled(struct eventing *e)
{
    struct doc *doc = e->doc;
    e->settled = arena_take(&doc->arena, doc->tokens.count, sizeof *e->settled);
    if (!e->settled)
        return false;
    for (uint32_t i = 0; i < doc->demonyms.count; i++) {
        const struct place_ref *demonym = &doc->demonyms.items[i];
        uint32_t head = doc->tokens.items[demonym->first].head;
        if (demonym->country && head >= demonym->end &&
            lexicon_word(&e->lexicon, token_lemma(doc, head), "settlement noun", NULL))
            e->settled[demonym->first] = demonym->country;
    }
    return true;
}

void country_of_report(struct eventing *e)
{
    e->place_country = only_country(e, 0, e->doc->tokens.count, false);
    e->named_country = only_country(e, 0, e->doc->tokens.count, true);
}

/* ---- parties that a class implies ---- */

/* Whether a party acts inside its own country as a rule: not a state, its government,
 * its army. */
static bool is_domestic(const struct eventing *e, const struct actor *actor)
{
    if (actor->kind == ACTOR_STATE)
        return false;
    struct span value;
    for (const char *at = actor->sectors; at && cell_next(&at, &value, actor->sectors);) {
        char sector[16] = "";
        if (span_len(value) < sizeof sector)
            memcpy(sector, actor->sectors + value.start, span_len(value));
        return lexicon_word(&e->lexicon, sector, "domestic sector", NULL);
    }
    return actor->kind != ACTOR_ORGANISATION;
}

/* The country of the body on whose word the clause stands, where it speaks of what is its
 * own affair: "Chad's interior ministry said 30 people had been held". */
static const char *country_of_voice(const struct eventing *e, const struct clause *clause)
{
    if (clause->voice_count == 0)
        return NULL;
    uint32_t last = clause->voices + clause->voice_count - 1;
    uint32_t mention = e->doc->voices.items[last].mention;
    if (mention == NONE || e->doc->mentions.items[mention].actor_count != 1)
        return NULL;
    const struct actor *actor =
        &e->doc->actors
             .items[e->doc->mention_actors.items[e->doc->mentions.items[mention].actors]];
    bool is_home = actor->kind != ACTOR_STATE && actor->is_generic &&
                   (is_domestic(e, actor) || cell_has(actor->sectors, "GOV"));
    bool is_country = actor->code && table_row(e->countries, actor->code) != NONE;
    return is_home && is_country ? actor->code : NULL;
}

/* The country of one of the sources that implied.tsv names. */
static const char *implied_country(const struct eventing *e, const struct clause *clause,
                                   const char *source, const struct party *other,
                                   enum code_source *from)
{
    *from = CODE_FROM_DATELINE;
    if (strcmp(source, "dateline") == 0)
        return e->dateline_country;
    if (strcmp(source, "scene") == 0) {
        bool is_abroad = other && other->code && e->dateline_country &&
                         strcmp(other->code, e->dateline_country) != 0;
        return is_abroad ? e->dateline_country : NULL;
    }
    *from = CODE_FROM_PLACE;
    const char *place = clause->place == NONE ? NULL : country_at(e, clause->place);
    if (strcmp(source, "place") == 0)
        return place;
    if (strcmp(source, "abroad") == 0)
        return place && other && other->code && strcmp(place, other->code) != 0 &&
                       table_row(e->countries, other->code) != NONE
                   ? place
                   : NULL;
    *from = CODE_FROM_VOICE;
    if (strcmp(source, "voice") == 0)
        return country_of_voice(e, clause);
    *from = CODE_FROM_REPORT;
    if (strcmp(source, "report") == 0)
        return e->named_country;
    *from = CODE_FROM_ACTOR;
    if (strcmp(source, "alone") == 0)
        return other && other->code && e->named_country &&
                       strcmp(other->code, e->named_country) == 0
                   ? other->code
                   : NULL;
    bool is_home = strcmp(source, "home") == 0;
    bool is_at_home = other && other->actor != NONE &&
                      is_domestic(e, &e->doc->actors.items[other->actor]);
    if (!other || (is_home && !is_at_home) ||
        (is_home && other->code && table_row(e->countries, other->code) == NONE))
        return NULL;
    return other->code;
}

/* The line of a class, else of its type. */
static uint32_t implied_row(const struct eventing *e, const char *rule, const char *side)
{
    const struct table *table = e->lexicon.implied;
    char type[16] = "";
    size_t len = strcspn(rule, "/");
    if (len < sizeof type)
        memcpy(type, rule, len);
    const char *const keys[] = {rule, type};
    for (size_t k = 0; k < 2; k++) {
        uint32_t rows[2];
        uint32_t count = table_find(table, keys[k], rows, 2);
        for (uint32_t i = 0; i < count && i < 2; i++)
            if (strcmp(table_value(table, rows[i], "side"), side) == 0)
                return rows[i];
    }
    return NONE;
}

bool country_implied(const struct eventing *e, const struct clause *clause,
                     const char *rule, const char *side, const struct party *other,
                     struct party *party)
{
    uint32_t row = implied_row(e, rule, side);
    if (row == NONE)
        return false;
    const char *sources = table_value(e->lexicon.implied, row, "from");
    struct span value;
    for (const char *at = sources; cell_next(&at, &value, sources);) {
        char source[16] = "";
        size_t len = span_len(value) < sizeof source ? span_len(value) : 0;
        memcpy(source, sources + value.start, len);
        enum code_source from;
        const char *country = implied_country(e, clause, source, other, &from);
        if (!country)
            continue;
        *party = (struct party){.actor = NONE,
                                .mention = NONE,
                                .span = e->doc->tokens.items[clause->head].span,
                                .code = country,
                                .code_from = from};
        return true;
    }
    return false;
}

/* The place that a noun is or lies in: "a mosque in Basra"; NONE. */
static uint32_t place_at(const struct eventing *e, uint32_t noun)
{
    if (noun == NONE || e->place_of[noun] != NONE)
        return noun == NONE ? NONE : e->place_of[noun];
    for (uint32_t k = e->tree.first[noun]; k != NONE; k = e->tree.next[k]) {
        uint8_t deprel = e->doc->tokens.items[k].deprel;
        if ((deprel == DEP_NMOD || deprel == DEP_COMPOUND || deprel == DEP_APPOS) &&
            e->place_of[k] != NONE)
            return e->place_of[k];
    }
    return NONE;
}

bool country_aimed_at(const struct eventing *e, const struct clause *clause,
                      const char *cell, struct party *party)
{
    for (size_t len; *cell; cell += len + (cell[len] != '\0')) {
        len = strcspn(cell, ",+");
        for (uint32_t i = 0; i < clause->argument_count; i++) {
            const struct argument *a = &e->doc->arguments.items[clause->arguments + i];
            uint32_t place = argument_is_in(a, cell, len) ? place_at(e, a->head) : NONE;
            if (place == NONE || !country_at(e, place))
                continue;
            *party = (struct party){.actor = NONE,
                                    .mention = NONE,
                                    .span = e->doc->places.items[place].span,
                                    .code = country_at(e, place),
                                    .code_from = CODE_FROM_PLACE};
            return true;
        }
    }
    return false;
}

/* ---- parties that name no country ---- */

/* Fighters may come from anywhere: whom else the report names says nothing of them. */
bool actor_is_fighter(const struct eventing *e, const struct actor *actor)
{
    char sector[16] = "";
    size_t len = actor->sectors ? strcspn(actor->sectors, "|") : 0;
    if (len < sizeof sector)
        memcpy(sector, actor->sectors ? actor->sectors : "", len);
    return lexicon_word(&e->lexicon, sector, "roving sector", NULL);
}

/* "attacked Kuwait": the country is itself what the clause does it to. */
static bool names_country(const struct eventing *e, const struct clause *clause,
                          const char *country)
{
    for (uint32_t i = 0; i < clause->argument_count && country; i++) {
        const struct argument *a = &e->doc->arguments.items[clause->arguments + i];
        uint32_t place = a->slot == SLOT_OBJECT && a->head != NONE ? e->place_of[a->head]
                                                                   : NONE;
        if (place != NONE && country_at(e, place) &&
            strcmp(country_at(e, place), country) == 0)
            return true;
    }
    return false;
}

/* Whether a party of another country takes part in the clause. */
static bool has_foreigner(const struct eventing *e, const struct clause *clause,
                          const char *code)
{
    struct only only = {.country = code};
    for (uint32_t i = 0; i < clause->argument_count; i++) {
        uint32_t mention = argument_mention(
            e, &e->doc->arguments.items[clause->arguments + i]);
        if (mention != NONE)
            see_parties(e, mention, &only);
    }
    return only.is_torn;
}

/* Whether it belongs to where it acts: a nameless government, court, crowd, gang. */
static bool is_local(const struct eventing *e, const struct actor *actor)
{
    return actor->is_generic &&
           (is_domestic(e, actor) || cell_has(actor->sectors, "GOV"));
}

/* The only country whose places the clause's sentence names, unless it is itself what the
 * clause is done to; NULL. */
static const char *country_of_scene(const struct eventing *e, const struct clause *clause)
{
    const struct sentence *s = &e->doc->sentences.items[clause->sentence];
    const char *country = only_country(e, s->first, s->end, false);
    return names_country(e, clause, country) ? NULL : country;
}

static const char *country_of_setting(const struct eventing *e, const struct actor *actor,
                                      const struct clause *clause, enum code_source *from)
{
    const struct sentence *s = &e->doc->sentences.items[clause->sentence];
    *from = CODE_FROM_PLACE;
    const char *country = only_country(e, s->first, s->end, false);
    if (country && !(is_local(e, actor) && country_of_scene(e, clause)) &&
        !only_country(e, s->first, s->end, true))
        return NULL; /* others are named beside the place, and it may be one of theirs */
    if (!country)
        country = e->place_country;
    if (country || actor_is_fighter(e, actor))
        return country;
    *from = CODE_FROM_VOICE;
    country = country_of_voice(e, clause);
    if (country && !has_foreigner(e, clause, country))
        return country;
    *from = CODE_FROM_REPORT;
    return e->named_country;
}

bool party_is_abroad(const struct eventing *e, uint32_t mention)
{
    if (mention == NONE)
        return false;
    const struct mention *m = &e->doc->mentions.items[mention];
    if (e->doc->tokens.items[m->head].feats.number == NUMBER_PLUR &&
        lexicon_word(&e->lexicon, token_lemma(e->doc, m->head), "state noun", NULL))
        return true;
    for (uint32_t i = m->first; i < m->end && i < m->first + MAX_WORDS; i++) {
        const struct token *t = &e->doc->tokens.items[i];
        bool is_owner = t->deprel == DEP_NMOD_POSS && t->upos == UPOS_PRON &&
                        t->head == m->head;
        if ((is_owner && e->mention_of[i] == NONE) ||
            lexicon_word(&e->lexicon, t->norm, "abroad word", NULL))
            return true; /* "a delegation of regional leaders", "its envoys" */
    }
    return false;
}

/* "Israeli tanks and troops": the nationality of the first holds for the next, where both
 * are arms of a state; NULL. */
static const char *country_of_joined(const struct eventing *e, const struct actor *actor,
                                     uint32_t mention)
{
    if (mention == NONE ||
        !(cell_has(actor->sectors, "MIL") || cell_has(actor->sectors, "COP")))
        return NULL;
    uint32_t head = e->doc->mentions.items[mention].head;
    const struct token *t = &e->doc->tokens.items[head];
    uint32_t first = t->deprel == DEP_CONJ ? e->mention_of[t->head] : NONE;
    if (first == NONE || t->head >= head ||
        e->doc->mentions.items[first].actor_count != 1 ||
        tree_child_of(&e->tree, head, DEP_DET, DEP_AMOD) != NONE ||
        tree_child_of(&e->tree, head, DEP_NMOD, DEP_NMOD_POSS) != NONE)
        return NULL;
    const struct actor *other =
        &e->doc->actors
             .items[e->doc->mention_actors.items[e->doc->mentions.items[first].actors]];
    return other->is_generic && cell_has(other->sectors, "MIL") ? other->code : NULL;
}

/* "in a Nepalese town": the country of the clause's place, where it has no name that we
 * know; NULL. */
static const char *country_of_town(const struct eventing *e, const struct clause *clause)
{
    for (uint32_t i = 0; i < clause->argument_count; i++) {
        const struct argument *a = &e->doc->arguments.items[clause->arguments + i];
        if (a->slot != SLOT_PREPOSITION ||
            !lexicon_word(&e->lexicon, a->preposition, "place mark", NULL))
            continue;
        for (uint32_t k = e->tree.first[a->head]; k != NONE; k = e->tree.next[k])
            if (e->settled[k])
                return e->settled[k];
    }
    return NULL;
}

/* Whether the party's own words name the country and yet do not give it: "US-backed
 * rebels" are not American. */
static bool names_itself(const struct eventing *e, uint32_t mention, const char *country)
{
    if (mention == NONE)
        return false;
    const struct mention *m = &e->doc->mentions.items[mention];
    for (uint32_t i = m->first; i < m->end && i < m->first + MAX_WORDS; i++) {
        struct only only = {0};
        if (i != m->head && e->mention_of[i] != NONE && e->mention_of[i] != mention)
            see_parties(e, e->mention_of[i], &only);
        if (only.country && strcmp(only.country, country) == 0)
            return true;
    }
    return false;
}

const char *country_for_party(const struct eventing *e, const struct party *party,
                              const struct clause *clause, const char *type,
                              enum code_source *from)
{
    const struct actor *actor = &e->doc->actors.items[party->actor];
    *from = CODE_FROM_ACTOR;
    if (actor->code && *actor->code)
        return actor->code;
    const char *joined = country_of_joined(e, actor, party->mention);
    if (joined)
        return joined;
    *from = CODE_NONE;
    if ((actor->kind == ACTOR_ORGANISATION && !actor->is_generic) ||
        party_is_abroad(e, party->mention))
        return NULL;
    /* who meets or visits seldom belongs to the place where he does */
    bool is_of_the_place = !lexicon_type_has(&e->lexicon, type, "gathering");
    *from = CODE_FROM_PLACE;
    if (is_of_the_place && clause->place != NONE && country_at(e, clause->place))
        return country_at(e, clause->place);
    const char *settled = is_of_the_place ? country_of_town(e, clause) : NULL;
    if (settled)
        return settled;
    /* rebels seldom act far from home; whom they hit, and police, may be anywhere */
    bool is_fighter = is_of_the_place && actor->is_generic && actor_is_fighter(e, actor);
    const char *scene = is_fighter ? country_of_scene(e, clause) : NULL;
    if (scene)
        return scene;
    *from = CODE_FROM_DATELINE;
    if (e->dateline_country)
        return e->dateline_country;
    *from = CODE_NONE;
    if (!is_of_the_place)
        return NULL;
    const char *country = country_of_setting(e, actor, clause, from);
    if (country && *from == CODE_FROM_REPORT && names_itself(e, party->mention, country))
        country = NULL;
    if (!country)
        *from = CODE_NONE;
    return country;
}
