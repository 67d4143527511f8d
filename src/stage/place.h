/* place.h: private to the place stage: what a name of the gazetteer could be, and what
 * speaks for each reading.
 *
 *   words -> mentions, each of a sense -> senses weighed together -> doc.places
 *
 * A sense is a name of the gazetteer with all the places that bear it: it means one of
 * them throughout a report, but where a mention names its container ("Paris, Texas"). */
#ifndef STAGE_PLACE_H
#define STAGE_PLACE_H

#include "data/pack.h"
#include "data/who.h"
#include "doc/tree.h"

#define PLACE_MAX_CANDIDATES 16u /* of a name: the likeliest are kept */
#define PLACE_MAX_COUNTRIES 96u  /* different ones of a report that are counted */
#define PLACE_MAX_SENSES 4096u   /* more different names are not looked at */
#define PLACE_MAX_WORDS 8u       /* of a name */
#define PLACE_MAX_HITS 8u

/* What words around a name say. Bits. */
enum place_word {
    WORD_LOCATIVE = 1,
    WORD_DIRECTION = 2,
    WORD_MOTION = 4,
    WORD_DIVISION = 8,
    WORD_SETTLEMENT = 16,
    WORD_INSTITUTION = 32,
    WORD_AUTHORITY = 64, /* of a town or county: "Cleveland Police Department" */
    WORD_REGIONAL = 128, /* "northern Lebanon" */
    WORD_NATURE = 256,   /* "the Naf river" */
    WORD_BRAND = 512,    /* before a name: "Air France", "Police Scotland" */
    WORD_COMPASS = 1024  /* "a town north of Riyadh" */
};

enum place_kind {
    KIND_COUNTRY,
    KIND_CAPITAL,
    KIND_SEAT,
    KIND_CITY,
    KIND_TOWN,
    KIND_QUARTER,
    KIND_HOMONYM, /* a town whose name is a common word: "Reading" */
    KIND_DIVISION,
    KIND_COUNTY,
    KIND_SPOT,  /* building, base, camp, crossing: a point */
    KIND_REGION /* all that is wider */
};

/* One row of the gazetteer or of the states. */
struct candidate {
    uint32_t row;
    enum place_kind kind;
    bool is_minor;                                     /* of the second shelf */
    const char *name, *country, *admin1, *admin2, *id; /* of the pack; "" for none */
    double lat, lon, people;
    double point[3];            /* on the unit sphere */
    double prior, score, share; /* log10-like; share of the sense's readings, 0 to 1 */
    double support; /* what the names around it add to the score, before its cap */
};

struct sense {
    uint32_t phrase;       /* first entry of its phrase: tells senses apart */
    uint32_t first, count; /* into candidates */
    uint32_t best;         /* into candidates */
    const char *written;   /* the name as the gazetteer has it */
    bool names_person;     /* a person of the tables bears it too */
    bool names_body;       /* or a body, or an office */
    bool names_seat;       /* seat of a government */
};

/* A name found in the text. */
struct toponym {
    uint32_t first, end; /* tokens; of a dateline equal */
    struct span span;
    uint32_t sentence;
    uint32_t sense;
    /* into candidates; NONE until it is told by a container or weighed */
    uint32_t chosen;
    unsigned words; /* enum place_word around it */
    bool has_container, is_container, is_dateline;
    bool is_listed;      /* right after another name: "Athens, Logan and Marietta" */
    bool is_state;       /* names a state or its government for the actors */
    bool is_named_place; /* by the network */
    bool is_person_like; /* a person of the report bears it */
    bool may_be_person;  /* the network takes it for one, or persons are called so */
};

struct country_count {
    const char *code;
    uint32_t count;
};

struct places {
    struct doc *doc;
    const struct pack *pack;
    struct tree tree;
    struct who who;
    const struct table *first_shelf, *second_shelf, *states, *countries, *words;
    const struct table *abbreviations;
    uint32_t state_columns[3], country_columns[4];
    uint32_t shelf_columns[2][9];
    struct country_count countries_told[PLACE_MAX_COUNTRIES];
    uint32_t countries_count;
    const char *dateline_country, *site_country; /* "" when unknown */
    uint32_t dateline_sense, site_sense; /* the town that the site is named after; NONE */
    ARRAY(struct candidate) candidates;
    ARRAY(struct sense) senses;
    ARRAY(struct toponym) found;
    ARRAY(uint32_t) surnames; /* tokens that end a person's full name, by their words */
    uint32_t *times_named;    /* [actor] mentions by name */
    uint32_t *slots;          /* open addressing: a sense's number + 1 by its phrase */
};

/* Bits of enum place_word for a folded word. */
unsigned place_word(const struct places *p, const char *word);

static inline const struct token *place_token(const struct places *p, uint32_t at)
{
    return &p->doc->tokens.items[at];
}
/* Whether the token starts with a capital. */
bool place_is_upper(const struct places *p, uint32_t at);
/* Whether the token may be the short form of a state: the post's two letters are
 * capitals ("CO", but not "Co"). */
bool place_is_postal(const struct places *p, uint32_t at);

/* ---- place_choose.c ---- */

/* The sense of a phrase, made when it is new. NONE when no place bears it, when the
 * report names too many, or without memory (*failed). */
uint32_t place_sense(struct places *p, const struct phrase_hit *hit, bool *failed);

/* A row of the states as a candidate. */
void place_read_country(const struct places *p, uint32_t state, struct candidate *c);

/* "US" is no "us": whether a short name stands in the text with its capitals. */
bool place_agrees(const char *written, const char *text, uint32_t len);

/* Weighs the candidates of all senses against each other and sets each sense's best. */
void place_weigh(struct places *p);

/* The candidate of the sense that lies in the container; NONE. country, admin1 and
 * admin2 may be "". */
struct container {
    const char *country, *admin1, *admin2;
};
uint32_t place_within(const struct places *p, uint32_t sense,
                      const struct container *container);

/* How often the report tells of a country. */
uint32_t place_times_told(const struct places *p, const char *country);

/* Decides, before the weighing, what the words beside a name settle ("Columbus, Georgia")
 * and, after it, which kind they ask for ("the state of Washington"). */
void place_settle(struct places *p);

/* The names around it speak for the candidate. */
bool place_is_supported(const struct candidate *c);

/* ---- place_site.c ---- */

/* The country and the town that the report's site is named after. False without memory.
 */
bool place_read_site(struct places *p);

/* ---- place_context.c: how a name stands in its sentence ---- */

/* Words around tokens first..end-1 of a sentence. */
unsigned place_words_around(const struct places *p, uint32_t first, uint32_t end,
                            const struct sentence *s);

/* Whether capitals around it make it part of the name of something else. */
bool place_is_part(const struct places *p, uint32_t first, uint32_t end,
                   const struct sentence *s);

/* "the city of Idlib": the word before "of" tells the kind. */
unsigned place_kind_before(const struct places *p, uint32_t first,
                           const struct sentence *s);

/* "Georgia Lebanon, 34, of Athens": the last word of a person's name. */
bool place_is_aged(const struct places *p, const struct toponym *t,
                   const struct sentence *s);

/* Whether it stands for a government. */
bool place_is_acting(const struct places *p, const struct toponym *t,
                     const struct sentence *s);

/* ---- place_container.c: "Springfield, Clark County, Ohio" ---- */

/* The container told after the token `end`, and where it ends; false for none. */
bool place_container_after(const struct places *p, uint32_t end, const struct sentence *s,
                           struct container *container);

/* What an abbreviation stands for ("Ill.", "Ont."): a division of a sense of its own. */
uint32_t place_abbreviated(struct places *p, const char *norm, bool *failed);

/* The dateline's places. False without memory. */
bool place_read_dateline(struct places *p);

#endif
