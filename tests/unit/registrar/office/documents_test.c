#include "fixture.h"

#include "registrar/office/documents.h"

#define REASON "berilishi xato: boshqa talaba"

static ApiProblemKind ask(OfficeFixture *fixture, int key, bool again, ApiIssued *ret)
{
    const Session session = fixture_session(fixture, 1, &fixture->kiosk);
    ApiRequest request = fixture_request("any");
    ApiProblem problem;
    Error err = { 0 };
    bool made;

    request.again = again;
    assert_ok(office_request(fixture->office, &session, fixture_key(key), &request, &problem, &made, ret, &err), err);
    return problem.kind;
}

static ApiProblemKind fetch_page(OfficeFixture *fixture, const ApiPrintJob *job)
{
    const Session session = fixture_session(fixture, 1, &fixture->kiosk);
    ApiProblem problem;
    Error err = { 0 };
    OWNED(Blob) pdf = NULL;

    assert_ok(office_page(fixture->office, &session, job->copy, job->epoch, &problem, &pdf, &err), err);
    return problem.kind;
}

static void report(OfficeFixture *fixture, const ApiPrintJob *job, ApiPrintState state, int sheets)
{
    const ApiPrintReport told = { .epoch = job->epoch, .state = state, .sheets = sheets };
    ApiPrintJob now;
    ApiProblem problem;
    Error err = { 0 };

    assert_ok(office_print_report(fixture->office, &fixture->kiosk, job->id, &told, &problem, &now, &err), err);
    assert_int_equal(problem.kind, PROBLEM_NONE);
}

static CheckState checked(OfficeFixture *fixture, const char *code)
{
    Check check;
    Error err = { 0 };

    assert_ok(office_check(fixture->office, code, &check, &err), err);
    return check.state;
}

static void change(OfficeFixture *fixture, const char *number, DocumentChange what)
{
    Error err = { 0 };

    assert_ok(document_change(fixture->office, number, what, REASON, "test", &err), err);
}

static int64_t published_version(OfficeFixture *fixture)
{
    Error err = { 0 };
    OWNED_BUF body;
    int64_t version = 0;
    bool found;

    buf_init(&body, 64u << 10);
    assert_ok(office_status_list(fixture->office, 1, &found, &version, &body, &err), err);
    return version;
}

static void revoked_is_for_ever_and_every_copy(void **state)
{
    OfficeFixture fixture;
    ApiIssued first, second;
    DocumentStanding standing;
    Error err = { 0 };

    (void)state;
    fixture_open(&fixture);
    assert_int_equal(ask(&fixture, 1, false, &first), PROBLEM_NONE);
    assert_int_equal(fetch_page(&fixture, &first.job), PROBLEM_NONE);
    report(&fixture, &first.job, PRINT_UNKNOWN, -1);
    assert_int_equal(ask(&fixture, 1, true, &second), PROBLEM_NONE);
    assert_string_equal(first.number, second.number);
    assert_string_not_equal(first.code, second.code);
    int64_t before = published_version(&fixture);
    change(&fixture, first.number, DOCUMENT_CHANGE_REVOKE);
    assert_true(published_version(&fixture) > before); /* at once */
    assert_int_equal(checked(&fixture, first.code), CHECK_REPLACED);
    assert_int_equal(checked(&fixture, second.code), CHECK_REVOKED);
    assert_int_equal(fetch_page(&fixture, &second.job), PROBLEM_HANDED_OUT); /* it stays in the house */
    assert_int_equal(fixture_rows(&fixture, "SELECT count(*) FROM print_job WHERE state = 'cancelled'"), 1);
    assert_int_equal(fixture_rows(&fixture, "SELECT count(*) FROM act WHERE act = 'document.revoked'"), 1);
    assert_int_equal(
        fixture_rows(&fixture, "SELECT count(*) FROM act_detail WHERE body = '{\"reason\":\"" REASON "\"}'"), 1);
    assert_ok(document_look_up(fixture.office, first.number, "test", &standing, &err), err);
    assert_int_equal(standing.find, DOCUMENT_FOUND);
    assert_int_equal(standing.document.state, DOCUMENT_REVOKED);
    assert_string_equal(standing.reason, REASON);
    for (int i = 0; i < 3; i++)
        assert_refused(document_change(fixture.office, first.number, (DocumentChange)i, REASON, "test", &err),
                       ERR_CONFLICT, err);
    assert_int_equal(ask(&fixture, 1, true, &second), PROBLEM_NOT_ALLOWED); /* the same key: the same document */
    assert_int_equal(ask(&fixture, 2, false, &second), PROBLEM_NONE);       /* another asking: another document */
    assert_string_not_equal(first.number, second.number);
    fixture_close(&fixture);
}

static void suspended_waits_and_goes_on(void **state)
{
    OfficeFixture fixture;
    ApiIssued paper, same;

    (void)state;
    fixture_open(&fixture);
    assert_int_equal(ask(&fixture, 1, false, &paper), PROBLEM_NONE);
    change(&fixture, paper.number, DOCUMENT_CHANGE_SUSPEND);
    assert_int_equal(checked(&fixture, paper.code), CHECK_SUSPENDED);
    assert_int_equal(fetch_page(&fixture, &paper.job), PROBLEM_HANDED_OUT);
    assert_int_equal(ask(&fixture, 1, false, &same), PROBLEM_NOT_ALLOWED);
    assert_int_equal(fixture_rows(&fixture, "SELECT count(*) FROM print_job WHERE state = 'waiting'"), 1);
    change(&fixture, paper.number, DOCUMENT_CHANGE_RESUME);
    assert_int_equal(checked(&fixture, paper.code), CHECK_VALID);
    assert_int_equal(ask(&fixture, 1, false, &same), PROBLEM_NONE);
    assert_string_equal(paper.code, same.code);
    assert_int_equal(fetch_page(&fixture, &same.job), PROBLEM_NONE);
    change(&fixture, paper.number, DOCUMENT_CHANGE_SUSPEND);
    change(&fixture, paper.number, DOCUMENT_CHANGE_REVOKE);
    assert_int_equal(checked(&fixture, paper.code), CHECK_REVOKED);
    fixture_close(&fixture);
}

static void what_can_not_be_is_refused_with_words(void **state)
{
    static const struct {
        const char *number, *reason;
        ErrorCode code;
    } cases[] = {
        { "M-2026/000002", REASON, ERR_NOT_FOUND },
        { "B-2026/000001", REASON, ERR_NOT_FOUND },
        { "M-2025/000001", REASON, ERR_NOT_FOUND },
        { "M-2026/000100", REASON, ERR_NOT_FOUND },
        { "", REASON, ERR_ARGUMENT },
        { "M-2026", REASON, ERR_ARGUMENT },
        { "2026/000001", REASON, ERR_ARGUMENT },
        { "-2026/000001", REASON, ERR_ARGUMENT },
        { "M-2026/", REASON, ERR_ARGUMENT },
        { "M-2026/x", REASON, ERR_ARGUMENT },
        { "M-2026/0", REASON, ERR_ARGUMENT },
        { "M-2026/000001", "", ERR_ARGUMENT },
        { "M-2026/000001", "a\nb", ERR_ARGUMENT },
        { "M-2026/000001", "\xff", ERR_ARGUMENT },
    };
    OfficeFixture fixture;
    ApiIssued paper;
    DocumentStanding standing;
    Error err = { 0 };

    (void)state;
    fixture_open(&fixture);
    assert_int_equal(ask(&fixture, 1, false, &paper), PROBLEM_NONE);
    assert_string_equal(paper.number, "M-2026/000001");
    fixture_rows(&fixture, "INSERT INTO era VALUES ('namuna', 2, 1795500000, '[]')");
    fixture_rows(&fixture, "INSERT INTO skipped VALUES ('namuna', 'M', 2026, 50, 150, 2)");
    for (size_t i = 0; i < COUNT(cases); i++)
        assert_refused(
            document_change(fixture.office, cases[i].number, DOCUMENT_CHANGE_REVOKE, cases[i].reason, "test", &err),
            cases[i].code, err);
    assert_refused(document_change(fixture.office, paper.number, DOCUMENT_CHANGE_RESUME, REASON, "test", &err),
                   ERR_CONFLICT, err);
    assert_int_equal(checked(&fixture, paper.code), CHECK_VALID);
    assert_ok(document_look_up(fixture.office, "M-2026/000002", "test", &standing, &err), err);
    assert_int_equal(standing.find, DOCUMENT_NEVER_GIVEN);
    assert_ok(document_look_up(fixture.office, "M-2026/100", "test", &standing, &err), err);
    assert_int_equal(standing.find, DOCUMENT_SKIPPED);
    assert_int_equal(standing.skipped_era, 2);
    assert_int_equal(standing.skipped_at_s, 1795500000);
    fixture_close(&fixture);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(revoked_is_for_ever_and_every_copy),
        cmocka_unit_test(suspended_waits_and_goes_on),
        cmocka_unit_test(what_can_not_be_is_refused_with_words),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
