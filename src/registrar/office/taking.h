/* Taking a number: what a new document, or a new copy of one, gets before its page is made, whoever asked for it.
 * Inside office/. */
#ifndef REGISTRAR_OFFICE_TAKING_H
#define REGISTRAR_OFFICE_TAKING_H

#include "registrar/office/making.h"
#include "registrar/store/kiosks.h"

#define TAKING_SNAPSHOT_MOST (1u << 20)
/* Copies of one document.  Where so many did not come out whole, a person looks; nobody has paper and disk without end.
 */
#define COPIES_MOST 20

typedef struct Taking {
    DocumentRow document;
    CopyRow copy; /* held in epoch 1 by who took it */
    char job[ID_SIZE];
    bool at_window; /* the job is staff's */
    uint64_t seed;  /* of the place in the status list */
    char actor[ACTOR_SIZE];
    int64_t now_ms;
} Taking;

/* Draws ids, code and seed; place: as the paper says it. */
bool taking_begin(Office *office, CopyKind kind, const char *place, const char *actor, Taking *ret,
                  Error *err) MUST_USE;
/* Fills the document and its first copy. */
bool taking_document(Office *office, const Composition *composition, int64_t student, const char *service,
                     const char *request, Taking *taking, Error *err) MUST_USE;
/* Makes that document another house's: id ("hemis:reference:4711") and number are what they are there. */
void taking_foreign(const char *id, const char *number, Taking *taking);
/* In a transaction: the number (of ours), the document with its frozen snapshot, the copy with its job; the act. */
bool taking_add(StoreTransaction *transaction, Taking *taking, Str snapshot, Error *err) MUST_USE;
/* In a transaction: a further copy of taking's document; it takes the place of old (NULL: of none). */
bool taking_add_copy(StoreTransaction *transaction, Taking *taking, const CopyRow *old, Error *err) MUST_USE;

#endif
