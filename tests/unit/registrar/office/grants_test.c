#define FIXTURE_PASSWORDS
#include "fixture.h"
#include "hemis_world.h"

#include "base/memory.h"
#include "registrar/office/finisher.h"
#include "registrar/office/grants.h"
#include "registrar/office/limits.h"

/* --- rules -------------------------------------------------------------------------------------------------------- */

static void time_counts_at_once(void **state UNUSED)
{
    static const struct {
        GrantState row;
        int64_t now_s; /* it ends at 100 */
        GrantState now;
    } cases[] = {
        { GRANT_IS_OFFERED, 99, GRANT_IS_OFFERED }, { GRANT_IS_OFFERED, 100, GRANT_IS_EXPIRED },
        { GRANT_IS_OPENED, 99, GRANT_IS_OPENED },   { GRANT_IS_OPENED, 100, GRANT_IS_EXPIRED },
        { GRANT_IS_DIGITS, 99, GRANT_IS_DIGITS },   { GRANT_IS_DIGITS, 100, GRANT_IS_EXPIRED },
        { GRANT_IS_MATCHED, 99, GRANT_IS_MATCHED }, { GRANT_IS_MATCHED, 100, GRANT_IS_EXPIRED },
        { GRANT_IS_USED, 100, GRANT_IS_USED },      { GRANT_IS_DENIED, 100, GRANT_IS_DENIED },
        { GRANT_IS_EXPIRED, 99, GRANT_IS_EXPIRED },
    };

    for (size_t i = 0; i < COUNT(cases); i++) {
        const GrantRow grant = { .state = cases[i].row, .ends_at_s = 100 };
        const GrantState now = grant_now(&grant, cases[i].now_s);

        if (now != cases[i].now)
            fail_msg("case %zu: %s", i, state_name(&grant_states, (int)now));
    }
}

static void a_door_is_one_phones(void **state UNUSED)
{
    static const uint8_t ours[GRANT_HASH_SIZE] = { 1 }, others[GRANT_HASH_SIZE] = { 2 }, nobodys[GRANT_HASH_SIZE];
    static const struct {
        const char *name;
        GrantState now;
        const uint8_t *phone;
        int64_t student;
        GrantDoor door;
    } cases[] = {
        { "nobody yet", GRANT_IS_OFFERED, NULL, 0, GRANT_DOOR_CLOSED },
        { "opened here", GRANT_IS_OPENED, ours, 0, GRANT_DOOR_PASSWORD },
        { "opened elsewhere", GRANT_IS_OPENED, others, 0, GRANT_DOOR_OTHER },
        { "opened, no cookie", GRANT_IS_OPENED, NULL, 0, GRANT_DOOR_OTHER },
        { "opened, a cookie of zeros", GRANT_IS_OPENED, nobodys, 0, GRANT_DOOR_OTHER },
        { "known here", GRANT_IS_OPENED, ours, 7, GRANT_DOOR_CONSENT },
        { "known elsewhere", GRANT_IS_OPENED, others, 7, GRANT_DOOR_OTHER },
        { "digits here", GRANT_IS_DIGITS, ours, 7, GRANT_DOOR_DIGITS },
        { "digits elsewhere", GRANT_IS_DIGITS, others, 7, GRANT_DOOR_OTHER },
        { "typed", GRANT_IS_MATCHED, ours, 7, GRANT_DOOR_DONE },
        { "typed, elsewhere", GRANT_IS_MATCHED, others, 7, GRANT_DOOR_GONE },
        { "used", GRANT_IS_USED, ours, 0, GRANT_DOOR_DONE },
        { "used, elsewhere", GRANT_IS_USED, NULL, 0, GRANT_DOOR_GONE },
        { "denied", GRANT_IS_DENIED, ours, 0, GRANT_DOOR_DENIED },
        { "denied, elsewhere", GRANT_IS_DENIED, NULL, 0, GRANT_DOOR_GONE },
        { "over", GRANT_IS_EXPIRED, ours, 0, GRANT_DOOR_EXPIRED },
        { "over, elsewhere", GRANT_IS_EXPIRED, others, 0, GRANT_DOOR_GONE },
    };

    for (size_t i = 0; i < COUNT(cases); i++) {
        GrantRow grant = { .student = cases[i].student };

        memcpy(grant.phone_hash, ours, sizeof ours);
        const GrantDoor door = grant_door(&grant, cases[i].now, cases[i].phone);
        if (door != cases[i].door)
            fail_msg("%s: %d", cases[i].name, (int)door);
    }
    assert_int_equal(grant_door(&(GrantRow){ 0 }, GRANT_IS_DIGITS, nobodys), GRANT_DOOR_OTHER);
}

/* --- an office ---------------------------------------------------------------------------------------------------- */

typedef struct Hall {
    OfficeFixture fixture;
    HemisWorld world;
    Hemis *hemis;
    ApiGrantOffer offer;
    char code[GRANT_CODE_LENGTH + 1];
    char phone[GRANT_PHONE_SIZE];
    GrantView view;
    ApiGrantToken token;
    GrantRefusal refusal;
} Hall;

static Hall hall;

static int set_up(void **state UNUSED)
{
    hall = (Hall){ 0 };
    fixture_open(&hall.fixture);
    return 0;
}

static int tear_down(void **state UNUSED)
{
    fixture_close(&hall.fixture);
    if (hall.hemis)
        hemis_world_close(&hall.world, hall.hemis);
    return 0;
}

static void with_hemis(void)
{
    hall.hemis = hemis_world_open(&hall.world, 100);
    office_close(hall.fixture.office);
    hall.fixture.config.hemis = hall.hemis;
    fixture_office_open(&hall.fixture);
}

static ApiProblemKind offer_at(const Kiosk *kiosk)
{
    ApiProblem problem;
    Error err = { 0 };

    assert_ok(grant_offer(hall.fixture.office, kiosk, &problem, &hall.offer, &err), err);
    if (problem.kind == PROBLEM_NONE)
        assert_true(grant_code_parse(str_from(hall.offer.user_code), hall.code));
    return problem.kind;
}

static void offer(void)
{
    assert_int_equal(offer_at(&hall.fixture.kiosk), PROBLEM_NONE);
}

static GrantCaller caller(const char *phone)
{
    return (GrantCaller){ .code = hall.code, .phone = phone, .source = "10.0.0.9" };
}

static GrantDoor door(const char *phone)
{
    const GrantCaller who = caller(phone);
    Error err = { 0 };

    assert_ok(grant_door_look(hall.fixture.office, &who, &hall.view, &err), err);
    return hall.view.door;
}

static GrantDoor open_door(void)
{
    const GrantCaller who = caller(NULL);
    char phone[GRANT_PHONE_SIZE];
    Error err = { 0 };

    assert_ok(grant_door_open(hall.fixture.office, &who, &hall.view, phone, &err), err);
    if (phone[0])
        memcpy(hall.phone, phone, sizeof hall.phone);
    return hall.view.door;
}

static bool sign_in_as(const char *number, const char *password, SignInOutcome *ret)
{
    const GrantCaller who = caller(hall.phone);
    ApiSignIn given = { 0 };
    Error err = { 0 };
    bool tried;
    int wait_s;

    str_copy_cut(str_from(number), given.number, sizeof given.number);
    str_copy_cut(str_from(password), given.password, sizeof given.password);
    assert_ok(grant_door_sign_in(hall.fixture.office, &who, &given, &tried, ret, &wait_s, &hall.view, &err), err);
    return tried;
}

static GrantDoor give(const char *number, const char *password)
{
    SignInOutcome outcome;

    assert_true(sign_in_as(number, password, &outcome));
    return hall.view.door;
}

static GrantDoor agree(const char *phone)
{
    const GrantCaller who = caller(phone);
    Error err = { 0 };

    assert_ok(grant_door_consent(hall.fixture.office, &who, &hall.view, &err), err);
    return hall.view.door;
}

static GrantDoor give_up(const char *phone)
{
    const GrantCaller who = caller(phone);
    Error err = { 0 };

    assert_ok(grant_door_cancel(hall.fixture.office, &who, &hall.view, &err), err);
    return hall.view.door;
}

static bool type_at(const Kiosk *kiosk, const char *digits, ApiGrantState *ret)
{
    ApiGrant grant = { 0 };
    Error err = { 0 };
    bool found;

    assert_ok(grant_digits(hall.fixture.office, kiosk, hall.offer.grant, digits, &found, &grant, &err), err);
    *ret = grant.state;
    return found;
}

static ApiGrantState type(const char *digits)
{
    ApiGrantState state;

    assert_true(type_at(&hall.fixture.kiosk, digits, &state));
    return state;
}

static ApiGrant look(void)
{
    ApiGrant grant;
    Error err = { 0 };
    bool found;

    assert_ok(grant_look(hall.fixture.office, &hall.fixture.kiosk, hall.offer.grant, &found, &grant, &err), err);
    assert_true(found);
    return grant;
}

static bool ask_at(const Kiosk *kiosk, const char *device_code)
{
    Error err = { 0 };
    bool given;

    assert_ok(grant_token(hall.fixture.office, kiosk, device_code, &given, &hall.refusal, &hall.token, &err), err);
    return given;
}

static bool ask(void)
{
    return ask_at(&hall.fixture.kiosk, hall.offer.device_code);
}

static void round_of_the_office(void)
{
    Error err = { 0 };

    assert_ok(finisher_round(hall.fixture.office, &err), err);
}

static int64_t rows(const char *sql)
{
    return fixture_rows(&hall.fixture, sql);
}

/* The digits of the phone, as wrong ones. */
static const char *other_digits(void)
{
    static char wrong[3];

    memcpy(wrong, hall.view.digits, sizeof wrong);
    wrong[1] = wrong[1] == '9' ? '0' : (char)(wrong[1] + 1);
    return wrong;
}

static void come_to_digits(void)
{
    offer();
    assert_int_equal(open_door(), GRANT_DOOR_PASSWORD);
    assert_int_equal(give(FIXTURE_DILNOZA, FIXTURE_PASSWORD), GRANT_DOOR_CONSENT);
    assert_int_equal(agree(hall.phone), GRANT_DOOR_DIGITS);
}

static void a_phone_signs_in_at_a_kiosk(void **state UNUSED)
{
    Session session;
    Error err = { 0 };
    bool found;

    offer();
    assert_string_equal(hall.offer.verification_uri, "https://hujjat.namuna.uz/g");
    assert_memory_equal(hall.offer.verification_uri_complete, "HTTPS://HUJJAT.NAMUNA.UZ/G/", 27);
    assert_string_equal(hall.offer.verification_uri_complete + 27, hall.code);
    assert_int_equal(hall.offer.expires_in, 120);
    assert_int_equal(hall.offer.interval, 5);
    assert_int_equal(strlen(hall.offer.device_code), 43);
    assert_int_equal(look().seconds_left, 120);
    assert_false(ask());
    assert_int_equal(hall.refusal, GRANT_AUTHORIZATION_PENDING);

    assert_int_equal(door(NULL), GRANT_DOOR_CLOSED);
    assert_string_equal(hall.view.kiosk, "A-1");
    assert_string_equal(hall.view.place, "1-bino, 1-qavat");
    assert_int_equal(look().state, GRANT_OFFERED); /* a preview burns nothing */
    assert_int_equal(open_door(), GRANT_DOOR_PASSWORD);
    assert_int_equal(look().state, GRANT_OPENED);
    assert_int_equal(give(FIXTURE_DILNOZA, FIXTURE_PASSWORD), GRANT_DOOR_CONSENT);
    assert_string_equal(paper_title(&hall.view.name, LANGUAGE_UZ), "Karimova Dilnoza Baxtiyor qizi");
    assert_int_equal(look().state, GRANT_OPENED); /* not before they consented */
    assert_int_equal(agree(hall.phone), GRANT_DOOR_DIGITS);
    assert_int_equal(look().state, GRANT_DIGITS);
    assert_int_equal(look().seconds_left, 60);
    assert_int_equal(strspn(hall.view.digits, "0123456789"), 2);
    char digits[3];
    memcpy(digits, hall.view.digits, sizeof digits);
    assert_int_equal(door(hall.phone), GRANT_DOOR_DIGITS); /* the same again */
    assert_string_equal(hall.view.digits, digits);

    assert_int_equal(type(digits), GRANT_MATCHED);
    assert_int_equal(look().seconds_left, 30);
    assert_int_equal(rows("SELECT count(*) FROM session"), 0);
    assert_true(ask());
    assert_string_equal(hall.token.session.number, FIXTURE_DILNOZA);
    assert_string_equal(hall.token.session.given_name, "Dilnoza");
    assert_false(hall.token.session.weak);
    assert_ok(session_find(hall.fixture.office, &hall.fixture.kiosk, hall.token.session.token, &found, &session, &err),
              err);
    assert_true(found);
    assert_string_equal(session.number, FIXTURE_DILNOZA);
    assert_int_equal(rows("SELECT count(*) FROM session WHERE way = 'phone'"), 1);
    assert_int_equal(look().state, GRANT_USED);
    assert_int_equal(door(hall.phone), GRANT_DOOR_DONE);

    assert_false(ask()); /* once */
    assert_int_equal(hall.refusal, GRANT_INVALID_GRANT);
    assert_int_equal(rows("SELECT count(*) FROM session"), 1);
    assert_int_equal(rows("SELECT count(*) FROM sign_in_grant WHERE student IS NOT NULL OR digits IS NOT NULL"), 0);
    assert_int_equal(rows("SELECT count(*) FROM act WHERE act IN ('sign-in-grant.offered', 'sign-in-grant.opened',"
                          " 'sign-in-grant.digits', 'sign-in-grant.matched', 'sign-in-grant.used')"),
                     5);
    assert_int_equal(rows("SELECT count(*) FROM event"), 2); /* opened, digits: the rest was done at the kiosk */
    assert_int_equal(rows("SELECT count(*) FROM limit_count WHERE what LIKE 'sign-in%' AND n > 0"), 0);
}

static void secrets_lie_nowhere_open(void **state UNUSED)
{
    static const char *const looks[] = {
        "SELECT device_hash FROM sign_in_grant WHERE institution = ?1",
        "SELECT user_hash FROM sign_in_grant WHERE institution = ?1",
        "SELECT phone_hash FROM sign_in_grant WHERE institution = ?1",
        "SELECT box_key FROM sign_in_grant WHERE institution = ?1",
        "SELECT sealed_token FROM sign_in_grant WHERE institution = ?1",
        "SELECT coalesce(body, '') FROM act_detail WHERE institution = ?1",
        "SELECT object FROM act WHERE institution = ?1",
        "SELECT body FROM event WHERE institution = ?1",
    };
    char number[HEMIS_NUMBER_SIZE], password[64];
    OWNED_HEMIS_TOKEN token = { 0 };
    Error err = { 0 };
    bool found;

    with_hemis();
    hemis_world_number(7, number);
    hemis_world_password(&hall.world, 7, password);
    offer();
    (void)open_door();
    assert_int_equal(give(number, password), GRANT_DOOR_CONSENT);
    assert_int_equal(agree(hall.phone), GRANT_DOOR_DIGITS);
    for (size_t i = 0; i < COUNT(looks); i++) {
        assert_false(fixture_lies_open(&hall.fixture, looks[i], hall.offer.device_code));
        assert_false(fixture_lies_open(&hall.fixture, looks[i], hall.code));
        assert_false(fixture_lies_open(&hall.fixture, looks[i], hall.offer.user_code));
        assert_false(fixture_lies_open(&hall.fixture, looks[i], hall.phone));
        assert_false(fixture_lies_open(&hall.fixture, looks[i], "token-of-"));
        assert_false(fixture_lies_open(&hall.fixture, looks[i], password));
    }
    assert_int_equal(type(hall.view.digits), GRANT_MATCHED);
    assert_true(ask());
    assert_ok(session_hemis_token(hall.fixture.office, hall.token.session.token, &found, &token, &err), err);
    assert_true(found);
    assert_string_equal(token.text, "token-of-500000000007");
    assert_int_equal(rows("SELECT count(*) FROM sign_in_grant WHERE sealed_token IS NOT NULL"), 0);
    assert_int_equal(rows("SELECT count(*) FROM hemis_try"), 0); /* given back */
}

static void a_relayed_link_signs_nobody_in(void **state UNUSED)
{
    ApiGrantState told;

    /* A stranger stands at the kiosk, and its student is sent the link: they have the digits, the stranger has not. */
    come_to_digits();
    assert_int_equal(door(NULL), GRANT_DOOR_OTHER);
    assert_string_equal(hall.view.digits, "");
    assert_false(ask());
    assert_int_equal(hall.refusal, GRANT_AUTHORIZATION_PENDING);
    (void)door(hall.phone);
    assert_int_equal(type(other_digits()), GRANT_DENIED); /* one try */
    assert_int_equal(type(hall.view.digits), GRANT_DENIED);
    assert_false(ask());
    assert_int_equal(hall.refusal, GRANT_ACCESS_DENIED);
    assert_int_equal(rows("SELECT count(*) FROM session"), 0);
    assert_int_equal(door(hall.phone), GRANT_DOOR_DENIED);
    /* Neither another kiosk nor digits before there are any. */
    offer();
    assert_int_equal(type("00"), GRANT_OFFERED);
    (void)open_door();
    assert_int_equal(type("00"), GRANT_OPENED);
    assert_int_equal(give(FIXTURE_DILNOZA, FIXTURE_PASSWORD), GRANT_DOOR_CONSENT);
    assert_int_equal(type("00"), GRANT_OPENED);
    assert_int_equal(agree(hall.phone), GRANT_DOOR_DIGITS);
    assert_false(type_at(&hall.fixture.other_kiosk, hall.view.digits, &told));
    assert_int_equal(look().state, GRANT_DIGITS);
    assert_int_equal(agree(NULL), GRANT_DOOR_OTHER);
    assert_int_equal(give_up(NULL), GRANT_DOOR_OTHER);
    assert_int_equal(look().state, GRANT_DIGITS);
}

static void a_token_is_its_kiosks_alone(void **state UNUSED)
{
    come_to_digits();
    assert_int_equal(type(hall.view.digits), GRANT_MATCHED);
    assert_false(ask_at(&hall.fixture.other_kiosk, hall.offer.device_code));
    assert_int_equal(hall.refusal, GRANT_INVALID_GRANT);
    assert_false(ask_at(&hall.fixture.kiosk, "AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA"));
    assert_int_equal(hall.refusal, GRANT_INVALID_GRANT);
    assert_false(ask_at(&hall.fixture.kiosk, ""));
    assert_int_equal(hall.refusal, GRANT_INVALID_GRANT);
    assert_true(ask());
}

static void who_asks_too_soon_is_slowed_down(void **state UNUSED)
{
    static const struct {
        int64_t after_s;
        GrantRefusal refusal;
    } askings[] = {
        { 0, GRANT_AUTHORIZATION_PENDING },
        { 5, GRANT_AUTHORIZATION_PENDING },
        { 4, GRANT_SLOW_DOWN },
        { 9, GRANT_SLOW_DOWN }, /* it is ten from then on, and fifteen now */
        { 15, GRANT_AUTHORIZATION_PENDING },
        { 14, GRANT_SLOW_DOWN },
        { 20, GRANT_AUTHORIZATION_PENDING },
    };

    offer();
    for (size_t i = 0; i < COUNT(askings); i++) {
        fixture_pass(askings[i].after_s);
        assert_false(ask());
        if (hall.refusal != askings[i].refusal)
            fail_msg("asking %zu: %d", i, (int)hall.refusal);
    }
    /* When it is matched it is given at once, whatever the pace. */
    (void)open_door();
    assert_int_equal(give(FIXTURE_DILNOZA, FIXTURE_PASSWORD), GRANT_DOOR_CONSENT);
    assert_int_equal(agree(hall.phone), GRANT_DOOR_DIGITS);
    assert_int_equal(type(hall.view.digits), GRANT_MATCHED);
    assert_true(ask());
}

static void each_state_ends_in_its_time(void **state UNUSED)
{
    offer();
    fixture_pass(119);
    assert_int_equal(open_door(), GRANT_DOOR_PASSWORD);
    fixture_pass(1);
    assert_int_equal(door(hall.phone), GRANT_DOOR_EXPIRED);
    assert_int_equal(look().state, GRANT_EXPIRED);
    assert_false(ask());
    assert_int_equal(hall.refusal, GRANT_EXPIRED_TOKEN);

    come_to_digits(); /* the one before is denied in its row, and was over long ago */
    fixture_pass(59);
    assert_int_equal(look().seconds_left, 1);
    fixture_pass(1);
    assert_int_equal(type(hall.view.digits), GRANT_EXPIRED);

    offer(); /* of its two minutes what is left, when that is less than one */
    (void)open_door();
    fixture_pass(100);
    assert_int_equal(give(FIXTURE_DILNOZA, FIXTURE_PASSWORD), GRANT_DOOR_CONSENT);
    assert_int_equal(agree(hall.phone), GRANT_DOOR_DIGITS);
    assert_int_equal(look().seconds_left, 20);

    come_to_digits();
    assert_int_equal(type(hall.view.digits), GRANT_MATCHED);
    fixture_pass(30);
    assert_false(ask());
    assert_int_equal(hall.refusal, GRANT_EXPIRED_TOKEN);
    round_of_the_office();
    assert_int_equal(rows("SELECT count(*) FROM sign_in_grant WHERE state = 'expired'"), 1);
    assert_int_equal(rows("SELECT count(*) FROM sign_in_grant WHERE student IS NOT NULL"), 0);
    assert_int_equal(rows("SELECT count(*) FROM session"), 0);
}

static void a_kiosk_has_one(void **state UNUSED)
{
    char device_code[GRANT_DEVICE_SIZE];
    Error err = { 0 };
    bool found;

    offer();
    memcpy(device_code, hall.offer.device_code, sizeof device_code);
    (void)open_door();
    char earlier[GRANT_CODE_LENGTH + 1], earlier_phone[GRANT_PHONE_SIZE];
    memcpy(earlier, hall.code, sizeof earlier);
    memcpy(earlier_phone, hall.phone, sizeof earlier_phone);
    offer();
    assert_false(ask_at(&hall.fixture.kiosk, device_code));
    assert_int_equal(hall.refusal, GRANT_ACCESS_DENIED);
    assert_int_equal(open_door(), GRANT_DOOR_PASSWORD);
    memcpy(hall.code, earlier, sizeof earlier);
    assert_int_equal(door(earlier_phone), GRANT_DOOR_DENIED);
    /* Another kiosk has its own. */
    char ours[API_ID_SIZE];
    memcpy(ours, hall.offer.grant, sizeof ours);
    assert_int_equal(offer_at(&hall.fixture.other_kiosk), PROBLEM_NONE);
    assert_int_equal(rows("SELECT count(*) FROM sign_in_grant WHERE state IN ('offered', 'opened')"), 2);
    /* Taken back; also what is over, and nobody else's. */
    assert_ok(grant_withdraw(hall.fixture.office, &hall.fixture.other_kiosk, ours, &found, &err), err);
    assert_false(found);
    assert_ok(grant_withdraw(hall.fixture.office, &hall.fixture.kiosk, ours, &found, &err), err);
    assert_true(found);
    assert_ok(grant_withdraw(hall.fixture.office, &hall.fixture.kiosk, ours, &found, &err), err);
    assert_true(found);
    assert_int_equal(rows("SELECT count(*) FROM sign_in_grant WHERE state IN ('offered', 'opened')"), 1);
    ApiProblemKind kind = PROBLEM_NONE;
    for (int i = 0; i < 20 && kind == PROBLEM_NONE; i++)
        kind = offer_at(&hall.fixture.kiosk);
    assert_int_equal(kind, PROBLEM_LIMIT);
}

static void five_passwords_are_five(void **state UNUSED)
{
    SignInOutcome outcome;

    offer();
    (void)open_door();
    /* Of five accounts, so that none of them waits. */
    for (int i = 0; i < GRANT_PASSWORDS; i++) {
        char number[16];

        (void)snprintf(number, sizeof number, "40124110090%d", i);
        assert_int_equal(look().state, GRANT_OPENED);
        assert_int_equal(hall.view.tries_left, GRANT_PASSWORDS - i);
        assert_true(sign_in_as(number, "wrong", &outcome));
        assert_int_equal(outcome, SIGN_IN_REFUSED);
    }
    assert_int_equal(hall.view.door, GRANT_DOOR_DENIED);
    assert_int_equal(look().state, GRANT_DENIED);
    assert_false(sign_in_as(FIXTURE_DILNOZA, FIXTURE_PASSWORD, &outcome));
    assert_int_equal(rows("SELECT count(*) FROM sign_in_grant WHERE student IS NOT NULL"), 0);
}

/* The glass's own waits: three wrong ones of an account at this kiosk, whichever way they came. */
static void waits_are_those_of_the_glass(void **state UNUSED)
{
    SignInOutcome outcome;
    ApiSignIn given = { .number = FIXTURE_DILNOZA, .password = "wrong" };
    ApiSession session;
    Error err = { 0 };
    int wait_s;

    for (int i = 0; i <= TRIES_FREE; i++)
        assert_ok(
            sign_in(hall.fixture.office, &hall.fixture.kiosk, "10.0.0.1", &given, &outcome, &session, &wait_s, &err),
            err);
    offer();
    (void)open_door();
    assert_true(sign_in_as(FIXTURE_DILNOZA, FIXTURE_PASSWORD, &outcome));
    assert_int_equal(outcome, SIGN_IN_LIMITED);
    assert_int_equal(hall.view.door, GRANT_DOOR_PASSWORD);
    assert_int_equal(hall.view.tries_left, GRANT_PASSWORDS); /* nobody looked at it */
    fixture_pass(WAIT_FIRST_S);
    assert_true(sign_in_as(FIXTURE_DILNOZA, FIXTURE_PASSWORD, &outcome));
    assert_int_equal(outcome, SIGN_IN_DONE);
    assert_int_equal(hall.view.door, GRANT_DOOR_CONSENT);
}

static void a_weak_password_gives_a_weak_session(void **state UNUSED)
{
    offer();
    (void)open_door();
    assert_int_equal(give(FIXTURE_WEAK, "AA1234567"), GRANT_DOOR_CONSENT);
    assert_int_equal(agree(hall.phone), GRANT_DOOR_DIGITS);
    assert_int_equal(type(hall.view.digits), GRANT_MATCHED);
    assert_true(ask());
    assert_true(hall.token.session.weak);
}

static void while_hemis_is_away_the_verifier_serves(void **state UNUSED)
{
    char number[HEMIS_NUMBER_SIZE], password[64];
    SignInOutcome outcome;

    with_hemis();
    hemis_world_number(7, number);
    hemis_world_password(&hall.world, 7, password);
    hall.world.fault = ERR_OFFLINE;
    hall.world.fault_cause = 7;
    offer();
    (void)open_door();
    assert_true(sign_in_as(number, password, &outcome));
    assert_int_equal(outcome, SIGN_IN_AWAY);
    assert_int_equal(hall.view.tries_left, GRANT_PASSWORDS);
    hall.world.fault = ERR_NONE;
    fixture_pass(60); /* HEMIS is asked again */
    offer();
    (void)open_door();
    assert_int_equal(give(number, password), GRANT_DOOR_CONSENT);
    hall.world.fault = ERR_OFFLINE;
    offer();
    (void)open_door();
    assert_int_equal(give(number, password), GRANT_DOOR_CONSENT);
    assert_int_equal(agree(hall.phone), GRANT_DOOR_DIGITS);
    assert_int_equal(type(hall.view.digits), GRANT_MATCHED);
    assert_true(ask());
    assert_true(hall.token.session.from_verifier);
    assert_string_equal(hall.token.session.number, number);
}

static void it_is_denied_at_the_phone(void **state UNUSED)
{
    offer();
    assert_int_equal(give_up(NULL), GRANT_DOOR_DENIED); /* whoever was sent a link says no */
    assert_int_equal(look().state, GRANT_DENIED);
    assert_int_equal(rows("SELECT count(*) FROM event"), 1);
    assert_int_equal(door(NULL), GRANT_DOOR_GONE);
    come_to_digits();
    assert_int_equal(give_up(hall.phone), GRANT_DOOR_DENIED);
    assert_int_equal(type(hall.view.digits), GRANT_DENIED);
    assert_int_equal(open_door(), GRANT_DOOR_GONE);
}

/* A source that guesses: what is known is answered like what is not when its allowance is spent. */
static void guesses_find_nothing(void **state UNUSED)
{
    char right[GRANT_CODE_LENGTH + 1];
    int gone = 0;

    offer();
    memcpy(right, hall.code, sizeof right);
    for (int i = 0; i < 200; i++) {
        (void)snprintf(hall.code, sizeof hall.code, "BBBBB%c%c%c", GRANT_LETTERS[i % 20], GRANT_LETTERS[i / 20],
                       right[0] == 'B' ? 'C' : 'B');
        const GrantDoor found = door(NULL);
        assert_true(found == GRANT_DOOR_GONE || found == GRANT_DOOR_LIMITED);
        gone += found == GRANT_DOOR_GONE;
    }
    assert_int_equal(gone, 20);
    memcpy(hall.code, right, sizeof right);
    assert_int_equal(door(NULL), GRANT_DOOR_LIMITED);
    assert_string_equal(hall.view.kiosk, "");
    assert_true(hall.view.wait_s >= 1 && hall.view.wait_s <= 6);
    assert_int_equal(open_door(), GRANT_DOOR_LIMITED);
    assert_int_equal(give_up(NULL), GRANT_DOOR_LIMITED);
    assert_int_equal(look().state, GRANT_OFFERED);
    fixture_pass(6);
    assert_int_equal(door(NULL), GRANT_DOOR_CLOSED);
    assert_int_equal(open_door(), GRANT_DOOR_PASSWORD);
    /* The phone that is at it is not kept from going on. */
    hall.code[0] = hall.code[0] == 'B' ? 'C' : 'B';
    for (int i = 0; i < 3; i++)
        (void)door(NULL);
    memcpy(hall.code, right, sizeof right);
    assert_int_equal(door(NULL), GRANT_DOOR_LIMITED);
    assert_int_equal(door(hall.phone), GRANT_DOOR_PASSWORD);
    /* What is no code at all costs as much. */
    const GrantCaller malformed = { .source = "10.0.0.77" };
    Error err = { 0 };
    for (int i = 0; i < 21; i++)
        assert_ok(grant_door_look(hall.fixture.office, &malformed, &hall.view, &err), err);
    assert_int_equal(hall.view.door, GRANT_DOOR_LIMITED);
}

static void time_takes_them_away(void **state UNUSED)
{
    come_to_digits();
    fixture_pass(60);
    round_of_the_office();
    assert_int_equal(rows("SELECT count(*) FROM sign_in_grant"), 1);
    assert_int_equal(rows("SELECT keep_until_s - made_at_s FROM sign_in_grant"), GRANT_KEPT_S);
}

/* Both ask at once: a session begins once. */
typedef struct Twin {
    pthread_t thread;
    ApiGrantToken token;
    GrantRefusal refusal;
    bool given;
} Twin;

static void *ask_as_twin(void *arg)
{
    Twin *twin = arg;
    Error err = { 0 };

    assert_ok(grant_token(hall.fixture.office, &hall.fixture.kiosk, hall.offer.device_code, &twin->given,
                          &twin->refusal, &twin->token, &err),
              err);
    return NULL;
}

static void twins_get_one_session(void **state UNUSED)
{
    static Twin twins[6];
    int given = 0;

    come_to_digits();
    assert_int_equal(type(hall.view.digits), GRANT_MATCHED);
    for (size_t i = 0; i < COUNT(twins); i++)
        assert_int_equal(pthread_create(&twins[i].thread, NULL, ask_as_twin, &twins[i]), 0);
    for (size_t i = 0; i < COUNT(twins); i++) {
        assert_int_equal(pthread_join(twins[i].thread, NULL), 0);
        given += twins[i].given;
        assert_true(twins[i].given || twins[i].refusal == GRANT_INVALID_GRANT);
    }
    assert_int_equal(given, 1);
    assert_int_equal(rows("SELECT count(*) FROM act WHERE act = 'session.begun'"), 1);
}

#define OFFICE_TEST(name) cmocka_unit_test_setup_teardown(name, set_up, tear_down)

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(time_counts_at_once),
        cmocka_unit_test(a_door_is_one_phones),
        OFFICE_TEST(a_phone_signs_in_at_a_kiosk),
        OFFICE_TEST(secrets_lie_nowhere_open),
        OFFICE_TEST(a_relayed_link_signs_nobody_in),
        OFFICE_TEST(a_token_is_its_kiosks_alone),
        OFFICE_TEST(who_asks_too_soon_is_slowed_down),
        OFFICE_TEST(each_state_ends_in_its_time),
        OFFICE_TEST(a_kiosk_has_one),
        OFFICE_TEST(five_passwords_are_five),
        OFFICE_TEST(waits_are_those_of_the_glass),
        OFFICE_TEST(a_weak_password_gives_a_weak_session),
        OFFICE_TEST(while_hemis_is_away_the_verifier_serves),
        OFFICE_TEST(it_is_denied_at_the_phone),
        OFFICE_TEST(guesses_find_nothing),
        OFFICE_TEST(time_takes_them_away),
        OFFICE_TEST(twins_get_one_session),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
