/* arena.h: memory that is taken piece by piece and freed at once; arrays that grow in
 * it. */
#ifndef BASE_ARENA_H
#define BASE_ARENA_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct arena_block;

/* One lifetime. Not thread-safe: an arena belongs to one thread at a time. */
struct arena {
    struct arena_block *last;
    size_t total; /* bytes asked of malloc so far */
    size_t limit; /* 0: none; arena_take returns NULL beyond it */
    bool is_unset;
};

void arena_init(struct arena *arena, size_t limit);
/* One whose bytes are not zeroed: for arena_take alone. */
void arena_init_unset(struct arena *arena, size_t limit);
void arena_free(struct arena *arena);

/* count * size zeroed bytes, aligned for any type; NULL without memory or past the limit.
 * The product is checked here and nowhere else. A count of zero gives a valid pointer. */
void *arena_take(struct arena *arena, size_t count, size_t size);

/* A NUL-terminated copy of len bytes. */
char *arena_copy(struct arena *arena, const char *bytes, size_t len);

/* printf into the arena. */
char *arena_print(struct arena *arena, const char *format, ...)
    __attribute__((format(printf, 2, 3)));

/* Moves `count` items to room for at least one more and sets *capacity; on failure
 * returns items and leaves *capacity. Behind array_push. */
void *arena_extend(struct arena *arena, void *items, uint32_t count, uint32_t *capacity,
                   size_t size);

/* A growing array in an arena: `ARRAY(struct token) tokens;` */
#define ARRAY(type)                                                                      \
    struct {                                                                             \
        type *items;                                                                     \
        uint32_t count, capacity;                                                        \
    }

/* Address of a new zeroed last item, or NULL without memory. Earlier addresses go
 * stale. */
#define array_push(arena, array)                                                         \
    (((array)->count < (array)->capacity ||                                              \
      ((array)->items = arena_extend((arena), (array)->items, (array)->count,            \
                                     &(array)->capacity, sizeof *(array)->items),        \
       (array)->count < (array)->capacity))                                              \
         ? &(array)->items[(array)->count++]                                             \
         : NULL)

#endif
