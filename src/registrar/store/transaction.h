/* What the files of store/ write their statements with.  Inside store/ alone.
 * Parameter ?1 of every statement is the institution, bound here and nowhere else: no query can name another. */
#ifndef REGISTRAR_STORE_TRANSACTION_H
#define REGISTRAR_STORE_TRANSACTION_H

#include <sqlite3.h>
#include <stdint.h>

#include "base/buf.h"
#include "registrar/store/store.h"

#define INSTITUTION_MOST 48
#define STATEMENTS_MOST  160 /* kept ready by a connection; a statement more is made anew each time */

/* One connection.  Belongs to one thread at a time. */
struct StoreTransaction {
    sqlite3 *db;
    char institution[INSTITUTION_MOST + 1];
    bool writes;
    size_t statement_count;
    struct {
        const char *sql; /* the literal's address is the key */
        sqlite3_stmt *statement;
    } statements[STATEMENTS_MOST];
};

typedef enum ValueKind { VALUE_NULL, VALUE_INT, VALUE_TEXT, VALUE_BLOB } ValueKind;
typedef struct Value {
    ValueKind kind;
    int64_t number;
    Str bytes; /* borrowed until the statement has run */
} Value;

#define NOTHING     ((Value){ .kind = VALUE_NULL })
#define INT(value)  ((Value){ .kind = VALUE_INT, .number = (int64_t)(value) })
#define TEXT(value) ((Value){ .kind = VALUE_TEXT, .bytes = str_from(value) })
/* NULL, or "", is stored as NULL. */
#define MAYBE(value)  value_maybe(value)
#define BLOB(str)     ((Value){ .kind = VALUE_BLOB, .bytes = (str) })
#define BYTES(p, len) ((Value){ .kind = VALUE_BLOB, .bytes = { (const char *)(p), (len) } })

static inline Value value_maybe(const char *text)
{
    return text && text[0] ? TEXT(text) : NOTHING;
}

/* Rows of a query, one at a time; what is read lives until the next step. */
typedef struct Rows {
    sqlite3_stmt *statement;
    bool kept; /* by the connection */
} Rows;

bool rows_open(Rows *rows, StoreTransaction *transaction, const char *sql, const Value *values, size_t count,
               Error *err) MUST_USE;
/* False in *ret_row: there are no more. */
bool rows_next(Rows *rows, bool *ret_row, Error *err) MUST_USE;
void rows_close(Rows *rows);
#define OWNED_ROWS __attribute__((cleanup(rows_close))) Rows

bool rows_is_null(const Rows *rows, int column);
int64_t rows_int(const Rows *rows, int column);
Str rows_bytes(const Rows *rows, int column);
/* Cut to the array; our own tables hold what fits. */
void rows_text(const Rows *rows, int column, char *array, size_t size);
/* Exactly size bytes, else zeros. */
void rows_blob(const Rows *rows, int column, void *bytes, size_t size);

/* Opens on values ?2, ?3, ... */
#define ROWS(rows, transaction, err, sql, ...)                                                                         \
    rows_open(rows, transaction, sql, (const Value[]){ __VA_ARGS__ },                                                  \
              sizeof((const Value[]){ __VA_ARGS__ }) / sizeof(Value), err)

/* Runs a statement that changes rows.  *ret_changed (may be NULL): how many.
 * ERR_EXISTS: a unique key is taken already.  ERR_STORE and others with SQLite's result as cause. */
bool store_run(StoreTransaction *transaction, const char *sql, const Value *values, size_t count, int *ret_changed,
               Error *err) MUST_USE;
#define RUN(transaction, err, ret_changed, sql, ...)                                                                   \
    store_run(transaction, sql, (const Value[]){ __VA_ARGS__ },                                                        \
              sizeof((const Value[]){ __VA_ARGS__ }) / sizeof(Value), ret_changed, err)

/* --- for store.c alone --- */
bool store_sqlite_error(sqlite3 *db, int result, Error *err, const char *doing);
StoreTransaction *connection_open(const char *path, const char *institution, bool writes, Error *err) MUST_USE;
void connection_close(StoreTransaction *connection);
/* BEGIN, COMMIT and the like: a literal without parameters, kept ready as others are. */
bool connection_step(StoreTransaction *connection, const char *sql, Error *err) MUST_USE;
/* A script, once: a migration, PRAGMAs. */
bool connection_execute(StoreTransaction *connection, const char *sql, Error *err) MUST_USE;
/* Does nothing outside a transaction. */
void connection_roll_back(StoreTransaction *connection);
OWNED_BY(StoreTransaction, connection_close)

#endif
