/* show.c: `sentosa show ID`: one event, its sentences with carets under the evidence. */
#include "cli/changes.h"
#include "cli/query.h"

#include <stdlib.h>
#include <string.h>

static const char usage[] = "usage: sentosa show ID --db FILE [--json]    ID: an event's "
                            "id, or enough of its start";

#define NARROW 100 /* in a pipe */
#define INDENT 4

/* ---- carets ---- */

/* A sentence with one mark for each of its bytes. */
struct marked {
    const struct sentosa_evidence *sentence;
    char *marks;
    size_t len;
};

static bool lies_in(const struct sentosa_evidence *sentence,
                    const struct sentosa_evidence *words)
{
    return words->text && words->part && sentence->part &&
           strcmp(words->part, sentence->part) == 0 &&
           words->span.start >= sentence->span.start &&
           words->span.end <= sentence->span.end && words->span.start < words->span.end;
}

static void mark(struct marked *marked, struct sentosa_span span, char sign)
{
    for (size_t at = span.start; at < span.end; at++) {
        size_t place = at - marked->sentence->span.start;
        if (at >= marked->sentence->span.start && place < marked->len)
            marked->marks[place] = sign;
    }
}

static void mark_words(struct marked *marked, const struct sentosa_evidence *words)
{
    if (lies_in(marked->sentence, words))
        mark(marked, words->span, '-');
}

static void mark_all(struct marked *marked, const struct sentosa_event *event,
                     const struct sentosa_telling *telling)
{
    for (size_t i = 0; i < event->actor_count; i++)
        mark_words(marked, &event->actors[i].words);
    for (size_t i = 0; i < event->recipient_count; i++)
        mark_words(marked, &event->recipients[i].words);
    for (size_t i = 0; i < telling->voice_count; i++)
        mark_words(marked, &telling->voices[i].words);
    if (event->date)
        mark_words(marked, &event->date->words);
    if (event->place)
        mark_words(marked, &event->place->words);
    mark(marked, telling->anchor, '^');
}

static size_t letter_len(const char *text, size_t left)
{
    size_t len = 1;
    while (len < left && ((unsigned char)text[len] & 0xC0) == 0x80)
        len++;
    return len;
}

static void print_marks(const char *text, const char *marks, size_t len)
{
    size_t owed = 0;
    for (size_t at = 0; at < len;) {
        size_t letter = letter_len(text + at, len - at);
        size_t width = text_width(text + at, letter);
        for (; width && marks[at] == ' '; width--)
            owed++;
        for (; width; width--) {
            for (; owed; owed--)
                fputc(' ', stdout);
            fputc(marks[at], stdout);
        }
        at += letter;
    }
}

static bool has_mark(const char *marks, size_t len)
{
    for (size_t i = 0; i < len; i++)
        if (marks[i] != ' ')
            return true;
    return false;
}

static void print_marked(const struct marked *marked, size_t width, bool has_colour)
{
    const char *text = marked->sentence->text;
    size_t room = width > INDENT + 20 ? width - INDENT : NARROW;
    for (size_t at = 0; at < marked->len;) {
        size_t len = prose_line(text + at, marked->len - at, room);
        printf("%*s", INDENT, "");
        print_safe(stdout, text + at, len);
        fputc('\n', stdout);
        if (has_mark(marked->marks + at, len)) {
            printf("%*s%s", INDENT, "", tone_start(TONE_GOOD, has_colour));
            print_marks(text + at, marked->marks + at, len);
            printf("%s\n", tone_end(TONE_GOOD, has_colour));
        }
        at += len;
        while (at < marked->len && text[at] == ' ')
            at++;
    }
}

static bool print_sentence(const struct ask *ask, const struct sentosa_event *event,
                           const struct sentosa_telling *telling)
{
    if (!telling->sentence.text)
        return true;
    struct marked marked = {.sentence = &telling->sentence,
                            .len = strlen(telling->sentence.text)};
    marked.marks = malloc(marked.len + 1);
    if (!marked.marks)
        return false;
    memset(marked.marks, ' ', marked.len + 1);
    mark_all(&marked, event, telling);
    print_marked(&marked, ask->width, ask->has_colour);
    free(marked.marks);
    return true;
}

/* ---- the facts above ---- */

static void print_fact(const char *name, const char *value)
{
    if (!value || !*value)
        return;
    printf("  %-11s ", name);
    print_safe(stdout, value, strlen(value));
    fputc('\n', stdout);
}

static void print_party(const char *name, const struct sentosa_party *party)
{
    struct text text = {.len = 0};
    text_party(&text, party);
    for (size_t i = 0; i < party->sector_count; i++) {
        text_add(&text, " ");
        text_add(&text, party->sectors[i]);
    }
    if (party->role) {
        text_add(&text, ", ");
        text_add(&text, party->role);
    }
    if (party->id) {
        text_add(&text, "  [");
        text_add(&text, party->id);
        text_add(&text, "]");
    }
    if (party->code_from && strcmp(party->code_from, "actor") != 0) {
        text_add(&text, "  code from the ");
        text_add(&text, party->code_from);
    }
    print_fact(name, text.bytes);
}

static void print_head(const struct ask *ask, const struct sentosa_item *item)
{
    const struct sentosa_event *event = item->event;
    struct text type = {.len = 0};
    text_type(&type, item);
    printf("%s%s%s  ", tone_start(TONE_BOLD, ask->has_colour), type.bytes,
           tone_end(TONE_BOLD, ask->has_colour));
    printf("%s%s%s", tone_start(status_tone(event->status), ask->has_colour),
           event->status, tone_end(status_tone(event->status), ask->has_colour));
    if (event->completion)
        printf(", %s", event->completion);
    if (event->is_historical)
        printf(", history");
    printf("  %s\n", event->id);
}

static void print_when_where(const struct sentosa_event *event,
                             const struct sentosa_item *item)
{
    struct text when = {.len = 0}, where = {.len = 0};
    text_when(&when, item);
    if (event->date && event->date->words.text) {
        text_add(&when, "  \"");
        text_add(&when, event->date->words.text);
        text_add(&when, "\"");
    }
    print_fact("date", when.bytes);
    if (!event->place)
        return;
    text_add(&where, event->place->name);
    for (size_t i = event->place->path_count; i > 0; i--) {
        text_add(&where, ", ");
        text_add(&where, event->place->path[i - 1]);
    }
    if (event->place->country) {
        text_add(&where, " (");
        text_add(&where, event->place->country);
        text_add(&where, ")");
    }
    print_fact("place", where.bytes);
}

static void print_numbers(const struct sentosa_event *event)
{
    const struct {
        const char *name;
        int64_t count;
    } counts[] = {
        {"dead", event->dead}, {"injured", event->injured}, {"crowd", event->crowd}};
    for (size_t i = 0; i < sizeof counts / sizeof *counts; i++) {
        char text[24];
        snprintf(text, sizeof text, "%lld", (long long)counts[i].count);
        if (counts[i].count >= 0)
            print_fact(counts[i].name, text);
    }
    for (size_t i = 0; i < event->weapon_count; i++)
        print_fact("weapon", event->weapons[i]);
}

static void print_facts(const struct sentosa_item *item)
{
    const struct sentosa_event *event = item->event;
    const struct sentosa_report *report = item->report;
    struct text voices = {.len = 0}, source = {.len = 0};
    char text[96];
    for (size_t i = 0; i < event->actor_count; i++)
        print_party("actor", &event->actors[i]);
    for (size_t i = 0; i < event->recipient_count; i++)
        print_party("recipient", &event->recipients[i]);
    print_when_where(event, item);
    text_voices(&voices, event->voices, event->voice_count);
    print_fact("voice", voices.bytes);
    print_fact("about", event->about);
    print_fact("content", event->content);
    print_numbers(event);
    snprintf(text, sizeof text, "%s, CAMEO %s, score %.3g, confidence %.2f",
             event->rule ? event->rule : "-", event->cameo ? event->cameo : "-",
             event->score, event->confidence);
    print_fact("coded as", text);
    text_add(&source, report->title ? report->title : "(no title)");
    text_add(&source, report->source ? ", " : "");
    text_add(&source, report->source);
    text_add(&source, report->published ? ", " : "");
    text_add(&source, report->published);
    print_fact("report", source.bytes);
    print_fact("url", report->url);
    snprintf(text, sizeof text, "%zu reports tell it", item->story_reports);
    if (item->story_reports > 1)
        print_fact("story", text);
}

static bool print_telling(const struct ask *ask, const struct sentosa_event *event,
                          const struct sentosa_telling *telling)
{
    struct text voices = {.len = 0};
    text_voices(&voices, telling->voices, telling->voice_count);
    printf("\n  %s %u-%u, %s", telling->sentence.part, telling->sentence.span.start,
           telling->sentence.span.end, telling->status);
    if (voices.len) {
        fputs(", voice ", stdout);
        print_safe(stdout, voices.bytes, voices.len);
    }
    fputc('\n', stdout);
    return print_sentence(ask, event, telling);
}

static bool print_event(const struct ask *ask, const struct sentosa_item *item)
{
    const struct sentosa_event *event = item->event;
    const struct sentosa_telling only = {.sentence = event->sentence,
                                         .anchor = event->anchor,
                                         .status = event->status,
                                         .voices = event->voices,
                                         .voice_count = event->voice_count};
    print_head(ask, item);
    print_facts(item);
    bool has_memory = true;
    if (event->telling_count == 0)
        has_memory = print_telling(ask, event, &only);
    for (size_t i = 0; i < event->telling_count && has_memory; i++)
        has_memory = print_telling(ask, event, &event->tellings[i]);
    return has_memory;
}

/* ---- what is new in a version ---- */

/* Where the report tells anew what another had told. */
static bool print_version(const struct ask *ask, const struct sentosa_report *report)
{
    struct sentosa_changes *changes;
    struct sentosa_error error = {""};
    enum sentosa_outcome outcome = sentosa_store_changes(ask->store, report->digest,
                                                         &changes, &error);
    if (outcome && outcome != SENTOSA_END) {
        fprintf(stderr, "sentosa: %s\n", error.message);
        return false;
    }
    if (!outcome) {
        putchar('\n');
        changes_print(changes);
    }
    sentosa_changes_free(changes);
    return true;
}

/* ---- the command ---- */

/* Several events may begin alike; one whose id is just what was given wins. */
struct finding {
    const char *wanted;
    size_t count;
    char only[80];
    bool is_exact;
};

static bool find(void *context, const struct sentosa_item *item)
{
    struct finding *finding = context;
    bool is_exact = strcmp(item->event->id, finding->wanted) == 0;
    if (!finding->is_exact)
        snprintf(finding->only, sizeof finding->only, "%s", item->event->id);
    finding->is_exact = finding->is_exact || is_exact;
    finding->count++;
    return true;
}

static bool show_one(void *context, const struct sentosa_item *item)
{
    struct ask *ask = context;
    if (ask->as_json)
        return print_line(sentosa_item_json(item));
    return print_event(ask, item) && print_version(ask, item->report);
}

static int show(struct ask *ask)
{
    struct finding finding = {.wanted = ask->arguments[0]};
    ask->query.kinds = SENTOSA_EVENTS;
    ask->query.id = finding.wanted;
    int code = ask_each(ask, find, &finding);
    if (code == EXIT_NOTHING)
        fprintf(stderr, "sentosa: no event has the id %s\n", finding.wanted);
    if (code != EXIT_OK)
        return code;
    if (finding.count > 1 && !finding.is_exact) {
        fprintf(stderr,
                "sentosa: %zu events have ids that begin with %s: give more of it\n",
                finding.count, finding.wanted);
        return EXIT_USAGE;
    }
    ask->query.id = finding.only;
    return ask_each(ask, show_one, ask);
}

int show_command(int count, char **args)
{
    struct ask ask = {.usage = usage, .least = 1, .most = 1};
    int code = ask_begin(&ask, count, args);
    if (!ask.store)
        return code;
    return ask_end(&ask, show(&ask));
}
