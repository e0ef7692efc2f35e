/* GET events: when it answers, and when it is held and for what. */
#include "fake_office.h"
#include "registrar/api/events.h"
#include "test.h"

static ApiContext context = { .office = &office };
static HttpServerAnswer answer;

static bool ask(const char *query, bool hold_over)
{
    HttpServerRequest request = { .method = "GET",
                                  .path = "/kiosk/v1/events",
                                  .query = query,
                                  .arrived_ms = 5000,
                                  .client_fingerprint = KNOWN_KIOSK,
                                  .hold_over = hold_over,
                                  .context = &context };
    Error error = { 0 };

    buf_fini(&answer.body);
    answer = (HttpServerAnswer){ .status = 200 };
    buf_init(&answer.body, 1u << 20);
    return api_events_get(&request, &answer, &error);
}

static int finish(void **state UNUSED)
{
    buf_fini(&answer.body);
    return 0;
}

static void nothing_new_is_held(void **state UNUSED)
{
    int64_t least_ms = INT64_MAX, most_ms = 0;

    fake_office_reset();
    office.events.cursor = 41;
    for (int i = 0; i < 200; i++) {
        assert_true(ask("after=41", false));
        int64_t held_ms = answer.hold.until_ms - 5000;
        assert_in_range(held_ms, EVENTS_HELD_MS, EVENTS_HELD_MS + EVENTS_JITTER_MS);
        least_ms = held_ms < least_ms ? held_ms : least_ms;
        most_ms = held_ms > most_ms ? held_ms : most_ms;
    }
    assert_true(most_ms - least_ms > EVENTS_JITTER_MS / 2); /* they part */
    assert_string_equal(answer.hold.topics[0], "all");
    assert_string_equal(answer.hold.topics[1], "kiosk");
    assert_int_equal(answer.body.len, 0);
    assert_int_equal(office.events_after, 41);
}

static void what_there_is_is_said_at_once(void **state UNUSED)
{
    ApiEvents events;
    Error error = { 0 };

    fake_office_reset();
    office.events = (ApiEvents){ .cursor = 42, .count = 1, .items = { { .what = CHANGED_THEME } } };
    assert_true(ask("after=41", false));
    assert_int_equal(answer.hold.until_ms, 0);
    assert_string_equal(answer.content_type, "application/json");
    assert_ok(api_events_read(buf_str(&answer.body), &events, &error), error);
    assert_int_equal(events.cursor, 42);
    assert_int_equal(events.items[0].what, CHANGED_THEME);

    office.events = (ApiEvents){ .cursor = 42, .reset = true };
    assert_true(ask(NULL, false));
    assert_int_equal(answer.hold.until_ms, 0);
    assert_int_equal(office.events_after, -1);
}

static void what_is_held_no_longer_is_answered(void **state UNUSED)
{
    ApiEvents events;
    Error error = { 0 };

    fake_office_reset();
    office.events.cursor = 43;
    assert_true(ask("after=41", true));
    assert_int_equal(answer.hold.until_ms, 0);
    assert_ok(api_events_read(buf_str(&answer.body), &events, &error), error);
    assert_int_equal(events.cursor, 43);
    assert_int_equal(events.count, 0);
}

static void a_cursor_that_is_none_is_refused(void **state UNUSED)
{
    static const char *const wrong[] = {
        "after=-1", "after=x", "after=", "after=1%201", "after=99999999999999999999", "after=9223372036854775807"
    };

    fake_office_reset();
    for (size_t i = 0; i < COUNT(wrong); i++) {
        assert_true(ask(wrong[i], false));
        if (answer.status != 400 || answer.hold.until_ms)
            fail_msg("%s: %d", wrong[i], answer.status);
    }
    office.broken = true;
    assert_false(ask("after=1", false));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(nothing_new_is_held),
        cmocka_unit_test(what_there_is_is_said_at_once),
        cmocka_unit_test(what_is_held_no_longer_is_answered),
        cmocka_unit_test(a_cursor_that_is_none_is_refused),
    };

    return cmocka_run_group_tests(tests, NULL, finish);
}
