/* story.h: which reports tell the same, and which events they told. */
#ifndef ENGINE_STORY_H
#define ENGINE_STORY_H

#include "engine/handle.h"
#include "sentosa_source.h"

struct story;

struct story *story_open(void); /* NULL without memory */
void story_close(struct story *story); /* NULL is fine */

/* See sentosa_source_meet and sentosa_source_told. */
enum outcome story_meet(struct story *story, const struct sentosa *engine,
                        const struct sentosa_doc *doc, struct sentosa_twin *twin,
                        struct fail *fail);
bool story_sketch(const struct story *story, struct sentosa_sketch *sketch);
void story_recall(struct story *story, const struct sentosa_sketch *sketch);
bool story_told(struct story *story, const struct sentosa_twin *twin,
                const struct sentosa_event *event);

#endif
