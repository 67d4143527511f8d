/* parse_lemma.h: the lemma of a token, where the network's needs mending. */
#ifndef STAGE_PARSE_LEMMA_H
#define STAGE_PARSE_LEMMA_H

#include "data/lexicon.h"
#include "doc/doc.h"

#define MAX_PARTICLES 16

struct lemmas {
    struct lexicon lexicon;
    const struct table *forms, *suffixes;
    const char *particles[MAX_PARTICLES];
    uint32_t particle_count;
};

void lemmas_open(struct lemmas *lemmas, const struct pack *pack);

/* The lemma for a folded form: that of an irregular form, else `guess` when the lexicon
 * knows it, else a regular reading that the lexicon knows, else `guess`. May point into
 * scratch. */
const char *lemma_mend(const struct lemmas *lemmas, enum upos upos, const char *norm,
                       const char *guess, char scratch[64]);

#endif
