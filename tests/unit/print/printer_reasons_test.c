#include "print/printer_reasons.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

static void reasons_are_weighed(void **state)
{
    (void)state;
    static const struct {
        const char *keyword;
        PrinterState state;
        unsigned bits;
    } cases[] = {
        { "none", PRINTER_IDLE, 0 },
        { "media-empty-error", PRINTER_IDLE, PRINTER_REASON_PAPER_OUT },
        { "media-empty", PRINTER_IDLE, PRINTER_REASON_PAPER_OUT },
        { "media-empty-warning", PRINTER_PROCESSING, PRINTER_REASON_PAPER_OUT },
        { "media-empty-warning", PRINTER_IDLE, PRINTER_REASON_PAPER_LOW },
        { "media-empty-report", PRINTER_IDLE, PRINTER_REASON_PAPER_LOW },
        { "media-empty-report", PRINTER_PROCESSING, PRINTER_REASON_PAPER_LOW },
        { "media-empty-report", PRINTER_STOPPED, PRINTER_REASON_PAPER_OUT },
        { "media-needed-report", PRINTER_PROCESSING, PRINTER_REASON_PAPER_OUT },
        { "media-low-error", PRINTER_STOPPED, PRINTER_REASON_PAPER_LOW },
        { "media-jam-report", PRINTER_IDLE, PRINTER_REASON_JAM },
        { "door-open-error", PRINTER_STOPPED, PRINTER_REASON_DOOR_OPEN },
        { "cover-open-warning", PRINTER_IDLE, PRINTER_REASON_DOOR_OPEN },
        { "interlock-open", PRINTER_IDLE, PRINTER_REASON_DOOR_OPEN },
        { "toner-empty-warning", PRINTER_IDLE, PRINTER_REASON_TONER_LOW },
        { "toner-empty-error", PRINTER_IDLE, PRINTER_REASON_TONER_OUT },
        { "marker-supply-empty-warning", PRINTER_PROCESSING, PRINTER_REASON_TONER_OUT },
        { "toner-low-report", PRINTER_IDLE, PRINTER_REASON_TONER_LOW },
        { "input-tray-missing-warning", PRINTER_IDLE, 0 },
        { "input-tray-missing-error", PRINTER_STOPPED, PRINTER_REASON_TRAY_MISSING },
        { "paused", PRINTER_STOPPED, PRINTER_REASON_PAUSED },
        { "fuser-under-temp-warning", PRINTER_PROCESSING, 0 },
        { "cups-waiting-for-job-completed", PRINTER_PROCESSING, 0 },
        { "connecting-to-device", PRINTER_PROCESSING, 0 },
        { "something-new-error", PRINTER_PROCESSING, PRINTER_REASON_OTHER },
        { "something-new-warning", PRINTER_PROCESSING, 0 },
        { "-error", PRINTER_IDLE, PRINTER_REASON_OTHER },
        { "", PRINTER_IDLE, 0 },
    };

    for (size_t i = 0; i < COUNT(cases); i++) {
        unsigned bits = printer_reason_bits(str_from(cases[i].keyword), cases[i].state);
        if (bits != cases[i].bits)
            fail_msg("%s in state %d: %#x, not %#x", cases[i].keyword, cases[i].state, bits, cases[i].bits);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(reasons_are_weighed),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
