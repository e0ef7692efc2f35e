#include "wire/grant.h"

#include <stdio.h>
#include <string.h>

#include "base/memory.h"
#include "wire/json.h"

static const char *const state_words[] = {
    [GRANT_OFFERED] = "offered", [GRANT_OPENED] = "opened", [GRANT_DIGITS] = "digits",   [GRANT_MATCHED] = "matched",
    [GRANT_USED] = "used",       [GRANT_DENIED] = "denied", [GRANT_EXPIRED] = "expired",
};
static_assert(COUNT(state_words) == GRANT_STATE_COUNT, "one word per state");

static const char *const refusal_words[] = {
    [GRANT_AUTHORIZATION_PENDING] = "authorization_pending",
    [GRANT_SLOW_DOWN] = "slow_down",
    [GRANT_ACCESS_DENIED] = "access_denied",
    [GRANT_EXPIRED_TOKEN] = "expired_token",
    [GRANT_INVALID_GRANT] = "invalid_grant",
    [GRANT_INVALID_REQUEST] = "invalid_request",
    [GRANT_INVALID_CLIENT] = "invalid_client",
    [GRANT_UNSUPPORTED_GRANT_TYPE] = "unsupported_grant_type",
};
static_assert(COUNT(refusal_words) == GRANT_REFUSAL_COUNT, "one word per refusal");

static const Member offer_members[] = {
    MEMBER_OF_TEXT(ApiGrantOffer, grant),
    MEMBER_OF_TEXT(ApiGrantOffer, device_code),
    MEMBER_OF_TEXT(ApiGrantOffer, user_code),
    MEMBER_OF_TEXT(ApiGrantOffer, verification_uri),
    MEMBER_OF_TEXT(ApiGrantOffer, verification_uri_complete),
    MEMBER_OF_INT(ApiGrantOffer, expires_in, 1, 3600),
    MEMBER_OF_INT(ApiGrantOffer, interval, 1, 60),
};
static const Member grant_members[] = {
    MEMBER_OF_TEXT(ApiGrant, id),
    MEMBER_OF_WORD(ApiGrant, state, state_words),
    MEMBER_OF_INT(ApiGrant, seconds_left, 0, 3600),
};
static const Member refusal_members[] = {
    MEMBER_OF_WORD(ApiGrantRefusal, error, refusal_words),
};

/* What OAuth asks for beside the session. */
typedef struct Bearer {
    char access_token[API_TOKEN_SIZE];
    char token_type[16];
    int expires_in;
} Bearer;
static const Member bearer_members[] = {
    MEMBER_OF_TEXT(Bearer, access_token),
    MEMBER_OF_TEXT(Bearer, token_type),
    MEMBER_OF_INT(Bearer, expires_in, 0, 86400),
};

const char *grant_state_name(ApiGrantState state)
{
    return state_words[state];
}

bool grant_state_parse(Str name, ApiGrantState *ret)
{
    for (size_t i = 0; i < COUNT(state_words); i++)
        if (str_equal_text(name, state_words[i])) {
            *ret = (ApiGrantState)i;
            return true;
        }
    return false;
}

/* --- the code that people type ------------------------------------------------------------------------------------ */

bool grant_code_parse(Str typed, char ret[GRANT_CODE_LENGTH + 1])
{
    size_t count = 0;

    for (size_t i = 0; i < typed.len; i++) {
        char c = typed.ptr[i];

        if (c == '-' || c == ' ')
            continue;
        if (c >= 'a' && c <= 'z')
            c = (char)(c - 'a' + 'A');
        if (c == '\0' || !strchr(GRANT_LETTERS, c) || count == GRANT_CODE_LENGTH)
            return false;
        ret[count++] = c;
    }
    ret[count] = '\0';
    return count == GRANT_CODE_LENGTH;
}

void grant_code_grouped(const char *code, char ret[GRANT_CODE_SIZE])
{
    (void)snprintf(ret, GRANT_CODE_SIZE, "%.4s-%.4s", code, code + 4);
}

/* --- shapes ------------------------------------------------------------------------------------------------------- */

static bool write_flat(const Member *members, size_t count, const void *object, Buf *buf, Error *err)
{
    OWNED(json_t) json = members_write(members, count, object, err);

    return json && json_write(json, buf, err);
}

static bool read_flat(const Member *members, size_t count, Str text, void *ret, Error *err)
{
    OWNED(json_t) json = json_read(text, err);

    return json && members_read(members, count, json, ret, err);
}

bool api_grant_offer_write(const ApiGrantOffer *offer, Buf *buf, Error *err)
{
    return write_flat(offer_members, COUNT(offer_members), offer, buf, err);
}

bool api_grant_offer_read(Str json, ApiGrantOffer *ret, Error *err)
{
    char code[GRANT_CODE_LENGTH + 1];

    *ret = (ApiGrantOffer){ 0 };
    if (!read_flat(offer_members, COUNT(offer_members), json, ret, err))
        return false;
    return grant_code_parse(str_from(ret->user_code), code) || error_set(err, ERR_PROTOCOL, "user_code");
}

bool api_grant_write(const ApiGrant *grant, Buf *buf, Error *err)
{
    return write_flat(grant_members, COUNT(grant_members), grant, buf, err);
}

bool api_grant_read(Str json, ApiGrant *ret, Error *err)
{
    *ret = (ApiGrant){ 0 };
    return read_flat(grant_members, COUNT(grant_members), json, ret, err);
}

bool api_grant_refusal_write(const ApiGrantRefusal *refusal, Buf *buf, Error *err)
{
    return write_flat(refusal_members, COUNT(refusal_members), refusal, buf, err);
}

bool api_grant_refusal_read(Str json, ApiGrantRefusal *ret, Error *err)
{
    *ret = (ApiGrantRefusal){ 0 };
    return read_flat(refusal_members, COUNT(refusal_members), json, ret, err);
}

static json_t *session_json(const ApiSession *session, Error *err)
{
    OWNED_BUF text;

    buf_init(&text, 4096);
    return api_session_write(session, &text, err) ? json_read(buf_str(&text), err) : NULL;
}

bool api_grant_token_write(const ApiGrantToken *token, Buf *buf, Error *err)
{
    Bearer bearer = { .token_type = "Bearer", .expires_in = token->session.seconds_left };

    memcpy(bearer.access_token, token->session.token, sizeof bearer.access_token);
    OWNED(json_t) json = members_write(bearer_members, COUNT(bearer_members), &bearer, err);
    OWNED(json_t) session = json ? session_json(&token->session, err) : NULL;

    mem_wipe(&bearer, sizeof bearer);
    if (!session)
        return false;
    if (json_object_set(json, "session", session) != 0)
        return error_set(err, ERR_MEMORY, "token");
    return json_write(json, buf, err);
}

static bool read_session(const json_t *json, ApiSession *ret, Error *err)
{
    const json_t *session = json_object_get(json, "session");
    OWNED_BUF text;

    buf_init(&text, 4096);
    if (!json_is_object(session))
        return error_set(err, ERR_PROTOCOL, "session");
    return json_write(session, &text, err) && api_session_read(buf_str(&text), ret, err);
}

bool api_grant_token_read(Str text, ApiGrantToken *ret, Error *err)
{
    Bearer bearer = { 0 };
    OWNED(json_t) json = json_read(text, err);

    *ret = (ApiGrantToken){ 0 };
    bool done = json && members_read(bearer_members, COUNT(bearer_members), json, &bearer, err) &&
                read_session(json, &ret->session, err);
    if (done && (strcmp(bearer.access_token, ret->session.token) != 0 || strcmp(bearer.token_type, "Bearer") != 0))
        done = error_set(err, ERR_PROTOCOL, "access_token");
    mem_wipe(&bearer, sizeof bearer);
    if (!done)
        mem_wipe(ret, sizeof *ret);
    return done;
}
