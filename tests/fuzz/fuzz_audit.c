/* An audit head, as it came (an even first byte) and signed whatever it says (an odd one). */
#include "fuzz_keys.h"

#include "wire/audit.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    Str input = fuzz_str(data, size);
    bool sign = fuzz_choice(&input) & 1;
    CosePublicKey public;
    const CoseKey *key = fuzz_key(COSE_AUDIT_HEAD, &public);
    AuditHead head;
    Error err = { 0 };
    OWNED_BUF token, again;

    buf_init(&token, 1u << 20);
    buf_init(&again, 1u << 20);
    if (sign && !cose_sign(key, input, &token, &err))
        return 0;
    if (!sign)
        buf_add_str(&token, input);
    bool peeked = audit_head_peek(buf_str(&token), &head);
    if (audit_head_read(&public, buf_str(&token), &head, &err)) {
        FUZZ_HOLDS(peeked);
        /* There is one way to write a head: what was read is what would be signed. */
        FUZZ_HOLDS(audit_head_sign(key, &head, &again, &err));
        FUZZ_HOLDS(str_equal(buf_str(&token), buf_str(&again)));
    }
    return 0;
}
