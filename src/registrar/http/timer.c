#include "registrar/http/timer.h"

#include <pthread.h>
#include <time.h>

#include "base/memory.h"

#define TICK_MS 1000

struct Timer {
    pthread_t thread;
    pthread_mutex_t lock;
    pthread_cond_t changed;
    Exchange *first; /* by leave_at_ms, linked by next */
    bool hurrying, ending;
    Clock clock;
    void (*due)(Exchange *exchange);
    void (*ticked)(void *ctx, int64_t now_ms);
    void *ctx;
};

/* Takes what is due off the list, in order. */
static Exchange *take_due(Timer *timer, int64_t now_ms)
{
    Exchange *taken = timer->first, **end = &timer->first;

    while (*end && (timer->hurrying || (*end)->answer.leave_at_ms <= now_ms))
        end = &(*end)->next;
    if (end == &timer->first)
        return NULL;
    timer->first = *end;
    *end = NULL;
    return taken;
}

static void give_back(Timer *timer, Exchange *taken)
{
    while (taken) {
        Exchange *next = taken->next;

        timer->due(taken); /* it may be gone when this returns */
        taken = next;
    }
}

static void wait_until(Timer *timer, int64_t now_ms, int64_t then_ms)
{
    struct timespec at;
    int64_t wait_ms = then_ms > now_ms ? then_ms - now_ms : 0;

    /* The condition's own clock, since the caller's may be a test's. */
    clock_gettime(CLOCK_MONOTONIC, &at);
    at.tv_sec += wait_ms / 1000;
    at.tv_nsec += (wait_ms % 1000) * 1000000;
    if (at.tv_nsec >= 1000000000) {
        at.tv_sec++;
        at.tv_nsec -= 1000000000;
    }
    pthread_cond_timedwait(&timer->changed, &timer->lock, &at);
}

static void *run(void *arg)
{
    Timer *timer = arg;
    int64_t tick_ms = clock_monotonic_ms(&timer->clock) + TICK_MS;

    pthread_mutex_lock(&timer->lock);
    while (!timer->ending || timer->first) {
        int64_t now_ms = clock_monotonic_ms(&timer->clock);
        bool tick = now_ms >= tick_ms;
        Exchange *taken = take_due(timer, now_ms);

        if (tick)
            tick_ms = now_ms + TICK_MS;
        if (!tick && !taken) {
            int64_t next_ms = timer->first ? timer->first->answer.leave_at_ms : tick_ms;
            wait_until(timer, now_ms, next_ms < tick_ms ? next_ms : tick_ms);
            continue;
        }
        pthread_mutex_unlock(&timer->lock);
        give_back(timer, taken);
        if (tick)
            timer->ticked(timer->ctx, now_ms);
        pthread_mutex_lock(&timer->lock);
    }
    pthread_mutex_unlock(&timer->lock);
    return NULL;
}

Timer *timer_start(const Clock *clock, void (*due)(Exchange *exchange), void (*ticked)(void *ctx, int64_t now_ms),
                   void *ctx, Error *err)
{
    Timer *timer = mem_new(1, sizeof(*timer));
    pthread_condattr_t monotonic;

    if (!timer) {
        error_set(err, ERR_MEMORY, "timer");
        return NULL;
    }
    timer->clock = *clock;
    timer->due = due;
    timer->ticked = ticked;
    timer->ctx = ctx;
    pthread_condattr_init(&monotonic);
    pthread_condattr_setclock(&monotonic, CLOCK_MONOTONIC);
    pthread_mutex_init(&timer->lock, NULL);
    pthread_cond_init(&timer->changed, &monotonic);
    pthread_condattr_destroy(&monotonic);
    int failed = pthread_create(&timer->thread, NULL, run, timer);
    if (failed) {
        pthread_cond_destroy(&timer->changed);
        pthread_mutex_destroy(&timer->lock);
        mem_free(timer);
        error_set_cause(err, ERR_INTERNAL, failed, "timer's thread");
        return NULL;
    }
    return timer;
}

void timer_keep(Timer *timer, Exchange *exchange)
{
    pthread_mutex_lock(&timer->lock);
    Exchange **at = &timer->first;
    while (*at && (*at)->answer.leave_at_ms <= exchange->answer.leave_at_ms)
        at = &(*at)->next;
    exchange->next = *at;
    *at = exchange;
    pthread_cond_signal(&timer->changed);
    pthread_mutex_unlock(&timer->lock);
}

void timer_hurry(Timer *timer)
{
    pthread_mutex_lock(&timer->lock);
    timer->hurrying = true;
    pthread_cond_signal(&timer->changed);
    pthread_mutex_unlock(&timer->lock);
}

void timer_stop(Timer *timer)
{
    if (!timer)
        return;
    pthread_mutex_lock(&timer->lock);
    timer->hurrying = timer->ending = true;
    pthread_cond_signal(&timer->changed);
    pthread_mutex_unlock(&timer->lock);
    pthread_join(timer->thread, NULL);
    pthread_cond_destroy(&timer->changed);
    pthread_mutex_destroy(&timer->lock);
    mem_free(timer);
}
