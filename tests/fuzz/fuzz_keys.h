/* A key of the fuzz targets: nobody's secret. */
#ifndef FUZZ_KEYS_H
#define FUZZ_KEYS_H

#include "fuzz.h"
#include "wire/cose.h"

static inline const CoseKey *fuzz_key(CoseUse use, CosePublicKey *ret)
{
    static const uint8_t seed[COSE_PRIVATE_KEY_SIZE] = "thirty-two bytes, not a secret!";
    static CoseKey *key;
    Error err = { 0 };

    if (!key)
        key = cose_key_new(use, 1, seed, &err);
    FUZZ_HOLDS(key);
    cose_key_public(key, ret);
    return key;
}

#endif
