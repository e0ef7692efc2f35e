/* The audit log's chain, as anybody may compute it again, and its signed head (MODEL.md section 8).
 *
 * Form 1 of an entry, in deterministic CBOR (RFC 8949 section 4.2.1); its hash is SHA-256 over these bytes:
 *
 *   entry = [ 1, prev: bstr .size 32, position: uint, id: uint, era: uint, at-ms: uint,
 *             actor: tstr, act: tstr, object: tstr, salt: bstr, detail-hash: bstr ]
 *
 * prev is the hash of the entry before; before the first one it is SHA-256 over [ "registrar audit", institution ].
 * salt is random and keeps a published hash from confirming a guess of who did what.  detail-hash is empty, or SHA-256
 * over the detail's own salt (16 bytes) and its text, which lie beside the entry and may be purged.
 *
 * Form 1 of a head: COSE_Sign1 with typ "head" over
 *
 *   claims = { 1 => tstr, 6 => uint, -65539 => [ position: uint, era: uint, hash: bstr .size 32 ] }   ; iss, iat
 */
#ifndef WIRE_AUDIT_H
#define WIRE_AUDIT_H

#include "wire/cose.h"

#define AUDIT_HASH_SIZE 32
#define AUDIT_SALT_SIZE 16
#define AUDIT_HEAD_MOST 512 /* bytes of a signed head */

typedef struct AuditEntry {
    int64_t position, id; /* 1.. */
    uint32_t era;         /* 1.. */
    int64_t at_ms;
    Str actor, act, object;
    Str salt;        /* AUDIT_SALT_SIZE bytes */
    Str detail_hash; /* AUDIT_HASH_SIZE bytes, or empty: it had no detail */
} AuditEntry;

/* What stands before the first entry of an institution. */
bool audit_genesis(Str institution, uint8_t ret[AUDIT_HASH_SIZE], Error *err) MUST_USE;
/* ERR_RANGE: a number below its bounds, which no entry has. */
bool audit_entry_hash(const AuditEntry *entry, const uint8_t prev[AUDIT_HASH_SIZE], uint8_t ret[AUDIT_HASH_SIZE],
                      Error *err) MUST_USE;

typedef struct AuditHead {
    char issuer[64]; /* host, as in seals */
    int64_t position;
    uint32_t era;
    int64_t signed_at_s;
    uint8_t hash[AUDIT_HASH_SIZE];
} AuditHead;

/* Appends the signed head.  ERR_ARGUMENT: the key is for another use, or the head lacks something. */
bool audit_head_sign(const CoseKey *key, const AuditHead *head, Buf *ret, Error *err) MUST_USE;
/* Verifies and reads.  ERR_CRYPTO: the signature is not this key's; ERR_FORMAT: signed, but not as here. */
bool audit_head_read(const CosePublicKey *key, Str token, AuditHead *ret, Error *err) MUST_USE;
/* What a head says, whoever signed it: for who has it from its register and only keeps it. */
bool audit_head_peek(Str token, AuditHead *ret) MUST_USE;
/* Whether later may be what the same log came to: not before earlier, and the same at the same place.  A later era may
 * begin anywhere: a restore went back. */
bool audit_head_follows(const AuditHead *earlier, const AuditHead *later);

#endif
