/* What purges said that they took of the audit log's details: a detail that is gone is a purge's, or somebody's.
 * Anybody who writes the database can write a purge's act too, so that its word alone excuses nothing: no purge takes
 * what is younger than ACT_DETAIL_KEPT_S, and how old an entry is stands in the chain.  Inside office/. */
#ifndef REGISTRAR_OFFICE_AUDIT_PURGES_H
#define REGISTRAR_OFFICE_AUDIT_PURGES_H

#include <stdint.h>

#include "base/buf.h"
#include "registrar/store/acts.h"

#define PURGE_ACT    "purge.done"
#define PURGE_OBJECT "purge"

/* Appends the detail of a purge's act: `{"rows":{"session":3},"details":{"from":17,"to":90,"count":12}}`.
 * rows: JSON's members, as text.  count: details of entries from..to; 0: it took none. */
void audit_purge_write(Buf *json, Str rows, int64_t from, int64_t to, int64_t count);

typedef struct AuditPurges {
    Buf ranges; /* of AuditRange, in order and apart after audit_purges_read */
    int64_t missing, unexplained, first_unexplained;
    int64_t early, first_early; /* gone before their time was over, whatever a purge says */
    int64_t silent;             /* acts of a purge that do not say what it took */
} AuditPurges;

void audit_purges_init(AuditPurges *purges);
void audit_purges_fini(AuditPurges *purges);
/* Reads every purge's act; one that is of a time after now counts as now's. */
bool audit_purges_read(AuditPurges *purges, StoreTransaction *transaction, int64_t now_ms, Error *err) MUST_USE;
/* The detail of the entry at this position, of this time, is gone. */
void audit_purges_missing(AuditPurges *purges, int64_t position, int64_t at_ms);
/* *ret_told, *ret_seen: how many details a range of purges says to have taken, and how many are gone there; of the
 * first range in which the two differ.  True: they never do. */
bool audit_purges_agree(const AuditPurges *purges, int64_t *ret_from, int64_t *ret_told, int64_t *ret_seen);

#endif
