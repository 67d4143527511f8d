/* sentosa.h: news text in, events out.
 *
 * No files but the pack, no sockets, no database, no globals; nothing is printed. Reading
 * files of all kinds: sentosa_source.h. Keeping and querying: sentosa_store.h.
 *
 *     struct sentosa *engine;
 *     struct sentosa_error error;
 *     if (sentosa_open("sentosa.pack", &engine, &error)) ... error.message
 *     struct sentosa_input input = {.text = text, .len = len, .date = "2024-03-02"};
 *     struct sentosa_doc *doc;
 *     if (!sentosa_doc_new(&input, &doc, &error) &&
 *         !sentosa_doc_read(engine, doc, NULL, &error))
 *         for (size_t i = 0; i < sentosa_event_count(doc); i++)
 *             puts(sentosa_event(doc, i)->type);
 *     sentosa_doc_free(doc);
 *     sentosa_close(engine);
 *
 * Threads: one engine serves any number of threads; a document belongs to one thread at a
 * time. Ownership: what a document gives lives until sentosa_doc_free. Unknown is NULL,
 * an empty array or a date of "". All text is UTF-8 and NUL-terminated. */
#ifndef SENTOSA_H
#define SENTOSA_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#ifdef __cplusplus
extern "C" {
#endif

#define SENTOSA_VERSION "0.1.0"
#define SENTOSA_SCHEMA 1 /* of the printed event */

#if defined(__GNUC__)
#define SENTOSA_API __attribute__((visibility("default")))
#else
#define SENTOSA_API
#endif

enum sentosa_outcome {
    SENTOSA_OK = 0,
    SENTOSA_NO_MEMORY,
    SENTOSA_IO,    /* a file could not be opened, read or written */
    SENTOSA_DATA,  /* a file or report is not what it claims to be */
    SENTOSA_LIMIT, /* larger than sentosa is willing to read */
    SENTOSA_USE,   /* asked for something that does not exist */
    SENTOSA_END    /* nothing more to read (sentosa_source.h) */
};

/* Owned by the caller; may be NULL wherever a function takes it. */
struct sentosa_error {
    char message[512];
};

/* ---- the engine ---- */

struct sentosa;

/* Maps the pack. path NULL: $SENTOSA_PACK, else sentosa.pack beside the program, else the
 * installed one. */
SENTOSA_API enum sentosa_outcome sentosa_open(const char *path, struct sentosa **engine,
                                              struct sentosa_error *error);
/* The same, with the tables of the folder `lexicon` (NULL: none) laid over those of the
 * pack: any of data/en's tables, in their form; see data(7). Takes about a second. */
SENTOSA_API enum sentosa_outcome sentosa_open_with(const char *path, const char *lexicon,
                                                   struct sentosa **engine,
                                                   struct sentosa_error *error);
SENTOSA_API void sentosa_close(struct sentosa *engine); /* NULL is fine */
/* 16 hex digits */
SENTOSA_API const char *sentosa_pack_hash(const struct sentosa *engine);

/* What an engine is made of; strings live as long as the engine. */
struct sentosa_about {
    const char *version;
    int schema;
    const char *pack;      /* its path */
    const char *pack_hash; /* of all of it; the next two of its parts */
    char lexicon_hash[17], weights_hash[17];
    size_t pack_len, weights_len; /* bytes; weights_len 0: the pack has none */
    const char *kernel; /* "avx2", "plain" ...: the arithmetic this machine runs */
};
/* Reads all of the pack: tens of milliseconds. */
SENTOSA_API void sentosa_about(const struct sentosa *engine, struct sentosa_about *about);

/* Whose work sentosa stands on. false past the last. */
struct sentosa_credit {
    const char *work, *licence, *used_for, *address;
};
SENTOSA_API bool sentosa_credit(const struct sentosa *engine, size_t at,
                                struct sentosa_credit *credit);

/* ---- a report ---- */

struct sentosa_input {
    const char *id;    /* printed back as report.id; NULL: the digest */
    const char *title; /* NULL: looked for in the text */
    const char *text;  /* need not be NUL-terminated */
    size_t len;
    const char *date; /* of publication, ISO 8601; NULL unknown */
    const char *url;
    const char *source; /* agency or site */
};

struct sentosa_doc;

/* Copies the input. SENTOSA_DATA when the text is not UTF-8 or holds a NUL, SENTOSA_LIMIT
 * past 8 MiB. */
SENTOSA_API enum sentosa_outcome sentosa_doc_new(const struct sentosa_input *input,
                                                 struct sentosa_doc **doc,
                                                 struct sentosa_error *error);
SENTOSA_API void sentosa_doc_free(struct sentosa_doc *doc); /* NULL is fine */

struct sentosa_options {
    /* day of a report that carries none, "2018-06-11"; NULL: leave unknown */
    const char *date;
    const char *upto; /* last stage to run (see sentosa_stage_name); NULL: all */
    bool parses_anew; /* of CoNLL-U input keep sentences and tokens, not tags and trees */
    /* All of the text is cut into sentences, credits and menus too, whatever its
     * language: for a look at the grammar alone. */
    bool reads_all;
};

/* What is kept of a report's text so that those that tell the same are known later, too
 * (sentosa_source_meet). Strings and bytes belong to who gave it. */
struct sentosa_sketch {
    const char *digest; /* of the report */
    const char *first;  /* digest of the earliest report that it goes back to */
    const char *day;    /* ISO day of publication, or NULL */
    const void *bytes;
    size_t len;
};

/* Runs the stages, each once: a document that was read up to one is read on from there.
 * options may be NULL; date counts in the first call. */
SENTOSA_API enum sentosa_outcome sentosa_doc_read(const struct sentosa *engine,
                                                  struct sentosa_doc *doc,
                                                  const struct sentosa_options *options,
                                                  struct sentosa_error *error);

struct sentosa_report {
    const char *id, *title, *source, *published, *url, *digest, *language;
    const char *body;      /* what spans of part "body" index */
    bool has_unknown_date; /* relative times stay unknown */
    bool is_coded;         /* false for a language that is not read */
    /* Without a date: the first and last day that its own facts allow, and what says so;
     * NULL where nothing does. */
    const char *earliest, *latest, *earliest_why, *latest_why;
};
SENTOSA_API const struct sentosa_report *sentosa_doc_report(
    const struct sentosa_doc *doc);

/* ---- what it says ---- */

/* Half-open UTF-8 byte offsets into the part they name. */
struct sentosa_span {
    uint32_t start, end;
};

struct sentosa_evidence {
    const char *part; /* "title" or "body" */
    struct sentosa_span span;
    const char *text;
};

struct sentosa_party {
    const char *name, *code;
    const char *const *sectors; /* main one first */
    size_t sector_count;
    const char *role, *id, *wikidata;
    const char *code_from; /* "actor", "dateline", "place", "report", "voice" or NULL */
    struct sentosa_evidence words;
};

struct sentosa_voice {
    const char *name, *code, *id; /* NULL: unnamed ("allegedly") */
    const char *verb;             /* lemma of the reporting word; NULL in a headline */
    bool is_quoted;
    struct sentosa_evidence words;
};

struct sentosa_date {
    const char *start, *end;       /* ISO days; NULL unknown */
    const char *time;              /* "09:00+08:00" or NULL */
    const char *granularity;       /* "minute" ... "century" or NULL */
    struct sentosa_evidence words; /* text NULL when the date is the report's own */
};

struct sentosa_place {
    const char *name, *country, *geonames;
    const char *const *path;
    size_t path_count;
    double lat, lon;
    const char *precision; /* country admin1 admin2 city place region */
    struct sentosa_evidence words;
};

struct sentosa_telling {
    struct sentosa_evidence sentence;
    struct sentosa_span anchor;
    const char *status;
    const struct sentosa_voice *voices;
    size_t voice_count;
};

struct sentosa_event {
    const char *id, *type, *rule, *cameo, *quad, *status, *completion;
    const char *const *modes;
    size_t mode_count;
    const char *const *contexts;
    size_t context_count;
    double score;
    bool is_historical;
    const struct sentosa_party *actors, *recipients;
    size_t actor_count, recipient_count;
    const struct sentosa_voice *voices; /* outermost first */
    size_t voice_count;
    const struct sentosa_date *date;   /* NULL unknown */
    const struct sentosa_place *place; /* NULL unknown */
    const char *about, *content;
    int64_t dead, injured, crowd; /* -1 not stated */
    const char *const *weapons;
    size_t weapon_count;
    struct sentosa_evidence sentence; /* the fullest telling */
    struct sentosa_span anchor;
    double confidence;                      /* 0 to 1 */
    const struct sentosa_telling *tellings; /* in text order */
    size_t telling_count;
};

struct sentosa_position {
    const struct sentosa_party *holder, *towards; /* towards may be NULL */
    const char *stance; /* wants offers refuses promises opposes */
    const char *issue, *content;
    const struct sentosa_date *deadline; /* or NULL */
    const char *status;
    const struct sentosa_voice *voices;
    size_t voice_count;
    struct sentosa_evidence sentence;
};

struct sentosa_relation {
    const struct sentosa_party *parties;
    size_t party_count;
    const char *kind;
    const char *from, *to; /* ISO days or NULL */
    const char *content;
    const struct sentosa_voice *voices;
    size_t voice_count;
    struct sentosa_evidence sentence;
};

SENTOSA_API size_t sentosa_event_count(const struct sentosa_doc *doc);
SENTOSA_API const struct sentosa_event *sentosa_event(const struct sentosa_doc *doc,
                                                      size_t at);
SENTOSA_API size_t sentosa_position_count(const struct sentosa_doc *doc);
SENTOSA_API const struct sentosa_position *sentosa_position(const struct sentosa_doc *doc,
                                                            size_t at);
SENTOSA_API size_t sentosa_relation_count(const struct sentosa_doc *doc);
SENTOSA_API const struct sentosa_relation *sentosa_relation(const struct sentosa_doc *doc,
                                                            size_t at);

/* One line of JSON without newline, as the codebook sets it out; NULL without memory.
 * Free it with sentosa_free. */
SENTOSA_API char *sentosa_event_json(const struct sentosa *engine,
                                     const struct sentosa_doc *doc, size_t at);
SENTOSA_API char *sentosa_position_json(const struct sentosa_doc *doc, size_t at);
SENTOSA_API char *sentosa_relation_json(const struct sentosa_doc *doc, size_t at);

/* The same for what does not come from a document, such as a store's items. coder and
 * pack: the version and the pack hash that read the report, or NULL. */
SENTOSA_API char *sentosa_event_line(const struct sentosa_report *report,
                                     const struct sentosa_event *event, const char *coder,
                                     const char *pack);
SENTOSA_API char *sentosa_position_line(const struct sentosa_report *report,
                                        const struct sentosa_position *position);
SENTOSA_API char *sentosa_relation_line(const struct sentosa_report *report,
                                        const struct sentosa_relation *relation);
SENTOSA_API void sentosa_free(char *text);

/* ---- who a phrase means ---- */

struct sentosa_phrase {
    const char *id; /* printed back; NULL: none */
    const char *phrase;
    const char *context; /* text that it stands in; NULL: none */
    const char *date;    /* "2018-06-11"; NULL: offices stay without a person */
};

/* One line of JSON without newline: id, phrase, code, sector, sectors, actor, name, role,
 * rule, rivals. code is null when nobody is known. Free it with sentosa_free. */
SENTOSA_API enum sentosa_outcome sentosa_resolve_json(const struct sentosa *engine,
                                                      const struct sentosa_phrase *phrase,
                                                      char **json,
                                                      struct sentosa_error *error);

/* ---- looking inside ---- */

/* Names of the stages in order; NULL past the last. */
SENTOSA_API const char *sentosa_stage_name(size_t at);

/* What a stage made of a document that was read up to it, as text or as JSON lines. NULL
 * without memory or for an unknown stage. Free it with sentosa_free. */
SENTOSA_API char *sentosa_explain(const struct sentosa *engine,
                                  const struct sentosa_doc *doc, const char *stage,
                                  bool as_json);

/* Why the document's clauses gave their events or none. Free it with sentosa_free. */
SENTOSA_API char *sentosa_why(const struct sentosa *engine,
                              const struct sentosa_doc *doc);

/* ---- the lexicon ---- */

struct sentosa_check_count {
    size_t examples, failed;
};

/* Called with one line for each thing that is wrong: "file:line: ...". */
typedef void sentosa_complaint(void *context, const char *message);

/* Runs the examples of the lexicon and looks up what its lines refer to. */
SENTOSA_API struct sentosa_check_count sentosa_check(const struct sentosa *engine,
                                                     sentosa_complaint *complaint,
                                                     void *context);

/* ---- dictionaries of other coders ---- */

/* Collects actor and agent dictionaries of CAMEO coders (TABARI, PETRARCH, CountryInfo)
 * and gives them as tables for sentosa_open_with. The engine must outlive it. */
struct sentosa_dictionary;
/* NULL without memory. */
SENTOSA_API struct sentosa_dictionary *sentosa_dictionary_new(
    const struct sentosa *engine);
/* Reads one file's bytes. Each line or code that cannot be read is left out and told as
 * "name:line: why". Returns how many were, SIZE_MAX without memory. */
SENTOSA_API size_t sentosa_dictionary_read(struct sentosa_dictionary *dictionary,
                                           const char *name, const char *bytes,
                                           size_t len, sentosa_complaint *complaint,
                                           void *context);
/* The table of that number as the text of its file, and its name ("agents"); NULL and a
 * NULL name past the last. Free the text with sentosa_free. */
SENTOSA_API char *sentosa_dictionary_table(struct sentosa_dictionary *dictionary,
                                           size_t number, const char **name);
SENTOSA_API size_t sentosa_dictionary_rows(const struct sentosa_dictionary *dictionary,
                                           size_t number);
SENTOSA_API void sentosa_dictionary_free(struct sentosa_dictionary *dictionary);

#ifdef __cplusplus
}
#endif

#endif
