/* What the files of store/ write their statements with.  Inside store/ alone.
 *
 * A statement is one literal for both databases.  Parameter ?1 is the institution, bound here and nowhere else: no
 * query can name another.  README.md has the rules of the dialect.  After a statement has failed nothing more of its
 * act is done, whatever the act goes on to ask: what may be taken already is put with ON CONFLICT DO NOTHING, and
 * counted. */
#ifndef REGISTRAR_STORE_TRANSACTION_H
#define REGISTRAR_STORE_TRANSACTION_H

#include <stdint.h>

#include "base/buf.h"
#include "registrar/store/store.h"

#define PARAMETERS_MOST 32 /* of a statement, with the institution */

typedef enum ValueKind { VALUE_NULL, VALUE_INT, VALUE_TEXT, VALUE_BLOB } ValueKind;
typedef struct Value {
    ValueKind kind;
    int64_t number;
    Str bytes; /* borrowed until rows_open or store_run has returned, or rows_close on an open Rows */
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
    StoreTransaction *transaction; /* NULL: nothing is open */
    void *cursor;                  /* the driver's */
    int row;                       /* counted by drivers that have all rows at once */
    bool kept;                     /* the cursor belongs to the connection */
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

/* Runs a statement that changes rows.  *ret_changed: how many.  Where that is not asked for (NULL), PostgreSQL is not
 * waited for, and a failure may be told by a later statement of the act, or by the act's end.
 * ERR_EXISTS: a unique key is taken already.  ERR_STORE and others with the database's result as cause. */
bool store_run(StoreTransaction *transaction, const char *sql, const Value *values, size_t count, int *ret_changed,
               Error *err) MUST_USE;
#define RUN(transaction, err, ret_changed, sql, ...)                                                                   \
    store_run(transaction, sql, (const Value[]){ __VA_ARGS__ },                                                        \
              sizeof((const Value[]){ __VA_ARGS__ }) / sizeof(Value), ret_changed, err)

#endif
