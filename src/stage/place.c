/* place.c: the place stage: names of places in running text, and which places they
 * are. */
#include "stage/place.h"

#include "base/utf8.h"
#include "stage/stages.h"

#include <ctype.h>
#include <string.h>

#define MAX_WORDS 8u
#define MAX_HITS 8u
#define MAX_DATELINE 12u
#define MAX_CLIMB 8

static const struct token *token_at(const struct places *p, uint32_t at)
{
    return &p->doc->tokens.items[at];
}

static bool is_upper(const struct places *p, uint32_t at)
{
    struct span span = token_at(p, at)->span;
    uint32_t code;
    return utf8_next(p->doc->text + span.start, span_len(span), &code) &&
           utf8_is_upper(code);
}

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

/* By name, adjective or inhabitants; a capital's name would speak for itself. */
static uint32_t tell_words(struct places *p, uint32_t first, const struct sentence *s)
{
    const char *words[MAX_WORDS];
    struct phrase_hit hits[MAX_HITS];
    uint32_t count = 0;
    for (; count < MAX_WORDS && first + count < s->end; count++)
        words[count] = token_at(p, first + count)->norm;
    uint32_t found = pack_phrases(p->pack, words, count, hits, MAX_HITS);
    for (uint32_t h = found; h-- > 0;)
        for (uint32_t i = 0; i < hits[h].count; i++) {
            struct phrase_entry entry = pack_phrase_entry(p->pack, hits[h].first + i);
            if (who_entry_kind(&p->who, entry) &
                (WHO_STATE | WHO_ADJECTIVE | WHO_INHABITANT)) {
                tell_country(p, table_cell(p->states, entry.row, 0));
                return hits[h].tokens;
            }
        }
    return 1;
}

static void tell_countries(struct places *p)
{
    const struct doc *doc = p->doc;
    for (uint32_t i = 0; i < doc->sentences.count; i++) {
        const struct sentence *s = &doc->sentences.items[i];
        for (uint32_t at = s->first; at < s->end;)
            at += is_upper(p, at) ? tell_words(p, at, s) : 1;
    }
    for (uint32_t i = 0; i < doc->mentions.count; i++) {
        const struct mention *m = &doc->mentions.items[i];
        if (m->kind != MENTION_NAME || m->actor_count != 1)
            continue;
        const struct actor *actor =
            &doc->actors.items[doc->mention_actors.items[m->actors]];
        if (actor->kind == ACTOR_PERSON)
            tell_country(p, actor->code);
    }
}

/* ---- is the name part of another name ---- */

/* A person or a body whose name holds these words: "Paris Hilton", "Bank of Japan". */
static bool is_inside_name(const struct places *p, uint32_t first, uint32_t end,
                           uint32_t *name)
{
    const struct doc *doc = p->doc;
    while (*name < doc->names.count && doc->names.items[*name].end <= first)
        (*name)++;
    for (uint32_t i = *name; i < doc->names.count && doc->names.items[i].first <= first;
         i++) {
        const struct name *n = &doc->names.items[i];
        bool is_larger = n->end - n->first > end - first;
        if (n->end >= end && is_larger && (n->kind == NAME_PERSON || n->kind == NAME_ORG))
            return true;
    }
    return false;
}

/* The party that a mention by name of just these or more words means; NULL. */
static const struct actor *named_actor(const struct places *p, uint32_t first,
                                       uint32_t end, uint32_t *mention)
{
    const struct doc *doc = p->doc;
    while (*mention < doc->mentions.count &&
           doc->mentions.items[*mention].first + 40 < first)
        (*mention)++;
    for (uint32_t i = *mention; i < doc->mentions.count; i++) {
        const struct mention *m = &doc->mentions.items[i];
        if (m->first > first)
            break;
        if (m->kind != MENTION_NAME || m->end < end || m->actor_count != 1)
            continue;
        const struct actor *actor =
            &doc->actors.items[doc->mention_actors.items[m->actors]];
        bool is_label = m->end - m->first <= end - first + 4;
        if (actor->kind == ACTOR_PERSON && is_label)
            return actor;
        if (actor->kind == ACTOR_ORGANISATION && m->end - m->first > end - first &&
            is_label)
            return actor;
    }
    return NULL;
}

static bool is_role_or_agent(const struct places *p, uint32_t at)
{
    const char *word = token_at(p, at)->norm;
    struct phrase_hit hit;
    if (!pack_phrases(p->pack, &word, 1, &hit, 1))
        return false;
    for (uint32_t i = 0; i < hit.count; i++)
        if (who_entry_kind(&p->who, pack_phrase_entry(p->pack, hit.first + i)) &
            (WHO_ROLE | WHO_AGENT))
            return true;
    return false;
}

/* Capitals around it that make it a longer name, by grammar. */
static bool is_part_by_grammar(const struct places *p, uint32_t first, uint32_t end,
                               const struct sentence *s)
{
    const struct token *top = token_at(p, end - 1);
    if (first > s->first) {
        const struct token *before = token_at(p, first - 1);
        bool is_flat = token_at(p, first)->deprel == DEP_FLAT &&
                       token_at(p, first)->head < first;
        if (is_flat && before->upos == UPOS_PROPN && is_upper(p, first - 1))
            return true;
        if (who_word(&p->who, before->norm, "title", NULL) && is_upper(p, first - 1))
            return true;
    }
    if (end >= s->end || !is_upper(p, end) || s->is_headline)
        return false;
    const struct token *next = token_at(p, end);
    if (place_word(p, next->norm) & WORD_INSTITUTION)
        return true;
    if (next->upos != UPOS_PROPN || is_role_or_agent(p, end) ||
        (place_word(p, next->norm) & (WORD_DIVISION | WORD_SETTLEMENT)))
        return false;
    bool heads_it = top->head == end &&
                    (top->deprel == DEP_COMPOUND || top->deprel == DEP_NMOD_DESC);
    bool hangs_on_it = next->deprel == DEP_FLAT && next->head >= first &&
                       next->head < end;
    return heads_it || hangs_on_it;
}

/* ---- how the words stand in the sentence ---- */

static uint32_t top_of(const struct places *p, uint32_t first, uint32_t end)
{
    for (uint32_t i = first; i < end; i++) {
        uint32_t head = token_at(p, i)->head;
        if (head < first || head >= end || head == i)
            return i;
    }
    return first;
}

static bool is_motion(const struct places *p, uint32_t token)
{
    return place_word(p, token_lemma(p->doc, token)) & WORD_MOTION;
}

/* The preposition that governs the name; NONE. A conjunct has that of the first. */
static uint32_t preposition_of(const struct places *p, uint32_t top,
                               const struct sentence *s)
{
    for (int i = 0; i < MAX_CLIMB; i++) {
        uint32_t mark = tree_child(&p->tree, top, DEP_CASE);
        const struct token *t = token_at(p, top);
        if (mark != NONE && mark < top)
            return mark;
        bool climbs = t->deprel == DEP_CONJ || t->deprel == DEP_FLAT ||
                      t->deprel == DEP_APPOS || t->deprel == DEP_NMOD_UNMARKED;
        if (!climbs || t->head == top || t->head < s->first || t->head >= s->end)
            return NONE;
        top = t->head;
    }
    return NONE;
}

/* Without a tree the word before, over an article, is taken for the preposition. */
static uint32_t word_before(const struct places *p, uint32_t first,
                            const struct sentence *s)
{
    uint32_t at = first;
    while (at > s->first &&
           (at == first || who_word(&p->who, token_at(p, at)->norm, "definite", NULL)))
        at--;
    return at < first ? at : NONE;
}

/* Words of enum place_word that say that the name is somewhere something is or goes. */
static unsigned location_of(const struct places *p, uint32_t first, uint32_t end,
                            const struct sentence *s, bool *moves)
{
    uint32_t top = top_of(p, first, end);
    bool has_tree = token_at(p, top)->deprel != DEP_NONE;
    uint32_t mark = has_tree ? preposition_of(p, top, s) : word_before(p, first, s);
    *moves = false;
    if (mark == NONE)
        return 0;
    unsigned word = place_word(p, token_at(p, mark)->norm) &
                    (WORD_LOCATIVE | WORD_DIRECTION);
    uint32_t governor = has_tree          ? token_at(p, top)->head
                        : mark > s->first ? mark - 1
                                          : mark;
    *moves = (word & WORD_DIRECTION) && is_motion(p, governor);
    return word;
}

/* "the city of Idlib" */
static unsigned names_kind_before(const struct places *p, uint32_t first,
                                  const struct sentence *s)
{
    if (first < s->first + 2 || strcmp(token_at(p, first - 1)->norm, "of") != 0)
        return 0;
    return place_word(p, token_lemma(p->doc, first - 2)) &
           (WORD_DIVISION | WORD_SETTLEMENT);
}

/* A government, not a place: it acts, owns, is dealt with. */
static bool is_acting(const struct places *p, const struct toponym *t,
                      const struct sentence *s)
{
    uint32_t top = top_of(p, t->first, t->end);
    const struct token *token = token_at(p, top);
    bool is_state = t->chosen.kind == KIND_COUNTRY;
    bool is_seat = t->chosen.kind == KIND_CAPITAL || t->is_government, moves;
    unsigned where = location_of(p, t->first, t->end, s, &moves);
    if ((!is_state && !is_seat) || (where & WORD_LOCATIVE) || moves)
        return false;
    if ((t->is_sure && !is_state) || names_kind_before(p, t->first, s))
        return false;
    switch (token->deprel) {
    case DEP_NONE:
    case DEP_NSUBJ:
    case DEP_NSUBJ_PASS:
    case DEP_OBL_AGENT:
    case DEP_NMOD_POSS:
    case DEP_IOBJ: return true;
    case DEP_OBJ: return !is_motion(p, token->head);
    case DEP_COMPOUND:
    case DEP_AMOD: {
        /* "a Tehran-backed militia": nothing happened in Tehran. */
        bool is_bound = t->end < s->end && !token_at(p, t->end - 1)->space_after &&
                        strcmp(token_at(p, t->end)->norm, "-") == 0;
        return is_state || (is_seat && is_bound);
    }
    case DEP_APPOS: return false;
    default: return true;
    }
}

/* ---- reading one name ---- */

/* The container that follows a comma: "Nairobi, Kenya", "Paris, Texas". */
static void read_container(const struct places *p, uint32_t end, const struct sentence *s,
                           struct surroundings *around)
{
    const char *words[MAX_WORDS];
    struct phrase_hit hits[MAX_HITS];
    struct candidate candidates[PLACE_MAX_CANDIDATES];
    uint32_t at = end + 1, count = 0;
    if (end + 1 >= s->end || (strcmp(token_at(p, end)->norm, ",") != 0 &&
                              strcmp(token_at(p, end)->norm, "(") != 0))
        return;
    while (count < MAX_WORDS && at + count < s->end) {
        words[count] = token_at(p, at + count)->norm;
        count++;
    }
    uint32_t found = pack_phrases(p->pack, words, count, hits, MAX_HITS);
    for (uint32_t h = found; h-- > 0;) {
        struct span span = doc_token_span(p->doc, at, at + hits[h].tokens);
        uint32_t n = place_candidates(p, &hits[h], p->doc->text + span.start,
                                      span_len(span), candidates, PLACE_MAX_CANDIDATES);
        for (uint32_t i = 0; i < n; i++) {
            if (candidates[i].kind == KIND_COUNTRY && !*around->container)
                around->container = candidates[i].country;
            if (candidates[i].kind == KIND_DIVISION && !*around->container_admin1)
                around->container_admin1 = candidates[i].name;
        }
        if (n)
            return;
    }
}

/* A container that no candidate lies in is none: "in Cairo, Israel said". */
static void check_container(const struct candidate *candidates, uint32_t count,
                            struct surroundings *around)
{
    bool has_country = false;
    for (uint32_t i = 0; i < count; i++)
        if (candidates[i].kind != KIND_COUNTRY && *around->container &&
            cell_has(candidates[i].country, around->container))
            has_country = true;
    if (!has_country)
        around->container = "";
}

static unsigned words_around(const struct places *p, uint32_t first, uint32_t end,
                             const struct sentence *s)
{
    bool moves;
    unsigned words = location_of(p, first, end, s, &moves) ? WORD_LOCATIVE : 0;
    if (end < s->end)
        words |= place_word(p, token_at(p, end)->norm) &
                 (WORD_DIVISION | WORD_SETTLEMENT);
    words |= names_kind_before(p, first, s);
    if (first > s->first && !is_upper(p, first - 1))
        words |= place_word(p, token_at(p, first - 1)->norm) & WORD_SETTLEMENT;
    return words;
}

/* A name that news also gives to persons, or that is also a common word, needs a sign. */
static bool needs_sign(const struct places *p, const struct candidate *c, uint32_t first,
                       uint32_t end, const struct sentence *s)
{
    const struct token *token = token_at(p, first);
    if (end - first > 1 || c->kind == KIND_COUNTRY || c->kind == KIND_CAPITAL)
        return false;
    bool is_named = token->upos == UPOS_PROPN || token->upos == UPOS_NONE;
    if (!is_named || (s->first == first && token->upos == UPOS_NONE))
        return c->kind != KIND_REGION || !is_named;
    return c->people < 300000 && c->kind != KIND_REGION && c->kind != KIND_SPOT;
}

static bool names(const struct places *p, const struct phrase_hit *hit,
                  enum who_kind kind)
{
    for (uint32_t i = 0; i < hit->count; i++)
        if (who_entry_kind(&p->who, pack_phrase_entry(p->pack, hit->first + i)) & kind)
            return true;
    return false;
}

static bool try_hit(const struct places *p, const struct phrase_hit *hit, uint32_t first,
                    const struct sentence *s, struct toponym *toponym)
{
    struct candidate candidates[PLACE_MAX_CANDIDATES];
    uint32_t end = first + hit->tokens;
    struct span span = doc_token_span(p->doc, first, end);
    uint32_t count = place_candidates(p, hit, p->doc->text + span.start, span_len(span),
                                      candidates, PLACE_MAX_CANDIDATES);
    if (count == 0)
        return false;
    struct surroundings around = {.container = "",
                                  .container_admin1 = "",
                                  .is_single = hit->tokens == 1,
                                  .words = words_around(p, first, end, s)};
    read_container(p, end, s, &around);
    check_container(candidates, count, &around);
    uint32_t best = place_choose(p, candidates, count, &around);
    if (best == NONE)
        return false;
    const struct candidate *chosen = &candidates[best];
    bool has_sign = around.words || *around.container ||
                    strcmp(chosen->admin1, around.container_admin1) == 0;
    if (!has_sign && (needs_sign(p, chosen, first, end, s) ||
                      (names(p, hit, WHO_PERSON) && chosen->kind != KIND_COUNTRY)))
        return false;
    *toponym = (struct toponym){.first = first,
                                .end = end,
                                .span = span,
                                .chosen = *chosen,
                                .is_sure = chosen->kind == KIND_COUNTRY ||
                                           *around.container,
                                .is_government = names(p, hit, WHO_SEAT)};
    return true;
}

static uint32_t read_at(struct places *p, uint32_t first, const struct sentence *s,
                        struct toponym *toponym)
{
    const char *words[MAX_WORDS];
    struct phrase_hit hits[MAX_HITS];
    uint32_t count = 0;
    for (; count < MAX_WORDS && first + count < s->end; count++)
        words[count] = token_at(p, first + count)->norm;
    uint32_t found = pack_phrases(p->pack, words, count, hits, MAX_HITS);
    for (uint32_t h = found; h-- > 0;)
        if (try_hit(p, &hits[h], first, s, toponym))
            return hits[h].tokens;
    return 0;
}

/* ---- the dateline ---- */

/* Its words are no tokens: they are cut and folded here. */
static bool read_dateline(struct places *p)
{
    const struct doc *doc = p->doc;
    const char *dateline = doc->report.dateline;
    struct span span = {0, 0};
    for (uint32_t i = 0; dateline && i < doc->ranges.count && span.end == 0; i++) {
        struct span range = doc->ranges.items[i].span;
        size_t len = strlen(dateline);
        for (uint32_t at = range.start; doc->ranges.items[i].kind == RANGE_DATELINE &&
                                        at + len <= range.end && span.end == 0;
             at++)
            if (memcmp(doc->text + at, dateline, len) == 0)
                span = (struct span){at, at + (uint32_t)len};
    }
    char folded[MAX_DATELINE][64];
    const char *words[MAX_DATELINE];
    uint32_t starts[MAX_DATELINE], ends[MAX_DATELINE], count = 0;
    for (uint32_t at = span.start; at < span.end && count < MAX_DATELINE;) {
        uint32_t end = at;
        while (end < span.end && !strchr(" ,\n\t", doc->text[end]))
            end++;
        if (end > at && end - at < 60) {
            utf8_fold(doc->text + at, end - at, folded[count], sizeof folded[count]);
            words[count] = folded[count];
            starts[count] = at;
            ends[count++] = end;
        }
        at = end + 1;
    }
    struct phrase_hit hits[MAX_HITS];
    struct candidate candidates[PLACE_MAX_CANDIDATES], last[PLACE_MAX_CANDIDATES];
    uint32_t found = count ? pack_phrases(p->pack, words, count, hits, MAX_HITS) : 0;
    for (uint32_t h = found; h-- > 0;) {
        uint32_t n = place_candidates(p, &hits[h], doc->text + span.start, span_len(span),
                                      candidates, PLACE_MAX_CANDIDATES);
        if (n == 0)
            continue;
        struct surroundings around = {
            .container = "", .container_admin1 = "", .is_dateline = true};
        struct phrase_hit after[MAX_HITS];
        uint32_t more = count > hits[h].tokens
                            ? pack_phrases(p->pack, words + hits[h].tokens,
                                           count - hits[h].tokens, after, MAX_HITS)
                            : 0;
        for (uint32_t k = more; k-- > 0;) {
            const char *text = doc->text + starts[hits[h].tokens];
            uint32_t m = place_candidates(p, &after[k], text,
                                          span.end - starts[hits[h].tokens], last,
                                          PLACE_MAX_CANDIDATES);
            for (uint32_t i = 0; i < m; i++) {
                if (last[i].kind == KIND_COUNTRY)
                    around.container = last[i].country;
                else if (last[i].kind == KIND_DIVISION)
                    around.container_admin1 = last[i].name;
            }
        }
        check_container(candidates, n, &around);
        uint32_t best = place_choose(p, candidates, n, &around);
        if (best == NONE)
            continue;
        struct toponym *toponym = array_push(&p->doc->arena, &p->found);
        if (!toponym)
            return false;
        *toponym = (struct toponym){.span = {starts[0], ends[hits[h].tokens - 1]},
                                    .chosen = candidates[best],
                                    .is_sure = true};
        if (strlen(candidates[best].country) == 3)
            p->dateline_country = candidates[best].country;
        break;
    }
    return true;
}

/* ---- the document ---- */

static bool put(struct places *p, const struct toponym *t)
{
    static const enum place_precision precisions[] = {
        PLACE_COUNTRY, PLACE_CITY,   PLACE_CITY, PLACE_CITY,
        PLACE_CITY,    PLACE_ADMIN1, PLACE_SPOT, PLACE_REGION};
    struct place_ref *ref = array_push(&p->doc->arena, &p->doc->places);
    if (!ref)
        return false;
    const struct candidate *c = &t->chosen;
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
    if (t->end == t->first)
        return true;
    const struct sentence *s = &p->doc->sentences.items[t->sentence];
    ref->is_actor = is_acting(p, t, s);
    /* "the island of Sentosa": it is the island that stands in the sentence. */
    if (names_kind_before(p, t->first, s))
        ref->first = t->first - 2;
    return true;
}

static bool read_sentence(struct places *p, uint32_t number, uint32_t *name,
                          uint32_t *mention, uint32_t *time)
{
    const struct sentence *s = &p->doc->sentences.items[number];
    for (uint32_t at = s->first; at < s->end;) {
        struct toponym toponym;
        char start = p->doc->text[token_at(p, at)->span.start];
        while (*time < p->doc->times.count && p->doc->times.items[*time].end <= at)
            (*time)++;
        bool is_in_time = *time < p->doc->times.count &&
                          p->doc->times.items[*time].first <= at;
        bool may_start = is_upper(p, at) || isdigit((unsigned char)start);
        uint32_t taken = may_start && !is_in_time ? read_at(p, at, s, &toponym) : 0;
        bool is_place = taken && !is_inside_name(p, at, at + taken, name) &&
                        !named_actor(p, at, at + taken, mention) &&
                        !is_part_by_grammar(p, at, at + taken, s);
        if (is_place) {
            toponym.sentence = number;
            struct toponym *kept = array_push(&p->doc->arena, &p->found);
            if (!kept)
                return false;
            *kept = toponym;
        }
        at += taken ? taken : 1;
    }
    return true;
}

static void open_tables(struct places *p, const struct pack *pack)
{
    static const char *const columns[] = {"id",   "name", "country", "admin1",
                                          "kind", "lat",  "lon",     "population"};
    p->pack = pack;
    who_open(&p->who, pack);
    p->gazetteer = pack_table(pack, "places");
    p->states = pack_table(pack, "actors/states");
    p->countries = pack_table(pack, "countries");
    p->words = pack_table(pack, "place_words");
    for (int i = 0; i < 8; i++)
        p->place_columns[i] = table_column(p->gazetteer, columns[i]);
    p->state_columns[0] = table_column(p->states, "name");
    p->state_columns[1] = table_column(p->states, "names");
    p->gazetteer_number = p->states_number = NONE - 1;
    for (uint32_t i = 0; i < pack_table_count(pack); i++) {
        if (pack_table_at(pack, i) == p->gazetteer)
            p->gazetteer_number = i;
        if (pack_table_at(pack, i) == p->states)
            p->states_number = i;
    }
    p->dateline_country = "";
}

enum outcome place_run(const struct pack *pack, struct doc *doc, struct fail *fail)
{
    struct places p = {.doc = doc};
    open_tables(&p, pack);
    if (!p.gazetteer || !p.countries)
        return OK;
    if (!tree_build(doc, &p.tree))
        return fail_memory(fail);
    tell_countries(&p);
    bool is_done = read_dateline(&p);
    uint32_t name = 0, mention = 0, time = 0;
    for (uint32_t i = 0; is_done && i < doc->sentences.count; i++)
        is_done = read_sentence(&p, i, &name, &mention, &time);
    for (uint32_t i = 0; is_done && i < p.found.count; i++)
        is_done = put(&p, &p.found.items[i]);
    return is_done ? OK : fail_memory(fail);
}
