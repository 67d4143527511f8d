/* eval_timex.c: `sentosa eval --timex`: the times that are read, held against TimeML by
 * the rules of TempEval-3 (UzZaman et al. 2013): F1 of exact spans (strict), of spans
 * that overlap (relaxed), and of those whose TIMEX3 value is the same too (value). */
#include "cli/eval.h"
#include "cli/eval_timeml.h"

#include <dirent.h>
#include <jansson.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

static const char usage[] = "usage: sentosa eval --timex DIR|FILE.tml [OPTION]...";

#define MAX_FILE ((size_t)64 << 20)
#define WIDTH 48 /* of the words of a miss */

static const char *const types[] = {"DATE", "TIME", "DURATION", "SET"};
#define TYPE_COUNT (sizeof types / sizeof *types)

/* Hits are counted with the gold's type, so that a wrong type costs recall there. */
struct tally {
    size_t gold, found, strict, relaxed, value;
};

struct timing {
    const struct sentosa *engine;
    struct tally all, by_type[TYPE_COUNT];
    size_t same_type; /* of the relaxed hits */
    bool is_verbose;
};

static size_t type_at(const char *type)
{
    for (size_t i = 0; i < TYPE_COUNT; i++)
        if (strcmp(types[i], type) == 0)
            return i;
    return 0;
}

/* ---- what is read ---- */

static void copy_word(const json_t *object, const char *key, char *to, size_t size)
{
    const char *word = json_string_value(json_object_get(object, key));
    snprintf(to, size, "%s", word ? word : "");
}

/* Fills found, which has room for as many as the array holds. */
static size_t read_found(const json_t *times, struct timex *found)
{
    size_t count = 0;
    for (size_t i = 0; i < json_array_size(times); i++) {
        const json_t *time = json_array_get(times, i);
        const json_t *span = json_object_get(time, "span");
        struct timex *next = &found[count++];
        next->start = (size_t)json_integer_value(json_array_get(span, 0));
        next->end = (size_t)json_integer_value(json_array_get(span, 1));
        copy_word(time, "type", next->type, sizeof next->type);
        copy_word(time, "value", next->value, sizeof next->value);
    }
    return count;
}

/* The engine's answer, parsed; NULL after saying why there is none. */
static json_t *ask(const struct timing *t, const char *path,
                   const struct timeml *document)
{
    struct sentosa_error error;
    struct sentosa_doc *doc = NULL;
    struct sentosa_input input = {.text = document->text,
                                  .len = document->len,
                                  .date = document->day[0] ? document->day : NULL};
    const struct sentosa_options options = {.upto = "time"};
    json_t *answer = NULL;
    if (sentosa_doc_new(&input, &doc, &error) ||
        sentosa_doc_read(t->engine, doc, &options, &error)) {
        fprintf(stderr, "sentosa: %s: %s\n", path, error.message);
    } else {
        char *line = sentosa_explain(t->engine, doc, "time", true);
        answer = line ? json_loads(line, 0, NULL) : NULL;
        sentosa_free(line);
    }
    sentosa_doc_free(doc);
    return answer;
}

/* ---- holding one against the other ---- */

static void print_words(const struct timeml *document, const struct timex *time)
{
    if (!time) {
        fputs("\t-\t-", stdout);
        return;
    }
    size_t len = time->end - time->start;
    putchar('\t');
    for (size_t i = 0; i < len && i < WIDTH; i++) {
        char c = document->text[time->start + i];
        putchar((unsigned char)c < ' ' ? ' ' : c);
    }
    printf("\t%s", time->value[0] ? time->value : "?");
}

static void print_miss(const struct timing *t, const char *what,
                       const struct timeml *document, const struct timex *gold,
                       const struct timex *found)
{
    if (!t->is_verbose)
        return;
    const struct timex *either = gold ? gold : found;
    size_t from = either->start > 30 ? either->start - 30 : 0;
    printf("%s", what);
    print_words(document, gold);
    print_words(document, found);
    printf("\t... ");
    for (size_t i = from; i < document->len && i < either->end + 20; i++)
        putchar((unsigned char)document->text[i] < ' ' ? ' ' : document->text[i]);
    putchar('\n');
}

static bool overlap(const struct timex *a, const struct timex *b)
{
    return a->start < b->end && b->start < a->end;
}

/* The found time that answers: the one with the same span, else the first that overlaps
 * and is not taken; count when there is none. */
static size_t find_answer(const struct timex *gold, const struct timex *found,
                          const bool *is_taken, size_t count)
{
    size_t best = count;
    for (size_t i = 0; i < count; i++) {
        if (is_taken[i] || !overlap(gold, &found[i]))
            continue;
        if (found[i].start == gold->start && found[i].end == gold->end)
            return i;
        if (best == count)
            best = i;
    }
    return best;
}

static void add_hit(struct tally *tally, bool is_strict, bool is_value)
{
    tally->relaxed++;
    tally->strict += is_strict;
    tally->value += is_value;
}

static void judge_gold(struct timing *t, const struct timeml *document,
                       const struct timex *gold, const struct timex *found)
{
    struct tally *typed = &t->by_type[type_at(gold->type)];
    t->all.gold++;
    typed->gold++;
    if (!found) {
        print_miss(t, "missed", document, gold, NULL);
        return;
    }
    bool is_strict = gold->start == found->start && gold->end == found->end;
    bool is_value = strcmp(gold->value, found->value) == 0;
    t->same_type += strcmp(gold->type, found->type) == 0;
    add_hit(&t->all, is_strict, is_value);
    if (strcmp(gold->type, found->type) == 0)
        add_hit(typed, is_strict, is_value);
    if (!is_strict || !is_value)
        print_miss(t, is_value ? "span" : "value", document, gold, found);
}

/* Gold and found stand in the order of the text, so that each gold looks only at what has
 * not ended before it. */
static bool judge(struct timing *t, const struct timeml *document, const json_t *answer)
{
    const json_t *times = json_object_get(answer, "times");
    size_t size = json_array_size(times), low = 0;
    struct timex *found = calloc(size + 1, sizeof *found);
    bool *is_taken = calloc(size + 1, sizeof *is_taken);
    if (found && is_taken) {
        size_t count = read_found(times, found);
        for (size_t i = 0; i < document->count; i++) {
            const struct timex *gold = &document->times[i];
            while (low < count && found[low].end <= gold->start)
                low++;
            size_t high = low;
            while (high < count && found[high].start < gold->end)
                high++;
            size_t at = low + find_answer(gold, found + low, is_taken + low, high - low);
            if (at < high)
                is_taken[at] = true;
            judge_gold(t, document, gold, at < high ? &found[at] : NULL);
        }
        for (size_t i = 0; i < count; i++) {
            t->all.found++;
            t->by_type[type_at(found[i].type)].found++;
            if (!is_taken[i])
                print_miss(t, "extra", document, NULL, &found[i]);
        }
    }
    bool is_done = found && is_taken;
    free(found);
    free(is_taken);
    return is_done;
}

/* ---- files ---- */

/* The whole file, or NULL after saying why not. */
static char *read_whole(const char *path, size_t *len)
{
    FILE *file = fopen(path, "rb");
    char *bytes = NULL;
    *len = 0;
    if (file && fseek(file, 0, SEEK_END) == 0) {
        long size = ftell(file);
        if (size >= 0 && (size_t)size <= MAX_FILE && fseek(file, 0, SEEK_SET) == 0)
            bytes = malloc((size_t)size + 1);
        if (bytes)
            *len = fread(bytes, 1, (size_t)size, file);
    }
    if (file)
        fclose(file);
    if (!bytes)
        fprintf(stderr, "sentosa: %s: cannot be read\n", path);
    return bytes;
}

static int judge_document(struct timing *t, const char *path)
{
    size_t len;
    struct timeml document;
    char *xml = read_whole(path, &len);
    if (!xml)
        return EXIT_REPORTS;
    bool is_done = timeml_read(xml, len, &document);
    if (is_done && document.len == 0) {
        fprintf(stderr, "sentosa: %s: no TEXT of TimeML in it\n", path);
        is_done = false;
    }
    json_t *answer = is_done ? ask(t, path, &document) : NULL;
    if (t->is_verbose && answer)
        printf("# %s %s\n", path, document.day);
    is_done = answer && judge(t, &document, answer);
    json_decref(answer);
    timeml_free(&document);
    free(xml);
    return is_done ? EXIT_OK : EXIT_REPORTS;
}

static int is_document(const struct dirent *entry)
{
    const char *dot = strrchr(entry->d_name, '.');
    return dot && (strcmp(dot, ".tml") == 0 || strcmp(dot, ".xml") == 0);
}

static int judge_folder(struct timing *t, const char *folder)
{
    struct dirent **entries;
    int code = EXIT_OK, count = scandir(folder, &entries, is_document, alphasort);
    if (count < 0) {
        fprintf(stderr, "sentosa: %s: cannot be read\n", folder);
        return EXIT_STORE;
    }
    for (int i = 0; i < count; i++) {
        char path[4096];
        snprintf(path, sizeof path, "%s/%s", folder, entries[i]->d_name);
        if (judge_document(t, path))
            code = EXIT_REPORTS;
        free(entries[i]);
    }
    free(entries);
    return code;
}

/* ---- figures ---- */

static double share(size_t part, size_t of)
{
    return of ? (double)part / (double)of : 0;
}

static void print_line(const char *name, size_t hits, const struct tally *tally)
{
    double precision = share(hits, tally->found), recall = share(hits, tally->gold);
    double both = precision + recall;
    printf("%-8s P %.3f  R %.3f  F1 %.3f\n", name, precision, recall,
           both > 0 ? 2 * precision * recall / both : 0);
}

static void print_figures(const struct timing *t)
{
    printf("gold %zu, found %zu\n", t->all.gold, t->all.found);
    print_line("strict", t->all.strict, &t->all);
    print_line("relaxed", t->all.relaxed, &t->all);
    print_line("value", t->all.value, &t->all);
    print_line("type", t->same_type, &t->all);
    for (size_t i = 0; i < TYPE_COUNT; i++) {
        const struct tally *tally = &t->by_type[i];
        if (!tally->gold && !tally->found)
            continue;
        printf("%s: gold %zu, found %zu\n", types[i], tally->gold, tally->found);
        print_line("  strict", tally->strict, tally);
        print_line("  relaxed", tally->relaxed, tally);
        print_line("  value", tally->value, tally);
    }
}

int eval_timex(int count, char **args)
{
    struct engine_tables tables = {0};
    struct timing t = {0};
    const struct option options[] = {
        {"--verbose", 'v', NULL, &t.is_verbose,
         "what is missed, extra or wrong: gold, its value, found, its value, the words"},
        ENGINE_OPTIONS(tables),
        {0}};
    int left = count > 0 ? options_read(count, args, options, usage) : -1;
    if (left != 0) {
        if (left != -2)
            fprintf(stderr, "%s\n", usage);
        return left == -2 ? EXIT_OK : EXIT_USAGE;
    }
    struct sentosa *engine = engine_open(tables);
    if (!engine)
        return EXIT_STORE;
    struct stat info;
    t.engine = engine;
    bool is_folder = stat(args[0], &info) == 0 && S_ISDIR(info.st_mode);
    int code = is_folder ? judge_folder(&t, args[0]) : judge_document(&t, args[0]);
    print_figures(&t);
    sentosa_close(engine);
    return code;
}
