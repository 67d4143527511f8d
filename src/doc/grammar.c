/* grammar.c: names of tags, relations and features. */
#include "doc/grammar.h"

#include <stdio.h>
#include <string.h>

static const char *const upos_names[] = {"_",
#define X(name) #name,
                                         UPOS_LIST(X)
#undef X
};

static const char *const deprel_names[] = {"_",
#define Y(name, text) text,
                                           DEPREL_LIST(Y)
#undef Y
};

const char *upos_name(enum upos upos)
{
    return upos < UPOS_COUNT ? upos_names[upos] : "_";
}

const char *deprel_name(enum deprel deprel)
{
    return deprel < DEPREL_COUNT ? deprel_names[deprel] : "_";
}

enum upos upos_read(const char *name)
{
    for (unsigned i = 1; i < UPOS_COUNT; i++)
        if (strcmp(upos_names[i], name) == 0)
            return (enum upos)i;
    return UPOS_NONE;
}

enum deprel deprel_read(const char *name)
{
    for (unsigned i = 1; i < DEPREL_COUNT; i++)
        if (strcmp(deprel_names[i], name) == 0)
            return (enum deprel)i;
    size_t main_len = strcspn(name, ":");
    for (unsigned i = 1; i < DEPREL_COUNT; i++)
        if (strlen(deprel_names[i]) == main_len &&
            strncmp(deprel_names[i], name, main_len) == 0)
            return (enum deprel)i;
    return DEP_NONE;
}

/* One value of one feature, and where struct feats keeps it. */
enum field {
    F_NUMBER,
    F_PERSON,
    F_TENSE,
    F_FORM,
    F_MOOD,
    F_PASSIVE,
    F_GENDER,
    F_PRON,
    F_DEGREE,
    F_NUM,
    F_POSS,
    F_NEGATIVE,
    F_DEFINITE,
    F_REFLEX
};

static const struct {
    const char *text;
    enum field field;
    unsigned value;
} values[] = {
    {"Definite=Def", F_DEFINITE, 1},
    {"Degree=Pos", F_DEGREE, DEGREE_POS},
    {"Degree=Cmp", F_DEGREE, DEGREE_CMP},
    {"Degree=Sup", F_DEGREE, DEGREE_SUP},
    {"Gender=Masc", F_GENDER, GENDER_MASC},
    {"Gender=Fem", F_GENDER, GENDER_FEM},
    {"Gender=Neut", F_GENDER, GENDER_NEUT},
    {"Mood=Ind", F_MOOD, MOOD_IND},
    {"Mood=Imp", F_MOOD, MOOD_IMP},
    {"Mood=Sub", F_MOOD, MOOD_SUB},
    {"NumType=Card", F_NUM, NUM_CARD},
    {"NumType=Ord", F_NUM, NUM_ORD},
    {"NumType=Frac", F_NUM, NUM_FRAC},
    {"NumType=Mult", F_NUM, NUM_MULT},
    {"Number=Sing", F_NUMBER, NUMBER_SING},
    {"Number=Plur", F_NUMBER, NUMBER_PLUR},
    {"Number=Ptan", F_NUMBER, NUMBER_PLUR},
    {"Person=1", F_PERSON, 1},
    {"Person=2", F_PERSON, 2},
    {"Person=3", F_PERSON, 3},
    {"Polarity=Neg", F_NEGATIVE, 1},
    {"Poss=Yes", F_POSS, 1},
    {"PronType=Prs", F_PRON, PRON_PRS},
    {"PronType=Rel", F_PRON, PRON_REL},
    {"PronType=Dem", F_PRON, PRON_DEM},
    {"PronType=Int", F_PRON, PRON_INT},
    {"PronType=Neg", F_PRON, PRON_NEG},
    {"PronType=Ind", F_PRON, PRON_IND},
    {"PronType=Tot", F_PRON, PRON_TOT},
    {"PronType=Art", F_PRON, PRON_ART},
    {"PronType=Rcp", F_PRON, PRON_RCP},
    {"PronType=Emp", F_PRON, PRON_EMP},
    {"Reflex=Yes", F_REFLEX, 1},
    {"Tense=Past", F_TENSE, TENSE_PAST},
    {"Tense=Pres", F_TENSE, TENSE_PRES},
    {"VerbForm=Fin", F_FORM, FORM_FIN},
    {"VerbForm=Inf", F_FORM, FORM_INF},
    {"VerbForm=Part", F_FORM, FORM_PART},
    {"VerbForm=Ger", F_FORM, FORM_GER},
    {"Voice=Pass", F_PASSIVE, 1},
};
#define VALUE_COUNT (sizeof values / sizeof *values)

static void put(struct feats *feats, enum field field, unsigned value)
{
    switch (field) {
    case F_NUMBER: feats->number = value & 3; break;
    case F_PERSON: feats->person = value & 3; break;
    case F_TENSE: feats->tense = value & 3; break;
    case F_FORM: feats->verb_form = value & 7; break;
    case F_MOOD: feats->mood = value & 3; break;
    case F_PASSIVE: feats->passive = value & 1; break;
    case F_GENDER: feats->gender = value & 3; break;
    case F_PRON: feats->pron_type = value & 15; break;
    case F_DEGREE: feats->degree = value & 3; break;
    case F_NUM: feats->num_type = value & 7; break;
    case F_POSS: feats->possessive = value & 1; break;
    case F_NEGATIVE: feats->negative = value & 1; break;
    case F_DEFINITE: feats->definite = value & 1; break;
    case F_REFLEX: feats->reflexive = value & 1; break;
    }
}

static unsigned get(struct feats feats, enum field field)
{
    switch (field) {
    case F_NUMBER: return feats.number;
    case F_PERSON: return feats.person;
    case F_TENSE: return feats.tense;
    case F_FORM: return feats.verb_form;
    case F_MOOD: return feats.mood;
    case F_PASSIVE: return feats.passive;
    case F_GENDER: return feats.gender;
    case F_PRON: return feats.pron_type;
    case F_DEGREE: return feats.degree;
    case F_NUM: return feats.num_type;
    case F_POSS: return feats.possessive;
    case F_NEGATIVE: return feats.negative;
    case F_DEFINITE: return feats.definite;
    case F_REFLEX: return feats.reflexive;
    }
    return 0;
}

struct feats feats_read(const char *text)
{
    struct feats feats = {0};
    while (*text) {
        size_t len = strcspn(text, "|");
        for (unsigned i = 0; i < VALUE_COUNT; i++)
            if (strlen(values[i].text) == len && strncmp(values[i].text, text, len) == 0)
                put(&feats, values[i].field, values[i].value);
        text += len;
        if (*text == '|')
            text++;
    }
    return feats;
}

void feats_write(struct feats feats, char *text, uint32_t len)
{
    uint32_t at = 0;
    for (unsigned i = 0; i < VALUE_COUNT; i++) {
        bool is_alias = strcmp(values[i].text, "Number=Ptan") == 0;
        if (is_alias || get(feats, values[i].field) != values[i].value)
            continue;
        int wrote = snprintf(text + at, len - at, "%s%s", at ? "|" : "", values[i].text);
        if (wrote < 0 || (uint32_t)wrote >= len - at)
            return;
        at += (uint32_t)wrote;
    }
    if (at == 0)
        snprintf(text, len, "_");
}
