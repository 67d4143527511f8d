/* eval_words.c: reads CoNLL-U for measuring, and pairs the words of two files. */
#include "cli/eval_words.h"

#include <assert.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

enum { ID, FORM, LEMMA, UPOS, HEAD = 6, RELATION = 7, MISC = 9, COLUMNS };

struct cutter {
    struct cut_file *file;
    const char *path;
    uint32_t line, first; /* first word of the open sentence */
    uint32_t range_end;   /* last word of the open range */
    struct stretch range;
    uint32_t start; /* of the open sentence in the text */
};

static bool complain(const struct cutter *c, const char *what)
{
    fprintf(stderr, "sentosa: %s:%u: %s\n", c->path, c->line, what);
    return false;
}

bool piece_is(struct piece a, struct piece b)
{
    return a.len == b.len && memcmp(a.at, b.at, a.len) == 0;
}

static bool piece_says(struct piece piece, const char *text)
{
    return piece_is(piece, (struct piece){text, strlen(text)});
}

/* Adds a form to the text, without blanks. */
static struct stretch add_text(struct cut_file *file, struct piece form)
{
    struct stretch stretch = {file->text_len, 0};
    for (size_t i = 0; i < form.len; i++)
        if (form.at[i] != ' ')
            file->text[file->text_len++] = form.at[i];
    stretch.end = file->text_len;
    return stretch;
}

static struct piece part_of(struct piece cell, const char *key)
{
    size_t len = strlen(key);
    for (size_t at = 0; at < cell.len;) {
        const char *bar = memchr(cell.at + at, '|', cell.len - at);
        size_t end = bar ? (size_t)(bar - cell.at) : cell.len;
        if (end - at >= len && memcmp(cell.at + at, key, len) == 0)
            return (struct piece){cell.at + at + len, end - at - len};
        at = end + 1;
    }
    return (struct piece){NULL, 0};
}

static void add_name(struct cut_file *file, struct piece label, struct stretch stretch)
{
    assert(file->names);
    struct cut_name *last = file->name_count ? &file->names[file->name_count - 1] : NULL;
    if (label.len < 3 || label.at[1] != '-')
        return;
    struct piece kind = {label.at + 2, label.len - 2};
    if (label.at[0] == 'I' && last && piece_is(last->kind, kind) &&
        (last->stretch.end == stretch.start || last->stretch.end == stretch.end))
        last->stretch.end = stretch.end;
    else
        file->names[file->name_count++] = (struct cut_name){stretch, kind};
}

/* A number of a cell; false when it holds anything else. */
static bool number_of(struct piece cell, uint32_t *number)
{
    *number = 0;
    for (size_t i = 0; i < cell.len; i++) {
        if (cell.at[i] < '0' || cell.at[i] > '9' || *number > 100000000)
            return false;
        *number = *number * 10 + (uint32_t)(cell.at[i] - '0');
    }
    return cell.len > 0;
}

static bool open_range(struct cutter *c, const struct piece *cells, const char *dash)
{
    uint32_t first, last;
    struct piece id = cells[ID];
    size_t len = (size_t)(dash - id.at);
    if (!number_of((struct piece){id.at, len}, &first) ||
        !number_of((struct piece){dash + 1, id.len - len - 1}, &last))
        return complain(c, "the numbers of the token are malformed");
    c->range = add_text(c->file, cells[FORM]);
    c->range_end = last;
    return true;
}

static bool add_word(struct cutter *c, const struct piece *cells)
{
    struct cut_file *file = c->file;
    uint32_t id, head = 0, number = file->word_count - c->first + 1;
    if (!number_of(cells[ID], &id) || id != number)
        return complain(c, "the word's number is out of order");
    if (!piece_says(cells[HEAD], "_") && !number_of(cells[HEAD], &head))
        return complain(c, "the head is no number");
    bool in_range = id <= c->range_end;
    const char *colon = memchr(cells[RELATION].at, ':', cells[RELATION].len);
    struct piece relation = cells[RELATION];
    relation.len = colon ? (size_t)(colon - relation.at) : relation.len;
    struct cut_word *word = &file->words[file->word_count++];
    *word = (struct cut_word){
        .stretch = in_range ? c->range : add_text(file, cells[FORM]),
        .form = cells[FORM],
        .lemma = cells[LEMMA],
        .upos = cells[UPOS],
        .relation = relation,
        .head = head ? c->first + head - 1 : NO_WORD,
        .is_in_range = in_range,
    };
    add_name(file, part_of(cells[MISC], "NER="), word->stretch);
    return true;
}

static bool close_sentence(struct cutter *c)
{
    struct cut_file *file = c->file;
    if (file->word_count == c->first)
        return true;
    for (uint32_t i = c->first; i < file->word_count; i++)
        if (file->words[i].head != NO_WORD && file->words[i].head >= file->word_count)
            return complain(c, "a head lies outside its sentence");
    file->sentences[file->sentence_count++] = (struct stretch){c->start, file->text_len};
    c->start = file->text_len;
    c->first = file->word_count;
    c->range_end = 0;
    return true;
}

static bool add_line(struct cutter *c, const char *line, size_t len)
{
    struct piece cells[COLUMNS];
    size_t at = 0, count = 0;
    if (len && line[len - 1] == '\r')
        len--;
    if (len == 0)
        return close_sentence(c);
    if (line[0] == '#')
        return true;
    for (; at <= len && count < COLUMNS; count++) {
        const char *tab = memchr(line + at, '\t', len - at);
        size_t end = tab ? (size_t)(tab - line) : len;
        cells[count] = (struct piece){line + at, end - at};
        at = end + 1;
    }
    if (count < COLUMNS || at <= len)
        return complain(c, "a word needs ten columns");
    const char *dash = memchr(cells[ID].at, '-', cells[ID].len);
    if (memchr(cells[ID].at, '.', cells[ID].len))
        return true;
    return dash ? open_range(c, cells, dash) : add_word(c, cells);
}

static char *read_bytes(const char *path, size_t *len)
{
    FILE *in = strcmp(path, "-") == 0 ? stdin : fopen(path, "rb");
    size_t room = 1 << 20;
    char *bytes = in ? malloc(room) : NULL;
    *len = 0;
    while (bytes) {
        size_t got = fread(bytes + *len, 1, room - *len, in);
        *len += got;
        if (got == 0)
            break;
        if (*len == room && room < UINT32_MAX / 4) {
            char *more = realloc(bytes, room *= 2);
            if (!more)
                free(bytes);
            bytes = more;
        }
    }
    bool failed = !bytes || ferror(in) || *len == room;
    if (in && in != stdin)
        fclose(in);
    if (!failed)
        return bytes;
    free(bytes);
    fprintf(stderr, "sentosa: %s: cannot be read\n", path);
    return NULL;
}

bool cut_file_read(const char *path, struct cut_file *file)
{
    size_t len, lines = 1;
    memset(file, 0, sizeof *file);
    file->bytes = read_bytes(path, &len);
    if (!file->bytes)
        return false;
    for (size_t i = 0; i < len; i++)
        lines += file->bytes[i] == '\n';
    file->text = malloc(len + 1);
    file->words = calloc(lines, sizeof *file->words);
    file->sentences = calloc(lines, sizeof *file->sentences);
    file->names = calloc(lines, sizeof *file->names);
    struct cutter c = {.file = file, .path = path};
    bool good = file->text && file->words && file->sentences && file->names;
    if (!good)
        complain(&c, "out of memory");
    for (size_t at = 0; at < len && good;) {
        const char *line = file->bytes + at, *end = memchr(line, '\n', len - at);
        size_t line_len = end ? (size_t)(end - line) : len - at;
        c.line++;
        good = add_line(&c, line, line_len);
        at += line_len + 1;
    }
    return good && close_sentence(&c);
}

void cut_file_free(struct cut_file *file)
{
    free(file->bytes);
    free(file->text);
    free(file->words);
    free(file->sentences);
    free(file->names);
    memset(file, 0, sizeof *file);
}

/* ---- alignment ---- */

struct side {
    const struct cut_word *words;
    uint32_t count, at;
};

struct pairing {
    struct side gold, system;
    uint32_t *to;
};

static bool is_past(const struct side *side, uint32_t end)
{
    if (side->at >= side->count)
        return true;
    const struct cut_word *word = &side->words[side->at];
    return word->is_in_range ? word->stretch.start >= end : word->stretch.end > end;
}

static uint32_t start_of(const struct side *side)
{
    return side->at < side->count ? side->words[side->at].stretch.start : UINT32_MAX;
}

/* Walks both sides over the stretch of a token of several words. */
static void walk_range(struct side *gold, struct side *system, uint32_t *gold_from,
                       uint32_t *system_from)
{
    bool by_gold = gold->words[gold->at].is_in_range;
    struct side *own = by_gold ? gold : system, *other = by_gold ? system : gold;
    uint32_t end = own->words[own->at].stretch.end;
    if (!other->words[other->at].is_in_range && start_of(other) < start_of(own))
        other->at++;
    *gold_from = gold->at;
    *system_from = system->at;
    while (!is_past(gold, end) || !is_past(system, end)) {
        struct side *side = gold->at < gold->count && start_of(gold) <= start_of(system)
                                ? gold
                                : system;
        const struct cut_word *word = &side->words[side->at++];
        if (word->is_in_range && word->stretch.end > end)
            end = word->stretch.end;
    }
}

static bool same_form(const struct cut_word *a, const struct cut_word *b)
{
    return a->form.len == b->form.len &&
           strncasecmp(a->form.at, b->form.at, a->form.len) == 0;
}

/* Pairs the words of a stretch by the longest common sequence of their forms. */
static bool pair_range(struct pairing *p, uint32_t gold_from, uint32_t system_from)
{
    size_t rows = p->gold.at - gold_from, columns = p->system.at - system_from;
    if (rows == 0 || columns == 0)
        return true;
    size_t width = columns + 1;
    uint32_t *longest = calloc((rows + 1) * width, sizeof *longest);
    if (!longest)
        return false;
    const struct cut_word *gold = p->gold.words + gold_from,
                          *system = p->system.words + system_from;
    for (size_t g = rows; g-- > 0;)
        for (size_t s = columns; s-- > 0;) {
            uint32_t down = longest[(g + 1) * width + s],
                     across = longest[g * width + s + 1];
            longest[g * width + s] = same_form(&gold[g], &system[s])
                                         ? longest[(g + 1) * width + s + 1] + 1
                                     : down > across ? down
                                                     : across;
        }
    for (size_t g = 0, s = 0; g < rows && s < columns;) {
        if (same_form(&gold[g], &system[s]))
            p->to[gold_from + g++] = system_from + (uint32_t)s++;
        else if (longest[g * width + s] == longest[(g + 1) * width + s])
            g++;
        else
            s++;
    }
    free(longest);
    return true;
}

bool cut_align(const struct cut_file *gold, const struct cut_file *system, uint32_t *to)
{
    struct pairing p = {
        {gold->words, gold->word_count, 0}, {system->words, system->word_count, 0}, to};
    bool good = true;
    for (uint32_t i = 0; i < gold->word_count; i++)
        to[i] = NO_WORD;
    while (p.gold.at < p.gold.count && p.system.at < p.system.count && good) {
        const struct cut_word *a = &p.gold.words[p.gold.at],
                              *b = &p.system.words[p.system.at];
        if (a->is_in_range || b->is_in_range) {
            uint32_t gold_from, system_from;
            walk_range(&p.gold, &p.system, &gold_from, &system_from);
            good = pair_range(&p, gold_from, system_from);
        } else if (a->stretch.start == b->stretch.start &&
                   a->stretch.end == b->stretch.end) {
            to[p.gold.at++] = p.system.at++;
        } else if (a->stretch.start <= b->stretch.start) {
            p.gold.at++;
        } else {
            p.system.at++;
        }
    }
    return good;
}
