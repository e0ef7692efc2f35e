/* The audit log's head and entries as JSON, for whoever keeps a head outside. */
#ifndef REGISTRAR_API_AUDIT_HEAD_H
#define REGISTRAR_API_AUDIT_HEAD_H

#include "registrar/office/office.h"

/* {"issuer":"...","position":4817,"era":1,"hash":"...","signed_at_s":...,"head":"..."}; not found: nothing is sealed.
 */
bool audit_head_write(Office *office, bool *ret_found, Buf *ret, Error *err) MUST_USE;
/* {"position":17,"era":1,"hash":"..."} */
bool audit_entry_write(Office *office, int64_t position, bool *ret_found, Buf *ret, Error *err) MUST_USE;

#endif
