/* What becomes of the paper, and what the registrar is told of it (MODEL.md section 1, DESIGN.md section 7).
 * This runs whoever stands at the glass: a job's truth is reported to its end. */
#include "kiosk/app/flow.h"

#include <string.h>

#include "base/memory.h"

static bool same_job(const ApiPrintJob *a, const ApiPrintJob *b)
{
    return strcmp(a->id, b->id) == 0 && a->epoch == b->epoch;
}

static bool is_ours(const Step *step)
{
    return step->visit->active && step->model->paper.visit == step->model->visits;
}

void paper_begin(const Step *step, const ApiPrintJob *job, Blob *pdf)
{
    Cmd *cmd = step_cmd(step, CMD_PRINT);

    step->model->paper = (Paper){ .job = *job, .visit = step->model->visits, .sheets = -1, .moved_ms = step->now_ms };
    cmd->as.print.job = *job;
    cmd->as.print.pdf = pdf;
    cmd->as.print.handed_out_ms = step->visit->issue.page_asked_ms;
    step_show(step, SCREEN_PRINTING);
}

/* What the registrar calls a phase; false for those that it need not know: sending is implied by the page. */
static bool state_of(PrintPhase phase, ApiPrintState *ret)
{
    switch (phase) {
    case PRINT_PHASE_SENT: *ret = PRINT_SENT; return true;
    case PRINT_PHASE_PRINTED: *ret = PRINT_PRINTED; return true;
    case PRINT_PHASE_PARTLY: *ret = PRINT_PARTLY; return true;
    case PRINT_PHASE_NOT_SENT: *ret = PRINT_WAITING; return true;
    case PRINT_PHASE_CANCELLED: *ret = PRINT_CANCELLED; return true;
    case PRINT_PHASE_UNKNOWN: *ret = PRINT_UNKNOWN; return true;
    case PRINT_PHASE_NONE:
    case PRINT_PHASE_CREATED:
    case PRINT_PHASE_SENDING:
    case PRINT_PHASE_SHEETS:
    case PRINT_PHASE_COUNT: break;
    }
    return false;
}

static void report(const Step *step, const MsgPrint *print)
{
    ApiPrintState state;

    if (!state_of(print->phase, &state))
        return;
    Cmd *cmd = step_machine_cmd(step, CMD_REPORT_PRINT);
    ApiPrintReport *report = &cmd->as.report.report;
    memcpy(cmd->as.report.job, print->job.id, sizeof cmd->as.report.job);
    report->epoch = print->job.epoch;
    report->state = state;
    report->no_byte_left = print->phase == PRINT_PHASE_NOT_SENT;
    report->sheets = print->sheets;
    memcpy(report->printer_uuid, print->printer_uuid, sizeof report->printer_uuid);
    report->printer_job = print->printer_job;
}
static_assert(sizeof((MsgPrint *)0)->printer_uuid == sizeof((ApiPrintReport *)0)->printer_uuid, "a uuid fits");

/* How this visit's paper stands, on the glass. */
static void show(const Step *step)
{
    Visit *visit = step->visit;
    const Paper *paper = &step->model->paper;
    FaultKind fault = FAULT_NONE;

    /* The next paper is asked for already: what is said of the last one is no longer this screen's. */
    if (visit->waiting.command != CMD_NONE)
        return;
    bool open_fault = visit->screen == SCREEN_FAULT &&
                      (visit->fault.kind == FAULT_PRINTER_DURING || visit->fault.kind == FAULT_UNKNOWN);
    if (visit->screen != SCREEN_PRINTING && !open_fault)
        return;
    switch (paper->phase) {
    case PRINT_PHASE_PRINTED:
        visit->done_ms = step->now_ms;
        step_show(step, SCREEN_DONE);
        phone_paper_is_out(step);
        return;
    case PRINT_PHASE_PARTLY: fault = FAULT_PARTLY; break;
    case PRINT_PHASE_NOT_SENT: fault = paper->stopping ? FAULT_STOPPED : FAULT_NOT_SENT; break;
    case PRINT_PHASE_CANCELLED: fault = paper->stopping ? FAULT_STOPPED : FAULT_GIVEN_UP; break;
    case PRINT_PHASE_UNKNOWN: fault = FAULT_UNKNOWN; break;
    case PRINT_PHASE_NONE:
    case PRINT_PHASE_CREATED:
    case PRINT_PHASE_SENDING:
    case PRINT_PHASE_SENT:
    case PRINT_PHASE_SHEETS:
        if (printer_blocked(paper->condition))
            fault = FAULT_PRINTER_DURING;
        else
            step_show(step, SCREEN_PRINTING);
        break;
    case PRINT_PHASE_COUNT: break;
    }
    if (fault == FAULT_NONE)
        return;
    /* What was sent and did not come out whole is printed again as a new copy that replaces this one. */
    visit->issue.again = visit->issue.again || (phase_is_final(paper->phase) && paper->phase != PRINT_PHASE_NOT_SENT);
    bool at_window = visit->screen == SCREEN_FAULT && visit->fault.kind == fault && visit->fault.at_window;
    fault_show(step, fault, fault == FAULT_PRINTER_DURING || fault == FAULT_UNKNOWN ? CMD_NONE : CMD_ISSUE);
    visit->fault.condition = paper->condition;
    visit->fault.sheets = paper->sheets;
    visit->fault.at_window = at_window;
}

/* --- papers of an earlier life: there may be several, and each may still come out --------------------------------- */

static Paper *find_behind(Model *model, const ApiPrintJob *job)
{
    for (size_t i = 0; i < model->behind_count; i++)
        if (same_job(&model->behind[i].job, job))
            return &model->behind[i];
    return NULL;
}

static void remove_behind(Model *model, Paper *paper)
{
    *paper = model->behind[--model->behind_count];
    mem_wipe(&model->behind[model->behind_count], sizeof model->behind[0]);
}

/* The next one takes the place of a paper that is settled; the place is empty when there is none. */
void paper_take_next(Model *model)
{
    mem_wipe(&model->paper, sizeof model->paper);
    if (model->behind_count > 0) {
        model->paper = model->behind[0];
        remove_behind(model, &model->behind[0]);
    }
}

/* Told of a paper that is not the one that is followed. */
void paper_recovered(const Step *step, const MsgPrint *print)
{
    Model *model = step->model;
    bool open = !phase_is_final(print->phase) || print->phase == PRINT_PHASE_UNKNOWN;
    Paper *place = find_behind(model, &print->job);
    Paper paper = { .job = print->job,
                    .phase = print->phase,
                    .condition = print->condition,
                    .sheets = print->sheets,
                    .moved_ms = step->now_ms };

    if (!open) {
        if (place)
            remove_behind(model, place);
    } else if (place)
        *place = paper;
    else if (step->msg->kind != MSG_PRINT_RECOVERED)
        return;
    else if (!model->paper.job.id[0])
        model->paper = paper;
    else if (model->behind_count < PAPERS_BEHIND_MOST)
        model->behind[model->behind_count++] = paper;
    else /* more than a journal ever holds: somebody has to look */
        model->behind[PAPERS_BEHIND_MOST - 1].phase = PRINT_PHASE_UNKNOWN;
}

void paper_tray_seen(const Step *step)
{
    Model *model = step->model;

    for (size_t i = model->behind_count; i > 0; i--)
        if (model->behind[i - 1].phase == PRINT_PHASE_UNKNOWN)
            remove_behind(model, &model->behind[i - 1]);
    paper_take_next(model);
}

void paper_make_way(const Step *step)
{
    if (step->model->paper.job.id[0] && model_paper_settled(step->model))
        paper_take_next(step->model);
}

/* Nobody needs it any more: its end is known, and its visit is over. */
static void drop_settled(const Step *step)
{
    if (!is_ours(step))
        paper_make_way(step);
}

static void follow(const Step *step, const MsgPrint *print)
{
    Paper *paper = &step->model->paper;
    bool moved = paper->phase != print->phase || paper->sheets != print->sheets || paper->condition != print->condition;
    bool turned = paper->phase != print->phase;

    if (phase_is_final(paper->phase) && paper->phase != PRINT_PHASE_UNKNOWN)
        return; /* it has ended: nothing said later changes that */
    paper->phase = print->phase;
    paper->condition = print->condition;
    paper->sheets = print->sheets;
    paper->printer_job = print->printer_job;
    memcpy(paper->printer_uuid, print->printer_uuid, sizeof paper->printer_uuid);
    if (moved)
        paper->moved_ms = step->now_ms;
    if (turned) {
        paper->reporting = phase_is_final(print->phase);
        report(step, print);
    }
    if (print->condition != PRINTER_UNASKED)
        step->model->printer.condition = print->condition;
}

/* What the student asked for can go on, when nothing may come out before it any more. */
static void go_on(const Step *step, bool was_blocked)
{
    if (was_blocked && !model_paper_blocks(step->model) && step->visit->fault.kind == FAULT_PAPER_BEFORE &&
        step->visit->screen == SCREEN_FAULT)
        issue_begin(step);
}

static void take_print(const Step *step, const MsgPrint *print)
{
    Paper *paper = &step->model->paper;
    bool blocked = model_paper_blocks(step->model);

    if (print->phase >= PRINT_PHASE_COUNT || print->condition >= PRINTER_CONDITION_COUNT || !print->job.id[0])
        return;
    if (job_is_slip(&print->job)) {
        slip_told(step, print);
        return;
    }
    if (paper->job.id[0] && same_job(&paper->job, &print->job))
        follow(step, print);
    else {
        report(step, print);
        /* A job of this kiosk's earlier life that may still come out: nothing is printed over it. */
        paper_recovered(step, print);
    }
    if (paper->job.id[0] && same_job(&paper->job, &print->job) && is_ours(step))
        show(step);
    else
        drop_settled(step);
    go_on(step, blocked);
}

/* The registrar heard of a job: a job that has ended leaves the journal, and who waited for this asks anew. */
static void take_reported(const Step *step)
{
    Visit *visit = step->visit;
    Paper *paper = &step->model->paper;
    const ApiPrintJob *job = &step->msg->as.reported;
    bool is_paper = same_job(&paper->job, job);
    /* Given back, or the paper before this one: issue_send waits for either. */
    bool waited_for = visit->active && (is_paper || strcmp(visit->issue.paper.job.id, job->id) == 0);

    if (!job->id[0] || (is_paper && !phase_is_final(paper->phase)))
        return;
    if (is_paper)
        paper->reporting = false;
    Cmd *cmd = step_cmd(step, CMD_SETTLED);
    memcpy(cmd->as.settled.job, job->id, sizeof cmd->as.settled.job);
    cmd->as.settled.epoch = job->epoch;
    if (waited_for && step_answers(step, CMD_REPORT_PRINT))
        issue_send(step);
}

void paper_take(const Step *step)
{
    if (step->msg->kind == MSG_REPORTED)
        take_reported(step);
    else
        take_print(step, &step->msg->as.print);
}

void paper_stop(const Step *step)
{
    Paper *paper = &step->model->paper;

    if (!model_is_printing(step->model) || paper->stopping)
        return;
    paper->stopping = true;
    step_cmd(step, CMD_PRINT_STOP);
}

/* What a person of the office found when they looked for a paper of which nobody knew. */
static bool was_seen(const char *state, PrintPhase *ret)
{
    static const struct {
        ApiPrintState state;
        PrintPhase phase;
    } seen[] = { { PRINT_PRINTED, PRINT_PHASE_PRINTED },
                 { PRINT_PARTLY, PRINT_PHASE_PARTLY },
                 { PRINT_CANCELLED, PRINT_PHASE_CANCELLED } };

    for (size_t i = 0; i < COUNT(seen); i++)
        if (strcmp(state, api_print_state_name(seen[i].state)) == 0) {
            *ret = seen[i].phase;
            return true;
        }
    return false;
}

static void take_sight(const Step *step, const char *job, PrintPhase phase)
{
    Model *model = step->model;
    Paper *paper = &model->paper;

    for (size_t i = model->behind_count; i > 0; i--)
        if (model->behind[i - 1].phase == PRINT_PHASE_UNKNOWN && strcmp(model->behind[i - 1].job.id, job) == 0)
            remove_behind(model, &model->behind[i - 1]);
    if (strcmp(paper->job.id, job) != 0 || paper->phase != PRINT_PHASE_UNKNOWN)
        return;
    paper->phase = phase;
    paper->looked = true;
    if (is_ours(step))
        show(step);
    else
        drop_settled(step);
}

void paper_changed(const Step *step, const char *job, const char *state)
{
    const Paper *paper = &step->model->paper;
    const bool blocked = model_paper_blocks(step->model);
    const bool moves = is_ours(step) && strcmp(paper->job.id, job) == 0 && paper->phase != PRINT_PHASE_UNKNOWN;
    PrintPhase seen;

    if (!job[0] || !was_seen(state, &seen))
        return;
    if (!moves)
        take_sight(step, job, seen);
    else if (seen == PRINT_PHASE_CANCELLED)
        paper_stop(step);
    go_on(step, blocked);
}

void paper_leave(const Step *step)
{
    Paper *paper = &step->model->paper;

    if (!paper->job.id[0] || paper->visit != step->model->visits)
        return;
    paper_stop(step);
    paper->visit = 0; /* nobody's any more */
    if (model_paper_settled(step->model))
        paper_take_next(step->model);
}

void paper_looked(const Step *step, bool came_out)
{
    Visit *visit = step->visit;
    Paper *paper = &step->model->paper;

    if (!is_ours(step) || paper->phase != PRINT_PHASE_UNKNOWN)
        return;
    paper->looked = true;
    if (!came_out) { /* it stays unknown: the registrar was told so already */
        fault_show(step, FAULT_NOT_OUT, CMD_ISSUE);
        return;
    }
    MsgPrint seen = {
        .job = paper->job, .phase = PRINT_PHASE_PRINTED, .sheets = -1, .printer_job = paper->printer_job
    };
    memcpy(seen.printer_uuid, paper->printer_uuid, sizeof seen.printer_uuid);
    paper->phase = PRINT_PHASE_PRINTED;
    report(step, &seen);
    visit->done_ms = step->now_ms;
    step_show(step, SCREEN_DONE);
    phone_paper_is_out(step);
}

void printing_act(const Step *step, Act act)
{
    Visit *visit = step->visit;

    if (act != ACT_STOP)
        return;
    if (model_is_printing(step->model)) {
        paper_stop(step);
        return;
    }
    /* Nothing is at the printer yet: what is under way is forgotten here, and its key brings it back. */
    step_cmd(step, CMD_CANCEL_REQUESTS);
    visit->waiting = (Waiting){ 0 };
    issue_release(step);
    fault_show(step, FAULT_STOPPED, CMD_ISSUE);
}

void done_act(const Step *step, Act act)
{
    if (act == ACT_SOMETHING_ELSE)
        home_open(step);
    else if (act == ACT_FINISH)
        visit_end(step);
    else if (act == ACT_TO_PHONE)
        phone_begin(step);
}
