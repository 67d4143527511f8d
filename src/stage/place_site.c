/* place_site.c: where a news site is at home: the country of its domain, and the town
 * that a local paper is named after ("dothaneagle.com", "Dothan Eagle"). */
#include "base/utf8.h"
#include "stage/place.h"

#include <ctype.h>
#include <string.h>

#define MAX_HOST 64u
#define MIN_NAME 5u /* letters of a town in a host: shorter ones stand there by chance */
#define MIN_PAPER 3u

/* The host's labels without "www": "dothaneagle.com"; 0 for none. */
static size_t read_host(const char *url, char host[MAX_HOST])
{
    const char *at = url ? strstr(url, "://") : NULL;
    if (!at)
        return 0;
    at += 3;
    at += strncmp(at, "www.", 4) == 0 ? 4 : 0;
    size_t len = strcspn(at, "/:?#");
    if (len == 0 || len >= MAX_HOST)
        return 0;
    for (size_t i = 0; i < len; i++)
        host[i] = (char)tolower((unsigned char)at[i]);
    host[len] = '\0';
    return len;
}

/* The sense of the words, where a town bears it. */
static uint32_t town_of(struct places *p, const char *const *words, uint32_t count,
                        bool *failed)
{
    struct phrase_hit hits[PLACE_MAX_HITS];
    uint32_t found = pack_phrases(p->pack, words, count, hits, PLACE_MAX_HITS);
    if (!found || hits[found - 1].tokens != count)
        return NONE;
    return place_sense(p, &hits[found - 1], failed);
}

static bool is_paper(const struct places *p, const char *word)
{
    return place_word(p, word) & WORD_INSTITUTION;
}

/* "eagle", "bannerherald": begins as papers are called. */
static bool begins_paper(const struct places *p, const char *word, size_t len)
{
    char start[MAX_HOST];
    if (len && *word == '-') {
        word++;
        len--;
    }
    for (size_t cut = len; cut >= MIN_PAPER && cut < sizeof start; cut--) {
        memcpy(start, word, cut);
        start[cut] = '\0';
        if (is_paper(p, start))
            return true;
    }
    return false;
}

/* "dothaneagle": the longest beginning that is a town's name, before what papers are
 * called. */
static uint32_t town_of_label(struct places *p, const char *label, size_t len,
                              bool *failed)
{
    char name[MAX_HOST];
    size_t skip = strncmp(label, "the", 3) == 0 ? 3 : 0;
    for (size_t cut = len; cut >= skip + MIN_NAME && !*failed; cut--) {
        memcpy(name, label + skip, cut - skip);
        name[cut - skip] = '\0';
        const char *word = name;
        if (cut < len && !begins_paper(p, label + cut, len - cut))
            continue;
        uint32_t sense = town_of(p, &word, 1, failed);
        if (sense != NONE)
            return sense;
    }
    return NONE;
}

/* "The Dothan Eagle": the words before that of a paper. */
static uint32_t town_of_source(struct places *p, const char *source, bool *failed)
{
    char folded[128];
    const char *words[PLACE_MAX_WORDS];
    uint32_t count = 0;
    size_t len = strlen(source);
    if (len + 1 > sizeof folded)
        return NONE;
    len = utf8_fold(source, len, folded, sizeof folded);
    for (char *at = folded; at < folded + len && count < PLACE_MAX_WORDS;) {
        words[count++] = at;
        at += strcspn(at, " ");
        *at++ = '\0';
    }
    uint32_t first = count && who_word(&p->who, words[0], "definite", NULL);
    if (count < first + 2 || !is_paper(p, words[count - 1]))
        return NONE;
    return town_of(p, words + first, count - first - 1, failed);
}

bool place_read_site(struct places *p)
{
    const struct report *report = &p->doc->report;
    char host[MAX_HOST];
    bool failed = false;
    size_t len = read_host(report->url, host);
    if (report->source)
        p->site_sense = town_of_source(p, report->source, &failed);
    if (len == 0)
        return !failed;
    const struct table *countries = pack_table(p->pack, "site_countries");
    const char *domain = strrchr(host, '.');
    if (domain)
        p->site_country = table_value(countries, table_row(countries, domain + 1),
                                      "country");
    if (p->site_sense == NONE && !failed)
        p->site_sense = town_of_label(p, host, strcspn(host, "."), &failed);
    return !failed;
}
