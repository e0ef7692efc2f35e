/* The office's own rounds: every two seconds a thread finishes papers that nobody finished, lets go of print jobs that
 * were not fetched, and closes what is over.  Any number of registrars may do it side by side.  Inside office/. */
#ifndef REGISTRAR_OFFICE_FINISHER_H
#define REGISTRAR_OFFICE_FINISHER_H

#include "registrar/office/inside.h"

bool finisher_start(Office *office, Error *err) MUST_USE;
/* Ends the thread after the round that it is at. */
void finisher_stop(Office *office);
/* One round, in the caller's thread: for tests. */
bool finisher_round(Office *office, Error *err) MUST_USE;

#endif
