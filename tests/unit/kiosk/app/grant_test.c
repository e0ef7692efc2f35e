#include "glass.h"

#define GRANT   (&glass.model.visit.grant)
#define ID      "60000000-0000-4000-8000-000000000001"
#define ADDRESS "HTTPS://HUJJAT.NAMUNA.UZ/G/WDJBMJHT"

static Texts *texts;
static Glass glass;
static char ended[API_ID_SIZE];             /* of the last CMD_GRANT_END */
static char device_code[GRANT_DEVICE_SIZE]; /* of the last CMD_GRANT_TOKEN */
static char digits[3];                      /* of the last CMD_GRANT_DIGITS */

static void seen(void *ctx UNUSED, const Cmd *cmd)
{
    if (cmd->kind == CMD_GRANT_END)
        memcpy(ended, cmd->as.grant.id, sizeof ended);
    else if (cmd->kind == CMD_GRANT_TOKEN)
        memcpy(device_code, cmd->as.grant.device_code, sizeof device_code);
    else if (cmd->kind == CMD_GRANT_DIGITS)
        memcpy(digits, cmd->as.grant.digits.digits, sizeof digits);
}

static int set_up(void **state UNUSED)
{
    glass_open(&glass, texts, LANGUAGE_UZ);
    glass_serve(&glass);
    glass.seen = seen;
    ended[0] = device_code[0] = digits[0] = '\0';
    return 0;
}

static int tear_down(void **state UNUSED)
{
    glass_close(&glass);
    return 0;
}

static int open_texts(void **state UNUSED)
{
    Error err = { 0 };

    texts = texts_none(&err);
    return texts ? 0 : -1;
}

static int close_texts(void **state UNUSED)
{
    texts_close(texts);
    return 0;
}

static void assert_screen(const char *name)
{
    assert_string_equal(app_screen_name(&glass.model), name);
}

static Msg answer(MsgKind kind)
{
    Msg msg = glass_answer(&glass, kind);

    msg.asked = GRANT->errand.asked;
    return msg;
}

static void offer(void)
{
    Msg msg = answer(MSG_GRANT_OFFERED);

    msg.as.grant_offer = (ApiGrantOffer){ .grant = ID,
                                          .device_code = "device",
                                          .user_code = "WDJB-MJHT",
                                          .verification_uri = "https://hujjat.namuna.uz/g",
                                          .verification_uri_complete = ADDRESS,
                                          .expires_in = GRANT_OFFERED_S,
                                          .interval = GRANT_INTERVAL_S };
    glass_send(&glass, &msg);
}

static void tell(const char *id)
{
    Msg msg = { .kind = MSG_CHANGED, .as.changed.event.what = CHANGED_GRANT };

    str_copy_cut(str_from(id), msg.as.changed.event.id, API_ID_SIZE);
    glass_send(&glass, &msg);
}

static void say_state(ApiGrantState state)
{
    Msg msg = answer(MSG_GRANT);

    msg.as.grant = (ApiGrant){ .id = ID, .state = state, .seconds_left = GRANT_DIGITS_S };
    glass_send(&glass, &msg);
}

static void turns(ApiGrantState state)
{
    tell(ID);
    say_state(state);
}

static void fails(CmdKind command, ApiProblemKind problem)
{
    Msg msg = answer(MSG_FAILED);

    msg.as.failed.command = (uint8_t)command;
    msg.as.failed.code = problem == PROBLEM_NONE ? ERR_OFFLINE : ERR_PROTOCOL;
    msg.as.failed.problem.kind = problem;
    glass_send(&glass, &msg);
}

static void to_code(void)
{
    glass_act(&glass, ACT_START, 0);
    glass_act(&glass, ACT_GRANT, 0);
    assert_screen("grant");
    assert_int_equal(glass.asked[CMD_GRANT], 1);
    offer();
}

static void to_digits(void)
{
    to_code();
    turns(GRANT_OPENED);
    turns(GRANT_DIGITS);
}

static void enter(const char *typed)
{
    glass_type(&glass, typed);
    glass_act(&glass, ACT_GRANT_DIGITS, 0);
}

static void assert_nothing_kept(void)
{
    const ApiGrantOffer nothing = { 0 };

    assert_memory_equal(&GRANT->offer, &nothing, sizeof nothing);
    assert_null(GRANT->code.png);
    assert_string_equal(GRANT->digits, "");
}

static void a_phone_signs_its_student_in(void **state UNUSED)
{
    to_code();
    assert_non_null(GRANT->code.png);
    turns(GRANT_OPENED);
    assert_null(GRANT->code.png); /* nobody else needs it */
    turns(GRANT_DIGITS);
    glass_type(&glass, "4x");
    glass_act(&glass, ACT_GRANT_DIGITS, 0);
    assert_int_equal(glass.asked[CMD_GRANT_DIGITS], 0); /* not to the end yet */
    glass_type(&glass, "8");
    glass_key(&glass, EDIT_ERASE);
    glass_type(&glass, "79"); /* two are enough */
    glass_key(&glass, EDIT_ENTER);
    assert_string_equal(digits, "47");
    glass_act(&glass, ACT_GRANT_DIGITS, 0); /* one try */
    assert_int_equal(glass.asked[CMD_GRANT_DIGITS], 1);
    say_state(GRANT_MATCHED);
    assert_int_equal(glass.asked[CMD_GRANT_TOKEN], 1);
    assert_string_equal(device_code, "device");
    Msg msg = answer(MSG_SIGNED_IN);
    msg.as.session = (ApiSession){ .token = "secret-token", .full_name = "Malika", .seconds_left = 1800 };
    glass_send(&glass, &msg);
    assert_screen("home");
    assert_nothing_kept();
    assert_int_equal(glass.asked[CMD_GRANT_END], 0);
}

static void it_is_offered_where_the_registrar_has_it(void **state UNUSED)
{
    Msg msg = { .kind = MSG_HEARTBEAT };

    glass_act(&glass, ACT_START, 0);
    str_copy_cut(str_from(catalogue_version(glass.model.catalogue)), msg.as.heartbeat.catalogue,
                 sizeof msg.as.heartbeat.catalogue);
    glass_send(&glass, &msg);
    assert_false(model_offers_grant(&glass.model));
    glass_act(&glass, ACT_GRANT, 0);
    assert_screen("sign-in");
    assert_int_equal(glass.asked[CMD_GRANT], 0);
}

/* What was typed before the phone was thought of is nobody's any more. */
static void a_password_that_was_begun_is_wiped(void **state UNUSED)
{
    const char nothing[sizeof glass.model.visit.sign_in.password] = { 0 };

    glass_act(&glass, ACT_START, 0);
    glass_type(&glass, "392241100742");
    glass_act(&glass, ACT_SIGN_IN, 0);
    glass_type(&glass, "bahor");
    glass_act(&glass, ACT_GRANT, 0);
    assert_screen("grant");
    assert_memory_equal(glass.model.visit.sign_in.password, nothing, sizeof nothing);
}

static void what_came_to_nothing_is_told_and_may_be_made_anew(void **state UNUSED)
{
    static const struct {
        ApiGrantState state;
        GrantNote note;
    } cases[] = {
        { GRANT_DENIED, GRANT_NOTE_DENIED },
        { GRANT_EXPIRED, GRANT_NOTE_LATE },
        { GRANT_USED, GRANT_NOTE_LATE },
    };

    to_code();
    for (size_t i = 0; i < COUNT(cases); i++) {
        turns(cases[i].state);
        assert_int_equal(GRANT->note, cases[i].note);
        assert_nothing_kept();
        glass_act(&glass, ACT_GRANT_NEW, 0);
        assert_int_equal(glass.asked[CMD_GRANT], i + 2);
        assert_int_equal(GRANT->note, GRANT_NOTE_NONE);
        offer();
    }
}

static void wrong_digits_end_it(void **state UNUSED)
{
    to_digits();
    enter("12");
    say_state(GRANT_DENIED);
    assert_int_equal(GRANT->note, GRANT_NOTE_WRONG);
    assert_nothing_kept();
    assert_int_equal(glass.asked[CMD_GRANT_TOKEN], 0);
}

static void too_many_codes_are_not_asked_for_again(void **state UNUSED)
{
    glass_act(&glass, ACT_START, 0);
    glass_act(&glass, ACT_GRANT, 0);
    fails(CMD_GRANT, PROBLEM_LIMIT);
    assert_int_equal(GRANT->note, GRANT_NOTE_LIMIT);
    glass_act(&glass, ACT_GRANT_NEW, 0);
    assert_int_equal(glass.asked[CMD_GRANT], 1);
    glass_act(&glass, ACT_BACK, 0);
    assert_screen("sign-in");
}

/* Digits whose answer got lost may have counted: how it is, is asked, and they are not sent again. */
static void digits_without_an_answer_are_no_second_try(void **state UNUSED)
{
    to_digits();
    enter("47");
    fails(CMD_GRANT_DIGITS, PROBLEM_NONE);
    assert_true(GRANT->unsaid);
    assert_string_equal(GRANT->digits, "");
    glass_wait(&glass, 2000);
    assert_int_equal(glass.asked[CMD_GRANT_STATE], 3);
    say_state(GRANT_MATCHED);
    assert_false(GRANT->unsaid);
    assert_int_equal(glass.asked[CMD_GRANT_DIGITS], 1);
    assert_int_equal(glass.asked[CMD_GRANT_TOKEN], 1);
}

static void a_token_without_an_answer_is_asked_for_again(void **state UNUSED)
{
    to_digits();
    enter("47");
    say_state(GRANT_MATCHED);
    fails(CMD_GRANT_TOKEN, PROBLEM_NONE);
    glass_wait(&glass, 2000);
    say_state(GRANT_MATCHED);
    assert_int_equal(glass.asked[CMD_GRANT_TOKEN], 2);
    fails(CMD_GRANT_TOKEN, PROBLEM_BAD_REQUEST); /* invalid_grant: it is over */
    assert_int_equal(GRANT->note, GRANT_NOTE_LATE);
}

static void without_an_event_it_is_asked_every_five_seconds(void **state UNUSED)
{
    to_code();
    glass_wait(&glass, 4999);
    assert_int_equal(glass.asked[CMD_GRANT_STATE], 0);
    glass_wait(&glass, 1);
    assert_int_equal(glass.asked[CMD_GRANT_STATE], 1);
    say_state(GRANT_OFFERED);
    glass_wait(&glass, 5000);
    assert_int_equal(glass.asked[CMD_GRANT_STATE], 2);
}

static void what_is_told_meanwhile_is_looked_at_after_the_answer(void **state UNUSED)
{
    to_code();
    tell(ID);
    tell(ID);
    assert_int_equal(glass.asked[CMD_GRANT_STATE], 1);
    say_state(GRANT_OFFERED);
    glass_wait(&glass, 1);
    assert_int_equal(glass.asked[CMD_GRANT_STATE], 2);
    say_state(GRANT_OFFERED);
    tell("60000000-0000-4000-8000-000000000002"); /* somebody else's */
    assert_int_equal(glass.asked[CMD_GRANT_STATE], 2);
}

/* The clock here ends it where the registrar is not heard of any more. */
static void its_time_ends_it_here_too(void **state UNUSED)
{
    to_code();
    for (int i = 0; i < GRANT_OFFERED_S / 5; i++) {
        glass_wait(&glass, 5000);
        if (GRANT->errand.doing == CMD_GRANT_STATE)
            say_state(GRANT_OFFERED);
    }
    assert_int_equal(GRANT->note, GRANT_NOTE_LATE);
    assert_int_equal(glass.asked[CMD_GRANT_END], 1);
    assert_string_equal(ended, ID);
    assert_nothing_kept();
}

static void leaving_ends_it(void **state UNUSED)
{
    to_digits();
    glass_act(&glass, ACT_BACK, 0);
    assert_screen("sign-in");
    assert_int_equal(glass.asked[CMD_GRANT_END], 1);
    assert_nothing_kept();
    glass_act(&glass, ACT_GRANT, 0);
    offer();
    glass_act(&glass, ACT_FINISH, 0);
    assert_screen("attract");
    assert_int_equal(glass.asked[CMD_GRANT_END], 2);
    assert_nothing_kept();
}

/* An answer to what nobody waits for any more signs nobody in, and its session is given back. */
static void a_late_session_is_returned(void **state UNUSED)
{
    Msg msg;

    to_digits();
    enter("47");
    say_state(GRANT_MATCHED);
    msg = answer(MSG_SIGNED_IN);
    msg.as.session = (ApiSession){ .token = "secret-token", .seconds_left = 1800 };
    glass_act(&glass, ACT_FINISH, 0);
    assert_screen("attract");
    glass_send(&glass, &msg);
    assert_screen("attract");
    assert_false(glass.model.visit.signed_in);
    assert_int_equal(glass.asked[CMD_SIGN_OUT], 1);
    assert_string_equal(glass.token, "secret-token");
}

static void digits_are_typed_only_when_they_are_asked_for(void **state UNUSED)
{
    to_code();
    glass_type(&glass, "47");
    assert_string_equal(GRANT->digits, "");
    turns(GRANT_OPENED);
    glass_type(&glass, "47");
    glass_act(&glass, ACT_GRANT_DIGITS, 0);
    assert_int_equal(glass.asked[CMD_GRANT_DIGITS], 0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(a_phone_signs_its_student_in, set_up, tear_down),
        cmocka_unit_test_setup_teardown(it_is_offered_where_the_registrar_has_it, set_up, tear_down),
        cmocka_unit_test_setup_teardown(a_password_that_was_begun_is_wiped, set_up, tear_down),
        cmocka_unit_test_setup_teardown(what_came_to_nothing_is_told_and_may_be_made_anew, set_up, tear_down),
        cmocka_unit_test_setup_teardown(wrong_digits_end_it, set_up, tear_down),
        cmocka_unit_test_setup_teardown(too_many_codes_are_not_asked_for_again, set_up, tear_down),
        cmocka_unit_test_setup_teardown(digits_without_an_answer_are_no_second_try, set_up, tear_down),
        cmocka_unit_test_setup_teardown(a_token_without_an_answer_is_asked_for_again, set_up, tear_down),
        cmocka_unit_test_setup_teardown(without_an_event_it_is_asked_every_five_seconds, set_up, tear_down),
        cmocka_unit_test_setup_teardown(what_is_told_meanwhile_is_looked_at_after_the_answer, set_up, tear_down),
        cmocka_unit_test_setup_teardown(its_time_ends_it_here_too, set_up, tear_down),
        cmocka_unit_test_setup_teardown(leaving_ends_it, set_up, tear_down),
        cmocka_unit_test_setup_teardown(a_late_session_is_returned, set_up, tear_down),
        cmocka_unit_test_setup_teardown(digits_are_typed_only_when_they_are_asked_for, set_up, tear_down),
    };

    return cmocka_run_group_tests(tests, open_texts, close_texts);
}
