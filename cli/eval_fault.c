/* eval_fault.c: which stage a missed event is due to, told from what the program says of
 * the words that carry it. */
#include "cli/eval_gold.h"

#include <string.h>

#define MAX_WORD 64

/* A word of the gold's anchors as the parser has it. */
struct anchor_word {
    char lemma[MAX_WORD], upos[8];
};

static bool anchors_hold(const struct want *want, const char *form, size_t len)
{
    const json_t *anchors = json_object_get(want->event, "anchor");
    size_t i;
    json_t *anchor;
    json_array_foreach(anchors, i, anchor)
    {
        const char *at = json_is_string(anchor) ? json_string_value(anchor) : "";
        for (; *at; at += strspn(at, " ")) {
            size_t word = strcspn(at, " ");
            if (word == len && strncmp(at, form, len) == 0)
                return true;
            at += word;
        }
    }
    return false;
}

static void copy_cell(char *to, size_t room, const char *from)
{
    size_t len = strcspn(from, "\t\n");
    if (len >= room)
        len = room - 1;
    memcpy(to, from, len);
    to[len] = '\0';
}

/* The next line of CoNLL-U whose form is a word of the anchors: false at the end. */
static bool next_word(const char **at, const struct want *want, struct anchor_word *word)
{
    while (**at) {
        const char *line = *at;
        size_t len = strcspn(line, "\n");
        *at = line + len + (line[len] == '\n');
        const char *form = *line == '#' ? NULL : strchr(line, '\t');
        const char *lemma = form && form < line + len ? strchr(form + 1, '\t') : NULL;
        const char *upos = lemma ? strchr(lemma + 1, '\t') : NULL;
        if (!upos || upos > line + len ||
            !anchors_hold(want, form + 1, (size_t)(lemma - form - 1)))
            continue;
        copy_cell(word->lemma, sizeof word->lemma, lemma + 1);
        copy_cell(word->upos, sizeof word->upos, upos + 1);
        return true;
    }
    return false;
}

/* What is said of the clause of a lemma, with or without a particle; NULL. */
static const char *reason_of(const char *why, const char *lemma)
{
    size_t len = strlen(lemma);
    for (const char *line = why; line && *line; line += *line == '\n') {
        if (strncmp(line, lemma, len) == 0 && (line[len] == ':' || line[len] == '_'))
            return strchr(line, ':') ? strchr(line, ':') + 2 : NULL;
        line += strcspn(line, "\n");
    }
    return NULL;
}

static const char *stage_of_reason(const char *reason)
{
    static const struct {
        const char *words, *stage;
    } reasons[] = {{"party", "actor"},
                   {"recipient", "actor"},
                   {"habitual", "status"},
                   {"merge", "merge"},
                   {"another event", "merge"}};
    for (size_t i = 0; i < sizeof reasons / sizeof *reasons; i++)
        if (strstr(reason, reasons[i].words))
            return reasons[i].stage;
    return "lexicon";
}

static bool is_content_word(const char *upos)
{
    return strcmp(upos, "VERB") == 0 || strcmp(upos, "NOUN") == 0 ||
           strcmp(upos, "ADJ") == 0;
}

/* Where the type was read: NULL when it was not. */
static const char *fault_of_parties(const struct gold_report *report,
                                    const struct want *want)
{
    const char *fault = NULL;
    for (size_t i = 0; i < report->given_count; i++) {
        const struct given *given = &report->given[i];
        if (want_has_type(want, given->type))
            fault = want_is_turned(want, given) ? "clause: the sides are swapped"
                                                : "actor: a party is missing or another";
    }
    return fault;
}

void print_fault(const struct sentosa *engine, const struct sentosa_doc *doc,
                 const struct gold_report *report, const struct want *want)
{
    const char *parties = fault_of_parties(report, want);
    if (parties) {
        puts(parties);
        return;
    }
    char *tokens = sentosa_explain(engine, doc, "parse", true);
    char *why = sentosa_why(engine, doc);
    const char *at = tokens ? tokens : "";
    struct anchor_word word;
    const char *reason = NULL, *other = "";
    while (!reason && next_word(&at, want, &word)) {
        reason = reason_of(why, word.lemma);
        if (!reason && is_content_word(word.upos))
            other = strcmp(word.upos, "VERB") == 0 ? "clause: no clause of the verb"
                                                   : "lexicon: no predicate";
        else if (!reason && !*other)
            other = "parse: no verb, noun or adjective";
    }
    if (reason)
        printf("%s: %s: %.*s\n", stage_of_reason(reason), word.lemma,
               (int)strcspn(reason, "\n"), reason);
    else
        printf("%s\n", *other ? other : "unknown");
    sentosa_free(tokens);
    sentosa_free(why);
}
