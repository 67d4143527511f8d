/* text_fixture.h: the built pack, and documents made of a few words. */
#ifndef TEST_TEXT_FIXTURE_H
#define TEST_TEXT_FIXTURE_H

#include "data/pack.h"
#include "doc/doc.h"

/* The pack that was built beside the tests; opened once. */
const struct pack *fixture_pack(void);

/* Text through the clean stage; day is the caller's default or NULL. False after a failed
 * check. */
bool fixture_clean(const char *text, const char *day, struct doc *doc);
bool fixture_clean_titled(const char *title, const char *text, struct doc *doc);

/* Sentences joined by " | ", tokens by a blank, a clitic by "+"; malloc'd. */
char *fixture_sentences(const char *text);
char *fixture_tokens(const char *text);

#endif
