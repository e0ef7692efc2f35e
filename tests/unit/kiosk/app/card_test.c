#include "glass.h"

#define CARD (&glass.model.visit.card)
#define CHIP "04A1B2C3D4E580"
#define PIN  "7305"

static Texts *texts;
static Glass glass;

static int set_up(void **state UNUSED)
{
    glass_open(&glass, texts, LANGUAGE_UZ);
    glass_serve(&glass);
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

static void hear(CardWhat what, CardFault fault, const char *card, bool stays)
{
    Msg msg = { .kind = MSG_CARD, .as.card = { .what = what, .fault = fault, .stays = stays, .reader = true } };

    str_copy_cut(str_from(card), msg.as.card.card, sizeof msg.as.card.card);
    glass_send(&glass, &msg);
}

static void read_card(bool stays)
{
    hear(CARD_WAS_READ, CARD_OK, CHIP, stays);
}

static void my_card(ApiCardState state, bool may_set)
{
    Msg msg = glass_answer(&glass, MSG_MY_CARD);

    msg.as.my_card = (ApiCard){ .state = state, .may_set = may_set, .since_s = 1 };
    glass_send(&glass, &msg);
}

static void assert_nothing_kept(void)
{
    const char nothing[CARD_TEXT_SIZE] = { 0 };

    assert_memory_equal(CARD->card, nothing, sizeof CARD->card);
    assert_memory_equal(CARD->pin, nothing, sizeof CARD->pin);
    assert_memory_equal(CARD->first, nothing, sizeof CARD->first);
}

static void sign_in_by_card(bool stays)
{
    read_card(stays);
    assert_screen("card");
    glass_type(&glass, PIN);
    glass_act(&glass, ACT_CARD_ENTER, 0);
    assert_int_equal(glass.asked[CMD_CARD_SIGN_IN], 1);
}

static void a_card_and_its_pin_sign_in_from_wherever_nobody_is(void **state)
{
    (void)state;
    assert_screen("attract");
    read_card(false);
    assert_screen("card");
    assert_true(glass.model.visit.active && !glass.model.visit.signed_in);
    glass_type(&glass, "73x0a5");
    assert_string_equal(CARD->pin, PIN);
    glass_key(&glass, EDIT_ENTER);
    assert_int_equal(glass.asked[CMD_CARD_SIGN_IN], 1);
    glass_signed_in(&glass);
    assert_screen("home");
    assert_true(glass.model.visit.session_by_card);
    assert_nothing_kept();
}

/* A card alone is never enough, nor is part of a PIN. */
static void without_its_pin_a_card_is_nothing(void **state)
{
    (void)state;
    glass_act(&glass, ACT_START, 0);
    read_card(false);
    glass_act(&glass, ACT_CARD_ENTER, 0);
    glass_type(&glass, "730");
    glass_key(&glass, EDIT_ENTER);
    assert_int_equal(glass.asked[CMD_CARD_SIGN_IN], 0);
    glass_act(&glass, ACT_BACK, 0);
    assert_screen("sign-in");
    assert_nothing_kept();
}

static void what_came_to_nothing_is_told(void **state)
{
    static const struct {
        ApiProblemKind problem;
        CardNote note;
    } cases[] = {
        { PROBLEM_SIGN_IN_REFUSED, CARD_NOTE_WRONG },
        { PROBLEM_LIMIT, CARD_NOTE_LIMITED },
        { PROBLEM_CARD_BLOCKED, CARD_NOTE_BLOCKED },
        { PROBLEM_BUSY, CARD_NOTE_AWAY },
        { PROBLEM_NONE, CARD_NOTE_AWAY },
    };

    (void)state;
    for (size_t i = 0; i < COUNT(cases); i++) {
        tear_down(NULL);
        set_up(NULL);
        sign_in_by_card(false);
        glass_fail(&glass, CMD_CARD_SIGN_IN, cases[i].problem);
        assert_screen("card");
        assert_int_equal(CARD->note, cases[i].note);
        assert_string_equal(CARD->pin, "");
        assert_false(glass.model.visit.signed_in);
    }
}

static void a_printed_number_is_typed_and_no_more(void **state)
{
    (void)state;
    hear(CARD_WAS_READ, CARD_NUMBER, "401241100873", false);
    assert_screen("sign-in");
    assert_string_equal(glass.model.visit.sign_in.number, "401241100873");
    assert_int_equal(glass.model.visit.sign_in.filling, SIGN_IN_PASSWORD);
    assert_int_equal(glass.asked[CMD_SIGN_IN] + glass.asked[CMD_CARD_SIGN_IN], 0);
    hear(CARD_WAS_READ, CARD_NUMBER, "1234567", false);
    assert_int_equal(CARD->note, CARD_NOTE_NUMBER);
}

/* In the middle of the PIN nothing has begun; in the middle of its check the session is ended as it comes; in the
 * middle of the visit it ends. */
static void a_card_that_is_pulled_out_takes_its_person_along(void **state)
{
    (void)state;
    read_card(true);
    glass_type(&glass, "73");
    hear(CARD_WAS_PULLED, CARD_OK, "", false);
    assert_screen("card");
    assert_int_equal(CARD->note, CARD_NOTE_PULLED);
    assert_nothing_kept();

    sign_in_by_card(true);
    Msg late = glass_answer(&glass, MSG_SIGNED_IN);
    str_copy_cut(str_from("late"), late.as.session.token, sizeof late.as.session.token);
    hear(CARD_WAS_PULLED, CARD_OK, "", false);
    glass_send(&glass, &late);
    assert_false(glass.model.visit.signed_in);
    assert_string_equal(glass.token, "late"); /* signed out */

    read_card(true);
    glass_type(&glass, PIN);
    glass_act(&glass, ACT_CARD_ENTER, 0);
    glass_signed_in(&glass);
    glass_home(&glass);
    hear(CARD_WAS_PULLED, CARD_OK, "", false);
    assert_screen("attract");
}

/* Another's card in the slot, or none of this visit: nobody is thrown out. */
static void a_password_s_visit_outlives_a_card(void **state)
{
    (void)state;
    glass_to_home(&glass);
    read_card(true);
    assert_screen("home");
    hear(CARD_WAS_PULLED, CARD_OK, "", false);
    assert_screen("home");
}

static void to_my_card(ApiCardState at, bool may_set)
{
    hear(CARD_READER_IS, CARD_OK, "", false);
    glass_to_home(&glass);
    glass_act(&glass, ACT_REQUESTS, 0);
    glass_act(&glass, ACT_CARD, 0);
    assert_screen("card");
    assert_int_equal(glass.asked[CMD_CARD], 1);
    my_card(at, may_set);
    assert_int_equal(CARD->mine.state, at);
}

static void a_pin_is_typed_twice(void **state)
{
    (void)state;
    to_my_card(API_CARD_NONE, true);
    glass_act(&glass, ACT_CARD_NEW, 0);
    assert_int_equal(CARD->step, CARD_STEP_HOLD);
    read_card(false);
    assert_int_equal(CARD->step, CARD_STEP_NEW);
    glass_type(&glass, "1234");
    glass_key(&glass, EDIT_ENTER);
    assert_int_equal(CARD->note, CARD_NOTE_EASY);
    glass_type(&glass, PIN);
    glass_key(&glass, EDIT_ENTER);
    assert_int_equal(CARD->step, CARD_STEP_AGAIN);
    glass_type(&glass, "7306");
    glass_key(&glass, EDIT_ENTER);
    assert_int_equal(CARD->note, CARD_NOTE_DIFFERENT);
    assert_int_equal(glass.asked[CMD_CARD_SET], 0);
    glass_type(&glass, PIN);
    glass_key(&glass, EDIT_ENTER);
    glass_type(&glass, PIN);
    glass_key(&glass, EDIT_ENTER);
    assert_int_equal(glass.asked[CMD_CARD_SET], 1);
    my_card(API_CARD_ACTIVE, true);
    assert_int_equal(CARD->step, CARD_STEP_MINE);
    assert_int_equal(CARD->note, CARD_NOTE_DONE);
    assert_nothing_kept();
}

static void what_the_registrar_forbids_is_not_offered(void **state)
{
    (void)state;
    to_my_card(API_CARD_ACTIVE, false);
    assert_false(model_sets_card(&glass.model));
    glass_act(&glass, ACT_CARD_NEW, 0);
    assert_int_equal(CARD->step, CARD_STEP_MINE);
}

static void blocking_asks_first(void **state)
{
    (void)state;
    to_my_card(API_CARD_ACTIVE, true);
    glass_act(&glass, ACT_CARD_BLOCK_YES, 0);
    assert_int_equal(glass.asked[CMD_CARD_BLOCK], 0);
    glass_act(&glass, ACT_CARD_BLOCK, 0);
    glass_act(&glass, ACT_CARD_BLOCK_YES, 0);
    assert_int_equal(glass.asked[CMD_CARD_BLOCK], 1);
    my_card(API_CARD_BLOCKED, true);
    assert_int_equal(CARD->step, CARD_STEP_MINE);
    assert_int_equal(CARD->mine.state, API_CARD_BLOCKED);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(a_card_and_its_pin_sign_in_from_wherever_nobody_is, set_up, tear_down),
        cmocka_unit_test_setup_teardown(without_its_pin_a_card_is_nothing, set_up, tear_down),
        cmocka_unit_test_setup_teardown(what_came_to_nothing_is_told, set_up, tear_down),
        cmocka_unit_test_setup_teardown(a_printed_number_is_typed_and_no_more, set_up, tear_down),
        cmocka_unit_test_setup_teardown(a_card_that_is_pulled_out_takes_its_person_along, set_up, tear_down),
        cmocka_unit_test_setup_teardown(a_password_s_visit_outlives_a_card, set_up, tear_down),
        cmocka_unit_test_setup_teardown(a_pin_is_typed_twice, set_up, tear_down),
        cmocka_unit_test_setup_teardown(what_the_registrar_forbids_is_not_offered, set_up, tear_down),
        cmocka_unit_test_setup_teardown(blocking_asks_first, set_up, tear_down),
    };

    return cmocka_run_group_tests(tests, open_texts, close_texts);
}
