/* Whether any function of the store reaches another institution's rows.
 *
 * alfa and beta stand in one database with rows of the same ids, numbers, codes and bearers; beta has some that alfa
 * has not.  Each function is called as alfa, once where alfa is alone in the database and once where beta is there too:
 * what it says and what it does to alfa must be the same, and beta's rows must stand as they stood.  And each must do
 * or say something where there are rows, or it would have been tried with nothing. */
#include "base/crypto.h"
#include "base/file.h"
#include "base/memory.h"
#include "registrar/store/transaction.h"
#include "calls.inc"
#include "database.h"
#include "test.h"

#define FOLDER      SOURCE_DIR "/tests/unit/registrar/store/crossing/"
#define TABLES_MOST 80

/* Asks about others by its purpose: whether the database is this institution's alone. */
static const char *const asks_of_others[] = { "restored_is_ours" };

/* --- the desk: the same database by its own tools, past any fence ------------------------------------------------- */

typedef struct Desk {
    sqlite3 *sqlite;
    PGconn *postgresql;
    char *tables[TABLES_MOST];
    char *columns[TABLES_MOST], *steady[TABLES_MOST]; /* all of them; those in which chance has no part */
    size_t table_count;
} Desk;

static void desk_run(Desk *desk, const char *sql)
{
    if (desk->sqlite) {
        char *message = NULL;

        if (sqlite3_exec(desk->sqlite, sql, NULL, NULL, &message) != SQLITE_OK)
            fail_msg("%s", message);
        return;
    }
    PGresult *result = PQexec(desk->postgresql, sql);
    if (PQresultStatus(result) != PGRES_COMMAND_OK && PQresultStatus(result) != PGRES_TUPLES_OK)
        fail_msg("%s", PQresultErrorMessage(result));
    PQclear(result);
}

/* Every value of every row, each ended by a line. */
static void desk_ask(Desk *desk, const char *sql, Buf *ret)
{
    if (desk->sqlite) {
        sqlite3_stmt *statement;

        if (sqlite3_prepare_v2(desk->sqlite, sql, -1, &statement, NULL) != SQLITE_OK)
            fail_msg("%s: %s", sql, sqlite3_errmsg(desk->sqlite));
        while (sqlite3_step(statement) == SQLITE_ROW)
            for (int i = 0; i < sqlite3_column_count(statement); i++) {
                const void *bytes = sqlite3_column_blob(statement, i);
                buf_add_str(ret, (Str){ bytes, (size_t)sqlite3_column_bytes(statement, i) });
                buf_add_byte(ret, '\n');
            }
        sqlite3_finalize(statement);
        return;
    }
    PGresult *result = PQexec(desk->postgresql, sql);
    if (PQresultStatus(result) != PGRES_TUPLES_OK)
        fail_msg("%s: %s", sql, PQresultErrorMessage(result));
    for (int row = 0; row < PQntuples(result); row++)
        for (int i = 0; i < PQnfields(result); i++)
            buf_add_format(ret, "%s\n", PQgetvalue(result, row, i));
    PQclear(result);
}

static void desk_learn_columns(Desk *desk, size_t at)
{
    char sql[512];
    OWNED_BUF names, all, steady;

    buf_init(&names, 1u << 16);
    buf_init(&all, 1u << 16);
    buf_init(&steady, 1u << 16);
    snprintf(sql, sizeof sql,
             desk->sqlite ? "SELECT name FROM pragma_table_info('%s') ORDER BY cid"
                          : "SELECT column_name FROM information_schema.columns WHERE table_schema = current_schema() "
                            "AND table_name = '%s' ORDER BY ordinal_position",
             desk->tables[at]);
    desk_ask(desk, sql, &names);
    Str rest = buf_str(&names);
    while (rest.len > 0) {
        Str name = str_split(&rest, '\n');

        buf_add_format(&all, "%s\"" STR_FMT "\"", all.len ? ", " : "", STR_ARG(name));
        if (!str_equal(name, STR("salt")) && !str_equal(name, STR("detail_hash")))
            buf_add_format(&steady, "%s\"" STR_FMT "\"", steady.len ? ", " : "", STR_ARG(name));
    }
    desk->columns[at] = mem_copy_text(buf_text(&all));
    desk->steady[at] = mem_copy_text(buf_text(&steady));
}

static void desk_learn(Desk *desk)
{
    OWNED_BUF names;

    buf_init(&names, 1u << 16);
    desk_ask(desk,
             desk->sqlite
                 ? "SELECT name FROM sqlite_master m WHERE type = 'table' AND EXISTS (SELECT 1 FROM "
                   "pragma_table_info(m.name) WHERE name = 'institution') ORDER BY name"
                 : "SELECT table_name FROM information_schema.columns WHERE table_schema = current_schema() AND "
                   "column_name = 'institution' ORDER BY table_name",
             &names);
    Str rest = buf_str(&names);
    while (rest.len > 0) {
        Str name = str_split(&rest, '\n');

        assert_true(desk->table_count < TABLES_MOST);
        if (str_equal(name, STR("commit_mark"))) /* the writer's own, counted up by each commit */
            continue;
        desk->tables[desk->table_count] = mem_copy(name.ptr, name.len + 1);
        desk->tables[desk->table_count][name.len] = '\0';
        desk_learn_columns(desk, desk->table_count++);
    }
    assert_true(desk->table_count > 30);
}

static void desk_close(Desk *desk)
{
    for (size_t i = 0; i < desk->table_count; i++) {
        mem_free(desk->tables[i]);
        mem_free(desk->columns[i]);
        mem_free(desk->steady[i]);
    }
    sqlite3_close(desk->sqlite);
    if (desk->postgresql)
        PQfinish(desk->postgresql);
}

static void desk_dump(Desk *desk, const char *institution, bool steady, uint8_t ret[SHA256_SIZE])
{
    char sql[4096];
    OWNED_BUF dump;
    Error err = { 0 };

    buf_init(&dump, 1u << 22);
    for (size_t i = 0; i < desk->table_count; i++) {
        const char *columns = steady ? desk->steady[i] : desk->columns[i];

        buf_add_format(&dump, "-- %s\n", desk->tables[i]);
        snprintf(sql, sizeof sql,
                 desk->sqlite ? "SELECT %s FROM \"%s\" WHERE institution = '%s' ORDER BY 1, 2"
                              : "SELECT ROW(%s)::text FROM \"%s\" WHERE institution = '%s' ORDER BY 1",
                 columns, desk->tables[i], institution);
        desk_ask(desk, sql, &dump);
    }
    assert_ok(sha256(buf_str(&dump), ret, &err), err);
}

static void desk_empty(Desk *desk, const char *institution)
{
    OWNED_BUF sql;

    buf_init(&sql, 1u << 16);
    buf_add_text(&sql, "BEGIN;");
    for (size_t i = 0; i < desk->table_count; i++)
        buf_add_format(&sql, "DELETE FROM \"%s\" WHERE institution = '%s';", desk->tables[i], institution);
    buf_add_text(&sql, "COMMIT;");
    desk_run(desk, buf_text(&sql));
}

/* BLOB(0A) is 32 bytes, BLOB(0A,16) so many. */
static Str write_blob(const Desk *desk, Str rest, Buf *sql)
{
    unsigned count = 32;

    if (rest.ptr[2] == ',')
        count = (unsigned)strtoul(rest.ptr + 3, NULL, 10);
    buf_add_text(sql, desk->sqlite ? "x'" : "'\\x");
    for (unsigned i = 0; i < count; i++)
        buf_add(sql, rest.ptr, 2);
    buf_add_text(sql, desk->sqlite ? "'" : "'::bytea");
    const char *end = memchr(rest.ptr, ')', rest.len);
    return (Str){ end + 1, rest.len - (size_t)(end + 1 - rest.ptr) };
}

static void desk_fill(Desk *desk, const char *file, const char *institution, char mark, int k)
{
    OWNED_BUF text, marked, sql;
    Error err = { 0 };

    buf_init(&text, 1u << 17);
    buf_init(&marked, 1u << 18);
    buf_init(&sql, 1u << 19);
    assert_ok(file_read(file, &text, &err), err);
    for (Str rest = buf_str(&text); rest.len > 0;) {
        bool slot = rest.len > 2 && rest.ptr[0] == '{' && rest.ptr[2] == '}';

        if (slot && rest.ptr[1] == 'I')
            buf_add_text(&marked, institution);
        else if (slot && rest.ptr[1] == 'M')
            buf_add_byte(&marked, (uint8_t)mark);
        else if (slot)
            buf_add_format(&marked, "%d", k);
        else
            buf_add_byte(&marked, (uint8_t)rest.ptr[0]);
        size_t taken = slot ? 3 : 1;
        rest = (Str){ rest.ptr + taken, rest.len - taken };
    }
    buf_add_text(&sql, "BEGIN;");
    for (Str rest = buf_str(&marked); rest.len > 0;) {
        if (str_starts(rest, STR("BLOB("))) {
            rest = write_blob(desk, (Str){ rest.ptr + 5, rest.len - 5 }, &sql);
            continue;
        }
        buf_add_byte(&sql, (uint8_t)rest.ptr[0]);
        rest = (Str){ rest.ptr + 1, rest.len - 1 };
    }
    buf_add_text(&sql, "COMMIT;");
    desk_run(desk, buf_text(&sql));
}

/* --- trying ------------------------------------------------------------------------------------------------------ */

typedef struct Seen {
    uint8_t said[SHA256_SIZE], own[SHA256_SIZE];
    ErrorCode code;
} Seen;

typedef struct Try {
    const Call *call;
    int k;
    Buf said;
} Try;

static bool act(StoreTransaction *transaction, void *arg, Error *err)
{
    Try *try = arg;

    buf_clear(&try->said);
    bool done = try->call->run(transaction, try->k, &try->said, err);
    buf_add_byte(&try->said, done ? 'y' : 'n');
    return done;
}

static void call_as_alfa(Store *store, Desk *desk, const Call *call, int k, bool filled, Seen *ret)
{
    Try try = { .call = call, .k = k };
    Error err = { 0 };

    buf_init(&try.said, 1u << 22);
    desk_empty(desk, "alfa");
    desk_fill(desk, filled ? FOLDER "first.sql" : FOLDER "bare.sql", "alfa", 'A', 7);
    if (filled)
        desk_fill(desk, FOLDER "fill.sql", "alfa", 'A', 1);
    bool done = store_write(store, act, &try, &err);
    ret->code = done ? 0 : err.code;
    if (!done && err.code == ERR_STORE && err.cause && filled && k == 1)
        print_message("%s %d: %s\n", call->name, call->turn, err.text);
    assert_ok(sha256(buf_str(&try.said), ret->said, &err), err);
    desk_dump(desk, "alfa", true, ret->own);
    buf_fini(&try.said);
}

static bool same(const Seen *one, const Seen *other)
{
    return one->code == other->code && !memcmp(one->said, other->said, SHA256_SIZE) &&
           !memcmp(one->own, other->own, SHA256_SIZE);
}

static bool listed(const char *const *names, size_t count, const char *name)
{
    for (size_t i = 0; i < count; i++)
        if (!strcmp(names[i], name))
            return true;
    return false;
}

typedef struct Result {
    size_t functions, tries, crossed, idle;
} Result;

/* Whether a call says or does anything that depends on rows of alfa's. */
static bool does_something(const Seen *empty, const Seen *filled, const uint8_t before[SHA256_SIZE])
{
    return empty->code != filled->code || memcmp(empty->said, filled->said, SHA256_SIZE) != 0 ||
           memcmp(filled->own, before, SHA256_SIZE) != 0;
}

/* --- statements that forgot their institution ----------------------------------------------------------------------
 */

#define FORGETS "CAST(?1 AS TEXT) IS NOT NULL" /* every statement has ?1, but it need not mean anything */

static bool planted_look(StoreTransaction *t, int k, Buf *said, Error *err)
{
    OWNED_ROWS rows = { 0 };
    bool row = true;

    if (!ROWS(&rows, t, err, "SELECT number FROM student WHERE " FORGETS " AND id = ?2 ORDER BY pinfl", INT(k)))
        return false;
    while (rows_next(&rows, &row, err) && row)
        buf_add_str(said, rows_bytes(&rows, 0));
    return !row;
}

static bool planted_change(StoreTransaction *t, int k, Buf *said UNUSED, Error *err)
{
    return RUN(t, err, NULL, "UPDATE draft SET question = ?2 WHERE " FORGETS " AND student = ?3", TEXT("other"),
               INT(k));
}

static bool planted_removal(StoreTransaction *t, int k, Buf *said UNUSED, Error *err)
{
    return RUN(t, err, NULL, "DELETE FROM alert WHERE " FORGETS " AND id = ?2", INT(k));
}

static bool planted_forgery(StoreTransaction *t, int k, Buf *said UNUSED, Error *err)
{
    return RUN(t, err, NULL,
               "INSERT INTO alert (institution, id, at_s, what, object, words) SELECT 'beta', ?2, 1, 'a', 'b', 'c' "
               "WHERE " FORGETS,
               INT(100 + k));
}

static const Call planted[] = {
    { "planted_look", 0, planted_look },
    { "planted_change", 0, planted_change },
    { "planted_removal", 0, planted_removal },
    { "planted_forgery", 0, planted_forgery },
};

static void fill_all(Desk *desk, const char *institution, char mark, int first, int highest_k)
{
    desk_empty(desk, institution);
    desk_fill(desk, FOLDER "first.sql", institution, mark, first);
    for (int k = 1; k <= highest_k; k++)
        desk_fill(desk, FOLDER "fill.sql", institution, mark, k);
}

/* Structs are said with their padding, which is whatever lay on the stack: what another institution changes, it changes
 * each time. */
static bool is_chance(Store *store, Desk *desk, const Call *call, int k)
{
    bool equal = false;

    for (int i = 0; i < 3 && !equal; i++) {
        Seen alone, beside;

        desk_empty(desk, "beta");
        call_as_alfa(store, desk, call, k, true, &alone);
        fill_all(desk, "beta", 'B', 9, 2);
        call_as_alfa(store, desk, call, k, true, &beside);
        equal = same(&alone, &beside);
    }
    return equal;
}

static void judge_beside(Store *store, Desk *desk, const Call *call, int k, const Seen *alone,
                         const uint8_t beta[SHA256_SIZE], Result *result)
{
    uint8_t beta_now[SHA256_SIZE];
    Seen beside;

    call_as_alfa(store, desk, call, k, true, &beside);
    desk_dump(desk, "beta", false, beta_now);
    result->tries++;
    bool untouched = !memcmp(beta, beta_now, SHA256_SIZE);
    if (untouched && (same(alone, &beside) || listed(asks_of_others, COUNT(asks_of_others), call->name) ||
                      is_chance(store, desk, call, k)))
        return;
    result->crossed++;
    print_message("CROSSED: %s (turn %d, of key %d): %s\n", call->name, call->turn, k,
                  untouched ? "says or does something else when another institution is there"
                            : "changes rows of another institution");
}

static void try_all(Store *store, Desk *desk, const Call *tried, size_t count, Result *ret)
{
    static Seen alone[COUNT(calls)][2], empty[COUNT(calls)];
    uint8_t filled[SHA256_SIZE], beta[SHA256_SIZE];

    desk_empty(desk, "beta");
    for (size_t i = 0; i < count; i++) {
        call_as_alfa(store, desk, &tried[i], 1, false, &empty[i]);
        for (int k = 1; k <= 2; k++)
            call_as_alfa(store, desk, &tried[i], k, true, &alone[i][k - 1]);
    }
    fill_all(desk, "alfa", 'A', 7, 1);
    desk_dump(desk, "alfa", true, filled);
    fill_all(desk, "beta", 'B', 9, 2);
    desk_dump(desk, "beta", false, beta);
    for (size_t first = 0, end; first < count; first = end) {
        const char *name = tried[first].name;
        bool busy = listed(asks_of_others, COUNT(asks_of_others), name);

        ret->functions++;
        for (end = first; end < count && !strcmp(tried[end].name, name); end++) {
            busy = busy || does_something(&empty[end], &alone[end][0], filled);
            for (int k = 1; k <= 2; k++)
                judge_beside(store, desk, &tried[end], k, &alone[end][k - 1], beta, ret);
        }
        ret->idle += busy ? 0 : 1;
        if (!busy)
            print_message("IDLE: %s says and does the same with rows and without: it was tried with nothing\n", name);
    }
}

/* Nobody but these statements themselves stands before SQLite's rows; before PostgreSQL's stands row-level security. */
static void try_planted(Store *store, Desk *desk)
{
    Result result = { 0 };

    try_all(store, desk, planted, COUNT(planted), &result);
    print_message("planted statements without their institution: %zu, tries that crossed: %zu\n", result.functions,
                  result.crossed);
    if (desk->sqlite)
        assert_true(result.crossed >= COUNT(planted));
    else
        assert_int_equal(result.crossed, 0);
    fill_all(desk, "beta", 'B', 9, 0);
}

static void judge(const char *database, const Result *result)
{
    print_message("%s: functions %zu, tries %zu, crossed: %zu, tried with nothing: %zu\n", database, result->functions,
                  result->tries, result->crossed, result->idle);
    assert_int_equal(result->crossed, 0);
    assert_int_equal(result->idle, 0);
    assert_true(result->functions > 100);
}

/* --- the database ------------------------------------------------------------------------------------------------ */

static void desk_open(Desk *desk, const TestDatabase *database)
{
    char path[128];

    if (!test_database_is_postgresql(database)) {
        assert_int_equal(sqlite3_open(database->address, &desk->sqlite), SQLITE_OK);
        sqlite3_busy_timeout(desk->sqlite, 5000);
        desk_run(desk, "PRAGMA synchronous = OFF");
        return;
    }
    desk->postgresql = PQconnectdb(database->superuser);
    if (PQstatus(desk->postgresql) != CONNECTION_OK)
        fail_msg("%s", PQerrorMessage(desk->postgresql));
    snprintf(path, sizeof path, "SET search_path = %s", database->schema);
    desk_run(desk, path);
    desk_run(desk, "SET session_replication_role = replica"); /* rows go in any order */
}

static void test_nobody_crosses(void **state UNUSED)
{
    TestDatabase database;
    Result result = { 0 };
    Desk desk = { 0 };
    Error err = { 0 };

    test_database_make(&database);
    Store *store = store_open(database.address, "alfa", NULL, &err);
    if (!store)
        fail_msg("%s", err.text);
    desk_open(&desk, &database);
    desk_learn(&desk);
    try_planted(store, &desk);
    try_all(store, &desk, calls, COUNT(calls), &result);
    store_close(store);
    desk_close(&desk);
    test_database_drop(&database);
    judge(test_database_is_postgresql(&database) ? "PostgreSQL" : "SQLite", &result);
}

int main(void)
{
    const struct CMUnitTest tests[] = { cmocka_unit_test(test_nobody_crosses) };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
