/* print.c: one readable dump of every array. */
#include "doc/print.h"

#include "base/json.h"

#include <string.h>

static void add_words(const struct doc *doc, struct span span, struct buffer *out)
{
    for (uint32_t i = span.start; i < span.end; i++) {
        char c = doc->text[i] == '\n' || doc->text[i] == '\r' ? ' ' : doc->text[i];
        buffer_add(out, &c, 1);
    }
}

/* "body 12-34 «words»" */
static void add_span(const struct doc *doc, struct span span, struct buffer *out)
{
    struct span printed = doc_printed_span(doc, span);
    buffer_print(out, "%s %u-%u  ", doc_part(doc, span) == PART_TITLE ? "title" : "body",
                 printed.start, printed.end);
    add_words(doc, span, out);
}

static void print_clean(const struct doc *doc, struct buffer *out)
{
    static const char *const kinds[] = {"title",  "paragraph", "caption",  "dateline",
                                        "byline", "credit",    "furniture"};
    const struct report *r = &doc->report;
    buffer_print(out, "source %s  published %s  language %s  dateline %s  digest %s\n",
                 r->source ? r->source : "?", r->published ? r->published : "?",
                 r->language ? r->language : "?", r->dateline ? r->dateline : "?",
                 r->digest ? r->digest : "?");
    for (uint32_t i = 0; i < doc->ranges.count; i++) {
        buffer_print(out, "%-9s ", kinds[doc->ranges.items[i].kind]);
        add_span(doc, doc->ranges.items[i].span, out);
        buffer_text(out, "\n");
    }
}

static void print_sentences(const struct doc *doc, struct buffer *out)
{
    for (uint32_t i = 0; i < doc->sentences.count; i++) {
        const struct sentence *s = &doc->sentences.items[i];
        buffer_print(out, "%u%s ", i, s->is_headline ? " headline" : "");
        add_span(doc, s->span, out);
        buffer_text(out, "\n");
    }
}

static void print_tokens(const struct doc *doc, struct buffer *out)
{
    for (uint32_t i = 0; i < doc->tokens.count; i++) {
        const struct token *t = &doc->tokens.items[i];
        buffer_print(out, "%u\t%u-%u\t", i, t->span.start, t->span.end);
        add_words(doc, t->span, out);
        buffer_print(out, "\t%s\n", t->norm ? t->norm : "_");
    }
}

static const char *name_label(enum name_kind kind)
{
    static const char *const labels[] = {"PERSON", "ORG",  "PLACE",
                                         "FAC",    "NORP", "EVENT"};
    return labels[kind];
}

static void conllu_token(const struct doc *doc, const struct sentence *s, uint32_t at,
                         const char *name, struct buffer *out)
{
    const struct token *t = &doc->tokens.items[at];
    char feats[256];
    feats_write(t->feats, feats, sizeof feats);
    buffer_print(out, "%u\t", at - s->first + 1);
    add_words(doc, t->span, out);
    uint32_t head = t->head == at || t->head == NONE ? 0 : t->head - s->first + 1;
    buffer_print(out, "\t%s\t%s\t_\t%s\t%u\t%s\t_\t", t->lemma ? t->lemma : "_",
                 upos_name(t->upos), feats, head, deprel_name(t->deprel));
    buffer_print(out, "%s%s%s%s\n", name ? "NER=" : "", name ? name : "",
                 name && !t->space_after ? "|" : "",
                 !t->space_after ? "SpaceAfter=No"
                 : name          ? ""
                                 : "_");
}

void print_conllu(const struct doc *doc, struct buffer *out)
{
    uint32_t next = 0;
    for (uint32_t i = 0; i < doc->sentences.count; i++) {
        const struct sentence *s = &doc->sentences.items[i];
        buffer_print(out, "# sent_id = %u\n# text = ", i + 1);
        add_words(doc, s->span, out);
        buffer_text(out, "\n");
        for (uint32_t at = s->first; at < s->end; at++) {
            char label[16] = "";
            while (next < doc->names.count && doc->names.items[next].end <= at)
                next++;
            if (next < doc->names.count && doc->names.items[next].first <= at) {
                const struct name *name = &doc->names.items[next];
                label[0] = name->first == at ? 'B' : 'I';
                label[1] = '-';
                strcpy(label + 2, name_label(name->kind));
            }
            conllu_token(doc, s, at, *label ? label : NULL, out);
        }
        buffer_text(out, "\n");
    }
}

static void write_day(struct json *json, const char *key, day d)
{
    char text[16];
    json_key_text(json, key, d == DAY_NONE ? NULL : day_write(d, text));
}

/* A title that was found in the body is a stretch of it: whoever scores these spans
 * counts from the start of the text that was given. */
static void json_span(const struct doc *doc, struct span span, struct json *json)
{
    bool is_title = doc_part(doc, span) == PART_TITLE &&
                    doc->title.start < doc->body.start;
    uint32_t base = is_title ? doc->title.start : doc->body.start;
    json_key_text(json, "part", is_title ? "title" : "body");
    json_key(json, "span");
    json_array_start(json);
    json_whole(json, span.start - base);
    json_whole(json, span.end - base);
    json_array_end(json);
    json_key(json, "text");
    json_bytes(json, doc->text + span.start, span_len(span));
}

static const char *time_type(enum time_type type)
{
    static const char *const types[] = {"DATE", "TIME", "DURATION", "SET"};
    return types[type];
}

static void json_time(const struct doc *doc, const struct time_ref *t,
                      const struct time_part *part, struct json *json)
{
    json_object_start(json);
    json_span(doc, part ? part->span : t->span, json);
    json_key_text(json, "type", time_type(part ? part->type : t->type));
    json_key_text(json, "value", part ? part->value : t->value);
    json_key_text(json, "mod", part ? NULL : t->mod);
    write_day(json, "start", t->start);
    write_day(json, "end", t->end_day);
    json_object_end(json);
}

/* TIMEX3: what counts from a date is marked apart from it. */
static void json_times(const struct doc *doc, struct buffer *out)
{
    struct json json;
    json_start(&json, out);
    json_object_start(&json);
    json_key_text(&json, "id", doc->report.id ? doc->report.id : doc->report.digest);
    json_key(&json, "times");
    json_array_start(&json);
    for (uint32_t i = 0; i < doc->times.count; i++) {
        const struct time_ref *t = &doc->times.items[i];
        if (t->is_happening)
            continue;
        json_time(doc, t, t->parts, &json);
        if (t->parts)
            json_time(doc, t, t->parts + 1, &json);
    }
    json_array_end(&json);
    json_object_end(&json);
    buffer_text(out, "\n");
}

static void json_place(const struct doc *doc, const struct place_ref *p,
                       struct json *json)
{
    json_object_start(json);
    json_span(doc, p->span, json);
    json_key_text(json, "name", p->name);
    json_key_text(json, "country", p->country);
    json_key(json, "lat");
    json_number(json, p->lat, 5);
    json_key(json, "lon");
    json_number(json, p->lon, 5);
    json_key_text(json, "geonames", p->geonames);
    json_key(json, "actor");
    json_bool(json, p->is_actor);
    json_object_end(json);
}

static void json_places(const struct doc *doc, struct buffer *out)
{
    struct json json;
    json_start(&json, out);
    json_object_start(&json);
    json_key_text(&json, "id", doc->report.id ? doc->report.id : doc->report.digest);
    json_key(&json, "places");
    json_array_start(&json);
    for (uint32_t i = 0; i < doc->places.count; i++)
        json_place(doc, &doc->places.items[i], &json);
    json_array_end(&json);
    json_key(&json, "demonyms");
    json_array_start(&json);
    for (uint32_t i = 0; i < doc->demonyms.count; i++)
        json_place(doc, &doc->demonyms.items[i], &json);
    json_array_end(&json);
    json_object_end(&json);
    buffer_text(out, "\n");
}

static void print_times(const struct doc *doc, struct buffer *out)
{
    for (uint32_t i = 0; i < doc->times.count; i++) {
        const struct time_ref *t = &doc->times.items[i];
        char start[16], end[16];
        buffer_print(out, "%u %s %s%s%s  %s..%s%s%s%s%s  ", i, time_type(t->type),
                     t->value ? t->value : "?", t->mod ? " " : "", t->mod ? t->mod : "",
                     day_write(t->start, start), day_write(t->end_day, end),
                     t->clock ? " " : "", t->clock ? t->clock : "",
                     t->is_deadline ? " deadline" : "", t->is_start ? " since" : "");
        add_span(doc, t->span, out);
        buffer_text(out, "\n");
    }
}

static void print_places(const struct doc *doc, struct buffer *out)
{
    for (uint32_t i = 0; i < doc->places.count; i++) {
        const struct place_ref *p = &doc->places.items[i];
        buffer_print(out, "%u %s %s %s %.2f,%.2f%s  ", i, p->name,
                     p->country ? p->country : "?", p->path ? p->path : "", p->lat,
                     p->lon, p->is_actor ? " (actor)" : "");
        add_span(doc, p->span, out);
        buffer_text(out, "\n");
    }
}

static void print_mentions(const struct doc *doc, struct buffer *out)
{
    static const char *const kinds[] = {"name", "nominal", "pronoun"};
    for (uint32_t i = 0; i < doc->mentions.count; i++) {
        const struct mention *m = &doc->mentions.items[i];
        buffer_print(out, "%u %s by %s ->", i, kinds[m->kind], m->rule ? m->rule : "?");
        for (uint32_t k = 0; k < m->actor_count; k++) {
            const struct actor *a =
                &doc->actors.items[doc->mention_actors.items[m->actors + k]];
            buffer_print(out, " %s [%s %s]", a->id, a->code ? a->code : "?",
                         a->sectors ? a->sectors : "");
        }
        buffer_text(out, "  ");
        add_span(doc, m->span, out);
        buffer_text(out, "\n");
    }
}

static void print_argument(const struct doc *doc, const struct argument *a,
                           struct buffer *out)
{
    static const char *const slots[] = {"subject",  "object", "indirect",  "possessor",
                                        "modifier", "",       "complement"};
    const char *slot = a->slot == SLOT_PREPOSITION ? a->preposition : slots[a->slot];
    buffer_print(out, "    %s%s ", slot, a->is_shared ? " (understood)" : "");
    if (a->mention != NONE) {
        buffer_print(out, "mention %u ", a->mention);
        add_words(doc, doc->mentions.items[a->mention].span, out);
    } else if (a->head != NONE) {
        add_words(doc, doc->tokens.items[a->head].span, out);
    }
    if (a->clause != NONE)
        buffer_print(out, " = clause %u", a->clause);
    buffer_text(out, "\n");
}

static void print_voices(const struct doc *doc, uint32_t first, uint32_t count,
                         struct buffer *out)
{
    for (uint32_t i = 0; i < count; i++) {
        const struct voice *v = &doc->voices.items[first + i];
        buffer_print(out, " ~%s", v->is_quoted ? "\"" : "");
        if (v->mention == NONE)
            buffer_text(out, "?");
        else
            add_words(doc, doc->mentions.items[v->mention].span, out);
        buffer_print(out, " (%s)", v->words ? v->words : "");
    }
}

static void print_clauses(const struct doc *doc, struct buffer *out)
{
    static const char *const embeddings[] = {"",          "complement", "relative",
                                             "condition", "time",       "purpose",
                                             "adverbial", "conjunct",   "parataxis"};
    for (uint32_t i = 0; i < doc->clauses.count; i++) {
        const struct clause *c = &doc->clauses.items[i];
        buffer_print(out, "%u %s", i, c->lemma);
        if (c->parent != NONE)
            buffer_print(out, "  <- %s of %u", embeddings[c->embedding], c->parent);
        buffer_print(out, "%s%s%s%s%s%s%s", c->marker ? " " : "",
                     c->marker ? c->marker : "", c->modal ? " modal " : "",
                     c->modal ? c->modal : "", c->is_passive ? " passive" : "",
                     c->is_negated ? " not" : "", c->is_past ? " past" : "");
        if (c->status)
            buffer_print(out, "  %s%s%s%s%s%s", status_name(c->status),
                         c->is_historical ? " historical" : "", c->completion ? " " : "",
                         c->completion ? completion_name(c->completion) : "",
                         c->why ? " because " : "", c->why ? c->why : "");
        print_voices(doc, c->voices, c->voice_count, out);
        if (c->time != NONE) {
            buffer_text(out, "  @");
            add_words(doc, doc->times.items[c->time].span, out);
        }
        if (c->place != NONE) {
            buffer_text(out, "  #");
            add_words(doc, doc->places.items[c->place].span, out);
        }
        buffer_text(out, "\n");
        for (uint32_t k = 0; k < c->argument_count; k++)
            print_argument(doc, &doc->arguments.items[c->arguments + k], out);
    }
}

static void print_parties(const struct doc *doc, uint32_t first, uint32_t count,
                          struct buffer *out)
{
    for (uint32_t i = 0; i < count; i++) {
        const struct party *p = &doc->parties.items[first + i];
        buffer_print(out, "%s%s", i ? "," : " ", p->code ? p->code : "?");
    }
}

static void print_events(const struct doc *doc, struct buffer *out)
{
    for (uint32_t i = 0; i < doc->events.count; i++) {
        const struct event *e = &doc->events.items[i];
        buffer_print(out, "%u %s %s%s", i, e->rule, status_name(e->status),
                     e->is_merged ? " (merged)" : "");
        print_parties(doc, e->actors, e->actor_count, out);
        buffer_text(out, " ->");
        print_parties(doc, e->recipients, e->recipient_count, out);
        print_voices(doc, e->voices, e->voice_count, out);
        buffer_print(out, "  clause %u  ", e->clause);
        add_span(doc, e->anchor, out);
        buffer_text(out, "\n");
    }
}

static void print_stances(const struct doc *doc, struct buffer *out)
{
    for (uint32_t i = 0; i < doc->positions.count; i++) {
        const struct position *p = &doc->positions.items[i];
        buffer_print(out, "%s %s %s (%s): ", p->holder.code ? p->holder.code : "?",
                     stance_name(p->stance), p->issue ? p->issue : "",
                     status_name(p->status));
        add_words(doc, p->content, out);
        buffer_text(out, "\n");
    }
    for (uint32_t i = 0; i < doc->relations.count; i++) {
        const struct relation *r = &doc->relations.items[i];
        buffer_print(out, "%s", r->kind);
        print_parties(doc, r->parties, r->party_count, out);
        buffer_text(out, ": ");
        add_words(doc, r->content, out);
        buffer_text(out, "\n");
    }
}

static void print_window(const struct doc *doc, struct buffer *out)
{
    const struct report *r = &doc->report;
    char day_text[16];
    if (r->day != DAY_NONE)
        buffer_print(out, "published %s\n", day_write(r->day, day_text));
    if (r->earliest != DAY_NONE)
        buffer_print(out, "not before %s  %s\n", day_write(r->earliest, day_text),
                     r->earliest_why);
    if (r->latest != DAY_NONE)
        buffer_print(out, "not after %s  %s\n", day_write(r->latest, day_text),
                     r->latest_why);
}

void print_why(const struct doc *doc, struct buffer *out)
{
    for (uint32_t i = 0; i < doc->clauses.count; i++) {
        const struct clause *c = &doc->clauses.items[i];
        bool gave = false;
        for (uint32_t k = 0; k < doc->events.count; k++) {
            const struct event *e = &doc->events.items[k];
            if (e->clause != i)
                continue;
            gave = true;
            buffer_print(out, "%s: %s %s", c->lemma, e->rule, status_name(e->status));
            print_parties(doc, e->actors, e->actor_count, out);
            buffer_text(out, " ->");
            print_parties(doc, e->recipients, e->recipient_count, out);
            print_voices(doc, e->voices, e->voice_count, out);
            buffer_print(out, "%s%s\n", c->why ? "  status: " : "", c->why ? c->why : "");
        }
        if (!gave)
            buffer_print(out, "%s: no event: %s\n", c->lemma,
                         c->no_event ? c->no_event : "not reached");
    }
    if (doc->clauses.count == 0)
        buffer_text(out, "no predicate was found\n");
}

bool print_stage(const struct doc *doc, const char *stage, bool as_json,
                 struct buffer *out)
{
    static const struct {
        const char *stage;
        void (*print)(const struct doc *doc, struct buffer *out);
        void (*json)(const struct doc *doc, struct buffer *out);
    } printers[] = {
        {"clean", print_clean, NULL},         {"segment", print_sentences, NULL},
        {"token", print_tokens, NULL},        {"parse", print_conllu, NULL},
        {"time", print_times, json_times},    {"actor", print_mentions, NULL},
        {"place", print_places, json_places}, {"coref", print_mentions, NULL},
        {"clause", print_clauses, NULL},      {"status", print_clauses, NULL},
        {"voice", print_clauses, NULL},       {"event", print_events, NULL},
        {"merge", print_events, NULL},        {"stance", print_stances, NULL},
        {"window", print_window, NULL},
    };
    for (size_t i = 0; i < sizeof printers / sizeof *printers; i++) {
        if (strcmp(printers[i].stage, stage) != 0)
            continue;
        if (as_json && printers[i].json)
            printers[i].json(doc, out);
        else
            printers[i].print(doc, out);
        return true;
    }
    return false;
}
