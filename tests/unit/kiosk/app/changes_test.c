/* What the registrar tells unasked: each change leads to the question that it is asked for with anyway, whoever stands
 * there, and to nothing else. */
#include <stdio.h>

#include "kiosk/app/served_glass.h"

static Glass *const glass = &the_glass;

static void assert_screen(const char *name)
{
    assert_string_equal(app_screen_name(&glass->model), name);
}

static void tell(ApiChange what, const char *id, const char *version)
{
    Msg msg = { .kind = MSG_CHANGED, .as.changed.event.what = what };

    str_copy_cut(str_from(id), msg.as.changed.event.id, sizeof msg.as.changed.event.id);
    str_copy_cut(str_from(version), msg.as.changed.event.version, sizeof msg.as.changed.event.version);
    glass_send(glass, &msg);
}

static unsigned all_asked(void)
{
    unsigned sum = 0;

    for (size_t i = 0; i < CMD_KIND_COUNT; i++)
        sum += glass->asked[i];
    return sum;
}

static void each_is_asked_for_by_its_own_way(void **state UNUSED)
{
    static const struct {
        const char *name;
        ApiChange what;
        CmdKind command;
    } cases[] = {
        { "catalogue", CHANGED_CATALOGUE, CMD_CATALOGUE },
        { "notices", CHANGED_NOTICES, CMD_NOTICES },
        { "theme", CHANGED_THEME, CMD_THEME },
        { "settings", CHANGED_SETTINGS, CMD_HEARTBEAT },
        { "kiosk", CHANGED_KIOSK, CMD_HEARTBEAT },
    };

    for (int visits = 0; visits < 2; visits++) {
        for (size_t i = 0; i < COUNT(cases); i++) {
            if (visits && cases[i].what == CHANGED_KIOSK) /* it ends the visit: below */
                continue;
            unsigned before = glass->asked[cases[i].command], all = all_asked();
            const char *screen = app_screen_name(&glass->model);
            tell(cases[i].what, "", "");
            if (glass->asked[cases[i].command] != before + 1 || all_asked() != all + 1)
                fail_msg("%s on %s", cases[i].name, screen);
            if (cases[i].command == CMD_HEARTBEAT)
                glass_heartbeat(glass, catalogue_version(glass->model.catalogue));
        }
        if (!visits)
            glass_to_home(glass);
    }
    assert_screen("home");
}

static void what_is_had_is_not_asked_for(void **state UNUSED)
{
    unsigned before = all_asked(), catalogues = glass->asked[CMD_CATALOGUE];

    tell(CHANGED_CATALOGUE, "", catalogue_version(glass->model.catalogue));
    tell(CHANGED_JOB, "30000000-0000-4000-8000-000000000001", "cancelled");
    tell(CHANGED_PHONE_LINK, "20000000-0000-4000-8000-000000000001", "");
    assert_int_equal(all_asked(), before);
    tell(CHANGED_CATALOGUE, "", "another");
    assert_int_equal(glass->asked[CMD_CATALOGUE], catalogues + 1);
}

static void a_registrar_that_is_busy_is_asked_again_soon(void **state UNUSED)
{
    tell(CHANGED_NOTICES, "", "");
    unsigned before = glass->asked[CMD_HEARTBEAT];
    glass_fail(glass, CMD_NOTICES, PROBLEM_INTERNAL);
    glass_wait(glass, HEARTBEAT_SOON_MS);
    assert_int_equal(glass->asked[CMD_HEARTBEAT], before);
    glass_fail(glass, CMD_NOTICES, PROBLEM_BUSY);
    glass_wait(glass, HEARTBEAT_SOON_MS);
    assert_int_equal(glass->asked[CMD_HEARTBEAT], before + 1);
}

static void after_what_is_not_known_everything_is_asked_for(void **state UNUSED)
{
    unsigned before = glass->asked[CMD_HEARTBEAT];

    glass_send(glass, &(Msg){ .kind = MSG_CHANGED, .as.changed.anything = true });
    assert_int_equal(glass->asked[CMD_HEARTBEAT], before + 1);
    glass_to_home(glass);
    glass_send(glass, &(Msg){ .kind = MSG_CHANGED, .as.changed.anything = true });
    assert_int_equal(glass->asked[CMD_HEARTBEAT], before + 2);
    assert_screen("home");
}

/* A terminal that was taken away, perhaps with a student's work on its glass. */
static void a_kiosk_that_counts_no_more_ends_its_visit(void **state UNUSED)
{
    glass_to_preview(glass);
    unsigned outs = glass->asked[CMD_SIGN_OUT];
    tell(CHANGED_KIOSK, "", "");
    assert_screen("out-of-service");
    assert_int_equal(model_out(&glass->model), OUT_UNKNOWN_KIOSK);
    assert_int_equal(glass->asked[CMD_SIGN_OUT], outs + 1);
    assert_int_equal(glass->asked[CMD_FORGET], 1);
    glass_fail(glass, CMD_HEARTBEAT, PROBLEM_UNKNOWN_KIOSK);
    assert_screen("out-of-service");
    glass_heartbeat(glass, catalogue_version(glass->model.catalogue)); /* it does count: somebody added it again */
    assert_screen("attract");
}

static void a_paper_that_is_withdrawn_is_stopped(void **state UNUSED)
{
    glass_to_printer(glass);
    const char *job = glass->model.paper.job.id;
    tell(CHANGED_JOB, job, "waiting");
    tell(CHANGED_JOB, "30000000-0000-4000-8000-00000000ffff", "cancelled");
    assert_int_equal(glass->asked[CMD_PRINT_STOP], 0);
    tell(CHANGED_JOB, job, "cancelled");
    assert_int_equal(glass->asked[CMD_PRINT_STOP], 1);
    tell(CHANGED_JOB, job, "cancelled");
    assert_int_equal(glass->asked[CMD_PRINT_STOP], 1);
    glass_print(glass, PRINT_PHASE_CANCELLED, PRINTER_READY, 0);
    assert_screen("fault");
    assert_int_equal(glass->model.visit.fault.kind, FAULT_STOPPED);
}

static void recovered(unsigned job, PrintPhase phase)
{
    Msg msg = { .kind = MSG_PRINT_RECOVERED };

    (void)snprintf(msg.as.print.job.id, sizeof msg.as.print.job.id, "30000000-0000-4000-8000-%012u", job);
    msg.as.print.job.epoch = 1;
    msg.as.print.phase = phase;
    msg.as.print.sheets = -1;
    glass_send(glass, &msg);
}

static void what_the_office_saw_of_a_paper_before_lets_the_next_one_go(void **state UNUSED)
{
    recovered(1, PRINT_PHASE_UNKNOWN);
    recovered(2, PRINT_PHASE_UNKNOWN);
    recovered(3, PRINT_PHASE_SENDING);
    glass_to_preview(glass);
    glass_act(glass, ACT_PRINT, 0);
    assert_int_equal(glass->model.visit.fault.kind, FAULT_PAPER_BEFORE);
    tell(CHANGED_JOB, "30000000-0000-4000-8000-000000000002", "partly");
    tell(CHANGED_JOB, "30000000-0000-4000-8000-000000000003", "printed"); /* may still come out, whatever was seen */
    tell(CHANGED_JOB, "30000000-0000-4000-8000-000000000001", "held");
    assert_int_equal(glass->asked[CMD_ISSUE], 0);
    tell(CHANGED_JOB, "30000000-0000-4000-8000-000000000001", "cancelled");
    assert_int_equal(glass->asked[CMD_ISSUE], 0);
    recovered(3, PRINT_PHASE_PRINTED);
    assert_int_equal(glass->asked[CMD_ISSUE], 1);
    assert_false(model_paper_blocks(&glass->model));
}

static void what_the_office_saw_of_this_paper_is_told_to_its_student(void **state UNUSED)
{
    glass_to_printer(glass);
    glass_print(glass, PRINT_PHASE_UNKNOWN, PRINTER_READY, -1);
    assert_int_equal(glass->model.visit.fault.kind, FAULT_UNKNOWN);
    tell(CHANGED_JOB, glass->model.paper.job.id, "printed");
    assert_screen("done");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(each_is_asked_for_by_its_own_way, set_up, tear_down),
        cmocka_unit_test_setup_teardown(what_is_had_is_not_asked_for, set_up, tear_down),
        cmocka_unit_test_setup_teardown(a_registrar_that_is_busy_is_asked_again_soon, set_up, tear_down),
        cmocka_unit_test_setup_teardown(after_what_is_not_known_everything_is_asked_for, set_up, tear_down),
        cmocka_unit_test_setup_teardown(a_kiosk_that_counts_no_more_ends_its_visit, set_up, tear_down),
        cmocka_unit_test_setup_teardown(a_paper_that_is_withdrawn_is_stopped, set_up, tear_down),
        cmocka_unit_test_setup_teardown(what_the_office_saw_of_a_paper_before_lets_the_next_one_go, set_up, tear_down),
        cmocka_unit_test_setup_teardown(what_the_office_saw_of_this_paper_is_told_to_its_student, set_up, tear_down),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
