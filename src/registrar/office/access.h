/* Whether a student may have a service now, and why not.  Inside office/. */
#ifndef REGISTRAR_OFFICE_ACCESS_H
#define REGISTRAR_OFFICE_ACCESS_H

#include "registrar/office/requests.h"
#include "registrar/office/students.h"

/* Fills *ret whole: allowed, reason, way on, copies left today. */
bool service_access(const Office *office, const Session *session, const Service *service, const Record *record,
                    ApiService *ret, Error *err) MUST_USE;
/* Unix seconds of today's midnight where the institution is. */
int64_t office_day_start_s(const Office *office);

#endif
