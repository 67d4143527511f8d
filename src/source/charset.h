/* charset.h: bytes of a file to valid UTF-8. */
#ifndef SOURCE_CHARSET_H
#define SOURCE_CHARSET_H

#include "base/arena.h"
#include "base/fail.h"

#include <stdbool.h>

struct decoded {
    const char
        *text; /* NUL-terminated: the input itself when it was UTF-8, else in the arena */
    size_t len;
};

/* By the byte order mark (UTF-8, UTF-16), else as UTF-8, else as `declared` (a charset's
 * name or NULL), else as what it looks like, else as
 * windows-1252 where that makes sense. Single bad bytes in UTF-8
 * become U+FFFD. bytes[len] must be readable and 0. FAIL_DATA for binary data and what no
 * charset explains; the message does not name the file. */
enum outcome charset_decode(const char *bytes, size_t len, const char *declared,
                            struct arena *arena, struct decoded *decoded,
                            struct fail *fail);

/* Undoes UTF-8 that was taken for windows-1252 and written as UTF-8 again ("donâ€™t"),
 * only where all that is not ASCII reads so and it stands there more than once. */
enum outcome charset_mend(struct decoded *decoded, struct arena *arena,
                          struct fail *fail);

/* Text in UTF-16 without a mark at its start, by the zeros of its plain letters: 'l' or
 * 'b' for which byte comes first; 0 for none. */
char charset_wide(const char *bytes, size_t len);

/* Whether bytes look like no text at all: NULs, or many control characters. */
bool charset_is_binary(const char *bytes, size_t len);

#endif
