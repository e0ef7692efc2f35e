/* The sealer gives acts and events their positions (MODEL.md section 8), signs the audit log's head, and is the only
 * one to do so.  Any number of registrars may seal side by side: store_write lets one act of an institution run at a
 * time, so each row is sealed once.  Inside office/. */
#ifndef REGISTRAR_OFFICE_SEALER_H
#define REGISTRAR_OFFICE_SEALER_H

#include "registrar/office/inside.h"

#define SEALER_ACTS_MS 1000 /* acts are sealed so often at most */

/* Events at once, acts when SEALER_ACTS_MS have gone by since they were sealed last; writes nothing when nothing waits.
 * Any thread. */
bool sealer_round(Office *office, Error *err) MUST_USE;
/* Everything that waits, at once: for who stops, and for tests. */
bool sealer_finish(Office *office, Error *err) MUST_USE;

#endif
