/* sketch.h: what is left of a text when only its words that carry meaning are looked at:
 * hashes of those words, cut to stems, and of pairs that follow each other. Rewriting
 * changes small words, endings and order; names, numbers and much of the rest stay. */
#ifndef SOURCE_SKETCH_H
#define SOURCE_SKETCH_H

#include "data/pack.h"
#include "doc/doc.h"

#define SKETCH_MOST 256
#define SKETCH_FACTS 96

/* The smallest hashes of each kind, ascending; all of them up to SKETCH_MOST. Facts are
 * numbers and words with a capital inside a sentence: a report of another event may have
 * all words but these. */
struct sketch {
    uint32_t words[SKETCH_MOST], pairs[SKETCH_MOST], facts[SKETCH_FACTS];
    uint32_t word_count, pair_count, fact_count;
};

/* Of the paragraphs of a document that was cleaned. FAIL_MEMORY. */
enum outcome sketch_make(const struct pack *pack, const struct doc *doc,
                         struct sketch *sketch, struct fail *fail);

#define SKETCH_BYTES (6 + 4 * (2 * SKETCH_MOST + SKETCH_FACTS))

/* As bytes that any machine reads back; returns how many. */
size_t sketch_write(const struct sketch *sketch, unsigned char bytes[SKETCH_BYTES]);
bool sketch_read(const void *bytes, size_t len, struct sketch *sketch);

struct hashes {
    const uint32_t *items;
    uint32_t count, most; /* most: how many were kept at best */
};

/* Share of the smaller set that both hold, 0 to 1, after MinHash with containment
 * (Broder 1997): both are cut at the lower of their highest hashes. *all is the size of
 * the smaller set there, and may be NULL. */
double sketch_shared(struct hashes one, struct hashes two, uint32_t *all);

#endif
