/* A register is carried into another database and back: from an SQLite file into the database of the run
 * (REGISTRAR_TEST_DATABASE), and from there into another file. */
#include "unit/registrar/store/database.h"

#include "registrar/store/keys.h"
#include "registrar/store/shape.h"
#include "registrar/store/students.h"
#include "registrar/store/transfer.h"

typedef struct Fixture {
    TestDatabase target;
    char from[128], back[128];
} Fixture;

#define CHANGE(sql) test_database_ask_sqlite(fixture->from, sql)

/* 450 students are three pages, of which the last is not full; copies replace each other against the order of their
 * ids; values are empty, missing, with zero bytes and large; and another university has rows in the same file. */
static void fill(Fixture *fixture)
{
    CHANGE("INSERT INTO student (institution, id, number, pinfl)"
           " WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 450)"
           " SELECT 'tatu', i, printf('40124110%04d', i), CASE WHEN i % 3 = 0 THEN NULL ELSE x'00FF00' END FROM n");
    CHANGE("INSERT INTO record (institution, student, part, body, source, as_of_s)"
           " SELECT institution, id, 'profile', '{\"names\":{\"uz\":\"Oʻktam ' || id || '\"}}', '', -id FROM student");
    CHANGE("INSERT INTO student_word (institution, word, student)"
           " SELECT institution, substr('abcdefghijklmnopqrstuvwxyz', id % 20 + 1, id % 5 + 1), id FROM student");
    CHANGE("INSERT INTO student (institution, id, number, pinfl, name_fold, keep_until_s) VALUES ('other', 1, '1', "
           "NULL, NULL, NULL)");
    CHANGE("INSERT INTO key VALUES ('tatu', 1, 'seal', 'active', zeroblob(32), NULL)");
    CHANGE("INSERT INTO status_list (institution, list, taken) VALUES ('tatu', 1, 3)");
    CHANGE(
        "INSERT INTO document (institution, id, student, service, origin, register, year, number, template,"
        " template_version, language, snapshot, holder_masked, state, taken_at_s, changed_at_s) VALUES ('tatu', 'd', 7,"
        " 's', 'ours', 'A', 2026, 1, 't', '1', 'uz', zeroblob(300000), '', 'issued', 1, 9223372036854775807)");
    for (int i = 0; i < 3; i++) {
        static const char *const ids[] = { "c", "b", "a" }, *const before[] = { "NULL", "'c'", "'b'" };
        char sql[600];

        snprintf(sql, sizeof sql,
                 "INSERT INTO copy (institution, id, document, n, kind, code, place, kid, status_list, status_index,"
                 " making, validity, delivery, replaces, lease_s, asked_at_s, changed_at_s) VALUES ('tatu', '%s', 'd',"
                 " %d, 'paper', 'AAAABBBBCCC%d', 'A-2', 1, 1, %d, 'preparing', 'valid', 'waiting', %s, 0, 0, 0)",
                 ids[i], i + 1, i, i, before[i]);
        CHANGE(sql);
    }
}

static bool set_host(StoreTransaction *transaction, void *arg, Error *err)
{
    return institutions_set_host(transaction, arg, err);
}

static void open_with_host(const char *path, const char *institution, char *host)
{
    Error err = { 0 };
    OWNED(Store) store = store_open(path, institution, NULL, &err);

    if (!store)
        fail_msg("%s", err.text);
    assert_true(store_write(store, set_host, host, &err));
}

static int setup(void **state)
{
    Fixture *fixture = calloc(1, sizeof *fixture);
    char host[] = "hujjat.example.uz", other[] = "other.example.uz";

    *state = fixture;
    test_database_make(&fixture->target);
    snprintf(fixture->from, sizeof fixture->from, "%s/from.db", fixture->target.folder);
    snprintf(fixture->back, sizeof fixture->back, "%s/back.db", fixture->target.folder);
    open_with_host(fixture->from, "tatu", host);
    open_with_host(fixture->from, "other", other);
    fill(fixture);
    return 0;
}

static int teardown(void **state)
{
    Fixture *fixture = *state;
    static const char *const endings[] = { "", "-wal", "-shm" };

    for (size_t i = 0; i < COUNT(endings); i++) {
        char path[160];

        snprintf(path, sizeof path, "%s%s", fixture->from, endings[i]);
        unlink(path);
        snprintf(path, sizeof path, "%s%s", fixture->back, endings[i]);
        unlink(path);
    }
    test_database_drop(&fixture->target);
    free(fixture);
    return 0;
}

static bool carried(const char *from, const char *to, TransferResult *ret, Error *err)
{
    error_clear(err);
    return store_transfer(from, to, "tatu", ret, err);
}

static void every_row_arrives_and_nobody_elses(void **state)
{
    Fixture *fixture = *state;
    TransferResult there, again, back;
    Error err = { 0 };

    assert_ok(carried(fixture->from, fixture->target.address, &there, &err), err);
    assert_false(there.was_there);
    assert_int_equal(there.rows, 1 + 450 + 450 + 450 + 1 + 1 + 1 + 3);
    assert_int_equal(test_database_ask(&fixture->target, "SELECT count(*) FROM student"), 450);
    assert_int_equal(test_database_ask(&fixture->target, "SELECT count(*) FROM student WHERE pinfl IS NULL"), 150);
    assert_int_equal(test_database_ask(&fixture->target, "SELECT count(*) FROM student_word"), 450);
    assert_int_equal(
        test_database_ask(&fixture->target,
                          "SELECT count(*) FROM copy a JOIN copy b ON b.id = a.replaces WHERE a.n = b.n + 1"),
        2);
    assert_int_equal(test_database_ask(&fixture->target, "SELECT changed_at_s FROM document"), INT64_MAX);
    assert_int_equal(
        test_database_ask(&fixture->target, "SELECT count(*) FROM institution WHERE host = 'hujjat.example.uz'"), 1);

    /* once more, as after a kill between the commit and what follows it: the same rows are there, and stay */
    assert_ok(carried(fixture->from, fixture->target.address, &again, &err), err);
    assert_true(again.was_there);
    assert_int_equal(again.rows, there.rows);

    assert_ok(carried(fixture->target.address, fixture->back, &back, &err), err);
    assert_int_equal(back.rows, there.rows);
    assert_ok(carried(fixture->from, fixture->back, &again, &err), err);
    assert_true(again.was_there);
}

static void another_register_is_not_written_over(void **state)
{
    Fixture *fixture = *state;
    TransferResult result;
    Error err = { 0 };

    assert_ok(carried(fixture->from, fixture->target.address, &result, &err), err);
    CHANGE("UPDATE record SET as_of_s = 1 WHERE institution = 'tatu' AND student = 449");
    assert_false(carried(fixture->from, fixture->target.address, &result, &err));
    assert_int_equal(err.code, ERR_EXISTS);
    assert_int_equal(test_database_ask(&fixture->target, "SELECT as_of_s FROM record WHERE student = 449"), -449);
}

/* What can't be there (an orphan, in a file that somebody edited) ends the transfer in its midst. */
static void a_transfer_that_fails_leaves_nothing(void **state)
{
    Fixture *fixture = *state;
    TransferResult result;
    Error err = { 0 };

    CHANGE("INSERT INTO page (institution, copy, body, keep_until_s) VALUES ('tatu', 'nobody''s', x'00', 0)");
    assert_false(carried(fixture->from, fixture->target.address, &result, &err));
    assert_int_equal(test_database_ask(&fixture->target, "SELECT count(*) FROM student"), 0);
    assert_int_equal(test_database_ask(&fixture->target, "SELECT count(*) FROM institution WHERE host <> ''"), 0);

    CHANGE("DELETE FROM page");
    assert_ok(carried(fixture->from, fixture->target.address, &result, &err), err);
    assert_false(result.was_there);
}

static bool read_shape(StoreTransaction *transaction, void *arg, Error *err)
{
    *(Shape **)arg = shape_read(transaction, err);
    return *(Shape **)arg != NULL;
}

/* Parents first, and each table of an institution is there: the schema's own list, not ours. */
static void tables_come_in_an_order_in_which_they_can_be_filled(void **state)
{
    Fixture *fixture = *state;
    Error err = { 0 };
    Shape *shape = NULL;
    size_t place[SHAPE_TABLES_MOST];

    OWNED(Store) store = store_open(fixture->target.address, "tatu", NULL, &err);
    assert_non_null(store);
    assert_ok(store_read(store, read_shape, &shape, &err), err);
    for (size_t i = 0; i < shape->table_count; i++)
        place[shape->order[i]] = i;
    for (size_t i = 0; i < shape->table_count; i++)
        for (size_t k = 0; k < shape->tables[i].parent_count; k++)
            assert_true(place[shape->tables[i].parents[k]] < place[i]);
    assert_string_equal(shape->tables[shape->order[0]].name, "institution");
    assert_int_equal(
        shape->table_count,
        test_database_is_postgresql(&fixture->target)
            ? test_database_ask(&fixture->target, "SELECT count(*) FROM information_schema.columns WHERE table_schema ="
                                                  " current_schema() AND column_name = 'institution'")
            : test_database_ask(&fixture->target, "SELECT count(*) FROM sqlite_schema m, pragma_table_info(m.name) c"
                                                  " WHERE m.type = 'table' AND c.name = 'institution'"));
    assert_true(shape_find(shape, "copy")->has_own);
    assert_null(shape_find(shape, "schema_version"));
    shape_free(shape);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(every_row_arrives_and_nobody_elses, setup, teardown),
        cmocka_unit_test_setup_teardown(another_register_is_not_written_over, setup, teardown),
        cmocka_unit_test_setup_teardown(a_transfer_that_fails_leaves_nothing, setup, teardown),
        cmocka_unit_test_setup_teardown(tables_come_in_an_order_in_which_they_can_be_filled, setup, teardown),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
