/* eval_words.h: CoNLL-U for measuring: words and names as stretches of the text without
 * its blanks, so that two ways to cut one text can be held against each other. */
#ifndef CLI_EVAL_WORDS_H
#define CLI_EVAL_WORDS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#define NO_WORD UINT32_MAX

struct piece {
    const char *at; /* in the file's bytes */
    size_t len;
};

struct stretch {
    uint32_t start, end; /* bytes of the text without blanks */
};

struct cut_word {
    struct stretch stretch; /* of the whole token for words of a range such as "don't" */
    struct piece form, lemma, upos, relation; /* the relation without its subtype */
    uint32_t head;                            /* a word, NO_WORD for the root */
    bool is_in_range;
};

struct cut_name {
    struct stretch stretch;
    struct piece kind;
};

struct cut_file {
    char *bytes, *text; /* the file; its text without blanks */
    uint32_t text_len;
    struct cut_word *words;
    struct stretch *sentences;
    struct cut_name *names;
    uint32_t word_count, sentence_count, name_count;
};

/* False after a complaint on stderr. Either way close with cut_file_free. */
bool cut_file_read(const char *path, struct cut_file *file);
void cut_file_free(struct cut_file *file);

bool piece_is(struct piece a, struct piece b);

/* Pairs words of both that stand for the same, as the evaluation of the CoNLL 2018 shared
 * task does (Zeman et al. 2018): by their stretch, and inside tokens of several words by
 * the longest common sequence of forms. to[i] is the word of `system` for word i of
 * `gold`, or NO_WORD. False when memory runs out. */
bool cut_align(const struct cut_file *gold, const struct cut_file *system, uint32_t *to);

#endif
