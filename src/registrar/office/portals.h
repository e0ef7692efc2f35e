/* Help with what the state decides: a data sheet was given, nothing was filed.  Counted by service and day; each is an
 * act of its student, too ("portal.helped"). */
#ifndef REGISTRAR_OFFICE_PORTALS_H
#define REGISTRAR_OFFICE_PORTALS_H

#include "registrar/office/office.h"
#include "registrar/store/portal_helps.h"

#define PORTALS_MOST 200

/* from, to: ISO days, both in it; "": this year's first day, today.  False in *ret_days: one is no day, or they are in
 * the wrong order. */
bool portals_helped(Office *office, const char *from, const char *to, bool *ret_days, PortalHelpRow rows[PORTALS_MOST],
                    size_t *ret_count, Error *err) MUST_USE;

#endif
