/* eval_places.c: `sentosa eval --places`: places read, held against gold.
 *
 * Gold is JSON lines of {"id","text","places":[{"span":[start,end],"lat","lon"}]}, with
 * "title" and "date" where there are any. Spans are as `explain --upto place --json`
 * prints them: half-open UTF-8 byte offsets into the text, or into the title of a place
 * with "part":"title". A place without coordinates counts for recognition alone.
 *
 * As in the field's reviews (Gritta, Pilehvar and Collier 2020) a place is resolved when
 * it lies within 161 km (100 miles) of the gold's. */
#include "cli/eval.h"

#include <jansson.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define NEAR_KM 161.0
#define MANY_PLACES 4096u
#define NOBODY MANY_PLACES

static const char usage[] =
    "usage: sentosa eval --places [--demonyms] [--verbose] GOLD...";

struct spot {
    long start, end;
    double lat, lon; /* NAN where the gold has none */
    bool is_title;
};

struct spots {
    struct spot items[MANY_PLACES];
    size_t count;
};

struct evaluation {
    const struct sentosa *engine;
    bool is_verbose, with_demonyms;
    size_t reports, wanted, read, exact, overlapping;
    size_t located; /* overlapping, of those that the gold locates */
    size_t near;    /* of these within NEAR_KM */
    size_t wanted_located, read_located;
    struct spots gold, given;
    size_t by_gold[MANY_PLACES], by_given[MANY_PLACES];
};

/* ---- reading ---- */

static double number_of(const json_t *place, const char *key)
{
    const json_t *value = json_object_get(place, key);
    return json_is_number(value) ? json_number_value(value) : NAN;
}

static void take_spots(const json_t *places, struct spots *spots)
{
    size_t i;
    json_t *place;
    spots->count = 0;
    json_array_foreach(places, i, place)
    {
        const json_t *span = json_object_get(place, "span");
        const char *part = json_string_value(json_object_get(place, "part"));
        if (json_array_size(span) != 2 || spots->count == MANY_PLACES)
            continue;
        spots->items[spots->count++] = (struct spot){
            .start = (long)json_integer_value(json_array_get(span, 0)),
            .end = (long)json_integer_value(json_array_get(span, 1)),
            .lat = number_of(place, "lat"),
            .lon = number_of(place, "lon"),
            .is_title = part && strcmp(part, "title") == 0};
    }
}

/* Kilometres between two points (haversine on a sphere). */
static double kilometres(const struct spot *a, const struct spot *b)
{
    const double rad = acos(-1) / 180;
    double lat = sin((a->lat - b->lat) * rad / 2), lon = sin((a->lon - b->lon) * rad / 2);
    double h = lat * lat + cos(a->lat * rad) * cos(b->lat * rad) * lon * lon;
    return 2 * 6371 * asin(h > 1 ? 1 : sqrt(h));
}

/* ---- matching ---- */

static bool is_exact(const struct spot *a, const struct spot *b)
{
    return a->is_title == b->is_title && a->start == b->start && a->end == b->end;
}

static bool overlaps(const struct spot *a, const struct spot *b)
{
    return a->is_title == b->is_title && a->start < b->end && b->start < a->end;
}

/* One to one; equal spans first, then in text order. */
static void match(struct evaluation *e,
                  bool (*fits)(const struct spot *, const struct spot *))
{
    for (size_t i = 0; i < e->gold.count; i++)
        for (size_t k = 0; k < e->given.count && e->by_gold[i] == NOBODY; k++)
            if (e->by_given[k] == NOBODY && fits(&e->gold.items[i], &e->given.items[k])) {
                e->by_gold[i] = k;
                e->by_given[k] = i;
            }
}

static void count_places(struct evaluation *e)
{
    for (size_t i = 0; i < e->gold.count; i++) {
        const struct spot *gold = &e->gold.items[i];
        const struct spot *given = e->by_gold[i] == NOBODY
                                       ? NULL
                                       : &e->given.items[e->by_gold[i]];
        bool is_located = !isnan(gold->lat) && !isnan(gold->lon);
        e->wanted++;
        e->wanted_located += is_located;
        e->overlapping += given != NULL;
        e->exact += given && is_exact(gold, given);
        e->located += given && is_located;
        e->near += given && is_located && kilometres(gold, given) <= NEAR_KM;
    }
    for (size_t k = 0; k < e->given.count; k++) {
        const struct spot *gold = e->by_given[k] == NOBODY
                                      ? NULL
                                      : &e->gold.items[e->by_given[k]];
        e->read++;
        e->read_located += !gold || (!isnan(gold->lat) && !isnan(gold->lon));
    }
}

static void print_spot(const char *what, const struct spot *spot, const char *text)
{
    bool is_inside = !spot->is_title && spot->start >= 0 && spot->start < spot->end &&
                     (size_t)spot->end <= strlen(text);
    printf("  %s %.*s %.2f,%.2f\n", what, is_inside ? (int)(spot->end - spot->start) : 7,
           is_inside ? text + spot->start : "(title)", spot->lat, spot->lon);
}

static void print_report(const struct evaluation *e, const char *id, const char *text)
{
    printf("%s\n", id ? id : "");
    for (size_t i = 0; i < e->gold.count; i++) {
        const struct spot *gold = &e->gold.items[i];
        if (e->by_gold[i] == NOBODY) {
            print_spot("missed", gold, text);
            continue;
        }
        const struct spot *given = &e->given.items[e->by_gold[i]];
        double away = kilometres(gold, given);
        if (away > NEAR_KM) {
            print_spot("far", gold, text);
            printf("    read at %.2f,%.2f, %.0f km away\n", given->lat, given->lon, away);
        }
    }
    for (size_t k = 0; k < e->given.count; k++)
        if (e->by_given[k] == NOBODY)
            print_spot("false alarm", &e->given.items[k], text);
}

/* ---- one report ---- */

static bool judge(struct evaluation *e, const struct sentosa_doc *doc, const json_t *line)
{
    char *printed = sentosa_explain(e->engine, doc, "place", true);
    json_error_t fault;
    json_t *read = printed ? json_loads(printed, 0, &fault) : NULL;
    sentosa_free(printed);
    if (!read)
        return false;
    take_spots(json_object_get(line, "places"), &e->gold);
    json_t *given = json_object_get(read, "places");
    if (e->with_demonyms)
        json_array_extend(given, json_object_get(read, "demonyms"));
    take_spots(given, &e->given);
    json_decref(read);
    for (size_t i = 0; i < MANY_PLACES; i++)
        e->by_gold[i] = e->by_given[i] = NOBODY;
    match(e, is_exact);
    match(e, overlaps);
    count_places(e);
    e->reports++;
    if (e->is_verbose)
        print_report(e, json_string_value(json_object_get(line, "id")),
                     json_string_value(json_object_get(line, "text")));
    return true;
}

static enum exit_code judge_line(struct evaluation *e, const char *text, const char *path,
                                 size_t number)
{
    json_error_t fault;
    struct sentosa_error error = {"not an object with a text and places"};
    json_t *line = json_loads(text, 0, &fault);
    const char *body = json_string_value(json_object_get(line, "text"));
    struct sentosa_doc *doc = NULL;
    bool is_read = false;
    if (body && json_is_array(json_object_get(line, "places"))) {
        const struct sentosa_input input = {
            .id = json_string_value(json_object_get(line, "id")),
            .title = json_string_value(json_object_get(line, "title")),
            .text = body,
            .len = strlen(body),
            .date = json_string_value(json_object_get(line, "date")),
            .url = json_string_value(json_object_get(line, "url")),
            .source = json_string_value(json_object_get(line, "source"))};
        const struct sentosa_options options = {.upto = "place"};
        is_read = !sentosa_doc_new(&input, &doc, &error) &&
                  !sentosa_doc_read(e->engine, doc, &options, &error) &&
                  judge(e, doc, line);
    }
    if (!is_read)
        fprintf(stderr, "sentosa: %s, line %zu: %s\n", path, number, error.message);
    sentosa_doc_free(doc);
    json_decref(line);
    return is_read ? EXIT_OK : EXIT_REPORTS;
}

static enum exit_code judge_file(struct evaluation *e, const char *path)
{
    FILE *file = fopen(path, "rb");
    if (!file) {
        fprintf(stderr, "sentosa: %s cannot be read\n", path);
        return EXIT_STORE;
    }
    enum exit_code code = EXIT_OK;
    char *line = NULL;
    size_t cap = 0, number = 0;
    while (getline(&line, &cap, file) >= 0) {
        number++;
        if (line[strspn(line, " \t\r\n")] && judge_line(e, line, path, number))
            code = EXIT_REPORTS;
    }
    free(line);
    fclose(file);
    return code;
}

/* ---- the figures ---- */

static void print_f1(const char *name, size_t right, size_t read, size_t wanted)
{
    double p = read ? (double)right / (double)read : 0;
    double r = wanted ? (double)right / (double)wanted : 0;
    printf("%-24s P %.3f R %.3f F1 %.3f\n", name, p, r,
           p + r > 0 ? 2 * p * r / (p + r) : 0);
}

static void print_figures(const struct evaluation *e)
{
    printf("reports %zu, places %zu, read %zu\n", e->reports, e->wanted, e->read);
    print_f1("recognition", e->overlapping, e->read, e->wanted);
    print_f1("recognition, equal span", e->exact, e->read, e->wanted);
    printf("%-24s %.3f of %zu recognised\n", "accuracy at 161 km",
           e->located ? (double)e->near / (double)e->located : 0, e->located);
    print_f1("both together", e->near, e->read_located, e->wanted_located);
}

int eval_places(int count, char **args)
{
    struct engine_tables tables = {0};
    bool is_verbose = false, with_demonyms = false;
    const struct option options[] = {
        {"--demonyms", 0, NULL, &with_demonyms, "the gold counts \"Iraqi\" for Iraq"},
        {"--verbose", 0, NULL, &is_verbose, "what was missed, misplaced or no place"},
        ENGINE_OPTIONS(tables),
        {0}};
    /* the measure's own name stands before its arguments */
    char **words = args - 1;
    int left = options_read(count + 1, words, options, usage);
    if (left < 0)
        return left == -2 ? EXIT_OK : EXIT_USAGE;
    if (left == 0) {
        fprintf(stderr, "%s\n", usage);
        return EXIT_USAGE;
    }
    struct sentosa *engine = engine_open(tables);
    struct evaluation *e = calloc(1, sizeof *e);
    enum exit_code code = engine && e ? EXIT_OK : EXIT_STORE;
    for (int i = 0; i < left && !code; i++) {
        e->engine = engine;
        e->is_verbose = is_verbose;
        e->with_demonyms = with_demonyms;
        code = judge_file(e, words[i]);
    }
    if (e && e->reports)
        print_figures(e);
    free(e);
    sentosa_close(engine);
    return code;
}
