/* The registrar's events at the kiosk: what is told, where it goes on, and how it waits for a registrar that is away.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>

#include <cmocka.h>

#include "kiosk/devices/backend_events.h"
#include "kiosk/devices/backend_rig.h"

static BackendEvents *events;

static void start(void)
{
    BackendConfig config = { peer.address, peer.ca, peer.certificate, peer.key, 4000, 0, NULL };
    char log[96];

    peer_path(&peer, "requests.log", log);
    unlink(log);
    events = backend_events_start(&config, messages, log_to_nowhere, NULL);
    assert_non_null(events);
}

static int stop_events(void **state)
{
    (void)state;
    backend_events_stop(steal(&events));
    for (Msg msg; queue_pop(messages, &msg, 0);)
        msg_fini(&msg);
    return 0;
}

/* Answers what is asked after `after` (NULL: without a cursor) once; whatever else is asked for hangs. */
#define JSON  "\"status\": 200, \"headers\": {\"Content-Type\": \"application/json\"}, \"body\": "
#define RESET "{\"path\": \"/kiosk/v1/events\", " JSON "\"{\\\"cursor\\\":7,\\\"events\\\":[],\\\"reset\\\":true}\"}"
#define CHANGES                                                                                                        \
    "{\"path\": \"/kiosk/v1/events?after=7\", " JSON                                                                   \
    "\"{\\\"cursor\\\":9,\\\"events\\\":[{\\\"what\\\":\\\"theme\\\"},"                                                \
    "{\\\"what\\\":\\\"phone-link\\\",\\\"id\\\":\\\"" ID "\\\"}]}\"}"
#define HELD "{\"path\": \"/kiosk/v1/events*\", \"act\": \"hang\"}"

static Msg heard(void)
{
    Msg msg;

    if (!queue_pop(messages, &msg, 6000))
        fail_msg("nothing was told");
    assert_int_equal(msg.kind, MSG_CHANGED);
    assert_int_equal(msg.visit, 0);
    return msg;
}

static void events_come_in_order_and_the_cursor_goes_on(void **state)
{
    (void)state;
    assert_true(peer_rules(&peer, "[" RESET "," CHANGES "," HELD "]"));
    start();
    assert_true(heard().as.changed.anything);
    Msg theme = heard(), link = heard();
    assert_false(theme.as.changed.anything);
    assert_int_equal(theme.as.changed.event.what, CHANGED_THEME);
    assert_int_equal(link.as.changed.event.what, CHANGED_PHONE_LINK);
    assert_string_equal(link.as.changed.event.id, ID);
    assert_true(TEST_UNTIL(3000, peer_count(&peer, "GET /kiosk/v1/events?after=9 - - certified") == 1));
    assert_int_equal(peer_count(&peer, "GET /kiosk/v1/events"), 3);
    assert_int_equal(peer_count(&peer, "connect"), 1); /* one connection for all of it */
    Msg none;
    assert_false(queue_pop(messages, &none, 50));
}

static void it_ends_at_once_though_a_request_is_held(void **state)
{
    Clock clock = clock_system();

    (void)state;
    assert_true(peer_rules(&peer, "[" HELD "]"));
    start();
    assert_true(TEST_UNTIL(3000, peer_count(&peer, "GET /kiosk/v1/events") == 1));
    int64_t began_ms = clock_monotonic_ms(&clock);
    backend_events_stop(steal(&events));
    assert_true(clock_monotonic_ms(&clock) - began_ms < 1000);
}

static void a_registrar_that_is_away_is_asked_again(void **state)
{
    static const char *const rules[] = {
        "[{\"path\": \"/kiosk/v1/events\", \"times\": 1, \"act\": \"close\"}," RESET "," HELD "]",
        "[{\"path\": \"/kiosk/v1/events\", \"times\": 1, \"status\": 503}," RESET "," HELD "]",
        "[{\"path\": \"/kiosk/v1/events\", \"times\": 1, " JSON "\"{}\"}," RESET "," HELD "]",
    };
    Clock clock = clock_system();

    for (size_t i = 0; i < COUNT(rules); i++) {
        assert_true(peer_rules(&peer, rules[i]));
        int64_t began_ms = clock_monotonic_ms(&clock);
        start();
        assert_true(heard().as.changed.anything);
        int64_t took_ms = clock_monotonic_ms(&clock) - began_ms;
        assert_true(took_ms >= 500 && took_ms < 4000); /* a second, or by chance up to half of it less */
        stop_events(state);
    }
}

static void a_registrar_that_wants_to_be_left_alone_is(void **state)
{
    Clock clock = clock_system();

    (void)state;
    assert_true(peer_rules(&peer, "[{\"path\": \"/kiosk/v1/events\", \"times\": 1, \"status\": 429,"
                                  " \"headers\": {\"Retry-After\": \"2\"}}," RESET "," HELD "]"));
    int64_t began_ms = clock_monotonic_ms(&clock);
    start();
    assert_true(heard().as.changed.anything);
    assert_true(clock_monotonic_ms(&clock) - began_ms >= 2000);
}

/* A registrar that holds nothing (an answer without news, at once and again) is no reason to ask without a pause. */
static void what_is_not_held_is_asked_slowly(void **state)
{
    (void)state;
    assert_true(peer_rules(&peer, "[" RESET ",{\"path\": \"/kiosk/v1/events*\", " JSON
                                  "\"{\\\"cursor\\\":7,\\\"events\\\":[]}\"}]"));
    start();
    assert_true(heard().as.changed.anything);
    nanosleep(&(struct timespec){ .tv_sec = 1 }, NULL);
    assert_in_range(peer_count(&peer, "GET /kiosk/v1/events"), 2, 4);
}

/* One that begins anew for ever is believed each time, but asked no faster than twice a second. */
static void a_registrar_that_never_rests_is_asked_slowly(void **state)
{
    (void)state;
    assert_true(peer_rules(&peer, "[{\"path\": \"/kiosk/v1/events*\", " JSON
                                  "\"{\\\"cursor\\\":7,\\\"events\\\":[],\\\"reset\\\":true}\"}]"));
    start();
    nanosleep(&(struct timespec){ .tv_sec = 2 }, NULL);
    assert_in_range(peer_count(&peer, "GET /kiosk/v1/events"), 2, 24);
}

static void a_certificate_that_counts_no_more_is_told(void **state)
{
    (void)state;
    assert_true(peer_rules(&peer, "[" RESET ",{\"path\": \"/kiosk/v1/events*\", \"status\": 403}]"));
    start();
    assert_true(heard().as.changed.anything);
    assert_int_equal(heard().as.changed.event.what, CHANGED_KIOSK);
}

#define EVENTS_TEST(test) cmocka_unit_test_teardown(test, stop_events)

int main(void)
{
    const struct CMUnitTest tests[] = {
        EVENTS_TEST(events_come_in_order_and_the_cursor_goes_on),
        EVENTS_TEST(it_ends_at_once_though_a_request_is_held),
        EVENTS_TEST(a_registrar_that_is_away_is_asked_again),
        EVENTS_TEST(a_registrar_that_wants_to_be_left_alone_is),
        EVENTS_TEST(what_is_not_held_is_asked_slowly),
        EVENTS_TEST(a_registrar_that_never_rests_is_asked_slowly),
        EVENTS_TEST(a_certificate_that_counts_no_more_is_told),
    };
    (void)start_backend, (void)stop_backend, (void)run, (void)cmd_of, (void)answer_with;

    return cmocka_run_group_tests(tests, start_peer, stop_peer);
}
