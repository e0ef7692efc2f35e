#include "fixture.h"

#include "base/memory.h"
#include "registrar/office/jobs.h"
#include "registrar/office/jobs_queue.h"

#define CLERK "staff:m.aliyeva"

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

static JobOrder order_of(const ApiIssued *issued, JobDeed deed, const StaffScope *scope)
{
    return (JobOrder){ .deed = deed,
                       .job = issued->job.id,
                       .epoch = issued->job.epoch,
                       .clerk = CLERK,
                       .scope = scope,
                       .reason = "check",
                       .words = "",
                       .to_student = true };
}

static ApiProblemKind done(OfficeFixture *fixture, const JobOrder *order)
{
    char job[ID_SIZE];
    ApiProblem problem;
    Error err = { 0 };

    assert_ok(jobs_do(fixture->office, order, &problem, job, &err), err);
    return problem.kind;
}

static uint32_t epoch(const OfficeFixture *fixture)
{
    return (uint32_t)fixture_rows(fixture, "SELECT epoch FROM print_job");
}

static ApiProblemKind page(OfficeFixture *fixture, const JobOrder *order)
{
    OWNED(Blob) pdf = NULL;
    ApiProblem problem;
    Error err = { 0 };

    assert_ok(jobs_page(fixture->office, order, &problem, &pdf, &err), err);
    assert_true((pdf != NULL) == (problem.kind == PROBLEM_NONE));
    return problem.kind;
}

/* The list shows nothing of other faculties' students: nor may it be done who knows a job's id. */
static void a_deed_ends_at_the_faculties_of_its_clerk(void **state UNUSED)
{
    static const StaffScope ours = { .count = { [SCOPE_FACULTY] = 1 }, .names = { [SCOPE_FACULTY] = { "401-101" } } };
    static const StaffScope others = { .count = { [SCOPE_FACULTY] = 1 }, .names = { [SCOPE_FACULTY] = { "402-101" } } };
    OfficeFixture fixture;

    fixture_open(&fixture);
    const ApiIssued issued = issue(&fixture, 1);
    JobOrder hold = order_of(&issued, DEED_HOLD, &others);
    assert_int_equal(done(&fixture, &hold), PROBLEM_NOT_FOUND);
    assert_int_equal(fixture_rows(&fixture, "SELECT count(*) FROM act WHERE act LIKE 'print-job.staff-%'"), 0);
    hold.scope = &ours;
    assert_int_equal(done(&fixture, &hold), PROBLEM_NONE);
    JobOrder release = order_of(&issued, DEED_RELEASE, &ours), print = order_of(&issued, DEED_PAGE, &others);
    release.epoch = epoch(&fixture);
    assert_int_equal(done(&fixture, &release), PROBLEM_NONE);
    print.epoch = epoch(&fixture);
    assert_int_equal(page(&fixture, &print), PROBLEM_NOT_FOUND);
    print.scope = &ours;
    assert_int_equal(page(&fixture, &print), PROBLEM_NONE);
    fixture_close(&fixture);
}

static size_t listed(const OfficeFixture *fixture, const char *printer)
{
    StaffScope scope = { .count = { [SCOPE_PRINTER] = 1 } };
    JobQueue *queue = mem_new(1, sizeof *queue);
    const JobWanted wanted = { .clerk = CLERK,
                               .scope = &scope,
                               .first = NEED_UNKNOWN,
                               .last = NEED_PRINTED,
                               .owner = "",
                               .typed = "",
                               .after = "" };
    int64_t counted = 0;
    Error err = { 0 };

    str_copy_cut(str_from(printer), scope.names[SCOPE_PRINTER][0], SCOPE_NAME_SIZE);
    assert_ok(job_queue_view(fixture->office, &wanted, queue, &err), err);
    for (int need = NEED_UNKNOWN; need <= NEED_PRINTED; need++)
        counted += queue->of_need[need];
    const size_t count = queue->count;
    assert_int_equal(counted, count);
    job_queue_fini(queue);
    mem_free(queue);
    return count;
}

static void what_is_at_the_window_is_listed_for_everybody(void **state UNUSED)
{
    OfficeFixture fixture;

    fixture_open(&fixture);
    const ApiIssued issued = issue(&fixture, 1);
    JobOrder move = order_of(&issued, DEED_MOVE, NULL);
    move.to = WINDOW_OWNER;
    assert_int_equal(listed(&fixture, fixture.kiosk.id), 1);
    assert_int_equal(listed(&fixture, "Front-1"), 0);
    assert_int_equal(done(&fixture, &move), PROBLEM_NONE);
    assert_int_equal(listed(&fixture, fixture.kiosk.id), 1);
    assert_int_equal(listed(&fixture, "Front-1"), 1);
    fixture_close(&fixture);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_deed_ends_at_the_faculties_of_its_clerk),
        cmocka_unit_test(what_is_at_the_window_is_listed_for_everybody),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
