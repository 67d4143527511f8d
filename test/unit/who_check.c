/* who_check.c: faults in the actor tables are named by file and line. */
#include "data/who_check.h"
#include "check.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

static const struct {
    const char *file, *text;
} tables[] = {
    {"anaphors.tsv", "#: word\tclass\tvalue\n"
                     "president\tsole_office\t-\n"},
    {"sectors.tsv", "#: name\tmeaning\n"
                    "GOV\tgovernment\n"},
    {"roles.tsv", "#: phrase*\trole\tsectors\ttitle\tcountry\n"
                  "envoy\tenvoy\tGOV\tEnvoy\t-\n"
                  "president\tpresident\tGOV\tPresident\t-\n"},
    {"agents.tsv", "#: noun*\tkind\tsectors\tgender\n"
                   "police\tgroup\tCOP\t-\n"
                   "army\tgroup\tGOV\t-\n"
                   "army\tgroup\tGOV\t-\n"},
    {"actors/states.tsv", "#: code\tid\tname*\tfrom\tto\n"
                          "KEN\tstate/kenya\tKenya\t1963-12-12\t-\n"},
    {"actors/organisations.tsv", "#: id\tcode\tname*\tcountry\tsectors\tfrom\tto\n"
                                 "org/un\tUNO\tUnited Nations\t-\tGOV\t2002\t1999-13\n"},
    {"actors/persons.tsv", "#: id\tname*\tcountry\tsectors\n"
                           "person/a\tA\tKEN\tGOV\n"
                           "person/b\tB\tKNE\tGOV\n"},
    {"actors/offices.tsv", "#: person\trole\tof\tfrom\tto\n"
                           "person/a\tenvoy\tUNO\t1990\t-\n"
                           "person/a\tpresident\tKEN\t1990\t1995-03\n"
                           "person/b\tenvoy\tUNO\t1990\t-\n"
                           "person/b\tpresident\tKEN\t1995-02-27\t1999\n"
                           "person/c\tprefect\tUNX\t1999-02-01\t1998\n"},
};
#define TABLE_COUNT (sizeof tables / sizeof *tables)

static bool make_room(char folder[64])
{
    char path[128];
    snprintf(folder, 64, "/tmp/sentosa-unit-XXXXXX");
    if (!mkdtemp(folder))
        return false;
    snprintf(path, sizeof path, "%s/actors", folder);
    if (mkdir(path, 0700) != 0)
        return false;
    for (size_t i = 0; i < TABLE_COUNT; i++) {
        snprintf(path, sizeof path, "%s/%s", folder, tables[i].file);
        FILE *file = fopen(path, "wb");
        if (!file || fputs(tables[i].text, file) < 0 || fclose(file) != 0)
            return false;
    }
    return true;
}

static void clear_room(const char *folder)
{
    char path[128];
    for (size_t i = 0; i < TABLE_COUNT; i++) {
        snprintf(path, sizeof path, "%s/%s", folder, tables[i].file);
        unlink(path);
    }
    snprintf(path, sizeof path, "%s/actors", folder);
    rmdir(path);
    snprintf(path, sizeof path, "%s/pack", folder);
    unlink(path);
    rmdir(folder);
}

/* Keeps what follows the folder, a line each. */
struct heard {
    const char *folder;
    char text[2048];
};

static void hear(void *context, const char *message)
{
    struct heard *heard = context;
    size_t len = strlen(heard->text), skip = strlen(heard->folder) + 1;
    snprintf(heard->text + len, sizeof heard->text - len, "%s\n",
             strlen(message) > skip ? message + skip : message);
}

TEST(faults_of_the_actor_tables_are_named_by_line)
{
    char folder[64], path[96];
    struct pack *pack = NULL;
    struct fail fail = {""};
    bool is_made = make_room(folder);
    snprintf(path, sizeof path, "%s/pack", folder);
    if (!CHECK(is_made) || !CHECK_INT(pack_build(folder, NULL, path, &fail), OK) ||
        !CHECK_INT(pack_open(path, &pack, &fail), OK)) {
        puts(fail.message);
        return;
    }
    struct who who;
    struct heard heard = {.folder = folder};
    who_open(&who, pack);
    CHECK_INT(who_check(&who, hear, &heard), 10);
    static const char *const faults[] = {
        "actors/persons.tsv:3: country KNE is in no table",
        "actors/offices.tsv:6: ends (1998) before it begins (1999-02-01)",
        "actors/offices.tsv:6: person/c is not in persons.tsv",
        "actors/offices.tsv:6: role prefect is not in roles.tsv",
        "actors/offices.tsv:6: code UNX is in no table",
        ("actors/offices.tsv:5: president of KEN from 1995-02-27 on, held by person/a "
         "(line 3)"),
        "actors/organisations.tsv:2: to 1999-13 is no date",
        "agents.tsv:2: sector COP is not in sectors.tsv",
        "agents.tsv:3: out of order after line 2",
        "agents.tsv:4: stands twice",
    };
    for (size_t i = 0; i < sizeof faults / sizeof *faults; i++)
        if (!CHECK(strstr(heard.text, faults[i]) != NULL))
            printf("missing: %s\n", faults[i]);
    pack_close(pack);
    clear_room(folder);
}

TEST(the_actor_tables_have_no_faults)
{
    struct pack *pack = NULL;
    struct fail fail = {""};
    if (pack_open("build/sentosa.pack", &pack, &fail)) {
        check_skip("no pack");
        return;
    }
    struct who who;
    struct heard heard = {.folder = ""};
    who_open(&who, pack);
    CHECK_INT(who_check(&who, hear, &heard), 0);
    pack_close(pack);
}
