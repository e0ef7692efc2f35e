/* A ticket on paper: number, what for, how many are before it, and the code that leads a phone to its place in line.
 * It is no document: it has no seal and stands in no register. */
#ifndef REGISTRAR_OFFICE_SLIP_TICKET_H
#define REGISTRAR_OFFICE_SLIP_TICKET_H

#include "base/blob.h"
#include "registrar/office/tickets.h"

/* In this language, or in one that the template has.  place: where the kiosk stands. */
bool slip_ticket(Office *office, const ApiTicket *ticket, const char *place, Language language, Blob **ret_pdf,
                 Error *err) MUST_USE;

#endif
