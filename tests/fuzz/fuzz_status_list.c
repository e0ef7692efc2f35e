/* A status list, as it came (an even first byte) and signed whatever it says (an odd one). */
#include "fuzz_keys.h"

#include "wire/status_list.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    static StatusList list;
    Str input = fuzz_str(data, size);
    bool sign = fuzz_choice(&input) & 1;
    CosePublicKey public;
    const CoseKey *key = fuzz_key(COSE_STATUS_LIST, &public);
    Error err = { 0 };
    OWNED_BUF token;

    buf_init(&token, 1u << 20);
    if (sign && !cose_sign(key, input, &token, &err))
        return 0;
    if (!sign)
        buf_add_str(&token, input);
    if (status_list_read(&public, buf_str(&token), &list, &err)) {
        FUZZ_HOLDS(list.head_count <= STATUS_HEADS_MOST);
        FUZZ_HOLDS(status_list_get(&list, STATUS_LIST_PLACES - 1) <= STATUS_SUPERSEDED);
        (void)!status_list_is_good(&list, 1795512720);
    }
    return 0;
}
