/* changes.h: what a version of a report changed, for people. */
#ifndef CLI_CHANGES_H
#define CLI_CHANGES_H

#include "sentosa_store.h"

#include <stdio.h>

/* "3 paragraphs changed, 0 added, 1 cut", and where numbers changed "; 14 -> 17". */
void changes_sum(FILE *to, const struct sentosa_changes *changes);

/* That line, under what it is a version of, and the paragraphs. */
void changes_print(const struct sentosa_changes *changes);

#endif
