/* time.h: private to the time stage: units, readings, patterns, what they find.
 *
 * The stage reads a sentence as units (tokens, split where a hyphen or slash joins them),
 * gives each unit its readings from the table `times` and from its shape, and lays the
 * patterns of the table `time_patterns` over them, leftmost and longest first: level 1
 * over readings, level 2 over what level 1 found. What is found is then resolved from
 * left to right against the report's day and the times before it (TIMEX3 of ISO-TimeML,
 * ISO 24617-1). */
#ifndef STAGE_TIME_H
#define STAGE_TIME_H

#include "data/pack.h"
#include "doc/doc.h"

#include <string.h>

/* Classes of readings: those of the table, those the reader sees by shape, and from
 * `future` on those that are looked up by name and never read off the text. */
#define TIME_CLASS_LIST(X)                                                               \
    X(month)                                                                             \
    X(weekday)                                                                           \
    X(weekdays)                                                                          \
    X(unit)                                                                              \
    X(units)                                                                             \
    X(number)                                                                            \
    X(scale)                                                                             \
    X(ordinal)                                                                           \
    X(vague)                                                                             \
    X(half)                                                                              \
    X(approx)                                                                            \
    X(part)                                                                              \
    X(parts)                                                                             \
    X(season)                                                                            \
    X(seasons)                                                                           \
    X(shift)                                                                             \
    X(back)                                                                              \
    X(on)                                                                                \
    X(recent)                                                                            \
    X(that)                                                                              \
    X(same)                                                                              \
    X(dir)                                                                               \
    X(dirof)                                                                             \
    X(laterin)                                                                           \
    X(edge)                                                                              \
    X(edgeof)                                                                            \
    X(article)                                                                           \
    X(halfof)                                                                            \
    X(deixis)                                                                            \
    X(ampm)                                                                              \
    X(oclock)                                                                            \
    X(era)                                                                               \
    X(ref)                                                                               \
    X(freq)                                                                              \
    X(every)                                                                             \
    X(fiscal)                                                                            \
    X(thru)                                                                              \
    X(limit)                                                                             \
    X(open)                                                                              \
    X(holiday)                                                                           \
    X(period)                                                                            \
    X(zone)                                                                              \
    X(between)                                                                           \
    X(ambiguous)                                                                         \
    X(another)                                                                           \
    X(numbered)                                                                          \
    X(lead)                                                                              \
    X(quarter)                                                                           \
    X(span)                                                                              \
    X(framing)                                                                           \
    X(owner)                                                                             \
    X(whole)                                                                             \
    X(epoch)                                                                             \
    X(other)                                                                             \
    X(num)                                                                               \
    X(year)                                                                              \
    X(yy)                                                                                \
    X(dom)                                                                               \
    X(ord)                                                                               \
    X(decade)                                                                            \
    X(hm)                                                                                \
    X(date)                                                                              \
    X(clock)                                                                             \
    X(dur)                                                                               \
    X(future)                                                                            \
    X(ahead)                                                                             \
    X(perfect)                                                                           \
    X(infinitive)                                                                        \
    X(phase)                                                                             \
    X(reporting)                                                                         \
    X(prolong)                                                                           \
    X(defer)                                                                             \
    X(spoken)                                                                            \
    X(willed)                                                                            \
    X(order)

enum time_class {
#define X(name) CLASS_##name,
    TIME_CLASS_LIST(X)
#undef X
        CLASS_COUNT
};

#define TIME_MAX_SPLIT 8u /* units of one token; a longer chain of hyphens stays whole */
#define TIME_MAX_READINGS 6u
#define TIME_MAX_ELEMENTS 12u
#define TIME_MAX_WORDS 64u /* different small words in the patterns */

struct reading {
    uint8_t class;     /* enum time_class */
    uint16_t len;      /* units */
    uint32_t found;    /* date, clock, part, dur of level 2: index into finds */
    double amount;     /* num, ord, year ...: the number */
    const char *value; /* as in the table; "" for shapes */
};

struct unit {
    const char *text; /* folded */
    uint32_t token;
    bool is_capital;  /* as written */
    bool is_person;   /* inside a person's name */
    uint8_t upos;     /* of its token; UPOS_NONE when not tagged */
    uint64_t classes; /* bits of the readings' classes */
    uint64_t words;   /* bits of the patterns' words */
    /* of this one and the TIME_MAX_ELEMENTS - 1 after it: what a pattern can reach */
    uint64_t ahead_classes, ahead_words;
    struct reading readings[TIME_MAX_READINGS];
    uint8_t reading_count;
};

/* What a pattern makes of its readings. */
#define TIME_ACTION_LIST(X)                                                              \
    X(date)                                                                              \
    X(month_range)                                                                       \
    X(day_range)                                                                         \
    X(year)                                                                              \
    X(iso)                                                                               \
    X(year_range)                                                                        \
    X(weekday)                                                                           \
    X(weekday_next)                                                                      \
    X(weekday_last)                                                                      \
    X(weekday_nth)                                                                       \
    X(decade)                                                                            \
    X(edge_decade)                                                                       \
    X(century)                                                                           \
    X(turn)                                                                              \
    X(season)                                                                            \
    X(quarter)                                                                           \
    X(half)                                                                              \
    X(fiscal)                                                                            \
    X(era)                                                                               \
    X(era_range)                                                                         \
    X(date_that)                                                                         \
    X(holiday)                                                                           \
    X(period)                                                                            \
    X(weekend)                                                                           \
    X(day_of_month)                                                                      \
    X(numeric)                                                                           \
    X(shift)                                                                             \
    X(shift_span)                                                                        \
    X(recent)                                                                            \
    X(shift_date)                                                                        \
    X(shift_same)                                                                        \
    X(shift_part)                                                                        \
    X(weekday_part)                                                                      \
    X(offset)                                                                            \
    X(offset_day)                                                                        \
    X(deixis)                                                                            \
    X(chain)                                                                             \
    X(chain_part)                                                                        \
    X(chain_next)                                                                        \
    X(chain_next_part)                                                                   \
    X(chain_weekday)                                                                     \
    X(chain_month)                                                                       \
    X(chain_in)                                                                          \
    X(own_unit)                                                                          \
    X(chain_time)                                                                        \
    X(beside)                                                                            \
    X(edge_unit)                                                                         \
    X(in_unit)                                                                           \
    X(year_end)                                                                          \
    X(duration)                                                                          \
    X(set)                                                                               \
    X(rate)                                                                              \
    X(eve)                                                                               \
    X(span)                                                                              \
    X(clock)                                                                             \
    X(oclock)                                                                            \
    X(past_hour)                                                                         \
    X(zulu)                                                                              \
    X(part)                                                                              \
    X(ref)                                                                               \
    X(edge)                                                                              \
    X(edge_period)                                                                       \
    X(clock_date)                                                                        \
    X(part_date)                                                                         \
    X(offset_from)                                                                       \
    X(unit_of)                                                                           \
    X(half_of)                                                                           \
    X(approx)                                                                            \
    X(none)

enum time_action {
#define X(name) ACT_##name,
    TIME_ACTION_LIST(X)
#undef X
        ACT_COUNT
};

struct element {
    uint64_t classes, words;
    bool is_optional, is_second;
    bool is_before, is_after; /* must stand in front of it, behind it: outside */
};

struct time_pattern {
    struct element elements[TIME_MAX_ELEMENTS];
    uint8_t count;
    uint8_t level;
    enum time_action action;
    uint64_t start_classes, start_words; /* of units it can start with */
};

#define TIME_MAX_PATTERNS 256u
#define TIME_PATTERN_WORDS (TIME_MAX_PATTERNS / 64)

/* One bit for each pattern. */
struct pattern_set {
    uint64_t bits[TIME_PATTERN_WORDS];
};

struct word_entry {
    const char *word; /* all of it */
    size_t first_len; /* bytes of its first word */
    uint8_t class;
    bool needs_capital, needs_noun, refuses_verb;
    const char *value;
    uint32_t next; /* next entry with the same first word; NONE */
};

/* The classes by their first letter; CLASS_COUNT ends a chain. */
struct class_index {
    uint8_t first[26], next[CLASS_COUNT];
};

/* The tables made ready; kept with the pack. */
struct time_lexicon {
    struct class_index index;
    struct word_entry *entries;
    uint32_t entry_count;
    uint32_t *slots; /* by first word: entry, or NONE */
    uint32_t slot_mask;
    struct time_pattern *patterns;
    uint32_t pattern_count;
    /* by class, and by word: the patterns that can start with it; by level: all of it */
    struct pattern_set by_class[64], by_word[TIME_MAX_WORDS], by_level[3];
    const char *words[TIME_MAX_WORDS];
    uint64_t words_by_letter[128]; /* by first byte: bits of the words */
    uint32_t word_count;
    const struct table *times;
};

/* A struct time_lexicon. */
pack_make time_lexicon_make;

/* The table's entries whose first word is this; NONE. */
uint32_t time_lexicon_first(const struct time_lexicon *lexicon, const char *word,
                            size_t len);

/* Whether the table gives the lemma or word this class. */
bool time_word_is(const struct time_lexicon *lexicon, const char *word,
                  enum time_class class);

/* Value of the table's line for word and class; NULL when there is none. */
const char *time_word_value(const struct time_lexicon *lexicon, const char *word,
                            enum time_class class);

/* Units of a range of tokens; at most cap. Returns their number. */
uint32_t time_units(const struct time_lexicon *lexicon, struct arena *scratch,
                    const struct doc *doc, struct span tokens, struct unit *units,
                    uint32_t cap);

/* Fills ahead_classes and ahead_words. */
void time_look_ahead(struct unit *units, uint32_t count);

/* Number of the lowest bit, which is then cleared; bits is not 0. */
static inline uint32_t take_bit(uint64_t *bits)
{
    uint32_t at = 0;
    uint64_t low = *bits & -*bits;
    *bits ^= low;
    for (uint32_t step = 32; step; step /= 2)
        if (low >> step) {
            low >>= step;
            at += step;
        }
    return at;
}

/* What was found: units first..end-1 and the readings that filled the pattern's slots. */
struct find {
    uint32_t first, end;
    enum time_action action;
    struct reading slots[TIME_MAX_ELEMENTS]; /* in the order of the pattern */
    bool is_second[TIME_MAX_ELEMENTS];       /* fills an element marked .2 */
    uint8_t slot_count;
    uint64_t words;
    bool is_inner; /* part of a find of level 2 */
};

/* Number or value of that reading; -1 or NULL without it. */
int find_number(const struct find *find, enum time_class class, bool of_second);
const char *find_value(const struct find *find, enum time_class class);
const char *find_unit(const struct find *find); /* "D", "W" ...; NULL */
const char *find_edge(const struct find *find); /* "START", "MID", "END"; NULL */
/* Whether a small word of the pattern stood in it. */
bool find_has_word(const struct time_lexicon *lexicon, const struct find *find,
                   const char *word);
/* How many, by the words: 2.5, a half, a dozen; -1 when only "several". */
double find_amount(const struct find *find);

/* The find as a reading of level 2: CLASS_date, CLASS_clock or CLASS_dur; CLASS_COUNT for
 * none. */
enum time_class find_class(const struct find *find);

/* The find's first (or, of_second, its .2) reading of a class; NULL. */
const struct reading *find_slot(const struct find *find, enum time_class class,
                                bool of_second);

/* Past or future: what the grammar around a token says of when its clause happens. */
enum view { VIEW_NONE, VIEW_PAST, VIEW_PERFECT, VIEW_PRESENT, VIEW_FUTURE };
enum view time_view(const struct time_lexicon *lexicon, const struct doc *doc,
                    uint32_t sentence, uint32_t token);

/* A resolved time. */
struct when {
    enum time_type type;
    enum granularity granularity;
    char value[48]; /* "" unresolved */
    const char *mod;
    day start, end;
    char clock[16];    /* "" none */
    bool is_date;      /* can be an anchor for later ones */
    char other[24];    /* of ranges: the value of its second end */
    bool is_happening; /* told by what happened, no TIMEX3 */
    bool is_dropped;   /* was no time after all */
    double amount;     /* durations: how many ... */
    const char *unit;  /* ... of what, as in the table; NULL */
};

/* What resolving needs to know of the document up to here. */
struct time_state {
    const struct time_lexicon *lexicon;
    const struct doc *doc;
    day report;                   /* DAY_NONE unknown */
    day anchor_start, anchor_end; /* the last date told; DAY_NONE */
    day point_start;              /* the last date exact to the day; DAY_NONE */
    int point_minutes;            /* the last clock time told; -1 */
    bool is_day_first;            /* "3/4/2013" is in April ... */
    bool is_month_first;          /* ... or in March; neither: left open */
    bool is_agenda; /* "takes effect in May": a verb in the present with its date */
    int next_year;                /* year told by the next date of an enumeration; 0 */
    /* a day of the week told beside it, "last week, on Monday"; DAY_NONE */
    day week;
    /* tells of another time: dates lean on those before, not on the report */
    bool is_narrative;
};

static inline bool text_is(const char *text, const char *other)
{
    return text && strcmp(text, other) == 0;
}

/* The day that relative times lean on: the report's, or in a narrative the date
 * before. */
day time_base(const struct time_state *state);

/* Write one granularity: value, days, grain. */
void when_days(struct when *when, enum granularity grain, day start, day end);
void when_day(struct when *when, day d);
void when_month(struct when *when, int year, int month);
void when_year(struct when *when, int year);
void when_week(struct when *when, day d);
void when_season(struct when *when, int year, const char *season);
void when_years(struct when *when, int first, int last, enum granularity grain,
                int digits);
/* the week, month ... that holds d */
void when_unit(struct when *when, day d, const char *unit);
void when_part(struct when *when, const char *part); /* adds a part of the day */
/* so many of a unit of the table; -1: some */
void when_length(struct when *when, double amount, const char *unit, const char *mod);
/* to its first, middle or last third */
void when_narrow(struct when *when, const char *edge);

/* Dates that the words name outright; false when the find is none. */
bool time_resolve_calendar(const struct time_state *state, const struct find *find,
                           enum view view, struct when *when);
/* Counted from the report's day; leaning on the time before; durations and sets; clock
 * times and parts of the day: each false when the find is none of its own. */
bool time_resolve_relative(const struct time_state *state, const struct find *find,
                           enum view view, struct when *when);
bool time_resolve_chain(const struct time_state *state, const struct find *find,
                        enum view view, struct when *when);
bool time_resolve_length(const struct time_state *state, const struct find *find,
                         struct when *when);
bool time_resolve_clock(const struct time_state *state, const struct find *find,
                        struct when *when);

/* "last week"; "the next month": so many units after the time before; a part of a day,
 * which may be DAY_NONE. */
void time_shift(const struct time_state *state, const struct find *find,
                struct when *when);
void time_chain_next(const struct time_state *state, const struct find *find, int by,
                     struct when *when);
/* Minutes of when->start, else of the report's day; zone may be NULL. */
void time_clock(const struct time_state *state, struct when *when, int minutes,
                const char *zone);
void time_part_of_day(const struct time_state *state, day d, const char *part,
                      struct when *when);
void time_holiday(const struct time_state *state, const struct find *find, enum view view,
                  struct when *when);

/* Resolves one find; children of level 2 finds are in `inner` (by reading.found). */
void time_resolve(const struct time_state *state, const struct find *find,
                  const struct when *inner, enum view view, struct when *when);

/* Whether numeric dates write the day first, by the text, the site's country, the style
 * of other dates: sets is_day_first or is_month_first, or neither. */
void time_read_order(struct time_state *state);

/* Adds the day that a dateline names, in front of `token`: a time without tokens (first
 * is end). false without memory. */
bool time_put_dateline(const struct time_state *state, struct doc *doc, struct span line,
                       uint32_t token);

/* Days after (before, when count is negative) a day, counted in a unit of the table. */
day time_add(day from, double count, const char *unit);

/* ---- one document being read ---- */

struct time_reader {
    struct doc *doc;
    const struct time_lexicon *lexicon;
    struct time_state state;
    uint32_t anchor_sentence;
    struct unit *units;
    uint32_t unit_count, unit_cap, find_cap;
    struct find *finds;
    struct when *whens;
    uint32_t *outer; /* [unit] the find that is told there, or NONE */
    uint32_t find_count;
    uint32_t sentence;
    struct arena *scratch;
};

static inline bool has_class(const struct unit *unit, enum time_class class)
{
    return unit->classes >> class & 1;
}

/* The longest pattern of the level that matches at units[at] and ends at last_end or
 * before; false when none does. */
bool time_match(const struct time_reader *r, uint32_t at, uint32_t last_end,
                uint8_t level, struct find *find);

/* Value of a word of the class that ends right before units[at]; NULL. */
const char *time_word_before(const struct time_reader *r, uint32_t at,
                             enum time_class class);

/* The token of the find that hangs on what is outside it. */
uint32_t time_head_token(const struct time_reader *r, const struct find *find);

/* "at night": of no day. */
bool find_is_any_night(const struct find *find);

/* Whether the words stand for a time here. */
bool time_is_meant(const struct time_reader *r, const struct find *find);
/* "$50 a month": a length of time that is a rate. */
bool time_is_rate(const struct time_reader *r, const struct find *find);
/* "postponed until Friday", "moved to Friday" */
bool time_is_put_off(const struct time_reader *r, const struct find *find);

/* Resolves the finds of a stretch to whens. */
void time_settle(struct time_reader *r);

/* calendar */
struct span_days {
    day first, last;
};
struct span_days calendar_month(int year, int month);
struct span_days calendar_season(int year, const char *season);
day calendar_easter(int year);
day calendar_nth_weekday(int year, int month, int nth, int weekday);
/* Day of the tabular Islamic calendar. */
day calendar_hijri(int year, int month, int of_month);
int calendar_hijri_year(day d);                  /* the Islamic year that d lies in */
void calendar_week(day d, int *year, int *week); /* ISO 8601 */
/* first DAY_NONE when unknown */
struct span_days calendar_holiday(const char *rule, int year);
/* "+08:00" for a zone's rule ("+00:00 eu") on a day; "" for local time. */
void calendar_offset(const struct time_lexicon *lexicon, const char *zone, day d,
                     char offset[8]);

#endif
