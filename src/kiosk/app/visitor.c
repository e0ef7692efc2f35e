/* Somebody without an account: the reserved service's form says who they are, and what comes back is a session like a
 * student's.  Nobody is known before, so nothing of that form is kept. */
#include "kiosk/app/flow.h"

#include <string.h>

#include "base/memory.h"

bool model_offers_visitors(const Model *model)
{
    const Service *service = model->catalogue ? catalogue_find(model->catalogue, STR(VISITOR_SERVICE)) : NULL;

    return service && service->field_count > 0;
}

bool model_is_introducing(const Model *model)
{
    return model->visit.active && !model->visit.signed_in && strcmp(model->visit.service, VISITOR_SERVICE) == 0;
}

void visitor_begin(const Step *step)
{
    Visit *visit = step->visit;

    if (!model_offers_visitors(step->model))
        return;
    service_choose(step, VISITOR_SERVICE);
    visit->visitor.note = VISITOR_NOTE_NONE;
    form_open(step, 0);
}

/* --- the same one again ------------------------------------------------------------------------------------------- */

/* What this person said of themselves a moment ago: all of it, word by word. */
static bool is_the_same(const Answers *a, const Answers *b)
{
    if (a->count == 0 || a->count != b->count)
        return false;
    for (size_t i = 0; i < a->count; i++) {
        const char *other = answers_get(b, a->items[i].field);
        if (!other || strcmp(a->items[i].value, other) != 0)
            return false;
    }
    return true;
}

void visitor_again(const Step *step, bool goes_on)
{
    Visit *visit = step->visit;
    VisitorState *visitor = &visit->visitor;

    if (goes_on) {
        memcpy(visitor->held_service, visit->service, sizeof visitor->held_service);
        visitor->held = visit->answers;
    }
    mem_wipe(&visit->form, sizeof visit->form);
    mem_wipe(&visit->answers, sizeof visit->answers);
    draft_forget(visit);
    visitor_begin(step);
    visitor->note = VISITOR_NOTE_ENDED;
}

/* On with what was being filled in, for the one who filled it in. */
static bool goes_on(const Step *step, const Answers *who)
{
    Visit *visit = step->visit;
    VisitorState *visitor = &visit->visitor;
    Answers held = visitor->held;
    char service[SERVICE_ID_MOST];
    bool same = visitor->held_service[0] && is_the_same(&visitor->who, who);

    memcpy(service, visitor->held_service, sizeof service);
    mem_wipe(visitor->held_service, sizeof visitor->held_service);
    mem_wipe(&visitor->held, sizeof visitor->held);
    visitor->who = *who;
    if (same) {
        service_choose(step, service);
        visit->answers = held;
        visit->draft.changed = true;
    }
    mem_wipe(&held, sizeof held);
    same = same && model_service(step->model) && visit->home;
    if (same) {
        (void)form_keep_fitting(model_service(step->model), &visit->answers, model_today(step->model));
        form_go_on(step, "");
    }
    return same;
}

/* --- the session -------------------------------------------------------------------------------------------------- */

void visitor_send(const Step *step)
{
    Visit *visit = step->visit;
    Cmd *cmd;

    if (visit->waiting.command == CMD_VISITOR ||
        (visit->visitor.note == VISITOR_NOTE_LIMITED && step->model->wall_ms < visit->visitor.wait_until_ms))
        return;
    visit->visitor.note = VISITOR_NOTE_NONE;
    step_show(step, SCREEN_REVIEW);
    cmd = step_ask(step, CMD_VISITOR);
    cmd->as.visitor.answers = visit->answers;
}

static void signed_in(const Step *step)
{
    Visit *visit = step->visit;
    const ApiSession *session = &step->msg->as.session;
    Answers who = visit->answers;
    bool same = is_the_same(&visit->visitor.who, &who);

    if (!same && visit->visitor.who.count > 0)
        sign_in_forget_person(step);
    visit->session = *session;
    visit->signed_in = true;
    visit->session_ends_ms = step->now_ms + (int64_t)session->seconds_left * 1000;
    visit->visitor.note = VISITOR_NOTE_NONE;
    if (!goes_on(step, &who))
        home_open(step);
    else
        draft_save(step);
    mem_wipe(&who, sizeof who);
}

static void refused(const Step *step)
{
    VisitorState *visitor = &step->visit->visitor;
    const ApiProblem *problem = &step->msg->as.failed.problem;

    if (problem->kind == PROBLEM_SIGN_IN_REFUSED)
        visitor->note = VISITOR_NOTE_NOT_FOUND;
    else if (problem->kind == PROBLEM_LIMIT) {
        visitor->note = VISITOR_NOTE_LIMITED;
        visitor->wait_until_ms = step->model->wall_ms + (int64_t)problem->retry_after_s * 1000;
    } else if (problem->kind == PROBLEM_SESSION_ENDED)
        fault_show(step, FAULT_BUSY, CMD_VISITOR);
    else
        fault_failed(step, CMD_VISITOR);
}

void visitor_take(const Step *step)
{
    if (!step_answers(step, CMD_VISITOR)) {
        if (step->msg->kind == MSG_SIGNED_IN)
            sign_in_return(step);
    } else if (step->msg->kind == MSG_SIGNED_IN)
        signed_in(step);
    else
        refused(step);
}
