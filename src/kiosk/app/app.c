#include "kiosk/app/app.h"

#include <string.h>

#include "base/memory.h"
#include "kiosk/app/flow.h"

/* What becomes of a message on a screen.  ANY_TIME: it is taken (whether an answer is still waited for is its flow's
 * business); IGNORED: it may come and means nothing here; IMPOSSIBLE: nobody can have sent it, counted and dropped. */
typedef enum Rule { ANY_TIME = 1, IGNORED, IMPOSSIBLE } Rule;
#define ROW(tick, act, text, key, window, heartbeat, catalogue, signed_in, home, preview, issued, page, reported,      \
            failed, printer, print, recovered, draft, kept)                                                            \
    {                                                                                                                  \
        [MSG_TICK] = tick, [MSG_ACT] = act, [MSG_TEXT] = text, [MSG_KEY] = key, [MSG_WINDOW] = window,                 \
        [MSG_HEARTBEAT] = heartbeat, [MSG_CATALOGUE] = catalogue, [MSG_SIGNED_IN] = signed_in, [MSG_HOME] = home,      \
        [MSG_PREVIEW] = preview, [MSG_ISSUED] = issued, [MSG_PAGE] = page, [MSG_REPORTED] = reported,                  \
        [MSG_FAILED] = failed, [MSG_PRINTER] = printer, [MSG_PRINT] = print, [MSG_PRINT_RECOVERED] = recovered,        \
        [MSG_DRAFT] = draft, [MSG_DRAFT_KEPT] = kept,                                                                  \
    }
static_assert(MSG_KIND_COUNT == 19, "a new kind of message needs a column here");

/* clang-format off */
#define A ANY_TIME
#define o IGNORED
#define X IMPOSSIBLE
static const uint8_t rules[][MSG_KIND_COUNT] = {
    /*                            tick   text    window  catal.  home    issued  report. printer recovered draft
                                    act     key     heartb. signed  preview page    failed  print      kept       */
    [SCREEN_OUT_OF_SERVICE] = ROW(A, o,  o, o,   A, A,   A, X,   X, X,   X, X,   A, A,   A, A,   A,    X, X),
    [SCREEN_ATTRACT]        = ROW(A, A,  o, o,   A, A,   A, X,   X, X,   X, X,   A, A,   A, A,   A,    X, X),
    [SCREEN_SIGN_IN]        = ROW(A, A,  A, A,   A, A,   A, A,   o, o,   o, o,   A, A,   A, A,   A,    o, A),
    [SCREEN_HOME]           = ROW(A, A,  o, A,   A, A,   A, A,   A, o,   o, o,   A, A,   A, A,   A,    A, A),
    [SCREEN_SERVICE]        = ROW(A, A,  o, A,   A, A,   A, A,   A, o,   o, o,   A, A,   A, A,   A,    A, A),
    [SCREEN_FORM]           = ROW(A, A,  A, A,   A, A,   A, A,   A, o,   o, o,   A, A,   A, A,   A,    o, A),
    [SCREEN_REVIEW]         = ROW(A, A,  o, A,   A, A,   A, A,   A, o,   o, o,   A, A,   A, A,   A,    o, A),
    [SCREEN_PREVIEW]        = ROW(A, A,  o, A,   A, A,   A, A,   o, A,   o, o,   A, A,   A, A,   A,    o, A),
    [SCREEN_PRINTING]       = ROW(A, A,  o, o,   A, A,   A, A,   o, o,   A, A,   A, A,   A, A,   A,    o, A),
    [SCREEN_DONE]           = ROW(A, A,  o, o,   A, A,   A, A,   o, o,   o, o,   A, A,   A, A,   A,    o, A),
    [SCREEN_FAULT]          = ROW(A, A,  o, A,   A, A,   A, A,   o, o,   o, o,   A, A,   A, A,   A,    o, A),
    [SCREEN_LEAVE]          = ROW(A, A,  o, A,   A, A,   A, A,   A, A,   o, o,   A, A,   A, A,   A,    A, A),
    [SCREEN_STILL_THERE]    = ROW(A, A,  A, A,   A, A,   A, A,   A, A,   A, A,   A, A,   A, A,   A,    A, A),
};
#undef A
#undef o
#undef X
/* clang-format on */
static_assert(COUNT(rules) == SCREEN_COUNT, "one row per screen");

static const char *const screen_names[] = {
    [SCREEN_OUT_OF_SERVICE] = "out-of-service",
    [SCREEN_ATTRACT] = "attract",
    [SCREEN_SIGN_IN] = "sign-in",
    [SCREEN_HOME] = "home",
    [SCREEN_SERVICE] = "service",
    [SCREEN_FORM] = "form",
    [SCREEN_REVIEW] = "review",
    [SCREEN_PREVIEW] = "preview",
    [SCREEN_PRINTING] = "printing",
    [SCREEN_DONE] = "done",
    [SCREEN_FAULT] = "fault",
    [SCREEN_LEAVE] = "leave",
    [SCREEN_STILL_THERE] = "still-there",
};
static_assert(COUNT(screen_names) == SCREEN_COUNT, "one name per screen");

Cmd *step_machine_cmd(const Step *step, CmdKind kind)
{
    assert(step->cmds->count < CMDS_MOST);
    Cmd *cmd = &step->cmds->items[step->cmds->count++];

    *cmd = (Cmd){ .kind = kind };
    return cmd;
}

Cmd *step_cmd(const Step *step, CmdKind kind)
{
    Cmd *cmd = step_machine_cmd(step, kind);

    if (step->visit->active) {
        cmd->visit = step->model->visits;
        memcpy(cmd->token, step->visit->session.token, sizeof cmd->token);
    }
    return cmd;
}

Cmd *step_ask(const Step *step, CmdKind kind)
{
    Cmd *cmd = step_cmd(step, kind);
    bool numbered = kind != CMD_ASK_PRINTER; /* the printer speaks unasked too */

    cmd->asked = numbered ? ++step->visit->asked : 0;
    step->visit->waiting = (Waiting){ .command = kind, .since_ms = step->now_ms, .asked = cmd->asked };
    return cmd;
}

bool step_answers(const Step *step, CmdKind command)
{
    const Waiting *waiting = &step->visit->waiting;

    if (waiting->command != command || (waiting->asked && waiting->asked != step->msg->asked))
        return false;
    step->visit->waiting = (Waiting){ 0 };
    return true;
}

void step_show(const Step *step, ScreenKind screen)
{
    step->visit->screen = screen;
    step->visit->choosing_language = false;
    step->visit->leaving = LEAVING_NOT;
}

/* --- acts ------------------------------------------------------------------------------------------------------- */

static void act_languages(const Step *step, Act act, uint16_t arg)
{
    Visit *visit = step->visit;

    if (act == ACT_LANGUAGES)
        visit->choosing_language = !visit->choosing_language;
    else if (arg < LANGUAGE_COUNT) {
        visit->language = (Language)arg;
        visit->choosing_language = false;
    }
}

static void act_on_screen(const Step *step, Act act, uint16_t arg)
{
    switch (step->visit->screen) {
    case SCREEN_SIGN_IN: sign_in_act(step, act, arg); break;
    case SCREEN_HOME: home_act(step, act, arg); break;
    case SCREEN_SERVICE: service_act(step, act); break;
    case SCREEN_FORM: form_act(step, act, arg); break;
    case SCREEN_REVIEW: review_act(step, act, arg); break;
    case SCREEN_PREVIEW: preview_act(step, act, arg); break;
    case SCREEN_PRINTING: printing_act(step, act); break;
    case SCREEN_DONE: done_act(step, act); break;
    case SCREEN_FAULT: fault_act(step, act); break;
    case SCREEN_OUT_OF_SERVICE:
    case SCREEN_ATTRACT:
    case SCREEN_LEAVE:
    case SCREEN_STILL_THERE:
    case SCREEN_COUNT: break;
    }
}

static void take_act(const Step *step, Act act, uint16_t arg)
{
    Visit *visit = step->visit;

    if (!visit->active) {
        if (act == ACT_START)
            visit_begin(step, step->model->language);
        else if (act == ACT_LANGUAGE && arg < LANGUAGE_COUNT)
            visit_begin(step, (Language)arg);
        return;
    }
    if (visit->still_there_ms) {
        if (act == ACT_STAY)
            visit_touch(step);
        else if (act == ACT_FINISH)
            visit_end(step);
        return;
    }
    visit_touch(step);
    if (visit->leaving != LEAVING_NOT)
        visit_leave_act(step, act);
    else if (act == ACT_LANGUAGES || act == ACT_LANGUAGE)
        act_languages(step, act, arg);
    else if (visit->choosing_language && act == ACT_BACK)
        visit->choosing_language = false;
    else if (act == ACT_KEYBOARD)
        typing_keyboard(step, arg);
    else
        act_on_screen(step, act, arg);
}

static void take_key(const Step *step, EditKey key)
{
    if (step->visit->still_there_ms)
        visit_touch(step);
    else if (key == EDIT_CANCEL || step->visit->leaving != LEAVING_NOT)
        take_act(step, ACT_BACK, 0);
    else {
        visit_touch(step);
        typing_key(step, key);
    }
}

static void take_text(const Step *step, const char *text)
{
    bool stays = step->visit->still_there_ms != 0;

    visit_touch(step);
    if (!stays && !step->visit->choosing_language)
        typing_text(step, text);
}

/* --- update ----------------------------------------------------------------------------------------------------- */

static void take_failed(const Step *step)
{
    CmdKind command = step->msg->as.failed.command < CMD_KIND_COUNT ? (CmdKind)step->msg->as.failed.command : CMD_NONE;

    switch (command) {
    case CMD_HEARTBEAT:
    case CMD_CATALOGUE: machine_take(step); break;
    case CMD_SIGN_IN: sign_in_take(step); break;
    case CMD_HOME: home_take(step); break;
    case CMD_PREVIEW: preview_take(step); break;
    case CMD_ISSUE:
    case CMD_PAGE: issue_take(step); break;
    case CMD_DRAFT:
    case CMD_DRAFT_OPEN: draft_take(step); break;
    case CMD_NONE:
    case CMD_DRAFT_DROP: /* what was not dropped is offered again */
    case CMD_SIGN_OUT:
    case CMD_REPORT_PRINT: /* repeated by the backend until it was taken */
    case CMD_CANCEL_REQUESTS:
    case CMD_PRINT:
    case CMD_PRINT_STOP:
    case CMD_ASK_PRINTER:
    case CMD_SETTLED:
    case CMD_FORGET:
    case CMD_KIND_COUNT: break;
    }
}

static void take(const Step *step)
{
    Msg *msg = step->msg;

    switch (msg->kind) {
    case MSG_TICK: break; /* time is looked at after every message */
    case MSG_ACT: take_act(step, (Act)msg->as.act.act, msg->as.act.arg); break;
    case MSG_TEXT:
        msg->as.text[sizeof msg->as.text - 1] = '\0';
        take_text(step, msg->as.text);
        break;
    case MSG_KEY: take_key(step, msg->as.key); break;
    case MSG_HEARTBEAT:
        machine_take(step);
        fault_registrar(step);
        draft_registrar(step);
        break;
    case MSG_WINDOW:
    case MSG_CATALOGUE: machine_take(step); break;
    case MSG_PRINTER:
        machine_take(step);
        fault_printer(step);
        break;
    case MSG_SIGNED_IN: sign_in_take(step); break;
    case MSG_HOME: home_take(step); break;
    case MSG_PREVIEW: preview_take(step); break;
    case MSG_ISSUED:
    case MSG_PAGE: issue_take(step); break;
    case MSG_REPORTED:
    case MSG_PRINT:
    case MSG_PRINT_RECOVERED: paper_take(step); break;
    case MSG_FAILED: take_failed(step); break;
    case MSG_DRAFT:
    case MSG_DRAFT_KEPT: draft_take(step); break;
    case MSG_KIND_COUNT: break;
    }
}

/* An answer to a visit that is over: two visits never mix. */
static bool is_of_another_visit(const Model *model, const Msg *msg)
{
    switch (msg->kind) {
    case MSG_FAILED:
        if (msg->visit == 0)
            return false;
        break;
    case MSG_SIGNED_IN:
    case MSG_HOME:
    case MSG_PREVIEW:
    case MSG_ISSUED:
    case MSG_PAGE:
    case MSG_DRAFT:
    case MSG_DRAFT_KEPT: break;
    case MSG_TICK:
    case MSG_ACT:
    case MSG_TEXT:
    case MSG_KEY:
    case MSG_WINDOW:
    case MSG_HEARTBEAT:
    case MSG_CATALOGUE:
    case MSG_REPORTED: /* a job's truth is told to the end, whoever stands there now */
    case MSG_PRINTER:
    case MSG_PRINT:
    case MSG_PRINT_RECOVERED:
    case MSG_KIND_COUNT: return false;
    }
    return !model->visit.active || msg->visit != model->visits;
}

void app_update(Model *model, Msg *msg, CmdList *cmds)
{
    Step step = { .model = model, .visit = &model->visit, .msg = msg, .cmds = cmds };

    cmds->count = 0;
    model->wall_ms = msg->at_ms;
    if (msg->monotonic_ms > model->monotonic_ms)
        model->monotonic_ms = msg->monotonic_ms;
    step.now_ms = model->monotonic_ms;
    if (!model->started_ms)
        model->started_ms = step.now_ms;

    if (msg->kind >= MSG_KIND_COUNT)
        model->impossible++;
    else if (is_of_another_visit(model, msg)) {
        if (msg->kind == MSG_SIGNED_IN)
            sign_in_return(&step);
    } else if (rules[model_screen(model)][msg->kind] == ANY_TIME)
        take(&step);
    else if (rules[model_screen(model)][msg->kind] == IMPOSSIBLE)
        model->impossible++;
    visit_time(&step);
    machine_time(&step);
    msg_fini(msg);
}

int64_t app_next_wake(const Model *model)
{
    int64_t machine_ms = machine_next_wake(model);
    int64_t visit_ms = visit_next_wake(model);

    return visit_ms < machine_ms ? visit_ms : machine_ms;
}

const char *app_screen_name(const Model *model)
{
    return screen_names[model_screen(model)];
}

bool app_keyboard_shifted(const Model *model)
{
    return model->visit.typing.shifted;
}

void app_init(Model *model, const AppConfig *config)
{
    *model = (Model){ .texts = config->texts,
                      .version = config->version ? config->version : "",
                      .utc_offset_minutes = config->utc_offset_minutes,
                      .built_s = config->built_s,
                      .language = config->language,
                      .closed = config->out_of_service };
    for (int i = 0; i < LANGUAGE_COUNT; i++)
        model->institution[i] = config->institution[i];
    str_copy_cut(str_from(config->place), model->place, sizeof model->place);
}

void app_fini(Model *model)
{
    if (!model)
        return;
    blob_drop(model->visit.preview.png);
    mem_free_wiped(model->visit.home, sizeof *model->visit.home);
    catalogue_drop(model->catalogue);
    catalogue_drop(model->catalogue_next);
    mem_wipe(model, sizeof *model);
}
