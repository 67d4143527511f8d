/* place_context.c: how the name of a place stands in its sentence. */
#include "base/utf8.h"
#include "stage/place.h"
#include "stage/stages.h"

#include <ctype.h>
#include <string.h>

#define MAX_CLIMB 8
#define SHORT_NAME 3 /* "Al", "El", "Ras": begin longer names */

bool place_is_upper(const struct places *p, uint32_t at)
{
    struct span span = place_token(p, at)->span;
    uint32_t code;
    return utf8_next(p->doc->text + span.start, span_len(span), &code) &&
           utf8_is_upper(code);
}

bool place_is_postal(const struct places *p, uint32_t at)
{
    const char *text = p->doc->text + place_token(p, at)->span.start;
    return span_len(place_token(p, at)->span) != 2 || !isalpha((unsigned char)text[1]) ||
           isupper((unsigned char)text[1]);
}

/* ---- part of a longer name, by grammar ---- */

static bool is_role_or_agent(const struct places *p, uint32_t at)
{
    const char *word = place_token(p, at)->norm;
    struct phrase_hit hit;
    if (!pack_phrases(p->pack, &word, 1, &hit, 1))
        return false;
    for (uint32_t i = 0; i < hit.count; i++)
        if (who_entry_kind(&p->who, pack_phrase_entry(p->pack, hit.first + i)) &
            (WHO_ROLE | WHO_AGENT))
            return true;
    return false;
}

static bool is_part_before(const struct places *p, uint32_t first)
{
    const struct token *before = place_token(p, first - 1);
    if (!place_is_upper(p, first - 1))
        return false;
    if (place_word(p, before->norm) & WORD_BRAND)
        return true;
    bool is_flat = place_token(p, first)->deprel == DEP_FLAT &&
                   place_token(p, first)->head < first;
    if (is_flat && before->upos == UPOS_PROPN)
        return true;
    return who_word(&p->who, before->norm, "title", NULL);
}

/* "State", "County" and another capital: an institution, but for authorities and roles
 * ("Kano State Governor", "Wayne County Sheriff"). */
static bool names_public_thing(const struct places *p, uint32_t at,
                               const struct sentence *s)
{
    return at + 1 < s->end && !s->is_headline &&
           (place_word(p, place_token(p, at)->norm) & WORD_DIVISION) &&
           place_is_upper(p, at + 1) && place_token(p, at + 1)->upos == UPOS_PROPN &&
           !(place_word(p, place_token(p, at + 1)->norm) & WORD_AUTHORITY) &&
           !is_role_or_agent(p, at + 1);
}

bool place_is_aged(const struct places *p, const struct toponym *t,
                   const struct sentence *s)
{
    if (t->first == s->first || t->end + 2 >= s->end ||
        !place_is_upper(p, t->first - 1) ||
        strcmp(place_token(p, t->end)->norm, ",") != 0)
        return false;
    const char *age = place_token(p, t->end + 1)->norm;
    const char *after = place_token(p, t->end + 2)->norm;
    size_t digits = strspn(age, "0123456789");
    return (digits == 1 || digits == 2) && age[digits] == '\0' && strchr(",.;", after[0]);
}

static bool is_glue(const struct places *p, uint32_t at)
{
    return strcmp(place_token(p, at)->norm, "-") == 0 &&
           place_token(p, at - 1)->span.end == place_token(p, at)->span.start &&
           !place_token(p, at)->space_after;
}

/* "Cedars-Sinai", "Al-Ahsa", but not "U.S.-Mexico border". */
static bool is_glued(const struct places *p, uint32_t first, uint32_t end,
                     const struct sentence *s)
{
    bool is_listed = p->found.count &&
                     p->found.items[p->found.count - 1].end + 1 == first;
    if (first >= s->first + 2 && is_glue(p, first - 1) && place_is_upper(p, first - 2) &&
        !is_listed && place_token(p, first)->upos == UPOS_PROPN)
        return true;
    return end + 1 < s->end && end - first == 1 && is_glue(p, end) &&
           place_is_upper(p, end + 1) &&
           span_len(place_token(p, first)->span) <= SHORT_NAME &&
           islower((unsigned char)p->doc->text[place_token(p, first)->span.start + 1]);
}

bool place_is_part(const struct places *p, uint32_t first, uint32_t end,
                   const struct sentence *s)
{
    if (is_glued(p, first, end, s))
        return true;
    if (first > s->first && is_part_before(p, first))
        return true;
    if (end >= s->end || !place_is_upper(p, end))
        return false;
    const struct token *top = place_token(p, end - 1), *next = place_token(p, end);
    unsigned word = place_word(p, next->norm);
    if (names_public_thing(p, end, s)) /* "Manresa State Beach" */
        return true;
    if (word & WORD_AUTHORITY)
        return false;
    if (word & WORD_INSTITUTION)
        return true;
    if (s->is_headline || next->upos != UPOS_PROPN || is_role_or_agent(p, end) ||
        (word & (WORD_DIVISION | WORD_SETTLEMENT)))
        return false;
    bool heads_it = top->head == end &&
                    (top->deprel == DEP_COMPOUND || top->deprel == DEP_NMOD_DESC);
    bool hangs_on_it = next->deprel == DEP_FLAT && next->head >= first &&
                       next->head < end;
    return heads_it || hangs_on_it;
}

/* ---- prepositions ---- */

static uint32_t top_of(const struct places *p, uint32_t first, uint32_t end)
{
    for (uint32_t i = first; i < end; i++) {
        uint32_t head = place_token(p, i)->head;
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
        const struct token *t = place_token(p, top);
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
           (at == first || who_word(&p->who, place_token(p, at)->norm, "definite", NULL)))
        at--;
    return at < first ? at : NONE;
}

/* Words of enum place_word that say that the name is somewhere something is or goes. */
static unsigned location_of(const struct places *p, uint32_t first, uint32_t end,
                            const struct sentence *s, bool *moves)
{
    uint32_t top = top_of(p, first, end);
    bool has_tree = place_token(p, top)->deprel != DEP_NONE;
    uint32_t mark = has_tree ? preposition_of(p, top, s) : word_before(p, first, s);
    *moves = false;
    if (mark == NONE)
        return 0;
    unsigned word = place_word(p, place_token(p, mark)->norm) &
                    (WORD_LOCATIVE | WORD_DIRECTION);
    uint32_t governor = has_tree          ? place_token(p, top)->head
                        : mark > s->first ? mark - 1
                                          : mark;
    *moves = (word & WORD_DIRECTION) && is_motion(p, governor);
    return word;
}

unsigned place_kind_before(const struct places *p, uint32_t first,
                           const struct sentence *s)
{
    if (first < s->first + 2 || strcmp(place_token(p, first - 1)->norm, "of") != 0)
        return 0;
    return place_word(p, token_lemma(p->doc, first - 2)) &
           (WORD_DIVISION | WORD_SETTLEMENT);
}

/* "a town north of Riyadh" */
static bool is_measured_from(const struct places *p, uint32_t first,
                             const struct sentence *s)
{
    return first >= s->first + 2 && strcmp(place_token(p, first - 1)->norm, "of") == 0 &&
           (place_word(p, place_token(p, first - 2)->norm) & WORD_COMPASS);
}

unsigned place_words_around(const struct places *p, uint32_t first, uint32_t end,
                            const struct sentence *s)
{
    bool moves;
    unsigned words = location_of(p, first, end, s, &moves) ? WORD_LOCATIVE : 0;
    if (end < s->end)
        words |= place_word(p, place_token(p, end)->norm) &
                 (WORD_DIVISION | WORD_SETTLEMENT | WORD_AUTHORITY | WORD_NATURE);
    words |= place_kind_before(p, first, s);
    if (is_measured_from(p, first, s))
        words |= WORD_LOCATIVE;
    if (first > s->first) {
        unsigned before = place_word(p, place_token(p, first - 1)->norm);
        words |= before & WORD_REGIONAL;
        if (!place_is_upper(p, first - 1))
            words |= before & (WORD_SETTLEMENT | WORD_LOCATIVE | WORD_DIRECTION);
    }
    if (words & WORD_DIRECTION)
        words |= WORD_LOCATIVE;
    return words;
}

/* ---- governments ---- */

bool place_is_acting(const struct places *p, const struct toponym *t,
                     const struct sentence *s)
{
    const struct candidate *c = &p->candidates.items[t->chosen];
    uint32_t top = top_of(p, t->first, t->end);
    const struct token *token = place_token(p, top);
    bool is_state = c->kind == KIND_COUNTRY, moves;
    bool is_seat = c->kind == KIND_CAPITAL || p->senses.items[t->sense].names_seat;
    unsigned where = location_of(p, t->first, t->end, s, &moves);
    if ((!is_state && !is_seat) || (where & WORD_LOCATIVE) || moves)
        return false;
    if ((t->has_container && !is_state) || place_kind_before(p, t->first, s) ||
        is_measured_from(p, t->first, s))
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
        bool is_bound = t->end < s->end && !place_token(p, t->end - 1)->space_after &&
                        strcmp(place_token(p, t->end)->norm, "-") == 0;
        return is_state || (is_seat && is_bound);
    }
    case DEP_APPOS: return false;
    default: return true;
    }
}
