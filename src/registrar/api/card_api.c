#include "registrar/api/card_api.h"

#include "base/memory.h"
#include "registrar/api/access.h"
#include "registrar/api/problem.h"
#include "registrar/office/cards.h"

static bool answer_card(const ApiCard *card, HttpServerAnswer *answer, Error *err)
{
    answer->status = 200;
    answer->content_type = "application/json";
    return api_card_write(card, &answer->body, err);
}

bool card_api_get(const HttpServerRequest *request, HttpServerAnswer *answer, Error *err)
{
    ApiCard card = { 0 };
    Caller caller;
    Access access = access_session(request, answer, &caller, err);

    if (access != ACCESS_GRANTED)
        return access == ACCESS_REFUSED;
    return card_look(office_of(request), &caller.session, &card, err) && answer_card(&card, answer, err);
}

bool card_api_put(const HttpServerRequest *request, HttpServerAnswer *answer, Error *err)
{
    ApiCardPin given = { 0 };
    ApiProblem problem = { 0 };
    ApiCard card = { 0 };
    Caller caller;
    Access access = access_session(request, answer, &caller, err);

    if (access != ACCESS_GRANTED)
        return access == ACCESS_REFUSED;
    if (!api_card_pin_read(request->body, &given, NULL))
        return problem_answer_kind(PROBLEM_BAD_REQUEST, answer, err);
    bool done = card_set(office_of(request), &caller.session, &given, &problem, &card, err);
    mem_wipe(&given, sizeof given);
    return done &&
           (problem.kind != PROBLEM_NONE ? problem_answer(&problem, answer, err) : answer_card(&card, answer, err));
}

bool card_api_block(const HttpServerRequest *request, HttpServerAnswer *answer, Error *err)
{
    ApiCard card = { 0 };
    Caller caller;
    Access access = access_session(request, answer, &caller, err);

    if (access != ACCESS_GRANTED)
        return access == ACCESS_REFUSED;
    return card_block(office_of(request), &caller.session, &card, err) && answer_card(&card, answer, err);
}
