/* /kiosk/v1/hall, tickets, calls: the hall as kiosks have it (wire/hall.h).  The certificate is enough; a session that
 * comes along says whose ticket it is. */
#ifndef REGISTRAR_API_HALL_KIOSK_H
#define REGISTRAR_API_HALL_KIOSK_H

#include "registrar/api/routes.h"

#define HALL_BODY_MOST 1024

bool hall_kiosk_get(const HttpServerRequest *request, HttpServerAnswer *answer, Error *err);
bool ticket_kiosk_post(const HttpServerRequest *request, HttpServerAnswer *answer, Error *err);
bool ticket_kiosk_get(const HttpServerRequest *request, HttpServerAnswer *answer, Error *err);
bool ticket_kiosk_delete(const HttpServerRequest *request, HttpServerAnswer *answer, Error *err);
bool ticket_kiosk_slip(const HttpServerRequest *request, HttpServerAnswer *answer, Error *err);
bool call_kiosk_post(const HttpServerRequest *request, HttpServerAnswer *answer, Error *err);
bool call_kiosk_get(const HttpServerRequest *request, HttpServerAnswer *answer, Error *err);
bool call_kiosk_delete(const HttpServerRequest *request, HttpServerAnswer *answer, Error *err);

#endif
