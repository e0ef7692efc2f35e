#include "fixture.h"

#include <string.h>

#include "registrar/store/events.h"

#define NOW_S INT64_C(1795500000)

typedef struct Adding {
    const char *const *audiences;
    size_t count;
} Adding;

static bool add(StoreTransaction *transaction, void *arg, Error *err)
{
    const Adding *adding = arg;

    for (size_t i = 0; i < adding->count; i++)
        if (!events_add(transaction, &(Event){ adding->audiences[i], "{\"what\":\"notices\"}", NOW_S, 3600 }, err))
            return false;
    return true;
}

typedef struct Reading {
    const char *audiences[EVENT_AUDIENCES_MOST];
    size_t audience_count;
    int64_t after, head;
    bool wait;
    EventRow rows[8];
    size_t room, count;
} Reading;

static bool get(StoreTransaction *transaction, void *arg, Error *err)
{
    Reading *reading = arg;

    return events_head(transaction, &reading->head, err) && events_wait(transaction, &reading->wait, err) &&
           events_after(transaction, reading->audiences, reading->audience_count, reading->after, reading->rows,
                        reading->room, &reading->count, err);
}

static bool seal(StoreTransaction *transaction, void *arg, Error *err)
{
    return events_seal(transaction, arg, err);
}

static void say(StoreFixture *fixture, const char *const *audiences, size_t count)
{
    Error err = { 0 };

    assert_ok(store_write(fixture->store, add, &(Adding){ audiences, count }, &err), err);
}

static int64_t seal_all(StoreFixture *fixture)
{
    int64_t sealed = -1;
    Error err = { 0 };

    assert_ok(store_write(fixture->store, seal, &sealed, &err), err);
    return sealed;
}

static void look(StoreFixture *fixture, Reading *reading)
{
    Error err = { 0 };

    reading->room = reading->room ? reading->room : COUNT(reading->rows);
    assert_ok(store_read(fixture->store, get, reading, &err), err);
}

static void nothing_is_told_before_it_has_a_position(void **state)
{
    static const char *const all[] = { "kiosks", "kiosks" };
    Reading before = { 0 }, after = { 0 };
    StoreFixture fixture;

    (void)state;
    store_fixture_open(&fixture);
    say(&fixture, all, 2);
    look(&fixture, &before);
    assert_int_equal(before.head, 0);
    assert_int_equal(before.count, 0);
    assert_true(before.wait);
    assert_int_equal(seal_all(&fixture), 2);
    assert_int_equal(seal_all(&fixture), 0);
    look(&fixture, &after);
    assert_false(after.wait);
    assert_int_equal(after.head, 2);
    assert_int_equal(after.count, 2);
    assert_int_equal(after.rows[1].position, 2);
    assert_string_equal(after.rows[1].body, "{\"what\":\"notices\"}");
    store_fixture_close(&fixture);
}

static void a_kiosk_hears_what_is_for_it(void **state)
{
    static const char *const all[] = { "kiosks", "kiosk:A-1", "kiosk:A-2", "kiosks", "kiosk:A-1" };
    Reading first = { .audiences = { "kiosks", "kiosk:A-1" }, .audience_count = 2 };
    Reading later = { .audiences = { "kiosks", "kiosk:A-1" }, .audience_count = 2, .after = 2 };
    Reading short_one = { .after = 1, .room = 2 };
    StoreFixture fixture;

    (void)state;
    store_fixture_open(&fixture);
    say(&fixture, all, COUNT(all));
    assert_int_equal(seal_all(&fixture), COUNT(all));
    look(&fixture, &first);
    assert_int_equal(first.count, 4);
    assert_int_equal(first.rows[2].position, 4);
    assert_string_equal(first.rows[3].audience, "kiosk:A-1");
    look(&fixture, &later);
    assert_int_equal(later.count, 2);
    assert_int_equal(later.rows[0].position, 4);
    look(&fixture, &short_one);
    assert_int_equal(short_one.count, 2);
    assert_int_equal(short_one.rows[1].position, 3);
    store_fixture_close(&fixture);
}

static void many_are_sealed_in_bites(void **state)
{
    static const char *many[EVENTS_SEALED_MOST + 7];
    StoreFixture fixture;
    Reading reading = { .after = EVENTS_SEALED_MOST };

    (void)state;
    for (size_t i = 0; i < COUNT(many); i++)
        many[i] = "kiosks";
    store_fixture_open(&fixture);
    say(&fixture, many, COUNT(many));
    assert_int_equal(seal_all(&fixture), EVENTS_SEALED_MOST);
    assert_int_equal(seal_all(&fixture), 7);
    look(&fixture, &reading);
    assert_int_equal(reading.count, 7);
    assert_int_equal(reading.head, COUNT(many));
    store_fixture_close(&fixture);
}

static void what_is_too_long_is_refused(void **state)
{
    static char long_one[EVENT_AUDIENCE_SIZE + 1];
    const char *const audiences[] = { "kiosks", long_one };
    StoreFixture fixture;
    Reading reading = { 0 };
    Error err = { 0 };

    (void)state;
    memset(long_one, 'a', EVENT_AUDIENCE_SIZE);
    store_fixture_open(&fixture);
    assert_false(store_write(fixture.store, add, &(Adding){ audiences, 2 }, &err));
    assert_int_equal(err.code, ERR_ARGUMENT);
    look(&fixture, &reading);
    assert_false(reading.wait); /* the first of them went with it */
    store_fixture_close(&fixture);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(nothing_is_told_before_it_has_a_position),
        cmocka_unit_test(a_kiosk_hears_what_is_for_it),
        cmocka_unit_test(many_are_sealed_in_bites),
        cmocka_unit_test(what_is_too_long_is_refused),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
