/* time_doubt.c: whether what a pattern reads as a time is meant as one: "1500 games",
 * "the Sunday Times", "the 14th floor" are none. */
#include "stage/time.h"

#include <ctype.h>
#include <string.h>

static double amount_in(const struct unit *unit, enum time_class class)
{
    for (uint8_t i = 0; i < unit->reading_count; i++)
        if (unit->readings[i].class == class)
            return unit->readings[i].amount;
    return 0;
}

/* A preposition, edge or the like stands before. */
static bool has_class_before(const struct time_reader *r, uint32_t at)
{
    const struct unit *before = at ? &r->units[at - 1] : NULL;
    return before && (before->upos == UPOS_ADP || has_class(before, CLASS_limit) ||
                      has_class(before, CLASS_open) || has_class(before, CLASS_dirof) ||
                      has_class(before, CLASS_between) || has_class(before, CLASS_edge));
}

/* "in", "by", "since": what stands before a date rather than before any noun. */
static bool has_limit_before(const struct time_reader *r, uint32_t at)
{
    return at && (has_class(&r->units[at - 1], CLASS_limit) ||
                  (has_class(&r->units[at - 1], CLASS_open) &&
                   !has_class(&r->units[at - 1], CLASS_dirof)) ||
                  has_class(&r->units[at - 1], CLASS_edge));
}

/* "2012-ton", but not "2012-13" */
static bool joins_word(const struct time_reader *r, uint32_t at)
{
    if (at + 2 >= r->unit_count || r->units[at + 1].text[0] != '-' ||
        has_class(&r->units[at + 2], CLASS_num))
        return false;
    const struct token *tokens = r->doc->tokens.items;
    uint32_t one = r->units[at].token, two = r->units[at + 1].token,
             three = r->units[at + 2].token;
    return (one == two || tokens[one].span.end == tokens[two].span.start) &&
           (two == three || tokens[two].span.end == tokens[three].span.start);
}

static bool is_year_context(const struct time_reader *r, uint32_t at)
{
    const struct unit *unit = &r->units[at];
    const struct token *token = &r->doc->tokens.items[unit->token];
    const struct unit *before = at > 0 ? &r->units[at - 1] : NULL;
    double year = amount_in(unit, CLASS_year);
    if (before && has_class(before, CLASS_numbered))
        return false;
    if (before && before->text[0] == '-' && before->token == unit->token &&
        (at < 2 || !has_class(&r->units[at - 2], CLASS_num)))
        return at >= 2 && has_class(&r->units[at - 2], CLASS_edge);
    if (joins_word(r, at))
        return false;
    if (token->deprel == DEP_NUMMOD && token->head > unit->token) {
        const struct token *head = &r->doc->tokens.items[token->head];
        if (year < 1700)
            return false;
        if (head->feats.number == NUMBER_PLUR && !(before && before->upos == UPOS_DET))
            return false;
    }
    if (before && token->head == before->token && token->head != unit->token &&
        before->upos == UPOS_NOUN && token->deprel != DEP_NMOD_UNMARKED && year < 1900)
        return false;
    if (token->deprel == DEP_OBJ || token->deprel == DEP_NSUBJ)
        return year >= 1700;
    return year >= 1500 || has_class_before(r, at);
}

static bool is_name_part(const struct time_reader *r, const struct find *find)
{
    const struct unit *unit = &r->units[find->first];
    const struct token *token = &r->doc->tokens.items[unit->token];
    if (unit->is_person || token->deprel == DEP_FLAT)
        return true;
    if (find->first == 0 || token->upos != UPOS_PROPN)
        return false;
    const struct unit *before = &r->units[find->first - 1];
    return before->upos == UPOS_PROPN && before->token != unit->token &&
           token->deprel != DEP_OBL_UNMARKED && token->deprel != DEP_NMOD_UNMARKED &&
           token->head == before->token;
}

static bool is_linking(uint8_t upos)
{
    return upos == UPOS_ADP || upos == UPOS_SCONJ;
}

/* "the Sunday Times", "Winter Games", "August Wilson": the first word of a name. */
static bool starts_name(const struct time_reader *r, const struct find *find)
{
    const struct unit *last = &r->units[find->end - 1];
    if (find->end >= r->unit_count || r->doc->sentences.items[r->sentence].is_headline)
        return false;
    const struct unit *next = &r->units[find->end];
    const struct token *token = &r->doc->tokens.items[last->token];
    const struct token *other = &r->doc->tokens.items[next->token];
    /* "In March Kenya attacked" is no name, whatever the tree says */
    if (find->first && is_linking(r->units[find->first - 1].upos))
        return false;
    if (!next->is_capital || next->upos != UPOS_PROPN || !last->is_capital)
        return false;
    return (token->head == next->token && token->deprel == DEP_COMPOUND) ||
           (other->head == last->token && other->deprel == DEP_FLAT);
}

/* "$50 a month", "once a day": the words before are an amount. */
static bool is_rate(const struct time_reader *r, const struct find *find)
{
    if (find->first == 0)
        return false;
    const struct unit *before = &r->units[find->first - 1];
    const struct token *token = &r->doc->tokens.items[r->units[find->end - 1].token];
    bool is_amount = before->upos == UPOS_NOUN || before->upos == UPOS_NUM ||
                     before->upos == UPOS_SYM;
    return is_amount && (token->deprel == DEP_NMOD_UNMARKED ||
                         token->deprel == DEP_OBL_UNMARKED || token->deprel == DEP_NMOD);
}

bool time_is_rate(const struct time_reader *r, const struct find *find)
{
    bool leads_on = find->end < r->unit_count && /* "a week from Monday" */
                    has_class(&r->units[find->end], CLASS_dirof);
    return find->action == ACT_duration && find->end == find->first + 2 && !leads_on &&
           has_class(&r->units[find->first], CLASS_article) && is_rate(r, find);
}

/* "the 14th", but not "the 14th floor". */
static bool is_day_of_month(const struct time_reader *r, const struct find *find)
{
    const struct unit *unit = &r->units[find->end - 1];
    uint8_t next = find->end < r->unit_count ? r->units[find->end].upos : UPOS_NONE;
    return isdigit((unsigned char)unit->text[0]) && has_class(unit, CLASS_ord) &&
           next != UPOS_NOUN && next != UPOS_ADJ && next != UPOS_PROPN &&
           next != UPOS_NUM;
}

/* "the day before", but not "the day before the vote". */
static bool is_beside(const struct time_reader *r, const struct find *find)
{
    const struct unit *last = &r->units[find->end - 1];
    const struct unit *next = find->end < r->unit_count ? &r->units[find->end] : NULL;
    return last->upos == UPOS_ADV || !next || next->upos == UPOS_PUNCT ||
           find->end > find->first + 3;
}

/* "three-quarters", "a quarter of the members" */
static bool is_fraction(const struct time_reader *r, const struct find *find)
{
    const char *unit = find_unit(find);
    if (!unit || unit[0] != 'Q' || find_slot(find, CLASS_on, false))
        return false;
    for (uint32_t i = find->first; i < find->end; i++)
        if (r->units[i].text[0] == '-')
            return true;
    bool is_counted = find_slot(find, CLASS_num, false) != NULL;
    return !is_counted ||
           (find->end < r->unit_count && strcmp(r->units[find->end].text, "of") == 0);
}

/* "3/4/13" and "3-4-2013", but not the score "6-4-2" or the version "2.6.32". */
static bool is_numeric_date(const struct time_reader *r, const struct find *find)
{
    const struct unit *units = &r->units[find->first];
    uint32_t token = units[0].token, count = find->end - find->first;
    bool is_part = (find->first && units[-1].token == token) ||
                   (find->end < r->unit_count && units[count].token == units[4].token);
    if (count != 5 || is_part || units[1].text[0] != units[3].text[0])
        return false;
    size_t len = strlen(units[4].text);
    return len == 4 || (len == 2 && units[1].text[0] == '/');
}

/* "on a cold night" */
static bool is_some_part(const struct time_reader *r, const struct find *find)
{
    if (find->first == 0 || find->end > find->first + 1)
        return false;
    const struct unit *before = &r->units[find->first - 1];
    return before->upos == UPOS_ADJ || has_class(before, CLASS_article);
}

/* "an all-night session" */
static bool ends_compound(const struct time_reader *r, const struct find *find)
{
    return find->first && r->units[find->first - 1].text[0] == '-' &&
           !has_class(&r->units[find->first], CLASS_edge);
}

/* "the 2012 season" */
static bool counts_by_year(const struct find *find)
{
    int number = find_number(find, CLASS_num, false);
    return number >= 1000 && number < 2200 && find_slot(find, CLASS_unit, false);
}

/* "for the year, sales fell", "in the quarter ended March 31" */
static bool is_whole_unit(const struct time_reader *r, const struct find *find)
{
    const struct unit *next = find->end < r->unit_count ? &r->units[find->end] : NULL;
    const char *unit = find_unit(find);
    if (!next || next->upos == UPOS_PUNCT)
        return !strchr("HmS", unit[0]) && !text_is(unit, "SE") && !text_is(unit, "TE");
    return (unit[0] == 'Q' || unit[0] == 'Y') &&
           (next->upos == UPOS_VERB || next->upos == UPOS_SCONJ ||
            next->upos == UPOS_CCONJ);
}

/* "the Seven Years War"; "today is a day of mourning" */
static bool is_titled(const struct time_reader *r, const struct find *find)
{
    const struct unit *last = &r->units[find->end - 1];
    bool is_one = find->end == find->first + 2 && r->units[find->first].text[0] == 'a';
    return last->is_capital ||
           (is_one && r->doc->tokens.items[last->token].deprel == DEP_ROOT);
}

/* "the third attack in as many days" */
static bool counts_before(const struct time_reader *r, const struct find *find)
{
    return find->first && find_slot(find, CLASS_vague, false) &&
           strcmp(r->units[find->first - 1].text, "as") == 0;
}

/* "the 40s" and "the forties", but not "in his 40s", "in his early forties" */
static bool is_decade(const struct time_reader *r, const struct find *find)
{
    const struct unit *first = &r->units[find->first], *last = &r->units[find->end - 1];
    if (isdigit((unsigned char)last->text[0]) || last->text[0] == '\'')
        return find->end > find->first + 1 || strlen(first->text) > 3;
    return has_class(first, CLASS_article);
}

/* "Ramadan Haddad" is a man; days are counted in Islamic months alone. */
static bool is_holiday(const struct time_reader *r, const struct find *find)
{
    const char *rule = find_value(find, CLASS_holiday);
    bool is_month = strncmp(rule, "hijri", 5) == 0 && !strchr(rule, '-');
    return (is_month || !find_slot(find, CLASS_dom, false)) &&
           !(is_month && r->units[find->end - 1].is_person);
}

bool time_is_meant(const struct time_reader *r, const struct find *find)
{
    uint32_t next = find->end;
    if (find->action == ACT_in_unit)
        return is_whole_unit(r, find);
    if (find->action == ACT_year && find->end == find->first + 1)
        return is_year_context(r, find->first);
    if (find->action == ACT_date && find->end == find->first + 1)
        return !is_name_part(r, find) && !starts_name(r, find);
    if (find->action == ACT_weekday)
        return !starts_name(r, find);
    if (find->action == ACT_decade || find->action == ACT_edge_decade)
        return is_decade(r, find);
    if (find->action == ACT_holiday)
        return is_holiday(r, find);
    if (find->action == ACT_duration &&
        (is_fraction(r, find) || counts_by_year(find) || counts_before(r, find)))
        return false;
    if (find->action == ACT_duration && has_class(&r->units[find->first], CLASS_article))
        return !joins_word(r, find->end - 1) && !is_titled(r, find);
    if (find->action == ACT_rate)
        return is_rate(r, find) && !joins_word(r, find->end - 1);
    if (find->action == ACT_numeric)
        return is_numeric_date(r, find);
    if (find->action == ACT_day_of_month)
        return is_day_of_month(r, find);
    if (find->action == ACT_beside)
        return is_beside(r, find);
    if (find->action == ACT_ref)
        return next >= r->unit_count || strcmp(r->units[next].text, "of") != 0;
    if (find->action == ACT_season && !find_slot(find, CLASS_year, false)) {
        bool is_bare = find->end == find->first + 1;
        double doubt = amount_in(&r->units[find->end - 1], CLASS_ambiguous);
        if ((is_bare && doubt > 0 && !has_class_before(r, find->first)) ||
            (doubt > 1 && !has_limit_before(r, find->first)))
            return false;
        return !starts_name(r, find) &&
               (next >= r->unit_count || strcmp(r->units[next].text, "of") != 0);
    }
    if (find->action == ACT_part && (is_some_part(r, find) || ends_compound(r, find)))
        return false;
    if (find->action == ACT_part && r->units[find->end - 1].is_capital &&
        find->first > 0 && has_class(&r->units[find->end - 1], CLASS_ambiguous))
        return false;
    return true;
}
