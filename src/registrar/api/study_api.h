/* What a student's own record says, and who looked at it: for the student at a kiosk. */
#ifndef REGISTRAR_API_STUDY_API_H
#define REGISTRAR_API_STUDY_API_H

#include "registrar/http/server.h"

bool study_api_get(const HttpServerRequest *request, HttpServerAnswer *answer, Error *err);
bool looks_api_get(const HttpServerRequest *request, HttpServerAnswer *answer, Error *err);

#endif
