/* span.h: half-open ranges of bytes, and the index that means "nothing". */
#ifndef BASE_SPAN_H
#define BASE_SPAN_H

#include <stdbool.h>
#include <stdint.h>

/* No such token, mention, clause ... in any array of a document. */
#define NONE UINT32_MAX

struct span {
    uint32_t start, end; /* bytes, end not included */
};

static inline uint32_t span_len(struct span s)
{
    return s.end - s.start;
}

static inline bool span_holds(struct span outer, struct span inner)
{
    return outer.start <= inner.start && inner.end <= outer.end;
}

static inline bool span_touches(struct span a, struct span b)
{
    return a.start < b.end && b.start < a.end;
}

static inline struct span span_join(struct span a, struct span b)
{
    return (struct span){a.start < b.start ? a.start : b.start,
                         a.end > b.end ? a.end : b.end};
}

#endif
