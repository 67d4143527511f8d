/* parse_mend.c: mends the trees that the engine made where words know better. */
#include "stage/parse_mend.h"

#include "data/lexicon.h"
#include "doc/tree.h"

#include <string.h>

#define MAX_CLIMB 8
#define MAX_DEPTH 1024
#define NEAR 40 /* tokens */

struct mending {
    struct lexicon lexicon;
    struct doc *doc;
    struct tree tree;
};

static struct token *get(const struct mending *m, uint32_t token)
{
    return &m->doc->tokens.items[token];
}

static bool is_root(const struct mending *m, uint32_t token)
{
    return get(m, token)->head == token;
}

static void unlink_child(struct mending *m, uint32_t token)
{
    uint32_t *at = &m->tree.first[get(m, token)->head];
    while (*at != NONE && *at != token)
        at = &m->tree.next[*at];
    if (*at == token)
        *at = m->tree.next[token];
}

/* Whether `token` may lie below `top`: a climb that finds no end counts as yes. */
static bool may_be_below(const struct mending *m, uint32_t token, uint32_t top)
{
    for (int i = 0; i < MAX_DEPTH; i++) {
        if (token == top)
            return true;
        if (is_root(m, token))
            return false;
        token = get(m, token)->head;
    }
    return true;
}

/* Hangs a token on another; refuses to make a circle. */
static void hang(struct mending *m, uint32_t token, uint32_t head, enum deprel deprel)
{
    if (may_be_below(m, head, token))
        return;
    if (!is_root(m, token))
        unlink_child(m, token);
    uint32_t *at = &m->tree.first[head];
    while (*at != NONE && *at < token)
        at = &m->tree.next[*at];
    m->tree.next[token] = *at;
    *at = token;
    get(m, token)->head = head;
    get(m, token)->deprel = (uint8_t)deprel;
}

static char pos_of(const struct token *t)
{
    return t->upos == UPOS_VERB ? 'v' : t->upos == UPOS_ADJ ? 'a' : 'n';
}

static bool is_nominal(const struct token *t)
{
    return t->upos == UPOS_NOUN || t->upos == UPOS_PROPN || t->upos == UPOS_PRON;
}

/* The row that tells what the word does to such a complement; NONE. With its particle:
 * "ruled out sending". */
static uint32_t governs(const struct mending *m, uint32_t word, const char *complement)
{
    const struct token *t = get(m, word);
    const char *lemma = token_lemma(m->doc, word);
    uint32_t particle = tree_child(&m->tree, word, DEP_COMPOUND_PRT);
    char joined[64];
    if (particle != NONE && strlen(lemma) + strlen(get(m, particle)->norm) + 2 < 64) {
        char *end = stpcpy(joined, lemma);
        *end++ = '_';
        stpcpy(end, get(m, particle)->norm);
        lemma = joined;
    }
    return lexicon_embedding(&m->lexicon, lemma, pos_of(t), complement);
}

static const char *control_of(const struct mending *m, uint32_t row)
{
    return table_cell(m->lexicon.embeddings, row, m->lexicon.embedding_control);
}

static bool is_infinitive(const struct mending *m, uint32_t token)
{
    uint32_t mark = tree_child(&m->tree, token, DEP_MARK);
    return mark != NONE && get(m, mark)->upos == UPOS_PART;
}

static bool is_gerund(const struct token *t)
{
    return t->upos == UPOS_VERB && t->feats.verb_form != FORM_FIN &&
           t->feats.verb_form != FORM_INF && t->feats.tense != TENSE_PAST;
}

static bool is_event_noun(const struct mending *m, uint32_t token)
{
    return get(m, token)->upos == UPOS_NOUN &&
           lexicon_is_predicate(&m->lexicon, token_lemma(m->doc, token), 'n');
}

/* ---- clauses ---- */

/* Whether an infinitive that stands after `noun` is what the verb above asks of it:
 * "urged Iran to halt", "called on Iran to halt". */
static bool is_asked_of(const struct mending *m, uint32_t noun, uint32_t verb)
{
    const struct token *n = get(m, noun);
    uint32_t row = governs(m, verb, "xcomp");
    if (row == NONE || governs(m, noun, "xcomp") != NONE)
        return false;
    const char *control = control_of(m, row);
    if (n->deprel == DEP_OBJ || n->deprel == DEP_IOBJ)
        return strcmp(control, "obj") == 0 || governs(m, verb, "obj+xcomp") != NONE;
    uint32_t mark = n->deprel == DEP_OBL ? tree_child(&m->tree, noun, DEP_CASE) : NONE;
    return mark != NONE && strcmp(control, get(m, mark)->norm) == 0;
}

/* "rejected an offer to talk", "denied claims that he lied": the noun asks for it, the
 * verb does not. */
static void mend_content(struct mending *m, uint32_t token)
{
    uint32_t verb = get(m, token)->head;
    uint8_t deprel = get(m, token)->deprel;
    bool is_open = deprel != DEP_CCOMP && is_infinitive(m, token);
    if ((deprel != DEP_XCOMP && deprel != DEP_ADVCL && deprel != DEP_CCOMP) ||
        get(m, verb)->upos != UPOS_VERB || verb > token ||
        (!is_open && deprel != DEP_CCOMP))
        return;
    const char *complement = is_open ? "xcomp" : "ccomp";
    uint32_t object = tree_child(&m->tree, verb, DEP_OBJ);
    uint32_t mark = tree_child(&m->tree, token, DEP_MARK);
    if (mark == NONE || (deprel == DEP_ADVCL && object + 1 != mark))
        return;
    uint32_t row = governs(m, verb, complement);
    bool is_taken = is_open ? governs(m, verb, "obj+xcomp") != NONE ||
                                  (row != NONE && strcmp(control_of(m, row), "subj") != 0)
                            : row != NONE;
    if (object != NONE && object < token && !is_taken &&
        get(m, object)->upos == UPOS_NOUN && governs(m, object, complement) != NONE)
        hang(m, token, object, DEP_ACL);
}

/* A verb is what a verb governs or an adverbial clause; a noun's clause may belong to the
 * verb above. */
static void mend_clause(struct mending *m, uint32_t token)
{
    uint32_t head = get(m, token)->head;
    const struct token *h = get(m, head);
    if (get(m, token)->upos != UPOS_VERB || get(m, token)->deprel != DEP_ACL)
        return;
    bool is_open = is_infinitive(m, token);
    if (h->upos == UPOS_VERB && head < token) {
        bool is_content = is_open && governs(m, head, "xcomp") != NONE;
        hang(m, token, head, is_content ? DEP_XCOMP : DEP_ADVCL);
        return;
    }
    uint32_t verb = h->head;
    if (!is_nominal(h) || is_root(m, head) || get(m, verb)->upos != UPOS_VERB ||
        verb > head || head > token)
        return;
    if (is_open && is_asked_of(m, head, verb))
        hang(m, token, verb, DEP_XCOMP);
    uint32_t mark = tree_child(&m->tree, token, DEP_MARK);
    if (is_open || mark == NONE || h->deprel != DEP_OBJ)
        return;
    const char *word = get(m, mark)->norm;
    if (governs(m, verb, word) != NONE && governs(m, head, word) == NONE)
        hang(m, token, verb, DEP_ADVCL);
}

/* "of imposing sanctions", "bombing Libya": a gerund that a preposition opens, or that
 * stands before a name, has the noun as its object. */
static void mend_gerund(struct mending *m, uint32_t token)
{
    uint8_t deprel = get(m, token)->deprel;
    uint32_t noun = get(m, token)->head;
    if (!is_gerund(get(m, token)) || noun < token || !is_nominal(get(m, noun)))
        return;
    uint32_t mark = tree_child_of(&m->tree, token, DEP_MARK, DEP_CASE);
    bool is_opened = mark != NONE && mark < token;
    bool is_first = deprel == DEP_COMPOUND && get(m, noun)->upos == UPOS_PROPN &&
                    noun == token + 1 && m->tree.first[noun] == token;
    if (!(deprel == DEP_AMOD && is_opened) && !is_first)
        return;
    uint32_t above = get(m, noun)->head;
    uint8_t relation = get(m, noun)->deprel;
    if (above == noun)
        return;
    bool is_subject = relation == DEP_NSUBJ || relation == DEP_NSUBJ_PASS;
    bool is_of_noun = is_nominal(get(m, above));
    hang(m, token, above, is_subject ? DEP_CSUBJ : is_of_noun ? DEP_ACL : DEP_ADVCL);
    hang(m, noun, token, DEP_OBJ);
    if (is_opened)
        get(m, mark)->deprel = DEP_MARK;
}

/* "was due to attack", read as "due to an attack": the adjective rules the verb. */
static void mend_due(struct mending *m, uint32_t token)
{
    uint32_t verb = get(m, token)->head;
    uint32_t to = tree_child(&m->tree, token, DEP_FIXED);
    if (to == NONE && token + 1 < m->doc->tokens.count &&
        get(m, token + 1)->upos == UPOS_PART && get(m, token + 1)->head == verb)
        to = token + 1;
    bool is_due = get(m, token)->deprel == DEP_MARK && get(m, token)->upos == UPOS_ADJ &&
                  to != NONE && get(m, verb)->upos == UPOS_VERB && to < verb &&
                  get(m, verb)->feats.verb_form == FORM_INF;
    if (!is_due || is_root(m, token))
        return;
    bool was_root = is_root(m, verb);
    uint32_t above = get(m, verb)->head;
    uint8_t relation = get(m, verb)->deprel;
    unlink_child(m, token);
    get(m, token)->head = token;
    get(m, token)->deprel = DEP_ROOT;
    if (!was_root)
        hang(m, token, above, relation);
    for (uint32_t k = m->tree.first[verb], next; k != NONE && k < token; k = next) {
        next = m->tree.next[k];
        hang(m, k, token, get(m, k)->deprel);
    }
    hang(m, to, verb, DEP_MARK);
    hang(m, verb, token, DEP_XCOMP);
}

/* "Fighting between them went on": what rules nouns and no object is a noun. */
static void mend_verbal_noun(struct mending *m, uint32_t token)
{
    struct token *t = get(m, token);
    uint32_t next = token + 1;
    bool is_bare = t->upos == UPOS_NOUN && t->deprel == DEP_OBJ &&
                   m->tree.first[token] == NONE && t->feats.number == NUMBER_SING &&
                   is_event_noun(m, token) && next < m->doc->tokens.count;
    if (is_bare && get(m, next)->upos == UPOS_PROPN && get(m, next)->head == t->head &&
        tree_child(&m->tree, next, DEP_CASE) == NONE &&
        governs(m, t->head, "xcomp") != NONE) /* "admitted bombing Chad" */
        hang(m, next, token, DEP_OBJ);
    bool is_argument = t->deprel == DEP_CSUBJ || t->deprel == DEP_CCOMP ||
                       t->deprel == DEP_CSUBJ_PASS;
    bool is_noun = is_gerund(t) && is_argument &&
                   lexicon_is_predicate(&m->lexicon, t->norm, 'n') &&
                   tree_child(&m->tree, token, DEP_NMOD) != NONE &&
                   tree_child_of(&m->tree, token, DEP_OBJ, DEP_NSUBJ) == NONE &&
                   tree_child_of(&m->tree, token, DEP_MARK, DEP_AUX) == NONE;
    if (!is_noun)
        return;
    t->upos = UPOS_NOUN;
    t->lemma = t->norm;
    t->deprel = t->deprel == DEP_CCOMP        ? DEP_OBJ
                : t->deprel == DEP_CSUBJ_PASS ? DEP_NSUBJ_PASS
                                              : DEP_NSUBJ;
}

/* "The fear that they attacked": no relative clause, for nothing is missing in it. */
static void mend_that_clause(struct mending *m, uint32_t token)
{
    if (get(m, token)->deprel != DEP_ACL_RELCL)
        return;
    uint32_t that = NONE, subject = NONE, object = NONE;
    for (uint32_t k = m->tree.first[token]; k != NONE; k = m->tree.next[k]) {
        const struct token *t = get(m, k);
        const char *value;
        if (lexicon_word(&m->lexicon, t->norm, "clause mark", &value) &&
            strcmp(value, "content") == 0) {
            that = that == NONE ? k : that;
            continue;
        }
        if (t->deprel == DEP_NSUBJ || t->deprel == DEP_NSUBJ_PASS)
            subject = k;
        if (t->deprel == DEP_OBJ || t->deprel == DEP_CCOMP || t->deprel == DEP_XCOMP)
            object = k;
    }
    bool is_mark = that != NONE && get(m, that)->deprel == DEP_MARK;
    bool is_gap = that == NONE || subject == NONE ||
                  (object == NONE && get(m, that)->deprel == DEP_OBJ);
    if (is_gap && !is_mark)
        return;
    uint32_t noun = get(m, token)->head;
    if (that && get(m, that - 1)->upos == UPOS_NOUN) /* "on condition that" */
        noun = that - 1;
    uint32_t verb = get(m, noun)->head;
    bool is_said = governs(m, noun, "ccomp") == NONE && verb < noun &&
                   get(m, verb)->upos == UPOS_VERB &&
                   tree_child(&m->tree, verb, DEP_CCOMP) == NONE &&
                   governs(m, verb, "ccomp") != NONE;
    if (governs(m, noun, "ccomp") == NONE && !is_said)
        return;
    if (is_said) /* "wrote in a letter that" */
        hang(m, token, verb, DEP_CCOMP);
    else
        hang(m, token, noun, DEP_ACL);
    get(m, that)->deprel = DEP_MARK;
    get(m, that)->upos = UPOS_SCONJ;
    get(m, that)->feats.pron_type = PRON_NONE;
}

/* ---- phrases ---- */

static bool is_in_name(const struct mending *m, uint32_t a, uint32_t b)
{
    uint32_t low = 0, high = m->doc->names.count;
    while (low < high) {
        uint32_t mid = (low + high) / 2;
        if (m->doc->names.items[mid].end <= a)
            low = mid + 1;
        else
            high = mid;
    }
    return low < m->doc->names.count && m->doc->names.items[low].first <= a &&
           b < m->doc->names.items[low].end;
}

/* "by Ethiopia on Somalia", "weapons by Russia": names rule no phrase, and the doer hangs
 * on the passive. */
static void mend_phrase(struct mending *m, uint32_t token)
{
    uint8_t deprel = get(m, token)->deprel;
    if (deprel != DEP_NMOD && deprel != DEP_OBL && deprel != DEP_OBL_AGENT)
        return;
    uint32_t mark = tree_child(&m->tree, token, DEP_CASE);
    if (mark == NONE || mark > token)
        return;
    const char *word = get(m, mark)->norm;
    for (int i = 0; i < MAX_CLIMB; i++) {
        uint32_t head = get(m, token)->head, above = get(m, head)->head;
        if (head == token || above == head || head > mark)
            return;
        const struct token *h = get(m, head);
        bool is_name = h->upos == UPOS_PROPN && !is_in_name(m, head, token) &&
                       lexicon_word(&m->lexicon, word, "free mark", NULL);
        bool is_doer = h->upos == UPOS_NOUN && get(m, above)->feats.passive &&
                       lexicon_word(&m->lexicon, word, "agent mark", NULL) &&
                       !is_event_noun(m, head);
        bool is_clause = get(m, above)->upos == UPOS_VERB;
        if ((!is_name && !(is_doer && is_clause)) || above > mark)
            return;
        hang(m, token, above, is_clause ? DEP_OBL : DEP_NMOD);
    }
}

/* The event noun inside a noun that asks for one: "reports of an attack"; NONE. */
static uint32_t content_noun(const struct mending *m, uint32_t noun)
{
    for (uint32_t k = get(m, noun)->upos == UPOS_NOUN ? m->tree.first[noun] : NONE;
         k != NONE; k = m->tree.next[k]) {
        uint32_t mark = tree_child(&m->tree, k, DEP_CASE);
        if (get(m, k)->deprel == DEP_NMOD && k > noun && mark != NONE &&
            is_event_noun(m, k) && governs(m, noun, get(m, mark)->norm) != NONE)
            return k;
    }
    return NONE;
}

/* "condemned an attack on Peru by Chile", "an attack by troops on a town": what follows
 * an event noun is its own. */
static void mend_noun_phrase(struct mending *m, uint32_t token)
{
    uint32_t mark = tree_child(&m->tree, token, DEP_CASE);
    uint32_t head = get(m, token)->head, above = get(m, head)->head;
    if (mark == NONE || mark > token || head == token || head > mark)
        return;
    const char *word = get(m, mark)->norm;
    bool is_doer = lexicon_word(&m->lexicon, word, "agent mark", NULL);
    uint32_t object = tree_child(&m->tree, head, DEP_OBJ);
    bool is_phrase = get(m, token)->deprel == DEP_OBL ||
                     get(m, token)->deprel == DEP_OBL_AGENT;
    bool is_active = tree_child(&m->tree, head, DEP_AUX_PASS) == NONE &&
                     tree_child(&m->tree, head, DEP_NSUBJ) != NONE;
    if (is_phrase && get(m, head)->upos == UPOS_VERB && is_doer && is_active &&
        object != NONE && object < mark &&
        (is_event_noun(m, object) ||
         lexicon_embeds(&m->lexicon, token_lemma(m->doc, object), 'n'))) {
        hang(m, token, object, DEP_NMOD);
        return;
    }
    bool is_next = object != NONE && object + 1 == mark && is_phrase;
    if (is_next && get(m, head)->upos == UPOS_VERB && governs(m, object, word) != NONE &&
        governs(m, head, word) == NONE) {
        hang(m, token, object, DEP_NMOD); /* "mentioned the ban on arms" */
        return;
    }
    uint32_t content = content_noun(m, head);
    if (get(m, token)->deprel == DEP_NMOD && content != NONE && content < mark &&
        (is_doer || lexicon_word(&m->lexicon, word, "goal mark", NULL))) {
        hang(m, token, content, DEP_NMOD); /* "reports of an attack by Peru" */
        return;
    }
    if (get(m, token)->deprel != DEP_NMOD || get(m, head)->upos != UPOS_NOUN ||
        get(m, head)->deprel != DEP_NMOD || !is_event_noun(m, above))
        return;
    uint32_t before = tree_child(&m->tree, head, DEP_CASE);
    bool is_after_doer = before != NONE && lexicon_word(&m->lexicon, get(m, before)->norm,
                                                        "agent mark", NULL);
    if (is_after_doer && !is_event_noun(m, head) &&
        lexicon_word(&m->lexicon, word, "goal mark", NULL))
        hang(m, token, above, DEP_NMOD);
}

static bool is_particle_verb(const struct mending *m, uint32_t verb, uint32_t particle)
{
    char joined[64];
    const char *lemma = token_lemma(m->doc, verb), *word = get(m, particle)->norm;
    if (strlen(lemma) + strlen(word) + 2 > sizeof joined)
        return false;
    char *end = stpcpy(joined, lemma);
    *end++ = '_';
    stpcpy(end, word);
    return lexicon_is_predicate(&m->lexicon, joined, 'v') ||
           lexicon_embeds(&m->lexicon, joined, 'v');
}

/* "committed to \"complete\" disarmament", with "to" hung on the adjective: a preposition
 * before a noun's modifier is the noun's, and no object has one. */
static void mend_modifier(struct mending *m, uint32_t token)
{
    uint32_t modifier = get(m, token)->head;
    uint32_t noun = get(m, modifier)->head;
    uint8_t deprel = get(m, token)->deprel;
    if (get(m, token)->upos != UPOS_ADP || token > modifier || modifier > noun ||
        (deprel != DEP_CASE && deprel != DEP_MARK) ||
        get(m, modifier)->deprel != DEP_AMOD || get(m, noun)->upos != UPOS_NOUN)
        return;
    hang(m, token, noun, DEP_CASE);
    if (get(m, noun)->deprel == DEP_OBJ)
        hang(m, noun, get(m, noun)->head, DEP_OBL);
}

/* "pulled out of Angola": the first of two prepositions is the verb's particle; "handed
 * over the weapons": so is one before what would be the object. */
static void mend_particle(struct mending *m, uint32_t token)
{
    uint32_t head = get(m, token)->head;
    uint32_t verb = get(m, head)->head;
    bool is_after_verb = get(m, token)->deprel == DEP_CASE && verb + 1 == token &&
                         get(m, verb)->upos == UPOS_VERB && token < head;
    if (!is_after_verb || !is_particle_verb(m, verb, token))
        return;
    bool is_first = get(m, token + 1)->deprel == DEP_CASE &&
                    get(m, token + 1)->head == head;
    bool is_sure = lexicon_word(&m->lexicon, get(m, token)->norm, "particle", NULL) &&
                   get(m, head)->deprel == DEP_OBL &&
                   tree_child(&m->tree, verb, DEP_OBJ) == NONE;
    if (!is_first && !is_sure)
        return;
    hang(m, token, verb, DEP_COMPOUND_PRT);
    if (!is_first)
        hang(m, head, verb, DEP_OBJ);
}

/* ---- subjects ---- */

static bool is_finite(const struct mending *m, uint32_t token)
{
    const struct token *t = get(m, token);
    if (t->upos == UPOS_VERB && t->feats.verb_form == FORM_FIN)
        return true;
    for (uint32_t k = m->tree.first[token]; k != NONE; k = m->tree.next[k]) {
        uint8_t deprel = get(m, k)->deprel;
        bool is_aux = deprel == DEP_AUX || deprel == DEP_AUX_PASS || deprel == DEP_COP;
        if (is_aux && get(m, k)->feats.verb_form == FORM_FIN)
            return true;
    }
    return false;
}

static bool has_subject(const struct mending *m, uint32_t token)
{
    return tree_child_of(&m->tree, token, DEP_NSUBJ, DEP_NSUBJ_PASS) != NONE;
}

/* Puts `token` where its head stands, and hangs the head on it. */
static void turn_over(struct mending *m, uint32_t token, enum deprel deprel)
{
    uint32_t head = get(m, token)->head;
    bool was_root = is_root(m, head);
    uint32_t above = get(m, head)->head;
    uint8_t relation = get(m, head)->deprel;
    unlink_child(m, token);
    get(m, token)->head = token;
    get(m, token)->deprel = DEP_ROOT;
    if (!was_root)
        hang(m, token, above, relation);
    hang(m, head, token, deprel);
}

/* "Minister to resign", "The visit by the king was put off": a finite verb, or the
 * infinitive of a headline, that hangs on the first noun of the sentence rules it. */
static void mend_root(struct mending *m, uint32_t token)
{
    uint32_t noun = get(m, token)->head;
    uint8_t deprel = get(m, token)->deprel;
    bool is_clause = get(m, token)->upos == UPOS_VERB && noun < token &&
                     (deprel == DEP_ACL || deprel == DEP_ADVCL) && is_root(m, noun) &&
                     is_nominal(get(m, noun)) &&
                     tree_child(&m->tree, noun, DEP_COP) == NONE &&
                     tree_child(&m->tree, noun, DEP_CASE) == NONE;
    if (!is_clause)
        return;
    uint32_t sentence = doc_sentence_of(m->doc, token);
    bool is_ahead = is_infinitive(m, token) && governs(m, noun, "xcomp") == NONE &&
                    m->doc->sentences.items[sentence].is_headline;
    bool is_active = get(m, token)->feats.tense == TENSE_PAST &&
                     tree_child(&m->tree, token, DEP_OBJ) != NONE &&
                     tree_child(&m->tree, token, DEP_OBL_AGENT) == NONE;
    bool is_told = (is_finite(m, token) || is_active) && deprel == DEP_ACL &&
                   tree_child(&m->tree, token, DEP_MARK) == NONE;
    uint32_t subject = tree_child_of(&m->tree, token, DEP_NSUBJ, DEP_NSUBJ_PASS);
    if ((!is_ahead && !is_told) || (subject != NONE && is_ahead))
        return;
    bool has_aux = tree_child(&m->tree, token, DEP_AUX_PASS) != NONE;
    if (is_active && !has_aux) { /* "The minister rejected on Friday a plan" */
        get(m, token)->feats.passive = 0;
        get(m, token)->feats.verb_form = FORM_FIN;
    }
    bool is_passive = get(m, token)->feats.passive || has_aux;
    if (subject != NONE)
        hang(m, subject, noun, DEP_APPOS);
    turn_over(m, token, is_passive ? DEP_NSUBJ_PASS : DEP_NSUBJ);
}

/* "On Friday Peru imposed sanctions", read as "imposed sanctions" of Peru: a participle
 * with a subject is a verb, and the noun its object. */
static void mend_participle(struct mending *m, uint32_t token)
{
    uint32_t noun = get(m, token)->head;
    uint32_t subject = tree_child(&m->tree, token, DEP_NSUBJ);
    if (get(m, token)->upos != UPOS_VERB || get(m, token)->deprel != DEP_AMOD ||
        noun < token || subject == NONE || subject > token)
        return;
    turn_over(m, token, DEP_OBJ);
    get(m, token)->feats.passive = 0;
    for (uint32_t k = m->tree.first[noun], next; k != NONE && k < token; k = next) {
        next = m->tree.next[k];
        bool is_phrase = tree_child(&m->tree, k, DEP_CASE) != NONE;
        hang(m, k, token, is_phrase ? DEP_OBL : get(m, k)->deprel);
    }
}

/* "after the army bombed it", read as "after the army": the noun before a verb without a
 * subject is its subject. */
static void mend_subject(struct mending *m, uint32_t token)
{
    const struct token *t = get(m, token);
    const char *value;
    if (t->upos != UPOS_VERB || t->deprel != DEP_ADVCL || t->feats.tense != TENSE_PAST ||
        has_subject(m, token) || m->tree.first[token] < token || t->head > token)
        return;
    for (uint32_t k = m->tree.first[t->head]; k != NONE && k < token;
         k = m->tree.next[k]) {
        uint32_t mark = tree_child(&m->tree, k, DEP_CASE);
        if (get(m, k)->deprel != DEP_OBL || mark == NONE || k + 1 != token ||
            !lexicon_word(&m->lexicon, get(m, mark)->norm, "clause mark", &value) ||
            (strcmp(value, "time") != 0 && strcmp(value, "cause") != 0))
            continue;
        hang(m, mark, token, DEP_MARK);
        hang(m, k, token, DEP_NSUBJ);
        get(m, token)->feats.passive = 0;
        return;
    }
}

/* "said they had fled and called for calm": the simple past goes on with the report, not
 * with what is reported. */
static void mend_report_conjunct(struct mending *m, uint32_t token)
{
    uint32_t first = get(m, token)->head;
    const struct token *t = get(m, token);
    bool is_told = t->deprel == DEP_CONJ && t->upos == UPOS_VERB && first < token &&
                   t->feats.verb_form == FORM_FIN && t->feats.tense == TENSE_PAST &&
                   !has_subject(m, token) && get(m, first)->deprel == DEP_CCOMP &&
                   tree_child_of(&m->tree, token, DEP_AUX, DEP_AUX_PASS) == NONE;
    uint32_t verb = get(m, first)->head;
    uint32_t aux = tree_child(&m->tree, first, DEP_AUX);
    if (is_told && aux != NONE && verb < first && get(m, verb)->upos == UPOS_VERB &&
        get(m, verb)->feats.tense == TENSE_PAST && has_subject(m, verb))
        hang(m, token, verb, DEP_CONJ);
}

/* "Spain suspects Chile attacked it", read as two sentences in a row. */
static void mend_content_beside(struct mending *m, uint32_t token)
{
    uint32_t verb = get(m, token)->head;
    bool is_beside = get(m, token)->deprel == DEP_PARATAXIS && verb < token &&
                     get(m, token)->upos == UPOS_VERB &&
                     get(m, verb)->upos == UPOS_VERB && token - verb < NEAR;
    if (!is_beside || !has_subject(m, token) || governs(m, verb, "ccomp") == NONE ||
        tree_child_of(&m->tree, verb, DEP_CCOMP, DEP_OBJ) != NONE)
        return;
    for (uint32_t i = verb + 1; i < token; i++)
        if (get(m, i)->upos == UPOS_PUNCT)
            return;
    get(m, token)->deprel = DEP_CCOMP;
}

/* "A accused B of lying and vowed to go": a finite verb is joined to a finite one. */
static void mend_conjunct(struct mending *m, uint32_t token)
{
    uint32_t first = get(m, token)->head;
    const struct token *t = get(m, token);
    if (t->deprel != DEP_CONJ || t->upos != UPOS_VERB || has_subject(m, token) ||
        t->feats.tense != TENSE_PAST || !is_gerund(get(m, first)) || first > token ||
        tree_child_of(&m->tree, token, DEP_AUX, DEP_AUX_PASS) != NONE)
        return;
    for (int i = 0; i < MAX_CLIMB && !is_root(m, first); i++) {
        first = get(m, first)->head;
        if (first < token && get(m, first)->upos == UPOS_VERB && is_finite(m, first)) {
            hang(m, token, first, DEP_CONJ);
            return;
        }
    }
}

/* "President A and Chancellor B met", read as an apposition. */
static void mend_list(struct mending *m, uint32_t token)
{
    uint8_t deprel = get(m, token)->deprel;
    if (deprel != DEP_APPOS && deprel != DEP_LIST && deprel != DEP_FLAT)
        return;
    uint32_t at = m->tree.first[token];
    for (int i = 0; i < MAX_CLIMB && at != NONE && at < token; i++) {
        if (get(m, at)->deprel == DEP_CC) {
            get(m, token)->deprel = DEP_CONJ;
            hang(m, at, token, DEP_CC);
            return;
        }
        at = m->tree.first[at];
    }
}

/* ---- reports ---- */

static bool is_mark(const struct mending *m, uint32_t token)
{
    return get(m, token)->upos == UPOS_PUNCT;
}

/* "Chile, Peru claims, attacked Bolivia": a nominal, a report between marks, and the verb
 * that the nominal waits for. */
static void mend_insertion(struct mending *m, uint32_t verb)
{
    const struct sentence *sentence =
        &m->doc->sentences.items[doc_sentence_of(m->doc, verb)];
    uint32_t row = governs(m, verb, "ccomp");
    uint32_t subject = tree_child(&m->tree, verb, DEP_NSUBJ);
    if (get(m, verb)->upos != UPOS_VERB || row == NONE || subject == NONE ||
        subject > verb || verb + 2 >= sentence->end || !is_mark(m, verb + 1) ||
        *table_cell(m->lexicon.embeddings, row, m->lexicon.embedding_voice) == '\0')
        return;
    uint32_t open = subject;
    while (open > sentence->first && !is_mark(m, open) && subject - open < NEAR)
        open--;
    uint32_t next = verb + 1, noun = open;
    while (next + 1 < sentence->end && is_mark(m, next))
        next++;
    while (noun > sentence->first && is_mark(m, noun))
        noun--;
    if (get(m, next)->upos == UPOS_AUX)
        next = get(m, next)->head;
    if (next <= verb || next >= sentence->end || get(m, next)->upos != UPOS_VERB ||
        !is_mark(m, open) || open - sentence->first > NEAR || is_gerund(get(m, next)) ||
        is_infinitive(m, next))
        return;
    for (uint32_t t = sentence->first; t < open; t++)
        if (get(m, t)->upos == UPOS_VERB || get(m, t)->upos == UPOS_AUX)
            return;
    for (int i = 0; i < MAX_CLIMB && !is_root(m, noun) && get(m, noun)->head < open; i++)
        noun = get(m, noun)->head;
    uint32_t wrong = tree_child(&m->tree, next, DEP_NSUBJ);
    if (!is_nominal(get(m, noun)) || (wrong != NONE && wrong < next))
        return;
    if (get(m, verb)->head == noun)
        turn_over(m, verb, DEP_DISLOCATED);
    hang(m, next, verb, DEP_CCOMP);
    hang(m, noun, next, DEP_NSUBJ);
    if (wrong != NONE && tree_child(&m->tree, next, DEP_OBJ) == NONE)
        get(m, wrong)->deprel = DEP_OBJ;
}

/* "..., said the minister": who says it stands after the verb. "A, B said, attacked C":
 * what is said has its subject before the insertion. */
static void mend_report(struct mending *m, uint32_t verb)
{
    uint32_t content = tree_child(&m->tree, verb, DEP_CCOMP);
    uint32_t row = governs(m, verb, "ccomp");
    uint32_t before = m->tree.first[verb];
    if (content == NONE && row != NONE && before != NONE && before < verb &&
        get(m, before)->deprel == DEP_ADVCL && has_subject(m, before) &&
        is_finite(m, before) && tree_child(&m->tree, before, DEP_MARK) == NONE &&
        tree_child(&m->tree, before, DEP_ADVMOD) == NONE) {
        get(m, before)->deprel = DEP_CCOMP; /* "A regretted it, said B" */
        content = before;
    }
    bool is_report = row != NONE &&
                     *table_cell(m->lexicon.embeddings, row, m->lexicon.embedding_voice);
    if (get(m, verb)->upos != UPOS_VERB || content == NONE || !is_report)
        return;
    uint32_t subject = tree_child_of(&m->tree, verb, DEP_NSUBJ, DEP_NSUBJ_PASS);
    uint32_t object = tree_child_of(&m->tree, verb, DEP_OBJ, DEP_IOBJ);
    if (subject == NONE && content < verb && object != NONE && object > verb) {
        get(m, object)->deprel = DEP_NSUBJ;
        return;
    }
    uint32_t first = m->tree.first[verb];
    bool is_apart = first != NONE && first < verb && subject != NONE && first < subject &&
                    is_nominal(get(m, first)) &&
                    (get(m, first)->deprel == DEP_VOCATIVE ||
                     get(m, first)->deprel == DEP_DISLOCATED);
    bool is_open = content > verb && get(m, verb)->feats.verb_form == FORM_FIN &&
                   tree_child_of(&m->tree, content, DEP_NSUBJ, DEP_NSUBJ_PASS) == NONE &&
                   !is_infinitive(m, content);
    if (is_apart && is_open)
        hang(m, first, content, DEP_NSUBJ);
}

enum outcome parse_mend(const struct pack *pack, struct doc *doc, struct fail *fail)
{
    struct mending m = {.doc = doc};
    lexicon_open(&m.lexicon, pack);
    if (!tree_build(doc, &m.tree))
        return fail_memory(fail);
    for (uint32_t t = 0; t < doc->tokens.count; t++) {
        mend_modifier(&m, t);
        mend_particle(&m, t);
        mend_gerund(&m, t);
        mend_phrase(&m, t);
        mend_noun_phrase(&m, t);
        mend_due(&m, t);
        mend_verbal_noun(&m, t);
        mend_clause(&m, t);
        mend_content(&m, t);
        mend_that_clause(&m, t);
        mend_insertion(&m, t);
        mend_report(&m, t);
        mend_root(&m, t);
        mend_participle(&m, t);
        mend_subject(&m, t);
        mend_conjunct(&m, t);
        mend_content_beside(&m, t);
        mend_report_conjunct(&m, t);
        mend_list(&m, t);
    }
    return OK;
}
