/* entity.c: names out of GUM's entity annotation: mentions headed by a proper noun, cut
 * to the name. */
#include "train/corpus.h"

#include "base/file.h"
#include "base/utf8.h"
#include "source/conllu.h"

#include <stdlib.h>
#include <string.h>

#define DEPTH 64

struct open_mention {
    uint32_t id, first;
    char type[16];
};

struct reader {
    struct bank *bank;
    struct open_mention open[DEPTH];
    uint32_t depth;
    char *demonyms; /* "|" form "|" form "|", folded */
    struct fail *fail;
};

static bool is_capital(const struct doc *doc, uint32_t token)
{
    uint32_t code = 0;
    struct span span = doc->tokens.items[token].span;
    utf8_next(doc->text + span.start, span_len(span), &code);
    return utf8_is_upper(code);
}

/* The mention's head, or NONE. */
static uint32_t head_of(const struct doc *doc, uint32_t first, uint32_t end)
{
    for (uint32_t i = first; i < end; i++) {
        uint32_t head = doc->tokens.items[i].head;
        if (head == i || head < first || head >= end)
            return i;
    }
    return NONE;
}

static bool is_outer(const struct token *t)
{
    return t->deprel == DEP_NMOD_DESC || t->deprel == DEP_APPOS ||
           t->deprel == DEP_CONJ || t->deprel == DEP_PARATAXIS ||
           t->deprel == DEP_ACL_RELCL || t->deprel == DEP_NMOD_POSS;
}

/* Whether token i hangs below head through arcs that stay inside a name. */
static bool is_part(const struct doc *doc, uint32_t i, uint32_t head)
{
    for (int steps = 0; steps < 12 && i != head; steps++) {
        const struct token *t = &doc->tokens.items[i];
        if (is_outer(t) || t->head == i)
            return false;
        i = t->head;
    }
    return i == head;
}

static bool can_stand(const struct doc *doc, uint32_t i)
{
    const struct token *t = &doc->tokens.items[i];
    return t->upos == UPOS_PROPN ||
           ((t->upos == UPOS_ADJ || t->upos == UPOS_NOUN || t->upos == UPOS_VERB) &&
            is_capital(doc, i)) ||
           (t->upos == UPOS_NUM && !is_outer(t));
}

static bool can_join(const struct token *t)
{
    return t->upos == UPOS_ADP || t->upos == UPOS_DET || t->upos == UPOS_CCONJ ||
           t->upos == UPOS_PUNCT || t->upos == UPOS_PART;
}

static int kind_of(const char *type)
{
    static const char *const types[] = {"person", "organization", "place", "event"};
    static const int kinds[] = {NAME_PERSON, NAME_ORG, NAME_PLACE, NAME_EVENT};
    for (int i = 0; i < 4; i++)
        if (strcmp(type, types[i]) == 0)
            return kinds[i];
    return -1;
}

/* Built places, told by their last word. */
static bool is_facility(const struct doc *doc, uint32_t head)
{
    static const char words[] = "|airport|stadium|bridge|hospital|hotel|tower|building|"
                                "palace|museum|cathedral|church|"
                                "mosque|temple|station|prison|castle|theater|theatre|"
                                "library|arena|base|plant|mall|hall|"
                                "school|university|college|center|centre|camp|fort|"
                                "harbor|harbour|port|dam|tunnel|gallery|"
                                "highway|monument|memorial|cemetery|abbey|restaurant|"
                                "cafe|house|road|street|avenue|square|";
    char key[160];
    const char *norm = doc->tokens.items[head].norm;
    size_t len = strlen(norm);
    if (len > 100)
        return false;
    key[0] = '|';
    memcpy(key + 1, norm, len);
    memcpy(key + 1 + len, "|", 2);
    return strstr(words, key) != NULL;
}

static enum outcome add_name(struct reader *r, const char *type, uint32_t first,
                             uint32_t end)
{
    const struct doc *doc = &r->bank->doc;
    int kind = kind_of(type);
    uint32_t head = head_of(doc, first, end);
    if (kind < 0 || head == NONE || doc->tokens.items[head].upos != UPOS_PROPN)
        return OK;
    uint32_t from = head, to = head + 1;
    for (uint32_t i = head; i-- > first && is_part(doc, i, head);) {
        if (can_stand(doc, i))
            from = i;
        else if (!can_join(&doc->tokens.items[i]))
            break;
    }
    for (uint32_t i = head + 1; i < end && is_part(doc, i, head); i++) {
        if (can_stand(doc, i))
            to = i + 1;
        else if (!can_join(&doc->tokens.items[i]) ||
                 doc->tokens.items[i].upos == UPOS_PUNCT)
            break;
    }
    if (kind == NAME_PLACE && is_facility(doc, to - 1))
        kind = NAME_FACILITY;
    struct name *name = array_push(&r->bank->doc.arena, &r->bank->names);
    if (!name)
        return fail_memory(r->fail);
    *name = (struct name){from, to, (enum name_kind)kind};
    return OK;
}

static enum outcome read_entities(struct reader *r, const char *at, const char *end,
                                  uint32_t token)
{
    enum outcome outcome = OK;
    while (at < end && !outcome) {
        if (*at == '(') {
            struct open_mention m = {(uint32_t)strtoul(at + 1, NULL, 10), token, ""};
            const char *dash = memchr(at, '-', (size_t)(end - at));
            for (size_t i = 0; dash && dash + 1 + i < end && dash[1 + i] != '-' && i < 15;
                 i++)
                m.type[i] = dash[1 + i];
            for (at++; at < end && *at != '(' && *at != ')';)
                at++;
            if (at < end && *at == ')')
                outcome = add_name(r, m.type, token, token + 1), at++;
            else if (r->depth < DEPTH)
                r->open[r->depth++] = m;
        } else if (*at >= '0' && *at <= '9') {
            uint32_t id = (uint32_t)strtoul(at, NULL, 10);
            uint32_t i = r->depth;
            while (i > 0 && r->open[i - 1].id != id)
                i--;
            if (i > 0) {
                struct open_mention m = r->open[i - 1];
                memmove(r->open + i - 1, r->open + i, (r->depth - i) * sizeof m);
                r->depth--;
                outcome = add_name(r, m.type, m.first, token + 1);
            }
            while (at < end && *at != ')' && *at != '(')
                at++;
            at += at < end && *at == ')';
        } else {
            at++;
        }
    }
    return outcome;
}

/* ---- nationalities ---- */

static enum outcome read_demonyms(struct reader *r, const char *path)
{
    char *bytes;
    size_t len;
    enum outcome outcome = file_read(path, (size_t)8 << 20, &bytes, &len, r->fail);
    if (outcome)
        return outcome;
    r->demonyms = calloc(len + 2, 2);
    size_t at = 0;
    r->demonyms[at++] = '|';
    for (char *line = bytes; line && *line; line = strchr(line, '\n')) {
        line += *line == '\n';
        unsigned column = 0;
        for (char *c = line; *c && *c != '\n' && *line != '#'; c++) {
            column += *c == '\t';
            if (column != 4 && column != 5)
                continue;
            size_t step = strcspn(c + 1, "\t|\n");
            if ((*c == '\t' || *c == '|') && step > 1) {
                at += utf8_fold(c + 1, step, r->demonyms + at, len - at + 1);
                r->demonyms[at++] = '|';
            }
        }
    }
    r->demonyms[at] = '\0';
    free(bytes);
    return OK;
}

static bool is_demonym(const struct reader *r, const struct doc *doc, uint32_t token)
{
    char key[160];
    const char *norm = doc->tokens.items[token].norm;
    size_t len = strlen(norm);
    if (!r->demonyms || len > 100 || len < 3 || !is_capital(doc, token))
        return false;
    key[0] = '|';
    memcpy(key + 1, norm, len);
    memcpy(key + 1 + len, "|", 2);
    return strstr(r->demonyms, key) != NULL;
}

/* ---- the whole ---- */

static int compare_names(const void *a, const void *b)
{
    const struct name *x = a, *y = b;
    if (x->first != y->first)
        return x->first < y->first ? -1 : 1;
    return (x->end < y->end) - (x->end > y->end);
}

/* The outermost of names that overlap; nationalities where no name is. */
static enum outcome settle(struct reader *r)
{
    struct bank *bank = r->bank;
    qsort(bank->names.items, bank->names.count, sizeof *bank->names.items, compare_names);
    uint32_t kept = 0, end = 0;
    for (uint32_t i = 0; i < bank->names.count; i++) {
        if (bank->names.items[i].first < end)
            continue;
        bank->names.items[kept++] = bank->names.items[i];
        end = bank->names.items[i].end;
    }
    bank->names.count = kept;
    uint32_t at = 0;
    for (uint32_t t = 0; t < bank->doc.tokens.count; t++) {
        while (at < kept && bank->names.items[at].end <= t)
            at++;
        if ((at < kept && bank->names.items[at].first <= t) ||
            !is_demonym(r, &bank->doc, t))
            continue;
        struct name *name = array_push(&bank->doc.arena, &bank->names);
        if (!name)
            return fail_memory(r->fail);
        *name = (struct name){t, t + 1, NAME_NORP};
    }
    qsort(bank->names.items, bank->names.count, sizeof *bank->names.items, compare_names);
    return OK;
}

enum outcome entity_names(const char *bytes, uint32_t len, const char *states,
                          struct bank *bank, struct fail *fail)
{
    struct reader r = {.bank = bank, .fail = fail};
    struct conllu_reader lines;
    struct conllu_line line;
    bool more = true;
    uint32_t token = 0;
    conllu_begin(&lines, bytes, len);
    if (!strstr(bytes, "Entity=("))
        return OK;
    bank->has_names = true;
    enum outcome outcome = states ? read_demonyms(&r, states) : OK;
    while (!outcome && more && !(outcome = conllu_next(&lines, &line, &more, fail))) {
        if (line.kind == CONLLU_COMMENT &&
            strncmp(bytes + line.all.start, "# newdoc", 8) == 0)
            r.depth = 0;
        if (!more || line.kind != CONLLU_WORD)
            continue;
        const char *misc = bytes + line.cells[CONLLU_MISC].start;
        const char *end = bytes + line.cells[CONLLU_MISC].end;
        for (const char *at = misc; at + 7 < end; at++)
            if ((at == misc || at[-1] == '|') && memcmp(at, "Entity=", 7) == 0) {
                const char *bar = memchr(at, '|', (size_t)(end - at));
                outcome = read_entities(&r, at + 7, bar ? bar : end, token);
                break;
            }
        token++;
    }
    if (!outcome)
        outcome = settle(&r);
    free(r.demonyms);
    return outcome;
}
