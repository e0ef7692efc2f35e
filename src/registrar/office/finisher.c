#include "registrar/office/finisher.h"

#include "registrar/office/asking.h"
#include "registrar/office/hall.h"
#include "registrar/office/invoices.h"
#include "registrar/office/keeping.h"
#include "registrar/office/limits.h"
#include "registrar/office/looks.h"
#include "registrar/office/grants.h"
#include "registrar/office/phone.h"
#include "registrar/office/photos.h"
#include "registrar/office/prints.h"
#include "registrar/office/sealer.h"
#include "registrar/office/status_lists.h"

#define ROUND_MS     2000
#define PURGE_ROUNDS 150 /* five minutes */
#define A_ROUND_MOST 32

/* --- unfinished papers ------------------------------------------------------------------------------------------- */

typedef struct Unfinished {
    int64_t now_s;
    char ids[A_ROUND_MOST][ID_SIZE];
    size_t count;
} Unfinished;

static bool list_unfinished(StoreTransaction *transaction, void *arg, Error *err)
{
    Unfinished *unfinished = arg;

    return copies_unfinished(transaction, unfinished->now_s, unfinished->ids, A_ROUND_MOST, &unfinished->count, err);
}

static bool finish_papers(Office *office, Error *err)
{
    Unfinished unfinished = { .now_s = office_now_s(office) };
    MakeOutcome outcome;
    bool done = true;

    if (!store_read(office->store, list_unfinished, &unfinished, err))
        return false;
    for (size_t i = 0; i < unfinished.count; i++) /* one that fails keeps no other waiting */
        done = copy_take_over(office, unfinished.ids[i], NULL, &outcome, err) && done;
    return done;
}

/* --- requests that were open for too long ------------------------------------------------------------------------ */

typedef struct Overdue {
    int64_t now_ms;
    RequestRow rows[A_ROUND_MOST];
    size_t count;
} Overdue;

static bool list_overdue(StoreTransaction *transaction, void *arg, Error *err)
{
    Overdue *overdue = arg;

    return requests_overdue(transaction, overdue->now_ms / 1000 - REQUEST_OPEN_S, overdue->rows, A_ROUND_MOST,
                            &overdue->count, err);
}

static bool close_overdue(StoreTransaction *transaction, void *arg, Error *err)
{
    Overdue *overdue = arg;

    if (!list_overdue(transaction, overdue, err))
        return false;
    for (size_t i = 0; i < overdue->count; i++)
        if (!request_expire(transaction, &overdue->rows[i], overdue->now_ms, err))
            return false;
    return true;
}

static bool close_requests(Office *office, Error *err)
{
    Overdue overdue = { .now_ms = office_now_ms(office) };

    return store_read(office->store, list_overdue, &overdue, err) &&
           (overdue.count == 0 || store_write(office->store, close_overdue, &overdue, err));
}

/* --- rounds ------------------------------------------------------------------------------------------------------ */

typedef bool (*Part)(Office *office, Error *err);

/* Each part is done whatever became of the others; *err is of the last that failed. */
bool finisher_round(Office *office, Error *err)
{
    static const Part parts[] = { finish_papers,   prints_time_out, phone_links_time_out, grants_time_out,
                                  photos_time_out, close_requests,  invoices_time_out,    status_lists_renew,
                                  limits_settle,   checks_settle,   hall_round,           sealer_round };
    bool done = true;

    for (size_t i = 0; i < COUNT(parts); i++)
        done = parts[i](office, err) && done;
    return done;
}

/* A bite a round, so that nothing else waits long: a run begins when none did within the hour, at any registrar. */
static bool purge(Office *office, PurgeRun *run, Error *err)
{
    const int64_t now_ms = office_now_ms(office);
    PurgeTaken taken;

    if (run->n == 0 && !purge_begin(office->store, "office", PURGE_EVERY_S, now_ms / 1000, run, err))
        return false;
    return run->n == 0 || purge_bite(office->store, run, now_ms, &taken, err);
}

static void *finisher_main(void *ctx)
{
    Office *office = ctx;
    PurgeRun run = { 0 };
    char stop;

    pthread_setname_np(pthread_self(), "finisher");
    for (unsigned round = 0; !queue_pop(office->rounds, &stop, round == 0 ? 0 : ROUND_MS); round++) {
        Error err = { 0 };

        if (!finisher_round(office, &err) || ((run.n != 0 || round % PURGE_ROUNDS == 0) && !purge(office, &run, &err)))
            log_failure(office->log, LOG_ERROR, EVENT_STORE_FAILED, &err, (const LogField[]){ { 0 } });
    }
    return NULL;
}

bool finisher_start(Office *office, Error *err)
{
    office->rounds = queue_new(sizeof(char), 1);
    if (!office->rounds)
        return error_set(err, ERR_MEMORY, "finisher");
    int failed = pthread_create(&office->finisher, NULL, finisher_main, office);
    office->finishing = failed == 0;
    return office->finishing || error_set_cause(err, ERR_MEMORY, failed, "finisher's thread");
}

void finisher_stop(Office *office)
{
    const char stop = 1;
    Error err = { 0 };

    if (office->finishing && queue_push(office->rounds, &stop)) {
        pthread_join(office->finisher, NULL);
        if (!checks_settle(office, &err) ||
            !sealer_finish(office, &err)) /* what a command did is in the chain when it ends */
            log_failure(office->log, LOG_ERROR, EVENT_STORE_FAILED, &err, (const LogField[]){ { 0 } });
    }
    office->finishing = false;
    queue_free(office->rounds);
    office->rounds = NULL;
}
