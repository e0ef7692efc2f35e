#include "registrar/seal_trust.h"

#include <jansson.h>
#include <string.h>

#include "base/file.h"

#define KEYS_BYTES_MOST (64u << 10)

/* RFC 4648 base64url of exactly size bytes, without padding. */
static bool base64url_read(const char *text, uint8_t *ret, size_t size)
{
    static const char digits[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";
    uint32_t bits = 0;
    size_t count = 0, have = 0;

    if (strlen(text) != (size * 4 + 2) / 3)
        return false;
    for (; *text; text++) {
        const char *digit = strchr(digits, *text);

        if (!digit)
            return false;
        bits = bits << 6 | (uint32_t)(digit - digits);
        have += 6;
        if (have >= 8 && count < size) {
            have -= 8;
            ret[count++] = (uint8_t)(bits >> have);
        }
    }
    return count == size && (bits & ((1u << have) - 1)) == 0;
}

/* A key without a use of its own is for seals. */
static bool read_use(const json_t *json, CoseUse *ret)
{
    const json_t *use = json_object_get(json, "for");
    const char *name = json_string_value(use);

    *ret = use ? COSE_STATUS_LIST : COSE_SEAL;
    return !use || (name && strcmp(name, "status-list") == 0);
}

/* False for a key that is not an Ed25519 one with our kind of id and one of these uses. */
static bool read_key(const json_t *json, CosePublicKey *ret)
{
    const json_t *kid = json_object_get(json, "kid");
    const char *type = json_string_value(json_object_get(json, "kty"));
    const char *curve = json_string_value(json_object_get(json, "crv"));
    const char *x = json_string_value(json_object_get(json, "x"));
    uint64_t number;

    if (!type || strcmp(type, "OKP") != 0 || !curve || strcmp(curve, "Ed25519") != 0 || !x)
        return false;
    if (json_is_integer(kid) && json_integer_value(kid) >= 1 && json_integer_value(kid) <= UINT8_MAX)
        number = (uint64_t)json_integer_value(kid);
    else if (!json_is_string(kid) || !str_to_u64(str_from(json_string_value(kid)), 1, UINT8_MAX, &number))
        return false;
    ret->kid = (uint8_t)number;
    return read_use(json, &ret->use) && base64url_read(x, ret->bytes, sizeof ret->bytes);
}

static bool read_trust(const json_t *json, SealTrust *ret, Error *err)
{
    const char *issuer = json_string_value(json_object_get(json, "issuer"));
    const json_t *keys = json_object_get(json, "keys");

    if (issuer && !str_copy(str_from(issuer), ret->issuer, sizeof ret->issuer))
        return error_set(err, ERR_FORMAT, "issuer is too long");
    for (size_t i = 0; i < json_array_size(keys) && ret->key_count < SEAL_TRUST_KEYS_MOST; i++)
        if (read_key(json_array_get(keys, i), &ret->keys[ret->key_count]))
            ret->key_count++;
    return ret->key_count > 0 || error_set(err, ERR_FORMAT, "no Ed25519 key in it");
}

bool seal_trust_read(const char *path, SealTrust *ret, Error *err)
{
    SealTrust trust = { .issuer = "" };
    json_error_t fault;
    json_t *json;
    bool read;
    OWNED_BUF bytes;

    buf_init(&bytes, KEYS_BYTES_MOST);
    if (!file_read(path, &bytes, err))
        return error_add(err, "keys");
    json = json_loadb(bytes.data, bytes.len, JSON_REJECT_DUPLICATES, &fault);
    if (!json)
        return error_set(err, ERR_FORMAT, "keys: %s: line %d: %s", path, fault.line, fault.text);
    read = read_trust(json, &trust, err);
    json_decref(json);
    if (!read)
        return error_add(err, "keys: %s", path);
    *ret = trust;
    return true;
}
