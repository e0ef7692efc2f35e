/* A person is called to this kiosk.  It covers whatever the student was doing, and leaves that as it was. */
#include "kiosk/app/flow.h"

#include <string.h>

#include "base/memory.h"
#include "base/random.h"
#include "kiosk/app/app.h"

void help_open(const Step *step)
{
    HelpState *help = &step->visit->help;

    step->visit->settings_shown = step->visit->choosing_language = false;
    help->shown = true;
    help->note = HALL_NOTE_NONE;
    if (help->call.id[0] && !model_help_is_open(step->model))
        help->call = (ApiCall){ 0 }; /* the last one is over: one may call anew */
    help_changed(step, NULL);
}

/* What the student is doing, in names of ours. */
static const char *doing(const Model *model)
{
    switch ((int)model->visit.screen) {
    case SCREEN_CARD:
    case SCREEN_GRANT:
    case SCREEN_SIGN_IN: return "sign-in";
    case SCREEN_SERVICE: return "service";
    case SCREEN_FORM:
    case SCREEN_PAPER:
    case SCREEN_REVIEW: return "form";
    case SCREEN_PREVIEW: return "preview";
    case SCREEN_PRINTING: return "printing";
    case SCREEN_DONE:
    case SCREEN_HANDED_IN: return "done";
    case SCREEN_PHONE: return "phone";
    case SCREEN_FAULT: return "fault";
    case SCREEN_REQUESTS:
    case SCREEN_REQUEST: return "requests";
    case SCREEN_INFORMATION:
    case SCREEN_ARTICLE: return "information";
    case SCREEN_STUDY:
    case SCREEN_LOOKS: return "study";
    case SCREEN_TOPICS:
    case SCREEN_TICKET: return "ticket";
    default: return "home";
    }
}

static bool is_about_service(ScreenKind screen)
{
    return screen == SCREEN_SERVICE || screen == SCREEN_FORM || screen == SCREEN_PAPER || screen == SCREEN_REVIEW ||
           screen == SCREEN_PREVIEW || screen == SCREEN_PRINTING || screen == SCREEN_DONE ||
           screen == SCREEN_HANDED_IN || screen == SCREEN_PHONE;
}

static void call(const Step *step, bool named)
{
    Visit *visit = step->visit;
    HelpState *help = &visit->help;

    if (help->errand.doing != CMD_NONE || model_help_is_open(step->model))
        return;
    if (!help->key[0] || help->named != named)
        uuid_from_random(step->msg->random, help->key);
    help->named = named;
    help->note = HALL_NOTE_NONE;
    help->moved_ms = step->now_ms;
    Cmd *cmd = errand_ask(step, &help->errand, CMD_CALL);
    ApiCallAsk *ask = &cmd->as.call.ask;
    memcpy(ask->key, help->key, sizeof ask->key);
    str_copy_cut(str_from(doing(step->model)), ask->screen, sizeof ask->screen);
    if (is_about_service(visit->screen))
        memcpy(ask->service, visit->service, sizeof ask->service);
    ask->language = visit->language;
    ask->named = named && visit->signed_in;
}

static void ask(const Step *step, CmdKind kind)
{
    HelpState *help = &step->visit->help;
    Cmd *cmd = errand_ask(step, &help->errand, kind);

    memcpy(cmd->as.call.id, help->call.id, sizeof cmd->as.call.id);
    help->poll_at_ms = step->now_ms + TICKET_POLL_MS;
}

void help_changed(const Step *step, const char *id)
{
    HelpState *help = &step->visit->help;

    if (!step->visit->active || !model_help_is_open(step->model) || (id && strcmp(help->call.id, id) != 0))
        return;
    if (help->errand.doing == CMD_NONE)
        ask(step, CMD_CALL_STATE);
    else
        help->errand.changed = true;
}

static void told(const Step *step, CmdKind doing_it)
{
    HelpState *help = &step->visit->help;

    if (step->msg->as.call.state != help->call.state || doing_it == CMD_CALL)
        help->moved_ms = step->now_ms;
    help->call = step->msg->as.call;
    help->note = HALL_NOTE_NONE;
    help->key[0] = '\0';
    help->poll_at_ms = step->now_ms + TICKET_POLL_MS;
    if (help->call.state == CALL_NOBODY)
        help->shown = true; /* who waits for them hears of it, wherever they are by now */
}

void call_take(const Step *step)
{
    HelpState *help = &step->visit->help;
    const Errand errand = help->errand;

    if (!errand_answers(step, &help->errand))
        return;
    if (step->msg->kind == MSG_CALL)
        told(step, errand.doing);
    else
        help->note = step->msg->as.failed.problem.kind == PROBLEM_CLOSED  ? HALL_NOTE_CLOSED
                     : step->msg->as.failed.problem.kind == PROBLEM_LIMIT ? HALL_NOTE_LIMIT
                                                                          : HALL_NOTE_AWAY;
    if (help->note == HALL_NOTE_CLOSED)
        hall_ask(step);
    if (errand.changed)
        help_changed(step, NULL);
}

/* --- time --------------------------------------------------------------------------------------------------------- */

static bool is_open(const HelpState *help)
{
    return help->call.id[0] && (help->call.state == CALL_WAITING || help->call.state == CALL_COMING);
}

void help_time(const Step *step)
{
    HelpState *help = &step->visit->help;

    if (help->errand.doing != CMD_NONE && step->now_ms >= help->errand.since_ms + WAITING_LIMIT_MS) {
        help->errand.doing = CMD_NONE;
        help->note = HALL_NOTE_AWAY;
    }
    if (is_open(help) && help->errand.doing == CMD_NONE && step->now_ms >= help->poll_at_ms)
        ask(step, CMD_CALL_STATE);
}

int64_t help_next_wake(const Visit *visit)
{
    const HelpState *help = &visit->help;

    if (help->errand.doing != CMD_NONE)
        return help->errand.since_ms + WAITING_LIMIT_MS;
    return is_open(help) ? help->poll_at_ms : INT64_MAX;
}

void help_end(const Step *step)
{
    HelpState *help = &step->visit->help;

    if (!is_open(help) || help->call.state != CALL_WAITING)
        return;
    Cmd *cmd = step_machine_cmd(step, CMD_CALL_END);
    memcpy(cmd->as.call.id, help->call.id, sizeof cmd->as.call.id);
}

/* --- acts --------------------------------------------------------------------------------------------------------- */

void call_act(const Step *step, Act act, uint16_t arg)
{
    HelpState *help = &step->visit->help;

    if (act == ACT_BACK || act == ACT_CALL)
        help->shown = false;
    else if (act == ACT_CALL_YES)
        call(step, arg != 0);
    else if (act == ACT_CALL_END) {
        help->shown = false;
        if (model_help_is_open(step->model)) {
            ask(step, CMD_CALL_END);
            help->call.state = CALL_GIVEN_UP;
        }
    } else if (act == ACT_TICKETS) {
        help->shown = false;
        ticket_open(step, false);
    } else if (act == ACT_FINISH) {
        help->shown = false;
        visit_leave(step, LEAVING_FINISH);
    }
}
