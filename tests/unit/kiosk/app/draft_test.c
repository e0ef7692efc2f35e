/* What is filled in is kept at the registrar: when it is sent, what of it, what the glass knows of it, and how it goes
 * on. */
#include "kiosk/app/glass.h"

#include "kiosk/app/flow.h"

#include "../../wire/catalogue_sample.h"

static Glass the_glass;
static Texts *texts;

static int open_glass(void **state)
{
    Error err = { 0 };

    (void)state;
    texts = texts_none(&err);
    assert_non_null(texts);
    glass_open(&the_glass, texts, LANGUAGE_UZ);
    return 0;
}

static int close_glass(void **state)
{
    (void)state;
    glass_close(&the_glass);
    texts_close(texts);
    return 0;
}

static void expect_screen(const char *name)
{
    assert_string_equal(app_screen_name(&the_glass.model), name);
}

static const char *sent(const char *field)
{
    const char *answer = answers_get(&the_glass.draft.answers, field);

    return answer ? answer : "";
}

/* At the second question; the first one's answer is on its way. */
static void to_place(Glass *glass)
{
    glass_serve(glass);
    glass_to_form(glass);
    glass_choose(glass, "other");
    glass_act(glass, ACT_FORM_NEXT, 0);
}

static void to_review(Glass *glass)
{
    to_place(glass);
    glass_kept(glass);
    glass_type(glass, "Chirchiq");
    glass_act(glass, ACT_FORM_NEXT, 0);
    expect_screen("review");
}

/* --- keeping ----------------------------------------------------------------------------------------------------- */

static void each_answer_is_kept(void **state)
{
    Glass *glass = &the_glass;

    (void)state;
    glass_serve(glass);
    glass_to_form(glass);
    assert_int_equal(model_form_kept(&glass->model), FORM_NOTHING);
    glass_choose(glass, "other");
    assert_int_equal(glass->asked[CMD_DRAFT], 0); /* not answered before "continue" */
    assert_int_equal(model_form_kept(&glass->model), FORM_NOT_KEPT);
    glass_act(glass, ACT_FORM_NEXT, 0);
    assert_int_equal(glass->asked[CMD_DRAFT], 1);
    assert_string_equal(glass->draft_service, "certificate-of-study");
    assert_string_equal(sent("receiver"), "other");
    assert_string_equal(glass->draft.question, "place"); /* where it goes on */
    assert_int_equal(glass->draft.language, LANGUAGE_UZ);
    assert_int_equal(model_form_kept(&glass->model), FORM_BEING_KEPT);
    glass_kept(glass);
    assert_int_equal(model_form_kept(&glass->model), FORM_KEPT);
    glass_type(glass, "Chirchiq");
    assert_int_equal(model_form_kept(&glass->model), FORM_NOT_KEPT);
    glass_act(glass, ACT_FORM_NEXT, 0);
    assert_int_equal(glass->asked[CMD_DRAFT], 2);
    assert_string_equal(sent("place"), "Chirchiq");
    assert_string_equal(glass->draft.question, ""); /* nothing is left to ask */
    glass_kept(glass);
    assert_int_equal(model_form_kept(&glass->model), FORM_KEPT);
    glass_act(glass, ACT_BACK, 0); /* nothing changed */
    glass_act(glass, ACT_BACK, 0);
    assert_int_equal(glass->asked[CMD_DRAFT], 2);
}

/* One is on its way at a time; what was answered meanwhile follows as one. */
static void the_newest_follows_the_one_under_way(void **state)
{
    Glass *glass = &the_glass;

    (void)state;
    to_place(glass);
    glass_type(glass, "Chirchiq");
    glass_act(glass, ACT_FORM_NEXT, 0);
    glass_act(glass, ACT_CHANGE, 1);
    glass_key(glass, EDIT_CLEAR);
    glass_type(glass, "Angren");
    glass_act(glass, ACT_FORM_NEXT, 0);
    assert_int_equal(glass->asked[CMD_DRAFT], 1);
    uint32_t first = glass->draft_serial;
    glass_kept(glass);
    assert_int_equal(glass->asked[CMD_DRAFT], 2);
    assert_string_equal(sent("place"), "Angren");
    assert_int_equal(model_form_kept(&glass->model), FORM_BEING_KEPT);
    glass->draft_serial = first; /* an answer that comes twice answers nothing */
    glass_kept(glass);
    assert_int_equal(model_form_kept(&glass->model), FORM_BEING_KEPT);
    glass->draft_serial = first + 1;
    glass_kept(glass);
    assert_int_equal(model_form_kept(&glass->model), FORM_KEPT);
    assert_int_equal(glass->asked[CMD_DRAFT], 2);
}

/* A failure disturbs nobody, and is made good as soon as the registrar answers. */
static void a_failure_is_known_and_made_good(void **state)
{
    Glass *glass = &the_glass;

    (void)state;
    to_place(glass);
    glass_fail(glass, CMD_DRAFT, PROBLEM_NONE);
    expect_screen("form");
    assert_int_equal(model_form_kept(&glass->model), FORM_NOT_KEPT);
    glass_heartbeat(glass, catalogue_version(glass->model.catalogue));
    assert_int_equal(glass->asked[CMD_DRAFT], 2);
    assert_int_equal(model_form_kept(&glass->model), FORM_NOT_KEPT); /* not before it was told */
    glass_kept(glass);
    assert_int_equal(model_form_kept(&glass->model), FORM_KEPT);
    glass_heartbeat(glass, catalogue_version(glass->model.catalogue));
    assert_int_equal(glass->asked[CMD_DRAFT], 2);
}

static void silence_is_a_failure(void **state)
{
    Glass *glass = &the_glass;

    (void)state;
    to_place(glass);
    glass_wait(glass, WAITING_LIMIT_MS - 1);
    assert_int_equal(model_form_kept(&glass->model), FORM_BEING_KEPT);
    glass_wait(glass, 1);
    assert_int_equal(model_form_kept(&glass->model), FORM_NOT_KEPT);
    expect_screen("form");
}

/* Answers that fit no form yet are not sent; those to questions that are asked no more go. */
static void what_does_not_fit_is_not_sent(void **state)
{
    Glass *glass = &the_glass;

    (void)state;
    to_review(glass);
    glass_kept(glass);
    glass_act(glass, ACT_CHANGE, 0);
    glass_choose(glass, "bank");
    glass_act(glass, ACT_FORM_NEXT, 0);
    assert_string_equal(sent("receiver"), "bank");
    assert_int_equal(glass->draft.answers.count, 1);
    assert_int_equal(
        form_check_begun(model_service(&glass->model), &glass->draft.answers, model_today(&glass->model), NULL),
        FORM_OK);
}

/* Every kind of question, by the sample's catalogue. */
static void it_works_for_any_form(void **state)
{
    static const char json[] = "{\"services\":[" SAMPLE_SERVICE("certificate-of-study", "documents", "10") "]}";
    Glass *glass = &the_glass;

    (void)state;
    glass->catalogue_json = json;
    glass_serve(glass);
    glass_to_form(glass);
    glass_choose(glass, "bank");
    glass_act(glass, ACT_FORM_NEXT, 0);
    glass_kept(glass);
    assert_string_equal(glass->draft.question, "copies");
    glass_type(glass, "01");
    glass_act(glass, ACT_FORM_NEXT, 0);
    assert_string_equal(sent("copies"), "1");
    assert_string_equal(glass->draft.question, "until");
    glass_kept(glass);
    glass_type(glass, "0112"); /* half a date is no answer */
    glass_wait(glass, IDLE_LIMIT_MS);
    expect_screen("still-there");
    assert_string_equal(sent("until"), "");
    glass_kept(glass);
    glass_act(glass, ACT_STAY, 0);
    glass_type(glass, "2026");
    glass_wait(glass, IDLE_LIMIT_MS); /* a whole one is, though "continue" was not touched */
    assert_string_equal(sent("until"), "2026-12-01");
    assert_string_equal(glass->draft.question, "until");
    glass_kept(glass);
    assert_int_equal(model_form_kept(&glass->model), FORM_KEPT);
}

/* Nothing that is an answer: there is nothing to keep, and nobody is told of a connection that is away. */
static void what_is_no_answer_is_not_spoken_of(void **state)
{
    static const char json[] = "{\"services\":[" SAMPLE_SERVICE("certificate-of-study", "documents", "10") "]}";
    Glass *glass = &the_glass;

    (void)state;
    glass->catalogue_json = json;
    glass_serve(glass);
    glass_to_form(glass);
    glass_choose(glass, "other");
    glass_act(glass, ACT_FORM_NEXT, 0);
    glass_act(glass, ACT_CHOOSE, 0);
    glass->model.visit.answers.count = 0; /* as of a form that begins with words */
    draft_forget(&glass->model.visit);
    glass_type(glass, "X"); /* three letters at least */
    glass_wait(glass, IDLE_LIMIT_MS);
    expect_screen("still-there");
    assert_int_equal(glass->asked[CMD_DRAFT], 1);
    assert_int_equal(model_form_kept(&glass->model), FORM_NOTHING);
}

/* --- the limit of time, and leaving ------------------------------------------------------------------------------- */

static void the_question_of_time_knows_what_becomes_of_it(void **state)
{
    Glass *glass = &the_glass;

    (void)state;
    glass_serve(glass);
    glass_to_form(glass);
    glass_choose(glass, "other");
    glass_wait(glass, IDLE_LIMIT_MS);
    expect_screen("still-there");
    assert_int_equal(glass->asked[CMD_DRAFT], 1); /* chosen, though "continue" was not touched */
    assert_string_equal(sent("receiver"), "other");
    glass_fail(glass, CMD_DRAFT, PROBLEM_NONE);
    assert_int_equal(model_form_kept(&glass->model), FORM_NOT_KEPT);
    glass_heartbeat(glass, catalogue_version(glass->model.catalogue));
    glass_kept(glass);
    assert_int_equal(model_form_kept(&glass->model), FORM_KEPT);
    glass_wait(glass, STILL_THERE_MS);
    expect_screen("attract");
    assert_int_equal(glass->asked[CMD_DRAFT], 2); /* nothing that it had not */
}

static void what_is_kept_is_left_without_a_question(void **state)
{
    Glass *glass = &the_glass;

    (void)state;
    to_review(glass);
    glass_kept(glass);
    glass_act(glass, ACT_FINISH, 0);
    expect_screen("attract");
    assert_int_equal(glass->asked[CMD_SIGN_OUT], 1);
}

static void what_would_be_lost_is_asked_about(void **state)
{
    Glass *glass = &the_glass;

    (void)state;
    to_review(glass);
    glass_fail(glass, CMD_DRAFT, PROBLEM_NONE);
    glass_act(glass, ACT_FINISH, 0);
    expect_screen("leave");
    glass_act(glass, ACT_STAY, 0);
    expect_screen("review");
    glass_act(glass, ACT_FINISH, 0);
    glass_key(glass, EDIT_CANCEL);
    expect_screen("review");
    glass_act(glass, ACT_FINISH, 0);
    glass_act(glass, ACT_REVIEW_NEXT, 0); /* nothing of the screen below is touched */
    glass_type(glass, "x");
    expect_screen("leave");
    assert_int_equal(glass->asked[CMD_PREVIEW], 0);
    glass_wait(glass, IDLE_LIMIT_MS);
    expect_screen("still-there");
    glass_act(glass, ACT_STAY, 0);
    expect_screen("leave");
    glass_act(glass, ACT_LEAVE, 0);
    expect_screen("attract");
    assert_int_equal(glass->asked[CMD_SIGN_OUT], 1);
    assert_memory_equal(&glass->model.visit, &(Visit){ 0 }, sizeof(Visit));
}

/* The connection comes back while the question stands there: it is kept, and the same touch leaves. */
static void the_question_hears_that_it_is_kept(void **state)
{
    Glass *glass = &the_glass;

    (void)state;
    to_review(glass);
    glass_fail(glass, CMD_DRAFT, PROBLEM_NONE);
    glass_act(glass, ACT_FINISH, 0);
    expect_screen("leave");
    glass_kept(glass); /* it was tried again at once */
    expect_screen("leave");
    assert_int_equal(model_form_kept(&glass->model), FORM_KEPT);
    glass_act(glass, ACT_LEAVE, 0);
    expect_screen("attract");
}

static void going_home_is_leaving_too(void **state)
{
    Glass *glass = &the_glass;

    (void)state;
    to_place(glass);
    glass_fail(glass, CMD_DRAFT, PROBLEM_BUSY);
    glass_act(glass, ACT_BACK, 0);
    glass_act(glass, ACT_BACK, 0);
    expect_screen("service");
    glass_fail(glass, CMD_DRAFT, PROBLEM_BUSY);
    glass_act(glass, ACT_BACK, 0);
    expect_screen("leave");
    glass_act(glass, ACT_LEAVE, 0);
    expect_screen("home");
    assert_int_equal(glass->model.visit.answers.count, 0);
    glass_home(glass);
    assert_int_equal(model_form_kept(&glass->model), FORM_NOTHING);
    glass_act(glass, ACT_FINISH, 0);
    expect_screen("attract");
}

/* On its way, and the registrar answers: it arrives before the session's end, so nobody is asked. */
static void what_is_on_its_way_is_not_asked_about(void **state)
{
    Glass *glass = &the_glass;

    (void)state;
    to_review(glass);
    glass_act(glass, ACT_FINISH, 0);
    expect_screen("attract");
    glass_close(glass);
    glass_open(glass, texts, LANGUAGE_UZ);
    to_review(glass);
    glass_fail(glass, CMD_HEARTBEAT, PROBLEM_NONE); /* in doubt: it may not arrive */
    glass_act(glass, ACT_FINISH, 0);
    expect_screen("leave");
}

/* Whoever leaves a form for something else while an answer is on its way loses none of the later ones. */
static void what_came_after_it_goes_along_when_the_form_is_left(void **state)
{
    Glass *glass = &the_glass;

    (void)state;
    to_place(glass);
    glass_type(glass, "Chirchiq");
    glass_act(glass, ACT_FORM_NEXT, 0);
    expect_screen("review");
    assert_int_equal(glass->asked[CMD_DRAFT], 1);
    for (int i = 0; i < 4 && glass->model.visit.screen != SCREEN_HOME; i++)
        glass_act(glass, ACT_BACK, 0);
    expect_screen("home");
    assert_int_equal(glass->asked[CMD_DRAFT], 2);
    assert_string_equal(sent("place"), "Chirchiq");
}

/* --- the order at the end ---------------------------------------------------------------------------------------- */

typedef struct Order {
    CmdKind kinds[32];
    char screens[32][32];
    size_t count;
} Order;

static void note(void *ctx, const Cmd *cmd)
{
    Order *order = ctx;

    if (order->count == COUNT(order->kinds))
        return;
    if (cmd->kind == CMD_HEARTBEAT)
        memcpy(order->screens[order->count], cmd->as.heartbeat.screen, sizeof order->screens[0]);
    order->kinds[order->count++] = cmd->kind;
}

/* What was typed last, then the session's end, then the heartbeat by which the registrar ends what is left. */
static void a_visit_ends_in_this_order(void **state)
{
    static const CmdKind wanted[] = { CMD_CANCEL_REQUESTS, CMD_DRAFT, CMD_SIGN_OUT, CMD_FORGET, CMD_HEARTBEAT };
    Glass *glass = &the_glass;
    Order order = { 0 };

    (void)state;
    to_place(glass);
    glass_kept(glass);
    glass_wait(glass, IDLE_LIMIT_MS);
    glass_type(glass, ""); /* a touch: they stay */
    glass_type(glass, "Chirchiq");
    glass->model.visit.still_there_ms = glass->now_ms; /* and had no time to continue */
    glass->seen = note;
    glass->seen_ctx = &order;
    glass_act(glass, ACT_FINISH, 0);
    assert_int_equal(order.count, COUNT(wanted));
    for (size_t i = 0; i < COUNT(wanted); i++)
        assert_int_equal(order.kinds[i], wanted[i]);
    assert_string_equal(order.screens[4], "attract");
    assert_string_equal(sent("place"), "Chirchiq");
    assert_string_equal(glass->token, "secret-token");
    glass->seen = NULL;
}

/* --- going on ----------------------------------------------------------------------------------------------------- */

static void to_begun(Glass *glass)
{
    glass_serve(glass);
    glass_to_home(glass);
    glass_home_begun(glass, 1, 2, 60);
    glass_act(glass, ACT_DRAFT, 0);
    assert_int_equal(glass->asked[CMD_DRAFT_OPEN], 1);
    assert_string_equal(glass->draft_service, "certificate-of-study");
}

static void it_goes_on_at_the_first_open_question(void **state)
{
    static const struct {
        const char *name, *receiver, *place, *question, *screen;
        size_t at;
    } cases[] = {
        { "the second is open", "other", "", "place", "form", 1 },
        { "all answered", "other", "Chirchiq", "", "review", 0 },
        { "they stood at the last", "other", "Chirchiq", "place", "form", 1 },
        { "nothing that fits", "moon", "", "place", "form", 0 },
        { "the only question", "bank", "", "", "preview", 0 },
        { "where they stood is no more", "other", "", "gone", "form", 1 },
    };
    Glass *glass = &the_glass;

    (void)state;
    for (size_t i = 0; i < COUNT(cases); i++) {
        to_begun(glass);
        glass_draft(glass, cases[i].receiver, cases[i].place, cases[i].question);
        if (strcmp(app_screen_name(&glass->model), cases[i].screen) != 0 ||
            glass->model.visit.form.question != cases[i].at)
            fail_msg("%s: %s, question %zu", cases[i].name, app_screen_name(&glass->model),
                     glass->model.visit.form.question);
        assert_int_equal(glass->model.visit.document_language, LANGUAGE_EN);
        glass_close(glass);
        glass_open(glass, texts, LANGUAGE_UZ);
    }
}

static void what_was_answered_is_filled_in(void **state)
{
    Glass *glass = &the_glass;

    (void)state;
    to_begun(glass);
    glass_draft(glass, "other", "Chirchiq", "place");
    assert_string_equal(glass->model.visit.form.typed, "Chirchiq");
    assert_int_equal(model_form_kept(&glass->model), FORM_KEPT);
    assert_int_equal(glass->asked[CMD_DRAFT], 0);
    glass_act(glass, ACT_FORM_NEXT, 0);
    glass_kept(glass);
    glass_act(glass, ACT_REVIEW_NEXT, 0);
    glass_preview(glass);
    glass_act(glass, ACT_PRINT, 0);
    assert_string_equal(answers_get(&glass->request.answers, "place"), "Chirchiq");
    assert_int_equal(glass->request.language, LANGUAGE_EN);
    glass_issue(glass, PRINT_ASSIGNED, false);
    assert_int_equal(model_form_kept(&glass->model), FORM_NOTHING); /* it is a request now */
    glass_page(glass);
    glass_print(glass, PRINT_PHASE_PRINTED, PRINTER_READY, 2);
    glass_act(glass, ACT_SOMETHING_ELSE, 0);
    expect_screen("home");
    assert_int_equal(glass->model.visit.home->draft_count, 0); /* before home says so */
}

/* "Get this paper" does not begin over what was begun. */
static void the_service_goes_on_with_it_too(void **state)
{
    Glass *glass = &the_glass;

    (void)state;
    glass_serve(glass);
    glass_to_home(glass);
    glass_home_begun(glass, 1, 2, 60);
    glass_act(glass, ACT_SERVICE, 0);
    glass_act(glass, ACT_CONTINUE, 0);
    expect_screen("service");
    assert_int_equal(glass->asked[CMD_DRAFT_OPEN], 1);
    glass_act(glass, ACT_CONTINUE, 0);
    assert_int_equal(glass->asked[CMD_DRAFT_OPEN], 1);
    glass_draft(glass, "other", "", "place");
    expect_screen("form");
    assert_int_equal(glass->model.visit.form.question, 1);
}

static void starting_anew_drops_it(void **state)
{
    Glass *glass = &the_glass;

    (void)state;
    glass_serve(glass);
    glass_to_home(glass);
    glass_home_begun(glass, 1, 2, 60);
    glass_act(glass, ACT_DRAFT_DROP, 1); /* there is no second */
    assert_int_equal(glass->asked[CMD_DRAFT_DROP], 0);
    glass_act(glass, ACT_DRAFT_DROP, 0);
    assert_int_equal(glass->asked[CMD_DRAFT_DROP], 1);
    assert_string_equal(glass->draft_service, "certificate-of-study");
    expect_screen("service");
    assert_int_equal(glass->model.visit.home->draft_count, 0);
    glass_fail(glass, CMD_DRAFT_DROP, PROBLEM_NONE); /* quietly */
    glass_act(glass, ACT_CONTINUE, 0);
    expect_screen("form");
    assert_int_equal(glass->model.visit.answers.count, 0);
}

static void one_that_is_gone_begins_anew(void **state)
{
    Glass *glass = &the_glass;

    (void)state;
    to_begun(glass);
    glass_fail(glass, CMD_DRAFT_OPEN, PROBLEM_NOT_FOUND);
    expect_screen("service");
    glass_act(glass, ACT_CONTINUE, 0);
    expect_screen("form");
}

static void one_that_does_not_come_is_asked_for_again(void **state)
{
    Glass *glass = &the_glass;

    (void)state;
    to_begun(glass);
    glass_fail(glass, CMD_DRAFT_OPEN, PROBLEM_NONE);
    expect_screen("fault");
    assert_int_equal(glass->model.visit.fault.kind, FAULT_AWAY);
    glass_act(glass, ACT_TRY_AGAIN, 0);
    assert_int_equal(glass->asked[CMD_DRAFT_OPEN], 2);
    glass_draft(glass, "other", "", "place");
    expect_screen("form");
}

/* Who goes elsewhere meanwhile is not called back. */
static void an_answer_that_nobody_waits_for_opens_nothing(void **state)
{
    Glass *glass = &the_glass;

    (void)state;
    to_begun(glass);
    Msg late = glass_answer(glass, MSG_DRAFT);
    late.as.draft = mem_new(1, sizeof *late.as.draft);
    assert_non_null(late.as.draft);
    glass_act(glass, ACT_SERVICE, 0);
    expect_screen("service");
    glass_send(glass, &late);
    expect_screen("service");
    glass_wait(glass, WAITING_LIMIT_MS + 1000);
    expect_screen("service");
    glass_act(glass, ACT_FINISH, 0);
    late = glass_answer(glass, MSG_DRAFT_KEPT); /* of the visit that is over */
    glass_act(glass, ACT_START, 0);
    glass_send(glass, &late);
    expect_screen("sign-in");
}

/* --- the secret is asked again -------------------------------------------------------------------------------------
 */

static void the_form_survives_that_the_password_is_asked_again(void **state)
{
    Glass *glass = &the_glass;

    (void)state;
    to_place(glass);
    glass_kept(glass);
    glass_type(glass, "Chir");
    for (int i = 0; i < 40; i++) {
        glass_wait(glass, 50000);
        if (strcmp(app_screen_name(&glass->model), "sign-in") == 0)
            break;
        glass_act(glass, ACT_KEYBOARD, KEYBOARD_ARG_SHIFT);
    }
    expect_screen("sign-in");
    assert_int_equal(glass->model.visit.sign_in.note, SIGN_IN_NOTE_ENDED);
    unsigned told = glass->asked[CMD_DRAFT];
    glass_act(glass, ACT_FINISH, 0); /* nobody is signed in who could keep it: it would be lost */
    expect_screen("leave");
    glass_act(glass, ACT_STAY, 0);
    glass_type(glass, "bahor2026");
    glass_act(glass, ACT_SIGN_IN, 0);
    glass_signed_in(glass);
    expect_screen("form");
    assert_string_equal(glass->model.visit.form.typed, "Chir");
    assert_string_equal(answers_get(&glass->model.visit.answers, "receiver"), "other");
    assert_int_equal(glass->asked[CMD_DRAFT], told + 1);
    assert_string_equal(sent("place"), "Chir");
}

static void another_student_finds_nothing_of_it(void **state)
{
    Glass *glass = &the_glass;

    (void)state;
    to_place(glass);
    glass_kept(glass);
    glass_fail(glass, CMD_PREVIEW, PROBLEM_NONE);
    for (int i = 0; i < 40 && strcmp(app_screen_name(&glass->model), "sign-in") != 0; i++) {
        glass_wait(glass, 50000);
        glass_act(glass, ACT_KEYBOARD, KEYBOARD_ARG_SHIFT);
    }
    glass_type(glass, "bahor2026");
    glass_act(glass, ACT_SIGN_IN, 0);
    Msg other = glass_answer(glass, MSG_SIGNED_IN);
    other.as.session = (ApiSession){ .token = "other", .number = "401241100873", .seconds_left = 1800 };
    glass_send(glass, &other);
    expect_screen("home");
    assert_int_equal(glass->model.visit.answers.count, 0);
    assert_int_equal(model_form_kept(&glass->model), FORM_NOTHING);
    assert_int_equal(glass->asked[CMD_DRAFT], 1); /* and nothing of the first is told under the second's name */
}

int main(void)
{
#define DRAFT_TEST(test) cmocka_unit_test_setup_teardown(test, open_glass, close_glass)
    const struct CMUnitTest tests[] = {
        DRAFT_TEST(each_answer_is_kept),
        DRAFT_TEST(the_newest_follows_the_one_under_way),
        DRAFT_TEST(a_failure_is_known_and_made_good),
        DRAFT_TEST(silence_is_a_failure),
        DRAFT_TEST(what_does_not_fit_is_not_sent),
        DRAFT_TEST(it_works_for_any_form),
        DRAFT_TEST(what_is_no_answer_is_not_spoken_of),
        DRAFT_TEST(the_question_of_time_knows_what_becomes_of_it),
        DRAFT_TEST(what_is_kept_is_left_without_a_question),
        DRAFT_TEST(what_would_be_lost_is_asked_about),
        DRAFT_TEST(the_question_hears_that_it_is_kept),
        DRAFT_TEST(going_home_is_leaving_too),
        DRAFT_TEST(what_is_on_its_way_is_not_asked_about),
        DRAFT_TEST(what_came_after_it_goes_along_when_the_form_is_left),
        DRAFT_TEST(a_visit_ends_in_this_order),
        DRAFT_TEST(it_goes_on_at_the_first_open_question),
        DRAFT_TEST(what_was_answered_is_filled_in),
        DRAFT_TEST(the_service_goes_on_with_it_too),
        DRAFT_TEST(starting_anew_drops_it),
        DRAFT_TEST(one_that_is_gone_begins_anew),
        DRAFT_TEST(one_that_does_not_come_is_asked_for_again),
        DRAFT_TEST(an_answer_that_nobody_waits_for_opens_nothing),
        DRAFT_TEST(the_form_survives_that_the_password_is_asked_again),
        DRAFT_TEST(another_student_finds_nothing_of_it),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
