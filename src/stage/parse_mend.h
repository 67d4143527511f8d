/* parse_mend.h: mends the trees that the engine made where words know better.
 *
 * A tree that gives a word a role that its head cannot govern is wrong: a verb has no
 * relative clause, "urged them to go" is not about people who go. What heads govern
 * stands in embeddings.tsv and grammar.tsv. Trees that were given are left alone. */
#ifndef STAGE_PARSE_MEND_H
#define STAGE_PARSE_MEND_H

#include "data/pack.h"
#include "doc/doc.h"

/* Heads and relations of all tokens; linear in them. */
enum outcome parse_mend(const struct pack *pack, struct doc *doc, struct fail *fail);

#endif
