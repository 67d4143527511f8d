/* hint.c: names of elements, cut into words: "share-bar", "shareBar", "share_bar". */
#include "source/hint.h"

#include <string.h>

#define VALUE_CAP 300 /* bytes of an attribute that are looked at */
#define WORDS 8
#define WORD_CAP 24

struct name {
    char words[WORDS][WORD_CAP];
    uint32_t count;
};

static bool is_letter(char c)
{
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
}

/* The words of one name. */
static void cut_name(const char *value, size_t len, struct name *name)
{
    size_t used = 0;
    char before = 0;
    name->count = 0;
    for (size_t at = 0; at <= len && name->count < WORDS; at++) {
        char c = at < len ? value[at] : '\0';
        bool is_large = c >= 'A' && c <= 'Z';
        bool is_hump = is_large && before >= 'a' && before <= 'z';
        if (used && (!is_letter(c) || is_hump)) {
            name->words[name->count++][used] = '\0';
            used = 0;
        }
        if (is_letter(c) && name->count < WORDS && used < WORD_CAP - 1)
            name->words[name->count][used++] = (char)(is_large ? c + 32 : c);
        before = c;
    }
}

/* What a word says: a hint, or one of these. */
enum { KIND_NONE = -2, KIND_STATE = -1 };

struct entry {
    const char *word; /* NULL: free */
    int kind;
};

#define SEEN 512

/* Open addressing, twice as many places as words; and the names met last, since the
 * elements of a list bear the same ones. */
struct hint_words {
    struct entry *entries; /* [mask + 1] */
    uint32_t mask;
    struct {
        const char *name; /* up to its last letter */
        size_t len;
        enum hint hint;
    } seen[SEEN];
};

static int read_kind(const char *kind)
{
    static const char *const kinds[] = {"",        "body",   "remarks",  "bad",
                                        "caption", "byline", "subtitle", "date"};
    for (int i = HINT_BODY; i <= HINT_DATE; i++)
        if (strcmp(kinds[i], kind) == 0)
            return i;
    return strcmp(kind, "state") == 0 ? KIND_STATE : HINT_NONE;
}

static struct entry *entry_of(const struct hint_words *words, const char *word)
{
    uint32_t hash = 2166136261u;
    for (const char *at = word; *at; at++)
        hash = (hash ^ (unsigned char)*at) * 16777619u;
    uint32_t slot = (hash ^ hash >> 15) & words->mask;
    while (words->entries[slot].word && strcmp(words->entries[slot].word, word) != 0)
        slot = (slot + 1) & words->mask;
    return &words->entries[slot];
}

struct hint_words *hint_words_open(const struct table *classes, struct arena *arena)
{
    struct hint_words *words = arena_take(arena, 1, sizeof *words);
    uint32_t rows = classes ? table_rows(classes) : 0, count = 4;
    while (count < rows * 2)
        count *= 2;
    if (!words || !(words->entries = arena_take(arena, count, sizeof *words->entries)))
        return NULL;
    words->mask = count - 1;
    for (uint32_t row = 0; row < rows; row++) {
        const char *word = table_cell(classes, row, 0);
        *entry_of(words, word) = (struct entry){
            word, read_kind(table_cell(classes, row, table_column(classes, "kind")))};
    }
    return words;
}

static int kind_of(const struct hint_words *words, const char *word)
{
    if (word[0] == '\0' || word[1] == '\0')
        return KIND_NONE;
    const struct entry *entry = entry_of(words, word);
    return entry->word ? entry->kind : KIND_NONE;
}

/* A word of state ("has-sidebar", "comments-open") says nothing of the element. */
static enum hint name_hint(const struct hint_words *words, const struct name *name)
{
    char pair[2 * WORD_CAP + 1];
    int kinds[WORDS];
    enum hint hint = HINT_NONE;
    for (uint32_t i = 0; i < name->count; i++)
        kinds[i] = kind_of(words, name->words[i]);
    if (name->count == 0 || (name->count > 1 && kinds[0] == KIND_STATE) ||
        kinds[name->count - 1] == KIND_STATE)
        return HINT_NONE;
    for (uint32_t i = 0; i < name->count; i++) {
        int kind = KIND_NONE;
        if (i + 1 < name->count) {
            strcpy(pair, name->words[i]);
            strcat(pair, "-");
            strcat(pair, name->words[i + 1]);
            kind = kind_of(words, pair);
        }
        bool is_pair = kind != KIND_NONE;
        if (!is_pair)
            kind = kinds[i];
        enum hint found = kind > 0 ? (enum hint)kind : HINT_NONE;
        if (found == HINT_REMARKS || found == HINT_BAD)
            return found;
        if (found)
            hint = found;
        i += is_pair;
    }
    return hint;
}

enum hint hint_first(enum hint one, enum hint two)
{
    return !one || (two && two < one) ? two : one;
}

/* Attributes whose values are looked at. */
static bool is_naming(const char *name)
{
    static const char *const keys[] = {"class",          "id",          "itemprop",
                                       "role",           "name",        "rel",
                                       "data-component", "data-testid", "data-gu-name"};
    for (size_t i = 0; i < sizeof keys / sizeof *keys; i++)
        if (keys[i][0] == name[0] && strcmp(keys[i], name) == 0)
            return true;
    return false;
}

/* Of the name at value[*at]; steps past it. */
static enum hint next_hint(struct hint_words *words, const char *value, size_t *at)
{
    const char *start = value + *at;
    uint32_t hash = 2166136261u;
    size_t len = 0, letters = 0;
    for (; *at < VALUE_CAP && (unsigned char)value[*at] > ' '; (*at)++, len++)
        if (is_letter(start[len]))
            letters = len + 1;
    for (size_t i = 0; i < letters; i++)
        hash = (hash ^ (unsigned char)start[i]) * 16777619u;
    uint32_t slot = (hash ^ hash >> 15) % SEEN;
    bool is_known = words->seen[slot].name && words->seen[slot].len == letters &&
                    memcmp(words->seen[slot].name, start, letters) == 0;
    if (!is_known) {
        struct name name;
        cut_name(start, letters, &name);
        words->seen[slot].name = start;
        words->seen[slot].len = letters;
        words->seen[slot].hint = name_hint(words, &name);
    }
    return words->seen[slot].hint;
}

enum hint hint_of(struct hint_words *words, const struct page_attribute *attribute)
{
    enum hint best = HINT_NONE;
    const char *value = attribute->value;
    if (!is_naming(attribute->name))
        return HINT_NONE;
    for (size_t at = 0; at < VALUE_CAP && value[at];) {
        if ((unsigned char)value[at] <= ' ')
            at++;
        else
            best = hint_first(best, next_hint(words, value, &at));
    }
    return best;
}
