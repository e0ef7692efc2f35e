/* What went wrong, as a screen of its own: every kind leaves a way on. */
#include "kiosk/app/flow.h"

#include <string.h>

void fault_show(const Step *step, FaultKind kind, CmdKind retry)
{
    step->visit->waiting = (Waiting){ 0 };
    step->visit->fault = (FaultState){ .kind = kind, .retry = retry, .sheets = -1 };
    step_show(step, SCREEN_FAULT);
    if (kind == FAULT_AWAY)
        machine_doubt(step);
}

static void show_limit(const Step *step, CmdKind retry)
{
    fault_show(step, FAULT_LIMIT, retry);
    step->visit->fault.retry_at_ms = step->model->wall_ms + (int64_t)step->msg->as.failed.problem.retry_after_s * 1000;
}

static const Field *question_of(const Model *model, const char *id)
{
    const Service *service = model_service(model);

    for (size_t i = 0; service && i < service->field_count; i++)
        if (strcmp(service->fields[i].id, id) == 0)
            return &service->fields[i];
    return NULL;
}

/* The registrar's form may be another by now than the one that the visit began with.  Then the student goes on with
 * the new one, as with what was begun under an older form, and loses only answers that it does not take. */
static void form_refused(const Step *step, const ApiProblem *problem, CmdKind command)
{
    Visit *visit = step->visit;
    const bool newer = step->model->catalogue_next != NULL;
    const Service *service;
    const Field *field;

    machine_take_catalogue(step->model);
    service_bind_now(step);
    service = model_service(step->model);
    if (!service)
        fault_show(step, FAULT_NOT_ALLOWED, CMD_NONE);
    else if (newer) {
        visit->draft.changed =
            form_keep_fitting(service, &visit->answers, model_today(step->model)) || visit->draft.changed;
        visit->document_language = model_document_language(step->model, visit->document_language);
        form_go_on(step, problem->field);
    } else if ((field = question_of(step->model, problem->field)) != NULL) {
        form_open_fault(step, field->id, problem->fault);
        if (field->from && visit->signed_in) /* what the record gives may have changed: home tells */
            step_ask(step, CMD_HOME);
    } else { /* it is on its way */
        machine_ask_catalogue(step, NULL);
        fault_show(step, FAULT_BUSY, command);
    }
}

void fault_failed(const Step *step, CmdKind command)
{
    static const ApiProblem none = { 0 };
    const ApiProblem *problem = step->msg->kind == MSG_FAILED ? &step->msg->as.failed.problem : &none;

    switch (problem->kind) {
    case PROBLEM_NONE: fault_show(step, FAULT_AWAY, command); break;
    case PROBLEM_BUSY:
    case PROBLEM_INTERNAL: fault_show(step, FAULT_BUSY, command); break;
    case PROBLEM_LIMIT: show_limit(step, command); break;
    case PROBLEM_SESSION_ENDED: sign_in_again(step); break;
    case PROBLEM_NOT_ALLOWED: fault_show(step, FAULT_NOT_ALLOWED, CMD_NONE); break;
    case PROBLEM_HEMIS_AWAY: fault_show(step, FAULT_HEMIS, command); break;
    case PROBLEM_LACKS: fault_show(step, FAULT_NO_PAPER, CMD_NONE); break;
    case PROBLEM_TOO_LARGE_FOR_SEAL: fault_show(step, FAULT_TOO_LARGE, CMD_NONE); break;
    case PROBLEM_HANDED_OUT: fault_show(step, FAULT_HANDED_OUT, CMD_NONE); break;
    case PROBLEM_FORM: form_refused(step, problem, command); break;
    case PROBLEM_KEY_REUSED: /* the key is burnt: the next try makes another */
        issue_forget(step);
        fault_show(step, FAULT_REFUSED, CMD_NONE);
        break;
    case PROBLEM_SIGN_IN_REFUSED:
    case PROBLEM_ALREADY_OPEN:
    case PROBLEM_NOT_FOUND:
    case PROBLEM_UNKNOWN_KIOSK:
    case PROBLEM_BAD_REQUEST:
    case PROBLEM_METHOD:
    case PROBLEM_TOO_LARGE:
    case PROBLEM_VERSION:
    case PROBLEM_NOT_WHOLE:
    case PROBLEM_CHANGED:
    case PROBLEM_UNCONDITIONAL:
    case PROBLEM_OF_FOLDER:
    case PROBLEM_DECIDED:
    case PROBLEM_UNPAID:
    case PROBLEM_NO_BLANK:
    case PROBLEM_UNCONFIRMED:
    case PROBLEM_CARD_BLOCKED:
    case PROBLEM_CARD_TAKEN:
    case PROBLEM_PIN_EASY:    /* told at the card's own screen */
    case PROBLEM_CLOSED:      /* told where tickets are asked for */
    case PROBLEM_HEMIS_TRIES: /* told where the password is typed */
    case PROBLEM_ENROL_REFUSED:
    case PROBLEM_COUNT: fault_show(step, FAULT_REFUSED, CMD_NONE); break;
    }
}

static bool is_shown(const Visit *visit, FaultKind kind)
{
    return visit->active && visit->screen == SCREEN_FAULT && visit->fault.kind == kind;
}

bool fault_is_away(const Visit *visit)
{
    return is_shown(visit, FAULT_AWAY);
}

/* It is told, and a touch goes on: who asked may have walked off, and what they asked for is theirs alone. */
void fault_registrar(const Step *step)
{
    if (fault_is_away(step->visit))
        step->visit->fault.is_over = true;
}

/* The printer spoke: a student who waits for it goes on, the others read how it is now. */
void fault_printer(const Step *step)
{
    Visit *visit = step->visit;
    PrinterCondition condition = step->model->printer.condition;
    bool asked = step_answers(step, CMD_ASK_PRINTER);
    int64_t tried_ms = visit->fault.tried_ms;

    if (is_shown(visit, FAULT_PRINTER_BEFORE) || is_shown(visit, FAULT_NOT_SENT))
        visit->fault.condition = condition;
    if (visit->screen != SCREEN_FAULT || !tried_ms)
        return;
    /* What comes first may be what it said before it was mended. */
    if (asked || (!printer_blocked(condition) && step->now_ms - tried_ms < WAITING_LONG_MS))
        issue_begin(step);
    if (is_shown(visit, FAULT_PRINTER_BEFORE))
        visit->fault.tried_ms = tried_ms;
}

/* Perhaps it was mended: it says so itself. */
static void ask_printer(const Step *step)
{
    step->visit->fault.tried_ms = step->now_ms;
    step_ask(step, CMD_ASK_PRINTER);
}

/* Nothing of another visit lies in the printer, says who stands before it. */
static void looked(const Step *step)
{
    paper_tray_seen(step);
    issue_begin(step);
    if (is_shown(step->visit, FAULT_PRINTER_BEFORE))
        ask_printer(step);
}

static void try_again(const Step *step)
{
    Visit *visit = step->visit;

    if (visit->waiting.command != CMD_NONE || step->model->wall_ms < visit->fault.retry_at_ms)
        return;
    if (visit->fault.kind == FAULT_ALREADY_OPEN)
        visit->issue.again = true;
    if (visit->fault.retry == CMD_SIGN_IN) {
        step_show(step, SCREEN_SIGN_IN);
        sign_in_send(step);
    } else if (visit->fault.retry == CMD_HOME)
        home_open(step);
    else if (visit->fault.retry == CMD_DRAFT_OPEN)
        draft_open_again(step);
    else if (visit->fault.retry == CMD_PREVIEW)
        preview_open(step);
    else if (visit->fault.retry == CMD_WITHDRAW)
        mine_withdraw(step);
    else if (visit->fault.retry == CMD_STUDY || visit->fault.retry == CMD_LOOKS)
        study_ask_again(step, visit->fault.retry);
    else if (visit->fault.retry == CMD_VISITOR)
        visitor_send(step);
    else if (visit->fault.retry == CMD_ANSWER)
        answer_send(step);
    else if (visit->fault.retry == CMD_ISSUE && issue_is_printed(step->model) &&
             printer_blocked(step->model->printer.condition))
        ask_printer(step);
    else if (visit->fault.retry == CMD_ISSUE)
        issue_begin(step);
}

static void back(const Step *step)
{
    Visit *visit = step->visit;

    if (visit->fault.at_window)
        visit->fault.at_window = false;
    else if (model_is_introducing(step->model))
        step_show(step, SCREEN_REVIEW);
    else if (!visit->signed_in)
        step_show(step, SCREEN_SIGN_IN);
    else if (visit->fault.kind == FAULT_PRINTER_BEFORE && visit->preview.png)
        step_show(step, SCREEN_PREVIEW);
    else if (visit->fault.kind == FAULT_TOO_LARGE || visit->fault.kind == FAULT_NO_PAPER)
        form_open_last(step);
}

/* Where no paper comes now, and none is on its way. */
bool fault_offers_phone(const Model *model)
{
    const Visit *visit = &model->visit;

    if (!model_offers_phone(model) || model_hands_in(model) || !visit->service[0] ||
        visit->issue.carrier == CARRIER_PHONE)
        return false;
    switch (visit->fault.kind) {
    case FAULT_PRINTER_BEFORE:
    case FAULT_NOT_SENT:
    case FAULT_LATE:
    case FAULT_HELD:
    case FAULT_STOPPED:
    case FAULT_GIVEN_UP:
    case FAULT_PARTLY:
    case FAULT_NOT_OUT:
    case FAULT_PAPER_BEFORE: return true;
    case FAULT_NONE:
    case FAULT_AWAY:
    case FAULT_BUSY:
    case FAULT_LIMIT:
    case FAULT_REFUSED:
    case FAULT_NOT_ALLOWED:
    case FAULT_HEMIS:
    case FAULT_NO_PAPER:
    case FAULT_TOO_LARGE:
    case FAULT_PRINTER_DURING:
    case FAULT_HANDED_OUT:
    case FAULT_ALREADY_OPEN:
    case FAULT_ASK_AGAIN:
    case FAULT_UNKNOWN:
    case FAULT_KIND_COUNT: break;
    }
    return false;
}

void fault_act(const Step *step, Act act)
{
    Visit *visit = step->visit;
    FaultKind kind = visit->fault.kind;

    if (act == ACT_WINDOW)
        visit->fault.at_window = true;
    else if (act == ACT_BACK)
        back(step);
    else if (kind == FAULT_PRINTER_DURING) { /* paper is on its way: it is stopped or it goes on */
        if (act == ACT_STOP)
            paper_stop(step);
    } else if (act == ACT_FINISH)
        visit_leave(step, LEAVING_FINISH);
    else if (act == ACT_TRY_AGAIN)
        try_again(step);
    else if (act == ACT_TO_PHONE && fault_offers_phone(step->model))
        phone_begin(step);
    else if (act == ACT_HOME && visit->signed_in && kind != FAULT_UNKNOWN)
        visit_leave(step, LEAVING_HOME);
    else if (kind == FAULT_UNKNOWN && (act == ACT_CAME_OUT || act == ACT_DID_NOT))
        paper_looked(step, act == ACT_CAME_OUT);
    else if (kind == FAULT_PAPER_BEFORE && act == ACT_LOOKED && step->model->paper.phase == PRINT_PHASE_UNKNOWN)
        looked(step);
}
