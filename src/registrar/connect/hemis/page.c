#include <string.h>

#include "base/memory.h"
#include "base/percent.h"
#include "registrar/connect/hemis/inside.h"

#define FORM_MOST 4096

bool hemis_has_page(const Hemis *hemis)
{
    return hemis_config(hemis)->oauth_client != NULL;
}

static void add_field(Buf *buf, const char *name, const char *value)
{
    buf_add_format(buf, "&%s=", name);
    percent_encode(str_from(value), buf);
}

bool hemis_page_address(const Hemis *hemis, const char *back, const char *state, Buf *ret, Error *err)
{
    const HemisConfig *config = hemis_config(hemis);

    assert(hemis_has_page(hemis));
    buf_add_str(ret, (Str){ config->address, hemis_host_len(hemis) });
    buf_add_text(ret, "/oauth/authorize?response_type=code");
    add_field(ret, "client_id", config->oauth_client);
    add_field(ret, "redirect_uri", back);
    add_field(ret, "state", state);
    return buf_ok(ret, err);
}

static HemisOutcome take_text(const json_t *data, const char *name, char *array, size_t size, Error *err)
{
    const json_t *text = json_object_get(data, name);

    if (json_is_string(text) && str_copy((Str){ json_string_value(text), json_string_length(text) }, array, size) &&
        hemis_token_ok(array))
        return HEMIS_OK;
    error_set(err, ERR_PROTOCOL, "no %s came of the code", name);
    return HEMIS_STRANGE;
}

static HemisOutcome change_code(Hemis *hemis, const char *back, const char *code, HemisToken *ret, Error *err)
{
    const HemisConfig *config = hemis_config(hemis);
    OWNED_HEMIS_REPLY reply = { 0 };
    OWNED_BUF form; /* holds secrets */

    buf_init(&form, FORM_MOST);
    buf_add_text(&form, "grant_type=authorization_code");
    add_field(&form, "code", code);
    add_field(&form, "redirect_uri", back);
    add_field(&form, "client_id", config->oauth_client);
    add_field(&form, "client_secret", config->oauth_secret);
    HemisOutcome outcome = buf_ok(&form, err) ? hemis_ask(hemis,
                                                          &(HemisAsk){ .path = "/oauth/access-token",
                                                                       .body = buf_str(&form),
                                                                       .deadline_ms = hemis_sign_in_deadline_ms(hemis),
                                                                       .bare = true },
                                                          &reply, err)
                                              : HEMIS_FAILED;
    mem_wipe(form.data, form.len);
    return outcome == HEMIS_OK ? take_text(reply.data, "access_token", ret->text, sizeof ret->text, err) : outcome;
}

/* Some versions tell the student's number within account/me's object alone. */
static HemisOutcome take_who(const json_t *data, char ret_number[HEMIS_NUMBER_SIZE], HemisToken *ret_token, Error *err)
{
    const json_t *type = json_object_get(data, "type"), *inner = json_object_get(data, "data");
    const json_t *whole = data, *token = json_object_get(data, "student_api_token");

    if (json_is_string(type) && strcmp(json_string_value(type), "student") != 0) {
        error_set(err, ERR_DENIED, "who came back is no student");
        return HEMIS_REFUSED;
    }
    if (!json_object_get(data, "student_id_number") && json_is_object(inner))
        data = inner;
    HemisOutcome outcome = take_text(data, "student_id_number", ret_number, HEMIS_NUMBER_SIZE, err);
    if (outcome == HEMIS_OK && json_string_length(token) > 0)
        outcome = take_text(whole, "student_api_token", ret_token->text, sizeof ret_token->text, err);
    return outcome;
}

HemisOutcome hemis_page_who(Hemis *hemis, const char *back, const char *code, char ret_number[HEMIS_NUMBER_SIZE],
                            HemisToken *ret_token, Error *err)
{
    OWNED_HEMIS_TOKEN access = { 0 };
    OWNED_HEMIS_REPLY reply = { 0 };

    hemis_token_wipe(ret_token);
    ret_number[0] = '\0';
    HemisOutcome outcome = change_code(hemis, back, code, &access, err);
    if (outcome == HEMIS_OK)
        outcome = hemis_ask(hemis,
                            &(HemisAsk){ .path = "/oauth/api/user",
                                         .query = "fields=type,student_id_number,student_api_token,data",
                                         .bearer = access.text,
                                         .deadline_ms = hemis_sign_in_deadline_ms(hemis),
                                         .bare = true },
                            &reply, err);
    if (outcome == HEMIS_OK)
        outcome = take_who(reply.data, ret_number, ret_token, err);
    if (outcome == HEMIS_OK)
        return HEMIS_OK;
    hemis_token_wipe(ret_token);
    return outcome == HEMIS_EXPIRED || outcome == HEMIS_NOTHING ? HEMIS_REFUSED : outcome;
}
