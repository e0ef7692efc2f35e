/* What a fault becomes when the world changes, and what a touch on it does. */
#include "kiosk/app/served_glass.h"

static void expect_screen(const Glass *glass, const char *screen)
{
    assert_string_equal(app_screen_name(&glass->model), screen);
}

static void expect_fault(const Glass *glass, FaultKind kind)
{
    expect_screen(glass, "fault");
    assert_int_equal(glass->model.visit.fault.kind, kind);
}

/* Words change when the registrar answers again; only a touch goes on, with the same key. */
static void a_registrar_that_is_back_is_told(void **state)
{
    Glass *glass = &the_glass;
    char key[API_ID_SIZE];

    (void)state;
    glass_to_preview(glass);
    glass_act(glass, ACT_PRINT, 0);
    memcpy(key, glass->key, sizeof key);
    glass_fail(glass, CMD_ISSUE, PROBLEM_NONE);
    expect_fault(glass, FAULT_AWAY);
    glass_wait(glass, HEARTBEAT_SOON_MS);
    glass_fail(glass, CMD_HEARTBEAT, PROBLEM_NONE);
    assert_false(glass->model.visit.fault.is_over);
    glass_wait(glass, HEARTBEAT_SOON_MS);
    glass_heartbeat(glass, catalogue_version(glass->model.catalogue));
    assert_int_equal(glass->asked[CMD_HEARTBEAT], 2); /* while a student waits it is looked for soon */
    expect_fault(glass, FAULT_AWAY);
    assert_true(glass->model.visit.fault.is_over);
    assert_int_equal(glass->asked[CMD_ISSUE], 1);
    glass_act(glass, ACT_TRY_AGAIN, 0);
    assert_int_equal(glass->asked[CMD_ISSUE], 2);
    assert_string_equal(glass->key, key);
    glass_wait(glass, HEARTBEAT_SOON_MS * 2); /* no hurry any more */
    assert_int_equal(glass->asked[CMD_HEARTBEAT], 2);
}

/* Nobody touched "Stop": the printer itself ended the job, and nothing came out. */
static void what_the_printer_gave_up_was_not_stopped(void **state)
{
    Glass *glass = &the_glass;

    (void)state;
    glass_to_printer(glass);
    glass_print(glass, PRINT_PHASE_CANCELLED, PRINTER_READY, 0);
    expect_fault(glass, FAULT_GIVEN_UP);
    glass_reported(glass);
    glass_act(glass, ACT_TRY_AGAIN, 0);
    assert_true(glass->request.again); /* a new copy that replaces the damaged one */
}

static void what_the_student_stopped_was(void **state)
{
    Glass *glass = &the_glass;

    (void)state;
    glass_to_printer(glass);
    glass_print(glass, PRINT_PHASE_SENT, PRINTER_NO_PAPER, 0);
    glass_act(glass, ACT_STOP, 0);
    glass_print(glass, PRINT_PHASE_CANCELLED, PRINTER_NO_PAPER, 0);
    expect_fault(glass, FAULT_STOPPED);
}

/* The printer took the document and is silent: after some seconds the glass says what one can do. */
static void a_slow_printer_is_excused(void **state)
{
    Glass *glass = &the_glass;

    (void)state;
    glass_to_printer(glass);
    glass_print(glass, PRINT_PHASE_SENT, PRINTER_READY, 0);
    glass_wait(glass, WAITING_LONG_MS - 1);
    assert_false(model_waits_long(&glass->model));
    assert_int_equal(app_next_wake(&glass->model), glass->now_ms + 1); /* or nobody would look */
    glass_wait(glass, 1);
    assert_true(model_waits_long(&glass->model));
    glass_print(glass, PRINT_PHASE_SHEETS, PRINTER_READY, 1);
    assert_false(model_waits_long(&glass->model));
}

/* "Try again": what the printer said before it was mended may come first. */
static void an_answer_from_before_does_not_stop_who_tries_again(void **state)
{
    Glass *glass = &the_glass;

    (void)state;
    glass_to_printer(glass);
    glass_print(glass, PRINT_PHASE_NOT_SENT, PRINTER_OFF, -1);
    glass_reported(glass);
    glass_act(glass, ACT_TRY_AGAIN, 0);
    glass_printer(glass, PRINTER_OFF);
    expect_fault(glass, FAULT_PRINTER_BEFORE);
    glass_printer(glass, PRINTER_READY);
    expect_screen(glass, "printing");
    assert_int_equal(glass->asked[CMD_ISSUE], 2);
}

/* A printer that is mended by and by waits for a touch: who tried may be gone. */
static void a_printer_mended_later_waits_for_a_touch(void **state)
{
    Glass *glass = &the_glass;

    (void)state;
    glass_to_preview(glass);
    glass_printer(glass, PRINTER_NO_PAPER);
    glass_act(glass, ACT_PRINT, 0);
    glass_act(glass, ACT_TRY_AGAIN, 0);
    glass_printer(glass, PRINTER_NO_PAPER);
    glass_wait(glass, WAITING_LONG_MS);
    glass_printer(glass, PRINTER_READY);
    expect_fault(glass, FAULT_PRINTER_BEFORE);
    assert_int_equal(glass->asked[CMD_ISSUE], 0);
    glass_act(glass, ACT_TRY_AGAIN, 0);
    expect_screen(glass, "printing");
}

/* The printer is on again, and was not asked since. */
static void who_looked_need_not_try_again(void **state)
{
    Glass *glass = &the_glass;

    (void)state;
    glass_to_printer(glass);
    glass_print(glass, PRINT_PHASE_UNKNOWN, PRINTER_OFF, -1);
    glass_act(glass, ACT_FINISH, 0);
    glass_to_preview(glass);
    glass_act(glass, ACT_PRINT, 0);
    expect_fault(glass, FAULT_PAPER_BEFORE);
    glass_act(glass, ACT_LOOKED, 0);
    expect_fault(glass, FAULT_PRINTER_BEFORE);
    glass_printer(glass, PRINTER_TROUBLE);
    glass_printer(glass, PRINTER_READY);
    expect_screen(glass, "printing");
}

int main(void)
{
#define TEST(name) cmocka_unit_test_setup_teardown(name, set_up, tear_down)
    const struct CMUnitTest tests[] = {
        TEST(a_registrar_that_is_back_is_told),
        TEST(what_the_printer_gave_up_was_not_stopped),
        TEST(what_the_student_stopped_was),
        TEST(a_slow_printer_is_excused),
        TEST(an_answer_from_before_does_not_stop_who_tries_again),
        TEST(a_printer_mended_later_waits_for_a_touch),
        TEST(who_looked_need_not_try_again),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
