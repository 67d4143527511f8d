/* who_check.h: whether the actor tables hold together: dates, codes, order, terms of
 * office. */
#ifndef DATA_WHO_CHECK_H
#define DATA_WHO_CHECK_H

#include "data/who.h"

#include <stddef.h>

/* Called with "FILE:LINE: what is wrong"; message is the caller's to copy. */
typedef void who_complaint(void *context, const char *message);

/* Complains of every line that
 *   - has a date that does not exist, or ends before it begins;
 *   - names a code, a person, a role or a sector that no table knows;
 *   - stands out of order or twice;
 *   - gives one office of one party to two persons at once (the offices that only one
 *     holds are those of class sole_office in anaphors.tsv; a day known to the month or
 *     the year counts as the day that overlaps least).
 * Returns how many; -1 when memory is short. */
long who_check(const struct who *who, who_complaint *complain, void *context);

#endif
