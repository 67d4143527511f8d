/* coref_pronoun.c: he, she, it, they; who and which; himself, each other. */
#include "stage/coref_work.h"

#include <string.h>

#define MAX_BACK 80 /* entries looked at */
#define MAX_SENTENCES 3
#define OFTEN 2  /* times named, of one whom a far pronoun means */
#define MARGIN 5 /* hundredths of log-odds: two candidates nearer than this clash */
#define MAX_CLIMB 12
#define MAX_INFINITIVE 8 /* tokens from "ready" to "go" */

/* ---- who can be meant ---- */

static bool fits_person(const struct actor *actor, enum gender gender)
{
    if (actor->kind != ACTOR_PERSON || actor->number == NUMBER_PLUR)
        return false;
    return actor->gender == GENDER_NONE || actor->gender == gender;
}

static bool fits(const struct coref *coref, const struct entry *entry, enum want want)
{
    const struct actor *actor = entry->set.count
                                    ? &coref->doc->actors.items[entry->set.actors[0]]
                                    : NULL;
    switch (want) {
    case WANT_MAN: return entry->set.count == 1 && fits_person(actor, GENDER_MASC);
    case WANT_WOMAN: return entry->set.count == 1 && fits_person(actor, GENDER_FEM);
    case WANT_THING:
        if (!actor)
            return entry->number != NUMBER_PLUR;
        return entry->set.count == 1 && actor->kind != ACTOR_PERSON &&
               entry->number != NUMBER_PLUR;
    case WANT_MANY:
        if (!actor)
            return entry->number == NUMBER_PLUR;
        return entry->set.count > 1 || entry->number == NUMBER_PLUR ||
               actor->kind == ACTOR_GROUP || actor->kind == ACTOR_ORGANISATION;
    }
    return false;
}

static bool is_above(const struct doc *doc, uint32_t above, uint32_t token)
{
    for (int climb = 0; climb < MAX_CLIMB && token_at(doc, token)->head != token;
         climb++) {
        token = token_at(doc, token)->head;
        if (token == above)
            return true;
    }
    return false;
}

/* A clause may point at the noun that it hangs on ("the man accused of beating his
 * wife"), a conjunct at the first: "A and his aides". */
static bool may_point_up(enum deprel deprel)
{
    switch (deprel) {
    case DEP_ACL:
    case DEP_ACL_RELCL:
    case DEP_ADVCL:
    case DEP_CCOMP:
    case DEP_PARATAXIS:
    case DEP_CONJ:
    case DEP_APPOS: return true;
    default: return false;
    }
}

/* "A told him": him is not A. "The head of its army": its is not the head. */
static bool is_barred(const struct coref *coref, const struct entry *entry,
                      uint32_t pronoun)
{
    const struct doc *doc = coref->doc;
    if (entry->sentence != coref->sentence)
        return false;
    uint32_t verb = governor_of(doc, pronoun);
    if (is_subject(role_of(doc, pronoun)) && token_at(doc, verb)->head == entry->token &&
        token_at(doc, verb)->deprel == DEP_ACL_RELCL)
        return true; /* "the times they used it" */
    /* The same where the tree hangs the clause elsewhere; "told the men they" may. */
    enum deprel role = role_of(doc, entry->token);
    if (is_subject(role_of(doc, pronoun)) && entry->token + 1 == pronoun &&
        (role == DEP_OBL || role == DEP_NMOD))
        return true;
    if (is_above(doc, entry->token, pronoun) &&
        token_at(doc, entry->token)->upos != UPOS_VERB) {
        for (uint32_t at = pronoun; at != entry->token; at = token_at(doc, at)->head)
            if (may_point_up((enum deprel)token_at(doc, at)->deprel))
                return false;
        return true;
    }
    return is_beside(coref, entry, pronoun);
}

uint32_t doer_of(const struct doc *doc, uint32_t pronoun)
{
    uint32_t at = pronoun;
    for (int climb = 0; climb < MAX_CLIMB && token_at(doc, at)->head != at; climb++) {
        at = token_at(doc, at)->head;
        if (token_at(doc, at)->upos != UPOS_VERB)
            continue;
        uint32_t verb = token_at(doc, at)->head;
        if (token_at(doc, at)->deprel == DEP_XCOMP)
            for (uint32_t i = verb + 1; i < at; i++)
                if (token_at(doc, i)->head == verb &&
                    (token_at(doc, i)->deprel == DEP_OBJ ||
                     token_at(doc, i)->deprel == DEP_IOBJ))
                    return i;
        uint32_t subject = subject_of(doc, at);
        return subject == pronoun ? NONE : subject;
    }
    return NONE;
}

bool is_doer(const struct coref *coref, const struct entry *entry, uint32_t doer)
{
    if (doer == NONE)
        return false;
    struct set set = scene_parties(coref, doer);
    for (uint32_t i = 0; i < entry->set.count; i++)
        for (uint32_t j = 0; j < set.count; j++)
            if (entry->set.actors[i] == set.actors[j])
                return true;
    return false;
}

/* Whether the verb that the pronoun is subject of is a thing only parties do. */
static bool asks_for_party(const struct coref *coref, uint32_t pronoun)
{
    const struct doc *doc = coref->doc;
    if (!is_subject(role_of(doc, pronoun)))
        return false;
    const char *lemma = token_at(doc, governor_of(doc, pronoun))->lemma;
    return lemma && who_word(&coref->who, lemma, "party_verb", NULL);
}

static bool can_be_meant(const struct coref *coref, const struct entry *entry,
                         const struct asked *asked, bool wants_party)
{
    return fits(coref, entry, asked->want) && !(wants_party && !entry->set.count) &&
           !is_barred(coref, entry, asked->pronoun) &&
           !is_quoting(coref, asked->pronoun, &entry->set) &&
           !(is_argument(asked->role) && !is_subject(asked->role) &&
             is_doer(coref, entry, asked->doer));
}

static bool find_antecedent(const struct coref *coref, uint32_t pronoun, enum want want,
                            struct set *set)
{
    const struct entry *best = NULL;
    bool wants_party = want <= WANT_WOMAN || asks_for_party(coref, pronoun);
    struct asked asked = rank_ask(coref, pronoun, want);
    int best_points = rank_nobody(coref, &asked), second_points = best_points - MARGIN;
    uint32_t looked = 0, near = NONE;
    for (uint32_t i = coref->scene.count; i-- > 0 && looked < MAX_BACK; looked++) {
        const struct entry *entry = &coref->scene.items[i];
        if (coref->sentence - entry->sentence > MAX_SENTENCES)
            break;
        if (!can_be_meant(coref, entry, &asked, wants_party))
            continue;
        /* Of two joined by "and" neither is the nearer. */
        uint32_t joined = first_conjunct(coref->doc, entry->token);
        asked.looked += near != NONE && joined != near;
        near = joined;
        int points = rank_points(coref, entry, &asked);
        bool is_same = best && best->set.count && set_equal(&best->set, &entry->set);
        if (points > best_points) {
            if (best && !is_same)
                second_points = best_points;
            best_points = points;
            best = entry;
        } else if (!is_same && points > second_points) {
            second_points = points;
        }
    }
    if (!best || !best->set.count || best_points - second_points < MARGIN)
        return false;
    *set = best->set;
    return true;
}

/* "During his visit, A said": the subject that follows, when the pronoun's phrase
 * precedes it. */
static bool find_ahead(const struct coref *coref, uint32_t pronoun, enum want want,
                       struct set *set)
{
    const struct doc *doc = coref->doc;
    uint32_t at = pronoun;
    for (int climb = 0; climb < MAX_CLIMB && token_at(doc, at)->head != at; climb++) {
        enum deprel deprel = (enum deprel)token_at(doc, at)->deprel;
        uint32_t head = token_at(doc, at)->head;
        bool is_fronted = (deprel == DEP_OBL || deprel == DEP_ADVCL) && head > pronoun;
        uint32_t subject = is_fronted ? subject_of(doc, head) : NONE;
        if (subject != NONE && subject > pronoun) {
            struct entry entry = {.token = subject,
                                  .sentence = coref->sentence,
                                  .set = scene_parties(coref, subject)};
            entry.number = (enum number)token_at(doc, subject)->feats.number;
            if (!entry.set.count || !fits(coref, &entry, want))
                return false;
            *set = entry.set;
            return true;
        }
        at = head;
    }
    return false;
}

/* The only two named parties of a kind that the sentence speaks of so far. */
static bool find_two_of(const struct coref *coref, enum actor_kind kind, struct set *set)
{
    const struct doc *doc = coref->doc;
    set->count = 0;
    for (uint32_t i = coref->scene.count; i-- > 0;) {
        const struct entry *entry = &coref->scene.items[i];
        if (entry->sentence != coref->sentence)
            break;
        if (entry->set.count != 1)
            continue;
        const struct actor *actor = &doc->actors.items[entry->set.actors[0]];
        if (actor->kind == kind && !actor->is_generic)
            set_join(set, &entry->set);
    }
    return set->count == 2;
}

/* "A agreed with B in their talks" */
static bool find_two(const struct coref *coref, struct set *set)
{
    if (find_two_of(coref, ACTOR_PERSON, set))
        return true;
    return set->count == 0 && find_two_of(coref, ACTOR_STATE, set);
}

/* ---- by form ---- */

static uint32_t relative_clause(const struct doc *doc, uint32_t token)
{
    for (int climb = 0; climb < MAX_CLIMB; climb++) {
        if (token_at(doc, token)->deprel == DEP_ACL_RELCL)
            return token;
        if (token_at(doc, token)->head == token)
            return NONE;
        token = token_at(doc, token)->head;
    }
    return NONE;
}

/* Whether the clause's verb says that its subject is several. */
static bool is_plural_verb(const struct coref *coref, uint32_t verb)
{
    const struct doc *doc = coref->doc;
    if (token_at(doc, verb)->feats.number == NUMBER_PLUR ||
        who_word(&coref->who, token_at(doc, verb)->norm, "plural_form", NULL))
        return true;
    for (uint32_t i = verb > MAX_CLIMB ? verb - MAX_CLIMB : 0; i < verb; i++) {
        const struct token *token = token_at(doc, i);
        bool is_helper = token->deprel == DEP_AUX || token->deprel == DEP_AUX_PASS ||
                         token->deprel == DEP_COP;
        if (token->head == verb && is_helper &&
            (token->feats.number == NUMBER_PLUR ||
             who_word(&coref->who, token->norm, "plural_form", NULL)))
            return true;
    }
    return false;
}

static bool resolve_relative(struct coref *coref, uint32_t pronoun)
{
    const struct doc *doc = coref->doc;
    uint32_t verb = relative_clause(doc, pronoun);
    if (verb == NONE)
        return false;
    uint32_t noun = token_at(doc, verb)->head;
    for (int climb = 0; climb < MAX_CLIMB && token_at(doc, noun)->deprel == DEP_FLAT;
         climb++)
        noun = token_at(doc, noun)->head;
    struct set set = scene_parties(coref, noun);
    if (is_subject((enum deprel)token_at(doc, pronoun)->deprel) &&
        is_plural_verb(coref, verb))
        for (uint32_t i = coref->scene.count; i-- > 0;) {
            const struct entry *entry = &coref->scene.items[i];
            if (entry->sentence != coref->sentence)
                break;
            /* "a broker between B and C, which have": not the broker, but the two. */
            bool is_it = entry->token == noun ||
                         token_at(doc, noun)->feats.number == NUMBER_SING ||
                         (token_at(doc, noun)->deprel == DEP_CONJ &&
                          entry->token == token_at(doc, noun)->head);
            if (entry->is_joined && is_it) {
                set = entry->set;
                break;
            }
        }
    /* The clause may hang on the title: "Captain A, who". */
    for (uint32_t i = noun + 1; !set.count && i < pronoun && i < noun + 5; i++)
        set = scene_parties(coref, i);
    if (set.count)
        coref_bind(coref, pronoun, &set, "relative", MENTION_PRONOUN);
    return true;
}

/* himself, each other: the subject of the clause. */
static void resolve_reflexive(struct coref *coref, uint32_t pronoun)
{
    const struct doc *doc = coref->doc;
    uint32_t at = pronoun;
    for (int climb = 0; climb < MAX_CLIMB && token_at(doc, at)->head != at; climb++) {
        at = token_at(doc, at)->head;
        if (token_at(doc, at)->upos != UPOS_VERB)
            continue;
        uint32_t subject = subject_of(doc, at);
        if (subject == NONE || subject == pronoun)
            continue;
        struct set set = scene_parties(coref, subject);
        for (uint32_t i = coref->scene.count; i-- > 0;) {
            const struct entry *entry = &coref->scene.items[i];
            if (entry->sentence != coref->sentence)
                break;
            if (entry->is_joined && entry->token == subject)
                set = entry->set;
        }
        if (set.count)
            coref_bind(coref, pronoun, &set, "reflexive", MENTION_PRONOUN);
        return;
    }
}

/* The one person of that gender whom the report keeps naming, however far back. */
static bool find_only_one(const struct coref *coref, uint32_t pronoun, enum want want,
                          struct set *set)
{
    enum gender gender = want == WANT_MAN ? GENDER_MASC : GENDER_FEM;
    set->count = 0;
    for (uint32_t i = 0; i < coref->actor_room && i < MAX_RANKED; i++) {
        const struct actor *actor = actor_of(coref, i);
        if (coref->times_named[i] < OFTEN || !fits_person(actor, gender))
            continue;
        if (set->count || !actor->gender)
            return false;
        *set = (struct set){.actors = {i}, .count = 1};
    }
    struct entry entry = {.sentence = coref->sentence, .set = *set};
    return set->count && !is_quoting(coref, pronoun, set) &&
           !is_doer(coref, &entry, doer_of(coref->doc, pronoun));
}

/* What "he" was found to mean is a man. */
static void learn_gender(struct coref *coref, uint32_t number, enum want want)
{
    struct actor *actor = &coref->doc->actors.items[number];
    if (!actor->gender && !actor->is_generic)
        actor->gender = want == WANT_MAN ? GENDER_MASC : GENDER_FEM;
}

/* "They came, but they left", "Jane Roe, who came and she left": the subject of the verb
 * that this one is joined to. */
static bool find_joined_subject(const struct coref *coref, uint32_t pronoun,
                                enum want want, struct set *set)
{
    const struct doc *doc = coref->doc;
    const char *form = NULL;
    uint32_t verb = governor_of(doc, pronoun);
    if (!is_subject(role_of(doc, pronoun)) || token_at(doc, verb)->deprel != DEP_CONJ)
        return false;
    uint32_t subject = subject_of(doc, token_at(doc, verb)->head);
    if (subject == NONE || subject >= pronoun ||
        !who_word(&coref->who, token_at(doc, subject)->norm, "pronoun", &form) ||
        (form[0] != 'r' &&
         strcmp(token_at(doc, subject)->norm, token_at(doc, pronoun)->norm) != 0))
        return false;
    struct entry entry = {.token = subject, .sentence = coref->sentence};
    entry.set = scene_parties(coref, subject);
    if (!entry.set.count || !fits(coref, &entry, want))
        return false;
    *set = entry.set;
    return true;
}

static void resolve_personal(struct coref *coref, uint32_t pronoun, enum want want)
{
    struct set set = {.count = 0};
    bool is_found = find_joined_subject(coref, pronoun, want, &set) ||
                    find_antecedent(coref, pronoun, want, &set);
    const char *rule = "pronoun";
    if (!is_found && find_ahead(coref, pronoun, want, &set)) {
        is_found = true;
        rule = "pronoun ahead";
    }
    if (!is_found && want <= WANT_WOMAN && find_only_one(coref, pronoun, want, &set)) {
        is_found = true;
        rule = "pronoun of the only one";
    }
    if (!is_found && want == WANT_MANY && find_two(coref, &set)) {
        is_found = true;
        rule = "pronoun of two";
    }
    if (!is_found)
        set.count = 0;
    if (!is_found && want != WANT_THING)
        coref_bind(coref, pronoun, &set, "unresolved pronoun", MENTION_PRONOUN);
    if (is_found && want <= WANT_WOMAN)
        learn_gender(coref, set.actors[0], want);
    if (is_found) {
        coref_bind(coref, pronoun, &set, rule, MENTION_PRONOUN);
        scene_add(coref, pronoun, &set, true);
    }
}

/* "Both were angry": the two who were spoken of together last. */
static void resolve_both(struct coref *coref, uint32_t pronoun)
{
    if (!is_argument(role_of(coref->doc, pronoun)))
        return;
    for (uint32_t i = coref->scene.count, looked = 0; i-- > 0 && looked < MAX_BACK;
         looked++) {
        const struct entry *entry = &coref->scene.items[i];
        if (coref->sentence - entry->sentence > 1)
            return;
        if (entry->set.count != 2)
            continue;
        struct set set = entry->set;
        coref_bind(coref, pronoun, &set, "pronoun of two", MENTION_PRONOUN);
        scene_add(coref, pronoun, &set, true);
        return;
    }
}

static void remember_spoken(struct coref *coref, uint32_t pronoun)
{
    if (coref->quote_of[pronoun] == NONE)
        return;
    uint32_t *slot = array_push(&coref->doc->arena, &coref->spoken);
    if (slot)
        *slot = pronoun;
    else
        coref->is_out_of_memory = true;
}

static bool has_infinitive(const struct doc *doc, uint32_t token)
{
    uint32_t end = doc->sentences.items[doc_sentence_of(doc, token)].end;
    for (uint32_t i = token + 1; i < end && i - token < MAX_INFINITIVE; i++)
        if (token_at(doc, i)->deprel == DEP_XCOMP && token_at(doc, i)->head == token)
            return true;
    return false;
}

void resolve_pronoun(struct coref *coref, uint32_t token)
{
    const struct doc *doc = coref->doc;
    const struct token *word = token_at(doc, token);
    const char *form = NULL;
    if (word->deprel == DEP_EXPL || !who_word(&coref->who, word->norm, "pronoun", &form))
        return;
    switch (form[0]) {
    case 'm': resolve_personal(coref, token, WANT_MAN); break;
    case 'f': resolve_personal(coref, token, WANT_WOMAN); break;
    case 'n':
        /* "It is true": mostly no party, and often nothing at all; "it is ready to go" */
        if (!is_subject(role_of(doc, token)) ||
            token_at(doc, governor_of(doc, token))->upos == UPOS_VERB ||
            has_infinitive(doc, governor_of(doc, token)))
            resolve_personal(coref, token, WANT_THING);
        break;
    case 'p': resolve_personal(coref, token, WANT_MANY); break;
    case 'b': resolve_both(coref, token); break;
    case 'r': resolve_relative(coref, token); break;
    case 's': resolve_reflexive(coref, token); break;
    case 'i':
    case 'w': remember_spoken(coref, token); break;
    default: break;
    }
}
