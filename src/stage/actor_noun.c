/* actor_noun.c: a noun phrase as a party: names, agent and role words with who they
 * belong to. */
#include "stage/actor_work.h"

#include "base/utf8.h"

#include <string.h>

#define MAX_LOOKED 512 /* actors */
#define MIN_SHORT 5    /* letters of a short form */
#define MIN_FAMILY 4   /* letters of "the Roes" */

#define MAX_REACH                                                                        \
    40 /* tokens right of a noun in which a preposition's noun is looked for */

static const struct label *label_at(const struct work *work, uint32_t token)
{
    uint32_t label = work->label_of[token];
    return label == NONE ? NULL : &work->labels.items[label];
}

bool add_party(struct found *found, uint32_t actor)
{
    if (actor == NONE)
        return false;
    for (uint32_t i = 0; i < found->count; i++)
        if (found->actors[i] == actor)
            return true;
    if (found->count == MAX_PARTIES)
        return false;
    found->actors[found->count++] = actor;
    return true;
}

/* ---- agent and role words ---- */

/* The row of the role that the label names, for the country if one is given. */
static uint32_t role_row(const struct work *work, const struct label *label,
                         const struct givers *givers)
{
    uint32_t general = NONE, single = NONE;
    bool is_one = true;
    for (uint32_t i = 0; i < label->entry_count; i++) {
        struct phrase_entry entry = pack_phrase_entry(work->who.pack, label->entry + i);
        if (who_entry_kind(&work->who, entry) != WHO_ROLE)
            continue;
        const char *country = who_cell(work->who.roles, entry.row, "country");
        if (!*country) {
            if (general == NONE)
                general = entry.row;
        } else if (givers->count && givers->items[0].code &&
                   strcmp(country, givers->items[0].code) == 0) {
            return entry.row;
        } else if (!givers->count) {
            is_one = single == NONE;
            single = entry.row;
        }
    }
    return general != NONE ? general : is_one ? single : NONE;
}

/* An office of one party alone needs no other word for it: "the pope", "the NATO
 * chief". */
static void give_own(const struct work *work, const struct label *label, uint32_t role,
                     struct givers *givers)
{
    const char *country = who_cell(work->who.roles, role, "country");
    if (role == NONE || !*country || givers->count)
        return;
    givers->items[givers->count++] = (struct giver){.code = country, .sectors = ""};
    givers->first = label->first;
    givers->end = label->end;
}

/* Whether the words before the noun leave it open which one is meant ("a president"). */
static bool is_indefinite(const struct work *work, struct chunk chunk, uint32_t before)
{
    const struct doc *doc = work->doc;
    for (uint32_t i = chunk.first; i < before; i++) {
        const struct token *token = &doc->tokens.items[i];
        if (token->head == chunk.head &&
            who_word(&work->who, token->norm, "indefinite", NULL))
            return true;
    }
    return doc->tokens.items[chunk.head].feats.number == NUMBER_PLUR;
}

static bool is_former(const struct work *work, struct chunk chunk, uint32_t before)
{
    for (uint32_t i = chunk.first; i < before; i++)
        if (who_word(&work->who, work->doc->tokens.items[i].norm, "former", NULL) &&
            member_of(work->doc, chunk, i) == MEMBER_OWN)
            return true;
    return false;
}

static const char *plain_words(struct work *work, uint32_t first, uint32_t end)
{
    const struct doc *doc = work->doc;
    while (first + 1 < end && (doc->tokens.items[first].upos == UPOS_DET ||
                               doc->tokens.items[first].upos == UPOS_PUNCT))
        first++;
    return doc_words(work->doc, doc_token_span(doc, first, end));
}

static enum actor_kind kind_read(const char *cell, enum number number)
{
    if (strcmp(cell, "person") == 0)
        return number == NUMBER_PLUR ? ACTOR_GROUP : ACTOR_PERSON;
    return strcmp(cell, "institution") == 0 ? ACTOR_ORGANISATION : ACTOR_GROUP;
}

/* The agent or role word's folded lemma form, as the tables have it: the first of its
 * forms. */
static const char *noun_of(const struct work *work, const struct label *label,
                           bool is_role)
{
    unsigned kind = is_role ? WHO_ROLE : WHO_AGENT;
    uint32_t row = label_row(work, label, kind);
    const char *cell = is_role ? who_cell(work->who.roles, row, "phrase")
                               : who_cell(work->who.agents, row, "noun");
    struct span value;
    const char *at = cell;
    if (!strchr(cell, '|') || !cell_next(&at, &value, cell))
        return cell;
    const char *first = arena_copy(&work->doc->arena, cell + value.start,
                                   span_len(value));
    return first ? first : cell;
}

/* "The Communist Party chief": what kind of body a chief is of, where his own word does
 * not say it. */
static const char *sectors_inside(const struct work *work, struct chunk chunk,
                                  uint32_t before, const char *sectors)
{
    if (strcmp(sectors, "UNK") != 0)
        return sectors;
    for (uint32_t i = before; i-- > chunk.first;) {
        const struct found *found = &work->found[i];
        if (!found->count || member_of(work->doc, chunk, i) != MEMBER_OWN)
            continue;
        const struct actor *actor = &work->doc->actors.items[found->actors[0]];
        if (actor->is_generic && *actor->sectors)
            return actor->sectors;
    }
    return sectors;
}

static void compose(struct work *work, struct chunk chunk, const struct label *label,
                    struct found *found)
{
    const struct who *who = &work->who;
    struct givers givers = {0};
    gather_givers(work, chunk, label->first, &givers);
    uint32_t role = label->kinds & WHO_ROLE ? role_row(work, label, &givers) : NONE;
    uint32_t agent = label->kinds & WHO_AGENT ? label_row(work, label, WHO_AGENT) : NONE;
    bool was = is_former(work, chunk, label->first);
    give_own(work, label, role, &givers);
    found->first = chunk.first;
    found->end = chunk.end > label->end ? chunk.end : label->end;
    if (givers.end > found->end)
        found->end = givers.end;
    if (role != NONE && givers.count == 1 && !was &&
        !is_indefinite(work, chunk, label->first)) {
        uint32_t person = office_holder(work, role, &givers.items[0]);
        if (person == NONE)
            person = elected_holder(work, role, &givers.items[0]);
        if (person != NONE && add_party(found, book_person(work, person))) {
            found->rule = "office";
            return;
        }
    }
    enum number number = (enum number)work->doc->tokens.items[chunk.head].feats.number;
    const char *cell = who_cell(who->agents, agent, "sectors");
    const char *title = who_cell(who->roles, role, "title");
    const char *sectors = role != NONE ? who_cell(who->roles, role, "sectors") : cell;
    struct generic generic = {
        .noun = noun_of(work, label, agent == NONE),
        .sectors = was ? who_past_sectors(who, sectors)
                       : sectors_inside(work, chunk, label->first, sectors),
        .role = role != NONE && *title && !was && number != NUMBER_PLUR ? title : NULL,
        .kind = agent == NONE ? (number == NUMBER_PLUR ? ACTOR_GROUP : ACTOR_PERSON)
                              : kind_read(who_cell(who->agents, agent, "kind"), number),
        .gender = gender_read(who_cell(who->agents, agent, "gender")),
        .number = number,
    };
    uint32_t name_first = givers.first < label->first ? givers.first : label->first;
    if (who_word(who, generic.noun, "other_party", NULL))
        givers.count = 0; /* "Kenya's neighbours" are others */
    generic.name = plain_words(
        work, name_first,
        found->end > label->end && givers.end > label->end ? givers.end : label->end);
    if (!givers.count)
        add_party(found, book_generic(work, &generic, NULL));
    for (uint32_t i = 0; i < givers.count; i++)
        add_party(found, book_generic(work, &generic, &givers.items[i]));
    found->rule = givers.count ? "agent with country" : "agent";
    found->kind = MENTION_NOMINAL;
}

/* ---- persons ---- */

/* The run of a person's name in the chunk, and its label; false when the chunk has
 * none. */
static bool person_in(const struct work *work, struct chunk chunk, uint32_t *first,
                      uint32_t *end, const struct label **label)
{
    const struct doc *doc = work->doc;
    const struct label *own = label_at(work, chunk.head);
    bool is_role_head = own && (own->kinds & (WHO_ROLE | WHO_AGENT));
    uint32_t at = is_role_head ? own->end : chunk.head;
    if (at >= chunk.end || !name_run(work, at, first, end))
        return false;
    for (uint32_t i = *first; i < *end && at == chunk.head; i++)
        if (doc->tokens.items[at].head == i && i != at)
            return false; /* another word heads this name */
    *label = run_label(work, *first, *end);
    return *label || is_role_head || is_person_run(work, *first, *end);
}

/* What stands before the name: title, office, country. */
static void read_title(struct work *work, struct chunk chunk, uint32_t first,
                       struct title *title)
{
    const struct who *who = &work->who;
    const struct doc *doc = work->doc;
    const struct label *label = NULL;
    uint32_t start = first < chunk.first ? first : chunk.first;
    /* A title right before the name is the name's, wherever the tree hangs it. */
    const struct label *beside = start == first ? label_before(work, first) : NULL;
    if (beside && (beside->kinds & (WHO_ROLE | WHO_AGENT)) && beside->end == first)
        start = beside->first;
    for (uint32_t i = first; i-- > start;) {
        const struct label *here = label_at(work, i);
        const char *gender = NULL;
        if (who_word(who, doc->tokens.items[i].norm, "title", &gender) && !title->gender)
            title->gender = gender_read(gender);
        const char *sectors = NULL;
        if (who_word(who, doc->tokens.items[i].norm, "rank_title", &sectors) &&
            !title->sectors)
            title->sectors = sectors;
        if (!label && here && here == beside)
            label = here;
        if (!label && here && (here->kinds & (WHO_ROLE | WHO_AGENT)) &&
            member_of(doc, chunk, here->head) != MEMBER_POSSESSOR)
            label = here;
    }
    gather_givers(work, chunk, label ? label->first : first, &title->givers);
    title->is_former = is_former(work, chunk, first);
    if (!label)
        return;
    /* The title's own words may stand outside the name's: "former dictator Jane Roe". */
    if (label == beside && label->head != chunk.head)
        title->is_former |= is_former(work, chunk_of(doc, label->head), label->first);
    if (label->kinds & WHO_ROLE)
        title->role = role_row(work, label, &title->givers);
    if (label->kinds & WHO_AGENT)
        title->agent = label_row(work, label, WHO_AGENT);
    if (!title->gender && title->agent != NONE)
        title->gender = gender_read(who_cell(who->agents, title->agent, "gender"));
    /* A title that the name hangs on speaks for both itself. */
    bool is_above = doc->tokens.items[chunk.head].head == label->head;
    if (label->head != chunk.head && !is_above)
        work->found[label->head].is_taken = true;
    title->first = label->first < title->givers.first ? label->first
                                                      : title->givers.first;
}

/* "The Roes", after "Jane Roe and John Roe": all who are called so. */
static bool resolve_family(struct work *work, struct chunk chunk, struct found *found)
{
    const struct doc *doc = work->doc;
    const char *norm = doc->tokens.items[chunk.head].norm;
    size_t len = strlen(norm);
    if (!is_capitalised(doc, chunk.head) || len < MIN_FAMILY || norm[len - 1] != 's' ||
        chunk.first == chunk.head ||
        !who_word(&work->who, doc->tokens.items[chunk.head - 1].norm, "definite", NULL))
        return false;
    struct found family = {.first = chunk.first, .end = chunk.head + 1};
    for (uint32_t i = 0; i < work->people.count; i++) {
        uint32_t actor = work->people.items[i];
        const char *surname = work->facts.items[actor].surname;
        bool is_called = surname && strlen(surname) == len - 1 &&
                         strncmp(surname, norm, len - 1) == 0;
        if (is_called)
            add_party(&family, actor);
    }
    if (family.count < 2)
        return false;
    family.kind = MENTION_NAME;
    family.rule = "family";
    *found = family;
    return true;
}

static bool resolve_name(struct work *work, struct chunk chunk, struct found *found)
{
    uint32_t first, end;
    const struct label *label;
    if (!person_in(work, chunk, &first, &end, &label))
        return false;
    struct title title = {.role = NONE, .agent = NONE, .first = NONE};
    read_title(work, chunk, first, &title);
    bool has_title = title.role != NONE || title.agent != NONE || title.gender ||
                     title.sectors;
    bool is_bare = end - first == 1 && !has_title && work->person_name[first] == NONE;
    uint32_t actor = NONE;
    uint32_t before = work->doc->actors.count;
    actor = resolve_person(work, label, first, end, &title);
    if (actor == NONE)
        return false;
    bool is_new_local = actor >= before && work->facts.items[actor].is_local;
    if (is_bare && is_new_local && !label)
        return false;
    found->first = chunk.first;
    for (uint32_t i = chunk.first; i < first; i++)
        if (is_person_word(work, i) && member_of(work->doc, chunk, i) == MEMBER_OWN)
            found->first = first;
    if (title.first != NONE && title.first < found->first)
        found->first = title.first;
    found->end = end > chunk.end ? end : chunk.end;
    found->kind = MENTION_NAME;
    found->rule = work->facts.items[actor].is_local ? "unknown person"
                  : end - first > 1                 ? "full name"
                                                    : "surname";
    for (uint32_t i = first; i < end; i++)
        if (i != chunk.head)
            work->found[i].is_taken = true;
    return add_party(found, actor);
}

/* ---- states and organisations ---- */

/* "Kenya's Supreme Court" is not the one that the tables list for another country; the
 * entry is read as the kind of institution it is. */
static bool resolve_institution(struct work *work, struct chunk chunk,
                                const struct label *label, struct found *found)
{
    const struct table *table = work->who.organisations;
    struct givers givers = {0};
    gather_givers(work, chunk, label->first, &givers);
    uint32_t first_row = label_row(work, label, WHO_ORGANISATION);
    /* A people of no one country ("Roma") takes its giver's, too. */
    bool is_people = strcmp(who_cell(table, first_row, "kind"), "people") == 0 &&
                     !*who_cell(table, first_row, "country");
    const char *scope = NULL;
    if (!givers.count || !givers.items[0].code ||
        !(is_people || who_word(&work->who, who_cell(table, first_row, "kind"),
                                "kind_many_have", &scope)))
        return false;
    /* "The Republican Guard in Kuwait" is not Kuwait's. */
    if (scope && strcmp(scope, "before") == 0 && givers.first >= label->first)
        return false;
    for (uint32_t i = 0; i < label->entry_count && !is_people; i++) {
        struct phrase_entry entry = pack_phrase_entry(work->who.pack, label->entry + i);
        if (who_entry_kind(&work->who, entry) != WHO_ORGANISATION)
            continue;
        const char *country = who_cell(table, entry.row, "country");
        if (!*country || strcmp(country, givers.items[0].code) == 0) {
            found->first = label->first;
            found->end = label->end;
            found->kind = MENTION_NAME;
            found->rule = "organisation";
            return add_party(found, book_organisation(work, entry.row));
        }
    }
    struct generic generic = {
        .noun = work->doc->tokens.items[label->head].norm,
        .sectors = who_cell(table, first_row, "sectors"),
        .name = plain_words(
            work, givers.first < label->first ? givers.first : label->first, label->end),
        .kind = ACTOR_ORGANISATION,
        .number = NUMBER_SING,
    };
    found->first = chunk.first;
    found->end = label->end;
    found->kind = MENTION_NOMINAL;
    found->rule = "institution of a country";
    for (uint32_t i = 0; i < givers.count; i++)
        add_party(found, book_generic(work, &generic, &givers.items[i]));
    return found->count > 0;
}

static bool resolve_label(struct work *work, struct chunk chunk,
                          const struct label *label, struct found *found)
{
    const struct token *head = &work->doc->tokens.items[label->head];
    found->first = label->first;
    found->end = label->end;
    found->kind = MENTION_NAME;
    if (label->kinds & WHO_ORGANISATION) {
        found->rule = "organisation";
        return add_party(
            found, book_organisation(work, label_row(work, label, WHO_ORGANISATION)));
    }
    bool is_modifier = head->deprel == DEP_AMOD || head->deprel == DEP_COMPOUND ||
                       head->deprel == DEP_NMOD_DESC || head->upos == UPOS_ADJ;
    /* "in French" is a language. */
    if (!(label->kinds & (WHO_STATE | WHO_CAPITAL | WHO_SEAT)) &&
        chunk.first == label->first && head->feats.number != NUMBER_PLUR &&
        who_word(&work->who, case_of(work->doc, label->head), "language_preposition",
                 NULL))
        return false;
    static const struct {
        unsigned kind;
        const char *rule;
    } order[] = {{WHO_STATE, "state"},
                 {WHO_ADJECTIVE, "adjective"},
                 {WHO_SEAT, "seat"},
                 {WHO_CAPITAL, "capital"},
                 {WHO_INHABITANT, "inhabitants"}};
    for (unsigned i = 0; i < sizeof order / sizeof *order; i++) {
        if (!(label->kinds & order[i].kind))
            continue;
        if (order[i].kind == WHO_ADJECTIVE && !is_modifier &&
            (label->kinds & WHO_INHABITANT))
            continue;
        uint32_t row = label_row(work, label, order[i].kind);
        found->rule = label->is_misspelt ? "misspelt" : order[i].rule;
        if (order[i].kind != WHO_INHABITANT)
            return add_party(found, book_state(work, row));
        struct giver giver = {.code = who_cell(work->who.states, row, "code"),
                              .sectors = ""};
        /* "Bolivian Indians", "Ugandan Asians": of the country, by descent of the
         * other. */
        struct givers givers = {.first = label->first};
        if (head->feats.number == NUMBER_PLUR)
            gather_givers(work, chunk, label->first, &givers);
        bool is_descent = givers.count == 1 && givers.items[0].code &&
                          givers.first < label->first;
        if (is_descent)
            giver.code = givers.items[0].code;
        struct generic generic = {
            .noun = head->norm,
            .sectors = is_descent ? "CVL|SOC" : "CVL",
            .name = plain_words(work, label->first, label->end),
            .kind = head->feats.number == NUMBER_SING ? ACTOR_PERSON : ACTOR_GROUP,
            .number = (enum number)head->feats.number,
        };
        found->first = chunk.first;
        return add_party(found, book_generic(work, &generic, &giver));
    }
    return false;
}

/* ---- nouns that name no party by themselves ---- */

/* "hundreds of protesters", "members of the council": the party is what follows "of". */
static bool resolve_container(struct work *work, struct chunk chunk, struct found *found)
{
    const struct doc *doc = work->doc;
    const struct token *head = &doc->tokens.items[chunk.head];
    const char *lemma = head->lemma ? head->lemma : head->norm;
    if (head->upos != UPOS_NUM && !who_word(&work->who, lemma, "container", NULL))
        return false;
    struct sentence sentence = doc->sentences.items[doc_sentence_of(doc, chunk.head)];
    uint32_t last = chunk.end + MAX_REACH < sentence.end ? chunk.end + MAX_REACH
                                                         : sentence.end;
    for (uint32_t i = chunk.end; i < last; i++) {
        if (doc->tokens.items[i].head != chunk.head || !work->found[i].count ||
            !who_word(&work->who, case_of(doc, i), "partitive", NULL))
            continue;
        uint32_t first = chunk.first;
        *found = work->found[i];
        found->first = first;
        found->rule = "part of";
        work->found[i].is_taken = true;
        return true;
    }
    return false;
}

static bool is_no_party(const struct work *work, uint32_t head)
{
    const struct token *token = &work->doc->tokens.items[head];
    const char *scope = NULL;
    if (!who_word(&work->who, token->norm, "no_party_head", &scope) &&
        !(token->lemma && who_word(&work->who, token->lemma, "no_party_head", &scope)))
        return false;
    /* A value of "name" is meant for the capitalised word alone: "Korean War", not
     * "war". */
    return strcmp(scope, "name") != 0 || is_capitalised(work->doc, head);
}

/* What the words of an unknown name say it is: "the Moroccan Islamist party PJD". */
static const char *sectors_of_name(const struct work *work, uint32_t first, uint32_t end)
{
    for (uint32_t i = end; i-- > first;) {
        const struct label *label = label_at(work, i);
        uint32_t row = label && (label->kinds & WHO_AGENT)
                           ? label_row(work, label, WHO_AGENT)
                           : NONE;
        const char *sectors = who_cell(work->who.agents, row, "sectors");
        if (*sectors && strcmp(sectors, "UNK") != 0)
            return sectors;
    }
    return "";
}

/* Names inside a longer name, or beside a word that makes them a mere label ("Korean
 * War"), are no parties. "Kenya Airways" as a whole is one, of that country. */
static bool resolve_longer_name(struct work *work, struct chunk chunk,
                                struct found *found)
{
    const struct doc *doc = work->doc;
    const struct token *head = &doc->tokens.items[chunk.head];
    bool is_headline = doc->sentences.items[doc_sentence_of(doc, chunk.head)].is_headline;
    bool is_name = head->upos == UPOS_PROPN && is_capitalised(doc, chunk.head) &&
                   !is_headline;
    bool is_barred = is_no_party(work, chunk.head);
    if (!is_name && !is_barred)
        return false;
    uint32_t giver = NONE;
    for (uint32_t i = chunk.first; i < chunk.head; i++) {
        if (!work->found[i].count || member_of(doc, chunk, i) != MEMBER_OWN)
            continue;
        work->found[i].is_taken = true;
        const struct actor *actor = &doc->actors.items[work->found[i].actors[0]];
        bool can_own = actor->kind == ACTOR_STATE || cell_has(actor->sectors, "IGO");
        if (giver == NONE && can_own && actor->code)
            giver = i;
    }
    if (giver == NONE || is_barred)
        return false;
    struct actor owner = doc->actors.items[work->found[giver].actors[0]];
    uint32_t actor = book_local(work, work->found[giver].first, chunk.head + 1,
                                ACTOR_ORGANISATION);
    if (actor == NONE)
        return false;
    const char *sectors = sectors_of_name(work, work->found[giver].end, chunk.head + 1);
    work->doc->actors.items[actor].code = owner.code;
    work->doc->actors.items[actor].sectors = *sectors ? sectors : owner.sectors;
    found->first = chunk.first;
    found->end = chunk.end;
    found->kind = MENTION_NAME;
    found->rule = "unknown organisation";
    return add_party(found, actor);
}

/* "The Tigers", after "the Liberation Tigers": an organisation whose longer name has
 * these words in it. */
static uint32_t named_organisation(const struct work *work, uint32_t first, uint32_t end)
{
    const struct doc *doc = work->doc;
    char words[128], name[256];
    struct span span = doc_token_span(doc, first, end);
    size_t len = utf8_fold(doc->text + span.start, span_len(span), words, sizeof words);
    for (uint32_t i = 0; i < doc->actors.count && i < MAX_LOOKED; i++) {
        const struct actor *actor = &doc->actors.items[i];
        if (actor->kind != ACTOR_ORGANISATION || actor->is_generic)
            continue;
        utf8_fold(actor->name, strlen(actor->name), name, sizeof name);
        const char *at = strstr(name, words);
        bool is_longer = at && strlen(name) > len && len >= MIN_SHORT &&
                         (at == name || at[-1] == ' ') &&
                         (at[len] == ' ' || at[len] == '\0');
        if (is_longer)
            return i;
    }
    return NONE;
}

/* A name that the names stage took for an organisation and no table knows. */
static bool resolve_unknown(struct work *work, struct chunk chunk, struct found *found)
{
    uint32_t number = work->organisation_name[chunk.head];
    if (number == NONE)
        return false;
    struct name name = work->doc->names.items[number];
    struct givers givers = {0};
    gather_givers(work, chunk, chunk.head, &givers);
    uint32_t actor = named_organisation(work, name.first, name.end);
    if (actor == NONE)
        actor = book_local(work, name.first, name.end, ACTOR_ORGANISATION);
    if (actor == NONE)
        return false;
    if (givers.count && !work->doc->actors.items[actor].code)
        work->doc->actors.items[actor].code = givers.items[0].code;
    if (!*work->doc->actors.items[actor].sectors)
        work->doc->actors.items[actor].sectors = sectors_of_name(work, name.first,
                                                                 name.end);
    found->first = chunk.first;
    found->end = name.end > chunk.end ? name.end : chunk.end;
    found->kind = MENTION_NAME;
    found->rule = "unknown organisation";
    return add_party(found, actor);
}

static bool names_any_country(const struct work *work)
{
    for (uint32_t row = 0; row < table_rows(work->who.states); row++)
        if (work->is_named[row])
            return true;
    return false;
}

/* A word for an institution that many countries have ("parliament"), listed as a name
 * for some, in a report that names others than those. */
static bool is_common_institution(const struct work *work, const struct label *label)
{
    if (!(label->kinds & WHO_ORGANISATION) || !(label->kinds & (WHO_AGENT | WHO_ROLE)) ||
        (label->kinds & WHO_COUNTRY))
        return false;
    uint32_t row = label_row(work, label, WHO_ORGANISATION);
    const char *country = who_cell(work->who.organisations, row, "country");
    return *country && !names_country(work, country) &&
           !(is_capitalised(work->doc, label->head) && !names_any_country(work));
}

void resolve_noun(struct work *work, uint32_t head)
{
    const struct doc *doc = work->doc;
    const struct token *token = &doc->tokens.items[head];
    const struct label *label = label_at(work, head);
    bool is_noun = token->upos == UPOS_NOUN || token->upos == UPOS_PROPN ||
                   token->upos == UPOS_NUM || token->upos == UPOS_X;
    if (work->in_time[head] || (label && label->head != head) || (!label && !is_noun))
        return;
    struct chunk chunk = chunk_of(doc, head);
    struct found *found = &work->found[head];
    bool is_taken = found->is_taken;
    if (resolve_relative_office(work, chunk, found) ||
        resolve_members(work, head, found)) {
    } else if (resolve_family(work, chunk, found) || resolve_name(work, chunk, found) ||
               resolve_container(work, chunk, found)) {
    } else if (label && is_common_institution(work, label)) {
        compose(work, chunk, label, found);
    } else if (label && (label->kinds & WHO_ORGANISATION) &&
               resolve_institution(work, chunk, label, found)) {
    } else if (label && (label->kinds & (WHO_COUNTRY | WHO_ORGANISATION))) {
        resolve_label(work, chunk, label, found);
    } else if (label && (label->kinds & (WHO_AGENT | WHO_ROLE))) {
        compose(work, chunk, label, found);
    } else if (!resolve_unknown(work, chunk, found)) {
        resolve_longer_name(work, chunk, found);
    }
    found->is_taken = is_taken;
}
