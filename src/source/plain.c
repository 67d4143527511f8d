/* plain.c: what is left of a report when its furniture is left out. */
#include "source/plain.h"

#include <string.h>

/* Lines become one line. */
static void add_joined(const char *text, struct span span, struct buffer *out)
{
    for (uint32_t at = span.start, next; at < span.end; at = next) {
        const char *end = memchr(text + at, '\n', span.end - at);
        uint32_t stop = end ? (uint32_t)(end - text) : span.end;
        next = stop + (end != NULL);
        while (stop > at && (unsigned char)text[stop - 1] <= ' ')
            stop--;
        buffer_add(out, text + at, stop - at);
        if (end)
            buffer_text(out, " ");
    }
}

void plain_text(const struct doc *doc, struct buffer *out)
{
    enum range_kind before = RANGE_DATELINE;
    if (doc->has_tokens)
        buffer_add(out, doc->text + doc->body.start, span_len(doc->body));
    for (uint32_t i = 0; i < doc->ranges.count; i++) {
        struct range range = doc->ranges.items[i];
        bool is_text = range.kind == RANGE_PARAGRAPH || range.kind == RANGE_DATELINE;
        if (is_text && before != RANGE_DATELINE)
            buffer_text(out, "\n\n");
        else if (is_text && out->len)
            buffer_text(out, " ");
        if (is_text)
            add_joined(doc->text, range.span, out);
        before = is_text ? range.kind : before;
    }
}
