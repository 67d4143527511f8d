/* event_refine.c: the class of an event, made finer by the class of what is asked,
 * refused, threatened or alleged (refined.tsv). */
#include "stage/event.h"

#include <string.h>

#define MAX_DEPTH 3
#define MAX_ROWS 32

static bool is_kind(const struct lexicon *l, const char *class_name, const char *kind)
{
    if (strcmp(class_name, kind) == 0)
        return true;
    const char *type = table_value(l->classes, table_row(l->classes, class_name), "type");
    return strcmp(type, kind) == 0;
}

struct content {
    const char *class_name; /* of the nearest event in it, or "" */
    bool is_negated, is_own;
};

/* The finer class for a content of that class; NULL. */
static const char *refined(const struct lexicon *l, const char *class_name,
                           const struct content *content)
{
    uint32_t rows[MAX_ROWS];
    uint32_t count = table_find(l->refined, class_name, rows, MAX_ROWS);
    for (uint32_t i = 0; i < count && i < MAX_ROWS; i++) {
        const char *condition = table_value(l->refined, rows[i], "if");
        bool is_met = strcmp(condition, "own") == 0
                          ? content->is_own
                          : (*condition != '\0') == content->is_negated;
        if (is_met &&
            is_kind(l, content->class_name, table_value(l->refined, rows[i], "content")))
            return table_value(l->refined, rows[i], "refined");
    }
    return NULL;
}

/* The clause in which a content goes on: "start to withdraw", "an end to the war". */
static uint32_t next_below(const struct eventing *e, const struct clause *clause)
{
    for (uint32_t i = 0; i < clause->argument_count; i++) {
        const struct argument *a = &e->doc->arguments.items[clause->arguments + i];
        if (a->clause != NONE &&
            (a->slot == SLOT_COMPLEMENT || a->slot == SLOT_OBJECT ||
             (a->slot == SLOT_PREPOSITION && clause->kind == CLAUSE_NOUN)))
            return a->clause;
    }
    return NONE;
}

/* "its war": one of the actors of the verb owns what happens. */
static bool is_owned(const struct eventing *e, const struct clause *clause,
                     uint32_t happening)
{
    uint32_t head = e->doc->clauses.items[happening].head;
    uint32_t owner = tree_child(&e->tree, head, DEP_NMOD_POSS);
    struct party_list owners = {.count = 0}, actors = {.count = 0};
    if (owner == NONE || e->mention_of[owner] == NONE)
        return false;
    mention_parties(e, e->mention_of[owner], &owners);
    frame_parties(e, clause, "subj", &actors);
    for (uint32_t i = 0; i < owners.count; i++)
        if (party_is_in(&actors, owners.items[i].actor))
            return true;
    return false;
}

/* The nearest event at or below the clause. */
static struct content content_of(const struct eventing *e, const struct clause *clause,
                                 uint32_t number)
{
    const struct lexicon *l = &e->lexicon;
    struct content content = {.class_name = ""};
    for (int depth = 0; depth < MAX_DEPTH && number != NONE; depth++) {
        int rank;
        uint32_t row = rule_find(e, number, &rank);
        const char *class_name = table_cell(l->predicates, row, l->predicate_class);
        content.is_negated |= e->doc->clauses.items[number].is_negated;
        content.is_own = content.is_own || is_owned(e, clause, number);
        if (*class_name && !*content.class_name)
            content.class_name = class_name;
        number = next_below(e, &e->doc->clauses.items[number]);
    }
    return content;
}

/* Whether the argument stands in a slot of the frame's column content. */
static bool is_content(const struct argument *a, const char *cell)
{
    for (size_t len; *cell; cell += len + (cell[len] == ',')) {
        len = strcspn(cell, ",");
        if (argument_is_in(a, cell, len))
            return true;
    }
    return false;
}

const char *event_class(const struct eventing *e, const struct clause *clause,
                        uint32_t row)
{
    const struct lexicon *l = &e->lexicon;
    const char *class_name = table_cell(l->predicates, row, l->predicate_class);
    if (table_row(l->refined, class_name) == NONE)
        return class_name;
    uint32_t frame = table_row(l->frames,
                               table_cell(l->predicates, row, l->predicate_frame));
    const char *cell = table_value(l->frames, frame, "content");
    for (uint32_t i = 0; i < clause->argument_count; i++) {
        const struct argument *a = &e->doc->arguments.items[clause->arguments + i];
        if (a->clause == NONE || (a->slot != SLOT_COMPLEMENT && !is_content(a, cell)))
            continue;
        struct content content = content_of(e, clause, a->clause);
        const char *finer = *content.class_name ? refined(l, class_name, &content) : NULL;
        if (finer)
            return finer;
    }
    return class_name;
}
