/* csv.c: records, cells, and which column is what. */
#include "source/csv.h"

#include "source/charset.h"

#include <string.h>
#include <strings.h>

#define COLUMNS 64

enum csv_column {
    COLUMN_NONE,
    COLUMN_TEXT,
    COLUMN_HTML,
    COLUMN_TITLE,
    COLUMN_DATE,
    COLUMN_URL,
    COLUMN_SOURCE,
    COLUMN_ID,
    COLUMN_AUTHOR
};

static enum csv_column column_of(const char *name, size_t len)
{
    static const struct {
        const char *name;
        enum csv_column column;
    } names[] = {{"text", COLUMN_TEXT},
                 {"body", COLUMN_TEXT},
                 {"content", COLUMN_TEXT},
                 {"article", COLUMN_TEXT},
                 {"article_text", COLUMN_TEXT},
                 {"full_text", COLUMN_TEXT},
                 {"fulltext", COLUMN_TEXT},
                 {"maintext", COLUMN_TEXT},
                 {"story", COLUMN_TEXT},
                 {"html", COLUMN_HTML},
                 {"title", COLUMN_TITLE},
                 {"headline", COLUMN_TITLE},
                 {"date", COLUMN_DATE},
                 {"published", COLUMN_DATE},
                 {"published_at", COLUMN_DATE},
                 {"pub_date", COLUMN_DATE},
                 {"publish_date", COLUMN_DATE},
                 {"date_publish", COLUMN_DATE},
                 {"publication_date", COLUMN_DATE},
                 {"pubdate", COLUMN_DATE},
                 {"url", COLUMN_URL},
                 {"link", COLUMN_URL},
                 {"source", COLUMN_SOURCE},
                 {"publication", COLUMN_SOURCE},
                 {"publisher", COLUMN_SOURCE},
                 {"site", COLUMN_SOURCE},
                 {"id", COLUMN_ID},
                 {"guid", COLUMN_ID},
                 {"author", COLUMN_AUTHOR},
                 {"authors", COLUMN_AUTHOR},
                 {"byline", COLUMN_AUTHOR}};
    for (size_t i = 0; i < sizeof names / sizeof *names; i++)
        if (strlen(names[i].name) == len && strncasecmp(names[i].name, name, len) == 0)
            return names[i].column;
    return COLUMN_NONE;
}

/* The cell at record[*at]: its bytes are unquoted into out (room for the whole record);
 * *at behind it and its sign, past len after the last. */
static size_t take_cell(const char *record, size_t len, char sign, size_t *at, char *out)
{
    size_t i = *at, used = 0;
    bool is_quoted = i < len && record[i] == '"';
    if (is_quoted)
        for (i++; i < len; i++) {
            if (record[i] == '"' && i + 1 < len && record[i + 1] == '"')
                i++;
            else if (record[i] == '"')
                break;
            out[used++] = record[i];
        }
    i += is_quoted && i < len;
    for (; i < len && record[i] != sign; i++)
        if (!is_quoted)
            out[used++] = record[i];
    *at = i + 1;
    out[used] = '\0';
    return used;
}

/* Reads the heading; false when no column of text is there. */
static bool read_heading(const char *line, size_t len, char sign,
                         uint8_t columns[COLUMNS], uint32_t *count)
{
    char cell[4096];
    bool has_text = false;
    *count = 0;
    if (len >= sizeof cell)
        return false;
    if (len >= 3 && memcmp(line, "\xEF\xBB\xBF", 3) == 0) {
        line += 3;
        len -= 3;
    }
    for (size_t at = 0; at <= len && *count < COLUMNS;) {
        size_t used = take_cell(line, len, sign, &at, cell);
        columns[*count] = (uint8_t)column_of(cell, used);
        has_text = has_text || columns[*count] == COLUMN_TEXT ||
                   columns[*count] == COLUMN_HTML;
        ++*count;
    }
    return has_text && *count > 1;
}

static char sign_of(const char *line, size_t len, uint8_t columns[COLUMNS],
                    uint32_t *count)
{
    static const char signs[] = ",\t;|";
    for (int i = 0; signs[i]; i++)
        if (read_heading(line, len, signs[i], columns, count))
            return signs[i];
    return 0;
}

bool csv_looks_like(const char *bytes, size_t len)
{
    uint8_t columns[COLUMNS];
    uint32_t count;
    const char *end = memchr(bytes, '\n', len);
    size_t line = end ? (size_t)(end - bytes) : 0;
    line -= line && bytes[line - 1] == '\r';
    return line && sign_of(bytes, line, columns, &count) != 0;
}

static size_t quotes(const char *bytes, size_t len)
{
    size_t count = 0;
    for (const char *end = bytes + len;
         (bytes = memchr(bytes, '"', (size_t)(end - bytes))); bytes++)
        count++;
    return count;
}

/* Lines up to one after which all quotes are closed; is_end: there was none. */
static enum outcome read_record(struct csv *csv, uint64_t *line, bool *is_end,
                                struct fail *fail)
{
    const char *bytes;
    size_t len, open = 0;
    csv->record.len = 0;
    *line = stream_line_number(csv->stream) + 1;
    do {
        enum outcome outcome = stream_line(csv->stream, LINE_MAX_LEN, &bytes, &len, fail);
        *is_end = !outcome && !bytes && csv->record.len == 0;
        if (outcome || !bytes)
            return outcome;
        open ^= quotes(bytes, len) & 1;
        buffer_add(&csv->record, bytes, len);
        buffer_add(&csv->record, "\n", 1);
        if (csv->record.failed)
            return fail_memory(fail);
        if (csv->record.len > LINE_MAX_LEN)
            return fail_with(fail, FAIL_LIMIT,
                             "a record longer than the %zu bytes allowed", LINE_MAX_LEN);
    } while (open);
    csv->record.bytes[--csv->record.len] = '\0';
    return OK;
}

static void set_cell(struct raw *raw, enum csv_column column, const char *cell,
                     size_t len)
{
    const char **targets[] = {NULL,         &raw->bytes, &raw->bytes,
                              &raw->title,  &raw->date,  &raw->url,
                              &raw->source, &raw->id,    &raw->authors};
    if (column == COLUMN_NONE || *targets[column] || len == 0)
        return;
    *targets[column] = cell;
    if (targets[column] == &raw->bytes) {
        raw->len = len;
        raw->format = column == COLUMN_HTML ? FORMAT_HTML : FORMAT_TEXT;
    }
}

static enum outcome take_cells(struct csv *csv, struct raw *raw, struct fail *fail)
{
    struct decoded decoded;
    enum outcome outcome = charset_decode(csv->record.bytes, csv->record.len, NULL,
                                          &raw->arena, &decoded, fail);
    if (outcome)
        return outcome;
    char *out = arena_take(&raw->arena, decoded.len + 2, 1);
    if (!out)
        return fail_memory(fail);
    for (size_t at = 0, i = 0; at <= decoded.len && i < csv->column_count; i++) {
        size_t used = take_cell(decoded.text, decoded.len, csv->sign, &at, out);
        set_cell(raw, (enum csv_column)csv->columns[i], out, used);
        out += used + 1;
    }
    raw->is_utf8 = true;
    return raw->bytes ? OK : fail_with(fail, FAIL_DATA, "no text in the record");
}

enum outcome csv_next(struct csv *csv, struct raw *raw, uint64_t *line, bool *is_end,
                      struct fail *fail)
{
    for (;;) {
        enum outcome outcome = read_record(csv, line, is_end, fail);
        if (outcome || *is_end)
            return outcome;
        if (csv->record.len == 0)
            continue;
        if (csv->sign)
            return take_cells(csv, raw, fail);
        csv->sign = sign_of(csv->record.bytes, csv->record.len, csv->columns,
                            &csv->column_count);
        if (!csv->sign)
            return fail_with(fail, FAIL_DATA, "no heading names a column of text");
    }
}
