/* The interfaces as OpenAPI 3.1 documents (assets/openapi), built into the program.  A test holds them and the tables
 * of routes together; tests/web/run-openapi judges every exchange of the tests by them. */
#ifndef REGISTRAR_API_OPENAPI_H
#define REGISTRAR_API_OPENAPI_H

#include "registrar/http/server.h"

/* Of all time; no zero at the end. */
Str openapi_kiosks(void);
Str openapi_people(void);

/* Handlers: GET /kiosk/v1/openapi.json, GET /openapi.json.  For anybody. */
bool openapi_kiosks_get(const HttpServerRequest *request, HttpServerAnswer *answer, Error *err);
bool openapi_people_get(const HttpServerRequest *request, HttpServerAnswer *answer, Error *err);

#endif
