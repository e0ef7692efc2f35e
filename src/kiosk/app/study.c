/* The student's own record, view by view, and who looked at it.  The record is asked for once a visit, or once home was
 * asked for anew; who looked, each time. */
#include "kiosk/app/flow.h"

#include <string.h>

#include "base/memory.h"

bool model_studies(const Model *model)
{
    return model->visit.signed_in && !model->visit.session.visitor;
}

bool model_tells_looks(const Model *model)
{
    return model_studies(model) && !model->visit.session.weak;
}

/* --- what was told ------------------------------------------------------------------------------------------------ */

static void drop_looks(StudyState *state)
{
    mem_free_wiped(state->looks, sizeof *state->looks);
    state->looks = NULL;
}

void study_forget(Visit *visit)
{
    StudyState *state = &visit->study;

    mem_free_wiped(state->study, sizeof *state->study);
    drop_looks(state);
    mem_wipe(state, sizeof *state);
}

/* Whoever goes on waits for it no more. */
static void stop_waiting(Visit *visit)
{
    if (visit->waiting.command == CMD_STUDY || visit->waiting.command == CMD_LOOKS)
        visit->waiting = (Waiting){ 0 };
}

static void take_study(const Step *step)
{
    StudyState *state = &step->visit->study;

    const bool looked = state->study != NULL; /* what they look at stays where it is */

    mem_free_wiped(state->study, sizeof *state->study);
    state->study = steal(&step->msg->as.study);
    if (!looked || state->semester >= state->study->semester_count)
        state->semester = state->study->semester_count > 0 ? state->study->semester_count - 1 : 0;
}

static void take_looks(const Step *step)
{
    drop_looks(&step->visit->study);
    step->visit->study.looks = steal(&step->msg->as.looks);
}

void study_take(const Step *step)
{
    const CmdKind waits = step->visit->waiting.command;
    const MsgKind kind = step->msg->kind;

    if ((waits != CMD_STUDY && waits != CMD_LOOKS) || (kind == MSG_STUDY && waits != CMD_STUDY) ||
        (kind == MSG_LOOKS && waits != CMD_LOOKS) || !step_answers(step, waits))
        return;
    if (kind == MSG_STUDY && step->msg->as.study)
        take_study(step);
    else if (kind == MSG_LOOKS && step->msg->as.looks)
        take_looks(step);
    else
        fault_failed(step, waits);
}

/* --- opening and leaving ------------------------------------------------------------------------------------------ */

void study_open(const Step *step, uint16_t view)
{
    StudyState *state = &step->visit->study;

    if (!model_studies(step->model) || view >= STUDY_VIEW_COUNT)
        return;
    draft_open_is_over(step->visit);
    state->view = (StudyView)view;
    state->week = 0;
    state->opened = false;
    step_show(step, SCREEN_STUDY);
    if (!state->study)
        step_ask(step, CMD_STUDY);
}

void study_changed(const Step *step)
{
    if (step->visit->screen == SCREEN_STUDY && step->visit->waiting.command == CMD_NONE)
        step_ask(step, CMD_STUDY);
}

void looks_open(const Step *step)
{
    StudyState *state = &step->visit->study;

    if (!model_tells_looks(step->model))
        return;
    draft_open_is_over(step->visit);
    if (step->visit->screen != SCREEN_LOOKS)
        state->before = step->visit->screen;
    drop_looks(state);
    step_show(step, SCREEN_LOOKS);
    step_ask(step, CMD_LOOKS);
}

void study_ask_again(const Step *step, CmdKind command)
{
    step_show(step, command == CMD_STUDY ? SCREEN_STUDY : SCREEN_LOOKS);
    step_ask(step, command);
}

bool study_return(const Step *step)
{
    StudyState *state = &step->visit->study;

    if (!state->opened || !state->study)
        return false;
    state->opened = false;
    step_show(step, SCREEN_STUDY);
    return true;
}

static void back(const Step *step)
{
    StudyState *state = &step->visit->study;

    stop_waiting(step->visit);
    if (step->visit->screen == SCREEN_STUDY) {
        home_return(step);
        return;
    }
    drop_looks(state);
    if (state->before == SCREEN_REQUESTS)
        mine_show(step);
    else if (state->before == SCREEN_STUDY && state->study)
        step_show(step, SCREEN_STUDY);
    else
        step_show(step, SCREEN_HOME);
}

/* The paper that belongs to a view. */
static void open_service(const Step *step, uint16_t index)
{
    const Catalogue *catalogue = step->model->catalogue;
    const Service *service = catalogue && index < catalogue_count(catalogue) ? catalogue_at(catalogue, index) : NULL;

    if (!service || !step->visit->home || !model_offers(step->model, service))
        return;
    stop_waiting(step->visit);
    service_open(step, service);
    step->visit->study.opened = true;
}

void study_act(const Step *step, Act act, uint16_t arg)
{
    Visit *visit = step->visit;
    StudyState *state = &visit->study;

    if (act == ACT_FINISH)
        visit_end(step);
    else if (act == ACT_BACK)
        back(step);
    else if (act == ACT_HOME)
        home_open(step);
    else if (act == ACT_SERVICE)
        open_service(step, arg);
    else if (act == ACT_LOOKS)
        looks_open(step);
    else if (visit->screen != SCREEN_STUDY)
        return;
    else if (act == ACT_STUDY && arg < STUDY_VIEW_COUNT)
        state->view = (StudyView)arg;
    else if (act == ACT_STUDY_WEEK && arg < STUDY_WEEKS)
        state->week = arg;
    else if (act == ACT_STUDY_SEMESTER && state->study && arg < state->study->semester_count)
        state->semester = arg;
}
