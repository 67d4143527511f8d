/* export_row.c: events as rows of CSV (RFC 4180, lines end in \n) or TSV (tabs and
 * line ends inside a value become spaces). Several values in one cell are joined by ";
 * ". */
#include "store/export.h"

#include "base/buffer.h"

#include <stdlib.h>
#include <string.h>

struct rows {
    struct buffer out;
    enum sentosa_format format;
    bool has_cell;
};

static void add_csv(struct buffer *out, const char *text)
{
    if (!text[strcspn(text, "\",\r\n")]) {
        buffer_text(out, text);
        return;
    }
    buffer_add(out, "\"", 1);
    for (size_t len; *text; text += len) {
        len = strcspn(text, "\"");
        buffer_add(out, text, len);
        if (text[len] == '"') {
            buffer_add(out, "\"\"", 2);
            len++;
        }
    }
    buffer_add(out, "\"", 1);
}

static void add_tsv(struct buffer *out, const char *text)
{
    for (size_t len; *text; text += len) {
        len = strcspn(text, "\t\r\n");
        buffer_add(out, text, len);
        if (text[len]) {
            buffer_add(out, " ", 1);
            len++;
        }
    }
}

static void cell(struct rows *rows, const char *text)
{
    if (rows->has_cell)
        buffer_add(&rows->out, rows->format == SENTOSA_CSV ? "," : "\t", 1);
    rows->has_cell = true;
    if (text && rows->format == SENTOSA_CSV)
        add_csv(&rows->out, text);
    else if (text)
        add_tsv(&rows->out, text);
}

static void integer_cell(struct rows *rows, int64_t number)
{
    struct buffer text = {0};
    buffer_print(&text, "%lld", (long long)number);
    cell(rows, text.bytes);
    rows->out.failed = rows->out.failed || text.failed;
    buffer_free(&text);
}

static void known_cell(struct rows *rows, int64_t number)
{
    if (number < 0)
        cell(rows, NULL);
    else
        integer_cell(rows, number);
}

static void number_cell(struct rows *rows, double number)
{
    struct buffer text = {0};
    buffer_print(&text, "%.10g", number);
    cell(rows, text.bytes);
    rows->out.failed = rows->out.failed || text.failed;
    buffer_free(&text);
}

/* The i-th value of something that has several, for joined_cell; NULL is an empty
 * value. */
typedef const char *value_of(const void *from, size_t at);

static void joined_cell(struct rows *rows, const void *from, size_t count,
                        value_of *value)
{
    struct buffer text = {0};
    for (size_t i = 0; i < count; i++) {
        buffer_text(&text, i ? "; " : "");
        buffer_text(&text, value(from, i));
    }
    cell(rows, text.bytes);
    rows->out.failed = rows->out.failed || text.failed;
    buffer_free(&text);
}

static const char *list_value(const void *from, size_t at)
{
    return ((const char *const *)from)[at];
}

static const char *party_name(const void *from, size_t at)
{
    return ((const struct sentosa_party *)from)[at].name;
}

static const char *party_code(const void *from, size_t at)
{
    return ((const struct sentosa_party *)from)[at].code;
}

static const char *party_id(const void *from, size_t at)
{
    return ((const struct sentosa_party *)from)[at].id;
}

static const char *party_sector(const void *from, size_t at)
{
    const struct sentosa_party *party = (const struct sentosa_party *)from + at;
    return party->sector_count ? party->sectors[0] : NULL;
}

static const char *voice_name(const void *from, size_t at)
{
    const char *name = ((const struct sentosa_voice *)from)[at].name;
    return name ? name : "unnamed";
}

static const char *voice_code(const void *from, size_t at)
{
    return ((const struct sentosa_voice *)from)[at].code;
}

static const char *const columns[] = {"id",
                                      "story",
                                      "report_id",
                                      "published",
                                      "source",
                                      "url",
                                      "title",
                                      "type",
                                      "modes",
                                      "contexts",
                                      "quad",
                                      "score",
                                      "status",
                                      "completion",
                                      "historical",
                                      "actor_names",
                                      "actor_codes",
                                      "actor_sectors",
                                      "actor_ids",
                                      "recipient_names",
                                      "recipient_codes",
                                      "recipient_sectors",
                                      "recipient_ids",
                                      "voice_names",
                                      "voice_codes",
                                      "quoted",
                                      "date_start",
                                      "date_end",
                                      "time",
                                      "granularity",
                                      "place",
                                      "country",
                                      "lat",
                                      "lon",
                                      "geonames",
                                      "precision",
                                      "about",
                                      "content",
                                      "dead",
                                      "injured",
                                      "crowd",
                                      "weapons",
                                      "text",
                                      "part",
                                      "span_start",
                                      "span_end",
                                      "anchor_start",
                                      "anchor_end",
                                      "tellings",
                                      "rule",
                                      "confidence",
                                      "coder",
                                      "pack"};

static char *give(struct rows *rows)
{
    if (!rows->out.failed)
        return rows->out.bytes;
    buffer_free(&rows->out);
    return NULL;
}

char *row_header(const struct sentosa_export *how)
{
    struct rows rows = {.format = how->format};
    for (size_t i = 0; i < sizeof columns / sizeof *columns; i++)
        cell(&rows, columns[i]);
    if (how->has_cameo) {
        cell(&rows, "cameo");
        cell(&rows, "goldstein");
    }
    return give(&rows);
}

static void add_report(struct rows *rows, const struct sentosa_item *item)
{
    cell(rows, item->event->id);
    if (item->story)
        integer_cell(rows, item->story);
    else
        cell(rows, NULL);
    cell(rows, item->report->id);
    cell(rows, item->report->published);
    cell(rows, item->report->source);
    cell(rows, item->report->url);
    cell(rows, item->report->title);
}

static void add_coding(struct rows *rows, const struct sentosa_event *event,
                       const struct sentosa_coding *coding)
{
    cell(rows, coding->type);
    if (coding->mode)
        cell(rows, coding->mode);
    else
        joined_cell(rows, event->modes, event->mode_count, list_value);
    joined_cell(rows, event->contexts, event->context_count, list_value);
    cell(rows, coding->quad);
    number_cell(rows, coding->score);
    cell(rows, event->status);
    cell(rows, event->completion);
    cell(rows, event->is_historical ? "true" : "false");
}

static void add_side(struct rows *rows, const struct sentosa_party *parties, size_t count)
{
    joined_cell(rows, parties, count, party_name);
    joined_cell(rows, parties, count, party_code);
    joined_cell(rows, parties, count, party_sector);
    joined_cell(rows, parties, count, party_id);
}

static void add_voices(struct rows *rows, const struct sentosa_event *event)
{
    bool is_quoted = false;
    for (size_t i = 0; i < event->voice_count; i++)
        is_quoted = is_quoted || event->voices[i].is_quoted;
    joined_cell(rows, event->voices, event->voice_count, voice_name);
    joined_cell(rows, event->voices, event->voice_count, voice_code);
    cell(rows, event->voice_count == 0 ? NULL : is_quoted ? "true" : "false");
}

static void add_when_and_where(struct rows *rows, const struct sentosa_date *date,
                               const struct sentosa_place *place)
{
    cell(rows, date ? date->start : NULL);
    cell(rows, date ? date->end : NULL);
    cell(rows, date ? date->time : NULL);
    cell(rows, date ? date->granularity : NULL);
    cell(rows, place ? place->name : NULL);
    cell(rows, place ? place->country : NULL);
    if (place) {
        number_cell(rows, place->lat);
        number_cell(rows, place->lon);
    } else {
        cell(rows, NULL);
        cell(rows, NULL);
    }
    cell(rows, place ? place->geonames : NULL);
    cell(rows, place ? place->precision : NULL);
}

static void add_words(struct rows *rows, const struct sentosa_item *item)
{
    const struct sentosa_event *event = item->event;
    cell(rows, event->about);
    cell(rows, event->content);
    known_cell(rows, event->dead);
    known_cell(rows, event->injured);
    known_cell(rows, event->crowd);
    joined_cell(rows, event->weapons, event->weapon_count, list_value);
    cell(rows, event->sentence.text);
    cell(rows, event->sentence.part);
    integer_cell(rows, event->sentence.span.start);
    integer_cell(rows, event->sentence.span.end);
    integer_cell(rows, event->anchor.start);
    integer_cell(rows, event->anchor.end);
    integer_cell(rows, (int64_t)event->telling_count);
    cell(rows, event->rule);
    number_cell(rows, event->confidence);
    cell(rows, item->coder);
    cell(rows, item->pack);
}

static void add_cameo(struct rows *rows, const char *cameo)
{
    /* Goldstein values of CAMEO's twenty roots, as ontology tables give them. */
    static const double values[] = {0,  0,  3,  4,    1,    3.5, 6,  7,  5,   -2, -5,
                                    -2, -4, -6, -6.5, -7.2, -4,  -7, -9, -10, -10};
    int root = cameo && strlen(cameo) >= 2 ? (cameo[0] - '0') * 10 + cameo[1] - '0' : 0;
    cell(rows, cameo);
    if (root >= 1 && root <= 20)
        number_cell(rows, values[root]);
    else
        cell(rows, NULL);
}

char *row_event(const struct sentosa_export *how, const struct sentosa_item *item,
                const struct sentosa_coding *coding)
{
    struct rows rows = {.format = how->format};
    const struct sentosa_event *event = item->event;
    add_report(&rows, item);
    add_coding(&rows, event, coding);
    add_side(&rows, event->actors, event->actor_count);
    add_side(&rows, event->recipients, event->recipient_count);
    add_voices(&rows, event);
    add_when_and_where(&rows, event->date, event->place);
    add_words(&rows, item);
    if (how->has_cameo)
        add_cameo(&rows, coding->cameo);
    return give(&rows);
}
