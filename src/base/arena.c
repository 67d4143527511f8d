/* arena.c: blocks of doubling size; under AddressSanitizer what is not taken is
 * poisoned. */
#include "base/arena.h"

#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#if defined(__SANITIZE_ADDRESS__)
#include <sanitizer/asan_interface.h>
#define poison(at, len) ASAN_POISON_MEMORY_REGION(at, len)
#define unpoison(at, len) ASAN_UNPOISON_MEMORY_REGION(at, len)
#define GAP 16
#else
#define poison(at, len) ((void)0)
#define unpoison(at, len) ((void)0)
#define GAP 0
#endif

#define ALIGN ((size_t)16)
#define FIRST_BLOCK ((size_t)16 << 10)
#define LARGEST_DOUBLING ((size_t)4 << 20)

struct arena_block {
    struct arena_block *before;
    size_t len, used;
    _Alignas(16) unsigned char bytes[];
};

void arena_init(struct arena *arena, size_t limit)
{
    *arena = (struct arena){.limit = limit};
}

void arena_init_unset(struct arena *arena, size_t limit)
{
    *arena = (struct arena){.limit = limit, .is_unset = true};
}

void arena_free(struct arena *arena)
{
    while (arena->last) {
        struct arena_block *block = arena->last;
        arena->last = block->before;
        unpoison(block->bytes, block->len);
        free(block);
    }
    arena->total = 0;
}

static struct arena_block *add_block(struct arena *arena, size_t need)
{
    size_t len = arena->last ? arena->last->len * 2 : FIRST_BLOCK;
    if (len > LARGEST_DOUBLING)
        len = LARGEST_DOUBLING;
    if (len < need)
        len = need;
    if (len > SIZE_MAX - sizeof(struct arena_block))
        return NULL;
    if (arena->limit && (len > arena->limit || arena->total > arena->limit - len))
        return NULL;
    struct arena_block *block = arena->is_unset ? malloc(sizeof *block + len)
                                                : calloc(1, sizeof *block + len);
    if (!block)
        return NULL;
    block->len = len;
    block->used = 0;
    block->before = arena->last;
    poison(block->bytes, len);
    arena->last = block;
    arena->total += len;
    return block;
}

void *arena_take(struct arena *arena, size_t count, size_t size)
{
    if (size && count > (SIZE_MAX - 2 * ALIGN - GAP) / size)
        return NULL;
    size_t need = (count * size + GAP + ALIGN - 1) / ALIGN * ALIGN;
    if (need == 0)
        need = ALIGN;
    struct arena_block *block = arena->last;
    if (!block || block->len - block->used < need)
        block = add_block(arena, need);
    if (!block)
        return NULL;
    void *at = block->bytes + block->used;
    block->used += need;
    unpoison(at, count * size);
    return at;
}

char *arena_copy(struct arena *arena, const char *bytes, size_t len)
{
    if (len == SIZE_MAX)
        return NULL;
    char *copy = arena_take(arena, len + 1, 1);
    if (copy && len)
        memcpy(copy, bytes, len);
    return copy;
}

char *arena_print(struct arena *arena, const char *format, ...)
{
    va_list args, again;
    va_start(args, format);
    va_copy(again, args);
    int len = vsnprintf(NULL, 0, format, args);
    va_end(args);
    char *text = len < 0 ? NULL : arena_take(arena, (size_t)len + 1, 1);
    if (text)
        vsnprintf(text, (size_t)len + 1, format, again);
    va_end(again);
    return text;
}

void *arena_extend(struct arena *arena, void *items, uint32_t count, uint32_t *capacity,
                   size_t size)
{
    if (*capacity > UINT32_MAX / 2)
        return items;
    uint32_t more = *capacity ? *capacity * 2 : 8;
    void *moved = arena_take(arena, more, size);
    if (!moved)
        return items;
    if (count)
        memcpy(moved, items, (size_t)count * size);
    *capacity = more;
    return moved;
}
