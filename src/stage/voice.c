/* voice.c: on whose word each clause stands.
 *
 * A clause has the voices of the clause that embeds it; a reporting predicate
 * (embeddings.tsv, column voice) adds its subject. "He said" beside or after its content,
 * "according to", and hedges such as "allegedly" (nobody named) add theirs. */
#include "data/lexicon.h"
#include "doc/tree.h"
#include "stage/stages.h"

#include <string.h>

#define MAX_PASSES 64
#define MAX_CHAIN 6
#define CLOSING_TOKENS 14
#define SPEAKER_TOKENS 5
#define HEADLINE_TOKENS 60

struct chain {
    struct voice voices[MAX_CHAIN];
    uint32_t count;
};

struct speaking {
    struct lexicon lexicon;
    struct doc *doc;
    struct tree tree;
    uint32_t *beside;    /* [clauses] reporting clause that stands beside it, or NONE */
    bool *is_reporter;   /* [clauses] stands beside what it reports */
    uint32_t *clause_of; /* [tokens] clause whose predicate it is, or NONE */
    bool *is_quoted;     /* [tokens] between quotation marks */
    bool *is_done;       /* [clauses] */
};

static struct clause *get(const struct speaking *s, uint32_t number)
{
    return &s->doc->clauses.items[number];
}

static bool row_has_voice(const struct speaking *s, uint32_t row)
{
    return row != NONE &&
           *table_cell(s->lexicon.embeddings, row, s->lexicon.embedding_voice) != '\0';
}

/* The mention of who speaks in a reporting clause; NONE when it is not said. */
static uint32_t speaker_of(const struct speaking *s, const struct clause *clause)
{
    static const enum slot slots[] = {SLOT_SUBJECT, SLOT_POSSESSOR, SLOT_MODIFIER};
    for (size_t k = 0; k < sizeof slots / sizeof *slots; k++)
        for (uint32_t i = 0; i < clause->argument_count; i++) {
            const struct argument *a = &s->doc->arguments.items[clause->arguments + i];
            if (a->slot == slots[k] && a->mention != NONE)
                return a->mention;
        }
    return NONE;
}

static void add(struct chain *chain, struct voice voice)
{
    for (uint32_t i = 0; i < chain->count; i++)
        if (chain->voices[i].mention == voice.mention && voice.mention != NONE)
            return;
    if (chain->count < MAX_CHAIN)
        chain->voices[chain->count++] = voice;
}

static void add_speaker(const struct speaking *s, struct chain *chain, uint32_t reporting,
                        uint32_t content)
{
    const struct clause *clause = get(s, reporting);
    uint32_t speaker = speaker_of(s, clause);
    if (speaker == NONE && clause->is_negated) /* "no one doubts that" */
        return;
    add(chain, (struct voice){.mention = speaker,
                              .span = s->doc->tokens.items[clause->head].span,
                              .words = clause->lemma,
                              .is_quoted = s->is_quoted[get(s, content)->head] &&
                                           !s->is_quoted[clause->head]});
}

static void add_attributions(const struct speaking *s, struct chain *chain,
                             const struct clause *clause)
{
    for (uint32_t i = 0; i < clause->argument_count; i++) {
        const struct argument *a = &s->doc->arguments.items[clause->arguments + i];
        if (a->slot != SLOT_PREPOSITION || a->is_shared ||
            !lexicon_word(&s->lexicon, a->preposition, "attribution", NULL))
            continue;
        add(chain, (struct voice){.mention = a->mention,
                                  .span = s->doc->tokens.items[a->head].span,
                                  .words = a->preposition});
    }
}

static void add_hedges(const struct speaking *s, struct chain *chain,
                       const struct clause *clause)
{
    for (uint32_t k = s->tree.first[clause->head]; k != NONE; k = s->tree.next[k]) {
        const struct token *t = &s->doc->tokens.items[k];
        const char *value;
        if ((t->deprel == DEP_ADVMOD || t->deprel == DEP_AMOD) &&
            lexicon_word(&s->lexicon, t->norm, "hedge", &value) &&
            strcmp(value, "voice") == 0)
            add(chain,
                (struct voice){.mention = NONE, .span = t->span, .words = t->norm});
    }
}

/* The reporting clause beside it or, after all of them, beside the first of the verbs
 * that it is joined to: "they fled and hid, he said". */
static uint32_t reporter_of(const struct speaking *s, uint32_t number)
{
    if (s->beside[number] != NONE)
        return s->beside[number];
    uint32_t head = get(s, number)->head;
    const struct token *t = &s->doc->tokens.items[head];
    uint32_t first = t->deprel == DEP_CONJ ? s->clause_of[t->head] : NONE;
    uint32_t reporter = first == NONE ? NONE : s->beside[first];
    return reporter != NONE && reporter != number && get(s, reporter)->head > head
               ? reporter
               : NONE;
}

/* The speaker in a part of a headline that tells nothing itself; false when the part is
 * something else. */
static bool speaks(const struct speaking *s, uint32_t first, uint32_t end,
                   struct voice *voice)
{
    uint32_t best = NONE;
    if (end <= first || end - first > SPEAKER_TOKENS)
        return false;
    *voice = (struct voice){.mention = NONE, .span = doc_token_span(s->doc, first, end)};
    voice->words = "";
    bool is_report = false;
    for (uint32_t t = first; t < end; t++) {
        uint32_t clause = s->clause_of[t];
        if (clause != NONE && get(s, clause)->kind == CLAUSE_VERB)
            return false;
        is_report = is_report || lexicon_word(&s->lexicon, token_lemma(s->doc, t),
                                              "report noun", NULL);
    }
    for (uint32_t i = 0; i < s->doc->mentions.count; i++) {
        const struct mention *m = &s->doc->mentions.items[i];
        if (m->first > end)
            break;
        if (m->first >= first && m->end <= end && m->actor_count && best == NONE)
            best = i;
    }
    voice->mention = best;
    return best != NONE || is_report;
}

/* "Spain: Chile attacked Peru", "Chile attacked Peru - report" */
static void add_headline_speaker(const struct speaking *s, struct chain *chain,
                                 const struct clause *clause)
{
    const struct sentence *sentence = &s->doc->sentences.items[clause->sentence];
    if (!sentence->is_headline || sentence->end - sentence->first > HEADLINE_TOKENS)
        return;
    for (uint32_t t = sentence->first + 1; t + 1 < sentence->end; t++) {
        bool is_colon;
        struct voice voice;
        const struct token *token = &s->doc->tokens.items[t];
        if (token->upos != UPOS_PUNCT ||
            !lexicon_splits(&s->lexicon, token->norm, &is_colon))
            continue;
        bool is_left = clause->head < t;
        if (!is_left && !is_colon)
            continue;
        if (is_left ? speaks(s, t + 1, sentence->end, &voice)
                    : speaks(s, sentence->first, t, &voice))
            add(chain, voice);
        return;
    }
}

/* Writes the chain of one clause into the document. */
static bool set_voices(struct speaking *s, uint32_t number)
{
    struct clause *clause = get(s, number);
    struct chain chain = {.count = 0};
    bool is_apart = s->is_reporter[number] && s->beside[number] == NONE;
    if (clause->parent != NONE && !is_apart) {
        const struct clause *parent = get(s, clause->parent);
        for (uint32_t i = 0; i < parent->voice_count; i++)
            add(&chain, s->doc->voices.items[parent->voices + i]);
        uint32_t row = clause->complement
                           ? lexicon_embedding(&s->lexicon, parent->lemma,
                                               clause_pos(parent), clause->complement)
                           : NONE;
        if (row_has_voice(s, row))
            add_speaker(s, &chain, clause->parent, number);
    }
    if (clause->parent == NONE || chain.count == 0)
        add_headline_speaker(s, &chain, clause);
    uint32_t reporter = reporter_of(s, number);
    if (reporter != NONE)
        add_speaker(s, &chain, reporter, number);
    add_attributions(s, &chain, clause);
    add_hedges(s, &chain, clause);
    clause->voices = s->doc->voices.count;
    clause->voice_count = chain.count;
    for (uint32_t i = 0; i < chain.count; i++) {
        struct voice *voice = array_push(&s->doc->arena, &s->doc->voices);
        if (!voice)
            return false;
        *voice = chain.voices[i];
    }
    return true;
}

/* Whether ", he said on Monday" closes its sentence. */
static bool is_closing(const struct speaking *s, const struct clause *clause)
{
    uint32_t end = s->doc->sentences.items[clause->sentence].end, first = clause->head;
    for (uint32_t k = s->tree.first[clause->head]; k != NONE; k = s->tree.next[k])
        first = k < first ? k : first;
    for (uint32_t k = s->tree.first[first]; k != NONE && first < clause->head;
         k = s->tree.next[k])
        first = k < first ? k : first;
    if (first == 0 || s->doc->tokens.items[first - 1].upos != UPOS_PUNCT ||
        end - clause->head > CLOSING_TOKENS)
        return false;
    for (uint32_t t = clause->head + 1; t < end; t++)
        if (s->doc->tokens.items[t].upos == UPOS_VERB)
            return false;
    return true;
}

/* What a reporting clause at the end of its sentence reports: all that stands before it,
 * wherever the tree hangs it. */
static uint32_t reported_by(const struct speaking *s, const struct clause *clause)
{
    uint32_t content = clause->parent;
    if (!is_closing(s, clause))
        return content;
    for (int i = 0; i < MAX_PASSES && get(s, content)->parent != NONE; i++) {
        uint32_t above = get(s, content)->parent;
        if (get(s, above)->head > clause->head ||
            get(s, above)->sentence != clause->sentence)
            break;
        content = above;
    }
    return content;
}

/* "The rebels, Chad said, were trained abroad": set off by commas and without a relative
 * pronoun it describes no rebels. */
static bool is_set_off(const struct speaking *s, const struct clause *clause)
{
    const struct token *tokens = s->doc->tokens.items;
    uint32_t end = s->doc->sentences.items[clause->sentence].end, first = clause->head;
    for (uint32_t k = s->tree.first[clause->head]; k != NONE; k = s->tree.next[k]) {
        if (tokens[k].feats.pron_type == PRON_REL || k > clause->head + 1)
            return false;
        first = k < first && tokens[k].upos != UPOS_PUNCT ? k : first;
    }
    for (uint32_t k = s->tree.first[first]; k != NONE && first < clause->head;
         k = s->tree.next[k])
        first = k < first ? k : first;
    return clause->embedding == EMBED_RELATIVE && clause->is_finite && first > 0 &&
           first < clause->head && clause->head + 1 < end &&
           tokens[first - 1].upos == UPOS_PUNCT &&
           tokens[clause->head + 1].upos == UPOS_PUNCT;
}

/* "..., he said": the reporting clause hangs on its content. */
static void find_beside(struct speaking *s)
{
    for (uint32_t i = 0; i < s->doc->clauses.count; i++)
        s->beside[i] = NONE;
    for (uint32_t i = 0; i < s->doc->clauses.count; i++)
        s->clause_of[get(s, i)->head] = i;
    for (uint32_t i = 0; i < s->doc->clauses.count; i++) {
        const struct clause *clause = get(s, i);
        if (clause->parent == NONE ||
            (clause->embedding != EMBED_PARATAXIS && !is_set_off(s, clause)))
            continue;
        bool has_content = false;
        for (uint32_t k = 0; k < clause->argument_count; k++)
            has_content = has_content ||
                          s->doc->arguments.items[clause->arguments + k].slot ==
                              SLOT_COMPLEMENT;
        uint32_t row = lexicon_embedding(&s->lexicon, clause->lemma, clause_pos(clause),
                                         "ccomp");
        if (has_content || !row_has_voice(s, row))
            continue;
        s->beside[reported_by(s, clause)] = i;
        s->is_reporter[i] = true;
    }
}

/* A mark opens a quotation when none is open; a paragraph closes all. */
static void find_quotes(struct speaking *s)
{
    bool is_open = false;
    uint32_t range = NONE;
    for (uint32_t k = 0; k < s->doc->sentences.count; k++) {
        const struct sentence *sentence = &s->doc->sentences.items[k];
        if (sentence->range != range)
            is_open = false;
        range = sentence->range;
        for (uint32_t t = sentence->first; t < sentence->end; t++) {
            const struct token *token = &s->doc->tokens.items[t];
            bool is_mark = token->upos == UPOS_PUNCT &&
                           lexicon_word(&s->lexicon, token->norm, "quote mark", NULL);
            s->is_quoted[t] = is_open && !is_mark;
            if (is_mark)
                is_open = !is_open;
        }
    }
}

/* A sentence that is all quotation and names no speaker goes on with the last one. */
static bool continue_quotes(struct speaking *s)
{
    const struct voice *last = NULL;
    uint32_t last_sentence = NONE;
    struct voice kept;
    for (uint32_t i = 0; i < s->doc->clauses.count; i++) {
        struct clause *clause = get(s, i);
        if (clause->voice_count) {
            struct voice own =
                s->doc->voices.items[clause->voices + clause->voice_count - 1];
            if (own.mention != NONE && s->is_quoted[clause->head]) {
                kept = own;
                last = &kept;
                last_sentence = clause->sentence;
            }
            continue;
        }
        bool is_next = last && clause->sentence > last_sentence &&
                       clause->sentence - last_sentence <= 2;
        if (!is_next || !s->is_quoted[clause->head])
            continue;
        struct voice *voice = array_push(&s->doc->arena, &s->doc->voices);
        if (!voice)
            return false;
        *voice = *last;
        voice->is_quoted = true;
        clause->voices = s->doc->voices.count - 1;
        clause->voice_count = 1;
    }
    return true;
}

enum outcome voice_run(const struct pack *pack, struct doc *doc, struct fail *fail)
{
    struct speaking s = {.doc = doc};
    uint32_t count = doc->clauses.count;
    lexicon_open(&s.lexicon, pack);
    s.beside = arena_take(&doc->arena, count, sizeof *s.beside);
    s.is_done = arena_take(&doc->arena, count, sizeof *s.is_done);
    s.is_quoted = arena_take(&doc->arena, doc->tokens.count, sizeof *s.is_quoted);
    s.is_reporter = arena_take(&doc->arena, count, sizeof *s.is_reporter);
    s.clause_of = arena_take(&doc->arena, doc->tokens.count, sizeof *s.clause_of);
    if (!s.is_reporter || !s.clause_of || !s.beside || !s.is_done || !s.is_quoted ||
        !tree_build(doc, &s.tree))
        return fail_memory(fail);
    for (uint32_t t = 0; t < doc->tokens.count; t++)
        s.clause_of[t] = NONE;
    find_quotes(&s);
    find_beside(&s);
    uint32_t left = count;
    for (int pass = 0; pass < MAX_PASSES && left; pass++)
        for (uint32_t i = 0; i < count; i++) {
            uint32_t parent = doc->clauses.items[i].parent;
            if (s.is_done[i] ||
                (parent != NONE && !s.is_done[parent] && pass < MAX_PASSES - 1))
                continue;
            if (!set_voices(&s, i))
                return fail_memory(fail);
            s.is_done[i] = true;
            left--;
        }
    return continue_quotes(&s) ? OK : fail_memory(fail);
}
