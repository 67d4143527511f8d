/* grammar.h: Universal Dependencies v2 as used for English: tags, relations, features. */
#ifndef DOC_GRAMMAR_H
#define DOC_GRAMMAR_H

#include <stdbool.h>
#include <stdint.h>

/* Universal part of speech (https://universaldependencies.org/u/pos/). */
#define UPOS_LIST(X)                                                                     \
    X(ADJ)                                                                               \
    X(ADP)                                                                               \
    X(ADV)                                                                               \
    X(AUX)                                                                               \
    X(CCONJ)                                                                             \
    X(DET)                                                                               \
    X(INTJ)                                                                              \
    X(NOUN)                                                                              \
    X(NUM)                                                                               \
    X(PART)                                                                              \
    X(PRON)                                                                              \
    X(PROPN)                                                                             \
    X(PUNCT)                                                                             \
    X(SCONJ)                                                                             \
    X(SYM)                                                                               \
    X(VERB)                                                                              \
    X(X)

enum upos {
    UPOS_NONE,
#define X(name) UPOS_##name,
    UPOS_LIST(X)
#undef X
        UPOS_COUNT
};

/* Relation to the head; the subtypes are those of UD 2.16 English. A relation that is not
 * listed is read as its main type. */
#define DEPREL_LIST(Y)                                                                   \
    Y(ROOT, "root")                                                                      \
    Y(ACL, "acl")                                                                        \
    Y(ACL_RELCL, "acl:relcl")                                                            \
    Y(ADVCL, "advcl")                                                                    \
    Y(ADVCL_RELCL, "advcl:relcl")                                                        \
    Y(ADVMOD, "advmod")                                                                  \
    Y(AMOD, "amod")                                                                      \
    Y(APPOS, "appos")                                                                    \
    Y(AUX, "aux")                                                                        \
    Y(AUX_PASS, "aux:pass")                                                              \
    Y(CASE, "case")                                                                      \
    Y(CC, "cc")                                                                          \
    Y(CC_PRECONJ, "cc:preconj")                                                          \
    Y(CCOMP, "ccomp")                                                                    \
    Y(COMPOUND, "compound")                                                              \
    Y(COMPOUND_PRT, "compound:prt")                                                      \
    Y(CONJ, "conj")                                                                      \
    Y(COP, "cop")                                                                        \
    Y(CSUBJ, "csubj")                                                                    \
    Y(CSUBJ_OUTER, "csubj:outer")                                                        \
    Y(CSUBJ_PASS, "csubj:pass")                                                          \
    Y(DEP, "dep")                                                                        \
    Y(DET, "det")                                                                        \
    Y(DET_PREDET, "det:predet")                                                          \
    Y(DISCOURSE, "discourse")                                                            \
    Y(DISLOCATED, "dislocated")                                                          \
    Y(EXPL, "expl")                                                                      \
    Y(FIXED, "fixed")                                                                    \
    Y(FLAT, "flat")                                                                      \
    Y(GOESWITH, "goeswith")                                                              \
    Y(IOBJ, "iobj")                                                                      \
    Y(LIST, "list")                                                                      \
    Y(MARK, "mark")                                                                      \
    Y(NMOD, "nmod")                                                                      \
    Y(NMOD_DESC, "nmod:desc")                                                            \
    Y(NMOD_POSS, "nmod:poss")                                                            \
    Y(NMOD_UNMARKED, "nmod:unmarked")                                                    \
    Y(NSUBJ, "nsubj")                                                                    \
    Y(NSUBJ_OUTER, "nsubj:outer")                                                        \
    Y(NSUBJ_PASS, "nsubj:pass")                                                          \
    Y(NUMMOD, "nummod")                                                                  \
    Y(OBJ, "obj")                                                                        \
    Y(OBL, "obl")                                                                        \
    Y(OBL_AGENT, "obl:agent")                                                            \
    Y(OBL_UNMARKED, "obl:unmarked")                                                      \
    Y(ORPHAN, "orphan")                                                                  \
    Y(PARATAXIS, "parataxis")                                                            \
    Y(PUNCT, "punct")                                                                    \
    Y(REPARANDUM, "reparandum")                                                          \
    Y(VOCATIVE, "vocative")                                                              \
    Y(XCOMP, "xcomp")

enum deprel {
    DEP_NONE,
#define Y(name, text) DEP_##name,
    DEPREL_LIST(Y)
#undef Y
        DEPREL_COUNT
};

/* The features that later stages use; 0 is always "not said". */
enum number { NUMBER_NONE, NUMBER_SING, NUMBER_PLUR };
enum tense { TENSE_NONE, TENSE_PAST, TENSE_PRES };
enum verb_form { FORM_NONE, FORM_FIN, FORM_INF, FORM_PART, FORM_GER };
enum mood { MOOD_NONE, MOOD_IND, MOOD_IMP, MOOD_SUB };
enum gender { GENDER_NONE, GENDER_MASC, GENDER_FEM, GENDER_NEUT };
enum pron_type {
    PRON_NONE,
    PRON_PRS,
    PRON_REL,
    PRON_DEM,
    PRON_INT,
    PRON_NEG,
    PRON_IND,
    PRON_TOT,
    PRON_ART,
    PRON_RCP,
    PRON_EMP
};
enum degree { DEGREE_NONE, DEGREE_POS, DEGREE_CMP, DEGREE_SUP };
enum num_type { NUM_NONE, NUM_CARD, NUM_ORD, NUM_FRAC, NUM_MULT };

struct feats {
    uint32_t number : 2, person : 2, tense : 2, verb_form : 3, mood : 2, passive : 1,
        gender : 2, pron_type : 4, degree : 2, num_type : 3, possessive : 1, negative : 1,
        definite : 1, reflexive : 1;
};

/* "NOUN", "nsubj:pass", "Number=Sing|Tense=Past"; the names of UPOS_NONE and DEP_NONE are
 * "_". */
const char *upos_name(enum upos upos);
const char *deprel_name(enum deprel deprel);
enum upos upos_read(const char *name);     /* UPOS_NONE when unknown */
enum deprel deprel_read(const char *name); /* main type when the subtype is not listed */

/* Reads and writes the FEATS column of CoNLL-U; features that struct feats lacks are
 * dropped. feats_write gives "_" for none and never writes more than len bytes. */
struct feats feats_read(const char *text);
void feats_write(struct feats feats, char *text, uint32_t len);

#endif
