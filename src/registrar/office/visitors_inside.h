/* What office/visitors*.c have in common.  Inside these alone. */
#ifndef REGISTRAR_OFFICE_VISITORS_INSIDE_H
#define REGISTRAR_OFFICE_VISITORS_INSIDE_H

#include "registrar/office/inside.h"
#include "registrar/store/visitors.h"

/* Keyed, of a passport's number however it was typed: "aa 123 4567" is "AA1234567". */
bool visitor_passport_hash(const Office *office, const char *typed, uint8_t ret[HASH_SIZE], Error *err) MUST_USE;
/* What a sealed contact is bound to. */
void visitor_contact_context(int64_t student, Buf *context);

#endif
