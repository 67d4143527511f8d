/* clause_parts.c: what stands beside each predicate in the tree, by logical role. */
#include "stage/clause.h"

#include <string.h>

static struct argument at(enum slot slot, uint32_t head)
{
    return (struct argument){.slot = slot, .head = head, .mention = NONE, .clause = NONE};
}

/* "with", "because_of"; NULL without a preposition. */
static const char *preposition_of(struct clauses *c, uint32_t token)
{
    uint32_t word = tree_child(&c->tree, token, DEP_CASE);
    if (word == NONE)
        return NULL;
    const struct token *t = clause_token(c, word);
    if (t->upos == UPOS_PART && t->joined) /* the genitive's clitic */
        return NULL;
    uint32_t fixed = tree_child(&c->tree, word, DEP_FIXED);
    if (fixed == NONE)
        return t->norm;
    const char *joined = arena_print(&c->doc->arena, "%s_%s", t->norm,
                                     clause_token(c, fixed)->norm);
    c->failed = c->failed || !joined;
    return joined;
}

/* "sent a million dollars in weapons": what the object measures, where the tree hangs it
 * on the verb. */
static bool is_measured(const struct clauses *c, uint32_t clause, uint32_t token,
                        const char *preposition)
{
    uint32_t object = tree_child(&c->tree, c->doc->clauses.items[clause].head, DEP_OBJ);
    const char *also = "";
    return object != NONE && object < token &&
           clause_token(c, token)->upos == UPOS_NOUN && c->mention_of[token] == NONE &&
           lexicon_word(&c->lexicon, token_lemma(c->doc, object), "shell", &also) &&
           *also && strcmp(preposition, also) == 0;
}

static void add_oblique(struct clauses *c, uint32_t clause, uint32_t token, bool is_agent)
{
    const char *preposition = preposition_of(c, token);
    if (!preposition)
        return;
    struct argument argument = at(SLOT_PREPOSITION, token);
    argument.preposition = preposition;
    if (is_agent)
        argument.slot = SLOT_SUBJECT;
    else if (is_measured(c, clause, token, preposition))
        argument.slot = SLOT_OBJECT;
    clause_add(c, clause, argument);
}

/* "spoke by phone with Lima": what hangs on a bare noun is the verb's. */
static void add_beyond(struct clauses *c, uint32_t clause, uint32_t noun)
{
    if (clause_token(c, noun)->upos != UPOS_NOUN || c->mention_of[noun] != NONE ||
        c->clause_of[noun] != NONE ||
        tree_child_of(&c->tree, noun, DEP_DET, DEP_AMOD) != NONE ||
        tree_child_of(&c->tree, noun, DEP_NMOD_POSS, DEP_COMPOUND) != NONE)
        return;
    for (uint32_t k = c->tree.first[noun]; k != NONE; k = c->tree.next[k]) {
        uint32_t mark = tree_child(&c->tree, k, DEP_CASE);
        if (k > noun && mark != NONE && c->mention_of[k] != NONE &&
            lexicon_word(&c->lexicon, clause_token(c, mark)->norm, "controller mark",
                         NULL))
            add_oblique(c, clause, k, false);
    }
}

static bool names_person(const struct clauses *c, uint32_t token)
{
    uint32_t mention = c->mention_of[token];
    const struct mention *m = mention == NONE ? NULL : &c->doc->mentions.items[mention];
    return m && m->actor_count &&
           c->doc->actors.items[c->doc->mention_actors.items[m->actors]].kind !=
               ACTOR_STATE;
}

/* "discussed the crisis with Chad's envoy": who takes part in it, where the tree hangs
 * him on the topic; but "discussed ties with Chad". */
static void add_met(struct clauses *c, uint32_t clause, uint32_t topic)
{
    if (!lexicon_is_shared(&c->lexicon, c->doc->clauses.items[clause].lemma))
        return;
    for (uint32_t k = c->tree.first[topic]; k != NONE; k = c->tree.next[k]) {
        const char *mark = k > topic && names_person(c, k) ? preposition_of(c, k) : NULL;
        if (mark && strcmp(mark, "with") == 0)
            add_oblique(c, clause, k, false);
    }
}

static bool is_agent_phrase(struct clauses *c, uint32_t clause, uint32_t token)
{
    if (clause_token(c, token)->deprel == DEP_OBL_AGENT)
        return true;
    uint32_t word = tree_child(&c->tree, token, DEP_CASE);
    return c->doc->clauses.items[clause].is_passive && word != NONE &&
           lexicon_word(&c->lexicon, clause_token(c, word)->norm, "agent mark", NULL) &&
           c->mention_of[token] != NONE;
}

/* The surface subject of a passive is its object; of "was given aid" the one who
 * receives. */
static enum slot subject_slot(struct clauses *c, uint32_t clause)
{
    const struct clause *k = &c->doc->clauses.items[clause];
    if (!k->is_passive)
        return SLOT_SUBJECT;
    uint32_t object = tree_child(&c->tree, k->head, DEP_OBJ);
    return object == NONE || clause_is_result(c, object) ? SLOT_OBJECT : SLOT_INDIRECT;
}

/* "accused them of lying", "kept them from leaving": the verb asks for that
 * preposition. */
static bool asks_for(struct clauses *c, uint32_t clause, uint32_t content)
{
    uint32_t mark = tree_child(&c->tree, content, DEP_MARK);
    return mark != NONE &&
           lexicon_embedding(&c->lexicon, c->doc->clauses.items[clause].lemma, 'v',
                             clause_token(c, mark)->norm) != NONE;
}

/* An indirect object without a direct one is the tagger's slip. */
static enum slot indirect_slot(const struct clauses *c, uint32_t clause)
{
    uint32_t head = c->doc->clauses.items[clause].head;
    bool has_content = tree_child_of(&c->tree, head, DEP_OBJ, DEP_CCOMP) != NONE;
    return has_content ? SLOT_INDIRECT : SLOT_OBJECT;
}

/* "called off a strike": a noun is no complement of a verb that asks for an event. */
static bool is_object(const struct clauses *c, uint32_t clause, uint32_t token)
{
    const struct clause *k = &c->doc->clauses.items[clause];
    return clause_token(c, token)->upos == UPOS_NOUN && c->clause_of[token] != NONE &&
           tree_child(&c->tree, k->head, DEP_OBJ) == NONE &&
           lexicon_embedding(&c->lexicon, k->lemma, 'v', "obj") != NONE;
}

/* "Chile attacked Peru - Spain": who stands behind the dash of a headline does nothing in
 * it. */
static bool is_split_off(const struct clauses *c, uint32_t clause, uint32_t k)
{
    const struct clause *verb = &c->doc->clauses.items[clause];
    if (!c->doc->sentences.items[verb->sentence].is_headline)
        return false;
    uint32_t from = k < verb->head ? k : verb->head, to = k < verb->head ? verb->head : k;
    for (uint32_t t = from + 1; t < to; t++)
        if (clause_token(c, t)->upos == UPOS_PUNCT &&
            lexicon_splits(&c->lexicon, clause_token(c, t)->norm, NULL))
            return true;
    return false;
}

/* "a Japanese man hostage": what was taken, where the tree makes one noun of both. */
static void add_taken(struct clauses *c, uint32_t clause, uint32_t result)
{
    uint32_t taken = tree_child(&c->tree, result, DEP_COMPOUND);
    if (taken != NONE && c->mention_of[taken] != NONE)
        clause_add(c, clause, at(SLOT_OBJECT, taken));
}

static void verb_part(struct clauses *c, uint32_t clause, uint32_t k)
{
    if (clause_is_result(c, k)) {
        add_taken(c, clause, k);
        return;
    }
    if (is_split_off(c, clause, k)) {
        uint32_t rest = c->tree.first[k]; /* "Peru" of "Peru - minister" */
        bool is_object = clause_token(c, k)->deprel == DEP_OBJ && rest != NONE;
        if (is_object && !is_split_off(c, clause, rest))
            clause_add(c, clause, at(SLOT_OBJECT, rest));
        return;
    }
    switch (clause_token(c, k)->deprel) {
    case DEP_NSUBJ:
    case DEP_NSUBJ_PASS:
    case DEP_NSUBJ_OUTER: clause_add(c, clause, at(subject_slot(c, clause), k)); break;
    case DEP_OBJ:
        clause_add(c, clause, at(SLOT_OBJECT, k));
        add_met(c, clause, k);
        break;
    case DEP_IOBJ: clause_add(c, clause, at(indirect_slot(c, clause), k)); break;
    case DEP_OBL:
    case DEP_OBL_AGENT:
    case DEP_NMOD:
        add_oblique(c, clause, k, is_agent_phrase(c, clause, k));
        add_beyond(c, clause, k);
        break;
    case DEP_XCOMP:
        clause_add(c, clause,
                   at(is_object(c, clause, k) ? SLOT_OBJECT : SLOT_COMPLEMENT, k));
        break;
    case DEP_CCOMP:
    case DEP_CSUBJ:
    case DEP_CSUBJ_PASS: clause_add(c, clause, at(SLOT_COMPLEMENT, k)); break;
    case DEP_ADVCL:
        if (asks_for(c, clause, k))
            clause_add(c, clause, at(SLOT_COMPLEMENT, k));
        break;
    default: break;
    }
}

/* Names that stand before the noun: "the Trump-Kim meeting", "a Russian attack". */
/* NOLINTNEXTLINE(misc-no-recursion): five deep at most. */
static void add_modifiers(struct clauses *c, uint32_t clause, uint32_t token, int depth)
{
    for (uint32_t k = c->tree.first[token]; k != NONE; k = c->tree.next[k]) {
        uint8_t deprel = clause_token(c, k)->deprel;
        bool is_before = k < token || depth;
        bool is_modifier = deprel == DEP_COMPOUND || deprel == DEP_AMOD ||
                           deprel == DEP_NMOD_DESC || deprel == DEP_NMOD_UNMARKED ||
                           (depth && (deprel == DEP_CONJ || deprel == DEP_FLAT ||
                                      deprel == DEP_DEP || deprel == DEP_NMOD));
        if (!is_modifier || !is_before)
            continue;
        if (c->mention_of[k] != NONE)
            clause_add(c, clause, at(SLOT_MODIFIER, k));
        if (depth < 4)
            add_modifiers(c, clause, k, depth + 1);
    }
}

/* "in Paris", a name with a preposition of place. */
static bool is_where(const struct clauses *c, uint32_t phrase)
{
    uint32_t mark = tree_child(&c->tree, phrase, DEP_CASE);
    return mark != NONE && clause_token(c, phrase)->upos == UPOS_PROPN &&
           lexicon_word(&c->lexicon, clause_token(c, mark)->norm, "place mark", NULL);
}

static bool is_inside(const struct clauses *c, uint32_t token, uint32_t phrase)
{
    uint32_t mention = c->mention_of[phrase];
    return mention != NONE && token < c->doc->mentions.items[mention].end;
}

/* "the blame for the fire on Belarus", "the arrest in Paris of a Rwandan": whom the noun
 * is aimed at, where the tree hangs him on another of its phrases. */
static void add_aim(struct clauses *c, uint32_t clause, uint32_t phrase)
{
    const char *lemma = c->doc->clauses.items[clause].lemma;
    bool is_place = is_where(c, phrase);
    if (!is_place && (c->mention_of[phrase] != NONE || c->clause_of[phrase] != NONE))
        return;
    for (uint32_t k = c->tree.first[phrase]; k != NONE; k = c->tree.next[k]) {
        uint32_t mark = tree_child(&c->tree, k, DEP_CASE);
        if (k < phrase || mark == NONE || c->mention_of[k] == NONE ||
            is_inside(c, k, phrase))
            continue;
        const char *word = clause_token(c, mark)->norm;
        if (lexicon_word(&c->lexicon, word, is_place ? "owner mark" : "goal mark",
                         NULL) &&
            lexicon_takes(&c->lexicon, lemma, 'n', word))
            add_oblique(c, clause, k, false);
    }
}

static void noun_part(struct clauses *c, uint32_t clause, uint32_t k)
{
    switch (clause_token(c, k)->deprel) {
    case DEP_NSUBJ:
    case DEP_NSUBJ_OUTER: clause_add(c, clause, at(SLOT_SUBJECT, k)); break;
    case DEP_NMOD_POSS: clause_add(c, clause, at(SLOT_POSSESSOR, k)); break;
    /* "after meeting Kim" */
    case DEP_OBJ: clause_add(c, clause, at(SLOT_OBJECT, k)); break;
    case DEP_NMOD:
    case DEP_OBL:
        add_oblique(c, clause, k, false);
        add_aim(c, clause, k);
        break;
    case DEP_ACL:
    case DEP_CCOMP:
    case DEP_XCOMP:
    case DEP_CSUBJ:
    case DEP_ADVCL:
        if (lexicon_embeds(&c->lexicon, c->doc->clauses.items[clause].lemma, 'n'))
            clause_add(c, clause, at(SLOT_COMPLEMENT, k));
        break;
    default: break;
    }
}

static void adjective_part(struct clauses *c, uint32_t clause, uint32_t k)
{
    switch (clause_token(c, k)->deprel) {
    case DEP_NSUBJ:
    case DEP_NSUBJ_PASS:
    case DEP_NSUBJ_OUTER: clause_add(c, clause, at(SLOT_SUBJECT, k)); break;
    case DEP_OBL:
    case DEP_NMOD: add_oblique(c, clause, k, false); break;
    case DEP_XCOMP:
    case DEP_CCOMP:
    case DEP_CSUBJ:
    case DEP_ADVCL: clause_add(c, clause, at(SLOT_COMPLEMENT, k)); break;
    default: break;
    }
}

void clause_parts(struct clauses *c, uint32_t clause)
{
    uint32_t head = c->doc->clauses.items[clause].head;
    enum clause_kind kind = c->doc->clauses.items[clause].kind;
    for (uint32_t k = c->tree.first[head]; k != NONE && !c->failed; k = c->tree.next[k]) {
        if (kind == CLAUSE_VERB)
            verb_part(c, clause, k);
        else if (kind == CLAUSE_NOUN)
            noun_part(c, clause, k);
        else
            adjective_part(c, clause, k);
    }
    if (kind != CLAUSE_NOUN)
        return;
    add_modifiers(c, clause, head, 0);
    uint32_t shell = clause_shell(c, head);
    for (uint32_t k = c->tree.first[shell]; shell != head && k != NONE && !c->failed;
         k = c->tree.next[k])
        if (k != head)
            noun_part(c, clause, k);
}
