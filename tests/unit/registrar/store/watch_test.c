#include "fixture.h"

#include <time.h>

#include "registrar/store/kiosks.h"
#include "registrar/store/watch.h"

#define LONG_MS 10000 /* nobody waits for so long who hears */

static bool add(StoreTransaction *transaction, void *arg, Error *err)
{
    store_tell(transaction);
    return kiosks_add(transaction, arg, "hall", 1, err);
}

static bool add_and_fail(StoreTransaction *transaction, void *arg, Error *err)
{
    return add(transaction, arg, err) && error_set(err, ERR_DENIED, "it was meant to fail");
}

static int64_t now_ms(void)
{
    struct timespec at;

    clock_gettime(CLOCK_MONOTONIC, &at);
    return (int64_t)at.tv_sec * 1000 + at.tv_nsec / 1000000;
}

static bool heard(StoreWatch *watch, int wait_ms)
{
    Error err = { 0 };
    bool changed;

    assert_ok(store_watch_wait(watch, wait_ms, &changed, &err), err);
    return changed;
}

static void write_name(Store *store, StoreAct act, const char *name, bool done)
{
    assert_true(store_write(store, act, (void *)(uintptr_t)name, NULL) == done);
}

static void what_is_done_here_is_heard_at_once(void **state)
{
    StoreFixture fixture;
    Error err = { 0 };

    (void)state;
    store_fixture_open(&fixture);
    OWNED(StoreWatch) watch = store_watch_open(fixture.store, &err);
    assert_non_null(watch);
    assert_true(heard(watch, LONG_MS)); /* what was before */
    write_name(fixture.store, add, "A-1", true);
    assert_true(heard(watch, 0));
    store_watch_close(steal(&watch));
    store_fixture_close(&fixture);
}

/* As another process would. */
static void what_is_done_elsewhere_is_heard_soon(void **state)
{
    StoreFixture fixture;
    Error err = { 0 };

    (void)state;
    store_fixture_open(&fixture);
    OWNED(Store) elsewhere = store_open(fixture.path, "namuna", NULL, &err);
    OWNED(StoreWatch) watch = store_watch_open(fixture.store, &err);
    assert_non_null(elsewhere);
    assert_non_null(watch);
    assert_true(heard(watch, LONG_MS)); /* what was before */
    for (char name[] = "A-1"; name[2] <= '5'; name[2]++) {
        int64_t began = now_ms();

        write_name(elsewhere, add, name, true);
        assert_true(heard(watch, LONG_MS));
        print_message("heard %d ms after it was begun\n", (int)(now_ms() - began));
    }
    store_watch_close(steal(&watch));
    store_close(steal(&elsewhere));
    store_fixture_close(&fixture);
}

static void what_was_not_done_or_not_here_is_not_told(void **state)
{
    StoreFixture fixture;
    Error err = { 0 };

    (void)state;
    store_fixture_open(&fixture);
    OWNED(Store) other = store_open_beside(fixture.store, "boshqa", NULL, &err);
    OWNED(StoreWatch) watch = store_watch_open(fixture.store, &err);
    assert_non_null(other);
    assert_non_null(watch);
    assert_true(heard(watch, LONG_MS));
    heard(watch, 1000);                                   /* the listener stands */
    if (test_database_is_postgresql(&fixture.database)) { /* SQLite's file tells of every change, whose it may be */
        write_name(fixture.store, add_and_fail, "A-1", false);
        write_name(other, add, "A-1", true);
        assert_false(heard(watch, 200));
    }
    store_watch_wake(watch);
    assert_true(heard(watch, 0));
    store_watch_close(steal(&watch));
    store_close(steal(&other));
    store_fixture_close(&fixture);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(what_is_done_here_is_heard_at_once),
        cmocka_unit_test(what_is_done_elsewhere_is_heard_soon),
        cmocka_unit_test(what_was_not_done_or_not_here_is_not_told),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
