/* What the machine learns and tells whether somebody visits or not. */
#include "kiosk/app/served_glass.h"

static void expect_screen(const Glass *glass, const char *screen)
{
    assert_string_equal(app_screen_name(&glass->model), screen);
}

static void beat(Glass *glass)
{
    glass_wait(glass, HEARTBEAT_MS + HEARTBEAT_JITTER_MS);
    assert_int_equal(glass->asked[CMD_HEARTBEAT], 1);
}

/* One that is lost may be chance; whoever begins a visit now should know. */
static void a_lost_heartbeat_is_made_sure_of(void **state)
{
    Glass *glass = &the_glass;

    (void)state;
    beat(glass);
    glass_fail(glass, CMD_HEARTBEAT, PROBLEM_NONE);
    expect_screen(glass, "attract");
    glass_wait(glass, HEARTBEAT_SOON_MS);
    assert_int_equal(glass->asked[CMD_HEARTBEAT], 2);
    glass_fail(glass, CMD_HEARTBEAT, PROBLEM_NONE);
    expect_screen(glass, "out-of-service");
    glass_wait(glass, HEARTBEAT_SOON_MS); /* that it is away is sure: it is asked at the usual pace */
    assert_int_equal(glass->asked[CMD_HEARTBEAT], 2);
    glass_wait(glass, HEARTBEAT_MS + HEARTBEAT_JITTER_MS);
    glass_heartbeat(glass, catalogue_version(glass->model.catalogue));
    expect_screen(glass, "attract");
}

static void what_runs_low_is_told_to_the_registrar(void **state)
{
    Glass *glass = &the_glass;
    Msg low = { .kind = MSG_PRINTER, .as.printer = { PRINTER_READY, true, true } };

    (void)state;
    glass_send(glass, &low);
    beat(glass);
    assert_string_equal(glass->heartbeat.printer, "ready,paper-low,toner-low");
    glass_to_preview(glass);
    glass_act(glass, ACT_PRINT, 0);
    expect_screen(glass, "printing"); /* and keeps nobody from printing */
}

int main(void)
{
#define TEST(name) cmocka_unit_test_setup_teardown(name, set_up, tear_down)
    const struct CMUnitTest tests[] = {
        TEST(a_lost_heartbeat_is_made_sure_of),
        TEST(what_runs_low_is_told_to_the_registrar),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
