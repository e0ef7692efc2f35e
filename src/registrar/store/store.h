/* The registrar's database: SQLite in a file, or PostgreSQL, by one face.  A Store is opened for one institution and no
 * query can name another.  Statements live in store/ alone: one file a noun (students.c, sessions.c, documents.c...),
 * each function taking a StoreTransaction.
 *
 * All that write take turns, in whatever process they are: an act sees what was done before it and nothing is done
 * beside it, so that it may read, decide and then write.  store_write returns when the act is durable; acts that wait
 * together share one commit.  An act may be run again: it must change nothing outside the transaction but its arg's
 * results, and set those anew each time. */
#ifndef REGISTRAR_STORE_STORE_H
#define REGISTRAR_STORE_STORE_H

#include "base/clock.h"
#include "base/error.h"
#include "base/log.h"

typedef struct Store Store;
typedef struct StoreTransaction StoreTransaction;

/* address: the path of an SQLite file, made with mode 0600; or "postgresql://USER@HOST/DATABASE?..." as libpq reads it,
 * a database that is there, of a role that is bound by row-level security.  Either is brought to the newest schema when
 * it is older.  ERR_UNSUPPORTED: it was made by a newer registrar, or is no registrar's; it is not touched then.
 * ERR_DENIED: it may not be used so, with words for an administrator. */
Store *store_open(const char *address, const char *institution, Log *log, Error *err) MUST_USE;
/* Another institution of the same database, over the same connections. */
Store *store_open_beside(const Store *store, const char *institution, Log *log, Error *err) MUST_USE;
/* As it was opened by; not to be shown. */
const char *store_address(const Store *store);
void store_close(Store *store);
OWNED_BY(Store, store_close)

/* Whether the database has this institution's register, of which store_open would otherwise begin a new one. */
bool store_is_there(const char *address, const char *institution, bool *ret, Error *err) MUST_USE;
/* False: a path of SQLite's. */
bool store_is_postgresql(const char *address);
/* "PostgreSQL, database NAME at HOST", or the path: what may be shown of an address, which may hold a password. */
void store_describe(const char *address, char *ret, size_t size);

typedef bool (*StoreAct)(StoreTransaction *transaction, void *arg, Error *err);
/* False rolls back this act alone.  Any thread; waits.  A lost connection is opened again and the act run again, unless
 * it was found to be done.  ERR_BUSY: the database was away for too long, and the act was surely not done.
 * ERR_TIMEOUT: it went away in the midst of the commit and did not come back, so that nobody knows. */
bool store_write(Store *store, StoreAct act, void *arg, Error *err) MUST_USE;
/* Reads from one snapshot; side by side with everything.  Run again where the connection was lost, for ten seconds.
 * ERR_BUSY: as above. */
bool store_read(Store *store, StoreAct act, void *arg, Error *err) MUST_USE;

/* What the writer has done since store_open, for benches and tests. */
typedef struct StoreCounts {
    int64_t acts;      /* that succeeded */
    int64_t commits;   /* each is one fdatasync of the log */
    int64_t writer_us; /* processor time of the writer's thread, up to its last commit */
} StoreCounts;
StoreCounts store_counts(const Store *store);

#endif
