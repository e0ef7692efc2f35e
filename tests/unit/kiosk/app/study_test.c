/* The record on the glass, view by view, and who looked at it. */
#include "kiosk/app/glass.h"

#include "gallery/asked.h"

static Glass the_glass; /* too large for a stack */

static void expect_screen(const char *screen)
{
    assert_string_equal(app_screen_name(&the_glass.model), screen);
}

static StudyState *state_of_study(void)
{
    return &the_glass.model.visit.study;
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

static void tell_study(size_t semesters)
{
    Msg msg = glass_answer(&the_glass, MSG_STUDY);
    ApiStudy *study = mem_new(1, sizeof *study);

    assert_non_null(study);
    study->semester_count = semesters;
    for (size_t i = 0; i < semesters; i++)
        study->semesters[i].semester = (int)i + 1;
    msg.as.study = study;
    glass_send(&the_glass, &msg);
}

static void tell_looks(void)
{
    Msg msg = glass_answer(&the_glass, MSG_LOOKS);

    msg.as.looks = mem_new(1, sizeof *msg.as.looks);
    assert_non_null(msg.as.looks);
    glass_send(&the_glass, &msg);
}

/* --- the record --------------------------------------------------------------------------------------------------- */

static void it_is_asked_for_once_a_visit(void **state)
{
    (void)state;
    glass_act(&the_glass, ACT_STUDY, STUDY_MARKS);
    expect_screen("study");
    assert_int_equal(the_glass.asked[CMD_STUDY], 1);
    assert_null(state_of_study()->study);
    glass_act(&the_glass, ACT_STUDY, STUDY_MONEY); /* another view meanwhile */
    tell_study(4);
    assert_int_equal(state_of_study()->view, STUDY_MONEY);
    assert_int_equal(state_of_study()->semester, 3); /* the last */
    glass_act(&the_glass, ACT_STUDY_SEMESTER, 1);
    assert_int_equal(state_of_study()->semester, 1);
    glass_act(&the_glass, ACT_STUDY_SEMESTER, 4); /* there is none */
    assert_int_equal(state_of_study()->semester, 1);
    glass_act(&the_glass, ACT_STUDY_WEEK, 1);
    glass_act(&the_glass, ACT_STUDY_WEEK, STUDY_WEEKS);
    assert_int_equal(state_of_study()->week, 1);
    glass_act(&the_glass, ACT_BACK, 0);
    expect_screen("home");
    glass_act(&the_glass, ACT_STUDY, STUDY_TODAY);
    assert_int_equal(the_glass.asked[CMD_STUDY], 1);
    assert_int_equal(state_of_study()->week, 0);
    assert_int_equal(the_glass.model.visit.waiting.command, CMD_NONE);
}

static void tell_that_the_record_is_another(void)
{
    glass_send(&the_glass, &(Msg){ .kind = MSG_CHANGED, .as.changed.event.what = CHANGED_RECORD });
}

/* HEMIS has told more: what they look at is asked for anew and stays where it is; home when they are back. */
static void what_is_known_anew_is_asked_for(void **state)
{
    (void)state;
    const unsigned homes = the_glass.asked[CMD_HOME];

    glass_act(&the_glass, ACT_STUDY, STUDY_MARKS);
    tell_study(4);
    glass_act(&the_glass, ACT_STUDY_SEMESTER, 1);
    tell_that_the_record_is_another();
    assert_int_equal(the_glass.asked[CMD_STUDY], 2);
    assert_int_equal(the_glass.asked[CMD_HOME], homes);
    tell_study(5);
    expect_screen("study");
    assert_int_equal(state_of_study()->semester, 1);
    glass_act(&the_glass, ACT_BACK, 0);
    expect_screen("home");
    assert_int_equal(the_glass.asked[CMD_HOME], homes + 1);
    glass_act(&the_glass, ACT_STUDY, STUDY_MARKS);
    assert_int_equal(the_glass.asked[CMD_STUDY], 3); /* what they saw before is not shown as what is */
}

/* A visit that is over has no record, and the attract screen asks for nobody's. */
static void nobody_signed_in_asks_for_nothing(void **state)
{
    (void)state;
    glass_act(&the_glass, ACT_FINISH, 0);
    const unsigned homes = the_glass.asked[CMD_HOME], studies = the_glass.asked[CMD_STUDY];

    tell_that_the_record_is_another();
    assert_int_equal(the_glass.asked[CMD_HOME], homes);
    assert_int_equal(the_glass.asked[CMD_STUDY], studies);
    assert_false(the_glass.model.visit.record_is_new);
}

static void a_view_that_is_none_opens_nothing(void **state)
{
    (void)state;
    glass_act(&the_glass, ACT_STUDY, STUDY_VIEW_COUNT);
    expect_screen("home");
    glass_act(&the_glass, ACT_STUDY, STUDY_WEEK);
    glass_act(&the_glass, ACT_STUDY, 999);
    assert_int_equal(state_of_study()->view, STUDY_WEEK);
}

/* Whoever goes back waits for it no more, and what comes then is dropped. */
static void who_went_back_is_not_followed(void **state)
{
    Msg late = { 0 };

    (void)state;
    glass_act(&the_glass, ACT_STUDY, STUDY_TODAY);
    late = glass_answer(&the_glass, MSG_STUDY);
    glass_act(&the_glass, ACT_BACK, 0);
    assert_int_equal(the_glass.model.visit.waiting.command, CMD_NONE);
    late.as.study = mem_new(1, sizeof *late.as.study);
    glass_send(&the_glass, &late);
    expect_screen("home");
    assert_null(state_of_study()->study);
    glass_act(&the_glass, ACT_STUDY, STUDY_TODAY);
    assert_int_equal(the_glass.asked[CMD_STUDY], 2);
}

static void an_old_answer_is_not_taken_for_the_new_one(void **state)
{
    Msg old = { 0 };

    (void)state;
    glass_act(&the_glass, ACT_STUDY, STUDY_TODAY);
    old = glass_answer(&the_glass, MSG_STUDY);
    glass_act(&the_glass, ACT_BACK, 0);
    glass_act(&the_glass, ACT_STUDY, STUDY_TODAY);
    old.as.study = mem_new(1, sizeof *old.as.study);
    glass_send(&the_glass, &old);
    assert_null(state_of_study()->study);
    assert_int_equal(the_glass.model.visit.waiting.command, CMD_STUDY);
}

static void away_is_told_and_tried_again(void **state)
{
    (void)state;
    glass_act(&the_glass, ACT_STUDY, STUDY_MARKS);
    glass_fail(&the_glass, CMD_STUDY, PROBLEM_NONE);
    expect_screen("fault");
    assert_int_equal(the_glass.model.visit.fault.kind, FAULT_AWAY);
    glass_act(&the_glass, ACT_TRY_AGAIN, 0);
    expect_screen("study");
    assert_int_equal(the_glass.asked[CMD_STUDY], 2);
    tell_study(1);
    assert_int_equal(state_of_study()->view, STUDY_MARKS);
    assert_non_null(state_of_study()->study);
}

/* The paper that belongs to a view leads back to it; one that home opened doesn't. */
static void a_paper_goes_back_to_its_view(void **state)
{
    (void)state;
    glass_act(&the_glass, ACT_STUDY, STUDY_MARKS);
    tell_study(2);
    glass_act(&the_glass, ACT_SERVICE, 0);
    expect_screen("service");
    glass_act(&the_glass, ACT_BACK, 0);
    expect_screen("study");
    assert_int_equal(state_of_study()->view, STUDY_MARKS);
    glass_act(&the_glass, ACT_BACK, 0);
    expect_screen("home");
    glass_act(&the_glass, ACT_SERVICE, 0);
    glass_act(&the_glass, ACT_BACK, 0);
    expect_screen("home");
}

static void nothing_is_left_of_it(void **state)
{
    static const StudyState nothing;

    (void)state;
    glass_act(&the_glass, ACT_STUDY, STUDY_MONEY);
    tell_study(2);
    glass_act(&the_glass, ACT_LOOKS, 0);
    tell_looks();
    glass_act(&the_glass, ACT_FINISH, 0);
    expect_screen("attract");
    assert_memory_equal(state_of_study(), &nothing, sizeof nothing);
}

/* --- who looked --------------------------------------------------------------------------------------------------- */

static void looks_are_asked_for_each_time(void **state)
{
    (void)state;
    glass_act(&the_glass, ACT_REQUESTS, 0);
    glass_act(&the_glass, ACT_LOOKS, 0);
    expect_screen("looks");
    tell_looks();
    assert_non_null(state_of_study()->looks);
    glass_act(&the_glass, ACT_BACK, 0);
    expect_screen("requests");
    assert_null(state_of_study()->looks);
    glass_act(&the_glass, ACT_BACK, 0);
    glass_act(&the_glass, ACT_LOOKS, 0);
    assert_int_equal(the_glass.asked[CMD_LOOKS], 2);
    glass_fail(&the_glass, CMD_LOOKS, PROBLEM_NONE);
    glass_act(&the_glass, ACT_TRY_AGAIN, 0);
    expect_screen("looks");
    tell_looks();
    glass_act(&the_glass, ACT_BACK, 0);
    expect_screen("home");
}

/* Anybody who saw the passport may have signed in; a visitor has no record. */
static void who_may_not_is_not_shown(void **state)
{
    (void)state;
    the_glass.model.visit.session.weak = true;
    glass_act(&the_glass, ACT_LOOKS, 0);
    expect_screen("home");
    assert_false(model_tells_looks(&the_glass.model));
    glass_act(&the_glass, ACT_STUDY, STUDY_TODAY); /* the studies are shown all the same */
    expect_screen("study");
    glass_act(&the_glass, ACT_BACK, 0);
    the_glass.model.visit.session.visitor = true;
    glass_act(&the_glass, ACT_STUDY, STUDY_TODAY);
    expect_screen("home");
    assert_int_equal(the_glass.asked[CMD_LOOKS], 0);
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, open_glass, close_glass)

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(it_is_asked_for_once_a_visit),
        TEST(a_view_that_is_none_opens_nothing),
        TEST(what_is_known_anew_is_asked_for),
        TEST(a_view_that_is_none_opens_nothing),
        TEST(nobody_signed_in_asks_for_nothing),
        TEST(a_view_that_is_none_opens_nothing),
        TEST(who_went_back_is_not_followed),
        TEST(an_old_answer_is_not_taken_for_the_new_one),
        TEST(away_is_told_and_tried_again),
        TEST(a_paper_goes_back_to_its_view),
        TEST(nothing_is_left_of_it),
        TEST(looks_are_asked_for_each_time),
        TEST(who_may_not_is_not_shown),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
