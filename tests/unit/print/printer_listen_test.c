/* What a printer tells by itself, and what a job's end is told from when the printer has forgotten it. */
#include "print/printer.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "print/simulator.h"

#define DEADLINE_MS 5000

static SimulatorKind kind;
static Simulator simulator;

static int start(void **state)
{
    (void)state;
    return simulator_start_kind(&simulator, kind, NULL) ? 0 : -1;
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
    return simulator_fault(&simulator, "clear", NULL, NULL) ? 0 : -1;
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

static bool hears(Printer *printer)
{
    bool heard = false, offered = false;
    Error err = { 0 };

    MUST(printer_listen(printer, DEADLINE_MS, &heard, &offered, &err));
    assert_true(offered);
    return heard;
}

static PrinterTicket print_pages(Printer *printer, const char *title, int pages)
{
    PrinterTicket ticket = { .title = title, .age_ms = -1 };
    PrinterLeft left;
    Error err = { 0 };
    OWNED_BUF pdf;

    pdf_of(&pdf, pages);
    PrinterPage page = { .pdf = buf_str(&pdf) };
    if (kind == SIMULATOR_PLAIN) {
        MUST(printer_print_job(printer, title, &page, DEADLINE_MS, &left, &ticket.id, &err));
    } else {
        MUST(printer_create_job(printer, title, DEADLINE_MS, &ticket.id, &err));
        MUST(printer_send_document(printer, ticket.id, &page, DEADLINE_MS, &left, &err));
    }
    assert_int_equal(left, PRINTER_LEFT_ALL);
    return ticket;
}

static PrinterJob job_of(Printer *printer, const PrinterTicket *ticket)
{
    PrinterJob job = { 0 };
    Error err = { 0 };

    MUST(printer_ask_job(printer, ticket, DEADLINE_MS, &job, &err));
    return job;
}

static void what_happens_is_heard_once(void **state)
{
    (void)state;
    OWNED(Printer) printer = printer_at(simulator.uri);

    assert_true(hears(printer)); /* who knows what was before */
    assert_true(TEST_UNTIL(5000, !hears(printer)));
    assert_false(hears(printer));
    assert_true(simulator_fault(&simulator, "cover-open", NULL, NULL));
    assert_true(TEST_UNTIL(5000, hears(printer)));
    assert_true(TEST_UNTIL(5000, !hears(printer)));
    print_pages(printer, "heard of", 1);
    assert_true(TEST_UNTIL(5000, hears(printer)));
}

/* Pitfall 3.6: a lease runs out, and a printer that was off knows of no subscription. */
static void a_lost_subscription_is_made_anew(void **state)
{
    (void)state;
    OWNED(Printer) printer = printer_at(simulator.uri);
    PrinterInfo info;
    Error err = { 0 };

    assert_true(simulator_fault(&simulator, "lease", "2", NULL));
    assert_true(hears(printer));
    assert_true(TEST_UNTIL(5000, !hears(printer)));
    int renewed = simulator_lines(&simulator, "events.tsv", "Renew-Subscription");
    for (int64_t end = test_now_ms() + 1500; test_now_ms() < end; test_nap_ms(100)) /* half its time is over */
        (void)hears(printer);
    assert_true(simulator_lines(&simulator, "events.tsv", "Renew-Subscription") > renewed);
    test_nap_ms(2300);
    assert_true(hears(printer));
    assert_true(TEST_UNTIL(5000, !hears(printer)));

    assert_true(simulator_fault(&simulator, "off", NULL, NULL));
    bool heard, offered;
    assert_false(printer_listen(printer, DEADLINE_MS, &heard, &offered, &err));
    assert_int_equal(err.code, ERR_OFFLINE);
    assert_true(simulator_fault(&simulator, "on", NULL, NULL));
    MUST(printer_ask(printer, DEADLINE_MS, &info, &err));
    assert_true(hears(printer));
}

/* The printer forgets its jobs as soon as they are done: its last word about them still counts. */
static void a_forgotten_job_is_told_from_its_event(void **state)
{
    (void)state;
    static const struct {
        const char *at_page; /* where it is given up; NULL: nowhere */
        PrinterJobState end;
        int sheets;
    } cases[] = {
        { NULL, PRINTER_JOB_COMPLETED, 2 },
        { "1", PRINTER_JOB_ABORTED, 1 },
    };

    for (size_t i = 0; i < COUNT(cases); i++) {
        OWNED(Printer) printer = printer_at(simulator.uri);
        OWNED(Printer) other = printer_at(simulator.device_uri);
        char title[32];

        assert_true(hears(printer));
        if (cases[i].at_page)
            assert_true(simulator_fault(&simulator, "abort", "--at-page", cases[i].at_page));
        snprintf(title, sizeof(title), "soon forgotten %d", (int)i);
        PrinterTicket ticket = print_pages(printer, title, 2);
        PrinterTicket there = { .title = title, .age_ms = -1 };
        assert_true(TEST_UNTIL(15000, job_of(other, &there).state == cases[i].end));
        assert_true(simulator_fault(&simulator, "forget", NULL, NULL));
        OWNED(Printer) late = printer_at(simulator.device_uri);
        assert_int_equal(job_of(late, &there).state, PRINTER_JOB_UNKNOWN);
        PrinterJob job;
        assert_true(TEST_UNTIL(15000, (job = job_of(printer, &ticket)).state >= PRINTER_JOB_CANCELLED));
        assert_int_equal(job.state, cases[i].end);
        assert_int_equal(job.sheets, cases[i].sheets);
        ticket.id++;
        ticket.title = "another";
        assert_int_equal(job_of(printer, &ticket).state, PRINTER_JOB_UNKNOWN);
    }
}

/* An event that came says less than the printer as long as that knows the job. */
static void what_the_printer_says_counts_before_events(void **state)
{
    (void)state;
    OWNED(Printer) printer = printer_at(simulator.uri);
    PrinterJob job;

    assert_true(hears(printer));
    PrinterTicket first =
        print_pages(printer, "twice of a name", 1); /* a title used twice: the worst that can be heard */
    assert_true(TEST_UNTIL(15000, job_of(printer, &first).state == PRINTER_JOB_COMPLETED));
    assert_true(TEST_UNTIL(5000, !hears(printer)));
    assert_true(simulator_fault(&simulator, "media-jam", NULL, NULL));
    PrinterTicket second = print_pages(printer, "twice of a name", 1);
    assert_true(TEST_UNTIL(15000, (job = job_of(printer, &second)).reasons & PRINTER_REASON_JAM));
    assert_true(job.state != PRINTER_JOB_COMPLETED && job.state != PRINTER_JOB_UNKNOWN);
}

static void one_that_tells_nothing_says_so(void **state)
{
    (void)state;
    Simulator eve;
    bool heard = true, offered = true;
    Error err = { 0 };

    if (!simulator_installed())
        skip();
    assert_true(simulator_start(&eve));
    {
        OWNED(Printer) printer = printer_at(eve.uri);
        MUST(printer_listen(printer, DEADLINE_MS, &heard, &offered, &err));
    }
    simulator_stop(&eve);
    assert_false(offered);
    assert_false(heard);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup(what_happens_is_heard_once, mend),
        cmocka_unit_test_setup(a_lost_subscription_is_made_anew, mend),
        cmocka_unit_test_setup(a_forgotten_job_is_told_from_its_event, mend),
        cmocka_unit_test_setup(what_the_printer_says_counts_before_events, mend),
        cmocka_unit_test_setup(one_that_tells_nothing_says_so, mend),
    };
    const struct CMUnitTest behind[] = {
        cmocka_unit_test_setup(a_forgotten_job_is_told_from_its_event, mend),
    };

    kind = SIMULATOR_DIRECT;
    int failed = cmocka_run_group_tests_name("direct", tests, start, stop);
    kind = SIMULATOR_QUEUE;
    if (simulator_has_cupsd())
        failed += cmocka_run_group_tests_name("queue", behind, start, stop);
    else
        print_message("skipped: cupsd is not installed (Debian: cups-daemon, cups-client)\n");
    return failed;
}
