/* coref_described.c: nouns that say what somebody spoken of before is: "the president",
 * "the Japanese diplomat", "the rebels", "the Islamist movement", "the police" again. */
#include "stage/coref_work.h"

#include <ctype.h>
#include <string.h>

#define MAX_BACK 240
#define MAX_FAR 12   /* sentences back for what the report or the tables say of him */
#define MAX_REPEAT 8 /* after which a repeated noun is taken for another */
#define MAX_NEAR 1   /* for words that fit anyone: "the politician" */
#define MARGIN 6
#define FADING 8 /* points lost by each sentence between */
#define WORD_LEN 64

/* How sure a noun fits a candidate. */
enum fit { FIT_NONE, FIT_ANYONE, FIT_KIND, FIT_SAID };

/* The noun and what it says. */
struct noun {
    uint32_t token;
    const char *lemma;
    char phrase[WORD_LEN];     /* the agent or role word whole: "opposition leader" */
    const struct actor *known; /* what the noun alone made of it; NULL */
    const struct frame *frame;
    bool is_epithet; /* fits anyone: "the politician", "the 72-year-old" */
    enum gender gender;
};

static const struct mention *mention_of(const struct coref *coref, uint32_t token)
{
    const struct doc *doc = coref->doc;
    uint32_t number = coref->mention_at[token];
    if (number == NONE)
        return NULL;
    return number < doc->mentions.count
               ? &doc->mentions.items[number]
               : &coref->fresh.items[number - doc->mentions.count];
}

/* Where the word stands in the text, in any case, from `at` on; SIZE_MAX. */
static size_t find_word(const char *text, size_t text_len, const char *word, size_t at)
{
    size_t len = strlen(word);
    for (; len && at + len <= text_len; at++) {
        if (at > 0 && isalpha((unsigned char)text[at - 1]))
            continue;
        size_t i = 0;
        while (i < len && tolower((unsigned char)text[at + i]) == word[i])
            i++;
        bool ends = at + len == text_len || !isalpha((unsigned char)text[at + len]);
        if (i == len && ends)
            return at;
    }
    return SIZE_MAX;
}

static bool holds_word(const char *text, const char *word)
{
    return find_word(text, strlen(text), word, 0) != SIZE_MAX;
}

/* ---- the office ---- */

/* Whether the words before the n-th letter make it another office: the vice president is
 * no president. */
static bool is_lesser(const struct coref *coref, const char *text, size_t at)
{
    char word[WORD_LEN];
    size_t end = at;
    while (end > 0 && !isalpha((unsigned char)text[end - 1]))
        end--;
    size_t start = end;
    while (start > 0 && isalpha((unsigned char)text[start - 1]))
        start--;
    if (start == end || end - start >= sizeof word)
        return false;
    for (size_t i = start; i < end; i++)
        word[i - start] = (char)tolower((unsigned char)text[i]);
    word[end - start] = '\0';
    return who_word(&coref->who, word, "lesser_office", NULL);
}

/* Whether an office is called so: "President of Kenya" by "president". */
static bool holds_office(const struct coref *coref, const char *text, const char *words)
{
    size_t len = strlen(text), at = find_word(text, len, words, 0);
    while (at != SIZE_MAX && is_lesser(coref, text, at))
        at = find_word(text, len, words, at + 1);
    return at != SIZE_MAX;
}

static bool holds_any_office(const struct coref *coref, const char *text,
                             const char *words)
{
    char one[WORD_LEN];
    struct span value;
    for (const char *at = words; cell_next(&at, &value, words);) {
        uint32_t len = span_len(value);
        if (len >= sizeof one)
            continue;
        memcpy(one, words + value.start, len);
        one[len] = '\0';
        if (holds_office(coref, text, one))
            return true;
    }
    return false;
}

static bool held_role(const struct coref *coref, const struct actor *actor,
                      const char *word, day on)
{
    const struct who *who = &coref->who;
    uint32_t rows[16], person = table_row(who->persons, actor->id);
    uint32_t count = person == NONE ? 0 : table_find(who->roles, word, rows, 16);
    for (uint32_t i = 0; i < count && i < 16; i++)
        if (who_held(who, person, who_cell(who->roles, rows[i], "role"), "", on) != NONE)
            return true;
    return false;
}

bool bears_role(const struct coref *coref, const struct actor *actor, const char *word)
{
    const char *others = NULL;
    if (actor->kind != ACTOR_PERSON)
        return false;
    if (actor->role && holds_office(coref, actor->role, word))
        return true;
    if (actor->role && who_word(&coref->who, word, "top_role", &others) &&
        holds_any_office(coref, actor->role, others))
        return true;
    return held_role(coref, actor, word, coref->doc->report.day);
}

/* ---- how a candidate fits ---- */

/* Whether one word says the same as the other: "the baby" is "their child, Jane". */
static bool is_same_word(const struct coref *coref, const char *word, const char *other)
{
    return strcmp(word, other) == 0 || (who_word(&coref->who, word, "child", NULL) &&
                                        who_word(&coref->who, other, "child", NULL));
}

/* The word of the entry's own mention that says the noun ("Jane Roe, a diplomat");
 * NONE. */
static uint32_t said_at(const struct coref *coref, const struct entry *entry,
                        const char *lemma)
{
    const struct doc *doc = coref->doc;
    const struct mention *mention = mention_of(coref, entry->token);
    if (!mention || mention->end - mention->first > 24)
        return NONE;
    for (uint32_t t = mention->first; t < mention->end; t++)
        if (strcmp(token_at(doc, t)->norm, lemma) == 0 ||
            is_same_word(coref, token_lemma(doc, t), lemma))
            return t;
    return NONE;
}

/* Whether the mention's own words call him what the noun does: all words of "prime
 * minister", and "minister" alone is no deputy. */
static bool says_so(const struct coref *coref, const struct entry *entry,
                    const struct noun *noun)
{
    const struct mention *mention = mention_of(coref, entry->token);
    uint32_t at = said_at(coref, entry, noun->lemma);
    if (at == NONE)
        return false;
    while (at > mention->first &&
           holds_word(noun->phrase, token_at(coref->doc, at - 1)->norm))
        at--;
    if (at > mention->first &&
        who_word(&coref->who, token_at(coref->doc, at - 1)->norm, "lesser_office", NULL))
        return false;
    struct span span = doc_token_span(coref->doc, mention->first, mention->end);
    const char *words = noun->phrase;
    for (size_t len; *words; words += len + (words[len] != '\0')) {
        char word[WORD_LEN] = "";
        len = strcspn(words, " ");
        memcpy(word, words, len);
        bool is_head = words[len] == '\0';
        if (!is_head &&
            find_word(coref->doc->text + span.start, span_len(span), word, 0) == SIZE_MAX)
            return false;
    }
    return true;
}

static bool clashes(const struct coref *coref, const struct noun *noun,
                    const struct actor *actor)
{
    const struct actor *known = noun->known;
    if (noun->gender && actor->gender && noun->gender != actor->gender)
        return true;
    if (!known || !known->code || (actor->code && strcmp(known->code, actor->code) == 0))
        return false;
    /* The envoy of a body of states has a country of his own. */
    const char *country = who_cell(coref->who.persons,
                                   table_row(coref->who.persons, actor->id), "country");
    return strcmp(known->code, country) != 0;
}

/* "The former president", "the ousted leader" */
static bool has_held(const struct coref *coref, const struct actor *actor,
                     const struct noun *noun)
{
    const char *others = NULL;
    if (held_role(coref, actor, noun->phrase, DAY_NONE) ||
        held_role(coref, actor, noun->lemma, DAY_NONE))
        return true;
    if (!who_word(&coref->who, noun->lemma, "top_role", &others))
        return false;
    char one[WORD_LEN];
    struct span value;
    for (const char *at = others; cell_next(&at, &value, others);) {
        uint32_t len = span_len(value) < sizeof one ? span_len(value) : 0;
        memcpy(one, others + value.start, len);
        one[len] = '\0';
        if (len && held_role(coref, actor, one, DAY_NONE))
            return true;
    }
    return false;
}

static enum fit person_fit(const struct coref *coref, const struct entry *entry,
                           const struct noun *noun)
{
    const struct actor *actor = actor_of(coref, entry->set.actors[0]);
    if (actor->kind != ACTOR_PERSON || actor->number == NUMBER_PLUR ||
        clashes(coref, noun, actor))
        return FIT_NONE;
    bool is_named = !actor->is_generic;
    if (noun->frame->is_former)
        return is_named && (has_held(coref, actor, noun) || says_so(coref, entry, noun))
                   ? FIT_SAID
                   : FIT_NONE;
    if (is_named && bears_role(coref, actor, noun->phrase))
        return FIT_SAID;
    if (is_named && says_so(coref, entry, noun))
        return FIT_SAID;
    return noun->is_epithet ? FIT_ANYONE : FIT_NONE;
}

bool is_band(const struct actor *actor)
{
    return strncmp(actor->sectors, "REB", 3) == 0 ||
           strncmp(actor->sectors, "UAF", 3) == 0;
}

/* Armed bands and uniformed forces are taken up by any word for their like. */
static bool is_of_kind(const struct noun *noun, const struct actor *actor)
{
    static const char *const kinds[] = {"REB", "UAF", "PRM", "MIL", "COP"};
    if (!noun->known || actor->kind == ACTOR_PERSON || actor == noun->known)
        return false;
    size_t len = strcspn(noun->known->sectors, "|");
    for (size_t i = 0; i < sizeof kinds / sizeof *kinds; i++) {
        bool is_band = i < 3;
        if (len != 3 || strncmp(noun->known->sectors, kinds[i], 3) != 0)
            continue;
        return is_band
                   ? cell_has(actor->sectors, "REB") || cell_has(actor->sectors, "UAF")
                   : strncmp(actor->sectors, kinds[i], 3) == 0;
    }
    return false;
}

static enum fit body_fit(const struct coref *coref, const struct entry *entry,
                         const struct noun *noun)
{
    const struct actor *actor = actor_of(coref, entry->set.actors[0]);
    const char *kind = NULL;
    if (actor->kind == ACTOR_PERSON || actor->kind == ACTOR_STATE ||
        (actor->is_generic && !is_of_kind(noun, actor)) || clashes(coref, noun, actor))
        return FIT_NONE;
    bool is_plural = noun->known && noun->known->number == NUMBER_PLUR;
    if (!actor->is_generic && !is_plural && holds_word(actor->name, noun->lemma))
        return FIT_SAID;
    if (is_of_kind(noun, actor))
        return FIT_KIND;
    bool is_word_for_bodies = who_word(&coref->who, noun->lemma, "description", &kind) &&
                              strcmp(kind, "organisation") == 0;
    return is_word_for_bodies && !is_plural && !actor->is_generic ? FIT_ANYONE : FIT_NONE;
}

/* "The Green Party" is no party of another name: a name before the noun that the
 * candidate does not bear. A country was asked for by `clashes`. */
static bool is_named_apart(const struct coref *coref, uint32_t token, const char *name)
{
    const struct doc *doc = coref->doc;
    uint32_t first = doc->sentences.items[doc_sentence_of(doc, token)].first;
    for (uint32_t i = token; i-- > first && token - i < 8;) {
        const struct token *word = token_at(doc, i);
        bool is_name = word->upos == UPOS_PROPN && word->deprel == DEP_COMPOUND &&
                       isupper((unsigned char)doc->text[word->span.start]);
        if (word->head == token && is_name && !scene_parties(coref, i).count &&
            !holds_word(name, word->norm))
            return true;
    }
    return false;
}

static uint32_t reach_of(enum fit fit, bool is_body)
{
    if (fit == FIT_ANYONE)
        return is_body ? 3 : MAX_NEAR;
    return MAX_FAR;
}

/* The one who fits best: those of whom it is said before those whom it may mean, the
 * nearer and the more prominent first. */
static bool find_fitting(const struct coref *coref, const struct noun *noun, bool is_body,
                         struct set *set)
{
    const struct entry *best = NULL;
    enum fit best_fit = FIT_NONE;
    int best_points = 0, second_points = -1000;
    uint32_t looked = 0;
    for (uint32_t i = coref->scene.count; i-- > 0 && looked < MAX_BACK; looked++) {
        const struct entry *entry = &coref->scene.items[i];
        uint32_t distance = coref->sentence - entry->sentence;
        if (distance > MAX_FAR)
            break;
        if (entry->set.count != 1 || entry->token == noun->token)
            continue;
        enum fit fit = is_body ? body_fit(coref, entry, noun)
                               : person_fit(coref, entry, noun);
        if (fit == FIT_NONE || fit < best_fit || distance > reach_of(fit, is_body) ||
            is_other_party(coref, entry, noun->token) ||
            is_quoting(coref, noun->token, &entry->set) ||
            is_named_apart(coref, noun->token,
                           actor_of(coref, entry->set.actors[0])->name))
            continue;
        int points = entry->salience - (int)distance * FADING;
        bool is_same = best && set_equal(&best->set, &entry->set);
        if (!best || fit > best_fit || points > best_points) {
            second_points = is_same || fit > best_fit ? second_points : best_points;
            if (!best || fit > best_fit)
                second_points = -1000;
            best = entry;
            best_fit = fit;
            best_points = points;
        } else if (!is_same && points > second_points) {
            second_points = points;
        }
    }
    if (!best || best_points - second_points < MARGIN)
        return false;
    *set = best->set;
    return true;
}

/* ---- the noun again ---- */

/* Whether the words that narrow the noun down stand in the other's phrase too: "local
 * police" is not "Kenyan police", "the vice president" not "President Roe". */
static bool has_same_modifiers(const struct coref *coref, uint32_t token, uint32_t other)
{
    const struct doc *doc = coref->doc;
    struct sentence sentence = doc->sentences.items[coref->sentence];
    uint32_t first = token > sentence.first + 10 ? token - 10 : sentence.first;
    uint32_t end = token + 15 < sentence.end ? token + 15 : sentence.end;
    for (uint32_t i = first; i < end; i++) {
        const struct token *word = token_at(doc, i);
        if (word->head != token || i == token)
            continue;
        if (word->deprel == DEP_NMOD || word->deprel == DEP_ACL_RELCL ||
            word->deprel == DEP_ACL || word->deprel == DEP_NUMMOD)
            return false;
        if (word->deprel != DEP_AMOD && word->deprel != DEP_COMPOUND)
            continue;
        bool is_shared = false;
        for (uint32_t j = other > 6 ? other - 6 : 0; other != NONE && j < other; j++)
            is_shared |= strcmp(token_at(doc, j)->norm, word->norm) == 0;
        if (!is_shared)
            return false;
    }
    return true;
}

/* The same word in the same number, or another for who governs: "the authorities", after
 * "the Kenyan government". */
static bool is_same_noun(const struct coref *coref, const struct entry *entry,
                         uint32_t token)
{
    const struct token *one = token_at(coref->doc, entry->token);
    const struct token *two = token_at(coref->doc, token);
    if (one->feats.number == two->feats.number &&
        strcmp(token_lemma(coref->doc, entry->token), token_lemma(coref->doc, token)) ==
            0)
        return true;
    return who_word(&coref->who, one->norm, "governing_body", NULL) &&
           who_word(&coref->who, two->norm, "governing_body", NULL) &&
           actor_of(coref, entry->set.actors[0])->is_generic;
}

/* "The police", after "Kenyan police" and no other. */
static bool find_same_noun(const struct coref *coref, uint32_t token, struct set *set)
{
    bool is_found = false;
    uint32_t looked = 0;
    for (uint32_t i = coref->scene.count; i-- > 0 && looked < MAX_BACK; looked++) {
        const struct entry *entry = &coref->scene.items[i];
        if (coref->sentence - entry->sentence > MAX_REPEAT)
            break;
        if (!entry->set.count || entry->is_joined || entry->is_pronoun ||
            !is_same_noun(coref, entry, token) ||
            !actor_of(coref, entry->set.actors[0])->code ||
            !has_same_modifiers(coref, token, entry->token))
            continue;
        if (is_found && !set_equal(set, &entry->set))
            return false;
        *set = entry->set;
        is_found = true;
    }
    return is_found;
}

/* ---- whose ---- */

/* The parties that the noun belongs to: "his", "Jane Roe's"; count 0. */
static struct set owners_of(const struct coref *coref, uint32_t token)
{
    const struct doc *doc = coref->doc;
    uint32_t first = doc->sentences.items[doc_sentence_of(doc, token)].first;
    for (uint32_t i = token; i-- > first && token - i < 10;)
        if (token_at(doc, i)->head == token && token_at(doc, i)->deprel == DEP_NMOD_POSS)
            return scene_parties(coref, i);
    return (struct set){.count = 0};
}

/* "His wife", after "his wife, Jane Roe": whom the same word of the same owner named. */
static bool find_belonging(const struct coref *coref, const struct noun *noun,
                           struct set *set)
{
    struct set owners = owners_of(coref, noun->token);
    uint32_t looked = 0;
    for (uint32_t i = coref->scene.count; owners.count && i-- > 0 && looked < MAX_BACK;
         looked++) {
        const struct entry *entry = &coref->scene.items[i];
        if (entry->set.count != 1 || entry->is_pronoun ||
            actor_of(coref, entry->set.actors[0])->kind != ACTOR_PERSON ||
            actor_of(coref, entry->set.actors[0])->is_generic)
            continue;
        uint32_t said = said_at(coref, entry, noun->lemma);
        struct set others = said == NONE ? (struct set){.count = 0}
                                         : owners_of(coref, said);
        if (!set_equal(&owners, &others) ||
            clashes(coref, noun, actor_of(coref, entry->set.actors[0])))
            continue;
        *set = entry->set;
        return true;
    }
    return false;
}

/* ---- all together ---- */

/* "the 72-year-old", "the 72-year-old ruler" */
static bool has_age(const struct coref *coref, uint32_t token)
{
    const struct doc *doc = coref->doc;
    for (uint32_t i = token; i-- > 0 && token - i < 7;)
        if (who_word(&coref->who, token_lemma(doc, i), "unit_of_age", NULL) &&
            strcmp(token_at(doc, i + 1)->norm, "-") == 0)
            return true;
    return false;
}

/* The agent word of a generic actor, from its id: "agent/opposition-leader". */
static void read_phrase(struct noun *noun)
{
    const char *slash = noun->known ? strchr(noun->known->id, '/') : NULL;
    const char *words = slash ? slash + 1 : noun->lemma;
    size_t len = strlen(words);
    bool is_word = slash && noun->known->kind == ACTOR_PERSON && len < WORD_LEN;
    if (!is_word) {
        words = noun->lemma;
        len = strlen(words) < WORD_LEN ? strlen(words) : 0;
    }
    for (size_t i = 0; i < len; i++)
        noun->phrase[i] = words[i] == '-' ? ' ' : words[i];
    noun->phrase[len] = '\0';
}

static struct noun read_noun(const struct coref *coref, uint32_t token,
                             const struct frame *frame)
{
    struct set set = scene_parties(coref, token);
    const char *gender = "";
    struct noun noun = {.token = token,
                        .lemma = token_lemma(coref->doc, token),
                        .known = set.count == 1 ? actor_of(coref, set.actors[0]) : NULL,
                        .frame = frame};
    noun.is_epithet = who_word(&coref->who, noun.lemma, "epithet", &gender) ||
                      has_age(coref, token);
    if (noun.known)
        noun.gender = noun.known->gender;
    if (*gender == 'm' || *gender == 'f')
        noun.gender = *gender == 'm' ? GENDER_MASC : GENDER_FEM;
    const struct mention *mention = mention_of(coref, token);
    if (mention && mention->rule && strcmp(mention->rule, "inhabitants") == 0)
        noun.is_epithet = true;
    read_phrase(&noun);
    return noun;
}

/* "the leader of the party" is known by its party; "the president" by nothing else. */
static bool is_open(const struct coref *coref, uint32_t token, bool has_country)
{
    const struct doc *doc = coref->doc;
    uint32_t end = doc->sentences.items[coref->sentence].end;
    for (uint32_t i = token + 1; i < end && i < token + 15; i++) {
        const struct token *word = token_at(doc, i);
        /* What a comma sets apart narrows nothing down: "the minister, who". */
        bool is_apart = strcmp(token_at(doc, token + 1)->norm, ",") == 0;
        if (word->head == token && !is_apart &&
            ((word->deprel == DEP_NMOD && !has_country) || word->deprel == DEP_ACL ||
             word->deprel == DEP_ACL_RELCL))
            return false;
    }
    return true;
}

/* The subject of which the noun is said by "is" or "was"; NONE where the clause leaves
 * open whether it is so. */
static uint32_t subject_of_predicate(const struct coref *coref, uint32_t token)
{
    const struct doc *doc = coref->doc;
    struct sentence sentence = doc->sentences.items[coref->sentence];
    uint32_t subject = NONE;
    bool is_said = false;
    for (uint32_t i = token > sentence.first + 20 ? token - 20 : sentence.first;
         i < token; i++) {
        const struct token *word = token_at(doc, i);
        if (word->head != token)
            continue;
        if (who_word(&coref->who, word->norm, "leaves_open", NULL) ||
            word->deprel == DEP_AUX)
            return NONE;
        is_said |= word->deprel == DEP_COP;
        if (is_subject((enum deprel)word->deprel))
            subject = i;
    }
    return is_said ? subject : NONE;
}

/* "She is the minister of trade": the minister is she. */
bool resolve_predicate(struct coref *coref, uint32_t token)
{
    struct set known = scene_parties(coref, token);
    const struct actor *noun = known.count == 1 ? actor_of(coref, known.actors[0]) : NULL;
    if (!noun || !noun->is_generic || noun->kind != ACTOR_PERSON)
        return false;
    uint32_t subject = subject_of_predicate(coref, token);
    struct set set = subject == NONE ? (struct set){.count = 0}
                                     : scene_parties(coref, subject);
    const struct actor *who = set.count == 1 ? actor_of(coref, set.actors[0]) : NULL;
    if (!who || who->kind != ACTOR_PERSON || who->is_generic ||
        (noun->code && who->code && strcmp(noun->code, who->code) != 0))
        return false;
    coref_bind(coref, token, &set, "predicate", MENTION_NOMINAL);
    scene_add(coref, token, &set, false);
    return true;
}

bool resolve_belonging(struct coref *coref, uint32_t token, const struct frame *frame)
{
    struct noun noun = read_noun(coref, token, frame);
    struct set set;
    if (!noun.known || noun.known->kind != ACTOR_PERSON ||
        token_at(coref->doc, token)->feats.number == NUMBER_PLUR ||
        !find_belonging(coref, &noun, &set))
        return false;
    coref_bind(coref, token, &set, "same owner's", MENTION_NOMINAL);
    scene_add(coref, token, &set, false);
    return true;
}

bool resolve_described(struct coref *coref, uint32_t token, const struct frame *frame)
{
    struct noun noun = read_noun(coref, token, frame);
    struct set set = {.count = 0};
    bool is_plural = token_at(coref->doc, token)->feats.number == NUMBER_PLUR;
    bool has_country = noun.known && noun.known->code;
    bool is_person = noun.known ? noun.known->kind == ACTOR_PERSON : noun.is_epithet;
    bool is_vague = who_word(&coref->who, noun.lemma, "vague", NULL);
    const char *rule = "description of one";
    bool is_found = false;
    bool may_describe = frame->is_definite || (has_country && frame->is_owned);
    if (may_describe && !frame->is_counted && is_open(coref, token, has_country)) {
        if (is_person && !is_plural && !(frame->is_owned && !has_country))
            is_found = find_fitting(coref, &noun, false, &set);
        if (!is_found && !is_person && !frame->is_owned && noun.known &&
            (!has_country || is_band(noun.known)))
            is_found = (!has_country && find_same_noun(coref, token, &set)) ||
                       find_fitting(coref, &noun, true, &set);
    }
    if (!is_found && noun.known && !has_country && !frame->is_owned &&
        (frame->is_definite || (is_plural && !is_vague))) {
        is_found = find_same_noun(coref, token, &set);
        rule = "same noun";
    }
    if (!is_found)
        return false;
    coref_bind(coref, token, &set, rule, MENTION_NOMINAL);
    scene_add(coref, token, &set, false);
    return true;
}
