/* story.c: digests, sketches and told events of the reports that were shown, in bounded
 * memory. */
#include "engine/story.h"

#include "base/date.h"
#include "base/hash.h"
#include "source/twin.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define NOTES ((size_t)1 << 21) /* slots of each table; half of them are used */

/* A key and the report that it was first seen in; key 0 is free. */
struct note {
    uint64_t key, number;
};

struct notes {
    struct note *slots;
    size_t count, capacity;
};

struct story {
    struct twins *twins;
    struct notes digests, told;
    struct notes known; /* digests of reports of earlier runs */
    uint64_t number;    /* of the last report */
    /* what is to be kept of it: */
    char digest[17], first[17];
    unsigned char bytes[SKETCH_BYTES];
    size_t len;
    struct notes firsts; /* of the first report's number: its digest */
};

static void put(struct notes *notes, struct note note)
{
    size_t at = (size_t)note.key & (notes->capacity - 1);
    while (notes->slots[at].key)
        at = (at + 1) & (notes->capacity - 1);
    notes->slots[at] = note;
    notes->count++;
}

/* Doubles the table; a full one is forgotten. False without memory. */
static bool make_room(struct notes *notes)
{
    if (notes->count * 2 < notes->capacity)
        return true;
    if (notes->capacity == NOTES) {
        memset(notes->slots, 0, notes->capacity * sizeof *notes->slots);
        notes->count = 0;
        return true;
    }
    struct notes more = {.capacity = notes->capacity ? notes->capacity * 2 : 1024};
    more.slots = calloc(more.capacity, sizeof *more.slots);
    if (!more.slots)
        return false;
    for (size_t i = 0; i < notes->capacity; i++)
        if (notes->slots[i].key)
            put(&more, notes->slots[i]);
    free(notes->slots);
    *notes = more;
    return true;
}

/* The number kept for the key; 0 for none. */
static uint64_t look_up(const struct notes *notes, uint64_t key)
{
    key = key ? key : 1;
    for (size_t at = (size_t)key; notes->capacity; at++) {
        const struct note *note = &notes->slots[at & (notes->capacity - 1)];
        if (note->key == key)
            return note->number;
        if (note->key == 0)
            break;
    }
    return 0;
}

/* The report that the key was first seen in; 0 when it is new: then it is kept. */
static uint64_t first_seen(struct notes *notes, uint64_t key, uint64_t number)
{
    uint64_t seen = look_up(notes, key);
    if (!seen && make_room(notes))
        put(notes, (struct note){key ? key : 1, number});
    return seen;
}

struct story *story_open(void)
{
    struct story *story = calloc(1, sizeof *story);
    if (!story)
        return NULL;
    story->twins = twins_open(0);
    if (!story->twins) {
        free(story);
        return NULL;
    }
    return story;
}

void story_close(struct story *story)
{
    if (!story)
        return;
    twins_close(story->twins);
    free(story->digests.slots);
    free(story->told.slots);
    free(story->known.slots);
    free(story->firsts.slots);
    free(story);
}

enum outcome story_meet(struct story *story, const struct sentosa *engine,
                        const struct sentosa_doc *doc, struct sentosa_twin *out,
                        struct fail *fail)
{
    static const enum sentosa_twin_kind kinds[] = {[TWIN_NONE] = SENTOSA_NEW,
                                                   [TWIN_COPY] = SENTOSA_COPY,
                                                   [TWIN_UPDATE] = SENTOSA_UPDATE,
                                                   [TWIN_REWRITE] = SENTOSA_REWRITE};
    struct sketch sketch;
    const struct report *report = &doc->doc.report;
    uint64_t digest = report->digest ? strtoull(report->digest, NULL, 16) : 0;
    *out = (struct sentosa_twin){.number = ++story->number};
    uint64_t same = digest ? first_seen(&story->digests, digest, story->number) : 0;
    if (same) {
        out->kind = SENTOSA_SAME;
        out->first = same;
        snprintf(out->digest, sizeof out->digest, "%s", report->digest);
        return OK;
    }
    story->len = 0;
    enum outcome outcome = sketch_make(engine->pack, &doc->doc, &sketch, fail);
    if (outcome)
        return outcome;
    story->len = sketch_write(&sketch, story->bytes);
    snprintf(story->digest, sizeof story->digest, "%016llx", (unsigned long long)digest);
    memcpy(story->first, story->digest, sizeof story->first);
    uint64_t before = digest ? look_up(&story->known, digest) : 0;
    if (before) { /* it is kept already: perhaps to be coded anew */
        out->first = out->number = before;
        return OK;
    }
    struct twin twin = twins_meet(story->twins, &sketch, story->number, digest,
                                  report->day);
    out->kind = kinds[twin.kind];
    out->first = twin.first;
    if (twin.kind)
        snprintf(out->digest, sizeof out->digest, "%016llx",
                 (unsigned long long)twin.digest);
    uint64_t first = twin.kind ? look_up(&story->firsts, twin.first) : 0;
    if (first)
        snprintf(story->first, sizeof story->first, "%016llx", (unsigned long long)first);
    if (!twin.kind)
        first_seen(&story->firsts, story->number, digest);
    return OK;
}

bool story_sketch(const struct story *story, struct sentosa_sketch *sketch)
{
    *sketch = (struct sentosa_sketch){.digest = story->digest,
                                      .first = story->first,
                                      .bytes = story->bytes,
                                      .len = story->len};
    return story->len > 0;
}

void story_recall(struct story *story, const struct sentosa_sketch *kept)
{
    struct sketch sketch;
    day day = DAY_NONE, last;
    if (!kept->digest || !kept->first || !sketch_read(kept->bytes, kept->len, &sketch))
        return;
    uint64_t digest = strtoull(kept->digest, NULL, 16);
    uint64_t first = strtoull(kept->first, NULL, 16), number = ++story->number;
    if (kept->day && !day_read(kept->day, &day, &last))
        day = DAY_NONE;
    first_seen(&story->known, digest, number);
    uint64_t known = first == digest ? number : look_up(&story->known, first);
    struct twin twin = {.first = known ? known : number, .digest = digest};
    first_seen(&story->firsts, twin.first, first);
    twins_recall(story->twins, &sketch, &twin, day);
}

static void add_parties(struct hash *hash, const struct sentosa_party *parties,
                        size_t count)
{
    uint64_t sum = 0; /* their order says nothing */
    for (size_t i = 0; i < count; i++) {
        struct hash one;
        hash_start(&one);
        hash_text(&one, parties[i].code ? parties[i].code : parties[i].name);
        sum += hash_end(&one);
    }
    hash_add(hash, (const char *)&sum, sizeof sum);
}

bool story_told(struct story *story, const struct sentosa_twin *twin,
                const struct sentosa_event *event)
{
    struct hash hash;
    hash_start(&hash);
    hash_add(&hash, (const char *)&twin->first, sizeof twin->first);
    hash_text(&hash, event->type);
    hash_text(&hash, event->date ? event->date->start : NULL);
    add_parties(&hash, event->actors, event->actor_count);
    add_parties(&hash, event->recipients, event->recipient_count);
    uint64_t seen = first_seen(&story->told, hash_end(&hash), twin->number);
    return seen && seen != twin->number;
}
