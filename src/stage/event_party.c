/* event_party.c: fills the slots of a frame with parties. */
#include "stage/event.h"

#include <string.h>

bool argument_is_in(const struct argument *argument, const char *name, size_t len)
{
    static const struct {
        const char *name;
        enum slot slot;
    } slots[] = {{"subj", SLOT_SUBJECT},   {"obj", SLOT_OBJECT},    {"iobj", SLOT_INDIRECT},
                 {"poss", SLOT_POSSESSOR}, {"mod", SLOT_MODIFIER},  {"comp", SLOT_COMPLEMENT},
                 {"xcomp", SLOT_COMPLEMENT}, {"ccomp", SLOT_COMPLEMENT}};
    for (size_t i = 0; i < sizeof slots / sizeof *slots; i++)
        if (strlen(slots[i].name) == len && strncmp(slots[i].name, name, len) == 0)
            return argument->slot == slots[i].slot;
    return argument->slot == SLOT_PREPOSITION && strlen(argument->preposition) == len &&
           strncmp(argument->preposition, name, len) == 0;
}

static uint32_t mention_at(const struct eventing *e, uint32_t token)
{
    uint32_t best = NONE;
    for (uint32_t i = 0; i < e->doc->mentions.count; i++) {
        const struct mention *m = &e->doc->mentions.items[i];
        if (m->head == token && m->actor_count &&
            (best == NONE || span_len(m->span) > span_len(e->doc->mentions.items[best].span)))
            best = i;
    }
    return best;
}

/* "dozens of rebels", "a group of states": the party is what follows "of". */
static uint32_t inside_partitive(const struct eventing *e, uint32_t head)
{
    for (uint32_t k = e->tree.first[head]; k != NONE; k = e->tree.next[k]) {
        if (e->doc->tokens.items[k].deprel != DEP_NMOD)
            continue;
        uint32_t mark = tree_child(&e->tree, k, DEP_CASE);
        if (mark != NONE && lexicon_word(&e->lexicon, e->doc->tokens.items[mark].norm,
                                         "partitive mark", NULL))
            return mention_at(e, k);
    }
    return NONE;
}

uint32_t argument_mention(const struct eventing *e, const struct argument *argument)
{
    if (argument->mention != NONE && e->doc->mentions.items[argument->mention].actor_count)
        return argument->mention;
    if (argument->head == NONE || argument->slot == SLOT_COMPLEMENT)
        return NONE;
    const char *lemma = token_lemma(e->doc, argument->head);
    bool is_number = e->doc->tokens.items[argument->head].upos == UPOS_NUM;
    if (is_number || lexicon_word(&e->lexicon, lemma, "partitive", NULL))
        return inside_partitive(e, argument->head);
    return NONE;
}

static void add_party(struct party_list *list, uint32_t actor, uint32_t mention)
{
    for (uint32_t i = 0; i < list->count; i++)
        if (list->items[i].actor == actor)
            return;
    if (list->count < MAX_PARTIES) {
        list->items[list->count].actor = actor;
        list->items[list->count++].mention = mention;
    }
}

static void add_slot(const struct eventing *e, const struct clause *clause, const char *name,
                     size_t len, struct party_list *list)
{
    for (uint32_t i = 0; i < clause->argument_count; i++) {
        const struct argument *a = &e->doc->arguments.items[clause->arguments + i];
        if (!argument_is_in(a, name, len))
            continue;
        uint32_t mention = argument_mention(e, a);
        if (mention == NONE)
            continue;
        const struct mention *m = &e->doc->mentions.items[mention];
        for (uint32_t k = 0; k < m->actor_count; k++)
            add_party(list, e->doc->mention_actors.items[m->actors + k], mention);
    }
}

void frame_parties(const struct eventing *e, const struct clause *clause, const char *cell,
                   struct party_list *list)
{
    while (*cell && list->count == 0) {
        size_t group = strcspn(cell, ",");
        for (size_t at = 0; at < group;) {
            size_t len = strcspn(cell + at, ",+");
            add_slot(e, clause, cell + at, len, list);
            at += len + 1;
        }
        cell += group;
        if (*cell == ',')
            cell++;
    }
}
