#include "registrar/api/audit_head.h"

#include <inttypes.h>

#include "base/crypto.h"
#include "registrar/office/audit.h"

static void write_place(Buf *ret, int64_t position, uint32_t era, const uint8_t hash[AUDIT_HASH_SIZE])
{
    buf_add_format(ret, "\"position\":%" PRId64 ",\"era\":%u,\"hash\":\"", position, era);
    hex_write(ret, hash, AUDIT_HASH_SIZE);
    buf_add_byte(ret, '"');
}

bool audit_head_write(Office *office, bool *ret_found, Buf *ret, Error *err)
{
    AuditHead head;
    OWNED_BUF token;

    buf_init(&token, AUDIT_HEAD_MOST);
    if (!office_audit_head(office, ret_found, &head, &token, err))
        return false;
    if (!*ret_found)
        return true;
    /* The issuer is a host, as in links: it needs no escaping. */
    buf_add_format(ret, "{\"issuer\":\"%s\",", head.issuer);
    write_place(ret, head.position, head.era, head.hash);
    buf_add_format(ret, ",\"signed_at_s\":%" PRId64 ",\"head\":\"", head.signed_at_s);
    base64url_write(ret, token.data, token.len);
    buf_add_text(ret, "\"}");
    return buf_ok(ret, err);
}

bool audit_entry_write(Office *office, int64_t position, bool *ret_found, Buf *ret, Error *err)
{
    uint8_t hash[AUDIT_HASH_SIZE];
    uint32_t era;

    if (!office_audit_entry(office, position, ret_found, &era, hash, err))
        return false;
    if (!*ret_found)
        return true;
    buf_add_byte(ret, '{');
    write_place(ret, position, era, hash);
    buf_add_byte(ret, '}');
    return buf_ok(ret, err);
}
