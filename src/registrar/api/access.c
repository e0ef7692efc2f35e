#include "registrar/api/access.h"

#include "registrar/api/problem.h"
#include "registrar/office/sign_in.h"

static Access refuse(ApiProblemKind kind, HttpServerAnswer *answer, Error *err)
{
    return problem_answer_kind(kind, answer, err) ? ACCESS_REFUSED : ACCESS_FAILED;
}

Access access_kiosk(const HttpServerRequest *request, HttpServerAnswer *answer, Caller *ret, Error *err)
{
    KioskStanding standing = KIOSK_UNKNOWN;

    if (!request->client_fingerprint[0] || request->client_expired)
        return refuse(PROBLEM_UNKNOWN_KIOSK, answer, err);
    if (!kiosk_by_certificate(office_of(request), request->client_fingerprint, &standing, &ret->kiosk, err))
        return ACCESS_FAILED;
    return standing == KIOSK_KNOWN ? ACCESS_GRANTED : refuse(PROBLEM_UNKNOWN_KIOSK, answer, err);
}

Access access_session(const HttpServerRequest *request, HttpServerAnswer *answer, Caller *ret, Error *err)
{
    Access access = access_kiosk(request, answer, ret, err);
    bool found = false;

    if (access != ACCESS_GRANTED)
        return access;
    if (request->bearer && !session_find(office_of(request), &ret->kiosk, request->bearer, &found, &ret->session, err))
        return ACCESS_FAILED;
    return found ? ACCESS_GRANTED : refuse(PROBLEM_SESSION_ENDED, answer, err);
}

int64_t access_refusal_leaves_at_ms(const HttpServerRequest *request)
{
    int64_t now_ms = clock_monotonic_ms(&office_config(office_of(request))->clock);
    int64_t deadline_ms = request->arrived_ms + sign_in_deadline_ms(office_of(request));

    return ((now_ms > deadline_ms ? now_ms : deadline_ms) + 999) / 1000 * 1000;
}
