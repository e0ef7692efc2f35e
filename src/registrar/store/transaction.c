#include "registrar/store/transaction.h"

#include <string.h>

#include "base/memory.h"

bool store_sqlite_error(sqlite3 *db, int result, Error *err, const char *doing)
{
    ErrorCode code = ERR_STORE;

    switch (result & 0xFF) {
    case SQLITE_BUSY:
    case SQLITE_LOCKED: code = ERR_BUSY; break;
    case SQLITE_NOMEM: code = ERR_MEMORY; break;
    case SQLITE_FULL:
    case SQLITE_IOERR: code = ERR_IO; break;
    case SQLITE_CONSTRAINT:
        if (result == SQLITE_CONSTRAINT_UNIQUE || result == SQLITE_CONSTRAINT_PRIMARYKEY)
            code = ERR_EXISTS;
        break;
    default: break;
    }
    /* SQLite's words name tables and columns, never what is in them. */
    return error_set_cause(err, code, result, "%s: %s", doing, db ? sqlite3_errmsg(db) : sqlite3_errstr(result));
}

bool connection_execute(StoreTransaction *connection, const char *sql, Error *err)
{
    int result = sqlite3_exec(connection->db, sql, NULL, NULL, NULL);

    return result == SQLITE_OK || store_sqlite_error(connection->db, result, err, "statement");
}

StoreTransaction *connection_open(const char *path, const char *institution, bool writes, Error *err)
{
    OWNED(StoreTransaction) connection = mem_new(1, sizeof(*connection));
    int flags = SQLITE_OPEN_READWRITE | SQLITE_OPEN_NOMUTEX | SQLITE_OPEN_EXRESCODE;

    if (!connection) {
        error_set(err, ERR_MEMORY, "connection");
        return NULL;
    }
    connection->writes = writes;
    if (!str_copy(str_from(institution), connection->institution, sizeof connection->institution) || !institution[0]) {
        error_set(err, ERR_ARGUMENT, "an institution's id has 1 to %d letters", INSTITUTION_MOST);
        return NULL;
    }
    int result = sqlite3_open_v2(path, &connection->db, flags, NULL);
    if (result != SQLITE_OK) {
        store_sqlite_error(connection->db, result, err, path);
        return NULL;
    }
    sqlite3_busy_timeout(connection->db, 10000);
    sqlite3_db_config(connection->db, SQLITE_DBCONFIG_DQS_DML, 0, NULL);
    /* FULL: a commit that was answered survives a power cut.  What is deleted is overwritten: it was somebody's. */
    if (!connection_execute(connection,
                            "PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL; PRAGMA foreign_keys = ON;"
                            "PRAGMA secure_delete = ON; PRAGMA temp_store = MEMORY; PRAGMA trusted_schema = OFF;"
                            /* A page that many commits change is carried into the file once for all of them. */
                            "PRAGMA wal_autocheckpoint = 4000",
                            err) ||
        (!writes && !connection_execute(connection, "PRAGMA query_only = ON", err))) {
        error_add(err, "%.80s", path);
        return NULL;
    }
    return steal(&connection);
}

void connection_close(StoreTransaction *connection)
{
    if (!connection)
        return;
    for (size_t i = 0; i < connection->statement_count; i++)
        sqlite3_finalize(connection->statements[i].statement);
    sqlite3_close(connection->db);
    mem_free(connection);
}

static bool prepare(StoreTransaction *transaction, const char *sql, Rows *rows, Error *err)
{
    for (size_t i = 0; i < transaction->statement_count; i++)
        if (transaction->statements[i].sql == sql) {
            sqlite3_stmt *kept = transaction->statements[i].statement;
            if (sqlite3_stmt_busy(kept))
                break; /* the same query inside itself: one of its own */
            *rows = (Rows){ kept, true };
            return true;
        }
    bool keep = transaction->statement_count < STATEMENTS_MOST;
    int result =
        sqlite3_prepare_v3(transaction->db, sql, -1, keep ? SQLITE_PREPARE_PERSISTENT : 0, &rows->statement, NULL);
    if (result != SQLITE_OK)
        return store_sqlite_error(transaction->db, result, err, "query");
    for (size_t i = 0; keep && i < transaction->statement_count; i++)
        keep = transaction->statements[i].sql != sql;
    rows->kept = keep;
    if (keep) {
        transaction->statements[transaction->statement_count].sql = sql;
        transaction->statements[transaction->statement_count++].statement = rows->statement;
    }
    return true;
}

bool connection_step(StoreTransaction *connection, const char *sql, Error *err)
{
    OWNED_ROWS rows;
    bool row;

    rows = (Rows){ 0 };
    return prepare(connection, sql, &rows, err) && rows_next(&rows, &row, err);
}

void connection_roll_back(StoreTransaction *connection)
{
    bool open = !sqlite3_get_autocommit(connection->db);

    if (open)
        open = !connection_step(connection, "ROLLBACK", NULL);
    assert(!open);
    (void)open;
}

static int bind(sqlite3_stmt *statement, int at, const Value *value)
{
    switch (value->kind) {
    case VALUE_NULL: return sqlite3_bind_null(statement, at);
    case VALUE_INT: return sqlite3_bind_int64(statement, at, value->number);
    case VALUE_TEXT:
        return sqlite3_bind_text64(statement, at, value->bytes.ptr ? value->bytes.ptr : "", value->bytes.len,
                                   SQLITE_STATIC, SQLITE_UTF8);
    case VALUE_BLOB:
        return sqlite3_bind_blob64(statement, at, value->bytes.ptr ? value->bytes.ptr : "", value->bytes.len,
                                   SQLITE_STATIC);
    }
    return SQLITE_MISUSE;
}

bool rows_open(Rows *rows, StoreTransaction *transaction, const char *sql, const Value *values, size_t count,
               Error *err)
{
    *rows = (Rows){ 0 };
    if (!prepare(transaction, sql, rows, err))
        return false;
    assert(strstr(sql, "?1") && (size_t)sqlite3_bind_parameter_count(rows->statement) == count + 1);
    int result = sqlite3_bind_text(rows->statement, 1, transaction->institution, -1, SQLITE_STATIC);
    for (size_t i = 0; i < count && result == SQLITE_OK; i++)
        result = bind(rows->statement, (int)i + 2, &values[i]);
    if (result != SQLITE_OK) {
        rows_close(rows);
        return store_sqlite_error(transaction->db, result, err, "binding");
    }
    return true;
}

bool rows_next(Rows *rows, bool *ret_row, Error *err)
{
    int result = sqlite3_step(rows->statement);

    *ret_row = result == SQLITE_ROW;
    return result == SQLITE_ROW || result == SQLITE_DONE ||
           store_sqlite_error(sqlite3_db_handle(rows->statement), result, err, "step");
}

void rows_close(Rows *rows)
{
    if (!rows->statement)
        return;
    if (rows->kept) {
        sqlite3_reset(rows->statement);
        sqlite3_clear_bindings(rows->statement); /* they point into the caller's memory */
    } else
        sqlite3_finalize(rows->statement);
    rows->statement = NULL;
}

bool rows_is_null(const Rows *rows, int column)
{
    return sqlite3_column_type(rows->statement, column) == SQLITE_NULL;
}

int64_t rows_int(const Rows *rows, int column)
{
    return sqlite3_column_int64(rows->statement, column);
}

Str rows_bytes(const Rows *rows, int column)
{
    const char *bytes = sqlite3_column_blob(rows->statement, column);

    return (Str){ bytes, (size_t)sqlite3_column_bytes(rows->statement, column) };
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
    OWNED_ROWS rows;
    bool row;

    assert(transaction->writes);
    if (!rows_open(&rows, transaction, sql, values, count, err) || !rows_next(&rows, &row, err))
        return false;
    if (ret_changed)
        *ret_changed = sqlite3_changes(transaction->db);
    return true;
}
