/* merge.c: one event for each happening of a report: its tellings become mentions.
 *
 * Two events are one happening when nothing speaks against it: the same type and modes,
 * parties that do not exclude each other, dates that can be one date, and statuses that
 * can be stages of one plan. When in doubt they stay two. */
#include "data/lexicon.h"
#include "doc/doc.h"
#include "doc/tree.h"
#include "stage/stages.h"

#include <stdio.h>
#include <string.h>

#define LOOK_BACK 400 /* events */
#define HASH_START UINT64_C(0xcbf29ce484222325)
#define HASH_STEP UINT64_C(0x100000001b3)

#define OPENING 2 /* sentences that a headline sums up */

struct merging {
    struct lexicon lexicon;
    struct doc *doc;
    bool *is_weak; /* [events] a noun that takes its happening for granted */
    ARRAY(struct telling) drafts; /* all tellings, by event */
};

/* NULL for a party that is only implied. */
static const struct actor *actor_of(const struct doc *doc, uint32_t party)
{
    uint32_t actor = doc->parties.items[party].actor;
    return actor == NONE ? NULL : &doc->actors.items[actor];
}

static bool is_same_text(const char *a, const char *b)
{
    return a && b && *a && strcmp(a, b) == 0;
}

/* Whether two parties can be one: the same actor, or a person beside the state itself. */
static bool can_be_one(const struct doc *doc, uint32_t a, uint32_t b)
{
    const struct actor *x = actor_of(doc, a), *y = actor_of(doc, b);
    if (x && y && (x == y || is_same_text(x->id, y->id)))
        return true;
    const char *code_a = doc->parties.items[a].code, *code_b = doc->parties.items[b].code;
    if (!x || !y)
        return is_same_text(code_a, code_b);
    if ((x->is_generic && !code_a) || (y->is_generic && !code_b)) /* "five people" */
        return true;
    if (!is_same_text(code_a, code_b))
        return false;
    bool both_named = x->kind == ACTOR_PERSON && y->kind == ACTOR_PERSON &&
                      !x->is_generic && !y->is_generic;
    bool has_state = x->kind == ACTOR_STATE || y->kind == ACTOR_STATE;
    bool is_member = (x->kind == ACTOR_PERSON && !x->is_generic) !=
                     (y->kind == ACTOR_PERSON && !y->is_generic);
    if (is_member && !has_state) /* the king and his envoys */
        return false;
    return !both_named && (has_state || is_same_text(x->sectors, y->sectors));
}

/* Whether each of the fewer parties has one among the others. */
/* NOLINTNEXTLINE(misc-no-recursion): once at most. */
static bool sides_agree(const struct doc *doc, uint32_t a, uint32_t a_count, uint32_t b,
                        uint32_t b_count)
{
    if (a_count > b_count)
        return sides_agree(doc, b, b_count, a, a_count);
    for (uint32_t i = 0; i < a_count; i++) {
        bool found = false;
        for (uint32_t k = 0; k < b_count && !found; k++)
            found = can_be_one(doc, a + i, b + k);
        if (!found)
            return false;
    }
    return true;
}

static bool parties_agree(const struct doc *doc, const struct event *a,
                          const struct event *b)
{
    bool actors_open = a->actor_count == 0 || b->actor_count == 0;
    bool recipients_open = a->recipient_count == 0 || b->recipient_count == 0;
    if (actors_open && recipients_open)
        return false;
    return sides_agree(doc, a->actors, a->actor_count, b->actors, b->actor_count) &&
           sides_agree(doc, a->recipients, a->recipient_count, b->recipients,
                       b->recipient_count);
}

/* Whether all that have a code have one of the other side's; a side left open agrees. */
static bool codes_agree(const struct doc *doc, uint32_t a, uint32_t a_count, uint32_t b,
                        uint32_t b_count)
{
    for (uint32_t i = 0; i < a_count && b_count; i++) {
        const char *code = doc->parties.items[a + i].code;
        bool found = !code;
        for (uint32_t k = 0; k < b_count && !found; k++)
            found = !doc->parties.items[b + k].code ||
                    strcmp(doc->parties.items[b + k].code, code) == 0;
        if (!found)
            return false;
    }
    return true;
}

/* Whether a party's own words name its country. */
static bool is_named(const struct doc *doc, uint32_t first, uint32_t count)
{
    for (uint32_t i = first; i < first + count; i++)
        if (doc->parties.items[i].code_from == CODE_FROM_ACTOR)
            return true;
    return false;
}

static const struct time_ref *time_of(const struct doc *doc, const struct event *event)
{
    return event->time == NONE ? NULL : &doc->times.items[event->time];
}

static bool is_dated(const struct time_ref *t)
{
    return t && t->start != DAY_NONE && t->end_day != DAY_NONE;
}

static bool dates_agree(const struct doc *doc, const struct event *a,
                        const struct event *b)
{
    const struct time_ref *x = time_of(doc, a), *y = time_of(doc, b);
    if (!is_dated(x) || !is_dated(y))
        return a->is_historical == b->is_historical;
    return x->start <= y->end_day && y->start <= x->end_day;
}

static bool is_ahead(enum status status)
{
    return status == STATUS_SCHEDULED || status == STATUS_EXPECTED ||
           status == STATUS_INTENDED || status == STATUS_CANCELLED;
}

static bool is_headline(const struct doc *doc, const struct event *event)
{
    return doc->sentences.items[doc->clauses.items[event->clause].sentence].is_headline;
}

/* Whether b stands in the opening of the report and a above it: a headline says in fewer
 * words what the opening tells, "Powell accuses Iran" that the administration did. */
static bool is_summary(const struct doc *doc, const struct event *a,
                       const struct event *b)
{
    uint32_t above = doc->clauses.items[a->clause].sentence;
    uint32_t below = doc->clauses.items[b->clause].sentence;
    return is_headline(doc, a) && !is_headline(doc, b) && below > above &&
           below - above <= OPENING &&
           ((a->actor_count && b->actor_count) ||
            (a->recipient_count && b->recipient_count)) &&
           codes_agree(doc, a->actors, a->actor_count, b->actors, b->actor_count) &&
           codes_agree(doc, a->recipients, a->recipient_count, b->recipients,
                       b->recipient_count);
}

static bool statuses_agree(const struct merging *m, uint32_t a, uint32_t b)
{
    const struct event *x = &m->doc->events.items[a], *y = &m->doc->events.items[b];
    if (x->status == y->status || (is_ahead(x->status) && is_ahead(y->status)))
        return true;
    /* a headline's present tense may announce: "Spain expels envoy" */
    if (is_headline(m->doc, x) && x->status == STATUS_ACTUAL && is_ahead(y->status))
        return true;
    return (m->is_weak[a] && x->status != STATUS_NEGATED) ||
           (m->is_weak[b] && y->status != STATUS_NEGATED);
}

/* Words rather than deeds: two promises of one party are two, unless told in the same
 * words. */
static bool is_speech(const struct merging *m, const struct event *event)
{
    return strncmp(event->quad, "verbal", 6) == 0 &&
           !lexicon_type_has(&m->lexicon, event->type, "gathering");
}

static bool is_same_speech(const struct doc *doc, const struct event *a,
                           const struct event *b)
{
    bool is_title = doc_part(doc, a->span) != doc_part(doc, b->span) ||
                    is_headline(doc, a);
    bool is_same_word = strcmp(doc->clauses.items[a->clause].lemma,
                               doc->clauses.items[b->clause].lemma) == 0;
    bool is_same_size = a->actor_count == b->actor_count &&
                        a->recipient_count == b->recipient_count;
    return is_title || (is_same_word && is_same_size && a->status == b->status);
}

/* "The attack", with no party of its own, tells again what was told before. */
static bool is_anaphor(const struct event *event)
{
    return event->actor_count + event->recipient_count == 0;
}

static bool can_refer(const struct merging *m, uint32_t anaphor, uint32_t before)
{
    const struct event *x = &m->doc->events.items[before];
    const struct event *y = &m->doc->events.items[anaphor];
    return !is_anaphor(x) && strcmp(x->type, y->type) == 0 && !is_speech(m, x) &&
           (strcmp(x->modes, y->modes) == 0 || !*y->modes) &&
           x->status != STATUS_NEGATED && dates_agree(m->doc, x, y);
}

static bool is_argument(const struct doc *doc, const struct clause *of, uint32_t clause)
{
    for (uint32_t i = 0; i < of->argument_count; i++) {
        const struct argument *a = &doc->arguments.items[of->arguments + i];
        if (a->clause == clause &&
            (a->slot == SLOT_SUBJECT || a->slot == SLOT_PREPOSITION))
            return true;
    }
    return false;
}

/* "A bomb planted by rebels killed three": the deed is told of what did the harm. */
static bool is_told_of_cause(const struct doc *doc, const struct clause *harm,
                             const struct clause *deed)
{
    const struct token *t = &doc->tokens.items[deed->head];
    if (t->deprel != DEP_ACL && t->deprel != DEP_ACL_RELCL)
        return false;
    for (uint32_t i = 0; i < harm->argument_count; i++) {
        const struct argument *a = &doc->arguments.items[harm->arguments + i];
        if (a->slot == SLOT_SUBJECT && a->head == t->head && a->mention == NONE)
            return true;
    }
    return false;
}

/* "A bomb exploded, killing three", "the strikes killed three", "three were hurt when a
 * bomb went off": the harm is what the attack did. */
static bool is_harm_of(const struct merging *m, const struct event *harm,
                       const struct event *deed)
{
    const struct doc *doc = m->doc;
    const struct clause *x = &doc->clauses.items[harm->clause];
    const struct clause *y = &doc->clauses.items[deed->clause];
    const struct token *t = &doc->tokens.items[x->head];
    if (x->sentence != y->sentence || strcmp(harm->quad, deed->quad) != 0 ||
        strcmp(harm->type, deed->type) != 0 || harm->status != deed->status ||
        !lexicon_word(&m->lexicon, x->lemma, "harm verb", NULL))
        return false;
    bool is_part = (x->parent == deed->clause && x->embedding == EMBED_ADVERBIAL &&
                    x->is_progressive) ||
                   (y->parent == harm->clause && y->embedding == EMBED_TIME &&
                    strcmp(y->marker ? y->marker : "", "when") == 0) ||
                   (t->deprel == DEP_CONJ && t->head == y->head &&
                    lexicon_word(&m->lexicon, y->lemma, "harm verb", NULL)) ||
                   is_argument(doc, x, deed->clause) || is_told_of_cause(doc, x, y);
    return is_part &&
           codes_agree(doc, harm->actors, harm->actor_count, deed->actors,
                       deed->actor_count) &&
           (codes_agree(doc, harm->recipients, harm->recipient_count, deed->recipients,
                        deed->recipient_count) ||
            !is_named(doc, deed->recipients, deed->recipient_count));
}

static bool is_one_happening(const struct merging *m, uint32_t a, uint32_t b)
{
    const struct event *x = &m->doc->events.items[a], *y = &m->doc->events.items[b];
    if (is_harm_of(m, x, y) || is_harm_of(m, y, x))
        return true;
    bool is_same_kind = strcmp(x->type, y->type) == 0 &&
                        (strcmp(x->rule, y->rule) == 0 ||
                         strcmp(x->modes, y->modes) == 0 ||
                         (m->is_weak[b] && !*y->modes));
    bool is_negation = (x->status == STATUS_NEGATED) != (y->status == STATUS_NEGATED);
    bool is_title = strcmp(x->type, y->type) == 0 && is_summary(m->doc, x, y) &&
                    (strcmp(x->modes, y->modes) == 0 || !*x->modes || !*y->modes);
    if (is_negation || !dates_agree(m->doc, x, y) ||
        (!is_title && (!is_same_kind || !parties_agree(m->doc, x, y))))
        return false;
    return is_speech(m, x) ? is_same_speech(m->doc, x, y) : statuses_agree(m, a, b);
}

/* ---- joining ---- */

static int fullness(const struct doc *doc, const struct event *event)
{
    bool in_body = doc_part(doc, event->span) == PART_BODY;
    return (is_dated(time_of(doc, event)) ? 4 : 0) + (event->place != NONE ? 3 : 0) +
           (int)event->actor_count + (int)event->recipient_count * 2 + (in_body ? 2 : 0);
}

/* Tokens that differ in actor, recipient sides: the telling that names more wins. */
static void take_better(struct event *into, const struct event *from)
{
    if (from->actor_count > into->actor_count) {
        into->actors = from->actors;
        into->actor_count = from->actor_count;
    }
    if (from->recipient_count > into->recipient_count) {
        into->recipients = from->recipients;
        into->recipient_count = from->recipient_count;
    }
    if (into->time == NONE)
        into->time = from->time;
    into->is_of_report_day = into->is_of_report_day || from->is_of_report_day;
    if (into->place == NONE)
        into->place = from->place;
    if (span_len(into->content) == 0)
        into->content = from->content;
    if (span_len(into->about) == 0)
        into->about = from->about;
    if (into->numbers.dead < from->numbers.dead)
        into->numbers.dead = from->numbers.dead;
    if (into->numbers.injured < from->numbers.injured)
        into->numbers.injured = from->numbers.injured;
}

/* How it was done tells the deed better than the harm does. */
static void take_kind(const struct doc *doc, struct event *into, const struct event *deed)
{
    bool is_known = false;
    for (uint32_t i = 0; i < into->recipient_count; i++)
        is_known = is_known || doc->parties.items[into->recipients + i].code;
    if (!is_known && deed->recipient_count) {
        into->recipients = deed->recipients;
        into->recipient_count = deed->recipient_count;
    }
    if (*into->modes || !*deed->modes)
        return;
    into->rule = deed->rule;
    into->modes = deed->modes;
    into->cameo = deed->cameo;
    into->score = deed->score;
    if (doc->clauses.items[deed->clause].kind == CLAUSE_VERB)
        into->anchor = deed->anchor;
}

/* "In May he cancelled it": told with a day that is past, a stage that the report's own
 * arrangement has overtaken. */
static bool is_overtaken(const struct doc *doc, const struct event *event)
{
    const struct clause *clause = &doc->clauses.items[event->clause];
    uint32_t time = clause->parent == NONE ? NONE
                                           : doc->clauses.items[clause->parent].time;
    return time != NONE && doc->report.day != DAY_NONE &&
           doc->times.items[time].end_day != DAY_NONE &&
           doc->times.items[time].end_day < doc->report.day - 1;
}

/* The later telling's, but a noun that takes the event for granted says little, and a day
 * once fixed stays fixed until it is cancelled. */
static enum status status_in_force(const struct merging *m, uint32_t into, uint32_t other)
{
    enum status before = m->doc->events.items[into].status;
    enum status after = m->doc->events.items[other].status;
    if (m->is_weak[other] && !m->is_weak[into])
        return before;
    if (before == STATUS_CANCELLED)
        return before;
    if (after == STATUS_CANCELLED && is_overtaken(m->doc, &m->doc->events.items[other]))
        return before;
    bool is_plan = after == STATUS_EXPECTED || after == STATUS_INTENDED;
    return before == STATUS_SCHEDULED && is_plan ? before : after;
}

static void join(struct merging *m, uint32_t into, uint32_t other)
{
    struct event *first = &m->doc->events.items[into];
    struct event *second = &m->doc->events.items[other];
    bool is_fuller = fullness(m->doc, second) > fullness(m->doc, first);
    bool is_harm = is_harm_of(m, second, first), is_deed = is_harm_of(m, first, second);
    if (is_harm || is_deed)
        is_fuller = is_harm; /* whom it hit stands with the harm */
    struct event rest = is_fuller ? *first : *second;
    struct event kept = is_fuller ? *second : *first;
    take_better(&kept, &rest);
    if (is_harm || is_deed)
        take_kind(m->doc, &kept, &rest);
    kept.status = status_in_force(m, into, other);
    if (second->completion == COMPLETION_FAILED)
        kept.completion = COMPLETION_FAILED;
    kept.telling_count = first->telling_count; /* tellings are kept by the caller */
    kept.tellings = first->tellings;
    m->is_weak[into] = m->is_weak[into] && m->is_weak[other];
    *first = kept;
    second->is_merged = true;
}

/* What "the attack" means: the last that the same word told, else the last of its kind;
 * NONE. */
static uint32_t antecedent(const struct merging *m, uint32_t anaphor)
{
    const struct doc *doc = m->doc;
    const char *lemma = doc->clauses.items[doc->events.items[anaphor].clause].lemma;
    uint32_t last = NONE;
    for (uint32_t i = anaphor; i-- > 0 && anaphor - i <= LOOK_BACK;) {
        const struct event *before = &doc->events.items[i];
        if (before->is_merged || !can_refer(m, anaphor, i))
            continue;
        if (strcmp(doc->clauses.items[before->clause].lemma, lemma) == 0)
            return i;
        last = last == NONE ? i : last;
    }
    return last;
}

/* The earlier event that tells the same happening; NONE. One without a party that refers
 * to none is dropped. */
static uint32_t find_same(struct merging *m, uint32_t number)
{
    struct event *event = &m->doc->events.items[number];
    if (is_anaphor(event)) {
        uint32_t same = antecedent(m, number);
        if (same == NONE) {
            event->is_merged = true;
            m->doc->clauses.items[event->clause].no_event = "no party is known";
        }
        return same;
    }
    for (uint32_t k = number > LOOK_BACK ? number - LOOK_BACK : 0; k < number; k++)
        if (!m->doc->events.items[k].is_merged && is_one_happening(m, k, number))
            return k;
    return NONE;
}

/* ---- tellings and ids ---- */

/* "The summit" takes for granted what is still to come: it did not take place yet. */
static enum status telling_status(const struct merging *m, const struct event *told,
                                  const struct event *event)
{
    bool is_granted = m->doc->clauses.items[told->clause].is_granted;
    bool is_early = is_granted && told->status == STATUS_ACTUAL &&
                    is_ahead(event->status);
    return is_early ? event->status : told->status;
}

static bool write_tellings(struct merging *m, const uint32_t *into,
                           const struct event *originals)
{
    struct doc *doc = m->doc;
    for (uint32_t i = 0; i < doc->events.count; i++) {
        struct event *event = &doc->events.items[i];
        if (event->is_merged)
            continue;
        event->tellings = doc->tellings.count;
        event->telling_count = 0;
        for (uint32_t k = i; k < doc->events.count && k - i <= LOOK_BACK; k++) {
            if (into[k] != i)
                continue;
            struct telling *telling = array_push(&doc->arena, &doc->tellings);
            if (!telling)
                return false;
            *telling = (struct telling){.span = originals[k].span,
                                        .anchor = originals[k].anchor,
                                        .clause = originals[k].clause,
                                        .status = telling_status(m, &originals[k], event),
                                        .voices = originals[k].voices,
                                        .voice_count = originals[k].voice_count};
            event->telling_count++;
        }
    }
    return true;
}

static uint64_t hash_text(uint64_t hash, const char *text)
{
    for (; text && *text; text++)
        hash = (hash ^ (unsigned char)*text) * HASH_STEP;
    return (hash ^ 0xFF) * HASH_STEP;
}

/* Report digest, anchor, type, ordinal among equals. */
static bool write_ids(struct doc *doc)
{
    for (uint32_t i = 0; i < doc->events.count; i++) {
        struct event *event = &doc->events.items[i];
        unsigned ordinal = 0;
        for (uint32_t k = i > LOOK_BACK ? i - LOOK_BACK : 0; k < i; k++) {
            const struct event *before = &doc->events.items[k];
            ordinal += !before->is_merged &&
                       before->anchor.start == event->anchor.start &&
                       strcmp(before->type, event->type) == 0;
        }
        struct span anchor = doc_printed_span(doc, event->anchor);
        char numbers[64];
        snprintf(numbers, sizeof numbers, "%d %u %u %u", doc_part(doc, event->anchor),
                 anchor.start, anchor.end, ordinal);
        uint64_t hash = hash_text(HASH_START, doc->report.digest);
        hash = hash_text(hash_text(hash, numbers), event->type);
        event->id = arena_print(&doc->arena, "%016llx", (unsigned long long)hash);
        if (!event->id)
            return false;
    }
    return true;
}

enum outcome merge_run(const struct pack *pack, struct doc *doc, struct fail *fail)
{
    struct merging m = {.doc = doc};
    lexicon_open(&m.lexicon, pack);
    uint32_t count = doc->events.count;
    uint32_t *into = arena_take(&doc->arena, count, sizeof *into);
    struct event *originals = arena_take(&doc->arena, count, sizeof *originals);
    m.is_weak = arena_take(&doc->arena, count, sizeof *m.is_weak);
    if (!into || !originals || !m.is_weak)
        return fail_memory(fail);
    for (uint32_t i = 0; i < count; i++) {
        originals[i] = doc->events.items[i];
        /* "the visit was called off" says more than that there was to be one */
        m.is_weak[i] = doc->clauses.items[originals[i].clause].is_granted &&
                       originals[i].status != STATUS_CANCELLED;
        into[i] = i;
    }
    for (uint32_t i = 0; i < count; i++) {
        uint32_t same = find_same(&m, i);
        if (same == NONE)
            continue;
        join(&m, same, i);
        into[i] = same;
    }
    return write_tellings(&m, into, originals) && write_ids(doc) ? OK : fail_memory(fail);
}
