/* store_query.c: asking a situation: filters, stories, order, conventions. */
#include "check.h"
#include "unit/store_fixture.h"

#include <string.h>

static long ask(struct sentosa_store *store, struct sentosa_query query)
{
    return count_found(store, &query);
}

TEST(parties_are_found_by_code_name_id_and_the_reports_words)
{
    struct told told;
    told_init(&told);
    told.actors[0].words.text = "Nairobi";
    struct sentosa_store *store = store_with(&(struct told *){&told}, 1);
    static const char *const names[] = {"KEN",   "ken",         "Kenya",
                                        "kenya", "state/kenya", "NAIROBI"};
    for (size_t i = 0; i < sizeof names / sizeof *names; i++)
        CHECK_INT(ask(store, (struct sentosa_query){.actor = names[i], .other = "ETH"}),
                  1);
    CHECK_INT(ask(store, (struct sentosa_query){.actor = "KEN", .other = "KEN"}), 0);
    CHECK_INT(ask(store, (struct sentosa_query){.actor = "SOM"}), 0);
    CHECK_INT(ask(store, (struct sentosa_query){.actor = "' OR 1=1 --"}), 0);
    sentosa_store_close(store);
}

TEST(what_touches_the_days_asked_for_is_found)
{
    struct told told;
    told_init(&told);
    told.date.start = "1977-07-01";
    told.date.end = "1978-03-15";
    struct sentosa_store *store = store_with(&(struct told *){&told}, 1);
    CHECK_INT(
        ask(store, (struct sentosa_query){.from = "1978-01-01", .to = "1979-01-01"}), 1);
    CHECK_INT(ask(store, (struct sentosa_query){.from = "1978-03-16"}), 0);
    CHECK_INT(ask(store, (struct sentosa_query){.to = "1977-06-30"}), 0);
    sentosa_store_close(store);
}

TEST(types_modes_statuses_and_confidence_filter)
{
    static const char *const visit[] = {"visit"};
    struct told told;
    told_init(&told);
    told.event.modes = visit;
    told.event.mode_count = 1;
    struct sentosa_store *store = store_with(&(struct told *){&told}, 1);
    CHECK_INT(ask(store, (struct sentosa_query){.types = "AID|consult"}), 1);
    CHECK_INT(ask(store, (struct sentosa_query){.types = "CONSULT/visit"}), 1);
    CHECK_INT(ask(store, (struct sentosa_query){.types = "CONSULT/phone"}), 0);
    CHECK_INT(ask(store, (struct sentosa_query){.types = "CONS"}), 0);
    CHECK_INT(ask(store, (struct sentosa_query){.statuses = "scheduled|actual"}), 1);
    CHECK_INT(ask(store, (struct sentosa_query){.statuses = "actual"}), 0);
    CHECK_INT(ask(store, (struct sentosa_query){.min_confidence = 0.75}), 1);
    CHECK_INT(ask(store, (struct sentosa_query){.min_confidence = 0.76}), 0);
    sentosa_store_close(store);
}

TEST(an_event_is_found_by_the_start_of_its_id)
{
    struct told told;
    told_init(&told);
    struct sentosa_store *store = store_with(&(struct told *){&told}, 1);
    CHECK_INT(ask(store, (struct sentosa_query){.id = "aaaa"}), 1);
    CHECK_INT(ask(store, (struct sentosa_query){.id = "aaab"}), 0);
    CHECK_INT(ask(store, (struct sentosa_query){.id = "aaa%"}), 0);
    sentosa_store_close(store);
}

/* A second report of the same meeting, a week later, when it took place. */
static void init_later(struct told *later)
{
    told_init(later);
    later->report.id = "report-2";
    later->report.digest = "d000000000000002";
    later->report.published = "2024-05-21";
    later->event.id = "bbbb000000000002";
    later->event.status = "actual";
}

TEST(two_reports_of_one_happening_are_one_story_and_the_newest_tells_it)
{
    struct told told, later;
    told_init(&told);
    init_later(&later);
    struct sentosa_store *store = store_with((struct told *[]){&told, &later}, 2);
    CHECK_INT(ask(store, (struct sentosa_query){.kinds = SENTOSA_EVENTS}), 1);
    CHECK_INT(ask(store, (struct sentosa_query){.statuses = "actual"}), 1);
    CHECK_INT(ask(store, (struct sentosa_query){.statuses = "scheduled"}), 0);
    CHECK_INT(ask(store, (struct sentosa_query){.is_told_apart = true}), 2);
    /* Before the second report it was still to come. */
    CHECK_INT(ask(store,
                  (struct sentosa_query){.statuses = "scheduled", .as_of = "2024-05-20"}),
              1);
    sentosa_store_close(store);
}

TEST(happenings_of_other_days_or_parties_stay_apart)
{
    struct told told, day, party, negated;
    told_init(&told);
    init_later(&day);
    day.date.start = day.date.end = "2024-05-27";
    init_later(&party);
    party.report.digest = "d000000000000003";
    party.actors[1].name = "Somalia";
    party.actors[1].code = "SOM";
    party.actors[1].id = "state/somalia";
    init_later(&negated);
    negated.report.digest = "d000000000000004";
    negated.event.status = "negated";
    negated.event.date = NULL;
    struct sentosa_store *store = store_with(
        (struct told *[]){&told, &day, &party, &negated}, 4);
    CHECK_INT(ask(store, (struct sentosa_query){.kinds = SENTOSA_EVENTS}), 4);
    sentosa_store_close(store);
}

TEST(the_other_person_of_a_country_makes_another_meeting)
{
    struct told told, later;
    told_init(&told);
    init_later(&later);
    told.actors[0].id = "person/jane-ouko";
    later.actors[0].id = "person/peter-ouko";
    struct sentosa_store *store = store_with((struct told *[]){&told, &later}, 2);
    CHECK_INT(ask(store, (struct sentosa_query){.kinds = SENTOSA_EVENTS}), 2);
    sentosa_store_close(store);
}

TEST(items_come_in_order_of_time_and_what_has_no_date_last)
{
    struct told told, undated;
    told_init(&told);
    init_later(&undated);
    undated.event.date = NULL;
    undated.event.type = "REQUEST";
    struct sentosa_store *store = store_with((struct told *[]){&undated, &told}, 2);
    struct sentosa_query query = {.kinds = SENTOSA_EVENTS | SENTOSA_RELATIONS};
    struct sentosa_cursor *cursor;
    const struct sentosa_item *item;
    static const char *const firsts[] = {"1963-12-12", "1963-12-12", "2024-05-20", NULL};
    if (!CHECK(!sentosa_store_ask(store, &query, &cursor, NULL)))
        return;
    for (size_t i = 0; i < 4; i++) {
        if (!CHECK(!sentosa_cursor_next(cursor, &item, NULL)))
            break;
        CHECK_TEXT(item->first, firsts[i]);
    }
    sentosa_cursor_free(cursor);
    sentosa_store_close(store);
}

TEST(actors_are_counted_with_the_words_for_them)
{
    struct told told, later;
    told_init(&told);
    init_later(&later);
    later.actors[0].words.text = "Nairobi";
    struct sentosa_store *store = store_with((struct told *[]){&told, &later}, 2);
    struct sentosa_query query = {.actor = "KEN"};
    struct sentosa_actors *actors;
    const struct sentosa_actor *actor;
    if (!CHECK(!sentosa_store_actors(store, &query, &actors, NULL)))
        return;
    if (CHECK(!sentosa_actors_next(actors, &actor, NULL))) {
        CHECK_TEXT(actor->id, "state/kenya");
        CHECK_INT(actor->events, 2);
        CHECK_INT(actor->positions, 2);
        CHECK_INT(actor->called_count, 2);
        CHECK_TEXT(actor->called[0], "Kenya");
        CHECK_TEXT(actor->first, "2024-05-13");
        CHECK_TEXT(actor->last, "2024-05-21");
    }
    if (CHECK(!sentosa_actors_next(actors, &actor, NULL))) {
        CHECK_TEXT(actor->id, "org/kenya-army");
        CHECK_INT(actor->events, 0);
        CHECK(actor->voices > 0);
    }
    CHECK_INT(sentosa_actors_next(actors, &actor, NULL), SENTOSA_END);
    sentosa_actors_free(actors);
    sentosa_store_close(store);
}

TEST(plovers_convention_names_acts_to_come_after_what_is_said_of_them)
{
    static const struct {
        const char *type, *status, *coded;
    } rows[] = {{"CONSULT", "scheduled", "AGREE"},    {"CONSULT", "actual", "CONSULT"},
                {"SUPPORT", "intended", "AGREE"},     {"RETREAT", "expected", "CONCEDE"},
                {"MOBILIZE", "intended", "THREATEN"}, {"ASSAULT", "negated", NULL},
                {"REQUEST", "expected", "REQUEST"},   {"AID", "actual", NULL},
                {"SANCTION", "possible", NULL}};
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        struct sentosa_event event = {.type = rows[i].type, .status = rows[i].status};
        CHECK_TEXT(sentosa_code(&event, SENTOSA_PLOVER).type, rows[i].coded);
        CHECK_TEXT(sentosa_code(&event, SENTOSA_INTERNAL).type, rows[i].type);
    }
}

TEST(csv_quotes_what_needs_quoting_and_tsv_keeps_to_one_line)
{
    struct told told;
    told_init(&told);
    told.report.title = "Talks, \"set\"\tnow";
    struct sentosa_item item = {.report = &told.report, .event = &told.event};
    struct sentosa_export csv = {.format = SENTOSA_CSV}, tsv = {.format = SENTOSA_TSV};
    char *line = sentosa_export_event(&csv, &item);
    CHECK(line && strstr(line, ",\"Talks, \"\"set\"\"\tnow\",CONSULT,"));
    sentosa_free(line);
    line = sentosa_export_event(&tsv, &item);
    CHECK(line && strstr(line, "\tTalks, \"set\" now\tCONSULT\t"));
    sentosa_free(line);
}
