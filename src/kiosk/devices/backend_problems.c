/* Answers that refuse: what they are to the glass. */
#include "kiosk/devices/backend_calls.h"

static const struct {
    int status;
    ErrorCode code;
    ApiProblemKind problem; /* when the body does not say: a proxy answered, or nothing of ours */
} statuses[] = {
    { 400, ERR_ARGUMENT, PROBLEM_BAD_REQUEST },
    { 401, ERR_DENIED, PROBLEM_SESSION_ENDED },
    { 403, ERR_DENIED, PROBLEM_NOT_ALLOWED },
    { 404, ERR_NOT_FOUND, PROBLEM_NOT_FOUND },
    { 409, ERR_CONFLICT, PROBLEM_NONE },
    { 422, ERR_FORMAT, PROBLEM_NONE },
    { 429, ERR_LIMIT, PROBLEM_LIMIT },
    { 500, ERR_INTERNAL, PROBLEM_INTERNAL },
    { 502, ERR_BUSY, PROBLEM_BUSY },
    { 503, ERR_BUSY, PROBLEM_BUSY },
    { 504, ERR_BUSY, PROBLEM_BUSY },
};

void backend_failure(const Cmd *cmd, ErrorCode code, Msg *ret)
{
    *ret = (Msg){ .kind = MSG_FAILED, .visit = cmd->visit, .asked = cmd->asked };
    ret->as.failed.command = (uint8_t)cmd->kind;
    ret->as.failed.code = code;
    if (cmd->kind == CMD_PREVIEW)
        ret->as.failed.serial = cmd->as.preview.serial;
    else if (cmd->kind == CMD_DRAFT)
        ret->as.failed.serial = cmd->as.draft.serial;
}

void backend_problem(const Cmd *cmd, const HttpAnswer *answer, Msg *ret)
{
    ApiProblem problem = { 0 };
    ErrorCode code = ERR_PROTOCOL;

    bool told = str_starts(str_from(answer->content_type), STR("application/problem+json")) &&
                api_problem_read(buf_str(&answer->body), answer->status, &problem, NULL);
    for (size_t i = 0; i < COUNT(statuses); i++) {
        if (statuses[i].status != answer->status)
            continue;
        code = statuses[i].code;
        if (!told)
            problem = (ApiProblem){ .kind = statuses[i].problem };
    }
    problem.status = answer->status;
    if (problem.retry_after_s == 0)
        problem.retry_after_s = answer->retry_after_s;
    backend_failure(cmd, code, ret);
    ret->as.failed.problem = problem;
}
