/* engine.c: what the library takes and refuses, through its public API. */
#include "check.h"
#include "sentosa.h"

#include <string.h>

static enum sentosa_outcome make(const char *text, size_t len,
                                 struct sentosa_error *error)
{
    struct sentosa_doc *doc = NULL;
    struct sentosa_input input = {.text = text, .len = len};
    enum sentosa_outcome outcome = sentosa_doc_new(&input, &doc, error);
    CHECK((doc == NULL) == (outcome != SENTOSA_OK));
    sentosa_doc_free(doc);
    return outcome;
}

TEST(a_report_with_a_nul_is_refused_with_its_place)
{
    struct sentosa_error error = {""};
    CHECK_INT(make("Mali met\0Chad.", 14, &error), SENTOSA_DATA);
    CHECK(strstr(error.message, "byte 8") != NULL);
}

TEST(a_report_that_is_not_utf8_is_refused_with_its_place)
{
    struct sentosa_error error = {""};
    CHECK_INT(make("Caf\xE9.", 5, &error), SENTOSA_DATA);
    CHECK(strstr(error.message, "byte 3") != NULL);
}

TEST(a_report_past_the_limit_is_refused)
{
    struct sentosa_error error = {""};
    CHECK_INT(make("x", (size_t)9 << 20, &error), SENTOSA_LIMIT);
    CHECK(error.message[0] != '\0');
}

TEST(an_empty_report_is_a_report)
{
    CHECK_INT(make("", 0, NULL), SENTOSA_OK);
}

TEST(a_document_is_read_on_from_where_it_stands)
{
    struct sentosa *engine = NULL;
    struct sentosa_doc *doc = NULL;
    struct sentosa_input input = {.text = "Mali thanked Chad.", .len = 18};
    struct sentosa_error error = {""};
    if (CHECK_INT(sentosa_open(NULL, &engine, &error), SENTOSA_OK) &&
        CHECK_INT(sentosa_doc_new(&input, &doc, &error), SENTOSA_OK)) {
        struct sentosa_options options = {.upto = "clean"};
        CHECK_INT(sentosa_doc_read(engine, doc, &options, &error), SENTOSA_OK);
        CHECK_INT(sentosa_event_count(doc), 0);
        CHECK_INT(sentosa_doc_read(engine, doc, NULL, &error), SENTOSA_OK);
        size_t count = sentosa_event_count(doc);
        CHECK(count > 0);
        CHECK_INT(sentosa_doc_read(engine, doc, NULL, &error), SENTOSA_OK);
        CHECK_INT(sentosa_event_count(doc), count);
    }
    sentosa_doc_free(doc);
    sentosa_close(engine);
}

TEST(a_stage_that_does_not_exist_is_named)
{
    struct sentosa *engine = NULL;
    struct sentosa_doc *doc = NULL;
    struct sentosa_input input = {.text = "Mali thanked Chad.", .len = 18};
    struct sentosa_options options = {.upto = "guess"};
    struct sentosa_error error = {""};
    if (CHECK_INT(sentosa_open(NULL, &engine, &error), SENTOSA_OK) &&
        CHECK_INT(sentosa_doc_new(&input, &doc, &error), SENTOSA_OK)) {
        CHECK_INT(sentosa_doc_read(engine, doc, &options, &error), SENTOSA_USE);
        CHECK(strstr(error.message, "guess") != NULL);
    }
    sentosa_doc_free(doc);
    sentosa_close(engine);
}

TEST(a_pack_that_is_missing_is_an_io_failure)
{
    struct sentosa *engine = NULL;
    struct sentosa_error error = {""};
    CHECK_INT(sentosa_open("/nonexistent/sentosa.pack", &engine, &error), SENTOSA_IO);
    CHECK(engine == NULL);
    CHECK(strstr(error.message, "/nonexistent/sentosa.pack") != NULL);
}
