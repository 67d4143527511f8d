/* clean.h: the first stage of reading (see stage/stages.h, which lists it with the
 * others). */
#ifndef SOURCE_CLEAN_H
#define SOURCE_CLEAN_H

#include "data/pack.h"
#include "doc/doc.h"

/* Fills ranges and what the report says of itself. Ranges that a source gave are kept;
 * only their paragraphs are looked at again. */
enum outcome clean_run(const struct pack *pack, struct doc *doc, struct fail *fail);

#endif
