#include "registrar/store/pool.h"

#include <pthread.h>
#include <stdio.h>
#include <string.h>
#include <time.h>

#include "base/memory.h"
#include "base/random.h"

#define IDLE_MS     60000 /* a connection that nobody needed for so long is closed */
#define PAUSE_LEAST 50    /* between two tries to reach the database */
#define PAUSE_MOST  1000
#define LISTEN_MS   500 /* the listener looks so often whether it is to stop */

struct StoreWatch {
    Pool *pool;
    StoreWatch *next;
    char institution[INSTITUTION_MOST + 1];
    bool heard;
    pthread_cond_t said; /* its own: of hundreds that wait each hears only what concerns it */
};

struct Pool {
    const Driver *driver;
    char *address;
    Log *log;
    char name[17];
    pthread_mutex_t lock;
    pthread_cond_t changed;
    int users;
    struct {
        StoreTransaction *idle;
        int open, most;
    } connections[2]; /* [1]: those that write */
    /* While it can't be reached: since when, and the next try. */
    int64_t away_since_ms, next_try_ms;
    int pause_ms;
    Error away_why;
    StoreWatch *watches;
    pthread_t listener;
    bool listening, closing;
};

static int64_t now_ms(void)
{
    struct timespec at;

    clock_gettime(CLOCK_MONOTONIC, &at);
    return (int64_t)at.tv_sec * 1000 + at.tv_nsec / 1000000;
}

static void wait_on(pthread_cond_t *condition, Pool *pool, int64_t until_ms)
{
    const struct timespec at = { until_ms / 1000, until_ms % 1000 * 1000000 };

    pthread_cond_timedwait(condition, &pool->lock, &at);
}

static void wait_until(Pool *pool, int64_t until_ms)
{
    wait_on(&pool->changed, pool, until_ms);
}

static void condition_init(pthread_cond_t *condition)
{
    pthread_condattr_t monotonic;

    pthread_condattr_init(&monotonic);
    pthread_condattr_setclock(&monotonic, CLOCK_MONOTONIC);
    pthread_cond_init(condition, &monotonic);
    pthread_condattr_destroy(&monotonic);
}

/* --- opening ----------------------------------------------------------------------------------------------------- */

static void pool_free(Pool *pool)
{
    size_t size = pool->address ? strlen(pool->address) : 0;

    pthread_cond_destroy(&pool->changed);
    pthread_mutex_destroy(&pool->lock);
    mem_free_wiped(pool->address, size); /* there may be a password in it */
    mem_free(pool);
}

/* What is nearly an address of a PostgreSQL is no file, and where signs of a password divide it, libpq would take the
 * rest of the password for a host.  It isn't repeated: there may be a password in it. */
static bool check_address(const char *address, Error *err)
{
    const char *scheme_end = strstr(address, "://");

    if (!scheme_end)
        return true;
    if (driver_of(address) != &driver_postgresql)
        return error_set(err, ERR_ARGUMENT, "a database's address begins with postgresql://, or is a file's path");
    Str rest = str_from(scheme_end + 3), whole = str_split(&rest, '?');
    const char *at = memchr(whole.ptr, '@', whole.len);
    if (at && (at != memrchr(whole.ptr, '@', whole.len) || memchr(whole.ptr, '/', (size_t)(at - whole.ptr))))
        return error_set(err, ERR_ARGUMENT, "in a database's address @ is written %%40, and / in a name %%2F");
    return true;
}

Pool *pool_open(const char *address, Log *log, Error *err)
{
    if (!check_address(address, err))
        return NULL;
    Pool *pool = mem_new(1, sizeof *pool);
    Random random = random_system();
    uint64_t name = 0;

    if (!pool) {
        error_set(err, ERR_MEMORY, "connections");
        return NULL;
    }
    condition_init(&pool->changed);
    pthread_mutex_init(&pool->lock, NULL);
    pool->driver = driver_of(address);
    pool->address = mem_copy_text(address);
    pool->log = log;
    pool->users = 1;
    pool->connections[0].most = POOL_READERS_MOST;
    pool->connections[1].most = pool->driver->writers_most;
    if (!pool->address || !random_fill(&random, &name, sizeof name, err)) {
        pool_free(pool);
        error_set(err, ERR_MEMORY, "connections");
        return NULL;
    }
    snprintf(pool->name, sizeof pool->name, "%016llx", (unsigned long long)name);
    return pool;
}

Pool *pool_share(Pool *pool)
{
    pthread_mutex_lock(&pool->lock);
    pool->users++;
    pthread_mutex_unlock(&pool->lock);
    return pool;
}

/* SQLite moves its log into the file with the last connection that may write: those that read are closed first. */
static void close_idle(Pool *pool)
{
    for (int writes = 0; writes < 2; writes++)
        while (pool->connections[writes].idle) {
            StoreTransaction *connection = pool->connections[writes].idle;

            pool->connections[writes].idle = connection->next;
            pool->connections[writes].open--;
            pool->driver->close(connection);
        }
}

void pool_release(Pool *pool)
{
    if (!pool)
        return;
    pthread_mutex_lock(&pool->lock);
    bool last = --pool->users == 0;
    pool->closing = last;
    pthread_cond_broadcast(&pool->changed);
    pthread_mutex_unlock(&pool->lock);
    if (!last)
        return;
    if (pool->listening)
        pthread_join(pool->listener, NULL);
    close_idle(pool);
    assert(!pool->watches && pool->connections[0].open == 0 && pool->connections[1].open == 0);
    pool_free(pool);
}

const char *pool_address(const Pool *pool)
{
    return pool->address;
}

const Driver *pool_driver(const Pool *pool)
{
    return pool->driver;
}

const char *pool_name(const Pool *pool)
{
    return pool->name;
}

/* --- taking and giving back -------------------------------------------------------------------------------------- */

/* With the lock held, as the two that follow. */
static void note_away(Pool *pool, const Error *why)
{
    int64_t now = now_ms();

    if (!pool->away_since_ms) {
        pool->away_since_ms = now;
        pool->pause_ms = PAUSE_LEAST;
        log_failure(pool->log, LOG_WARN, EVENT_STORE_AWAY, why, (const LogField[]){ { 0 } });
    } else
        pool->pause_ms = pool->pause_ms * 2 < PAUSE_MOST ? pool->pause_ms * 2 : PAUSE_MOST;
    pool->away_why = *why;
    pool->next_try_ms = now + pool->pause_ms;
}

static void note_back(Pool *pool)
{
    if (!pool->away_since_ms)
        return;
    LOG(pool->log, LOG_INFO, EVENT_STORE_BACK, LOG_NUMBER("ms", now_ms() - pool->away_since_ms));
    pool->away_since_ms = pool->next_try_ms = 0;
    pthread_cond_broadcast(&pool->changed);
}

static StoreTransaction *dial(Pool *pool, bool writes, Error *err)
{
    pool->connections[writes].open++;
    if (pool->away_since_ms)
        pool->next_try_ms = now_ms() + PAUSE_MOST; /* the others wait for what this one finds */
    pthread_mutex_unlock(&pool->lock);
    StoreTransaction *connection = pool->driver->open(pool->address, writes, err);
    pthread_mutex_lock(&pool->lock);
    if (connection) {
        note_back(pool);
        return connection;
    }
    pool->connections[writes].open--;
    if (err->code == ERR_OFFLINE)
        note_away(pool, err);
    pthread_cond_broadcast(&pool->changed);
    return NULL;
}

/* NULL with an error that is not ERR_OFFLINE: waiting does not help. */
static StoreTransaction *take(Pool *pool, bool writes, int64_t until_ms, Error *err)
{
    for (;;) {
        StoreTransaction *connection = pool->connections[writes].idle;
        int64_t now = now_ms();

        if (connection) {
            pool->connections[writes].idle = connection->next;
            return connection;
        }
        if (pool->connections[writes].open >= pool->connections[writes].most) {
            if (now >= until_ms) {
                error_set(err, ERR_BUSY, "all connections are taken");
                return NULL;
            }
            wait_until(pool, until_ms);
        } else if (now >= pool->next_try_ms) {
            connection = dial(pool, writes, err);
            if (connection || err->code != ERR_OFFLINE)
                return connection;
        } else if (now >= until_ms || now - pool->away_since_ms >= POOL_GONE_MS) {
            *err = pool->away_why;
            err->code = ERR_BUSY;
            return NULL;
        } else
            wait_until(pool, until_ms < pool->next_try_ms ? until_ms : pool->next_try_ms);
    }
}

StoreTransaction *pool_take(Pool *pool, const char *institution, bool writes, int wait_ms, Error *err)
{
    Error why = { 0 };

    pthread_mutex_lock(&pool->lock);
    StoreTransaction *connection = take(pool, writes, now_ms() + wait_ms, &why);
    pthread_mutex_unlock(&pool->lock);
    if (connection)
        str_copy_cut(str_from(institution), connection->institution, sizeof connection->institution);
    else if (err)
        *err = why;
    return connection;
}

/* Takes those out that have been idle for too long; the newest stand in front. */
static StoreTransaction *cut_old(Pool *pool, bool writes, int64_t before_ms)
{
    StoreTransaction **at = &pool->connections[writes].idle;

    while (*at && (*at)->idle_since_ms >= before_ms)
        at = &(*at)->next;
    StoreTransaction *old = *at;
    *at = NULL;
    for (StoreTransaction *each = old; each; each = each->next)
        pool->connections[writes].open--;
    return old;
}

void pool_give(Pool *pool, StoreTransaction *connection)
{
    bool writes = connection->writes;
    StoreTransaction *closed;
    int64_t now = now_ms();

    pthread_mutex_lock(&pool->lock);
    if (connection->lost) {
        pool->connections[writes].open--;
        connection->next = NULL;
        closed = cut_old(pool, writes, INT64_MAX);
        connection->next = closed;
        closed = connection;
    } else {
        connection->idle_since_ms = now;
        connection->next = pool->connections[writes].idle;
        pool->connections[writes].idle = connection;
        closed = cut_old(pool, writes, now - IDLE_MS);
    }
    pthread_cond_broadcast(&pool->changed);
    pthread_mutex_unlock(&pool->lock);
    while (closed) {
        StoreTransaction *next = closed->next;

        pool->driver->close(closed);
        closed = next;
    }
}

/* --- watches --------------------------------------------------------------------------------------------------------
 */

static void tell_watches(Pool *pool, const char *institution)
{
    pthread_mutex_lock(&pool->lock);
    for (StoreWatch *watch = pool->watches; watch; watch = watch->next)
        if (!institution[0] || strcmp(watch->institution, institution) == 0) {
            watch->heard = true;
            pthread_cond_signal(&watch->said);
        }
    pthread_mutex_unlock(&pool->lock);
}

static bool is_closing(Pool *pool)
{
    pthread_mutex_lock(&pool->lock);
    bool closing = pool->closing;
    pthread_mutex_unlock(&pool->lock);
    return closing;
}

/* What was told while nobody listened was heard by nobody: the driver says "heard" when it begins, and everybody looks.
 */
static void listen_until_lost(Pool *pool, StoreTransaction *connection)
{
    char words[WORDS_MOST + 1];
    bool heard = false;

    words[0] = '\0';
    do {
        Str institution = str_from(words), name = str_split(&institution, ' ');

        if (heard && !str_equal_text(name, pool->name)) /* its own were heard before they were said */
            tell_watches(pool, institution.ptr ? institution.ptr : "");
    } while (!is_closing(pool) && pool->driver->listen(connection, LISTEN_MS, &heard, words, NULL));
}

static void *listener_main(void *ctx)
{
    Pool *pool = ctx;

    pthread_setname_np(pthread_self(), "store-ear");
    while (!is_closing(pool)) {
        StoreTransaction *connection = pool->driver->open(pool->address, false, NULL);

        if (connection) {
            listen_until_lost(pool, connection);
            pool->driver->close(connection);
        }
        pthread_mutex_lock(&pool->lock);
        if (!pool->closing)
            wait_until(pool, now_ms() + LISTEN_MS);
        pthread_mutex_unlock(&pool->lock);
    }
    return NULL;
}

StoreWatch *pool_watch_new(Pool *pool, const char *institution, Error *err)
{
    StoreWatch *watch = mem_new(1, sizeof *watch);
    int failed = 0;

    if (!watch) {
        error_set(err, ERR_MEMORY, "watch");
        return NULL;
    }
    *watch = (StoreWatch){ .pool = pool, .heard = true };
    str_copy_cut(str_from(institution), watch->institution, sizeof watch->institution);
    condition_init(&watch->said);
    pthread_mutex_lock(&pool->lock);
    if (!pool->listening) {
        failed = pthread_create(&pool->listener, NULL, listener_main, pool);
        pool->listening = failed == 0;
    }
    if (!failed) {
        watch->next = pool->watches;
        pool->watches = watch;
    }
    pthread_mutex_unlock(&pool->lock);
    if (!failed)
        return watch;
    pthread_cond_destroy(&watch->said);
    mem_free(watch);
    error_set_cause(err, ERR_MEMORY, failed, "thread that listens");
    return NULL;
}

void pool_watch_free(StoreWatch *watch)
{
    if (!watch)
        return;
    pthread_mutex_lock(&watch->pool->lock);
    for (StoreWatch **at = &watch->pool->watches; *at; at = &(*at)->next)
        if (*at == watch) {
            *at = watch->next;
            break;
        }
    pthread_mutex_unlock(&watch->pool->lock);
    pthread_cond_destroy(&watch->said);
    mem_free(watch);
}

bool pool_watch_wait(StoreWatch *watch, int wait_ms)
{
    Pool *pool = watch->pool;
    int64_t until = now_ms() + wait_ms;

    pthread_mutex_lock(&pool->lock);
    while (!watch->heard && now_ms() < until)
        wait_on(&watch->said, pool, until);
    bool heard = watch->heard;
    watch->heard = false;
    pthread_mutex_unlock(&pool->lock);
    return heard;
}

void pool_watch_wake(StoreWatch *watch)
{
    pthread_mutex_lock(&watch->pool->lock);
    watch->heard = true;
    pthread_cond_signal(&watch->said);
    pthread_mutex_unlock(&watch->pool->lock);
}

void pool_tell(Pool *pool, const char *institution, StoreTransaction *connection)
{
    char words[WORDS_MOST + 1];

    tell_watches(pool, institution);
    snprintf(words, sizeof words, "%s %s", pool->name, institution);
    pool->driver->tell(connection, words);
}
