/* merge.c: which events of different reports are the same happening (a story).
 *
 * The tests are strict: two rows for one happening are easier to forgive than one row
 * for two. An event joins the newest story with whose events it agrees in type, modes,
 * parties, place, days and, where the days do not settle it, in the words of its
 * sentence. Inside one report the merge stage has decided already: two events of one
 * report never share a story. */
#include "store/store.h"

#include "base/date.h"
#include "base/utf8.h"

#include <stdlib.h>
#include <string.h>

#define PRECISE_DAYS                                                                     \
    3 /* a happening whose days are known this well is told by its days */
#define COARSE_DAYS                                                                      \
    31 /* "in March"; past that only the same span will do ("1950 to 1953") */
#define NEWS_DAYS 7      /* how long reports keep telling a happening without its day */
#define LEAST_SHARED 0.3 /* part of the sentences' words, where days do not settle it */
#define WORDS_MAX 64
#define WORD_LEN 24

struct days {
    day first, last; /* DAY_NONE when unknown */
};

static day read_day(const char *text)
{
    day first, last;
    char iso[11];
    if (!text || strlen(text) < 10)
        return DAY_NONE;
    memcpy(iso, text, 10);
    iso[10] = '\0';
    return day_read(iso, &first, &last) ? first : DAY_NONE;
}

/* The day that words give; one that only follows from the report's is no ground for
 * holding two events apart. */
static const struct sentosa_date *told_date(const struct sentosa_event *event)
{
    return event->date && event->date->words.text ? event->date : NULL;
}

static struct days days_of(const struct sentosa_event *event)
{
    const struct sentosa_date *date = told_date(event);
    if (!date)
        return (struct days){DAY_NONE, DAY_NONE};
    return (struct days){read_day(date->start), read_day(date->end)};
}

/* Number of days; 0 when a side is open. */
static int64_t width_of(struct days days)
{
    return days.first == DAY_NONE || days.last == DAY_NONE
               ? 0
               : (int64_t)days.last - days.first + 1;
}

/* ---- parties ---- */

static bool is_person(const struct sentosa_party *party)
{
    return party->id && strncmp(party->id, "person/", 7) == 0;
}

static bool equal(const char *a, const char *b)
{
    return a && b && strcmp(a, b) == 0;
}

static bool parties_fit(const struct sentosa_party *a, const struct sentosa_party *b)
{
    if (equal(a->id, b->id))
        return true;
    if (is_person(a) && is_person(b))
        return false;
    if (a->code && b->code)
        return equal(a->code, b->code);
    return equal(a->name, b->name);
}

/* Each of the first has its like among the second. */
static bool all_within(const struct sentosa_party *few, size_t few_count,
                       const struct sentosa_party *many, size_t many_count)
{
    for (size_t i = 0; i < few_count; i++) {
        bool is_there = false;
        for (size_t k = 0; k < many_count && !is_there; k++)
            is_there = parties_fit(&few[i], &many[k]);
        if (!is_there)
            return false;
    }
    return true;
}

static bool sides_fit(const struct sentosa_party *a, size_t a_count,
                      const struct sentosa_party *b, size_t b_count)
{
    return a_count <= b_count ? all_within(a, a_count, b, b_count)
                              : all_within(b, b_count, a, a_count);
}

/* Who meets whom may be told from either side. */
static bool crossed_fit(const struct sentosa_event *a, const struct sentosa_event *b)
{
    static const char *const mutual[] = {"CONSULT", "AGREE", "COOPERATE"};
    bool is_mutual = false;
    for (size_t i = 0; i < sizeof mutual / sizeof *mutual; i++)
        is_mutual = is_mutual || equal(a->type, mutual[i]);
    if (!is_mutual)
        return false;
    const struct sentosa_event *flat = a->recipient_count ? b : a;
    const struct sentosa_event *sided = a->recipient_count ? a : b;
    if (flat->recipient_count == 0)
        return flat->actor_count > 1 &&
               all_within(sided->actors, sided->actor_count, flat->actors,
                          flat->actor_count) &&
               all_within(sided->recipients, sided->recipient_count, flat->actors,
                          flat->actor_count);
    return sides_fit(a->actors, a->actor_count, b->recipients, b->recipient_count) &&
           sides_fit(a->recipients, a->recipient_count, b->actors, b->actor_count);
}

static bool all_parties_fit(const struct sentosa_event *a, const struct sentosa_event *b)
{
    bool is_straight = a->actor_count && b->actor_count &&
                       sides_fit(a->actors, a->actor_count, b->actors, b->actor_count) &&
                       !a->recipient_count == !b->recipient_count &&
                       sides_fit(a->recipients, a->recipient_count, b->recipients,
                                 b->recipient_count);
    /* "The attack on the port": who did it may be missing on one side. */
    bool is_done_to = a->recipient_count && b->recipient_count &&
                      (!a->actor_count || !b->actor_count) &&
                      sides_fit(a->recipients, a->recipient_count, b->recipients,
                                b->recipient_count);
    return is_straight || is_done_to || crossed_fit(a, b);
}

/* ---- modes, places, numbers ---- */

static bool modes_fit(const struct sentosa_event *a, const struct sentosa_event *b)
{
    if (a->mode_count == 0 || b->mode_count == 0)
        return true;
    for (size_t i = 0; i < a->mode_count; i++)
        for (size_t k = 0; k < b->mode_count; k++)
            if (equal(a->modes[i], b->modes[k]))
                return true;
    return false;
}

static bool places_fit(const struct sentosa_place *a, const struct sentosa_place *b)
{
    if (!a || !b || !a->country || !b->country)
        return true;
    if (!equal(a->country, b->country))
        return false;
    /* Two towns of one country differ; a town and its country do not. */
    bool are_spots = equal(a->precision, b->precision) && !equal(a->precision, "country");
    return !are_spots || equal(a->name, b->name);
}

static bool counts_fit(int64_t a, int64_t b)
{
    if (a < 0 || b < 0)
        return true;
    int64_t more = a > b ? a : b, less = a > b ? b : a;
    return more <= 3 || more <= 2 * less;
}

/* ---- words ---- */

struct words {
    char words[WORDS_MAX][WORD_LEN];
    size_t count;
};

static bool has_word(const struct words *words, const char *word)
{
    for (size_t i = 0; i < words->count; i++)
        if (strcmp(words->words[i], word) == 0)
            return true;
    return false;
}

/* The different words of four bytes and more: short ones are in every sentence. */
static void take_words(const char *text, struct words *words)
{
    char folded[2048];
    words->count = 0;
    utf8_fold(text ? text : "", text ? strlen(text) : 0, folded, sizeof folded);
    for (char *at = folded; *at && words->count < WORDS_MAX;) {
        at += strspn(at, " \t\n.,;:!?\"'()-");
        size_t len = strcspn(at, " \t\n.,;:!?\"'()-");
        if (len >= 4 && len < WORD_LEN) {
            char *word = words->words[words->count];
            memcpy(word, at, len);
            word[len] = '\0';
            if (!has_word(words, word))
                words->count++;
        }
        at += len;
    }
}

static bool share_words(const char *a, const char *b)
{
    struct words of_a, of_b;
    size_t shared = 0;
    take_words(a, &of_a);
    take_words(b, &of_b);
    for (size_t i = 0; i < of_a.count; i++)
        shared += has_word(&of_b, of_a.words[i]);
    size_t all = of_a.count + of_b.count - shared;
    return all && (double)shared >= LEAST_SHARED * (double)all;
}

/* ---- the decision ---- */

struct told {
    const struct sentosa_event *event;
    const struct sentosa_report *report;
    const char *parties; /* see join_parties; of the event that is added */
};

static bool times_fit(const struct told *a, const struct told *b)
{
    struct days of_a = days_of(a->event), of_b = days_of(b->event);
    int64_t width_a = width_of(of_a), width_b = width_of(of_b);
    bool have_both = width_a && width_b;
    if (have_both && (of_a.first > of_b.last || of_b.first > of_a.last))
        return false;
    if (have_both && width_a <= PRECISE_DAYS && width_b <= PRECISE_DAYS)
        return true;
    if (width_a > COARSE_DAYS || width_b > COARSE_DAYS)
        return width_a == width_b && of_a.first == of_b.first &&
               share_words(a->event->sentence.text, b->event->sentence.text);
    day told_a = read_day(a->report->published), told_b = read_day(b->report->published);
    if (told_a == DAY_NONE || told_b == DAY_NONE || abs(told_a - told_b) > NEWS_DAYS)
        return false;
    return share_words(a->event->sentence.text, b->event->sentence.text);
}

static bool statuses_fit(const struct sentosa_event *a, const struct sentosa_event *b)
{
    /* What did not happen is the same as what did only when both name the day. */
    if (equal(a->status, "negated") == equal(b->status, "negated"))
        return true;
    int64_t width_a = width_of(days_of(a)), width_b = width_of(days_of(b));
    return width_a && width_a <= PRECISE_DAYS && width_b && width_b <= PRECISE_DAYS;
}

static bool are_same(const struct told *a, const struct told *b)
{
    return !equal(a->report->digest, b->report->digest) &&
           modes_fit(a->event, b->event) && statuses_fit(a->event, b->event) &&
           all_parties_fit(a->event, b->event) &&
           places_fit(a->event->place, b->event->place) &&
           counts_fit(a->event->dead, b->event->dead) && times_fit(a, b);
}

/* ---- the stories ---- */

enum { NUMBERS_MAX = 16 };

/* The first column of a statement's rows. */
static enum sentosa_outcome take_numbers(struct sentosa_store *store, struct row *row,
                                         int64_t *numbers, size_t *count,
                                         struct sentosa_error *error)
{
    int rc;
    *count = 0;
    while ((rc = row_step(row)) == SQLITE_ROW && *count < NUMBERS_MAX)
        numbers[(*count)++] = sqlite3_column_int64(row->statement, 0);
    if (rc != SQLITE_ROW && rc != SQLITE_DONE)
        return store_fail(store, rc, error);
    sqlite3_reset(row->statement);
    return SENTOSA_OK;
}

/* Does the event agree with each of the story's newest events? */
static enum sentosa_outcome check_story(struct sentosa_store *store, int64_t story,
                                        const struct told *told, bool *is_same,
                                        struct sentosa_error *error)
{
    int64_t members[NUMBERS_MAX];
    size_t count;
    struct row row = row_for(store, STATEMENT_MEMBERS);
    row_integer(&row, story);
    enum sentosa_outcome outcome = take_numbers(store, &row, members, &count, error);
    *is_same = count > 0;
    for (size_t i = 0; i < count && !outcome && *is_same; i++) {
        struct arena arena;
        struct sentosa_item item = {0};
        arena_init(&arena, 0);
        outcome = fetch_outline(store, &arena, members[i], &item, error);
        if (!outcome)
            *is_same = are_same(told, &(struct told){item.event, item.report, NULL});
        arena_free(&arena);
    }
    return outcome;
}

static const char *either(const char *a, const char *b)
{
    return a ? a : b;
}

static enum sentosa_outcome find_story(struct sentosa_store *store,
                                       const struct told *told, int64_t *story,
                                       struct sentosa_error *error)
{
    const struct sentosa_date *date = told_date(told->event);
    int64_t candidates[NUMBERS_MAX];
    size_t count;
    *story = 0;
    struct row row = row_for(store, STATEMENT_STORIES);
    row_text(&row, told->event->type);
    row_text(&row, date ? either(date->start, date->end) : NULL);
    row_text(&row, date ? either(date->end, date->start) : NULL);
    row_text(&row, told->parties);
    row_text(&row, told->report->published);
    enum sentosa_outcome outcome = take_numbers(store, &row, candidates, &count, error);
    for (size_t i = 0; i < count && !outcome && !*story; i++) {
        bool is_same = false;
        outcome = check_story(store, candidates[i], told, &is_same, error);
        if (is_same)
            *story = candidates[i];
    }
    return outcome;
}

/* Makes the story, or narrows it to the days that all its events agree on. */
static enum sentosa_outcome note_story(struct sentosa_store *store,
                                       const struct told *told, int64_t *story,
                                       struct sentosa_error *error)
{
    const struct sentosa_date *date = told_date(told->event);
    bool is_new = *story == 0;
    struct row row = row_for(store,
                             is_new ? STATEMENT_NEW_STORY : STATEMENT_NARROW_STORY);
    if (is_new)
        row_text(&row, told->event->type);
    else
        row_integer(&row, *story);
    row_text(&row, date ? either(date->start, date->end) : NULL);
    row_text(&row, date ? either(date->end, date->start) : NULL);
    row_text(&row, told->report->published);
    if (is_new)
        row_text(&row, told->parties);
    return row_keep(&row, is_new ? story : NULL, error);
}

static int by_text(const void *a, const void *b)
{
    return strcmp(*(const char *const *)a, *(const char *const *)b);
}

/* What each party is looked up by: its code, else its id or name; sorted, joined by
 * "|". */
static void join_parties(const struct sentosa_event *event, char *joined, size_t capacity)
{
    const char *keys[32];
    size_t count = 0, len = 0;
    for (size_t i = 0; i < event->actor_count + event->recipient_count && count < 32;
         i++) {
        const struct sentosa_party *party =
            i < event->actor_count ? &event->actors[i]
                                   : &event->recipients[i - event->actor_count];
        const char *key = party->code ? party->code : party->id ? party->id : party->name;
        if (key)
            keys[count++] = key;
    }
    qsort(keys, count, sizeof *keys, by_text);
    joined[0] = '\0';
    for (size_t i = 0; i < count; i++) {
        size_t key_len = strlen(keys[i]);
        if ((i && strcmp(keys[i], keys[i - 1]) == 0) || len + key_len + 2 > capacity)
            continue;
        if (len)
            joined[len++] = '|';
        memcpy(joined + len, keys[i], key_len + 1);
        len += key_len;
    }
}

enum sentosa_outcome merge_event(struct sentosa_store *store,
                                 const struct sentosa_report *report, int64_t number,
                                 const struct sentosa_event *event,
                                 struct sentosa_error *error)
{
    char parties[512];
    join_parties(event, parties, sizeof parties);
    const struct told told = {event, report, parties};
    int64_t story;
    enum sentosa_outcome outcome = find_story(store, &told, &story, error);
    if (!outcome)
        outcome = note_story(store, &told, &story, error);
    if (outcome)
        return outcome;
    struct row row = row_for(store, STATEMENT_JOIN_STORY);
    row_integer(&row, number);
    row_integer(&row, story);
    return row_keep(&row, NULL, error);
}

enum sentosa_outcome merge_close_empty(struct sentosa_store *store,
                                       struct sentosa_error *error)
{
    struct row row = row_for(store, STATEMENT_CLOSE_STORY);
    return row_keep(&row, NULL, error);
}
