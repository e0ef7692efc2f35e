#include "registrar/api/public_keys.h"

#include "base/crypto.h"
#include "registrar/office/checks.h"

#define KEYS_MOST 48

static const char *use_member(CoseUse use)
{
    return use == COSE_STATUS_LIST  ? "\",\"for\":\"status-list\"}"
           : use == COSE_AUDIT_HEAD ? "\",\"for\":\"audit-head\"}"
                                    : "\"}";
}

/* The host needs no escaping: it stands in links, which hold letters, digits, dots, hyphens and a colon. */
bool public_keys_write(const Office *office, Buf *ret, Error *err)
{
    CosePublicKey keys[KEYS_MOST];
    size_t count = office_public_keys(office, keys, COUNT(keys));

    buf_add_format(ret, "{\"issuer\":\"%s\",\"keys\":[", office_config(office)->host);
    for (size_t i = 0; i < count; i++) {
        buf_add_format(
            ret, "%s{\"kty\":\"OKP\",\"crv\":\"Ed25519\",\"alg\":\"EdDSA\",\"use\":\"sig\",\"kid\":\"%u\",\"x\":\"",
            i ? "," : "", (unsigned)keys[i].kid);
        base64url_write(ret, keys[i].bytes, sizeof keys[i].bytes);
        buf_add_text(ret, use_member(keys[i].use));
    }
    buf_add_text(ret, "]}");
    return buf_ok(ret, err);
}
