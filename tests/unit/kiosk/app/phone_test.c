#include "glass.h"

#define PHONE (&glass.model.visit.phone)

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

/* To the code on the glass, for the phone alone. */
static void to_code(void)
{
    glass_to_preview(&glass);
    glass_act(&glass, ACT_TO_PHONE, 0);
    glass_issue_for_phone(&glass);
    glass_phone(&glass, PHONE_OFFERED, false);
}

static void to_allowed(void)
{
    to_code();
    glass_phone_turns(&glass, PHONE_OPENED);
    glass_type(&glass, "47");
    glass_act(&glass, ACT_PHONE_ALLOW, 0);
    glass_phone(&glass, PHONE_MATCHED, false);
}

static void to_done(Act act)
{
    glass_to_preview(&glass);
    glass_act(&glass, act, 0);
    glass_issue(&glass, PRINT_ASSIGNED, false);
    glass_page(&glass);
    glass_print(&glass, PRINT_PHASE_PRINTED, PRINTER_READY, 2);
    assert_screen("done");
}

static void for_the_phone_alone_nothing_is_printed(void **state UNUSED)
{
    to_code();
    assert_screen("phone");
    assert_int_equal(glass.request.carrier, CARRIER_PHONE);
    assert_int_equal(glass.asked[CMD_ISSUE], 1);
    assert_string_equal(glass.phone_id, "20000000-0000-4000-8000-000000000001");
    assert_non_null(PHONE->qr);
    glass_phone_turns(&glass, PHONE_OPENED);
    glass_type(&glass, "4");
    glass_act(&glass, ACT_PHONE_ALLOW, 0);
    assert_int_equal(glass.asked[CMD_PHONE_DIGITS], 0); /* not to the end yet */
    glass_type(&glass, "8");
    glass_key(&glass, EDIT_ERASE);
    glass_type(&glass, "79"); /* two are enough */
    glass_key(&glass, EDIT_ENTER);
    assert_string_equal(glass.phone_digits.digits, "47");
    glass_phone(&glass, PHONE_MATCHED, false);
    glass_phone_turns(&glass, PHONE_USED);
    assert_int_equal(PHONE->note, PHONE_NOTE_NONE);
    assert_true(PHONE->link.taken_at_s > 0);
    assert_int_equal(glass.asked[CMD_PAGE] + glass.asked[CMD_PRINT], 0);
}

/* The code's address is of use until a phone has opened it. */
static void the_address_goes_when_a_phone_is_there(void **state UNUSED)
{
    to_code();
    assert_true(PHONE->link.address[0] != '\0');
    glass_phone_turns(&glass, PHONE_OPENED);
    assert_true(PHONE->link.address[0] == '\0');
    assert_null(PHONE->qr);
}

static void it_is_looked_at_when_it_is_told_of(void **state UNUSED)
{
    to_code();
    glass_phone_told(&glass);
    assert_int_equal(glass.asked[CMD_PHONE_STATE], 1);
    glass_phone_told(&glass); /* what is under way may not know of this */
    assert_int_equal(glass.asked[CMD_PHONE_STATE], 1);
    glass_phone(&glass, PHONE_OFFERED, false);
    assert_int_equal(glass.asked[CMD_PHONE_STATE], 2);
    glass_phone(&glass, PHONE_OPENED, false);
    assert_int_equal(glass.asked[CMD_PHONE_STATE], 2);
    glass_send(&glass,
               &(Msg){ .kind = MSG_CHANGED,
                       .as.changed.event = { CHANGED_PHONE_LINK, "30000000-0000-4000-8000-00000000ffff", "" } });
    assert_int_equal(glass.asked[CMD_PHONE_STATE], 2); /* another one's */
    glass_send(&glass, &(Msg){ .kind = MSG_CHANGED, .as.changed.anything = true });
    assert_int_equal(glass.asked[CMD_PHONE_STATE], 3);
    glass_phone(&glass, PHONE_USED, false);
    glass_phone_told(&glass);
    assert_int_equal(glass.asked[CMD_PHONE_STATE], 3);
}

/* Whatever became of the telling. */
static void it_is_asked_for_now_and_then_while_it_matters(void **state UNUSED)
{
    to_code();
    for (int i = 0; i < 3; i++) {
        glass_wait(&glass, PHONE_POLL_MS);
        glass_phone(&glass, PHONE_OFFERED, false);
    }
    assert_int_equal(glass.asked[CMD_PHONE_STATE], 3);
    glass_wait(&glass, PHONE_POLL_MS - 1);
    assert_int_equal(glass.asked[CMD_PHONE_STATE], 3);
    glass_phone_turns(&glass, PHONE_OFFERED); /* told of: the time begins anew */
    glass_phone_turns(&glass, PHONE_OFFERED);
    glass_wait(&glass, PHONE_POLL_MS); /* one asking at a time */
    glass_wait(&glass, PHONE_POLL_MS);
    assert_int_equal(glass.asked[CMD_PHONE_STATE], 6);
    glass_fail(&glass, CMD_PHONE_STATE, PROBLEM_NONE);
    glass_wait(&glass, PHONE_POLL_AWAY_MS - 1);
    assert_int_equal(glass.asked[CMD_PHONE_STATE], 6);
    glass_wait(&glass, 1);
    assert_int_equal(glass.asked[CMD_PHONE_STATE], 7);
    glass_phone(&glass, PHONE_USED, false);
    glass_wait(&glass, 3 * PHONE_POLL_MS);
    assert_int_equal(glass.asked[CMD_PHONE_STATE], 7);
}

static void what_came_to_nothing_may_be_made_anew(void **state UNUSED)
{
    static const struct {
        ApiPhoneState state;
        PhoneNote note;
    } cases[] = { { PHONE_DENIED, PHONE_NOTE_ENDED }, { PHONE_EXPIRED, PHONE_NOTE_LATE } };

    to_code();
    for (size_t i = 0; i < COUNT(cases); i++) {
        glass_phone_turns(&glass, cases[i].state);
        assert_int_equal(PHONE->note, cases[i].note);
        glass_act(&glass, ACT_PHONE_NEW, 0);
        assert_int_equal(glass.asked[CMD_PHONE_LINK], 2 + i);
        glass_phone(&glass, PHONE_OFFERED, false);
        assert_int_equal(PHONE->note, PHONE_NOTE_NONE);
    }
    glass_phone_turns(&glass, PHONE_OPENED);
    glass_type(&glass, "00");
    glass_act(&glass, ACT_PHONE_ALLOW, 0);
    glass_phone(&glass, PHONE_DENIED, false);
    assert_int_equal(PHONE->note, PHONE_NOTE_WRONG);
    glass_act(&glass, ACT_PHONE_NEW, 0);
    glass_fail(&glass, CMD_PHONE_LINK, PROBLEM_LIMIT);
    assert_int_equal(PHONE->note, PHONE_NOTE_LIMIT);
    glass_act(&glass, ACT_PHONE_NEW, 0);
    assert_int_equal(glass.asked[CMD_PHONE_LINK], 4); /* no more in this visit */
    assert_int_equal(glass.asked[CMD_ISSUE], 1);
}

/* A link whose answer was lost may have been made: it is asked for with its key until there is an answer. */
static void a_link_is_asked_for_with_its_key_until_it_is_answered(void **state UNUSED)
{
    static const struct {
        ApiProblemKind problem;
        bool kept;
    } cases[] = { { PROBLEM_NONE, true },   { PROBLEM_BUSY, true },       { PROBLEM_INTERNAL, true },
                  { PROBLEM_NONE, true },   { PROBLEM_NOT_FOUND, false }, { PROBLEM_NONE, true },
                  { PROBLEM_LIMIT, false }, { PROBLEM_KEY_REUSED, false } };
    char key[API_ID_SIZE];

    to_code();
    assert_true(uuid_valid(glass.phone_key));
    memcpy(key, glass.phone_key, sizeof key);
    glass_phone_turns(&glass, PHONE_EXPIRED);
    glass_act(&glass, ACT_PHONE_NEW, 0);
    assert_string_not_equal(glass.phone_key, key); /* that one was answered */
    for (size_t i = 0; i < COUNT(cases); i++) {
        memcpy(key, glass.phone_key, sizeof key);
        glass_fail(&glass, CMD_PHONE_LINK, cases[i].problem);
        PHONE->note = PHONE_NOTE_AWAY; /* whatever was said of it, somebody tries once more */
        glass_act(&glass, ACT_PHONE_NEW, 0);
        assert_int_equal(strcmp(glass.phone_key, key) == 0, cases[i].kept);
    }
}

/* Whether digits arrived that had no answer, the link itself tells. */
static void digits_without_an_answer_are_no_second_try(void **state UNUSED)
{
    to_code();
    glass_phone_turns(&glass, PHONE_OPENED);
    glass_type(&glass, "47");
    glass_act(&glass, ACT_PHONE_ALLOW, 0);
    glass_act(&glass, ACT_PHONE_ALLOW, 0);
    assert_int_equal(glass.asked[CMD_PHONE_DIGITS], 1);
    glass_fail(&glass, CMD_PHONE_DIGITS, PROBLEM_NONE);
    assert_true(PHONE->unsaid);
    assert_string_equal(PHONE->digits, "");
    glass.now_ms += PHONE_POLL_AWAY_MS;
    glass_phone_turns(&glass, PHONE_MATCHED);
    assert_false(PHONE->unsaid);
    assert_int_equal(PHONE->note, PHONE_NOTE_NONE);
}

static void both_shows_the_code_with_the_paper(void **state UNUSED)
{
    to_done(ACT_BOTH);
    assert_int_equal(glass.request.carrier, CARRIER_PAPER);
    assert_int_equal(glass.asked[CMD_PHONE_LINK], 1);
    glass_phone(&glass, PHONE_OFFERED, false);
    assert_screen("done");
    assert_non_null(PHONE->qr);
    glass_phone_turns(&glass, PHONE_OPENED);
    assert_screen("phone"); /* where its digits are typed */
    glass_act(&glass, ACT_BACK, 0);
    assert_screen("done");
    assert_int_equal(glass.asked[CMD_ISSUE], 1);
}

static void beside_a_printed_paper_a_code_is_asked_for_by_a_touch(void **state UNUSED)
{
    to_done(ACT_PRINT);
    assert_int_equal(glass.asked[CMD_PHONE_LINK], 0);
    glass_act(&glass, ACT_TO_PHONE, 0);
    assert_screen("phone");
    assert_int_equal(glass.asked[CMD_PHONE_LINK], 1);
    assert_int_equal(glass.asked[CMD_ISSUE], 1);
    glass_phone(&glass, PHONE_OFFERED, false);
    glass_act(&glass, ACT_BACK, 0);
    glass_act(&glass, ACT_TO_PHONE, 0);
    assert_int_equal(glass.asked[CMD_PHONE_LINK], 1); /* the same code */
}

/* Nobody is thrown out while they take out their phone, or while it is at it; and nobody stays for ever. */
static void the_last_screen_waits_for_a_phone(void **state UNUSED)
{
    to_done(ACT_BOTH);
    glass_phone(&glass, PHONE_OFFERED, false);
    glass_wait(&glass, PHONE_LIMIT_MS - 100);
    assert_screen("done");
    glass_phone(&glass, PHONE_OPENED, false);
    glass_wait(&glass, IDLE_LIMIT_MS - 100);
    assert_screen("phone");
    glass_phone(&glass, PHONE_MATCHED, false);
    glass_wait(&glass, IDLE_LIMIT_MS - 100);
    assert_screen("phone");
    glass_phone(&glass, PHONE_USED, false);
    assert_int_equal(model_seconds_left(&glass.model), DONE_LIMIT_MS / 1000);
    glass_wait(&glass, DONE_LIMIT_MS);
    assert_screen("attract");
}

static void who_leaves_a_code_alone_is_signed_out(void **state UNUSED)
{
    to_code();
    glass_wait(&glass, IDLE_LIMIT_MS + STILL_THERE_MS);
    assert_screen("attract");
    assert_int_equal(glass.asked[CMD_SIGN_OUT], 1);
}

/* Sign-out denies what waits, so that nothing else need be said; home does not sign out. */
static void leaving_ends_what_no_phone_may_use_yet(void **state UNUSED)
{
    to_code();
    glass_act(&glass, ACT_FINISH, 0);
    assert_screen("attract");
    assert_int_equal(glass.asked[CMD_PHONE_END], 0);
    assert_int_equal(glass.asked[CMD_SIGN_OUT], 1);

    to_code();
    glass_act(&glass, ACT_SOMETHING_ELSE, 0);
    assert_screen("home");
    assert_int_equal(glass.asked[CMD_PHONE_END], 1);
    assert_false(PHONE->link.id[0]);
    glass_home(&glass);
    glass_act(&glass, ACT_FINISH, 0);

    to_allowed();
    glass_act(&glass, ACT_SOMETHING_ELSE, 0);
    assert_int_equal(glass.asked[CMD_PHONE_END], 1); /* it may be taken on the way */
}

static void what_was_taken_can_be_taken_back(void **state UNUSED)
{
    to_allowed();
    glass_phone_turns(&glass, PHONE_USED);
    glass_act(&glass, ACT_PHONE_WITHDRAW, 0);
    glass_act(&glass, ACT_PHONE_WITHDRAW, 0);
    assert_int_equal(glass.asked[CMD_PHONE_END], 1);
    glass_fail(&glass, CMD_PHONE_END, PROBLEM_NONE);
    assert_true(PHONE->unsaid);
    glass_act(&glass, ACT_PHONE_WITHDRAW, 0);
    assert_int_equal(glass.asked[CMD_PHONE_END], 2);
    glass_phone(&glass, PHONE_USED, true);
    assert_true(PHONE->link.withdrawn);
    glass_act(&glass, ACT_PHONE_WITHDRAW, 0);
    assert_int_equal(glass.asked[CMD_PHONE_END], 2);
}

static void a_printer_that_is_off_leaves_the_phone(void **state UNUSED)
{
    glass_to_preview(&glass);
    glass_printer(&glass, PRINTER_OFF);
    glass_act(&glass, ACT_PRINT, 0);
    assert_screen("fault");
    assert_true(fault_offers_phone(&glass.model));
    glass_act(&glass, ACT_TO_PHONE, 0);
    assert_screen("phone");
    assert_int_equal(glass.request.carrier, CARRIER_PHONE);
    glass_fail(&glass, CMD_ISSUE, PROBLEM_NONE); /* and then the registrar is away, too */
    assert_screen("fault");
    glass_act(&glass, ACT_TRY_AGAIN, 0);
    assert_screen("phone");
    assert_int_equal(glass.request.carrier, CARRIER_PHONE);
    glass_issue_for_phone(&glass);
    assert_int_equal(glass.asked[CMD_PHONE_LINK], 1);
}

/* Issued for paper, and not a byte of it reached the printer: the same key, no paper. */
static void what_was_not_printed_goes_to_the_phone_under_its_key(void **state UNUSED)
{
    char key[API_ID_SIZE];

    glass_to_printer(&glass);
    memcpy(key, glass.key, sizeof key);
    glass_print(&glass, PRINT_PHASE_NOT_SENT, PRINTER_OFF, -1);
    assert_screen("fault");
    glass_reported(&glass);
    glass_act(&glass, ACT_TO_PHONE, 0);
    assert_int_equal(glass.asked[CMD_ISSUE], 2);
    assert_string_equal(glass.key, key);
    assert_int_equal(glass.request.carrier, CARRIER_PHONE);
}

static void a_first_password_gets_no_copy_on_a_phone(void **state UNUSED)
{
    glass_to_preview(&glass);
    glass.model.visit.session.weak = true;
    glass_act(&glass, ACT_TO_PHONE, 0);
    assert_screen("preview");
    glass_act(&glass, ACT_BOTH, 0);
    glass_issue(&glass, PRINT_ASSIGNED, false);
    glass_page(&glass);
    glass_print(&glass, PRINT_PHASE_PRINTED, PRINTER_READY, 2);
    assert_screen("done");
    glass_act(&glass, ACT_TO_PHONE, 0);
    assert_screen("done");
    assert_int_equal(glass.asked[CMD_PHONE_LINK], 0);
}

static void answers_of_before_are_nothing_to_a_new_code(void **state UNUSED)
{
    Msg late;

    to_code();
    glass.now_ms += PHONE_POLL_MS;
    Msg tick = { .kind = MSG_TICK };
    glass_send(&glass, &tick);
    late = glass_answer(&glass, MSG_PHONE);
    late.asked = PHONE->asked;
    late.as.phone = PHONE->link;
    late.as.phone.state = PHONE_USED;
    glass_fail(&glass, CMD_PHONE_STATE, PROBLEM_NOT_FOUND);
    glass_act(&glass, ACT_PHONE_NEW, 0);
    glass_phone(&glass, PHONE_OFFERED, false);
    glass_send(&glass, &late);
    assert_int_equal(PHONE->link.state, PHONE_OFFERED);
}

static void nothing_of_a_link_outlives_the_visit(void **state UNUSED)
{
    static const PhoneState none;

    to_allowed();
    glass_act(&glass, ACT_FINISH, 0);
    assert_screen("attract");
    assert_memory_equal(PHONE, &none, sizeof none);
}

/* As large as the glass has room for, in whole pixels, and never so small that it can't be read. */
static void the_code_fits_the_glass(void **state UNUSED)
{
    static const struct {
        const char *name;
        int width, height;
        float pixels_per_mm;
        bool low;
        int least_px;
        float least_mm, most_mm;
    } cases[] = {
        { "portrait", 1080, 1920, 3.2154F, false, 3, 120.0F, 134.0F },
        { "portrait, low reach", 1080, 1920, 3.2154F, true, 3, 120.0F, 134.0F },
        { "landscape", 1920, 1080, 3.6496F, false, 3, 120.0F, 134.0F },
        { "small landscape", 1280, 800, 3.8168F, false, 3, 80.0F, 110.0F },
        { "small landscape, low reach", 1280, 800, 3.8168F, true, 3, 50.0F, 70.0F },
        { "coarse", 320, 200, 0.9F, false, 3, 60.0F, 134.0F },
    };

    for (size_t i = 0; i < COUNT(cases); i++) {
        Msg window = { .kind = MSG_WINDOW, .as.window = { cases[i].width, cases[i].height, cases[i].pixels_per_mm } };

        glass_send(&glass, &window);
        to_code();
        if (cases[i].low)
            glass_act(&glass, ACT_LOW_REACH, 0);
        float mm = (float)PHONE->qr_px / cases[i].pixels_per_mm;
        if (PHONE->module_px < cases[i].least_px || (float)PHONE->module_px < cases[i].pixels_per_mm ||
            mm < cases[i].least_mm || mm > cases[i].most_mm)
            fail_msg("%s: %d px a module, %.1f mm", cases[i].name, PHONE->module_px, (double)mm);
        glass_act(&glass, ACT_FINISH, 0);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(for_the_phone_alone_nothing_is_printed, set_up, tear_down),
        cmocka_unit_test_setup_teardown(the_address_goes_when_a_phone_is_there, set_up, tear_down),
        cmocka_unit_test_setup_teardown(it_is_looked_at_when_it_is_told_of, set_up, tear_down),
        cmocka_unit_test_setup_teardown(it_is_asked_for_now_and_then_while_it_matters, set_up, tear_down),
        cmocka_unit_test_setup_teardown(what_came_to_nothing_may_be_made_anew, set_up, tear_down),
        cmocka_unit_test_setup_teardown(a_link_is_asked_for_with_its_key_until_it_is_answered, set_up, tear_down),
        cmocka_unit_test_setup_teardown(digits_without_an_answer_are_no_second_try, set_up, tear_down),
        cmocka_unit_test_setup_teardown(both_shows_the_code_with_the_paper, set_up, tear_down),
        cmocka_unit_test_setup_teardown(beside_a_printed_paper_a_code_is_asked_for_by_a_touch, set_up, tear_down),
        cmocka_unit_test_setup_teardown(the_last_screen_waits_for_a_phone, set_up, tear_down),
        cmocka_unit_test_setup_teardown(who_leaves_a_code_alone_is_signed_out, set_up, tear_down),
        cmocka_unit_test_setup_teardown(leaving_ends_what_no_phone_may_use_yet, set_up, tear_down),
        cmocka_unit_test_setup_teardown(what_was_taken_can_be_taken_back, set_up, tear_down),
        cmocka_unit_test_setup_teardown(a_printer_that_is_off_leaves_the_phone, set_up, tear_down),
        cmocka_unit_test_setup_teardown(what_was_not_printed_goes_to_the_phone_under_its_key, set_up, tear_down),
        cmocka_unit_test_setup_teardown(a_first_password_gets_no_copy_on_a_phone, set_up, tear_down),
        cmocka_unit_test_setup_teardown(answers_of_before_are_nothing_to_a_new_code, set_up, tear_down),
        cmocka_unit_test_setup_teardown(nothing_of_a_link_outlives_the_visit, set_up, tear_down),
        cmocka_unit_test_setup_teardown(the_code_fits_the_glass, set_up, tear_down),
    };

    return cmocka_run_group_tests(tests, open_texts, close_texts);
}
