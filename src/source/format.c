/* format.c: telling kinds of files apart by content. */
#define _GNU_SOURCE
#include "source/format.h"

#include "source/charset.h"
#include "source/csv.h"

#include <string.h>
#include <strings.h>

static bool starts(const char *bytes, size_t len, const char *magic, size_t magic_len)
{
    return len >= magic_len && memcmp(bytes, magic, magic_len) == 0;
}

/* Whether a tag of that name opens within the first `look` bytes. */
static bool has_tag(const char *bytes, size_t len, const char *name, size_t look)
{
    size_t name_len = strlen(name);
    len = len < look ? len : look;
    const char *end = bytes + len;
    for (const char *at = bytes; (at = memchr(at, '<', (size_t)(end - at))); at++)
        if ((size_t)(end - at) > name_len + 1 && strncasecmp(at + 1, name, name_len) == 0)
            return true;
    return false;
}

static size_t skip_blanks(const char *bytes, size_t len)
{
    size_t at = 0;
    if (starts(bytes, len, "\xEF\xBB\xBF", 3))
        at = 3;
    while (at < len && (unsigned char)bytes[at] <= ' ')
        at++;
    return at;
}

static bool is_jsonl(const char *bytes, size_t len)
{
    size_t at = skip_blanks(bytes, len);
    if (at >= len || bytes[at] != '{')
        return false;
    at++;
    while (at < len && (unsigned char)bytes[at] <= ' ')
        at++;
    return at < len && (bytes[at] == '"' || bytes[at] == '}');
}

/* The object's first line ends before the object does. */
static bool is_spread(const char *bytes, size_t len)
{
    size_t at = skip_blanks(bytes, len);
    const char *end = memchr(bytes + at, '\n', len - at);
    size_t last = end ? (size_t)(end - bytes) : len;
    while (last > at && (unsigned char)bytes[last - 1] <= ' ')
        last--;
    return end && (bytes[last - 1] == '{' || bytes[last - 1] == ',');
}

static bool is_html(const char *bytes, size_t len)
{
    static const char *const tags[] = {
        "!doctype html", "html", "head", "body", "article", "meta",
        "title",         "div",  "p>",   "p ",   "h1"};
    size_t at = skip_blanks(bytes, len);
    bool starts_tag = at < len && bytes[at] == '<';
    for (size_t i = 0; i < sizeof tags / sizeof *tags; i++)
        if (has_tag(bytes + at, len - at, tags[i], i < 4 ? FORMAT_LOOK : 512) &&
            (starts_tag || i < 4))
            return true;
    return false;
}

static bool is_json_feed(const char *bytes, size_t len)
{
    return memmem(bytes, len < 1024 ? len : 1024, "jsonfeed.org/version", 20) != NULL;
}

static bool is_json_array(const char *bytes, size_t len)
{
    size_t at = skip_blanks(bytes, len);
    if (at >= len || bytes[at] != '[')
        return false;
    for (at++; at < len && (unsigned char)bytes[at] <= ' ';)
        at++;
    return at < len && bytes[at] == '{';
}

/* A comment that only CoNLL-U has, or a first line of ten columns. */
static bool is_conllu(const char *bytes, size_t len)
{
    static const char *const comments[] = {"# newdoc", "# sent_id",
                                           "# text =", "# global.columns", "# newpar"};
    for (size_t i = 0; i < sizeof comments / sizeof *comments; i++)
        if (starts(bytes, len, comments[i], strlen(comments[i])))
            return true;
    size_t tabs = 0, at = 0;
    if (len < 2 || bytes[0] != '1')
        return false;
    while (at < len && bytes[at] != '\n')
        tabs += bytes[at++] == '\t';
    return tabs == 9 && (bytes[1] == '\t' || bytes[1] == '-');
}

static bool is_feed(const char *bytes, size_t len)
{
    size_t at = skip_blanks(bytes, len);
    return at < len && bytes[at] == '<' && !has_tag(bytes, len, "html", 2048) &&
           (has_tag(bytes, len, "rss", 2048) || has_tag(bytes, len, "feed", 2048) ||
            has_tag(bytes, len, "rdf:RDF", 2048));
}

enum format format_of(const char *bytes, size_t len)
{
    if (starts(bytes, len, "PK\3\4", 4) || starts(bytes, len, "PK00PK\3\4", 8) ||
        starts(bytes, len, "PK\5\6", 4))
        return FORMAT_ZIP;
    if (starts(bytes, len, "\x1F\x8B\x08", 3))
        return FORMAT_GZIP;
    if (starts(bytes, len, "\x28\xB5\x2F\xFD", 4))
        return FORMAT_ZSTD;
    if (starts(bytes, len, "%PDF-", 5))
        return FORMAT_PDF;
    if (starts(bytes, len, "WARC/", 5))
        return FORMAT_WARC;
    if (len > 262 && memcmp(bytes + 257, "ustar", 5) == 0)
        return FORMAT_TAR;
    if (starts(bytes, len, "\xFF\xFE", 2) || starts(bytes, len, "\xFE\xFF", 2) ||
        charset_wide(bytes, len))
        return FORMAT_TEXT;
    if (charset_is_binary(bytes, len))
        return FORMAT_BINARY;
    if (is_jsonl(bytes, len))
        return is_spread(bytes, len) || is_json_feed(bytes, len) ? FORMAT_JSON
                                                                 : FORMAT_JSONL;
    if (is_json_array(bytes, len))
        return FORMAT_JSON;
    if (is_conllu(bytes, len))
        return FORMAT_CONLLU;
    if (csv_looks_like(bytes, len))
        return FORMAT_CSV;
    if (is_feed(bytes, len))
        return FORMAT_FEED;
    return is_html(bytes, len) ? FORMAT_HTML : FORMAT_TEXT;
}

bool format_is_read(enum format format)
{
    return format < FORMAT_PDF;
}

const char *format_name(enum format format)
{
    static const char *const names[] = {
        [FORMAT_TEXT] = "text",        [FORMAT_HTML] = "HTML",
        [FORMAT_JSONL] = "JSON lines", [FORMAT_CONLLU] = "CoNLL-U",
        [FORMAT_JSON] = "JSON",        [FORMAT_CSV] = "CSV",
        [FORMAT_WARC] = "WARC",        [FORMAT_FEED] = "RSS or Atom",
        [FORMAT_ZIP] = "ZIP",          [FORMAT_TAR] = "tar",
        [FORMAT_GZIP] = "gzip",        [FORMAT_ZSTD] = "zstd",
        [FORMAT_PDF] = "PDF",          [FORMAT_BINARY] = "binary data"};
    return names[format];
}
