#include "registrar/api/idempotency.h"

#include "base/crypto.h"

/* "..." of letters, digits, hyphen and underscore: what a uuid or random base64url has, and nothing to escape. */
static bool key_read(Str field, char ret[ONCE_KEY_MOST + 1])
{
    field = str_trim(field);
    if (field.len < 2 + ONCE_KEY_LEAST || field.len > 2 + ONCE_KEY_MOST || field.ptr[0] != '"' ||
        field.ptr[field.len - 1] != '"')
        return false;
    const Str key = { field.ptr + 1, field.len - 2 };
    for (size_t i = 0; i < key.len; i++) {
        const char c = key.ptr[i];
        if (!((c >= '0' && c <= '9') || (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z') || c == '-' || c == '_'))
            return false;
    }
    return str_copy(key, ret, ONCE_KEY_MOST + 1);
}

static bool hash_asked(const HttpServerRequest *request, uint8_t ret[SHA256_SIZE], Error *err)
{
    uint8_t body[SHA256_SIZE];
    OWNED_BUF asked;

    buf_init(&asked, 8192);
    if (!sha256(request->body, body, err))
        return false;
    buf_add_format(&asked, "%s %s %s ", request->method, request->path, request->bearer ? request->bearer : "");
    hex_write(&asked, body, sizeof body);
    return buf_ok(&asked, err) && sha256(buf_str(&asked), ret, err);
}

bool idempotency_read(const HttpServerRequest *request, const Office *office, const char *actor, Once *ret,
                      bool *ret_fit, Error *err)
{
    *ret = (Once){ .office = office };
    *ret_fit = true;
    if (!request->idempotency_key)
        return true;
    *ret_fit = key_read(str_from(request->idempotency_key), ret->key);
    str_copy_cut(str_from(actor), ret->actor, sizeof ret->actor);
    return hash_asked(request, ret->hash, err);
}
