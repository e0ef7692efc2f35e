#include "fixture.h"

#include "base/memory.h"
#include "registrar/office/approving.h"
#include "registrar/office/blanks.h"
#include "registrar/office/documents.h"
#include "registrar/office/finisher.h"
#include "registrar/office/handing.h"
#include "registrar/office/invoices.h"
#include "registrar/office/review.h"

#define DILNOZA 1
#define CLERK   "token:anna"

typedef struct Desk {
    OfficeFixture fixture;
    Session session;
} Desk;

static void desk_open(Desk *desk)
{
    fixture_open(&desk->fixture);
    desk->session = fixture_session(&desk->fixture, DILNOZA, &desk->fixture.kiosk);
}

static ApiIssued hand_in(Desk *desk, int key, const char *service, const char *field, const char *value)
{
    ApiRequest request = { .language = LANGUAGE_UZ };
    ApiProblem problem;
    ApiIssued issued = { 0 };
    Error err = { 0 };
    bool made;

    str_copy_cut(str_from(service), request.service, sizeof request.service);
    assert_true(!field || answers_set(&request.answers, field, str_from(value)));
    if (str_starts(str_from(service), STR("student-card"))) /* in which language */
        assert_true(answers_set(&request.answers, "language", STR("uz")));
    assert_ok(office_request(desk->fixture.office, &desk->session, fixture_key(key), &request, &problem, &made, &issued,
                             &err),
              err);
    if (problem.kind != PROBLEM_NONE)
        fail_msg("%s %s", api_problem_slug(problem.kind), problem.field);
    assert_true(made);
    return issued;
}

/* The first of the queue. */
static QueueLine first(Desk *desk, const char *state)
{
    ReviewQueue *queue = mem_new(1, sizeof *queue);
    const ReviewQuery query = { str_from(state), "", "" };
    QueueLine line = { 0 };
    Error err = { 0 };
    bool known;

    assert_non_null(queue);
    assert_ok(review_queue(desk->fixture.office, &query, &known, queue, &err), err);
    assert_true(known && queue->count > 0);
    line = queue->lines[0].line;
    review_queue_fini(queue);
    mem_free(queue);
    return line;
}

static ApiProblemKind approve(Desk *desk, const QueueLine *line)
{
    static const Answers none;
    const Decision decision = { .clerk = CLERK, .id = line->request.id, .epoch = line->request.epoch, .staff = &none };
    ApiProblem problem;
    Error err = { 0 };

    assert_ok(review_approve(desk->fixture.office, &decision, &problem, &err), err);
    return problem.kind;
}

typedef struct Killed {
    Approval approval;
} Killed;

static bool write_approval(StoreTransaction *transaction, void *arg, Error *err)
{
    Killed *killed = arg;

    return approval_write(transaction, &killed->approval, err);
}

/* Everything is written, and whoever did it is gone before the page. */
static void approve_and_die(Desk *desk, const QueueLine *line)
{
    Killed *killed = mem_new(1, sizeof *killed);
    Approval *approval = &killed->approval;
    ApiProblem problem;
    Error err = { 0 };

    assert_non_null(killed);
    OWNED(Shelf) shelf = shelf_take(desk->fixture.office);
    *approval = (Approval){
        .shelf = shelf, .service = shelf_service(shelf, line->request.service), .clerk = CLERK, .request = line->request
    };
    buf_init(&approval->snapshot, TAKING_SNAPSHOT_MOST);
    assert_ok(approval_prepare(desk->fixture.office, approval, &problem, &err), err);
    if (problem.kind != PROBLEM_NONE)
        fail_msg("%s %s", api_problem_slug(problem.kind), problem.field);
    assert_ok(store_write(desk->fixture.store, write_approval, killed, &err), err);
    approval_fini(approval);
    mem_free(killed);
}

static void who_dies_after_approving_is_followed_by_the_finisher(void **state)
{
    Desk desk;
    ApiProblem problem;
    ApiPrintJob job;
    OWNED(Blob) pdf = NULL;
    Error err = { 0 };

    (void)state;
    desk_open(&desk);
    finisher_stop(desk.fixture.office); /* it is asked for */
    hand_in(&desk, 1, "student-card-duplicate", "why", "lost");
    QueueLine line = first(&desk, "payment");
    fixture_rows(&desk.fixture,
                 "UPDATE invoice SET state = 'paid', paid_at_s = 1, confirmed_by = 'token:x', reference = '1'");
    approve_and_die(&desk, &line);
    assert_int_equal(fixture_rows(&desk.fixture, "SELECT count(*) FROM copy WHERE making = 'preparing'"), 1);
    assert_ok(window_page(desk.fixture.office, CLERK, line.request.id, &problem, &pdf, &job, &err), err);
    assert_int_equal(problem.kind, PROBLEM_DECIDED); /* there is no page yet */
    fixture_pass(MAKE_LEASE_S + 1);
    assert_ok(finisher_round(desk.fixture.office, &err), err);
    assert_int_equal(fixture_rows(&desk.fixture, "SELECT count(*) FROM document WHERE state = 'issued'"), 1);
    assert_int_equal(fixture_rows(&desk.fixture, "SELECT count(*) FROM print_job WHERE state = 'held'"), 1);
    assert_ok(window_page(desk.fixture.office, CLERK, line.request.id, &problem, &pdf, &job, &err), err);
    assert_int_equal(problem.kind, PROBLEM_NONE);
    fixture_close(&desk.fixture);
}

/* Of two who saw the same, one decides. */
static void who_decides_second_is_told_so(void **state)
{
    Desk desk;
    ApiProblem problem;
    Error err = { 0 };

    (void)state;
    desk_open(&desk);
    hand_in(&desk, 1, "student-card", NULL, NULL);
    QueueLine seen = first(&desk, "");
    const Decision decision = {
        .clerk = "token:bek", .id = seen.request.id, .epoch = seen.request.epoch, .words = "no"
    };
    assert_int_equal(approve(&desk, &seen), PROBLEM_NONE);
    assert_int_equal(approve(&desk, &seen), PROBLEM_DECIDED);
    assert_ok(review_decline(desk.fixture.office, &decision, &problem, &err), err);
    assert_int_equal(problem.kind, PROBLEM_DECIDED);
    assert_int_equal(fixture_rows(&desk.fixture, "SELECT count(*) FROM document"), 1);
    assert_int_equal(fixture_rows(&desk.fixture, "SELECT count(*) FROM act WHERE act = 'request.approved'"), 1);
    fixture_close(&desk.fixture);
}

static void what_is_unpaid_for_a_month_expires(void **state)
{
    Desk desk;
    InvoiceRow invoice;
    ApiProblem problem;
    char lacks[SERVICE_ID_MOST];
    Error err = { 0 };

    (void)state;
    desk_open(&desk);
    finisher_stop(desk.fixture.office);
    const ApiIssued issued = hand_in(&desk, 1, "student-card-duplicate", "why", "lost");
    assert_int_equal(issued.state, REQUEST_PAYMENT);
    fixture_pass(INVOICE_OPEN_S - 1);
    assert_ok(finisher_round(desk.fixture.office, &err), err);
    assert_int_equal(fixture_rows(&desk.fixture, "SELECT count(*) FROM request WHERE state = 'open'"), 1);
    fixture_pass(2);
    assert_ok(finisher_round(desk.fixture.office, &err), err);
    assert_int_equal(fixture_rows(&desk.fixture, "SELECT count(*) FROM request WHERE state = 'expired'"), 1);
    assert_int_equal(fixture_rows(&desk.fixture, "SELECT count(*) FROM invoice WHERE state = 'cancelled'"), 1);
    assert_ok(invoice_pay(desk.fixture.office, CLERK, issued.invoice, "late", &problem, &invoice, lacks, &err), err);
    assert_int_equal(problem.kind, PROBLEM_DECIDED);
    fixture_close(&desk.fixture);
}

/* Nothing is changed by an approval of what the record has not. */
static void what_the_record_lacks_is_named(void **state)
{
    Desk desk;

    (void)state;
    desk_open(&desk);
    hand_in(&desk, 1, "student-card", NULL, NULL);
    QueueLine seen = first(&desk, "");
    fixture_rows(&desk.fixture, "DELETE FROM record WHERE student = 1 AND part <> 'profile'");
    fixture_rows(&desk.fixture, "UPDATE record SET body = '{}' WHERE student = 1");
    assert_int_equal(approve(&desk, &seen), PROBLEM_LACKS);
    assert_int_equal(fixture_rows(&desk.fixture, "SELECT count(*) FROM document"), 0);
    assert_int_equal(first(&desk, "").request.epoch, seen.request.epoch);
    fixture_close(&desk.fixture);
}

/* What is too long is told so, and not that it has a wrong letter. */
static void words_that_do_not_fit_say_why(void **state)
{
    static char long_words[BLANK_WORDS_MOST + 2];
    static const struct {
        const char *words;
        FormFault fault;
    } cases[] = { { " ", FORM_MISSING }, { "a\nb", FORM_CHARACTERS }, { long_words, FORM_LONG } };
    Desk desk;
    ApiProblem problem;
    bool confirmed;
    Error err = { 0 };

    (void)state;
    memset(long_words, 'a', BLANK_WORDS_MOST + 1);
    desk_open(&desk);
    for (size_t i = 0; i < COUNT(cases); i++) {
        assert_ok(blank_spoil(desk.fixture.office, CLERK, "AM-0000001", 1, cases[i].words, &problem, &confirmed, &err),
                  err);
        assert_int_equal(problem.kind, PROBLEM_FORM);
        assert_string_equal(problem.field, "words");
        assert_int_equal(problem.fault, cases[i].fault);
    }
    fixture_close(&desk.fixture);
}

/* --- blanks ------------------------------------------------------------------------------------------------------- */

static ApiProblem receive(Desk *desk, int first_number, int count, const char *holder)
{
    const BlankReceipt receipt = {
        .kind = "academic-record", .series = "AM", .first = first_number, .count = count, .holder = holder
    };
    ApiProblem problem;
    Error err = { 0 };

    assert_ok(blank_receive(desk->fixture.office, CLERK, &receipt, NULL, &problem, &err), err);
    return problem;
}

static ApiProblemKind spoil(Desk *desk, const char *clerk, const char *id, uint32_t epoch)
{
    ApiProblem problem;
    bool confirmed;
    Error err = { 0 };

    assert_ok(blank_spoil(desk->fixture.office, clerk, id, epoch, "torn", &problem, &confirmed, &err), err);
    return problem.kind;
}

/* Acts quote it: a name that no token can have is none. */
static void who_holds_blanks_has_the_name_of_a_token(void **state)
{
    static const char *const wrong[] = { "anna", "token:", "token:a\",\"b\":\"", "token:a b", "token:\xd0\xb0" };
    Desk desk;

    (void)state;
    desk_open(&desk);
    for (size_t i = 0; i < COUNT(wrong); i++) {
        const ApiProblem problem = receive(&desk, 1, 1, wrong[i]);

        if (problem.kind != PROBLEM_FORM || strcmp(problem.field, "holder") != 0)
            fail_msg("%s", wrong[i]);
    }
    assert_int_equal(receive(&desk, 1, 1, "token:Anna.b_1-2").kind, PROBLEM_NONE);
    fixture_close(&desk.fixture);
}

static bool find_free(StoreTransaction *transaction, void *arg, Error *err)
{
    BlankRow *blank = arg;
    bool found;

    return blanks_free(transaction, "academic-record", CLERK, &found, blank, err) &&
           (found || error_set(err, ERR_NOT_FOUND, "no blank"));
}

/* One of two said so: until the other does, nothing is printed on it. */
static void what_somebody_called_spoiled_is_not_used(void **state)
{
    Desk desk;
    BlankRow blank = { 0 };
    Error err = { 0 };

    (void)state;
    desk_open(&desk);
    assert_int_equal(receive(&desk, 1, 2, CLERK).kind, PROBLEM_NONE);
    assert_int_equal(spoil(&desk, CLERK, "AM-0000001", 1), PROBLEM_NONE);
    assert_ok(store_read(desk.fixture.store, find_free, &blank, &err), err);
    assert_int_equal(blank.number, 2);
    fixture_close(&desk.fixture);
}

/* Its paper is worth nothing any more: the blank is accounted for, and nothing is printed anew. */
static void the_blank_of_a_revoked_paper_is_spoiled_alone(void **state)
{
    Desk desk;
    char number[DOCUMENT_NUMBER_SIZE];
    Review *review = mem_new(1, sizeof *review);
    ApiProblem problem;
    Error err = { 0 };

    (void)state;
    assert_non_null(review);
    desk_open(&desk);
    hand_in(&desk, 1, "student-card", NULL, NULL);
    const QueueLine line = first(&desk, "");
    assert_int_equal(approve(&desk, &line), PROBLEM_NONE);
    assert_int_equal(receive(&desk, 1, 1, CLERK).kind, PROBLEM_NONE);
    fixture_rows(&desk.fixture, "UPDATE blank SET state = 'bound', copy = (SELECT id FROM copy)");
    assert_ok(review_open(desk.fixture.office, CLERK, line.request.id, false, &problem, review, &err), err);
    document_number_write(&review->paper.document, number);
    review_fini(review);
    assert_ok(document_change(desk.fixture.office, number, DOCUMENT_CHANGE_REVOKE, "a mistake", "token:x", &err), err);
    assert_int_equal(spoil(&desk, CLERK, "AM-0000001", 1), PROBLEM_NONE);
    assert_int_equal(spoil(&desk, "token:bek", "AM-0000001", 2), PROBLEM_NONE);
    assert_int_equal(fixture_rows(&desk.fixture, "SELECT count(*) FROM blank WHERE state = 'spoiled'"), 1);
    assert_int_equal(fixture_rows(&desk.fixture, "SELECT count(*) FROM copy"), 1);
    mem_free(review);
    fixture_close(&desk.fixture);
}

/* A paper that was paid for, decided by nobody, and can't be made: it stands where somebody looks. */
static void what_could_not_be_made_waits_at_a_unit(void **state)
{
    Desk desk;
    Error err = { 0 };

    (void)state;
    desk_open(&desk);
    finisher_stop(desk.fixture.office);
    hand_in(&desk, 1, "student-card-duplicate", "why", "lost");
    const QueueLine line = first(&desk, "payment");
    fixture_rows(&desk.fixture,
                 "UPDATE invoice SET state = 'paid', paid_at_s = 1, confirmed_by = 'token:x', reference = '1'");
    approve_and_die(&desk, &line);
    fixture_rows(&desk.fixture, "UPDATE document SET template_version = 'none'");
    for (int i = 0; i <= MAKE_TRIES; i++) {
        fixture_pass(MAKE_LEASE_S + 1);
        assert_ok(finisher_round(desk.fixture.office, &err), err);
    }
    assert_int_equal(fixture_rows(&desk.fixture, "SELECT count(*) FROM document WHERE state = 'void'"), 1);
    const QueueLine again = first(&desk, "review");
    assert_string_equal(again.unit, "front-office");
    assert_int_equal(again.n, 1);
    fixture_close(&desk.fixture);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(who_dies_after_approving_is_followed_by_the_finisher),
        cmocka_unit_test(who_decides_second_is_told_so),
        cmocka_unit_test(what_is_unpaid_for_a_month_expires),
        cmocka_unit_test(what_the_record_lacks_is_named),
        cmocka_unit_test(words_that_do_not_fit_say_why),
        cmocka_unit_test(who_holds_blanks_has_the_name_of_a_token),
        cmocka_unit_test(what_somebody_called_spoiled_is_not_used),
        cmocka_unit_test(the_blank_of_a_revoked_paper_is_spoiled_alone),
        cmocka_unit_test(what_could_not_be_made_waits_at_a_unit),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
