/* author.h: the names in a byline or an author field. */
#ifndef SOURCE_AUTHOR_H
#define SOURCE_AUTHOR_H

#include "source/marks.h"

/* "By Jane Roe and John Doe, Staff Writers" gives "Jane Roe|John Doe", in the arena; NULL
 * when no name is there. The site's own name, agencies, addresses and what holds digits
 * are no authors. site may be NULL. */
const char *authors_read(const struct mark_words *marks, struct arena *arena,
                         const char *text, size_t len, const char *site);

/* Whether a line has a byline's label before a name: "Oct. 24, 2022 - by Jane Roe". */
bool authors_labelled(const struct mark_words *marks, const char *text, size_t len);

/* Whether a line holds a person's name and nothing else but more names, offices, a day,
 * how long since: "Jane Roe | 12 March 2019". The name begins with a known given name. */
bool authors_alone(const struct mark_words *marks, const char *text, size_t len);

#endif
