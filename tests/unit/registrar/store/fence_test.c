/* Who may be at a database, and what keeps those apart who are. */
#include "fixture.h"

#include <pthread.h>

#include "registrar/store/keys.h"
#include "registrar/store/schema/schema.h"
#include "registrar/store/students.h"
#include "registrar/store/transaction.h"

static bool add_student(StoreTransaction *transaction, void *arg, Error *err)
{
    return students_add(transaction, arg, (Str){ 0 }, &(int64_t){ 0 }, err);
}

/* As somebody would write it who forgot the rule. */
static bool count_all_students(StoreTransaction *transaction, void *arg, Error *err)
{
    OWNED_ROWS rows;
    bool row;

    if (!rows_open(&rows, transaction, "SELECT count(*) FROM student WHERE ?1 <> ''", NULL, 0, err) ||
        !rows_next(&rows, &row, err))
        return false;
    *(int64_t *)arg = rows_int(&rows, 0);
    return true;
}

static bool add_for_others(StoreTransaction *transaction, void *arg, Error *err)
{
    (void)arg;
    return RUN(transaction, err, &(int){ 0 },
               "INSERT INTO student (institution, id, number) SELECT ?2, 77, '77' WHERE ?1 <> ''", TEXT("boshqa"));
}

static bool move_to_others(StoreTransaction *transaction, void *arg, Error *err)
{
    (void)arg;
    return RUN(transaction, err, &(int){ 0 },
               "UPDATE institution SET institution = ?2 WHERE ?1 <> '' AND institution = ?1", TEXT("uchinchi"));
}

static bool remove_all(StoreTransaction *transaction, void *arg, Error *err)
{
    return store_run(transaction, "DELETE FROM student WHERE ?1 <> ''", NULL, 0, arg, err);
}

static void what_names_no_institution_sees_its_own_alone(void **state)
{
    StoreFixture fixture;
    Error err = { 0 };
    int64_t seen = 0;
    int removed = 0;

    (void)state;
    store_fixture_open(&fixture);
    if (!test_database_is_postgresql(&fixture.database)) {
        store_fixture_close(&fixture);
        skip(); /* there is one fence alone */
    }
    OWNED(Store) other = store_open_beside(fixture.store, "boshqa", NULL, &err);
    assert_non_null(other);
    assert_ok(store_write(fixture.store, add_student, (void *)(uintptr_t) "1", &err), err);
    assert_ok(store_write(fixture.store, add_student, (void *)(uintptr_t) "2", &err), err);
    assert_ok(store_write(other, add_student, (void *)(uintptr_t) "1", &err), err);
    assert_ok(store_read(fixture.store, count_all_students, &seen, &err), err);
    assert_int_equal(seen, 2);
    assert_ok(store_read(other, count_all_students, &seen, &err), err);
    assert_int_equal(seen, 1);
    assert_refused(store_write(fixture.store, add_for_others, NULL, &err), ERR_DENIED, err);
    assert_refused(store_write(fixture.store, move_to_others, NULL, &err), ERR_DENIED, err);
    assert_ok(store_write(fixture.store, remove_all, &removed, &err), err);
    assert_int_equal(removed, 2);
    assert_int_equal(test_database_ask(&fixture.database, "SELECT count(*) FROM student"), 1);
    store_close(steal(&other));
    store_fixture_close(&fixture);
}

static void every_table_of_an_institution_is_fenced(void **state)
{
    StoreFixture fixture;

    (void)state;
    store_fixture_open(&fixture);
    if (test_database_is_postgresql(&fixture.database))
        assert_int_equal(test_database_ask(&fixture.database,
                                           "SELECT count(*) FROM pg_class c WHERE relkind = 'r'"
                                           " AND relnamespace = current_schema()::regnamespace"
                                           " AND relname <> 'schema_version' AND NOT (relrowsecurity"
                                           " AND relforcerowsecurity AND (SELECT count(*) FROM pg_policy p"
                                           " WHERE p.polrelid = c.oid AND p.polqual IS NOT NULL"
                                           " AND p.polwithcheck IS NOT NULL) = 1)"),
                         0);
    store_fixture_close(&fixture);
}

/* Such a role is bound by no fence. */
static void a_superuser_is_refused_with_words(void **state)
{
    TestDatabase database;
    Error err = { 0 };

    (void)state;
    test_database_make(&database);
    if (test_database_is_postgresql(&database)) {
        char address[512];

        snprintf(address, sizeof address, "%s&options=-csearch_path%%3D%s", database.superuser, database.schema);
        assert_null(store_open(address, "namuna", NULL, &err));
        assert_int_equal(err.code, ERR_DENIED);
        assert_non_null(strstr(err.text, "superuser"));
        assert_int_equal(
            test_database_ask(&database, "SELECT count(*) FROM pg_tables WHERE schemaname = current_schema()"), 0);
    }
    test_database_drop(&database);
}

static void an_address_is_shown_without_its_password(void **state)
{
    char shown[120];

    (void)state;
    store_describe("postgresql://registrar:secret@db.namuna.uz/office", shown, sizeof shown);
    assert_string_equal(shown, "PostgreSQL, database office at db.namuna.uz");
    store_describe("/var/lib/registrar/registrar.db", shown, sizeof shown);
    assert_string_equal(shown, "/var/lib/registrar/registrar.db");
}

static void who_is_turned_away_is_told_so_without_the_password(void **state)
{
    const char *server = getenv("REGISTRAR_TEST_DATABASE");
    char address[512];
    Error err = { 0 };

    (void)state;
    if (!server)
        skip();
    snprintf(address, sizeof address, "postgresql://registrar:secret@/nowhere%s", strchr(server, '?'));
    assert_refused(store_is_there(address, "namuna", &(bool){ false }, &err), ERR_DENIED, err);
    assert_non_null(strstr(err.text, "nowhere"));
    assert_null(strstr(err.text, "secret"));
}

/* --- several at once --------------------------------------------------------------------------------------------- */

#define OPENERS 4

typedef struct Opener {
    pthread_t thread;
    pthread_barrier_t *start;
    const char *address;
    Error err;
    bool opened;
} Opener;

static void *opener_main(void *ctx)
{
    Opener *opener = ctx;

    pthread_barrier_wait(opener->start);
    OWNED(Store) store = store_open(opener->address, "namuna", NULL, &opener->err);
    opener->opened = store != NULL;
    return NULL;
}

static void several_begin_at_once(void **state)
{
    TestDatabase database;
    Opener openers[OPENERS];
    pthread_barrier_t start;

    (void)state;
    test_database_make(&database);
    pthread_barrier_init(&start, NULL, OPENERS);
    for (int i = 0; i < OPENERS; i++) {
        openers[i] = (Opener){ .start = &start, .address = database.address };
        assert_int_equal(pthread_create(&openers[i].thread, NULL, opener_main, &openers[i]), 0);
    }
    for (int i = 0; i < OPENERS; i++) {
        pthread_join(openers[i].thread, NULL);
        assert_ok(openers[i].opened, openers[i].err);
    }
    pthread_barrier_destroy(&start);
    assert_int_equal(test_database_ask(&database, "SELECT count(*) FROM schema_version"), schema_newest);
    assert_int_equal(test_database_ask(&database, "SELECT count(*) FROM institution"), 1);
    test_database_drop(&database);
}

static bool set_host(StoreTransaction *transaction, void *arg, Error *err)
{
    (void)arg;
    return institutions_set_host(transaction, "hujjat.namuna.uz", err);
}

static void a_register_is_there_once_it_was_made(void **state)
{
    TestDatabase database;
    Error err = { 0 };
    bool there = true;

    (void)state;
    test_database_make(&database);
    assert_ok(store_is_there(database.address, "namuna", &there, &err), err);
    assert_false(there);
    OWNED(Store) store = store_open(database.address, "namuna", NULL, &err);
    assert_non_null(store);
    assert_ok(store_is_there(database.address, "namuna", &there, &err), err);
    assert_false(there);
    assert_ok(store_write(store, set_host, NULL, &err), err);
    assert_ok(store_is_there(database.address, "namuna", &there, &err), err);
    assert_true(there);
    assert_ok(store_is_there(database.address, "boshqa", &there, &err), err);
    assert_false(there);
    store_close(steal(&store));
    test_database_drop(&database);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(what_names_no_institution_sees_its_own_alone),
        cmocka_unit_test(every_table_of_an_institution_is_fenced),
        cmocka_unit_test(a_superuser_is_refused_with_words),
        cmocka_unit_test(an_address_is_shown_without_its_password),
        cmocka_unit_test(who_is_turned_away_is_told_so_without_the_password),
        cmocka_unit_test(several_begin_at_once),
        cmocka_unit_test(a_register_is_there_once_it_was_made),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
