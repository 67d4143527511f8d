/* actor.c: who phrases mean, and who is pointed back at, on the pack that was built. */
#include "check.h"
#include "data/pack.h"
#include "doc/doc.h"
#include "source/conllu.h"
#include "stage/stages.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static struct pack *open_pack(void)
{
    struct pack *pack = NULL;
    const char *path = getenv("SENTOSA_PACK");
    if (pack_open(path && *path ? path : "build/sentosa.pack", &pack, NULL))
        check_skip("no pack beside the tests");
    return pack;
}

/* The party that a bare phrase means: its first mention's, or an empty one. */
static struct actor meant(struct doc *doc, const struct pack *pack, const char *phrase,
                          const char *date)
{
    struct actor nobody = {.id = "", .sectors = ""};
    doc_init(doc);
    struct sentence *sentence = array_push(&doc->arena, &doc->sentences);
    doc->text = phrase;
    doc->len = (uint32_t)strlen(phrase);
    doc->body = (struct span){0, doc->len};
    *sentence = (struct sentence){.span = doc->body, .range = NONE};
    day last;
    if (date)
        day_read(date, &doc->report.day, &last);
    if (token_run(pack, doc, NULL) || phrase_run(pack, doc, NULL) ||
        actor_run(pack, doc, NULL) || doc->mentions.count == 0)
        return nobody;
    const struct mention *best = &doc->mentions.items[0];
    for (uint32_t i = 0; i < doc->mentions.count; i++) {
        const struct mention *mention = &doc->mentions.items[i];
        if (doc->tokens.items[mention->head].head == mention->head)
            best = mention;
    }
    return doc->actors.items[doc->mention_actors.items[best->actors]];
}

struct meaning {
    const char *phrase, *date, *code, *sector, *id; /* NULL: not checked */
};

static void check_meanings(const struct meaning *meanings, size_t count)
{
    struct pack *pack = open_pack();
    for (size_t i = 0; pack && i < count; i++) {
        struct doc doc;
        struct actor actor = meant(&doc, pack, meanings[i].phrase, meanings[i].date);
        bool fits = true;
        if (meanings[i].code)
            fits &= CHECK_TEXT(actor.code ? actor.code : "", meanings[i].code);
        if (meanings[i].sector)
            fits &= CHECK_INT(
                strncmp(actor.sectors, meanings[i].sector, strlen(meanings[i].sector)),
                0);
        if (meanings[i].id)
            fits &= CHECK_TEXT(actor.id, meanings[i].id);
        if (!fits)
            printf("    in \"%s\"\n", meanings[i].phrase);
        doc_free(&doc);
    }
    pack_close(pack);
}

#define CHECK_MEANINGS(list) check_meanings(list, sizeof list / sizeof *list)

TEST(an_office_means_its_holder_on_the_day)
{
    static const struct meaning list[] = {
        {"the South Korean president", "2016-03-01", "KOR", "GOV",
         "person/park-geun-hye"},
        {"the South Korean president", "2019-03-01", "KOR", "GOV", "person/moon-jae-in"},
        {"the president of France", "2010-05-01", "FRA", "GOV", "person/nicolas-sarkozy"},
        {"the French president", "2014-05-01", "FRA", "GOV", "person/francois-hollande"},
        {"Germany's chancellor", "2012-05-01", "DEU", "GOV", "person/angela-merkel"},
        {"the U.S. president", "1999-05-01", "USA", "GOV", "person/bill-clinton"},
        {"a former U.S. president", "1999-05-01", "USA", NULL, "USA/president"},
    };
    CHECK_MEANINGS(list);
}

TEST(an_office_without_a_day_names_nobody)
{
    static const struct meaning list[] = {
        {"the South Korean president", NULL, "KOR", "GOV", "KOR/president"},
    };
    CHECK_MEANINGS(list);
}

TEST(an_agent_word_takes_the_country_of_its_modifier_possessor_or_place)
{
    static const struct meaning list[] = {
        {"Egyptian police", NULL, "EGY", "COP", NULL},
        {"rebels in eastern Congo", NULL, "COD", "REB", NULL},
        {"a top U.S. official", NULL, "USA", "GOV", NULL},
        {"Hungary's official media", NULL, "HUN", "JRN", "HUN/JRN"},
        {"the Kenyan foreign ministry", NULL, "KEN", "GOV", NULL},
        {"hundreds of Afghan refugees", NULL, "AFG", "REF", NULL},
        {"police in Karachi", NULL, "PAK", "COP", NULL},
        {"spokesman for the Kenyan army", NULL, "KEN", "MIL", NULL},
        {"NATO troops", NULL, "NAT", "MIL", NULL},
    };
    CHECK_MEANINGS(list);
}

TEST(a_bare_agent_word_has_no_country)
{
    static const struct meaning list[] = {
        {"police", NULL, "", "COP", NULL},
        {"the rebels", NULL, "", "REB", NULL},
    };
    CHECK_MEANINGS(list);
}

TEST(an_unknown_person_has_the_country_and_sector_of_the_text)
{
    static const struct meaning list[] = {
        {"Jane Roe, a French diplomat", NULL, "FRA", "GOV", "report/jane-roe"},
        {"Kenyan Foreign Minister Amos Roe", NULL, "KEN", "GOV", "report/amos-roe"},
    };
    CHECK_MEANINGS(list);
}

TEST(a_name_of_a_war_or_a_sea_is_no_party)
{
    static const struct meaning list[] = {
        {"the Korean War", NULL, "", NULL, ""},
        {"the South China Sea", NULL, "", NULL, ""},
        {"the Korean Peninsula", NULL, "", NULL, ""},
    };
    CHECK_MEANINGS(list);
}

TEST(a_capital_with_one_slip_is_still_known)
{
    static const struct meaning list[] = {
        {"Islammabad", NULL, "PAK", NULL, "state/pakistan"},
        {"Camborra", NULL, "", NULL, ""},
    };
    CHECK_MEANINGS(list);
}

/* ---- pointing back ---- */

/* Reads "form UPOS head relation feats" words, a sentence a string, and runs both
 * stages. */
static bool read_trees(struct doc *doc, const struct pack *pack,
                       const char *const *sentences, const char *date)
{
    char text[8192];
    size_t len = 0;
    for (; *sentences; sentences++) {
        const char *at = *sentences;
        for (int id = 1; *at; id++) {
            char form[64], upos[16], head[8], relation[32], feats[64];
            int used = 0;
            if (sscanf(at, "%63s %15s %7s %31s %63s%n", form, upos, head, relation, feats,
                       &used) != 5)
                return false;
            int lemma_len = (int)strlen(form) - (strcmp(feats, "Number=Plur") == 0);
            len += (size_t)snprintf(text + len, sizeof text - len,
                                    "%d\t%s\t%.*s\t%s\t_\t%s\t%s\t%s\t_\t_\n", id, form,
                                    lemma_len, form, upos, feats, head, relation);
            at += used + strspn(at + used, " ");
        }
        text[len++] = '\n';
    }
    doc_init(doc);
    day last;
    if (date)
        day_read(date, &doc->report.day, &last);
    return conllu_read(text, len, doc, NULL) == OK && actor_run(pack, doc, NULL) == OK &&
           coref_run(pack, doc, NULL) == OK;
}

/* The ids that the n-th token of that form stands for, joined by a blank. */
static const char *stands_for(const struct doc *doc, const char *form, unsigned nth,
                              char text[256])
{
    text[0] = '\0';
    for (uint32_t i = 0; i < doc->mentions.count; i++) {
        const struct mention *mention = &doc->mentions.items[i];
        const struct token *token = &doc->tokens.items[mention->head];
        if (strcmp(token->norm, form) != 0 || nth-- > 1)
            continue;
        for (uint32_t a = 0; a < mention->actor_count; a++) {
            uint32_t actor = doc->mention_actors.items[mention->actors + a];
            size_t len = strlen(text);
            snprintf(text + len, 256 - len, "%s%s", len ? " " : "",
                     doc->actors.items[actor].id);
        }
        return text;
    }
    return text;
}

static const char *const summit[] = {
    "French PROPN 2 amod Number=Sing President PROPN 3 nmod:desc Number=Sing "
    "Emmanuel PROPN 9 nsubj Number=Sing Macron PROPN 3 flat Number=Sing and CCONJ 7 cc _ "
    "Chancellor PROPN 7 nmod:desc Number=Sing Angela PROPN 3 conj Number=Sing "
    "Merkel PROPN 7 flat Number=Sing met VERB 0 root Tense=Past in ADP 11 case _ "
    "Paris PROPN 9 obl Number=Sing",
    "The DET 3 det Definite=Def|PronType=Art two NUM 3 nummod _ leaders NOUN 4 nsubj "
    "Number=Plur "
    "praised VERB 0 root Tense=Past their PRON 6 nmod:poss Poss=Yes|PronType=Prs "
    "talks NOUN 4 obj Number=Plur",
    "She PRON 2 nsubj Gender=Fem|PronType=Prs thanked VERB 0 root Tense=Past "
    "him PRON 2 obj Gender=Masc|PronType=Prs",
    NULL};

TEST(two_leaders_are_the_two_that_were_named_together)
{
    struct pack *pack = open_pack();
    struct doc doc;
    char text[256];
    if (!pack)
        return;
    if (CHECK(read_trees(&doc, pack, summit, "2018-03-16"))) {
        CHECK_TEXT(stands_for(&doc, "leaders", 1, text),
                   "person/emmanuel-macron person/angela-merkel");
        CHECK_TEXT(stands_for(&doc, "their", 1, text),
                   "person/emmanuel-macron person/angela-merkel");
    }
    doc_free(&doc);
    pack_close(pack);
}

TEST(she_and_he_follow_gender)
{
    struct pack *pack = open_pack();
    struct doc doc;
    char text[256];
    if (!pack)
        return;
    if (CHECK(read_trees(&doc, pack, summit, "2018-03-16"))) {
        CHECK_TEXT(stands_for(&doc, "she", 1, text), "person/angela-merkel");
        CHECK_TEXT(stands_for(&doc, "him", 1, text), "person/emmanuel-macron");
    }
    doc_free(&doc);
    pack_close(pack);
}

static const char *const namesakes[] = {
    "Jane PROPN 5 nsubj Number=Sing Roe PROPN 1 flat Number=Sing and CCONJ 4 cc _ "
    "Mary PROPN 1 conj Number=Sing spoke VERB 0 root Tense=Past",
    "Peter PROPN 3 nsubj Number=Sing Roe PROPN 1 flat Number=Sing left VERB 0 root "
    "Tense=Past",
    NULL};

TEST(two_full_names_are_two_persons)
{
    struct pack *pack = open_pack();
    struct doc doc;
    char text[256];
    if (!pack)
        return;
    if (CHECK(read_trees(&doc, pack, namesakes, NULL))) {
        CHECK_TEXT(stands_for(&doc, "jane", 1, text), "report/jane-roe");
        CHECK_TEXT(stands_for(&doc, "peter", 1, text), "report/peter-roe");
    }
    doc_free(&doc);
    pack_close(pack);
}

static const char *const owner[] = {
    "Kenya PROPN 2 nsubj Number=Sing accused VERB 0 root Tense=Past "
    "Ethiopia PROPN 2 obj Number=Sing",
    "It PRON 2 nsubj PronType=Prs|Number=Sing said VERB 0 root Tense=Past "
    "its PRON 4 nmod:poss Poss=Yes|PronType=Prs troops NOUN 5 nsubj Number=Plur "
    "withdrew VERB 2 ccomp Tense=Past",
    NULL};

TEST(troops_of_a_pronoun_are_those_of_its_country)
{
    struct pack *pack = open_pack();
    struct doc doc;
    char text[256];
    if (!pack)
        return;
    if (CHECK(read_trees(&doc, pack, owner, NULL))) {
        CHECK_TEXT(stands_for(&doc, "it", 1, text), "state/kenya");
        CHECK_TEXT(stands_for(&doc, "troops", 1, text), "KEN/MIL");
    }
    doc_free(&doc);
    pack_close(pack);
}
