/* A bounded first-in first-out queue of equal items between threads: the only place with a lock of its own. */
#ifndef BASE_QUEUE_H
#define BASE_QUEUE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/macros.h"

typedef struct Queue Queue;

/* NULL when there is no memory.  room: most items that wait at once. */
Queue *queue_new(size_t item_size, size_t room) MUST_USE;
/* Items still inside are forgotten (wiped): take them out first where they own something. */
void queue_free(Queue *queue);
OWNED_BY(Queue, queue_free)

/* Called after each push, on the pushing thread and outside the lock: wakes a loop that waits elsewhere. */
void queue_on_push(Queue *queue, void (*woken)(void *ctx), void *ctx);
/* Copies the item in.  False when full or closed: the item stays the caller's. */
bool queue_push(Queue *queue, const void *item) MUST_USE;
/* Copies the oldest item out, waiting up to timeout_ms (0: not at all; -1: for ever).  False: none came in time. */
bool queue_pop(Queue *queue, void *ret_item, int timeout_ms) MUST_USE;
/* No more pushes; waiting pops return. */
void queue_close(Queue *queue);

#endif
