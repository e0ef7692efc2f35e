/* Slips: small prints without number and seal.  They go through the printer like any page, under a job of the kiosk's
 * own making that the registrar does not know, so nothing is reported of them. */
#include "kiosk/app/flow.h"

#include <string.h>

#include "base/memory.h"
#include "base/random.h"

Cmd *slip_ask(const Step *step, CmdKind kind)
{
    Visit *visit = step->visit;
    Cmd *cmd = step_cmd(step, kind);

    cmd->asked = ++visit->asked;
    visit->slip = (SlipState){ .phase = SLIP_ASKED, .asked = cmd->asked, .since_ms = step->now_ms };
    return cmd;
}

static void print(const Step *step, Blob *pdf)
{
    Paper *paper = &step->model->paper;
    Cmd *cmd = step_cmd(step, CMD_PRINT);

    *paper = (Paper){ .visit = step->model->visits, .sheets = -1, .moved_ms = step->now_ms };
    uuid_from_random(step->msg->random, paper->job.id);
    paper->job.sheets = 1;
    cmd->as.print.job = paper->job;
    cmd->as.print.pdf = pdf;
    cmd->as.print.handed_out_ms = step->now_ms;
    step->visit->slip.phase = SLIP_PRINTING;
}

void slip_take(const Step *step)
{
    SlipState *slip = &step->visit->slip;

    if (slip->phase != SLIP_ASKED || step->msg->asked != slip->asked)
        return;
    slip->phase = SLIP_FAILED;
    if (step->msg->kind == MSG_SLIP && model_offers_slip(step->model))
        print(step, steal(&step->msg->as.slip.pdf));
}

/* Out of the journal: nobody has to hear of it. */
static void settle(const Step *step, const ApiPrintJob *job)
{
    Cmd *cmd = step_machine_cmd(step, CMD_SETTLED);

    memcpy(cmd->as.settled.job, job->id, sizeof cmd->as.settled.job);
    cmd->as.settled.epoch = job->epoch;
}

void slip_told(const Step *step, const MsgPrint *print)
{
    Model *model = step->model;
    Visit *visit = step->visit;
    Paper *paper = &model->paper;
    const bool is_it = job_is_slip(&paper->job) && strcmp(paper->job.id, print->job.id) == 0;
    const bool ours = is_it && visit->active && paper->visit == model->visits;

    MsgPrint other = *print;

    if (phase_is_final(other.phase))
        other.phase = PRINT_PHASE_CANCELLED; /* nobody looks for it */
    if (!is_it)
        paper_recovered(step, &other); /* nothing is printed over it */
    if (is_it && (paper->phase != print->phase || paper->sheets != print->sheets))
        paper->moved_ms = step->now_ms;
    if (is_it) {
        paper->phase = print->phase;
        paper->condition = print->condition;
        paper->sheets = print->sheets;
        if (print->condition != PRINTER_UNASKED)
            model->printer.condition = print->condition;
    }
    if (!phase_is_final(print->phase))
        return;
    settle(step, &print->job);
    if (ours)
        visit->slip.phase = print->phase == PRINT_PHASE_PRINTED ? SLIP_PRINTED : SLIP_FAILED;
    if (job_is_slip(&paper->job) && strcmp(paper->job.id, print->job.id) == 0)
        paper_take_next(model);
    if (visit->active && !model_paper_blocks(model) && visit->screen == SCREEN_FAULT &&
        visit->fault.kind == FAULT_PAPER_BEFORE)
        issue_begin(step); /* what the student asked for meanwhile can go on */
}

void slip_time(const Step *step)
{
    if (step->now_ms >= slip_next_wake(step->visit))
        step->visit->slip.phase = SLIP_FAILED;
}

int64_t slip_next_wake(const Visit *visit)
{
    return visit->slip.phase == SLIP_ASKED ? visit->slip.since_ms + WAITING_LIMIT_MS : INT64_MAX;
}
