/* article.h: the article in a page: its paragraphs, captions, bylines, in order. */
#ifndef SOURCE_ARTICLE_H
#define SOURCE_ARTICLE_H

#include "data/pack.h"
#include "doc/doc.h"
#include "source/hint.h"
#include "source/marks.h"
#include "source/page.h"

struct article_block {
    const char *text; /* blanks collapsed */
    uint32_t len;
    enum range_kind kind; /* paragraph, caption (subtitles too) or byline */
};

/* A short line of the page that stands near the heading or right below the text. */
struct article_line {
    const char *text;
    uint32_t len;
    enum hint hint;
    bool is_above; /* the heading */
    bool is_below; /* the text */
};

struct article {
    ARRAY(struct article_block) blocks;
    const char *heading; /* the heading above the text, or NULL */
    const char *subtitle; /* what the page calls so, above its prose, or NULL */
    bool is_titled;      /* the heading bears the words of the page's title */
    uint32_t around;     /* the element that holds heading and text */
    uint32_t root;       /* the element that holds the text */
    ARRAY(struct article_line) beside; /* below the heading first */
};

/* title and body are what the page's metadata say that they are, or NULL: the title leads
 * to the heading, the body is taken where the page itself shows much less of it. */
struct article_ask {
    const struct pack *pack;
    const struct mark_words *marks;
    const struct page *page;
    const char *title, *body;
};

enum outcome article_find(const struct article_ask *ask, struct arena *arena,
                          struct article *article, struct fail *fail);

#endif
