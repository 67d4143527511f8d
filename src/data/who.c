/* who.c: states, persons, offices, organisations and word classes of the pack. */
#include "data/who.h"

#include <stdlib.h>
#include <string.h>

#define MANY_ROWS 64
#define SOON 4383 /* days: a politician is named for what he does before office */

void who_open(struct who *who, const struct pack *pack)
{
    *who = (struct who){
        .pack = pack,
        .states = pack_table(pack, "actors/states"),
        .persons = pack_table(pack, "actors/persons"),
        .offices = pack_table(pack, "actors/offices"),
        .organisations = pack_table(pack, "actors/organisations"),
        .agents = pack_table(pack, "agents"),
        .roles = pack_table(pack, "roles"),
        .anaphors = pack_table(pack, "anaphors"),
        .given_names = pack_table(pack, "given_names"),
    };
    if (who->anaphors) {
        who->class_at = table_column(who->anaphors, "class");
        who->value_at = table_column(who->anaphors, "value");
    }
}

const char *who_cell(const struct table *table, uint32_t row, const char *column)
{
    if (!table || row == NONE)
        return "";
    return table_cell(table, row, table_column(table, column));
}

static unsigned state_kind(const struct who *who, uint32_t column)
{
    static const struct {
        const char *column;
        unsigned kind;
    } kinds[] = {
        {"name", WHO_STATE},           {"names", WHO_STATE},
        {"adjectives", WHO_ADJECTIVE}, {"inhabitants", WHO_INHABITANT},
        {"capital", WHO_CAPITAL},      {"seats", WHO_SEAT},
    };
    for (unsigned i = 0; i < sizeof kinds / sizeof *kinds; i++)
        if (table_column(who->states, kinds[i].column) == column)
            return kinds[i].kind;
    return 0;
}

unsigned who_entry_kind(const struct who *who, struct phrase_entry entry)
{
    const struct table *table = pack_table_at(who->pack, entry.table);
    if (!table)
        return 0;
    if (table == who->states)
        return state_kind(who, entry.column);
    if (table == who->persons)
        return WHO_PERSON;
    if (table == who->organisations)
        return WHO_ORGANISATION;
    if (table == who->agents)
        return WHO_AGENT;
    if (table == who->roles)
        return WHO_ROLE;
    return strcmp(table_name(table), "places") == 0 ? WHO_PLACE : 0;
}

static bool has_class(const struct who *who, const char *word, const char *class_name,
                      const char **value)
{
    const struct table *table = who->anaphors;
    if (!table)
        return false;
    uint32_t rows[MANY_ROWS];
    uint32_t count = table_find(table, word, rows, MANY_ROWS);
    for (uint32_t i = 0; i < count && i < MANY_ROWS; i++) {
        if (strcmp(table_cell(table, rows[i], who->class_at), class_name) != 0)
            continue;
        if (value)
            *value = table_cell(table, rows[i], who->value_at);
        return true;
    }
    return false;
}

bool who_word(const struct who *who, const char *word, const char *class_name,
              const char **value)
{
    return has_class(who, word, class_name, value);
}

uint32_t who_state(const struct who *who, const char *code)
{
    uint32_t rows[MANY_ROWS];
    if (!who->states || !*code)
        return NONE;
    uint32_t count = table_find(who->states, code, rows, MANY_ROWS);
    const char *main_id = NULL;
    has_class(who, code, "main_state", &main_id);
    for (uint32_t i = 0; main_id && i < count && i < MANY_ROWS; i++)
        if (strcmp(who_cell(who->states, rows[i], "id"), main_id) == 0)
            return rows[i];
    return count ? rows[0] : NONE;
}

bool who_is_on(const struct table *table, uint32_t row, day on)
{
    day first, last;
    if (on == DAY_NONE)
        return false;
    if (day_read(who_cell(table, row, "from"), &first, &last) && on < first)
        return false;
    return !(day_read(who_cell(table, row, "to"), &first, &last) && on > last);
}

static day row_day(const struct table *table, uint32_t row, const char *column)
{
    day first, last;
    if (!day_read(who_cell(table, row, column), &first, &last))
        return DAY_NONE;
    return strcmp(column, "to") == 0 ? last : first;
}

unsigned who_rank(const struct who *who, const char *role)
{
    const char *value = NULL;
    if (!has_class(who, role, "rank", &value))
        return 99;
    unsigned long rank = strtoul(value, NULL, 10);
    return rank && rank < 99 ? (unsigned)rank : 99;
}

static uint32_t office_rows(const struct who *who, uint32_t person,
                            uint32_t rows[MANY_ROWS])
{
    if (!who->offices || person == NONE)
        return 0;
    const char *id = who_cell(who->persons, person, "id");
    uint32_t count = table_find(who->offices, id, rows, MANY_ROWS);
    return count < MANY_ROWS ? count : MANY_ROWS;
}

uint32_t who_office(const struct who *who, uint32_t person, day on)
{
    uint32_t rows[MANY_ROWS], best = NONE;
    uint32_t count = office_rows(who, person, rows);
    unsigned best_rank = 1000;
    const char *country = who_cell(who->persons, person, "country");
    for (uint32_t i = 0; i < count; i++) {
        if (!who_is_on(who->offices, rows[i], on))
            continue;
        /* Who reigns over many states is first of all the monarch of the own one. */
        bool is_own = strcmp(who_cell(who->offices, rows[i], "of"), country) == 0;
        unsigned rank = 2 * who_rank(who, who_cell(who->offices, rows[i], "role")) -
                        is_own;
        if (rank < best_rank) {
            best = rows[i];
            best_rank = rank;
        }
    }
    return best;
}

uint32_t who_held(const struct who *who, uint32_t person, const char *role,
                  const char *of, day on)
{
    uint32_t rows[MANY_ROWS];
    uint32_t count = office_rows(who, person, rows);
    for (uint32_t i = 0; i < count; i++) {
        if (strcmp(who_cell(who->offices, rows[i], "role"), role) != 0)
            continue;
        if (*of && strcmp(who_cell(who->offices, rows[i], "of"), of) != 0)
            continue;
        if (on == DAY_NONE || who_is_on(who->offices, rows[i], on))
            return rows[i];
    }
    return NONE;
}

#define DAYS_HANDOVER 31 /* terms known to the month overlap at most that long */

uint32_t who_holder(const struct who *who, const char *role, const char *of, day on)
{
    if (!who->offices || !who->persons || on == DAY_NONE || !*of)
        return NONE;
    const uint32_t *rows = NULL;
    uint32_t count = table_find_by(who->offices, table_column(who->offices, "of"), of,
                                   &rows);
    uint32_t role_column = table_column(who->offices, "role");
    uint32_t best = NONE;
    day best_from = DAY_NONE;
    unsigned lasting = 0;
    for (uint32_t i = 0; i < count; i++) {
        uint32_t row = rows[i];
        if (strcmp(table_cell(who->offices, row, role_column), role) != 0 ||
            !who_is_on(who->offices, row, on))
            continue;
        day to = row_day(who->offices, row, "to");
        lasting += to == DAY_NONE || to - on > DAYS_HANDOVER;
        /* On the day of a handover both terms hold: the new one counts. */
        day from = row_day(who->offices, row, "from");
        if (best == NONE || from > best_from) {
            best = row;
            best_from = from;
        }
    }
    /* Of several envoys none is the one meant. */
    if (best == NONE || lasting > 1)
        return NONE;
    return table_row(who->persons, who_cell(who->offices, best, "person"));
}

#define DAYS_ELECTED 400

/* The office's term that starts soonest after a day (or latest before it), by another
 * person; NONE. */
static uint32_t term_beside(const struct who *who, uint32_t office, day on,
                            bool is_before)
{
    const struct table *offices = who->offices;
    const char *role = who_cell(offices, office, "role");
    const char *of = who_cell(offices, office, "of");
    const char *person = who_cell(offices, office, "person");
    uint32_t of_column = table_column(offices, "of"), best = NONE;
    uint32_t role_column = table_column(offices, "role");
    day best_from = DAY_NONE;
    for (uint32_t row = 0; row < table_rows(offices); row++) {
        if (strcmp(table_cell(offices, row, of_column), of) != 0 ||
            strcmp(table_cell(offices, row, role_column), role) != 0 ||
            strcmp(who_cell(offices, row, "person"), person) == 0)
            continue;
        day from = row_day(offices, row, "from");
        bool is_beside = from != DAY_NONE && (is_before ? from < on : from > on);
        if (is_beside &&
            (best == NONE || (is_before ? from > best_from : from < best_from))) {
            best = row;
            best_from = from;
        }
    }
    return best;
}

uint32_t who_next(const struct who *who, const char *role, const char *of, day on)
{
    const struct table *offices = who->offices;
    if (!offices || on == DAY_NONE || !*of)
        return NONE;
    uint32_t of_column = table_column(offices, "of"), best = NONE;
    uint32_t role_column = table_column(offices, "role");
    day best_from = on + DAYS_ELECTED;
    for (uint32_t row = 0; row < table_rows(offices); row++) {
        if (strcmp(table_cell(offices, row, of_column), of) != 0 ||
            strcmp(table_cell(offices, row, role_column), role) != 0)
            continue;
        day from = row_day(offices, row, "from");
        if (from != DAY_NONE && from > on && from < best_from) {
            best = row;
            best_from = from;
        }
    }
    return best == NONE ? NONE
                        : table_row(who->persons, who_cell(offices, best, "person"));
}

uint32_t who_neighbour(const struct who *who, uint32_t person, day on, bool is_before)
{
    uint32_t office = who_office(who, person, on), rows[MANY_ROWS];
    uint32_t count = office == NONE ? office_rows(who, person, rows) : 0;
    for (uint32_t i = 0; i < count; i++)
        if (office == NONE || who_rank(who, who_cell(who->offices, rows[i], "role")) <
                                  who_rank(who, who_cell(who->offices, office, "role")))
            office = rows[i];
    day from = office == NONE ? DAY_NONE : row_day(who->offices, office, "from");
    if (from == DAY_NONE)
        return NONE;
    uint32_t beside = term_beside(who, office, from, is_before);
    return table_row(who->persons, who_cell(who->offices, beside, "person"));
}

uint32_t who_past(const struct who *who, const char *role, const char *of, day on,
                  uint32_t *persons, uint32_t cap)
{
    const struct table *offices = who->offices;
    uint32_t of_column = table_column(offices, "of"), count = 0;
    uint32_t role_column = table_column(offices, "role");
    day limit = DAY_NONE;
    while (count < cap) {
        uint32_t best = NONE;
        day best_from = DAY_NONE;
        for (uint32_t row = 0; row < table_rows(offices); row++) {
            if (strcmp(table_cell(offices, row, of_column), of) != 0 ||
                strcmp(table_cell(offices, row, role_column), role) != 0)
                continue;
            day from = row_day(offices, row, "from");
            bool is_left = from != DAY_NONE && (limit == DAY_NONE || from < limit) &&
                           (on == DAY_NONE || from <= on);
            if (is_left && (best == NONE || from > best_from)) {
                best = row;
                best_from = from;
            }
        }
        if (best == NONE)
            break;
        limit = best_from;
        uint32_t person = table_row(who->persons, who_cell(offices, best, "person"));
        if (person != NONE && !(on != DAY_NONE && who_is_on(offices, best, on)))
            persons[count++] = person;
    }
    return count;
}

#define DAYS_PAST 7300  /* a past office still makes a bare surname known for 20 years */
#define DAYS_COMING 700 /* a coming one for two */

static unsigned office_fame(const struct who *who, uint32_t row, day on)
{
    unsigned rank = who_rank(who, who_cell(who->offices, row, "role"));
    if (who_state(who, who_cell(who->offices, row, "of")) == NONE)
        rank += 30; /* heads of organisations after those of states */
    if (on == DAY_NONE)
        return 100000 - rank;
    if (who_is_on(who->offices, row, on))
        return 300000 - rank;
    day to = row_day(who->offices, row, "to"), from = row_day(who->offices, row, "from");
    if (to != DAY_NONE && to < on && on - to < DAYS_PAST)
        return 100000 + (unsigned)(DAYS_PAST - (on - to));
    if (from != DAY_NONE && from > on && from - on < DAYS_COMING)
        return 50000 + (unsigned)(DAYS_COMING - (from - on));
    return 0;
}

unsigned who_fame(const struct who *who, uint32_t person, day on)
{
    uint32_t rows[MANY_ROWS];
    uint32_t count = office_rows(who, person, rows);
    unsigned best = 0;
    for (uint32_t i = 0; i < count; i++) {
        unsigned fame = office_fame(who, rows[i], on);
        if (fame > best)
            best = fame;
    }
    return best;
}

const char *who_past_sectors(const struct who *who, const char *sectors)
{
    const char *value = NULL;
    return has_class(who, sectors, "past_sectors", &value) ? value : sectors;
}

/* How many of the rows have that title. */
static unsigned times_titled(const struct table *roles, const uint32_t *rows,
                             uint32_t count, const char *title)
{
    unsigned times = 0;
    uint32_t column = table_column(roles, "title");
    for (uint32_t i = 0; i < count; i++)
        times += strcmp(table_cell(roles, rows[i], column), title) == 0;
    return times;
}

/* The row of roles that tells most of a role of `of`: with the title that most phrases
 * for the role share, or the party's own where it has another; of equals the one with
 * the fewest sectors. NONE when the role is unknown. */
static uint32_t role_row(const struct who *who, const char *role, const char *of)
{
    const struct table *roles = who->roles;
    const uint32_t *rows = NULL;
    uint32_t count = table_find_by(roles, table_column(roles, "role"), role, &rows);
    uint32_t best = NONE, own = NONE;
    unsigned best_times = 0;
    for (uint32_t i = 0; i < count; i++) {
        uint32_t row = rows[i];
        const char *title = who_cell(roles, row, "title");
        const char *country = who_cell(roles, row, "country");
        if (*country) {
            if (own == NONE && strcmp(country, of) == 0)
                own = row;
            continue;
        }
        unsigned times = times_titled(roles, rows, count, title);
        bool is_plainer = best != NONE && times == best_times &&
                          strlen(who_cell(roles, row, "sectors")) <
                              strlen(who_cell(roles, best, "sectors"));
        if (times > best_times || is_plainer) {
            best_times = times;
            best = row;
        }
    }
    bool is_special = own != NONE && strcmp(who_cell(roles, own, "title"),
                                            who_cell(roles, best, "title")) != 0;
    return is_special || best == NONE ? own : best;
}

const char *who_role_title(const struct who *who, const char *role, const char *of)
{
    return who_cell(who->roles, role_row(who, role, of), "title");
}

const char *who_role_sectors(const struct who *who, const char *role, const char *of)
{
    return who_cell(who->roles, role_row(who, role, of), "sectors");
}

bool who_was(const struct who *who, uint32_t person, day on)
{
    uint32_t rows[MANY_ROWS];
    uint32_t count = office_rows(who, person, rows);
    for (uint32_t i = 0; i < count; i++) {
        day to = row_day(who->offices, rows[i], "to");
        if (on != DAY_NONE && to != DAY_NONE && to < on)
            return true;
    }
    return false;
}

const char *who_first_role(const struct who *who, uint32_t person, day on)
{
    uint32_t rows[MANY_ROWS];
    uint32_t count = office_rows(who, person, rows);
    day first = DAY_NONE;
    const char *role = "";
    for (uint32_t i = 0; i < count; i++) {
        day from = row_day(who->offices, rows[i], "from");
        if (on == DAY_NONE || from == DAY_NONE || from <= on)
            return "";
        if (first != DAY_NONE && from >= first)
            continue;
        first = from;
        role = who_cell(who->offices, rows[i], "role");
    }
    return first != DAY_NONE && first - on <= SOON ? role : "";
}

const char *who_longest_at(const struct who *who, uint32_t person)
{
    uint32_t rows[MANY_ROWS];
    uint32_t count = office_rows(who, person, rows);
    day longest = 0;
    const char *of = "";
    for (uint32_t i = 0; i < count; i++) {
        day from = row_day(who->offices, rows[i], "from");
        day to = row_day(who->offices, rows[i], "to");
        day length = from == DAY_NONE ? 0 : to == DAY_NONE ? SOON : to - from;
        if (length <= longest)
            continue;
        longest = length;
        of = who_cell(who->offices, rows[i], "of");
    }
    return of;
}
