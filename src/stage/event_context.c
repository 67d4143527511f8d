/* event_context.c: the contexts of an event: those of its class, and those that its own
 * words tell by context_words.tsv; the CAMEO code that they make finer. */
#include "stage/event.h"

#include <string.h>

#define MAX_CONTEXTS 12
#define MAX_ROWS 16
#define MAX_CLIMB 24
#define NEAR 3 /* words to either side */

struct context_list {
    const char *names[MAX_CONTEXTS];
    uint32_t count;
};

/* Told beside the event, not of it: what a word is, what happened meanwhile or before. */
static bool is_aside(const struct eventing *e, uint32_t token)
{
    const struct token *t = &e->doc->tokens.items[token];
    if (t->deprel == DEP_ACL_RELCL || t->deprel == DEP_ADVCL ||
        t->deprel == DEP_ADVCL_RELCL || t->deprel == DEP_PARATAXIS ||
        t->deprel == DEP_APPOS)
        return true;
    if (t->deprel == DEP_CONJ && t->upos == UPOS_VERB)
        return true;
    uint32_t mark = t->deprel == DEP_OBL || t->deprel == DEP_NMOD
                        ? tree_child(&e->tree, token, DEP_CASE)
                        : NONE;
    return mark != NONE && lexicon_word(&e->lexicon, e->doc->tokens.items[mark].norm,
                                        "background mark", NULL);
}

/* "accused of spreading lies": a gerund that is what is said. */
static bool is_content(const struct eventing *e, const struct clause *clause,
                       uint32_t token)
{
    for (uint32_t i = 0; i < clause->argument_count; i++) {
        const struct argument *a = &e->doc->arguments.items[clause->arguments + i];
        if (a->slot == SLOT_COMPLEMENT && a->head == token)
            return true;
    }
    return false;
}

/* Whether the token is one of the event's words; *in_subject: of who does it. */
static bool is_of_event(const struct eventing *e, const struct clause *clause,
                        uint32_t token, bool *in_subject)
{
    uint32_t top = clause->light == NONE ? clause->head : clause->light;
    *in_subject = false;
    for (int step = 0; step < MAX_CLIMB; step++) {
        if (token == top)
            return true;
        const struct token *t = &e->doc->tokens.items[token];
        if (t->head == token || (is_aside(e, token) && !is_content(e, clause, token)))
            return false;
        if (t->head == top)
            *in_subject = t->deprel == DEP_NSUBJ || t->deprel == DEP_OBL_AGENT;
        token = t->head;
    }
    return false;
}

/* "the health minister", "the Water Front": words that name a party tell nothing of what
 * is done. */
static bool is_name_of_party(const struct eventing *e, uint32_t token)
{
    const struct doc *doc = e->doc;
    uint32_t head = token;
    bool is_proper = doc->tokens.items[token].upos == UPOS_PROPN;
    for (int step = 0; step < 4; step++) {
        uint32_t mention = e->mention_of[head];
        const struct mention *m = mention == NONE ? NULL : &doc->mentions.items[mention];
        if (m && m->first <= token && token < m->end && (is_proper || token <= m->head)) {
            const struct actor *actor =
                &doc->actors.items[doc->mention_actors.items[m->actors]];
            return !actor->is_generic ||
                   (token < m->head && cell_has(actor->sectors, "GOV"));
        }
        head = doc->tokens.items[head].head;
    }
    return false;
}

static bool stands_near(const struct eventing *e, uint32_t token, const char *words)
{
    const struct doc *doc = e->doc;
    const struct sentence *s = &doc->sentences.items[doc_sentence_of(doc, token)];
    uint32_t first = token - s->first > NEAR ? token - NEAR : s->first;
    uint32_t end = s->end - token > NEAR ? token + NEAR + 1 : s->end;
    for (uint32_t i = first; i < end; i++)
        if (i != token && (cell_has(words, doc->tokens.items[i].norm) ||
                           cell_has(words, token_lemma(doc, i))))
            return true;
    return false;
}

static void add_context(struct context_list *list, const char *name)
{
    for (uint32_t i = 0; i < list->count; i++)
        if (strcmp(list->names[i], name) == 0)
            return;
    if (list->count < MAX_CONTEXTS)
        list->names[list->count++] = name;
}

static bool has_pos(const struct token *t, const char *pos)
{
    return !*pos || (*pos == 'n' && (t->upos == UPOS_NOUN || t->upos == UPOS_PROPN)) ||
           (*pos == 'a' && (t->upos == UPOS_ADJ || t->upos == UPOS_PROPN)) ||
           (*pos == 'v' && t->upos == UPOS_VERB);
}

/* What one written form or lemma of the token tells. */
static void add_of_word(const struct eventing *e, uint32_t token, const char *word,
                        bool in_subject, struct context_list *list)
{
    const struct table *table = e->lexicon.context_words;
    const struct context_columns *c = &e->context_columns;
    uint32_t rows[MAX_ROWS];
    uint32_t count = table_find(table, word, rows, MAX_ROWS);
    for (uint32_t i = 0; i < count && i < MAX_ROWS; i++) {
        const char *near = table_cell(table, rows[i], c->near);
        const char *unless = table_cell(table, rows[i], c->unless);
        bool is_place = !in_subject || *table_cell(table, rows[i], c->where);
        if (is_place &&
            has_pos(&e->doc->tokens.items[token], table_cell(table, rows[i], c->pos)) &&
            (!*near || stands_near(e, token, near)) &&
            (!*unless || !stands_near(e, token, unless)) && !is_name_of_party(e, token))
            add_context(list, table_cell(table, rows[i], c->context));
    }
}

bool event_find_context_words(struct eventing *e)
{
    const struct table *table = e->lexicon.context_words;
    struct doc *doc = e->doc;
    e->tells_context = arena_take(&doc->arena, doc->tokens.count,
                                  sizeof *e->tells_context);
    for (uint32_t i = 0; i < doc->tokens.count && e->tells_context; i++) {
        uint8_t upos = doc->tokens.items[i].upos;
        bool is_open = upos == UPOS_NOUN || upos == UPOS_PROPN || upos == UPOS_ADJ ||
                       upos == UPOS_VERB;
        e->tells_context[i] = is_open &&
                              (table_row(table, token_lemma(doc, i)) != NONE ||
                               table_row(table, doc->tokens.items[i].norm) != NONE);
    }
    return e->tells_context != NULL;
}

const char *event_contexts(const struct eventing *e, const struct clause *clause,
                           const char *of_class)
{
    struct doc *doc = e->doc;
    struct context_list list = {.count = 0};
    const struct sentence *s = &doc->sentences.items[clause->sentence];
    for (uint32_t i = s->first; i < s->end; i++) {
        bool in_subject;
        if (!e->tells_context[i] || !is_of_event(e, clause, i, &in_subject))
            continue;
        const char *lemma = token_lemma(doc, i), *norm = doc->tokens.items[i].norm;
        add_of_word(e, i, lemma, in_subject, &list);
        if (strcmp(lemma, norm) != 0)
            add_of_word(e, i, norm, in_subject, &list);
    }
    const char *joined = of_class;
    for (uint32_t i = 0; i < list.count && joined; i++)
        if (!cell_has(joined, list.names[i]))
            joined = arena_print(&doc->arena, "%s%s%s", joined, *joined ? "|" : "",
                                 list.names[i]);
    return joined;
}

/* Whether each value of a cell is one of the contexts, and one of them not of the class
 * alone. */
static bool is_told(const char *cell, const char *contexts, const char *of_class)
{
    bool tells_more = false;
    struct span value;
    for (const char *at = cell; cell_next(&at, &value, cell);) {
        char name[32] = "";
        if (span_len(value) < sizeof name)
            memcpy(name, cell + value.start, span_len(value));
        if (!cell_has(contexts, name))
            return false;
        tells_more = tells_more || !cell_has(of_class, name);
    }
    return tells_more;
}

const char *event_cameo(const struct eventing *e, const struct event *event)
{
    const struct lexicon *l = &e->lexicon;
    const struct table *cameo = pack_table(e->pack, "cameo");
    uint32_t class_row = table_row(l->classes, event->rule);
    const char *code = table_value(l->classes, class_row, "cameo");
    const char *of_class = table_value(l->classes, class_row, "contexts");
    const char *finer = NULL;
    if (!*code || strcmp(of_class, event->contexts) == 0)
        return code;
    /* codes stand in their order */
    for (uint32_t i = table_row(cameo, code); i < table_rows(cameo); i++) {
        const char *longer = table_cell(cameo, i, 0);
        const char *mode = table_value(cameo, i, "mode");
        if (strncmp(longer, code, strlen(code)) != 0)
            break;
        bool fits = longer[strlen(code)] != '\0' &&
                    strcmp(table_value(cameo, i, "type"), event->type) == 0 &&
                    (!*mode || cell_has(event->modes, mode)) &&
                    is_told(table_value(cameo, i, "contexts"), event->contexts, of_class);
        if (fits && finer)
            return code; /* two would do */
        if (fits)
            finer = longer;
    }
    return finer ? finer : code;
}
