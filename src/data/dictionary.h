/* dictionary.h: actor and agent dictionaries of CAMEO coders (TABARI, PETRARCH,
 * CountryInfo's export), line by line.
 *
 *   # remark
 *   NAME_ [CODE] [CODE >970101] [CODE 19901002-19970101]    an actor
 *   +OTHER_NAME_
 *       [CODE <990101]                                        more codes
 *   NOUN {NOUNS} [~CODE]                                      an agent
 *   !SET! = MAN, MEN                                          for each in NOUN_!SET!
 *
 * "_" is a blank, a final "_" says that the word ends there. Two-digit years before 30
 * are of this century. */
#ifndef DATA_DICTIONARY_H
#define DATA_DICTIONARY_H

#include "base/arena.h"
#include "base/date.h"

#define DICTIONARY_MAX_SETS 64

struct dictionary_code {
    const char *code; /* "KENGOV"; without the "~" of agents */
    day from, to;     /* DAY_NONE: open */
    bool is_agent;
    uint32_t line;
};

struct dictionary_entry {
    ARRAY(const char *) names; /* as the file has them, with blanks */
    ARRAY(struct dictionary_code) codes;
    uint32_t line;
};

struct dictionary {
    struct arena arena;
    ARRAY(struct dictionary_entry) entries;
    struct {
        const char *name;  /* "!PERSON!" */
        const char *words; /* "man|men" */
    } sets[DICTIONARY_MAX_SETS];
    uint32_t set_count;
};

typedef void dictionary_complaint(void *context, uint32_t line, const char *why);

/* Reads the lines of one file into entries; each that cannot be read is told and left
 * out. Returns how many, or SIZE_MAX without memory. The entries' strings live in the
 * dictionary's arena, which the caller starts and frees. */
size_t dictionary_read(struct dictionary *dictionary, const char *bytes, size_t len,
                       dictionary_complaint *complain, void *context);

#endif
