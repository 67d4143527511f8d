/* place_choose.c: which of the world's places of that name is meant. */
#include "stage/place.h"

#include <ctype.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

/* Below this a name in running text is more likely a person, a thing or chance. */
#define LIKELY 4.6

enum column {
    COL_ID,
    COL_NAME,
    COL_COUNTRY,
    COL_ADMIN1,
    COL_KIND,
    COL_LAT,
    COL_LON,
    COL_PEOPLE
};

static enum place_kind kind_read(const char *kind)
{
    static const struct {
        const char *name;
        enum place_kind kind;
    } kinds[] = {
        {"capital", KIND_CAPITAL}, {"seat", KIND_SEAT},         {"city", KIND_CITY},
        {"town", KIND_TOWN},       {"division", KIND_DIVISION}, {"spot", KIND_SPOT},
        {"base", KIND_SPOT},       {"camp", KIND_SPOT},         {"crossing", KIND_SPOT}};
    for (size_t i = 0; i < sizeof kinds / sizeof *kinds; i++)
        if (strcmp(kinds[i].name, kind) == 0)
            return kinds[i].kind;
    return KIND_REGION;
}

static void read_country(const struct places *p, const char *code,
                         struct candidate *candidate)
{
    uint32_t row = table_row(p->countries, code);
    candidate->kind = KIND_COUNTRY;
    candidate->country = code;
    candidate->admin1 = "";
    candidate->id = who_cell(p->countries, row, "geonames");
    candidate->lat = strtod(who_cell(p->countries, row, "lat"), NULL);
    candidate->lon = strtod(who_cell(p->countries, row, "lon"), NULL);
    candidate->people = strtod(who_cell(p->countries, row, "population"), NULL);
    if (row == NONE)
        candidate->lat = candidate->lon = NAN;
}

static void read_place(const struct places *p, uint32_t row, struct candidate *candidate)
{
    const char *cells[8];
    for (int i = 0; i < 8; i++)
        cells[i] = table_cell(p->gazetteer, row, p->place_columns[i]);
    candidate->id = cells[COL_ID];
    candidate->name = cells[COL_NAME];
    candidate->country = cells[COL_COUNTRY];
    candidate->admin1 = cells[COL_ADMIN1];
    candidate->kind = kind_read(cells[COL_KIND]);
    candidate->lat = strtod(cells[COL_LAT], NULL);
    candidate->lon = strtod(cells[COL_LON], NULL);
    candidate->people = strtod(cells[COL_PEOPLE], NULL);
}

/* "US" is no "us", and "Of" no "of"; a headline's capitals agree with all. */
static bool agrees(const char *written, const char *text, uint32_t len)
{
    bool is_short = strlen(written) <= 3;
    if (!isupper((unsigned char)text[0]) && !isdigit((unsigned char)text[0]) &&
        !(text[0] & 0x80))
        return false;
    for (size_t i = 0; is_short && written[i] && i < len; i++)
        if (isupper((unsigned char)written[i]) && !isupper((unsigned char)text[i]))
            return false;
    return true;
}

uint32_t place_candidates(const struct places *p, const struct phrase_hit *hit,
                          const char *text, uint32_t len, struct candidate *candidates,
                          uint32_t cap)
{
    uint32_t count = 0;
    for (uint32_t i = 0; i < hit->count && count < cap; i++) {
        struct phrase_entry entry = pack_phrase_entry(p->pack, hit->first + i);
        struct candidate *candidate = &candidates[count];
        if (entry.written[0] == '~' || !agrees(entry.written, text, len))
            continue;
        *candidate = (struct candidate){.row = entry.row};
        if (entry.table == p->states_number) {
            if (entry.column != p->state_columns[0] &&
                entry.column != p->state_columns[1])
                continue;
            read_country(p, table_cell(p->states, entry.row, 0), candidate);
            candidate->name = who_cell(p->states, entry.row, "name");
        } else if (entry.table == p->gazetteer_number) {
            read_place(p, entry.row, candidate);
        } else {
            continue;
        }
        if (!isnan(candidate->lat))
            count++;
    }
    return count;
}

unsigned place_word(const struct places *p, const char *word)
{
    static const struct {
        const char *name;
        unsigned bit;
    } classes[] = {{"locative", WORD_LOCATIVE},     {"direction", WORD_DIRECTION},
                   {"motion", WORD_MOTION},         {"division", WORD_DIVISION},
                   {"settlement", WORD_SETTLEMENT}, {"institution", WORD_INSTITUTION}};
    uint32_t rows[8], count = table_find(p->words, word, rows, 8);
    unsigned bits = 0;
    for (uint32_t i = 0; i < count && i < 8; i++)
        for (size_t c = 0; c < sizeof classes / sizeof *classes; c++)
            if (strcmp(table_cell(p->words, rows[i], 1), classes[c].name) == 0)
                bits |= classes[c].bit;
    return bits;
}

static uint32_t times_told(const struct places *p, const char *country)
{
    for (uint32_t i = 0; i < p->countries_count; i++)
        if (strcmp(p->countries_told[i].code, country) == 0)
            return p->countries_told[i].count;
    return 0;
}

static double prior(const struct candidate *c)
{
    double size = log10(c->people + 10);
    switch (c->kind) {
    case KIND_COUNTRY: return 9;
    case KIND_CAPITAL: return size + 1.2;
    case KIND_SEAT: return size + 0.3;
    case KIND_DIVISION: return size - 1.2;
    case KIND_REGION: return 7;
    case KIND_SPOT: return 6.2;
    default: return size;
    }
}

/* Kilometres between two points (haversine on a sphere). */
static double distance(double lat1, double lon1, double lat2, double lon2)
{
    const double rad = 3.14159265358979 / 180;
    double a = sin((lat2 - lat1) * rad / 2), b = sin((lon2 - lon1) * rad / 2);
    double h = a * a + cos(lat1 * rad) * cos(lat2 * rad) * b * b;
    return 2 * 6371 * asin(h > 1 ? 1 : sqrt(h));
}

/* Nearness to the places found before: news moves in one part of the world. */
static double nearness(const struct places *p, const struct candidate *c)
{
    double best = 1e9;
    uint32_t from = p->found.count > 12 ? p->found.count - 12 : 0;
    for (uint32_t i = from; i < p->found.count; i++) {
        const struct candidate *other = &p->found.items[i].chosen;
        if (other->kind == KIND_COUNTRY || other->kind == KIND_REGION)
            continue;
        double d = distance(c->lat, c->lon, other->lat, other->lon);
        if (d > 1 && d < best)
            best = d;
    }
    return best < 60 ? 1.6 : best < 250 ? 1.1 : best < 700 ? 0.5 : 0;
}

/* A name means one place throughout a report. */
static bool was_chosen(const struct places *p, const struct candidate *c)
{
    for (uint32_t i = 0; i < p->found.count && i < 200; i++)
        if (p->found.items[i].chosen.row == c->row &&
            (p->found.items[i].chosen.kind == KIND_COUNTRY) == (c->kind == KIND_COUNTRY))
            return true;
    return false;
}

static double context(const struct places *p, const struct candidate *c,
                      const struct surroundings *around)
{
    double score = 0;
    uint32_t told = times_told(p, c->country);
    if (c->kind != KIND_COUNTRY && *c->country)
        score += told > 3 ? 3 : told > 1 ? 2.4 : told ? 1.6 : 0;
    if (c->kind != KIND_COUNTRY && *p->dateline_country &&
        strcmp(c->country, p->dateline_country) == 0)
        score += 1.2;
    if (*around->container)
        score += c->kind != KIND_COUNTRY && cell_has(c->country, around->container) ? 6
                                                                                    : -4;
    if (*around->container_admin1)
        score += strcmp(c->admin1, around->container_admin1) == 0 ? 4 : 0;
    if (around->words & WORD_DIVISION)
        score += c->kind == KIND_DIVISION ? 3 : c->kind == KIND_REGION ? 1 : 0;
    if ((around->words & WORD_SETTLEMENT) && c->kind != KIND_COUNTRY &&
        c->kind != KIND_DIVISION)
        score += 1.5;
    if (around->words & WORD_LOCATIVE)
        score += 1;
    if (around->is_dateline)
        score += 2;
    if (!around->is_single)
        score += 0.6;
    return score + nearness(p, c) + (was_chosen(p, c) ? 2 : 0);
}

uint32_t place_choose(const struct places *p, struct candidate *candidates,
                      uint32_t count, const struct surroundings *around)
{
    uint32_t best = NONE;
    for (uint32_t i = 0; i < count; i++) {
        candidates[i].score = prior(&candidates[i]) + context(p, &candidates[i], around);
        if (best == NONE || candidates[i].score > candidates[best].score)
            best = i;
    }
    return best != NONE && candidates[best].score >= LIKELY + (around->is_single ? 1 : 0)
               ? best
               : NONE;
}
