/* place.h: private to the place stage: what a name of the gazetteer could be, and what
 * speaks for each reading. */
#ifndef STAGE_PLACE_H
#define STAGE_PLACE_H

#include "data/pack.h"
#include "data/who.h"
#include "doc/tree.h"

#define PLACE_MAX_CANDIDATES 48u
#define PLACE_MAX_COUNTRIES 96u /* different ones of a report that are counted */

/* What words around a name say. Bits. */
enum place_word {
    WORD_LOCATIVE = 1,
    WORD_DIRECTION = 2,
    WORD_MOTION = 4,
    WORD_DIVISION = 8,
    WORD_SETTLEMENT = 16,
    WORD_INSTITUTION = 32
};

enum place_kind {
    KIND_COUNTRY, KIND_CAPITAL, KIND_SEAT, KIND_CITY, KIND_TOWN, KIND_DIVISION,
    KIND_SPOT,  /* building, base, camp, crossing: a point */
    KIND_REGION /* all that is wider */
};

/* One row of the gazetteer or of the states. */
struct candidate {
    uint32_t row;
    enum place_kind kind;
    const char *name, *country, *admin1, *id; /* of the pack; "" when the row has none */
    double lat, lon, people;
    double score;
};

/* A name found in the text. */
struct toponym {
    uint32_t first, end; /* tokens; of a dateline equal */
    struct span span;
    uint32_t sentence;
    struct candidate chosen;
    bool is_sure; /* a country, or told with its container */
    bool is_government; /* seat of a government */
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
    const struct table *gazetteer, *states, *countries, *words;
    uint32_t gazetteer_number, states_number; /* of the tables in the phrase index */
    uint32_t names_column[2], state_columns[3];
    uint32_t place_columns[8];
    struct country_count countries_told[PLACE_MAX_COUNTRIES];
    uint32_t countries_count;
    const char *dateline_country; /* "" when unknown */
    ARRAY(struct toponym) found;
};

/* Bits of enum place_word for a folded word. */
unsigned place_word(const struct places *p, const char *word);

/* Candidates among the entries of a phrase: written with the capitals the text has.
 * is_upper: all of the text's letters are capitals. */
uint32_t place_candidates(const struct places *p, const struct phrase_hit *hit,
                          const char *text, uint32_t len, struct candidate *candidates,
                          uint32_t cap);

/* What the words around speak for. */
struct surroundings {
    const char *container; /* code of the country told right after; "" */
    const char *container_admin1; /* its name when the container is a division; "" */
    unsigned words;        /* WORD_DIVISION, WORD_SETTLEMENT, WORD_LOCATIVE */
    bool is_single;        /* one word */
    bool is_dateline;
};

/* Scores the candidates; index of the best, or NONE when none is likely enough to be
 * meant. */
uint32_t place_choose(const struct places *p, struct candidate *candidates,
                      uint32_t count, const struct surroundings *around);

#endif
