#include "registrar/store/store.h"

#include <stdio.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

#include "base/memory.h"
#include "registrar/store/inside.h"
#include "registrar/store/migrate.h"
#include "registrar/store/postgresql.h"

#define OPEN_MS     POOL_GONE_MS /* a database that is being started is waited for */
#define READ_MS     10000        /* to a connection */
#define PATIENCE_MS 10000        /* of a read, or of opening: from the first time that it was cut off to giving it up */
#define PAUSE_LEAST 10           /* from its second try to its third; each pause is twice the one before it */
#define PAUSE_MOST  500

bool store_write(Store *store, StoreAct act, void *arg, Error *err)
{
    return writer_run(store->writer, act, arg, err);
}

/* Of what is run again because its connection was cut off. */
typedef struct Patience {
    int64_t until_ms; /* 0: it was not cut off yet */
    int pause_ms;
} Patience;

/* False: it was cut off too often.  At first at once: where the database was started anew, one new connection is all
 * that is needed.  Then after growing pauses: whoever ends connections again and again is outlived, not chased. */
static bool try_again(Patience *patience)
{
    Clock clock = clock_system();
    int64_t now = clock_monotonic_ms(&clock);
    int ms = patience->pause_ms;

    if (!patience->until_ms)
        patience->until_ms = now + PATIENCE_MS;
    else if (now >= patience->until_ms)
        return false;
    if (ms)
        nanosleep(&(struct timespec){ .tv_nsec = ms * 1000000L }, NULL);
    patience->pause_ms = ms == 0 ? PAUSE_LEAST : ms * 2 < PAUSE_MOST ? ms * 2 : PAUSE_MOST;
    return true;
}

static bool read_once(Store *store, StoreAct act, void *arg, bool *ret_lost, Error *err)
{
    StoreTransaction *reader = pool_take(store->pool, store->institution, false, READ_MS, err);

    *ret_lost = false;
    if (!reader)
        return false;
    bool done = reader->driver->begin(reader, err) && act(reader, arg, err);
    reader->driver->roll_back(reader);
    *ret_lost = reader->lost;
    pool_give(store->pool, reader);
    return done;
}

bool store_read(Store *store, StoreAct act, void *arg, Error *err)
{
    Patience patience = { 0 };
    bool done, lost;

    do {
        error_clear(err);
        done = read_once(store, act, arg, &lost, err);
    } while (!done && lost && try_again(&patience));
    return done;
}

/* --- opening ----------------------------------------------------------------------------------------------------- */

/* known: whoever opened the database first has judged it. */
static bool prepare_once(Store *store, bool known, Log *log, bool *ret_lost, Error *err)
{
    StoreTransaction *first = pool_take(store->pool, store->institution, true, OPEN_MS, err);

    *ret_lost = false;
    if (!first)
        return false;
    bool done = (known || first->driver->examine(first, log, err)) && store_migrate(first, log, err);
    *ret_lost = first->lost;
    pool_give(store->pool, first);
    return done;
}

static bool prepare(Store *store, bool known, Log *log, Error *err)
{
    Patience patience = { 0 };
    bool done, lost;

    do {
        error_clear(err);
        done = prepare_once(store, known, log, &lost, err);
    } while (!done && lost && try_again(&patience));
    return done;
}

/* Takes over the pool. */
static Store *open_with(Pool *pool, bool known, const char *institution, Log *log, Error *err)
{
    OWNED(Store) store = mem_new(1, sizeof *store);

    if (!store) {
        pool_release(pool);
        error_set(err, ERR_MEMORY, "store");
        return NULL;
    }
    store->pool = pool;
    if (!str_copy(str_from(institution), store->institution, sizeof store->institution) || !institution[0])
        error_set(err, ERR_ARGUMENT, "an institution's id has 1 to %d letters", INSTITUTION_MOST);
    else if (prepare(store, known, log, err)) {
        store->writer = writer_start(pool, store->institution, err);
        if (store->writer)
            return steal(&store);
    }
    error_add(err, "database");
    return NULL;
}

Store *store_open(const char *address, const char *institution, Log *log, Error *err)
{
    Pool *pool = pool_open(address, log, err);

    return pool ? open_with(pool, false, institution, log, err) : NULL;
}

Store *store_open_beside(const Store *store, const char *institution, Log *log, Error *err)
{
    return open_with(pool_share(store->pool), true, institution, log, err);
}

void store_close(Store *store)
{
    if (!store)
        return;
    writer_stop(store->writer);
    pool_release(store->pool);
    mem_free(store);
}

StoreCounts store_counts(const Store *store)
{
    return writer_counts(store->writer);
}

const char *store_address(const Store *store)
{
    return pool_address(store->pool);
}

/* --- addresses --------------------------------------------------------------------------------------------------- */

bool store_is_postgresql(const char *address)
{
    return driver_of(address) == &driver_postgresql;
}

void store_describe(const char *address, char *ret, size_t size)
{
    if (store_is_postgresql(address))
        postgresql_describe(address, ret, size);
    else
        str_copy_cut(str_from(address), ret, size);
}

bool store_is_there(const char *address, const char *institution, bool *ret, Error *err)
{
    *ret = false;
    if (!store_is_postgresql(address) && access(address, F_OK) != 0)
        return true;
    OWNED(Pool) pool = pool_open(address, NULL, err);
    StoreTransaction *reader = pool ? pool_take(pool, institution, false, OPEN_MS, err) : NULL;
    if (!reader)
        return false;
    bool done = store_has_institution(reader, ret, err);
    pool_give(pool, reader);
    return done;
}
