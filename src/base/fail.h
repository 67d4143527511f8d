/* fail.h: how a function says that it failed, and why. */
#ifndef BASE_FAIL_H
#define BASE_FAIL_H

/* Success is zero, so `if (outcome)` reads as "if it failed". */
enum outcome {
    OK = 0,
    FAIL_MEMORY, /* no memory left */
    FAIL_IO,     /* a file could not be opened, read or written */
    FAIL_DATA,   /* a file or a report is not what it claims to be */
    FAIL_LIMIT,  /* larger than sentosa is willing to read */
    FAIL_USE     /* the caller asked for something that does not exist */
};

#define FAIL_MESSAGE_LEN 512

/* Owned by the caller; may be NULL wherever a function takes it. The message is written
 * once, where the cause is known: file, position, cause. No trailing full stop or
 * newline. */
struct fail {
    char message[FAIL_MESSAGE_LEN];
};

/* Writes the message (when fail is not NULL) and returns outcome, so that a caller can
 * write `return fail_with(fail, FAIL_DATA, "%s:%u: ...", path, line);`. */
enum outcome fail_with(struct fail *fail, enum outcome outcome, const char *format, ...)
    __attribute__((format(printf, 3, 4)));

/* The one message for FAIL_MEMORY. */
enum outcome fail_memory(struct fail *fail);

#endif
