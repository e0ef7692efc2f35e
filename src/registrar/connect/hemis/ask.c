#include <string.h>

#include "registrar/connect/hemis/inside.h"

static json_t *data_of(const json_t *envelope)
{
    json_t *data = json_object_get(envelope, "data");

    return data ? data : json_object_get(envelope, "result"); /* tutors' and figures' answers (S1) */
}

/* The code of the envelope, which stands before the status: some servers say 200 to everything. */
static int code_of(const json_t *envelope, int status)
{
    const json_t *code = json_object_get(envelope, "code");
    json_int_t number = json_integer_value(code);
    uint64_t typed;

    if (json_is_string(code) && str_to_u64(str_from(json_string_value(code)), 100, 599, &typed))
        number = (json_int_t)typed;
    return number >= 100 && number <= 599 ? (int)number : status;
}

static HemisOutcome refused(int code, Error *err)
{
    static const struct {
        int code;
        HemisOutcome outcome;
        ErrorCode error;
    } meanings[] = {
        { 400, HEMIS_NOTHING, ERR_NOT_FOUND }, { 401, HEMIS_EXPIRED, ERR_DENIED },
        { 404, HEMIS_NOTHING, ERR_NOT_FOUND }, { 422, HEMIS_NOTHING, ERR_NOT_FOUND },
        { 429, HEMIS_LIMITED, ERR_LIMIT },
    };

    for (size_t i = 0; i < COUNT(meanings); i++)
        if (meanings[i].code == code) {
            error_set_cause(err, meanings[i].error, code, "HEMIS says %d", code);
            return meanings[i].outcome;
        }
    error_set_cause(err, code >= 500 ? ERR_OFFLINE : ERR_PROTOCOL, code, "HEMIS says %d", code);
    return code >= 500 ? HEMIS_AWAY : HEMIS_STRANGE;
}

HemisOutcome hemis_envelope(int status, Str body, json_t **ret_data, Error *err)
{
    if (status == 304)
        return HEMIS_UNCHANGED;
    if (status == 429 || status >= 500)
        return refused(status, err);

    OWNED(json_t) envelope = json_read(body, err);
    if (!envelope)
        return err && err->code == ERR_MEMORY ? HEMIS_FAILED : HEMIS_STRANGE;
    if (!json_is_object(envelope)) {
        error_set(err, ERR_PROTOCOL, "the answer is no envelope");
        return HEMIS_STRANGE;
    }
    int code = code_of(envelope, status);
    if (json_is_false(json_object_get(envelope, "success")) || code >= 400 || status >= 400)
        return refused(code >= 400 ? code : status >= 400 ? status : 404, err);
    json_t *data = data_of(envelope);
    if (status < 200 || status > 299 || !data) {
        error_set_cause(err, ERR_PROTOCOL, status, "the answer holds no data");
        return HEMIS_STRANGE;
    }
    *ret_data = json_incref(data);
    return HEMIS_OK;
}

HemisOutcome hemis_bare(int status, Str body, json_t **ret_data, Error *err)
{
    if (status >= 400)
        return refused(status == 400 ? 401 : status, err); /* RFC 6749 section 5.2 */
    OWNED(json_t) data = json_read(body, err);
    if (!data)
        return err && err->code == ERR_MEMORY ? HEMIS_FAILED : HEMIS_STRANGE;
    if (status != 200 || !json_is_object(data)) {
        error_set_cause(err, ERR_PROTOCOL, status, "the answer is no object");
        return HEMIS_STRANGE;
    }
    *ret_data = json_incref(data);
    return HEMIS_OK;
}

void hemis_reply_fini(HemisReply *reply)
{
    json_decref(reply->data);
    reply->data = NULL;
}
