#include "fixture.h"

#include "registrar/office/desk_asking.h"
#include "registrar/office/desk_papers.h"
#include "registrar/office/looks.h"

#define CLERK  "staff:m.aliyeva"
#define OTHER  "staff:b.umarov"
#define REASON "two words"

static const DeskWho clerk = { CLERK, NULL }, second = { OTHER, NULL };

static StaffScope faculty(const char *code)
{
    StaffScope scope = { .count = { [SCOPE_FACULTY] = 1 } };

    str_copy_cut(str_from(code), scope.names[SCOPE_FACULTY][0], SCOPE_NAME_SIZE);
    return scope;
}

static ApiIssued issue(OfficeFixture *fixture, int key)
{
    const Session session = fixture_session(fixture, 1, &fixture->kiosk);
    const ApiRequest request = fixture_request("any");
    ApiIssued issued;
    ApiProblem problem;
    Error err = { 0 };
    bool made;

    assert_ok(office_request(fixture->office, &session, fixture_key(key), &request, &problem, &made, &issued, &err),
              err);
    assert_int_equal(problem.kind, PROBLEM_NONE);
    return issued;
}

/* It came out whole. */
static void print(OfficeFixture *fixture, const ApiIssued *issued)
{
    const Session session = fixture_session(fixture, 1, &fixture->kiosk);
    const ApiPrintReport told = { .epoch = issued->job.epoch, .state = PRINT_PRINTED, .sheets = issued->job.sheets };
    ApiPrintJob now;
    ApiProblem problem;
    Error err = { 0 };
    OWNED(Blob) pdf = NULL;

    assert_ok(office_page(fixture->office, &session, issued->copy, issued->job.epoch, &problem, &pdf, &err), err);
    assert_int_equal(problem.kind, PROBLEM_NONE);
    assert_ok(office_print_report(fixture->office, &fixture->kiosk, issued->job.id, &told, &problem, &now, &err), err);
    assert_int_equal(now.state, PRINT_PRINTED);
}

static CheckState checked(OfficeFixture *fixture, const char *code)
{
    Check check;
    Error err = { 0 };

    assert_ok(office_check(fixture->office, code, &check, &err), err);
    return check.state;
}

static size_t found(OfficeFixture *fixture, const DeskWho *who, const char *typed)
{
    static DeskFoundList list;
    Error err = { 0 };

    assert_ok(desk_students_find(fixture->office, who, typed, &list, &err), err);
    return list.count;
}

static void a_student_is_found_within_the_scope(void **state)
{
    OfficeFixture fixture;
    const StaffScope ours = faculty("401-101"), others = faculty("402-101");
    const DeskWho inside = { CLERK, &ours }, outside = { CLERK, &others };
    Error err = { 0 };
    int64_t student;

    (void)state;
    fixture_open(&fixture);
    OWNED(DeskStudent) seen = NULL;
    assert_int_equal(found(&fixture, &clerk, "каримова дил"), 3);
    assert_int_equal(found(&fixture, &clerk, "karimova"), 3);
    assert_int_equal(found(&fixture, &clerk, "?!"), 0); /* nothing to look for */
    assert_int_equal(found(&fixture, &inside, "karimova"), 3);
    assert_int_equal(found(&fixture, &outside, "karimova"), 0);
    assert_ok(desk_student_of_number(fixture.office, &clerk, FIXTURE_DILNOZA, &student, &err), err);
    assert_int_equal(student, 1);
    assert_ok(desk_student_of_number(fixture.office, &outside, FIXTURE_DILNOZA, &student, &err), err);
    assert_int_equal(student, 0);
    assert_ok(desk_student_open(fixture.office, &outside, FIXTURE_DILNOZA, LANGUAGE_UZ, &seen, &err), err);
    assert_null(seen);
    assert_int_equal(fixture_rows(&fixture, "SELECT count(*) FROM act WHERE act = 'student.seen'"), 0);
    assert_ok(desk_student_open(fixture.office, &inside, FIXTURE_DILNOZA, LANGUAGE_UZ, &seen, &err), err);
    assert_non_null(seen);
    assert_string_equal(seen->name, "Karimova Dilnoza Baxtiyor qizi");
    assert_string_equal(seen->parts[0].source, "test");
    for (size_t i = 0; i < seen->fact_count; i++)
        assert_null(strstr(seen->facts[i].value, "61403064010270"));
    assert_int_equal(fixture_rows(&fixture, "SELECT count(*) FROM act WHERE act = 'student.seen' AND actor = '" CLERK
                                            "' AND object = 'student:1'"),
                     1);
    fixture_close(&fixture);
}

static ApiProblemKind ask(OfficeFixture *fixture, int key, const char *reason, const char *owner, ApiIssued *ret)
{
    const ApiRequest request = fixture_request("any");
    const DeskAsking asking = { .who = &clerk,
                                .number = FIXTURE_DILNOZA,
                                .key = fixture_key(key),
                                .reason = reason,
                                .owner = owner,
                                .request = &request };
    ApiProblem problem;
    Error err = { 0 };
    bool made;

    assert_ok(desk_ask(fixture->office, &asking, &problem, &made, ret, &err), err);
    return problem.kind;
}

static bool was_told(OfficeFixture *fixture, LookKind kind)
{
    const Session session = fixture_session(fixture, 1, &fixture->kiosk);
    static ApiLooks looks;
    ApiProblem problem;
    Error err = { 0 };

    assert_ok(looks_of(fixture->office, &session, &problem, &looks, &err), err);
    for (size_t i = 0; i < looks.count; i++)
        if (looks.items[i].kind == kind && looks.items[i].by == LOOK_BY_STAFF)
            return true;
    return false;
}

static void asked_for_at_the_window_by_the_same_rules(void **state)
{
    OfficeFixture fixture;
    ApiIssued issued, again;
    Error err = { 0 };

    (void)state;
    fixture_open(&fixture);
    OWNED(DeskForm) form = NULL;
    assert_ok(desk_form_open(fixture.office, &clerk, FIXTURE_DILNOZA, "certificate-of-study", LANGUAGE_UZ, &form, &err),
              err);
    assert_true(form && form->access.allowed);
    assert_int_equal(fixture_rows(&fixture, "SELECT count(*) FROM act WHERE act = 'student.services-seen' AND actor ="
                                            " '" CLERK "' AND object = 'student:1'"),
                     1);
    assert_true(was_told(&fixture, LOOK_SEEN));
    assert_int_equal(ask(&fixture, 1, "", WINDOW_OWNER, &issued), PROBLEM_FORM);
    assert_int_equal(ask(&fixture, 1, REASON, "printer:none", &issued), PROBLEM_NOT_FOUND);
    assert_int_equal(ask(&fixture, 1, REASON, "A-1", &issued), PROBLEM_NOT_FOUND); /* no kiosk prints unasked */
    assert_int_equal(fixture_rows(&fixture, "SELECT count(*) FROM request"), 0);
    assert_int_equal(ask(&fixture, 1, REASON, WINDOW_OWNER, &issued), PROBLEM_NONE);
    assert_int_equal(ask(&fixture, 1, REASON, WINDOW_OWNER, &again), PROBLEM_NONE);
    assert_string_equal(issued.document, again.document); /* one key asks once */
    assert_int_equal(ask(&fixture, 2, REASON, WINDOW_OWNER, &again), PROBLEM_ALREADY_OPEN);
    assert_int_equal(
        fixture_rows(&fixture, "SELECT count(*) FROM print_job WHERE state = 'held' AND held_by = 'window'"), 1);
    assert_int_equal(fixture_rows(&fixture, "SELECT count(*) FROM act WHERE act = 'request.asked-for' AND actor ="
                                            " '" CLERK "'"),
                     1);
    assert_int_equal(
        fixture_rows(&fixture, "SELECT count(*) FROM act_detail WHERE body = '{\"reason\":\"" REASON "\"}'"), 1);
    assert_true(was_told(&fixture, LOOK_ISSUED));
    fixture_close(&fixture);
}

static ApiProblemKind change(OfficeFixture *fixture, const DeskWho *who, const char *student, const ApiIssued *paper,
                             uint32_t epoch, DocumentChange what)
{
    const PaperAct act = {
        .who = who, .student = student, .document = paper->document, .epoch = epoch, .reason = REASON
    };
    ApiProblem problem;
    Error err = { 0 };

    assert_ok(paper_change(fixture->office, &act, what, &problem, &err), err);
    return problem.kind;
}

static uint32_t epoch_of(OfficeFixture *fixture, const char *table)
{
    char sql[80];

    snprintf(sql, sizeof sql, "SELECT max(epoch) FROM %s", table);
    return (uint32_t)fixture_rows(fixture, sql);
}

static void a_paper_changes_for_who_has_seen_it(void **state)
{
    OfficeFixture fixture;
    const StaffScope others = faculty("402-101");
    const DeskWho outside = { CLERK, &others };

    (void)state;
    fixture_open(&fixture);
    const ApiIssued paper = issue(&fixture, 1);
    const uint32_t epoch = epoch_of(&fixture, "document");
    assert_int_equal(change(&fixture, &outside, FIXTURE_DILNOZA, &paper, epoch, DOCUMENT_CHANGE_REVOKE),
                     PROBLEM_NOT_FOUND);
    assert_int_equal(change(&fixture, &clerk, FIXTURE_LEFT, &paper, epoch, DOCUMENT_CHANGE_REVOKE), PROBLEM_NOT_FOUND);
    assert_int_equal(change(&fixture, &clerk, FIXTURE_DILNOZA, &paper, epoch + 1, DOCUMENT_CHANGE_REVOKE),
                     PROBLEM_CHANGED);
    assert_int_equal(change(&fixture, &clerk, FIXTURE_DILNOZA, &paper, epoch, DOCUMENT_CHANGE_RESUME), PROBLEM_DECIDED);
    assert_int_equal(checked(&fixture, paper.code), CHECK_VALID);
    assert_int_equal(change(&fixture, &clerk, FIXTURE_DILNOZA, &paper, epoch, DOCUMENT_CHANGE_SUSPEND), PROBLEM_NONE);
    assert_int_equal(checked(&fixture, paper.code), CHECK_SUSPENDED);
    assert_int_equal(
        change(&fixture, &clerk, FIXTURE_DILNOZA, &paper, epoch_of(&fixture, "document"), DOCUMENT_CHANGE_RESUME),
        PROBLEM_NONE);
    assert_int_equal(
        change(&fixture, &clerk, FIXTURE_DILNOZA, &paper, epoch_of(&fixture, "document"), DOCUMENT_CHANGE_REVOKE),
        PROBLEM_NONE);
    assert_int_equal(checked(&fixture, paper.code), CHECK_REVOKED);
    assert_true(was_told(&fixture, LOOK_WORKED));
    fixture_close(&fixture);
}

static ApiProblemKind replace(OfficeFixture *fixture, const ApiIssued *paper, uint32_t epoch)
{
    const PaperAct act = {
        .who = &clerk, .student = FIXTURE_DILNOZA, .document = paper->document, .epoch = epoch, .reason = REASON
    };
    ApiProblem problem;
    Error err = { 0 };

    assert_ok(paper_replace(fixture->office, &act, WINDOW_OWNER, &problem, &err), err);
    return problem.kind;
}

static void a_new_copy_takes_the_place_of_a_printed_one(void **state)
{
    OfficeFixture fixture;

    (void)state;
    fixture_open(&fixture);
    const ApiIssued paper = issue(&fixture, 1);
    assert_int_equal(replace(&fixture, &paper, epoch_of(&fixture, "copy")), PROBLEM_DECIDED); /* on its way */
    print(&fixture, &paper);
    const uint32_t epoch = epoch_of(&fixture, "copy");
    assert_int_equal(replace(&fixture, &paper, epoch + 1), PROBLEM_CHANGED);
    assert_int_equal(replace(&fixture, &paper, epoch), PROBLEM_NONE);
    assert_int_equal(checked(&fixture, paper.code), CHECK_REPLACED);
    assert_int_equal(fixture_rows(&fixture, "SELECT count(*) FROM copy WHERE n = 2 AND making = 'ready'"), 1);
    assert_int_equal(
        fixture_rows(&fixture, "SELECT count(*) FROM print_job WHERE state = 'held' AND held_by = 'window'"), 1);
    assert_int_equal(fixture_rows(&fixture, "SELECT count(*) FROM act WHERE act = 'document.replaced'"), 1);
    assert_int_equal(replace(&fixture, &paper, epoch_of(&fixture, "copy")), PROBLEM_DECIDED);
    fixture_close(&fixture);
}

static ApiProblemKind propose(OfficeFixture *fixture, const char *numbers, BulkFault *fault)
{
    ApiProblem problem;
    Error err = { 0 };

    assert_ok(bulk_propose(fixture->office, &clerk, numbers, REASON, &problem, fault, &err), err);
    return problem.kind;
}

static void many_are_revoked_by_two(void **state)
{
    OfficeFixture fixture;
    const StaffScope ours = faculty("401-101");
    const DeskWho inside = { OTHER, &ours };
    static BulkRow rows[BULK_LISTED_MOST];
    ApiProblem problem;
    BulkFault fault;
    Error err = { 0 };
    size_t count;

    (void)state;
    fixture_open(&fixture);
    const ApiIssued paper = issue(&fixture, 1);
    assert_int_equal(propose(&fixture, "M-2026/000001, M-2026/000077", &fault), PROBLEM_FORM);
    assert_string_equal(fault.number, "M-2026/000077");
    assert_int_equal(fault.what, BULK_NOT_GIVEN);
    assert_int_equal(propose(&fixture, "M-2026/000001 17", &fault), PROBLEM_FORM);
    assert_int_equal(fault.what, BULK_NO_NUMBER);
    assert_int_equal(propose(&fixture, " \n", &fault), PROBLEM_FORM);
    assert_int_equal(fixture_rows(&fixture, "SELECT count(*) FROM bulk_revocation"), 0);
    assert_int_equal(propose(&fixture, "M-2026/000001\nM-2026/000001", &fault), PROBLEM_NONE); /* once is enough */
    assert_ok(bulk_list(fixture.office, &clerk, rows, &count, &err), err);
    assert_int_equal(count, 1);
    assert_int_equal(rows[0].papers, 1);
    assert_ok(bulk_confirm(fixture.office, &clerk, rows[0].id, &problem, &err), err);
    assert_int_equal(problem.kind, PROBLEM_NOT_ALLOWED); /* who proposed it */
    assert_ok(bulk_confirm(fixture.office, &inside, rows[0].id, &problem, &err), err);
    assert_int_equal(problem.kind, PROBLEM_NOT_FOUND); /* who sees one faculty alone */
    assert_int_equal(checked(&fixture, paper.code), CHECK_VALID);
    assert_ok(bulk_confirm(fixture.office, &second, rows[0].id, &problem, &err), err);
    assert_int_equal(problem.kind, PROBLEM_NONE);
    assert_int_equal(checked(&fixture, paper.code), CHECK_REVOKED);
    assert_ok(bulk_confirm(fixture.office, &second, rows[0].id, &problem, &err), err);
    assert_int_equal(problem.kind, PROBLEM_DECIDED);
    assert_ok(bulk_drop(fixture.office, &second, rows[0].id, &problem, &err), err);
    assert_int_equal(problem.kind, PROBLEM_DECIDED);
    assert_int_equal(propose(&fixture, "M-2026/000001", &fault), PROBLEM_FORM);
    assert_int_equal(fault.what, BULK_NOT_VALID);
    fixture_close(&fixture);
}

static void a_paper_is_checked_by_whatever_stands_on_it(void **state)
{
    OfficeFixture fixture;
    const StaffScope others = faculty("402-101");
    const DeskWho outside = { CLERK, &others };
    static PaperChecked seen;
    char link[64];
    Error err = { 0 };

    (void)state;
    fixture_open(&fixture);
    const ApiIssued paper = issue(&fixture, 1);
    snprintf(link, sizeof link, "https://hujjat.namuna.uz/v/%s", paper.code);
    const struct {
        const char *typed;
        PaperTyped as;
    } cases[] = { { paper.code, TYPED_CODE }, { paper.number, TYPED_NUMBER }, { link, TYPED_LINK } };
    for (size_t i = 0; i < COUNT(cases); i++) {
        assert_ok(paper_checked(fixture.office, &clerk, cases[i].typed, LANGUAGE_UZ, &seen, &err), err);
        assert_int_equal(seen.typed, cases[i].as);
        assert_int_equal(seen.check.state, CHECK_VALID);
        assert_string_equal(seen.student, FIXTURE_DILNOZA);
    }
    assert_ok(paper_checked(fixture.office, &outside, paper.code, LANGUAGE_UZ, &seen, &err), err);
    assert_int_equal(seen.check.state, CHECK_VALID); /* as everybody is told */
    assert_false(seen.has_document);
    assert_ok(paper_checked(fixture.office, &outside, paper.number, LANGUAGE_UZ, &seen, &err), err);
    assert_false(seen.by_code || seen.has_document); /* a number leads to no code */
    assert_ok(paper_checked(fixture.office, &clerk, "https://elsewhere.uz/v/7K3M9QXD2HVT", LANGUAGE_UZ, &seen, &err),
              err);
    assert_int_equal(seen.seal, SEAL_OTHER_HOST);
    assert_ok(paper_checked(fixture.office, &clerk, "salom", LANGUAGE_UZ, &seen, &err), err);
    assert_int_equal(seen.typed, TYPED_NOTHING);
    fixture_close(&fixture);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_student_is_found_within_the_scope),
        cmocka_unit_test(asked_for_at_the_window_by_the_same_rules),
        cmocka_unit_test(a_paper_changes_for_who_has_seen_it),
        cmocka_unit_test(a_new_copy_takes_the_place_of_a_printed_one),
        cmocka_unit_test(many_are_revoked_by_two),
        cmocka_unit_test(a_paper_is_checked_by_whatever_stands_on_it),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
