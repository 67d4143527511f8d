/* phrase.c: a plain tree for a bare noun phrase ("the Kenyan army's spokesman in
 * Nairobi"), for which a parser trained on sentences is the wrong tool. Segments end
 * at prepositions, commas, "and" and the possessive; the last word of a segment, or
 * the name that ends it, heads it. */
#include "stage/stages.h"

#include "base/utf8.h"
#include "data/who.h"

#include <string.h>

#define MAX_WORDS 12
#define MAX_HITS 8

struct phrase {
    struct doc *doc;
    struct who who;
    unsigned *kinds;      /* [token] what the longest phrase over it can be */
    uint32_t main;        /* head of the whole; NONE so far */
    uint32_t last;        /* head of the segment before */
    uint32_t owner;       /* head of a possessor that waits for what it owns */
    uint32_t link;        /* "loyal", "based": the next segment hangs on it */
    uint32_t sharer;      /* adjective before "and" that waits for its noun */
    enum deprel relation; /* how the next segment hangs on the one before */
    bool is_over;         /* a relative clause has begun */
};

static struct token *token_at(struct phrase *phrase, uint32_t token)
{
    return &phrase->doc->tokens.items[token];
}

static bool is_upper(const struct doc *doc, uint32_t token)
{
    struct span span = doc->tokens.items[token].span;
    uint32_t code;
    return span_len(span) && utf8_next(doc->text + span.start, span_len(span), &code) &&
           utf8_is_upper(code);
}

static bool is_class(struct phrase *phrase, uint32_t token, const char *class_name)
{
    return who_word(&phrase->who, token_at(phrase, token)->norm, class_name, NULL);
}

/* The kinds of the entries whose capitals the text has. */
static unsigned hit_kinds(struct phrase *phrase, const struct phrase_hit *hit,
                          uint32_t token)
{
    unsigned kinds = 0;
    for (uint32_t i = 0; i < hit->count; i++) {
        struct phrase_entry entry = pack_phrase_entry(phrase->who.pack, hit->first + i);
        uint32_t code = 0;
        utf8_next(entry.written, strlen(entry.written), &code);
        if (!utf8_is_upper(code) || is_upper(phrase->doc, token))
            kinds |= who_entry_kind(&phrase->who, entry);
    }
    return kinds;
}

static void mark_kinds(struct phrase *phrase, struct sentence sentence)
{
    const struct doc *doc = phrase->doc;
    const char *words[MAX_WORDS];
    for (uint32_t i = sentence.first; i < sentence.end;) {
        uint32_t count = 0, taken = 1;
        for (; count < MAX_WORDS && i + count < sentence.end; count++)
            words[count] = doc->tokens.items[i + count].norm;
        struct phrase_hit hits[MAX_HITS];
        uint32_t found = pack_phrases(phrase->who.pack, words, count, hits, MAX_HITS);
        for (uint32_t h = found; h-- > 0;) {
            unsigned kinds = hit_kinds(phrase, &hits[h], i);
            if (!kinds)
                continue;
            taken = hits[h].tokens;
            for (uint32_t t = i; t < i + taken; t++)
                phrase->kinds[t] = kinds;
            break;
        }
        i += taken;
    }
}

/* Singular of a regular plural, when the tables know it; else NULL. */
static const char *singular_of(struct phrase *phrase, const char *norm)
{
    static const struct {
        const char *plural, *singular;
    } endings[] = {{"ies", "y"}, {"men", "man"}, {"es", ""}, {"s", ""}};
    size_t len = strlen(norm);
    for (unsigned i = 0; i < sizeof endings / sizeof *endings; i++) {
        size_t cut = strlen(endings[i].plural);
        if (len <= cut + 1 || strcmp(norm + len - cut, endings[i].plural) != 0)
            continue;
        const char *word = arena_print(&phrase->doc->arena, "%.*s%s", (int)(len - cut),
                                       norm, endings[i].singular);
        struct phrase_hit hit;
        if (word && pack_phrases(phrase->who.pack, &word, 1, &hit, 1))
            return word;
    }
    return NULL;
}

/* "Theo van Gogh": a small word between two that are capitalised. */
static bool is_particle(const struct phrase *phrase, uint32_t i)
{
    const struct doc *doc = phrase->doc;
    return i > 0 && i + 1 < doc->tokens.count && is_upper(doc, i - 1) &&
           is_upper(doc, i + 1) &&
           who_word(&phrase->who, doc->tokens.items[i].norm, "name_particle", NULL);
}

/* Written as a name: capitalised, or a small inner part of a known one ("Jae-in",
 * "al-Jubeir"). */
static bool is_like_name(const struct phrase *phrase, uint32_t i)
{
    return is_upper(phrase->doc, i) || is_particle(phrase, i) ||
           (i > 0 && (phrase->kinds[i] & phrase->kinds[i - 1] & WHO_PERSON));
}

static void tag(struct phrase *phrase, uint32_t i, bool is_last)
{
    struct token *token = token_at(phrase, i);
    token->head = i;
    token->deprel = DEP_ROOT;
    token->lemma = token->norm;
    const char *singular = singular_of(phrase, token->norm);
    bool is_name = is_like_name(phrase, i) &&
                   !(phrase->kinds[i] & (WHO_AGENT | WHO_ROLE));
    if (token->norm[0] >= '0' && token->norm[0] <= '9')
        token->upos = UPOS_NUM;
    else if (is_name)
        token->upos = UPOS_PROPN;
    else if (is_class(phrase, i, "participle") && !is_last)
        token->upos = UPOS_VERB;
    else
        token->upos = is_last || (phrase->kinds[i] & (WHO_AGENT | WHO_ROLE)) ? UPOS_NOUN
                                                                             : UPOS_ADJ;
    if (token->upos == UPOS_NOUN && singular)
        token->lemma = singular;
    size_t len = strlen(token->norm);
    bool is_plural = singular || (len > 3 && token->norm[len - 1] == 's' &&
                                  token->norm[len - 2] != 's' && !is_name);
    token->feats.number = is_plural ? NUMBER_PLUR : NUMBER_SING;
}

static bool is_name_word(struct phrase *phrase, uint32_t i)
{
    unsigned other = phrase->kinds[i] & ~(unsigned)(WHO_PERSON | WHO_PLACE);
    return is_like_name(phrase, i) && !other && !is_class(phrase, i, "title");
}

/* Hangs the words of a segment on its head and returns the head. */
static uint32_t close_segment(struct phrase *phrase, uint32_t first, uint32_t end)
{
    for (uint32_t i = first; i < end; i++)
        tag(phrase, i, i + 1 == end);
    uint32_t name = end;
    while (name > first && is_name_word(phrase, name - 1))
        name--;
    uint32_t head = end - name >= 1 ? name : end - 1;
    if (end - name >= 1 && !is_name_word(phrase, name))
        head = end - 1;
    for (uint32_t i = first; i < end; i++) {
        struct token *token = token_at(phrase, i);
        if (i == head)
            continue;
        token->head = head;
        if (is_class(phrase, i, "definite") || is_class(phrase, i, "indefinite"))
            token->deprel = DEP_DET;
        else if (i > head)
            token->deprel = DEP_FLAT;
        else if (phrase->kinds[i] & (WHO_AGENT | WHO_ROLE))
            token->deprel = head == name && name < end ? DEP_NMOD_DESC : DEP_COMPOUND;
        else
            token->deprel = token->upos == UPOS_ADJ || token->upos == UPOS_VERB
                                ? DEP_AMOD
                                : DEP_COMPOUND;
        /* "U.S.-led": the name hangs on the participle. */
        bool is_dash = i + 2 < end && strcmp(token_at(phrase, i + 1)->norm, "-") == 0;
        uint32_t next = i + (is_dash ? 2 : 1);
        if (next < end && next < head && is_class(phrase, next, "participle"))
            token->head = next;
    }
    return head;
}

/* What a finished segment hangs on: in "ministers from A, B and C" the last two hang on
 * A, in "Jane Roe, a minister, and John Doe" he hangs on her. */
static uint32_t governor(struct phrase *phrase, uint32_t head)
{
    if (phrase->link != NONE)
        return phrase->link;
    if (phrase->relation != DEP_APPOS && phrase->relation != DEP_CONJ)
        return phrase->last;
    bool is_country = phrase->kinds[phrase->last] & phrase->kinds[head] & WHO_COUNTRY;
    if (phrase->relation != DEP_CONJ || !is_country)
        return phrase->main;
    const struct token *last = token_at(phrase, phrase->last);
    return last->deprel == DEP_CONJ ? last->head : phrase->last;
}

/* Joins a finished segment to what came before. */
static void join(struct phrase *phrase, uint32_t head)
{
    struct token *token = token_at(phrase, head);
    if (phrase->owner != NONE) {
        /* "villagers in Pakistan's tribal areas": what is owned hangs as its owner
         * did. */
        const struct token *owner = token_at(phrase, phrase->owner);
        if (owner->head != phrase->owner) {
            token->head = owner->head;
            token->deprel = owner->deprel;
        }
        token_at(phrase, phrase->owner)->head = head;
        token_at(phrase, phrase->owner)->deprel = DEP_NMOD_POSS;
        if (phrase->main == phrase->owner)
            phrase->main = head;
        phrase->owner = NONE;
    }
    if (phrase->sharer != NONE) {
        token_at(phrase, phrase->sharer)->head = head;
        token_at(phrase, phrase->sharer)->deprel = DEP_AMOD;
        token_at(phrase, phrase->sharer)->upos = UPOS_ADJ;
        for (uint32_t i = phrase->sharer + 1; i < head; i++)
            if (token_at(phrase, i)->head == head && (phrase->kinds[i] & WHO_COUNTRY)) {
                token_at(phrase, i)->head = phrase->sharer;
                token_at(phrase, i)->deprel = DEP_CONJ;
                token_at(phrase, i)->upos = UPOS_ADJ;
                token_at(phrase, phrase->sharer + 1)->head = i;
                token_at(phrase, phrase->sharer + 1)->deprel = DEP_CC;
            }
        if (phrase->main == phrase->sharer)
            phrase->main = head;
        phrase->sharer = NONE;
    } else if (phrase->main == NONE) {
        phrase->main = head;
    } else if (phrase->main != head && token->head == head) {
        token->head = governor(phrase, head);
        token->deprel = phrase->link != NONE ? DEP_OBL : phrase->relation;
    }
    phrase->link = NONE;
    phrase->last = head;
}

/* What stands between segments. Returns false for a word that belongs to one. */
static bool read_boundary(struct phrase *phrase, uint32_t i, uint32_t segment,
                          uint32_t end)
{
    struct token *token = token_at(phrase, i);
    bool has_words = segment < i;
    bool is_inner = phrase->kinds[i] && i > 0 &&
                    phrase->kinds[i] == phrase->kinds[i - 1] && has_words;
    bool is_possessive = has_words && !is_inner && token->norm[0] == '\'' &&
                         (token->norm[1] == 's' || token->norm[1] == '\0');
    /* "a group based in A": the participle ends the group's own words. */
    bool is_link = has_words && i + 1 < end && is_class(phrase, i, "belonging") &&
                   is_class(phrase, i + 1, "preposition");
    bool is_boundary = is_possessive || is_link || strcmp(token->norm, ",") == 0 ||
                       is_class(phrase, i, "opens_clause") ||
                       (!is_inner && (is_class(phrase, i, "preposition") ||
                                      is_class(phrase, i, "conjunction")));
    if (!is_boundary)
        return false;
    token->head = i;
    token->lemma = token->norm;
    token->upos = UPOS_PUNCT;
    token->deprel = DEP_PUNCT;
    uint32_t word = has_words && is_class(phrase, segment, "definite") ? segment + 1
                                                                       : segment;
    bool is_adjective = has_words && i - word == 1 &&
                        (phrase->kinds[word] & WHO_ADJECTIVE) && i + 2 < end;
    bool is_listed = has_words && (phrase->kinds[i - 1] & WHO_COUNTRY) && i + 1 < end &&
                     (phrase->kinds[i + 1] & WHO_COUNTRY);
    uint32_t head = has_words ? close_segment(phrase, segment, i) : NONE;
    if (is_possessive) {
        token->upos = UPOS_PART;
        token->deprel = DEP_CASE;
        token->head = head;
        join(phrase, head);
        phrase->owner = head;
    } else if (is_class(phrase, i, "conjunction") && is_adjective) {
        phrase->sharer = head;
        if (phrase->main == NONE)
            phrase->main = head;
    } else if (has_words) {
        join(phrase, head);
    }
    if (strcmp(token->norm, ",") == 0)
        phrase->relation = is_listed ? DEP_CONJ : DEP_APPOS;
    else if (is_class(phrase, i, "conjunction"))
        phrase->relation = DEP_CONJ;
    else if (is_class(phrase, i, "preposition"))
        phrase->relation = DEP_NMOD;
    if (is_class(phrase, i, "opens_clause"))
        phrase->is_over = true;
    if (is_link && !is_possessive) {
        token->upos = UPOS_ADJ;
        token->deprel = DEP_ACL;
        token->head = head;
        phrase->link = i;
    }
    return true;
}

/* Prepositions hang on the head of the segment that follows them. */
static void hang_cases(struct phrase *phrase, struct sentence sentence)
{
    for (uint32_t i = sentence.first; i < sentence.end; i++) {
        struct token *token = token_at(phrase, i);
        if (token->upos != UPOS_PUNCT || !is_class(phrase, i, "preposition"))
            continue;
        for (uint32_t j = i + 1; j < sentence.end; j++) {
            if (token_at(phrase, j)->deprel != DEP_NMOD &&
                token_at(phrase, j)->deprel != DEP_OBL)
                continue;
            token->upos = UPOS_ADP;
            token->deprel = DEP_CASE;
            token->head = j;
            break;
        }
    }
}

static void read_sentence(struct phrase *phrase, struct sentence sentence)
{
    phrase->main = phrase->last = phrase->owner = phrase->sharer = NONE;
    phrase->link = NONE;
    phrase->relation = DEP_NMOD;
    phrase->is_over = false;
    mark_kinds(phrase, sentence);
    uint32_t segment = sentence.first;
    for (uint32_t i = sentence.first; i < sentence.end; i++) {
        if (phrase->is_over) {
            tag(phrase, i, false);
            token_at(phrase, i)->head = phrase->main != NONE ? phrase->main : i;
            token_at(phrase, i)->deprel = DEP_DEP;
            segment = i + 1;
        } else if (read_boundary(phrase, i, segment, sentence.end)) {
            segment = i + 1;
        }
    }
    if (segment < sentence.end)
        join(phrase, close_segment(phrase, segment, sentence.end));
    hang_cases(phrase, sentence);
}

enum outcome phrase_run(const struct pack *pack, struct doc *doc, struct fail *fail)
{
    struct phrase phrase = {.doc = doc};
    who_open(&phrase.who, pack);
    phrase.kinds = arena_take(&doc->arena, doc->tokens.count, sizeof *phrase.kinds);
    if (!phrase.kinds)
        return fail_memory(fail);
    for (uint32_t i = 0; i < doc->sentences.count; i++)
        read_sentence(&phrase, doc->sentences.items[i]);
    return OK;
}
