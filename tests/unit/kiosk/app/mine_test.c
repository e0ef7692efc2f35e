/* What is handed in instead of printed, what becomes of it, and taking it back. */
#include "kiosk/app/glass.h"

#include "gallery/asked.h"

static Glass the_glass; /* too large for a stack */

static void expect_screen(const Glass *glass, const char *screen)
{
    assert_string_equal(app_screen_name(&glass->model), screen);
}

static int open_glass(void **state)
{
    Error err = { 0 };
    Texts *texts = texts_none(&err);

    assert_ok(texts, err);
    glass_open(&the_glass, texts, LANGUAGE_EN);
    the_glass.catalogue_json = asked_catalogue();
    glass_serve(&the_glass);
    glass_to_home(&the_glass);
    asked_home(&the_glass);
    *state = texts;
    return 0;
}

static int close_glass(void **state)
{
    glass_close(&the_glass);
    texts_close(*state);
    return 0;
}

/* --- handing in --------------------------------------------------------------------------------------------------- */

static void to_review(Glass *glass)
{
    asked_open(glass, "academic-record");
    glass_act(glass, ACT_CONTINUE, 0);
    glass_choose(glass, "transfer");
    glass_act(glass, ACT_FORM_NEXT, 0);
}

static void hand_in(Glass *glass)
{
    to_review(glass);
    glass_act(glass, ACT_REVIEW_NEXT, 0);
}

static void what_people_decide_is_handed_in_unseen(void **state)
{
    Glass *glass = &the_glass;

    (void)state;
    to_review(glass);
    expect_screen(glass, "review"); /* although one question alone was asked */
    glass_act(glass, ACT_REVIEW_NEXT, 0);
    expect_screen(glass, "handed-in");
    assert_int_equal(glass->asked[CMD_PREVIEW], 0);
    assert_int_equal(glass->asked[CMD_ISSUE], 1);
    assert_string_equal(answers_get(&glass->request.answers, "reason"), "transfer");
    asked_answer(glass, REQUEST_REVIEW, false);
    expect_screen(glass, "handed-in");
    assert_string_equal(glass->model.visit.issue.paper.number, "S-2026/000123");
    assert_int_equal(glass->asked[CMD_PAGE], 0);
    assert_int_equal(glass->asked[CMD_PRINT], 0);
    glass_act(glass, ACT_SOMETHING_ELSE, 0);
    expect_screen(glass, "home");
    assert_string_equal(glass->model.visit.issue.key, "");
}

static void a_service_without_questions_is_looked_through_too(void **state)
{
    Glass *glass = &the_glass;

    (void)state;
    asked_open(glass, "card-duplicate");
    glass_act(glass, ACT_CONTINUE, 0);
    expect_screen(glass, "review");
    glass_act(glass, ACT_BACK, 0);
    expect_screen(glass, "service");
    glass_act(glass, ACT_CONTINUE, 0);
    glass_act(glass, ACT_REVIEW_NEXT, 0);
    asked_answer(glass, REQUEST_PAYMENT, false);
    expect_screen(glass, "handed-in");
    assert_int_equal(glass->model.visit.issue.paper.sum, 412000);
    assert_string_equal(glass->model.visit.issue.paper.invoice, "2026-0000417");
}

static void a_lost_answer_is_asked_for_with_the_same_key(void **state)
{
    Glass *glass = &the_glass;
    char key[API_ID_SIZE];

    (void)state;
    hand_in(glass);
    memcpy(key, glass->key, sizeof key);
    assert_true(uuid_valid(key));
    glass_fail(glass, CMD_ISSUE, PROBLEM_NONE);
    expect_screen(glass, "fault");
    assert_int_equal(glass->model.visit.fault.kind, FAULT_AWAY);
    glass_printer(glass, PRINTER_NO_PAPER); /* no paper comes of it: the printer does not matter */
    glass_act(glass, ACT_TRY_AGAIN, 0);
    assert_int_equal(glass->asked[CMD_ISSUE], 2);
    assert_string_equal(glass->key, key);
    asked_answer(glass, REQUEST_REVIEW, false);
    expect_screen(glass, "handed-in");
}

static void a_printer_out_of_order_keeps_nobody_from_handing_in(void **state)
{
    Glass *glass = &the_glass;

    (void)state;
    glass_printer(glass, PRINTER_OFF);
    hand_in(glass);
    expect_screen(glass, "handed-in");
    assert_int_equal(glass->asked[CMD_ISSUE], 1);
}

static void what_was_handed_in_before_is_told(void **state)
{
    Glass *glass = &the_glass;

    (void)state;
    hand_in(glass);
    asked_answer(glass, REQUEST_REVIEW, true);
    expect_screen(glass, "handed-in");
    assert_true(glass->model.visit.issue.already);
    glass_act(glass, ACT_TRY_AGAIN, 0); /* nothing to print once more */
    assert_int_equal(glass->asked[CMD_ISSUE], 1);
}

static void what_nobody_had_to_decide_is_printed(void **state)
{
    Glass *glass = &the_glass;

    (void)state;
    hand_in(glass);
    glass_issue(glass, PRINT_ASSIGNED, false);
    expect_screen(glass, "printing");
    glass_page(glass);
    assert_int_equal(glass->asked[CMD_PRINT], 1);
}

static void a_refusal_leads_back(void **state)
{
    Glass *glass = &the_glass;

    (void)state;
    hand_in(glass);
    glass_fail_form(glass, CMD_ISSUE, "reason", FORM_NOT_OFFERED);
    expect_screen(glass, "form");
    assert_int_equal(glass->model.visit.form.fault, FORM_NOT_OFFERED);
    glass_choose(glass, "return");
    glass_act(glass, ACT_FORM_NEXT, 0);
    expect_screen(glass, "review");
    glass_act(glass, ACT_REVIEW_NEXT, 0);
    glass_fail(glass, CMD_ISSUE, PROBLEM_NOT_ALLOWED);
    assert_int_equal(glass->model.visit.fault.kind, FAULT_NOT_ALLOWED);
    assert_false(fault_offers_phone(&glass->model));
}

static void it_signs_out_by_itself_once_it_is_told(void **state)
{
    Glass *glass = &the_glass;

    (void)state;
    hand_in(glass);
    assert_int_equal(model_seconds_left(&glass->model), 0); /* while it is on its way nobody is sent off */
    asked_answer(glass, REQUEST_REVIEW, false);
    assert_int_equal(model_seconds_left(&glass->model), HANDED_IN_LIMIT_MS / 1000);
    glass_wait(glass, HANDED_IN_LIMIT_MS - 1);
    expect_screen(glass, "handed-in");
    glass_wait(glass, 1);
    expect_screen(glass, "attract");
}

/* --- what an answer makes of it ------------------------------------------------------------------------------------
 */

static void an_answer_leads_to_another_service(void **state)
{
    Glass *glass = &the_glass;
    const Visit *visit = &glass->model.visit;

    (void)state;
    asked_open(glass, "transcript");
    glass_act(glass, ACT_CONTINUE, 0);
    assert_string_equal(model_shown(&glass->model, "student.passport_name"), "YULDOSHEVA MALIKA ABDURAHMONOVNA");
    assert_null(model_shown(&glass->model, "student.pinfl"));
    glass_choose(glass, "no");
    glass_act(glass, ACT_FORM_NEXT, 0);
    expect_screen(glass, "service");
    assert_string_equal(visit->service, "name-correction");
    assert_string_equal(visit->led.service, "transcript");
    assert_string_equal(visit->led.choice, "no");
    assert_int_equal(visit->answers.count, 0);
    assert_int_equal(glass->draft.answers.count, 0); /* whoever comes back to the transcript is asked anew */
    glass_act(glass, ACT_BACK, 0);
    asked_open(glass, "transcript");
    assert_string_equal(visit->led.service, "");
}

static void an_answer_that_leads_nowhere_leaves_the_window(void **state)
{
    Glass *glass = &the_glass;

    (void)state;
    for (size_t i = 0; i < glass->model.visit.home->service_count; i++)
        if (strcmp(glass->model.visit.home->services[i].service, "name-correction") == 0)
            glass->model.visit.home->services[i].service[0] = '-';
    asked_open(glass, "transcript");
    glass_act(glass, ACT_CONTINUE, 0);
    glass_choose(glass, "no");
    glass_act(glass, ACT_FORM_NEXT, 0);
    assert_int_equal(glass->model.visit.fault.kind, FAULT_NOT_ALLOWED);
}

static void an_answer_sets_the_language(void **state)
{
    Glass *glass = &the_glass;
    const Visit *visit = &glass->model.visit;

    (void)state;
    glass_act(glass, ACT_LANGUAGE, LANGUAGE_RU);
    asked_open(glass, "transcript");
    assert_int_equal(visit->document_language, LANGUAGE_RU);
    glass_act(glass, ACT_CONTINUE, 0);
    glass_choose(glass, "yes");
    glass_act(glass, ACT_FORM_NEXT, 0);
    glass_choose(glass, "abroad");
    glass_act(glass, ACT_FORM_NEXT, 0);
    assert_int_equal(visit->document_language, LANGUAGE_EN);
    assert_int_equal(model_terms(&glass->model).valid_days, 90);
    glass_act(glass, ACT_REVIEW_NEXT, 0);
    glass_preview(glass);
    glass_act(glass, ACT_DOCUMENT_LANGUAGE, LANGUAGE_RU); /* which this receiver does not take */
    assert_int_equal(visit->document_language, LANGUAGE_EN);
    assert_int_equal(glass->asked[CMD_PREVIEW], 1);
}

static void what_is_not_for_the_student_leads_on(void **state)
{
    Glass *glass = &the_glass;
    ApiHome *home = glass->model.visit.home;

    (void)state;
    asked_open(glass, "academic-record");
    glass_act(glass, ACT_SERVICE, 0); /* it is for this student: there is nothing instead */
    assert_string_equal(glass->model.visit.service, "academic-record");
    glass_act(glass, ACT_BACK, 0);
    for (size_t i = 0; i < home->service_count; i++)
        if (strcmp(home->services[i].service, "academic-record") == 0)
            home->services[i] = (ApiService){ .service = "academic-record",
                                              .reason = REASON_STATUS,
                                              .way_on = WAY_ON_SERVICE,
                                              .way_on_value = "transcript" };
    asked_open(glass, "academic-record");
    glass_act(glass, ACT_CONTINUE, 0);
    expect_screen(glass, "service");
    glass_act(glass, ACT_SERVICE, 0);
    assert_string_equal(glass->model.visit.service, "transcript");
}

/* --- my requests -------------------------------------------------------------------------------------------------- */

static void add(Glass *glass, const char *service, ApiRequestState state)
{
    ApiHome *home = glass->model.visit.home;

    home->requests[home->request_count] = asked_line(glass, (unsigned)home->request_count + 1, service, state);
    home->request_count++;
}

static void what_waits_for_the_student_comes_first(void **state)
{
    static const ApiRequestState newest_first[] = { REQUEST_PRINTED, REQUEST_REVIEW, REQUEST_PAYMENT,  REQUEST_REVIEW,
                                                    REQUEST_READY,   REQUEST_WINDOW, REQUEST_DECLINED, REQUEST_READY };
    static const size_t sorted[] = { 4, 7, 5, 2, 6, 1, 3, 0 };
    Glass *glass = &the_glass;
    const ApiRequestLine *lines[API_REQUESTS_MOST];

    (void)state;
    for (size_t i = 0; i < COUNT(newest_first); i++)
        add(glass, "academic-record", newest_first[i]);
    assert_int_equal(model_requests(&glass->model, lines), COUNT(sorted));
    for (size_t i = 0; i < COUNT(sorted); i++)
        assert_ptr_equal(lines[i], &glass->model.visit.home->requests[sorted[i]]);
    assert_true(request_is_live(lines[0]));
    assert_false(request_is_live(lines[7]));
}

static void what_is_ready_is_printed_by_its_key(void **state)
{
    Glass *glass = &the_glass;

    (void)state;
    add(glass, "academic-record", REQUEST_READY);
    glass_act(glass, ACT_REQUESTS, 0);
    expect_screen(glass, "requests");
    glass_act(glass, ACT_REQUEST_LOOK, 0);
    expect_screen(glass, "request");
    glass_act(glass, ACT_REQUEST, 0);
    expect_screen(glass, "printing"); /* people have decided: it is paper now */
    assert_string_equal(glass->key, "30000000-0000-4000-8000-000000000001");
    assert_true(glass->request.again);
    assert_int_equal(glass->request.answers.count, 0);
    glass_issue(glass, PRINT_ASSIGNED, false);
    glass_page(glass);
    assert_int_equal(glass->asked[CMD_PRINT], 1);
}

static void a_promise_is_late_when_its_time_is_over(void **state)
{
    Glass *glass = &the_glass;

    (void)state;
    add(glass, "academic-record", REQUEST_REVIEW);
    ApiRequestLine *line = &glass->model.visit.home->requests[0];
    assert_false(request_is_late(&glass->model, line));
    line->promised_at_s = asked_now_s(glass) - 1;
    assert_true(request_is_late(&glass->model, line));
    line->promised_at_s = 0; /* nothing was promised */
    assert_false(request_is_late(&glass->model, line));
}

static void to_question(Glass *glass, ApiRequestState request)
{
    add(glass, "academic-record", request);
    glass_act(glass, ACT_REQUEST, 0);
    expect_screen(glass, "request");
    glass_act(glass, ACT_WITHDRAW, 0);
}

static void withdrawing_asks_first(void **state)
{
    Glass *glass = &the_glass;

    (void)state;
    to_question(glass, REQUEST_REVIEW);
    assert_int_equal(glass->asked[CMD_WITHDRAW], 0);
    glass_act(glass, ACT_BACK, 0); /* keep it */
    assert_false(glass->model.visit.mine.asking);
    glass_act(glass, ACT_WITHDRAW_YES, 0);
    assert_int_equal(glass->asked[CMD_WITHDRAW], 0);
    glass_act(glass, ACT_WITHDRAW, 0);
    glass_act(glass, ACT_WITHDRAW_YES, 0);
    assert_int_equal(glass->asked[CMD_WITHDRAW], 1);
    assert_string_equal(glass->withdrawn, "30000000-0000-4000-8000-000000000001");
    glass_act(glass, ACT_WITHDRAW_YES, 0);
    assert_int_equal(glass->asked[CMD_WITHDRAW], 1);
    unsigned homes = glass->asked[CMD_HOME];
    glass_withdrawn(glass);
    expect_screen(glass, "request");
    assert_true(glass->model.visit.mine.withdrawn);
    assert_int_equal(glass->asked[CMD_HOME], homes + 1);
    glass_home(glass); /* which has it no more */
    expect_screen(glass, "request");
    assert_string_equal(glass->model.visit.mine.line.number, "S-2026/000123");
    glass_act(glass, ACT_BACK, 0);
    expect_screen(glass, "home");
}

static void what_is_decided_can_not_be_withdrawn(void **state)
{
    static const ApiRequestState others[] = { REQUEST_OPEN, REQUEST_DECLINED, REQUEST_WINDOW, REQUEST_COLLECTED };
    Glass *glass = &the_glass;

    (void)state;
    for (size_t i = 0; i < COUNT(others); i++) {
        glass->model.visit.home->request_count = 0;
        to_question(glass, others[i]);
        assert_false(glass->model.visit.mine.asking);
        glass_act(glass, ACT_BACK, 0);
    }
}

static void too_late_to_withdraw_shows_how_it_stands(void **state)
{
    Glass *glass = &the_glass;

    (void)state;
    to_question(glass, REQUEST_REVIEW);
    glass_act(glass, ACT_WITHDRAW_YES, 0);
    glass_fail(glass, CMD_WITHDRAW, PROBLEM_NOT_FOUND);
    assert_true(glass->model.visit.mine.too_late);
    Msg msg = glass_answer(glass, MSG_HOME);
    msg.as.home = mem_new(1, sizeof *msg.as.home);
    assert_non_null(msg.as.home);
    *msg.as.home = *glass->model.visit.home;
    msg.as.home->requests[0].state = REQUEST_READY;
    glass_send(glass, &msg);
    expect_screen(glass, "request");
    assert_int_equal(glass->model.visit.mine.line.state, REQUEST_READY);
}

static void a_withdrawal_without_answer_is_asked_again(void **state)
{
    Glass *glass = &the_glass;

    (void)state;
    to_question(glass, REQUEST_PAYMENT);
    glass_act(glass, ACT_WITHDRAW_YES, 0);
    glass_fail(glass, CMD_WITHDRAW, PROBLEM_NONE);
    assert_int_equal(glass->model.visit.fault.kind, FAULT_AWAY);
    glass_act(glass, ACT_TRY_AGAIN, 0);
    assert_int_equal(glass->asked[CMD_WITHDRAW], 2);
    expect_screen(glass, "request");
    glass_withdrawn(glass);
    assert_true(glass->model.visit.mine.withdrawn);
}

static void a_declined_request_is_asked_anew(void **state)
{
    Glass *glass = &the_glass;
    const Catalogue *catalogue = glass->model.catalogue;
    uint16_t index = 0;

    (void)state;
    add(glass, "academic-record", REQUEST_DECLINED);
    glass_act(glass, ACT_REQUEST, 0);
    while (strcmp(catalogue_at(catalogue, index)->id, "academic-record") != 0)
        index++;
    glass_act(glass, ACT_SERVICE, index);
    expect_screen(glass, "service");
    assert_string_equal(glass->model.visit.service, "academic-record");
}

/* --- search ------------------------------------------------------------------------------------------------------- */

static void a_search_is_gone_back_to(void **state)
{
    Glass *glass = &the_glass;

    (void)state;
    glass_act(glass, ACT_SEARCH, 1);
    expect_screen(glass, "search");
    glass_type(glass, "gp");
    glass_type(glass, "x");
    glass_key(glass, EDIT_ERASE);
    assert_string_equal(glass->model.visit.search, "gp");
    asked_open(glass, "gpa-statement");
    expect_screen(glass, "service");
    glass_act(glass, ACT_BACK, 0);
    expect_screen(glass, "search");
    assert_string_equal(glass->model.visit.search, "gp");
    glass_act(glass, ACT_SEARCH, 0);
    assert_string_equal(glass->model.visit.search, "");
    glass_type(glass, "tr");
    glass_act(glass, ACT_BACK, 0);
    expect_screen(glass, "home");
    assert_string_equal(glass->model.visit.search, "");
    asked_open(glass, "gpa-statement");
    glass_act(glass, ACT_BACK, 0);
    expect_screen(glass, "home");
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, open_glass, close_glass)

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(what_people_decide_is_handed_in_unseen),
        TEST(a_service_without_questions_is_looked_through_too),
        TEST(a_lost_answer_is_asked_for_with_the_same_key),
        TEST(a_printer_out_of_order_keeps_nobody_from_handing_in),
        TEST(what_was_handed_in_before_is_told),
        TEST(what_nobody_had_to_decide_is_printed),
        TEST(a_refusal_leads_back),
        TEST(it_signs_out_by_itself_once_it_is_told),
        TEST(an_answer_leads_to_another_service),
        TEST(an_answer_that_leads_nowhere_leaves_the_window),
        TEST(an_answer_sets_the_language),
        TEST(what_is_not_for_the_student_leads_on),
        TEST(what_waits_for_the_student_comes_first),
        TEST(what_is_ready_is_printed_by_its_key),
        TEST(a_promise_is_late_when_its_time_is_over),
        TEST(withdrawing_asks_first),
        TEST(what_is_decided_can_not_be_withdrawn),
        TEST(too_late_to_withdraw_shows_how_it_stands),
        TEST(a_withdrawal_without_answer_is_asked_again),
        TEST(a_declined_request_is_asked_anew),
        TEST(a_search_is_gone_back_to),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
