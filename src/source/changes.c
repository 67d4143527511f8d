/* changes.c: paragraphs held against each other: the same words are the same paragraph,
 * half of the words a changed one. */
#include "source/changes.h"

#include "base/hash.h"
#include "base/utf8.h"

#include <string.h>

#define PARAGRAPHS 500
#define WORDS 300    /* of a paragraph */
#define LIKE_MIN 0.5 /* share of words that a changed paragraph keeps */
#define NUMBERS_CAP 160

struct word {
    const char *at;
    uint32_t len, hash;
    bool is_number;
};

struct paragraph {
    const char *text; /* on one line */
    struct word *words;
    uint32_t count;
    uint64_t hash;
    bool is_matched;
    struct paragraph *other; /* of an older text, what it was */
};

struct text {
    struct paragraph *items; /* [PARAGRAPHS] */
    uint32_t count;
};

/* ---- paragraphs ---- */

static size_t word_len(const char *at, size_t left, bool *is_number)
{
    size_t len = 0, step;
    uint32_t code;
    *is_number = false;
    while (len < left && (step = utf8_next(at + len, left - len, &code))) {
        bool is_digit = utf8_is_digit(code);
        bool joins = (code == '.' || code == ',') && *is_number && len + 1 < left &&
                     utf8_is_digit((unsigned char)at[len + 1]);
        if (!is_digit && !utf8_is_letter(code) && !joins)
            break;
        *is_number = *is_number || is_digit;
        len += step;
    }
    return len;
}

static bool read_words(struct paragraph *paragraph, struct arena *arena)
{
    struct word words[WORDS];
    struct hash all;
    size_t left = strlen(paragraph->text);
    hash_start(&all);
    for (const char *at = paragraph->text; left && paragraph->count < WORDS;) {
        bool is_number;
        size_t len = word_len(at, left, &is_number);
        if (len) {
            char folded[64];
            struct hash hash;
            size_t folded_len = utf8_fold(at, len, folded, sizeof folded);
            hash_start(&hash);
            hash_add(&hash, folded, folded_len);
            hash_add(&all, folded, folded_len);
            words[paragraph->count++] = (struct word){
                at, (uint32_t)len, (uint32_t)hash_end(&hash), is_number};
        } else {
            len = utf8_next(at, left, NULL);
            len = len ? len : 1;
        }
        at += len;
        left -= len;
    }
    paragraph->hash = hash_end(&all);
    paragraph->words = arena_take(arena, paragraph->count, sizeof *words);
    if (paragraph->words)
        memcpy(paragraph->words, words, paragraph->count * sizeof *words);
    return paragraph->words != NULL;
}

/* Just behind the empty line that ends the paragraph at `at`. */
static const char *paragraph_end(const char *at, size_t *len)
{
    for (const char *end = at; (end = strchr(end, '\n')); end++) {
        size_t blanks = strspn(end + 1, " \t\r");
        if (end[1 + blanks] == '\n') {
            *len = (size_t)(end - at);
            return end + 2 + blanks;
        }
    }
    *len = strlen(at);
    return at + *len;
}

static bool read_text(const char *bytes, struct arena *arena, struct text *text)
{
    text->count = 0;
    text->items = arena_take(arena, PARAGRAPHS, sizeof *text->items);
    for (const char *at = bytes, *next; text->items && *at && text->count < PARAGRAPHS;
         at = next) {
        size_t len;
        next = paragraph_end(at, &len);
        char *line = arena_copy(arena, at, len);
        if (!line)
            return false;
        for (char *sign = line; *sign; sign++)
            if ((unsigned char)*sign < ' ')
                *sign = ' ';
        struct paragraph *paragraph = &text->items[text->count];
        *paragraph = (struct paragraph){.text = line};
        if (!read_words(paragraph, arena))
            return false;
        text->count += paragraph->count > 0;
    }
    return text->items != NULL;
}

/* ---- matching ---- */

static void match_same(struct text *before, struct text *after)
{
    for (uint32_t i = 0; i < after->count; i++)
        for (uint32_t j = 0; j < before->count && !after->items[i].is_matched; j++)
            if (!before->items[j].is_matched &&
                before->items[j].hash == after->items[i].hash)
                before->items[j].is_matched = after->items[i].is_matched = true;
}

static bool has_word(const struct paragraph *paragraph, uint32_t hash)
{
    for (uint32_t i = 0; i < paragraph->count; i++)
        if (paragraph->words[i].hash == hash)
            return true;
    return false;
}

/* Share of the words of the longer one that stand in the other. */
static double likeness(const struct paragraph *one, const struct paragraph *two)
{
    const struct paragraph *more = one->count > two->count ? one : two;
    const struct paragraph *less = more == one ? two : one;
    uint32_t shared = 0;
    if (less->count < more->count * LIKE_MIN)
        return 0;
    for (uint32_t i = 0; i < more->count; i++)
        shared += has_word(less, more->words[i].hash);
    return (double)shared / more->count;
}

static void match_like(struct text *before, struct text *after)
{
    for (uint32_t i = 0; i < after->count; i++) {
        struct paragraph *now = &after->items[i], *was = NULL;
        double best = LIKE_MIN;
        for (uint32_t j = 0; j < before->count && !now->is_matched; j++) {
            struct paragraph *old = &before->items[j];
            double like = old->is_matched ? 0 : likeness(old, now);
            if (like > best) {
                best = like;
                was = old;
            }
        }
        if (was)
            was->is_matched = true;
        now->other = was;
    }
}

/* ---- telling ---- */

/* The next number of one that the other has not, from *at on; NULL at the end. */
static const struct word *next_number(const struct paragraph *one,
                                      const struct paragraph *other, uint32_t *at)
{
    while (*at < one->count) {
        const struct word *word = &one->words[(*at)++];
        if (word->is_number && !has_word(other, word->hash))
            return word;
    }
    return NULL;
}

static const char *numbers_of(const struct paragraph *was, const struct paragraph *now,
                              struct arena *arena)
{
    char out[NUMBERS_CAP + 100];
    size_t used = 0;
    uint32_t old_at = 0, new_at = 0;
    while (used < NUMBERS_CAP - 100) {
        const struct word *old = next_number(was, now, &old_at);
        const struct word *new = next_number(now, was, &new_at);
        if (!old && !new)
            break;
        const char *signs[] = {used ? ", " : "",
                               !new   ? "-"
                               : !old ? "+"
                                      : "",
                               old &&new ? " -> " : ""};
        const struct word *words[] = {old, new};
        for (int i = 0; i < 2; i++)
            for (const char *at = signs[i]; *at; at++)
                out[used++] = *at;
        for (int i = 0; i < 2; i++) {
            size_t len = words[i] && words[i]->len < 24 ? words[i]->len : 0;
            if (i == 1)
                for (const char *at = signs[2]; *at; at++)
                    out[used++] = *at;
            if (len)
                memcpy(out + used, words[i]->at, len);
            used += len;
        }
    }
    return used ? arena_copy(arena, out, used) : NULL;
}

static bool add(struct changes *changes, struct arena *arena, const struct paragraph *was,
                const struct paragraph *now)
{
    struct change *change = array_push(arena, &changes->list);
    if (change)
        *change = (struct change){.before = was ? was->text : NULL,
                                  .after = now ? now->text : NULL,
                                  .numbers = was && now ? numbers_of(was, now, arena)
                                                        : NULL};
    return change != NULL;
}

enum outcome changes_find(const char *before, const char *after, struct arena *arena,
                          struct changes *changes, struct fail *fail)
{
    struct text old, new;
    *changes = (struct changes){0};
    if (!read_text(before, arena, &old) || !read_text(after, arena, &new))
        return fail_memory(fail);
    match_same(&old, &new);
    match_like(&old, &new);
    bool is_sound = true;
    for (uint32_t i = 0; i < new.count; i++)
        if (!new.items[i].is_matched)
            is_sound = is_sound && add(changes, arena, new.items[i].other, &new.items[i]);
    for (uint32_t i = 0; i < old.count; i++)
        if (!old.items[i].is_matched)
            is_sound = is_sound && add(changes, arena, &old.items[i], NULL);
    return is_sound ? OK : fail_memory(fail);
}
