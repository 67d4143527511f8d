/* store_fixture.h: small situations for the store's tests, made by hand. */
#ifndef TEST_STORE_FIXTURE_H
#define TEST_STORE_FIXTURE_H

#include "sentosa_store.h"

/* A report of one sentence, with one event, position and relation about it. */
struct told {
    struct sentosa_report report;
    struct sentosa_party actors[2], recipients[1];
    struct sentosa_date date;
    struct sentosa_voice voice;
    struct sentosa_telling telling;
    struct sentosa_event event;
    struct sentosa_position position;
    struct sentosa_relation relation;
    const struct sentosa_event *events[1];
    const struct sentosa_position *positions[1];
    const struct sentosa_relation *relations[1];
    struct sentosa_result result;
};

/* Kenya and Ethiopia to meet on 2024-05-20, told on 2024-05-13. What a test changes it
 * sets. */
void told_init(struct told *told);

/* Adds it to a new situation in memory, checking that it works; NULL when it does not. */
struct sentosa_store *store_with(struct told *const *told, size_t count);

/* How many items a query finds; -1 when asking fails. */
long count_found(struct sentosa_store *store, const struct sentosa_query *query);

#endif
