/* A box that anybody may put something into and one secret opens: X25519 (RFC 7748) with a fresh key a box, HKDF and
 * AES-256-GCM of base/crypto.h.  The secret is random and may be in no place but its owner's: its pair is derived from
 * it, each time. */
#ifndef BASE_BOX_H
#define BASE_BOX_H

#include "base/crypto.h"

#define BOX_KEY_SIZE 32
#define BOX_MORE     (BOX_KEY_SIZE + 12 + 16) /* bytes that a box is longer than what is in it */

/* For whoever puts something in: the public half of what secret opens. */
bool box_key(Str secret, uint8_t ret_key[BOX_KEY_SIZE], Error *err) MUST_USE;
/* random: fresh for each box.  Appends to ret; bound to context.  ERR_CRYPTO: a key that is none. */
bool box_seal(const uint8_t key[BOX_KEY_SIZE], const uint8_t random[BOX_KEY_SIZE], Str context, Str plain, Buf *ret,
              Error *err) MUST_USE;
/* Appends to ret.  ERR_CRYPTO: changed bytes, or another secret or context. */
bool box_open(Str secret, Str context, Str sealed, Buf *ret, Error *err) MUST_USE;

#endif
