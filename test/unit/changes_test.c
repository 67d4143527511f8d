/* changes_test.c: what a version says that another did not. */
#include "check.h"
#include "source/changes.h"

#include <stdio.h>
#include <string.h>

/* "~numbers", "+" and "-" with the first word of the paragraph. */
static void tell(const char *before, const char *after, char out[400])
{
    struct arena arena;
    struct changes changes;
    struct fail fail = {""};
    size_t used = 0;
    *out = '\0';
    arena_init(&arena, 0);
    if (CHECK_INT(changes_find(before, after, &arena, &changes, &fail), OK))
        for (uint32_t i = 0; i < changes.list.count && used < 300; i++) {
            const struct change *c = &changes.list.items[i];
            const char *text = c->after ? c->after : c->before;
            used += (size_t)snprintf(
                out + used, 400 - used, "%s%s%.*s%s", used ? "; " : "",
                !c->before  ? "+"
                : !c->after ? "-"
                            : "~",
                (int)strcspn(text, " "), text, c->numbers ? c->numbers : "");
        }
    arena_free(&arena);
}

TEST(changed_added_and_cut_paragraphs_are_told_apart)
{
    char out[400];
    static const char old[] = "Fire at the mill killed 3 people.\n\nThe owner wept.\n\n"
                              "Sirens had failed in 1,200 homes that night.";
    tell(old, old, out);
    CHECK_TEXT(out, "");
    tell(old,
         "The owner wept.\n \nFire at the mill killed 3 people.\n\nSirens had failed in "
         "1,200 homes that night.",
         out);
    CHECK_TEXT(out, ""); /* moved */
    tell(old,
         "Fire at the mill killed 5 people.\n\nPolice ask why.\n\nSirens had failed in "
         "1,450 homes that night, on 2 hills.",
         out);
    CHECK_TEXT(out, "~Fire3 -> 5; +Police; ~Sirens1,200 -> 1,450, +2; -The");
    tell("", "New.", out);
    CHECK_TEXT(out, "+New.");
    tell("\xFF\xFE \n\n\n\n", "\xFF", out);
    CHECK_TEXT(out, "");
}
