/* event_fields.c: topic, content, numbers and weapons of an event. */
#include "stage/event.h"

#include <stdlib.h>
#include <string.h>

#define MAX_JOINED 4 /* clauses after a verb in which its conjunct is looked for */

static struct span subtree(const struct eventing *e, uint32_t head)
{
    uint32_t first, end;
    tree_extent(&e->tree, head, &first, &end);
    while (end > first + 1 && e->doc->tokens.items[end - 1].upos == UPOS_PUNCT)
        end--;
    while (first + 1 < end && e->doc->tokens.items[first].upos == UPOS_PUNCT)
        first++;
    return doc_token_span(e->doc, first, end);
}

static void read_topic(const struct eventing *e, const struct clause *clause,
                       struct event *event)
{
    for (uint32_t i = 0; i < clause->argument_count; i++) {
        const struct argument *a = &e->doc->arguments.items[clause->arguments + i];
        if (a->slot == SLOT_COMPLEMENT && span_len(event->content) == 0)
            event->content = subtree(e, a->head);
        if (a->slot == SLOT_PREPOSITION && a->mention == NONE &&
            span_len(event->about) == 0 &&
            lexicon_word(&e->lexicon, a->preposition, "topic mark", NULL))
            event->about = subtree(e, a->head);
    }
}

/* "12", "1,200", "two"; -1 for anything else. */
static int64_t number_of(const struct eventing *e, uint32_t token)
{
    const char *norm = e->doc->tokens.items[token].norm;
    const char *value;
    if (lexicon_word(&e->lexicon, norm, "number word", &value))
        return strtoll(value, NULL, 10);
    int64_t number = 0;
    size_t digits = 0;
    for (; *norm; norm++) {
        if (*norm == ',')
            continue;
        if (*norm < '0' || *norm > '9' || ++digits > 9)
            return -1;
        number = number * 10 + (*norm - '0');
    }
    return digits ? number : -1;
}

/* How many the noun counts: "two soldiers"; -1 when it does not say. */
static int64_t count_of(const struct eventing *e, uint32_t head)
{
    if (e->doc->tokens.items[head].upos == UPOS_NUM)
        return number_of(e, head);
    uint32_t count = tree_child(&e->tree, head, DEP_NUMMOD);
    return count == NONE ? -1 : number_of(e, count);
}

static int64_t count_in(const struct eventing *e, const struct clause *clause,
                        enum slot slot)
{
    int64_t sum = -1;
    for (uint32_t i = 0; i < clause->argument_count; i++) {
        const struct argument *a = &e->doc->arguments.items[clause->arguments + i];
        if (a->slot != slot || a->head == NONE)
            continue;
        int64_t count = count_of(e, a->head);
        if (count >= 0)
            sum = (sum < 0 ? 0 : sum) + count;
    }
    return sum;
}

static void read_victims(const struct eventing *e, const struct clause *clause,
                         struct numbers *numbers)
{
    const char *who = "";
    if (numbers->dead < 0 &&
        lexicon_word(&e->lexicon, clause->lemma, "killing word", &who))
        numbers->dead = count_in(e, clause,
                                 strcmp(who, "subj") == 0 ? SLOT_SUBJECT : SLOT_OBJECT);
    if (numbers->injured < 0 &&
        lexicon_word(&e->lexicon, clause->lemma, "wounding word", NULL))
        numbers->injured = count_in(e, clause, SLOT_OBJECT);
}

static void read_numbers(const struct eventing *e, const struct clause *clause,
                         struct event *event)
{
    const struct doc *doc = e->doc;
    event->numbers = (struct numbers){-1, -1, -1};
    read_victims(e, clause, &event->numbers);
    for (uint32_t i = event->clause + 1;
         i < doc->clauses.count && i <= event->clause + MAX_JOINED; i++) {
        const struct clause *joined = &doc->clauses.items[i];
        const struct token *t = &doc->tokens.items[joined->head];
        if (t->deprel == DEP_CONJ && t->head == clause->head &&
            lexicon_word(&e->lexicon, clause->lemma, "harm verb", NULL))
            read_victims(e, joined, &event->numbers); /* "killing six, wounding nine" */
    }
    if (lexicon_type_has(&e->lexicon, event->type, "crowd"))
        event->numbers.crowd = count_in(e, clause, SLOT_SUBJECT);
}

/* Weapons named by the participants that are no parties. */
static void read_weapons(const struct eventing *e, const struct clause *clause,
                         struct event *event)
{
    event->weapons = e->doc->words.count;
    for (uint32_t i = 0; i < clause->argument_count; i++) {
        const struct argument *a = &e->doc->arguments.items[clause->arguments + i];
        if (a->head == NONE || a->slot == SLOT_COMPLEMENT)
            continue;
        const char *lemma = token_lemma(e->doc, a->head);
        if (!lexicon_word(&e->lexicon, lemma, "weapon", NULL))
            continue;
        const char **word = array_push(&e->doc->arena, &e->doc->words);
        if (!word)
            return;
        *word = lemma;
        event->weapon_count++;
    }
}

void fields_read(const struct eventing *e, const struct clause *clause, uint32_t row,
                 struct event *event)
{
    (void)row;
    read_topic(e, clause, event);
    read_numbers(e, clause, event);
    if (event->score < 0)
        read_weapons(e, clause, event);
}
