/* who.h: the actor tables of the pack, asked by meaning: what a phrase can name, who
 * held an office on a day, what a word does in an anaphor. Pure reading; every string
 * is the pack's.
 *
 * A table that the pack lacks behaves like an empty one. */
#ifndef DATA_WHO_H
#define DATA_WHO_H

#include "base/date.h"
#include "data/pack.h"

/* What a phrase can be, by the table and column it stands in. One bit each. */
enum who_kind {
    WHO_STATE = 1,      /* "Kenya" */
    WHO_ADJECTIVE = 2,  /* "Kenyan" */
    WHO_INHABITANT = 4, /* "Kenyans" */
    WHO_CAPITAL = 8,    /* "Nairobi" */
    WHO_SEAT = 16,      /* "State House" */
    WHO_PERSON = 32,
    WHO_ORGANISATION = 64,
    WHO_AGENT = 128, /* "police" */
    WHO_ROLE = 256,  /* "prime minister" */
    WHO_PLACE = 512  /* an entry of the gazetteer */
};
#define WHO_COUNTRY (WHO_STATE | WHO_ADJECTIVE | WHO_INHABITANT | WHO_CAPITAL | WHO_SEAT)
#define WHO_NAMES (WHO_COUNTRY | WHO_PERSON | WHO_ORGANISATION)

struct who {
    const struct pack *pack;
    const struct table *states, *persons, *offices, *organisations, *agents, *roles;
    const struct table *anaphors, *given_names;
    uint32_t class_at, value_at; /* columns of anaphors */
};

/* Finds the tables. The pack must outlive who. */
void who_open(struct who *who, const struct pack *pack);

/* The kind of one entry; 0 for what names no party. */
unsigned who_entry_kind(const struct who *who, struct phrase_entry entry);

/* A cell by column name; "" for no row. */
const char *who_cell(const struct table *table, uint32_t row, const char *column);

/* Whether the word has the class in anaphors.tsv; value may be NULL and is set to its
 * value. */
bool who_word(const struct who *who, const char *word, const char *class_name,
              const char **value);

/* The row of the state that a code means first (GBR: the United Kingdom, not one of
 * its parts). */
uint32_t who_state(const struct who *who, const char *code);

/* Whether a row with columns from and to is valid on the day; an unknown day is in no
 * term. */
bool who_is_on(const struct table *table, uint32_t row, day on);

/* An office of a person (row of persons) on a day: the row of offices with the best
 * rank, NONE. */
uint32_t who_office(const struct who *who, uint32_t person, day on);

/* Whether a person held `role` (id of roles) of `of` on the day; of may be "" for any;
 * the day may be DAY_NONE for ever. Gives the row of offices, or NONE. */
uint32_t who_held(const struct who *who, uint32_t person, const char *role,
                  const char *of, day on);

/* The person (row of persons) who held the role of `of` on the day; NONE when unknown
 * or when several held it. */
uint32_t who_holder(const struct who *who, const char *role, const char *of, day on);

/* The person (row of persons) who takes the role of `of` next after the day, within a
 * year; NONE. Reads the whole table. */
uint32_t who_next(const struct who *who, const char *role, const char *of, day on);

/* Who held the office of a person before or after that person: the office held on the
 * day, else the highest one held ever. NONE when unknown. Reads the whole table. */
uint32_t who_neighbour(const struct who *who, uint32_t person, day on, bool is_before);

/* Those who have held the role of `of` before the day, the latest first: writes up to cap
 * rows of persons, returns how many. An unknown day: all of them. */
uint32_t who_past(const struct who *who, const char *role, const char *of, day on,
                  uint32_t *persons, uint32_t cap);

/* Rank of a role id: 1 is the highest; 99 when anaphors.tsv gives none. */
unsigned who_rank(const struct who *who, const char *role);

/* How well known a person is on a day: 0 when nothing speaks for him or her. Current
 * office first (by rank), then a past one (the later the better), then a coming one.
 * An unknown day counts any office as past. */
unsigned who_fame(const struct who *who, uint32_t person, day on);

/* What is left of a sector when the office is over: GOV becomes ELI. */
const char *who_past_sectors(const struct who *who, const char *sectors);

/* Title of a role of `of` as printed ("Prime Minister"), by its id; "" when unknown. */
const char *who_role_title(const struct who *who, const char *role, const char *of);

/* Sectors of a role of `of`, as the cell has them ("GOV|MIL"); "" when unknown. */
const char *who_role_sectors(const struct who *who, const char *role, const char *of);

/* Whether a person (row of persons) had left some office before the day; false for an
 * unknown day. */
bool who_was(const struct who *who, uint32_t person, day on);

/* The role of the first office that a person is known to have held, when it began in the
 * twelve years after the day; "" otherwise. */
const char *who_first_role(const struct who *who, uint32_t person, day on);

/* The state or body in which a person held his longest office; "" without one. */
const char *who_longest_at(const struct who *who, uint32_t person);

#endif
