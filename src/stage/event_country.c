/* event_country.c: the country of a party that names none: that of the place of its
 * clause, which says more than the desk that wrote it; else of the dateline; else of the
 * only country whose places its sentence or the report names. */
#include "stage/event.h"

#include "base/utf8.h"

#include <stdlib.h>
#include <string.h>

#define MAX_WORDS 12
#define MAX_TEXT 200

static const char *cell(const struct table *table, uint32_t row, const char *column)
{
    return table_cell(table, row, table_column(table, column));
}

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
        double population = atof(cell(table, entry.row, "population"));
        if (table == pack_table(pack, "places") && population > most &&
            *cell(table, entry.row, "country")) {
            most = population;
            best = cell(table, entry.row, "country");
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

/* The one country of the places between first and end; NULL when there are several. */
static const char *only_country(const struct eventing *e, struct span within)
{
    const char *only = NULL;
    for (uint32_t i = 0; i < e->doc->places.count; i++) {
        const char *country = country_at(e, i);
        if (!country || e->doc->places.items[i].is_actor ||
            !span_holds(within, e->doc->places.items[i].span))
            continue;
        if (only && strcmp(only, country) != 0)
            return NULL;
        only = country;
    }
    return only;
}

/* The country of one of the sources that implied.tsv names: other, dateline, place. */
static const char *implied_country(const struct eventing *e, const struct clause *clause,
                                   const char *source, const struct party *other,
                                   enum code_source *from)
{
    bool is_place = strcmp(source, "place") == 0;
    if (strcmp(source, "dateline") == 0) {
        *from = CODE_FROM_DATELINE;
        return e->dateline_country;
    }
    *from = is_place ? CODE_FROM_PLACE : CODE_FROM_ACTOR;
    if (!is_place)
        return other ? other->code : NULL;
    return clause->place == NONE ? NULL : country_at(e, clause->place);
}

bool country_implied(const struct eventing *e, const struct clause *clause,
                     const char *rule, const char *side, const struct party *other,
                     struct party *party)
{
    uint32_t rows[2], row = NONE;
    uint32_t count = table_find(e->lexicon.implied, rule, rows, 2);
    for (uint32_t i = 0; i < count && i < 2; i++)
        if (strcmp(cell(e->lexicon.implied, rows[i], "side"), side) == 0)
            row = rows[i];
    if (row == NONE)
        return false;
    const char *sources = cell(e->lexicon.implied, row, "from");
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

/* Who meets or visits seldom belongs to the place where he does. */
static bool is_of_the_place(const char *type)
{
    return strcmp(type, "CONSULT") != 0;
}

const char *country_for_party(const struct eventing *e, const struct actor *actor,
                              const struct clause *clause, const char *type,
                              enum code_source *from)
{
    *from = CODE_FROM_ACTOR;
    if (actor->code && *actor->code)
        return actor->code;
    *from = CODE_NONE;
    if (actor->kind == ACTOR_ORGANISATION && !actor->is_generic)
        return NULL;
    *from = CODE_FROM_PLACE;
    if (is_of_the_place(type) && clause->place != NONE && country_at(e, clause->place))
        return country_at(e, clause->place);
    *from = CODE_FROM_DATELINE;
    if (e->dateline_country)
        return e->dateline_country;
    *from = CODE_NONE;
    if (!is_of_the_place(type))
        return NULL;
    *from = CODE_FROM_PLACE;
    const char *country = only_country(e, clause->span);
    if (!country)
        country = only_country(e, (struct span){0, e->doc->len});
    if (!country)
        *from = CODE_NONE;
    return country;
}
