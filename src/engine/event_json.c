/* event_json.c: events, positions and relations as lines of JSON, as the codebook sets
 * them out. */
#include "base/json.h"
#include "engine/handle.h"
#include "sentosa.h"

#include <string.h>

static void write_span(struct json *json, struct sentosa_span span)
{
    json_key(json, "span");
    json_array_start(json);
    json_whole(json, span.start);
    json_whole(json, span.end);
    json_array_end(json);
}

static void write_words(struct json *json, const struct sentosa_evidence *words)
{
    json_key_text(json, "part", words->part);
    json_key_text(json, "text", words->text);
    if (words->text)
        write_span(json, words->span);
    else
        json_key_text(json, "span", NULL);
}

static void write_list(struct json *json, const char *key, const char *const *values,
                       size_t count)
{
    json_key(json, key);
    json_array_start(json);
    for (size_t i = 0; i < count; i++)
        json_text(json, values[i]);
    json_array_end(json);
}

static void write_window(struct json *json, const struct sentosa_report *report)
{
    json_key(json, "window");
    json_object_start(json);
    json_key_text(json, "earliest", report->earliest);
    json_key_text(json, "latest", report->latest);
    json_key(json, "why");
    json_array_start(json);
    if (report->earliest_why)
        json_text(json, report->earliest_why);
    if (report->latest_why)
        json_text(json, report->latest_why);
    json_array_end(json);
    json_object_end(json);
}

static void write_report(struct json *json, const struct sentosa_report *report)
{
    json_key(json, "report");
    json_object_start(json);
    json_key_text(json, "id", report->id);
    json_key_text(json, "title", report->title);
    json_key_text(json, "source", report->source);
    json_key_text(json, "published", report->published);
    json_key_text(json, "url", report->url);
    json_key_text(json, "digest", report->digest);
    if (report->earliest || report->latest)
        write_window(json, report);
    json_object_end(json);
}

static void write_party(struct json *json, const struct sentosa_party *party)
{
    json_object_start(json);
    json_key_text(json, "name", party->name);
    json_key_text(json, "code", party->code);
    json_key_text(json, "sector", party->sector_count ? party->sectors[0] : NULL);
    write_list(json, "sectors", party->sectors, party->sector_count);
    json_key_text(json, "role", party->role);
    json_key_text(json, "id", party->id);
    if (party->wikidata)
        json_key_text(json, "wikidata", party->wikidata);
    json_key_text(json, "code_from", party->code_from);
    write_words(json, &party->words);
    json_object_end(json);
}

static void write_parties(struct json *json, const char *key,
                          const struct sentosa_party *parties, size_t count)
{
    json_key(json, key);
    json_array_start(json);
    for (size_t i = 0; i < count; i++)
        write_party(json, &parties[i]);
    json_array_end(json);
}

static void write_voices(struct json *json, const struct sentosa_voice *voices,
                         size_t count)
{
    json_key(json, "voice");
    json_array_start(json);
    for (size_t i = 0; i < count; i++) {
        json_object_start(json);
        json_key_text(json, "name", voices[i].name);
        json_key_text(json, "code", voices[i].code);
        json_key_text(json, "id", voices[i].id);
        json_key_text(json, "verb", voices[i].verb);
        json_key(json, "quoted");
        json_bool(json, voices[i].is_quoted);
        write_words(json, &voices[i].words);
        json_object_end(json);
    }
    json_array_end(json);
}

static void write_date(struct json *json, const char *key,
                       const struct sentosa_date *date)
{
    json_key(json, key);
    if (!date) {
        json_nothing(json);
        return;
    }
    json_object_start(json);
    json_key_text(json, "start", date->start);
    json_key_text(json, "end", date->end);
    json_key_text(json, "time", date->time);
    json_key_text(json, "granularity", date->granularity);
    write_words(json, &date->words);
    json_object_end(json);
}

static void write_place(struct json *json, const struct sentosa_place *place)
{
    json_key(json, "place");
    if (!place) {
        json_nothing(json);
        return;
    }
    json_object_start(json);
    json_key_text(json, "name", place->name);
    json_key_text(json, "country", place->country);
    write_list(json, "path", place->path, place->path_count);
    json_key(json, "lat");
    json_number(json, place->lat, 5);
    json_key(json, "lon");
    json_number(json, place->lon, 5);
    json_key_text(json, "geonames", place->geonames);
    json_key_text(json, "precision", place->precision);
    write_words(json, &place->words);
    json_object_end(json);
}

static void write_count(struct json *json, const char *key, int64_t count)
{
    json_key(json, key);
    if (count < 0)
        json_nothing(json);
    else
        json_whole(json, count);
}

static void write_numbers(struct json *json, const struct sentosa_event *event)
{
    json_key(json, "numbers");
    json_object_start(json);
    write_count(json, "dead", event->dead);
    write_count(json, "injured", event->injured);
    write_count(json, "crowd", event->crowd);
    json_object_end(json);
    write_list(json, "weapons", event->weapons, event->weapon_count);
}

static void write_anchor(struct json *json, struct sentosa_span anchor)
{
    json_key(json, "anchor");
    json_array_start(json);
    json_whole(json, anchor.start);
    json_whole(json, anchor.end);
    json_array_end(json);
}

static void write_tellings(struct json *json, const struct sentosa_event *event)
{
    json_key(json, "mentions");
    json_array_start(json);
    for (size_t i = 0; i < event->telling_count; i++) {
        const struct sentosa_telling *telling = &event->tellings[i];
        json_object_start(json);
        write_words(json, &telling->sentence);
        write_anchor(json, telling->anchor);
        json_key_text(json, "status", telling->status);
        write_voices(json, telling->voices, telling->voice_count);
        json_object_end(json);
    }
    json_array_end(json);
}

static void write_kind(struct json *json, const struct sentosa_event *event)
{
    json_key_text(json, "type", event->type);
    write_list(json, "mode", event->modes, event->mode_count);
    write_list(json, "contexts", event->contexts, event->context_count);
    json_key_text(json, "cameo", event->cameo);
    json_key_text(json, "quad", event->quad);
    json_key(json, "score");
    json_number(json, event->score, 2);
    json_key_text(json, "status", event->status);
    json_key_text(json, "completion", event->completion);
    json_key(json, "historical");
    json_bool(json, event->is_historical);
}

static char *give(struct buffer *out)
{
    if (!out->failed)
        return out->bytes;
    buffer_free(out);
    return NULL;
}

char *sentosa_event_line(const struct sentosa_report *report,
                         const struct sentosa_event *event, const char *coder,
                         const char *pack)
{
    struct buffer out = {0};
    struct json json;
    json_start(&json, &out);
    json_object_start(&json);
    json_key(&json, "schema");
    json_whole(&json, SENTOSA_SCHEMA);
    json_key_text(&json, "id", event->id);
    write_report(&json, report);
    write_kind(&json, event);
    write_parties(&json, "actors", event->actors, event->actor_count);
    write_parties(&json, "recipients", event->recipients, event->recipient_count);
    write_voices(&json, event->voices, event->voice_count);
    write_date(&json, "date", event->date);
    write_place(&json, event->place);
    json_key_text(&json, "about", event->about);
    json_key_text(&json, "content", event->content);
    write_numbers(&json, event);
    json_key_text(&json, "text", event->sentence.text);
    json_key_text(&json, "part", event->sentence.part);
    write_span(&json, event->sentence.span);
    write_anchor(&json, event->anchor);
    json_key_text(&json, "rule", event->rule);
    json_key(&json, "confidence");
    json_number(&json, event->confidence, 2);
    write_tellings(&json, event);
    json_key_text(&json, "coder", coder);
    json_key_text(&json, "pack", pack);
    json_object_end(&json);
    return give(&out);
}

char *sentosa_event_json(const struct sentosa *engine, const struct sentosa_doc *doc,
                         size_t at)
{
    const struct sentosa_event *event = sentosa_event(doc, at);
    return event ? sentosa_event_line(sentosa_doc_report(doc), event, SENTOSA_VERSION,
                                      sentosa_pack_hash(engine))
                 : NULL;
}

static void write_evidence(struct json *json, const struct sentosa_report *report,
                           const struct sentosa_evidence *sentence)
{
    json_key(json, "evidence");
    json_object_start(json);
    json_key_text(json, "report", report->id);
    write_words(json, sentence);
    json_object_end(json);
}

char *sentosa_position_line(const struct sentosa_report *report,
                            const struct sentosa_position *position)
{
    struct buffer out = {0};
    struct json json;
    json_start(&json, &out);
    json_object_start(&json);
    json_key(&json, "holder");
    write_party(&json, position->holder);
    json_key(&json, "towards");
    if (position->towards)
        write_party(&json, position->towards);
    else
        json_nothing(&json);
    json_key_text(&json, "stance", position->stance);
    json_key_text(&json, "issue", position->issue);
    json_key_text(&json, "content", position->content);
    write_date(&json, "deadline", position->deadline);
    json_key_text(&json, "status", position->status);
    write_voices(&json, position->voices, position->voice_count);
    json_key_text(&json, "date", report->published);
    write_evidence(&json, report, &position->sentence);
    json_object_end(&json);
    return give(&out);
}

char *sentosa_position_json(const struct sentosa_doc *doc, size_t at)
{
    const struct sentosa_position *position = sentosa_position(doc, at);
    return position ? sentosa_position_line(sentosa_doc_report(doc), position) : NULL;
}

char *sentosa_relation_line(const struct sentosa_report *report,
                            const struct sentosa_relation *relation)
{
    struct buffer out = {0};
    struct json json;
    json_start(&json, &out);
    json_object_start(&json);
    write_parties(&json, "parties", relation->parties, relation->party_count);
    json_key_text(&json, "kind", relation->kind);
    json_key_text(&json, "from", relation->from);
    json_key_text(&json, "to", relation->to);
    json_key_text(&json, "content", relation->content);
    write_voices(&json, relation->voices, relation->voice_count);
    write_evidence(&json, report, &relation->sentence);
    json_object_end(&json);
    return give(&out);
}

char *sentosa_relation_json(const struct sentosa_doc *doc, size_t at)
{
    const struct sentosa_relation *relation = sentosa_relation(doc, at);
    return relation ? sentosa_relation_line(sentosa_doc_report(doc), relation) : NULL;
}
