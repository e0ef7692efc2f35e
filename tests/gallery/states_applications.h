/* States of applications: choosing from the record, papers, visitors, and what becomes of a request. */
#ifndef GALLERY_STATES_APPLICATIONS_H
#define GALLERY_STATES_APPLICATIONS_H

#include "gallery/applications.h"
#include "gallery/states_asked.h"

static void applications(Glass *glass)
{
    glass->catalogue_json = applications_catalogue();
    home(glass);
    applications_told(glass);
}

static void application(Glass *glass, const char *id)
{
    applications(glass);
    asked_open(glass, id);
    glass_act(glass, ACT_CONTINUE, 0);
}

static void attract_doors(Glass *glass)
{
    glass->catalogue_json = applications_catalogue();
    attract(glass);
}

/* --- the record's own --------------------------------------------------------------------------------------------- */

static void form_debts(Glass *glass)
{
    application(glass, "retake");
}

static void form_debts_chosen(Glass *glass)
{
    form_debts(glass);
    glass_choose(glass, "101-3");
    glass_choose(glass, "204-3");
}

static void form_debts_none(Glass *glass)
{
    applications(glass);
    glass->model.visit.home->lists = (Lists){ 0 };
    asked_open(glass, "retake");
    glass_act(glass, ACT_CONTINUE, 0);
}

static void review_fee(Glass *glass)
{
    form_debts_chosen(glass);
    glass_act(glass, ACT_FORM_NEXT, 0);
    glass_act(glass, ACT_CHOOSE, 0);
    glass_act(glass, ACT_FORM_NEXT, 0);
}

static void handed_in_steps(Glass *glass)
{
    review_fee(glass);
    glass_act(glass, ACT_REVIEW_NEXT, 0);
    asked_answer(glass, REQUEST_REVIEW, false);
}

static void service_application(Glass *glass)
{
    applications(glass);
    asked_open(glass, "retake");
}

static void service_portal(Glass *glass)
{
    applications(glass);
    asked_open(glass, "rent-subsidy");
}

/* What was prepared for it is out. */
static void done_portal(Glass *glass)
{
    static const char *const typed[] = {
        "Toshkent, Yunusobod 4-7-12", "Каримов", "214", "1200000", "01112026", "31052027"
    };

    application(glass, "rent-subsidy");
    for (size_t i = 0; i < COUNT(typed); i++) {
        glass_type(glass, typed[i]);
        glass_act(glass, ACT_FORM_NEXT, 0);
    }
    glass_act(glass, ACT_PAPER_WINDOW, 0);
    glass_act(glass, ACT_FORM_NEXT, 0);
    glass_type(glass, "901234567");
    glass_act(glass, ACT_FORM_NEXT, 0);
    glass_act(glass, ACT_REVIEW_NEXT, 0);
    glass_preview(glass);
    glass_act(glass, ACT_PRINT, 0);
    glass_issue(glass, PRINT_ASSIGNED, false);
    glass_page(glass);
    glass_print(glass, PRINT_PHASE_PRINTED, PRINTER_READY, 2);
}

/* --- days and papers ---------------------------------------------------------------------------------------------- */

static void form_until(Glass *glass)
{
    application(glass, "excused-absence");
    glass_choose(glass, "illness");
    glass_act(glass, ACT_FORM_NEXT, 0);
    glass_type(glass, "10112026");
    glass_act(glass, ACT_FORM_NEXT, 0);
}

static void form_until_too_early(Glass *glass)
{
    form_until(glass);
    glass_type(glass, "09112026");
    glass_act(glass, ACT_FORM_NEXT, 0);
}

static void form_paper(Glass *glass)
{
    form_until(glass);
    glass_type(glass, "14112026");
    glass_act(glass, ACT_FORM_NEXT, 0);
}

static void form_paper_window(Glass *glass)
{
    form_paper(glass);
    glass_act(glass, ACT_PAPER_WINDOW, 0);
}

static void paper_waiting(Glass *glass)
{
    form_paper(glass);
    glass_act(glass, ACT_PAPER_PHOTO, 0);
}

static void paper_code(Glass *glass)
{
    paper_waiting(glass);
    applications_papers(glass, PAPERS_OFFERED, 0);
}

static void paper_opened(Glass *glass)
{
    paper_code(glass);
    applications_turn(glass, PAPERS_OPENED, 0);
}

static void paper_pages(Glass *glass)
{
    paper_opened(glass);
    applications_turn(glass, PAPERS_OPENED, 2);
    applications_picture(glass);
}

static void paper_given(Glass *glass)
{
    paper_pages(glass);
    applications_picture(glass);
    applications_turn(glass, PAPERS_GIVEN, 2);
}

static void paper_late(Glass *glass)
{
    paper_code(glass);
    applications_turn(glass, PAPERS_EXPIRED, 0);
}

static void paper_limit(Glass *glass)
{
    paper_waiting(glass);
    Msg msg = glass_answer(glass, MSG_FAILED);
    msg.asked = glass->model.visit.papers.asked;
    msg.as.failed.command = CMD_PAPERS;
    msg.as.failed.code = ERR_PROTOCOL;
    msg.as.failed.problem = (ApiProblem){ .kind = PROBLEM_LIMIT };
    glass_send(glass, &msg);
}

static void form_photographed(Glass *glass)
{
    paper_given(glass);
    glass_act(glass, ACT_BACK, 0);
}

static void review_papers(Glass *glass)
{
    paper_given(glass);
    glass_act(glass, ACT_FORM_NEXT, 0);
}

/* --- visitors ----------------------------------------------------------------------------------------------------- */

static void visitor_question(Glass *glass)
{
    attract_doors(glass);
    glass_act(glass, ACT_VISITOR, 0);
}

static void visitor_passport(Glass *glass)
{
    visitor_question(glass);
    glass_type(glass, "Каримов");
    glass_act(glass, ACT_FORM_NEXT, 0);
    glass_type(glass, "Алишер");
    glass_act(glass, ACT_FORM_NEXT, 0);
    glass_act(glass, ACT_FORM_NEXT, 0);
    glass_type(glass, "05032004");
    glass_act(glass, ACT_FORM_NEXT, 0);
    glass_type(glass, "AB76");
}

static void visitor_review(Glass *glass)
{
    visitor_passport(glass);
    glass_type(glass, "54321");
    glass_act(glass, ACT_FORM_NEXT, 0);
    glass_type(glass, "901234567");
    glass_act(glass, ACT_FORM_NEXT, 0);
    glass_act(glass, ACT_CHOOSE, 0);
    glass_act(glass, ACT_FORM_NEXT, 0);
}

static void visitor_not_found(Glass *glass)
{
    visitor_review(glass);
    glass_act(glass, ACT_REVIEW_NEXT, 0);
    glass_fail(glass, CMD_VISITOR, PROBLEM_SIGN_IN_REFUSED);
}

static void visitor_home(Glass *glass)
{
    visitor_review(glass);
    glass_act(glass, ACT_REVIEW_NEXT, 0);
    applications_visitor(glass);
    glass_home(glass);
    applications_told(glass);
    glass->model.visit.home->service_count = 1;
    str_copy_cut(STR("transfer"), glass->model.visit.home->services[0].service, SERVICE_ID_MOST);
}

/* --- a request ---------------------------------------------------------------------------------------------------- */

static void application_request(Glass *glass, ApiRequestState state, const char *words)
{
    applications(glass);
    ApiHome *mine = glass->model.visit.home;
    mine->request_count = 1;
    mine->requests[0] = asked_line(glass, 1, "excused-absence", state);
    str_copy_cut(str_from(words), mine->requests[0].words, API_WORDS_SIZE);
    glass_act(glass, ACT_REQUEST_LOOK, 0);
    glass_act(glass, ACT_REQUEST, 0);
}

static void request_steps(Glass *glass)
{
    application_request(glass, REQUEST_REVIEW, "");
    ApiRequestDetails *details = applications_details(glass);
    details->stages[details->stage_count++] = applications_stage(glass, "front-office", API_STAGE_APPROVED, 1);
    details->stages[details->stage_count++] = applications_stage(glass, "dean", API_STAGE_TAKEN, 0);
    details->papers[details->paper_count++] = (ApiPaperLine){ .field = "proof", .state = API_PAPER_WANTED };
    applications_tell(glass, details);
}

static void request_given_back(Glass *glass)
{
    application_request(glass, REQUEST_RETURNED, "Печать на снимке не видна. Снимите ещё раз.");
    ApiRequestDetails *details = applications_details(glass);
    details->can_answer = true;
    (void)!answers_set(&details->answers, "reason", STR("illness"));
    (void)!answers_set(&details->answers, "from", STR("2026-11-10"));
    (void)!answers_set(&details->answers, "to", STR("2026-11-14"));
    (void)!answers_set(&details->answers, "proof", STR(PAPER_PHOTO APPLICATIONS_PHOTOS));
    details->stages[details->stage_count++] = applications_stage(glass, "front-office", API_STAGE_RETURNED, 1);
    details->stages[details->stage_count++] = applications_stage(glass, "dean", API_STAGE_WAITING, -1);
    details->papers[details->paper_count++] = (ApiPaperLine){ .field = "proof", .state = API_PAPER_PHOTO };
    applications_tell(glass, details);
}

static void answering_anew(Glass *glass)
{
    request_given_back(glass);
    glass_act(glass, ACT_ANSWER_ANEW, 0);
}

static void answered_anew(Glass *glass)
{
    answering_anew(glass);
    glass_act(glass, ACT_REVIEW_NEXT, 0);
    asked_answer(glass, REQUEST_REVIEW, false);
}

static void request_ordered(Glass *glass)
{
    application_request(glass, REQUEST_DONE, "");
    ApiRequestDetails *details = applications_details(glass);
    details->stages[details->stage_count++] = applications_stage(glass, "front-office", API_STAGE_APPROVED, 4);
    details->stages[details->stage_count++] = applications_stage(glass, "dean", API_STAGE_APPROVED, 2);
    details->papers[details->paper_count++] = (ApiPaperLine){ .field = "proof", .state = API_PAPER_SEEN };
    str_copy_cut(STR("214-T"), details->order_number, sizeof details->order_number);
    str_copy_cut(STR("2026-11-23"), details->order_date, sizeof details->order_date);
    applications_tell(glass, details);
}

static void request_unconfirmed(Glass *glass)
{
    application_request(glass, REQUEST_REVIEW, "");
    ApiRequestDetails *details = applications_details(glass);
    details->unconfirmed = true;
    details->stages[details->stage_count++] = applications_stage(glass, "front-office", API_STAGE_WAITING, 0);
    applications_tell(glass, details);
}

#endif
