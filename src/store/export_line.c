/* export_line.c: stored items as lines of JSON. */
#include "store/export.h"

#include "base/buffer.h"
#include "base/json.h"

#include <stdlib.h>
#include <string.h>

static char *give(struct buffer *out)
{
    if (!out->failed)
        return out->bytes;
    buffer_free(out);
    return NULL;
}

/* Adds members to an object that is written already; frees the line. */
static char *with_members(char *line, const struct buffer *members)
{
    if (!line || members->failed) {
        free(line);
        return NULL;
    }
    struct buffer out = {0};
    buffer_add(&out, line, strlen(line) - 1);
    buffer_add(&out, ",", 1);
    buffer_add(&out, members->bytes, members->len);
    buffer_add(&out, "}", 1);
    free(line);
    return give(&out);
}

static char *with_story(char *line, const struct sentosa_item *item)
{
    struct buffer members = {0};
    buffer_print(&members, "\"story\":{\"number\":%lld,\"reports\":%zu}",
                 (long long)item->story, item->story_reports);
    line = with_members(line, &members);
    buffer_free(&members);
    return line;
}

char *sentosa_item_json(const struct sentosa_item *item)
{
    if (item->position)
        return sentosa_position_line(item->report, item->position);
    if (item->relation)
        return sentosa_relation_line(item->report, item->relation);
    return with_story(
        sentosa_event_line(item->report, item->event, item->coder, item->pack), item);
}

/* The event as the convention codes it, in the documented shape, the convention named
 * at the end. */
char *export_line(const struct sentosa_item *item, const struct sentosa_coding *coding,
                  enum sentosa_convention convention)
{
    if (convention == SENTOSA_INTERNAL)
        return sentosa_event_line(item->report, item->event, item->coder, item->pack);
    struct sentosa_event event = *item->event;
    event.type = coding->type;
    event.quad = coding->quad;
    event.cameo = coding->cameo;
    event.score = coding->score;
    if (coding->mode) {
        event.modes = &coding->mode;
        event.mode_count = *coding->mode ? 1 : 0;
    }
    struct buffer members = {0};
    buffer_text(&members, "\"convention\":\"plover\"");
    char *line = with_members(
        sentosa_event_line(item->report, &event, item->coder, item->pack), &members);
    buffer_free(&members);
    return line;
}

static void write_called(struct json *json, const struct sentosa_actor *actor)
{
    json_key(json, "called");
    json_array_start(json);
    for (size_t i = 0; i < actor->called_count; i++) {
        json_object_start(json);
        json_key_text(json, "text", actor->called[i]);
        json_key(json, "count");
        json_whole(json, (int64_t)actor->called_counts[i]);
        json_object_end(json);
    }
    json_array_end(json);
}

static void write_count(struct json *json, const char *key, size_t count)
{
    json_key(json, key);
    json_whole(json, (int64_t)count);
}

char *sentosa_actor_json(const struct sentosa_actor *actor)
{
    struct buffer out = {0};
    struct json json;
    json_start(&json, &out);
    json_object_start(&json);
    json_key_text(&json, "id", actor->id);
    json_key_text(&json, "name", actor->name);
    json_key_text(&json, "code", actor->code);
    json_key(&json, "sectors");
    json_array_start(&json);
    for (size_t i = 0; i < actor->sector_count; i++)
        json_text(&json, actor->sectors[i]);
    json_array_end(&json);
    json_key_text(&json, "role", actor->role);
    json_key_text(&json, "wikidata", actor->wikidata);
    write_called(&json, actor);
    write_count(&json, "events", actor->events);
    write_count(&json, "positions", actor->positions);
    write_count(&json, "relations", actor->relations);
    write_count(&json, "voices", actor->voices);
    json_key_text(&json, "first", actor->first);
    json_key_text(&json, "last", actor->last);
    json_object_end(&json);
    return give(&out);
}
