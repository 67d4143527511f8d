/* present.c: from indices into a document to the public structs. */
#include "engine/handle.h"

#include <string.h>

struct present {
    struct doc *doc;
    bool failed;
};

static void *take(struct present *p, size_t count, size_t size)
{
    void *at = arena_take(&p->doc->arena, count, size);
    if (!at)
        p->failed = true;
    return at;
}

static const char *or_null(const char *text)
{
    return text && *text ? text : NULL;
}

static struct sentosa_evidence evidence(struct present *p, struct span span)
{
    struct span printed = doc_printed_span(p->doc, span);
    struct sentosa_evidence e = {
        .part = doc_part(p->doc, span) == PART_TITLE ? "title" : "body",
        .span = {printed.start, printed.end},
        .text = doc_words(p->doc, span),
    };
    if (!e.text)
        p->failed = true;
    return e;
}

static struct sentosa_span relative(struct present *p, struct span span)
{
    struct span printed = doc_printed_span(p->doc, span);
    return (struct sentosa_span){printed.start, printed.end};
}

/* The values of a cell as an array. */
static const char *const *split(struct present *p, const char *cell, size_t *count)
{
    *count = 0;
    struct span value;
    size_t room = 1;
    for (const char *c = cell ? cell : ""; *c; c++)
        room += *c == '|';
    const char **values = take(p, room, sizeof *values);
    for (const char *at = cell; values && at && cell_next(&at, &value, cell);) {
        values[*count] = arena_copy(&p->doc->arena, cell + value.start, span_len(value));
        if (!values[(*count)++])
            p->failed = true;
    }
    return values;
}

static struct sentosa_party party(struct present *p, const struct party *from)
{
    static const char *const sources[] = {NULL,    "actor",  "dateline",
                                          "place", "report", "voice"};
    struct sentosa_party to = {.code = or_null(from->code),
                               .code_from = sources[from->code_from],
                               .words = evidence(p, from->span)};
    if (from->actor != NONE) {
        const struct actor *actor = &p->doc->actors.items[from->actor];
        to.name = actor->name;
        to.sectors = split(p, actor->sectors, &to.sector_count);
        to.role = or_null(actor->role);
        to.id = actor->id;
        to.wikidata = or_null(actor->wikidata);
    } else { /* implied: its words are those that imply it */
        to.sectors = split(p, "", &to.sector_count);
    }
    return to;
}

static struct sentosa_party *parties(struct present *p, uint32_t first, uint32_t count)
{
    struct sentosa_party *to = take(p, count, sizeof *to);
    for (uint32_t i = 0; to && i < count; i++)
        to[i] = party(p, &p->doc->parties.items[first + i]);
    return to;
}

static struct sentosa_voice *voices(struct present *p, uint32_t first, uint32_t count)
{
    struct sentosa_voice *to = take(p, count, sizeof *to);
    for (uint32_t i = 0; to && i < count; i++) {
        const struct voice *from = &p->doc->voices.items[first + i];
        to[i] = (struct sentosa_voice){.verb = or_null(from->words),
                                       .is_quoted = from->is_quoted,
                                       .words = evidence(p, from->span)};
        if (from->mention == NONE)
            continue;
        const struct mention *mention = &p->doc->mentions.items[from->mention];
        to[i].name = doc_words(p->doc, mention->span);
        if (mention->actor_count == 0)
            continue;
        const struct actor *actor =
            &p->doc->actors.items[p->doc->mention_actors.items[mention->actors]];
        to[i].name = actor->name;
        to[i].code = or_null(actor->code);
        to[i].id = actor->id;
    }
    return to;
}

static const char *day_text(struct present *p, day d)
{
    char text[16];
    if (d == DAY_NONE)
        return NULL;
    day_write(d, text);
    return arena_copy(&p->doc->arena, text, strlen(text));
}

/* The report's own day, where no words of the event say another. */
static struct sentosa_date *report_day(struct present *p)
{
    struct sentosa_date *to = take(p, 1, sizeof *to);
    const char *text = day_text(p, p->doc->report.day);
    if (to)
        *to = (struct sentosa_date){
            .start = text, .end = text, .granularity = granularity_name(GRAIN_DAY)};
    return to;
}

static struct sentosa_date *date(struct present *p, uint32_t time)
{
    if (time == NONE)
        return NULL;
    const struct time_ref *from = &p->doc->times.items[time];
    struct sentosa_date *to = take(p, 1, sizeof *to);
    if (to)
        *to = (struct sentosa_date){.start = day_text(p, from->start),
                                    .end = day_text(p, from->end_day),
                                    .time = from->clock,
                                    .granularity = granularity_name(from->granularity),
                                    .words = evidence(p, from->span)};
    return to;
}

static struct sentosa_place *place(struct present *p, uint32_t at)
{
    static const char *const precisions[] = {NULL,   "country", "admin1", "admin2",
                                             "city", "place",   "region"};
    if (at == NONE)
        return NULL;
    const struct place_ref *from = &p->doc->places.items[at];
    struct sentosa_place *to = take(p, 1, sizeof *to);
    if (!to)
        return NULL;
    *to = (struct sentosa_place){.name = from->name,
                                 .country = or_null(from->country),
                                 .geonames = or_null(from->geonames),
                                 .lat = from->lat,
                                 .lon = from->lon,
                                 .precision = precisions[from->precision],
                                 .words = evidence(p, from->span)};
    to->path = split(p, from->path, &to->path_count);
    return to;
}

static struct sentosa_telling *tellings(struct present *p, const struct event *event)
{
    struct sentosa_telling *to = take(p, event->telling_count, sizeof *to);
    for (uint32_t i = 0; to && i < event->telling_count; i++) {
        const struct telling *from = &p->doc->tellings.items[event->tellings + i];
        to[i] = (struct sentosa_telling){
            .sentence = evidence(p, from->span),
            .anchor = relative(p, from->anchor),
            .status = status_name(from->status),
            .voices = voices(p, from->voices, from->voice_count),
            .voice_count = from->voice_count,
        };
    }
    return to;
}

static const char *span_text(struct present *p, struct span span)
{
    return span_len(span) ? doc_words(p->doc, span) : NULL;
}

static void present_event(struct present *p, const struct event *from,
                          struct sentosa_event *to)
{
    *to = (struct sentosa_event){
        .id = from->id,
        .type = from->type,
        .rule = from->rule,
        .cameo = or_null(from->cameo),
        .quad = from->quad,
        .status = status_name(from->status),
        .completion = completion_name(from->completion),
        .score = from->score,
        .is_historical = from->is_historical,
        .actors = parties(p, from->actors, from->actor_count),
        .actor_count = from->actor_count,
        .recipients = parties(p, from->recipients, from->recipient_count),
        .recipient_count = from->recipient_count,
        .voices = voices(p, from->voices, from->voice_count),
        .voice_count = from->voice_count,
        .date = from->time == NONE && from->is_of_report_day ? report_day(p)
                                                             : date(p, from->time),
        .place = place(p, from->place),
        .about = span_text(p, from->about),
        .content = span_text(p, from->content),
        .dead = from->numbers.dead,
        .injured = from->numbers.injured,
        .crowd = from->numbers.crowd,
        .weapons = from->weapon_count ? p->doc->words.items + from->weapons : NULL,
        .weapon_count = from->weapon_count,
        .sentence = evidence(p, from->span),
        .anchor = relative(p, from->anchor),
        .confidence = from->confidence,
        .tellings = tellings(p, from),
        .telling_count = from->telling_count,
    };
    to->modes = split(p, from->modes, &to->mode_count);
    to->contexts = split(p, from->contexts, &to->context_count);
}

static void present_position(struct present *p, const struct position *from,
                             struct sentosa_position *to)
{
    struct sentosa_party *holder = take(p, 1, sizeof *holder);
    struct sentosa_party *towards = take(p, 1, sizeof *towards);
    if (p->failed)
        return;
    *holder = party(p, &from->holder);
    if (from->towards.actor != NONE)
        *towards = party(p, &from->towards);
    *to = (struct sentosa_position){
        .holder = holder,
        .towards = from->towards.actor == NONE ? NULL : towards,
        .stance = stance_name(from->stance),
        .issue = from->issue,
        .content = span_text(p, from->content),
        .deadline = date(p, from->deadline),
        .status = status_name(from->status),
        .voices = voices(p, from->voices, from->voice_count),
        .voice_count = from->voice_count,
        .sentence = evidence(p, from->span),
    };
}

static void present_relation(struct present *p, const struct relation *from,
                             struct sentosa_relation *to)
{
    *to = (struct sentosa_relation){
        .parties = parties(p, from->parties, from->party_count),
        .party_count = from->party_count,
        .kind = from->kind,
        .from = day_text(p, from->from),
        .to = day_text(p, from->to),
        .content = span_text(p, from->content),
        .voices = voices(p, from->voices, from->voice_count),
        .voice_count = from->voice_count,
        .sentence = evidence(p, from->span),
    };
}

static void present_report(struct sentosa_doc *handle, struct present *p)
{
    const struct report *from = &handle->doc.report;
    handle->report = (struct sentosa_report){
        .id = from->id ? from->id : from->digest,
        .title = from->title,
        .source = from->source,
        .published = from->published,
        .url = from->url,
        .digest = from->digest,
        .language = from->language,
        .body = doc_words(p->doc, handle->doc.body),
        .has_unknown_date = from->day == DAY_NONE,
        .is_coded = !from->language || strcmp(from->language, "en") == 0,
        .earliest = day_text(p, from->earliest),
        .latest = day_text(p, from->latest),
        .earliest_why = from->earliest_why,
        .latest_why = from->latest_why,
    };
    if (!handle->report.body)
        p->failed = true;
}

enum outcome present_doc(struct sentosa_doc *handle, struct fail *fail)
{
    struct present p = {.doc = &handle->doc};
    const struct doc *doc = &handle->doc;
    present_report(handle, &p);
    handle->events = take(&p, doc->events.count, sizeof *handle->events);
    handle->positions = take(&p, doc->positions.count, sizeof *handle->positions);
    handle->relations = take(&p, doc->relations.count, sizeof *handle->relations);
    for (uint32_t i = 0; i < doc->events.count && !p.failed; i++)
        if (!doc->events.items[i].is_merged)
            present_event(&p, &doc->events.items[i],
                          &handle->events[handle->event_count++]);
    for (uint32_t i = 0; i < doc->positions.count && !p.failed; i++)
        present_position(&p, &doc->positions.items[i],
                         &handle->positions[handle->position_count++]);
    for (uint32_t i = 0; i < doc->relations.count && !p.failed; i++)
        present_relation(&p, &doc->relations.items[i],
                         &handle->relations[handle->relation_count++]);
    return p.failed ? fail_memory(fail) : OK;
}
