/* actor_work.h: what the files of the actor stage share while they read one document.
 * Private to actor*.c. All memory is the document's arena; indices are tokens of the
 * document. */
#ifndef STAGE_ACTOR_WORK_H
#define STAGE_ACTOR_WORK_H

#include "data/who.h"
#include "doc/doc.h"

#define MAX_PARTIES 6 /* members of one mention that its own words name */

/* A phrase of the pack found in the text. Labels do not overlap. */
struct label {
    uint32_t first, end;
    uint32_t head;               /* the token of it that the rest of it hangs on */
    unsigned kinds;              /* enum who_kind bits that the text allows here */
    uint32_t entry, entry_count; /* of the phrase index */
    bool is_weak; /* a form that counts only beside a clearer one ("the North") */
    bool is_misspelt;
};

/* What is known of an actor beyond struct actor; beside doc.actors. */
struct facts {
    uint32_t person;                  /* row of persons, NONE */
    const char *noun;                 /* agent or role word of a generic actor; NULL */
    const char *surname, *first_name; /* folded; of persons */
    bool is_local;                    /* a person or organisation that no table knows */
    uint32_t is_really; /* the known actor that a misspelt local one is; NONE */
};

/* The party that a token heads. */
struct found {
    uint32_t actors[MAX_PARTIES];
    uint32_t count; /* 0: none */
    uint32_t first, end;
    enum mention_kind kind;
    const char *rule;
    bool is_taken; /* part of another mention: none of its own */
};

/* Country and sectors that a modifier, possessor or place passes on to the noun. */
struct giver {
    const char *code;
    const char *sectors; /* "" for a state */
    bool is_international;
    bool is_part; /* of the state that the code means: Chechnya */
};

struct givers {
    struct giver items[MAX_PARTIES];
    uint32_t count;
    uint32_t first, end; /* tokens they stand in */
};

struct slot_of_id {
    uint32_t actor; /* NONE: free */
};

/* An answer of who_holder, kept: it reads the whole table. */
struct holder {
    const char *role, *of;
    uint32_t person;
};

struct work {
    struct doc *doc;
    struct who who;
    struct fail *fail;
    day on;
    bool is_out_of_memory;
    ARRAY(struct label) labels;
    uint32_t *label_of;          /* [token] label or NONE */
    struct found *found;         /* [token] */
    bool *is_named;              /* [row of states] the report has a clear word for it */
    uint32_t search_count;       /* words looked up in other spellings so far */
    bool *in_time;               /* [token] part of a time expression */
    uint32_t *person_name;       /* [token] name (doc.names) of a person it is in, NONE */
    uint32_t *organisation_name; /* [token] the same for organisations */
    ARRAY(struct facts) facts;   /* [actor] */
    ARRAY(uint32_t) people;      /* persons named in full, in text order */
    ARRAY(struct holder) holders;
    struct slot_of_id *ids; /* open addressing over actor ids */
    uint32_t id_capacity;
};

/* ---- actor_chunk.c ---- */

/* The words around a head that belong to its own phrase, without what follows it by
 * preposition. */
struct chunk {
    uint32_t head, first, end;
};
struct chunk chunk_of(const struct doc *doc, uint32_t head);

/* How a token of the chunk belongs to it. */
enum member { MEMBER_OWN, MEMBER_POSSESSOR, MEMBER_VERBAL, MEMBER_OUTSIDE };
enum member member_of(const struct doc *doc, struct chunk chunk, uint32_t token);

/* The case marker ("of") of a token, folded; "" for none. */
const char *case_of(const struct doc *doc, uint32_t token);

/* ---- actor_label.c ---- */

/* Finds the phrases of all sentences: labels, label_of. */
void label_sentences(struct work *work);

/* The row of the first entry of that kind that fits; NONE. *table may be NULL. */
uint32_t label_row(const struct work *work, const struct label *label, unsigned kind);

/* Whether the report names the country (alpha-3) by any of its words. */
bool names_country(const struct work *work, const char *code);

/* Whether the token's text starts with a capital letter. */
bool is_capitalised(const struct doc *doc, uint32_t token);

/* A known person's full name one slip away from the words first..end-1; false when
 * there is none. */
bool mend_name(struct work *work, uint32_t first, uint32_t end, struct label *label);

/* ---- actor_book.c ---- */

uint32_t book_state(struct work *work, uint32_t row);
uint32_t book_organisation(struct work *work, uint32_t row);
uint32_t book_person(struct work *work, uint32_t row);

/* A person or organisation of this report alone, named by tokens first..end-1. */
uint32_t book_local(struct work *work, uint32_t first, uint32_t end,
                    enum actor_kind kind);

/* "Egyptian police": agent word with what its giver says (may be NULL); name as
 * written. */
struct generic {
    const char *noun;    /* folded agent or role word */
    const char *sectors; /* of the agent word */
    const char *role;    /* title or NULL */
    const char *name;
    enum actor_kind kind;
    enum gender gender;
    enum number number;
};
uint32_t book_generic(struct work *work, const struct generic *generic,
                      const struct giver *giver);

/* Printed office: "President of South Korea". */
const char *book_office(struct work *work, uint32_t office);

enum gender gender_read(const char *cell);

/* ---- actor_person.c ---- */

/* What the words beside a name say of its bearer. */
struct title {
    uint32_t role;       /* row of roles, NONE */
    uint32_t agent;      /* row of agents, NONE */
    enum gender gender;  /* of "Mr.", "Queen" */
    const char *sectors; /* of "Gen.", "Sen."; NULL */
    bool is_former;
    uint32_t first; /* where the words before the name begin; NONE */
    struct givers givers;
};

/* The run of capitalised words around a token that is one name: false when it is none. */
bool name_run(const struct work *work, uint32_t token, uint32_t *first, uint32_t *end);

/* Whether something says that the run names a person: the names stage, the tree, a
 * title. */
bool is_person_run(const struct work *work, uint32_t first, uint32_t end);

/* The label of a known person that ends the run, or is all of it; NULL. */
const struct label *run_label(const struct work *work, uint32_t first, uint32_t end);

/* Registers everyone who is named in full anywhere in the document. */
void name_people(struct work *work);

/* The actor that the label (or the bare run when label is NULL) names; NONE. */
uint32_t resolve_person(struct work *work, const struct label *label, uint32_t first,
                        uint32_t end, const struct title *title);

/* ---- actor_giver.c ---- */

/* Who passes a country on to the chunk's noun, whose own words start at `before`. */
void gather_givers(struct work *work, struct chunk chunk, uint32_t before,
                   struct givers *givers);

/* Whether the word names a person, and no state. */
bool is_person_word(const struct work *work, uint32_t token);

/* The label of the word before, in the same sentence; NULL. */
const struct label *label_before(const struct work *work, uint32_t token);

/* ---- actor_office.c ---- */

/* The person who held the office that day: "the Kenyan president". NONE. */
uint32_t office_holder(struct work *work, uint32_t role, const struct giver *giver);

/* The one elected to the office that a role "...-elect" is named after; NONE. */
uint32_t elected_holder(struct work *work, uint32_t role, const struct giver *giver);

/* "A's predecessor"; false when the noun is no such word or nobody is known. */
bool resolve_relative_office(struct work *work, struct chunk chunk, struct found *found);

/* A name for several states at once: "the Koreas". */
bool resolve_members(struct work *work, uint32_t head, struct found *found);

/* ---- actor_noun.c ---- */

/* Adds the actor to the parties found, unless it is NONE or there are too many. */
bool add_party(struct found *found, uint32_t actor);

/* Resolves the noun phrase that a token heads, its dependents being resolved already. */
void resolve_noun(struct work *work, uint32_t head);

#endif
