/* lemma.c: scripts that make a lemma from a word. */
#include "net/lemma.h"

#include "base/utf8.h"

#include <string.h>

static bool is_inside(char byte)
{
    return ((unsigned char)byte & 0xC0) == 0x80;
}

static bool fit(const char *word, const char *lemma, struct net_script *script)
{
    size_t same = 0;
    while (word[same] && word[same] == lemma[same])
        same++;
    while (same > 0 && (is_inside(word[same]) || is_inside(lemma[same])))
        same--;
    size_t strip = strlen(word) - same, add = strlen(lemma) - same;
    if (strip > 255 || add >= NET_SCRIPT_ADD)
        return false;
    script->strip = (uint8_t)strip;
    memset(script->add, 0, sizeof script->add);
    memcpy(script->add, lemma + same, add);
    return true;
}

bool net_script_make(const char *norm, const char *form, const char *lemma,
                     struct net_script *script)
{
    char folded[256];
    size_t len = strlen(lemma);
    utf8_fold(lemma, len, folded, sizeof folded);
    script->as_written = strcmp(folded, lemma) != 0;
    return fit(script->as_written ? form : norm, lemma, script);
}

size_t net_script_apply(const struct net_script *script, const char *norm,
                        const char *form, char *lemma, size_t cap)
{
    const char *word = script->as_written ? form : norm;
    size_t len = strlen(word), add = strnlen(script->add, NET_SCRIPT_ADD - 1);
    bool fits = script->strip <= len && !is_inside(word[len - script->strip]);
    size_t keep = fits ? len - script->strip : len;
    add = fits ? add : 0;
    if (keep + add == 0 || keep + add + 1 > cap) {
        add = 0;
        keep = len < cap ? len : cap - 1;
        while (keep > 0 && keep < len && is_inside(word[keep]))
            keep--;
    }
    memcpy(lemma, word, keep);
    memcpy(lemma + keep, script->add, add);
    lemma[keep + add] = '\0';
    return keep + add;
}
