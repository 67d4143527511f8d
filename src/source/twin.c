/* twin.c: a ring of sketches and a hash table of postings into it. */
#include "source/twin.h"

#include <stdlib.h>
#include <string.h>

#define MEMORY ((size_t)192 << 20)
#define SHARE 2       /* every second pair is in the index */
#define CANDIDATES 24 /* reports that are counted at once */
#define CHAIN 48     /* postings of one pair that are followed: common pairs say little */
#define PAIRS_MIN 8  /* of a text that can be compared */
#define DAYS_APART 4 /* days between a report and one that rewrites it */
#define REPORT_BYTES 2048 /* about, with its postings */
/* the least shares; see judge */
#define FACTS_MIN 4
#define FACTS_SHARED 0.57
#define COPY_PAIRS 0.85
#define COPY_BOTH 0.7
#define UPDATE_PAIRS 0.52
#define REWRITE_PAIRS 0.13
#define REWRITE_WORDS 0.4 /* and for each share of pairs REWRITE_EXTRA more */
#define REWRITE_EXTRA 0.6
#define REWRITE_FACTS 0.7

struct kept {
    /* number: how many came before; first: the caller's */
    uint64_t number, first, digest;
    day day;
    uint16_t word_count, pair_count, fact_count;
    uint32_t *items; /* words, pairs, facts */
};

/* Postings of one pair are a chain, newest first. */
struct posting {
    uint32_t pair, next; /* index of a posting; NONE */
    uint64_t number;
};

struct twins {
    struct kept *ring; /* [capacity]: report n stands at n % capacity */
    size_t capacity;
    struct posting *postings; /* [posting_capacity], a ring */
    size_t posting_capacity;
    uint64_t posted;
    uint32_t *heads; /* [head_count] */
    size_t head_count;
    uint64_t count; /* reports so far */
};

struct twins *twins_open(size_t memory)
{
    struct twins *twins = calloc(1, sizeof *twins);
    if (!twins)
        return NULL;
    memory = memory ? memory : MEMORY;
    twins->capacity = memory / (REPORT_BYTES + sizeof(struct kept)) + 1;
    twins->posting_capacity = twins->capacity * 40;
    twins->head_count = 1;
    while (twins->head_count < twins->posting_capacity / 2)
        twins->head_count *= 2;
    twins->ring = calloc(twins->capacity, sizeof *twins->ring);
    twins->postings = calloc(twins->posting_capacity, sizeof *twins->postings);
    twins->heads = calloc(twins->head_count, sizeof *twins->heads);
    if (!twins->ring || !twins->postings || !twins->heads) {
        twins_close(twins);
        return NULL;
    }
    return twins;
}

void twins_close(struct twins *twins)
{
    if (!twins)
        return;
    for (size_t i = 0; twins->ring && i < twins->capacity; i++)
        free(twins->ring[i].items);
    free(twins->ring);
    free(twins->postings);
    free(twins->heads);
    free(twins);
}

static const struct kept *find(const struct twins *twins, uint64_t number)
{
    const struct kept *kept = &twins->ring[number % twins->capacity];
    return number && kept->number == number && kept->items ? kept : NULL;
}

/* ---- candidates ---- */

struct candidate {
    uint64_t number;
    uint32_t hits;
};

static void count_hit(struct candidate *candidates, uint32_t *count, uint64_t number)
{
    uint32_t least = 0;
    for (uint32_t i = 0; i < *count; i++) {
        if (candidates[i].number == number) {
            candidates[i].hits++;
            return;
        }
        if (candidates[i].hits < candidates[least].hits)
            least = i;
    }
    if (*count < CANDIDATES)
        candidates[(*count)++] = (struct candidate){number, 1};
    else if (candidates[least].hits == 1)
        candidates[least] = (struct candidate){number, 1};
}

/* Postings are numbered from 1; one that the ring has overwritten ends its chain. */
static const struct posting *posting_at(const struct twins *twins, uint32_t number,
                                        uint32_t pair)
{
    const struct posting *posting = &twins->postings[number % twins->posting_capacity];
    return number && posting->pair == pair ? posting : NULL;
}

static uint32_t find_candidates(const struct twins *twins, const struct sketch *sketch,
                                struct candidate candidates[CANDIDATES])
{
    uint32_t count = 0;
    for (uint32_t i = 0; i < sketch->pair_count; i++) {
        uint32_t pair = sketch->pairs[i], steps = 0;
        if (pair % SHARE)
            continue;
        uint32_t at = twins->heads[pair / SHARE & (twins->head_count - 1)];
        for (; at && steps < CHAIN; steps++) {
            const struct posting *posting =
                &twins->postings[at % twins->posting_capacity];
            if (posting_at(twins, at, pair))
                count_hit(candidates, &count, posting->number);
            uint32_t next = posting->next;
            at = next < at ? next : 0; /* overwritten: newer ones stand there */
        }
    }
    return count;
}

/* ---- comparing ---- */

/* Shares of what the smaller of two reports has that the other has too. */
struct likeness {
    double words, pairs, facts;
    double both;                 /* pairs, of the larger one's */
    uint32_t pairs_of, facts_of; /* how many the smaller one has */
};

static struct likeness liken(const struct kept *kept, const struct sketch *sketch)
{
    struct likeness like;
    const uint32_t *pairs = kept->items + kept->word_count;
    const uint32_t *facts = pairs + kept->pair_count;
    struct hashes one[3] = {{kept->items, kept->word_count, SKETCH_MOST},
                            {pairs, kept->pair_count, SKETCH_MOST},
                            {facts, kept->fact_count, SKETCH_FACTS}};
    struct hashes two[3] = {{sketch->words, sketch->word_count, SKETCH_MOST},
                            {sketch->pairs, sketch->pair_count, SKETCH_MOST},
                            {sketch->facts, sketch->fact_count, SKETCH_FACTS}};
    like.words = sketch_shared(one[0], two[0], NULL);
    like.pairs = sketch_shared(one[1], two[1], &like.pairs_of);
    like.facts = sketch_shared(one[2], two[2], &like.facts_of);
    uint32_t more = kept->pair_count > sketch->pair_count ? kept->pair_count
                                                          : sketch->pair_count;
    like.both = more ? like.pairs * like.pairs_of / more : 0;
    return like;
}

/* What two texts that share so much are to each other; the shares were chosen on pairs
 * that test/twins/make makes with other seeds than the test's. A rewrite shares words all
 * over; a new story that repeats an old one's last paragraphs shares them there alone,
 * and with them pairs. */
static enum twin_kind judge(const struct likeness *like, bool is_near)
{
    bool has_facts = like->facts_of < FACTS_MIN || like->facts >= FACTS_SHARED;
    if (like->pairs_of < PAIRS_MIN || !has_facts)
        return TWIN_NONE;
    if (like->pairs >= COPY_PAIRS && like->both >= COPY_BOTH)
        return TWIN_COPY;
    if (like->pairs >= UPDATE_PAIRS)
        return TWIN_UPDATE;
    bool is_rewrite = is_near && like->pairs >= REWRITE_PAIRS &&
                      like->words >= REWRITE_WORDS + REWRITE_EXTRA * like->pairs &&
                      (like->facts_of < FACTS_MIN || like->facts >= REWRITE_FACTS);
    return is_rewrite ? TWIN_REWRITE : TWIN_NONE;
}

static struct twin compare(const struct twins *twins, const struct sketch *sketch,
                           day day)
{
    struct candidate candidates[CANDIDATES];
    struct twin best = {0};
    double strongest = 0;
    uint32_t count = find_candidates(twins, sketch, candidates);
    for (uint32_t i = 0; i < count; i++) {
        const struct kept *kept = find(twins, candidates[i].number);
        if (!kept || candidates[i].hits < 2)
            continue;
        struct likeness like = liken(kept, sketch);
        bool is_near = day == DAY_NONE || kept->day == DAY_NONE ||
                       labs((long)day - (long)kept->day) <= DAYS_APART;
        enum twin_kind kind = judge(&like, is_near);
        if (kind && like.pairs + like.words > strongest) {
            strongest = like.pairs + like.words;
            best = (struct twin){kind, kept->first, kept->digest};
        }
    }
    return best;
}

/* ---- remembering ---- */

static void post(struct twins *twins, uint32_t pair, uint64_t number)
{
    if (twins->posted == UINT32_MAX - 1) { /* numbers are used up: begin anew */
        memset(twins->heads, 0, twins->head_count * sizeof *twins->heads);
        twins->posted = 0;
    }
    uint32_t at = (uint32_t)++twins->posted;
    uint32_t *head = &twins->heads[pair / SHARE & (twins->head_count - 1)];
    twins->postings[at % twins->posting_capacity] = (struct posting){pair, *head, number};
    *head = at;
}

static void remember(struct twins *twins, const struct sketch *sketch,
                     const struct kept *what)
{
    struct kept *kept = &twins->ring[twins->count % twins->capacity];
    uint32_t count = sketch->word_count + sketch->pair_count + sketch->fact_count;
    free(kept->items);
    *kept = *what;
    kept->number = twins->count;
    kept->word_count = (uint16_t)sketch->word_count;
    kept->pair_count = (uint16_t)sketch->pair_count;
    kept->fact_count = (uint16_t)sketch->fact_count;
    kept->items = malloc((count + 1) * sizeof *kept->items);
    if (!kept->items)
        return; /* forgotten at once: later copies of it will count as new */
    memcpy(kept->items, sketch->words, sketch->word_count * sizeof *kept->items);
    memcpy(kept->items + sketch->word_count, sketch->pairs,
           sketch->pair_count * sizeof *kept->items);
    memcpy(kept->items + sketch->word_count + sketch->pair_count, sketch->facts,
           sketch->fact_count * sizeof *kept->items);
    for (uint32_t i = 0; i < sketch->pair_count; i++)
        if (sketch->pairs[i] % SHARE == 0)
            post(twins, sketch->pairs[i], twins->count);
}

struct twin twins_meet(struct twins *twins, const struct sketch *sketch, uint64_t number,
                       uint64_t digest, day day)
{
    struct twin twin = compare(twins, sketch, day);
    twins->count++;
    struct kept kept = {
        .first = twin.kind ? twin.first : number, .digest = digest, .day = day};
    twin.first = kept.first;
    remember(twins, sketch, &kept);
    return twin;
}

void twins_recall(struct twins *twins, const struct sketch *sketch,
                  const struct twin *twin, day day)
{
    struct kept kept = {.first = twin->first, .digest = twin->digest, .day = day};
    twins->count++;
    remember(twins, sketch, &kept);
}

const char *twin_name(enum twin_kind kind)
{
    static const char *const names[] = {"", "copy", "update", "rewrite"};
    return names[kind];
}
