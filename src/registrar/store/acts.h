/* The audit log: what was done, by whom, to what; written in the act's own transaction.  Position and hashes are given
 * later by the sealer (office/sealer.h), over bytes that wire/audit.h lays down.  Details lie beside, so that they can
 * be purged without breaking the chain: the entry holds their hash from the first moment. */
#ifndef REGISTRAR_STORE_ACTS_H
#define REGISTRAR_STORE_ACTS_H

#include <stdint.h>

#include "base/str.h"
#include "registrar/store/store.h"

#define ACT_TEXT_MOST     200 /* bytes of an actor, an act or an object */
#define ACT_HASH_SIZE     32
#define ACT_SALT_SIZE     16
#define ACT_DETAIL_KEPT_S (INT64_C(5) * 366 * 86400) /* how long a detail stays: five years */

typedef struct Act {
    int64_t at_ms;
    const char *actor;  /* "student:17", "kiosk:A-2", "office" */
    const char *act;    /* "document.issued" */
    const char *object; /* "document:UUID" */
    const char *detail; /* JSON object; NULL: none */
} Act;

/* ERR_ARGUMENT: a word is too long, or the time is before 1970. */
bool acts_add(StoreTransaction *transaction, const Act *act, Error *err) MUST_USE;
/* As acts_add for what explains the log itself (a purge, a restore): its detail is never purged. */
bool acts_add_for_ever(StoreTransaction *transaction, const Act *act, Error *err) MUST_USE;
/* How many entries there are of this object: for tests and the office's own checks. */
bool acts_count(StoreTransaction *transaction, const char *object, int64_t *ret, Error *err) MUST_USE;

/* What an entry's detail_hash is: SHA-256 over the salt's bytes and the detail's. */
bool act_detail_hash(Str salt, Str detail, uint8_t ret[ACT_HASH_SIZE], Error *err) MUST_USE;

/* --- reading the log --- */

/* As the database has it, checked by nobody: texts are whole, hashes may be of any length.  Borrowed for one visit. */
typedef struct ActEntry {
    int64_t id;
    int64_t position; /* 0: not sealed yet */
    int64_t era, at_ms;
    Str actor, act, object, salt;
    Str detail_hash; /* empty: it had no detail */
    Str prev, hash;  /* empty: not sealed yet */
    bool has_detail; /* it is there still */
    Str detail_salt, detail;
} ActEntry;

typedef bool (*ActVisit)(void *ctx, const ActEntry *entry, Error *err);

/* Some sealed entries after a position (below the first: INT64_MIN), the first first; at most most, *ret_count of them;
 * none: there are no more. */
bool acts_sealed(StoreTransaction *transaction, int64_t after, size_t most, ActVisit visit, void *ctx,
                 size_t *ret_count, Error *err) MUST_USE;
/* Entries that wait for the sealer, in the order of their adding. */
bool acts_unsealed(StoreTransaction *transaction, size_t most, ActVisit visit, void *ctx, size_t *ret_count,
                   Error *err) MUST_USE;

typedef struct ActQuery {
    const char *object, *actor; /* NULL: any */
    int64_t since_ms;           /* inclusive */
} ActQuery;
/* Entries by their adding, after an id; for who looks something up. */
bool acts_search(StoreTransaction *transaction, const ActQuery *query, int64_t after_id, size_t most, ActVisit visit,
                 void *ctx, size_t *ret_count, Error *err) MUST_USE;

/* --- for the sealer alone --- */

typedef struct ActSeal {
    int64_t id, position;
    uint8_t prev[ACT_HASH_SIZE], hash[ACT_HASH_SIZE];
} ActSeal;

/* The chain's end.  False in *ret_found: nothing is sealed yet. */
bool acts_last(StoreTransaction *transaction, bool *ret_found, int64_t *ret_position, uint8_t ret_hash[ACT_HASH_SIZE],
               Error *err) MUST_USE;
/* The entry at a position: its era and hash. */
bool acts_at(StoreTransaction *transaction, int64_t position, bool *ret_found, uint32_t *ret_era,
             uint8_t ret_hash[ACT_HASH_SIZE], Error *err) MUST_USE;
/* Of one that this transaction has found unsealed. */
bool acts_seal(StoreTransaction *transaction, const ActSeal *seal, Error *err) MUST_USE;

#endif
