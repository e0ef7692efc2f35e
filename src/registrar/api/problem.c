#include "registrar/api/problem.h"

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
    [PROBLEM_METHOD] = 405,
    [PROBLEM_TOO_LARGE] = 413,
    [PROBLEM_VERSION] = 404,
    [PROBLEM_NOT_WHOLE] = 422,
    [PROBLEM_CHANGED] = 412,
    [PROBLEM_UNCONDITIONAL] = 428,
    [PROBLEM_OF_FOLDER] = 409,
    [PROBLEM_DECIDED] = 409,
    [PROBLEM_UNPAID] = 409,
    [PROBLEM_LACKS] = 422,
    [PROBLEM_NO_BLANK] = 409,
    [PROBLEM_UNCONFIRMED] = 409,
    [PROBLEM_CLOSED] = 409,
    [PROBLEM_CARD_BLOCKED] = 403,
    [PROBLEM_CARD_TAKEN] = 409,
    [PROBLEM_PIN_EASY] = 422,
    [PROBLEM_HEMIS_AWAY] = 503,
    [PROBLEM_HEMIS_TRIES] = 429,
    [PROBLEM_ENROL_REFUSED] = 403,
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

bool problem_answer_open(const ApiIssued *open, HttpServerAnswer *answer, Error *err)
{
    ApiProblem problem = problem_of(PROBLEM_ALREADY_OPEN);

    begin(&problem, answer);
    return api_already_open_write(open, &answer->body, err);
}

/* "/kiosk/v7/catalogue": a version, and not one of ours, whose paths have routes. */
static bool names_another_version(const char *path)
{
    Str rest = str_from(path);

    str_split(&rest, '/');
    str_split(&rest, '/');
    Str version = str_split(&rest, '/');
    if (version.len < 2 || version.ptr[0] != 'v' || str_equal_text(version, API_VERSIONS))
        return false;
    for (size_t i = 1; i < version.len; i++)
        if (version.ptr[i] < '0' || version.ptr[i] > '9')
            return false;
    return true;
}

bool problem_fallback(const HttpServerRequest *request, HttpServerAnswer *answer, Error *err)
{
    ApiProblem problem = { .kind = PROBLEM_BAD_REQUEST,
                           .status = answer->status,
                           .retry_after_s = answer->retry_after_s };

    switch (answer->status) {
    case 404: problem.kind = names_another_version(request->path) ? PROBLEM_VERSION : PROBLEM_NOT_FOUND; break;
    case 405: problem.kind = PROBLEM_METHOD; break;
    case 413:
    case 414:
    case 431: problem.kind = PROBLEM_TOO_LARGE; break;
    case 429: problem.kind = PROBLEM_LIMIT; break;
    case 503: problem.kind = PROBLEM_BUSY; break;
    default:
        if (answer->status >= 500)
            problem.kind = PROBLEM_INTERNAL;
    }
    if (problem.kind == PROBLEM_BUSY && problem.retry_after_s == 0)
        problem.retry_after_s = 1;
    return problem_answer(&problem, answer, err);
}
