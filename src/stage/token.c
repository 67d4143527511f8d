/* token.c: tokens after the conventions of Universal Dependencies English (EWT, GUM). */
#include "stage/stages.h"

#include "base/utf8.h"

#include <string.h>

#define NORM_CAP 128 /* bytes of a token that its norm keeps */
#define LOOK_CAP                                                                         \
    256 /* bytes that a pattern looks ahead, so that all of it stays linear */

struct words {
    const struct table *abbreviations, *clitics, *hyphens, *units;
    uint32_t abbreviation_kind, clitic_kind, clitic_parts, hyphen_kind, unit_kind;
};

struct cutter {
    struct words words;
    struct doc *doc;
    const char *text;
    uint32_t first, end; /* the sentence */
    uint32_t open_quotes;
    bool failed;
};

static uint32_t code_at(const struct cutter *cut, uint32_t at, uint32_t *len)
{
    uint32_t code = 0;
    size_t step = at < cut->end ? utf8_next(cut->text + at, cut->end - at, &code) : 0;
    *len = step ? (uint32_t)step : 1;
    return at >= cut->end ? 0 : step ? code : 0xFFFD;
}

static uint32_t peek(const struct cutter *cut, uint32_t at)
{
    uint32_t len;
    return code_at(cut, at, &len);
}

/* Joiners, marks of direction, soft hyphens: part of a word inside it, nothing by
 * themselves. */
static bool is_invisible(uint32_t code)
{
    return code == 0xAD || (code >= 0x200C && code <= 0x200F) ||
           (code >= 0x202A && code <= 0x202E) || (code >= 0x2060 && code <= 0x2069) ||
           (code >= 0xFE00 && code <= 0xFE0F);
}

static bool is_blank(uint32_t code)
{
    return code < ' ' || code == 0x7F || (code >= 0x80 && code < 0xA0) ||
           utf8_is_space(code);
}

static bool is_word(uint32_t code)
{
    return code == '_' || utf8_is_letter(code) || utf8_is_digit(code);
}

static bool is_apostrophe(uint32_t code)
{
    return code == '\'' || code == 0x2019 || code == '`' || code == 0xB4 || code == 0x2BC;
}

static bool is_hyphen(uint32_t code)
{
    return code == '-' || code == 0x2010 || code == 0x2011;
}

static bool starts_chunk(const struct cutter *cut, uint32_t at)
{
    if (at == cut->first)
        return true;
    unsigned char byte = (unsigned char)cut->text[at - 1];
    return byte <= ' ' || strchr("\"'([{<", byte) != NULL || byte >= 0x80;
}

static const char *fold(const struct cutter *cut, uint32_t start, uint32_t end,
                        char out[NORM_CAP])
{
    size_t len = utf8_fit(cut->text + start, end - start, NORM_CAP - 1);
    utf8_fold(cut->text + start, len, out, NORM_CAP);
    return out;
}

static uint32_t find(const struct table *table, const char *word)
{
    return table ? table_row(table, word) : NONE;
}

static bool has_kind(const struct table *table, const char *word, uint32_t column,
                     const char *kind)
{
    uint32_t row = find(table, word);
    return row != NONE && strcmp(table_cell(table, row, column), kind) == 0;
}

static void emit(struct cutter *cut, uint32_t start, uint32_t end, bool joined)
{
    char norm[NORM_CAP];
    if (start >= end || cut->failed)
        return;
    struct token *token = array_push(&cut->doc->arena, &cut->doc->tokens);
    fold(cut, start, end, norm);
    const char *copy = token ? arena_copy(&cut->doc->arena, norm, strlen(norm)) : NULL;
    cut->failed = !copy;
    if (!copy)
        return;
    token->span = (struct span){start, end};
    token->norm = copy;
    token->joined = joined;
    token->head = cut->doc->tokens.count - 1;
    token->space_after = true;
}

/* ---- patterns that are one token whatever stands in them ---- */

static uint32_t chunk_end(const struct cutter *cut, uint32_t at)
{
    uint32_t len;
    for (uint32_t code = code_at(cut, at, &len); at < cut->end;
         code = code_at(cut, at, &len)) {
        if (is_blank(code) || code == '<' || code == '>' || code == '"' || code == 0x201D)
            break;
        at += len;
    }
    return at;
}

static uint32_t trim_marks(const struct cutter *cut, uint32_t start, uint32_t end)
{
    while (end > start + 1 && strchr(".,;:!?)]}'", cut->text[end - 1]))
        end--;
    return end;
}

static bool starts_with(const struct cutter *cut, uint32_t at, const char *word)
{
    uint32_t len = (uint32_t)strlen(word);
    if (cut->end - at < len)
        return false;
    for (uint32_t i = 0; i < len; i++) {
        char byte = cut->text[at + i];
        if ((byte >= 'A' && byte <= 'Z' ? byte + 32 : byte) != word[i])
            return false;
    }
    return true;
}

static uint32_t match_url(const struct cutter *cut, uint32_t at)
{
    static const char *const starts[] = {"http://", "https://", "ftp://", "www."};
    if (!starts_chunk(cut, at))
        return at;
    for (size_t i = 0; i < sizeof starts / sizeof *starts; i++)
        if (starts_with(cut, at, starts[i]))
            return trim_marks(cut, at, chunk_end(cut, at));
    return at;
}

static uint32_t match_mail(const struct cutter *cut, uint32_t start)
{
    uint32_t at = start, sign = 0, limit = start + LOOK_CAP;
    if (!starts_chunk(cut, start))
        return start;
    for (; at < cut->end && at < limit; at++) {
        unsigned char byte = (unsigned char)cut->text[at];
        if (byte == '@' && !sign && at > start)
            sign = at;
        else if (byte >= 0x80 || !(is_word(byte) || strchr(".+-%", byte)))
            break;
    }
    at = sign ? trim_marks(cut, start, at) : start;
    return sign && at > sign + 1 ? at : start;
}

/* "#Nairobi", "@unicef" */
static uint32_t match_tag(const struct cutter *cut, uint32_t start)
{
    uint32_t len, code = peek(cut, start), at = start + 1;
    if ((code != '#' && code != '@') || !starts_chunk(cut, start))
        return start;
    uint32_t next = code_at(cut, at, &len);
    if (code == '#' ? !utf8_is_letter(next) : !is_word(next))
        return start;
    while (is_word(next)) {
        at += len;
        next = code_at(cut, at, &len);
    }
    return at;
}

static uint32_t skip_digits(const struct cutter *cut, uint32_t at)
{
    while (at < cut->end && cut->text[at] >= '0' && cut->text[at] <= '9')
        at++;
    return at;
}

/* "2018-06-11", "020-555-0134", "555-0134": figures that hyphens join into one number. */
static uint32_t match_figures(const struct cutter *cut, uint32_t start)
{
    uint32_t at = skip_digits(cut, start), groups = 1, first_len = at - start,
             last_len = 0;
    if (at == start || !starts_chunk(cut, start))
        return start;
    while (at < start + LOOK_CAP && at < cut->end && cut->text[at] == '-') {
        uint32_t end = skip_digits(cut, at + 1);
        if (end == at + 1)
            return start;
        last_len = end - at - 1;
        groups++;
        at = end;
    }
    bool is_one = groups >= 3 || (groups == 2 && first_len == 3 && last_len == 4);
    return is_one && !is_word(peek(cut, at)) ? at : start;
}

/* ":)", ";-)", ":D" standing alone */
static uint32_t match_smiley(const struct cutter *cut, uint32_t start)
{
    uint32_t at = start;
    if (!starts_chunk(cut, start) || !strchr(":;=", cut->text[at]))
        return start;
    at++;
    if (at < cut->end && strchr("-'o", cut->text[at]))
        at++;
    if (at >= cut->end || !strchr(")(DPp|]/", cut->text[at]))
        return start;
    at++;
    return at == cut->end || is_blank(peek(cut, at)) ? at : start;
}

/* ---- words ---- */

static uint32_t word_run(const struct cutter *cut, uint32_t at)
{
    uint32_t len, code = code_at(cut, at, &len);
    while (at < cut->end && (is_word(code) || is_invisible(code))) {
        at += len;
        code = code_at(cut, at, &len);
    }
    return at;
}

static bool is_capital(const struct cutter *cut, uint32_t at)
{
    return utf8_is_upper(peek(cut, at));
}

/* Whether the hyphen at `hyphen` (its bytes end at `right`) joins what is left of it to
 * the rest. */
static bool hyphen_joins(const struct cutter *cut, uint32_t left, uint32_t hyphen,
                         uint32_t right)
{
    char word[NORM_CAP];
    const struct words *words = &cut->words;
    if (has_kind(words->hyphens, fold(cut, left, hyphen, word), words->hyphen_kind,
                 "prefix"))
        return true;
    uint32_t end = word_run(cut, right);
    return end - right <= 8 && has_kind(words->hyphens, fold(cut, right, end, word),
                                        words->hyphen_kind, "suffix");
}

static bool is_digit_at(const struct cutter *cut, uint32_t at)
{
    return at < cut->end && cut->text[at] >= '0' && cut->text[at] <= '9';
}

/* Whether the sign at `at` stands inside a word that began at `start`; `part` is where
 * the stretch since its last hyphen began. */
static bool joins(const struct cutter *cut, uint32_t part, uint32_t at)
{
    uint32_t len, code = code_at(cut, at, &len), next = peek(cut, at + len);
    bool after_digit = is_digit_at(cut, at - 1),
         before_digit = is_digit_at(cut, at + len);
    if (is_hyphen(code))
        return is_word(next) && hyphen_joins(cut, part, at, at + len);
    if (!is_word(next))
        return false;
    if (code == '.' || code == '&' || is_apostrophe(code))
        return true;
    if (code == ',' || code == ':')
        return after_digit && before_digit;
    if (code == '/') {
        bool is_pair = at - part == 1 && !is_word(peek(cut, at + 2));
        return (after_digit && before_digit) || is_pair;
    }
    return false;
}

static uint32_t word_end(const struct cutter *cut, uint32_t start)
{
    uint32_t part = start, len, at = word_run(cut, start);
    while (at < cut->end) {
        uint32_t code = code_at(cut, at, &len);
        if (at == start || !joins(cut, part, at))
            break;
        if (is_hyphen(code))
            part = at + len;
        at = word_run(cut, at + len);
    }
    return at;
}

/* Only closing signs are left of the sentence. */
static bool is_last(const struct cutter *cut, uint32_t at)
{
    uint32_t len;
    for (uint32_t code = code_at(cut, at, &len); at < cut->end;
         code = code_at(cut, at, &len)) {
        if (is_word(code))
            return false;
        at += len;
    }
    return true;
}

static bool is_dotted(const char *word)
{
    size_t len = strlen(word);
    for (size_t at = 0; at < len; at++)
        if ((at % 2 == 1) != (word[at] == '.'))
            return false;
    return len >= 4 && word[len - 1] == '.';
}

/* Whether the full stop at `stop` belongs to the word before it. */
static bool owns_stop(const struct cutter *cut, uint32_t start, uint32_t stop)
{
    char word[NORM_CAP];
    uint32_t next = peek(cut, stop + 1);
    if (stop >= cut->end || cut->text[stop] != '.' || next == '.' || is_word(next) ||
        stop - start > 12)
        return false;
    bool at_end = is_last(cut, stop + 1);
    const struct words *words = &cut->words;
    uint32_t row = find(words->abbreviations, fold(cut, start, stop + 1, word));
    if (is_dotted(word))
        return true;
    if (row != NONE && at_end) {
        const char *kind = table_cell(words->abbreviations, row,
                                      words->abbreviation_kind);
        bool needs_capital = strcmp(kind, "other") != 0;
        bool is_word_too = strcmp(kind, "number") == 0 || strcmp(kind, "title") == 0 ||
                           strcmp(kind, "join") == 0;
        return !is_word_too && (!needs_capital || is_capital(cut, start));
    }
    if (row != NONE)
        return true;
    bool is_short = stop - start <= 4 && utf8_is_letter((unsigned char)cut->text[start]);
    if (stop - start == 1)
        return is_short && is_capital(cut, start) && !at_end;
    return is_short && is_capital(cut, start) && next == ' ' && !at_end;
}

/* Where the last clitic of start..end begins; end when there is none. */
static uint32_t clitic_start(const struct cutter *cut, uint32_t start, uint32_t end)
{
    char word[NORM_CAP];
    const struct words *words = &cut->words;
    uint32_t from = end > start + 6 ? end - 6 : start + 1;
    for (uint32_t at = from; at < end; at++) {
        bool is_cut = is_apostrophe(peek(cut, at));
        bool is_not = (cut->text[at] == 'n' || cut->text[at] == 'N') &&
                      is_apostrophe(peek(cut, at + 1));
        if ((is_cut || is_not) && end - at < NORM_CAP) {
            fold(cut, at, end, word);
            if (word[0] == '`')
                word[0] = '\'';
            if (has_kind(words->clitics, word, words->clitic_kind, "suffix"))
                return at;
        }
    }
    return end;
}

/* "1990's" is a decade, one token; so is "AK47's". */
static bool is_figure_plural(const struct cutter *cut, uint32_t start, uint32_t clitic)
{
    return is_digit_at(cut, start) && clitic > start && cut->text[clitic - 1] == '0';
}

/* "cannot", "gonna": lengths of the parts stand in the table; the folded word must be as
 * long as the written one. */
static bool emit_contraction(struct cutter *cut, uint32_t start, uint32_t end,
                             bool joined)
{
    char word[NORM_CAP];
    const struct words *words = &cut->words;
    if (end - start > 12)
        return false;
    uint32_t row = find(words->clitics, fold(cut, start, end, word));
    if (row == NONE || strlen(word) != end - start ||
        strcmp(table_cell(words->clitics, row, words->clitic_kind), "word") != 0)
        return false;
    const char *part = table_cell(words->clitics, row, words->clitic_parts);
    for (uint32_t at = start; at < end;) {
        size_t len = strcspn(part, " ");
        if (len == 0 || len > end - at)
            len = end - at;
        emit(cut, at, at + (uint32_t)len, joined || at > start);
        at += (uint32_t)len;
        part += len + (part[len] == ' ');
    }
    return true;
}

static bool after_currency(const struct cutter *cut)
{
    const struct doc *doc = cut->doc;
    if (doc->tokens.count == 0)
        return false;
    struct span span = doc->tokens.items[doc->tokens.count - 1].span;
    uint32_t code = peek(cut, span.start);
    char last = cut->text[span.end - 1];
    return last == '$' || code == 0xA3 || code == 0x20AC || code == 0xA5 ||
           code == 0x20B9 || (code >= 0x20A0 && code <= 0x20CF);
}

/* "9am", "10km", "$50m": where the unit begins; end when the word has none. */
static uint32_t unit_start(const struct cutter *cut, uint32_t start, uint32_t end)
{
    char unit[16];
    uint32_t at = start;
    const struct words *words = &cut->words;
    while (at < end && (is_digit_at(cut, at) ||
                        (strchr(".,:/", cut->text[at]) && is_digit_at(cut, at + 1))))
        at++;
    if (at == start || at == end || end - at >= sizeof unit)
        return end;
    memcpy(unit, cut->text + at, end - at);
    unit[end - at] = '\0';
    if (has_kind(words->units, unit, words->unit_kind, "unit"))
        return at;
    bool is_money = has_kind(words->units, unit, words->unit_kind, "money");
    return is_money && after_currency(cut) ? at : end;
}

static void emit_word(struct cutter *cut, uint32_t start, uint32_t end)
{
    uint32_t ends[4], count = 0, stem = end;
    if (emit_contraction(cut, start, end, false))
        return;
    while (count < 3) {
        uint32_t clitic = clitic_start(cut, start, stem);
        if (clitic == stem || is_figure_plural(cut, start, clitic))
            break;
        ends[count++] = stem;
        stem = clitic;
    }
    uint32_t unit = unit_start(cut, start, stem);
    emit(cut, start, unit, false);
    emit(cut, unit, stem, false);
    while (count) {
        uint32_t clitic_end = ends[--count];
        emit(cut, stem, clitic_end, true);
        stem = clitic_end;
    }
}

/* An apostrophe that a word begins with: "'72", "'em", and "'s" left alone by a blank. */
static uint32_t match_apostrophe(const struct cutter *cut, uint32_t start)
{
    char word[NORM_CAP];
    uint32_t len;
    if (!is_apostrophe(code_at(cut, start, &len)))
        return start;
    uint32_t end = word_run(cut, start + len), inner = start + len;
    if (end == inner || end - start > 12)
        return start;
    if (end - inner >= 2 && end - inner <= 3 && is_digit_at(cut, inner) &&
        is_digit_at(cut, inner + 1))
        return end;
    const struct words *words = &cut->words;
    if (is_apostrophe(peek(cut, end)) && end < cut->end)
        end += is_apostrophe((unsigned char)cut->text[end]) ? 1 : 3;
    uint32_t row = find(words->clitics, fold(cut, start, end, word));
    if (row == NONE)
        row = find(words->clitics, fold(cut, start, end = word_run(cut, inner), word));
    return row != NONE &&
                   strcmp(table_cell(words->clitics, row, words->clitic_kind), "word")
               ? end
               : start;
}

static uint32_t take_word(struct cutter *cut, uint32_t start)
{
    uint32_t len, at = start, code = code_at(cut, start, &len);
    bool is_signed = strchr("+-.", (int)(code < 0x80 ? code : 'x')) &&
                     starts_chunk(cut, start) &&
                     (is_digit_at(cut, start + 1) ||
                      (code == '.' && utf8_is_letter(peek(cut, start + 1))));
    if (is_signed)
        at++;
    else if (!is_word(code))
        return start;
    char tail[NORM_CAP];
    uint32_t end = word_end(cut, at), dollar = peek(cut, end);
    if (dollar == '$' && end - start <= 4 && is_digit_at(cut, end + 1)) {
        emit(cut, start, end + 1, false);
        return end + 1;
    }
    uint32_t hyphen = code_at(cut, end, &len);
    if (is_hyphen(hyphen) && is_blank(peek(cut, end + len)) && end + len < cut->end &&
        (end - start == 1 || has_kind(cut->words.hyphens, fold(cut, start, end, tail),
                                      cut->words.hyphen_kind, "prefix")))
        end += len;
    else if (owns_stop(cut, start, end))
        end++;
    if (is_signed)
        emit(cut, start, end, false);
    else
        emit_word(cut, start, end);
    return end;
}

/* ---- punctuation and symbols ---- */

static bool is_runner(uint32_t code)
{
    return (code && code < 0x80 && strchr(".-*=_~<>+|", (int)code)) || code == 0x2014 ||
           code == 0x2026;
}

static bool is_modifier(uint32_t code)
{
    return code == 0x200D || code == 0xFE0F || code == 0x20E3 ||
           (code >= 0x1F3FB && code <= 0x1F3FF);
}

/* One sign, a run of one sign, "?!", or one emoji with all that modifies it. */
static uint32_t mark_end(const struct cutter *cut, uint32_t start)
{
    uint32_t len, code = code_at(cut, start, &len), at = start + len, next, before = code;
    if (code == '!' || code == '?') {
        while (at < cut->end && (cut->text[at] == '!' || cut->text[at] == '?'))
            at++;
        return at;
    }
    if (is_runner(code) || ((code == '\'' || code == '`') && peek(cut, at) == code)) {
        while (at < cut->end && code_at(cut, at, &len) == code)
            at += len;
        return at;
    }
    if (code == 0xB0 && (peek(cut, at) == 'C' || peek(cut, at) == 'F'))
        return at + 1;
    bool is_flag = code >= 0x1F1E6 && code <= 0x1F1FF;
    if (code < 0x2100)
        return at;
    for (next = code_at(cut, at, &len); at < cut->end; next = code_at(cut, at, &len)) {
        bool is_second = is_flag && next >= 0x1F1E6 && next <= 0x1F1FF;
        if (!is_modifier(next) && before != 0x200D && !is_second)
            break;
        is_flag = is_flag && !is_second;
        before = next;
        at += len;
    }
    return at;
}

static uint32_t take_mark(struct cutter *cut, uint32_t start)
{
    uint32_t code = peek(cut, start), end = mark_end(cut, start);
    bool is_joined = false;
    if (is_apostrophe(code) || code == 0x2018) {
        bool is_opening = starts_chunk(cut, start) || code == 0x2018;
        bool is_possessive = !is_opening && cut->open_quotes == 0 && start > cut->first &&
                             strchr("sSxXzZ", cut->text[start - 1]) != NULL;
        if (is_opening)
            cut->open_quotes++;
        else if (cut->open_quotes)
            cut->open_quotes--;
        is_joined = is_possessive;
    }
    emit(cut, start, end, is_joined);
    return end;
}

static uint32_t take(struct cutter *cut, uint32_t start)
{
    static uint32_t (*const patterns[])(const struct cutter *, uint32_t) = {
        match_url, match_mail, match_tag, match_figures, match_smiley, match_apostrophe};
    for (size_t i = 0; i < sizeof patterns / sizeof *patterns; i++) {
        uint32_t end = patterns[i](cut, start);
        if (end > start) {
            emit(cut, start, end, false);
            return end;
        }
    }
    uint32_t end = take_word(cut, start);
    return end > start ? end : take_mark(cut, start);
}

static void cut_sentence(struct cutter *cut, struct sentence *sentence)
{
    struct doc *doc = cut->doc;
    uint32_t at = sentence->span.start, len;
    cut->first = at;
    cut->end = sentence->span.end;
    cut->open_quotes = 0;
    sentence->first = doc->tokens.count;
    while (at < cut->end && !cut->failed) {
        uint32_t code = code_at(cut, at, &len);
        at = is_blank(code) || is_invisible(code) ? at + len : take(cut, at);
    }
    sentence->end = doc->tokens.count;
    for (uint32_t i = sentence->first; i + 1 < sentence->end; i++) {
        struct token *token = &doc->tokens.items[i];
        token->space_after = token[1].span.start > token->span.end;
    }
}

static struct words find_words(const struct pack *pack)
{
    struct words words = {.abbreviations = pack_table(pack, "text/abbreviations"),
                          .clitics = pack_table(pack, "text/clitics"),
                          .hyphens = pack_table(pack, "text/hyphens"),
                          .units = pack_table(pack, "text/units")};
    if (words.abbreviations)
        words.abbreviation_kind = table_column(words.abbreviations, "kind");
    if (words.clitics) {
        words.clitic_kind = table_column(words.clitics, "kind");
        words.clitic_parts = table_column(words.clitics, "parts");
    }
    if (words.hyphens)
        words.hyphen_kind = table_column(words.hyphens, "kind");
    if (words.units)
        words.unit_kind = table_column(words.units, "kind");
    return words;
}

enum outcome token_run(const struct pack *pack, struct doc *doc, struct fail *fail)
{
    if (doc->has_tokens)
        return OK;
    struct cutter cut = {.words = find_words(pack), .doc = doc, .text = doc->text};
    uint32_t kept = 0;
    for (uint32_t i = 0; i < doc->sentences.count; i++) {
        struct sentence *sentence = &doc->sentences.items[i];
        cut_sentence(&cut, sentence);
        if (cut.failed)
            return fail_memory(fail);
        if (sentence->end > sentence->first)
            doc->sentences.items[kept++] = *sentence;
    }
    doc->sentences.count = kept;
    return OK;
}
