/* Signing in where there is a HEMIS: who decides, what is kept, what is told. */
#include "fixture.h"
#include "hemis_world.h"

#include <fcntl.h>

#include "base/memory.h"
#include "registrar/office/hemis_budget.h"
#include "registrar/office/sessions.h"
#include "registrar/office/sign_in.h"

typedef struct Hall {
    OfficeFixture fixture;
    HemisWorld world;
    Hemis *hemis;
    Log *log;
} Hall;

static Hall hall;

static void hall_open(void)
{
    Error err = { 0 };

    fixture_open(&hall.fixture);
    hall.hemis = hemis_world_open(&hall.world, 100);
    office_close(hall.fixture.office);
    hall.fixture.config.hemis = hall.hemis;
    const Clock clock = clock_system();
    char path[128];
    snprintf(path, sizeof path, "%s/log", hall.fixture.folder);
    hall.log = log_new(open(path, O_CREAT | O_TRUNC | O_WRONLY, 0600), LOG_DEBUG, true, &clock);
    assert_non_null(hall.log);
    hall.fixture.office = office_open(&hall.fixture.config, hall.fixture.store, hall.log, &err);
    if (!hall.fixture.office)
        fail_msg("%s", err.text);
}

static void hall_close(void)
{
    fixture_close(&hall.fixture);
    log_free(hall.log);
    hemis_world_close(&hall.world, hall.hemis);
}

typedef struct Tried {
    SignInOutcome outcome;
    ApiSession session;
    int retry_after_s;
} Tried;

static Tried try_at(const char *kiosk_id, const char *number, const char *password)
{
    ApiSignIn given = { 0 };
    Kiosk kiosk = { .place = "" };
    Tried tried = { 0 };
    Error err = { 0 };

    str_copy_cut(str_from(kiosk_id), kiosk.id, sizeof kiosk.id);
    str_copy_cut(str_from(number), given.number, sizeof given.number);
    str_copy_cut(str_from(password), given.password, sizeof given.password);
    assert_ok(sign_in(hall.fixture.office, &kiosk, "10.0.0.1", &given, &tried.outcome, &tried.session,
                      &tried.retry_after_s, &err),
              err);
    return tried;
}

static Tried try_right(int student)
{
    char number[HEMIS_NUMBER_SIZE], password[64];

    hemis_world_number(student, number);
    hemis_world_password(&hall.world, student, password);
    return try_at("A-1", number, password);
}

static Tried try_wrong(int student)
{
    char number[HEMIS_NUMBER_SIZE];

    hemis_world_number(student, number);
    return try_at("A-1", number, "wrong");
}

static int64_t verifiers(void)
{
    return fixture_rows(&hall.fixture, "SELECT count(*) FROM verifier");
}

static bool token_of(const Tried *tried, HemisToken *ret)
{
    Error err = { 0 };
    bool found;

    assert_ok(session_hemis_token(hall.fixture.office, tried->session.token, &found, ret, &err), err);
    return found;
}

static void whom_hemis_accepts_comes_in_and_is_known(void **state)
{
    OWNED_HEMIS_TOKEN token;

    (void)state;
    hall_open();
    assert_int_equal(verifiers(), 0);
    Tried tried = try_right(7);
    assert_int_equal(tried.outcome, SIGN_IN_DONE);
    assert_string_equal(tried.session.number, "500000000007");
    assert_string_equal(tried.session.given_name, "Ism7");
    assert_false(tried.session.weak);
    assert_false(tried.session.from_verifier);
    assert_int_equal(tried.session.as_of_s, 0);
    assert_true(token_of(&tried, &token));
    assert_string_equal(token.text, "token-of-500000000007");
    assert_int_equal(fixture_rows(&hall.fixture, "SELECT count(*) FROM hemis_try"), 0);
    assert_int_equal(fixture_rows(&hall.fixture, "SELECT keep_until_s - accepted_at_s FROM verifier"), 30 * 86400);
    assert_int_equal(fixture_rows(&hall.fixture, "SELECT count(*) FROM student WHERE number = '500000000007'"), 1);
    assert_false(
        fixture_lies_open(&hall.fixture, "SELECT pinfl FROM student WHERE institution = ?1", "60112054440461"));
    assert_int_equal(fixture_rows(&hall.fixture, "SELECT count(*) FROM student_word WHERE word = 'ism7'"), 1);
    /* Again: HEMIS is asked again, and the verifier's time begins anew. */
    fixture_pass(86400);
    assert_int_equal(try_right(7).outcome, SIGN_IN_DONE);
    assert_int_equal(hall.world.right, 2);
    assert_int_equal(fixture_rows(&hall.fixture, "SELECT accepted_at_s FROM verifier"), fixture_clock(NULL) / 1000);
    assert_int_equal(verifiers(), 1);
    hall_close();
}

static void secrets_lie_nowhere_open(void **state)
{
    static const char *const looks[] = {
        "SELECT sealed_tokens FROM session WHERE institution = ?1",
        "SELECT hash FROM verifier WHERE institution = ?1",
        "SELECT coalesce(detail.body, '') FROM act_detail detail WHERE institution = ?1",
    };
    OWNED_HEMIS_TOKEN token;
    Error err = { 0 };
    bool found;

    (void)state;
    hall_open();
    Tried tried = try_right(7);
    for (size_t i = 0; i < COUNT(looks); i++) {
        assert_false(fixture_lies_open(&hall.fixture, looks[i], "token-of-"));
        assert_false(fixture_lies_open(&hall.fixture, looks[i], "Parol7"));
        assert_false(fixture_lies_open(&hall.fixture, looks[i], tried.session.token));
    }
    /* Neither does the log say any. */
    OWNED_BUF said;
    char path[128];
    buf_init(&said, 1u << 20);
    snprintf(path, sizeof path, "%s/log", hall.fixture.folder);
    assert_ok(file_read(path, &said, &err), err);
    assert_non_null(strstr(buf_text(&said), "sign-in"));
    assert_null(strstr(buf_text(&said), "Parol7"));
    assert_null(strstr(buf_text(&said), "token-of"));
    assert_null(strstr(buf_text(&said), "500000000007"));
    /* Another's bearer opens nothing, and neither does the right one once the session is over. */
    assert_ok(session_hemis_token(hall.fixture.office, "another", &found, &token, &err), err);
    assert_false(found);
    assert_true(token_of(&tried, &token));
    assert_ok(session_end(hall.fixture.office, &hall.fixture.kiosk, tried.session.token, &err), err);
    assert_false(token_of(&tried, &token));
    assert_string_equal(token.text, "");
    tried = try_right(7);
    fixture_pass(1800);
    assert_false(token_of(&tried, &token));
    hall_close();
}

static void a_changed_password_deletes_the_verifier_at_once(void **state)
{
    (void)state;
    hall_open();
    assert_int_equal(try_right(7).outcome, SIGN_IN_DONE);
    /* A wrong one does not: else anybody could take the verifiers of all. */
    assert_int_equal(try_wrong(7).outcome, SIGN_IN_REFUSED);
    assert_int_equal(verifiers(), 1);
    hall.world.changed[7]++;
    assert_int_equal(try_at("A-2", "500000000007", "Parol7-0").outcome, SIGN_IN_REFUSED);
    assert_int_equal(verifiers(), 0);
    fixture_pass(HEMIS_TRY_SPAN_S);
    hall.world.fault = ERR_OFFLINE;
    hall.world.fault_cause = 7;
    assert_int_equal(try_at("A-2", "500000000007", "Parol7-0").outcome, SIGN_IN_AWAY);
    hall.world.fault = ERR_NONE;
    fixture_pass(HEMIS_TRY_SPAN_S);
    assert_int_equal(try_right(7).outcome, SIGN_IN_DONE);
    assert_int_equal(verifiers(), 1);
    /* The old one first, then at once the new one. */
    hall.world.changed[7]++;
    assert_int_equal(try_at("A-2", "500000000007", "Parol7-1").outcome, SIGN_IN_REFUSED);
    assert_int_equal(try_right(7).outcome, SIGN_IN_DONE);
    hall_close();
}

typedef struct AwayCase {
    const char *name;
    ErrorCode fault;
    int cause, status;
} AwayCase;

static const AwayCase aways[] = {
    { "not reached", ERR_OFFLINE, 7, 0 }, { "no answer in time", ERR_TIMEOUT, 28, 0 },
    { "500", ERR_NONE, 0, 500 },          { "not whom we trust", ERR_CRYPTO, 60, 0 },
    { "too many", ERR_NONE, 0, 429 },     { "a wall", ERR_NONE, 0, 403 },
};

static void the_verifier_serves_while_hemis_is_away(void **state)
{
    OWNED_HEMIS_TOKEN token;

    (void)state;
    for (size_t i = 0; i < COUNT(aways); i++) {
        hall_open();
        assert_int_equal(try_right(7).outcome, SIGN_IN_DONE);
        int64_t known_s = fixture_clock(NULL) / 1000;
        fixture_pass(3600);
        hall.world.fault = aways[i].fault;
        hall.world.fault_cause = aways[i].cause;
        hall.world.fault_status = aways[i].status;
        for (int turn = 0; turn < 12; turn++) { /* the breaker opens within */
            Tried tried = try_right(7);
            if (tried.outcome != SIGN_IN_DONE || !tried.session.from_verifier || tried.session.as_of_s != known_s ||
                token_of(&tried, &token))
                fail_msg("%s, turn %d: outcome %d", aways[i].name, turn, tried.outcome);
            fixture_pass(60);
        }
        assert_int_equal(verifiers(), 1);
        assert_int_equal(fixture_rows(&hall.fixture, "SELECT accepted_at_s FROM verifier"), known_s);
        assert_true(fixture_lies_open(&hall.fixture, "SELECT body FROM act_detail WHERE institution = ?1",
                                      "\"hemis\":\"away\""));
        /* A wrong one, of somebody who is known and of nobody, is answered alike. */
        SignInOutcome known = try_wrong(7).outcome, unknown = try_wrong(8).outcome;
        assert_int_equal(known, unknown);
        assert_true(known == SIGN_IN_AWAY || known == SIGN_IN_SPENT);
        assert_int_equal(try_at("A-1", "999", "wrong").outcome, known);
        /* Thirty days after HEMIS's last word it is good no more. */
        fixture_pass(known_s + 30 * 86400 - fixture_clock(NULL) / 1000);
        assert_int_not_equal(try_right(7).outcome, SIGN_IN_DONE);
        hall_close();
    }
}

static void who_is_not_known_waits_for_hemis(void **state)
{
    (void)state;
    hall_open();
    hall.world.fault = ERR_OFFLINE;
    hall.world.fault_cause = 7;
    assert_int_equal(try_right(7).outcome, SIGN_IN_AWAY);
    assert_int_equal(fixture_rows(&hall.fixture, "SELECT count(*) FROM hemis_try"), 0); /* nothing was sent */
    hall.world.fault = ERR_NONE;
    /* HEMIS goes away between its word on the password and the profile. */
    hall.world.profiles_fail = true;
    assert_int_equal(try_right(7).outcome, SIGN_IN_AWAY);
    hall.world.profiles_fail = false;
    assert_int_equal(try_right(7).outcome, SIGN_IN_DONE);
    hall.world.profiles_fail = true;
    Tried tried = try_right(7);
    assert_int_equal(tried.outcome, SIGN_IN_DONE); /* who they are is known */
    assert_false(tried.session.from_verifier);
    hall_close();
}

static void a_first_password_is_weak(void **state)
{
    (void)state;
    hall_open();
    hall.world.first[7] = true;
    assert_true(try_right(7).session.weak);
    assert_int_equal(fixture_rows(&hall.fixture, "SELECT weak FROM verifier"), 1);
    hall.world.fault = ERR_OFFLINE;
    hall.world.fault_cause = 7;
    Tried tried = try_right(7);
    assert_true(tried.session.weak);
    assert_true(tried.session.from_verifier);
    hall.world.fault = ERR_NONE;
    hall.world.first[7] = false;
    fixture_pass(10);
    assert_false(try_right(7).session.weak);
    assert_int_equal(fixture_rows(&hall.fixture, "SELECT weak FROM verifier"), 0);
    hall_close();
}

static void wrong_ones_are_spent_before_hemis_shuts_all_out(void **state)
{
    char number[HEMIS_NUMBER_SIZE], kiosk[8];
    Tried tried;

    (void)state;
    hall_open();
    hemis_world_kiosk(&hall.fixture, "B-8");
    assert_int_equal(try_right(50).outcome, SIGN_IN_DONE);
    for (int i = 0; i < 6; i++) {
        hemis_world_number(i, number);
        snprintf(kiosk, sizeof kiosk, "B-%d", i);
        assert_int_equal(try_at(kiosk, number, "wrong").outcome, SIGN_IN_REFUSED);
    }
    hemis_world_number(20, number);
    tried = try_at("B-9", number, "wrong");
    assert_int_equal(tried.outcome, SIGN_IN_SPENT);
    assert_int_equal(tried.retry_after_s, HEMIS_TRY_SPAN_S);
    assert_int_equal(try_at("B-8", number, "Parol20-0").outcome, SIGN_IN_SPENT); /* nothing is known of it */
    assert_int_equal(try_right(50).outcome, SIGN_IN_DONE);                       /* shut out is nobody who is known */
    assert_int_equal(hall.world.wrong, 6);
    fixture_pass(HEMIS_TRY_SPAN_S);
    assert_int_equal(try_at("B-8", number, "Parol20-0").outcome, SIGN_IN_DONE);
    hall_close();
}

static void one_student_all_day_shuts_nobody_out(void **state)
{
    (void)state;
    hall_open();
    for (int minute = 0; minute < 8 * 60; minute++) {
        (void)try_at("A-2", "500000000007", "wrong");
        fixture_pass(60);
    }
    assert_true(hall.world.most_of_address <= 1);
    assert_true(hall.world.most_of_login <= 6);
    assert_int_equal(hall.world.over_address + hall.world.over_login, 0);
    assert_int_equal(try_right(8).outcome, SIGN_IN_DONE);
    hall_close();
}

typedef struct Giving {
    VerifierRow row;
    const char *number;
} Giving;

static bool give_password(StoreTransaction *transaction, void *arg, Error *err)
{
    Giving *giving = arg;
    bool found;

    return students_find(transaction, giving->number, &found, &giving->row.student, err) && found &&
           verifiers_put(transaction, &giving->row, fixture_clock(NULL) / 1000, err);
}

/* Of an account of the register's own: without an end. */
static void own_password(const char *number, const char *password)
{
    Giving giving = { .number = number };
    char hash[PASSWORD_HASH_SIZE];
    Error err = { 0 };

    assert_ok(password_make(hall.fixture.office->passwords, password, hash, &err), err);
    str_copy_cut(str_from(hash), giving.row.hash, sizeof giving.row.hash);
    assert_ok(store_write(hall.fixture.store, give_password, &giving, &err), err);
}

static void own_accounts_are_no_business_of_hemis(void **state)
{
    (void)state;
    hall_open();
    own_password(FIXTURE_DILNOZA, FIXTURE_PASSWORD);
    assert_int_equal(try_at("A-1", FIXTURE_DILNOZA, FIXTURE_PASSWORD).outcome, SIGN_IN_DONE);
    assert_int_equal(hall.world.logins, 0);
    assert_int_equal(try_at("A-1", FIXTURE_DILNOZA, "wrong").outcome, SIGN_IN_REFUSED);
    assert_int_equal(hall.world.logins, 1); /* HEMIS may know one that we do not */
    assert_int_equal(verifiers(), 1);
    hall.world.fault = ERR_OFFLINE;
    Tried tried = try_at("A-1", FIXTURE_DILNOZA, FIXTURE_PASSWORD);
    assert_int_equal(tried.outcome, SIGN_IN_DONE);
    assert_false(tried.session.from_verifier);
    hall_close();
}

static void nothing_is_asked_about_nothing(void **state)
{
    (void)state;
    hall_open();
    assert_int_equal(try_at("A-1", "", "x").outcome, SIGN_IN_REFUSED);
    assert_int_equal(try_at("A-1", "500000000007", "").outcome, SIGN_IN_REFUSED);
    assert_int_equal(hall.world.logins, 0);
    hall_close();
}

typedef struct Visitor {
    int number;
    bool right;
    SignInOutcome outcome;
} Visitor;

static void *visitor_main(void *ctx)
{
    Visitor *visitor = ctx;
    char number[HEMIS_NUMBER_SIZE], password[64], kiosk[8];

    hemis_world_number(visitor->number, number);
    hemis_world_password(&hall.world, visitor->number, password);
    snprintf(kiosk, sizeof kiosk, "D-%d", visitor->number);
    visitor->outcome = try_at(kiosk, number, visitor->right ? password : "wrong").outcome;
    return NULL;
}

/* All at once, and HEMIS takes its time: right ones wait for a place, however many come; of wrong ones six are asked
 * about. */
static void a_crowd_at_once_keeps_the_budget(void **state)
{
    enum { CROWD = 24 };
    pthread_t threads[CROWD];
    Visitor visitors[CROWD];
    int asked = 0;

    (void)state;
    hall_open();
    hall.world.takes_ms = 50;
    for (int i = 0; i < CROWD; i++) {
        char kiosk[8];
        snprintf(kiosk, sizeof kiosk, "D-%d", i + 10);
        hemis_world_kiosk(&hall.fixture, kiosk);
        visitors[i] = (Visitor){ .number = i + 10, .right = i % 3 != 0 };
        assert_int_equal(pthread_create(&threads[i], NULL, visitor_main, &visitors[i]), 0);
    }
    for (int i = 0; i < CROWD; i++) {
        pthread_join(threads[i], NULL);
        asked += visitors[i].outcome == SIGN_IN_REFUSED;
        if (visitors[i].outcome == SIGN_IN_DONE)
            assert_true(visitors[i].right);
    }
    assert_true(asked <= HEMIS_TRIES_IN_ALL);
    assert_true(hall.world.most_of_address <= HEMIS_TRIES_IN_ALL);
    assert_true(hall.world.most_at_once <= HEMIS_TRIES_IN_ALL + HEMIS_TRIES_OF_KNOWN + 1);
    hall_close();
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(whom_hemis_accepts_comes_in_and_is_known),
        cmocka_unit_test(secrets_lie_nowhere_open),
        cmocka_unit_test(a_changed_password_deletes_the_verifier_at_once),
        cmocka_unit_test(the_verifier_serves_while_hemis_is_away),
        cmocka_unit_test(who_is_not_known_waits_for_hemis),
        cmocka_unit_test(a_first_password_is_weak),
        cmocka_unit_test(wrong_ones_are_spent_before_hemis_shuts_all_out),
        cmocka_unit_test(one_student_all_day_shuts_nobody_out),
        cmocka_unit_test(own_accounts_are_no_business_of_hemis),
        cmocka_unit_test(nothing_is_asked_about_nothing),
        cmocka_unit_test(a_crowd_at_once_keeps_the_budget),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
