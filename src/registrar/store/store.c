#include "registrar/store/store.h"

#include <errno.h>
#include <fcntl.h>
#include <pthread.h>
#include <stdatomic.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

#include "base/memory.h"
#include "base/queue.h"
#include "registrar/store/migrate.h"
#include "registrar/store/transaction.h"

#define READERS_MOST 4   /* read connections; one more reader waits for one of them */
#define WRITES_MOST  256 /* acts that wait for the writer; one more waits for a place */
#define GROUP_MOST   64  /* acts of one commit */

/* One call of store_write: lives on the caller's stack until the writer has answered. */
typedef struct Write {
    StoreAct act;
    void *arg;
    Error *err;
    Error own_err; /* when the caller wants none */
    bool done;     /* the act itself succeeded */
    bool refused;  /* it failed and is not run again */
    Queue *answer; /* of bool: durable */
} Write;

struct Store {
    StoreTransaction *writer; /* the writer thread's */
    Queue *writes;            /* of Write pointers */
    Queue *readers;           /* of StoreTransaction pointers: those that nobody uses */
    pthread_t thread;
    bool running;
    _Atomic int64_t acts, commits, writer_us;
};

/* --- the writer -------------------------------------------------------------------------------------------------- */

static int64_t thread_us(void)
{
    struct timespec at;

    clock_gettime(CLOCK_THREAD_CPUTIME_ID, &at);
    return (int64_t)at.tv_sec * 1000000 + at.tv_nsec / 1000;
}

/* False: SQLite gave the whole transaction up (disk full, I/O): what was done in it is gone. */
static bool run_act(StoreTransaction *writer, Write *write)
{
    error_clear(write->err);
    write->done = connection_step(writer, "SAVEPOINT act", write->err) && write->act(writer, write->arg, write->err);
    if (write->done)
        write->done = connection_step(writer, "RELEASE act", write->err);
    if (write->done)
        return true;
    write->refused = true;
    return !sqlite3_get_autocommit(writer->db) && connection_step(writer, "ROLLBACK TO act", NULL) &&
           connection_step(writer, "RELEASE act", NULL);
}

static bool begin(StoreTransaction *writer, Write *group[], size_t count)
{
    Error err = { 0 };

    if (connection_step(writer, "BEGIN IMMEDIATE", &err))
        return true;
    for (size_t i = 0; i < count; i++)
        if (!group[i]->refused) {
            *group[i]->err = err;
            group[i]->refused = true;
        }
    return false;
}

static bool commit(StoreTransaction *writer, Write *group[], size_t count)
{
    Error err = { 0 };

    if (connection_step(writer, "COMMIT", &err))
        return true;
    connection_roll_back(writer);
    for (size_t i = 0; i < count; i++)
        if (group[i]->done) {
            *group[i]->err = err;
            group[i]->done = false;
        }
    return false;
}

/* Waits for the first act, then takes those that came while it ran: the longer the disk needs, the more share a commit.
 */
static size_t run_group(Store *store, Write *group[], size_t count)
{
    StoreTransaction *writer = store->writer;
    bool whole = false;

    while (!whole && begin(writer, group, count)) {
        whole = true;
        for (size_t i = 0; i < count && whole; i++) {
            if (!group[i]->refused)
                whole = run_act(writer, group[i]);
            if (i + 1 == count && count < GROUP_MOST && queue_pop(store->writes, &group[count], 0))
                count++;
        }
        if (!whole)
            connection_roll_back(writer);
    }
    if (whole && commit(writer, group, count)) {
        atomic_fetch_add(&store->commits, 1);
        for (size_t i = 0; i < count; i++)
            atomic_fetch_add(&store->acts, group[i]->done ? 1 : 0);
    }
    return count;
}

static void *writer_main(void *ctx)
{
    Store *store = ctx;
    Write *group[GROUP_MOST];

    pthread_setname_np(pthread_self(), "store");
    while (queue_pop(store->writes, &group[0], -1)) {
        size_t count = run_group(store, group, 1);

        atomic_store(&store->writer_us, thread_us());
        for (size_t i = 0; i < count; i++) {
            bool done = group[i]->done;
            bool told = queue_push(group[i]->answer, &done); /* from here on the caller may be gone */

            assert(told);
            (void)told;
        }
    }
    return NULL;
}

bool store_write(Store *store, StoreAct act, void *arg, Error *err)
{
    OWNED(Queue) answer = queue_new(sizeof(bool), 1);
    Write write = { .act = act, .arg = arg, .err = err, .answer = answer };
    Write *pushed = &write;
    const struct timespec moment = { 0, 1000000 };
    bool done;

    if (!write.err)
        write.err = &write.own_err;
    if (!answer)
        return error_set(err, ERR_MEMORY, "store");
    while (!queue_push(store->writes, &pushed))
        nanosleep(&moment, NULL);
    while (!queue_pop(answer, &done, -1))
        ;
    return done;
}

/* --- readers ----------------------------------------------------------------------------------------------------- */

bool store_read(Store *store, StoreAct act, void *arg, Error *err)
{
    StoreTransaction *reader;

    while (!queue_pop(store->readers, &reader, -1))
        ;
    bool done = connection_step(reader, "BEGIN", err) && act(reader, arg, err);
    connection_roll_back(reader);
    bool given_back = queue_push(store->readers, &reader);
    assert(given_back);
    (void)given_back;
    return done;
}

/* --- opening ----------------------------------------------------------------------------------------------------- */

/* Made here, not by SQLite, so that it is never readable by others; SQLite gives its log the same mode. */
static bool make_file(const char *path, Error *err)
{
    int file = open(path, O_RDWR | O_CREAT | O_CLOEXEC | O_NOFOLLOW, 0600);

    if (file < 0)
        return error_set_errno(err, "%.100s", path);
    close(file);
    return true;
}

static bool open_readers(Store *store, const char *path, const char *institution, Error *err)
{
    for (int i = 0; i < READERS_MOST; i++) {
        StoreTransaction *reader = connection_open(path, institution, false, err);

        if (!reader)
            return false;
        if (!queue_push(store->readers, &reader)) {
            connection_close(reader);
            return error_set(err, ERR_INTERNAL, "readers");
        }
    }
    return true;
}

static bool store_begin(Store *store, const char *path, const char *institution, Log *log, Error *err)
{
    store->writes = queue_new(sizeof(Write *), WRITES_MOST);
    store->readers = queue_new(sizeof(StoreTransaction *), READERS_MOST);
    if (!store->writes || !store->readers)
        return error_set(err, ERR_MEMORY, "store");
    if (!make_file(path, err))
        return false;
    store->writer = connection_open(path, institution, true, err);
    if (!store->writer || !store_migrate(store->writer, log, err) || !open_readers(store, path, institution, err))
        return false;
    int failed = pthread_create(&store->thread, NULL, writer_main, store);
    store->running = failed == 0;
    return store->running || error_set_cause(err, ERR_MEMORY, failed, "writer thread");
}

Store *store_open(const char *path, const char *institution, Log *log, Error *err)
{
    OWNED(Store) store = mem_new(1, sizeof(*store));

    if (!store)
        error_set(err, ERR_MEMORY, "store");
    else if (store_begin(store, path, institution, log, err))
        return steal(&store);
    error_add(err, "database");
    return NULL;
}

void store_close(Store *store)
{
    StoreTransaction *reader;

    if (!store)
        return;
    if (store->running) {
        queue_close(store->writes);
        pthread_join(store->thread, NULL);
    }
    while (store->readers && queue_pop(store->readers, &reader, 0))
        connection_close(reader);
    connection_close(store->writer); /* the last: it moves the log into the file */
    queue_free(store->readers);
    queue_free(store->writes);
    mem_free(store);
}

StoreCounts store_counts(const Store *store)
{
    return (StoreCounts){ atomic_load(&store->acts), atomic_load(&store->commits), atomic_load(&store->writer_us) };
}
