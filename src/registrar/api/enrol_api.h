/* Enrolling and renewing (wire/enrol.h). */
#ifndef REGISTRAR_API_ENROL_API_H
#define REGISTRAR_API_ENROL_API_H

#include "registrar/http/server.h"
#include "wire/enrol.h"

/* Without a certificate: the code proves who asks. */
bool enrol_api_enrol(const HttpServerRequest *request, HttpServerAnswer *answer, Error *err) MUST_USE;
/* By a certificate that is in force, or was until not long ago. */
bool enrol_api_renew(const HttpServerRequest *request, HttpServerAnswer *answer, Error *err) MUST_USE;

#endif
