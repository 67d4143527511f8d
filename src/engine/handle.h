/* handle.h: what the opaque handles of sentosa.h are. */
#ifndef ENGINE_HANDLE_H
#define ENGINE_HANDLE_H

#include "data/pack.h"
#include "doc/doc.h"
#include "sentosa.h"

struct sentosa {
    struct pack *pack;
    char path[4096]; /* of the pack */
};

struct sentosa_doc {
    struct doc doc;
    size_t next_stage;
    struct sentosa_report report;
    /* all that present.c makes lives in the document's arena */
    struct sentosa_event *events;
    struct sentosa_position *positions;
    struct sentosa_relation *relations;
    size_t event_count, position_count, relation_count;
};

/* Fills the public arrays from the document's. */
enum outcome present_doc(struct sentosa_doc *handle, struct fail *fail);

enum sentosa_outcome outcome_public(enum outcome outcome);

#endif
