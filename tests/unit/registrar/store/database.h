/* A database of a test's own, gone after it: an SQLite file, or where REGISTRAR_TEST_DATABASE holds the address of one
 * of tests/postgresql, a schema of that.  What a test asks of it beside the store, it asks as somebody whom no fence
 * binds. */
#ifndef UNIT_STORE_DATABASE_H
#define UNIT_STORE_DATABASE_H

#include "test.h"

#include <libpq-fe.h>
#include <sqlite3.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/str.h"

typedef struct TestDatabase {
    char folder[64];   /* for the test's files */
    char address[512]; /* for store_open */
    char schema[40];   /* of PostgreSQL's; empty: SQLite */
    char superuser[256];
} TestDatabase;

static inline bool test_database_is_postgresql(const TestDatabase *database)
{
    return database->schema[0] != '\0';
}

/* The one number that a query gives, or 0 where it gives none. */
static inline int64_t test_database_ask_postgresql(const TestDatabase *database, const char *sql)
{
    PGconn *conn = PQconnectdb(database->superuser);
    char path[128];

    snprintf(path, sizeof path, "SET client_min_messages = error; SET search_path = %s, public", database->schema);
    PQclear(PQexec(conn, path));
    PGresult *result = PQexec(conn, sql);
    ExecStatusType status = PQresultStatus(result);
    if (status != PGRES_TUPLES_OK && status != PGRES_COMMAND_OK)
        fail_msg("%s: %s", sql, PQerrorMessage(conn));
    const char *answer = status == PGRES_TUPLES_OK && PQntuples(result) > 0 ? PQgetvalue(result, 0, 0) : "0";
    int64_t found = answer[0] == 't'; /* a condition; a NULL is "" */
    if (answer[0] && !found && answer[0] != 'f' && !str_to_i64(str_from(answer), INT64_MIN, INT64_MAX, &found))
        fail_msg("%s: %s is no number", sql, answer);
    PQclear(result);
    PQfinish(conn);
    return found;
}

static inline int64_t test_database_ask_sqlite(const char *path, const char *sql)
{
    sqlite3 *db;
    sqlite3_stmt *statement;
    int64_t found = 0;

    assert_int_equal(sqlite3_open_v2(path, &db, SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE, NULL), SQLITE_OK);
    sqlite3_busy_timeout(db, 5000);
    if (sqlite3_prepare_v2(db, sql, -1, &statement, NULL) != SQLITE_OK)
        fail_msg("%s: %s", sql, sqlite3_errmsg(db));
    int step = sqlite3_step(statement);
    if (step == SQLITE_ROW)
        found = sqlite3_column_int64(statement, 0);
    else
        assert_int_equal(step, SQLITE_DONE);
    sqlite3_finalize(statement);
    sqlite3_close(db);
    return found;
}

static inline int64_t test_database_ask(const TestDatabase *database, const char *sql)
{
    return test_database_is_postgresql(database) ? test_database_ask_postgresql(database, sql)
                                                 : test_database_ask_sqlite(database->address, sql);
}

static inline void test_database_make(TestDatabase *database)
{
    const char *server = getenv("REGISTRAR_TEST_DATABASE"), *user;
    char made[96];

    *database = (TestDatabase){ 0 };
    snprintf(database->folder, sizeof database->folder, "/tmp/store-test-XXXXXX");
    assert_non_null(mkdtemp(database->folder));
    if (!server) {
        snprintf(database->address, sizeof database->address, "%s/registrar.db", database->folder);
        return;
    }
    user = strstr(server, "//registrar@");
    assert_non_null(user);
    snprintf(database->superuser, sizeof database->superuser, "%.*s//admin@%s", (int)(user - server), server,
             user + strlen("//registrar@"));
    snprintf(database->schema, sizeof database->schema, "test_%ld_%.6s", (long)getpid(),
             strrchr(database->folder, '-') + 1);
    for (char *at = database->schema; *at; at++)
        *at = *at >= 'A' && *at <= 'Z' ? (char)(*at - 'A' + 'a') : *at;
    snprintf(database->address, sizeof database->address, "%s&options=-csearch_path%%3D%s", server, database->schema);
    snprintf(made, sizeof made, "CREATE SCHEMA %s AUTHORIZATION registrar", database->schema);
    test_database_ask(database, made);
}

static inline void test_database_drop(TestDatabase *database)
{
    static const char *const endings[] = { "", "-wal", "-shm" };
    char text[600];

    if (test_database_is_postgresql(database)) {
        snprintf(text, sizeof text, "DROP SCHEMA %s CASCADE", database->schema);
        test_database_ask(database, text);
    } else
        for (size_t i = 0; i < COUNT(endings); i++) {
            snprintf(text, sizeof text, "%s%s", database->address, endings[i]);
            unlink(text);
        }
    rmdir(database->folder);
}

#endif
