#include "kiosk/app/app.h"

#include <string.h>

#include "base/memory.h"
#include "kiosk/app/flow.h"

/* What becomes of a message on a screen.  ANY_TIME: it is taken (whether an answer is still waited for is its flow's
 * business); IGNORED: it may come and means nothing here; IMPOSSIBLE: nobody can have sent it, counted and dropped. */
typedef enum Rule { ANY_TIME = 1, IGNORED, IMPOSSIBLE } Rule;

#define OF(kind) (UINT64_C(1) << (kind))
/* The machine's own, whoever stands there and wherever. */
#define MACHINE                                                                                                        \
    (OF(MSG_TICK) | OF(MSG_WINDOW) | OF(MSG_HEARTBEAT) | OF(MSG_CATALOGUE) | OF(MSG_REPORTED) | OF(MSG_FAILED) |       \
     OF(MSG_PRINTER) | OF(MSG_PRINT) | OF(MSG_PRINT_RECOVERED) | OF(MSG_NOTICES) | OF(MSG_THEME) | OF(MSG_CHANGED) |   \
     OF(MSG_INFORMATION) | OF(MSG_HALL) | OF(MSG_CARD))
/* By hands. */
#define ACT  OF(MSG_ACT)
#define KEY  OF(MSG_KEY)
#define TEXT OF(MSG_TEXT)
/* Answers to a visit, wherever it has got to meanwhile. */
#define VISIT                                                                                                          \
    (OF(MSG_SIGNED_IN) | OF(MSG_GRANT_OFFERED) | OF(MSG_GRANT) | OF(MSG_DRAFT_KEPT) | OF(MSG_CALL) | OF(MSG_PAPERS) |  \
     OF(MSG_PAPER_PICTURE) | OF(MSG_REQUEST))
/* ... and those that one screen or the other waits for. */
#define ANSWERS                                                                                                        \
    (OF(MSG_HOME) | OF(MSG_PREVIEW) | OF(MSG_ISSUED) | OF(MSG_PAGE) | OF(MSG_DRAFT) | OF(MSG_PHONE) |                  \
     OF(MSG_WITHDRAWN) | OF(MSG_STUDY) | OF(MSG_LOOKS) | OF(MSG_TICKET) | OF(MSG_SLIP) | OF(MSG_MY_CARD))
static_assert((MACHINE | ACT | KEY | TEXT | VISIT | ANSWERS) == OF(MSG_KIND_COUNT) - 1,
              "a new kind of message needs its place here");

/* What each screen takes beside the machine's own. */
static const uint64_t taken[] = {
    [SCREEN_OUT_OF_SERVICE] = 0,
    [SCREEN_ATTRACT] = ACT,
    [SCREEN_DISPLAY] = 0,
    [SCREEN_SIGN_IN] = VISIT | ACT | TEXT | KEY,
    [SCREEN_HOME] = VISIT | ACT | KEY | OF(MSG_HOME) | OF(MSG_DRAFT),
    [SCREEN_SEARCH] = VISIT | ACT | TEXT | KEY | OF(MSG_HOME),
    [SCREEN_REQUESTS] = VISIT | ACT | KEY | OF(MSG_HOME),
    [SCREEN_REQUEST] = VISIT | ACT | KEY | OF(MSG_HOME) | OF(MSG_WITHDRAWN) | OF(MSG_SLIP),
    [SCREEN_SERVICE] = VISIT | ACT | KEY | OF(MSG_HOME) | OF(MSG_DRAFT),
    [SCREEN_FORM] = VISIT | ACT | TEXT | KEY | OF(MSG_HOME),
    [SCREEN_PAPER] = VISIT | ACT | KEY | OF(MSG_HOME),
    [SCREEN_REVIEW] = VISIT | ACT | KEY | OF(MSG_HOME),
    [SCREEN_PREVIEW] = VISIT | ACT | KEY | OF(MSG_PREVIEW),
    [SCREEN_PRINTING] = VISIT | ACT | OF(MSG_ISSUED) | OF(MSG_PAGE),
    [SCREEN_DONE] = VISIT | ACT | OF(MSG_PHONE),
    [SCREEN_PHONE] = VISIT | ACT | TEXT | KEY | OF(MSG_ISSUED) | OF(MSG_PHONE),
    [SCREEN_HANDED_IN] = VISIT | ACT | OF(MSG_ISSUED) | OF(MSG_SLIP),
    [SCREEN_INFORMATION] = VISIT | ACT | KEY | OF(MSG_HOME),
    [SCREEN_ARTICLE] = VISIT | ACT | KEY | OF(MSG_HOME),
    [SCREEN_STUDY] = VISIT | ACT | KEY | OF(MSG_HOME) | OF(MSG_STUDY),
    [SCREEN_LOOKS] = VISIT | ACT | KEY | OF(MSG_HOME) | OF(MSG_LOOKS),
    [SCREEN_TOPICS] = VISIT | ACT | KEY | OF(MSG_HOME) | OF(MSG_TICKET),
    [SCREEN_TICKET] = VISIT | ACT | KEY | OF(MSG_HOME) | OF(MSG_TICKET) | OF(MSG_SLIP),
    [SCREEN_CARD] = VISIT | ACT | TEXT | KEY | OF(MSG_HOME) | OF(MSG_MY_CARD),
    [SCREEN_GRANT] = VISIT | ACT | TEXT | KEY | OF(MSG_HOME),
    [SCREEN_CALL] = VISIT | ACT | KEY | ANSWERS, /* it covers any other */
    [SCREEN_FAULT] = VISIT | ACT | KEY,
    [SCREEN_LEAVE] = VISIT | ACT | KEY | (ANSWERS & ~OF(MSG_PAGE)),
    [SCREEN_STILL_THERE] = VISIT | ACT | TEXT | KEY | ANSWERS,
};
static_assert(COUNT(taken) == SCREEN_COUNT, "one row per screen");

/* No visit is on these: nobody touches them, and no visit's answer can reach them (is_of_another_visit). */
static bool is_without_visit(ScreenKind screen)
{
    return screen == SCREEN_OUT_OF_SERVICE || screen == SCREEN_ATTRACT || screen == SCREEN_DISPLAY;
}

static Rule rule_of(ScreenKind screen, MsgKind kind)
{
    if ((MACHINE | taken[screen]) & OF(kind))
        return ANY_TIME;
    return is_without_visit(screen) && ((VISIT | ANSWERS) & OF(kind)) ? IMPOSSIBLE : IGNORED;
}

static const char *const screen_names[] = {
    [SCREEN_OUT_OF_SERVICE] = "out-of-service",
    [SCREEN_ATTRACT] = "attract",
    [SCREEN_SIGN_IN] = "sign-in",
    [SCREEN_HOME] = "home",
    [SCREEN_SEARCH] = "search",
    [SCREEN_REQUESTS] = "requests",
    [SCREEN_REQUEST] = "request",
    [SCREEN_SERVICE] = "service",
    [SCREEN_FORM] = "form",
    [SCREEN_REVIEW] = "review",
    [SCREEN_PREVIEW] = "preview",
    [SCREEN_PRINTING] = "printing",
    [SCREEN_DONE] = "done",
    [SCREEN_PHONE] = "phone",
    [SCREEN_HANDED_IN] = "handed-in",
    [SCREEN_FAULT] = "fault",
    [SCREEN_DISPLAY] = "display",
    [SCREEN_PAPER] = "paper",
    [SCREEN_INFORMATION] = "information",
    [SCREEN_ARTICLE] = "article",
    [SCREEN_STUDY] = "study",
    [SCREEN_LOOKS] = "looks",
    [SCREEN_TOPICS] = "topics",
    [SCREEN_TICKET] = "ticket",
    [SCREEN_CALL] = "call",
    [SCREEN_CARD] = "card",
    [SCREEN_GRANT] = "grant",
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
    step->visit->shown_ms = step->now_ms;
    step->visit->leaving = LEAVING_NOT;
}

/* --- acts ------------------------------------------------------------------------------------------------------- */

static void act_languages(const Step *step, Act act, uint16_t arg)
{
    Visit *visit = step->visit;

    visit->settings_shown = false;
    if (act == ACT_LANGUAGES)
        visit->choosing_language = !visit->choosing_language;
    else if (arg < LANGUAGE_COUNT) {
        visit->language = (Language)arg;
        visit->choosing_language = false;
        typing_language(visit);
    }
}

static void act_on_screen(const Step *step, Act act, uint16_t arg)
{
    switch (step->visit->screen) {
    case SCREEN_SIGN_IN: sign_in_act(step, act, arg); break;
    case SCREEN_HOME: home_act(step, act, arg); break;
    case SCREEN_SEARCH: search_act(step, act, arg); break;
    case SCREEN_REQUESTS:
    case SCREEN_REQUEST: mine_act(step, act, arg); break;
    case SCREEN_SERVICE: service_act(step, act); break;
    case SCREEN_FORM: form_act(step, act, arg); break;
    case SCREEN_REVIEW: review_act(step, act, arg); break;
    case SCREEN_PREVIEW: preview_act(step, act, arg); break;
    case SCREEN_PRINTING: printing_act(step, act); break;
    case SCREEN_DONE: done_act(step, act); break;
    case SCREEN_PHONE: phone_act(step, act); break;
    case SCREEN_HANDED_IN: handed_in_act(step, act); break;
    case SCREEN_PAPER: papers_act(step, act, arg); break;
    case SCREEN_INFORMATION:
    case SCREEN_ARTICLE: information_act(step, act, arg); break;
    case SCREEN_STUDY:
    case SCREEN_LOOKS: study_act(step, act, arg); break;
    case SCREEN_TOPICS:
    case SCREEN_TICKET: ticket_act(step, act, arg); break;
    case SCREEN_FAULT: fault_act(step, act); break;
    case SCREEN_CARD: card_act(step, act); break;
    case SCREEN_GRANT: grant_act(step, act); break;
    case SCREEN_CALL:
    case SCREEN_OUT_OF_SERVICE:
    case SCREEN_DISPLAY:
    case SCREEN_ATTRACT:
    case SCREEN_LEAVE:
    case SCREEN_STILL_THERE:
    case SCREEN_COUNT: break;
    }
}

/* Whoever changes how the glass is shown before anything else is a person too: it goes back when they have gone. */
static void take_first_act(const Step *step, Act act, uint16_t arg)
{
    if (act == ACT_LANGUAGE && arg < LANGUAGE_COUNT)
        visit_begin(step, (Language)arg);
    else if (act == ACT_VISITOR && model_offers_visitors(step->model)) {
        visit_begin(step, step->model->language);
        visitor_begin(step);
    } else if (act == ACT_INFORMATION && model_informs(step->model)) {
        visit_begin(step, step->model->language);
        information_open(step, arg);
    } else if (act == ACT_TICKETS && model_offers_tickets(step->model)) {
        visit_begin(step, step->model->language);
        ticket_open(step, true);
    } else if (act == ACT_START || (act >= ACT_SETTINGS && act <= ACT_VOLUME))
        visit_begin(step, step->model->language);
    if (step->visit->active)
        settings_act(step, act, arg);
}

/* A sheet lies over the screen: what is typed has no place to go. */
static bool is_covered(const Visit *visit)
{
    return visit->choosing_language || visit->settings_shown || visit->help.shown;
}

static void take_act(const Step *step, Act act, uint16_t arg)
{
    Visit *visit = step->visit;

    if (!visit->active) {
        take_first_act(step, act, arg);
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
    if (settings_act(step, act, arg))
        return;
    if (act == ACT_LANGUAGES || act == ACT_LANGUAGE)
        act_languages(step, act, arg);
    else if ((visit->choosing_language || visit->settings_shown) && act == ACT_BACK)
        visit->choosing_language = visit->settings_shown = false;
    else if (visit->leaving != LEAVING_NOT)
        visit_leave_act(step, act);
    else if (visit->help.shown)
        call_act(step, act, arg);
    else if (act == ACT_CALL)
        help_open(step);
    else if (act == ACT_TICKETS)
        ticket_open(step, false);
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
        if (!is_covered(step->visit))
            (step->visit->screen == SCREEN_PHONE   ? phone_key
             : step->visit->screen == SCREEN_CARD  ? card_key
             : step->visit->screen == SCREEN_GRANT ? grant_key
                                                   : typing_key)(step, key);
    }
}

static void take_text(const Step *step, const char *text)
{
    bool stays = step->visit->still_there_ms != 0;

    visit_touch(step);
    if (!stays && !is_covered(step->visit))
        (step->visit->screen == SCREEN_PHONE   ? phone_text
         : step->visit->screen == SCREEN_CARD  ? card_text
         : step->visit->screen == SCREEN_GRANT ? grant_text
                                               : typing_text)(step, text);
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
    case CMD_WITHDRAW: mine_take(step); break;
    case CMD_PHONE_LINK:
    case CMD_PHONE_STATE:
    case CMD_PHONE_DIGITS:
    case CMD_PHONE_END: phone_take(step); break;
    case CMD_DRAFT:
    case CMD_DRAFT_OPEN: draft_take(step); break;
    case CMD_NOTICES: /* asked for again with the next heartbeat: soon, where many ask for one thing at once */
    case CMD_THEME:
        if (step->msg->as.failed.problem.kind == PROBLEM_BUSY)
            machine_doubt(step);
        break;
    case CMD_VISITOR: visitor_take(step); break;
    case CMD_REQUEST: mine_take(step); break;
    case CMD_ANSWER: issue_take(step); break;
    case CMD_RECEIPT:
    case CMD_TICKET_SLIP: slip_take(step); break;
    case CMD_PAPERS:
    case CMD_PAPERS_STATE:
    case CMD_PAPERS_END:
    case CMD_PAPERS_PAGE: papers_take(step); break;
    case CMD_INFORMATION: information_take(step); break;
    case CMD_STUDY:
    case CMD_LOOKS: study_take(step); break;
    case CMD_HALL: hall_take(step); break;
    case CMD_TICKET:
    case CMD_TICKET_STATE:
    case CMD_TICKET_END: ticket_take(step); break;
    case CMD_CALL:
    case CMD_CALL_STATE:
    case CMD_CALL_END: call_take(step); break;
    case CMD_CARD_SIGN_IN:
    case CMD_CARD:
    case CMD_CARD_SET:
    case CMD_CARD_BLOCK: card_take(step); break;
    case CMD_GRANT:
    case CMD_GRANT_STATE:
    case CMD_GRANT_DIGITS:
    case CMD_GRANT_TOKEN: grant_take(step); break;
    case CMD_GRANT_END:
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
        theme_heartbeat(step);
        notices_heartbeat(step);
        information_heartbeat(step);
        hall_heartbeat(step);
        fault_registrar(step);
        draft_registrar(step);
        break;
    case MSG_WINDOW:
    case MSG_CATALOGUE: machine_take(step); break;
    case MSG_NOTICES: notices_take(step); break;
    case MSG_THEME: theme_take(step); break;
    case MSG_PRINTER:
        machine_take(step);
        fault_printer(step);
        break;
    case MSG_SIGNED_IN:
        (step->visit->waiting.command == CMD_VISITOR        ? visitor_take
         : step->visit->waiting.command == CMD_CARD_SIGN_IN ? card_take
         : grant_waits_for(step->visit, CMD_GRANT_TOKEN)    ? grant_take
                                                            : sign_in_take)(step);
        break;
    case MSG_CARD: card_heard(step); break;
    case MSG_MY_CARD: card_take(step); break;
    case MSG_GRANT_OFFERED:
    case MSG_GRANT: grant_take(step); break;
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
    case MSG_PHONE: phone_take(step); break;
    case MSG_REQUEST:
    case MSG_WITHDRAWN: mine_take(step); break;
    case MSG_PAPERS:
    case MSG_PAPER_PICTURE: papers_take(step); break;
    case MSG_INFORMATION: information_take(step); break;
    case MSG_STUDY:
    case MSG_LOOKS: study_take(step); break;
    case MSG_HALL: hall_take(step); break;
    case MSG_TICKET: ticket_take(step); break;
    case MSG_SLIP: slip_take(step); break;
    case MSG_CALL: call_take(step); break;
    case MSG_CHANGED: changes_take(step); break;
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
    case MSG_DRAFT_KEPT:
    case MSG_PHONE:
    case MSG_WITHDRAWN:
    case MSG_STUDY:
    case MSG_LOOKS:
    case MSG_TICKET:
    case MSG_CALL:
    case MSG_SLIP:
    case MSG_REQUEST:
    case MSG_PAPERS:
    case MSG_PAPER_PICTURE:
    case MSG_MY_CARD:
    case MSG_GRANT_OFFERED:
    case MSG_GRANT: break;
    case MSG_TICK:
    case MSG_ACT:
    case MSG_TEXT:
    case MSG_KEY:
    case MSG_WINDOW:
    case MSG_HEARTBEAT:
    case MSG_CATALOGUE:
    case MSG_NOTICES:
    case MSG_THEME:
    case MSG_REPORTED: /* a job's truth is told to the end, whoever stands there now */
    case MSG_PRINTER:
    case MSG_PRINT:
    case MSG_PRINT_RECOVERED:
    case MSG_CHANGED:
    case MSG_INFORMATION:
    case MSG_HALL:
    case MSG_CARD:
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
    } else {
        Rule rule = rule_of(model_screen(model), msg->kind);

        if (rule == ANY_TIME)
            take(&step);
        model->impossible += rule == IMPOSSIBLE;
    }
    visit_time(&step);
    hall_time(&step);
    machine_time(&step);
    msg_fini(msg);
}

int64_t app_next_wake(const Model *model)
{
    int64_t machine_ms = machine_next_wake(model);
    int64_t visit_ms = visit_next_wake(model);

    int64_t hall_ms = hall_next_wake(model);

    if (hall_ms < machine_ms)
        machine_ms = hall_ms;
    return visit_ms < machine_ms ? visit_ms : machine_ms;
}

const char *app_screen_name(const Model *model)
{
    return screen_names[model_screen(model)];
}

LetterCase app_letter_case(const Model *model)
{
    Shift shift = model->visit.typing.shift;

    return shift == SHIFT_LOCK ? CASE_CAPITALS : shift == SHIFT_OFF ? CASE_SMALL : CASE_ONE_CAPITAL;
}

void app_init(Model *model, const AppConfig *config)
{
    *model = (Model){ .texts = config->texts,
                      .version = config->version ? config->version : "",
                      .utc_offset_minutes = config->utc_offset_minutes,
                      .built_s = config->built_s,
                      .language = config->language,
                      .glass = config->glass,
                      .evening_from = config->evening_from,
                      .evening_to = config->evening_to,
                      .wall_ms = config->wall_ms,
                      .window = { config->width, config->height, config->pixels_per_mm },
                      .speaks = config->speaks,
                      .scans = config->scans,
                      .reads_cards = config->scans,
                      .display = config->display,
                      .closed = config->out_of_service };
    for (int i = 0; i < LANGUAGE_COUNT; i++)
        model->institution[i] = config->institution[i];
    if (!glass_text_is_offered(model->glass.text_percent))
        model->glass.text_percent = 100;
    str_copy_cut(str_from(config->place), model->place, sizeof model->place);
}

void app_fini(Model *model)
{
    if (!model)
        return;
    blob_drop(model->visit.preview.png);
    blob_drop(model->visit.phone.qr);
    papers_drop(&model->visit);
    mine_forget(&model->visit);
    study_forget(&model->visit);
    code_drop(&model->visit.portal);
    code_drop(&model->visit.card.code);
    code_drop(&model->visit.grant.code);
    ticket_drop(&model->visit);
    mem_free(model->hall);
    mem_free_wiped(model->visit.home, sizeof *model->visit.home);
    catalogue_drop(model->catalogue);
    catalogue_drop(model->catalogue_next);
    information_forget(&model->visit, true);
    information_drop(model->information);
    information_drop(model->information_next);
    mem_free(model->notices);
    api_theme_fini(&model->theme);
    api_theme_fini(&model->theme_next);
    mem_wipe(model, sizeof *model);
}
