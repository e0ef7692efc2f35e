#include "fixture.h"

#include <string.h>

#include "registrar/store/answer_drafts.h"
#include "registrar/store/keeping.h"
#include "registrar/store/students.h"

#define NOW_S   INT64_C(1795500000)
#define KEPT_S  (30 * 86400)
#define FIRST   "00000000-0000-4000-8000-000000000001"
#define SECOND  "00000000-0000-4000-8000-000000000002"
#define NOBODYS "00000000-0000-4000-8000-000000000003"

static bool add_request(StoreTransaction *transaction, int64_t student, const char *id, Error *err)
{
    RequestRow request = { .student = student, .state = ASKED_OPEN, .epoch = 1, .asked_at_s = NOW_S };

    memcpy(request.id, id, sizeof FIRST);
    memcpy(request.client_key, id, sizeof FIRST);
    memcpy(request.answers_hash, id + 10, sizeof request.answers_hash - 10);
    request.answers_hash[31] = (uint8_t)id[35];
    str_copy_cut(STR("leaving"), request.service, sizeof request.service);
    str_copy_cut(STR("uz"), request.language, sizeof request.language);
    str_copy_cut(STR("2026-1"), request.period, sizeof request.period);
    return requests_add(transaction, &request, STR("{}"), err);
}

static bool add_requests(StoreTransaction *transaction, void *arg, Error *err)
{
    int64_t student;

    (void)arg;
    return students_add(transaction, "401241100873", (Str){ 0 }, &student, err) &&
           add_request(transaction, student, FIRST, err) && add_request(transaction, student, SECOND, err);
}

static void desk_open(StoreFixture *fixture)
{
    Error err = { 0 };

    store_fixture_open(fixture);
    assert_ok(store_write(fixture->store, add_requests, NULL, &err), err);
}

typedef struct Putting {
    AnswerDraftRow row;
    const char *answers;
} Putting;

static bool put(StoreTransaction *transaction, void *arg, Error *err)
{
    const Putting *putting = arg;

    return answer_drafts_put(transaction, &putting->row, str_from(putting->answers), err);
}

static Putting putting_of(const char *request, const char *answers, int64_t at_s)
{
    Putting putting = { { .language = "uz-Cyrl", .question = "last-day", .saved_at_s = at_s }, answers };

    putting.row.keep_until_s = at_s + KEPT_S;
    memcpy(putting.row.request, request, sizeof FIRST);
    return putting;
}

static void keep(StoreFixture *fixture, const char *request, const char *answers, int64_t at_s)
{
    Putting putting = putting_of(request, answers, at_s);
    Error err = { 0 };

    assert_ok(store_write(fixture->store, put, &putting, &err), err);
}

typedef struct Reading {
    const char *request;
    int64_t now_s;
    bool found;
    AnswerDraftRow row;
    Buf answers;
} Reading;

static bool get(StoreTransaction *transaction, void *arg, Error *err)
{
    Reading *reading = arg;

    return answer_drafts_get(transaction, reading->request, reading->now_s, &reading->found, &reading->row,
                             &reading->answers, err);
}

/* What is kept of it at this time; "": nothing. */
static void expect(StoreFixture *fixture, const char *request, int64_t now_s, const char *answers)
{
    Reading reading = { .request = request, .now_s = now_s };
    Error err = { 0 };

    buf_init(&reading.answers, 1024);
    assert_ok(store_read(fixture->store, get, &reading, &err), err);
    assert_int_equal(reading.found, answers[0] != 0);
    assert_true(str_equal_text(buf_str(&reading.answers), answers));
    if (reading.found) {
        assert_string_equal(reading.row.request, request);
        assert_string_equal(reading.row.language, "uz-Cyrl");
        assert_string_equal(reading.row.question, "last-day");
        assert_int_equal(reading.row.keep_until_s, reading.row.saved_at_s + KEPT_S);
    }
    buf_fini(&reading.answers);
}

static void one_for_each_request(void **state)
{
    Putting nobodys = putting_of(NOBODYS, "x", NOW_S);
    StoreFixture fixture;
    Error err = { 0 };

    (void)state;
    desk_open(&fixture);
    keep(&fixture, FIRST, "first", NOW_S);
    keep(&fixture, SECOND, "other", NOW_S);
    keep(&fixture, FIRST, "second", NOW_S + 5);
    expect(&fixture, FIRST, NOW_S + 6, "second");
    expect(&fixture, SECOND, NOW_S + 6, "other");
    assert_false(store_write(fixture.store, put, &nobodys, &err)); /* of no request there is none */
    store_fixture_close(&fixture);
}

static bool remove_first(StoreTransaction *transaction, void *arg, Error *err)
{
    (void)arg;
    return answer_drafts_remove(transaction, FIRST, err) && answer_drafts_remove(transaction, NOBODYS, err);
}

static bool purge(StoreTransaction *transaction, void *arg, Error *err)
{
    const int64_t *now_s = arg;
    int64_t gone;

    return purge_take(transaction, PURGE_ANSWER_DRAFTS, *now_s, 100, &gone, err);
}

static void they_go_when_told_and_when_their_time_is_over(void **state)
{
    int64_t later_s = NOW_S + KEPT_S;
    StoreFixture fixture;
    Error err = { 0 };

    (void)state;
    desk_open(&fixture);
    keep(&fixture, FIRST, "a", NOW_S);
    keep(&fixture, SECOND, "b", NOW_S);
    assert_ok(store_write(fixture.store, remove_first, NULL, &err), err);
    expect(&fixture, FIRST, NOW_S, "");
    expect(&fixture, SECOND, later_s - 1, "b");
    expect(&fixture, SECOND, later_s, ""); /* no purge has come by yet */
    keep(&fixture, FIRST, "c", NOW_S + 1);
    assert_ok(store_write(fixture.store, purge, &later_s, &err), err);
    expect(&fixture, SECOND, NOW_S, "");
    expect(&fixture, FIRST, NOW_S, "c");
    store_fixture_close(&fixture);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(one_for_each_request),
        cmocka_unit_test(they_go_when_told_and_when_their_time_is_over),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
