/* coref_noun.c: definite descriptions: "the two leaders", "the country", "the group",
 * "his aide". */
#include "stage/coref_work.h"

#include "base/utf8.h"

#include <stdlib.h>
#include <string.h>

#define MAX_BACK 120
#define MAX_NEAR 3      /* sentences in which a plain description finds its antecedent */
#define MAX_FAR 12      /* and one that says more of it */
#define MAX_ACTORS 4096 /* looked through for an id */
#define MARGIN 6
#define WORD_LEN 64

static uint32_t find_actor(const struct coref *coref, const char *id)
{
    const struct doc *doc = coref->doc;
    for (uint32_t i = 0; i < doc->actors.count && i < MAX_ACTORS; i++)
        if (strcmp(doc->actors.items[i].id, id) == 0)
            return i;
    return NONE;
}

static uint32_t add_actor(struct coref *coref, struct actor actor)
{
    struct actor *slot = actor.id ? array_push(&coref->doc->arena, &coref->doc->actors)
                                  : NULL;
    if (!slot) {
        coref->is_out_of_memory = true;
        return NONE;
    }
    *slot = actor;
    return coref->doc->actors.count - 1;
}

uint32_t state_actor(struct coref *coref, const char *code)
{
    uint32_t row = who_state(&coref->who, code);
    const struct table *states = coref->who.states;
    if (row == NONE)
        return NONE;
    const char *id = who_cell(states, row, "id");
    uint32_t known = find_actor(coref, id);
    if (known != NONE)
        return known;
    const char *wikidata = who_cell(states, row, "wikidata");
    return add_actor(coref, (struct actor){
                                .id = id,
                                .name = who_cell(states, row, "name"),
                                .code = who_cell(states, row, "code"),
                                .sectors = "",
                                .wikidata = *wikidata ? wikidata : NULL,
                                .kind = ACTOR_STATE,
                                .gender = GENDER_NEUT,
                                .number = NUMBER_SING,
                            });
}

/* ---- what the words before the noun say ---- */

struct frame read_frame(const struct coref *coref, uint32_t token)
{
    const struct doc *doc = coref->doc;
    struct frame frame = {0};
    uint32_t first = doc->sentences.items[coref->sentence].first;
    /* "the city-state": the article may hang on the first part. */
    bool is_hyphened = token >= first + 2 &&
                       strcmp(token_at(doc, token - 1)->norm, "-") == 0;
    for (uint32_t i = token; i-- > first && token - i < 10;) {
        uint32_t head = token_at(doc, i)->head;
        bool is_mine = head == token ||
                       (is_hyphened && i + 2 < token && head == token - 2);
        if (!is_mine)
            continue;
        const char *norm = token_at(doc, i)->norm, *value = NULL;
        switch (token_at(doc, i)->deprel) {
        case DEP_NMOD_POSS: frame.is_owned = true; break;
        case DEP_AMOD:
        case DEP_COMPOUND: frame.is_described = true; break;
        case DEP_NUMMOD: frame.is_counted = true; break;
        default: break;
        }
        if (who_word(&coref->who, norm, "definite", NULL))
            frame.is_definite = true;
        if (who_word(&coref->who, norm, "how_many", &value))
            frame.count = (uint32_t)strtoul(value, NULL, 10);
        else if (who_word(&coref->who, norm, "indefinite", NULL))
            frame.is_indefinite = true;
        if (who_word(&coref->who, norm, "former", NULL))
            frame.is_former = true;
        if (who_word(&coref->who, norm, "other_than", NULL))
            frame.is_other = true;
    }
    return frame;
}

static bool is_one_slip_apart(const char *a, const char *b)
{
    size_t a_len = strlen(a), b_len = strlen(b), same = 0;
    while (a[same] && a[same] == b[same])
        same++;
    if (a_len + 1 == b_len)
        return strcmp(a + same, b + same + 1) == 0;
    if (a_len == b_len + 1)
        return strcmp(a + same + 1, b + same) == 0;
    return a_len == b_len && a[same] && strcmp(a + same + 1, b + same + 1) == 0;
}

/* A word of two parts or of eight letters is known with one slip, too: "city-sate". */
static const char *misspelt_description(const struct coref *coref, const char *word)
{
    const struct table *table = coref->who.anaphors;
    uint32_t class_column = table_column(table, "class");
    if (strlen(word) < 8)
        return NULL;
    for (uint32_t row = 0; row < table_rows(table); row++) {
        const char *known = table_cell(table, row, 0);
        if (strcmp(table_cell(table, row, class_column), "description") == 0 &&
            strlen(known) >= 9 && is_one_slip_apart(word, known))
            return who_cell(table, row, "value");
    }
    return NULL;
}

const char *description_of(const struct coref *coref, uint32_t token, bool *is_compound)
{
    const struct doc *doc = coref->doc;
    const char *value = NULL;
    char word[WORD_LEN];
    *is_compound = false;
    bool is_hyphened = token >= 2 && strcmp(token_at(doc, token - 1)->norm, "-") == 0;
    const char *lemma = token_lemma(doc, token);
    if (is_hyphened || strchr(lemma, '-')) {
        const char *before = is_hyphened ? token_at(doc, token - 2)->norm : "";
        size_t before_len = strlen(before), len = strlen(lemma);
        if (before_len + len + 2 < sizeof word) {
            memcpy(word, before, before_len);
            if (is_hyphened)
                word[before_len++] = '-';
            memcpy(word + before_len, lemma, len + 1);
            *is_compound = true;
            if (who_word(&coref->who, word, "description", &value))
                return value;
            value = misspelt_description(coref, word);
            if (value)
                return value;
        }
        *is_compound = false;
    }
    return who_word(&coref->who, lemma, "description", &value) ? value : NULL;
}

/* ---- one ---- */

/* A state whose capital is itself, or that has none. */
static bool is_city_state(const struct coref *coref, const struct actor *actor)
{
    const struct table *states = coref->who.states;
    uint32_t row = who_state(&coref->who, actor->code ? actor->code : "");
    const char *name = who_cell(states, row, "name");
    const char *capital = who_cell(states, row, "capital");
    return *name && (!*capital || cell_has(capital, name));
}

static bool is_owning(const struct coref *coref, uint32_t token)
{
    const struct doc *doc = coref->doc;
    for (uint32_t i = token; i-- > 0 && token - i < 8;)
        if (token_at(doc, i)->head == token && token_at(doc, i)->deprel == DEP_CASE)
            return who_word(&coref->who, token_at(doc, i)->norm, "owning", NULL);
    return false;
}

/* "the state of the economy" points at nothing before it. */
static bool is_narrowed(const struct coref *coref, uint32_t token, bool is_counted)
{
    const struct doc *doc = coref->doc;
    uint32_t end = doc->sentences.items[coref->sentence].end;
    for (uint32_t i = token + 1; i < end && i < token + 15; i++) {
        const struct token *word = token_at(doc, i);
        if (word->head != token)
            continue;
        /* "the two leaders" are known by their number; only "the two leaders of A" are
         * others. */
        bool is_open = word->deprel == DEP_ACL || word->deprel == DEP_ACL_RELCL;
        if ((word->deprel == DEP_NMOD && (!is_counted || is_owning(coref, i))) ||
            (is_open && !is_counted))
            return true;
    }
    return false;
}

/* The state that the report has named most so far; "the country" is mostly that one. */
static bool find_main_state(const struct coref *coref, const char *kind, struct set *set)
{
    uint32_t best = NONE, most = 1, second = 0;
    if (strcmp(kind, "state") != 0)
        return false;
    for (uint32_t i = 0; i < coref->actor_room && i < MAX_ACTORS; i++) {
        uint32_t named = coref->times_named[i];
        if (actor_of(coref, i)->kind != ACTOR_STATE || named < most)
            continue;
        second = best == NONE ? 0 : most;
        best = i;
        most = named;
    }
    if (best == NONE || second == most)
        return false;
    *set = (struct set){.actors = {best}, .count = 1};
    return true;
}

static bool find_one(const struct coref *coref, uint32_t token, const char *kind,
                     bool is_compound, struct set *set)
{
    const struct entry *best = NULL;
    int best_score = -1000, second_score = -1000;
    uint32_t far = is_compound ? MAX_FAR : MAX_NEAR, looked = 0;
    for (uint32_t i = coref->scene.count; i-- > 0 && looked < MAX_BACK * 2; looked++) {
        const struct entry *entry = &coref->scene.items[i];
        uint32_t distance = coref->sentence - entry->sentence;
        if (distance > far)
            break;
        if (entry->set.count != 1)
            continue;
        const struct actor *actor = actor_of(coref, entry->set.actors[0]);
        bool is_city = strcmp(kind, "city state") == 0;
        if (actor->kind != ACTOR_STATE || (is_city && !is_city_state(coref, actor)) ||
            is_other_party(coref, entry, token))
            continue;
        int points = entry->salience - (int)distance * 14;
        bool is_same = best && set_equal(&best->set, &entry->set);
        if (points > best_score) {
            if (best && !is_same)
                second_score = best_score;
            best_score = points;
            best = entry;
        } else if (!is_same && points > second_score) {
            second_score = points;
        }
    }
    if (!best || best_score - second_score < MARGIN)
        return find_main_state(coref, kind, set);
    *set = best->set;
    return true;
}

/* "the former ... the latter" */
static bool resolve_ordinal(struct coref *coref, uint32_t token)
{
    const char *which = NULL;
    if (!who_word(&coref->who, token_at(coref->doc, token)->norm, "which_of_two", &which))
        return false;
    uint32_t looked = 0;
    for (uint32_t i = coref->scene.count; i-- > 0 && looked < MAX_BACK; looked++) {
        struct entry entry = coref->scene.items[i];
        if (coref->sentence - entry.sentence > 1)
            return false;
        if (!entry.is_joined || entry.set.count != 2)
            continue;
        struct set set = {.actors = {entry.set.actors[which[0] == '2']}, .count = 1};
        coref_bind(coref, token, &set, "former or latter", MENTION_NOMINAL);
        scene_add(coref, token, &set, false);
        return true;
    }
    return false;
}

/* The governments of two states are the states' own; "the government" is a party word
 * like others. */
static const char *kind_of(const struct coref *coref, uint32_t token, bool is_plural,
                           bool *is_compound)
{
    const char *kind = description_of(coref, token, is_compound);
    if (kind && strcmp(kind, "states") == 0)
        return is_plural ? "state" : NULL;
    return kind;
}

static uint32_t owner_of(const struct coref *coref, uint32_t token);

/* "Their country": the state of those whom it belongs to. */
static bool resolve_own_state(struct coref *coref, uint32_t token)
{
    bool is_compound;
    const char *kind = description_of(coref, token, &is_compound);
    uint32_t owner = kind && strcmp(kind, "state") == 0 ? owner_of(coref, token) : NONE;
    if (owner == NONE ||
        who_word(&coref->who, token_lemma(coref->doc, token), "other_party", NULL) ||
        token_at(coref->doc, token)->feats.number == NUMBER_PLUR)
        return false;
    struct set owners = scene_parties(coref, owner), set = {.count = 0};
    for (uint32_t i = 0; i < owners.count; i++) {
        const char *code = actor_of(coref, owners.actors[i])->code;
        uint32_t state = code ? state_actor(coref, code) : NONE;
        struct set one = {.actors = {state}, .count = state != NONE};
        set_join(&set, &one);
    }
    if (set.count != 1)
        return false;
    coref_bind(coref, token, &set, "owner's state", MENTION_NOMINAL);
    scene_add(coref, token, &set, false);
    return true;
}

/* A party word that by itself says nobody in particular, or one person or an armed band
 * of a country. */
static bool is_open_party(const struct coref *coref, const struct set *known)
{
    for (uint32_t i = 0; i < known->count; i++) {
        const struct actor *actor = actor_of(coref, known->actors[i]);
        bool is_open = actor->kind == ACTOR_PERSON || is_band(actor);
        if (!actor->is_generic || (actor->code && (known->count > 1 || !is_open)))
            return false;
    }
    return true;
}

bool resolve_description(struct coref *coref, uint32_t token)
{
    const struct doc *doc = coref->doc;
    const struct token *word = token_at(doc, token);
    struct set known = scene_parties(coref, token), set;
    bool is_noun = word->upos == UPOS_NOUN || word->upos == UPOS_PROPN ||
                   (word->upos == UPOS_ADJ && is_subject((enum deprel)word->deprel));
    if (!is_noun && word->upos != UPOS_ADJ)
        return false;
    struct frame frame = read_frame(coref, token);
    if (!is_open_party(coref, &known)) {
        /* "met both leaders in A": "in A" hangs on the verb. */
        bool is_counted = frame.count && frame.is_definite && is_noun && known.count == 1;
        const struct actor *actor = is_counted ? actor_of(coref, known.actors[0]) : NULL;
        return actor && actor->is_generic && !frame.is_owned && !frame.is_described &&
               resolve_counted(coref, token, frame.count);
    }
    const char *many = NULL;
    if (!frame.count &&
        who_word(&coref->who, token_lemma(doc, token), "number_noun", &many))
        frame.count = (uint32_t)strtoul(many, NULL, 10);
    if (frame.is_definite && !known.count && resolve_ordinal(coref, token))
        return true;
    bool has_code = known.count && actor_of(coref, known.actors[0])->code;
    bool is_inhabitant = has_code && word->upos == UPOS_ADJ;
    if (frame.is_owned && !has_code)
        return is_noun && (resolve_belonging(coref, token, &frame) ||
                           resolve_own_state(coref, token));
    if (!(is_noun || is_inhabitant))
        return false;
    /* "both sides", "neither side" */
    bool is_plural = word->feats.number == NUMBER_PLUR || frame.count > 1, is_compound;
    const char *kind = kind_of(coref, token, is_plural, &is_compound);
    bool is_plain = frame.count || !(frame.is_counted || frame.is_described);
    if (kind && is_plural && frame.is_definite && is_plain && !has_code &&
        !frame.is_other && !is_narrowed(coref, token, frame.count > 0) &&
        resolve_several(coref, token, kind, frame.count))
        return true;
    if (kind && !is_plural && frame.is_definite && strstr(kind, "state") && !has_code &&
        !frame.is_other && !frame.is_counted && !is_narrowed(coref, token, false) &&
        find_one(coref, token, kind, is_compound, &set)) {
        coref_bind(coref, token, &set, "description", MENTION_NOMINAL);
        scene_add(coref, token, &set, false);
        return true;
    }
    return !frame.is_indefinite && !frame.is_other &&
           resolve_described(coref, token, &frame);
}

/* ---- owned by someone found here ---- */

uint32_t owned_actor(struct coref *coref, const struct actor *noun, const char *word,
                     const struct actor *owner)
{
    struct actor actor = *noun;
    actor.code = owner->code;
    if (!*actor.sectors)
        actor.sectors = owner->sectors;
    size_t len = strcspn(actor.sectors, "|");
    bool is_one = noun->kind == ACTOR_PERSON;
    actor.id = len && !is_one
                   ? arena_print(&coref->doc->arena, "%s/%.*s", owner->code, (int)len,
                                 actor.sectors)
                   : arena_print(&coref->doc->arena, "%s/%s", owner->code, word);
    if (!actor.id) {
        coref->is_out_of_memory = true;
        return NONE;
    }
    uint32_t known = find_actor(coref, actor.id);
    return known != NONE ? known : add_actor(coref, actor);
}

static uint32_t owner_of(const struct coref *coref, uint32_t token)
{
    const struct doc *doc = coref->doc;
    struct sentence sentence = doc->sentences.items[coref->sentence];
    uint32_t first = token > sentence.first + 20 ? token - 20 : sentence.first;
    uint32_t end = token + 20 < sentence.end ? token + 20 : sentence.end;
    for (uint32_t i = first; i < end; i++) {
        const struct token *other = token_at(doc, i);
        if (other->head != token || i == token || coref->mention_at[i] == NONE)
            continue;
        if (other->deprel == DEP_NMOD_POSS)
            return i;
        if (other->deprel == DEP_NMOD && i > token && i - token < 8)
            for (uint32_t j = token + 1; j < i; j++)
                if (token_at(doc, j)->head == i && token_at(doc, j)->deprel == DEP_CASE &&
                    who_word(&coref->who, token_at(doc, j)->norm, "owning", NULL))
                    return i;
    }
    return NONE;
}

void resolve_owned(struct coref *coref, uint32_t token)
{
    struct set known = scene_parties(coref, token);
    if (known.count != 1 || !actor_of(coref, known.actors[0])->is_generic ||
        actor_of(coref, known.actors[0])->code ||
        who_word(&coref->who, token_at(coref->doc, token)->norm, "other_party", NULL))
        return;
    uint32_t owner = owner_of(coref, token);
    struct set owners = {.count = 0}, set = {.count = 0};
    if (owner != NONE)
        owners = scene_parties(coref, owner);
    for (uint32_t i = 0; i < owners.count; i++) {
        struct actor owned_by = *actor_of(coref, owners.actors[i]);
        struct actor noun = *actor_of(coref, known.actors[0]);
        if (!owned_by.code)
            continue;
        uint32_t actor = owned_actor(coref, &noun, token_lemma(coref->doc, token),
                                     &owned_by);
        struct set one = {.actors = {actor}, .count = actor != NONE};
        set_join(&set, &one);
    }
    if (set.count)
        coref_bind(coref, token, &set, "possessor", MENTION_NOMINAL);
}
