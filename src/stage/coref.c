/* coref.c: the coreference stage: who pronouns and descriptions point back at. */
#include "stage/coref_work.h"

#include "stage/stages.h"

#include <stdlib.h>
#include <string.h>

/* Whether the word hangs on the head by words from `first` on, and is no preposition. */
static bool is_inside(const struct doc *doc, uint32_t token, uint32_t first,
                      uint32_t head)
{
    const struct token *word = &doc->tokens.items[token];
    return word->head >= first && word->head <= head && word->deprel != DEP_CASE &&
           word->deprel != DEP_CC;
}

void coref_bind(struct coref *coref, uint32_t token, const struct set *set,
                const char *rule, enum mention_kind kind)
{
    struct doc *doc = coref->doc;
    uint32_t number = coref->mention_at[token];
    struct mention *mention;
    if (number == NONE) {
        mention = array_push(&doc->arena, &coref->fresh);
        if (!mention) {
            coref->is_out_of_memory = true;
            return;
        }
        coref->mention_at[token] = doc->mentions.count + coref->fresh.count - 1;
        *mention = (struct mention){
            .first = token, .end = token + 1, .head = token, .kind = kind};
        uint32_t first = doc->sentences.items[coref->sentence].first;
        while (kind == MENTION_NOMINAL && mention->first > first &&
               is_inside(doc, mention->first - 1, mention->first, token))
            mention->first--;
        mention->span = doc_token_span(doc, mention->first, mention->end);
    } else if (number < doc->mentions.count) {
        mention = &doc->mentions.items[number];
    } else {
        mention = &coref->fresh.items[number - doc->mentions.count];
    }
    mention->rule = rule;
    mention->actors = doc->mention_actors.count;
    mention->actor_count = 0;
    for (uint32_t i = 0; i < set->count; i++) {
        uint32_t *slot = array_push(&doc->arena, &doc->mention_actors);
        if (!slot) {
            coref->is_out_of_memory = true;
            return;
        }
        *slot = set->actors[i];
        mention->actor_count++;
    }
}

static bool set_up(struct coref *coref)
{
    struct doc *doc = coref->doc;
    coref->actor_room = doc->actors.count;
    coref->mention_at = arena_take(&doc->arena, doc->tokens.count, sizeof(uint32_t));
    coref->times_named = arena_take(&doc->arena, doc->actors.count, sizeof(uint32_t));
    coref->quote_of = arena_take(&doc->arena, doc->tokens.count, sizeof(uint32_t));
    if (!coref->mention_at || !coref->times_named || !coref->quote_of)
        return false;
    for (uint32_t i = 0; i < doc->tokens.count; i++)
        coref->mention_at[i] = NONE;
    for (uint32_t i = 0; i < doc->mentions.count; i++)
        coref->mention_at[doc->mentions.items[i].head] = i;
    /* "Jane Roe, a diplomat who ...": the diplomat is she. */
    for (uint32_t i = 0; i < doc->mentions.count; i++) {
        const struct mention *mention = &doc->mentions.items[i];
        for (uint32_t t = mention->head + 1; t < mention->end; t++)
            if (doc->tokens.items[t].deprel == DEP_APPOS && mention->actor_count == 1 &&
                doc->tokens.items[t].head == mention->head &&
                coref->mention_at[t] == NONE)
                coref->mention_at[t] = i;
    }
    return true;
}

/* A noun that is no party, but may be what "it" or "they" means. */
static bool is_in_the_way(const struct token *token)
{
    if (token->upos != UPOS_NOUN && token->upos != UPOS_PROPN)
        return false;
    switch (token->deprel) {
    case DEP_NSUBJ:
    case DEP_NSUBJ_PASS:
    case DEP_OBJ:
    case DEP_OBL:
    case DEP_NMOD:
    case DEP_CONJ:
    case DEP_ROOT:
    case DEP_APPOS:
    case DEP_IOBJ: return true;
    default: return false;
    }
}

static void read_token(struct coref *coref, uint32_t token)
{
    const struct doc *doc = coref->doc;
    const struct token *word = &doc->tokens.items[token];
    bool is_lone = (word->upos == UPOS_DET || word->upos == UPOS_CCONJ) &&
                   is_argument((enum deprel)word->deprel);
    if (word->upos == UPOS_PRON || is_lone ||
        (word->upos == UPOS_DET && word->feats.possessive)) {
        resolve_pronoun(coref, token);
        if (coref->mention_at[token] != NONE)
            scene_add_sets(coref, token);
        return;
    }
    if (resolve_predicate(coref, token) || resolve_description(coref, token)) {
        scene_add_sets(coref, token);
        return;
    }
    resolve_owned(coref, token);
    struct set set = scene_parties(coref, token);
    if (set.count || is_in_the_way(word))
        scene_add(coref, token, &set, false);
    scene_add_sets(coref, token);
}

/* What is quoted is read last: by then it is known who speaks. */
static void read_sentence(struct coref *coref, struct sentence sentence)
{
    for (uint32_t t = sentence.first; t < sentence.end; t++)
        if (coref->quote_of[t] == NONE)
            read_token(coref, t);
    find_speakers(coref);
    for (uint32_t t = sentence.first; t < sentence.end; t++)
        if (coref->quote_of[t] != NONE)
            read_token(coref, t);
    for (uint32_t t = sentence.first; t < sentence.end; t++)
        resolve_owned(coref, t);
}

static int by_place(const void *a, const void *b)
{
    const struct mention *one = a, *two = b;
    if (one->first != two->first)
        return one->first < two->first ? -1 : 1;
    if (one->end != two->end)
        return one->end > two->end ? -1 : 1;
    return one->head < two->head ? -1 : one->head > two->head;
}

static bool emit(struct coref *coref)
{
    struct doc *doc = coref->doc;
    for (uint32_t i = 0; i < coref->fresh.count; i++) {
        struct mention *slot = array_push(&doc->arena, &doc->mentions);
        if (!slot)
            return false;
        *slot = coref->fresh.items[i];
    }
    if (doc->mentions.count)
        qsort(doc->mentions.items, doc->mentions.count, sizeof *doc->mentions.items,
              by_place);
    return true;
}

enum outcome coref_run(const struct pack *pack, struct doc *doc, struct fail *fail)
{
    struct coref coref = {.doc = doc};
    who_open(&coref.who, pack);
    rank_open(&coref, pack);
    if (!set_up(&coref))
        return fail_memory(fail);
    find_quotes(&coref);
    for (uint32_t i = 0; i < doc->sentences.count; i++) {
        coref.sentence = i;
        read_sentence(&coref, doc->sentences.items[i]);
        if (coref.is_out_of_memory)
            return fail_memory(fail);
    }
    bind_speakers(&coref);
    if (coref.is_out_of_memory)
        return fail_memory(fail);
    return emit(&coref) ? OK : fail_memory(fail);
}
