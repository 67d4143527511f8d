/* time_lex.c: the words of time, and the readings of each unit of a sentence. */
#include "stage/time.h"

#include <ctype.h>
#include <stdlib.h>
#include <string.h>

#define MAX_TEXT 24u  /* bytes of a token that can be split */
#define MAX_PHRASE 5u /* words of an entry */
#define JOINTS " -"   /* what ends the first unit of an entry */

static uint32_t hash(const char *word, size_t len)
{
    uint32_t h = 2166136261u;
    for (size_t i = 0; i < len; i++)
        h = (h ^ (unsigned char)word[i]) * 16777619u;
    return h;
}

uint32_t time_lexicon_first(const struct time_lexicon *lexicon, const char *word,
                            size_t len)
{
    uint32_t slot = hash(word, len) & lexicon->slot_mask;
    for (; lexicon->slots[slot] != NONE; slot = (slot + 1) & lexicon->slot_mask) {
        const struct word_entry *entry = &lexicon->entries[lexicon->slots[slot]];
        if (entry->first_len == len && memcmp(entry->word, word, len) == 0)
            return lexicon->slots[slot];
    }
    return NONE;
}

const char *time_word_value(const struct time_lexicon *lexicon, const char *word,
                            enum time_class class)
{
    if (!word)
        return NULL;
    size_t len = strcspn(word, JOINTS);
    uint32_t at = time_lexicon_first(lexicon, word, len);
    for (; at != NONE; at = lexicon->entries[at].next)
        if (lexicon->entries[at].class == class &&
            strcmp(lexicon->entries[at].word, word) == 0)
            return lexicon->entries[at].value;
    return NULL;
}

bool time_word_is(const struct time_lexicon *lexicon, const char *word,
                  enum time_class class)
{
    return time_word_value(lexicon, word, class) != NULL;
}

/* ---- making the lexicon ---- */

static const char *const class_names[] = {
#define X(name) #name,
    TIME_CLASS_LIST(X)
#undef X
};

static void index_classes(struct class_index *index)
{
    memset(index->first, CLASS_COUNT, sizeof index->first);
    for (int i = 0; i < CLASS_COUNT; i++) {
        uint8_t *first = &index->first[class_names[i][0] - 'a'];
        index->next[i] = *first;
        *first = (uint8_t)i;
    }
}

static uint8_t class_read(const struct class_index *index, const char *name)
{
    if (name[0] < 'a' || name[0] > 'z')
        return CLASS_COUNT;
    uint8_t at = index->first[name[0] - 'a'];
    while (at != CLASS_COUNT && strcmp(class_names[at], name) != 0)
        at = index->next[at];
    return at;
}

static void put_entry(struct time_lexicon *lexicon, uint32_t number)
{
    struct word_entry *entry = &lexicon->entries[number];
    uint32_t known = time_lexicon_first(lexicon, entry->word, entry->first_len);
    entry->next = NONE;
    if (known != NONE) {
        entry->next = lexicon->entries[known].next;
        lexicon->entries[known].next = number;
        return;
    }
    uint32_t slot = hash(entry->word, entry->first_len) & lexicon->slot_mask;
    while (lexicon->slots[slot] != NONE)
        slot = (slot + 1) & lexicon->slot_mask;
    lexicon->slots[slot] = number;
}

static enum outcome read_words(struct time_lexicon *lexicon, const struct table *table,
                               struct fail *fail)
{
    uint32_t word = table_column(table, "word"), class = table_column(table, "class");
    uint32_t value = table_column(table, "value"), needs = table_column(table, "needs");
    index_classes(&lexicon->index);
    for (uint32_t row = 0; row < table_rows(table); row++) {
        struct word_entry *entry = &lexicon->entries[lexicon->entry_count];
        const char *name = table_cell(table, row, class);
        entry->class = class_read(&lexicon->index, name);
        /* `daylight` is looked up by name alone: no word of the text has it. */
        if (entry->class == CLASS_COUNT) {
            if (strcmp(name, "daylight") == 0)
                continue;
            return fail_with(fail, FAIL_DATA, "data/en/times.tsv: row %u: no class %s",
                             row + 1, name);
        }
        entry->word = table_cell(table, row, word);
        entry->first_len = strcspn(entry->word, JOINTS);
        entry->value = table_cell(table, row, value);
        char need = table_cell(table, row, needs)[0];
        entry->needs_capital = need == 'c';
        entry->needs_noun = need == 'n';
        entry->refuses_verb = need == 'a';
        put_entry(lexicon, lexicon->entry_count++);
    }
    return OK;
}

/* ---- patterns ---- */

static uint64_t word_bit(struct time_lexicon *lexicon, const char *word, size_t len,
                         struct arena *scratch)
{
    for (uint32_t i = 0; i < lexicon->word_count; i++)
        if (strlen(lexicon->words[i]) == len && memcmp(lexicon->words[i], word, len) == 0)
            return 1ull << i;
    if (lexicon->word_count == TIME_MAX_WORDS)
        return 0;
    lexicon->words[lexicon->word_count] = arena_copy(scratch, word, len);
    if (!lexicon->words[lexicon->word_count])
        return 0;
    uint64_t bit = 1ull << lexicon->word_count++;
    lexicon->words_by_letter[(unsigned char)word[0] & 127] |= bit;
    return bit;
}

static bool read_choice(struct time_lexicon *lexicon, struct arena *arena,
                        const char *text, size_t len, struct element *element)
{
    size_t name_len = len;
    if (len > 2 && text[len - 2] == '.' && isdigit((unsigned char)text[len - 1])) {
        element->is_second = true;
        name_len -= 2;
    }
    if (!isupper((unsigned char)text[0])) {
        uint64_t bit = word_bit(lexicon, text, len, arena);
        element->words |= bit;
        return bit != 0;
    }
    char name[16];
    if (name_len >= sizeof name)
        return false;
    for (size_t i = 0; i < name_len; i++)
        name[i] = (char)tolower((unsigned char)text[i]);
    name[name_len] = '\0';
    uint8_t class = class_read(&lexicon->index, name);
    if (class >= CLASS_future)
        return false;
    element->classes |= 1ull << class;
    return true;
}

static bool read_element(struct time_lexicon *lexicon, struct arena *scratch,
                         const char *text, size_t len, struct element *element)
{
    if (len > 2 && strchr("[<{", text[0])) {
        element->is_optional = text[0] == '[';
        element->is_before = text[0] == '<';
        element->is_after = text[0] == '{';
        text++;
        len -= 2;
    }
    while (len) {
        size_t part = 0;
        while (part < len && text[part] != '|')
            part++;
        if (!read_choice(lexicon, scratch, text, part, element))
            return false;
        text += part;
        len -= part;
        if (len) {
            text++;
            len--;
        }
    }
    return true;
}

static void note_starts(struct time_pattern *pattern)
{
    for (uint8_t i = 0; i < pattern->count; i++) {
        const struct element *element = &pattern->elements[i];
        if (element->is_before || element->is_after)
            continue;
        pattern->start_classes |= element->classes;
        pattern->start_words |= element->words;
        if (!element->is_optional)
            return;
    }
}

static bool read_pattern(struct time_lexicon *lexicon, struct arena *scratch,
                         const char *text, struct time_pattern *pattern)
{
    while (*text) {
        size_t len = strcspn(text, " ");
        if (pattern->count == TIME_MAX_ELEMENTS ||
            !read_element(lexicon, scratch, text, len,
                          &pattern->elements[pattern->count++]))
            return false;
        text += len;
        text += strspn(text, " ");
    }
    note_starts(pattern);
    return pattern->count > 0;
}

/* Notes under each class and word the pattern that can start with it. */
static void index_pattern(struct time_lexicon *lexicon, uint32_t number)
{
    const struct time_pattern *pattern = &lexicon->patterns[number];
    uint64_t bit = 1ull << number % 64;
    for (uint32_t i = 0; i < 64; i++) {
        if (pattern->start_classes >> i & 1)
            lexicon->by_class[i].bits[number / 64] |= bit;
        if (pattern->start_words >> i & 1)
            lexicon->by_word[i].bits[number / 64] |= bit;
    }
    lexicon->by_level[pattern->level].bits[number / 64] |= bit;
}

static enum time_action action_read(const char *name)
{
    static const char *const names[] = {
#define X(name) #name,
        TIME_ACTION_LIST(X)
#undef X
    };
    for (int i = 0; i < ACT_COUNT; i++)
        if (names[i][0] == name[0] && strcmp(names[i], name) == 0)
            return (enum time_action)i;
    return ACT_COUNT;
}

static enum outcome read_patterns(struct time_lexicon *lexicon, const struct table *table,
                                  struct arena *scratch, struct fail *fail)
{
    uint32_t column = table_column(table, "pattern"),
             reading = table_column(table, "reading");
    for (uint32_t row = 0; row < table_rows(table); row++) {
        struct time_pattern *pattern = &lexicon->patterns[row];
        pattern->level = (uint8_t)atoi(table_cell(table, row, 0));
        pattern->action = action_read(table_cell(table, row, reading));
        if (pattern->action == ACT_COUNT || row >= TIME_MAX_PATTERNS ||
            pattern->level < 1 || pattern->level > 2 ||
            !read_pattern(lexicon, scratch, table_cell(table, row, column), pattern))
            return fail_with(fail, FAIL_DATA,
                             "data/en/time_patterns.tsv: row %u: cannot read %s", row + 1,
                             table_cell(table, row, column));
        index_pattern(lexicon, row);
    }
    return OK;
}

enum outcome time_lexicon_make(const struct pack *pack, struct arena *arena,
                               const void **made, struct fail *fail)
{
    const struct table *words = pack_table(pack, "times");
    const struct table *patterns = pack_table(pack, "time_patterns");
    struct time_lexicon *lexicon = arena_take(arena, 1, sizeof *lexicon);
    uint32_t capacity = 64;
    if (!lexicon)
        return fail_memory(fail);
    while (capacity < 2 * table_rows(words) + 2)
        capacity *= 2;
    lexicon->times = words;
    lexicon->slot_mask = capacity - 1;
    lexicon->slots = arena_take(arena, capacity, sizeof *lexicon->slots);
    lexicon->entries = arena_take(arena, table_rows(words), sizeof *lexicon->entries);
    lexicon->patterns = arena_take(arena, table_rows(patterns),
                                   sizeof *lexicon->patterns);
    if (!lexicon->slots || !lexicon->entries || !lexicon->patterns)
        return fail_memory(fail);
    memset(lexicon->slots, 0xFF, capacity * sizeof *lexicon->slots);
    *made = lexicon;
    if (!words || !patterns)
        return OK;
    enum outcome outcome = read_words(lexicon, words, fail);
    return outcome ? outcome : read_patterns(lexicon, patterns, arena, fail);
}

/* ---- units ---- */

static void add_reading(struct unit *unit, enum time_class class, uint32_t len,
                        double amount, const char *value)
{
    if (unit->reading_count == TIME_MAX_READINGS)
        return;
    unit->readings[unit->reading_count++] = (struct reading){.class = (uint8_t) class,
                                                             .len = (uint16_t)len,
                                                             .amount = amount,
                                                             .value = value,
                                                             .found = NONE};
    unit->classes |= 1ull << class;
}

/* A token that a hyphen or slash joins is read as several units: "mid-2019", "1950-53",
 * "9/11". */
static uint32_t split_token(struct arena *scratch, const char *norm, const char *parts[])
{
    size_t len = strlen(norm);
    parts[0] = norm;
    bool has_dots = strspn(norm, "0123456789.") == len && len > 5 && len < 11 &&
                    strchr(norm, '.') != strrchr(norm, '.');
    const char *joints = has_dots ? "." : "-/";
    if (len < 2 || len > MAX_TEXT || !strpbrk(norm, joints))
        return 1;
    uint32_t count = 0;
    for (const char *at = norm; *at;) {
        size_t part = strchr(joints, *at) ? 1 : strcspn(at, joints);
        if (count == TIME_MAX_SPLIT)
            return 1;
        parts[count] = arena_copy(scratch, at, part);
        if (!parts[count])
            return 0;
        count++;
        at += part;
    }
    return count;
}

/* "9am" and "3pm" are two units, and so is "FY2013". */
static uint32_t split_hour(struct arena *scratch, const char *norm, const char *parts[])
{
    size_t year = strncmp(norm, "fy", 2) == 0 ? strspn(norm + 2, "0123456789") : 0;
    if ((year == 2 || year == 4) && norm[2 + year] == '\0') {
        parts[0] = "fy";
        parts[1] = norm + 2;
        return 2;
    }
    size_t digits = strspn(norm, "0123456789:");
    if (digits == 0 || digits > 5 ||
        (strcmp(norm + digits, "am") && strcmp(norm + digits, "pm")))
        return 1;
    parts[0] = arena_copy(scratch, norm, digits);
    parts[1] = norm + digits;
    return parts[0] ? 2 : 0;
}

static bool all_digits(const char *text, size_t len)
{
    for (size_t i = 0; i < len; i++)
        if (!isdigit((unsigned char)text[i]))
            return false;
    return len > 0;
}

static void read_digits(struct unit *unit)
{
    const char *text = unit->text;
    size_t len = strlen(text);
    double amount = 0;
    for (size_t i = 0; i < len; i++)
        amount = amount * 10 + (text[i] - '0');
    if (len > 7)
        return;
    add_reading(unit, CLASS_num, 1, amount, "");
    if (len == 4 && amount >= 1000 && amount <= 2199)
        add_reading(unit, CLASS_year, 1, amount, "");
    if (len == 2)
        add_reading(unit, CLASS_yy, 1, amount, "");
    if (len <= 2 && amount >= 1 && amount <= 31)
        add_reading(unit, CLASS_dom, 1, amount, "");
}

/* "12th", "1990s", "'90s", "9:30", "1,500", "2.5" */
static void read_shape(struct unit *unit)
{
    const char *text = unit->text;
    size_t digits = strspn(text, "0123456789"), len = strlen(text);
    const char *rest = text + digits;
    if (text[0] == '\'' && all_digits(text + 1, 2)) {
        int year = atoi(text + 1);
        if (strcmp(text + 3, "s") == 0)
            add_reading(unit, CLASS_decade, 1, 1900 + year, "");
        else if (text[3] == '\0')
            add_reading(unit, CLASS_year, 1, (year > 30 ? 1900 : 2000) + year, "");
        return;
    }
    if (digits == 0 || len > 12)
        return;
    if (*rest == '\0') {
        read_digits(unit);
    } else if (strcmp(rest, "st") == 0 || strcmp(rest, "nd") == 0 ||
               strcmp(rest, "rd") == 0 || strcmp(rest, "th") == 0) {
        add_reading(unit, CLASS_ord, 1, atoi(text), "");
        if (digits <= 2 && atoi(text) >= 1 && atoi(text) <= 31)
            add_reading(unit, CLASS_dom, 1, atoi(text), "");
    } else if ((strcmp(rest, "s") == 0 || strcmp(rest, "'s") == 0) &&
               text[digits - 1] == '0' && (digits == 4 || digits == 2)) {
        int year = atoi(text);
        add_reading(unit, CLASS_decade, 1, digits == 2 ? 1900 + year : year, "");
    } else if (*rest == ':' && digits <= 2 && len == digits + 3 &&
               all_digits(rest + 1, 2) && atoi(text) <= 24 && atoi(rest + 1) < 60) {
        add_reading(unit, CLASS_hm, 1, atoi(text) * 60 + atoi(rest + 1), "");
    } else if (*rest == '.' && all_digits(rest + 1, len - digits - 1)) {
        add_reading(unit, CLASS_num, 1, strtod(text, NULL), "");
        if (digits <= 2 && len == digits + 3 && atoi(text) <= 24 && atoi(rest + 1) < 60)
            add_reading(unit, CLASS_hm, 1, atoi(text) * 60 + atoi(rest + 1), ".");
    } else if (*rest == ',' && len > digits + 3 && all_digits(rest + 1, 3)) {
        add_reading(unit, CLASS_num, 1, atoi(text) * 1000.0 + atoi(rest + 1), "");
    }
}

/* Length in units of the entry at units[at]; 0 when its words are not there. */
static uint32_t entry_len(const struct word_entry *entry, const struct unit *units,
                          uint32_t count, uint32_t at)
{
    const char *rest = entry->word + entry->first_len;
    uint32_t len = 1;
    while (*rest && len < MAX_PHRASE + 3) {
        rest += *rest == ' ';
        size_t part = strcspn(rest, " ");
        if (at + len >= count)
            return 0;
        const char *text = units[at + len].text;
        /* "new year's" is one word here, two tokens there; "eid al-fitr" has a hyphen
         * more */
        size_t have = strlen(text);
        if (have > part || memcmp(text, rest, have) != 0)
            return 0;
        len++;
        while (have < part) {
            if (at + len >= count)
                return 0;
            const char *more = units[at + len].text;
            size_t more_len = strlen(more);
            if (more_len > part - have || memcmp(more, rest + have, more_len) != 0)
                return 0;
            have += more_len;
            len++;
        }
        rest += part;
    }
    return *rest ? 0 : len;
}

static bool is_fit(const struct word_entry *entry, const struct unit *unit)
{
    if (entry->needs_capital)
        return unit->is_capital && unit->upos != UPOS_VERB && unit->upos != UPOS_AUX;
    if (entry->needs_noun)
        return unit->upos == UPOS_NONE || unit->upos == UPOS_NOUN ||
               unit->upos == UPOS_PROPN;
    return !entry->refuses_verb ||
           (unit->upos != UPOS_VERB && unit->upos != UPOS_AUX && unit->upos != UPOS_ADV);
}

static void read_entries(const struct time_lexicon *lexicon, struct unit *units,
                         uint32_t count, uint32_t at)
{
    struct unit *unit = &units[at];
    size_t len = strlen(unit->text);
    uint32_t number = time_lexicon_first(lexicon, unit->text, len);
    if (number == NONE && len > 1 && unit->text[len - 1] == '.')
        number = time_lexicon_first(lexicon, unit->text, len - 1);
    for (; number != NONE; number = lexicon->entries[number].next) {
        const struct word_entry *entry = &lexicon->entries[number];
        uint32_t units_taken = entry_len(entry, units, count, at);
        if (units_taken == 0 || entry->class >= CLASS_future || !is_fit(entry, unit))
            continue;
        if ((entry->class == CLASS_month || entry->class == CLASS_season) &&
            unit->is_person)
            continue;
        double amount = strtod(entry->value, NULL);
        add_reading(unit, (enum time_class)entry->class, units_taken, amount,
                    entry->value);
        if (entry->class == CLASS_ordinal) {
            add_reading(unit, CLASS_ord, units_taken, amount, entry->value);
            if (amount <= 31)
                add_reading(unit, CLASS_dom, units_taken, amount, entry->value);
        }
    }
}

static const struct reading *reading_of(const struct unit *unit, enum time_class class)
{
    for (uint8_t i = 0; i < unit->reading_count; i++)
        if (unit->readings[i].class == class)
            return &unit->readings[i];
    return NULL;
}

/* Number words that follow each other are one amount: "twenty-five", "two hundred and
 * six". */
static void read_number(struct unit *units, uint32_t count, uint32_t at)
{
    double total = 0, part = -1;
    uint32_t i = at, end = at;
    for (; i < count; i++) {
        const struct reading *number = reading_of(&units[i], CLASS_number);
        const struct reading *scale = reading_of(&units[i], CLASS_scale);
        const struct reading *digits = i == at ? reading_of(&units[i], CLASS_num) : NULL;
        if (digits)
            part = digits->amount;
        else if (number && (part < 0 || ((int)part % 10 == 0 && number->amount < 10) ||
                            (int)part % 100 == 0))
            part = (part < 0 ? 0 : part) + number->amount;
        else if (scale && part >= 0) {
            part *= scale->amount;
            if (scale->amount >= 1000) {
                total += part;
                part = 0;
            }
        } else if (part >= 0 && i > at &&
                   (units[i].text[0] == '-' || !strcmp(units[i].text, "and")) &&
                   units[i].text[1 + (units[i].text[0] == 'a') * 2] == '\0' &&
                   i + 1 < count && reading_of(&units[i + 1], CLASS_number) &&
                   (units[i].text[0] == '-' ? (int)part % 10 == 0 && part >= 20
                                            : (int)part % 100 == 0 && part >= 100)) {
            continue;
        } else {
            break;
        }
        end = i + 1;
    }
    if (part < 0 || end == at)
        return;
    if (end > at + 1 || reading_of(&units[at], CLASS_number))
        add_reading(&units[at], CLASS_num, end - at, total + part, "");
}

static void note_words(const struct time_lexicon *lexicon, struct unit *unit)
{
    uint64_t bits = lexicon->words_by_letter[(unsigned char)unit->text[0] & 127];
    while (bits) {
        uint32_t word = take_bit(&bits);
        if (strcmp(unit->text, lexicon->words[word]) == 0)
            unit->words |= 1ull << word;
    }
}

uint32_t time_units(const struct time_lexicon *lexicon, struct arena *scratch,
                    const struct doc *doc, struct span tokens, struct unit *units,
                    uint32_t cap)
{
    uint32_t count = 0;
    for (uint32_t t = tokens.start; t < tokens.end; t++) {
        const struct token *token = &doc->tokens.items[t];
        const char *parts[TIME_MAX_SPLIT];
        uint32_t part_count = split_token(scratch, token->norm, parts);
        if (part_count == 1)
            part_count = split_hour(scratch, token->norm, parts);
        uint32_t at = token->span.start;
        for (uint32_t p = 0; p < part_count && count < cap; p++) {
            struct unit *unit = &units[count++];
            *unit = (struct unit){.text = parts[p], .token = t};
            unit->is_capital = at < doc->len && isupper((unsigned char)doc->text[at]);
            unit->upos = token->upos;
            at += (uint32_t)strlen(parts[p]);
        }
    }
    for (uint32_t i = 0; i < count; i++) {
        read_shape(&units[i]);
        if (strcmp(units[i].text, "-") == 0)
            add_reading(&units[i], CLASS_thru, 1, 0, "");
        read_entries(lexicon, units, count, i);
        note_words(lexicon, &units[i]);
    }
    for (uint32_t i = 0; i < count; i++)
        if (units[i].classes & (1ull << CLASS_number | 1ull << CLASS_num))
            read_number(units, count, i);
    return count;
}
