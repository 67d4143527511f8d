/* resolve.c: who a bare phrase means: the actor and coreference stages on a document
 * of its own. */
#include "sentosa.h"

#include "base/json.h"
#include "base/utf8.h"
#include "data/who.h"
#include "engine/handle.h"
#include "stage/stages.h"

#include <stdio.h>
#include <string.h>

#define MAX_RIVALS 16
#define MAX_HOLDERS 6 /* of an office, the latest */
#define MAX_PHRASE_LEN 4096u
#define MAX_WORDS 12

/* The phrase is the first sentence of the document, its context the second. */
static enum outcome fill(struct doc *doc, const struct sentosa_phrase *phrase,
                         struct fail *fail)
{
    size_t len = strlen(phrase->phrase);
    size_t context_len = phrase->context ? strlen(phrase->context) : 0;
    if (len > MAX_PHRASE_LEN)
        return fail_with(fail, FAIL_LIMIT, "the phrase is longer than %u bytes",
                         MAX_PHRASE_LEN);
    if (context_len > DOC_MAX_LEN / 2)
        return fail_with(fail, FAIL_LIMIT, "the context is too long");
    if (utf8_bad(phrase->phrase, len) < len ||
        (context_len && utf8_bad(phrase->context, context_len) < context_len))
        return fail_with(fail, FAIL_DATA, "the phrase or its context is not UTF-8");
    char *text = arena_take(&doc->arena, len + context_len + 2, 1);
    struct sentence *first = array_push(&doc->arena, &doc->sentences);
    if (!text || !first)
        return fail_memory(fail);
    memcpy(text, phrase->phrase, len);
    text[len] = '\n';
    if (context_len)
        memcpy(text + len + 1, phrase->context, context_len);
    doc->text = text;
    doc->len = (uint32_t)(len + 1 + context_len);
    doc->body = (struct span){0, doc->len};
    *first = (struct sentence){.span = {0, (uint32_t)len}, .range = NONE};
    if (context_len) {
        struct sentence *second = array_push(&doc->arena, &doc->sentences);
        if (!second)
            return fail_memory(fail);
        *second = (struct sentence){.span = {(uint32_t)len + 1, doc->len}, .range = NONE};
    }
    day last;
    if (phrase->date && !day_read(phrase->date, &doc->report.day, &last))
        return fail_with(fail, FAIL_USE, "\"%s\" is not a day such as 2024-03-02",
                         phrase->date);
    return OK;
}

/* The mention of the phrase: the one whose head stands highest, the longest of those. */
static const struct mention *main_mention(const struct doc *doc)
{
    const struct mention *best = NULL;
    uint32_t end = doc->sentences.items[0].end;
    for (uint32_t i = 0; i < doc->mentions.count; i++) {
        const struct mention *mention = &doc->mentions.items[i];
        if (mention->head >= end || !mention->actor_count)
            continue;
        bool is_root = doc->tokens.items[mention->head].head == mention->head;
        bool was_root = best && doc->tokens.items[best->head].head == best->head;
        if (!best || (is_root && !was_root))
            best = mention;
    }
    return best;
}

/* The one country that the context names; NULL when it names none or several. */
static const char *context_code(const struct doc *doc)
{
    const char *code = NULL;
    uint32_t end = doc->sentences.items[0].end;
    for (uint32_t i = 0; i < doc->mentions.count; i++) {
        const struct mention *mention = &doc->mentions.items[i];
        for (uint32_t a = 0; mention->head >= end && a < mention->actor_count; a++) {
            const struct actor *actor =
                &doc->actors.items[doc->mention_actors.items[mention->actors + a]];
            if (!actor->code || cell_has(actor->sectors, "IGO"))
                continue;
            if (code && strcmp(code, actor->code) != 0)
                return NULL;
            code = actor->code;
        }
    }
    return code;
}

static void put_list(struct json *json, const char *cell)
{
    struct span value;
    json_array_start(json);
    for (const char *at = cell; cell_next(&at, &value, cell);)
        json_bytes(json, cell + value.start, span_len(value));
    json_array_end(json);
}

static const char *entry_id(const struct who *who, struct phrase_entry entry)
{
    unsigned kind = who_entry_kind(who, entry);
    const struct table *table = pack_table_at(who->pack, entry.table);
    return kind & WHO_NAMES ? who_cell(table, entry.row, "id") : "";
}

struct rivals {
    struct json *json;
    const char *seen[MAX_RIVALS];
    uint32_t count;
};

static void put_rival(struct rivals *rivals, const char *id, const char *chosen)
{
    bool is_new = *id && strcmp(id, chosen) != 0 && rivals->count < MAX_RIVALS;
    for (uint32_t s = 0; s < rivals->count && is_new; s++)
        is_new = strcmp(rivals->seen[s], id) != 0;
    if (!is_new)
        return;
    rivals->seen[rivals->count++] = id;
    json_text(rivals->json, id);
}

/* "the former president of A", "the president of A" on no known day: those who were. */
static void put_holders(struct rivals *rivals, const struct who *who,
                        struct phrase_entry entry, const char *code, day on)
{
    uint32_t persons[MAX_HOLDERS];
    if (!code || who_entry_kind(who, entry) != WHO_ROLE)
        return;
    const char *role = who_cell(who->roles, entry.row, "role");
    const char *country = who_cell(who->roles, entry.row, "country");
    if (*country && strcmp(country, code) != 0)
        return;
    uint32_t count = who_past(who, role, code, on, persons, MAX_HOLDERS);
    for (uint32_t i = 0; i < count; i++)
        put_rival(rivals, who_cell(who->persons, persons[i], "id"), "");
}

/* Others that the same words name: every table entry of every phrase in it that spans
 * the most, and those who held an office whose holder is not known. */
static void put_rivals(struct json *json, const struct pack *pack, const struct doc *doc,
                       const struct actor *actor)
{
    struct who who;
    who_open(&who, pack);
    struct rivals rivals = {.json = json};
    uint32_t end = doc->sentences.items[0].end;
    const char *words[MAX_WORDS];
    json_array_start(json);
    for (uint32_t i = 0; i < end; i++) {
        uint32_t left = 0;
        for (; left < MAX_WORDS && i + left < end; left++)
            words[left] = doc->tokens.items[i + left].norm;
        struct phrase_hit hits[MAX_WORDS];
        uint32_t found = pack_phrases(pack, words, left, hits, MAX_WORDS);
        if (!found)
            continue;
        struct phrase_hit longest = hits[found - 1];
        for (uint32_t e = 0; e < longest.count; e++) {
            struct phrase_entry entry = pack_phrase_entry(pack, longest.first + e);
            if (actor && actor->is_generic && actor->kind == ACTOR_PERSON)
                put_holders(&rivals, &who, entry, actor->code, doc->report.day);
            put_rival(&rivals, entry_id(&who, entry), actor ? actor->id : "");
        }
        i += longest.tokens - 1;
    }
    json_array_end(json);
}

static void write_answer(struct json *json, const struct pack *pack,
                         const struct doc *doc, const struct sentosa_phrase *phrase)
{
    const struct mention *mention = main_mention(doc);
    const struct actor *actor =
        mention ? &doc->actors.items[doc->mention_actors.items[mention->actors]] : NULL;
    const char *from_context = context_code(doc);
    const char *sectors = actor ? actor->sectors : "";
    /* By itself a capital or a seat is a word for the government. */
    if (actor && actor->kind == ACTOR_STATE &&
        (strcmp(mention->rule, "capital") == 0 || strcmp(mention->rule, "seat") == 0))
        sectors = "GOV";
    json_object_start(json);
    json_key_text(json, "id", phrase->id);
    json_key_text(json, "phrase", phrase->phrase);
    json_key_text(json, "code", actor && actor->code ? actor->code : from_context);
    json_key(json, "sector");
    if (*sectors)
        json_bytes(json, sectors, strcspn(sectors, "|"));
    else
        json_nothing(json);
    json_key(json, "sectors");
    put_list(json, sectors);
    json_key_text(json, "actor", actor ? actor->id : NULL);
    json_key_text(json, "name", actor ? actor->name : NULL);
    json_key_text(json, "role", actor ? actor->role : NULL);
    bool is_lent = from_context && !(actor && actor->code);
    json_key_text(json, "rule", is_lent ? "context" : mention ? mention->rule : NULL);
    json_key(json, "others");
    json_array_start(json);
    for (uint32_t i = 1; mention && i < mention->actor_count; i++) {
        const struct actor *other =
            &doc->actors.items[doc->mention_actors.items[mention->actors + i]];
        json_text(json, other->id);
    }
    json_array_end(json);
    json_key(json, "rivals");
    put_rivals(json, pack, doc, actor);
    json_object_end(json);
}

enum sentosa_outcome sentosa_resolve_json(const struct sentosa *engine,
                                          const struct sentosa_phrase *phrase, char **out,
                                          struct sentosa_error *error)
{
    struct fail fail = {{0}};
    struct doc doc;
    doc_init(&doc);
    *out = NULL;
    stage *const stages[] = {token_run, phrase_run, actor_run, coref_run};
    enum outcome outcome = fill(&doc, phrase, &fail);
    for (unsigned i = 0; !outcome && i < sizeof stages / sizeof *stages; i++)
        outcome = stages[i](engine->pack, &doc, &fail);
    if (!outcome) {
        struct buffer buffer = {0};
        struct json json;
        json_start(&json, &buffer);
        write_answer(&json, engine->pack, &doc, phrase);
        if (buffer.failed) {
            buffer_free(&buffer);
            outcome = fail_memory(&fail);
        } else {
            *out = buffer.bytes;
        }
    }
    doc_free(&doc);
    if (outcome && error)
        snprintf(error->message, sizeof error->message, "%s", fail.message);
    return outcome_public(outcome);
}
