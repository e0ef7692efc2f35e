/* A cupsd's queue in front of a printer: what is said of a job must be the printer's word. */
#include "print/printer.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "print/simulator.h"

#define DEADLINE_MS 5000
#define WAIT_MS     20000 /* cupsd looks at a printer's job every few seconds */

static Simulator simulator;

static int start(void **state)
{
    (void)state;
    return simulator_start_kind(&simulator, SIMULATOR_QUEUE, NULL) ? 0 : -1;
}

static int stop(void **state)
{
    (void)state;
    simulator_stop(&simulator);
    return 0;
}

static int mend(void **state)
{
    (void)state;
    OWNED(Printer) printer = printer_open(simulator.uri, NULL);
    PrinterInfo info;

    return simulator_fault(&simulator, "clear", NULL, NULL) && printer &&
                   TEST_UNTIL(WAIT_MS, printer_ask(printer, DEADLINE_MS, &info, NULL) && info.state == PRINTER_IDLE)
               ? 0
               : -1;
}

#define MUST(call)                                                                                                     \
    do {                                                                                                               \
        if (!(call))                                                                                                   \
            fail_msg("%s: %s", #call, err.text);                                                                       \
    } while (0)

static Printer *printer_at(const char *uri)
{
    Error err = { 0 };
    Printer *printer = printer_open(uri, &err);

    if (!printer)
        fail_msg("%s", err.text);
    return printer;
}

static PrinterInfo info_of(Printer *printer)
{
    Error err = { 0 };
    PrinterInfo info = { 0 };

    MUST(printer_ask(printer, DEADLINE_MS, &info, &err));
    return info;
}

static PrinterJob job_of(Printer *printer, const PrinterTicket *ticket)
{
    Error err = { 0 };
    PrinterJob job = { 0 };

    MUST(printer_ask_job(printer, ticket, DEADLINE_MS, &job, &err));
    return job;
}

static PrinterTicket send_pages(Printer *printer, const char *title, int pages)
{
    PrinterTicket ticket = { .title = title, .age_ms = 0 };
    PrinterLeft left;
    Error err = { 0 };
    OWNED_BUF pdf;

    pdf_of(&pdf, pages);
    PrinterPage page = { .pdf = buf_str(&pdf) };
    MUST(printer_create_job(printer, title, DEADLINE_MS, &ticket.id, &err));
    MUST(printer_send_document(printer, ticket.id, &page, DEADLINE_MS, &left, &err));
    return ticket;
}

static void a_queue_is_its_printer(void **state)
{
    (void)state;
    OWNED(Printer) printer = printer_at(simulator.uri);
    OWNED(Printer) device = printer_at(simulator.device_uri);

    PrinterInfo info = info_of(printer);
    assert_int_equal(info.state, PRINTER_IDLE);
    assert_int_equal(info.reasons, 0);
    assert_true(info.queue && info.takes_pdf && info.proof && !info.stalled);
    assert_string_equal(info.uuid, info_of(device).uuid);
    assert_false(info_of(device).queue);

    assert_true(simulator_fault(&simulator, "off", NULL, NULL)); /* cupsd goes on saying that it is idle */
    assert_int_equal(info_of(printer).state, PRINTER_GONE);
    assert_true(simulator_fault(&simulator, "on", NULL, NULL));
    assert_true(simulator_fault(&simulator, "door-open", NULL, NULL));
    assert_true(TEST_UNTIL(5000, info_of(printer).reasons & PRINTER_REASON_DOOR_OPEN));
    assert_true(simulator_fault(&simulator, "clear", NULL, NULL));
    assert_true(TEST_UNTIL(5000, info_of(printer).reasons == 0));
}

/* cupsd itself tells three sheets as soon as it has filtered three pages. */
static void sheets_are_those_of_the_printer_behind(void **state)
{
    (void)state;
    OWNED(Printer) printer = printer_at(simulator.uri);
    PrinterJob job;

    assert_true(simulator_fault(&simulator, "media-empty", "--at-page", "1"));
    PrinterTicket ticket = send_pages(printer, "three sheets", 3);
    assert_true(TEST_UNTIL(WAIT_MS, (job = job_of(printer, &ticket)).sheets == 1));
    assert_true(TEST_UNTIL(WAIT_MS, (job = job_of(printer, &ticket)).reasons & PRINTER_REASON_PAPER_OUT));
    assert_int_equal(job.sheets, 1);
    assert_int_equal(job.id, ticket.id);
    assert_true(job.made);
    assert_true(simulator_fault(&simulator, "clear", NULL, NULL));
    assert_true(TEST_UNTIL(WAIT_MS, (job = job_of(printer, &ticket)).state == PRINTER_JOB_COMPLETED));
    assert_int_equal(job.sheets, 3);
    assert_int_equal(simulator_sheets(&simulator, "three sheets"), 3);
}

/* The printer is done at once, the queue looks again after seconds only; started anew in between, it would print the
 * job once more. */
static void a_queue_that_lags_behind_is_cleared(void **state)
{
    (void)state;
    OWNED(Printer) printer = printer_at(simulator.uri);
    PrinterJob job;
    Error err = { 0 };

    PrinterTicket ticket = send_pages(printer, "lags behind", 1);
    assert_true(TEST_UNTIL(WAIT_MS, (job = job_of(printer, &ticket)).again || job.state == PRINTER_JOB_COMPLETED));
    if (job.again)
        assert_int_equal(job.state, PRINTER_JOB_PRINTING);
    assert_int_equal(job.sheets, 1);
    MUST(printer_cancel_job(printer, &ticket, DEADLINE_MS, &err));
    assert_true(TEST_UNTIL(WAIT_MS, (job = job_of(printer, &ticket)).state == PRINTER_JOB_COMPLETED));
    assert_int_equal(job.sheets, 1);
    assert_int_equal(simulator_sheets(&simulator, "lags behind"), 1);
}

static void a_cancelled_job_is_cancelled_behind_the_queue_too(void **state)
{
    (void)state;
    OWNED(Printer) printer = printer_at(simulator.uri);
    OWNED(Printer) device = printer_at(simulator.device_uri);
    PrinterJob job;
    Error err = { 0 };

    assert_true(simulator_fault(&simulator, "media-jam", "--at-page", "1"));
    PrinterTicket ticket = send_pages(printer, "cancelled", 2);
    assert_true(TEST_UNTIL(WAIT_MS, job_of(printer, &ticket).sheets == 1));
    MUST(printer_cancel_job(printer, &ticket, DEADLINE_MS, &err));
    assert_true(TEST_UNTIL(WAIT_MS, (job = job_of(printer, &ticket)).state == PRINTER_JOB_CANCELLED));
    assert_int_equal(job.sheets, 1);
    assert_int_equal(job_of(device, &(PrinterTicket){ .title = "cancelled" }).state, PRINTER_JOB_CANCELLED);
    assert_true(simulator_fault(&simulator, "clear", NULL, NULL));
    test_nap_ms(500);
    assert_int_equal(simulator_sheets(&simulator, "cancelled"), 1);
}

/* Of a job that the queue cancelled and the printer does not know: 0 sheets, when it would know it. */
static void a_job_that_never_got_there_has_no_sheets(void **state)
{
    (void)state;
    OWNED(Printer) printer = printer_at(simulator.uri);
    PrinterJob job;
    Error err = { 0 };

    assert_true(simulator_fault(&simulator, "busy", NULL, NULL)); /* the queue tries and tries */
    PrinterTicket ticket = send_pages(printer, "never there", 1);
    assert_true(TEST_UNTIL(WAIT_MS, (job = job_of(printer, &ticket)).state == PRINTER_JOB_PRINTING));
    assert_int_equal(job.sheets, -1);
    assert_false(job.made);
    test_nap_ms(300);
    MUST(printer_cancel_job(printer, &ticket, DEADLINE_MS, &err));
    assert_true(TEST_UNTIL(WAIT_MS, (job = job_of(printer, &ticket)).state == PRINTER_JOB_CANCELLED));
    assert_int_equal(job.sheets, 0);

    ticket.age_ms = 3600000; /* it was switched on later than that */
    assert_int_equal(job_of(printer, &ticket).sheets, -1);
    ticket.age_ms = -1; /* who knows */
    assert_int_equal(job_of(printer, &ticket).sheets, -1);
    ticket = (PrinterTicket){ ticket.id, ticket.title, 0, .seen = true }; /* it had it, and forgot it */
    assert_int_equal(job_of(printer, &ticket).sheets, -1);
}

/* Without a document cupsd has nothing to send on; it needs no printer to say so. */
static void a_job_without_a_page_has_no_sheets(void **state)
{
    (void)state;
    OWNED(Printer) printer = printer_at(simulator.uri);
    PrinterTicket ticket = { .title = "without a page", .age_ms = -1 };
    PrinterJob job;
    Error err = { 0 };

    MUST(printer_create_job(printer, ticket.title, DEADLINE_MS, &ticket.id, &err));
    assert_true(job_of(printer, &ticket).incoming);
    assert_true(simulator_fault(&simulator, "off", NULL, NULL));
    assert_false(printer_cancel_job(printer, &ticket, DEADLINE_MS, &err)); /* the queue took it */
    assert_int_equal(err.code, ERR_OFFLINE);
    job = job_of(printer, &ticket);
    assert_int_equal(job.state, PRINTER_JOB_CANCELLED);
    assert_int_equal(job.sheets, 0);
}

/* What a person does, who may. */
static void run_by_person(const char *program)
{
    char words[200];

    snprintf(words, sizeof(words), "CUPS_SERVER=%s/cupsd/state/cups.sock PATH=$PATH:/usr/sbin %s kiosk",
             simulator.folder, program);
    assert_true(child_run((const char *[]){ "/bin/sh", "-c", words, NULL }));
}

static void a_stalled_queue_is_resumed(void **state)
{
    (void)state;
    OWNED(Printer) printer = printer_at(simulator.uri);
    Error err = { 0 };

    run_by_person("cupsdisable");
    PrinterInfo info = info_of(printer);
    assert_int_equal(info.state, PRINTER_STOPPED);
    assert_true(info.stalled);
    assert_int_equal(info.reasons, PRINTER_REASON_PAUSED);

    assert_true(simulator_fault(&simulator, "cover-open", NULL, NULL)); /* no use, as long as that is so */
    assert_true(TEST_UNTIL(5000, !info_of(printer).stalled));
    assert_true(simulator_fault(&simulator, "clear", NULL, NULL));
    MUST(printer_resume(printer, DEADLINE_MS, &err));
    assert_true(TEST_UNTIL(5000, info_of(printer).state == PRINTER_IDLE));

    run_by_person("cupsreject");
    assert_int_equal(info_of(printer).reasons, PRINTER_REASON_NOT_ACCEPTING);
    run_by_person("cupsaccept");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup(a_queue_is_its_printer, mend),
        cmocka_unit_test_setup(sheets_are_those_of_the_printer_behind, mend),
        cmocka_unit_test_setup(a_queue_that_lags_behind_is_cleared, mend),
        cmocka_unit_test_setup(a_cancelled_job_is_cancelled_behind_the_queue_too, mend),
        cmocka_unit_test_setup(a_job_that_never_got_there_has_no_sheets, mend),
        cmocka_unit_test_setup(a_job_without_a_page_has_no_sheets, mend),
        cmocka_unit_test_setup(a_stalled_queue_is_resumed, mend),
    };

    if (!simulator_has_cupsd()) {
        print_message("skipped: cupsd is not installed (Debian: cups-daemon, cups-client)\n");
        return 0;
    }
    return cmocka_run_group_tests(tests, start, stop);
}
