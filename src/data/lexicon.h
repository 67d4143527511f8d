/* lexicon.h: the tables about words that act: predicates, embeddings, small classes of
 * words. */
#ifndef DATA_LEXICON_H
#define DATA_LEXICON_H

#include "data/pack.h"

#include <stdbool.h>

struct lexicon {
    const struct pack *pack;
    const struct table *predicates, *embeddings, *words, *grammar, *classes, *frames,
        *types, *modes, *stances, *relations, *implied, *discards, *absorbed, *refined,
        *context_words;
    /* columns */
    uint32_t predicate_pos, predicate_class, predicate_frame, predicate_needs;
    uint32_t embedding_pos, embedding_complement, embedding_control, embedding_effect,
        embedding_voice, embedding_completion;
    uint32_t type_traits;
    uint32_t word_class, word_value;
};

void lexicon_open(struct lexicon *lexicon, const struct pack *pack);

/* Whether `lemma` of that part of speech ('v', 'n', 'a') is a predicate (of an event, a
 * position or a relation) or embeds clauses. */
bool lexicon_is_predicate(const struct lexicon *lexicon, const char *lemma, char pos);
bool lexicon_embeds(const struct lexicon *lexicon, const char *lemma, char pos);

/* Whether the event type has the trait in types.tsv. */
bool lexicon_type_has(const struct lexicon *lexicon, const char *type, const char *trait);

/* Whether the verb gives its subject's word for something: "accuse", "say". */
bool lexicon_speaks(const struct lexicon *lexicon, const char *verb);

/* The row of `embeddings` for the lemma and the complement ("xcomp", "ccomp", "obj",
 * "subj" or a preposition); NONE. */
uint32_t lexicon_embedding(const struct lexicon *lexicon, const char *lemma, char pos,
                           const char *complement);

/* Whether the word has the class in grammar.tsv or words.tsv; value may be NULL. */
bool lexicon_word(const struct lexicon *lexicon, const char *word, const char *class_name,
                  const char **value);

/* The classes of the word in both tables, at most cap; how many. */
uint32_t lexicon_classes(const struct lexicon *lexicon, const char *word,
                         const char **classes, uint32_t cap);

/* The first class that a predicate can have ("ASSAULT/attack"), or ""; its quad
 * ("material conflict"). */
const char *lexicon_event_class(const struct lexicon *lexicon, const char *lemma,
                                char pos);
const char *lexicon_quad(const struct lexicon *lexicon, const char *lemma, char pos);

/* Whether the verb's own frame has its object suffer the event. */
bool lexicon_has_object(const struct lexicon *lexicon, const char *lemma);

/* Whether the verb can have one who receives beside what is given: "sent Chad food". */
bool lexicon_has_receiver(const struct lexicon *lexicon, const char *verb);

/* Whether the noun's own frame has somebody go to somebody: "a visit". */
bool lexicon_is_trip(const struct lexicon *lexicon, const char *noun);

/* Whether who stands behind "with" does what the verb tells too: "discuss", "trade". */
bool lexicon_is_shared(const struct lexicon *lexicon, const char *verb);

/* Whether the noun's own frame has several do it together: "talks", "a clash". */
bool lexicon_is_mutual(const struct lexicon *lexicon, const char *noun);

/* Whether a frame of the predicate looks for a party behind the preposition before it
 * looks at the object: "withdraw from", "hand to". */
bool lexicon_takes(const struct lexicon *lexicon, const char *lemma, char pos,
                   const char *preposition);

/* Whether the mark parts a headline from its speaker; *both (may be NULL): on either
 * side. */
bool lexicon_splits(const struct lexicon *lexicon, const char *mark, bool *both);

/* Whether a verb lends an event noun its tense and its subject ("hold talks", "suffer an
 * attack"); *role is the noun's slot for that subject: "subj" or "obj". */
bool lexicon_is_light(const struct lexicon *lexicon, const char *verb, const char **role);

#endif
