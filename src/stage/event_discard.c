/* event_discard.c: what is no event although a line fits, by discards.tsv: sport,
 * markets, mishaps, the arts. */
#include "stage/event.h"

#include <stdlib.h>
#include <string.h>

#define MAX_MARKS 8
#define REACH 120 /* tokens to either side: a sentence without end stays cheap */

struct stretch {
    uint32_t first, end; /* tokens */
};

static struct stretch around(const struct eventing *e, const struct clause *clause)
{
    const struct sentence *s = &e->doc->sentences.items[clause->sentence];
    struct stretch part = {s->first, s->end};
    if (clause->head - part.first > REACH)
        part.first = clause->head - REACH;
    if (part.end - clause->head > REACH)
        part.end = clause->head + REACH;
    return part;
}

/* How many different words of the class stand there; not more than are asked for. */
static uint32_t count_marks(const struct eventing *e, struct stretch part,
                            const char *class_name, uint32_t least)
{
    const char *seen[MAX_MARKS];
    uint32_t count = 0;
    for (uint32_t i = part.first; i < part.end && count < least; i++) {
        const char *lemma = token_lemma(e->doc, i);
        bool is_new = lexicon_word(&e->lexicon, lemma, class_name, NULL) ||
                      lexicon_word(&e->lexicon, e->doc->tokens.items[i].norm, class_name,
                                   NULL);
        for (uint32_t k = 0; k < count; k++)
            is_new = is_new && strcmp(seen[k], lemma) != 0;
        if (is_new)
            seen[count++] = lemma;
    }
    return count;
}

/* The words of the subject's name: "Hurricane Ivan". */
static bool has_subject_mark(const struct eventing *e, const struct clause *clause,
                             const char *class_name)
{
    for (uint32_t i = 0; i < clause->argument_count; i++) {
        const struct argument *a = &e->doc->arguments.items[clause->arguments + i];
        if (a->slot != SLOT_SUBJECT || a->head == NONE)
            continue;
        if (count_marks(e, (struct stretch){a->head, a->head + 1}, class_name, 1))
            return true;
        for (uint32_t k = e->tree.first[a->head]; k != NONE; k = e->tree.next[k]) {
            uint8_t deprel = e->doc->tokens.items[k].deprel;
            bool is_name = e->doc->tokens.items[a->head].upos == UPOS_PROPN &&
                           (deprel == DEP_COMPOUND || deprel == DEP_FLAT);
            if (is_name && count_marks(e, (struct stretch){k, k + 1}, class_name, 1))
                return true;
        }
    }
    return false;
}

const char *discard_reason(const struct eventing *e, const struct clause *clause,
                           const struct event *event)
{
    const struct table *table = e->lexicon.discards;
    for (uint32_t row = 0; row < table_rows(table); row++) {
        const char *types = table_value(table, row, "types");
        const char *marks = table_value(table, row, "marks");
        const char *unless = table_value(table, row, "unless");
        bool is_type = strcmp(types, "any") == 0 || cell_has(types, event->type) ||
                       cell_has(types, event->rule);
        bool is_open = strcmp(table_value(table, row, "side"), "actor") == 0;
        if (!is_type || (is_open && event->actor_count))
            continue;
        uint32_t least = (uint32_t)atoi(table_value(table, row, "least"));
        if (least > MAX_MARKS)
            least = MAX_MARKS;
        bool is_subject = strcmp(table_value(table, row, "where"), "subject") == 0;
        bool is_met = is_subject
                          ? has_subject_mark(e, clause, marks)
                          : count_marks(e, around(e, clause), marks, least) >= least;
        if (is_met && !(*unless && count_marks(e, around(e, clause), unless, 1)))
            return table_value(table, row, "reason");
    }
    return NULL;
}
