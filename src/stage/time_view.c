/* time_view.c: whether a time lies ahead or behind, from the grammar of its clause. */
#include "stage/time.h"

#include <string.h>

#define MAX_CLIMB 12 /* heads to climb */
#define REACH 14u    /* tokens to each side of a verb in which its auxiliaries stand */

struct viewer {
    const struct time_lexicon *lexicon;
    const struct doc *doc;
    uint32_t first, end; /* the sentence */
};

struct helpers {
    bool has_future, has_have, has_be, has_to, has_past;
};

static const struct token *token_at(const struct viewer *v, uint32_t at)
{
    return &v->doc->tokens.items[at];
}

/* Auxiliaries, copula and marker of a predicate. */
static struct helpers helpers_of(const struct viewer *v, uint32_t verb)
{
    struct helpers found = {0};
    uint32_t from = verb > v->first + REACH ? verb - REACH : v->first;
    uint32_t to = verb + 3 < v->end ? verb + 3 : v->end;
    for (uint32_t i = from; i < to; i++) {
        const struct token *t = token_at(v, i);
        if (t->head != verb || i == verb)
            continue;
        const char *lemma = t->lemma ? t->lemma : t->norm;
        if (t->deprel == DEP_MARK && time_word_is(v->lexicon, lemma, CLASS_infinitive))
            found.has_to = true;
        if (t->upos != UPOS_AUX ||
            (t->deprel != DEP_AUX && t->deprel != DEP_AUX_PASS && t->deprel != DEP_COP))
            continue;
        if (time_word_is(v->lexicon, lemma, CLASS_future) ||
            time_word_is(v->lexicon, t->norm, CLASS_future))
            found.has_future = true;
        else if (time_word_is(v->lexicon, lemma, CLASS_perfect))
            found.has_have = true;
        else
            found.has_be = true;
        if (t->feats.tense == TENSE_PAST && t->feats.verb_form != FORM_PART)
            found.has_past = true;
    }
    return found;
}

/* "demanded that they leave": whatever tense the bare form is taken for. */
static bool is_willed(const struct viewer *v, uint32_t at)
{
    const struct token *t = token_at(v, at), *head = token_at(v, t->head);
    return t->deprel == DEP_CCOMP && t->lemma && strcmp(t->norm, t->lemma) == 0 &&
           time_word_is(v->lexicon, head->lemma, CLASS_willed);
}

/* "a vote scheduled for Monday", "the count, expected Friday", "talks are set for
 * June" */
static bool is_awaited(const struct viewer *v, uint32_t at, const struct helpers *with)
{
    const struct token *t = token_at(v, at);
    bool is_added = t->deprel == DEP_ACL && t->feats.verb_form == FORM_PART;
    bool is_told = with->has_be && !with->has_past &&
                   (t->feats.verb_form == FORM_PART || t->upos == UPOS_ADJ);
    return (with->has_be ? is_told : is_added) &&
           time_word_is(v->lexicon, t->norm, CLASS_ahead);
}

/* A predicate's own view; VIEW_NONE lets the caller climb on. */
static enum view view_of_verb(const struct viewer *v, uint32_t at)
{
    const struct token *t = token_at(v, at);
    struct helpers with = helpers_of(v, at);
    if (with.has_have)
        return with.has_past || with.has_future ? VIEW_PAST : VIEW_PERFECT;
    bool is_bound = with.has_be && with.has_to; /* "is to meet" */
    if (with.has_future || is_bound || is_willed(v, at) || is_awaited(v, at, &with))
        return VIEW_FUTURE;
    bool is_infinitive = t->feats.verb_form == FORM_INF || with.has_to;
    if (is_infinitive) {
        const struct token *head = token_at(v, t->head);
        const char *lemma = head->lemma ? head->lemma : head->norm;
        if (t->deprel == DEP_ADVCL) /* "urged it to leave by Friday" is hung so too */
            return with.has_to && time_word_is(v->lexicon, lemma, CLASS_willed)
                       ? VIEW_FUTURE
                       : VIEW_NONE;
        if (t->deprel == DEP_XCOMP && time_word_is(v->lexicon, lemma, CLASS_phase) &&
            !time_word_is(v->lexicon, head->norm, CLASS_ahead))
            return VIEW_NONE;
        return with.has_to ? VIEW_FUTURE : VIEW_NONE;
    }
    if (with.has_past)
        return VIEW_PAST;
    if (t->upos != UPOS_VERB && t->upos != UPOS_AUX)
        return with.has_be ? VIEW_PRESENT : VIEW_NONE;
    if (t->feats.tense == TENSE_PAST)
        return with.has_be ? VIEW_PRESENT : VIEW_PAST;
    if (t->feats.verb_form == FORM_FIN || with.has_be)
        return time_word_is(v->lexicon, t->lemma ? t->lemma : t->norm, CLASS_reporting)
                   ? VIEW_PAST
                   : VIEW_PRESENT;
    return VIEW_NONE;
}

/* Without a tree: the words before the time tell. */
static enum view view_of_words(const struct viewer *v, uint32_t token, bool is_headline)
{
    uint32_t from = token > v->first + REACH ? token - REACH : v->first;
    for (uint32_t i = token; i-- > from;) {
        const struct token *t = token_at(v, i);
        if (time_word_is(v->lexicon, t->norm, CLASS_future) ||
            (time_word_is(v->lexicon, t->norm, CLASS_infinitive) && i > v->first &&
             (is_headline ||
              time_word_is(v->lexicon, token_at(v, i - 1)->norm, CLASS_ahead))))
            return VIEW_FUTURE;
        size_t len = strlen(t->norm);
        if (t->feats.tense == TENSE_PAST ||
            (len > 4 && strcmp(t->norm + len - 2, "ed") == 0))
            return VIEW_PAST;
    }
    return VIEW_NONE;
}

enum view time_view(const struct time_lexicon *lexicon, const struct doc *doc,
                    uint32_t sentence, uint32_t token)
{
    const struct sentence *s = &doc->sentences.items[sentence];
    struct viewer v = {lexicon, doc, s->first, s->end};
    const char *open = token > s->first
                           ? time_word_value(lexicon, token_at(&v, token - 1)->norm,
                                             CLASS_open)
                           : NULL;
    if (open && strcmp(open, "since") == 0)
        return VIEW_PAST; /* "are to hold the first talks since June" */
    if (token_at(&v, token)->deprel == DEP_NONE)
        return view_of_words(&v, token, s->is_headline);
    uint32_t at = token;
    for (int i = 0; i < MAX_CLIMB; i++) {
        const struct token *t = token_at(&v, at);
        bool is_predicate = t->upos == UPOS_VERB || t->upos == UPOS_AUX ||
                            t->deprel == DEP_ROOT;
        enum view view = is_predicate || (at != token && t->upos != UPOS_PROPN)
                             ? view_of_verb(&v, at)
                             : VIEW_NONE;
        bool is_headed = s->is_headline && t->upos == UPOS_VERB;
        if (is_headed && helpers_of(&v, at).has_to) /* "Leaders to meet on Tuesday" */
            return VIEW_FUTURE;
        if (is_headed && view == VIEW_PRESENT)
            return VIEW_PAST;
        if (view != VIEW_NONE)
            return view;
        if (t->head == at || t->head < v.first || t->head >= v.end)
            break;
        at = t->head;
    }
    return VIEW_NONE;
}
