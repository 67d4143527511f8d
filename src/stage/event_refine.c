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

/* The finer class for a content of that class; NULL. */
static const char *refined(const struct lexicon *l, const char *class_name,
                           const char *content, bool is_negated)
{
    uint32_t rows[MAX_ROWS];
    uint32_t count = table_find(l->refined, class_name, rows, MAX_ROWS);
    for (uint32_t i = 0; i < count && i < MAX_ROWS; i++) {
        bool wants_not = *table_value(l->refined, rows[i], "not") != '\0';
        if (wants_not == is_negated &&
            is_kind(l, content, table_value(l->refined, rows[i], "content")))
            return table_value(l->refined, rows[i], "refined");
    }
    return NULL;
}

/* The class of the nearest event at or below the clause ("start to withdraw"), or "". */
static const char *class_below(const struct eventing *e, uint32_t number,
                               bool *is_negated)
{
    const struct lexicon *l = &e->lexicon;
    for (int depth = 0; depth < MAX_DEPTH && number != NONE; depth++) {
        const struct clause *clause = &e->doc->clauses.items[number];
        int rank;
        uint32_t row = rule_find(e, number, &rank);
        *is_negated = *is_negated || clause->is_negated;
        const char *class_name = table_cell(l->predicates, row, l->predicate_class);
        if (*class_name)
            return class_name;
        number = NONE;
        for (uint32_t i = 0; i < clause->argument_count && number == NONE; i++) {
            const struct argument *a = &e->doc->arguments.items[clause->arguments + i];
            if (a->slot == SLOT_COMPLEMENT || a->slot == SLOT_OBJECT)
                number = a->clause;
        }
    }
    return "";
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
        bool is_negated = false;
        const char *content = class_below(e, a->clause, &is_negated);
        const char *finer = *content ? refined(l, class_name, content, is_negated) : NULL;
        if (finer)
            return finer;
    }
    return class_name;
}
