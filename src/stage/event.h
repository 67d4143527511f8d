/* event.h: what the files of the event stage share.
 *
 * event.c walks the clauses and builds events; event_country.c finds the country of a
 * party that names none, event_desk.c whether the dateline may lend it; event_rule.c
 * finds the line of the predicates that fits a clause; event_party.c fills frames with
 * parties; event_content.c finds the recipient inside what is said; event_refine.c makes
 * a class finer by what is said, event_context.c finds the contexts; event_discard.c
 * refuses sport, markets and mishaps; event_absorb.c drops what is part of another event;
 * event_fields.c reads topic, content, numbers and weapons; event_day.c dates what only
 * its tense dates. */
#ifndef STAGE_EVENT_H
#define STAGE_EVENT_H

#include "data/lexicon.h"
#include "doc/doc.h"
#include "doc/tree.h"

#define MAX_PARTIES 16

/* Parties as they are found: indices of actors and mentions. */
struct party_list {
    struct {
        uint32_t actor, mention;
    } items[MAX_PARTIES];
    uint32_t count;
};

struct eventing {
    const struct pack *pack;
    struct lexicon lexicon;
    /* of context_words.tsv */
    struct context_columns {
        uint32_t pos, near, unless, where, context;
    } context_columns;
    struct doc *doc;
    struct tree tree;
    const struct table *sectors;
    const struct table *countries;
    /* [tokens] widest mention with this head that has actors; NONE */
    uint32_t *mention_of;
    uint32_t *place_of;           /* [tokens] the place that starts here; NONE */
    const char **settled;         /* [tokens] "Iraqi" of "the Iraqi city of": alpha-3 */
    const char *dateline_country; /* where its news happens: alpha-3 or NULL */
    /* the only country of the report's places, of its places and parties; or NULL */
    const char *place_country, *named_country;
    bool *tells_context;  /* [tokens] a word of context_words.tsv */
    /* classes of the words of sentences that tell events: [tokens] from marks_at on */
    ARRAY(const char *) marks;
    uint32_t *marks_at, *marks_count;
    bool *has_loose_time; /* [sentences] it says a time that no clause has */
    bool *is_consumed;    /* [clauses] part of another clause's event */
};

/* Whether an argument stands in the slot that a cell names: "subj", "obj", "iobj",
 * "poss", "mod", "comp", "xcomp" or a preposition. */
bool argument_is_in(const struct argument *argument, const char *name, size_t len);

/* Whether the cell names no slot but a preposition. */
bool is_preposition(const char *name, size_t len);

/* The parties that a frame's cell finds: groups separated by `,` (the first with a party
 * wins) of slots joined by `+`. */
void frame_parties(const struct eventing *e, const struct clause *clause,
                   const char *cell, struct party_list *list);

bool party_is_in(const struct party_list *list, uint32_t actor);
void mention_parties(const struct eventing *e, uint32_t mention, struct party_list *list);

/* The recipients that stand inside the arguments that a frame's column content names:
 * who is to act ("demanded that Chad leave"), on whom ("threatened to shell Chad"), else
 * the nearest party ("a peace plan of Chad's"); never one of the actors. */
void content_parties(const struct eventing *e, const struct clause *clause,
                     const char *cell, const struct party_list *actors,
                     struct party_list *list);

/* The recipients that the condition of a threat names ("unless Chad gives in"), where
 * none is known. */
void condition_parties(const struct eventing *e, uint32_t clause,
                       const struct party_list *actors, struct party_list *list);

/* The noun that a partitive counts or measures: "rebels" of "a group of rebels"; NONE. */
uint32_t partitive_head(const struct eventing *e, uint32_t head);

/* The mention of an argument, through "a group of rebels"; NONE. */
uint32_t argument_mention(const struct eventing *e, const struct argument *argument);

/* The country of a dateline such as "KABUL, Afghanistan" (alpha-3), or NULL. */
const char *country_of_dateline(const struct pack *pack, const char *dateline);

/* Fills has_loose_time; false without memory. */
bool event_find_loose_times(struct eventing *e);

/* Whether a clause that no words date happens on the report's day, by its tense and by
 * what was told before it. */
bool event_is_of_report_day(const struct eventing *e, uint32_t clause);

/* Fills settled; false without memory. */
bool country_find_settled(struct eventing *e);

/* Fills place_country and named_country. */
void country_of_report(struct eventing *e);

/* The dateline's country, or NULL where two others are named more often: then it is the
 * desk that wrote the report, not the scene. */
const char *country_of_news(const struct eventing *e);

/* Whether a party is of many countries or of another one: "European governments", "other
 * countries"; or of somebody unknown: "its envoys". */
bool party_is_abroad(const struct eventing *e, uint32_t mention);

/* The code of a party: its own, else that of the dateline or of a place; NULL when
 * unknown. */
const char *country_for_party(const struct eventing *e, const struct party *party,
                              const struct clause *clause, const char *type,
                              enum code_source *from);

/* The party that a class implies on a side that the clause leaves open (implied.tsv);
 * other is a party of the named side, or NULL. false when nothing is implied or its
 * country is unknown. */
bool country_implied(const struct eventing *e, const struct clause *clause,
                     const char *rule, const char *side, const struct party *other,
                     struct party *party);

/* The country of a place that stands in one of the slots of a frame's cell, or in the
 * noun there: "fired on the town of Basra". */
bool country_aimed_at(const struct eventing *e, const struct clause *clause,
                      const char *cell, struct party *party);

/* Whether it fights for no state: rebels, gangs. */
bool actor_is_fighter(const struct eventing *e, const struct actor *actor);

/* The best line of the predicates for a clause, NONE; *rank is the number of its
 * needs. */
uint32_t rule_find(const struct eventing *e, uint32_t clause, int *rank);

/* The class that a line gives an event, made finer by what is asked, refused, threatened
 * or alleged (refined.tsv). */
const char *event_class(const struct eventing *e, const struct clause *clause,
                        uint32_t row);

/* Fills tells_context; false without memory. */
bool event_find_context_words(struct eventing *e);

/* The contexts of its class and of its words (context_words.tsv), joined by `|`; NULL
 * without memory. */
const char *event_contexts(const struct eventing *e, const struct clause *clause,
                           const char *of_class);

/* The CAMEO code of the event's class, or the longer one that its contexts tell where
 * only one does. */
const char *event_cameo(const struct eventing *e, const struct event *event);

/* Whether the line is for what is not done: the refusal is made. */
bool rule_tells_refusal(const struct eventing *e, uint32_t row);

/* Marks the event nouns that the line's needs name ("sign a treaty") as parts of the
 * clause. */
void rule_consume(const struct eventing *e, uint32_t clause, uint32_t row);

/* Reads the classes of a sentence's words, which discard_reason asks for. false without
 * memory. */
bool discard_read_marks(struct eventing *e, uint32_t sentence);

/* Why the event is none after all (discards.tsv); NULL when it is one. */
const char *discard_reason(const struct eventing *e, const struct clause *clause,
                           const struct event *event);

/* Drops the events that are part of another of their sentence (absorbed.tsv). false
 * without memory. */
bool absorb_events(const struct eventing *e);

void fields_read(const struct eventing *e, const struct clause *clause, uint32_t row,
                 struct event *event);

#endif
