#include "print/printer.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <arpa/inet.h>
#include <cmocka.h>
#include <pthread.h>
#include <sys/socket.h>

#include "net/peer.h"
#include "print/simulator.h"

#define DEADLINE_MS 5000
#define SLACK_MS    1000 /* a busy machine may stand still for so long */

static Simulator simulator;
static Peer peer;

static int start(void **state)
{
    (void)state;
    return simulator_start(&simulator) && peer_start(&peer, false) ? 0 : -1;
}

static int stop(void **state)
{
    (void)state;
    simulator_stop(&simulator);
    peer_stop(&peer);
    return 0;
}

/* Before each test: nothing wrong, and no job on it. */
static int mend(void **state)
{
    (void)state;
    OWNED(Printer) printer = printer_open(simulator.uri, NULL);
    PrinterInfo info;

    return simulator_fault(&simulator, "clear", NULL, NULL) && printer &&
                   TEST_UNTIL(5000, printer_ask(printer, DEADLINE_MS, &info, NULL) && info.state == PRINTER_IDLE)
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

static PrinterTicket ticket(int32_t id, const char *title)
{
    return (PrinterTicket){ .id = id, .title = title, .age_ms = -1 };
}

static PrinterJob job_of(Printer *printer, int32_t id, const char *title)
{
    Error err = { 0 };
    PrinterJob job = { 0 };

    MUST(printer_ask_job(printer, &(PrinterTicket){ .id = id, .title = title, .age_ms = -1 }, DEADLINE_MS, &job, &err));
    return job;
}

static bool cancel(Printer *printer, int32_t id, const char *title, Error *err)
{
    PrinterTicket of = ticket(id, title);

    return printer_cancel_job(printer, &of, DEADLINE_MS, err);
}

static int32_t send_pages(Printer *printer, const char *title, int pages)
{
    Error err = { 0 };
    int32_t job = 0;
    PrinterLeft left = PRINTER_LEFT_NOTHING;
    OWNED_BUF pdf;

    pdf_of(&pdf, pages);
    PrinterPage page = { .pdf = buf_str(&pdf) };
    MUST(printer_create_job(printer, title, DEADLINE_MS, &job, &err));
    MUST(printer_send_document(printer, job, &page, DEADLINE_MS, &left, &err));
    assert_int_equal(left, PRINTER_LEFT_ALL);
    return job;
}

static void a_printer_says_what_it_is(void **state)
{
    (void)state;
    OWNED(Printer) printer = printer_at(simulator.uri);
    PrinterInfo info;
    Error err = { 0 };

    MUST(printer_ask(printer, DEADLINE_MS, &info, &err));
    assert_int_equal(info.state, PRINTER_IDLE);
    assert_int_equal(info.reasons, 0);
    assert_int_equal(strlen(info.uuid), 36);
    assert_true(info.takes_pdf);
    assert_true(info.proof);
}

static void sheets_are_counted_until_the_job_is_done(void **state)
{
    (void)state;
    OWNED(Printer) printer = printer_at(simulator.uri);
    PrinterJob job;
    int printed = simulator_printed(&simulator);

    int32_t id = send_pages(printer, "three pages", 3);
    assert_true(TEST_UNTIL(10000, (job = job_of(printer, id, "three pages")).state == PRINTER_JOB_COMPLETED));
    assert_int_equal(job.sheets, 3);
    assert_int_equal(simulator_printed(&simulator) - printed, 1);
}

static void one_job_at_a_time_and_a_stuck_one_can_be_cancelled(void **state)
{
    (void)state;
    OWNED(Printer) printer = printer_at(simulator.uri);
    PrinterJob job;
    Error err = { 0 };
    int32_t other;
    int printed = simulator_printed(&simulator);

    assert_true(simulator_fault(&simulator, "media-empty", "--at-page", "1"));
    int32_t id = send_pages(printer, "stuck", 2);
    assert_true(TEST_UNTIL(5000, (job = job_of(printer, id, "stuck")).reasons & PRINTER_REASON_PAPER_OUT));
    assert_int_equal(job.state, PRINTER_JOB_PRINTING);
    assert_int_equal(job.sheets, 1);
    assert_false(job.incoming);

    assert_false(printer_create_job(printer, "second", DEADLINE_MS, &other, &err));
    assert_int_equal(err.code, ERR_BUSY);

    MUST(cancel(printer, id, "stuck", &err));
    assert_true(TEST_UNTIL(5000, (job = job_of(printer, id, "stuck")).state == PRINTER_JOB_CANCELLED));
    assert_int_equal(job.sheets, 1);
    MUST(cancel(printer, id, "stuck", &err));
    assert_int_equal(simulator_printed(&simulator), printed);
}

static void a_job_without_a_byte_is_found_by_its_title(void **state)
{
    (void)state;
    OWNED(Printer) printer = printer_at(simulator.uri);
    Error err = { 0 };
    int32_t id;

    MUST(printer_create_job(printer, "lost one", DEADLINE_MS, &id, &err));
    assert_true(job_of(printer, id, "lost one").incoming);
    assert_int_equal(job_of(printer, 0, "another").state, PRINTER_JOB_UNKNOWN);
    assert_int_equal(job_of(printer, 0, "lost one").id, id);
    MUST(cancel(printer, 0, "another", &err));
    assert_true(job_of(printer, id, "lost one").incoming);
    MUST(cancel(printer, 0, "lost one", &err));
    assert_int_equal(job_of(printer, id, "lost one").state, PRINTER_JOB_CANCELLED);
    assert_int_equal(job_of(printer, 0, "lost one").state, PRINTER_JOB_CANCELLED);
}

/* Printers count from 1 again after a reset. */
static void a_number_that_somebody_else_has_is_not_ours(void **state)
{
    (void)state;
    OWNED(Printer) printer = printer_at(simulator.uri);
    Error err = { 0 };
    int32_t id;

    MUST(printer_create_job(printer, "somebody else's", DEADLINE_MS, &id, &err));
    assert_int_equal(job_of(printer, id, "ours").state, PRINTER_JOB_UNKNOWN);
    MUST(cancel(printer, id, "ours", &err));
    assert_int_equal(job_of(printer, id, "somebody else's").state, PRINTER_JOB_WAITING);
    MUST(cancel(printer, id, "somebody else's", &err));
}

static void an_aborted_job_is_no_completed_one(void **state)
{
    (void)state;
    OWNED(Printer) printer = printer_at(simulator.uri);
    PrinterJob job;

    assert_true(simulator_fault(&simulator, "abort", NULL, NULL));
    int32_t id = send_pages(printer, "given up", 1);
    assert_true(TEST_UNTIL(5000, (job = job_of(printer, id, "given up")).state == PRINTER_JOB_ABORTED));
    assert_int_equal(job.sheets, 0);
}

static void a_printer_that_was_off_knows_no_job(void **state)
{
    (void)state;
    OWNED(Printer) printer = printer_at(simulator.uri);
    PrinterInfo info;
    Error err = { 0 };
    int32_t id;
    PrinterLeft left = PRINTER_LEFT_ALL;
    PrinterPage page = { .pdf = STR("%PDF") };

    assert_true(simulator_fault(&simulator, "off", NULL, NULL));
    MUST(printer_ask(printer, DEADLINE_MS, &info, &err));
    assert_int_equal(info.state, PRINTER_GONE);
    assert_false(printer_create_job(printer, "nobody there", DEADLINE_MS, &id, &err));
    assert_int_equal(err.code, ERR_OFFLINE);
    assert_false(printer_send_document(printer, 7, &page, DEADLINE_MS, &left, &err));
    assert_int_equal(err.code, ERR_OFFLINE);
    assert_int_equal(left, PRINTER_LEFT_NOTHING);

    assert_true(simulator_fault(&simulator, "on", NULL, NULL));
    assert_int_equal(job_of(printer, 7000, "of yesterday").state, PRINTER_JOB_UNKNOWN);
}

/* ---- peers that are no printers ---- */

static void wrong_answers_have_their_codes(void **state)
{
    (void)state;
    static const struct {
        const char *rule;
        ErrorCode code;
    } cases[] = {
        { "\"status\": 503", ERR_BUSY },
        { "\"status\": 401", ERR_DENIED },
        { "\"status\": 426", ERR_DENIED },
        { "\"status\": 500", ERR_PROTOCOL },
        { "\"body\": \"not IPP at all\"", ERR_PROTOCOL },
        { "\"size\": 2000000", ERR_PROTOCOL },
        { "\"act\": \"close\"", ERR_OFFLINE },
        { "\"act\": \"drip\"", ERR_TIMEOUT },
        { "\"act\": \"hang\"", ERR_TIMEOUT },
    };

    for (size_t i = 0; i < COUNT(cases); i++) {
        char uri[128], rules[128];
        Error err = { 0 };
        int32_t id;

        snprintf(uri, sizeof(uri), "ipp%s/ipp/print", peer.address + strlen("http"));
        snprintf(rules, sizeof(rules), "[{%s}]", cases[i].rule);
        assert_true(peer_rules(&peer, rules));
        OWNED(Printer) printer = printer_at(uri);
        int64_t began = test_now_ms();
        assert_false(printer_create_job(printer, "no printer", 300, &id, &err));
        int64_t took = test_now_ms() - began;
        if (err.code != cases[i].code || took > 300 + SLACK_MS)
            fail_msg("%s: %s (%s) after %d ms", cases[i].rule, error_code_name(err.code), err.text, (int)took);
    }
}

/* Both before the first byte of the document and after it the peer only reads. */
static void it_is_known_whether_a_byte_left(void **state)
{
    (void)state;
    char uri[128];
    Error err = { 0 };
    PrinterLeft left = PRINTER_LEFT_NOTHING;
    PrinterPage page = { .pdf = STR("%PDF-1.4") };

    snprintf(uri, sizeof(uri), "ipp%s/ipp/print", peer.address + strlen("http"));
    assert_true(peer_rules(&peer, "[{\"act\": \"hang\"}]"));
    OWNED(Printer) printer = printer_at(uri);
    assert_false(printer_send_document(printer, 1, &page, 200, &left, &err));
    assert_int_equal(err.code, ERR_TIMEOUT);
    assert_int_equal(left, PRINTER_LEFT_ALL);
}

static int listen_in_silence(int *ret_port)
{
    struct sockaddr_in at = { .sin_family = AF_INET, .sin_addr.s_addr = htonl(INADDR_LOOPBACK) };
    socklen_t size = sizeof(at);
    int listener = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);

    assert_true(listener >= 0 && bind(listener, (struct sockaddr *)&at, size) == 0 && listen(listener, 16) == 0);
    assert_int_equal(getsockname(listener, (struct sockaddr *)&at, &size), 0);
    *ret_port = ntohs(at.sin_port);
    return listener;
}

static void silence_costs_the_deadline_and_no_more(void **state)
{
    (void)state;
    static const char *const schemes[] = { "ipp", "ipps" };
    int port;
    int listener = listen_in_silence(&port);

    for (size_t i = 0; i < COUNT(schemes); i++) {
        char uri[64];
        PrinterInfo info;
        Error err = { 0 };
        int32_t id;

        snprintf(uri, sizeof(uri), "%s://127.0.0.1:%d/ipp/print", schemes[i], port);
        OWNED(Printer) printer = printer_at(uri);
        int64_t began = test_now_ms();
        MUST(printer_ask(printer, 250, &info, &err));
        assert_int_equal(info.state, PRINTER_GONE);
        assert_false(printer_create_job(printer, "silent", 250, &id, &err));
        assert_int_equal(err.code, ERR_TIMEOUT);
        assert_in_range(test_now_ms() - began, 450, 500 + SLACK_MS);
    }
    close(listener);
}

static void *interrupt_soon(void *ctx)
{
    test_nap_ms(100);
    printer_interrupt(ctx);
    return NULL;
}

static void a_waiting_call_can_be_interrupted(void **state)
{
    (void)state;
    static const char *const schemes[] = { "ipp", "ipps" };
    int port;
    int listener = listen_in_silence(&port);

    for (size_t i = 0; i < COUNT(schemes); i++) {
        char uri[64];
        Error err = { 0 };
        PrinterInfo info;
        pthread_t thread;

        snprintf(uri, sizeof(uri), "%s://127.0.0.1:%d/ipp/print", schemes[i], port);
        OWNED(Printer) printer = printer_at(uri);
        int64_t began = test_now_ms();
        assert_int_equal(pthread_create(&thread, NULL, interrupt_soon, printer), 0);
        assert_false(printer_ask(printer, DEADLINE_MS, &info, &err));
        pthread_join(thread, NULL);
        assert_int_equal(err.code, ERR_CANCELLED);
        assert_in_range(test_now_ms() - began, 100, 150 + SLACK_MS);

        printer_interrupt(printer);
        printer_forget_interrupt(printer);
        MUST(printer_ask(printer, 60, &info, &err));
    }
    close(listener);
}

static void only_addresses_of_printers(void **state)
{
    (void)state;
    static const char *const refused[] = { "http://localhost:631/", "ipp://", "ipp:///ipp/print", "printer", "",
                                           "lpd://localhost/q" };

    for (size_t i = 0; i < COUNT(refused); i++) {
        Error err = { 0 };
        OWNED(Printer) printer = printer_open(refused[i], &err);
        if (printer || err.code != ERR_ARGUMENT)
            fail_msg("%s", refused[i]);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup(a_printer_says_what_it_is, mend),
        cmocka_unit_test_setup(sheets_are_counted_until_the_job_is_done, mend),
        cmocka_unit_test_setup(one_job_at_a_time_and_a_stuck_one_can_be_cancelled, mend),
        cmocka_unit_test_setup(a_job_without_a_byte_is_found_by_its_title, mend),
        cmocka_unit_test_setup(an_aborted_job_is_no_completed_one, mend),
        cmocka_unit_test_setup(a_printer_that_was_off_knows_no_job, mend),
        cmocka_unit_test_setup(a_number_that_somebody_else_has_is_not_ours, mend),
        cmocka_unit_test(wrong_answers_have_their_codes),
        cmocka_unit_test(it_is_known_whether_a_byte_left),
        cmocka_unit_test(silence_costs_the_deadline_and_no_more),
        cmocka_unit_test(a_waiting_call_can_be_interrupted),
        cmocka_unit_test(only_addresses_of_printers),
    };

    if (!simulator_installed()) {
        print_message("skipped: ippeveprinter is not installed (Debian: cups-ipp-utils)\n");
        return 0;
    }
    return cmocka_run_group_tests(tests, start, stop);
}
