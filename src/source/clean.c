/* clean.c: the first stage: what each stretch of a report's text is, and what the report
 * says of itself. Cleaning marks; it deletes and joins nothing. */
#include "source/clean.h"

#include "base/hash.h"
#include "base/utf8.h"
#include "data/who.h"
#include "source/author.h"
#include "source/dateline.h"
#include "source/language.h"
#include "source/lines.h"
#include "source/marks.h"

#include <string.h>

#define TITLE_LONGEST 250
#define TITLE_BLOCKS 8    /* the headline is among the first blocks */
#define DATELINE_BLOCKS 3 /* and the dateline opens one of the first paragraphs */
#define MENU_WORDS 4
#define MENU_RUN 3

struct piece {
    struct span span;
    uint8_t mark; /* enum mark */
    bool is_title, is_menu_like, is_tiny, has_stop;
    bool is_given; /* a source said that it is a paragraph or a caption */
    enum range_kind kind;
};

struct cleaner {
    const struct pack *pack;
    struct doc *doc;
    const struct mark_words *marks;
    ARRAY(struct piece) pieces;
    uint32_t paragraphs; /* emitted */
    bool has_title, has_dateline, has_failed;
    const char *agency; /* of a credit or byline; the dateline's goes before it */
    struct when published, updated;
};

static const char *copy(struct cleaner *c, const char *bytes, size_t len)
{
    const char *made = arena_copy(&c->doc->arena, bytes, len);
    c->has_failed = c->has_failed || !made;
    return made;
}

static void add_range(struct cleaner *c, struct span span, enum range_kind kind)
{
    while (span.end > span.start && (unsigned char)c->doc->text[span.end - 1] <= ' ')
        span.end--;
    if (span.start >= span.end)
        return;
    struct range *range = array_push(&c->doc->arena, &c->doc->ranges);
    if (range)
        *range = (struct range){span, kind};
    c->has_failed = c->has_failed || !range;
}

static bool has_stop(const char *text, struct span span)
{
    uint32_t at = span.end;
    while (at > span.start &&
           (strchr("\"')]", text[at - 1]) || (unsigned char)text[at - 1] >= 0x80))
        at--;
    return at > span.start && strchr(".?!:;", text[at - 1]) != NULL;
}

/* ---- what the pieces are ---- */

static void note_found(struct cleaner *c, const struct piece *piece,
                       const struct mark_found *found)
{
    struct report *report = &c->doc->report;
    if (found->agency && !c->agency)
        c->agency = found->agency;
    if (found->published.day != DAY_NONE && c->published.day == DAY_NONE)
        c->published = found->published;
    if (found->updated.day != DAY_NONE)
        c->updated = found->updated;
    if (piece->mark == MARK_BYLINE && !report->authors)
        report->authors = authors_read(c->marks, &c->doc->arena,
                                       c->doc->text + piece->span.start + found->names,
                                       found->names_len, NULL);
}

static void look_at(struct cleaner *c, struct piece *piece)
{
    struct mark_found found;
    struct line_words words;
    const char *text = c->doc->text + piece->span.start;
    uint32_t len = span_len(piece->span);
    piece->mark = (uint8_t)mark_line(c->marks, text, len, &found);
    piece->has_stop = has_stop(c->doc->text, piece->span);
    if (piece->mark == MARK_NONE && len < LINE_CAP && !piece->has_stop) {
        words_read(&words, text, len);
        piece->is_menu_like = words.count <= MENU_WORDS;
        piece->is_tiny = words.count <= 2;
    }
    if (piece->mark != MARK_NONE)
        note_found(c, piece, &found);
}

static bool is_headline(struct cleaner *c, const struct piece *piece, bool has_text_after)
{
    const char *text = c->doc->text + piece->span.start;
    uint32_t len = span_len(piece->span);
    if (len > TITLE_LONGEST || piece->is_tiny || !has_text_after)
        return false;
    if (strchr(".:;,", text[len - 1]) &&
        !(len > 3 && memcmp(text + len - 3, "...", 3) == 0))
        return false;
    return dateline_read(c->pack, c->marks, text, len).len == 0;
}

/* Something after piece `at` that reads like body text. */
static bool has_text_after(const struct cleaner *c, uint32_t at)
{
    for (uint32_t i = at + 1; i < c->pieces.count && i < at + 2 * TITLE_BLOCKS; i++) {
        const struct piece *piece = &c->pieces.items[i];
        if (piece->mark == MARK_NONE && (piece->has_stop || span_len(piece->span) > 100))
            return true;
    }
    return false;
}

/* The headline is the first block that is neither furniture nor a kicker of a word or
 * two; where there is no other, the words right above the text. */
static void find_title(struct cleaner *c)
{
    struct piece *last = NULL;
    for (uint32_t i = 0; i < c->pieces.count && i < TITLE_BLOCKS; i++) {
        struct piece *piece = &c->pieces.items[i];
        if (piece->mark != MARK_NONE)
            continue;
        if (is_headline(c, piece, has_text_after(c, i))) {
            piece->is_title = c->has_title = true;
            return;
        }
        if (!piece->is_tiny)
            break;
        last = piece;
    }
    if (last && has_text_after(c, (uint32_t)(last - c->pieces.items)))
        last->is_title = c->has_title = true;
}

/* Three or more short lines without a stop, one after the other, are a menu; a word or
 * two alone is a label. */
static void mark_menus(struct cleaner *c)
{
    uint32_t run = 0;
    for (uint32_t i = 0; i <= c->pieces.count; i++) {
        struct piece *piece = i < c->pieces.count ? &c->pieces.items[i] : NULL;
        if (piece && !piece->is_title && !piece->is_given &&
            (piece->is_menu_like || piece->mark == MARK_FURNITURE)) {
            run++;
            if (piece->is_tiny && (c->pieces.count > 1 || c->doc->title.end))
                piece->mark = MARK_FURNITURE;
            continue;
        }
        for (uint32_t at = i - run; run >= MENU_RUN && at < i; at++)
            c->pieces.items[at].mark = MARK_FURNITURE;
        run = 0;
    }
}

/* After "Related stories" the lines without a stop, after "Comments" all lines. */
static void mark_followers(struct cleaner *c)
{
    bool in_links = false, in_rest = false, has_body = false;
    for (uint32_t i = 0; i < c->pieces.count; i++) {
        struct piece *piece = &c->pieces.items[i];
        if (in_rest || (in_links && piece->mark == MARK_NONE && !piece->has_stop &&
                        !piece->is_title))
            piece->mark = MARK_FURNITURE;
        else if (piece->mark == MARK_NONE)
            in_links = false;
        has_body = has_body || (piece->mark == MARK_NONE && !piece->is_title);
        in_links = in_links || piece->mark == MARK_LINKS;
        in_rest = in_rest || (piece->mark == MARK_REST && has_body);
    }
}

/* ---- ranges ---- */

/* "OMAMO: We will" in the middle of an interview names who speaks, "LAHORE: " a town:
 * past the first paragraph a word before a bare colon must be known as a place's or
 * state's. */
static bool is_label(const struct cleaner *c, const char *text,
                     const struct dateline *line)
{
    char folded[64];
    const char *word = folded;
    struct phrase_hit hit;
    if (!c->paragraphs || line->agency || line->when.day != DAY_NONE || line->len < 3 ||
        text[line->len - 2] != ':' || memchr(text, ' ', line->len - 2))
        return false;
    size_t len = utf8_fold(text, line->len - 2, folded, sizeof folded);
    if (len + 1 >= sizeof folded || !pack_phrases(c->pack, &word, 1, &hit, 1))
        return true;
    struct who who;
    unsigned kinds = 0;
    who_open(&who, c->pack);
    for (uint32_t i = 0; i < hit.count; i++)
        kinds |= who_entry_kind(&who, pack_phrase_entry(c->pack, hit.first + i));
    return !(kinds & (WHO_STATE | WHO_CAPITAL | WHO_PLACE));
}

/* NOLINTNEXTLINE(misc-no-recursion): once at most. */
static void take_dateline(struct cleaner *c, struct span *span, bool is_second)
{
    struct doc *doc = c->doc;
    const char *text = doc->text + span->start;
    if ((c->has_dateline && !is_second) || c->paragraphs >= DATELINE_BLOCKS)
        return;
    struct dateline line = dateline_read(c->pack, c->marks, text, span_len(*span));
    if (line.len == 0 || is_label(c, text, &line))
        return;
    c->has_dateline = true;
    add_range(c, (struct span){span->start, span->start + (uint32_t)line.len},
              RANGE_DATELINE);
    if (line.place_len)
        doc->report.dateline = copy(c, text + line.place, line.place_len);
    if (line.agency)
        c->agency = line.agency;
    if (c->published.day == DAY_NONE && line.when.day != DAY_NONE)
        c->published = line.when;
    span->start += (uint32_t)line.len;
    /* "Canadian Press - OTTAWA (CP) - ..." */
    if (!line.place_len && !is_second)
        take_dateline(c, span, true);
}

static void emit_text(struct cleaner *c, const struct piece *piece)
{
    struct span span = piece->span;
    take_dateline(c, &span, false);
    const char *text = c->doc->text + span.start;
    uint32_t body = (uint32_t)mark_tail(c->marks, text, span_len(span));
    add_range(c, (struct span){span.start, span.start + body}, piece->kind);
    add_range(c, (struct span){span.start + body, span.end}, RANGE_CREDIT);
    c->paragraphs++;
}

/* "(AP)", " - Reuters", " | BBC News" at a title's end. */
static uint32_t title_end(struct cleaner *c, struct span title)
{
    const char *text = c->doc->text;
    uint32_t at = title.end;
    bool has_bracket = at > title.start && text[at - 1] == ')';
    while (at > title.start && title.end - at < 60) {
        at--;
        bool is_cut = has_bracket ? text[at] == '('
                                  : text[at] == '|' || text[at] == '-' ||
                                        (unsigned char)text[at] == 0xE2;
        if (!is_cut || at == title.start || text[at - 1] != ' ')
            continue;
        uint32_t from = at + ((unsigned char)text[at] == 0xE2 ? 3 : 1);
        const char *agency = from < title.end
                                 ? mark_agency(c->marks, text + from, title.end - from)
                                 : NULL;
        if (!agency)
            return title.end;
        c->agency = c->agency ? c->agency : agency;
        return at;
    }
    return title.end;
}

static void emit_title(struct cleaner *c, struct span title)
{
    struct doc *doc = c->doc;
    uint32_t end = title_end(c, title);
    add_range(c, (struct span){title.start, end}, RANGE_TITLE);
    add_range(c, (struct span){end, title.end}, RANGE_CREDIT);
    while (end > title.start && (unsigned char)doc->text[end - 1] <= ' ')
        end--;
    if (!doc->report.title)
        doc->report.title = copy(c, doc->text + title.start, end - title.start);
}

static void emit_piece(struct cleaner *c, const struct piece *piece)
{
    static const enum range_kind kinds[] = {
        [MARK_NONE] = RANGE_PARAGRAPH,  [MARK_FURNITURE] = RANGE_FURNITURE,
        [MARK_LINKS] = RANGE_FURNITURE, [MARK_REST] = RANGE_FURNITURE,
        [MARK_CREDIT] = RANGE_CREDIT,   [MARK_BYLINE] = RANGE_BYLINE,
        [MARK_DATE] = RANGE_FURNITURE};
    if (piece->is_title)
        emit_title(c, piece->span);
    else if (piece->mark == MARK_NONE)
        emit_text(c, piece);
    else
        add_range(c, piece->span, kinds[piece->mark]);
}

/* The title given beside the text stands at its head again. */
static bool repeats_title(const struct doc *doc, struct span span)
{
    return span_len(doc->title) && doc->title.end <= doc->body.start &&
           span_len(span) == span_len(doc->title) &&
           memcmp(doc->text + span.start, doc->text + doc->title.start, span_len(span)) ==
               0;
}

static struct piece *add_piece(struct cleaner *c, struct span span, enum range_kind kind)
{
    struct piece *piece = array_push(&c->doc->arena, &c->pieces);
    c->has_failed = c->has_failed || !piece;
    if (!piece)
        return NULL;
    *piece = (struct piece){.span = span, .kind = kind};
    look_at(c, piece);
    return piece;
}

/* A line inside a paragraph of several that is nothing but furniture stands alone. */
static bool is_foreign_line(const struct cleaner *c, struct span line)
{
    struct mark_found found;
    enum mark mark = mark_line(c->marks, c->doc->text + line.start, span_len(line),
                               &found);
    return mark == MARK_FURNITURE || mark == MARK_LINKS || mark == MARK_REST;
}

/* The piece of a block; NULL where such lines part it into several. */
static struct piece *add_block(struct cleaner *c, const struct block *block)
{
    const char *text = c->doc->text;
    uint32_t start = block->span.start, at = start;
    while (block->lines > 1 && at < block->span.end) {
        const char *end = memchr(text + at, '\n', block->span.end - at);
        uint32_t stop = end ? (uint32_t)(end - text) : block->span.end;
        if (is_foreign_line(c, (struct span){at, stop})) {
            if (start < at)
                add_piece(c, (struct span){start, at - 1}, RANGE_PARAGRAPH);
            add_piece(c, (struct span){at, stop}, RANGE_PARAGRAPH);
            start = stop + 1;
        }
        at = stop + 1;
    }
    struct piece *rest = start < block->span.end
                             ? add_piece(c, (struct span){start, block->span.end},
                                         RANGE_PARAGRAPH)
                             : NULL;
    return start > block->span.start ? NULL : rest;
}

static enum outcome read_plain(struct cleaner *c, struct fail *fail)
{
    struct doc *doc = c->doc;
    struct blocks blocks = {0};
    enum outcome outcome = lines_split(doc->text, doc->body, &doc->arena, &blocks, fail);
    for (uint32_t i = 0; i < blocks.list.count && !outcome; i++) {
        struct piece *piece = add_block(c, &blocks.list.items[i]);
        if (piece && i < TITLE_BLOCKS && repeats_title(doc, piece->span))
            piece->mark = MARK_FURNITURE;
    }
    if (span_len(doc->title) && doc->title.end <= doc->body.start) {
        emit_title(c, doc->title);
    } else if (!outcome && !c->has_failed) {
        find_title(c);
    }
    if (!outcome && !c->has_failed) {
        mark_followers(c);
        mark_menus(c);
    }
    return outcome;
}

/* A source that knows its pages (HTML) gave ranges: only its paragraphs are looked at
 * again; after "Comments" below most of them, all are furniture. */
static enum outcome read_given(struct cleaner *c, struct fail *fail)
{
    struct doc *doc = c->doc;
    uint32_t count = doc->ranges.count;
    struct range *given = doc->ranges.items;
    bool in_rest = false;
    doc->ranges.items = NULL;
    doc->ranges.count = doc->ranges.capacity = 0;
    for (uint32_t i = 0; i < count; i++) {
        bool is_text = given[i].kind == RANGE_PARAGRAPH || given[i].kind == RANGE_CAPTION;
        struct piece *piece = is_text ? add_piece(c, given[i].span, given[i].kind) : NULL;
        if (is_text && !piece)
            return fail_memory(fail);
        if (piece) {
            in_rest = in_rest || (piece->mark == MARK_REST && i * 2 > count);
            piece->is_given = true;
            if (in_rest)
                piece->mark = MARK_FURNITURE;
            if (piece->mark == MARK_NONE || (piece->kind == RANGE_CAPTION && !in_rest))
                emit_text(c, piece);
            else
                emit_piece(c, piece);
        } else if (given[i].kind == RANGE_TITLE) {
            emit_title(c, given[i].span);
        } else {
            add_range(c, given[i].span, given[i].kind);
        }
    }
    return OK;
}

/* ---- the report ---- */

static void write_digest(struct cleaner *c)
{
    struct hash hash;
    char digits[17];
    struct report *report = &c->doc->report;
    hash_start(&hash);
    hash_add(&hash, c->doc->text, c->doc->len);
    hash_text(&hash, report->url);
    hash_text(&hash, report->published);
    hash_write(&hash, digits);
    report->digest = copy(c, digits, 16);
    if (!report->id || !*report->id)
        report->id = report->digest;
}

/* Given, else stated, else in the address; then the caller's for reports without one. */
static void settle_date(struct cleaner *c, struct when given)
{
    struct report *report = &c->doc->report;
    struct when when = given, assumed;
    if (report->updated && !when_read(mark_calendar(c->marks), report->updated,
                                      strlen(report->updated), &c->updated))
        c->updated.day = DAY_NONE;
    if (when.day == DAY_NONE)
        when = c->published;
    if (when.day == DAY_NONE && (when.day = when_in_url(report->url)) != DAY_NONE)
        day_write(when.day, when.iso);
    if (when.day == DAY_NONE)
        when = c->updated;
    if (when.day == DAY_NONE && report->default_date &&
        when_read(mark_calendar(c->marks), report->default_date,
                  strlen(report->default_date), &assumed))
        when = assumed;
    report->day = when.day;
    report->published_at = when.day == DAY_NONE ? NULL
                                                : copy(c, when.iso, strlen(when.iso));
    report->published = when.day == DAY_NONE ? NULL
                                             : copy(c, when.iso, sizeof "2018-06-11" - 1);
    report->updated = c->updated.day == DAY_NONE
                          ? NULL
                          : copy(c, c->updated.iso, strlen(c->updated.iso));
}

static void settle_source(struct cleaner *c)
{
    struct report *report = &c->doc->report;
    if (!report->source || !*report->source)
        report->source = c->agency;
}

static enum outcome sort_out(struct cleaner *c, struct fail *fail)
{
    struct doc *doc = c->doc;
    if (doc->has_tokens)
        return OK;
    if (doc->ranges.count)
        return read_given(c, fail);
    enum outcome outcome = read_plain(c, fail);
    for (uint32_t i = 0; i < c->pieces.count && !outcome && !c->has_failed; i++) {
        const struct piece *piece = &c->pieces.items[i];
        emit_piece(c, piece);
        if (piece->is_title && !span_len(doc->title))
            doc->title = piece->span;
    }
    return outcome;
}

enum outcome clean_run(const struct pack *pack, struct doc *doc, struct fail *fail)
{
    struct cleaner c = {
        .pack = pack, .doc = doc, .published.day = DAY_NONE, .updated.day = DAY_NONE};
    struct when given = {.day = DAY_NONE};
    struct report *report = &doc->report;
    c.marks = marks_open(pack, &doc->arena);
    if (!c.marks)
        return fail_memory(fail);
    write_digest(&c);
    if (report->published && !when_read(mark_calendar(c.marks), report->published,
                                        strlen(report->published), &given))
        given = (struct when){.day = DAY_NONE};
    if (!report->language)
        report->language = language_of(pack, doc->text + doc->body.start,
                                       span_len(doc->body));
    enum outcome outcome = sort_out(&c, fail);
    if (outcome)
        return outcome;
    settle_date(&c, given);
    settle_source(&c);
    return c.has_failed ? fail_memory(fail) : OK;
}
