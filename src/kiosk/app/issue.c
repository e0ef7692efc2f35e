/* From "Print" to the printer's first word, and from "Hand in" to what people are to decide: ask for the document
 * (once, by its key), take its page (once an epoch), hand it on. */
#include "kiosk/app/flow.h"

#include <string.h>

#include "base/memory.h"
#include "base/random.h"

#define RELEASES_MOST 3 /* a registrar that hands the same page out again and again is left in peace */

void issue_release(const Step *step)
{
    IssueState *issue = &step->visit->issue;

    if (!issue->page_asked_ms)
        return;
    issue->page_asked_ms = 0;
    Cmd *cmd = step_machine_cmd(step, CMD_REPORT_PRINT);
    memcpy(cmd->as.report.job, issue->paper.job.id, sizeof cmd->as.report.job);
    cmd->as.report.report =
        (ApiPrintReport){ .epoch = issue->paper.job.epoch, .state = PRINT_WAITING, .no_byte_left = true, .sheets = -1 };
}

void issue_forget(const Step *step)
{
    phone_forget(step);
    issue_release(step);
    mem_wipe(&step->visit->issue, sizeof step->visit->issue);
    step->visit->done_ms = 0;
}

bool issue_is_printed(const Model *model)
{
    return model->visit.issue.carrier == CARRIER_PAPER && !model_hands_in(model);
}

static ScreenKind screen_for(const Model *model)
{
    if (model_hands_in(model))
        return SCREEN_HANDED_IN;
    return model->visit.issue.carrier == CARRIER_PHONE ? SCREEN_PHONE : SCREEN_PRINTING;
}

void issue_send(const Step *step)
{
    Visit *visit = step->visit;
    IssueState *issue = &visit->issue;
    const Paper *paper = &step->model->paper;

    step_show(step, screen_for(step->model));
    if (paper->reporting && paper->visit == step->model->visits) {
        /* The registrar gives a job out anew only after it knows how the last one ended. */
        visit->waiting = (Waiting){ .command = CMD_REPORT_PRINT, .since_ms = step->now_ms };
        return;
    }
    if (!issue->key[0])
        uuid_from_random(step->msg->random, issue->key);
    Cmd *cmd = step_ask(step, CMD_ISSUE);
    ApiRequest *request = &cmd->as.issue.request;
    memcpy(cmd->as.issue.key, issue->key, sizeof cmd->as.issue.key);
    memcpy(request->service, visit->service, sizeof request->service);
    request->language = visit->document_language;
    request->answers = visit->answers;
    request->again = issue->again;
    request->carrier = issue->carrier;
}

static void show_paper_before(const Step *step)
{
    paper_make_way(step);
    fault_show(step, FAULT_PAPER_BEFORE, CMD_ISSUE);
}

void issue_begin(const Step *step)
{
    if (!issue_is_printed(step->model)) /* whatever the printer does */
        issue_send(step);
    else if (model_paper_blocks(step->model))
        show_paper_before(step);
    else if (printer_blocked(step->model->printer.condition)) {
        fault_show(step, FAULT_PRINTER_BEFORE, CMD_ISSUE);
        step->visit->fault.condition = step->model->printer.condition;
    } else
        issue_send(step);
}

static void ask_page(const Step *step)
{
    IssueState *issue = &step->visit->issue;
    const ApiPrintJob *job = &issue->paper.job;
    bool printed = strcmp(issue->printed.id, job->id) == 0 && issue->printed.epoch >= job->epoch;

    if (printed) { /* one epoch, one print, whatever the registrar says */
        fault_show(step, FAULT_HANDED_OUT, CMD_NONE);
        return;
    }
    Cmd *cmd = step_ask(step, CMD_PAGE);
    memcpy(cmd->as.page.copy, job->copy, sizeof cmd->as.page.copy);
    cmd->as.page.epoch = job->epoch;
    issue->page_asked_ms = step->now_ms;
}

/* The page left the registrar and never reached the printer: say so, and ask for the job anew when that was heard. */
static void give_back(const Step *step)
{
    IssueState *issue = &step->visit->issue;
    bool printed =
        strcmp(issue->printed.id, issue->paper.job.id) == 0 && issue->printed.epoch == issue->paper.job.epoch;

    if (printed || issue->releases >= RELEASES_MOST) {
        if (printed)
            issue->page_asked_ms = 0;
        issue_release(step); /* it is not asked for anew, and not kept from the next one who asks */
        fault_show(step, FAULT_HANDED_OUT, CMD_NONE);
        return;
    }
    issue->releases++;
    issue->page_asked_ms = step->now_ms; /* so that it is given back */
    issue_release(step);
    step->visit->waiting = (Waiting){ .command = CMD_REPORT_PRINT, .since_ms = step->now_ms };
}

static void ask_print_again(const Step *step)
{
    IssueState *issue = &step->visit->issue;

    if (issue->again) { /* it was asked already, and the registrar does not give it */
        fault_show(step, FAULT_HANDED_OUT, CMD_NONE);
        return;
    }
    fault_show(step, FAULT_ALREADY_OPEN, CMD_ISSUE);
}

/* There is no paper to print: it is decided or paid first, or lies at the window. */
static bool is_handed_in(const IssueState *issue)
{
    return issue->carrier == CARRIER_PAPER && !issue->paper.job.id[0];
}

static void issued(const Step *step)
{
    Visit *visit = step->visit;
    IssueState *issue = &visit->issue;

    if (strcmp(issue->paper.job.id, step->msg->as.issued.issued.job.id) != 0)
        issue_release(step); /* another paper: whether this one's page was handed out is not known */
    issue->paper = step->msg->as.issued.issued;
    issue->issued = true;
    issue->issued_at_ms = step->model->wall_ms;
    if (is_handed_in(issue)) { /* also one of before: people have it */
        issue->already = step->msg->as.issued.already_open;
        step_show(step, SCREEN_HANDED_IN);
        return;
    }
    if (step->msg->as.issued.already_open) {
        ask_print_again(step);
        return;
    }
    if (issue->carrier == CARRIER_PHONE) {
        phone_issued(step);
        return;
    }
    if (visit->screen == SCREEN_HANDED_IN) /* nobody had to decide */
        step_show(step, SCREEN_PRINTING);
    switch (issue->paper.job.state) {
    case PRINT_ASSIGNED: ask_page(step); break;
    case PRINT_SENDING: give_back(step); break;
    case PRINT_WAITING:
    case PRINT_HELD:
    case PRINT_EXPIRED: fault_show(step, FAULT_HELD, CMD_NONE); break;
    case PRINT_SENT:
    case PRINT_PRINTED:
    case PRINT_PARTLY:
    case PRINT_CANCELLED:
    case PRINT_ABORTED:
    case PRINT_UNKNOWN: ask_print_again(step); break;
    case PRINT_STATE_COUNT: fault_show(step, FAULT_HELD, CMD_NONE); break;
    }
}

void answer_send(const Step *step)
{
    Visit *visit = step->visit;

    step_show(step, SCREEN_HANDED_IN);
    Cmd *cmd = step_ask(step, CMD_ANSWER);
    ApiRequest *request = &cmd->as.issue.request;
    memcpy(cmd->as.issue.key, visit->anew.id, sizeof cmd->as.issue.key);
    memcpy(request->service, visit->service, sizeof request->service);
    request->language = visit->document_language;
    request->answers = visit->answers;
}

/* It goes on under its own number. */
static void answered(const Step *step)
{
    IssueState *issue = &step->visit->issue;

    memcpy(issue->key, step->visit->anew.id, sizeof issue->key);
    issue->paper = step->msg->as.issued.issued;
    issue->issued = issue->anew = true;
    issue->issued_at_ms = step->model->wall_ms;
    step_show(step, SCREEN_HANDED_IN);
}

static void answer_failed(const Step *step)
{
    ApiProblemKind kind = step->msg->as.failed.problem.kind;

    if (kind == PROBLEM_DECIDED || kind == PROBLEM_NOT_FOUND)
        mine_too_late(step);
    else
        fault_failed(step, CMD_ANSWER);
}

static void page_came(const Step *step)
{
    IssueState *issue = &step->visit->issue;
    Msg *msg = step->msg;

    if (msg->as.page.epoch != issue->paper.job.epoch || !step_answers(step, CMD_PAGE))
        return;
    if (!msg->as.page.pdf || step->now_ms - issue->page_asked_ms > PAGE_LIMIT_MS) {
        issue_release(step);
        fault_show(step, FAULT_LATE, CMD_ISSUE);
        return;
    }
    if (model_paper_blocks(step->model)) { /* of an earlier life, and it turned up since Print was touched */
        issue_release(step);
        show_paper_before(step);
        return;
    }
    issue->printed = issue->paper.job;
    paper_begin(step, &issue->paper.job, steal(&msg->as.page.pdf));
    issue->page_asked_ms = 0;
}

/* A request of "my requests" that this registrar wants asked with its answers: the student answers them once more. */
static bool asks_for_answers(const Step *step)
{
    const IssueState *issue = &step->visit->issue;
    ApiProblemKind kind = step->msg->as.failed.problem.kind;

    return issue->from_home && (kind == PROBLEM_KEY_REUSED || kind == PROBLEM_FORM) && model_service(step->model);
}

static void issue_failed(const Step *step)
{
    if (asks_for_answers(step)) {
        issue_forget(step);
        step_show(step, SCREEN_SERVICE);
    } else
        fault_failed(step, CMD_ISSUE);
}

static void page_failed(const Step *step)
{
    if (step->msg->as.failed.problem.kind == PROBLEM_HANDED_OUT)
        give_back(step);
    else
        fault_failed(step, CMD_ISSUE); /* asking again by the key tells whether the page was handed out */
}

void issue_take(const Step *step)
{
    const Msg *msg = step->msg;

    if (msg->kind == MSG_PAGE)
        page_came(step);
    else if (msg->kind == MSG_ISSUED && step_answers(step, CMD_ISSUE))
        issued(step);
    else if (msg->kind == MSG_ISSUED && step_answers(step, CMD_ANSWER))
        answered(step);
    else if (msg->kind == MSG_FAILED && step_answers(step, (CmdKind)msg->as.failed.command)) {
        if (msg->as.failed.command == CMD_PAGE)
            page_failed(step);
        else if (msg->as.failed.command == CMD_ANSWER)
            answer_failed(step);
        else
            issue_failed(step);
    }
}

/* What was handed in, when, and what to bring: on a slip. */
static void ask_receipt(const Step *step)
{
    const Visit *visit = step->visit;
    Cmd *cmd;

    if (!model_offers_receipt(step->model))
        return;
    cmd = slip_ask(step, CMD_RECEIPT);
    memcpy(cmd->as.receipt.key, visit->issue.key, sizeof cmd->as.receipt.key);
    cmd->as.receipt.language = visit->language;
}

bool model_offers_receipt(const Model *model)
{
    const IssueState *issue = &model->visit.issue;
    bool handed_in = issue->issued && !issue->already && issue->paper.number[0] && issue->key[0];

    return model->visit.screen == SCREEN_HANDED_IN && handed_in && model_offers_slip(model);
}

void handed_in_act(const Step *step, Act act)
{
    bool waits = step->visit->waiting.command != CMD_NONE;

    if (act == ACT_FINISH && waits)
        visit_leave(step, LEAVING_FINISH); /* whether it arrives is not known */
    else if (act == ACT_FINISH)
        visit_end(step);
    else if (act == ACT_SOMETHING_ELSE && !waits)
        home_open(step);
    else if (act == ACT_RECEIPT && !waits)
        ask_receipt(step);
}
