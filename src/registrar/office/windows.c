#include "registrar/office/windows.h"

#include <stdio.h>
#include <string.h>

#include "base/memory.h"
#include "registrar/office/inside.h"
#include "registrar/office/plain.h"
#include "registrar/office/tickets.h"
#include "registrar/store/acts.h"

#define OBJECT_SIZE 48

static bool log_act(StoreTransaction *transaction, const char *actor, const char *act, int number, const char *detail,
                    int64_t now_ms, Error *err)
{
    char object[OBJECT_SIZE];

    (void)snprintf(object, sizeof object, "window:%d", number);
    return acts_add(transaction, &(Act){ now_ms, actor, act, object, detail }, err);
}

/* --- seeing ------------------------------------------------------------------------------------------------------- */

typedef struct Viewing {
    Line *line;
    int64_t now_s, midnight_s;
    TicketRow missed[MISSED_MOST];
    size_t missed_count;
} Viewing;

static bool view(StoreTransaction *transaction, void *arg, Error *err)
{
    Viewing *viewing = arg;

    return line_read(transaction, viewing->now_s, viewing->line, err) &&
           tickets_missed(transaction, viewing->midnight_s, viewing->missed, MISSED_MOST, &viewing->missed_count, err);
}

static void show_window(const Line *line, const WindowRow *window, WindowLine *ret)
{
    const TicketRow *ticket = line_at(line, window->number);

    *ret = (WindowLine){ .window = *window, .has_ticket = ticket != NULL };
    if (ticket)
        ret->ticket = *ticket;
    for (size_t i = 0; i < line->ticket_count; i++) {
        const TicketRow *one = &line->tickets[i];
        const LineWant want = { one->topic, one->for_window };

        ret->waiting += ticket_waits(one) && window_may_call(window, want) ? 1 : 0;
    }
}

static void show_ticket(const Line *line, const TicketRow *ticket, TicketLine *ret)
{
    const LineWant want = { ticket->topic, ticket->for_window };

    *ret = (TicketLine){ .ticket = *ticket, .expected_s = -1 };
    if (!ticket_waits(ticket))
        return;
    const int ahead = line_ahead(line, want, ticket);
    ret->place = ahead + 1;
    ret->expected_s = line_expected_s(line, want, ahead);
}

static void show_topic(const Line *line, const Topic *topic, TopicLine *ret)
{
    const LineWant want = { topic->id, 0 };

    *ret = (TopicLine){ .topic = topic,
                        .waiting = line_waiting(line, topic->id),
                        .windows = line_windows(line, topic->id, false),
                        .expected_s = line_expected_s(line, want, line_ahead(line, want, NULL)) };
    for (size_t i = 0; i < line->ticket_count && ret->oldest_s == 0; i++)
        if (ticket_waits(&line->tickets[i]) && !strcmp(line->tickets[i].topic, topic->id))
            ret->oldest_s = line->tickets[i].taken_at_s;
}

bool windows_view(Office *office, HallView **ret, Error *err)
{
    OWNED(Line) line = line_new(hall_topics(office), err);
    Viewing viewing = { .line = line,
                        .now_s = office_now_s(office),
                        .midnight_s = date_start_s(office_today(office), office->config.utc_offset_minutes) };
    HallView *seen = NULL;

    if (!line || !store_read(office->store, view, &viewing, err))
        return error_add(err, "windows");
    if (!(seen = mem_new(1, sizeof *seen)))
        return error_set(err, ERR_MEMORY, "windows");
    for (size_t i = 0; i < line->window_count; i++)
        show_window(line, &line->windows[i], &seen->windows[i]);
    for (size_t i = 0; i < line->ticket_count; i++)
        show_ticket(line, &line->tickets[i], &seen->tickets[i]);
    for (size_t i = 0; i < line->topics->count; i++)
        show_topic(line, &line->topics->items[i], &seen->topics[i]);
    memcpy(seen->missed, viewing.missed, sizeof seen->missed);
    seen->topic_count = line->topics->count;
    seen->missed_count = viewing.missed_count;
    seen->window_count = line->window_count;
    seen->ticket_count = line->ticket_count;
    *ret = seen;
    return true;
}

/* --- by an administrator ------------------------------------------------------------------------------------------ */

typedef struct Putting {
    const char *actor;
    WindowRow window;
    int64_t now_ms;
    Line *line;
} Putting;

/* The first who waits that nobody could call any more, were this window for these topics; NULL: there is none. */
static const TicketRow *left_behind(const Line *line, int number, const char *topics)
{
    for (size_t i = 0; i < line->ticket_count; i++) {
        const TicketRow *ticket = &line->tickets[i];
        bool called = !ticket_waits(ticket) || (ticket->for_window && ticket->for_window != number) ||
                      topics_name(topics, ticket->topic);

        for (size_t w = 0; w < line->window_count && !called; w++)
            called = line->windows[w].number != number && topics_name(line->windows[w].topics, ticket->topic);
        if (!called)
            return ticket;
    }
    return NULL;
}

static bool check_left_behind(const Line *line, int number, const char *topics, Error *err)
{
    const TicketRow *ticket = left_behind(line, number, topics);

    return !ticket ||
           error_set(err, ERR_CONFLICT, "somebody waits for \"%s\", and no other window is for it", ticket->topic);
}

static bool put(StoreTransaction *transaction, void *arg, Error *err)
{
    const Putting *putting = arg;
    OWNED_BUF detail;

    buf_init(&detail, sizeof putting->window.topics + 32);
    buf_add_format(&detail, "{\"topics\":\"%s\"}", putting->window.topics);
    return buf_ok(&detail, err) && line_read(transaction, putting->now_ms / 1000, putting->line, err) &&
           (!line_window(putting->line, putting->window.number) ||
            check_left_behind(putting->line, putting->window.number, putting->window.topics, err)) &&
           windows_put(transaction, &putting->window, err) && hall_say(transaction, putting->now_ms, err) &&
           log_act(transaction, putting->actor, "window.put", putting->window.number, buf_text(&detail),
                   putting->now_ms, err);
}

bool window_put(Office *office, const char *actor, int number, const char *place, const char *topics, Error *err)
{
    Putting putting = { .actor = actor, .now_ms = office_now_ms(office) };
    WindowRow *window = &putting.window;

    *window = (WindowRow){ .number = number, .changed_at_s = putting.now_ms / 1000 };
    if (number < 1 || number > WINDOWS_MOST)
        return error_set(err, ERR_ARGUMENT, "a window's number is 1 to %d", WINDOWS_MOST);
    if (hall_topics(office)->count == 0)
        return error_set(err, ERR_ARGUMENT, "institution.json names no topics: write them in first");
    if (!topics_known(hall_topics(office), topics) ||
        !str_copy(str_from(topics), window->topics, sizeof window->topics))
        return error_set(err, ERR_ARGUMENT, "topics are ids of institution.json's \"topics\", by commas");
    if ((place[0] && !plain_words(place, 60)) || !str_copy(str_from(place), window->place, sizeof window->place))
        return error_set(err, ERR_ARGUMENT, "a place is one line of at most 60 bytes");
    OWNED(Line) line = line_new(hall_topics(office), err);
    putting.line = line;
    return (line && store_write(office->store, put, &putting, err)) || error_add(err, "window");
}

/* Who was to be called by this window alone is called by any of their topic. */
static bool set_free(StoreTransaction *transaction, const Putting *putting, Error *err)
{
    const int number = putting->window.number;

    for (size_t i = 0; i < putting->line->ticket_count; i++) {
        TicketRow ticket = putting->line->tickets[i];

        if (!ticket_waits(&ticket) || ticket.for_window != number)
            continue;
        ticket.for_window = 0;
        if (!tickets_put(transaction, &ticket, err) || !ticket_say(transaction, &ticket, putting->now_ms, err))
            return false;
    }
    return true;
}

static bool take_away(StoreTransaction *transaction, void *arg, Error *err)
{
    const Putting *putting = arg;
    const int number = putting->window.number;
    WindowRow window;
    bool found;

    if (!windows_get(transaction, number, &found, &window, err))
        return false;
    if (!found)
        return error_set(err, ERR_NOT_FOUND, "there is no window %d", number);
    if (window.state != WINDOW_CLOSED)
        return error_set(err, ERR_CONFLICT, "somebody sits at window %d: it is closed first", number);
    return line_read(transaction, putting->now_ms / 1000, putting->line, err) &&
           check_left_behind(putting->line, number, "", err) && set_free(transaction, putting, err) &&
           windows_remove(transaction, number, &found, err) && hall_say(transaction, putting->now_ms, err) &&
           log_act(transaction, putting->actor, "window.removed", number, NULL, putting->now_ms, err);
}

bool window_remove(Office *office, const char *actor, int number, Error *err)
{
    OWNED(Line) line = line_new(hall_topics(office), err);
    Putting putting = { .actor = actor, .window = { .number = number }, .now_ms = office_now_ms(office), .line = line };

    return line && store_write(office->store, take_away, &putting, err);
}

/* --- by who works there ------------------------------------------------------------------------------------------- */

typedef struct Working {
    Line *line;
    const char *clerk;
    int number;
    uint32_t epoch;
    WindowState state;    /* set */
    const TicketAct *act; /* ticket */
    int64_t now_ms;
    ApiProblem problem;
    WindowLine shown;
    TicketLine ticket;
} Working;

static bool refuse(Working *working, ApiProblemKind kind)
{
    working->problem = (ApiProblem){ .kind = kind };
    return true;
}

/* What was answered is as it stands when the act is done. */
static bool show_again(StoreTransaction *transaction, Working *working, Error *err)
{
    const WindowRow *window;

    if (!line_read(transaction, working->now_ms / 1000, working->line, err))
        return false;
    window = line_window(working->line, working->number);
    if (window)
        show_window(working->line, window, &working->shown);
    return true;
}

static bool change_window(StoreTransaction *transaction, const Working *working, WindowRow window, Error *err)
{
    window.changed_at_s = working->now_ms / 1000;
    return windows_change(transaction, &window, err) && hall_say(transaction, working->now_ms, err);
}

static bool set_state(StoreTransaction *transaction, void *arg, Error *err)
{
    static const char *const acts[] = {
        [WINDOW_CLOSED] = "window.closed",
        [WINDOW_OPEN] = "window.opened",
        [WINDOW_PAUSED] = "window.paused",
    };
    Working *working = arg;

    working->problem = (ApiProblem){ 0 };
    if (!line_read(transaction, working->now_ms / 1000, working->line, err))
        return false;
    const WindowRow *window = line_window(working->line, working->number);
    if (!window)
        return refuse(working, PROBLEM_NOT_FOUND);
    if (window->epoch != working->epoch)
        return refuse(working, PROBLEM_CHANGED);
    const bool is_own = !strcmp(window->clerk, working->clerk);
    if ((window->state == working->state && is_own) ||
        (working->state == WINDOW_CLOSED && line_at(working->line, working->number)) ||
        (working->state == WINDOW_PAUSED && window->state == WINDOW_CLOSED))
        return refuse(working, PROBLEM_DECIDED);
    WindowRow changed = *window;
    changed.state = working->state;
    str_copy_cut(str_from(working->state == WINDOW_CLOSED ? "" : working->clerk), changed.clerk, sizeof changed.clerk);
    return change_window(transaction, working, changed, err) &&
           log_act(transaction, working->clerk, acts[working->state], working->number, NULL, working->now_ms, err) &&
           show_again(transaction, working, err);
}

static bool run(Office *office, StoreAct act, Working *working, ApiProblem *ret_problem, Error *err)
{
    OWNED(Line) line = line_new(hall_topics(office), err);

    working->line = line;
    working->now_ms = office_now_ms(office);
    if (!line || !store_write(office->store, act, working, err))
        return error_add(err, "window");
    *ret_problem = working->problem;
    return true;
}

bool window_set(Office *office, const char *clerk, int number, uint32_t epoch, WindowState state,
                ApiProblem *ret_problem, WindowLine *ret, Error *err)
{
    Working working = { .clerk = clerk, .number = number, .epoch = epoch, .state = state };

    if (!run(office, set_state, &working, ret_problem, err))
        return false;
    *ret = working.shown;
    return true;
}

/* --- calling ------------------------------------------------------------------------------------------------------ */

/* Called to a window, for the first time there or once more. */
static bool call(StoreTransaction *transaction, const Working *working, const TicketRow *ticket, int window, Error *err)
{
    const int64_t now_s = working->now_ms / 1000;
    const bool once_more = ticket->state == TICKET_IS_CALLED;
    TicketRow called = *ticket;

    called.called_to = window;
    called.calls = once_more || ticket->state == TICKET_IS_NO_SHOW ? ticket->calls + 1 : 1;
    called.called_at_s = once_more ? ticket->called_at_s : now_s;
    called.last_called_s = now_s;
    return tickets_put(transaction, &called, err) &&
           ticket_move(transaction, ticket, TICKET_IS_CALLED, working->clerk, working->now_ms, err);
}

static bool call_next(StoreTransaction *transaction, void *arg, Error *err)
{
    Working *working = arg;

    working->problem = (ApiProblem){ 0 };
    if (!line_read(transaction, working->now_ms / 1000, working->line, err))
        return false;
    const WindowRow *window = line_window(working->line, working->number);
    if (!window)
        return refuse(working, PROBLEM_NOT_FOUND);
    if (window->epoch != working->epoch)
        return refuse(working, PROBLEM_CHANGED);
    if (strcmp(window->clerk, working->clerk) != 0 || window->state != WINDOW_OPEN)
        return refuse(working, PROBLEM_NOT_ALLOWED);
    const TicketRow *at_it = line_at(working->line, working->number);
    if (at_it && at_it->state == TICKET_IS_CALLED)
        return refuse(working, PROBLEM_DECIDED);
    if (at_it && !ticket_move(transaction, at_it, TICKET_IS_SERVED, working->clerk, working->now_ms, err))
        return false;
    const TicketRow *next = line_next(working->line, window);
    if (next && !call(transaction, working, next, working->number, err))
        return false;
    return ((!next && !at_it) || change_window(transaction, working, *window, err)) &&
           show_again(transaction, working, err);
}

bool window_next(Office *office, const char *clerk, int number, uint32_t epoch, ApiProblem *ret_problem,
                 WindowLine *ret, Error *err)
{
    Working working = { .clerk = clerk, .number = number, .epoch = epoch };

    if (!run(office, call_next, &working, ret_problem, err))
        return false;
    *ret = working.shown;
    return true;
}

/* --- what becomes of who was called ------------------------------------------------------------------------------- */

/* The window at which this clerk may do something with the ticket: that called it. */
static const WindowRow *own_window(const Working *working, const TicketRow *ticket)
{
    const WindowRow *window = line_window(working->line, ticket->called_to);

    return window && !strcmp(window->clerk, working->clerk) ? window : NULL;
}

static bool pass_on(StoreTransaction *transaction, Working *working, const TicketRow *ticket, Error *err)
{
    const TicketAct *act = working->act;
    const char *topic = act->topic[0] ? act->topic : ticket->topic;
    TicketRow passed = *ticket;

    if (!topics_find(working->line->topics, topic)) {
        working->problem = api_problem_form("topic", FORM_NOT_OFFERED);
        return true;
    }
    if (act->window && (!line_window(working->line, act->window) || act->window == ticket->called_to)) {
        working->problem = api_problem_form("window", FORM_NOT_OFFERED);
        return true;
    }
    if (!act->window && !strcmp(topic, ticket->topic)) {
        working->problem = api_problem_form("topic", FORM_MISSING);
        return true;
    }
    str_copy_cut(str_from(topic), passed.topic, sizeof passed.topic);
    passed.for_window = act->window;
    passed.calls = 0;
    passed.called_to = 0;
    passed.called_at_s = passed.last_called_s = 0;
    return tickets_put(transaction, &passed, err) &&
           ticket_move(transaction, ticket, TICKET_IS_PASSED, working->clerk, working->now_ms, err);
}

static bool change_ticket(StoreTransaction *transaction, Working *working, const TicketRow *ticket, Error *err)
{
    const TicketRow *at_it = line_at(working->line, ticket->called_to);
    const TicketState to = working->act->to;

    if (to == TICKET_IS_PASSED)
        return pass_on(transaction, working, ticket, err);
    if (to != TICKET_IS_CALLED)
        return ticket_move(transaction, ticket, to, working->clerk, working->now_ms, err);
    if (at_it && strcmp(at_it->id, ticket->id) != 0) /* who comes late waits for who is there */
        return refuse(working, PROBLEM_DECIDED);
    return call(transaction, working, ticket, ticket->called_to, err);
}

static bool do_ticket(StoreTransaction *transaction, void *arg, Error *err)
{
    Working *working = arg;
    TicketRow ticket;
    bool found;

    working->problem = (ApiProblem){ 0 };
    if (!line_read(transaction, working->now_ms / 1000, working->line, err) ||
        !tickets_get(transaction, working->act->id, &found, &ticket, err))
        return false;
    if (!found)
        return refuse(working, PROBLEM_NOT_FOUND);
    if (ticket.epoch != working->act->epoch)
        return refuse(working, PROBLEM_CHANGED);
    if (!state_may_move(&ticket_states, (int)ticket.state, (int)working->act->to) || ticket_waits(&ticket))
        return refuse(working, PROBLEM_DECIDED);
    const WindowRow *window = own_window(working, &ticket);
    if (!window)
        return refuse(working, PROBLEM_NOT_ALLOWED);
    if (!change_ticket(transaction, working, &ticket, err))
        return false;
    if (working->problem.kind != PROBLEM_NONE)
        return true;
    if (!change_window(transaction, working, *window, err) ||
        !line_read(transaction, working->now_ms / 1000, working->line, err) ||
        !tickets_get(transaction, working->act->id, &found, &ticket, err))
        return false;
    show_ticket(working->line, &ticket, &working->ticket);
    for (size_t i = 0; i < working->line->ticket_count; i++)
        if (!strcmp(working->line->tickets[i].id, ticket.id))
            show_ticket(working->line, &working->line->tickets[i], &working->ticket);
    return true;
}

bool window_ticket(Office *office, const TicketAct *act, ApiProblem *ret_problem, TicketLine *ret, Error *err)
{
    Working working = { .clerk = act->clerk, .act = act };

    if (!run(office, do_ticket, &working, ret_problem, err))
        return false;
    *ret = working.ticket;
    return true;
}
