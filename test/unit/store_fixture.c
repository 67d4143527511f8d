/* store_fixture.c: small situations for the store's tests, made by hand. */
#include "unit/store_fixture.h"

#include "check.h"

#include <string.h>

static const char body[] =
    "Kenya and Ethiopia will meet in Moyale on May 20, Kenya's army said.";
static const char *const state_sectors[] = {"GOV"};
static const char *const diplomatic[] = {"diplomatic"};

static struct sentosa_evidence words_of(uint32_t start, uint32_t end, const char *text)
{
    return (struct sentosa_evidence){"body", {start, end}, text};
}

static struct sentosa_party state(const char *name, const char *code, const char *id,
                                  struct sentosa_evidence words)
{
    return (struct sentosa_party){.name = name,
                                  .code = code,
                                  .sectors = state_sectors,
                                  .sector_count = 1,
                                  .id = id,
                                  .code_from = "actor",
                                  .words = words};
}

static void init_event(struct told *told)
{
    told->voice = (struct sentosa_voice){.name = "Kenya's army",
                                         .code = "KEN",
                                         .id = "org/kenya-army",
                                         .verb = "say",
                                         .words = words_of(50, 67, "Kenya's army said")};
    told->telling = (struct sentosa_telling){.sentence = words_of(0, 68, body),
                                             .anchor = {24, 28},
                                             .status = "scheduled",
                                             .voices = &told->voice,
                                             .voice_count = 1};
    told->event = (struct sentosa_event){.id = "aaaa000000000001",
                                         .type = "CONSULT",
                                         .rule = "CONSULT/meet",
                                         .cameo = "040",
                                         .quad = "verbal cooperation",
                                         .status = "scheduled",
                                         .contexts = diplomatic,
                                         .context_count = 1,
                                         .score = 2.5,
                                         .actors = told->actors,
                                         .actor_count = 2,
                                         .voices = &told->voice,
                                         .voice_count = 1,
                                         .date = &told->date,
                                         .dead = -1,
                                         .injured = -1,
                                         .crowd = -1,
                                         .sentence = words_of(0, 68, body),
                                         .anchor = {24, 28},
                                         .confidence = 0.75,
                                         .tellings = &told->telling,
                                         .telling_count = 1};
}

void told_init(struct told *told)
{
    memset(told, 0, sizeof *told);
    told->report = (struct sentosa_report){.id = "report-1",
                                           .title = "Border talks set",
                                           .source = "Moyale Post",
                                           .published = "2024-05-13",
                                           .digest = "d000000000000001",
                                           .language = "en",
                                           .body = body,
                                           .is_coded = true};
    told->actors[0] = state("Kenya", "KEN", "state/kenya", words_of(0, 5, "Kenya"));
    told->actors[1] = state("Ethiopia", "ETH", "state/ethiopia",
                            words_of(10, 18, "Ethiopia"));
    told->date = (struct sentosa_date){.start = "2024-05-20",
                                       .end = "2024-05-20",
                                       .granularity = "day",
                                       .words = words_of(42, 48, "May 20")};
    init_event(told);
    told->position = (struct sentosa_position){.holder = &told->actors[0],
                                               .towards = &told->actors[1],
                                               .stance = "wants",
                                               .issue = "meeting",
                                               .content = "meet in Moyale",
                                               .deadline = &told->date,
                                               .status = "actual",
                                               .sentence = words_of(0, 68, body)};
    told->relation = (struct sentosa_relation){.parties = told->actors,
                                               .party_count = 2,
                                               .kind = "ties",
                                               .from = "1963-12-12",
                                               .sentence = words_of(0, 68, body)};
    told->events[0] = &told->event;
    told->positions[0] = &told->position;
    told->relations[0] = &told->relation;
    told->result = (struct sentosa_result){.report = &told->report,
                                           .events = told->events,
                                           .event_count = 1,
                                           .positions = told->positions,
                                           .position_count = 1,
                                           .relations = told->relations,
                                           .relation_count = 1,
                                           .pack = "feedfacefeedface"};
}

struct sentosa_store *store_with(struct told *const *told, size_t count)
{
    struct sentosa_store *store;
    struct sentosa_error error = {""};
    if (!CHECK(!sentosa_store_open(":memory:", SENTOSA_STORE_WRITE, &store, &error)))
        return NULL;
    for (size_t i = 0; i < count; i++)
        CHECK_INT(sentosa_store_add_result(store, &told[i]->result, NULL, &error),
                  SENTOSA_OK);
    CHECK_INT(sentosa_store_commit(store, &error), SENTOSA_OK);
    CHECK_TEXT(error.message, "");
    return store;
}

long count_found(struct sentosa_store *store, const struct sentosa_query *query)
{
    struct sentosa_cursor *cursor;
    struct sentosa_error error = {""};
    const struct sentosa_item *item;
    long count = 0;
    if (sentosa_store_ask(store, query, &cursor, &error)) {
        CHECK_TEXT(error.message, "");
        return -1;
    }
    enum sentosa_outcome outcome;
    while (!(outcome = sentosa_cursor_next(cursor, &item, &error)))
        count++;
    CHECK_INT(outcome, SENTOSA_END);
    CHECK_TEXT(error.message, "");
    sentosa_cursor_free(cursor);
    return count;
}
