/* expect.c: one `>` line of a text case: reading it, and holding it against what was
 * read. */
#include "expect.h"

#include <ctype.h>
#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

/* ---- reading ---- */

static const char *const statuses[] = {"cancelled", "negated",  "conditional",
                                       "possible",  "demanded", "scheduled",
                                       "intended",  "expected", "actual"};

static bool is_status(const char *word)
{
    for (size_t i = 0; i < sizeof statuses / sizeof *statuses; i++) {
        if (strcmp(word, statuses[i]) == 0) {
            return true;
        }
    }
    return false;
}

/* One word of the line into its field; false when it is of no known form. */
static bool read_word(struct expect *expect, char *word, bool *is_right)
{
    if (strcmp(word, "->") == 0) {
        *is_right = true;
    } else if (word[0] == '@') {
        expect->date = word + 1;
    } else if (word[0] == '#') {
        expect->place = word + 1;
    } else if (word[0] == '~') {
        expect->voices = word + 1;
    } else if (strcmp(word, "+historical") == 0) {
        expect->is_historical = true;
    } else if (word[0] == '+') {
        expect->completion = word + 1;
    } else if (strncmp(word, "dead=", 5) == 0) {
        expect->dead = strtoll(word + 5, NULL, 10);
    } else if (strncmp(word, "injured=", 8) == 0) {
        expect->injured = strtoll(word + 8, NULL, 10);
    } else if (strncmp(word, "context=", 8) == 0) {
        expect->context = word + 8;
    } else if (!expect->status && is_status(word)) {
        expect->status = word;
    } else if (*is_right && !expect->recipients) {
        expect->recipients = word;
    } else if (!*is_right && !expect->actors) {
        expect->actors = word;
    } else {
        return false;
    }
    return true;
}

static void read_first_word(struct expect *expect, char *word)
{
    if (strcmp(word, "none") == 0) {
        expect->kind = EXPECT_NO_EVENT;
    } else if (strcmp(word, "only") == 0) {
        expect->kind = EXPECT_ONLY;
    } else if (strcmp(word, "position") == 0) {
        expect->kind = EXPECT_POSITION;
    } else if (strcmp(word, "relation") == 0) {
        expect->kind = EXPECT_RELATION;
    } else {
        expect->type = word;
    }
}

bool expect_read(struct expect *expect, char *text, const char *file, int line)
{
    *expect = (struct expect){.line = line, .dead = -1, .injured = -1};
    bool has_first = false, is_right = false; /* of the arrow */
    for (char *word = strtok(text, " \t\r"); word; word = strtok(NULL, " \t\r")) {
        if (!has_first && strcmp(word, "not") == 0) {
            expect->is_refused = true;
        } else if (!has_first) {
            has_first = true;
            read_first_word(expect, word);
        } else if (!expect->type && expect->kind >= EXPECT_POSITION) {
            expect->type = word;
        } else if (!read_word(expect, word, &is_right)) {
            fprintf(stderr, "%s:%d: `%s` is of no known form (README.md)\n", file, line,
                    word);
            return false;
        }
    }
    if (!has_first || (expect->kind >= EXPECT_POSITION && !expect->type)) {
        fprintf(stderr, "%s:%d: nothing is expected here\n", file, line);
        return false;
    }
    char *slash = expect->type ? strchr(expect->type, '/') : NULL;
    if (slash && expect->kind == EXPECT_EVENT) {
        *slash = '\0';
        expect->mode = slash + 1;
    }
    return true;
}

/* ---- holding it against what was read ---- */

/* Whether `word` is `text`, where an underscore in word stands for a blank; case is
 * ignored. */
static bool same_words(const char *word, size_t len, const char *text)
{
    if (!text || strlen(text) != len) {
        return false;
    }
    for (size_t i = 0; i < len; i++) {
        char want = word[i] == '_' ? ' ' : word[i], got = text[i] == '_' ? ' ' : text[i];
        if (tolower((unsigned char)want) != tolower((unsigned char)got)) {
            return false;
        }
    }
    return true;
}

/* `KEN`, `KEN:MIL`, `person/jane-roe` or `?` for a party without a code. */
static bool fits_party(const char *want, size_t len, const struct sentosa_party *party)
{
    if (len == 1 && want[0] == '?') {
        return !party->code;
    }
    if (memchr(want, '/', len)) {
        return same_words(want, len, party->id);
    }
    const char *colon = memchr(want, ':', len);
    size_t code_len = colon ? (size_t)(colon - want) : len;
    if (colon && (party->sector_count == 0 ||
                  !same_words(colon + 1, len - code_len - 1, party->sectors[0]))) {
        return false;
    }
    return same_words(want, code_len, party->code);
}

/* Each one listed is there, and nobody with a code is there who is not listed. */
static bool fits_parties(const char *list, const struct sentosa_party *parties,
                         size_t count)
{
    if (!list) {
        return true;
    }
    if (strcmp(list, "-") == 0) {
        return count == 0;
    }
    for (const char *want = list; *want;) {
        size_t len = strcspn(want, ",");
        bool found = false;
        for (size_t i = 0; i < count && !found; i++) {
            found = fits_party(want, len, &parties[i]);
        }
        if (!found) {
            return false;
        }
        want += len + (want[len] == ',');
    }
    for (size_t i = 0; i < count; i++) {
        bool listed = !parties[i].code;
        for (const char *want = list; *want && !listed;) {
            size_t len = strcspn(want, ",");
            listed = fits_party(want, len, &parties[i]);
            want += len + (want[len] == ',');
        }
        if (!listed) {
            return false;
        }
    }
    return true;
}

/* `2024-03-05`, `2024-03-05..2024-03-09`, `2024-03` (the whole month) or `none`. */
static bool fits_date(const char *want, const struct sentosa_date *date)
{
    if (!want) {
        return true;
    }
    if (strcmp(want, "none") == 0) {
        return !date || !date->start;
    }
    if (!date) {
        return false;
    }
    const char *range = strstr(want, "..");
    size_t first_len = range ? (size_t)(range - want) : strlen(want);
    const char *last = range ? range + 2 : want;
    size_t last_len = strlen(last);
    bool starts = first_len == 0 ||
                  (date->start && !strncmp(date->start, want, first_len));
    bool ends = last_len == 0 || (date->end && !strncmp(date->end, last, last_len));
    return starts && ends;
}

static bool fits_place(const char *want, const struct sentosa_place *place)
{
    if (!want) {
        return true;
    }
    if (strcmp(want, "none") == 0) {
        return !place;
    }
    if (!place) {
        return false;
    }
    size_t len = strlen(want);
    if (same_words(want, len, place->name) || same_words(want, len, place->country)) {
        return true;
    }
    for (size_t i = 0; i < place->path_count; i++) {
        if (same_words(want, len, place->path[i])) {
            return true;
        }
    }
    return false;
}

/* `KEN`, `KEN~person/jane-roe` (outermost first), `?` for an unnamed voice, `none`. */
static bool fits_voices(const char *want, const struct sentosa_voice *voices,
                        size_t count)
{
    if (!want) {
        return true;
    }
    if (strcmp(want, "none") == 0) {
        return count == 0;
    }
    size_t at = 0;
    while (*want) {
        size_t len = strcspn(want, "~");
        if (at == count) {
            return false;
        }
        const struct sentosa_voice *voice = &voices[at++];
        bool fits = len == 1 && *want == '?' ? !voice->name
                                             : same_words(want, len, voice->code) ||
                                                   same_words(want, len, voice->id) ||
                                                   same_words(want, len, voice->name);
        if (!fits) {
            return false;
        }
        want += len + (want[len] == '~');
    }
    return at == count;
}

static bool fits_word(const char *want, const char *got)
{
    return !want || same_words(want, strlen(want), got);
}

/* `visit`, or `visit/third-party`: each is there. */
static bool fits_modes(const char *want, const struct sentosa_event *event)
{
    while (want && *want) {
        size_t len = strcspn(want, "/");
        bool found = false;
        for (size_t i = 0; i < event->mode_count && !found; i++) {
            found = same_words(want, len, event->modes[i]);
        }
        if (!found) {
            return false;
        }
        want += len + (want[len] == '/');
    }
    return true;
}

static bool has_context(const char *wanted, const struct sentosa_event *event)
{
    bool found = !wanted;
    for (size_t i = 0; i < event->context_count && !found; i++)
        found = strcmp(event->contexts[i], wanted) == 0;
    return found;
}

bool expect_event(const struct expect *expect, const struct sentosa_event *event)
{
    return fits_word(expect->type, event->type) && fits_modes(expect->mode, event) &&
           fits_word(expect->status, event->status) &&
           fits_word(expect->completion, event->completion) &&
           (!expect->is_historical || event->is_historical) &&
           has_context(expect->context, event) &&
           (expect->dead < 0 || expect->dead == event->dead) &&
           (expect->injured < 0 || expect->injured == event->injured) &&
           fits_parties(expect->actors, event->actors, event->actor_count) &&
           fits_parties(expect->recipients, event->recipients, event->recipient_count) &&
           fits_date(expect->date, event->date) &&
           fits_place(expect->place, event->place) &&
           fits_voices(expect->voices, event->voices, event->voice_count);
}

bool expect_position(const struct expect *expect, const struct sentosa_position *position)
{
    return fits_word(expect->type, position->stance) &&
           fits_word(expect->status, position->status) &&
           fits_parties(expect->actors, position->holder, position->holder != NULL) &&
           fits_parties(expect->recipients, position->towards,
                        position->towards != NULL) &&
           fits_date(expect->date, position->deadline) &&
           fits_voices(expect->voices, position->voices, position->voice_count);
}

bool expect_relation(const struct expect *expect, const struct sentosa_relation *relation)
{
    struct sentosa_date date = {.start = relation->from, .end = relation->to};
    return fits_word(expect->type, relation->kind) &&
           fits_parties(expect->actors, relation->parties, relation->party_count) &&
           fits_date(expect->date, &date) &&
           fits_voices(expect->voices, relation->voices, relation->voice_count);
}

/* ---- printing ---- */

static void print_word(FILE *out, const char *word)
{
    for (const char *at = word ? word : "?"; *at; at++) {
        fputc(*at == ' ' ? '_' : *at, out);
    }
}

static void print_parties(FILE *out, const struct sentosa_party *parties, size_t count)
{
    for (size_t i = 0; i < count; i++) {
        fputs(i ? "," : "", out);
        print_word(out, parties[i].code);
    }
    fputs(count ? "" : "-", out);
}

static void print_date(FILE *out, const struct sentosa_date *date)
{
    if (date && date->start && date->end && strcmp(date->start, date->end) == 0) {
        fprintf(out, " @%s", date->start);
    } else if (date && (date->start || date->end)) {
        fprintf(out, " @%s..%s", date->start ? date->start : "",
                date->end ? date->end : "");
    }
}

static void print_voices(FILE *out, const struct sentosa_voice *voices, size_t count)
{
    for (size_t i = 0; i < count; i++) {
        fputs(i ? "~" : " ~", out);
        print_word(out, voices[i].code ? voices[i].code : voices[i].name);
    }
}

void event_print(FILE *out, const struct sentosa_event *event)
{
    fprintf(out, "> %s", event->type);
    for (size_t i = 0; i < event->mode_count; i++) {
        fprintf(out, "/%s", event->modes[i]);
    }
    fprintf(out, " %s ", event->status);
    print_parties(out, event->actors, event->actor_count);
    fputs(" -> ", out);
    print_parties(out, event->recipients, event->recipient_count);
    print_date(out, event->date);
    if (event->place) {
        fputs(" #", out);
        print_word(out, event->place->name);
    }
    print_voices(out, event->voices, event->voice_count);
    fputs(event->is_historical ? " +historical" : "", out);
    if (event->completion) {
        fprintf(out, " +%s", event->completion);
    }
    if (event->dead >= 0) {
        fprintf(out, " dead=%" PRId64, event->dead);
    }
    if (event->injured >= 0) {
        fprintf(out, " injured=%" PRId64, event->injured);
    }
    fputc('\n', out);
}

void position_print(FILE *out, const struct sentosa_position *position)
{
    fprintf(out, "> position %s %s ", position->stance, position->status);
    print_parties(out, position->holder, position->holder != NULL);
    fputs(" -> ", out);
    print_parties(out, position->towards, position->towards != NULL);
    print_date(out, position->deadline);
    print_voices(out, position->voices, position->voice_count);
    fputc('\n', out);
}

void relation_print(FILE *out, const struct sentosa_relation *relation)
{
    struct sentosa_date date = {.start = relation->from, .end = relation->to};
    fputs("> relation ", out);
    print_word(out, relation->kind);
    fputc(' ', out);
    print_parties(out, relation->parties, relation->party_count);
    print_date(out, &date);
    print_voices(out, relation->voices, relation->voice_count);
    fputc('\n', out);
}
