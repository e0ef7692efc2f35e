/* Who may use a service: the closed list of predicates that a catalogue may name.  A row here is all that a new one
 * needs. */
#ifndef REGISTRAR_OFFICE_PREDICATES_H
#define REGISTRAR_OFFICE_PREDICATES_H

#include <jansson.h>

#include "wire/api.h"

/* "status", "form", "type", "payment", "citizenship": HEMIS's codes of the record's profile. */
bool predicates_check_catalogue(const Catalogue *catalogue, Error *err) MUST_USE;
/* REASON_NONE when all hold. */
ApiReason predicates_reason(const Service *service, const json_t *profile);

#endif
