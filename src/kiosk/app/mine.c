/* "My requests": what becomes of each, its paper when it is ready, and taking one back. */
#include "kiosk/app/flow.h"

#include <string.h>

#include "base/memory.h"

/* --- in which order ----------------------------------------------------------------------------------------------- */

/* The lower, the more it waits for the student. */
static int rank_of(ApiRequestState state)
{
    static const int ranks[] = {
        [REQUEST_READY] = 0,    [REQUEST_WINDOW] = 1,    [REQUEST_PAYMENT] = 2, [REQUEST_RETURNED] = 3,
        [REQUEST_DECLINED] = 4, [REQUEST_UNKNOWN] = 5,   [REQUEST_REVIEW] = 6,  [REQUEST_OPEN] = 7,
        [REQUEST_PRINTED] = 8,  [REQUEST_COLLECTED] = 8, [REQUEST_DONE] = 8,    [REQUEST_APPROVED] = 6,
    };
    static_assert(COUNT(ranks) == REQUEST_STATE_COUNT, "a rank for every state");

    return state < REQUEST_STATE_COUNT ? ranks[state] : ranks[REQUEST_OPEN];
}

size_t model_requests(const Model *model, const ApiRequestLine *ret[API_REQUESTS_MOST])
{
    const ApiHome *home = model->visit.home;
    size_t count = 0;

    for (size_t i = 0; home && i < home->request_count; i++) {
        const ApiRequestLine *line = &home->requests[i];
        size_t at = count++;
        for (; at > 0 && rank_of(ret[at - 1]->state) > rank_of(line->state); at--)
            ret[at] = ret[at - 1];
        ret[at] = line;
    }
    return count;
}

bool request_is_live(const ApiRequestLine *line)
{
    return rank_of(line->state) <= rank_of(REQUEST_REVIEW);
}

/* What is approved has its document already. */
bool request_can_be_withdrawn(const ApiRequestLine *line)
{
    return line->state == REQUEST_PAYMENT || line->state == REQUEST_REVIEW || line->state == REQUEST_RETURNED;
}

bool request_is_late(const Model *model, const ApiRequestLine *line)
{
    return line->state == REQUEST_REVIEW && line->promised_at_s > 0 && model->wall_ms / 1000 > line->promised_at_s;
}

/* --- one of them -------------------------------------------------------------------------------------------------- */

void mine_forget(Visit *visit)
{
    mem_free_wiped(visit->mine.details, sizeof *visit->mine.details);
    mem_wipe(&visit->mine, sizeof visit->mine);
}

/* Its steps, papers and answers. */
static void look_up(const Step *step)
{
    MineState *mine = &step->visit->mine;
    Cmd *cmd = step_cmd(step, CMD_REQUEST);

    cmd->asked = ++step->visit->asked;
    memcpy(cmd->as.withdraw.key, mine->line.id, sizeof cmd->as.withdraw.key);
    mine->asked = cmd->asked;
    mine->looking = true;
    mine->since_ms = step->now_ms;
}

void mine_time(const Step *step)
{
    MineState *mine = &step->visit->mine;

    if (mine->looking && step->now_ms >= mine->since_ms + WAITING_LIMIT_MS)
        mine->looking = false;
}

int64_t mine_next_wake(const Visit *visit)
{
    return visit->mine.looking ? visit->mine.since_ms + WAITING_LIMIT_MS : INT64_MAX;
}

/* What was about to be withdrawn may be decided by now. */
static void stands_so(MineState *mine, const ApiRequestLine *line)
{
    mine->line = *line;
    if (mine->asking && !request_can_be_withdrawn(line)) {
        mine->asking = false;
        mine->too_late = true;
    }
}

static void take_details(const Step *step)
{
    MineState *mine = &step->visit->mine;
    ApiRequestDetails *details = step->msg->kind == MSG_REQUEST ? step->msg->as.details : NULL;

    if (!mine->looking || step->msg->asked != mine->asked)
        return;
    mine->looking = false;
    if (!details || strcmp(details->line.id, mine->line.id) != 0)
        return;
    if (details->stage_count > API_STAGES_MOST || details->paper_count > API_PAPERS_MOST)
        return;
    mem_free_wiped(mine->details, sizeof *mine->details);
    mine->details = steal(&step->msg->as.details);
    stands_so(mine, &mine->details->line);
}

void mine_show(const Step *step)
{
    draft_open_is_over(step->visit);
    mine_forget(step->visit);
    step_show(step, SCREEN_REQUESTS);
}

void mine_look(const Step *step, const ApiRequestLine *line)
{
    MineState *mine = &step->visit->mine;
    ApiRequestLine copy = *line; /* may be the one that is wiped */
    bool from_list = step->visit->screen == SCREEN_REQUESTS;

    draft_open_is_over(step->visit);

    mine_forget(step->visit);
    mine->line = copy;
    mine->from_list = from_list;
    mem_wipe(&copy, sizeof copy);
    step_show(step, SCREEN_REQUEST);
    look_up(step);
}

/* The registrar knows what was asked, so its key alone brings the paper.  Answers that were given to another service
 * before belong to that. */
static void print(const Step *step, const ApiRequestLine *line)
{
    Visit *visit = step->visit;

    issue_forget(step);
    mem_wipe(&visit->answers, sizeof visit->answers);
    mem_wipe(&visit->form, sizeof visit->form);
    mem_wipe(&visit->led, sizeof visit->led);
    draft_forget(visit);
    service_choose(step, line->service);
    str_copy_cut(str_from(line->id), visit->issue.key, sizeof visit->issue.key);
    visit->issue.from_home = true;
    visit->issue.again = true;
    visit->document_language = visit->language;
    if (line->state == REQUEST_UNKNOWN)
        fault_show(step, FAULT_ASK_AGAIN, CMD_ISSUE);
    else
        issue_begin(step);
}

void mine_open(const Step *step, const ApiRequestLine *line)
{
    bool printed = line->state == REQUEST_READY || line->state == REQUEST_UNKNOWN;

    if (!printed)
        mine_look(step, line);
    else if (step->visit->waiting.command == CMD_NONE) /* one asking at a time */
        print(step, line);
}

void mine_home(const Step *step)
{
    MineState *mine = &step->visit->mine;
    const ApiHome *home = step->visit->home;

    for (size_t i = 0; i < home->request_count; i++)
        if (mine->line.id[0] && strcmp(home->requests[i].id, mine->line.id) == 0) {
            bool moved = home->requests[i].state != mine->line.state;
            stands_so(mine, &home->requests[i]);
            if (moved && step->visit->screen == SCREEN_REQUEST)
                look_up(step);
        }
}

void mine_too_late(const Step *step)
{
    Visit *visit = step->visit;

    service_choose(step, "");
    mem_wipe(&visit->answers, sizeof visit->answers);
    mem_wipe(&visit->form, sizeof visit->form);
    issue_forget(step);
    draft_forget(visit);
    visit->mine.too_late = true;
    step_show(step, SCREEN_REQUEST);
    look_up(step);
    step_ask(step, CMD_HOME);
}

/* What was answered, with what staff wrote in sight: each answer can be changed, and it goes on under its number.  What
 * was begun before goes on where the student stood. */
static void answer_anew(const Step *step)
{
    Visit *visit = step->visit;
    ApiRequestDetails *details = visit->mine.details;
    const Service *service = details && step->model->catalogue
                                 ? catalogue_find(step->model->catalogue, str_from(details->line.service))
                                 : NULL;

    if (!service || !details->can_answer)
        return;
    visit->waiting = (Waiting){ 0 };
    service_open(step, service);
    memcpy(visit->anew.id, details->line.id, sizeof visit->anew.id);
    memcpy(visit->anew.number, details->line.number, sizeof visit->anew.number);
    memcpy(visit->anew.words, details->line.words, sizeof visit->anew.words);
    visit->answers = details->answers;
    visit->draft.kept = details->begun;
    visit->draft.changed =
        form_keep_fitting(model_service(step->model), &visit->answers, model_today(step->model)) && details->begun;
    visit->document_language = model_document_language(step->model, details->language);
    form_go_on(step, details->question);
    visit->form.changing = visit->screen == SCREEN_FORM; /* the rest was answered: from there back to the review */
}

/* --- taking it back ----------------------------------------------------------------------------------------------- */

void mine_withdraw(const Step *step)
{
    Visit *visit = step->visit;

    visit->mine.asking = false;
    step_show(step, SCREEN_REQUEST);
    Cmd *cmd = step_ask(step, CMD_WITHDRAW);
    memcpy(cmd->as.withdraw.key, visit->mine.line.id, sizeof cmd->as.withdraw.key);
}

/* An answer that says no: it was decided, or is no more.  How it stands now is asked for. */
static bool is_refused(const Msg *msg)
{
    static const ApiProblemKind others[] = { PROBLEM_BUSY, PROBLEM_INTERNAL, PROBLEM_LIMIT, PROBLEM_SESSION_ENDED,
                                             PROBLEM_UNKNOWN_KIOSK };
    ApiProblemKind kind = msg->as.failed.problem.kind;

    for (size_t i = 0; i < COUNT(others); i++)
        if (kind == others[i])
            return false;
    return kind != PROBLEM_NONE || msg->as.failed.code == ERR_CONFLICT;
}

void mine_take(const Step *step)
{
    MineState *mine = &step->visit->mine;
    const Msg *msg = step->msg;

    if (msg->kind == MSG_REQUEST || (msg->kind == MSG_FAILED && msg->as.failed.command == CMD_REQUEST)) {
        take_details(step);
        return;
    }
    if (!step_answers(step, CMD_WITHDRAW))
        return;
    if (msg->kind == MSG_FAILED && !is_refused(msg)) {
        fault_failed(step, CMD_WITHDRAW);
        return;
    }
    mine->withdrawn = msg->kind == MSG_WITHDRAWN;
    mine->too_late = !mine->withdrawn;
    step_ask(step, CMD_HOME);
}

/* --- screens ------------------------------------------------------------------------------------------------------ */

static void back(const Step *step)
{
    MineState *mine = &step->visit->mine;

    if (mine->asking)
        mine->asking = false;
    else if (step->visit->screen == SCREEN_REQUESTS || !mine->from_list) {
        mine_forget(step->visit);
        step_show(step, SCREEN_HOME);
    } else
        mine_show(step);
}

static const ApiRequestLine *line_at(const Visit *visit, uint16_t index)
{
    return visit->home && index < visit->home->request_count ? &visit->home->requests[index] : NULL;
}

/* Anew, since the office said no: as if it had been chosen on home. */
static void ask_anew(const Step *step, uint16_t index)
{
    const Catalogue *catalogue = step->model->catalogue;
    const Service *service = catalogue && index < catalogue_count(catalogue) ? catalogue_at(catalogue, index) : NULL;

    if (service && model_offers(step->model, service))
        service_open(step, service);
}

void mine_act(const Step *step, Act act, uint16_t arg)
{
    Visit *visit = step->visit;
    MineState *mine = &visit->mine;
    const ApiRequestLine *line = line_at(visit, arg);
    bool waits = visit->waiting.command == CMD_WITHDRAW;

    if (act == ACT_FINISH)
        visit_end(step);
    else if (waits)
        return;
    else if (act == ACT_BACK)
        back(step);
    else if (act == ACT_HOME)
        home_open(step);
    else if (act == ACT_LOOKS)
        looks_open(step);
    else if (act == ACT_CARD)
        card_open(step);
    else if (visit->screen == SCREEN_REQUESTS) {
        if (act == ACT_REQUEST_LOOK && line)
            mine_look(step, line);
    } else if (act == ACT_WITHDRAW && request_can_be_withdrawn(&mine->line) && !mine->withdrawn)
        mine->asking = true;
    else if (act == ACT_WITHDRAW_YES && mine->asking)
        mine_withdraw(step);
    else if (act == ACT_REQUEST && line && strcmp(line->id, mine->line.id) == 0)
        mine_open(step, line);
    else if (act == ACT_ANSWER_ANEW)
        answer_anew(step);
    else if (act == ACT_SERVICE)
        ask_anew(step, arg);
}
