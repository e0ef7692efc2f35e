/* The registrar's database.  A Store is opened for one institution and no query can name another.  SQLite now;
 * PostgreSQL by the same face. store_write runs an act inside a transaction and returns when it is durable; SQLite has
 * one writer that commits acts that wait together as savepoints of one transaction (MODEL.md section 8).  An act may be
 * run again: it must change nothing outside the transaction but its arg's results. Statements live in store/ alone: one
 * file a noun (students.c, sessions.c, documents.c...), each function taking a StoreTransaction. */
#ifndef REGISTRAR_STORE_STORE_H
#define REGISTRAR_STORE_STORE_H

#include "base/clock.h"
#include "base/error.h"
#include "base/log.h"

typedef struct Store Store;
typedef struct StoreTransaction StoreTransaction;

/* path: the SQLite file, made with mode 0600 and brought to the newest schema when it is older. */
Store *store_open(const char *path, const char *institution, Log *log, Error *err) MUST_USE;
void store_close(Store *store);
OWNED_BY(Store, store_close)

typedef bool (*StoreAct)(StoreTransaction *transaction, void *arg, Error *err);
/* False rolls back this act alone.  Any thread; waits. */
bool store_write(Store *store, StoreAct act, void *arg, Error *err) MUST_USE;
/* Reads from one snapshot; side by side with everything. */
bool store_read(Store *store, StoreAct act, void *arg, Error *err) MUST_USE;

/* What the writer has done since store_open, for benches and tests. */
typedef struct StoreCounts {
    int64_t acts;      /* that succeeded */
    int64_t commits;   /* each is one fdatasync of the log */
    int64_t writer_us; /* processor time of the writer's thread, up to its last commit */
} StoreCounts;
StoreCounts store_counts(const Store *store);

#endif
