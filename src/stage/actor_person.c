/* actor_person.c: persons: full names, titles, bare surnames, and those whom no table
 * knows. */
#include "stage/actor_work.h"

#include "base/utf8.h"

#include <string.h>

#define MAX_RUN 8
#define MIN_LONG 7     /* letters of a surname that is known with one slip */
#define MAX_PEOPLE 256 /* named in full, whom a bare surname may mean */
#define FULL_NAME 4000000u
#define NAMED_BEFORE 2000000u
#define HOLDS_OFFICE 1000000u
#define HELD_OFFICE 500000u
#define SAME_COUNTRY 400000u

static const struct label *label_at(const struct work *work, uint32_t token)
{
    uint32_t label = work->label_of[token];
    return label == NONE ? NULL : &work->labels.items[label];
}

static bool can_bear_name(enum upos upos)
{
    return upos == UPOS_PROPN || upos == UPOS_ADJ || upos == UPOS_NOUN ||
           upos == UPOS_X || upos == UPOS_INTJ;
}

/* A known name of several words may begin small: "al-Assad", "von der Leyen". */
static bool is_long(const struct label *label)
{
    return label && label->end - label->first > 1;
}

/* A word that can be part of a person's name: it is no title, no role and no state. */
static bool can_join(const struct work *work, uint32_t token)
{
    const struct token *word = &work->doc->tokens.items[token];
    const struct label *label = label_at(work, token);
    bool is_country = label &&
                      (label->kinds & WHO_COUNTRY); /* "Montenegro" is the state first */
    bool is_person = label && (label->kinds & WHO_PERSON) && !is_country &&
                     (is_capitalised(work->doc, token) || is_long(label));
    if (work->in_time[token] || !(word->upos == UPOS_PROPN ||
                                  (is_person && can_bear_name((enum upos)word->upos))))
        return false;
    bool is_inner = word->deprel == DEP_FLAT && word->head < token;
    if (label && !is_person &&
        (label->kinds & (is_inner ? WHO_NAMES : ~(unsigned)WHO_PLACE)))
        return false;
    return !who_word(&work->who, word->norm, "title", NULL) &&
           !who_word(&work->who, word->norm, "rank_title", NULL);
}

/* Two whole names joined by a hyphen ("the Smith-Jones talks") are two. */
static bool is_other_name(const struct work *work, uint32_t a, uint32_t b)
{
    const struct label *one = label_at(work, a), *two = label_at(work, b);
    return one && two && one != two && (one->kinds & two->kinds & WHO_PERSON);
}

static bool is_hyphen(const struct doc *doc, uint32_t token)
{
    return strcmp(doc->tokens.items[token].norm, "-") == 0;
}

/* Whether a and b are joined in the tree as parts of one name. */
static bool is_linked(const struct doc *doc, uint32_t a, uint32_t b)
{
    const struct token *one = &doc->tokens.items[a], *two = &doc->tokens.items[b];
    uint8_t relation;
    if (one->head == b)
        relation = one->deprel;
    else if (two->head == a)
        relation = two->deprel;
    else
        return one->head == two->head &&
               (two->deprel == DEP_FLAT || one->deprel == DEP_COMPOUND);
    return relation == DEP_FLAT || relation == DEP_COMPOUND ||
           relation == DEP_NMOD_DESC || relation == DEP_GOESWITH ||
           relation == DEP_APPOS || relation == DEP_DEP;
}

bool name_run(const struct work *work, uint32_t token, uint32_t *first, uint32_t *end)
{
    const struct doc *doc = work->doc;
    const struct label *whole = label_at(work, token);
    if (whole && whole->end - whole->first > 1 && (whole->kinds & WHO_PERSON) &&
        !(whole->kinds & WHO_COUNTRY)) { /* a known full name, whatever the tree says */
        *first = whole->first;
        *end = whole->end;
        return true;
    }
    if (!can_join(work, token) || !is_capitalised(doc, token))
        return false;
    struct sentence sentence = doc->sentences.items[doc_sentence_of(doc, token)];
    *first = token;
    *end = token + 1;
    while (*first > sentence.first && token - *first < MAX_RUN) {
        uint32_t before = *first - 1;
        if (is_hyphen(doc, before) && before > sentence.first &&
            can_join(work, before - 1) && is_linked(doc, before - 1, *first) &&
            !is_other_name(work, before - 1, *first))
            before--;
        if (!can_join(work, before) || !is_linked(doc, before, *first))
            break;
        *first = before;
    }
    while (*end < sentence.end && *end - token < MAX_RUN) {
        uint32_t after = *end;
        if (is_hyphen(doc, after) && after + 1 < sentence.end &&
            !is_other_name(work, *end - 1, after + 1))
            after++;
        if (!can_join(work, after) ||
            !(is_linked(doc, *end - 1, after) || is_linked(doc, *first, after)))
            break;
        *end = after + 1;
    }
    while (*first < token && !is_capitalised(doc, *first))
        (*first)++;
    return true;
}

/* Whether the run's first word is the known name's first word, or its initial. */
static bool is_first_name(const char *word, const char *full_name)
{
    char folded[256];
    utf8_fold(full_name, strlen(full_name), folded, sizeof folded);
    size_t len = strcspn(folded, " ");
    if (strlen(word) == len && strncmp(word, folded, len) == 0)
        return true;
    return word[0] == folded[0] && (word[1] == '\0' || word[1] == '.');
}

static bool is_named_before(const struct work *work, uint32_t person)
{
    for (uint32_t i = 0; i < work->people.count; i++)
        if (work->facts.items[work->people.items[i]].person == person)
            return true;
    return false;
}

static bool agrees_on_country(const struct work *work, uint32_t person,
                              const struct title *title)
{
    const struct who *who = &work->who;
    const char *country = who_cell(who->persons, person, "country");
    uint32_t office = who_office(who, person, work->on);
    const char *of = office == NONE ? "" : who_cell(who->offices, office, "of");
    for (uint32_t i = 0; i < title->givers.count; i++) {
        const char *code = title->givers.items[i].code;
        if (code && (strcmp(code, country) == 0 || strcmp(code, of) == 0))
            return true;
    }
    return false;
}

/* How well a row of persons fits; 0: not at all. */
static unsigned score(const struct work *work, uint32_t person, bool is_full,
                      const struct title *title)
{
    const struct who *who = &work->who;
    unsigned points = is_full ? FULL_NAME : who_fame(who, person, work->on);
    if (is_full)
        points += who_fame(who, person, work->on);
    else if (is_named_before(work, person))
        points += NAMED_BEFORE;
    enum gender gender = gender_read(who_cell(who->persons, person, "gender"));
    if (!points || (title->gender && gender && title->gender != gender))
        return 0;
    const char *role = who_cell(who->roles, title->role, "role");
    if (*role && who_rank(who, role) < 99) {
        if (!title->is_former && who_held(who, person, role, "", work->on) != NONE)
            points += HOLDS_OFFICE;
        else if (who_held(who, person, role, "", DAY_NONE) != NONE)
            points += HELD_OFFICE;
        else if (!is_full && !is_named_before(work, person))
            return 0;
    }
    if (agrees_on_country(work, person, title))
        points += SAME_COUNTRY;
    else if (title->givers.count && !is_full && title->givers.items[0].code)
        return 0;
    return points;
}

static uint32_t best_known(const struct work *work, const struct label *label,
                           uint32_t first, uint32_t end, const struct title *title)
{
    const struct doc *doc = work->doc;
    bool covers = label->first <= first && label->end >= end;
    bool is_full = end - first > 1;
    uint32_t best = NONE;
    unsigned best_points = 0;
    for (uint32_t i = 0; i < label->entry_count; i++) {
        struct phrase_entry entry = pack_phrase_entry(work->who.pack, label->entry + i);
        if (who_entry_kind(&work->who, entry) != WHO_PERSON)
            continue;
        const char *name = who_cell(work->who.persons, entry.row, "name");
        bool is_surname = label->end == end && label->first > first;
        if (!covers &&
            (!is_surname || !is_first_name(doc->tokens.items[first].norm, name)))
            continue;
        unsigned points = score(work, entry.row, is_full, title);
        if (points > best_points) {
            best_points = points;
            best = entry.row;
        }
    }
    return best;
}

static void remember(struct work *work, uint32_t actor)
{
    for (uint32_t i = 0; i < work->people.count; i++)
        if (work->people.items[i] == actor)
            return;
    if (work->people.count == MAX_PEOPLE)
        return;
    uint32_t *slot = array_push(&work->doc->arena, &work->people);
    if (slot)
        *slot = actor;
    else
        work->is_out_of_memory = true;
}

static bool contradicts(const struct work *work, uint32_t actor,
                        const struct title *title)
{
    const struct actor *who = &work->doc->actors.items[actor];
    if (title->gender && who->gender && title->gender != who->gender)
        return true;
    if (!title->givers.count || !who->code || !title->givers.items[0].code)
        return false;
    for (uint32_t i = 0; i < title->givers.count; i++)
        if (title->givers.items[i].code &&
            strcmp(title->givers.items[i].code, who->code) == 0)
            return false;
    return true;
}

/* A long name with a letter too many, too few or other. */
static bool is_slip_apart(const char *a, const char *b)
{
    size_t a_len = strlen(a), b_len = strlen(b), same = 0;
    if (a_len < MIN_LONG || b_len < MIN_LONG)
        return false;
    while (a[same] && a[same] == b[same])
        same++;
    if (a_len == b_len)
        return strcmp(a + same + 1, b + same + 1) == 0 ||
               (a[same] == b[same + 1] && a[same + 1] == b[same] &&
                strcmp(a + same + 2, b + same + 2) == 0);
    if (a_len + 1 == b_len)
        return strcmp(a + same, b + same + 1) == 0;
    return a_len == b_len + 1 && strcmp(a + same + 1, b + same) == 0;
}

/* Someone named in full in this report who bears that surname: the best known, else
 * the first. */
static uint32_t named_here(const struct work *work, const char *word,
                           const struct title *title)
{
    uint32_t best = NONE;
    unsigned best_points = 0;
    for (uint32_t i = 0; i < work->people.count; i++) {
        uint32_t actor = work->people.items[i];
        const struct facts *facts = &work->facts.items[actor];
        if (!facts->surname || contradicts(work, actor, title))
            continue;
        bool is_surname = strcmp(facts->surname, word) == 0 ||
                          is_slip_apart(facts->surname, word);
        bool is_family_first = strcmp(facts->first_name, word) == 0;
        if (!is_surname && !is_family_first)
            continue;
        unsigned points = is_surname ? 2 : 1;
        if (facts->person != NONE)
            points += who_fame(&work->who, facts->person, work->on);
        if (points > best_points) {
            best_points = points;
            best = actor;
        }
    }
    return best;
}

/* "De la Calle", after "Humberto de la Calle": someone whose longer name ends so. */
static uint32_t named_longer(const struct work *work, uint32_t first, uint32_t end)
{
    const struct doc *doc = work->doc;
    char name[256], known[256];
    struct span span = doc_token_span(doc, first, end);
    size_t len = utf8_fold(doc->text + span.start, span_len(span), name, sizeof name);
    for (uint32_t i = 0; i < work->people.count; i++) {
        const struct actor *actor = &doc->actors.items[work->people.items[i]];
        size_t known_len = utf8_fold(actor->name, strlen(actor->name), known,
                                     sizeof known);
        if (known_len > len + 1 && known[known_len - len - 1] == ' ' &&
            strcmp(known + known_len - len, name) == 0)
            return work->people.items[i];
    }
    return NONE;
}

/* Country, sectors and office that the words beside the name give to someone unknown. */
static void describe(struct work *work, uint32_t actor, const struct title *title)
{
    struct actor *who = &work->doc->actors.items[actor];
    const struct who *tables = &work->who;
    if (!work->facts.items[actor].is_local) {
        /* What the text calls him goes before what the tables know him as otherwise:
         * "opposition leader Jane Roe", out of office. "Leader" alone says nothing. */
        const char *said = who_cell(tables->roles, title->role, "sectors");
        if (!*said)
            said = who_cell(tables->agents, title->agent, "sectors");
        if (title->givers.count && *title->givers.items[0].sectors &&
            strncmp(said, "GOV", 3) == 0)
            said = title->givers.items[0].sectors;
        const char *office = who_cell(tables->roles, title->role, "role");
        bool holds_none = !who->role || strncmp(who->sectors, "PTY", 3) == 0 ||
                          (*office && who_held(tables, work->facts.items[actor].person,
                                               office, "", work->on) != NONE);
        if (holds_none && *said && !title->is_former && strncmp(said, "UNK", 3) != 0 &&
            strncmp(said, "GOV", 3) != 0)
            who->sectors = said;
        /* Someone known who holds no office on the day the tables know of: the text
         * knows better. */
        if (!who->role && title->role != NONE && title->givers.count &&
            !title->is_former && title->givers.items[0].code) {
            who->code = title->givers.items[0].code;
            who->role = who_cell(tables->roles, title->role, "title");
            who->sectors = who_cell(tables->roles, title->role, "sectors");
        }
        return;
    }
    if (!who->code && title->givers.count)
        who->code = title->givers.items[0].code;
    if (!*who->sectors) {
        const char *sectors = who_cell(tables->roles, title->role, "sectors");
        if (!*sectors && title->sectors)
            sectors = title->sectors;
        if (!*sectors)
            sectors = who_cell(tables->agents, title->agent, "sectors");
        if (title->is_former)
            sectors = who_past_sectors(tables, sectors);
        if (!*sectors && title->givers.count)
            sectors = title->givers.items[0].sectors;
        who->sectors = sectors;
    }
    const char *role = who_cell(tables->roles, title->role, "title");
    if (!who->role && *role && !title->is_former)
        who->role = role;
    if (!who->gender)
        who->gender = title->gender;
}

static uint32_t book_described(struct work *work, uint32_t row, const struct title *title)
{
    uint32_t actor = book_person(work, row);
    if (actor != NONE)
        describe(work, actor, title);
    return actor;
}

uint32_t resolve_person(struct work *work, const struct label *label, uint32_t first,
                        uint32_t end, const struct title *title)
{
    const struct doc *doc = work->doc;
    bool is_full = end - first > 1;
    uint32_t row = label ? best_known(work, label, first, end, title) : NONE;
    if (row != NONE && (is_full || is_named_before(work, row)))
        return book_described(work, row, title);
    if (!is_full) {
        uint32_t here = named_here(work, doc->tokens.items[first].norm, title);
        if (here != NONE) {
            describe(work, here, title);
            return here;
        }
        if (row != NONE)
            return book_described(work, row, title);
    }
    uint32_t longer = is_full ? named_longer(work, first, end) : NONE;
    if (longer != NONE) {
        describe(work, longer, title);
        return longer;
    }
    uint32_t before = doc->actors.count;
    uint32_t actor = book_local(work, first, end, ACTOR_PERSON);
    struct label mended;
    if (actor >= before && actor != NONE && row == NONE && is_full &&
        mend_name(work, first, end, &mended)) {
        /* The local actor stands in for the known one, so that the search is made
         * once. */
        row = best_known(work, &mended, first, end, title);
        uint32_t known = row != NONE ? book_person(work, row) : NONE;
        if (known != NONE)
            actor = work->facts.items[actor].is_really = known;
    }
    if (actor != NONE)
        describe(work, actor, title);
    return actor;
}

static bool starts_sentence(const struct doc *doc, uint32_t token)
{
    return doc->sentences.items[doc_sentence_of(doc, token)].first == token;
}

/* A place of the gazetteer, or a name that ends in a word for an institution or a
 * thing. */
static bool is_thing_name(const struct work *work, uint32_t first, uint32_t end)
{
    const char *last = work->doc->tokens.items[end - 1].norm;
    const struct label *label = label_at(work, end - 1);
    if (work->person_name[end - 1] != NONE)
        return false;
    if (!starts_sentence(work->doc, first) &&
        who_word(&work->who, work->doc->tokens.items[first - 1].norm, "names_thing",
                 NULL))
        return true; /* "Hurricane Ivan" */
    if (label && label->kinds == WHO_PLACE && label->first <= first && label->end >= end)
        return true;
    if (end - first > 1 && label && (label->kinds & WHO_AGENT)) {
        uint32_t row = label_row(work, label, WHO_AGENT);
        return strcmp(who_cell(work->who.agents, row, "kind"), "person") != 0;
    }
    return end - first > 1 && who_word(&work->who, last, "no_party_head", NULL);
}

/* "Professor": an agent word for one person. */
static bool is_trade(const struct work *work, const struct label *label)
{
    uint32_t row = label->kinds & WHO_AGENT ? label_row(work, label, WHO_AGENT) : NONE;
    return row != NONE && strcmp(who_cell(work->who.agents, row, "kind"), "person") == 0;
}

bool is_person_run(const struct work *work, uint32_t first, uint32_t end)
{
    const struct doc *doc = work->doc;
    if (is_thing_name(work, first, end))
        return false;
    /* "Slovak Roma": a people, unless someone of the report is called so. */
    const struct label *own = end - first == 1 ? label_at(work, first) : NULL;
    struct title none = {.role = NONE, .agent = NONE};
    if (own && (own->kinds & WHO_ORGANISATION) && !(own->kinds & WHO_PERSON) &&
        named_here(work, doc->tokens.items[first].norm, &none) == NONE)
        return false;
    for (uint32_t i = first; i < end; i++) {
        if (work->person_name[i] != NONE || doc->tokens.items[i].deprel == DEP_FLAT)
            return true;
        const struct label *label = label_at(work, i);
        if (label && (label->kinds & WHO_PERSON) && label->first == first &&
            label->end == end)
            return true;
    }
    if (end - first > 1 &&
        table_row(work->who.given_names, doc->tokens.items[first].norm) != NONE)
        return true;
    struct title title = {.role = NONE, .agent = NONE};
    if (end - first == 1 &&
        named_here(work, doc->tokens.items[first].norm, &title) != NONE)
        return true;
    if (starts_sentence(doc, first))
        return false;
    const struct label *before = label_at(work, first - 1);
    bool is_office = before && doc->tokens.items[first - 1].upos == UPOS_PROPN &&
                     ((before->kinds & WHO_ROLE) || is_trade(work, before));
    const char *word = doc->tokens.items[first - 1].norm;
    return is_office || who_word(&work->who, word, "title", NULL) ||
           who_word(&work->who, word, "rank_title", NULL);
}

const struct label *run_label(const struct work *work, uint32_t first, uint32_t end)
{
    const struct label *last = label_at(work, end - 1);
    if (last && (last->kinds & WHO_PERSON) && last->end >= end)
        return last;
    const struct label *whole = label_at(work, first);
    bool covers = whole && (whole->kinds & WHO_PERSON) && whole->end >= end;
    return covers ? whole : NULL;
}

void name_people(struct work *work)
{
    const struct doc *doc = work->doc;
    for (uint32_t token = 0; token < doc->tokens.count; token++) {
        uint32_t first, end;
        if (!name_run(work, token, &first, &end))
            continue;
        const struct label *label = run_label(work, first, end);
        if (end - first > 1 && is_person_run(work, first, end)) {
            struct title title = {.role = NONE, .agent = NONE};
            uint32_t actor = resolve_person(work, label, first, end, &title);
            if (actor != NONE)
                remember(work, actor);
        }
        token = end - 1;
    }
}
