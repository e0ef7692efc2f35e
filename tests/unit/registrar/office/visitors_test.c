#include "fixture.h"

#include "registrar/office/finisher.h"
#include "registrar/office/keeping.h"
#include "registrar/office/visitors.h"

static const char passport[] = "AB7654321";

static ApiVisitor who(const char *earlier, const char *number, const char *with)
{
    ApiVisitor visitor = { .language = LANGUAGE_UZ };
    const char *const said[][2] = {
        { "surname", "Qosimov" },     { "given", "Jasur" }, { "birth", "2004-05-06" },
        { "phone", "+998901234567" }, { "passport", with }, { "earlier", earlier },
    };

    for (size_t i = 0; i < COUNT(said); i++)
        assert_true(answers_set(&visitor.answers, said[i][0], str_from(said[i][1])));
    if (number)
        assert_true(answers_set(&visitor.answers, "number", str_from(number)));
    return visitor;
}

static SignInOutcome enter(OfficeFixture *fixture, const ApiVisitor *visitor, ApiSession *ret, int *ret_wait_s)
{
    SignInOutcome outcome = SIGN_IN_BUSY;
    ApiProblem problem;
    Error err = { 0 };

    assert_ok(visitor_enter(fixture->office, &fixture->kiosk, "ip:127.0.0.1", visitor, &problem, &outcome, ret,
                            ret_wait_s, &err),
              err);
    assert_int_equal(problem.kind, PROBLEM_NONE);
    return outcome;
}

static Session came(OfficeFixture *fixture)
{
    const ApiVisitor visitor = who("new", NULL, passport);
    ApiSession session;
    Session found;
    bool known;
    int wait_s;
    Error err = { 0 };

    assert_int_equal(enter(fixture, &visitor, &session, &wait_s), SIGN_IN_DONE);
    assert_true(session.visitor && session.weak);
    assert_string_equal(session.number, "");
    assert_string_equal(session.given_name, "Jasur");
    assert_ok(session_find(fixture->office, &fixture->kiosk, session.token, &known, &found, &err), err);
    assert_true(known && found.visitor && found.weak);
    return found;
}

/* A request of theirs, as handing in writes it. */
static void asked(OfficeFixture *fixture, const Session *session)
{
    char sql[512];

    snprintf(sql, sizeof sql,
             "INSERT INTO request (institution, id, student, client_key, service, language, answers, answers_hash,"
             " period, state, asked_at_s, changed_at_s, number, promised_at_s) SELECT 'namuna', '%s', id, '%s',"
             " 'admission', 'uz', '{}', pinfl, '', 'open', 1795500000, 1795500000, 'S-2026/000007', 1795600000"
             " FROM (SELECT %lld AS id, (SELECT passport_hash FROM visitor WHERE student = %lld) AS pinfl) one",
             fixture_key(7), fixture_key(7), (long long)session->student, (long long)session->student);
    fixture_rows(fixture, sql);
}

static void purge(const OfficeFixture *fixture)
{
    PurgeRun run;
    PurgeTaken taken;
    Error err = { 0 };

    assert_ok(purge_begin(fixture->store, "test", 0, fixture_clock(NULL) / 1000, &run, &err), err);
    while (run.n != 0)
        assert_ok(purge_bite(fixture->store, &run, fixture_clock(NULL), &taken, &err), err);
}

static void who_came_lies_sealed(void **state)
{
    OfficeFixture fixture;

    (void)state;
    fixture_open(&fixture);
    const Session session = came(&fixture);
    assert_true(str_starts(str_from(session.number), STR("X-2026/")));
    assert_false(fixture_lies_open(&fixture, "SELECT contact FROM visitor WHERE institution = ?1", passport));
    assert_false(fixture_lies_open(&fixture, "SELECT body FROM record WHERE institution = ?1", passport));
    assert_false(fixture_lies_open(&fixture, "SELECT body FROM record WHERE institution = ?1", "+998901234567"));
    assert_true(fixture_lies_open(&fixture, "SELECT body FROM record WHERE institution = ?1", "Qosimov"));
    fixture_close(&fixture);
}

static void who_comes_back_names_request_and_passport(void **state)
{
    static const struct {
        const char *number, *passport;
        SignInOutcome outcome;
    } cases[] = {
        { "S-2026/000007", passport, SIGN_IN_DONE },    { "s-2026/7", passport, SIGN_IN_DONE },
        { " 2026/0007 ", passport, SIGN_IN_DONE },      { "S-2026/000008", passport, SIGN_IN_REFUSED },
        { "S-2025/000007", passport, SIGN_IN_REFUSED }, { "S-2026", passport, SIGN_IN_REFUSED },
        { "moon", passport, SIGN_IN_REFUSED },          { "S-2026/000007", "AB7654320", SIGN_IN_REFUSED },
    };
    OfficeFixture fixture;
    ApiSession session;
    int wait_s;

    (void)state;
    fixture_open(&fixture);
    const Session first = came(&fixture);
    asked(&fixture, &first);
    for (size_t i = 0; i < COUNT(cases); i++) {
        const ApiVisitor back = who("have", cases[i].number, cases[i].passport);

        fixture_pass(3600); /* past any wait */
        assert_int_equal(enter(&fixture, &back, &session, &wait_s), cases[i].outcome);
        fixture_rows(&fixture, "DELETE FROM limit_count");
    }
    fixture_close(&fixture);
}

/* Three wrong ones cost nothing, then there are waits; a right one makes them begin anew. */
static void guesses_are_waited_for(void **state)
{
    const ApiVisitor wrong = who("have", "S-2026/000007", "ZZ0000001"), right = who("have", "S-2026/000007", passport);
    OfficeFixture fixture;
    ApiSession session;
    int wait_s;

    (void)state;
    fixture_open(&fixture);
    const Session first = came(&fixture);
    asked(&fixture, &first);
    for (int i = 0; i < 4; i++)
        assert_int_equal(enter(&fixture, &wrong, &session, &wait_s), SIGN_IN_REFUSED);
    assert_int_equal(enter(&fixture, &right, &session, &wait_s), SIGN_IN_LIMITED);
    assert_int_equal(wait_s, 15);
    fixture_pass(15);
    assert_int_equal(enter(&fixture, &right, &session, &wait_s), SIGN_IN_DONE);
    assert_int_equal(enter(&fixture, &wrong, &session, &wait_s), SIGN_IN_REFUSED);
    fixture_close(&fixture);
}

static void a_hall_is_not_filled_with_people(void **state)
{
    const ApiVisitor visitor = who("new", NULL, passport);
    OfficeFixture fixture;
    ApiSession session;
    int wait_s;

    (void)state;
    fixture_open(&fixture);
    for (int i = 0; i < 20; i++)
        assert_int_equal(enter(&fixture, &visitor, &session, &wait_s), SIGN_IN_DONE);
    assert_int_equal(enter(&fixture, &visitor, &session, &wait_s), SIGN_IN_LIMITED);
    assert_int_equal(wait_s, 60);
    assert_int_equal(fixture_rows(&fixture, "SELECT count(*) FROM visitor"), 20);
    fixture_close(&fixture);
}

/* A day for who handed nothing in; three years after the last request, and then the number alone stays. */
static void they_are_forgotten_in_their_time(void **state)
{
    OfficeFixture fixture;

    (void)state;
    fixture_open(&fixture);
    finisher_stop(fixture.office); /* it would purge too */
    came(&fixture);
    const Session asking = came(&fixture);
    came(&fixture); /* the last one stays for its id */
    asked(&fixture, &asking);
    fixture_rows(&fixture, "UPDATE student SET keep_until_s = 1795500000 + 94867200 WHERE number = 'X-2026/000002'");
    fixture_pass(VISITOR_BARE_S - 1);
    purge(&fixture);
    assert_int_equal(fixture_rows(&fixture, "SELECT count(*) FROM visitor"), 3);
    fixture_pass(2);
    purge(&fixture);
    assert_int_equal(fixture_rows(&fixture, "SELECT count(*) FROM visitor"), 1);
    assert_int_equal(fixture_rows(&fixture, "SELECT count(*) FROM student WHERE number = 'X-2026/000001'"), 0);
    fixture_pass(VISITOR_KEPT_S);
    purge(&fixture);
    assert_int_equal(fixture_rows(&fixture, "SELECT count(*) FROM visitor"), 0);
    assert_int_equal(fixture_rows(&fixture, "SELECT count(*) FROM record r JOIN student s ON s.id = r.student"
                                            " WHERE s.kind = 'visitor'"),
                     0);
    assert_int_equal(fixture_rows(&fixture, "SELECT count(*) FROM student WHERE number = 'X-2026/000002'"), 1);
    fixture_close(&fixture);
}

static void staff_confirm_by_what_they_hold(void **state)
{
    static const struct {
        const char *typed;
        ApiProblemKind problem;
    } cases[] = { { "AB7654320", PROBLEM_FORM },
                  { "", PROBLEM_FORM },
                  { "AB765432", PROBLEM_FORM },
                  { "ab 765-4321", PROBLEM_NONE },
                  { "AB7654321", PROBLEM_NONE } };
    OfficeFixture fixture;
    ApiProblem problem;
    VisitorSaid said;
    Error err = { 0 };

    (void)state;
    fixture_open(&fixture);
    const Session session = came(&fixture);
    asked(&fixture, &session);
    for (size_t i = 0; i < COUNT(cases); i++) {
        assert_ok(visitor_confirm(fixture.office, "token:anna", fixture_key(7), cases[i].typed, &problem, &err), err);
        assert_int_equal(problem.kind, cases[i].problem);
        assert_ok(visitor_said(fixture.office, session.student, &said, &err), err);
        assert_int_equal(said.confirmed, i >= 3);
    }
    assert_string_equal(said.confirmed_by, "token:anna");
    assert_string_equal(said.phone, "+998901234567");
    assert_string_equal(said.name, "Qosimov Jasur");
    assert_int_equal(fixture_rows(&fixture, "SELECT count(*) FROM act WHERE act = 'visitor.confirmed'"), 1);
    assert_ok(visitor_confirm(fixture.office, "token:anna", fixture_key(8), passport, &problem, &err), err);
    assert_int_equal(problem.kind, PROBLEM_NOT_FOUND);
    assert_ok(visitor_said(fixture.office, 1, &said, &err), err);
    assert_false(said.is_visitor);
    fixture_close(&fixture);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(who_came_lies_sealed),
        cmocka_unit_test(who_comes_back_names_request_and_passport),
        cmocka_unit_test(guesses_are_waited_for),
        cmocka_unit_test(a_hall_is_not_filled_with_people),
        cmocka_unit_test(they_are_forgotten_in_their_time),
        cmocka_unit_test(staff_confirm_by_what_they_hold),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
