/* What a million random messages found (tests/fuzz/visits.c): answers to an earlier asking, and papers of an earlier
 * life that turn up while another is asked for. */
#include "kiosk/app/served_glass.h"

static void expect_fault(const Glass *glass, FaultKind kind)
{
    assert_string_equal(app_screen_name(&glass->model), "fault");
    assert_int_equal(glass->model.visit.fault.kind, kind);
}

static void recovered(Glass *glass, unsigned job, PrintPhase phase)
{
    Msg msg = { .kind = MSG_PRINT_RECOVERED, .as.print = { .phase = phase, .sheets = -1, .job.epoch = 1 } };

    assert_true(snprintf(msg.as.print.job.id, API_ID_SIZE, "70000000-0000-4000-8000-%012u", job) > 0);
    glass_send(glass, &msg);
}

static void an_answer_to_an_earlier_asking_is_not_taken(void **state)
{
    Glass *glass = &the_glass;

    (void)state;
    glass_to_preview(glass);
    glass_act(glass, ACT_PRINT, 0);
    Msg late = glass_answer(glass, MSG_ISSUED);
    late.as.issued.issued = glass_issued(glass, PRINT_ASSIGNED);
    glass_act(glass, ACT_STOP, 0);
    glass_act(glass, ACT_TRY_AGAIN, 0);
    assert_int_equal(glass->asked[CMD_ISSUE], 2);
    glass_send(glass, &late); /* it was in the queue already */
    assert_int_equal(glass->asked[CMD_PAGE], 0);
    glass_issue(glass, PRINT_ASSIGNED, false);
    assert_int_equal(glass->asked[CMD_PAGE], 1);
}

static void a_page_of_an_earlier_asking_is_not_printed(void **state)
{
    Glass *glass = &the_glass;

    (void)state;
    glass_to_preview(glass);
    glass_act(glass, ACT_PRINT, 0);
    glass_issue(glass, PRINT_ASSIGNED, false);
    Msg late = glass_answer(glass, MSG_PAGE);
    late.as.page.pdf = blob_new("%PDF", 4);
    late.as.page.epoch = glass->epoch;
    glass_act(glass, ACT_STOP, 0);
    glass_act(glass, ACT_TRY_AGAIN, 0);
    glass->epoch--; /* another job may well have the same epoch */
    glass_issue(glass, PRINT_ASSIGNED, false);
    glass_send(glass, &late);
    assert_int_equal(glass->asked[CMD_PRINT], 0);
    glass_page(glass);
    assert_int_equal(glass->asked[CMD_PRINT], 1);
}

static void what_is_said_of_the_last_paper_does_not_end_the_next(void **state)
{
    Glass *glass = &the_glass;

    (void)state;
    glass_to_printer(glass);
    glass_print(glass, PRINT_PHASE_UNKNOWN, PRINTER_READY, -1);
    glass_reported(glass);
    glass_act(glass, ACT_DID_NOT, 0);
    glass_act(glass, ACT_TRY_AGAIN, 0);
    assert_int_equal(glass->asked[CMD_ISSUE], 2);
    glass_print(glass, PRINT_PHASE_PRINTED, PRINTER_READY, 2); /* the printer was asked once more */
    assert_string_equal(app_screen_name(&glass->model), "printing");
    glass_issue(glass, PRINT_ASSIGNED, false);
    assert_int_equal(glass->asked[CMD_PAGE], 2);
}

static void a_page_is_given_back_when_another_paper_takes_its_place(void **state)
{
    Glass *glass = &the_glass;
    char id[API_ID_SIZE];

    (void)state;
    glass_to_preview(glass);
    glass_act(glass, ACT_PRINT, 0);
    glass_issue(glass, PRINT_ASSIGNED, false);
    glass_job_id(glass, id);
    glass_fail(glass, CMD_PAGE, PROBLEM_NONE); /* nobody knows whether it was handed out */
    glass_act(glass, ACT_TRY_AGAIN, 0);
    Msg other = glass_answer(glass, MSG_ISSUED);
    other.as.issued.issued = glass_issued(glass, PRINT_ASSIGNED);
    other.as.issued.issued.job.id[0] = '9';
    glass_send(glass, &other);
    assert_string_equal(glass->reported_job, id);
    assert_int_equal(glass->report.state, PRINT_WAITING);
    assert_true(glass->report.no_byte_left);
    assert_int_equal(glass->asked[CMD_PAGE], 2);
}

static void a_paper_that_turns_up_meanwhile_is_not_printed_over(void **state)
{
    Glass *glass = &the_glass;

    (void)state;
    glass_to_preview(glass);
    glass_act(glass, ACT_PRINT, 0);
    glass_issue(glass, PRINT_ASSIGNED, false);
    recovered(glass, 1, PRINT_PHASE_SENDING);
    glass_page(glass);
    assert_int_equal(glass->asked[CMD_PRINT], 0);
    expect_fault(glass, FAULT_PAPER_BEFORE);
    assert_int_equal(glass->report.state, PRINT_WAITING); /* the page is given back */
    assert_true(glass->report.no_byte_left);
    recovered(glass, 1, PRINT_PHASE_PRINTED);
    assert_int_equal(glass->asked[CMD_ISSUE], 2); /* and goes on by itself */
}

static void each_of_several_recovered_papers_is_settled(void **state)
{
    Glass *glass = &the_glass;

    (void)state;
    recovered(glass, 1, PRINT_PHASE_UNKNOWN);
    recovered(glass, 2, PRINT_PHASE_SENDING);
    recovered(glass, 3, PRINT_PHASE_UNKNOWN);
    glass_to_preview(glass);
    glass_act(glass, ACT_PRINT, 0);
    expect_fault(glass, FAULT_PAPER_BEFORE);
    glass_act(glass, ACT_LOOKED, 0); /* the first and the third lay there, the second is on its way */
    expect_fault(glass, FAULT_PAPER_BEFORE);
    assert_int_equal(glass->asked[CMD_ISSUE], 0);
    glass_act(glass, ACT_LOOKED, 0);
    expect_fault(glass, FAULT_PAPER_BEFORE);
    recovered(glass, 2, PRINT_PHASE_PRINTED);
    assert_int_equal(glass->asked[CMD_ISSUE], 1);
    assert_false(model_paper_blocks(&glass->model));
}

static void more_recovered_papers_than_there_is_room_for_still_block(void **state)
{
    Glass *glass = &the_glass;

    (void)state;
    for (unsigned job = 0; job < PAPERS_BEHIND_MOST + 3; job++)
        recovered(glass, job, PRINT_PHASE_SENDING);
    for (unsigned job = 0; job < PAPERS_BEHIND_MOST; job++)
        recovered(glass, job, PRINT_PHASE_PRINTED);
    assert_true(model_paper_blocks(&glass->model));
    glass_to_preview(glass);
    glass_act(glass, ACT_PRINT, 0);
    expect_fault(glass, FAULT_PAPER_BEFORE);
    glass_act(glass, ACT_LOOKED, 0);
    assert_int_equal(glass->asked[CMD_ISSUE], 1);
}

static void a_refusal_without_sense_leads_nowhere_without_a_session(void **state)
{
    static const ApiProblemKind problems[] = { PROBLEM_SESSION_ENDED, PROBLEM_FORM };
    Glass *glass = &the_glass;

    (void)state;
    glass_to_form(glass);
    glass_choose(glass, "bank");
    for (size_t i = 0; i < COUNT(problems); i++) {
        glass_act(glass, ACT_FORM_NEXT, 0);
        glass_fail(glass, CMD_PREVIEW, PROBLEM_SESSION_ENDED);
        glass_type(glass, "bahor2026");
        glass_act(glass, ACT_SIGN_IN, 0);
        unsigned ended = glass->asked[CMD_SIGN_OUT];
        glass_fail(glass, CMD_SIGN_IN, problems[i]);
        expect_fault(glass, FAULT_BUSY);
        assert_int_equal(glass->asked[CMD_SIGN_OUT], ended);
        glass_act(glass, ACT_TRY_AGAIN, 0);
        glass_signed_in(glass);
        glass_act(glass, ACT_BACK, 0);
    }
}

int main(void)
{
#define TEST(name) cmocka_unit_test_setup_teardown(name, set_up, tear_down)
    const struct CMUnitTest tests[] = {
        TEST(an_answer_to_an_earlier_asking_is_not_taken),
        TEST(a_page_of_an_earlier_asking_is_not_printed),
        TEST(what_is_said_of_the_last_paper_does_not_end_the_next),
        TEST(a_page_is_given_back_when_another_paper_takes_its_place),
        TEST(a_paper_that_turns_up_meanwhile_is_not_printed_over),
        TEST(each_of_several_recovered_papers_is_settled),
        TEST(more_recovered_papers_than_there_is_room_for_still_block),
        TEST(a_refusal_without_sense_leads_nowhere_without_a_session),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
