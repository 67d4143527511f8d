/* dictionary.c: reading the dictionaries of CAMEO coders. */
#include "data/dictionary.h"

#include "base/utf8.h"

#include <ctype.h>
#include <stdio.h>
#include <string.h>

#define MAX_LINE 1000u
#define MAX_NAME 200u
#define PIVOT_YEAR 30 /* two-digit years before it are of this century */

struct reading {
    struct dictionary *dictionary;
    struct dictionary_entry *entry; /* the one that further lines belong to; NULL */
    dictionary_complaint *complain;
    void *context;
    uint32_t line;
    size_t bad;
    bool failed;
};

static void complain(struct reading *reading, const char *why)
{
    reading->bad++;
    reading->complain(reading->context, reading->line, why);
}

/* ---- names ---- */

/* Blanks for "_", none at the ends; false when nothing is left. */
static bool clean_name(const char *text, size_t len, char out[MAX_NAME])
{
    size_t wrote = 0;
    for (size_t i = 0; i < len && wrote + 1 < MAX_NAME; i++) {
        char c = text[i] == '_' || text[i] == '\t' ? ' ' : text[i];
        if (c != ' ' || (wrote && out[wrote - 1] != ' '))
            out[wrote++] = c;
    }
    while (wrote && out[wrote - 1] == ' ')
        wrote--;
    out[wrote] = '\0';
    return wrote > 0;
}

static void keep_name(struct reading *reading, const char *text, size_t len)
{
    char name[MAX_NAME];
    struct arena *arena = &reading->dictionary->arena;
    if (!clean_name(text, len, name))
        return;
    const char **slot = array_push(arena, &reading->entry->names);
    const char *copy = slot ? arena_copy(arena, name, strlen(name)) : NULL;
    if (copy)
        *slot = copy;
    else
        reading->failed = true;
}

/* A name, and the short form that stands in brackets behind it: "X (XY)". */
static void add_name(struct reading *reading, const char *text, size_t len)
{
    const char *open = memchr(text, '(', len);
    const char *close = open ? memchr(open, ')', len - (size_t)(open - text)) : NULL;
    if (!close) {
        keep_name(reading, text, len);
        return;
    }
    keep_name(reading, text, (size_t)(open - text));
    keep_name(reading, open + 1, (size_t)(close - open - 1));
}

/* Every word of the set that the noun names, in its place: "AIR_!PERSON!". */
static void add_noun(struct reading *reading, const char *text, size_t len)
{
    const struct dictionary *dictionary = reading->dictionary;
    const char *mark = memchr(text, '!', len);
    if (mark && !memchr(mark + 1, '!', len - (size_t)(mark + 1 - text)))
        mark = NULL; /* "Yahoo!" */
    for (uint32_t i = 0; mark && i < dictionary->set_count; i++) {
        size_t name_len = strlen(dictionary->sets[i].name);
        size_t before = (size_t)(mark - text);
        if (before + name_len > len ||
            strncmp(mark, dictionary->sets[i].name, name_len) != 0)
            continue;
        for (const char *word = dictionary->sets[i].words; *word;) {
            char noun[MAX_NAME];
            size_t word_len = strcspn(word, "|");
            int wrote = snprintf(noun, sizeof noun, "%.*s%.*s%.*s", (int)before, text,
                                 (int)word_len, word, (int)(len - before - name_len),
                                 mark + name_len);
            if (wrote > 0 && (size_t)wrote < sizeof noun)
                keep_name(reading, noun, (size_t)wrote);
            word += word_len + (word[word_len] == '|');
        }
        return;
    }
    if (mark)
        complain(reading, "a set that is not defined before");
    else
        add_name(reading, text, len);
}

/* ---- codes ---- */

static bool read_day(const char *text, size_t len, day *out)
{
    struct civil civil = {0, 1, 1};
    int digits[8];
    if (len != 6 && len != 8)
        return false;
    for (size_t i = 0; i < len; i++) {
        if (!isdigit((unsigned char)text[i]))
            return false;
        digits[i] = text[i] - '0';
    }
    size_t at = len - 4;
    for (size_t i = 0; i < at; i++)
        civil.year = (i ? civil.year : 0) * 10 + digits[i];
    if (len == 6)
        civil.year += civil.year < PIVOT_YEAR ? 2000 : 1900;
    civil.month = digits[at] * 10 + digits[at + 1];
    civil.day = digits[at + 2] * 10 + digits[at + 3];
    *out = day_from(civil);
    return *out != DAY_NONE;
}

static bool read_days(const char *text, size_t len, struct dictionary_code *code)
{
    const char *dash = memchr(text, '-', len);
    if (len == 0)
        return true;
    if (*text == '>' || *text == '<') {
        size_t gap = 1;
        while (gap < len && text[gap] == ' ')
            gap++;
        return read_day(text + gap, len - gap, *text == '>' ? &code->from : &code->to);
    }
    if (!dash)
        return false;
    size_t first = (size_t)(dash - text);
    return read_day(text, first, &code->from) &&
           read_day(dash + 1, len - first - 1, &code->to) && code->from <= code->to;
}

/* What stands between brackets. */
static void add_code(struct reading *reading, const char *text, size_t len)
{
    struct dictionary_code code = {
        .from = DAY_NONE, .to = DAY_NONE, .line = reading->line};
    while (len && isspace((unsigned char)*text))
        text++, len--;
    while (len && isspace((unsigned char)text[len - 1]))
        len--;
    if (len == 3 && strncmp(text, "---", 3) == 0)
        return; /* nobody in particular */
    code.is_agent = len && *text == '~';
    text += code.is_agent;
    len -= code.is_agent;
    size_t code_len = 0;
    while (code_len < len && isalnum((unsigned char)text[code_len]))
        code_len++;
    size_t gap = code_len;
    while (gap < len && isspace((unsigned char)text[gap]))
        gap++;
    if (code_len < 3 || code_len % 3 != 0 || (gap == code_len && gap < len)) {
        complain(reading, "the code is not made of groups of three letters");
        return;
    }
    if (!read_days(text + gap, len - gap, &code)) {
        complain(reading, "the dates of the code cannot be read");
        return;
    }
    struct arena *arena = &reading->dictionary->arena;
    struct dictionary_code *slot = array_push(arena, &reading->entry->codes);
    code.code = arena_copy(arena, text, code_len);
    if (slot && code.code)
        *slot = code;
    else
        reading->failed = true;
}

static void add_codes(struct reading *reading, const char *text)
{
    while (*text) {
        if (*text != '[') {
            complain(reading, "words where a code in brackets was expected");
            return;
        }
        const char *close = strchr(text, ']');
        if (!close) {
            complain(reading, "a bracket that does not close");
            return;
        }
        add_code(reading, text + 1, (size_t)(close - text - 1));
        text = close + 1 + strspn(close + 1, " \t;,");
    }
}

/* ---- lines ---- */

static void add_set(struct reading *reading, char *text)
{
    struct dictionary *dictionary = reading->dictionary;
    char *equals = strchr(text, '=');
    size_t name_len = strcspn(text, " \t=");
    char *words = equals + 1 + strspn(equals + 1, " \t");
    size_t wrote = 0;
    if (dictionary->set_count == DICTIONARY_MAX_SETS || text[name_len - 1] != '!') {
        complain(reading, "a set that cannot be kept");
        return;
    }
    for (const char *at = words; *at; at++)
        if (!isspace((unsigned char)*at))
            words[wrote++] = *at == ',' ? '|' : *at;
    words[wrote] = '\0';
    const char *name = arena_copy(&dictionary->arena, text, name_len);
    const char *copy = arena_copy(&dictionary->arena, words, wrote);
    reading->failed |= !name || !copy;
    if (reading->failed)
        return;
    dictionary->sets[dictionary->set_count].name = name;
    dictionary->sets[dictionary->set_count++].words = copy;
}

/* A name or noun, its plurals in braces, its codes. */
static void read_naming(struct reading *reading, const char *text)
{
    size_t len = strcspn(text, "[{");
    if (memchr(text, '+', len)) {
        complain(reading, "a \"+\" inside a name");
        return;
    }
    add_noun(reading, text, len);
    text += len;
    if (*text == '{') {
        const char *close = strchr(text, '}');
        if (!close) {
            complain(reading, "a brace that does not close");
            return;
        }
        for (const char *at = text + 1; at < close;) {
            size_t part = strcspn(at, ",}");
            add_noun(reading, at, part);
            at += part + 1;
        }
        text = close + 1 + strspn(close + 1, " \t");
    }
    add_codes(reading, text);
}

static void read_line(struct reading *reading, char *text)
{
    struct dictionary *dictionary = reading->dictionary;
    char *remark = strchr(text, '#');
    if (remark)
        *remark = '\0';
    size_t len = strlen(text);
    while (len && isspace((unsigned char)text[len - 1]))
        text[--len] = '\0';
    text += strspn(text, " \t");
    if (!*text)
        return;
    if (*text == '!' && strchr(text, '=')) {
        add_set(reading, text);
    } else if (*text == '[' || *text == '+') {
        if (!reading->entry)
            complain(reading, "a line that belongs to no name");
        else if (*text == '[')
            add_codes(reading, text);
        else
            read_naming(reading, text + 1);
    } else if (isalnum((unsigned char)*text) || *text == '!' || *text == '\'' ||
               *text == '"') {
        reading->entry = array_push(&dictionary->arena, &dictionary->entries);
        reading->failed |= !reading->entry;
        if (reading->failed)
            return;
        reading->entry->line = reading->line;
        read_naming(reading, text);
    } else {
        complain(reading, "neither a name, a code, a set nor a remark");
    }
}

size_t dictionary_read(struct dictionary *dictionary, const char *bytes, size_t len,
                       dictionary_complaint *complaint, void *context)
{
    struct reading reading = {
        .dictionary = dictionary, .complain = complaint, .context = context};
    char text[MAX_LINE + 1];
    for (size_t at = 0; at < len && !reading.failed;) {
        const char *end = memchr(bytes + at, '\n', len - at);
        size_t line_len = end ? (size_t)(end - bytes) - at : len - at;
        reading.line++;
        if (line_len > MAX_LINE) {
            complain(&reading, "the line is too long");
        } else if (utf8_bad(bytes + at, line_len) < line_len ||
                   memchr(bytes + at, '\0', line_len)) {
            complain(&reading, "the line is not UTF-8 text");
        } else {
            memcpy(text, bytes + at, line_len);
            text[line_len] = '\0';
            read_line(&reading, text);
        }
        at += line_len + 1;
    }
    return reading.failed ? SIZE_MAX : reading.bad;
}
