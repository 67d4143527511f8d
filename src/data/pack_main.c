/* pack_main.c: the program that writes the pack: sentosa-pack DATA_DIR OUT [WEIGHTS]. */
#include "data/pack.h"

#include <stdio.h>

int main(int count, char **args)
{
    struct fail fail;
    if (count < 3 || count > 4) {
        fprintf(stderr, "usage: sentosa-pack DATA_DIR OUT [WEIGHTS]\n");
        return 2;
    }
    if (pack_build(args[1], count == 4 ? args[3] : NULL, args[2], &fail)) {
        fprintf(stderr, "sentosa-pack: %s\n", fail.message);
        return 4;
    }
    return 0;
}
