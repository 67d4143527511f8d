/* raw.h: one report as a file held it, before it becomes a document. */
#ifndef SOURCE_RAW_H
#define SOURCE_RAW_H

#include "base/arena.h"
#include "data/pack.h"
#include "doc/doc.h"
#include "source/format.h"

#include <stdint.h>

#define HTML_MAX_LEN ((size_t)16 << 20) /* bytes of a page */
#define LINE_MAX_LEN                                                                     \
    ((size_t)24 << 20) /* bytes of a JSON line: escapes make text longer */

/* All strings live in its arena and are NUL-terminated; NULL where the file says
 * nothing. */
struct raw {
    struct arena arena;
    /* "reports.jsonl:12", "news.warc.gz:81223", "export.zip!a/page.html" */
    const char *name;
    /* where in the file on disk a reader may begin again, and how many reports it gives
     * (or fails at) before this one */
    uint64_t at, skip;
    const char *path; /* that file; NULL where the report is its first */
    const char *bytes;
    size_t len;
    enum format format; /* FORMAT_TEXT, FORMAT_HTML or FORMAT_CONLLU */
    bool is_utf8;       /* bytes were decoded already */
    const char *charset; /* as the source declares it */
    const char *id, *title, *url, *date, *source;
    const char *authors; /* as written; several are parted by "|" */
};

/* A run over files and folders. */
struct reader;

/* The first of the paths is read from byte `from` on: the `at` of one of its reports. */
enum outcome reader_open(const char *const *paths, size_t count, uint64_t from,
                         struct reader **reader, struct fail *fail);
void reader_close(struct reader *reader); /* NULL is fine */

/* Before the first report: files that are met under that path begin at the mark
 * (resume.h); and how many did. */
enum outcome reader_resume(struct reader *reader, const char *path, const char *mark,
                           struct fail *fail);
size_t reader_resumed(const struct reader *reader);

/* *raw is malloc'd and the caller's; NULL at the end. A failure is of one file, folder or
 * line, which its message names; the next call goes on after it. */
enum outcome reader_next(struct reader *reader, struct raw **raw, struct fail *fail);
void raw_free(struct raw *raw); /* NULL is fine */

/* One line of a JSON lines file. FAIL_DATA without the place, which the reader adds. */
enum outcome jsonl_read(const char *line, size_t len, struct raw *raw, struct fail *fail);

/* One JSON value that holds a report, or an array of them, as a JSON Feed's "items". */
struct reports;

enum outcome reports_open(const char *bytes, size_t len, struct reports **reports,
                          struct fail *fail);
/* *number is the report's, from 1; 0 at the end. */
enum outcome reports_next(struct reports *reports, struct raw *raw, uint64_t *number,
                          struct fail *fail);
bool reports_are_many(const struct reports *reports);
void reports_close(struct reports *reports); /* NULL is fine */

/* Fills an empty document: text, title, body, what the source says of the report; for a
 * page the ranges too. Messages begin with raw->name. */
enum outcome raw_fill(const struct pack *pack, const struct raw *raw, struct doc *doc,
                      struct fail *fail);

#endif
