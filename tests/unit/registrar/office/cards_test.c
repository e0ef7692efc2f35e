#define FIXTURE_PASSWORDS
#include "fixture.h"

#include "registrar/office/cards.h"
#include "registrar/office/finisher.h"
#include "registrar/office/keeping.h"
#include "registrar/office/limits.h"

#define CARD  "04A1B2C3D4E580"
#define OTHER "04FFEEDDCCBB80"
#define PIN   "7305"

static ApiCardPin with(const char *card, const char *pin)
{
    ApiCardPin given = { .kind = CARD_CHIP };

    str_copy_cut(str_from(card), given.card, sizeof given.card);
    str_copy_cut(str_from(pin), given.pin, sizeof given.pin);
    return given;
}

static SignInOutcome sign(OfficeFixture *fixture, const char *number, const char *password, Session *ret)
{
    ApiSignIn given = { 0 };
    SignInOutcome outcome;
    ApiSession session = { 0 };
    Error err = { 0 };
    int wait_s;
    bool found = false;

    str_copy_cut(str_from(number), given.number, sizeof given.number);
    str_copy_cut(str_from(password), given.password, sizeof given.password);
    assert_ok(sign_in(fixture->office, &fixture->kiosk, "10.0.0.1", &given, &outcome, &session, &wait_s, &err), err);
    if (ret) {
        assert_int_equal(outcome, SIGN_IN_DONE);
        assert_ok(session_find(fixture->office, &fixture->kiosk, session.token, &found, ret, &err), err);
        assert_true(found);
    }
    return outcome;
}

static ApiProblemKind set(OfficeFixture *fixture, const Session *session, const char *card, const char *pin)
{
    const ApiCardPin given = with(card, pin);
    ApiProblem problem;
    ApiCard now = { 0 };
    Error err = { 0 };

    assert_ok(card_set(fixture->office, session, &given, &problem, &now, &err), err);
    if (problem.kind == PROBLEM_NONE)
        assert_int_equal(now.state, API_CARD_ACTIVE);
    return problem.kind;
}

typedef struct CardAnswer {
    ApiProblemKind problem;
    SignInOutcome outcome;
    ApiSession session;
    int wait_s;
} CardAnswer;

static CardAnswer put_in(OfficeFixture *fixture, const Kiosk *kiosk, const char *card, const char *pin)
{
    const ApiCardPin given = with(card, pin);
    CardAnswer answer = { 0 };
    ApiProblem problem;
    Error err = { 0 };

    assert_ok(card_sign_in(fixture->office, kiosk, "10.0.0.1", &given, &problem, &answer.outcome, &answer.session,
                           &answer.wait_s, &err),
              err);
    answer.problem = problem.kind;
    return answer;
}

static bool is_open(OfficeFixture *fixture, const Kiosk *kiosk, const char *bearer, Session *ret)
{
    Session session;
    bool found;
    Error err = { 0 };

    assert_ok(session_find(fixture->office, kiosk, bearer, &found, ret ? ret : &session, &err), err);
    return found;
}

static ApiCard seen(OfficeFixture *fixture, const Session *session)
{
    ApiCard card;
    Error err = { 0 };

    assert_ok(card_look(fixture->office, session, &card, &err), err);
    return card;
}

static void a_card_with_its_pin_opens_a_session(void **state)
{
    OfficeFixture fixture;
    Session full, by_card;

    (void)state;
    fixture_open(&fixture);
    sign(&fixture, FIXTURE_DILNOZA, FIXTURE_PASSWORD, &full);
    assert_int_equal(seen(&fixture, &full).state, API_CARD_NONE);
    assert_true(seen(&fixture, &full).may_set);
    assert_int_equal(put_in(&fixture, &fixture.kiosk, CARD, PIN).outcome, SIGN_IN_REFUSED); /* nobody's yet */
    assert_int_equal(set(&fixture, &full, CARD, PIN), PROBLEM_NONE);

    fixture_pass(60);
    CardAnswer answer = put_in(&fixture, &fixture.other_kiosk, CARD, PIN);
    assert_int_equal(answer.problem, PROBLEM_NONE);
    assert_int_equal(answer.outcome, SIGN_IN_DONE);
    assert_string_equal(answer.session.number, FIXTURE_DILNOZA);
    assert_string_equal(answer.session.given_name, "Dilnoza");
    assert_false(answer.session.weak);
    assert_true(is_open(&fixture, &fixture.other_kiosk, answer.session.token, &by_card));
    assert_true(by_card.by_card && !by_card.weak);
    assert_false(is_open(&fixture, &fixture.kiosk, answer.session.token, NULL));
    assert_int_equal(seen(&fixture, &full).used_at_s, fixture_clock(NULL) / 1000);
    assert_int_equal(fixture_rows(&fixture, "SELECT count(*) FROM act WHERE act = 'card.pin-set'"), 1);
    assert_false(fixture_lies_open(&fixture, "SELECT pin FROM card WHERE institution = ?1", PIN));
    assert_false(fixture_lies_open(&fixture, "SELECT card_hash FROM card WHERE institution = ?1", "04A1B2"));
    assert_false(fixture_lies_open(&fixture, "SELECT body FROM act_detail WHERE institution = ?1", CARD));
    fixture_close(&fixture);
}

/* MODEL.md section 6: a PIN is set after a full sign-in alone. */
static void a_pin_wants_a_full_sign_in(void **state)
{
    OfficeFixture fixture;
    Session full, weak, by_card;

    (void)state;
    fixture_open(&fixture);
    sign(&fixture, FIXTURE_WEAK, "AA1234567", &weak);
    assert_true(weak.weak);
    assert_int_equal(set(&fixture, &weak, CARD, PIN), PROBLEM_NOT_ALLOWED);
    assert_false(seen(&fixture, &weak).may_set);
    sign(&fixture, FIXTURE_DILNOZA, FIXTURE_PASSWORD, &full);
    Session visitor = full;
    visitor.visitor = true;
    assert_int_equal(set(&fixture, &visitor, CARD, PIN), PROBLEM_NOT_ALLOWED);
    assert_int_equal(set(&fixture, &full, CARD, PIN), PROBLEM_NONE);
    CardAnswer answer = put_in(&fixture, &fixture.kiosk, CARD, PIN);
    assert_true(is_open(&fixture, &fixture.kiosk, answer.session.token, &by_card));
    assert_int_equal(set(&fixture, &by_card, OTHER, "8412"), PROBLEM_NOT_ALLOWED);
    assert_int_equal(put_in(&fixture, &fixture.kiosk, CARD, PIN).outcome, SIGN_IN_DONE);
    fixture_close(&fixture);
}

static void an_easy_pin_is_refused(void **state)
{
    static const char *const easy[] = { "0000", "1234", "9876", "0873", "1403", "2006", "140306", "0314" };
    OfficeFixture fixture;
    Session full;

    (void)state;
    fixture_open(&fixture);
    sign(&fixture, FIXTURE_DILNOZA, FIXTURE_PASSWORD, &full);
    for (size_t i = 0; i < COUNT(easy); i++)
        if (set(&fixture, &full, CARD, easy[i]) != PROBLEM_PIN_EASY)
            fail_msg("%s", easy[i]);
    assert_int_equal(fixture_rows(&fixture, "SELECT count(*) FROM card"), 0);
    fixture_close(&fixture);
}

/* Five wrong ones in succession block the card, at whatever kiosks; the password goes on as before. */
static void wrong_pins_block_the_card_and_no_password(void **state)
{
    OfficeFixture fixture;
    Session full;

    (void)state;
    fixture_open(&fixture);
    sign(&fixture, FIXTURE_DILNOZA, FIXTURE_PASSWORD, &full);
    assert_int_equal(set(&fixture, &full, CARD, PIN), PROBLEM_NONE);
    for (int i = 0; i < CARD_TRIES - 1; i++) {
        assert_int_equal(put_in(&fixture, &fixture.kiosk, CARD, "9999").outcome, SIGN_IN_REFUSED);
        fixture_pass(WAIT_MOST_S);
    }
    assert_int_equal(put_in(&fixture, &fixture.kiosk, CARD, PIN).outcome, SIGN_IN_DONE); /* tries begin anew */
    for (int i = 0; i < CARD_TRIES; i++) {
        const CardAnswer answer = put_in(&fixture, i % 2 ? &fixture.kiosk : &fixture.other_kiosk, CARD, "9999");

        assert_int_equal(answer.problem, PROBLEM_NONE);
        assert_int_equal(answer.outcome, SIGN_IN_REFUSED);
        fixture_pass(WAIT_MOST_S);
    }
    assert_int_equal(put_in(&fixture, &fixture.kiosk, CARD, PIN).problem, PROBLEM_CARD_BLOCKED);
    assert_int_equal(put_in(&fixture, &fixture.kiosk, CARD, "9999").problem, PROBLEM_CARD_BLOCKED);
    assert_int_equal(sign(&fixture, FIXTURE_DILNOZA, FIXTURE_PASSWORD, &full), SIGN_IN_DONE);
    assert_int_equal(seen(&fixture, &full).state, API_CARD_BLOCKED);
    assert_true(seen(&fixture, &full).by_wrong_pins);
    assert_int_equal(set(&fixture, &full, CARD, "4826"), PROBLEM_NONE);
    fixture_pass(WAIT_MOST_S);
    assert_int_equal(put_in(&fixture, &fixture.kiosk, CARD, "4826").outcome, SIGN_IN_DONE);
    fixture_close(&fixture);
}

/* Waits as of any sign-in, under the card's own name; who waits spends none of the card's tries. */
static void wrong_pins_wait(void **state)
{
    OfficeFixture fixture;
    Session full;

    (void)state;
    fixture_open(&fixture);
    sign(&fixture, FIXTURE_DILNOZA, FIXTURE_PASSWORD, &full);
    assert_int_equal(set(&fixture, &full, CARD, PIN), PROBLEM_NONE);
    for (int i = 0; i < TRIES_FREE + 1; i++)
        assert_int_equal(put_in(&fixture, &fixture.kiosk, CARD, "9999").outcome, SIGN_IN_REFUSED);
    for (int i = 0; i < 3; i++) {
        const CardAnswer answer = put_in(&fixture, &fixture.kiosk, CARD, PIN);

        assert_int_equal(answer.outcome, SIGN_IN_LIMITED);
        assert_int_equal(answer.wait_s, WAIT_FIRST_S);
    }
    assert_int_equal(fixture_rows(&fixture, "SELECT tries FROM card"), TRIES_FREE + 1);
    assert_int_equal(sign(&fixture, FIXTURE_DILNOZA, FIXTURE_PASSWORD, NULL), SIGN_IN_DONE);
    fixture_pass(WAIT_FIRST_S);
    assert_int_equal(put_in(&fixture, &fixture.kiosk, CARD, PIN).outcome, SIGN_IN_DONE);
    assert_int_equal(fixture_rows(&fixture, "SELECT tries FROM card"), 0);
    fixture_close(&fixture);
}

static void a_card_belongs_to_one_student_and_a_student_has_one(void **state)
{
    OfficeFixture fixture;
    Session dilnoza, other;

    (void)state;
    fixture_open(&fixture);
    sign(&fixture, FIXTURE_DILNOZA, FIXTURE_PASSWORD, &dilnoza);
    sign(&fixture, FIXTURE_LEFT, FIXTURE_PASSWORD, &other);
    assert_int_equal(set(&fixture, &dilnoza, CARD, PIN), PROBLEM_NONE);
    assert_int_equal(set(&fixture, &other, CARD, "4826"), PROBLEM_CARD_TAKEN);
    assert_int_equal(put_in(&fixture, &fixture.kiosk, CARD, PIN).outcome, SIGN_IN_DONE);
    assert_int_equal(set(&fixture, &dilnoza, OTHER, "4826"), PROBLEM_NONE);
    assert_int_equal(put_in(&fixture, &fixture.kiosk, CARD, PIN).problem, PROBLEM_CARD_BLOCKED);
    assert_int_equal(put_in(&fixture, &fixture.kiosk, OTHER, "4826").outcome, SIGN_IN_DONE);
    assert_int_equal(fixture_rows(&fixture, "SELECT count(*) FROM card WHERE reason = 'replaced' AND pin = ''"), 1);
    fixture_close(&fixture);
}

static void a_lost_card_is_blocked_at_once(void **state)
{
    static const char *const wheres[] = { "kiosk", "phone", "staff" };
    OfficeFixture fixture;
    Session full;

    (void)state;
    fixture_open(&fixture);
    for (size_t i = 0; i < COUNT(wheres); i++) {
        Error err = { 0 };
        ApiCard card = { 0 };
        bool blocked = false;

        sign(&fixture, FIXTURE_DILNOZA, FIXTURE_PASSWORD, &full);
        assert_int_equal(set(&fixture, &full, CARD, PIN), PROBLEM_NONE);
        CardAnswer thief = put_in(&fixture, &fixture.other_kiosk, CARD, PIN);
        assert_int_equal(thief.outcome, SIGN_IN_DONE);
        if (i == 0) {
            assert_ok(card_block(fixture.office, &full, &card, &err), err);
            assert_int_equal(card.state, API_CARD_BLOCKED);
            assert_false(card.by_wrong_pins);
        } else {
            assert_ok(cards_block_for(fixture.office, full.student, "staff:x", wheres[i], &blocked, &err), err);
            assert_true(blocked);
            assert_ok(cards_block_for(fixture.office, full.student, "staff:x", wheres[i], &blocked, &err), err);
            assert_false(blocked);
        }
        assert_false(is_open(&fixture, &fixture.other_kiosk, thief.session.token, NULL));
        assert_int_equal(put_in(&fixture, &fixture.other_kiosk, CARD, PIN).problem, PROBLEM_CARD_BLOCKED);
        assert_int_equal(seen(&fixture, &full).state, API_CARD_BLOCKED);
        assert_int_equal(fixture_rows(&fixture, "SELECT count(*) FROM act WHERE act = 'card.blocked'"), (int)i + 1);
    }
    fixture_close(&fixture);
}

/* "HTTPS://HOST/C/TOKEN" */
static Token token_of(const ApiCard *card)
{
    const char *at = strstr(card->block_address, "/C/");
    Token token = { 0 };

    assert_non_null(at);
    assert_true(token_parse(str_from(at + 3), &token));
    return token;
}

static bool door(OfficeFixture *fixture, const Token *token, bool *ret_blocked)
{
    bool found = false;
    Error err = { 0 };

    assert_ok(card_door_look(fixture->office, token, &found, ret_blocked, &err), err);
    return found;
}

static void the_address_that_was_kept_blocks_its_card_and_no_later_one(void **state)
{
    OfficeFixture fixture;
    Session full;
    bool blocked, found;
    Error err = { 0 };
    Token other = { 0 };

    (void)state;
    fixture_open(&fixture);
    sign(&fixture, FIXTURE_DILNOZA, FIXTURE_PASSWORD, &full);
    assert_int_equal(set(&fixture, &full, CARD, PIN), PROBLEM_NONE);
    const ApiCard card = seen(&fixture, &full);
    const Token first = token_of(&card);
    assert_false(fixture_lies_open(&fixture, "SELECT door_hash FROM card WHERE institution = ?1", first.text));
    assert_true(door(&fixture, &first, &blocked) && !blocked);
    assert_true(token_parse(STR("0000000000000000000000000000"), &other));
    assert_false(door(&fixture, &other, &blocked));
    assert_false(door(&fixture, NULL, &blocked));
    CardAnswer thief = put_in(&fixture, &fixture.other_kiosk, CARD, PIN);
    assert_int_equal(thief.outcome, SIGN_IN_DONE);
    assert_ok(card_door_block(fixture.office, &first, &found, &err), err);
    assert_true(found && door(&fixture, &first, &blocked) && blocked);
    assert_false(is_open(&fixture, &fixture.other_kiosk, thief.session.token, NULL));
    assert_ok(card_door_block(fixture.office, &first, &found, &err), err); /* again: nothing new */
    assert_true(found);
    assert_int_equal(fixture_rows(&fixture, "SELECT count(*) FROM act WHERE act = 'card.blocked'"), 1);
    assert_string_equal(seen(&fixture, &full).block_address, "");

    fixture_pass(1);
    assert_int_equal(set(&fixture, &full, CARD, PIN), PROBLEM_NONE);
    assert_false(door(&fixture, &first, &blocked)); /* of the PIN before */
    assert_ok(card_door_block(fixture.office, &first, &found, &err), err);
    assert_false(found);
    const ApiCard now = seen(&fixture, &full);
    other = token_of(&now);
    assert_true(door(&fixture, &other, &blocked) && !blocked);
    fixture_close(&fixture);
}

/* Whoever has card and PIN could keep its address, and block the card that its student has found again. */
static void a_session_that_a_card_began_is_told_no_address(void **state)
{
    OfficeFixture fixture;
    Session full, by_card;

    (void)state;
    fixture_open(&fixture);
    sign(&fixture, FIXTURE_DILNOZA, FIXTURE_PASSWORD, &full);
    assert_int_equal(set(&fixture, &full, CARD, PIN), PROBLEM_NONE);
    CardAnswer answer = put_in(&fixture, &fixture.kiosk, CARD, PIN);
    assert_true(is_open(&fixture, &fixture.kiosk, answer.session.token, &by_card));
    assert_string_equal(seen(&fixture, &by_card).block_address, "");
    fixture_close(&fixture);
}

static void a_blocked_card_is_forgotten_after_its_time(void **state)
{
    OfficeFixture fixture;
    Session full;
    PurgeRun run;
    PurgeTaken taken;
    ApiCard card;
    Error err = { 0 };

    (void)state;
    fixture_open(&fixture);
    sign(&fixture, FIXTURE_DILNOZA, FIXTURE_PASSWORD, &full);
    assert_int_equal(set(&fixture, &full, CARD, PIN), PROBLEM_NONE);
    assert_ok(card_block(fixture.office, &full, &card, &err), err);
    for (int turn = 0; turn < 2; turn++) {
        fixture_pass(turn == 0 ? 365 * 86400 : 2 * 86400);
        assert_ok(purge_begin(fixture.store, "test", 0, fixture_clock(NULL) / 1000, &run, &err), err);
        while (run.n != 0)
            assert_ok(purge_bite(fixture.store, &run, fixture_clock(NULL), &taken, &err), err);
        assert_int_equal(fixture_rows(&fixture, "SELECT count(*) FROM card"), turn == 0);
    }
    fixture_close(&fixture);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_card_with_its_pin_opens_a_session),
        cmocka_unit_test(a_pin_wants_a_full_sign_in),
        cmocka_unit_test(an_easy_pin_is_refused),
        cmocka_unit_test(wrong_pins_block_the_card_and_no_password),
        cmocka_unit_test(wrong_pins_wait),
        cmocka_unit_test(a_card_belongs_to_one_student_and_a_student_has_one),
        cmocka_unit_test(a_lost_card_is_blocked_at_once),
        cmocka_unit_test(the_address_that_was_kept_blocks_its_card_and_no_later_one),
        cmocka_unit_test(a_session_that_a_card_began_is_told_no_address),
        cmocka_unit_test(a_blocked_card_is_forgotten_after_its_time),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
