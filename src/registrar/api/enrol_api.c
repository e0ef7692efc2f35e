#include "registrar/api/enrol_api.h"

#include "base/memory.h"
#include "registrar/api/access.h"
#include "registrar/api/problem.h"
#include "registrar/office/enrolment.h"

#define BUSY_RETRY_S 60 /* another registrar may be where kiosks are enrolled */

static bool refuse(ApiProblem *problem, HttpServerAnswer *answer, Error *err)
{
    if (problem->kind == PROBLEM_BUSY)
        problem->retry_after_s = BUSY_RETRY_S;
    return problem_answer(problem, answer, err);
}

bool enrol_api_enrol(const HttpServerRequest *request, HttpServerAnswer *answer, Error *err)
{
    uint8_t key[ENROL_KEY_SIZE] = { 0 };
    ApiEnrol enrol = { 0 };
    ApiProblem problem = { 0 };
    ApiEnrolled enrolled = { 0 };

    if (!api_enrol_read(request->body, &enrol, NULL))
        return problem_answer_kind(PROBLEM_BAD_REQUEST, answer, err);
    if (!kiosk_enrol(office_of(request), &enrol, request->source, &problem, &enrolled, key, err))
        return false;
    answer->status = 201;
    answer->content_type = "application/json";
    bool done = problem.kind != PROBLEM_NONE ? refuse(&problem, answer, err)
                                             : api_enrolled_write(&enrolled, key, &answer->body, err);
    mem_wipe(key, sizeof key);
    return done;
}

bool enrol_api_renew(const HttpServerRequest *request, HttpServerAnswer *answer, Error *err)
{
    ApiRenewal renewal = { 0 };
    ApiProblem problem = { 0 };
    ApiRenewed renewed = { 0 };

    if (!api_renewal_read(request->body, &renewal, NULL))
        return problem_answer_kind(PROBLEM_BAD_REQUEST, answer, err);
    if (!kiosk_renew(office_of(request), request->client_fingerprint, &renewal, &problem, &renewed, err))
        return false;
    answer->status = 201;
    answer->content_type = "application/json";
    return problem.kind != PROBLEM_NONE ? refuse(&problem, answer, err)
                                        : api_renewed_write(&renewed, &answer->body, err);
}
