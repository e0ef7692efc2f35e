/* What HEMIS tells of one student into the register's record, part by part, each with where it is from and of when.
 * HEMIS's word replaces what it told before; what it does not know stays: a clerk's approved corrections, members of a
 * profile, contract or result that other lists of the university brought, and every part that it could not give just
 * now, with the date that it had.  Inside office/. */
#ifndef REGISTRAR_OFFICE_RECORDS_H
#define REGISTRAR_OFFICE_RECORDS_H

#include "registrar/connect/hemis/hemis.h"
#include "registrar/office/inside.h"

/* What is there of HEMIS's parts: sets of HEMIS_PART(...). */
typedef struct RecordsKnown {
    unsigned there; /* by whoever's word */
} RecordsKnown;

/* Fills the ETags of record's parts, so that HEMIS is asked only for what is new.  record: just begun. */
bool records_known(Office *office, int64_t student, HemisRecord *record, RecordsKnown *ret, Error *err) MUST_USE;

/* In one act.  kiosk: told of it when something changed (CHANGED_RECORD); NULL: nobody.  *ret_changed: the parts. */
bool records_take(Office *office, int64_t student, const HemisRecord *record, const char *kiosk, unsigned *ret_changed,
                  Error *err) MUST_USE;

/* What a part becomes: kept (NULL: nothing), then told, into a new value, owned.  NULL: no memory.  Pure. */
json_t *records_merge(HemisPart part, const json_t *kept, const json_t *told, Error *err) MUST_USE;

#endif
