/* import_dictionary.c: `sentosa import-dictionary`: actor and agent dictionaries of CAMEO
 * coders as tables for --lexicon. */
#include "cli/cli.h"

#include <errno.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

static const char usage[] =
    "usage: sentosa import-dictionary --out FOLDER FILE...\n"
    "Reads actor and agent dictionaries of CAMEO coders (TABARI, PETRARCH) and writes\n"
    "tables into FOLDER, to be laid over the lexicon by --lexicon FOLDER.";

#define MAX_FILE ((size_t)64 << 20)

static void print_complaint(void *context, const char *message)
{
    (void)context;
    fprintf(stderr, "sentosa: %s\n", message);
}

/* All of a file; NULL after saying why. */
static char *read_file(const char *path, size_t *len)
{
    FILE *file = fopen(path, "rb");
    char *bytes = NULL;
    size_t room = 0;
    *len = 0;
    while (file && !feof(file) && !ferror(file) && *len < MAX_FILE) {
        room = room ? room * 2 : (size_t)1 << 16;
        char *more = realloc(bytes, room);
        if (!more) {
            errno = ENOMEM;
            break;
        }
        bytes = more;
        *len += fread(bytes + *len, 1, room - *len, file);
    }
    bool is_done = file && feof(file);
    if (!is_done) {
        fprintf(stderr, "sentosa: %s: %s\n", path,
                file && *len >= MAX_FILE ? "too large" : strerror(errno));
        free(bytes);
        bytes = NULL;
    }
    if (file)
        fclose(file);
    return bytes;
}

static bool make_folder(const char *path)
{
    if (mkdir(path, 0777) == 0 || errno == EEXIST)
        return true;
    fprintf(stderr, "sentosa: %s: %s\n", path, strerror(errno));
    return false;
}

static bool write_tables(struct sentosa_dictionary *dictionary, const char *folder)
{
    char path[4096];
    const char *name;
    snprintf(path, sizeof path, "%s/actors", folder);
    if (!make_folder(folder) || !make_folder(path))
        return false;
    for (size_t i = 0;; i++) {
        char *text = sentosa_dictionary_table(dictionary, i, &name);
        if (!name)
            return true;
        size_t rows = sentosa_dictionary_rows(dictionary, i);
        snprintf(path, sizeof path, "%s/%s.tsv", folder, name);
        FILE *file = rows ? fopen(path, "wb") : NULL;
        bool is_done = !rows || (file && fputs(text, file) >= 0);
        if (file)
            is_done = fclose(file) == 0 && is_done;
        sentosa_free(text);
        if (!is_done) {
            fprintf(stderr, "sentosa: %s: %s\n", path, strerror(errno));
            return false;
        }
    }
}

static int import_all(struct sentosa_dictionary *dictionary, char **paths, int count,
                      const char *folder)
{
    size_t unread = 0;
    for (int i = 0; i < count; i++) {
        size_t len;
        char *bytes = read_file(paths[i], &len);
        if (!bytes)
            return EXIT_STORE;
        size_t bad = sentosa_dictionary_read(dictionary, paths[i], bytes, len,
                                             print_complaint, NULL);
        free(bytes);
        if (bad == SIZE_MAX) {
            fprintf(stderr, "sentosa: no memory left\n");
            return EXIT_STORE;
        }
        unread += bad;
    }
    if (!write_tables(dictionary, folder))
        return EXIT_STORE;
    size_t rows = 0;
    for (size_t i = 0; i < 6; i++)
        rows += sentosa_dictionary_rows(dictionary, i);
    fprintf(stderr, "%zu rows written, %zu lines or codes could not be read\n", rows,
            unread);
    return unread ? EXIT_REPORTS : EXIT_OK;
}

int import_dictionary_command(int count, char **args)
{
    const char *folder = NULL;
    struct engine_tables tables = {0};
    const struct option options[] = {
        {"--out", 'o', &folder, NULL, "folder for the tables; made when it is missing"},
        ENGINE_OPTIONS(tables),
        {0}};
    int left = options_read(count, args, options, usage);
    if (left < 0)
        return left == -2 ? EXIT_OK : EXIT_USAGE;
    if (!folder || left == 0) {
        fprintf(stderr, "%s\n", usage);
        return EXIT_USAGE;
    }
    struct sentosa *engine = engine_open(tables);
    if (!engine)
        return EXIT_STORE;
    struct sentosa_dictionary *dictionary = sentosa_dictionary_new(engine);
    int code = dictionary ? import_all(dictionary, args, left, folder) : EXIT_STORE;
    sentosa_dictionary_free(dictionary);
    sentosa_close(engine);
    return code;
}
