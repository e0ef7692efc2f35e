/* Choices of the record, papers that are photographed, requests answered anew, and people without an account. */
#include "kiosk/app/glass.h"

#include "gallery/applications.h"

static Glass the_glass; /* too large for a stack */

static void expect_screen(const Glass *glass, const char *screen)
{
    assert_string_equal(app_screen_name(&glass->model), screen);
}

static void at_home(Glass *glass)
{
    glass_to_home(glass);
    applications_told(glass);
}

static int open_glass(void **state)
{
    Error err = { 0 };
    Texts *texts = texts_none(&err);

    assert_ok(texts, err);
    glass_open(&the_glass, texts, LANGUAGE_EN);
    the_glass.catalogue_json = applications_catalogue();
    glass_serve(&the_glass);
    *state = texts;
    return 0;
}

static int close_glass(void **state)
{
    glass_close(&the_glass);
    texts_close(*state);
    return 0;
}

static const char *answer(const Glass *glass, const char *field)
{
    return answers_get(&glass->model.visit.answers, field);
}

/* --- choices of the record ---------------------------------------------------------------------------------------- */

static void a_form_chooses_from_what_home_told(void **state)
{
    Glass *glass = &the_glass;

    (void)state;
    at_home(glass);
    asked_open(glass, "retake");
    glass_act(glass, ACT_CONTINUE, 0);
    assert_int_equal(model_question(&glass->model, NULL)->choice_count, 3);
    glass_choose(glass, "204-3");
    glass_choose(glass, "101-3");
    assert_string_equal(answer(glass, "subjects"), "101-3,204-3");
    assert_int_equal(service_fee(model_service(&glass->model), &glass->model.visit.answers), 1545000);
}

/* A debt was paid off meanwhile: what was chosen of the others stays. */
static void what_is_no_more_on_the_record_is_not_chosen(void **state)
{
    Glass *glass = &the_glass;

    (void)state;
    at_home(glass);
    asked_open(glass, "retake");
    glass_act(glass, ACT_CONTINUE, 0);
    glass_choose(glass, "101-3");
    glass_fail_form(glass, CMD_PREVIEW, "subjects", FORM_NOT_OFFERED); /* nobody waits for it */
    glass_act(glass, ACT_FORM_NEXT, 0);
    glass_act(glass, ACT_CHOOSE, 0);
    glass_act(glass, ACT_FORM_NEXT, 0);
    glass_act(glass, ACT_REVIEW_NEXT, 0);
    unsigned homes = glass->asked[CMD_HOME];
    glass_fail_form(glass, CMD_ISSUE, "subjects", FORM_NOT_OFFERED);
    expect_screen(glass, "form");
    assert_int_equal(glass->asked[CMD_HOME], homes + 1); /* the record may be another */
    Msg msg = glass_answer(glass, MSG_HOME);
    msg.as.home = mem_new(1, sizeof *msg.as.home);
    assert_non_null(msg.as.home);
    *msg.as.home = *glass->model.visit.home;
    msg.as.home->lists = (Lists){ 0 };
    assert_true(lists_begin(&msg.as.home->lists, "debts"));
    glass_send(glass, &msg);
    assert_null(answer(glass, "subjects"));
    assert_int_equal(model_question(&glass->model, NULL)->choice_count, 0);
    assert_non_null(answer(glass, "when"));
}

/* --- papers ------------------------------------------------------------------------------------------------------- */

static void to_paper(Glass *glass)
{
    at_home(glass);
    asked_open(glass, "excused-absence");
    glass_act(glass, ACT_CONTINUE, 0);
    glass_choose(glass, "illness");
    glass_act(glass, ACT_FORM_NEXT, 0);
    glass_type(glass, "10112026");
    glass_act(glass, ACT_FORM_NEXT, 0);
    glass_type(glass, "14112026");
    glass_act(glass, ACT_FORM_NEXT, 0);
}

static void a_day_does_not_come_before_the_one_it_follows(void **state)
{
    Glass *glass = &the_glass;

    (void)state;
    to_paper(glass);
    glass_act(glass, ACT_BACK, 0);
    glass_key(glass, EDIT_CLEAR);
    glass_type(glass, "09112026");
    glass_act(glass, ACT_FORM_NEXT, 0);
    expect_screen(glass, "form");
    assert_int_equal(glass->model.visit.form.fault, FORM_OUT_OF_RANGE);
    assert_false(model_day_fits(&glass->model, (Date){ 2026, 11, 9 }));
    assert_true(model_day_fits(&glass->model, (Date){ 2026, 11, 10 }));
}

static void photographs_are_the_answer_as_soon_as_one_is_there(void **state)
{
    Glass *glass = &the_glass;

    (void)state;
    to_paper(glass);
    glass_act(glass, ACT_PAPER_PHOTO, 0);
    expect_screen(glass, "paper");
    assert_int_equal(glass->asked[CMD_PAPERS], 1);
    applications_papers(glass, PAPERS_OFFERED, 0);
    assert_non_null(glass->model.visit.papers.code.png);
    assert_null(answer(glass, "proof"));
    applications_turn(glass, PAPERS_OPENED, 1);
    assert_null(glass->model.visit.papers.code.png); /* nobody else needs it */
    assert_string_equal(answer(glass, "proof"), PAPER_PHOTO APPLICATIONS_PHOTOS);
    assert_int_equal(glass->asked[CMD_PAPERS_PAGE], 1);
    applications_picture(glass);
    assert_non_null(glass->model.visit.papers.pictures[0]);
    glass_act(glass, ACT_FORM_NEXT, 0);
    expect_screen(glass, "review");
    glass_act(glass, ACT_FINISH, 0);
    assert_int_equal(glass->asked[CMD_PAPERS_END], 0); /* the draft names them */
}

static void a_code_that_nobody_used_ends_with_the_visit(void **state)
{
    Glass *glass = &the_glass;

    (void)state;
    to_paper(glass);
    glass_act(glass, ACT_PAPER_PHOTO, 0);
    applications_papers(glass, PAPERS_OFFERED, 0);
    glass_wait(glass, IDLE_LIMIT_MS + 30000); /* a phone is looked for */
    expect_screen(glass, "paper");
    glass_act(glass, ACT_FINISH, 0);
    if (glass->model.visit.active) /* what was typed was not answered for: it is on its way */
        glass_act(glass, ACT_LEAVE, 0);
    assert_int_equal(glass->asked[CMD_PAPERS_END], 1);
}

static void a_paper_can_be_brought_instead(void **state)
{
    Glass *glass = &the_glass;

    (void)state;
    to_paper(glass);
    glass_act(glass, ACT_PAPER_PHOTO, 0);
    applications_papers(glass, PAPERS_OFFERED, 0);
    glass_act(glass, ACT_PAPER_WINDOW, 0);
    expect_screen(glass, "form");
    assert_string_equal(answer(glass, "proof"), PAPER_AT_WINDOW);
    assert_int_equal(glass->asked[CMD_PAPERS_END], 1);
}

/* --- answered anew ------------------------------------------------------------------------------------------------ */

/* begun: what was kept of an answer; NULL: none was begun. */
static void to_returned_with(Glass *glass, const ApiDraft *begun)
{
    at_home(glass);
    ApiHome *home = glass->model.visit.home;
    home->request_count = 1;
    home->requests[0] = asked_line(glass, 1, "excused-absence", REQUEST_RETURNED);
    glass_act(glass, ACT_REQUEST, 0);
    ApiRequestDetails *details = applications_details(glass);
    details->can_answer = true;
    assert_true(answers_set(&details->answers, "reason", STR("illness")));
    assert_true(answers_set(&details->answers, "from", STR("2026-11-10")));
    assert_true(answers_set(&details->answers, "to", STR("2026-11-14")));
    assert_true(answers_set(&details->answers, "proof", STR(PAPER_AT_WINDOW)));
    str_copy_cut(STR("Bring the original"), details->line.words, sizeof details->line.words);
    if (begun) {
        details->begun = true;
        details->answers = begun->answers;
        memcpy(details->question, begun->question, sizeof details->question);
    }
    applications_tell(glass, details);
    glass_act(glass, ACT_ANSWER_ANEW, 0);
}

static void to_returned(Glass *glass)
{
    to_returned_with(glass, NULL);
}

static void what_was_returned_goes_on_under_its_number(void **state)
{
    Glass *glass = &the_glass;

    (void)state;
    to_returned(glass);
    expect_screen(glass, "review");
    assert_string_equal(glass->model.visit.anew.words, "Bring the original");
    glass_act(glass, ACT_REVIEW_NEXT, 0);
    assert_int_equal(glass->asked[CMD_ANSWER], 1);
    assert_int_equal(glass->asked[CMD_ISSUE], 0);
    asked_answer(glass, REQUEST_REVIEW, false);
    expect_screen(glass, "handed-in");
    assert_true(glass->model.visit.issue.anew);
    assert_string_equal(glass->model.visit.issue.key, "30000000-0000-4000-8000-000000000001");
}

static void an_answer_that_came_too_late_says_so(void **state)
{
    Glass *glass = &the_glass;

    (void)state;
    to_returned(glass);
    glass_act(glass, ACT_REVIEW_NEXT, 0);
    glass_fail(glass, CMD_ANSWER, PROBLEM_DECIDED);
    expect_screen(glass, "request");
    assert_true(glass->model.visit.mine.too_late);
}

static void a_lost_answer_anew_is_given_again(void **state)
{
    Glass *glass = &the_glass;

    (void)state;
    to_returned(glass);
    glass_act(glass, ACT_REVIEW_NEXT, 0);
    glass_fail(glass, CMD_ANSWER, PROBLEM_NONE);
    expect_screen(glass, "fault");
    glass_act(glass, ACT_TRY_AGAIN, 0);
    assert_int_equal(glass->asked[CMD_ANSWER], 2);
    asked_answer(glass, REQUEST_REVIEW, false);
    expect_screen(glass, "handed-in");
}

static void change_last_day(Glass *glass)
{
    glass_act(glass, ACT_CHANGE, 2);
    glass_key(glass, EDIT_CLEAR);
    glass_type(glass, "12112026");
}

/* The day it ended is changed, and kept after "continue": the form goes on there, at any kiosk. */
static void what_is_begun_anew_is_kept(void **state)
{
    Glass *glass = &the_glass;

    (void)state;
    to_returned(glass);
    assert_int_equal(model_form_kept(&glass->model), FORM_NOTHING); /* as the registrar has it */
    change_last_day(glass);
    assert_int_equal(model_form_kept(&glass->model), FORM_NOT_KEPT);
    glass_act(glass, ACT_FORM_NEXT, 0);
    assert_int_equal(glass->asked[CMD_DRAFT], 1);
    assert_string_equal(glass->draft_request, "30000000-0000-4000-8000-000000000001");
    assert_string_equal(answers_get(&glass->draft.answers, "to"), "2026-11-12");
    assert_string_equal(answers_get(&glass->draft.answers, "reason"), "illness");
    glass_kept(glass);
    assert_int_equal(model_form_kept(&glass->model), FORM_KEPT);
    glass_act(glass, ACT_BACK, 0); /* without a question: nothing would be lost */
    expect_screen(glass, "home");
    ApiDraft begun = glass->draft;
    to_returned_with(glass, &begun);
    expect_screen(glass, "review");
    assert_string_equal(answer(glass, "to"), "2026-11-12");
    assert_int_equal(model_form_kept(&glass->model), FORM_KEPT);
    assert_int_equal(glass->asked[CMD_DRAFT], 1);
    glass_act(glass, ACT_REVIEW_NEXT, 0);
    assert_int_equal(glass->asked[CMD_ANSWER], 1);
}

/* Who walks off in the middle of a question finds it again, with what stood there. */
static void a_time_out_keeps_what_is_begun_anew(void **state)
{
    Glass *glass = &the_glass;

    (void)state;
    to_returned(glass);
    change_last_day(glass);
    glass_wait(glass, IDLE_LIMIT_MS);
    assert_int_equal(glass->asked[CMD_DRAFT], 1);
    assert_string_equal(glass->draft.question, "to");
    assert_string_equal(answers_get(&glass->draft.answers, "to"), "2026-11-12");
    glass_kept(glass);
    glass_wait(glass, STILL_THERE_MS);
    assert_false(glass->model.visit.active);
    ApiDraft begun = glass->draft;
    to_returned_with(glass, &begun);
    expect_screen(glass, "form");
    assert_string_equal(model_question(&glass->model, NULL)->id, "to");
    assert_string_equal(answer(glass, "to"), "2026-11-12");
    glass_act(glass, ACT_FORM_NEXT, 0);
    expect_screen(glass, "review"); /* the rest was answered before */
}

/* Where somebody decided meanwhile, the student hears it before the whole form is answered; but not while the answer
 * itself is on its way, which may be what was faster. */
static void what_was_decided_is_begun_in_vain(void **state)
{
    Glass *glass = &the_glass;

    (void)state;
    for (int is_sent = 0; is_sent < 2; is_sent++) {
        to_returned(glass);
        change_last_day(glass);
        glass_act(glass, ACT_FORM_NEXT, 0);
        assert_int_equal(glass->asked[CMD_DRAFT], is_sent + 1);
        if (is_sent)
            glass_act(glass, ACT_REVIEW_NEXT, 0);
        glass_fail(glass, CMD_DRAFT, PROBLEM_DECIDED);
        expect_screen(glass, is_sent ? "handed-in" : "request");
        assert_int_equal(glass->model.visit.mine.too_late, !is_sent);
        glass_act(glass, ACT_FINISH, 0);
    }
}

/* --- visitors ----------------------------------------------------------------------------------------------------- */

static void introduce(Glass *glass, const char *passport)
{
    static const char *const typed[] = { "Ergashev", "Jasur", "", "05032004" };

    for (size_t i = 0; i < COUNT(typed); i++) {
        glass_type(glass, typed[i]);
        glass_act(glass, ACT_FORM_NEXT, 0);
    }
    glass_type(glass, passport);
    glass_act(glass, ACT_FORM_NEXT, 0);
    glass_type(glass, "901234567");
    glass_act(glass, ACT_FORM_NEXT, 0);
    glass_act(glass, ACT_CHOOSE, 0);
    glass_act(glass, ACT_FORM_NEXT, 0);
}

static void visitor_comes_in(Glass *glass)
{
    glass_act(glass, ACT_VISITOR, 0);
    expect_screen(glass, "form");
    introduce(glass, "ab7654321");
    expect_screen(glass, "review");
    assert_string_equal(answer(glass, "passport"), "AB7654321");
    glass_act(glass, ACT_REVIEW_NEXT, 0);
    assert_int_equal(glass->asked[CMD_VISITOR], 1);
    applications_visitor(glass);
    expect_screen(glass, "home");
    assert_int_equal(glass->model.visit.answers.count, 0);
    glass_home(glass);
    applications_told(glass);
}

static void who_does_not_study_here_says_who_they_are(void **state)
{
    Glass *glass = &the_glass;

    (void)state;
    visitor_comes_in(glass);
    assert_int_equal(glass->asked[CMD_DRAFT], 0); /* nobody was known to keep it for */
    glass_act(glass, ACT_FINISH, 0);
    expect_screen(glass, "attract");
    assert_int_equal(glass->asked[CMD_SIGN_OUT], 1);
}

static void a_visitor_who_is_not_found_reads_why(void **state)
{
    Glass *glass = &the_glass;

    (void)state;
    glass_act(glass, ACT_VISITOR, 0);
    introduce(glass, "AB7654321");
    glass_act(glass, ACT_REVIEW_NEXT, 0);
    glass_fail(glass, CMD_VISITOR, PROBLEM_SIGN_IN_REFUSED);
    expect_screen(glass, "review");
    assert_int_equal(glass->model.visit.visitor.note, VISITOR_NOTE_NOT_FOUND);
    glass_act(glass, ACT_REVIEW_NEXT, 0);
    glass_fail(glass, CMD_VISITOR, PROBLEM_LIMIT);
    glass_act(glass, ACT_REVIEW_NEXT, 0); /* not before its time */
    assert_int_equal(glass->asked[CMD_VISITOR], 2);
}

/* The session's time is over in the middle of a form: the same person goes on, another one begins at home. */
static void a_visitor_goes_on_after_the_session(void **state)
{
    Glass *glass = &the_glass;

    (void)state;
    for (int same = 0; same < 2; same++) {
        visitor_comes_in(glass);
        asked_open(glass, "excused-absence");
        glass_act(glass, ACT_CONTINUE, 0);
        glass_choose(glass, "illness");
        glass_act(glass, ACT_FORM_NEXT, 0);
        glass->now_ms = glass->model.visit.session_ends_ms;
        glass_act(glass, ACT_NONE, 0);
        expect_screen(glass, "form");
        assert_true(model_is_introducing(&glass->model));
        introduce(glass, same ? "AB7654321" : "AB7654322");
        glass_act(glass, ACT_REVIEW_NEXT, 0);
        applications_visitor(glass);
        if (same) {
            expect_screen(glass, "form");
            assert_string_equal(answer(glass, "reason"), "illness");
        } else {
            expect_screen(glass, "home");
            assert_null(glass->model.visit.home);
        }
        glass_act(glass, ACT_FINISH, 0);
        if (glass->model.visit.active)
            glass_act(glass, ACT_LEAVE, 0);
        expect_screen(glass, "attract");
        memset(glass->asked, 0, sizeof glass->asked);
    }
}

int main(void)
{
#define CASE(test) cmocka_unit_test_setup_teardown(test, open_glass, close_glass)
    const struct CMUnitTest tests[] = {
        CASE(a_form_chooses_from_what_home_told),
        CASE(what_is_no_more_on_the_record_is_not_chosen),
        CASE(a_day_does_not_come_before_the_one_it_follows),
        CASE(photographs_are_the_answer_as_soon_as_one_is_there),
        CASE(a_code_that_nobody_used_ends_with_the_visit),
        CASE(a_paper_can_be_brought_instead),
        CASE(what_was_returned_goes_on_under_its_number),
        CASE(an_answer_that_came_too_late_says_so),
        CASE(a_lost_answer_anew_is_given_again),
        CASE(what_is_begun_anew_is_kept),
        CASE(a_time_out_keeps_what_is_begun_anew),
        CASE(what_was_decided_is_begun_in_vain),
        CASE(who_does_not_study_here_says_who_they_are),
        CASE(a_visitor_who_is_not_found_reads_why),
        CASE(a_visitor_goes_on_after_the_session),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
