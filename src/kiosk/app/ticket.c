/* A ticket for the windows: what for, then its number, its place in line, and where it is called.  It goes on when the
 * visit ends: on paper, on a phone, or in somebody's head. */
#include "kiosk/app/flow.h"

#include <string.h>

#include "base/memory.h"
#include "base/random.h"

static bool has_ticket(const TicketsState *tickets)
{
    return tickets->ticket.id[0] && !api_ticket_is_over(tickets->ticket.state);
}

void ticket_drop(Visit *visit)
{
    code_drop(&visit->tickets.code);
    mem_wipe(&visit->tickets, sizeof visit->tickets);
}

/* Where its button may stand: nowhere between a student and their paper. */
static bool leads_to_tickets(ScreenKind screen)
{
    static const bool leads[SCREEN_COUNT] = {
        [SCREEN_SIGN_IN] = true, [SCREEN_HOME] = true,    [SCREEN_SEARCH] = true,      [SCREEN_REQUESTS] = true,
        [SCREEN_REQUEST] = true, [SCREEN_SERVICE] = true, [SCREEN_INFORMATION] = true, [SCREEN_ARTICLE] = true,
        [SCREEN_STUDY] = true,   [SCREEN_LOOKS] = true,   [SCREEN_TOPICS] = true,      [SCREEN_TICKET] = true,
        [SCREEN_FORM] = true,    [SCREEN_FAULT] = true,
    };

    return leads[screen];
}

void ticket_open(const Step *step, bool first)
{
    TicketsState *tickets = &step->visit->tickets;
    const ScreenKind here = step->visit->screen;

    if (!leads_to_tickets(here))
        return;

    if (here != SCREEN_TOPICS && here != SCREEN_TICKET) {
        tickets->back = here;
        tickets->first = first;
    }
    draft_open_is_over(step->visit);
    tickets->note = HALL_NOTE_NONE;
    tickets->leaving = false;
    hall_ask(step);
    step_show(step, has_ticket(tickets) && here != SCREEN_TICKET ? SCREEN_TICKET : SCREEN_TOPICS);
    if (step->visit->screen == SCREEN_TICKET)
        ticket_changed(step, NULL);
}

/* --- asking ------------------------------------------------------------------------------------------------------- */

static void take_one(const Step *step, const ApiTopic *topic)
{
    TicketsState *tickets = &step->visit->tickets;

    if (tickets->errand.doing != CMD_NONE || !topic->open)
        return;
    if (!tickets->key[0] || strcmp(tickets->topic, topic->id) != 0)
        uuid_from_random(step->msg->random, tickets->key);
    str_copy_cut(str_from(topic->id), tickets->topic, sizeof tickets->topic);
    tickets->note = HALL_NOTE_NONE;
    Cmd *cmd = errand_ask(step, &tickets->errand, CMD_TICKET);
    memcpy(cmd->as.ticket.ask.key, tickets->key, sizeof cmd->as.ticket.ask.key);
    memcpy(cmd->as.ticket.ask.topic, tickets->topic, sizeof cmd->as.ticket.ask.topic);
}

static void ask(const Step *step, CmdKind kind)
{
    TicketsState *tickets = &step->visit->tickets;
    Cmd *cmd = errand_ask(step, &tickets->errand, kind);

    memcpy(cmd->as.ticket.id, tickets->ticket.id, sizeof cmd->as.ticket.id);
    tickets->poll_at_ms = step->now_ms + TICKET_POLL_MS;
}

void ticket_changed(const Step *step, const char *id)
{
    TicketsState *tickets = &step->visit->tickets;
    const bool ours = step->visit->active && tickets->ticket.id[0] && (!id || strcmp(tickets->ticket.id, id) == 0);
    const bool may_change = has_ticket(tickets) || tickets->ticket.state == TICKET_NO_SHOW;

    if (!ours || !may_change || step->visit->screen != SCREEN_TICKET)
        return;
    if (tickets->errand.doing == CMD_NONE)
        ask(step, CMD_TICKET_STATE);
    else
        tickets->errand.changed = true;
}

/* --- answers ------------------------------------------------------------------------------------------------------ */

static HallNote note_of(const Step *step)
{
    switch ((int)step->msg->as.failed.problem.kind) {
    case PROBLEM_CLOSED:
    case PROBLEM_NOT_FOUND: return HALL_NOTE_CLOSED;
    case PROBLEM_LIMIT: return HALL_NOTE_LIMIT;
    default: return HALL_NOTE_AWAY;
    }
}

static void told(const Step *step, CmdKind doing)
{
    TicketsState *tickets = &step->visit->tickets;

    tickets->ticket = step->msg->as.ticket;
    tickets->note = HALL_NOTE_NONE;
    tickets->poll_at_ms = step->now_ms + TICKET_POLL_MS;
    (void)code_keep(step->model, &tickets->code, tickets->ticket.address);
    if (doing != CMD_TICKET)
        return;
    tickets->key[0] = '\0'; /* the next one is another */
    step->visit->slip = (SlipState){ 0 };
    if (step->visit->screen == SCREEN_TOPICS)
        step_show(step, SCREEN_TICKET);
}

void ticket_take(const Step *step)
{
    TicketsState *tickets = &step->visit->tickets;
    const Errand errand = tickets->errand;

    if (!errand_answers(step, &tickets->errand))
        return;
    if (step->msg->kind == MSG_TICKET)
        told(step, errand.doing);
    else
        tickets->note = note_of(step);
    if (tickets->note == HALL_NOTE_CLOSED)
        hall_ask(step);
    if (errand.changed)
        ticket_changed(step, NULL);
}

/* --- time --------------------------------------------------------------------------------------------------------- */

static bool is_watched(const Visit *visit)
{
    return visit->screen == SCREEN_TICKET && has_ticket(&visit->tickets) && visit->tickets.errand.doing == CMD_NONE;
}

void ticket_time(const Step *step)
{
    Visit *visit = step->visit;
    TicketsState *tickets = &visit->tickets;

    if (tickets->errand.doing != CMD_NONE && step->now_ms >= tickets->errand.since_ms + WAITING_LIMIT_MS) {
        tickets->errand.doing = CMD_NONE;
        tickets->note = HALL_NOTE_AWAY;
    }
    if (is_watched(visit) && step->now_ms >= tickets->poll_at_ms)
        ask(step, CMD_TICKET_STATE);
    if (visit->screen == SCREEN_TICKET && tickets->ticket.address[0])
        (void)code_keep(step->model, &tickets->code, tickets->ticket.address);
}

int64_t ticket_next_wake(const Visit *visit)
{
    const TicketsState *tickets = &visit->tickets;

    if (tickets->errand.doing != CMD_NONE)
        return tickets->errand.since_ms + WAITING_LIMIT_MS;
    return is_watched(visit) ? tickets->poll_at_ms : INT64_MAX;
}

/* --- acts --------------------------------------------------------------------------------------------------------- */

/* Home is for who is signed in; the others may sign in now. */
static void to_others(const Step *step)
{
    if (step->visit->signed_in) {
        home_open(step);
        return;
    }
    sign_in_focus(step->visit, SIGN_IN_NUMBER);
    step_show(step, SCREEN_SIGN_IN);
}

static void go_back(const Step *step)
{
    Visit *visit = step->visit;
    TicketsState *tickets = &visit->tickets;

    if (tickets->leaving)
        tickets->leaving = false;
    else if (tickets->first && !visit->signed_in)
        visit_end(step);
    else if (tickets->back == SCREEN_FAULT || tickets->back == SCREEN_ARTICLE || tickets->back == SCREEN_SERVICE)
        step_show(step, tickets->back);
    else if (tickets->back == SCREEN_FORM && model_question(step->model, NULL))
        form_return(step);
    else
        to_others(step);
}

static void print(const Step *step)
{
    const TicketsState *tickets = &step->visit->tickets;

    if (!model_offers_slip(step->model))
        return;
    Cmd *cmd = slip_ask(step, CMD_TICKET_SLIP);
    memcpy(cmd->as.ticket.id, tickets->ticket.id, sizeof cmd->as.ticket.id);
    cmd->as.ticket.language = step->visit->language;
}

/* Asked once more, since a place in line is gone for good. */
static void give_up(const Step *step)
{
    TicketsState *tickets = &step->visit->tickets;

    if (!tickets->leaving) {
        tickets->leaving = true;
        return;
    }
    tickets->leaving = false;
    if (has_ticket(tickets))
        ask(step, CMD_TICKET_END);
}

void ticket_act(const Step *step, Act act, uint16_t arg)
{
    const ApiHall *hall = step->model->hall;

    if (act == ACT_BACK)
        go_back(step);
    else if (act == ACT_FINISH)
        visit_leave(step, LEAVING_FINISH);
    else if (act == ACT_SOMETHING_ELSE)
        to_others(step);
    else if (step->visit->screen == SCREEN_TOPICS && act == ACT_TOPIC && hall && arg < hall->topic_count)
        take_one(step, &hall->topics[arg]);
    else if (step->visit->screen != SCREEN_TICKET)
        return;
    else if (act == ACT_TICKET_PRINT)
        print(step);
    else if (act == ACT_TICKET_GIVE_UP)
        give_up(step);
    else if (act == ACT_STAY)
        step->visit->tickets.leaving = false;
}
