/* stance.h: what the files of the stance stage share.
 *
 * stance.c walks the clauses; stance_position.c reads what a party wants, offers, refuses
 * or promises, or opposes (stances.tsv); stance_relation.c reads lasting ties between
 * parties (relations.tsv). */
#ifndef STAGE_STANCE_H
#define STAGE_STANCE_H

#include "data/lexicon.h"
#include "doc/doc.h"
#include "doc/tree.h"

#define MAX_MEMBERS 8

struct stancing {
    struct lexicon lexicon;
    struct doc *doc;
    struct tree tree;
    uint32_t *clause_of;  /* [tokens] the clause whose predicate it is, or NONE */
    uint32_t *mention_of; /* [tokens] the widest mention that it heads, or NONE */
    /* [clauses] the clauses that an other embeds, as a list; NONE ends it */
    uint32_t *inner, *next;
};

/* Parties as they are found, each actor once. */
struct members {
    uint32_t actors[MAX_MEMBERS], mentions[MAX_MEMBERS];
    uint32_t count;
};

const struct argument *stance_argument(const struct stancing *s,
                                       const struct clause *clause, uint32_t i);

void members_add(const struct stancing *s, struct members *members, uint32_t mention);
/* All that stand in a slot of the clause. */
void members_add_slot(const struct stancing *s, struct members *members,
                      const struct clause *clause, enum slot slot);
/* The i-th member as a party of a row. */
struct party members_party(const struct stancing *s, const struct members *members,
                           uint32_t i);

/* The span of what hangs on a token, without punctuation at its end or the preposition
 * at its start. */
struct span stance_content(const struct stancing *s, uint32_t head);

/* Read what one clause says by one line of their table; false without memory. */
bool position_read(const struct stancing *s, uint32_t clause, uint32_t row);
bool relation_read(const struct stancing *s, uint32_t clause, uint32_t row);

#endif
