/* event_discard.c: what is no event although a line fits, by discards.tsv: sport,
 * markets, mishaps, the arts. */
#include "stage/event.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define MAX_MARKS 8
#define MAX_CLIMB 8
#define MAX_SHAPE 8
#define MAX_CLASSES 48         /* of one word */
#define LIVING_DAYS (80 * 366) /* what is older is a lesson, no news */
#define REACH 120 /* tokens to either side: a sentence without end stays cheap */

struct stretch {
    uint32_t first, end; /* tokens */
};

static struct stretch around(const struct eventing *e, const struct clause *clause)
{
    const struct sentence *s = &e->doc->sentences.items[clause->sentence];
    struct stretch part = {s->first, s->end};
    if (clause->head - part.first > REACH)
        part.first = clause->head - REACH;
    if (part.end - clause->head > REACH)
        part.end = clause->head + REACH;
    return part;
}

static bool is_figure(char c)
{
    return c == '-' || (c >= '0' && c <= '9');
}

/* The shape of the figures that a token begins with ("9-9": a score), or "". */
static void read_shape(const struct eventing *e, uint32_t token, char shape[MAX_SHAPE])
{
    const char *at = e->doc->text + e->doc->tokens.items[token].span.start;
    size_t len = 0;
    for (; len < MAX_SHAPE && is_figure(at[len]); len++)
        shape[len] = at[len] == '-' ? '-' : '9';
    if (len == MAX_SHAPE || shape[0] != '9')
        len = 0;
    shape[len] = '\0';
}

static bool read_token_marks(struct eventing *e, uint32_t token)
{
    const char *lemma = token_lemma(e->doc, token);
    const char *norm = e->doc->tokens.items[token].norm;
    const char *classes[MAX_CLASSES];
    char shape[MAX_SHAPE] = "";
    read_shape(e, token, shape);
    uint32_t count = lexicon_classes(&e->lexicon, lemma, classes, MAX_CLASSES);
    if (strcmp(lemma, norm) != 0)
        count += lexicon_classes(&e->lexicon, norm, classes + count, MAX_CLASSES - count);
    if (*shape)
        count += lexicon_classes(&e->lexicon, shape, classes + count,
                                 MAX_CLASSES - count);
    e->marks_at[token] = e->marks.count;
    e->marks_count[token] = count;
    for (uint32_t i = 0; i < count; i++) {
        const char **mark = array_push(&e->doc->arena, &e->marks);
        if (!mark)
            return false;
        *mark = classes[i];
    }
    return true;
}

bool discard_read_marks(struct eventing *e, uint32_t sentence)
{
    const struct sentence *s = &e->doc->sentences.items[sentence];
    for (uint32_t i = s->first; i < s->end; i++)
        if (!read_token_marks(e, i))
            return false;
    return true;
}

/* Whether the token is of the class: its lemma, its own form, or the shape of its
 * figures. */
static bool is_mark(const struct eventing *e, uint32_t token, const char *class_name)
{
    const char *const *marks = e->marks.items + e->marks_at[token];
    for (uint32_t i = 0; i < e->marks_count[token]; i++)
        if (*marks[i] == *class_name && strcmp(marks[i], class_name) == 0)
            return true;
    return false;
}

/* How many different words of the class stand there; not more than are asked for. */
static uint32_t count_marks(const struct eventing *e, struct stretch part,
                            const char *class_name, uint32_t least)
{
    const char *seen[MAX_MARKS];
    uint32_t count = 0;
    for (uint32_t i = part.first; i < part.end && count < least; i++) {
        const char *lemma = token_lemma(e->doc, i);
        bool is_new = is_mark(e, i, class_name);
        for (uint32_t k = 0; k < count; k++)
            is_new = is_new && strcmp(seen[k], lemma) != 0;
        if (is_new)
            seen[count++] = lemma;
    }
    return count;
}

/* Whether a word of one of the classes (A|B) saves the event. Its own verb does not: "led
 * the attack" of a team; but where it tells of dead or wounded, or nobody acts. */
static bool is_saved(const struct eventing *e, const struct clause *clause,
                     const struct event *event, const char *classes)
{
    const char *own = token_lemma(e->doc, clause->head);
    bool is_harm = event->actor_count == 0 ||
                   lexicon_word(&e->lexicon, own, "killing word", NULL) ||
                   lexicon_word(&e->lexicon, own, "wounding word", NULL);
    struct stretch part = around(e, clause);
    for (const char *name = classes; *name; name += *name == '|') {
        char one[64];
        size_t len = strcspn(name, "|");
        snprintf(one, sizeof one, "%.*s", (int)len, name);
        name += len;
        for (uint32_t i = part.first; i < part.end; i++)
            if ((i != clause->head || is_harm) &&
                count_marks(e, (struct stretch){i, i + 1}, one, 1))
                return true;
    }
    return false;
}

/* Whether the relative clause tells what others do in what it describes: "in which rebels
 * storm a palace". */
static bool is_inside_told(const struct eventing *e, uint32_t relative)
{
    bool has_place = false, has_others = false;
    for (uint32_t k = e->tree.first[relative]; k != NONE; k = e->tree.next[k]) {
        const struct token *t = &e->doc->tokens.items[k];
        bool is_relative = t->feats.pron_type == PRON_REL;
        has_place = has_place || (is_relative && t->deprel != DEP_NSUBJ &&
                                  t->deprel != DEP_NSUBJ_PASS && t->deprel != DEP_OBJ);
        has_others = has_others || (!is_relative && (t->deprel == DEP_NSUBJ ||
                                                     t->deprel == DEP_NSUBJ_PASS));
    }
    return has_place && has_others;
}

/* "The film, in which rebels storm a palace", "a film about the siege": a work tells. */
static bool is_told_by(const struct eventing *e, const struct clause *clause,
                       const char *class_name)
{
    uint32_t at = clause->head;
    for (int i = 0; i < MAX_CLIMB; i++) {
        const struct token *t = &e->doc->tokens.items[at];
        if (t->head == at)
            return false;
        if (t->deprel == DEP_ACL_RELCL)
            return is_inside_told(e, at) &&
                   count_marks(e, (struct stretch){t->head, t->head + 1}, class_name, 1);
        uint32_t mark = tree_child(&e->tree, at, DEP_CASE);
        bool is_topic = t->deprel == DEP_NMOD && mark != NONE &&
                        lexicon_word(&e->lexicon, e->doc->tokens.items[mark].norm,
                                     "topic mark", NULL);
        struct stretch above = {t->head, t->head + 1};
        if (is_topic && count_marks(e, above, class_name, 1))
            return true;
        at = t->head;
    }
    return false;
}

/* Whether all who act are firms: what they agree on or offer is business. */
static bool is_firm(const struct eventing *e, const struct event *event)
{
    for (uint32_t i = 0; i < event->actor_count; i++) {
        const struct party *p = &e->doc->parties.items[event->actors + i];
        const char *sectors = p->actor == NONE ? ""
                                               : e->doc->actors.items[p->actor].sectors;
        if (!cell_has(sectors, "BUS") && !cell_has(sectors, "MNC"))
            return false;
    }
    return event->actor_count > 0;
}

/* Whether it is somebody whose doings are no politics: a firm, a school, a woman. A crowd
 * that acts is none ("residents demanded"). */
static bool is_private(const struct eventing *e, const struct actor *actor, bool acts)
{
    if (actor->kind == ACTOR_STATE || !*actor->sectors ||
        (acts && actor->number == NUMBER_PLUR))
        return false;
    char sectors[64];
    snprintf(sectors, sizeof sectors, "%s", actor->sectors);
    for (char *at = sectors; at;) {
        char *next = strchr(at, '|');
        if (next)
            *next++ = '\0';
        if (!lexicon_word(&e->lexicon, at, "private sector", NULL))
            return false;
        at = next;
    }
    return true;
}

/* Whether all whom the words name are private, but for persons of whom nothing is known;
 * a side that is only implied counts for nothing. */
static bool is_private_life(const struct eventing *e, const struct event *event)
{
    uint32_t known = 0;
    for (int side = 0; side < 2; side++) {
        uint32_t first = side ? event->recipients : event->actors;
        uint32_t count = side ? event->recipient_count : event->actor_count;
        for (uint32_t i = first; i < first + count; i++) {
            const struct party *p = &e->doc->parties.items[i];
            if (p->actor == NONE)
                continue;
            const struct actor *actor = &e->doc->actors.items[p->actor];
            bool is_unknown = actor->kind == ACTOR_PERSON && !*actor->sectors;
            if (!is_unknown && !is_private(e, actor, side == 0))
                return false;
            known += !is_unknown;
        }
    }
    return known > 0;
}

/* Whether words name a party there. */
static bool is_named(const struct eventing *e, uint32_t first, uint32_t count)
{
    for (uint32_t i = first; i < first + count; i++)
        if (e->doc->parties.items[i].actor != NONE)
            return true;
    return false;
}

/* Whether both sides, or all who act, are of one country: a trip at home. */
static bool is_at_home(const struct eventing *e, const struct event *event)
{
    const char *code = NULL;
    uint32_t count = 0;
    for (int side = 0; side < 2; side++) {
        uint32_t first = side ? event->recipients : event->actors;
        uint32_t end = first + (side ? event->recipient_count : event->actor_count);
        for (uint32_t i = first; i < end; i++, count++) {
            const struct party *p = &e->doc->parties.items[i];
            if (!p->code || (code && strcmp(code, p->code) != 0))
                return false;
            code = p->code;
        }
    }
    return count > 1;
}

static bool is_on_side(const struct eventing *e, const struct event *event,
                       const char *side)
{
    if (strcmp(side, "actor") == 0)
        return event->actor_count == 0;
    if (strcmp(side, "firm") == 0)
        return is_firm(e, event);
    if (strcmp(side, "home") == 0)
        return is_at_home(e, event);
    if (strcmp(side, "private") == 0)
        return is_named(e, event->actors, event->actor_count) &&
               is_private_life(e, event);
    return strcmp(side, "private receiver") != 0 ||
           (!is_named(e, event->actors, event->actor_count) && is_private_life(e, event));
}

/* Whether a word of a name tells what it names: "Hurricane Ivan", but neither Mr Fox nor
 * the Tigers of whom the tables know. */
static bool is_telling(const struct eventing *e, uint32_t head, uint32_t word)
{
    uint32_t at = e->mention_of[head];
    const struct mention *m = at == NONE ? NULL : &e->doc->mentions.items[at];
    if (!m || m->kind != MENTION_NAME || e->doc->tokens.items[head].upos != UPOS_PROPN)
        return true;
    const struct actor *actor =
        &e->doc->actors.items[e->doc->mention_actors.items[m->actors]];
    return word == m->first && !actor->code && actor->kind != ACTOR_ORGANISATION;
}

/* The words of the subject's name: "Hurricane Ivan". */
static bool has_subject_mark(const struct eventing *e, const struct clause *clause,
                             const char *class_name)
{
    for (uint32_t i = 0; i < clause->argument_count; i++) {
        const struct argument *a = &e->doc->arguments.items[clause->arguments + i];
        bool is_doer = a->slot == SLOT_SUBJECT || a->slot == SLOT_POSSESSOR ||
                       a->slot == SLOT_MODIFIER; /* "Hurricane Ivan's strike" */
        if (!is_doer || a->head == NONE)
            continue;
        if (is_telling(e, a->head, a->head) &&
            count_marks(e, (struct stretch){a->head, a->head + 1}, class_name, 1))
            return true;
        for (uint32_t k = e->tree.first[a->head]; k != NONE; k = e->tree.next[k]) {
            uint8_t deprel = e->doc->tokens.items[k].deprel;
            bool is_part = e->doc->tokens.items[a->head].upos == UPOS_PROPN &&
                           (deprel == DEP_COMPOUND || deprel == DEP_FLAT);
            if (is_part && is_telling(e, a->head, k) &&
                count_marks(e, (struct stretch){k, k + 1}, class_name, 1))
                return true;
        }
    }
    return false;
}

/* Whether a thing does it that is neither a party nor of the class: "a scare closed the
 * airport", but not "a law closed the press". */
static bool is_done_by_thing(const struct eventing *e, const struct clause *clause,
                             const char *class_name)
{
    for (uint32_t i = 0; i < clause->argument_count; i++) {
        const struct argument *a = &e->doc->arguments.items[clause->arguments + i];
        if (a->slot == SLOT_SUBJECT && a->head != NONE &&
            e->doc->tokens.items[a->head].upos == UPOS_NOUN &&
            argument_mention(e, a) == NONE && !is_mark(e, a->head, class_name))
            return true;
    }
    return false;
}

/* "The minister, who sent troops to Mali, has died": what somebody did who did no more
 * than what the verb of the class says. */
static bool is_of_subject(const struct eventing *e, const struct clause *clause,
                          const char *class_name)
{
    const struct token *tokens = e->doc->tokens.items;
    if (tokens[clause->head].deprel != DEP_ACL_RELCL)
        return false;
    uint32_t who = tokens[clause->head].head;
    for (int i = 0; i < MAX_CLIMB; i++) {
        uint8_t deprel = tokens[who].deprel;
        if (deprel == DEP_NSUBJ)
            return is_mark(e, tokens[who].head, class_name);
        if (deprel != DEP_APPOS && deprel != DEP_FLAT && deprel != DEP_NMOD_DESC)
            return false;
        who = tokens[who].head;
    }
    return false;
}

/* "In 1683 Polish cavalry attacked", said by nobody of today. */
static bool is_lesson(const struct eventing *e, const struct event *event)
{
    const struct time_ref *t = event->time == NONE ? NULL
                                                   : &e->doc->times.items[event->time];
    return event->is_historical && event->voice_count == 0 && t &&
           t->end_day < e->doc->report.day - LIVING_DAYS;
}

const char *discard_reason(const struct eventing *e, const struct clause *clause,
                           const struct event *event)
{
    if (is_lesson(e, event))
        return "a history lesson";
    const struct table *table = e->lexicon.discards;
    for (uint32_t row = 0; row < table_rows(table); row++) {
        const char *types = table_value(table, row, "types");
        bool is_type = strcmp(types, "any") == 0 || cell_has(types, event->type) ||
                       cell_has(types, event->rule);
        if (!is_type || !is_on_side(e, event, table_value(table, row, "side")))
            continue;
        const char *marks = table_value(table, row, "marks");
        const char *unless = table_value(table, row, "unless");
        uint32_t least = (uint32_t)atoi(table_value(table, row, "least"));
        if (least > MAX_MARKS)
            least = MAX_MARKS;
        const char *where = table_value(table, row, "where");
        bool is_met;
        if (strcmp(where, "subject") == 0)
            is_met = has_subject_mark(e, clause, marks);
        else if (strcmp(where, "described") == 0)
            is_met = is_told_by(e, clause, marks);
        else if (strcmp(where, "relative") == 0)
            is_met = is_of_subject(e, clause, marks);
        else if (strcmp(where, "thing") == 0)
            is_met = is_done_by_thing(e, clause, marks);
        else if (strcmp(where, "participle") == 0) /* "four men accused of a plot" */
            is_met = clause->embedding == EMBED_RELATIVE && !clause->is_finite;
        else
            is_met = count_marks(e, around(e, clause), marks, least) >= least;
        if (is_met && !is_saved(e, clause, event, unless))
            return table_value(table, row, "reason");
    }
    return NULL;
}
