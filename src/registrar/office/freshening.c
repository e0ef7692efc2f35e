#include "registrar/office/freshening.h"

#include <string.h>
#include <time.h>

#include "base/memory.h"
#include "registrar/office/records.h"
#include "registrar/store/students.h"

#define THREADS 3
#define ROOM    64 /* that wait or are under way */

typedef struct Errand {
    int64_t student;
    char number[STUDENT_NUMBER_SIZE];
    char kiosk[API_ID_SIZE];
    HemisToken token; /* secret */
} Errand;

typedef struct Freshening {
    Queue *errands;
    pthread_t threads[THREADS];
    int started;
    _Atomic bool stopped;
    pthread_mutex_t lock; /* of what follows */
    pthread_cond_t moved;
    int64_t under_way[ROOM]; /* students; 0: none */
} Freshening;

/* --- who is under way -------------------------------------------------------------------------------------------- */

static int64_t *place_of(Freshening *freshening, int64_t student)
{
    for (size_t i = 0; i < ROOM; i++)
        if (freshening->under_way[i] == student)
            return &freshening->under_way[i];
    return NULL;
}

/* False: they are already, or there is no room. */
static bool enter(Freshening *freshening, int64_t student)
{
    bool entered = false;

    pthread_mutex_lock(&freshening->lock);
    int64_t *free_place = place_of(freshening, student) ? NULL : place_of(freshening, 0);
    if (free_place) {
        *free_place = student;
        entered = true;
    }
    pthread_mutex_unlock(&freshening->lock);
    return entered;
}

static void leave(Freshening *freshening, int64_t student)
{
    pthread_mutex_lock(&freshening->lock);
    int64_t *place = place_of(freshening, student);
    if (place)
        *place = 0;
    pthread_cond_broadcast(&freshening->moved);
    pthread_mutex_unlock(&freshening->lock);
}

static void wait_for(Freshening *freshening, int64_t student)
{
    struct timespec until;

    if (clock_gettime(CLOCK_MONOTONIC, &until) != 0)
        return;
    until.tv_sec += FRESHENING_WAIT_MS / 1000;
    pthread_mutex_lock(&freshening->lock);
    while (place_of(freshening, student) && pthread_cond_timedwait(&freshening->moved, &freshening->lock, &until) == 0)
        continue;
    pthread_mutex_unlock(&freshening->lock);
}

/* --- reading ----------------------------------------------------------------------------------------------------- */

static unsigned lacking(const HemisRecord *record)
{
    unsigned parts = 0;

    for (int i = 0; i < HEMIS_PART_COUNT; i++)
        if (record->parts[i].outcome != HEMIS_OK && record->parts[i].outcome != HEMIS_UNCHANGED &&
            record->parts[i].outcome != HEMIS_NOTHING)
            parts |= HEMIS_PART(i);
    return parts;
}

static void freshen(Office *office, const Errand *errand)
{
    const Clock clock = clock_system();
    const int64_t began_ms = clock_monotonic_ms(&clock);
    OWNED_HEMIS_RECORD record;
    RecordsKnown known;
    unsigned changed = 0;
    Error err = { 0 };

    hemis_record_init(&record, errand->number);
    HemisOutcome outcome = HEMIS_FAILED;
    if (records_known(office, errand->student, &record, &known, &err))
        outcome = hemis_read(office->config.hemis, &errand->token, HEMIS_PARTS_ALL, false, &record, &err);
    const bool done =
        outcome == HEMIS_OK && records_take(office, errand->student, &record, errand->kiosk, &changed, &err);
    const LogField fields[] = { LOG_WORD("kiosk", errand->kiosk),
                                LOG_WORD("hemis", hemis_outcome_name(outcome)),
                                LOG_NUMBER("changed", __builtin_popcount(changed)),
                                LOG_NUMBER("lacking", outcome == HEMIS_OK ? __builtin_popcount(lacking(&record))
                                                                          : HEMIS_PART_COUNT),
                                LOG_NUMBER("ms", clock_monotonic_ms(&clock) - began_ms),
                                { 0 } };
    if (done)
        log_write(office->log, LOG_INFO, EVENT_FRESHENED, fields);
    else
        log_failure(office->log, LOG_WARN, EVENT_FRESHENED, &err, fields);
}

static void *freshening_main(void *ctx)
{
    Office *office = ctx;
    Freshening *freshening = office->freshening;
    Errand errand;

    while (queue_pop(freshening->errands, &errand, -1)) {
        if (!atomic_load(&freshening->stopped))
            freshen(office, &errand);
        leave(freshening, errand.student);
        mem_wipe(&errand, sizeof errand);
    }
    return NULL;
}

/* --- asking ------------------------------------------------------------------------------------------------------ */

typedef struct Looking {
    int64_t student;
    bool found;
} Looking;

static bool look_for_results(StoreTransaction *transaction, void *arg, Error *err)
{
    Looking *looking = arg;
    char cursor[RECORD_CURSOR_SIZE];

    return records_cursor(transaction, looking->student, hemis_part_name(HEMIS_RESULTS), &looking->found, cursor, err);
}

static bool is_first(Office *office, int64_t student)
{
    Looking looking = { .student = student };

    return store_read(office->store, look_for_results, &looking, NULL) && !looking.found;
}

void freshening_ask(Office *office, int64_t student, const char *number, const char *kiosk, const HemisToken *token)
{
    Freshening *freshening = office->freshening;
    Errand errand = { .student = student };

    if (!freshening)
        return;
    const bool first = is_first(office, student);
    str_copy_cut(str_from(number), errand.number, sizeof errand.number);
    str_copy_cut(str_from(kiosk), errand.kiosk, sizeof errand.kiosk);
    errand.token = *token;
    if (enter(freshening, student) && !queue_push(freshening->errands, &errand)) {
        leave(freshening, student);
        LOG(office->log, LOG_WARN, EVENT_FRESHENED, LOG_WORD("kiosk", kiosk), LOG_WORD("hemis", "not-asked"),
            LOG_NUMBER("lacking", HEMIS_PART_COUNT), LOG_NUMBER("ms", 0));
    }
    mem_wipe(&errand, sizeof errand);
    if (first)
        wait_for(freshening, student);
}

/* --- starting and ending ----------------------------------------------------------------------------------------- */

static bool locks_start(Freshening *freshening)
{
    pthread_condattr_t monotonic;

    if (pthread_condattr_init(&monotonic) != 0)
        return false;
    bool started =
        pthread_condattr_setclock(&monotonic, CLOCK_MONOTONIC) == 0 && pthread_mutex_init(&freshening->lock, NULL) == 0;
    if (started && pthread_cond_init(&freshening->moved, &monotonic) != 0) {
        pthread_mutex_destroy(&freshening->lock);
        started = false;
    }
    pthread_condattr_destroy(&monotonic);
    return started;
}

bool freshening_start(Office *office, Error *err)
{
    if (!office->config.hemis)
        return true;
    Freshening *freshening = mem_new(1, sizeof *freshening);
    if (!freshening || !locks_start(freshening)) {
        mem_free(freshening);
        return error_set(err, ERR_MEMORY, "freshening");
    }
    office->freshening = freshening;
    hemis_hush(office->config.hemis, false);
    freshening->errands = queue_new(sizeof(Errand), ROOM);
    if (!freshening->errands)
        return error_set(err, ERR_MEMORY, "freshening");
    while (freshening->started < THREADS &&
           pthread_create(&freshening->threads[freshening->started], NULL, freshening_main, office) == 0)
        freshening->started++;
    return freshening->started > 0 || error_set(err, ERR_MEMORY, "freshening: no thread");
}

void freshening_stop(Office *office)
{
    Freshening *freshening = office->freshening;

    if (!freshening)
        return;
    atomic_store(&freshening->stopped, true);
    hemis_hush(office->config.hemis, true);
    if (freshening->errands)
        queue_close(freshening->errands);
    for (int i = 0; i < freshening->started; i++)
        pthread_join(freshening->threads[i], NULL);
    queue_free(freshening->errands);
    pthread_cond_destroy(&freshening->moved);
    pthread_mutex_destroy(&freshening->lock);
    mem_free(freshening);
    office->freshening = NULL;
}
