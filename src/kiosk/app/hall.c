/* The hall: topics with their lines, who is called where, whether a person may be called.  Asked for with each
 * heartbeat of a registrar that has one, and at each change that it tells. */
#include "kiosk/app/flow.h"

#include <string.h>

#include "base/memory.h"

void hall_ask(const Step *step)
{
    const ApiHall *hall = step->model->hall;
    Cmd *cmd = step_machine_cmd(step, CMD_HALL);

    str_copy_cut(str_from(hall ? hall->version : ""), cmd->as.known.etag, sizeof cmd->as.known.etag);
}

/* The heartbeat itself tells that nothing is old: changes are told, and a lost one is made good here. */
void hall_heartbeat(const Step *step)
{
    Model *model = step->model;

    if (step->msg->as.heartbeat.hall) {
        hall_ask(step);
        return;
    }
    mem_free(model->hall);
    model->hall = NULL;
}

static bool was_there(const ApiHall *hall, const ApiCalled *called)
{
    for (size_t i = 0; hall && i < hall->called_count; i++)
        if (!strcmp(hall->called[i].number, called->number) && hall->called[i].at_s == called->at_s)
            return true;
    return false;
}

/* Calls that were not heard of yet sound, once; those that stood there when this screen began do not. */
static void count_calls(Model *model, const ApiHall *now)
{
    bool any = false;

    for (size_t i = 0; model->hall && i < now->called_count; i++)
        any = any || (!now->called[i].serving && !was_there(model->hall, &now->called[i]));
    model->hall_calls += any;
}

void hall_take(const Step *step)
{
    Model *model = step->model;

    if (step->msg->kind == MSG_FAILED) {
        if (step->msg->as.failed.problem.kind == PROBLEM_BUSY)
            machine_doubt(step);
        return;
    }
    if (!step->msg->as.hall)
        return;
    count_calls(model, step->msg->as.hall);
    mem_free(model->hall);
    model->hall = steal(&step->msg->as.hall);
}

/* --- the hall's screen: its languages in turn --------------------------------------------------------------------- */

void hall_time(const Step *step)
{
    Model *model = step->model;

    if (!model->display || step->now_ms < model->turned_ms + HALL_TURN_MS)
        return;
    model->turned_ms = step->now_ms;
    model->greeting++;
}

int64_t hall_next_wake(const Model *model)
{
    return model->display ? model->turned_ms + HALL_TURN_MS : INT64_MAX;
}

/* --- errands ------------------------------------------------------------------------------------------------------ */

Cmd *errand_ask(const Step *step, Errand *errand, CmdKind kind)
{
    Cmd *cmd = step_cmd(step, kind);

    cmd->asked = ++step->visit->asked;
    *errand = (Errand){ .doing = kind, .asked = cmd->asked, .since_ms = step->now_ms };
    return cmd;
}

bool errand_answers(const Step *step, Errand *errand)
{
    if (errand->doing == CMD_NONE || errand->asked != step->msg->asked)
        return false;
    errand->doing = CMD_NONE;
    return true;
}
