/* A status list: two bits for each of 131,072 copies, signed, so that a checker learns without asking about one paper
 * whether it was revoked (MODEL.md section 5).  It is a Status List Token of the IETF's draft-ietf-oauth-status-list in
 * its CWT form: claims sub 2, exp 4, iat 6, status list 65533 (bits, zlib-compressed list), ttl 65534; and one private
 * claim -65538 = [version, era, heads], what a register that was lost can be restored by.  The CDDL: README.md beside
 * this file. */
#ifndef WIRE_STATUS_LIST_H
#define WIRE_STATUS_LIST_H

#include "wire/cose.h"

#define STATUS_LIST_PLACES 131072
#define STATUS_LIST_BYTES  (STATUS_LIST_PLACES / 4)
#define STATUS_LIST_GOOD_S 86400       /* how long a checker may believe a list that it kept */
#define STATUS_LIST_TTL_S  600         /* after which it had better ask for a newer one */
#define STATUS_HEADS_MOST  64          /* registers and years */
#define STATUS_TOKEN_MOST  (64u << 10) /* bytes of a signed list */

/* The values of the draft; 3 is left to its users, and means here: another copy took its place, or its time is over. */
typedef enum SealStatus { STATUS_VALID, STATUS_REVOKED, STATUS_SUSPENDED, STATUS_SUPERSEDED } SealStatus;

/* The highest number that a register had given in a year when the list was signed: M-2026/000052. */
typedef struct StatusHead {
    char register_name[12];
    int year, number;
} StatusHead;

typedef struct StatusList {
    char issuer[64]; /* host, as in seals */
    uint32_t list;   /* 1.. */
    int64_t issued_at_s, expires_at_s;
    int64_t version; /* rises with each renewal, over a restore too: of two lists the higher one counts */
    uint32_t era;    /* of the register */
    size_t head_count;
    StatusHead heads[STATUS_HEADS_MOST];
    uint8_t places[STATUS_LIST_BYTES]; /* index 0 in the lowest two bits of the first byte */
} StatusList;

/* index: below STATUS_LIST_PLACES. */
SealStatus status_list_get(const StatusList *list, uint32_t index);
void status_list_set(StatusList *list, uint32_t index, SealStatus status);

/* Whether a checker may still go by it. */
bool status_list_is_good(const StatusList *list, int64_t now_s);

/* Appends the signed token.  ERR_ARGUMENT: the key is for another use, or the list lacks something. */
bool status_list_sign(const CoseKey *key, const StatusList *list, Buf *ret, Error *err) MUST_USE;
/* Verifies and reads.  ERR_CRYPTO: the signature is not this key's; ERR_FORMAT: signed, but not as here. */
bool status_list_read(const CosePublicKey *key, Str token, StatusList *ret, Error *err) MUST_USE;

#endif
