/* Keys that clients made up for what they asked, and what they were answered with: asked again with the same key, the
 * same is answered (MODEL.md section 2).  Rows go when keep_until_s has passed. */
#ifndef REGISTRAR_STORE_IDEMPOTENCY_H
#define REGISTRAR_STORE_IDEMPOTENCY_H

#include <stdint.h>

#include "base/buf.h"
#include "registrar/store/store.h"

#define IDEMPOTENCY_HASH_SIZE 32

/* actor: whose key it is, "student:17"; two actors may make up the same one.  *ret_hash: of what was asked; answer is
 * appended to. */
bool idempotency_find(StoreTransaction *transaction, const char *actor, const char *key, bool *ret_found,
                      uint8_t ret_hash[IDEMPOTENCY_HASH_SIZE], Buf *answer, Error *err) MUST_USE;
/* answer: text.  ERR_EXISTS: the key is used; look before, in the same act. */
bool idempotency_add(StoreTransaction *transaction, const char *actor, const char *key,
                     const uint8_t hash[IDEMPOTENCY_HASH_SIZE], Str answer, int64_t keep_until_s, Error *err) MUST_USE;

#endif
