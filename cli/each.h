/* each.h: reads every report of a file and hands it to a printer. */
#ifndef CLI_EACH_H
#define CLI_EACH_H

#include "cli/cli.h"

typedef void each_print(const struct sentosa *engine, const struct sentosa_doc *doc,
                        void *context);

/* Every report of a file of any kind ("-": standard input). Returns the exit code. */
int each_report(const struct sentosa *engine, const char *path,
                const struct sentosa_options *options, each_print *print, void *context);

/* The words themselves as one report. */
int each_words(const struct sentosa *engine, const char *words,
               const struct sentosa_options *options, each_print *print, void *context);

#endif
