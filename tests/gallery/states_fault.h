/* States in which something does not go well. */
#ifndef GALLERY_STATES_FAULT_H
#define GALLERY_STATES_FAULT_H

#include "gallery/states_visit.h"

static void no_paper(Glass *glass)
{
    printing(glass);
    glass_print(glass, PRINT_PHASE_SHEETS, PRINTER_NO_PAPER, 1);
}

static void printing_long(Glass *glass)
{
    printing(glass);
    glass_wait(glass, 4000);
}

static void stopping_long(Glass *glass)
{
    printing(glass);
    glass_act(glass, ACT_STOP, 0);
    glass_wait(glass, 4000);
}

static void during(Glass *glass, PrinterCondition condition)
{
    printing(glass);
    glass_print(glass, PRINT_PHASE_SENT, condition, 0);
}

static void silent(Glass *glass)
{
    during(glass, PRINTER_OFF);
}

static void jammed(Glass *glass)
{
    during(glass, PRINTER_JAMMED);
}

static void open_cover(Glass *glass)
{
    during(glass, PRINTER_OPEN);
}

static void no_toner(Glass *glass)
{
    during(glass, PRINTER_NO_TONER);
}

static void no_tray(Glass *glass)
{
    during(glass, PRINTER_NO_TRAY);
}

static void trouble(Glass *glass)
{
    during(glass, PRINTER_TROUBLE);
}

static void given_up(Glass *glass)
{
    printing(glass);
    glass_print(glass, PRINT_PHASE_CANCELLED, PRINTER_READY, 0);
}

static void paused(Glass *glass)
{
    preview(glass);
    glass_printer(glass, PRINTER_PAUSED);
    glass_act(glass, ACT_PRINT, 0);
}

static void printer_off(Glass *glass)
{
    preview(glass);
    glass_printer(glass, PRINTER_OFF);
    glass_act(glass, ACT_PRINT, 0);
}

static void printer_asked(Glass *glass)
{
    printer_off(glass);
    glass_act(glass, ACT_TRY_AGAIN, 0);
}

static void printer_back(Glass *glass)
{
    printer_off(glass);
    glass_printer(glass, PRINTER_READY);
}

static void not_sent(Glass *glass)
{
    glass_serve(glass);
    glass_to_printer(glass);
    glass_print(glass, PRINT_PHASE_NOT_SENT, PRINTER_JAMMED, -1);
}

static void window(Glass *glass)
{
    not_sent(glass);
    glass_act(glass, ACT_WINDOW, 0);
}

static void away(Glass *glass)
{
    issuing(glass);
    glass_fail(glass, CMD_ISSUE, PROBLEM_NONE);
}

static void away_page(Glass *glass)
{
    issuing(glass);
    glass_issue(glass, PRINT_ASSIGNED, false);
    glass_fail(glass, CMD_PAGE, PROBLEM_NONE);
}

static void away_over(Glass *glass)
{
    away(glass);
    glass_heartbeat(glass, catalogue_version(glass->model.catalogue));
}

static void away_preview(Glass *glass)
{
    glass_serve(glass);
    glass_to_form(glass);
    glass_choose(glass, "bank");
    glass_act(glass, ACT_FORM_NEXT, 0);
    glass_fail(glass, CMD_PREVIEW, PROBLEM_NONE);
}

static void away_home(Glass *glass)
{
    home_waiting(glass);
    glass_fail(glass, CMD_HOME, PROBLEM_NONE);
}

static void busy(Glass *glass)
{
    issuing(glass);
    glass_fail(glass, CMD_ISSUE, PROBLEM_BUSY);
}

static void limit(Glass *glass)
{
    issuing(glass);
    glass_fail(glass, CMD_ISSUE, PROBLEM_LIMIT);
}

static void refused(Glass *glass)
{
    issuing(glass);
    glass_fail(glass, CMD_ISSUE, PROBLEM_NOT_FOUND);
}

static void not_allowed(Glass *glass)
{
    issuing(glass);
    glass_fail(glass, CMD_ISSUE, PROBLEM_NOT_ALLOWED);
}

static void handed_out(Glass *glass)
{
    issuing(glass);
    glass_fail(glass, CMD_ISSUE, PROBLEM_HANDED_OUT);
}

static void late(Glass *glass)
{
    issuing(glass);
    glass_issue(glass, PRINT_ASSIGNED, false);
    glass->now_ms += 60001;
    glass->model.visit.touched_ms = glass->now_ms;
    glass_page(glass);
}

static void already_open(Glass *glass)
{
    issuing(glass);
    glass_issue(glass, PRINT_PRINTED, true);
}

static void held(Glass *glass)
{
    issuing(glass);
    glass_issue(glass, PRINT_HELD, false);
}

static void ask_again(Glass *glass)
{
    home_requests(glass);
    glass_act(glass, ACT_REQUEST, 1);
}

static void stopping(Glass *glass)
{
    printing(glass);
    glass_act(glass, ACT_STOP, 0);
}

static void stopped(Glass *glass)
{
    stopping(glass);
    glass_print(glass, PRINT_PHASE_CANCELLED, PRINTER_READY, 0);
}

static void partly(Glass *glass)
{
    printing(glass);
    glass_print(glass, PRINT_PHASE_PARTLY, PRINTER_READY, 1);
}

static void unknown(Glass *glass)
{
    printing(glass);
    glass_print(glass, PRINT_PHASE_UNKNOWN, PRINTER_READY, -1);
}

static void not_out(Glass *glass)
{
    unknown(glass);
    glass_act(glass, ACT_DID_NOT, 0);
}

static void paper_before(Glass *glass)
{
    unknown(glass);
    glass_act(glass, ACT_FINISH, 0);
    glass_to_preview(glass);
    glass_act(glass, ACT_PRINT, 0);
}

static void paper_before_moves(Glass *glass)
{
    glass_serve(glass);
    glass->model.paper = (Paper){ .job = { .id = "30000000-0000-4000-8000-000000000009", .epoch = 1 },
                                  .phase = PRINT_PHASE_SHEETS,
                                  .sheets = 1 };
    glass_to_preview(glass);
    glass_act(glass, ACT_PRINT, 0);
}

static void attract_paper(Glass *glass)
{
    unknown(glass);
    glass_act(glass, ACT_FINISH, 0);
}

#endif
