/* Many papers that are to be revoked at once: proposed by one person of the office, confirmed by another
 * (schema/0017.sql). */
#ifndef REGISTRAR_STORE_BULK_REVOCATIONS_H
#define REGISTRAR_STORE_BULK_REVOCATIONS_H

#include "registrar/store/documents.h"

#define BULK_ACTOR_SIZE  48 /* "staff:NAME" */
#define BULK_REASON_SIZE 301

typedef enum BulkState { BULK_PROPOSED, BULK_DONE, BULK_DROPPED, BULK_STATE_COUNT } BulkState;

typedef struct BulkRow {
    char id[ID_SIZE];
    char reason[BULK_REASON_SIZE];
    char proposed_by[BULK_ACTOR_SIZE];
    int64_t proposed_at_s;
    BulkState state;
    char decided_by[BULK_ACTOR_SIZE]; /* "": nobody yet */
    int64_t decided_at_s;             /* 0 */
    int papers;                       /* how many; nothing to bulks_add */
} BulkRow;

/* In state proposed. */
bool bulks_add(StoreTransaction *transaction, const BulkRow *bulk, Error *err) MUST_USE;
/* Once is enough: a second time is nothing. */
bool bulk_papers_add(StoreTransaction *transaction, const char *id, const char *document, Error *err) MUST_USE;
bool bulks_get(StoreTransaction *transaction, const char *id, bool *ret_found, BulkRow *ret, Error *err) MUST_USE;
/* Those that wait first, then the newest; at most room. */
bool bulks_list(StoreTransaction *transaction, BulkRow *rows, size_t room, size_t *ret_count, Error *err) MUST_USE;
/* Documents, by their ids; at most room. */
bool bulk_papers_list(StoreTransaction *transaction, const char *id, char (*ids)[ID_SIZE], size_t room,
                      size_t *ret_count, Error *err) MUST_USE;
/* One that is proposed is done (done) or dropped.  ERR_CONFLICT: it is not proposed any more. */
bool bulks_decide(StoreTransaction *transaction, const char *id, bool done, const char *actor, int64_t now_s,
                  Error *err) MUST_USE;

#endif
