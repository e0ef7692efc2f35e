/* What the printer says of itself: as much as lpadmin -m everywhere, ipptool's ipp-1.1.test and libcups ask for. */
#ifndef FAULT_PRINTER_DESCRIPTION_H
#define FAULT_PRINTER_DESCRIPTION_H

#include <cups/ipp.h>

#include "machine.h"

/* Fixed from the day it was built; group printer. */
ipp_t *description_new(const Machine *machine);
/* What changes.  Lock held. */
void description_add_now(ipp_t *ipp, const Machine *machine);
void description_uri(const Machine *machine, char *uri, size_t size);
bool operation_offered(const Machine *machine, ipp_op_t operation);

#endif
