/* stages.h: every stage of reading, in the order in which they run.
 *
 * A stage is a pure function of the pack and of the arrays before its own: no I/O, no
 * globals, memory from the document's arena alone, the same bytes for the same input. It
 * fills the arrays named beside it, and returns OK, FAIL_MEMORY or FAIL_DATA with a
 * message in fail (may be NULL). Stages never include each other: they meet in doc.h. */
#ifndef STAGE_STAGES_H
#define STAGE_STAGES_H

#include "data/pack.h"
#include "doc/doc.h"

typedef enum outcome stage(const struct pack *pack, struct doc *doc, struct fail *fail);

stage
    /* ranges; report: title, source, published, day, language, digest, dateline. Lives in
     * source/, since it knows what reports look like; a source that has marked ranges of
     * its own (HTML) finds them kept */
    clean_run;
stage segment_run; /* sentences, without tokens */
stage token_run;   /* tokens: span, norm; sentences: first, end */
/* in place of parse_run, for bare phrases ("Kenyan police"): a plain tree */
stage phrase_run;
stage parse_run;   /* tokens: upos, feats, lemma, head, deprel; names */
stage time_run;    /* times */
stage actor_run;   /* mentions and actors that their own words resolve */
stage place_run;   /* places */
stage coref_run;   /* mentions: pronouns, descriptions, short names */
stage clause_run;  /* clauses, arguments */
stage status_run;  /* clauses: status, completion, historical */
stage voice_run;   /* clauses: voices */
stage event_run;   /* events, parties */
stage merge_run;   /* events: one for each happening; tellings, ids */
stage stance_run;  /* positions, relations */
stage window_run;  /* report: earliest, latest, where it has no day */

#endif
