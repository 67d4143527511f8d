/* check.c: runs the examples that stand beside the lines of the lexicon. */
#include "data/who_check.h"
#include "engine/handle.h"
#include "engine/order.h"
#include "sentosa.h"

#include <stdio.h>
#include <string.h>

#define CHECK_DAY "2024-03-02"
#define MAX_CODES 8

/* "KEN,SDN -> SOM", after the type and the status. */
struct expected {
    char text[160];
    const char *type, *status;
    char *actors, *recipients; /* NULL: not checked */
};

struct checking {
    const struct sentosa *engine;
    sentosa_complaint *complain;
    void *context;
    struct sentosa_check_count count;
};

static char *trimmed(char *text)
{
    while (*text == ' ')
        text++;
    size_t len = strlen(text);
    while (len && text[len - 1] == ' ')
        text[--len] = '\0';
    return text;
}

/* Takes the first word when it is a status. */
static char *take_status(struct expected *expected, char *text)
{
    size_t len = strcspn(text, " ");
    char word[16];
    if (len >= sizeof word)
        return text;
    memcpy(word, text, len);
    word[len] = '\0';
    enum status status = status_read(word);
    expected->status = status_name(status ? status : STATUS_ACTUAL);
    return status ? trimmed(text + len) : text;
}

/* A cell of column expect; with_type: it starts with the type, and voices may follow. */
static void read_expected(struct expected *expected, const char *cell, bool with_type)
{
    snprintf(expected->text, sizeof expected->text, "%s", cell);
    char *text = trimmed(expected->text);
    text[strcspn(text, "~@#")] = '\0';
    if (with_type) {
        size_t len = strcspn(text, " ");
        expected->type = text;
        text += len;
        if (*text)
            *text++ = '\0';
        text = trimmed(text);
    }
    text = take_status(expected, text);
    char *arrow = strstr(text, "->");
    expected->recipients = arrow ? trimmed(arrow + 2) : NULL;
    if (arrow)
        *arrow = '\0';
    expected->actors = *trimmed(text) ? trimmed(text) : NULL;
}

/* Whether each code of "KEN,SDN" is among the parties. */
static bool has_codes(const char *codes, const struct sentosa_party *parties,
                      size_t count)
{
    for (const char *at = codes; at && *at;) {
        size_t len = strcspn(at, ",");
        bool found = false;
        for (size_t i = 0; i < count && !found; i++)
            found = parties[i].code && strlen(parties[i].code) == len &&
                    strncmp(parties[i].code, at, len) == 0;
        if (!found)
            return false;
        at += len + (at[len] == ',');
    }
    return true;
}

/* Whether an event's rule is the class of a line, or one that its content made of it. */
static bool is_class(const struct checking *c, const char *rule, const char *class_name)
{
    const struct table *refined = pack_table(c->engine->pack, "refined");
    uint32_t rows[32], count = table_find(refined, class_name, rows, 32);
    bool is_same = strcmp(rule, class_name) == 0;
    for (uint32_t i = 0; i < count && i < 32 && !is_same; i++)
        is_same = strcmp(rule, table_value(refined, rows[i], "refined")) == 0;
    return is_same;
}

static bool fits(const struct checking *c, const struct sentosa_event *event,
                 const struct expected *expected, const char *rule)
{
    return (!rule || is_class(c, event->rule, rule)) &&
           (!expected->type || strcmp(event->type, expected->type) == 0) &&
           strcmp(event->status, expected->status) == 0 &&
           has_codes(expected->actors, event->actors, event->actor_count) &&
           has_codes(expected->recipients, event->recipients, event->recipient_count);
}

static void describe(const struct sentosa_doc *doc, char *text, size_t room)
{
    size_t at = 0;
    text[0] = '\0';
    for (size_t i = 0; i < sentosa_event_count(doc) && at < room; i++) {
        const struct sentosa_event *e = sentosa_event(doc, i);
        at += (size_t)snprintf(text + at, room - at, "%s%s %s", i ? "; " : "", e->rule,
                               e->status);
        for (size_t k = 0; k < e->actor_count && at < room; k++)
            at += (size_t)snprintf(text + at, room - at, "%s%s", k ? "," : " ",
                                   e->actors[k].code ? e->actors[k].code : "?");
        for (size_t k = 0; k < e->recipient_count && at < room; k++)
            at += (size_t)snprintf(text + at, room - at, "%s%s", k ? "," : " -> ",
                                   e->recipients[k].code ? e->recipients[k].code : "?");
    }
}

static void complain(struct checking *c, const struct table *table, uint32_t row,
                     const char *example, const char *wanted, const char *given)
{
    char message[1024];
    const char *rule = table_cell(table, row, table_column(table, "class"));
    snprintf(message, sizeof message, "%s:%u: \"%s\" should give %s%s%s, gives %s",
             table_file(table, row), table_line(table, row), example, rule,
             *rule ? " " : "", wanted, *given ? given : "nothing");
    c->count.failed++;
    c->complain(c->context, message);
}

/* A `!` before the example: it must not give the class; `none`: it must give nothing. */
static void check_example(struct checking *c, const struct table *table, uint32_t row,
                          const char *rule)
{
    const char *example = table_cell(table, row, table_column(table, "example"));
    const char *expect = table_cell(table, row, table_column(table, "expect"));
    if (!*example || !*expect)
        return;
    bool is_quiet = strcmp(expect, "none") == 0;
    bool is_counter = *example == '!' || is_quiet;
    example += *example == '!';
    struct sentosa_input input = {
        .text = example, .len = strlen(example), .date = CHECK_DAY};
    struct sentosa_doc *doc;
    c->count.examples++;
    if (sentosa_doc_new(&input, &doc, NULL))
        return;
    struct expected expected = {.status = "actual"};
    bool found = false;
    if (!is_counter)
        read_expected(&expected, expect, rule == NULL);
    if (!sentosa_doc_read(c->engine, doc, NULL, NULL))
        for (size_t i = 0; i < sentosa_event_count(doc) && !found; i++)
            found = is_quiet     ? true
                    : is_counter ? rule && strcmp(sentosa_event(doc, i)->rule, rule) == 0
                                 : fits(c, sentosa_event(doc, i), &expected, rule);
    char given[512];
    describe(doc, given, sizeof given);
    if (found == is_counter)
        complain(c, table, row, example, is_counter ? "another reading" : expect, given);
    sentosa_doc_free(doc);
}

/* Whether the report that `text` is gives an event that fits. */
static bool gives(const struct checking *c, const char *text, const char *class_name,
                  const char *context, char *given, size_t room)
{
    struct sentosa_input input = {.text = text, .len = strlen(text), .date = CHECK_DAY};
    struct sentosa_doc *doc;
    bool found = false;
    if (sentosa_doc_new(&input, &doc, NULL))
        return false;
    if (!sentosa_doc_read(c->engine, doc, NULL, NULL))
        for (size_t i = 0; i < sentosa_event_count(doc) && !found; i++) {
            const struct sentosa_event *event = sentosa_event(doc, i);
            for (size_t k = 0; context && k < event->context_count && !found; k++)
                found = strcmp(event->contexts[k], context) == 0;
            found = found || (class_name && strcmp(event->rule, class_name) == 0);
        }
    describe(doc, given, room);
    sentosa_doc_free(doc);
    return found;
}

/* An example that must give an event of the class or the context of its line. */
static void check_line(struct checking *c, const struct table *table, uint32_t row,
                       const char *class_name, const char *context)
{
    const char *example = table_value(table, row, "example");
    char given[512] = "";
    c->count.examples++;
    if (!gives(c, example, class_name, context, given, sizeof given))
        complain(c, table, row, example, context ? context : class_name, given);
}

/* A line that stands for several words has a row for each, and one example. */
static bool repeats_line(const struct table *table, uint32_t row)
{
    return row && table_line(table, row) == table_line(table, row - 1) &&
           strcmp(table_file(table, row), table_file(table, row - 1)) == 0;
}

static void check_reference(struct checking *c, const struct table *table, uint32_t row,
                            const char *column, const char *target)
{
    const char *value = table_cell(table, row, table_column(table, column));
    char message[512];
    if (!*value || table_row(pack_table(c->engine->pack, target), value) != NONE)
        return;
    snprintf(message, sizeof message, "%s:%u: %s %s is not in table %s",
             table_file(table, row), table_line(table, row), column, value, target);
    c->count.failed++;
    c->complain(c->context, message);
}

/* Whether a code of the type, the one given or one that begins with it, has the mode. */
static bool has_code(const struct table *cameo, const char *prefix, const char *type,
                     const char *modes)
{
    for (uint32_t i = 0; i < table_rows(cameo); i++)
        if (strncmp(table_cell(cameo, i, 0), prefix, strlen(prefix)) == 0 &&
            strcmp(table_value(cameo, i, "type"), type) == 0 &&
            cell_has(modes, table_value(cameo, i, "mode")))
            return true;
    return false;
}

/* A class's code must come to its type and, where codes tell its mode at all, to that
 * mode, itself or by a longer code. */
static void check_cameo(struct checking *c, const struct table *classes, uint32_t row)
{
    const struct table *cameo = pack_table(c->engine->pack, "cameo");
    const char *code = table_value(classes, row, "cameo");
    uint32_t of_code = table_row(cameo, code);
    const char *type = table_value(cameo, of_code, "type");
    const char *mode = table_value(cameo, of_code, "mode");
    const char *its_type = table_value(classes, row, "type");
    const char *modes = table_value(classes, row, "modes");
    char message[512];
    bool fits_mode = !*mode || has_code(cameo, code, its_type, modes) ||
                     (*modes && !has_code(cameo, "", its_type, modes));
    if (!*code || (strcmp(type, its_type) == 0 && fits_mode))
        return;
    snprintf(message, sizeof message, "%s:%u: CAMEO %s is %s%s%s, not %s",
             table_file(classes, row), table_line(classes, row), code,
             *type ? type : "in no table", *mode ? "/" : "", mode,
             table_cell(classes, row, 0));
    c->count.failed++;
    c->complain(c->context, message);
}

/* The values of a cell must each be a row of the target. */
static void check_values(struct checking *c, const struct table *table, uint32_t row,
                         const char *column, const char *target)
{
    const char *cell = table_value(table, row, column), *at = cell;
    const struct table *names = pack_table(c->engine->pack, target);
    struct span value;
    while (cell_next(&at, &value, cell)) {
        char name[64] = "", message[512];
        if (span_len(value) < sizeof name)
            memcpy(name, cell + value.start, span_len(value));
        if (table_row(names, name) != NONE)
            continue;
        snprintf(message, sizeof message, "%s:%u: %s %s is not in table %s",
                 table_file(table, row), table_line(table, row), column, name, target);
        c->count.failed++;
        c->complain(c->context, message);
    }
}

static bool is_word_class(const struct table *words, const char *name, size_t len)
{
    uint32_t column = table_column(words, "class");
    for (uint32_t i = 0; i < table_rows(words); i++) {
        const char *class_name = table_cell(words, i, column);
        if (strlen(class_name) == len && strncmp(class_name, name, len) == 0)
            return true;
    }
    return false;
}

/* Each %class that the needs of a line name must have words. */
static void check_needs(struct checking *c, const struct table *predicates, uint32_t row)
{
    const struct table *words = pack_table(c->engine->pack, "words");
    const char *at = table_value(predicates, row, "needs");
    char message[512];
    while ((at = strchr(at, '%')) != NULL) {
        size_t len = strcspn(++at, "| ");
        if (is_word_class(words, at, len))
            continue;
        snprintf(message, sizeof message, "%s:%u: no word has the class %.*s",
                 table_file(predicates, row), table_line(predicates, row), (int)len, at);
        c->count.failed++;
        c->complain(c->context, message);
    }
}

/* The tables of the ontology, those that refer to them, and their examples. */
static void check_tables(struct checking *c)
{
    const struct table *classes = pack_table(c->engine->pack, "classes");
    const struct table *refined = pack_table(c->engine->pack, "refined");
    const struct table *words = pack_table(c->engine->pack, "context_words");
    for (uint32_t i = 0; i < table_rows(classes); i++) {
        check_reference(c, classes, i, "type", "types");
        check_reference(c, classes, i, "also", "classes");
        check_values(c, classes, i, "contexts", "contexts");
        check_cameo(c, classes, i);
    }
    for (uint32_t i = 0; i < table_rows(refined); i++) {
        check_reference(c, refined, i, "class", "classes");
        check_reference(c, refined, i, "refined", "classes");
        if (!repeats_line(refined, i))
            check_line(c, refined, i, table_value(refined, i, "refined"), NULL);
    }
    for (uint32_t i = 0; i < table_rows(words); i++) {
        check_reference(c, words, i, "context", "contexts");
        if (!repeats_line(words, i))
            check_line(c, words, i, NULL, table_value(words, i, "context"));
    }
}

struct sentosa_check_count sentosa_check(const struct sentosa *engine,
                                         sentosa_complaint *complaint, void *context)
{
    struct checking c = {.engine = engine, .complain = complaint, .context = context};
    const struct table *predicates = pack_table(engine->pack, "predicates");
    const struct table *embeddings = pack_table(engine->pack, "embeddings");
    const struct table *discards = pack_table(engine->pack, "discards");
    struct who who;
    who_open(&who, engine->pack);
    long wrong = who_check(&who, complaint, context);
    c.count.failed += wrong > 0 ? (size_t)wrong : 0;
    for (uint32_t i = 0; i < table_rows(predicates); i++) {
        if (repeats_line(predicates, i))
            continue;
        check_reference(&c, predicates, i, "class", "classes");
        check_reference(&c, predicates, i, "frame", "frames");
        check_needs(&c, predicates, i);
        const char *rule = table_cell(predicates, i, table_column(predicates, "class"));
        check_example(&c, predicates, i, *rule ? rule : "");
    }
    check_tables(&c);
    for (uint32_t i = 0; i < table_rows(discards); i++)
        check_example(&c, discards, i, "");
    for (uint32_t i = 0; i < table_rows(embeddings); i++)
        check_example(&c, embeddings, i, NULL);
    return c.count;
}
