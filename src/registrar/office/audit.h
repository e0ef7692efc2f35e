/* The audit log's head as it leaves the house: published, and told to kiosks, each of which keeps the last one that it
 * heard and brings it back.  What the log does not hold any more is found by those who remember. */
#ifndef REGISTRAR_OFFICE_AUDIT_H
#define REGISTRAR_OFFICE_AUDIT_H

#include "registrar/office/office.h"
#include "wire/audit.h"

/* The newest head, and its signed bytes appended to token; not found: nothing is sealed yet. */
bool office_audit_head(Office *office, bool *ret_found, AuditHead *ret, Buf *token, Error *err) MUST_USE;
/* The entry at a position as the log has it now. */
bool office_audit_entry(Office *office, int64_t position, bool *ret_found, uint32_t *ret_era,
                        uint8_t ret_hash[AUDIT_HASH_SIZE], Error *err) MUST_USE;

/* A kiosk brings the head that it kept (base64url; "": none).  True in *ret_conflict: this register's key signed it,
 * and the log does not hold it; an administrator is told, once.  A head of an era that a restore ended is no conflict.
 */
bool audit_witness(Office *office, const char *kiosk, const char *kept, bool *ret_conflict, Error *err) MUST_USE;
/* The newest head in base64url; "": none, or it does not fit. */
bool audit_head_text(Office *office, char *ret, size_t size, Error *err) MUST_USE;

#endif
