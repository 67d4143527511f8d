/* eval_gold.c: `sentosa eval --gold`: events held against events coded by hand.
 *
 * Gold is JSON lines of {"id","text","title","date"} with "required" and "optional"
 * events (leads coded by two people) or with "events" (sentences coded after the
 * codebook, "actors":[{"code"}]). */
#include "cli/eval_gold.h"
#include "cli/eval.h"

#include <stdlib.h>
#include <string.h>

static const char usage[] =
    "usage: sentosa eval --gold FILE [--convention plover] [--odd|--even] [--verbose]";

struct figures {
    size_t right, missed, extra, right_status, wrongly_actual;
};

struct type_figures {
    char name[16];
    size_t wanted, found, read, extra;
};

/* Events read with about the same confidence. */
struct bin {
    size_t events, right, right_in_all;
    double confidence;
};

struct evaluation {
    const struct sentosa *engine;
    enum sentosa_convention convention;
    bool is_verbose;
    struct figures levels[LEVEL_COUNT];
    struct type_figures types[TYPE_COUNT];
    struct bin bins[BIN_COUNT];
    size_t reports, quiet, coded_anyway;
    /* of a wanted type (or none) read as another (or not) */
    size_t confusion[TYPE_COUNT + 1][TYPE_COUNT + 1];
};

/* ---- the gold ---- */

/* The codes of [{"code"}], corrected where the gold uses another list of countries. */
static json_t *codes_of(const json_t *parties)
{
    static const char *const odd[][2] = {{"JAP", "JPN"}, {"RUF", "RUS"}};
    json_t *codes = json_array();
    size_t i;
    json_t *party;
    json_array_foreach(parties, i, party)
    {
        const char *code = json_string_value(json_object_get(party, "code"));
        for (size_t k = 0; code && k < sizeof odd / sizeof *odd; k++)
            if (strcmp(code, odd[k][0]) == 0)
                code = odd[k][1];
        if (code)
            json_array_append_new(codes, json_string(code));
    }
    return codes;
}

/* An event of the codebook's form gets the members of the leads' form too. */
static void add_members(json_t *event)
{
    if (!json_object_get(event, "actor"))
        json_object_set_new(event, "actor",
                            json_pack("[o]", codes_of(json_object_get(event, "actors"))));
    if (!json_object_get(event, "recipient"))
        json_object_set_new(
            event, "recipient",
            json_pack("[o]", codes_of(json_object_get(event, "recipients"))));
    if (!json_object_get(event, "anchor"))
        json_object_set_new(event, "anchor",
                            json_pack("[O?]", json_object_get(event, "event_text")));
}

static void add_wants(struct gold_report *report, json_t *events, bool is_required)
{
    size_t i;
    json_t *event;
    json_array_foreach(events, i, event)
    {
        const char *type = json_string_value(json_object_get(event, "type"));
        if (!type || report->want_count == MAX_WANTS)
            continue;
        add_members(event);
        report->wants[report->want_count++] = (struct want){event, type, is_required};
    }
}

static bool gold_read(json_t *line, struct gold_report *report)
{
    *report = (struct gold_report){
        .id = json_string_value(json_object_get(line, "id")),
        .text = json_string_value(json_object_get(line, "text"))};
    add_wants(report, json_object_get(line, "required"), true);
    add_wants(report, json_object_get(line, "events"), true);
    add_wants(report, json_object_get(line, "optional"), false);
    return report->text != NULL;
}

/* ---- the reading ---- */

/* Under PLOVER's convention a promise is one with what it promises: told in the same
 * sentence, they are one AGREE. */
static bool is_told(const struct gold_report *report, const struct sentosa_event *event,
                    const char *type)
{
    for (size_t i = 0; i < report->given_count; i++) {
        const struct given *other = &report->given[i];
        bool is_changed = strcmp(type, event->type) != 0 ||
                          strcmp(type, other->event->type) != 0;
        if (is_changed && strcmp(other->type, type) == 0 &&
            other->event->sentence.span.start == event->sentence.span.start)
            return true;
    }
    return false;
}

static void take_events(const struct evaluation *e, const struct sentosa_doc *doc,
                        struct gold_report *report)
{
    for (size_t i = 0; i < sentosa_event_count(doc); i++) {
        const struct sentosa_event *event = sentosa_event(doc, i);
        const char *type = sentosa_code(event, e->convention).type;
        if (type && report->given_count < MAX_GIVEN && !is_told(report, event, type))
            report->given[report->given_count++] = (struct given){event, type};
    }
}

/* ---- the figures ---- */

static size_t type_number(struct evaluation *e, const char *name)
{
    for (size_t i = 0; i < TYPE_COUNT; i++) {
        if (!*e->types[i].name)
            snprintf(e->types[i].name, sizeof e->types[i].name, "%s", name);
        if (strcmp(e->types[i].name, name) == 0)
            return i;
    }
    return TYPE_COUNT;
}

static void count_level(struct figures *figures, const struct gold_report *report,
                        const struct matching *matching)
{
    for (size_t i = 0; i < report->want_count; i++) {
        size_t at = matching->by_want[i];
        if (!report->wants[i].is_required)
            continue;
        if (at == NOBODY) {
            figures->missed++;
            continue;
        }
        const char *status = report->given[at].event->status;
        bool is_right = want_has_status(&report->wants[i], status);
        figures->right++;
        figures->right_status += is_right;
        figures->wrongly_actual += !is_right && strcmp(status, "actual") == 0;
    }
    for (size_t i = 0; i < report->given_count; i++)
        figures->extra += matching->is_false_alarm[i];
}

/* Whether an event's anchor is among the words that carry the wanted one. */
static bool is_anchored(const struct want *want, const struct given *given,
                        const char *body)
{
    struct sentosa_span span = given->event->anchor;
    const json_t *anchors = json_object_get(want->event, "anchor");
    char word[64];
    size_t len = span.end - span.start, i;
    json_t *anchor;
    if (len >= sizeof word || strcmp(given->event->sentence.part, "body") != 0)
        return false;
    memcpy(word, body + span.start, len);
    word[len] = '\0';
    json_array_foreach(anchors, i, anchor)
    {
        if (json_is_string(anchor) && strstr(json_string_value(anchor), word))
            return true;
    }
    return false;
}

static void count_types(struct evaluation *e, const struct sentosa_doc *doc,
                        const struct gold_report *report, const struct matching *matching)
{
    bool is_explained[MAX_GIVEN] = {false};
    for (size_t i = 0; i < report->want_count; i++) {
        size_t type = type_number(e, report->wants[i].type), other = TYPE_COUNT;
        if (type == TYPE_COUNT || !report->wants[i].is_required)
            continue;
        e->types[type].wanted++;
        e->types[type].found += matching->by_want[i] != NOBODY;
        if (matching->by_want[i] != NOBODY)
            continue;
        for (size_t k = 0; k < report->given_count && other == TYPE_COUNT; k++)
            if (matching->is_false_alarm[k] && !is_explained[k] &&
                is_anchored(&report->wants[i], &report->given[k],
                            sentosa_doc_report(doc)->body)) {
                is_explained[k] = true;
                other = type_number(e, report->given[k].type);
            }
        e->confusion[type][other]++;
    }
    for (size_t i = 0; i < report->given_count; i++) {
        size_t type = type_number(e, report->given[i].type);
        if (type == TYPE_COUNT)
            continue;
        e->types[type].read++;
        e->types[type].extra += matching->is_false_alarm[i];
        if (matching->is_false_alarm[i] && !is_explained[i])
            e->confusion[TYPE_COUNT][type]++;
    }
}

static void count_confidence(struct evaluation *e, const struct gold_report *report,
                             const struct matching matchings[])
{
    const struct matching *parties = &matchings[LEVEL_PARTIES];
    for (size_t i = 0; i < report->given_count; i++) {
        const struct sentosa_event *event = report->given[i].event;
        size_t want = parties->by_given[i];
        bool has_status = want == NOBODY ||
                          want_has_status(&report->wants[want], event->status);
        double confidence = event->confidence;
        int bin = (int)(confidence * BIN_COUNT);
        bin = bin < 0 ? 0 : bin < BIN_COUNT ? bin : BIN_COUNT - 1;
        e->bins[bin].events++;
        e->bins[bin].confidence += confidence;
        e->bins[bin].right += !matchings[LEVEL_TYPE].is_false_alarm[i];
        e->bins[bin].right_in_all += !parties->is_false_alarm[i] && has_status;
    }
}

/* ---- one report ---- */

static void print_side(const struct sentosa_party *parties, size_t count)
{
    for (size_t i = 0; i < count; i++)
        printf("%s%s", i ? "," : " ", parties[i].code ? parties[i].code : "?");
}

static void print_given(const struct given *given, const char *body, bool is_alarm)
{
    const struct sentosa_event *event = given->event;
    bool in_body = strcmp(event->sentence.part, "body") == 0;
    printf("  %s %s %s", is_alarm ? "false alarm" : "read", given->type, event->status);
    print_side(event->actors, event->actor_count);
    printf(" ->");
    print_side(event->recipients, event->recipient_count);
    printf("  (%s, %.*s, %.2f)\n", event->rule,
           in_body ? (int)(event->anchor.end - event->anchor.start) : 0,
           in_body ? body + event->anchor.start : "", event->confidence);
}

static void print_want(const char *what, const struct want *want)
{
    static const char *const members[] = {"alt",       "status", "actor",
                                          "recipient", "anchor", NULL};
    printf("  %s %s", what, want->type);
    for (size_t i = 0; members[i]; i++) {
        char *text = json_dumps(json_object_get(want->event, members[i]),
                                JSON_COMPACT | JSON_ENCODE_ANY);
        printf(" %s%s", i > 1 ? members[i] : "", text ? text : "");
        free(text);
    }
    puts("");
}

/* What is wrong with the report's events; nothing when all is right. */
static void print_report(const struct evaluation *e, const struct sentosa_doc *doc,
                         const struct gold_report *report,
                         const struct matching matchings[])
{
    const struct matching *types = &matchings[LEVEL_TYPE];
    const struct matching *parties = &matchings[LEVEL_PARTIES];
    printf("%s: %s\n", report->id ? report->id : "", report->text);
    for (size_t i = 0; i < report->want_count; i++) {
        const struct want *want = &report->wants[i];
        size_t at = parties->by_want[i];
        if (!want->is_required)
            continue;
        if (at == NOBODY) {
            print_want(types->by_want[i] == NOBODY ? "missed" : "other parties", want);
            printf("    at fault: ");
            print_fault(e->engine, doc, report, want);
        } else if (!want_has_status(want, report->given[at].event->status)) {
            print_want("other status", want);
        }
    }
    for (size_t i = 0; i < report->given_count; i++)
        print_given(&report->given[i], sentosa_doc_report(doc)->body,
                    types->is_false_alarm[i]);
}

static void judge(struct evaluation *e, const struct sentosa_doc *doc,
                  struct gold_report *report)
{
    struct matching *matchings = malloc(LEVEL_COUNT * sizeof *matchings);
    if (!matchings)
        return;
    take_events(e, doc, report);
    for (int i = 0; i < LEVEL_COUNT; i++) {
        gold_match(report, (enum level)i, &matchings[i]);
        count_level(&e->levels[i], report, &matchings[i]);
    }
    count_types(e, doc, report, &matchings[LEVEL_TYPE]);
    count_confidence(e, report, matchings);
    e->reports++;
    e->quiet += report->want_count == 0;
    e->coded_anyway += report->want_count == 0 && report->given_count > 0;
    if (e->is_verbose)
        print_report(e, doc, report, matchings);
    free(matchings);
}

static enum exit_code judge_line(struct evaluation *e, const char *text, size_t number)
{
    json_error_t fault;
    struct sentosa_error error = {"not an object with a text"};
    json_t *line = json_loads(text, 0, &fault);
    struct gold_report *report = malloc(sizeof *report);
    struct sentosa_doc *doc = NULL;
    bool is_read = false;
    if (line && report && gold_read(line, report)) {
        const struct sentosa_input input = {
            .id = report->id,
            .title = json_string_value(json_object_get(line, "title")),
            .text = report->text,
            .len = strlen(report->text),
            .date = json_string_value(json_object_get(line, "date"))};
        is_read = !sentosa_doc_new(&input, &doc, &error) &&
                  !sentosa_doc_read(e->engine, doc, NULL, &error);
    }
    if (is_read)
        judge(e, doc, report);
    else
        fprintf(stderr, "sentosa: line %zu: %s\n", number,
                line ? error.message : fault.text);
    sentosa_doc_free(doc);
    free(report);
    json_decref(line);
    return is_read ? EXIT_OK : EXIT_REPORTS;
}

/* ---- the table ---- */

static double share(size_t part, size_t whole)
{
    return whole ? (double)part / (double)whole : 0;
}

static void print_levels(const struct evaluation *e)
{
    static const char *const names[LEVEL_COUNT] = {"type", "type+parties",
                                                   "type+direction"};
    for (int i = 0; i < LEVEL_COUNT; i++) {
        const struct figures *f = &e->levels[i];
        printf("%-14s P %.3f R %.3f F1 %.3f  status right %.3f  wrongly actual %zu\n",
               names[i], share(f->right, f->right + f->extra),
               share(f->right, f->right + f->missed),
               share(2 * f->right, 2 * f->right + f->missed + f->extra),
               share(f->right_status, f->right), f->wrongly_actual);
    }
    printf("reports %zu; with no event: %zu, coded anyway: %zu\n", e->reports, e->quiet,
           e->coded_anyway);
}

static void print_types(const struct evaluation *e)
{
    printf("\n%-10s %7s %7s %7s %12s\n", "type", "wanted", "found", "read",
           "false alarms");
    for (size_t i = 0; i < TYPE_COUNT && *e->types[i].name; i++)
        printf("%-10s %7zu %7zu %7zu %12zu\n", e->types[i].name, e->types[i].wanted,
               e->types[i].found, e->types[i].read, e->types[i].extra);
    printf("\n%-10s %-10s %7s\n", "wanted", "read", "events");
    for (size_t i = 0; i <= TYPE_COUNT; i++)
        for (size_t k = 0; k <= TYPE_COUNT; k++)
            if (e->confusion[i][k])
                printf("%-10s %-10s %7zu\n", i < TYPE_COUNT ? e->types[i].name : "-",
                       k < TYPE_COUNT ? e->types[k].name : "-", e->confusion[i][k]);
}

static void print_reliability(const struct evaluation *e)
{
    printf("\n%-12s %7s %7s %12s\n", "confidence", "events", "type", "right in all");
    for (int i = 0; i < BIN_COUNT; i++)
        if (e->bins[i].events)
            printf("%-12.2f %7zu %7.2f %12.2f\n",
                   e->bins[i].confidence / (double)e->bins[i].events, e->bins[i].events,
                   share(e->bins[i].right, e->bins[i].events),
                   share(e->bins[i].right_in_all, e->bins[i].events));
}

/* parity: 1 the odd lines alone, 0 the even ones, -1 all. */
static enum exit_code judge_file(struct evaluation *e, const char *path, int parity)
{
    FILE *file = fopen(path, "r");
    char *line = NULL;
    size_t room = 0, number = 0;
    enum exit_code code = EXIT_OK;
    if (!file) {
        fprintf(stderr, "sentosa: cannot open %s\n", path);
        return EXIT_STORE;
    }
    while (getline(&line, &room, file) >= 0) {
        number++;
        bool is_wanted = parity < 0 || (int)(number % 2) == parity;
        if (is_wanted && line[strspn(line, " \t\r\n")] && judge_line(e, line, number))
            code = EXIT_REPORTS;
    }
    free(line);
    fclose(file);
    return code;
}

int eval_gold(int count, char **args)
{
    const char *convention = NULL;
    struct engine_tables tables = {0};
    bool is_odd = false, is_even = false;
    struct evaluation *e = count > 0 ? calloc(1, sizeof *e) : NULL;
    if (!e) {
        fprintf(stderr, "%s\n", usage);
        return EXIT_USAGE;
    }
    const struct option options[] = {
        {"--convention", 0, &convention, NULL, "plover: as the codebook codes"},
        {"--odd", 0, NULL, &is_odd, "only the lines 1, 3, 5 ..."},
        {"--even", 0, NULL, &is_even, "only the lines 2, 4, 6 ..."},
        {"--verbose", 'v', NULL, &e->is_verbose, "every report with what is wrong"},
        ENGINE_OPTIONS(tables),
        {0}};
    int left = options_read(count, args, options, usage);
    bool is_known = !convention || strcmp(convention, "plover") == 0;
    if (left != 0 || !is_known || (is_odd && is_even)) {
        free(e);
        if (left >= 0)
            fprintf(stderr, "%s\n", usage);
        return left == -2 ? EXIT_OK : EXIT_USAGE;
    }
    e->convention = convention ? SENTOSA_PLOVER : SENTOSA_INTERNAL;
    struct sentosa *engine = engine_open(tables);
    int code = EXIT_STORE;
    if (engine) {
        e->engine = engine;
        code = judge_file(e, args[0], is_odd ? 1 : is_even ? 0 : -1);
        print_levels(e);
        print_types(e);
        print_reliability(e);
    }
    sentosa_close(engine);
    free(e);
    return code;
}
