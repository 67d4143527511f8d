/* segment_test.c: where sentences end, and where they do not. */
#include "check.h"
#include "test/unit/text_fixture.h"

#include <stdlib.h>
#include <string.h>

/* `|` stands where a sentence must end. */
static void expect(const char *marked)
{
    char text[600];
    size_t len = 0;
    for (const char *at = marked; *at; at++) {
        if (strncmp(at, " | ", 3) == 0)
            at += 2, text[len++] = ' ';
        else
            text[len++] = *at;
    }
    text[len] = '\0';
    char *got = fixture_sentences(text);
    CHECK_TEXT(got, marked);
    free(got);
}

TEST(abbreviations_do_not_end_sentences)
{
    expect("Gov. Otieno met Sen. J. Okello at 9 a.m. Nairobi time. | He left.");
    expect("The U.S. Embassy in St. Petersburg closed on Jan. 5 under Order No. 2 of "
           "Gen. Ivanov.");
    expect("She works for Acme Corp. in Geneva. | It pays 3.5 percent, i.e. more than "
           "most.");
    expect("It read old papers (e.g. The Standard) and, i.e. In brief, it worked.");
    expect("George W. Bush and J.K. Rowling came, Mr. Smith vs. Mr. Jones.");
}

TEST(abbreviations_end_sentences_before_a_new_start)
{
    expect("They flew to the U.S. | The talks failed.");
    expect("The talks ended at 9 p.m. | He left.");
    expect("He joined Acme Inc. | In May he left.");
    expect("They flew to the U.S. | It's over. | The U.S. Navy's ships left.");
}

TEST(quotes_and_brackets_close_with_their_sentence)
{
    expect("\"We will go. | We will win,\" he said.");
    expect("He said: \"Go.\" | They went. | (He stayed.) | She slept.");
    expect("\xE2\x80\x9CWe won!\xE2\x80\x9D President Lee said. | \xE2\x80\x9CIt is "
           "over.\xE2\x80\x9D | They cheered.");
    expect("\"Is it over?\" she asked.");
    expect("Byron was born in London.[12] | He died in Greece. [3] | Others lived.");
}

TEST(stops_set_apart_are_one_end)
{
    expect("He waited. . . | Then he left.");
    expect("\"Why? ?\" she asked.");
}

TEST(lost_blanks_and_small_starts_are_seen)
{
    expect("They crossed the river. | they slept.");
    char *got = fixture_sentences("The minister said so.The army agreed.");
    CHECK_TEXT(got, "The minister said so. | The army agreed.");
    free(got);
}

TEST(a_credit_is_set_off_from_its_caption)
{
    expect("A ship off Oman | Image: Royal Navy.");
    expect("The image: a ship at sea.");
}

TEST(a_list_number_does_not_stand_alone)
{
    expect("1. The army leaves. | Peace returns.");
}

TEST(marks_alone_are_one_sentence_or_none)
{
    char *got = fixture_sentences("...");
    CHECK_TEXT(got, "...");
    free(got);
    got = fixture_sentences(" \n\t ");
    CHECK_TEXT(got, "");
    free(got);
}

TEST(a_sentence_that_never_ends_is_cut_between_words)
{
    char text[10001];
    for (size_t i = 0; i < sizeof text - 1; i++)
        text[i] = i % 5 == 4 ? ' ' : 'a';
    text[sizeof text - 1] = '\0';
    char *got = fixture_sentences(text);
    const char *cut = strstr(got, " | ");
    CHECK(cut != NULL && cut - got < 4097);
    CHECK(cut && (cut - got) % 5 == 4);
    free(got);
    memset(text, 'a', sizeof text - 1);
    got = fixture_sentences(text);
    CHECK(strstr(got, " | ") == NULL);
    free(got);
}
