/* What the two databases do each in its own way: a table of functions for each.  Inside store/ alone. */
#ifndef REGISTRAR_STORE_DRIVER_H
#define REGISTRAR_STORE_DRIVER_H

#include "registrar/store/transaction.h"

#define INSTITUTION_MOST 48
#define WORDS_MOST       80 /* a pool's name, a space, an institution */

/* What is known when COMMIT has returned.  Unknown: the connection was lost before the answer. */
typedef enum CommitFate { COMMIT_DONE, COMMIT_UNDONE, COMMIT_UNKNOWN } CommitFate;

typedef struct Driver Driver;

/* One connection.  Belongs to one thread at a time; the driver's own fields follow it. */
struct StoreTransaction {
    const Driver *driver;
    char institution[INSTITUTION_MOST + 1]; /* of the transaction under way */
    bool writes;
    bool lost;              /* of no more use: what was not committed on it did not happen */
    bool changed;           /* the transaction under way changed a row */
    bool told;              /* store_tell was called in it */
    int64_t idle_since_ms;  /* in the pool */
    StoreTransaction *next; /* in Pool.idle */
};

struct Driver {
    const char *const *migrations; /* schema_newest of them */
    int writers_most;              /* connections that write at once */
    bool loses_answers;            /* a commit's fate may be unknown: it leaves its mark (commit_mark) */

    /* NULL on failure.  ERR_OFFLINE: the database can't be reached now, and may be later. */
    StoreTransaction *(*open)(const char *address, bool writes, Error *err);
    void (*close)(StoreTransaction *connection);
    /* Whether this database may be used as it is; warns of what is unwise.  Once, at the start. */
    bool (*examine)(StoreTransaction *connection, Log *log, Error *err);

    /* A transaction of connection->institution.  Of one that writes: after all others of its institution that write
     * have ended, in whatever process, and seeing what they did. */
    bool (*begin)(StoreTransaction *connection, Error *err);
    CommitFate (*commit)(StoreTransaction *connection, Error *err);
    /* Does nothing outside a transaction; cannot fail. */
    void (*roll_back)(StoreTransaction *connection);
    /* An act within it.  act_drop false: the whole transaction is gone. */
    bool (*act_begin)(StoreTransaction *connection, Error *err);
    bool (*act_keep)(StoreTransaction *connection, Error *err);
    bool (*act_drop)(StoreTransaction *connection);

    bool (*rows_open)(Rows *rows, const char *sql, const Value *values, size_t count, Error *err);
    bool (*rows_next)(Rows *rows, bool *ret_row, Error *err);
    void (*rows_close)(Rows *rows);
    bool (*rows_is_null)(const Rows *rows, int column);
    int64_t (*rows_int)(const Rows *rows, int column);
    Str (*rows_bytes)(const Rows *rows, int column);
    bool (*run)(StoreTransaction *connection, const char *sql, const Value *values, size_t count, int *ret_changed,
                Error *err);

    /* Several statements without parameters, within the transaction under way. */
    bool (*script)(StoreTransaction *connection, const char *sql, Error *err);
    /* How many tables there are, and whether schema_version is one of them. */
    bool (*count_tables)(StoreTransaction *connection, int *ret_tables, bool *ret_versioned, Error *err);
    /* Alone among all programs at this database, until the transaction under way ends. */
    bool (*lock_schema)(StoreTransaction *connection, Error *err);
    /* After migrations: what the schema's text can't say. */
    bool (*fence)(StoreTransaction *connection, Error *err);

    /* Says words (of 1..WORDS_MOST letters) to all that listen, also in other processes; outside of a transaction. */
    void (*tell)(StoreTransaction *connection, const char *words);
    /* Waits up to wait_ms for what was said; the first call says at once that it hears from now on.  ret_words "":
     * that, or something was done by somebody.  False: the line is lost.
     */
    bool (*listen)(StoreTransaction *connection, int wait_ms, bool *ret_heard, char ret_words[WORDS_MOST + 1],
                   Error *err);
};

extern const Driver driver_sqlite, driver_postgresql;

/* By the address: "postgresql://..." or "postgres://...", or a path. */
const Driver *driver_of(const char *address);

#endif
