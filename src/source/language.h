/* language.h: which language a text is in, by its commonest small words and its
 * script. */
#ifndef SOURCE_LANGUAGE_H
#define SOURCE_LANGUAGE_H

#include "data/pack.h"

/* ISO 639-1 code, in the pack; NULL when undecided (few words, no clear winner). Reads at
 * most the first 8,000 bytes. */
const char *language_of(const struct pack *pack, const char *text, size_t len);

#endif
