/* From "Print" to the printer's first word: ask for the document (once, by its key), take its page (once an epoch),
 * hand it on. */
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
    issue_release(step);
    mem_wipe(&step->visit->issue, sizeof step->visit->issue);
}

void issue_send(const Step *step)
{
    Visit *visit = step->visit;
    IssueState *issue = &visit->issue;
    const Paper *paper = &step->model->paper;

    step_show(step, SCREEN_PRINTING);
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
}

static void show_paper_before(const Step *step)
{
    paper_make_way(step);
    fault_show(step, FAULT_PAPER_BEFORE, CMD_ISSUE);
}

void issue_begin(const Step *step)
{
    if (model_paper_blocks(step->model))
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
        issue->page_asked_ms = 0;
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

static void issued(const Step *step)
{
    Visit *visit = step->visit;
    IssueState *issue = &visit->issue;

    if (strcmp(issue->paper.job.id, step->msg->as.issued.issued.job.id) != 0)
        issue_release(step); /* another paper: whether this one's page was handed out is not known */
    issue->paper = step->msg->as.issued.issued;
    issue->issued = true;
    issue->issued_at_ms = step->model->wall_ms;
    if (step->msg->as.issued.already_open) {
        ask_print_again(step);
        return;
    }
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
    else if (msg->kind == MSG_FAILED && step_answers(step, (CmdKind)msg->as.failed.command)) {
        if (msg->as.failed.command == CMD_PAGE)
            page_failed(step);
        else
            issue_failed(step);
    }
}
