/* parse.c: tags, lemmas, trees and names by the engine (src/net). */
#include "stage/stages.h"

#include "base/utf8.h"
#include "net/net.h"
#include "stage/parse_lemma.h"
#include "stage/parse_mend.h"

#include <string.h>

#define LEMMA_CAP 256

struct parser {
    struct net net;
    struct lemmas lemmas;
    struct doc *doc;
    struct fail *fail;
    struct net_word *words; /* NET_WINDOW */
    struct net_answer *answers;
    void *scratch;
};

static enum outcome prepare(struct parser *p)
{
    const struct doc *doc = p->doc;
    struct arena *arena = &p->doc->arena;
    uint32_t most = 1;
    for (uint32_t i = 0; i < doc->sentences.count; i++) {
        uint32_t count = doc->sentences.items[i].end - doc->sentences.items[i].first;
        most = count > most ? count : most;
    }
    most = most > NET_WINDOW ? NET_WINDOW : most;
    p->words = arena_take(arena, most, sizeof *p->words);
    p->answers = arena_take(arena, most, sizeof *p->answers);
    p->scratch = arena_take(arena, net_scratch_len(&p->net, most), 1);
    return p->words && p->answers && p->scratch ? OK : fail_memory(p->fail);
}

static enum outcome set_lemma(struct parser *p, struct token *token, uint32_t script)
{
    char form[LEMMA_CAP], lemma[LEMMA_CAP + NET_SCRIPT_ADD];
    const char *written = p->doc->text + token->span.start;
    size_t len = utf8_fit(written, span_len(token->span), LEMMA_CAP - 1);
    memcpy(form, written, len);
    form[len] = '\0';
    char mended[64];
    net_script_apply(net_script_at(&p->net, script), token->norm, form, lemma,
                     sizeof lemma);
    const char *best = lemma_mend(&p->lemmas, token->upos, token->norm, lemma, mended);
    token->lemma = arena_copy(&p->doc->arena, best, strlen(best));
    return token->lemma ? OK : fail_memory(p->fail);
}

static enum outcome set_name(struct parser *p, uint32_t at, uint8_t label)
{
    struct doc *doc = p->doc;
    if (!label)
        return OK;
    enum name_kind kind = (enum name_kind)((label - 1) / 4);
    unsigned place = (label - 1) % 4;
    if (place == 1 || place == 2) {
        doc->names.items[doc->names.count - 1].end = at + 1;
        return OK;
    }
    struct name *name = array_push(&doc->arena, &doc->names);
    if (!name)
        return fail_memory(p->fail);
    *name = (struct name){at, at + 1, kind};
    return OK;
}

/* A stretch of a sentence; `root` is that of the stretches before it, NONE for the
 * first. */
static enum outcome read_stretch(struct parser *p, uint32_t first, uint32_t end,
                                 uint32_t *root)
{
    struct doc *doc = p->doc;
    for (uint32_t i = first; i < end; i++) {
        struct token *token = &doc->tokens.items[i];
        p->words[i - first] = (struct net_word){
            token->norm, doc->text + token->span.start, strlen(token->norm),
            span_len(token->span)};
    }
    net_read(&p->net, p->words, end - first, p->scratch, p->answers);
    uint32_t found = NONE;
    for (uint32_t i = first; i < end; i++) {
        const struct net_answer *answer = &p->answers[i - first];
        struct token *token = &doc->tokens.items[i];
        token->upos = net_tag_upos(&p->net, answer->tag);
        token->feats = net_tag_feats(&p->net, answer->tag);
        token->head = first + answer->head;
        token->deprel = answer->relation;
        if (answer->head == end - first) {
            found = i;
            token->head = *root == NONE ? i : *root;
            token->deprel = *root == NONE ? DEP_ROOT : DEP_PARATAXIS;
        }
        enum outcome outcome = set_lemma(p, token, answer->script);
        if (!outcome)
            outcome = set_name(p, i, answer->name);
        if (outcome)
            return outcome;
    }
    *root = *root == NONE ? found : *root;
    return OK;
}

enum outcome parse_run(const struct pack *pack, struct doc *doc, struct fail *fail)
{
    struct parser p = {.doc = doc, .fail = fail};
    size_t len;
    const void *bytes = pack_bytes(pack, "engine", &len);
    if (doc->has_trees || !bytes)
        return OK;
    enum outcome outcome = net_open(bytes, len, &p.net, fail);
    if (!outcome)
        outcome = prepare(&p);
    lemmas_open(&p.lemmas, pack);
    for (uint32_t s = 0; s < doc->sentences.count && !outcome; s++) {
        const struct sentence *sentence = &doc->sentences.items[s];
        uint32_t root = NONE;
        for (uint32_t at = sentence->first; at < sentence->end && !outcome;) {
            uint32_t end = sentence->end - at > NET_WINDOW ? at + NET_WINDOW
                                                           : sentence->end;
            outcome = read_stretch(&p, at, end, &root);
            at = end;
        }
    }
    return outcome ? outcome : parse_mend(pack, doc, fail);
}
