/* place_choose.c: which of the world's places of that name is meant.
 *
 * Scores are like logarithms of odds, base 10: first how well known a place is, then what
 * the report says of its country, and the other names of the report: news moves in one
 * part of the world, and each name's reading counts for the others as far as it is sure.
 */
#include "stage/place.h"

#include <ctype.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

#define MAX_READ 96u /* bearers of a name that are compared */
#define WINDOW 24u   /* names before and after that count */
#define ROUNDS 3
#define MOST_COUNTRY 3.4     /* what speaks for the country speaks for all its places */
#define SURE_SUPPORT 2       /* of the names around it */
#define MOST_SUPPORT 3.6     /* the neighbourhood makes no hamlet of a metropolis */
#define OF_DIVISION 1.4      /* its towns speak for a state more than for each other */
#define FOREIGN_NAMESAKE 0.8 /* off for one called like another country's capital */
#define LISTED_APART 1.6     /* off for one in the country that it is listed with */
#define NAMESAKE 2.5         /* off for a town called like a state of its country */
#define MOST_OVER 5
#define OVER_SHARE 0.3

enum column {
    COL_ID,
    COL_NAME,
    COL_COUNTRY,
    COL_ADMIN1,
    COL_ADMIN2,
    COL_KIND,
    COL_LAT,
    COL_LON,
    COL_PEOPLE
};

/* ---- candidates ---- */

static enum place_kind kind_read(const char *kind)
{
    static const struct {
        const char *name;
        enum place_kind kind;
    } kinds[] = {
        {"town", KIND_TOWN}, {"city", KIND_CITY},         {"capital", KIND_CAPITAL},
        {"seat", KIND_SEAT}, {"quarter", KIND_QUARTER},   {"county", KIND_COUNTY},
        {"spot", KIND_SPOT}, {"division", KIND_DIVISION}, {"base", KIND_SPOT},
        {"camp", KIND_SPOT}, {"homonym", KIND_HOMONYM},   {"crossing", KIND_SPOT}};
    for (size_t i = 0; i < sizeof kinds / sizeof *kinds; i++)
        if (strcmp(kinds[i].name, kind) == 0)
            return kinds[i].kind;
    return KIND_REGION;
}

void place_read_country(const struct places *p, uint32_t state, struct candidate *c)
{
    const char *code = table_cell(p->states, state, 0);
    uint32_t row = table_row(p->countries, code);
    *c = (struct candidate){.row = state,
                            .kind = KIND_COUNTRY,
                            .name = table_cell(p->states, state, p->state_columns[0]),
                            .country = code,
                            .admin1 = "",
                            .admin2 = ""};
    c->id = table_cell(p->countries, row, p->country_columns[0]);
    c->lat = strtod(table_cell(p->countries, row, p->country_columns[1]), NULL);
    c->lon = strtod(table_cell(p->countries, row, p->country_columns[2]), NULL);
    c->people = strtod(table_cell(p->countries, row, p->country_columns[3]), NULL);
    if (row == NONE)
        c->lat = c->lon = NAN;
}

static void read_place(const struct places *p, const struct table *shelf, uint32_t row,
                       struct candidate *c)
{
    const char *cells[9];
    const uint32_t *columns = p->shelf_columns[shelf == p->second_shelf];
    for (int i = 0; i < 9; i++)
        cells[i] = table_cell(shelf, row, columns[i]);
    *c = (struct candidate){.row = row,
                            .kind = kind_read(cells[COL_KIND]),
                            .is_minor = shelf == p->second_shelf,
                            .id = cells[COL_ID],
                            .name = cells[COL_NAME],
                            .country = cells[COL_COUNTRY],
                            .admin1 = cells[COL_ADMIN1],
                            .admin2 = cells[COL_ADMIN2],
                            .lat = strtod(cells[COL_LAT], NULL),
                            .lon = strtod(cells[COL_LON], NULL),
                            .people = strtod(cells[COL_PEOPLE], NULL)};
}

bool place_agrees(const char *written, const char *text, uint32_t len)
{
    bool is_short = strlen(written) <= 3;
    for (size_t i = 0; is_short && written[i] && i < len; i++)
        if (isupper((unsigned char)written[i]) && !isupper((unsigned char)text[i]))
            return false;
    return true;
}

/* How likely the place is to be meant where nothing else is known. */
static double prior(const struct candidate *c)
{
    double size = log10(c->people + 10);
    switch (c->kind) {
    case KIND_COUNTRY: return 9.5;
    case KIND_CAPITAL: return size + 2;
    case KIND_HOMONYM: return size - 0.5;
    case KIND_SEAT: return size + 0.3;
    case KIND_DIVISION: return size - 1.2;
    case KIND_COUNTY: return size - 1;
    case KIND_QUARTER: return size - 0.8;
    case KIND_REGION: return c->is_minor ? 4.2 : 7;
    case KIND_SPOT: return c->is_minor ? 4.2 : 6.2;
    default: return size;
    }
}

/* Quebec and Abkhazia are parties of their own, but no countries: the gazetteer has
 * them. */
static bool is_country(const struct places *p, uint32_t row)
{
    const char *kind = table_cell(p->states, row, p->state_columns[2]);
    bool is_within = strcmp(kind, "part") == 0 || strcmp(kind, "de-facto") == 0;
    return !is_within || who_state(&p->who, table_cell(p->states, row, 0)) == row;
}

/* One candidate of an entry; false when the entry is no place. */
static bool read_entry(const struct places *p, struct phrase_entry entry,
                       struct candidate *c)
{
    const struct table *table = pack_table_at(p->pack, entry.table);
    if (!table || entry.written[0] == '~')
        return false;
    if (table == p->states) {
        bool is_name = entry.column == p->state_columns[0] ||
                       entry.column == p->state_columns[1];
        if (!is_name || !is_country(p, entry.row))
            return false;
        place_read_country(p, entry.row, c);
    } else if (table == p->first_shelf || table == p->second_shelf) {
        read_place(p, table, entry.row, c);
    } else {
        return false;
    }
    if (isnan(c->lat))
        return false;
    const double rad = acos(-1) / 180;
    c->point[0] = cos(c->lat * rad) * cos(c->lon * rad);
    c->point[1] = cos(c->lat * rad) * sin(c->lon * rad);
    c->point[2] = sin(c->lat * rad);
    /* Another name of a place is less often meant than its own. */
    bool is_other = table != p->states && strcmp(entry.written, c->name) != 0;
    c->prior = prior(c) - (is_other ? 0.3 : 0);
    return true;
}

/* The slot of a phrase: its sense's, or the free one where it belongs. */
static uint32_t *slot_of(const struct places *p, uint32_t phrase)
{
    uint32_t mask = 2 * PLACE_MAX_SENSES - 1;
    for (uint32_t at = (phrase * 2654435761u) & mask;; at = (at + 1) & mask)
        if (!p->slots[at] || p->senses.items[p->slots[at] - 1].phrase == phrase)
            return &p->slots[at];
}

static bool add_candidate(struct places *p, struct sense *sense,
                          const struct candidate *c)
{
    if (sense->count < PLACE_MAX_CANDIDATES) {
        struct candidate *kept = array_push(&p->doc->arena, &p->candidates);
        if (!kept)
            return false;
        *kept = *c;
        sense->count++;
        return true;
    }
    uint32_t least = sense->first;
    for (uint32_t i = 0; i < sense->count; i++)
        if (p->candidates.items[sense->first + i].prior <
            p->candidates.items[least].prior)
            least = sense->first + i;
    if (p->candidates.items[least].prior < c->prior)
        p->candidates.items[least] = *c;
    return true;
}

/* "Kuwait" is the country, though its capital is called so too. */
static void prefer_country(struct places *p, const struct sense *sense)
{
    if (sense->count == 0)
        return;
    struct candidate *items = p->candidates.items + sense->first;
    for (uint32_t i = 0; i < sense->count; i++)
        for (uint32_t k = 0; k < sense->count; k++)
            if (items[i].kind == KIND_COUNTRY && items[k].kind == KIND_CAPITAL &&
                strcmp(items[i].country, items[k].country) == 0)
                items[k].prior -= 3;
}

/* "England" is a division of its own, and a name of the country only by the way. */
static void prefer_own_name(struct places *p, const struct sense *sense)
{
    if (sense->count == 0)
        return;
    struct candidate *items = p->candidates.items + sense->first;
    for (uint32_t i = 0; i < sense->count; i++)
        for (uint32_t k = 0; k < sense->count; k++)
            if (items[i].kind == KIND_DIVISION && items[k].kind == KIND_COUNTRY &&
                strcmp(items[i].country, items[k].country) == 0 &&
                strcmp(items[i].name, sense->written) == 0 &&
                strcmp(items[k].name, sense->written) != 0)
                items[k].prior = items[i].prior - 1;
}

/* "Indiana" is the state, though a town of Pennsylvania is called so too; "Washington" is
 * the capital in British news as well. */
static void put_down_namesakes(struct places *p, const struct sense *sense)
{
    if (sense->count == 0)
        return;
    struct candidate *items = p->candidates.items + sense->first;
    for (uint32_t i = 0; i < sense->count; i++)
        for (uint32_t k = 0; k < sense->count; k++) {
            bool is_town = items[k].kind == KIND_TOWN;
            bool is_domestic = strcmp(items[i].country, items[k].country) == 0;
            if (is_town && is_domestic && items[i].kind == KIND_DIVISION &&
                strcmp(items[i].name, items[k].admin1) != 0)
                items[k].prior -= NAMESAKE;
            if (is_town && !is_domestic && items[i].kind == KIND_CAPITAL)
                items[k].prior -= FOREIGN_NAMESAKE;
        }
}

uint32_t place_sense(struct places *p, const struct phrase_hit *hit, bool *failed)
{
    uint32_t *slot = slot_of(p, hit->first);
    if (*slot)
        return p->senses.items[*slot - 1].count ? *slot - 1 : NONE;
    if (p->senses.count == PLACE_MAX_SENSES)
        return NONE;
    struct sense *sense = array_push(&p->doc->arena, &p->senses);
    if (!sense) {
        *failed = true;
        return NONE;
    }
    *slot = p->senses.count;
    *sense = (struct sense){.phrase = hit->first, .first = p->candidates.count};
    for (uint32_t i = 0; i < hit->count && i < MAX_READ; i++) {
        struct phrase_entry entry = pack_phrase_entry(p->pack, hit->first + i);
        unsigned kind = who_entry_kind(&p->who, entry);
        struct candidate candidate;
        sense->names_person |= (kind & WHO_PERSON) != 0;
        sense->names_body |= (kind & (WHO_ORGANISATION | WHO_AGENT | WHO_ROLE)) != 0;
        sense->names_seat |= (kind & WHO_SEAT) != 0;
        if (!read_entry(p, entry, &candidate))
            continue;
        if (!sense->written)
            sense->written = entry.written;
        if (!add_candidate(p, sense, &candidate)) {
            *failed = true;
            return NONE;
        }
    }
    sense->best = sense->first;
    prefer_country(p, sense);
    prefer_own_name(p, sense);
    put_down_namesakes(p, sense);
    return sense->count ? p->senses.count - 1 : NONE;
}

/* ---- weighing ---- */

uint32_t place_times_told(const struct places *p, const char *country)
{
    for (uint32_t i = 0; i < p->countries_count; i++)
        if (strcmp(p->countries_told[i].code, country) == 0)
            return p->countries_told[i].count;
    return 0;
}

/* What the report says of its country. */
static double told(const struct places *p, uint32_t sense, const struct candidate *c)
{
    if (c->kind == KIND_COUNTRY || !*c->country)
        return 0;
    uint32_t times = place_times_told(p, c->country);
    double score = times > 3 ? 3 : times > 1 ? 2.6 : times ? 1.6 : 0;
    /* not for itself: "PARIS -" may be the one in Texas */
    if (*p->dateline_country && sense != p->dateline_sense &&
        strcmp(c->country, p->dateline_country) == 0)
        score += 1.2;
    if (*p->site_country && strcmp(c->country, p->site_country) == 0)
        score += 1.2;
    return score;
}

static bool is_same(const char *a, const char *b)
{
    return *a && (a == b || strcmp(a, b) == 0);
}

/* Nearness of two points, 0 to 1, by the square of their distance on the unit sphere. */
static double nearness(const struct candidate *a, const struct candidate *b)
{
    double x = a->point[0] - b->point[0], y = a->point[1] - b->point[1],
           z = a->point[2] - b->point[2];
    double km = 6371 * sqrt(x * x + y * y + z * z);
    return km < 60 ? 1 : km < 150 ? 0.8 : km < 350 ? 0.4 : km < 700 ? 0.15 : 0;
}

struct support {
    double near, country, division;
};

/* What the readings of another name say for a candidate. */
static void add_support(const struct places *p, const struct candidate *c,
                        const struct sense *other, struct support *support)
{
    double near = 0;
    for (uint32_t i = 0; i < other->count; i++) {
        const struct candidate *o = &p->candidates.items[other->first + i];
        if (o->share < 0.03 || o->kind == KIND_COUNTRY ||
            !is_same(c->country, o->country))
            continue;
        support->country += o->share;
        bool is_in = is_same(c->admin1, o->admin1) ||
                     (c->kind == KIND_DIVISION && is_same(c->name, o->admin1)) ||
                     (o->kind == KIND_DIVISION && is_same(c->admin1, o->name));
        support->division += is_in ? o->share : 0;
        bool is_wide = o->kind == KIND_DIVISION || o->kind == KIND_REGION ||
                       c->kind == KIND_DIVISION;
        double value = o->share * nearness(c, o) * (is_wide ? 0.5 : 1);
        near = value > near ? value : near;
    }
    support->near += near;
}

/* Past the most it counts for little: enough to tell two hamlets apart. */
static double capped(double support)
{
    double over = support - MOST_SUPPORT;
    if (over <= 0)
        return support;
    return MOST_SUPPORT + (over < MOST_OVER ? over : MOST_OVER) * OVER_SHARE;
}

static void weigh_sense(struct places *p, uint32_t number)
{
    struct sense *sense = &p->senses.items[number];
    uint32_t from = number > WINDOW ? number - WINDOW : 0;
    uint32_t to = number + WINDOW < p->senses.count ? number + WINDOW + 1
                                                    : p->senses.count;
    const uint32_t frames[2] = {p->dateline_sense, p->site_sense};
    double others = to - from > 3 ? (double)(to - from - 1) : 2;
    for (uint32_t i = 0; i < sense->count; i++) {
        struct candidate *c = &p->candidates.items[sense->first + i];
        struct support support = {0};
        for (uint32_t k = from; k < to; k++)
            if (k != number)
                add_support(p, c, &p->senses.items[k], &support);
        for (int f = 0; f < 2; f++) /* these count for the whole report */
            if (frames[f] != NONE && frames[f] != number &&
                (frames[f] < from || frames[f] >= to))
                add_support(p, c, &p->senses.items[frames[f]], &support);
        double near = 1.2 * support.near, country = 1.8 * support.country / others;
        /* The state is near all that lies in it, and near others by chance. */
        double sum = c->kind == KIND_DIVISION ? OF_DIVISION * support.division
                                              : near + support.division;
        country = (country < 1.8 ? country : 1.8) + told(p, number, c);
        c->support = sum;
        c->score = c->prior + capped(sum) +
                   (country < MOST_COUNTRY ? country : MOST_COUNTRY);
    }
}

static void share_out(struct places *p, const struct sense *sense)
{
    double sum = 0, most = -1e9;
    for (uint32_t i = 0; i < sense->count; i++) {
        double score = p->candidates.items[sense->first + i].score;
        most = score > most ? score : most;
    }
    for (uint32_t i = 0; i < sense->count; i++) {
        struct candidate *c = &p->candidates.items[sense->first + i];
        c->share = pow(10, c->score - most);
        sum += c->share;
    }
    for (uint32_t i = 0; i < sense->count; i++)
        p->candidates.items[sense->first + i].share /= sum;
}

void place_weigh(struct places *p)
{
    for (uint32_t i = 0; i < p->senses.count; i++)
        for (uint32_t k = 0; k < p->senses.items[i].count; k++) {
            struct candidate *c = &p->candidates.items[p->senses.items[i].first + k];
            c->score = c->prior + told(p, i, c);
        }
    for (int round = 0; round < ROUNDS; round++) {
        for (uint32_t i = 0; i < p->senses.count; i++)
            share_out(p, &p->senses.items[i]);
        for (uint32_t i = 0; i < p->senses.count; i++)
            weigh_sense(p, i);
    }
    for (uint32_t i = 0; i < p->senses.count; i++) {
        struct sense *sense = &p->senses.items[i];
        for (uint32_t k = 0; k < sense->count; k++)
            if (p->candidates.items[sense->first + k].score >
                p->candidates.items[sense->best].score)
                sense->best = sense->first + k;
    }
}

uint32_t place_within(const struct places *p, uint32_t sense,
                      const struct container *container)
{
    const struct sense *s = &p->senses.items[sense];
    uint32_t best = NONE;
    for (uint32_t i = s->first; i < s->first + s->count; i++) {
        const struct candidate *c = &p->candidates.items[i];
        bool is_in = c->kind != KIND_COUNTRY &&
                     (!*container->country || cell_has(c->country, container->country)) &&
                     (!*container->admin1 || is_same(c->admin1, container->admin1)) &&
                     (!*container->admin2 || is_same(c->admin2, container->admin2));
        if (is_in && (best == NONE || c->prior > p->candidates.items[best].prior))
            best = i;
    }
    return best;
}

bool place_is_supported(const struct candidate *c)
{
    return c->support > SURE_SUPPORT;
}

/* ---- what the words beside a name settle ---- */

/* "England" names the United Kingdom only by the way: it is a division of its own. */
static bool is_by_the_way(const struct places *p, const struct sense *s,
                          const struct candidate *country)
{
    if (country->kind != KIND_COUNTRY || strcmp(country->name, s->written) == 0)
        return false;
    for (uint32_t i = s->first; i < s->first + s->count; i++) {
        const struct candidate *c = &p->candidates.items[i];
        if (c->kind == KIND_DIVISION && is_same(c->country, country->country) &&
            strcmp(c->name, s->written) == 0)
            return true;
    }
    return false;
}

/* "Columbus, Georgia": of the two Georgias the one that holds the town chosen. */
static uint32_t holder_of(const struct places *p, const struct toponym *t,
                          const struct candidate *held)
{
    const struct sense *s = &p->senses.items[t->sense];
    for (uint32_t i = s->first; i < s->first + s->count; i++) {
        const struct candidate *c = &p->candidates.items[i];
        if (is_by_the_way(p, s, c))
            continue;
        bool holds = c->kind == KIND_COUNTRY    ? is_same(c->country, held->country)
                     : c->kind == KIND_DIVISION ? is_same(c->country, held->country) &&
                                                      is_same(c->name, held->admin1)
                     : c->kind == KIND_COUNTY ? is_same(c->admin1, held->admin1) &&
                                                    is_same(c->name, held->admin2)
                                              : false;
        if (holds)
            return i;
    }
    return NONE;
}

/* "the state of Washington", "the city of Luxembourg": the likeliest of that kind; best
 * where there is none. */
static uint32_t best_asked_for(const struct places *p, const struct toponym *t)
{
    const struct sense *s = &p->senses.items[t->sense];
    const struct sentence *around = &p->doc->sentences.items[t->sentence];
    unsigned asked = t->words & WORD_DIVISION;
    if (!t->is_dateline && (t->words & WORD_SETTLEMENT))
        asked |= place_kind_before(p, t->first, around) & WORD_SETTLEMENT;
    uint32_t best = NONE;
    for (uint32_t i = s->first; asked && i < s->first + s->count; i++) {
        const struct candidate *c = &p->candidates.items[i];
        bool is_division = c->kind == KIND_DIVISION || c->kind == KIND_COUNTY;
        bool is_town = c->kind != KIND_COUNTRY && c->kind != KIND_REGION && !is_division;
        bool fits = asked & WORD_DIVISION ? is_division : is_town;
        if (fits && (best == NONE || c->score > p->candidates.items[best].score))
            best = i;
    }
    return best == NONE ? s->best : best;
}

/* "the Philippines, Goa and Odesa": what is listed with a country lies elsewhere. */
static void part_from_country(struct places *p, const struct toponym *t,
                              const struct toponym *country)
{
    const struct sense *s = &p->senses.items[t->sense],
                       *other = &p->senses.items[country->sense];
    const struct candidate *state = NULL;
    for (uint32_t i = other->first; i < other->first + other->count; i++)
        if (!state || p->candidates.items[i].prior > state->prior)
            state = &p->candidates.items[i];
    for (uint32_t i = s->first; state && i < s->first + s->count; i++) {
        struct candidate *c = &p->candidates.items[i];
        if (state->kind == KIND_COUNTRY && c->kind != KIND_COUNTRY &&
            is_same(c->country, state->country))
            c->prior -= LISTED_APART;
    }
}

void place_settle(struct places *p)
{
    for (uint32_t i = 1; i < p->found.count; i++) {
        const struct toponym *t = &p->found.items[i];
        bool is_one_list = t->first < t->end &&
                           place_token(p, t->first)->deprel == DEP_CONJ;
        if (!t->is_listed || !is_one_list || t->is_container || t->sense == t[-1].sense)
            continue;
        part_from_country(p, t, t - 1);
    }
    for (uint32_t i = 1; i < p->found.count; i++) {
        struct toponym *t = &p->found.items[i];
        const struct toponym *before = t - 1;
        if (t->is_container && t->chosen == NONE && before->chosen != NONE)
            t->chosen = holder_of(p, t, &p->candidates.items[before->chosen]);
    }
    /* What a container told of a name holds for its other mentions too: most of all the
     * first telling. */
    for (uint32_t i = p->found.count; i-- > 0;)
        if (p->found.items[i].chosen != NONE)
            p->candidates.items[p->found.items[i].chosen].prior += 4;
    place_weigh(p);
    for (uint32_t i = 0; i + 1 < p->found.count; i++)
        if (p->found.items[i + 1].is_listed)
            p->found.items[i].is_listed = true; /* the first of the list */
    for (uint32_t i = 0; i < p->found.count; i++)
        if (p->found.items[i].chosen == NONE)
            p->found.items[i].chosen = best_asked_for(p, &p->found.items[i]);
}

unsigned place_word(const struct places *p, const char *word)
{
    static const struct {
        const char *name;
        unsigned bit;
    } classes[] = {{"locative", WORD_LOCATIVE},     {"direction", WORD_DIRECTION},
                   {"motion", WORD_MOTION},         {"division", WORD_DIVISION},
                   {"settlement", WORD_SETTLEMENT}, {"institution", WORD_INSTITUTION},
                   {"authority", WORD_AUTHORITY},   {"regional", WORD_REGIONAL},
                   {"nature", WORD_NATURE},         {"brand", WORD_BRAND},
                   {"compass", WORD_COMPASS}};
    uint32_t rows[8], count = table_find(p->words, word, rows, 8);
    unsigned bits = 0;
    for (uint32_t i = 0; i < count && i < 8; i++)
        for (size_t c = 0; c < sizeof classes / sizeof *classes; c++)
            if (strcmp(table_cell(p->words, rows[i], 1), classes[c].name) == 0)
                bits |= classes[c].bit;
    return bits;
}
