/* Where flows meet: what one leaves behind must neither hold up nor colour the next. */
#include "kiosk/app/glass.h"

static Glass the_glass; /* too large for a stack */

/* --- the kiosk ---------------------------------------------------------------------------------------------------- */

#define WORDS "{\"uz\":\"u\",\"uz-Cyrl\":\"у\",\"ru\":\"р\",\"en\":\"e\"}"

/* A service of a number and a date. */
static const char visa_json[] =
    "{\"services\":[{\"id\":\"visa\",\"group\":\"documents\",\"icon\":\"doc\",\"order\":1,\"titles\":" WORDS ","
    "\"help\":" WORDS ",\"whom\":" WORDS ",\"for\":[],\"form\":["
    "{\"id\":\"copies\",\"type\":\"number\",\"required\":true,\"least\":1,\"most\":5,\"label\":" WORDS "},"
    "{\"id\":\"day\",\"type\":\"date\",\"required\":true,\"least\":0,\"most\":30,\"label\":" WORDS "}],"
    "\"yields\":{\"document\":\"visa\",\"languages\":[\"uz\"]},\"source\":\"ours\","
    "\"promise\":{\"working_hours\":0},\"fee\":0,\"limit\":{\"day\":9},\"repeat\":\"always\"}]}";

static int set_up(void **state)
{
    Error err = { 0 };
    Texts *texts = texts_none(&err);

    glass_open(&the_glass, texts, LANGUAGE_UZ);
    *state = texts;
    return texts ? 0 : -1;
}

static int tear_down(void **state)
{
    glass_close(&the_glass);
    texts_close(*state);
    return 0;
}

static void expect_screen(const Glass *glass, const char *screen)
{
    assert_string_equal(app_screen_name(&glass->model), screen);
}

/* Touches the glass all the while, so that nobody is asked whether they are still there. */
static void busy_for(Glass *glass, int64_t ms)
{
    for (; ms > 0; ms -= 10000) {
        glass_act(glass, ACT_NONE, 0);
        glass_wait(glass, ms < 10000 ? ms : 10000);
    }
}

static void to_visa_form(Glass *glass)
{
    glass->catalogue_json = visa_json;
    glass_serve(glass);
    glass_to_home(glass);
    str_copy_cut(STR("visa"), glass->model.visit.home->services[0].service, SERVICE_ID_MOST);
    glass_act(glass, ACT_SERVICE, 0);
    glass_act(glass, ACT_CONTINUE, 0);
}

static void sign_in_once_more(Glass *glass)
{
    expect_screen(glass, "sign-in");
    glass_type(glass, "bahor2026");
    glass_act(glass, ACT_SIGN_IN, 0);
    glass_signed_in(glass);
}

/* --- home --------------------------------------------------------------------------------------------------------- */

/* Home is asked anew with the old one still on the glass, and a service is opened before the answer. */
static void leave_home_early(Glass *glass)
{
    glass_serve(glass);
    glass_to_printer(glass);
    glass_print(glass, PRINT_PHASE_PRINTED, PRINTER_READY, 2);
    glass_reported(glass);
    glass_act(glass, ACT_SOMETHING_ELSE, 0);
    glass_act(glass, ACT_SERVICE, 0);
    expect_screen(glass, "service");
}

static void an_answer_for_home_is_taken_on_the_way(void **state)
{
    Glass *glass = &the_glass;

    (void)state;
    leave_home_early(glass);
    glass_home(glass);
    assert_int_equal(glass->model.visit.waiting.command, CMD_NONE);
    busy_for(glass, 40000);
    expect_screen(glass, "service");
}

static void a_failed_home_disturbs_nobody_on_the_way(void **state)
{
    Glass *glass = &the_glass;

    (void)state;
    leave_home_early(glass);
    glass_fail(glass, CMD_HOME, PROBLEM_NONE);
    expect_screen(glass, "service");
}

static void a_silent_home_disturbs_nobody_on_the_way(void **state)
{
    Glass *glass = &the_glass;

    (void)state;
    leave_home_early(glass);
    busy_for(glass, 40000);
    expect_screen(glass, "service");
    glass_act(glass, ACT_BACK, 0);
    expect_screen(glass, "home");
}

static void one_of_my_requests_takes_no_answers_along(void **state)
{
    Glass *glass = &the_glass;

    (void)state;
    glass_serve(glass);
    glass_to_form(glass);
    glass_choose(glass, "bank");
    glass_act(glass, ACT_BACK, 0);
    glass_act(glass, ACT_BACK, 0);
    expect_screen(glass, "home");
    glass_home(glass); /* with what was begun: it is asked for anew */
    ApiHome *home = glass->model.visit.home;
    home->request_count = 1;
    home->requests[0] = (ApiRequestLine){ .id = "30000000-0000-4000-8000-000000000001",
                                          .service = "certificate-of-study",
                                          .state = REQUEST_READY };
    glass_act(glass, ACT_REQUEST, 0);
    assert_int_equal(glass->asked[CMD_ISSUE], 1);
    assert_int_equal(glass->request.answers.count, 0); /* "bank" belongs to what was given up */
}

/* --- form --------------------------------------------------------------------------------------------------------- */

static void a_date_that_is_none_comes_back_as_it_was_typed(void **state)
{
    Glass *glass = &the_glass;

    (void)state;
    to_visa_form(glass);
    glass_type(glass, "2");
    glass_act(glass, ACT_FORM_NEXT, 0);
    glass_type(glass, "31022027");
    glass_act(glass, ACT_FORM_NEXT, 0);
    assert_int_equal(glass->model.visit.form.fault, FORM_NOT_DATE);
    glass_act(glass, ACT_BACK, 0);
    glass_act(glass, ACT_FORM_NEXT, 0);
    assert_string_equal(glass->model.visit.form.typed, "31022027");
}

static void zeros_before_a_number_say_nothing(void **state)
{
    static const struct {
        const char *typed, *answer;
        FormFault fault;
    } cases[] = {
        { "02", "2", FORM_OK },
        { "0", "0", FORM_OUT_OF_RANGE },
        { "000", "0", FORM_OUT_OF_RANGE },
    };

    (void)state;
    for (size_t i = 0; i < COUNT(cases); i++) {
        Glass *glass = &the_glass;
        Texts *texts = glass->texts;
        glass_close(glass);
        glass_open(glass, texts, LANGUAGE_UZ);
        to_visa_form(glass);
        glass_type(glass, cases[i].typed);
        glass_act(glass, ACT_FORM_NEXT, 0);
        assert_int_equal(glass->model.visit.form.fault, cases[i].fault);
        assert_string_equal(answers_get(&glass->model.visit.answers, "copies"), cases[i].answer);
    }
}

/* --- the session's end -------------------------------------------------------------------------------------------- */

static void the_form_comes_back_with_its_keyboard(void **state)
{
    Glass *glass = &the_glass;

    (void)state;
    to_visa_form(glass);
    glass_type(glass, "3");
    busy_for(glass, 1800 * 1000);
    sign_in_once_more(glass);
    expect_screen(glass, "form");
    assert_string_equal(glass->model.visit.form.typed, "3");
    assert_int_equal(glass->model.visit.typing.layer, LAYER_NUMBERS);
}

/* To the printer in the session's last seconds; then its time is over. */
static void print_over_the_end(Glass *glass)
{
    glass_serve(glass);
    glass_to_preview(glass);
    busy_for(glass, 1795 * 1000);
    glass_act(glass, ACT_PRINT, 0);
    glass_issue(glass, PRINT_ASSIGNED, false);
    glass_page(glass);
    glass_wait(glass, 10000);
    expect_screen(glass, "printing");
}

static void a_paper_that_came_out_is_shown_after_the_session(void **state)
{
    Glass *glass = &the_glass;

    (void)state;
    print_over_the_end(glass);
    glass_print(glass, PRINT_PHASE_PRINTED, PRINTER_READY, 2);
    expect_screen(glass, "done");
    glass_wait(glass, 20000);
    expect_screen(glass, "attract");
    assert_int_equal(glass->asked[CMD_SIGN_OUT], 1);
}

static void a_paper_to_look_for_is_asked_about_after_the_session(void **state)
{
    Glass *glass = &the_glass;

    (void)state;
    print_over_the_end(glass);
    glass_print(glass, PRINT_PHASE_UNKNOWN, PRINTER_READY, -1);
    expect_screen(glass, "fault");
    assert_int_equal(glass->model.visit.fault.kind, FAULT_UNKNOWN);
    glass_act(glass, ACT_DID_NOT, 0);
    sign_in_once_more(glass); /* what goes on from here needs a session */
}

/* --- paper -------------------------------------------------------------------------------------------------------- */

/* However a visit comes past FAULT_UNKNOWN. */
static void nothing_is_printed_over_a_paper_that_nobody_looked_for(void **state)
{
    Glass *glass = &the_glass;

    (void)state;
    glass_serve(glass);
    glass_to_printer(glass);
    glass_print(glass, PRINT_PHASE_UNKNOWN, PRINTER_READY, -1);
    glass->model.visit.screen = SCREEN_PREVIEW;
    unsigned asked = glass->asked[CMD_ISSUE];
    glass_act(glass, ACT_PRINT, 0);
    assert_int_equal(glass->model.visit.fault.kind, FAULT_PAPER_BEFORE);
    glass_act(glass, ACT_LOOKED, 0);
    assert_int_equal(glass->asked[CMD_ISSUE], asked + 1);
}

static void another_paper_waits_until_the_first_was_heard_of(void **state)
{
    Glass *glass = &the_glass;

    (void)state;
    glass_serve(glass);
    glass_to_printer(glass);
    glass_print(glass, PRINT_PHASE_PRINTED, PRINTER_READY, 2); /* told, and not answered yet */
    glass_act(glass, ACT_SOMETHING_ELSE, 0);
    glass_home(glass);
    glass_act(glass, ACT_SERVICE, 0);
    glass_act(glass, ACT_CONTINUE, 0);
    glass_choose(glass, "any");
    glass_act(glass, ACT_FORM_NEXT, 0);
    glass_preview(glass);
    glass_act(glass, ACT_PRINT, 0);
    assert_int_equal(glass->asked[CMD_ISSUE], 1);
    glass_reported(glass);
    assert_int_equal(glass->asked[CMD_ISSUE], 2);
    expect_screen(glass, "printing");
}

/* --- the machine's own commands ----------------------------------------------------------------------------------- */

static void needs_no_token(void *ctx, const Cmd *cmd)
{
    unsigned *seen = ctx;

    if (cmd->kind != CMD_HEARTBEAT && cmd->kind != CMD_CATALOGUE && cmd->kind != CMD_REPORT_PRINT)
        return;
    (*seen)++;
    assert_int_equal(cmd->visit, 0);
    for (size_t i = 0; i < sizeof cmd->token; i++)
        assert_int_equal(cmd->token[i], 0);
}

static void what_the_certificate_is_enough_for_carries_no_token(void **state)
{
    Glass *glass = &the_glass;
    unsigned seen = 0;

    (void)state;
    glass_serve(glass);
    glass_to_preview(glass);
    glass->seen = needs_no_token;
    glass->seen_ctx = &seen;
    glass_heartbeat(glass, "another"); /* asks for the catalogue */
    glass_act(glass, ACT_PRINT, 0);
    glass_issue(glass, PRINT_SENDING, false); /* gives a page back */
    busy_for(glass, 35000);                   /* beats */
    assert_true(seen >= 3);
}

int main(void)
{
#define TEST(name) cmocka_unit_test_setup_teardown(name, set_up, tear_down)
    const struct CMUnitTest tests[] = {
        TEST(an_answer_for_home_is_taken_on_the_way),
        TEST(a_failed_home_disturbs_nobody_on_the_way),
        TEST(a_silent_home_disturbs_nobody_on_the_way),
        TEST(one_of_my_requests_takes_no_answers_along),
        TEST(a_date_that_is_none_comes_back_as_it_was_typed),
        TEST(zeros_before_a_number_say_nothing),
        TEST(the_form_comes_back_with_its_keyboard),
        TEST(a_paper_that_came_out_is_shown_after_the_session),
        TEST(a_paper_to_look_for_is_asked_about_after_the_session),
        TEST(nothing_is_printed_over_a_paper_that_nobody_looked_for),
        TEST(another_paper_waits_until_the_first_was_heard_of),
        TEST(what_the_certificate_is_enough_for_carries_no_token),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
