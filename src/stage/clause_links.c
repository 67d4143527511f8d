/* clause_links.c: hangs each clause on the clause that embeds it. */
#include "stage/clause.h"

#include <string.h>

#define MAX_CLIMB 64

/* The first conjunct of a chain of conjuncts. */
static uint32_t first_conjunct(const struct clauses *c, uint32_t token)
{
    for (int i = 0; i < MAX_CLIMB; i++) {
        const struct token *t = clause_token(c, token);
        if (t->deprel != DEP_CONJ || t->head == token)
            break;
        token = t->head;
    }
    return token;
}

/* The nearest clause above the token; NONE. */
static uint32_t clause_above(const struct clauses *c, uint32_t token)
{
    for (int i = 0; i < MAX_CLIMB; i++) {
        uint32_t head = clause_token(c, token)->head;
        if (head == token || head >= c->doc->tokens.count)
            return NONE;
        if (c->clause_of[head] != NONE)
            return c->clause_of[head];
        token = head;
    }
    return NONE;
}

static enum embedding adverbial(const struct clauses *c, const struct clause *clause)
{
    const char *value = "";
    if (!clause->marker)
        return EMBED_ADVERBIAL;
    lexicon_word(&c->lexicon, clause->marker, "clause mark", &value);
    if (strcmp(value, "condition") == 0)
        return EMBED_CONDITION;
    if (clause->is_infinitive)
        return EMBED_PURPOSE;
    if (strcmp(value, "purpose") == 0)
        return EMBED_PURPOSE;
    return strcmp(value, "time") == 0 ? EMBED_TIME : EMBED_ADVERBIAL;
}

static bool is_argument_relation(uint8_t deprel)
{
    switch (deprel) {
    case DEP_NSUBJ:
    case DEP_NSUBJ_PASS:
    case DEP_NSUBJ_OUTER:
    case DEP_OBJ:
    case DEP_IOBJ:
    case DEP_OBL:
    case DEP_OBL_AGENT:
    case DEP_NMOD:
    case DEP_XCOMP:
    case DEP_CCOMP:
    case DEP_CSUBJ:
    case DEP_CSUBJ_PASS:
    case DEP_NMOD_POSS: return true;
    default: return false;
    }
}

/* Whether the one who is asked stands in the clause: "asked them to go", "called on them
 * to go". */
static bool has_controller(const struct clauses *c, uint32_t number, const char *control)
{
    if (strcmp(control, "obj") == 0)
        return clause_find(c, number, SLOT_OBJECT, NULL) != NONE;
    return strcmp(control, "subj") != 0 && *control &&
           clause_find(c, number, SLOT_PREPOSITION, control) != NONE;
}

/* Nothing parts the two but words: no comma. */
static bool is_next_to(const struct clauses *c, uint32_t above, uint32_t token)
{
    for (uint32_t i = above + 1; i < token; i++)
        if (strcmp(clause_token(c, i)->norm, ",") == 0)
            return false;
    return token > above && token - above < 16;
}

/* "accused of attacking", "ready to talk": trees call these adverbial, their head asks
 * for them. */
static bool is_content(const struct clauses *c, const struct clause *clause,
                       const struct clause *above)
{
    bool is_bare = !clause->is_finite && (!clause->marker || clause->is_infinitive);
    if (is_bare && is_next_to(c, above->head, clause->head))
        return lexicon_embedding(&c->lexicon, above->lemma, clause_pos(above), "xcomp") !=
               NONE;
    if (above->kind == CLAUSE_VERB && clause->is_infinitive) {
        uint32_t row = lexicon_embedding(&c->lexicon, above->lemma, 'v', "xcomp");
        const char *control = table_cell(c->lexicon.embeddings, row,
                                         c->lexicon.embedding_control);
        if (row != NONE && has_controller(c, c->clause_of[above->head], control))
            return true;
    }
    return clause->marker && lexicon_embedding(&c->lexicon, above->lemma,
                                               clause_pos(above), clause->marker) != NONE;
}

/* "a plan to attack", "the claim that ...", but not "a plan made in May". */
static bool is_content_of_noun(const struct clauses *c, const struct clause *clause,
                               const struct clause *above)
{
    return clause->marker && above->kind == CLAUSE_NOUN &&
           lexicon_embeds(&c->lexicon, above->lemma, 'n');
}

static enum embedding embedding_of(const struct clauses *c, const struct clause *clause,
                                   uint32_t first, uint32_t parent)
{
    const struct token *t = clause_token(c, first);
    bool is_direct = c->clause_of[t->head] == parent;
    const struct clause *above = &c->doc->clauses.items[parent];
    switch (t->deprel) {
    case DEP_ACL_RELCL:
    case DEP_ADVCL_RELCL: return EMBED_RELATIVE;
    case DEP_ACL:
        return is_direct && is_content_of_noun(c, clause, above) ? EMBED_COMPLEMENT
                                                                 : EMBED_RELATIVE;
    case DEP_ADVCL:
        return is_direct && is_content(c, clause, above) ? EMBED_COMPLEMENT
                                                         : adverbial(c, clause);
    case DEP_PARATAXIS:
    case DEP_APPOS:
    case DEP_LIST:
    case DEP_DISCOURSE: return EMBED_PARATAXIS;
    default:
        return is_direct && is_argument_relation(t->deprel) ? EMBED_COMPLEMENT
                                                            : EMBED_ADVERBIAL;
    }
}

/* "agreed to prepare a ban, accusing Chad of lying": a speaker's participle after a comma
 * goes with what is told, not with what is planned. */
static uint32_t told_clause(const struct clauses *c, const struct clause *clause,
                            uint32_t parent)
{
    const struct token *t = clause_token(c, clause->head);
    bool is_aside = t->deprel == DEP_ADVCL && !clause->marker && !clause->is_finite &&
                    !clause->is_infinitive && clause->kind == CLAUSE_VERB &&
                    t->head < clause->head && !is_next_to(c, t->head, clause->head) &&
                    lexicon_speaks(&c->lexicon, clause->lemma);
    for (int i = 0; is_aside && i < MAX_CLIMB; i++) {
        const struct clause *above = &c->doc->clauses.items[parent];
        uint32_t next = clause_above(c, above->head);
        if (next == NONE || above->is_finite || above->kind != CLAUSE_VERB)
            break;
        parent = next;
    }
    return parent;
}

/* A conjunct hangs where the first conjunct hangs. */
void clause_link(struct clauses *c, uint32_t number)
{
    struct clause *clause = &c->doc->clauses.items[number];
    uint32_t first = clause_shell(c, first_conjunct(c, clause->head));
    uint32_t parent = clause_above(c, first);
    if (c->clause_of[first] != NONE && first != clause->head && !clause->marker)
        clause->marker = c->doc->clauses.items[c->clause_of[first]].marker;
    if (parent == NONE || parent == number)
        return;
    parent = told_clause(c, clause, parent);
    clause->parent = parent;
    clause->embedding = embedding_of(c, clause, first, parent);
    bool is_found = clause->embedding == EMBED_COMPLEMENT &&
                    clause_token(c, first)->deprel == DEP_ADVCL;
    if (is_found)
        clause_add(c, parent,
                   (struct argument){.slot = SLOT_COMPLEMENT,
                                     .head = clause->head,
                                     .mention = NONE,
                                     .clause = number});
}
