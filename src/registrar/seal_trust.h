/* Whom a check of a seal believes: one issuer's host and its public keys. */
#ifndef REGISTRAR_SEAL_TRUST_H
#define REGISTRAR_SEAL_TRUST_H

#include "wire/cose.h"

#define SEAL_TRUST_KEYS_MOST 16

typedef struct SealTrust {
    char issuer[64];
    CosePublicKey keys[SEAL_TRUST_KEYS_MOST];
    size_t key_count;
} SealTrust;

/* The file that an issuer publishes at /keys: {"issuer": HOST, "keys": [JSON Web Keys of RFC 8037]}, those of status
 * lists with "for": "status-list".  Keys of another use or kind are passed over; ERR_FORMAT when none is left. */
bool seal_trust_read(const char *path, SealTrust *ret, Error *err) MUST_USE;

#endif
