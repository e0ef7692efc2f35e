#include "registrar/api/hall_kiosk.h"

#include "base/memory.h"
#include "registrar/api/access.h"
#include "registrar/api/etag.h"
#include "registrar/api/problem.h"
#include "registrar/http/query.h"
#include "registrar/office/calls.h"
#include "registrar/office/slip_ticket.h"
#include "registrar/office/tickets.h"

/* A kiosk, and whoever is signed in there: a session that is over is nobody's. */
typedef struct Guest {
    Caller caller;
    const Session *session; /* NULL: nobody */
    char id[API_ID_SIZE];   /* that the path names */
} Guest;

static Access access_guest(const HttpServerRequest *request, HttpServerAnswer *answer, Guest *ret, Error *err)
{
    Access access = access_kiosk(request, answer, &ret->caller, err);
    bool found = false;

    ret->session = NULL;
    if (access != ACCESS_GRANTED)
        return access;
    if (request->bearer &&
        !session_find(office_of(request), &ret->caller.kiosk, request->bearer, &found, &ret->caller.session, err))
        return ACCESS_FAILED;
    if (found)
        ret->session = &ret->caller.session;
    return ACCESS_GRANTED;
}

/* As access_guest, with the id in the path: what is none is not found. */
static Access access_thing(const HttpServerRequest *request, HttpServerAnswer *answer, Guest *ret, Error *err)
{
    Access access = access_guest(request, answer, ret, err);

    if (access != ACCESS_GRANTED || (str_copy(request->parameters[0], ret->id, sizeof ret->id) && uuid_valid(ret->id)))
        return access;
    return problem_answer_kind(PROBLEM_NOT_FOUND, answer, err) ? ACCESS_REFUSED : ACCESS_FAILED;
}

static bool is_json(HttpServerAnswer *answer, int status)
{
    answer->status = status;
    answer->content_type = "application/json";
    return true;
}

bool hall_kiosk_get(const HttpServerRequest *request, HttpServerAnswer *answer, Error *err)
{
    ApiHall hall;
    Caller caller;
    Access access = access_kiosk(request, answer, &caller, err);

    if (access != ACCESS_GRANTED)
        return access == ACCESS_REFUSED;
    answer->cache = "private, no-cache";
    return hall_look(office_of(request), &hall, err) && is_json(answer, 200) &&
           api_hall_write(&hall, &answer->body, err) && etag_of_text(buf_str(&answer->body), answer, err);
}

/* --- tickets ------------------------------------------------------------------------------------------------------ */

static bool answer_ticket(const ApiProblem *problem, const ApiTicket *ticket, int status, HttpServerAnswer *answer,
                          Error *err)
{
    return problem->kind != PROBLEM_NONE ? problem_answer(problem, answer, err)
                                         : is_json(answer, status) && api_ticket_write(ticket, &answer->body, err);
}

bool ticket_kiosk_post(const HttpServerRequest *request, HttpServerAnswer *answer, Error *err)
{
    ApiTicketAsk ask;
    ApiTicket ticket = { 0 };
    ApiProblem problem = { 0 };
    Guest guest;
    bool made = false;
    Access access = access_guest(request, answer, &guest, err);

    if (access != ACCESS_GRANTED)
        return access == ACCESS_REFUSED;
    if (!api_ticket_ask_read(request->body, &ask, NULL) || !uuid_valid(ask.key))
        return problem_answer_kind(PROBLEM_BAD_REQUEST, answer, err);
    return ticket_take(office_of(request), &guest.caller.kiosk, guest.session, &ask, &problem, &made, &ticket, err) &&
           answer_ticket(&problem, &ticket, made ? 201 : 200, answer, err);
}

typedef bool TicketSee(Office *office, const Kiosk *kiosk, const Session *session, const char *id,
                       ApiProblem *ret_problem, ApiTicket *ret, Error *err);

static bool see_ticket(const HttpServerRequest *request, TicketSee *see, HttpServerAnswer *answer, Error *err)
{
    ApiTicket ticket = { 0 };
    ApiProblem problem = { 0 };
    Guest guest;
    Access access = access_thing(request, answer, &guest, err);

    if (access != ACCESS_GRANTED)
        return access == ACCESS_REFUSED;
    return see(office_of(request), &guest.caller.kiosk, guest.session, guest.id, &problem, &ticket, err) &&
           answer_ticket(&problem, &ticket, 200, answer, err);
}

bool ticket_kiosk_get(const HttpServerRequest *request, HttpServerAnswer *answer, Error *err)
{
    return see_ticket(request, ticket_look, answer, err);
}

bool ticket_kiosk_delete(const HttpServerRequest *request, HttpServerAnswer *answer, Error *err)
{
    return see_ticket(request, ticket_give_up, answer, err);
}

bool ticket_kiosk_slip(const HttpServerRequest *request, HttpServerAnswer *answer, Error *err)
{
    char tag[16];
    Language language;
    ApiTicket ticket = { 0 };
    ApiProblem problem = { 0 };
    Guest guest;
    Access access = access_thing(request, answer, &guest, err);

    if (access != ACCESS_GRANTED)
        return access == ACCESS_REFUSED;
    if (!query_get(request->query, "language", tag, sizeof tag) || !language_parse(str_from(tag), &language))
        return problem_answer_kind(PROBLEM_BAD_REQUEST, answer, err);
    if (!ticket_look(office_of(request), &guest.caller.kiosk, guest.session, guest.id, &problem, &ticket, err))
        return false;
    if (problem.kind != PROBLEM_NONE)
        return problem_answer(&problem, answer, err);
    answer->content_type = "application/pdf";
    return slip_ticket(office_of(request), &ticket, guest.caller.kiosk.place, language, &answer->blob, err);
}

/* --- calls for a person ------------------------------------------------------------------------------------------- */

static bool answer_call(const ApiProblem *problem, const ApiCall *call, int status, HttpServerAnswer *answer,
                        Error *err)
{
    return problem->kind != PROBLEM_NONE ? problem_answer(problem, answer, err)
                                         : is_json(answer, status) && api_call_write(call, &answer->body, err);
}

static bool is_name(const char *text)
{
    for (; *text; text++)
        if (!((*text >= 'a' && *text <= 'z') || (*text >= '0' && *text <= '9') || *text == '-'))
            return false;
    return true;
}

bool call_kiosk_post(const HttpServerRequest *request, HttpServerAnswer *answer, Error *err)
{
    ApiCallAsk ask;
    ApiCall call = { 0 };
    ApiProblem problem = { 0 };
    Guest guest;
    bool made = false;
    Access access = access_guest(request, answer, &guest, err);

    if (access != ACCESS_GRANTED)
        return access == ACCESS_REFUSED;
    if (!api_call_ask_read(request->body, &ask, NULL) || !uuid_valid(ask.key) || !ask.screen[0] ||
        !is_name(ask.screen) || !is_name(ask.service))
        return problem_answer_kind(PROBLEM_BAD_REQUEST, answer, err);
    return call_make(office_of(request), &guest.caller.kiosk, guest.session, &ask, &problem, &made, &call, err) &&
           answer_call(&problem, &call, made ? 201 : 200, answer, err);
}

typedef bool CallSee(Office *office, const Kiosk *kiosk, const char *id, ApiProblem *ret_problem, ApiCall *ret,
                     Error *err);

static bool see_call(const HttpServerRequest *request, CallSee *see, HttpServerAnswer *answer, Error *err)
{
    ApiCall call = { 0 };
    ApiProblem problem = { 0 };
    Guest guest;
    Access access = access_thing(request, answer, &guest, err);

    if (access != ACCESS_GRANTED)
        return access == ACCESS_REFUSED;
    return see(office_of(request), &guest.caller.kiosk, guest.id, &problem, &call, err) &&
           answer_call(&problem, &call, 200, answer, err);
}

bool call_kiosk_get(const HttpServerRequest *request, HttpServerAnswer *answer, Error *err)
{
    return see_call(request, call_look, answer, err);
}

bool call_kiosk_delete(const HttpServerRequest *request, HttpServerAnswer *answer, Error *err)
{
    return see_call(request, call_give_up, answer, err);
}
