/* One seal of the demo university, for every test of seals. */
#ifndef UNIT_WIRE_SEAL_SAMPLE_H
#define UNIT_WIRE_SEAL_SAMPLE_H

#include "wire/seal.h"

#define SAMPLE_KID 1

static inline CoseKey *seal_sample_key(void)
{
    static const uint8_t seed[COSE_PRIVATE_KEY_SIZE] = "thirty-two bytes, not a secret!";
    Error err = { 0 };
    CoseKey *key = cose_key_new(COSE_SEAL, SAMPLE_KID, seed, &err);

    if (!key)
        fail_msg("%s", err.text);
    return key;
}

static inline SealClaims seal_sample(void)
{
    return (SealClaims){
        .issuer = "hujjat.namuna.uz",
        .code = { "7K3M9QXD2HVT" },
        .issued_at_s = 1795500000, /* 24 November 2026 */
        .kind = "certificate-of-study",
        .number = "M-2026/004817",
        .holder = "Karimova Dilnoza Rustam qizi",
        .status_list = 1,
        .status_index = 104817,
        .text_hash = { 0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 255 },
        .field_count = 3,
        .fields = { { SEAL_FIELD_PROGRAMME, "60610500" }, { SEAL_FIELD_YEAR, "3" }, { SEAL_FIELD_FORM, "11" } },
    };
}

#endif
