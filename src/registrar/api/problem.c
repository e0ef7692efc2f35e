#include "registrar/api/problem.h"

#include <jansson.h>

static const int statuses[] = {
    [PROBLEM_NONE] = 500, /* never an answer */
    [PROBLEM_SIGN_IN_REFUSED] = 401,
    [PROBLEM_LIMIT] = 429,
    [PROBLEM_SESSION_ENDED] = 401,
    [PROBLEM_NOT_ALLOWED] = 403,
    [PROBLEM_FORM] = 422,
    [PROBLEM_KEY_REUSED] = 422,
    [PROBLEM_ALREADY_OPEN] = 409,
    [PROBLEM_HANDED_OUT] = 409,
    [PROBLEM_TOO_LARGE_FOR_SEAL] = 422,
    [PROBLEM_NOT_FOUND] = 404,
    [PROBLEM_UNKNOWN_KIOSK] = 403,
    [PROBLEM_BAD_REQUEST] = 400,
    [PROBLEM_BUSY] = 503,
    [PROBLEM_INTERNAL] = 500,
};
static_assert(COUNT(statuses) == PROBLEM_COUNT, "one status per problem");

ApiProblem problem_of(ApiProblemKind kind)
{
    return (ApiProblem){ .kind = kind, .status = statuses[kind] };
}

static void begin(ApiProblem *problem, HttpServerAnswer *answer)
{
    assert(problem->kind != PROBLEM_NONE);
    if (problem->status == 0)
        problem->status = statuses[problem->kind];
    buf_clear(&answer->body);
    answer->status = problem->status;
    answer->retry_after_s = problem->retry_after_s;
    answer->content_type = "application/problem+json";
}

bool problem_answer(const ApiProblem *problem, HttpServerAnswer *answer, Error *err)
{
    ApiProblem whole = *problem;

    begin(&whole, answer);
    return api_problem_write(&whole, &answer->body, err);
}

bool problem_answer_kind(ApiProblemKind kind, HttpServerAnswer *answer, Error *err)
{
    ApiProblem problem = problem_of(kind);

    return problem_answer(&problem, answer, err);
}

static int append(const char *bytes, size_t size, void *buf)
{
    buf_add(buf, bytes, size);
    return 0;
}

static bool merge(Str problem, Str open, Buf *ret, Error *err)
{
    json_t *all = json_loadb(problem.ptr, problem.len, 0, NULL);
    json_t *more = json_loadb(open.ptr, open.len, 0, NULL);
    bool merged = all && more && json_object_update_missing(all, more) == 0 &&
                  json_dump_callback(all, append, ret, JSON_COMPACT) == 0;

    json_decref(all);
    json_decref(more);
    return merged ? buf_ok(ret, err) : error_set(err, ERR_MEMORY, "problem");
}

bool problem_answer_open(const ApiProblem *problem, const ApiIssued *open, HttpServerAnswer *answer, Error *err)
{
    ApiProblem whole = *problem;
    OWNED_BUF one;
    OWNED_BUF other;

    begin(&whole, answer);
    buf_init(&one, 4096);
    buf_init(&other, 4096);
    return api_problem_write(&whole, &one, err) && api_issued_write(open, &other, err) &&
           merge(buf_str(&one), buf_str(&other), &answer->body, err);
}
