#include "registrar/office/errands.h"

#include <time.h>

#include "base/memory.h"

struct Errands {
    Office *office;
    ErrandRun *run;
    Queue *queue;
    pthread_t threads[ERRANDS_THREADS_MOST];
    int started;
    _Atomic bool stopped;
    pthread_mutex_t lock; /* of what follows */
    pthread_cond_t moved;
    int64_t under_way[ERRANDS_ROOM]; /* students; 0: none */
};

/* --- who is under way -------------------------------------------------------------------------------------------- */

static int64_t *place_of(Errands *errands, int64_t student)
{
    for (size_t i = 0; i < ERRANDS_ROOM; i++)
        if (errands->under_way[i] == student)
            return &errands->under_way[i];
    return NULL;
}

typedef enum Entering { ENTERED, THERE_ALREADY, NO_ROOM } Entering;

static Entering enter(Errands *errands, int64_t student)
{
    Entering entering = THERE_ALREADY;

    pthread_mutex_lock(&errands->lock);
    if (!place_of(errands, student)) {
        int64_t *place = place_of(errands, 0);

        entering = place ? ENTERED : NO_ROOM;
        if (place)
            *place = student;
    }
    pthread_mutex_unlock(&errands->lock);
    return entering;
}

static void leave(Errands *errands, int64_t student)
{
    pthread_mutex_lock(&errands->lock);
    int64_t *place = place_of(errands, student);
    if (place)
        *place = 0;
    pthread_cond_broadcast(&errands->moved);
    pthread_mutex_unlock(&errands->lock);
}

void errands_wait(Errands *errands, int64_t student, int most_ms)
{
    struct timespec until;

    if (clock_gettime(CLOCK_MONOTONIC, &until) != 0)
        return;
    until.tv_sec += most_ms / 1000;
    pthread_mutex_lock(&errands->lock);
    while (place_of(errands, student) && pthread_cond_timedwait(&errands->moved, &errands->lock, &until) == 0)
        continue;
    pthread_mutex_unlock(&errands->lock);
}

/* --- running ----------------------------------------------------------------------------------------------------- */

static void *errands_main(void *ctx)
{
    Errands *errands = ctx;
    Errand errand;

    while (queue_pop(errands->queue, &errand, -1)) {
        if (!atomic_load(&errands->stopped))
            errands->run(errands->office, &errand);
        leave(errands, errand.student);
        mem_wipe(&errand, sizeof errand);
    }
    return NULL;
}

bool errands_ask(Errands *errands, const Errand *errand)
{
    Entering entering = enter(errands, errand->student);

    if (entering != ENTERED)
        return entering == THERE_ALREADY;
    if (queue_push(errands->queue, errand))
        return true;
    leave(errands, errand->student);
    return false;
}

/* --- starting and ending ----------------------------------------------------------------------------------------- */

static bool locks_start(Errands *errands)
{
    pthread_condattr_t monotonic;

    if (pthread_condattr_init(&monotonic) != 0)
        return false;
    bool started =
        pthread_condattr_setclock(&monotonic, CLOCK_MONOTONIC) == 0 && pthread_mutex_init(&errands->lock, NULL) == 0;
    if (started && pthread_cond_init(&errands->moved, &monotonic) != 0) {
        pthread_mutex_destroy(&errands->lock);
        started = false;
    }
    pthread_condattr_destroy(&monotonic);
    return started;
}

Errands *errands_new(Office *office, int threads, ErrandRun *run, Error *err)
{
    assert(threads >= 1 && threads <= ERRANDS_THREADS_MOST);
    Errands *errands = mem_new(1, sizeof *errands);
    if (!errands || !locks_start(errands)) {
        mem_free(errands);
        error_set(err, ERR_MEMORY, "errands");
        return NULL;
    }
    errands->office = office;
    errands->run = run;
    errands->queue = queue_new(sizeof(Errand), ERRANDS_ROOM);
    while (errands->queue && errands->started < threads &&
           pthread_create(&errands->threads[errands->started], NULL, errands_main, errands) == 0)
        errands->started++;
    if (errands->started > 0)
        return errands;
    errands_free(errands);
    error_set(err, ERR_MEMORY, "errands: no thread");
    return NULL;
}

void errands_free(Errands *errands)
{
    if (!errands)
        return;
    atomic_store(&errands->stopped, true);
    if (errands->queue)
        queue_close(errands->queue);
    for (int i = 0; i < errands->started; i++)
        pthread_join(errands->threads[i], NULL);
    queue_free(errands->queue);
    pthread_cond_destroy(&errands->moved);
    pthread_mutex_destroy(&errands->lock);
    mem_free(errands);
}
