/* States of a visit that goes well, from the resting screen to the paper and the phone. */
#ifndef GALLERY_STATES_VISIT_H
#define GALLERY_STATES_VISIT_H

#include "gallery/house.h"
#include "kiosk/app/glass.h"

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

static void attract_notice(Glass *glass)
{
    glass_serve(glass);
    house_notices(glass, 1, 1);
}

static void attract_notices(Glass *glass)
{
    glass_serve(glass);
    house_notices(glass, 3, 0);
    glass_wait(glass, ATTRACT_TURN_MS);
}

/* The worst that may come together: a long name, a long notice, and a printer that says why it does not print. */
static void attract_all(Glass *glass)
{
    glass_serve(glass);
    house_long_name(glass);
    house_notices(glass, 5, 5);
    house_theme(glass, 0, house_logo);
    glass_printer(glass, PRINTER_JAMMED);
}

static void attract_red(Glass *glass)
{
    glass_serve(glass);
    house_theme(glass, 0xB3202A, house_logo);
}

static void attract_yellow(Glass *glass)
{
    glass_serve(glass);
    house_notices(glass, 2, 0);
    house_theme(glass, 0xFFD400, NULL);
}

static void attract_green(Glass *glass)
{
    glass_serve(glass);
    house_long_name(glass);
    house_theme(glass, 0x8BD450, NULL);
}

static void attract_black(Glass *glass)
{
    glass_serve(glass);
    house_theme(glass, BRAND_BLACK, NULL);
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

static void sign_in_without_hemis(Glass *glass)
{
    sign_in_password(glass);
    glass_act(glass, ACT_SIGN_IN, 0);
    glass_fail(glass, CMD_SIGN_IN, PROBLEM_HEMIS_AWAY);
}

static void sign_in_spent(Glass *glass)
{
    sign_in_password(glass);
    glass_act(glass, ACT_SIGN_IN, 0);
    glass_fail(glass, CMD_SIGN_IN, PROBLEM_HEMIS_TRIES);
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

/* HEMIS is away: the password that it accepted last let the student in. */
static void home_without_hemis(Glass *glass)
{
    home(glass);
    glass->model.visit.session.from_verifier = true;
    glass->model.visit.session.as_of_s = glass->model.wall_ms / 1000 - 3 * 86400;
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

/* A university in red, whose office warns of something. */
static void home_notice(Glass *glass)
{
    house_theme(glass, 0xB3202A, house_logo);
    home_requests(glass);
    house_notices(glass, 3, 1);
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

static void hemis_away(Glass *glass)
{
    review(glass);
    glass_act(glass, ACT_REVIEW_NEXT, 0);
    glass_fail(glass, CMD_PREVIEW, PROBLEM_HEMIS_AWAY);
}

static void hemis_has_none(Glass *glass)
{
    review(glass);
    glass_act(glass, ACT_REVIEW_NEXT, 0);
    glass_fail(glass, CMD_PREVIEW, PROBLEM_LACKS);
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

/* A paper that HEMIS made has no code of ours. */
static void done_hemis(Glass *glass)
{
    done(glass);
    glass->model.visit.issue.paper.code[0] = '\0';
}

static void preview_weak(Glass *glass)
{
    preview(glass);
    glass->model.visit.session.weak = true;
}

static void phone_issuing(Glass *glass)
{
    preview(glass);
    glass_act(glass, ACT_TO_PHONE, 0);
    glass_wait(glass, 4000);
}

static void phone_making(Glass *glass)
{
    preview(glass);
    glass_act(glass, ACT_TO_PHONE, 0);
    glass_issue_for_phone(glass);
}

static void phone_code(Glass *glass)
{
    phone_making(glass);
    glass_phone(glass, PHONE_OFFERED, false);
}

static void phone_digits(Glass *glass)
{
    phone_code(glass);
    glass_phone_turns(glass, PHONE_OPENED);
}

static void phone_digits_typed(Glass *glass)
{
    phone_digits(glass);
    glass_type(glass, "47");
}

static void phone_digits_unsaid(Glass *glass)
{
    phone_digits_typed(glass);
    glass_act(glass, ACT_PHONE_ALLOW, 0);
    glass_fail(glass, CMD_PHONE_DIGITS, PROBLEM_NONE);
}

static void phone_allowed(Glass *glass)
{
    phone_digits_typed(glass);
    glass_act(glass, ACT_PHONE_ALLOW, 0);
    glass_phone(glass, PHONE_MATCHED, false);
}

static void phone_taken(Glass *glass)
{
    phone_allowed(glass);
    glass_phone_turns(glass, PHONE_USED);
}

static void phone_withdrawn(Glass *glass)
{
    phone_taken(glass);
    glass_act(glass, ACT_PHONE_WITHDRAW, 0);
    glass_phone(glass, PHONE_USED, true);
}

static void phone_wrong(Glass *glass)
{
    phone_digits_typed(glass);
    glass_act(glass, ACT_PHONE_ALLOW, 0);
    glass_phone(glass, PHONE_DENIED, false);
}

static void phone_late(Glass *glass)
{
    phone_digits(glass);
    glass_phone_turns(glass, PHONE_EXPIRED);
}

static void phone_ended(Glass *glass)
{
    phone_code(glass);
    glass_phone_turns(glass, PHONE_DENIED);
}

static void phone_limit(Glass *glass)
{
    phone_wrong(glass);
    glass_act(glass, ACT_PHONE_NEW, 0);
    glass_fail(glass, CMD_PHONE_LINK, PROBLEM_LIMIT);
}

static void phone_refused(Glass *glass)
{
    phone_making(glass);
    glass_fail(glass, CMD_PHONE_LINK, PROBLEM_NOT_ALLOWED);
}

static void phone_away(Glass *glass)
{
    phone_making(glass);
    glass_fail(glass, CMD_PHONE_LINK, PROBLEM_NONE);
}

static void both_printed(Glass *glass)
{
    preview(glass);
    glass_act(glass, ACT_BOTH, 0);
    glass_issue(glass, PRINT_ASSIGNED, false);
    glass_page(glass);
    glass_print(glass, PRINT_PHASE_PRINTED, PRINTER_READY, 2);
}

static void done_both(Glass *glass)
{
    both_printed(glass);
    glass_phone(glass, PHONE_OFFERED, false);
}

static void done_phone(Glass *glass)
{
    done_both(glass);
    glass_phone_turns(glass, PHONE_OPENED);
}

/* The paper is out, and only then the phone is thought of. */
static void phone_after_paper(Glass *glass)
{
    done(glass);
    glass_act(glass, ACT_TO_PHONE, 0);
}

static void done_taken(Glass *glass)
{
    done_phone(glass);
    glass_type(glass, "47");
    glass_act(glass, ACT_PHONE_ALLOW, 0);
    glass_phone(glass, PHONE_MATCHED, false);
    glass_phone_turns(glass, PHONE_USED);
    glass_act(glass, ACT_BACK, 0);
}

#endif
