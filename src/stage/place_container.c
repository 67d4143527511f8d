/* place_container.c: the larger place told beside a name ("Springfield, Clark County,
 * Ohio", "Ill.", "Tripoli, northern Lebanon"), and the dateline. */
#include "base/utf8.h"
#include "stage/place.h"

#include <string.h>

#define MAX_STEPS 3 /* containers after one another */
#define MAX_DATELINE 12u

/* ---- what words tell ---- */

/* The candidate of the kind that is known best; NULL. */
static const struct candidate *best_of_kind(const struct places *p, uint32_t sense,
                                            enum place_kind kind, const char *country)
{
    const struct sense *s = &p->senses.items[sense];
    const struct candidate *best = NULL;
    for (uint32_t i = s->first; i < s->first + s->count; i++) {
        const struct candidate *c = &p->candidates.items[i];
        bool fits = c->kind == kind && (!*country || strcmp(c->country, country) == 0);
        if (fits && (!best || c->prior > best->prior))
            best = c;
    }
    return best;
}

uint32_t place_abbreviated(struct places *p, const char *norm, bool *failed)
{
    const char *words[PLACE_MAX_WORDS];
    char copy[64];
    uint32_t row = table_row(p->abbreviations, norm), count = 0;
    if (row == NONE)
        return NONE;
    const char *name = table_cell(p->abbreviations, row, 2);
    size_t len = utf8_fold(name, strlen(name), copy, sizeof copy);
    for (char *at = copy; at < copy + len && count < PLACE_MAX_WORDS;) {
        words[count++] = at;
        at += strcspn(at, " ");
        *at++ = '\0';
    }
    struct phrase_hit hits[PLACE_MAX_HITS];
    uint32_t found = pack_phrases(p->pack, words, count, hits, PLACE_MAX_HITS);
    if (!found || hits[found - 1].tokens != count)
        return NONE;
    uint32_t sense = place_sense(p, &hits[found - 1], failed);
    if (sense == NONE)
        return NONE;
    const struct candidate *c = best_of_kind(p, sense, KIND_DIVISION,
                                             table_cell(p->abbreviations, row, 1));
    return c ? (uint32_t)(c - p->candidates.items) : NONE;
}

/* What the words tell as a container; the number of words it takes, 0 for none. The
 * first may be a short form where is_postal. */
static uint32_t take_step(const struct places *p, const char *const *words,
                          uint32_t count, bool is_postal, struct container *container)
{
    struct phrase_hit hits[PLACE_MAX_HITS];
    uint32_t row = is_postal ? table_row(p->abbreviations, words[0]) : NONE;
    if (row != NONE && !*container->admin1) {
        container->country = table_cell(p->abbreviations, row, 1);
        container->admin1 = table_cell(p->abbreviations, row, 2);
        return 1;
    }
    uint32_t found = pack_phrases(p->pack, words, count, hits, PLACE_MAX_HITS);
    for (uint32_t h = found; h-- > 0;) {
        for (uint32_t i = 0; i < hits[h].count && i < 64; i++) {
            struct phrase_entry entry = pack_phrase_entry(p->pack, hits[h].first + i);
            const struct table *table = pack_table_at(p->pack, entry.table);
            bool is_state = table == p->states && (entry.column == p->state_columns[0] ||
                                                   entry.column == p->state_columns[1]);
            if (is_state && !*container->country)
                container->country = table_cell(table, entry.row, 0);
            if (table != p->first_shelf && table != p->second_shelf)
                continue;
            const uint32_t *columns = p->shelf_columns[table == p->second_shelf];
            const char *kind = table_cell(table, entry.row, columns[5]);
            const char *name = table_cell(table, entry.row, columns[1]);
            if (strcmp(kind, "division") == 0 && !*container->admin1)
                container->admin1 = name;
            if (strcmp(kind, "county") == 0 && !*container->admin2)
                container->admin2 = name;
        }
        if (*container->country || *container->admin1 || *container->admin2)
            return hits[h].tokens;
    }
    return 0;
}

bool place_container_after(const struct places *p, uint32_t end, const struct sentence *s,
                           struct container *container)
{
    uint32_t at = end;
    *container = (struct container){"", "", ""};
    for (int step = 0; step < MAX_STEPS; step++) {
        const char *words[PLACE_MAX_WORDS];
        uint32_t count = 0;
        struct container next = {"", "", ""};
        if (at + 1 >= s->end || (strcmp(place_token(p, at)->norm, ",") != 0 &&
                                 strcmp(place_token(p, at)->norm, "(") != 0))
            break;
        at++;
        /* "Tikrit, in northern Iraq" */
        while (
            at < s->end && !place_is_upper(p, at) &&
            (place_word(p, place_token(p, at)->norm) & (WORD_REGIONAL | WORD_LOCATIVE)))
            at++;
        if (at >= s->end || !place_is_upper(p, at))
            break;
        for (; count < PLACE_MAX_WORDS && at + count < s->end; count++)
            words[count] = place_token(p, at + count)->norm;
        uint32_t taken = take_step(p, words, count, place_is_postal(p, at), &next);
        if (!taken)
            break;
        /* "Athens, Georgia": not yet said which Georgia; place_within tries both. */
        if (!*container->country)
            container->country = next.country;
        if (!*container->admin1)
            container->admin1 = next.admin1;
        if (!*container->admin2)
            container->admin2 = next.admin2;
        at += taken;
    }
    return *container->country || *container->admin1 || *container->admin2;
}

/* ---- the dateline ---- */

/* Its words are no tokens: they are cut and folded here. */
struct dateline {
    char folded[MAX_DATELINE][64];
    const char *words[MAX_DATELINE];
    uint32_t starts[MAX_DATELINE], ends[MAX_DATELINE], count;
};

static struct span find_dateline(const struct doc *doc)
{
    const char *dateline = doc->report.dateline;
    size_t len = dateline ? strlen(dateline) : 0;
    for (uint32_t i = 0; len && i < doc->ranges.count; i++) {
        struct span range = doc->ranges.items[i].span;
        if (doc->ranges.items[i].kind != RANGE_DATELINE)
            continue;
        for (uint32_t at = range.start; at + len <= range.end; at++)
            if (memcmp(doc->text + at, dateline, len) == 0)
                return (struct span){at, at + (uint32_t)len};
    }
    return (struct span){0, 0};
}

static void cut_dateline(const struct places *p, struct span span, struct dateline *line)
{
    const struct doc *doc = p->doc;
    line->count = 0;
    for (uint32_t at = span.start; at < span.end && line->count < MAX_DATELINE;) {
        uint32_t end = at, n = line->count;
        while (end < span.end && !strchr(" ,\n\t()", doc->text[end]))
            end++;
        if (end > at && end - at < 60) {
            utf8_fold(doc->text + at, end - at, line->folded[n], sizeof line->folded[n]);
            /* "Decatur, Ill. -": its dot may have been taken for the dateline's */
            size_t len = strlen(line->folded[n]);
            bool is_dotted = end == span.end && doc->text[end] == '.';
            if (is_dotted && len + 1 < sizeof line->folded[n]) {
                memcpy(line->folded[n] + len, ".", 2);
                if (table_row(p->abbreviations, line->folded[n]) == NONE)
                    line->folded[n][len] = '\0';
                else
                    end++;
            }
            line->words[n] = line->folded[n];
            line->starts[n] = at;
            line->ends[n] = end;
            line->count++;
        }
        at = end + 1;
    }
}

/* The containers after the first name's words. */
static struct container dateline_container(const struct places *p,
                                           const struct dateline *line, uint32_t at)
{
    struct container container = {"", "", ""};
    while (at < line->count) {
        struct container next = {"", "", ""};
        uint32_t taken = take_step(p, line->words + at, line->count - at, true, &next);
        container.country = *container.country ? container.country : next.country;
        container.admin1 = *container.admin1 ? container.admin1 : next.admin1;
        container.admin2 = *container.admin2 ? container.admin2 : next.admin2;
        at += taken ? taken : 1;
    }
    return container;
}

static bool add_dateline(struct places *p, const struct dateline *line, uint32_t at,
                         uint32_t end, struct toponym toponym)
{
    toponym.span = (struct span){line->starts[at], line->ends[end - 1]};
    toponym.is_dateline = true;
    struct toponym *kept = array_push(&p->doc->arena, &p->found);
    if (kept)
        *kept = toponym;
    return kept != NULL;
}

/* What follows the first name: "Ill.", "Lebanon". */
static bool read_rest(struct places *p, const struct dateline *line, uint32_t at)
{
    while (at < line->count) {
        struct phrase_hit hits[PLACE_MAX_HITS];
        bool failed = false;
        uint32_t chosen = place_abbreviated(p, line->words[at], &failed), taken = 1;
        uint32_t sense = NONE;
        for (uint32_t i = 0; chosen != NONE && i < p->senses.count && sense == NONE; i++)
            if (chosen - p->senses.items[i].first < p->senses.items[i].count)
                sense = i;
        uint32_t found = chosen != NONE
                             ? 0
                             : pack_phrases(p->pack, line->words + at, line->count - at,
                                            hits, PLACE_MAX_HITS);
        for (uint32_t h = found; h-- > 0 && sense == NONE && !failed;) {
            sense = place_sense(p, &hits[h], &failed);
            const struct candidate *c = sense == NONE
                                            ? NULL
                                            : best_of_kind(p, sense, KIND_COUNTRY, "");
            if (!c && sense != NONE)
                c = best_of_kind(p, sense, KIND_DIVISION, "");
            if (!c)
                sense = NONE;
            taken = c ? hits[h].tokens : 1;
        }
        if (failed)
            return false;
        struct toponym toponym = {.sense = sense, .chosen = chosen, .is_container = true};
        if (sense != NONE && !add_dateline(p, line, at, at + taken, toponym))
            return false;
        at += taken;
    }
    return true;
}

bool place_read_dateline(struct places *p)
{
    const struct doc *doc = p->doc;
    struct span span = find_dateline(doc);
    struct dateline line;
    struct phrase_hit hits[PLACE_MAX_HITS];
    bool failed = false;
    if (span.end == 0)
        return true;
    cut_dateline(p, span, &line);
    uint32_t found = line.count ? pack_phrases(p->pack, line.words, line.count, hits,
                                               PLACE_MAX_HITS)
                                : 0;
    for (uint32_t h = found; h-- > 0 && !failed;) {
        uint32_t end = hits[h].tokens;
        uint32_t sense = place_sense(p, &hits[h], &failed);
        if (sense == NONE)
            continue;
        p->dateline_sense = sense;
        struct container container = dateline_container(p, &line, end);
        bool has_container = *container.country || *container.admin1;
        uint32_t chosen = has_container ? place_within(p, sense, &container) : NONE;
        if (chosen == NONE && has_container && *container.admin1) {
            container.admin1 = "";
            chosen = *container.country ? place_within(p, sense, &container) : NONE;
        }
        struct toponym toponym = {.sense = sense,
                                  .chosen = chosen,
                                  .words = WORD_LOCATIVE,
                                  .has_container = chosen != NONE};
        if (!add_dateline(p, &line, 0, end, toponym))
            return false;
        const struct sense *s = &p->senses.items[sense];
        uint32_t best = chosen;
        for (uint32_t i = s->first; chosen == NONE && i < s->first + s->count; i++)
            if (best == NONE ||
                p->candidates.items[i].prior > p->candidates.items[best].prior)
                best = i;
        if (strlen(p->candidates.items[best].country) == 3)
            p->dateline_country = p->candidates.items[best].country;
        return read_rest(p, &line, end);
    }
    return !failed;
}
