/* event_desk.c: whether a report's dateline is where its news happens, or only the desk
 * that wrote it: "VIENNA" above talks between two others. */
#include "stage/event.h"

#include <string.h>

#define MAX_COUNTRIES 64
/* Countries named more often than the dateline's, or one named much more often, make a
 * desk of it. */
#define RIVALS 2
#define MUCH 2

struct tally {
    const char *codes[MAX_COUNTRIES];
    uint32_t counts[MAX_COUNTRIES];
    uint32_t count;
};

static void add(struct tally *tally, const char *code)
{
    uint32_t i = 0;
    while (i < tally->count && strcmp(tally->codes[i], code) != 0)
        i++;
    if (i == MAX_COUNTRIES)
        return;
    if (i == tally->count) {
        tally->codes[tally->count] = code;
        tally->counts[tally->count++] = 0;
    }
    tally->counts[i]++;
}

static void add_actors(const struct doc *doc, struct tally *tally)
{
    for (uint32_t i = 0; i < doc->mentions.count; i++) {
        const struct mention *m = &doc->mentions.items[i];
        for (uint32_t k = 0; k < m->actor_count; k++) {
            const struct actor *actor =
                &doc->actors.items[doc->mention_actors.items[m->actors + k]];
            if (actor->code && *actor->code && !cell_has(actor->sectors, "IGO"))
                add(tally, actor->code);
        }
    }
}

const char *country_of_news(const struct eventing *e)
{
    const char *country = country_of_dateline(e->pack, e->doc->report.dateline);
    if (!country)
        return NULL;
    struct tally tally = {.count = 0};
    add(&tally, country);
    add_actors(e->doc, &tally);
    for (uint32_t i = 0; i < e->doc->places.count; i++) {
        const struct place_ref *place = &e->doc->places.items[i];
        if (!place->is_actor && place->country && *place->country)
            add(&tally, place->country);
    }
    uint32_t rivals = 0;
    for (uint32_t i = 1; i < tally.count; i++) {
        bool is_much = tally.counts[i] > MUCH * tally.counts[0] + 1;
        rivals += is_much ? RIVALS : tally.counts[i] > tally.counts[0];
    }
    return rivals < RIVALS ? country : NULL;
}
