#include "fixture.h"

#include "registrar/office/asking.h"
#include "registrar/office/finisher.h"
#include "registrar/office/prints.h"
#include "registrar/office/sealer.h"

#define DILNOZA 1

typedef struct Desk {
    OfficeFixture fixture;
    Session session;
} Desk;

static void desk_open(Desk *desk)
{
    fixture_open(&desk->fixture);
    desk->session = fixture_session(&desk->fixture, DILNOZA, &desk->fixture.kiosk);
}

/* Asks, and wants this problem. */
static ApiIssued ask_at(Desk *desk, const Session *session, int key, const ApiRequest *request, ApiProblemKind wanted,
                        bool *ret_made)
{
    ApiProblem problem;
    ApiIssued issued = { 0 };
    Error err = { 0 };
    bool made;

    assert_ok(office_request(desk->fixture.office, session, fixture_key(key), request, &problem, &made, &issued, &err),
              err);
    if (problem.kind != wanted)
        fail_msg("problem %s instead of %s", api_problem_slug(problem.kind), api_problem_slug(wanted));
    if (ret_made)
        *ret_made = made;
    return issued;
}

static ApiIssued ask(Desk *desk, int key, const char *receiver, bool again, ApiProblemKind wanted)
{
    ApiRequest request = fixture_request(receiver);

    request.again = again;
    return ask_at(desk, &desk->session, key, &request, wanted, NULL);
}

static ApiProblemKind fetch(Desk *desk, const Session *session, const ApiPrintJob *job, Blob **ret_pdf)
{
    ApiProblem problem;
    Error err = { 0 };
    OWNED(Blob) pdf = NULL;

    assert_ok(office_page(desk->fixture.office, session, job->copy, job->epoch, &problem, &pdf, &err), err);
    assert_true((pdf != NULL) == (problem.kind == PROBLEM_NONE));
    if (ret_pdf)
        *ret_pdf = steal(&pdf);
    return problem.kind;
}

static ApiPrintJob report(Desk *desk, const ApiPrintJob *job, ApiPrintState state, int sheets, bool no_byte_left)
{
    const ApiPrintReport said = { .epoch = job->epoch, .state = state, .sheets = sheets, .no_byte_left = no_byte_left };
    ApiProblem problem;
    ApiPrintJob now = { 0 };
    Error err = { 0 };

    assert_ok(office_print_report(desk->fixture.office, &desk->fixture.kiosk, job->id, &said, &problem, &now, &err),
              err);
    assert_int_equal(problem.kind, PROBLEM_NONE);
    return now;
}

/* The whole way to paper. */
static void print(Desk *desk, const ApiIssued *issued)
{
    assert_int_equal(fetch(desk, &desk->session, &issued->job, NULL), PROBLEM_NONE);
    assert_int_equal(report(desk, &issued->job, PRINT_SENT, -1, false).state, PRINT_SENT);
    assert_int_equal(report(desk, &issued->job, PRINT_PRINTED, issued->job.sheets, false).state, PRINT_PRINTED);
}

static void an_issued_certificate_is_whole(void **state)
{
    Desk desk;
    Blob *pdf;

    (void)state;
    desk_open(&desk);
    ApiIssued issued = ask(&desk, 1, "any", false, PROBLEM_NONE);
    assert_string_equal(issued.number, "M-2026/000001");
    assert_int_equal(issued.pages, 1);
    assert_int_equal(issued.job.state, PRINT_ASSIGNED);
    assert_int_equal(issued.job.epoch, 1);
    assert_int_equal(issued.job.sheets, 1);
    assert_int_equal(strlen(issued.code), 14);
    assert_int_equal(fetch(&desk, &desk.session, &issued.job, &pdf), PROBLEM_NONE);
    assert_true(str_starts(blob_str(pdf), STR("%PDF-")));
    blob_drop(pdf);
    /* Neither the page nor the PINFL nor the name in the snapshot. */
    static const char snapshots[] = "SELECT snapshot FROM document WHERE institution = ?1";
    assert_false(fixture_lies_open(&desk.fixture, "SELECT body FROM page WHERE institution = ?1", "%PDF"));
    assert_false(fixture_lies_open(&desk.fixture, snapshots, "Karimova"));
    assert_false(fixture_lies_open(&desk.fixture, snapshots, "61403064010270"));
    assert_false(fixture_lies_open(&desk.fixture, "SELECT body FROM record WHERE institution = ?1", "61403064010270"));
    fixture_close(&desk.fixture);
}

static void the_same_key_gives_the_same_document(void **state)
{
    Desk desk;
    ApiRequest request = fixture_request("any");
    bool made;

    (void)state;
    desk_open(&desk);
    ApiIssued first = ask_at(&desk, &desk.session, 1, &request, PROBLEM_NONE, &made);
    assert_true(made);
    ApiIssued second = ask_at(&desk, &desk.session, 1, &request, PROBLEM_NONE, &made);
    assert_false(made);
    assert_string_equal(first.document, second.document);
    assert_string_equal(first.job.copy, second.job.copy);
    assert_string_equal(first.number, second.number);
    assert_true(second.job.epoch > first.job.epoch);
    assert_int_equal(fixture_rows(&desk.fixture, "SELECT count(*) FROM document"), 1);

    ask(&desk, 1, "bank", false, PROBLEM_KEY_REUSED);
    request.language = LANGUAGE_EN;
    ask_at(&desk, &desk.session, 1, &request, PROBLEM_KEY_REUSED, NULL);
    /* Another student's key is another key. */
    Session other = desk.session;
    other.student = 3;
    request = fixture_request("bank");
    ApiIssued others = ask_at(&desk, &other, 1, &request, PROBLEM_NONE, &made);
    assert_true(made);
    assert_string_not_equal(others.document, first.document);
    fixture_close(&desk.fixture);
}

static void an_equal_open_request_is_shown_and_joined(void **state)
{
    Desk desk;

    (void)state;
    desk_open(&desk);
    ApiIssued first = ask(&desk, 1, "any", false, PROBLEM_NONE);
    ApiIssued open = ask(&desk, 2, "any", false, PROBLEM_ALREADY_OPEN);
    assert_string_equal(open.document, first.document);
    /* Its page was never handed out: the very same copy moves to who asks now. */
    Session other = fixture_session(&desk.fixture, DILNOZA, &desk.fixture.other_kiosk);
    ApiRequest request = fixture_request("any");
    request.again = true;
    ApiIssued moved = ask_at(&desk, &other, 2, &request, PROBLEM_NONE, NULL);
    assert_string_equal(moved.job.copy, first.job.copy);
    assert_true(moved.job.epoch > first.job.epoch);
    assert_int_equal(fetch(&desk, &desk.session, &first.job, NULL), PROBLEM_HANDED_OUT);
    assert_int_equal(fetch(&desk, &other, &moved.job, NULL), PROBLEM_NONE);
    assert_int_equal(fixture_rows(&desk.fixture, "SELECT count(*) FROM copy"), 1);
    fixture_close(&desk.fixture);
}

static void a_page_is_handed_out_once_an_epoch_to_its_owner_alone(void **state)
{
    Desk desk;

    (void)state;
    desk_open(&desk);
    ApiIssued issued = ask(&desk, 1, "any", false, PROBLEM_NONE);
    Session other_student = desk.session, other_kiosk;

    other_student.student = 3;
    other_kiosk = fixture_session(&desk.fixture, DILNOZA, &desk.fixture.other_kiosk);
    ApiPrintJob wrong_epoch = issued.job;
    wrong_epoch.epoch++;
    assert_int_equal(fetch(&desk, &other_student, &issued.job, NULL), PROBLEM_NOT_FOUND);
    assert_int_equal(fetch(&desk, &other_kiosk, &issued.job, NULL), PROBLEM_HANDED_OUT);
    assert_int_equal(fetch(&desk, &desk.session, &wrong_epoch, NULL), PROBLEM_HANDED_OUT);
    assert_int_equal(fetch(&desk, &desk.session, &issued.job, NULL), PROBLEM_NONE);
    assert_int_equal(fetch(&desk, &desk.session, &issued.job, NULL), PROBLEM_HANDED_OUT);

    /* The kiosk proves that no byte left: the same key gives it once more. */
    assert_int_equal(report(&desk, &issued.job, PRINT_WAITING, -1, false).state, PRINT_SENDING);
    assert_int_equal(report(&desk, &issued.job, PRINT_WAITING, -1, true).state, PRINT_WAITING);
    ApiIssued next = ask(&desk, 1, "any", false, PROBLEM_NONE);
    assert_int_equal(next.job.state, PRINT_ASSIGNED);
    assert_string_equal(next.job.copy, issued.job.copy);
    assert_int_equal(fetch(&desk, &desk.session, &issued.job, NULL), PROBLEM_HANDED_OUT);
    assert_int_equal(fetch(&desk, &desk.session, &next.job, NULL), PROBLEM_NONE);
    fixture_close(&desk.fixture);
}

static void a_delivered_request_is_done_and_the_next_is_a_new_document(void **state)
{
    Desk desk;

    (void)state;
    desk_open(&desk);
    ApiIssued first = ask(&desk, 1, "any", false, PROBLEM_NONE);
    print(&desk, &first);
    assert_int_equal(fixture_rows(&desk.fixture, "SELECT state = 'fulfilled' FROM request"), 1);
    assert_int_equal(fixture_rows(&desk.fixture, "SELECT delivery = 'printed' FROM copy"), 1);
    ApiIssued same = ask(&desk, 1, "any", true, PROBLEM_NONE);
    assert_int_equal(same.job.state, PRINT_PRINTED);
    assert_string_equal(same.job.copy, first.job.copy);
    ApiIssued second = ask(&desk, 2, "any", false, PROBLEM_NONE);
    assert_string_equal(second.number, "M-2026/000002");
    fixture_close(&desk.fixture);
}

static void a_damaged_print_is_replaced_by_a_new_copy(void **state)
{
    Desk desk;
    Check check;
    Error err = { 0 };

    (void)state;
    desk_open(&desk);
    ApiIssued first = ask(&desk, 1, "any", false, PROBLEM_NONE);
    assert_int_equal(fetch(&desk, &desk.session, &first.job, NULL), PROBLEM_NONE);
    assert_int_equal(report(&desk, &first.job, PRINT_UNKNOWN, -1, false).state, PRINT_UNKNOWN);
    ApiIssued same = ask(&desk, 1, "any", false, PROBLEM_NONE);
    assert_int_equal(same.job.state, PRINT_UNKNOWN); /* never again by itself */

    ApiIssued second = ask(&desk, 1, "any", true, PROBLEM_NONE);
    assert_string_equal(second.document, first.document);
    assert_string_equal(second.number, first.number);
    assert_string_not_equal(second.job.copy, first.job.copy);
    assert_string_not_equal(second.code, first.code);
    assert_int_equal(second.job.state, PRINT_ASSIGNED);
    ApiIssued asked_twice = ask(&desk, 1, "any", true, PROBLEM_NONE); /* the answer was lost: no third copy */
    assert_string_equal(asked_twice.job.copy, second.job.copy);
    assert_ok(office_check(desk.fixture.office, first.code, &check, &err), err);
    assert_int_equal(check.state, CHECK_REPLACED);
    assert_ok(office_check(desk.fixture.office, second.code, &check, &err), err);
    assert_int_equal(check.state, CHECK_VALID);

    /* What is still heard of the first one moves its job alone. */
    assert_int_equal(report(&desk, &first.job, PRINT_PRINTED, -1, false).state, PRINT_PRINTED);
    assert_int_equal(fixture_rows(&desk.fixture, "SELECT delivery = 'superseded' FROM copy WHERE n = 1"), 1);
    print(&desk, &asked_twice);
    fixture_close(&desk.fixture);
}

static void what_a_report_comes_to(void **state)
{
    static const struct {
        const char *name;
        JobState from;
        ApiPrintState said;
        int sheets; /* of 2 */
        bool no_byte_left, counts;
        JobState to;
    } cases[] = {
        { "sent", JOB_SENDING, PRINT_SENT, -1, false, true, JOB_SENT },
        { "all sheets", JOB_SENT, PRINT_PRINTED, 2, false, true, JOB_PRINTED },
        { "all sheets at once", JOB_SENDING, PRINT_PRINTED, 2, false, true, JOB_PRINTED },
        { "completed with a sheet short", JOB_SENT, PRINT_PRINTED, 1, false, true, JOB_PARTLY },
        { "completed with none counted", JOB_SENT, PRINT_PRINTED, 0, false, true, JOB_UNKNOWN },
        { "completed by a printer that does not count", JOB_SENT, PRINT_PRINTED, -1, false, true, JOB_UNKNOWN },
        { "a person looked", JOB_UNKNOWN, PRINT_PRINTED, -1, false, true, JOB_PRINTED },
        { "cancelled without a sheet", JOB_SENT, PRINT_CANCELLED, 0, false, true, JOB_CANCELLED },
        { "cancelled with a sheet out", JOB_SENT, PRINT_CANCELLED, 1, false, true, JOB_PARTLY },
        { "cancelled, not counted", JOB_SENDING, PRINT_CANCELLED, -1, false, true, JOB_UNKNOWN },
        { "no byte left", JOB_SENDING, PRINT_WAITING, -1, true, true, JOB_WAITING },
        { "bytes may have left", JOB_SENDING, PRINT_WAITING, -1, false, false, JOB_WAITING },
        { "let go before the page was fetched", JOB_ASSIGNED, PRINT_WAITING, -1, false, true, JOB_WAITING },
        { "sent without the page", JOB_ASSIGNED, PRINT_SENT, -1, false, false, JOB_SENT },
        { "sending without the page", JOB_ASSIGNED, PRINT_SENDING, -1, false, false, JOB_SENDING },
        { "back after it was sent", JOB_SENT, PRINT_WAITING, -1, true, false, JOB_WAITING },
        { "a waiting job is nobody's", JOB_WAITING, PRINT_CANCELLED, 0, false, false, JOB_CANCELLED },
        { "a kiosk holds nothing", JOB_SENDING, PRINT_HELD, -1, false, false, JOB_HELD },
        { "a kiosk assigns nothing", JOB_WAITING, PRINT_ASSIGNED, -1, false, false, JOB_ASSIGNED },
        { "final stays final", JOB_PRINTED, PRINT_PARTLY, 1, false, false, JOB_PARTLY },
        { "said twice", JOB_SENT, PRINT_SENT, -1, false, true, JOB_SENT },
        { "aborted", JOB_SENT, PRINT_ABORTED, 0, false, true, JOB_ABORTED },
    };

    (void)state;
    for (size_t i = 0; i < COUNT(cases); i++) {
        const PrintJobRow job = { .state = cases[i].from, .sheets_expected = 2 };
        const ApiPrintReport said = { .state = cases[i].said,
                                      .sheets = cases[i].sheets,
                                      .no_byte_left = cases[i].no_byte_left };
        JobState to;

        if (print_verdict(&job, &said, &to) != cases[i].counts || (cases[i].counts && to != cases[i].to))
            fail_msg("%s: %s", cases[i].name, state_name(&job_states, (int)to));
    }
}

static void a_stale_report_is_kept_and_changes_nothing(void **state)
{
    Desk desk;
    ApiPrintJob stale;
    ApiProblem problem;
    ApiPrintJob now;
    Error err = { 0 };

    (void)state;
    desk_open(&desk);
    ApiIssued issued = ask(&desk, 1, "any", false, PROBLEM_NONE);
    assert_int_equal(fetch(&desk, &desk.session, &issued.job, NULL), PROBLEM_NONE);
    stale = issued.job;
    stale.epoch = 0;
    assert_int_equal(report(&desk, &stale, PRINT_PRINTED, 1, false).state, PRINT_SENDING);
    /* Another kiosk's word on it counts no more than a stale one. */
    const ApiPrintReport said = { .epoch = issued.job.epoch, .state = PRINT_PRINTED, .sheets = 1 };
    assert_ok(
        office_print_report(desk.fixture.office, &desk.fixture.other_kiosk, issued.job.id, &said, &problem, &now, &err),
        err);
    assert_int_equal(now.state, PRINT_SENDING);
    assert_ok(
        office_print_report(desk.fixture.office, &desk.fixture.kiosk, fixture_key(9), &said, &problem, &now, &err),
        err);
    assert_int_equal(problem.kind, PROBLEM_NOT_FOUND);
    assert_int_equal(fixture_rows(&desk.fixture, "SELECT count(*) FROM print_report WHERE counted = 0"), 2);
    assert_int_equal(report(&desk, &issued.job, PRINT_SENT, -1, false).state, PRINT_SENT);
    fixture_close(&desk.fixture);
}

static void silent_jobs_wait_again_or_are_unknown(void **state)
{
    Desk desk;
    Error err = { 0 };

    (void)state;
    desk_open(&desk);
    ApiIssued fetched = ask(&desk, 1, "any", false, PROBLEM_NONE);
    ApiIssued left = ask(&desk, 2, "bank", false, PROBLEM_NONE);
    assert_int_equal(fetch(&desk, &desk.session, &fetched.job, NULL), PROBLEM_NONE);
    fixture_pass(ASSIGN_LEASE_S + 1);
    assert_ok(finisher_round(desk.fixture.office, &err), err);
    assert_int_equal(fetch(&desk, &desk.session, &left.job, NULL), PROBLEM_HANDED_OUT);
    assert_int_equal(fixture_rows(&desk.fixture, "SELECT count(*) FROM print_job WHERE state = 'waiting'"), 1);
    assert_int_equal(fixture_rows(&desk.fixture, "SELECT count(*) FROM print_job WHERE state = 'sending'"), 1);
    fixture_pass(PRINT_LEASE_S + 1);
    assert_ok(finisher_round(desk.fixture.office, &err), err);
    assert_int_equal(fixture_rows(&desk.fixture, "SELECT count(*) FROM print_job j JOIN copy c ON c.id = j.copy"
                                                 " WHERE j.state = 'unknown' AND c.delivery = 'unknown'"),
                     1);
    fixture_close(&desk.fixture);
}

static void an_open_request_ends_after_seven_days(void **state)
{
    Desk desk;
    Error err = { 0 };

    (void)state;
    desk_open(&desk);
    ApiIssued old = ask(&desk, 1, "any", false, PROBLEM_NONE);
    fixture_pass(REQUEST_OPEN_S + 100);
    ApiIssued fresh = ask(&desk, 2, "any", false, PROBLEM_NONE);
    assert_string_not_equal(old.document, fresh.document);
    fixture_pass(REQUEST_OPEN_S + 100);
    assert_ok(finisher_round(desk.fixture.office, &err), err);
    assert_int_equal(fixture_rows(&desk.fixture, "SELECT count(*) FROM request WHERE state = 'expired'"), 2);
    assert_int_equal(
        fixture_rows(&desk.fixture, "SELECT count(*) FROM print_job WHERE state IN ('assigned', 'sending')"), 0);
    fixture_close(&desk.fixture);
}

/* --- crashes ----------------------------------------------------------------------------------------------------- */

/* Transaction 1 alone, as if the registrar had died right after it. */
static void take_number_and_die(Desk *desk, int key, const char *receiver, char ret_copy[ID_SIZE])
{
    ApiRequest request = fixture_request(receiver);
    Asking asking = { .office = desk->fixture.office,
                      .session = &desk->session,
                      .key = fixture_key(key),
                      .request = &request,
                      .kiosk_place = "1-bino" };
    OWNED(Shelf) shelf = shelf_take(desk->fixture.office);
    const Service *service = shelf_service(shelf, "certificate-of-study");
    OWNED_BUF answers;
    OWNED_RECORD record = { 0 };
    OWNED_COMPOSITION composition = { 0 };
    const char *missing;
    Error err = { 0 };

    asking.shelf = shelf;
    buf_init(&answers, 4096);
    assert_ok(asking_fingerprint(&request, &answers, asking.fingerprint, &err), err);
    assert_ok(record_read(desk->fixture.office, DILNOZA, composition_parts(shelf, service), &record, &err), err);
    const CompositionSources sources = {
        .shelf = shelf, .service = service, .language = LANGUAGE_UZ, .answers = &request.answers, .record = &record
    };
    assert_ok(composition_make(desk->fixture.office, &sources, &composition, &missing, &err), err);
    assert_null(missing);
    assert_ok(
        asking_take_number(desk->fixture.office, &asking, service, &composition, buf_str(&answers), ret_copy, &err),
        err);
}

static void a_crash_between_the_transactions_is_finished_with_the_same_number(void **state)
{
    Desk desk;
    Error err = { 0 };
    char copy[ID_SIZE];
    Check check;

    (void)state;
    desk_open(&desk);
    take_number_and_die(&desk, 1, "any", copy);
    assert_int_equal(fixture_rows(&desk.fixture, "SELECT state = 'preparing' FROM document"), 1);
    office_close(desk.fixture.office);
    fixture_pass(MAKE_LEASE_S + 1);
    fixture_office_open(&desk.fixture); /* its finisher begins at once */
    assert_ok(finisher_round(desk.fixture.office, &err), err);
    for (int i = 0; i < 1500 && !fixture_rows(&desk.fixture, "SELECT state = 'issued' FROM document"); i++)
        usleep(20000);
    ApiIssued issued = ask(&desk, 1, "any", false, PROBLEM_NONE);
    assert_string_equal(issued.number, "M-2026/000001");
    assert_string_equal(issued.job.copy, copy);
    assert_int_equal(issued.job.state, PRINT_ASSIGNED);
    assert_ok(office_check(desk.fixture.office, issued.code, &check, &err), err);
    assert_int_equal(check.state, CHECK_VALID);
    fixture_close(&desk.fixture);
}

static void the_student_who_asks_again_finishes_it_too(void **state)
{
    Desk desk;
    char copy[ID_SIZE];

    (void)state;
    desk_open(&desk);
    take_number_and_die(&desk, 1, "any", copy);
    fixture_pass(MAKE_LEASE_S + 1);
    ApiIssued issued = ask(&desk, 1, "any", false, PROBLEM_NONE);
    assert_string_equal(issued.number, "M-2026/000001");
    assert_string_equal(issued.job.copy, copy);
    fixture_close(&desk.fixture);
}

/* The kiosk was restarted while the paper was being printed, and its student stands there again and asks anew; the
 * kiosk waits for the paper that is coming out, and asks only when that is done.  It was this student's own. */
static void what_came_out_since_the_sign_in_is_not_issued_once_more_unasked(void **state)
{
    Desk desk;

    (void)state;
    desk_open(&desk);
    ApiIssued first = ask(&desk, 1, "any", false, PROBLEM_NONE);
    fixture_pass(3);
    desk.session.began_at_s = fixture_clock(NULL) / 1000;
    fixture_pass(4);
    print(&desk, &first);
    ApiIssued open = ask(&desk, 2, "any", false, PROBLEM_ALREADY_OPEN);
    assert_string_equal(open.number, "M-2026/000001");
    assert_int_equal(open.job.state, PRINT_PRINTED);
    open = ask(&desk, 2, "any", true, PROBLEM_NONE); /* whatever is answered, it is not printed a second time */
    assert_int_equal(open.job.state, PRINT_PRINTED);
    assert_int_equal(fixture_rows(&desk.fixture, "SELECT count(*) FROM document"), 1);
    /* Another paper, or another visit: that is a wish of its own. */
    assert_string_equal(ask(&desk, 3, "bank", false, PROBLEM_NONE).number, "M-2026/000002");
    desk.session.began_at_s = fixture_clock(NULL) / 1000 + 60;
    assert_string_equal(ask(&desk, 4, "any", false, PROBLEM_NONE).number, "M-2026/000003");
    fixture_close(&desk.fixture);
}

/* The student still stands there: a registrar that was killed over the page is no reason to stand for a minute. */
static void what_a_crash_left_is_had_within_a_students_patience(void **state)
{
    Desk desk;
    char copy[ID_SIZE];

    (void)state;
    desk_open(&desk);
    take_number_and_die(&desk, 1, "any", copy);
    fixture_pass(12);
    ApiIssued issued = ask(&desk, 1, "any", false, PROBLEM_NONE);
    assert_string_equal(issued.job.copy, copy);
    assert_int_equal(issued.job.state, PRINT_ASSIGNED);
    fixture_close(&desk.fixture);
}

static bool poison(StoreTransaction *transaction, void *arg, Error *err)
{
    static const uint8_t no_snapshot[26] = { 0x11 };

    (void)arg;
    return RUN(transaction, err, &(int){ 0 }, "UPDATE document SET snapshot = ?2 WHERE institution = ?1",
               BYTES(no_snapshot, sizeof no_snapshot));
}

static void a_poisoned_one_is_void_after_three_tries_and_its_number_stays(void **state)
{
    Desk desk;
    Error err = { 0 };
    char copy[ID_SIZE];
    Check check;

    (void)state;
    desk_open(&desk);
    take_number_and_die(&desk, 1, "any", copy);
    assert_ok(store_write(desk.fixture.store, poison, NULL, &err), err);
    for (int i = 0; i < MAKE_TRIES; i++) {
        fixture_pass(MAKE_LEASE_S + 1);
        assert_ok(finisher_round(desk.fixture.office, &err), err);
    }
    for (int i = 0; i < 1500 && !fixture_rows(&desk.fixture, "SELECT state = 'void' FROM document"); i++)
        usleep(20000);
    assert_int_equal(fixture_rows(&desk.fixture, "SELECT state = 'void' AND reason IS NOT NULL AND number = 1"
                                                 " FROM document"),
                     1);
    assert_int_equal(fixture_rows(&desk.fixture, "SELECT making = 'failed' AND attempts = 3 FROM copy"), 1);
    assert_int_equal(fixture_rows(&desk.fixture, "SELECT state = 'withdrawn' FROM request"), 1);
    assert_int_equal(fixture_rows(&desk.fixture, "SELECT state = 'cancelled' FROM print_job"), 1);
    ask(&desk, 1, "any", false, PROBLEM_KEY_REUSED); /* that key is burnt */
    ApiIssued next = ask(&desk, 2, "any", false, PROBLEM_NONE);
    assert_string_equal(next.number, "M-2026/000002");
    assert_ok(office_check(desk.fixture.office, next.code, &check, &err), err);
    assert_int_equal(check.state, CHECK_VALID);
    fixture_close(&desk.fixture);
}

/* --- thirty at once ---------------------------------------------------------------------------------------------- */

#define ASKERS 30

typedef struct Asker {
    pthread_t thread;
    pthread_barrier_t *start;
    Desk *desk;
    Session session;
    int key;
    ApiProblem problem;
    ApiIssued issued;
    bool done;
} Asker;

static void *asker_main(void *ctx)
{
    Asker *asker = ctx;
    ApiRequest request = { .service = "certificate-of-study", .language = LANGUAGE_UZ };
    char key[40], place[32];
    bool made;

    snprintf(key, sizeof key, "00000000-0000-4000-8000-%012d", asker->key);
    snprintf(place, sizeof place, "Tashkilot %d", asker->key);
    if (!answers_set(&request.answers, "receiver", STR("other")) ||
        !answers_set(&request.answers, "place", str_from(place)))
        return NULL;
    pthread_barrier_wait(asker->start);
    asker->done = office_request(asker->desk->fixture.office, &asker->session, key, &request, &asker->problem, &made,
                                 &asker->issued, NULL);
    return NULL;
}

/* Ten askers of each of three students: within the daily limit of three each, so the rest hear "not allowed". */
static void thirty_at_once_take_numbers_without_gaps(void **state)
{
    Desk desk;
    Asker askers[ASKERS];
    pthread_barrier_t start;
    StoreCounts before, after;
    int issued = 0;

    (void)state;
    desk_open(&desk);
    fixture_rows(&desk.fixture, "UPDATE record SET body = replace(body, '\"status\":\"12\"', '\"status\":\"11\"')");
    for (int i = 4; i <= ASKERS; i++) { /* thirty students with the first one's record */
        char sql[512];

        snprintf(sql, sizeof sql, "INSERT INTO student (institution, id, number) VALUES ('namuna', %d, '9%011d')", i,
                 i);
        fixture_rows(&desk.fixture, sql);
        snprintf(sql, sizeof sql,
                 "INSERT INTO record SELECT institution, %d, part, body, source, as_of_s, cursor FROM record"
                 " WHERE student = 1",
                 i);
        fixture_rows(&desk.fixture, sql);
    }
    pthread_barrier_init(&start, NULL, ASKERS);
    before = store_counts(desk.fixture.store);
    for (int i = 0; i < ASKERS; i++) {
        askers[i] = (Asker){ .start = &start, .desk = &desk, .session = desk.session, .key = 100 + i };
        askers[i].session.student = i + 1;
        assert_int_equal(pthread_create(&askers[i].thread, NULL, asker_main, &askers[i]), 0);
    }
    for (int i = 0; i < ASKERS; i++)
        pthread_join(askers[i].thread, NULL);
    after = store_counts(desk.fixture.store);
    pthread_barrier_destroy(&start);
    for (int i = 0; i < ASKERS; i++)
        issued += askers[i].done && askers[i].problem.kind == PROBLEM_NONE;
    assert_int_equal(issued, ASKERS);
    print_message("%d papers in %d commits\n", issued, (int)(after.commits - before.commits));
    assert_int_equal(fixture_rows(&desk.fixture, "SELECT count(DISTINCT number) FROM document"), ASKERS);
    assert_int_equal(fixture_rows(&desk.fixture, "SELECT max(number) FROM document"), ASKERS);
    assert_int_equal(fixture_rows(&desk.fixture, "SELECT count(*) FROM document WHERE state = 'issued'"), ASKERS);
    assert_int_equal(fixture_rows(&desk.fixture, "SELECT count(DISTINCT status_index) FROM copy"), ASKERS);
    assert_true(after.commits - before.commits < ASKERS * 2);
    fixture_close(&desk.fixture);
}

static void one_key_asked_ten_times_at_once_is_one_document(void **state)
{
    Desk desk;
    Asker askers[10];
    pthread_barrier_t start;

    (void)state;
    desk_open(&desk);
    pthread_barrier_init(&start, NULL, COUNT(askers));
    for (size_t i = 0; i < COUNT(askers); i++) {
        askers[i] = (Asker){ .start = &start, .desk = &desk, .session = desk.session, .key = 7 };
        assert_int_equal(pthread_create(&askers[i].thread, NULL, asker_main, &askers[i]), 0);
    }
    for (size_t i = 0; i < COUNT(askers); i++)
        pthread_join(askers[i].thread, NULL);
    pthread_barrier_destroy(&start);
    for (size_t i = 0; i < COUNT(askers); i++) {
        assert_true(askers[i].done);
        assert_int_equal(askers[i].problem.kind, PROBLEM_NONE);
        assert_string_equal(askers[i].issued.document, askers[0].issued.document);
    }
    assert_int_equal(fixture_rows(&desk.fixture, "SELECT count(*) FROM copy"), 1);
    assert_int_equal(fixture_rows(&desk.fixture, "SELECT count(*) FROM request"), 1);
    fixture_close(&desk.fixture);
}

/* --- who may, what fits ------------------------------------------------------------------------------------------ */

static void who_may_not_is_told_before_a_number_is_taken(void **state)
{
    Desk desk;
    ApiRequest request = fixture_request("any");

    (void)state;
    desk_open(&desk);
    Session left = desk.session, weak = desk.session;
    left.student = 2;
    weak.weak = true;
    ask_at(&desk, &left, 1, &request, PROBLEM_NOT_ALLOWED, NULL);
    ask_at(&desk, &weak, 1, &request, PROBLEM_NOT_ALLOWED, NULL);
    request = fixture_request("bank");
    request.language = LANGUAGE_EN; /* a bank's is in Uzbek or Russian */
    ask_at(&desk, &desk.session, 1, &request, PROBLEM_FORM, NULL);
    ask(&desk, 1, "moon", false, PROBLEM_FORM);
    request = fixture_request("other"); /* its place is missing */
    ask_at(&desk, &desk.session, 1, &request, PROBLEM_FORM, NULL);
    request = fixture_request("any");
    str_copy_cut(STR("nothing"), request.service, sizeof request.service);
    ask_at(&desk, &desk.session, 1, &request, PROBLEM_NOT_FOUND, NULL);
    assert_int_equal(fixture_rows(&desk.fixture, "SELECT count(*) FROM counter"), 0);
    assert_int_equal(fixture_rows(&desk.fixture, "SELECT count(*) FROM request"), 0);
    fixture_close(&desk.fixture);
}

static void three_a_day_and_again_tomorrow(void **state)
{
    static const char *const receivers[] = { "any", "bank", "employer" };
    Desk desk;
    ApiHome home;
    Error err = { 0 };

    (void)state;
    desk_open(&desk);
    for (int i = 0; i < 3; i++)
        ask(&desk, i, receivers[i], false, PROBLEM_NONE);
    ask(&desk, 5, "inson", false, PROBLEM_NOT_ALLOWED);
    ask(&desk, 6, "bank", false, PROBLEM_ALREADY_OPEN); /* what is open is still shown */
    assert_ok(office_home(desk.fixture.office, &desk.session, &home, &err), err);
    OWNED(Shelf) shelf = shelf_take(desk.fixture.office);
    assert_int_equal(home.service_count,
                     catalogue_count(shelf_catalogue(shelf)) - 1); /* but who comes without an account */
    assert_false(home.services[0].allowed);
    assert_int_equal(home.services[0].reason, REASON_LIMIT);
    assert_int_equal(home.services[0].way_on, WAY_ON_DATE);
    assert_string_equal(home.services[0].way_on_value, "2026-11-25");
    assert_int_equal(home.services[0].copies_left, 0);
    assert_int_equal(home.request_count, 3);
    assert_int_equal(home.requests[0].state, REQUEST_READY);
    fixture_pass(86400);
    ask(&desk, 7, "inson", false, PROBLEM_NONE);
    fixture_close(&desk.fixture);
}

static void my_requests_are_printed_by_their_key_alone(void **state)
{
    Desk desk;
    ApiHome home;
    Error err = { 0 };
    ApiRequest bare = { .service = "certificate-of-study", .language = LANGUAGE_EN, .again = true };

    (void)state;
    desk_open(&desk);
    ApiIssued first = ask(&desk, 1, "any", false, PROBLEM_NONE);
    assert_ok(office_home(desk.fixture.office, &desk.session, &home, &err), err);
    assert_string_equal(home.requests[0].id, fixture_key(1));
    assert_string_equal(home.requests[0].number, first.number);
    ApiIssued second = ask_at(&desk, &desk.session, 1, &bare, PROBLEM_NONE, NULL);
    assert_string_equal(second.job.copy, first.job.copy);
    ask_at(&desk, &desk.session, 2, &bare, PROBLEM_FORM, NULL); /* a key that nobody knows */
    fixture_close(&desk.fixture);
}

static void a_preview_is_a_picture_and_takes_no_number(void **state)
{
    Desk desk;
    ApiPreview preview = { .service = "certificate-of-study", .language = LANGUAGE_EN, .width = 600 };
    ApiProblem problem;
    Error err = { 0 };
    OWNED(Blob) png = NULL;
    int pages;

    (void)state;
    desk_open(&desk);
    assert_true(answers_set(&preview.answers, "receiver", STR("any")));
    assert_ok(office_preview(desk.fixture.office, &desk.session, &preview, &problem, &png, &pages, &err), err);
    assert_int_equal(problem.kind, PROBLEM_NONE);
    assert_int_equal(pages, 1);
    assert_true(str_starts(blob_str(png), STR("\x89PNG")));
    assert_int_equal(fixture_rows(&desk.fixture, "SELECT count(*) FROM counter"), 0);
    fixture_close(&desk.fixture);
}

static void what_does_not_fit_is_refused_by_the_preview_and_takes_no_number(void **state)
{
    Desk desk;
    ApiPreview preview = { .service = "certificate-of-study", .language = LANGUAGE_UZ, .width = 400 };
    ApiProblem problem;
    Error err = { 0 };
    OWNED(Blob) png = NULL;
    int pages;
    char sql[4096], name[2600] = "";

    (void)state;
    desk_open(&desk);
    for (int i = 0; i < 150; i++)
        memcpy(name + i * 12, "Muhammadjon ", 13);
    snprintf(sql, sizeof sql, "UPDATE record SET body = replace(body, 'Kompyuter injiniringi', '%s') WHERE student = 1",
             name);
    fixture_rows(&desk.fixture, sql);
    assert_true(answers_set(&preview.answers, "receiver", STR("any")));
    assert_ok(office_preview(desk.fixture.office, &desk.session, &preview, &problem, &png, &pages, &err), err);
    assert_int_equal(problem.kind, PROBLEM_TOO_LARGE_FOR_SEAL);
    ask(&desk, 1, "any", false, PROBLEM_TOO_LARGE_FOR_SEAL);
    assert_int_equal(fixture_rows(&desk.fixture, "SELECT count(*) FROM counter"), 0);
    fixture_close(&desk.fixture);
}

static void every_move_has_its_entry(void **state)
{
    Desk desk;
    Error err = { 0 };

    (void)state;
    desk_open(&desk);
    ApiIssued issued = ask(&desk, 1, "any", false, PROBLEM_NONE);
    print(&desk, &issued);
    assert_int_equal(
        fixture_rows(&desk.fixture,
                     "SELECT count(*) FROM act WHERE act IN ('document.number-taken', 'copy.ready', 'document.issued',"
                     " 'print-job.assigned', 'print-job.sending', 'print-job.sent', 'print-job.printed',"
                     " 'request.fulfilled')"),
        8);
    assert_int_equal(fixture_rows(&desk.fixture, "SELECT count(*) FROM act WHERE actor = 'kiosk:A-1'"), 3);
    assert_ok(sealer_finish(desk.fixture.office, &err), err);
    assert_int_equal(fixture_rows(&desk.fixture, "SELECT count(*) FROM act WHERE position IS NULL"), 0);
    fixture_close(&desk.fixture);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(an_issued_certificate_is_whole),
        cmocka_unit_test(the_same_key_gives_the_same_document),
        cmocka_unit_test(an_equal_open_request_is_shown_and_joined),
        cmocka_unit_test(a_page_is_handed_out_once_an_epoch_to_its_owner_alone),
        cmocka_unit_test(a_delivered_request_is_done_and_the_next_is_a_new_document),
        cmocka_unit_test(a_damaged_print_is_replaced_by_a_new_copy),
        cmocka_unit_test(what_a_report_comes_to),
        cmocka_unit_test(a_stale_report_is_kept_and_changes_nothing),
        cmocka_unit_test(silent_jobs_wait_again_or_are_unknown),
        cmocka_unit_test(an_open_request_ends_after_seven_days),
        cmocka_unit_test(a_crash_between_the_transactions_is_finished_with_the_same_number),
        cmocka_unit_test(the_student_who_asks_again_finishes_it_too),
        cmocka_unit_test(what_came_out_since_the_sign_in_is_not_issued_once_more_unasked),
        cmocka_unit_test(what_a_crash_left_is_had_within_a_students_patience),
        cmocka_unit_test(a_poisoned_one_is_void_after_three_tries_and_its_number_stays),
        cmocka_unit_test(thirty_at_once_take_numbers_without_gaps),
        cmocka_unit_test(one_key_asked_ten_times_at_once_is_one_document),
        cmocka_unit_test(who_may_not_is_told_before_a_number_is_taken),
        cmocka_unit_test(three_a_day_and_again_tomorrow),
        cmocka_unit_test(my_requests_are_printed_by_their_key_alone),
        cmocka_unit_test(a_preview_is_a_picture_and_takes_no_number),
        cmocka_unit_test(what_does_not_fit_is_refused_by_the_preview_and_takes_no_number),
        cmocka_unit_test(every_move_has_its_entry),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
