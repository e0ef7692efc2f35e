/* How many of what staff look after need a person now: what the console's sections say beside their names.  Counted
 * within the scope of who looks, and cheap enough to be asked with every page. */
#ifndef REGISTRAR_OFFICE_NEEDS_H
#define REGISTRAR_OFFICE_NEEDS_H

#include "registrar/office/office.h"
#include "registrar/store/staff_scope.h"

typedef enum Need {
    NEEDS_AT_PRINTERS, /* jobs that stand still until somebody looks */
    NEEDS_IN_REVIEW,   /* applications that a unit has to decide */
    NEEDS_IN_THE_HALL, /* tickets that wait to be called, calls from kiosks that nobody has answered */
    NEEDS_COUNT
} Need;

typedef struct Needs {
    bool wanted[NEEDS_COUNT]; /* by the caller; of the others nothing is counted */
    int64_t of[NEEDS_COUNT];
} Needs;

/* scope NULL: everywhere. */
bool needs_count(Office *office, const StaffScope *scope, Needs *needs, Error *err) MUST_USE;

#endif
