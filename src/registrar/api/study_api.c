#include "registrar/api/study_api.h"

#include "base/memory.h"
#include "registrar/api/access.h"
#include "registrar/api/problem.h"
#include "registrar/office/looks.h"
#include "registrar/office/study.h"

/* Too large for a stack, and wiped: it is somebody's whole record. */
bool study_api_get(const HttpServerRequest *request, HttpServerAnswer *answer, Error *err)
{
    Caller caller;
    Access access = access_session(request, answer, &caller, err);

    if (access != ACCESS_GRANTED)
        return access == ACCESS_REFUSED;
    ApiStudy *study = mem_new(1, sizeof *study);
    answer->content_type = "application/json";
    bool done =
        study ? study_of(office_of(request), &caller.session, study, err) && api_study_write(study, &answer->body, err)
              : error_set(err, ERR_MEMORY, "study");
    mem_free_wiped(study, sizeof *study);
    return done;
}

bool looks_api_get(const HttpServerRequest *request, HttpServerAnswer *answer, Error *err)
{
    ApiProblem problem = { 0 };
    ApiLooks looks = { 0 };
    Caller caller;
    Access access = access_session(request, answer, &caller, err);

    if (access != ACCESS_GRANTED)
        return access == ACCESS_REFUSED;
    answer->content_type = "application/json";
    bool done = looks_of(office_of(request), &caller.session, &problem, &looks, err) &&
                (problem.kind != PROBLEM_NONE ? problem_answer(&problem, answer, err)
                                              : api_looks_write(&looks, &answer->body, err));
    mem_wipe(&looks, sizeof looks);
    return done;
}
