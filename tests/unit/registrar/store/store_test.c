#include "fixture.h"

#include <pthread.h>
#include <signal.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/wait.h>

#include "registrar/store/acts.h"
#include "registrar/store/kiosks.h"
#include "registrar/store/students.h"
#include "registrar/store/schema/schema.h"

/* Each act of these tests adds one entry about an object and, beside it, one kiosk: both are there or neither is. */
typedef struct Adding {
    char name[32];
    bool fails;
} Adding;

static bool add(StoreTransaction *transaction, void *arg, Error *err)
{
    Adding *adding = arg;
    Act act = { 1, "test", "test.added", "test:1", "{\"n\":1}" };

    if (!acts_add(transaction, &act, err) || !kiosks_add(transaction, adding->name, "hall", 1, err))
        return false;
    return !adding->fails || error_set(err, ERR_DENIED, "it was meant to fail");
}

typedef struct Counting {
    int64_t acts;
    int64_t kiosks;
} Counting;

static bool count(StoreTransaction *transaction, void *arg, Error *err)
{
    Counting *counting = arg;

    return acts_count(transaction, "test:1", &counting->acts, err);
}

static int64_t rows_in(const StoreFixture *fixture, const char *sql)
{
    return test_database_ask(&fixture->database, sql);
}

static void a_new_database_is_private_and_of_the_newest_schema(void **state)
{
    StoreFixture fixture;
    struct stat file;

    (void)state;
    store_fixture_open(&fixture);
    assert_int_equal(rows_in(&fixture, "SELECT max(version) FROM schema_version"), schema_newest);
    if (!test_database_is_postgresql(&fixture.database)) {
        assert_int_equal(stat(fixture.path, &file), 0);
        assert_int_equal(file.st_mode & 0777, 0600);
        assert_int_equal(rows_in(&fixture, "SELECT count(*) FROM pragma_table_list"
                                           " WHERE schema = 'main' AND type = 'table' AND name NOT LIKE 'sqlite_%'"
                                           " AND name <> 'schema_version' AND NOT strict"),
                         0);
    }
    store_fixture_close(&fixture);
}

static const char other_keys_sqlite[] =
    "SELECT count(*) FROM pragma_table_list l, pragma_index_list(l.name) i, pragma_index_info(i.name) c"
    " WHERE l.schema = 'main' AND l.type = 'table' AND l.name NOT IN ('schema_version') AND l.name NOT LIKE 'sqlite_%'"
    " AND c.seqno = 0 AND c.name <> 'institution'";
static const char other_keys_postgresql[] =
    "SELECT count(*) FROM pg_index i JOIN pg_class t ON t.oid = i.indrelid JOIN pg_attribute a"
    " ON a.attrelid = t.oid AND a.attnum = i.indkey[0]"
    " WHERE t.relnamespace = current_schema()::regnamespace AND t.relname <> 'schema_version'"
    " AND a.attname <> 'institution'";

static void every_key_begins_with_the_institution(void **state)
{
    StoreFixture fixture;

    (void)state;
    store_fixture_open(&fixture);
    assert_int_equal(
        rows_in(&fixture, test_database_is_postgresql(&fixture.database) ? other_keys_postgresql : other_keys_sqlite),
        0);
    store_fixture_close(&fixture);
}

static void an_opened_database_is_opened_again(void **state)
{
    StoreFixture fixture;
    Error err = { 0 };

    (void)state;
    store_fixture_open(&fixture);
    store_close(fixture.store);
    fixture.store = store_open(fixture.path, "namuna", NULL, &err);
    assert_non_null(fixture.store);
    assert_int_equal(rows_in(&fixture, "SELECT count(*) FROM schema_version"), schema_newest);
    store_fixture_close(&fixture);
}

static void a_newer_or_foreign_database_is_refused_untouched(void **state)
{
    static const struct {
        const char *sql, *words;
    } cases[] = {
        { "CREATE TABLE schema_version AS SELECT 900 AS version, 1 AS applied_at_s", "newer" },
        { "CREATE TABLE photos (id BIGINT)", "another program" },
    };

    (void)state;
    for (size_t i = 0; i < COUNT(cases); i++) {
        StoreFixture fixture;
        Error err = { 0 };

        test_database_make(&fixture.database);
        rows_in(&fixture, cases[i].sql);
        if (test_database_is_postgresql(&fixture.database) && i == 0)
            rows_in(&fixture, "GRANT SELECT ON schema_version TO registrar");
        assert_null(store_open(fixture.database.address, "namuna", NULL, &err));
        assert_int_equal(err.code, ERR_UNSUPPORTED);
        if (!strstr(err.text, cases[i].words))
            fail_msg("refused with %s", err.text);
        assert_int_equal(rows_in(&fixture, test_database_is_postgresql(&fixture.database)
                                               ? "SELECT count(*) FROM pg_tables WHERE schemaname = current_schema()"
                                               : "SELECT count(*) FROM sqlite_schema"),
                         1);
        test_database_drop(&fixture.database);
    }
}

static void a_failing_act_rolls_back_alone(void **state)
{
    StoreFixture fixture;
    Adding good = { "A-1", false }, bad = { "A-2", true }, again = { "A-2", false };
    Counting counting;
    Error err = { 0 };

    (void)state;
    store_fixture_open(&fixture);
    assert_ok(store_write(fixture.store, add, &good, &err), err);
    assert_refused(store_write(fixture.store, add, &bad, &err), ERR_DENIED, err);
    assert_refused(store_write(fixture.store, add, &good, &err), ERR_EXISTS, err);
    assert_ok(store_write(fixture.store, add, &again, &err), err);
    assert_ok(store_read(fixture.store, count, &counting, &err), err);
    assert_int_equal(counting.acts, 2);
    assert_int_equal(rows_in(&fixture, "SELECT count(*) FROM kiosk"), 2);
    assert_int_equal(rows_in(&fixture, "SELECT count(*) FROM act_detail"), 2);
    store_fixture_close(&fixture);
}

static bool write_in_a_read(StoreTransaction *transaction, void *arg, Error *err)
{
    (void)arg;
    return students_add(transaction, "1", (Str){ 0 }, &(int64_t){ 0 }, err);
}

static void a_read_cannot_write(void **state)
{
    StoreFixture fixture;
    pid_t child;
    int status;
    Error err = { 0 };

    (void)state;
    store_fixture_open(&fixture);
    store_close(fixture.store); /* no thread at the fork: what lock it held would never be let go in the child */
    /* An assertion in debug; SQLite itself refuses (query_only) where assertions are off. */
    child = fork();
    if (child == 0) {
        int nowhere = dup(2);

        close(2);
        (void)nowhere;
        Store *store = store_open(fixture.path, "namuna", NULL, &err);
        _exit(store && store_read(store, write_in_a_read, NULL, &err) ? 0 : 3);
    }
    assert_int_equal(waitpid(child, &status, 0), child);
    assert_false(WIFEXITED(status) && WEXITSTATUS(status) == 0);
    fixture.store = store_open(fixture.path, "namuna", NULL, &err);
    assert_non_null(fixture.store);
    assert_int_equal(rows_in(&fixture, "SELECT count(*) FROM student"), 0);
    store_fixture_close(&fixture);
}

/* --- thirty at once ---------------------------------------------------------------------------------------------- */

#define ADDERS 30

typedef struct Adder {
    pthread_t thread;
    pthread_barrier_t *start;
    Store *store;
    Adding adding;
    bool done;
} Adder;

static void *adder_main(void *ctx)
{
    Adder *adder = ctx;

    pthread_barrier_wait(adder->start);
    adder->done = store_write(adder->store, add, &adder->adding, NULL);
    return NULL;
}

static void thirty_acts_at_once_share_commits_and_failing_ones_fail_alone(void **state)
{
    StoreFixture fixture;
    Adder adders[ADDERS];
    pthread_barrier_t start;
    StoreCounts before, after;

    (void)state;
    store_fixture_open(&fixture);
    pthread_barrier_init(&start, NULL, ADDERS);
    before = store_counts(fixture.store);
    for (int i = 0; i < ADDERS; i++) {
        adders[i] = (Adder){ .start = &start, .store = fixture.store, .adding = { .fails = i % 10 == 3 } };
        snprintf(adders[i].adding.name, sizeof adders[i].adding.name, "K-%d", i);
        assert_int_equal(pthread_create(&adders[i].thread, NULL, adder_main, &adders[i]), 0);
    }
    for (int i = 0; i < ADDERS; i++) {
        pthread_join(adders[i].thread, NULL);
        assert_true(adders[i].done == !adders[i].adding.fails);
    }
    after = store_counts(fixture.store);
    pthread_barrier_destroy(&start);
    assert_int_equal(after.acts - before.acts, ADDERS - 3);
    print_message("%d acts in %d commits\n", (int)(after.acts - before.acts), (int)(after.commits - before.commits));
    /* Alone each would have one of its own. */
    assert_in_range(after.commits - before.commits, 1, ADDERS / 3);
    assert_int_equal(rows_in(&fixture, "SELECT count(*) FROM kiosk"), ADDERS - 3);
    assert_int_equal(rows_in(&fixture, "SELECT count(*) FROM act"), ADDERS - 3);
    store_fixture_close(&fixture);
}

/* --- killed ------------------------------------------------------------------------------------------------------ */

static void write_until_killed(const char *path, int told)
{
    Error err = { 0 };
    Store *store = store_open(path, "namuna", NULL, &err);

    for (int i = 0; store; i++) {
        Adding adding = { .fails = false };

        snprintf(adding.name, sizeof adding.name, "K-%d", i);
        if (!store_write(store, add, &adding, &err) || write(told, ".", 1) != 1)
            break;
    }
    _exit(1);
}

static void a_killed_writer_leaves_whole_acts_and_all_that_were_answered(void **state)
{
    StoreFixture fixture;
    int ends[2], answered = 0, status;
    char dot;
    Error err = { 0 };

    (void)state;
    store_fixture_open(&fixture);
    store_close(fixture.store);
    assert_int_equal(pipe(ends), 0);
    pid_t child = fork();
    if (child == 0) {
        close(ends[0]);
        write_until_killed(fixture.path, ends[1]);
    }
    close(ends[1]);
    while (answered < 20 && read(ends[0], &dot, 1) == 1)
        answered++;
    kill(child, SIGKILL);
    assert_int_equal(waitpid(child, &status, 0), child);
    assert_true(WIFSIGNALED(status));
    while (read(ends[0], &dot, 1) == 1)
        answered++;
    close(ends[0]);

    fixture.store = store_open(fixture.path, "namuna", NULL, &err);
    assert_non_null(fixture.store);
    int64_t acts = rows_in(&fixture, "SELECT count(*) FROM act");
    assert_in_range(acts, answered, answered + 1); /* the one that was under way may have become durable unheard */
    assert_int_equal(rows_in(&fixture, "SELECT count(*) FROM kiosk"), acts);
    assert_int_equal(rows_in(&fixture, "SELECT count(*) FROM act_detail"), acts);
    store_fixture_close(&fixture);
}

/* --- institutions ------------------------------------------------------------------------------------------------ */

static bool find_kiosk_student(StoreTransaction *transaction, void *arg, Error *err)
{
    bool *found = arg;
    int64_t id;

    return students_find(transaction, "401241100873", found, &id, err);
}

static bool add_student(StoreTransaction *transaction, void *arg, Error *err)
{
    (void)arg;
    return students_add(transaction, "401241100873", (Str){ 0 }, &(int64_t){ 0 }, err);
}

static void one_institution_does_not_see_another(void **state)
{
    StoreFixture fixture;
    Error err = { 0 };
    bool found;

    (void)state;
    store_fixture_open(&fixture);
    Store *other = store_open(fixture.path, "boshqa", NULL, &err);
    assert_non_null(other);
    assert_ok(store_write(fixture.store, add_student, NULL, &err), err);
    assert_ok(store_read(fixture.store, find_kiosk_student, &found, &err), err);
    assert_true(found);
    assert_ok(store_read(other, find_kiosk_student, &found, &err), err);
    assert_false(found);
    assert_ok(store_write(other, add_student, NULL, &err), err); /* a number is unique in an institution alone */
    store_close(other);
    store_fixture_close(&fixture);
}

/* What is nearly an address is refused at once, in words that repeat nothing of it. */
static void an_address_that_is_none_is_not_repeated(void **state)
{
    static const char *const addresses[] = { "postgresql://u:sec%ret@127.0.0.1/d",
                                             "postgresql://u:secret@h/d?secret=1",
                                             "postgresql://u@127.0.0.1/d?sslmode=secret",
                                             "POSTGRESQL://u:secret@h/d",
                                             "postgresq://u:secret@h/d",
                                             "postgresql://u:pw@secret@127.0.0.1/d",
                                             "postgresql://u:12/secret@127.0.0.1/d" };
    const Clock clock = clock_system();

    (void)state;
    for (size_t i = 0; i < COUNT(addresses); i++) {
        const int64_t began_ms = clock_monotonic_ms(&clock);
        Error err = { 0 };

        assert_null(store_open(addresses[i], "namuna", NULL, &err));
        assert_int_equal(err.code, ERR_ARGUMENT);
        if (strstr(err.text, "sec"))
            fail_msg("%s: %s", addresses[i], err.text);
        assert_true(clock_monotonic_ms(&clock) - began_ms < 5000);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_new_database_is_private_and_of_the_newest_schema),
        cmocka_unit_test(every_key_begins_with_the_institution),
        cmocka_unit_test(an_opened_database_is_opened_again),
        cmocka_unit_test(a_newer_or_foreign_database_is_refused_untouched),
        cmocka_unit_test(a_failing_act_rolls_back_alone),
        cmocka_unit_test(a_read_cannot_write),
        cmocka_unit_test(thirty_acts_at_once_share_commits_and_failing_ones_fail_alone),
        cmocka_unit_test(a_killed_writer_leaves_whole_acts_and_all_that_were_answered),
        cmocka_unit_test(one_institution_does_not_see_another),
        cmocka_unit_test(an_address_that_is_none_is_not_repeated),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
