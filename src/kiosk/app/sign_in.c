/* Who stands there: number and password, and the session that comes of them. */
#include "kiosk/app/flow.h"

#include <string.h>

#include "base/memory.h"

void sign_in_focus(Visit *visit, SignInField field)
{
    visit->sign_in.filling = field;
    visit->sign_in.peek_until_ms = 0;
    /* Passwords are mostly written with what every keyboard has: the others are a touch away. */
    typing_layer(visit, field == SIGN_IN_NUMBER ? LAYER_NUMBERS : LAYER_EN);
}

void sign_in_peek(const Step *step, bool readable)
{
    step->visit->sign_in.peek_until_ms = readable ? step->now_ms + PEEK_MS : 0;
}

void sign_in_time(const Step *step)
{
    SignInState *sign_in = &step->visit->sign_in;

    if (sign_in->peek_until_ms && step->now_ms >= sign_in->peek_until_ms)
        sign_in->peek_until_ms = 0;
}

int64_t sign_in_next_wake(const Visit *visit)
{
    return visit->sign_in.peek_until_ms ? visit->sign_in.peek_until_ms : INT64_MAX;
}

void sign_in_send(const Step *step)
{
    SignInState *sign_in = &step->visit->sign_in;
    Cmd *cmd = step_ask(step, CMD_SIGN_IN);

    sign_in->note = SIGN_IN_NOTE_NONE;
    sign_in->shown = false;
    sign_in_peek(step, false);
    str_copy_cut(str_from(sign_in->number), cmd->as.sign_in.number, sizeof cmd->as.sign_in.number);
    str_copy_cut(str_from(sign_in->password), cmd->as.sign_in.password, sizeof cmd->as.sign_in.password);
}

static void submit(const Step *step)
{
    Visit *visit = step->visit;
    SignInState *sign_in = &visit->sign_in;

    if (visit->waiting.command == CMD_SIGN_IN)
        return;
    if (sign_in->note == SIGN_IN_NOTE_LIMITED && step->model->wall_ms < sign_in->wait_until_ms)
        return;
    if (strlen(sign_in->number) < NUMBER_DIGITS_LEAST) {
        sign_in_focus(visit, SIGN_IN_NUMBER);
        sign_in->note = SIGN_IN_NOTE_NUMBER;
    } else if (!sign_in->password[0]) {
        /* Enter after the number is the way to the password, not a mistake. */
        sign_in->note = sign_in->filling == SIGN_IN_PASSWORD ? SIGN_IN_NOTE_PASSWORD : SIGN_IN_NOTE_NONE;
        sign_in_focus(visit, SIGN_IN_PASSWORD);
    } else
        sign_in_send(step);
}

void sign_in_act(const Step *step, Act act, uint16_t arg)
{
    Visit *visit = step->visit;

    if (act == ACT_BACK && information_return(step))
        return;
    if (act == ACT_BACK || act == ACT_FINISH)
        visit_leave(step, LEAVING_FINISH);
    else if (act == ACT_SIGN_IN)
        submit(step);
    else if (act == ACT_GRANT)
        grant_open(step);
    else if (act == ACT_VISITOR && visit->waiting.command == CMD_NONE)
        visitor_begin(step);
    else if (act == ACT_SIGN_IN_SHOW)
        visit->sign_in.shown = !visit->sign_in.shown;
    else if (act == ACT_SIGN_IN_FIELD && arg <= SIGN_IN_PASSWORD && visit->sign_in.filling != (SignInField)arg)
        sign_in_focus(visit, (SignInField)arg);
}

void sign_in_forget_person(const Step *step)
{
    Visit *visit = step->visit;

    preview_drop(visit);
    issue_forget(step);
    service_choose(step, "");
    mem_free_wiped(steal(&visit->home), sizeof *visit->home);
    mem_wipe(&visit->answers, sizeof visit->answers);
    mem_wipe(&visit->form, sizeof visit->form);
    draft_forget(visit);
    mem_wipe(visit->group, sizeof visit->group);
    mem_wipe(visit->search, sizeof visit->search);
    visit->searching = false;
    mine_forget(visit);
    card_forget(visit);
    mem_wipe(&visit->led, sizeof visit->led);
    mem_wipe(&visit->visitor, sizeof visit->visitor);
}

void sign_in_enter(const Step *step)
{
    Visit *visit = step->visit;
    ApiSession *session = &step->msg->as.session;
    bool same = visit->session.number[0] && strcmp(visit->session.number, session->number) == 0;
    ScreenKind return_to = same ? visit->sign_in.return_to : SCREEN_HOME;

    if (!same)
        sign_in_forget_person(step);
    visit->session = *session;
    visit->signed_in = true;
    visit->session_by_card = false;
    visit->session_ends_ms = step->now_ms + (int64_t)session->seconds_left * 1000;
    mem_wipe(&visit->sign_in, sizeof visit->sign_in);
    if (return_to == SCREEN_PREVIEW)
        preview_open(step);
    else if (return_to == SCREEN_HOME || !visit->home)
        home_open(step);
    else if (return_to == SCREEN_FORM)
        form_return(step);
    else
        step_show(step, return_to);
    draft_save(step);
}

static void refused(const Step *step)
{
    Visit *visit = step->visit;
    const ApiProblem *problem = &step->msg->as.failed.problem;

    if (problem->kind == PROBLEM_SIGN_IN_REFUSED)
        visit->sign_in.note = SIGN_IN_NOTE_WRONG;
    else if (problem->kind == PROBLEM_HEMIS_AWAY)
        visit->sign_in.note = SIGN_IN_NOTE_AWAY;
    else if (problem->kind == PROBLEM_LIMIT || problem->kind == PROBLEM_HEMIS_TRIES) {
        visit->sign_in.note = problem->kind == PROBLEM_LIMIT ? SIGN_IN_NOTE_LIMITED : SIGN_IN_NOTE_SPENT;
        visit->sign_in.wait_until_ms = step->model->wall_ms + (int64_t)problem->retry_after_s * 1000;
    } else if (problem->kind == PROBLEM_FORM || problem->kind == PROBLEM_SESSION_ENDED) {
        fault_show(step, FAULT_BUSY, CMD_SIGN_IN); /* of a form or a session that there is not: no answer at all */
        return;
    } else {
        fault_failed(step, CMD_SIGN_IN);
        return;
    }
    mem_wipe(visit->sign_in.password, sizeof visit->sign_in.password);
    sign_in_focus(visit, SIGN_IN_PASSWORD);
}

void sign_in_take(const Step *step)
{
    bool waited = step_answers(step, CMD_SIGN_IN);

    if (step->msg->kind == MSG_SIGNED_IN && waited)
        sign_in_enter(step);
    else if (step->msg->kind == MSG_SIGNED_IN)
        sign_in_return(step);
    else if (waited)
        refused(step);
}

void sign_in_return(const Step *step)
{
    Cmd *cmd = step_cmd(step, CMD_SIGN_OUT);

    cmd->visit = step->msg->visit;
    memcpy(cmd->token, step->msg->as.session.token, sizeof cmd->token);
}

void sign_in_again(const Step *step)
{
    Visit *visit = step->visit;
    bool handing_in = visit->screen == SCREEN_HANDED_IN && !visit->issue.issued;
    ScreenKind screen = handing_in                      ? SCREEN_REVIEW /* its key is kept */
                        : visit->screen == SCREEN_PAPER ? SCREEN_FORM
                                                        : visit->screen;
    bool resumes =
        screen == SCREEN_SERVICE || screen == SCREEN_FORM || screen == SCREEN_REVIEW || screen == SCREEN_PREVIEW;

    step_cmd(step, CMD_CANCEL_REQUESTS);
    issue_release(step);
    if (visit->signed_in)
        step_cmd(step, CMD_SIGN_OUT);
    visit->waiting = (Waiting){ 0 };
    visit->signed_in = false;
    visit->session_ends_ms = 0;
    mem_wipe(visit->session.token, sizeof visit->session.token);
    preview_drop(visit);
    phone_drop(visit); /* its code ended with the session */
    papers_drop(visit);
    information_forget(visit, true);
    study_forget(visit);
    card_forget(visit);
    mem_wipe(&visit->fault, sizeof visit->fault);
    if (visit->session.visitor) {
        visitor_again(step, resumes);
        return;
    }
    visit->sign_in = (SignInState){ .note = SIGN_IN_NOTE_ENDED, .return_to = resumes ? screen : SCREEN_HOME };
    str_copy_cut(str_from(visit->session.number), visit->sign_in.number, sizeof visit->sign_in.number);
    sign_in_focus(visit, SIGN_IN_PASSWORD);
    step_show(step, SCREEN_SIGN_IN);
}
