/* eval.h: the measures of `sentosa eval`, each a file and a line of eval.c. */
#ifndef CLI_EVAL_H
#define CLI_EVAL_H

#include "cli/cli.h"

/* Each gets what stands after its own name (`--gold FILE ...`: args[0] is FILE) and
 * returns the exit code. Figures go to stdout, complaints to stderr. */
command eval_conllu, eval_gold, eval_places, eval_timex;

#endif
