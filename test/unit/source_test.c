/* source_test.c: files and bytes to reports, and what stands in them. */
#define _POSIX_C_SOURCE 200809L
#include "base/buffer.h"
#include "base/utf8.h"
#include "check.h"
#include "source/charset.h"
#include "source/language.h"
#include "source/raw.h"
#include "source/when.h"
#include "stage/stages.h"
#include "test/unit/text_fixture.h"

#include <iconv.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

static const struct range *range_of(const struct doc *doc, enum range_kind kind)
{
    for (uint32_t i = 0; i < doc->ranges.count; i++)
        if (doc->ranges.items[i].kind == kind)
            return &doc->ranges.items[i];
    return NULL;
}

/* Words of the first range of that kind, "" without one; freed with the document. */
static const char *words_of(struct doc *doc, enum range_kind kind)
{
    const struct range *range = range_of(doc, kind);
    return range ? doc_words(doc, range->span) : "";
}

/* ---- plain text ---- */

static const char wire_report[] =
    "Chad reopens its border with Sudan after two years\n\n"
    "By Mariam Deby\n\n"
    "N'DJAMENA, Chad (Reuters) - Chad reopened two crossings on Monday, the\n"
    "interior ministry said, after talks with officials in El Geneina.\n\n"
    "[Courtesy of the Chadian presidency]\n\n"
    "\"The road is open,\" the minister said.\n\n"
    "(Reporting by Mariam Deby; Editing by Ann Poe)\n\n"
    "All \xE2\x80\x93 Kyodo News+\n\n"
    "Leave a Comment\n"
    "First! The road was never closed.\n";

TEST(a_wire_report_is_taken_apart)
{
    struct doc doc;
    if (!fixture_clean(wire_report, NULL, &doc))
        return;
    CHECK_TEXT(doc.report.title, "Chad reopens its border with Sudan after two years");
    CHECK_TEXT(words_of(&doc, RANGE_TITLE), doc.report.title);
    CHECK_TEXT(words_of(&doc, RANGE_BYLINE), "By Mariam Deby");
    CHECK_TEXT(words_of(&doc, RANGE_DATELINE), "N'DJAMENA, Chad (Reuters) -");
    CHECK_TEXT(doc.report.dateline, "N'DJAMENA, Chad");
    CHECK_TEXT(doc.report.source, "Reuters");
    CHECK_TEXT(doc.report.authors, "Mariam Deby");
    CHECK_TEXT(words_of(&doc, RANGE_CREDIT), "[Courtesy of the Chadian presidency]");
    CHECK_TEXT(words_of(&doc, RANGE_FURNITURE), "Leave a Comment");
    CHECK_TEXT(doc.report.language, "en");
    CHECK_INT(doc.report.day, DAY_NONE);
    CHECK(doc.report.published == NULL);
    uint32_t paragraphs = 0;
    for (uint32_t i = 0; i < doc.ranges.count; i++)
        paragraphs += doc.ranges.items[i].kind == RANGE_PARAGRAPH;
    CHECK_INT(paragraphs, 2);
    doc_free(&doc);
}

TEST(cleaning_changes_no_byte_of_the_text)
{
    struct doc doc;
    if (!fixture_clean(wire_report, NULL, &doc))
        return;
    CHECK_TEXT(doc.text, wire_report);
    CHECK_INT(doc.body.start, 0);
    CHECK_INT(doc.body.end, strlen(wire_report));
    doc_free(&doc);
}

TEST(a_line_that_names_only_an_agency_is_a_credit_and_the_source)
{
    struct doc doc;
    if (!fixture_clean("Fiji votes on new charter\n\nFiji voted on Sunday.\n\nAll "
                       "\xE2\x80\x93 Kyodo News+\n",
                       NULL, &doc))
        return;
    CHECK_TEXT(doc.report.source, "Kyodo News");
    CHECK_TEXT(words_of(&doc, RANGE_CREDIT), "All \xE2\x80\x93 Kyodo News+");
    doc_free(&doc);
}

TEST(datelines_of_many_forms_are_found)
{
    static const struct {
        const char *text, *line, *place, *source;
    } cases[] = {
        {"AP - Peru recalled its envoy.", "AP -", NULL, "Associated Press"},
        {"NAIROBI, Kenya -- Troops left.", "NAIROBI, Kenya --", "NAIROBI, Kenya", NULL},
        {"SEOUL, June 3 (Yonhap) -- Troops left.", "SEOUL, June 3 (Yonhap) --", "SEOUL",
         "Yonhap"},
        {"Geneva \xE2\x80\x93 The council met.", "Geneva \xE2\x80\x93", "Geneva", NULL},
        {"LAGOS: The council met.", "LAGOS:", "LAGOS", NULL},
        {"QUITO Aug. 23, 2004 - The council met.", "QUITO Aug. 23, 2004 -", "QUITO",
         NULL},
        {"LONDON (AFP) The council met.", "LONDON (AFP)", "LONDON",
         "Agence France-Presse"},
        {"Canadian Press - OTTAWA (CP) - The council met.", "Canadian Press -", "OTTAWA",
         "The Canadian Press"},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        struct doc doc;
        if (!fixture_clean(cases[i].text, NULL, &doc))
            return;
        CHECK_TEXT(words_of(&doc, RANGE_DATELINE), cases[i].line);
        CHECK_TEXT(doc.report.dateline, cases[i].place);
        CHECK_TEXT(doc.report.source, cases[i].source);
        doc_free(&doc);
    }
}

TEST(a_sentence_with_a_dash_is_no_dateline)
{
    static const char *const texts[] = {
        "The envoy - who had resigned - returned.",
        "Opposition leaders \xE2\x80\x94 all of them \xE2\x80\x94 left.",
        "BREAKING - The council met.",
        "Paris - the capital - was calm.",
        "Troops (about 200) Left early.",
        "The war of 1998-2000 ended."};
    for (size_t i = 0; i < sizeof texts / sizeof *texts; i++) {
        struct doc doc;
        if (!fixture_clean(texts[i], NULL, &doc))
            return;
        CHECK_TEXT(words_of(&doc, RANGE_DATELINE), "");
        doc_free(&doc);
    }
}

TEST(hard_wrapped_lines_are_one_paragraph)
{
    struct doc doc;
    if (!fixture_clean("Officials in the capital said that the road to the coast had "
                       "been opened again\n"
                       "after a week of rain that had washed away two bridges and cut "
                       "off a number of\n"
                       "villages in the hills.\n"
                       "The army sent engineers.\n",
                       NULL, &doc))
        return;
    const struct range *range = range_of(&doc, RANGE_PARAGRAPH);
    CHECK(range && range->span.start == 0 && range->span.end > 150);
    doc_free(&doc);
}

TEST(one_paragraph_a_line_stays_apart)
{
    struct doc doc;
    if (!fixture_clean("Mali frees two hostages\nMali freed two hostages on "
                       "Monday.\nThey flew home.\n",
                       NULL, &doc))
        return;
    CHECK_INT(doc.ranges.count, 3);
    CHECK_TEXT(doc.report.title, "Mali frees two hostages");
    doc_free(&doc);
}

TEST(a_lone_sentence_is_no_headline)
{
    struct doc doc;
    if (!fixture_clean("Kenya denied that its troops had shelled the town", NULL, &doc))
        return;
    CHECK_INT(doc.ranges.count, 1);
    CHECK(doc.report.title == NULL);
    doc_free(&doc);
}

TEST(menus_and_related_links_are_furniture)
{
    struct doc doc;
    if (!fixture_clean("Home\nWorld\nSport\n\nGhana and Togo agree on fishing zones\n\n"
                       "Ghana and Togo agreed on Monday to share the zone.\n\n"
                       "Related stories\nTogo votes in calm\nGhana's navy buys boats\n",
                       NULL, &doc))
        return;
    CHECK_TEXT(doc.report.title, "Ghana and Togo agree on fishing zones");
    CHECK_TEXT(words_of(&doc, RANGE_PARAGRAPH),
               "Ghana and Togo agreed on Monday to share the zone.");
    uint32_t furniture = 0;
    for (uint32_t i = 0; i < doc.ranges.count; i++)
        furniture += doc.ranges.items[i].kind == RANGE_FURNITURE;
    CHECK_INT(furniture, 6);
    doc_free(&doc);
}

TEST(an_agency_behind_the_title_is_no_part_of_it)
{
    struct doc doc;
    if (!fixture_clean_titled("Envoy leaves Hanoi (AFP)", "The envoy left on Friday.",
                              &doc))
        return;
    CHECK_TEXT(words_of(&doc, RANGE_TITLE), "Envoy leaves Hanoi");
    CHECK_TEXT(doc.report.source, "Agence France-Presse");
    doc_free(&doc);
}

/* ---- dates ---- */

TEST(dates_of_publication_are_read)
{
    static const struct {
        const char *text, *iso;
    } cases[] = {
        {"2018-06-11", "2018-06-11"},
        {"20180611", "2018-06-11"},
        {"2018-06-11T09:05:00.250+0800", "2018-06-11T09:05:00+08:00"},
        {"2018-06-11T09:05Z", "2018-06-11T09:05:00Z"},
        {"Mon, 11 Jun 2018 09:05:00 GMT", "2018-06-11T09:05:00+00:00"},
        {"June 11, 2018", "2018-06-11"},
        {"11th June 2018", "2018-06-11"},
        {"June 11, 2018, 9:05 pm", "2018-06-11T21:05:00"},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        struct when when;
        const struct table *calendar = pack_table(fixture_pack(), "text/calendar");
        CHECK(when_read(calendar, cases[i].text, strlen(cases[i].text), &when));
        CHECK_TEXT(when.iso, cases[i].iso);
    }
}

TEST(what_is_no_date_gives_none)
{
    static const char *const texts[] = {"",           "yesterday", "2018",
                                        "2018-13-40", "June 11",   "99999999"};
    for (size_t i = 0; i < sizeof texts / sizeof *texts; i++) {
        struct when when;
        CHECK(!when_read(pack_table(fixture_pack(), "text/calendar"), texts[i],
                         strlen(texts[i]), &when));
    }
}

TEST(a_stated_day_goes_before_the_callers)
{
    struct doc doc;
    if (!fixture_clean("Mali frees hostages again\n\nPublished 3 May 2019\n\nMali freed "
                       "two hostages.\n",
                       "2024-01-01", &doc))
        return;
    CHECK_TEXT(doc.report.published, "2019-05-03");
    doc_free(&doc);
    if (!fixture_clean("Mali freed two hostages on Monday.", "2024-01-01", &doc))
        return;
    CHECK_TEXT(doc.report.published, "2024-01-01");
    doc_free(&doc);
}

TEST(the_digest_hangs_on_text_and_date_not_on_the_callers_day)
{
    struct doc one, two;
    if (!fixture_clean("Mali freed two hostages.", NULL, &one) ||
        !fixture_clean("Mali freed two hostages.", "2024-01-01", &two))
        return;
    CHECK_TEXT(one.report.digest, two.report.digest);
    CHECK_INT(strlen(one.report.digest), 16);
    doc_free(&two);
    if (!fixture_clean("Mali freed two hostage.", NULL, &two))
        return;
    CHECK(strcmp(one.report.digest, two.report.digest) != 0);
    doc_free(&one);
    doc_free(&two);
}

/* ---- charsets, languages ---- */

static const char *decoded(struct arena *arena, const char *bytes, size_t len)
{
    struct decoded out;
    struct fail fail;
    char *copy = arena_copy(arena, bytes, len);
    return charset_decode(copy, len, NULL, arena, &out, &fail) ? NULL : out.text;
}

TEST(charsets_become_utf8)
{
    struct arena arena;
    arena_init(&arena, 0);
    CHECK_TEXT(decoded(&arena, "plain", 5), "plain");
    CHECK_TEXT(decoded(&arena, "\xEF\xBB\xBFmarked", 9), "marked");
    CHECK_TEXT(decoded(&arena, "S\xE3o Paulo \x93x\x94", 13),
               "S\xC3\xA3o Paulo \xE2\x80\x9Cx\xE2\x80\x9D");
    CHECK_TEXT(decoded(&arena, "\xFF\xFEH\0i\0", 6), "Hi");
    CHECK_TEXT(decoded(&arena, "\xFE\xFF\0H\xD8\x3D\xDE\0", 8), "H\xF0\x9F\x98\x80");
    CHECK_TEXT(decoded(&arena, "\xFF\xFE\0\xD8x\0", 6), "\xEF\xBF\xBDx");
    CHECK_TEXT(decoded(&arena, "T\0h\0e\0 \0p\0o\0r\0t\0 \0", 18), "The port ");
    CHECK_TEXT(decoded(&arena, "\0T\0h\0e\0 \0p\0o\0r\0t\0 ", 18), "The port ");
    CHECK(decoded(&arena, "nul\0nul", 7) == NULL);
    CHECK(decoded(&arena, "\x81\x8D\x90\x81\x8F\xA0\xFF\xFE", 8) == NULL);
    arena_free(&arena);
}

TEST(utf8_beyond_unicode_is_not_taken_for_good)
{
    struct arena arena;
    struct decoded out = {0};
    struct fail fail;
    char bytes[240];
    arena_init(&arena, 0);
    memset(bytes, 'a', sizeof bytes);
    memcpy(bytes + 200, "\xF6\x8D\x90\x90", 4);
    if (!charset_decode(bytes, sizeof bytes, "UTF-8", &arena, &out, &fail))
        CHECK(utf8_bad(out.text, out.len) == out.len);
    arena_free(&arena);
}

TEST(charsets_that_nothing_declares_are_told_by_their_bytes)
{
    static const char russian[] =
        "Правительство во вторник заявило, что закроет затворы плотины на девять дней.";
    static const char chinese[] =
        "政府星期二表示，将关闭大坝的闸门九天，下游农民自春天以来一直担心这一举措。";
    static const char japanese[] = "政府は火曜日、ダムの水門を九日間閉鎖すると発表した。"
                                   "下流の農民は春から心配していた。";
    static const struct {
        const char *charset, *text;
    } cases[] = {
        {"windows-1251", russian},
        {"KOI8-R", russian},
        {"GB18030", chinese},
        {"SHIFT_JIS", japanese},
        {"EUC-JP", japanese},
        {"EUC-KR",
         "정부는 화요일 댐의 수문을 아흐레 동안 닫겠다고 밝혔다. 농민들은 걱정해 왔다."},
        {"BIG5",
         "政府星期二表示，將關閉大壩的閘門九天，下游農民自春天以來一直擔心這一舉措。"},
        {"windows-1250",
         "Vláda v úterý oznámila, že na devět dní zavře stavidla přehrady, "
         "čehož se zemědělci níže po proudu obávali od jara."},
        {"windows-1252", "Der Präsident erklärte am Donnerstag, die Schleusen würden für "
                         "neun Tage geschlossen; die Bauern fürchten größere Schäden."}};
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        char bytes[400];
        char *from = (char *)(uintptr_t)cases[i].text, *to = bytes;
        size_t left = strlen(cases[i].text), room = sizeof bytes;
        iconv_t state = iconv_open(cases[i].charset, "UTF-8");
        if (!CHECK(state != (iconv_t)-1))
            continue;
        CHECK(iconv(state, &from, &left, &to, &room) != (size_t)-1);
        iconv_close(state);
        struct arena arena;
        arena_init(&arena, 0);
        CHECK_TEXT(decoded(&arena, bytes, (size_t)(to - bytes)), cases[i].text);
        arena_free(&arena);
    }
}

static const char *mended(struct arena *arena, const char *text)
{
    struct decoded out = {text, strlen(text)};
    struct fail fail;
    return charset_mend(&out, arena, &fail) ? NULL : out.text;
}

TEST(what_was_decoded_wrongly_twice_is_mended_when_that_is_sure)
{
    struct arena arena;
    arena_init(&arena, 0);
    static const char twice[] = "He doesn\xC3\xA2\xE2\x82\xAC\xE2\x84\xA2t like "
                                "caf\xC3\x83\xC2\xA9s.";
    CHECK_TEXT(mended(&arena, twice), "He doesn\xE2\x80\x99t like caf\xC3\xA9s.");
    static const char *const kept[] = {"Caf\xC3\xA9 \xC3\x83\xC2\xA9t\xC3\x83\xC2\xA9.",
                                       "One caf\xC3\x83\xC2\xA9.", "Plain.",
                                       "S\xC3\xA3o Paulo, M\xC3\xBCnchen."};
    for (size_t i = 0; i < sizeof kept / sizeof *kept; i++)
        CHECK_TEXT(mended(&arena, kept[i]), kept[i]);
    arena_free(&arena);
}

TEST(furniture_between_wrapped_lines_and_a_day_beside_an_age_are_found)
{
    struct doc doc;
    if (!fixture_clean("Mali and Niger agree on joint patrols\n\n"
                       "June 3, 2021 5:40 pm GMT | Updated a day ago\n\n"
                       "Mali and Niger agreed on Thursday to patrol their border with\n"
                       "four hundred soldiers from each of the two sides, they said.\n"
                       "Story continues below advertisement\n"
                       "The patrols are to begin in July, when the rains have come and\n"
                       "gone from the north.\n",
                       NULL, &doc))
        return;
    CHECK_TEXT(doc.report.published_at, "2021-06-03T17:40:00+00:00");
    uint32_t furniture = 0;
    for (uint32_t i = 0; i < doc.ranges.count; i++)
        if (doc.ranges.items[i].kind == RANGE_FURNITURE)
            furniture += strncmp(doc.text + doc.ranges.items[i].span.start,
                                 "Story continues", 15) == 0;
    CHECK_INT(furniture, 1);
    doc_free(&doc);
}

TEST(languages_are_told_apart)
{
    static const struct {
        const char *text, *language;
    } cases[] = {
        {"The minister said on Monday that the road to the coast will be open by the end "
         "of May.",
         "en"},
        {"El ministro dijo que la carretera de la costa se abrir\xC3\xA1 en mayo por el "
         "paso de los camiones.",
         "es"},
        {"Le ministre a dit que la route de la c\xC3\xB4te est ouverte et que les "
         "camions sont dans le port.",
         "fr"},
        {"\xD0\x9C\xD0\xB8\xD0\xBD\xD0\xB8\xD1\x81\xD1\x82\xD1\x80 "
         "\xD0\xBF\xD1\x80\xD0\xB8\xD0\xB1\xD1\x8B\xD0\xBB",
         "ru"},
        {"Kigali", NULL},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++)
        CHECK_TEXT(language_of(fixture_pack(), cases[i].text, strlen(cases[i].text)),
                   cases[i].language);
}

/* ---- files ---- */

struct folder {
    char path[64], file[160];
};

static bool make_folder(struct folder *folder)
{
    strcpy(folder->path, "/tmp/sentosa-source-XXXXXX");
    return CHECK(mkdtemp(folder->path) != NULL);
}

static void put_file(struct folder *folder, const char *name, const char *bytes,
                     size_t len)
{
    snprintf(folder->file, sizeof folder->file, "%s/%s", folder->path, name);
    FILE *file = fopen(folder->file, "wb");
    if (CHECK(file != NULL)) {
        fwrite(bytes, 1, len, file);
        fclose(file);
    }
}

static void remove_folder(struct folder *folder)
{
    char command[100];
    snprintf(command, sizeof command, "rm -rf '%s'", folder->path);
    CHECK_INT(system(command), 0);
}

/* Reads on: "ok NAME" or the failure's message, the folder's path left out. */
static bool expect_next(struct reader *reader, const struct folder *folder,
                        const char *want)
{
    struct raw *raw = NULL;
    struct fail fail = {""};
    char got[700];
    enum outcome outcome = reader_next(reader, &raw, &fail);
    const char *message = outcome ? fail.message : raw ? raw->name : "end";
    size_t path_len = strlen(folder->path);
    if (strncmp(message, folder->path, path_len) == 0)
        message += path_len + 1;
    snprintf(got, sizeof got, "%s%s", outcome || !raw ? "" : "ok ", message);
    raw_free(raw);
    return CHECK_TEXT(got, want);
}

TEST(a_folder_is_read_in_order_and_bad_files_are_named)
{
    struct folder folder;
    struct reader *reader;
    struct fail fail;
    if (!make_folder(&folder))
        return;
    static const char lines[] =
        "{\"id\":\"a\",\"text\":\"One.\"}\n{broken\n\n{\"id\":7,\"text\":\"Two.\"}\n"
        "{\"title\":\"t\"}\n[1]\n";
    put_file(&folder, "a.txt", "A text.", 7);
    put_file(&folder, "b.empty", "", 0);
    put_file(&folder, "c.bin", "\0\1\2\3", 4);
    put_file(&folder, "d.jsonl", lines, sizeof lines - 1);
    put_file(&folder, "e.zip", "PK\3\4....", 8);
    put_file(&folder, "f.warc", "WARC/1.0\r\n", 10);
    put_file(&folder, ".hidden", "hidden", 6);
    const char *paths[] = {folder.path, "/nonexistent"};
    if (CHECK_INT(reader_open(paths, 2, 0, &reader, &fail), OK)) {
        expect_next(reader, &folder, "ok a.txt");
        expect_next(reader, &folder, "b.empty: empty");
        expect_next(reader, &folder, "c.bin: binary data, not text");
        expect_next(reader, &folder, "ok d.jsonl:1");
        expect_next(
            reader, &folder,
            "d.jsonl:2: not JSON: string or '}' expected near 'broken' at byte 7");
        expect_next(reader, &folder, "ok d.jsonl:4");
        expect_next(reader, &folder, "d.jsonl:5: neither \"text\" nor \"html\"");
        expect_next(reader, &folder, "d.jsonl:6: not a JSON object");
        expect_next(reader, &folder, "e.zip: the archive ends too soon, at byte 0");
        expect_next(reader, &folder, "f.warc: a WARC record without a length at byte 0");
        expect_next(reader, &folder, "/nonexistent: No such file or directory");
        expect_next(reader, &folder, "end");
        reader_close(reader);
    }
    remove_folder(&folder);
}

TEST(a_hundred_megabytes_in_one_line_are_refused_with_file_and_size)
{
    struct folder folder;
    struct reader *reader;
    struct fail fail;
    if (!make_folder(&folder))
        return;
    size_t len = (size_t)100 << 20;
    char *bytes = malloc(len);
    if (CHECK(bytes != NULL)) {
        memset(bytes, 'x', len);
        put_file(&folder, "a.txt", bytes, len);
        memcpy(bytes, "{\"text\":\"", 9);
        put_file(&folder, "b.jsonl", bytes, len);
        put_file(&folder, "c.txt", "Short.", 6);
        const char *paths[] = {folder.path};
        if (CHECK_INT(reader_open(paths, 1, 0, &reader, &fail), OK)) {
            expect_next(reader, &folder,
                        "a.txt: more than the 8388608 bytes one report may hold");
            expect_next(
                reader, &folder,
                "b.jsonl:1: a line of 104857600 bytes, longer than the 25165824 allowed");
            expect_next(reader, &folder, "ok c.txt");
            expect_next(reader, &folder, "end");
            reader_close(reader);
        }
    }
    free(bytes);
    remove_folder(&folder);
}

/* ---- pages ---- */

static const char page[] =
    "<!DOCTYPE html><html><head><title>Nepal signs deal | Himal Daily</title>"
    "<meta property=og:site_name content='Himal Daily'>"
    "<meta property='article:published_time' content='2022-04-02T08:15:00+05:45'>"
    "<script type='application/ld+json'>{\"@graph\":[{\"@type\":\"NewsArticle\","
    "\"author\":[{\"name\":\"Sita Rai\"},{\"name\":\"Hari Thapa\"}]}]}</script></head>"
    "<body class='has-sidebar'><nav><a href=/>Home</a></nav>"
    "<div class='cookie-banner'><p>We use cookies, and other things, on this site, all "
    "day.</p></div>"
    "<article><h1>Nepal signs deal with India</h1>"
    "<figure><img src=a.jpg><figcaption>Power lines near Pokhara</figcaption></figure>"
    "<p>KATHMANDU &mdash; Nepal signed a deal on Saturday, the ministry said, after long "
    "talks."
    "<p>The deal, <a href=/x>announced last year</a>, lets Nepal sell 400 megawatts of "
    "power."
    "<div class=related><p><a href=/r>Bhutan, too, wants to sell power to India, it "
    "says</a></p></div>"
    "</article><div id=comments><p>What a long comment, by somebody, who is not "
    "pleased.</p></div>"
    "<footer><p>Copyright 2022, Himal Daily. All rights reserved, "
    "everywhere.</p></footer>";

static bool read_page(const char *html, size_t len, struct doc *doc, struct fail *fail)
{
    struct raw raw = {.name = "page", .bytes = html, .len = len, .format = FORMAT_HTML};
    doc_init(doc);
    return raw_fill(fixture_pack(), &raw, doc, fail) == OK &&
           clean_run(fixture_pack(), doc, fail) == OK;
}

TEST(an_article_is_taken_out_of_its_page)
{
    struct doc doc;
    struct fail fail = {""};
    if (!CHECK(read_page(page, sizeof page - 1, &doc, &fail)))
        return;
    CHECK_TEXT(doc.report.title, "Nepal signs deal with India");
    CHECK_TEXT(doc.report.source, "Himal Daily");
    CHECK_TEXT(doc.report.published_at, "2022-04-02T08:15:00+05:45");
    CHECK_TEXT(doc.report.authors, "Sita Rai|Hari Thapa");
    CHECK_TEXT(words_of(&doc, RANGE_CAPTION), "Power lines near Pokhara");
    CHECK_TEXT(words_of(&doc, RANGE_DATELINE), "KATHMANDU \xE2\x80\x94");
    CHECK(strstr(doc.text, "cookies") == NULL);
    CHECK(strstr(doc.text, "Bhutan") == NULL);
    CHECK(strstr(doc.text, "comment") == NULL);
    CHECK(strstr(doc.text, "Copyright") == NULL);
    CHECK(strstr(doc.text, "400 megawatts") != NULL);
    doc_free(&doc);
}

/* Long texts and values go by the parser, each as a code point: one that a page writes
 * itself stands for nothing. */
TEST(a_page_cannot_ask_for_what_stands_elsewhere_in_it)
{
    static const char html[] =
        "<html><title>Ferry runs again</title><body><h1>Ferry runs again</h1>"
        "<p>The ferry to Malin runs again, the harbour office said, after nine days."
        "<p>&#xF0000;&#xF0001;&#xF0<b></b>002; It had lain in the mud <b>&#983040;</b> "
        "since the storm, which took its rudder."
        "<p class=\"\xF3\xB0\x80\x80&amp;&#xF0003;\">Tickets cost four crowns, "
        "as before &amp; in spite of \xF3\xB0\x80\x80 the repairs, it said.";
    struct doc doc;
    struct fail fail = {""};
    if (!CHECK(read_page(html, sizeof html - 1, &doc, &fail)))
        return;
    const char *first = strstr(doc.text, "after nine days");
    CHECK(first && !strstr(first + 1, "after nine days"));
    CHECK(strstr(doc.text, "Tickets cost four crowns") != NULL);
    doc_free(&doc);
}

TEST(tags_for_the_looks_alone_part_no_words)
{
    static const char html[] =
        "<html><body><h1>Mill stops for good</h1><p>The <span>paper</span> mill at "
        "Or<span>n</span>e stopped for good on <span class=x>Friday, <span>its "
        "owners</span> "
        "said</span>, and 200 peop<b>le</b> lost <i>their</i> work.</p>";
    struct doc doc;
    struct fail fail = {""};
    if (!CHECK(read_page(html, sizeof html - 1, &doc, &fail)))
        return;
    CHECK(strstr(doc.text,
                 "The paper mill at Orne stopped for good on Friday, its owners "
                 "said, and 200 people lost their work.") != NULL);
    doc_free(&doc);
}

/* Marks that turn the direction of writing are bytes like others: they stay in the text,
 * and what is quoted from it holds them. */
TEST(bidirectional_controls_stay_and_hurt_nothing)
{
    static const char html[] =
        "<html><body><h1>Port opens</h1><p>The port of \xE2\x80\xAE"
        "atiaH\xE2\x80\xAC opened "
        "on Monday, \xE2\x81\xA6the mayor\xE2\x81\xA9 said, after a long repair.</p>";
    static const char text[] = "Port opens\n\nThe port of \xE2\x80\xAE"
                               "atiaH\xE2\x80\xAC "
                               "opened on Monday, \xE2\x80\x8Fthe mayor said.\n";
    struct doc doc;
    struct fail fail = {""};
    if (CHECK(read_page(html, sizeof html - 1, &doc, &fail)))
        CHECK(strstr(doc.text, "\xE2\x80\xAE"
                               "atiaH\xE2\x80\xAC opened") != NULL);
    doc_free(&doc);
    if (fixture_clean(text, NULL, &doc)) {
        CHECK(memcmp(doc.text, text, sizeof text - 1) == 0);
        CHECK_TEXT(doc.report.title, "Port opens");
        doc_free(&doc);
    }
}

TEST(hostile_pages_are_read_or_refused)
{
    static const struct {
        const char *start, *again;
        size_t times;
    } cases[] = {{"<html><body>", "<div>", 1000000},
                 {"<html>", "<b>", 1000000},
                 {"<html><table>", "<table><tr><td>", 100000},
                 {"<html>", "<!--", 500000},
                 {"<html><p ", "a=b ", 1000000},
                 {"<html>", "<", 1000000},
                 {"<html>", "<svg>", 500000},
                 {"<html><p title=\"", "x ", 1000000},
                 {"<html><table>", "x<tr>", 30000},
                 {"<html><a href=", "<a href=", 500000},
                 {"<html>", "<span>", 1000000},
                 {"<html>", "a <b>long text</b> ", 300000},
                 {"<html><pre>", "\n\n", 1000000},
                 {"<html>", "&#xF0000;", 400000},
                 {"<html><script type=ld+json>", "[", 1000000},
                 {"<html><form><select><option>", "<option>", 300000},
                 {"<html><p class=\"", "\xE2\x80\xAE", 1000000}};
    static const char tail[] =
        "<p>Kenya reopened its border with Somalia, officials said.";
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        struct buffer html = {0};
        buffer_text(&html, cases[i].start);
        for (size_t n = 0; n < cases[i].times; n++)
            buffer_text(&html, cases[i].again);
        buffer_text(&html, tail);
        struct doc doc;
        struct fail fail = {""};
        if (!read_page(html.bytes, html.len, &doc, &fail))
            CHECK(*fail.message != '\0');
        doc_free(&doc);
        buffer_free(&html);
    }
}
