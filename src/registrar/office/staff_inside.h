/* What staff's accounts and their door share.  Inside office/ alone. */
#ifndef REGISTRAR_OFFICE_STAFF_INSIDE_H
#define REGISTRAR_OFFICE_STAFF_INSIDE_H

#include "registrar/office/inside.h"
#include "registrar/office/staff.h"

/* Sealed under the records' key for this name of this institution. */
bool staff_seal_secret(const Office *office, const uint8_t secret[TOTP_SECRET_SIZE], StaffRow *row,
                       Error *err) MUST_USE;
bool staff_open_secret(const Office *office, const StaffRow *row, uint8_t ret[TOTP_SECRET_SIZE], Error *err) MUST_USE;
bool staff_note(StoreTransaction *transaction, const char *actor, const char *act, const char *name, const char *detail,
                int64_t now_ms, Error *err) MUST_USE;

#endif
