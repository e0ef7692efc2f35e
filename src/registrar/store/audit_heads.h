/* Signed heads of the audit log, as the office published them.  Of each minute the last one is kept; how long: the
 * table in office/keeping.c. */
#ifndef REGISTRAR_STORE_AUDIT_HEADS_H
#define REGISTRAR_STORE_AUDIT_HEADS_H

#include "base/buf.h"
#include "registrar/store/store.h"

/* Takes the place of an older one of the same minute. */
bool audit_heads_add(StoreTransaction *transaction, int64_t position, int64_t at_s, Str head, Error *err) MUST_USE;
/* That of the highest position; *ret_at_s: when it was signed.  head: cleared and filled. */
bool audit_heads_newest(StoreTransaction *transaction, bool *ret_found, int64_t *ret_at_s, Buf *head,
                        Error *err) MUST_USE;

typedef bool (*AuditHeadVisit)(void *ctx, int64_t position, Str head, Error *err);
/* After a position, the first first; at most most. */
bool audit_heads_each(StoreTransaction *transaction, int64_t after, size_t most, AuditHeadVisit visit, void *ctx,
                      size_t *ret_count, Error *err) MUST_USE;

#endif
