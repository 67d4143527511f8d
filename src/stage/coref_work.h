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
};

/* What stands between quotation marks. */
struct quote {
    uint32_t first, range;
    struct set speaker; /* count 0: not known */
    bool is_said;       /* a verb of saying names the speaker */
    bool goes_on;       /* the paragraph before ends in one that was not closed */
};

/* What an anaphor asks of its antecedent. */
enum want { WANT_MAN, WANT_WOMAN, WANT_THING, WANT_MANY };

struct coref {
    struct doc *doc;
    struct who who;
    uint32_t *mention_at;  /* [token] mention it heads, NONE */
    uint32_t *times_named; /* [actor] mentions so far */
    uint32_t actor_room;   /* length of times_named */
    ARRAY(struct entry) scene;
    ARRAY(struct mention) fresh; /* mentions found here; added at the end */
    ARRAY(struct quote) quotes;
    uint32_t *quote_of;     /* [token] quote it stands in, NONE */
    ARRAY(uint32_t) spoken; /* tokens "I", "we" in quotes */
    uint32_t sentence;      /* the one being read */
    bool is_out_of_memory;
};

/* ---- coref.c ---- */

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

/* ---- coref_noun.c ---- */

/* A party word owned by a pronoun takes its owner's country: "his brother". */
void resolve_owned(struct coref *coref, uint32_t token);

/* The actor of a state by code, added to the document when it is not there; NONE. */
uint32_t state_actor(struct coref *coref, const char *code);

#endif
