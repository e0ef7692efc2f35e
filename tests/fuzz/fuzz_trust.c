/* The keys that an issuer publishes. */
#include "fuzz.h"

#include "registrar/seal_trust.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    SealTrust trust;
    Error err = { 0 };

    if (seal_trust_read(fuzz_file("input", fuzz_str(data, size)), &trust, &err))
        FUZZ_HOLDS(trust.key_count > 0 && trust.key_count <= SEAL_TRUST_KEYS_MOST);
    return 0;
}
