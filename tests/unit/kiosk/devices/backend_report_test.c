/* What a kiosk reports is repeated until it is heard, and goes out before the end. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>

#include <cmocka.h>

#include "kiosk/devices/backend_rig.h"

static void a_report_is_repeated_until_it_is_heard(void **state)
{
    (void)state;
    ApiPrintJob job = { .id = ID, .copy = ID, .epoch = 3, .state = PRINT_PRINTED, .sheets = 1 };
    Cmd report = cmd_of(CMD_REPORT_PRINT), home = cmd_of(CMD_HOME);
    char path[96], rules[512];
    OWNED_BUF body;
    Msg msg;

    buf_init(&body, 4096);
    assert_true(api_print_job_write(&job, &body, NULL));
    snprintf(rules, sizeof(rules),
             "[{\"method\": \"PUT\", \"times\": 1, \"act\": \"close\"}, {\"method\": \"PUT\", \"times\": 1, "
             "\"status\": 503},"
             " {\"method\": \"PUT\", \"headers\": {\"Content-Type\": \"application/json\"}, \"body_file\": \"%s\"}, "
             "{\"status\": 503}]",
             body_file("job", &body, path));
    assert_true(peer_rules(&peer, rules));
    assert_true(backend_run(backend, &report));
    msg = run(&home); /* not held up */
    assert_int_equal(msg.as.failed.command, CMD_HOME);
    assert_true(queue_pop(messages, &msg, 8000));
    assert_int_equal(msg.kind, MSG_REPORTED);
    assert_string_equal(msg.as.reported.id, ID);
    assert_int_equal(msg.as.reported.state, PRINT_PRINTED);
    assert_int_equal(peer_count(&peer, "PUT /kiosk/v1/print-jobs/" ID), 3);
}

/* The job may have gone on meanwhile, under another epoch: what was reported is what was heard. */
static void what_was_heard_is_what_was_reported(void **state)
{
    (void)state;
    ApiPrintJob job = { .id = ID, .copy = ID, .epoch = 9, .state = PRINT_ASSIGNED, .sheets = 1 };
    Cmd report = cmd_of(CMD_REPORT_PRINT);
    OWNED_BUF body;
    OWNED_BUF other;

    buf_init(&body, 4096);
    assert_true(api_print_job_write(&job, &body, NULL));
    answer_with(200, "application/json", &body);
    Msg msg = run(&report);
    assert_int_equal(msg.kind, MSG_REPORTED);
    assert_string_equal(msg.as.reported.id, ID);
    assert_int_equal(msg.as.reported.epoch, 3);

    job.id[0] = '1';
    buf_init(&other, 4096);
    assert_true(api_print_job_write(&job, &other, NULL));
    answer_with(200, "application/json", &other);
    msg = run(&report);
    assert_int_equal(msg.kind, MSG_FAILED);
    assert_int_equal(msg.as.failed.code, ERR_PROTOCOL);
}

static void a_report_that_hangs_gives_way(void **state)
{
    (void)state;
    Cmd report = cmd_of(CMD_REPORT_PRINT), home = cmd_of(CMD_HOME);

    assert_true(peer_rules(&peer, "[{\"method\": \"PUT\", \"act\": \"hang\"}, {\"status\": 503}]"));
    assert_true(backend_run(backend, &report));
    assert_true(TEST_UNTIL(3000, peer_count(&peer, "PUT") == 1));
    int64_t began = test_now_ms();
    Msg msg = run(&home);
    assert_int_equal(msg.as.failed.command, CMD_HOME);
    assert_in_range(test_now_ms() - began, 0, SOON_MS + 500);
}

static void a_report_refused_for_good_is_not_repeated(void **state)
{
    (void)state;
    Cmd report = cmd_of(CMD_REPORT_PRINT);

    assert_true(peer_rules(&peer, "[{\"status\": 404}]"));
    Msg msg = run(&report);
    assert_int_equal(msg.kind, MSG_FAILED);
    assert_int_equal(msg.as.failed.command, CMD_REPORT_PRINT);
    assert_int_equal(peer_count(&peer, "PUT"), 1);
}

static void a_later_report_takes_the_place_of_a_waiting_one(void **state)
{
    (void)state;
    Cmd sent = cmd_of(CMD_REPORT_PRINT), printed = cmd_of(CMD_REPORT_PRINT);

    assert_true(peer_rules(&peer, "[{\"times\": 1, \"status\": 503}, {\"status\": 404}]"));
    sent.as.report.report.state = PRINT_SENT;
    assert_true(backend_run(backend, &sent));
    assert_true(TEST_UNTIL(3000, peer_count(&peer, "PUT") == 1));
    Msg msg = run(&printed);
    assert_int_equal(msg.kind, MSG_FAILED);
    assert_false(queue_pop(messages, &msg, 1300)); /* when the first one's turn would have come */
    assert_int_equal(peer_count(&peer, "PUT"), 2);
}

static void stopping_takes_no_time_but_signs_out(void **state)
{
    (void)state;
    Cmd page = cmd_of(CMD_PAGE), out = cmd_of(CMD_SIGN_OUT);

    assert_true(peer_rules(&peer, "[{\"method\": \"GET\", \"act\": \"hang\"}, {\"status\": 204}]"));
    assert_true(backend_run(backend, &page));
    assert_true(TEST_UNTIL(3000, peer_count(&peer, "GET") == 1));
    assert_true(backend_run(backend, &out));
    int64_t began = test_now_ms();
    backend_stop(steal(&backend));
    assert_in_range(test_now_ms() - began, 0, SOON_MS);
    assert_int_equal(peer_count(&peer, "DELETE"), 1);
}

static void restart_with_farewell(int farewell_ms)
{
    BackendConfig config = { peer.address, peer.ca, peer.certificate, peer.key, 4000, farewell_ms, NULL };

    backend_stop(steal(&backend));
    backend = backend_start(&config, messages, log_to_nowhere, NULL);
    assert_non_null(backend);
}

/* One waits for its repetition, one has just been asked for. */
static void reports_go_out_before_the_end(void **state)
{
    (void)state;
    Cmd report = cmd_of(CMD_REPORT_PRINT);

    restart_with_farewell(2000);
    assert_true(peer_rules(&peer, "[{\"times\": 1, \"status\": 500}, {\"status\": 404}]"));
    assert_true(backend_run(backend, &report));
    assert_true(TEST_UNTIL(3000, peer_count(&peer, "PUT") == 1));
    report.as.report.report.epoch++;
    assert_true(backend_run(backend, &report));
    int64_t began = test_now_ms();
    backend_stop(steal(&backend));
    assert_in_range(test_now_ms() - began, 0, SOON_MS + 500);
    assert_int_equal(peer_count(&peer, "PUT"), 3);
}

static void a_silent_registrar_holds_the_end_up_only_so_long(void **state)
{
    (void)state;
    Cmd report = cmd_of(CMD_REPORT_PRINT);

    restart_with_farewell(700);
    assert_true(peer_rules(&peer, "[{\"act\": \"hang\"}]"));
    assert_true(backend_run(backend, &report));
    assert_true(TEST_UNTIL(3000, peer_count(&peer, "PUT") == 1));
    int64_t began = test_now_ms();
    backend_stop(steal(&backend));
    assert_in_range(test_now_ms() - began, 500, SOON_MS);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        BACKEND_TEST(a_report_is_repeated_until_it_is_heard),
        BACKEND_TEST(what_was_heard_is_what_was_reported),
        BACKEND_TEST(a_report_that_hangs_gives_way),
        BACKEND_TEST(a_report_refused_for_good_is_not_repeated),
        BACKEND_TEST(a_later_report_takes_the_place_of_a_waiting_one),
        BACKEND_TEST(stopping_takes_no_time_but_signs_out),
        BACKEND_TEST(reports_go_out_before_the_end),
        BACKEND_TEST(a_silent_registrar_holds_the_end_up_only_so_long),
    };

    return cmocka_run_group_tests(tests, start_peer, stop_peer);
}
