/* What is filled in is kept at the registrar after each answer, and gone on with at the next sign-in anywhere (LOOK.md
 * "Kiosk: the visit", 6).  Quietly: a failure is known to the model alone, which tells it to who is about to leave. */
#include "kiosk/app/flow.h"

#include <string.h>

#include "base/memory.h"

/* --- keeping ----------------------------------------------------------------------------------------------------- */

void draft_forget(Visit *visit)
{
    visit->draft = (DraftState){ .serial = visit->draft.serial };
}

/* A form that the registrar may be told of: nothing of it was asked for yet, and it does not say who somebody is. */
static bool is_in_progress(const Step *step)
{
    const Visit *visit = step->visit;
    const Service *service = model_service(step->model);

    return visit->signed_in && service && service->field_count > 0 && strcmp(visit->service, VISITOR_SERVICE) != 0 &&
           !visit->issue.key[0] && !visit->issue.from_home;
}

static void send(const Step *step)
{
    Visit *visit = step->visit;
    DraftState *draft = &visit->draft;
    bool at_question = visit->screen == SCREEN_FORM || visit->screen == SCREEN_PAPER;
    const Field *question = at_question ? model_question(step->model, NULL) : NULL;
    Cmd *cmd = step_cmd(step, CMD_DRAFT);
    ApiDraft *kept = &cmd->as.draft.draft;

    form_filled(step->model, &kept->answers);
    kept->language = visit->document_language;
    if (question)
        str_copy_cut(str_from(question->id), kept->question, sizeof kept->question);
    memcpy(cmd->as.draft.service, visit->service, sizeof cmd->as.draft.service);
    memcpy(cmd->as.draft.request, visit->anew.id, sizeof cmd->as.draft.request);
    cmd->as.draft.serial = ++draft->serial;
    *draft = (DraftState){
        .sent = true, .failed = draft->failed, .under_way = true, .since_ms = step->now_ms, .serial = draft->serial
    };
}

/* Something is filled in, or taken back, that the registrar does not know.  What is no answer yet can't be kept. */
static bool is_unsent(const Step *step)
{
    const DraftState *draft = &step->visit->draft;

    return draft->changed && (form_is_begun(step->model) || draft->sent || draft->kept);
}

void draft_save(const Step *step)
{
    const DraftState *draft = &step->visit->draft;

    if (!is_in_progress(step) || draft->under_way)
        return;
    if (is_unsent(step) || (draft->sent && !draft->kept))
        send(step);
}

void draft_end(const Step *step)
{
    if (is_in_progress(step) && is_unsent(step))
        send(step);
}

void draft_registrar(const Step *step)
{
    if (step->visit->active && model_form_kept(step->model) == FORM_NOT_KEPT)
        draft_save(step);
}

/* --- what the registrar says of it ------------------------------------------------------------------------------- */

/* Of what is answered anew: somebody decided meanwhile.  Not when it is the answer itself that was faster. */
static bool is_too_late(const Step *step)
{
    const Visit *visit = step->visit;
    bool is_filling = visit->screen == SCREEN_FORM || visit->screen == SCREEN_PAPER || visit->screen == SCREEN_REVIEW;
    ApiProblemKind kind = step->msg->kind == MSG_FAILED ? step->msg->as.failed.problem.kind : PROBLEM_NONE;

    return visit->anew.id[0] && is_filling && visit->leaving == LEAVING_NOT &&
           (kind == PROBLEM_DECIDED || kind == PROBLEM_NOT_FOUND);
}

static void kept(const Step *step, uint32_t serial, bool taken)
{
    DraftState *draft = &step->visit->draft;

    if (!draft->under_way || serial != draft->serial)
        return;
    draft->under_way = false;
    draft->kept = taken;
    draft->failed = !taken;
    if (taken && draft->changed)
        draft_save(step);
    else if (!taken && is_too_late(step))
        mine_too_late(step);
    else if (!taken && step->msg->kind == MSG_FAILED && step->msg->as.failed.problem.kind == PROBLEM_NONE)
        machine_doubt(step);
}

void draft_time(const Step *step)
{
    if (step->visit->draft.under_way && step->now_ms >= step->visit->draft.since_ms + WAITING_LIMIT_MS)
        kept(step, step->visit->draft.serial, false);
}

int64_t draft_next_wake(const Visit *visit)
{
    return visit->draft.under_way ? visit->draft.since_ms + WAITING_LIMIT_MS : INT64_MAX;
}

/* --- going on ---------------------------------------------------------------------------------------------------- */

bool draft_is_offered(const Visit *visit, const char *service)
{
    for (size_t i = 0; visit->home && i < visit->home->draft_count; i++)
        if (strcmp(visit->home->drafts[i].service, service) == 0)
            return true;
    return false;
}

void draft_open(const Step *step, const Service *service)
{
    Visit *visit = step->visit;

    issue_forget(step);
    draft_forget(visit);
    mem_wipe(&visit->answers, sizeof visit->answers);
    mem_wipe(&visit->form, sizeof visit->form);
    service_choose(step, service->id);
    Cmd *cmd = step_ask(step, CMD_DRAFT_OPEN);
    memcpy(cmd->as.draft.service, visit->service, sizeof cmd->as.draft.service);
}

void draft_open_again(const Step *step)
{
    const Service *service = model_service(step->model);

    step_show(step, SCREEN_HOME);
    if (service)
        draft_open(step, service);
}

void draft_open_is_over(Visit *visit)
{
    if (visit->waiting.command == CMD_DRAFT_OPEN)
        visit->waiting = (Waiting){ 0 };
}

void draft_forget_line(Visit *visit, const char *service)
{
    ApiHome *home = visit->home;
    size_t left = 0;

    for (size_t i = 0; home && i < home->draft_count; i++)
        if (strcmp(home->drafts[i].service, service) != 0)
            home->drafts[left++] = home->drafts[i];
    if (home)
        home->draft_count = left;
}

void draft_drop(const Step *step, const char *service)
{
    Cmd *cmd = step_cmd(step, CMD_DRAFT_DROP);

    str_copy_cut(str_from(service), cmd->as.draft.service, sizeof cmd->as.draft.service);
    draft_forget_line(step->visit, cmd->as.draft.service);
}

/* This kiosk's catalogue may be another than the registrar's: what does not fit here is asked again. */
static void go_on(const Step *step, const Service *service, const ApiDraft *draft)
{
    Visit *visit = step->visit;

    visit->answers = draft->answers;
    visit->draft.kept = true;
    visit->draft.changed = form_keep_fitting(service, &visit->answers, model_today(step->model));
    visit->document_language = model_document_language(step->model, draft->language);
    form_go_on(step, draft->question);
}

static void opened(const Step *step)
{
    Visit *visit = step->visit;
    const Service *service = model_service(step->model);
    bool failed = step->msg->kind == MSG_FAILED;

    if (!step_answers(step, CMD_DRAFT_OPEN) || !service)
        return;
    if (!failed && step->msg->as.draft)
        go_on(step, service, step->msg->as.draft);
    else if (failed && step->msg->as.failed.problem.kind == PROBLEM_NOT_FOUND) { /* given up at another kiosk */
        draft_forget_line(visit, visit->service);
        service_open(step, service);
    } else
        fault_failed(step, CMD_DRAFT_OPEN);
}

void draft_take(const Step *step)
{
    const Msg *msg = step->msg;

    if (msg->kind == MSG_DRAFT_KEPT)
        kept(step, msg->as.kept.serial, true);
    else if (msg->kind == MSG_FAILED && msg->as.failed.command == CMD_DRAFT)
        kept(step, msg->as.failed.serial, false);
    else
        opened(step);
}
