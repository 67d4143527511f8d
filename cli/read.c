/* read.c: `sentosa read`: reports of any kind in, events out. */
#include "cli/changes.h"
#include "cli/query.h"
#include "cli/read_batch.h"

#include <stdlib.h>
#include <string.h>
#include <strings.h>
#include <unistd.h>

static const char usage[] = "usage: sentosa read [OPTION]... [FILE|FOLDER|-]...";

#define RECALLED 80000 /* reports of earlier runs whose copies are known */

enum format { FORMAT_JSONL, FORMAT_CSV, FORMAT_TSV, FORMAT_TABLE };

#define MAX_WINDOWS 10  /* undated reports of which each is told */
#define MAX_VERSIONS 10 /* and new versions */

struct reader {
    struct batch batch;
    struct sentosa *engine;
    struct sentosa_store *store;
    struct table *table;
    enum format format;
    struct sentosa_export how;
    const char *statuses, *types, *actor;
    double min_confidence;
    bool resumes;
    size_t reports, with_events, without, foreign, duplicates, failed, undated, windows,
        kept, versions;
    int code;
};

/* Whether `word` is one of the values that `|` or `,` separates; any case. */
static bool is_listed(const char *list, const char *word)
{
    size_t word_len = strlen(word);
    for (const char *at = list; *at;) {
        size_t len = strcspn(at, "|,");
        if (len == word_len && strncasecmp(at, word, len) == 0)
            return true;
        at += len + (at[len] != '\0');
    }
    return false;
}

static bool names_party(const struct sentosa_party *parties, size_t count,
                        const char *actor)
{
    for (size_t i = 0; i < count; i++)
        if ((parties[i].code && strcasecmp(parties[i].code, actor) == 0) ||
            (parties[i].id && strcasecmp(parties[i].id, actor) == 0) ||
            (parties[i].name && strcasecmp(parties[i].name, actor) == 0))
            return true;
    return false;
}

static bool is_asked_for(const struct reader *reader, const struct sentosa_event *event)
{
    if (reader->statuses && !is_listed(reader->statuses, event->status))
        return false;
    if (reader->types && !is_listed(reader->types, event->type) &&
        !is_listed(reader->types, event->rule))
        return false;
    if (reader->actor && !names_party(event->actors, event->actor_count, reader->actor) &&
        !names_party(event->recipients, event->recipient_count, reader->actor))
        return false;
    return event->confidence >= reader->min_confidence;
}

static bool print_event(struct reader *reader, const struct sentosa_doc *doc, size_t at)
{
    if (reader->format == FORMAT_JSONL)
        return print_line(sentosa_event_json(reader->engine, doc, at));
    const struct sentosa_event *event = sentosa_event(doc, at);
    const struct sentosa_item item = {
        .report = sentosa_doc_report(doc),
        .event = event,
        .first = event->date ? event->date->start : NULL,
        .last = event->date ? event->date->end : NULL,
        .coder = SENTOSA_VERSION,
        .pack = sentosa_pack_hash(reader->engine),
    };
    if (reader->format == FORMAT_TABLE)
        return event_row(reader->table, &item);
    return print_line(sentosa_export_event(&reader->how, &item));
}

static bool fail_store(struct reader *reader, const struct sentosa_error *error)
{
    fprintf(stderr, "sentosa: %s\n", error->message);
    reader->code = EXIT_STORE;
    return false;
}

static bool keep(struct reader *reader, const struct reading *reading)
{
    struct sentosa_error error = {""};
    const struct sentosa_sketch sketch = {
        .digest = sentosa_doc_report(reading->doc)->digest,
        .first = reading->first,
        .bytes = reading->sketch,
        .len = reading->sketch_len};
    if (!reader->store)
        return true;
    bool failed =
        sentosa_store_add(reader->store, reader->engine, reading->doc, NULL, &error) ||
        (reading->sketch && sentosa_store_keep_sketch(reader->store, &sketch, &error));
    return failed ? fail_store(reader, &error) : true;
}

/* Where the report names no day of publication, what its own facts allow. */
static void tell_window(struct reader *reader, const struct sentosa_report *report)
{
    bool has_both = report->earliest_why && report->latest_why;
    if ((!report->earliest && !report->latest) || reader->windows++ >= MAX_WINDOWS)
        return;
    fprintf(stderr,
            "sentosa: %s: no date of publication; its facts allow %s to %s: ", report->id,
            report->earliest ? report->earliest : "any day",
            report->latest ? report->latest : "any day");
    fprintf(stderr, "%s%s%s\n", report->earliest_why ? report->earliest_why : "",
            has_both ? "; " : "", report->latest_why ? report->latest_why : "");
}

static void count_report(struct reader *reader, const struct reading *reading)
{
    const struct sentosa_report *report = sentosa_doc_report(reading->doc);
    if (reading->is_kept)
        reader->kept++;
    else if (reading->twin.kind)
        reader->duplicates++;
    else if (!report->is_coded)
        reader->foreign++;
    else if (sentosa_event_count(reading->doc))
        reader->with_events++;
    else
        reader->without++;
    if (!reading->twin.kind && !reading->is_kept && report->is_coded &&
        report->has_unknown_date) {
        reader->undated++;
        tell_window(reader, report);
    }
}

/* What is the same, kept already or a copy that need not be kept is not read on. */
static bool choose(void *context, struct reading *reading)
{
    struct reader *reader = context;
    struct sentosa_error error = {""};
    const struct sentosa_report *report = sentosa_doc_report(reading->doc);
    enum sentosa_outcome outcome = sentosa_source_meet(
        reader->batch.source, reader->engine, reading->doc, &reading->twin, &error);
    if (!outcome && reader->resumes)
        outcome = sentosa_store_knows(reader->store, reader->engine, report->digest,
                                      &reading->is_kept, &error);
    if (outcome)
        return fail_store(reader, &error);
    struct sentosa_sketch sketch;
    if (reader->store && sentosa_source_sketch(reader->batch.source, &sketch)) {
        reading->sketch = malloc(sketch.len);
        if (reading->sketch)
            memcpy(reading->sketch, sketch.bytes, sketch.len);
        reading->sketch_len = sketch.len;
        strcpy(reading->first, sketch.first);
    }
    reading->is_enough = reading->is_kept || reading->twin.kind == SENTOSA_SAME ||
                         (reading->twin.kind == SENTOSA_COPY && !reader->store);
    return true;
}

static bool has_numbers(const struct sentosa_changes *changes)
{
    for (size_t i = 0; i < changes->count; i++)
        if (changes->changes[i].numbers)
            return true;
    return false;
}

/* What a version that was kept now changed; a copy is one where its numbers are
 * others. */
static bool tell_version(struct reader *reader, const struct reading *reading)
{
    struct sentosa_changes *changes;
    struct sentosa_error error = {""};
    bool is_copy = reading->twin.kind == SENTOSA_COPY;
    if (!reader->store || (reading->twin.kind != SENTOSA_UPDATE && !is_copy))
        return true;
    if (reader->versions >= MAX_VERSIONS) {
        reader->versions += !is_copy;
        return true;
    }
    enum sentosa_outcome outcome = sentosa_store_changes(
        reader->store, sentosa_doc_report(reading->doc)->digest, &changes, &error);
    if (outcome)
        return outcome == SENTOSA_END || fail_store(reader, &error);
    if (changes->count && (!is_copy || has_numbers(changes))) {
        fprintf(stderr,
                "sentosa: %s: a new version of %s: ", sentosa_raw_name(reading->raw),
                changes->older.title ? changes->older.title : changes->older.digest);
        changes_sum(stderr, changes);
        reader->versions++;
    }
    sentosa_changes_free(changes);
    return true;
}

/* Copies tell nothing new; versions and rewrites what the others did not tell. */
static bool is_told(struct reader *reader, const struct sentosa_twin *twin,
                    const struct sentosa_event *event)
{
    bool was_told = sentosa_source_told(reader->batch.source, twin, event);
    return twin->kind == SENTOSA_COPY || (twin->kind && was_told);
}

/* So that a run to come can go on here. */
static bool keep_mark(struct reader *reader, const struct reading *reading)
{
    char mark[SENTOSA_MARK_CAP];
    struct sentosa_error error = {""};
    if (!reader->store || !sentosa_raw_mark(reading->raw, mark) ||
        !sentosa_store_keep_mark(reader->store, reader->engine,
                                 sentosa_raw_path(reading->raw), mark, &error))
        return true;
    return fail_store(reader, &error);
}

static bool take_reading(struct reader *reader, const struct reading *reading)
{
    if (reading->outcome) {
        fprintf(stderr, "sentosa: %s\n", reading->error.message);
        reader->failed++;
        return reading->outcome != SENTOSA_NO_MEMORY;
    }
    reader->reports++;
    count_report(reader, reading);
    if (reading->is_kept || reading->twin.kind == SENTOSA_SAME)
        return keep_mark(reader, reading);
    for (size_t i = 0; i < sentosa_event_count(reading->doc); i++) {
        const struct sentosa_event *event = sentosa_event(reading->doc, i);
        if (!is_told(reader, &reading->twin, event) && is_asked_for(reader, event) &&
            !print_event(reader, reading->doc, i))
            return false;
    }
    return keep(reader, reading) && tell_version(reader, reading) &&
           keep_mark(reader, reading);
}

static void print_summary(const struct reader *reader)
{
    fprintf(stderr,
            "sentosa: %zu report%s read: %zu with events, %zu without, %zu not English, "
            "%zu duplicate, %zu failed",
            reader->reports, reader->reports == 1 ? "" : "s", reader->with_events,
            reader->without, reader->foreign, reader->duplicates, reader->failed);
    if (reader->resumes)
        fprintf(stderr, ", %zu kept before", reader->kept);
    size_t resumed = sentosa_source_resumed(reader->batch.source);
    if (resumed)
        fprintf(stderr, "; %zu file%s read on from where it was left", resumed,
                resumed == 1 ? "" : "s");
    fputc('\n', stderr);
    if (reader->versions)
        fprintf(stderr,
                "sentosa: %zu new version%s of reports: `sentosa changes` shows "
                "what they changed\n",
                reader->versions, reader->versions == 1 ? "" : "s");
    if (reader->undated)
        fprintf(
            stderr,
            "sentosa: %zu report%s without a date of publication: \"on Tuesday\" and the "
            "like stay unknown; give one with --date 2024-03-02\n",
            reader->undated, reader->undated == 1 ? "" : "s");
}

static bool recall(void *context, const struct sentosa_sketch *sketch)
{
    struct reader *reader = context;
    struct sentosa_error error = {""};
    return !sentosa_source_recall(reader->batch.source, sketch, &error);
}

/* The reports of earlier runs, so that their copies are known. */
static bool recall_all(struct reader *reader)
{
    struct sentosa_error error = {""};
    if (!reader->store ||
        !sentosa_store_sketches(reader->store, RECALLED, recall, reader, &error))
        return true;
    return fail_store(reader, &error);
}

static bool resume(void *context, const char *path, const char *mark)
{
    struct reader *reader = context;
    struct sentosa_error error = {""};
    return !sentosa_source_resume(reader->batch.source, path, mark, &error);
}

/* Archives are not unpacked again up to where the run before stood in them. */
static bool resume_all(struct reader *reader)
{
    struct sentosa_error error = {""};
    if (!reader->resumes ||
        !sentosa_store_marks(reader->store, reader->engine, resume, reader, &error))
        return true;
    return fail_store(reader, &error);
}

static int read_all(struct reader *reader)
{
    bool goes_on = recall_all(reader) && resume_all(reader) &&
                   batch_start(&reader->batch);
    while (goes_on && !reader->batch.is_last) {
        goes_on = batch_next(&reader->batch);
        for (size_t i = 0; i < reader->batch.count && goes_on; i++)
            goes_on = take_reading(reader, &reader->batch.readings[i]);
    }
    batch_free(&reader->batch);
    struct sentosa_error error = {""};
    if (goes_on && reader->store && sentosa_store_commit(reader->store, &error)) {
        fprintf(stderr, "sentosa: %s\n", error.message);
        return EXIT_STORE;
    }
    if (reader->table)
        table_print(reader->table, stdout, terminal_width(stdout),
                    terminal_has_colour(stdout));
    print_summary(reader);
    if (!goes_on || fflush(stdout) != 0 || ferror(stdout))
        return EXIT_STORE;
    return reader->failed ? EXIT_REPORTS : EXIT_OK;
}

static bool read_format(struct reader *reader, const char *name)
{
    static const char *const names[] = {"jsonl", "csv", "tsv", "table"};
    reader->format = isatty(STDOUT_FILENO) ? FORMAT_TABLE : FORMAT_JSONL;
    bool is_known = !name;
    for (int i = 0; i < 4 && name; i++)
        if (strcmp(names[i], name) == 0) {
            reader->format = (enum format)i;
            is_known = true;
        }
    if (!is_known)
        fprintf(stderr, "sentosa: there is no format \"%s\"; jsonl, csv, tsv or table\n",
                name);
    reader->how.format = reader->format == FORMAT_TSV ? SENTOSA_TSV : SENTOSA_CSV;
    return is_known;
}

/* Opens all that reading needs; false after saying why not. */
static bool open_all(struct reader *reader, char **paths, int count,
                     struct engine_tables tables, const char *db)
{
    static const char *const input[] = {"-"};
    struct sentosa_error error = {""};
    reader->engine = engine_open(tables);
    if (!reader->engine)
        return false;
    reader->batch.engine = reader->engine;
    bool failed = sentosa_source_open(count ? (const char *const *)paths : input,
                                      count ? (size_t)count : 1, 0, &reader->batch.source,
                                      &error) ||
                  (db &&
                   sentosa_store_open(db, SENTOSA_STORE_WRITE, &reader->store, &error));
    if (failed)
        fprintf(stderr, "sentosa: %s\n", error.message);
    if (!failed && reader->format == FORMAT_TABLE)
        reader->table = table_new(event_columns,
                                  sizeof event_columns / sizeof *event_columns);
    if (!failed && (reader->format == FORMAT_CSV || reader->format == FORMAT_TSV))
        failed = !print_line(sentosa_export_header(&reader->how));
    return !failed && (reader->format != FORMAT_TABLE || reader->table);
}

static void close_all(struct reader *reader)
{
    table_free(reader->table);
    sentosa_store_close(reader->store);
    sentosa_source_close(reader->batch.source);
    sentosa_close(reader->engine);
}

/* A whole number from 1 to 64, or a number from 0 to 1; false after saying what is
 * wrong. */
static bool read_number(const char *name, const char *text, double least, double most,
                        double *number)
{
    char *end;
    if (!text)
        return true;
    *number = strtod(text, &end);
    bool is_good = end != text && *end == '\0' && *number >= least && *number <= most;
    if (!is_good)
        fprintf(stderr, "sentosa: %s: \"%s\" is not a number from %g to %g\n", name, text,
                least, most);
    return is_good;
}

int read_command(int count, char **args)
{
    struct reader reader = {.batch.threads = 1};
    const char *format = NULL, *db = NULL, *threads = NULL, *confidence = NULL;
    struct engine_tables tables = {0};
    const struct option options[] = {
        {"--date", 0, &reader.batch.date, NULL,
         "day of reports that carry none, such as 2024-03-02"},
        {"--db", 0, &db, NULL, "keep what they say in this situation (made if missing)"},
        {"--resume", 0, NULL, &reader.resumes,
         "pass over what --db has already, as after an interrupted run"},
        {"--format", 0, &format, NULL,
         "table (on a terminal), jsonl (in a pipe), csv or tsv"},
        {"--jobs", 'j', &threads, NULL, "threads; the output is the same for any number"},
        {"--status", 0, &reader.statuses, NULL, "only these, such as scheduled,expected"},
        {"--type", 0, &reader.types, NULL, "only these, such as CONSULT,ASSAULT"},
        {"--actor", 0, &reader.actor, NULL, "only events with this code, id or name"},
        {"--min-confidence", 0, &confidence, NULL, "only events this sure, 0 to 1"},
        ENGINE_OPTIONS(tables),
        {0}};
    int left = options_read(count, args, options, usage);
    if (left < 0)
        return left == -2 ? EXIT_OK : EXIT_USAGE;
    char day[16];
    if (!read_format(&reader, format) || !read_jobs(threads, &reader.batch.threads) ||
        !read_number("--min-confidence", confidence, 0, 1, &reader.min_confidence) ||
        (reader.batch.date && !read_day_option("--date", reader.batch.date, false, day)))
        return EXIT_USAGE;
    if (reader.resumes && !db) {
        fprintf(stderr, "sentosa: --resume needs --db\n%s\n", usage);
        return EXIT_USAGE;
    }
    reader.batch.choose = choose;
    reader.batch.context = &reader;
    int code = open_all(&reader, args, left, tables, db) ? read_all(&reader) : EXIT_STORE;
    if (reader.code)
        code = reader.code;
    close_all(&reader);
    return code;
}
