#include "registrar/api/hall_api.h"

#include <string.h>

#include "base/memory.h"
#include "registrar/api/epochs.h"
#include "registrar/api/problem.h"
#include "registrar/api/putting.h"
#include "registrar/http/query.h"
#include "registrar/office/calls.h"
#include "registrar/office/windows.h"
#include "wire/json.h"

#define PURPOSE "hall"

/* --- who and what ------------------------------------------------------------------------------------------------- */

/* What the path names, in the epoch that its reader saw. */
static Access access_change(const HttpServerRequest *request, bool with_body, HttpServerAnswer *answer, Asked *ret,
                            Error *err)
{
    Access access = asked_by_clerk(request, PURPOSE, answer, ret, err);

    if (access == ACCESS_GRANTED && !str_copy(request->parameters[0], ret->id, sizeof ret->id))
        return asked_refuse(PROBLEM_NOT_FOUND, answer, err);
    if (access == ACCESS_GRANTED)
        access = asked_read_epoch(request, answer, ret, err);
    return access != ACCESS_GRANTED || !with_body ? access : asked_read_body(request, answer, ret, err);
}

static bool window_number(const Asked *asked, int *ret)
{
    uint64_t number;

    if (!str_to_u64(str_from(asked->id), 1, WINDOWS_MOST, &number))
        return false;
    *ret = (int)number;
    return true;
}

/* --- what is told ------------------------------------------------------------------------------------------------- */

static json_t *ticket_json(const TicketRow *ticket, int place)
{
    char number[TICKET_NUMBER_SIZE];

    ticket_number(ticket, number);
    return json_pack("{s:s, s:s, s:s, s:s, s:I, s:I, s:i, s:i, s:i, s:i, s:b}", "id", ticket->id, "number", number,
                     "topic", ticket->topic, "state", state_name(&ticket_states, (int)ticket->state), "epoch",
                     (json_int_t)ticket->epoch, "taken_at_s", (json_int_t)ticket->taken_at_s, "place", place, "calls",
                     ticket->calls, "window", ticket->called_to, "for_window", ticket->for_window, "signed_in",
                     ticket->student != 0);
}

static json_t *topics_json(const char *ids)
{
    json_t *list = json_array();

    for (Str rest = str_from(ids); list && rest.ptr;) {
        const Str id = str_split(&rest, ',');

        if (json_array_append_new(list, json_stringn(id.ptr, id.len)) != 0) {
            json_decref(list);
            return NULL;
        }
    }
    return list;
}

static json_t *window_json(const WindowLine *line)
{
    const WindowRow *window = &line->window;

    return json_pack("{s:i, s:s, s:o, s:s, s:I, s:s, s:i, s:o?}", "number", window->number, "place", window->place,
                     "topics", topics_json(window->topics), "state", window_state_name(window->state), "epoch",
                     (json_int_t)window->epoch, "clerk", actor_name(window->clerk), "waiting", line->waiting, "ticket",
                     line->has_ticket ? ticket_json(&line->ticket, 0) : json_null());
}

static json_t *append(json_t *list, json_t *take_item)
{
    if (list && json_array_append_new(list, take_item) == 0)
        return list;
    json_decref(list);
    return NULL;
}

/* --- windows ------------------------------------------------------------------------------------------------------ */

bool hall_api_windows(const HttpServerRequest *request, HttpServerAnswer *answer, Error *err)
{
    HallView *view;
    OWNED_ASKED asked = { 0 };
    Access access = asked_by_clerk(request, PURPOSE, answer, &asked, err);

    if (access != ACCESS_GRANTED)
        return access == ACCESS_REFUSED;
    if (!windows_view(office_of(request), &view, err))
        return false;
    json_t *list = json_array();
    for (size_t i = 0; i < view->window_count; i++)
        list = append(list, window_json(&view->windows[i]));
    mem_free(view);
    return answer_json(json_pack("{s:o}", "windows", list), answer, err);
}

static bool answer_window(const ApiProblem *problem, const WindowLine *line, HttpServerAnswer *answer, Error *err)
{
    if (problem->kind != PROBLEM_NONE)
        return problem_answer(problem, answer, err);
    epoch_write(line->window.epoch, answer);
    return answer_json(window_json(line), answer, err);
}

bool hall_api_window_put(const HttpServerRequest *request, HttpServerAnswer *answer, Error *err)
{
    WindowLine line = { 0 };
    WindowState state;
    ApiProblem problem;
    int number;
    OWNED_ASKED asked = { 0 };
    Access access = access_change(request, true, answer, &asked, err);

    if (access != ACCESS_GRANTED)
        return access == ACCESS_REFUSED;
    if (!window_number(&asked, &number))
        return problem_answer_kind(PROBLEM_NOT_FOUND, answer, err);
    if (!window_state_parse(str_from(asked_text(&asked, "state")), &state))
        return problem_answer_kind(PROBLEM_BAD_REQUEST, answer, err);
    return window_set(office_of(request), asked.clerk, number, asked.epoch, state, &problem, &line, err) &&
           answer_window(&problem, &line, answer, err);
}

bool hall_api_window_next(const HttpServerRequest *request, HttpServerAnswer *answer, Error *err)
{
    WindowLine line = { 0 };
    ApiProblem problem;
    int number;
    OWNED_ASKED asked = { 0 };
    Access access = access_change(request, false, answer, &asked, err);

    if (access != ACCESS_GRANTED)
        return access == ACCESS_REFUSED;
    if (!window_number(&asked, &number))
        return problem_answer_kind(PROBLEM_NOT_FOUND, answer, err);
    return window_next(office_of(request), asked.clerk, number, asked.epoch, &problem, &line, err) &&
           answer_window(&problem, &line, answer, err);
}

/* --- tickets ------------------------------------------------------------------------------------------------------ */

bool hall_api_tickets(const HttpServerRequest *request, HttpServerAnswer *answer, Error *err)
{
    char topic[SERVICE_ID_MOST];
    HallView *view;
    OWNED_ASKED asked = { 0 };
    Access access = asked_by_clerk(request, PURPOSE, answer, &asked, err);

    if (access != ACCESS_GRANTED)
        return access == ACCESS_REFUSED;
    if (!query_may(request->query, "topic", topic, sizeof topic) ||
        (topic[0] && !topics_find(hall_topics(office_of(request)), topic)))
        return problem_answer_kind(PROBLEM_BAD_REQUEST, answer, err);
    if (!windows_view(office_of(request), &view, err))
        return false;
    json_t *list = json_array();
    for (size_t i = 0; i < view->ticket_count; i++) {
        const TicketLine *line = &view->tickets[i];

        if (!topic[0] || !strcmp(topic, line->ticket.topic))
            list = append(list, ticket_json(&line->ticket, line->place));
    }
    mem_free(view);
    return answer_json(json_pack("{s:o}", "tickets", list), answer, err);
}

bool hall_api_ticket_put(const HttpServerRequest *request, HttpServerAnswer *answer, Error *err)
{
    TicketLine line = { 0 };
    ApiProblem problem;
    int state;
    OWNED_ASKED asked = { 0 };
    Access access = access_change(request, true, answer, &asked, err);

    if (access != ACCESS_GRANTED)
        return access == ACCESS_REFUSED;
    const json_t *window = json_object_get(asked.body, "window");
    const json_int_t number = json_integer_value(window);
    if (!state_parse(&ticket_states, str_from(asked_text(&asked, "state")), &state) ||
        (window && (!json_is_integer(window) || number < 0 || number > WINDOWS_MOST)))
        return problem_answer_kind(PROBLEM_BAD_REQUEST, answer, err);
    const TicketAct act = { .clerk = asked.clerk,
                            .id = asked.id,
                            .epoch = asked.epoch,
                            .to = (TicketState)state,
                            .topic = asked_text(&asked, "topic"),
                            .window = (int)number };
    if (!window_ticket(office_of(request), &act, &problem, &line, err))
        return false;
    if (problem.kind != PROBLEM_NONE)
        return problem_answer(&problem, answer, err);
    epoch_write(line.ticket.epoch, answer);
    return answer_json(ticket_json(&line.ticket, line.place), answer, err);
}

/* --- calls for a person ------------------------------------------------------------------------------------------- */

static json_t *call_json(const CallLine *line)
{
    const CallRow *call = &line->call;
    json_t *json = json_pack("{s:s, s:s, s:s, s:s, s:s, s:s, s:I, s:I, s:b}", "id", call->id, "kiosk", call->kiosk,
                             "place", line->place, "screen", call->screen, "language", call->language, "state",
                             state_name(&call_states, (int)call->state), "epoch", (json_int_t)call->epoch, "made_at_s",
                             (json_int_t)call->made_at_s, "named", call->student != 0);
    const struct {
        const char *name, *text;
    } texts[] = { { "service", call->service }, { "clerk", actor_name(call->clerk) }, { "holder", line->holder } };

    for (size_t i = 0; json && i < COUNT(texts); i++)
        if (texts[i].text[0] && json_object_set_new(json, texts[i].name, json_string(texts[i].text)) != 0) {
            json_decref(json);
            json = NULL;
        }
    return json;
}

bool hall_api_calls(const HttpServerRequest *request, HttpServerAnswer *answer, Error *err)
{
    CallList *calls;
    OWNED_ASKED asked = { 0 };
    Access access = asked_by_clerk(request, PURPOSE, answer, &asked, err);

    if (access != ACCESS_GRANTED)
        return access == ACCESS_REFUSED;
    calls = mem_new(1, sizeof *calls);
    if (!calls)
        return error_set(err, ERR_MEMORY, "calls");
    bool done = call_list(office_of(request), asked.clerk, calls, err);
    json_t *list = done ? json_array() : NULL;
    for (size_t i = 0; done && i < calls->count; i++)
        list = append(list, call_json(&calls->lines[i]));
    if (done)
        call_list_fini(calls);
    mem_free(calls);
    return done && answer_json(json_pack("{s:o}", "calls", list), answer, err);
}

bool hall_api_call_put(const HttpServerRequest *request, HttpServerAnswer *answer, Error *err)
{
    ApiProblem problem;
    int state;
    OWNED_ASKED asked = { 0 };
    Access access = access_change(request, true, answer, &asked, err);

    if (access != ACCESS_GRANTED)
        return access == ACCESS_REFUSED;
    if (!state_parse(&call_states, str_from(asked_text(&asked, "state")), &state) || state == CALL_IS_GIVEN_UP)
        return problem_answer_kind(PROBLEM_BAD_REQUEST, answer, err);
    return call_answer(office_of(request), asked.clerk, asked.id, asked.epoch, (CallState)state, &problem, err) &&
           answer_done(&problem, answer, err);
}
