/* actor_book.c: the actors of a document, each once, made from rows of the tables or
 * from words. */
#include "stage/actor_work.h"

#include "base/utf8.h"

#include <string.h>

static uint32_t hash_text(const char *text)
{
    uint32_t hash = 2166136261u;
    for (; *text; text++)
        hash = (hash ^ (unsigned char)*text) * 16777619u;
    return hash;
}

static bool make_room(struct work *work)
{
    const struct doc *doc = work->doc;
    if (work->id_capacity > doc->actors.count * 2)
        return true;
    uint32_t capacity = work->id_capacity ? work->id_capacity * 2 : 64;
    struct slot_of_id *ids = arena_take(&work->doc->arena, capacity, sizeof *ids);
    if (!ids)
        return false;
    for (uint32_t i = 0; i < capacity; i++)
        ids[i].actor = NONE;
    for (uint32_t actor = 0; actor < doc->actors.count; actor++) {
        uint32_t at = hash_text(doc->actors.items[actor].id) & (capacity - 1);
        while (ids[at].actor != NONE)
            at = (at + 1) & (capacity - 1);
        ids[at].actor = actor;
    }
    work->ids = ids;
    work->id_capacity = capacity;
    return true;
}

static uint32_t find_id(const struct work *work, const char *id)
{
    if (!work->id_capacity)
        return NONE;
    uint32_t at = hash_text(id) & (work->id_capacity - 1);
    for (; work->ids[at].actor != NONE; at = (at + 1) & (work->id_capacity - 1))
        if (strcmp(work->doc->actors.items[work->ids[at].actor].id, id) == 0)
            return work->ids[at].actor;
    return NONE;
}

/* Adds an actor whose id is new. */
static uint32_t add(struct work *work, struct actor actor, struct facts facts)
{
    struct doc *doc = work->doc;
    if (!actor.id || !actor.name || !make_room(work)) {
        work->is_out_of_memory = true;
        return NONE;
    }
    struct actor *new_actor = array_push(&doc->arena, &doc->actors);
    struct facts *new_facts = new_actor ? array_push(&doc->arena, &work->facts) : NULL;
    if (!new_facts) {
        work->is_out_of_memory = true;
        if (new_actor)
            doc->actors.count--;
        return NONE;
    }
    *new_actor = actor;
    *new_facts = facts;
    new_facts->is_really = NONE;
    uint32_t number = doc->actors.count - 1;
    uint32_t at = hash_text(actor.id) & (work->id_capacity - 1);
    while (work->ids[at].actor != NONE)
        at = (at + 1) & (work->id_capacity - 1);
    work->ids[at].actor = number;
    return number;
}

static const char *or_null(const char *text)
{
    return *text ? text : NULL;
}

enum gender gender_read(const char *cell)
{
    if (cell[0] == 'm')
        return GENDER_MASC;
    return cell[0] == 'f' ? GENDER_FEM : GENDER_NONE;
}

uint32_t book_state(struct work *work, uint32_t row)
{
    const struct table *states = work->who.states;
    const char *id = who_cell(states, row, "id");
    uint32_t known = find_id(work, id);
    if (known != NONE)
        return known;
    struct actor actor = {
        .id = id,
        .name = who_cell(states, row, "name"),
        .code = or_null(who_cell(states, row, "code")),
        .sectors = "",
        .wikidata = or_null(who_cell(states, row, "wikidata")),
        .kind = ACTOR_STATE,
        .gender = GENDER_NEUT,
        .number = NUMBER_SING,
    };
    return add(work, actor, (struct facts){.person = NONE});
}

uint32_t book_organisation(struct work *work, uint32_t row)
{
    const struct table *table = work->who.organisations;
    const char *id = who_cell(table, row, "id");
    uint32_t known = find_id(work, id);
    if (known != NONE)
        return known;
    const char *code = who_cell(table, row, "code");
    struct actor actor = {
        .id = id,
        .name = who_cell(table, row, "name"),
        .code = or_null(*code ? code : who_cell(table, row, "country")),
        .sectors = who_cell(table, row, "sectors"),
        .wikidata = or_null(who_cell(table, row, "wikidata")),
        .kind = ACTOR_ORGANISATION,
        .gender = GENDER_NEUT,
        .number = NUMBER_SING,
    };
    return add(work, actor, (struct facts){.person = NONE});
}

const char *book_office(struct work *work, uint32_t office)
{
    const struct who *who = &work->who;
    const char *of = who_cell(who->offices, office, "of");
    const char *role = who_cell(who->offices, office, "role");
    const char *title = who_role_title(who, role, of);
    if (!*title)
        return NULL;
    /* "President of Kenya", but a party's leader is just "Leader": of says only the
     * country. */
    if (who_word(who, who_role_sectors(who, role, of), "not_of_state", NULL) ||
        who_word(who, role, "local_office", NULL))
        return title;
    const char *name = who_cell(who->states, who_state(who, of), "name");
    if (!*name && !who_word(who, of, "organisation_name", &name))
        return title;
    const char *article = NULL;
    bool has_article = who_word(who, of, "article", &article);
    const char *text = arena_print(&work->doc->arena, "%s of %s%s", title,
                                   has_article ? "the " : "", name);
    if (!text)
        work->is_out_of_memory = true;
    return text;
}

/* The last word of a folded name: "kim jong un" -> "un". */
static const char *last_word(const char *folded)
{
    const char *space = strrchr(folded, ' ');
    return space ? space + 1 : folded;
}

static bool holds_sector(const char *sectors, struct span value, const char *cell)
{
    char word[16];
    uint32_t len = span_len(value);
    if (len >= sizeof word)
        return true;
    memcpy(word, cell + value.start, len);
    word[len] = '\0';
    return cell_has(sectors, word);
}

/* The sectors of both, without repeats, those of `before` first. */
static const char *join_sectors(struct work *work, const char *before, const char *after)
{
    const char *joined = before;
    struct span value;
    for (const char *at = after; cell_next(&at, &value, after);) {
        if (holds_sector(joined, value, after))
            continue;
        joined = arena_print(&work->doc->arena, "%s%s%.*s", joined, *joined ? "|" : "",
                             (int)span_len(value), after + value.start);
        if (!joined) {
            work->is_out_of_memory = true;
            return "";
        }
    }
    return joined;
}

/* Who will be president or prime minister leads or serves a party before, or is in
 * arms. */
static const char *sectors_before(const struct who *who, const char *listed,
                                  const char *role)
{
    static const char *const armed[] = {"REB", "UAF", "MIL"};
    const char *sectors = "";
    if (!*role || !who_word(who, role, "before_office", &sectors))
        return "";
    for (size_t i = 0; i < sizeof armed / sizeof *armed; i++)
        if (cell_has(listed, armed[i]))
            return armed[i];
    return sectors;
}

/* Sectors of a person on the report's day: those of the office held first; who has
 * left all office is a notable (ELI), as the gold has it. */
static const char *sectors_on(struct work *work, uint32_t person, uint32_t office)
{
    const struct who *who = &work->who;
    const char *listed = who_cell(who->persons, person, "sectors");
    const char *first = "";
    if (office != NONE)
        first = who_role_sectors(who, who_cell(who->offices, office, "role"),
                                 who_cell(who->offices, office, "of"));
    else if (who_was(who, person, work->on))
        first = "ELI";
    else
        first = sectors_before(who, listed, who_first_role(who, person, work->on));
    bool is_body = office != NONE &&
                   who_state(who, who_cell(who->offices, office, "of")) == NONE;
    /* The envoy of a body of states is no government's. */
    if (is_body && (cell_has(listed, "IGO") || strncmp(first, "GOV", 3) == 0))
        first = "IGO";
    if (!*first || (strcmp(first, "IGO") == 0 && !is_body))
        return listed;
    return join_sectors(work, first, listed);
}

uint32_t book_person(struct work *work, uint32_t row)
{
    const struct who *who = &work->who;
    const char *id = who_cell(who->persons, row, "id");
    uint32_t known = find_id(work, id);
    if (known != NONE)
        return known;
    uint32_t office = who_office(who, row, work->on);
    const char *sectors = sectors_on(work, row, office);
    struct actor actor = {
        .id = id,
        .name = who_cell(who->persons, row, "name"),
        .code = or_null(who_cell(who->persons, row, "country")),
        .sectors = sectors,
        .wikidata = or_null(who_cell(who->persons, row, "wikidata")),
        .kind = ACTOR_PERSON,
        .gender = gender_read(who_cell(who->persons, row, "gender")),
        .number = NUMBER_SING,
    };
    /* Where the day is not known, whoever served a body of states longest is its man. */
    const char *body = work->on == DAY_NONE ? who_longest_at(who, row) : "";
    if (*body && cell_has(sectors, "IGO") && who_state(who, body) == NONE) {
        actor.code = body;
        actor.sectors = join_sectors(work, "IGO", sectors);
    }
    if (office != NONE) {
        const char *of = who_cell(who->offices, office, "of");
        if (*of)
            actor.code = of;
        actor.role = book_office(work, office);
    }
    char folded[256];
    utf8_fold(actor.name, strlen(actor.name), folded, sizeof folded);
    struct facts facts = {.person = row};
    facts.surname = arena_copy(&work->doc->arena, last_word(folded),
                               strlen(last_word(folded)));
    facts.first_name = arena_copy(&work->doc->arena, folded, strcspn(folded, " "));
    if (!facts.surname || !facts.first_name)
        work->is_out_of_memory = true;
    return add(work, actor, facts);
}

/* "Jane Roe" -> "report/jane-roe". */
static char *make_id(struct work *work, const char *prefix, const char *words)
{
    char folded[256];
    utf8_fold(words, strlen(words), folded, sizeof folded);
    char *id = arena_print(&work->doc->arena, "%s%s", prefix, folded);
    if (!id) {
        work->is_out_of_memory = true;
        return NULL;
    }
    for (char *at = id + strlen(prefix); *at; at++)
        if (*at == ' ' || *at == '\n' || *at == '\t')
            *at = '-';
    return id;
}

uint32_t book_local(struct work *work, uint32_t first, uint32_t end, enum actor_kind kind)
{
    struct doc *doc = work->doc;
    const char *name = doc_words(doc, doc_token_span(doc, first, end));
    char *id = name ? make_id(work, "report/", name) : NULL;
    if (!id) {
        work->is_out_of_memory = true;
        return NONE;
    }
    uint32_t known = find_id(work, id);
    if (known != NONE)
        return work->facts.items[known].is_really != NONE
                   ? work->facts.items[known].is_really
                   : known;
    struct actor actor = {
        .id = id,
        .name = name,
        .sectors = "",
        .kind = kind,
        .gender = kind == ACTOR_PERSON ? GENDER_NONE : GENDER_NEUT,
        .number = NUMBER_SING,
    };
    struct facts facts = {.person = NONE, .is_local = true};
    if (kind == ACTOR_PERSON) {
        uint32_t last = end - 1;
        while (last > first &&
               who_word(&work->who, doc->tokens.items[last].norm, "name_suffix", NULL))
            last--;
        facts.surname = doc->tokens.items[last].norm;
        facts.first_name = doc->tokens.items[first].norm;
        actor.gender = gender_read(
            who_cell(work->who.given_names,
                     table_row(work->who.given_names, facts.first_name), "gender"));
    }
    return add(work, actor, facts);
}

/* Whether the noun's sector says less than that of the body it belongs to: "FBI
 * agents" are police, "a Hamas official" is of Hamas, but "Hamas lawmakers" are
 * lawmakers. */
static bool is_weaker(const struct work *work, const struct generic *generic,
                      const struct giver *giver)
{
    const char *noun_sectors = generic->sectors;
    if (who_word(&work->who, generic->noun, "governing_body", NULL))
        return false;
    /* A people, and a notable out of office, say less than any noun but those for who
     * governs: "Kurdish leaders" speak for Kurds. */
    if (strncmp(giver->sectors, "SOC", 3) == 0 || strncmp(giver->sectors, "ELI", 3) == 0)
        return strncmp(noun_sectors, "UNK", 3) == 0 || strcmp(noun_sectors, "GOV") == 0;
    /* The fighters of a body that governs are no officials. */
    if (strncmp(giver->sectors, "GOV", 3) == 0 && strncmp(noun_sectors, "UAF", 3) == 0)
        return false;
    static const char *const weak[] = {"GOV", "UAF", "UNK", "SPY", "PTY"};
    for (size_t i = 0; i < sizeof weak / sizeof *weak; i++)
        if (strncmp(noun_sectors, weak[i], 3) == 0)
            return true;
    /* A relief body's workers are its own. */
    if (strncmp(noun_sectors, "LAB", 3) == 0 && cell_has(giver->sectors, "NGO"))
        return true;
    /* An armed group's commanders are no army's. */
    return strncmp(noun_sectors, "MIL", 3) == 0 &&
           (strncmp(giver->sectors, "REB", 3) == 0 ||
            strncmp(giver->sectors, "UAF", 3) == 0 ||
            strncmp(giver->sectors, "PRM", 3) == 0);
}

uint32_t book_generic(struct work *work, const struct generic *generic,
                      const struct giver *giver)
{
    const char *sectors = generic->sectors;
    /* "U.N. troops" are troops first. */
    if (giver && *giver->sectors && (giver->is_international && *sectors != 'U'))
        sectors = join_sectors(work, sectors, giver->sectors);
    else if (giver && *giver->sectors && (!*sectors || is_weaker(work, generic, giver)))
        sectors = giver->sectors;
    const char *code = giver && giver->code ? giver->code : NULL;
    size_t sector_len = strcspn(sectors, "|");
    bool is_one = generic->kind == ACTOR_PERSON && generic->number != NUMBER_PLUR;
    char *id;
    if (code && sector_len && !is_one)
        id = arena_print(&work->doc->arena, "%s/%.*s", code, (int)sector_len, sectors);
    else
        id = make_id(work, code ? arena_print(&work->doc->arena, "%s/", code) : "agent/",
                     generic->noun);
    if (!id) {
        work->is_out_of_memory = true;
        return NONE;
    }
    uint32_t known = find_id(work, id);
    if (known != NONE)
        return known;
    struct actor actor = {
        .id = id,
        .name = generic->name,
        .code = code,
        .sectors = sectors,
        .role = generic->role,
        .kind = generic->kind,
        .gender = generic->gender,
        .number = generic->number,
        .is_generic = true,
    };
    return add(work, actor, (struct facts){.person = NONE, .noun = generic->noun});
}
