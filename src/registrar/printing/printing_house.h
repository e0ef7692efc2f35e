/* The printing house: all presses of one registrar, for all of its institutions.  One thread takes printers that nobody
 * works, keeps the leases of those it has, and lets a press go when another registrar has taken its printer. */
#ifndef REGISTRAR_PRINTING_PRINTING_HOUSE_H
#define REGISTRAR_PRINTING_PRINTING_HOUSE_H

#include "registrar/printing/press.h"

typedef struct PrintingHouse PrintingHouse;

typedef struct PrintingOffice {
    Office *office; /* borrowed, and the log, until printing_house_stop */
    Log *log;
} PrintingOffice;

/* offices: count of them, copied. */
PrintingHouse *printing_house_start(const PrintingOffice *offices, size_t count, Clock clock, Error *err) MUST_USE;
/* What is on its way to a printer is let through for 10 s; then its printers are free for other registrars.  NULL is
 * accepted. */
void printing_house_stop(PrintingHouse *house);
OWNED_BY(PrintingHouse, printing_house_stop)

#endif
