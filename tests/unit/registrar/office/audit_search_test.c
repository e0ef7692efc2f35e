/* The audit log looked through, of what the office itself did. */
#include "fixture.h"

#include "base/memory.h"
#include "registrar/office/audit_search.h"
#include "registrar/office/sealer.h"
#include "registrar/store/acts.h"

#define DILNOZA 1
#define AUDITOR "staff:auditor"

static OfficeFixture fixture;
static Session session;
static AuditFound *found;

static int open_fixture(void **state)
{
    (void)state;
    fixture_open(&fixture);
    session = fixture_session(&fixture, DILNOZA, &fixture.kiosk);
    found = mem_new(1, sizeof *found);
    return found ? 0 : 1;
}

static int close_fixture(void **state)
{
    (void)state;
    mem_free(found);
    fixture_close(&fixture);
    return 0;
}

static const AuditFound *look(AuditWanted wanted)
{
    Error err = { 0 };

    wanted.clerk = AUDITOR;
    wanted.what = wanted.what ? wanted.what : "";
    wanted.act = wanted.act ? wanted.act : "";
    wanted.before_ms = wanted.before_ms ? wanted.before_ms : INT64_MAX;
    wanted.before = wanted.before ? wanted.before : INT64_MAX;
    assert_ok(audit_search(fixture.office, &wanted, found, &err), err);
    return found;
}

static bool has(const char *act)
{
    for (size_t i = 0; i < found->count; i++)
        if (!strcmp(found->lines[i].act, act))
            return true;
    return false;
}

static ApiIssued issue(int key, const char *receiver)
{
    ApiRequest request = fixture_request(receiver);
    ApiProblem problem;
    ApiIssued issued = { 0 };
    Error err = { 0 };
    bool made;

    assert_ok(office_request(fixture.office, &session, fixture_key(key), &request, &problem, &made, &issued, &err),
              err);
    assert_int_equal(problem.kind, PROBLEM_NONE);
    return issued;
}

static void a_person_and_a_paper_are_found_with_all_that_came_of_them(void **state)
{
    const ApiIssued issued = issue(1, "any");

    (void)state;
    assert_int_equal(look((AuditWanted){ .what = FIXTURE_DILNOZA })->outcome, AUDIT_FOUND);
    assert_true(has("document.issued") && has("document.number-taken"));
    const AuditLine *line = &found->lines[0];
    assert_non_null(strstr(line->whose[0] ? line->whose : line->who, "Karimova Dilnoza"));
    for (size_t i = 1; i < found->count; i++)
        assert_true(found->lines[i - 1].at_ms >= found->lines[i].at_ms);
    assert_int_equal(look((AuditWanted){ .what = issued.number })->outcome, AUDIT_FOUND);
    assert_true(has("document.issued"));
    assert_string_equal(found->lines[0].what.number, issued.number);
    assert_string_equal(found->lines[0].what.service, "certificate-of-study");
    assert_int_equal(look((AuditWanted){ .what = FIXTURE_LEFT })->count, 1); /* this search */
    assert_int_equal(look((AuditWanted){ .what = "M-2026/999999" })->outcome, AUDIT_UNKNOWN);
    assert_int_equal(look((AuditWanted){ .what = "A-1" })->outcome, AUDIT_FOUND);
    assert_int_equal(look((AuditWanted){ .what = "' OR 1=1 --" })->outcome, AUDIT_UNKNOWN);
    assert_int_equal(look((AuditWanted){ .what = "Dilnoza" })->outcome, AUDIT_SEVERAL);
    assert_int_equal(found->candidate_count, 3);
}

static void acts_and_days_bound_what_is_found(void **state)
{
    const Date today = { 2026, 11, 24 }, before = { 2026, 11, 23 };

    (void)state;
    (void)issue(1, "any");
    assert_true(look((AuditWanted){ .act = "kiosk.added" })->count == 2);
    assert_int_equal(look((AuditWanted){ .act = "kiosk.added", .from = today, .to = today })->count, 2);
    assert_int_equal(look((AuditWanted){ .act = "kiosk.added", .to = before })->count, 0);
    assert_int_equal(look((AuditWanted){ .act = "kiosk" })->count, 0);
}

/* Page after page, each entry once. */
static void pages_follow_each_other(void **state)
{
    int64_t at_ms = 0, id = 0;
    size_t all = 0;

    (void)state;
    for (int i = 0; i < 80; i++)
        (void)look((AuditWanted){ .what = "A-1" });
    do {
        look((AuditWanted){ .act = "audit.searched", .what = "", .before_ms = at_ms, .before = id });
        for (size_t i = 0; i < found->count && at_ms != 0; i++)
            assert_true(found->lines[i].id < id && found->lines[i].at_ms <= at_ms);
        all += found->count;
        if (found->count > 0) {
            at_ms = found->lines[found->count - 1].at_ms;
            id = found->lines[found->count - 1].id;
        }
    } while (found->more);
    assert_int_equal(all,
                     81); /* the first page is asked for by a search, too; later ones are newer than where it began */
}

static void who_looks_is_in_the_log(void **state)
{
    OWNED_BUF detail;
    AuditLine line;
    Error err = { 0 };
    bool there;

    (void)state;
    buf_init(&detail, 1u << 16);
    (void)look((AuditWanted){ .what = FIXTURE_DILNOZA });
    look((AuditWanted){ .act = "audit.searched" });
    assert_string_equal(found->lines[1].object, "student:1"); /* the newest is this search itself */
    assert_ok(audit_open(fixture.office, AUDITOR, NULL, found->lines[0].id, &there, &line, &detail, &err), err);
    assert_true(there);
    assert_non_null(strstr(buf_text(&detail), "audit.searched"));
    look((AuditWanted){ .act = "audit.opened" });
    assert_int_equal(found->count, 1);
    assert_string_equal(found->lines[0].actor, AUDITOR);
    assert_ok(audit_open(fixture.office, AUDITOR, NULL, 999999, &there, &line, &detail, &err), err);
    assert_false(there);
}

static void a_limited_scope_sees_its_students_alone(void **state)
{
    StaffScope own = { .count = { [SCOPE_FACULTY] = 1 }, .names = { [SCOPE_FACULTY] = { "401-101" } } };
    StaffScope other = { .count = { [SCOPE_FACULTY] = 1 }, .names = { [SCOPE_FACULTY] = { "401-999" } } };
    OWNED_BUF detail;
    AuditLine line;
    Error err = { 0 };
    bool there;

    (void)state;
    buf_init(&detail, 1u << 16);
    (void)issue(1, "any");
    assert_int_equal(look((AuditWanted){ .scope = &own })->outcome, AUDIT_NEEDED);
    assert_int_equal(found->count, 0);
    assert_int_equal(look((AuditWanted){ .scope = &own, .what = "A-1" })->outcome, AUDIT_NEEDED);
    assert_true(look((AuditWanted){ .scope = &own, .what = FIXTURE_DILNOZA })->count > 0);
    const int64_t id = found->lines[0].id;
    assert_ok(audit_open(fixture.office, AUDITOR, &own, id, &there, &line, &detail, &err), err);
    assert_true(there);
    assert_int_equal(look((AuditWanted){ .scope = &other, .what = FIXTURE_DILNOZA })->outcome, AUDIT_UNKNOWN);
    assert_int_equal(look((AuditWanted){ .scope = &other, .what = "Dilnoza" })->candidate_count, 0);
    assert_ok(audit_open(fixture.office, AUDITOR, &other, id, &there, &line, &detail, &err), err);
    assert_false(there);
    assert_string_equal(buf_text(&detail), "");
}

static bool count_line(void *ctx, const AuditLine *line UNUSED, Error *err UNUSED)
{
    ++*(size_t *)ctx;
    return true;
}

static void an_export_has_all_and_is_an_act(void **state)
{
    const AuditWanted wanted = {
        .clerk = AUDITOR, .what = "", .act = "audit.searched", .before_ms = INT64_MAX, .before = INT64_MAX
    };
    AuditOutcome outcome;
    size_t lines = 0;
    Error err = { 0 };

    (void)state;
    for (int i = 0; i < AUDIT_LINES_MOST + 5; i++)
        (void)look((AuditWanted){ 0 });
    assert_ok(audit_export(fixture.office, &wanted, count_line, &lines, &outcome, &err), err);
    assert_int_equal(lines, AUDIT_LINES_MOST + 5);
    assert_int_equal(look((AuditWanted){ .act = "audit.exported" })->count, 1);
}

static void the_chain_is_checked_once_a_minute(void **state)
{
    AuditState chain;
    Error err = { 0 };
    bool run;

    (void)state;
    (void)issue(1, "any");
    assert_ok(sealer_round(fixture.office, &err), err);
    assert_ok(audit_check_now(fixture.office, AUDITOR, &run, &err), err);
    assert_true(run);
    assert_ok(audit_state(fixture.office, &chain, &err), err);
    assert_true(chain.checked && chain.sealed > 0 && chain.checked_entries > 0);
    assert_int_equal(chain.checked_faults, 0);
    assert_string_equal(chain.checked_by, AUDITOR); /* who has no account any more stands as they are written */
    assert_ok(audit_check_now(fixture.office, AUDITOR, &run, &err), err);
    assert_false(run);
    fixture_pass(AUDIT_CHECK_APART_S + 1);
    (void)fixture_rows(&fixture, "UPDATE act SET actor = 'staff:somebody' WHERE position = 1 RETURNING 1");
    assert_ok(audit_check_now(fixture.office, AUDITOR, &run, &err), err);
    assert_true(run);
    assert_ok(audit_state(fixture.office, &chain, &err), err);
    assert_true(chain.checked_faults > 0);
}

int main(void)
{
#define TEST(name) cmocka_unit_test_setup_teardown(name, open_fixture, close_fixture)
    const struct CMUnitTest tests[] = {
        TEST(a_person_and_a_paper_are_found_with_all_that_came_of_them),
        TEST(acts_and_days_bound_what_is_found),
        TEST(pages_follow_each_other),
        TEST(who_looks_is_in_the_log),
        TEST(a_limited_scope_sees_its_students_alone),
        TEST(an_export_has_all_and_is_an_act),
        TEST(the_chain_is_checked_once_a_minute),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
