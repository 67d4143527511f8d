/* split.c: sentence and token F1 against gold CoNLL-U, from the raw text that it implies.
 *
 *     build/bench-split build/sentosa.pack GOLD.conllu [DOCUMENT_PREFIX] [-v]
 *
 * Each document's text is put together from its words and SpaceAfter=No; a paragraph
 * begins where the file says newpar. A document whose id does not begin with the prefix
 * is left out. */
#include "base/buffer.h"
#include "base/file.h"
#include "stage/stages.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define GOLD_CAP (1 << 19)

/* Gold spans are of the text with all blanks left out, as in the CoNLL 2018
 * evaluation. */
struct gold {
    struct buffer text;
    struct span *tokens, *sentences;
    uint32_t token_count, sentence_count;
    uint32_t solid;          /* characters that are not blank so far */
    struct span *paragraphs; /* in text */
    uint32_t paragraph_count;
    bool was_spaced, in_use;
};

struct score {
    uint64_t gold, system, right;
};

static struct score tokens, sentences;
static bool is_verbose;

static void add_word(struct gold *gold, const char *form, bool space)
{
    if (gold->was_spaced && gold->text.len)
        buffer_text(&gold->text, " ");
    buffer_text(&gold->text, form);
    gold->was_spaced = space;
}

static void add_token(struct gold *gold, uint32_t len)
{
    gold->tokens[gold->token_count++] = (struct span){gold->solid, gold->solid + len};
    gold->solid += len;
}

static uint32_t solid_len(const char *bytes, uint32_t len)
{
    uint32_t count = 0;
    for (uint32_t i = 0; i < len; i++)
        count += (unsigned char)bytes[i] > ' ';
    return count;
}

static void show_sentences(const struct doc *doc, uint32_t at)
{
    struct span span = doc->sentences.items[at].span;
    uint32_t from = span.end > 50 ? span.end - 50 : 0;
    printf("END %.*s|%.30s\n", (int)(span.end - from), doc->text + from,
           doc->text + span.end);
}

static void compare_tokens(struct doc *doc, const struct gold *gold)
{
    uint32_t solid = 0, at = 0, g = 0;
    for (uint32_t i = 0; i < doc->tokens.count; i++) {
        struct span span = doc->tokens.items[i].span;
        solid += solid_len(doc->text + at, span.start - at);
        uint32_t start = solid;
        solid += solid_len(doc->text + span.start, span_len(span));
        at = span.end;
        while (g < gold->token_count && gold->tokens[g].start < start)
            g++;
        bool is_right = g < gold->token_count && gold->tokens[g].start == start &&
                        gold->tokens[g].end == solid;
        tokens.right += is_right;
        if (is_verbose && !is_right)
            printf("TOKEN %.*s\t%.*s\n", (int)span_len(span), doc->text + span.start, 40,
                   doc->text + (span.start > 20 ? span.start - 20 : 0));
    }
    tokens.system += doc->tokens.count;
    tokens.gold += gold->token_count;
}

static void compare_sentences(struct doc *doc, const struct gold *gold)
{
    uint32_t solid = 0, at = 0, g = 0;
    for (uint32_t i = 0; i < doc->sentences.count; i++) {
        struct span span = doc->sentences.items[i].span;
        solid += solid_len(doc->text + at, span.start - at);
        uint32_t start = solid;
        solid += solid_len(doc->text + span.start, span_len(span));
        at = span.end;
        while (g < gold->sentence_count && gold->sentences[g].start < start)
            g++;
        bool is_right = g < gold->sentence_count && gold->sentences[g].start == start &&
                        gold->sentences[g].end == solid;
        sentences.right += is_right;
        if (is_verbose && !is_right)
            show_sentences(doc, i);
    }
    sentences.system += doc->sentences.count;
    sentences.gold += gold->sentence_count;
}

static void finish(const struct pack *pack, struct gold *gold)
{
    struct fail fail;
    struct doc doc;
    if (gold->token_count && gold->in_use) {
        doc_init(&doc);
        doc.text = gold->text.bytes;
        doc.len = (uint32_t)gold->text.len;
        doc.body = (struct span){0, doc.len};
        gold->paragraphs[gold->paragraph_count].start = doc.len;
        for (uint32_t i = 0; i < gold->paragraph_count; i++) {
            struct range *range = array_push(&doc.arena, &doc.ranges);
            range->span = (struct span){gold->paragraphs[i].start,
                                        gold->paragraphs[i + 1].start};
            range->kind = RANGE_PARAGRAPH;
        }
        if (segment_run(pack, &doc, &fail) || token_run(pack, &doc, &fail))
            exit(1);
        compare_tokens(&doc, gold);
        compare_sentences(&doc, gold);
        doc_free(&doc);
    }
    buffer_free(&gold->text);
    gold->token_count = gold->sentence_count = gold->solid = gold->paragraph_count = 0;
    gold->was_spaced = false;
}

static void start_paragraph(struct gold *gold)
{
    if (gold->text.len)
        buffer_text(&gold->text, "\n\n");
    gold->was_spaced = false;
    gold->paragraphs[gold->paragraph_count++].start = (uint32_t)gold->text.len;
}

static void read_line(struct gold *gold, char *line, uint32_t *covered)
{
    char *cells[10];
    int count = 0;
    for (char *cell = line; cell && count < 10; count++) {
        cells[count] = cell;
        cell = strchr(cell, '\t');
        if (cell)
            *cell++ = '\0';
    }
    if (count < 10 || strchr(cells[0], '.'))
        return;
    bool space = strstr(cells[9], "SpaceAfter=No") == NULL;
    uint32_t id = (uint32_t)atoi(cells[0]);
    const char *range = strchr(cells[0], '-');
    if (range) {
        *covered = (uint32_t)atoi(range + 1);
        add_word(gold, cells[1], space);
        return;
    }
    if (id > *covered)
        add_word(gold, cells[1], space);
    add_token(gold, solid_len(cells[1], (uint32_t)strlen(cells[1])));
}

static double percent(uint64_t a, uint64_t b)
{
    return b ? 100.0 * (double)a / (double)b : 0;
}

static void print_score(const char *name, struct score score)
{
    printf("%s\tP %.2f R %.2f F1 %.2f\t(%llu gold)\n", name,
           percent(score.right, score.system), percent(score.right, score.gold),
           percent(2 * score.right, score.system + score.gold),
           (unsigned long long)score.gold);
}

int main(int argc, char **argv)
{
    struct fail fail;
    struct pack *pack;
    char *bytes;
    size_t len;
    const char *prefix = argc > 3 ? argv[3] : "";
    is_verbose = argc > 4;
    if (argc < 3 || pack_open(argv[1], &pack, &fail) ||
        file_read(argv[2], (size_t)1 << 30, &bytes, &len, &fail)) {
        fprintf(stderr, "usage: bench-split PACK GOLD.conllu [PREFIX] [-v]\n");
        return 2;
    }
    struct gold gold = {.tokens = calloc(GOLD_CAP, sizeof(struct span)),
                        .sentences = calloc(GOLD_CAP, sizeof(struct span)),
                        .paragraphs = calloc(GOLD_CAP, sizeof(struct span))};
    uint32_t covered = 0, first = 0;
    bool in_sentence = false;
    for (char *line = bytes, *next; line && *line; line = next) {
        next = strchr(line, '\n');
        if (next)
            *next++ = '\0';
        if (strncmp(line, "# newdoc", 8) == 0) {
            finish(pack, &gold);
            const char *id = strstr(line, "id = ");
            gold.in_use = id && strncmp(id + 5, prefix, strlen(prefix)) == 0;
        }
        if (strncmp(line, "# newpar", 8) == 0 && strncmp(line, "# newpar_block", 14) != 0)
            start_paragraph(&gold);
        if (*line == '\0' && in_sentence) {
            gold.sentences[gold.sentence_count++] = (struct span){first, gold.solid};
            in_sentence = false;
        }
        if (*line >= '0' && *line <= '9') {
            if (gold.paragraph_count == 0)
                start_paragraph(&gold);
            if (!in_sentence) {
                first = gold.solid;
                covered = 0;
            }
            in_sentence = true;
            read_line(&gold, line, &covered);
        }
    }
    finish(pack, &gold);
    print_score("sentences", sentences);
    print_score("tokens", tokens);
    free(gold.tokens);
    free(gold.sentences);
    free(gold.paragraphs);
    free(bytes);
    pack_close(pack);
    return 0;
}
