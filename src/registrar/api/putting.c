#include "registrar/api/putting.h"

#include <stdio.h>

#include "registrar/api/epochs.h"
#include "registrar/api/problem.h"
#include "registrar/office/checks.h"
#include "wire/json.h"

/* Wrong ones are counted by source; a right one costs nothing, so that a program may change a hundred files. */
static Access refuse(const HttpServerRequest *request, HttpServerAnswer *answer, Error *err)
{
    ApiProblem problem = problem_of(PROBLEM_SESSION_ENDED);
    bool allowed = true;
    int wait_s = 0;

    if (request->bearer && !office_limit(office_of(request), "unknown-token", request->source, &allowed, &wait_s, err))
        return ACCESS_FAILED;
    if (!allowed) {
        problem = problem_of(PROBLEM_LIMIT);
        problem.retry_after_s = wait_s;
    }
    return problem_answer(&problem, answer, err) ? ACCESS_REFUSED : ACCESS_FAILED;
}

Access access_token(const HttpServerRequest *request, const char *purpose, HttpServerAnswer *answer, TokenRow *ret,
                    Error *err)
{
    bool known;

    if (!token_known(office_of(request), request->bearer, purpose, &known, ret, err))
        return ACCESS_FAILED;
    return known ? ACCESS_GRANTED : refuse(request, answer, err);
}

void actor_token(const TokenRow *token, char ret[TOKEN_NAME_SIZE + 8])
{
    (void)snprintf(ret, TOKEN_NAME_SIZE + 8, "token:%s", token->name);
}

/* --- what is asked ------------------------------------------------------------------------------------------------ */

void asked_fini(Asked *asked)
{
    json_decref(asked->body);
}

Access asked_refuse(ApiProblemKind kind, HttpServerAnswer *answer, Error *err)
{
    return problem_answer_kind(kind, answer, err) ? ACCESS_REFUSED : ACCESS_FAILED;
}

Access asked_by_clerk(const HttpServerRequest *request, const char *purpose, HttpServerAnswer *answer, Asked *ret,
                      Error *err)
{
    Access access = access_token(request, purpose, answer, &ret->token, err);

    if (access == ACCESS_GRANTED)
        actor_token(&ret->token, ret->clerk);
    return access;
}

Access asked_read_epoch(const HttpServerRequest *request, HttpServerAnswer *answer, Asked *ret, Error *err)
{
    if (!request->if_match)
        return asked_refuse(PROBLEM_UNCONDITIONAL, answer, err);
    return epoch_read(request->if_match, &ret->epoch) ? ACCESS_GRANTED : asked_refuse(PROBLEM_CHANGED, answer, err);
}

Access asked_read_body(const HttpServerRequest *request, HttpServerAnswer *answer, Asked *ret, Error *err)
{
    ret->body = json_read(request->body, NULL);
    return json_is_object(ret->body) ? ACCESS_GRANTED : asked_refuse(PROBLEM_BAD_REQUEST, answer, err);
}

const char *asked_text(const Asked *asked, const char *name)
{
    const char *text = json_string_value(json_object_get(asked->body, name));

    return text ? text : "";
}

/* --- what is answered --------------------------------------------------------------------------------------------- */

bool answer_json(json_t *take_json, HttpServerAnswer *answer, Error *err)
{
    OWNED(json_t) json = take_json;

    answer->content_type = "application/json";
    return json ? json_write(json, &answer->body, err) : error_set(err, ERR_MEMORY, "answer");
}

bool answer_done(const ApiProblem *problem, HttpServerAnswer *answer, Error *err)
{
    answer->status = 204;
    return problem->kind == PROBLEM_NONE || problem_answer(problem, answer, err);
}

/* --- what is meant ------------------------------------------------------------------------------------------------ */

static bool names_version(const char *list, const char *version)
{
    Str rest = str_from(list);
    char tag[SHELF_HASH_SIZE + 2];

    (void)snprintf(tag, sizeof tag, "\"%s\"", version);
    while (rest.ptr) {
        Str one = str_trim(str_split(&rest, ','));

        if (str_equal_text(one, "*") || str_equal_text(one, tag))
            return true;
    }
    return false;
}

bool put_is_meant(void *ctx, const char *version)
{
    const HttpServerRequest *request = ctx;

    if (request->if_match && (!version || !names_version(request->if_match, version)))
        return false;
    return !request->if_none_match || !version || !names_version(request->if_none_match, version);
}

static json_t *fault_json(const ShelfFault *fault)
{
    return json_pack("{s:s, s:s, s:s}", "file", fault->file, "path", fault->path, "reason", fault->reason);
}

bool answer_faults(const ShelfFaults *faults, HttpServerAnswer *answer, Error *err)
{
    const ApiProblem problem = problem_of(PROBLEM_NOT_WHOLE);
    OWNED(json_t) list = json_array();

    if (!problem_answer(&problem, answer, err))
        return false;
    OWNED(json_t) whole = json_read(buf_str(&answer->body), err);
    bool done = list && whole;
    for (size_t i = 0; done && i < faults->count; i++)
        done = json_array_append_new(list, fault_json(&faults->items[i])) == 0;
    done = done && json_object_set(whole, "faults", list) == 0;
    buf_clear(&answer->body);
    return done ? json_write(whole, &answer->body, err) : error_set(err, ERR_MEMORY, "faults");
}
