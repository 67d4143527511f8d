/* clause.h: what the files of the clause stage share.
 *
 * clause.c finds the predicates and runs the steps; clause_parts.c collects what stands
 * beside each predicate in the tree; clause_links.c hangs clauses on each other;
 * clause_share.c hands understood participants down (control, raising, relatives,
 * conjunction, light verbs); clause_setting.c gives each clause its time and place,
 * clause_offset.c what is counted from another's time. */
#ifndef STAGE_CLAUSE_H
#define STAGE_CLAUSE_H

#include "data/lexicon.h"
#include "data/pack.h"
#include "doc/doc.h"
#include "doc/tree.h"

struct argument_draft {
    struct argument argument;
    uint32_t next; /* draft of the same clause, NONE at the end */
};

struct clauses {
    const struct pack *pack;
    struct lexicon lexicon;
    struct doc *doc;
    struct tree tree;
    uint32_t *clause_of;  /* [tokens] clause whose predicate it is, or NONE */
    uint32_t *mention_of; /* [tokens] widest mention with this head, or NONE */
    ARRAY(struct argument_draft) drafts;
    ARRAY(uint32_t) first_draft; /* [clauses] */
    ARRAY(uint32_t) last_draft;  /* [clauses] */
    bool failed;                 /* out of memory */
};

static inline struct token *clause_token(const struct clauses *c, uint32_t token)
{
    return &c->doc->tokens.items[token];
}

/* Adds an argument (and each of its conjuncts) unless the clause has the same one. A head
 * that is a clause's predicate fills argument.clause. */
void clause_add(struct clauses *c, uint32_t clause, struct argument argument);

/* The draft of the first argument in the slot (and, for prepositions, with that word;
 * NULL is any); NONE when there is none. */
uint32_t clause_find(const struct clauses *c, uint32_t clause, enum slot slot,
                     const char *preposition);

/* Copies the arguments of one slot from a clause to another's slot, marked as
 * understood. */
void clause_copy(struct clauses *c, uint32_t from, enum slot slot, uint32_t to,
                 enum slot as);

/* Whether the noun is one word with its verb: what its object becomes ("held three men
 * hostage"). */
bool clause_is_result(const struct clauses *c, uint32_t noun);

/* The event noun that a word of number or order stands for ("a round of talks", "days of
 * rioting"), or the token itself; and the other way round. */
uint32_t clause_kernel(const struct clauses *c, uint32_t token);
uint32_t clause_shell(const struct clauses *c, uint32_t token);

/* Whether the noun or one of its words before it says no: "no troops", "but not Peru". */
bool clause_denies(const struct clauses *c, uint32_t noun);

void clause_parts(struct clauses *c, uint32_t clause);
void clause_link(struct clauses *c, uint32_t clause);
void clause_share(struct clauses *c);
void clause_setting(struct clauses *c);
void clause_offsets(struct clauses *c); /* a step of clause_setting */

#endif
