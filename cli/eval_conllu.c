/* eval_conllu.c: `sentosa eval --conllu`: the measures of the CoNLL 2018 shared task
 * (Zeman et al. 2018), and names as whole spans (Tjong Kim Sang and De Meulder 2003). */
#include "cli/eval.h"
#include "cli/eval_words.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static const char usage[] =
    "usage: sentosa eval --conllu GOLD SYSTEM\n"
    "Both are CoNLL-U of one text, cut into sentences and words in any way. Relations\n"
    "count without their subtypes. Names are the NER= of the last column; rows for them\n"
    "are printed where GOLD has any, a kind that GOLD lacks is not counted.";

struct score {
    const char *name;
    uint32_t right, gold, system;
};

static double share(uint32_t part, uint32_t whole)
{
    return whole ? 100.0 * part / whole : 0;
}

static void print_score(struct score s)
{
    printf("%-12s %9.2f %9.2f %9.2f\n", s.name, share(s.right, s.system),
           share(s.right, s.gold), share(2 * s.right, s.gold + s.system));
}

static bool same_stretch(struct stretch a, struct stretch b)
{
    return a.start == b.start && a.end == b.end;
}

static void score_sentences(const struct cut_file *gold, const struct cut_file *system)
{
    struct score score = {"Sentences", 0, gold->sentence_count, system->sentence_count};
    for (uint32_t g = 0, s = 0; g < score.gold && s < score.system;) {
        struct stretch a = gold->sentences[g], b = system->sentences[s];
        score.right += same_stretch(a, b);
        g += a.end <= b.end;
        s += b.end <= a.end;
    }
    print_score(score);
}

static void score_words(const struct cut_file *gold, const struct cut_file *system,
                        const uint32_t *to)
{
    struct score scores[] = {{.name = "Words"},
                             {.name = "UPOS"},
                             {.name = "Lemmas"},
                             {.name = "UAS"},
                             {.name = "LAS"}};
    for (uint32_t i = 0; i < gold->word_count; i++) {
        if (to[i] == NO_WORD)
            continue;
        const struct cut_word *a = &gold->words[i], *b = &system->words[to[i]];
        uint32_t head = a->head == NO_WORD ? NO_WORD : to[a->head];
        bool is_unknown = a->lemma.len == 1 && a->lemma.at[0] == '_';
        bool attached = a->head == NO_WORD ? b->head == NO_WORD
                                           : head != NO_WORD && head == b->head;
        scores[0].right++;
        scores[1].right += piece_is(a->upos, b->upos);
        scores[2].right += is_unknown || piece_is(a->lemma, b->lemma);
        scores[3].right += attached;
        scores[4].right += attached && piece_is(a->relation, b->relation);
    }
    for (size_t i = 0; i < sizeof scores / sizeof *scores; i++) {
        scores[i].gold = gold->word_count;
        scores[i].system = system->word_count;
        print_score(scores[i]);
    }
}

static uint32_t count_kind(const struct cut_file *file, const struct piece *kind)
{
    uint32_t count = 0;
    for (uint32_t i = 0; i < file->name_count; i++)
        count += !kind || piece_is(file->names[i].kind, *kind);
    return count;
}

/* Names of one kind that both files have; of any kind when kind is NULL. */
static uint32_t count_common(const struct cut_file *gold, const struct cut_file *system,
                             const struct piece *kind)
{
    uint32_t count = 0;
    for (uint32_t g = 0, s = 0; g < gold->name_count && s < system->name_count;) {
        const struct cut_name *a = &gold->names[g], *b = &system->names[s];
        count += same_stretch(a->stretch, b->stretch) && piece_is(a->kind, b->kind) &&
                 (!kind || piece_is(a->kind, *kind));
        g += a->stretch.end <= b->stretch.end;
        s += b->stretch.end <= a->stretch.end;
    }
    return count;
}

static void score_names(const struct cut_file *gold, const struct cut_file *system)
{
    struct score all = {.name = "Names"};
    for (uint32_t i = 0; i < gold->name_count; i++) {
        struct piece kind = gold->names[i].kind;
        bool is_first = true;
        for (uint32_t k = 0; k < i && is_first; k++)
            is_first = !piece_is(gold->names[k].kind, kind);
        if (!is_first)
            continue;
        char name[24];
        snprintf(name, sizeof name, "  %.*s", (int)kind.len, kind.at);
        struct score score = {name, count_common(gold, system, &kind),
                              count_kind(gold, &kind), count_kind(system, &kind)};
        print_score(score);
        all.right += score.right;
        all.gold += score.gold;
        all.system += score.system;
    }
    if (all.gold)
        print_score(all);
}

static bool same_text(const struct cut_file *gold, const struct cut_file *system)
{
    uint32_t at = 0, least = gold->text_len < system->text_len ? gold->text_len
                                                               : system->text_len;
    while (at < least && gold->text[at] == system->text[at])
        at++;
    if (at == gold->text_len && at == system->text_len)
        return true;
    while (at > 0 && ((unsigned char)gold->text[at] & 0xC0) == 0x80)
        at--;
    fprintf(stderr,
            "sentosa: eval: the texts differ after %u bytes: \"%.*s\" against \"%.*s\"\n",
            at, (int)(gold->text_len - at < 40 ? gold->text_len - at : 40),
            gold->text + at,
            (int)(system->text_len - at < 40 ? system->text_len - at : 40),
            system->text + at);
    return false;
}

int eval_conllu(int count, char **args)
{
    if (count == 1 && strcmp(args[0], "--help") == 0) {
        puts(usage);
        return EXIT_OK;
    }
    if (count != 2) {
        fprintf(stderr, "%s\n", usage);
        return EXIT_USAGE;
    }
    struct cut_file gold = {0}, system = {0};
    uint32_t *to = NULL;
    int code = EXIT_STORE;
    if (!cut_file_read(args[0], &gold) || !cut_file_read(args[1], &system) ||
        !same_text(&gold, &system))
        goto out;
    to = calloc((size_t)gold.word_count + 1, sizeof *to);
    if (!to || !cut_align(&gold, &system, to)) {
        fprintf(stderr, "sentosa: eval: out of memory\n");
        goto out;
    }
    printf("%-12s %9s %9s %9s\n", "measure", "precision", "recall", "F1");
    score_sentences(&gold, &system);
    score_words(&gold, &system, to);
    score_names(&gold, &system);
    code = EXIT_OK;
out:
    free(to);
    cut_file_free(&gold);
    cut_file_free(&system);
    return code;
}
