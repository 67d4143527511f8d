/* changes.c: `sentosa changes`: the reports of a situation that came again, and what is
 * new in them. */
#include "cli/changes.h"

#include "cli/query.h"

#include <string.h>

static const char usage[] = "usage: sentosa changes --db FILE [OPTION]...";

#define SHOWN 100 /* bytes of a paragraph */
#define NUMBERS_MOST 3

void changes_sum(FILE *to, const struct sentosa_changes *changes)
{
    size_t shown = 0;
    fprintf(to, "%zu paragraph%s changed, %zu added, %zu cut", changes->changed,
            changes->changed == 1 ? "" : "s", changes->added, changes->cut);
    for (size_t i = 0; i < changes->count && shown < NUMBERS_MOST; i++)
        if (changes->changes[i].numbers)
            fprintf(to, "%s%s", shown++ ? ", " : "; ", changes->changes[i].numbers);
    fputc('\n', to);
}

static void print_paragraph(const char *sign, const char *text)
{
    size_t len = prose_line(text, strlen(text), SHOWN);
    printf("    %s ", sign);
    print_safe(stdout, text, len);
    puts(text[len] ? " ..." : "");
}

void changes_print(const struct sentosa_changes *changes)
{
    const struct sentosa_version *older = &changes->older;
    printf("  version of %s%s%s: ", older->digest, older->published ? ", " : "",
           older->published ? older->published : "");
    changes_sum(stdout, changes);
    for (size_t i = 0; i < changes->count; i++) {
        const struct sentosa_change *change = &changes->changes[i];
        const char *sign = !change->before ? "+" : !change->after ? "-" : "~";
        const char *text = change->after ? change->after : change->before;
        if (text)
            print_paragraph(sign, text);
        if (change->numbers)
            printf("      %s\n", change->numbers);
    }
}

/* ---- the command ---- */

struct listing {
    struct ask *ask;
    size_t count;
    int code;
};

static bool list_version(void *context, const char *digest)
{
    struct listing *listing = context;
    struct sentosa_changes *changes;
    struct sentosa_error error = {""};
    enum sentosa_outcome outcome = sentosa_store_changes(listing->ask->store, digest,
                                                         &changes, &error);
    if (outcome && outcome != SENTOSA_END)
        listing->code = ask_fail(&error);
    if (outcome)
        return outcome == SENTOSA_END;
    bool is_printed = true;
    const char *as_of = listing->ask->query.as_of, *day = changes->newer.published;
    if (as_of && day && strcmp(day, as_of) > 0)
        changes->count = 0;
    if (changes->count && listing->ask->as_json)
        is_printed = print_line(sentosa_changes_json(changes));
    else if (changes->count) {
        const char *title = changes->newer.title ? changes->newer.title : "(no title)";
        printf("%s%s  ", listing->count ? "\n" : "", changes->newer.digest);
        print_safe(stdout, title, strlen(title));
        printf("%s%s\n", changes->newer.published ? ", " : "",
               changes->newer.published ? changes->newer.published : "");
        changes_print(changes);
    }
    listing->count += changes->count > 0;
    sentosa_changes_free(changes);
    return is_printed;
}

int changes_command(int count, char **args)
{
    struct ask ask = {.usage = usage};
    int code = ask_begin(&ask, count, args);
    if (!ask.store)
        return code;
    struct listing listing = {.ask = &ask, .code = EXIT_OK};
    struct sentosa_error error = {""};
    if (sentosa_store_versions(ask.store, list_version, &listing, &error))
        listing.code = ask_fail(&error);
    if (listing.code == EXIT_OK && listing.count == 0) {
        fprintf(stderr, "sentosa: no report of it is a version of another\n");
        listing.code = EXIT_NOTHING;
    }
    return ask_end(&ask, listing.code);
}
