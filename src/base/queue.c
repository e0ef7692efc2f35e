#include "base/queue.h"

#include <errno.h>
#include <pthread.h>
#include <string.h>
#include <time.h>

#include "base/memory.h"

struct Queue {
    pthread_mutex_t lock;
    pthread_cond_t came; /* an item came, or the queue was closed */
    size_t item_size;
    size_t room;
    size_t first; /* index of the oldest item */
    size_t count;
    bool closed;
    void (*woken)(void *ctx);
    void *woken_ctx;
    unsigned char *items; /* ring of room items */
};

Queue *queue_new(size_t item_size, size_t room)
{
    assert(item_size > 0 && room > 0);
    Queue *queue = mem_new(1, sizeof(*queue));

    if (!queue)
        return NULL;
    queue->items = mem_new(room, item_size);
    if (!queue->items) {
        mem_free(queue);
        return NULL;
    }
    queue->item_size = item_size;
    queue->room = room;

    /* Waits are measured by a clock that nobody sets. */
    pthread_condattr_t monotonic;
    pthread_condattr_init(&monotonic);
    pthread_condattr_setclock(&monotonic, CLOCK_MONOTONIC);
    pthread_mutex_init(&queue->lock, NULL);
    pthread_cond_init(&queue->came, &monotonic);
    pthread_condattr_destroy(&monotonic);
    return queue;
}

void queue_free(Queue *queue)
{
    if (!queue)
        return;
    pthread_cond_destroy(&queue->came);
    pthread_mutex_destroy(&queue->lock);
    mem_free_wiped(queue->items, queue->room * queue->item_size);
    mem_free(queue);
}

void queue_on_push(Queue *queue, void (*woken)(void *ctx), void *ctx)
{
    pthread_mutex_lock(&queue->lock);
    queue->woken = woken;
    queue->woken_ctx = ctx;
    pthread_mutex_unlock(&queue->lock);
}

bool queue_push(Queue *queue, const void *item)
{
    pthread_mutex_lock(&queue->lock);
    bool taken = !queue->closed && queue->count < queue->room;
    if (taken) {
        size_t at = (queue->first + queue->count) % queue->room;
        memcpy(queue->items + at * queue->item_size, item, queue->item_size);
        queue->count++;
        pthread_cond_signal(&queue->came);
    }
    void (*woken)(void *ctx) = queue->woken;
    void *ctx = queue->woken_ctx;
    pthread_mutex_unlock(&queue->lock);

    if (taken && woken)
        woken(ctx);
    return taken;
}

static struct timespec deadline_in(int timeout_ms)
{
    struct timespec at;

    clock_gettime(CLOCK_MONOTONIC, &at);
    at.tv_sec += timeout_ms / 1000;
    at.tv_nsec += (long)(timeout_ms % 1000) * 1000000;
    if (at.tv_nsec >= 1000000000) {
        at.tv_sec++;
        at.tv_nsec -= 1000000000;
    }
    return at;
}

/* Under the lock: until an item is there, the queue is closed or the time is over. */
static void wait_for_item(Queue *queue, int timeout_ms)
{
    if (timeout_ms < 0) {
        while (queue->count == 0 && !queue->closed)
            pthread_cond_wait(&queue->came, &queue->lock);
        return;
    }
    struct timespec deadline = deadline_in(timeout_ms);
    while (queue->count == 0 && !queue->closed)
        if (pthread_cond_timedwait(&queue->came, &queue->lock, &deadline) == ETIMEDOUT)
            return;
}

bool queue_pop(Queue *queue, void *ret_item, int timeout_ms)
{
    pthread_mutex_lock(&queue->lock);
    if (queue->count == 0 && timeout_ms != 0)
        wait_for_item(queue, timeout_ms);
    bool got = queue->count > 0;
    if (got) {
        unsigned char *item = queue->items + queue->first * queue->item_size;
        memcpy(ret_item, item, queue->item_size);
        mem_wipe(item, queue->item_size); /* a message may hold what a visitor typed */
        queue->first = (queue->first + 1) % queue->room;
        queue->count--;
    }
    pthread_mutex_unlock(&queue->lock);
    return got;
}

void queue_close(Queue *queue)
{
    pthread_mutex_lock(&queue->lock);
    queue->closed = true;
    pthread_cond_broadcast(&queue->came);
    pthread_mutex_unlock(&queue->lock);
}
