#define FIXTURE_PASSWORDS
#include "fixture.h"

#include <time.h>

#include "registrar/office/limits.h"

static int64_t monotonic_ms(void)
{
    const Clock clock = clock_system();

    return clock_monotonic_ms(&clock);
}

typedef struct SignInAnswer {
    SignInOutcome outcome;
    ApiSession session;
    int retry_after_s;
    int64_t took_ms;
} SignInAnswer;

static SignInAnswer sign(OfficeFixture *fixture, const Kiosk *kiosk, const char *number, const char *password)
{
    ApiSignIn given = { 0 };
    SignInAnswer answer = { 0 };
    Error err = { 0 };
    int64_t began_ms = monotonic_ms();

    str_copy_cut(str_from(number), given.number, sizeof given.number);
    str_copy_cut(str_from(password), given.password, sizeof given.password);
    assert_ok(sign_in(fixture->office, kiosk, "10.0.0.1", &given, &answer.outcome, &answer.session,
                      &answer.retry_after_s, &err),
              err);
    answer.took_ms = monotonic_ms() - began_ms;
    return answer;
}

static bool find(OfficeFixture *fixture, const Kiosk *kiosk, const char *bearer, Session *ret)
{
    Error err = { 0 };
    Session session;
    bool found;

    assert_ok(session_find(fixture->office, kiosk, bearer, &found, ret ? ret : &session, &err), err);
    return found;
}

static void a_right_password_opens_a_session_of_that_kiosk(void **state)
{
    OfficeFixture fixture;
    Session session;

    (void)state;
    fixture_open(&fixture);
    SignInAnswer answer = sign(&fixture, &fixture.kiosk, FIXTURE_DILNOZA, FIXTURE_PASSWORD);
    assert_int_equal(answer.outcome, SIGN_IN_DONE);
    assert_string_equal(answer.session.given_name, "Dilnoza");
    assert_string_equal(answer.session.full_name, "Karimova Dilnoza Baxtiyor qizi");
    assert_string_equal(answer.session.number, FIXTURE_DILNOZA);
    assert_int_equal(answer.session.seconds_left, 1800);
    assert_false(answer.session.weak);
    assert_int_equal(strlen(answer.session.token), 43);
    assert_true(find(&fixture, &fixture.kiosk, answer.session.token, &session));
    assert_string_equal(session.number, FIXTURE_DILNOZA);
    assert_string_equal(session.kiosk, "A-1");
    assert_false(find(&fixture, &fixture.other_kiosk, answer.session.token, NULL));
    assert_false(find(&fixture, &fixture.kiosk, "made-up", NULL));
    assert_int_equal(fixture_rows(&fixture, "SELECT count(*) FROM session WHERE length(bearer_hash) = 32"), 1);
    fixture_close(&fixture);
}

static void a_session_ends_by_asking_by_time_and_by_the_next_one(void **state)
{
    OfficeFixture fixture;
    Error err = { 0 };

    (void)state;
    fixture_open(&fixture);
    SignInAnswer first = sign(&fixture, &fixture.kiosk, FIXTURE_DILNOZA, FIXTURE_PASSWORD);
    SignInAnswer second = sign(&fixture, &fixture.kiosk, FIXTURE_DILNOZA, FIXTURE_PASSWORD);
    assert_false(find(&fixture, &fixture.kiosk, first.session.token, NULL));
    assert_true(find(&fixture, &fixture.kiosk, second.session.token, NULL));
    assert_ok(session_end(fixture.office, &fixture.other_kiosk, second.session.token, &err), err);
    assert_true(find(&fixture, &fixture.kiosk, second.session.token, NULL)); /* not another kiosk's to end */
    assert_ok(session_end(fixture.office, &fixture.kiosk, second.session.token, &err), err);
    assert_false(find(&fixture, &fixture.kiosk, second.session.token, NULL));
    assert_ok(session_end(fixture.office, &fixture.kiosk, second.session.token, &err), err);

    SignInAnswer third = sign(&fixture, &fixture.kiosk, FIXTURE_DILNOZA, FIXTURE_PASSWORD);
    fixture_pass(1799);
    assert_true(find(&fixture, &fixture.kiosk, third.session.token, NULL));
    fixture_pass(1);
    assert_false(find(&fixture, &fixture.kiosk, third.session.token, NULL));
    fixture_close(&fixture);
}

static void beat(OfficeFixture *fixture, const Kiosk *kiosk, const char *screen)
{
    ApiHeartbeat heartbeat = { .version = "1.0", .printer = "ready" };
    ApiHeartbeatAnswer answer;
    Error err = { 0 };

    str_copy_cut(str_from(screen), heartbeat.screen, sizeof heartbeat.screen);
    assert_ok(kiosk_heartbeat(fixture->office, kiosk, &heartbeat, &answer, &err), err);
}

/* A sign-out that was lost, a kiosk that crashed: its own word ends what nobody stands before any more. */
static void a_session_ends_with_the_kiosks_word(void **state)
{
    static const struct {
        const char *screen;
        bool ends;
    } cases[] = { { "attract", true }, { "out-of-service", true }, { "visit", false }, { "", false } };
    OfficeFixture fixture;

    (void)state;
    fixture_open(&fixture);
    for (size_t i = 0; i < COUNT(cases); i++) {
        SignInAnswer answer = sign(&fixture, &fixture.kiosk, FIXTURE_DILNOZA, FIXTURE_PASSWORD);
        const char *bearer = answer.session.token;

        fixture_pass(14);
        beat(&fixture, &fixture.kiosk, cases[i].screen); /* may have been on its way before the sign-in */
        assert_true(find(&fixture, &fixture.kiosk, bearer, NULL));
        fixture_pass(2);
        beat(&fixture, &fixture.other_kiosk, cases[i].screen);
        assert_true(find(&fixture, &fixture.kiosk, bearer, NULL)); /* another's word */
        beat(&fixture, &fixture.kiosk, cases[i].screen);
        assert_int_equal(find(&fixture, &fixture.kiosk, bearer, NULL), !cases[i].ends);
    }
    assert_int_equal(fixture_rows(&fixture, "SELECT count(*) FROM act WHERE act = 'session.ended'"
                                            " AND actor = 'kiosk:A-1' AND object = 'kiosk:A-1'"),
                     2);
    fixture_close(&fixture);
}

static void a_wrong_number_and_a_wrong_password_are_answered_alike(void **state)
{
    static const char *const numbers[] = { FIXTURE_DILNOZA, "999999999999", "", "401241100873 OR 1=1" };
    OfficeFixture fixture;

    (void)state;
    fixture_open(&fixture);
    for (size_t i = 0; i < COUNT(numbers); i++) {
        SignInAnswer answer = sign(&fixture, &fixture.kiosk, numbers[i], "wrong");

        assert_int_equal(answer.outcome, SIGN_IN_REFUSED);
        assert_int_equal(answer.retry_after_s, 0);
        assert_string_equal(answer.session.token, "");
        /* When it leaves is the listener's doing: tests/server/run-attack compares the times. */
    }
    fixture_close(&fixture);
}

static void a_first_password_opens_a_weak_session(void **state)
{
    OfficeFixture fixture;
    Session session;

    (void)state;
    fixture_open(&fixture);
    SignInAnswer answer = sign(&fixture, &fixture.kiosk, FIXTURE_WEAK, "AA1234567");
    assert_int_equal(answer.outcome, SIGN_IN_DONE);
    assert_true(answer.session.weak);
    assert_true(find(&fixture, &fixture.kiosk, answer.session.token, &session));
    assert_true(session.weak);
    fixture_close(&fixture);
}

/* Reserves tries without asking for passwords: the rules of waiting alone. */
static int reserve(OfficeFixture *fixture, const char *number, const char *kiosk, const char *source)
{
    SignInTry try;
    Error err = { 0 };
    int wait_s;

    assert_ok(sign_in_try_reserve(fixture->office, number, kiosk, source, &try, &wait_s, &err), err);
    return wait_s;
}

static void waits_double_for_one_account_at_one_kiosk(void **state)
{
    static const int waits[] = { 0, 0, 0, 15, 30, 60, 120, 240, 480, 900, 900 };
    OfficeFixture fixture;

    (void)state;
    fixture_open(&fixture);
    for (size_t i = 0; i < COUNT(waits); i++) {
        char source[32];

        snprintf(source, sizeof source, "10.0.1.%zu", i);
        assert_int_equal(reserve(&fixture, "1", "A-1", source), 0);
        if (waits[i] == 0)
            continue;
        assert_int_equal(reserve(&fixture, "1", "A-1", "10.0.2.1"), waits[i]);
        assert_int_equal(reserve(&fixture, "2", "A-1", source), 0); /* another account does not wait for this one */
        fixture_pass(waits[i]);
    }
    fixture_close(&fixture);
}

static void waits_follow_the_source_from_kiosk_to_kiosk(void **state)
{
    OfficeFixture fixture;

    (void)state;
    fixture_open(&fixture);
    for (int i = 0; i < 4; i++) {
        char kiosk[8];

        snprintf(kiosk, sizeof kiosk, "K-%d", i);
        assert_int_equal(reserve(&fixture, "1", kiosk, "10.0.0.1"), 0);
    }
    assert_int_equal(reserve(&fixture, "1", "K-9", "10.0.0.1"), 15);
    assert_int_equal(reserve(&fixture, "1", "K-9", "10.0.0.2"), 0);
    fixture_pass(TRIES_FORGET_S + 1);
    assert_int_equal(reserve(&fixture, "1", "K-9", "10.0.0.1"), 0);
    fixture_close(&fixture);
}

static void an_account_has_a_hundred_tries_a_day(void **state)
{
    OfficeFixture fixture;

    (void)state;
    fixture_open(&fixture);
    for (int i = 0; i < TRIES_A_DAY; i++) {
        char kiosk[16], source[32];

        snprintf(kiosk, sizeof kiosk, "K-%d", i);
        snprintf(source, sizeof source, "10.1.0.%d", i);
        assert_int_equal(reserve(&fixture, "1", kiosk, source), 0);
    }
    int wait_s = reserve(&fixture, "1", "K-200", "10.2.0.1");
    assert_in_range(wait_s, 1, 86400);
    assert_int_equal(reserve(&fixture, "2", "K-200", "10.2.0.1"), 0);
    fixture_pass(wait_s);
    assert_int_equal(reserve(&fixture, "1", "K-200", "10.2.0.1"), 0);
    fixture_close(&fixture);
}

/* One password on many names. */
static void a_kiosk_has_twenty_wrong_tries_whatever_the_account(void **state)
{
    OfficeFixture fixture;
    char number[24], source[32];

    (void)state;
    fixture_open(&fixture);
    for (int i = 0; i < KIOSK_TRIES; i++) {
        snprintf(number, sizeof number, "%d", i);
        snprintf(source, sizeof source, "10.1.0.%d", i);
        assert_int_equal(reserve(&fixture, number, "A-1", source), 0);
    }
    assert_int_equal(reserve(&fixture, "one more", "A-1", "10.2.0.1"), KIOSK_BACK_MS / 1000);
    assert_int_equal(reserve(&fixture, "one more", "A-1", "10.2.0.1"), KIOSK_BACK_MS / 1000); /* waiting adds nothing */
    assert_int_equal(reserve(&fixture, "one more", "A-2", "10.2.0.1"), 0);
    fixture_pass(KIOSK_BACK_MS / 1000);
    assert_int_equal(reserve(&fixture, "one more", "A-1", "10.2.0.1"), 0);
    assert_int_equal(reserve(&fixture, "and one", "A-1", "10.2.0.1"), KIOSK_BACK_MS / 1000);
    fixture_close(&fixture);
}

static void a_source_has_its_wrong_tries_from_all_kiosks(void **state)
{
    OfficeFixture fixture;
    char number[24], kiosk[16];

    (void)state;
    fixture_open(&fixture);
    fixture.office->config.wrong_tries_a_source = 60; /* an hour: ten at once, then one a minute */
    for (int i = 0; i < 10; i++) {
        snprintf(number, sizeof number, "%d", i);
        snprintf(kiosk, sizeof kiosk, "K-%d", i);
        assert_int_equal(reserve(&fixture, number, kiosk, "10.1.0.1"), 0);
    }
    assert_int_equal(reserve(&fixture, "one more", "K-10", "10.1.0.1"), 60);
    assert_int_equal(reserve(&fixture, "one more", "K-10", "10.1.0.2"), 0);
    fixture.office->config.wrong_tries_a_source = 0; /* a balancer's address is nobody's */
    assert_int_equal(reserve(&fixture, "one more", "K-11", "10.1.0.1"), 0);
    fixture_close(&fixture);
}

static void a_right_password_costs_no_try(void **state)
{
    OfficeFixture fixture;

    (void)state;
    fixture_open(&fixture);
    for (int i = 0; i < 6; i++)
        assert_int_equal(sign(&fixture, &fixture.kiosk, FIXTURE_DILNOZA, FIXTURE_PASSWORD).outcome, SIGN_IN_DONE);
    assert_int_equal(fixture_rows(&fixture, "SELECT sum(n) FROM limit_count"), 0);
    for (int i = 0; i < 4; i++)
        assert_int_equal(reserve(&fixture, FIXTURE_DILNOZA, "A-1", "10.0.0.1"), 0);
    SignInAnswer limited = sign(&fixture, &fixture.kiosk, FIXTURE_DILNOZA, FIXTURE_PASSWORD);
    assert_int_equal(limited.outcome, SIGN_IN_LIMITED);
    assert_int_equal(limited.retry_after_s, 15);
    assert_true(limited.took_ms < 900); /* said at once */
    fixture_pass(15);
    assert_int_equal(sign(&fixture, &fixture.kiosk, FIXTURE_DILNOZA, FIXTURE_PASSWORD).outcome, SIGN_IN_DONE);
    assert_int_equal(reserve(&fixture, FIXTURE_DILNOZA, "A-1", "10.0.0.1"), 0); /* waits began anew */
    fixture_close(&fixture);
}

/* --- a crowd ----------------------------------------------------------------------------------------------------- */

#define CROWD 24

typedef struct Comer {
    pthread_t thread;
    OfficeFixture *fixture;
    Kiosk kiosk;
    SignInAnswer answer;
} Comer;

static void *comer_main(void *ctx)
{
    Comer *comer = ctx;
    ApiSignIn given = { .number = FIXTURE_DILNOZA, .password = FIXTURE_PASSWORD };
    char source[32];

    snprintf(source, sizeof source, "10.3.0.%s", comer->kiosk.id + 2);
    if (!sign_in(comer->fixture->office, &comer->kiosk, source, &given, &comer->answer.outcome, &comer->answer.session,
                 &comer->answer.retry_after_s, NULL))
        comer->answer.outcome = SIGN_IN_REFUSED;
    return NULL;
}

static void a_crowd_is_served_or_told_to_come_again(void **state)
{
    OfficeFixture fixture;
    Comer comers[CROWD];
    int done = 0, busy = 0;

    (void)state;
    fixture_open(&fixture);
    for (int i = 0; i < CROWD; i++) {
        char sql[256];

        comers[i] = (Comer){ .fixture = &fixture };
        snprintf(comers[i].kiosk.id, sizeof comers[i].kiosk.id, "C-%d", i);
        snprintf(sql, sizeof sql,
                 "INSERT INTO kiosk (institution, id, place, state, added_at_s) VALUES ('namuna', 'C-%d', '', 'active',"
                 " 1)",
                 i);
        fixture_rows(&fixture, sql);
    }
    for (int i = 0; i < CROWD; i++)
        assert_int_equal(pthread_create(&comers[i].thread, NULL, comer_main, &comers[i]), 0);
    for (int i = 0; i < CROWD; i++) {
        pthread_join(comers[i].thread, NULL);
        done += comers[i].answer.outcome == SIGN_IN_DONE;
        busy += comers[i].answer.outcome == SIGN_IN_BUSY;
        assert_int_equal(comers[i].answer.retry_after_s > 0, comers[i].answer.outcome == SIGN_IN_BUSY);
    }
    print_message("%d signed in, %d told to come again\n", done, busy);
    assert_int_equal(done + busy, CROWD);
    assert_in_range(done, 8, CROWD);                                               /* as many as may wait, at least */
    assert_int_equal(fixture_rows(&fixture, "SELECT sum(n) FROM limit_count"), 0); /* who was busy cost no try */
    fixture_close(&fixture);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_right_password_opens_a_session_of_that_kiosk),
        cmocka_unit_test(a_session_ends_by_asking_by_time_and_by_the_next_one),
        cmocka_unit_test(a_session_ends_with_the_kiosks_word),
        cmocka_unit_test(a_wrong_number_and_a_wrong_password_are_answered_alike),
        cmocka_unit_test(a_first_password_opens_a_weak_session),
        cmocka_unit_test(waits_double_for_one_account_at_one_kiosk),
        cmocka_unit_test(waits_follow_the_source_from_kiosk_to_kiosk),
        cmocka_unit_test(an_account_has_a_hundred_tries_a_day),
        cmocka_unit_test(a_kiosk_has_twenty_wrong_tries_whatever_the_account),
        cmocka_unit_test(a_source_has_its_wrong_tries_from_all_kiosks),
        cmocka_unit_test(a_right_password_costs_no_try),
        cmocka_unit_test(a_crowd_is_served_or_told_to_come_again),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
