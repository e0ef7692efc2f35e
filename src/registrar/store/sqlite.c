/* SQLite: a file beside the registrar, for which nothing needs to be installed. */
#include "registrar/store/sqlite.h"

#include <fcntl.h>
#include <sqlite3.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

#include "base/memory.h"
#include "registrar/store/driver.h"
#include "registrar/store/schema/schema.h"

#define STATEMENTS_MOST 320 /* kept ready by a connection; a statement more is made anew each time */
#define BUSY_MS         10000
#define BUSY_AGAIN_MS   20
#define LOOK_MS         50 /* between two looks at whether another process has committed */

typedef struct Sqlite {
    StoreTransaction base;
    sqlite3 *db;
    int64_t version; /* of the data, as last looked at: for who listens */
    size_t statement_count;
    struct {
        const char *sql; /* the literal's address is the key */
        sqlite3_stmt *statement;
    } statements[STATEMENTS_MOST];
} Sqlite;

static Sqlite *sqlite_of(StoreTransaction *connection)
{
    return (Sqlite *)connection;
}

bool sqlite_error(sqlite3 *db, int result, Error *err, const char *doing)
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

static bool script(StoreTransaction *connection, const char *sql, Error *err)
{
    sqlite3 *db = sqlite_of(connection)->db;
    int result = sqlite3_exec(db, sql, NULL, NULL, NULL);

    return result == SQLITE_OK || sqlite_error(db, result, err, "statement");
}

/* --- connections ------------------------------------------------------------------------------------------------- */

static void close_connection(StoreTransaction *connection)
{
    Sqlite *sqlite = sqlite_of(connection);

    if (!sqlite)
        return;
    for (size_t i = 0; i < sqlite->statement_count; i++)
        sqlite3_finalize(sqlite->statements[i].statement);
    sqlite3_close(sqlite->db);
    mem_free(sqlite);
}
OWNED_BY(StoreTransaction, close_connection)

/* Made here, not by SQLite, so that it is never readable by others; SQLite gives its log the same mode. */
static bool make_file(const char *path, Error *err)
{
    int file = open(path, O_RDWR | O_CREAT | O_CLOEXEC | O_NOFOLLOW, 0600);

    if (file < 0)
        return error_set_errno(err, "%.100s", path);
    close(file);
    return true;
}

/* Several who open a new file at once want its one lock from a shared one each: SQLite lets nobody wait there, whatever
 * the busy timeout says (https://sqlite.org/c3ref/busy_handler.html). */
static bool begin_log(Sqlite *sqlite, Error *err)
{
    const struct timespec pause = { .tv_nsec = BUSY_AGAIN_MS * 1000000L };
    int result = SQLITE_BUSY;

    for (int waited_ms = 0; waited_ms < BUSY_MS && (result & 0xFF) == SQLITE_BUSY; waited_ms += BUSY_AGAIN_MS) {
        if (waited_ms > 0)
            nanosleep(&pause, NULL);
        result = sqlite3_exec(sqlite->db, "PRAGMA journal_mode = WAL", NULL, NULL, NULL);
    }
    return result == SQLITE_OK || sqlite_error(sqlite->db, result, err, "write-ahead log");
}

static bool configure(Sqlite *sqlite, bool writes, Error *err)
{
    sqlite3_busy_timeout(sqlite->db, BUSY_MS);
    sqlite3_db_config(sqlite->db, SQLITE_DBCONFIG_DQS_DML, 0, NULL);
    /* FULL: a commit that was answered survives a power cut.  What is deleted is overwritten: it was somebody's. */
    return begin_log(sqlite, err) &&
           script(&sqlite->base,
                  "PRAGMA synchronous = FULL; PRAGMA foreign_keys = ON;"
                  "PRAGMA secure_delete = ON; PRAGMA temp_store = MEMORY; PRAGMA trusted_schema = OFF;"
                  /* A page that many commits change is carried into the file once for all of them. */
                  "PRAGMA wal_autocheckpoint = 4000",
                  err) &&
           (writes || script(&sqlite->base, "PRAGMA query_only = ON", err));
}

static StoreTransaction *open_connection(const char *path, bool writes, Error *err)
{
    OWNED(StoreTransaction) connection = mem_new(1, sizeof(Sqlite));
    Sqlite *sqlite = sqlite_of(connection);
    int flags = SQLITE_OPEN_READWRITE | SQLITE_OPEN_NOMUTEX | SQLITE_OPEN_EXRESCODE;

    if (!connection) {
        error_set(err, ERR_MEMORY, "connection");
        return NULL;
    }
    connection->driver = &driver_sqlite;
    connection->writes = writes;
    if (writes && !make_file(path, err))
        return NULL;
    int result = sqlite3_open_v2(path, &sqlite->db, flags, NULL);
    if (result != SQLITE_OK) {
        sqlite_error(sqlite->db, result, err, path);
        return NULL;
    }
    if (!configure(sqlite, writes, err)) {
        error_add(err, "%.80s", path);
        return NULL;
    }
    return steal(&connection);
}

static bool examine(StoreTransaction *connection, Log *log, Error *err)
{
    (void)connection;
    (void)log;
    (void)err;
    return true;
}

/* --- statements -------------------------------------------------------------------------------------------------- */

static bool prepare(Sqlite *sqlite, const char *sql, Rows *rows, Error *err)
{
    sqlite3_stmt *statement;
    bool keep = sqlite->statement_count < STATEMENTS_MOST;

    for (size_t i = 0; i < sqlite->statement_count; i++)
        if (sqlite->statements[i].sql == sql) {
            keep = false;
            if (sqlite3_stmt_busy(sqlite->statements[i].statement))
                break; /* the same query inside itself: one of its own */
            rows->cursor = sqlite->statements[i].statement;
            rows->kept = true;
            return true;
        }
    int result = sqlite3_prepare_v3(sqlite->db, sql, -1, keep ? SQLITE_PREPARE_PERSISTENT : 0, &statement, NULL);
    if (result != SQLITE_OK)
        return sqlite_error(sqlite->db, result, err, "query");
    if (keep) {
        sqlite->statements[sqlite->statement_count].sql = sql;
        sqlite->statements[sqlite->statement_count++].statement = statement;
    }
    rows->cursor = statement;
    rows->kept = keep;
    return true;
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

static void close_rows(Rows *rows)
{
    if (rows->kept) {
        sqlite3_reset(rows->cursor);
        sqlite3_clear_bindings(rows->cursor); /* they point into the caller's memory */
    } else
        sqlite3_finalize(rows->cursor);
    rows->cursor = NULL;
}

static bool open_rows(Rows *rows, const char *sql, const Value *values, size_t count, Error *err)
{
    Sqlite *sqlite = sqlite_of(rows->transaction);

    if (!prepare(sqlite, sql, rows, err))
        return false;
    assert((size_t)sqlite3_bind_parameter_count(rows->cursor) == count + 1);
    int result = sqlite3_bind_text(rows->cursor, 1, rows->transaction->institution, -1, SQLITE_STATIC);
    for (size_t i = 0; i < count && result == SQLITE_OK; i++)
        result = bind(rows->cursor, (int)i + 2, &values[i]);
    if (result == SQLITE_OK)
        return true;
    close_rows(rows);
    return sqlite_error(sqlite->db, result, err, "binding");
}

static bool next_row(Rows *rows, bool *ret_row, Error *err)
{
    int result = sqlite3_step(rows->cursor);

    *ret_row = result == SQLITE_ROW;
    return result == SQLITE_ROW || result == SQLITE_DONE ||
           sqlite_error(sqlite3_db_handle(rows->cursor), result, err, "step");
}

static bool is_null(const Rows *rows, int column)
{
    return sqlite3_column_type(rows->cursor, column) == SQLITE_NULL;
}

static int64_t read_int(const Rows *rows, int column)
{
    return sqlite3_column_int64(rows->cursor, column);
}

static Str read_bytes(const Rows *rows, int column)
{
    const char *bytes = sqlite3_column_blob(rows->cursor, column);

    return (Str){ bytes, (size_t)sqlite3_column_bytes(rows->cursor, column) };
}

static bool run(StoreTransaction *connection, const char *sql, const Value *values, size_t count, int *ret_changed,
                Error *err)
{
    Rows rows = { .transaction = connection };
    bool row;

    if (!open_rows(&rows, sql, values, count, err))
        return false;
    bool done = next_row(&rows, &row, err);
    close_rows(&rows);
    if (done && ret_changed)
        *ret_changed = sqlite3_changes(sqlite_of(connection)->db);
    return done;
}

/* BEGIN, COMMIT and the like: a literal without parameters, kept ready as others are. */
static bool step(StoreTransaction *connection, const char *sql, Error *err)
{
    Rows rows = { .transaction = connection };
    bool row;

    if (!prepare(sqlite_of(connection), sql, &rows, err))
        return false;
    bool done = next_row(&rows, &row, err);
    close_rows(&rows);
    return done;
}

/* --- transactions ------------------------------------------------------------------------------------------------ */

static bool begin(StoreTransaction *connection, Error *err)
{
    return step(connection, connection->writes ? "BEGIN IMMEDIATE" : "BEGIN", err);
}

static void roll_back(StoreTransaction *connection)
{
    bool open = !sqlite3_get_autocommit(sqlite_of(connection)->db);

    if (open)
        open = !step(connection, "ROLLBACK", NULL);
    assert(!open);
    (void)open;
}

static CommitFate commit(StoreTransaction *connection, Error *err)
{
    if (step(connection, "COMMIT", err))
        return COMMIT_DONE;
    roll_back(connection);
    return COMMIT_UNDONE;
}

static bool act_begin(StoreTransaction *connection, Error *err)
{
    return step(connection, "SAVEPOINT act", err);
}

static bool act_keep(StoreTransaction *connection, Error *err)
{
    return step(connection, "RELEASE act", err);
}

/* Disk full, I/O: SQLite itself may have rolled everything back. */
static bool act_drop(StoreTransaction *connection)
{
    return !sqlite3_get_autocommit(sqlite_of(connection)->db) && step(connection, "ROLLBACK TO act", NULL) &&
           step(connection, "RELEASE act", NULL);
}

/* --- schema ------------------------------------------------------------------------------------------------------ */

static bool one_number(Sqlite *sqlite, const char *sql, int64_t *ret, Error *err)
{
    sqlite3_stmt *statement = NULL;
    int result = sqlite3_prepare_v2(sqlite->db, sql, -1, &statement, NULL);

    if (result == SQLITE_OK && (result = sqlite3_step(statement)) == SQLITE_ROW) {
        *ret = sqlite3_column_int64(statement, 0);
        result = SQLITE_OK;
    }
    sqlite3_finalize(statement);
    return result == SQLITE_OK || sqlite_error(sqlite->db, result, err, "reading");
}

static bool count_tables(StoreTransaction *connection, int *ret_tables, bool *ret_versioned, Error *err)
{
    int64_t tables = 0, versioned = 0;

    if (!one_number(sqlite_of(connection), "SELECT count(*) FROM sqlite_schema", &tables, err) ||
        !one_number(sqlite_of(connection), "SELECT count(*) FROM sqlite_schema WHERE name = 'schema_version'",
                    &versioned, err))
        return false;
    *ret_tables = (int)tables;
    *ret_versioned = versioned > 0;
    return true;
}

/* What the planner is told of every index, in the place of what ANALYZE would count: that an institution's name, with
 * which all of them begin, chooses nothing, and neither does a word of a few; that everything behind it does.  By
 * itself SQLite takes a first column for one that leaves ten rows, and reads whole tables by it.  Said, not counted, so
 * that a register that has just begun, a test and one of ten years go about a statement alike. */
#define PLANS                                                                                                          \
    "ANALYZE sqlite_schema; DELETE FROM sqlite_stat1;"                                                                 \
    "INSERT INTO sqlite_stat1 (tbl, idx, stat)"                                                                        \
    " SELECT t.name, CASE WHEN i.origin = 'pk' AND t.wr = 1 THEN t.name ELSE i.name END,"                              \
    " (SELECT CASE i.partial WHEN 1 THEN 1000 ELSE 1000000 END || group_concat(CASE"                                   \
    " WHEN i.\"unique\" = 1 AND c.seqno = (SELECT max(seqno) FROM pragma_index_info(i.name)) THEN ' 1'"                \
    " WHEN c.seqno = 0 THEN CASE i.partial WHEN 1 THEN ' 1000' ELSE ' 1000000' END"                                    \
    " WHEN c.seqno = 1 AND c.name IN ('act', 'kind', 'list', 'need', 'service', 'state', 'topic', 'unit')"             \
    " THEN CASE i.partial WHEN 1 THEN ' 100' ELSE ' 20000' END"                                                        \
    " WHEN c.seqno < 6 THEN ' ' || (11 - c.seqno) ELSE ' 5' END, '')"                                                  \
    " FROM (SELECT seqno, name FROM pragma_index_info(i.name) ORDER BY seqno) c)"                                      \
    " FROM pragma_table_list t, pragma_index_list(t.name) i"                                                           \
    " WHERE t.schema = 'main' AND t.type = 'table' AND t.name NOT LIKE 'sqlite%';"                                     \
    "ANALYZE sqlite_schema;"

/* A transaction that writes is alone in the file already: there is no second fence. */
static bool say_plans(StoreTransaction *connection, Error *err)
{
    return script(connection, PLANS, err) || error_add(err, "what the planner is told");
}

/* A transaction that writes is alone in the file already. */
static bool nothing_more(StoreTransaction *connection, Error *err)
{
    (void)connection;
    (void)err;
    return true;
}

/* --- hearing of others ------------------------------------------------------------------------------------------- */

static void tell(StoreTransaction *connection, const char *words)
{
    (void)connection;
    (void)words;
}

static bool listen(StoreTransaction *connection, int wait_ms, bool *ret_heard, char ret_words[WORDS_MOST + 1],
                   Error *err)
{
    Sqlite *sqlite = sqlite_of(connection);
    const struct timespec pause = { 0, LOOK_MS * 1000000 };
    int64_t version = 0;

    ret_words[0] = '\0';
    for (int waited = 0;; waited += LOOK_MS) {
        if (!one_number(sqlite, "PRAGMA data_version", &version, err))
            return false;
        *ret_heard = version != sqlite->version;
        sqlite->version = version;
        if (*ret_heard || waited >= wait_ms)
            return true;
        nanosleep(&pause, NULL);
    }
}

const Driver driver_sqlite = {
    .migrations = schema_sqlite,
    .writers_most = 1,
    .open = open_connection,
    .close = close_connection,
    .examine = examine,
    .begin = begin,
    .commit = commit,
    .roll_back = roll_back,
    .act_begin = act_begin,
    .act_keep = act_keep,
    .act_drop = act_drop,
    .rows_open = open_rows,
    .rows_next = next_row,
    .rows_close = close_rows,
    .rows_is_null = is_null,
    .rows_int = read_int,
    .rows_bytes = read_bytes,
    .run = run,
    .script = script,
    .count_tables = count_tables,
    .lock_schema = nothing_more,
    .fence = say_plans,
    .tell = tell,
    .listen = listen,
};
