/* A job's way through an office printer, as the register sees it: who holds a printer, when a page goes out, what a
 * crash or a slow registrar may still say, what moves back into the line and what never does. */
#include "fixture.h"

#include "registrar/office/documents.h"
#include "registrar/office/printer_work.h"
#include "registrar/office/printers.h"
#include "registrar/office/prints.h"
#include "registrar/office/tokens.h"

#define FRONT "Front-1"

typedef struct Front {
    OfficeFixture fixture;
    Session session;
    ApiIssued issued;
    PrinterHold holds[PRINTERS_MOST];
    size_t count;
} Front;

typedef struct Giving {
    const char *job, *printer;
    int64_t now_ms;
    bool given;
} Giving;

/* As the print queue does with a job that is assigned to a kiosk. */
static bool give(StoreTransaction *transaction, void *arg, Error *err)
{
    Giving *giving = arg;
    PrintJobRow job;
    bool found;

    return print_jobs_get(transaction, giving->job, &found, &job, err) &&
           job_move(transaction, &job, JOB_WAITING, "staff:test", giving->now_ms, err) &&
           print_jobs_get(transaction, giving->job, &found, &job, err) &&
           printer_give(transaction, &job, giving->printer, "staff:test", giving->now_ms, &giving->given, err);
}

static bool give_to(Front *front, const char *printer)
{
    Giving giving = { front->issued.job.id, printer, fixture_clock(NULL), false };
    Error err = { 0 };

    assert_ok(store_write(front->fixture.store, give, &giving, &err), err);
    return giving.given;
}

static void front_open(Front *front)
{
    ApiRequest request = fixture_request("any");
    ApiProblem problem;
    bool made;
    Error err = { 0 };

    *front = (Front){ 0 };
    fixture_open(&front->fixture);
    front->session = fixture_session(&front->fixture, 1, &front->fixture.kiosk);
    assert_ok(office_request(front->fixture.office, &front->session, fixture_key(1), &request, &problem, &made,
                             &front->issued, &err),
              err);
    assert_ok(printer_add(front->fixture.office, "test", FRONT, "1-oyna", "ipp://localhost/ipp/print", &err), err);
    assert_ok(printer_work_keep(front->fixture.office, front->holds, &front->count, &err), err);
    assert_int_equal(front->count, 1);
    assert_true(give_to(front, FRONT));
}

static PrinterWork look(Front *front, const PrinterHold *hold)
{
    PrinterWork work;
    Error err = { 0 };

    assert_ok(printer_work_look(front->fixture.office, hold, &work, &err), err);
    return work;
}

static ErrandRow begin(Front *front)
{
    const PrinterWork work = look(front, front->holds);
    ErrandRow errand;
    Error err = { 0 };

    assert_false(work.has_errand);
    assert_true(work.has_job);
    assert_ok(printer_work_begin(front->fixture.office, front->holds, &work.job, "uuid", &errand, &err), err);
    errand.phase = ERRAND_CREATED;
    errand.printer_job = 7;
    assert_ok(printer_work_note(front->fixture.office, front->holds, &errand, &err), err);
    return errand;
}

static ErrandRow send(Front *front)
{
    ErrandRow errand = begin(front);
    Error err = { 0 };

    assert_ok(printer_work_sending(front->fixture.office, front->holds, &errand, &err), err);
    return errand;
}

static void is_state(Front *front, const char *state, unsigned epoch)
{
    char sql[200];

    snprintf(sql, sizeof sql, "SELECT count(*) FROM print_job WHERE state = '%s' AND epoch = %u", state, epoch);
    assert_int_equal(fixture_rows(&front->fixture, sql), 1);
}

static void a_page_goes_out_once_and_its_end_is_told(void **state)
{
    Front front;
    Error err = { 0 };
    Blob *pdf = NULL;

    (void)state;
    front_open(&front);
    PrinterWork work = look(&front, front.holds);
    assert_ok(printer_work_page(front.fixture.office, &work.job, &pdf, &err), err);
    assert_true(str_starts(blob_str(pdf), STR("%PDF-")));
    blob_drop(pdf);
    ErrandRow errand = send(&front), again;
    is_state(&front, "sending", 2);
    assert_refused(printer_work_begin(front.fixture.office, front.holds, &work.job, "uuid", &again, &err), ERR_CONFLICT,
                   err);
    assert_refused(printer_work_sending(front.fixture.office, front.holds, &errand, &err), ERR_CONFLICT, err);
    errand.phase = ERRAND_SENT;
    errand.sheets = 0;
    assert_ok(printer_work_told(front.fixture.office, front.holds, &errand, PRINT_SENT, &err), err);
    is_state(&front, "sent", 2);
    errand.sheets = front.issued.job.sheets;
    assert_ok(printer_work_told(front.fixture.office, front.holds, &errand, PRINT_PRINTED, &err), err);
    is_state(&front, "printed", 2);
    work = look(&front, front.holds);
    assert_false(work.has_errand);
    assert_false(work.has_job);
    assert_int_equal(
        fixture_rows(&front.fixture,
                     "SELECT count(*) FROM act WHERE actor = 'printer:Front-1' AND act LIKE 'print-job.%'"),
        3);
    fixture_close(&front.fixture);
}

static void sheets_that_do_not_match_are_not_printed(void **state)
{
    Front front;
    Error err = { 0 };

    (void)state;
    front_open(&front);
    ErrandRow errand = send(&front);
    assert_ok(printer_work_told(front.fixture.office, front.holds, &errand, PRINT_PRINTED, &err), err);
    is_state(&front, "unknown", 2);
    fixture_close(&front.fixture);
}

/* The first registrar was thought dead, and is not. */
static void who_lost_the_printer_says_nothing_more(void **state)
{
    Front front;
    PrinterHold others[PRINTERS_MOST];
    size_t others_count = 0;
    Error err = { 0 };

    (void)state;
    front_open(&front);
    ErrandRow errand = begin(&front);
    assert_ok(printer_work_keep(front.fixture.office, others, &others_count, &err), err);
    assert_int_equal(others_count, 0); /* it is worked */
    fixture_pass(PRINTER_LEASE_S + 1);
    assert_ok(printer_work_keep(front.fixture.office, others, &others_count, &err), err);
    assert_int_equal(others_count, 1);
    assert_true(look(&front, front.holds).lost);
    assert_refused(printer_work_sending(front.fixture.office, front.holds, &errand, &err), ERR_CONFLICT, err);
    is_state(&front, "assigned", 2);
    assert_ok(printer_work_keep(front.fixture.office, front.holds, &front.count, &err), err);
    assert_int_equal(front.count, 0);

    /* The other one finds the errand, has it cancelled, and begins anew. */
    PrinterWork work = look(&front, others);
    assert_true(work.has_errand);
    assert_int_equal(work.errand.phase, ERRAND_CREATED);
    assert_ok(printer_work_unsent(front.fixture.office, others, &work.errand, true, &err), err);
    is_state(&front, "assigned", 3);
    assert_ok(printer_work_end(front.fixture.office, others, &err), err);
    work = look(&front, others);
    assert_true(work.has_job && !work.has_errand);
    assert_int_equal(work.job.epoch, 3);
    fixture_close(&front.fixture);
}

static void a_job_that_was_moved_is_not_sent(void **state)
{
    Front front;
    Error err = { 0 };

    (void)state;
    front_open(&front);
    ErrandRow errand = begin(&front);
    assert_true(give_to(&front, FRONT)); /* away and back: another epoch */
    assert_refused(printer_work_sending(front.fixture.office, front.holds, &errand, &err), ERR_CONFLICT, err);
    assert_ok(printer_work_unsent(front.fixture.office, front.holds, &errand, true, &err), err);
    is_state(&front, "assigned", 3);
    assert_false(give_to(&front, "Front-9"));
    is_state(&front, "waiting", 3);
    fixture_close(&front.fixture);
}

static void what_did_not_leave_waits_again_and_what_left_does_not(void **state)
{
    Front front;
    Error err = { 0 };

    (void)state;
    front_open(&front);
    ErrandRow errand = send(&front);
    assert_ok(printer_work_unsent(front.fixture.office, front.holds, &errand, true, &err), err);
    is_state(&front, "assigned", 3);
    assert_int_equal(look(&front, front.holds).errand.phase, ERRAND_ORPHAN);
    assert_ok(printer_work_end(front.fixture.office, front.holds, &err), err);
    errand = send(&front);
    errand.phase = ERRAND_SENT;
    assert_ok(printer_work_told(front.fixture.office, front.holds, &errand, PRINT_SENT, &err), err);
    assert_ok(printer_work_told(front.fixture.office, front.holds, &errand, PRINT_UNKNOWN, &err), err);
    is_state(&front, "unknown", 3);
    assert_true(look(&front, front.holds).has_errand); /* nothing else is printed until somebody has looked */
    errand.sheets = front.issued.job.sheets;
    assert_ok(printer_work_told(front.fixture.office, front.holds, &errand, PRINT_PRINTED, &err), err);
    is_state(&front, "printed", 3);
    fixture_close(&front.fixture);
}

static void a_revoked_paper_is_not_wanted(void **state)
{
    Front front;
    Error err = { 0 };

    (void)state;
    front_open(&front);
    (void)send(&front);
    assert_ok(document_change(front.fixture.office, front.issued.number, DOCUMENT_CHANGE_REVOKE, "wrong", "test", &err),
              err);
    assert_true(look(&front, front.holds).errand.unwanted);
    fixture_close(&front.fixture);
}

static void a_removed_printer_lets_go(void **state)
{
    Front front;
    Error err = { 0 };

    (void)state;
    front_open(&front);
    assert_refused(printer_add(front.fixture.office, "test", FRONT, "", "ipp://localhost/", &err), ERR_EXISTS, err);
    assert_ok(printer_remove(front.fixture.office, "test", FRONT, &err), err);
    is_state(&front, "waiting", 2);
    assert_refused(printer_remove(front.fixture.office, "test", FRONT, &err), ERR_NOT_FOUND, err);
    assert_ok(printer_work_keep(front.fixture.office, front.holds, &front.count, &err), err);
    assert_int_equal(front.count, 0);
    assert_ok(printer_add(front.fixture.office, "test", FRONT, "", "ipp://elsewhere/", &err), err);
    assert_ok(printer_work_keep(front.fixture.office, front.holds, &front.count, &err), err);
    assert_int_equal(front.count, 1);
    assert_string_equal(front.holds[0].uri, "ipp://elsewhere/");
    fixture_close(&front.fixture);
}

static void what_is_no_printer_is_refused(void **state)
{
    static const struct {
        const char *id, *place, *uri;
    } wrong[] = {
        { "", "", "ipp://a/" },
        { "Front 1", "", "ipp://a/" },
        { "../x", "", "ipp://a/" },
        { "F", "", "http://a/" },
        { "F", "", "ipp://" },
        { "F", "", "ipp://a/ b" },
        { "F", "", "ipp://a/\"" },
        { "F", "a\nb", "ipp://a/" },
        { "F", "\xff", "ipp://a/" },
        { "F", "", "ipp://a/<script>" },
        { "a-name-of-thirty-letters-long", "", "ipp://a/" },
    };
    Front front;
    Error err = { 0 };

    (void)state;
    front_open(&front);
    for (size_t i = 0; i < COUNT(wrong); i++)
        assert_refused(printer_add(front.fixture.office, "test", wrong[i].id, wrong[i].place, wrong[i].uri, &err),
                       ERR_ARGUMENT, err);
    fixture_close(&front.fixture);
}

static void a_strip_says_how_printers_are(void **state)
{
    static const struct {
        bool office;
        const char *state;
        int heard_s, jobs; /* ago; of an office's printer: its lease's end */
        StripState wanted;
    } cases[] = {
        { true, "ready", -5, 0, STRIP_READY },
        { true, "ready", -5, 2, STRIP_BUSY },
        { true, "ready", 5, 2, STRIP_SILENT },
        { true, "unasked", -5, 0, STRIP_UNASKED },
        { true, "no-paper", -5, 2, STRIP_NEEDS },
        { true, "ready,paper-low", -5, 2, STRIP_LOW },
        { true, "jammed,toner-low", -5, 0, STRIP_NEEDS },
        { false, "ready", 30, 0, STRIP_READY },
        { false, "ready,toner-low", 30, 0, STRIP_LOW },
        { false, "ready", 121, 0, STRIP_SILENT },
        { false, "", 30, 0, STRIP_UNASKED },
        { false, "a-new-word", 30, 0, STRIP_NEEDS },
    };

    (void)state;
    for (size_t i = 0; i < COUNT(cases); i++) {
        StripRow row = { .office = cases[i].office, .heard_s = 100000 - cases[i].heard_s, .jobs = cases[i].jobs };

        str_copy_cut(str_from(cases[i].state), row.state, sizeof row.state);
        assert_int_equal(strip_cell(&row, 100000).state, cases[i].wanted);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_page_goes_out_once_and_its_end_is_told),
        cmocka_unit_test(sheets_that_do_not_match_are_not_printed),
        cmocka_unit_test(who_lost_the_printer_says_nothing_more),
        cmocka_unit_test(a_job_that_was_moved_is_not_sent),
        cmocka_unit_test(what_did_not_leave_waits_again_and_what_left_does_not),
        cmocka_unit_test(a_revoked_paper_is_not_wanted),
        cmocka_unit_test(a_removed_printer_lets_go),
        cmocka_unit_test(what_is_no_printer_is_refused),
        cmocka_unit_test(a_strip_says_how_printers_are),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
