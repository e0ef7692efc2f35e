#include "fixture.h"

#include <string.h>

#include "registrar/store/drafts.h"
#include "registrar/store/keeping.h"
#include "registrar/store/students.h"

#define NOW_S INT64_C(1795500000)
#define DAY_S 86400

typedef struct Desk {
    StoreFixture fixture;
    int64_t dilnoza, malika;
} Desk;

static bool add_students(StoreTransaction *transaction, void *arg, Error *err)
{
    Desk *desk = arg;

    return students_add(transaction, "401241100873", (Str){ 0 }, &desk->dilnoza, err) &&
           students_add(transaction, "392241100742", (Str){ 0 }, &desk->malika, err);
}

static void desk_open(Desk *desk)
{
    Error err = { 0 };

    store_fixture_open(&desk->fixture);
    assert_ok(store_write(desk->fixture.store, add_students, desk, &err), err);
}

typedef struct Putting {
    DraftRow row;
    const char *answers;
} Putting;

static bool put(StoreTransaction *transaction, void *arg, Error *err)
{
    const Putting *putting = arg;

    return drafts_put(transaction, &putting->row, str_from(putting->answers), err);
}

static void keep(Desk *desk, int64_t student, const char *service, const char *answers, int64_t at_s)
{
    Putting putting = { { .student = student,
                          .language = "uz-Cyrl",
                          .question = "place",
                          .saved_at_s = at_s,
                          .keep_until_s = at_s + 30 * DAY_S },
                        answers };
    Error err = { 0 };

    assert_true(str_copy(str_from(service), putting.row.service, sizeof putting.row.service));
    assert_ok(store_write(desk->fixture.store, put, &putting, &err), err);
}

typedef struct Reading {
    int64_t student, now_s;
    const char *service;
    bool found;
    DraftRow row, rows[2];
    size_t count;
    Buf answers;
} Reading;

static bool get(StoreTransaction *transaction, void *arg, Error *err)
{
    Reading *reading = arg;

    return drafts_get(transaction, reading->student, reading->service, reading->now_s, &reading->found, &reading->row,
                      &reading->answers, err) &&
           drafts_list(transaction, reading->student, reading->now_s, reading->rows, COUNT(reading->rows),
                       &reading->count, err);
}

static void look(Desk *desk, int64_t student, const char *service, int64_t now_s, Reading *ret)
{
    Error err = { 0 };

    *ret = (Reading){ .student = student, .service = service, .now_s = now_s };
    buf_init(&ret->answers, 1024);
    assert_ok(store_read(desk->fixture.store, get, ret, &err), err);
}

static void one_for_each_student_and_service(void **state)
{
    Desk desk;
    Reading reading;

    (void)state;
    desk_open(&desk);
    keep(&desk, desk.dilnoza, "certificate", "first", NOW_S);
    keep(&desk, desk.dilnoza, "certificate", "second", NOW_S + 5);
    keep(&desk, desk.malika, "certificate", "hers", NOW_S + 9);
    look(&desk, desk.dilnoza, "certificate", NOW_S + 10, &reading);
    assert_true(reading.found);
    assert_string_equal(buf_text(&reading.answers), "second");
    assert_string_equal(reading.row.language, "uz-Cyrl");
    assert_string_equal(reading.row.question, "place");
    assert_int_equal(reading.row.saved_at_s, NOW_S + 5);
    assert_int_equal(reading.count, 1);
    buf_fini(&reading.answers);
    look(&desk, desk.malika, "certificate", NOW_S + 10, &reading);
    assert_string_equal(buf_text(&reading.answers), "hers");
    buf_fini(&reading.answers);
    look(&desk, desk.malika, "transcript", NOW_S + 10, &reading);
    assert_false(reading.found);
    assert_int_equal(reading.answers.len, 0);
    buf_fini(&reading.answers);
    store_fixture_close(&desk.fixture);
}

static void the_newest_come_first(void **state)
{
    Desk desk;
    Reading reading;

    (void)state;
    desk_open(&desk);
    keep(&desk, desk.dilnoza, "certificate", "a", NOW_S);
    keep(&desk, desk.dilnoza, "transcript", "b", NOW_S + 2);
    keep(&desk, desk.dilnoza, "housing", "c", NOW_S + 1);
    look(&desk, desk.dilnoza, "certificate", NOW_S + 10, &reading);
    assert_int_equal(reading.count, 2); /* no more than there is room for */
    assert_string_equal(reading.rows[0].service, "transcript");
    assert_string_equal(reading.rows[1].service, "housing");
    buf_fini(&reading.answers);
    store_fixture_close(&desk.fixture);
}

static bool remove_one(StoreTransaction *transaction, void *arg, Error *err)
{
    const Desk *desk = arg;

    return drafts_remove(transaction, desk->dilnoza, "certificate", err) &&
           drafts_remove(transaction, desk->dilnoza, "nothing", err);
}

static bool purge(StoreTransaction *transaction, void *arg, Error *err)
{
    const int64_t *now_s = arg;
    int64_t gone;

    return purge_take(transaction, PURGE_DRAFTS, *now_s, 100, &gone, err);
}

static void they_go_when_told_and_when_their_time_is_over(void **state)
{
    int64_t later_s = NOW_S + 30 * DAY_S;
    Desk desk;
    Reading reading;
    Error err = { 0 };

    (void)state;
    desk_open(&desk);
    keep(&desk, desk.dilnoza, "certificate", "a", NOW_S);
    keep(&desk, desk.dilnoza, "transcript", "b", NOW_S);
    keep(&desk, desk.malika, "certificate", "c", NOW_S + 1);
    assert_ok(store_write(desk.fixture.store, remove_one, &desk, &err), err);
    look(&desk, desk.dilnoza, "transcript", later_s - 1, &reading);
    assert_true(reading.found);
    assert_int_equal(reading.count, 1);
    buf_fini(&reading.answers);
    look(&desk, desk.dilnoza, "transcript", later_s, &reading); /* no purge has come by yet */
    assert_false(reading.found);
    assert_int_equal(reading.count, 0);
    buf_fini(&reading.answers);
    assert_ok(store_write(desk.fixture.store, purge, &later_s, &err), err);
    look(&desk, desk.dilnoza, "transcript", NOW_S, &reading);
    assert_false(reading.found);
    buf_fini(&reading.answers);
    look(&desk, desk.malika, "certificate", NOW_S, &reading);
    assert_true(reading.found);
    buf_fini(&reading.answers);
    store_fixture_close(&desk.fixture);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(one_for_each_student_and_service),
        cmocka_unit_test(the_newest_come_first),
        cmocka_unit_test(they_go_when_told_and_when_their_time_is_over),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
