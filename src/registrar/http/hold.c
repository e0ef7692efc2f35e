#include "registrar/http/hold.h"

#include <poll.h>
#include <pthread.h>
#include <stdatomic.h>
#include <time.h>

#include "base/memory.h"

#define ROOM_FIRST   64
#define LOOK_AT_ONCE 256

/* As small as it can be, side by side: all are looked at whenever something is told. */
typedef struct Held {
    uint64_t topics[HTTP_HOLD_TOPICS]; /* hashes: two topics that share one wake each other, and find nothing new */
    int64_t until_ms;
    Exchange *exchange;
    int socket;
    bool woken, gone;
} Held;

struct Hold {
    pthread_t thread;
    pthread_mutex_t lock;
    pthread_cond_t changed;
    Held *held;
    size_t count, room;
    _Atomic uint64_t told;
    bool woken; /* any of them is */
    bool hurrying, ending;
    int64_t look_ms; /* when peers are looked after next */
    Clock clock;
    void (*again)(void *ctx, Exchange *exchange, HoldEnd end);
    void *ctx;
};

/* FNV-1a; 0 is no topic. */
static uint64_t hash(const char *topic)
{
    uint64_t hash = UINT64_C(14695981039346656037);

    for (const char *at = topic; *at; at++)
        hash = (hash ^ (uint8_t)*at) * UINT64_C(1099511628211);
    return topic[0] && !hash ? 1 : topic[0] ? hash : 0;
}

/* --- the thread --------------------------------------------------------------------------------------------------- */

/* A connection that is suspended is read by nobody: whether its peer is still there is asked of the kernel. */
static void look_after_peers(Hold *hold)
{
    struct pollfd peers[LOOK_AT_ONCE];

    for (size_t from = 0; from < hold->count; from += LOOK_AT_ONCE) {
        size_t count = hold->count - from < LOOK_AT_ONCE ? hold->count - from : LOOK_AT_ONCE;

        for (size_t i = 0; i < count; i++)
            peers[i] = (struct pollfd){ .fd = hold->held[from + i].socket, .events = POLLRDHUP };
        if (poll(peers, count, 0) <= 0)
            continue;
        for (size_t i = 0; i < count; i++)
            hold->held[from + i].gone = (peers[i].revents & (POLLRDHUP | POLLHUP | POLLERR)) != 0;
    }
}

static bool is_due(const Hold *hold, const Held *held, int64_t now_ms)
{
    return held->woken || held->gone || hold->hurrying || held->until_ms <= now_ms;
}

/* Takes what is due off the table; the rest closes up.  Linked by next, each with how it ended. */
static Exchange *take_due(Hold *hold, int64_t now_ms)
{
    Exchange *first = NULL, **end = &first;
    size_t kept = 0;

    for (size_t i = 0; i < hold->count; i++) {
        Held *held = &hold->held[i];

        if (!is_due(hold, held, now_ms)) {
            hold->held[kept++] = *held;
            continue;
        }
        bool over = hold->hurrying || held->until_ms <= now_ms;
        held->exchange->hold_end = held->gone ? HOLD_GONE : over ? HOLD_OVER : HOLD_WOKEN;
        held->exchange->next = NULL;
        *end = held->exchange;
        end = &held->exchange->next;
    }
    hold->count = kept;
    hold->woken = false;
    return first;
}

static void give_back(Hold *hold, Exchange *taken)
{
    while (taken) {
        Exchange *next = taken->next;

        hold->again(hold->ctx, taken, taken->hold_end); /* it may be gone when this returns */
        taken = next;
    }
}

static int64_t next_moment(const Hold *hold, int64_t now_ms)
{
    int64_t next_ms = hold->look_ms;

    for (size_t i = 0; i < hold->count; i++)
        if (hold->held[i].until_ms < next_ms)
            next_ms = hold->held[i].until_ms;
    return next_ms < now_ms + HOLD_STEP_MS ? now_ms + HOLD_STEP_MS : next_ms;
}

/* With nothing to wait for it sleeps until something comes. */
static void wait_for_more(Hold *hold, int64_t now_ms)
{
    struct timespec at;

    if (hold->count == 0) {
        pthread_cond_wait(&hold->changed, &hold->lock);
        return;
    }
    int64_t wait_ms = next_moment(hold, now_ms) - now_ms;
    clock_gettime(CLOCK_MONOTONIC, &at); /* the condition's own clock: the caller's may be a test's */
    at.tv_sec += wait_ms / 1000;
    at.tv_nsec += (wait_ms % 1000) * 1000000;
    if (at.tv_nsec >= 1000000000) {
        at.tv_sec++;
        at.tv_nsec -= 1000000000;
    }
    while (!hold->woken && !hold->hurrying && pthread_cond_timedwait(&hold->changed, &hold->lock, &at) == 0)
        continue; /* who is kept meanwhile has time: its moment is looked at with the next */
}

static void *run(void *arg)
{
    Hold *hold = arg;

    pthread_mutex_lock(&hold->lock);
    while (!hold->ending || hold->count > 0) {
        int64_t now_ms = clock_monotonic_ms(&hold->clock);

        if (now_ms >= hold->look_ms) {
            look_after_peers(hold);
            hold->look_ms = now_ms + HOLD_LOOK_MS;
        }
        Exchange *taken = take_due(hold, now_ms);
        if (!taken) {
            if (!hold->ending)
                wait_for_more(hold, now_ms);
            continue;
        }
        pthread_mutex_unlock(&hold->lock);
        give_back(hold, taken);
        pthread_mutex_lock(&hold->lock);
    }
    pthread_mutex_unlock(&hold->lock);
    return NULL;
}

/* --- from outside ------------------------------------------------------------------------------------------------- */

static void hold_free(Hold *hold)
{
    pthread_cond_destroy(&hold->changed);
    pthread_mutex_destroy(&hold->lock);
    mem_free(hold->held);
    mem_free(hold);
}

Hold *hold_start(const Clock *clock, void (*again)(void *ctx, Exchange *exchange, HoldEnd end), void *ctx, Error *err)
{
    Hold *hold = mem_new(1, sizeof(*hold));
    pthread_condattr_t monotonic;

    if (!hold) {
        error_set(err, ERR_MEMORY, "hold");
        return NULL;
    }
    hold->clock = *clock;
    hold->again = again;
    hold->ctx = ctx;
    pthread_condattr_init(&monotonic);
    pthread_condattr_setclock(&monotonic, CLOCK_MONOTONIC);
    pthread_mutex_init(&hold->lock, NULL);
    pthread_cond_init(&hold->changed, &monotonic);
    pthread_condattr_destroy(&monotonic);
    int failed = pthread_create(&hold->thread, NULL, run, hold);
    if (failed) {
        hold_free(hold);
        error_set_cause(err, ERR_INTERNAL, failed, "hold's thread");
        return NULL;
    }
    return hold;
}

uint64_t hold_told(const Hold *hold)
{
    return atomic_load(&hold->told);
}

static bool make_room(Hold *hold)
{
    size_t room = hold->room ? 2 * hold->room : ROOM_FIRST;

    if (hold->count < hold->room)
        return true;
    Held *held = mem_resize(hold->held, room, sizeof *held);
    if (!held)
        return false;
    hold->held = held;
    hold->room = room;
    return true;
}

void hold_keep(Hold *hold, Exchange *exchange, uint64_t told)
{
    const HttpHold *wish = &exchange->answer.hold;
    Held held = { .exchange = exchange, .socket = exchange->socket };

    if (!exchange->held_until_ms)
        exchange->held_until_ms = wish->until_ms;
    held.until_ms = exchange->held_until_ms;
    for (size_t i = 0; i < HTTP_HOLD_TOPICS; i++)
        held.topics[i] = hash(wish->topics[i]);
    pthread_mutex_lock(&hold->lock);
    bool room = make_room(hold);
    if (room) {
        bool first = hold->count == 0;
        held.woken = told != atomic_load(&hold->told);
        hold->held[hold->count++] = held;
        hold->woken |= held.woken;
        if (first || held.woken || hold->hurrying)
            pthread_cond_signal(&hold->changed);
    }
    pthread_mutex_unlock(&hold->lock);
    if (!room)
        hold->again(hold->ctx, exchange, HOLD_OVER); /* without memory it is answered at once */
}

void hold_wake(Hold *hold, const char *topic)
{
    uint64_t wanted = hash(topic);

    pthread_mutex_lock(&hold->lock);
    atomic_fetch_add(&hold->told, 1);
    for (size_t i = 0; i < hold->count; i++)
        for (size_t k = 0; k < HTTP_HOLD_TOPICS; k++)
            if (hold->held[i].topics[k] == wanted)
                hold->woken = hold->held[i].woken = true;
    if (hold->woken)
        pthread_cond_signal(&hold->changed);
    pthread_mutex_unlock(&hold->lock);
}

void hold_hurry(Hold *hold)
{
    pthread_mutex_lock(&hold->lock);
    hold->hurrying = true;
    pthread_cond_signal(&hold->changed);
    pthread_mutex_unlock(&hold->lock);
}

size_t hold_count(Hold *hold)
{
    pthread_mutex_lock(&hold->lock);
    size_t count = hold->count;
    pthread_mutex_unlock(&hold->lock);
    return count;
}

void hold_stop(Hold *hold)
{
    if (!hold)
        return;
    pthread_mutex_lock(&hold->lock);
    hold->hurrying = hold->ending = true;
    pthread_cond_signal(&hold->changed);
    pthread_mutex_unlock(&hold->lock);
    pthread_join(hold->thread, NULL);
    hold_free(hold);
}
