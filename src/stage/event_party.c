/* event_party.c: fills the slots of a frame with parties. */
#include "stage/event.h"

#include <string.h>

/* The slot of that name; any other name is a preposition. */
static enum slot slot_named(const char *name, size_t len)
{
    static const struct {
        const char *name;
        enum slot slot;
    } slots[] = {{"subj", SLOT_SUBJECT},    {"obj", SLOT_OBJECT},
                 {"iobj", SLOT_INDIRECT},   {"poss", SLOT_POSSESSOR},
                 {"mod", SLOT_MODIFIER},    {"nation", SLOT_MODIFIER},
                 {"comp", SLOT_COMPLEMENT}, {"xcomp", SLOT_COMPLEMENT},
                 {"ccomp", SLOT_COMPLEMENT}};
    for (size_t i = 0; i < sizeof slots / sizeof *slots; i++)
        if (strlen(slots[i].name) == len && strncmp(slots[i].name, name, len) == 0)
            return slots[i].slot;
    return SLOT_PREPOSITION;
}

bool is_preposition(const char *name, size_t len)
{
    return slot_named(name, len) == SLOT_PREPOSITION;
}

bool argument_is_in(const struct argument *argument, const char *name, size_t len)
{
    enum slot slot = slot_named(name, len);
    if (slot != SLOT_PREPOSITION)
        return argument->slot == slot;
    return argument->slot == SLOT_PREPOSITION && strlen(argument->preposition) == len &&
           strncmp(argument->preposition, name, len) == 0;
}

/* "dozens of rebels", "a group of states": the noun that follows "of". */
static uint32_t inside_partitive(const struct eventing *e, uint32_t head)
{
    for (uint32_t k = e->tree.first[head]; k != NONE; k = e->tree.next[k]) {
        if (e->doc->tokens.items[k].deprel != DEP_NMOD)
            continue;
        uint32_t mark = tree_child(&e->tree, k, DEP_CASE);
        if (mark != NONE && lexicon_word(&e->lexicon, e->doc->tokens.items[mark].norm,
                                         "partitive mark", NULL))
            return k;
    }
    return NONE;
}

uint32_t partitive_head(const struct eventing *e, uint32_t head)
{
    bool is_number = e->doc->tokens.items[head].upos == UPOS_NUM;
    return is_number ||
                   lexicon_word(&e->lexicon, token_lemma(e->doc, head), "partitive", NULL)
               ? inside_partitive(e, head)
               : NONE;
}

uint32_t argument_mention(const struct eventing *e, const struct argument *argument)
{
    if (argument->mention != NONE &&
        e->doc->mentions.items[argument->mention].actor_count)
        return argument->mention;
    if (argument->head == NONE || argument->slot == SLOT_COMPLEMENT)
        return NONE;
    uint32_t inner = partitive_head(e, argument->head);
    return inner == NONE ? NONE : e->mention_of[inner];
}

bool party_is_in(const struct party_list *list, uint32_t actor)
{
    for (uint32_t i = 0; i < list->count; i++)
        if (list->items[i].actor == actor)
            return true;
    return false;
}

static void add_party(struct party_list *list, uint32_t actor, uint32_t mention)
{
    if (party_is_in(list, actor))
        return;
    if (list->count < MAX_PARTIES) {
        list->items[list->count].actor = actor;
        list->items[list->count++].mention = mention;
    }
}

void mention_parties(const struct eventing *e, uint32_t mention, struct party_list *list)
{
    const struct mention *m = &e->doc->mentions.items[mention];
    for (uint32_t k = 0; k < m->actor_count; k++)
        add_party(list, e->doc->mention_actors.items[m->actors + k], mention);
}

static bool has_owner_mark(const struct eventing *e, uint32_t token)
{
    uint32_t mark = tree_child(&e->tree, token, DEP_CASE);
    return mark != NONE &&
           lexicon_word(&e->lexicon, e->doc->tokens.items[mark].norm, "owner mark", NULL);
}

/* The party that a thing belongs to: "Kenya's plan", "the embassy of Spain", "the Bush
 * win"; of an event, its doer: "American airstrikes killed". Killers are nobody's: "his
 * captors". */
static uint32_t owner_mention(const struct eventing *e, const struct argument *a)
{
    uint32_t best = NONE;
    bool is_event = a->clause != NONE;
    if (a->head == NONE || (is_event && a->slot != SLOT_SUBJECT) ||
        a->slot == SLOT_COMPLEMENT || e->doc->tokens.items[a->head].upos != UPOS_NOUN ||
        lexicon_word(&e->lexicon, token_lemma(e->doc, a->head), "killer", NULL))
        return NONE;
    for (uint32_t k = e->tree.first[a->head]; k != NONE; k = e->tree.next[k]) {
        uint8_t deprel = e->doc->tokens.items[k].deprel;
        bool is_owner = deprel == DEP_NMOD_POSS || deprel == DEP_COMPOUND ||
                        deprel == DEP_AMOD ||
                        (deprel == DEP_NMOD && !is_event && has_owner_mark(e, k));
        uint32_t mention = is_owner ? e->mention_of[k] : NONE;
        if (mention != NONE && (best == NONE || deprel == DEP_NMOD_POSS))
            best = mention;
    }
    return best;
}

struct search {
    const struct eventing *e;
    struct party_list *list;
    bool by_owner;  /* things stand for those they belong to */
    bool no_places; /* "an Israeli raid", not "a Gaza raid" */
};

/* "Gaza raids", "Geneva talks": where it happens; "hostage deal", "prisoner swap": what
 * it is about; not who does it. */
static bool is_no_doer(const struct eventing *e, const struct argument *a)
{
    uint32_t place = e->place_of[a->head];
    return (place != NONE && e->doc->places.items[place].precision != PLACE_COUNTRY) ||
           lexicon_word(&e->lexicon, token_lemma(e->doc, a->head), "captive", NULL);
}

static bool is_name(const char *cell, size_t len, const char *name)
{
    return len == strlen(name) && strncmp(cell, name, len) == 0;
}

static void add_slot(const struct search *s, const struct clause *clause,
                     const char *name, size_t len)
{
    const struct eventing *e = s->e;
    bool is_nation = is_name(name, len, "nation");
    for (uint32_t i = 0; i < clause->argument_count; i++) {
        const struct argument *a = &e->doc->arguments.items[clause->arguments + i];
        if (!argument_is_in(a, name, len) || (is_nation && is_no_doer(e, a)) ||
            (s->no_places && a->slot == SLOT_MODIFIER &&
             e->doc->tokens.items[a->head].upos != UPOS_ADJ))
            continue;
        uint32_t mention = s->by_owner ? owner_mention(e, a) : argument_mention(e, a);
        if (mention == NONE)
            continue;
        mention_parties(e, mention, s->list);
    }
}

/* A noun whose parties are the clause's too: its object ("sign a treaty", "hold drills
 * with Chad"), what it happens to ("the suspension of aid"); of another that is part of
 * the event, those in a relation ("withdraw from the talks with Chad"). */
static bool is_inner_noun(const struct eventing *e, const struct clause *clause,
                          const struct argument *a, bool is_relation)
{
    if (a->clause == NONE)
        return false;
    bool is_consumed = e->is_consumed[a->clause];
    if (a->slot == SLOT_OBJECT)
        return is_consumed || is_relation;
    if (a->slot != SLOT_PREPOSITION)
        return false;
    return (is_consumed && is_relation) ||
           (clause->kind == CLAUSE_NOUN &&
            lexicon_word(&e->lexicon, a->preposition, "owner mark", NULL));
}

/* "the recall of its envoy from Chad": the party that a thing's own phrase names. */
static void add_phrase_of_thing(const struct search *s, const struct clause *clause,
                                const struct argument *a, const char *word)
{
    const struct eventing *e = s->e;
    bool is_thing = a->slot == SLOT_OBJECT ||
                    (a->slot == SLOT_PREPOSITION && clause->kind == CLAUSE_NOUN &&
                     lexicon_word(&e->lexicon, a->preposition, "owner mark", NULL));
    if (!is_thing || a->clause != NONE || a->head == NONE)
        return;
    for (uint32_t k = e->tree.first[a->head]; k != NONE; k = e->tree.next[k]) {
        uint32_t mark = tree_child(&e->tree, k, DEP_CASE);
        if (k > a->head && mark != NONE && e->mention_of[k] != NONE &&
            strcmp(e->doc->tokens.items[mark].norm, word) == 0)
            mention_parties(e, e->mention_of[k], s->list);
    }
}

/* What stands with such a noun: "signed a treaty with Japan". */
static void add_slot_of_noun(const struct search *s, const struct clause *clause,
                             const char *name, size_t len)
{
    const struct eventing *e = s->e;
    char word[16] = "";
    if (len < sizeof word)
        memcpy(word, name, len);
    bool is_relation = lexicon_word(&e->lexicon, word, "relation mark", NULL);
    bool is_goal = lexicon_word(&e->lexicon, word, "goal mark", NULL);
    for (uint32_t i = 0; i < clause->argument_count; i++) {
        const struct argument *a = &e->doc->arguments.items[clause->arguments + i];
        if (is_inner_noun(e, clause, a, is_relation))
            add_slot(s, &e->doc->clauses.items[a->clause], name, len);
        else if ((is_relation || is_goal) && !s->by_owner)
            add_phrase_of_thing(s, clause, a, word);
    }
}

/* "killed in a raid by troops", "killed in clashes with rebels": who did what is part of
 * the verb's event. */
static void add_doers(const struct search *s, const struct clause *clause)
{
    static const char *const own[] = {"subj", "by", "poss", "mod"};
    static const char *const mutual[] = {"with", "between", "by", "mod"};
    const struct eventing *e = s->e;
    struct search inner = *s;
    inner.no_places = true;
    for (uint32_t i = 0; i < clause->argument_count; i++) {
        const struct argument *a = &e->doc->arguments.items[clause->arguments + i];
        if (a->slot != SLOT_PREPOSITION || a->clause == NONE ||
            !e->is_consumed[a->clause])
            continue;
        const struct clause *part = &e->doc->clauses.items[a->clause];
        bool is_mutual = lexicon_is_mutual(&e->lexicon, part->lemma);
        const char *const *slots = is_mutual ? mutual : own;
        for (size_t k = 0; k < 4 && s->list->count == 0; k++)
            add_slot(&inner, part, slots[k], strlen(slots[k]));
        if (is_mutual && s->list->count == 0)
            add_slot(&inner, clause, mutual[0], strlen(mutual[0]));
    }
}

/* Of an event noun's possessor: who does it where the noun names to whom it is done
 * ("China's arrest of the monk"), or where the possessor is a state. */
static void add_owner(const struct search *s, const struct clause *clause)
{
    const struct eventing *e = s->e;
    struct party_list owners = {.count = 0}, victims = {.count = 0};
    const struct search own = {.e = e, .list = &owners};
    const struct search whose = {.e = e, .list = &victims};
    add_slot(&own, clause, "poss", strlen("poss"));
    add_slot(&whose, clause, "of", strlen("of"));
    for (uint32_t i = 0; i < owners.count; i++)
        if (victims.count ||
            e->doc->actors.items[owners.items[i].actor].kind == ACTOR_STATE)
            add_party(s->list, owners.items[i].actor, owners.items[i].mention);
}

static void search_cell(const struct search *s, const struct clause *clause,
                        const char *cell)
{
    while (*cell && s->list->count == 0) {
        size_t group = strcspn(cell, ",");
        for (size_t at = 0; at < group;) {
            size_t len = strcspn(cell + at, ",+");
            add_slot(s, clause, cell + at, len);
            if (is_name(cell + at, len, "doer"))
                add_doers(s, clause);
            else if (is_name(cell + at, len, "owner"))
                add_owner(s, clause);
            else if (slot_named(cell + at, len) == SLOT_PREPOSITION)
                add_slot_of_noun(s, clause, cell + at, len);
            at += len + 1;
        }
        cell += group;
        if (*cell == ',')
            cell++;
    }
}

void frame_parties(const struct eventing *e, const struct clause *clause,
                   const char *cell, struct party_list *list)
{
    struct search search = {.e = e, .list = list};
    search_cell(&search, clause, cell);
    if (list->count)
        return;
    search.by_owner = true;
    search_cell(&search, clause, cell);
}
