#include "kiosk/devices/printing_verdict.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

static void only_the_printers_own_count_is_believed(void **state)
{
    (void)state;
    static const struct {
        PrinterJobState state;
        int sheets; /* of 3 */
        PrintPhase verdict;
    } cases[] = {
        { PRINTER_JOB_WAITING, 0, PRINT_PHASE_NONE },       { PRINTER_JOB_PRINTING, 3, PRINT_PHASE_NONE },
        { PRINTER_JOB_STOPPED, 1, PRINT_PHASE_NONE },       { PRINTER_JOB_UNKNOWN, -1, PRINT_PHASE_UNKNOWN },
        { PRINTER_JOB_COMPLETED, 3, PRINT_PHASE_PRINTED },  { PRINTER_JOB_COMPLETED, 2, PRINT_PHASE_PARTLY },
        { PRINTER_JOB_COMPLETED, 0, PRINT_PHASE_PARTLY },   { PRINTER_JOB_COMPLETED, 4, PRINT_PHASE_UNKNOWN },
        { PRINTER_JOB_COMPLETED, -1, PRINT_PHASE_UNKNOWN }, { PRINTER_JOB_CANCELLED, 0, PRINT_PHASE_CANCELLED },
        { PRINTER_JOB_CANCELLED, 1, PRINT_PHASE_PARTLY },   { PRINTER_JOB_CANCELLED, 3, PRINT_PHASE_PRINTED },
        { PRINTER_JOB_CANCELLED, -1, PRINT_PHASE_UNKNOWN }, { PRINTER_JOB_ABORTED, 0, PRINT_PHASE_CANCELLED },
        { PRINTER_JOB_ABORTED, 1, PRINT_PHASE_PARTLY },     { PRINTER_JOB_ABORTED, 3, PRINT_PHASE_UNKNOWN },
        { PRINTER_JOB_ABORTED, -1, PRINT_PHASE_UNKNOWN },
    };

    for (size_t i = 0; i < COUNT(cases); i++) {
        PrinterJob job = { .id = 1, .state = cases[i].state, .sheets = cases[i].sheets };
        PrintPhase verdict = printing_verdict(&job, 3);
        if (verdict != cases[i].verdict)
            fail_msg("state %d with %d of 3 sheets: %d, not %d", cases[i].state, cases[i].sheets, verdict,
                     cases[i].verdict);
    }
}

static void the_worst_reason_is_shown(void **state)
{
    (void)state;
    static const struct {
        unsigned reasons;
        PrinterCondition condition;
    } cases[] = {
        { 0, PRINTER_READY },
        { PRINTER_REASON_PAPER_LOW | PRINTER_REASON_TONER_LOW, PRINTER_READY },
        { PRINTER_REASON_PAPER_OUT, PRINTER_NO_PAPER },
        { PRINTER_REASON_PAPER_OUT | PRINTER_REASON_JAM | PRINTER_REASON_DOOR_OPEN, PRINTER_JAMMED },
        { PRINTER_REASON_PAPER_OUT | PRINTER_REASON_TRAY_MISSING, PRINTER_NO_TRAY },
        { PRINTER_REASON_DOOR_OPEN | PRINTER_REASON_PAUSED, PRINTER_OPEN },
        { PRINTER_REASON_TONER_OUT, PRINTER_NO_TONER },
        { PRINTER_REASON_PAUSED, PRINTER_PAUSED },
        { PRINTER_REASON_NOT_ACCEPTING, PRINTER_PAUSED },
        { PRINTER_REASON_OTHER, PRINTER_TROUBLE },
    };

    for (size_t i = 0; i < COUNT(cases); i++)
        assert_int_equal(printing_condition(cases[i].reasons), cases[i].condition);
}

/* A reason that blocks and has no row would be shown as a printer that is ready. */
static void every_blocking_reason_has_a_condition(void **state)
{
    (void)state;
    for (unsigned bit = 1; bit <= PRINTER_REASON_OTHER; bit <<= 1)
        assert_int_equal(printing_condition(bit) != PRINTER_READY, (bit & PRINTER_REASONS_BLOCKING) != 0);
}

static void a_printer_of_no_use_is_in_trouble(void **state)
{
    (void)state;
    PrinterInfo info = { .state = PRINTER_IDLE, .takes_pdf = true, .proof = true };

    assert_int_equal(printing_condition_of(&info), PRINTER_READY);
    info.proof = false; /* it prints all the same */
    assert_int_equal(printing_condition_of(&info), PRINTER_READY);
    info = (PrinterInfo){ .state = PRINTER_IDLE, .proof = true };
    assert_int_equal(printing_condition_of(&info), PRINTER_TROUBLE);
    info.reasons = PRINTER_REASON_JAM;
    assert_int_equal(printing_condition_of(&info), PRINTER_JAMMED);
    info = (PrinterInfo){ .state = PRINTER_GONE };
    assert_int_equal(printing_condition_of(&info), PRINTER_OFF);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(only_the_printers_own_count_is_believed),
        cmocka_unit_test(the_worst_reason_is_shown),
        cmocka_unit_test(every_blocking_reason_has_a_condition),
        cmocka_unit_test(a_printer_of_no_use_is_in_trouble),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
