/* actor_chunk.c: the words that belong to a noun's own phrase, from the tree. */
#include "stage/actor_work.h"

#include <string.h>

#define MAX_CLIMB 12
#define MAX_CHUNK 24

/* Relations by which a word before or after the noun belongs to its phrase. */
static bool is_inner(enum deprel deprel)
{
    switch (deprel) {
    case DEP_DET:
    case DEP_DET_PREDET:
    case DEP_AMOD:
    case DEP_COMPOUND:
    case DEP_FLAT:
    case DEP_NMOD_POSS:
    case DEP_NMOD_DESC:
    case DEP_NMOD_UNMARKED:
    case DEP_NUMMOD:
    case DEP_PUNCT:
    case DEP_GOESWITH:
    case DEP_FIXED:
    case DEP_ADVMOD: return true;
    default: return false;
    }
}

enum member member_of(const struct doc *doc, struct chunk chunk, uint32_t token)
{
    enum member member = MEMBER_OWN;
    uint32_t at = token;
    for (int climb = 0; at != chunk.head; climb++) {
        const struct token *word = &doc->tokens.items[at];
        bool is_preposition = word->deprel == DEP_CASE && word->upos == UPOS_ADP;
        if (climb == MAX_CLIMB || word->head == at || is_preposition)
            return MEMBER_OUTSIDE;
        if (word->upos == UPOS_VERB && at != token)
            member = MEMBER_VERBAL;
        if (word->deprel == DEP_NMOD_POSS && member == MEMBER_OWN)
            member = MEMBER_POSSESSOR;
        if (word->head == chunk.head && !is_inner((enum deprel)word->deprel))
            return MEMBER_OUTSIDE;
        at = word->head;
    }
    return member;
}

static bool follows(const struct doc *doc, struct chunk chunk, uint32_t token)
{
    const struct token *word = &doc->tokens.items[token];
    switch (word->deprel) {
    case DEP_FLAT:
    case DEP_COMPOUND:
    case DEP_GOESWITH:
    case DEP_NMOD_DESC:
    case DEP_DEP:
    case DEP_APPOS:
    case DEP_NMOD_UNMARKED:
        return word->head >= chunk.first && word->head < token &&
               (word->upos == UPOS_PROPN || word->deprel == DEP_FLAT);
    default: return false;
    }
}

struct chunk chunk_of(const struct doc *doc, uint32_t head)
{
    struct sentence sentence = doc->sentences.items[doc_sentence_of(doc, head)];
    struct chunk chunk = {head, head, head + 1};
    while (chunk.first > sentence.first && head - chunk.first < MAX_CHUNK &&
           member_of(doc, chunk, chunk.first - 1) != MEMBER_OUTSIDE)
        chunk.first--;
    while (chunk.first < head && doc->tokens.items[chunk.first].upos == UPOS_PUNCT)
        chunk.first++;
    while (chunk.end < sentence.end && chunk.end - head < MAX_CHUNK &&
           follows(doc, chunk, chunk.end))
        chunk.end++;
    return chunk;
}

const char *case_of(const struct doc *doc, uint32_t token)
{
    struct sentence sentence = doc->sentences.items[doc_sentence_of(doc, token)];
    for (uint32_t i = token; i-- > sentence.first && token - i <= MAX_CHUNK;)
        if (doc->tokens.items[i].head == token && doc->tokens.items[i].deprel == DEP_CASE)
            return doc->tokens.items[i].norm;
    return "";
}
