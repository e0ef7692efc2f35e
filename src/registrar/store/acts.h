/* The audit log: what was done, by whom, to what; written in the act's own transaction.  Position and hashes are given
 * later by the sealer.  Details lie beside, so that they can be purged without breaking the chain. */
#ifndef REGISTRAR_STORE_ACTS_H
#define REGISTRAR_STORE_ACTS_H

#include <stdint.h>

#include "registrar/store/store.h"

typedef struct Act {
    int64_t at_ms;
    const char *actor;  /* "student:17", "kiosk:A-2", "office" */
    const char *act;    /* "document.issued" */
    const char *object; /* "document:UUID" */
    const char *detail; /* JSON object; NULL: none */
} Act;

bool acts_add(StoreTransaction *transaction, const Act *act, Error *err) MUST_USE;
/* How many entries there are of this object: for tests and the office's own checks. */
bool acts_count(StoreTransaction *transaction, const char *object, int64_t *ret, Error *err) MUST_USE;

#endif
