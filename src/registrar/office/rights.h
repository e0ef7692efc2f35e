/* Rights: what people of the office may do, by their roles.  Pure.
 *
 * A role is given with a scope: everywhere, or some faculties, units, windows or printers (staff.h); what it may do
 * stands in one table, which the console's routes name right by right. */
#ifndef REGISTRAR_OFFICE_RIGHTS_H
#define REGISTRAR_OFFICE_RIGHTS_H

#include "base/str.h"

typedef enum Right {
    RIGHT_PRINTS,     /* the print queue: look, hold, move, print again, hand out */
    RIGHT_REQUESTS,   /* what waits for people: look, claim, decide */
    RIGHT_HALL,       /* windows, tickets, calls for a person */
    RIGHT_PAYMENTS,   /* invoices */
    RIGHT_BLANKS,     /* numbered forms */
    RIGHT_STUDENTS,   /* find a student, see the record and what was issued, check a paper */
    RIGHT_ISSUE,      /* ask for a student at the window */
    RIGHT_REVOKE,     /* revoke, suspend, replace */
    RIGHT_CONTENT,    /* information, services, campaigns, calendar, notices */
    RIGHT_STATISTICS, /* of the desk */
    RIGHT_AUDIT,      /* who did what */
    RIGHT_STAFF,      /* accounts, roles, sessions of others */
    RIGHT_COUNT
} Right;

typedef enum Role {
    ROLE_OF_FRONT_OFFICE,
    ROLE_OF_BACK_OFFICE,
    ROLE_OF_DEAN,
    ROLE_OF_ACCOUNTING,
    ROLE_OF_ARCHIVE,
    ROLE_OF_ADMINISTRATOR,
    ROLE_OF_AUDITOR,
    ROLE_OF_COUNT
} Role;

/* "prints", "front-office": as they are stored, and named in commands. */
const char *right_name(Right right);
const char *role_name(Role role);
bool role_parse(Str name, Role *ret) MUST_USE;
bool role_may(Role role, Right right);
/* Units whose requests a role decides where its scope names none: "dean", "front-office".  NULL behind the last. */
const char *const *role_units(Role role);

#endif
