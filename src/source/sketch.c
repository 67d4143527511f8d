/* sketch.c: words to stems to hashes. */
#include "source/sketch.h"

#include "base/hash.h"
#include "base/utf8.h"

#include <stdlib.h>
#include <string.h>

#define STEM 6                         /* letters: "minister" and "ministry" are one */
#define WORD_CAP 40                    /* bytes of a word that are looked at */
#define TEXT_MOST ((uint32_t)64 << 10) /* bytes of a report that are looked at */

struct making {
    const struct table *languages;
    struct arena arena;
    ARRAY(uint32_t) words;
    ARRAY(uint32_t) pairs;
    ARRAY(uint32_t) facts;
    uint32_t last; /* hash of the word before; 0 at a paragraph's start */
    bool has_failed;
};

static bool is_small_word(const struct table *languages, const char *word)
{
    uint32_t rows[24], count = languages ? table_find(languages, word, rows, 24) : 0;
    for (uint32_t i = 0; i < count && i < 24; i++)
        if (strcmp(table_cell(languages, rows[i], 1), "en") == 0)
            return true;
    return false;
}

static uint32_t mix(uint64_t value)
{
    value ^= value >> 33;
    value *= 0xFF51AFD7ED558CCDu;
    value ^= value >> 33;
    return (uint32_t)value ? (uint32_t)value : 1;
}

static void add_word(struct making *m, const char *bytes, size_t len, bool is_first)
{
    char word[WORD_CAP];
    struct hash hash;
    size_t folded = utf8_fold(bytes, len < WORD_CAP - 1 ? len : WORD_CAP - 1, word,
                              sizeof word);
    bool is_number = word[0] >= '0' && word[0] <= '9';
    if (folded == 0 || (folded == 1 && !is_number) || is_small_word(m->languages, word))
        return;
    if (folded > STEM && !strpbrk(word, "0123456789"))
        folded = STEM;
    hash_start(&hash);
    hash_add(&hash, word, folded);
    uint32_t number = mix(hash_end(&hash));
    uint32_t *at = array_push(&m->arena, &m->words);
    uint32_t *pair = m->last ? array_push(&m->arena, &m->pairs) : at;
    m->has_failed = m->has_failed || !at || !pair;
    if (m->has_failed)
        return;
    if (m->last)
        *pair = mix((uint64_t)m->last << 32 | number);
    *at = number;
    m->last = number;
    uint32_t code = 0;
    bool is_name = utf8_next(bytes, len, &code) && utf8_is_upper(code) && !is_first;
    uint32_t *fact = is_name || is_number ? array_push(&m->arena, &m->facts) : at;
    m->has_failed = m->has_failed || !fact;
    if (fact)
        *fact = number;
}

static void add_text(struct making *m, const char *text, uint32_t len)
{
    bool is_first = true;
    m->last = 0;
    for (uint32_t at = 0; at < len;) {
        uint32_t code, start = at;
        size_t step;
        while (at < len && (step = utf8_next(text + at, len - at, &code)) &&
               (utf8_is_letter(code) || utf8_is_digit(code)))
            at += (uint32_t)step;
        if (at > start) {
            add_word(m, text + start, at - start, is_first);
            is_first = false;
            continue;
        }
        step = utf8_next(text + at, len - at, &code);
        is_first = is_first || strchr(".?!:\"", text[at]) || code == 0x201C;
        at += step ? (uint32_t)step : 1;
    }
}

static int compare(const void *a, const void *b)
{
    uint32_t one = *(const uint32_t *)a, two = *(const uint32_t *)b;
    return one < two ? -1 : one > two;
}

/* Sorted, each once, the smallest. */
static uint32_t keep(uint32_t *items, uint32_t count, uint32_t *kept, uint32_t most)
{
    uint32_t used = 0;
    if (count)
        qsort(items, count, sizeof *items, compare);
    for (uint32_t i = 0; i < count && used < most; i++)
        if (used == 0 || kept[used - 1] != items[i])
            kept[used++] = items[i];
    return used;
}

enum outcome sketch_make(const struct pack *pack, const struct doc *doc,
                         struct sketch *sketch, struct fail *fail)
{
    struct making m = {.languages = pack_table(pack, "text/languages")};
    uint32_t looked_at = 0;
    arena_init(&m.arena, 0);
    for (uint32_t i = 0; i < doc->ranges.count && looked_at < TEXT_MOST; i++) {
        const struct range *range = &doc->ranges.items[i];
        if (range->kind != RANGE_PARAGRAPH)
            continue;
        uint32_t len = span_len(range->span);
        len = len < TEXT_MOST - looked_at ? len : TEXT_MOST - looked_at;
        add_text(&m, doc->text + range->span.start, len);
        looked_at += len;
    }
    sketch->word_count = keep(m.words.items, m.words.count, sketch->words, SKETCH_MOST);
    sketch->pair_count = keep(m.pairs.items, m.pairs.count, sketch->pairs, SKETCH_MOST);
    sketch->fact_count = keep(m.facts.items, m.facts.count, sketch->facts, SKETCH_FACTS);
    arena_free(&m.arena);
    return m.has_failed ? fail_memory(fail) : OK;
}

static uint32_t count_below(struct hashes set, uint32_t limit)
{
    while (set.count && set.items[set.count - 1] > limit)
        set.count--;
    return set.count;
}

static uint32_t highest(struct hashes set)
{
    return set.count == set.most ? set.items[set.count - 1] : UINT32_MAX;
}

double sketch_shared(struct hashes one, struct hashes two, uint32_t *all)
{
    uint32_t shared = 0;
    uint32_t limit = highest(one) < highest(two) ? highest(one) : highest(two);
    one.count = count_below(one, limit);
    two.count = count_below(two, limit);
    for (uint32_t i = 0, j = 0; i < one.count && j < two.count;) {
        uint32_t left = one.items[i], right = two.items[j];
        shared += left == right;
        i += left <= right;
        j += right <= left;
    }
    uint32_t smaller = one.count < two.count ? one.count : two.count;
    if (all)
        *all = smaller;
    return smaller ? (double)shared / smaller : 0;
}

/* ---- as bytes: three counts of 16 bits, then the hashes, low byte first ---- */

static unsigned char *put(unsigned char *at, uint32_t number, int bytes)
{
    for (int i = 0; i < bytes; i++)
        *at++ = (unsigned char)(number >> 8 * i);
    return at;
}

static uint32_t take(const unsigned char **at, int bytes)
{
    uint32_t number = 0;
    for (int i = 0; i < bytes; i++)
        number |= (uint32_t) * (*at)++ << 8 * i;
    return number;
}

size_t sketch_write(const struct sketch *sketch, unsigned char bytes[SKETCH_BYTES])
{
    unsigned char *at = put(bytes, sketch->word_count, 2);
    at = put(at, sketch->pair_count, 2);
    at = put(at, sketch->fact_count, 2);
    for (uint32_t i = 0; i < sketch->word_count; i++)
        at = put(at, sketch->words[i], 4);
    for (uint32_t i = 0; i < sketch->pair_count; i++)
        at = put(at, sketch->pairs[i], 4);
    for (uint32_t i = 0; i < sketch->fact_count; i++)
        at = put(at, sketch->facts[i], 4);
    return (size_t)(at - bytes);
}

bool sketch_read(const void *bytes, size_t len, struct sketch *sketch)
{
    const unsigned char *at = bytes;
    if (!bytes || len < 6)
        return false;
    sketch->word_count = take(&at, 2);
    sketch->pair_count = take(&at, 2);
    sketch->fact_count = take(&at, 2);
    size_t count = (size_t)sketch->word_count + sketch->pair_count + sketch->fact_count;
    if (sketch->word_count > SKETCH_MOST || sketch->pair_count > SKETCH_MOST ||
        sketch->fact_count > SKETCH_FACTS || len != 6 + 4 * count)
        return false;
    for (uint32_t i = 0; i < sketch->word_count; i++)
        sketch->words[i] = take(&at, 4);
    for (uint32_t i = 0; i < sketch->pair_count; i++)
        sketch->pairs[i] = take(&at, 4);
    for (uint32_t i = 0; i < sketch->fact_count; i++)
        sketch->facts[i] = take(&at, 4);
    return true;
}
