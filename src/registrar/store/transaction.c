#include "registrar/store/transaction.h"

#include <string.h>

#include "registrar/store/driver.h"
#include "registrar/store/watch.h"

const Driver *driver_of(const char *address)
{
    Str start = str_from(address);

    return str_starts(start, STR("postgresql://")) || str_starts(start, STR("postgres://")) ? &driver_postgresql
                                                                                            : &driver_sqlite;
}

bool rows_open(Rows *rows, StoreTransaction *transaction, const char *sql, const Value *values, size_t count,
               Error *err)
{
    *rows = (Rows){ .transaction = transaction };
    assert(strstr(sql, "?1") && count < PARAMETERS_MOST);
    if (transaction->driver->rows_open(rows, sql, values, count, err))
        return true;
    *rows = (Rows){ 0 };
    return false;
}

bool rows_next(Rows *rows, bool *ret_row, Error *err)
{
    return rows->transaction->driver->rows_next(rows, ret_row, err);
}

void rows_close(Rows *rows)
{
    if (rows->transaction)
        rows->transaction->driver->rows_close(rows);
    *rows = (Rows){ 0 };
}

bool rows_is_null(const Rows *rows, int column)
{
    return rows->transaction->driver->rows_is_null(rows, column);
}

int64_t rows_int(const Rows *rows, int column)
{
    return rows->transaction->driver->rows_int(rows, column);
}

Str rows_bytes(const Rows *rows, int column)
{
    return rows->transaction->driver->rows_bytes(rows, column);
}

void rows_text(const Rows *rows, int column, char *array, size_t size)
{
    str_copy_cut(rows_bytes(rows, column), array, size);
}

void rows_blob(const Rows *rows, int column, void *bytes, size_t size)
{
    Str blob = rows_bytes(rows, column);

    memset(bytes, 0, size);
    if (blob.len == size)
        memcpy(bytes, blob.ptr, size);
}

bool store_run(StoreTransaction *transaction, const char *sql, const Value *values, size_t count, int *ret_changed,
               Error *err)
{
    assert(transaction->writes && strstr(sql, "?1") && count < PARAMETERS_MOST);
    return transaction->driver->run(transaction, sql, values, count, ret_changed, err);
}

void store_tell(StoreTransaction *transaction)
{
    assert(transaction->writes);
    transaction->told = true;
}
