/* Figures of the desk, of rows that the office's own functions made. */
#include "fixture.h"

#include "base/memory.h"
#include "registrar/office/jobs.h"
#include "registrar/office/review.h"
#include "registrar/office/review_inbox.h"
#include "registrar/office/statistics.h"

#define DILNOZA 1
#define OTHER   2
#define CLERK   "staff:anna"
#define DAY_S   86400

typedef struct Desk {
    OfficeFixture fixture;
    Session session;
    Statistics *statistics;
} Desk;

static void desk_open(Desk *desk)
{
    fixture_open(&desk->fixture);
    desk->session = fixture_session(&desk->fixture, DILNOZA, &desk->fixture.kiosk);
    desk->statistics = mem_new(1, sizeof *desk->statistics);
    assert_non_null(desk->statistics);
}

static void desk_close(Desk *desk)
{
    statistics_fini(desk->statistics);
    mem_free(desk->statistics);
    fixture_close(&desk->fixture);
}

static const Date first = { 2026, 11, 23 }, last = { 2026, 12, 6 };

static const Statistics *count(Desk *desk, StatisticsWanted wanted)
{
    Error err = { 0 };

    wanted.from = wanted.from.year ? wanted.from : first;
    wanted.to = wanted.to.year ? wanted.to : last;
    wanted.service = wanted.service ? wanted.service : "";
    wanted.place = wanted.place ? wanted.place : "";
    wanted.faculty = wanted.faculty ? wanted.faculty : "";
    wanted.clerk = wanted.clerk ? wanted.clerk : "";
    statistics_fini(desk->statistics);
    assert_ok(statistics_count(desk->fixture.office, &wanted, desk->statistics, &err), err);
    return desk->statistics;
}

static const Tally *row_of(const TallyList *list, const char *key)
{
    size_t i = 0;

    while (i < list->count && strcmp(list->rows[i].key, key) != 0)
        i++;
    if (i == list->count)
        fail_msg("no row %s", key);
    return &list->rows[i].tally;
}

/* --- making ------------------------------------------------------------------------------------------------------- */

static ApiIssued ask(Desk *desk, int key, const char *receiver)
{
    ApiRequest request = fixture_request(receiver);
    ApiProblem problem;
    ApiIssued issued = { 0 };
    Error err = { 0 };
    bool made;

    assert_ok(office_request(desk->fixture.office, &desk->session, fixture_key(key), &request, &problem, &made, &issued,
                             &err),
              err);
    assert_int_equal(problem.kind, PROBLEM_NONE);
    return issued;
}

static void print(Desk *desk, const ApiIssued *issued, ApiPrintState state, int sheets)
{
    const ApiPrintReport report = { .epoch = issued->job.epoch, .state = state, .sheets = sheets };
    OWNED(Blob) pdf = NULL;
    ApiProblem problem;
    ApiPrintJob now;
    Error err = { 0 };

    assert_ok(
        office_page(desk->fixture.office, &desk->session, issued->job.copy, issued->job.epoch, &problem, &pdf, &err),
        err);
    assert_int_equal(problem.kind, PROBLEM_NONE);
    assert_ok(
        office_print_report(desk->fixture.office, &desk->fixture.kiosk, issued->job.id, &report, &problem, &now, &err),
        err);
    assert_int_equal(problem.kind, PROBLEM_NONE);
}

static void hand_in(Desk *desk, int key, const char *surname)
{
    ApiRequest request = { .service = "name-correction", .language = LANGUAGE_UZ };
    ApiProblem problem;
    ApiIssued issued = { 0 };
    Error err = { 0 };
    bool made;

    assert_true(answers_set(&request.answers, "surname", str_from(surname)));
    assert_true(answers_set(&request.answers, "given", STR("Dilnoza")));
    assert_ok(office_request(desk->fixture.office, &desk->session, fixture_key(key), &request, &problem, &made, &issued,
                             &err),
              err);
    assert_int_equal(problem.kind, PROBLEM_NONE);
}

/* What waits longest. */
static void decline(Desk *desk, const char *words)
{
    Inbox *inbox = mem_new(1, sizeof *inbox);
    const InboxWanted wanted = {
        .clerk = CLERK, .list = INBOX_REVIEW, .unit = "", .service = "", .whose = "", .typed = "", .after = ""
    };
    ApiProblem problem;
    Error err = { 0 };

    assert_non_null(inbox);
    assert_ok(review_inbox(desk->fixture.office, &wanted, inbox, &err), err);
    assert_true(inbox->count > 0);
    const Decision decision = {
        .clerk = CLERK, .id = inbox->lines[0].row.id, .epoch = inbox->lines[0].row.epoch, .words = words
    };
    assert_ok(review_decline(desk->fixture.office, &decision, &problem, &err), err);
    assert_int_equal(problem.kind, PROBLEM_NONE);
    review_inbox_fini(inbox);
    mem_free(inbox);
}

/* --- papers ------------------------------------------------------------------------------------------------------- */

static void papers_are_counted_by_what_became_of_them(void **state)
{
    Desk desk;

    (void)state;
    desk_open(&desk);
    const ApiIssued whole = ask(&desk, 1, "any");
    print(&desk, &whole, PRINT_PRINTED, 1);
    fixture_pass(DAY_S + 3 * 3600); /* Wednesday, 14:00 */
    const ApiIssued nobody_knows = ask(&desk, 2, "bank");
    print(&desk, &nobody_knows, PRINT_PRINTED, -1);
    (void)ask(&desk, 3, "employer");
    const Statistics *statistics = count(&desk, (StatisticsWanted){ 0 });
    assert_int_equal(statistics->total.papers, 3);
    assert_int_equal(statistics->total.printed, 1);
    assert_int_equal(statistics->total.unsure, 1);
    assert_int_equal(statistics->total.under_way, 1);
    assert_int_equal(statistics->total.failed, 0);
    assert_int_equal(statistics->total.sheets, 1);
    assert_int_equal(statistics->total.spoiled, 0);
    assert_int_equal(row_of(&statistics->by[BY_SERVICE], "certificate-of-study")->papers, 3);
    assert_int_equal(statistics->by[BY_DAY].count, 14);
    assert_int_equal(row_of(&statistics->by[BY_DAY], "2026-11-24")->papers, 1);
    assert_int_equal(row_of(&statistics->by[BY_DAY], "2026-11-25")->papers, 2);
    assert_int_equal(row_of(&statistics->by[BY_DAY], "2026-11-23")->papers, 0);
    assert_int_equal(statistics->by[BY_HOUR].count, 24);
    assert_int_equal(row_of(&statistics->by[BY_HOUR], "11")->papers, 1);
    assert_int_equal(row_of(&statistics->by[BY_HOUR], "14")->papers, 2);
    assert_int_equal(statistics->by[BY_WEEKDAY].count, 7);
    assert_int_equal(row_of(&statistics->by[BY_WEEKDAY], "2")->papers, 1);
    assert_int_equal(row_of(&statistics->by[BY_WEEKDAY], "3")->papers, 2);
    assert_int_equal(row_of(&statistics->by[BY_PLACE], "1-bino, 1-qavat")->papers, 3);
    assert_int_equal(row_of(&statistics->by[BY_PRINTER], "A-1")->papers, 3);
    assert_int_equal(row_of(&statistics->by[BY_FACULTY], "401-101")->papers, 3);
    desk_close(&desk);
}

/* The bounds are days of the institution; the last one counts whole. */
static void a_period_is_of_whole_days(void **state)
{
    Desk desk;

    (void)state;
    desk_open(&desk);
    fixture_pass(13 * 3600 - 1); /* 23:59:59 */
    (void)ask(&desk, 1, "any");
    fixture_pass(1);
    (void)ask(&desk, 2, "bank");
    const Date tuesday = { 2026, 11, 24 }, wednesday = { 2026, 11, 25 }, monday = { 2026, 11, 23 };
    assert_int_equal(count(&desk, (StatisticsWanted){ .from = tuesday, .to = tuesday })->total.papers, 1);
    assert_int_equal(count(&desk, (StatisticsWanted){ .from = wednesday, .to = wednesday })->total.papers, 1);
    assert_int_equal(count(&desk, (StatisticsWanted){ .from = monday, .to = monday })->total.papers, 0);
    assert_int_equal(count(&desk, (StatisticsWanted){ .from = monday, .to = wednesday })->total.papers, 2);
    assert_int_equal(row_of(&desk.statistics->by[BY_HOUR], "00")->papers, 1);
    assert_int_equal(row_of(&desk.statistics->by[BY_HOUR], "23")->papers, 1);
    desk_close(&desk);
}

static void sheets_of_what_was_printed_once_more_are_spoiled(void **state)
{
    char job[ID_SIZE];
    Desk desk;
    ApiProblem problem;
    Error err = { 0 };

    (void)state;
    desk_open(&desk);
    const ApiIssued torn = ask(&desk, 1, "any");
    print(&desk, &torn, PRINT_PRINTED, 1);
    const JobOrder order = { .deed = DEED_REPRINT,
                             .job = torn.job.id,
                             .epoch = torn.job.epoch,
                             .clerk = CLERK,
                             .reason = "torn",
                             .words = "",
                             .to = WINDOW_OWNER };
    assert_ok(jobs_do(desk.fixture.office, &order, &problem, job, &err), err);
    assert_int_equal(problem.kind, PROBLEM_NONE);
    const Statistics *statistics = count(&desk, (StatisticsWanted){ 0 });
    assert_int_equal(statistics->total.papers, 2);
    assert_int_equal(statistics->total.failed, 1);
    assert_int_equal(statistics->total.printed, 0);
    assert_int_equal(statistics->total.sheets, 1);
    assert_int_equal(statistics->total.spoiled, 1);
    assert_int_equal(statistics->refusal_count, 1);
    assert_int_equal(statistics->refusals[0].kind, REFUSAL_REPRINTED);
    assert_string_equal(statistics->refusals[0].cause, "torn");
    assert_int_equal(statistics->work_count, 1);
    assert_string_equal(statistics->work[0].name, "anna");
    assert_true(statistics->work[0].of[WORK_PRINTS] >= 1);
    desk_close(&desk);
}

/* --- applications ------------------------------------------------------------------------------------------------- */

static void promises_are_held_against_decisions(void **state)
{
    const char *const own = "Hujjat oʻqilmaydi";
    TemplateEntry template = { .clerk = CLERK, .id = "", .service = "", .words = { [LANGUAGE_UZ] = "Rasm xira" } };
    Desk desk;
    ApiProblem problem;
    Error err = { 0 };

    (void)state;
    for (Language language = 0; language < LANGUAGE_COUNT; language++)
        template.words[language] = template.words[language] ? template.words[language] : "";
    desk_open(&desk);
    assert_ok(template_keep(desk.fixture.office, &template, &problem, &err), err);
    assert_int_equal(problem.kind, PROBLEM_NONE);
    hand_in(&desk, 1, "Karimova");
    fixture_pass(3600); /* Tuesday, 12:00 */
    decline(&desk, "Rasm xira");
    hand_in(&desk, 2, "Karimova");
    const Statistics *statistics = count(&desk, (StatisticsWanted){ 0 });
    assert_int_equal(statistics->promise_total.asked, 2);
    assert_int_equal(statistics->promise_total.kept, 1);
    assert_int_equal(statistics->promise_total.waiting, 1);
    assert_int_equal(statistics->promise_total.overdue, 0);
    assert_int_equal(statistics->promise_total.usual_s, 3600);
    fixture_pass(9 * DAY_S); /* Thursday of the next week */
    statistics = count(&desk, (StatisticsWanted){ 0 });
    assert_int_equal(statistics->promise_total.waiting, 0);
    assert_int_equal(statistics->promise_total.overdue, 1);
    decline(&desk, own);
    statistics = count(&desk, (StatisticsWanted){ 0 });
    assert_int_equal(statistics->promise_count, 1);
    assert_string_equal(statistics->promises[0].service, "name-correction");
    assert_int_equal(statistics->promises[0].kept, 1);
    assert_int_equal(statistics->promises[0].late, 1);
    assert_int_equal(statistics->promises[0].overdue, 0);
    assert_true(statistics->promises[0].promised_s > 0);
    assert_true(statistics->promises[0].slow_s > statistics->promises[0].promised_s);
    assert_int_equal(statistics->total.applications, 2);
    assert_int_equal(statistics->work[0].of[WORK_DECIDED], 2);
    assert_int_equal(statistics->refusal_count, 2);
    for (size_t i = 0; i < 2; i++) {
        assert_int_equal(statistics->refusals[i].kind, REFUSAL_DECLINED);
        assert_int_equal(statistics->refusals[i].count, 1);
    }
    assert_true(!strcmp(statistics->refusals[0].cause, "") != !strcmp(statistics->refusals[1].cause, ""));
    desk_close(&desk);
}

/* --- filters, scopes ---------------------------------------------------------------------------------------------- */

static void what_a_filter_or_scope_does_not_name_is_not_counted(void **state)
{
    StaffScope own = { .count = { [SCOPE_FACULTY] = 1 }, .names = { [SCOPE_FACULTY] = { "401-101" } } };
    StaffScope other = { .count = { [SCOPE_FACULTY] = 1 }, .names = { [SCOPE_FACULTY] = { "401-999" } } };
    StatisticsChoices *choices = mem_new(1, sizeof *choices);
    Desk desk;
    Error err = { 0 };

    (void)state;
    assert_non_null(choices);
    desk_open(&desk);
    (void)ask(&desk, 1, "any");
    hand_in(&desk, 2, "Karimova");
    const struct {
        StatisticsWanted wanted;
        int papers, applications;
        bool has_lines;
    } cases[] = {
        { { .service = "certificate-of-study" }, 1, 0, false },
        { { .service = "name-correction" }, 0, 1, false },
        { { .place = "1-bino, 1-qavat" }, 1, 1, true },
        { { .place = "2-bino" }, 0, 0, true },
        { { .faculty = "401-101" }, 1, 1, false },
        { { .faculty = "401-999" }, 0, 0, false },
        { { .scope = &own }, 1, 1, false },
        { { .scope = &other }, 0, 0, false },
        { { .scope = &other, .faculty = "401-101" }, 0, 0, false },
    };
    for (size_t i = 0; i < COUNT(cases); i++) {
        const Statistics *statistics = count(&desk, cases[i].wanted);

        assert_int_equal(statistics->total.papers, cases[i].papers);
        assert_int_equal(statistics->total.applications, cases[i].applications);
        assert_int_equal(statistics->has_lines, cases[i].has_lines);
    }
    assert_ok(statistics_choices(desk.fixture.office, &own, LANGUAGE_EN, choices, &err), err);
    assert_int_equal(choices->faculty_count, 1);
    assert_string_equal(choices->faculties[0].name, "Faculty of Information Technologies");
    assert_int_equal(choices->place_count, 1);
    assert_ok(statistics_choices(desk.fixture.office, &other, LANGUAGE_EN, choices, &err), err);
    assert_int_equal(choices->faculty_count, 0);
    mem_free(choices);
    desk_close(&desk);
}

/* Of a register that is older than the column. */
static void faculties_are_read_when_they_were_not_yet(void **state)
{
    Desk desk;

    (void)state;
    desk_open(&desk);
    (void)ask(&desk, 1, "any");
    (void)fixture_rows(&desk.fixture, "UPDATE student SET faculty = NULL RETURNING 1");
    assert_int_equal(count(&desk, (StatisticsWanted){ .faculty = "401-101" })->total.papers, 1);
    assert_int_equal(fixture_rows(&desk.fixture, "SELECT count(*) FROM student WHERE faculty IS NULL"), 0);
    desk_close(&desk);
}

static void acts_are_work_of_one_kind(void **state)
{
    static const struct {
        const char *act;
        int kind; /* -1: none */
    } cases[] = {
        { "stage.decided", WORK_DECIDED },  { "copy.collected", WORK_HANDED_OUT },
        { "print-job.held", WORK_PRINTS },  { "print-job.seen", WORK_LOOKS },
        { "ticket.served", WORK_SERVED },   { "ticket.called", -1 },
        { "notice.changed", WORK_CONTENT }, { "request.in-unit", -1 },
        { "staff.signed-in", -1 },          { "", -1 },
    };

    (void)state;
    for (size_t i = 0; i < COUNT(cases); i++) {
        WorkKind kind = WORK_KIND_COUNT;

        assert_int_equal(work_kind_of(str_from(cases[i].act), &kind), cases[i].kind >= 0);
        if (cases[i].kind >= 0)
            assert_int_equal(kind, cases[i].kind);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(papers_are_counted_by_what_became_of_them),
        cmocka_unit_test(a_period_is_of_whole_days),
        cmocka_unit_test(sheets_of_what_was_printed_once_more_are_spoiled),
        cmocka_unit_test(promises_are_held_against_decisions),
        cmocka_unit_test(what_a_filter_or_scope_does_not_name_is_not_counted),
        cmocka_unit_test(faculties_are_read_when_they_were_not_yet),
        cmocka_unit_test(acts_are_work_of_one_kind),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
