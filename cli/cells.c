/* cells.c: dates, parties, voices and words as the cells of a table say them. */
#include "cli/query.h"

#include <string.h>

void text_add(struct text *text, const char *piece)
{
    size_t len = piece ? strlen(piece) : 0;
    size_t room = sizeof text->bytes - 1 - text->len;
    if (len > room) {
        len = room;
        /* Never half a letter. */
        while (len && ((unsigned char)piece[len] & 0xC0) == 0x80)
            len--;
    }
    if (len)
        memcpy(text->bytes + text->len, piece, len);
    text->len += len;
    text->bytes[text->len] = '\0';
}

static void add_some(struct text *text, const char *piece, size_t len)
{
    char copy[32];
    if (len >= sizeof copy)
        len = sizeof copy - 1;
    memcpy(copy, piece, len);
    copy[len] = '\0';
    text_add(text, copy);
}

/* ---- days ---- */

static bool ends_with(const char *day, const char *end)
{
    size_t len = strlen(day), end_len = strlen(end);
    return len >= end_len && strcmp(day + len - end_len, end) == 0;
}

static bool is_month_end(const char *day)
{
    static const int lens[] = {31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};
    int year, month, number;
    if (sscanf(day, "%d-%d-%d", &year, &month, &number) != 3 || month < 1 || month > 12)
        return false;
    bool is_leap = (year % 4 == 0 && year % 100 != 0) || year % 400 == 0;
    return number == lens[month - 1] + (month == 2 && is_leap);
}

static int month_len(int year, int month)
{
    char day[40];
    for (int number = 28; number <= 31; number++) {
        snprintf(day, sizeof day, "%04d-%02d-%02d", year, month, number);
        if (is_month_end(day))
            return number;
    }
    return 30;
}

void day_before(const char *day, int days, char before[16])
{
    int year = 0, month = 0, number = 0;
    before[0] = '\0';
    if (sscanf(day, "%4d-%2d-%2d", &year, &month, &number) != 3)
        return;
    for (number -= days; number < 1; number += month_len(year, month)) {
        if (--month < 1) {
            month = 12;
            year--;
        }
    }
    if (year >= 0 && year <= 9999)
        snprintf(before, 16, "%04d-%02d-%02d", year % 10000, month % 100, number % 100);
}

static void add_range(struct text *text, const char *start, const char *end, size_t len)
{
    add_some(text, start, len);
    if (strncmp(start, end, len) == 0)
        return;
    text_add(text, " to ");
    add_some(text, end, len);
}

void text_days(struct text *text, const char *start, const char *end, const char *time)
{
    if (!start && !end)
        return;
    if (!start || !end) {
        text_add(text, start ? "since " : "by ");
        text_add(text, start ? start : end);
        return;
    }
    if (strlen(start) != 10 || strlen(end) != 10 || strcmp(start, end) == 0) {
        text_add(text, start);
        text_add(text, time ? " " : "");
        text_add(text, time);
        return;
    }
    if (ends_with(start, "-01-01") && ends_with(end, "-12-31"))
        add_range(text, start, end, 4);
    else if (ends_with(start, "-01") && is_month_end(end))
        add_range(text, start, end, 7);
    else
        add_range(text, start, end, 10);
}

void text_when(struct text *text, const struct sentosa_item *item)
{
    const struct sentosa_date *date = item->event      ? item->event->date
                                      : item->position ? item->position->deadline
                                                       : NULL;
    if (item->relation)
        text_days(text, item->relation->from, item->relation->to, NULL);
    else if (item->position && date)
        text_days(text, NULL, date->end ? date->end : date->start, date->time);
    else if (date && (date->start || date->end))
        text_days(text, date->start, date->end, date->time);
    else
        text_days(text, item->first, item->last, NULL);
}

/* ---- parties ---- */

static const char *short_name(const struct sentosa_party *party)
{
    const char *name = party->code   ? party->code
                       : party->name ? party->name
                                     : party->words.text;
    return name ? name : "?";
}

static void add_parties(struct text *text, const struct sentosa_party *parties,
                        size_t count)
{
    for (size_t i = 0; i < count; i++) {
        bool was_named = false;
        for (size_t k = 0; k < i && !was_named; k++)
            was_named = strcmp(short_name(&parties[i]), short_name(&parties[k])) == 0;
        if (was_named)
            continue;
        text_add(text, i ? ", " : "");
        text_add(text, short_name(&parties[i]));
    }
}

static void add_arrow(struct text *text, const struct sentosa_party *parties,
                      size_t count)
{
    if (!count)
        return;
    text_add(text, text->len ? " > " : "> ");
    add_parties(text, parties, count);
}

void text_who(struct text *text, const struct sentosa_item *item)
{
    if (item->relation) {
        add_parties(text, item->relation->parties, item->relation->party_count);
    } else if (item->position) {
        add_parties(text, item->position->holder, 1);
        add_arrow(text, item->position->towards, item->position->towards ? 1 : 0);
    } else if (item->event) {
        add_parties(text, item->event->actors, item->event->actor_count);
        add_arrow(text, item->event->recipients, item->event->recipient_count);
    }
}

void text_party(struct text *text, const struct sentosa_party *party)
{
    text_add(text, party->name ? party->name : party->words.text);
    if (!party->code)
        return;
    text_add(text, " (");
    text_add(text, party->code);
    text_add(text, ")");
}

void text_voices(struct text *text, const struct sentosa_voice *voices, size_t count)
{
    for (size_t i = 0; i < count; i++) {
        text_add(text, i ? " > " : "");
        text_add(text, voices[i].name ? voices[i].name : "unnamed");
        text_add(text, voices[i].is_quoted ? " (quoted)" : "");
    }
}

/* ---- types, words ---- */

void text_type(struct text *text, const struct sentosa_item *item)
{
    if (!item->event) {
        text_add(text, item->position ? item->position->stance : item->relation->kind);
        return;
    }
    text_add(text, item->event->type);
    for (size_t i = 0; i < item->event->mode_count; i++) {
        text_add(text, i ? "+" : "/");
        text_add(text, item->event->modes[i]);
    }
}

void text_words(struct text *text, const struct sentosa_item *item)
{
    const struct sentosa_evidence *sentence = item->event ? &item->event->sentence
                                              : item->position
                                                  ? &item->position->sentence
                                                  : &item->relation->sentence;
    text_add(text, sentence->text);
    if (item->story_reports > 1) {
        char more[48];
        snprintf(more, sizeof more, " [%zu reports]", item->story_reports);
        text_add(text, more);
    }
}

/* ---- the row of timeline and between ---- */

const struct table_column event_columns[6] = {
    {"ID", false, false},   {"DATE", false, false}, {"STATUS", false, false},
    {"TYPE", false, false}, {"WHO", false, false},  {"WORDS", false, true}};

bool event_row(struct table *table, const struct sentosa_item *item)
{
    struct text id = {.len = 0}, when = {.len = 0}, status = {.len = 0},
                type = {.len = 0}, who = {.len = 0}, words = {.len = 0};
    const char *base = item->event      ? item->event->status
                       : item->position ? item->position->status
                                        : NULL;
    if (item->event)
        add_some(&id, item->event->id, 10);
    text_when(&when, item);
    text_add(&status, base);
    if (item->event && item->event->is_historical)
        text_add(&status, ", history");
    text_type(&type, item);
    text_who(&who, item);
    text_words(&words, item);
    const struct table_cell cells[6] = {{id.bytes, TONE_FAINT},
                                        {when.bytes, TONE_PLAIN},
                                        {status.bytes, status_tone(base)},
                                        {type.bytes, TONE_BOLD},
                                        {who.bytes, TONE_PLAIN},
                                        {words.bytes, TONE_PLAIN}};
    return table_add(table, cells);
}
