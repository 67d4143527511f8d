/* twin_test.c: reports that tell what another told, on pairs that test/twins/make makes
 * of invented stories. SENTOSA_TWINS=1 prints the pairs that are told wrongly. */
#define _POSIX_C_SOURCE 200809L
#include "check.h"
#include "source/twin.h"
#include "stage/stages.h"
#include "test/unit/text_fixture.h"

#include <jansson.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static bool sketch_of(const char *text, struct sketch *sketch)
{
    struct doc doc;
    struct fail fail;
    if (!fixture_clean(text, NULL, &doc))
        return false;
    bool is_made = CHECK_INT(sketch_make(fixture_pack(), &doc, sketch, &fail), OK);
    doc_free(&doc);
    return is_made;
}

/* What the second text is to the first. */
static enum twin_kind kind_of(const char *one, const char *two)
{
    struct sketch first, second;
    struct twins *twins = twins_open(1 << 20);
    enum twin_kind kind = TWIN_NONE;
    if (CHECK(twins != NULL) && sketch_of(one, &first) && sketch_of(two, &second)) {
        twins_meet(twins, &first, 1, 1, DAY_NONE);
        kind = twins_meet(twins, &second, 2, 2, DAY_NONE).kind;
    }
    twins_close(twins);
    return kind;
}

struct tally {
    size_t right, wrong, missed; /* of those that are twins */
};

static void read_pairs(const char *command, struct tally *tally)
{
    FILE *pairs = popen(command, "r");
    char *line = NULL;
    size_t cap = 0;
    bool is_shown = getenv("SENTOSA_TWINS") != NULL;
    if (!CHECK(pairs != NULL))
        return;
    while (getline(&line, &cap, pairs) > 0) {
        json_t *pair = json_loads(line, 0, NULL);
        const char *one = json_string_value(json_object_get(pair, "one"));
        const char *two = json_string_value(json_object_get(pair, "two"));
        const char *kind = json_string_value(json_object_get(pair, "kind"));
        bool is_twin = json_integer_value(json_object_get(pair, "label")) == 1;
        if (!CHECK(one && two && kind)) {
            json_decref(pair);
            break;
        }
        enum twin_kind got = kind_of(one, two);
        tally->right += got && is_twin;
        tally->wrong += got && !is_twin;
        tally->missed += !got && is_twin;
        if (is_shown && (got != TWIN_NONE) != is_twin)
            printf("%s, read as \"%s\"\n--\n%s\n--\n%s\n====\n", kind, twin_name(got),
                   one, two);
        json_decref(pair);
    }
    free(line);
    pclose(pairs);
}

TEST(twins_are_found_among_five_hundred_pairs)
{
    struct tally tally = {0};
    if (system("command -v python3 >/dev/null")) {
        check_skip("there is no python3");
        return;
    }
    const char *command = getenv("SENTOSA_TWINS");
    read_pairs(command && *command == 't' ? command : "test/twins/make 500 11", &tally);
    double found = (double)(tally.right + tally.wrong);
    double there = (double)(tally.right + tally.missed);
    if (getenv("SENTOSA_TWINS"))
        printf("%zu right, %zu wrong, %zu missed: P %.3f R %.3f\n", tally.right,
               tally.wrong, tally.missed, (double)tally.right / found,
               (double)tally.right / there);
    CHECK_INT(tally.right + tally.missed, 250);
    CHECK((double)tally.right >= 0.98 * found);
    CHECK((double)tally.right >= 0.9 * there);
}

TEST(memory_is_bounded_and_the_newest_reports_are_known)
{
    struct twins *twins = twins_open(1 << 20);
    struct sketch first, sketch;
    if (!CHECK(twins != NULL))
        return;
    char text[600];
    for (int i = 0; i < 3000; i++) {
        size_t used = 0;
        for (int w = 0; w < 40; w++)
            used += (size_t)snprintf(text + used, sizeof text - used, "w%dx%d ", i, w);
        if (!sketch_of(text, i ? &sketch : &first))
            break;
        struct sketch *now = i ? &sketch : &first;
        uint64_t number = (uint64_t)i + 1;
        CHECK_INT(twins_meet(twins, now, number, 0, DAY_NONE).kind, TWIN_NONE);
    }
    struct twin twin = twins_meet(twins, &sketch, 3001, 0, DAY_NONE);
    CHECK_INT(twin.kind, TWIN_COPY);
    CHECK_INT(twin.first, 3000);
    CHECK_INT(twins_meet(twins, &first, 3002, 0, DAY_NONE).kind, TWIN_NONE);
    twins_close(twins);
}
