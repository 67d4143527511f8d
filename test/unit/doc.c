/* doc.c: the names of grammar and of statuses, to text and back. */
#include "doc/doc.h"
#include "check.h"

#include <string.h>

TEST(every_tag_is_read_back_from_its_name)
{
    for (int upos = 1; upos < UPOS_COUNT; upos++) {
        CHECK_INT(upos_read(upos_name((enum upos)upos)), upos);
    }
    CHECK_INT(upos_read("NOTAG"), UPOS_NONE);
}

TEST(every_relation_is_read_back_from_its_name)
{
    for (int deprel = 1; deprel < DEPREL_COUNT; deprel++) {
        CHECK_INT(deprel_read(deprel_name((enum deprel)deprel)), deprel);
    }
    CHECK_INT(deprel_read("nsubj:unheard"), DEP_NSUBJ);
    CHECK_INT(deprel_read("nonsense"), DEP_NONE);
}

TEST(features_survive_writing_and_reading)
{
    static const char *const lines[] = {"Number=Plur", "Mood=Ind|Tense=Past|VerbForm=Fin",
                                        "Tense=Past|VerbForm=Part|Voice=Pass", "_"};
    for (size_t i = 0; i < sizeof lines / sizeof *lines; i++) {
        char text[256];
        feats_write(feats_read(lines[i]), text, sizeof text);
        CHECK_TEXT(text, lines[i]);
    }
}

TEST(features_never_write_past_their_room)
{
    char text[16];
    memset(text, '#', sizeof text);
    feats_write(feats_read("Mood=Ind|Number=Sing|Person=3|Tense=Past|VerbForm=Fin"), text,
                8);
    CHECK_INT(text[8], '#');
}

TEST(every_status_is_read_back_from_its_name)
{
    for (int status = STATUS_CANCELLED; status <= STATUS_ACTUAL; status++) {
        CHECK_INT(status_read(status_name((enum status)status)), status);
    }
    CHECK_INT(status_read("likely"), STATUS_NONE);
}
