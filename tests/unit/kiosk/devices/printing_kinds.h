/* What holds on every kind of printer: straight, behind a cupsd's queue, and without Create-Job.  The printer's own
 * witness (sheets.tsv) says what came out.  printing_direct_test.c, printing_plain_test.c and printing_queue_test.c
 * play it; each takes a pattern of tests' names. */
#ifndef TESTS_PRINTING_KINDS_H
#define TESTS_PRINTING_KINDS_H

#include "kiosk/devices/printing_rig.h"

static SimulatorKind kind;

static int start(void **state)
{
    (void)state;
    return rig_start(kind, NULL) ? 0 : -1;
}

static int stop(void **state)
{
    (void)state;
    rig_stop();
    return 0;
}

static int witnessed; /* sheets before this test */

static int sheets_out(void)
{
    return simulator_sheets(&simulator, "Registrar") - witnessed;
}

static int mend(void **state)
{
    (void)state;
    witnessed = 0;
    witnessed = sheets_out();
    return rig_mend() ? 0 : -1;
}

/* Also after a test that failed. */
static int switch_off(void **state)
{
    (void)state;
    power_off();
    return 0;
}

#define FAULT(...) fault_is((const char *[4]){ __VA_ARGS__ })
static void fault_is(const char *const words[4])
{
    assert_true(simulator_fault(&simulator, words[0], words[1], words[2]));
}

/* The end that was told is what happened, and nothing comes out after it. */
static void is_true(const Msg *end, int pages)
{
    int out = sheets_out();

    switch (end->as.print.phase) {
    case PRINT_PHASE_PRINTED: assert_int_equal(out, pages); break;
    case PRINT_PHASE_PARTLY: assert_in_range(out, 1, pages - 1); break;
    case PRINT_PHASE_CANCELLED:
    case PRINT_PHASE_NOT_SENT: assert_int_equal(out, 0); break;
    case PRINT_PHASE_UNKNOWN: break;
    case PRINT_PHASE_NONE:
    case PRINT_PHASE_CREATED:
    case PRINT_PHASE_SENDING:
    case PRINT_PHASE_SENT:
    case PRINT_PHASE_SHEETS:
    case PRINT_PHASE_COUNT: fail_msg("no end: %d", end->as.print.phase);
    }
    if (end->as.print.phase != PRINT_PHASE_UNKNOWN && end->as.print.phase != PRINT_PHASE_NOT_SENT)
        assert_int_equal(end->as.print.sheets, out);
}

/* Refilled: not one sheet of the first student, and the second one's document whole. */
static void next_student_gets_only_hers(void)
{
    static uint32_t epoch = 0;
    int before = sheets_out();

    FAULT("clear");
    AWAIT(is_printer, PRINTER_READY);
    print(OTHER, ++epoch, 2);
    AWAIT(is_print, PRINT_PHASE_PRINTED);
    assert_int_equal(sheets_out(), before + 2);
}

static void a_copy_comes_out_sheet_by_sheet(void **state)
{
    (void)state;
    power_on();
    AWAIT(is_printer, PRINTER_READY);
    FAULT("slow", "0.3");
    print(JOB, 1, 2);
    if (kind != SIMULATOR_PLAIN)
        assert_true(AWAIT(is_print, PRINT_PHASE_CREATED)->as.print.printer_job > 0);
    AWAIT(is_print, PRINT_PHASE_SENDING);
    assert_true(AWAIT(is_print, PRINT_PHASE_SENT)->as.print.printer_job > 0);
    AWAIT(is_print, PRINT_PHASE_SHEETS);
    const Msg *end = AWAIT(is_print, PRINT_PHASE_PRINTED);
    assert_int_equal(strlen(end->as.print.printer_uuid), 36);
    is_true(end, 2);
}

/* ---- a printer in trouble ---- */

static void what_was_mended_goes_on_by_itself(void **state)
{
    (void)state;
    static const struct {
        const char *fault[4];
        PrinterCondition condition;
    } cases[] = {
        { { "media-empty", "--at-page", "1" }, PRINTER_NO_PAPER },
        { { "door-open", "--at-page", "1" }, PRINTER_OPEN },
        { { "media-jam", "--at-page", "1" }, PRINTER_JAMMED },
        { { "toner-empty", "--at-page", "1" }, PRINTER_NO_TONER },
    };

    power_on();
    for (size_t i = 0; i < COUNT(cases); i++) {
        int before = sheets_out();
        fault_is(cases[i].fault);
        print(JOB, (uint32_t)i + 1, 2);
        const Msg *stuck = AWAIT(is_print_in_condition, cases[i].condition);
        if (stuck->as.print.sheets != 1) /* it was told before the sheet was */
            stuck = AWAIT(is_print, PRINT_PHASE_SHEETS);
        assert_int_equal(stuck->as.print.sheets, 1);
        FAULT("clear");
        assert_int_equal(AWAIT(is_print, PRINT_PHASE_PRINTED)->as.print.sheets, 2);
        assert_int_equal(sheets_out() - before, 2);
    }
}

/* printer-state stopped, job-state processing-stopped. */
static void a_printer_that_says_stopped_goes_on_too(void **state)
{
    (void)state;
    power_on();
    AWAIT(is_printer, PRINTER_READY);
    assert_true(child_run((const char *[]){ SOURCE_DIR "/printers/fault", simulator.folder, "stopped", "media-empty",
                                            "--at-page", "1", NULL }));
    print(JOB, 1, 2);
    AWAIT(is_print_in_condition, PRINTER_NO_PAPER);
    FAULT("clear");
    is_true(AWAIT(is_print, PRINT_PHASE_PRINTED), 2);
}

static bool is_low(const Msg *msg, int wanted)
{
    (void)wanted;
    return msg->kind == MSG_PRINTER && msg->as.printer.condition == PRINTER_READY && msg->as.printer.paper_low &&
           msg->as.printer.toner_low;
}

static void what_is_low_is_told_and_prints_on(void **state)
{
    (void)state;
    power_on();
    FAULT("low");
    AWAIT(is_low, 0);
    print(JOB, 1, 2);
    is_true(AWAIT(is_print, PRINT_PHASE_PRINTED), 2);
}

static void a_printer_that_takes_no_jobs_gets_none(void **state)
{
    (void)state;
    power_on();
    AWAIT(is_printer, PRINTER_READY);
    FAULT("not-accepting");
    print(JOB, 1, 1);
    const Msg *end = AWAIT(is_print, PRINT_PHASE_NOT_SENT);
    assert_int_equal(end->as.print.condition, PRINTER_PAUSED);
    is_true(end, 1);
    next_student_gets_only_hers();
}

static void what_the_printer_gives_up_is_told(void **state)
{
    (void)state;
    static const struct {
        const char *at_page;
        PrintPhase end;
    } cases[] = { { "0", PRINT_PHASE_CANCELLED }, { "1", PRINT_PHASE_PARTLY } };

    power_on();
    for (size_t i = 0; i < COUNT(cases); i++) {
        int before = sheets_out();
        FAULT("abort", "--at-page", cases[i].at_page);
        print(JOB, (uint32_t)i + 1, 2);
        const Msg *end = AWAIT(is_print, cases[i].end);
        assert_int_equal(end->as.print.sheets, (int)i);
        assert_int_equal(sheets_out() - before, (int)i);
    }
    next_student_gets_only_hers();
}

/* Switched off after the first sheet, it says afterwards that it gave the job up. */
static void a_printer_that_was_off_tells_what_came_out(void **state)
{
    (void)state;
    power_on();
    FAULT("media-empty", "--at-page", "1");
    print(JOB, 1, 2);
    AWAIT(is_print, PRINT_PHASE_SHEETS);
    FAULT("off");
    AWAIT(is_print_in_condition, PRINTER_OFF);
    FAULT("clear");
    is_true(AWAIT(is_print, PRINT_PHASE_PARTLY), 2);
    next_student_gets_only_hers();
}

static void a_printer_that_forgot_leaves_the_end_unknown(void **state)
{
    (void)state;
    power_on();
    FAULT("media-jam", "--at-page", "1");
    print(JOB, 1, 2);
    AWAIT(is_print, PRINT_PHASE_SHEETS);
    FAULT("forget");
    const Msg *end = AWAIT(is_print, PRINT_PHASE_UNKNOWN);
    assert_int_equal(end->as.print.sheets, 1); /* the last that was known */
    next_student_gets_only_hers();
}

static void without_a_count_nothing_is_believed(void **state)
{
    (void)state;
    power_on();
    FAULT("no-count");
    print(JOB, 1, 1);
    assert_int_equal(AWAIT(is_print, PRINT_PHASE_UNKNOWN)->as.print.sheets, -1);
}

/* ---- answers that do not come ---- */

static void half_answers(void)
{
    FAULT("half");
}

static void nonsense(void)
{
    FAULT("garbage");
}

/* The page arrives, the answer does not: the job is looked for, and taken up. */
static void a_lost_answer_loses_nothing(void **state)
{
    (void)state;
    static void (*const faults[])(void) = { half_answers, nonsense };

    if (kind == SIMULATOR_QUEUE) /* it is cupsd that answers, and that tries again */
        skip();
    power_on();
    for (size_t i = 0; i < COUNT(faults); i++) {
        int before = sheets_out();
        AWAIT(is_printer, PRINTER_READY);
        at_phase(PRINT_PHASE_SENDING, faults[i]);
        print(JOB, (uint32_t)i + 1, 2);
        AWAIT(is_print, PRINT_PHASE_SENDING);
        test_nap_ms(300);
        FAULT("clear");
        assert_int_equal(AWAIT(is_print, PRINT_PHASE_PRINTED)->as.print.sheets, 2);
        assert_int_equal(sheets_out() - before, 2);
    }
}

static void what_answers_nonsense_gets_nothing(void **state)
{
    (void)state;
    power_on();
    AWAIT(is_printer, PRINTER_READY);
    FAULT("garbage");
    print(JOB, 1, 1);
    const Msg *end = AWAIT(is_print, PRINT_PHASE_NOT_SENT);
    assert_int_equal(end->as.print.condition, PRINTER_TROUBLE);
    next_student_gets_only_hers();
}

/* ---- the end of a visit ---- */

static void a_stuck_job_is_cancelled_when_its_visit_ends(void **state)
{
    (void)state;
    static const struct {
        const char *fault[4];
        PrintPhase end;
    } cases[] = {
        { { "media-empty", "--at-page", "0" }, PRINT_PHASE_CANCELLED },
        { { "cover-open", "--at-page", "1" }, PRINT_PHASE_PARTLY },
    };

    power_on();
    for (size_t i = 0; i < COUNT(cases); i++) {
        int before = sheets_out();
        fault_is(cases[i].fault);
        print(JOB, (uint32_t)i + 1, 2);
        AWAIT(is_print_in_condition, i == 0 ? PRINTER_NO_PAPER : PRINTER_OPEN);
        tell_simply(CMD_PRINT_STOP);
        AWAIT(is_print, cases[i].end);
        assert_int_equal(sheets_out() - before, (int)i);
        next_student_gets_only_hers();
    }
}

static void paper_that_moves_is_let_out(void **state)
{
    (void)state;
    power_on();
    FAULT("slow", "0.4");
    print(JOB, 1, 2);
    AWAIT(is_print, PRINT_PHASE_SHEETS);
    tell_simply(CMD_PRINT_STOP);
    is_true(AWAIT(is_print, PRINT_PHASE_PRINTED), 2);
}

/* Nothing new for half a minute is not moving, whatever the printer calls it. */
static void moving_does_not_hold_a_visits_end_for_ever(void **state)
{
    (void)state;
    power_on();
    FAULT("slow", "1.5");
    print(JOB, 1, 3);
    AWAIT(is_print, PRINT_PHASE_SHEETS);
    atomic_fetch_add(&skipped_ms, 300000);
    test_nap_ms(200);
    assert_false(has_come(is_end, 0)); /* while the student waits, so do we */
    tell_simply(CMD_PRINT_STOP);
    is_true(AWAIT(is_print, PRINT_PHASE_PARTLY), 3); /* the sheet that was on its way is out */
    next_student_gets_only_hers();
}

/* Nobody can confirm what became of the job while the printer is off. */
static void a_cancel_that_nobody_confirms_closes_the_printer(void **state)
{
    (void)state;
    power_on();
    FAULT("media-empty", "--at-page", "1");
    print(JOB, 1, 2);
    AWAIT(is_print, PRINT_PHASE_SHEETS);
    FAULT("off");
    tell_simply(CMD_PRINT_STOP);
    await_soon(is_print, PRINT_PHASE_UNKNOWN, 60000);
    print(OTHER, 1, 1);
    assert_string_equal(AWAIT(is_print, PRINT_PHASE_NOT_SENT)->as.print.job.id, OTHER);
    FAULT("clear"); /* it is on again, and tells */
    const Msg *end = AWAIT(is_recovered, PRINT_PHASE_PARTLY);
    assert_string_equal(end->as.print.job.id, JOB);
    is_true(end, 2);
    next_student_gets_only_hers();
}

/* ---- races ---- */

static void stop_now(void)
{
    tell_simply(CMD_PRINT_STOP);
}

static void stop_twice(void)
{
    tell_simply(CMD_PRINT_STOP);
    tell_simply(CMD_PRINT_STOP);
}

/* Whatever it comes to, it is the truth, and it is the end. */
static void a_stop_at_any_phase_is_followed_by_the_truth(void **state)
{
    (void)state;
    static const PrintPhase phases[] = { PRINT_PHASE_CREATED, PRINT_PHASE_SENDING, PRINT_PHASE_SENT,
                                         PRINT_PHASE_SHEETS };

    power_on();
    for (size_t i = 0; i < 2 * COUNT(phases); i++) {
        if (kind == SIMULATOR_PLAIN && phases[i / 2] == PRINT_PHASE_CREATED)
            continue;
        witnessed += sheets_out();
        AWAIT(is_printer, PRINTER_READY);
        at_phase(phases[i / 2], i % 2 == 0 ? stop_now : stop_twice);
        print(JOB, (uint32_t)i + 1, 2);
        const Msg *end = AWAIT(is_end, 0);
        if (phases[i / 2] == PRINT_PHASE_CREATED)
            assert_int_equal(end->as.print.phase, PRINT_PHASE_NOT_SENT);
        else
            assert_int_not_equal(end->as.print.phase, PRINT_PHASE_UNKNOWN);
        is_true(end, 2);
        test_nap_ms(250);
        is_true(end, 2);
    }
    witnessed += sheets_out();
    next_student_gets_only_hers();
}

/* The answer to Create-Job comes too late for the stop, and its job must not stay. */
static void a_stop_while_the_job_is_made_leaves_none(void **state)
{
    (void)state;
    OWNED(Printer) printer = printer_open(simulator.device_uri, NULL);
    PrinterJob left;
    Error err = { 0 };

    power_on();
    AWAIT(is_printer, PRINTER_READY);
    for (int i = 0; i < 8; i++) {
        print(JOB, (uint32_t)i + 1, 1);
        test_nap_ms(i); /* somewhere between the look at the printer and the page */
        tell_simply(CMD_PRINT_STOP);
        AWAIT(is_end, 0);
        AWAIT(is_printer, PRINTER_READY);
        for (int j = 0; j <= i; j++) {
            MUST(printer_ask_job(printer, &(PrinterTicket){ .title = title_of((unsigned)j + 1) }, 2000, &left, &err));
            assert_true(left.state == PRINTER_JOB_UNKNOWN || left.state >= PRINTER_JOB_CANCELLED);
        }
    }
}

/* ---- crashes ---- */

static void a_crash_at_any_phase_is_followed_by_the_truth(void **state)
{
    (void)state;
    static const PrintPhase phases[] = { PRINT_PHASE_CREATED, PRINT_PHASE_SENDING, PRINT_PHASE_SENT,
                                         PRINT_PHASE_SHEETS };

    for (size_t i = 0; i < COUNT(phases); i++) {
        if (kind == SIMULATOR_PLAIN && phases[i] == PRINT_PHASE_CREATED)
            continue;
        assert_int_equal(mend(NULL), 0);
        FAULT("slow", "0.3");
        crash_at(phases[i], 2);
        power_on();
        const Msg *end = AWAIT(is_end, 0);
        assert_int_equal(end->kind, MSG_PRINT_RECOVERED);
        if (phases[i] < PRINT_PHASE_SENT)
            assert_int_equal(end->as.print.phase, PRINT_PHASE_NOT_SENT);
        else if (phases[i] == PRINT_PHASE_SENT && kind == SIMULATOR_QUEUE && end->as.print.phase != PRINT_PHASE_PRINTED)
            assert_int_equal(end->as.print.phase, PRINT_PHASE_CANCELLED); /* a busy machine: taken out of the queue */
        else
            assert_int_equal(end->as.print.phase, PRINT_PHASE_PRINTED);
        is_true(end, 2);
        settle(JOB, 1);
        next_student_gets_only_hers();
        power_off();
    }
}

static void a_crash_while_stuck_is_cancelled(void **state)
{
    (void)state;
    FAULT("media-empty", "--at-page", "1");
    crash_at(PRINT_PHASE_SHEETS, 2);
    power_on();
    is_true(AWAIT(is_recovered, PRINT_PHASE_PARTLY), 2);
    next_student_gets_only_hers();
}

static void journal_left(JournalPhase phase, int32_t printer_job)
{
    JournalRow row = { .job = { .epoch = 3, .sheets = 1 }, .sheets = -1 };
    Error err = { 0 };

    snprintf(row.job.id, sizeof(row.job.id), "%s", JOB);
    OWNED(Journal) journal = journal_open(rig.journal, rig_wall_ms(NULL), &err);
    assert_true(journal && journal_add(journal, &row, rig_wall_ms(NULL), &err));
    row.phase = phase;
    row.printer_job = printer_job;
    MUST(journal_move(journal, &row, rig_wall_ms(NULL), &err));
}

/* Between Create-Job's answer and the journal; and between the journal's "sending" and the first byte. */
static void a_job_without_a_byte_is_no_print(void **state)
{
    (void)state;
    static const JournalPhase phases[] = { JOURNAL_CREATING, JOURNAL_CREATED, JOURNAL_SENDING };
    Error err = { 0 };
    int32_t made;

    if (kind == SIMULATOR_PLAIN)
        skip();
    OWNED(Printer) printer = printer_open(simulator.uri, NULL);
    for (size_t i = 0; i < COUNT(phases); i++) {
        assert_int_equal(mend(NULL), 0);
        MUST(printer_create_job(printer, title_of(3), 2000, &made, &err));
        journal_left(phases[i], phases[i] == JOURNAL_CREATING ? 0 : made);
        power_on();
        is_true(AWAIT(is_recovered, phases[i] == JOURNAL_SENDING ? PRINT_PHASE_CANCELLED : PRINT_PHASE_NOT_SENT), 1);
        settle(JOB, 3);
        next_student_gets_only_hers();
        power_off();
    }
}

/* A printer without Create-Job that knows of nothing: the page may have come out. */
static void a_page_that_nobody_can_find_is_unknown(void **state)
{
    (void)state;
    if (kind != SIMULATOR_PLAIN)
        skip();
    journal_left(JOURNAL_SENDING, 0);
    power_on();
    test_nap_ms(300); /* it might still turn up */
    assert_false(has_come(is_end, 0));
    await_soon(is_recovered, PRINT_PHASE_UNKNOWN, 20000);
    next_student_gets_only_hers();
}

/* ---- queues ---- */

static void run_by_person(const char *program)
{
    char words[200];

    snprintf(words, sizeof(words), "CUPS_SERVER=%s/cupsd/state/cups.sock PATH=$PATH:/usr/sbin %s kiosk",
             simulator.folder, program);
    assert_true(child_run((const char *[]){ "/bin/sh", "-c", words, NULL }));
}

/* Pitfall 3.1: three times it is helped, then a person has to look. */
static void a_queue_that_stalls_over_a_job_is_resumed(void **state)
{
    (void)state;
    if (kind != SIMULATOR_QUEUE)
        skip();
    power_on();
    AWAIT(is_printer, PRINTER_READY);
    FAULT("busy"); /* the queue keeps the job */
    print(JOB, 1, 1);
    AWAIT(is_print, PRINT_PHASE_SENT);
    for (int i = 0; i < 3; i++) {
        run_by_person("cupsdisable");
        AWAIT(is_print_in_condition, PRINTER_PAUSED);
        AWAIT(is_print_in_condition, PRINTER_READY);
    }
    run_by_person("cupsdisable");
    AWAIT(is_print_in_condition, PRINTER_PAUSED);
    test_nap_ms(400);
    assert_false(has_come(is_print_in_condition, PRINTER_READY));
    atomic_fetch_add(&skipped_ms, 600000);
    AWAIT(is_print_in_condition, PRINTER_READY);
    tell_simply(CMD_PRINT_STOP);
    AWAIT(is_end, 0); /* ten minutes are more than the printer has been up for: its silence proves nothing */
    next_student_gets_only_hers();
}

static void what_a_person_stopped_stays_stopped(void **state)
{
    (void)state;
    if (kind != SIMULATOR_QUEUE)
        skip();
    power_on();
    AWAIT(is_printer, PRINTER_READY);
    run_by_person("cupsdisable");
    AWAIT(is_printer, PRINTER_PAUSED);
    test_nap_ms(400);
    assert_false(has_come(is_printer, PRINTER_READY));
    run_by_person("cupsenable");
    AWAIT(is_printer, PRINTER_READY);
}

/* The queue tries for as long as it has the job: the visit's end takes it out. */
static void a_job_that_waits_in_the_queue_is_taken_out(void **state)
{
    (void)state;
    if (kind != SIMULATOR_QUEUE)
        skip();
    power_on();
    AWAIT(is_printer, PRINTER_READY);
    FAULT("busy");
    print(JOB, 1, 1);
    AWAIT(is_print, PRINT_PHASE_SENT);
    tell_simply(CMD_PRINT_STOP);
    is_true(AWAIT(is_print, PRINT_PHASE_CANCELLED), 1);
    next_student_gets_only_hers();
}

/* Off before it got the job, and on again after the visit. */
static void a_job_for_a_printer_that_is_off_is_taken_out(void **state)
{
    (void)state;
    if (kind != SIMULATOR_QUEUE)
        skip();
    power_on();
    AWAIT(is_printer, PRINTER_READY);
    FAULT("busy");
    print(JOB, 1, 1);
    AWAIT(is_print, PRINT_PHASE_SENT);
    FAULT("off");
    AWAIT(is_print_in_condition, PRINTER_OFF);
    tell_simply(CMD_PRINT_STOP);
    await_soon(is_print, PRINT_PHASE_UNKNOWN, 60000);
    next_student_gets_only_hers();
    assert_int_equal(sheets_out(), 2);
}

/* ---- events ---- */

/* Looked at every 15 s, an idle printer is known within two. */
static void an_idle_printer_tells_by_itself(void **state)
{
    (void)state;
    if (kind == SIMULATOR_PLAIN)
        skip();
    rig.poll_idle_ms = 60000;
    power_on();
    rig.poll_idle_ms = 100;
    AWAIT(is_printer, PRINTER_READY);
    test_nap_ms(300); /* it has subscribed */
    FAULT("cover-open");
    AWAIT(is_printer, PRINTER_OPEN);
    FAULT("clear");
    AWAIT(is_printer, PRINTER_READY);
    FAULT("off"); /* takes the subscription with it */
    AWAIT(is_printer, PRINTER_OFF);
    FAULT("on");
    atomic_fetch_add(&skipped_ms, 60000);
    tell_simply(CMD_ASK_PRINTER);
    AWAIT(is_printer, PRINTER_READY);
    test_nap_ms(300);
    FAULT("cover-open");
    AWAIT(is_printer, PRINTER_OPEN);
}

static inline int play_kind(SimulatorKind played, int argc, char **argv)
{
#define PRINTING_TEST(test) cmocka_unit_test_setup_teardown(test, mend, switch_off)
    const struct CMUnitTest tests[] = {
        PRINTING_TEST(a_copy_comes_out_sheet_by_sheet),
        PRINTING_TEST(what_was_mended_goes_on_by_itself),
        PRINTING_TEST(a_printer_that_says_stopped_goes_on_too),
        PRINTING_TEST(what_is_low_is_told_and_prints_on),
        PRINTING_TEST(a_printer_that_takes_no_jobs_gets_none),
        PRINTING_TEST(what_the_printer_gives_up_is_told),
        PRINTING_TEST(a_printer_that_was_off_tells_what_came_out),
        PRINTING_TEST(a_printer_that_forgot_leaves_the_end_unknown),
        PRINTING_TEST(without_a_count_nothing_is_believed),
        PRINTING_TEST(a_lost_answer_loses_nothing),
        PRINTING_TEST(what_answers_nonsense_gets_nothing),
        PRINTING_TEST(a_stuck_job_is_cancelled_when_its_visit_ends),
        PRINTING_TEST(paper_that_moves_is_let_out),
        PRINTING_TEST(moving_does_not_hold_a_visits_end_for_ever),
        PRINTING_TEST(a_cancel_that_nobody_confirms_closes_the_printer),
        PRINTING_TEST(a_stop_at_any_phase_is_followed_by_the_truth),
        PRINTING_TEST(a_stop_while_the_job_is_made_leaves_none),
        PRINTING_TEST(a_crash_at_any_phase_is_followed_by_the_truth),
        PRINTING_TEST(a_crash_while_stuck_is_cancelled),
        PRINTING_TEST(a_job_without_a_byte_is_no_print),
        PRINTING_TEST(a_page_that_nobody_can_find_is_unknown),
        PRINTING_TEST(a_queue_that_stalls_over_a_job_is_resumed),
        PRINTING_TEST(what_a_person_stopped_stays_stopped),
        PRINTING_TEST(a_job_that_waits_in_the_queue_is_taken_out),
        PRINTING_TEST(a_job_for_a_printer_that_is_off_is_taken_out),
        PRINTING_TEST(an_idle_printer_tells_by_itself),
    };

    kind = played;
    if (argc > 1)
        cmocka_set_test_filter(argv[1]);
    return cmocka_run_group_tests_name(simulator_kinds[kind], tests, start, stop);
}

#endif
