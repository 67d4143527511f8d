/* conllu.c: reads CoNLL-U. */
#include "source/conllu.h"

#include "base/utf8.h"

#include <string.h>

#define NORM_CAP 128

void conllu_begin(struct conllu_reader *reader, const char *bytes, uint32_t len)
{
    *reader = (struct conllu_reader){bytes, len, 0, 0};
}

static bool read_number(const char **at, const char *end, uint32_t *number)
{
    if (*at == end || **at < '0' || **at > '9')
        return false;
    uint64_t value = 0;
    while (*at < end && **at >= '0' && **at <= '9' && value < 100000000)
        value = value * 10 + (uint64_t)(*(*at)++ - '0');
    *number = (uint32_t)value;
    return true;
}

static enum outcome read_id(const struct conllu_reader *reader, struct conllu_line *line,
                            struct fail *fail)
{
    const char *at = reader->bytes + line->cells[CONLLU_ID].start;
    const char *end = reader->bytes + line->cells[CONLLU_ID].end;
    bool good = read_number(&at, end, &line->id);
    line->id_end = line->id;
    line->kind = CONLLU_WORD;
    if (good && at < end && *at == '-') {
        at++;
        line->kind = CONLLU_RANGE;
        good = read_number(&at, end, &line->id_end) && line->id_end >= line->id;
    } else if (good && at < end && *at == '.') {
        uint32_t minor;
        at++;
        line->kind = CONLLU_EMPTY_NODE;
        good = read_number(&at, end, &minor);
    }
    if (!good || at != end)
        return fail_with(fail, FAIL_DATA, "line %u: the word's number is malformed",
                         line->number);
    return OK;
}

enum outcome conllu_next(struct conllu_reader *reader, struct conllu_line *line,
                         bool *more, struct fail *fail)
{
    memset(line, 0, sizeof *line);
    *more = reader->at < reader->len;
    if (!*more)
        return OK;
    uint32_t start = reader->at;
    const char *brk = memchr(reader->bytes + start, '\n', reader->len - start);
    uint32_t end = brk ? (uint32_t)(brk - reader->bytes) : reader->len;
    reader->at = brk ? end + 1 : end;
    if (end > start && reader->bytes[end - 1] == '\r')
        end--;
    line->number = ++reader->number;
    line->all = (struct span){start, end};
    line->kind = start == end ? CONLLU_BLANK : CONLLU_COMMENT;
    if (start == end || reader->bytes[start] == '#')
        return OK;
    uint32_t column = 0;
    for (uint32_t at = start; at <= end && column < CONLLU_COLUMNS; column++) {
        const char *tab = memchr(reader->bytes + at, '\t', end - at);
        uint32_t stop = tab ? (uint32_t)(tab - reader->bytes) : end;
        line->cells[column] = (struct span){at, stop};
        at = stop + 1;
    }
    if (column != CONLLU_COLUMNS || line->cells[CONLLU_MISC].end != end)
        return fail_with(fail, FAIL_DATA, "line %u: a word needs ten columns",
                         line->number);
    return read_id(reader, line, fail);
}

bool conllu_looks_like(const char *bytes, uint32_t len)
{
    struct conllu_reader reader;
    struct conllu_line line;
    bool more;
    conllu_begin(&reader, bytes, len);
    while (conllu_next(&reader, &line, &more, NULL) == OK && more)
        if (line.kind != CONLLU_COMMENT && line.kind != CONLLU_BLANK)
            return line.id == 1 && line.kind != CONLLU_EMPTY_NODE;
    return false;
}

/* ---- building the document ---- */

struct builder {
    struct doc *doc;
    const char *bytes;
    struct fail *fail;
    char *text; /* as long as the input at most */
    uint32_t len;
    uint32_t first;      /* token of the open sentence */
    uint32_t range_end;  /* last word of the open range, 0 when none */
    struct span written; /* of the open range */
    uint32_t written_at; /* how far its words have come */
    bool range_space;
    bool in_sentence, has_trees;
};

static bool cell_is(const struct builder *b, struct span cell, const char *word)
{
    return span_len(cell) == strlen(word) &&
           memcmp(b->bytes + cell.start, word, span_len(cell)) == 0;
}

/* The value of key in a cell of `key=value|...`. */
static bool misc_value(const struct builder *b, struct span cell, const char *key,
                       struct span *value)
{
    uint32_t key_len = (uint32_t)strlen(key);
    for (uint32_t at = cell.start; at < cell.end;) {
        const char *bar = memchr(b->bytes + at, '|', cell.end - at);
        uint32_t end = bar ? (uint32_t)(bar - b->bytes) : cell.end;
        if (end - at > key_len && memcmp(b->bytes + at, key, key_len) == 0 &&
            b->bytes[at + key_len] == '=') {
            *value = (struct span){at + key_len + 1, end};
            return true;
        }
        at = end + 1;
    }
    return false;
}

static bool space_after(const struct builder *b, struct span misc)
{
    struct span value;
    return !(misc_value(b, misc, "SpaceAfter", &value) && cell_is(b, value, "No"));
}

static struct span append(struct builder *b, struct span form)
{
    struct span span = {b->len, b->len + span_len(form)};
    memcpy(b->text + b->len, b->bytes + form.start, span_len(form));
    b->len = span.end;
    return span;
}

static enum outcome read_name(struct builder *b, struct span misc, uint32_t token)
{
    static const char *const labels[] = {"PERSON", "ORG",  "PLACE",
                                         "FAC",    "NORP", "EVENT"};
    struct span value;
    if (!misc_value(b, misc, "NER", &value) || span_len(value) < 3 ||
        b->bytes[value.start + 1] != '-')
        return OK;
    char place = b->bytes[value.start];
    value.start += 2;
    struct doc *doc = b->doc;
    for (unsigned kind = 0; kind < sizeof labels / sizeof *labels; kind++) {
        if (!cell_is(b, value, labels[kind]))
            continue;
        struct name *last = doc->names.count ? &doc->names.items[doc->names.count - 1]
                                             : NULL;
        if (place == 'I' && last && last->end == token && last->kind == kind) {
            last->end++;
            return OK;
        }
        struct name *name = array_push(&doc->arena, &doc->names);
        if (!name)
            return fail_memory(b->fail);
        *name = (struct name){token, token + 1, (enum name_kind)kind};
    }
    return OK;
}

/* The span of a word of a range: its own letters where they stand next in the written
 * word, else what is left of it. */
static struct span word_in_range(struct builder *b, const struct conllu_line *line)
{
    struct span form = line->cells[CONLLU_FORM], written = b->written;
    uint32_t left = written.end - b->written_at, len = span_len(form);
    bool is_last = line->id == b->range_end;
    bool fits = len <= left &&
                memcmp(b->text + b->written_at, b->bytes + form.start, len) == 0;
    if (!fits || (is_last && len != left)) {
        b->written_at = written.end;
        return left ? (struct span){written.end - left, written.end} : written;
    }
    b->written_at += len;
    return (struct span){b->written_at - len, b->written_at};
}

static enum outcome add_head(struct builder *b, const struct conllu_line *line,
                             struct token *token)
{
    struct span head = line->cells[CONLLU_HEAD];
    token->head = NONE;
    if (!cell_is(b, head, "_")) {
        const char *at = b->bytes + head.start;
        uint32_t number;
        if (!read_number(&at, b->bytes + head.end, &number) || at != b->bytes + head.end)
            return fail_with(b->fail, FAIL_DATA, "line %u: the head is no number",
                             line->number);
        token->head = b->first + (number ? number : line->id) - 1;
    }
    if (token->head == NONE || token->upos == UPOS_NONE)
        b->has_trees = false;
    return OK;
}

static enum outcome add_annotation(struct builder *b, const struct conllu_line *line,
                                   struct token *token)
{
    const struct span *cells = line->cells;
    struct span lemma = cells[CONLLU_LEMMA];
    if (!cell_is(b, lemma, "_") || cell_is(b, cells[CONLLU_FORM], "_")) {
        token->lemma = arena_copy(&b->doc->arena, b->bytes + lemma.start,
                                  span_len(lemma));
        if (!token->lemma)
            return fail_memory(b->fail);
    }
    static const enum conllu_column columns[] = {CONLLU_UPOS, CONLLU_FEATS,
                                                 CONLLU_DEPREL};
    for (unsigned i = 0; i < 3; i++) {
        char cell[256];
        struct span span = cells[columns[i]];
        uint32_t len = span_len(span) < sizeof cell ? span_len(span) : sizeof cell - 1;
        memcpy(cell, b->bytes + span.start, len);
        cell[len] = '\0';
        if (columns[i] == CONLLU_UPOS)
            token->upos = (uint8_t)upos_read(cell);
        else if (columns[i] == CONLLU_FEATS)
            token->feats = feats_read(cell);
        else
            token->deprel = (uint8_t)deprel_read(cell);
    }
    return add_head(b, line, token);
}

static enum outcome add_word(struct builder *b, const struct conllu_line *line)
{
    struct doc *doc = b->doc;
    if (line->id != doc->tokens.count - b->first + 1)
        return fail_with(b->fail, FAIL_DATA, "line %u: word %u is out of order",
                         line->number, line->id);
    struct token *token = array_push(&doc->arena, &doc->tokens);
    if (!token)
        return fail_memory(b->fail);
    bool in_range = b->range_end && line->id <= b->range_end;
    bool has_space = space_after(b, line->cells[CONLLU_MISC]);
    token->joined = in_range && b->written_at > b->written.start;
    token->span = in_range ? word_in_range(b, line) : append(b, line->cells[CONLLU_FORM]);
    if (in_range)
        has_space = line->id == b->range_end && b->range_space;
    token->space_after = has_space;
    if (has_space)
        b->text[b->len++] = ' ';
    if (in_range && line->id == b->range_end)
        b->range_end = 0;
    char norm[NORM_CAP];
    struct span form = line->cells[CONLLU_FORM];
    size_t len = utf8_fold(b->bytes + form.start, span_len(form), norm, sizeof norm);
    token->norm = arena_copy(&doc->arena, norm, len);
    if (!token->norm)
        return fail_memory(b->fail);
    enum outcome outcome = add_annotation(b, line, token);
    return outcome ? outcome
                   : read_name(b, line->cells[CONLLU_MISC], doc->tokens.count - 1);
}

static enum outcome close_sentence(struct builder *b, uint32_t line)
{
    struct doc *doc = b->doc;
    b->range_end = 0;
    if (!b->in_sentence || doc->tokens.count == b->first) {
        b->in_sentence = false;
        return OK;
    }
    for (uint32_t i = b->first; i < doc->tokens.count; i++)
        if (doc->tokens.items[i].head != NONE &&
            doc->tokens.items[i].head >= doc->tokens.count)
            return fail_with(b->fail, FAIL_DATA,
                             "line %u: a head lies outside its sentence", line);
    struct sentence *sentence = array_push(&doc->arena, &doc->sentences);
    if (!sentence)
        return fail_memory(b->fail);
    if (b->len && b->text[b->len - 1] == ' ')
        b->len--;
    sentence->first = b->first;
    sentence->end = doc->tokens.count;
    sentence->span = (struct span){doc->tokens.items[b->first].span.start,
                                   doc->tokens.items[sentence->end - 1].span.end};
    sentence->range = NONE;
    b->text[b->len++] = '\n';
    b->first = doc->tokens.count;
    b->in_sentence = false;
    return OK;
}

static enum outcome add_line(struct builder *b, const struct conllu_line *line)
{
    switch (line->kind) {
    case CONLLU_BLANK: return close_sentence(b, line->number);
    case CONLLU_RANGE:
        b->in_sentence = true;
        b->written = append(b, line->cells[CONLLU_FORM]);
        b->written_at = b->written.start;
        b->range_end = line->id_end;
        b->range_space = space_after(b, line->cells[CONLLU_MISC]);
        return OK;
    case CONLLU_WORD: b->in_sentence = true; return add_word(b, line);
    case CONLLU_COMMENT:
    case CONLLU_EMPTY_NODE: break;
    }
    return OK;
}

enum outcome conllu_read(const char *bytes, size_t len, struct doc *doc,
                         struct fail *fail)
{
    if (len > (size_t)64 << 20)
        return fail_with(fail, FAIL_LIMIT, "CoNLL-U of more than 64 MiB");
    struct builder b = {.doc = doc, .bytes = bytes, .fail = fail, .has_trees = true};
    b.text = arena_take(&doc->arena, len + 2, 1);
    if (!b.text)
        return fail_memory(fail);
    struct conllu_reader reader;
    struct conllu_line line;
    bool more = true;
    conllu_begin(&reader, bytes, (uint32_t)len);
    while (more) {
        enum outcome outcome = conllu_next(&reader, &line, &more, fail);
        if (!outcome)
            outcome = more ? add_line(&b, &line) : close_sentence(&b, reader.number);
        if (outcome)
            return outcome;
    }
    doc->text = b.text;
    doc->len = b.len;
    doc->body = (struct span){0, b.len};
    doc->has_tokens = true;
    doc->has_trees = b.has_trees && doc->tokens.count > 0;
    return OK;
}
