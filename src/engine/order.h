/* order.h: the stages by name, in the order in which they run. */
#ifndef ENGINE_ORDER_H
#define ENGINE_ORDER_H

#include "stage/stages.h"

#include <stddef.h>

/* Name of the at-th stage, NULL past the last. */
const char *order_name(size_t at);

/* Number of the stage of that name; SIZE_MAX when there is none. */
size_t order_find(const char *name);

/* Runs the stages *next..last on the document; *next is then the one after. A report in
 * another language than English stops after the first stage: *next is past all. */
enum outcome order_run(const struct pack *pack, struct doc *doc, size_t *next,
                       size_t last, struct fail *fail);

#endif
