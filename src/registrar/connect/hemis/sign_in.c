#include <string.h>

#include "base/memory.h"
#include "registrar/connect/hemis/inside.h"

#define WAIT_S 600 /* HEMIS counts an address's failures for ten minutes (S1) */

void hemis_token_wipe(HemisToken *token)
{
    mem_wipe(token, sizeof *token);
}

bool hemis_token_ok(const char *token)
{
    for (const char *at = token; *at; at++)
        if (*at <= ' ' || *at > '~')
            return false;
    return token[0] != '\0';
}

static bool write_body(const char *number, const char *password, Buf *body, Error *err)
{
    OWNED(json_t) fields = json_pack("{s:s, s:s}", "login", number, "password", password);

    if (!fields)
        return error_set(err, ERR_ARGUMENT, "a login that is no text");
    return json_write(fields, body, err);
}

static HemisOutcome take_token(const json_t *data, HemisToken *ret_token, Error *err)
{
    const json_t *token = json_object_get(data, "token");

    if (json_is_string(token) &&
        str_copy((Str){ json_string_value(token), json_string_length(token) }, ret_token->text, HEMIS_TOKEN_SIZE) &&
        hemis_token_ok(ret_token->text))
        return HEMIS_OK;
    hemis_token_wipe(ret_token);
    error_set(err, ERR_PROTOCOL, "signed in without a token");
    return HEMIS_STRANGE;
}

int hemis_sign_in_deadline_ms(const Hemis *hemis)
{
    const HemisConfig *config = hemis_config(hemis);

    return config->sign_in_ms > 0 ? config->sign_in_ms : config->deadline_ms;
}

bool hemis_was_told(HemisOutcome outcome, const Error *err)
{
    return (outcome != HEMIS_AWAY && outcome != HEMIS_FAILED) || http_was_sent(err);
}

HemisOutcome hemis_sign_in(Hemis *hemis, const char *number, const char *password, HemisToken *ret_token,
                           int *ret_wait_s, Error *err)
{
    OWNED_HEMIS_REPLY reply = { 0 };
    OWNED_BUF body;

    hemis_token_wipe(ret_token);
    *ret_wait_s = 0;
    buf_init(&body, 4096);
    if (!write_body(number, password, &body, err))
        return HEMIS_FAILED;
    HemisOutcome outcome = hemis_ask(hemis,
                                     &(HemisAsk){ .path = "/v1/auth/login",
                                                  .body = buf_str(&body),
                                                  .deadline_ms = hemis_sign_in_deadline_ms(hemis) },
                                     &reply, err);
    mem_wipe(body.data, body.len);

    if (outcome == HEMIS_OK)
        return take_token(reply.data, ret_token, err);
    if (outcome == HEMIS_EXPIRED)
        return HEMIS_REFUSED;
    if (outcome == HEMIS_LIMITED)
        *ret_wait_s = reply.wait_s > 0 ? reply.wait_s : WAIT_S;
    /* Only a plain 401 is believed to be a refusal: a verifier is deleted for it. */
    return outcome == HEMIS_NOTHING || outcome == HEMIS_UNCHANGED ? HEMIS_STRANGE : outcome;
}
