/* sentosa_source.h: files of any kind in, reports out.
 *
 *     sentosa_source_open(paths, count, 0, &source, &error);
 *     while ((outcome = sentosa_source_next(source, &raw, &error)) != SENTOSA_END) {
 *         if (outcome)
 *             ... error.message names the file or line; the rest is still to come
 *         else if (sentosa_raw_doc(engine, raw, &doc, &error))
 *             ... the same, of this one report
 *         else
 *             ... sentosa_doc_read(engine, doc, ...)
 *         sentosa_raw_free(raw);
 *     }
 *     sentosa_source_close(source);
 *
 * Kinds are told apart by content: plain text, HTML, JSON lines, arrays and feeds,
 * CoNLL-U, CSV with a column of text, RSS and Atom, WARC; all of them also inside gzip,
 * zstd, ZIP and tar, up to eight levels deep. They are read as streams: what is broken in
 * one is named, with its place, and passed over. What unpacks to more than 300 times its
 * size is refused. */
#ifndef SENTOSA_SOURCE_H
#define SENTOSA_SOURCE_H

#include "sentosa.h"

#ifdef __cplusplus
extern "C" {
#endif

struct sentosa_source;
struct sentosa_raw;

/* Opens no file yet. Paths are files, folders (walked in sorted order, hidden names and
 * links to folders left out) or "-". They are copied. */
/* from: 0, or where a report of the first path begins (sentosa_raw_at): reading starts
 * with it. */
SENTOSA_API enum sentosa_outcome sentosa_source_open(const char *const *paths,
                                                     size_t count, uint64_t from,
                                                     struct sentosa_source **source,
                                                     struct sentosa_error *error);
SENTOSA_API void sentosa_source_close(struct sentosa_source *source); /* NULL is fine */

/* The next raw report. SENTOSA_OK: *raw is the caller's. SENTOSA_END: no more. Anything
 * else is the failure of one file or line, which the message names; calling again goes on
 * after it. One thread at a time. Memory is bounded by the largest report allowed,
 * whatever the file's size. */
SENTOSA_API enum sentosa_outcome sentosa_source_next(struct sentosa_source *source,
                                                     struct sentosa_raw **raw,
                                                     struct sentosa_error *error);

/* "reports.jsonl:12", "page.html", "news.warc.gz:81223", "export.zip!a/page.html" */
SENTOSA_API const char *sentosa_raw_name(const struct sentosa_raw *raw);

/* The byte of the file on disk from which reading can start again to come to this report:
 * a record of WARC, packed or not, a member of a ZIP or tar. 0: only the file's start. */
SENTOSA_API uint64_t sentosa_raw_at(const struct sentosa_raw *raw);

/* The same over any number of files, whatever they hold: the path of that file, and a
 * mark of the place in it that knows the file again (the byte, how many reports come
 * before this one from there on, a hash of the file's head). NULL and false for the first
 * report of a file, and for standard input. */
#define SENTOSA_MARK_CAP 64
SENTOSA_API const char *sentosa_raw_path(const struct sentosa_raw *raw);
SENTOSA_API bool sentosa_raw_mark(const struct sentosa_raw *raw,
                                  char mark[SENTOSA_MARK_CAP]);

/* Before the first report: a file under that path begins at its mark, if it is still the
 * same file; and how many did. */
SENTOSA_API enum sentosa_outcome sentosa_source_resume(struct sentosa_source *source,
                                                       const char *path, const char *mark,
                                                       struct sentosa_error *error);
SENTOSA_API size_t sentosa_source_resumed(const struct sentosa_source *source);

/* Decodes the raw report, takes the article out of a page, and makes the document. May
 * run in another thread than sentosa_source_next; an raw may be used any number of
 * times. */
SENTOSA_API enum sentosa_outcome sentosa_raw_doc(const struct sentosa *engine,
                                                  const struct sentosa_raw *raw,
                                                  struct sentosa_doc **doc,
                                                  struct sentosa_error *error);
SENTOSA_API void sentosa_raw_free(struct sentosa_raw *raw); /* NULL is fine */

/* ---- the same again ---- */

enum sentosa_twin_kind {
    SENTOSA_NEW,
    SENTOSA_SAME,   /* the same text, date and address (sentosa_report.digest) */
    SENTOSA_COPY,   /* the same words but for a few: syndicated, saved again */
    SENTOSA_UPDATE, /* a version: much is the same, some was added, cut or changed */
    SENTOSA_REWRITE /* the same content in other words */
};

struct sentosa_twin {
    enum sentosa_twin_kind kind;
    uint64_t number; /* of this report, from 1 */
    uint64_t first;  /* of the earliest that it goes back to; its own when it is new */
    char digest[17]; /* of the report that it was held against, "" when it is new */
};

/* What a report that was read up to "clean" or further is to those that the source was
 * shown before; remembers it. Memory is bounded: after some 90,000 reports the oldest are
 * forgotten. One thread at a time. */
SENTOSA_API enum sentosa_outcome sentosa_source_meet(struct sentosa_source *source,
                                                     const struct sentosa *engine,
                                                     const struct sentosa_doc *doc,
                                                     struct sentosa_twin *twin,
                                                     struct sentosa_error *error);
/* What is to be kept of the report that was met last; it is the source's until the next
 * one is met. False when there is nothing. */
SENTOSA_API bool sentosa_source_sketch(const struct sentosa_source *source,
                                       struct sentosa_sketch *sketch);
/* Remembers a report of an earlier run, oldest first; what is no sketch is passed over.
 * That report itself is new when it is met again, its copies are copies. */
SENTOSA_API enum sentosa_outcome sentosa_source_recall(
    struct sentosa_source *source, const struct sentosa_sketch *sketch,
    struct sentosa_error *error);

/* "same", "copy", "update", "rewrite"; "" for new. */
SENTOSA_API const char *sentosa_twin_name(enum sentosa_twin_kind kind);

/* Whether another report that goes back to the same first one told this event (its type,
 * parties and day); remembers it. */
SENTOSA_API bool sentosa_source_told(struct sentosa_source *source,
                                     const struct sentosa_twin *twin,
                                     const struct sentosa_event *event);

/* The clean report of a document that was read up to "clean" or further: its paragraphs,
 * a blank line between them; and one line of JSON (id, url, title, subtitle, authors,
 * published, updated, site, section, language, text; null where unknown). NULL without
 * memory. Free them with sentosa_free. */
SENTOSA_API char *sentosa_clean_text(const struct sentosa_doc *doc);
SENTOSA_API char *sentosa_clean_json(const struct sentosa_doc *doc);

#ifdef __cplusplus
}
#endif

#endif
