#include "registrar/office/era_proof.h"

#include <stdio.h>
#include <string.h>

#include "base/crypto.h"
#include "registrar/store/acts.h"
#include "registrar/store/keys.h"
#include "wire/audit.h"
#include "wire/json.h"

#define ACTS_MOST 16 /* of one era: a restore writes one */

bool era_proof_write(StoreTransaction *transaction, const Keys *keys, uint32_t era, int64_t now_s, Buf *json,
                     Error *err)
{
    AuditHead head = { .era = era, .signed_at_s = now_s };
    char host[INSTITUTION_HOST_SIZE];
    OWNED_BUF token;
    bool found;

    buf_init(&token, AUDIT_HEAD_MOST);
    if (!acts_last(transaction, &found, &head.position, head.hash, err) || !institutions_host(transaction, host, err))
        return false;
    if (!found)
        return true;
    str_copy_cut(str_from(host), head.issuer, sizeof head.issuer);
    if (!audit_head_sign(keys->head, &head, &token, err))
        return error_add(err, "era %u", era);
    buf_add_text(json, ",\"head\":\"");
    base64url_write(json, token.data, token.len);
    buf_add_byte(json, '"');
    return buf_ok(json, err);
}

typedef struct Seeking {
    const CosePublicKey *keys;
    size_t key_count;
    uint32_t era;
    bool found;
    AuditHead head; /* the first that is signed */
} Seeking;

static bool read_token(const Seeking *seeking, Str token, AuditHead *ret)
{
    for (size_t i = 0; i < seeking->key_count; i++)
        if (seeking->keys[i].use == COSE_AUDIT_HEAD && audit_head_read(&seeking->keys[i], token, ret, NULL))
            return ret->era == seeking->era;
    return false;
}

static bool visit(void *ctx, const ActEntry *entry, Error *err UNUSED)
{
    Seeking *seeking = ctx;
    OWNED_BUF token;

    buf_init(&token, AUDIT_HEAD_MOST);
    if (seeking->found || !entry->has_detail || !str_equal_text(entry->act, RESTORED_ACT))
        return true;
    json_t *detail = json_read(entry->detail, NULL);
    const char *text = json_string_value(json_object_get(detail, "head"));
    seeking->found =
        text && base64url_read(str_from(text), &token) && read_token(seeking, buf_str(&token), &seeking->head);
    json_decref(detail);
    return true;
}

bool era_proved(StoreTransaction *transaction, const CosePublicKey keys[], size_t count, uint32_t era, bool *ret,
                Error *err)
{
    Seeking seeking = { .keys = keys, .key_count = count, .era = era };
    uint8_t hash[AUDIT_HASH_SIZE];
    char object[24];
    uint32_t era_there;
    size_t seen;
    bool there;

    *ret = false;
    snprintf(object, sizeof object, "era:%u", era);
    if (!acts_search(transaction, &(ActQuery){ .object = object }, 0, ACTS_MOST, visit, &seeking, &seen, err))
        return error_add(err, "era %u", era);
    if (!seeking.found)
        return true;
    if (!acts_at(transaction, seeking.head.position, &there, &era_there, hash, err))
        return error_add(err, "era %u", era);
    *ret = there && era_there < era && memcmp(hash, seeking.head.hash, sizeof hash) == 0;
    return true;
}
