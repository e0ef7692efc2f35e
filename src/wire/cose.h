/* COSE_Sign1 (RFC 9052) with Ed25519 (RFC 9053, alg -8).  Every use has its own key and its own typ (RFC 9596) in the
 * protected header, and every check demands its own, so that a signature made for one use is worth nothing for another
 * (MODEL.md section 5). */
#ifndef WIRE_COSE_H
#define WIRE_COSE_H

#include <stdint.h>

#include "base/buf.h"

#define COSE_PUBLIC_KEY_SIZE  32
#define COSE_PRIVATE_KEY_SIZE 32
#define COSE_SIGNATURE_SIZE   64

typedef enum CoseUse {
    COSE_SEAL,
    COSE_STATUS_LIST,
    COSE_AUDIT_HEAD,
    COSE_RECEIPT,
    COSE_RELEASE,
    COSE_USE_COUNT
} CoseUse;

typedef struct CosePublicKey {
    uint8_t kid; /* 1..255, unique in an institution for ever */
    CoseUse use;
    uint8_t bytes[COSE_PUBLIC_KEY_SIZE];
} CosePublicKey;

typedef struct CoseKey CoseKey; /* private; wiped by cose_key_free */

CoseKey *cose_key_new(CoseUse use, uint8_t kid, const uint8_t seed[COSE_PRIVATE_KEY_SIZE], Error *err) MUST_USE;
void cose_key_free(CoseKey *key);
OWNED_BY(CoseKey, cose_key_free)
void cose_key_public(const CoseKey *key, CosePublicKey *ret);

/* Appends the COSE_Sign1 (tag 18) over payload. */
bool cose_sign(const CoseKey *key, Str payload, Buf *ret, Error *err) MUST_USE;
/* The kid of a message for this use; ERR_FORMAT when it is not such a message. */
bool cose_kid(Str message, CoseUse use, uint8_t *ret, Error *err) MUST_USE;
/* Checks signature, typ and alg; *ret_payload points into message.  ERR_CRYPTO: not signed by this key. */
bool cose_verify(const CosePublicKey *key, Str message, Str *ret_payload, Error *err) MUST_USE;
/* Bytes that a message of this use over a payload of this size takes, without signing. */
size_t cose_size(CoseUse use, size_t payload_size);

#endif
