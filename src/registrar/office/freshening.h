/* Whoever HEMIS let in: the rest of their record is read from HEMIS behind their back, by a few threads, with the token
 * of the session that just began.  What could not be read stays as it was, with its date; the kiosk hears when
 * something changed (CHANGED_RECORD).  Inside office/. */
#ifndef REGISTRAR_OFFICE_FRESHENING_H
#define REGISTRAR_OFFICE_FRESHENING_H

#include "registrar/connect/hemis/hemis.h"
#include "registrar/office/inside.h"

#define FRESHENING_WAIT_MS 6000 /* that a first sign-in waits for its record: about twenty short requests */

/* Nothing where the office has no HEMIS. */
bool freshening_start(Office *office, Error *err) MUST_USE;
/* What is under way ends with its present request at the latest. */
void freshening_stop(Office *office);

/* Asks for the student's record to be read for this kiosk; token is copied, and wiped when it was used.  One whose
 * results are not in the register is somebody's first: the caller waits until they are, FRESHENING_WAIT_MS at most, so
 * that home can say what they may ask for.  Too many at once: nothing happens but a line in the log, and the record
 * stays as it is. */
void freshening_ask(Office *office, int64_t student, const char *number, const char *kiosk, const HemisToken *token);

#endif
