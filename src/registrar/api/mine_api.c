#include "registrar/api/mine_api.h"

#include "base/memory.h"
#include "registrar/api/access.h"
#include "registrar/api/problem.h"
#include "registrar/http/query.h"
#include "registrar/office/mine.h"

/* With the key that the path names: what is no key is nobody's. */
static Access access_key(const HttpServerRequest *request, HttpServerAnswer *answer, Caller *ret,
                         char ret_key[API_ID_SIZE], Error *err)
{
    Access access = access_session(request, answer, ret, err);

    if (access != ACCESS_GRANTED || (str_copy(request->parameters[0], ret_key, API_ID_SIZE) && uuid_valid(ret_key)))
        return access;
    return problem_answer_kind(PROBLEM_NOT_FOUND, answer, err) ? ACCESS_REFUSED : ACCESS_FAILED;
}

static bool answer_details(const ApiRequestDetails *details, HttpServerAnswer *answer, Error *err)
{
    answer->content_type = "application/json";
    return api_request_details_write(details, &answer->body, err);
}

bool mine_api_get(const HttpServerRequest *request, HttpServerAnswer *answer, Error *err)
{
    ApiProblem problem;
    char key[API_ID_SIZE];
    Caller caller;
    Access access = access_key(request, answer, &caller, key, err);

    if (access != ACCESS_GRANTED)
        return access == ACCESS_REFUSED;
    ApiRequestDetails *details = mem_new(1, sizeof *details);
    if (!details)
        return error_set(err, ERR_MEMORY, "details of a request");
    bool done =
        office_details(office_of(request), &caller.session, key, &problem, details, err) &&
        (problem.kind == PROBLEM_NONE ? answer_details(details, answer, err) : problem_answer(&problem, answer, err));
    mem_free_wiped(details, sizeof *details);
    return done;
}

bool mine_api_answer(const HttpServerRequest *request, HttpServerAnswer *answer, Error *err)
{
    ApiRequest given = { 0 };
    ApiProblem problem = { 0 };
    ApiIssued issued = { 0 };
    char key[API_ID_SIZE];
    Caller caller;
    Access access = access_key(request, answer, &caller, key, err);

    if (access != ACCESS_GRANTED)
        return access == ACCESS_REFUSED;
    if (!api_request_read(request->body, &given, NULL))
        return problem_answer_kind(PROBLEM_BAD_REQUEST, answer, err);
    bool done = office_answer_anew(office_of(request), &caller.session, key, &given, &problem, &issued, err);
    mem_wipe(&given, sizeof given);
    if (!done)
        return false;
    if (problem.kind == PROBLEM_ALREADY_OPEN)
        return problem_answer_open(&issued, answer, err);
    if (problem.kind != PROBLEM_NONE)
        return problem_answer(&problem, answer, err);
    answer->content_type = "application/json";
    return api_issued_write(&issued, &answer->body, err);
}

bool mine_api_keep(const HttpServerRequest *request, HttpServerAnswer *answer, Error *err)
{
    ApiDraft draft = { 0 };
    ApiProblem problem = { 0 };
    char key[API_ID_SIZE];
    Caller caller;
    Access access = access_key(request, answer, &caller, key, err);

    if (access != ACCESS_GRANTED)
        return access == ACCESS_REFUSED;
    if (!api_draft_read(request->body, &draft, NULL))
        return problem_answer_kind(PROBLEM_BAD_REQUEST, answer, err);
    bool done = office_answer_keep(office_of(request), &caller.session, key, &draft, &problem, err);
    mem_wipe(&draft, sizeof draft);
    if (done && problem.kind != PROBLEM_NONE)
        return problem_answer(&problem, answer, err);
    answer->status = 204;
    return done;
}

bool mine_api_receipt(const HttpServerRequest *request, HttpServerAnswer *answer, Error *err)
{
    ApiProblem problem;
    char key[API_ID_SIZE], tag[16];
    Language language;
    Caller caller;
    Access access = access_key(request, answer, &caller, key, err);

    if (access != ACCESS_GRANTED)
        return access == ACCESS_REFUSED;
    if (!query_get(request->query, "language", tag, sizeof tag) || !language_parse(str_from(tag), &language))
        return problem_answer_kind(PROBLEM_BAD_REQUEST, answer, err);
    if (!office_receipt(office_of(request), &caller.session, key, language, &problem, &answer->blob, err))
        return false;
    if (problem.kind != PROBLEM_NONE)
        return problem_answer(&problem, answer, err);
    answer->content_type = "application/pdf";
    return true;
}
