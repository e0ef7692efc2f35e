/* Whether a student may have a service now, and why not.  Inside office/. */
#ifndef REGISTRAR_OFFICE_ACCESS_H
#define REGISTRAR_OFFICE_ACCESS_H

#include "registrar/office/requests.h"
#include "registrar/office/students.h"

/* Fills *ret whole: allowed, reason, way on, copies left today. */
bool service_access(const Office *office, const Session *session, const Service *service, const Record *record,
                    ApiService *ret, Error *err) MUST_USE;
/* A paper that shows a PINFL is not for who signed in with a first password, whenever it was asked for.  paper may be
 * NULL: then nothing is kept. */
bool paper_is_kept_from(const Session *session, const Paper *paper);
/* The service's limit or its "repeat" leaves no room for one more.  In the transaction that takes the number, too:
 * askings that were allowed side by side are not all given. */
bool service_is_spent(StoreTransaction *transaction, const Office *office, int64_t student, const Service *service,
                      const char *period, bool *ret, Error *err) MUST_USE;
/* Unix seconds of today's midnight where the institution is. */
int64_t office_day_start_s(const Office *office);

#endif
