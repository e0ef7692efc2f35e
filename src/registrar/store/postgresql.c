/* PostgreSQL: any number of registrars beside each other on one database. */
#include "registrar/store/postgresql.h"

#include <endian.h>
#include <errno.h>
#include <poll.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/memory.h"
#include "registrar/store/postgresql_line.h"
#include "registrar/store/schema/schema.h"

#define STATEMENTS_MOST 400  /* prepared on a connection; one more is prepared each time under the empty name */
#define SQL_MOST        8192 /* of a statement */
#define WRITERS_MOST    8
#define VERSION_LEAST   14
#define CHANNEL         "registrar"

/* Types by their numbers, which are the same in every database (src/include/catalog/pg_type.dat). */
enum { TYPE_ANY = 0, TYPE_BOOL = 16, TYPE_BYTEA = 17, TYPE_INT8 = 20, TYPE_INT2 = 21, TYPE_INT4 = 23, TYPE_TEXT = 25 };

typedef struct Postgresql {
    StoreTransaction base;
    PgLine line;
    char schema[64];
    bool open;      /* a transaction */
    bool unchecked; /* changes were sent whose answers nobody has read */
    bool listening;
    size_t statement_count;
    struct {
        const char *sql; /* the literal's address; with the kinds of its values it is the key */
        uint64_t kinds;
    } statements[STATEMENTS_MOST];
} Postgresql;

static Postgresql *postgresql_of(StoreTransaction *connection)
{
    return (Postgresql *)connection;
}

/* What went wrong on the line shows in the connection. */
static bool noted(Postgresql *postgresql, bool done)
{
    postgresql->base.lost = postgresql->line.lost;
    postgresql->base.changed = postgresql->line.changed;
    return done;
}

static bool settle(Postgresql *postgresql, PGresult **ret, Error *err)
{
    postgresql->unchecked = false;
    return noted(postgresql, pg_line_settle(&postgresql->line, ret, err));
}

static bool send(Postgresql *postgresql, const char *sql, Error *err)
{
    return noted(postgresql, pg_line_send(&postgresql->line, sql, err));
}

static bool script(StoreTransaction *connection, const char *sql, Error *err)
{
    return noted(postgresql_of(connection), pg_line_script(&postgresql_of(connection)->line, sql, err));
}

/* --- connections ------------------------------------------------------------------------------------------------- */

static void close_connection(StoreTransaction *connection)
{
    if (!connection)
        return;
    pg_line_close(&postgresql_of(connection)->line);
    mem_free(connection);
}
OWNED_BY(StoreTransaction, close_connection)

/* Notices are for people at a terminal. */
static void ignore_notice(void *ctx, const char *words)
{
    (void)ctx;
    (void)words;
}

/* A registrar that is stopped in the midst of an act, or a network that swallowed one, holds the others up for 15 s. */
static const char setup[] = "SET statement_timeout = '60s'; SET lock_timeout = '15s';"
                            "SET idle_in_transaction_session_timeout = '15s'; SET jit = off; SET row_security = on;"
                            "SELECT current_schema()";

static bool configure(Postgresql *postgresql, Error *err)
{
    PGconn *conn = postgresql->line.conn;

    PQsetNoticeProcessor(conn, ignore_notice, NULL);
    PGresult *result = PQexec(conn, setup);
    bool done = PQresultStatus(result) == PGRES_TUPLES_OK && !PQgetisnull(result, 0, 0);
    if (done)
        str_copy_cut(str_from(PQgetvalue(result, 0, 0)), postgresql->schema, sizeof postgresql->schema);
    else if (PQstatus(conn) == CONNECTION_BAD)
        error_set(err, ERR_OFFLINE, "the connection broke at once");
    else
        error_set(err, ERR_DENIED, "this role can't use a schema of this database: %.80s", PQerrorMessage(conn));
    PQclear(result);
    return done;
}

static StoreTransaction *open_connection(const char *address, bool writes, Error *err)
{
    OWNED(StoreTransaction) connection = mem_new(1, sizeof(Postgresql));

    if (!connection) {
        error_set(err, ERR_MEMORY, "connection");
        return NULL;
    }
    connection->driver = &driver_postgresql;
    connection->writes = writes;
    if (!pg_line_open(&postgresql_of(connection)->line, address, err) || !configure(postgresql_of(connection), err)) {
        char where[80];

        postgresql_describe(address, where, sizeof where);
        error_add(err, "%s", where);
        return NULL;
    }
    return steal(&connection);
}

void postgresql_describe(const char *address, char *ret, size_t size)
{
    PQconninfoOption *options = PQconninfoParse(address, NULL);
    const char *database = "", *host = "";

    for (PQconninfoOption *each = options; each && each->keyword; each++)
        if (each->val && strcmp(each->keyword, "dbname") == 0)
            database = each->val;
        else if (each->val && strcmp(each->keyword, "host") == 0)
            host = each->val;
    snprintf(ret, size, "PostgreSQL, database %.30s at %.40s", database, host[0] ? host : "this machine");
    PQconninfoFree(options);
}

/* --- statements -------------------------------------------------------------------------------------------------- */

/* "?2" is PostgreSQL's "$2"; what stands in quotes is text. */
static bool translate(const char *sql, char *ret, size_t size)
{
    size_t len = strlen(sql);
    bool quoted = false;

    if (len >= size)
        return false;
    for (size_t i = 0; i <= len; i++) {
        quoted ^= sql[i] == '\'';
        ret[i] = sql[i] == '?' && !quoted ? '$' : sql[i];
    }
    return true;
}

static Oid type_of(ValueKind kind)
{
    switch (kind) {
    case VALUE_NULL: return TYPE_ANY;
    case VALUE_INT: return TYPE_INT8;
    case VALUE_TEXT: return TYPE_TEXT;
    case VALUE_BLOB: return TYPE_BYTEA;
    }
    return TYPE_ANY;
}

static uint64_t kinds_of(const Value *values, size_t count)
{
    uint64_t kinds = 0;

    static_assert(PARAMETERS_MOST * 2 <= 64, "two bits a value");
    for (size_t i = 0; i < count; i++)
        kinds |= (uint64_t)values[i].kind << (2 * i);
    return kinds;
}

/* ret_name: of a statement that is ready on the server.  Prepared statements outlive their transaction; that one is
 * there is known only when the server has answered, so that its answer is waited for, once. */
static bool prepare(Postgresql *postgresql, const char *sql, const Value *values, size_t count, char ret_name[16],
                    Error *err)
{
    Oid types[PARAMETERS_MOST] = { TYPE_TEXT };
    char translated[SQL_MOST];
    uint64_t kinds = kinds_of(values, count);
    size_t at = 0;

    while (at < postgresql->statement_count &&
           (postgresql->statements[at].sql != sql || postgresql->statements[at].kinds != kinds))
        at++;
    ret_name[0] = '\0';
    if (at < STATEMENTS_MOST)
        snprintf(ret_name, 16, "s%zu", at);
    if (at < postgresql->statement_count)
        return true;
    for (size_t i = 0; i < count; i++)
        types[i + 1] = type_of(values[i].kind);
    if (!translate(sql, translated, sizeof translated))
        return error_set(err, ERR_RANGE, "a statement of more than %d letters", SQL_MOST);
    if (!pg_line_send_prepare(&postgresql->line, ret_name, translated, (int)count + 1, types, err) ||
        !pg_line_settle(&postgresql->line, NULL, err))
        return noted(postgresql, false);
    if (at < STATEMENTS_MOST) {
        postgresql->statements[at].sql = sql;
        postgresql->statements[at].kinds = kinds;
        postgresql->statement_count++;
    }
    return true;
}

static bool send_values(Postgresql *postgresql, const char *sql, const Value *values, size_t count, Error *err)
{
    const char *bytes[PARAMETERS_MOST] = { postgresql->base.institution };
    int lengths[PARAMETERS_MOST] = { (int)strlen(postgresql->base.institution) };
    uint64_t numbers[PARAMETERS_MOST];
    char name[16];

    if (!prepare(postgresql, sql, values, count, name, err))
        return false;
    for (size_t i = 0; i < count; i++)
        switch (values[i].kind) {
        case VALUE_NULL: bytes[i + 1] = NULL; break;
        case VALUE_INT:
            numbers[i] = htobe64((uint64_t)values[i].number);
            bytes[i + 1] = (const char *)&numbers[i];
            lengths[i + 1] = sizeof numbers[i];
            break;
        case VALUE_TEXT:
        case VALUE_BLOB:
            if (values[i].bytes.len > INT32_MAX)
                return error_set(err, ERR_RANGE, "a value of %zu bytes", values[i].bytes.len);
            bytes[i + 1] = values[i].bytes.ptr ? values[i].bytes.ptr : "";
            lengths[i + 1] = (int)values[i].bytes.len;
            break;
        }
    return noted(postgresql, pg_line_send_values(&postgresql->line, name, (int)count + 1, bytes, lengths, err));
}

static bool open_rows(Rows *rows, const char *sql, const Value *values, size_t count, Error *err)
{
    Postgresql *postgresql = postgresql_of(rows->transaction);
    PGresult *result = NULL;

    if (!send_values(postgresql, sql, values, count, err) || !settle(postgresql, &result, err))
        return false;
    rows->cursor = result;
    rows->row = -1;
    return true;
}

static bool next_row(Rows *rows, bool *ret_row, Error *err)
{
    (void)err;
    *ret_row = ++rows->row < PQntuples(rows->cursor);
    return true;
}

static void close_rows(Rows *rows)
{
    PQclear(rows->cursor);
}

static bool is_null(const Rows *rows, int column)
{
    return PQgetisnull(rows->cursor, rows->row, column);
}

static int64_t read_int(const Rows *rows, int column)
{
    const char *bytes = PQgetvalue(rows->cursor, rows->row, column);
    uint64_t wide;
    uint32_t middle;
    uint16_t narrow;

    if (is_null(rows, column))
        return 0;
    switch (PQftype(rows->cursor, column)) {
    case TYPE_INT8: memcpy(&wide, bytes, sizeof wide); return (int64_t)be64toh(wide);
    case TYPE_INT4: memcpy(&middle, bytes, sizeof middle); return (int32_t)be32toh(middle);
    case TYPE_INT2: memcpy(&narrow, bytes, sizeof narrow); return (int16_t)be16toh(narrow);
    case TYPE_BOOL: return bytes[0];
    default: assert(!"a column that is read as a number is one"); return 0;
    }
}

static Str read_bytes(const Rows *rows, int column)
{
    return (Str){ PQgetvalue(rows->cursor, rows->row, column), (size_t)PQgetlength(rows->cursor, rows->row, column) };
}

static bool run(StoreTransaction *connection, const char *sql, const Value *values, size_t count, int *ret_changed,
                Error *err)
{
    Postgresql *postgresql = postgresql_of(connection);
    PGresult *result = NULL;
    int64_t changed = 0;

    if (!send_values(postgresql, sql, values, count, err))
        return false;
    if (!ret_changed) {
        postgresql->unchecked = true;
        return true;
    }
    if (!settle(postgresql, &result, err))
        return false;
    bool counted = str_to_i64(str_from(PQcmdTuples(result)), 0, INT32_MAX, &changed);
    PQclear(result);
    *ret_changed = (int)changed;
    return counted || error_set(err, ERR_STORE, "the server does not say how many rows it changed");
}

/* --- what may be used ---------------------------------------------------------------------------------------- */

static bool judge(const Rows *rows, Log *log, Error *err)
{
    enum { UNBOUND, VERSION, ENCODING, STANDBY, SYNCHRONOUS, FSYNC };

    if (rows_int(rows, UNBOUND))
        return error_set(err, ERR_DENIED,
                         "this role is superuser or BYPASSRLS, and no fence would stand between institutions: "
                         "use an ordinary one that owns the database");
    if (rows_int(rows, VERSION) < VERSION_LEAST * 10000)
        return error_set(err, ERR_UNSUPPORTED, "PostgreSQL %d or newer is needed", VERSION_LEAST);
    if (!str_equal_text(rows_bytes(rows, ENCODING), "UTF8"))
        return error_set(err, ERR_DENIED, "the database must be made with ENCODING UTF8");
    if (rows_int(rows, STANDBY))
        return error_set(err, ERR_DENIED, "this server is a standby and takes no changes");
    if (str_equal_text(rows_bytes(rows, SYNCHRONOUS), "off"))
        LOG(log, LOG_WARN, EVENT_STORE_UNSAFE, LOG_WORD("setting", "synchronous_commit"));
    if (str_equal_text(rows_bytes(rows, FSYNC), "off"))
        LOG(log, LOG_WARN, EVENT_STORE_UNSAFE, LOG_WORD("setting", "fsync"));
    return true;
}

static bool examine(StoreTransaction *connection, Log *log, Error *err)
{
    OWNED_ROWS rows = { 0 };
    bool row;

    if (!rows_open(&rows, connection,
                   "SELECT rolsuper OR rolbypassrls, CAST(current_setting('server_version_num') AS BIGINT),"
                   " current_setting('server_encoding'), pg_is_in_recovery(), current_setting('synchronous_commit'),"
                   " current_setting('fsync') FROM pg_roles WHERE rolname = current_user AND ?1 <> ''",
                   NULL, 0, err) ||
        !rows_next(&rows, &row, err))
        return false;
    return row ? judge(&rows, log, err) : error_set(err, ERR_STORE, "the server does not say what it is");
}

/* --- transactions ------------------------------------------------------------------------------------------------ */

/* Locks of a database are numbers: FNV-1a of what is locked.  Two that share one would only wait for each other. */
static int64_t lock_number(const Postgresql *postgresql, const char *what)
{
    uint64_t hash = UINT64_C(0xCBF29CE484222325);
    const char *const parts[] = { "registrar ", postgresql->schema, " ", what };

    for (size_t i = 0; i < COUNT(parts); i++)
        for (const char *at = parts[i]; *at; at++)
            hash = (hash ^ (uint8_t)*at) * UINT64_C(0x100000001B3);
    return (int64_t)hash;
}

/* Each statement sees what was committed before it began.  Of one that waited for the lock, that would be too early:
 * the lock is taken by a statement of its own, before all others. */
static bool begin_writing(Postgresql *postgresql, Error *err)
{
    const Value lock = INT(lock_number(postgresql, postgresql->base.institution));

    return send(postgresql, "BEGIN ISOLATION LEVEL READ COMMITTED READ WRITE", err) &&
           send_values(postgresql, "SELECT set_config('registrar.institution', ?1, true), pg_advisory_xact_lock(?2)",
                       &lock, 1, err) &&
           settle(postgresql, NULL, err);
}

/* Nobody waits for this: it goes with the first question. */
static bool begin_reading(Postgresql *postgresql, Error *err)
{
    return send(postgresql, "BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY", err) &&
           send_values(postgresql, "SELECT set_config('registrar.institution', ?1, true)", NULL, 0, err);
}

static bool begin(StoreTransaction *connection, Error *err)
{
    Postgresql *postgresql = postgresql_of(connection);

    postgresql->open = true;
    postgresql->unchecked = false;
    postgresql->line.changed = false;
    return connection->writes ? begin_writing(postgresql, err) : begin_reading(postgresql, err);
}

static CommitFate commit(StoreTransaction *connection, Error *err)
{
    Postgresql *postgresql = postgresql_of(connection);
    PGresult *result = NULL;

    if (!send(postgresql, "COMMIT", err))
        return COMMIT_UNDONE;
    postgresql->open = false;
    if (!settle(postgresql, &result, err)) {
        postgresql->open = true;
        return connection->lost ? COMMIT_UNKNOWN : COMMIT_UNDONE;
    }
    bool done = strcmp(PQcmdStatus(result), "COMMIT") == 0;
    PQclear(result);
    if (!done)
        error_set(err, ERR_STORE, "the server rolled back what it should have committed");
    return done ? COMMIT_DONE : COMMIT_UNDONE;
}

/* Its answer is read by whoever has the connection next. */
static void roll_back(StoreTransaction *connection)
{
    Postgresql *postgresql = postgresql_of(connection);

    if (!postgresql->open)
        return;
    postgresql->open = false;
    if (postgresql->line.failed) {
        settle(postgresql, NULL, NULL);
        if (connection->lost)
            return;
        pg_line_forgive(&postgresql->line);
    }
    if (send(postgresql, "ROLLBACK", NULL))
        pg_line_push(&postgresql->line);
    noted(postgresql, true);
}

static bool act_begin(StoreTransaction *connection, Error *err)
{
    return send(postgresql_of(connection), "SAVEPOINT act", err);
}

static bool act_keep(StoreTransaction *connection, Error *err)
{
    Postgresql *postgresql = postgresql_of(connection);

    return send(postgresql, "RELEASE act", err) && (!postgresql->unchecked || settle(postgresql, NULL, err));
}

static bool act_drop(StoreTransaction *connection)
{
    Postgresql *postgresql = postgresql_of(connection);

    if (!settle(postgresql, NULL, NULL) && connection->lost)
        return false;
    pg_line_forgive(&postgresql->line);
    return send(postgresql, "ROLLBACK TO act", NULL) && send(postgresql, "RELEASE act", NULL) &&
           settle(postgresql, NULL, NULL);
}

/* --- schema ------------------------------------------------------------------------------------------------------ */

static bool count_tables(StoreTransaction *connection, int *ret_tables, bool *ret_versioned, Error *err)
{
    OWNED_ROWS rows = { 0 };
    bool row;

    if (!rows_open(&rows, connection,
                   "SELECT count(*), count(*) FILTER (WHERE tablename = 'schema_version') FROM pg_tables"
                   " WHERE schemaname = current_schema() AND ?1 <> ''",
                   NULL, 0, err) ||
        !rows_next(&rows, &row, err))
        return false;
    *ret_tables = (int)rows_int(&rows, 0);
    *ret_versioned = rows_int(&rows, 1) > 0;
    return true;
}

static bool lock_schema(StoreTransaction *connection, Error *err)
{
    Postgresql *postgresql = postgresql_of(connection);
    const Value lock = INT(lock_number(postgresql, "the schema"));

    return script(connection, "SET LOCAL statement_timeout = 0; SET LOCAL lock_timeout = '120s'", err) &&
           send_values(postgresql, "SELECT pg_advisory_xact_lock(?2), ?1", &lock, 1, err) &&
           settle(postgresql, NULL, err);
}

/* The second fence: a statement that forgot to name the institution sees its own rows alone, for the owner too. */
static bool fence(StoreTransaction *connection, Error *err)
{
    return script(connection,
                  "DO $$ DECLARE name text; BEGIN"
                  " FOR name IN SELECT c.relname FROM pg_class c JOIN pg_attribute a ON a.attrelid = c.oid"
                  "  WHERE c.relnamespace = current_schema()::regnamespace AND c.relkind IN ('r', 'p')"
                  "   AND a.attname = 'institution' AND NOT a.attisdropped LOOP"
                  "  EXECUTE format('ALTER TABLE %I ENABLE ROW LEVEL SECURITY', name);"
                  "  EXECUTE format('ALTER TABLE %I FORCE ROW LEVEL SECURITY', name);"
                  "  EXECUTE format('DROP POLICY IF EXISTS institution ON %I', name);"
                  "  EXECUTE format('CREATE POLICY institution ON %I"
                  "   USING (institution = current_setting(''registrar.institution'', true))"
                  "   WITH CHECK (institution = current_setting(''registrar.institution'', true))', name);"
                  " END LOOP; END $$",
                  err) ||
           error_add(err, "row-level security");
}

/* --- hearing of others ------------------------------------------------------------------------------------------- */

/* After the commit and not within it: a transaction that notifies holds a lock of the whole database while the disk
 * works, and institutions would wait for each other. */
static void tell(StoreTransaction *connection, const char *words)
{
    Postgresql *postgresql = postgresql_of(connection);
    char payload[sizeof postgresql->schema + WORDS_MOST + 2];

    snprintf(payload, sizeof payload, "%s %s", postgresql->schema, words);
    if (send_values(postgresql, "SELECT pg_notify('" CHANNEL "', ?2), ?1", &TEXT(payload), 1, NULL))
        pg_line_push(&postgresql->line);
    noted(postgresql, true);
}

static bool heard_of_us(Postgresql *postgresql, char ret_words[WORDS_MOST + 1])
{
    PGnotify *notify;
    bool ours = false;

    while (!ours && (notify = PQnotifies(postgresql->line.conn)) != NULL) {
        Str words = str_from(notify->extra), schema = str_split(&words, ' ');

        ours = str_equal_text(schema, postgresql->schema);
        if (ours)
            str_copy_cut(words, ret_words, WORDS_MOST + 1);
        PQfreemem(notify);
    }
    return ours;
}

static bool listen(StoreTransaction *connection, int wait_ms, bool *ret_heard, char ret_words[WORDS_MOST + 1],
                   Error *err)
{
    Postgresql *postgresql = postgresql_of(connection);
    struct pollfd socket = { PQsocket(postgresql->line.conn), POLLIN, 0 };

    if (!postgresql->listening) {
        postgresql->listening = script(connection, "LISTEN " CHANNEL, err);
        *ret_heard = postgresql->listening; /* what was said until now was not heard */
        ret_words[0] = '\0';
        return postgresql->listening;
    }
    *ret_heard = heard_of_us(postgresql, ret_words);
    if (*ret_heard)
        return true;
    if ((poll(&socket, 1, wait_ms) < 0 && errno != EINTR) || !PQconsumeInput(postgresql->line.conn))
        return error_set(err, ERR_BUSY, "connection lost");
    *ret_heard = heard_of_us(postgresql, ret_words);
    return true;
}

const Driver driver_postgresql = {
    .migrations = schema_postgresql,
    .writers_most = WRITERS_MOST,
    .loses_answers = true,
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
    .lock_schema = lock_schema,
    .fence = fence,
    .tell = tell,
    .listen = listen,
};
