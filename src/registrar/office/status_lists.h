/* Status lists, kept in step with the register (MODEL.md section 5).  Inside office/; what checkers fetch is in
 * checks.h. */
#ifndef REGISTRAR_OFFICE_STATUS_LISTS_H
#define REGISTRAR_OFFICE_STATUS_LISTS_H

#include "registrar/office/inside.h"
#include "registrar/store/copies.h"
#include "wire/status_list.h"

#define STATUS_RENEW_S 600 /* at least so often */
/* The newest list is renewed after so many numbers too: whoever kept the last one knows to within a few of them how far
 * the register had come (restoring.h). */
#define STATUS_RENEW_NUMBERS 50

SealStatus status_of_validity(CopyValidity validity);
/* Signs and publishes every list that is due.  Any number of registrars may do it side by side. */
bool status_lists_renew(Office *office, Error *err) MUST_USE;

#endif
