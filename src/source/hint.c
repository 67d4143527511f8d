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

/* The words of one name that begins at value[*at]; steps past it. */
static void cut_name(const char *value, size_t *at, struct name *name)
{
    size_t used = 0;
    char before = 0;
    name->count = 0;
    for (;; (*at)++) {
        char c = *at < VALUE_CAP ? value[*at] : '\0';
        bool is_small = c >= 'a' && c <= 'z', is_large = c >= 'A' && c <= 'Z';
        bool is_hump = is_large && before >= 'a' && before <= 'z';
        if (used && name->count < WORDS && ((!is_small && !is_large) || is_hump)) {
            name->words[name->count++][used] = '\0';
            used = 0;
        }
        if ((unsigned char)c <= ' ')
            return;
        if ((is_small || is_large) && name->count < WORDS && used < WORD_CAP - 1)
            name->words[name->count][used++] = (char)(is_large ? c + 32 : c);
        before = c;
    }
}

static const char *kind_of(const struct table *classes, const char *word)
{
    if (word[0] == '\0' || word[1] == '\0')
        return NULL;
    uint32_t row = table_row(classes, word);
    return row == NONE ? NULL : table_cell(classes, row, table_column(classes, "kind"));
}

static enum hint read_kind(const char *kind)
{
    static const char *const kinds[] = {"",        "body",   "remarks",  "bad",
                                        "caption", "byline", "subtitle", "date"};
    for (int i = HINT_BODY; i <= HINT_DATE; i++)
        if (strcmp(kinds[i], kind) == 0)
            return (enum hint)i;
    return HINT_NONE;
}

/* A word of state ("has-sidebar", "comments-open") says nothing of the element. */
static bool is_state(const char *kind)
{
    return kind && strcmp(kind, "state") == 0;
}

static enum hint name_hint(const struct table *classes, const struct name *name)
{
    char pair[2 * WORD_CAP + 1];
    const char *kinds[WORDS];
    enum hint hint = HINT_NONE;
    for (uint32_t i = 0; i < name->count; i++)
        kinds[i] = kind_of(classes, name->words[i]);
    if (name->count == 0 || (name->count > 1 && is_state(kinds[0])) ||
        is_state(kinds[name->count - 1]))
        return HINT_NONE;
    for (uint32_t i = 0; i < name->count; i++) {
        const char *kind = NULL;
        if (i + 1 < name->count) {
            strcpy(pair, name->words[i]);
            strcat(pair, "-");
            strcat(pair, name->words[i + 1]);
            kind = kind_of(classes, pair);
        }
        bool is_pair = kind != NULL;
        if (!kind)
            kind = kinds[i];
        enum hint found = kind ? read_kind(kind) : HINT_NONE;
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

enum hint hint_of(const struct table *classes, const struct page_attribute *attribute)
{
    enum hint best = HINT_NONE;
    const char *value = attribute->value;
    if (!classes || !is_naming(attribute->name))
        return HINT_NONE;
    for (size_t at = strspn(value, " "); at < VALUE_CAP && value[at];) {
        struct name name;
        cut_name(value, &at, &name);
        best = hint_first(best, name_hint(classes, &name));
        while (at < VALUE_CAP && value[at] && (unsigned char)value[at] <= ' ')
            at++;
    }
    return best;
}
