/* coref_quote.c: who speaks inside quotation marks: "I" and "we" are the speaker, "he"
 * and "she" are not.
 *
 * A quotation reaches from mark to mark, over sentences, to the end of its paragraph. Its
 * speaker is who the label before it names ("SMITH: We"), the subject of the verb of
 * saying that its words hang on or that hangs on them, in whichever of its sentences that
 * stands; else whoever spoke last in the paragraph; else the subject of the sentence
 * before. */
#include "stage/coref_work.h"

#include <ctype.h>
#include <string.h>
#include <strings.h>

#define MAX_CLIMB 12
#define MAX_BACK 40
#define MAX_TURNS 1000 /* of an interview, whose speakers are looked for */
#define MAX_LABEL 8    /* tokens of "Foreign Minister Jane Roe:" */

/* What a mark does, by the blanks beside it; where they do not say, marks alternate. */
static bool opens_quote(const struct doc *doc, uint32_t token, uint32_t first,
                        bool is_open)
{
    bool has_before = token > first && !token_at(doc, token - 1)->space_after;
    bool has_after = !token_at(doc, token)->space_after;
    return has_before == has_after ? !is_open : has_after;
}

static void open_quote(struct coref *coref, uint32_t token, bool goes_on)
{
    struct quote *quote = array_push(&coref->doc->arena, &coref->quotes);
    uint32_t range = coref->doc->sentences.items[coref->sentence].range;
    if (quote)
        *quote = (struct quote){.first = token, .range = range, .goes_on = goes_on};
    else
        coref->is_out_of_memory = true;
}

/* Where the label of an interview's turn ends, right after its colon: "SMITH: We will",
 * "Q: Why?"; the first of the sentence where there is none. */
static uint32_t label_end(const struct coref *coref, struct sentence sentence)
{
    const struct doc *doc = coref->doc;
    for (uint32_t t = sentence.first; t < sentence.end && t - sentence.first < MAX_LABEL;
         t++) {
        const struct token *token = token_at(doc, t);
        if (strcmp(token->norm, ":") == 0)
            return t > sentence.first && t + 1 < sentence.end ? t + 1 : sentence.first;
        unsigned char letter = (unsigned char)doc->text[token->span.start];
        if (token->upos != UPOS_PUNCT && !isupper(letter))
            break;
    }
    return sentence.first;
}

/* The one person of the report whose name ends in the word ("SMITH"); count 0. */
static struct set called(struct coref *coref, const char *norm)
{
    const struct doc *doc = coref->doc;
    struct set set = {.count = 0};
    size_t len = strlen(norm);
    if (coref->turns++ >= MAX_TURNS)
        return set;
    for (uint32_t i = 0; i < doc->actors.count && i < MAX_RANKED; i++) {
        const struct actor *actor = &doc->actors.items[i];
        size_t name_len = strlen(actor->name);
        if (actor->kind != ACTOR_PERSON || actor->is_generic || name_len < len ||
            (name_len > len && actor->name[name_len - len - 1] != ' ') ||
            strncasecmp(actor->name + name_len - len, norm, len) != 0)
            continue;
        if (set.count)
            return (struct set){.count = 0};
        set = (struct set){.actors = {i}, .count = 1};
    }
    return set;
}

/* A turn that a label opens is speech to the end of its paragraph: of the person whom the
 * label names, or of somebody who asks. Gives the token after the label. */
static uint32_t open_turn(struct coref *coref, struct sentence sentence, bool *is_turn)
{
    uint32_t end = label_end(coref, sentence);
    struct set speaker = {.count = 0};
    bool is_asking = end > sentence.first &&
                     who_word(&coref->who, token_at(coref->doc, sentence.first)->norm,
                              "asker", NULL);
    for (uint32_t t = sentence.first; t < end && !speaker.count; t++)
        speaker = scene_parties(coref, t);
    if (end > sentence.first + 1 && !speaker.count && !is_asking) {
        speaker = called(coref, token_at(coref->doc, end - 2)->norm);
        if (speaker.count)
            coref_bind(coref, end - 2, &speaker, "speaker", MENTION_NAME);
    }
    bool is_person = speaker.count == 1 &&
                     actor_of(coref, speaker.actors[0])->kind == ACTOR_PERSON;
    *is_turn = end > sentence.first && (is_asking || is_person);
    if (!*is_turn)
        return sentence.first;
    open_quote(coref, sentence.first, false);
    if (coref->quotes.count) {
        struct quote *quote = &coref->quotes.items[coref->quotes.count - 1];
        quote->is_turn = true;
        quote->is_said = is_person && !is_asking;
        if (quote->is_said)
            quote->speaker = speaker;
    }
    return end;
}

void find_quotes(struct coref *coref)
{
    const struct doc *doc = coref->doc;
    bool is_open = false, was_left_open = false, is_turn = false;
    uint32_t range = NONE;
    for (uint32_t k = 0; k < doc->sentences.count && !coref->is_out_of_memory; k++) {
        const struct sentence *sentence = &doc->sentences.items[k];
        coref->sentence = k;
        uint32_t said = sentence->first;
        for (uint32_t t = sentence->first; t < sentence->end; t++)
            coref->quote_of[t] = NONE;
        if (sentence->range != range) {
            was_left_open = is_open && !is_turn;
            said = open_turn(coref, *sentence, &is_turn);
            is_open = is_turn;
        }
        range = sentence->range;
        for (uint32_t t = said; t < sentence->end; t++) {
            const struct token *token = token_at(doc, t);
            if (!is_turn && token->upos == UPOS_PUNCT &&
                who_word(&coref->who, token->norm, "quote_mark", NULL)) {
                is_open = opens_quote(doc, t, sentence->first, is_open);
                if (is_open)
                    open_quote(coref, t, was_left_open);
                was_left_open = false;
            } else if (is_open && coref->quotes.count) {
                coref->quote_of[t] = coref->quotes.count - 1;
            }
        }
    }
}

/* The subject of the verb of saying above or beside what the token hangs in. */
static bool speaker_above(const struct coref *coref, uint32_t token, struct set *speaker)
{
    const struct doc *doc = coref->doc;
    uint32_t end = doc->sentences.items[coref->sentence].end, at = token;
    for (int climb = 0; climb < MAX_CLIMB && token_at(doc, at)->head != at; climb++) {
        enum deprel deprel = (enum deprel)token_at(doc, at)->deprel;
        uint32_t verb = deprel == DEP_CCOMP ? token_at(doc, at)->head : NONE;
        /* The verb of saying may hang on the quotation. */
        for (uint32_t i = at + 1; i < end && verb == NONE; i++)
            if (token_at(doc, i)->head == at && token_at(doc, i)->deprel == DEP_PARATAXIS)
                verb = i;
        uint32_t subject = verb == NONE || coref->quote_of[verb] != NONE
                               ? NONE
                               : subject_of(doc, verb);
        if (subject != NONE && coref->quote_of[subject] == NONE) {
            *speaker = scene_parties(coref, subject);
            if (speaker->count)
                return true;
        }
        at = token_at(doc, at)->head;
    }
    /* The root of a quotation may itself bear the verb of saying. */
    for (uint32_t i = at + 1; i < end; i++) {
        if (token_at(doc, i)->head != at || token_at(doc, i)->deprel != DEP_PARATAXIS ||
            coref->quote_of[i] != NONE)
            continue;
        uint32_t subject = subject_of(doc, i);
        if (subject == NONE)
            continue;
        *speaker = scene_parties(coref, subject);
        return speaker->count > 0;
    }
    return false;
}

/* A verb of saying outside the quotation whose subject is a party. */
static bool speaker_beside(const struct coref *coref, struct set *speaker)
{
    const struct doc *doc = coref->doc;
    struct sentence sentence = doc->sentences.items[coref->sentence];
    for (uint32_t i = sentence.first; i < sentence.end; i++) {
        const struct token *word = token_at(doc, i);
        if (coref->quote_of[i] != NONE || word->upos != UPOS_VERB || !word->lemma ||
            !who_word(&coref->who, word->lemma, "verb_of_saying", NULL))
            continue;
        uint32_t subject = subject_of(doc, i);
        if (subject == NONE || coref->quote_of[subject] != NONE)
            continue;
        *speaker = scene_parties(coref, subject);
        if (speaker->count)
            return true;
    }
    return false;
}

void find_speakers(struct coref *coref)
{
    const struct doc *doc = coref->doc;
    struct sentence sentence = doc->sentences.items[coref->sentence];
    for (uint32_t t = sentence.first; t < sentence.end; t++) {
        uint32_t number = coref->quote_of[t];
        if (number == NONE || coref->quotes.items[number].speaker.count ||
            coref->quotes.items[number].is_turn)
            continue;
        struct quote *quote = &coref->quotes.items[number];
        if (speaker_above(coref, t, &quote->speaker) ||
            speaker_beside(coref, &quote->speaker))
            quote->is_said = true;
    }
}

/* Who spoke last in the paragraph, or was the subject of the sentence before. */
static struct set speaker_before(const struct coref *coref, uint32_t number)
{
    const struct quote *quote = &coref->quotes.items[number];
    if (number > 0) {
        const struct quote *before = &coref->quotes.items[number - 1];
        bool is_same = before->range == quote->range || quote->goes_on;
        if (is_same && before->speaker.count)
            return before->speaker;
    }
    const struct doc *doc = coref->doc;
    uint32_t sentence = doc_sentence_of(doc, quote->first);
    uint32_t looked = 0;
    for (uint32_t i = coref->scene.count; i-- > 0 && looked < MAX_BACK * 4; looked++) {
        const struct entry *entry = &coref->scene.items[i];
        if (entry->sentence > sentence || coref->quote_of[entry->token] != NONE)
            continue;
        if (sentence - entry->sentence > 1)
            break;
        if (entry->set.count == 1 && is_subject(role_of(doc, entry->token)))
            return entry->set;
    }
    return (struct set){.count = 0};
}

void bind_speakers(struct coref *coref)
{
    for (uint32_t i = 0; i < coref->spoken.count; i++) {
        uint32_t token = coref->spoken.items[i], number = coref->quote_of[token];
        if (number == NONE)
            continue;
        struct quote *quote = &coref->quotes.items[number];
        if (!quote->speaker.count && !quote->is_turn)
            quote->speaker = speaker_before(coref, number);
        const char *form = "";
        who_word(&coref->who, token_at(coref->doc, token)->norm, "pronoun", &form);
        coref->sentence = doc_sentence_of(coref->doc, token);
        if (quote->speaker.count)
            coref_bind(coref, token, &quote->speaker,
                       form[0] == 'w' ? "quoted we" : "quoted I", MENTION_PRONOUN);
    }
}

bool is_quoting(const struct coref *coref, uint32_t token, const struct set *set)
{
    uint32_t number = coref->quote_of[token];
    return number != NONE && coref->quotes.items[number].is_said &&
           set_equal(&coref->quotes.items[number].speaker, set);
}
