/* Every state of the glass that looks different, and how a visit gets there.  Shared by the checks and by the gallery.
 */
#ifndef UNIT_KIOSK_STATES_H
#define UNIT_KIOSK_STATES_H

#include <stdio.h>

#include "kiosk/app/glass.h"

typedef struct State {
    const char *name;   /* of the picture */
    const char *screen; /* what app_screen_name says there */
    void (*prepare)(Glass *glass);
    bool waits; /* a pure waiting state: nothing to touch is right */
} State;

static void attract(Glass *glass)
{
    glass_serve(glass);
}

static void attract_no_paper(Glass *glass)
{
    glass_serve(glass);
    glass_printer(glass, PRINTER_NO_PAPER);
}

static void attract_low(Glass *glass)
{
    Msg msg = { .kind = MSG_PRINTER, .as.printer = { PRINTER_READY, true, true } };

    glass_serve(glass);
    glass_send(glass, &msg);
}

static void sign_in_number(Glass *glass)
{
    glass_serve(glass);
    glass_act(glass, ACT_LANGUAGE, glass->model.language);
    glass_type(glass, "3922411007");
}

static void sign_in_password(Glass *glass)
{
    sign_in_number(glass);
    glass_type(glass, "42");
    glass_act(glass, ACT_SIGN_IN, 0);
    glass_type(glass, "bahor");
}

static void sign_in_wrong(Glass *glass)
{
    sign_in_password(glass);
    glass_act(glass, ACT_SIGN_IN, 0);
    glass_fail(glass, CMD_SIGN_IN, PROBLEM_SIGN_IN_REFUSED);
}

static void sign_in_limited(Glass *glass)
{
    sign_in_password(glass);
    glass_act(glass, ACT_SIGN_IN, 0);
    glass_fail(glass, CMD_SIGN_IN, PROBLEM_LIMIT);
}

static void sign_in_short(Glass *glass)
{
    glass_serve(glass);
    glass_act(glass, ACT_START, 0);
    glass_type(glass, "3922");
    glass_act(glass, ACT_SIGN_IN, 0);
}

static void sign_in_waiting(Glass *glass)
{
    sign_in_password(glass);
    glass_act(glass, ACT_SIGN_IN_SHOW, 0);
    glass_act(glass, ACT_SIGN_IN, 0);
    glass_wait(glass, 4000);
}

static void sign_in_away(Glass *glass)
{
    sign_in_password(glass);
    glass_act(glass, ACT_SIGN_IN, 0);
    glass_fail(glass, CMD_SIGN_IN, PROBLEM_NONE);
}

static void languages(Glass *glass)
{
    sign_in_number(glass);
    glass_act(glass, ACT_LANGUAGES, 0);
}

static void home(Glass *glass)
{
    glass_serve(glass);
    glass_to_home(glass);
}

static void home_waiting(Glass *glass)
{
    glass_serve(glass);
    glass_to_home(glass);
    mem_free(glass->model.visit.home);
    glass->model.visit.home = NULL;
    glass->model.visit.waiting = (Waiting){ .command = CMD_HOME, .since_ms = glass->now_ms };
}

static void home_requests(Glass *glass)
{
    home(glass);
    ApiHome *mine = glass->model.visit.home;
    mine->request_count = 2;
    mine->requests[0] = (ApiRequestLine){ .id = "30000000-0000-4000-8000-000000000001",
                                          .service = "certificate-of-study",
                                          .number = "M-2026/004817",
                                          .state = REQUEST_READY,
                                          .at_s = GLASS_WALL_MS / 1000 - 86400 };
    mine->requests[1] = mine->requests[0];
    mine->requests[1].state = REQUEST_UNKNOWN;
    glass->model.visit.session.weak = true;
}

static void service(Glass *glass)
{
    home(glass);
    glass_act(glass, ACT_SERVICE, 0);
}

static void home_not_allowed(Glass *glass)
{
    home(glass);
    ApiService *offer = &glass->model.visit.home->services[0];
    offer->allowed = false;
    offer->reason = REASON_STATUS;
    offer->way_on = WAY_ON_WINDOW;
}

static void service_not_allowed(Glass *glass)
{
    home_not_allowed(glass);
    glass_act(glass, ACT_SERVICE, 0);
}

static void service_none_left(Glass *glass)
{
    home(glass);
    ApiService *offer = &glass->model.visit.home->services[0];
    offer->allowed = false;
    offer->reason = REASON_LIMIT;
    offer->way_on = WAY_ON_DATE;
    (void)snprintf(offer->way_on_value, sizeof offer->way_on_value, "2026-11-25");
    offer->copies_left = 0;
    glass_act(glass, ACT_SERVICE, 0);
}

static void form_choice(Glass *glass)
{
    glass_serve(glass);
    glass_to_form(glass);
    glass_choose(glass, "other");
}

static void form_missing(Glass *glass)
{
    glass_serve(glass);
    glass_to_form(glass);
    glass_act(glass, ACT_FORM_NEXT, 0);
}

static void form_place(Glass *glass)
{
    form_choice(glass);
    glass_act(glass, ACT_FORM_NEXT, 0);
    glass_type(glass, "Chirchiq shahar sogʻ");
}

static void form_short(Glass *glass)
{
    form_choice(glass);
    glass_act(glass, ACT_FORM_NEXT, 0);
    glass_type(glass, "C");
    glass_act(glass, ACT_KEYBOARD, KEYBOARD_ARG_SYMBOLS);
    glass_act(glass, ACT_FORM_NEXT, 0);
}

static void review(Glass *glass)
{
    form_place(glass);
    glass_type(glass, "liqni saqlash boʻlimi");
    glass_act(glass, ACT_FORM_NEXT, 0);
}

static void preview(Glass *glass)
{
    glass_serve(glass);
    glass_to_preview(glass);
}

static void preview_waiting(Glass *glass)
{
    glass_serve(glass);
    glass_to_form(glass);
    glass_choose(glass, "bank");
    glass_act(glass, ACT_FORM_NEXT, 0);
    glass_printer(glass, PRINTER_NO_PAPER);
    glass_wait(glass, 4000);
}

static void too_large(Glass *glass)
{
    review(glass);
    glass_act(glass, ACT_REVIEW_NEXT, 0);
    glass_fail(glass, CMD_PREVIEW, PROBLEM_TOO_LARGE_FOR_SEAL);
}

static void issuing(Glass *glass)
{
    preview(glass);
    glass_act(glass, ACT_PRINT, 0);
}

static void issuing_long(Glass *glass)
{
    issuing(glass);
    glass_wait(glass, 4000);
}

static void printing(Glass *glass)
{
    glass_serve(glass);
    glass_to_printer(glass);
    glass_print(glass, PRINT_PHASE_SENT, PRINTER_READY, 0);
}

static void printing_second(Glass *glass)
{
    printing(glass);
    glass_print(glass, PRINT_PHASE_SHEETS, PRINTER_READY, 1);
}

static void done(Glass *glass)
{
    printing(glass);
    glass_print(glass, PRINT_PHASE_PRINTED, PRINTER_READY, 2);
    glass_wait(glass, 3000);
}

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

static void still_there(Glass *glass)
{
    home(glass);
    glass_wait(glass, 66000);
}

static void home_begun(Glass *glass)
{
    glass_serve(glass);
    glass_to_home(glass);
    glass_home_begun(glass, 1, 2, 86400);
}

/* All at once: what one began today and before, what is ready, and what is not known. */
static void home_begun_requests(Glass *glass)
{
    home_requests(glass);
    ApiHome *mine = glass->model.visit.home;
    mine->draft_count = 2;
    for (size_t i = 0; i < mine->draft_count; i++)
        mine->drafts[i] = (ApiDraftLine){
            .service = "certificate-of-study", .saved_at_s = GLASS_WALL_MS / 1000 - 600, .answered = 2, .of = 2
        };
}

static void home_begun_waiting(Glass *glass)
{
    home_begun(glass);
    glass_act(glass, ACT_DRAFT, 0);
    glass_wait(glass, 4000);
}

static void draft_away(Glass *glass)
{
    home_begun(glass);
    glass_act(glass, ACT_DRAFT, 0);
    glass_fail(glass, CMD_DRAFT_OPEN, PROBLEM_NONE);
}

/* At the second question, the first one answered. */
static void half_filled(Glass *glass)
{
    glass_serve(glass);
    glass_to_form(glass);
    glass_choose(glass, "other");
    glass_act(glass, ACT_FORM_NEXT, 0);
}

static void still_there_kept(Glass *glass)
{
    half_filled(glass);
    glass_kept(glass);
    glass_wait(glass, 66000);
}

static void still_there_not_kept(Glass *glass)
{
    half_filled(glass);
    glass_fail(glass, CMD_DRAFT, PROBLEM_NONE);
    glass_wait(glass, 66000);
}

static void leave_home(Glass *glass)
{
    half_filled(glass);
    glass_fail(glass, CMD_DRAFT, PROBLEM_NONE);
    glass_act(glass, ACT_BACK, 0);
    glass_act(glass, ACT_BACK, 0);
    glass_act(glass, ACT_BACK, 0);
}

static void leave_finish(Glass *glass)
{
    half_filled(glass);
    glass_type(glass, "Chirchiq shahar hokimligi");
    glass_act(glass, ACT_FORM_NEXT, 0);
    glass_fail(glass, CMD_DRAFT, PROBLEM_NONE);
    glass_act(glass, ACT_FINISH, 0);
}

/* The session's time is over in the middle of a form, and what was typed last could not be kept. */
static void half_filled_over(Glass *glass)
{
    half_filled(glass);
    glass_kept(glass);
    for (int i = 0; i < 36; i++) {
        glass_wait(glass, 50000);
        if (model_screen(&glass->model) == SCREEN_SIGN_IN)
            return;
        glass_type(glass, "Ch");
    }
}

static void leave_over(Glass *glass)
{
    half_filled_over(glass);
    glass_act(glass, ACT_FINISH, 0);
}

static void still_there_over(Glass *glass)
{
    half_filled_over(glass);
    glass_act(glass, ACT_SIGN_IN_SHOW, 0);
    glass_wait(glass, 66000);
}

static void leave_kept(Glass *glass)
{
    leave_finish(glass);
    glass_kept(glass);
}

static void still_there_unknown(Glass *glass)
{
    sign_in_number(glass);
    glass_wait(glass, 66000);
}

static void still_there_printing(Glass *glass)
{
    printing(glass);
    glass_wait(glass, 301000);
}

static void session_over(Glass *glass)
{
    home(glass);
    glass->model.visit.session_ends_ms = glass->now_ms;
    glass_act(glass, ACT_NONE, 0);
}

static void starting(Glass *glass)
{
    (void)glass;
}

static void no_registrar(Glass *glass)
{
    glass_fail(glass, CMD_HEARTBEAT, PROBLEM_NONE);
}

static void no_catalogue(Glass *glass)
{
    glass_heartbeat(glass, "new");
    glass_fail(glass, CMD_CATALOGUE, PROBLEM_NONE);
}

static void unknown_kiosk(Glass *glass)
{
    glass_fail(glass, CMD_HEARTBEAT, PROBLEM_UNKNOWN_KIOSK);
}

static void wrong_clock(Glass *glass)
{
    glass->model.built_s += 10 * 86400;
}

static void closed(Glass *glass)
{
    glass->model.closed = true;
}

static const State states[] = {
    { "01-attract", "attract", attract, false },
    { "01-attract-no-paper", "attract", attract_no_paper, false },
    { "01-attract-paper", "attract", attract_paper, false },
    { "01-attract-low", "attract", attract_low, false },
    { "02-sign-in", "sign-in", sign_in_number, false },
    { "02-sign-in-password", "sign-in", sign_in_password, false },
    { "02-sign-in-wrong", "sign-in", sign_in_wrong, false },
    { "02-sign-in-limited", "sign-in", sign_in_limited, false },
    { "02-sign-in-short", "sign-in", sign_in_short, false },
    { "02-sign-in-waiting", "sign-in", sign_in_waiting, false },
    { "02-sign-in-over", "sign-in", session_over, false },
    { "02-languages", "sign-in", languages, false },
    { "03-home", "home", home, false },
    { "03-home-requests", "home", home_requests, false },
    { "03-home-waiting", "home", home_waiting, false },
    { "03-home-begun", "home", home_begun, false },
    { "03-home-begun-requests", "home", home_begun_requests, false },
    { "03-home-begun-waiting", "home", home_begun_waiting, false },
    { "04-service", "service", service, false },
    { "03-home-not-allowed", "home", home_not_allowed, false },
    { "04-service-not-allowed", "service", service_not_allowed, false },
    { "04-service-none-left", "service", service_none_left, false },
    { "05-form", "form", form_choice, false },
    { "05-form-missing", "form", form_missing, false },
    { "06-form-place", "form", form_place, false },
    { "06-form-short", "form", form_short, false },
    { "06-review", "review", review, false },
    { "07-preview", "preview", preview, false },
    { "07-preview-waiting", "preview", preview_waiting, false },
    { "08-printing-issuing", "printing", issuing, false },
    { "08-printing-long", "printing", issuing_long, false },
    { "08-printing", "printing", printing, false },
    { "08-printing-second", "printing", printing_second, false },
    { "08-printing-slow", "printing", printing_long, false },
    { "08-printing-stopping", "printing", stopping, true },
    { "08-printing-stopping-long", "printing", stopping_long, true },
    { "09-done", "done", done, false },
    { "10-fault-paper", "fault", no_paper, false },
    { "10-fault-silent", "fault", silent, false },
    { "10-fault-jammed", "fault", jammed, false },
    { "10-fault-open", "fault", open_cover, false },
    { "10-fault-toner", "fault", no_toner, false },
    { "10-fault-tray", "fault", no_tray, false },
    { "10-fault-trouble", "fault", trouble, false },
    { "10-fault-given-up", "fault", given_up, false },
    { "10-fault-paused", "fault", paused, false },
    { "10-fault-off", "fault", printer_off, false },
    { "10-fault-asking", "fault", printer_asked, false },
    { "10-fault-works-again", "fault", printer_back, false },
    { "10-fault-not-sent", "fault", not_sent, false },
    { "10-fault-window", "fault", window, false },
    { "10-fault-sign-in", "fault", sign_in_away, false },
    { "10-fault-away", "fault", away, false },
    { "10-fault-away-over", "fault", away_over, false },
    { "10-fault-away-page", "fault", away_page, false },
    { "10-fault-away-home", "fault", away_home, false },
    { "10-fault-away-preview", "fault", away_preview, false },
    { "10-fault-away-draft", "fault", draft_away, false },
    { "10-fault-busy", "fault", busy, false },
    { "10-fault-limit", "fault", limit, false },
    { "10-fault-refused", "fault", refused, false },
    { "10-fault-not-allowed", "fault", not_allowed, false },
    { "10-fault-too-large", "fault", too_large, false },
    { "10-fault-handed-out", "fault", handed_out, false },
    { "10-fault-late", "fault", late, false },
    { "10-fault-already-open", "fault", already_open, false },
    { "10-fault-ask-again", "fault", ask_again, false },
    { "10-fault-held", "fault", held, false },
    { "10-fault-stopped", "fault", stopped, false },
    { "10-fault-partly", "fault", partly, false },
    { "10-fault-unknown", "fault", unknown, false },
    { "10-fault-not-out", "fault", not_out, false },
    { "10-fault-paper-before", "fault", paper_before, false },
    { "10-fault-paper-before-moves", "fault", paper_before_moves, false },
    { "11-still-there", "still-there", still_there, false },
    { "11-still-there-kept", "still-there", still_there_kept, false },
    { "11-still-there-not-kept", "still-there", still_there_not_kept, false },
    { "11-leave", "leave", leave_finish, false },
    { "11-leave-home", "leave", leave_home, false },
    { "11-leave-kept", "leave", leave_kept, false },
    { "11-leave-over", "leave", leave_over, false },
    { "11-still-there-over", "still-there", still_there_over, false },
    { "11-still-there-nobody", "still-there", still_there_unknown, false },
    { "11-still-there-printing", "still-there", still_there_printing, false },
    { "12-starting", "out-of-service", starting, true },
    { "12-no-registrar", "out-of-service", no_registrar, true },
    { "12-no-catalogue", "out-of-service", no_catalogue, true },
    { "12-unknown-kiosk", "out-of-service", unknown_kiosk, true },
    { "12-wrong-clock", "out-of-service", wrong_clock, true },
    { "12-closed", "out-of-service", closed, true },
};

#endif
