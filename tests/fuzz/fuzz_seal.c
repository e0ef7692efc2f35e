/* A seal from a stranger's QR code (an even first byte), and signed claims of any shape (an odd one), since nobody must
 * trust even what the issuer signed to be well formed. */
#include "fuzz_keys.h"

#include "wire/seal.h"

static void read_seal(const CosePublicKey *key, Str token)
{
    SealClaims claims = { 0 };
    Error err = { 0 };
    char host[64];
    Code code;
    OWNED_BUF path, fragment, again;

    buf_init(&path, 4096);
    buf_init(&fragment, 65536);
    buf_init(&again, 65536);
    if (!seal_read(key, token, &claims, &err))
        return;
    FUZZ_HOLDS(claims.field_count <= SEAL_FIELDS_MOST);
    if (!seal_link(&claims, token, &path, &fragment, &err))
        return;
    buf_add_byte(&path, '#');
    buf_add_str(&path, buf_str(&fragment));
    if (seal_link_parse(buf_str(&path), host, sizeof host, &code, &again, &err))
        FUZZ_HOLDS(again.len == token.len && memcmp(again.data, token.ptr, token.len) == 0);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    Str input = fuzz_str(data, size);
    bool sign = fuzz_choice(&input) & 1;
    CosePublicKey public;
    const CoseKey *key = fuzz_key(COSE_SEAL, &public);
    Error err = { 0 };
    uint8_t kid;
    OWNED_BUF token;

    buf_init(&token, 65536);
    if (sign && !cose_sign(key, input, &token, &err))
        return 0;
    if (!sign)
        buf_add_str(&token, input);
    (void)!cose_kid(buf_str(&token), COSE_SEAL, &kid, &err);
    (void)!cose_kid(buf_str(&token), COSE_STATUS_LIST, &kid, &err);
    read_seal(&public, buf_str(&token));
    return 0;
}
