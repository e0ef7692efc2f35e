/* The connections of one database, opened when they are needed, shared by the stores of a process and by their threads.
 * Inside store/ alone.  Any thread: it has a lock of its own. */
#ifndef REGISTRAR_STORE_POOL_H
#define REGISTRAR_STORE_POOL_H

#include "registrar/store/driver.h"
#include "registrar/store/watch.h"

#define POOL_READERS_MOST 16    /* a reader more waits for one of them; what it waits for takes milliseconds */
#define POOL_GONE_MS      20000 /* a database that was away for so long is waited for no longer */

typedef struct Pool Pool;

/* address is copied.  One user: pool_release ends it. */
Pool *pool_open(const char *address, Log *log, Error *err) MUST_USE;
Pool *pool_share(Pool *pool);
void pool_release(Pool *pool);
OWNED_BY(Pool, pool_release)

const char *pool_address(const Pool *pool);
const Driver *pool_driver(const Pool *pool);
/* 16 hex digits that no other pool has: who told. */
const char *pool_name(const Pool *pool);

/* A connection on which no transaction is open, for transactions of this institution.  Waits up to wait_ms where all
 * are taken or the database can't be reached; ERR_BUSY then, and at once where it has been away for POOL_GONE_MS. */
StoreTransaction *pool_take(Pool *pool, const char *institution, bool writes, int wait_ms, Error *err) MUST_USE;
/* One that was lost is closed, and so are those that nobody uses: they are as old. */
void pool_give(Pool *pool, StoreTransaction *connection);

/* --- who hears of changes: watch.c --- */

/* Hears of what is done in this institution. */
StoreWatch *pool_watch_new(Pool *pool, const char *institution, Error *err) MUST_USE;
void pool_watch_free(StoreWatch *watch);
/* True: something was told of, or it was woken. */
bool pool_watch_wait(StoreWatch *watch, int wait_ms);
void pool_watch_wake(StoreWatch *watch);
/* To the watches of this process, and over the connection to those of others. */
void pool_tell(Pool *pool, const char *institution, StoreTransaction *connection);

#endif
