/* order.h: the stages by name, in the order in which they run. */
#ifndef ENGINE_ORDER_H
#define ENGINE_ORDER_H

#include "stage/stages.h"

#include <stddef.h>

/* Name of the at-th stage, NULL past the last. */
const char *order_name(size_t at);

/* Number of the stage of that name; SIZE_MAX when there is none. */
size_t order_find(const char *name);

/* Runs the stages 0..last on the document. A report in another language than English
 * stops after the first stage. */
enum outcome order_run(const struct pack *pack, struct doc *doc, size_t last,
                       struct fail *fail);

#endif
