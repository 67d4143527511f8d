/* export.h: the ways an event is written out; sentosa_export_event chooses among them. */
#ifndef STORE_EXPORT_H
#define STORE_EXPORT_H

#include "sentosa_store.h"

/* Lines without newline; NULL without memory; the caller frees them. */
char *export_line(const struct sentosa_item *item, const struct sentosa_coding *coding,
                  enum sentosa_convention convention);
char *row_header(const struct sentosa_export *how);
char *row_event(const struct sentosa_export *how, const struct sentosa_item *item,
                const struct sentosa_coding *coding);

#endif
