#include "registrar/api/grant_api.h"

#include <string.h>

#include "base/memory.h"
#include "registrar/api/access.h"
#include "registrar/api/problem.h"
#include "registrar/http/query.h"
#include "registrar/office/grants.h"

#define FIELD_SIZE 128 /* of the form; what is longer is none of ours */

static bool json(HttpServerAnswer *answer, int status)
{
    answer->status = status;
    answer->content_type = "application/json";
    return true;
}

/* --- OAuth's own -------------------------------------------------------------------------------------------------- */

static bool refuse(GrantRefusal refusal, HttpServerAnswer *answer, Error *err)
{
    const ApiGrantRefusal said = { refusal };

    return json(answer, 400) && api_grant_refusal_write(&said, &answer->body, err);
}

/* RFC 6749 section 3.2: a parameter that stands there twice is no request; "" is none. */
static bool read_field(const HttpServerRequest *request, const char *name, char array[FIELD_SIZE])
{
    const size_t length = strlen(name);
    Str rest = request->body;
    unsigned count = 0;

    while (rest.ptr && rest.len > 0) {
        const Str pair = str_split(&rest, '&');

        count += pair.len > length && pair.ptr[length] == '=' && memcmp(pair.ptr, name, length) == 0;
    }
    array[0] = '\0';
    /* The listener ends a body with a zero byte that it does not count. */
    return count == 1 && query_get(request->body.ptr, name, array, FIELD_SIZE) && array[0] != '\0';
}

/* False: the answer says what is wrong with it.  grant_type NULL: none is asked for. */
static bool is_client(const HttpServerRequest *request, const char *grant_type, GrantRefusal *ret)
{
    char field[FIELD_SIZE];

    *ret = GRANT_INVALID_REQUEST;
    if (!str_starts(str_from(request->content_type), STR("application/x-www-form-urlencoded")))
        return false;
    if (grant_type && !read_field(request, "grant_type", field))
        return false;
    if (grant_type && strcmp(field, grant_type) != 0) {
        *ret = GRANT_UNSUPPORTED_GRANT_TYPE;
        return false;
    }
    if (!read_field(request, "client_id", field))
        return false;
    *ret = GRANT_INVALID_CLIENT;
    return strcmp(field, GRANT_CLIENT_ID) == 0;
}

bool grant_api_offer(const HttpServerRequest *request, HttpServerAnswer *answer, Error *err)
{
    ApiGrantOffer offer = { 0 };
    ApiProblem problem = { 0 };
    GrantRefusal refusal;
    Caller caller;
    Access access = access_kiosk(request, answer, &caller, err);

    if (access != ACCESS_GRANTED)
        return access == ACCESS_REFUSED;
    if (!is_client(request, NULL, &refusal))
        return refuse(refusal, answer, err);
    bool done = grant_offer(office_of(request), &caller.kiosk, &problem, &offer, err) &&
                (problem.kind != PROBLEM_NONE ? problem_answer(&problem, answer, err)
                                              : json(answer, 200) && api_grant_offer_write(&offer, &answer->body, err));
    mem_wipe(&offer, sizeof offer);
    return done;
}

bool grant_api_token(const HttpServerRequest *request, HttpServerAnswer *answer, Error *err)
{
    char code[FIELD_SIZE];
    ApiGrantToken token = { 0 };
    GrantRefusal refusal;
    bool given = false;
    Caller caller;
    Access access = access_kiosk(request, answer, &caller, err);

    if (access != ACCESS_GRANTED)
        return access == ACCESS_REFUSED;
    if (!is_client(request, GRANT_TYPE, &refusal))
        return refuse(refusal, answer, err);
    if (!read_field(request, "device_code", code))
        return refuse(GRANT_INVALID_REQUEST, answer, err);
    bool done =
        grant_token(office_of(request), &caller.kiosk, code, &given, &refusal, &token, err) &&
        (given ? json(answer, 200) && api_grant_token_write(&token, &answer->body, err) : refuse(refusal, answer, err));
    mem_wipe(code, sizeof code);
    mem_wipe(&token, sizeof token);
    return done;
}

/* --- beside them -------------------------------------------------------------------------------------------------- */

/* A grant in the address; what is no id is not found, like one that nobody has. */
static Access access_grant(const HttpServerRequest *request, HttpServerAnswer *answer, Caller *caller,
                           char ret_id[API_ID_SIZE], Error *err)
{
    const Access access = access_kiosk(request, answer, caller, err);

    if (access != ACCESS_GRANTED)
        return access;
    if (str_copy(request->parameters[0], ret_id, API_ID_SIZE) && uuid_valid(ret_id))
        return ACCESS_GRANTED;
    return problem_answer_kind(PROBLEM_NOT_FOUND, answer, err) ? ACCESS_REFUSED : ACCESS_FAILED;
}

static bool answer_grant(bool found, const ApiGrant *grant, HttpServerAnswer *answer, Error *err)
{
    if (!found)
        return problem_answer_kind(PROBLEM_NOT_FOUND, answer, err);
    return json(answer, 200) && api_grant_write(grant, &answer->body, err);
}

bool grant_api_get(const HttpServerRequest *request, HttpServerAnswer *answer, Error *err)
{
    char id[API_ID_SIZE];
    ApiGrant grant = { 0 };
    bool found;
    Caller caller;
    Access access = access_grant(request, answer, &caller, id, err);

    if (access != ACCESS_GRANTED)
        return access == ACCESS_REFUSED;
    return grant_look(office_of(request), &caller.kiosk, id, &found, &grant, err) &&
           answer_grant(found, &grant, answer, err);
}

bool grant_api_digits(const HttpServerRequest *request, HttpServerAnswer *answer, Error *err)
{
    char id[API_ID_SIZE];
    ApiPhoneDigits given = { 0 };
    ApiGrant grant = { 0 };
    bool found;
    Caller caller;
    Access access = access_grant(request, answer, &caller, id, err);

    if (access != ACCESS_GRANTED)
        return access == ACCESS_REFUSED;
    if (!api_phone_digits_read(request->body, &given, NULL) || strspn(given.digits, "0123456789") != 2)
        return problem_answer_kind(PROBLEM_BAD_REQUEST, answer, err); /* no try: nothing was typed to the end */
    return grant_digits(office_of(request), &caller.kiosk, id, given.digits, &found, &grant, err) &&
           answer_grant(found, &grant, answer, err);
}

bool grant_api_delete(const HttpServerRequest *request, HttpServerAnswer *answer, Error *err)
{
    char id[API_ID_SIZE];
    bool found;
    Caller caller;
    Access access = access_grant(request, answer, &caller, id, err);

    if (access != ACCESS_GRANTED)
        return access == ACCESS_REFUSED;
    if (!grant_withdraw(office_of(request), &caller.kiosk, id, &found, err))
        return false;
    if (!found)
        return problem_answer_kind(PROBLEM_NOT_FOUND, answer, err);
    answer->status = 204;
    return true;
}
