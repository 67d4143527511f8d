/* json.h: writing JSON (RFC 8259) into a buffer; reading is the work of a library, none
 * of whose names stands here too. */
#ifndef BASE_JSON_H
#define BASE_JSON_H

#include "base/buffer.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* Puts the commas. Depth at most 63. */
struct json {
    struct buffer *out;
    uint64_t filled; /* a bit for each open level: it has a member already */
    unsigned depth;
    bool after_key;
};

void json_start(struct json *json, struct buffer *out);
void json_object_start(struct json *json); /* { */
void json_object_end(struct json *json);
void json_array_start(struct json *json); /* [ */
void json_array_end(struct json *json);
void json_key(struct json *json, const char *key);
void json_text(struct json *json, const char *text); /* NULL writes null */
void json_bytes(struct json *json, const char *bytes, size_t len);
void json_whole(struct json *json, int64_t number);
void json_number(struct json *json, double number, int decimals); /* trailing zeros go */
void json_bool(struct json *json, bool value);
void json_nothing(struct json *json);

/* key and value at once */
void json_key_text(struct json *json, const char *key, const char *text);

#endif
