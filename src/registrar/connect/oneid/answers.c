#include <string.h>

#include "registrar/connect/oneid/inside.h"
#include "wire/json.h"

static OneIdOutcome strange(Error *err, const char *what)
{
    (void)error_set(err, ERR_PROTOCOL, "OneID: %s", what);
    return ONEID_STRANGE;
}

static OneIdOutcome refused(Error *err, const char *what)
{
    (void)error_set(err, ERR_DENIED, "OneID: %s", what);
    return ONEID_REFUSED;
}

/* A body that is no object of JSON is somebody else's, a proxy's page, whatever its status. */
static OneIdOutcome read_object(int status, Str body, json_t **ret, Error *err)
{
    Error why = { 0 };

    *ret = NULL;
    if (status >= 500) {
        (void)error_set(err, ERR_OFFLINE, "OneID: status %d", status);
        return ONEID_AWAY;
    }
    OWNED(json_t) json = json_read(body, &why);
    if (!json && why.code == ERR_MEMORY) {
        (void)error_set(err, ERR_MEMORY, "OneID");
        return ONEID_FAILED;
    }
    if (!json_is_object(json))
        return strange(err, "no object of JSON");
    if (status >= 400)
        return refused(err, "the code is not good");
    if (status != 200)
        return strange(err, "a status of its own");
    *ret = steal(&json);
    return ONEID_OK;
}

/* Bytes that may stand in a form and a log of nobody. */
static bool is_token(const char *text)
{
    for (const char *c = text; *c; c++)
        if (*c <= ' ' || *c > '~')
            return false;
    return text[0] != '\0';
}

OneIdOutcome oneid_read_token(int status, Str body, char ret_token[ONEID_TOKEN_SIZE], Error *err)
{
    json_t *json;
    OneIdOutcome outcome = read_object(status, body, &json, err);

    ret_token[0] = '\0';
    if (outcome != ONEID_OK)
        return outcome;
    const json_t *token = json_object_get(json, "access_token");
    if (json_object_get(json, "error"))
        outcome = refused(err, "the code is not good");
    else if (!json_is_string(token) || json_string_length(token) >= ONEID_TOKEN_SIZE ||
             !is_token(json_string_value(token)))
        outcome = strange(err, "no token came of the code");
    else
        str_copy_cut(str_from(json_string_value(token)), ret_token, ONEID_TOKEN_SIZE);
    json_decref(json);
    return outcome;
}

static bool is_pinfl(const char *text)
{
    return strlen(text) == ONEID_PINFL_SIZE - 1 && strspn(text, "0123456789") == ONEID_PINFL_SIZE - 1;
}

/* "0" or 0, as its versions have it; where there is none it is well. */
static bool is_well(const json_t *code)
{
    return !code || json_is_null(code) || (json_is_integer(code) && json_integer_value(code) == 0) ||
           (json_is_string(code) && strcmp(json_string_value(code), "0") == 0);
}

static bool is_true(const json_t *valid)
{
    return json_is_true(valid) || (json_is_string(valid) && strcmp(json_string_value(valid), "true") == 0);
}

OneIdOutcome oneid_read_person(int status, Str body, char ret_pinfl[ONEID_PINFL_SIZE], Error *err)
{
    json_t *json;
    OneIdOutcome outcome = read_object(status, body, &json, err);

    ret_pinfl[0] = '\0';
    if (outcome != ONEID_OK)
        return outcome;
    const char *pinfl = json_string_value(json_object_get(json, "pin"));
    if (!is_well(json_object_get(json, "ret_cd")))
        outcome = refused(err, "it does not say who this is");
    else if (!is_true(
                 json_object_get(json, "valid"))) /* a person whom nobody has seen: anybody may say so of himself */
        outcome = refused(err, "it does not vouch for who this is");
    else if (!pinfl || !is_pinfl(pinfl))
        outcome = strange(err, "no PINFL came of the token");
    else
        str_copy_cut(str_from(pinfl), ret_pinfl, ONEID_PINFL_SIZE);
    json_decref(json);
    return outcome;
}
