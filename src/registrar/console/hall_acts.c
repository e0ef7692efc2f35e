/* What is sent to /office/hall: one deed, then the page anew.  A deed names the epoch that its clerk saw. */
#include <stdio.h>
#include <string.h>

#include "registrar/api/problem.h"
#include "registrar/console/pages.h"
#include "registrar/office/calls.h"
#include "registrar/office/windows.h"

typedef struct Form {
    Office *office;
    const Desk *desk;
    char id[API_ID_SIZE], state[16], to[SERVICE_ID_MOST + 8];
    uint32_t epoch;
} Form;

static bool number_of(const char *text, int *ret)
{
    uint64_t number;

    if (!str_to_u64(str_from(text), 1, WINDOWS_MOST, &number))
        return false;
    *ret = (int)number;
    return true;
}

/* False: there is no such window, or it is not for this clerk; *ret_problem says which. */
static bool window_of(const Form *form, int *ret, ApiProblem *ret_problem)
{
    if (!number_of(form->id, ret))
        return false;
    if (scope_has(desk_scope(form->desk), SCOPE_WINDOW, str_from(form->id)))
        return true;
    *ret_problem = (ApiProblem){ .kind = PROBLEM_NOT_ALLOWED };
    return false;
}

static bool act_window(const Form *form, ApiProblem *ret_problem, Error *err)
{
    WindowLine line;
    WindowState state;
    int number;

    return !window_state_parse(str_from(form->state), &state) || !window_of(form, &number, ret_problem) ||
           window_set(form->office, form->desk->clerk, number, form->epoch, state, ret_problem, &line, err);
}

static bool act_next(const Form *form, ApiProblem *ret_problem, Error *err)
{
    WindowLine line;
    int number;

    return !window_of(form, &number, ret_problem) ||
           window_next(form->office, form->desk->clerk, number, form->epoch, ret_problem, &line, err);
}

static bool act_ticket(const Form *form, ApiProblem *ret_problem, Error *err)
{
    TicketAct act = { .clerk = form->desk->clerk, .id = form->id, .epoch = form->epoch, .topic = "" };
    TicketLine line;
    int state;

    if (!state_parse(&ticket_states, str_from(form->state), &state))
        return true;
    act.to = (TicketState)state;
    if (str_starts(str_from(form->to), STR("topic:")))
        act.topic = form->to + strlen("topic:");
    else if (str_starts(str_from(form->to), STR("window:")) && !number_of(form->to + strlen("window:"), &act.window))
        return true;
    return window_ticket(form->office, &act, ret_problem, &line, err);
}

static bool act_call(const Form *form, ApiProblem *ret_problem, Error *err)
{
    int state;

    return !state_parse(&call_states, str_from(form->state), &state) || state == CALL_IS_GIVEN_UP ||
           call_answer(form->office, form->desk->clerk, form->id, form->epoch, (CallState)state, ret_problem, err);
}

static const struct {
    const char *name;
    bool (*act)(const Form *form, ApiProblem *ret_problem, Error *err);
} acts[] = { { "window", act_window }, { "next", act_next }, { "ticket", act_ticket }, { "call", act_call } };

/* What is not understood stays a bad request. */
static bool run(const HttpServerRequest *request, const Desk *desk, ApiProblem *ret_problem, Error *err)
{
    Form form = { .office = office_of(request), .desk = desk };
    char act[12], epoch[16];
    uint64_t seen;

    desk_field(request, "act", act, sizeof act);
    desk_field(request, "epoch", epoch, sizeof epoch);
    desk_field(request, "id", form.id, sizeof form.id);
    desk_field(request, "state", form.state, sizeof form.state);
    desk_field(request, "to", form.to, sizeof form.to);
    *ret_problem = (ApiProblem){ .kind = PROBLEM_BAD_REQUEST };
    if (!str_to_u64(str_from(epoch), 0, UINT32_MAX, &seen))
        return true;
    form.epoch = (uint32_t)seen;
    for (size_t i = 0; i < COUNT(acts); i++)
        if (!strcmp(acts[i].name, act))
            return acts[i].act(&form, ret_problem, err);
    return true;
}

/* In words of a window, where those of other pages would say something else. */
static const char *slug_of(ApiProblemKind kind)
{
    return kind == PROBLEM_NOT_ALLOWED ? "hall-not-yours"
           : kind == PROBLEM_DECIDED   ? "hall-decided"
           : kind == PROBLEM_FORM      ? "hall-to"
                                       : api_problem_slug(kind);
}

/* Back to the window that was shown.  A deed that was done is seen there, and needs no words. */
bool page_hall_act(const HttpServerRequest *request, HttpServerAnswer *answer, Error *err)
{
    ApiProblem problem;
    char chosen[8], path[48];
    int number;
    OWNED_DESK desk;
    Access access = desk_open(request, RIGHT_HALL, answer, &desk, err);

    if (access != ACCESS_GRANTED)
        return access == ACCESS_REFUSED;
    if (!run(request, &desk, &problem, err))
        return false;
    desk_field(request, "chosen", chosen, sizeof chosen);
    if (number_of(chosen, &number))
        (void)snprintf(path, sizeof path, "/office/hall?window=%d", number);
    else
        str_copy_cut(STR("/office/hall"), path, sizeof path);
    return desk_see_other(&desk, path, problem.kind == PROBLEM_NONE ? NULL : slug_of(problem.kind), answer, err);
}
