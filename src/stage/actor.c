/* actor.c: the actor stage: every mention of a party whose own words say who it is. */
#include "stage/actor_work.h"

#include "stage/stages.h"

#include <stdlib.h>
#include <string.h>

static bool set_up(struct work *work)
{
    struct doc *doc = work->doc;
    size_t count = doc->tokens.count;
    work->label_of = arena_take(&doc->arena, count, sizeof *work->label_of);
    work->found = arena_take(&doc->arena, count, sizeof *work->found);
    work->in_time = arena_take(&doc->arena, count, sizeof *work->in_time);
    work->person_name = arena_take(&doc->arena, count, sizeof *work->person_name);
    work->organisation_name = arena_take(&doc->arena, count,
                                         sizeof *work->organisation_name);
    if (!work->label_of || !work->found || !work->in_time || !work->person_name ||
        !work->organisation_name)
        return false;
    for (size_t i = 0; i < count; i++)
        work->label_of[i] = work->person_name[i] = work->organisation_name[i] = NONE;
    for (uint32_t i = 0; i < doc->times.count; i++)
        for (uint32_t t = doc->times.items[i].first; t < doc->times.items[i].end; t++)
            work->in_time[t] = true;
    for (uint32_t i = 0; i < doc->names.count; i++) {
        struct name name = doc->names.items[i];
        uint32_t *map = name.kind == NAME_PERSON ? work->person_name
                        : name.kind == NAME_ORG  ? work->organisation_name
                                                 : NULL;
        for (uint32_t t = name.first; map && t < name.end; t++)
            map[t] = i;
    }
    return true;
}

/* "Jordan" in "Michael Jordan" is no state. */
static void drop_names_in_names(struct work *work)
{
    const struct doc *doc = work->doc;
    for (uint32_t i = 0; i < work->labels.count; i++) {
        struct label *label = &work->labels.items[i];
        if (!(label->kinds & (WHO_COUNTRY | WHO_ORGANISATION | WHO_PLACE)) ||
            label->end - label->first > 1)
            continue;
        uint32_t token = label->first;
        const struct token *word = &doc->tokens.items[token];
        bool is_part = word->deprel == DEP_FLAT && work->label_of[word->head] == NONE &&
                       doc->tokens.items[word->head].upos == UPOS_PROPN;
        uint32_t next = token + 1;
        if (next < doc->tokens.count && doc->tokens.items[next].head == token &&
            doc->tokens.items[next].deprel == DEP_FLAT && work->label_of[next] == NONE)
            is_part = true;
        uint32_t name = work->person_name[token];
        if (name != NONE)
            is_part |= doc->names.items[name].end - doc->names.items[name].first > 1;
        if (is_part)
            work->label_of[token] = NONE;
    }
}

/* "Lagos said", after "Ricardo Lagos": the person, not the city. "In Lagos" stays one. */
static void drop_names_of_people(struct work *work)
{
    const struct doc *doc = work->doc;
    for (uint32_t i = 0; i < work->labels.count; i++) {
        const struct label *label = &work->labels.items[i];
        uint32_t token = label->first;
        if (!(label->kinds & (WHO_COUNTRY | WHO_PLACE)) || label->end - token > 1 ||
            work->label_of[token] != i || *case_of(doc, token))
            continue;
        for (uint32_t k = 0; k < work->people.count; k++) {
            const struct facts *facts = &work->facts.items[work->people.items[k]];
            if (facts->surname &&
                strcmp(facts->surname, doc->tokens.items[token].norm) == 0)
                work->label_of[token] = NONE;
        }
    }
}

/* ---- the order: what hangs on a word is resolved before it ---- */

static void measure_depths(const struct doc *doc, struct sentence sentence,
                           uint32_t *depths)
{
    for (uint32_t i = sentence.first; i < sentence.end; i++) {
        uint32_t depth = 0;
        for (uint32_t at = i; doc->tokens.items[at].head != at && depth < 60; depth++)
            at = doc->tokens.items[at].head;
        depths[i - sentence.first] = depth;
    }
}

static void resolve_sentence(struct work *work, struct sentence sentence,
                             uint32_t *depths)
{
    measure_depths(work->doc, sentence, depths);
    uint32_t count = sentence.end - sentence.first, deepest = 0;
    for (uint32_t i = 0; i < count; i++)
        deepest = depths[i] > deepest ? depths[i] : deepest;
    for (uint32_t depth = deepest + 1; depth-- > 0;)
        for (uint32_t i = 0; i < count; i++)
            if (depths[i] == depth)
                resolve_noun(work, sentence.first + i);
}

/* ---- apposition ---- */

static bool is_one_person(const struct work *work, const struct found *found)
{
    return found->count == 1 &&
           work->doc->actors.items[found->actors[0]].kind == ACTOR_PERSON;
}

/* What a description says of someone whom no table knows. */
static void learn(struct work *work, uint32_t actor, const struct found *from)
{
    struct actor *local = &work->doc->actors.items[actor];
    const struct actor *said = &work->doc->actors.items[from->actors[0]];
    if (!work->facts.items[actor].is_local || !from->count)
        return;
    if (!local->code)
        local->code = said->code;
    if (!*local->sectors)
        local->sectors = said->sectors;
    if (!local->role)
        local->role = said->role;
    if (!local->gender)
        local->gender = said->gender;
}

/* Whether another noun that hangs on this one stands right before the name: in "a photo
 * of attorney Jane Roe" the tree may hang her on the photo. */
static bool is_of_another(const struct doc *doc, uint32_t head, uint32_t first)
{
    for (uint32_t i = head + 1; i < first; i++)
        if (doc->tokens.items[i].upos == UPOS_ADP)
            return doc->tokens.items[first - 1].upos == UPOS_NOUN;
    return false;
}

static void join_apposition(struct work *work, uint32_t token, uint32_t head)
{
    const struct doc *doc = work->doc;
    struct found *one = &work->found[head], *two = &work->found[token];
    if (!two->count || one->is_taken)
        return;
    if (!one->count) {
        bool is_plain = doc->tokens.items[head].upos == UPOS_NOUN && two->count == 1;
        if (is_plain && is_one_person(work, two) && two->kind == MENTION_NAME) {
            if (is_of_another(doc, head, two->first)) {
                two->first--;
                return;
            }
            uint32_t first = chunk_of(doc, head).first;
            *one = *two;
            one->first = first;
            one->rule = "apposition";
            two->is_taken = true;
        }
        return;
    }
    /* Whom the text names in an office holds it, whoever the tables know. */
    bool is_office = strcmp(one->rule, "office") == 0;
    bool is_name_first = one->kind == MENTION_NAME && !is_office;
    if (two->kind == MENTION_NAME && is_name_first)
        return; /* two names are two parties, joined by a comma */
    if (is_name_first) {
        learn(work, one->actors[0], two);
    } else {
        if (two->count == 1)
            learn(work, two->actors[0], one);
        memcpy(one->actors, two->actors, sizeof one->actors);
        one->count = two->count;
        one->rule = "apposition";
    }
    two->is_taken = true;
    one->end = two->end > one->end ? two->end : one->end;
}

/* "The foreign minister of Burkina Faso, Jane Roe": the office that a name after a comma
 * explains, where the tree hangs the name on the country. NONE. */
static uint32_t office_before(const struct work *work, uint32_t token)
{
    const struct doc *doc = work->doc;
    const struct token *word = &doc->tokens.items[token];
    const struct found *name = &work->found[token], *country = &work->found[word->head];
    if ((word->deprel != DEP_CONJ && word->deprel != DEP_APPOS) ||
        !is_one_person(work, name) || name->kind != MENTION_NAME || country->count != 1 ||
        name->first == 0 || doc->actors.items[country->actors[0]].kind != ACTOR_STATE ||
        strcmp(doc->tokens.items[name->first - 1].norm, ",") != 0)
        return NONE;
    uint32_t office = doc->tokens.items[word->head].head;
    const struct found *found = &work->found[office];
    bool is_office = office < word->head && is_one_person(work, found) &&
                     (strcmp(found->rule, "office") == 0 ||
                      doc->actors.items[found->actors[0]].is_generic);
    return is_office ? office : NONE;
}

/* "A man named Jane Roe", "the attacker, identified as Jane Roe": the noun; NONE. */
static uint32_t noun_named(const struct work *work, uint32_t token)
{
    const struct doc *doc = work->doc;
    const struct found *name = &work->found[token];
    uint32_t first = doc->sentences.items[doc_sentence_of(doc, token)].first;
    if (!is_one_person(work, name) || name->kind != MENTION_NAME ||
        name->first < first + 2)
        return NONE;
    uint32_t verb = name->first - 1;
    if (doc->tokens.items[verb].upos == UPOS_ADP && verb > first)
        verb--;
    const char *lemma = doc->tokens.items[verb].lemma;
    if (verb == first || !lemma || !who_word(&work->who, lemma, "naming_verb", NULL))
        return NONE;
    uint32_t noun = verb - 1;
    if (doc->tokens.items[noun].upos == UPOS_PUNCT && noun > first)
        noun--;
    enum upos upos = (enum upos)doc->tokens.items[noun].upos;
    bool is_known = work->found[noun].count > 0;
    bool is_person = is_one_person(work, &work->found[noun]) &&
                     doc->actors.items[work->found[noun].actors[0]].is_generic;
    bool hangs_on = doc->tokens.items[verb].head == noun;
    return upos == UPOS_NOUN && (is_known ? is_person : hangs_on) ? noun : NONE;
}

static void join_appositions(struct work *work)
{
    const struct doc *doc = work->doc;
    for (uint32_t i = 0; i < doc->tokens.count; i++) {
        uint32_t office = office_before(work, i), noun = noun_named(work, i);
        if (noun != NONE) {
            join_apposition(work, i, noun);
            work->found[i].is_taken = false;
        } else if (office != NONE)
            join_apposition(work, i, office);
        else if (doc->tokens.items[i].deprel == DEP_APPOS &&
                 doc->tokens.items[i].head != i)
            join_apposition(work, i, doc->tokens.items[i].head);
    }
}

/* ---- mentions ---- */

static bool add_mention(struct work *work, uint32_t head)
{
    struct doc *doc = work->doc;
    const struct found *found = &work->found[head];
    struct mention *mention = array_push(&doc->arena, &doc->mentions);
    if (!mention)
        return false;
    /* The word by which the whole hangs in its clause bears its role. */
    for (int climb = 0; climb < 20; climb++) {
        uint32_t above = doc->tokens.items[head].head;
        if (above == head || above < found->first || above >= found->end)
            break;
        head = above;
    }
    *mention = (struct mention){
        .first = found->first < head ? found->first : head,
        .end = found->end > head ? found->end : head + 1,
        .head = head,
        .kind = found->kind,
        .actors = doc->mention_actors.count,
        .actor_count = found->count,
        .rule = found->rule,
    };
    mention->span = doc_token_span(doc, mention->first, mention->end);
    for (uint32_t i = 0; i < found->count; i++) {
        uint32_t *slot = array_push(&doc->arena, &doc->mention_actors);
        if (!slot)
            return false;
        *slot = found->actors[i];
    }
    return true;
}

static int by_place(const void *a, const void *b)
{
    const struct mention *one = a, *two = b;
    if (one->first != two->first)
        return one->first < two->first ? -1 : 1;
    if (one->end != two->end)
        return one->end > two->end ? -1 : 1;
    return one->head < two->head ? -1 : one->head > two->head;
}

/* Drops actors that no mention names in the end. */
static bool drop_unnamed(struct work *work)
{
    struct doc *doc = work->doc;
    uint32_t *number = arena_take(&doc->arena, doc->actors.count, sizeof *number);
    if (!number)
        return false;
    for (uint32_t i = 0; i < doc->actors.count; i++)
        number[i] = NONE;
    for (uint32_t i = 0; i < doc->mention_actors.count; i++)
        number[doc->mention_actors.items[i]] = 0;
    uint32_t kept = 0;
    for (uint32_t i = 0; i < doc->actors.count; i++) {
        if (number[i] == NONE)
            continue;
        number[i] = kept;
        doc->actors.items[kept++] = doc->actors.items[i];
    }
    doc->actors.count = kept;
    for (uint32_t i = 0; i < doc->mention_actors.count; i++)
        doc->mention_actors.items[i] = number[doc->mention_actors.items[i]];
    return true;
}

static bool emit(struct work *work)
{
    struct doc *doc = work->doc;
    for (uint32_t i = 0; i < doc->tokens.count; i++)
        if (work->found[i].count && !work->found[i].is_taken && !add_mention(work, i))
            return false;
    if (doc->mentions.count)
        qsort(doc->mentions.items, doc->mentions.count, sizeof *doc->mentions.items,
              by_place);
    return drop_unnamed(work);
}

enum outcome actor_run(const struct pack *pack, struct doc *doc, struct fail *fail)
{
    struct work work = {.doc = doc, .fail = fail, .on = doc->report.day};
    who_open(&work.who, pack);
    if (!set_up(&work))
        return fail_memory(fail);
    label_sentences(&work);
    drop_names_in_names(&work);
    name_people(&work);
    drop_names_of_people(&work);
    uint32_t longest = 0;
    for (uint32_t i = 0; i < doc->sentences.count; i++) {
        uint32_t count = doc->sentences.items[i].end - doc->sentences.items[i].first;
        longest = count > longest ? count : longest;
    }
    uint32_t *depths = arena_take(&doc->arena, longest, sizeof *depths);
    if (!depths || work.is_out_of_memory)
        return fail_memory(fail);
    for (uint32_t i = 0; i < doc->sentences.count; i++)
        resolve_sentence(&work, doc->sentences.items[i], depths);
    join_appositions(&work);
    if (work.is_out_of_memory || !emit(&work))
        return fail_memory(fail);
    return OK;
}
