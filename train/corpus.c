/* corpus.c: reads treebanks and vectors, and numbers what they hold. */
#include "train/corpus.h"

#include "base/file.h"
#include "base/utf8.h"
#include "source/conllu.h"

#include <stdlib.h>
#include <string.h>

#define KNOWN_LEAST 3
#define SCRIPT_LEAST 3

static int compare_keys(const void *a, const void *b)
{
    uint32_t x = *(const uint32_t *)a, y = *(const uint32_t *)b;
    return (x > y) - (x < y);
}

void words_index(uint32_t *keys, uint32_t count, uint32_t *starts)
{
    uint32_t at = 0;
    for (uint32_t high = 0; high <= 65536; high++) {
        while (at < count && keys[at] >> 16 < high)
            at++;
        starts[high] = at;
    }
}

/* ---- vectors ---- */

struct keyed {
    uint32_t key, rank;
    const unsigned char *vector;
};

static int compare_keyed(const void *a, const void *b)
{
    const struct keyed *x = a, *y = b;
    if (x->key != y->key)
        return x->key < y->key ? -1 : 1;
    return (x->rank > y->rank) - (x->rank < y->rank);
}

static enum outcome vectors_fill(struct mapping file, struct vectors *v,
                                 struct fail *fail)
{
    struct keyed *all = calloc(v->count, sizeof *all);
    v->keys = calloc(v->count, sizeof *v->keys);
    v->starts = calloc(65537, sizeof *v->starts);
    v->items = calloc(v->count, v->width);
    if (!all || !v->keys || !v->starts || !v->items)
        return fail_memory(fail);
    size_t at = 12;
    for (uint32_t i = 0; i < v->count; i++) {
        if (at + 1 + file.bytes[at] + v->width > file.len)
            return fail_with(fail, FAIL_DATA, "the vectors end early");
        char norm[256];
        size_t len = utf8_fold((const char *)file.bytes + at + 1, file.bytes[at], norm,
                               sizeof norm);
        len = len > NET_WORD_CAP ? NET_WORD_CAP : len;
        at += 1u + file.bytes[at];
        all[i] = (struct keyed){net_hash(norm, len), i, file.bytes + at};
        at += v->width;
    }
    qsort(all, v->count, sizeof *all, compare_keyed);
    uint32_t kept = 0;
    for (uint32_t i = 0; i < v->count; i++) {
        if (kept && v->keys[kept - 1] == all[i].key)
            continue;
        v->keys[kept] = all[i].key;
        memcpy(v->items + (size_t)kept * v->width, all[i].vector, v->width);
        kept++;
    }
    v->count = kept;
    words_index(v->keys, kept, v->starts);
    free(all);
    return OK;
}

enum outcome vectors_read(const char *path, struct vectors *v, struct fail *fail)
{
    struct mapping file;
    enum outcome outcome = file_map(path, &file, fail);
    if (outcome)
        return outcome;
    if (file.len < 12 || memcmp(file.bytes, "SVEC", 4) != 0) {
        outcome = fail_with(fail, FAIL_DATA, "%s: not made by train/vectors.py", path);
    } else {
        memcpy(&v->count, file.bytes + 4, 4);
        memcpy(&v->width, file.bytes + 8, 4);
        outcome = vectors_fill(file, v, fail);
    }
    file_unmap(&file);
    return outcome;
}

/* ---- treebanks ---- */

size_t token_form(const struct doc *doc, uint32_t token, char *form, size_t cap)
{
    struct span span = doc->tokens.items[token].span;
    size_t len = span_len(span) < cap ? span_len(span) : cap - 1;
    memcpy(form, doc->text + span.start, len);
    form[len] = '\0';
    return len;
}

enum outcome bank_read(const char *path, const char *states, struct bank *bank,
                       struct fail *fail)
{
    char *bytes;
    size_t len;
    memset(bank, 0, sizeof *bank);
    doc_init(&bank->doc);
    enum outcome outcome = file_read(path, (size_t)64 << 20, &bytes, &len, fail);
    if (outcome)
        return outcome;
    outcome = conllu_read(bytes, len, &bank->doc, fail);
    if (!outcome && bank->doc.names.count) {
        bank->has_names = true;
        bank->names.items = bank->doc.names.items;
        bank->names.count = bank->doc.names.count;
    } else if (!outcome) {
        outcome = entity_names(bytes, (uint32_t)len, states, bank, fail);
    }
    free(bytes);
    return outcome;
}

/* ---- inventory ---- */

static enum outcome find_known(const struct bank *banks, uint32_t count,
                               struct inventory *inv, struct fail *fail)
{
    uint32_t total = 0;
    for (uint32_t b = 0; b < count; b++)
        total += banks[b].doc.tokens.count;
    inv->known_keys = calloc(total + 1, sizeof *inv->known_keys);
    inv->known_starts = calloc(65537, sizeof *inv->known_starts);
    if (!inv->known_keys || !inv->known_starts)
        return fail_memory(fail);
    uint32_t at = 0;
    for (uint32_t b = 0; b < count; b++)
        for (uint32_t i = 0; i < banks[b].doc.tokens.count; i++) {
            const char *norm = banks[b].doc.tokens.items[i].norm;
            size_t len = strlen(norm);
            inv->known_keys[at++] = net_hash(norm,
                                             len > NET_WORD_CAP ? NET_WORD_CAP : len);
        }
    qsort(inv->known_keys, total, sizeof *inv->known_keys, compare_keys);
    uint32_t kept = 0;
    for (uint32_t i = 0; i < total;) {
        uint32_t end = i;
        while (end < total && inv->known_keys[end] == inv->known_keys[i])
            end++;
        if (end - i >= KNOWN_LEAST)
            inv->known_keys[kept++] = inv->known_keys[i];
        i = end;
    }
    words_index(inv->known_keys, kept, inv->known_starts);
    inv->known = (struct net_words){inv->known_starts, inv->known_keys, kept};
    return OK;
}

static bool same_feats(struct feats a, struct feats b)
{
    return memcmp(&a, &b, sizeof a) == 0;
}

static uint32_t find_tag(const struct inventory *inv, const struct token *token)
{
    uint32_t i = 0;
    while (i < inv->tag_count && (inv->tags[i].upos != token->upos ||
                                  !same_feats(inv->tags[i].feats, token->feats)))
        i++;
    return i;
}

static uint32_t find_script(const struct inventory *inv, const struct net_script *script)
{
    uint32_t i = 0;
    while (i < inv->script_count &&
           memcmp(&inv->scripts[i].script, script, sizeof *script) != 0)
        i++;
    return i;
}

static bool token_script(const struct doc *doc, uint32_t token, struct net_script *script)
{
    char form[256];
    token_form(doc, token, form, sizeof form);
    const char *lemma = doc->tokens.items[token].lemma;
    memset(script, 0, sizeof *script);
    return lemma && net_script_make(doc->tokens.items[token].norm, form, lemma, script);
}

static uint32_t find_label(const struct inventory *inv, const char *name)
{
    uint32_t i = 1;
    while (i < inv->label_count && strcmp(inv->labels[i], name) != 0)
        i++;
    return i;
}

static void note_token(const struct doc *doc, uint32_t at, struct inventory *inv)
{
    const struct token *token = &doc->tokens.items[at];
    uint32_t tag = find_tag(inv, token);
    if (tag == inv->tag_count && tag < 512)
        inv->tags[inv->tag_count++] = (struct tag){token->upos, token->feats, 0};
    if (tag < 512)
        inv->tags[tag].count++;
    struct net_script script;
    if (token_script(doc, at, &script)) {
        uint32_t found = find_script(inv, &script);
        if (found == inv->script_count && found < 1024)
            inv->scripts[inv->script_count++] = (struct counted_script){script, 0};
        if (found < 1024)
            inv->scripts[found].count++;
    }
    const char *name = deprel_name((enum deprel)token->deprel);
    if (token->head != at && find_label(inv, name) == inv->label_count &&
        inv->label_count < NET_LABEL_MAX)
        strncpy(inv->labels[inv->label_count++], name, LABEL_TEXT - 1);
}

enum outcome inventory_make(const struct bank *banks, uint32_t count,
                            struct inventory *inv, struct fail *fail)
{
    memset(inv, 0, sizeof *inv);
    inv->label_count = 1;
    for (uint32_t b = 0; b < count; b++)
        for (uint32_t i = 0; i < banks[b].doc.tokens.count; i++)
            note_token(&banks[b].doc, i, inv);
    uint32_t kept = 0;
    for (uint32_t i = 0; i < inv->script_count; i++)
        if (inv->scripts[i].count >= SCRIPT_LEAST)
            inv->scripts[kept++] = inv->scripts[i];
    inv->script_count = kept;
    return find_known(banks, count, inv, fail);
}

/* ---- numbering ---- */

static void change_case(const char *form, enum spelling spelling, char *out, size_t cap)
{
    size_t i = 0;
    for (; form[i] && i + 1 < cap; i++) {
        char c = form[i];
        bool is_lower = c >= 'a' && c <= 'z', is_upper = c >= 'A' && c <= 'Z';
        bool raise = spelling == SPELL_UPPER || (spelling == SPELL_TITLE && i == 0);
        if (raise && is_lower)
            c = (char)(c - 32);
        else if (spelling == SPELL_LOWER && is_upper)
            c = (char)(c + 32);
        out[i] = c;
    }
    out[i] = '\0';
}

static void number_names(struct bank *bank)
{
    for (uint32_t i = 0; i < bank->doc.tokens.count; i++)
        bank->words[i].name = bank->has_names ? 0 : NAME_UNKNOWN;
    for (uint32_t n = 0; n < bank->names.count; n++) {
        const struct name *name = &bank->names.items[n];
        uint8_t base = (uint8_t)(1 + 4 * name->kind);
        for (uint32_t t = name->first; t < name->end; t++) {
            bool first = t == name->first, last = t + 1 == name->end;
            bank->words[t].name = (uint8_t)(base + (first && last ? 3
                                                    : first       ? 0
                                                    : last        ? 2
                                                                  : 1));
        }
    }
}

/* A letter lost, doubled, changed for its neighbour, or read as a figure. */
static size_t blemish(const char *norm, size_t len, uint32_t dice, char *out)
{
    static const char letters[] = "loseigb", figures[] = "1053198";
    memcpy(out, norm, len + 1);
    size_t at = len > 2 ? 1 + dice / 4 % (len - 2) : 0;
    if (len < 4 || (unsigned char)out[at] >= 0x80 || (unsigned char)out[at + 1] >= 0x80)
        return len;
    char kept = out[at];
    const char *letter = strchr(letters, kept);
    switch (dice % 4) {
    case 0: memmove(out + at, out + at + 1, len - at); return len - 1;
    case 1: memmove(out + at + 1, out + at, len - at + 1); return len + 1;
    case 2:
        out[at] = out[at + 1];
        out[at + 1] = kept;
        return len;
    default:
        if (letter)
            out[at] = figures[letter - letters];
        return len;
    }
}

static void number_word(const struct bank *bank, uint32_t at, const struct inventory *inv,
                        const struct vectors *vectors)
{
    const struct token *token = &bank->doc.tokens.items[at];
    struct word *word = &bank->words[at];
    char form[256], other[256];
    size_t form_len = token_form(&bank->doc, at, form, sizeof form),
           len = strlen(token->norm);
    net_rows(&inv->known, token->norm, len, form, form_len, word->rows);
    for (int s = 0; s < SPELL_COUNT; s++) {
        change_case(form, (enum spelling)s, other, sizeof other);
        word->shapes[s] = net_shape_row(&inv->known, other, strlen(other));
    }
    struct net_words all = {vectors->starts, vectors->keys, vectors->count};
    word->vector = net_words_find(
        &all, net_hash(token->norm, len > NET_WORD_CAP ? NET_WORD_CAP : len));
    char typo[260];
    size_t typo_len = len < 250
                          ? blemish(token->norm, len, net_hash(form, form_len) + at, typo)
                          : 0;
    net_rows(&inv->known, typo, typo_len, form, form_len, word->typo_rows);
    word->typo_vector = net_words_find(
        &all, net_hash(typo, typo_len > NET_WORD_CAP ? NET_WORD_CAP : typo_len));
    uint32_t tag = find_tag(inv, token);
    word->tag = tag < inv->tag_count ? (uint16_t)tag : UINT16_MAX;
    struct net_script script;
    uint32_t found = token_script(&bank->doc, at, &script) ? find_script(inv, &script)
                                                           : inv->script_count;
    word->script = found < inv->script_count ? (uint16_t)found : UINT16_MAX;
    uint32_t label = find_label(inv, deprel_name((enum deprel)token->deprel));
    word->label = label < inv->label_count ? (uint8_t)label : 0;
}

enum outcome bank_number(struct bank *bank, const struct inventory *inv,
                         const struct vectors *vectors, struct fail *fail)
{
    bank->words = calloc(bank->doc.tokens.count + 1, sizeof *bank->words);
    if (!bank->words)
        return fail_memory(fail);
    for (uint32_t s = 0; s < bank->doc.sentences.count; s++) {
        const struct sentence *sentence = &bank->doc.sentences.items[s];
        for (uint32_t i = sentence->first; i < sentence->end; i++) {
            number_word(bank, i, inv, vectors);
            uint32_t head = bank->doc.tokens.items[i].head;
            bank->words[i].head = head == i ? sentence->end - sentence->first
                                            : head - sentence->first;
        }
    }
    number_names(bank);
    return OK;
}
