/* relations.c: `sentosa relations`: the lasting ties between parties. */
#include "cli/query.h"

static const char usage[] = "usage: sentosa relations --db FILE [OPTION]...";

static const struct table_column columns[] = {{"PARTIES", false, false},
                                              {"KIND", false, false},
                                              {"FROM", false, false},
                                              {"TO", false, false},
                                              {"WORDS", false, true}};

static bool add_row(struct table *table, const struct sentosa_item *item)
{
    const struct sentosa_relation *relation = item->relation;
    struct text parties = {.len = 0}, words = {.len = 0};
    for (size_t i = 0; i < relation->party_count; i++) {
        text_add(&parties, i ? ", " : "");
        text_party(&parties, &relation->parties[i]);
    }
    text_words(&words, item);
    const struct table_cell cells[] = {{parties.bytes, TONE_PLAIN},
                                       {relation->kind, TONE_BOLD},
                                       {relation->from, TONE_PLAIN},
                                       {relation->to, TONE_PLAIN},
                                       {words.bytes, TONE_PLAIN}};
    return table_add(table, cells);
}

int relations_command(int count, char **args)
{
    struct ask ask = {.usage = usage, .takes = ASKS_DATES | ASKS_ACTOR | ASKS_TYPE};
    int code = ask_begin(&ask, count, args);
    if (!ask.store)
        return code;
    ask.query.kinds = SENTOSA_RELATIONS;
    ask.query.order = SENTOSA_BY_PARTY;
    return ask_end(&ask,
                   ask_print(&ask, columns, sizeof columns / sizeof *columns, add_row));
}
