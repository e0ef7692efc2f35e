#include "fixture.h"

#include "base/memory.h"
#include "registrar/office/finisher.h"
#include "registrar/office/keeping.h"
#include "registrar/office/mine.h"
#include "registrar/office/orders.h"
#include "registrar/office/review.h"

#define CLERK   "token:anna"
#define DILNOZA 1
#define KEY     1

typedef struct Desk {
    OfficeFixture fixture;
    Session session;
} Desk;

static void desk_open(Desk *desk)
{
    fixture_open(&desk->fixture);
    finisher_stop(desk->fixture.office);
    desk->session = fixture_session(&desk->fixture, DILNOZA, &desk->fixture.kiosk);
}

static ApiRequest leaving(const char *reason)
{
    ApiRequest request = { .service = "leaving", .language = LANGUAGE_UZ };

    assert_true(answers_set(&request.answers, "reason", str_from(reason)));
    assert_true(answers_set(&request.answers, "last-day", STR("2026-12-01")));
    assert_true(answers_set(&request.answers, "sure", STR("yes")));
    return request;
}

static void hand_in(Desk *desk)
{
    const ApiRequest request = leaving("work");
    ApiProblem problem;
    ApiIssued issued;
    Error err = { 0 };
    bool made;

    assert_ok(office_request(desk->fixture.office, &desk->session, fixture_key(KEY), &request, &problem, &made, &issued,
                             &err),
              err);
    assert_int_equal(problem.kind, PROBLEM_NONE);
    assert_int_equal(issued.state, REQUEST_REVIEW);
}

static QueueLine line_of(Desk *desk, const char *state)
{
    ReviewQueue *queue = mem_new(1, sizeof *queue);
    const ReviewQuery query = { str_from(state), "", "" };
    Error err = { 0 };
    bool known;

    assert_non_null(queue);
    assert_ok(review_queue(desk->fixture.office, &query, &known, queue, &err), err);
    assert_int_equal(queue->count, 1);
    const QueueLine line = queue->lines[0].line;
    review_queue_fini(queue);
    mem_free(queue);
    return line;
}

typedef bool Decide(Office *office, const Decision *decision, ApiProblem *ret_problem, Error *err);

static void decide(Desk *desk, Decide *act, const char *state)
{
    const QueueLine line = line_of(desk, state);
    Answers staff = { 0 };
    ApiProblem problem;
    Error err = { 0 };

    assert_true(answers_set(&staff, "last-day", STR("2026-12-01")));
    const Decision decision = {
        .clerk = CLERK, .id = line.request.id, .epoch = line.request.epoch, .staff = &staff, .words = "Sababini yozing"
    };
    assert_ok(act(desk->fixture.office, &decision, &problem, &err), err);
    assert_int_equal(problem.kind, PROBLEM_NONE);
}

static ApiProblem anew(Desk *desk, const ApiRequest *request)
{
    ApiProblem problem;
    ApiIssued issued;
    Error err = { 0 };

    assert_ok(
        office_answer_anew(desk->fixture.office, &desk->session, fixture_key(KEY), request, &problem, &issued, &err),
        err);
    return problem;
}

static ApiProblem begin(Desk *desk, const Session *session, const char *question, const ApiRequest *request)
{
    ApiDraft draft = { .language = LANGUAGE_RU, .answers = request->answers };
    ApiProblem problem;
    Error err = { 0 };

    str_copy_cut(str_from(question), draft.question, sizeof draft.question);
    assert_ok(office_answer_keep(desk->fixture.office, session, fixture_key(KEY), &draft, &problem, &err), err);
    return problem;
}

static ApiRequestDetails *details(Desk *desk)
{
    ApiRequestDetails *ret = mem_new(1, sizeof *ret);
    ApiProblem problem;
    Error err = { 0 };

    assert_non_null(ret);
    assert_ok(office_details(desk->fixture.office, &desk->session, fixture_key(KEY), &problem, ret, &err), err);
    assert_int_equal(problem.kind, PROBLEM_NONE);
    return ret;
}

/* What was returned waits for as long as its student likes: the promise counts from when it was answered. */
static void what_is_answered_anew_is_promised_anew(void **state)
{
    const ApiRequest better = leaving("family");
    Desk desk;

    (void)state;
    desk_open(&desk);
    hand_in(&desk);
    const int64_t first_s = line_of(&desk, "review").request.promised_at_s;
    decide(&desk, review_return, "review");
    fixture_pass(10 * 86400);
    assert_int_equal(anew(&desk, &better).kind, PROBLEM_FORM); /* the day that was said is over */
    fixture_pass(-6 * 86400);
    assert_int_equal(anew(&desk, &better).kind, PROBLEM_NONE);
    const QueueLine line = line_of(&desk, "review");
    assert_true(line.request.promised_at_s > first_s + 3 * 86400);
    assert_int_equal(line.n, 2);
    assert_string_equal(line.unit, "front-office");
    assert_int_equal(anew(&desk, &better).kind, PROBLEM_NONE); /* once more, when the answer was lost */
    ApiRequestDetails *told = details(&desk);
    assert_int_equal(told->stage_count, 4); /* returned, waiting, and the two that are to come */
    assert_int_equal(told->stages[0].state, API_STAGE_RETURNED);
    assert_int_equal(told->stages[3].at_s, 0);
    assert_string_equal(answers_get(&told->answers, "reason"), "family");
    mem_free(told);
    fixture_close(&desk.fixture);
}

static void it_goes_on_to_the_unit_after_the_one_that_returned_it(void **state)
{
    static const char *const units[] = { "front-office", "dean", "dean", "back-office" };
    const ApiRequest better = leaving("family"), other = leaving("fee");
    Desk desk;

    (void)state;
    desk_open(&desk);
    hand_in(&desk);
    decide(&desk, review_approve, "review");
    decide(&desk, review_return, "review");
    assert_int_equal(anew(&desk, &better).kind, PROBLEM_NONE);
    decide(&desk, review_approve, "review");
    assert_string_equal(line_of(&desk, "review").unit, "back-office");
    decide(&desk, review_approve, "review");
    ApiRequestDetails *told = details(&desk);
    assert_int_equal(told->line.state, REQUEST_APPROVED);
    assert_int_equal(told->stage_count, COUNT(units));
    for (size_t i = 0; i < COUNT(units); i++)
        assert_string_equal(told->stages[i].unit, units[i]);
    mem_free(told);
    assert_int_equal(anew(&desk, &other).kind, PROBLEM_DECIDED);
    fixture_close(&desk.fixture);
}

/* What the student is told of it now. */
static void expect_told(Desk *desk, bool begun, const char *reason, const char *question)
{
    ApiRequestDetails *told = details(desk);

    assert_int_equal(told->begun, begun);
    assert_string_equal(answers_get(&told->answers, "reason"), reason);
    assert_string_equal(told->question, question);
    assert_int_equal(told->language, begun ? LANGUAGE_RU : LANGUAGE_UZ);
    mem_free(told);
}

static int64_t kept(Desk *desk)
{
    return fixture_rows(&desk->fixture, "SELECT count(*) FROM answer_draft");
}

/* A time-out in the middle loses nothing, until the answer is given. */
static void what_is_begun_anew_is_kept_until_it_is_answered(void **state)
{
    const ApiRequest better = leaving("family"), best = leaving("fee");
    ApiRequest nothing = { 0 }, wrong = leaving("moon");
    Desk desk;

    (void)state;
    desk_open(&desk);
    hand_in(&desk);
    assert_int_equal(begin(&desk, &desk.session, "", &better).kind, PROBLEM_DECIDED); /* nobody returned it */
    decide(&desk, review_return, "review");
    expect_told(&desk, false, "work", "");
    assert_int_equal(begin(&desk, &desk.session, "", &better).kind, PROBLEM_NONE);
    assert_int_equal(begin(&desk, &desk.session, "last-day", &best).kind, PROBLEM_NONE);
    expect_told(&desk, true, "fee", "last-day");
    assert_false(fixture_lies_open(&desk.fixture, "SELECT answers FROM answer_draft WHERE institution = ?1", "fee"));
    assert_int_equal(begin(&desk, &desk.session, "", &wrong).kind, PROBLEM_FORM);
    assert_int_equal(begin(&desk, &desk.session, "colour", &better).kind, PROBLEM_FORM);
    Session other = fixture_session(&desk.fixture, 2, &desk.fixture.other_kiosk);
    assert_int_equal(begin(&desk, &other, "", &better).kind, PROBLEM_NOT_FOUND);
    expect_told(&desk, true, "fee", "last-day");
    assert_int_equal(begin(&desk, &desk.session, "", &nothing).kind, PROBLEM_NONE); /* taken back */
    expect_told(&desk, false, "work", "");
    assert_int_equal(begin(&desk, &desk.session, "", &best).kind, PROBLEM_NONE);
    assert_int_equal(anew(&desk, &better).kind, PROBLEM_NONE);
    assert_int_equal(kept(&desk), 0);
    expect_told(&desk, false, "family", "");
    assert_int_equal(begin(&desk, &desk.session, "", &best).kind, PROBLEM_DECIDED);
    fixture_close(&desk.fixture);
}

static void withdraw(Desk *desk)
{
    ApiProblem problem;
    Error err = { 0 };

    assert_ok(review_withdraw(desk->fixture.office, &desk->session, fixture_key(KEY), &problem, &err), err);
    assert_int_equal(problem.kind, PROBLEM_NONE);
}

static void decline(Desk *desk)
{
    decide(desk, review_decline, "returned");
}

static void what_is_begun_anew_goes_with_the_wait_for_it(void **state)
{
    static void (*const ends[])(Desk *) = { withdraw, decline };
    const ApiRequest better = leaving("family");
    Desk desk;

    (void)state;
    for (size_t i = 0; i < COUNT(ends); i++) {
        desk_open(&desk);
        hand_in(&desk);
        decide(&desk, review_return, "review");
        assert_int_equal(begin(&desk, &desk.session, "", &better).kind, PROBLEM_NONE);
        assert_int_equal(kept(&desk), 1);
        ends[i](&desk);
        assert_int_equal(kept(&desk), 0);
        fixture_close(&desk.fixture);
    }
}

static void after_thirty_days_what_was_handed_in_stands_again(void **state)
{
    const ApiRequest better = leaving("family");
    Desk desk;

    (void)state;
    desk_open(&desk);
    hand_in(&desk);
    decide(&desk, review_return, "review");
    assert_int_equal(begin(&desk, &desk.session, "", &better).kind, PROBLEM_NONE);
    fixture_pass(DRAFT_KEPT_S - 1);
    ApiRequestDetails *told = details(&desk);
    assert_true(told->begun);
    assert_string_equal(answers_get(&told->answers, "reason"), "family");
    assert_null(answers_get(&told->answers, "last-day")); /* that day is over by now: it is asked again */
    mem_free(told);
    fixture_pass(1);
    expect_told(&desk, false, "work", "");
    fixture_close(&desk.fixture);
}

static void nobody_reads_anothers(void **state)
{
    Desk desk;
    ApiProblem problem;
    ApiIssued issued;
    OWNED(Blob) pdf = NULL;
    const ApiRequest better = leaving("family");
    ApiRequestDetails *told = mem_new(1, sizeof *told);
    Error err = { 0 };

    (void)state;
    desk_open(&desk);
    hand_in(&desk);
    decide(&desk, review_return, "review");
    Session other = fixture_session(&desk.fixture, 2, &desk.fixture.other_kiosk);
    assert_ok(office_details(desk.fixture.office, &other, fixture_key(KEY), &problem, told, &err), err);
    assert_int_equal(problem.kind, PROBLEM_NOT_FOUND);
    assert_ok(office_answer_anew(desk.fixture.office, &other, fixture_key(KEY), &better, &problem, &issued, &err), err);
    assert_int_equal(problem.kind, PROBLEM_NOT_FOUND);
    assert_ok(office_receipt(desk.fixture.office, &other, fixture_key(KEY), LANGUAGE_UZ, &problem, &pdf, &err), err);
    assert_int_equal(problem.kind, PROBLEM_NOT_FOUND);
    assert_int_equal(fixture_rows(&desk.fixture, "SELECT count(*) FROM stage"), 1);
    mem_free(told);
    fixture_close(&desk.fixture);
}

/* Equal input, equal bytes; in any language that the house has. */
static void a_receipt_is_drawn_in_every_language(void **state)
{
    Desk desk;
    ApiProblem problem;
    Error err = { 0 };

    (void)state;
    desk_open(&desk);
    hand_in(&desk);
    for (Language l = 0; l < LANGUAGE_COUNT; l++) {
        OWNED(Blob) pdf = NULL;
        OWNED(Blob) again = NULL;

        assert_ok(office_receipt(desk.fixture.office, &desk.session, fixture_key(KEY), l, &problem, &pdf, &err), err);
        assert_int_equal(problem.kind, PROBLEM_NONE);
        assert_true(str_starts(blob_str(pdf), STR("%PDF-")));
        assert_ok(office_receipt(desk.fixture.office, &desk.session, fixture_key(KEY), l, &problem, &again, &err), err);
        assert_true(str_equal(blob_str(pdf), blob_str(again)));
    }
    assert_int_equal(fixture_rows(&desk.fixture, "SELECT count(*) FROM document"), 0); /* it is no document */
    fixture_close(&desk.fixture);
}

/* Three years after it is over: the words and answers go, that it was and its order's number stay. */
static void what_was_said_goes_in_its_time(void **state)
{
    const ApiRequest better = leaving("family");
    Desk desk;
    PurgeRun run;
    PurgeTaken taken;
    ApiProblem problem;
    Error err = { 0 };

    (void)state;
    desk_open(&desk);
    hand_in(&desk);
    decide(&desk, review_return, "review");
    assert_int_equal(anew(&desk, &better).kind, PROBLEM_NONE);
    for (int unit = 0; unit < 3; unit++)
        decide(&desk, review_approve, "review");
    const QueueLine line = line_of(&desk, "approved");
    const OrderEntry entry = {
        .clerk = CLERK, .id = line.request.id, .epoch = 1, .number = "7-T", .day = "2026-11-24"
    };
    assert_ok(order_enter(desk.fixture.office, &entry, &problem, &err), err);
    assert_int_equal(problem.kind, PROBLEM_NONE);
    assert_false(fixture_lies_open(&desk.fixture, "SELECT body FROM order_draft WHERE institution = ?1", "Karimova"));
    fixture_pass(ANSWERS_KEPT_S + 1);
    assert_ok(purge_begin(desk.fixture.store, "test", 0, fixture_clock(NULL) / 1000, &run, &err), err);
    while (run.n != 0)
        assert_ok(purge_bite(desk.fixture.store, &run, fixture_clock(NULL), &taken, &err), err);
    assert_int_equal(
        fixture_rows(&desk.fixture, "SELECT count(*) FROM order_draft WHERE body IS NULL AND number = '7-T'"), 1);
    assert_int_equal(fixture_rows(&desk.fixture, "SELECT count(*) FROM stage WHERE returned_answers IS NULL"
                                                 " AND reason IS NULL AND answers = '{}'"),
                     4);
    assert_int_equal(fixture_rows(&desk.fixture, "SELECT count(*) FROM request WHERE answers = '{}'"), 1);
    OrderList *list = mem_new(1, sizeof *list);
    assert_ok(order_look(desk.fixture.office, CLERK, line.request.id, &problem, list, &err), err);
    assert_null(list->lines[0].body); /* and is shown without */
    order_list_fini(list);
    mem_free(list);
    fixture_close(&desk.fixture);
}

static size_t drafts_of(Desk *desk, const StaffScope *scope)
{
    OrderList *list = mem_new(1, sizeof *list);
    Error err = { 0 };
    bool known;

    assert_ok(orders_look(desk->fixture.office, CLERK, scope, STR("draft"), "", &known, list, &err), err);
    assert_true(known);
    assert_string_equal(list->next, "");
    const size_t count = list->count;
    order_list_fini(list);
    mem_free(list);
    return count;
}

/* Nor is the student told that somebody looked who was shown nothing. */
static void a_draft_is_looked_at_within_the_scope(void **state)
{
    static const StaffScope ours = { .count = { [SCOPE_FACULTY] = 1 }, .names = { [SCOPE_FACULTY] = { "401-101" } } };
    static const StaffScope others = { .count = { [SCOPE_FACULTY] = 1 }, .names = { [SCOPE_FACULTY] = { "402-101" } } };
    static const char looks[] = "SELECT count(*) FROM act WHERE act = 'request.seen' AND object = 'student:1'";
    Desk desk;

    (void)state;
    desk_open(&desk);
    hand_in(&desk);
    for (int unit = 0; unit < 3; unit++)
        decide(&desk, review_approve, "review");
    const int64_t before = fixture_rows(&desk.fixture, looks);
    assert_int_equal(drafts_of(&desk, &others), 0);
    assert_int_equal(fixture_rows(&desk.fixture, looks), before);
    assert_int_equal(drafts_of(&desk, &ours), 1);
    assert_int_equal(drafts_of(&desk, NULL), 1);
    assert_int_equal(fixture_rows(&desk.fixture, looks), before + 2);
    fixture_close(&desk.fixture);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(what_is_answered_anew_is_promised_anew),
        cmocka_unit_test(it_goes_on_to_the_unit_after_the_one_that_returned_it),
        cmocka_unit_test(what_is_begun_anew_is_kept_until_it_is_answered),
        cmocka_unit_test(what_is_begun_anew_goes_with_the_wait_for_it),
        cmocka_unit_test(after_thirty_days_what_was_handed_in_stands_again),
        cmocka_unit_test(nobody_reads_anothers),
        cmocka_unit_test(a_receipt_is_drawn_in_every_language),
        cmocka_unit_test(what_was_said_goes_in_its_time),
        cmocka_unit_test(a_draft_is_looked_at_within_the_scope),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
