/* coref_work.h: what the files of the coreference stage share while they read one
 * document. Private to coref*.c.
 *
 * The text is walked once from left to right. Everything that can be pointed back at
 * is an entry of the scene: parties, sets of parties ("A and B"), and nouns that are
 * no party, which only stand in the way. An anaphor looks back over a bounded number
 * of entries. */
#ifndef STAGE_COREF_WORK_H
#define STAGE_COREF_WORK_H

#include "data/who.h"
#include "doc/doc.h"
#include "doc/tree.h"

#define MAX_SET 8

struct set {
    uint32_t actors[MAX_SET];
    uint32_t count;
};

struct entry {
    uint32_t token;
    uint32_t sentence;
    struct set set; /* count 0: a noun that is no party */
    enum number number;
    int salience; /* by grammatical role and kind of words; higher is likelier */
    bool is_pronoun;
    bool is_joined; /* several, joined by "and" or by "with" */
    bool is_visit;  /* "A visited the capital of B": B may be no more than where */
};

/* What stands between quotation marks. */
struct quote {
    uint32_t first, range;
    struct set speaker; /* count 0: not known */
    bool is_said;       /* a verb of saying names the speaker */
    bool is_turn;       /* of an interview, opened by a label */
    bool goes_on;       /* the paragraph before ends in one that was not closed */
};

/* What an anaphor asks of its antecedent. */
enum want { WANT_MAN, WANT_WOMAN, WANT_THING, WANT_MANY };

/* What may be true of a pronoun and an entry; each has its weight in antecedents.tsv. */
enum trait {
    TRAIT_SENTENCE_0,
    TRAIT_SENTENCE_1,
    TRAIT_SENTENCE_2,
    TRAIT_SENTENCE_3,
    TRAIT_NEAREST,
    TRAIT_SECOND,
    TRAIT_SUBJECT,
    TRAIT_OBJECT,
    TRAIT_OBLIQUE,
    TRAIT_OWNER,
    TRAIT_MODIFIER,
    TRAIT_ROOT,
    TRAIT_MAIN_CLAUSE,
    TRAIT_SAME_ROLE,
    TRAIT_BOTH_SUBJECTS,
    TRAIT_SUBJECT_ABOVE,
    TRAIT_SAYER,
    TRAIT_OWN_SUBJECT,
    TRAIT_PRONOUN,
    TRAIT_NAMED,
    TRAIT_MOST_NAMED,
    TRAIT_NO_PARTY,
    TRAIT_OWNING_NO_PARTY,
    TRAIT_STATE,
    TRAIT_ORGANISATION,
    TRAIT_GROUP,
    TRAIT_GENERIC,
    TRAIT_NO_GENDER,
    TRAIT_ONE_OF_MANY,
    TRAIT_JOINED,
    TRAIT_QUOTED_APART,
    TRAIT_NOBODY, /* of a pronoun that means no entry */
    TRAIT_COUNT
};

#define MAX_RANKED 4096 /* actors looked through for the one named most */

/* A pronoun while its antecedent is looked for. */
struct asked {
    uint32_t pronoun;
    enum want want;
    enum deprel role;
    uint32_t doer, sayer; /* tokens; NONE */
    uint32_t most_named;  /* actor; NONE */
    uint32_t looked;      /* entries that fit, so far */
};

struct coref {
    struct doc *doc;
    struct who who;
    int weights[TRAIT_COUNT][3]; /* for a person, a thing, several */
    uint32_t *mention_at;        /* [token] mention it heads, NONE */
    uint32_t *times_named;       /* [actor] mentions so far */
    uint32_t actor_room;         /* length of times_named */
    ARRAY(struct entry) scene;
    ARRAY(struct mention) fresh; /* mentions found here; added at the end */
    ARRAY(struct quote) quotes;
    uint32_t *quote_of;     /* [token] quote it stands in, NONE */
    ARRAY(uint32_t) spoken; /* tokens "I", "we" in quotes */
    uint32_t turns;         /* labels of an interview so far */
    uint32_t sentence;      /* the one being read */
    bool is_out_of_memory;
};

/* ---- coref.c ---- */

static inline const struct token *token_at(const struct doc *doc, uint32_t token)
{
    return &doc->tokens.items[token];
}

static inline const struct actor *actor_of(const struct coref *coref, uint32_t actor)
{
    return &coref->doc->actors.items[actor];
}

/* Records that the token stands for the set: changes its mention or makes one. */
void coref_bind(struct coref *coref, uint32_t token, const struct set *set,
                const char *rule, enum mention_kind kind);

/* ---- coref_scene.c ---- */

void scene_add(struct coref *coref, uint32_t token, const struct set *set,
               bool is_pronoun);

/* Sets that end at this token: "A and B", "A met with B". */
void scene_add_sets(struct coref *coref, uint32_t token);

/* The parties that the token stands for so far; count 0 when none. */
struct set scene_parties(const struct coref *coref, uint32_t token);
void set_join(struct set *set, const struct set *other);
bool set_equal(const struct set *a, const struct set *b);

/* The first of the words that "and" joins, where the token is one of them; else
 * itself. */
uint32_t first_conjunct(const struct doc *doc, uint32_t token);

/* The relation by which a token hangs in its clause: conjuncts hang as the first of
 * them. */
enum deprel role_of(const struct doc *doc, uint32_t token);
uint32_t governor_of(const struct doc *doc, uint32_t token);
bool is_subject(enum deprel deprel);

/* Whether the two are parties to one act, so that they are not the same: "A invaded the
 * country". */
bool is_beside(const struct coref *coref, const struct entry *entry, uint32_t token);

/* The same for a description, whose doer may be understood: "A vowed to invade it". */
bool is_other_party(const struct coref *coref, const struct entry *entry, uint32_t token);
bool is_argument(enum deprel deprel);

/* The subject of a verb, NONE; climbs from a conjoined or open clause to the one that
 * has it. */
uint32_t subject_of(const struct doc *doc, uint32_t verb);

/* ---- coref_pronoun.c ---- */

/* Who does what the clause says that the token stands in: its subject, or the one
 * understood from the clause above ("urged A to leave": A). NONE when it is the token. */
uint32_t doer_of(const struct doc *doc, uint32_t token);

/* "He warned them": not he himself, whatever he is called before. */
bool is_doer(const struct coref *coref, const struct entry *entry, uint32_t doer);

/* Resolves a pronoun or leaves it; adds it to the scene. */
void resolve_pronoun(struct coref *coref, uint32_t token);

/* ---- coref_rank.c ---- */

/* Reads the weights; a pack without the table has none. */
void rank_open(struct coref *coref, const struct pack *pack);
struct asked rank_ask(const struct coref *coref, uint32_t pronoun, enum want want);

/* In hundredths of the logarithm of the odds. */
int rank_points(const struct coref *coref, const struct entry *entry,
                const struct asked *asked);

/* What the best must reach to be meant at all. */
int rank_nobody(const struct coref *coref, const struct asked *asked);

/* ---- coref_quote.c ---- */

/* Marks what stands in quotes: quotes, quote_of. */
void find_quotes(struct coref *coref);

/* Finds who speaks in the quotes of the sentence being read, whose other words have been
 * read. */
void find_speakers(struct coref *coref);

/* Binds "I" and "we" in quotes, once all sentences have been read. */
void bind_speakers(struct coref *coref);

/* Whether the set is who speaks where the token stands: then "he" is somebody else. */
bool is_quoting(const struct coref *coref, uint32_t token, const struct set *set);

/* ---- coref_noun.c ---- */

/* What the words before a noun say of it. */
struct frame {
    bool is_definite, is_indefinite;
    bool is_owned;     /* has a possessor */
    bool is_described; /* has an adjective or a noun before it */
    bool is_counted;   /* has a number */
    bool is_former;
    bool is_other;  /* "the other", "the neighbouring": points at somebody new */
    uint32_t count; /* "two", "both": how many; 0 not said */
};
struct frame read_frame(const struct coref *coref, uint32_t token);

/* Resolves a definite description ("the two leaders", "the group"). False: it is none. */
bool resolve_description(struct coref *coref, uint32_t token);

/* ---- coref_described.c ---- */

/* Whether the person is known in this report or to the tables to hold the office that
 * the word names: "the president", "the minister". */
bool bears_role(const struct coref *coref, const struct actor *actor, const char *word);

/* "The Tuareg rebels" may be the group that was named, "the Kenyan army" is itself. */
bool is_band(const struct actor *actor);

/* Resolves a noun by what it says of someone spoken of before: an office, a trade, a
 * nationality, the kind of body, or the noun itself. False: nobody fits, or two do. */
bool resolve_described(struct coref *coref, uint32_t token, const struct frame *frame);

/* "She is the minister": the noun is its subject. False: it is none of anybody known. */
bool resolve_predicate(struct coref *coref, uint32_t token);

/* "His wife", after "his wife, Jane Roe". False: nobody was named so. */
bool resolve_belonging(struct coref *coref, uint32_t token, const struct frame *frame);

/* ---- coref_noun.c ---- */

/* A party word owned by a pronoun takes its owner's country: "his brother". */
void resolve_owned(struct coref *coref, uint32_t token);

/* The actor of a state by code, added to the document when it is not there; NONE. */
uint32_t state_actor(struct coref *coref, const char *code);

/* What the noun describes: "state", "city state", "person", "side", "organisation";
 * NULL when it is none. */
const char *description_of(const struct coref *coref, uint32_t token, bool *is_compound);

/* The actor that the noun names when it is the owner's: "Kenya's minister". The owner has
 * a code; both are copies, since the actors move. NONE when there is no memory. */
uint32_t owned_actor(struct coref *coref, const struct actor *noun, const char *word,
                     const struct actor *owner);

/* ---- coref_several.c ---- */

/* "The two leaders": those of the kind who were spoken of together; count 0: not said how
 * many. */
bool resolve_several(struct coref *coref, uint32_t token, const char *kind,
                     uint32_t count);

/* A definite number of people or sides who were spoken of together. */
bool resolve_counted(struct coref *coref, uint32_t token, uint32_t count);

/* Whether the mention of the token came about by that rule. */
bool is_named_by(const struct coref *coref, uint32_t token, const char *rule);

#endif
