/* How SQLite goes about what is asked often: by what chooses, never by the institution alone, which is in every row. */
#include "database.h"

#include <stdio.h>

#include "registrar/store/store.h"

static const struct {
    const char *name, *sql, *by;
} cases[] = {
    { "acts of an object",
      "SELECT 1 FROM act WHERE institution = 'x' AND object = 'request:' || 'y' AND act = 'request.asked-for'",
      "act_of_object (institution=? AND object=?)" },
    { "acts of an actor", "SELECT 1 FROM act WHERE institution = 'x' AND actor = 'y' ORDER BY at_ms DESC, id DESC",
      "act_of_actor (institution=? AND actor=?)" },
    { "acts of a name", "SELECT 1 FROM act WHERE institution = 'x' AND act = 'y' ORDER BY at_ms DESC, id DESC",
      "act_named (institution=? AND act=?)" },
    { "acts of a time",
      "SELECT object FROM act WHERE institution = 'x' AND at_ms >= 1 AND at_ms < 9"
      " ORDER BY at_ms DESC, id DESC",
      "act_at (institution=? AND at_ms>? AND at_ms<?)" },
    { "requests of a student",
      "SELECT answers FROM request WHERE institution = 'x' AND student = 7 AND state <> 'draft'",
      "(institution=? AND student=?)" },
    { "papers of a student", "SELECT snapshot FROM document WHERE institution = 'x' AND student = 7",
      "(institution=? AND student=?)" },
    { "an act", "SELECT 1 FROM act WHERE institution = 'x' AND id = 7", "PRIMARY KEY (institution=? AND id=?)" },
    { "copies of a period",
      "SELECT c.kind, c.delivery, d.service FROM copy c JOIN document d ON d.institution = c.institution"
      " AND d.id >= c.document AND d.id <= c.document WHERE c.institution = 'x' AND c.making = 'ready'"
      " AND c.asked_at_s >= 1 AND c.asked_at_s < 9",
      "d USING COVERING INDEX document_told" },
};

static void ask(sqlite3 *db, const char *sql, char *ret, size_t size)
{
    char explained[1024];
    sqlite3_stmt *statement;
    size_t at = 0;

    snprintf(explained, sizeof explained, "EXPLAIN QUERY PLAN %s", sql);
    ret[0] = '\0';
    assert_int_equal(sqlite3_prepare_v2(db, explained, -1, &statement, NULL), SQLITE_OK);
    while (sqlite3_step(statement) == SQLITE_ROW && at < size)
        at += (size_t)snprintf(ret + at, size - at, "%s\n", (const char *)sqlite3_column_text(statement, 3));
    sqlite3_finalize(statement);
}

static void each_goes_by_what_chooses(void **state)
{
    TestDatabase database;
    Error err = { 0 };
    sqlite3 *db;

    (void)state;
    test_database_make(&database);
    if (test_database_is_postgresql(&database)) {
        test_database_drop(&database);
        return; /* which counts for itself */
    }
    Store *store = store_open(database.address, "namuna", NULL, &err);
    assert_non_null(store);
    assert_int_equal(sqlite3_open(database.address, &db), SQLITE_OK);
    for (size_t i = 0; i < COUNT(cases); i++) {
        char plan[2048];

        ask(db, cases[i].sql, plan, sizeof plan);
        if (!strstr(plan, cases[i].by) || strstr(plan, "(institution=?)"))
            fail_msg("%s: %s", cases[i].name, plan);
    }
    sqlite3_close(db);
    store_close(store);
    test_database_drop(&database);
}

int main(void)
{
    const struct CMUnitTest tests[] = { cmocka_unit_test(each_goes_by_what_chooses) };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
