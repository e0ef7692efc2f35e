/* What changed, for a kiosk that holds its request open (wire/events.h). */
#ifndef REGISTRAR_API_EVENTS_H
#define REGISTRAR_API_EVENTS_H

#include "registrar/http/server.h"

bool api_events_get(const HttpServerRequest *request, HttpServerAnswer *answer, Error *err);

#endif
