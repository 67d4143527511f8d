/* actors.c: `sentosa actors`: the parties of a situation, what they were called and
 * how often. */
#include "cli/query.h"

static const char usage[] = "usage: sentosa actors --db FILE [OPTION]...";

static const struct table_column columns[] = {
    {"NAME", false, false},  {"CODE", false, false},       {"SECTOR", false, false},
    {"CALLED", false, true}, {"EVENTS", true, false},      {"POSITIONS", true, false},
    {"SAYS", true, false},   {"FIRST SEEN", false, false}, {"LAST SEEN", false, false},
    {"ID", false, false}};

static bool add_row(struct table *table, const struct sentosa_actor *actor)
{
    struct text called = {.len = 0};
    char events[24], positions[24], voices[24];
    for (size_t i = 0; i < actor->called_count; i++) {
        char count[32];
        text_add(&called, i ? "; " : "");
        text_add(&called, actor->called[i]);
        snprintf(count, sizeof count, " (%zu)", actor->called_counts[i]);
        text_add(&called, count);
    }
    snprintf(events, sizeof events, "%zu", actor->events);
    snprintf(positions, sizeof positions, "%zu", actor->positions);
    snprintf(voices, sizeof voices, "%zu", actor->voices);
    const struct table_cell cells[] = {
        {actor->name, TONE_BOLD},
        {actor->code, TONE_PLAIN},
        {actor->sector_count ? actor->sectors[0] : NULL, TONE_PLAIN},
        {called.bytes, TONE_PLAIN},
        {events, TONE_PLAIN},
        {positions, TONE_PLAIN},
        {voices, TONE_PLAIN},
        {actor->first, TONE_PLAIN},
        {actor->last, TONE_PLAIN},
        {actor->id, TONE_FAINT}};
    return table_add(table, cells);
}

static bool give_actor(struct table *table, const struct sentosa_actor *actor)
{
    return table ? add_row(table, actor) : print_line(sentosa_actor_json(actor));
}

static int list(struct ask *ask, struct table *table)
{
    struct sentosa_actors *actors;
    struct sentosa_error error = {"no memory left"};
    const struct sentosa_actor *actor;
    if (sentosa_store_actors(ask->store, &ask->query, &actors, &error))
        return ask_fail(&error);
    size_t found = 0;
    bool has_memory = true;
    enum sentosa_outcome outcome = SENTOSA_OK;
    while (has_memory && !(outcome = sentosa_actors_next(actors, &actor, &error))) {
        has_memory = give_actor(table, actor);
        found++;
    }
    sentosa_actors_free(actors);
    if (outcome != SENTOSA_END)
        return ask_fail(&error);
    if (table && found)
        table_print(table, stdout, ask->width, ask->has_colour);
    return found ? EXIT_OK : EXIT_NOTHING;
}

int actors_command(int count, char **args)
{
    struct ask ask = {.usage = usage, .takes = ASKS_DATES | ASKS_ACTOR};
    int code = ask_begin(&ask, count, args);
    if (!ask.store)
        return code;
    struct table *table = ask.as_json
                              ? NULL
                              : table_new(columns, sizeof columns / sizeof *columns);
    code = list(&ask, table);
    table_free(table);
    return ask_end(&ask, code);
}
