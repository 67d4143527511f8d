/* place.c: the place stage: names of places in running text, and which places they
 * are. One pass over the tokens finds the names and counts the countries told; then all
 * names are weighed together (place_choose.c), and those that are likely enough to be
 * places here are kept. */
#include "stage/place.h"

#include "base/utf8.h"
#include "stage/stages.h"

#include <ctype.h>
#include <string.h>

/* A name in running text below this is more likely a person, a thing or chance. */
#define LIKELY 5.2
#define WELL_KNOWN 50000 /* people of a town that is told of without any sign of it */

/* ---- countries that the report tells of ---- */

static void tell_country(struct places *p, const char *code)
{
    if (!code || strlen(code) != 3)
        return;
    for (uint32_t i = 0; i < p->countries_count; i++)
        if (strcmp(p->countries_told[i].code, code) == 0) {
            p->countries_told[i].count++;
            return;
        }
    if (p->countries_count < PLACE_MAX_COUNTRIES)
        p->countries_told[p->countries_count++] = (struct country_count){code, 1};
}

/* By name, adjective or inhabitants (which: enum who_kind; 0 for none); a capital's name
 * would speak for itself. */
static unsigned tell_hit(struct places *p, const struct phrase_hit *hit, uint32_t *state)
{
    for (uint32_t i = 0; i < hit->count; i++) {
        struct phrase_entry entry = pack_phrase_entry(p->pack, hit->first + i);
        unsigned kind = who_entry_kind(&p->who, entry) &
                        (WHO_STATE | WHO_ADJECTIVE | WHO_INHABITANT);
        if (kind) {
            tell_country(p, table_cell(p->states, entry.row, 0));
            *state = entry.row;
            return kind;
        }
    }
    return 0;
}

static void tell_persons(struct places *p)
{
    const struct doc *doc = p->doc;
    for (uint32_t i = 0; i < doc->mentions.count; i++) {
        const struct mention *m = &doc->mentions.items[i];
        if (m->kind != MENTION_NAME || m->actor_count != 1)
            continue;
        const struct actor *actor =
            &doc->actors.items[doc->mention_actors.items[m->actors]];
        p->times_named[actor - doc->actors.items]++;
        if (actor->kind == ACTOR_PERSON)
            tell_country(p, actor->code);
    }
}

/* ---- names of persons and bodies ---- */

struct cursors {
    uint32_t name, mention, time;
};

/* The name of the network's that holds these words; NULL. */
static const struct name *name_around(const struct places *p, uint32_t first,
                                      uint32_t end, uint32_t *from)
{
    const struct doc *doc = p->doc;
    while (*from < doc->names.count && doc->names.items[*from].end <= first)
        (*from)++;
    for (uint32_t i = *from; i < doc->names.count && doc->names.items[i].first <= first;
         i++)
        if (doc->names.items[i].end >= end)
            return &doc->names.items[i];
    return NULL;
}

/* The last words of full names of persons: alone they are that person. */
static bool read_surnames(struct places *p)
{
    for (uint32_t i = 0; i < p->doc->names.count; i++) {
        const struct name *n = &p->doc->names.items[i];
        if (n->kind != NAME_PERSON || n->end - n->first < 2 || p->surnames.count > 255 ||
            strcmp(place_token(p, n->end - 2)->norm, "of") == 0)
            continue;
        uint32_t *kept = array_push(&p->doc->arena, &p->surnames);
        if (!kept)
            return false;
        *kept = n->end - 1;
    }
    return true;
}

static bool is_surname(const struct places *p, uint32_t at)
{
    const char *norm = place_token(p, at)->norm;
    for (uint32_t i = 0; i < p->surnames.count; i++)
        if (strcmp(place_token(p, p->surnames.items[i])->norm, norm) == 0)
            return true;
    return false;
}

enum bearer {
    BEARER_NONE,
    BEARER_STATE,  /* "Madrid said" */
    BEARER_PERSON, /* just these words name a person */
    BEARER_LONGER  /* a body, with more words */
};

/* Whom mentions by name mean that hold these words. */
static enum bearer named_actor(const struct places *p, uint32_t first, uint32_t end,
                               uint32_t *mention)
{
    const struct doc *doc = p->doc;
    enum bearer bearer = BEARER_NONE;
    while (*mention < doc->mentions.count &&
           doc->mentions.items[*mention].first + 40 < first)
        (*mention)++;
    for (uint32_t i = *mention; i < doc->mentions.count; i++) {
        const struct mention *m = &doc->mentions.items[i];
        if (m->first > first)
            break;
        if (m->kind != MENTION_NAME || m->end < end || m->actor_count != 1 ||
            m->end - m->first > end - first + 4)
            continue;
        const struct actor *actor =
            &doc->actors.items[doc->mention_actors.items[m->actors]];
        bool is_longer = m->end - m->first > end - first;
        if (actor->kind == ACTOR_ORGANISATION && is_longer)
            return BEARER_LONGER;
        bool is_guess = strncmp(actor->id, "report/", 7) == 0 &&
                        p->times_named[actor - doc->actors.items] < 2 &&
                        !is_surname(p, first);
        if (actor->kind == ACTOR_PERSON && !is_longer && !is_guess)
            bearer = BEARER_PERSON;
        if (actor->kind == ACTOR_STATE && !is_longer && bearer == BEARER_NONE)
            bearer = BEARER_STATE;
    }
    return bearer;
}

/* A given name that no well-known place bears. */
static bool is_given_name(const struct places *p, const struct toponym *t)
{
    const char *norm = place_token(p, t->first)->norm;
    const struct candidate *best = NULL;
    const struct sense *sense = &p->senses.items[t->sense];
    for (uint32_t i = sense->first; i < sense->first + sense->count; i++)
        if (!best || p->candidates.items[i].prior > best->prior)
            best = &p->candidates.items[i];
    return best && best->prior < 6 && table_row(p->who.given_names, norm) != NONE;
}

/* ---- reading one name ---- */

/* "Zamfara state", written small: the name is Zamfara, where the tables know it alone. */
static bool ends_in_common_word(const struct places *p, uint32_t first, uint32_t end)
{
    return end - first > 1 && !place_is_upper(p, end - 1) &&
           (place_word(p, place_token(p, end - 1)->norm) & WORD_DIVISION);
}

static void read_container(struct places *p, const struct sentence *s, struct toponym *t)
{
    struct container container;
    if (!place_container_after(p, t->end, s, &container))
        return;
    t->chosen = place_within(p, t->sense, &container);
    struct container tries[] = {{container.country, container.admin1, ""},
                                {"", container.admin1, ""},
                                {container.country, "", ""},
                                {"", "", container.admin2}};
    for (size_t i = 0; i < 4 && t->chosen == NONE; i++)
        if (*tries[i].country || *tries[i].admin1 || *tries[i].admin2)
            t->chosen = place_within(p, t->sense, &tries[i]);
    t->has_container = t->chosen != NONE;
}

/* "Iraqi", "Kenyans": the country that they belong to. */
static bool put_demonym(struct places *p, uint32_t first, uint32_t end, uint32_t state)
{
    struct candidate c;
    place_read_country(p, state, &c);
    struct place_ref *ref = array_push(&p->doc->arena, &p->doc->demonyms);
    if (ref)
        *ref = (struct place_ref){.first = first,
                                  .end = end,
                                  .span = doc_token_span(p->doc, first, end),
                                  .name = c.name,
                                  .country = c.country,
                                  .geonames = *c.id ? c.id : NULL,
                                  .lat = c.lat,
                                  .lon = c.lon,
                                  .precision = PLACE_COUNTRY,
                                  .is_actor = true};
    return ref != NULL;
}

/* The name that starts at the token, as long as may be; 0 tokens for none, and then how
 * many a demonym takes. */
static uint32_t read_at(struct places *p, uint32_t first, const struct sentence *s,
                        struct toponym *toponym, uint32_t *skipped, bool *failed)
{
    const char *words[PLACE_MAX_WORDS];
    struct phrase_hit hits[PLACE_MAX_HITS];
    uint32_t count = 0, taken = 0;
    for (; count < PLACE_MAX_WORDS && first + count < s->end; count++)
        words[count] = place_token(p, first + count)->norm;
    uint32_t found = pack_phrases(p->pack, words, count, hits, PLACE_MAX_HITS);
    uint32_t state = NONE;
    unsigned told = 0;
    *skipped = 0;
    for (uint32_t h = found; h-- > 0 && !*failed;) {
        uint32_t end = first + hits[h].tokens;
        if (!told && (told = tell_hit(p, &hits[h], &state)))
            *skipped = hits[h].tokens; /* "the Soviet Union" holds no Union */
        if (taken || (h > 0 && ends_in_common_word(p, first, end)))
            continue;
        uint32_t sense = place_sense(p, &hits[h], failed);
        struct span span = doc_token_span(p->doc, first, end);
        if (sense == NONE || !place_agrees(p->senses.items[sense].written,
                                           p->doc->text + span.start, span_len(span)))
            continue;
        taken = hits[h].tokens;
        *toponym = (struct toponym){
            .first = first, .end = end, .span = span, .sense = sense, .chosen = NONE};
    }
    if (!taken && *skipped && !(told & WHO_STATE) && place_is_upper(p, first))
        *failed = *failed || !put_demonym(p, first, first + *skipped, state);
    return taken;
}

/* "Ill." after a comma; the token's number in candidates. */
static bool read_abbreviation(struct places *p, uint32_t at, const struct sentence *s,
                              struct toponym *toponym, bool *failed)
{
    if (at < s->first + 2 || strcmp(place_token(p, at - 1)->norm, ",") != 0 ||
        p->found.count == 0 || p->found.items[p->found.count - 1].end != at - 1)
        return false;
    uint32_t chosen = place_is_postal(p, at)
                          ? place_abbreviated(p, place_token(p, at)->norm, failed)
                          : NONE;
    if (chosen == NONE)
        return false;
    *toponym = (struct toponym){.first = at,
                                .end = at + 1,
                                .span = place_token(p, at)->span,
                                .chosen = chosen,
                                .is_container = true};
    for (uint32_t i = p->senses.count; i-- > 0;)
        if (chosen - p->senses.items[i].first < p->senses.items[i].count) {
            toponym->sense = i;
            return true;
        }
    return false;
}

/* Whether the name before ends right before the comma and has this one for container. */
static bool follows_name(const struct places *p, uint32_t first)
{
    if (first < 2 || p->found.count == 0)
        return false;
    const struct toponym *last = &p->found.items[p->found.count - 1];
    return last->has_container && !last->is_dateline && last->end < first &&
           first - last->end <= 3;
}

/* "city council of Manhattan" is of a place, "University of Oxford" is none. */
static bool is_authority_of(const struct places *p, const struct name *name,
                            uint32_t first)
{
    /* "Johns Hopkins in Baltimore" */
    if (name->first < first && !place_is_upper(p, first - 1) &&
        (place_word(p, place_token(p, first - 1)->norm) & WORD_LOCATIVE))
        return true;
    if (name->first == first || strcmp(place_token(p, first - 1)->norm, "of") != 0)
        return false;
    /* the network's name may begin late: "the city [council of Manhattan]" */
    for (uint32_t i = name->first ? name->first - 1 : 0; i < first; i++)
        if (place_word(p, place_token(p, i)->norm) & WORD_AUTHORITY)
            return true;
    return name->first + 1 == first;
}

/* "Athens, Logan and Marietta": right after another name and a comma or "and". */
static bool follows_in_list(const struct places *p, const struct sentence *s,
                            uint32_t first)
{
    if (p->found.count == 0)
        return false;
    uint32_t at = p->found.items[p->found.count - 1].end;
    if (at <= s->first || at >= first || first - at > 2)
        return false;
    for (; at < first; at++)
        if (strcmp(place_token(p, at)->norm, ",") != 0 &&
            place_token(p, at)->upos != UPOS_CCONJ)
            return false;
    return true;
}

/* "Jane Roe of Dublin, who": where she lives, whatever the network makes of it. */
static bool is_home_of(const struct places *p, const struct sentence *s,
                       const struct toponym *t)
{
    return t->first > s->first && t->end < s->end &&
           place_token(p, t->end)->upos == UPOS_PUNCT &&
           strcmp(place_token(p, t->first - 1)->norm, "of") == 0;
}

/* What surrounds the name; false when it is part of another name. */
static bool look_around(struct places *p, const struct sentence *s, struct toponym *t,
                        struct cursors *at)
{
    const struct name *name = name_around(p, t->first, t->end, &at->name);
    bool is_longer = name && name->end - name->first > t->end - t->first;
    t->words = place_words_around(p, t->first, t->end, s);
    t->is_named_place = name && name->kind == NAME_PLACE;
    if (is_longer && name->kind == NAME_PERSON && !is_home_of(p, s, t))
        return false;
    bool is_authority = ((t->words & WORD_AUTHORITY) && place_is_upper(p, t->end)) ||
                        (is_longer && is_authority_of(p, name, t->first));
    if (is_longer && name->kind == NAME_ORG && !is_authority)
        return false;
    enum bearer bearer = named_actor(p, t->first, t->end, &at->mention);
    if ((bearer == BEARER_LONGER && !is_authority) || place_is_aged(p, t, s) ||
        place_is_part(p, t->first, t->end, s))
        return false;
    t->is_state = bearer == BEARER_STATE;
    bool is_single = t->end - t->first == 1;
    t->is_person_like = bearer == BEARER_PERSON || (is_single && is_surname(p, t->first));
    t->may_be_person = (name && !is_longer && name->kind == NAME_PERSON &&
                        !t->is_state) ||
                       (is_single && is_given_name(p, t));
    read_container(p, s, t);
    t->is_container = follows_name(p, t->first);
    t->is_listed = follows_in_list(p, s, t->first);
    if (t->is_listed)
        t->words |= p->found.items[p->found.count - 1].words & WORD_LOCATIVE;
    return true;
}

/* ---- is it one ---- */

static bool is_like_person(const struct places *p, const struct toponym *t)
{
    const struct candidate *c = &p->candidates.items[t->chosen];
    bool is_known = t->is_listed || c->people >= WELL_KNOWN;
    return t->is_person_like ||
           (t->may_be_person && !(is_known && place_is_supported(c)));
}

/* What speaks for a place, past the candidate's own score. */
static double signs(const struct places *p, const struct toponym *t)
{
    double score = 0;
    const struct sentence *s = &p->doc->sentences.items[t->sentence];
    const struct token *token = place_token(p, t->first);
    if (t->is_named_place)
        score += 1.6;
    if (t->words & WORD_LOCATIVE)
        score += 1.1;
    if (t->words & (WORD_DIVISION | WORD_SETTLEMENT | WORD_AUTHORITY | WORD_REGIONAL))
        score += 1;
    if (t->has_container || t->is_container)
        score += 3;
    if (t->end - t->first > 1)
        score += 1;
    if (t->is_listed)
        score += 0.8;
    if (is_like_person(p, t))
        score -= 2.6;
    bool is_proper = token->upos == UPOS_PROPN || token->upos == UPOS_NONE;
    if (!is_proper && t->end - t->first == 1)
        score -= 2;
    if (t->first == s->first && token->upos == UPOS_NONE)
        score -= 1;
    return score;
}

/* "UN" is not the town of Un; a headline's capitals say nothing. */
static bool is_acronym(const struct places *p, const struct toponym *t)
{
    const char *text = p->doc->text + t->span.start;
    const char *written = p->senses.items[t->sense].written;
    uint32_t len = span_len(t->span);
    if (len < 2 || len > 5 || !islower((unsigned char)written[1]))
        return false;
    for (uint32_t i = 0; i < len; i++)
        if (!isupper((unsigned char)text[i]))
            return false;
    return true;
}

/* A name that needs more than its capital: something else bears it as often. */
static bool is_doubtful(const struct places *p, const struct toponym *t)
{
    const struct sense *sense = &p->senses.items[t->sense];
    const struct candidate *c = &p->candidates.items[t->chosen];
    bool is_known = c->kind == KIND_COUNTRY || c->kind == KIND_CAPITAL ||
                    c->kind == KIND_DIVISION;
    if (t->has_container || t->end - t->first > 1 || t->is_container)
        return false;
    if (is_acronym(p, t))
        return true;
    if (c->kind == KIND_HOMONYM)
        return !(t->words & WORD_LOCATIVE) ||
               !(t->is_named_place || place_is_supported(c));
    bool is_near = place_is_supported(c) && ((t->words & WORD_LOCATIVE) || t->is_listed);
    return sense->names_body && !is_known && !t->is_named_place && c->people < 500000 &&
           !is_near;
}

/* "U.S. 1", "Texas 31": a road. */
static bool is_route(const struct places *p, const struct toponym *t,
                     const struct sentence *s)
{
    const struct candidate *c = &p->candidates.items[t->chosen];
    bool has_roads = c->kind == KIND_DIVISION || c->kind == KIND_COUNTRY;
    if (!has_roads || t->end >= s->end)
        return false;
    const char *next = place_token(p, t->end)->norm;
    size_t digits = strspn(next, "0123456789");
    return digits >= 1 && digits <= 3 && next[digits] == '\0';
}

static bool is_likely(const struct places *p, const struct toponym *t)
{
    const struct sense *sense = &p->senses.items[t->sense];
    const struct candidate *c = &p->candidates.items[t->chosen];
    if (t->is_dateline)
        return true;
    bool has_sign = t->is_named_place || (t->words & ~(unsigned)WORD_DIRECTION) ||
                    t->has_container || t->is_container || t->is_state;
    if ((is_like_person(p, t) && !has_sign) || is_doubtful(p, t))
        return false;
    bool is_town = c->people >= WELL_KNOWN && place_is_supported(c);
    has_sign = has_sign || t->is_listed || is_town;
    bool is_single = t->end - t->first == 1;
    bool is_known = c->kind == KIND_COUNTRY || c->kind == KIND_CAPITAL;
    const struct sentence *s = &p->doc->sentences.items[t->sentence];
    /* "Hail fell" */
    bool is_first = t->first == s->first && !s->is_headline && c->kind != KIND_DIVISION;
    if (is_route(p, t, s) ||
        (!has_sign && is_single && is_first && !is_known && c->kind != KIND_DIVISION))
        return false;
    if (!has_sign && is_single && !is_known && (c->is_minor || sense->names_person))
        return false;
    return c->score + signs(p, t) >= LIKELY + (is_single ? 0 : -0.5);
}

/* ---- the document ---- */

static bool put(struct places *p, const struct toponym *t)
{
    static const enum place_precision precisions[] = {
        [KIND_COUNTRY] = PLACE_COUNTRY, [KIND_CAPITAL] = PLACE_CITY,
        [KIND_SEAT] = PLACE_CITY,       [KIND_CITY] = PLACE_CITY,
        [KIND_TOWN] = PLACE_CITY,       [KIND_QUARTER] = PLACE_CITY,
        [KIND_HOMONYM] = PLACE_CITY,    [KIND_DIVISION] = PLACE_ADMIN1,
        [KIND_COUNTY] = PLACE_ADMIN2,   [KIND_SPOT] = PLACE_SPOT,
        [KIND_REGION] = PLACE_REGION};
    const struct candidate *c = &p->candidates.items[t->chosen];
    struct place_ref *ref = array_push(&p->doc->arena, &p->doc->places);
    bool has_county = *c->admin2 && strcmp(c->admin2, c->name) != 0;
    if (!ref)
        return false;
    *ref = (struct place_ref){.first = t->first,
                              .end = t->end,
                              .span = t->span,
                              .name = c->name,
                              .country = strlen(c->country) == 3 ? c->country : NULL,
                              .path = *c->admin1 && strcmp(c->admin1, c->name) ? c->admin1
                                                                               : NULL,
                              .geonames = isdigit((unsigned char)c->id[0]) ? c->id : NULL,
                              .lat = c->lat,
                              .lon = c->lon,
                              .precision = precisions[c->kind]};
    if (ref->path && has_county)
        ref->path = arena_print(&p->doc->arena, "%s|%s", c->admin1, c->admin2);
    if (t->is_dateline)
        return true;
    const struct sentence *s = &p->doc->sentences.items[t->sentence];
    ref->is_actor = place_is_acting(p, t, s);
    /* "the island of Sentosa": it is the island that stands in the sentence. */
    if (place_kind_before(p, t->first, s))
        ref->first = t->first - 2;
    return true;
}

static bool read_sentence(struct places *p, uint32_t number, struct cursors *cursors)
{
    const struct doc *doc = p->doc;
    const struct sentence *s = &doc->sentences.items[number];
    for (uint32_t at = s->first; at < s->end;) {
        struct toponym toponym;
        bool failed = false, is_place = false;
        char start = doc->text[place_token(p, at)->span.start];
        while (cursors->time < doc->times.count &&
               doc->times.items[cursors->time].end <= at)
            cursors->time++;
        bool is_in_time = cursors->time < doc->times.count &&
                          doc->times.items[cursors->time].first <= at;
        bool may_start = (place_is_upper(p, at) || isdigit((unsigned char)start)) &&
                         !is_in_time;
        uint32_t taken = 0, skipped = 0;
        if (may_start && read_abbreviation(p, at, s, &toponym, &failed))
            taken = is_place = 1;
        else if (may_start && !failed)
            taken = read_at(p, at, s, &toponym, &skipped, &failed);
        if (taken && !is_place)
            is_place = look_around(p, s, &toponym, cursors);
        if (is_place) {
            toponym.sentence = number;
            struct toponym *kept = array_push(&p->doc->arena, &p->found);
            failed = failed || !kept;
            if (kept)
                *kept = toponym;
        }
        if (failed)
            return false;
        at += taken ? taken : skipped ? skipped : 1;
    }
    return true;
}

static void open_shelf(struct places *p, const struct table *shelf, uint32_t columns[9])
{
    static const char *const names[] = {"id",   "name", "country", "admin1",    "admin2",
                                        "kind", "lat",  "lon",     "population"};
    (void)p;
    for (int i = 0; i < 9; i++)
        columns[i] = table_column(shelf, names[i]);
}

static void open_tables(struct places *p, const struct pack *pack)
{
    static const char *const names[] = {"geonames", "lat", "lon", "population"};
    p->pack = pack;
    who_open(&p->who, pack);
    p->first_shelf = pack_table(pack, "places");
    p->second_shelf = pack_table(pack, "gazetteer");
    p->states = pack_table(pack, "actors/states");
    p->countries = pack_table(pack, "countries");
    p->words = pack_table(pack, "place_words");
    p->abbreviations = pack_table(pack, "place_abbreviations");
    open_shelf(p, p->first_shelf, p->shelf_columns[0]);
    open_shelf(p, p->second_shelf, p->shelf_columns[1]);
    p->state_columns[0] = table_column(p->states, "name");
    p->state_columns[1] = table_column(p->states, "names");
    p->state_columns[2] = table_column(p->states, "kind");
    for (int i = 0; i < 4; i++)
        p->country_columns[i] = table_column(p->countries, names[i]);
    p->dateline_country = p->site_country = "";
    p->dateline_sense = p->site_sense = NONE;
}

enum outcome place_run(const struct pack *pack, struct doc *doc, struct fail *fail)
{
    struct places p = {.doc = doc};
    open_tables(&p, pack);
    if (!p.first_shelf || !p.countries)
        return OK;
    p.slots = arena_take(&doc->arena, 2 * PLACE_MAX_SENSES, sizeof *p.slots);
    p.times_named = arena_take(&doc->arena, doc->actors.count, sizeof *p.times_named);
    if (!p.slots || !p.times_named || !tree_build(doc, &p.tree))
        return fail_memory(fail);
    memset(p.slots, 0, 2 * PLACE_MAX_SENSES * sizeof *p.slots);
    tell_persons(&p);
    struct cursors cursors = {0};
    bool is_done = read_surnames(&p) && place_read_dateline(&p) && place_read_site(&p);
    for (uint32_t i = 0; is_done && i < doc->sentences.count; i++)
        is_done = read_sentence(&p, i, &cursors);
    if (is_done)
        place_settle(&p);
    for (uint32_t i = 0; is_done && i < p.found.count; i++)
        if (is_likely(&p, &p.found.items[i]))
            is_done = put(&p, &p.found.items[i]);
    return is_done ? OK : fail_memory(fail);
}
