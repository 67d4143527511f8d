/* fail.c: writing the message of a failure. */
#include "base/fail.h"

#include <stdarg.h>
#include <stdio.h>

enum outcome fail_with(struct fail *fail, enum outcome outcome, const char *format, ...)
{
    if (fail) {
        va_list args;
        va_start(args, format);
        vsnprintf(fail->message, sizeof fail->message, format, args);
        va_end(args);
    }
    return outcome;
}

enum outcome fail_memory(struct fail *fail)
{
    return fail_with(fail, FAIL_MEMORY, "out of memory");
}
