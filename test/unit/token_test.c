/* token_test.c: tokens of Universal Dependencies English; `+` joins the parts of one
 * word. */
#include "check.h"
#include "test/unit/text_fixture.h"

#include <stdlib.h>
#include <string.h>

static void expect(const char *text, const char *want)
{
    char *got = fixture_tokens(text);
    CHECK_TEXT(got, want);
    free(got);
}

TEST(clitics_are_tokens)
{
    expect("Don't say Kim's men can't, won't or cannot pay.",
           "Do+n't say Kim+'s men ca+n't , wo+n't or can+not pay .");
    expect("We\xE2\x80\x99ll see the workers\xE2\x80\x99 pay, o'clock or not; they'd've "
           "gone.",
           "We+\xE2\x80\x99ll see the workers+\xE2\x80\x99 pay , o'clock or not ; "
           "they+'d+'ve gone .");
    expect("the 'phased' plan of the 1990's", "the ' phased ' plan of the 1990's");
}

TEST(hyphens_split_but_for_prefixes_and_numbers)
{
    expect("the U.S.-led, 26-year-old, non-nuclear anti-war 1950-1953 Kim Jong-un e-mail",
           "the U.S. - led , 26 - year - old , non-nuclear anti-war 1950 - 1953 Kim Jong "
           "- un e-mail");
    expect("call 020-555-0134 on 2018-06-11", "call 020-555-0134 on 2018-06-11");
    expect("north\xE2\x80\x94south -- east", "north \xE2\x80\x94 south -- east");
}

TEST(money_units_and_times_are_split)
{
    expect("$50m, US$4.5bn, \xC2\xA3"
           "5, 9am, 10km, 50%, 3.5, 200,000, 5:30, the 1980s, 4th",
           "$ 50 m , US$ 4.5 bn , \xC2\xA3 5 , 9 am , 10 km , 50 % , 3.5 , 200,000 , "
           "5:30 , the "
           "1980s , 4th");
}

TEST(addresses_tags_and_smileys_stay_whole)
{
    expect("See https://x.org/a-b?c=d, www.un.org. Mail a.b@un.org #Kenya @unicef :)",
           "See https://x.org/a-b?c=d , www.un.org . Mail a.b@un.org #Kenya @unicef :)");
}

TEST(abbreviations_keep_their_stop)
{
    expect("Gen. Haftar of the U.S. left at 9 a.m. for St. Louis.",
           "Gen. Haftar of the U.S. left at 9 a.m. for St. Louis .");
    expect("They flew to the U.S.", "They flew to the U.S.");
    expect("He said no.", "He said no .");
    expect("and/or 9/11 (s) [sic] wait...what?!",
           "and / or 9/11 ( s ) [ sic ] wait ... what ?!");
}

TEST(signs_of_all_scripts_are_safe)
{
    expect("\xF0\x9F\x91\xA8\xE2\x80\x8D\xF0\x9F\x91\xA9 ok "
           "\xF0\x9F\x87\xB0\xF0\x9F\x87\xAA\x01z",
           "\xF0\x9F\x91\xA8\xE2\x80\x8D\xF0\x9F\x91\xA9 ok "
           "\xF0\x9F\x87\xB0\xF0\x9F\x87\xAA z");
    expect("\xD7\xA9\xD7\x9C\xD7\x95\xD7\x9D \xE2\x80\xAEx",
           "\xD7\xA9\xD7\x9C\xD7\x95\xD7\x9D x");
}

TEST(a_token_of_a_megabyte_is_one_token)
{
    size_t len = 1 << 20;
    char *text = malloc(len + 1);
    if (!CHECK(text != NULL))
        return;
    memset(text, 'x', len);
    text[len] = '\0';
    char *got = fixture_tokens(text);
    CHECK_INT(strlen(got), len);
    free(got);
    free(text);
}
