/* hash.c: FNV-1a twice, finished with the mixer of MurmurHash3 (public domain). */
#include "base/hash.h"

#include <inttypes.h>
#include <stdio.h>
#include <string.h>

#define FNV_PRIME UINT64_C(0x100000001b3)
#define FNV_BASIS UINT64_C(0xcbf29ce484222325)

void hash_start(struct hash *hash)
{
    hash->first = FNV_BASIS;
    hash->second = ~FNV_BASIS;
}

static void add_byte(struct hash *hash, unsigned char byte)
{
    hash->first = (hash->first ^ byte) * FNV_PRIME;
    hash->second = (hash->second ^ (unsigned char)(byte + 1)) * FNV_PRIME;
}

void hash_add(struct hash *hash, const char *bytes, size_t len)
{
    for (size_t i = 0; i < len; i++)
        add_byte(hash, (unsigned char)bytes[i]);
    add_byte(hash, 0);
}

void hash_text(struct hash *hash, const char *text)
{
    hash_add(hash, text ? text : "", text ? strlen(text) : 0);
}

static uint64_t mix(uint64_t sum)
{
    sum = (sum ^ (sum >> 33)) * UINT64_C(0xff51afd7ed558ccd);
    sum = (sum ^ (sum >> 33)) * UINT64_C(0xc4ceb9fe1a85ec53);
    return sum ^ (sum >> 33);
}

uint64_t hash_end(const struct hash *hash)
{
    return mix(hash->first) ^ (mix(hash->second) << 1 | mix(hash->second) >> 63);
}

void hash_write(const struct hash *hash, char digits[17])
{
    snprintf(digits, 17, "%016" PRIx64, hash_end(hash));
}
