/* coref_scene.c: what has been spoken of, and how prominent each is. */
#include "stage/coref_work.h"

#include <string.h>

#define MAX_CLIMB 12
#define MAX_REACH 60

uint32_t first_conjunct(const struct doc *doc, uint32_t token)
{
    for (int climb = 0; climb < MAX_CLIMB && token_at(doc, token)->deprel == DEP_CONJ;
         climb++)
        token = token_at(doc, token)->head;
    return token;
}

enum deprel role_of(const struct doc *doc, uint32_t token)
{
    return (enum deprel)token_at(doc, first_conjunct(doc, token))->deprel;
}

uint32_t governor_of(const struct doc *doc, uint32_t token)
{
    return token_at(doc, first_conjunct(doc, token))->head;
}

bool is_subject(enum deprel deprel)
{
    return deprel == DEP_NSUBJ || deprel == DEP_NSUBJ_PASS || deprel == DEP_NSUBJ_OUTER;
}

bool is_argument(enum deprel deprel)
{
    return is_subject(deprel) || deprel == DEP_OBJ || deprel == DEP_IOBJ ||
           deprel == DEP_OBL || deprel == DEP_OBL_AGENT;
}

bool is_beside(const struct coref *coref, const struct entry *entry, uint32_t token)
{
    const struct doc *doc = coref->doc;
    return entry->sentence == coref->sentence && is_argument(role_of(doc, token)) &&
           is_argument(role_of(doc, entry->token)) &&
           governor_of(doc, entry->token) == governor_of(doc, token);
}

bool is_other_party(const struct coref *coref, const struct entry *entry, uint32_t token)
{
    enum deprel mine = role_of(coref->doc, token);
    if (is_beside(coref, entry, token))
        return true;
    return is_argument(mine) && !is_subject(mine) &&
           is_doer(coref, entry, doer_of(coref->doc, token));
}

static uint32_t own_subject(const struct doc *doc, uint32_t verb)
{
    struct sentence sentence = doc->sentences.items[doc_sentence_of(doc, verb)];
    uint32_t first = verb > sentence.first + MAX_REACH ? verb - MAX_REACH
                                                       : sentence.first;
    uint32_t end = verb + MAX_REACH < sentence.end ? verb + MAX_REACH : sentence.end;
    for (uint32_t i = first; i < end; i++)
        if (token_at(doc, i)->head == verb && i != verb &&
            is_subject((enum deprel)token_at(doc, i)->deprel))
            return i;
    return NONE;
}

uint32_t subject_of(const struct doc *doc, uint32_t verb)
{
    for (int climb = 0; climb < MAX_CLIMB; climb++) {
        uint32_t subject = own_subject(doc, verb);
        if (subject != NONE)
            return subject;
        enum deprel deprel = (enum deprel)token_at(doc, verb)->deprel;
        if (token_at(doc, verb)->head == verb ||
            !(deprel == DEP_CONJ || deprel == DEP_XCOMP || deprel == DEP_ADVCL))
            return NONE;
        verb = token_at(doc, verb)->head;
    }
    return NONE;
}

struct set scene_parties(const struct coref *coref, uint32_t token)
{
    struct set set = {.count = 0};
    const struct doc *doc = coref->doc;
    uint32_t number = coref->mention_at[token];
    if (number == NONE)
        return set;
    const struct mention *mention =
        number < doc->mentions.count ? &doc->mentions.items[number]
                                     : &coref->fresh.items[number - doc->mentions.count];
    for (uint32_t i = 0; i < mention->actor_count && set.count < MAX_SET; i++)
        set.actors[set.count++] = doc->mention_actors.items[mention->actors + i];
    return set;
}

void set_join(struct set *set, const struct set *other)
{
    for (uint32_t i = 0; i < other->count; i++) {
        bool is_new = true;
        for (uint32_t j = 0; j < set->count; j++)
            is_new &= set->actors[j] != other->actors[i];
        if (is_new && set->count < MAX_SET)
            set->actors[set->count++] = other->actors[i];
    }
}

bool set_equal(const struct set *a, const struct set *b)
{
    if (a->count != b->count)
        return false;
    for (uint32_t i = 0; i < a->count; i++) {
        bool has = false;
        for (uint32_t j = 0; j < b->count; j++)
            has |= a->actors[i] == b->actors[j];
        if (!has)
            return false;
    }
    return true;
}

static int role_salience(enum deprel deprel)
{
    switch (deprel) {
    case DEP_NSUBJ:
    case DEP_NSUBJ_PASS:
    case DEP_NSUBJ_OUTER:
    case DEP_VOCATIVE: return 25;
    case DEP_ROOT:
    case DEP_PARATAXIS:
    case DEP_OBL_AGENT: return 12;
    case DEP_OBJ:
    case DEP_IOBJ: return 8;
    case DEP_NMOD_POSS: return 4;
    case DEP_OBL:
    case DEP_NMOD: return 0;
    case DEP_COMPOUND:
    case DEP_AMOD:
    case DEP_NMOD_DESC: return -25;
    default: return -4;
    }
}

/* Words that the main clause says weigh more than those of a clause inside it. */
static int depth_salience(const struct doc *doc, uint32_t token)
{
    uint32_t governor = governor_of(doc, token);
    return token_at(doc, governor)->head == governor ? 6 : 0;
}

static void push(struct coref *coref, struct entry entry)
{
    struct entry *slot = array_push(&coref->doc->arena, &coref->scene);
    if (slot)
        *slot = entry;
    else
        coref->is_out_of_memory = true;
}

void scene_add(struct coref *coref, uint32_t token, const struct set *set,
               bool is_pronoun)
{
    const struct doc *doc = coref->doc;
    struct entry entry = {
        .token = token,
        .sentence = coref->sentence,
        .set = *set,
        .number = (enum number)token_at(doc, token)->feats.number,
        .salience = role_salience(role_of(doc, token)) + depth_salience(doc, token),
        .is_pronoun = is_pronoun,
    };
    if (set->count == 1) {
        const struct actor *actor = &doc->actors.items[set->actors[0]];
        if (!actor->is_generic && !is_pronoun)
            entry.salience += 8;
        if (actor->kind == ACTOR_PERSON || actor->kind == ACTOR_STATE)
            entry.number = NUMBER_SING;
    }
    for (uint32_t i = 0; i < set->count; i++)
        if (set->actors[i] < coref->actor_room)
            coref->times_named[set->actors[i]]++;
    push(coref, entry);
}

/* ---- sets ---- */

static bool has_later_conjunct(const struct coref *coref, uint32_t first, uint32_t token)
{
    const struct doc *doc = coref->doc;
    uint32_t end = doc->sentences.items[coref->sentence].end;
    for (uint32_t i = token + 1; i < end && i - token < MAX_REACH; i++)
        if (token_at(doc, i)->deprel == DEP_CONJ && token_at(doc, i)->head == first)
            return true;
    return false;
}

static void add_joined(struct coref *coref, uint32_t head, struct set set, bool is_visit)
{
    if (set.count < 2)
        return;
    push(coref, (struct entry){
                    .token = head,
                    .sentence = coref->sentence,
                    .set = set,
                    .number = NUMBER_PLUR,
                    .salience = role_salience(role_of(coref->doc, head)) +
                                depth_salience(coref->doc, head) + 12,
                    .is_joined = true,
                    .is_visit = is_visit,
                });
}

static void add_conjuncts(struct coref *coref, uint32_t token)
{
    const struct doc *doc = coref->doc;
    uint32_t first = token_at(doc, token)->head;
    if (token_at(doc, token)->deprel != DEP_CONJ || first >= token ||
        has_later_conjunct(coref, first, token))
        return;
    struct set set = scene_parties(coref, first);
    for (uint32_t i = first + 1; i <= token; i++)
        if (token_at(doc, i)->deprel == DEP_CONJ && token_at(doc, i)->head == first) {
            struct set more = scene_parties(coref, i);
            if (more.count)
                set_join(&set, &more);
        }
    add_joined(coref, first, set, false);
}

/* "the Smith-Jones talks": two modifiers that a hyphen joins. */
static void add_hyphened(struct coref *coref, uint32_t token)
{
    const struct doc *doc = coref->doc;
    if (token < 2 || strcmp(token_at(doc, token - 1)->norm, "-") != 0)
        return;
    const struct token *word = token_at(doc, token);
    const struct token *before = token_at(doc, token - 2);
    bool is_inner = word->deprel == DEP_COMPOUND || word->deprel == DEP_AMOD;
    if (!is_inner ||
        (before->head != word->head && before->head != token && word->head != token - 2))
        return;
    struct set set = scene_parties(coref, token - 2), other = scene_parties(coref, token);
    if (!set.count || !other.count)
        return;
    set_join(&set, &other);
    add_joined(coref, token, set, false);
}

static bool has_case(const struct coref *coref, uint32_t token, const char *class_name)
{
    const struct doc *doc = coref->doc;
    for (uint32_t i = token; i-- > 0 && token - i < MAX_CLIMB;)
        if (token_at(doc, i)->head == token && token_at(doc, i)->deprel == DEP_CASE)
            return who_word(&coref->who, token_at(doc, i)->norm, class_name, NULL);
    return false;
}

bool is_named_by(const struct coref *coref, uint32_t token, const char *rule)
{
    uint32_t number = coref->mention_at[token];
    const char *found = number < coref->doc->mentions.count
                            ? coref->doc->mentions.items[number].rule
                            : NULL;
    return found && strcmp(found, rule) == 0;
}

static void add_company(struct coref *coref, uint32_t token)
{
    const struct doc *doc = coref->doc;
    enum deprel deprel = (enum deprel)token_at(doc, token)->deprel;
    uint32_t verb = token_at(doc, token)->head;
    const char *lemma = token_at(doc, verb)->lemma;
    bool is_with = deprel == DEP_OBL && has_case(coref, token, "comitative");
    bool is_mutual = deprel == DEP_OBJ && lemma &&
                     who_word(&coref->who, lemma, "mutual_verb", NULL);
    if (!is_with && !is_mutual)
        return;
    uint32_t subject = subject_of(doc, verb);
    if (subject == NONE || subject == token)
        return;
    struct set set = scene_parties(coref, subject);
    struct set other = scene_parties(coref, token);
    if (!set.count || !other.count)
        return;
    set_join(&set, &other);
    add_joined(coref, subject, set, is_mutual && is_named_by(coref, token, "capital"));
}

void scene_add_sets(struct coref *coref, uint32_t token)
{
    if (coref->mention_at[token] == NONE)
        return;
    add_conjuncts(coref, token);
    add_hyphened(coref, token);
    add_company(coref, token);
}
