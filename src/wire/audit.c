#include "wire/audit.h"

#include <string.h>

#include "base/crypto.h"
#include "wire/item.h"

#define FORM              1
#define ENTRY_PARTS       11
#define ENTRY_BYTES_MOST  4096
#define CLAIM_ISSUER      1
#define CLAIM_ISSUED      6
#define CLAIM_OURS_NEGINT 65538 /* -65539 */
#define CLAIM_COUNT       3
#define TAG_COSE_SIGN1    18
#define GENESIS           "registrar audit"

bool audit_genesis(Str institution, uint8_t ret[AUDIT_HASH_SIZE], Error *err)
{
    OWNED_BUF bytes;

    buf_init(&bytes, ENTRY_BYTES_MOST);
    item_write(&bytes, ITEM_ARRAY, 2);
    item_write_text(&bytes, STR(GENESIS));
    item_write_text(&bytes, institution);
    return buf_ok(&bytes, err) && sha256(buf_str(&bytes), ret, err);
}

bool audit_entry_hash(const AuditEntry *entry, const uint8_t prev[AUDIT_HASH_SIZE], uint8_t ret[AUDIT_HASH_SIZE],
                      Error *err)
{
    OWNED_BUF bytes;

    buf_init(&bytes, ENTRY_BYTES_MOST);
    if (entry->position < 1 || entry->id < 1 || entry->at_ms < 0)
        return error_set(err, ERR_RANGE, "numbers of an audit entry");
    item_write(&bytes, ITEM_ARRAY, ENTRY_PARTS);
    item_write(&bytes, ITEM_UINT, FORM);
    item_write_bytes(&bytes, (Str){ (const char *)prev, AUDIT_HASH_SIZE });
    item_write(&bytes, ITEM_UINT, (uint64_t)entry->position);
    item_write(&bytes, ITEM_UINT, (uint64_t)entry->id);
    item_write(&bytes, ITEM_UINT, entry->era);
    item_write(&bytes, ITEM_UINT, (uint64_t)entry->at_ms);
    item_write_text(&bytes, entry->actor);
    item_write_text(&bytes, entry->act);
    item_write_text(&bytes, entry->object);
    item_write_bytes(&bytes, entry->salt);
    item_write_bytes(&bytes, entry->detail_hash);
    return buf_ok(&bytes, err) && sha256(buf_str(&bytes), ret, err);
}

/* --- the head ---------------------------------------------------------------------------------------------------- */

static bool is_whole(const AuditHead *head)
{
    return head->issuer[0] && head->position > 0 && head->era > 0 && head->signed_at_s > 0;
}

bool audit_head_sign(const CoseKey *key, const AuditHead *head, Buf *ret, Error *err)
{
    CosePublicKey public;
    OWNED_BUF payload;

    buf_init(&payload, AUDIT_HEAD_MOST);
    cose_key_public(key, &public);
    if (public.use != COSE_AUDIT_HEAD || !is_whole(head))
        return error_set(err, ERR_ARGUMENT, "audit head");
    item_write(&payload, ITEM_MAP, CLAIM_COUNT);
    item_write(&payload, ITEM_UINT, CLAIM_ISSUER);
    item_write_text(&payload, str_from(head->issuer));
    item_write(&payload, ITEM_UINT, CLAIM_ISSUED);
    item_write(&payload, ITEM_UINT, (uint64_t)head->signed_at_s);
    item_write(&payload, ITEM_NEGINT, CLAIM_OURS_NEGINT);
    item_write(&payload, ITEM_ARRAY, 3);
    item_write(&payload, ITEM_UINT, (uint64_t)head->position);
    item_write(&payload, ITEM_UINT, head->era);
    item_write_bytes(&payload, (Str){ (const char *)head->hash, sizeof head->hash });
    return (buf_ok(&payload, err) && cose_sign(key, buf_str(&payload), ret, err)) || error_add(err, "audit head");
}

static bool read_number(Str *rest, uint64_t most, uint64_t *ret)
{
    Item item;

    if (!item_expect(rest, ITEM_UINT, &item) || item.number == 0 || item.number > most)
        return false;
    *ret = item.number;
    return true;
}

static bool read_claims(Str rest, AuditHead *ret)
{
    uint64_t signed_at_s, position, era;
    Item issuer, hash;

    if (!item_expect_number(&rest, ITEM_MAP, CLAIM_COUNT) || !item_expect_number(&rest, ITEM_UINT, CLAIM_ISSUER) ||
        !item_expect(&rest, ITEM_TEXT, &issuer) || issuer.bytes.len == 0 ||
        !str_copy(issuer.bytes, ret->issuer, sizeof ret->issuer) ||
        !item_expect_number(&rest, ITEM_UINT, CLAIM_ISSUED) || !read_number(&rest, INT64_MAX, &signed_at_s) ||
        !item_expect_number(&rest, ITEM_NEGINT, CLAIM_OURS_NEGINT) || !item_expect_number(&rest, ITEM_ARRAY, 3) ||
        !read_number(&rest, INT64_MAX, &position) || !read_number(&rest, UINT32_MAX, &era) ||
        !item_expect(&rest, ITEM_BYTES, &hash) || hash.bytes.len != sizeof ret->hash || rest.len > 0)
        return false;
    ret->signed_at_s = (int64_t)signed_at_s;
    ret->position = (int64_t)position;
    ret->era = (uint32_t)era;
    memcpy(ret->hash, hash.bytes.ptr, sizeof ret->hash);
    return true;
}

bool audit_head_read(const CosePublicKey *key, Str token, AuditHead *ret, Error *err)
{
    AuditHead head = { 0 };
    Str payload;

    if (key->use != COSE_AUDIT_HEAD)
        return error_set(err, ERR_ARGUMENT, "key %u is for another use", key->kid);
    if (!cose_verify(key, token, &payload, err))
        return error_add(err, "audit head");
    if (!read_claims(payload, &head))
        return error_set(err, ERR_FORMAT, "signed, but not an audit head");
    *ret = head;
    return true;
}

bool audit_head_peek(Str token, AuditHead *ret)
{
    AuditHead head = { 0 };
    Item protected, payload, signature;

    if (!item_expect_number(&token, ITEM_TAG, TAG_COSE_SIGN1) || !item_expect_number(&token, ITEM_ARRAY, 4) ||
        !item_expect(&token, ITEM_BYTES, &protected) || !item_expect_number(&token, ITEM_MAP, 0) ||
        !item_expect(&token, ITEM_BYTES, &payload) || !item_expect(&token, ITEM_BYTES, &signature) || token.len > 0 ||
        !read_claims(payload.bytes, &head))
        return false;
    *ret = head;
    return true;
}

bool audit_head_follows(const AuditHead *earlier, const AuditHead *later)
{
    if (later->era != earlier->era)
        return later->era > earlier->era;
    if (later->position == earlier->position)
        return memcmp(later->hash, earlier->hash, sizeof later->hash) == 0;
    return later->position > earlier->position;
}
