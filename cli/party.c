/* party.c: a party as the user names it, as the situation can look it up. */
#include "cli/query.h"

#include <ctype.h>
#include <string.h>

/* Names are written large: "south sudan" is asked for as "South Sudan". */
static void enlarge(const char *phrase, char *large, size_t capacity)
{
    size_t len = 0;
    for (; phrase[len] && len + 1 < capacity; len++)
        large[len] = len == 0 || phrase[len - 1] == ' '
                         ? (char)toupper((unsigned char)phrase[len])
                         : phrase[len];
    large[len] = '\0';
}

/* The line of sentosa_resolve_json for the phrase; NULL when nobody can say. */
static char *resolve(const char *phrase, const char *day)
{
    struct sentosa *engine;
    struct sentosa_error error;
    char *line = NULL;
    const struct sentosa_phrase asked = {.phrase = phrase, .date = day};
    if (sentosa_open(NULL, &engine, &error))
        return NULL;
    if (sentosa_resolve_json(engine, &asked, &line, &error))
        line = NULL;
    sentosa_close(engine);
    return line;
}

const char *party_lookup(const char *phrase, const char *day, char code[16])
{
    static const char is_state[] = "\"actor\":\"state/", has_code[] = "\"code\":\"";
    /* A code is one already, an id too. */
    if (!phrase || strlen(phrase) <= 3 || strchr(phrase, '/'))
        return phrase;
    char large[128];
    enlarge(phrase, large, sizeof large);
    char *line = resolve(large, day);
    const char *at = line && strstr(line, is_state) ? strstr(line, has_code) : NULL;
    size_t len = at ? strcspn(at + strlen(has_code), "\"") : 0;
    if (len > 0 && len < 16) {
        memcpy(code, at + strlen(has_code), len);
        code[len] = '\0';
        phrase = code;
    }
    sentosa_free(line);
    return phrase;
}
