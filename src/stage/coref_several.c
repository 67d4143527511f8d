/* coref_several.c: descriptions of several: "the two countries", "both sides", "the two
 * ministers". */
#include "stage/coref_work.h"

#include <string.h>

#define MAX_BACK 120
#define MAX_NEAR 3     /* sentences in which parties named one by one are gathered */
#define MAX_JOINED 6   /* and a set that was spoken of as one */
#define MAX_FAR 12     /* and one of just the kind */
#define MAX_LOOKED 400 /* entries looked through for who belongs together */

#define MAX_RANK 7 /* of those who lead a state */

/* Whether the person leads a state, or is said to lead at all where no table knows. */
static bool leads(const struct coref *coref, const struct actor *actor)
{
    const struct who *who = &coref->who;
    uint32_t person = table_row(who->persons, actor->id);
    if (person == NONE)
        return bears_role(coref, actor, "leader");
    uint32_t office = who_office(who, person, coref->doc->report.day);
    return office != NONE &&
           who_rank(who, who_cell(who->offices, office, "role")) <= MAX_RANK;
}

/* The member of that kind that an actor is or stands for; NONE. */
static uint32_t as_kind(struct coref *coref, uint32_t actor, const char *kind,
                        bool is_strict)
{
    const struct actor *who = actor_of(coref, actor);
    if (strcmp(kind, "leader") == 0)
        return leads(coref, who) || (!is_strict && who->kind == ACTOR_PERSON) ? actor
                                                                              : NONE;
    if (strcmp(kind, "person") == 0)
        return who->kind == ACTOR_PERSON ? actor : NONE;
    if (strcmp(kind, "man") == 0 || strcmp(kind, "woman") == 0) {
        enum gender other = kind[0] == 'm' ? GENDER_FEM : GENDER_MASC;
        return who->kind == ACTOR_PERSON && who->number != NUMBER_PLUR &&
                       who->gender != other
                   ? actor
                   : NONE;
    }
    if (strcmp(kind, "organisation") == 0)
        return who->kind == ACTOR_ORGANISATION ||
                       (who->kind == ACTOR_GROUP && !who->is_generic)
                   ? actor
                   : NONE;
    if (strstr(kind, "state")) {
        if (who->kind == ACTOR_STATE)
            return actor;
        return is_strict || !who->code || cell_has(who->sectors, "IGO")
                   ? NONE
                   : state_actor(coref, who->code);
    }
    if (strcmp(kind, "side") != 0) /* an office: "the two ministers" */
        return is_strict && bears_role(coref, who, kind) ? actor : NONE;
    return who->code || !who->is_generic ? actor : NONE;
}

static bool map_set(struct coref *coref, const struct set *from, const char *kind,
                    bool is_strict, struct set *to)
{
    to->count = 0;
    for (uint32_t i = 0; i < from->count; i++) {
        uint32_t actor = as_kind(coref, from->actors[i], kind, is_strict);
        if (actor == NONE)
            return false;
        struct set one = {.actors = {actor}, .count = 1};
        set_join(to, &one);
    }
    return true;
}

/* The latest set of that many that was spoken of as one. */
static bool find_joined(struct coref *coref, const char *kind, uint32_t count,
                        bool is_strict, struct set *set)
{
    uint32_t looked = 0, reach = is_strict ? MAX_FAR : MAX_JOINED;
    for (uint32_t i = coref->scene.count; i-- > 0 && looked < MAX_BACK; looked++) {
        struct entry entry = coref->scene.items[i];
        if (coref->sentence - entry.sentence > reach)
            return false;
        if (entry.set.count < 2 || !map_set(coref, &entry.set, kind, is_strict, set))
            continue;
        if (count ? set->count == count : set->count >= 2)
            return true;
    }
    return false;
}

/* The so many parties of that kind that the last sentences speak of, when they are
 * just so many. */
static bool find_gathered(struct coref *coref, const char *kind, uint32_t count,
                          bool is_strict, struct set *set)
{
    uint32_t wanted = count ? count : 2;
    uint32_t looked = 0, sentence = coref->sentence;
    set->count = 0;
    for (uint32_t i = coref->scene.count; i-- > 0 && looked < MAX_BACK; looked++) {
        struct entry entry = coref->scene.items[i];
        if (coref->sentence - entry.sentence > MAX_NEAR)
            break;
        if (entry.sentence != sentence && set->count >= wanted)
            break;
        sentence = entry.sentence;
        if (entry.set.count != 1)
            continue;
        uint32_t actor = as_kind(coref, entry.set.actors[0], kind, is_strict);
        struct set one = {.actors = {actor}, .count = actor != NONE};
        set_join(set, &one);
    }
    return set->count == wanted;
}

/* ---- two who belong together ---- */

#define MAX_PAIRS 32
#define JOINED_WEIGHT 12 /* "A and B", "A met B", "the two" again */
#define LOOSE_WEIGHT 6   /* the same, of those who stand for them: ministers for states */
#define VISIT_WEIGHT 3   /* the same, at whose capital the other called */
#define NAMED_WEIGHT 6   /* the only two of the kind that a sentence names */
#define UNIT 600         /* points of weight 1 in the sentence itself */
#define MIN_POINTS 90    /* one "A and B" twelve sentences back */

struct pair {
    struct set set;
    int points;
    uint32_t sentence; /* the last that it was counted in, and what it counted there */
    int counted;
};

struct pairs {
    struct pair items[MAX_PAIRS];
    uint32_t count;
};

/* One sentence back counts half, two a quarter, three a seventh. */
static int faded(int weight, uint32_t distance)
{
    return weight * UNIT / (int)(1 + distance * (distance + 1) / 2);
}

/* Each sentence counts a pair once, by the closest way that it puts the two together. */
static void count_pair(struct pairs *pairs, const struct set *set, uint32_t sentence,
                       int points)
{
    struct pair *pair = pairs->items;
    while (pair < pairs->items + pairs->count && !set_equal(&pair->set, set))
        pair++;
    if (pair == pairs->items + MAX_PAIRS)
        return;
    if (pair == pairs->items + pairs->count) {
        pairs->count++;
        *pair = (struct pair){.set = *set, .sentence = sentence};
    }
    if (pair->sentence != sentence)
        pair->counted = 0;
    pair->sentence = sentence;
    if (points <= pair->counted)
        return;
    pair->points += points - pair->counted;
    pair->counted = points;
}

static void count_joined(struct coref *coref, const struct entry *entry, const char *kind,
                         struct pairs *pairs)
{
    struct set set;
    int weight = JOINED_WEIGHT;
    if (!map_set(coref, &entry->set, kind, true, &set)) {
        weight = entry->is_visit ? VISIT_WEIGHT : LOOSE_WEIGHT;
        if (!map_set(coref, &entry->set, kind, false, &set))
            return;
    }
    if (set.count == 2)
        count_pair(pairs, &set, entry->sentence,
                   faded(weight, coref->sentence - entry->sentence));
}

static void count_named(const struct coref *coref, const struct set *named,
                        uint32_t sentence, struct pairs *pairs)
{
    if (named->count == 2)
        count_pair(pairs, named, sentence,
                   faded(NAMED_WEIGHT, coref->sentence - sentence));
}

/* The two of that kind that the report most and latest speaks of together, whoever else
 * it has named since with one of them. */
static bool find_pair(struct coref *coref, const char *kind, struct set *set)
{
    struct pairs pairs = {.count = 0};
    struct set named = {.count = 0};
    uint32_t looked = 0, sentence = coref->sentence;
    for (uint32_t i = coref->scene.count; i-- > 0 && looked < MAX_LOOKED; looked++) {
        struct entry entry = coref->scene.items[i];
        if (entry.sentence != sentence) {
            count_named(coref, &named, sentence, &pairs);
            named.count = 0;
            sentence = entry.sentence;
        }
        if (entry.set.count > 1)
            count_joined(coref, &entry, kind, &pairs);
        if (entry.set.count != 1 || entry.is_pronoun)
            continue;
        uint32_t actor = as_kind(coref, entry.set.actors[0], kind, true);
        struct set one = {.actors = {actor}, .count = actor != NONE};
        set_join(&named, &one);
    }
    count_named(coref, &named, sentence, &pairs);
    const struct pair *best = NULL;
    for (uint32_t i = 0; i < pairs.count; i++)
        if (!best || pairs.items[i].points > best->points)
            best = &pairs.items[i];
    if (!best || best->points < MIN_POINTS)
        return false;
    *set = best->set;
    return true;
}

/* The set that the same noun meant before: "the two sides ... both sides". */
static bool find_called_so(const struct coref *coref, uint32_t token, uint32_t count,
                           struct set *set)
{
    uint32_t looked = 0;
    const char *lemma = token_lemma(coref->doc, token);
    for (uint32_t i = coref->scene.count; i-- > 0 && looked < MAX_BACK; looked++) {
        const struct entry *entry = &coref->scene.items[i];
        if (coref->sentence - entry->sentence > MAX_FAR)
            return false;
        if (entry->set.count < 2 || (count && entry->set.count != count) ||
            strcmp(token_lemma(coref->doc, entry->token), lemma) != 0)
            continue;
        *set = entry->set;
        return true;
    }
    return false;
}

/* The offices of two states that belong together: "the two presidents". */
static bool find_officers(struct coref *coref, uint32_t token, struct set *set)
{
    struct set states, noun = scene_parties(coref, token);
    set->count = 0;
    if (noun.count != 1 || !find_pair(coref, "state", &states))
        return false;
    for (uint32_t i = 0; i < states.count; i++) {
        struct actor holder = *actor_of(coref, noun.actors[0]);
        struct actor state = *actor_of(coref, states.actors[i]);
        if (!state.code)
            return false;
        holder.kind = ACTOR_PERSON;
        holder.number = NUMBER_SING;
        uint32_t actor = owned_actor(coref, &holder, token_lemma(coref->doc, token),
                                     &state);
        struct set one = {.actors = {actor}, .count = actor != NONE};
        set_join(set, &one);
    }
    return set->count == 2;
}

static bool find_two(struct coref *coref, uint32_t token, const char *kind,
                     struct set *set)
{
    const char *lemma = token_lemma(coref->doc, token);
    bool is_office = strcmp(kind, "person") == 0 &&
                     table_row(coref->who.roles, lemma) != NONE;
    if (is_office &&
        (find_pair(coref, lemma, set) || find_called_so(coref, token, 2, set)))
        return true;
    if (find_pair(coref, kind, set))
        return true;
    return is_office && find_officers(coref, token, set);
}

bool resolve_several(struct coref *coref, uint32_t token, const char *kind,
                     uint32_t count)
{
    struct set set;
    bool is_leader = strcmp(kind, "leader") == 0;
    bool is_side = strcmp(kind, "side") == 0;
    if (!(is_side && find_called_so(coref, token, count, &set)) &&
        !(count == 2 && find_two(coref, token, kind, &set)) &&
        !(is_leader && (find_joined(coref, kind, count, true, &set) ||
                        find_gathered(coref, kind, count, true, &set))) &&
        !find_joined(coref, kind, count, false, &set) &&
        !find_gathered(coref, kind, count, true, &set) &&
        !(count && find_gathered(coref, kind, count, false, &set)) &&
        !(is_leader && count == 2 && find_officers(coref, token, &set)))
        return false;
    coref_bind(coref, token, &set, "description of several", MENTION_NOMINAL);
    scene_add(coref, token, &set, false);
    return true;
}

/* A definite number of people or sides who were spoken of together. */
bool resolve_counted(struct coref *coref, uint32_t token, uint32_t count)
{
    bool is_compound;
    const char *kind = description_of(coref, token, &is_compound);
    struct set set;
    if (!kind && is_named_by(coref, token, "inhabitants"))
        kind = "person"; /* "the three Kenyans" */
    if (!kind || strstr(kind, "state") ||
        !(find_joined(coref, kind, count, true, &set) ||
          find_gathered(coref, kind, count, true, &set)))
        return false;
    coref_bind(coref, token, &set, "description of several", MENTION_NOMINAL);
    scene_add(coref, token, &set, false);
    return true;
}
