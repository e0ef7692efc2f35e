/* The audit log: every act, in the act's own transaction.  Position, chain and hash are given by the sealer later; the
 * details' hash is fixed now, so that they may be purged without breaking the chain (MODEL.md section 8). */
#ifndef REGISTRAR_STORE_ACTS_H
#define REGISTRAR_STORE_ACTS_H

#include "base/random.h"
#include "registrar/store/store.h"

typedef struct Act {
    int64_t at_ms;
    const char *actor;   /* "student:17", "kiosk:A-2", "registrar", "command-line" */
    const char *act;     /* "document.issue" */
    const char *object;  /* "document:3f..." */
    const char *details; /* JSON; NULL: none */
} Act;

bool act_insert(StoreTransaction *transaction, const Random *random, const Act *act, Error *err) MUST_USE;

#endif
