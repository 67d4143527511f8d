/* marks.h: what a line of a news page is, by the tables text/furniture, text/agencies and
 * text/calendar. */
#ifndef SOURCE_MARKS_H
#define SOURCE_MARKS_H

#include "base/arena.h"
#include "source/when.h"
#include "source/words.h"

enum mark {
    MARK_NONE, /* nothing tells it from body text */
    MARK_FURNITURE,
    MARK_LINKS, /* furniture, and so are the unpunctuated lines after it */
    MARK_REST,  /* furniture, and so is all after it */
    MARK_CREDIT,
    MARK_BYLINE,
    MARK_DATE /* says only when it was published or updated */
};

struct mark_words;

/* Looks the tables up; NULL without memory. Lives in the arena and refers to the pack. */
struct mark_words *marks_open(const struct pack *pack, struct arena *arena);

/* What a line says of its report besides being no body text. */
struct mark_found {
    const char *agency;             /* name, in the pack; NULL */
    struct when published, updated; /* month 0 when not said */
    bool is_update;                 /* the days that follow are of an update */
    size_t names, names_len;        /* of a byline: where the authors stand in the line */
};

enum mark mark_line(const struct mark_words *marks, const char *line, size_t len,
                    struct mark_found *found);

/* Where credits at the end of a paragraph begin ("(Reporting by ..."); len when it has
 * none. */
size_t mark_tail(const struct mark_words *marks, const char *paragraph, size_t len);

/* The agency that all of text names, by a written form: "AFP", "The Associated Press"; or
 * NULL. */
const char *mark_agency(const struct mark_words *marks, const char *text, size_t len);

/* The same for words[at..], the longest form; *took is how many words. */
const char *mark_agency_words(const struct mark_words *marks,
                              const struct line_words *words, uint32_t at,
                              uint32_t *took);

/* Whether folded words are in the table of furniture under that kind. */
bool mark_has(const struct mark_words *marks, const char *words, const char *kind);

/* Whether folded words stand before a day of publication: "published" or "updated", in
 * the pack; NULL. */
const char *mark_date_label(const struct mark_words *marks, const char *words);

/* Whether all of a short text is in the table under that kind: "reply" (what stands below
 * a reader's remark: "Report abuse"), "links" (above other articles: "Read next"). */
bool mark_is(const struct mark_words *marks, const char *text, size_t len,
             const char *kind);
/* Whether its first two words are: "More from Kenya"; or the first one: "Tags: Kenya". */
bool mark_begins(const struct mark_words *marks, const char *text, size_t len,
                 const char *kind);
bool mark_begins_one(const struct mark_words *marks, const char *text, size_t len,
                     const char *kind);

/* Whether a folded word is a given name. */
bool mark_is_given(const struct mark_words *marks, const char *word);

const struct table *mark_calendar(const struct mark_words *marks);

#endif
