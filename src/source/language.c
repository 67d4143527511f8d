/* language.c: counting small words and letters of scripts. */
#include "source/language.h"

#include "base/utf8.h"

#include <stdlib.h>
#include <string.h>

#define LOOK 8000
#define LANGUAGES 48
#define ROWS 24
#define WORD_CAP 24
#define FEWEST_WORDS 6

struct tally {
    const char *languages[LANGUAGES];
    uint32_t words[LANGUAGES], letters[LANGUAGES];
    uint32_t count, word_count, letter_count;
};

static uint32_t slot_of(struct tally *tally, const char *language)
{
    for (uint32_t i = 0; i < tally->count; i++)
        if (strcmp(tally->languages[i], language) == 0)
            return i;
    if (tally->count == LANGUAGES)
        return LANGUAGES;
    tally->languages[tally->count] = language;
    return tally->count++;
}

static void count_word(const struct table *table, struct tally *tally, const char *word)
{
    uint32_t rows[ROWS], count = table_find(table, word, rows, ROWS);
    tally->word_count++;
    for (uint32_t i = 0; i < count && i < ROWS; i++) {
        if (strcmp(table_cell(table, rows[i], 2), "word") != 0)
            continue;
        uint32_t slot = slot_of(tally, table_cell(table, rows[i], 1));
        if (slot < LANGUAGES)
            tally->words[slot]++;
    }
}

#define KANA_SHARE 8

struct script {
    uint32_t first, last;
    const char *language;
};

static uint32_t read_scripts(const struct table *table, struct script *scripts,
                             uint32_t cap)
{
    uint32_t count = 0;
    for (uint32_t row = 0; row < table_rows(table) && count < cap; row++) {
        if (strcmp(table_cell(table, row, 2), "script") != 0)
            continue;
        char *end;
        const char *range = table_cell(table, row, 0);
        scripts[count].first = (uint32_t)strtoul(range, &end, 16);
        scripts[count].last = *end ? (uint32_t)strtoul(end + 1, NULL, 16)
                                   : scripts[count].first;
        scripts[count++].language = table_cell(table, row, 1);
    }
    return count;
}

static void count_letter(const struct script *scripts, uint32_t count,
                         struct tally *tally, uint32_t code)
{
    tally->letter_count++;
    for (uint32_t i = 0; code >= 0x300 && i < count; i++)
        if (code >= scripts[i].first && code <= scripts[i].last) {
            uint32_t slot = slot_of(tally, scripts[i].language);
            if (slot < LANGUAGES)
                tally->letters[slot]++;
            return;
        }
}

static void count_text(const struct table *table, const char *text, size_t len,
                       struct tally *tally)
{
    struct script scripts[40];
    uint32_t script_count = read_scripts(table, scripts, 40), code;
    size_t start = 0, step;
    for (size_t at = 0; at <= len; at += step) {
        step = at < len ? utf8_next(text + at, len - at, &code) : 1;
        bool is_letter = at < len && step && utf8_is_letter(code);
        if (is_letter) {
            count_letter(scripts, script_count, tally, code);
        } else {
            char word[WORD_CAP];
            if (at > start && at - start < WORD_CAP) {
                utf8_fold(text + start, at - start, word, sizeof word);
                count_word(table, tally, word);
            } else if (at > start) {
                tally->word_count++;
            }
            step = step ? step : 1;
            start = at + step;
        }
    }
}

static uint32_t best_of(const uint32_t *counts, uint32_t count)
{
    uint32_t best = 0;
    for (uint32_t i = 1; i < count; i++)
        if (counts[i] > counts[best])
            best = i;
    return best;
}

const char *language_of(const struct pack *pack, const char *text, size_t len)
{
    const struct table *table = pack_table(pack, "text/languages");
    struct tally tally = {0};
    if (!table)
        return NULL;
    count_text(table, text, len < LOOK ? len : LOOK, &tally);
    if (tally.count == 0)
        return NULL;
    uint32_t script = best_of(tally.letters, tally.count);
    uint32_t kana = slot_of(&tally, "ja"); /* with it, Chinese characters are Japanese */
    if (kana < LANGUAGES && tally.letters[kana] * KANA_SHARE > tally.letters[script])
        script = kana;
    if (tally.letter_count >= 12 &&
        (script == kana || tally.letters[script] * 2 > tally.letter_count))
        return tally.languages[script];
    uint32_t english = slot_of(&tally, "en"), best = best_of(tally.words, tally.count);
    if (tally.word_count < FEWEST_WORDS || english == LANGUAGES)
        return NULL;
    if (tally.words[english] * 100 >= tally.word_count * 6 &&
        tally.words[english] * 10 >= tally.words[best] * 8)
        return tally.languages[english];
    bool is_clear = tally.words[best] * 100 >= tally.word_count * 15 &&
                    tally.words[best] >= tally.words[english] * 2 &&
                    tally.word_count >= 12;
    return is_clear ? tally.languages[best] : NULL;
}
