#include "kiosk/devices/printing.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <arpa/inet.h>
#include <cmocka.h>
#include <sys/socket.h>

#include "kiosk/devices/printing_rig.h"

static int start(void **state)
{
    (void)state;
    return rig_start(SIMULATOR_EVE, NULL) ? 0 : -1;
}

static int stop(void **state)
{
    (void)state;
    rig_stop();
    return 0;
}

static int mend(void **state)
{
    (void)state;
    return rig_mend() ? 0 : -1;
}

/* Also after a test that failed. */
static int switch_off(void **state)
{
    (void)state;
    power_off();
    return 0;
}

/* ---- a visit like others ---- */

static void a_copy_comes_out_sheet_by_sheet(void **state)
{
    (void)state;
    int printed = simulator_printed(&simulator);

    power_on();
    AWAIT(is_printer, PRINTER_READY);
    assert_true(simulator_fault(&simulator, "slow", "0.4", NULL)); /* so that no sheet is missed on a busy machine */
    print(JOB, 1, 3);
    const Msg *created = AWAIT(is_print, PRINT_PHASE_CREATED);
    assert_int_equal(created->visit, 7);
    assert_string_equal(created->as.print.job.id, JOB);
    assert_int_equal(strlen(created->as.print.printer_uuid), 36);
    assert_true(created->as.print.printer_job > 0);
    AWAIT(is_print, PRINT_PHASE_SENDING);
    AWAIT(is_print, PRINT_PHASE_SENT);
    AWAIT(is_print, PRINT_PHASE_SHEETS);
    const Msg *done = AWAIT(is_print, PRINT_PHASE_PRINTED);
    assert_int_equal(done->as.print.sheets, 3);
    assert_int_equal(simulator_printed(&simulator) - printed, 1);
}

static void what_the_registrar_did_not_hear_is_told_again(void **state)
{
    (void)state;
    power_on();
    print(JOB, 1, 1);
    AWAIT(is_print, PRINT_PHASE_PRINTED);
    power_off();

    power_on();
    const Msg *again = AWAIT(is_recovered, PRINT_PHASE_PRINTED);
    assert_string_equal(again->as.print.job.id, JOB);
    assert_int_equal(again->as.print.sheets, 1);
    AWAIT(is_printer, PRINTER_READY);
    settle(JOB, 1);
    power_off();

    power_on();
    AWAIT(is_printer, PRINTER_READY);
    for (size_t i = 0; i < rig.seen_count; i++)
        assert_int_equal(rig.seen[i].kind, MSG_PRINTER);
}

static void an_epoch_is_never_printed_twice(void **state)
{
    (void)state;
    int printed = simulator_printed(&simulator);

    power_on();
    print(JOB, 4, 1);
    print(JOB, 4, 1);
    AWAIT(is_print, PRINT_PHASE_PRINTED);
    print(JOB, 4, 1);
    AWAIT(is_print, PRINT_PHASE_PRINTED);
    print(JOB, 5, 1);
    AWAIT(is_print, PRINT_PHASE_CREATED);
    AWAIT(is_print, PRINT_PHASE_PRINTED);
    assert_int_equal(simulator_printed(&simulator) - printed, 2);
}

static void nothing_is_printed_beside_another_job(void **state)
{
    (void)state;
    power_on();
    assert_true(simulator_fault(&simulator, "media-jam", NULL, NULL));
    print(JOB, 1, 1);
    AWAIT(is_print_in_condition, PRINTER_JAMMED);
    print(OTHER, 1, 1);
    const Msg *refused = AWAIT(is_print, PRINT_PHASE_NOT_SENT);
    assert_string_equal(refused->as.print.job.id, OTHER);
    assert_true(simulator_fault(&simulator, "clear", NULL, NULL));
    AWAIT(is_print, PRINT_PHASE_PRINTED);
}

/* ---- a printer in trouble ---- */

static void a_printer_that_is_off_gets_nothing(void **state)
{
    (void)state;
    power_on();
    AWAIT(is_printer, PRINTER_READY);
    assert_true(simulator_fault(&simulator, "off", NULL, NULL));
    AWAIT(is_printer, PRINTER_OFF);
    print(JOB, 1, 1);
    const Msg *not_sent = AWAIT(is_print, PRINT_PHASE_NOT_SENT);
    assert_int_equal(not_sent->as.print.condition, PRINTER_OFF);
    assert_int_equal(not_sent->as.print.printer_job, 0);
    assert_true(simulator_fault(&simulator, "on", NULL, NULL));
    AWAIT(is_printer, PRINTER_READY);
}

static void paper_runs_out_and_is_refilled(void **state)
{
    (void)state;
    power_on();
    assert_true(simulator_fault(&simulator, "media-empty", "--at-page", "1"));
    print(JOB, 1, 2);
    AWAIT(is_print, PRINT_PHASE_SENT);
    const Msg *out = AWAIT(is_print_in_condition, PRINTER_NO_PAPER);
    assert_int_equal(out->as.print.phase, PRINT_PHASE_SHEETS);
    assert_int_equal(out->as.print.sheets, 1);
    assert_true(simulator_fault(&simulator, "clear", NULL, NULL));
    const Msg *done = AWAIT(is_print, PRINT_PHASE_PRINTED);
    assert_int_equal(done->as.print.sheets, 2);
    assert_int_equal(done->as.print.condition, PRINTER_READY);
}

static void a_printer_that_forgot_leaves_the_end_unknown(void **state)
{
    (void)state;
    power_on();
    assert_true(simulator_fault(&simulator, "media-jam", NULL, NULL));
    print(JOB, 1, 1);
    AWAIT(is_print_in_condition, PRINTER_JAMMED);
    assert_true(simulator_fault(&simulator, "off", NULL, NULL));
    AWAIT(is_print_in_condition, PRINTER_OFF);
    assert_true(simulator_fault(&simulator, "clear", NULL, NULL));
    AWAIT(is_print, PRINT_PHASE_UNKNOWN);
    /* It has no job any more, so that the next student may print. */
    AWAIT(is_printer, PRINTER_READY);
    print(OTHER, 1, 1);
    AWAIT(is_print, PRINT_PHASE_PRINTED);
}

static void a_page_handed_out_long_ago_is_not_sent(void **state)
{
    (void)state;
    OWNED(Printer) printer = printer_open(simulator.uri, NULL);
    Error err = { 0 };
    PrinterJob left;
    int printed = simulator_printed(&simulator);

    power_on();
    Cmd cmd = print_cmd(JOB, 1, 1);
    cmd.as.print.handed_out_ms -= 60001;
    assert_true(printing_run(rig.printing, &cmd));
    blob_drop(cmd.as.print.pdf);
    AWAIT(is_print, PRINT_PHASE_CREATED);
    AWAIT(is_print, PRINT_PHASE_NOT_SENT);
    AWAIT(is_printer, PRINTER_READY);
    MUST(printer_ask_job(printer, &(PrinterTicket){ .title = title_of(1) }, 2000, &left, &err));
    assert_int_equal(left.state, PRINTER_JOB_CANCELLED);
    print(JOB, 2, 1);
    AWAIT(is_print, PRINT_PHASE_PRINTED);
    assert_int_equal(simulator_printed(&simulator) - printed, 1);
}

/* ---- the end of a visit ---- */

static void a_stuck_job_is_cancelled_when_its_visit_ends(void **state)
{
    (void)state;
    static const struct {
        const char *at_page;
        PrintPhase end;
        int sheets;
    } cases[] = {
        { "0", PRINT_PHASE_CANCELLED, 0 },
        { "1", PRINT_PHASE_PARTLY, 1 },
    };

    power_on();
    for (size_t i = 0; i < COUNT(cases); i++) {
        assert_true(simulator_fault(&simulator, "media-empty", "--at-page", cases[i].at_page));
        print(JOB, (uint32_t)i + 1, 2);
        AWAIT(is_print_in_condition, PRINTER_NO_PAPER);
        tell_simply(CMD_PRINT_STOP);
        const Msg *ended = AWAIT(is_print, (int)cases[i].end);
        assert_int_equal(ended->as.print.sheets, cases[i].sheets);
        assert_true(simulator_fault(&simulator, "clear", NULL, NULL));
        AWAIT(is_printer, PRINTER_READY);
    }
}

static void paper_that_stops_moving_later_is_cancelled_then(void **state)
{
    (void)state;
    power_on();
    assert_true(simulator_fault(&simulator, "slow", "0.3", NULL));
    assert_true(simulator_fault(&simulator, "media-empty", "--at-page", "1"));
    print(JOB, 1, 2);
    AWAIT(is_print, PRINT_PHASE_SENT);
    tell_simply(CMD_PRINT_STOP);
    const Msg *ended = AWAIT(is_print, PRINT_PHASE_PARTLY);
    assert_int_equal(ended->as.print.sheets, 1);
}

/* It says that it cancels, and prints on when it was refilled: ippeveprinter whose pages do not ask. */
static bool start_deaf(Simulator *deaf)
{
    char words[400];

    *deaf = (Simulator){ .folder = "/tmp/registrar-printer-XXXXXX" };
    if (!mkdtemp(deaf->folder))
        return false;
    snprintf(words, sizeof(words),
             "cp " SOURCE_DIR "/printers/simulate %s && sed 's/^asked_to_stop() {/&\\nreturn 1/' " SOURCE_DIR
             "/printers/simulate-page >%s/simulate-page && chmod +x %s/simulate-page",
             deaf->folder, deaf->folder, deaf->folder);
    if (!child_run((const char *[]){ "/bin/sh", "-c", words, NULL }))
        return false;
    snprintf(words, sizeof(words), "%s/simulate", deaf->folder);
    return child_start(&deaf->child, (const char *[]){ words, "--dir", deaf->folder, NULL }, 15000);
}

static void a_printer_that_ignores_cancel_stays_closed(void **state)
{
    (void)state;
    Simulator deaf;

    assert_true(start_deaf(&deaf));
    power_on_at(deaf.child.line);
    assert_true(simulator_fault(&deaf, "media-empty", "--at-page", "1"));
    print(JOB, 1, 2);
    AWAIT(is_print_in_condition, PRINTER_NO_PAPER);
    tell_simply(CMD_PRINT_STOP);
    await_soon(is_print, PRINT_PHASE_UNKNOWN, 60000);
    print(OTHER, 1, 1);
    assert_string_equal(AWAIT(is_print, PRINT_PHASE_NOT_SENT)->as.print.job.id, OTHER);
    tell_simply(CMD_ASK_PRINTER);
    AWAIT(is_printer, PRINTER_NO_PAPER);
    assert_true(simulator_fault(&deaf, "clear", NULL, NULL));
    const Msg *end = AWAIT(is_recovered, PRINT_PHASE_PRINTED); /* to whoever refilled it */
    assert_string_equal(end->as.print.job.id, JOB);
    assert_int_equal(end->as.print.sheets, 2);
    AWAIT(is_printer, PRINTER_READY);
    power_off();
    simulator_stop(&deaf);
}

/* A printer that neither takes the job nor refuses it. */
static void a_stop_before_the_first_byte_is_at_once(void **state)
{
    (void)state;
    struct sockaddr_in at = { .sin_family = AF_INET, .sin_addr.s_addr = htonl(INADDR_LOOPBACK) };
    socklen_t size = sizeof(at);
    char uri[64];

    int listener = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
    assert_true(listener >= 0 && bind(listener, (struct sockaddr *)&at, size) == 0 && listen(listener, 16) == 0);
    assert_int_equal(getsockname(listener, (struct sockaddr *)&at, &size), 0);
    snprintf(uri, sizeof(uri), "ipp://127.0.0.1:%d/ipp/print", ntohs(at.sin_port));
    power_on_at(uri);

    int64_t began = test_now_ms();
    print(JOB, 1, 1);
    tell_simply(CMD_PRINT_STOP);
    AWAIT(is_print, PRINT_PHASE_NOT_SENT);
    assert_in_range(test_now_ms() - began, 0, 2500); /* asking the printer would take 3 s */
    power_off();
    close(listener);
}

static void a_stop_does_not_reach_the_next_print_of_the_same_visit(void **state)
{
    (void)state;
    power_on();
    AWAIT(is_printer, PRINTER_READY);
    print(JOB, 1, 1);
    tell_simply(CMD_PRINT_STOP);
    print(JOB, 2, 1);
    for (;;) { /* the first may have been too quick to be stopped */
        const Msg *msg = AWAIT(is_print, PRINT_PHASE_PRINTED);
        if (msg->as.print.job.epoch == 2)
            break;
    }
}

/* ---- crashes ---- */

static void a_crash_before_the_first_byte_is_no_print(void **state)
{
    (void)state;
    int printed = simulator_printed(&simulator);

    crash_at(PRINT_PHASE_CREATED, 1);
    power_on();
    const Msg *recovered = AWAIT(is_recovered, PRINT_PHASE_NOT_SENT);
    assert_string_equal(recovered->as.print.job.id, JOB);
    assert_int_equal(recovered->visit, 0);
    settle(JOB, 1);
    AWAIT(is_printer, PRINTER_READY);
    print(JOB, 2, 1); /* the printer takes one job at a time: the old one is gone from it */
    AWAIT(is_print, PRINT_PHASE_PRINTED);
    assert_int_equal(simulator_printed(&simulator) - printed, 1);
}

static void a_crash_and_a_printer_that_forgot_is_unknown(void **state)
{
    (void)state;
    crash_at(PRINT_PHASE_SENT, 1);
    assert_true(simulator_fault(&simulator, "off", NULL, NULL));
    power_on();
    AWAIT(is_printer, PRINTER_OFF);
    assert_true(simulator_fault(&simulator, "on", NULL, NULL));
    const Msg *unknown = AWAIT(is_recovered, PRINT_PHASE_UNKNOWN);
    assert_string_equal(unknown->as.print.job.id, JOB);
    AWAIT(is_printer, PRINTER_READY);
}

/* ---- the idle printer ---- */

static void the_printer_is_told_of_when_it_changes_or_is_asked_for(void **state)
{
    (void)state;
    power_on();
    AWAIT(is_printer, PRINTER_READY);
    test_nap_ms(350); /* three looks at it */
    assert_false(has_come(is_printer, PRINTER_READY));
    tell_simply(CMD_ASK_PRINTER);
    AWAIT(is_printer, PRINTER_READY);
}

static void commands_of_others_are_not_taken(void **state)
{
    (void)state;
    Cmd cmd = { .kind = CMD_HEARTBEAT };

    power_on();
    assert_false(printing_run(rig.printing, &cmd));
}

int main(void)
{
#define PRINTING_TEST(test) cmocka_unit_test_setup_teardown(test, mend, switch_off)
    const struct CMUnitTest tests[] = {
        PRINTING_TEST(a_copy_comes_out_sheet_by_sheet),
        PRINTING_TEST(what_the_registrar_did_not_hear_is_told_again),
        PRINTING_TEST(an_epoch_is_never_printed_twice),
        PRINTING_TEST(nothing_is_printed_beside_another_job),
        PRINTING_TEST(a_printer_that_is_off_gets_nothing),
        PRINTING_TEST(paper_runs_out_and_is_refilled),
        PRINTING_TEST(a_printer_that_forgot_leaves_the_end_unknown),
        PRINTING_TEST(a_page_handed_out_long_ago_is_not_sent),
        PRINTING_TEST(a_stuck_job_is_cancelled_when_its_visit_ends),
        PRINTING_TEST(paper_that_stops_moving_later_is_cancelled_then),
        PRINTING_TEST(a_printer_that_ignores_cancel_stays_closed),
        PRINTING_TEST(a_stop_before_the_first_byte_is_at_once),
        PRINTING_TEST(a_stop_does_not_reach_the_next_print_of_the_same_visit),
        PRINTING_TEST(a_crash_before_the_first_byte_is_no_print),
        PRINTING_TEST(a_crash_and_a_printer_that_forgot_is_unknown),
        PRINTING_TEST(the_printer_is_told_of_when_it_changes_or_is_asked_for),
        PRINTING_TEST(commands_of_others_are_not_taken),
    };

    if (!simulator_installed()) {
        print_message("skipped: ippeveprinter is not installed (Debian: cups-ipp-utils)\n");
        return 0;
    }
    return cmocka_run_group_tests(tests, start, stop);
}
