/* actor_label.c: phrases of the pack in the text: the longest first, with the capitals
 * they need. */
#include "stage/actor_work.h"

#include "base/utf8.h"

#include <string.h>

#define MAX_WORDS 12
#define MAX_HITS 12
#define LEMMA_LEN 64
#define MAX_SEARCHES 1000 /* words of a report tried in other spellings */
#define MIN_PLACE 9    /* letters of a word that may be a misspelt place, not a surname */
#define MIN_MISSPELT 7 /* shorter words are too close to each other */

bool is_capitalised(const struct doc *doc, uint32_t token)
{
    struct span span = doc->tokens.items[token].span;
    uint32_t code;
    size_t left = span_len(span);
    return left && utf8_next(doc->text + span.start, left, &code) && utf8_is_upper(code);
}

static bool has_lower(const char *text, size_t len)
{
    for (size_t i = 0; i < len; i++)
        if ((text[i] >= 'a' && text[i] <= 'z') || (unsigned char)text[i] >= 0x80)
            return true;
    return false;
}

/* Whether the text has the capitals of the written form: "US" is not "us", "Turkey"
 * not "turkey". */
static bool fits_case(const struct doc *doc, const char *written, uint32_t first,
                      uint32_t end)
{
    uint32_t code;
    if (!utf8_next(written, strlen(written), &code) || !utf8_is_upper(code))
        return true;
    if (!is_capitalised(doc, first))
        return false;
    size_t len = strlen(written);
    if (len < 2 || has_lower(written, len) || end - first > 1)
        return true;
    struct span span = doc->tokens.items[first].span;
    return !has_lower(doc->text + span.start, span_len(span));
}

static bool is_nominal(const struct token *token)
{
    return token->upos == UPOS_NOUN || token->upos == UPOS_PROPN;
}

/* Names are no verbs or particles; one word of a name may be anything. */
static bool can_be_name(const struct doc *doc, uint32_t first, uint32_t end)
{
    if (end - first > 1)
        return true;
    const struct token *token = &doc->tokens.items[first];
    const char *text = doc->text + token->span.start;
    bool is_headline = doc->sentences.items[doc_sentence_of(doc, first)].is_headline;
    /* "WHO" is no "who". */
    if (span_len(token->span) > 2 && !is_headline &&
        !has_lower(text, span_len(token->span)))
        return true;
    switch (token->upos) {
    case UPOS_PROPN:
    case UPOS_ADJ:
    case UPOS_NOUN:
    case UPOS_X: return true;
    case UPOS_VERB:
    case UPOS_ADV:
    case UPOS_INTJ:
        return doc->sentences.items[doc_sentence_of(doc, first)].first != first;
    default: return false;
    }
}

/* "house" is a parliament's only with a capital; a "rally" is no party at all. */
static bool is_too_vague(const struct work *work, const struct label *label)
{
    const struct token *token = &work->doc->tokens.items[label->first];
    const char *scope = NULL;
    if (label->end - label->first > 1)
        return false;
    if (!who_word(&work->who, token->norm, "no_agent", &scope) &&
        !(token->lemma && who_word(&work->who, token->lemma, "no_agent", &scope)))
        return false;
    return strcmp(scope, "small") != 0 || !is_capitalised(work->doc, label->first);
}

static unsigned allowed_kinds(const struct work *work, const struct label *label)
{
    const struct doc *doc = work->doc;
    unsigned kinds = 0;
    bool can_name = can_be_name(doc, label->first, label->end);
    bool can_noun = is_nominal(&doc->tokens.items[label->end - 1]);
    bool is_adjective = label->end - label->first == 1 &&
                        doc->tokens.items[label->first].upos == UPOS_ADJ;
    for (uint32_t i = 0; i < label->entry_count; i++) {
        struct phrase_entry entry = pack_phrase_entry(work->who.pack, label->entry + i);
        unsigned kind = who_entry_kind(&work->who, entry);
        const char *written = entry.written;
        if (*written == '~')
            written++;
        if (!kind || !fits_case(doc, written, label->first, label->end))
            continue;
        /* "Roman Catholic bishops" are not Petre Roman's. */
        if (kind == WHO_PERSON && is_adjective)
            continue;
        if (kind & (WHO_AGENT | WHO_ROLE) ? can_noun && !is_too_vague(work, label)
                                          : can_name)
            kinds |= kind;
    }
    return kinds;
}

/* How well a row fits the report's day: 2 by its own dates, 1 without dates, 0 not. Two
 * states share a capital, but not on one day. */
static int fits_day(const struct work *work, struct phrase_entry entry)
{
    const struct table *table = pack_table_at(work->who.pack, entry.table);
    bool is_dated = *who_cell(table, entry.row, "from") ||
                    *who_cell(table, entry.row, "to");
    bool is_state = table == work->who.states;
    if (!is_dated || !(is_state || table == work->who.organisations))
        return 1;
    return who_is_on(table, entry.row, work->on) ? 2 : 0;
}

/* Whether the report names the country by any of its words. */
bool names_country(const struct work *work, const char *code)
{
    uint32_t rows[16];
    uint32_t count = *code ? table_find(work->who.states, code, rows, 16) : 0;
    for (uint32_t i = 0; i < count && i < 16; i++)
        if (work->is_named[rows[i]])
            return true;
    return false;
}

/* A people at home in several countries ("Kurds") is that of the only one among them
 * that the report names, else the one of no country, else the first listed. A body that
 * was more than one thing (the Taliban rebelled and ruled) has a row for each time. */
static uint32_t organisation_row(const struct work *work, const struct label *label)
{
    const struct table *table = work->who.organisations;
    uint32_t first = NONE, open = NONE, named = NONE, count = 0;
    int first_fit = 0;
    for (uint32_t i = 0; i < label->entry_count; i++) {
        struct phrase_entry entry = pack_phrase_entry(work->who.pack, label->entry + i);
        const char *written = entry.written + (*entry.written == '~');
        if (who_entry_kind(&work->who, entry) != WHO_ORGANISATION ||
            !(label->is_misspelt ||
              fits_case(work->doc, written, label->first, label->end)))
            continue;
        const char *country = who_cell(table, entry.row, "country");
        int fit = fits_day(work, entry);
        bool is_first_again = first != NONE &&
                              strcmp(who_cell(table, first, "id"),
                                     who_cell(table, entry.row, "id")) == 0;
        if (first == NONE || (is_first_again && fit > first_fit)) {
            first = entry.row;
            first_fit = fit;
        }
        if (open == NONE && !*country)
            open = entry.row;
        if (names_country(work, country)) {
            named = count++ ? named : entry.row;
        }
    }
    if (count == 1)
        return named;
    return open != NONE ? open : first;
}

uint32_t label_row(const struct work *work, const struct label *label, unsigned kind)
{
    uint32_t best = NONE;
    int best_fit = -1;
    if (kind == WHO_ORGANISATION && work->is_named)
        return organisation_row(work, label);
    for (uint32_t i = 0; i < label->entry_count; i++) {
        struct phrase_entry entry = pack_phrase_entry(work->who.pack, label->entry + i);
        const char *written = entry.written + (*entry.written == '~');
        if (!(who_entry_kind(&work->who, entry) & kind) ||
            !(label->is_misspelt ||
              fits_case(work->doc, written, label->first, label->end)))
            continue;
        int fit = fits_day(work, entry);
        if (fit > best_fit) {
            best_fit = fit;
            best = entry.row;
        }
    }
    return best;
}

/* One sentence's words in the three shapes in which phrases are looked up. */
struct shapes {
    const char **norms, **lemmas, **weaks;
    uint32_t first, count;
};

/* How much a label is worth where two start at one word. */
static unsigned worth(const struct label *label)
{
    unsigned worth = (label->end - label->first) * 8;
    if (label->kinds & WHO_NAMES)
        worth += 4;
    else if (label->kinds & (WHO_AGENT | WHO_ROLE))
        worth += 2;
    return worth - label->is_weak;
}

static void look_up(const struct work *work, const char *const *words, uint32_t first,
                    uint32_t count, struct label *best, struct label *country)
{
    struct phrase_hit hits[MAX_HITS];
    uint32_t found = pack_phrases(work->who.pack, words, count, hits, MAX_HITS);
    for (uint32_t i = 0; i < found; i++) {
        struct label label = {.first = first,
                              .end = first + hits[i].tokens,
                              .entry = hits[i].first,
                              .entry_count = hits[i].count};
        label.is_weak = *words[0] == '~';
        label.kinds = allowed_kinds(work, &label);
        if (label.kinds && worth(&label) > worth(best))
            *best = label;
        /* A name of several words, like the word for a country, is not lost in the
         * agent word that starts with it. */
        bool is_body = (label.kinds & WHO_ORGANISATION) && hits[i].tokens > 1;
        if (((label.kinds & WHO_COUNTRY) || is_body) && worth(&label) > worth(country))
            *country = label;
    }
}

static bool is_label_free(const struct work *work, uint32_t first, uint32_t end)
{
    for (uint32_t i = first; i < end; i++)
        if (work->in_time[i])
            return false;
    return true;
}

static void set_head(struct doc *doc, struct label *label)
{
    label->head = label->end - 1;
    for (uint32_t i = label->end; i-- > label->first;) {
        uint32_t head = doc->tokens.items[i].head;
        if (head == i || head < label->first || head >= label->end) {
            label->head = i;
            return;
        }
    }
}

static void add_label(struct work *work, struct label label)
{
    set_head(work->doc, &label);
    struct label *slot = array_push(&work->doc->arena, &work->labels);
    if (!slot) {
        work->is_out_of_memory = true;
        return;
    }
    *slot = label;
    for (uint32_t i = label.first; i < label.end; i++)
        work->label_of[i] = work->labels.count - 1;
}

/* "communist North Korea": a name that starts inside the label and reaches past it, by
 * as many words, is the better one. */
static bool is_outreached(const struct work *work, const struct shapes *shapes,
                          const struct label *best)
{
    for (uint32_t token = best->first + 1; token < best->end; token++) {
        uint32_t i = token - shapes->first;
        uint32_t left = shapes->count - i < MAX_WORDS ? shapes->count - i : MAX_WORDS;
        struct label other = {0}, none = {0};
        look_up(work, shapes->norms + i, token, left, &other, &none);
        if (other.end > best->end && (other.kinds & WHO_NAMES) &&
            other.end - other.first >= best->end - best->first)
            return true;
    }
    return false;
}

static void label_sentence(struct work *work, const struct shapes *shapes)
{
    for (uint32_t i = 0; i < shapes->count;) {
        uint32_t token = shapes->first + i;
        uint32_t left = shapes->count - i < MAX_WORDS ? shapes->count - i : MAX_WORDS;
        struct label best = {0}, country = {0};
        look_up(work, shapes->norms + i, token, left, &best, &country);
        look_up(work, shapes->lemmas + i, token, left, &best, &country);
        if (is_capitalised(work->doc, token) ||
            work->doc->tokens.items[token].upos == UPOS_DET) {
            const char *plain = shapes->norms[i];
            shapes->norms[i] = shapes->weaks[i];
            struct label weak = {0}, next = {0}, none = {0};
            look_up(work, shapes->norms + i, token, left, &weak, &none);
            shapes->norms[i] = plain;
            if (weak.end > token + 1)
                look_up(work, shapes->norms + i + 1, token + 1, left - 1, &next, &none);
            if (weak.kinds && weak.end >= next.end && worth(&weak) > worth(&best))
                best = weak;
        }
        /* "U.N. official" is composed, so that its country is not lost in the agent
         * word. */
        if (country.kinds && !best.is_weak && !(best.kinds & (WHO_NAMES | WHO_ROLE)))
            best = country;
        if (best.kinds && is_label_free(work, best.first, best.end) &&
            !is_outreached(work, shapes, &best)) {
            add_label(work, best);
            i = best.end - shapes->first;
        } else {
            i++;
        }
    }
}

/* The noun's lemma, folded, where it is another word than the token; else the norm. */
static const char *lemma_shape(struct work *work, const struct token *token)
{
    if (!token->lemma || token->upos != UPOS_NOUN ||
        strcmp(token->lemma, token->norm) == 0)
        return token->norm;
    char folded[LEMMA_LEN];
    size_t len = utf8_fold(token->lemma, strlen(token->lemma), folded, sizeof folded);
    const char *copy = arena_copy(&work->doc->arena, folded, len);
    return copy ? copy : token->norm;
}

static void make_shapes(struct work *work, struct shapes *shapes,
                        struct sentence sentence)
{
    struct doc *doc = work->doc;
    shapes->first = sentence.first;
    shapes->count = sentence.end - sentence.first;
    for (uint32_t i = 0; i < shapes->count; i++) {
        const struct token *token = &doc->tokens.items[sentence.first + i];
        shapes->norms[i] = token->norm;
        shapes->lemmas[i] = lemma_shape(work, token);
        shapes->weaks[i] = token->norm;
        if (is_capitalised(doc, sentence.first + i) || token->upos == UPOS_DET) {
            const char *weak = arena_print(&doc->arena, "~%s", token->norm);
            shapes->weaks[i] = weak ? weak : token->norm;
        }
    }
}

/* A search for the one spelling, a slip away, that the index knows. */
struct search {
    const struct work *work;
    const char **words; /* of the phrase; words[at] is varied */
    uint32_t count, at;
    unsigned kinds; /* wanted */
    struct phrase_hit hit;
};

static bool is_known(struct search *search, const char *spelling)
{
    struct phrase_hit hits[MAX_HITS];
    search->words[search->at] = spelling;
    uint32_t found = pack_phrases(search->work->who.pack, search->words, search->count,
                                  hits, MAX_HITS);
    if (!found || hits[found - 1].tokens != search->count)
        return false;
    search->hit = hits[found - 1];
    for (uint32_t i = 0; i < search->hit.count; i++) {
        struct phrase_entry entry = pack_phrase_entry(search->work->who.pack,
                                                      search->hit.first + i);
        if (who_entry_kind(&search->work->who, entry) & search->kinds)
            return true;
    }
    return false;
}

/* The letters that slips of the pen drop or exchange most. */
static const char slips[] = "aeiouhlmnrsty";

/* A letter too many, two swapped, one missing, another in its place: in this order. */
static bool try_spellings(struct search *search, const char *norm)
{
    char text[LEMMA_LEN];
    size_t len = strlen(norm);
    if (len < MIN_MISSPELT || len + 2 > sizeof text)
        return false;
    for (size_t i = 0; i < len && len > MIN_MISSPELT; i++) {
        memcpy(text, norm, i);
        memcpy(text + i, norm + i + 1, len - i);
        if (i + 1 < len && is_known(search, text))
            return true;
    }
    for (size_t i = 0; i + 1 < len; i++) {
        memcpy(text, norm, len + 1);
        text[i] = norm[i + 1];
        text[i + 1] = norm[i];
        if (norm[i] != norm[i + 1] && is_known(search, text))
            return true;
    }
    for (size_t i = 1; i <= len; i++)
        for (const char *letter = slips; *letter; letter++) {
            memcpy(text, norm, i);
            text[i] = *letter;
            memcpy(text + i + 1, norm + i, len - i + 1);
            if (is_known(search, text))
                return true;
        }
    for (size_t i = 1; i < len && len > MIN_MISSPELT; i++)
        for (const char *letter = slips; *letter; letter++) {
            memcpy(text, norm, len + 1);
            text[i] = *letter;
            if (*letter != norm[i] && is_known(search, text))
                return true;
        }
    return false;
}

bool mend_name(struct work *work, uint32_t first, uint32_t end, struct label *label)
{
    const struct doc *doc = work->doc;
    const char *words[MAX_WORDS];
    if (end - first < 2 || end - first > MAX_WORDS || work->search_count++ > MAX_SEARCHES)
        return false;
    struct search search = {
        .work = work, .words = words, .count = end - first, .kinds = WHO_PERSON};
    for (uint32_t at = end - first; at-- > 0;) {
        for (uint32_t i = first; i < end; i++)
            words[i - first] = doc->tokens.items[i].norm;
        search.at = at;
        if (!try_spellings(&search, doc->tokens.items[first + at].norm))
            continue;
        *label = (struct label){.first = first,
                                .end = end,
                                .head = first,
                                .kinds = WHO_PERSON,
                                .entry = search.hit.first,
                                .entry_count = search.hit.count,
                                .is_misspelt = true};
        return true;
    }
    return false;
}

/* Whether the names stage makes the word part of a person's name: a long word alone may
 * be a place that it does not know. */
static bool is_sure_person(const struct work *work, uint32_t token)
{
    uint32_t number = work->person_name[token];
    if (number == NONE)
        return false;
    struct name name = work->doc->names.items[number];
    return name.end - name.first > 1 ||
           strlen(work->doc->tokens.items[token].norm) < MIN_PLACE;
}

/* A capitalised word that nothing names, and that stands in no longer name, may be a
 * known name with one slip of the pen. */
static void mend_spelling(struct work *work, uint32_t token)
{
    struct doc *doc = work->doc;
    const struct token *word = &doc->tokens.items[token];
    if (work->label_of[token] != NONE || word->upos != UPOS_PROPN ||
        is_sure_person(work, token) || strlen(word->norm) < MIN_MISSPELT ||
        !is_capitalised(doc, token))
        return;
    uint32_t first, end;
    if (name_run(work, token, &first, &end) && end - first > 1)
        return;
    if (work->search_count++ > MAX_SEARCHES)
        return;
    const char *words[1];
    struct search search = {.work = work,
                            .words = words,
                            .count = 1,
                            .kinds = WHO_STATE | WHO_CAPITAL | WHO_ADJECTIVE};
    if (!try_spellings(&search, word->norm))
        return;
    unsigned kinds = 0;
    for (uint32_t i = 0; i < search.hit.count; i++)
        kinds |= who_entry_kind(&work->who,
                                pack_phrase_entry(work->who.pack, search.hit.first + i));
    add_label(work, (struct label){.first = token,
                                   .end = token + 1,
                                   .kinds = kinds & search.kinds,
                                   .entry = search.hit.first,
                                   .entry_count = search.hit.count,
                                   .is_misspelt = true});
}

/* "North and South Korea": the two bear one name. */
static bool is_twin(const struct work *work, uint32_t number, uint32_t row)
{
    const struct label *weak = &work->labels.items[number];
    if (row == NONE || number + 1 >= work->labels.count)
        return false;
    const struct label *next = &work->labels.items[number + 1];
    bool is_joined = next->first == weak->end + 1 && (next->kinds & WHO_STATE) &&
                     who_word(&work->who, work->doc->tokens.items[weak->end].norm,
                              "conjunction", NULL);
    if (!is_joined)
        return false;
    const struct table *states = work->who.states;
    const char *one = strrchr(who_cell(states, row, "name"), ' ');
    const char *two = strrchr(who_cell(states, label_row(work, next, WHO_STATE), "name"),
                              ' ');
    return one && two && strcmp(one, two) == 0;
}

/* "In Brussels" is where, "Brussels said" is who. */
static bool is_acting(const struct doc *doc, const struct label *label)
{
    enum deprel deprel = (enum deprel)doc->tokens.items[label->head].deprel;
    return deprel == DEP_NSUBJ || deprel == DEP_NSUBJ_PASS || deprel == DEP_OBL_AGENT ||
           deprel == DEP_ROOT;
}

/* What a label that counts only beside a clearer one means here: the organisation, where
 * it acts, or the state; nothing. */
static unsigned weak_kinds(const struct work *work, uint32_t number)
{
    const struct label *weak = &work->labels.items[number];
    uint32_t row = label_row(work, weak, WHO_COUNTRY);
    bool is_state = row != NONE && work->is_named[row];
    if ((weak->kinds & WHO_ORGANISATION) && is_acting(work->doc, weak))
        return WHO_ORGANISATION;
    return is_state || is_twin(work, number, row) ? weak->kinds & ~WHO_ORGANISATION : 0;
}

/* Keeps a weak label only where something clearer in the report means the same state. */
static void check_weak(struct work *work)
{
    const uint32_t rows = table_rows(work->who.states);
    bool *is_named = arena_take(&work->doc->arena, rows, sizeof *is_named);
    if (!is_named) {
        work->is_out_of_memory = true;
        return;
    }
    for (uint32_t i = 0; i < work->labels.count; i++) {
        const struct label *label = &work->labels.items[i];
        bool is_clear = !label->is_weak && (label->kinds & WHO_COUNTRY);
        uint32_t row = is_clear ? label_row(work, label, WHO_COUNTRY) : NONE;
        if (row < rows)
            is_named[row] = true;
    }
    work->is_named = is_named;
    for (uint32_t i = 0; i < work->labels.count; i++) {
        struct label *weak = &work->labels.items[i];
        if (!weak->is_weak)
            continue;
        weak->kinds = weak_kinds(work, i);
        for (uint32_t t = weak->first; t < weak->end && !weak->kinds; t++)
            work->label_of[t] = NONE;
    }
}

void label_sentences(struct work *work)
{
    struct doc *doc = work->doc;
    uint32_t longest = 0;
    for (uint32_t i = 0; i < doc->sentences.count; i++) {
        uint32_t count = doc->sentences.items[i].end - doc->sentences.items[i].first;
        longest = count > longest ? count : longest;
    }
    struct shapes shapes = {
        .norms = arena_take(&doc->arena, longest, sizeof(char *)),
        .lemmas = arena_take(&doc->arena, longest, sizeof(char *)),
        .weaks = arena_take(&doc->arena, longest, sizeof(char *)),
    };
    if (!shapes.norms || !shapes.lemmas || !shapes.weaks) {
        work->is_out_of_memory = true;
        return;
    }
    for (uint32_t i = 0; i < doc->sentences.count; i++) {
        make_shapes(work, &shapes, doc->sentences.items[i]);
        label_sentence(work, &shapes);
    }
    check_weak(work);
    for (uint32_t token = 0; token < doc->tokens.count; token++)
        mend_spelling(work, token);
}
