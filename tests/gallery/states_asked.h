/* States of what is asked for and decided by people: handing in, paying, and what becomes of it. */
#ifndef GALLERY_STATES_ASKED_H
#define GALLERY_STATES_ASKED_H

#include "gallery/asked.h"
#include "gallery/states_more.h"

static void asked(Glass *glass)
{
    glass->catalogue_json = asked_catalogue();
    home(glass);
    asked_home(glass);
}

static void asked_refused_as(Glass *glass, const char *service, ApiReason reason, ApiWayOn way_on, const char *value)
{
    ApiHome *mine = glass->model.visit.home;

    for (size_t i = 0; i < mine->service_count; i++)
        if (strcmp(mine->services[i].service, service) == 0) {
            mine->services[i].allowed = false;
            mine->services[i].reason = reason;
            mine->services[i].way_on = way_on;
            str_copy_cut(str_from(value), mine->services[i].way_on_value, SERVICE_ID_MOST);
        }
}

static void service_through(Glass *glass)
{
    asked(glass);
    asked_open(glass, "academic-record");
}

static void service_paid(Glass *glass)
{
    asked(glass);
    asked_open(glass, "card-duplicate");
}

static void service_corrects(Glass *glass)
{
    asked(glass);
    asked_open(glass, "name-correction");
}

/* Another service is right for this student. */
static void service_instead(Glass *glass)
{
    asked(glass);
    asked_refused_as(glass, "academic-record", REASON_STATUS, WAY_ON_SERVICE, "transcript");
    asked_open(glass, "academic-record");
}

static void service_season(Glass *glass)
{
    asked(glass);
    asked_refused_as(glass, "academic-record", REASON_SEASON, WAY_ON_DATE, "2027-01-11");
    asked_open(glass, "academic-record");
}

/* The longest reason of all. */
static void service_payment(Glass *glass)
{
    asked(glass);
    asked_refused_as(glass, "card-duplicate", REASON_PAYMENT, WAY_ON_WINDOW, "");
    asked_open(glass, "card-duplicate");
}

static void service_hemis(Glass *glass)
{
    asked(glass);
    asked_refused_as(glass, "academic-record", REASON_HEMIS, WAY_ON_WINDOW, "");
    asked_open(glass, "academic-record");
}

static void form_name(Glass *glass)
{
    asked(glass);
    asked_open(glass, "transcript");
    glass_act(glass, ACT_CONTINUE, 0);
}

static void service_led(Glass *glass)
{
    form_name(glass);
    glass_choose(glass, "no");
    glass_act(glass, ACT_FORM_NEXT, 0);
}

static void form_corrected(Glass *glass)
{
    service_led(glass);
    glass_act(glass, ACT_CONTINUE, 0);
    glass_type(glass, "YOLDOSHEVA MALIKA");
}

static void review_terms(Glass *glass)
{
    form_name(glass);
    glass_choose(glass, "yes");
    glass_act(glass, ACT_FORM_NEXT, 0);
    glass_choose(glass, "abroad");
    glass_act(glass, ACT_FORM_NEXT, 0);
}

static void review_hand_in(Glass *glass)
{
    service_through(glass);
    glass_act(glass, ACT_CONTINUE, 0);
    glass_choose(glass, "transfer");
    glass_act(glass, ACT_FORM_NEXT, 0);
}

static void review_nothing_asked(Glass *glass)
{
    service_paid(glass);
    glass_act(glass, ACT_CONTINUE, 0);
}

static void handing_in(Glass *glass)
{
    review_hand_in(glass);
    glass_act(glass, ACT_REVIEW_NEXT, 0);
    glass_wait(glass, WAITING_LONG_MS + 1000);
}

static void handed_in(Glass *glass)
{
    review_hand_in(glass);
    glass_act(glass, ACT_REVIEW_NEXT, 0);
    asked_answer(glass, REQUEST_REVIEW, false);
}

static void handed_in_already(Glass *glass)
{
    review_hand_in(glass);
    glass_act(glass, ACT_REVIEW_NEXT, 0);
    asked_answer(glass, REQUEST_REVIEW, true);
}

static void handed_in_to_pay(Glass *glass)
{
    review_nothing_asked(glass);
    glass_act(glass, ACT_REVIEW_NEXT, 0);
    asked_answer(glass, REQUEST_PAYMENT, false);
}

static void hand_in_away(Glass *glass)
{
    review_hand_in(glass);
    glass_act(glass, ACT_REVIEW_NEXT, 0);
    glass_fail(glass, CMD_ISSUE, PROBLEM_NONE);
}

/* All states that there are, in the registrar's own order. */
static void home_asked(Glass *glass)
{
    asked(glass);
    ApiHome *mine = glass->model.visit.home;

    for (int i = 0; i < REQUEST_STATE_COUNT; i++)
        mine->requests[mine->request_count++] =
            asked_line(glass, (unsigned)i + 1, i % 2 ? "academic-record" : "card-duplicate", (ApiRequestState)i);
    mine->requests[REQUEST_REVIEW].promised_at_s = asked_now_s(glass) - ASKED_DAY_S;
    str_copy_cut(str_from("Obyektivka va ikkita 3×4 rasm yetishmayapti; iltimos, ularni 12-oynaga olib keling."),
                 mine->requests[REQUEST_RETURNED].words, API_WORDS_SIZE);
    str_copy_cut(str_from("Вы ещё не отчислены: академическая справка выдаётся после приказа."),
                 mine->requests[REQUEST_DECLINED].words, API_WORDS_SIZE);
}

static void requests_all(Glass *glass)
{
    home_asked(glass);
    glass_act(glass, ACT_REQUESTS, 0);
}

static void requests_none(Glass *glass)
{
    asked(glass);
    glass_act(glass, ACT_REQUESTS, 0);
}

static void request_as(Glass *glass, ApiRequestState state)
{
    requests_all(glass);
    glass_act(glass, ACT_REQUEST_LOOK, (uint16_t)state);
}

static void request_ready(Glass *glass)
{
    request_as(glass, REQUEST_READY);
}

static void request_to_pay(Glass *glass)
{
    request_as(glass, REQUEST_PAYMENT);
}

static void request_late(Glass *glass)
{
    request_as(glass, REQUEST_REVIEW);
}

static void request_review(Glass *glass)
{
    home_asked(glass);
    glass->model.visit.home->requests[REQUEST_REVIEW].promised_at_s = asked_now_s(glass) + ASKED_DAY_S;
    glass_act(glass, ACT_REQUEST, REQUEST_REVIEW);
}

static void request_returned(Glass *glass)
{
    request_as(glass, REQUEST_RETURNED);
}

static void request_declined(Glass *glass)
{
    request_as(glass, REQUEST_DECLINED);
}

static void request_window(Glass *glass)
{
    request_as(glass, REQUEST_WINDOW);
}

static void request_collected(Glass *glass)
{
    request_as(glass, REQUEST_COLLECTED);
}

static void withdraw_asked(Glass *glass)
{
    request_to_pay(glass);
    glass_act(glass, ACT_WITHDRAW, 0);
}

static void withdrawing(Glass *glass)
{
    withdraw_asked(glass);
    glass_act(glass, ACT_WITHDRAW_YES, 0);
    glass_wait(glass, WAITING_LONG_MS + 1000);
}

static void withdrawn(Glass *glass)
{
    withdraw_asked(glass);
    glass_act(glass, ACT_WITHDRAW_YES, 0);
    glass_withdrawn(glass);
}

static void withdraw_too_late(Glass *glass)
{
    withdraw_asked(glass);
    glass_act(glass, ACT_WITHDRAW_YES, 0);
    glass_fail(glass, CMD_WITHDRAW, PROBLEM_NOT_FOUND);
}

static void withdraw_away(Glass *glass)
{
    withdraw_asked(glass);
    glass_act(glass, ACT_WITHDRAW_YES, 0);
    glass_fail(glass, CMD_WITHDRAW, PROBLEM_NONE);
}

static void search(Glass *glass)
{
    home_rich(glass);
    glass_act(glass, ACT_SEARCH, 1);
}

static void search_found(Glass *glass)
{
    search(glass);
    glass_type(glass, "gpa"); /* found in every language, whatever the page's is */
}

static void search_nothing(Glass *glass)
{
    search(glass);
    glass_type(glass, "qqq");
}

#endif
