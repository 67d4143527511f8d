/* doc.h: the document: one report, and the arrays that the stages fill from left to
 * right.
 *
 *   text -> ranges -> sentences -> tokens -> names -> times, places -> mentions, actors
 *        -> clauses -> events -> positions, relations
 *
 * The text is one UTF-8 buffer that never changes; all else is spans and indices into it.
 * Every string is NUL-terminated and lives in the document's arena or in the pack. An
 * index that means "nothing" is NONE. A document belongs to one thread; doc_free frees
 * all of it at once. */
#ifndef DOC_DOC_H
#define DOC_DOC_H

#include "base/arena.h"
#include "base/date.h"
#include "base/fail.h"
#include "base/span.h"
#include "doc/grammar.h"

/* ---- the report (sources) ---- */

enum part { PART_TITLE, PART_BODY };

/* What a stretch of the text is. Stretches do not overlap; sentences come from titles,
 * paragraphs and captions alone. */
enum range_kind {
    RANGE_TITLE,     /* the headline */
    RANGE_PARAGRAPH, /* body text; hard-wrapped lines are one paragraph */
    RANGE_CAPTION,   /* caption of a picture */
    RANGE_DATELINE,  /* "SEOUL, June 3 (Agency) -" before the first sentence */
    RANGE_BYLINE,    /* "By Jane Roe" */
    /* "[Courtesy of ...]", "(AP Photo/...)", a line that names the agency */
    RANGE_CREDIT,
    RANGE_FURNITURE /* menus, share bars, "Leave a Comment", related links */
};

struct range {
    struct span span;
    enum range_kind kind;
};

struct report {
    const char *id;           /* given by the source, or the digest */
    const char *title;        /* NULL when none was found */
    const char *source;       /* agency or site; NULL when unknown */
    const char *url;          /* or NULL */
    const char *published;    /* ISO date as printed; NULL when unknown */
    const char *default_date; /* the caller's, for a report that carries none; or NULL */
    const char *language;     /* "en", another ISO 639-1 code, or NULL when undecided */
    const char *digest;       /* 16 hex digits over text, url and date */
    day day;                  /* of publication; DAY_NONE when unknown */
    const char *dateline;     /* place words of the dateline, or NULL */
    const char *authors;      /* "Jane Roe|John Doe", or NULL */
    /* published with its time and zone where they are known, or NULL */
    const char *published_at;
    const char *updated;            /* like published_at; NULL when not said */
    const char *subtitle, *section; /* as a page names them, or NULL */
    /* Without a day: the first and last it can have been published on, and the words that
     * say so; DAY_NONE and NULL where nothing does. */
    day earliest, latest;
    const char *earliest_why, *latest_why;
    /* the times are being read a second time, with what the window allows */
    bool is_framed;
};

/* ---- sentences, tokens (segment, token, tag, parse, name) ---- */

struct sentence {
    struct span span;
    uint32_t first, end; /* tokens */
    uint32_t range;      /* the stretch it stands in; NONE for CoNLL-U input */
    bool is_headline;
};

struct token {
    /* two tokens of one written word ("don't") may share or split it */
    struct span span;
    const char *norm;  /* folded: lower case, accents stripped, straight quotes */
    const char *lemma; /* NULL before tagging */
    uint32_t head;     /* token of the document; itself for a root */
    uint8_t upos;      /* enum upos */
    uint8_t deprel;    /* enum deprel */
    bool space_after;
    bool joined; /* second or later token of one written word (clitic) */
    struct feats feats;
};

enum name_kind {
    NAME_PERSON,
    NAME_ORG,
    NAME_PLACE,
    NAME_FACILITY,
    NAME_NORP,
    NAME_EVENT
};

struct name {
    uint32_t first, end; /* tokens */
    enum name_kind kind;
};

/* ---- times, places ---- */

/* TIMEX3 types (ISO-TimeML). */
enum time_type { TIME_DATE, TIME_CLOCK, TIME_DURATION, TIME_SET };
enum granularity {
    GRAIN_NONE,
    GRAIN_MINUTE,
    GRAIN_HOUR,
    GRAIN_DAY,
    GRAIN_WEEK,
    GRAIN_MONTH,
    GRAIN_SEASON,
    GRAIN_YEAR,
    GRAIN_DECADE,
    GRAIN_CENTURY
};

/* "two weeks", "next Tuesday" in "two weeks from next Tuesday": TIMEX3 marks them
 * apart. */
struct time_part {
    struct span span;
    enum time_type type;
    const char *value; /* or NULL */
};

struct time_ref {
    uint32_t first, end; /* tokens; none (first is end) for the day of a dateline */
    struct span span;
    enum time_type type;
    const char *value; /* TIMEX3 value, or NULL when it could not be resolved */
    const char *mod;   /* TIMEX3 mod (START, MID, END, BEFORE ...) or NULL */
    day start;         /* first day */
    day end_day;       /* last day; DAY_NONE when open or unknown */
    enum granularity granularity;
    const char *clock; /* "09:00+08:00", "09:00" or NULL */
    /* "by ...", "until ...": the end is a limit, the start is not known */
    bool is_deadline;
    /* "since ...", "for more than 40 years" (then end is the report's day) */
    bool is_start;
    const struct time_part *parts; /* two of them, or NULL: it is marked as a whole */
    /* "World War II", "the eve" of something: told by what happened, so no TIMEX3 */
    bool is_happening;
    /* "postponed until ...": no time of the putting off, but of what is put off */
    bool is_put_off;
};

enum place_precision {
    PLACE_NONE,
    PLACE_COUNTRY,
    PLACE_ADMIN1,
    PLACE_ADMIN2,
    PLACE_CITY,
    PLACE_SPOT,
    PLACE_REGION
};

struct place_ref {
    uint32_t first, end; /* tokens */
    struct span span;
    const char *name;    /* as the gazetteer prints it */
    const char *country; /* alpha-3, or NULL for what spans countries */
    /* "Ulster|Donegal": administrative path inside the country, or NULL */
    const char *path;
    const char *geonames; /* id or NULL */
    double lat, lon;      /* degrees */
    enum place_precision precision;
    /* stands for a government here ("Washington said"), not for a place */
    bool is_actor;
};

/* ---- mentions, actors ---- */

enum actor_kind { ACTOR_STATE, ACTOR_PERSON, ACTOR_ORGANISATION, ACTOR_GROUP };

struct actor {
    /* "person/kim-jong-un", "state/kenya", or "report/...": unknown person */
    const char *id;
    const char *name;     /* as printed */
    const char *code;     /* alpha-3 or organisation code; NULL when unknown */
    const char *sectors;  /* "GOV|MIL", main one first; "" for a state as such */
    const char *role;     /* "President of the United States" on the report's day; NULL */
    const char *wikidata; /* or NULL */
    enum actor_kind kind;
    enum gender gender;
    enum number number; /* plural for "rebels", "officials" */
    /* made of a nationality and an agent word, or a bare agent word */
    bool is_generic;
};

enum mention_kind { MENTION_NAME, MENTION_NOMINAL, MENTION_PRONOUN };

/* Words naming one party or several ("the two leaders"). Mentions may nest ("Moon's
 * envoys"). */
struct mention {
    uint32_t first, end; /* tokens */
    uint32_t head;       /* the token that bears its syntactic role */
    struct span span;
    enum mention_kind kind;
    uint32_t actors, actor_count; /* into doc.mention_actors; 0 when nobody is known */
    /* what resolved it, for explain: "name", "office", "pronoun" ... */
    const char *rule;
};

/* ---- clauses (clause, status, voice) ---- */

enum status {
    STATUS_NONE,
    STATUS_CANCELLED,
    STATUS_NEGATED,
    STATUS_CONDITIONAL,
    STATUS_POSSIBLE,
    STATUS_DEMANDED,
    STATUS_SCHEDULED,
    STATUS_INTENDED,
    STATUS_EXPECTED,
    STATUS_ACTUAL
};
enum completion { COMPLETION_NONE, COMPLETION_ATTEMPTED, COMPLETION_FAILED };

enum clause_kind { CLAUSE_VERB, CLAUSE_NOUN, CLAUSE_ADJECTIVE };

/* How a clause hangs on the clause that embeds it. */
enum embedding {
    EMBED_NONE,
    /* said that ..., plans to ..., accused of ...; an event noun as argument */
    EMBED_COMPLEMENT,
    EMBED_RELATIVE,
    EMBED_CONDITION, /* if, unless */
    EMBED_TIME,      /* when, after, before, while */
    EMBED_PURPOSE,   /* in order to */
    EMBED_ADVERBIAL, /* other adverbial clauses and participles */
    EMBED_CONJUNCT,
    EMBED_PARATAXIS
};

/* Logical roles: passives, control, raising, relatives and light verbs are undone. */
enum slot {
    SLOT_SUBJECT, /* who does it */
    SLOT_OBJECT,
    SLOT_INDIRECT,
    SLOT_POSSESSOR,   /* of an event noun */
    SLOT_MODIFIER,    /* "a Russian attack", "the Trump-Kim meeting" */
    SLOT_PREPOSITION, /* argument.preposition says which */
    SLOT_COMPLEMENT   /* argument.clause */
};

struct argument {
    enum slot slot;
    const char *preposition; /* "with", "against"; NULL but for SLOT_PREPOSITION */
    uint32_t head;           /* token */
    uint32_t mention;        /* or NONE */
    uint32_t clause;         /* or NONE: the embedded clause */
    /* understood from another clause: control, relative, conjunction */
    bool is_shared;
};

/* Someone on whose word a clause or an event stands. */
struct voice {
    uint32_t mention;  /* NONE when unnamed ("allegedly") */
    struct span span;  /* the reporting words */
    const char *words; /* the reporting verb's lemma */
    bool is_quoted;    /* verbatim */
};

struct clause {
    uint32_t head;  /* predicate token */
    uint32_t light; /* the light verb before it ("hold" talks), or NONE */
    enum clause_kind kind;
    const char *lemma; /* with its particle: "carry_out" */
    uint32_t sentence;
    uint32_t arguments, argument_count; /* into doc.arguments */
    uint32_t parent;                    /* the clause that embeds it, or NONE */
    enum embedding embedding;
    const char *marker; /* what joins it: "if", "to", "after"; or NULL */
    /* how it fills its parent, as embeddings.tsv names it: "xcomp", "ccomp", "obj",
     * "subj" or a preposition; or NULL */
    const char *complement;
    struct span span;
    uint32_t time, place; /* into times, places; own or inherited; NONE */
    const char *modal;    /* lemma of the modal auxiliary, or NULL */
    bool is_passive, is_negated, is_past, is_perfect, is_progressive, is_infinitive,
        is_question;
    bool is_finite, is_habitual;
    /* a noun that takes its happening for granted: "the summit" */
    bool is_granted;
    /* a noun that may mean what was told before: "the talks failed" */
    bool is_definite;
    enum status status;
    enum completion completion;
    bool is_historical;
    uint32_t voices, voice_count; /* into doc.voices, outermost first */
    const char *why;              /* how the status came about, for explain */
    const char *no_event;         /* why it gives no event; NULL when it gives one */
};

/* ---- events (event, merge), positions, relations (stance) ---- */

enum code_source {
    CODE_NONE,
    CODE_FROM_ACTOR,
    CODE_FROM_DATELINE,
    CODE_FROM_PLACE,
    CODE_FROM_REPORT, /* the only country that it names */
    CODE_FROM_VOICE   /* of the body that tells of what is its own affair */
};

struct party {
    uint32_t actor;   /* into actors */
    uint32_t mention; /* or NONE */
    struct span span;
    const char *code; /* its own, or that of the dateline, place or report */
    enum code_source code_from;
};

/* One telling of an event. */
struct telling {
    struct span span;   /* the sentence */
    struct span anchor; /* the words that carry the event */
    uint32_t clause;
    enum status status;
    uint32_t voices, voice_count;
};

struct numbers {
    int64_t dead, injured, crowd; /* -1 when not stated */
};

struct event {
    const char *id;   /* set by the merge stage */
    const char *rule; /* class of the lexicon: "CONSULT/meet" */
    const char *type;
    const char *modes;    /* "visit|phone" or "" */
    const char *contexts; /* "diplomatic|military" or "" */
    const char *cameo;    /* or NULL */
    const char *quad;
    double score;
    enum status status;
    enum completion completion;
    bool is_historical;
    uint32_t actors, actor_count;         /* into doc.parties */
    uint32_t recipients, recipient_count; /* into doc.parties */
    uint32_t voices, voice_count;         /* into doc.voices */
    uint32_t time, place;                 /* or NONE */
    /* its words give no time, and its tense lets it happen on the report's day */
    bool is_of_report_day;
    struct span about;   /* the topic's words; empty when none */
    struct span content; /* what is asked, said, agreed; empty when none */
    struct numbers numbers;
    uint32_t weapons, weapon_count; /* into doc.words */
    struct span span, anchor;       /* of the fullest telling */
    uint32_t clause;
    double confidence;                /* 0 to 1 */
    uint32_t tellings, telling_count; /* into doc.tellings, in text order */
    bool is_merged;                   /* a telling of another event now: not printed */
};

enum stance {
    STANCE_WANTS,
    STANCE_OFFERS,
    STANCE_REFUSES,
    STANCE_PROMISES,
    STANCE_OPPOSES
};

struct position {
    struct party holder, towards; /* towards.actor may be NONE */
    enum stance stance;
    const char *issue; /* the content's head words */
    struct span content;
    uint32_t deadline; /* into times, or NONE */
    enum status status;
    uint32_t voices, voice_count;
    struct span span; /* evidence: the sentence */
};

struct relation {
    uint32_t parties, party_count; /* into doc.parties */
    const char *kind; /* "no ties", "mediation" ... as in data/en/relations.tsv */
    day from, to;     /* DAY_NONE when not known */
    struct span content;
    struct span span; /* evidence: the sentence */
    uint32_t voices, voice_count;
};

struct doc {
    struct arena arena;
    struct report report;
    const char *text; /* all of it; NUL-terminated */
    uint32_t len;
    /* the bytes that are the title part; empty when there is none */
    struct span title;
    struct span body; /* the bytes that are the body part */
    ARRAY(struct range) ranges;
    ARRAY(struct sentence) sentences;
    ARRAY(struct token) tokens;
    ARRAY(struct name) names;
    ARRAY(struct time_ref) times;
    ARRAY(struct place_ref) places;
    /* "Iraqi", "Kenyans": names of no place, though some gold counts them for one */
    ARRAY(struct place_ref) demonyms;
    ARRAY(struct actor) actors;
    ARRAY(uint32_t) mention_actors;
    ARRAY(struct mention) mentions;
    ARRAY(struct argument) arguments;
    ARRAY(struct voice) voices;
    ARRAY(struct clause) clauses;
    ARRAY(struct party) parties;
    ARRAY(struct telling) tellings;
    ARRAY(const char *) words;
    ARRAY(struct event) events;
    ARRAY(struct position) positions;
    ARRAY(struct relation) relations;
    /* given by the input (CoNLL-U): segment and token leave them alone */
    bool reads_all; /* sentences come from all of the text, not from some ranges alone */
    bool has_tokens;
    bool has_trees; /* given too: tag, parse leave them alone */
};

/* The most text a report may hold. Larger ones are refused with FAIL_LIMIT. */
#define DOC_MAX_LEN ((uint32_t)8 << 20)

void doc_init(struct doc *doc);
void doc_free(struct doc *doc);

/* Drops what the stages from time on have made, so that they can run again. */
void doc_rewind(struct doc *doc);

/* The part a span lies in, and the span as printed: relative to that part. */
enum part doc_part(const struct doc *doc, struct span span);
struct span doc_printed_span(const struct doc *doc, struct span span);

/* The span of tokens first..end-1. */
struct span doc_token_span(const struct doc *doc, uint32_t first, uint32_t end);

/* The sentence a token stands in (binary search). */
uint32_t doc_sentence_of(const struct doc *doc, uint32_t token);

/* A copy of the words of a span in the arena, NULL without memory. */
const char *doc_words(struct doc *doc, struct span span);

/* The part of speech of its predicate as the lexicon writes it: 'v', 'n', 'a'. */
char clause_pos(const struct clause *clause);

const char *status_name(enum status status);
enum status status_read(const char *name);               /* STATUS_NONE when unknown */
const char *completion_name(enum completion completion); /* NULL for none */
const char *granularity_name(enum granularity granularity);
const char *stance_name(enum stance stance);

#endif
